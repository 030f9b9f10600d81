"""What the checks see of a record: its documents one by one with all that was read in them, and the events over all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from crossfix.model import Event, Interval, Name, Place, Time, Transfer
from crossfix.record.rows import AgentRow, ClaimRow, DocumentRow, EventRow, Evidence, TransferRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

_AT_ONCE = 100
_KEEP_WORDS = 1_500_000
"""A record of no more words is read once and held (about 150 bytes a word); a larger one is read again by every check."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with all that was read in it. Offsets are into ``text``; ids of claims, events and transfers are the record's."""

    document: DocumentRow
    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    names: tuple[Name, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    events: tuple[Event, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    @property
    def sha256(self) -> str:
        """The document's id."""
        return self.document.sha256

    @property
    def dated(self) -> Interval | None:
        """When it was published, else when its text says it was written; None where neither is known."""
        told = self.document.published or self.document.written
        return Interval.parse(told) if told else None

    @property
    def day(self) -> dt.date | None:
        """The day of the report, the last it can be where that is known to about a month; None where it is not, since whoever takes the end
        of a guess of years for a day says what nobody told."""
        dated = self.dated
        return dated.last if dated is not None and (dated.last - dated.first).days <= 31 else None

    def evidence(self, start: int, end: int) -> Evidence:
        """The passage [start, end)."""
        return Evidence(self.sha256, start, end)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character at ``at``; the paragraph's line where none does."""
        for a, b in self.sentences:
            if a <= at < b:
                return a, b
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return start, len(self.text) if end < 0 else end

    def is_furniture(self, at: int) -> bool:
        """True where the character belongs to the page and not to the report."""
        return any(a <= at < b for a, b, _ in self.document.furniture)

    def claim_at(self, start: int, end: int) -> ClaimRow | None:
        """The narrowest claim whose content holds the passage, None where the outlet alone speaks."""
        held = [c for c in self.claims if c.content.start <= start and end <= c.content.end]
        return min(held, key=lambda c: (c.content.end - c.content.start, c.id), default=None)

    def before(self, at: int, length: int = 80) -> str:
        """The words before a place, no further than its sentence."""
        return self.text[max(self.sentence(at)[0], at - length) : at]


class Case:
    """A record as the checks see it. Documents are read in portions, so that a large record does not have to fit in memory."""

    def __init__(self, record: Record, documents: Sequence[str] | None = None) -> None:
        self.record = record
        self._wanted = documents
        self._held: tuple[Paper, ...] | None = None

    @cached_property
    def documents(self) -> list[DocumentRow]:
        """The documents to check, earliest published first; not read further ones (of a language not handled) included."""
        rows, wanted = self.record.documents(), set(self._wanted or ())
        return rows if self._wanted is None else [d for d in rows if d.sha256 in wanted]

    def papers(self) -> Iterator[Paper]:
        """The documents with all that was read in them, in the order of ``documents``."""
        if self._held is not None:
            yield from self._held
            return
        held: list[Paper] | None = [] if sum(d.words for d in self.documents) <= _KEEP_WORDS else None
        for paper in self._portions():
            if held is not None:
                held.append(paper)
            yield paper
        if held is not None:
            self._held = tuple(held)

    def _portions(self) -> Iterator[Paper]:
        for i in range(0, len(self.documents), _AT_ONCE):
            yield from self._read(self.documents[i : i + _AT_ONCE])

    @cached_property
    def events(self) -> list[EventRow]:
        """One row a happening, over all documents."""
        rows = self.record.events()
        mine = {d.sha256 for d in self.documents}
        return rows if self._wanted is None else [e for e in rows if mine & set(e.reports)]

    @cached_property
    def transfers(self) -> list[TransferRow]:
        """One row a transfer, over all documents."""
        rows = self.record.transfers()
        mine = {d.sha256 for d in self.documents}
        return rows if self._wanted is None else [t for t in rows if mine & {e.document for e in t.evidence}]

    @cached_property
    def agents(self) -> list[AgentRow]:
        """Who speaks or acts."""
        return self.record.agents()

    def event_of(self, mention: str) -> str:
        """The id of the event over all documents that an event of a paper belongs to; its own id where it belongs to none."""
        return self._targets.get(mention, mention)

    def transfer_of(self, mention: str) -> str:
        """The same for a transfer of a paper."""
        return self._targets.get(mention, mention)

    @cached_property
    def _targets(self) -> dict[str, str]:
        from crossfix.record import schema

        return {r["id"]: r["target"] for r in self.record.current(schema.joins)}

    def _read(self, rows: Sequence[DocumentRow]) -> Iterator[Paper]:
        from crossfix.record import schema, values
        from crossfix.record.queries import claims_in

        shas = [d.sha256 for d in rows]
        claims = claims_in(self.record, shas)
        texts = self.record.texts(shas)
        marks = self.record.current_of(schema.marks, shas)
        events: dict[str, list[Event]] = {s: [] for s in shas}
        for m in self.record.event_mentions(documents=shas):
            events[m.document].append(m.event)
        transfers: dict[str, list[Transfer]] = {s: [] for s in shas}
        for t in self.record.transfer_mentions(documents=shas):
            transfers[t.document].append(t.transfer)
        places: dict[str, list[Place]] = {s: [] for s in shas}
        for r in self.record.current(schema.place_mentions, schema.place_mentions.c.document.in_(shas)):
            places[r["document"]].append(values.place_in(r["value"], texts[r["document"]]))
        for d in rows:
            text = texts[d.sha256]
            found = marks[d.sha256]["value"] if d.sha256 in marks else {"sentences": [], "names": [], "times": []}
            yield Paper(
                document=d,
                text=text,
                sentences=tuple((s[0], s[1]) for s in found["sentences"]),
                names=tuple(values.name_in(n, text) for n in found["names"]),
                times=tuple(values.time_in(t, text) for t in found["times"]),
                places=tuple(sorted(places[d.sha256], key=lambda p: p.span)),
                claims=tuple(claims[d.sha256]),
                events=tuple(sorted(events[d.sha256], key=lambda e: (e.trigger, e.id))),
                transfers=tuple(sorted(transfers[d.sha256], key=lambda t: (t.evidence, t.id))),
            )
