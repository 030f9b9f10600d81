"""Can one person be at these places on these dates; do reports disagree on them, with each other or with the public list of stays.

The method and its limits are in docs/checks/itinerary.md.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossfix.checking.case import Case, Paper
from crossfix.checking.itinerary_ships import calls
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row
from crossfix.model import Event, Interval, Where
from crossfix.record.rows import Account, EventRow, Evidence
from crossfix.reference.stays import COMPLETE, Stay, all_abroad, all_meetings, stays

EARTH_KM = 6371.0
SPEED_KM_PER_H = {"air": 900.0, "ship": 40.0, "train": 80.0}
"""The speed at which a journey is still held to be possible, straight from door to door: faster than any person or cargo ship goes."""
NEAR_KM = 60.0
"""Places nearer than this are one place."""
LEAST_KM = 200.0
"""A journey shorter than this proves nothing."""
CLOSE_DAYS = 4
"""Stops of a person further apart in time than this prove nothing."""
FAR_DAYS = 21
"""The same of a ship: half round the Earth takes it 21 days."""
_NEAR_DAYS = 31
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MET = re.compile(r"\b(?:met|meet\w*|summits?|talks|held|hosted|received|visit\w*|travel\w*|trip)\b", re.IGNORECASE)
_FAR = re.compile(
    r"\b(?:phone|telephone|call|calls|called|video|virtual\w*|online|letter|letters|message|spoke by)\b", re.IGNORECASE
)


# -------------------------------------------------------------------- pure functions


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude and longitude in degrees) on a sphere of 6,371 km, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


@dataclass(frozen=True, slots=True)
class Stop:
    """Someone at a place: the stretch of UTC in which that was, first included and last not, and the reach of the place in km (0 for a
    point). ``told`` is the date as told."""

    place: str
    lat: float
    lon: float
    first: dt.datetime
    last: dt.datetime
    told: str
    radius_km: float = 0.0


def journey_result(who: str, a: Stop, b: Stop, by: str = "air") -> Result:
    """Whether one can have been at both places. The most generous reading counts: leaving at the first moment of the one stretch and
    arriving at the last of the other, in either order, between the nearest edges of the places, at the stated speed all the way."""
    a, b = sorted((a, b), key=lambda s: (s.first, s.last, s.place))
    straight = distance_km((a.lat, a.lon), (b.lat, b.lon))
    km = max(0.0, straight - a.radius_km - b.radius_km)
    hours = max((b.last - a.first).total_seconds(), (a.last - b.first).total_seconds()) / 3600
    speed = SPEED_KM_PER_H[by]
    need = km / speed
    there = f"in {a.place} ({a.told}) and in {b.place} ({b.told})"
    working = {
        "distance_km": round(straight), "distance_between_edges_km": round(km), "speed_limit_km_per_h": speed,
        "hours_needed": round(need, 1), "hours_at_most": round(hours, 1), "first_place": a.place, "first_told": a.told,
        "second_place": b.place, "second_told": b.told,
    }  # fmt: skip
    if need > hours:
        return Result(
            "contradicted",
            f"{_upper(who)} cannot have been {there}: {km:,.0f} km in at most {hours:.1f} hours is more than {speed:g} km/h.",
            working, caveat="One of the places or times may be that of a report, an aide or another person of the name.",
        )  # fmt: skip
    return Result(
        "supported",
        f"{_upper(who)} can have been {there}: {km:,.0f} km takes {need:.1f} hours at {speed:g} km/h, and there were up to {hours:.0f}.",
        working, caveat="That the journey is possible does not show that it was made.",
    )  # fmt: skip


def dates_result(what: str, told: Sequence[tuple[str, str]], places: str = "") -> Result | None:
    """Whether the dates that reports give one happening agree. ``told`` are (date, by whom). None where fewer than two dates of a few days
    are told, or where all of them share a day."""
    days = [(Interval.parse(d), by) for d, by in told]
    fine = [(i, by) for i, by in days if (i.last - i.first).days <= 2]
    if len({str(i) for i, _ in fine}) < 2:
        return None
    low = max(fine, key=lambda x: x[0].first)
    high = min(fine, key=lambda x: x[0].last)
    apart = (low[0].first - high[0].last).days
    if apart <= 0:
        return None
    given = "; ".join(f"{i} ({by})" if by else str(i) for i, by in sorted(fine, key=lambda x: (str(x[0]), x[1])))
    return Result(
        "tension", f"Reports date {what}{places} differently, {_days(apart)} apart: {given}.",
        {"dates_told": [str(i) for i, _ in sorted(fine, key=lambda x: str(x[0]))], "days_apart": apart},
        caveat="A stay of several days, or the date of a report taken for that of what it reports, would explain the difference.",
    )  # fmt: skip


def stay_result(when: Interval, known: Sequence[Stay], *, complete: bool, subject: str) -> Result | None:
    """A dated presence or meeting against the public list of stays that it could be (``known``). Supported where a stay holds or shares the
    date; tension where none does and the list is complete, or where the one stay at that place was a few days off. None where the list
    says nothing."""
    if not known:
        return None
    near = min(
        known, key=lambda s: (max((s.first - when.last).days, (when.first - s.last).days, 0), s.last - s.first, s.id)
    )
    off = max((near.first - when.last).days, (when.first - near.last).days, 0)
    working = {
        "told": str(when), "listed_place": near.place, "listed_first": near.first.isoformat(), "listed_last": near.last.isoformat(),
        "days_between": off, "listed_for_this": len(known), "list_is_complete": complete,
    }  # fmt: skip
    row = Row("stays", near.id, f"{near.place}, {Interval.days(near.first, near.last)}")
    listed = f"{near.place} on {_range(near.first, near.last)}"
    if off == 0:
        return Result(
            "supported", f"{subject}, told for {_said(when)}, agrees with the public list of stays: {listed}.", working, (row,),
            "The list rests on public reports too.",
        )  # fmt: skip
    inside = COMPLETE[0] <= when.first and when.last <= COMPLETE[1]
    if complete and inside:
        noun = "meeting" if subject.startswith("A meeting") else "stay"
        which = f"the only {noun}" if len(known) == 1 else f"the nearest of the {len(known)} {noun}s"
        return Result(
            "tension",
            f"{subject} is told for {_said(when)}, but {which} that public reports list was in {listed}, {_days(off)} "
            f"{'later' if near.first > when.last else 'earlier'}.",
            working, (row,), "What was never made public is not in the list; a report may give the day of the news for that of the visit.",
        )  # fmt: skip
    return None


def _upper(who: str) -> str:
    return who[:1].upper() + who[1:]


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _range(first: dt.date, last: dt.date) -> str:
    return (
        _day(first)
        if first == last
        else f"{first.day} to {_day(last)}"
        if first.month == last.month
        else f"{_day(first)} to {_day(last)}"
    )


def _said(when: Interval) -> str:
    if when.precision == "day":
        return _day(when.first)
    if when.precision == "month":
        return f"{when.first:%B} {when.first.year}"
    return str(when) if when.precision == "year" else _range(when.first, when.last)


# -------------------------------------------------------------------- the record's visits and meetings


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person or a ship at a place, as one document tells it; ``event`` is the subject of what is found, ``by`` how it travels."""

    who: str
    event: str
    stop: Stop
    evidence: Evidence
    by: str = "air"


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", name.casefold()).split())


def _face_to_face(paper: Paper, e: Event) -> bool:
    a, b = paper.sentence(e.trigger.start)
    return bool(_MET.search(e.trigger.text)) and not _FAR.search(paper.text[a:b])


def _persons(e: Event) -> list[str]:
    return [p.name for p in e.participants if p.role in ("visitor", "party", "host", "actor")]


def _listed(e: Event) -> Iterator[Result]:
    """The event against the public list of stays, for each listed person in it. It speaks against a date only where the reading leaves
    little doubt: the year is told or the date is near a stay, and nobody else takes part."""
    assert e.when is not None
    names = {_plain(n): n for n in _persons(e)}
    known = stays()
    dated = bool(e.when_text and _YEAR.search(e.when_text.text))
    alone = sum(" " in n for n in names) <= 2
    for who in sorted({s.who for s in known if _plain(s.who) in names}):
        others = sorted({m for s in known if s.who == who for m in s.met if _plain(m) in names})
        found: list[Result | None] = []
        for other in others:
            both = [s for s in known if s.who == who and other in s.met]
            subject = f"A meeting of {who} and {other}"
            found.append(stay_result(e.when, both, complete=all_meetings(who, other), subject=subject))
        if not others and _in_a_town(e, who) and (e.when.last - e.when.first).days <= 31:
            assert e.where is not None
            here = [s for s in known if s.who == who and s.country != "KP" and _reaches(s, e.where)]
            subject = f"{who} in {e.where.name}"
            found.append(stay_result(e.when, here, complete=all_abroad(who), subject=subject))
        for result in found:
            if result is None or (result.verdict == "tension" and not alone):
                continue
            if result.verdict == "tension" and not dated and int(result.working["days_between"]) > _NEAR_DAYS:
                continue
            yield result


def _in_a_town(e: Event, who: str) -> bool:
    if e.where is None or e.where.lat is None or _is_state(e.where.name):
        return False
    return e.type != "visit" or any(p.role == "visitor" and _plain(p.name) == _plain(who) for p in e.participants)


def _reaches(s: Stay, where: Where) -> bool:
    if (
        s.scope == "trip"
        and s.first != s.last
        and any(x.scope == "stop" and s.first <= x.first <= s.last for x in stays())
    ):
        return False  # its stops say more
    return (
        where.lat is not None
        and where.lon is not None
        and distance_km((s.lat, s.lon), (where.lat, where.lon)) <= NEAR_KM
    )


def _is_state(name: str) -> bool:
    from crossfix.coding.events_parties import is_state

    return is_state(name)


def _stop(e: Event) -> Stop | None:
    """Where and when the event was, as UTC; None where that is not known to a few days and within a town."""
    if e.where is None or e.where.lat is None or e.where.lon is None or e.moment is None or e.when is None:
        return None
    if (e.when.last - e.when.first).days > 1 or _is_state(e.where.name) or not e.moment.basis.startswith("the place"):
        return None
    first, last = (dt.datetime.strptime(x, "%Y-%m-%dT%H:%MZ") for x in (e.moment.first, e.moment.last))
    return Stop(e.where.name, e.where.lat, e.where.lon, first, last, _said(e.when))


def _travels(seen: Sequence[_Seen]) -> Iterator[Question]:
    """Neighbouring stops of one person or ship, far apart and soon after each other."""
    by: dict[str, list[_Seen]] = {}
    for s in seen:
        by.setdefault(s.who, []).append(s)
    for who, line in sorted(by.items()):
        line.sort(key=lambda s: (s.stop.first, s.stop.last, s.stop.place, s.evidence))
        one: list[_Seen] = []
        for s in line:  # the first telling of each place and time
            if not any(o.stop.place == s.stop.place and o.stop.first == s.stop.first for o in one):
                one.append(s)
        for a, b in pairwise(one):
            km = distance_km((a.stop.lat, a.stop.lon), (b.stop.lat, b.stop.lon))
            if km < LEAST_KM or (b.stop.first - a.stop.first).days > (FAR_DAYS if b.by == "ship" else CLOSE_DAYS):
                continue
            yield Question(
                b.event, "itinerary.journey", tuple(sorted((a.evidence, b.evidence))),
                lambda who=who, a=a, b=b: journey_result(who, a.stop, b.stop, b.by),  # type: ignore[misc]
                f"{who}: {a.stop.place}, {b.stop.place}",
            )  # fmt: skip


def _accounts(row: EventRow) -> Iterator[Question]:
    dates: list[Account] = [a for a in row.accounts if a.field == "date"]
    if len(dates) < 2:
        return
    told = [(a.value, next((b for b in a.by if b), "")) for a in dates]
    names = " and ".join(sorted({p.name for p in row.participants})[:2])
    what = f"the {row.type} of {names}" if names else f"the {row.type}"
    result = dates_result(what, told, f" in {row.where.name}" if row.where else "")
    if result is not None:
        evidence = tuple(sorted({a.evidence[0] for a in dates}))
        yield Question(row.id, "itinerary.dates", evidence, lambda: result)


def questions(case: Case) -> Iterator[Question]:
    """Visits and meetings with a date: against the list of stays, against each other, and the reports of one against one another."""
    seen: list[_Seen] = []
    listed: dict[tuple[str, str], tuple[Result, set[Evidence]]] = {}
    for paper in case.papers():
        for e in paper.events:
            if e.type not in ("visit", "meeting") or e.modality != "actual" or e.when is None or e.when_text is None:
                continue
            if paper.is_furniture(e.trigger.start):
                continue
            evidence = (
                paper.evidence(e.trigger.start, e.trigger.end),
                paper.evidence(e.when_text.start, e.when_text.end),
            )
            id_ = case.event_of(e.id)
            if _face_to_face(paper, e):
                for result in _listed(e):
                    about = f"{e.when}, {result.sources[0].key}"
                    listed.setdefault((id_, about), (result, set()))[1].update(evidence)
            stop = _stop(e)
            if stop is not None:
                for p in e.participants:
                    if " " in p.name and p.role in ("visitor", "party") and _person(paper, p.name):
                        seen.append(_Seen(p.name, id_, stop, evidence[1]))
        for c in calls(paper):
            at = Stop(c.place, c.lat, c.lon, c.first, c.last, c.told)
            seen.append(_Seen(f"the {c.ship}", paper.sha256, at, c.evidence, "ship"))
    for (id_, about), (result, found) in listed.items():
        yield Question(id_, "itinerary.listed", tuple(sorted(found)), lambda result=result: result, about)  # type: ignore[misc]
    yield from _travels(seen)
    for row in case.events:
        if row.type in ("visit", "meeting") and row.modality == "actual":
            yield from _accounts(row)


def _person(paper: Paper, name: str) -> bool:
    return any(n.kind == "person" and n.name == name for n in paper.names)


check = Simple("itinerary", "places and dates of persons and ships: possible, listed, told alike", questions)
