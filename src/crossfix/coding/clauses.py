"""The main clause of what somebody says: its predicate, subject and negation, and word patterns that keep their place in the text.

A stance or a hedge counts only where it stands in the main clause: "the train that carried illegal arms left" blames nobody, and
"said Seoul believes the threat may be real" is no guess of the speaker's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crossfix.coding.events_parties import country_of
from crossfix.language.annotations import Annotations
from crossfix.language.attribution.cues import verbs
from crossfix.language.parse import Parse, Token
from crossfix.model import Attribution, Span

FIRST = frozenset({"we", "i"})
_NOT = frozenset({"not", "n't", "n’t", "never", "nor", "neither"})
_ASIDES = frozenset({"sorry", "mean", "know", "see", "guess"})
_OWN_BODY = frozenset(
    """
    country government ministry nation army military force party administration people navy department treasury company
    president cabinet agency office side congress
    """.split()
)
_HOME = frozenset("government army military navy ministry administration cabinet country nation".split())
_EXPLETIVE = frozenset({"be", "take", "seem", "appear", "remain", "become", "mean", "make"})


_BE = frozenset({"'s", "’s", "'re", "’re", "'m", "’m"})


def lemma_of(t: Token) -> str:
    """The lemma in lower case; where the parser's makes no sense ("hopes" -> "hop", "’s" -> "’") the one that a list of ours knows."""
    lemma = t.lemma.lower()
    if t.pos in {"VERB", "AUX"} and lemma not in verbs():
        low = t.lower
        if low in _BE:
            return "be"
        for cut, put in (("s", ""), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("es", "")):
            stem = low[: -len(cut)] + put
            if low.endswith(cut) and stem in verbs():
                return stem
    return lemma


class Line:
    """Tokens as one line of words, one blank between any two, so that a pattern may run over them and its words be found again."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens = list(tokens)
        self._starts: list[int] = []
        parts, at = [], 0
        for t in self.tokens:
            self._starts.append(at)
            parts.append(t.text.replace("’", "'"))
            at += len(parts[-1]) + 1
        self.text = " ".join(parts)

    def find(self, pattern: re.Pattern[str]) -> list[Token]:
        """The tokens of the first match; empty where there is none."""
        m = pattern.search(self.text)
        return self._under(m) if m else []

    def find_all(self, pattern: re.Pattern[str]) -> list[list[Token]]:
        """The tokens of each match."""
        return [self._under(m) for m in pattern.finditer(self.text)]

    def _under(self, m: re.Match[str]) -> list[Token]:
        return [
            t for t, at in zip(self.tokens, self._starts, strict=True) if at < m.end() and at + len(t.text) > m.start()
        ]


def words_span(text: str, tokens: Sequence[Token]) -> Span:
    """The tokens as one span: a single run where nothing but blanks stands between them. Needs at least one token."""
    runs: list[tuple[int, int]] = []
    for t in sorted(tokens, key=lambda t: t.start):
        if runs and not text[runs[-1][1] : t.start].strip():
            runs[-1] = (runs[-1][0], t.end)
        else:
            runs.append((t.start, t.end))
    return Span.of_pieces(text, runs)


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause. ``tokens`` are its own words (``line``: the same to search in), without the
    clauses that hang in it; ``inner`` is the clause that it only comments on ("it is likely that P", "there is no evidence that P")."""

    main: Token
    subject: Token | None
    tokens: tuple[Token, ...]
    negation: Token | None
    line: Line
    inner: Clause | None = None

    @property
    def deepest(self) -> Clause:
        """The clause that the comment is on, itself where there is none."""
        return self.inner.deepest if self.inner is not None else self


def main_clause(ann: Annotations, a: Attribution) -> Clause | None:
    """The main clause of an attribution's content; None where the content holds no token."""
    p = ann.parse
    inside = {t.i for x, y in a.content.ranges for t in p.tokens_in(x, y)}
    first = p.tokens_in(*a.content.ranges[0])
    if not first:
        return None
    heads = [t for t in first if t.head == t.i or t.head not in inside]
    if not heads:  # in a discontinuous content the first run may hang on a later one
        every = [t for x, y in a.content.ranges for t in p.tokens_in(x, y)]
        heads = [t for t in every if t.head == t.i or t.head not in inside] or first
    main = None
    for wanted in ({"VERB", "AUX"}, {"ADJ", "NOUN"}):
        fitting = [t for t in heads if t.pos in wanted]
        fitting = [t for t in fitting if not _aside(p, t)] or fitting
        if fitting:
            main = fitting[0]
            break
    main = main or heads[0]
    if _aside(p, main):
        # "This would have — I’m sorry — for the peninsula": what the aside breaks off is the statement
        main = next((c for c in p.children(main, "ccomp", "parataxis") if c.i < main.i and c.i in inside), main)
    return _clause(p, main, inside, 0)


def _aside(p: Parse, t: Token) -> bool:
    return (
        any(s.lower in {"i", "you"} for s in p.children(t, "nsubj"))
        and (t.lemma in _ASIDES or any(c.lower in _ASIDES for c in p.children(t, "acomp")))
        and not any(c.i > t.i for c in p.children(t, "ccomp"))
    )


_LEFT_OUT = frozenset({"relcl", "advcl", "acl", "ccomp", "parataxis", "csubj", "pcomp"})


def _clause(p: Parse, main: Token, inside: set[int], depth: int) -> Clause:
    subjects = p.children(main, "nsubj", "nsubjpass", "expl", "csubj")
    subject = next((s for s in subjects if s.dep != "csubj"), subjects[0] if subjects else None)
    negation = next((c for c in p.children(main) if c.dep == "neg" or c.lower in _NOT), None)
    comment = _commented(p, main, subject) if depth < 3 else None
    skip: set[int] = set()
    todo = [main]
    own: list[Token] = []
    while todo:
        t = todo.pop()
        own.append(t)
        for c in p.children(t):
            hidden = c.dep in _LEFT_OUT and not (c.dep == "acl" and c.tag in {"VBN", "JJ"})
            if c.i == t.i or hidden or (comment is not None and c.i == comment.i):
                skip.add(c.i)
            elif c.dep == "conj" and c.pos in {"VERB", "AUX"} and t.i == main.i:
                skip.add(c.i)  # a second statement does not hedge the first
            else:
                todo.append(c)
    own = sorted((t for t in own if t.i in inside), key=lambda t: t.i) or [main]
    inner = _clause(p, comment, inside, depth + 1) if comment is not None and comment.i in inside else None
    return Clause(main, subject, tuple(own), negation, Line(own), inner)


def _commented(p: Parse, main: Token, subject: Token | None) -> Token | None:
    """P's verb in "it is likely that P", "there is no evidence that P", "nothing suggests that P", "we have seen no sign that P"."""
    expletive = subject is not None and subject.lower in {"it", "there"}
    if subject is not None and subject.lower in {"i", "we", "it", "they", "he", "she"}:
        verb = verbs().get(lemma_of(main))
        if verb is not None and verb.stance == "suspect":
            for c in p.children(main, "ccomp"):
                if c.i > main.i:
                    return c
    for c in p.children(main, "ccomp", "advcl", "acl"):
        if expletive and c.i > main.i and (c.dep != "advcl" or any(m.lower == "that" for m in p.children(c, "mark"))):
            return c
    nouns = [x for x in p.children(main, "attr", "dobj", "acomp", "nsubj", "nsubjpass") if x.pos != "VERB"]
    for n in nouns:
        if n.lemma.lower() in _GROUNDS or (expletive and n.dep in {"attr", "acomp"}):
            for c in p.children(n, "acl", "ccomp", "relcl", "xcomp"):
                shows = c.lemma in {"suggest", "indicate", "show", "believe"}
                if c.i > n.i and (
                    shows or c.dep in {"ccomp", "acl"} or any(m.lower == "that" for m in p.children(c, "mark"))
                ):
                    deeper = [
                        d for d in p.children(c, "ccomp") if c.lemma in {"suggest", "indicate", "show", "believe"}
                    ]
                    return deeper[0] if deeper else c
    if nouns and any(n.lower == "nothing" for n in nouns):
        for c in p.children(main, "ccomp", "xcomp", "advcl"):
            return next(iter(p.children(c, "ccomp")), c)
    return None


_GROUNDS = frozenset(
    "evidence indication sign proof reason nothing information doubt possibility chance likelihood".split()
)


# ------------------------------------------------------------------ whose clause it is


@lru_cache(maxsize=4096)
def state_of(name: str) -> str | None:
    """The state a name belongs to; None where nothing in it says so."""
    return country_of(name)


def speaks_of_itself(ann: Annotations, a: Attribution, clause: Clause) -> bool:
    """True where the clause's subject is the speaker, or the state or body the speaker speaks for."""
    s = clause.subject
    if s is None:
        return False
    low = s.lower
    if a.outlet_voice:
        side = _issuers_side(ann)
        return side is not None and (low == "we" or state_of(_phrase(ann, s)) == side)
    if low in FIRST:
        return True
    p = ann.parse
    if low in {"it", "he", "she", "they"}:
        if low == "it" and (_expletive(clause) or _is_person(ann, a) or only_reports(a)):
            return False
        return a.source is not None and not (a.source_name is not None and _is_outlet(a.source_name))
    if any(c.lower in {"our", "my", "its", "his", "her", "their"} for c in p.children(s, "poss")):
        if s.lemma.lower() in _OWN_BODY:
            return True
    if s.lemma.lower() in _HOME and a.source is not None and not only_reports(a):
        # "the minister said the army would": nothing names another country's
        if all(c.dep == "det" and c.lower == "the" for c in p.children(s)):
            return True
    side = None if only_reports(a) else _speakers_side(ann, a)
    if side is not None:
        other = state_of(_phrase(ann, s))
        if other == side and s.dep != "csubj":
            return True
        if other is None and s.lemma.lower() in _OWN_BODY and a.cue is None:
            return True  # in a government's own text "the Department" is its own
    if only_reports(a):
        return False
    name = (a.source_name or "").casefold().split()
    return s.pos == "PROPN" and s.text.casefold() in name


_MINDED = frozenset("ready willing prepared determined resolved committed concerned confident pleased opposed".split())


def _expletive(clause: Clause) -> bool:
    """ "It would take years", "it is likely": "it" is nobody; "it was prepared to talk": somebody."""
    return lemma_of(clause.main) in _EXPLETIVE and not any(t.lower in _MINDED for t in clause.tokens)


_ONLOOKER = re.compile(
    r"(?i)\b(?:analysts?|experts?|professors?|scholars?|observers?|researchers?|"
    r"reports?|stud(?:y|ies)|institutes?|think tanks?|media|former)\b"
)


def only_reports(a: Attribution) -> bool:
    """True for a speaker who tells of others: an outlet that is no state's mouthpiece, an analyst, a report. What their country does is no
    plan of theirs."""
    if a.source is None or a.source_name is None:
        return False
    if _ONLOOKER.search(a.source.text) or _ONLOOKER.search(a.source_name):
        return True
    return _is_outlet(a.source_name) and not _of_a_state(a.source_name)


@lru_cache(maxsize=1024)
def _is_outlet(name: str) -> bool:
    from crossfix.reference.outlets import by_name

    known = by_name(name)
    return known is not None and known.kind != "government"


# States whose public broadcasters report on their government rather than speak for it.
_FREE_PRESS = frozenset({"US", "GB", "DE", "FR", "JP", "KR", "CA", "AU", "TW", "NL", "SE", "NO"})


@lru_cache(maxsize=1024)
def _of_a_state(outlet: str) -> bool:
    from crossfix.reference.outlets import by_name

    known = by_name(outlet)
    return known is not None and (
        known.kind == "government" or (known.kind == "state_media" and known.country not in _FREE_PRESS)
    )


def _is_person(ann: Annotations, a: Attribution) -> bool:
    if a.source is None:
        return False
    if a.source.text.casefold() in {"he", "she", "i"}:
        return True
    # names are in order of position: those that can touch the source stand just before its end
    at = bisect_left(ann.names, a.source.end, key=lambda n: n.span.start)
    return any(n.kind == "person" and n.span.overlaps(a.source) for n in ann.names[max(at - 6, 0) : at])


def _speakers_side(ann: Annotations, a: Attribution) -> str | None:
    """The state the speaker speaks for: by the name, or in a government's own text by its issuer."""
    if a.source_name and (side := state_of(a.source_name)) is not None:
        return side
    return _issuers_side(ann) if a.source is not None and a.cue is None else None


def _issuers_side(ann: Annotations) -> str | None:
    """The state whose text this is: a government's own, or its state agency's."""
    outlet = ann.document.outlet
    return state_of(outlet) if outlet is not None and _of_a_state(outlet) else None


def _phrase(ann: Annotations, s: Token) -> str:
    return " ".join(ann.document.text[ann.parse.tokens[s.left].start : s.end].split())
