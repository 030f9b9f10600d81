"""Sources: who speaks through whom, as a graph and as a table, down to the passages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_sources as reads
from crossfix.web.pages import page
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Query(max_length=500)]


def asked(
    q: Annotated[str, Query(max_length=200, description="Words in a name on the path")] = "",
    stance: Annotated[reads.Stance, Query(description="Only claims of this stance")] = "",
    limit: Annotated[
        int, Query(ge=1, le=reads.SHOWN_MOST, description="Paths drawn, those with most claims first")
    ] = reads.SHOWN,
    opened: Annotated[
        list[Annotated[str, Query(max_length=80)]],
        Query(max_length=50, alias="open", description='Origins whose documents stand one by one; "all" for every one'),
    ] = [],  # noqa: B006 - FastAPI copies it
    every: Annotated[
        bool, Query(description="Count all documents, not those published last alone; slow at first")
    ] = False,
) -> reads.Asked:
    """The filter of a request."""
    return reads.Asked(q.strip(), stance, limit, tuple(sorted(set(opened))), every)


@router.get("/sources", response_class=HTMLResponse)
def sources(
    request: Request,
    view: Reading,
    a: Annotated[reads.Asked, Depends(asked)],
    left: Name = "",
    between: Name = "",
    speaker: Name = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """The graph, the same as a table, and the claims of the path that was chosen."""
    found = reads.graph(view, a)
    chosen = reads.said(view, a, left, between, speaker, after) if left and speaker else None
    return page(
        request,
        view,
        "sources.html",
        asked=a,
        found=found,
        shown_most=reads.SHOWN_MOST,
        left=left,
        between=between,
        speaker=speaker,
        after=after,
        chosen=chosen,
        given={"q": a.q, "stance": a.stance, "limit": a.limit, "open": list(a.opened), "every": str(a.every).lower()},
    )
