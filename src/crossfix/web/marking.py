"""Finding a query's words in a text, as the search index finds them, and cutting a passage around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crossfix.record.matching import folded

CUT = 340
"""So many characters of a passage are shown, around the words that were found."""
_UNSPACED = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Bit:
    """A run of a passage; ``hit`` is true for what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage in bits. ``start`` and ``end`` are the first and last hit within it, half open; both 0 where none was seen."""

    bits: tuple[Bit, ...]
    start: int
    end: int


def hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, not overlapping: without regard to case or accents, whole words, in Chinese, Japanese and Korean
    any run."""
    plain, origin = _folded_with_places(text)
    found: list[tuple[int, int]] = []
    for word in words:
        inner = r"\W+".join(re.escape(p) for p in re.findall(r"\w+", folded(word)))
        if not inner:
            continue
        pattern = inner if _UNSPACED.search(word) else rf"(?<!\w){inner}(?!\w)"
        found += [(origin[m.start()], origin[m.end() - 1] + 1) for m in re.finditer(pattern, plain)]
    out: list[tuple[int, int]] = []
    for a, b in sorted(found, key=lambda x: (x[0], -x[1])):
        if out and a < out[-1][1]:
            continue
        out.append((a, b))
    return out


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of the one it comes from."""
    if text.isascii():
        return text.casefold(), list(range(len(text)))
    pieces: list[str] = []
    origin: list[int] = []
    for n, c in enumerate(text):
        plain = "".join(x for x in unicodedata.normalize("NFKD", c) if not unicodedata.combining(x))
        plain = unicodedata.normalize("NFC", plain).casefold()
        pieces.append(plain)
        origin += [n] * len(plain)
    return "".join(pieces), origin


def marked(text: str, words: Sequence[str], cut: int | None = CUT) -> Marked:
    """The text with the words marked; a long one cut to where most different words stand together."""
    found = hits(text, words)
    first, last = 0, len(text)
    if cut is not None and len(text) > cut:
        first = _window(text, found, cut)
        last = min(len(text), first + cut)
        first, last = _at_words(text, first, last)
    inside = [(a, b) for a, b in found if first <= a and b <= last]
    bits: list[Bit] = [Bit("… ", False)] if first else []
    at = first
    for a, b in inside:
        if a > at:
            bits.append(Bit(text[at:a], False))
        bits.append(Bit(text[a:b], True))
        at = b
    if at < last:
        bits.append(Bit(text[at:last], False))
    if last < len(text):
        bits.append(Bit(" …", False))
    return Marked(tuple(bits), inside[0][0] if inside else 0, inside[-1][1] if inside else 0)


def _window(text: str, found: Sequence[tuple[int, int]], cut: int) -> int:
    """Where a cut begins that holds the most different words."""
    best, start = 0, 0
    for n, (a, _) in enumerate(found):
        held = {folded(text[x:y]) for x, y in found[n:] if y <= a + cut * 3 // 4}
        if len(held) > best:
            best, start = len(held), max(0, a - cut // 5)
    return min(start, max(0, len(text) - cut))


def _at_words(text: str, first: int, last: int) -> tuple[int, int]:
    """Ends of a cut moved to spaces, a few characters at most."""
    if first:
        at = text.find(" ", first, first + 24)
        first = at + 1 if at >= 0 else first
    if last < len(text):
        at = text.rfind(" ", last - 24, last)
        last = at if at >= 0 else last
    return first, last
