"""A planned dossier as plain values: numbered paragraphs, notes to passages, annexes. Every format prints this same view."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from crossfix.dossier.view import DocumentPart, Fact, FindingLine
from crossfix.record.rows import ClaimRow, DocumentRow, EventRow, TransferRow

RunKind = Literal["text", "strong", "quote", "note", "to", "warn"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line. "quote" is words of a document, "note" a reference to note ``number``, "to" one to paragraph ``number``,
    "warn" something that does not lead anywhere."""

    text: str
    kind: RunKind = "text"
    number: int = 0


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A passage in a note: the document by its number in the annex, the passage by its own, and its words. ``see`` is the note that gives
    the passage in full already, 0 for none."""

    document: int
    passage: int
    sha256: str
    start: int
    end: int
    outlet: str
    title: str
    date: str
    words: str
    see: int = 0

    @property
    def stop(self) -> str:
        """What ends a note after this item: nothing where its own words end in a stop."""
        return "" if not self.see and self.words.endswith((".", "!", "?", "…")) else "."


@dataclass(frozen=True, slots=True)
class Note:
    """A note, by number in reading order, and the paragraph that it belongs to."""

    number: int
    paragraph: int
    items: tuple[NoteItem, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a word in a paragraph: who says what, where accounts differ."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Para:
    """A numbered paragraph. ``kind`` is that of the plan's item, ``key`` the item's, ``ref`` the id of what was chosen. ``basis`` is what
    it rests on: origins, grades, checks, people's review."""

    number: int
    kind: str
    key: str
    ref: str
    lead: Line
    blocks: tuple[Block, ...] = ()
    basis: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs under a heading."""

    title: str
    paragraphs: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class AnnexDocument:
    """A document cited: what is known of it, its chain of descent, its grades, the notes that cite it, and its text with the passages;
    ``part`` is None where texts are left out."""

    number: int
    row: DocumentRow
    title: str
    outlet: str
    facts: tuple[Fact, ...]
    notes: tuple[int, ...]
    part: DocumentPart | None


@dataclass(frozen=True, slots=True)
class AnnexFinding:
    """A finding that paragraphs refer to."""

    line: FindingLine
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in SVG, with what it shows, and what could not be drawn."""

    name: Literal["timeline", "map"]
    title: str
    svg: str
    width: int
    height: int
    caption: str


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the record in the report, with the number of its paragraph (0 where it stands in another's)."""

    paragraph: int
    event: EventRow | None = None
    transfer: TransferRow | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that the report tells or rests on: in which paragraph, about which event or transfer, with what basis. ``shown`` is false
    where the paragraph only counts it."""

    paragraph: int
    subject: str
    claim: ClaimRow
    speaker: str
    said: str
    origin: str
    grade: str
    verdicts: tuple[str, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The whole. ``problems`` are what its author should mend: citations that lead nowhere, choices that are no longer in the record."""

    title: str
    author: str
    made: str
    version: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    documents: tuple[AnnexDocument, ...]
    findings: tuple[AnnexFinding, ...]
    pictures: tuple[Picture, ...]
    left_out: tuple[str, ...]
    problems: tuple[str, ...]
    told: tuple[Told, ...] = ()
    statements: tuple[Statement, ...] = ()
    verdicts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists_documents: bool = True

    @property
    def paragraphs(self) -> tuple[Para, ...]:
        """All of them, in order."""
        return tuple(p for s in self.sections for p in s.paragraphs)


def plain(line: Line) -> str:
    """A line's words, without its notes."""
    return "".join(r.text for r in line if r.kind != "note")
