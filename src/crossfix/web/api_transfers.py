"""The API: transfers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from sqlalchemy import select

from crossfix.model import ItemKind
from crossfix.record import schema
from crossfix.web import reads_rows as reads
from crossfix.web.paging import PAGE, sorting
from crossfix.web.reading import Reading
from crossfix.web.reads_happenings import Asked, asked, transfers_where
from crossfix.web.shapes import After, Id, Limit, Listing, answers, api_router, paged
from crossfix.web.shapes_rows import TransferShape

router = api_router("transfers")
T = schema.now_transfers


@router.get("/transfers", response_model=Listing[TransferShape], summary="List transfers")
def transfers(
    view: Reading,
    a: Annotated[Asked, Depends(asked)],
    kind: Annotated[ItemKind | None, Query(description="What the item is")] = None,
    event: Annotated[str | None, Query(max_length=200, description="Id of the event that it belongs to")] = None,
    sort: Annotated[Literal["first", "-first"], Query(description="By first day; undated ones have none")] = "first",
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Who supplied whom with what."""
    where = transfers_where(view, a)
    if kind is not None:
        where.append(T.c.kind == kind)
    if event is not None:
        j = schema.joins
        where.append(T.c.event.in_(select(j.c.id).where(j.c.target == event)) | (T.c.event == event))
    _, order = sorting(sort, reads.ORDERS["transfers"], "first")
    ids, next_ = reads.page(view.connection, T, where, order, after, limit)
    return paged(reads.transfers_json(view.record, ids), next_, reads.counted(view, T, where))


@router.get("/transfers/{id}", response_model=TransferShape, responses=answers(404), summary="One transfer")
def transfer(view: Reading, id: Id) -> dict[str, Any]:
    """A transfer; an id that it had before a merge leads to it as well."""
    return reads.one(reads.transfers_json(view.record, [view.record.transfer(id).id]), "transfer", id)
