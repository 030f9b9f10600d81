"""A document's text as markup: cut where marks begin and end, so that passages may overlap in any way.

Every run of text stands in one span that says where it begins in the canonical text (``data-s``); the text content of the whole is the
document's text but for the blank lines between paragraphs, character for character, so that a selection leads back to offsets. Everything
from the document is escaped here, leaf by leaf; nothing in it becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from crossfix.dossier.html import escape
from crossfix.web.reads_reader import LAYERS, Mark

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*(?:\n|\Z))[^\n]*)*")
_LINE = re.compile(r"[^\n]+")
_ORDER = {kind: n for n, (kind, _) in enumerate(LAYERS)}


def render(
    text: str, marks: Sequence[Mark], furniture: Iterable[tuple[int, int, str]], *, claim: str | None = None
) -> Markup:
    """The text as paragraphs of spans. ``claim`` is the one that is chosen, whose words are lit."""
    dim = [(a, b) for a, b, _ in furniture if a < b]
    cuts = sorted({0, len(text), *(x for m in marks for r in m.ranges for x in r), *(x for r in dim for x in r)})
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for n, m in enumerate(marks):
        for a, b in m.ranges:
            starts.setdefault(a, []).append(n)
            ends.setdefault(b, []).append(n)
    dims: dict[int, int] = {}
    for a, b in dim:
        dims[a] = dims.get(a, 0) + 1
        dims[b] = dims.get(b, 0) - 1
    out: list[str] = []
    pattern = _PARAGRAPH if re.search(r"\n[ \t]*\n", text) else _LINE
    breaks = [(m.start(), m.end()) for m in pattern.finditer(text) if m[0].strip()]
    here: set[int] = set()
    faint = at = 0
    for start, end in breaks:
        # runs between paragraphs are blank, but marks may begin or end there
        out.append('<p dir="auto">')
        while at < len(cuts) and cuts[at] <= start:
            here, faint, at = _turn(here, starts, ends, cuts[at]), faint + dims.get(cuts[at], 0), at + 1
        left = start
        while left < end:
            right = min(cuts[at], end) if at < len(cuts) else end
            out.append(_run(text[left:right], left, here, left in starts, faint > 0, marks, claim))
            left = right
            if at < len(cuts) and cuts[at] == left and left < end:
                here, faint, at = _turn(here, starts, ends, cuts[at]), faint + dims.get(cuts[at], 0), at + 1
        out.append("</p>\n")
    return Markup("".join(out))  # escaped leaf by leaf in _run


def _turn(here: set[int], starts: dict[int, list[int]], ends: dict[int, list[int]], at: int) -> set[int]:
    return (here - set(ends.get(at, ()))) | set(starts.get(at, ()))


def _run(
    text: str, start: int, here: set[int], fresh: bool, faint: bool, marks: Sequence[Mark], claim: str | None
) -> str:
    """A stretch of text under the same marks throughout. The first stretch of a mark can be reached by keyboard."""
    kinds = sorted({marks[n].kind for n in here}, key=_ORDER.__getitem__)
    classes = ["t"] + (["dim"] if faint else [])
    if claim is not None and any(marks[n].claim == claim for n in here):
        classes.append("on")
    also = f' data-m="{" ".join(map(str, sorted(here)))}"' if here else ""
    stop = ' tabindex="0"' if fresh else ""
    opening = "".join(f'<span class="k-{k}">' for k in kinds)
    return f'<span class="{" ".join(classes)}" data-s="{start}"{also}{stop}>{opening}{escape(text)}{"</span>" * len(kinds)}</span>'
