"""The list of documents. The reader of one document is ``pages_reader``."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_documents as reads
from crossfix.web.pages import page
from crossfix.web.paging import sorting
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=200)]


@router.get("/documents", response_class=HTMLResponse)
def documents(
    request: Request,
    view: Reading,
    q: Text = "",
    outlet: Text = "",
    language: Annotated[str, Query(max_length=20)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    verdict: Literal["", "contradicted", "tension", "unknown", "supported"] = "",
    unread: bool = False,
    sort: Annotated[str | None, Query(max_length=20)] = None,
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """What was read, each document with its outlet, its descent and what was found in it."""
    asked = reads.Asked(q.strip(), outlet, language, since.strip(), until.strip(), verdict, unread)
    outlets, languages = view.cached("document choices", lambda: reads.choices(view.connection))
    total = view.cached(("document count", asked), lambda: reads.count(view.connection, asked))
    return page(
        request,
        view,
        "documents.html",
        asked=asked,
        sort=sorting(sort, reads.ORDERS, reads.STANDARD)[0],
        after=after,
        found=reads.listed(view.record, view.connection, asked, sort, after, total),
        outlets=outlets,
        languages=languages,
    )
