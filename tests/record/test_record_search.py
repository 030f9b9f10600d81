"""Search: whole words in any script, phrases, and the sentence that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.errors import UsageError
from crossfix.record import Record, sqlite
from record_builders import report


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite", write=True) as r:
        yield r


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The Hwasong-18 was launched.", "hwasong-18"),
        ("The Hwasong-18 was launched.", "launched hwasong"),
        ("Café owners spoke.", "cafe"),
        ("북한은 미사일을 발사했다.", "미사일"),
        ("북한은 미사일을 발사했다.", "사일"),  # inside a word
        ("북한은 미사일을 발사했다.", "북"),
        ("미사일 2발 발사", "2발"),
        ("北朝鮮が衛星を発射した。", "衛星"),
        ("北朝鮮が衛星を発射した。", "星"),
        ("朝鲜发射导弹。", "导弹"),
        ("朝鲜发射导弹。", "弹"),
        ("Ракета упала в море.", "РАКЕТА"),
        ('He said "no comment" to reporters.', '"no comment"'),
        ("An AND b NOT c NEAR d.", "and not near"),
        ("Prices: 100% (of 5*).", "100% 5*"),
    ],
)
def test_finds(record: Record, text: str, query: str) -> None:
    extraction, raw = report(text)
    record.add(extraction, raw)
    found = record.search(query)
    assert [e.document for e in found] == [extraction.document.sha256]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The Hwasong-18 was launched.", "hwasong-17"),
        ("comment: no", '"no comment"'),
        ("朝鲜发射导弹。", "弹导"),
        ("One word.\n\nAnother.", "one another"),  # not in one passage
    ],
)
def test_does_not_find(record: Record, text: str, query: str) -> None:
    record.add(*report(text))
    assert record.search(query) == []


def test_gives_the_sentence_with_most_of_the_words(record: Record) -> None:
    text = "Trains were seen. Containers with shells left by train on Friday. Nobody spoke."
    record.add(*report(text))
    (found,) = record.search("shells train")
    assert record.passage(found) == "Containers with shells left by train on Friday."


def test_the_best_match_comes_first_and_the_limit_holds(record: Record) -> None:
    for n in range(5):
        record.add(*report(f"One mention of shells among a good many other words, {n} of them or more."))
    best, raw = report("Shells, shells, shells.")
    record.add(best, raw)
    found = record.search("shells", 2)
    assert len(found) == 2
    assert found[0].document == best.document.sha256


@pytest.mark.parametrize("query", ["", "   ", "?!", '""'])
def test_a_query_without_a_word_says_so(record: Record, query: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        record.search(query)


@given(st.text(max_size=30))
def test_no_query_breaks_the_index(query: str) -> None:
    words = sqlite.query_words(query.replace("\ud800", ""))
    assert all(any(c.isalnum() for c in w) for w in words)
    for w in words:
        matched = sqlite._match(w)
        assert matched.startswith('"')
        assert matched.rstrip("*").count('"') == 2


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("small") / "r.sqlite", write=True) as r:
        r.add(*report("A few words, and 북한 too."))
        yield r


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_hostile_queries_give_an_answer(small: Record, query: str) -> None:
    if sqlite.query_words(query):
        assert len(small.search(query)) <= 1
