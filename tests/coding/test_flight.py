"""Flight figures as announced: kind, value, unit, announcer, passage. Sentences are ours; the figures are the published ones."""

from __future__ import annotations

import pytest
from coding_types import Code
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.coding.flight import flight_figures, measures
from crossfix.model import Event

PUBLISHED = [  # KCNA's own figures: day, apogee km, range km, flight time s
    ("2023-12-18", 6518.2, 1002.3, 4415),
    ("2023-07-12", 6648.4, 1001.2, 4491),
    ("2022-11-18", 6040.9, 999.2, 4135),
    ("2022-03-24", 6248.5, 1090.0, 4052),
]
WORDINGS = [
    "KCNA said the missile rose to an altitude of {apogee:,} km and flew {range:,} km in {time:,} seconds.",
    "It covered {range:,} kilometres in {time:,} s, with an apogee of {apogee:,} kilometres, KCNA reported.",
    "According to KCNA, its apogee and range were {apogee:,} km and {range:,} km, and the flight lasted {time:,} seconds.",
    "The missile travelled a distance of {range:,} km, up to a maximum altitude of {apogee:,} km, for {time:,}s, KCNA said.",
]


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize(("day", "apogee", "distance", "seconds"), PUBLISHED)
def test_published_figures(code: Code, wording: str, day: str, apogee: float, distance: float, seconds: float) -> None:
    told = wording.format(apogee=apogee, range=distance, time=seconds)
    events, _ = code(f"North Korea test-fired an intercontinental ballistic missile on {day}. {told}", published=day)
    figures = {f.kind: f for e in events for f in e.figures}
    assert {k: f.low for k, f in figures.items()} == {"apogee": apogee, "range": distance, "flight_time": seconds}
    assert all(f.high == f.low and f.bound == "exact" for f in figures.values())
    assert {f.announcer for f in figures.values()} == {"KCNA"}


def _test_event(events: tuple[Event, ...]) -> Event:
    return next(e for e in events if e.type == "missile_test" and e.figures)


def test_announcers_differ(code: Code) -> None:
    text = (
        "North Korea fired a ballistic missile on Friday. "
        "KCNA said it flew 999.2 km at a maximum altitude of 6,040.9 km for 4,135 seconds. "
        "Japan's defence ministry said the missile flew for about 69 minutes and reached an altitude of about 6,000 km."
    )
    e = _test_event(code(text, published="2022-11-19")[0])
    told: dict[tuple[str, str], object] = {(str(f.announcer), f.kind): (f.low, f.bound) for f in e.figures}
    japan = next(a for a, _ in told if "Japan" in a)
    assert told["KCNA", "flight_time"] == (4135, "exact")
    assert told[japan, "flight_time"] == (4140, "about")
    assert told[japan, "apogee"] == (6000, "about")


NONE = [
    "The missile has a range of 15,000 km.",
    "It could fly 13,000 km on a normal trajectory.",
    "The missile fell 210 km west of Hokkaido.",
    "Officials met 40 minutes after the launch.",
    "The satellite was put in orbit at an altitude of 500 km.",
    "It landed 67 minutes later.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_flight_figure(text: str) -> None:
    assert list(flight_figures(text)) == []


READ = [
    ("It flew 1,000 km (621 miles).", [("range", 1000, "km", "km")]),
    ("It reached a height of 2,300 miles.", [("apogee", 3701.4912, "km", "miles")]),
    ("The missile flew for 1 hour and 14 minutes.", [("flight_time", 4440, "s", "hour")]),
    ("A 71-minute flight followed.", [("flight_time", 4260, "s", "minute")]),
    ("It flew on an azimuth of 73 degrees.", [("bearing", 73, "degrees", "degrees")]),
    ("The glider reached Mach 10.", [("speed", 10, "Mach", "Mach")]),
    ("It travelled at five times the speed of sound.", [("speed", 5, "Mach", "times the speed of sound")]),
    ("It flew a distance of 770kms.", [("range", 770, "km", "kms")]),
    ("The missile flew at a speed of 7.2 km per second.", [("speed", 7.2, "km/s", "km per second")]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert [(k, m.low, m.unit, m.told_unit) for k, m in flight_figures(text)] == expected


def test_an_earlier_flight_keeps_its_own_figures(code: Code) -> None:
    text = (
        "North Korea launched an ICBM on July 12, 2023. On December 18, 2023, it launched another ICBM. "
        "The December 18 missile flew 1,002.3 km, compared with 1,001.2 km on July 12, KCNA said."
    )
    events, _ = code(text, published="2023-12-19")
    told = {str(e.when): [f.low for f in e.figures] for e in events if e.type == "missile_test"}
    assert told == {"2023-07-12": [1001.2], "2023-12-18": [1002.3]}


@given(st.text(alphabet="0123456789., kmsflewapogeMch°/()-ho\n", max_size=300))
@settings(max_examples=150, deadline=None)
def test_passages_hold(text: str) -> None:
    for m in measures(text):
        assert 0 <= m.start < m.end <= len(text)
        assert any(c.isalnum() for c in text[m.start : m.end])
    for _, m in flight_figures(text):
        assert m.unit


def test_long_text_is_linear() -> None:
    text = "It flew 1,000 km and one hundred and one thousand and two to three million miles " * 3000
    assert len(measures(text)) == 6000
