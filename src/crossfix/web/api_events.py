"""The API: events."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from sqlalchemy import select

from crossfix.record import schema
from crossfix.web import reads_rows as reads
from crossfix.web.paging import PAGE, sorting
from crossfix.web.reading import Reading
from crossfix.web.reads_happenings import Asked, asked, events_where
from crossfix.web.shapes import After, Id, Limit, Listing, answers, api_router, paged
from crossfix.web.shapes_rows import EventShape

router = api_router("events")
E = schema.now_events


@router.get("/events", response_model=Listing[EventShape], summary="List events")
def events(
    view: Reading,
    a: Annotated[Asked, Depends(asked)],
    document: Annotated[str | None, Query(max_length=64, description="SHA-256 of a document that tells of it")] = None,
    place: Annotated[str | None, Query(max_length=200, description="Words of the place's name")] = None,
    origins: Annotated[int, Query(ge=0, le=10**6, description="The least number of independent origins")] = 0,
    sort: Annotated[
        Literal["first", "-first", "origins", "-origins", "reports", "-reports"],
        Query(description="By first day (undated ones have none), by origins, by documents"),
    ] = "first",
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Happenings, each once however many report it."""
    where = events_where(view, a)
    if document is not None:
        t = schema.now_tellings
        where.append(E.c.id.in_(select(t.c.event).where(t.c.document == document)))
    for word in (place or "").split()[:12]:
        where.append(E.c.place.icontains(word, autoescape=True))
    if origins:
        where.append(E.c.origins >= origins)
    _, order = sorting(sort, reads.ORDERS["events"], "first")
    ids, next_ = reads.page(view.connection, E, where, order, after, limit)
    return paged(reads.events_json(view.record, ids), next_, reads.counted(view, E, where))


@router.get("/events/{id}", response_model=EventShape, responses=answers(404), summary="One event")
def event(view: Reading, id: Id) -> dict[str, Any]:
    """An event; an id that it had before a merge leads to it as well."""
    from crossfix.record.export import event_json

    return event_json(view.record.event(id))
