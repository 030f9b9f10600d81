"""What every answer of the API has in common: the one error shape, tags for unchanged answers, pages of lists, small shapes.

Pydantic stands here and in the other ``shapes_*``, at the edge, so that the OpenAPI page tells each answer; inside are frozen dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from crossfix.web.paging import PAGE, PAGE_MOST
from crossfix.web.reading import Reading, etag, unchanged_since

PREFIX = "/api/v1"
T = TypeVar("T")


class Shape(BaseModel):
    """An object. Every name is always there; later versions may add names."""

    model_config = ConfigDict(extra="ignore")


# ------------------------------------------------------------------ errors


class Problem(Shape):
    """What went wrong."""

    type: str = Field(description="The kind of error, such as UnknownId", examples=["UnknownId"])
    message: str = Field(description="What is wrong, in a sentence")
    advice: str | None = Field(description="What to do about it")


class Failed(Shape):
    """The API's one error shape."""

    error: Problem


class Clash(Problem):
    """What went wrong, and how what was to be changed stands now."""

    current: Any = Field(default=None, description="The row as it stands now")


class Clashed(Shape):
    """An error that says what somebody else changed meanwhile."""

    error: Clash


_SAID: dict[int, str] = {
    400: "What is asked means nothing here: a date that is none, a page of another list",
    401: "The site asks for its token: send it as `Authorization: Bearer TOKEN`",
    403: "Refused for safety's sake",
    404: "There is nothing of this id",
    405: "This address takes no such request",
    409: "Somebody else changed this meanwhile; nothing was overwritten",
    413: "The request is larger than the site takes",
    421: "The site is not served under this name",
    422: "A value is not of its kind",
    500: "Crossfix failed on this request, or the record is damaged",
    503: "The record is busy; try again in a few seconds",
    507: "No room left on the disk",
}


def answers(*statuses: int, tagged: bool = True) -> dict[int | str, dict[str, Any]]:
    """What a route may answer besides its result, for ``responses=``. Every route may answer 400, 401, 403, 421, 422, 500 and 503."""
    out: dict[int | str, dict[str, Any]] = {
        n: {"model": Clashed if n == 409 else Failed, "description": _SAID[n]}
        for n in sorted({400, 401, 403, 421, 422, 500, 503, *statuses})
    }
    if tagged:
        out[200] = {"headers": {"ETag": {"description": "A tag of this answer", "schema": {"type": "string"}}}}
        out[304] = {"description": "Nothing changed since the answer with the tag in If-None-Match"}
    return out


# ------------------------------------------------------------------ asking


def _tagged(request: Request, response: Response, view: Reading) -> None:
    """An answer with a tag, 304 where the visitor has it already. It depends on the address and the record alone."""
    tag = etag(view, request.url.path, request.url.query)
    unchanged_since(request, tag)
    response.headers["ETag"] = tag


Tagged = Depends(_tagged)


def api_router(tag: str) -> APIRouter:
    """A router of the API whose answers carry tags."""
    return APIRouter(prefix=PREFIX, tags=[tag], dependencies=[Tagged], responses=answers())


Text = Annotated[str, Query(max_length=200)]
Name = Annotated[str | None, Query(max_length=200)]
Date = Annotated[
    str | None, Query(max_length=10, description="YYYY, YYYY-MM or YYYY-MM-DD, included", examples=["2023-11"])
]
Limit = Annotated[int, Query(ge=1, le=PAGE_MOST, description=f"At most so many items; {PAGE} where none is given")]
After = Annotated[str | None, Query(max_length=2000, description="`next` of the page before; none for the first page")]
Id = Annotated[str, Path(max_length=200)]


# ------------------------------------------------------------------ shapes


class Listing(Shape, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str | None = Field(description="Send it as `after` for the next page; null on the last")
    total: int | None = Field(description="How many there are on all pages; null where counting takes too long")


class EvidenceShape(Shape):
    """A passage: half-open offsets, in Unicode code points, into a document's text."""

    document: str = Field(description="SHA-256 of the original bytes")
    start: int
    end: int


class SpanShape(Shape):
    """A passage with its words."""

    start: int
    end: int
    text: str
    spans: list[tuple[int, int]] | None = Field(default=None, description="Its runs, where it is discontinuous")


class WhereShape(Shape):
    """A place; coordinates are WGS84 degrees."""

    name: str
    lat: float | None
    lon: float | None


class CorrectionShape(Shape):
    """What a person set in the place of what was read, in words."""

    field: str
    value: str
    before: str
    act: str
    by: str


class NoteShape(Shape):
    """What a person wrote beside a row."""

    text: str
    by: str
    at: str


class ReviewedShape(Shape):
    """What people said of a row."""

    state: str = Field(description="unreviewed, accepted, rejected or corrected")
    by: str | None
    at: str | None
    grade_source: str | None = Field(description="Admiralty scale, A to F")
    grade_report: str | None = Field(description="Admiralty scale, 1 to 6")
    corrected: list[CorrectionShape]
    notes: list[NoteShape]


def paged(items: list[Any], next_: str | None, total: int | None) -> dict[str, Any]:
    """A page of a list as a route gives it back."""
    return {"items": items, "next": next_, "total": total}


Rows = Callable[[list[str]], list[Any]]
