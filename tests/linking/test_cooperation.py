"""The acceptance of issue 5, on real documents: what each happening of the Russia and North Korea case is joined from.

The record is made of both seeds, the White House documents, VOA, KCNA and the RUSI report, read by the rules alone (``fast``), and one
report of our own with other dates for two visits. It is built once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crossfix.linking import link
from crossfix.pipeline import extract_files
from crossfix.record import Record
from crossfix.record.rows import EventRow, TransferRow

SEED_0, SEED_3 = "000_8a43366d0cd8ca85", "003_880399e598b9102c"
DAYS_BEFORE = """---
outlet: "Harbour Post"
published: 2023-09-18
language: en
---

Kim Jong Un toured the Russian Far East last week. Kim visited an aircraft factory in Komsomolsk-on-Amur on September 15.
Kim visited Vladivostok on September 16, the mayor's office said.
"""
"""Written for this test: both visits a day earlier than in the seed."""


@pytest.fixture(scope="module")
def record(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The record of the case, before the report with the other dates."""
    data = shared / "eval" / "data"
    files = sorted(
        [
            *(shared / "seeds").glob("*.txt"),
            *(f for f in (data / "record" / "texts").glob("*.txt") if f.name.startswith(("wh-", "voa-", "kcna-"))),
            *(f for f in (data / "articles" / "texts").glob("*.txt") if f.name.startswith(("wh-", "rusi-", "kcna-"))),
        ]
    )
    assert len(files) == 18
    path = tmp_path_factory.mktemp("cooperation") / "r.sqlite"
    with Record.open(path, write=True) as r:
        for o in extract_files([str(f) for f in files], fast=True, workers=1):
            assert o.extraction is not None
            r.add(o.extraction, o.original)
        link(r)
        yield r


Told = Callable[[EventRow], set[str]]


@pytest.fixture(scope="module")
def told(record: Record) -> Told:
    """The documents that tell an event, by the stems of their file names."""
    names = {d.sha256: Path(d.file).stem for d in record.documents()}
    return lambda e: {names[d] for d in e.reports}


def the(record: Record, told: Told, type_: str, *documents: str) -> EventRow:
    """The one event of a type that all these documents tell; none other of the type may be told by two of them."""
    rows = [e for e in record.events() if e.type == type_ and set(documents) <= told(e)]
    assert len(rows) == 1, [(e.when, sorted(told(e))) for e in record.events() if e.type == type_]
    return rows[0]


def accounts(e: EventRow | TransferRow, field: str) -> set[str]:
    return {a.value for a in e.accounts if a.field == field}


def test_the_railcar_shipment(record: Record, told: Told) -> None:
    # The briefing tells it three times: a delivery toward the end of 2022, the train's way out on the 18th, its loading on the 19th.
    # The seed tells shipments by railcar in November, from satellite pictures of the White House.
    e = the(record, told, "arms_transfer", "wh-2023-01-20-kirby-wagner-railcars", SEED_3)
    assert e.when == "2022-11-18/2022-11-19"
    assert {"five Russian railcars traveled", "sending shipments"} <= set(e.triggers)
    assert len(e.mentions) >= 4
    # One: the seed has it from the White House alone, whose own briefing is the other document. Two tell it (the White House, and
    # Voice of America through ANI).
    assert (e.independent_origins, e.reporters) == (1, 2)
    assert {"John Kirby", "White House"} <= set(e.speakers)
    assert accounts(e, "date") >= {"2022-11-18", "2022-11-19", "2022-11"}
    assert any(by == "ANI > Voice of America > White House" for a in e.accounts for by in a.by)


def test_the_test_of_18_december(record: Record, told: Told) -> None:
    # The readout is of Sunday evening in Washington, when it was Monday in Korea, and gives no date.
    e = the(record, told, "missile_test", "wh-2023-12-17-sullivan-readout-icbm", SEED_3)
    assert e.when == "2023-12-18"
    assert {(o.nth, o.of.split()[0]) for o in e.ordinals} >= {(5, "intercontinental"), (3, "Hwasong-18")}
    # Two: the White House speaks for itself, ANI retells Voice of America (and KCNA names the missile).
    assert e.independent_origins == 2
    assert len(told(e)) == 2


@pytest.mark.parametrize(
    ("statement", "when", "outcome"),
    [
        ("wh-2023-05-30-hodge-space-launch", "2023-05", "failure"),
        ("wh-2023-08-23-watson-space-launch", "2023-08", "failure"),
        # Neither document dates the third; the seed has a diplomat speak of it on 27 November, and no other launch lies between.
        ("wh-2023-11-21-watson-space-launch", None, "success"),
    ],
)  # fmt: skip
def test_the_three_satellite_launches(
    record: Record, told: Told, statement: str, when: str | None, outcome: str
) -> None:
    # The three statements share their template; each is of the launch of its own day.
    e = the(record, told, "satellite_launch", statement, SEED_3)
    assert (e.when, e.outcome) == (when, outcome)
    assert told(e) == {statement, SEED_3}
    # Two: the White House's own statement, and the seed, which tells the launches in words of its own after Voice of America.
    assert e.independent_origins == 2
    assert len(e.roots) == 2
    assert any("Voice of America" in r.why for r in e.roots)


def test_the_launches_are_three_events_and_no_more(record: Record) -> None:
    rows = [
        e for e in record.events() if e.type == "satellite_launch" and "NATA" not in {p.name for p in e.participants}
    ]
    assert len(rows) == 3


def test_the_camp_david_summit(record: Record, told: Told) -> None:
    # Announced in July for 18 August, told on the day, in December and the year after as of August, in the seed as recent.
    e = the(
        record, told, "meeting", "wh-2023-07-28-camp-david-announced", "wh-2023-08-18-camp-david-fact-sheet",
        "wh-2023-12-17-sullivan-readout-icbm", "wh-2024-10-25-trilateral-readout-troops", SEED_0,
    )  # fmt: skip
    assert (e.when, e.modality, e.where and e.where.name) == ("2023-08-18", "actual", "Camp David")
    # Two: the White House in four documents, and the seed's outlet, which names nobody for it.
    assert e.independent_origins == 2
    assert sorted(len(r.documents) for r in e.roots) == [1, 4]
    assert accounts(e, "participants")
    others = [x for x in record.events() if x.type == "meeting" and x.where and x.where.name == "Camp David"]
    assert others == [e]


def test_the_najin_shipments(record: Record, told: Told) -> None:
    # The seed: more than 1,000 containers leaving Najin, in pictures that the White House released on 13 October 2023. The RUSI report:
    # regular shipments between Rajin, the same port, and Dunai from mid-August 2023 on, in pictures of its own, and what they came to.
    rusi = "rusi-2025-05-06-brothers-in-arms"
    e = the(record, told, "arms_transfer", SEED_3, rusi)
    assert (e.when, e.modality, e.where and e.where.name) == ("2023-08-11/2023-08-20", "actual", "Najin")
    assert [x for x in record.events() if x.type == "arms_transfer" and x.where and x.where.name == "Najin"] == [e]
    assert {(p.name, p.role) for p in e.participants} == {("North Korea", "supplier"), ("Russia", "recipient")}
    assert len(e.mentions) >= 2
    # Two: the White House, through Voice of America and ANI, and the Open Source Centre's and RUSI's reading of satellite pictures.
    assert e.independent_origins == 2
    assert any("White House" in r.why for r in e.roots)
    assert any("RUSI" in r.why for r in e.roots)
    # Both accounts of the shipments, and the sum over the years, which is a transfer of its own.
    both, total = sorted((t for t in record.transfers() if t.event == e.id), key=lambda t: t.when or "")
    assert accounts(both, "route") == {"by sea, from North Korea’s port of Najin", both.route}
    assert {v for v in accounts(both, "item") if "ammunition" in v} == accounts(both, "item")
    assert any(by == "ANI > White House" for a in both.accounts for by in a.by)
    assert any(by == "RUSI > satellite imagery" for a in both.accounts for by in a.by)
    assert "1,000 containers" in (both.quantity or "")
    assert "15,800" in (total.quantity or "")
    assert (total.when, total.kind) == ("2023-09-01/2025-05-06", "shells")
    ends = {(x.start.name, x.end.name, x.mode) for x in total.legs if x.start and x.end}
    assert ends == {("Najin", "Dunai", "sea"), ("Najin", "Vostochny Port", "sea")}


def test_every_count_is_explained(record: Record) -> None:
    for e in record.events():
        assert len(e.roots) == e.independent_origins <= max(1, e.reporters)
        assert sorted(d for r in e.roots for d in r.documents) == sorted(e.reports)
        assert all(r.name and r.why for r in e.roots)
        for a in e.accounts:
            assert len(a.by) == len(a.evidence) > 0


def test_two_visits_carry_both_dates(record: Record, tmp_path: Path) -> None:
    def visits() -> dict[str, EventRow]:
        rows = [e for e in record.events() if e.type == "visit" and e.where is not None]
        return {e.where.name: e for e in rows if e.where and e.where.name in ("Komsomolsk-on-Amur", "Vladivostok")}

    before = visits()
    assert {n: e.when for n, e in before.items()} == {"Komsomolsk-on-Amur": "2023-09-16", "Vladivostok": "2023-09-17"}
    file = tmp_path / "other-dates.txt"
    file.write_text(DAYS_BEFORE)
    (outcome,) = extract_files([str(file)], fast=True, workers=1)
    assert outcome.extraction is not None
    record.add(outcome.extraction, outcome.original)
    link(record)
    after = visits()
    assert {n: accounts(e, "date") for n, e in after.items()} == {
        "Komsomolsk-on-Amur": {"2023-09-15", "2023-09-16"},
        "Vladivostok": {"2023-09-16", "2023-09-17"},
    }
    assert all((len(e.reports), e.independent_origins) == (2, 2) for e in after.values())
    assert all("differ on the date" in e.why for e in after.values())
