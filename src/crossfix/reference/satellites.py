"""Satellites, their element sets, published orbits and passes, and buildings that reports name as what was photographed."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crossfix.errors import CrossfixError
from crossfix.reference.tables import items, rows

_PACKAGE = "crossfix.reference"
_LINE = 69
Use = Literal["fit", "check"]


class ElementsError(CrossfixError):
    """An element set that is no element set: wrong length, checksum, number or figures that no orbit has."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row is from: ``source``, ``licence``, and the day it was read ("" where it was typed from knowledge)."""

    source: str
    licence: str
    read: str


@dataclass(frozen=True, slots=True)
class Satellite:
    """A satellite: ``id`` is its US catalogue number, ``state`` the owner's ISO 3166 alpha-2 code, ``launched`` and ``ended`` UTC
    (``ended`` None while in orbit). ``sensor`` is "optical", "radar" or "". Swath (km) and resolution (m) only where published."""

    id: str
    cospar: str
    name: str
    aliases: tuple[str, ...]
    state: str
    launched: dt.datetime
    ended: dt.datetime | None
    sensor: str
    swath_km: float | None
    resolution_m: float | None
    origin: Provenance

    def in_orbit(self, first: dt.datetime, last: dt.datetime) -> bool:
        """True where it was in orbit at some instant of the stretch (UTC, both ends included)."""
        return self.launched <= last and (self.ended is None or first <= self.ended)


@dataclass(frozen=True, slots=True)
class Elements:
    """One two-line element set as its lines stand, with what is read from them: ``epoch`` in UTC, inclination and node in degrees (TEME),
    mean motion in revolutions a day (Kozai's, as the lines give it), ``bstar`` in 1/Earth radii."""

    id: str
    satellite: str
    line1: str
    line2: str
    epoch: dt.datetime
    inclination_deg: float
    node_deg: float
    eccentricity: float
    mean_motion_rev_day: float
    bstar: float
    origin: Provenance


@dataclass(frozen=True, slots=True)
class PublishedOrbit:
    """An orbit as published on a day: heights in km above the equatorial radius, inclination in degrees."""

    id: str
    satellite: str
    day: dt.date
    perigee_km: float
    apogee_km: float
    inclination_deg: float
    origin: Provenance


@dataclass(frozen=True, slots=True)
class PublishedPass:
    """A pass that somebody published: where (WGS84 degrees) and the stretch of UTC that the figure allows, both ends included.
    ``what`` is "image_time" (announced time of a picture) or "closest" (closest approach by somebody's own orbit); rows of use "fit" are
    those to which the orbit of those days is fitted, the others test it."""

    id: str
    satellite: str
    place: str
    lat: float
    lon: float
    told: str
    first: dt.datetime
    last: dt.datetime
    what: str
    announcer: str
    use: Use
    origin: Provenance


@dataclass(frozen=True, slots=True)
class Building:
    """A building or base by its names, with the spot that is meant where a text speaks of a place (WGS84 degrees)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    country: str
    origin: Provenance


# ------------------------------------------------------------------ element sets


def checksum(line: str) -> int:
    """The checksum digit of an element line: the sum of its digits before the last column, a minus as 1, modulo 10."""
    return sum(int(c) if c in "0123456789" else c == "-" for c in line[: _LINE - 1]) % 10


def read_elements(
    line1: str, line2: str, *, id: str = "", satellite: str = "", origin: Provenance | None = None
) -> Elements:
    """An element set from its two lines. Raises ElementsError, with the first thing that is wrong, where a line has not 69
    columns or its checksum fails, the lines are of two objects, a figure is no number, or the figures are of no orbit round the Earth."""
    where = f"element set {id}" if id else "element set"
    for n, line in ((1, line1), (2, line2)):
        if len(line) != _LINE or not line.isascii() or not line.startswith(f"{n} "):
            raise ElementsError(f"line {n} is no element line of {_LINE} columns", where=where)
        if line[-1] != str(checksum(line)):
            raise ElementsError(f"line {n} has checksum {line[-1]}, its figures give {checksum(line)}", where=where)
    if line1[2:7] != line2[2:7]:
        raise ElementsError(f"the lines are of two objects, {line1[2:7]} and {line2[2:7]}", where=where)
    try:
        year = int(line1[18:20])
        day = float(line1[20:32])
        epoch = dt.datetime(year + (2000 if year < 57 else 1900), 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=day - 1)
        tilt, node, around, anomaly = (float(line2[a:b]) for a, b in ((8, 16), (17, 25), (34, 42), (43, 51)))
        eccentricity = float("0." + line2[26:33].strip().replace(" ", "0"))
        motion = float(line2[52:63])
        bstar = _power(line1[53:61])
        float(line1[33:43])
    except (ValueError, OverflowError) as error:
        raise ElementsError(f"a figure cannot be read ({error})", where=where) from error
    if not (
        0 <= tilt <= 180 and 0 < motion < 18 and 1 <= day < 367 and all(0 <= x <= 360 for x in (node, around, anomaly))
    ):
        raise ElementsError("its figures are of no orbit round the Earth", where=where)
    origin = origin or Provenance("given by the caller", "", "")
    number = satellite or line1[2:7].strip()
    return Elements(id, number, line1, line2, epoch, tilt, node, eccentricity, motion, bstar, origin)


def _power(text: str) -> float:
    """A figure with an assumed decimal point and a power: " 41535-4" is 0.41535e-4."""
    m = re.fullmatch(r"([ +-]?)(\d{5})([ +-]\d)", text)
    if not m:
        raise ValueError(f"{text!r} is no figure with a power")
    value = float(f"0.{m[2]}e{m[3].strip()}")
    return -value if m[1] == "-" else value


# ------------------------------------------------------------------ tables


def _origin(row: dict[str, str]) -> Provenance:
    return Provenance(row["source"], row["licence"], row["read"])


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _number(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1)
def satellites() -> dict[str, Satellite]:
    """The satellites by catalogue number. Raises CrossfixError where a row is broken, as the other loaders here do."""
    out = {}
    for r in _rows("satellites.tsv"):
        out[r["id"]] = Satellite(
            r["id"], r["cospar"], r["name"], tuple(items(r["aliases"])), r["state"], _instant(r["launched"]),
            _instant(r["ended"]) if r["ended"] else None, r["sensor"], _number(r["swath_km"]), _number(r["resolution_m"]), _origin(r),
        )  # fmt: skip
    return out


@lru_cache(maxsize=1)
def elements() -> dict[str, tuple[Elements, ...]]:
    """The element sets of each satellite by its number, oldest first."""
    out: dict[str, list[Elements]] = {}
    for r in _rows("elements.tsv"):
        one = read_elements(r["line1"], r["line2"], id=r["id"], satellite=r["satellite"], origin=_origin(r))
        out.setdefault(one.satellite, []).append(one)
    return {k: tuple(sorted(v, key=lambda e: e.epoch)) for k, v in out.items()}


@lru_cache(maxsize=1)
def published_orbits() -> dict[str, tuple[PublishedOrbit, ...]]:
    """The published orbits of each satellite by its number, in the table's order (the first is preferred)."""
    out: dict[str, list[PublishedOrbit]] = {}
    for r in _rows("orbits.tsv"):
        low, high, tilt = float(r["perigee_km"]), float(r["apogee_km"]), float(r["inclination_deg"])
        if not (100 < low <= high and math.isfinite(high) and 0 <= tilt <= 180):
            raise CrossfixError("heights or inclination of no orbit", where=f"orbits.tsv, {r['id']}")
        one = PublishedOrbit(r["id"], r["satellite"], dt.date.fromisoformat(r["day"]), low, high, tilt, _origin(r))
        out.setdefault(one.satellite, []).append(one)
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def published_passes() -> dict[str, tuple[PublishedPass, ...]]:
    """The published passes of each satellite by its number, earliest first."""
    out: dict[str, list[PublishedPass]] = {}
    for r in _rows("passes.tsv"):
        if r["use"] not in ("fit", "check"):
            raise CrossfixError(f"no such use: {r['use']!r}", where=f"passes.tsv, {r['id']}")
        use: Use = "fit" if r["use"] == "fit" else "check"
        one = PublishedPass(
            r["id"], r["satellite"], r["place"], float(r["lat"]), float(r["lon"]), r["told"], _instant(r["first_utc"]),
            _instant(r["last_utc"]), r["what"], r["announcer"], use, _origin(r),
        )  # fmt: skip
        out.setdefault(one.satellite, []).append(one)
    return {k: tuple(sorted(v, key=lambda p: p.first)) for k, v in out.items()}


@lru_cache(maxsize=1)
def buildings() -> dict[str, Building]:
    """Buildings by each of their names, in lower case and without "the"."""
    out: dict[str, Building] = {}
    for r in _rows("buildings.tsv"):
        names = (r["name"], *items(r["aliases"]))
        one = Building(r["id"], r["name"], names[1:], float(r["lat"]), float(r["lon"]), r["country"], _origin(r))
        out |= {bare_name(n): one for n in names}
    return out


def bare_name(name: str) -> str:
    """A name as ``buildings`` has it: lower case, straight apostrophes, no article."""
    return re.sub(r"^the\s+", "", name.casefold().replace("’", "'").strip())


def _rows(name: str) -> list[dict[str, str]]:
    found = rows(_PACKAGE, name)
    if len({r["id"] for r in found}) != len(found):
        raise CrossfixError("two rows of one id", where=name)
    return found
