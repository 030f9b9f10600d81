"""Confidence in the dossier: shown quietly, explained once, filtered with a line on what is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crossfix.dossier import gather, phrases, to_html, to_markdown, words
from crossfix.model import Span
from crossfix.record.rows import Filter, LeftOut

MADE = dt.datetime(2023, 12, 1, 9, 30, tzinfo=dt.UTC)


def _flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def estimated(shelf: Any) -> Any:
    """The shelf with an estimate on three claims: the second at 0.9 is the surest; the engine's has words that set its firmness."""
    for n, confidence in ((0, 0.8), (1, 0.9), (3, 0.456)):
        shelf.said[n] = replace(shelf.said[n], confidence=confidence)
    engine = shelf.said[3]
    shelf.said[3] = replace(engine, firmness_words=(shelf.span(engine.document, "may have"),) * 2)
    return shelf


def test_the_figure_and_the_words_stand_beside_the_firmness(estimated: Any) -> None:
    view = gather(estimated, made=MADE)
    page = html.fromstring(to_html(view))
    (row,) = page.xpath(f"//tr[@id='c-{estimated.said[3].id}']")
    how = _flat(row.xpath("./td[@class='how']")[0].text_content())
    assert how == "suspects◑ possible“may have”attribution 45 %"
    assert "| suspects, ◑ possible (“may have”); attribution 45 % |" in to_markdown(view)
    (plain,) = page.xpath(f"//tr[@id='c-{estimated.said[4].id}']")
    assert "attribution" not in plain.xpath("./td[@class='how']")[0].text_content()


def test_what_the_figure_means_is_said_once_and_only_where_there_is_one(estimated: Any) -> None:
    view = gather(estimated, made=MADE)
    assert _flat(html.fromstring(to_html(view)).text_content()).count(words.CONFIDENCE_NOTE) == 1
    assert to_markdown(view).count("proved right on news annotated by hand") == 1
    estimated.said[:] = [replace(c, confidence=None) for c in estimated.said]
    bare = gather(estimated, made=MADE)
    assert bare.basis.confidence == ""
    assert "annotated by hand" not in to_html(bare) + to_markdown(bare)
    assert "Left out" not in to_html(bare) + to_markdown(bare)


def test_the_sure_ones_only_with_a_line_on_the_rest(estimated: Any) -> None:
    view = gather(estimated, Filter(sure=0.8), made=MADE)
    shown = [s for e in view.events for s in e.says] + [s for p in view.speakers for s in p.says]
    assert {s.id for s in shown} == {estimated.said[0].id, estimated.said[1].id}
    assert {s.confidence for s in shown} == {"80 %", "90 %"}
    assert [e.id for e in view.events] == ["E0001"]
    assert view.transfers == ()
    line = (
        "Of what is said, only claims whose attribution is estimated at 80 % or more are shown. "
        "Left out: 7 claims (1 with a lower estimate than 80 %, 1 in the outlet’s own voice and 5 without an estimate). "
        "Also left out, told in no such claim: 3 events and 2 transfers."
    )
    page, text = _flat(html.fromstring(to_html(view)).text_content()), to_markdown(view)
    for form in (page, text):
        assert line in form
        assert "Selection: attributions estimated at 80 % or more" in form
        assert "None in this selection." in form
        assert "No transfer is told" not in form


def test_the_standing_still_counts_what_is_left_out(estimated: Any) -> None:
    """An unsure speaker is not turned into the outlet's own voice by leaving the claim out."""
    whole = {e.id: e for e in gather(estimated, made=MADE).events}
    for event in gather(estimated, Filter(sure=0.8), made=MADE).events:
        assert event.facts == whole[event.id].facts
        assert event.denied_by == whole[event.id].denied_by


def test_a_hostile_word_stays_words(estimated: Any) -> None:
    first = estimated.said[0]
    nasty = Span(0, 34, '<b onclick="x()">|*a*|</b> `[x](y)`')
    estimated.said[0] = replace(first, firmness_words=(nasty,))
    view = gather(estimated, made=MADE)
    assert "<b onclick" not in to_html(view)
    (line,) = [x for x in to_markdown(view).splitlines() if "onclick" in x]
    assert "\\<b onclick" in line
    assert "\\|\\*a\\*\\|" in line


def test_firmness_words_are_each_quoted_once_and_few(shelf: Any) -> None:
    text = "May, may and MAY; reportedly perhaps allegedly likely said to be"
    found = [
        Span.of(text, text.index(w), text.index(w) + len(w)) for w in ("May", "may", "reportedly", "perhaps", "likely")
    ]
    split = Span.of_pieces(text, [(0, 3), (9, 12)])
    c = replace(shelf.said[0], firmness_words=(*found[:3], split, *found[3:]))
    assert phrases.firmness_words(c) == ("May", "reportedly", "May … and", "perhaps")


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_figure_never_promises_more_than_it_holds(share: float, other: float) -> None:
    shown = int(words.percent(share).removesuffix(" %"))
    assert shown / 100 <= share + 1e-9
    assert shown + 1 > share * 100
    low, high = sorted((share, other))
    assert int(words.percent(low)[:-2]) <= int(words.percent(high)[:-2])


@pytest.mark.parametrize("n", range(101))
def test_whole_percents_are_shown_as_such(n: int) -> None:
    assert words.percent(n / 100) == words.least(n / 100) == f"{n} %"


def test_words_for_what_is_left_out() -> None:
    assert phrases.left_out_words(LeftOut(), 0.5) == ""
    assert phrases.left_out_words(LeftOut(1200, 0, 0), 0.855) == (
        "Left out: 1,200 claims (1,200 with a lower estimate than 85.5 %)."
    )
    assert phrases.left_out_words(LeftOut(0, 1, 0), 0.5) == "Left out: 1 claim (1 in the outlet’s own voice)."
