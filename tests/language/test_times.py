"""Times: values, intervals, anchors, and what may never happen. All texts are ours."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.language.parse import Parse, parse
from crossfix.language.times import times
from crossfix.language.times.days import easter, interval_of_value, part_of, span_of_value
from crossfix.model import Document, Interval, Time


def document(text: str, published: str | None = "2023-12-20", **header: str) -> Document:
    return Document("t.txt", "0" * 64, "text/plain", text, published=published, language="en", header=header)


@lru_cache(maxsize=64)
def tree_of(text: str) -> Parse:
    return parse(document(text))


def read(text: str, published: str | None = "2023-12-20", **header: str) -> dict[str, Time]:
    doc = document(text, published, **header)
    return {t.span.text: t for t in times(tree_of(text), doc)[0]}


# the document is of Wednesday, 20 December 2023 in all rows
ROWS = [
    ("The ministry spoke on November 28, 2023.", "November 28, 2023", "2023-11-28", "2023-11-28"),
    ("The ministry spoke on 28 November 2023.", "28 November 2023", "2023-11-28", "2023-11-28"),
    ("It began on the 30th of December 2022.", "the 30th of December 2022", "2022-12-30", "2022-12-30"),
    ("The log says 2023-11-28.", "2023-11-28", "2023-11-28", "2023-11-28"),
    ("It was launched on Dec. 18.", "Dec. 18", "2023-12-18", "2023-12-18"),
    ("The plant opened in November 2021.", "November 2021", "2021-11", "2021-11"),
    ("The train left in early May.", "early May", "2023-05", "2023-05"),
    ("The train left in mid-October.", "mid-October", "2023-10", "2023-10"),
    ("The train left in late November.", "late November", "2023-11", "2023-11"),
    ("The envoy arrived on Monday.", "Monday", "2023-12-18", "2023-12-18"),
    ("The envoy will arrive on Friday.", "Friday", "2023-12-22", "2023-12-22"),
    ("He met them last Friday.", "last Friday", "2023-12-15", "2023-12-15"),
    ("They met last week.", "last week", "2023-W50", "2023-12-11/2023-12-17"),
    ("They met last month.", "last month", "2023-11", "2023-11"),
    ("They met this month.", "this month", "2023-12", "2023-12"),
    ("They met last year.", "last year", "2022", "2022"),
    ("It came toward the end of last year.", "the end of last year", "2022", "2022"),
    ("The first half of 2023 was calm.", "The first half of 2023", "2023-H1", "2023-01-01/2023-06-30"),
    ("It was built in the third quarter of 2022.", "the third quarter of 2022", "2022-Q3", "2022-07-01/2022-09-30"),
    ("The site closed in the 1990s.", "the 1990s", "199", "1990-01-01/1999-12-31"),
    ("The fort is of the 19th century.", "the 19th century", "18", "1800-01-01/1899-12-31"),
    ("They trained on 13-17 September.", "13-17 September", "2023-09-13/2023-09-17", "2023-09-13/2023-09-17"),
    ("They trained from September 13 to 17, 2022.", "September 13 to 17, 2022", "2022-09-13/2022-09-17", "2022-09-13/2022-09-17"),
    ("It was in service in 2018-2021.", "2018-2021", "2018/2021", "2018-01-01/2021-12-31"),
    ("It was Juche 112.  On May 31, Juche 112 (2023) it flew.", "May 31, Juche 112 (2023)", "2023-05-31", "2023-05-31"),
    ("The sample was taken two weeks ago.", "two weeks ago", "2023-W49", "2023-12-04/2023-12-10"),
    ("It was seen 10 days ago.", "10 days ago", "2023-12-10", "2023-12-10"),
    ("They met yesterday morning.", "yesterday morning", "2023-12-19TMO", "2023-12-19"),
    ("The ship sailed last summer.", "last summer", "2023-SU", "2023-06-01/2023-08-31"),
    ("It flew on Christmas Day 2022.", "Christmas Day 2022", "2022-12-25", "2022-12-25"),
    ("He spoke three years ago.", "three years ago", "2020", "2020"),
    ("As the war in Ukraine nears its second anniversary, it goes on.", "its second anniversary", "2024-02-24", "2024-02-24"),
    ("It began on 3 May 2011. On its tenth anniversary they met.", "its tenth anniversary", "2021-05-03", "2021-05-03"),
    ("Output fell in the fiscal year 2021-22.", "the fiscal year 2021-22", "2021/2022", "2021-01-01/2022-12-31"),
    ("They drilled in Q3.", "Q3", "2023-Q3", "2023-07-01/2023-09-30"),
    ("This spring they drilled.", "This spring", "2023-SP", "2023-03-01/2023-05-31"),
    ("They met on Lunar New Year 2023.", "Lunar New Year 2023", "2023-01-22", "2023-01-22"),
    ("On the night of 21 November it flew.", "the night of 21 November", "2023-11-21TNI", "2023-11-21"),
    ("It was closed on May 3. Since then nobody came.", "then", "2023-05-03", "2023-05-03"),
    ("It had been due to end on Friday.", "Friday", "2023-12-15", "2023-12-15"),
    ("He said the talks would end by Friday.", "Friday", "2023-12-22", "2023-12-22"),
    ("A cut was announced in the January deliveries.", "January", "2023-01", "2023-01"),
    ("A rocket rose on 21 August. It fell on the 24th.", "the 24th", "2023-08-24", "2023-08-24"),
    ("One flew on the 30th of November and one on the 2nd.", "the 2nd", "2023-12-02", "2023-12-02"),
    ("It began on 9 May 2020. It ended three years to the day later.", "three years to the day later", "2023-05-09", "2023-05-09"),
    ("They signed on 19 June 2023. Two weeks after that, they fell out.", "Two weeks after that", "2023-07-03", "2023-07-03"),
    ("It was the fifth test of the year.", "the year", "2023", "2023"),
    ("Net income for the quarter ended Sept. 30 fell.", "the quarter", "2023-Q3", "2023-07-01/2023-09-30"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expression", "value", "interval"), ROWS)
def test_value_and_interval(text: str, expression: str, value: str, interval: str) -> None:
    found = read(text)
    assert expression in found, sorted(found)
    assert (found[expression].value, str(found[expression].interval)) == (value, interval)
    assert found[expression].anchor


@pytest.mark.parametrize(
    ("text", "expression", "mod", "part"),
    [
        ("The train left in early May.", "early May", "START", "2023-05-01/2023-05-10"),
        ("The train left in mid-October.", "mid-October", "MID", "2023-10-11/2023-10-20"),
        ("The train left in late November.", "late November", "END", "2023-11-21/2023-11-30"),
        ("It came toward the end of last year.", "the end of last year", "END", "2022-11-01/2022-12-31"),
        ("It came in the last days of 2022.", "the last days of 2022", "END", "2022-12-22/2022-12-31"),
        ("Earlier this month they met.", "Earlier this month", "", "2023-12-01/2023-12-20"),
        ("They sold it in the early 1990s.", "the early 1990s", "START", "1990-01-01/1993-12-31"),
        ("It was sold in or about March 2022.", "March 2022", "APPROX", "None"),
        ("At least three weeks passed.", "At least three weeks", "EQUAL_OR_MORE", "None"),
        ("It failed two days before the December 18 launch.", "two days", "", "2023-12-16"),
        ("It flew 85 days after the 24 August failure.", "85 days", "", "2023-11-17"),
    ],
)
def test_modifiers_and_the_part_they_leave(text: str, expression: str, mod: str, part: str) -> None:
    found = read(text)
    assert expression in found, sorted(found)
    assert (found[expression].mod, str(found[expression].part)) == (mod, part)


@pytest.mark.parametrize(
    ("text", "expression", "bounds"),
    [
        ("Recently the pace grew.", "Recently", "../2023-12-20"),
        ("In recent months they met.", "recent months", "../2023-12-20"),
        ("More is expected in the coming weeks.", "the coming weeks", "2023-12-20/.."),
        ("It was sunk on 3 May 2023. Weeks later it was raised.", "Weeks", "2023-05-03/.."),
        ("They fell out weeks before the 9 May parade.", "weeks", "../2023-05-09"),
    ],
)
def test_vague_words_keep_an_open_end_and_say_why(text: str, expression: str, bounds: str) -> None:
    found = read(text)
    assert expression in found, sorted(found)
    assert found[expression].interval is None
    assert found[expression].bounds == bounds
    assert found[expression].anchor
    assert read(text, None)[expression].bounds in (None, "2023-05-03/..", "../2023-05-09")


def test_lengths_that_end_on_a_named_day_have_days() -> None:
    found = read("Sales for the 12 months to June 2023 rose; for the year ended Sept. 30 they fell.")
    assert str(found["the 12 months"].interval) == "2022-07-01/2023-06-30"
    assert (found["the year"].value, str(found["the year"].interval)) == ("P1Y", "2022-10-01/2023-09-30")


def test_earlier_than_is_no_date() -> None:
    assert read("It came 85 days earlier than planned.")["85 days earlier"].type == "DURATION"


def test_a_headline_in_the_present_tense_tells_of_the_past() -> None:
    assert read("Envoy begins talks in Seoul Monday\n\nNobody knew.")["Monday"].value == "2023-12-18"
    assert read("The envoy begins talks in Seoul on Monday.")["Monday"].value == "2023-12-25"


def test_a_limit_lies_ahead_only_where_the_verb_sets_one() -> None:
    assert read("They extended the talks until Friday.")["Friday"].value == "2023-12-22"
    assert read("They marched until Friday.")["Friday"].value == "2023-12-15"
    assert read("By Sunday the yard was empty.")["Sunday"].value == "2023-12-17"


def test_a_count_since_a_date_is_no_step_of_an_account() -> None:
    text = "Since January 1, 2021, it has sent 40 ships. In August it sent three."
    assert read(text)["August"].value == "2023-08"


def test_a_years_verb_is_not_another_verbs() -> None:
    text = "Under a plan approved in 2011, the yard had built 20 hulls through Sept. 29."
    assert read(text)["Sept. 29"].value == "2023-09-29"
    assert read("In 2011 he left on Sept. 29.")["Sept. 29"].value == "2011-09-29"


@pytest.mark.parametrize(
    ("text", "expression", "kind", "value"),
    [
        ("The talks lasted three days.", "three days", "DURATION", "P3D"),
        ("A two-year ban followed.", "two-year", "DURATION", "P2Y"),
        ("The flight took 74 minutes and 20 seconds.", "74 minutes and 20 seconds", "DURATION", "PT74M20S"),
        ("They shelled it for several months.", "several months", "DURATION", "PXM"),
        ("The drill is held every year.", "every year", "SET", "P1Y"),
        ("They meet twice a week.", "twice a week", "SET", "P1W"),
        ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("It is now silent.", "now", "DATE", "PRESENT_REF"),
        ("It fired in recent years.", "recent years", "DATE", "PAST_REF"),
        ("It will fire in the near future.", "the near future", "DATE", "FUTURE_REF"),
    ],
)
def test_lengths_sets_and_vague_times_have_no_days(text: str, expression: str, kind: str, value: str) -> None:
    found = read(text)[expression]
    assert (found.type, found.value, found.interval) == (kind, value, None)


def test_clock_times_carry_their_zone() -> None:
    found = read("The missile was fired at 0824 KST on December 18.")
    (time,) = [t for t in found.values() if t.type == "TIME"]
    assert time.value == "2023-12-18T08:24"
    assert "KST" in time.anchor
    assert read("It fell at 0424 GMT.")["0424 GMT"].value == "2023-12-20T04:24Z"


def test_narrative_anchors_go_by_the_date_told_before() -> None:
    found = read(
        "In January, the agency showed pictures of trains that had crossed the previous November. On March 3 it showed more. "
        "The next day a spokesman denied it. A week earlier he had been silent. The following month he resigned."
    )
    assert found["January"].value == "2023-01"
    assert found["the previous November"].value == "2022-11"
    assert found["The next day"].value == "2023-03-04"
    assert str(found["A week earlier"].interval) == "2023-02-25"
    assert found["The following month"].value == "2023-03"
    assert "January" in found["the previous November"].anchor


def test_that_september_and_counts_back() -> None:
    found = read(
        "The treaty was signed on June 5, 2019. That September it was ratified. 85 days earlier it had been a draft."
    )
    assert found["That September"].value == "2019-09"
    assert "85 days earlier" in found


def test_coordinated_months_and_days_are_separate() -> None:
    found = read("Launches failed in May and August. Tests were made on April 3 and 5.")
    assert [found[m].value for m in ("May", "August")] == ["2023-05", "2023-08"]
    assert [found[d].value for d in ("April 3", "5")] == ["2023-04-03", "2023-04-05"]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.", "They march on.", "Resolution 1718 was adopted.", "Resolutions 1874 and 2094 bind all.", "It cost $2000.",
        "The 44-year-old driver left.", "About 2000 troops crossed.", "Flight 1999 landed.", "He sat down in the fall of the house.",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert not [t for t in read(text).values() if t.interval]


def test_without_any_date_nothing_is_invented() -> None:
    found = read("On November 28 the ship sailed. It came back on Tuesday.", None)
    assert found["November 28"].value == "XXXX-11-28"
    assert found["Tuesday"].value == "XXXX-WXX-2"
    assert all(t.interval is None for t in found.values())


def test_months_without_a_document_date_take_the_year_named_before() -> None:
    found = read("The plan was made in 2021. In May the first ship sailed.", None)
    assert found["May"].value == "2021-05"


# -------------------------------------------------------------------- when was it written?

INVASION = "As the war in Ukraine approaches its second anniversary, trade grows. "


def written(text: str, published: str | None = None, **header: str) -> str | None:
    doc = document(text, published, **header)
    got = times(parse(doc), doc)[1]
    return str(got) if got else None


def test_an_anniversary_that_approaches_bounds_the_time_of_writing() -> None:
    assert written(INVASION) == "2023-11-24/2024-02-23"


def test_a_weekday_told_with_a_known_occasion_is_that_day() -> None:
    text = (
        INVASION + "The North on Monday carried out its fifth ICBM test of the year. In January it had shown a model."
    )
    doc = document(text, "2024-01-25")
    found, interval = times(parse(doc), doc)
    by_text = {t.span.text: t for t in found}
    assert by_text["Monday"].value == "2023-12-18"
    assert "occasion" in by_text["Monday"].anchor
    assert by_text["January"].value == "2023-01"
    assert str(interval) == "2023-12-18/2023-12-24"


def test_an_occasion_to_come_bounds_it_from_above_whatever_the_page_says() -> None:
    text = "The current trilateral summit with Japan and South Korea at Camp David will deal with drills."
    assert written(text, "2023-11-10") == "2023-08-17/2023-08-18"
    assert written(text, None) == "2023-08-17/2023-08-18"
    assert written(text, "2023-08-18") == "2023-08-18"
    assert written(text.replace("current", "planned"), "2023-08-01") == "2023-08-01"


def test_a_war_that_goes_on_is_not_to_come() -> None:
    text = "The sender will use them in its war in Ukraine, the spokesman said this morning."
    assert written(text, "2024-09-12") == "2024-09-12"


def test_a_weekday_of_something_else_is_not_an_occasions() -> None:
    text = "Sunday's local election comes weeks after the North carried out its sixth nuclear test."
    assert written(text, "2017-10-19") == "2017-10-19"


def test_a_lower_bound_alone_dates_nothing() -> None:
    text = "Since the 9/11 attacks, checks have grown. Last week a new rule was made; on Monday it was read."
    doc = document(text, None)
    found, interval = times(parse(doc), doc)
    assert interval is None
    assert all(t.interval is None for t in found)


def test_a_weekday_that_is_dated_is_not_an_occasions() -> None:
    text = "On Friday, October 25, they met for the first time since the trilateral summit of Japan and Korea at Camp David."
    assert written(text, "2024-10-25") == "2024-10-25"


def test_a_document_date_that_fits_is_kept() -> None:
    assert written("The minister spoke on Monday.", "2023-12-20") == "2023-12-20"
    assert written("The minister spoke.", None) is None


def test_a_datelines_day_takes_the_year_that_fits() -> None:
    assert written(INVASION, None, dateline_day="--12-18") == "2023-12-18/2023-12-19"


# -------------------------------------------------------------------- properties


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_is_read_and_spans_are_exact(text: str) -> None:
    doc = document(text)
    for t in times(parse(doc), doc)[0]:
        assert text[t.span.start : t.span.end] == t.span.text


def agrees(t: Time) -> None:
    """Value, interval, part and bounds say the same; every end is in order."""
    days = span_of_value(t.value)
    if t.type in ("DATE", "TIME"):
        assert (t.interval.first, t.interval.last) == days if t.interval else days is None
    if t.interval and t.type == "DURATION" and (m := re.fullmatch(r"P(\d+)([DWMQY])", t.value)):
        low, high = {"D": (1, 1), "W": (7, 7), "M": (28, 31), "Q": (90, 92), "Y": (365, 366)}[m[2]]
        length = (t.interval.last - t.interval.first).days + 1
        assert low * int(m[1]) - 1 <= length <= high * int(m[1]) + 1
    if t.interval:
        assert t.interval.first <= t.interval.last
        assert Interval.parse(str(t.interval)) == t.interval
    if t.part:
        assert t.part.first <= t.part.last
        if t.interval:
            assert t.interval.first <= t.part.first <= t.part.last <= t.interval.last
    if t.bounds:
        assert t.interval is None
        first, last = t.bounds.split("/")
        assert (first == "..") != (last == "..")
        dt.date.fromisoformat(last if first == ".." else first)
    assert t.anchor


_WORDS = st.sampled_from(
    "the next previous last week month year May March 3 31 2022 1999 February 30 Feb. 29 of early late mid- Monday night ago "
    "recently coming weeks 12 months to ended anniversary since then Q3 May-July 3-5 days later morning first "
    "earlier two 99999 before after first quarter half century on in and , . 12:61 GMT a.m. decade 1000000 years fiscal that".split()
)


@given(st.lists(_WORDS, max_size=40))
def test_jumbled_words_of_time_are_read_and_agree(words: list[str]) -> None:
    doc = document(" ".join(words))
    found = times(parse(doc), doc)[0]
    for a, b in pairwise(found):
        assert a.span.end <= b.span.start
    for t in found:
        agrees(t)


@given(
    st.integers(0, 6),
    st.dates(dt.date(1950, 1, 8), dt.date(2049, 12, 1)),
    st.integers(-200, 200),
    st.sampled_from(["spoke", "will speak"]),
)
def test_weekdays_move_with_the_document_by_whole_weeks(number: int, day: dt.date, weeks: int, verb: str) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    text = f"The minister {verb} on {name}."
    one = read(text, day.isoformat())[name].interval
    moved = day + dt.timedelta(weeks=weeks)
    other = read(text, moved.isoformat())[name].interval
    assert one
    assert other
    assert other.first - one.first == moved - day
    assert one.first.weekday() == number
    assert abs((one.first - day).days) <= 6


@given(st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)), st.integers(0, 4000))
def test_intervals_are_written_and_read_back(first: dt.date, length: int) -> None:
    last = dt.date.fromordinal(min(first.toordinal() + length, dt.date(9998, 12, 31).toordinal()))
    interval = Interval.days(first, last)
    assert (interval.first, interval.last) == (first, last)
    assert Interval.parse(str(interval)) == interval
    assert interval_of_value(str(interval)) == interval


@given(st.dates(dt.date(1901, 1, 1), dt.date(2049, 12, 31)))
def test_full_dates_come_back_in_every_order(day: dt.date) -> None:
    month = day.strftime("%B")
    forms = (f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", day.isoformat())
    found = read(f"It was opened on {forms[0]}. It was seen on {forms[1]}. It was closed on {forms[2]}.")
    for form in forms:
        assert found[form].value == day.isoformat()
        assert str(found[form].interval) == day.isoformat()


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.integers(1, 400),
    st.sampled_from(["START", "MID", "END", "H1", "H2"]),
)
def test_a_part_lies_within_its_whole(first: dt.date, length: int, part: str) -> None:
    last = first + dt.timedelta(days=length)
    a, b = part_of(first, last, part)
    assert first <= a <= b <= last


def test_easter() -> None:
    assert [easter(y).isoformat() for y in (1999, 2000, 2024, 2025)] == [
        "1999-04-04",
        "2000-04-23",
        "2024-03-31",
        "2025-04-20",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "the last week of the first quarter of ",
        "3, 5, 7, 9 and ",
        "Monday, May 3, ",
        "8:24 a.m. (2324 GMT) ",
        "second anniversary ",
        "1 2 3 4 ",
    ],
)
def test_long_lines_take_linear_time(words: str) -> None:
    import time

    def cost(n: int) -> float:
        doc = document((words * (n // len(words) + 1))[:n])
        tree = parse(doc)
        start = time.process_time()
        times(tree, doc)
        return time.process_time() - start

    cost(200)
    assert cost(16_000) < 16 * max(cost(2_000), 0.01)  # eight times the text; a square would be 64 times the cost


def test_timebank_value(shared: object) -> None:
    """A floor on a slice of the shared development data: value F1 as the scorer counts it."""
    import json
    import sys
    from pathlib import Path

    folder = Path(str(shared)) / "eval"
    sys.path.insert(0, str(folder))
    try:
        import score_times
    finally:
        sys.path.remove(str(folder))
    split = folder / "data/times/tbaq"
    gold = [json.loads(x) for x in (split / "gold.jsonl").read_text(encoding="utf-8").splitlines()][:14]
    predictions = {}
    for g in gold:
        text = (split / g["file"]).read_bytes().decode()
        doc = document(text, g["published"])
        g["text"] = text
        predictions[Path(g["file"]).name] = {
            "text": text,
            "times": [
                {"start": t.span.start, "end": t.span.end, "text": t.span.text, "type": t.type, "value": t.value,
                 "interval": str(t.interval) if t.interval else None}
                for t in times(parse(doc), doc)[0]
            ],
        }  # fmt: skip
    assert score_times.score(gold, predictions)["value"]["f1"] >= 70


def test_a_weekday_that_is_tomorrow_here_and_today_in_east_asia() -> None:
    text = "North Korea fired a missile over Japan on Friday, the Pentagon said."
    document = Document("x.txt", "0" * 64, "text/plain", text, published="2017-09-14", language="en")
    (found,) = [t for t in times(parse(document), document)[0] if t.span.text == "Friday"]
    assert str(found.interval) == "2017-09-15"
    assert "East Asia" in found.anchor
    elsewhere = Document(
        "x.txt", "0" * 64, "text/plain", "Oslo closed the port on Friday.", published="2017-09-14", language="en"
    )
    (found,) = [t for t in times(parse(elsewhere), elsewhere)[0] if t.span.text == "Friday"]
    assert str(found.interval) == "2017-09-08"


@pytest.mark.parametrize(
    ("text", "local", "zone", "utc"),
    [
        ("It flew at 8:24 a.m. (2324 GMT) on 18 December 2023.", "2023-12-18T08:24", "UTC+09:00", "2023-12-17T23:24Z"),
        ("It flew at 10:42 p.m. (1342 GMT) on 21 November 2023.", "2023-11-21T22:42", "UTC+09:00", "2023-11-21T13:42Z"),
        ("It was seen at 7 p.m. (0000 GMT) on 3 May 2022.", "2022-05-03T19:00", "UTC-05:00", "2022-05-04T00:00Z"),
        ("It flew at 2327 GMT (6:27 a.m.) on 31 May 2023.", "2023-05-31T06:27", "UTC+07:00", "2023-05-30T23:27Z"),
    ],
)
def test_two_clocks_of_one_moment_give_the_zone_and_the_other_day(text: str, local: str, zone: str, utc: str) -> None:
    found = {t.value: t for t in times(parse(document(text)), document(text))[0]}
    assert found[local].zone == zone
    assert utc in found
    assert str(found[utc].interval) == utc[:10]


def test_a_clock_and_its_day_are_one_expression() -> None:
    assert read("It was seen at 0124 GMT on 12 July 2023.")["0124 GMT on 12 July 2023"].value == "2023-07-12T01:24Z"
    assert read("It was seen on 12 July 2023 at 0124 GMT.")["12 July 2023 at 0124 GMT"].value == "2023-07-12T01:24Z"
