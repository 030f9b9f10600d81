"""Chains of whole documents: reprints, retellings, statements, the outlet's own name in other words. All sentences are our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from crossfix.coding.chains import canonical, chain_of, issuer, reprinted, retold_outlet, same, speaker_of, trunk
from crossfix.language.annotations import Annotations
from crossfix.language.attribution import attributions
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Document, Furniture


def document(text: str, **fields: str) -> Document:
    return Document("x.txt", "0" * 64, "text/plain", text, language="en", **fields)  # type: ignore[arg-type]


def annotated(doc: Document) -> Annotations:
    tree = parse(doc)
    found = names(tree)
    return Annotations(doc, tree, found, (), (), attributions(tree, doc, found, fast=True), None)


def chains(text: str, **fields: str) -> Sequence[tuple[str, ...]]:
    ann = annotated(document(text, **fields))
    ordered = sorted(ann.attributions, key=lambda a: a.cue.start if a.cue else a.content.start)
    return [chain_of(ann, a, retold_outlet(ann)) for a in ordered]


def test_the_outlet_is_first_and_the_speaker_last() -> None:
    assert chains("Anna Berg told Reuters that the talks failed.", outlet="Harbour Post") == [
        ("Harbour Post", "Reuters", "Anna Berg")
    ]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Anna Berg told Reuters that the talks failed.", "Reuters"),
        ("Anna Berg told the Journal that the talks failed.", "The Wall Street Journal"),
        ("Anna Berg told VOA that the talks failed.", "Voice of America"),
        ("Anna Berg told Voice of America that the talks failed.", "VOA"),
    ],
)
def test_the_outlet_in_other_words_is_no_second_link(text: str, outlet: str) -> None:
    assert chains(text, outlet=outlet) == [(outlet, "Anna Berg")]


def test_a_reprint_has_its_agency_after_the_outlet() -> None:
    assert chains("Anna Berg said the talks failed.", outlet="Harbour Post", agency="AFP") == [
        ("Harbour Post", "Agence France-Presse", "Anna Berg")
    ]


def test_the_agencys_own_page_has_it_once() -> None:
    assert chains("Anna Berg said the talks failed.", outlet="Reuters", agency="Reuters") == [("Reuters", "Anna Berg")]


def test_told_to_the_agency_that_is_reprinted_is_one_link() -> None:
    assert chains("Anna Berg told Reuters that the talks failed.", outlet="Harbour Post", agency="Reuters") == [
        ("Harbour Post", "Reuters", "Anna Berg")
    ]


def test_an_agency_that_only_contributed_carries_no_claim() -> None:
    text = "Anna Berg said the talks failed.\n\nReuters contributed to this report."
    start = text.index("Reuters contributed")
    doc = replace(
        document(text, outlet="Harbour Post", agency="Reuters"), furniture=(Furniture(start, len(text), "credit"),)
    )
    assert reprinted(doc) is None
    assert trunk(doc, None) == ("Harbour Post",)


def test_an_agency_with_a_dateline_carries_it_though_others_contributed() -> None:
    text = "OSLO (Reuters) - Anna Berg said the talks failed.\n\nAdditional reporting by Jon Lie."
    credit = text.index("Additional")
    doc = replace(
        document(text, outlet="Harbour Post", agency="Reuters"),
        furniture=(Furniture(0, 16, "dateline"), Furniture(credit, len(text), "credit")),
    )
    assert reprinted(doc) == "Reuters"


def test_a_report_has_its_author_last() -> None:
    assert chains("A study by Karen Aldous says the pier is new.", outlet="Harbour Post") == [
        ("Harbour Post", "study", "Karen Aldous")
    ]


def test_unnamed_links_keep_what_is_said_of_them() -> None:
    text = "The service believes a test is near, Yonhap reported, citing lawmakers who were briefed by the agency."
    assert (
        "Harbour Post",
        "Yonhap News Agency",
        "lawmakers who were briefed by the agency",
        "service",
    ) in chains(text, outlet="Harbour Post")


def test_a_link_is_named_as_the_record_names_it() -> None:
    text = "In an interview with Japan's NHK, Anna Berg said the talks failed."
    assert chains(text, outlet="Harbour Post") == [("Harbour Post", "NHK", "Anna Berg")]


def test_two_credits_of_one_outlet_make_a_short_text_a_retelling() -> None:
    text = "A test is near, VOA reported.\n\nAnna Berg said the pier was new.\n\nThe road is shut, VOA reported."
    assert chains(text, outlet="Harbour Post")[1] == ("Harbour Post", "Voice of America", "Anna Berg")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Statement by NSC Spokesperson Ida Falk on the Launch of a Satellite", "Ida Falk"),
        ("Press Statement of Kim Yo Jong, Vice Department Director", "Kim Yo Jong"),
        ("Joint Statement by the Foreign Ministers", "Foreign Ministers"),
        ("Remarks by President Biden at a Port", "Joe Biden"),
        ("Readout of the Call between Ida Falk and Karl Berg", None),
        ("Statement on the Launch", None),
        ("Minister rejects statement by Ida Falk", None),
    ],
)
def test_who_a_statement_is_by(title: str, expected: str | None) -> None:
    assert issuer(document("It failed.", title=title)) == expected


def test_we_in_a_statement_is_the_one_its_title_names() -> None:
    doc = document(
        "We condemn the launch of the rocket. The United States calls on Pyongyang to stop.",
        title="Statement by NSC Spokesperson Ida Falk on the Launch",
        outlet="The White House",
    )
    ann = annotated(doc)
    made = sorted(ann.attributions, key=lambda a: a.content.start)
    assert [speaker_of(ann, a) for a in made] == ["Ida Falk", "United States"]
    assert [chain_of(ann, a, None) for a in made] == [
        ("The White House", "Ida Falk"),
        ("The White House", "Ida Falk", "United States"),
    ]


def test_names_of_outlets() -> None:
    assert canonical("AP") == "Associated Press"
    assert same("the Associated Press", "AP")
    assert not same("Reuters", "AP")
