"""A document's text laid out for reading: paragraphs, and in them the cited passages, each exactly its span.

The text is cut, never altered: joining every leaf of every block gives the canonical text back. Passages may nest,
cross each other and run over paragraphs; one that cannot stand as a single element is laid out in several pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise

_LINE_END = re.compile(r"[\r\n]+")
_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*\r?\n\s*")
_WRAPPED_BELOW = 100  # characters: lines shorter than this in a text with blank lines are hard-wrapped


@dataclass(slots=True)
class Piece:
    """A run of text with what stands in it. ``kind`` is "text" (a leaf), "passage", "sentence" or "furniture".

    ``number`` is the passage's; ``first`` and ``last`` are true on the pieces where it begins and ends.
    """

    kind: str
    start: int
    end: int
    number: int = 0
    first: bool = True
    last: bool = True
    text: str = ""
    inside: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: [start, end) of the canonical text, the line ends after it included."""

    start: int
    end: int
    inside: tuple[Piece, ...]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs are; together they cover the text. A line is a paragraph, unless the text is hard-wrapped
    and uses blank lines, where only these part paragraphs."""
    ends = [m.end() for m in _LINE_END.finditer(text)]
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 6 and _BLANK_LINE.search(text):
        long = sum(len(line) > _WRAPPED_BELOW for line in lines)
        unfinished = sum(line.rstrip()[-1:] not in tuple('.!?"”’:)') for line in lines)
        if long == 0 and unfinished > len(lines) / 2:
            ends = [m.end() for m in _BLANK_LINE.finditer(text)]
    cuts = [0, *ends] if not ends or ends[-1] == len(text) else [0, *ends, len(text)]
    if cuts[-1] != len(text):
        cuts.append(len(text))
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def lay_out(
    text: str,
    passages: Sequence[tuple[int, int, int]],
    furniture: Iterable[tuple[int, int, str]] = (),
    sentences: Iterable[tuple[int, int]] = (),
) -> list[Block]:
    """The text as blocks. ``passages`` are (start, end, number); sentences that hold a passage are marked as such, so
    that a short passage can be shown with what surrounds it. Raises ValueError for a passage outside the text."""
    for start, end, number in passages:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"passage {number} [{start}, {end}) lies outside a text of {len(text)} characters")
    spans: list[tuple[int, int, int, str]] = [(a, b, n, "passage") for a, b, n in passages]
    ordered = sorted(passages)
    starts = [a for a, _, _ in ordered]
    for a, b in sentences:
        if _any_inside(ordered, starts, a, b):
            spans.append((a, b, 0, "sentence"))
    spans.extend((a, b, 0, "furniture") for a, b, _ in furniture if 0 <= a < b <= len(text))
    spans.sort(key=lambda s: (s[0], -s[1], _DEPTH[s[3]], s[2]))
    blocks = []
    here = 0
    running: list[tuple[int, int, int, str]] = []
    for a, b in paragraphs(text):
        while here < len(spans) and spans[here][0] < b:
            running.append(spans[here])
            here += 1
        running = [s for s in running if s[1] > a]
        blocks.append(Block(a, b, tuple(_nest(text, a, b, running))))
    return blocks


_DEPTH = {"furniture": 0, "sentence": 1, "passage": 2}


def _any_inside(ordered: Sequence[tuple[int, int, int]], starts: Sequence[int], a: int, b: int) -> bool:
    i = bisect_left(starts, a)
    while i < len(ordered) and ordered[i][0] < b:
        if ordered[i][1] <= b:
            return True
        i += 1
    return False


def _nest(text: str, a: int, b: int, spans: Sequence[tuple[int, int, int, str]]) -> list[Piece]:
    """The tree of pieces for [a, b): spans in order of start, the longer first, cut where they cross an open one."""
    root = Piece("block", a, b)
    open_pieces = [root]
    # the whole spans, then what is left of those that crossed; a heap by start keeps it near-linear
    queue = [
        (max(s, a), -min(e, b), _DEPTH[kind], number, kind, s >= a, e <= b) for s, e, number, kind in spans if s < b
    ]
    heapify(queue)
    while queue:
        start, minus_end, depth, number, kind, first, last = heappop(queue)
        end = -minus_end
        while open_pieces[-1].end <= start:
            open_pieces.pop()
        parent = open_pieces[-1]
        if end > parent.end:
            heappush(queue, (parent.end, -end, depth, number, kind, False, last))
            end, last = parent.end, False
        piece = Piece(kind, start, end, number, first, last)
        parent.inside.append(piece)
        open_pieces.append(piece)
    _fill(text, root)
    return root.inside


def _fill(text: str, root: Piece) -> None:
    """Puts the leaves between and inside the pieces. A loop, not recursion: nesting is as deep as the data makes it."""
    todo = [root]
    while todo:
        piece = todo.pop()
        filled: list[Piece] = []
        at = piece.start
        for child in piece.inside:
            if at < child.start:
                filled.append(Piece("text", at, child.start, text=text[at : child.start]))
            filled.append(child)
            todo.append(child)
            at = child.end
        if at < piece.end:
            filled.append(Piece("text", at, piece.end, text=text[at : piece.end]))
        piece.inside = filled
