"""Holders of offices."""

from __future__ import annotations

import datetime as dt

import pytest

from crossfix.reference.holders import held_in, holders


def test_terms_are_in_order_and_sourced() -> None:
    assert len(holders()) >= 100
    for terms in holders().values():
        assert terms.last is None or terms.first < terms.last
        assert terms.source


def test_two_terms_are_one_stretch() -> None:
    assert holders()["president", "bush"].first == dt.date(1989, 1, 20)
    assert holders()["president", "bush"].last == dt.date(2009, 1, 20)
    assert holders()["president", "trump"].last is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("They met President Joe Biden in May.", ["President Joe Biden"]),
        ("Vice President Biden and President Obama spoke.", ["Vice President Biden", "President Obama"]),
        ("South Korean President Yoon Suk Yeol’s office", ["President Yoon"]),
        ("Former President Barack Obama was there.", []),
        ("A President Clinton would sign it.", []),
        ("The president spoke.", []),
        ("President Nobody spoke.", []),
    ],
)
def test_who_is_named_with_the_title(sentence: str, words: list[str]) -> None:
    assert [w for _, w, _, _ in held_in(sentence)] == words
    assert all(sentence[a:b] == w for _, w, a, b in held_in(sentence))
