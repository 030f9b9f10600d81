"""The API: origins, the reports that documents descend from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from crossfix.web import reads_overview, reads_rows
from crossfix.web.paging import PAGE
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Id, Limit, Listing, answers, api_router, paged
from crossfix.web.shapes_rows import OriginShape

router = api_router("origins")


@router.get("/origins", response_model=Listing[OriginShape], summary="List origins")
def origins(
    view: Reading,
    document: Annotated[
        str | None, Query(max_length=64, description="SHA-256 of a document that descends from it")
    ] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Clusters of documents that descend from one report, and why they are held to."""
    if document is not None:
        found = reads_rows.origin_of(view.record, document)
        return paged(found, None, len(found))
    ids, next_ = reads_rows.origin_ids(view.connection, after, limit)
    counts = view.cached("overview counts", lambda: reads_overview.counts(view.connection))
    return paged(reads_rows.origins_json(view.record, ids), next_, counts.origins)


@router.get("/origins/{id}", response_model=OriginShape, responses=answers(404), summary="One origin")
def origin(view: Reading, id: Id) -> dict[str, Any]:
    """The documents of an origin."""
    return reads_rows.one(reads_rows.origins_json(view.record, [id]), "origin", id)
