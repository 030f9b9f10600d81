"""Events over several documents: contradictory dates, steps, background, counts with their reasons, accounts, any order, many."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from crossfix.linking import link
from crossfix.linking.event_blocks import block_keys
from crossfix.linking.event_groups import group
from crossfix.linking.event_told import Told
from crossfix.model import Extraction
from crossfix.record import Record
from crossfix.record.rows import EventRow
from record_builders import report

MAYOR = [("Ada Holm", "visitor")]
HARBOUR = ("Port Selby", 54.1, 10.2)
MINE = ("Kilby", 57.9, 12.0)
WAYS = (
    "Crowds stood at the gate when she visited, our correspondent writes.",
    "The papers had little to say of the day on which somebody visited.",
    "A band played, and a whole town was on its feet, as the guest visited.",
    "Nobody asked why the delegation visited so late in the season.",
    "What was said behind the doors while they visited is not known.",
    "They visited, and then the rain came and everything was put away.",
)

Document = tuple[Extraction, bytes]


def visit(when: str | None, **fields: Any) -> dict[str, object]:
    return {"trigger": "visited", "type": "visit", "when": when, "where": HARBOUR, "participants": MAYOR, **fields}


def told(n: int, *events: dict[str, object], text: str | None = None, **fields: Any) -> Document:
    """One of several reports in words of its own."""
    fields = {"outlet": f"Paper {n}", "published": "2023-09-20", **fields}
    return report(text or WAYS[n], events=events, **fields)


def linked(path: Path, documents: Sequence[Document], every: int = 99) -> list[EventRow]:
    with Record.open(path, write=True) as record:
        for n, d in enumerate(documents, start=1):
            record.add(*d)
            if n % every == 0:
                link(record)
        link(record)
        return record.events()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.sqlite"


def test_dates_a_day_or_two_apart_are_two_accounts_of_one_visit(path: Path) -> None:
    for n, other in enumerate(("2023-09-15", "2023-09-18")):
        (e,) = linked(path.with_name(str(n)), [told(0, visit("2023-09-16")), told(1, visit(other))])
        assert {(a.value, a.by) for a in e.accounts if a.field == "date"} == {
            ("2023-09-16", ("Paper 0",)),
            (other, ("Paper 1",)),
        }
        assert f"differ on the date: {' and '.join(sorted(('2023-09-16', other)))}" in e.why


@pytest.mark.parametrize(
    "others",
    [
        [visit("2023-09-19")],  # three days
        [visit("2023-09-15", where=MINE)],
        [visit("2023-09-15", participants=[("Bo Lind", "visitor")])],
        [visit("2023-09-15", modality="future")],
        [visit("2023-09")],  # no day at all: that joins as a wider date
        [visit("2023-09-14"), visit("2023-09-17")],  # two that are as near
    ],
)
def test_other_days_are_other_visits_where_anything_else_speaks_for_it(
    path: Path, others: list[dict[str, object]]
) -> None:
    rows = linked(path, [told(0, visit("2023-09-16")), *(told(n, o) for n, o in enumerate(others, start=1))])
    wide = others[0]["when"] == "2023-09"
    assert not any(a.field == "date" for e in rows for a in e.accounts)
    assert len(rows) == (1 if wide else 1 + len(others))


def test_a_document_that_tells_both_days_keeps_them_apart(path: Path) -> None:
    both = told(
        1,
        visit("2023-09-15"),
        visit("2023-09-16", trigger="came back"),
        text="She visited. The day after she came back.",
    )
    rows = linked(path, [told(0, visit("2023-09-16")), both])
    assert sorted((e.when, len(e.reports)) for e in rows) == [("2023-09-15", 1), ("2023-09-16", 2)]


def test_steps_of_one_shipment_are_one_event(path: Path) -> None:
    steps = (
        "Norland gave arms to Vostland that winter. On the 3rd an empty train travelled from Vostland. On the 4th Norland "
        "loaded the train."
    )
    parties = [("North Korea", "supplier"), ("Russia", "recipient")]
    first = report(
        steps,
        outlet="Ministry",
        published="2023-04-01",
        events=[
            {"trigger": "gave arms", "type": "arms_transfer", "when": "2023-01/2023-02", "participants": parties},
            {
                "trigger": "train travelled",
                "type": "other",
                "when": "2023-02-03",
                "participants": [("Russia", "actor")],
            },
            {"trigger": "loaded the train", "type": "arms_transfer", "when": "2023-02-04", "participants": parties[:1]},
        ],
    )
    again = report(
        "Arms went by rail.",
        outlet="Paper",
        published="2023-05-01",
        events=[{"trigger": "went by rail", "type": "arms_transfer", "when": "2023-02", "participants": parties}],
    )
    (e,) = linked(path, [first, again])
    assert (e.type, e.when, len(e.mentions), len(e.reports)) == ("arms_transfer", "2023-02-03/2023-02-04", 4, 2)
    assert "two steps of one shipment" in e.why or "told broadly, then in detail" in e.why


def summit(when: str | None, *names: str, trigger: str = "summit", **fields: Any) -> dict[str, object]:
    parties = [(n, "party") for n in names]
    return {"trigger": trigger, "type": "meeting", "when": when, "where": HARBOUR, "participants": parties, **fields}


def test_a_plan_and_what_came_of_it_are_one_event(path: Path) -> None:
    plan = told(
        0, summit("2023-09-18", "Ada Holm", modality="future"), text="A summit is to come.", published="2023-09-01"
    )
    done = told(1, summit("2023-09-18", "Ada Holm", "Bo Lind"), text="The summit is over.", published="2023-09-18")
    (e,) = linked(path, [plan, done])
    assert (e.modality, len(e.reports)) == ("actual", 2)
    test = {"trigger": "summit", "type": "missile_test", "participants": [("North Korea", "actor")]}
    rows = linked(
        path.with_name("b"),
        [
            told(0, {**test, "when": "2023-09-18", "modality": "future"}, text="A summit is to come."),
            told(1, {**test, "when": "2023-09-18"}, text="The summit is over."),
        ],
    )
    assert len(rows) == 2  # that a test was threatened for a day does not make it the one that came


def test_a_recent_summit_at_a_place_is_the_only_one_known_there(path: Path) -> None:
    dated = told(0, summit("2023-08-18", "Ada Holm", "Bo Lind"), text="The summit began.", published="2023-08-18")
    recent = told(1, summit(None, "Ada Holm"), text="After the recent summit all was new.", published="2023-11-10")
    (e,) = linked(path, [dated, recent])
    assert (e.when, len(e.reports)) == ("2023-08-18", 2)
    second = told(2, summit("2023-10-02", "Ada Holm", "Cy Wold"), text="A summit again.", published="2023-10-03")
    assert len(linked(path.with_name("b"), [dated, recent, second])) == 3
    late = told(1, summit(None, "Ada Holm"), text="After the recent summit all was new.", published="2024-08-10")
    assert len(linked(path.with_name("c"), [dated, late])) == 2


def test_news_of_sunday_evening_in_the_west_is_of_monday_in_the_east(path: Path) -> None:
    korea = ("2023-12-17T15:00Z", "2023-12-18T15:00Z", "Asia/Seoul", "the state that acts, North Korea")
    test = {"trigger": "test", "type": "missile_test", "participants": [("North Korea", "actor")]}
    east = told(0, {**test, "when": "2023-12-18", "moment": korea}, text="The test came.", published="2023-12-18")
    west = told(1, {**test, "when": None}, text="He spoke of the test.", published="2023-12-17")
    (e,) = linked(path, [east, west])
    assert (e.when, len(e.reports)) == ("2023-12-18", 2)
    earlier = told(1, {**test, "when": None}, text="He spoke of the test.", published="2023-12-16")
    assert len(linked(path.with_name("b"), [east, earlier])) == 2


# ------------------------------------------------------------------ how many stand behind it


def claimed(n: int, speaker: str, chain: tuple[str, ...] = (), **fields: Any) -> Document:
    """A report that has it from one speaker, through the links of a chain."""
    extraction, raw = report(
        f"{speaker} said so. {WAYS[n]}", claims=[(speaker, "said", "visited")], events=[visit("2023-09-16", claim="c1")],
        **{"outlet": f"Paper {n}", "published": "2023-09-20", **fields},
    )  # fmt: skip
    if not chain:
        return extraction, raw
    return replace(extraction, claims=(replace(extraction.claims[0], chain=chain),)), raw


def test_a_press_conference_is_one_speaker_with_many_reporters(path: Path) -> None:
    (e,) = linked(path, [claimed(n, "Ada Holm") for n in range(5)])
    assert (e.independent_origins, e.reporters, e.speakers) == (1, 5, ("Ada Holm",))
    (root,) = e.roots
    assert (root.name, len(root.documents)) == ("Ada Holm", 5)
    assert "from Ada Holm alone" in root.why
    (e,) = linked(path.with_name("b"), [*(claimed(n, "Ada Holm") for n in range(3)), told(4, visit("2023-09-16"))])
    assert (e.independent_origins, e.reporters) == (2, 4)


def test_an_institutions_own_page_and_those_who_have_it_from_there_are_one(path: Path) -> None:
    own = told(0, visit("2023-09-16"), outlet="The Harbour Office")
    (e,) = linked(path, [own, claimed(1, "Harbour Office"), claimed(2, "Harbour Office")])
    assert (e.independent_origins, e.reporters) == (1, 3)


def test_an_agency_its_retellers_and_their_reprints_are_one(path: Path) -> None:
    wire = told(0, visit("2023-09-16"), outlet="VOA")
    through = claimed(1, "Ada Holm", ("ANI", "Voice of America", "Ada Holm"), outlet="ANI")
    reprint = told(2, visit("2023-09-16"), agency="ANI", outlet="Evening Paper")
    own = told(3, visit("2023-09-16"))
    (e,) = linked(path, [wire, through, reprint, own])
    assert e.independent_origins == 2
    assert sorted(len(r.documents) for r in e.roots) == [1, 3]
    big = max(e.roots, key=lambda r: len(r.documents))
    assert "retells" in big.why
    assert "credits ANI" in big.why


def test_accounts_say_who_says_what(path: Path) -> None:
    (e,) = linked(
        path,
        [
            claimed(0, "Ada Holm", ("Paper 0", "Coast Wire", "Ada Holm")),
            told(1, visit("2023-09-16", where=("Selby docks", 54.11, 10.21))),
        ],
    )
    places = {a.value: a.by for a in e.accounts if a.field == "place"}
    assert places == {"Port Selby": ("Paper 0 > Coast Wire > Ada Holm",), "Selby docks": ("Paper 1",)}


def test_transfers_of_one_event_keep_each_figure(path: Path) -> None:
    parties = [("North Korea", "supplier"), ("Russia", "recipient")]
    documents = []
    for n, (item, quantity) in enumerate((("artillery shells", "1,000"), ("shells", "2,500"))):
        text = f"{WAYS[n]} They sent {quantity} {item}."
        event = {"trigger": "sent", "type": "arms_transfer", "when": "2023-09-16", "participants": parties}
        dealt = {
            "supplier": "North Korea", "recipient": "Russia", "item": item, "quantity": quantity, "when": "2023-09-16", "event": "e1",
            "evidence": "sent",
        }  # fmt: skip
        documents.append(report(text, outlet=f"Paper {n}", published="2023-09-20", events=[event], transfers=[dealt]))
    with Record.open(path, write=True) as record:
        for d in documents:
            record.add(*d)
        link(record)
        (t,) = record.transfers()
        assert t.event == record.events()[0].id
        assert "one event" in t.why
        assert {(a.field, a.value, a.by) for a in t.accounts if a.field == "quantity"} == {
            ("quantity", "1,000", ("Paper 0",)),
            ("quantity", "2,500", ("Paper 1",)),
        }
        assert record.export()["transfers"][0]["accounts"][0]["by"]


# ------------------------------------------------------------------ in any order, and many

_dates = st.sampled_from(
    ["2023-09-14", "2023-09-15", "2023-09-16", "2023-09-18", "2023-09", "2023-09-15/2023-09-17", None]
)
_types = st.sampled_from(["visit", "meeting", "satellite_launch", "arms_transfer", "other"])
_parties = st.lists(
    st.sampled_from([("Ada Holm", "visitor"), ("Bo Lind", "party"), ("Russia", "supplier"), ("North Korea", "actor")]),
    max_size=2, unique=True,
)  # fmt: skip


@st.composite
def small(draw: st.DrawFn, n: int) -> Document:
    triggers = ("visited", "summit train")
    events = [
        {
            "trigger": triggers[k], "type": draw(_types), "when": draw(_dates), "participants": draw(_parties),
            "where": draw(st.sampled_from([None, HARBOUR, MINE])),
            "modality": draw(st.sampled_from(["actual", "actual", "actual", "future"])),
            "outcome": draw(st.sampled_from(["unknown", "success", "failure"])),
        }
        for k in range(draw(st.integers(1, 2)))
    ]  # fmt: skip
    return report(
        f"{WAYS[n]} A summit train stood there.", outlet=draw(st.sampled_from(["Paper", "VOA", f"Paper {n}"])),
        agency=draw(st.sampled_from([None, "VOA"])), events=events,
        published=draw(st.sampled_from(["2023-09-17", "2023-09-18", "2023-11-01"])),
    )  # fmt: skip


@st.composite
def orders(draw: st.DrawFn) -> tuple[list[Document], list[list[Document]], int]:
    documents = [draw(small(n)) for n in range(draw(st.integers(2, 5)))]
    return documents, [draw(st.permutations(documents)) for _ in range(2)], draw(st.integers(1, 3))


@given(orders())
@settings_of(max_examples=settings_of().max_examples // 3)
def test_the_order_of_adding_makes_no_difference(case: tuple[list[Document], list[list[Document]], int]) -> None:
    documents, others, every = case
    with TemporaryDirectory() as folder:
        first = linked(Path(folder, "0"), documents)
        for n, order in enumerate(others, start=1):
            assert linked(Path(folder, str(n)), order, every) == first


def test_hundreds_of_like_reports_are_judged_once_for_each_face() -> None:
    mentions = []
    for n in range(1500):
        extraction, _ = report(
            WAYS[n % 6] + str(n % 40), events=[visit("2023-09-16", outcome=("unknown", "success")[n % 2])], salt=str(n)
        )
        mentions.append(
            Told(f"{n:064d}", extraction.events[0], "2023-09-20", f"O{n % 40}", f"Paper {n % 300}", sentence=n % 40)
        )
    before = time.process_time()
    (one,) = group(mentions)
    assert len(one) == 1500
    assert time.process_time() - before < 5


def test_a_mention_stands_in_few_blocks() -> None:
    names = [(f"Guest {n}", "party") for n in range(20)]
    extraction, _ = report("A summit.", events=[summit("2023-09-16", *(n for n, _ in names))])
    keys = block_keys(Told("d", extraction.events[0], "2023-09-17"))
    assert 0 < len(keys) <= 120
    assert len(set(keys)) == len(keys)
