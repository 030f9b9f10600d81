"""The pictures of a planned dossier: which there are, in a light palette that prints and that colour-blind readers can tell apart.

Pure SVG, presentation attributes alone: no style, no script, no reference to anything outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crossfix.dossier import words
from crossfix.dossier.report import Picture, Told

WIDTH = 680
FONT = 'font-family="Liberation Sans, Helvetica, Arial, sans-serif"'
INK, SOFT, LINE, FAINT, SEA, LAND, EDGE = "#1d2125", "#545b63", "#d5d9dd", "#eceff1", "#f3f7fa", "#f3efe4", "#b9b2a0"
KINDS: dict[str, tuple[str, str]] = {
    "missile_test": ("#b3431a", "triangle"), "satellite_launch": ("#1f6aa5", "star"), "nuclear_test": ("#8d4479", "diamond"),
    "arms_transfer": ("#9a5b00", "square"), "transfer": ("#9a5b00", "square"), "visit": ("#1c7a5a", "circle"),
    "meeting": ("#1c7a5a", "ring"), "exercise": ("#5c636a", "square"), "sanctions_act": ("#7d6a00", "diamond"),
    "statement": ("#2b7a9e", "circle"), "publication": ("#2b7a9e", "ring"), "other": ("#5c636a", "circle"),
}  # fmt: skip
"""Colour and shape by type of event; "transfer" is one that stands in no event."""
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def pictures(told: Sequence[Told], names: Iterable[str]) -> tuple[Picture, ...]:
    """Those of the pictures named that have something to show."""
    from crossfix.dossier.picture_map import draw_map
    from crossfix.dossier.picture_timeline import draw_timeline

    makers = {"timeline": draw_timeline, "map": draw_map}
    drawn = (makers[n](told) for n in names)
    return tuple(p for p in drawn if p is not None)


def esc(text: str) -> str:
    """Words for SVG."""
    text = _UNFIT.sub("\ufffd", text)
    for mark, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(mark, name)
    return text


def svg(width: int, height: int, title: str, told: str, body: Iterable[str]) -> str:
    """A drawing with its name and what it shows for those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{esc(title)}. {esc(told)}" {FONT} font-size="10">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(body)}</svg>'
    )


def label(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    size: float = 10,
    weight: int = 400,
    halo: bool = False,
) -> str:
    """A line of words."""
    edge = ' stroke="#fff" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size:g}"{bold}{edge}>{esc(text)}</text>'


def width_of(text: str, size: float = 10) -> float:
    """About how wide a line of words is."""
    return sum(0.95 if ord(c) > 0x2E7F else 0.3 if c in " ,.;:il|'" else 0.58 for c in text) * size


def mark(kind: str, x: float, y: float, r: float = 4.2) -> str:
    """The sign of a type of event."""
    colour, shape = KINDS.get(kind, KINDS["other"])
    edge = 'stroke="#fff" stroke-width="0.8"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.9:.1f}" fill="{colour}" {edge}/>'
    if shape == "ring":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.75:.1f}" fill="#fff" stroke="{colour}" stroke-width="2"/>'
    if shape == "square":
        return f'<rect x="{x - r * 0.85:.1f}" y="{y - r * 0.85:.1f}" width="{r * 1.7:.1f}" height="{r * 1.7:.1f}" fill="{colour}" {edge}/>'
    points = {
        "triangle": [(0, -1.15), (1.05, 0.8), (-1.05, 0.8)],
        "diamond": [(0, -1.2), (1.05, 0), (0, 1.2), (-1.05, 0)],
        "star": [
            (0, -1.3), (0.35, -0.4), (1.25, -0.4), (0.55, 0.2), (0.8, 1.1), (0, 0.6), (-0.8, 1.1), (-0.55, 0.2),
            (-1.25, -0.4), (-0.35, -0.4),
        ],
    }[shape]  # fmt: skip
    told = " ".join(f"{x + a * r:.1f},{y + b * r:.1f}" for a, b in points)
    return f'<polygon points="{told}" fill="{colour}" {edge}/>'


def kind_of(t: Told) -> str:
    """The type under which a row is drawn."""
    return t.event.type if t.event else "transfer"


def kind_words(kind: str) -> str:
    """Its name in the legend."""
    return "Transfer" if kind == "transfer" else words.EVENT_WORDS.get(kind, kind.replace("_", " "))


def numbers(some: Iterable[int], most: int = 6) -> str:
    """Paragraph numbers, "3, 7, 12", runs joined: "3–5, 9"."""
    runs: list[list[int]] = []
    for n in sorted(set(some)):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    told = [str(a) if a == b else f"{a}, {b}" if b == a + 1 else f"{a}–{b}" for a, b in runs]
    return ", ".join(told[:most]) + (" …" if len(told) > most else "")
