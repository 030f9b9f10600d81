"""Attributions by rule, on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.language.attribution import attributions
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Attribution, Document

Attribute = Callable[..., Sequence[Attribution]]


def row(a: Attribution) -> tuple[str | None, str | None, str]:
    return (
        a.source.text if a.source else None,
        a.cue.text if a.cue else None,
        " ... ".join(text_of(a, x, y) for x, y in a.content.ranges),
    )


def text_of(a: Attribution, start: int, end: int) -> str:
    content = a.content
    return content.text[start - content.start : end - content.start]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The ministry said the ship had left port.",
            ("The ministry", "said", "the ship had left port"),
        ),
        (
            "The rocket broke apart over the sea, Japanese officials said.",
            ("Japanese officials", "said", "The rocket broke apart over the sea"),
        ),
        (
            "According to the coast guard, two freighters waited outside the bay.",
            ("the coast guard", "According to", "two freighters waited outside the bay"),
        ),
        (
            "Two freighters waited outside the bay, according to the coast guard.",
            ("the coast guard", "according to", "Two freighters waited outside the bay"),
        ),
        (
            "Washington accused Moscow of buying shells.",
            ("Washington", "accused", "Moscow of buying shells"),
        ),
        (
            "Tehran denied the delivery of drones.",
            ("Tehran", "denied", "the delivery of drones"),
        ),
        (
            "The panel described the cargo as military equipment.",
            ("The panel", "described", "the cargo as military equipment"),
        ),
        (
            "Seoul urged Beijing to stop the transfers.",
            ("Seoul", "urged", "Beijing to stop the transfers"),
        ),
        (
            "The institute released images showing five railcars at the crossing.",
            ("The institute", "showing", "five railcars at the crossing"),
        ),
        (
            "“The engine failed,” the director said.",
            ("the director", "said", "The engine failed"),
        ),
        (
            "“The launch failed,” said Anna Lindqvist, a researcher in Oslo.",
            ("Anna Lindqvist", "said", "The launch failed"),
        ),
        (
            "The envoys raised concerns that the fuel could be diverted.",
            ("The envoys", "raised concerns", "the fuel could be diverted"),
        ),
        (
            "The agency is concerned that the site has been rebuilt.",
            ("The agency", "concerned", "the site has been rebuilt"),
        ),
    ],
)
def test_constructions(attribute: Attribute, sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in [row(a) for a in attribute(sentence, fast=True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Beijing has not condemned the launch.",
        "The ministry did not say when the train had left.",
        "The spokesman declined to comment.",
        "The navy defended the coast.",
        "They plan to build a second pier.",
    ],
)
def test_silences_acts_and_plans_are_nobodys_claim(attribute: Attribute, sentence: str) -> None:
    assert attribute(sentence, fast=True) == ()


def test_quotation_over_sentences_and_after_the_speaker(attribute: Attribute) -> None:
    text = "“We saw it. It was long,” Marta Olsen said. “It did not stop.”"
    (a,) = attribute(text)
    assert [text_of(a, x, y) for x, y in a.content.ranges] == ["We saw it. It was long", "It did not stop"]
    assert a.content.pieces


def test_pronoun_and_short_name_take_the_full_name(attribute: Attribute) -> None:
    text = (
        "Henrik Dahl, a former inspector, said the seals were broken. He added that nobody had checked them. "
        "Dahl said the report would follow."
    )
    assert [a.source_name for a in attribute(text)] == ["Henrik Dahl"] * 3


def test_gender_keeps_speakers_apart(attribute: Attribute) -> None:
    text = (
        "Spokeswoman Maria Kovacs said the ship was empty. Mr. Peter Novak said the crew had been held for a week. "
        "She added that the port was closed."
    )
    assert [a.source_name for a in attribute(text)] == ["Maria Kovacs", "Peter Novak", "Maria Kovacs"]


def test_report_has_its_author_behind_it(attribute: Attribute) -> None:
    text = (
        "A new study, written by Karen Aldous, suggests the missiles share parts. The study says two plants built them."
    )
    found = attribute(text)
    assert {a.behind for a in found} == {"Karen Aldous"}
    assert {a.source_name for a in found} == {"new study", "study"}


def test_chain_inside_a_sentence(attribute: Attribute) -> None:
    text = "The intelligence service believes the rocket used foreign parts, Yonhap reported, citing lawmakers who attended a briefing."
    inner = next(a for a in attribute(text) if a.cue is not None and a.cue.text == "believes")
    assert [r.name for r in inner.relays] == ["Yonhap News Agency", "lawmakers who attended a briefing"]
    assert inner.source_name == "intelligence service"


def test_citing_without_an_inner_speaker_makes_the_cited_the_speaker(attribute: Attribute) -> None:
    text = "Trains crossed the border twice, Kyodo reported, citing officials."
    cited = next(a for a in attribute(text) if a.rule.startswith("citing"))
    assert (cited.source_name, cited.cue.text if cited.cue else None) == ("officials", "citing")
    assert [r.name for r in cited.relays] == ["Kyodo News"]


def test_quoted_by_is_a_relay(attribute: Attribute) -> None:
    text = "The commander was quoted by KCNA as saying the test was a success."
    said = next(a for a in attribute(text) if a.cue is not None and a.cue.text == "saying")
    assert said.source_name == "commander"
    assert [r.name for r in said.relays] == ["KCNA"]


TRANSCRIPT = """MR. HARLAN: Thank you all for coming.

MR. HARLAN: We assess that the barge carried rockets to the coast. The barge sailed twice in October.
Our imagery shows a second barge at the pier.

Q Did anyone see the crew?

MR. HARLAN: Port officials deny that they loaded it. I’ll take your questions now."""


def test_transcript(attribute: Attribute) -> None:
    found = [
        (a.source_name, a.cue.text if a.cue else None, a.content.text)
        for a in attribute(TRANSCRIPT, title="Briefing by Joan Harlan")
    ]
    assert ("Joan Harlan", "assess", "the barge carried rockets to the coast") in found
    assert ("Joan Harlan", None, "The barge sailed twice in October") in found
    assert ("Joan Harlan", "shows", "a second barge at the pier") in found
    assert not any("crew" in content or "questions" in content or "Thank" in content for _, _, content in found)
    denial = next(
        a for a in attribute(TRANSCRIPT, title="Briefing by Joan Harlan") if a.cue is not None and a.cue.text == "deny"
    )
    assert [r.name for r in denial.relays] == ["Joan Harlan"]


def test_first_person_of_a_statement_is_the_issuer(attribute: Attribute) -> None:
    text = "We condemn the launch. We urge all states to carry out the resolutions."
    found = attribute(text, outlet="The White House")
    assert [a.source_name for a in found] == ["The White House"] * 2


def test_an_article_with_a_colon_is_no_transcript(attribute: Attribute) -> None:
    text = "The inspectors listed three items: steel tubes, pumps and wire.\n\nThe ministry said the list was old."
    assert [a.source_name for a in attribute(text, fast=True)] == ["ministry"]


@given(st.text(max_size=300) | st.text(alphabet='“”" said he Kim:.,\n’—', max_size=300))
def test_any_text_keeps_the_invariants(text: str) -> None:
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en")
    tree = parse(document)
    for a in attributions(tree, document, names(tree)):
        for span in (a.source, a.cue, a.content, *(r.source for r in a.relays)):
            if span is not None:
                assert text[span.start : span.end] == span.text
                assert all(span.start <= x < y <= span.end for x, y in span.ranges)


def test_a_body_named_again_by_its_kind(attribute: Attribute) -> None:
    text = (
        "The Harwick Defence Research Institute said two ships had sailed. The institute added that both switched off their "
        "transponders. Norway's Coastal Agency denied it. The agency said the ships never left."
    )
    assert [a.source_name for a in attribute(text)][:2] == ["Harwick Defence Research Institute"] * 2
    assert "Coastal Agency" in str(attribute(text)[-1].source_name)


def test_the_one_who_publishes_images_that_show_speaks(attribute: Attribute) -> None:
    (a,) = [
        x
        for x in attribute("The ministry published images that show three trucks at the gate.")
        if x.rule.startswith("showing")
    ]
    assert (a.source_name, a.content.text) == ("ministry", "three trucks at the gate")


def test_what_others_are_urged_to_say_is_not_said(attribute: Attribute) -> None:
    found = attribute("Washington urges all countries to condemn the launch.")
    assert [a.cue.text for a in found if a.cue] == ["urges"]


def test_a_plan_speaks_to_nobody(attribute: Attribute) -> None:
    assert attribute("The ship sailed on Monday according to the schedule.") == ()


def test_who_issued_a_statement_speaks(attribute: Attribute) -> None:
    found = attribute("The harbour master issued a statement saying the crane had failed.")
    assert ("harbour master", "the crane had failed") in [(a.source_name, a.content.text) for a in found]


def test_nobody_claims_nothing(attribute: Attribute) -> None:
    assert attribute("No group claimed that it had sunk the ship.") == ()


def test_a_title_of_the_page_is_no_part_of_the_name(attribute: Attribute) -> None:
    text = "MS. ORTEGA: The barge left the pier on Monday with rockets aboard.\n\nQ Where did it go?"
    (a,) = attribute(text, title="Gaggle by Communications Advisor Ines Ortega")
    assert a.source_name == "Ines Ortega"


def test_the_tail_that_the_parser_hangs_on_the_verb_belongs_to_the_content(attribute: Attribute) -> None:
    text = "The agency believes the crew was able to launch it only because of foreign help, Kyodo reported."
    inner = next(a for a in attribute(text) if a.cue is not None and a.cue.text == "believes")
    assert inner.content.text == "the crew was able to launch it only because of foreign help"
