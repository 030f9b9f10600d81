"""The overview: what the record holds, and what deserves a look first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_overview
from crossfix.web.pages import page
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def overview(request: Request, view: Reading) -> Response:
    """The first page."""
    counts = view.cached("overview counts", lambda: reads_overview.counts(view.connection))
    return page(request, view, "overview.html", counts=counts)
