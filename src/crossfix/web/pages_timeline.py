"""The timeline: what happened, as told, by date; claims and denials by the day they were published."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from crossfix.web import reads_timeline as reads
from crossfix.web.pages import Links, page
from crossfix.web.reading import Reading
from crossfix.web.reads_happenings import STATUSES, Asked, asked

router = APIRouter(include_in_schema=False)


@router.get("/timeline", response_class=HTMLResponse)
def timeline(
    request: Request,
    view: Reading,
    a: Annotated[Asked, Depends(asked)],
    after: Annotated[str | None, Query(max_length=2000)] = None,
    undated: bool = False,
) -> Response:
    """The timeline and, below it, the same as a list."""
    undated = undated and not (a.since or a.until)
    extent = reads.extent(view, a)
    return page(
        request,
        view,
        "timeline.html",
        asked=a,
        after=after,
        undated=undated,
        undated_count=reads.undated(view, a),
        found=reads.listed(view, a, after, undated_only=undated),
        extent=extent,
        given={"extent": extent and _plain(extent), "query": a.query()},
        agents=view.cached("agent choices", lambda: reads.agents(view)),
        statuses=STATUSES,
    )


def _plain(extent: reads.Extent) -> dict[str, str]:
    return {
        "first": extent.first,
        "last": extent.last,
        "mainFirst": extent.main_first,
        "mainLast": extent.main_last,
    }


@router.get("/timeline/transfers/{id_}")
def transfer(request: Request, view: Reading, id_: str) -> Response:
    """Leads to the event of a transfer, or to its passage where it has none."""
    return RedirectResponse(Links(request).at(reads.one_transfer(view, id_)), 303)
