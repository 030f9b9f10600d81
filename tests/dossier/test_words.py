"""Dates at their own precision, and wording that never turns a claim into a fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.dossier import words
from crossfix.model import Moment


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


@pytest.mark.parametrize(
    ("first", "last", "zone", "shown"),
    [
        ("12-17T23:24", "12-17T23:25", "Asia/Seoul", "18 December 2023, 08:24 KST (17 December 23:24 UTC)"),
        ("06-01T10:00", "06-01T11:00", "Europe/Berlin", "1 June 2023, 12:00–13:00 CEST (10:00–11:00 UTC)"),
        ("06-01T09:00", "06-01T15:00", "Asia/Seoul", "1 June 2023, 18:00–24:00 KST (09:00–15:00 UTC)"),
        ("06-01T10:00", "06-01T10:01", "UTC", "1 June 2023, 10:00 UTC"),
        (
            "12-17T15:00",
            "12-18T03:00",
            "Asia/Seoul",
            "18 December 2023, 00:00–12:00 KST (17 December 15:00 – 18 December 03:00 UTC)",
        ),
        (
            "09-12T14:00",
            "09-13T14:00",
            "Asia/Vladivostok",
            "13 September 2023 UTC+10:00 (12 September 14:00 – 13 September 14:00 UTC)",
        ),
    ],
)
def test_a_moment_in_its_zone_and_in_utc(first: str, last: str, zone: str, shown: str) -> None:
    assert words.moment_words(Moment(f"2023-{first}Z", f"2023-{last}Z", zone, "the text")) == shown


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
