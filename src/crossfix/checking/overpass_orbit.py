"""Satellites in motion: SGP4 over an element set, a ground track, and the passes over places, many at once.

A *pass* here is one culmination: the instant at which the satellite stands highest over a place's horizon in one revolution. They are
found without a grid: from starts half a revolution apart, steps along the orbit to where the place lies square to the track
(three steps: the Earth turns by 12 degrees meanwhile), then the zero of the rate of the elevation by the regula falsi. For
nearly round low orbits (six to seventeen revolutions a day, eccentricity under 0.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from crossfix.checking import overpass_sky as sky
from crossfix.errors import CrossfixError
from crossfix.reference.satellites import Elements, ElementsError

if TYPE_CHECKING:
    from crossfix.checking.overpass_sky import Array

_FEWEST_TURNS, _MOST_EGG = 6.0, 0.2
_CODES = {
    1: "the eccentricity runs out of range", 2: "the mean motion runs below nought", 3: "the eccentricity runs out of range",
    4: "the orbit shrinks to nothing", 5: "the orbit ends in the atmosphere", 6: "the satellite has decayed by then",
}  # fmt: skip


class OrbitError(CrossfixError):
    """An orbit that cannot be followed: decayed, or outside what the method is for."""


@dataclass(frozen=True)
class Orbit:
    """A satellite's motion by SGP4: ``satrec`` is sgp4's own object, ``name`` says in errors which one it is. ``late_s`` lets the satellite
    run so many seconds behind along its orbit, while the Earth turns on: the shape that errors of an element set take."""

    satrec: Any
    name: str
    late_s: float = 0.0

    @property
    def period_s(self) -> float:
        """One revolution, in seconds."""
        return 2 * 3.141592653589793 / float(self.satrec.no_kozai) * 60

    def state(self, t: Array) -> tuple[Array, Array]:
        """Position (km) and velocity (km/s against the turning Earth), shape (n, 3) each, in the frame that turns with the Earth, at n
        instants. Raises OrbitError where SGP4 says that there is no such orbit at one of them."""
        import numpy as np

        flat = np.ascontiguousarray(t, dtype=float).ravel()
        codes, r, v = self.satrec.sgp4_array(*sky.julian(flat - self.late_s))
        bad = np.flatnonzero(codes)
        if len(bad):
            at = dt.datetime.fromtimestamp(float(flat[bad[0]]), dt.UTC)
            why = _CODES.get(int(codes[bad[0]]), f"SGP4 code {int(codes[bad[0]])}")
            raise OrbitError(f"no position at {at:%Y-%m-%d %H:%M} UTC: {why}", where=self.name)
        return sky.moving(r, v, flat)


@lru_cache(maxsize=256)
def orbit_of(elements: Elements) -> Orbit:
    """The motion that an element set describes. Raises ElementsError where SGP4 will not take it or it is no low and nearly
    round orbit."""
    from sgp4.api import WGS72, Satrec

    satrec = Satrec.twoline2rv(elements.line1, elements.line2, WGS72)
    where = f"element set {elements.id}" if elements.id else "element set"
    if satrec.error:
        raise ElementsError(f"SGP4 refuses it: {_CODES.get(satrec.error, satrec.error)}", where=where)
    if elements.mean_motion_rev_day < _FEWEST_TURNS or elements.eccentricity > _MOST_EGG:
        raise ElementsError("no low and nearly round orbit, which this check is for", where=where)
    return Orbit(satrec, where)


def mean_orbit(
    epoch: float,
    tilt: float,
    node: float,
    eccentricity: float,
    perigee: float,
    anomaly: float,
    motion: float,
    bstar: float,
    name: str,
) -> Orbit:
    """An orbit from SGP4 mean elements: epoch in seconds since 1970, angles in degrees, motion in revolutions a day (Kozai's)."""
    import math

    from sgp4.api import WGS72, Satrec

    satrec = Satrec()
    days = epoch / sky.DAY + sky.JULIAN_1970 - 2433281.5
    satrec.sgp4init(
        WGS72, "i", 0, days, bstar, 0.0, 0.0, eccentricity, math.radians(perigee % 360), math.radians(tilt),
        math.radians(anomaly % 360), motion * 2 * math.pi / 1440, math.radians(node % 360),
    )  # fmt: skip
    return Orbit(satrec, name)


class Point(NamedTuple):
    """A point of a ground track: instant (UTC), latitude and longitude in degrees, height in km above WGS84."""

    utc: dt.datetime
    lat: float
    lon: float
    alt_km: float


def ground_track(orbit: Orbit, start: dt.datetime, end: dt.datetime, step: dt.timedelta) -> list[Point]:
    """Where the satellite is straight above, from start to end (aware times, both included) every step."""
    import numpy as np

    if step <= dt.timedelta(0) or end < start:
        raise CrossfixError("a track needs a step above nought and an end after its start")
    t = start.timestamp() + np.arange(int((end - start) / step) + 1) * step.total_seconds()
    lat, lon, height = sky.below(orbit.state(t)[0])
    return [
        Point(dt.datetime.fromtimestamp(a, dt.UTC), b, c, d)
        for a, b, c, d in zip(t.tolist(), lat.tolist(), lon.tolist(), height.tolist(), strict=True)
    ]


@dataclass(frozen=True)
class Passes:
    """Culminations as arrays of one length: ``which`` is the question's number, ``t`` the instant (seconds since 1970), angles in degrees
    (``sun`` is the sun's height at the place), ``height`` and ``range`` in km. Ordered by question, then time."""

    which: Array
    t: Array
    elevation: Array
    off_nadir: Array
    sun: Array
    height: Array
    range: Array


def culminations(
    orbit: Orbit,
    lat: Array | Sequence[float],
    lon: Array | Sequence[float],
    first: Array | Sequence[float],
    last: Array | Sequence[float],
    lowest: float = 0.0,
) -> Passes:
    """Every culmination at or above ``lowest`` degrees over place i between first[i] and last[i] (seconds since 1970), for all i at
    once. Instants are good to a hundredth of a second as far as the orbit is."""
    import numpy as np

    lat, lon, first, last = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (lat, lon, first, last))
    half = orbit.period_s / 2
    counts = np.ceil((last - first) / half).astype(int) + 2
    which = np.repeat(np.arange(len(counts)), counts)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    t = first[which] + (nth - 0.5) * half
    place, up = sky.spot(lat, lon)
    # to where the place lies square to the track; far ones are dropped on the way, since the other half of the starts finds them
    for turn, (side, along) in enumerate(((0.30, 2.2), (0.12, 0.7), (0.08, 0.2))):
        ground, velocity = orbit.state(t)
        p = place[which]
        angle, r, speed = _ahead(ground, velocity, p)
        # the place as far to the side of the track as the horizon at most (with room for what the Earth turns meanwhile)
        pole = np.cross(ground, velocity)
        aside = np.abs((p * pole).sum(-1)) / (np.linalg.norm(p, axis=-1) * np.linalg.norm(pole, axis=-1))
        far = np.arcsin(np.clip(aside, 0, 1))
        horizon = np.arccos(np.clip(6357.0 / r, -1, 1)) * (1.0 if lowest >= 0 else 3.0)
        keep = (far <= horizon + side) & (np.abs(angle) <= along)
        which, t = which[keep], t[keep] + (angle * r / speed)[keep]
        if turn and len(t):
            which, t = _single(which, t, half / 3)
    t = _highest(orbit, place[which], up[which], t)
    which, t = _single(which, t, half / 3)
    inside = (t >= first[which]) & (t <= last[which])
    which, t = which[inside], t[inside]
    ground = orbit.state(t)[0]
    height = sky.elevation(ground, place[which], up[which])
    ok = height >= lowest
    which, t, ground, height = which[ok], t[ok], ground[ok], height[ok]
    return Passes(
        which, t, height, sky.off_nadir(ground, place[which]), sky.sun_height(t, up[which]), sky.below(ground)[2],
        np.linalg.norm(ground - place[which], axis=-1),
    )  # fmt: skip


def nearest_culmination(orbit: Orbit, lat: float, lon: float, t: float) -> float | None:
    """The culmination next to an instant (seconds since 1970), however far under the horizon; None where the place lies so far to the side
    of the orbit that nothing can be called one. For fits, which ask it thousands of times."""
    import numpy as np

    place, up = sky.spot(np.array([lat]), np.array([lon]))
    at = np.array([t])
    for _ in range(4):
        angle, r, speed = _ahead(*orbit.state(at), place)
        at = at + angle * r / speed
    found = float(_highest(orbit, place, up, at)[0])
    return found if np.isfinite(found) and abs(found - t) <= 0.6 * orbit.period_s else None


def _ahead(ground: Array, velocity: Array, place: Array) -> tuple[Array, Array, Array]:
    """How far along its track (radians at the Earth's middle) the satellite has the place before it, its distance from the middle
    (km), and its speed square to that (km/s)."""
    import numpy as np

    r = np.linalg.norm(ground, axis=-1)
    ahead = velocity - ground * ((velocity * ground).sum(-1) / r**2)[:, None]
    speed = np.linalg.norm(ahead, axis=-1)
    return np.arctan2((place * ahead).sum(-1) / speed, (place * ground).sum(-1) / r), r, speed


def _single(which: Array, t: Array, apart: float) -> tuple[Array, Array]:
    """Ordered by question and time, with those that two starts led to taken once."""
    import numpy as np

    order = np.lexsort((t, which))
    which, t = which[order], t[order]
    new = np.ones(len(t), dtype=bool)
    new[1:] = (which[1:] != which[:-1]) | (t[1:] - t[:-1] > apart)
    return which[new], t[new]


def _rate(orbit: Orbit, place: Array, up: Array, t: Array) -> Array:
    """The rate of the sine of the elevation, a second."""
    import numpy as np

    ground, velocity = orbit.state(t)
    line = ground - place
    length = np.linalg.norm(line, axis=-1)
    out = (velocity * up).sum(-1) / length - (line * up).sum(-1) * (line * velocity).sum(-1) / length**3
    return np.asarray(out)


def _highest(orbit: Orbit, place: Array, up: Array, t: Array) -> Array:
    """The zero of the elevation's rate near each instant: a bracket of a minute to each side, widened where need be, then the
    Illinois form of the regula falsi until all are within a thousandth of a second or fifteen rounds are done."""
    import numpy as np

    if not len(t):
        return t
    a, b = t - 60.0, t + 60.0
    fa, fb = _rate(orbit, place, up, a), _rate(orbit, place, up, b)
    for reach in (150.0, 300.0):
        wide = (fa < 0) | (fb > 0)
        if not wide.any():
            break
        a[wide], b[wide] = t[wide] - reach, t[wide] + reach
        fa[wide] = _rate(orbit, place[wide], up[wide], a[wide])
        fb[wide] = _rate(orbit, place[wide], up[wide], b[wide])
    c = t.copy()
    live = np.flatnonzero((fa >= 0) & (fb <= 0))
    c[(fa < 0) | (fb > 0)] = np.nan  # no highest point there: never above this horizon
    side = np.zeros(len(t), dtype=int)
    for _ in range(25):
        if not len(live):
            break
        x, y, fx, fy = a[live], b[live], fa[live], fb[live]
        flat = fx == fy
        z = np.where(flat, (x + y) / 2, (x * fy - y * fx) / np.where(flat, 1.0, fy - fx))
        fz = _rate(orbit, place[live], up[live], z)
        done = np.abs(z - c[live]) < 1e-3
        c[live] = z
        rising = fz > 0
        i, j = live[rising], live[~rising]
        a[i], fa[i] = z[rising], fz[rising]
        fb[i[side[i] == 1]] /= 2
        side[i] = 1
        b[j], fb[j] = z[~rising], fz[~rising]
        fa[j[side[j] == -1]] /= 2
        side[j] = -1
        live = live[~done]
    good = ~np.isnan(c)
    return np.where(good, c, -np.inf)
