"""The API: drifts, what changed between two tellings of one thing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from crossfix.record import export, schema
from crossfix.record.drift import drift
from crossfix.web import reads_rows as reads
from crossfix.web.paging import PAGE, sorting
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Id, Limit, Listing, answers, api_router, paged
from crossfix.web.shapes_rows import DriftShape

router = api_router("drifts")
R = schema.now_drifts
Kind = Literal[
    "attribution_lost", "firmness_raised", "qualifier_dropped", "number_moved", "number_changed", "speaker_changed", "meaning_changed",
]  # fmt: skip
Sha = Annotated[str | None, Query(max_length=64, description="SHA-256")]


@router.get("/drifts", response_model=Listing[DriftShape], summary="List drifts")
def drifts(
    view: Reading,
    kind: Kind | None = None,
    document: Annotated[Sha, Query(max_length=64, description="SHA-256 of the later document")] = None,
    parent: Annotated[Sha, Query(max_length=64, description="SHA-256 of the earlier document")] = None,
    sure: Annotated[float | None, Query(ge=0, le=1, description="The least confidence")] = None,
    sort: Literal["confidence", "-confidence"] = "-confidence",
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Losses and gains on the way from one telling to the next, the surest first."""
    given = {R.c.kind: kind, R.c.document: document, R.c.parent: parent}
    where = [column == value for column, value in given.items() if value is not None]
    if sure is not None:
        where.append(R.c.confidence >= sure)
    _, order = sorting(sort, reads.ORDERS["drifts"], "-confidence")
    ids, next_ = reads.page(view.connection, R, where, order, after, limit)
    return paged(reads.drifts_json(view.record, ids), next_, reads.counted(view, R, where))


@router.get("/drifts/{id}", response_model=DriftShape, responses=answers(404), summary="One drift")
def one(view: Reading, id: Id) -> dict[str, Any]:
    """A drift with both passages."""
    return export.drift_json(drift(view.record, id))
