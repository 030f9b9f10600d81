"""Time zones: which one words or a place mean, and local days turned into UTC.

Clocks and their history (summer time; Pyongyang's own UTC+08:30 from 15 August 2015 to 4 May 2018) are those of the IANA database
by ``zoneinfo``. The tables say which zone is meant: ``zone_words.tsv`` for words ("KST", "eastern"), ``zones.tsv`` for places
(made by ``zones_build`` from GeoNames). A zone is an IANA name ("Asia/Seoul") or an offset ("UTC+09:00").
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crossfix.model import Moment
from crossfix.reference.gazetteer import fold, gazetteer
from crossfix.reference.geography import tables
from crossfix.reference.tables import items, rows

_PACKAGE = "crossfix.reference"
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+\-−–]) ?(\d{1,2})(?:[:.]?([0-5]\d))?(?: ?hours?)?", re.IGNORECASE)
_IANA = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z_+\-/]+")
_MOST_HOURS = 14
# "Korea Standard Time", "Moscow daylight-saving time"
_TIME = re.compile(r"(?:[ -](?:standard|daylight|summer|winter|saving|savings|local))*[ -]time$", re.IGNORECASE)
_SHORT = 5  # abbreviations count in capitals only: "est" and "art" are no zones
_SURE = 5  # of places of one name in different zones, the largest must have so many times the people of the next
_LARGE = 100_000  # people: nobody reckons by the time of a village, but "prime" and "first" are villages
# What a zone is called in a line for people, where its city would mislead
LABELS = {"Asia/Seoul": "Korea", "America/New_York": "Washington", "Asia/Shanghai": "China", "Asia/Kolkata": "India"}


class Zoned(NamedTuple):
    """What words mean as a zone: ``zone`` None where it cannot be said, and ``why``."""

    zone: str | None
    why: str


@dataclass(frozen=True, slots=True)
class _Tables:
    words: dict[str, tuple[tuple[str, frozenset[str]], ...]]
    countries: dict[str, str]
    towns: dict[str, tuple[tuple[tuple[float, float, float], str], ...]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    words: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for r in rows(_PACKAGE, "zone_words.tsv"):
        for word in items(r["words"]):
            words.setdefault(_key(word), []).append((r["zone"], frozenset(items(r["countries"]))))
    countries: dict[str, str] = {}
    towns: dict[str, list[tuple[tuple[float, float, float], str]]] = {}
    for r in rows(_PACKAGE, "zones.tsv"):
        if r["lat"]:
            towns.setdefault(r["country"], []).append((_point(float(r["lat"]), float(r["lon"])), r["zone"]))
        else:
            countries[r["country"]] = r["zone"]
    return _Tables({k: tuple(v) for k, v in words.items()}, countries, {k: tuple(v) for k, v in towns.items()})


def _key(word: str) -> str:
    bare = word.replace(".", "")
    return bare if len(bare) <= _SHORT and bare.isupper() else fold(word)


def _point(lat: float, lon: float) -> tuple[float, float, float]:
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


# ------------------------------------------------------------------ clocks


@lru_cache(maxsize=1024)
def clock(zone: str) -> dt.tzinfo | None:
    """The clock of a zone, None where the name means none."""
    if m := _OFFSET.fullmatch(zone):
        delta = dt.timedelta(hours=int(m[2]), minutes=int(m[3] or 0))
        return None if delta > dt.timedelta(hours=_MOST_HOURS) else dt.timezone(delta if m[1] == "+" else -delta)
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a name that is a folder of the database
        return None


def utc(first: dt.datetime, last: dt.datetime, zone: str) -> tuple[str, str] | None:
    """Local times without zone, ``last`` not included, as UTC to the minute: ("2023-12-17T15:00Z", "2023-12-18T15:00Z").

    An hour that the clock shows twice is taken whole. None where the zone is not known, the stretch is empty there (a day that a
    country skipped) or lies outside the calendar.
    """
    tz = clock(zone)
    if tz is None:
        return None
    try:
        a = min(first.replace(tzinfo=tz, fold=f).astimezone(dt.UTC) for f in _folds(first, tz))
        b = max(last.replace(tzinfo=tz, fold=f).astimezone(dt.UTC) for f in _folds(last, tz))
    except OverflowError:
        return None
    a, b = _minute_up(a), _minute_up(b)
    return (stamp(a), stamp(b)) if a < b else None


def _folds(local: dt.datetime, tz: dt.tzinfo) -> tuple[int, ...]:
    """Both readings of a time that the clock shows twice; of one that it skips, and of midnight, the first."""
    if local.hour == local.minute == 0:
        return (0,)
    before, after = (local.replace(tzinfo=tz, fold=f).utcoffset() for f in (0, 1))
    return (0, 1) if before is not None and after is not None and before > after else (0,)


def _minute_up(at: dt.datetime) -> dt.datetime:
    # clocks before railways ran by the sun, to the second
    return at.replace(second=0) + dt.timedelta(minutes=1) if at.second else at


def stamp(at: dt.datetime) -> str:
    """A UTC time as "2023-12-17T15:00Z"."""
    return f"{at.year:04d}-{at.month:02d}-{at.day:02d}T{at.hour:02d}:{at.minute:02d}Z"


def local(at: str, zone: str) -> dt.datetime:
    """A stamp as the clock of a zone shows it; UTC where the zone is not known. Raises ValueError on what is no stamp."""
    moment = dt.datetime.strptime(at, "%Y-%m-%dT%H:%MZ").replace(tzinfo=dt.UTC)
    return moment.astimezone(clock(zone) or dt.UTC)


def duration(moment: Moment) -> dt.timedelta:
    """How long a moment is."""
    return local(moment.last, "UTC") - local(moment.first, "UTC")


def abbreviation(at: dt.datetime) -> str:
    """ "KST", "EST"; "UTC+03:30" where the zone has no letters."""
    name = at.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    digits = name[1:].ljust(4, "0")
    return f"UTC{name[0]}{digits[:2]}:{digits[2:4]}"


def label(zone: str) -> str:
    """Where a zone is, for a line that people read: "Korea", "Pyongyang", "UTC+09:00"."""
    return LABELS.get(zone) or zone.rpartition("/")[2].replace("_", " ")


# ------------------------------------------------------------------ which zone


def zone_at(lat: float | None, lon: float | None, country: str | None) -> str | None:
    """The zone of a place (WGS84 degrees, ISO 3166 alpha-2): its country's one, or that of the country's nearest town in the
    table. None where the country is not known, or has several zones and the place has no coordinates."""
    known = _tables()
    if country in known.countries:
        return known.countries[country]
    towns = known.towns.get(country or "")
    if not towns or lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    x, y, z = _point(lat, lon)
    return max(towns, key=lambda t: x * t[0][0] + y * t[0][1] + z * t[0][2])[1]


def zone_of_country(country: str | None) -> str | None:
    """The one zone of a country, None where it has several or is not known."""
    return _tables().countries.get(country or "")


def zone_of(text: str, countries: Collection[str] = ()) -> str | None:
    """The zone that words mean, None where that cannot be said. ``countries`` (ISO 3166 alpha-2) are those that the text
    speaks of: they decide what "IST" means. Never raises."""
    return find_zone(text, countries).zone


def is_abbreviation(word: str) -> bool:
    """True for letters that stand for a zone ("KST"), whichever; false for other capitals ("NATO", a town in Japan)."""
    return word.isupper() and _key(word) in _tables().words


def find_zone(text: str, countries: Collection[str] = ()) -> Zoned:
    """As ``zone_of``, with the reason: "KST", "GMT+9", "Korea time", "eastern daylight time", "Vladivostok time", "Tehran"."""
    words = " ".join(text.strip(" \t\n()[],;").split())
    if not words or len(words) > 60:
        return Zoned(None, "no words for a zone")
    if m := _OFFSET.fullmatch(words):
        hours, minutes = int(m[2]), int(m[3] or 0)
        if hours * 60 + minutes > _MOST_HOURS * 60:
            return Zoned(None, f"{words} is no offset")
        sign = "+" if m[1] == "+" else "-"
        return Zoned(f"UTC{sign}{hours:02d}:{minutes:02d}" if hours or minutes else "UTC", "an offset")
    if _IANA.fullmatch(words):
        return Zoned(words, "an IANA name") if clock(words) else Zoned(None, f"no zone {words}")
    bare = _TIME.sub("", words)
    bare = bare[4:] if bare.lower().startswith("the ") else bare
    if fold(bare) in ("local", ""):
        return Zoned(None, "the place's own time")
    meant = _tables().words.get(_key(bare))
    if meant:
        return _meant(bare, meant, countries)
    return zone_named(bare, countries, least=0 if bare == words else _LARGE)


def _meant(word: str, meant: tuple[tuple[str, frozenset[str]], ...], countries: Collection[str]) -> Zoned:
    fitting = {zone for zone, where in meant if where and where.intersection(countries)}
    usual = next((zone for zone, where in meant if not where), None)
    if usual is not None and any(usual in _zones_of(c) for c in countries):
        fitting.add(usual)
    if len(fitting) == 1:
        return Zoned(fitting.pop(), f"{word} in a text on those places")
    if usual is not None:
        return Zoned(usual, word)
    return Zoned(None, f"{word} may be {' or '.join(sorted({zone for zone, _ in meant}))}")


def _zones_of(country: str) -> set[str]:
    known = _tables()
    one = known.countries.get(country)
    return {one} if one else {zone for _, zone in known.towns.get(country, ())}


def zone_named(name: str, countries: Collection[str] = (), least: int = 0) -> Zoned:
    """The zone of a place by its name alone: a country, a site, else the largest town of that name (one in the countries that
    the text speaks of, where there is one), unless places of that name in other zones are nearly as large. Towns of fewer people
    than ``least`` do not count."""
    known = tables()
    if name in known.demonyms:
        country = known.demonyms[name]
        zone = zone_of_country(country)
        return Zoned(zone, name if zone else f"{name}: a country with several zones")
    found = known.find(name)
    zones = {zone_at(k.lat, k.lon, k.country) if k.kind != "country" else zone_of_country(k.country) for k in found}
    if len(zones) == 1:
        zone = zones.pop()
        return Zoned(zone, name if zone else f"{name}: no one zone")
    if zones:
        return Zoned(None, f"{name} may be several places")
    places = [e for e in gazetteer().find(name) if e.kind == "city"] if len(name) > 2 else []
    near = [e for e in places if e.country in countries] or places
    if not near:
        return Zoned(None, f"{name} is not known")
    first, *rest = sorted(near, key=lambda e: -e.population)
    zone = zone_at(first.lat, first.lon, first.country)
    rival = next((e for e in rest if zone_at(e.lat, e.lon, e.country) != zone), None)
    if first.population < least:
        return Zoned(None, f"{name} is not known well enough")
    if zone is None or (rival is not None and first.population < _SURE * max(rival.population, 1)):
        return Zoned(None, f"{name} may be several places")
    return Zoned(zone, name)
