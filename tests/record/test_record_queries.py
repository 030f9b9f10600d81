"""Filters, order, single rows and history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crossfix.errors import UnknownId, UsageError
from crossfix.linking import link
from crossfix.record import Record
from crossfix.record.rows import Filter, LeftOut
from record_builders import report

FIRST = (
    "North Korea fired a missile from Sunan on Thursday. Seoul's ministry said it flew 700 km. "
    "An analyst said the test may have failed."
)
SECOND = "Moscow denied that shells came by rail from Rajin. Kirby said that 1,000 containers left."


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite", write=True) as r:
        r.add(
            *report(
                FIRST,
                file="first.txt",
                title="A launch",
                outlet="Harbour Post",
                agency="Meridian",
                published="2023-07-13",
                claims=[
                    ("Seoul's ministry", "said", "it flew 700 km"),
                    ("An analyst", "said", "the test may have failed"),
                ],
                events=[
                    {
                        "trigger": "fired",
                        "when": "2023-07-13",
                        "where": ("Sunan", 39.2, 125.7),
                        "participants": [("North Korea", "actor")],
                        "claim": "c1",
                    }
                ],
                names=[("North Korea", "state")],
            )
        )
        r.add(
            *report(
                SECOND,
                file="second.txt",
                outlet="Valley News",
                published="2023-10-13",
                claims=[
                    ("Moscow", "denied", "shells came by rail"),
                    ("Kirby", "said", "1,000 containers left"),
                ],
                events=[{"trigger": "came", "type": "arms_transfer", "when": "2023-10", "status": "alleged"}],
                transfers=[
                    {
                        "event": "e1",
                        "supplier": "North Korea",
                        "recipient": "Russia",
                        "item": "shells",
                        "when": "2023-10",
                    }
                ],
            )
        )
        r.add(*report("Nothing much happened.", file="third.txt", outlet=None, published=None))
        link(r)
        yield r


def files(record: Record, **wanted: object) -> list[str]:
    return [d.file for d in record.documents(Filter(**wanted))]  # type: ignore[arg-type]


def test_documents_in_order_and_filtered(record: Record) -> None:
    assert files(record) == ["first.txt", "second.txt", "third.txt"]
    assert files(record, since="2023-08") == ["second.txt"]
    assert files(record, until="2023-07-13") == ["first.txt"]
    assert files(record, since="2023", until="2023") == ["first.txt", "second.txt"]
    assert files(record, outlet="valley") == ["second.txt"]
    assert files(record, outlet="meridian") == ["first.txt"]
    assert files(record, about="launch SUNAN") == ["first.txt"]  # one word in the title, one in the text
    assert files(record, about='"came by"') == ["second.txt"]
    assert files(record, type="missile_test") == ["first.txt"]
    assert files(record, agent="kirby") == ["second.txt"]
    assert files(record, place="sunan") == ["first.txt"]
    assert files(record, limit=1) == ["first.txt"]
    first = record.documents()[0].sha256
    assert files(record, document=first[:8]) == ["first.txt"]
    assert files(record, type="missile_test", agent="kirby") == []


def contents(record: Record, **wanted: object) -> list[str]:
    return [c.content.text for c in record.claims(Filter(**wanted))]  # type: ignore[arg-type]


def test_claims_in_order_of_the_text_and_filtered(record: Record) -> None:
    everything = ["it flew 700 km", "the test may have failed", "shells came by rail", "1,000 containers left"]
    assert contents(record) == everything
    assert contents(record, agent="ministry") == everything[:1]
    assert contents(record, about="analyst failed") == everything[1:2]
    assert contents(record, since="2023-10") == everything[2:]
    assert contents(record, type="missile_test") == everything[:1]
    assert contents(record, stance="deny") == []
    assert contents(record, outlet="harbour", limit=1) == everything[:1]


def test_events_and_transfers_filtered(record: Record) -> None:
    assert [e.type for e in record.events()] == ["missile_test", "arms_transfer"]
    assert [e.type for e in record.events(Filter(place="sunan"))] == ["missile_test"]
    assert [e.type for e in record.events(Filter(agent="korea"))] == ["missile_test"]
    assert [e.type for e in record.events(Filter(since="2023-10-31"))] == ["arms_transfer"]
    assert [e.type for e in record.events(Filter(about="seoul fired"))] == []
    assert [e.type for e in record.events(Filter(about="fired thursday"))] == ["missile_test"]
    assert [e.type for e in record.events(Filter(status="alleged"))] == ["arms_transfer"]
    (t,) = record.transfers(Filter(agent="russia", about="shells", since="2023-10-05"))
    assert t.event == record.events(Filter(type="arms_transfer"))[0].id
    assert record.transfers(Filter(agent="iran")) == []
    assert record.transfers(Filter(type="visit")) == []


def test_sources_count_claims_and_name_what_they_came_through(record: Record) -> None:
    rows = {s.name: s for s in record.sources()}
    assert {"Seoul's ministry", "An analyst", "Kirby"} <= set(rows)
    assert rows["Russia"].claims == 1  # told as "Moscow"
    assert rows["Kirby"].claims == 1
    assert rows["Kirby"].stances == {"assert": 1}
    assert record.passage(rows["Kirby"].evidence[0]).startswith("Kirby said")
    assert rows["An analyst"].kind == "unnamed"


def test_agents_know_their_documents(record: Record) -> None:
    korea = next(a for a in record.agents() if a.name == "North Korea")
    assert korea.kind == "state"
    assert {record.document(d).file for d in korea.documents} == {"first.txt", "second.txt"}
    (outlet,) = record.agents(Filter(agent="valley"))
    assert outlet.kind == "outlet"


def test_one_row_by_its_id(record: Record) -> None:
    for c in record.claims():
        assert record.claim(c.id) == c
    for e in record.events():
        assert record.event(e.id) == e
    for t in record.transfers():
        assert record.transfer(t.id) == t
    mention = record.event_mentions(documents=record.events()[0].reports)[0]
    assert record.event(mention.event.id) == record.events()[0]


def test_an_unknown_id_names_those_near_it(record: Record) -> None:
    known = record.claims()[0].id
    with pytest.raises(UnknownId, match=known):
        record.claim(known[:-1] + "9")
    with pytest.raises(UnknownId, match="no event"):
        record.event("E0000000000")
    with pytest.raises(UnknownId, match="no document"):
        record.document("zz")
    with pytest.raises(UnknownId, match="no document"):
        record.text("0" * 64)
    with pytest.raises(UnknownId, match="nothing in the record"):
        record.history("what")


@pytest.mark.parametrize("wanted", [{"since": "last week"}, {"until": "2023-13"}, {"limit": 0}, {"sure": 1.5}])
def test_a_filter_that_means_nothing_says_so(record: Record, wanted: dict[str, object]) -> None:
    for ask in (record.documents, record.claims, record.events, record.transfers, record.sources, record.places):
        with pytest.raises(UsageError):
            ask(Filter(**wanted))  # type: ignore[arg-type]


def test_the_sure_ones_only(tmp_path: Path) -> None:
    """By confidence: the limit itself is in; claims without an estimate are out; events, transfers and documents follow."""
    first, raw = report(
        FIRST,
        claims=[("Seoul's ministry", "said", "it flew 700 km"), ("An analyst", "said", "the test may have failed")],
        events=[{"trigger": "flew", "claim": "c1"}, {"trigger": "failed", "claim": "c2"}],
    )
    second, other = report(
        SECOND,
        outlet="Valley News",
        claims=[("Moscow", "denied", "shells came by rail"), ("Kirby", "said", "1,000 containers left")],
        transfers=[{"item": "shells", "evidence": "shells came by rail"}],
    )
    estimates = iter((0.9, 0.5, 0.2, None))
    first, second = (
        replace(x, claims=tuple(replace(c, confidence=next(estimates)) for c in x.claims)) for x in (first, second)
    )
    with Record.open(tmp_path / "r.sqlite", write=True) as r:
        r.add(first, raw)
        r.add(second, other)
        link(r)

        def speakers(sure: float) -> list[str | None]:
            return [c.source_name for c in r.claims(Filter(sure=sure))]

        assert speakers(0.0) == ["Seoul's ministry", "An analyst", "Moscow"]
        assert speakers(0.5) == ["Seoul's ministry", "An analyst"]
        assert speakers(0.51) == ["Seoul's ministry"]
        assert speakers(1.0) == []
        assert [len(r.events(Filter(sure=p))) for p in (0.2, 0.9, 0.95)] == [2, 1, 0]
        assert [len(r.transfers(Filter(sure=p))) for p in (0.2, 0.21)] == [1, 0]
        assert [d.outlet for d in r.documents(Filter(sure=0.3))] == ["Harbour Post"]
        assert [s.name for s in r.sources(Filter(sure=0.9))] == ["Seoul's ministry"]
        assert LeftOut.of(r.claims(), 0.5) == LeftOut(1, 0, 1)


def test_history_shows_every_version(record: Record) -> None:
    sha = record.documents()[0].sha256
    entries = record.history(sha[:10])
    assert {h.table for h in entries} == {"documents", "descents"}
    assert [h.version for h in entries] == [1, 1]
    assert all(h.at.endswith("Z") and h.by.startswith("crossfix ") and h.why for h in entries)
    event = record.events()[0]
    assert [(h.version, h.act) for h in record.history(event.id)] == [(1, "linked")]
    # a second telling of the event: a new version, the first stays readable
    record.add(
        *report(
            "The North fired again, Tokyo said.",
            published="2023-07-14",
            events=[{"trigger": "fired", "when": "2023-07-13", "participants": [("North Korea", "actor")]}],
        )
    )
    summary = link(record)
    assert summary.changed >= 1
    entries = record.history(event.id)
    assert [(h.version, h.act) for h in entries] == [(1, "linked"), (2, "changed")]
    assert len(entries[0].value["value"]["reports"]) == 1  # type: ignore[index]
    assert len(record.event(event.id).reports) == 2


def test_an_export_has_all_that_the_contract_names(record: Record) -> None:
    out = record.export()
    assert list(out) == [
        "documents", "claims", "events", "transfers", "agents", "places", "origins", "drifts", "decisions",
        "reviews", "findings",
    ]  # fmt: skip
    shas = {d["sha256"] for d in out["documents"]}
    for d in out["documents"]:
        assert {"origin", "derived_from", "relation", "title", "outlet", "published", "published_basis"} <= set(d)
        assert d["origin"] in {o["id"] for o in out["origins"]}
    for kind in ("claims", "events", "transfers"):
        for row in out[kind]:
            assert row["evidence"]
            assert all(e["document"] in shas for e in row["evidence"])
    for e in out["events"]:
        assert {"mentions", "reports", "independent_origins", "accounts", "ordinals", "where", "when"} <= set(e)
    assert sorted(d for o in out["origins"] for d in o["documents"]) == sorted(shas)
    assert out["claims"][0]["events"] == [record.events()[0].id]
