"""Typed values of joined events and transfers: figures, quantities and routes, each once, with every passage that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crossfix.model import Event, Leg, Span, Transfer, Where
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
    """The route that the tellings of one transfer (document, transfer) give together, in its order, each leg with the passages of all
    tellings that give it.

    The fullest telling is the frame. What it leaves open (an end, the mode) is filled, and its way carried on at either end, from the
    other tellings where they have one answer alone: where one tells of Dunai and another of Vostochny, nothing is filled.
    """
    routes = [(d, t.legs) for d, t in told if t.legs]
    if not routes:
        return ()
    best = min(routes, key=lambda r: (-len(r[1]), sum(map(_gaps, r[1])), r[0], r[1][0].span.start))[1]
    every = [x for _, way in routes for x in way]
    line = [_filled(leg, every) for leg in best]
    while len(line) < MOST_LEGS and (more := _next(line, every)) is not None:
        line.append(_filled(more, every))
    while len(line) < MOST_LEGS and (more := _before(line, every)) is not None:
        line.insert(0, _filled(more, every))
    return tuple(
        LegRow(
            leg.start,
            leg.end,
            leg.mode,
            _passages(_evidence(d, x.span) for d, way in routes for x in way if _within(x, leg)),
        )
        for leg in line
    )


MOST_LEGS = 8
"""Legs of a joined route."""


def _gaps(leg: Leg) -> int:
    return (leg.start is None) + (leg.end is None) + (leg.mode == "unknown")


def _name(where: Where | None) -> str | None:
    return where.name if where is not None else None


def _within(x: Leg, leg: Leg) -> bool:
    """True where one telling of a leg says nothing that the leg does not, and at least one of its ends."""
    a, b = (_name(x.start), _name(leg.start)), (_name(x.end), _name(leg.end))
    if any(p is not None and p != q for p, q in (a, b)) or x.mode not in ("unknown", leg.mode):
        return False
    return x.start is not None or x.end is not None


def _filled(leg: Leg, every: Sequence[Leg]) -> Leg:
    """A leg with what it leaves open, where all tellings that share an end with it give one answer."""
    if not _gaps(leg):
        return leg
    alike = [x for x in every if _alike(x, leg)]
    starts = {w.name: w for x in alike if (w := x.start) is not None}
    ends = {w.name: w for x in alike if (w := x.end) is not None}
    modes = {x.mode for x in alike} - {"unknown"}
    return replace(
        leg,
        start=leg.start or (next(iter(starts.values())) if len(starts) == 1 else None),
        end=leg.end or (next(iter(ends.values())) if len(ends) == 1 else None),
        mode=leg.mode if leg.mode != "unknown" or len(modes) != 1 else next(iter(modes)),
    )


def _alike(x: Leg, leg: Leg) -> bool:
    """True where two tellings of a leg share an end, and differ in nothing that both tell."""
    pairs = [(_name(x.start), _name(leg.start)), (_name(x.end), _name(leg.end))]
    if any(p and q and p != q for p, q in pairs) or not (x.mode == leg.mode or "unknown" in (x.mode, leg.mode)):
        return False
    return any(p and p == q for p, q in pairs)


def _next(line: Sequence[Leg], every: Sequence[Leg]) -> Leg | None:
    """The leg that goes on from the last, where the tellings know one alone."""
    last = _name(line[-1].end)
    been = {_name(w) for x in line for w in (x.start, x.end)}
    onward = {_way(x): x for x in every if last and _name(x.start) == last and x.end and x.end.name not in been}
    return onward.popitem()[1] if len(onward) == 1 else None


def _before(line: Sequence[Leg], every: Sequence[Leg]) -> Leg | None:
    first = _name(line[0].start)
    been = {_name(w) for x in line for w in (x.start, x.end)}
    behind = {_way(x): x for x in every if first and _name(x.end) == first and x.start and x.start.name not in been}
    return behind.popitem()[1] if len(behind) == 1 else None


def _way(leg: Leg) -> tuple[str | None, str | None, str]:
    return _name(leg.start), _name(leg.end), leg.mode


def _evidence(document: str, span: Span) -> Evidence:
    return Evidence(document, span.start, span.end)


def _passages(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(found))[:MOST_PASSAGES])
