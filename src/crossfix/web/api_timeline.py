"""The timeline's data as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from crossfix.errors import UsageError
from crossfix.web import reads_timeline as reads
from crossfix.web.reading import Reading, etag, unchanged_since
from crossfix.web.reads_happenings import Asked, asked
from crossfix.web.shapes import Failed

router = APIRouter(prefix="/api/v1", tags=["timeline"])


class TimelineItem(BaseModel):
    """A happening or a claim in a line."""

    kind: str = Field(description="event, transfer, claim or denial")
    id: str
    title: str
    place: str
    start: str = Field(description="First day")
    end: str = Field(description="Last day")
    when: str = Field(description="The date in words, at the precision it is told with")
    precision: str
    type: str
    status: str
    modality: str
    origins: int
    reports: int
    denials: int
    path: str | None = Field(description="Address of its page in the site")


class TimelineCluster(BaseModel):
    """Several items that begin in one bin."""

    start: str
    end: str
    count: int


class TimelineLane(BaseModel):
    """A lane of the window."""

    lane: str
    total: int = Field(description="All its dated items under the filter, also outside of the window")
    items: list[TimelineItem]
    clusters: list[TimelineCluster]


class TimelineWindow(BaseModel):
    """A window of the timeline."""

    first: str
    last: str
    bin: str
    lanes: list[TimelineLane]


class AccountTold(BaseModel):
    """What documents say of a field in which they differ."""

    field: str
    value: str
    by: list[str]


class PassageTold(BaseModel):
    """A passage with its sentence."""

    outlet: str
    published: str
    before: str
    words: str
    after: str
    path: str


class TimelineChosen(BaseModel):
    """One item with what it rests on."""

    kind: str
    id: str
    title: str
    when: str
    precision: str
    standing: str
    told: str
    support: str
    origins: list[str]
    accounts: list[AccountTold]
    passages: list[PassageTold]
    more: int
    path: str
    path_label: str


FAILS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Unchanged since the ETag that was sent"},
    400: {"model": Failed, "description": "What is asked has no meaning here"},
    404: {"model": Failed, "description": "There is nothing with this id"},
    422: {"model": Failed, "description": "A value is not of its kind"},
}
EARLIEST, LATEST = dt.date(1, 1, 1), dt.date(9999, 12, 31)


@router.get("/timeline", response_model=TimelineWindow, responses=FAILS)
def timeline(
    request: Request,
    response: Response,
    view: Reading,
    a: Annotated[Asked, Depends(asked)],
    first: Annotated[dt.date, Query(alias="from", description="First day of the window")],
    last: Annotated[dt.date, Query(alias="to", description="Last day of the window")],
    bin: Annotated[
        reads.Bin, Query(description="Where more than a few begin in one such stretch, they are counted")
    ] = "month",
) -> dict[str, Any]:
    """Events, transfers, claims and denials of a window. Claims stand at the day their document was published."""
    if last < first:
        raise UsageError("the window ends before it begins", where="to")
    tag = etag(view, "timeline", a, first, last, bin)
    unchanged_since(request, tag)
    response.headers["ETag"] = tag
    key = ("timeline", a, first, last, bin)
    lanes = view.cached(key, lambda: [asdict(reads.window(view, a, x, first, last, bin)) for x in reads.LANES])
    return {"first": first.isoformat(), "last": last.isoformat(), "bin": bin, "lanes": lanes}


@router.get("/timeline/{kind}/{id_}", response_model=TimelineChosen, responses=FAILS)
def chosen(
    request: Request, response: Response, view: Reading, kind: Literal["event", "transfer", "claim", "denial"], id_: str
) -> dict[str, Any]:
    """One item of the timeline with its origins, its accounts and its first passages."""
    tag = etag(view, kind, id_)
    unchanged_since(request, tag)
    read = {"event": reads.event_chosen, "transfer": reads.transfer_chosen}.get(kind, reads.claim_chosen)
    found = asdict(read(view, id_))
    response.headers["ETag"] = tag
    return found
