"""Events and transfers over several documents: what is joined, what is kept apart, and how origins are counted."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from crossfix.coding.moments import ELSEWHERE
from crossfix.linking import link
from crossfix.linking.names import content_words, is_anonymous, party_key, same_party
from crossfix.model import Extraction, Moment
from crossfix.record import Record
from record_builders import report

DAY = "2023-07-12"
ACTOR = [("North Korea", "actor")]


def fired(**fields: Any) -> dict[str, object]:
    return {"trigger": "fired", "type": "missile_test", "when": DAY, "participants": ACTOR, **fields}


def told(n: int, *events: dict[str, object], **fields: Any) -> tuple[Extraction, bytes]:
    """One of several reports in words of its own."""
    ways = (
        "A missile was fired at dawn, the coast guard reports after a night at sea.",
        "Who fired first is the wrong thing to ask, writes our man in the capital.",
        "Tokyo says the weapon fired on that day came down east of the islands.",
        "Radar crews saw what was fired and lost it again behind the mountains.",
        "In a long statement the army told how it had fired what it calls a warning.",
    )
    fields = {"outlet": f"Paper {n}", "published": f"2023-07-{13 + n:02d}", **fields}
    return report(ways[n], events=events, **fields)


def linked(path: Path, *documents: tuple[Extraction, bytes], every: int = 99) -> Record:
    record = Record.open(path, write=True)
    for n, d in enumerate(documents, start=1):
        record.add(*d)
        if n % every == 0:
            link(record)
    link(record)
    return record


def shapes(record: Record) -> list[tuple[str | None, int]]:
    return [(e.when, len(e.reports)) for e in record.events()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.sqlite"


def test_one_day_one_party_is_one_event(path: Path) -> None:
    with linked(path, told(0, fired()), told(1, fired(participants=[("the DPRK", "actor")]))) as record:
        (e,) = record.events()
        assert len(e.reports) == len(e.mentions) == 2
        assert e.independent_origins == 2
        assert [p.name for p in e.participants] == ["North Korea"]
        assert DAY in e.why
        assert e.accounts == ()


@pytest.mark.parametrize(
    "other",
    [
        fired(when="2023-07-14"),
        fired(type="satellite_launch"),
        fired(modality="future"),
        fired(participants=[("South Korea", "actor")]),
        fired(when="2023-08"),
        fired(when="2021/2023"),
    ],
)
def test_what_differs_stays_apart(path: Path, other: dict[str, object]) -> None:
    with linked(path, told(0, fired()), told(1, other)) as record:
        assert [len(e.reports) for e in record.events()] == [1, 1]


def test_a_different_ordinal_of_one_series_keeps_apart_and_the_same_joins_over_zones(path: Path) -> None:
    third = {"ordinals": [(3, "ICBM tests of the year (2023)")]}
    fourth = {"ordinals": [(4, "ICBM tests of the year (2023)")]}
    with linked(path, told(0, fired(**third)), told(1, fired(**fourth))) as record:
        assert len(record.events()) == 2
    with linked(
        path.with_name("b"), told(0, fired(**third, when="2023-07-11")), told(1, fired(**third))
    ) as record:  # a day apart, as seen from Washington
        (e,) = record.events()
        assert [(a.field, a.value) for a in e.accounts] == [("date", "2023-07-11"), ("date", DAY)]


KOREA = ("2023-12-17T15:00Z", "2023-12-18T03:00Z", "Asia/Seoul", "the text")
WASHINGTON = ("2023-12-17T05:00Z", "2023-12-18T05:00Z", "America/New_York", ELSEWHERE)


def zoned(when: str, moment: tuple[str, str, str, str] | None, **fields: Any) -> dict[str, object]:
    return fired(when=when, moment=moment, **fields)


def test_early_monday_in_korea_and_sunday_in_washington_are_one_event(path: Path) -> None:
    with linked(
        path,
        told(0, zoned("2023-12-17", WASHINGTON), published="2023-12-18"),
        told(1, zoned("2023-12-18", KOREA), published="2023-12-18"),
    ) as record:
        (e,) = record.events()
        assert e.when == "2023-12-18"  # the day at its place, not that of another
        assert e.moment == Moment(*KOREA)
        assert "Monday 2023-12-18 in Korea is Sunday 2023-12-17 in Washington" in e.why
        assert [(a.field, a.value) for a in e.accounts] == [("date", "2023-12-17"), ("date", "2023-12-18")]


@pytest.mark.parametrize(
    "other",
    [
        zoned("2023-12-19", ("2023-12-18T15:00Z", "2023-12-19T03:00Z", "Asia/Seoul", "the text")),  # a real day later
        zoned(
            "2023-12-18", ("2023-12-18T06:00Z", "2023-12-18T15:00Z", "Asia/Seoul", "the text")
        ),  # Monday evening there
        zoned(
            "2023-12-18",
            ("2023-12-17T15:00Z", "2023-12-18T15:00Z", "America/New_York", "the text"),
            type="nuclear_test",
        ),
        zoned("2023-12-18", None),  # no zone known
    ],
)
def test_a_day_apart_without_a_common_moment_stays_apart(path: Path, other: dict[str, object]) -> None:
    with linked(path, told(0, zoned("2023-12-17", WASHINGTON)), told(1, other)) as record:
        assert [len(e.reports) for e in record.events()] == [1, 1]


def test_two_days_of_one_zone_do_not_join_and_one_day_is_not_split_by_its_hours(path: Path) -> None:
    day = ("2023-12-16T15:00Z", "2023-12-17T15:00Z", "Asia/Seoul", "the text")
    with linked(path, told(0, zoned("2023-12-17", day)), told(1, zoned("2023-12-18", KOREA))) as record:
        assert len(record.events()) == 2
    late = ("2023-12-18T06:00Z", "2023-12-18T07:00Z", "Asia/Seoul", "the text")
    with linked(path.with_name("b"), told(0, zoned("2023-12-18", late)), told(1, zoned("2023-12-18", KOREA))) as record:
        (e,) = record.events()
        assert e.moment == Moment(*late)


def test_a_month_joins_only_without_a_rival(path: Path) -> None:
    with linked(path, told(0, fired()), told(1, fired(when="2023-07"))) as record:
        assert shapes(record) == [(DAY, 2)]
    with linked(
        path.with_name("b"), told(0, fired()), told(1, fired(when="2023-07")), told(2, fired(when="2023-07-24"))
    ) as record:
        assert sorted(shapes(record)) == [("2023-07", 1), (DAY, 1), ("2023-07-24", 1)]


def test_what_one_document_keeps_apart_stays_apart(path: Path) -> None:
    twice = report(
        "They fired at six. They launched again at nine.",
        events=[fired(), fired(trigger="launched")],
        published="2023-07-13",
    )
    with linked(path, twice, told(1, fired())) as record:
        assert sorted(len(e.reports) for e in record.events()) == [1, 2]
        assert all(len(set(e.reports)) == len(e.mentions) for e in record.events())


def test_meetings_need_more_than_one_party_in_common(path: Path) -> None:
    def met(*names: str, **fields: Any) -> dict[str, object]:
        return fired(type="meeting", participants=[(n, "party") for n in names], **fields)

    with linked(path, told(0, met("Lavrov", "Choe")), told(1, met("Lavrov", "Wang"))) as record:
        assert len(record.events()) == 2
    with linked(path.with_name("b"), told(0, met("Sergei Lavrov", "Choe")), told(1, met("Lavrov", "Choe"))) as record:
        assert len(record.events()) == 1
    with linked(
        path.with_name("c"),
        told(0, met("Lavrov", "Choe", where=("Moscow", 55.75, 37.62))),
        told(1, met("Lavrov", "Choe", where=("Pyongyang", 39.02, 125.75))),
    ) as record:
        assert len(record.events()) == 2


def test_accounts_show_where_documents_differ(path: Path) -> None:
    with linked(
        path,
        told(0, fired(outcome="success", status="confirmed_by_actor", where=("Sunan", 39.2, 125.7))),
        told(1, fired(outcome="failure", status="alleged", where=("Sohae", 39.66, 124.7))),
        told(2, fired(outcome="failure")),
    ) as record:
        (e,) = record.events()
        assert (e.outcome, e.status) == ("failure", "confirmed_by_actor")
        fields = {(a.field, a.value): [x.document for x in a.evidence] for a in e.accounts}
        assert set(fields) == {
            ("outcome", "failure"), ("outcome", "success"), ("place", "Sunan"), ("place", "Sohae"),
            ("status", "alleged"), ("status", "confirmed_by_actor"), ("status", "reported"),
        }  # fmt: skip
        assert len(fields["outcome", "failure"]) == 2
        assert all(record.passage(x) == "fired" for a in e.accounts for x in a.evidence)


def test_an_echo_counts_once(path: Path) -> None:
    story = (
        "A missile was fired at dawn, the coast guard reports after a night at sea, and three boats went out to look for "
        "pieces of it. They came home at noon with nets full of fish and nothing else to show."
    )
    first = report(story, events=[fired()], outlet="One", published="2023-07-13")
    echo = report(story + " More soon.", events=[fired()], outlet="Two", published="2023-07-14")
    with linked(path, first, echo, told(2, fired())) as record:
        (e,) = record.events()
        assert (len(e.reports), e.independent_origins) == (3, 2)


def test_a_reprint_that_drops_a_word_tells_the_same_undated_event(path: Path) -> None:
    story = (
        "Two ships likely took shells across the strait, the harbour master thinks, and three boats went out to look for "
        "them. They came home at noon with nets full of fish and nothing else to show."
    )
    took = {"trigger": "took shells", "type": "arms_transfer", "participants": [("Norland", "supplier")], "when": None}
    for n, when in enumerate((None, "2023-02-01/2023-09-30")):
        documents = [
            report(t, events=[{**took, "when": when}], outlet=outlet, published="2023-10-01")
            for t, outlet in ((story, "One"), (story.replace("likely ", ""), "Two"), ("Somebody took shells.", "Three"))
        ]
        with linked(path.with_name(f"{n}"), *documents) as record:
            assert sorted(len(e.reports) for e in record.events()) == [1, 2]


def test_reports_that_credit_one_agency_count_once(path: Path) -> None:
    with linked(
        path,
        told(0, fired(), agency="Meridian"),
        told(1, fired(), agency="The Meridian"),
        told(2, fired(), outlet="Meridian"),
        told(3, fired()),
    ) as record:
        (e,) = record.events()
        assert (len(e.reports), e.independent_origins) == (4, 2)


@pytest.mark.parametrize(("speaker", "count"), [("Seoul", 2), ("An official", 3)])
def test_one_named_speaker_counts_once_whoever_prints_it(path: Path, speaker: str, count: int) -> None:
    documents = []
    for n, text in enumerate(
        (f"{speaker} said they fired it.", f"In a note {speaker} wrote that somebody fired at six.")
    ):
        documents.append(
            report(
                text,
                outlet=f"Paper {n}",
                published="2023-07-13",
                claims=[(speaker, ("said", "wrote")[n], "fired")],
                events=[fired(claim="c1")],
            )
        )
    with linked(path, *documents, told(2, fired())) as record:
        (e,) = record.events()
        assert (len(e.reports), e.independent_origins, len(e.claims)) == (3, count, 2)


def test_the_order_of_adding_makes_no_difference(tmp_path: Path) -> None:
    documents = [
        told(0, fired(outcome="success"), agency="Meridian"),
        told(1, fired(when="2023-07"), published="2023-08-01"),
        told(2, fired(when="2023-07-13"), fired(trigger="weapon", when="2023-07-20")),
        told(3, fired(when="2023-07-11/2023-07-13", participants=[("DPRK", "actor")])),
        told(4, fired(participants=[], where=("Sunan", 39.2, 125.7))),
    ]
    outcomes = []
    for n, order in enumerate(itertools.permutations(documents)):
        if n % 10:
            continue
        with linked(tmp_path / f"{n}", *order, every=1 + n % 3) as record:
            out = record.export()
        for d in out["documents"]:
            d.pop("added")
        outcomes.append(out)
    assert len(outcomes) == 12
    assert all(o == outcomes[0] for o in outcomes)
    assert max(len(e["reports"]) for e in outcomes[0]["events"]) > 2


def test_an_id_that_was_joined_into_another_still_leads_there(path: Path) -> None:
    with linked(path, told(1, fired())) as record:
        (before,) = record.events()
        record.add(*told(0, fired(), published="2023-07-12"))
        summary = link(record)
        (after,) = record.events()
        if before.id != after.id:
            assert summary.withdrawn == 1
            assert [h.act for h in record.history(before.id)] == ["linked", "withdrawn"]
        assert record.event(before.id) == after
        assert record.event(record.event_mentions(documents=before.reports)[0].event.id) == after


def transfer(**fields: Any) -> dict[str, object]:
    usual = {"supplier": "North Korea", "recipient": "Russia", "item": "artillery shells", "when": "2023-10"}
    return {**usual, "evidence": "fired", **fields}


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ({}, 1),
        ({"supplier": "the DPRK", "recipient": "Moscow", "item": "shells for artillery"}, 1),
        ({"when": "2023-10-13"}, 1),
        ({"when": "2023-12"}, 2),
        ({"when": "2023-06/2023-10"}, 2),
        ({"when": None}, 2),
        ({"item": "ballistic missiles"}, 2),
        ({"recipient": "Iran"}, 2),
        ({"modality": "offered"}, 2),
        ({"quantity": "2,000"}, 2),
    ],
)
def test_transfers_are_joined_where_all_agrees(path: Path, other: dict[str, object], count: int) -> None:
    with linked(
        path, told(0, transfers=[transfer(quantity="1,000")]), told(1, transfers=[transfer(**other)])
    ) as record:
        rows = record.transfers()
        assert len(rows) == count
        assert sum(len(t.evidence) for t in rows) == 2


def test_sources_without_a_name_are_kept_apart_by_document(path: Path) -> None:
    first = report("An official said it left.", claims=[("An official", "said", "it left")])
    other = report("An official said it stayed.", claims=[("An official", "said", "it stayed")])
    named = report("Kirby said it came.", claims=[("Kirby", "said", "it came")])
    again = report("Kirby said it went.", claims=[("Kirby", "said", "it went")])
    with linked(path, first, other, named, again) as record:
        agents = [a for a in record.agents() if a.kind != "outlet"]
        assert [(a.name, a.kind, len(a.documents)) for a in agents] == [
            ("An official", "unnamed", 1), ("An official", "unnamed", 1), ("Kirby", "person", 1), ("Kirby", "person", 1),
        ]  # fmt: skip
        assert sorted(s.claims for s in record.sources()) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("the DPRK", "North Korea", True),
        ("U.S.", "the United States", True),
        ("President Yoon Suk Yeol", "Yoon Suk Yeol", True),
        ("John Kirby", "Kirby", True),
        ("North Korea", "South Korea", False),
        ("North Korea", "Korea", False),
        ("John Kirby", "Jane Kirby", False),
        ("", "", False),
        (None, "Kirby", False),
    ],
)
def test_parties(a: str | None, b: str, same: bool) -> None:
    assert same_party(a, b) is same
    assert same_party(b, a) is same


def test_names_that_name_nobody() -> None:
    assert all(
        map(
            is_anonymous,
            ("a senior U.S. official", "(this article)", "officials in Seoul", "sources", "analysts", "he", ""),
        )
    )
    assert not any(map(is_anonymous, ("John Kirby", "VOA", "the Foreign Ministry", "North Korea")))
    assert party_key("The Foreign Ministry's") == "ministry"
    assert content_words("the artillery shells") == {"artillery", "shell"}


def test_fresh_news_without_a_date_joins_what_happened_in_those_days(path: Path) -> None:
    undated = fired(when=None)
    with linked(path, told(0, fired()), told(1, undated, published="2023-07-13")) as record:
        (e,) = record.events()
        assert (e.when, len(e.reports)) == (DAY, 2)
        assert "undated" in e.why
    with linked(path.with_name("b"), told(0, fired()), told(1, undated, published="2023-08-13")) as record:
        assert sorted(str(e.when) for e in record.events()) == [DAY, "None"]
    with linked(
        path.with_name("c"),
        told(0, fired()),
        told(1, undated, published="2023-07-14"),
        told(2, fired(when="2023-07-14")),
    ) as record:  # two launches rival for it
        assert len(record.events()) == 3
    with linked(
        path.with_name("d"),
        told(0, undated, published="2023-07-14"),
        told(1, undated, published="2023-07-14"),
    ) as record:
        assert len(record.events()) == 2


def test_a_wider_date_is_no_other_account(path: Path) -> None:
    with linked(path, told(0, fired()), told(1, fired(when="2023-07"))) as record:
        assert record.events()[0].accounts == ()
