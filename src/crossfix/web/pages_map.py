"""The map: where things are told to have happened, the ways things went, and what passed overhead."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_map as reads
from crossfix.web import reads_timeline
from crossfix.web.pages import Links, page
from crossfix.web.reading import Reading
from crossfix.web.reads_happenings import STATUSES, Asked, asked

router = APIRouter(include_in_schema=False)
LISTED = 60


@router.get("/map", response_class=HTMLResponse)
def map_page(request: Request, view: Reading, a: Annotated[Asked, Depends(asked)]) -> Response:
    """The map and the list beside it."""
    links = Links(request)
    files = {
        "coarse": links.asset("vendor/world-atlas-2.0.2/countries-110m.json"),
        "fine": links.asset("vendor/world-atlas-2.0.2/countries-50m.json"),
    }
    months = view.cached("months", lambda: reads.months(view))
    return page(
        request,
        view,
        "map.html",
        asked=a,
        found=reads.mapped(view, a, lines=False),
        listed=LISTED,
        months=months,
        given={"query": a.query(), "files": files, "months": months},
        agents=view.cached("agent choices", lambda: reads_timeline.agents(view)),
        statuses=STATUSES,
    )
