"""From tokens to spans: the minimal noun phrase of a source, a clause's text, trimmed pieces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from crossfix.language.attribution.quotes import MARKS
from crossfix.language.parse import Parse, Token

_TRIM = frozenset(" \t\n\r\f\v\xa0,;:-–—―._*") | MARKS
_BEFORE_HEAD = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "quantmod", "nmod", "predet", "advmod", "case", "punct", "preconj"}
)
_AFTER_HEAD_PREPS = frozenset({"of", "from", "for", "in", "at", "with", "on", "to"})


def noun_phrase(parse: Parse, head: Token) -> tuple[int, int]:
    """The minimal noun phrase of a source: determiners and modifiers before the head, the head, "of" and "from" phrases, and
    what is coordinated with it; no apposition, relative clause or age. Offsets [start, end)."""
    tokens = parse.tokens
    left = right = head.i
    for child in parse.children(head):
        if (
            child.i < head.i
            and child.dep in _BEFORE_HEAD
            and (child.dep != "punct" or child.text in {"-", "“", "‘", '"', "'"})
        ):
            left = min(left, child.left if child.right < head.i else child.i)
        elif child.i > head.i and child.dep == "case":
            continue
    for child in parse.children(head):
        if child.i <= head.i:
            continue
        if child.dep == "prep" and child.lower in _AFTER_HEAD_PREPS and child.i == right + 1:
            if _short_right(parse, child) - child.i > 8:
                continue
            if child.lower in {"of", "from"} or (
                child.lower in {"for", "in", "at", "with", "on"} and not _has_clause(parse, child)
            ):
                right = _short_right(parse, child)
        elif child.dep == "conj" and child.pos in {"NOUN", "PROPN", "PRON", "NUM"} and _coordinated(parse, head, child):
            right = max(right, _phrase_right(parse, child))
    left = _without_punct(tokens, left, head.i)
    return tokens[left].start, tokens[right].end


def _without_punct(tokens: list[Token], left: int, head: int) -> int:
    while left < head and (tokens[left].pos == "PUNCT" or tokens[left].dep == "cc"):
        left += 1
    return left


def _has_clause(parse: Parse, t: Token) -> bool:
    return any(x.dep in {"relcl", "acl", "ccomp", "advcl", "pcomp"} for x in parse.subtree(t))


def _short_right(parse: Parse, prep: Token) -> int:
    """The end of a prepositional phrase without what hangs on it by comma, apposition or clause."""
    right = prep.i
    for obj in parse.children(prep, "pobj"):
        right = max(right, _phrase_right(parse, obj))
    return right


def _phrase_right(parse: Parse, head: Token, depth: int = 0) -> int:
    right = head.i
    if depth > 4:
        return right
    for child in parse.children(head):
        if child.i <= right:
            continue
        if child.dep == "prep" and child.lower in {"of", "from", "for", "in", "at"} and child.i == right + 1:
            for obj in parse.children(child, "pobj"):
                right = max(right, _phrase_right(parse, obj, depth + 1))
        elif child.dep == "conj" and child.pos in {"NOUN", "PROPN", "PRON"} and _coordinated(parse, head, child):
            right = max(right, _phrase_right(parse, child, depth + 1))
    return right


def _coordinated(parse: Parse, head: Token, conj: Token) -> bool:
    """True for "A and B" or "A, B and C"; not where an apposition stands between ("Samore, former coordinator for X and Y")."""
    if any(c.dep in {"appos", "relcl", "acl"} and head.i < c.i < conj.i for c in parse.children(head)):
        return False
    return conj.left > head.i and conj.i - head.i < 20


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without blanks, commas and the like at its ends; quotation marks stay where only one of a pair would go."""
    while start < end and text[start] in _TRIM:
        if text[start] in MARKS and _has_other(text, start + 1, end):
            break
        start += 1
    while end > start and text[end - 1] in _TRIM:
        if text[end - 1] in MARKS and _has_other(text, start, end - 1):
            break
        if (
            text[end - 1] == "."
            and end - 2 >= start
            and text[end - 2].isupper()
            and (end - 3 < start or text[end - 3] in ". ")
        ):
            break  # "U.S."
        if text[end - 1] == "." and end - 4 >= start and text[end - 4 : end - 1] == " Jr":
            break
        end -= 1
    if text[start : start + 1] in MARKS and text[end - 1 : end] in MARKS and not _has_other(text, start + 1, end - 1):
        return trim(text, start + 1, end - 1)
    return start, end


def _has_other(text: str, start: int, end: int) -> bool:
    return any(text[i] in MARKS for i in range(start, end))


def pieces_of(tokens: Iterable[Token], sentence: list[Token]) -> list[tuple[int, int]]:
    """Runs of text made by tokens that follow one another in the sentence; punctuation between two runs joins them."""
    chosen = {t.i for t in tokens}
    out: list[tuple[int, int]] = []
    open_at: int | None = None
    last = 0
    for t in sentence:
        if t.i in chosen:
            if open_at is None:
                open_at = t.start
            last = t.end
        elif (t.pos == "PUNCT" and open_at is not None and t.text not in {",", "(", ")"} | MARKS) or (
            t.pos == "PUNCT" and open_at is not None and t.i + 1 in chosen
        ):
            continue
        elif open_at is not None:
            out.append((open_at, last))
            open_at = None
    if open_at is not None:
        out.append((open_at, last))
    return out


class Cover:
    """A set of stretches of text, asked how much of another stretch they cover. Building is n log n, asking log n."""

    def __init__(self, pieces: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for a, b in sorted(pieces):
            if self._ends and a <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], b)
            else:
                self._starts.append(a)
                self._ends.append(b)

    def overlap(self, start: int, end: int) -> int:
        """How many characters of [start, end) are covered."""
        k = bisect_right(self._ends, start)
        total = 0
        while k < len(self._starts) and self._starts[k] < end:
            total += min(self._ends[k], end) - max(self._starts[k], start)
            k += 1
        return total
