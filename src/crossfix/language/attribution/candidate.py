"""A possible attribution, before anybody has decided whether it is one."""

from __future__ import annotations

from dataclasses import dataclass

from crossfix.language.parse import Token


@dataclass(slots=True)
class Candidate:
    """A possible attribution. ``cue`` and ``pieces`` are offsets; ``source`` is None where the text names nobody.

    ``holder`` is the source's head token (a relative pronoun is replaced by what it stands for). ``context`` is "q" inside a
    quotation, "1" with a first-person source, else "". ``negated``: the cue is.
    """

    frame: str
    lemma: str
    verb: Token
    cue: tuple[int, int]
    source: tuple[int, int] | None
    holder: Token | None
    pieces: list[tuple[int, int]]
    context: str = ""
    negated: bool = False
    score: float = 0.0
    agentive: bool = False  # "citing X": X can speak
    nobody: bool = False  # "no group claimed"
    read: bool = False  # spans and score are the trained model's
