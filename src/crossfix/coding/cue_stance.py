"""What a cue says of the speaker's stance: its head word, its fixed phrases, its negation; verbs, nouns, adjectives and adverbs.

The frame that found the attribution is no more than a help: a cue that nobody foresaw is read by its own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crossfix.coding.clauses import Clause, Line, lemma_of, speaks_of_itself
from crossfix.language.annotations import Annotations
from crossfix.language.attribution.cues import verbs
from crossfix.language.parse import Parse, Token
from crossfix.model import STANCES, Attribution, Firmness, Stance
from crossfix.reference.tables import rows


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue read: the stance it gives, how firmly, the word that decides it, and the words that say so."""

    stance: Stance
    firmness: Firmness
    lemma: str
    words: tuple[Token, ...]
    negated: bool = False


NEUTRAL = Cue("assert", "certain", "", ())


@lru_cache(maxsize=1)
def _listed() -> dict[tuple[str, str], tuple[Stance, Firmness]]:
    stances: dict[str, Stance] = {s: s for s in STANCES}
    scale: tuple[Firmness, ...] = ("certain", "probable", "possible", "unlikely", "denied", "unknown")
    firmness: dict[str, Firmness] = {f: f for f in scale}
    table = rows("crossfix.coding", "lexicons/cue_words.tsv")
    return {(r["word"], r["kind"]): (stances[r["stance"]], firmness[r["firmness"]]) for r in table}


# Fixed phrases, over the cue's lemmas (and the preposition after it). The first that is found decides.
_PHRASE_LIST: tuple[tuple[str, Stance, Firmness], ...] = (
    (r"(?:no|little|without) doubt", "assert", "certain"),
    (r"no (?:\w+ )?(?:evidence|indication|sign|proof|information|reason|intelligence|basis)", "deny", "unlikely"),
    (r"nothing (?:to|that) (?:suggest|indicate|show)", "deny", "unlikely"),
    (r"(?:can|could)(?: not|not|n't) (?:\w+ )?(?:rule out|exclude)", "suspect", "possible"),
    (r"not (?:rule out|exclude)", "suspect", "possible"),
    (r"rule out", "deny", "denied"),
    (r"push back|pour cold water|take issue|shoot down|wave away|brush (?:off|aside)", "deny", "denied"),
    (r"lash out|hit (?:out|back)|rail against|go after|tear into", "condemn", "certain"),
    (r"take (?:\w+ )*(?:aim|offense|offence|swipe|umbrage)", "condemn", "certain"),
    (r"(?:speak|come) out against|speak against|make fun|single out|cry out", "condemn", "certain"),
    (r"(?:throw|put) \w+ weight behind|stand (?:by|with)|side with|on board", "support", "certain"),
    (r"(?:speak|come) (?:out )?in favou?r", "support", "certain"),
    (r"speak out for|campaign (?:\w+ )*for|pay tribute|make the case for", "support", "certain"),
    (r"(?:call|appeal|press|push|plead|ask|insist|lobby) (?:upon|on|for)", "request", "unknown"),
    (r"caution against|warn (?:\w+ )?against|against", "request", "unknown"),
    (r"make (?:it )?(?:\w+ )?clear|(?:point|set|lay|spell) out|shed light", "assert", "certain"),
    (r"(?:send|deliver|convey) (?:a|the|his|her|its|their) (?:\w+ )?(?:message|signal)", "assert", "certain"),
    (r"look forward to", "predict", "possible"),
    (r"vote (?:for|to)", "announce", "certain"),
    (r"in (?:the |his |her |its |their |my |our )?(?:\w+ )?(?:view|opinion|eye|estimation|judge?ment|mind)", "suspect", "probable"),
    (r"play down", "deny", "unlikely"),
)  # fmt: skip
_PHRASES = tuple((re.compile(rf"\b(?:{pattern})\b"), stance, firmness) for pattern, stance, firmness in _PHRASE_LIST)

_LIGHT = frozenset(
    """
    make express voice raise issue repeat have give take draw send be come reach show hold share convey deliver offer
    find see receive cast put throw vent reiterate grow become feel get remain leave stand run arrive begin air
    """.split()
)
_NAMING = frozenset(
    "see view consider regard describe call label term brand dub portray depict characterize characterise".split()
)
_AVOIDS = frozenset("decline refuse fail avoid stop refrain abstain hesitate".split())
_HEARSAY = frozenset("say report tell claim allege rumor rumour".split())
_SAYS = frozenset(
    """
    comment say confirm deny condemn criticize criticise respond reply answer specify elaborate disclose reveal give
    mention discuss explain name identify acknowledge announce provide state denounce address speak talk tell clarify
    release publish report claim detail describe indicate suggest
    """.split()
)
_REPEATS = frozenset(
    "reaffirm reiterate underscore affirm renew express stress emphasize emphasise highlight underline".split()
)
_TOGETHER = re.compile(
    r"(?i)\b(?:commit\w*|ironclad|unwavering|solidarity|cooperat\w+|coordinat\w+|allian\w+|ally|allies|partnership|friendship|unity|"
    r"together|shar(?:e|ing)|trilateral|bilateral|support\w*|defen[cs]e of|bonds?|ties|resolve)\b"
)
_WILLING = re.compile(r"(?i)\b(?:willingness|readiness|intentions?|plans?|intent|determination|resolve)\b")
_OWN_STEPS = re.compile(r"(?i)\b(?:actions?|steps?|measures?|plans?|packages?|sanctions)\b[^.;]*\b(?:we|I)\b[^.;]*")
_NAMING_FRAMES = frozenset({"obj_as", "small", "pass_as", "dobj"})
_UTTERS = frozenset("express voice raise convey share repeat reiterate acknowledge air register".split())
_GRAVE = frozenset("grave deep serious strong profound utmost great".split())
_CLAUSE = re.compile(
    r"(?i)(?:that|it|they|we|he|she|there)\b|"
    r"(?!.{0,60}\b(?:importance|commitment|support|solidarity|resolve|value|alliance|friendship|ties|willingness)\b)"
)
_IMPORTANCE = re.compile(r"(?i)(?:the |its |their )?(?:\w+ )?(?:importance|value|centrality) of\b")
_NEED = re.compile(r"(?i)^(?:the )?(?:\w+ )?(?:need|urgency|necessity)\b")
_TENTATIVE = frozenset("preliminary tentative initial early provisional".split())


def read_cue(ann: Annotations, a: Attribution, clause: Clause | None) -> Cue:
    """The cue's own stance; ``clause`` is the content's main clause. Neutral ("assert", "certain") where there is no cue or its words
    say nothing."""
    if a.cue is None:
        return NEUTRAL
    frame, _, lemma = a.rule.partition(":")
    if frame == "showing" or frame == "according" or frame.startswith("colon"):
        return NEUTRAL
    p = ann.parse
    tokens = [t for x, y in a.cue.ranges for t in p.tokens_in(x, y) if t.pos not in {"PUNCT", "SPACE"}]
    if not tokens:
        return NEUTRAL
    negated = _negated(tokens)
    phrase = _phrase(p, tokens, negated)
    if phrase is not None:
        return phrase
    head = _head(tokens)
    if head is None:
        return Cue("assert", "certain", lemma, (), negated)
    word, stance, firmness = head[0], head[1], head[2]
    name = lemma_of(word)
    if word.pos in {"VERB", "AUX"} or (name, "noun") not in _listed():
        return _verb_cue(ann, a, clause, word, name, stance, firmness, negated, frame)
    modifiers = [c for c in p.children(word, "amod") if c.lower in _TENTATIVE]
    if modifiers and stance == "assert":
        return Cue("suspect", "possible", name, (*modifiers, word))
    if any(c.lower == "no" for c in p.children(word, "det")):
        return Cue("deny", "unlikely", name, (word,), True)
    return Cue(stance, firmness, name, (word,), negated)


def _phrase(p: Parse, tokens: list[Token], negated: bool) -> Cue | None:
    """A fixed phrase in the cue, the preposition right after it read with it."""
    after = tokens[-1].i + 1
    more = (
        [p.tokens[after]]
        if after < len(p.tokens) and p.tokens[after].lower in {"on", "upon", "for", "against", "of", "out"}
        else []
    )
    line = " ".join(lemma_of(t) for t in [*tokens, *more]).replace("’", "'")
    for pattern, stance, firmness in _PHRASES:
        m = pattern.search(line)
        if m and not (negated and stance in {"condemn", "support", "request", "announce"}):
            return Cue(stance, firmness, m.group(), tuple(t for t in tokens if t.pos not in {"DET", "PRON"}), negated)
    return None


def _head(tokens: list[Token]) -> tuple[Token, Stance, Firmness] | None:
    """The word that decides: under a light verb or a copula the noun or adjective, else the verb."""
    known: list[tuple[Token, Stance, Firmness]] = []
    for t in tokens:
        reading = _reading(t)
        if reading is not None:
            known.append((t, *reading))
    if not known:
        return None
    verbal = [k for k in known if k[0].pos in {"VERB", "AUX"}]
    full = [k for k in verbal if lemma_of(k[0]) not in _LIGHT]
    if full:
        # "wants to know", "appears to nod": the last verb of the group holds the rest together unless the first one colours it
        coloured = [k for k in full if k[1] != "assert"]
        nouns = [k for k in known if k[0].pos not in {"VERB", "AUX"} and k[1] != "assert" and k[0].dep != "pobj"]
        if not coloured and nouns:
            return nouns[0]
        return coloured[0] if coloured else full[0]
    others = [k for k in known if k[0].pos not in {"VERB", "AUX"}]
    strong = [k for k in others if k[1] != "assert"]
    return (strong or others or verbal)[0]


def _reading(t: Token) -> tuple[Stance, Firmness] | None:
    name = lemma_of(t)
    listed = _listed()
    if t.pos in {"VERB", "AUX"}:
        verb = verbs().get(name)
        if verb is not None:
            return verb.stance, verb.firmness
        return listed.get((name, "verb")) or listed.get((t.lower, "adjective"))
    order = {"NOUN": ("noun", "adjective"), "PROPN": ("noun",), "ADV": ("adverb", "adjective")}.get(
        t.pos, ("adjective", "noun", "adverb")
    )
    for kind in order:
        found = listed.get((name, kind)) or listed.get((t.lower, kind))
        if found is not None:
            return found
    verb = verbs().get(name) or verbs().get(lemma_of(t))
    return (verb.stance, verb.firmness) if verb is not None and t.pos in {"NOUN", "ADJ"} else None


def firmness_word(t: Token) -> Firmness | None:
    """How firm the word makes what it says of: "believe", "signs"; None for a word on no list."""
    found = _reading(t)
    return found[1] if found is not None and found[0] == "suspect" else None


def _negated(tokens: list[Token]) -> bool:
    return any(t.lower in {"not", "never", "n't", "n’t", "cannot", "neither", "nor"} for t in tokens)


def _verb_cue(
    ann: Annotations,
    a: Attribution,
    clause: Clause | None,
    word: Token,
    name: str,
    stance: Stance,
    firmness: Firmness,
    negated: bool,
    frame: str,
) -> Cue:
    """Verbs whose stance hangs on what they govern."""
    words = (word,)
    said = " ".join(a.content.text.split())
    finite = clause is not None and not _infinitive(ann.parse, clause.main)
    if negated:
        if stance == "suspect" or stance == "predict":
            return Cue("deny", "denied", name, (*_negations(ann.parse, a), word), True)
        if stance == "announce":
            return Cue("deny", "denied", name, (*_negations(ann.parse, a), word), True)
        if stance == "support":
            return Cue("condemn", "certain", name, (*_negations(ann.parse, a), word), True)
        if stance == "deny":
            return Cue("assert", "certain", name, (), True)
        return Cue(stance, firmness, name, words, True)
    own = clause is not None and speaks_of_itself(ann, a, clause)
    if name in _HEARSAY and a.source is None and word.tag == "VBN":
        return Cue("suspect", "possible", name, words)
    if name in {"accuse", "charge"}:
        return Cue("assert", "certain", name, ())
    if name in {"warn", "caution"}:
        if frame in {"obj_xcomp", "prep_against"} or not finite or said.startswith("against "):
            return Cue("request", "unknown", name, words)
        if frame == "ccomp" or (clause is not None and clause.main.pos in {"VERB", "AUX"}):
            return Cue("assert", "certain", name, ())
        return Cue("predict", "certain", name, words)
    if name in _NAMING and (frame in _NAMING_FRAMES or stance == "assert" or _named_as(clause, said)):
        return Cue("assert", "certain", name, ())
    if name in {"call", "appeal", "press", "push", "tell", "ask", "insist"} and frame in {
        "obj_xcomp",
        "prep_on",
        "prep_for",
    }:
        return Cue("request", "unknown", name, words)
    if name in {"suggest", "hint", "imply", "signal", "indicate"} and own and _future(clause.line if clause else None):
        return Cue("announce", firmness, name, (*words, *_aux(ann.parse, clause)))
    if name in {"indicate", "signal", "express", "voice", "convey", "declare", "nod", "state"} and _WILLING.search(
        said[:60]
    ):
        return Cue("announce", firmness if name in {"indicate", "signal"} else "certain", name, words)
    if name in _UTTERS and (held := _named_feeling(ann.parse, clause)) is not None:
        if held.stance != "announce" or name not in _REPEATS:
            return held
    if name in _REPEATS:
        if _NEED.search(said):
            return Cue("request", "unknown", name, words)
        if not _CLAUSE.match(said) and _IMPORTANCE.match(said):
            return Cue("support", "certain", name, words)
        if not _CLAUSE.match(said) and _TOGETHER.search(said[:160]):
            return Cue("support", "certain", name, words)
    if name == "agree" and (not finite or frame in {"xcomp", "prep_on", "dobj"}):
        return Cue("announce", "certain", name, words)
    if name == "want" and clause is not None and not finite and not _has_subject(ann.parse, clause.main):
        return Cue("announce", "certain", name, words)
    if (
        stance == "assert"
        and name in {"discuss", "announce", "outline", "preview", "detail", "describe"}
        and _OWN_STEPS.search(said)
    ):
        return Cue("announce", "certain", name, words)
    return Cue(stance, firmness, name, words if (stance, firmness) != ("assert", "certain") else ())


def _named_feeling(p: Parse, clause: Clause | None) -> Cue | None:
    """ "expressed | doubt over the claim": the content's own head names the stance. Grave concern at a deed is blame."""
    if clause is None or clause.main.pos != "NOUN":
        return None
    name = lemma_of(clause.main)
    found = _listed().get((name, "noun"))
    if found is None or found[0] == "assert":
        return None
    if name == "concern" and any(c.lower in _GRAVE for c in p.children(clause.main, "amod")):
        return Cue("condemn", "certain", name, (clause.main,))
    return Cue(*found, name, (clause.main,))


def _named_as(clause: Clause | None, said: str) -> bool:
    """ "see | the visit as a sign": a name for a thing, no guess."""
    return clause is not None and clause.main.pos not in {"VERB", "AUX"} and " as " in f" {said} "


def _has_subject(p: Parse, t: Token) -> bool:
    return bool(p.children(t, "nsubj", "nsubjpass"))


def _infinitive(p: Parse, t: Token) -> bool:
    """True for "to do": no finite clause."""
    if t.pos not in {"VERB", "AUX"}:
        return any(c.dep in {"acl", "xcomp", "relcl"} and _infinitive(p, c) for c in p.children(t)) and t.pos in {
            "PROPN",
            "PRON",
        }
    return t.tag == "VB" and any(c.lower == "to" for c in p.children(t, "aux"))


def _aux(p: Parse, clause: Clause | None) -> list[Token]:
    return (
        []
        if clause is None
        else [t for t in p.children(clause.main, "aux") if t.lower in {"will", "would", "'ll", "’ll"}]
    )


_WILL = re.compile(r"(?i)\b(?:will|would|shall|'ll|wo n't|going to)\b")


def _future(line: Line | None) -> bool:
    return line is not None and bool(_WILL.search(line.text))


def _negations(p: Parse, a: Attribution) -> list[Token]:
    assert a.cue is not None
    return [t for t in p.tokens_in(a.cue.start, a.cue.end) if t.dep in {"neg", "aux"} or t.lower in {"not", "never"}]


def is_silence(ann: Annotations, a: Attribution) -> bool:
    """ "has not condemned", "declined to comment", "would neither confirm nor deny": what the outlet tells of somebody who said
    nothing, and no claim of theirs."""
    if a.cue is None:
        return False
    p = ann.parse
    tokens = [t for x, y in a.cue.ranges for t in p.tokens_in(x, y)]
    verb = next((t for t in tokens if t.pos in {"VERB", "AUX"} and lemma_of(t) in _SAYS | _AVOIDS), None)
    if verb is None:
        return False
    if lemma_of(verb) in _AVOIDS:
        rest = [c for c in p.children(verb, "xcomp", "pcomp", "prep") for c in p.subtree(c)]
        said = next((c for c in rest if c.pos in {"VERB", "NOUN"} and c.i > verb.i), None)
        return lemma_of(verb) in {"decline", "refuse"} and said is not None and said.lemma.lower() in _SAYS
    seen = {verb.i}
    t = verb
    while True:
        if any(c.dep == "neg" or c.lower in {"not", "never", "neither", "nor"} for c in p.children(t) if c.i < t.i):
            # "the minister could not say": silent; "did not rule out" is no verb of this list
            return True
        if t.i != verb.i and lemma_of(t) in _AVOIDS and t.pos == "VERB":
            return True
        h = p.head(t)
        if h.i in seen or t.dep not in {"conj", "xcomp", "pcomp", "prep"} or h.pos not in {"VERB", "AUX", "ADP"}:
            return False
        if t.dep == "conj" and any(c.dep in {"nsubj", "nsubjpass"} for c in p.children(t)):
            return False
        if t.dep == "conj" and not any(c.lower in {"or", "nor"} for c in p.children(h, "cc", "preconj")):
            return False
        seen.add(h.i)
        t = h
