"""What people said of rows, as frozen values: acts, and what they come to on a row. Imports no other row, so that rows may hold these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Verb = Literal["accept", "reject", "set", "note", "grade"]
ReviewKind = Literal["claim", "event", "transfer", "document", "agent"]
State = Literal["unreviewed", "accepted", "rejected", "corrected"]

KINDS: tuple[ReviewKind, ...] = ("claim", "event", "transfer", "document", "agent")
VERBS: tuple[Verb, ...] = ("accept", "reject", "set", "note", "grade")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "claim": ("content", "source_name", "stance", "firmness"),
    "event": ("when", "where", "status", "outcome", "participants"),
    "transfer": ("when", "supplier", "recipient", "item", "quantity", "route", "status"),
}
"""What a person may set, by kind of row."""
GRADES: Mapping[str, tuple[str, ...]] = {
    "claim": ("grade_report",),
    "document": ("grade_source", "grade_report"),
    "agent": ("grade_source",),
}
"""What is graded on the Admiralty scale: a source's reliability (A to F) and a report's credibility (1 to 6) are two grades, and neither
follows from the other."""
JUDGED: tuple[ReviewKind, ...] = ("claim", "event", "transfer")
"""What is accepted or rejected."""
FIELD_WORDS: Mapping[str, str] = {
    "content": "words", "source_name": "speaker", "stance": "stance", "firmness": "firmness", "when": "date", "where": "place",
    "status": "status", "outcome": "outcome", "participants": "participants", "supplier": "supplier", "recipient": "recipient",
    "item": "item", "quantity": "quantity", "route": "route", "grade_source": "grade of the source",
    "grade_report": "grade of the report", "note": "note",
}  # fmt: skip
SOURCE_GRADES: Mapping[str, str] = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable", "E": "unreliable",
    "F": "reliability cannot be judged",
}  # fmt: skip
REPORT_GRADES: Mapping[str, str] = {
    "1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
    "6": "truth cannot be judged",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person said of a row. ``parts`` are the mentions of an event or a transfer, the names of an agent, by which the
    act finds its row again after linking or a merge. ``value`` is the new value, ``before`` the one that its author saw, both as JSON holds
    them. ``mark`` is the number of its newest row in the record: it grows with every act and every undoing. ``undone_by`` and the like are
    set where it was taken back."""

    number: int
    verb: Verb
    kind: ReviewKind
    target: str
    parts: tuple[str, ...]
    field: str
    value: Any
    before: Any
    at: str
    by: str
    why: str
    mark: int
    undone: bool = False
    undone_at: str | None = None
    undone_by: str | None = None
    undone_why: str = ""

    @property
    def id(self) -> str:
        """Its id in the record."""
        return f"act-{self.number}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that a person set: the value that holds, and the one that was read. Both in words."""

    field: str
    value: str
    before: str
    act: str
    by: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote beside a row."""

    text: str
    act: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people's acts come to on a row: the newest verdict, by whom and when; what they set; their notes and grades."""

    state: State = "unreviewed"
    by: str | None = None
    at: str | None = None
    corrections: tuple[Correction, ...] = ()
    notes: tuple[Note, ...] = ()
    grade_source: str | None = None
    grade_report: str | None = None

    @property
    def rejected(self) -> bool:
        """True where it is left out of what people are handed."""
        return self.state == "rejected"


UNREVIEWED = Reviewed()
