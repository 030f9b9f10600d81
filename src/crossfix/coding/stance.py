"""How a speaker stands to what is said, and how firmly it is put.

Stance is the first that fits: deny, request, condemn, support, announce, predict, suspect, assert. The cue decides first; where it is
neutral ("said"), the content's own main clause does. Firmness is one scale, set by the cue and the hedges in the main clause.
"""

from __future__ import annotations

import re

from crossfix.language.annotations import Annotations
from crossfix.language.attribution.cues import verbs
from crossfix.language.parse import Token
from crossfix.model import STANCES, Attribution, Firmness, Stance

_NOUNS: dict[str, Stance] = {
    "denial": "deny", "rejection": "deny", "refutation": "deny",
    "request": "request", "call": "request", "demand": "request", "appeal": "request", "plea": "request", "urging": "request",
    "recommendation": "request",
    "condemnation": "condemn", "criticism": "condemn", "complaint": "condemn", "protest": "condemn", "opposition": "condemn",
    "praise": "support", "support": "support",
    "promise": "announce", "pledge": "announce", "vow": "announce", "announcement": "announce", "threat": "announce",
    "agreement": "announce",
    "prediction": "predict", "forecast": "predict", "expectation": "predict", "hope": "predict", "warning": "predict",
    "belief": "suspect", "suspicion": "suspect", "fear": "suspect", "concern": "suspect", "worry": "suspect", "doubt": "deny",
    "suggestion": "suspect", "speculation": "suspect", "indication": "suspect", "sign": "suspect", "hint": "suspect", "idea": "suspect",
}  # fmt: skip

_STRONG = re.compile(
    r"(?i)\b(?:violat\w+|flagrant\w*|egregious|reckless\w*|provocati\w+|unacceptable|atroci\w+|destabili[sz]\w+|illegal\w*|unlawful\w*|"
    r"irresponsible|dangerous|outrageous|shameful|disgrace\w*|brutal\w*|aggression|serious (?:matter|threat|concern|violation)|"
    r"grave|(?:is|are|was|were|as|poses?|posed|be|pose) (?:a|an|the)?\s?(?:\w+ ){0,3}threat|threaten\w*|concerning escalation|escalation|"
    r"blatant\w*|defian\w+|defies|defy(?:ing)?|undermin\w+|abhorrent|horrific|heinous|barbar\w+)\b"
)
_BACKS = re.compile(
    r"(?i)\b(?:commitment|ironclad|stand(?:s|ing)? (?:with|by)|support(?:ing)? (?:for )?(?:Ukraine|the|our|its)|"
    r"solidarity|provide \w+ with)\b"
)
_FUTURE = re.compile(r"(?i)\b(?:will|would|shall|won['’]t|going to|about to|preparing to|['’]ll)\b")
_COULD = re.compile(r"(?i)\bcould\b.*\b(?:future|coming|next|soon|years|months|weeks|again|further)\b")
_HEDGE = re.compile(
    r"(?i)\b(?:likely|probably|apparent(?:ly)?|appears?|appeared|seems?|seemed|(?-i:may)|might|possibly|perhaps|presumably|reportedly|"
    r"allegedly|believed|suspected|suggest\w*|indicat\w+|potentially|seemingly|preliminar\w+|tentative(?:ly)?)\b"
)
_MUST = re.compile(
    r"(?i)\b(?:must|should|ought to|needs? to|have to|has to|"
    r"it['’]s (?:critical|essential|imperative|vital|time)|is (?:critical|essential|imperative) that|time for \w+ to)\b"
)
_FIRST = frozenset({"we", "i"})
_OWN_ACTS = frozenset(
    """
    share discuss shift give move boost designate expand bring increase use join make take impose announce launch
    provide continue raise work hold designate release send deploy build develop expand strengthen respond pursue
    conduct begin start support go
    """.split()
)

_PROBABLE = re.compile(
    r"(?i)\b(?:likely|probably|apparent(?:ly)?|appears?|appeared|seems?|seemed|presumably|believed|suspected|expected|estimated|assess\w*)\b"
)
_POSSIBLE = re.compile(
    r"(?i)\b(?:(?-i:may)|might|could|possibl[ey]|perhaps|potential(?:ly)?|reportedly|allegedly|suggest\w*|hint\w*|rumou?r\w*)\b"
)
_UNLIKELY = re.compile(r"(?i)\b(?:unlikely|doubtful|improbable|hardly likely|not likely)\b")


def stance_of(ann: Annotations, a: Attribution) -> Stance:
    """The stance of one attribution."""
    cue = _cue_stance(ann, a)
    if cue not in {"assert", "suspect"}:
        return cue
    content = _content_stance(ann, a)
    return min(cue, content, key=STANCE_ORDER.__getitem__)


_FIRST_THAT_FITS: tuple[Stance, ...] = (
    "deny",
    "request",
    "condemn",
    "support",
    "announce",
    "predict",
    "suspect",
    "assert",
)
STANCE_ORDER: dict[Stance, int] = {s: n for n, s in enumerate(_FIRST_THAT_FITS)}
assert set(STANCE_ORDER) == set(STANCES)


def _cue_stance(ann: Annotations, a: Attribution) -> Stance:
    frame, _, lemma = a.rule.partition(":")
    if a.cue is None or not lemma:
        return "assert"
    if frame.startswith(("noun", "light")):
        return _NOUNS.get(lemma, "assert")
    if frame == "adj_that":
        return (
            "deny"
            if lemma in {"skeptical", "sceptical", "doubtful"}
            else "predict"
            if lemma in {"confident", "hopeful", "optimistic"}
            else "suspect"
            if lemma not in {"aware", "certain", "sure", "convinced"}
            else "assert"
        )
    if frame == "showing" or frame == "according" or frame.startswith("colon"):
        return "assert"
    known = verbs().get(lemma)
    if known is None:
        return "assert"
    stance: Stance = known.stance
    if _negated(a):
        return "deny" if known.stance == "suspect" else stance
    if lemma == "accuse" or lemma == "charge":
        return "assert"
    if lemma == "warn":
        return "request" if frame in {"obj_xcomp", "prep_against"} else "predict" if frame != "ccomp" else "assert"
    if lemma in {"see", "view", "consider", "regard", "describe", "call", "label", "term", "brand"}:
        return "assert"
    if lemma == "suggest" and frame == "ccomp" and _content_subject_is_source(ann, a):
        return "announce"
    if lemma in {"call", "appeal", "press", "push"} and (frame == "obj_xcomp" or frame in {"prep_on", "prep_for"}):
        return "request"
    if lemma in {"reaffirm", "reiterate", "underscore", "affirm", "renew", "express", "stress"} and _BACKS.search(
        a.content.text
    ):
        return "support"
    if lemma == "agree" and frame == "xcomp":
        return "announce"
    if lemma == "indicate" and _own_willingness(a):
        return "announce"
    return stance


def _own_willingness(a: Attribution) -> bool:
    return bool(re.search(r"(?i)\b(?:willingness|readiness|intention|plans?)\b", a.content.text))


def _negated(a: Attribution) -> bool:
    assert a.cue is not None
    words = a.cue.text.casefold().split()
    return any(w in {"not", "never"} or w.endswith(("n't", "n’t")) for w in words)


def _main(ann: Annotations, a: Attribution) -> Token | None:
    """The content's main verb or predicate: its highest token."""
    start, end = a.content.ranges[0]
    tokens = ann.parse.tokens_in(start, end)
    if not tokens:
        return None
    inside = {t.i for x, y in a.content.ranges for t in ann.parse.tokens_in(x, y)}
    heads = [t for t in tokens if t.head == t.i or t.head not in inside]
    for wanted in ({"VERB", "AUX"}, {"ADJ", "NOUN"}):
        for t in heads:
            if t.pos in wanted:
                return t
    return heads[0] if heads else None


def _clause_text(ann: Annotations, a: Attribution) -> str:
    """The main clause's words: the content without its subordinate clauses."""
    main = _main(ann, a)
    if main is None:
        return a.content.text
    out = []
    skip: set[int] = set()
    for t in ann.parse.subtree(main):
        if t.i != main.i and t.dep in {"relcl", "advcl", "acl"} and t.head != t.i:
            skip |= {x.i for x in ann.parse.subtree(t)}
    for t in ann.parse.subtree(main):
        if t.i not in skip and a.content.covers(t.start, t.end):
            out.append(t.text)
    return " ".join(out) or a.content.text


def _content_subject_is_source(ann: Annotations, a: Attribution) -> bool:
    main = _main(ann, a)
    if main is None:
        return False
    subjects = ann.parse.children(main, "nsubj", "nsubjpass")
    if not subjects:
        return False
    low = subjects[0].lower
    if low in _FIRST or low in {"it", "he", "she", "they"}:
        return True
    name = a.source_name or ""
    return bool(name) and ann.document.text[subjects[0].start : subjects[0].end].casefold() in name.casefold().split()


def _content_stance(ann: Annotations, a: Attribution) -> Stance:
    """What the content's own main clause amounts to, where the cue is neutral."""
    clause = _clause_text(ann, a)
    frame = a.rule.partition(":")[0]
    if frame in {"obj_as", "small"} and _STRONG.search(a.content.text):
        return "condemn"
    main = _main(ann, a)
    if main is None:
        return "assert"
    p = ann.parse
    subjects = p.children(main, "nsubj", "nsubjpass")
    first = bool(subjects) and subjects[0].lower in _FIRST
    negated = bool(p.children(main, "neg"))
    if first and not a.outlet_voice:
        own = verbs().get(main.lemma)
        if own is not None and own.stance != "assert":
            return "deny" if negated and own.stance == "suspect" else own.stance
        if _BACKS.search(clause):
            return "support"
        plural = subjects[0].lower == "we"
        if (plural and main.lemma in _OWN_ACTS) or (_FUTURE.search(clause) and main.tag == "VB"):
            return "announce"
    if _MUST.search(clause) and not first:
        return "request"
    if not negated and not a.outlet_voice and _STRONG.search(_predicate(ann, main)):
        return "condemn"
    if not a.outlet_voice and _FUTURE.search(clause) and _content_subject_is_source(ann, a) and main.lemma != "be":
        return "announce"
    if _FUTURE.search(clause) or _COULD.search(clause):
        return "predict"
    if _HEDGE.search(clause):
        return "suspect"
    return "assert"


def _predicate(ann: Annotations, main: Token) -> str:
    """The main verb with its complements' heads and their adjectives: what the clause says of its subject, nothing else."""
    p = ann.parse
    out = [main]
    for c in p.children(main, "attr", "acomp", "dobj", "oprd", "prep", "advmod", "xcomp"):
        heads = [c]
        if c.dep == "prep":
            heads = [c, *p.children(c, "pobj")] if c.lower in {"of", "as", "in"} and main.lemma == "be" else []
        for h in heads:
            out += [h, *(m for m in p.children(h, "amod", "det", "compound", "advmod") if m.i < h.i)]
    return " ".join(t.text for t in sorted(out, key=lambda t: t.i))


def firmness_of(ann: Annotations, a: Attribution, stance: Stance) -> Firmness:
    """How firmly it is put: the weaker of what the cue and what the main clause's hedges say."""
    if stance == "deny":
        return "denied"
    if stance == "request":
        return "unknown"
    clause = _clause_text(ann, a)
    found: list[Firmness] = []
    if _UNLIKELY.search(clause):
        found.append("unlikely")
    if _POSSIBLE.search(clause):
        found.append("possible")
    if _PROBABLE.search(clause):
        found.append("probable")
    lemma = a.rule.partition(":")[2]
    known = verbs().get(lemma) if a.cue is not None else None
    if known is not None and known.firmness in {"probable", "possible", "unlikely"}:
        found.append(known.firmness)
    weakest: tuple[Firmness, ...] = ("unlikely", "possible", "probable")
    return next((value for value in weakest if value in found), "certain")
