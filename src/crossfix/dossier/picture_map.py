"""The map of a planned dossier: events where they are told to have been, routes leg by leg, on plain outlines with a scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crossfix.dossier import words
from crossfix.dossier.basemap import Point, Window, outlines
from crossfix.dossier.pictures import (
    EDGE,
    INK,
    KINDS,
    LAND,
    LINE,
    SEA,
    SOFT,
    WIDTH,
    kind_of,
    kind_words,
    label,
    mark,
    numbers,
    svg,
    width_of,
)  # fmt: skip
from crossfix.dossier.report import Picture, Told
from crossfix.model import Where

HEIGHT = 400
LEAST_DEGREES = 6.0
TOGETHER = 11.0
"""Pixels: places nearer to each other share a sign's label."""
MODES = {"sea": "", "rail": "7 3", "road": "2 2.5", "air": "9 3 2 3", "unknown": "4 4"}
MODE_WORDS = {"sea": "by sea", "rail": "by rail", "road": "by road", "air": "by air", "unknown": "way not told"}
ROUTE = "#7a3e00"
EARTH_KM = 111.195


@dataclass(frozen=True, slots=True)
class _Spot:
    where: Where
    at: Point
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class _Leg:
    start: Where
    end: Where
    mode: str
    number: int
    ends: tuple[Point, Point]


@dataclass(slots=True)
class _Group:
    x: float
    y: float
    spots: list[_Spot]


def known(where: Where | None) -> Point | None:
    """Longitude and latitude of a place; None for what is only a state: whole degrees are the middle of one."""
    if where is None or where.lat is None or where.lon is None or (where.lat % 1 == 0 and where.lon % 1 == 0):
        return None
    return where.lon, where.lat


def draw_map(told: Sequence[Told]) -> Picture | None:
    """The picture, None where nothing has a place."""
    spots, legs, placeless = _read(told)
    if not spots and not legs:
        return None
    shift = _shift([p for s in spots for p in (s.at,)] + [p for leg in legs for p in leg.ends])
    window = _window([shift(s.at) for s in spots] + [shift(p) for leg in legs for p in leg.ends])
    kx = WIDTH / (window.east - window.west)
    ky = HEIGHT / (window.north - window.south)

    def xy(p: Point) -> Point:
        return (p[0] - window.west) * kx, (window.north - p[1]) * ky

    body = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{SEA}"/>', *_ground(window, xy)]
    taken: list[tuple[float, float, float, float]] = [(8, HEIGHT - 30, 170, HEIGHT)]
    labels: list[str] = []
    ends: dict[tuple[float, float], str] = {}
    for leg in legs:
        a, b = (xy(shift(p)) for p in leg.ends)
        dash = f' stroke-dasharray="{MODES[leg.mode]}"' if MODES.get(leg.mode) else ""
        body.append(_arrow(a, b, dash))
        for p, w in ((a, leg.start), (b, leg.end)):
            ends.setdefault((round(p[0], 1), round(p[1], 1)), w.name)
    groups = _groups(spots, lambda p: xy(shift(p)))
    taken += [(g.x - 5, g.y - 5, g.x + 5, g.y + 5) for g in groups]
    for (px, py), name in ends.items():
        body.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="2.4" fill="#fff" stroke="{ROUTE}" stroke-width="1.4"/>')
        if not any(math.hypot(g.x - px, g.y - py) < TOGETHER for g in groups):
            labels.append(_placed(px, py, name, taken, SOFT))
    for leg in legs:
        a, b = (xy(shift(p)) for p in leg.ends)
        labels.append(_placed((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, str(leg.number), taken, ROUTE, weight=600))
    for g in groups:
        for n, kind in enumerate(dict.fromkeys(s.kind for s in g.spots)):
            body.append(mark(kind, g.x + n * 7, g.y, 5))
        names = list(dict.fromkeys(s.where.name for s in g.spots))
        labels.append(
            _placed(g.x, g.y, f"{words.listed(names, most=1)}: {numbers(s.number for s in g.spots)}", taken, INK)
        )
    legend, height = _legend(spots, legs)
    frame = f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="none" stroke="{EDGE}"/>'
    clip = f'<svg x="0" y="0" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join([*body, *labels])}</svg>'
    shown = f"{words.plural(len(spots), 'event')} and {words.plural(len(legs), 'leg')} of routes"
    drawn = svg(WIDTH, HEIGHT + height, "Map", shown, [clip, frame, _scale(window, kx), *legend])
    caption = (
        "Places as told; the numbers are those of the paragraphs. Lines join the ends of a leg and are not the way taken. Outlines: "
        "Natural Earth through world-atlas 2.0.2, which take no side in where a border lies."
    )
    if placeless:
        verb = "is" if placeless == 1 else "are"
        caption += f" {words.plural(placeless, 'row')} told without a place, or of a state alone, {verb} not drawn."
    return Picture("map", "Map", drawn, WIDTH, HEIGHT + height, caption)


def _read(told: Sequence[Told]) -> tuple[list[_Spot], list[_Leg], int]:
    spots: list[_Spot] = []
    legs: list[_Leg] = []
    placeless = 0
    for t in told:
        drawn = False
        if t.event and t.event.where and (at := known(t.event.where)):
            spots.append(_Spot(t.event.where, at, kind_of(t), t.paragraph))
            drawn = True
        for leg in t.transfer.legs if t.transfer else ():
            a, b = known(leg.start), known(leg.end)
            if a and b and leg.start and leg.end and a != b:
                legs.append(_Leg(leg.start, leg.end, leg.mode, t.paragraph, (a, b)))
                drawn = True
        placeless += not drawn
    return spots, legs, placeless


def _shift(points: Sequence[Point]) -> Callable[[Point], Point]:
    """Longitudes moved so that the widest empty stretch of the globe is not crossed."""
    lons = sorted({p[0] for p in points})
    gaps = [(b - a, b) for a, b in zip(lons, [*lons[1:], lons[0] + 360], strict=True)]
    west = max(gaps)[1] % 360
    west = west - 360 if west >= 180 else west
    return lambda p: (p[0] if p[0] >= west else p[0] + 360, p[1])


def _window(points: Sequence[Point]) -> Window:
    """A window round the points with room at its edges, in the shape of the picture."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    middle = ((west + east) / 2, (south + north) / 2)
    squeeze = max(0.2, math.cos(math.radians(max(-75.0, min(75.0, middle[1])))))
    wide = max((east - west) * 1.3, LEAST_DEGREES / squeeze)
    high = max((north - south) * 1.35, LEAST_DEGREES * HEIGHT / WIDTH)
    high = max(high, wide * squeeze * HEIGHT / WIDTH)
    high = min(high, 150.0)
    wide = min(high * WIDTH / HEIGHT / squeeze, 360.0)
    low = max(-85.0, min(middle[1] - high / 2, 85.0 - high))
    return Window(middle[0] - wide / 2, low, middle[0] + wide / 2, low + high)


def _ground(window: Window, xy: Callable[[Point], Point]) -> list[str]:
    seen = outlines(window)
    out = [f'<path d="{"".join(_path(r, xy, True) for r in seen.land)}" fill="{LAND}"/>']
    step = next(s for s in (1, 2, 5, 10, 15, 30, 60) if (window.east - window.west) / s <= 8)
    for lon in range(math.ceil(window.west / step) * step, int(window.east) + 1, step):
        x = xy((lon, 0))[0]
        here = (lon + 180) % 360 - 180
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}" stroke="{LINE}" stroke-width="0.5"/>')
        out.append(
            label(x + 2, 9, f"{abs(here)}°{'' if here in (0, -180) else 'E' if here > 0 else 'W'}", fill=SOFT, size=8)
        )
    for lat in range(math.ceil(window.south / step) * step, int(window.north) + 1, step):
        y = xy((0, lat))[1]
        out.append(f'<line x1="0" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}" stroke-width="0.5"/>')
        out.append(
            label(
                WIDTH - 3,
                y - 2,
                f"{abs(lat)}°{'' if lat == 0 else 'N' if lat > 0 else 'S'}",
                anchor="end",
                fill=SOFT,
                size=8,
            )
        )
    lines = "".join(_path(r, xy, False) for r in seen.lines)
    out.append(f'<path d="{lines}" fill="none" stroke="{EDGE}" stroke-width="0.7" stroke-linejoin="round"/>')
    return out


def _path(ring: Sequence[Point], xy: Callable[[Point], Point], closed: bool) -> str:
    """A path, points nearer than half a pixel to the last left out."""
    out: list[str] = []
    last: Point | None = None
    for n, p in enumerate(ring):
        x, y = xy(p)
        if last is None or abs(x - last[0]) + abs(y - last[1]) > 0.7 or n == len(ring) - 1:
            out.append(f"{'L' if out else 'M'}{x:.1f} {y:.1f}")
            last = (x, y)
    return "".join(out) + ("Z" if closed else "")


def _arrow(a: Point, b: Point, dash: str) -> str:
    """A line with a head in its middle: the ends are places and stay free."""
    angle = math.atan2(b[1] - a[1], b[0] - a[0])
    mx, my = a[0] + (b[0] - a[0]) * 0.62, a[1] + (b[1] - a[1]) * 0.62
    head = " ".join(f"{mx + 6 * math.cos(angle + d):.1f},{my + 6 * math.sin(angle + d):.1f}" for d in (0, 2.5, -2.5))
    line = f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke="{ROUTE}" stroke-width="1.6"{dash}/>'
    return line + (f'<polygon points="{head}" fill="{ROUTE}"/>' if math.hypot(b[0] - a[0], b[1] - a[1]) > 18 else "")


def _groups(spots: Sequence[_Spot], xy: Callable[[Point], Point]) -> list[_Group]:
    out: list[_Group] = []
    for s in spots:
        x, y = xy(s.at)
        near = next((g for g in out if math.hypot(g.x - x, g.y - y) < TOGETHER), None)
        if near:
            near.spots.append(s)
        else:
            out.append(_Group(x, y, [s]))
    return out


def _placed(
    x: float, y: float, text: str, taken: list[tuple[float, float, float, float]], fill: str, *, weight: int = 400
) -> str:
    """Words beside a point where they cover nothing, if there is such a place."""
    wide = width_of(text, 9.5) + 3
    best: tuple[float, float, str] | None = None
    for dx, dy, anchor in (
        (9, 3, "start"),
        (-9, 3, "end"),
        (0, -9, "middle"),
        (0, 16, "middle"),
        (9, -8, "start"),
        (9, 14, "start"),
        (-9, -8, "end"),
        (-9, 14, "end"),
    ):
        left = x + dx - (0 if anchor == "start" else wide if anchor == "end" else wide / 2)
        box = (left, y + dy - 9, left + wide, y + dy + 3)
        free = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 10 and box[3] <= HEIGHT - 2
        if best is None and box[0] >= 0 and box[2] <= WIDTH:
            best = (x + dx, y + dy, anchor)
        if free and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
            taken.append(box)
            return label(x + dx, y + dy, text, anchor=anchor, fill=fill, size=9.5, weight=weight, halo=True)
    at = best or (x + 9, y + 3, "start")
    return label(at[0], at[1], text, anchor=at[2], fill=fill, size=9.5, weight=weight, halo=True)


def _scale(window: Window, kx: float) -> str:
    """A bar of a round length, true at the middle of the map."""
    squeeze = math.cos(math.radians((window.south + window.north) / 2))
    km_a_pixel = EARTH_KM * squeeze / kx
    length = max((k for e in range(6) for k in (10**e, 2 * 10**e, 5 * 10**e) if k / km_a_pixel <= 130), default=1)
    px = length / km_a_pixel
    y = HEIGHT - 12
    return (
        f'<rect x="8" y="{y - 14}" width="{px + 64:.1f}" height="20" fill="#fff" fill-opacity="0.85"/>'
        f'<path d="M12 {y - 5}V{y}H{12 + px:.1f}V{y - 5}" fill="none" stroke="{INK}" stroke-width="1.2"/>'
        + label(18 + px, y + 1, f"{length:,} km", fill=INK, size=9)
    )


def _legend(spots: Sequence[_Spot], legs: Sequence[_Leg]) -> tuple[list[str], int]:
    x, y = 8.0, HEIGHT + 18.0
    out: list[str] = []

    def room(text: str) -> None:
        nonlocal x, y
        if x + 30 + width_of(text) > WIDTH:
            x, y = 8.0, y + 16

    for kind in [k for k in KINDS if any(s.kind == k for s in spots)]:
        told = kind_words(kind)
        room(told)
        out += [mark(kind, x + 5, y - 3.5, 5), label(x + 15, y, told)]
        x += 30 + width_of(told)
    for mode in [m for m in MODES if any(leg.mode == m for leg in legs)]:
        told = f"Leg {MODE_WORDS[mode]}"
        room(told + "     ")
        dash = f' stroke-dasharray="{MODES[mode]}"' if MODES[mode] else ""
        out.append(
            f'<line x1="{x:.1f}" x2="{x + 26:.1f}" y1="{y - 3.5:.1f}" y2="{y - 3.5:.1f}" stroke="{ROUTE}" stroke-width="1.6"{dash}/>'
        )
        out.append(label(x + 31, y, told))
        x += 46 + width_of(told)
    return out, int(y - HEIGHT + 8)
