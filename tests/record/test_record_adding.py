"""Adding: what goes in comes out, the same bytes change nothing, and nothing is ever overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import assume, given
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from crossfix.errors import RecordError
from crossfix.model import Claim, Extraction, Span
from crossfix.record import Record, schema, values
from crossfix.record.adding import passages_of, rebuild_index
from crossfix.record.rows import Filter
from record_builders import extractions, report


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite", write=True) as r:
        yield r


@pytest.fixture(scope="module")
def filling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """One record that a property's examples fill; making one for each would take most of the time."""
    with Record.open(tmp_path_factory.mktemp("filling") / "r.sqlite", write=True) as r:
        yield r


@given(extractions())
def test_what_goes_in_comes_out(filling: Record, made: tuple[Extraction, bytes]) -> None:
    record = filling
    extraction, raw = made
    d = extraction.document
    assume(not record.has(d.sha256))
    added = record.add(extraction, raw)
    assert (added.new, added.claims, added.events, added.transfers) == (
        True, len(extraction.claims), len(extraction.events), len(extraction.transfers),
    )  # fmt: skip
    assert record.text(d.sha256) == d.text
    assert record.original(d.sha256) == raw
    assert record.sentences(d.sha256) == [(s.start, s.end) for s in extraction.sentences]
    row = record.document(d.sha256)
    for name in ("sha256", "file", "title", "outlet", "agency", "published", "language"):
        assert getattr(row, name) == getattr(d, name)
    prefix = d.sha256[:8]
    claims = {c.id: c for c in record.claims(Filter(document=d.sha256))}
    assert len(claims) == len(extraction.claims)
    for c in extraction.claims:
        kept = claims[f"{prefix}-{c.id}"]
        for f in fields(Claim):
            if f.name not in ("id", "rule"):
                assert getattr(kept, f.name) == getattr(c, f.name)
    told = {m.event.id: m.event for m in record.event_mentions(documents=[d.sha256])}
    for e in extraction.events:
        kept_event = told[f"{prefix}-{e.id}"]
        assert values.event_out(kept_event) | {"claim": None} == values.event_out(e) | {"claim": None}
        assert kept_event.claim == (f"{prefix}-{e.claim}" if e.claim else None)
    dealt = {m.transfer.id: m.transfer for m in record.transfer_mentions(documents=[d.sha256])}
    for t in extraction.transfers:
        kept_transfer = dealt[f"{prefix}-{t.id}"]
        assert values.transfer_out(kept_transfer) | {"event": None} == values.transfer_out(t) | {"event": None}
    before = rows_in(record)
    again = record.add(extraction, raw)
    assert not again.new
    assert again.claims == len(extraction.claims)
    assert rows_in(record) == before


def rows_in(record: Record) -> dict[str, int]:
    with record.reading() as connection:
        return {n: connection.execute(select(func.count()).select_from(t)).scalar_one() for n, t in TABLES.items()}


TABLES = {**schema.KEPT, **schema.DERIVED}


def test_every_span_of_an_export_lies_in_its_text(filling: Record) -> None:
    for n in range(3):
        filling.add(*report(f"A ministry said that train {n} left.", claims=[("A ministry", "said", f"train {n}")]))
    out = filling.export()
    texts = {d["sha256"]: d["text"] for d in out["documents"]}
    assert len(texts) >= 3
    for c in out["claims"]:
        for span in (c["source"], c["cue"], c["content"]):
            assert span is None or texts[c["document"]][span["start"] : span["end"]] == span["text"]
    for d in out["documents"]:
        assert all(d["text"][t["start"] : t["end"]] == t["text"] for t in d["times"])
    for row in (*out["claims"], *out["places"]):
        assert row["evidence"]
        for e in row["evidence"]:
            assert 0 <= e["start"] <= e["end"] <= len(texts[e["document"]])


def test_same_bytes_change_nothing_even_under_another_name(record: Record, tmp_path: Path) -> None:
    first, raw = report("The ministry denied the report.", file="a.txt")
    other, same = report("The ministry denied the report.", file="b.txt", outlet="Another")
    assert record.add(first, raw).new
    before = (tmp_path / "r.sqlite").read_bytes(), record.export()
    assert not record.add(other, same).new
    assert ((tmp_path / "r.sqlite").read_bytes(), record.export()) == before
    assert record.document(first.document.sha256).file == "a.txt"
    assert record.has(first.document.sha256)
    assert not record.has("0" * 64)


@pytest.mark.parametrize(
    "verb", ["UPDATE {} SET why = 'other'", "DELETE FROM {}", "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_the_database_itself_refuses_to_overwrite(record: Record, verb: str) -> None:
    extraction, raw = report(
        "North Korea fired a missile. The ministry said it failed. Crates of shells went by rail.",
        claims=[("The ministry", "said", "it failed")],
        events=[{"trigger": "fired"}],
        transfers=[{"item": "shells"}],
    )
    record.add(extraction, raw)
    filled = [n for n, t in schema.KEPT.items() if record.current(t)]
    assert {"documents", "texts", "originals", "annotations", "claims", "mentions", "transfer_mentions"} <= set(filled)
    for name in filled:
        with pytest.raises(DBAPIError, match="nothing in a record is overwritten"), record.engine.connect() as c:
            c.exec_driver_sql(verb.format(name))


def test_every_kept_table_has_its_guards(record: Record, tmp_path: Path) -> None:
    record.close()
    raw = sqlite3.connect(tmp_path / "r.sqlite")
    triggers = {r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    raw.close()
    guards = {f"no_{verb}_{name}" for name in schema.KEPT for verb in ("update", "delete")}
    assert {t for t in triggers if not t.startswith("now_")} == guards


def test_a_passage_that_does_not_fit_is_refused_and_nothing_of_the_document_stays(record: Record) -> None:
    extraction, raw = report("The ministry said it failed.", claims=[("The ministry", "said", "it failed")])
    wrong = Span(0, 3, "Two")
    claim = Claim("c9", None, None, wrong, None, (), "assert", "certain", "outlet", wrong)
    bad = Extraction(extraction.document, claims=(*extraction.claims, claim))
    with pytest.raises(RecordError, match="does not fit its text"):
        record.add(bad, raw)
    assert record.documents() == []
    assert record.add(extraction, raw).new


def test_two_rows_of_one_id_are_refused(record: Record) -> None:
    extraction, raw = report("The ministry said it failed.", claims=[("The ministry", "said", "it failed")])
    twice = Extraction(extraction.document, claims=extraction.claims * 2)
    with pytest.raises(RecordError, match="two rows of one id"):
        record.add(twice, raw)
    assert record.documents() == []


def test_a_document_in_another_language_is_kept_and_says_why(record: Record) -> None:
    extraction, raw = report("북한은 미사일을 발사했다.")
    kept = Extraction(extraction.document, extracted=False, reason="no rules for Korean yet")
    record.add(kept, raw)
    row = record.document(extraction.document.sha256)
    assert not row.extracted
    assert row.reason == "no rules for Korean yet"
    assert len(record.search("미사일")) == 1


def test_a_file_name_that_is_no_text_is_kept_as_far_as_it_goes(record: Record) -> None:
    extraction, raw = report("Some words.", file=b"re\xffport.txt".decode("utf-8", "surrogateescape"))
    record.add(extraction, raw)
    assert record.documents()[0].file == "re\ufffdport.txt"


def test_half_a_character_is_one_clear_error(record: Record) -> None:
    extraction, raw = report("Some words.", title="half \ud800")
    with pytest.raises(RecordError, match="half a character"):
        record.add(extraction, raw)
    assert record.documents() == []


def test_reading_only_refuses_to_add(tmp_path: Path) -> None:
    extraction, raw = report("Some words.")
    with Record.open(tmp_path / "r.sqlite") as record, pytest.raises(RecordError, match="reading only"):
        record.add(extraction, raw)


def test_the_original_may_be_left_out(record: Record) -> None:
    extraction, _ = report("Some words.")
    record.add(extraction, None)
    with pytest.raises(RecordError, match="was not kept"):
        record.original(extraction.document.sha256)


@given(extractions())
def test_passages_cover_all_that_is_not_blank(made: tuple[Extraction, bytes]) -> None:
    text = made[0].document.text
    covered = bytearray(len(text))
    for a, b in passages_of(text):
        assert text[a:b].strip()
        covered[a:b] = b"\1" * (b - a)
    assert all(covered[i] for i, c in enumerate(text) if not c.isspace())


def test_long_paragraphs_are_indexed_in_parts() -> None:
    text = "word " * 5000 + "x" * 9000
    parts = list(passages_of(text))
    assert len(parts) > 8
    assert all(b - a <= 3000 for a, b in parts)


def test_the_search_index_can_be_built_again(record: Record) -> None:
    for n in range(3):
        record.add(*report(f"Shells number {n} went by rail.\n\nNothing else of {n}."))
    before = record.search("shells rail", 10)
    assert len(before) == 3
    assert rebuild_index(record) == 6
    assert record.search("shells rail", 10) == before
