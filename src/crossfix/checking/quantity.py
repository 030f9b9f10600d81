"""Do the numbers told for one happening agree: bounds, rounding, units, and who counts what.

The method and its limits are in docs/checks/quantity.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from crossfix.checking.case import Case, Paper
from crossfix.checking.quantity_units import Conversion, conversions, to_common
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result
from crossfix.model import Bound
from crossfix.record.rows import EventRow, Evidence, TransferRow

ABOUT = 0.1
"""What "about" leaves open, as a part of the number, where its rounding leaves less."""
FIFTH = 0.2
"""The most that rounding is held to have changed a number told in tens or more, as a part of it."""
_COUNTED_EVENTS = frozenset(("missile_test", "satellite_launch", "nuclear_test", "arms_transfer"))
_FIGURES = {
    "apogee": "apogee",
    "range": "ground range",
    "flight_time": "flight time",
    "bearing": "bearing",
    "speed": "speed",
}


# -------------------------------------------------------------------- pure functions


@dataclass(frozen=True, slots=True)
class Told:
    """A number as told: ``low`` and ``high`` are equal for one number, None on an open side; ``by`` who gives it ("" where not known)."""

    low: float | None
    high: float | None
    bound: Bound
    unit: str
    by: str = ""
    strict: bool = False

    @property
    def words(self) -> str:
        """ "at least 1,000 containers"."""
        number = self.low if self.low is not None else self.high
        if self.low is not None and self.high is not None and self.low != self.high:
            return f"{_number(self.low)} to {_number(self.high)} {self.unit}"
        told = {
            "at_least": "more than " if self.strict else "at least ",
            "at_most": "less than " if self.strict else "at most ",
        }
        return f"{told.get(self.bound, 'about ' if self.bound == 'about' else '')}{_number(number or 0.0)} {self.unit}"


def step(value: float) -> float:
    """The worth of a number's last digit that is not zero: 100 for 2,700, 0.1 for 6,518.2, 1 for 1,001; 0 for 0. A number told in full
    thousands may have been rounded to them."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    digits = f"{abs(value):.6f}".rstrip("0").rstrip(".")
    if "." in digits:
        return float(10.0 ** -len(digits.partition(".")[2]))
    return float(10.0 ** (len(digits) - len(digits.rstrip("0"))))


def span(told: Told) -> tuple[float, float]:
    """The values that a number as told leaves open, both ends included: half a step of its rounding to either side, a whole step or a tenth
    for "about", everything beyond for "more than" and "up to"."""
    low, high = told.low, told.high
    if told.bound == "at_least" or (low is not None and high is None):
        base = low if low is not None else high or 0.0
        return base - step(base) / 2, math.inf
    if told.bound == "at_most" or (high is not None and low is None):
        base = high if high is not None else 0.0
        return -math.inf, base + step(base) / 2
    assert low is not None
    assert high is not None
    if told.bound == "about":
        return low - max(step(low), ABOUT * abs(low)), high + max(step(high), ABOUT * abs(high))
    return low - step(low) / 2, high + step(high) / 2


def common(a: Told, b: Told) -> tuple[float, float] | None:
    """The values that two numbers of one unit both leave open; None where there are none. The order does not matter."""
    (x, y), (u, v) = span(a), span(b)
    low, high = max(x, u), min(y, v)
    return (low, high) if low <= high else None


def apart_percent(a: Told, b: Told) -> float:
    """How far two numbers lie apart, in per cent of their mean; of stretches and bounds the nearest ends count."""
    x = [v for v in (a.low, a.high) if v is not None]
    y = [v for v in (b.low, b.high) if v is not None]
    gap, one, two = min((abs(p - q), p, q) for p in x for q in y)
    mean = (abs(one) + abs(two)) / 2
    return round(100 * gap / mean, 1) if mean else 0.0


def agree_result(what: str, a: Told, b: Told, *, growing: bool = False) -> Result:
    """Whether two numbers told of one thing agree. ``what`` is what is counted or measured; ``growing`` is true where a later count can
    rightly be higher (deliveries go on).

    Supported where the numbers as told leave a common value; contradicted where one announcer gives two exact numbers that do not, of a
    thing that does not grow; unknown where they count different things; tension otherwise."""
    first, second = to_common(a.unit), to_common(b.unit)
    if first[0] != second[0]:
        a, b = (a, b) if (first[0], a.words, a.by) <= (second[0], b.words, b.by) else (b, a)
        return Result(
            "unknown", f"For {what}, {a.words}{_by(a)} and {b.words}{_by(b)} count different things.",
            {"first_told": a.words, "first_by": a.by, "second_told": b.words, "second_by": b.by},
            caveat="How many of the one make one of the other is not in the data.",
        )  # fmt: skip
    x, y = _scaled(a, first[1], first[0]), _scaled(b, second[1], second[0])
    a, b, x, y = (a, b, x, y) if (str(x), a.by) <= (str(y), b.by) else (b, a, y, x)
    both = common(x, y)
    percent = apart_percent(x, y)
    working: dict[str, object] = {
        "first_told": a.words, "first_by": a.by, "first_from": _end(span(x)[0]), "first_to": _end(span(x)[1]),
        "second_told": b.words, "second_by": b.by, "second_from": _end(span(y)[0]), "second_to": _end(span(y)[1]),
        "common_unit": first[0], "apart_percent": percent,
    }  # fmt: skip
    one, two = f"{a.words}{_by(a)}", f"{b.words}{_by(b)}"
    if both is not None:
        working |= {"common_from": _end(both[0]), "common_to": _end(both[1])}
        return Result(
            "supported", f"For {what}, {one} and {two} agree as far as they are told.", working,
            caveat="Two that agree may rest on one count.",
        )  # fmt: skip
    exact = a.bound == b.bound == "exact" and bool(a.by) and a.by == b.by
    if exact and not growing:
        return Result(
            "contradicted", f"For {what}, {a.by} gives both {a.words} and {b.words}, {percent:g} % apart.", working,
            caveat="The announcer may have corrected the first number.",
        )  # fmt: skip
    return Result(
        "tension", f"For {what}, {one} and {two} differ by {percent:g} %, more than their rounding.", working,
        caveat="A later count can rightly be higher, and may count something else." if growing
        else "Announcers measure by different means; which of them is nearer the truth this does not say.",
    )  # fmt: skip


def conversion_result(found: Conversion) -> Result:
    """Whether a number and the same in another unit agree ("2,700 km (1,680 miles)"), each within what its rounding leaves open."""
    ways = [(abs(found.first * f - found.second), f) for f in found.factors]
    factor = min(ways)[1]
    exact = found.first * factor
    slack = _loose(found.first) * factor + _loose(found.second)
    off = abs(exact - found.second)
    working = {
        "first": found.first, "first_unit": found.first_unit, "second": found.second, "second_unit": found.second_unit,
        "factor": factor, "first_in_second_unit": round(exact, 3), "apart": round(off, 3), "allowed_for_rounding": round(slack, 3),
    }  # fmt: skip
    one = f"{_number(found.first)} {found.first_unit}"
    two = f"{_number(found.second)} {found.second_unit}"
    if off <= slack:
        return Result(
            "supported", f"{one} is {two}, within rounding.", working, caveat="Both are one number told twice."
        )
    return Result(
        "contradicted", f"{one} is {_number(round(exact, 1))} {found.second_unit}, not {_number(found.second)}.", working,
        caveat="Which of the two numbers was meant is not known.",
    )  # fmt: skip


def _loose(value: float) -> float:
    """A whole step of a number's rounding; of one beyond ones a fifth of the number at most: 10 metres were not rounded to tens."""
    return min(step(value), max(FIFTH * abs(value), 1.0))


def _scaled(told: Told, factor: float, unit: str) -> Told:
    if factor == 1.0:
        return replace(told, unit=unit)
    low = None if told.low is None else told.low * factor
    high = None if told.high is None else told.high * factor
    if told.bound in ("exact", "between"):  # its rounding is that of the number as told
        a, b = span(told)
        return Told(a * factor, b * factor, "between", unit, told.by)
    return Told(low, high, told.bound, unit, told.by, told.strict)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}" if abs(value) < 1e5 else f"{value:,.1f}"


def _end(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _by(told: Told) -> str:
    return f" ({told.by})" if told.by else ""


# -------------------------------------------------------------------- the record's figures and amounts


def _figures(row: EventRow) -> Iterator[Question]:
    """Flight figures of one kind: every pair of announcers, each of whom gives one."""
    by: dict[str, dict[str, list[tuple[Told, tuple[Evidence, ...]]]]] = {}
    for f in row.figures:
        if f.low is None and f.high is None:
            continue
        told = Told(f.low, f.high, f.bound, f.unit, f.announcer or "")
        by.setdefault(f.kind, {}).setdefault(f.announcer or "", []).append((told, f.evidence))
    what = {"satellite_launch": "launch", "nuclear_test": "nuclear test"}.get(row.type, "test")
    when = f" of {row.when}" if row.when else ""
    for kind, announcers in sorted(by.items()):
        subject = f"the {_FIGURES[kind]} of the {what}{when}"
        for name, given in sorted(announcers.items()):
            if len(given) == 2 and name and not _one_paper(given):
                yield from _question(row.id, f"quantity.{kind}", subject, given[0], given[1])
        single = [given[0] for name, given in sorted(announcers.items()) if len(given) == 1 and name]
        for a, b in combinations(single, 2):
            yield from _question(row.id, f"quantity.{kind}", subject, a, b)


def _one_paper(given: Sequence[tuple[Told, tuple[Evidence, ...]]]) -> bool:
    """True where one document tells both: two missiles of one salvo have two ranges."""
    return bool({e.document for e in given[0][1]} & {e.document for e in given[1][1]})


def _question(
    subject: str,
    kind: str,
    what: str,
    a: tuple[Told, tuple[Evidence, ...]],
    b: tuple[Told, tuple[Evidence, ...]],
    *,
    growing: bool = False,
) -> Iterator[Question]:
    result = agree_result(what, a[0], b[0], growing=growing)
    about = "; ".join(sorted((f"{a[0].words} {a[0].by}".strip(), f"{b[0].words} {b[0].by}".strip())))
    yield Question(subject, kind, tuple(sorted({a[1][0], b[1][0]})), lambda: result, about)


def _amounts(row: TransferRow) -> Iterator[Question]:
    """Amounts of one unit, told by documents of which each tells one: an amount among several may be a part of the whole."""
    said = {e: by for a in row.accounts if a.field == "quantity" for e, by in zip(a.evidence, a.by, strict=False)}
    given: list[tuple[Told, tuple[Evidence, ...]]] = []
    for m in row.amounts:
        speakers = (by.rpartition(" > ")[2] for e in m.evidence for x, by in said.items() if x.document == e.document)
        given.append((Told(m.low, m.high, m.bound, m.unit, next(speakers, ""), m.strict), m.evidence))
    papers = [d for _, found in given for d in sorted({e.document for e in found})]
    once = {d for d in papers if papers.count(d) == 1}
    sides = f"from {row.supplier or 'an unnamed supplier'} to {row.recipient or 'an unnamed recipient'}"
    for a, b in combinations(given, 2):
        if {e.document for e in (*a[1], *b[1])} <= once:
            units = sorted({to_common(a[0].unit)[0], to_common(b[0].unit)[0]})
            what = f"the {units[0]} {sides}" if len(units) == 1 else f"what went {sides}"
            yield from _question(row.id, "quantity.amount", what, a, b, growing=True)


def _conversions(case: Case, paper: Paper) -> Iterator[Question]:
    """Numbers told in two units. Those that agree are kept only where they belong to an event of the record."""
    for found in conversions(paper.text):
        if paper.is_furniture(found.start):
            continue
        result = conversion_result(found)
        a, b = paper.sentence(found.start)
        near = [e for e in paper.events if a <= e.trigger.start < b and e.type in _COUNTED_EVENTS]
        if result.verdict == "supported" and not near:
            continue
        event = min(near, key=lambda e: abs(e.trigger.start - found.start), default=None)
        yield Question(
            case.event_of(event.id) if event else paper.sha256, "quantity.conversion", (paper.evidence(found.start, found.end),),
            lambda result=result: result,  # type: ignore[misc]
            " ".join(paper.text[found.start : found.end].split()),
        )  # fmt: skip


def questions(case: Case) -> Iterator[Question]:
    """Figures and amounts that two give of one thing, and numbers told in two units."""
    for event in case.events:
        if len(event.figures) > 1:
            yield from _figures(event)
    for transfer in case.transfers:
        if len(transfer.amounts) > 1:
            yield from _amounts(transfer)
    for paper in case.papers():
        if paper.document.extracted and "(" in paper.text:
            yield from _conversions(case, paper)


check = Simple("quantity", "numbers told of one thing: bounds, rounding and units", questions)
