"""The words that drift is read from: hedges, bounds, negations, cues of speech, evidence that shows; and how words are compared."""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

HEDGES = _words(
    "may might could likely unlikely probably possibly perhaps maybe apparently allegedly reportedly purportedly supposedly "
    "presumably seemingly suspected suspect suspects suspecting believed believe believes thought think thinks appear appears appeared "
    "seem seems seemed possible possibility potential potentially presumed suspicion suspicions feared presume assume assumes "
    "assumed speculate speculated speculation conceivably plausibly unconfirmed unverified probable"
)
"""Words that make a statement less than certain."""
ADJECTIVES = _words("alleged purported so-called supposed reputed unproven claimed")
"""Adjectives that keep a noun from being taken as fact."""
CAUTION = (
    HEDGES
    | ADJECTIVES
    | _words(
        "alleges allege alleging allegation allegations accuse accuses accused accusing accusation accusations claim claims "
        "claiming whether if would should can report reports rumour rumours rumor rumors question questions doubt doubts suggest suggests "
        "suggested suggesting indicate indicates indicated indicating estimate estimates estimated estimating expected expect expects "
        "fears concern concerns warn warned warns consistent assess assessed assesses assessment evidence predict predicted forecast "
        "sources"
    )
)
"""Words in whose company a statement is not taken as asserted without reserve."""
NEGATIONS = _words(
    "not never no none neither nor without cannot denied denies deny denying denial rejected rejects dismissed dismisses refuted "
    "refutes failed fails unable refused refuses false untrue baseless ruled rebuffed n't lacks lacked"
)
SPEECH = _words(
    "said says say saying told tells according added adds stated states announced announces reported reports reporting cited citing "
    "claimed claims quoted quoting confirmed confirms noted notes explained explains insisted insists argued argues warned warns "
    "disclosed revealed reveals wrote writes tweeted posted asserted maintained stressed testified accused accuses alleged alleges "
    "denied denies believes believe believed suspects suspect estimates estimated described describes acknowledged admitted "
    "assessed concluded suggested suggests indicated indicates told remarked commented per declared declares"
)
"""A sentence with one of these may name a speaker, however it is built."""
UPDATES = _words(
    "rose risen climbed climbs increased increase grown grew revised updated update now latest later fell dropped lowered raised "
    "corrected correction initially earlier previously since already so-far another more additional total new"
)
"""Where these stand, another figure is news and no drift."""
BOUNDS = {
    "up to": "up to", "as many as": "up to", "as much as": "up to", "at most": "up to", "no more than": "up to",
    "about": "about", "around": "about", "roughly": "about", "approximately": "about", "some": "about", "nearly": "nearly",
    "almost": "nearly", "more than": "more than", "over": "more than", "at least": "at least", "less than": "less than",
    "fewer than": "less than", "under": "less than", "an estimated": "an estimated", "estimated": "an estimated",
    "possibly": "possibly", "perhaps": "perhaps", "close to": "nearly", "well over": "more than", "in excess of": "more than",
    "upwards of": "more than", "no fewer than": "at least", "not less than": "at least", "a reported": "reportedly",
    "reportedly": "reportedly", "probably": "probably", "maximum of": "up to",
}  # fmt: skip
"""What may stand before a figure and bound it, with the form that equals share."""
LOWER = frozenset(("more than", "at least"))
UPPER = frozenset(("up to", "less than", "nearly"))
EVIDENCE = _words(
    "photograph photographs photo photos picture pictures image images imagery video videos footage satellite satellites "
    "chart map maps data records document documents files screenshot screenshots recording recordings"
)
"""What shows something without speaking; a figure moved to it looks checked."""
SHOWS = _words(
    "show shows showed shown showing reveal reveals revealed depict depicts depicted prove proves proved confirm confirms "
    "confirmed capture captures captured indicate indicates indicated document documents visible seen counted"
)
NUMBER_WORDS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12}
MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec"
)
PRESUPPOSED = {
    "shipment": "ship", "shipments": "ship", "delivery": "deliver", "deliveries": "deliver",
    "transfer": "transfer", "transfers": "transfer",
    "supply": "suppli", "supplies": "suppli", "sale": "sell", "sales": "sell", "export": "export", "exports": "export", "launch": "launch",
    "test": "test", "visit": "visit", "provision": "provid", "deployment": "deploi",
}  # fmt: skip
"""Nouns that take for granted that the thing was done, with the stem of the verb."""
SUPPLY_VERBS = _words(
    "ship shipped ships shipping send sent sends sending deliver delivered delivers delivering supply supplied supplies supplying "
    "transfer transferred transferring provide provided provides providing sell sold selling export exported exporting carry carried "
    "carrying transport transported move moved launch launched test tested visit visited visiting deploy deployed"
)
DEFINITE = _words("the its their this that these those his her whose")

_STOP = (
    HEDGES
    | NEGATIONS
    | SPEECH
    | DEFINITE
    | _words(
        "a an and or but of to for from in on at by with as into onto over under up down out off about around than then there here "
        "he she it they we i you him them us me my our your who which what when where while after before during between among through "
        "is are was were be been being am has have had having do does did done will would shall should can could must "
        "also only just still even both each other such so too very more most some any all one two s t that's it's mr mrs ms "
        "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"
    )
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word in a form that its inflections share, for comparing two tellings: no dictionary, endings cut."""
    w = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("s'")
    if len(w) > 5 and w.endswith("ing"):
        w = w[:-3]
    elif len(w) > 4 and w.endswith("ies"):
        w = w[:-3] + "y"
    elif len(w) > 4 and (w.endswith("ed") or (w.endswith("es") and w[-3] in "sxzh")):
        w = w[:-2]
    elif len(w) > 3 and w.endswith("s") and not w.endswith("ss"):
        w = w[:-1]
    if len(w) > 4 and w[-1] == w[-2] and w[-1] not in "ls":
        w = w[:-1]
    return w.removesuffix("e") if len(w) > 4 else w


@lru_cache(maxsize=65536)
def content_stem(word: str) -> str:
    """The stem of a word that carries meaning; "" for a figure, a cue, a hedge or a word of grammar."""
    w = word.casefold().replace("’", "'")
    if w in _STOP or w.endswith("n't") or w[0].isdigit() or w in NUMBER_WORDS or len(w) < 2:
        return ""
    return stem(w)
