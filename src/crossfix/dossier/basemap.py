"""Outlines of land and states for a printed map: world-atlas TopoJSON read, cut to a window of longitude and latitude."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import crossfix

Point = tuple[float, float]
Ring = list[Point]
# the site's vendored copy: one file, one licence beside it
_ATLAS = Path(crossfix.__file__).parent / "web" / "static" / "vendor" / "world-atlas-2.0.2"
FINE_BELOW = 70.0
"""Degrees of longitude: narrower windows take the finer outlines."""
SEAM = 179.9


@dataclass(frozen=True, slots=True)
class Window:
    """West, south, east, north in degrees. ``east`` may be over 180 where the window crosses that meridian."""

    west: float
    south: float
    east: float
    north: float

    def __contains__(self, p: Point) -> bool:
        return self.west <= p[0] <= self.east and self.south <= p[1] <= self.north


@dataclass(frozen=True, slots=True)
class Outlines:
    """What is seen in a window: land to fill, lines to draw (coasts and borders)."""

    land: tuple[Ring, ...]
    lines: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class _Atlas:
    arcs: tuple[tuple[Ring, Window], ...]
    land: tuple[tuple[Ring, Window], ...]


def outlines(window: Window) -> Outlines:
    """The outlines in a window."""
    atlas = _atlas("countries-50m.json" if window.east - window.west < FINE_BELOW else "countries-110m.json")
    land: list[Ring] = []
    lines: list[Ring] = []
    for shift in (-360.0, 0.0, 360.0):
        for ring, box in atlas.land:
            if _meets(box, window, shift):
                cut = _clip([(x + shift, y) for x, y in ring], window)
                if len(cut) > 2:
                    land.append(cut)
        for arc, box in atlas.arcs:
            if _meets(box, window, shift):
                lines += _runs([(x + shift, y) for x, y in arc], window)
    return Outlines(tuple(land), tuple(lines))


@lru_cache(maxsize=2)
def _atlas(name: str) -> _Atlas:
    topology: Any = json.loads((_ATLAS / name).read_text("utf-8"))
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    read: list[Ring] = []
    for raw in topology["arcs"]:
        x = y = 0
        ring: Ring = []
        for step in raw:
            x, y = x + step[0], y + step[1]
            ring.append((x * kx + dx, y * ky + dy))
        read.append(ring)
    arcs = tuple(read)
    rings = [_whole(_joined(arcs, r)) for r in _rings(topology["objects"]["land"])]
    unrolled = [_unrolled(a) for a in arcs]
    return _Atlas(tuple((a, _box(a)) for a in unrolled), tuple((r, _box(r)) for r in rings))


def _box(ring: Ring) -> Window:
    return Window(min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))


def _unrolled(ring: Ring) -> Ring:
    """The same line without jumps from 180 to -180: it runs on beyond."""
    out, turn = [ring[0]], 0.0
    for a, b in pairwise(ring):
        if abs(b[0] - a[0]) > 180:
            turn += 360 if b[0] < a[0] else -360
        out.append((b[0] + turn, b[1]))
    return out


def _whole(ring: Ring) -> Ring:
    """A ring ready to fill: unrolled, and closed by way of the pole where it goes round the Earth."""
    out = _unrolled(ring)
    if abs(out[-1][0] - out[0][0]) > 180:
        pole = -90.0 if out[0][1] < 0 else 90.0
        out += [(out[-1][0], pole), (out[0][0], pole)]
    return out


def _rings(geometry: Any) -> Iterator[tuple[int, ...]]:
    """The outer rings of a geometry; lakes are not cut out."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for g in geometry["geometries"]:
            yield from _rings(g)
    elif kind == "Polygon":
        yield tuple(geometry["arcs"][0])
    elif kind == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield tuple(polygon[0])


def _joined(arcs: tuple[Ring, ...], ring: Iterable[int]) -> Ring:
    out: Ring = []
    for a in ring:
        piece = arcs[a] if a >= 0 else arcs[~a][::-1]
        out += piece[1:] if out else piece
    return out


def _meets(box: Window, window: Window, shift: float) -> bool:
    return (
        box.west + shift <= window.east
        and box.east + shift >= window.west
        and box.south <= window.north
        and box.north >= window.south
    )


def _clip(ring: Ring, w: Window) -> Ring:
    """The ring cut to the window (Sutherland and Hodgman)."""
    for axis, bound, keep_above in ((0, w.west, True), (0, w.east, False), (1, w.south, True), (1, w.north, False)):
        if not ring:
            return ring
        out: Ring = []
        previous = ring[-1]
        for here in ring:
            inside, was = ((p[axis] >= bound) == keep_above or p[axis] == bound for p in (here, previous))
            if inside != was:
                t = (bound - previous[axis]) / (here[axis] - previous[axis])
                out.append((previous[0] + t * (here[0] - previous[0]), previous[1] + t * (here[1] - previous[1])))
            if inside:
                out.append(here)
            previous = here
        ring = out
    return ring


def _runs(arc: Ring, w: Window) -> list[Ring]:
    """The stretches of a line with an end in the window, without the seam that the atlas has at the 180th meridian."""
    out: list[Ring] = []
    run: Ring = []
    for a, b in pairwise(arc):
        seam = a[0] == b[0] and abs(((a[0] + 180) % 360) - 180) > SEAM
        if not seam and (a in w or b in w):
            run = run or [a]
            run.append(b)
        elif run:
            out.append(run)
            run = []
    if run:
        out.append(run)
    return out
