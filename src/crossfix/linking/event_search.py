"""Finds in the record what the mentions of some documents may be one event with, and nothing beyond."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crossfix.linking.agents_decided import DecidedNames
from crossfix.linking.event_agree import within
from crossfix.linking.event_groups import Judge
from crossfix.linking.event_told import ONE_AT_A_TIME, Told, sentence_print
from crossfix.model import Event
from crossfix.record import results
from crossfix.record.rows import EventMention
from crossfix.reference import outlets

if TYPE_CHECKING:
    from crossfix.record.store import Record

RETOLD = 2
"""A text that names an outlet as the way of so many of its claims retells that outlet."""


@dataclass(slots=True)
class Around:
    """What linking needs to know around mentions, looked up for many documents at once."""

    record: Record
    _spoken: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    _names: DecidedNames | None = None

    def told(self, mentions: list[EventMention]) -> list[Told]:
        """The mentions with what is around them."""
        shas = {m.document for m in mentions}
        rows = results.document_rows(self.record, shas)
        of = results.descents_of(self.record, shas)
        sentences = results.sentences_of(self.record, shas)
        chains = results.chains_of(self.record, {m.event.claim for m in mentions if m.event.claim})
        texts = self.record.texts(shas)
        background = {m.document for m in mentions if _may_be_background(m.event)}
        self._read_spoken(background, sentences)
        out = []
        for m in mentions:
            d = m.document
            r = rows[d]
            a, b = _sentence(sentences.get(d, []), m.event.trigger.start, m.event.trigger.end)
            chain = chains.get(m.event.claim, ()) if m.event.claim else ()
            out.append(
                Told(
                    d, m.event, r["published"] or r["written"], of.get(d, ""), r["outlet"], r["agency"],
                    sentence_print(texts[d][a:b]) if b > a else 0, chain[-1] if chain else None, chain,
                    by=self._by(m) if d in background else None,
                )
            )  # fmt: skip
        self._names = self._names or DecidedNames(self.record)
        return self._names.applied(out)

    def _read_spoken(self, documents: Iterable[str], sentences: dict[str, list[tuple[int, int]]]) -> None:
        """Where in the documents someone speaks, and on which day."""
        missing = sorted(set(documents) - self._spoken.keys())
        self._spoken |= {d: [] for d in missing}
        for m in self.record.event_mentions(documents=missing) if missing else []:
            e = m.event
            if e.type in ("statement", "publication", "meeting") and e.when is not None and e.when.precision == "day":
                a, b = _sentence(sentences.get(m.document, []), e.trigger.start, e.trigger.end)
                if b > a:
                    self._spoken[m.document].append((a, b, e.when.start))

    def _by(self, m: EventMention) -> str | None:
        """The first day on which the document has someone speak of an undated event."""
        spans = m.event.mentions or (m.event.trigger,)
        days = [day for a, b, day in self._spoken[m.document] for s in spans if a <= s.start and s.end <= b]
        return min(days, default=None) if _may_be_background(m.event) else None


def _may_be_background(e: Event) -> bool:
    return (
        e.when is None
        and e.modality == "actual"
        and (e.type in ONE_AT_A_TIME or e.type in ("meeting", "arms_transfer"))
    )


def _sentence(sentences: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentence that a passage stands in, an empty one where there is none."""
    n = bisect.bisect_right(sentences, (start, 1 << 60)) - 1
    return sentences[n] if n >= 0 and sentences[n][1] >= end else (0, 0)


def retold_in(record: Record, documents: Iterable[str]) -> dict[str, str]:
    """The outlet that each document as a whole retells, where there is one."""
    retold: dict[str, str] = {}
    for document, chains in results.chains_in(record, documents).items():
        named: Counter[str] = Counter()
        for chain in chains:
            known = (outlets.by_name(n) for n in (*chain[1:-1], *chain[-1:]))
            own = outlets.by_name(chain[0]) if chain else None
            named.update({o.name for o in known if o is not None and o != own})
        if named and max(named.values()) >= RETOLD:
            retold[document] = min(named, key=lambda n: (-named[n], n))
    return retold


def with_retold(line: Iterable[Told], retold: Mapping[str, str]) -> list[Told]:
    """The mentions of one event, each with the outlet that its document as a whole retells."""
    return [replace(t, retells=retold.get(t.document, "")) for t in line]


def component(
    record: Record, around: Around, start: list[Told], reach: Callable[[Iterable[str]], set[str]], judge: Judge
) -> dict[str, Told]:
    """Every mention, by id, that may be joined with one of ``start``, and with those in turn, so that the outcome is the same
    as if all documents had come at once. ``reach`` adds what a person decided about."""
    known = {t.event.id: t for t in start}
    blocks: dict[str, dict[int, list[Told]]] = {}
    out = dict(known)
    todo = list(start)
    origins: set[str] = set()

    def take(mentions: list[EventMention]) -> list[Told]:
        new = around.told(mentions)
        known.update((t.event.id, t) for t in new)
        return new

    while todo:
        found: dict[str, Told] = {}
        # what is told in reprints, and in the same document, stands in no block
        more = {t.origin for t in todo if t.origin} - origins
        origins |= more
        members = results.members_of(record, more) | {t.document for t in todo if not t.origin}
        take([m for m in record.event_mentions(documents=members) if m.event.id not in known])
        by_origin: dict[str, list[Told]] = {}
        for t in known.values():
            by_origin.setdefault(t.origin or t.document, []).append(t)
        keys = {k for t in todo for k in judge.keys(t)} - blocks.keys()
        ids = results.mentions_in_blocks(record, keys)
        take(record.event_mentions(ids=ids - known.keys()))
        blocks |= {k: {} for k in keys}
        for t in known.values():
            for k in keys.intersection(judge.keys(t)):
                blocks[k].setdefault(judge.face(t), []).append(t)
        faces = {judge.face(t): t for t in todo}
        for t in faces.values():
            for k in judge.keys(t):
                for others in blocks[k].values():
                    left = [o for o in others if o.event.id not in out and o.event.id not in found]
                    if left and _may_be_one(judge, t, left[0]):
                        found |= {o.event.id: o for o in left}
        for t in todo:
            for other in by_origin[t.origin or t.document]:
                if other.event.id not in out and other.event.type in (t.event.type, "other", "arms_transfer"):
                    if within(t, other) if t.document == other.document else judge.agree(t, other):
                        found[other.event.id] = other
        found = {i: t for i, t in found.items() if i not in out}
        held = reach(out.keys() | found.keys()) - out.keys() - found.keys()
        found |= {t.event.id: t for t in take(record.event_mentions(ids=held))} if held else {}
        out |= found
        todo = [found[i] for i in sorted(found)]
    return out


def _may_be_one(judge: Judge, a: Told, b: Told) -> bool:
    return judge.against(a, b) is None or judge.slipped(a, b) is not None
