"""Quotations: where they begin and end, whatever the marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.language.attribution.quotes import Quotes, quotations
from crossfix.language.parse import paragraphs_of

MARKS = "“”«»„‟\"「」『』'’ab .,\n"


def spoken(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It flew,” she said. “It fell.”", ["“It flew,”", "“It fell.”"]),
        ('He said "no" and left.', ['"no"']),
        ("«Le tir a réussi», dit-il.", ["«Le tir a réussi»"]),
        ("„Der Start gelang“, sagte er.", ["„Der Start gelang“"]),
        ("「打ち上げは失敗した」と述べた。", ["「打ち上げは失敗した」"]),
        ("“He told me ‘never’ twice,” she said.", ["“He told me ‘never’ twice,”"]),
        ('The plate is 12" wide, he said.', []),
        ("No marks at all.", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


def test_unclosed_mark_costs_its_own_paragraph_only() -> None:
    text = "“The first was never closed, he said.\n\nPlain words here.\n\n“The third,” she said."
    assert spoken(text) == ["“The first was never closed, he said.", "“The third,”"]


def test_long_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“We saw the train leave.\n\n“It came back two days later,” the guard said."
    first, second = quotations(text, paragraphs_of(text))
    assert first.continues
    assert not second.continues


@given(st.text(alphabet=MARKS, max_size=200))
def test_any_text_gives_ordered_disjoint_quotations(text: str) -> None:
    found = quotations(text, paragraphs_of(text))
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    look = Quotes(found)
    for q in found:
        assert look.at(q.start) == q
        assert look.inside(q.start, q.end)
