"""What is known of a satellite's orbit at a time, and how well: from an element set near in time, or carried from one far away.

**Near** (a set within 30 days): SGP4 from the nearest set. What errs is the place along the orbit, as a lead or lag in seconds: its
standard deviation is 1 s and 0.06 s for each day squared, which is how far the table's own sets, carried from one to the next, miss each
other (docs/checks/overpass.md); or half of what the two nearest sets differ by, where that is more (a manoeuvre between them).

**Carried** (no set near, but an orbit published within 30 days and passes published within 10): the plane (node) is brought from the
nearest set by the mean of the node rates that the Earth's flattening gives at both ends; size and phase are fitted to two published
passes, or with one alone the size is the published one. Air drag is the median B* of the three nearest sets. What is not known is drawn
by chance, with a stated seed, each draw fitted anew: the answers' spread is the uncertainty.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from crossfix.checking import overpass_sky as sky
from crossfix.checking.overpass_orbit import Orbit, OrbitError, mean_orbit, nearest_culmination, orbit_of
from crossfix.checking.result import Row
from crossfix.reference.satellites import (
    Elements,
    PublishedOrbit,
    PublishedPass,
    elements,
    published_orbits,
    published_passes,
)

NEAR_DAYS, ORBIT_DAYS, PASS_DAYS = 30.0, 30.0, 10.0
START_S, GROWTH_S = 1.0, 0.06
DRAWS, SEED = 100, 20231127
# standard deviations of what is drawn for a carried orbit
MEAN_HEIGHT_KM, MEAN_TILT_DEG, TILT_DEG, SIZE_KM, DRAG = 2.5, 0.006, 0.01, 0.7, 0.5
CLOSEST_S, IMAGE_S = 1.5, 3.0
_MU, _RADIUS = 398600.4418, 6378.137
_FITTED = 0.01  # seconds


@dataclass(frozen=True)
class Known:
    """An orbit for a stretch of time: ``best``, and ``draws`` of what it may be instead. ``how`` says by which way, ``rows`` on what it
    rests, ``working`` the figures that went in. ``told`` is the way in a few words."""

    best: Orbit
    draws: tuple[Orbit, ...]
    how: Literal["near", "carried"]
    rows: tuple[Row, ...]
    working: dict[str, Any]
    told: str


@dataclass(frozen=True)
class NotKnown:
    """No orbit can be said; ``why`` is a clause."""

    why: str


def orbit_at(
    satellite: str, first: dt.datetime, last: dt.datetime, without: PublishedPass | None = None
) -> Known | NotKnown:
    """What is known of a satellite's orbit (by its catalogue number) from first to last (UTC). ``without`` is a published pass that the
    orbit must not be fitted to, because it is what is asked about."""
    sets = elements().get(satellite, ())
    if not sets:
        return NotKnown("no element set of it is in the table")
    middle = first + (last - first) / 2
    by_time = sorted(sets, key=lambda e: abs(e.epoch - middle))
    if max(_days(by_time[0].epoch, first), _days(by_time[0].epoch, last)) <= NEAR_DAYS:
        return _near(by_time, middle)
    orbit = next((o for o in published_orbits().get(satellite, ()) if _days(_noon(o), middle) <= ORBIT_DAYS), None)
    if orbit is None:
        return NotKnown(
            f"the nearest element set is {_days(by_time[0].epoch, middle):.0f} days away and no orbit of that time is published"
        )
    fits = _fits(published_passes().get(satellite, ()), middle, without)
    if not fits:
        return NotKnown("no published pass of those days tells where on its orbit it was")
    ends = [p.first for p in fits]
    if (
        max(_days(min(ends), first) if first < min(ends) else 0, _days(max(ends), last) if last > max(ends) else 0)
        > PASS_DAYS
    ):
        return NotKnown(
            f"the stretch reaches more than {PASS_DAYS:.0f} days from the published passes that tell its place on the orbit"
        )
    return _carried(satellite, orbit, fits)


def _days(a: dt.datetime, b: dt.datetime) -> float:
    return abs((a - b).total_seconds()) / sky.DAY


def _noon(orbit: PublishedOrbit) -> dt.datetime:
    return dt.datetime.combine(orbit.day, dt.time(12), dt.UTC)


# ------------------------------------------------------------------ near


def spread_s(days: float) -> float:
    """The standard deviation (seconds along the orbit) of an element set carried over so many days."""
    return START_S + GROWTH_S * days * days


def _near(by_time: Sequence[Elements], at: dt.datetime) -> Known:
    import numpy as np

    one = by_time[0]
    best = orbit_of(one)
    days = _days(one.epoch, at)
    spread = spread_s(days)
    rows = [Row("elements", one.id, f"epoch {one.epoch:%Y-%m-%d %H:%M} UTC")]
    working: dict[str, Any] = {"element_set_epoch_utc": _text(one.epoch), "element_set_age_days": round(days, 2)}
    if len(by_time) > 1 and _days(by_time[1].epoch, at) <= PASS_DAYS:
        apart = abs(_lag(best, orbit_of(by_time[1]), at.timestamp())) / 2
        if apart > spread:
            spread = apart
            rows.append(Row("elements", by_time[1].id, f"{2 * apart:.0f} s from the other along the orbit"))
    working["along_orbit_sd_s"] = round(spread, 1)
    lags = np.random.default_rng(SEED).normal(0, spread, DRAWS)
    draws = tuple(Orbit(best.satrec, best.name, float(x)) for x in lags)
    return Known(best, draws, "near", tuple(rows), working, f"an element set {_ago(days)}")


def _ago(days: float) -> str:
    return f"{days:.0f} days off" if days >= 1.5 else f"{days * 24:.0f} hours off"


def _lag(a: Orbit, b: Orbit, t: float) -> float:
    """By how many seconds b runs ahead of a along the orbit."""
    import numpy as np

    at = np.array([t])
    (p, v), (q, _) = a.state(at), b.state(at)
    return float(((q - p) * v).sum() / (v * v).sum())


# ------------------------------------------------------------------ carried


def _fits(passes: Sequence[PublishedPass], at: dt.datetime, without: PublishedPass | None) -> tuple[PublishedPass, ...]:
    """The passes to fit to: those so marked; where the one asked about is among them, the nearest other one in its stead that is given
    to the second and was not of the same moments."""
    near = [p for p in passes if p.first == p.last and _days(p.first, at) <= 2 * PASS_DAYS]
    marked = [p for p in near if p.use == "fit"]
    if without is None or without not in marked:
        return tuple(marked[:2])
    kept = [p for p in marked if p != without]
    others = [p for p in near if p.use == "check" and _days(p.first, without.first) > 0.1 and p not in kept]
    others.sort(key=lambda p: _days(p.first, without.first))
    return tuple(sorted((kept + others)[:2], key=lambda p: p.first))


def motion_of(height_km: float) -> float:
    """Revolutions a day at a mean height above the equatorial radius, by Kepler's third law, as catalogues turn one into the other."""
    return sky.DAY / (2 * math.pi) * math.sqrt(_MU / (_RADIUS + height_km) ** 3)


def height_of(motion: float) -> float:
    """The mean height in km for a motion in revolutions a day."""
    return float((_MU / (motion * 2 * math.pi / sky.DAY) ** 2) ** (1 / 3)) - _RADIUS


def node_rate(height_km: float, tilt_deg: float) -> float:
    """The drift of the node in degrees a day by the Earth's flattening (SGP4's rate, J2 and the small terms after it)."""
    one = mean_orbit(0.0, tilt_deg, 0.0, 0.001, 90.0, 0.0, motion_of(height_km), 0.0, "node rate")
    return math.degrees(float(one.satrec.nodedot)) * 1440


@lru_cache(maxsize=64)
def _carried(satellite: str, orbit: PublishedOrbit, fits: tuple[PublishedPass, ...]) -> Known | NotKnown:
    import numpy as np

    by_time = sorted(elements()[satellite], key=lambda e: abs(e.epoch - fits[-1].first))
    one = by_time[0]
    epoch = fits[-1].first.timestamp()
    days = (one.epoch.timestamp() - epoch) / sky.DAY
    height = (orbit.perigee_km + orbit.apogee_km) / 2
    egg = (orbit.apogee_km - orbit.perigee_km) / 2 / (_RADIUS + height)
    there, here = (
        node_rate(height, orbit.inclination_deg),
        node_rate(height_of(one.mean_motion_rev_day), one.inclination_deg),
    )
    rate = (there + here) / 2
    drag = sorted(e.bstar for e in by_time[:3])[len(by_time[:3]) // 2]
    name = f"the orbit of {orbit.id}"

    def fit(
        node: float, tilt: float, e: float, perigee: float, bstar: float, size: float, late: Sequence[float]
    ) -> tuple[Orbit, float]:
        return _fitted(fits, late, epoch, (tilt, node, e, perigee, bstar), size, name)

    try:
        node = one.node_deg - rate * days
        best, size = fit(node, orbit.inclination_deg, egg, 90.0, drag, height, [0.0] * len(fits))
        rng = np.random.default_rng(SEED)
        draws, nodes = [], []
        lean = math.tan(math.radians((orbit.inclination_deg + one.inclination_deg) / 2))
        for _ in range(DRAWS):
            higher, tilted = rng.normal(0, MEAN_HEIGHT_KM), math.radians(rng.normal(0, MEAN_TILT_DEG))
            other = rate * (1 - 3.5 * higher / (_RADIUS + height) - tilted * lean)
            nodes.append(one.node_deg - other * days)
            late = [rng.normal(0, IMAGE_S if p.what == "image_time" else CLOSEST_S) for p in fits]
            tilt = orbit.inclination_deg + rng.normal(0, TILT_DEG)
            around, b, h = (
                rng.uniform(0, 360),
                max(0.0, drag * (1 + rng.normal(0, DRAG))),
                height + rng.normal(0, SIZE_KM),
            )
            draws.append(fit(nodes[-1], tilt, egg, around, b, h, late)[0])
    except OrbitError as error:
        return NotKnown(f"published orbit and published passes do not go together ({error.what})")
    rows = (
        Row("elements", one.id, f"node {one.node_deg:.4f} deg at {one.epoch:%Y-%m-%d %H:%M} UTC"),
        Row("orbits", orbit.id, f"{orbit.perigee_km:g} by {orbit.apogee_km:g} km, {orbit.inclination_deg:g} deg"),
        *(Row("passes", p.id, f"{p.told}: fitted") for p in fits),
    )
    working = {
        "element_set_epoch_utc": _text(one.epoch), "element_set_age_days": round(abs(days), 1),
        "node_rate_deg_per_day": round(rate, 5), "node_then_deg": round(node % 360, 3), "node_sd_deg": round(float(np.std(nodes)), 2),
        "node_epoch_utc": _text(fits[-1].first), "inclination_deg": orbit.inclination_deg, "eccentricity": round(egg, 5),
        "bstar_per_earth_radius": drag, "mean_height_published_km": height, "mean_height_used_km": round(size, 2),
        "fitted_to": [p.id for p in fits], "draws": DRAWS, "seed": SEED,
    }  # fmt: skip
    told = f"an orbit carried over {abs(days):.0f} days and fitted to {len(fits)} published pass{'es' if len(fits) > 1 else ''}"
    return Known(best, tuple(draws), "carried", rows, working, told)


def _fitted(
    fits: Sequence[PublishedPass], late: Sequence[float], epoch: float,
    plane: tuple[float, float, float, float, float], height: float, name: str,
) -> tuple[Orbit, float]:  # fmt: skip
    """The orbit whose culminations fall on the passes (moved by ``late`` seconds each), and its mean height in km. The phase is set by the
    last pass; the motion by the first, where there are two. Raises OrbitError where that needs a size 5 km off the published one."""
    tilt, node, egg, perigee, bstar = plane
    motion, anomaly = motion_of(height), _first_anomaly(fits[-1], epoch, plane, motion_of(height), name)
    goals = [p.first.timestamp() + x for p, x in zip(fits, late, strict=True)]
    miss = [0.0]
    for _ in range(12):
        orbit = mean_orbit(epoch, tilt, node, egg, perigee, anomaly, motion, bstar, name)
        miss = [_culmination(orbit, p, goal) - goal for p, goal in zip(fits, goals, strict=True)]
        if max(map(abs, miss)) < _FITTED:
            break
        anomaly += miss[-1] * motion * 360 / sky.DAY
        if len(fits) > 1:
            motion += motion * (miss[-1] - miss[0]) / (goals[-1] - goals[0])
    size = height_of(motion)
    if max(map(abs, miss)) > 1 or abs(size - height) > 5:
        raise OrbitError(f"the passes would need a mean height of {size:.1f} km", where=name)
    return orbit, size


def _first_anomaly(
    last: PublishedPass, epoch: float, plane: tuple[float, float, float, float, float], motion: float, name: str
) -> float:
    """The mean anomaly with which the satellite stands highest over the pass's place at the epoch, to a few degrees."""
    import numpy as np

    tilt, node, egg, perigee, bstar = plane
    orbit = mean_orbit(epoch, tilt, node, egg, perigee, 0.0, motion, bstar, name)
    place, up = sky.spot(np.array([last.lat]), np.array([last.lon]))
    lags = np.arange(0, orbit.period_s, orbit.period_s / 120)
    codes, r, _ = orbit.satrec.sgp4_array(*sky.julian(epoch + lags))
    if codes.any():
        raise OrbitError("SGP4 cannot follow it", where=name)
    ground = sky.to_ground(r, np.full(len(lags), epoch))  # the Earth held still: only where on the orbit is sought
    best = int(np.argmax(sky.elevation(ground, place, up)))
    return float(lags[best] / orbit.period_s * 360)


def _culmination(orbit: Orbit, one: PublishedPass, t: float) -> float:
    """The culmination next to an instant, below the horizon too."""
    found = nearest_culmination(orbit, one.lat, one.lon, t)
    if found is None:
        raise OrbitError(f"it does not pass {one.place} within half a revolution of {one.told}", where=orbit.name)
    return found


def _text(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
