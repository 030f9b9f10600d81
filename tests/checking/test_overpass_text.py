"""Which sentences tell that a known satellite saw a place, and when: papers made by hand, as reading leaves them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Paper
from crossfix.checking.overpass import _ask
from crossfix.checking.overpass_text import Told, told_sights
from crossfix.checking.run import check
from crossfix.model import Event, Interval, Name, Participant, Place, Span, Stance, Time
from crossfix.record import Record
from crossfix.record.findings import findings
from crossfix.record.rows import ClaimRow, DocumentRow
from crossfix.reference.satellites import satellites
from record_builders import report

PLACES = {
    "Rome": (41.8919, 12.5113, "IT", "capital", None),
    "Seoul": (37.566, 126.9784, "KR", "capital", None),
    "Guam": (13.45, 144.78, "GU", "island", 60.0),
    "Italy": (42.8, 12.8, "IT", "country", 400.0),
    "Santa Clara": (22.4071, -79.9647, "CU", "city", None),
    "Norfolk Naval Station": (36.945, -76.31, "US", "naval_base", None),
    "Newport News shipyard": (36.993, -76.445, "US", "shipyard", None),
}
STATES = {
    "North Korea": "North Korea",
    "South Korea": "South Korea",
    "Pyongyang": "North Korea",
    "North Korean": "North Korea",
}
SHA = "0" * 64


def paper(
    text: str,
    published: str | None = "2023-11-28",
    claims: Sequence[tuple[str, str, Stance]] = (),
    times: Sequence[tuple[str, str, str]] = (),
    launcher: str | None = None,
) -> Paper:
    """A paper as the record gives it. ``claims`` are (source, content, stance), ``times`` (words, value, zone) by their words."""

    def span(words: str) -> Span:
        at = text.index(words)
        return Span.of(text, at, at + len(words))

    row = DocumentRow(
        SHA, "report.txt", "text/plain", None, "Harbour Post", None, None, published, "metadata" if published else None, None, "en",
        None, len(text.split()), (), (), True, None, None, None, None, "2023-11-28T00:00:00Z",
    )  # fmt: skip
    told = tuple(
        ClaimRow(
            f"c{n}", SHA, span(source) if source else None, None, span(content), span(content), source or None,
            ("Harbour Post", source), stance, "certain", "indirect" if source else "outlet", "2023-11-28T00:00:00Z",
        )
        for n, (source, content, stance) in enumerate(claims, start=1)
    )  # fmt: skip
    places = tuple(
        Place(Span.of(text, m.start(), m.end()), name, lat, lon, country, kind, radius_km=radius)
        for name, (lat, lon, country, kind, radius) in PLACES.items()
        for m in re.finditer(rf"\b{name}\b", text)
    )
    names = tuple(
        Name(Span.of(text, m.start(), m.end()), "state", state)
        for words, state in STATES.items()
        for m in re.finditer(rf"\b{words}\b", text)
    )
    dates = tuple(
        Time(span(words), "TIME" if "T" in value else "DATE", value, Interval.parse(value[:10]), "said so", zone=zone)
        for words, value, zone in times
    )
    launch = Event(
        "e1", "satellite_launch", Span.of(text, 0, 1), None, None, None, (Participant(launcher or "", "actor"),), "success", "reported",
        "actual",
    )  # fmt: skip
    return Paper(
        row, text, tuple((m.start(), m.end()) for m in re.finditer(r"[A-Z].*?[.?](?= |$)", text)), names, dates, places,
        told, (launch,) if launcher else (),
    )  # fmt: skip


def seen(text: str, **more: object) -> list[tuple[str, str]]:
    return [(t.satellite, t.place) for t in told_sights(paper(text, **more))]  # type: ignore[arg-type]


# ------------------------------------------------------------------ what is asked

TOLD = [
    "The Malligyong-1 satellite photographed Rome last week.",
    "Officials said that Malligyong-1 has taken clear pictures of Rome.",
    "North Korea said its spy satellite took photos of Rome.",
    "North Korea's new military reconnaissance satellite captured images of Rome.",
    "A North Korean spy satellite took photos of the mayor's office in Rome.",
    "North Korea said a satellite it launched this month sent back images of a base, a river and Rome.",
    "Visitors were shown photos of Rome taken by the spy satellite Malligyong-1.",
    "Visitors were shown photos taken by the satellite Malligyong-1 of cities such as Rome.",
    "Malligyong-1 was launched a week ago. The satellite passed almost directly over Rome.",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_satellite_said_to_have_seen_a_place_is_asked_about(text: str) -> None:
    assert seen(text) == [("58400", "Rome")]


def test_the_satellite_is_of_the_state_that_speaks_or_launched() -> None:
    text = "The spy satellite took photos of Rome, state media in the north claimed."
    assert seen(text) == []
    assert seen(text, launcher="North Korea") == [("58400", "Rome")]
    other = "Malligyong-1 is up. Officials showed the Kondor satellite. " + text
    assert seen(other, launcher="North Korea") == []
    spoken = "KCNA said the spy satellite took photos of Rome."
    assert seen(spoken, claims=[("KCNA", "the spy satellite took photos of Rome", "assert")]) == [("58400", "Rome")]


def test_every_place_of_the_list_is_asked_about_once_and_in_order() -> None:
    text = (
        "North Korea said its satellite took photos of places in Guam and of the Pentagon, the Norfolk Naval Station, the White House "
        "and the Newport News shipyard. It repeated that its satellite took photos of the White House."
    )
    names = ["the Pentagon", "Norfolk Naval Station", "the White House", "Newport News shipyard"]
    assert [p for _, p in seen(text)] == names


# ------------------------------------------------------------------ what is not

NOT_TOLD = [
    "North Korea will launch a satellite to take photos of Rome.",
    "The Malligyong-1 satellite could not have photographed Rome.",
    "The Malligyong-1 satellite has never photographed Rome.",
    "If the Malligyong-1 satellite photographed Rome, nobody saw it.",
    "Seoul doubts that the Malligyong-1 satellite photographed Rome.",
    "There is no evidence that the Malligyong-1 satellite photographed Rome.",
    "Has the Malligyong-1 satellite photographed Rome?",
    "The Malligyong-1 satellite photographs Rome every day.",
    "The Malligyong-1 satellite took photos of Rome every day.",
    "The rocket carrying the Malligyong-1 satellite flew over Rome.",
    "Crowds cheered the launch of the Malligyong-1 satellite and took photos of Rome.",
    "Officials said that there are no photos of Rome taken by the satellite Malligyong-1.",
    "A commercial satellite took photos of Rome.",
    "A satellite took photos of Rome.",
    "Satellite photos of Rome were released by North Korea.",
    "South Korea's spy satellite took photos of Rome.",
    "Malligyong-1 is in orbit. South Korea's satellite is too. The satellite took photos of Rome.",
    "Malligyong-1 is in orbit. Officials showed the Kondor satellite. The satellite took photos of Rome.",
    "The Malligyong-1 satellite took photos of Italy.",
    "The Malligyong-1 satellite took photos of Guam.",
    "The Malligyong-1 satellite photographed Santa Clara.",
    "The Malligyong-1 satellite took photos of a base, Rome said.",
    "The Malligyong-1 satellite took photos while crowds gathered in Rome.",
    "The Malligyong-1 satellite was launched. Tourists took photos of Rome.",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_no_sight_of_a_place_is_not_asked_about(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize("stance", ["deny", "predict", "request"])
def test_what_somebody_denies_or_foresees_is_not_asked_about(stance: Stance) -> None:
    text = "Officials say the Malligyong-1 satellite photographed Rome."
    claim = ("Officials", "the Malligyong-1 satellite photographed Rome", stance)
    assert seen(text, claims=[claim]) == []
    assert seen(text, claims=[(claim[0], claim[1], "assert")]) != []


def test_nothing_of_the_page_s_furniture_is_asked_about() -> None:
    import dataclasses

    one = paper(TOLD[0])
    assert list(told_sights(one))
    marked = dataclasses.replace(one.document, furniture=((0, len(one.text), "newsletter"),))
    assert not list(told_sights(dataclasses.replace(one, document=marked)))


@given(
    st.lists(
        st.sampled_from("satellite took photos of Rome Malligyong-1 its the North Korea's . , over passed by".split()),
        max_size=30,
    )
)
def test_no_words_break_it(words: list[str]) -> None:
    for told in told_sights(paper(" ".join(["The", *words]) + ".")):
        assert told.place == "Rome"
        assert told.first <= told.last


# ------------------------------------------------------------------ when


def one(text: str, **more: object) -> Told:
    (told,) = told_sights(paper(text, **more))  # type: ignore[arg-type]
    return told


def utc(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


def test_a_day_told_is_counted_by_the_clocks_of_place_and_owner() -> None:
    told = one(
        "The Malligyong-1 satellite photographed Rome on 25 November.", times=[("25 November", "2023-11-25", "")]
    )
    assert (told.first, told.last) == (utc(2023, 11, 24, 15), utc(2023, 11, 25, 23))
    assert told.stretch == "the day told, 2023-11-25"


def test_a_time_with_its_zone_is_that_minute() -> None:
    text = "The Malligyong-1 satellite photographed Rome at 5:56 p.m. Korean time on 25 November."
    told = one(text, times=[("5:56 p.m. Korean time on 25 November", "2023-11-25T17:56", "Asia/Seoul")])
    assert (told.first, told.last) == (utc(2023, 11, 25, 8, 56), utc(2023, 11, 25, 8, 56, 59))
    assert _ask(told).verdict == "supported"
    late = one(
        text.replace("5:56", "9:30"), times=[("9:30 p.m. Korean time on 25 November", "2023-11-25T21:30", "Asia/Seoul")]
    )
    assert _ask(late).verdict == "contradicted"
    # without its zone it is a day
    bare = one(text, times=[("5:56 p.m. Korean time on 25 November", "2023-11-25T17:56", "")])
    assert bare.last - bare.first > dt.timedelta(days=1)


def test_the_day_of_saying_is_the_end_and_the_launch_the_beginning() -> None:
    text = "On 28 November North Korea claimed that its satellite took photos of Rome."
    claim = [("North Korea", "that its satellite took photos of Rome", "assert")]
    told = one(text, times=[("28 November", "2023-11-28", "")], claims=claim, published="2023-12-20")
    assert told.first == satellites()["58400"].launched
    assert told.last == utc(2023, 11, 28, 23)
    assert told.stretch == "up to the day on which it was said, 2023-11-28, not before the launch"
    assert told.subject == "c1"
    found = _ask(told)
    assert found.verdict == "supported"
    assert found.working["asked_from_utc"] == "2023-11-25T08:56:28Z"  # the announced time of the picture


def test_a_day_after_a_verb_of_saying_dates_the_saying() -> None:
    told = one(
        "Officials said Tuesday that the Malligyong-1 satellite photographed Rome.",
        times=[("Tuesday", "2023-11-28", "")],
    )
    assert told.stretch.startswith("up to the day on which it was said")


def test_without_any_day_the_report_s_own_is_the_end() -> None:
    assert one(TOLD[0], published="2023-11-26").stretch.startswith("up to the day of the report, 2023-11-26")
    assert seen(TOLD[0], published=None) == []


def test_a_stretch_of_more_than_a_month_is_not_asked_about() -> None:
    assert seen(TOLD[0], published="2023-12-20") != []
    assert seen(TOLD[0], published="2024-01-20") == []
    assert (
        seen(TOLD[0], published="2023-11-20") == []
    )  # before the launch: the date is misread, or the text is of another one


def test_two_days_in_one_sentence_are_not_guessed_between() -> None:
    text = "The Malligyong-1 satellite photographed Rome on 25 November and again on 27 November."
    assert seen(text, times=[("25 November", "2023-11-25", ""), ("27 November", "2023-11-27", "")]) == []


# ------------------------------------------------------------------ in a record


def test_a_record_gets_its_findings(tmp_path: Path) -> None:
    text = "North Korea claimed that its spy satellite took photos of the White House and the Pentagon. No picture was shown."
    claim = ("North Korea", "claimed", "its spy satellite took photos of the White House and the Pentagon")
    names = [("North Korea", "state")]
    extraction, raw = report(text, published="2023-11-28", claims=[claim], names=names)
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(extraction, raw)
        check(record, only=["overpass"])
        found = findings(record)
        assert {(f.verdict, f.about) for f in found} == {
            ("supported", "Malligyong-1, the White House"),
            ("supported", "Malligyong-1, the Pentagon"),
        }
        assert {f.subject_kind for f in found} == {"claim"}
        assert [record.passage(e) for e in found[0].evidence] == [text.split(". ")[0] + "."]
        assert {r.table for r in found[0].sources} == {"satellites", "elements", "orbits", "passes"}
        assert found[0].working["photograph_taken"] == "unknown"
