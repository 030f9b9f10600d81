"""Weekdays, days that do not exist, dates after the stated date, and occasions against the stated date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.calendar import (
    Told,
    check,
    future_result,
    julian_day_number,
    no_day_result,
    occasion_result,
    weekday_result,
    written_result,
    year_near,
)
from crossfix.checking.calendar_dates import WEEKDAY_NAMES, dates_in, exists, named_days, no_days
from crossfix.checking.calendar_told import occasion_cue, past_days, plan_cue
from crossfix.checking.case import Case
from crossfix.model import Interval
from crossfix.record import Record
from crossfix.reference.occasions import occasions, told_in
from tests.record_builders import report

DAYS = st.dates(dt.date(1924, 1, 1), dt.date(2099, 12, 31))
SUMMIT = dt.date(2023, 8, 18)


# -------------------------------------------------------------------- weekdays


@given(DAYS)
def test_the_julian_day_number_gives_the_weekday_of_datetime(day: dt.date) -> None:
    assert julian_day_number(day) % 7 == day.weekday()
    assert julian_day_number(day + dt.timedelta(days=1)) == julian_day_number(day) + 1


def test_the_julian_day_number_of_a_known_noon() -> None:
    assert julian_day_number(dt.date(2000, 1, 1)) == 2_451_545


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_supported_exactly_where_it_is_the_date_s(day: dt.date, told: int) -> None:
    result = weekday_result(day, told, "as told")
    assert (result.verdict == "supported") == (day.weekday() == told)
    assert result.verdict in ("supported", "contradicted")
    if result.verdict == "contradicted":
        near = dt.date.fromisoformat(str(result.working["nearest_such_weekday"]))
        assert near.weekday() == told
        assert abs((near - day).days) <= 3


@given(
    DAYS,
    st.sampled_from(
        ["{w}, {m} {d}, {y}", "{w} {d} {m} {y}", "{w} night, {m} {d}, {y}", "{m} {d}, {y} ({w})", "{w} ({d} {m} {y})"]
    ),
)
def test_a_weekday_beside_its_date_is_read_in_every_form(day: dt.date, form: str) -> None:
    text = "It was seen on " + form.format(w=f"{day:%A}", m=f"{day:%B}", d=day.day, y=day.year) + ", they said."
    found = list(named_days(text))
    assert [(x.year, x.month, x.day, x.weekday) for x in found] == [(day.year, day.month, day.day, day.weekday())]
    assert text[found[0].start : found[0].end] == found[0].words


@pytest.mark.parametrize(
    "text",
    [
        "open Friday-Sunday, Dec. 15-17, 2023",
        "from Monday through Friday, December 22, 2023",
        "on Monday and Tuesday, December 19, 2023",
        "late Sunday (Dec. 18 in Korea)",
        "wrote the Mail on Sunday, December 18, 2023",
        "The Sun, Dec. 18, 2023",
        "On Tuesday, May 12 candidates came",
        "Bloody Sunday, 22 January 1905",
        "Wednesday, December 18-20, 2023",
        "Monday's talks of December 19, 2023",
        "version Sun, 18.12",
    ],
)
def test_phrases_that_can_mean_another_day_are_left_alone(text: str) -> None:
    assert list(named_days(text)) == []


def test_a_day_without_its_year_takes_that_of_a_stated_date_near_it() -> None:
    assert year_near(12, 30, dt.date(2024, 1, 2)) == dt.date(2023, 12, 30)
    assert year_near(1, 2, dt.date(2023, 12, 30)) == dt.date(2024, 1, 2)
    assert year_near(6, 1, dt.date(2023, 12, 30)) is None
    assert year_near(2, 29, dt.date(2023, 3, 1)) is None


# -------------------------------------------------------------------- days that do not exist


@given(st.integers(1, 12), st.integers(29, 31), st.integers(1924, 2099))
def test_a_day_exists_as_datetime_has_it(month: int, day: int, year: int) -> None:
    try:
        dt.date(year, month, day)
        real = True
    except ValueError:
        real = False
    assert exists(month, day, year) == real
    text = f"It opened on {dt.date(2000, month, 1):%B} {day}, {year}."
    assert bool(list(no_days(text))) == (not real)
    assert bool(list(dates_in(text))) == real


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fell on 31 September.", "31 September"),
        ("signed on February 30, in Rome", "February 30"),
        ("valid until April 31.", "April 31"),
        ("dated February 29, 2023", "February 29, 2023"),
        ("the 31st of June 2022", "31st of June 2022"),
        ("row 2023-02-30 of the list", "2023-02-30"),
    ],
)
def test_days_of_no_calendar_are_found(text: str, words: str) -> None:
    found = list(no_days(text))
    assert [x.words for x in found] == [words]
    assert no_day_result(found[0]).verdict == "contradicted"


@pytest.mark.parametrize(
    "text",
    [
        "In September 31 people were hurt.",
        "since February 30 people have left",
        "on February 30-year-old laws",
        "in June 31 percent agreed",
        "February 29, 2024",
        "on February 29 it rained",
        "by April 31% had gone",
        "file-2023-02-30-a",
    ],
)
def test_numbers_that_count_something_are_no_days(text: str) -> None:
    assert list(no_days(text)) == []


# -------------------------------------------------------------------- dates after the stated date


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The rocket was fired on 18 December 2023 from a pad.", "was"),
        ("On December 18, 2023, the North launched a rocket.", "launched"),
        ("They met in Rome on Monday, Dec. 18, 2023.", "met"),
        ("The bank said Friday, Dec. 29, 2017, that it would close.", "said"),
    ],
)
def test_past_dates_are_read(text: str, cue: str) -> None:
    assert [x.cue for x in past_days(text)] == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "The summit will be held on 18 December 2023.",
        "The summit was to be held on 18 December 2023.",
        "It was expected to open on 18 December 2023.",
        "They had planned to meet on 18 December 2023.",
        "The bond, issued in March, was due on 18 December 2023.",
        "The vote scheduled on 18 December 2023 was called off.",
        "On 18 December 2023, the town will have voted.",
        "This article was amended on 18 December 2023.",
        "He said the deal would be signed on 18 December 2023.",
        "The treaty expires on 18 December 2023.",
        "The permit was valid until 18 December 2023.",
        "In the novel, the treaty was signed on 18 December 2031.",
    ],
)
def test_plans_limits_and_notes_are_not_past(text: str) -> None:
    assert list(past_days(text)) == []


@given(st.integers(-400, 400))
def test_a_past_date_speaks_against_a_stated_date_only_beyond_two_days(gap: int) -> None:
    stated = dt.date(2023, 6, 15)
    result = future_result(stated, "header", stated + dt.timedelta(days=gap), "was")
    verdict = result.verdict if result else None
    assert verdict == ("contradicted" if gap > 2 else "supported" if gap >= -30 else None)


# -------------------------------------------------------------------- occasions


def _told(side: str, day: dt.date = SUMMIT, own: bool = True) -> Told:
    return Told("x", "summit", day, day, "ahead" if side == "ahead" else "past", "will", own)


@given(st.integers(-500, 500), st.sampled_from(["past", "ahead"]), st.booleans())
def test_an_occasion_speaks_against_a_date_only_with_the_text_s_own_time(gap: int, side: str, agrees: bool) -> None:
    stated = SUMMIT + dt.timedelta(days=gap)
    written = (stated, stated) if agrees else (SUMMIT, SUMMIT)
    result = occasion_result(stated, "header", [_told(side)], written)
    wrong = (side == "ahead" and gap > 1) or (side == "past" and gap < -2)
    if wrong and not agrees:
        assert result is not None
        assert result.verdict == "contradicted"
        assert abs(int(str(result.working[f"days_from_{side}_to_stated_date"]))) == abs(gap)
    elif wrong:
        assert result is None
    elif abs(gap) <= 60:
        assert result is not None
        assert result.verdict == "supported"
    else:
        assert result is None


def test_a_plan_in_the_next_sentence_alone_does_not_speak_for_a_date() -> None:
    assert occasion_result(dt.date(2023, 8, 10), "header", [_told("ahead", own=False)], None) is None


def _side(text: str) -> str | None:
    (found,) = [(o, at) for o, at in told_in(text) if not o.common]
    cue = occasion_cue(text, found[1])
    return cue.side if cue else None


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Mr Biden will host a trilateral summit at Camp David in August.", "ahead"),
        ("The upcoming trilateral summit at Camp David draws crowds.", "ahead"),
        ("The trilateral summit at Camp David aims to mend ties.", "ahead"),
        ("The three met at a trilateral summit at Camp David.", "past"),
        ("Trade grew after the trilateral summit at Camp David.", "past"),
        ("The trilateral summit at Camp David produced a pact.", "past"),
        ("They had planned to talk at the trilateral summit at Camp David.", None),
        ("On the anniversary of the trilateral summit at Camp David they will meet.", None),
        ("The trilateral summit at Camp David was to be held there.", None),
    ],
)
def test_occasions_are_told_as_past_or_to_come_by_clear_words_only(text: str, side: str | None) -> None:
    assert _side(text) == side


def test_plans_of_the_next_sentence() -> None:
    assert plan_cue("The countries plan to sign it.") is not None
    assert plan_cue("The plan to sign it failed.") is None
    assert plan_cue("They had planned to sign it.") is None


def test_the_time_of_writing_against_the_stated_date() -> None:
    written = Interval.parse("2023-08-17/2023-08-18")
    early = written_result(dt.date(2023, 1, 10), "header", written)
    assert early is not None
    assert (early.verdict, early.working["days_from_stated_date_to_written"]) == ("tension", 219)
    assert written_result(dt.date(2023, 8, 15), "header", written) is None
    assert written_result(dt.date(2023, 11, 10), "header", written) is None


# -------------------------------------------------------------------- the record


def _findings(tmp_path: Path, text: str, published: str | None, written: str | None = None) -> dict[str, str]:
    import dataclasses

    made, raw = report(text, published=published)
    made = dataclasses.replace(made, written=Interval.parse(written) if written else None)
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(made, raw)
        out = {}
        for q in check.questions(Case(record)):
            result = q.ask()
            assert result is not None
            assert q.evidence
            assert all(record.passage(e) for e in q.evidence)
            out[f"{q.kind} {q.about}".strip()] = result.verdict
        return out


def test_a_document_s_findings(tmp_path: Path) -> None:
    text = (
        "The envoy came on Monday, December 18, 2023. He had left on Monday, December 17. It ends on 31 November 2023."
    )
    assert _findings(tmp_path, text, "2023-12-20") == {
        "calendar.weekday 2023-12-18, Monday": "supported",
        "calendar.weekday 2023-12-17, Monday": "contradicted",
        "calendar.no_such_day 31 November 2023": "contradicted",
        "calendar.future": "supported",
    }


def test_a_date_after_the_stated_date(tmp_path: Path) -> None:
    assert _findings(tmp_path, "The bridge was opened on 3 May 2023.", "2023-03-01") == {
        "calendar.future": "contradicted"
    }


def test_a_summit_to_come_under_a_later_date(tmp_path: Path) -> None:
    text = "The trilateral summit at Camp David aims to mend ties. The three plan to sign a pact."
    found = _findings(tmp_path, text, "2023-11-10", "2023-08-17/2023-08-18")
    assert found == {"calendar.occasion": "contradicted"}


def test_a_text_of_a_later_time_without_an_occasion(tmp_path: Path) -> None:
    import dataclasses

    from crossfix.model import Span, Time

    text = "The harbour was closed in May 2023. It is calm."
    made, raw = report(text, published="2022-11-10")
    at = text.index("May 2023")
    time = Time(Span.of(text, at, at + 8), "DATE", "2023-05", Interval.parse("2023-05"), "month and year")
    made = dataclasses.replace(made, written=Interval.parse("2023-05/2023-07"), times=(time,))
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(made, raw)
        (q,) = check.questions(Case(record))
        assert (q.kind, [record.passage(e) for e in q.evidence]) == ("calendar.written", ["May 2023"])
        result = q.ask()
        assert result is not None
        assert result.verdict == "tension"


def test_a_text_of_a_later_time_with_no_date_to_show_asks_nothing(tmp_path: Path) -> None:
    assert _findings(tmp_path, "The harbour is calm.", "2022-11-10", "2023-05/2023-07") == {}


def test_undated_documents_and_plain_texts_ask_nothing(tmp_path: Path) -> None:
    assert _findings(tmp_path, "The trilateral summit at Camp David aims to mend ties.", None) == {}


def test_the_seeds(shared: Path, tmp_path: Path) -> None:
    from crossfix.pipeline import extract
    from crossfix.reading import Source, read

    paths = [*sorted((shared / "seeds").glob("*.txt")), *sorted((shared / "eval/data/record/texts").glob("wh-*.txt"))]
    assert len(paths) > 3
    found = []
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        for path in paths:
            data = path.read_bytes()
            record.add(extract(read(Source(str(path), data)), fast=True), data)
        for q in check.questions(Case(record)):
            result = q.ask()
            if result and result.verdict != "supported":
                name = Path(record.document(q.subject).file).name
                found.append((name[:3], q.kind, result.verdict, result.working.get("days_from_ahead_to_stated_date")))
    assert found == [("000", "calendar.occasion", "contradicted", 84)]


def test_the_table_of_occasions_is_whole() -> None:
    rows = occasions()
    assert len({o.id for o in rows}) == len(rows)
    assert all(o.source and o.licence for o in rows)
    recent = [o for o in rows if 2022 <= o.first.year <= 2024 and not o.name.startswith("North Korean missile test")]
    assert len(recent) >= 150
    assert WEEKDAY_NAMES[dt.date(2023, 12, 18).weekday()] == "Monday"
