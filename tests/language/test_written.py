"""When a text was written: each kind of evidence, past and to come, what happens where it disagrees, and wrong page dates."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.language.parse import Parse, parse
from crossfix.language.times import times
from crossfix.language.times.written import Window, reference_of, window_of
from crossfix.model import Document, Furniture, Time
from crossfix.reading import Source, read


def document(text: str, published: str | None = None, **fields: Any) -> Document:
    return Document("x.txt", "0" * 64, "text/plain", text, language="en", published=published, **fields)


def window(text: str, **fields: Any) -> Window:
    doc = document(text, **fields)
    return window_of(parse(doc), doc)


def ends(text: str) -> tuple[str | None, str | None]:
    got = window(text)
    return (got.low.isoformat() if got.low else None), (got.high.isoformat() if got.high else None)


def written(text: str, published: str | None = None, **fields: Any) -> str | None:
    doc = document(text, published, **fields)
    got = times(parse(doc), doc)[1]
    return str(got) if got else None


def day_of(text: str, published: str | None, **fields: Any) -> str | None:
    doc = document(text, published, **fields)
    got = reference_of(parse(doc), doc).day
    return got.isoformat() if got else None


# -------------------------------------------------------------------- each kind of evidence, on both sides


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        # full dates
        ("The two ministers signed the paper on March 3, 2021.", "2021-03-03", None),
        ("The two ministers will sign the paper on March 3, 2021.", None, "2021-03-03"),
        ("The ferry sank on 14 May 2019. A second one burned on 2019-06-02.", "2019-06-02", None),
        ("They are scheduled to meet again on 9 June 2026.", None, "2026-06-09"),
        # months and years
        ("The mill closed in October 2022.", "2022-10-01", None),
        ("The mill will close in October 2022.", None, "2022-10-31"),
        ("The mayor resigned in 2014.", "2014-01-01", None),
        ("The harbour will open in 2031.", None, "2031-12-31"),
        ("The harbour will be finished by the end of 2031.", None, "2031-12-31"),
        # today, as of
        ("The river is falling today, March 3, 2021.", "2021-03-03", "2021-03-03"),
        ("The list, as of March 3, 2021, holds nine ships.", "2021-03-03", None),
        # a quoted dateline with its year
        ("SEOUL, Dec. 4, 2021 (Reuters) - The cabinet met for an hour.", "2021-12-04", "2021-12-05"),
        # occasions
        ("The leaders met at the Vilnius summit of NATO.", "2023-07-12", None),
        ("The leaders will meet at the Vilnius summit of NATO.", None, "2023-07-11"),
        # the age of a war
        ("The war in Ukraine is now in its third year, and prices are high.", "2024-02-24", "2025-02-24"),
        ("It is day 300 of the war in Ukraine, officials say.", "2022-12-19", "2022-12-21"),
        ("The 18-month-old war in Ukraine is costly.", "2023-05-24", "2023-11-24"),
        # who holds an office
        ("President Joe Biden said the talks would go on.", "2021-01-20", "2025-01-19"),
        ("President Joe Biden signed it.", "2021-01-20", None),
        ("Former President Joe Biden said the talks would go on.", None, None),
    ],
)  # fmt: skip
def test_each_kind_of_evidence(text: str, low: str | None, high: str | None) -> None:
    assert ends(text) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "The June 7, 2016 vote is what they talk about.",  # on a noun
        "They had planned to meet on June 7, 2016.",  # a plan of the past
        "The term ended on June 7, 2016.",  # terms end when they end
        "They would have met on June 7, 2016.",
        "The ship model 2016 is on sale.",
        "He ordered them to appear on June 7, 2016.",
        "Apples are red.",
        "",
    ],
)
def test_what_says_nothing(text: str) -> None:
    assert ends(text) == (None, None)
    assert written(text) is None


def test_evidence_keeps_its_passage_and_reason() -> None:
    text = "It rained. The two ministers signed the paper on March 3, 2021."
    got = window(text)
    (e,) = got.kept
    assert e.span.text == "March 3, 2021"
    assert text[e.span.start : e.span.end] == e.span.text
    assert "told as past" in e.why
    assert got.low_by is e


def test_a_copyright_line_bounds_from_above() -> None:
    line = "Copyright 2022 Harbour Post. All rights reserved."
    text = f"The mayor resigned in 2014.\n\n{line}"
    got = window(text, furniture=(Furniture(text.index(line), len(text), "legal"),))
    assert (got.low, got.high) == (dt.date(2014, 1, 1), dt.date(2022, 12, 31))


# -------------------------------------------------------------------- together

BOTH = "The plant opened on March 3, 2019. The council will vote on June 9, 2019."


def test_past_and_to_come_make_an_interval_and_wide_ones_are_given() -> None:
    assert written(BOTH) == "2019-03-03/2019-06-09"
    assert written("The mayor resigned in 2014. The harbour will open in 2018.") == "2014-01-01/2018-12-31"
    assert written("The mayor resigned in 1994. The harbour will open in 2018.") is None  # wider than ten years


def test_a_wide_interval_counts_no_days_but_dates_months() -> None:
    doc = document(BOTH + " Work began last week. In May a crane fell.")
    found = {t.span.text: t for t in times(parse(doc), doc)[0]}
    assert found["last week"].interval is None
    assert str(found["May"].interval) == "2019-05"


def test_days_without_a_year_narrow_the_interval() -> None:
    text = BOTH + " A crane fell on April 20. The mayor will speak on May 2."
    assert written(text) == "2019-04-20/2019-05-02"
    got = window(text)
    assert got.low_by is not None
    assert "April 20" in got.low_by.why


def test_a_weekday_picks_the_year() -> None:
    wide = "The mayor resigned in 2016. The harbour will open in 2021. A crane fell on {}, December 18."
    assert (window(wide.format("Monday")).low or dt.date.min) >= dt.date(2017, 12, 18)
    low = window(wide.format("Tuesday")).low
    assert low is not None
    assert low >= dt.date(2018, 12, 18)


def test_what_contradicts_is_dropped_with_a_reason() -> None:
    text = "The plant opened on March 3, 2019. It burned on May 4, 2019. The council will vote on June 9, 2011."
    got = window(text)
    assert (got.low, got.high) == (dt.date(2019, 5, 4), None)
    ((gone, why),) = got.dropped
    assert gone.span.text == "June 9, 2011"
    assert "but" in why
    assert gone not in got.kept


def test_one_wrong_past_date_does_not_outweigh_several_to_come() -> None:
    text = (
        "The council will vote on June 9, 2019. The mayor will speak on July 1, 2019. A fair will open on May 8, 2019. "
        "The plant opened on March 3, 2023."
    )
    got = window(text)
    assert (got.low, got.high) == (None, dt.date(2019, 5, 8))
    assert [e.span.text for e, _ in got.dropped] == ["March 3, 2023"]


# -------------------------------------------------------------------- against the page's date


@pytest.mark.parametrize("published", ["2019-04-01", "2019-03-03", "2019-06-09", "2019-03-02", "2019-06-10"])
def test_a_page_date_that_agrees_is_kept(published: str) -> None:
    assert day_of(BOTH, published) == published
    assert written(BOTH, published) == published


@pytest.mark.parametrize(
    "published", ["2018-04-01", "2020-04-01", "2019-07-09", "1970-01-01", "0001-01-01", "9999-12-31"]
)
def test_a_page_date_that_disagrees_is_set_aside(published: str) -> None:
    assert day_of(BOTH, published) != published
    assert written(BOTH, published) == "2019-03-03/2019-06-09"


def test_a_page_a_month_later_than_what_the_text_awaits() -> None:
    text = "A crane fell on April 20. The mayor will speak on May 2. Work began on Monday."
    assert day_of(text, "2019-04-24") == "2019-04-24"
    doc = document(text, "2019-05-24")
    found = {t.span.text: t for t in times(parse(doc), doc)[0]}
    assert "the text's own time" in found["Monday"].anchor
    assert str(found["April 20"].interval) == "2019-04-20"
    assert written(text, "2019-05-24") == "2019-04-20/2019-05-02"


def test_one_old_day_alone_sets_nothing_aside() -> None:
    assert day_of("A crane fell on May 26.", "2019-05-20") == "2019-05-20"


def test_a_guessed_page_date_is_set_aside_sooner() -> None:
    text = "A crane fell on May 26."
    assert day_of(text, "2019-05-20", published_basis="inferred") != "2019-05-20"
    assert day_of(text, "2019-05-20", published_basis="header") == "2019-05-20"


def test_a_weekday_that_fits_the_year_before_shows_a_reprint() -> None:
    text = "A crane fell on Monday, December 18. It was raised on Thursday."
    assert day_of(text, "2023-12-21") == "2023-12-21"
    assert day_of(text, "2024-12-21") == "2023-12-18"
    assert day_of(text, "2022-12-21") == "2022-12-21"  # only a later year fits: it may be a slip


def test_a_dateline_in_the_text_is_its_day() -> None:
    text = "PYONGYANG, November 22 (KCNA) -- The cabinet met for an hour on Tuesday."
    assert day_of(text, "2022-11-23") == "2022-11-23"
    assert day_of(text, "2022-12-22") == "2022-11-22"


def test_a_dateline_that_is_quoted_far_down_only_bounds_from_below() -> None:
    text = "The report was long.\n\nIt was new.\n\nIt said:\n\nSEOUL, Dec. 4, 2021 (Reuters) - The cabinet met for an hour."
    got = window(text)
    assert (got.low, got.high) == (dt.date(2021, 12, 4), None)


def test_an_office_alone_sets_nothing_aside() -> None:
    assert day_of("President Joe Biden said the talks would go on.", "2025-06-01") == "2025-06-01"


# -------------------------------------------------------------------- the two seeds


def wrong_dates(true: str) -> list[str | None]:
    day = dt.date.fromisoformat(true)
    return [
        (day + dt.timedelta(days=30)).isoformat(), day.replace(year=day.year + 1).isoformat(),
        day.replace(year=day.year - 1).isoformat(), (day + dt.timedelta(days=84)).isoformat(), None,
    ]  # fmt: skip


def seed(shared: Path, number: str) -> tuple[Document, Parse]:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    doc = read(Source(str(path)))
    return doc, parse(doc)


def dated(found: tuple[Time, ...], words: str) -> set[str]:
    return {str(t.interval) for t in found if t.span.text.lower().endswith(words)}


def test_seed_003_whatever_the_page_says(shared: Path) -> None:
    doc, tree = seed(shared, "003")
    for published in wrong_dates("2023-12-20"):
        found, interval = times(tree, replace(doc, published=published))
        assert dated(found, "monday") == {"2023-12-18"}, published
        assert "2023-01" in dated(found, "january"), published
        assert str(interval) == "2023-12-18/2023-12-24", published


def test_seed_000_whatever_its_header_says(shared: Path) -> None:
    doc, tree = seed(shared, "000")
    for published in [*wrong_dates("2023-08-18"), "2023-11-10"]:
        _, interval = times(tree, replace(doc, published=published))
        assert str(interval) == "2023-08-17/2023-08-18", published


# -------------------------------------------------------------------- properties

_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip


@settings(max_examples=20)
@given(
    st.integers(1990, 2030), st.integers(1, 15), st.tuples(st.integers(1, 12), st.integers(1, 28)), st.integers(0, 400)
)
def test_a_text_with_all_its_dates_moved_by_years_is_moved_by_as_many(
    year: int, years: int, start: tuple[int, int], days: int
) -> None:
    def at(base: int) -> Window:
        first = dt.date(base, *start)
        last = dt.date(base + (start[0] + days // 31 - 1) // 12, (start[0] + days // 31 - 1) % 12 + 1, start[1])
        return window(
            f"The plant opened on {_NAMES[first.month - 1]} {first.day}, {first.year}. "
            f"The council will vote on {_NAMES[last.month - 1]} {last.day}, {last.year}."
        )

    one, other = at(year), at(year + years)
    for a, b in ((one.low, other.low), (one.high, other.high)):
        assert a is not None
        assert b is not None
        assert (b.year - a.year, b.month, b.day) == (years, a.month, a.day)
    assert one.low is not None
    assert one.high is not None
    assert one.low <= one.high


_PIECES = st.sampled_from(
    "The plant opened|The council will vote|on March 3, 2019|on 31 December 9998|in 2014|in 2031|by the end of 1999|on Monday, May 5|"
    "on February 29|on Feb. 30|today, May 4, 2020|as of June 1, 1950|SEOUL, Dec. 18 (Reuters) -|PYONGYANG, November 22 (KCNA) --|"
    "President Obama said|day 9999 of the war in Ukraine|the war in Ukraine nears its 999th anniversary|the 4000-year-old war in Ukraine|"
    "is entering its thirtieth year|the summit of NATO in Vilnius|.|\n\n|,|on|2099-12-31|(c) 2020".split("|")
)


@settings(max_examples=40)
@given(st.lists(_PIECES, max_size=14), st.none() | st.dates().map(dt.date.isoformat))
def test_no_jumble_breaks_it_and_ends_are_in_order(pieces: list[str], published: str | None) -> None:
    doc = document(" ".join(pieces), published)
    tree = parse(doc)
    got = window_of(tree, doc)
    assert got.low is None or got.high is None or got.low <= got.high
    assert all(doc.text[e.span.start : e.span.end] == e.span.text for e in got.kept)
    reference = reference_of(tree, doc)
    assert reference.window is None or reference.window[0] <= reference.window[1]


def test_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(times_over: int) -> float:
        text = "".join(
            f"The plant of {n} opened on March {n % 28 + 1}, {1900 + n % 150}. A vote will be held on May {n % 28 + 1}, {1900 + n % 150}. "
            f"President Obama said on Monday, June {n % 28 + 1} that North Korea fired a missile.\n\n"
            for n in range(times_over)
        )
        doc = document(text)
        tree = parse(doc)
        start = time.process_time()
        window_of(tree, doc)
        return time.process_time() - start

    seconds(20)
    short, long = seconds(60), seconds(600)
    assert long < 30 * max(short, 0.005)
