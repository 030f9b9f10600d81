"""The free-flight arc: how long a body takes from the ground to an apogee and back to the ground, on a spherical Earth that does not turn.

Two-body motion (R. Bate, D. Mueller, J. White, Fundamentals of Astrodynamics, 1971, chapter 6, "ballistic missile trajectories"): the arc
is the part above the ground of an ellipse with the Earth's centre in one focus, symmetric about its apogee.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_KM = 6371.0
"""The Earth's mean radius."""
MU = 398600.4418
"""The Earth's gravitational parameter, km^3/s^2 (WGS84)."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A free-flight arc from ground to ground: km and s. ``semi_major_km`` and ``eccentricity`` are those of its ellipse."""

    apogee_km: float
    range_km: float
    semi_major_km: float
    eccentricity: float
    time_s: float


def arc(apogee_km: float, range_km: float) -> Arc:
    """The arc of that apogee above the ground and that distance along the ground. With phi half the range as an angle at the Earth's centre
    and q = R + h, the radius R at the true anomaly 180 degrees - phi gives e = (q - R) / (q - R cos phi), a = q / (1 + e); Kepler's
    equation gives the time from the ground to apogee, E - pi measured from apogee. Raises ValueError for an apogee not above 0 or a range
    not in [0, half the circumference)."""
    if not apogee_km > 0:
        raise ValueError("an apogee is above 0 km")
    phi = range_km / (2 * EARTH_KM)
    if not 0 <= phi < math.pi / 2:
        raise ValueError("a range is from 0 km to half the circumference")
    q = EARTH_KM + apogee_km
    e = (q - EARTH_KM) / (q - EARTH_KM * math.cos(phi))
    a = q / (1 + e)
    anomaly = math.acos(max(-1.0, min(1.0, (1 - EARTH_KM / a) / e)))
    return Arc(apogee_km, range_km, a, e, 2 * math.sqrt(a**3 / MU) * (math.pi - anomaly + e * math.sin(anomaly)))


def vertical_time_s(apogee_km: float) -> float:
    """The time straight up to an apogee and down again, the limit of ``arc`` for no range, in closed form: with q = R + h,
    t = 2 sqrt(q / 2 mu) (sqrt(R (q - R)) + q arccos sqrt(R / q)). No flight to that apogee that is free on its way down, and slower or as
    fast on its way up, takes less."""
    q = EARTH_KM + apogee_km
    rise = math.sqrt(EARTH_KM * (q - EARTH_KM)) + q * math.acos(math.sqrt(EARTH_KM / q))
    return 2 * math.sqrt(q / (2 * MU)) * rise


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what its rounding leaves open: km or s, ``half`` half of its last place."""

    value: float
    half: float = 0.0

    @property
    def low(self) -> float:
        """The least it can mean."""
        return max(self.value - self.half, 0.0)

    @property
    def high(self) -> float:
        """The most it can mean."""
        return self.value + self.half


def allowance_s(apogee: Figure, ground: Figure, time: Figure) -> tuple[float, float, float]:
    """Announced time minus free-flight time in s: of the figures as given, and the least and the most that their rounding allows. The
    time of the arc grows with apogee and with range, so that the ends of the figures give the ends."""
    given = time.value - arc(apogee.value, ground.value).time_s
    least = time.low - arc(apogee.high, ground.high).time_s
    most = time.high - arc(max(apogee.low, 1e-6), ground.low).time_s
    return given, least, most
