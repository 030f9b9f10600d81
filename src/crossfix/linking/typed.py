"""Typed values of joined events and transfers: figures, quantities and routes, each once, with every passage that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crossfix.model import Event, Leg, Span, Transfer
from crossfix.record.rows import AmountRow, Evidence, FigureRow, LegRow

MOST_PASSAGES = 40
"""Passages kept of one value: a thousand reprints tell it in the same words."""


def figures(told: Iterable[tuple[str, Event]]) -> tuple[FigureRow, ...]:
    """The flight figures of an event's mentions (document, event), one row a kind, value and announcer, in a fixed order."""
    out: dict[tuple[object, ...], list[Evidence]] = {}
    rows: dict[tuple[object, ...], FigureRow] = {}
    for document, event in told:
        for f in event.figures:
            key = (f.kind, f.announcer, f.low, f.high, f.bound, f.unit)
            out.setdefault(key, []).append(_evidence(document, f.span))
            row = FigureRow(f.kind, f.low, f.high, f.bound, f.unit, f.told_unit, f.announcer, ())
            rows[key] = min(rows.get(key, row), row, key=lambda r: r.told_unit)
    made = [
        FigureRow(r.kind, r.low, r.high, r.bound, r.unit, r.told_unit, r.announcer, _passages(out[key]))
        for key, r in rows.items()
    ]
    return tuple(sorted(made, key=lambda r: (r.kind, r.announcer or "", r.low or 0.0, r.high or 0.0, r.bound)))


def amounts(told: Iterable[tuple[str, Transfer]]) -> tuple[AmountRow, ...]:
    """The quantities of a transfer's tellings (document, transfer), one row a value and unit, in a fixed order."""
    out: dict[tuple[object, ...], tuple[AmountRow, list[Evidence]]] = {}
    for document, transfer in told:
        for q in transfer.amounts:
            row = AmountRow(q.low, q.high, q.bound, q.unit, q.strict, ())
            key = (q.unit, q.low or 0.0, q.high or 0.0, q.bound, q.strict)
            out.setdefault(key, (row, []))[1].append(_evidence(document, q.span))
    return tuple(
        AmountRow(r.low, r.high, r.bound, r.unit, r.strict, _passages(found))
        for _, (r, found) in sorted(out.items(), key=lambda x: tuple(map(str, x[0])))
    )


def legs(told: Sequence[tuple[str, Transfer]]) -> tuple[LegRow, ...]:
    """The fullest route that one telling gives, in its order, each leg with the passages of all tellings that give it."""
    routes = [(d, t.legs) for d, t in told if t.legs]
    if not routes:
        return ()
    best = min(routes, key=lambda r: (-len(r[1]), sum(x.mode == "unknown" for x in r[1]), r[0], r[1][0].span.start))[1]
    return tuple(
        LegRow(
            leg.start,
            leg.end,
            leg.mode,
            _passages(_evidence(d, x.span) for d, way in routes for x in way if _way(x) == _way(leg)),
        )
        for leg in best
    )


def _way(leg: Leg) -> tuple[str | None, str | None, str]:
    return leg.start.name if leg.start else None, leg.end.name if leg.end else None, leg.mode


def _evidence(document: str, span: Span) -> Evidence:
    return Evidence(document, span.start, span.end)


def _passages(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(found))[:MOST_PASSAGES])
