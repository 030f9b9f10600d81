"""Where things stand in the sky: satellite and sun as seen from a place, and the place as seen from the satellite.

Times are seconds of UTC since 1970-01-01 (leap seconds not counted, as in POSIX), lengths km, angles degrees, arrays of any one shape.
The Earth is WGS84. Satellite positions come from SGP4 in its own frame (TEME) and are turned by Greenwich mean sidereal time of 1982
alone, as SGP4's makers prescribe (Vallado, Crawford, Hujsak, Kelso 2006, AIAA 2006-6753); UT1 is taken as UTC (they differ by less than
0.9 s: 0.4 km at the equator) and polar motion (under 20 m) is left out. The sun is the Astronomical Almanac's low-precision one,
good to 0.01 degrees from 1950 to 2050. No refraction: heights are of the straight line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray

EQUATOR_KM = 6378.137
FLATTENING = 1 / 298.257223563
EARTH_TURN = 7.292115146706979e-5  # radians a second
DAY = 86400.0
JULIAN_1970 = 2440587.5
_E2 = FLATTENING * (2 - FLATTENING)


def julian(t: Array) -> tuple[Array, Array]:
    """Julian dates of instants (seconds since 1970) as whole and fraction, to keep the precision."""
    import numpy as np

    days = np.floor(t / DAY)
    return days + JULIAN_1970, (t - days * DAY) / DAY


def sidereal(t: Array) -> Array:
    """Greenwich mean sidereal time in radians (IAU 1982), UT1 taken as UTC."""
    import numpy as np

    whole, part = julian(np.asarray(t, dtype=float))
    days = (whole - 2451545.0) + part
    c = days / 36525.0
    # the day's own turn is kept apart from the slow terms: 876,600 hours a century in one sum would lose digits
    seconds = 67310.54841 + 8640184.812866 * c + 0.093104 * c * c - 6.2e-6 * c**3
    turn = ((whole - 2451545.0) % 1.0 + part) % 1.0
    return np.asarray((turn * 2 * np.pi + seconds * (2 * np.pi / DAY)) % (2 * np.pi))


def to_ground(vectors: Array, t: Array) -> Array:
    """Vectors of shape (..., 3) from SGP4's frame to one that turns with the Earth, at instants of shape (...)."""
    return turned(vectors, sidereal(t))


def turned(vectors: Array, angle: Array) -> Array:
    """Vectors of shape (..., 3) seen from axes turned eastward by an angle of shape (...), in radians."""
    import numpy as np

    c, s = np.cos(angle), np.sin(angle)
    out = np.empty(np.broadcast_shapes(vectors.shape, (*np.shape(angle), 3)))
    x, y = vectors[..., 0], vectors[..., 1]
    out[..., 0], out[..., 1], out[..., 2] = c * x + s * y, c * y - s * x, vectors[..., 2]
    return out


def moving(position: Array, velocity: Array, t: Array) -> tuple[Array, Array]:
    """Position (km) and velocity (km/s) in SGP4's frame as they are against the turning Earth."""
    angle = sidereal(t)
    ground, out = turned(position, angle), turned(velocity, angle)
    out[..., 0] += EARTH_TURN * ground[..., 1]
    out[..., 1] -= EARTH_TURN * ground[..., 0]
    return ground, out


def spot(lat: Array, lon: Array, height_km: float = 0.0) -> tuple[Array, Array]:
    """Where places are: position (..., 3) in km in the turning frame, and the upward unit vector (normal to the ellipsoid)."""
    import numpy as np

    a, b = np.radians(np.asarray(lat, dtype=float)), np.radians(np.asarray(lon, dtype=float))
    up = np.stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)], axis=-1)
    n = EQUATOR_KM / np.sqrt(1 - _E2 * np.sin(a) ** 2)
    flat = (n + height_km)[..., None] * up
    flat[..., 2] -= _E2 * n * np.sin(a)
    return flat, up


def below(ground: Array) -> tuple[Array, Array, Array]:
    """The point under a position of the turning frame: latitude and longitude in degrees (-180 to 180), height in km above the
    ellipsoid. Bowring's start and two steps: to under a millimetre up to 2,000 km."""
    import numpy as np

    x, y, z = ground[..., 0], ground[..., 1], ground[..., 2]
    p = np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - _E2))
    for _ in range(5):
        n = EQUATOR_KM / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + _E2 * n * np.sin(lat), p)
    n = EQUATOR_KM / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    height = p * np.cos(lat) + z * np.sin(lat) - EQUATOR_KM**2 / n  # holds at the poles too, where p is 0
    return np.degrees(lat), np.degrees(np.arctan2(y, x)), height


def elevation(ground: Array, place: Array, up: Array) -> Array:
    """Height above the place's horizon in degrees of what stands at ``ground``, by the straight line."""
    import numpy as np

    line = ground - place
    return np.asarray(np.degrees(np.arcsin(np.clip((line * up).sum(-1) / np.linalg.norm(line, axis=-1), -1, 1))))


def off_nadir(ground: Array, place: Array) -> Array:
    """The angle at the satellite between straight down (to the Earth's centre) and the place, in degrees."""
    import numpy as np

    line = place - ground
    down = -(line * ground).sum(-1) / (np.linalg.norm(line, axis=-1) * np.linalg.norm(ground, axis=-1))
    return np.asarray(np.degrees(np.arccos(np.clip(down, -1, 1))))


def sun(t: Array) -> Array:
    """The direction of the sun in the turning frame: unit vectors (..., 3)."""
    import numpy as np

    t = np.asarray(t, dtype=float)
    n = t / DAY + (JULIAN_1970 - 2451545.0)
    mean = np.radians((280.460 + 0.9856474 * n) % 360)
    g = np.radians((357.528 + 0.9856003 * n) % 360)
    along = mean + np.radians(1.915 * np.sin(g) + 0.020 * np.sin(2 * g))
    tilt = np.radians(23.439 - 0.0000004 * n)
    vectors = np.stack([np.cos(along), np.cos(tilt) * np.sin(along), np.sin(tilt) * np.sin(along)], axis=-1)
    return to_ground(vectors, t)


def sun_height(t: Array, up: Array) -> Array:
    """The height of the sun's middle above the horizon of places with upward vectors ``up`` (..., 3), in degrees, without
    refraction (which lifts a sun at the horizon by about half a degree)."""
    import numpy as np

    return np.asarray(np.degrees(np.arcsin(np.clip((sun(t) * up).sum(-1), -1, 1))))
