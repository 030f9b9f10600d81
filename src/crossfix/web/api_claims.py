"""The API: claims."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from crossfix.model import Firmness, Stance, Voice
from crossfix.record import schema
from crossfix.web import reads_rows as reads
from crossfix.web.paging import PAGE, sorting
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Date, Id, Limit, Listing, Name, answers, api_router, paged
from crossfix.web.shapes_rows import ClaimShape

router = api_router("claims")
Verdict = Literal["contradicted", "tension", "unknown", "supported"]


@router.get("/claims", response_model=Listing[ClaimShape], summary="List claims")
def claims(
    view: Reading,
    document: Annotated[str | None, Query(max_length=64, description="SHA-256")] = None,
    source: Annotated[Name, Query(max_length=200, description="The speaker's name, whole")] = None,
    stance: Stance | None = None,
    firmness: Firmness | None = None,
    voice: Voice | None = None,
    sure: Annotated[float | None, Query(ge=0, le=1, description="The least confidence")] = None,
    since: Date = None,
    until: Date = None,
    outlet: Name = None,
    verdict: Annotated[Verdict | None, Query(description="With a finding of this verdict")] = None,
    sort: Annotated[
        Literal["document", "confidence", "-confidence"],
        Query(description="By document and place; or by confidence, without claims that have no estimate"),
    ] = "document",
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Who says what, through whom, and how firmly. Days are those on which the documents were published."""
    where = reads.ClaimsAsked(
        document, source, stance, firmness, voice, sure, since, until, outlet, verdict
    ).where()  # fmt: skip
    if sort != "document":
        where.append(schema.now_claims.c.confidence.is_not(None))
    _, order = sorting(sort, reads.ORDERS["claims"], "document")
    ids, next_ = reads.page(view.connection, schema.now_claims, where, order, after, limit)
    return paged(reads.claims_json(view.record, ids), next_, reads.counted(view, schema.now_claims, where))


@router.get("/claims/{id}", response_model=ClaimShape, responses=answers(404), summary="One claim")
def claim(view: Reading, id: Id) -> dict[str, Any]:
    """A claim as people corrected it."""
    return reads.one(reads.claims_json(view.record, [id]), "claim", id)
