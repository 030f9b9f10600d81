"""What the rules alone make of a candidate: how likely it is to be an attribution."""

from __future__ import annotations

from itertools import pairwise

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.cues import SCHEMES, rate, verbs
from crossfix.language.attribution.words import ARTEFACTS, SHOWS
from crossfix.language.parse import Parse

EVIDENCE = ARTEFACTS | {"information", "intelligence", "assessment", "indication"}
"""What can be said to show something."""


def only_wished(parse: Parse, c: Candidate) -> bool:
    """ "urged all states to condemn the launch": nobody has condemned anything yet. Nor is a bare "what" a content."""
    v = c.verb
    if v.tag == "VB" and c.frame != "according":
        chain = [v, *parse.ancestors(v)]
        for low, up in pairwise(chain):
            if low.dep in {"xcomp", "ccomp", "advcl", "acl"} and low.tag == "VB" and up.i < low.i:
                known = verbs().get(up.lemma)
                if up.lemma in {"call", "appeal"} or (known is not None and known.stance == "request"):
                    return True
            if low.dep not in {"conj", "xcomp", "ccomp", "advcl", "acl"} or low.tag != "VB":
                break
    words = {parse.text[a:b].casefold() for a, b in c.pieces}
    return bool(words) and words <= {
        "what",
        "that",
        "which",
        "who",
        "whom",
        "so",
        "this",
        "them",
        "him",
        "her",
        "us",
        "you",
        "me",
    }


def _holds_a_verb(parse: Parse, c: Candidate) -> bool:
    return any(
        t.pos in {"VERB", "AUX"} and t.dep in {"relcl", "acl"} for a, b in c.pieces for t in parse.tokens_in(a, b)
    )


def rule_score(parse: Parse, c: Candidate) -> float:
    """How likely the rules hold the candidate to be an attribution, 0 to 1."""
    if only_wished(parse, c):
        return 0.0
    known = verbs().get(c.lemma)
    if c.nobody:
        return 0.0  # "no group claimed responsibility": nobody did
    if c.negated and not (known is not None and known.stance == "suspect"):
        return 0.0  # "has not condemned", "did not say": a silence, told by the outlet
    if c.source is None and c.frame not in {"pass_ccomp", "pass_xcomp", "pass_as", "noun_that"}:
        return 0.0
    if c.frame == "signed":
        return 0.9
    if c.frame == "according":
        return 0.0 if c.holder is not None and c.holder.lemma.lower() in SCHEMES else 0.9
    if c.frame == "adj_that":
        return 0.0 if c.context else 0.5
    if (
        c.frame == "dobj"
        and c.lemma in SHOWS
        and c.holder is not None
        and c.holder.lemma.lower() in EVIDENCE
        and not c.context
    ):
        return 0.5  # "satellite imagery shows five railcars"
    if c.frame == "dobj" and c.lemma in {"cite", "quote"} and c.verb.tag == "VBG" and c.agentive:
        return 0.0  # "citing lawmakers": a link of the chain, not a claim
    if c.frame == "dobj" and c.lemma in {"say", "add", "state", "note"} and not c.context and _holds_a_verb(parse, c):
        return 0.5  # a clause that the parser took for a noun with a relative clause
    if c.frame == "colon_after":
        return (
            0.6
            if c.lemma
            in {
                "report",
                "reports",
                "study",
                "official",
                "officials",
                "source",
                "sources",
                "expert",
                "experts",
                "analyst",
                "analysts",
                "minister",
                "police",
                "survey",
                "poll",
                "person",
                "org",
            }
            else 0.0
        )
    if c.frame == "colon_before":
        return 0.6 if c.lemma in {"person", "org", "poll", "report", "study", "survey"} else 0.0
    return rate(c)
