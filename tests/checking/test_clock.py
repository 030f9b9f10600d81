"""One moment on two clocks: times side by side, dates in two zones, a statement of the day before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Case
from crossfix.checking.clock import LocalDay, check, days_result, moments_result, pair_result, seat
from crossfix.checking.clock_pairs import ClockPair, ClockTime, apart, clock_pairs, offsets, zone_offsets
from crossfix.checking.result import Row
from crossfix.record import Record
from tests.record_builders import report

MINUTES = st.integers(0, 1439)
OFFSETS = st.integers(-48, 56).map(lambda n: 15 * n)
ZONES = st.sampled_from(
    ["Asia/Seoul", "America/New_York", "Europe/Moscow", "UTC", "Asia/Kolkata", "Pacific/Honolulu", "Asia/Pyongyang"]
)
WINTER = dt.date(2023, 12, 18)


def _pair(text: str) -> ClockPair:
    (found,) = clock_pairs(text)
    return found


# -------------------------------------------------------------------- arithmetic


@given(MINUTES, OFFSETS, MINUTES, OFFSETS)
def test_apart_is_at_most_half_a_day_and_turns_with_the_order(a: int, x: int, b: int, y: int) -> None:
    gap, days = apart(a, x, b, y)
    assert -720 <= gap <= 720
    assert (b - y) - (a - x) == gap - days * 1440
    back, other = apart(b, y, a, x)
    assert abs(back) == abs(gap)
    if abs(gap) < 720:
        assert other == -days


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2037, 12, 31)), ZONES, ZONES)
def test_one_moment_on_two_clocks_is_found_to_be_one(at: dt.datetime, one: str, two: str) -> None:
    moment = at.replace(second=0, microsecond=0, tzinfo=dt.UTC)
    a, b = moment.astimezone(ZoneInfo(one)), moment.astimezone(ZoneInfo(two))
    x, y = (int((t.utcoffset() or dt.timedelta()).total_seconds()) // 60 for t in (a, b))
    gap, days = apart(a.hour * 60 + a.minute, x, b.hour * 60 + b.minute, y)
    assert gap == 0
    assert days == (b.date() - a.date()).days


def test_offsets_of_letters_and_of_a_place_s_clock_on_a_day() -> None:
    assert offsets("KST", WINTER) == {540}
    assert offsets("EDT", WINTER) == {-240, -300}
    assert offsets("GMT", None) == {0}
    assert offsets("local time", WINTER) == frozenset()
    assert zone_offsets("Asia/Pyongyang", dt.date(2017, 8, 29)) == {510}
    assert zone_offsets("Asia/Pyongyang", WINTER) == {540}
    assert zone_offsets("Nowhere/Land", WINTER) == set()


# -------------------------------------------------------------------- pairs in a text


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("fired at 8:24 a.m. KST (2324 GMT)", (504, 1404)),
        ("at about 10:35 a.m. (0735 GMT) Friday", (635, 455)),
        ("at 7 a.m. Sunday (5:30 p.m. ET Saturday)", (420, 1050)),
        ("around noon local time (03:00 UTC)", (720, 180)),
        ("at 17:30 Moscow time (1430 GMT)", (1050, 870)),
    ],
)
def test_two_clocks_side_by_side_are_read(text: str, minutes: tuple[int, int]) -> None:
    pair = _pair(text)
    assert (pair.first.minutes, pair.second.minutes) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "at 9 a.m. (see page 12)",
        "from 9 a.m. to 5 p.m. (free)",
        "9:30 (10:30)",
        "won 3:15 (2:10 at half time)",
        "at 8 a.m. (6 hours later)",
        "at 8 a.m. in the stadium (5 p.m. show)",
        "in 2023 (2324 tonnes)",
    ],
)
def test_other_brackets_are_no_second_clock(text: str) -> None:
    assert list(clock_pairs(text)) == []


def _verdict(text: str, place: tuple[str, str] | None = None, day: dt.date | None = WINTER) -> str | None:
    result = pair_result(_pair(text), day, place)
    return result.verdict if result else None


def test_times_in_two_named_zones() -> None:
    assert _verdict("at 8:24 a.m. KST (2324 GMT)") == "supported"
    assert _verdict("at 8:24 a.m. KST (2224 GMT)") == "contradicted"
    assert _verdict("at 8 a.m. KST (2324 GMT)") == "supported"  # the hour alone leaves half an hour open
    assert _verdict("at 8 a.m. KST (0024 GMT)") == "contradicted"
    assert _verdict("at 11:57am Hawaii time (5:57 pm EDT)", day=dt.date(2017, 9, 15)) == "supported"


def test_the_weekdays_told_must_fit_the_zones() -> None:
    assert _verdict("at 8:24 a.m. KST Monday (2324 GMT Sunday)") == "supported"
    assert _verdict("at 8:24 a.m. KST Monday (2324 GMT Monday)") == "contradicted"


def test_a_place_s_zone_supports_but_never_contradicts() -> None:
    place = ("Sohae", "Asia/Pyongyang")
    assert _verdict("at 9:00 a.m. local time (0030 GMT)", place, dt.date(2016, 2, 7)) == "supported"
    assert _verdict("at 9:00 a.m. local time (0000 GMT)", place, dt.date(2016, 2, 7)) == "unknown"


def test_an_unnamed_zone_is_unknown_and_what_it_would_be_is_told() -> None:
    result = pair_result(_pair("at 9:00 a.m. (0000 GMT)"), WINTER)
    assert result is not None
    assert (result.verdict, result.working["implied_utc_offset_minutes"]) == ("unknown", 540)
    result = pair_result(_pair("at 1:45 a.m. (6:45 a.m. GMT)"), WINTER)
    assert result is not None
    assert result.working["implied_utc_offset_minutes"] == -300
    assert _verdict("at 9:07 a.m. (0000 GMT)") is None  # no clock is at UTC+09:07


@given(MINUTES, st.sampled_from(["KST", "GMT", "MSK"]), MINUTES, st.sampled_from(["UTC", "JST", "CET"]))
def test_the_verdict_does_not_hang_on_the_order(a: int, one: str, b: int, two: str) -> None:
    first, second = ClockTime(0, 4, a, one, None, 0), ClockTime(6, 9, b, two, None, 0)
    x, y = pair_result(ClockPair(first, second), WINTER), pair_result(ClockPair(second, first), WINTER)
    assert x is not None
    assert y is not None
    assert x.verdict == y.verdict


# -------------------------------------------------------------------- dates


KOREA = LocalDay(WINTER, "Asia/Seoul", "Korea")


@given(st.integers(-3, 3), ZONES, ZONES)
def test_two_dates_share_a_moment_as_datetime_has_it(shift: int, one: str, two: str) -> None:
    a, b = LocalDay(WINTER, one, "A"), LocalDay(WINTER + dt.timedelta(days=shift), two, "B")
    result, back = days_result(a, b), days_result(b, a)
    assert result is not None
    assert result == back
    starts = [dt.datetime.combine(x.day, dt.time(), ZoneInfo(x.zone)) for x in (a, b)]
    ends = [s + dt.timedelta(days=1) for s in starts]
    assert (result.verdict == "supported") == (max(starts) < min(ends))
    assert result.verdict in ("supported", "tension")


def test_a_date_in_washington_and_one_in_korea() -> None:
    washington = LocalDay(dt.date(2023, 12, 17), "America/New_York", "Washington")
    result = days_result(washington, KOREA)
    assert result is not None
    assert result.working["shared_hours"] == 14.0
    row = Row("launches_cns", "x")
    logged = days_result(washington, KOREA, ("2023-12-17T23:24Z", row))
    assert logged is not None
    assert (logged.verdict, logged.sources) == ("supported", (row,))
    assert logged.working["logged_earlier_zone"] == "2023-12-17 18:24"
    other = days_result(washington, KOREA, ("2023-12-18T06:00Z", row))
    assert other is not None
    assert other.verdict == "tension"
    assert days_result(washington, LocalDay(WINTER, "Nowhere/Land", "nowhere")) is None


def test_explicit_moments() -> None:
    a, b = ("2023-12-17T23:24Z", "2023-12-17T23:25Z"), ("2023-12-17T22:24Z", "2023-12-17T22:25Z")
    assert moments_result(a, a, ("a", "b")).verdict == "supported"
    result = moments_result(a, b, ("a", "b"))
    assert (result.verdict, result.working["minutes_apart_at_least"]) == ("contradicted", 59)
    assert moments_result(b, a, ("b", "a")) == result


def test_only_governments_and_state_media_have_a_known_seat() -> None:
    assert seat("The White House") == ("America/New_York", "Washington")
    assert seat("KCNA") == ("Asia/Pyongyang", "Pyongyang")
    assert seat("Reuters") is None
    assert seat(None) is None


# -------------------------------------------------------------------- the record


def test_a_pair_in_a_document(tmp_path: Path) -> None:
    made, raw = report("The rocket rose at 8:24 a.m. KST (2324 GMT). It fell at 9:10 a.m. KST (2210 GMT).")
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(made, raw)
        found = [(q.kind, q.subject == made.document.sha256, q.ask()) for q in check.questions(Case(record))]
    assert [(kind, mine, r.verdict if r else None) for kind, mine, r in found] == [
        ("clock.pair", True, "supported"),
        ("clock.pair", True, "contradicted"),
    ]


def test_a_statement_dated_the_day_before(tmp_path: Path) -> None:
    from crossfix.linking.run import link_all

    korea = ("2023-12-17T15:00Z", "2023-12-18T15:00Z", "Asia/Seoul", "the place, Seoul")
    told = {"participants": [("North Korea", "actor")], "ordinals": [(5, "ICBM tests of 2023")]}
    first = report(
        "North Korea fired an intercontinental missile near Pyongyang on Monday.",
        published="2023-12-19",
        events=[told | {"trigger": "fired", "when": "2023-12-18", "moment": korea}],
    )
    second = report(
        "The White House condemned the firing by North Korea of an intercontinental missile.",
        outlet="The White House",
        published="2023-12-17",
        events=[told | {"trigger": "firing"}],
    )
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        for made, raw in (first, second):
            record.add(made, raw)
        link_all(record)
        joined = [e for e in record.events() if len(e.reports) == 2]
        found = [(q.kind, q.subject, q.ask()) for q in check.questions(Case(record))]
    assert len(joined) == 1
    assert [(k, s, r.verdict if r else None) for k, s, r in found] == [("clock.statement", joined[0].id, "supported")]
