"""A trigger: a wording that tells of an event, before it is decided what it means for the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from crossfix.language.parse import Token
from crossfix.model import EventType


@dataclass(slots=True)
class Found:
    """A trigger. ``head`` is the token that means the event, ``light`` a verb that only carries it ("conducted a test").

    ``actors`` did it, ``others`` took part otherwise (name, role). ``anaphoric`` marks wording that points back ("the
    launch"), ``fresh`` wording that brings in something new ("a test", "another test"). ``weak`` triggers are only kept where
    the text gives a time.
    """

    type: EventType
    head: Token
    first: int
    last: int
    light: Token | None = None
    actors: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    object: Token | None = None
    anaphoric: bool = False
    fresh: bool = False
    another: bool = False
    plural: bool = False
    weak: bool = False
    interested: bool = False
    guessed: bool = False
    """The actors are those of the sentence, not of the noun's own phrase."""
    bare: bool = False
    """ "the launch" and nothing more: what is launched follows from the text before."""
    failed: bool = False
    """The wording itself says that it failed."""
    prefer: tuple[str, ...] = ()
