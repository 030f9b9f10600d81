"""Holders by office and day, and the offices of a person."""

from __future__ import annotations

import datetime as dt

import pytest

from crossfix.reference.holders import held_by, holder_of, offices_of, tenures


@pytest.mark.parametrize(
    ("of", "title", "day", "name"),
    [
        ("North Korea", "leader", "2023-09-14", "Kim Jong Un"),
        ("North Korea", "leader", "2011-12-16", "Kim Jong Il"),
        ("United States", "president", "2016-02-07", "Barack Obama"),
        ("Japan", "leader", "2023-08-18", "Fumio Kishida"),
        ("Russia", "leader", "2009-01-01", "Dmitry Medvedev"),
        ("CIA", "director", "2023-01-01", "William Burns"),
        ("Norway", "president", "2023-01-01", None),
        ("United States", "president", "1801-01-01", None),
    ],
)
def test_who_held_an_office_on_a_day(of: str, title: str, day: str, name: str | None) -> None:
    found = holder_of(of, title, dt.date.fromisoformat(day))
    assert (found.name if found else None) == name


def test_the_last_day_is_in_both_terms_and_then_nobody_is_said() -> None:
    assert holder_of("United States", "president", dt.date(2021, 1, 20)) is None


def test_a_title_and_a_family_name() -> None:
    found = held_by("president", "YOON", dt.date(2023, 9, 14))
    assert found is not None
    assert found.name == "Yoon Suk Yeol"
    assert held_by("president", "yoon", dt.date(2030, 1, 1)) is None


def test_all_terms_of_a_person() -> None:
    assert [t.of for t in offices_of("Sergei Shoigu")] == ["Russia", "Security Council of Russia"]
    assert offices_of("Mara Holt") == ()


def test_every_row_has_a_name_an_office_and_a_source() -> None:
    for t in tenures():
        assert t.name
        assert t.of
        assert t.source
        assert all(x == x.lower() for x in t.titles)
        assert t.last is None or t.first <= t.last
