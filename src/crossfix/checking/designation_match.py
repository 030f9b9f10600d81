"""Finding listed names: an index over the list, and the match of one name against it with a score and the listed spelling it rests on."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from crossfix.checking.designation_names import (
    Weights,
    body_words,
    folded,
    is_acronym,
    jaro_winkler,
    korean,
    part_score,
    tokens,
    words_of,
)
from crossfix.reference.un_list import Listed, listed

Kind = Literal["person", "entity", "vessel"]

NEAR = 0.9
"""The least score of a person's name that is told at all: chosen by benchmarks/designation.py."""
STRONG = 0.97
"""The least score of a person's name that may count as the listed name."""
NEAR_BODY = 0.85


@dataclass(frozen=True, slots=True)
class Match:
    """A listed entry whose name is like a told one. ``spelling`` is the listed name or alias compared, ``quality`` the list's word for it
    (name, good, low, former), ``how`` the way of comparing ("Korean syllables", "name parts", "body"). ``score`` is 0 to 1, 1 for the
    same letters."""

    entry: Listed
    score: float
    spelling: str
    quality: str
    how: str
    whole: bool = False
    """True where every part of the told name is a part of the listed one, by the folded spelling."""


@dataclass(frozen=True, slots=True)
class _Name:
    entry: Listed
    spelling: str
    quality: str
    parts: tuple[str, ...]


def spellings(entry: Listed) -> Iterable[tuple[str, str]]:
    """Every spelling of an entry with the list's word for it; a body's acronym in brackets is one by itself."""
    yield " ".join(entry.parts), "name"
    for quality, names in (("good", entry.good), ("low", entry.low), ("former", entry.former)):
        for n in names:
            yield n, quality
    if entry.kind == "entity":
        for n in entry.names:
            inner = n[n.rfind("(") + 1 : n.rfind(")")] if "(" in n and ")" in n else ""
            if is_acronym(inner):
                yield inner, "good"


class Index:
    """The listed names by their folded parts, ready to be asked. ``leave_out`` are (id, spelling) pairs left out, for measuring."""

    def __init__(self, entries: Iterable[Listed], leave_out: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.persons: dict[str, list[_Name]] = defaultdict(list)
        self.koreans: dict[tuple[str, str], list[_Name]] = defaultdict(list)
        self.bodies: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        self.body_parts: dict[str, list[_Name]] = defaultdict(list)
        self.families: Counter[str] = Counter()
        self.syllables: Counter[str] = Counter()
        every = list(entries)
        self.weights = Weights.of(n for e in every if e.kind == "person" for n in e.names)
        self.body_weights = Weights.of(" ".join(body_words(n)) for e in every if e.kind != "person" for n in e.names)
        for e in every:
            for spelling, quality in spellings(e):
                if (e.id, spelling) in leave_out:
                    continue
                self._add(e, spelling, quality)

    def _add(self, e: Listed, spelling: str, quality: str) -> None:
        if e.kind == "person":
            name = _Name(e, spelling, quality, tokens(spelling))
            readings = korean(spelling, True) if e.list == "DPRK" else ()
            for k in readings:
                self.koreans[k.family, k.given].append(name)
                if quality == "name":
                    self.families[k.family] += 1
                    self.syllables.update(k.syllables)
            if not readings and len(name.parts) > 1:
                for t in set(name.parts):
                    self.persons[t].append(name)
            return
        parts = body_words(spelling)
        if parts:
            name = _Name(e, spelling, quality, parts)
            self.bodies[parts].append(name)
            for t in set(parts):
                self.body_parts[t].append(name)

    def knows(self, name: str, kind: Kind) -> bool:
        """A quick look whether the name could match at all: far fewer than one in a hundred names of the news pass."""
        if kind == "person":
            if any((k.family, k.given) in self.koreans for k in korean(name)):
                return True
            parts = tokens(name)
            return len(parts) > 1 and sum(t in self.persons for t in parts) >= 1
        parts = body_words(name)
        return parts in self.bodies or any(self.body_weights.weight(t) > 4 and t in self.body_parts for t in parts)

    def is_korean(self, name: str) -> bool:
        """True where the name, family name first, is written like a listed Korean one."""
        return any((k.family, k.given) in self.koreans for k in korean(name, True))

    def match(self, name: str, kind: Kind) -> list[Match]:
        """The entries whose name is near, best first; one for each entry. A person's name of one word matches nothing."""
        found = self._persons(name) if kind == "person" else self._bodies(name, kind)
        best: dict[str, Match] = {}
        for m in found:
            if m.entry.id not in best or m.score > best[m.entry.id].score:
                best[m.entry.id] = m
        return sorted(best.values(), key=lambda m: (-m.score, m.entry.id))

    def _persons(self, name: str) -> Iterable[Match]:
        told = words_of(name)
        for k in korean(name):
            for n in self.koreans.get((k.family, k.given), ()):
                same = "".join(words_of(n.spelling)) == "".join(told)
                like = 1.0 if same else 0.95 + 0.04 * jaro_winkler(" ".join(told), " ".join(words_of(n.spelling)))
                yield Match(n.entry, round(like, 3), n.spelling, n.quality, "Korean syllables", True)
        parts = tokens(name)
        if len(parts) < 2:
            return
        seen: set[int] = set()
        for t in parts:
            for n in self.persons.get(t, ()):
                if id(n) in seen:
                    continue
                seen.add(id(n))
                score = part_score(parts, n.parts, self.weights)
                if score >= NEAR:
                    score = score if words_of(n.spelling) == told else min(score, 0.99)
                    yield Match(
                        n.entry, round(score, 3), n.spelling, n.quality, "name parts", set(parts) <= set(n.parts)
                    )

    def _bodies(self, name: str, kind: Kind) -> Iterable[Match]:
        parts = body_words(name)
        if not parts:
            return
        for n in self.bodies.get(parts, ()):
            if (n.entry.kind == "vessel") == (kind == "vessel"):
                yield Match(n.entry, 1.0, n.spelling, n.quality, "body", True)
        if kind == "vessel" or len(parts) < 2:
            return
        seen: set[int] = set()
        for t in parts:
            for n in self.body_parts.get(t, ()) if self.body_weights.weight(t) > 4 else ():
                if id(n) in seen or n.entry.kind != "entity" or n.parts == parts or len(n.parts) < 2:
                    continue
                seen.add(id(n))
                score = part_score(parts, n.parts, self.body_weights)
                if score >= NEAR_BODY:
                    yield Match(n.entry, round(min(score, 0.99), 3), n.spelling, n.quality, "body parts")

    def by_chance(self, name: str) -> float:
        """How likely a person's name put together at random from the parts of the listed names is to be written like this one: for Korean
        names the shares of the family name and of each syllable multiplied, for others those of the parts."""
        p = self._namesakes(name)
        if p is not None:
            return p
        return math.exp(-sum(self.weights.weight(t) for t in set(tokens(name))))

    def _namesakes(self, name: str) -> float | None:
        families, syllables = sum(self.families.values()), sum(self.syllables.values())
        for k in korean(name, True) or korean(name):
            if (k.family, k.given) not in self.koreans or not families:
                continue
            p = (self.families[k.family] + 1) / (families + len(self.families))
            for s in k.syllables:
                p *= (self.syllables[s] + 1) / (syllables + len(self.syllables))
            return p
        return None


@cache
def index() -> Index:
    """The index over the whole list."""
    return Index(listed().values())


def is_plain_word(name: str) -> bool:
    """True where a body's name is made of words that many bodies' names have, so that it says little without its state."""
    return all(folded(w) in _COMMON for w in words_of(name))


_COMMON = frozenset(
    folded(w)
    for w in (
        "ministry national defence defense foreign trade bank academy strategic rocket force forces office department propaganda "
        "agitation central military commission machine munitions industry third floor division bureau general economic committee "
        "second natural sciences science of the and guidance organization organisation armed peoples people development united "
        "international east land trading company natural resources investment atomic energy party workers shipping technology space "
        "aerospace administration electronics state front liberation army movement islamic group battalion unit supplies command no "
        "first marine oil new regent world jihad"
    ).split()
)
