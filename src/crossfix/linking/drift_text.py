"""Sentences of two tellings side by side: their words, hedges, figures and speakers, and which of one follows which of the other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from crossfix.linking.drift_words import (
    BOUNDS,
    HEDGES,
    MAGNITUDES,
    MONTHS,
    NEGATIONS,
    NUMBER,
    NUMBER_WORDS,
    SPEECH,
    TOKEN,
    content_stem,
    stem,
)
from crossfix.model import Claim, Interval, Time

_MARKS = re.compile(r"[\W_]+")
SHARED_LEAST = 4
"""Words of meaning that two sentences must share to be compared at all."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What drift needs of a document. ``sentences`` are [start, end) in the order of the text."""

    document: str
    text: str
    sentences: Sequence[tuple[int, int]]
    claims: Sequence[Claim]
    times: Sequence[Time] = ()
    outlet: str | None = None
    agency: str | None = None
    published: Interval | None = None
    title: str | None = None


class Token(NamedTuple):
    """A word and where it stands; ``stem`` is "" for what carries no meaning of its own."""

    start: int
    end: int
    word: str
    stem: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with the noun it counts (as a stem, "" where none follows) and what bounds it ("up to"), "" where nothing does."""

    value: float
    unit: str
    bound: str
    start: int
    end: int
    text: str
    bound_text: str = ""
    between: str = ""


class Unit:
    """A sentence of a telling with what is read from it."""

    def __init__(self, telling: Telling, number: int) -> None:
        self.telling = telling
        self.number = number
        self.start, self.end = telling.sentences[number]
        self.text = telling.text[self.start : self.end]
        # equal for sentences that differ in nothing but marks, spaces and capitals
        self.key = _MARKS.sub(" ", self.text).casefold().strip()

    # most sentences of a reprint stand in the other text word for word, so words are looked at only where they are needed
    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and figures."""
        return [
            Token(self.start + m.start(), self.start + m.end(), m[0].casefold().replace("’", "'"), content_stem(m[0]))
            for m in TOKEN.finditer(self.text)
        ]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words of meaning."""
        return frozenset(t.stem for t in self.tokens if t.stem)

    @cached_property
    def words(self) -> frozenset[str]:
        """All its words, in lower case."""
        return frozenset(t.word for t in self.tokens)

    @cached_property
    def spoken(self) -> list[Claim]:
        """The claims with a speaker whose content reaches into the sentence."""
        return [c for c in self.telling.claims if c.voice != "outlet" and _reaches(c, self.start, self.end)]

    @cached_property
    def own(self) -> list[Claim]:
        """The outlet's own statements in the sentence."""
        return [c for c in self.telling.claims if c.voice == "outlet" and _reaches(c, self.start, self.end)]

    @cached_property
    def is_sentence(self) -> bool:
        """False for a headline or a fragment: no full stop, or the title's own words."""
        whole = self.text.rstrip("\"'”’) \n")
        title = self.telling.title
        return (
            whole.endswith((".", "!")) and not (title and title.strip() == self.text.strip()) and len(self.tokens) >= 5
        )

    @cached_property
    def has_cue(self) -> bool:
        """True where the sentence may name a speaker, whatever was found in it."""
        return bool(self.words & SPEECH) or any(q in self.text for q in '"“”')

    @cached_property
    def hedges(self) -> list[Token]:
        """The words that make it less than certain; "May" the month is none."""
        out = []
        for n, t in enumerate(self.tokens):
            if t.word not in HEDGES:
                continue
            if t.word == "may" and self.telling.text[t.start] == "M" and n:
                continue
            if t.word in ("may", "might", "could") and n + 1 < len(self.tokens) and self.tokens[n + 1].word == "not":
                continue
            out.append(t)
        return out

    @cached_property
    def negations(self) -> list[Token]:
        """The words that turn a statement round."""
        return [t for t in self.tokens if t.word in NEGATIONS or t.word.endswith("n't")]

    @cached_property
    def times(self) -> list[Time]:
        """The dates named in it."""
        return [t for t in self.telling.times if t.type in ("DATE", "TIME") and self.start <= t.span.start < self.end]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The figures in it that count something; dates, years and clock times are left out."""
        return quantities(self)

    def span(self, piece: tuple[int, int]) -> str:
        """The words of a piece of its text, in it or reaching beyond it."""
        return self.telling.text[piece[0] : piece[1]]

    def after(self, token: Token, most: int) -> list[str]:
        """The stems of the next words of meaning, so many."""
        return [t.stem for t in self.tokens if t.start >= token.end and t.stem][:most]

    def claim_at(self, start: int) -> Claim | None:
        """The claim with a speaker that a place stands in, else the outlet's own."""
        found = [c for c in (*self.spoken, *self.own) if any(a <= start < b for a, b in c.content.ranges)]
        return found[0] if found else None


def _reaches(c: Claim, start: int, end: int) -> bool:
    return any(min(b, end) - max(a, start) > 3 for a, b in c.content.ranges)


_TENS = frozenset(range(20, 100, 10))


def quantities(unit: Unit) -> list[Quantity]:
    """The figures of a sentence with what they count and what bounds them."""
    out: list[Quantity] = []
    tokens = unit.tokens
    dated = [
        (t.span.start, t.span.end) for t in unit.telling.times if t.span.start < unit.end and unit.start < t.span.end
    ]
    at = 0
    while at < len(tokens):
        t = tokens[at]
        value = _value(t.word)
        if value is None or any(a <= t.start < b for a, b in dated):
            at += 1
            continue
        first = last = at
        if value in _TENS and at + 1 < len(tokens) and 0 < (_value(tokens[at + 1].word) or 0) < 10:
            value += NUMBER_WORDS.get(tokens[at + 1].word, 0)
            last += 1
        while last + 1 < len(tokens) and tokens[last + 1].word in MAGNITUDES:
            value *= MAGNITUDES[tokens[last + 1].word]
            last += 1
        at = last + 1
        text = unit.telling.text[tokens[first].start : tokens[last].end]
        if t.word == "one" or (1900 <= value <= 2100 and NUMBER.fullmatch(t.word) and "," not in t.word):
            continue
        if tokens[first - 1].word in MONTHS if first else False:
            continue
        bound, said, until = "", "", first
        for length in (3, 2, 1):
            words = " ".join(x.word for x in tokens[max(0, first - length) : first])
            if words in BOUNDS and first >= length:
                bound, until = BOUNDS[words], first - length
                said = unit.telling.text[tokens[until].start : tokens[first].start].strip()
                break
        # the noun may stand behind an adjective or two, but not behind a comma or a verb's own words
        behind = []
        for x in tokens[last + 1 : last + 5]:
            gap = unit.telling.text[tokens[last].end : x.start]
            if not x.stem or any(mark in gap for mark in ",;:()."):
                break
            behind.append(x.stem)
        out.append(
            Quantity(
                value,
                behind[0] if behind else "",
                bound,
                tokens[first].start,
                tokens[last].end,
                text,
                said,
                " ".join(behind),
            )
        )
    return out


def _value(word: str) -> float | None:
    if word in NUMBER_WORDS:
        return float(NUMBER_WORDS[word])
    if not NUMBER.fullmatch(word):
        return None
    plain = word.replace(",", "")
    return float(plain) if plain.count(".") <= 1 else None


# ------------------------------------------------------------------ side by side


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the child and one of the parent that tells the same. ``of_child`` and ``of_parent`` are the shares of their
    weight that they have in common, ``cosine`` the likeness of both."""

    parent: Unit
    child: Unit
    shared: frozenset[str]
    of_child: float
    of_parent: float
    cosine: float


class Sides:
    """Two tellings and the weights of their words: a word in few of the sentences that differ weighs more."""

    def __init__(self, parent: Telling, child: Telling) -> None:
        self.parent = [Unit(parent, n) for n in range(len(parent.sentences))]
        self.child = [Unit(child, n) for n in range(len(child.sentences))]
        here, there = {u.key for u in self.parent}, {u.key for u in self.child}
        self.changed = [u for u in self.child if u.key not in here]
        """The child's sentences that do not stand in the parent word for word."""
        self.replaced = [u for u in self.parent if u.key not in there] if self.changed else []
        seen = Counter(s for u in (*self.replaced, *self.changed) for s in u.stems)
        total = max(2, len(self.replaced) + len(self.changed))
        self._weight = {s: math.log(1 + total / n) for s, n in seen.items()}
        self._rare = math.log(1 + total)
        self.where: dict[str, list[Unit]] = {}
        for u in self.replaced:
            for s in u.stems:
                self.where.setdefault(s, []).append(u)

    def weight(self, stems: Iterable[str]) -> float:
        """What words weigh together; one that no changed sentence has weighs as the rarest."""
        return sum(self._weight.get(s, self._rare) for s in stems)

    def pair(self, p: Unit, c: Unit) -> Pair:
        """How far two sentences tell the same."""
        shared = p.stems & c.stems
        common, a, b = self.weight(shared), self.weight(p.stems), self.weight(c.stems)
        if not a or not b:
            return Pair(p, c, shared, 0.0, 0.0, 0.0)
        return Pair(p, c, shared, common / b, common / a, common / math.sqrt(a * b))

    def near(self, c: Unit) -> list[Pair]:
        """The parent's replaced sentences that a child's sentence may follow, the likest first. Those that share less than
        SHARED_LEAST words are none."""
        counts = Counter(u.number for s in c.stems for u in self.where.get(s, ()))
        found = [self.pair(u, c) for u in self.replaced if counts[u.number] >= SHARED_LEAST]
        return sorted(found, key=lambda x: (-x.cosine, x.parent.number))

    def everywhere(self, c: Unit) -> list[Pair]:
        """All of the parent's sentences beside a child's: whether the parent says it elsewhere otherwise."""
        return [self.pair(u, c) for u in self.parent]

    def pairs(self) -> list[Pair]:
        """Every changed sentence of the child with the parent's that it follows."""
        out = []
        for c in self.changed:
            if len(c.stems) < SHARED_LEAST:
                continue
            near = self.near(c)
            if near and (near[0].cosine >= 0.4 or max(near[0].of_child, near[0].of_parent) >= 0.5):
                out.append(near[0])
        return out


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of meaning in a stretch of text."""
    return frozenset(s for m in TOKEN.finditer(text) if (s := content_stem(m[0])))


def all_stems(text: str) -> frozenset[str]:
    """The stems of all words, speech and hedges too."""
    return frozenset(stem(m[0]) for m in TOKEN.finditer(text))
