"""Where a flight was: its site or the waters it fell into, never what it passed over or was aimed at. Sentences are ours."""

from __future__ import annotations

import pytest
from coding_types import Code

PLACES = [
    ("North Korea fired a ballistic missile over Japan on Tuesday.", None),
    ("North Korea launched a missile over the island of Hokkaido on Tuesday.", None),
    ("Iran fired missiles through Iraqi airspace on 1 October 2023.", None),
    ("North Korea test-fired a ballistic missile toward Japan on Tuesday.", None),
    ("Pyongyang plans to launch two missiles into the sea near Okinawa in May 2024.", None),
    ("A rocket carrying a satellite was launched over Okinawa on 21 November 2023.", None),
    ("North Korea fired a missile from Sunan across Hokkaido on Tuesday.", "Sunan"),
    ("North Korea fired a missile into the Pacific Ocean on Tuesday.", "Pacific Ocean"),
    ("North Korea launched a missile from Wonsan on Tuesday.", "Wonsan"),
    # read in a town, not launched there
    ("Passers-by watch a report about North Korea's missile launch in Tokyo on Tuesday.", None),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_the_place_of_a_flight(code: Code, text: str, place: str | None) -> None:
    events = [e for e in code(text)[0] if e.type in ("missile_test", "satellite_launch", "other")]
    assert len(events) == 1
    assert (events[0].where.name if events[0].where else None) == place


def test_waters_keep_no_clock(code: Code) -> None:
    (event,), _ = code("North Korea fired a missile into the Pacific Ocean at 6 a.m. on 29 August 2023.")
    assert event.moment is not None
    assert (event.moment.zone, event.moment.basis) == ("Asia/Pyongyang", "the state that acts, North Korea")


def test_other_happenings_keep_their_place(code: Code) -> None:
    (event,), _ = code("The two leaders met at a summit in Tokyo on 29 August 2023.")
    assert event.where is not None
    assert event.where.name == "Tokyo"
