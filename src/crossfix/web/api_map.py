"""The map's data as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from crossfix.errors import UsageError
from crossfix.web import reads_map as reads
from crossfix.web.api_timeline import FAILS, TimelineItem
from crossfix.web.reading import Reading, etag, unchanged_since
from crossfix.web.reads_happenings import Asked, asked

router = APIRouter(prefix="/api/v1/map", tags=["map"])
Latitude = Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)]


class MapPlace(BaseModel):
    """A place with its events."""

    name: str
    lat: float
    lon: float
    count: int
    radius_km: float = Field(description="How far around the point it may have been; 0 where the point is meant")
    kind: str
    when: str
    events: list[TimelineItem] = Field(description="Some of its events; all of them under /map/place")


class MapEnd(BaseModel):
    """An end of a leg."""

    name: str
    lat: float
    lon: float
    radius_km: float


class MapLeg(BaseModel):
    """A stretch of a route; an end that is not told is null."""

    start: MapEnd | None
    end: MapEnd | None
    mode: str
    words: str


class MapRoute(BaseModel):
    """A transfer's way, leg by leg."""

    transfer: TimelineItem
    legs: list[MapLeg]


class MapTrack(BaseModel):
    """A satellite's way over the ground around a pass that a check found."""

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
    points: list[tuple[float, float, int]] = Field(description="Latitude, longitude, seconds from the culmination")
    path: str


class MapShown(BaseModel):
    """All that the map draws."""

    places: list[MapPlace]
    routes: list[MapRoute]
    tracks: list[MapTrack]
    left_out: int = Field(description="Places over the most that are drawn")
    events: int
    unplaced: int = Field(description="Events without a place on the map")


class MapPlaceEvents(BaseModel):
    """The events at a point."""

    items: list[TimelineItem]
    total: int


class MapSite(BaseModel):
    """A site of the reference table."""

    name: str
    lat: float
    lon: float
    kind: str
    source: str


class MapAround(BaseModel):
    """What lies around, for orientation: sites, and countries with a point and a radius."""

    sites: list[MapSite]
    countries: list[tuple[str, float, float, float]]


class MapTowns(BaseModel):
    """Towns by name, latitude and longitude."""

    items: list[list[str | float]]


@router.get("", response_model=MapShown, responses=FAILS)
def shown(request: Request, response: Response, view: Reading, a: Annotated[Asked, Depends(asked)]) -> dict[str, Any]:
    """Places with their events, routes of transfers, and ground tracks of satellites that a check rests on."""
    tag = etag(view, "map", a)
    unchanged_since(request, tag)
    response.headers["ETag"] = tag
    return asdict(reads.mapped(view, a))


@router.get("/place", response_model=MapPlaceEvents, responses=FAILS)
def place(
    request: Request,
    response: Response,
    view: Reading,
    a: Annotated[Asked, Depends(asked)],
    lat: Latitude,
    lon: Longitude,
) -> dict[str, Any]:
    """The events at a point, the best supported first."""
    tag = etag(view, "map place", a, lat, lon)
    unchanged_since(request, tag)
    response.headers["ETag"] = tag
    items, total = reads.events_at(view, a, lat, lon)
    return {"items": [asdict(i) for i in items], "total": total}


@router.get("/around", response_model=MapAround, responses={304: FAILS[304]})
def around(request: Request, response: Response, view: Reading) -> dict[str, Any]:
    """Sites of the reference table and the countries' names."""
    tag = etag(view, "map around")
    unchanged_since(request, tag)
    response.headers["ETag"] = tag
    return {"sites": [asdict(s) for s in reads.sites()], "countries": list(reads.countries())}


@router.get("/towns", response_model=MapTowns, responses={400: FAILS[400], 422: FAILS[422]})
def towns(south: Latitude, west: Longitude, north: Latitude, east: Longitude) -> dict[str, Any]:
    """The largest towns of a box, for orientation. From the gazetteer: they have nothing to do with the record."""
    if north < south or east < west:
        raise UsageError("the box is upside down", where="north, east")
    return {"items": list(reads.towns(*(round(x, 2) for x in (south, west, north, east))))}
