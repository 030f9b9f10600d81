"""Announced flight figures held against free-flight arithmetic, against other announcements and against the logs.

Nothing beyond announced figures is worked out: no range on another trajectory, no payload. The method and its limits are in
docs/checks/freeflight.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crossfix.checking.case import Case, Paper
from crossfix.checking.freeflight_arc import Figure, arc, vertical_time_s
from crossfix.checking.freeflight_table import Known, band, known_figures, missile_of, tests_near, too_short
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row
from crossfix.model import Event, FigureKind
from crossfix.model import Figure as Told
from crossfix.record.rows import Evidence
from crossfix.reference import launches
from crossfix.reference.figures import announcer as announcer_of
from crossfix.reference.figures import half_step

SAME = 0.02
"""KCNA gives each test one set of exact figures: a telling of them agrees within this share and the rounding."""
OTHER = 0.10
"""Figures of different announcers of one flight agree within this share and their rounding: radars lose a missile low down."""
_LEAST_TO_MOST = 1.25
"""How far above a figure told as "more than" another may lie and still bear it out."""
MILE_KM = 1.609344
_NEAR_DAYS = 45
_BALLISTIC = ("ICBM", "IRBM", "MRBM", "SLBM", "")
_LEAST_APOGEE_KM = 300.0
"""Lower flights are too short, and too often steered, for the arc to say anything."""
_DIGIT = re.compile(r"\d")
_REPORT = "The report"
_UNITS = {"apogee": "km", "range": "km", "flight_time": "s"}
_CAVEAT = (
    "The figures are as announced, not measured. The Earth is taken as a sphere that does not turn; the range bears little on the "
    "time ({range_s:.0f} s for a tenth of it), so that the arc would not show a wrong range. What the missile could do on another path is "
    "not asked."
)


@dataclass(frozen=True, slots=True)
class Flight:
    """One test as told: the day in Korea, the missile, whose apogee and range, and whose time where it is another's. ``completed`` names
    figures that no report gives and the tables do ("flight_time": "figures:2023-07-12-kcna-flight-time")."""

    test: dt.date
    missile: str
    announcer: str
    apogee: Figure
    ground: Figure
    time: Figure
    time_by: str
    completed: Mapping[str, str] = field(default_factory=dict)


# -------------------------------------------------------------------- pure functions


def flight_result(flight: Flight) -> Result:
    """Whether apogee, ground range and flight time fit one free flight: announced minus free-flight time is what the powered ascent and the
    re-entry cost, and other tests say how much that is. ``contradicted`` where the flight would take longer even straight up and down;
    ``unknown`` where no other tests of the class are in the table."""
    free = arc(flight.apogee.value, flight.ground.value)
    given = flight.time.value - free.time_s
    least = flight.time.low - arc(flight.apogee.high, flight.ground.high).time_s
    most = flight.time.high - arc(flight.apogee.low, flight.ground.low).time_s
    straight = vertical_time_s(flight.apogee.value)
    known = band(flight.test, flight.missile)
    working: dict[str, object] = {
        "test": str(flight.test),
        "missile": flight.missile,
        "apogee_and_range_by": flight.announcer,
        "flight_time_by": flight.time_by,
        "apogee_km": flight.apogee.value,
        "range_km": flight.ground.value,
        "flight_time_s": flight.time.value,
        "flight_time_rounding_s": flight.time.half,
        "earth_radius_km": 6371.0,
        "semi_major_axis_km": round(free.semi_major_km, 1),
        "eccentricity": round(free.eccentricity, 5),
        "free_flight_time_s": round(free.time_s, 1),
        "straight_up_and_down_s": round(straight, 1),
        "announced_minus_free_flight_s": round(given, 1),
        "announced_minus_free_flight_with_rounding_s": [round(least, 1), round(most, 1)],
        **({"from_the_tables": dict(flight.completed)} if flight.completed else {}),
    }
    sources = [Row(*v.split(":", 1)) for v in flight.completed.values()]
    if known:
        working["other_tests"] = [str(s) for s in known.others]
        working["other_tests_leave_s"] = [round(known.low_s), round(known.high_s)]
        sources += [Row("figures", r, str(s)) for s in known.others for r in s.rows[2:]]
    tenth = arc(flight.apogee.value, flight.ground.value * 1.1).time_s - free.time_s
    caveat = _CAVEAT.format(range_s=tenth)
    if flight.time_by != flight.announcer:
        caveat = (
            f"The time is {flight.time_by}'s, apogee and range are {flight.announcer}'s; a time in minutes is good to 30 s. "
            + caveat
        )
    whose = f"{flight.announcer}'s figures for {_day(flight.test)}"
    if flight.time_by != flight.announcer:
        whose = f"{flight.announcer}'s apogee and range and {flight.time_by}'s flight time for {_day(flight.test)}"
    told = f"{_n(flight.apogee.value)} km up, {_n(flight.ground.value)} km away, {_n(flight.time.value)} s"
    if too_short(flight.apogee, flight.time):
        return Result(
            "contradicted",
            f"{whose} cannot all be right: up to {_n(flight.apogee.value)} km and down again takes at least {straight:,.0f} s, the "
            f"announced time is {_n(flight.time.value)} s.",
            working, tuple(sources), caveat,
        )  # fmt: skip
    if known is None:
        return Result(
            "unknown",
            f"{whose} leave {given:.0f} s; no other tests tell how much is usual.",
            working,
            tuple(sources),
            caveat,
        )
    usual = f"{known.low_s:.0f} to {known.high_s:.0f} s"
    if known.low_s <= most and least <= known.high_s:
        width = known.high_s - known.low_s + 2 * flight.time.half
        return Result(
            "supported",
            f"{whose} fit one free flight: {told} leave {given:.0f} s for the powered ascent, other tests of {known.of} {usual}.",
            working, tuple(sources), caveat,
            chance=round(min(1.0, width / (0.2 * flight.time.value)), 2),
            chance_of="a flight time picked from within a tenth of the announced one fits too",
        )  # fmt: skip
    return Result(
        "tension",
        f"{whose} do not fit one free flight: {told} leave {given:.0f} s for the powered ascent, where other tests of {known.of} "
        f"leave {usual}.",
        working, tuple(sources), caveat,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """One figure as a report gives it, km or s, by whom."""

    kind: FigureKind
    figure: Figure
    announcer: str
    bound: str = "exact"
    told: str = ""


def figures_result(
    test: dt.date, given: Sequence[Given], known: Sequence[Known], *, sure: bool = True
) -> Result | None:
    """Whether figures told of a test are those that KCNA published, or, for other announcers, near what anybody announced and the logs
    hold. ``sure`` is False where the figures may be of another test: then a difference says nothing. None where there is nothing to
    compare with."""
    same: list[str] = []
    apart: list[str] = []
    sources: list[Row] = []
    for g in given:
        own = [k for k in known if k.kind == g.kind and k.by == g.announcer]
        strict = bool(own) and g.announcer == "KCNA"
        against = own if strict else own + [k for k in known if k.kind == g.kind and k.by != g.announcer]
        share = SAME if strict else OTHER
        if not against or g.bound in ("at_least", "at_most"):
            continue
        fits = [k for k in against if _agree(g.figure, k, share)]
        shown = fits or against
        sources += [
            Row(k.table, k.row, f"{_KINDS[k.kind]} {_n(k.figure.value)} {_UNITS[k.kind]}, {k.by}") for k in shown
        ]
        text = f"{_KINDS[g.kind]} {_n(g.figure.value)} {_UNITS[g.kind]}" + (f", told as {g.told!r}" if g.told else "")
        held = "; ".join(dict.fromkeys(f"{k.by} {_n(k.figure.value)}" for k in shown[:3]))
        slip = "" if fits else _slip(g, against)
        (same if fits else apart).append(f"{text} ({held}{slip})")
    if not same and not apart:
        return None
    whose = ", ".join(dict.fromkeys(g.announcer for g in given if g.announcer)) or "the report"
    working = {
        "test": str(test),
        "told": [f"{g.kind} {g.figure.value:.1f} {_UNITS[g.kind]} by {g.announcer or 'the report'}" for g in given],
        "held_against": [str(s) for s in sources],
        "tolerance_own_figure_percent": SAME * 100,
        "tolerance_other_figures_percent": OTHER * 100,
    }
    caveat = "Announcers see different parts of a flight and round; that figures agree does not make them right."
    if apart:
        if not sure:
            return None
        return Result(
            "tension", f"Of the flight of {_day(test)} the reports give {'; '.join(apart)}: not what was announced or logged.", working,
            tuple(sources), caveat,
        )  # fmt: skip
    agreed = f"The figures told of the flight of {_day(test)} by {whose} agree with what was announced or logged: {'; '.join(same)}."
    return Result("supported", agreed, working, tuple(sources), caveat)


_KINDS = {"apogee": "apogee", "range": "ground range", "flight_time": "flight time"}


def _agree(told: Figure, known: Known, share: float) -> bool:
    slack = told.half + known.figure.half + share * known.figure.value
    if known.bound == "at_least":
        return known.figure.value - slack <= told.value <= known.figure.value * _LEAST_TO_MOST
    return abs(told.value - known.figure.value) <= slack


def _slip(given: Given, known: Sequence[Known]) -> str:
    for k in known:
        if given.kind != "flight_time" and k.figure.value:
            ratio = given.figure.value / k.figure.value
            if abs(ratio / MILE_KM - 1) < 0.01:
                return "; the number fits in km, not in miles"
            if abs(ratio * MILE_KM - 1) < 0.01:
                return "; the number fits in miles, not in km"
    return ""


def _n(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def judge(flight: Flight, known: Sequence[Known]) -> Result:
    """The whole answer for one test: figures that are not the announcer's own are the finding, else what the arc says."""
    given = [Given("apogee", flight.apogee, flight.announcer), Given("range", flight.ground, flight.announcer)]
    given.append(Given("flight_time", flight.time, flight.time_by))
    held = figures_result(flight.test, given, known)
    return held if held is not None and held.verdict == "tension" else flight_result(flight)


# -------------------------------------------------------------------- in a record


@dataclass(frozen=True, slots=True)
class _Seen:
    test: dt.date
    given: Given
    evidence: Evidence
    sure: bool


def questions(case: Case) -> Iterator[Question]:
    """The flight figures of each test in the record: against what was published of it, and whether they fit one free flight."""
    seen: dict[str, list[_Seen]] = {}
    for paper in case.papers():
        for event in paper.events:
            if event.type == "missile_test" and event.figures and event.modality == "actual":
                seen.setdefault(case.event_of(event.id), []).extend(_seen(paper, event))
    for subject, rows in seen.items():
        for test in sorted({r.test for r in rows}):
            mine = [r for r in rows if r.test == test]
            for who in dict.fromkeys(r.given.announcer for r in mine):
                part = [r for r in mine if r.given.announcer == who]
                odd = [r for r in part if _odd(r)]
                about = f"{test}, {who or 'the report'}"
                for some, what in (([r for r in part if r not in odd], about), (odd, f"{about}, other figures")):
                    if some:
                        yield Question(subject, "freeflight.figures", _evidence(some), lambda r=some: _figures(r), what)  # type: ignore[misc]
            yield from _arcs(subject, test, [r for r in mine if not _odd(r)])


def _seen(paper: Paper, event: Event) -> Iterator[_Seen]:
    day, exact = _test_day(event)
    if day is None:
        return
    here = paper.sentence(event.trigger.start)
    # others fire missiles the same day, and so may North Korea fire what the logs leave out
    theirs = any(p.role == "actor" and p.name == "North Korea" for p in event.participants)
    theirs = theirs and "cruise" not in paper.text[here[0] : here[1]].lower()
    for f in event.figures:
        if f.kind not in _UNITS or f.low is None or f.low != f.high or f.low <= 0 or paper.is_furniture(f.span.start):
            continue
        if not _DIGIT.search(f.span.text):  # "for an hour" has no last place
            continue
        sentence = paper.sentence(f.span.start)
        near = sentence == here or 0 <= sentence[0] - here[1] <= 3
        announcer = announcer_of(f.announcer)
        outlet = f.announcer is not None and f.announcer == paper.document.outlet
        told = f.span.text if f.told_unit not in ("km", "kms", "kilometers", "kilometres", "s", "seconds") else ""
        given = Given(
            f.kind, Figure(f.low, _half(f)), "" if outlet else announcer, f.bound, told if len(told) < 30 else ""
        )
        yield _Seen(day, given, paper.evidence(*sentence), near and exact and theirs)


def _half(told: Told) -> float:
    """Half of the last place of the number as the text writes it, in the figure's own unit."""
    m = re.search(r"\d[\d,]*(?:\.\d+)?", told.span.text)
    if not m or told.low is None:
        return 0.0
    number = float(m[0].replace(",", ""))
    return half_step(m[0]) * (told.low / number) if number else 0.0


def _test_day(event: Event) -> tuple[dt.date | None, bool]:
    """The day in Korea of the logged launches that the event's date leaves, None where it leaves none or several days, and whether it was
    one launch: of a salvo, or of different missiles on one day, a report may give figures that no log has."""
    from zoneinfo import ZoneInfo

    if event.when is None:
        return None, False
    first, last = event.when.first, event.when.last
    if event.moment is not None:
        zone = ZoneInfo(launches.ZONES["KP"])
        first = dt.datetime.fromisoformat(event.moment.first).astimezone(zone).date()
        last = (dt.datetime.fromisoformat(event.moment.last) - dt.timedelta(seconds=1)).astimezone(zone).date()
    if (last - first).days > 1:
        return None, False
    rows = [*launches.log("cns"), *launches.log("gcat")]  # a log can be a day off: any of them names the day
    days = sorted({r.day for r in rows if r.day and first <= r.day <= last and r.state == "KP" and not r.satellite})
    if len(days) != 1:
        return None, False
    return days[0], all(sum(r.day == days[0] and r.log == name for r in rows) < 2 for name in ("cns", "gcat"))


def _odd(row: _Seen) -> bool:
    """True for a figure that is neither what was announced nor what was logged of the test."""
    result = figures_result(row.test, [row.given], known_figures(row.test))
    return result is not None and result.verdict == "tension"


def _figures(rows: Sequence[_Seen]) -> Result | None:
    test = rows[0].test
    given = list(dict.fromkeys(r.given for r in rows))
    result = figures_result(test, given, known_figures(test), sure=all(r.sure for r in rows))
    if result is None or result.verdict != "tension":
        return result
    # a round figure that another announcer gave was most likely put to the wrong speaker, and figures that are right for another test
    # close by to the wrong test
    others = [k for k in known_figures(test) if k.by != rows[0].given.announcer]
    if all(any(g.kind == k.kind and g.figure.half >= 5 and _agree(g.figure, k, 0.005) for k in others) for g in given):
        return None
    for other in tests_near(test, _NEAR_DAYS):
        fit = figures_result(other, given, known_figures(other))
        if fit is not None and fit.verdict == "supported":
            return None
    return result


def _arcs(subject: str, test: dt.date, rows: Sequence[_Seen]) -> Iterator[Question]:
    kind = (launches.missile(missile_of(test)) or launches.missiles()[0]).kind if missile_of(test) else ""
    if kind not in _BALLISTIC:
        return
    told: dict[str, dict[str, _Seen]] = {}
    for r in rows:
        if r.given.bound in ("exact", "about"):
            told.setdefault(r.given.announcer, {}).setdefault(r.given.kind, r)
    known = known_figures(test)
    for who, mine in told.items():
        if "apogee" not in mine or mine["apogee"].given.figure.value < _LEAST_APOGEE_KM:
            continue
        used = dict(mine)
        completed: dict[str, str] = {}
        figures = {k: v.given.figure for k, v in used.items()}
        time_by = who
        for part in ("range", "flight_time"):
            own = next((k for k in known if who and k.kind == part and k.by == who and k.bound != "at_least"), None)
            other = next(
                ((w, m[part]) for w, m in told.items() if w and part in m and not {"apogee", "range"} <= m.keys()), None
            )
            if part not in figures and who and other and part == "flight_time":
                time_by, used[part] = other
                figures[part] = used[part].given.figure
            elif part not in figures and own:
                figures[part], completed[part] = own.figure, f"{own.table}:{own.row}"
        if {"range", "flight_time"} <= figures.keys():
            flight = Flight(
                test,
                missile_of(test),
                who or _REPORT,
                figures["apogee"],
                figures["range"],
                figures["flight_time"],
                time_by or _REPORT,
                completed,
            )
            rest = tuple(used.values())
            about = f"{test}, {who or 'the report'}"
            yield Question(subject, "freeflight.arc", _evidence(rest), lambda f=flight, p=rest: _arc(f, p), about)  # type: ignore[misc]


def _arc(flight: Flight, rows: Sequence[_Seen]) -> Result | None:
    """The arc's answer. ``unknown`` is not worth a line, and figures that may be of another test can only bear it out."""
    result = flight_result(flight)
    if result.verdict == "unknown" or (result.verdict != "supported" and not all(r.sure for r in rows)):
        return None
    return result


def _evidence(rows: Sequence[_Seen]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(r.evidence for r in rows))


check = Simple("freeflight", "announced apogee, range and flight time against one free flight", questions)
