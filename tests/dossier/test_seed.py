"""End to end on the first case: what the dossier of seed 003 must show, each line with its passage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crossfix.dossier import gather, to_html
from crossfix.dossier.view import Dossier, SayLine
from crossfix.linking import link
from crossfix.pipeline import extract_files
from crossfix.record.store import Record


@dataclass(frozen=True)
class Made:
    """The dossier as values and as a page."""

    view: Dossier
    page: Any

    def says(self) -> Iterator[SayLine]:
        for event in self.view.events:
            yield from event.says
        for speaker in self.view.speakers:
            yield from speaker.says

    def chains(self) -> set[tuple[str, ...]]:
        return {(*s.through, s.speaker) for s in self.says()}

    def passages(self, line: Any) -> list[str]:
        """The marked texts that a line of the view leads to."""
        return [self.page.get_element_by_id(f"p{c.number}").text_content() for c in line.cites]


@pytest.fixture(scope="module")
def made(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    (seed,) = (shared / "seeds").glob("003_*.txt")
    with Record.open(tmp_path_factory.mktemp("seed") / "r.sqlite", write=True) as record:
        for outcome in extract_files([str(seed)], workers=1):
            assert outcome.error is None
            assert outcome.extraction is not None
            record.add(outcome.extraction, outcome.original)
        link(record)
        view = gather(record, made=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    return Made(view, html.fromstring(to_html(view)))


@pytest.mark.parametrize("analyst", ["Robert Rapson", "Ken Gause", "Gary Samore", "Evans Revere"])
def test_the_named_analysts_with_voa_and_ani_before_them(made: Made, analyst: str) -> None:
    lines = [s for s in made.says() if s.speaker == analyst]
    assert lines
    assert any(s.through == ("ANI", "Voice of America") for s in lines), [s.through for s in lines]
    assert any(analyst in "".join(made.passages(s)) for s in lines)


def test_the_chain_of_four_links(made: Made) -> None:
    assert any(
        len(c) == 4
        and c[:2] == ("ANI", "Voice of America")
        and "lawmaker" in c[2].lower()
        and "intelligence" in c[3].lower()
        for c in made.chains()
    ), sorted(made.chains())


def test_the_two_failed_launches_are_two_events(made: Made) -> None:
    failed = {
        t.iso[5:7] if t.iso else None
        for t in (*made.view.timeline, *made.view.undated)
        if t.what == "Satellite launch" and "failure" in t.detail
    }
    assert {"05", "08"} <= failed
    for t in made.view.timeline:
        if t.what == "Satellite launch" and t.iso and t.iso[5:7] in ("05", "08"):
            assert "failed" in "".join(made.passages(t))


def test_both_ordinals_stand_on_one_event(made: Made) -> None:
    counted = [f.value for e in made.view.events for f in e.facts if f.label == "Count, as told"]
    assert any("5th of" in c and "3rd of" in c and "Hwasong-18" in c for c in counted), counted


@pytest.mark.parametrize(
    ("route", "supplier", "recipient"), [("Najin", "North Korea", "Russia"), ("rail", "North Korea", "Russia")]
)
def test_the_two_shipments_are_alleged_by_the_white_house(
    made: Made, route: str, supplier: str, recipient: str
) -> None:
    found = [t for t in made.view.transfers if route in t.route]
    assert len(found) == 1, [(t.item, t.route) for t in made.view.transfers]
    assert (found[0].supplier, found[0].recipient) == (supplier, recipient)
    assert found[0].standing.startswith("alleged by ")
    assert "White House" in found[0].standing
    assert made.passages(found[0])
    assert "White House" in found[0].excerpt.whole


def test_the_positions_of_the_states(made: Made) -> None:
    speakers = [s for s in made.says() if not s.own_voice]
    ambassador = [s for s in speakers if s.speaker == "Linda Thomas-Greenfield"]
    assert ambassador
    assert any("delivery system" in s.excerpt.whole or "missile technology" in s.excerpt.whole for s in ambassador)
    threatened = [s for s in speakers if "threat to their" in s.excerpt.whole]
    assert threatened
    for state in ("Taiwan", "Australia", "UK", "France", "Ukraine"):
        assert any(state in s.speaker or state in "".join(made.passages(s)) for s in threatened), state


def test_the_silence_of_china_is_a_claim_by_voa(made: Made) -> None:
    silence = [s for s in made.says() if "leverage" in s.excerpt.whole or "not condemned" in s.excerpt.whole]
    assert silence
    assert any(s.speaker == "Voice of America" and not s.own_voice and s.through == ("ANI",) for s in silence), [
        (s.speaker, s.through) for s in silence
    ]
    assert not [s for s in silence if s.speaker == "China"]


def test_every_line_of_the_seed_leads_to_its_passage(made: Made) -> None:
    (document,) = made.view.documents
    ids = set(made.page.xpath("//@id"))
    for line in made.page.xpath("//*[contains(concat(' ', @class, ' '), ' line ')]"):
        links = line.xpath(".//a[@class='cite']/@href")
        assert links
        assert {h[1:] for h in links} <= ids
    for passage in document.passages:
        marked = made.page.xpath(f"//mark[contains(concat(' ', @class, ' '), ' k{passage.number} ')]")
        assert "".join(m.text_content() for m in marked) == document.text[passage.start : passage.end]
    (text,) = made.page.xpath("//*[@id='x1']")
    assert text.text_content() == document.text
