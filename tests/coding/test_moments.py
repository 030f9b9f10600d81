"""When events were in UTC: published launch times, zones told and zones of places, and dates told elsewhere. All sentences are ours."""

from __future__ import annotations

import datetime as dt

import pytest
from coding_types import Code
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.coding.moments import ELSEWHERE
from crossfix.model import Event
from crossfix.reference import zones

MINUTE = dt.timedelta(minutes=1)


def one(code: Code, text: str, published: str = "2023-12-19") -> Event:
    events, _ = code(text, published=published)
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    ("text", "when", "first", "last", "zone"),
    [
        # told to the minute
        (
            "North Korea fired a ballistic missile at 08:24 KST on Monday.",
            "2023-12-18",
            "2023-12-17T23:24Z",
            "2023-12-17T23:25Z",
            "Asia/Seoul",
        ),
        (
            "North Korea launched a satellite from Sohae at 22:42 on November 21, 2023.",
            "2023-11-21",
            "2023-11-21T13:42Z",
            "2023-11-21T13:43Z",
            "Asia/Pyongyang",
        ),
        (
            "North Korea launched a missile on July 28, 2017, at 11:41 p.m. KST.",
            "2017-07-28",
            "2017-07-28T14:41Z",
            "2017-07-28T14:42Z",
            "Asia/Seoul",
        ),
        (
            "North Korea launched a missile on July 28, 2017, at 11:11 p.m. Pyongyang time.",
            "2017-07-28",
            "2017-07-28T14:41Z",
            "2017-07-28T14:42Z",
            "Asia/Pyongyang",
        ),
        (
            "North Korea launched a missile on July 28, 2017, at 11:11 p.m.",
            "2017-07-28",
            "2017-07-28T14:41Z",
            "2017-07-28T14:42Z",
            "Asia/Pyongyang",
        ),
        # told for another zone: the date is that of the place
        (
            "North Korea fired a missile at 2324 GMT on Sunday.",
            "2023-12-18",
            "2023-12-17T23:24Z",
            "2023-12-17T23:25Z",
            "Asia/Pyongyang",
        ),
        (
            "North Korea fired a missile on Monday, Dec. 18, at 8:24 a.m. (2324 GMT Sunday).",
            "2023-12-18",
            "2023-12-17T23:24Z",
            "2023-12-17T23:25Z",
            "Asia/Pyongyang",
        ),
        (
            "North Korea fired a missile late Sunday evening Washington time.",
            "2023-12-18",
            "2023-12-17T22:00Z",
            "2023-12-18T05:00Z",
            "Asia/Pyongyang",
        ),
        # parts of a day and whole days
        (
            "North Korea fired a missile early Monday Korea time.",
            "2023-12-18",
            "2023-12-17T15:00Z",
            "2023-12-18T03:00Z",
            "Asia/Seoul",
        ),
        (
            "North Korea fired a missile on Monday.",
            "2023-12-18",
            "2023-12-17T15:00Z",
            "2023-12-18T15:00Z",
            "Asia/Pyongyang",
        ),
        (
            "Kim Jong Un met Vladimir Putin at the Vostochny Cosmodrome on September 13, 2023.",
            "2023-09-13",
            "2023-09-12T15:00Z",
            "2023-09-13T15:00Z",
            "Asia/Yakutsk",
        ),
        (
            "Iran put a small satellite into orbit in January 2022.",
            "2022-01",
            "2021-12-31T20:30Z",
            "2022-01-31T20:30Z",
            "Asia/Tehran",
        ),
    ],
)
def test_moments(code: Code, text: str, when: str, first: str, last: str, zone: str) -> None:
    e = one(code, text)
    assert str(e.when) == when
    assert e.moment is not None
    assert (e.moment.first, e.moment.last, e.moment.zone) == (first, last, zone)


def test_a_whole_day_told_elsewhere_stays_as_told(code: Code) -> None:
    e = one(code, "North Korea test-fired a missile on Sunday, Washington time.")
    assert str(e.when) == "2023-12-17"
    assert e.moment is not None
    assert (e.moment.first, e.moment.last) == ("2023-12-17T05:00Z", "2023-12-18T05:00Z")
    assert e.moment.basis == ELSEWHERE


def test_the_told_words_stay_where_the_date_is_moved(code: Code) -> None:
    e = one(code, "North Korea fired a missile at 2324 GMT on Sunday.")
    assert e.when_text is not None
    assert e.when_text.text == "2324 GMT on Sunday"
    assert e.moment is not None
    assert "UTC" in e.moment.basis
    assert "North Korea" in e.moment.basis


@pytest.mark.parametrize(
    "text",
    [
        "Russia tested a missile on Tuesday.",  # eleven zones
        "Officials from Japan and South Korea held a video call on Thursday.",
        "Tokyo condemned the flight on Tuesday.",
    ],
)
def test_without_a_zone_there_is_no_moment(code: Code, text: str) -> None:
    e = one(code, text)
    assert e.when is not None
    assert e.moment is None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("North Korea fired a missile on Monday.", "the state that acts, North Korea"),
        ("Kim Jong Un met Vladimir Putin in Vladivostok on 25 April 2019.", "the place, Vladivostok"),
        ("North Korea fired a ballistic missile at 08:24 KST on Monday.", "the text"),
    ],
)
def test_a_moment_says_where_its_zone_is_from(code: Code, text: str, basis: str) -> None:
    e = one(code, text)
    assert e.moment is not None
    assert e.moment.basis == basis


_ZONES = ("", " KST", " GMT", " Korea time", ", Washington time", " Pyongyang time", " (local time)", " in Vladivostok")
_DAYS = (
    "Monday",
    "on Sunday evening",
    "early Friday",
    "on December 9, 2023",
    "in May 2018",
    "last week",
    "at noon Tuesday",
)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(("North Korea", "Iran", "Russia", "the United States")),
    st.sampled_from(("", " from Sohae", " from Vandenberg")),
    st.one_of(
        st.sampled_from(_DAYS),
        st.builds(lambda h, m: f"at {h:02d}:{m:02d}", st.integers(0, 23), st.integers(0, 59)),
    ),
    st.sampled_from(_ZONES),
)
def test_a_moment_is_in_order_and_gives_the_date_back(code: Code, who: str, place: str, day: str, zone: str) -> None:
    events, _ = code(f"{who} fired a ballistic missile{place} {day}{zone}.", published="2023-12-19")
    for e in events:
        if e.moment is None:
            continue
        assert e.moment.first < e.moment.last
        assert e.when is not None
        assert zones.local(e.moment.first, e.moment.zone).date() >= e.when.first
        assert (zones.local(e.moment.last, e.moment.zone) - MINUTE).date() <= e.when.last
        assert zones.duration(e.moment) >= MINUTE
