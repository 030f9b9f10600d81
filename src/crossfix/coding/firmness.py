"""How firmly a claim is put, on one scale, and the words that set it.

denied < unlikely < unknown < possible < probable < certain: the weakest that the cue, the main clause's hedges and a condition say.
Repetition never raises it. A demand is neither true nor false, so its firmness is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crossfix.coding.clauses import Clause
from crossfix.coding.content_stance import Content
from crossfix.coding.content_words import any_of
from crossfix.coding.cue_stance import Cue, firmness_word
from crossfix.language.annotations import Annotations
from crossfix.language.parse import Token
from crossfix.model import Attribution, Firmness, Stance

WEAKEST: tuple[Firmness, ...] = ("denied", "unlikely", "unknown", "possible", "probable", "certain")

# A value's hedges. A stretch that a weaker value has taken is not read again ("not likely" holds no "likely").
_HEDGES: tuple[tuple[Firmness, re.Pattern[str]], ...] = (
    (
        "unlikely",
        any_of(
            r"(?:highly |very |extremely )?unlikely|doubtful|improbable|implausible|hardly likely",
            r"not (?:very |at all )?likely|not (?:expected|believed|thought) to",
        ),
    ),
    (
        "unknown",
        any_of(
            r"(?:not|n't) (?:yet )?(?:clear|known|certain|know)|unclear|unknown (?:whether|if|how)|remains? to be seen",
            r"uncertain",
        ),
    ),
    (
        "possible",
        any_of(
            r"(?-i:may|May (?:have|be|not))|might|could|possibl[ey]|possibility|perhaps|potential(?:ly)?|reportedly",
            r"allegedly|supposedly|purported(?:ly)?|ostensibly|suggest(?:s|ed|ing)?|hint(?:s|ed)?|rumou?red|feared",
            r"(?:is|are|was|were) (?:said|reported|alleged) to|low confidence|tentative(?:ly)?|preliminary",
            r"(?:can|could)(?: not| n't|not) (?:\w+ )?(?:rule out|exclude|be ruled out|be excluded)",
        ),
    ),
    (
        "probable",
        any_of(
            r"(?:very |highly |most |quite |more than )?likely|almost certain(?:ly)?|(?:very |most |quite )?probabl[ey]",
            r"apparent(?:ly)?(?! that)|appears?|appeared|appearing|seems?|seemed|presumably|seemingly|believed",
            r"(?:is|are|was|were|been) suspected|thought to|expected|estimated|assess\w*|must have",
            r"(?:high|moderate) confidence|in all likelihood|indicat(?:es?|ed|ing)",
        ),
    ),
)
_CERTAIN = any_of(r"(?:no|little|without) doubt|could not have|not (?:only )?possible|impossible|able to")
_FALSELY = frozenset(
    "falsely wrongly incorrectly baselessly misleadingly untruthfully dishonestly unconvincingly implausibly".split()
)


@dataclass(frozen=True, slots=True)
class Firmly:
    """A value on the scale and the tokens that set it, in order."""

    firmness: Firmness
    words: tuple[Token, ...]


def read_firmness(
    ann: Annotations, a: Attribution, clause: Clause | None, stance: Stance, cue: Cue, content: Content
) -> Firmly:
    """How firmly the claim is put: the weakest of what cue, hedges and conditions say."""
    aside = _outlets_doubt(ann, cue)
    if stance == "deny":
        doubt = content.doubt if cue.stance != "deny" else cue.firmness == "unlikely"
        own = cue.words if cue.stance == "deny" else content.words
        value: Firmness = "unlikely" if doubt else "denied"
        return _in_order(value, [*aside, *own])
    if stance == "request":
        return _in_order("unknown", cue.words if cue.stance == "request" else content.words)
    found: list[tuple[Firmness, tuple[Token, ...]]] = []
    c: Clause | None = clause
    while c is not None:
        found += _hedges(c)
        found += _condition(ann, a, c)
        c = c.inner
    for t in content.words:
        known = firmness_word(t)
        if known not in {None, "certain", "denied", "unknown"} and known is not None:
            found.append((known, (t,)))
    if cue.firmness not in {"certain", "denied"}:
        found.append((cue.firmness, cue.words))
    found += _confidence(ann, a)
    certain: Firmness = "certain"
    weakest = min((v for v, _ in found), key=WEAKEST.index, default=certain)
    words = [t for _, ts in found for t in ts]
    # words that show the stance where the cue is neutral are named too
    if stance == content.stance and stance != cue.stance:
        words += content.words
    return _in_order(weakest, [*aside, *words])


def _in_order(value: Firmness, words: Iterable[Token]) -> Firmly:
    return Firmly(value, tuple(t for _, t in sorted({t.i: t for t in words}.items())))


def _hedges(c: Clause) -> list[tuple[Firmness, tuple[Token, ...]]]:
    line = c.line
    taken = {t.i for ts in line.find_all(_CERTAIN) for t in ts}
    out: list[tuple[Firmness, tuple[Token, ...]]] = []
    for value, pattern in _HEDGES:
        for ts in line.find_all(pattern):
            if taken.isdisjoint(t.i for t in ts) and not _side_word(c, ts):
                out.append((value, tuple(ts)))
                taken |= {t.i for t in ts}
    return out


def _side_word(c: Clause, ts: list[Token]) -> bool:
    """A hedge inside a noun phrase ("the suspected dealer", "a potential buyer") says nothing of the clause; and evidence that suggests is
    a hedge only as the clause's own verb."""
    t = ts[-1]
    if len(ts) == 1 and t.dep in {"amod", "compound"} and t.pos in {"ADJ", "VERB", "NOUN"}:
        return True
    if t.lower.startswith("assess") and (t.pos != "VERB" or c.inner is None):
        return True
    if t.lemma in {"suggest", "hint", "indicate"} and t.i != c.main.i:
        return True
    return (
        t.lemma in {"suggest", "hint", "indicate", "assess"}
        and c.subject is not None
        and c.subject.ent in {"PERSON", "GPE", "ORG", "NORP"}
    )


def _condition(ann: Annotations, a: Attribution, c: Clause) -> list[tuple[Firmness, tuple[Token, ...]]]:
    """ "If confirmed", "unless the drills stop": what is said holds under a condition only. Not "even if"."""
    p = ann.parse
    for sub in p.children(c.main, "advcl", "prep", "mark"):
        marks = p.children(sub, "mark", "advmod") + ([sub] if sub.dep == "mark" else [])
        for m in marks:
            before = p.tokens[m.i - 1].lower if m.i else ""
            if (
                m.lower in {"if", "unless", "provided", "assuming"}
                and before not in {"even", "as"}
                and a.content.covers(m.start, m.end)
            ):
                short = p.subtree(sub) if sub.right - sub.left <= 1 else [m]
                return [("possible", tuple(short))]
    return []


def _confidence(ann: Annotations, a: Attribution) -> list[tuple[Firmness, tuple[Token, ...]]]:
    """ "Assess with high confidence": an agency's own scale; even high confidence is no certainty."""
    p = ann.parse
    if a.cue is None:
        return []
    for t in p.tokens_in(a.cue.start, a.cue.end):
        for prep in p.children(t, "prep"):
            for o in p.children(prep, "pobj"):
                if prep.lower == "with" and o.lemma.lower() in {"confidence", "certainty"}:
                    words = tuple(x for x in p.subtree(prep) if x.dep in {"prep", "pobj", "amod"} and x.i <= o.i)
                    return [("possible" if any(x.lower == "low" for x in words) else "probable", words)]
    return []


def _outlets_doubt(ann: Annotations, cue: Cue) -> list[Token]:
    """ "Falsely denied": the denial is the speaker's, the adverb the teller's."""
    return [c for w in cue.words for c in ann.parse.children(w, "advmod") if c.lower in _FALSELY]
