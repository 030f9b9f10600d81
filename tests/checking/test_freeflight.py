"""The free-flight arc, the allowance that other announcements leave, and announced figures against each other."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Case
from crossfix.checking.freeflight import Flight, Given, check, figures_result, flight_result, judge
from crossfix.checking.freeflight_arc import EARTH_KM, MU, Figure, allowance_s, arc, vertical_time_s
from crossfix.checking.freeflight_table import Known, band, known_figures, samples, too_short
from crossfix.checking.result import Result
from crossfix.model import Event, Interval, Span
from crossfix.model import Figure as Told
from crossfix.record import Record
from tests.record_builders import report

APOGEES = st.floats(1, 20_000)
RANGES = st.floats(0, 18_000)

FEB = Flight(dt.date(2023, 2, 18), "Hwasong-15", "KCNA", Figure(5768, 0.5), Figure(989, 0.5), Figure(3960, 30), "Japan")
JUL = Flight(
    dt.date(2023, 7, 12), "Hwasong-18", "KCNA", Figure(6648.4, 0.05), Figure(1001.2, 0.05), Figure(4491, 0.5), "KCNA"
)
DEC = Flight(
    dt.date(2023, 12, 18), "Hwasong-18", "KCNA", Figure(6518.2, 0.05), Figure(1002.3, 0.05), Figure(4415, 0.5), "KCNA"
)


# -------------------------------------------------------------------- the arc


@pytest.mark.parametrize(("flight", "free", "left"), [(FEB, 3781, 179), (JUL, 4319, 172), (DEC, 4239, 176)])
def test_the_three_flights_of_2023_to_the_second(flight: Flight, free: int, left: int) -> None:
    time = arc(flight.apogee.value, flight.ground.value).time_s
    assert time == pytest.approx(free, abs=1)
    assert math.floor(flight.time.value - time + 0.5) == left
    result = flight_result(flight)
    assert result.verdict == "supported"
    assert f"leave {left} s" in result.summary


@given(APOGEES)
def test_no_range_is_the_closed_form_of_vertical_flight(apogee: float) -> None:
    assert arc(apogee, 0).time_s == pytest.approx(vertical_time_s(apogee), rel=1e-9)


@given(APOGEES)
def test_the_closed_form_is_the_integral_of_the_speed(apogee: float) -> None:
    """dt = dr / v with v^2 = 2 mu (1/r - 1/q); r = q - (q - R) sin(u)^2 keeps the integrand finite at apogee."""
    q, steps = EARTH_KM + apogee, 2000
    total = 0.0
    for n in range(steps):  # the middle of each step
        u = (n + 0.5) * math.pi / 2 / steps
        r = q - apogee * math.sin(u) ** 2
        total += 2 * apogee * math.sin(u) * math.cos(u) / math.sqrt(2 * MU * (1 / r - 1 / q)) * (math.pi / 2 / steps)
    assert 2 * total == pytest.approx(vertical_time_s(apogee), rel=1e-5)


def test_low_flight_is_the_throw_of_the_schoolbook() -> None:
    """Up and down 100 m with constant weight: t = sqrt(8 h / g)."""
    g = MU / EARTH_KM**2
    assert vertical_time_s(0.1) == pytest.approx(math.sqrt(8 * 0.1 / g), rel=1e-4)


def test_half_an_orbit_round_the_earth() -> None:
    """An arc of almost half the circumference at a low apogee takes half the period of a circular orbit at the ground."""
    half = math.pi * math.sqrt(EARTH_KM**3 / MU)
    assert arc(0.5, math.pi * EARTH_KM * 0.9999).time_s == pytest.approx(half, rel=1e-3)


@given(APOGEES, APOGEES, RANGES)
def test_time_grows_with_apogee(one: float, other: float, ground: float) -> None:
    low, high = sorted((one, other))
    if high - low > 1e-3:
        assert arc(low, ground).time_s < arc(high, ground).time_s


@given(APOGEES, RANGES, RANGES)
def test_time_grows_with_range(apogee: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert arc(apogee, low).time_s <= arc(apogee, high).time_s * (1 + 1e-12)


@given(APOGEES, st.floats(1, 18_000))
def test_the_ellipse_has_that_apogee_and_meets_the_ground_at_the_range(apogee: float, ground: float) -> None:
    found = arc(apogee, ground)
    assert found.semi_major_km * (1 + found.eccentricity) == pytest.approx(EARTH_KM + apogee, rel=1e-9)
    p = found.semi_major_km * (1 - found.eccentricity**2)
    at_ground = p / (1 - found.eccentricity * math.cos(ground / 2 / EARTH_KM))
    assert at_ground == pytest.approx(EARTH_KM, rel=1e-6)


@pytest.mark.parametrize(("apogee", "ground"), [(0, 100), (-1, 100), (100, -1), (100, math.pi * EARTH_KM)])
def test_what_is_no_arc_is_said(apogee: float, ground: float) -> None:
    with pytest.raises(ValueError, match=r"apogee|range"):
        arc(apogee, ground)


@given(
    st.floats(500, 8000),
    st.floats(0, 3000),
    st.floats(1000, 6000),
    st.floats(0, 50),
    st.floats(0, 50),
    st.floats(0, 60),
    st.data(),
)
def test_rounding_bounds_every_reading_of_the_figures(
    h: float, r: float, t: float, dh: float, dr: float, dt_s: float, data: st.DataObject
) -> None:
    given_s, least, most = allowance_s(Figure(h, dh), Figure(r, dr), Figure(t, dt_s))
    assert least <= given_s <= most
    a = data.draw(st.floats(h - dh, h + dh))
    b = data.draw(st.floats(max(r - dr, 0), r + dr))
    c = data.draw(st.floats(t - dt_s, t + dt_s))
    assert least - 1e-6 <= c - arc(a, b).time_s <= most + 1e-6


# -------------------------------------------------------------------- the allowance


def test_the_solid_fuelled_tests_leave_one_stable_allowance() -> None:
    left = [s.allowance[0] for s in samples() if s.propellant == "solid"]
    assert len(left) == 3
    assert max(left) - min(left) < 12


def test_a_test_does_not_teach_its_own_band() -> None:
    for s in samples():
        found = band(s.test, s.missile)
        assert found is None or all(o.test != s.test for o in found.others)


def test_an_impossible_announcement_teaches_nothing() -> None:
    march = next(s for s in samples() if s.test == dt.date(2022, 3, 24))
    assert march.impossible
    found = band(dt.date(2022, 11, 18), "Hwasong-17")
    assert found is not None
    assert march not in found.others


def _altered(flight: Flight, part: str, factor: float) -> Flight:
    old: Figure = getattr(flight, part)
    return dataclasses.replace(flight, **{part: Figure(old.value * factor, old.half)})  # type: ignore[arg-type]


@pytest.mark.parametrize("flight", [FEB, JUL, DEC])
@pytest.mark.parametrize("part", ["apogee", "ground", "time"])
@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_one_figure_altered_by_a_tenth_comes_out_in_tension(flight: Flight, part: str, factor: float) -> None:
    assert judge(flight, known_figures(flight.test)).verdict == "supported"
    changed = judge(_altered(flight, part, factor), known_figures(flight.test))
    if (
        part == "time" and flight.time_by == "Japan"
    ):  # 10 % of a time in minutes is within what other announcers may differ by
        assert changed.verdict in ("tension", "contradicted")
    else:
        assert changed.verdict == "tension"


@pytest.mark.parametrize("flight", [FEB, JUL, DEC])
@pytest.mark.parametrize(
    ("part", "factor", "verdict"),
    [
        ("apogee", 0.9, "tension"),
        ("time", 1.1, "tension"),
        ("apogee", 1.1, "contradicted"),
        ("time", 0.9, "contradicted"),
    ],
)
def test_the_arc_alone_sees_an_altered_apogee_or_time(flight: Flight, part: str, factor: float, verdict: str) -> None:
    assert flight_result(_altered(flight, part, factor)).verdict == verdict


def test_the_arc_alone_does_not_see_an_altered_range_and_says_so() -> None:
    result = flight_result(_altered(DEC, "ground", 1.1))
    assert result.verdict == "supported"
    assert "would not show a wrong range" in str(result.caveat)


def test_what_kcna_gave_for_march_2022_cannot_all_be_right() -> None:
    march = Flight(
        dt.date(2022, 3, 24), "Hwasong-17", "KCNA", Figure(6248.5, 0.05), Figure(1090, 5), Figure(4052, 0.5), "KCNA"
    )
    result = flight_result(march)
    assert result.verdict == "contradicted"
    assert result.working["straight_up_and_down_s"] == pytest.approx(4066.3, abs=0.1)
    # with Japan's 71 minutes it fits
    japan = dataclasses.replace(march, time=Figure(71 * 60, 30), time_by="Japan")
    assert flight_result(japan).verdict == "supported"


@given(st.floats(500, 8000), st.floats(0, 3000), st.floats(-0.2, 0.2))
def test_contradicted_is_exactly_below_the_vertical_time(apogee: float, ground: float, off: float) -> None:
    time = vertical_time_s(apogee) * (1 + off)
    flight = Flight(dt.date(2023, 1, 1), "Hwasong-15", "A", Figure(apogee), Figure(ground), Figure(time), "A")
    assert (flight_result(flight).verdict == "contradicted") == (time < vertical_time_s(apogee) - 5)
    assert too_short(Figure(apogee), Figure(time)) == (time < vertical_time_s(apogee) - 5)


def test_without_other_tests_of_the_class_nothing_is_said() -> None:
    one = Flight(dt.date(2023, 1, 1), "Nodong", "KCNA", Figure(500), Figure(600), Figure(900), "KCNA")
    assert flight_result(one).verdict == "unknown"


def test_a_time_by_another_announcer_is_said() -> None:
    result = flight_result(FEB)
    assert "Japan's flight time" in result.summary
    assert "good to 30 s" in str(result.caveat)
    assert result.working["announced_minus_free_flight_with_rounding_s"] == [148.2, 208.8]


# -------------------------------------------------------------------- figures against figures

DAY = dt.date(2023, 7, 12)
KNOWN = (
    Known("apogee", Figure(6648.4, 0.05), "KCNA", "figures", "a"),
    Known("range", Figure(1001.2, 0.05), "KCNA", "figures", "r"),
    Known("apogee", Figure(6000, 50), "Japan", "figures", "ja", "at_least"),
    Known("range", Figure(1001, 0.5), "GCAT", "launches_gcat", "g"),
)


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (Given("apogee", Figure(6648, 0.5), "KCNA"), "supported"),
        (Given("apogee", Figure(5983.6, 0.05), "KCNA"), "tension"),
        (Given("range", Figure(1050, 5), "South Korea"), "supported"),
        (Given("range", Figure(1300, 50), "South Korea"), "tension"),
        (Given("apogee", Figure(6500, 50), "Japan"), "supported"),  # Japan said "more than 6,000"
        (Given("apogee", Figure(9500, 50), "Japan"), "tension"),
    ],
)
def test_figures_against_what_was_announced(told: Given, verdict: str) -> None:
    result = figures_result(DAY, [told], KNOWN)
    assert result is not None
    assert result.verdict == verdict


def test_a_figure_of_which_nothing_is_known_is_not_asked() -> None:
    assert figures_result(DAY, [Given("flight_time", Figure(4491, 0.5), "KCNA")], KNOWN) is None
    assert figures_result(DAY, [Given("apogee", Figure(100, 0.5), "", "at_least")], KNOWN) is None


def test_a_difference_that_may_be_of_another_test_is_not_told() -> None:
    assert figures_result(DAY, [Given("range", Figure(3700, 50), "South Korea")], KNOWN, sure=False) is None


def test_a_number_in_miles_that_fits_in_km_is_said() -> None:
    result = figures_result(DAY, [Given("range", Figure(1001 * 1.609344, 0.8), "", told="1,001 miles")], KNOWN)
    assert result is not None
    assert "fits in km, not in miles" in result.summary


# -------------------------------------------------------------------- a record


def _told(text: str, words: str, kind: str, value: float, unit: str, told_unit: str, who: str) -> Told:
    at = text.index(words)
    return Told(kind, value, value, "exact", unit, told_unit, who, None, Span.of(text, at, at + len(words)))  # type: ignore[arg-type]


def _ask(
    tmp_path: Path,
    apogee: str,
    day: str = "2023-07-12",
    when: str | None = None,
    what: str = "rocket",
    actor: str = "North Korea",
) -> dict[str, Result]:
    text = (
        f"The North fired a {what} on Wednesday.\n\n"
        f"It rose to {apogee} km, flew 1,001.2 km and was aloft for 4,491 seconds, KCNA said."
    )
    made, raw = report(
        text, published="2023-07-13",
        events=[{"trigger": "fired a", "when": when or day, "participants": [(actor, "actor")]}],
    )  # fmt: skip
    value = float(apogee.replace(",", ""))
    figures = (
        _told(text, f"{apogee} km", "apogee", value, "km", "km", "KCNA"),
        _told(text, "1,001.2 km", "range", 1001.2, "km", "km", "KCNA"),
        _told(text, "4,491 seconds", "flight_time", 4491, "s", "seconds", "KCNA"),
    )
    event: Event = dataclasses.replace(made.events[0], figures=figures, when=Interval.parse(when or day))
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(dataclasses.replace(made, events=(event,)), raw)
        out = {}
        for q in check.questions(Case(record)):
            result = q.ask()
            if result is not None:
                assert q.evidence
                out[q.kind + ("?" if "other figures" in q.about else "")] = result
    return out


def test_the_figures_of_a_report_are_asked_about(tmp_path: Path) -> None:
    found = _ask(tmp_path, "6,648.4")
    assert {k: r.verdict for k, r in found.items()} == {
        "freeflight.figures": "supported",
        "freeflight.arc": "supported",
    }
    assert "leave 172 s" in found["freeflight.arc"].summary


def test_a_wrong_figure_of_a_report_is_found_and_stays_out_of_the_arc(tmp_path: Path) -> None:
    found = _ask(tmp_path, "5,983.6")
    assert found["freeflight.figures?"].verdict == "tension"
    assert found["freeflight.figures"].verdict == "supported"  # the range and the time
    assert "freeflight.arc" not in found


def test_a_round_figure_of_another_announcer_is_no_finding(tmp_path: Path) -> None:
    assert "freeflight.figures?" not in _ask(tmp_path, "6,000")


@pytest.mark.parametrize("when", ["2023-07", "2023-06-01"])
def test_a_date_without_one_logged_launch_is_not_asked_about(tmp_path: Path, when: str) -> None:
    assert _ask(tmp_path, "6,648.4", when=when) == {}


@pytest.mark.parametrize(
    ("day", "what", "actor"),
    [
        ("2023-07-12", "rocket", "South Korea"),  # another state's missile of the same day
        ("2023-07-12", "cruise missile", "North Korea"),  # the logs leave these out
        ("2022-11-03", "rocket", "North Korea"),  # six missiles that day: which one is not said
    ],
)
def test_a_difference_is_not_told_where_the_flight_may_be_another(
    tmp_path: Path, day: str, what: str, actor: str
) -> None:
    found = _ask(tmp_path, "5,983.6", day=day, what=what, actor=actor)
    assert all(r.verdict == "supported" for r in found.values())
