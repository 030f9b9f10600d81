"""Search: passages in all languages, and by their words events, agents, findings and rows of public data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_data, reads_documents
from crossfix.web import reads_search as reads
from crossfix.web.pages import page
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=200)]


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request,
    view: Reading,
    q: Annotated[str, Query(max_length=400)] = "",
    language: Annotated[str, Query(max_length=20)] = "",
    outlet: Text = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """What the record and the tables hold with all the words asked for."""
    query = reads.Query(q.strip(), language, since.strip(), until.strip(), outlet)
    words = query.words
    record, connection = view.record, view.connection
    ranked, complete = view.cached(("search", query), lambda: reads.ranked(connection, query))
    outlets, languages = view.cached("document choices", lambda: reads_documents.choices(connection))
    first = number == 1 and not query.narrowed
    return page(
        request,
        view,
        "search.html",
        query=query,
        words_asked=words,
        found=reads.passages(connection, query, number, ranked, complete),
        events=view.cached(("search events", q), lambda: reads.events(record, connection, words)) if first else None,
        agents=view.cached(("search agents", q), lambda: reads.agents(connection, words)) if first else None,
        findings=view.cached(("search findings", q), lambda: reads.findings(connection, words)) if first else None,
        rows=reads.data(q) if first and words else None,
        row_title=reads_data.title,
        row_beside=reads_data.beside,
        outlets=outlets,
        languages=languages,
    )
