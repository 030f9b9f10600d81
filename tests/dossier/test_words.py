"""Dates at their own precision, and wording that never turns a claim into a fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.dossier import words


@pytest.mark.parametrize(
    ("value", "shown", "precision"),
    [
        ("2023-11-21", "21 November 2023", "day"),
        ("2023-11", "November 2023", "month"),
        ("2023", "2023", "year"),
        ("2023-11-13/2023-11-19", "13–19 November 2023", "range of days"),
        ("2023-11-28/2023-12-02", "28 November – 2 December 2023", "range of days"),
        ("2022-11/2023-01", "November 2022 – January 2023", "range of months"),
        ("2023-05/2023-08", "May – August 2023", "range of months"),
        ("2022/2024", "2022 – 2024", "range of years"),
        (None, "Undated", ""),
        ("soon", "soon", ""),
    ],
)
def test_a_date_keeps_its_precision(value: str | None, shown: str, precision: str) -> None:
    assert words.date_words(value) == shown
    assert words.precision_words(value) == precision


def test_dates_sort_by_first_day_and_undated_last() -> None:
    values = [None, "2024", "2023-11", "2023-11-01", "2023"]
    assert sorted(values, key=words.date_key) == ["2023", "2023-11-01", "2023-11", "2024", None]


@pytest.mark.parametrize(
    ("nth", "shown"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (5, "5th"), (11, "11th"), (12, "12th"), (113, "113th"), (21, "21st")],
)  # fmt: skip
def test_ordinals(nth: int, shown: str) -> None:
    assert words.ordinal_words(nth) == shown


def test_standing_names_who_alleges_and_who_denies() -> None:
    assert words.status_words("alleged", ["White House"], ["Russia", "North Korea"]) == (
        "alleged by White House; denied by Russia and North Korea"
    )
    assert words.status_words("alleged") == "alleged, by whom is not named"
    assert words.status_words("denied") == "denied, by whom is not named"
    assert words.status_words("denied", ["Russia"], ["North Korea"]) == "denied by Russia and North Korea"
    assert words.status_words("alleged", ["an official"], negated=True) == "denied by an official"
    assert words.status_words("confirmed_by_actor") == "confirmed by the actor itself"


@given(
    st.sampled_from(["reported", "alleged", "denied", "confirmed_by_actor"]),
    st.lists(st.text("AB c", min_size=1), max_size=6),
    st.lists(st.text("DE f", min_size=1), max_size=6),
)
def test_standing_is_never_empty(status: str, alleged_by: list[str], denied_by: list[str]) -> None:
    told = words.status_words(status, alleged_by, denied_by)
    assert told.split()[0].strip(",;") in {"reported", "alleged", "denied", "confirmed"}
    assert ("denied" in told) == (status == "denied" or bool(denied_by))
    assert "alleged" not in words.status_words(status, alleged_by, denied_by, negated=True)


def test_lists_are_counted_when_long() -> None:
    assert words.listed(["A", "B", "C", "D", "E"], most=3) == "A, B, C and 2 more"
    assert words.listed(["A", "B", "C", "D"], most=3) == "A, B, C and D"
    assert words.listed([]) == ""
    assert words.plural(1, "origin") == "1 origin"
    assert words.plural(1204, "document") == "1,204 documents"
