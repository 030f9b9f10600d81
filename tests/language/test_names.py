"""Names: gazetteer over the parser's entities, short forms resolved."""

from __future__ import annotations

from itertools import pairwise

import pytest

from crossfix.language.lexicon import lexicon, word_spans
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Document


def found(text: str) -> list[tuple[str, str, str]]:
    tree = parse(Document("x.txt", "0" * 64, "text/plain", text, language="en"))
    return [(n.span.text, n.kind, n.name) for n in names(tree)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pyongyang fired the missile.", ("Pyongyang", "state", "North Korea")),
        ("The D.P.R.K. denied it.", ("D.P.R.K.", "state", "North Korea")),
        (
            "The Democratic People’s Republic of Korea denied it.",
            ("Democratic People’s Republic of Korea", "state", "North Korea"),
        ),
        ("It launched a Hwasong-18 on Monday.", ("Hwasong-18", "weapon", "Hwasong-18")),
        ("KCNA carried the report.", ("KCNA", "outlet", "KCNA")),
        ("The Security Council met in New York.", ("Security Council", "organisation", "UN Security Council")),
        ("North Korea’s harbour froze.", ("North Korea", "state", "North Korea")),
        ("Officials of the U.S. said so.", ("U.S.", "state", "United States")),
    ],
)
def test_known_names(text: str, expected: tuple[str, str, str]) -> None:
    assert any(n[1:] == expected[1:] and n[0].startswith(expected[0].removesuffix("’s")) for n in found(text)), found(
        text
    )


def test_surname_takes_the_full_name_named_before() -> None:
    rows = found("Ingrid Solheim visited the yard. Solheim took notes.")
    assert [n for n in rows if n[1] == "person"] == [
        ("Ingrid Solheim", "person", "Ingrid Solheim"),
        ("Solheim", "person", "Ingrid Solheim"),
    ]


def test_a_title_is_not_part_of_a_name() -> None:
    assert ("Ana Petrova", "person", "Ana Petrova") in found("Foreign Minister Ana Petrova arrived in Rome.")


def test_names_do_not_overlap_and_are_in_order() -> None:
    text = "South Korea’s Joint Chiefs of Staff said North Korea fired two Hwasong-11 missiles toward the East Sea."
    tree = parse(Document("x.txt", "0" * 64, "text/plain", text, language="en"))
    spans = [n.span for n in names(tree)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end] == s.text for s in spans)


def test_lexicon_has_no_empty_form_and_finds_every_form_of_its_own() -> None:
    lex = lexicon()
    assert len(lex.forms) > 500
    for form in lex.forms:
        assert form
        assert [w for w, _, _ in word_spans(form)] == form.split(" ")
