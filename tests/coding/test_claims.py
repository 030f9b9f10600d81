"""Claims: chain, stance, firmness, voice, the outlet's own voice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crossfix.coding.claims import UNKNOWN_OUTLET, code_claims
from crossfix.language.annotations import Annotations
from crossfix.language.attribution import attributions
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Claim, Document


def claims(text: str, outlet: str | None = None) -> Sequence[Claim]:
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en", outlet=outlet)
    tree = parse(document)
    found = names(tree)
    return code_claims(Annotations(document, tree, found, (), (), attributions(tree, document, found), None))


@pytest.mark.parametrize(
    ("text", "stance", "firmness"),
    [
        ("Moscow denied the delivery.", "deny", "denied"),
        ("Analysts do not believe that the test failed.", "deny", "denied"),
        ("Seoul believes the rocket used foreign parts.", "suspect", "probable"),
        ("A report suggests that the plant is running.", "suspect", "possible"),
        ("The minister said the plant may be running.", "suspect", "possible"),
        ("Tokyo condemned the launch.", "condemn", "certain"),
        ("The envoy said the launch violates the resolutions.", "condemn", "certain"),
        ("The ministry announced a new launch window.", "announce", "certain"),
        ("Kyiv urged Tehran to stop the deliveries.", "request", "unknown"),
        ("The spokesman said the council must act.", "request", "unknown"),
        ("Experts predict that a sixth test will follow.", "predict", "probable"),
        ("The officer said the ship would return in May.", "predict", "certain"),
        ("Beijing praised the agreement.", "support", "certain"),
        ("The captain said the ship carried coal.", "assert", "certain"),
        ("Washington accused Pyongyang of sending shells.", "assert", "certain"),
        ("The report found that the plant is unlikely to reopen.", "predict", "unlikely"),
    ],
)
def test_stance_and_firmness(text: str, stance: str, firmness: str) -> None:
    made = [c for c in claims(text) if c.voice != "outlet"]
    assert [(c.stance, c.firmness) for c in made] == [(stance, firmness)], made


def test_a_word_of_blame_in_a_side_clause_does_not_make_a_condemnation() -> None:
    (claim,) = [
        c for c in claims("The guard said the train that carried illegal arms left at noon.") if c.voice != "outlet"
    ]
    assert claim.stance == "assert"


def test_silence_is_the_outlets_claim() -> None:
    (claim,) = claims("China has not condemned the satellite launch.", outlet="Harbour Post")
    assert (claim.voice, claim.source, claim.chain) == ("outlet", None, ("Harbour Post",))


def test_voice() -> None:
    text = "“It flew,” she said. She said it “flew well” that day. She said it landed."
    assert [c.voice for c in claims(text)] == ["direct", "mixed", "indirect"]


def test_chain_from_outlet_to_speaker() -> None:
    text = "The intelligence service believes the rocket used foreign parts, Yonhap reported, citing lawmakers who attended a briefing."
    inner = next(c for c in claims(text, outlet="Harbour Post") if c.cue is not None and c.cue.text == "believes")
    assert inner.chain == (
        "Harbour Post",
        "Yonhap News Agency",
        "lawmakers who attended a briefing",
        "intelligence service",
    )


def test_unknown_outlet_is_said_to_be_unknown() -> None:
    assert claims("The ship left the port at dawn.")[0].chain == (UNKNOWN_OUTLET,)


RETOLD = (
    "Several analysts fear a new arms race, VOA reported.\n\nThe pier was rebuilt in March.\n\n"
    "Two trains crossed in June, according to VOA.\n\n“It is a large pier,” said Jon Berg.\n\n"
    "The yard has room for twelve ships, VOA reported."
)


def test_a_retold_report_puts_its_outlet_into_every_chain() -> None:
    for claim in claims(RETOLD, outlet="ANI"):
        assert claim.chain[:2] == ("ANI", "Voice of America"), claim


def test_one_source_among_others_is_not_retold() -> None:
    text = "A test is being prepared, Yonhap said.\n\nExperts believe a test is near.\n\nThe council met twice."
    assert all(
        c.chain[1:2] != ("Yonhap News Agency",)
        for c in claims(text, outlet="VOA")
        if c.source_name != "Yonhap News Agency"
    )


def test_ids_are_in_reading_order_and_every_quote_covers_its_content() -> None:
    made = claims(RETOLD, outlet="ANI")
    assert [c.id for c in made] == [f"c{n}" for n in range(1, len(made) + 1)]
    assert all(c.quote.start <= c.content.start and c.content.end <= c.quote.end for c in made)
