"""Which constructions with which words are attributions: counts learnt from annotated news, and a list of verbs by hand.

The counts are the share of a candidate's frame and lemma that people marked as an attribution with that source and content
(PolNeAR's training part; ``scripts/learn-cues`` makes the table again). A lemma that was seldom seen leans on its frame's share, and a
verb on the hand-made list on a better one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from crossfix.language.attribution.candidate import Candidate
from crossfix.model import STANCES, Firmness, Stance
from crossfix.reference.tables import rows

THRESHOLD = 0.33
"""A candidate is taken at this estimated share or above: near half the F1 that is reached is where F1 is greatest (Lipton
et al. 2014, Optimal thresholding of classifiers to maximize F1)."""

PRIOR = 3.0
LISTED = {
    "ccomp": 0.6, "quote": 0.6, "pass_ccomp": 0.4, "pass_xcomp": 0.4, "agent": 0.45, "obj_xcomp": 0.5, "obj_of": 0.5, "obj_as": 0.5,
    "small": 0.45, "xcomp": 0.25, "dobj": 0.3, "noun_that": 0.5, "showing": 0.8, "according": 0.9, "pass_as": 0.4,
    "prep_of": 0.4, "prep_against": 0.4, "prep_on": 0.3, "prep_about": 0.4,
}  # fmt: skip
"""What a listed verb's share is taken to be in a frame where it was never seen."""

# Aims told by the teller: whose aim it is is no speaker ("plans to", "wants to", "tries to").
INTENTIONS = frozenset(
    """
    plan want try seek intend aim attempt look hope wish need prefer like love struggle work prepare begin start
    continue manage fail help use go get have move act serve tend decide refuse decline consider choose agree vote
    run be
    """.split()
)

ALWAYS = frozenset({"showing", "according"})

# A listed verb with a clause, or one of the plainest with an object, is an attribution even where news about elections uses it otherwise.
SURE_WITH_OBJECT = frozenset(
    """
    deny reject refute dismiss condemn denounce criticize criticise decry deplore slam praise hail welcome applaud
    demand confirm announce acknowledge admit allege reaffirm reiterate stress emphasize underscore underline
    predict foresee assess estimate
    """.split()
)
UNSURE_WITH_CLAUSE = frozenset(
    """
    see feel mean know look think show make guess touch hold read fault touch
    """.split()
)

# Acts, not speech, in reports of this field: "defended the coast", "designated the company".
ACTS = frozenset(
    """
    defend attack assail designate list select name appoint elect thank use include resolve brief inform command
    order direct summon launch introduce invite record press hold touch back champion establish produce identify
    detect discover track monitor vote
    """.split()
)

# Nouns that name an utterance, a view or a finding.
NOUNS = frozenset(
    """
    claim report statement allegation accusation charge assertion belief view opinion fear concern worry doubt
    suspicion warning threat promise pledge vow call demand request appeal denial rejection announcement declaration
    argument suggestion indication sign finding conclusion assessment estimate prediction forecast expectation hope
    comment remark insistence admission acknowledgement acknowledgment speculation evidence proof information
    intelligence news rumor rumour word message proposal recommendation criticism condemnation complaint idea notion
    contention hint testimony confirmation assurance criticism praise support opposition protest reservation plea
    urging agreement confidence conviction disclosure revelation
    """.split()
)


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of saying gives a claim."""

    stance: Stance
    firmness: Firmness


@lru_cache(maxsize=1)
def verbs() -> dict[str, Verb]:
    """The hand-made list: lemma -> stance and firmness."""
    stances: dict[str, Stance] = {s: s for s in STANCES}
    scale: tuple[Firmness, ...] = ("certain", "probable", "possible", "unlikely", "denied", "unknown")
    firmness: dict[str, Firmness] = {f: f for f in scale}
    table = rows("crossfix.language", "lexicons/verbs.tsv")
    return {r["lemma"]: Verb(stances[r["stance"]], firmness[r["firmness"]]) for r in table}


@lru_cache(maxsize=1)
def counts() -> dict[tuple[str, str, str], tuple[int, int]]:
    """(frame, lemma, context) -> (seen, right). Lemma "*" holds the frame's own sums."""
    return {
        (r["frame"], r["lemma"], r["context"].strip("-")): (int(r["seen"]), int(r["right"]))
        for r in rows("crossfix.language", "lexicons/cues.tsv")
    }


def share(frame: str, lemma: str, context: str) -> float:
    """The estimated share of such candidates that are attributions, 0 to 1."""
    table = counts()
    seen, right = table.get((frame, lemma, context), (0, 0))
    all_seen, all_right = table.get((frame, "*", context), (0, 0))
    prior = all_right / all_seen if all_seen else 0.05
    if (
        not context
        and frame in LISTED
        and (lemma in verbs() or (frame.startswith(("noun", "light")) and lemma in NOUNS))
    ):
        prior = max(prior, LISTED[frame])
    return (right + PRIOR * prior) / (seen + PRIOR)


# "can be seen to", "was made to", "is used as": no speech in the passive.
SEEN = frozenset(
    "see make use do give take set need know show design force allow require leave build find hear".split()
)

SCHEMES = frozenset(
    "agreement plan schedule law rule principle custom tradition need size order contract treaty protocol procedure list".split()
)
"""What things are done according to, without being said by anybody."""


def known(frame: str, lemma: str) -> bool:
    """True for a verb on the list, or one that was seen often enough in the frame to be judged by its count."""
    return lemma in verbs() or counts().get((frame, lemma, ""), (0, 0))[0] >= 4


def rate(c: Candidate) -> float:
    """The candidate's estimated share, with what is certain by rule."""
    if c.frame in ALWAYS:
        return 0.9
    if c.frame in {"xcomp", "prep_to", "prep_for", "dobj"} and c.lemma in INTENTIONS:
        return 0.0
    if c.frame.startswith(("noun", "light")):
        return share(c.frame, c.lemma, c.context) if c.lemma in NOUNS else 0.0
    if c.lemma in ACTS and c.frame in {
        "dobj",
        "agent",
        "obj_as",
        "obj_of",
        "prep_against",
        "obj_xcomp",
        "pass_as",
        "small",
        "xcomp",
    }:
        return 0.0
    if c.frame.startswith("pass_") and c.lemma in SEEN:
        return 0.0
    if not known(c.frame, c.lemma) and c.frame != "quote":
        return 0.0
    estimate = share(c.frame, c.lemma, c.context)
    if c.context or c.lemma not in verbs():
        return estimate
    if c.frame == "ccomp" and c.lemma not in UNSURE_WITH_CLAUSE:
        return max(estimate, 0.5)
    if c.frame in {"dobj", "agent"} and c.lemma in SURE_WITH_OBJECT:
        return max(estimate, 0.5)
    if c.frame in {"obj_xcomp", "obj_of", "ccomp"} and verbs()[c.lemma].stance in {"request", "condemn"}:
        return max(estimate, 0.5)
    return estimate
