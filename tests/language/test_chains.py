"""The middle links that a text names between its outlet and the one who spoke. All sentences are our own."""

from __future__ import annotations

import pytest

from crossfix.language.attribution import attributions
from crossfix.language.attribution.carriers import is_outlet
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Attribution, Document


def found(text: str) -> list[Attribution]:
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en")
    tree = parse(document)
    made = attributions(tree, document, names(tree), fast=True)
    return sorted(made, key=lambda a: a.cue.start if a.cue else a.content.start)


def links(text: str, cue: str) -> list[tuple[str | None, list[str]]]:
    """Speaker and middle links of every attribution with this cue."""
    return [(a.source_name, [r.name for r in a.relays]) for a in found(text) if a.cue is not None and a.cue.text == cue]


CASES = [
    ("Anna Berg told Reuters that the talks failed.", "told", "Anna Berg", ["Reuters"]),
    ("Anna Berg told reporters that the talks failed.", "told", "Anna Berg", []),
    ("Anna Berg told the Dong-A Ilbo newspaper that the talks failed.", "told", "Anna Berg", ["Dong-A Ilbo newspaper"]),
    ("Anna Berg said in an interview with Reuters that the talks failed.", "said", "Anna Berg", ["Reuters"]),
    ("In an interview with Japan's NHK, Anna Berg said the talks failed.", "said", "Anna Berg", ["Japan's NHK"]),
    ("Speaking to CNN, Anna Berg said the talks failed.", "said", "Anna Berg", ["CNN"]),
    ("Anna Berg said in a statement carried by KCNA that the talks failed.", "said", "Anna Berg", ["KCNA"]),
    (
        "The test was a success, Pyongyang said in remarks published by the Rodong Sinmun.",
        "said",
        "North Korea",
        ["Rodong Sinmun"],
    ),
    ("“It failed,” Anna Berg said, as quoted by the Interfax news agency.", "said", "Anna Berg", ["Interfax news agency"]),
    ("Tass quoted Viktor Orlov as saying the talks failed.", "saying", "Viktor Orlov", ["Tass"]),
    ("Viktor Orlov was quoted by Tass as saying the talks failed.", "saying", "Viktor Orlov", ["Tass"]),
    ("A statement carried by KCNA said the talks failed.", "said", "statement", ["KCNA"]),
    ("The talks failed, Anna Berg said, according to Reuters.", "said", "Anna Berg", ["Reuters"]),
    ("Anna Berg says the talks failed, according to Reuters.", "according to", "Reuters", []),
    ("Anna Berg said that Viktor Orlov denied the sale.", "denied", "Viktor Orlov", ["Anna Berg"]),
    (
        "Kyodo reported that Anna Berg said that Viktor Orlov denied the sale.",
        "denied",
        "Viktor Orlov",
        ["Kyodo News", "Anna Berg"],
    ),
    (
        "The train carried arms, Kyodo reported, quoting a diplomat who was briefed on the matter.",
        "quoting",
        "diplomat who was briefed on the matter",
        ["Kyodo News"],
    ),
    (
        "The train carried arms, Kyodo reported, citing sources.",
        "citing",
        "sources",
        ["Kyodo News"],
    ),
    ("The minister cited the storm as the reason for the delay.", "cited", "minister", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "speaker", "middle"), CASES)
def test_links(text: str, cue: str, speaker: str, middle: list[str]) -> None:
    got = links(text, cue)
    if cue == "cited":
        assert all("minister" not in r for _, r in got)
    else:
        assert (speaker, middle) in got, found(text)


def test_he_added_still_stands_inside_the_report() -> None:
    text = "Jong Yoo told reporters on Monday that the service expects a test, VOA reported. He added that it was near."
    assert links(text, "added") == [("Jong Yoo", ["Voice of America"])]


def test_what_is_told_to_an_outlet_goes_on_in_the_next_sentences() -> None:
    text = "Anna Berg told Reuters that the talks failed. She added that they would resume. Viktor Orlov said they would not."
    assert links(text, "added") == [("Anna Berg", ["Reuters"])]
    assert links(text, "said") == [("Viktor Orlov", [])]


def test_the_carrier_is_forgotten_after_some_sentences() -> None:
    rest = "The port is old. The pier is new. The crane fell. The road is shut. The dam held. "
    text = "Anna Berg told Reuters that the talks failed. " + rest + "Anna Berg said the law was old."
    assert links(text, "said") == [("Anna Berg", [])]


def test_a_state_is_not_bound_to_the_outlet_that_carried_it_once() -> None:
    text = "Pyongyang said in a statement carried by KCNA that the test failed. North Korea said trade had grown."
    assert links(text, "said")[-1] == ("North Korea", [])


def test_anothers_interview_is_no_link() -> None:
    text = "Anna Berg said that Viktor Orlov had given an interview to Reuters."
    assert links(text, "said") == [("Anna Berg", [])]


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("Reuters", True),
        ("the Wall Street Journal", True),
        ("South Korea's Yonhap news agency", True),
        ("the Harbour Herald", True),
        ("the Interfax news agency", True),
        ("reporters", False),
        ("a South Korean newspaper", False),
        ("local media", False),
        ("the council", False),
        ("Anna Berg", False),
        ("the Central Intelligence Agency", False),
        ("North Korea", False),
    ],
)
def test_what_is_an_outlet(words: str, outlet: bool) -> None:
    assert is_outlet(words) is outlet
