"""Drift: what is said of pairs of our own, what the rows hold, and what becomes of them in a record."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.drift import Case, cases, score
from crossfix.errors import UnknownId
from crossfix.linking import decided, link
from crossfix.linking.drift import CONFIDENT, KINDS, Telling, drifts, worst_first
from crossfix.linking.drift_text import Sides, quantities
from crossfix.linking.drift_words import stem
from crossfix.model import Document
from crossfix.pipeline import extract
from crossfix.record import Record
from crossfix.record.decisions import decide
from crossfix.record.drift import drift
from crossfix.record.drift import drifts as kept
from record_builders import sentences_of, sha

BODY = (
    "SELBY, Nov. 20 - Two freighters likely carried up to 300 crates of shells from Port Selby to the Vostland coast, the Estmark defence "
    "ministry said. The ministry showed no pictures.\n\nHarbour workers in Selby have loaded grain, timber and cement for eleven days, and "
    "the quay beside the old mill is closed to the public until the end of the month. Trains reach the quay by a single track that "
    "crosses the river on an iron bridge.\n\nAdmiral Tove Lind told reporters that the Norland navy had towed the damaged frigate into the "
    "Harle shipyard for repairs.\n"
)
CHILD = (
    BODY.replace("likely carried up to 300", "carried 300")
    .replace("Admiral Tove Lind told reporters that the", "The")
    .replace("had towed", "has towed")
)


@pytest.fixture(scope="module")
def found() -> list[Case]:
    return cases()


def test_precision_and_recall_on_our_own_pairs(found: list[Case]) -> None:
    figures = score(found)
    assert figures["pairs"] >= 40
    assert figures["without_drift"] >= 20
    assert figures["all"]["precision"] >= 95
    assert figures["all"]["recall"] >= 90
    for kind, line in figures["by_kind"].items():
        assert line["right"] + line["missed"] >= 2, kind
        assert line["wrong"] <= 1, kind


def test_each_row_quotes_both_passages_and_says_what_changed(found: list[Case]) -> None:
    rows = [(c, r) for c in found for r in c.rows]
    assert rows
    for case, r in rows:
        assert case.parent[r.parent.start : r.parent.end].strip()
        assert case.child[r.child.start : r.child.end].strip()
        assert r.parent.document != r.child.document
        assert r.kind in KINDS
        assert CONFIDENT <= r.confidence < 1
        assert 10 < len(r.what) < 220
        assert "\n" not in r.what
    assert len({r.id for _, r in rows}) == len(rows)


def telling(text: str, name: str = "a") -> Telling:
    return Telling(name * 64, text, [(s.start, s.end) for s in sentences_of(text)], ())


@given(st.lists(st.sampled_from(BODY.replace("\n", " ").split(". ")), min_size=1, max_size=6))
def test_the_same_sentences_in_any_order_have_no_drift(sentences: list[str]) -> None:
    text = ". ".join(sentences) + "."
    other = ". ".join(reversed(sentences)) + "."
    assert drifts(telling(text), telling(other, "b")) == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_borne(a: str, b: str) -> None:
    for r in drifts(telling(a), telling(b, "b")):
        assert 0 <= r.parent.start <= r.parent.end <= len(a)
        assert 0 <= r.child.start <= r.child.end <= len(b)


@pytest.mark.parametrize(
    ("text", "value", "bound", "unit"),
    [
        ("It carried more than 1,200 containers there.", 1200, "more than", "container"),
        ("Some twenty-five crews came here again.", 25, "about", "crew"),
        ("They counted about 3 million shells in it.", 3e6, "about", "shell"),
        ("A dozen boats were seen in the bay.", 12, "", "boat"),
    ],
)
def test_figures_are_read_with_bound_and_noun(text: str, value: float, bound: str, unit: str) -> None:
    (q,) = quantities(Sides(telling(text), telling("x", "b")).parent[0])
    assert (q.value, q.bound, q.unit) == (value, bound, stem(unit))


def test_a_year_or_a_month_counts_nothing() -> None:
    text = "In 2022 and on May 14 the ships left; may they return."
    assert quantities(Sides(telling(text), telling("x", "b")).parent[0]) == []


def add(record: Record, text: str, outlet: str, published: str) -> str:
    raw = text.encode()
    document = Document("a.txt", sha(raw), "text/plain", text, outlet=outlet, published=published, language="en")
    record.add(extract(document), raw)
    return document.sha256


def test_a_record_holds_the_drift_of_a_reprint_whatever_came_first(tmp_path: Path) -> None:
    exports = []
    for n, order in enumerate(
        itertools.permutations([(BODY, "Harbour Post", "2023-11-20"), (CHILD, "Inland Daily", "2023-11-21")])
    ):
        with Record.open(tmp_path / f"{n}.sqlite", write=True) as record:
            for text, outlet, day in order:
                add(record, text, outlet, day)
                link(record)
            rows = kept(record)
            assert {r.kind for r in rows} == {"firmness_raised", "qualifier_dropped", "attribution_lost"}
            assert {record.document(r.parent.document).outlet for r in rows} == {"Harbour Post"}
            worst = worst_first(rows)[0]
            assert drift(record, worst.id) == worst
            assert "carried 300 crates" in record.passage(next(r for r in rows if r.kind == "firmness_raised").child)
            with pytest.raises(UnknownId, match="no drift has the id"):
                drift(record, "Dnothing")
            exports.append(record.export()["drifts"])
            assert len(record.history(worst.id)) == 1
    assert exports[0] == exports[1]
    assert all(len(d["evidence"]) == 2 for d in exports[0])


def test_a_split_of_the_origin_withdraws_the_drift_and_undoing_it_brings_it_back(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        a = add(record, BODY, "Harbour Post", "2023-11-20")
        b = add(record, CHILD, "Inland Daily", "2023-11-21")
        link(record)
        before = record.export()
        assert len(before["drifts"]) == 3
        from crossfix.record.decisions import undo

        d = decide(record, "split", "origin", [[a], [b]], given=[a], by="Ada", why="two reporters stood there")
        decided.apply(record, d)
        assert len(record.origins()) == 2
        assert kept(record) == []
        decided.apply(record, undo(record, d, by="Ada", why=""))
        assert record.export() == before
