"""Linking as a run over a record: takes the documents that are new, and only what they touch is looked at again."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crossfix.linking import drift_run, event_search, events, transfers
from crossfix.linking.agent_paper import Marked, Paper, Told
from crossfix.linking.agents import agents_of, merged
from crossfix.linking.decided import Decided, event_nearness
from crossfix.linking.origin_run import Reports, index_origins, link_origins
from crossfix.record import results, telling
from crossfix.record.rows import (
    AgentRow,
    Descent,
    EventRow,
    LinkSummary,
    OriginRow,
    TransferMention,
    TransferRow,
)

if TYPE_CHECKING:
    from crossfix.record.store import Record


PORTION = 2000
"""Documents that are linked at once: enough that what they share is looked up once, few enough for the memory."""


def link_all(record: Record) -> LinkSummary:
    """See ``crossfix.linking.link``."""
    new = record.unlinked()
    reports = Reports(record)
    if len(new) <= PORTION:
        return _link(record, reports, new)
    before = results.standing(record)
    summaries = []
    for i in range(0, len(new), PORTION):
        summaries.append(_link(record, reports, new[i : i + PORTION]))
        reports.forget()
    after = results.standing(record)
    more = {k: max(0, n - before[k]) for k, n in after.items()}
    # what one portion made and a later one joined is neither new nor withdrawn for whoever added them all
    return LinkSummary(
        documents=sum(s.documents for s in summaries),
        new_origins=more["origins"],
        new_reprints=sum(s.new_reprints for s in summaries),
        new_events=more["events"],
        new_transfers=more["transfers"],
        new_agents=more["agents"],
        changed=sum(s.changed for s in summaries),
        withdrawn=sum(s.withdrawn for s in summaries),
    )


def _link(record: Record, reports: Reports, new: list[str]) -> LinkSummary:
    """Take in so many new documents, all or none."""
    if not new:
        return LinkSummary()
    with _no_collecting(), record.transaction():
        # another process may have been faster
        waiting = set(record.unlinked())
        new = [d for d in new if d in waiting]
        _index_again(record, reports)
        descents, rows = link_origins(record, reports, new)
        parents = drift_run.parents_before(record, (d.document for d in descents))
        before = results.descents_of(record, (d.document for d in descents))
        # what stays in its origin tells no event otherwise than before
        moved = set(new) | {d.document for d in descents if before.get(d.document) != d.origin}
        first = record.put_links(descents=descents, origins=rows, agents=_agents(record, new))
        told = _events(record, moved, new)
        reported = drift_run.events_before(record, (e.id for e, _ in told))
        second = record.put_links(events=told)
        drift_run.refresh(record, descents, parents, [e for e, _ in told], reported)
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


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Python's search for cyclic garbage is put off: a portion makes hundreds of thousands of values, nearly none of them in cycles, and
    looking through them all again and again takes a tenth of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def relink(record: Record, *, documents: Iterable[str] = (), origins_of: Iterable[str] = ()) -> LinkSummary:
    """Link anew what stands: the events told in ``documents``, the origins that ``origins_of`` belong to, and what follows
    from both. For decisions; nothing here depends on which documents came last."""
    with record.transaction():
        _index_again(record, Reports(record))
        moved = set(documents)
        descents: list[Descent] = []
        rows: list[OriginRow] = []
        wanted = set(origins_of)
        if wanted:
            known = results.members_of(record, results.descents_of(record, wanted).values())
            descents, rows = link_origins(record, Reports(record), sorted(known), again=True)
            moved |= {d.document for d in descents}
        parents = drift_run.parents_before(record, {d.document for d in descents})
        first = record.put_links(descents=descents, origins=rows)
        told = _events(record, moved, [])
        reported = drift_run.events_before(record, (e.id for e, _ in told))
        second = record.put_links(events=told)
        drift_run.refresh(record, descents, parents, [e for e, _ in told], reported)
        touched = moved | {d for e, _ in told for d in e.reports}
        third = record.put_links(transfers=_transfers(record, touched, []))
    return LinkSummary(
        new_origins=first.new_origins,
        new_events=second.new_events,
        new_transfers=third.new_transfers,
        changed=first.changed + second.changed + third.changed,
        withdrawn=first.withdrawn + second.withdrawn + third.withdrawn,
    )


def _index_again(record: Record, reports: Reports) -> None:
    """Where the indexes of linking are empty, as after a change of their form, make them of all that is linked."""
    if results.indexed(record):
        return
    linked = results.linked(record)
    for i in range(0, len(linked), PORTION):
        some = linked[i : i + PORTION]
        index_origins(record, reports.get(some))
        told = event_search.Around(record).told(record.event_mentions(documents=some))
        results.put_blocks(record, ((k, t.event.id) for t in told for k in events.block_keys(t)))
        dealt = _dealt(record, record.transfer_mentions(documents=some))
        results.put_blocks(record, ((k, d.transfer.id) for d in dealt for k in transfers.block_keys(d)))
        reports.forget()


# ------------------------------------------------------------------ agents


def _agents(record: Record, new: list[str]) -> list[AgentRow]:
    """The agents that the new documents tell, whole, and what their names mean there. Which agent a name means is settled within
    its document, so no other document is looked at."""
    rows = results.document_rows(record, new)
    texts = record.texts(new)
    marks = telling.names_marked(record, new)
    found = agents_of(
        Paper(
            d, texts[d], rows[d]["published"] or rows[d]["written"], rows[d]["outlet"],
            tuple(Marked(*m) for m in marks.get(d, ())), tuple(Told(t.name, t.start, t.end, t.own) for t in told),
        )
        for d, told in telling.tellings(record, new).items()
    )  # fmt: skip
    telling.put_told(record, found.targets)
    standing = results.agents_by_id(record, found.agents)
    return [merged(standing[a.id], a) if a.id in standing else a for a in found.rows]


# ------------------------------------------------------------------ events


def _events(record: Record, moved: set[str], new: list[str]) -> list[tuple[EventRow, list[str]]]:
    """The events that the documents' mentions belong to, each whole: every mention that may agree with one of them, and
    with those in turn, is taken in, so that the outcome is the same as if all had come at once."""
    around = event_search.Around(record)
    decided = Decided(record, "event")
    start = around.told(record.event_mentions(documents=moved))
    fresh = set(new)
    results.put_blocks(record, ((k, t.event.id) for t in start if t.document in fresh for k in events.block_keys(t)))
    judge = events.Judge()
    told = event_search.component(record, around, start, decided.reach, judge)
    groups = [[t.event.id for t in g] for g in events.group(told.values(), judge)]
    parts = decided.regroup(groups, event_nearness(told))
    retold = event_search.retold_in(record, {told[i].document for part in parts if len(part) > 1 for i in part})
    out = []
    for part in parts:
        line = [told[i] for i in part]
        row = events.joined(event_search.with_retold(line, retold) if len(line) > 1 else line)
        out.append((decided.explained(row, part), sorted(part)))
    return out


# ------------------------------------------------------------------ transfers


def _transfers(record: Record, touched: set[str], new: list[str]) -> list[tuple[TransferRow, list[str]]]:
    """The transfers that the documents tell, each whole: with what may agree with them, and with those in turn."""
    known = {d.transfer.id: d for d in _dealt(record, record.transfer_mentions(documents=touched))}
    fresh = set(new)
    results.put_blocks(
        record, ((k, i) for i, d in known.items() if d.document in fresh for k in transfers.block_keys(d))
    )
    asked: set[str] = set()
    todo = list(known.values())
    while todo:
        keys = {k for d in todo for k in transfers.block_keys(d)} - asked
        asked |= keys
        ids = results.mentions_in_blocks(record, keys) | results.joined_with(record, [d.transfer.id for d in todo])
        todo = _dealt(record, record.transfer_mentions(ids=ids - known.keys()))
        known |= {d.transfer.id: d for d in todo}
    out = []
    for g in transfers.group(known.values()):
        part_of = sorted({d.event for d in g if d.event})
        row = transfers.joined(g, part_of[0] if part_of else None)
        out.append((row, sorted(d.transfer.id for d in g)))
    return out


def _dealt(record: Record, mentions: Iterable[TransferMention]) -> list[transfers.Dealt]:
    """The mentions with what linking needs around them."""
    found = list(mentions)
    rows = results.document_rows(record, {m.document for m in found})
    of = results.descents_of(record, rows)
    targets = results.targets_of(record, {m.transfer.event for m in found if m.transfer.event})
    return [
        transfers.Dealt(
            m.document, m.transfer, rows[m.document]["published"] or rows[m.document]["written"],
            of.get(m.document, ""), rows[m.document]["outlet"],
            targets.get(m.transfer.event) if m.transfer.event else None,
        )
        for m in found
    ]  # fmt: skip
