"""Quotations: where direct speech stands in a text, whatever marks it uses.

A plain mark toggles within its paragraph. A quotation that is never closed ends with its paragraph, so that one lost mark
costs no more than that; where the next paragraph opens again (the newspaper's habit in long quotations), both are the same speaker's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

OPENING = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‟": "”"}
PLAIN = '"'
MARKS = frozenset('“”«»„‟"「」『』')


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks, [start, end); ``continues`` is true where it goes on in the next paragraph."""

    start: int
    end: int
    paragraph: int
    closed: bool
    continues: bool = False

    @property
    def words_from(self) -> int:
        """The first character after the opening mark."""
        return self.start + 1

    @property
    def words_to(self) -> int:
        """The end of what is quoted, the closing mark left out."""
        return self.end - 1 if self.closed else self.end


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quote]:
    """All outermost quotations in order. Linear in the text."""
    out: list[Quote] = []
    for number, (a, b) in enumerate(paragraphs):
        if out and not out[-1].closed and out[-1].paragraph == number - 1 and text[a] in OPENING | {PLAIN: PLAIN}:
            last = out[-1]
            out[-1] = Quote(last.start, last.end, last.paragraph, last.closed, True)
        out += _in_paragraph(text, a, b, number)
    return out


def _in_paragraph(text: str, a: int, b: int, number: int) -> list[Quote]:
    out: list[Quote] = []
    start, closers, depth = -1, "", 0
    for i in range(a, b):
        c = text[i]
        if start < 0:
            if c in OPENING:
                start, closers, depth = i, OPENING[c], 1
            elif c == PLAIN and not _is_inch(text, i):
                start, closers, depth = i, PLAIN, 1
            elif c == "»" and _points_inward(text, i, a, b):
                start, closers, depth = i, "«", 1
        elif c in closers:
            depth -= 1
            if depth == 0:
                out.append(Quote(start, i + 1, number, True))
                start = -1
        elif c in OPENING and OPENING[c] == closers and closers != PLAIN:
            depth = min(depth + 1, 2) if text[i - 1 : i].isspace() else depth
    if start >= 0:
        inner = text.rfind("”", start, b) if closers == "”" else -1
        # the nested opening was not closed, the outer one was: believe the last closing mark
        out.append(Quote(start, inner + 1, number, True) if inner > start else Quote(start, b, number, False))
    return out


def _is_inch(text: str, i: int) -> bool:
    return i > 0 and text[i - 1].isdigit() and text[i + 1 : i + 2] in {" ", ",", ".", ")"}


def _points_inward(text: str, i: int, a: int, b: int) -> bool:
    """The German and Danish »so«: what stands alone or closes ("Read more »") opens nothing."""
    after_blank = i == a or text[i - 1].isspace() or text[i - 1] in "(["
    return after_blank and i + 1 < b and text[i + 1].isalnum() and text.find("«", i, b) > 0


class Quotes:
    """Look-ups over a document's quotations."""

    def __init__(self, quotes: list[Quote]) -> None:
        self.all = quotes
        self._starts = [q.start for q in quotes]

    def at(self, offset: int) -> Quote | None:
        """The quotation that covers the offset."""
        k = bisect_right(self._starts, offset) - 1
        return self.all[k] if k >= 0 and offset < self.all[k].end else None

    def inside(self, start: int, end: int) -> bool:
        """True where [start, end) lies within one quotation."""
        q = self.at(start)
        return q is not None and end <= q.end

    def within(self, start: int, end: int) -> list[Quote]:
        """The quotations that touch [start, end)."""
        k = max(bisect_right(self._starts, start) - 1, 0)
        out = []
        while k < len(self.all) and self.all[k].start < end:
            if self.all[k].end > start:
                out.append(self.all[k])
            k += 1
        return out

    def after(self, offset: int) -> Quote | None:
        """The first quotation that starts at or after the offset."""
        k = bisect_right(self._starts, offset - 1)
        return self.all[k] if k < len(self.all) else None
