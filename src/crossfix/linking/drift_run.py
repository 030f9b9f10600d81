"""Drift over a record: which document is held against which, and what was found before that no longer stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossfix.linking.credits import outlet_key
from crossfix.linking.drift import Telling, drifts
from crossfix.model import Interval
from crossfix.record import results, schema, values
from crossfix.record.drift import drifts as kept
from crossfix.record.drift import put_drifts
from crossfix.record.rows import Descent, DriftRow, EventRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

MOST_PARENTS = 3
"""Of the reports that a document's chains name within one event, so many are held against it, the earliest first."""

Pair = tuple[str, str]
"""Parent and child."""


def parents_before(record: Record, documents: Iterable[str]) -> dict[str, str | None]:
    """What each document was held to be made from so far; to be asked before new descents are kept."""
    found = record.current_of(schema.descents, documents)
    return {d: r["derived_from"] if r["relation"] != "identical_reprint" else None for d, r in found.items()}


def events_before(record: Record, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Which documents each event had so far; to be asked before new ones are kept."""
    return {i: tuple(r["value"]["reports"]) for i, r in record.current_of(schema.events, ids).items()}


def refresh(
    record: Record,
    descents: Sequence[Descent],
    before: Mapping[str, str | None],
    told: Iterable[EventRow],
    reports_before: Mapping[str, Collection[str]],
) -> None:
    """Bring the drifts up to date with new descents and events. Only pairs that are new are compared.

    ``before`` and ``reports_before`` are what ``parents_before`` and ``events_before`` gave. A reprint that is the same to the
    word is not looked at. What was found between two documents that are no longer parent and child is withdrawn.
    """
    descended = {d.document: d.derived_from if d.relation != "identical_reprint" else None for d in descents}
    wanted = {(p, c) for c, p in descended.items() if p and before.get(c) != p}
    touched = {c for c, p in before.items() if p and descended.get(c) != p}
    changed = []
    for row in told:
        old = set(reports_before.get(row.id, ()))
        if set(row.reports) != old:
            touched |= old | set(row.reports)
            changed.append(row)
    for row, pairs in _named(record, [r for r in changed if len(r.reports) > 1]):
        old = set(reports_before.get(row.id, ()))
        wanted |= {(p, c) for p, c in pairs if not {p, c} <= old}
    wanted = {(p, c) for p, c in wanted if p != c}
    tellings = tellings_of(record, {d for pair in wanted for d in pair})
    found: list[DriftRow] = []
    for p, c in sorted(wanted):
        if p in tellings and c in tellings:
            found += drifts(tellings[p], tellings[c])
    standing = {(d.parent.document, d.child.document) for d in kept(record, touched)} - wanted
    put_drifts(record, found, {pair for pair in standing if not _still(record, *pair)})


def _still(record: Record, parent: str, child: str) -> bool:
    """True where the child is still held to be made from the parent, or names it within one event."""
    if parents_before(record, [child]).get(child) == parent:
        return True
    told = [r["id"] for r in record.current(schema.mentions, schema.mentions.c.document == child)]
    rows = record.current_of(schema.events, results.targets_of(record, told).values())
    events = [values.event_row_in(i, r["value"]) for i, r in rows.items()]
    return any((parent, child) in pairs for _, pairs in _named(record, [e for e in events if parent in e.reports]))


def _named(record: Record, events: Sequence[EventRow]) -> list[tuple[EventRow, set[Pair]]]:
    """With each event the pairs of its reports where the later's chains name the earlier's outlet as a link."""
    rows = results.document_rows(record, {d for e in events for d in e.reports})
    claims = record.current_of(schema.claims, {c for e in events for c in e.claims})
    return [(e, _pairs(e, rows, claims)) for e in events]


def _pairs(event: EventRow, rows: Mapping[str, Any], claims: Mapping[str, Any]) -> set[Pair]:
    by_outlet: dict[str, list[str]] = {}
    for d in sorted(event.reports, key=lambda d: (rows[d]["published"] or "9999", d)):
        key = outlet_key(rows[d]["outlet"])
        if key:
            by_outlet.setdefault(key, []).append(d)
    out: set[Pair] = set()
    for claim in (claims[c] for c in event.claims if c in claims):
        child = claim["document"]
        day = rows[child]["published"] if child in rows else None
        for link in claim["value"]["chain"][1:]:
            parents = [
                d
                for d in by_outlet.get(outlet_key(link), ())
                if d != child and (rows[d]["published"] or "") <= (day or "9999")
            ]
            out |= {(d, child) for d in parents[:MOST_PARENTS]}
    return out


def tellings_of(record: Record, documents: Iterable[str]) -> dict[str, Telling]:
    """Documents as drift sees them; those not extracted are left out."""
    wanted = sorted(set(documents))
    rows = results.document_rows(record, wanted)
    texts = record.texts(wanted)
    marks = record.current_of(schema.marks, wanted)
    claims: dict[str, list[Any]] = {d: [] for d in wanted}
    t = schema.claims
    for i in range(0, len(wanted), 400):
        for r in record.current(t, t.c.document.in_(wanted[i : i + 400])):
            claims[r["document"]].append(r)
    out = {}
    for d in wanted:
        if d not in marks or not rows[d]["extracted"]:
            continue
        text, r = texts[d], rows[d]
        outs = [(a, b) for a, b, kind in r["value"]["furniture"] if kind not in ("dateline", "byline")]
        spans = [(s[0], s[1]) for s in marks[d]["value"]["sentences"]]
        out[d] = Telling(
            d,
            text,
            [(a, b) for a, b in spans if not any(x < b and a < y for x, y in outs)],
            [values.claim_in(c["id"], c["value"], text, c["confidence"]) for c in claims[d]],
            [values.time_in(x, text) for x in marks[d]["value"]["times"]],
            r["outlet"],
            r["agency"],
            _interval(r["published"] or r["written"]),
            r["title"],
        )
    return out


def _interval(value: str | None) -> Interval | None:
    return None if value is None else Interval.parse(value)
