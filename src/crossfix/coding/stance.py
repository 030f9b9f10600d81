"""How a speaker stands to what is said, and how firmly it is put.

Stance is the first that fits: deny, request, condemn, support, announce, predict, suspect, assert. The cue decides first; where it is
neutral ("said") or a mere guess ("believes"), the content's own main clause may fit a stance before it. The words that set stance and
firmness are named with their place in the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from crossfix.coding.clauses import main_clause, words_span
from crossfix.coding.content_stance import STANCE_ORDER, Content, read_content
from crossfix.coding.cue_stance import is_silence, read_cue
from crossfix.coding.firmness import read_firmness
from crossfix.language.annotations import Annotations
from crossfix.language.parse import Token
from crossfix.model import Attribution, Firmness, Span, Stance

__all__ = ["Judgement", "is_silence", "judge"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Stance and firmness of a claim, and the words that set them: spans of the canonical text, in order."""

    stance: Stance
    firmness: Firmness
    words: tuple[Span, ...]


def judge(ann: Annotations, a: Attribution) -> Judgement:
    """The stance and firmness of one attribution, or of a statement in the outlet's own voice. Any cue will do: one that no list knows is
    neutral, and the content decides."""
    clause = main_clause(ann, a)
    cue = read_cue(ann, a, clause)
    content = Content("assert")
    stance = cue.stance
    if stance in {"assert", "suspect"} and not (cue.negated and stance == "suspect"):
        content = read_content(ann, a, clause)
        stance = min(cue.stance, content.stance, key=STANCE_ORDER.__getitem__)
    firm = read_firmness(ann, a, clause, stance, cue, content)
    return Judgement(stance, firm.firmness, _spans(ann.document.text, firm.words))


def _spans(text: str, words: tuple[Token, ...]) -> tuple[Span, ...]:
    """Neighbouring words as one span each."""
    groups: list[list[Token]] = []
    for t in words:
        if groups and t.i == groups[-1][-1].i + 1:
            groups[-1].append(t)
        else:
            groups.append([t])
    return tuple(words_span(text, g) for g in groups)
