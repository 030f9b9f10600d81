"""What the map asks of the record: places with how many events, routes leg by leg, ground tracks that a check rests on."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from crossfix.dossier import words
from crossfix.record import schema
from crossfix.record.findings import findings_of
from crossfix.web.reads_happenings import (
    EVENT_COLUMNS,
    TRANSFER_COLUMNS,
    Asked,
    E,
    Item,
    T,
    event_item,
    events_where,
    told_days,
    transfer_item,
    transfers_where,
)

if TYPE_CHECKING:
    from crossfix.record.findings import FindingRow
    from crossfix.web.reading import View

PLACES_MOST = 600
"""Places drawn at once: those with most events."""
EVENTS_OF_PLACE = 3
EVENTS_MOST = 60
ROUTES_MOST = 200
TRACKS_MOST = 24
TRACK = dt.timedelta(minutes=9)
TRACK_STEP = dt.timedelta(seconds=20)
MODE_WORDS = {
    "sea": "by sea",
    "rail": "by rail",
    "road": "by road",
    "air": "by air",
    "unknown": "by what means is not told",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its events. ``radius_km`` is how far around the point it may have been, 0 where the point is meant; ``kind`` says what
    the place is ("country"), ``when`` from when to when its events are. ``events`` are some of them."""

    name: str
    lat: float
    lon: float
    count: int
    radius_km: float
    kind: str
    when: str
    events: list[Item]


@dataclass(frozen=True, slots=True)
class End:
    """An end of a leg, with how far around the point it may be."""

    name: str
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a route. An end that is not told is None."""

    start: End | None
    end: End | None
    mode: str
    words: str


@dataclass(frozen=True, slots=True)
class Route:
    """A transfer's way, leg by leg, as told."""

    transfer: Item
    legs: list[Leg]


@dataclass(frozen=True, slots=True)
class Track:
    """A satellite's way over the ground around a pass that a check found: points (latitude, longitude, seconds from the culmination), where
    it stood at the culmination, and the place. ``off_nadir_deg`` is how far from straight down the place lay."""

    finding: str
    satellite: str
    place: str
    lat: float
    lon: float
    at: str
    at_words: str
    elevation_deg: float
    off_nadir_deg: float
    verdict: str
    summary: str
    below: tuple[float, float]
    points: list[tuple[float, float, int]]
    path: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """All that the map draws under a filter. ``left_out`` counts places over the most that are drawn; ``unplaced`` the events without
    a place on the map."""

    places: list[Spot]
    routes: list[Route]
    tracks: list[Track]
    left_out: int
    events: int
    unplaced: int


def mapped(view: View, a: Asked, *, lines: bool = True) -> Mapped:
    """What the map draws. Without ``lines`` the passes of satellites come without their ground tracks, which take a while to compute the
    first time; the list of them does not need any."""
    return view.cached(("map", a, lines), lambda: _mapped(view, a, lines))


def _mapped(view: View, a: Asked, lines: bool) -> Mapped:
    found, left_out, placed = view.cached(("map places", a), lambda: places(view, a))
    total = int(view.connection.execute(select(func.count()).select_from(E).where(*events_where(view, a))).scalar_one())
    return Mapped(found, routes(view, a), tracks(view, a, lines=lines), left_out, placed, total - placed)


# ------------------------------------------------------------------ places


def places(view: View, a: Asked) -> tuple[list[Spot], int, int]:
    """The places with most events, how many places are left out, and how many events stand on the map in all."""
    where = (E.c.lat.is_not(None), E.c.lon.is_not(None), *events_where(view, a))
    first = func.min(func.nullif(E.c.first, ""))
    rows = view.connection.execute(
        select(E.c.lat, E.c.lon, E.c.place, func.count(), first, func.max(E.c.last))
        .where(*where)
        .group_by(E.c.lat, E.c.lon, E.c.place)
    ).all()
    by_point: dict[tuple[float, float], list[Any]] = defaultdict(list)
    for r in rows:
        by_point[float(r[0]), float(r[1])].append(r)
    ranked = sorted(by_point.items(), key=lambda x: (-sum(r[3] for r in x[1]), x[0]))
    chosen = ranked[:PLACES_MOST]
    # the list beside the map opens with the first of them; the rest is asked for place by place
    told = _best_events(view, where, [p for p, _ in chosen[:60]])
    out = []
    for point, named in chosen:
        name = str(max(named, key=lambda r: (r[3], r[2] or ""))[2] or "place without a name")
        days = [str(r[4]) for r in named if r[4]], [str(r[5]) for r in named if r[5]]
        when = told_days(min(days[0]), max(days[1]))[0] if days[0] and days[1] else "undated"
        radius, kind = around(name, *point)
        out.append(Spot(name, *point, sum(r[3] for r in named), radius, kind, when, told.get(point, [])))
    return out, len(ranked) - len(chosen), sum(r[3] for r in rows)


def _best_events(view: View, where: Any, points: list[tuple[float, float]]) -> dict[tuple[float, float], list[Item]]:
    """By point, the events there that rest on most origins."""
    nth = func.row_number().over(
        partition_by=(E.c.lat, E.c.lon), order_by=(E.c.origins.desc(), E.c.first.desc(), E.c.id)
    )
    among = E.c.lat.in_({p[0] for p in points})
    inner = select(*EVENT_COLUMNS, E.c.lat, E.c.lon, nth.label("nth")).where(among, *where).subquery()
    out: dict[tuple[float, float], list[Item]] = defaultdict(list)
    rows = view.connection.execute(select(inner).where(inner.c.nth <= EVENTS_OF_PLACE).order_by(inner.c.nth)).mappings()
    for r in rows:
        out[float(r["lat"]), float(r["lon"])].append(event_item(r))
    return out


def events_at(view: View, a: Asked, lat: float, lon: float) -> tuple[list[Item], int]:
    """The events at a point, the best supported first, and how many there are."""
    where = (E.c.lat == lat, E.c.lon == lon, *events_where(view, a))
    order = (E.c.origins.desc(), E.c.first.desc(), E.c.id)
    rows = view.connection.execute(select(*EVENT_COLUMNS).where(*where).order_by(*order).limit(EVENTS_MOST)).mappings()
    found = [event_item(r) for r in rows]
    total = len(found)
    if total == EVENTS_MOST:
        total = int(view.connection.execute(select(func.count()).select_from(E).where(*where)).scalar_one())
    return found, total


@lru_cache(maxsize=4096)
def around(name: str, lat: float, lon: float) -> tuple[float, str]:
    """How far around a point a place of that name reaches (km, 0 where it is one spot), and what it is."""
    from crossfix.reference.geography import tables

    known = [k for k in tables().find(name) if abs(k.lat - lat) < 1.5 and abs(k.lon - lon) < 1.5]
    if known:
        return round(known[0].radius_km, 1), known[0].kind.replace("_", " ")
    if lat % 1 == 0 and lon % 1 == 0:  # whole degrees are the middle of a country, not where it was
        near = min(tables().countries.values(), key=lambda k: (k.lat - lat) ** 2 + (k.lon - lon) ** 2)
        if abs(near.lat - lat) < 1.5 and abs(near.lon - lon) < 1.5:
            return round(near.radius_km, 1), "country"
    return 0.0, ""


# ------------------------------------------------------------------ routes


def routes(view: View, a: Asked) -> list[Route]:
    """The routes of transfers with an end on the map, those with most legs first."""
    t = schema.transfers
    legs = func.json_array_length(t.c.value, "$.legs")
    rows = view.connection.execute(
        select(*TRANSFER_COLUMNS, func.json_extract(t.c.value, "$.legs").label("legs"))
        .join(t, t.c.row == T.c.row)
        .where(legs > 0, *transfers_where(view, a))
        .order_by(legs.desc(), T.c.first, T.c.id)
        .limit(ROUTES_MOST)
    ).mappings()
    out = []
    for r in rows:
        told = [_leg(x) for x in json.loads(r["legs"])]
        told = [x for x in told if x.start or x.end]
        if told:
            out.append(Route(transfer_item(r), told))
    return out


def _leg(value: list[Any]) -> Leg:
    start, end, mode = _end(value[0]), _end(value[1]), str(value[2])
    way = MODE_WORDS.get(mode, mode)
    a = value[0][0] if value[0] else None
    z = value[1][0] if value[1] else None
    said = (
        f"{a} – {z}, {way}" if a and z else f"from {a}, {way}; whereto is not told" if a
        else f"to {z}, {way}; wherefrom is not told"
    )  # fmt: skip
    return Leg(start, end, mode, said)


def _end(value: list[Any] | None) -> End | None:
    if not value or value[1] is None or value[2] is None:
        return None
    name, lat, lon = str(value[0]), float(value[1]), float(value[2])
    return End(name, lat, lon, around(name, lat, lon)[0])


# ------------------------------------------------------------------ ground tracks


def tracks(view: View, a: Asked, *, lines: bool = True) -> list[Track]:
    """The passes that the check of overpasses found, in the stretch asked for."""
    if a.type not in ("", "satellite_launch") or a.status or a.modality:
        return []
    f = schema.now_findings
    where = [f.c.check == "overpass", *([f.c.verdict == a.verdict] if a.verdict else [])]
    ids = view.connection.execute(select(f.c.id).where(*where).order_by(f.c.rank, f.c.row.desc()).limit(200)).scalars()
    out = []
    for found in findings_of(view.record, [str(i) for i in ids]):
        at = str(found.working.get("culmination_utc") or "")
        told = f"{found.about} {found.summary}".casefold()
        if not at or (a.since and at[:10] < a.first) or (a.until and at[:10] > a.last):
            continue
        if all(w.casefold() in told for w in (*a.q.split(), *a.agent.split())):
            out.append(found)
    drawn = (_track(x, lines) for x in out[:TRACKS_MOST])
    return [x for x in drawn if x is not None]


def _track(found: FindingRow, lines: bool) -> Track | None:
    w = found.working
    at = dt.datetime.fromisoformat(str(w["culmination_utc"]).replace("Z", "+00:00"))
    points = _points(str(w["catalogue_number"]), at) if lines else ()
    if lines and not points:
        return None  # the orbit is no longer in the tables: the finding stands, its line cannot be drawn
    lat, lon = float(w["place_lat_deg"]), float(w["place_lon_deg"])
    below = min(points, key=lambda p: abs(p[2]), default=(lat, lon, 0))
    e = found.evidence[0]
    said = f"{words.date_words(at.date().isoformat())}, {at:%H:%M:%S} UTC"
    return Track(
        found.id, str(w["satellite"]), str(w["place"]), lat, lon, at.isoformat(), said, float(w["culmination_elevation_deg"]),
        float(w["culmination_off_nadir_deg"]), found.verdict, found.summary, below[:2], list(points),
        f"/documents/{e.document}#{e.start}-{e.end}",
    )  # fmt: skip


@lru_cache(maxsize=256)
def _points(number: str, at: dt.datetime) -> tuple[tuple[float, float, int], ...]:
    from crossfix.checking.overpass import track
    from crossfix.errors import CrossfixError

    try:
        found = track(number, at - TRACK, at + TRACK, TRACK_STEP)
    except CrossfixError:
        return ()
    return tuple((round(p.lat, 3), round(p.lon, 3), round((p.utc - at).total_seconds())) for p in found)


# ------------------------------------------------------------------ what lies around


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the reference table."""

    name: str
    lat: float
    lon: float
    kind: str
    source: str


@lru_cache(maxsize=1)
def sites() -> tuple[Site, ...]:
    """The sites of the reference table."""
    from crossfix.reference.tables import rows

    return tuple(
        Site(r["name"], float(r["lat"]), float(r["lon"]), r["kind"].replace("_", " "), r["source"])
        for r in rows("crossfix.reference", "sites.tsv")
    )


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, float, float, float], ...]:
    """The countries' names with a point for each and a radius in km, largest first."""
    from crossfix.reference.geography import tables

    known = sorted(tables().countries.values(), key=lambda k: (-k.radius_km, k.name))
    return tuple((k.name, k.lat, k.lon, k.radius_km) for k in known)


@lru_cache(maxsize=256)
def towns(south: float, west: float, north: float, east: float, most: int = 24) -> tuple[tuple[str, float, float], ...]:
    """The largest towns of a box, for orientation, none too near to a larger one."""
    from crossfix.reference.gazetteer import gazetteer

    apart = max((north - south) / 9, (east - west) / 14)
    kept: list[tuple[str, float, float]] = []
    for e in gazetteer().within(south, west, north, east, 12 * most):
        if all(math.hypot(e.lat - lat, (e.lon - lon) * 0.7) > apart for _, lat, lon in kept):
            kept.append((e.name, e.lat, e.lon))
        if len(kept) == most:
            break
    return tuple(kept)


def months(view: View) -> tuple[str, str] | None:
    """The first and last month of what is dated, for the slider; None where nothing is."""
    found = view.connection.execute(
        text(
            "SELECT min(first), max(last) FROM (SELECT first, last FROM now_events WHERE first > '' UNION ALL "
            "SELECT first, last FROM now_transfers WHERE first > '')"
        )
    ).one()
    return (str(found[0])[:7], str(found[1])[:7]) if found[0] else None
