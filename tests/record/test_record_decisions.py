"""A person's decisions: each a row, applied in order, never lost by linking, and undone without a trace in the export."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.errors import UnknownId, UsageError
from crossfix.linking import decided, link
from crossfix.model import Extraction
from crossfix.record import Record, schema
from crossfix.record.decisions import agents_as_decided, decide, decision, decisions, parts_of, regroup, undo
from crossfix.record.rows import AgentRow, Decision
from record_builders import report

RAIL = "Norland sent {} crates of shells to Vostland by rail on {}, the ministry in Selby said. Vostland denied it."
DAYS = ("2023-08-03", "2023-08-04", "2023-08-21", "2023-08-29")


def reports() -> list[tuple[Extraction, bytes]]:
    """Four reports: the first two agree on a test, the others are about tests of other days."""
    out = []
    for n, day in enumerate(DAYS):
        text = f"Report {n} of the coast. " + RAIL.format(10 + n, day) + f" The rocket number {n} was fired on {day}."
        event: dict[str, object] = {
            "trigger": "fired", "when": "2023-08-03" if n < 2 else day, "participants": [("Norland", "actor")],
        }  # fmt: skip
        claims = [("the ministry in Selby", "said", "Norland sent")]
        out.append(report(text, outlet=f"Outlet {n}", published=day, events=[event], claims=claims, salt=str(n)))
    return out


def fill(path: Path, order: Sequence[int] = range(4)) -> Record:
    record = Record.open(path, write=True)
    made = reports()
    for n in order:
        record.add(*made[n])
    link(record)
    return record


def shown(record: Record) -> dict[str, Any]:
    """The export without when each document was added."""
    out = record.export()
    for d in out["documents"]:
        d.pop("added")
    return out


Kind = Literal["event", "origin", "agent"]


def do(record: Record, verb: Literal["merge", "split"], kind: Kind, *ids: str, why: str = "") -> Decision:
    groups = [parts_of(record, kind, i) for i in ids]
    d = decide(record, verb, kind, groups, given=ids, by="Ada", why=why)
    decided.apply(record, d)
    return d


def test_a_merge_joins_events_says_why_and_undone_leaves_the_export_as_it_was(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        before = shown(record)
        first, second, third = record.events()
        assert [len(e.reports) for e in (first, second, third)] == [2, 1, 1]
        d = do(record, "merge", "event", second.id, third.id, why="one salvo")
        assert len(record.events()) == 2
        merged = record.event(third.id)
        assert len(merged.reports) == 2
        assert "merged by Ada" in merged.why
        assert "(decision 1): one salvo" in merged.why
        back = undo(record, d, by="Bo", why="it was two")
        assert back.undone
        decided.apply(record, back)
        assert shown(record) == before
        told = [(h.act, h.by, h.why) for h in record.history("decision-1")]
        assert told == [("merge", "Ada", "one salvo"), ("withdrawn", "Bo", "it was two")]
        with pytest.raises(UsageError, match="was undone on"):
            undo(record, decision(record, "1"), by="Bo", why="")


def test_a_split_holds_when_a_document_comes_that_agrees_with_both(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite", [0, 1]) as record:
        (event,) = record.events()
        a, b = parts_of(record, "event", event.id)
        decided.apply(record, decide(record, "split", "event", [[a], [b]], given=[event.id], by="Ada", why=""))
        assert [len(e.reports) for e in record.events()] == [1, 1]
        extraction, raw = report(
            "On the day the rocket was fired, windows shook.", outlet="Late Post", published="2023-08-05",
            events=[{"trigger": "fired", "when": "2023-08-03", "participants": [("Norland", "actor")]}],
        )  # fmt: skip
        record.add(extraction, raw)
        link(record)
        targets = {r["id"]: r["target"] for r in record.current(schema.joins)}
        assert targets[a] != targets[b]
        assert sorted(len(e.reports) for e in record.events()) == [1, 2]


@settings(max_examples=10)
@given(st.permutations(range(4)), st.integers(1, 3), st.booleans())
def test_the_order_of_adding_does_not_change_the_outcome(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int, split: bool
) -> None:
    """With the decisions in place, all at once and bit by bit in another order give one export."""

    def run(order: Sequence[int], parts: int) -> dict[str, Any]:
        path = tmp_path_factory.mktemp("order") / "r.sqlite"
        made = reports()
        mentions = [x.document.sha256[:8] + "-e1" for x, _ in made]
        with Record.open(path, write=True) as record:
            if split:
                decide(record, "split", "event", [[mentions[0]], [mentions[1]]], given=["x"], by="Ada", why="")
            decide(record, "merge", "event", [[mentions[1]], [mentions[3]]], given=["x", "y"], by="Ada", why="")
            shas = [x.document.sha256 for x, _ in made]
            decide(record, "merge", "origin", [[shas[0]], [shas[2]]], given=["x", "y"], by="Ada", why="")
            for some in (order[:parts], order[parts:]):
                for n in some:
                    record.add(*made[n])
                link(record)
            out = shown(record)
        for d in out.get("decisions", []):
            d.pop("at")
        return out

    assert run(order, cut) == run(range(4), 4)


@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.sampled_from(["event", "origin", "agent"]), st.integers(0, 9), st.integers(0, 9)), max_size=3)
)
def test_any_merges_undone_restore_the_export(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[Kind, int, int]]
) -> None:
    with fill(tmp_path_factory.mktemp("undo") / "r.sqlite") as record:
        before = shown(record)
        made = []
        for kind, a, b in chosen:
            rows: Any = {"event": record.events, "origin": record.origins, "agent": record.agents}[kind]()
            x, y = rows[a % len(rows)].id, rows[b % len(rows)].id
            if x != y:
                made.append(do(record, "merge", kind, x, y))
                assert len(getattr(record, f"{kind}s")()) == len(rows) - 1
        for d in reversed(made):
            decided.apply(record, undo(record, d, by="Ada", why=""))
        assert shown(record) == before


def test_origins_are_merged_and_split_and_the_independent_count_follows(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite", [0, 1]) as record:
        before = shown(record)
        origins = record.origins()
        if len(origins) == 2:
            d = do(record, "merge", "origin", origins[0].id, origins[1].id)
        else:
            a, b = parts_of(record, "origin", origins[0].id)
            d = decide(record, "split", "origin", [[a], [b]], given=[origins[0].id], by="Ada", why="")
            decided.apply(record, d)
        assert len(record.origins()) != len(origins)
        (event,) = record.events()
        assert event.independent_origins == len(record.origins())
        decided.apply(record, undo(record, d, by="Ada", why=""))
        assert shown(record) == before


def test_agents_are_merged_and_split_by_their_names() -> None:
    a = AgentRow("A1", "North Fleet", "organisation", ("the Fleet",), ("d1", "d2"))
    b = AgentRow("A2", "Northern Fleet", "organisation", (), ("d3",))
    lone = AgentRow("A3", "a senior official", "unnamed", (), ("d1",), "d1")
    merge = Decision(
        1,
        "merge",
        "agent",
        (("North Fleet [A1]", "the Fleet [A1]"), ("Northern Fleet [A2]",)),
        ("A1", "A2"),
        "",
        "",
        "",
    )
    one, rest = sorted(agents_as_decided([a, b, lone], [merge]), key=lambda x: x.id)
    assert (one.id, one.name, one.aliases, one.documents) == (
        "A1", "North Fleet", ("Northern Fleet", "the Fleet"), ("d1", "d2", "d3"),
    )  # fmt: skip
    assert rest == lone
    cut = Decision(
        2, "split", "agent", (("North Fleet [A1]", "Northern Fleet [A2]"), ("the Fleet [A1]",)), ("A1",), "", "", ""
    )
    names = {x.id: (x.name, *x.aliases) for x in agents_as_decided([a, b, lone], [merge, cut])}
    assert sorted(names.values()) == [("North Fleet", "Northern Fleet"), ("a senior official",), ("the Fleet",)]
    assert agents_as_decided([b, a, lone], []) == [a, b, lone]


def some_decisions() -> st.SearchStrategy[list[Decision]]:
    parts = st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=5, unique=True)
    one = st.tuples(st.sampled_from(["merge", "split"]), parts)
    return st.lists(one, max_size=4).map(
        lambda ds: [
            Decision(n, v, "event", (tuple(p[:1]), tuple(p[1:])), (), "", "", "")  # type: ignore[arg-type]
            for n, (v, p) in enumerate(ds, 1)
        ]
    )


@given(st.lists(st.integers(0, 3), min_size=7, max_size=7), some_decisions(), st.randoms())
def test_regrouping_loses_nothing_keeps_the_last_word_and_sees_no_order(
    home: list[int], decided_: list[Decision], chance: Any
) -> None:
    groups = [[p for p, h in zip("abcdefg", home, strict=True) if h == n] for n in range(4)]
    groups = [g for g in groups if g]
    out = regroup(groups, decided_)
    assert sorted(itertools.chain(*out)) == list("abcdefg")
    if decided_:
        last = decided_[-1]
        where = {p: n for n, g in enumerate(out) for p in g}
        homes = [{where[p] for p in g} for g in last.groups]
        if last.verb == "merge":
            assert len(set.union(*homes)) == 1
        else:
            assert not homes[0] & homes[1]
    shuffled = [chance.sample(g, len(g)) for g in chance.sample(groups, len(groups))]
    assert regroup(shuffled, chance.sample(decided_, len(decided_))) == out


def test_what_cannot_be_decided_is_refused(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite", [0, 2]) as record:
        with pytest.raises(UsageError, match="two parts at least"):
            decide(record, "merge", "event", [["x"]], given=["x"], by="Ada", why="")
        with pytest.raises(UsageError, match="on both sides"):
            decide(record, "merge", "event", [["x"], ["x", "y"]], given=["x"], by="Ada", why="")
        with pytest.raises(UnknownId, match="no decision '7'; none was made"):
            decision(record, "7")
        with pytest.raises(UnknownId, match="no origin has the id"):
            parts_of(record, "origin", "Onothing")
        with pytest.raises(UnknownId, match="no agent has the id or name"):
            parts_of(record, "agent", "Nobody")
        assert decisions(record) == []
