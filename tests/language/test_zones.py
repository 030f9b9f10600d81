"""Time zones: what words and places mean, local days in UTC, and the zone that a text names for its dates. All sentences are ours."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crossfix.language.parse import parse
from crossfix.language.times import times
from crossfix.language.times.zones import with_zones
from crossfix.model import Document, Time
from crossfix.reference import zones
from crossfix.reference.gazetteer import gazetteer
from crossfix.reference.tables import items, rows

KNOWN = sorted(
    {r["zone"] for table in ("zones.tsv", "zone_words.tsv") for r in rows("crossfix.reference", table)}
    | {"UTC+09:00", "UTC-03:30", "UTC+00:00"}
)
MINUTE = dt.timedelta(minutes=1)


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("GMT", "UTC"),
        ("Z", "UTC"),
        ("Coordinated Universal Time", "UTC"),
        ("KST", "Asia/Seoul"),
        ("Korea time", "Asia/Seoul"),
        ("Korean Standard Time", "Asia/Seoul"),
        ("South Korean time", "Asia/Seoul"),
        ("Pyongyang time", "Asia/Pyongyang"),
        ("North Korean time", "Asia/Pyongyang"),
        ("JST", "Asia/Tokyo"),
        ("Japan Standard Time", "Asia/Tokyo"),
        ("MSK", "Europe/Moscow"),
        ("Moscow time", "Europe/Moscow"),
        ("CEST", "Europe/Berlin"),
        ("EET", "Europe/Athens"),
        ("EST", "America/New_York"),
        ("ET", "America/New_York"),
        ("eastern time", "America/New_York"),
        ("US Eastern Daylight Time", "America/New_York"),
        ("Washington time", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("Pacific Time", "America/Los_Angeles"),
        ("Vladivostok time", "Asia/Vladivostok"),
        ("Tehran time", "Asia/Tehran"),
        ("Iranian time", "Asia/Tehran"),
        ("Beijing time", "Asia/Shanghai"),
        ("Kiev time", "Europe/Kyiv"),
        ("GMT+9", "UTC+09:00"),
        ("UTC+8:30", "UTC+08:30"),
        ("UTC −5", "UTC-05:00"),
        ("Asia/Pyongyang", "Asia/Pyongyang"),
    ],
)
def test_words_for_a_zone(words: str, zone: str) -> None:
    assert zones.zone_of(words) == zone
    assert zones.zone_of(f" ({words}) ") == zone


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("local time", "own"),
        ("Russian time", "several zones"),
        ("Russia", "no one zone"),
        ("Georgia", "several places"),
        ("IST", "Asia/Jerusalem or Asia/Kolkata or Europe/Dublin"),
        ("CST", "may be"),
        ("UTC+15", "no offset"),
        ("Nowhere/Atall", "no zone"),
        ("some time", "not known"),
        ("est", "not known"),
        ("", "no words"),
        ("x" * 500, "no words"),
    ],
)
def test_what_is_no_one_zone_says_why(words: str, why: str) -> None:
    zone, reason = zones.find_zone(words)
    assert zone is None
    assert why in reason


@pytest.mark.parametrize(
    ("words", "countries", "zone"),
    [
        ("IST", {"IN", "US"}, "Asia/Kolkata"),
        ("IST", {"IL", "US"}, "Asia/Jerusalem"),
        ("IST", {"IL", "IN"}, None),
        ("CST", {"CN"}, "Asia/Shanghai"),
        ("CST", {"CN", "US"}, None),
        ("EST", {"AU"}, "Australia/Sydney"),
        ("EST", {"AU", "US"}, "America/New_York"),
        ("PST", {"PH"}, "Asia/Manila"),
        ("BST", {"GB", "BD"}, "Europe/London"),
    ],
)
def test_the_countries_of_a_text_decide_what_letters_mean(words: str, countries: set[str], zone: str | None) -> None:
    assert zones.zone_of(words, countries) == zone


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.sets(st.sampled_from(["US", "KP", "", "IN"])))
def test_no_words_break_it(words: str, countries: set[str]) -> None:
    zone, why = zones.find_zone(words, countries)
    assert why
    assert zone is None or zones.clock(zone) is not None


@given(st.text(alphabet="+-−:.UTCGM 0123456789/", max_size=14))
def test_no_offset_breaks_it(words: str) -> None:
    zone = zones.zone_of(words)
    assert zone is None or zones.clock(zone) is not None


# ------------------------------------------------------------------ places


def test_every_zone_of_the_tables_is_known_and_every_row_has_its_source() -> None:
    for table in ("zones.tsv", "zone_words.tsv"):
        for r in rows("crossfix.reference", table):
            assert r["source"]
            assert r["licence"]
            assert zones.clock(r["zone"]) is not None, r
    for r in rows("crossfix.reference", "zone_words.tsv"):
        assert items(r["words"])


@pytest.mark.parametrize(
    ("lat", "lon", "country", "zone"),
    [
        (39.66, 124.71, "KP", "Asia/Pyongyang"),
        (None, None, "KP", "Asia/Pyongyang"),
        (51.884, 128.334, "RU", "Asia/Yakutsk"),  # Vostochny
        (43.12, 131.89, "RU", "Asia/Vladivostok"),
        (54.71, 20.51, "RU", "Europe/Kaliningrad"),
        (62.93, 40.58, "RU", "Europe/Moscow"),  # Plesetsk
        (38.9, -77.04, "US", "America/New_York"),
        (34.74, -120.57, "US", "America/Los_Angeles"),  # Vandenberg
        (33.45, -112.07, "US", "America/Phoenix"),
        (45.92, 63.34, "KZ", "Asia/Qyzylorda"),  # Baikonur
        (40.96, 100.29, "CN", "Asia/Shanghai"),  # Jiuquan
        (43.8, 87.6, "CN", "Asia/Shanghai"),
        (44.95, 34.1, "UA", "Europe/Simferopol"),
        (None, None, "RU", None),
        (43.0, 135.0, None, None),
        (43.0, 135.0, "", None),
        (float("nan"), 0.0, "US", None),
    ],
)
def test_the_zone_of_a_place(lat: float | None, lon: float | None, country: str | None, zone: str | None) -> None:
    assert zones.zone_at(lat, lon, country) == zone


def test_towns_of_the_gazetteer_get_a_zone_of_their_longitude() -> None:
    index = gazetteer()
    for row in range(0, len(index), 4001):
        e = index.entry(row)
        zone = zones.zone_at(e.lat, e.lon, e.country)
        if e.kind != "city" or e.country in ("CN", "AQ") or zone is None:
            continue
        hours = dt.datetime(2023, 1, 1, tzinfo=zones.clock(zone)).utcoffset()
        assert hours is not None
        apart = (hours.total_seconds() / 3600 - e.lon / 15 + 12) % 24 - 12
        assert abs(apart) < 3.5, (e, zone)


# ------------------------------------------------------------------ UTC


@pytest.mark.parametrize(
    ("local", "zone", "first"),
    [
        ("2023-12-18T08:24", "Asia/Seoul", "2023-12-17T23:24Z"),  # the Hwasong-18, as Seoul and Tokyo announced it
        ("2023-11-21T22:42", "Asia/Pyongyang", "2023-11-21T13:42Z"),  # Malligyong-1
        ("2017-07-28T23:41", "Asia/Seoul", "2017-07-28T14:41Z"),
        ("2017-07-28T23:11", "Asia/Pyongyang", "2017-07-28T14:41Z"),  # half an hour behind, 2015 to 2018
        ("2015-08-14T12:00", "Asia/Pyongyang", "2015-08-14T03:00Z"),
        ("2015-08-15T12:00", "Asia/Pyongyang", "2015-08-15T03:30Z"),
        ("2018-05-04T12:00", "Asia/Pyongyang", "2018-05-04T03:30Z"),
        ("2018-05-05T12:00", "Asia/Pyongyang", "2018-05-05T03:00Z"),
        ("2023-07-04T12:00", "America/New_York", "2023-07-04T16:00Z"),
        ("2023-12-04T12:00", "America/New_York", "2023-12-04T17:00Z"),
        ("2024-01-01T00:00", "UTC+05:30", "2023-12-31T18:30Z"),
    ],
)
def test_published_times(local: str, zone: str, first: str) -> None:
    at = dt.datetime.fromisoformat(local)
    ends = zones.utc(at, at + MINUTE, zone)
    assert ends is not None
    assert ends[0] == first
    assert zones.local(ends[0], zone).replace(tzinfo=None) == at


def test_an_hour_shown_twice_is_taken_whole_and_one_that_is_skipped_keeps_its_order() -> None:
    at = dt.datetime(2023, 11, 5, 1, 30)
    assert zones.utc(at, at + MINUTE, "America/New_York") == ("2023-11-05T05:30Z", "2023-11-05T06:31Z")
    at = dt.datetime(2023, 3, 12, 2, 30)
    assert zones.utc(at, at + MINUTE, "America/New_York") == ("2023-03-12T07:30Z", "2023-03-12T07:31Z")


def test_a_day_that_a_country_skipped_and_what_lies_outside_the_calendar_have_no_moment() -> None:
    skipped = dt.datetime(2011, 12, 30)
    assert zones.utc(skipped, skipped + dt.timedelta(days=1), "Pacific/Apia") is None
    assert zones.utc(dt.datetime(1, 1, 1), dt.datetime(1, 1, 2), "Asia/Tokyo") is None
    assert zones.utc(dt.datetime(2023, 1, 1), dt.datetime(2023, 1, 2), "Mars/Olympus") is None


@given(st.dates(dt.date(2012, 1, 1), dt.date(2035, 12, 31)), st.sampled_from(KNOWN))
def test_a_day_is_23_to_25_hours_and_comes_back_as_itself(day: dt.date, zone: str) -> None:
    midnight = dt.datetime(day.year, day.month, day.day)
    ends = zones.utc(midnight, midnight + dt.timedelta(days=1), zone)
    assert ends is not None
    first, last = (zones.local(x, zone) for x in ends)
    assert ends[0] < ends[1]
    assert dt.timedelta(hours=23) <= last - first <= dt.timedelta(hours=25)
    assert first.date() == (last - MINUTE).date() == day


@given(st.datetimes(dt.datetime(1890, 1, 1), dt.datetime(2040, 1, 1)), st.sampled_from(KNOWN))
def test_a_minute_comes_back_as_itself(at: dt.datetime, zone: str) -> None:
    at = at.replace(second=0, microsecond=0)
    ends = zones.utc(at, at + MINUTE, zone)
    assume(ends is not None)
    assert ends is not None
    assert ends[0] < ends[1]
    back = zones.local(ends[0], zone).replace(tzinfo=None)
    there = at.replace(tzinfo=zones.clock(zone), fold=0).astimezone(dt.UTC).astimezone(zones.clock(zone))
    assume(there.replace(tzinfo=None) == at)  # a minute that the clock skips has no other self
    assert abs(back - at) < MINUTE  # clocks by the sun had seconds


@pytest.mark.parametrize(
    ("at", "zone", "shown"),
    [
        ("2023-12-17T23:24Z", "Asia/Seoul", "KST"),
        ("2023-07-17T23:24Z", "America/New_York", "EDT"),
        ("2023-07-17T23:24Z", "Asia/Tehran", "UTC+03:30"),
        ("2023-07-17T23:24Z", "Asia/Vladivostok", "UTC+10:00"),
        ("2023-07-17T23:24Z", "UTC+08:30", "UTC+08:30"),
    ],
)
def test_zones_have_a_short_name(at: str, zone: str, shown: str) -> None:
    assert zones.abbreviation(zones.local(at, zone)) == shown


# ------------------------------------------------------------------ what a text says


@lru_cache(maxsize=128)
def told(text: str) -> tuple[Time, ...]:
    document = Document("x.txt", "0" * 64, "text/plain", text, published="2023-12-19", language="en")
    return times(parse(document), document)[0]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("The missile was fired at 08:24 KST on Monday.", "Asia/Seoul"),
        ("It flew early Monday Korea time.", "Asia/Seoul"),
        ("The call came at 2124 GMT on Sunday.", "UTC"),
        ("They met at 10 p.m. Sunday, Washington time.", "America/New_York"),
        ("The rocket rose at 10:42 p.m. Pyongyang time.", "Asia/Pyongyang"),
        ("Liftoff was at 4:05 a.m. EDT on June 3.", "America/New_York"),
        ("He spoke at 9 p.m. ET.", "America/New_York"),
        ("It began at 14:30 (UTC+3).", "UTC+03:00"),
        ("At 9 a.m. Vladivostok time they met.", "Asia/Vladivostok"),
        ("The order came on Sunday in Washington.", "America/New_York"),
        ("They signed it on Monday in Pyongyang.", "Asia/Pyongyang"),
        ("In Moscow on Tuesday, the two sides met.", "Europe/Moscow"),
        ("Sirens rang at 6:14 p.m. IST all over Israel.", "Asia/Jerusalem"),
        ("Shops opened at 6:14 p.m. IST in Mumbai, an Indian city.", "Asia/Kolkata"),
        ("Sirens rang at 6:14 p.m. IST.", ""),
        ("It was launched Monday morning (local time).", ""),
        ("They met on Monday in Russia.", ""),
        ("MONDAY WEST COAST PORTS SHUT", ""),
        ("He was born in Texas. On March 1, 2006, Sweden agreed.", ""),
        ("He spoke on Monday, First Time in office.", ""),
        ("They met at 5 p.m. NATO aides said.", ""),
        ("The vote is on Monday, UK time.", "Europe/London"),
        ("On Sunday in Prime Time they sang.", ""),
        ("They sat on Friday in Church.", ""),
        ("Kim arrived at 6 a.m. on Tuesday, Vladivostok local time.", "Asia/Vladivostok"),
        ("In the spring of 2021 they met in Seoul.", ""),
    ],
)
def test_a_time_has_the_zone_that_the_text_names(text: str, zone: str) -> None:
    assert told(text)[0].zone == zone


def test_the_anchor_says_where_the_zone_is_from() -> None:
    assert (
        "zone America/New_York, that of Washington beside it"
        in told("The order came on Sunday in Washington.")[0].anchor
    )
    assert "zone Asia/Seoul (KST)" in told("The missile was fired at 08:24 KST on Monday.")[0].anchor
    assert "place's own time" in told("It was launched Monday morning (local time).")[0].anchor
    assert "IST may be" in told("Sirens rang at 6:14 p.m. IST.")[0].anchor


def test_a_day_has_the_zone_of_its_clock_and_not_that_of_the_clock_in_brackets() -> None:
    (moment,) = told("The rocket rose on Tuesday at 10:42 p.m. Pyongyang time.")
    assert moment.zone == "Asia/Pyongyang"
    here, there = told("On Monday, Dec. 18, at 8:24 a.m. (2324 GMT Sunday), the shot was heard.")
    assert (here.zone, there.zone) == ("UTC+09:00", "UTC")  # two clocks of one moment: nine hours apart


_WORDS = st.sampled_from(
    "On Monday at 08:24 KST ( ) , GMT Sunday in Washington Korea time early local UTC+9 p.m. 10 Z IST NATO Prime India .".split()
)


@given(st.lists(_WORDS, max_size=24))
def test_zones_change_nothing_but_zone_and_anchor_and_settle(words: list[str]) -> None:
    document = Document("x.txt", "0" * 64, "text/plain", " ".join(words), published="2023-12-19", language="en")
    tree = parse(document)
    found = times(tree, document)[0]
    again = with_zones(tree, found)
    for a, b in zip(found, again, strict=True):
        assert (a.span, a.type, a.value, a.interval, a.part) == (b.span, b.type, b.value, b.interval, b.part)
        assert not a.zone or (a.zone == b.zone and zones.clock(a.zone) is not None)
