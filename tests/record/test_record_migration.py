"""From the first version of the tables to this one: every row is kept, and what was not known then stays unknown."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from crossfix.errors import RecordError
from crossfix.model import Span
from crossfix.record import Record, schema, sqlite
from crossfix.record.opening import migrate
from crossfix.record.rows import Filter
from record_builders import report

TEXT = "Norland may have fired a rocket, the ministry said. Vostland denied it."
ADDED = {"claims": "confidence", "documents": "fast"}
LATER = {"drifts", "decisions", "findings", "check_runs", "reviews", "dossiers"}
"""Tables that the first version did not have."""


def old_record(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """A record as the first version wrote it: its tables made by that migration alone, its rows put in by SQL. Returns the rows."""
    engine = sqlite.connect(path)
    sqlite.use_write_ahead_log(engine)
    with engine.connect().execution_options(**{sqlite.WRITING: True}) as connection, connection.begin():
        migrate(connection, "0001")
    engine.dispose()
    sha = "ab" * 32
    head = "INSERT INTO {} (id, version, at, by, act, why, {}) VALUES (?, 1, '2026-01-02T03:04:05Z', 'crossfix 0.1.0', 'added', 'x', {})"

    def put(db: sqlite3.Connection, table: str, id_: str, **columns: object) -> None:
        names = ", ".join(f'"{c}"' for c in columns)
        db.execute(head.format(table, names, ", ".join("?" * len(columns))), (id_, *columns.values()))

    db = sqlite3.connect(path)
    with db:
        put(
            db, "documents", sha, file="old.txt", media_type="text/plain", outlet="Harbour Post", published="2023-08-24",
            language="en", words=12, extracted=1, value=json.dumps({"furniture": [], "notes": [], "reason": None}),
        )  # fmt: skip
        put(db, "texts", sha, text=TEXT)
        put(db, "annotations", sha, value=json.dumps({"sentences": [[0, 51, 0]], "names": [], "times": []}))
        said = {
            "source": [33, 45], "cue": [46, 50], "content": [0, 31], "source_name": "the ministry",
            "chain": ["Harbour Post", "the ministry"], "stance": "assert", "firmness": "possible",
            "voice": "indirect", "quote": [0, 51], "rule": "verb:say",
        }  # fmt: skip
        for n, source in enumerate(("the ministry", "Vostland"), start=1):
            value = json.dumps(said | {"source_name": source})
            put(db, "claims", f"{sha[:8]}-c{n}", document=sha, source_name=source, value=value)
    rows = {t: db.execute(f'SELECT * FROM "{t}"').fetchall() for t in schema.KEPT if t not in LATER}
    db.close()
    assert rows["claims"]
    assert ADDED["claims"] not in columns_of(path, "claims")
    return rows


def columns_of(path: Path, table: str) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
    finally:
        db.close()


@pytest.mark.parametrize("write", [True, False])
def test_an_old_record_keeps_every_row_and_gains_empty_columns(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "r.sqlite"
    before = old_record(path)
    Record.open(path, write=write).close()
    db = sqlite3.connect(path)
    assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.HEAD,)
    for table, rows in before.items():
        now = db.execute(f'SELECT * FROM "{table}"').fetchall()
        assert now == [(*r, None) if table in ADDED else r for r in rows]
    db.close()
    for table, column in ADDED.items():
        assert columns_of(path, table)[-1] == column


def test_an_old_record_is_read_added_to_and_still_guarded(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    old_record(path)
    with Record.open(path, write=True) as record:
        old = record.claims()
        assert [(c.source_name, c.confidence, c.firmness_words) for c in old] == [
            ("the ministry", None, ()),
            ("Vostland", None, ()),
        ]
        assert old[0].content.text == "Norland may have fired a rocket"
        assert record.document("abab").fast is None
        assert record.claims(Filter(sure=0.0)) == []
        extraction, raw = report("The port is shut, Holt said.", claims=[("Holt", "said", "The port is shut")])
        assert record.add(extraction, raw).new
        assert len(record.claims()) == 3
        out = record.export()
        assert {c["confidence"] for c in out["claims"]} == {None}
        assert all(c["firmness_words"] == [] for c in out["claims"])
        assert sorted(str(d["fast"]) for d in out["documents"]) == ["False", "None"]
    db = sqlite3.connect(path)
    for table in ADDED:
        with pytest.raises(sqlite3.IntegrityError, match="nothing in a record is overwritten"):
            db.execute(f"UPDATE {table} SET {ADDED[table]} = 1")
    db.close()


def test_an_old_record_that_may_not_be_written_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.sqlite"
    old_record(path)
    before = path.read_bytes()
    monkeypatch.setattr("crossfix.record.opening._writable", lambda _: False)
    with pytest.raises(RecordError, match=r"older version.*copy it to a place where you may write"):
        Record.open(path)
    assert path.read_bytes() == before


def test_words_in_the_old_text_can_be_quoted_by_new_claims(tmp_path: Path) -> None:
    """The same text read anew, in a new record: the words that set the firmness come back as spans of the text."""
    from dataclasses import replace

    extraction, raw = report(TEXT, claims=[("the ministry", "said", "Norland may have fired a rocket")])
    at = TEXT.index("may have")
    words = (Span.of(TEXT, at, at + 8), Span.of_pieces(TEXT, [(0, 7), (17, 22)]))
    claim = replace(extraction.claims[0], confidence=0.8125, firmness_words=words)
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(replace(extraction, claims=(claim,), fast=True), raw)
        (kept,) = record.claims()
        assert (kept.confidence, kept.firmness_words) == (0.8125, words)
        assert record.document(extraction.document.sha256).fast is True
        (out,) = record.export()["claims"]
        assert out["confidence"] == 0.812
        assert out["firmness_words"][0] == {"start": at, "end": at + 8, "text": "may have"}
        assert out["firmness_words"][1]["spans"] == [[0, 7], [17, 22]]
        bad = replace(claim, firmness_words=(Span(0, 3, "not"),))
        other, other_raw = report(TEXT, salt=" ", claims=[("the ministry", "said", "Norland may have fired a rocket")])
        with pytest.raises(RecordError, match="does not fit its text"):
            record.add(replace(other, claims=(bad,)), other_raw)
