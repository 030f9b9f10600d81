"""Stance and firmness: what we would sign by the annotation guide, any cue, and what must hold of every judgement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stance_cases import MARKED, SENTENCES, Row

from crossfix.coding.claims import code_claims
from crossfix.coding.stance import is_silence, judge
from crossfix.language.annotations import Annotations
from crossfix.language.attribution import attributions
from crossfix.language.attribution.cues import verbs
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Attribution, Claim, Document, Span


@lru_cache(maxsize=512)
def annotated(text: str, outlet: str = "Harbour Post") -> Annotations:
    """By the rules alone: the trained model's choices are not what is tested here."""
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en", outlet=outlet)
    tree = parse(document)
    found = names(tree)
    return Annotations(document, tree, found, (), (), attributions(tree, document, found, fast=True), None)


def meant(claims: Sequence[Claim], cue: str) -> Claim:
    """The claim with the cue; the outlet's own statement for an empty cue."""
    if not cue:
        return next(c for c in claims if c.voice == "outlet")
    spoken = [c for c in claims if c.voice != "outlet" and c.cue is not None]
    exact = [c for c in spoken if c.cue is not None and c.cue.text == cue]
    near = [c for c in spoken if c.cue is not None and (c.cue.text in cue or cue in c.cue.text)]
    return (exact or near)[0]


def check_words(text: str, firmness: str, words: Sequence[Span], asked: tuple[str, ...] | None) -> None:
    found = [w.text for w in words]
    assert all(text[w.start : w.end] == w.text for w in words)
    assert [w.start for w in words] == sorted(w.start for w in words)
    assert found or firmness == "certain", "a value other than certain must name its words"
    if asked == ():
        assert not found
    for one in asked or ():
        assert any(one in f for f in found), found


@pytest.mark.parametrize("row", SENTENCES, ids=lambda r: r[0][:60])
def test_sentences(row: Row) -> None:
    text, cue, stance, firmness, words = row
    claim = meant(code_claims(annotated(text)), cue)
    assert (claim.stance, claim.firmness) == (stance, firmness), claim
    check_words(text, firmness, claim.firmness_words, words)


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without its marks, and where "[source]", "{cue}" and "<content>" stand in it."""
    text, at, opened = "", {}, {}
    kinds = dict(zip("[{<]}>", ["source", "cue", "content"] * 2, strict=True))
    for ch in marked:
        if ch in "[{<":
            opened[kinds[ch]] = len(text)
        elif ch in "]}>":
            at[kinds[ch]] = (opened[kinds[ch]], len(text))
        else:
            text += ch
    return text, at


@pytest.mark.parametrize("row", MARKED, ids=lambda r: r[0][:60])
def test_any_cue(row: Row) -> None:
    marked, _, stance, firmness, words = row
    text, at = unmarked(marked)
    ann = annotated(text)
    source = Span.of(text, *at["source"]) if "source" in at else None
    lemma = ann.parse.tokens_in(*at["cue"])[0].lemma
    made = judge(
        ann,
        Attribution(
            source,
            Span.of(text, *at["cue"]),
            Span.of(text, *at["content"]),
            source.text if source is not None else None,
            rule=f"model:{lemma}",
        ),
    )
    assert (made.stance, made.firmness) == (stance, firmness), made
    check_words(text, firmness, made.words, words)


@pytest.mark.parametrize(
    "text",
    [
        "Beijing has not condemned the launch.",
        "The ministry declined to comment on the shipment.",
        "The embassy did not say who paid.",
        "The Pentagon would neither confirm nor deny the report.",
        "The company refused to answer questions about the sale.",
        "The colonel could not confirm the report.",
    ],
)
def test_a_silence_is_no_claim_of_the_silent(text: str) -> None:
    (claim,) = code_claims(annotated(text))
    assert (claim.voice, claim.source) == ("outlet", None)


def silent(marked: str) -> bool:
    text, at = unmarked(marked)
    spans = {k: Span.of(text, *v) for k, v in at.items()}
    return is_silence(
        annotated(text), Attribution(spans.get("source"), spans["cue"], spans["content"], None, rule="model:x")
    )


def test_a_silence_that_a_model_hands_over_is_seen_and_a_denial_is_none() -> None:
    assert silent("[The general] {did not comment on} <the report>.")
    assert silent("[The general] {declined to discuss} <the report>.")
    assert not silent("[The general] {did not believe} <the report>.")
    assert not silent("[The general] {denied} <the report>.")
    assert not silent("[The general] {refused} <to leave the base>.")
    assert not silent("[The general] did not leave and {said} <the report was old>.")


def test_an_adverb_of_the_outlet_stands_beside_the_denial() -> None:
    text = "Minsk falsely denied that it had sold the radars."
    (claim,) = (c for c in code_claims(annotated(text)) if c.voice != "outlet")
    assert (claim.stance, [w.text for w in claim.firmness_words]) == ("deny", ["falsely denied"])


def test_a_denial_of_something_else_denies_that_alone() -> None:
    (claim,) = (c for c in code_claims(annotated("The minister denied that the firm had refused help.")) if c.cue)
    assert claim.content.text == "the firm had refused help"


STATEMENT = "The United States will take all steps needed to defend its allies."


def test_a_governments_own_text_announces_what_its_state_will_do() -> None:
    (own,) = code_claims(annotated(STATEMENT, "The White House"))
    (told,) = code_claims(annotated(STATEMENT, "Harbour Post"))
    assert (own.stance, told.stance) == ("announce", "predict")


SAMPLE = (
    "Officials said the launch, which may have failed, would violate the ban if it is confirmed. “We will never accept "
    "this,” she said, “and it’s likely that they know.” Seoul — reportedly — does not believe it: no evidence, it said."
)
TOKENS = [(t.start, t.end) for t in annotated(SAMPLE).parse.tokens]
STRETCH = st.tuples(st.sampled_from(TOKENS), st.sampled_from(TOKENS)).map(
    lambda x: (min(x[0][0], x[1][0]), max(x[0][1], x[1][1]))
)
FRAMES = st.sampled_from(["ccomp", "xcomp", "dobj", "obj_xcomp", "noun_that", "adj_that", "small", "turn", "model", ""])


@given(
    source=st.none() | STRETCH,
    cue=st.none() | STRETCH,
    content=st.lists(STRETCH, min_size=1, max_size=3),
    frame=FRAMES,
    lemma=st.sampled_from(sorted(verbs())) | st.sampled_from(["", "aim", "voice", "concern", "clear"]),
    name=st.none() | st.sampled_from(["Seoul", "Voice of America", "she", "Kremlin"]),
)
def test_any_attribution_gets_a_judgement_whose_words_stand_in_the_text(
    source: tuple[int, int] | None,
    cue: tuple[int, int] | None,
    content: list[tuple[int, int]],
    frame: str,
    lemma: str,
    name: str | None,
) -> None:
    made = judge(
        annotated(SAMPLE),
        Attribution(
            Span.of(SAMPLE, *source) if source else None,
            Span.of(SAMPLE, *cue) if cue else None,
            Span.of_pieces(SAMPLE, content),
            name,
            rule=f"{frame}:{lemma}",
        ),
    )
    check_words(SAMPLE, made.firmness, made.words, None)


def test_words_keep_their_place_past_odd_blanks() -> None:
    text = "The institute said the North was highly \u00a0unlikely to have moved the  launcher."
    (claim,) = (c for c in code_claims(annotated(text)) if c.voice != "outlet")
    assert claim.firmness == "unlikely"
    check_words(text, claim.firmness, claim.firmness_words, ("highly \u00a0unlikely",))
