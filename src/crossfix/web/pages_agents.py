"""Agents and origins: the lists, and one of each with what can be put together or taken apart."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from crossfix.record.decisions import origin_of
from crossfix.record.reviews_overlay import overlay
from crossfix.web import reads_agents as reads
from crossfix.web import reads_origins
from crossfix.web.pages import Links, page
from crossfix.web.pages_reader import review_context
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]
Stance = Literal["", "assert", "deny", "suspect", "condemn", "announce", "request", "predict", "support"]


@router.get("/agents", response_class=HTMLResponse)
def agents(
    request: Request,
    view: Reading,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    everywhere: bool = False,
    number: Number = 1,
) -> Response:
    """Who speaks or acts."""
    asked = reads.Asked(q.strip(), kind, everywhere)
    return page(
        request, view, "agents.html", asked=asked, found=reads.listed(view, asked, number),
        kinds=view.cached("agent kinds", lambda: reads.kinds(view.connection)),
    )  # fmt: skip


@router.get("/agents/{id_}", response_class=HTMLResponse)
def agent(
    request: Request,
    view: Reading,
    id_: str,
    stance: Stance = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """One agent."""
    now = reads.resolve(view.record, view.connection, id_)
    if now != id_:
        return RedirectResponse(Links(request).at(f"/agents/{now}", was=id_), 303)
    whole = reads.whole(view.record, view.connection, id_, stance, after)
    return page(
        request, view, "agent.html", w=whole, a=whole.agent, stance=stance, after=after,
        was=request.query_params.get("was", "")[:80], done=request.query_params.get("done", "")[:20],
        said=overlay(view.record), **review_context(request),
    )  # fmt: skip


@router.get("/origins", response_class=HTMLResponse)
def origins(request: Request, view: Reading, number: Number = 1) -> Response:
    """The reports that more than one document descends from."""
    items, number, pages, total = reads_origins.listed(view, number)
    return page(request, view, "origins.html", items=items, number=number, pages=pages, total=total)


@router.get("/origins/{id_}", response_class=HTMLResponse)
def origin(request: Request, view: Reading, id_: str) -> Response:
    """One origin."""
    now, _ = origin_of(view.record, id_)
    if now != id_:
        return RedirectResponse(Links(request).at(f"/origins/{now}", was=id_ if len(id_) < 64 else ""), 303)
    whole = reads_origins.whole(view.record, view.connection, id_)
    return page(
        request, view, "origin.html", w=whole,
        was=request.query_params.get("was", "")[:80], done=request.query_params.get("done", "")[:20],
    )  # fmt: skip
