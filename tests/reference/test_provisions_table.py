"""The table of operative paragraphs: whole, dated, and honest about what was seen."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from crossfix.errors import CrossfixError
from crossfix.reference import provisions as table
from crossfix.reference import tables
from crossfix.reference.provisions import about, dated_bounds, provisions

ADOPTED = {
    "1695": "2006-07-15", "1718": "2006-10-14", "1874": "2009-06-12", "2087": "2013-01-22", "2094": "2013-03-07", "2270": "2016-03-02",
    "2321": "2016-11-30", "2356": "2017-06-02", "2371": "2017-08-05", "2375": "2017-09-11", "2397": "2017-12-22", "2231": "2015-07-20",
}  # fmt: skip


def test_every_resolution_is_there_with_its_day() -> None:
    found = {p.resolution: p.adopted.isoformat() for p in provisions().values()}
    assert {r: found.get(r) for r in ADOPTED} == ADOPTED
    assert len(provisions()) >= 100
    assert Counter(p.regime for p in provisions().values())["DPRK"] >= 90


def test_the_days_of_the_iran_annex() -> None:
    by = provisions()
    assert by["2231/B5"].last == by["2231/B6b"].last == dt.date(2020, 10, 18)
    assert by["2231/B3"].last == by["2231/B4"].last == dt.date(2023, 10, 18)
    assert by["2231/B4"].holds_on(dt.date(2023, 10, 18))
    assert not by["2231/B4"].holds_on(dt.date(2023, 10, 19))
    back = [p for p in by.values() if p.id.endswith("*")]
    assert back
    assert {p.standing for p in back} == {"contested"}
    assert {p.first for p in back} == {dt.date(2025, 9, 28)}
    assert not by["1747/5"].holds_on(dt.date(2020, 1, 1))


def test_the_exception_for_rajin_stands_where_coal_is_barred() -> None:
    for key in ("2270/29", "2371/8"):
        assert "rajin" in provisions()[key].exception_words
    assert "2371/8" in {p.id for p in about("DPRK", "coal")}


def test_verified_rows_say_what_was_seen_and_when() -> None:
    for p in provisions().values():
        assert p.source, p.id
        assert "://" not in p.source, p.id
        if p.verified:
            assert p.seen, p.id
            assert p.read, p.id
        if not p.seen:
            assert not p.read, p.id
    assert sum(p.verified for p in provisions().values()) >= 20


def test_ended_rows_end_and_the_others_do_not() -> None:
    for p in provisions().values():
        assert (p.last is not None) == (p.standing == "ended"), p.id
        assert p.last is None or p.first <= p.last, p.id
        assert p.first >= p.adopted, p.id


def test_the_days_on_which_the_rules_change() -> None:
    days = dated_bounds("Iran", frozenset({"missile_items"}))
    assert days == sorted(days)
    assert dt.date(2023, 10, 19) in days
    assert dt.date(2016, 1, 16) in days


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("regime", "Mars", "regime is 'Mars'"),
        ("verified", "maybe", "verified is 'maybe'"),
        ("from", "2006-13-01", "a date that is none"),
        ("extends", "9999/1", "widens 9999/1"),
        ("source", "", "needs subjects, a source"),
    ],
)
def test_a_broken_row_is_named(monkeypatch: pytest.MonkeyPatch, column: str, value: str, says: str) -> None:
    rows = tables.rows("crossfix.reference", "provisions.tsv")
    bad = [rows[0] | {column: value}]
    provisions.cache_clear()
    monkeypatch.setattr(table.tables, "rows", lambda *_: bad)
    try:
        with pytest.raises(CrossfixError, match=says):
            provisions()
    finally:
        provisions.cache_clear()


def test_one_id_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tables.rows("crossfix.reference", "provisions.tsv")
    provisions.cache_clear()
    monkeypatch.setattr(table.tables, "rows", lambda *_: [rows[0], rows[0]])
    try:
        with pytest.raises(CrossfixError, match="two rows '1695/2'"):
            provisions()
    finally:
        provisions.cache_clear()
