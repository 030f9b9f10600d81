"""What keeps linking fast must not change what comes out: portions, indexes made again, places in an origin that are not searched anew."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scale import documents
from crossfix.linking import link, run
from crossfix.record import Record, sqlite
from crossfix.record import results as results_of


def outcome(record: Record) -> dict[str, Any]:
    """The export without the moments of adding."""
    out = record.export()
    for d in out["documents"]:
        del d["added"]
    return out


def made(path: Path, extractions: list[Any], portions: int) -> dict[str, Any]:
    """What comes of adding these, linked every so many."""
    with Record.open(path, write=True) as record:
        for n, x in enumerate(extractions, 1):
            record.add(x, None)
            if n % portions == 0:
                link(record)
        link(record)
        return outcome(record)


@pytest.fixture(scope="module")
def some() -> list[Any]:
    """Generated reports: happenings told by several outlets, two in five of them reprints, one of those carried by many."""
    found = list(documents(400, seed=5))
    assert sum(len(x.events) for x in found) > 200
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_neither_order_nor_portions_change_the_outcome(some: list[Any], tmp_path: Path, seed: int) -> None:
    chosen = some[100:280]
    straight = made(tmp_path / "a.sqlite", chosen, 1000)
    mixed = list(chosen)
    random.Random(seed).shuffle(mixed)
    other = made(tmp_path / "b.sqlite", mixed, 17)
    assert max(len(o["documents"]) for o in straight["origins"]) > 5
    for part in straight:
        assert straight[part] == other[part], part


def test_many_at_once_are_taken_in_portions(some: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(tmp_path / "a.sqlite", some[:150], 1000)
    monkeypatch.setattr(run, "PORTION", 40)
    with Record.open(tmp_path / "b.sqlite", write=True) as record:
        for x in some[:150]:
            record.add(x, None)
        summary = link(record)
        assert record.unlinked() == []
        assert outcome(record) == whole
        assert summary.documents == 150
        assert summary.new_origins == len(whole["origins"])
        assert summary.new_events == len(whole["events"])
        assert link(record).documents == 0


def test_empty_indexes_are_made_again(some: list[Any], tmp_path: Path) -> None:
    whole = made(tmp_path / "a.sqlite", some[:200], 1000)
    with Record.open(tmp_path / "b.sqlite", write=True) as record:
        for x in some[:160]:
            record.add(x, None)
        link(record)
        with record.transaction() as connection:
            for table in ("sketches", "fresh_sketches", "blocks"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
        assert not results_of.indexed(record)
        for x in some[160:200]:
            record.add(x, None)
        link(record)
        assert results_of.indexed(record)
        assert outcome(record) == whole


def test_fingerprints_put_over_are_found_as_before(
    some: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(tmp_path / "a.sqlite", some[:150], 1000)
    monkeypatch.setattr(sqlite, "FRESH_MOST", 2500)
    assert made(tmp_path / "b.sqlite", some[:150], 10) == whole
    with Record.open(tmp_path / "b.sqlite") as record, record.reading() as connection:
        large, small = (
            connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in ("sketches", "fresh_sketches")
        )
    assert large
    assert small


def test_a_form_that_hundreds_fill_is_indexed_under_a_hundred(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        shas = []
        for x in documents(130, seed=9):
            record.add(x, None)
            shas.append(x.document.sha256)
        results_of.put_sketches(record, {s: [7, n] for n, s in enumerate(shas, 1000)})
        found = results_of.documents_sharing(record, {"any": [7], "own": [1000 + 120, 7]})
        assert set(found["any"]) == set(sorted(shas, key=shas.index)[: results_of.MOST_OF_A_PRINT])
        assert found["own"][shas[120]] == 1
        assert max(found["own"].values()) == 1
