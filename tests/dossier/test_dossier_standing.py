"""What an event stands on, in the dossier: each independent origin with its reason, speakers and reporters, who says each value."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from crossfix.dossier import gather, to_html, to_markdown
from crossfix.dossier.standing import DOCUMENTS_MOST
from crossfix.record.rows import Account, Root

FIRED = "Norland fired a rocket from Port Selby, report {} says."


@pytest.fixture
def several(shelf: Any) -> tuple[Any, list[str]]:
    """Four reports of one event: two of one origin, two by themselves, who differ on the place."""
    shelf = type(shelf)()
    outlets = ("Harbour Post", "Inland <i>Daily</i>", "Coast News", "Fjord Weekly")
    ids = [shelf.put(FIRED.format(n), outlet=o) for n, o in enumerate(outlets)]
    at = [shelf.at(d, "Port Selby") for d in ids]
    shelf.event(
        [(d, "fired") for d in ids], independent_origins=3, reporters=4, speakers=("the White Tower", "Ada <b>Holm</b>"),
        roots=(
            Root("the White Tower", (ids[0], ids[1]), "has it from the White Tower alone"),
            Root("Coast News", (ids[2],), "in its own words"),
            Root("Fjord Weekly", (ids[3],), "credits <u>Agency</u>"),
        ),
        accounts=(
            Account("place", "Port Selby", (at[0], at[1], at[2]), ("Harbour Post > the White Tower", "", "Coast News")),
            Account("place", "Kilby", (at[3],), ("Fjord Weekly",)),
        ),
    )  # fmt: skip
    return shelf, ids


def test_each_origin_is_named_with_a_passage_of_each_document_and_its_reason(several: tuple[Any, list[str]]) -> None:
    shelf, ids = several
    view = gather(shelf)
    (event,) = view.events
    assert [(r.name, [o for o, _ in r.documents], r.more) for r in event.roots] == [
        ("the White Tower", ["Harbour Post", "Inland <i>Daily</i>"], 0),
        ("Coast News", ["Coast News"], 0),
        ("Fjord Weekly", ["Fjord Weekly"], 0),
    ]
    where = {p.number: d.sha256 for d in view.documents for p in d.passages}
    assert [where[c.number] for r in event.roots for _, cites in r.documents for c in cites] == ids


def test_speakers_and_reporters_stand_among_the_facts(several: tuple[Any, list[str]]) -> None:
    shelf, _ = several
    facts = {f.label: f.value for f in gather(shelf).events[0].facts}
    assert facts["Original speakers"] == "the White Tower and Ada <b>Holm</b>"
    assert facts["Support"].startswith("3 independent origins in 4 documents; 4 reporters in words of their own")
    shelf.happened[0] = replace(shelf.happened[0], reporters=3, speakers=())
    facts = {f.label: f.value for f in gather(shelf).events[0].facts}
    assert facts["Support"] == "3 independent origins in 4 documents"
    assert "Original speakers" not in facts


def test_every_value_of_an_account_stays_with_who_says_it(several: tuple[Any, list[str]]) -> None:
    shelf, ids = several
    view = gather(shelf)
    where = {p.number: d.sha256 for d in view.documents for p in d.passages}
    told = [
        (a.value, who, [where[c.number] for c in cites]) for a in view.events[0].accounts for who, cites in a.by
    ]  # fmt: skip
    assert told == [
        ("Port Selby", "Harbour Post › the White Tower", [ids[0]]),
        ("Port Selby", "Inland <i>Daily</i>", [ids[1]]),  # who says it is not kept: the outlet
        ("Port Selby", "Coast News", [ids[2]]),
        ("Kilby", "Fjord Weekly", [ids[3]]),
    ]


def test_both_forms_show_it_escaped_and_every_link_leads_somewhere(several: tuple[Any, list[str]]) -> None:
    view = gather(several[0])
    page, text = to_html(view), to_markdown(view)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert not re.search(r"<[iu]>|<b>Holm", page + text)
    for words in ("its independent origins", "has it from the White Tower alone", "Harbour Post › the White Tower"):
        assert words in page
        assert words in text


def test_an_event_of_one_document_counts_nothing(several: tuple[Any, list[str]]) -> None:
    shelf, ids = several
    alone = shelf.happened[0]
    shelf.happened[0] = replace(
        alone, reports=ids[:1], mentions=alone.mentions[:1], roots=(replace(alone.roots[0], documents=(ids[0],)),)
    )
    assert gather(shelf).events[0].roots == ()
    assert "What it stands on:" not in to_markdown(gather(shelf))


def test_a_long_line_of_reprints_is_counted_not_listed(shelf: Any) -> None:
    shelf = type(shelf)()
    ids = [shelf.put(FIRED.format(n), outlet=f"Paper {n}") for n in range(DOCUMENTS_MOST + 3)]
    shelf.event([(d, "fired") for d in ids], roots=(Root("Coast News", tuple(ids), "descend from one report"),))
    (root,) = gather(shelf).events[0].roots
    assert len(root.documents) == DOCUMENTS_MOST
    assert root.more == 3
    assert "and 3 more" in to_markdown(gather(shelf))


def test_a_reason_that_the_name_says_already_is_left_out(several: tuple[Any, list[str]]) -> None:
    shelf, _ = several
    first, *rest = shelf.happened[0].roots
    by = replace(rest[0], why="by Coast News; retells Far Gazette")
    alone = replace(rest[1], why="by Fjord Weekly; Fjord Weekly itself")
    shelf.happened[0] = replace(shelf.happened[0], roots=(first, by, alone))
    view = gather(shelf)
    assert [r.why for r in view.events[0].roots] == [first.why, "retells Far Gazette", ""]
    assert "()" not in to_markdown(view)
