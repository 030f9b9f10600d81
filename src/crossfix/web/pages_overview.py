"""The overview: what came in, and what deserves a look first."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_overview as reads
from crossfix.web.pages import page
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
def overview(request: Request, view: Reading) -> Response:
    """The first page."""
    record, connection = view.record, view.connection
    return page(
        request,
        view,
        "overview.html",
        counts=view.cached("overview counts", lambda: reads.counts(connection)),
        worst=view.cached("overview findings", lambda: reads.worst_findings(record, connection)),
        most_told=view.cached("overview events", lambda: reads.most_told(record, connection)),
        drifts=view.cached("overview drifts", lambda: reads.surest_drifts(record, connection)),
        newest=reads.newest(connection, reads.FIRST),
        visit={"key": _key(str(request.app.state.record)), "marks": reads.marks(connection)},
    )


Mark = Annotated[int, Query(ge=0, lt=2**62)]


@router.get("/since", response_class=HTMLResponse)
def since(
    request: Request,
    view: Reading,
    documents: Mark = 0,
    events: Mark = 0,
    transfers: Mark = 0,
    findings: Mark = 0,
    drifts: Mark = 0,
) -> Response:
    """What came in after the marks of a visit, as a part of the overview that its script puts in."""
    marks = {"documents": documents, "events": events, "transfers": transfers, "findings": findings, "drifts": drifts}
    return page(request, view, "since.html", new=reads.since(view.record, view.connection, marks))


def _key(path: str) -> str:
    """A name for the record, under which a browser keeps its visits; the path itself is nobody's business."""
    return hashlib.blake2b(path.encode(), digest_size=6).hexdigest()
