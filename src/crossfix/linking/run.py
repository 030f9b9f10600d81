"""Linking as a run over a record: takes the documents that are new, and only what they touch is looked at again."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossfix.linking import events, origins, transfers
from crossfix.linking.agents import agents_of, merged
from crossfix.linking.credits import outlet_key
from crossfix.linking.decided import Decided, event_nearness
from crossfix.linking.names import short_id
from crossfix.linking.origin_report import Report, report_of
from crossfix.linking.origins import CREDIT_DAYS
from crossfix.linking.sharing import Profile
from crossfix.model import Interval
from crossfix.record import results
from crossfix.record.rows import (
    AgentRow,
    Descent,
    EventMention,
    EventRow,
    LinkSummary,
    OriginRow,
    TransferMention,
    TransferRow,
)

if TYPE_CHECKING:
    from crossfix.record.store import Record

KEPT_PRINTS = 2
"""One fingerprint in so many goes into the index (by its value, so the same ones for every document)."""
MOST_CANDIDATES = 80
"""Documents that one document is held against, those that share most first."""


def link_new(record: Record) -> LinkSummary:
    """See ``crossfix.linking.link``."""
    with record.transaction():
        new = record.unlinked()
        if not new:
            return LinkSummary()
        reports = _Reports(record)
        descents, rows = _origins(record, reports, new)
        moved = {d.document for d in descents}
        first = record.put_links(descents=descents, origins=rows, agents=_agents(record, new))
        told = _events(record, moved, new)
        second = record.put_links(events=told)
        touched = moved | {d for e, _ in told for d in e.reports}
        third = record.put_links(transfers=_transfers(record, touched, new))
    return LinkSummary(
        documents=first.documents,
        new_origins=first.new_origins,
        new_reprints=first.new_reprints,
        new_events=second.new_events,
        new_transfers=third.new_transfers,
        new_agents=first.new_agents,
        changed=first.changed + second.changed + third.changed,
        withdrawn=first.withdrawn + second.withdrawn + third.withdrawn,
    )


def relink(record: Record, *, documents: Iterable[str] = (), origins_of: Iterable[str] = ()) -> LinkSummary:
    """Link anew what stands: the events told in ``documents``, the origins that ``origins_of`` belong to, and what follows
    from both. For decisions; nothing here depends on which documents came last."""
    with record.transaction():
        moved = set(documents)
        descents: list[Descent] = []
        rows: list[OriginRow] = []
        wanted = set(origins_of)
        if wanted:
            known = results.members_of(record, results.descents_of(record, wanted).values())
            descents, rows = _origins(record, _Reports(record), sorted(known), again=True)
            moved |= {d.document for d in descents}
        first = record.put_links(descents=descents, origins=rows)
        told = _events(record, moved, [])
        second = record.put_links(events=told)
        touched = moved | {d for e, _ in told for d in e.reports}
        third = record.put_links(transfers=_transfers(record, touched, []))
    return LinkSummary(
        new_origins=first.new_origins,
        new_events=second.new_events,
        new_transfers=third.new_transfers,
        changed=first.changed + second.changed + third.changed,
        withdrawn=first.withdrawn + second.withdrawn + third.withdrawn,
    )


# ------------------------------------------------------------------ origins


class _Reports:
    """Documents as linking sees them, made when first asked for."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.made: dict[str, Report] = {}

    def get(self, documents: Iterable[str]) -> list[Report]:
        """The reports of documents, in order of their ids."""
        wanted = sorted(set(documents))
        missing = [d for d in wanted if d not in self.made]
        rows = results.document_rows(self.record, missing)
        texts = self.record.texts(missing)
        for d in missing:
            r = rows[d]
            text = texts[d]
            furniture = [(a, b) for a, b, kind in r["value"]["furniture"] if kind not in ("dateline", "byline")]
            self.made[d] = report_of(
                d, text, r["outlet"], r["published"] or r["written"], r["agency"],
                author=r["author"], url=r["url"], furniture=furniture,
            )  # fmt: skip
        return [self.made[d] for d in wanted]


def _prints(p: Profile) -> set[int]:
    return {h for h in p.all if h % KEPT_PRINTS == 0}


def _credit_keys(r: Report, days: int) -> set[str]:
    """Where a report meets those that it credits and those that credit it: an outlet and a day, so many days around."""
    try:
        day = Interval.parse(r.published or "").first.toordinal()
    except ValueError:
        return set()
    own = {f"outlet {k}" for k in {outlet_key(r.outlet)} - {""}}
    other = {f"credits {k}" for k in (r.credits | {outlet_key(r.agency)}) - {""}}
    return {f"{k} {d}" for k in own | other for d in range(day - days, day + days + 1)}


def _turned(key: str) -> str:
    kind, rest = key.split(" ", 1)
    return f"{'credits' if kind == 'outlet' else 'outlet'} {rest}"


def _origins(
    record: Record, reports: _Reports, new: list[str], *, again: bool = False
) -> tuple[list[Descent], list[OriginRow]]:
    """The origins that the new documents belong to or make, whole. ``again`` where they are not new but to be looked at anew."""
    decided = Decided(record, "origin")
    fresh = reports.get(new)
    if not again:
        results.put_sketches(record, {r.id: _prints(r.profile) for r in fresh})
    near: dict[str, list[str]] = {}
    for r in fresh:
        counts = results.documents_sharing(record, _prints(r.profile))
        counts.pop(r.id, None)
        near[r.id] = sorted(counts, key=lambda d: (-counts[d], d))[:MOST_CANDIDATES]
    if not again:
        results.put_blocks(record, ((key, r.id) for r in fresh for key in _credit_keys(r, 0)))
    for r in fresh:
        asked = {_turned(key) for key in _credit_keys(r, CREDIT_DAYS)}
        near[r.id] += sorted(results.mentions_in_blocks(record, asked) - {r.id, *near[r.id]})
    reports.get({d for ds in near.values() for d in ds})
    ties = []
    for r in fresh:
        for other in reports.get(near[r.id]):
            t = origins.tie(r, other)
            if t is not None and t.relation != "shared_quotes":
                ties.append((r.id, other.id))
    found = {d for pair in ties for d in pair} | set(new)
    members: set[str] = set()
    while True:
        grown = results.members_of(record, results.descents_of(record, decided.reach(found | members)).values())
        if grown == members or not decided.all:
            members = grown
            break
        members = grown
    of = results.descents_of(record, members)
    # what an origin held together stays together: each member is tied to any other of it
    first: dict[str, str] = {}
    for d in sorted(of.keys() - (set(new) if again else set())):
        ties.append((first.setdefault(of[d], d), d))
    descents: list[Descent] = []
    rows: list[OriginRow] = []
    for ids in decided.regroup(origins.components(set(new) | members, ties)):
        group = reports.get(ids)
        places = origins.arrange(group)
        agency = origins.agency_of(group)
        origin = short_id("O", places[0].document)
        row = OriginRow(origin, tuple(p.document for p in places), agency, origins.reason(places, agency))
        rows.append(decided.explained(row, ids))
        descents += [Descent(p.document, origin, p.derived_from, p.relation, p.why) for p in places]
    return descents, rows


# ------------------------------------------------------------------ agents


def _agents(record: Record, new: list[str]) -> list[AgentRow]:
    rows = results.document_rows(record, new)
    found = agents_of(
        results.names_told(record, new), results.names_in(record, new), {d: r["outlet"] for d, r in rows.items()}
    )
    standing = results.agents_by_id(record, [a.id for a in found])
    return [merged(standing[a.id], a) if a.id in standing else a for a in found]


# ------------------------------------------------------------------ events


@dataclass(slots=True)
class _Around:
    """What linking needs to know around mentions, looked up for many documents at once."""

    record: Record

    def told(self, mentions: list[EventMention]) -> list[events.Told]:
        shas = {m.document for m in mentions}
        rows = results.document_rows(self.record, shas)
        of = results.descents_of(self.record, shas)
        sentences = results.sentences_of(self.record, shas)
        speakers = results.speakers_of(self.record, {m.event.claim for m in mentions if m.event.claim})
        texts = self.record.texts(shas)
        out = []
        for m in mentions:
            d = m.document
            r = rows[d]
            a, b = _sentence(sentences.get(d, []), m.event.trigger.start, m.event.trigger.end)
            out.append(
                events.Told(
                    d, m.event, r["published"] or r["written"], of.get(d, ""), r["outlet"], r["agency"],
                    events.sentence_print(texts[d][a:b]) if b > a else 0,
                    speakers.get(m.event.claim) if m.event.claim else None,
                )
            )  # fmt: skip
        return out


def _sentence(sentences: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentence that a passage stands in, an empty one where there is none."""
    n = bisect.bisect_right(sentences, (start, 1 << 60)) - 1
    return sentences[n] if n >= 0 and sentences[n][1] >= end else (0, 0)


def _events(record: Record, moved: set[str], new: list[str]) -> list[tuple[EventRow, list[str]]]:
    """The events that the documents' mentions belong to, each whole: every mention that may agree with one of them, and
    with those in turn, is taken in, so that the outcome is the same as if all had come at once."""
    around = _Around(record)
    decided = Decided(record, "event")
    todo = around.told(record.event_mentions(documents=moved))
    fresh = set(new)
    results.put_blocks(record, ((k, t.event.id) for t in todo if t.document in fresh for k in events.block_keys(t)))
    known = {t.event.id: t for t in todo}
    blocks: dict[str, list[events.Told]] = {}
    component: dict[str, events.Told] = dict(known)
    while todo:
        keys = {k for t in todo for k in events.block_keys(t)} - blocks.keys()
        ids = results.mentions_in_blocks(record, keys)
        for t in around.told(record.event_mentions(ids=ids - known.keys())):
            known[t.event.id] = t
        for k in keys:
            blocks[k] = []
        for t in known.values():
            for k in events.block_keys(t):
                if k in keys:
                    blocks[k].append(t)
        found: dict[str, events.Told] = {}
        for t in todo:
            for k in events.block_keys(t):
                for other in blocks[k]:
                    if other.event.id not in component and other.event.id not in found and events.agree(t, other):
                        found[other.event.id] = other
        # what a person decided about is looked at whole
        held = decided.reach(component.keys() | found.keys()) - component.keys() - found.keys()
        for t in around.told(record.event_mentions(ids=held)):
            known[t.event.id] = found[t.event.id] = t
        component |= found
        todo = [found[i] for i in sorted(found)]
    groups = [[t.event.id for t in g] for g in events.group(component.values())]
    out = []
    for part in decided.regroup(groups, event_nearness(component)):
        row = events.joined([component[i] for i in part])
        out.append((decided.explained(row, part), sorted(part)))
    return out


# ------------------------------------------------------------------ transfers


def _transfers(record: Record, touched: set[str], new: list[str]) -> list[tuple[TransferRow, list[str]]]:
    def dealt(mentions: Iterable[TransferMention]) -> list[transfers.Dealt]:
        found = list(mentions)
        rows = results.document_rows(record, {m.document for m in found})
        of = results.descents_of(record, rows)
        return [
            transfers.Dealt(
                m.document,
                m.transfer,
                rows[m.document]["published"] or rows[m.document]["written"],
                of.get(m.document, ""),
            )
            for m in found
        ]

    own = dealt(record.transfer_mentions(documents=touched))
    fresh = set(new)
    keyed = [(k, d) for d in own if (k := transfers.block_key(d)) is not None]
    results.put_blocks(record, ((k, d.transfer.id) for k, d in keyed if d.document in fresh))
    # parties are few and the pairs of them many: a whole block is taken at once
    ids = results.mentions_in_blocks(record, {k for k, _ in keyed})
    rest = dealt(record.transfer_mentions(ids=ids - {d.transfer.id for d in own}))
    targets = results.targets_of(record, {d.transfer.event for d in own + rest if d.transfer.event})
    out = []
    for g in transfers.group(own + rest):
        joined_events = sorted({targets[d.transfer.event] for d in g if d.transfer.event in targets})
        row = transfers.joined(g, joined_events[0] if joined_events else None)
        out.append((row, sorted(d.transfer.id for d in g)))
    return out
