"""The benchmark of the time of writing counts what it says."""

from __future__ import annotations

import datetime as dt

from benchmarks.written import SHIFTS, Case, Tally, shifted, table, tally, together
from crossfix.language.parse import parse
from crossfix.model import Document, Interval


def case(text: str, true: str, part: str = "record") -> Case:
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en")
    return Case(part, "x", document, Interval.parse(true), parse(document))


def test_page_dates_are_moved_and_leap_days_too() -> None:
    day = dt.date(2024, 2, 29)
    assert [shifted(day, kind).isoformat() for kind in SHIFTS] == ["2024-03-30", "2025-02-28", "2023-02-28"]


def test_what_is_counted() -> None:
    text = "The plant opened on March 5, 2019. A vote will be held on March 11, 2019. On Monday it rained."
    counted = tally([case(text, "2019-03-07"), case("The river rose on Monday.", "2019-03-07")])["record"]
    assert (counted.documents, counted.widths, counted.contained) == (2, [7], 1)
    assert counted.overridden == []
    late = counted.wrong[SHIFTS[1]]
    assert (late.documents, late.noticed) == (2, 1)
    assert late.relative == 2  # the Mondays; one of them is read as it was with the true date
    assert late.right == 1
    assert counted.figures()["window_right"] == 100


def test_a_window_without_the_true_day_is_named() -> None:
    counted = tally([case("The plant opened on March 3, 2019. A vote will be held on March 9, 2019.", "2017-01-01")])
    assert len(counted["record"].missed) == 1
    assert len(counted["record"].overridden) == 1


def test_parts_add_up_and_are_shown_side_by_side() -> None:
    one, other = Tally(documents=2, widths=[3], contained=1), Tally(documents=3, widths=[5, 7], contained=1)
    both = together({"record": one, "polnear": other}, ("record", "polnear", "timebank"))
    assert (both.documents, both.contained, both.figures()["median_days"]) == (5, 2, 5)
    assert "| with window | 50 |" in table({"record": one})
    assert Tally().figures()["with_window"] is None
