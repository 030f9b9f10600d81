"""Where named ships were on which days, as sentences tell it that leave no doubt: one ship, one port, one day, a verb of calling there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossfix.checking.case import Paper
from crossfix.record.rows import Evidence
from crossfix.reference.zones import utc, zone_at

_KIND = r"(?:ships?|vessels?|freighters?|tankers?|bulk carriers?|M/V|MV)"
_CALLED = re.compile(
    r"\b(?:docked|arrived|left|departed|loaded|unloaded|called|berthed|moored|anchored|sailed from|set sail|put in|was (?:seen|"
    r"photographed|docked|moored|spotted|in|at)|entered|visited)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:will|would|may|might|could|should|if|not|never|plans?|planned|due|expected|scheduled|bound for|heading|en route|"
    r"towards?|via)\b",
    re.IGNORECASE,
)
_POINTS = frozenset(("city", "capital", "port", "town", "shipyard", "depot"))


@dataclass(frozen=True, slots=True)
class Call:
    """A ship at a port: the place, its coordinates, the day in UTC (first included, last not), the words of the date and their passage."""

    ship: str
    place: str
    lat: float
    lon: float
    first: dt.datetime
    last: dt.datetime
    told: str
    evidence: Evidence


def calls(paper: Paper) -> Iterator[Call]:
    """The calls of ships that a document tells, in reading order. A word is taken for a ship's name only where it stands beside "ship",
    "vessel" and the like somewhere in the text: the list of names has "Maria" too."""
    ships = {n.name for n in paper.names if n.kind == "vessel" and _is_ship(paper.text, n.span.start, n.span.end)}
    if not ships:
        return
    for a, b in paper.sentences:
        text = paper.text[a:b]
        named = {n.name for n in paper.names if n.kind == "vessel" and n.name in ships and a <= n.span.start < b}
        if len(named) != 1 or paper.is_furniture(a) or not _CALLED.search(text) or _DOUBT.search(text):
            continue
        times = [t for t in paper.times if a <= t.span.start < b and t.type in ("DATE", "TIME")]
        places = {
            (p.name, p.lat, p.lon, p.country) for p in paper.places if a <= p.span.start < b and p.kind in _POINTS
        }
        others = [p for p in paper.places if a <= p.span.start < b and p.kind not in (*_POINTS, "country")]
        if len(times) != 1 or len(places) != 1 or others or times[0].days is None or times[0].days.precision != "day":
            continue
        name, lat, lon, country = next(iter(places))
        zone = zone_at(lat, lon, country)
        if lat is None or lon is None or zone is None:
            continue
        day = times[0].days.first
        start = dt.datetime.combine(day, dt.time())
        stretch = utc(start, start + dt.timedelta(days=1), zone)
        if stretch is None:
            continue
        first, last = (dt.datetime.strptime(x, "%Y-%m-%dT%H:%MZ") for x in stretch)
        at = paper.evidence(times[0].span.start, times[0].span.end)
        yield Call(next(iter(named)), name, lat, lon, first, last, f"{day.day} {day:%B} {day.year}", at)


def _is_ship(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 40) : start], text[end : end + 24]
    return bool(re.search(rf"\b{_KIND}\b[^.\n]*$", around[0])) or bool(
        re.match(rf",? (?:a |the )?(?:[\w-]+ )?{_KIND}\b", around[1])
    )
