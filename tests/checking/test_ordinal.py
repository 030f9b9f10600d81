"""Reading what an ordinal counts, counting in the logs, and both together in a record."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Case
from crossfix.checking.ordinal import check, known_result, next_result, nth_word, ordinal_result
from crossfix.checking.ordinal_count import Sort, counted, member, place
from crossfix.checking.ordinal_phrase import Phrase, read
from crossfix.checking.result import Result
from crossfix.model import Event, Interval, Moment, Ordinal, Span
from crossfix.record import Record
from crossfix.reference.launches import log
from tests.record_builders import report

ICBM = Phrase(Sort("ICBM"), "year")
H18 = Phrase(Sort("Hwasong-18", kind="ICBM"), "ever")
NUCLEAR = Phrase(Sort("nuclear"), "ever")
SPY = Phrase(Sort("spy satellite"), "year")


def _on(day: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(day), dt.date.fromisoformat(day)


# -------------------------------------------------------------------- what must hold


def test_the_fifth_icbm_test_of_2023_in_both_logs_by_korean_dates() -> None:
    result = ordinal_result(ICBM, 5, _on("2023-12-18"))
    assert result is not None
    assert result.verdict == "supported"
    assert result.summary.startswith("Both logs")
    for name in ("log_cns", "log_gcat"):
        rows = result.working[name]["counted_rows"]
        sure = [r[:10] for r in rows if "?" not in r]
        assert sure == ["2023-02-18", "2023-03-16", "2023-04-13", "2023-07-12", "2023-12-18"]
        assert [r[:10] for r in rows if "?" in r] == ["2023-11-22"]  # the row that makes a naive count six
        assert result.working[name]["place_counting_test_days"] == "5 to 6"
    assert "22 November 2023" in str(result.caveat)
    assert {s.table for s in result.sources} == {"launches_cns", "launches_gcat"}


def test_the_third_hwasong_18() -> None:
    result = ordinal_result(H18, 3, _on("2023-12-18"))
    assert result is not None
    assert result.verdict == "supported"
    rows = result.working["log_gcat"]["counted_rows"]
    assert [r[:10] for r in rows] == ["2023-04-13", "2023-07-12", "2023-12-18"]


def test_the_utc_date_is_not_the_date_that_counts() -> None:
    """The launch of 18 December in Korea is of the 17th in UTC: the 17th in Korea has no ICBM."""
    assert ordinal_result(ICBM, 5, _on("2023-12-17")) is None


# -------------------------------------------------------------------- each verdict


@pytest.mark.parametrize(
    ("phrase", "nth", "day", "verdict"),
    [
        (ICBM, 5, "2023-12-18", "supported"),
        (ICBM, 7, "2023-12-18", "contradicted"),
        (ICBM, 4, "2023-12-18", "contradicted"),
        (ICBM, 8, "2022-11-18", "tension"),  # CNS doubts five more of 2022, GCAT lists them as shorter-range
        (ICBM, 3, "2017-11-29", "supported"),
        (ICBM, 9, "2017-11-29", "contradicted"),
        (Phrase(Sort("Musudan", kind="IRBM"), "ever"), 6, "2016-06-22", "supported"),  # one log alone reaches 2016
        (
            Phrase(Sort("Musudan", kind="IRBM"), "ever"),
            9,
            "2016-06-22",
            "tension",
        ),  # and alone is no ground to call it wrong
        (ICBM, 2, "2027-01-05", "unknown"),
        (SPY, 3, "2023-11-21", "supported"),
        (SPY, 2, "2023-11-21", "contradicted"),
        (Phrase(Sort("spy satellite"), "ever"), 4, "2024-05-27", "supported"),
        (Phrase(Sort("satellite", how="failure"), "year"), 2, "2023-08-24", "supported"),
        (Phrase(Sort("satellite", how="success"), "ever"), 1, "2012-12-12", "supported"),
        (NUCLEAR, 6, "2017-09-03", "supported"),
        (NUCLEAR, 5, "2017-09-03", "contradicted"),
        (Phrase(Sort("satellite", state="KR"), "ever"), 3, "2013-01-30", "supported"),
        (Phrase(Sort("satellite", state="KR", how="success"), "ever"), 1, "2013-01-30", "supported"),
    ],
)
def test_verdicts(phrase: Phrase, nth: int, day: str, verdict: str) -> None:
    if day == "2027-01-05":
        phrase = Phrase(Sort("ICBM"), "ever")
    result = ordinal_result(phrase, nth, _on(day))
    assert result is not None
    assert result.verdict == verdict
    assert str(nth) in str(result.working["claimed_number"])


def test_a_day_without_such_a_launch_is_not_judged() -> None:
    assert ordinal_result(ICBM, 5, _on("2023-12-20")) is None


def test_what_may_have_been_misread_is_never_contradicted() -> None:
    assert ordinal_result(ICBM, 7, _on("2023-12-18"), sure=False) is None
    assert ordinal_result(dataclasses.replace(ICBM, sure=False), 7, _on("2023-12-18")) is None
    supported = ordinal_result(ICBM, 5, _on("2023-12-18"), sure=False)
    assert supported is not None
    assert supported.verdict == "supported"


def test_a_month_gives_every_place_in_it() -> None:
    july = (dt.date(2017, 7, 1), dt.date(2017, 7, 31))
    for nth in (1, 2):
        result = ordinal_result(ICBM, nth, july)
        assert result is not None
        assert result.verdict == "supported"
    assert ordinal_result(ICBM, 5, july) is None  # looser than a day: no ground against it


def test_a_salvo_is_one_test_and_several_missiles() -> None:
    """15 September 2017: Seoul's 19th counts missiles, and is GCAT's number exactly; the days with a launch are fewer."""
    gcat = place("gcat", Sort("ballistic"), 19, dt.date(2017, 1, 1), _on("2017-09-15"))
    assert (gcat.stand, len(gcat.rows), gcat.tests) == ("supported", 19, (10, 14))
    where = place("cns", Sort("ballistic"), 19, dt.date(2017, 1, 1), _on("2017-09-15"))
    assert where.stand == "supported"
    assert where.tests == (10, 14)
    assert where.missiles == (14, 20)
    assert place("cns", Sort("ballistic"), 25, dt.date(2017, 1, 1), _on("2017-09-15")).stand == "excluded"


def test_which_missile_flew_on_24_march_2022_is_in_doubt_its_class_is_not() -> None:
    row = next(r for r in log("cns") if r.id == "cns-2022-03-24-1")
    assert member(row, Sort("ICBM")) == (True, "")
    for name in ("Hwasong-15", "Hwasong-17"):
        found = member(row, Sort(name, kind="ICBM"))
        assert found is not None
        assert not found[0]
    assert member(row, Sort("Hwasong-18", kind="ICBM")) is None
    assert member(row, Sort("satellite")) is None


@given(st.integers(1, 12), st.dates(dt.date(2022, 1, 1), dt.date(2024, 12, 31)))
def test_the_place_is_what_a_plain_count_gives(nth: int, day: dt.date) -> None:
    """Against a count written the other way round: the sure and all days up to the day, one by one."""
    start = dt.date(day.year, 1, 1)
    for name in ("cns", "gcat"):
        found = place(name, Sort("ICBM"), nth, start, (day, day))
        rows = counted(name, Sort("ICBM"), start, day)
        if found.tests is None:
            assert all(r.day != day for r in rows)
            continue
        low, high = found.tests
        assert low == 1 + sum(any(r.sure for r in rows if r.day == d) for d in {r.day for r in rows if r.day < day})
        assert high == len({r.day for r in rows})
        assert low <= high
        assert (found.stand == "supported") >= (low <= nth <= high)


def test_nuclear_tests_to_come_and_without_a_date() -> None:
    to_come = next_result(NUCLEAR, 5, dt.date(2016, 4, 17))
    assert to_come is not None
    assert to_come.verdict == "supported"
    assert next_result(NUCLEAR, 6, dt.date(2016, 4, 17)) is None
    assert next_result(ICBM, 5, dt.date(2016, 4, 17)) is None
    past = known_result(NUCLEAR, 4, dt.date(2016, 2, 7))
    assert past is not None
    assert past.working["test_date"] == "2016-01-06"
    assert known_result(NUCLEAR, 5, dt.date(2016, 2, 7)) is None


# -------------------------------------------------------------------- the words


@pytest.mark.parametrize(
    ("text", "kind", "what", "period"),
    [
        ("fifth| intercontinental ballistic missile test of the year.", "missile_test", "ICBM", "year"),
        ("fifth| ICBM test so far this year, he said", "missile_test", "ICBM", "year"),
        ("third| Hwasong-18 ICBM that Pyongyang has tested after two others", "missile_test", "Hwasong-18", "ever"),
        ("third| test of the Hwasongpho-18, it said", "missile_test", "Hwasong-18", "ever"),
        ("first| ICBM launch since November 2017.", "missile_test", "ICBM", "since"),
        ("19th| launch of a ballistic missile by the DPRK this year.", "missile_test", "ballistic", "year"),
        ("sixth| and most powerful nuclear test in September", "nuclear_test", "nuclear", "ever"),
        ("fourth| nuclear bomb test and a rocket", "nuclear_test", "nuclear", "ever"),
        ("seventh| nuclear test could come soon", "nuclear_test", "nuclear", "ever"),
        ("second| failed attempt to launch a spy satellite.", "satellite_launch", "spy satellite", "ever"),
        (
            "third| attempt this year to put a reconnaissance satellite into orbit.",
            "satellite_launch",
            "spy satellite",
            "year",
        ),
        ("first| successful satellite launch by the DPRK.", "satellite_launch", "satellite", "ever"),
        ("third| satellite launch attempt of 2023.", "satellite_launch", "satellite", "year"),
    ],
)
def test_what_an_ordinal_counts(text: str, kind: str, what: str, period: str) -> None:
    at = text.index("|")
    found = read(text.replace("|", ""), at, len(text) - 1, kind)
    assert found is not None
    assert (found.sort.what, found.period) == (what, period)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("second| to fly over the islands in less than a month", "missile_test"),
        ("fourth| ICBM launch from the airport this year", "missile_test"),
        ("third| Hwasong-18 launch over the sea", "missile_test"),
        ("third| ICBM test this year using solid fuel", "missile_test"),
        ("first| ICBM test in three months", "missile_test"),
        ("first| solid-fuel ICBM test since July", "missile_test"),
        ("fifth| missile test, its second this year", "missile_test"),
        ("first| satellite launched earlier this week", "satellite_launch"),
        ("first| hydrogen bomb test", "nuclear_test"),
        ("fifth| ICBM test since March", "missile_test"),
        ("third| nuclear test site", "nuclear_test"),
        ("sixth| nuclear test this year", "missile_test"),
        ("third| ICBM test of the Hwasong-18", "missile_test"),
    ],
)
def test_words_that_narrow_the_count_are_left_alone(text: str, kind: str) -> None:
    at = text.index("|")
    assert read(text.replace("|", ""), at, len(text) - 1, kind) is None


@pytest.mark.parametrize(
    ("text", "counted_"),
    [
        ("The North tested a nuclear device for the fourth| time, neighbours said.", True),
        ("It spoke of the nuclear test for the fourth| time, neighbours said.", False),
    ],
)
def test_for_the_fourth_time(text: str, counted_: bool) -> None:
    found = read(text.replace("|", ""), text.index("|"), len(text) - 1, "nuclear_test")
    assert (found is not None) == counted_


def test_in_a_year_can_be_read_in_two_ways() -> None:
    found = read("third ICBM test in 2023.", 5, 24, "missile_test")
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    ("nth", "word"),
    [(1, "first"), (12, "twelfth"), (13, "13th"), (21, "21st"), (111, "111th"), (22, "22nd"), (33, "33rd")],
)
def test_ordinal_words(nth: int, word: str) -> None:
    assert nth_word(nth) == word


# -------------------------------------------------------------------- a record


def _ask(
    tmp_path: Path, text: str, words: str, nth: int, *, kind: str = "missile_test", when: str | None = "2023-12-18",
    actor: str = "North Korea", modality: str = "actual", zone: str = "Asia/Seoul",
) -> list[Result]:  # fmt: skip
    made, raw = report(
        text, published="2023-12-19",
        events=[{"trigger": "conducted", "type": kind, "when": when, "modality": modality, "participants": [(actor, "actor")]}],
    )  # fmt: skip
    at = text.index(words)
    moment = None
    if when and len(when) == 10:
        day = dt.date.fromisoformat(when)
        hours = {"Asia/Seoul": 15, "America/New_York": 5}[zone]
        first = dt.datetime.combine(day - dt.timedelta(days=zone == "Asia/Seoul"), dt.time(hours))
        moment = Moment(
            f"{first:%Y-%m-%dT%H:%MZ}", f"{first + dt.timedelta(days=1):%Y-%m-%dT%H:%MZ}", zone, "the place"
        )
    event: Event = dataclasses.replace(
        made.events[0], ordinals=(Ordinal(nth, "tests", Span.of(text, at, at + len(words))),), moment=moment,
        when=Interval.parse(when) if when else None,
    )  # fmt: skip
    tmp_path.mkdir(exist_ok=True)
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(dataclasses.replace(made, events=(event,)), raw)
        found = [(q, q.ask()) for q in check.questions(Case(record))]
        assert all(record.passage(e) in text for q, _ in found for e in q.evidence)
        return [r for _, r in found if r is not None]


FIFTH = "North Korea conducted its fifth ICBM test of the year on Monday."


@pytest.mark.parametrize(("nth", "word", "verdict"), [(5, "fifth", "supported"), (7, "seventh", "contradicted")])
def test_a_count_in_a_report(tmp_path: Path, nth: int, word: str, verdict: str) -> None:
    found = _ask(tmp_path, FIFTH.replace("fifth", word), word, nth)
    assert [r.verdict for r in found] == [verdict]


def test_a_day_told_in_washington_is_two_days_in_korea(tmp_path: Path) -> None:
    """The 17th in Washington ends on the 18th in Korea."""
    found = _ask(tmp_path, FIFTH, "fifth", 5, when="2023-12-17", zone="America/New_York")
    assert [r.verdict for r in found] == ["supported"]
    assert _ask(tmp_path / "two", FIFTH, "fifth", 9, when="2023-12-17", zone="America/New_York") == []


def test_this_year_s_fifth(tmp_path: Path) -> None:
    text = "The North conducted this year's fifth ICBM test on Monday."
    found = _ask(tmp_path, text, "fifth", 5)
    assert [r.verdict for r in found] == ["supported"]
    assert "of 2023" in found[0].summary


@pytest.mark.parametrize(
    "text",
    [
        "Russia conducted Russia's fifth ICBM test of the year on Monday.",
        "The army conducted a drill after last week's fifth ICBM test of the year.",
        "South Korea conducted its fifth ICBM test of the year on Monday.",
    ],
)
def test_tests_of_others_are_not_counted_in_these_logs(tmp_path: Path, text: str) -> None:
    actor = "South Korea" if text.startswith("South") else "Russia"
    assert _ask(tmp_path, text, "fifth", 5, actor=actor) == []


@pytest.mark.parametrize("when", ["2023", None])
def test_an_event_dated_too_loosely_is_not_asked_about(tmp_path: Path, when: str | None) -> None:
    assert _ask(tmp_path, FIFTH, "fifth", 5, when=when) == []


def test_a_number_the_text_does_not_name_is_not_asked_about(tmp_path: Path) -> None:
    """A coder may conclude from "the third, after two in spring" that one of those was the first: the text does not say it."""
    assert _ask(tmp_path, FIFTH, "fifth", 4) == []


def test_a_nuclear_test_to_come(tmp_path: Path) -> None:
    text = "The North may have conducted preparations for a seventh nuclear test."
    assert [
        r.verdict for r in _ask(tmp_path, text, "seventh", 7, kind="nuclear_test", when=None, modality="future")
    ] == ["supported"]
    assert (
        _ask(
            tmp_path / "two",
            text.replace("seventh", "eighth"),
            "eighth",
            8,
            kind="nuclear_test",
            when=None,
            modality="future",
        )
        == []
    )


@pytest.mark.parametrize(("word", "nth", "verdicts"), [("second", 2, ["supported"]), ("third", 3, [])])
def test_a_count_in_the_sentence_after_the_event(tmp_path: Path, word: str, nth: int, verdicts: list[str]) -> None:
    """The coder makes "the second nuclear test" an event of its own without a day: the day is that of the sentence before."""
    text = f"The North detonated a device on Friday. It was the {word} nuclear test this year."
    made, raw = report(
        text, published="2016-09-10",
        events=[
            {"trigger": "detonated", "type": "nuclear_test", "when": "2016-09-09", "participants": [("North Korea", "actor")]},
            {"trigger": f"{word} nuclear test", "type": "nuclear_test", "participants": [("North Korea", "actor")]},
        ],
    )  # fmt: skip
    at = text.index(word)
    second = dataclasses.replace(made.events[1], ordinals=(Ordinal(nth, "tests", Span.of(text, at, at + len(word))),))
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(dataclasses.replace(made, events=(made.events[0], second)), raw)
        found = [q.ask() for q in check.questions(Case(record))]
    assert [r.verdict for r in found if r] == verdicts


def test_the_seed_that_counts(shared: Path, tmp_path: Path) -> None:
    from crossfix.pipeline import extract
    from crossfix.reading import Source
    from crossfix.reading import read as read_file

    (path,) = (shared / "seeds").glob("003_*.txt")
    data = path.read_bytes()
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(extract(read_file(Source(str(path), data)), fast=True), data)
        found = {q.about: q.ask() for q in check.questions(Case(record))}
    assert {about: r.verdict for about, r in found.items() if r} == {
        "fifth ICBM launch of the year": "supported",
        "third Hwasong-18 launch": "supported",
    }
