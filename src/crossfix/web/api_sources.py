"""The graph of sources as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from crossfix.web import reads_sources as reads
from crossfix.web.api_timeline import FAILS
from crossfix.web.pages_sources import asked
from crossfix.web.reading import Reading, etag, unchanged_since

router = APIRouter(prefix="/api/v1/sources", tags=["sources"])


class SourceNode(BaseModel):
    """A box of the graph."""

    id: str
    column: int = Field(description="0 outlets, 1 links between, 2 speakers")
    row: float = Field(description="Its place in the column")
    label: str
    claims: int
    documents: int
    outlets: list[str]


class SourceEdge(BaseModel):
    """A line of the graph."""

    source: str
    target: str
    claims: int


class SourcePath(BaseModel):
    """A way that claims come: outlet, link between, speaker."""

    left: str = Field(description="outlet:NAME, or origin:ID where documents of one origin are folded together")
    label: str
    between: str
    speaker: str
    claims: int = Field(description="What documents of one origin repeat counts once")
    documents: int
    origins: int
    outlets: list[str]


class SourceGraph(BaseModel):
    """The graph and the paths it is made of."""

    nodes: list[SourceNode]
    edges: list[SourceEdge]
    paths: list[SourcePath]
    total: int = Field(description="Paths under the filter, also those that are not drawn")
    claims: int
    own_voice: int = Field(description="Claims in the outlets' own voice, which no path holds")
    read: int = Field(description="Documents that were counted: those published last, or all")
    documents: int


class SourceClaim(BaseModel):
    """A claim with where it stands."""

    id: str
    stance: str
    firmness: str
    words: str
    document: str
    title: str
    outlet: str
    published: str
    origin: str
    path: str


class SourceClaims(BaseModel):
    """A page of the claims of a path."""

    items: list[SourceClaim]
    next: str | None
    total: int | None


@router.get("", response_model=SourceGraph, responses={304: FAILS[304], 422: FAILS[422]})
def graph(
    request: Request, response: Response, view: Reading, a: Annotated[reads.Asked, Depends(asked)]
) -> dict[str, Any]:
    """Who speaks through whom in which outlet; the paths with most claims."""
    tag = etag(view, "sources", a)
    unchanged_since(request, tag)
    response.headers["ETag"] = tag
    return asdict(reads.graph(view, a))


@router.get("/claims", response_model=SourceClaims, responses={k: v for k, v in FAILS.items() if k != 404})
def claims(
    request: Request,
    response: Response,
    view: Reading,
    a: Annotated[reads.Asked, Depends(asked)],
    left: Annotated[str, Query(max_length=500)],
    speaker: Annotated[str, Query(max_length=500)],
    between: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> dict[str, Any]:
    """The claims of one path, document by document."""
    tag = etag(view, "sources claims", a, left, between, speaker, after)
    unchanged_since(request, tag)
    response.headers["ETag"] = tag
    return asdict(reads.said(view, a, left, between, speaker, after))
