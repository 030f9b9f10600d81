"""Agents in the record: kept with their grounds and offices, one in any order of adding, sources counted apart."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from crossfix.linking import link
from crossfix.model import Extraction
from crossfix.record import Record
from crossfix.record.export import export
from crossfix.record.rows import AgentRow
from crossfix.record.values import agent_row_in, agent_row_out
from record_builders import report


def _reports() -> list[tuple[Extraction, bytes]]:
    names = [("Mara Holt", "person"), ("Ivo Brandt", "person")]
    return [
        report(
            "Foreign Minister Mara Holt said it left. Holt also knew why. A senior official said it sank.",
            claims=[("Mara Holt", "said", "it left"), ("Holt", "knew", "why"), ("A senior official", "said", "it sank")],
            names=names[:1], published="2016-03-05",
        ),
        report(
            "Prime Minister Mara Holt said it came back. A senior official said no more.",
            claims=[("Mara Holt", "said", "it came back"), ("A senior official", "said", "no more")],
            names=names[:1], published="2023-09-14", outlet="Valley Times",
        ),
        report(
            "Two officials, among them Ivo Brandt and Mara Holt, said it was fog.",
            claims=[("Two officials", "said", "it was fog")], names=names, published="2023-09-15", outlet="Hill Courier",
        ),
    ]  # fmt: skip


def _linked(path: Path, reports: list[tuple[Extraction, bytes]], one_by_one: bool) -> Record:
    record = Record.open(path, write=True)
    for r in reports:
        record.add(*r)
        if one_by_one:
            link(record)
    link(record)
    return record


def test_agents_are_kept_with_their_grounds_and_offices(tmp_path: Path) -> None:
    with _linked(tmp_path / "r.sqlite", _reports(), False):
        pass
    with Record.open(tmp_path / "r.sqlite") as record:
        agents = {a.name: a for a in record.agents()}
        holt = agents["Mara Holt"]
        assert len(holt.documents) == 3  # by name in two, as a member in the third
        assert [(o.title, o.seen) for o in holt.offices] == [
            ("foreign minister", "2016-03"),
            ("prime minister", "2023-09"),
        ]
        for a in agents.values():
            for g in a.grounds:
                assert g.why
                words = record.text(g.evidence.document)[g.evidence.start : g.evidence.end]
                assert words or a.kind == "outlet"  # an outlet stands for the whole document
        assert {agents[n].id for n in ("Mara Holt", "Ivo Brandt")} == set(agents["Two officials"].members)
        told = [(s.name, s.claims, s.documents) for s in record.sources() if s.kind == "unnamed"]
        assert sorted(told) == [("A senior official", 1, 1), ("A senior official", 1, 1), ("Two officials", 1, 1)]
        shown = next(a for a in export(record)["agents"] if a["name"] == "Mara Holt")
        assert shown["offices"][0]["evidence"][0]["document"] in holt.documents
        assert {"of_state", "members", "grounds"} <= shown.keys()


def test_a_name_that_holds_in_one_document_finds_its_agent_there(tmp_path: Path) -> None:
    first = report(
        "Mara Holt spoke. Brandt said it left.", claims=[("Brandt", "said", "it left")], names=[("Mara Holt", "person")]
    )
    second = report(
        "Ivo Brandt came. Brandt said no.", claims=[("Brandt", "said", "no")], names=[("Ivo Brandt", "person")],
        outlet="Valley Times",
    )  # fmt: skip
    third = report("Ivo Brandt said yes.", claims=[("Ivo Brandt", "said", "yes")], names=[("Ivo Brandt", "person")])
    with _linked(tmp_path / "r.sqlite", [first, second, third], True) as record:
        (ivo,) = (a for a in record.agents() if a.name == "Ivo Brandt")
        (alone,) = (a for a in record.agents() if a.name == "Brandt")
        assert len(alone.documents) == 1
        assert alone.documents[0] not in ivo.documents


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_adding_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    reports = _reports()
    with (
        _linked(tmp_path / "a.sqlite", reports, False) as one,
        _linked(tmp_path / "b.sqlite", [reports[n] for n in order], True) as other,
    ):
        assert one.agents() == other.agents()
        assert [(s.name, s.claims) for s in one.sources()] == [(s.name, s.claims) for s in other.sources()]


def test_an_agent_kept_before_agents_had_grounds() -> None:
    old = {"name": "Mara Holt", "kind": "person", "aliases": ["Holt"], "document": None}
    row = agent_row_in("A1", old)
    assert row == AgentRow("A1", "Mara Holt", "person", ("Holt",), ())
    assert agent_row_in("A1", agent_row_out(row)) == row
