"""The text of a document laid out: nothing lost, and every passage exactly its span, however spans lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crossfix.dossier.annex import Piece, lay_out, paragraphs
from crossfix.dossier.html import escape, fit, render_blocks

TEXTS = st.text(st.sampled_from("ab é\u0301\U0001f680<>&\"'\n\r\t.נ\u202e한\x00"), min_size=1, max_size=80)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    text = draw(TEXTS)
    one = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40)).map(lambda p: (p[0], min(len(text), sum(p))))
    return text, draw(st.lists(one, max_size=6, unique=True)), draw(st.lists(one, max_size=3))


def _leaves(pieces: list[Piece] | tuple[Piece, ...]) -> str:
    return "".join(p.text if p.kind == "text" else _leaves(p.inside) for p in pieces)


@given(texts_with_spans())
def test_the_text_is_whole_and_each_passage_is_its_span(
    case: tuple[str, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    text, spans, furniture = case
    passages = [(a, b, n) for n, (a, b) in enumerate(spans, 1)]
    blocks = lay_out(text, passages, [(a, b, "menu") for a, b in furniture], paragraphs(text))
    assert "".join(_leaves(b.inside) for b in blocks) == text
    page = html.fromstring(f"<div>{render_blocks(blocks)}</div>")
    shown = fit(text).replace("\x00", "\ufffd")
    assert page.text_content() == shown
    for a, b, n in passages:
        marked = page.xpath(f"//mark[contains(concat(' ', @class, ' '), ' k{n} ')]")
        assert "".join(m.text_content() for m in marked) == shown[a:b]
        assert [m.get("id") for m in marked].count(f"p{n}") == 1
        assert marked[0].get("id") == f"p{n}"
        assert len(page.xpath(f"//a[@href='#b{n}']")) == 1


@given(TEXTS)
def test_paragraphs_cover_the_text(text: str) -> None:
    assert "".join(text[a:b] for a, b in paragraphs(text)) == text


def test_hard_wrapped_text_is_parted_at_blank_lines_only() -> None:
    wrapped = "\n".join(["the report goes on over", "several short lines and", "stops here.", ""] * 4)
    assert len(paragraphs(wrapped)) == 4
    lines = "\n".join(f"Paragraph {n} is a whole one." for n in range(9))
    assert len(paragraphs(lines)) == 9


def test_crossing_passages_stand_in_pieces() -> None:
    text = "one two three four"
    page = html.fromstring(f"<div>{render_blocks(lay_out(text, [(0, 7, 1), (4, 13, 2)]))}</div>")
    assert [m.text_content() for m in page.xpath("//mark[contains(@class,'k2')]")] == ["two", " three"]
    assert page.xpath("//mark[@id='p1']")[0].text_content() == "one two"


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    text = "x" * 3000
    passages = [(n, 6000 - n if 6000 - n <= 3000 else 3000, n + 1) for n in range(2900)]
    assert render_blocks(lay_out(text, passages)).count("<mark") == 2900


def test_a_passage_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        lay_out("short", [(2, 99, 1)])


def test_escape_is_complete() -> None:
    assert escape("<a href=\"x\" id='y'>&\r") == "&lt;a href=&#34;x&#34; id=&#39;y&#39;&gt;&amp;&#13;"
