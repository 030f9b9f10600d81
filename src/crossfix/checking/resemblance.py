"""Are two missiles that somebody calls alike closer in published size than pairs of their class usually are, by every source's figures?

The distance of two sets of figures is the length of the vector (ln L1/L2, ln D1/D2), L the overall length and D the largest diameter: how
far they are apart in proportion, with no unit and no favour to large missiles. It is held against the distances of all pairs of the class
that are not of one family. Placeholder rows are named and left out.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from crossfix.checking.registry import Simple
from crossfix.checking.resemblance_said import Said, told
from crossfix.checking.result import Question, Result, Row
from crossfix.reference import dimensions
from crossfix.reference.dimensions import Dimensions

if TYPE_CHECKING:
    from crossfix.checking.case import Case, Paper
    from crossfix.record.rows import Evidence

CLOSE = 0.10
"""A pair is close where no more than this share of the class's pairs is as close."""
FAR = 0.50
"""A pair is not close where more than this share of them is."""
PAIRS_LEAST = 40
"""With fewer pairs in a class nothing is said."""

_CAVEAT = (
    "Compares published overall length and diameter alone. Many figures are estimates from photographs, and publishers may copy "
    "one another. It says nothing of origin, of shared technology or help, or of performance."
)


def distance(a: Dimensions, b: Dimensions) -> float:
    """How far apart two sets of figures are, in natural logarithms: 0 for the same figures, 0.1 where one of the two differs by a tenth."""
    return math.hypot(math.log(a.length_m / b.length_m), math.log(a.diameter_m / b.diameter_m))


@dataclass(frozen=True, slots=True)
class Combination:
    """One publisher's figures of the first missile with one of the second's: their distance, and how many of the pairs are as close."""

    first: Dimensions
    second: Dimensions
    distance: float
    as_close: int
    pairs: int

    @property
    def share(self) -> float:
        """The share of pairs as close or closer, 0 to 1."""
        return self.as_close / self.pairs

    @property
    def chance(self) -> float:
        """The same with the pair itself counted in, so that it is never 0: (as close + 1) / (pairs + 1)."""
        return (self.as_close + 1) / (self.pairs + 1)


@cache
def _pairs(kinds: tuple[str, ...]) -> tuple[tuple[float, str, str], ...]:
    """The distance of every two missiles of the classes that are not of one family, nearest first, with their names."""
    some = dimensions.population(kinds)
    return tuple(
        sorted((distance(a, b), a.missile, b.missile) for a, b in combinations(some, 2) if a.family != b.family)
    )


def distances(kinds: tuple[str, ...], without: Sequence[str] = ()) -> list[float]:
    """The distances of the pairs of the classes, nearest first; the pair of the two missiles ``without`` is left out."""
    return [d for d, a, b in _pairs(kinds) if not (a in without and b in without)]


def as_close(distance_: float, others: Sequence[float]) -> int:
    """How many of the distances (in order) are no greater. A rounding error's width is allowed, so that equal figures count as equal."""
    return bisect_right(others, distance_ + 1e-12)


def compare(first: Sequence[Dimensions], second: Sequence[Dimensions]) -> Result:
    """Two missiles' figures, every publisher's with every publisher's. Each side holds one row at least, all of one missile."""
    a, b = first[0].missile, second[0].missile
    kinds = tuple(k for k in dimensions.CLASSES if k in {first[0].kind, second[0].kind})
    kinds_ = " and ".join(f"{k}s" for k in kinds)
    others = distances(kinds, (a, b))
    found = [
        Combination(x, y, (d := distance(x, y)), as_close(d, others), len(others))
        for x in first
        for y in second
        if not x.placeholder and not y.placeholder
    ]
    rows = (*first, *second)
    working: dict[str, Any] = {"class": " and ".join(kinds), "pairs_of_the_class": len(others)}
    working |= _cuts(others)
    working["combinations"] = [_told(c) for c in found]
    working["left_out"] = [
        {
            "missile": d.missile,
            "publisher": d.publisher,
            "length_m": d.length_m,
            "diameter_m": d.diameter_m,
            "why": d.placeholder,
        }
        for d in rows
        if d.placeholder
    ]
    sources = tuple(Row("dimensions", d.id, _note(d)) for d in rows)
    caveat = _CAVEAT + _unread(d for d in rows if not d.placeholder)
    if len(others) < PAIRS_LEAST or not found:
        why = _missing(first, second) if not found else f"too few {kinds_} have published sizes to say what is close"
        return Result(
            "unknown", f"Whether {a} and {b} are close in size is not known: {why}.", working, sources, _CAVEAT
        )
    shares = [c.share for c in found]
    least, most = min(shares), max(shares)
    of = f"pairs of {kinds_} of different families"
    by = "the one pair of figures" if len(found) == 1 else f"all {len(found)} combinations of sources"
    sizes = f"({_sizes(first)}; {_sizes(second)})"
    chance_of = f"two {kinds_} of different families being as close"
    if most <= CLOSE:
        summary = (
            f"{a} and {b} are close in published size: by {by}, at most {_percent(most)} of {of} are as close {sizes}."
        )
        return Result("supported", summary, working, sources, caveat, max(c.chance for c in found), chance_of)
    if least > FAR:
        summary = f"{a} and {b} are not close in published size: by {by}, {_percent(least)} or more of {of} are as close {sizes}."
        return Result("contradicted", summary, working, sources, caveat, min(c.chance for c in found), chance_of)
    if least <= CLOSE:
        near = sum(s <= CLOSE for s in shares)
        summary = (
            f"Whether {a} and {b} are close in published size depends on the source: {near} of {len(found)} combinations put them "
            f"among the closest 10 % of {of}, {'the other does' if len(found) - near == 1 else 'the others do'} not {sizes}."
        )
    else:
        span = _percent(most) if len(found) == 1 else f"{_percent(least)} to {_percent(most)}"
        summary = (
            f"{a} and {b} are not unusually close in published size: by {by}, {span} of {of} are as close {sizes}."
        )
    return Result("tension", summary, working, sources, caveat)


def _unread(rows: Iterable[Dimensions]) -> str:
    """Whose figures stand in the table without anybody having opened the page for it, "" where there are none."""
    found = [f"{d.publisher} on {d.missile}" for d in rows if not d.read]
    return f" Figures typed from knowledge, their page not opened: {', '.join(found)}." if found else ""


def _cuts(others: Sequence[float]) -> dict[str, float]:
    """The distances that mark the closest tenth and the middle."""
    if not others:
        return {}
    return {
        "closest_tenth_up_to_ln": round(others[max(0, math.floor(CLOSE * len(others)) - 1)], 4),
        "median_ln": round(others[len(others) // 2], 4),
    }


def _told(c: Combination) -> dict[str, Any]:
    return {
        "first": f"{c.first.missile} ({c.first.publisher})",
        "first_length_m": c.first.length_m,
        "first_diameter_m": c.first.diameter_m,
        "second": f"{c.second.missile} ({c.second.publisher})",
        "second_length_m": c.second.length_m,
        "second_diameter_m": c.second.diameter_m,
        "length_ratio": round(c.first.length_m / c.second.length_m, 4),
        "diameter_ratio": round(c.first.diameter_m / c.second.diameter_m, 4),
        "distance_ln": round(c.distance, 4),
        "pairs_as_close": c.as_close,
        "share_as_close": round(c.share, 4),
    }


def _note(d: Dimensions) -> str:
    mass = f", {d.mass_t:g} t" if d.mass_t else ""
    return f"{d.length_m:g} by {d.diameter_m:g} m{mass}" + (f"; placeholder: {d.placeholder}" if d.placeholder else "")


def _sizes(rows: Sequence[Dimensions]) -> str:
    """ "Hwasong-18: 27 by 2.4 m (GCAT), 23 by 2 m (KIDA)"; placeholders are left to the working."""
    by: dict[str, list[str]] = {}
    for d in rows:
        if not d.placeholder:
            by.setdefault(f"{d.length_m:g} by {d.diameter_m:g} m", []).append(d.publisher)
    return f"{rows[0].missile}: " + ", ".join(f"{size} ({', '.join(who)})" for size, who in by.items())


def _missing(first: Sequence[Dimensions], second: Sequence[Dimensions]) -> str:
    return " and ".join(_placeholders(rows) for rows in (first, second) if all(d.placeholder for d in rows))


def _placeholders(rows: Sequence[Dimensions]) -> str:
    """ "the only published figures for Hwasong-19 are placeholders (GCAT: repeats Hwasong-18)"."""
    why = "; ".join(f"{d.publisher}: {d.placeholder}" for d in rows)
    return f"the only figures found for {rows[0].missile} are placeholders ({why})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


# ------------------------------------------------------------------ what a record can be asked


def _said_in(paper: Paper) -> Iterator[tuple[Said, Evidence]]:
    for start, end in paper.sentences:
        if paper.is_furniture(start):
            continue
        for s in told(paper.text[start:end]):
            yield s, paper.evidence(start + s.start, start + s.end)


def questions(case: Case) -> Iterator[Question]:
    """Every claim that calls two missiles alike whose sizes are published, once for each pair; where no claim holds the passage, the
    document is asked about. What a claim denies is not asked."""
    for paper in case.papers():
        if not paper.document.extracted:
            continue
        asked: dict[tuple[str, str, str], list[Evidence]] = {}
        for s, passage in _said_in(paper):
            claim = paper.claim_at(passage.start, passage.end)
            if claim is not None and (claim.stance == "deny" or claim.firmness == "denied"):
                continue
            first, second = sorted((s.first, s.second))
            asked.setdefault((claim.id if claim else paper.sha256, first, second), []).append(passage)
        for (subject, first, second), passages in asked.items():
            yield _question(subject, first, second, tuple(sorted(set(passages))))


def _question(subject: str, first: str, second: str, passages: tuple[Evidence, ...]) -> Question:
    return Question(
        subject, "resemblance.size", passages, lambda: compare(dimensions.of(first), dimensions.of(second)), f"{first}, {second}",
    )  # fmt: skip


check = Simple("resemblance", "published sizes of two missiles that are called alike", questions)
