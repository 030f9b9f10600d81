"""Journeys that are possible or not, dates of one visit told differently, and the public list of stays."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Case
from crossfix.checking.itinerary import Stop, check, dates_result, distance_km, journey_result, stay_result
from crossfix.model import Interval
from crossfix.record import Record
from crossfix.reference.stays import COMPLETE, all_abroad, all_meetings, stays
from tests.record_builders import report

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
SEOUL, WASHINGTON = (37.5665, 126.978), (38.9072, -77.0369)


@given(POINTS, POINTS, POINTS)
def test_distance_is_a_metric_on_the_sphere(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert distance_km(a, a) == pytest.approx(0, abs=1e-3)
    assert 0 <= distance_km(a, b) <= math.pi * 6371.0 + 1e-6
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


def test_known_distances() -> None:
    assert distance_km((0, 0), (0, 90)) == pytest.approx(math.pi * 6371 / 2)
    assert distance_km(SEOUL, WASHINGTON) == pytest.approx(11_170, abs=30)


def _stop(place: str, at: tuple[float, float], first: str, last: str, radius: float = 0.0) -> Stop:
    return Stop(place, *at, dt.datetime.fromisoformat(first), dt.datetime.fromisoformat(last), first, radius)


def test_the_most_generous_reading_decides() -> None:
    noon = _stop("Seoul", SEOUL, "2023-12-18T03:00", "2023-12-18T04:00")
    evening = _stop("Washington", WASHINGTON, "2023-12-18T10:00", "2023-12-18T11:00")
    assert journey_result("The envoy", noon, evening).verdict == "contradicted"  # 11,170 km in 8 hours
    assert (
        journey_result(
            "The envoy", noon, _stop("Washington", WASHINGTON, "2023-12-18T10:00", "2023-12-19T05:00")
        ).verdict
        == "supported"
    )
    assert (
        journey_result(
            "The ship", noon, _stop("Busan", (35.1, 129.0), "2023-12-18T08:00", "2023-12-18T09:00"), "ship"
        ).verdict
        == "contradicted"
    )
    assert (
        journey_result(
            "The train", noon, _stop("Busan", (35.1, 129.0), "2023-12-18T08:00", "2023-12-18T09:00"), "train"
        ).verdict
        == "supported"
    )


@given(POINTS, POINTS, st.integers(0, 60), st.integers(0, 60), st.integers(1, 30), st.floats(0, 2000))
def test_a_journey_does_not_hang_on_the_order_and_reach_only_helps(
    a: tuple[float, float], b: tuple[float, float], one: int, two: int, hours: int, radius: float
) -> None:
    start = dt.datetime(2023, 1, 1)
    x = Stop("A", *a, start + dt.timedelta(hours=one), start + dt.timedelta(hours=one + hours), "a")
    y = Stop("B", *b, start + dt.timedelta(hours=two), start + dt.timedelta(hours=two + hours), "b")
    result = journey_result("X", x, y)
    assert result.verdict == journey_result("X", y, x).verdict
    assert (result.verdict == "contradicted") == (
        distance_km(a, b) / 900 > (max(x.last, y.last) - min(x.first, y.first)).total_seconds() / 3600
    ) or result.verdict == "supported"
    wide = Stop("B", *b, y.first, y.last, "b", radius)
    if result.verdict == "supported":
        assert journey_result("X", x, wide).verdict == "supported"


@given(POINTS, POINTS, st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)))
def test_two_places_on_one_day_are_never_called_impossible(
    a: tuple[float, float], b: tuple[float, float], day: dt.date
) -> None:
    start = dt.datetime.combine(day, dt.time())
    x = Stop("A", *a, start, start + dt.timedelta(days=1), "a")
    y = Stop("B", *b, start, start + dt.timedelta(days=1), "b")
    assert journey_result("X", x, y).verdict == "supported"


def test_dates_told_differently() -> None:
    result = dates_result("the visit of Kim", [("2023-09-15", "KCNA"), ("2023-09-16", "ANI")])
    assert result is not None
    assert (result.verdict, result.working["days_apart"]) == ("tension", 1)
    assert "15" in result.summary
    assert "ANI" in result.summary
    assert dates_result("it", [("2023-09-15", "A"), ("2023-09-15/2023-09-16", "B")]) is None
    assert dates_result("it", [("2023-09-15", "A"), ("2023-09", "B")]) is None
    assert dates_result("it", [("2023-09-15", "A")]) is None


# -------------------------------------------------------------------- the list of stays


def test_the_list_is_whole() -> None:
    rows = stays()
    assert len({s.id for s in rows}) == len(rows)
    assert all(s.source and s.licence and -90 <= s.lat <= 90 and -180 <= s.lon <= 180 for s in rows)
    assert all(COMPLETE[0] <= s.first and s.last <= COMPLETE[1] for s in rows)
    assert all_abroad("Kim Jong Un")
    assert not all_abroad("Vladimir Putin")
    assert all_meetings("Vladimir Putin", "Kim Jong Un")
    assert not all_meetings("Kim Jong Un", "Sergei Shoigu")
    for s in rows:  # a person is in one country at a time
        for t in rows:
            if (
                s is not t
                and s.who == t.who
                and s.first <= t.last
                and t.first <= s.last
                and "stop" in (s.scope, t.scope)
            ):
                assert s.country == t.country, (s.id, t.id)


def _meetings(when: str, complete: bool = True) -> str | None:
    both = [s for s in stays() if s.persons >= {"Kim Jong Un", "Vladimir Putin"}]
    result = stay_result(Interval.parse(when), both, complete=complete, subject="A meeting")
    return result.verdict if result else None


def test_meetings_against_the_list() -> None:
    assert _meetings("2023-09-13") == "supported"
    assert _meetings("2023-09") == "supported"
    assert _meetings("2023-07") == "tension"
    assert _meetings("2023-07", complete=False) is None
    assert _meetings("2026-07") is None  # the list ends before
    assert stay_result(Interval.parse("2023"), [], complete=True, subject="x") is None


# -------------------------------------------------------------------- the record


def _ask(tmp_path: Path, *made: tuple[object, bytes]) -> list[tuple[str, str]]:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        for extraction, raw in made:
            record.add(extraction, raw)  # type: ignore[arg-type]
        out = []
        for q in check.questions(Case(record)):
            result = q.ask()
            assert result is not None
            assert all(record.passage(e) for e in q.evidence)
            out.append((q.kind, result.verdict))
        return sorted(out)


def _visit(
    when: str, text: str = "Kim toured a plant there on 16 September 2023.", trigger: str = "toured", **more: object
) -> tuple[object, bytes]:
    import dataclasses

    from crossfix.model import Span

    event = {"type": "visit", "trigger": trigger, "when": when, "participants": [("Kim Jong Un", "visitor")]}
    made, raw = report(text, events=[event | more])
    at = text.index("on ") + 3
    (e,) = made.events
    e = dataclasses.replace(e, when_text=Span.of(text, at, len(text) - 1))
    return dataclasses.replace(made, events=(e,)), raw


KOMSOMOLSK = ("Komsomolsk-on-Amur", 50.55, 137.0)


def test_a_visit_told_a_day_late(tmp_path: Path) -> None:
    text = "Kim visited a plant there on 16 September 2023."
    assert _ask(tmp_path, _visit("2023-09-16", text, "visited", where=KOMSOMOLSK)) == [("itinerary.listed", "tension")]


def test_a_visit_told_rightly(tmp_path: Path) -> None:
    text = "Kim visited a plant there on 15 September 2023."
    assert _ask(tmp_path, _visit("2023-09-15", text, "visited", where=KOMSOMOLSK)) == [
        ("itinerary.listed", "supported")
    ]


def test_calls_plans_and_unknown_places_ask_nothing(tmp_path: Path) -> None:
    text = "Kim met the host by video call on 16 September 2023."
    assert _ask(tmp_path, _visit("2023-09-16", text, "met", where=KOMSOMOLSK)) == []
    text = "Kim will visit a plant on 16 September 2023."
    assert _ask(tmp_path, _visit("2023-09-16", text, "visit", where=KOMSOMOLSK, modality="future")) == []
    text = "Kim visited a plant on 16 September 2023."
    assert _ask(tmp_path, _visit("2023-09-16", text, "visited", where=("Omsk", 54.99, 73.37))) == []


def test_two_stops_of_one_person(tmp_path: Path) -> None:
    import dataclasses

    from crossfix.model import Name, Span

    text = "Ann Lee met them in Seoul on 18 December 2023. Ann Lee met others in Washington on 19 December 2023."
    seoul = ("2023-12-17T15:00Z", "2023-12-18T15:00Z", "Asia/Seoul", "the place, Seoul")
    there = ("2023-12-19T05:00Z", "2023-12-20T05:00Z", "America/New_York", "the place, Washington")
    one = {"type": "meeting", "participants": [("Ann Lee", "party")]}
    events = [
        one | {"trigger": "met them", "when": "2023-12-18", "where": ("Seoul", *SEOUL), "moment": seoul},
        one
        | {"trigger": "met others", "when": "2023-12-19", "where": ("Washington, D.C.", *WASHINGTON), "moment": there},
    ]
    made, raw = report(text, events=events, names=[("Ann Lee", "person")])
    spans = [Span.of(text, text.index(w), text.index(w) + len(w)) for w in ("18 December 2023", "19 December 2023")]
    dated = tuple(dataclasses.replace(e, when_text=s) for e, s in zip(made.events, spans, strict=True))
    made = dataclasses.replace(made, events=dated, names=(Name(Span.of(text, 0, 7), "person", "Ann Lee"),))
    assert _ask(tmp_path, (made, raw)) == [("itinerary.journey", "supported")]


def _voyage(text: str, days: list[str]) -> tuple[object, bytes]:
    """A text with the ship Angara, ports by name and dates "12 September 2023"."""
    import dataclasses
    import re

    from crossfix.model import Name, Place, Span, Time

    ports = {"Najin": (42.23, 130.3, "KP"), "Novorossiysk": (44.72, 37.77, "RU"), "Busan": (35.1, 129.04, "KR")}
    made, raw = report(text)
    names = tuple(Name(Span.of(text, m.start(), m.end()), "vessel", "Angara") for m in re.finditer("Angara", text))
    places = tuple(
        Place(Span.of(text, m.start(), m.end()), m[0], *ports[m[0]], "port") for m in re.finditer("|".join(ports), text)
    )
    times = tuple(
        Time(Span.of(text, m.start(), m.end()), "DATE", d, Interval.parse(d), "full date")
        for m, d in zip(re.finditer(r"\d+ September 2023", text), days, strict=True)
    )
    return dataclasses.replace(made, names=names, places=places, times=times), raw


@pytest.mark.parametrize(
    ("text", "days", "found"),
    [
        (
            "The ship Angara left Najin on 12 September 2023. The Angara docked in Novorossiysk on 14 September 2023.",
            ["2023-09-12", "2023-09-14"],
            [("itinerary.journey", "contradicted")],
        ),
        (
            "The ship Angara left Najin on 12 September 2023. The Angara docked in Busan on 14 September 2023.",
            ["2023-09-12", "2023-09-14"],
            [("itinerary.journey", "supported")],
        ),
        (
            "The rocket Angara left Najin on 12 September 2023. The Angara arrived in Novorossiysk on 14 September 2023.",
            ["2023-09-12", "2023-09-14"],
            [],
        ),
        (
            "The ship Angara left Najin on 12 September 2023. The Angara was due in Novorossiysk on 14 September 2023.",
            ["2023-09-12", "2023-09-14"],
            [],
        ),
        (
            "The ship Angara left Najin for Busan on 12 September 2023. The Angara docked in Novorossiysk on 14 September 2023.",
            ["2023-09-12", "2023-09-14"],
            [],
        ),
    ],
)
def test_calls_of_a_ship(tmp_path: Path, text: str, days: list[str], found: list[tuple[str, str]]) -> None:
    assert _ask(tmp_path, _voyage(text, days)) == found
