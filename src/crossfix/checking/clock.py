"""One moment on two clocks: does zone arithmetic reconcile two clock times, or two dates, that are told of one happening.

The method and its limits are in docs/checks/clock.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crossfix.checking.case import Case, Paper
from crossfix.checking.clock_pairs import ClockPair, ClockTime, apart, clock_pairs, is_local, offsets, zone_offsets
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row
from crossfix.model import Event
from crossfix.record.rows import EventRow, Evidence
from crossfix.reference.zones import label, local, utc

_POINTS = frozenset(("missile_test", "satellite_launch", "nuclear_test"))
"""Types of happenings that take minutes, so that they have one moment."""
_TIMED = frozenset(("missile_test", "satellite_launch", "nuclear_test", "meeting", "visit", "other"))
_MOST_AHEAD = 14 * 60
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


# -------------------------------------------------------------------- pure functions


def pair_result(pair: ClockPair, day: dt.date | None, place: tuple[str, str] | None = None) -> Result | None:
    """Whether two clock times told of one moment are one. ``place`` is the name of where it happened and its zone, used where the first
    time names no zone. Unknown where no zone is told and the place's does not fit: the first clock may be another place's. None where
    the second zone means nothing, both are one zone, or no clock on Earth would bring them together.

    Every reading of the zones' words is tried: the letters' own offset ("EST" is UTC-05:00) and the place's clock of that day."""
    a, b = pair.first, pair.second
    named = bool(a.zone_words) and not is_local(a.zone_words)
    ours = offsets(a.zone_words, day) if named else frozenset(zone_offsets(place[1], day) if place else ())
    theirs = offsets(b.zone_words, day)
    if not theirs or (named and (not ours or a.zone_words.casefold() == b.zone_words.casefold())):
        return None
    if not named and all(apart(a.minutes, x, b.minutes, y)[0] for x in ours for y in theirs):
        return _implied(a, b, min(theirs))
    tries = [(*apart(a.minutes, x, b.minutes, y), x, y) for x in sorted(ours) for y in sorted(theirs)]
    gap, days, x, y = min(tries, key=lambda t: abs(t[0]))
    loose = a.loose + b.loose if named else 0
    zone = a.zone_words if named else f"{place[0]} time" if place else ""
    working: dict[str, object] = {
        "first_minutes_after_midnight": a.minutes, "first_zone": zone, "first_utc_offset_minutes": x,
        "second_minutes_after_midnight": b.minutes, "second_zone": b.zone_words, "second_utc_offset_minutes": y,
        "minutes_apart": gap, "minutes_left_open_by_the_words": loose, "utc": _hour((a.minutes - x) % 1440),
    }  # fmt: skip
    if day:
        working["day_assumed_for_offsets"] = day.isoformat()
    at = f"in {place[0]}" if place and not named else zone
    told = f"{_hour(a.minutes)} {at} (UTC{_offset(x)}) and {_hour(b.minutes)} {b.zone_words} (UTC{_offset(y)})"
    if abs(gap) > loose:
        return Result(
            "contradicted", f"{told} are told as one moment but lie {abs(gap)} minutes apart.", working,
            caveat="Either clock may be the wrong one; no reading of the zones' words brings them together.",
        )  # fmt: skip
    if a.weekday is not None and b.weekday is not None:
        off = (b.weekday - a.weekday + 3) % 7 - 3
        working["days_second_is_ahead_told"], working["days_second_is_ahead_computed"] = off, days
        if off != days:
            return Result(
                "contradicted",
                f"{told} are one moment only if the second falls {_shift(days)}, but {_WEEKDAYS[a.weekday]} and "
                f"{_WEEKDAYS[b.weekday]} are told.",
                working, caveat="One of the weekdays, or one of the times, is a slip.",
            )  # fmt: skip
    return Result(
        "supported", f"{told} are the same moment, {working['utc']} UTC{_next(days)}.", working,
        caveat="That the two times agree does not show that either is right.",
        chance=round((2 * loose + 15) / 1440, 3), chance_of="two times of day taken at random, to the quarter of an hour, agree",
    )  # fmt: skip


def _implied(a: ClockTime, b: ClockTime, offset: int) -> Result | None:
    """The first clock's zone is not known: what it would have to be."""
    ahead = (a.minutes - b.minutes + offset + 720) % 1440 - 720
    if ahead < -600:
        ahead += 1440  # clocks run from 10 hours behind Greenwich (and two specks of land further) to 14 before it
    if ahead % 15 or ahead > _MOST_AHEAD:
        return None
    return Result(
        "unknown",
        f"{_hour(a.minutes)} and {_hour(b.minutes)} {b.zone_words} are one moment where clocks show UTC{_offset(ahead)}; "
        "whose clock the first is, the text does not say.",
        {
            "first_minutes_after_midnight": a.minutes, "second_minutes_after_midnight": b.minutes, "second_zone": b.zone_words,
            "second_utc_offset_minutes": offset, "implied_utc_offset_minutes": ahead,
        },
        caveat="A place named in the sentence need not be the one whose clock is meant.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day as a place counts it: the date, the zone (IANA name or offset), and whose zone it is, in words."""

    day: dt.date
    zone: str
    where: str

    @property
    def stretch(self) -> tuple[str, str] | None:
        """The day in UTC, first included and last not, as "2023-12-17T15:00Z"; None where the zone is not known."""
        start = dt.datetime.combine(self.day, dt.time())
        return utc(start, start + dt.timedelta(days=1), self.zone)


def days_result(a: LocalDay, b: LocalDay, logged: tuple[str, Row] | None = None) -> Result | None:
    """Whether two dates in two zones can be one moment. ``logged`` is the moment that a launch log gives ("2023-12-17T23:24Z") with its
    row. None where a zone is not known. The order of the two does not matter."""
    a, b = sorted((a, b), key=lambda x: (x.day, x.zone, x.where))
    one, two = a.stretch, b.stretch
    if one is None or two is None:
        return None
    first, last = max(one[0], two[0]), min(one[1], two[1])
    names = f"{_date(a.day)} in {a.where} and {_date(b.day)} in {b.where}"
    working: dict[str, object] = {
        "earlier_date": a.day.isoformat(), "earlier_zone": a.zone, "earlier_utc_first": one[0], "earlier_utc_last": one[1],
        "later_date": b.day.isoformat(), "later_zone": b.zone, "later_utc_first": two[0], "later_utc_last": two[1],
    }  # fmt: skip
    if first >= last:
        return Result(
            "tension", f"{names} share no moment: the one ends at {one[1]}, the other begins at {two[0]}.", working,
            caveat="One of the dates may be that of the report and not of what happened.",
        )  # fmt: skip
    working |= {"shared_utc_first": first, "shared_utc_last": last, "shared_hours": _hours(first, last)}
    if logged is None:
        return Result(
            "supported", f"{names} can be one moment: they share the time from {first} to {last}.", working,
            caveat="That both dates mean one happening is taken from the reports; the hour is not known.",
        )  # fmt: skip
    at, row = logged
    here, there = local(at, a.zone), local(at, b.zone)
    working |= {
        "logged_utc": at,
        "logged_earlier_zone": f"{here:%Y-%m-%d %H:%M}",
        "logged_later_zone": f"{there:%Y-%m-%d %H:%M}",
    }
    if first <= at < last:
        return Result(
            "supported",
            f"{names} are one moment: the log's {at} is {here:%H:%M} in {a.where} and {there:%H:%M} in {b.where}.",
            working, (row,), "That the reports mean the happening in the log is taken from its type and date.",
        )  # fmt: skip
    return Result(
        "tension", f"{names} can be one moment, but not the log's {at}.", working, (row,),
        "The log may list another happening than the one reported.",
    )  # fmt: skip


def moments_result(a: tuple[str, str], b: tuple[str, str], said: tuple[str, str]) -> Result:
    """Two explicit clock times with zones of one happening, as UTC stretches (first included, last not); ``said`` are their words. The
    order of the two does not matter."""
    (a, s), (b, t) = sorted(((a, said[0]), (b, said[1])))
    working: dict[str, object] = {
        "first_utc": a[0],
        "first_utc_last": a[1],
        "second_utc": b[0],
        "second_utc_last": b[1],
    }
    if max(a[0], b[0]) < min(a[1], b[1]):
        return Result(
            "supported", f"{s!r} and {t!r} are the same moment, {max(a[0], b[0])}.", working,
            caveat="Two reports that agree may rest on one announcement.",
        )  # fmt: skip
    minutes = round(_hours(a[1], b[0]) * 60)
    working |= {"minutes_apart_at_least": minutes}
    return Result(
        "contradicted", f"Told of one happening, {s!r} and {t!r} are {minutes} minutes apart or more.", working,
        caveat="One of them may be the time of another step of it, or a slip.",
    )  # fmt: skip


def _hours(first: str, last: str) -> float:
    return round((local(last, "UTC") - local(first, "UTC")).total_seconds() / 3600, 2)


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _shift(days: int) -> str:
    return {-1: "on the day before", 0: "on the same day", 1: "on the day after"}[days]


def _next(days: int) -> str:
    return "" if days == 0 else f", {_shift(days)} on the second clock"


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


# -------------------------------------------------------------------- pairs in one text


def _pairs(case: Case, paper: Paper) -> Iterator[Question]:
    for pair in clock_pairs(paper.text):
        if paper.is_furniture(pair.first.start):
            continue
        a, b = paper.sentence(pair.first.start)
        here = [e for e in paper.events if a <= e.trigger.start < b and e.type in _TIMED]
        result = pair_result(pair, _day_of(paper, pair.first), _place(paper, a, b, here))
        if result is None:
            continue
        near = min(here, key=lambda e: abs(e.trigger.start - pair.first.start), default=None)
        if near is None and result.verdict == "unknown":
            continue
        yield Question(
            case.event_of(near.id) if near else paper.sha256, "clock.pair",
            (paper.evidence(pair.first.start, pair.first.end), paper.evidence(pair.second.start, pair.second.end)),
            lambda result=result: result,  # type: ignore[misc]
            f"{_hour(pair.first.minutes)} {pair.first.zone_words}, {_hour(pair.second.minutes)} {pair.second.zone_words}",
        )  # fmt: skip


def _day_of(paper: Paper, told: ClockTime) -> dt.date | None:
    """The day of a clock time: that of the time expression read there, else the document's own where it is one day."""
    for t in paper.times:
        if t.span.start < told.end and told.start < t.span.end and t.interval and t.interval.precision == "day":
            return t.interval.first
    dated = paper.dated
    return dated.first if dated and dated.precision == "day" else None


def _place(paper: Paper, a: int, b: int, here: list[Event]) -> tuple[str, str] | None:
    """The one place with a zone that the sentence names, or where the event in it was; None where there are several zones."""
    from crossfix.reference.zones import zone_at

    found: dict[str, str] = {}
    for p in paper.places:
        if (
            a <= p.span.start < b
            and not p.agentive
            and p.lat is not None
            and p.kind not in ("sea", "ocean", "continent")
        ):
            zone = zone_at(p.lat, p.lon, p.country)
            if zone:
                found.setdefault(zone, p.name)
    if not found:
        for e in here:
            if e.moment and e.where and e.moment.basis.startswith("the place"):
                found.setdefault(e.moment.zone, e.where.name)
    kinds = {frozenset(zone_offsets(z, None)) for z in found}
    return next((n, z) for z, n in found.items()) if len(kinds) == 1 else None


# -------------------------------------------------------------------- dates of one happening


@dataclass(frozen=True, slots=True)
class _Dated:
    """A telling of a happening: its local day, where it stands, and its clock moment where that is told."""

    at: LocalDay
    evidence: Evidence
    words: str
    moment: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Stated:
    """A document that tells a happening as done, by its own date and its outlet's zone."""

    at: LocalDay
    evidence: Evidence


@lru_cache(maxsize=512)
def seat(outlet: str | None) -> tuple[str, str] | None:
    """The zone in which a government's, an agency's or a state medium's dates count and its name: that of its country where it has one, of
    the capital for a government's. None for others: a paper's reporters sit anywhere."""
    from crossfix.reference.outlets import by_name
    from crossfix.reference.zones import zone_named, zone_of_country

    known = by_name(outlet) if outlet else None
    if known is None or known.kind not in ("government", "state_media"):
        return None
    zone = zone_of_country(known.country)
    if zone is None and known.kind == "government":
        capital = _capital(known.country)
        zone = zone_named(capital, (known.country,)).zone if capital else None
    return (zone, label(zone)) if zone else None


def _capital(country: str) -> str | None:
    from crossfix.reference.tables import rows

    found = next((r["capital"] for r in rows("crossfix.reference", "states.tsv") if r["iso"] == country), None)
    return "Washington, D.C." if country == "US" else found


def _dates(case: Case) -> Iterator[Question]:
    rows = {e.id: e for e in case.events if e.type in _POINTS and e.modality == "actual" and len(e.reports) > 1}
    if not rows:
        return
    dated: dict[str, list[_Dated]] = {}
    undated: dict[str, list[_Stated]] = {}
    for paper in case.papers():
        for e in paper.events:
            row = rows.get(case.event_of(e.id))
            if row is None or e.modality != "actual":
                continue
            if e.when is not None and e.when.precision == "day" and e.moment is not None:
                dated.setdefault(row.id, []).append(_told(paper, e))
            elif e.when is None or e.when.precision != "day":
                own = _stated(paper, e)
                if own:
                    undated.setdefault(row.id, []).append(own)
    for id_, row in sorted(rows.items()):
        yield from _of_event(row, dated.get(id_, []), undated.get(id_, []))


def _told(paper: Paper, e: Event) -> _Dated:
    assert e.when is not None
    assert e.moment is not None
    span = e.when_text or e.trigger
    exact = _hours(e.moment.first, e.moment.last) <= 1
    return _Dated(
        LocalDay(e.when.first, e.moment.zone, label(e.moment.zone)), paper.evidence(span.start, span.end), span.text,
        (e.moment.first, e.moment.last) if exact else None,
    )  # fmt: skip


def _stated(paper: Paper, e: Event) -> _Stated | None:
    d, home = paper.document, seat(paper.document.outlet)
    if not d.published or d.published_basis == "inferred" or home is None:
        return None
    day = LocalDay(dt.date.fromisoformat(d.published), *home)
    return _Stated(day, paper.evidence(e.trigger.start, e.trigger.end))


def _of_event(row: EventRow, dated: list[_Dated], undated: list[_Stated]) -> Iterator[Question]:
    clocks = {d.moment: d for d in dated if d.moment}
    exact = sorted(clocks)
    if len(exact) > 1:
        a, b = clocks[exact[0]], clocks[exact[-1]]
        if a.moment and b.moment:
            result = moments_result(a.moment, b.moment, (a.words, b.words))
            yield Question(row.id, "clock.moments", (a.evidence, b.evidence), lambda: result)
    days = {d.at: d for d in sorted(dated, key=lambda d: d.evidence, reverse=True)}
    line = sorted(days, key=lambda x: (x.day, x.zone))
    if not line:
        return
    if line[0].day != line[-1].day:
        of_two = days_result(line[0], line[-1], _logged(row, line[-1]))
        if of_two:
            yield Question(row.id, "clock.dates", (days[line[0]].evidence, days[line[-1]].evidence), lambda: of_two)
    before = [s for s in undated if (line[0].day - s.at.day).days == 1]
    if before:
        early = min(before, key=lambda s: s.evidence)
        of_page = days_result(early.at, line[0], _logged(row, line[0]))
        if of_page:
            yield Question(
                row.id, "clock.statement", (early.evidence, days[line[0]].evidence), lambda: of_page,
                f"{early.at.day.isoformat()}, {early.at.where}",
            )  # fmt: skip


def _logged(row: EventRow, at: LocalDay) -> tuple[str, Row] | None:
    """The one moment that the launch log of CNS/NTI gives for North Korea's launches on that local day; None where it has none, or several
    more than an hour apart."""
    from crossfix.reference.launches import log

    if not any(p.name == "North Korea" for p in row.participants) or row.type == "nuclear_test":
        return None
    found = [x for x in log("cns") if x.state == "KP" and x.day == at.day and x.utc is not None]
    times = sorted(x.utc for x in found if x.utc is not None)
    if not times or (times[-1] - times[0]).total_seconds() > 3600:
        return None
    first = min(found, key=lambda x: (x.utc or times[0], x.id))
    return f"{times[0]:%Y-%m-%dT%H:%MZ}", Row("launches_cns", first.id, f"{first.told}, {times[0]:%Y-%m-%d %H:%M} UTC")


def questions(case: Case) -> Iterator[Question]:
    """Clock times told twice in one text, and dates of one happening that differ by a day."""
    for paper in case.papers():
        if paper.document.extracted and "(" in paper.text:
            yield from _pairs(case, paper)
    yield from _dates(case)


check = Simple("clock", "one moment on two clocks, by zone arithmetic", questions)
