"""Many overpass questions at once: satellite, place, instant. For lists of hundreds of images or sightings, without draws of the orbit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

from crossfix.checking import overpass_sky as sky
from crossfix.checking.overpass_orbit import Orbit, Passes, culminations
from crossfix.errors import UsageError

if TYPE_CHECKING:
    from crossfix.checking.overpass_sky import Array

_AT_ONCE = 2000
_REACH_DAYS = (0.5, 2.0, 5.0)


@dataclass(frozen=True)
class Answers:
    """One value a question, in their order; instants in seconds since 1970, angles in degrees, NaN where there is none.

    ``elevation``, ``off_nadir``, ``sun`` and ``sunlit`` are of the instant asked about (the elevation is below nought while the
    satellite is under the horizon); ``culmination`` is the nearest one above the horizon within half a day, ``top`` its elevation;
    ``previous`` and ``following`` are the nearest fair looks (culminations at ``least`` degrees or more with the sun up) more than a
    third of a revolution before and after the instant, within five days, with their elevations."""

    elevation: Array
    off_nadir: Array
    sun: Array
    sunlit: Array
    culmination: Array
    top: Array
    previous: Array
    previous_top: Array
    following: Array
    following_top: Array


def answers(
    orbits: Sequence[Orbit],
    which: Sequence[int] | Array,
    lat: Sequence[float] | Array,
    lon: Sequence[float] | Array,
    t: Sequence[float] | Array,
    least: float = 30.0,
    progress: Callable[[int, int], None] | None = None,
) -> Answers:
    """Answers questions that each name an orbit (its index in ``orbits``), a place (WGS84 degrees) and an instant (seconds since 1970).
    ``progress`` is told how many are done and how many there are. Raises UsageError where the lists are of different lengths, and
    OrbitError where an orbit has no position at one of the instants."""
    import numpy as np

    number = np.asarray(which, dtype=int)
    a, b, at = (np.asarray(x, dtype=float) for x in (lat, lon, t))
    if not len(number) == len(a) == len(b) == len(at):
        raise UsageError("every question needs an orbit, a latitude, a longitude and an instant")
    out = Answers(*(np.full(len(at), np.nan) for _ in fields(Answers)))
    order = np.argsort(number, kind="stable")
    done = 0
    for i in np.unique(number):
        mine = order[np.searchsorted(number[order], i) : np.searchsorted(number[order], i, side="right")]
        for k in range(0, len(mine), _AT_ONCE):
            part = mine[k : k + _AT_ONCE]
            _answer(orbits[int(i)], part, a[part], b[part], at[part], least, out)
            done += len(part)
            if progress is not None:
                progress(done, len(at))
    out.sunlit[:] = out.sun > 0
    return out


def _answer(orbit: Orbit, rows: Array, lat: Array, lon: Array, t: Array, least: float, out: Answers) -> None:
    import numpy as np

    place, up = sky.spot(lat, lon)
    ground = orbit.state(t)[0]
    out.elevation[rows] = sky.elevation(ground, place, up)
    out.off_nadir[rows] = sky.off_nadir(ground, place)
    out.sun[rows] = sky.sun_height(t, up)
    reach = _REACH_DAYS[0] * sky.DAY
    found = culminations(orbit, lat, lon, t - reach, t + reach)
    near = np.lexsort((np.abs(found.t - t[found.which]), found.which))
    first = near[np.unique(found.which[near], return_index=True)[1]]
    out.culmination[rows[found.which[first]]] = found.t[first]
    out.top[rows[found.which[first]]] = found.elevation[first]
    room = orbit.period_s / 3
    for after in (False, True):
        to, tops = (out.following, out.following_top) if after else (out.previous, out.previous_top)
        left = np.arange(len(t))
        _fair(found, left, t, room, after, least, rows, to, tops)
        for inner, outer in pairwise(_REACH_DAYS):
            left = np.flatnonzero(np.isnan(to[rows]))
            if not len(left):
                break
            a, b = (inner * sky.DAY, outer * sky.DAY) if after else (-outer * sky.DAY, -inner * sky.DAY)
            more = culminations(orbit, lat[left], lon[left], t[left] + a, t[left] + b, lowest=least)
            _fair(more, left, t, room, after, least, rows, to, tops)


def _fair(
    found: Passes,
    questions: Array,
    t: Array,
    room: float,
    after: bool,
    least: float,
    rows: Array,
    to: Array,
    tops: Array,
) -> None:
    """Puts the nearest fair look after (or before) each question's instant into ``to`` and ``tops``."""
    import numpy as np

    which = questions[found.which]
    away = (found.t - t[which]) * (1 if after else -1)
    good = np.flatnonzero((away > room) & (found.elevation >= least) & (found.sun >= 0))
    order = good[np.lexsort((away[good], which[good]))]
    first = order[np.unique(which[order], return_index=True)[1]]
    to[rows[which[first]]], tops[rows[which[first]]] = found.t[first], found.elevation[first]
