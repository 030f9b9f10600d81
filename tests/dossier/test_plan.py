"""The plan of a dossier: acts on it, its file, and how it is kept with every version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crossfix.dossier import kept
from crossfix.dossier.plan import (
    Plan,
    added,
    dropped,
    moved,
    named,
    plan_json,
    plan_of,
    plan_text,
    read_plan,
    without,
    written,
)
from crossfix.errors import Conflict, UnknownId, UsageError
from crossfix.record import Record


def planned() -> Plan:
    plan = named(Plan(), "  Shells  by rail ", "A. Analyst")
    plan = added(plan, "heading", text="What was told")
    plan = added(plan, "event", ref="E-1")
    plan = added(plan, "text", text="Our reading.\r\n\r\nSee [[abc-c1]].")
    return added(plan, "claim", ref="abc-c1")


def test_acts_give_new_plans_and_keep_keys() -> None:
    plan = planned()
    assert plan.title == "Shells by rail"
    assert [i.key for i in plan.items] == ["i1", "i2", "i3", "i4"]
    assert plan.items[2].text == "Our reading.\n\nSee [[abc-c1]]."
    assert added(plan, "event", ref="E-1") == plan  # chosen already
    assert [i.key for i in moved(plan, "i4", 0).items] == ["i4", "i1", "i2", "i3"]
    assert [i.key for i in moved(plan, "i1", 99).items] == ["i2", "i3", "i4", "i1"]
    shorter = dropped(plan, "i2")
    assert [i.key for i in added(shorter, "heading", text="x", at=0).items] == ["i5", "i1", "i3", "i4"]
    assert written(plan, "i1", "Other words").item("i1").text == "Other words"
    out = without(without(plan, "claims", "abc-c2"), "parts", "map")
    assert out.without.claims == ("abc-c2",)
    assert out.without.parts == ("map",)
    assert without(without(out, "claims", "abc-c2", out=False), "parts", "map", out=False) == plan


def test_what_means_nothing_is_refused() -> None:
    plan = planned()
    for act in (
        lambda: written(plan, "i2", "an event has no words of one's own"),
        lambda: dropped(plan, "i9"),
        lambda: without(plan, "parts", "everything"),
        lambda: added(plan, "claim", ref="two words"),
        lambda: added(plan, "text", text="x" * 30_000),
        lambda: named(plan, "x" * 400, ""),
    ):
        with pytest.raises(UsageError):
            act()


def test_a_file_comes_back_as_it_was() -> None:
    plan = without(planned(), "documents", "ab" * 32)
    assert read_plan(plan_text(plan)) == plan
    bare: dict[str, Any] = json.loads(plan_text(plan))
    for item in bare["items"]:
        del item["key"]  # a person need not number anything
    assert plan_of(bare) == plan


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("[]", "an object is needed"),
        ("{", "no JSON"),
        ('{"items": [{"kind": "poem"}]}', "item 1: 'poem' is no kind"),
        ('{"items": [{"kind": "event"}]}', "the id of a event"),
        ('{"items": [{"kind": "event", "id": "E-1", "note": 1}]}', "'note' means nothing"),
        ('{"items": [{"kind": "text", "key": "i1"}, {"kind": "text", "key": "i1"}]}', "the same key"),
        ('{"left_out": {"parts": ["soul"]}}', "no part 'soul'"),
        ('{"crossfix_dossier": 9}', "form 9"),
        ('{"title": 3}', "title: words"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(wrong: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as error:
        read_plan(wrong, "plan.json")
    assert str(error.value).startswith("plan.json: ")
    assert "\n" not in str(error.value)


@pytest.fixture
def record(tmp_path: Path) -> Any:
    with Record.open(tmp_path / "r.sqlite", write=True) as made:
        yield made


def test_every_act_is_a_version_and_undo_walks_back(record: Record) -> None:
    begun = kept.begin(record, Plan("First"), by="Ann", why="asked by the desk")
    assert (begun.id, begun.version, begun.by, begun.why) == ("dossier-1", 1, "Ann", "asked by the desk")
    add = {"act": "added", "told": "added an event", "by": "Ben"}
    one = kept.change(record, "dossier-1", lambda p: added(p, "event", ref="E-1"), seen=1, **add)
    two = kept.change(record, "dossier-1", lambda p: added(p, "event", ref="E-2"), seen=2, **add)
    assert kept.change(record, "dossier-1", lambda p: added(p, "event", ref="E-2"), **add) == two  # nothing new
    assert kept.undo(record, "dossier-1", by="Ann").plan == one.plan
    assert kept.undo(record, "dossier-1", by="Ann").plan == begun.plan
    with pytest.raises(UsageError, match="nothing to undo"):
        kept.undo(record, "dossier-1", by="Ann")
    back = kept.restore(record, "dossier-1", two.version, by="Ben", seen=5)
    assert back.plan == two.plan
    assert [v.act for v in kept.versions(record, "dossier-1")] == [
        "restored", "undone", "undone", "added", "added", "begun",
    ]  # fmt: skip
    assert [h.act for h in record.history("dossier-1")] == ["begun", "added", "added", "undone", "undone", "restored"]


def test_the_slower_of_two_is_told_and_nothing_is_lost(record: Record) -> None:
    kept.begin(record, Plan("Ours"), by="Ann")
    kept.change(record, "dossier-1", lambda p: named(p, "Hers", ""), act="named", told="renamed it", by="Ann", seen=1)
    with pytest.raises(Conflict, match="Ann changed this dossier meanwhile: renamed it") as error:
        kept.change(record, "dossier-1", lambda p: named(p, "His", ""), act="named", told="", by="Ben", seen=1)
    assert error.value.current["plan"] == plan_json(kept.dossier(record, "dossier-1").plan)
    assert kept.dossier(record, "dossier-1").plan.title == "Hers"


def test_put_away_and_brought_back(record: Record) -> None:
    kept.begin(record, Plan("Ours"), by="Ann")
    assert kept.put_away(record, "dossier-1", by="Ann").gone
    assert kept.dossiers(record) == []
    assert [k.id for k in kept.dossiers(record, gone=True)] == ["dossier-1"]
    with pytest.raises(UsageError, match="put away by Ann"):
        kept.change(record, "dossier-1", lambda p: named(p, "x", ""), act="named", told="", by="Ben")
    assert kept.undo(record, "dossier-1", by="Ben").plan.title == "Ours"
    assert [k.id for k in kept.dossiers(record)] == ["dossier-1"]
    assert kept.begin(record, Plan("Next"), by="Ann").id == "dossier-2"
    with pytest.raises(UnknownId):
        kept.dossier(record, "dossier-7")
    with pytest.raises(UsageError, match="the name of who"):
        kept.begin(record, Plan(), by="  ")
