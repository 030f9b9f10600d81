"""The API: documents, their texts, their originals and their passages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from starlette.responses import Response

from crossfix.errors import UsageError
from crossfix.record import export, schema
from crossfix.web import reads_documents as reads
from crossfix.web import reads_rows
from crossfix.web.paging import PAGE
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Date, Limit, Listing, Text, answers, api_router, paged
from crossfix.web.shapes_rows import ClaimShape, DocumentListed, DocumentShape, PassageShape

router = api_router("documents")
Sha = Annotated[str, Path(max_length=64, description="The SHA-256 of the original bytes, or the beginning of it")]
Verdict = Literal["", "contradicted", "tension", "unknown", "supported"]
Sort = Literal[
    "day", "-day", "added", "-added", "title", "-title", "outlet", "-outlet", "words", "-words"
]  # fmt: skip
SENTENCE_MOST = 2000


@router.get("/documents", response_model=Listing[DocumentListed], summary="List documents")
def documents(
    view: Reading,
    q: Text = "",
    outlet: Text = "",
    language: Annotated[str, Query(max_length=20)] = "",
    since: Date = None,
    until: Date = None,
    verdict: Annotated[Verdict, Query(description="With a finding of this verdict")] = "",
    unread: Annotated[bool, Query(description="Only those that were kept but not read for claims")] = False,
    sort: Annotated[Sort, Query(description='"-" before a column turns the order around')] = "-day",
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """What was read, without the texts. `q` looks in title, outlet, agency and file name."""
    asked = reads.Asked(q.strip(), outlet, language, since or "", until or "", verdict, unread)
    total = view.cached(("document count", asked), lambda: reads.count(view.connection, asked))
    found = reads.listed(view.record, view.connection, asked, sort, after, total, limit)
    return paged([asdict(d) | {"findings": dict(d.findings)} for d in found.items], found.next, found.total)


@router.get("/documents/{sha256}", response_model=DocumentShape, responses=answers(404), summary="One document")
def document(view: Reading, sha256: Sha) -> dict[str, Any]:
    """A document with its text, its sentences and its times."""
    d = view.record.document(sha256)
    marks = view.record.current_of(schema.marks, [d.sha256])
    return export.document_json(d, view.record.text(d.sha256), marks[d.sha256]["value"] if marks else None)


@router.get(
    "/documents/{sha256}/text",
    response_class=Response,
    responses=answers(404) | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    summary="A document's text",
)
def text(view: Reading, sha256: Sha) -> Response:
    """The canonical text, into which all offsets lead."""
    return Response(view.record.text(view.record.document(sha256).sha256), media_type="text/plain; charset=utf-8")


@router.get(
    "/documents/{sha256}/claims",
    response_model=Listing[ClaimShape],
    responses=answers(404),
    summary="A document's claims",
)
def claims(view: Reading, sha256: Sha, after: After = None, limit: Limit = PAGE) -> dict[str, Any]:
    """The claims of a document, in order of its text."""
    from crossfix.web.paging import Order

    where = reads_rows.ClaimsAsked(document=view.record.document(sha256).sha256).where()
    order = Order(reads_rows.ORDERS["claims"]["document"])
    ids, next_ = reads_rows.page(view.connection, schema.now_claims, where, order, after, limit)
    return paged(reads_rows.claims_json(view.record, ids), next_, reads_rows.counted(view, schema.now_claims, where))


@router.get("/documents/{sha256}/passage", response_model=PassageShape, responses=answers(404), summary="A passage")
def passage(
    view: Reading,
    sha256: Sha,
    start: Annotated[int, Query(ge=0, lt=2**31)],
    end: Annotated[int, Query(ge=0, lt=2**31)],
) -> dict[str, Any]:
    """The words at half-open offsets, in Unicode code points, with what stands around them in their sentence."""
    d = view.record.document(sha256)
    whole = view.record.text(d.sha256)
    if not start < end <= len(whole):
        raise UsageError(
            f"[{start}, {end}) is no passage of a text of {len(whole):,} characters", advice="start is before end"
        )
    inside = [s for s in view.record.sentences(d.sha256) if s[0] < end and start < s[1]]
    first, last = min([start, *(s[0] for s in inside)]), max([end, *(s[1] for s in inside)])
    first, last = max(first, start - SENTENCE_MOST), min(last, end + SENTENCE_MOST)
    return {
        "document": d.sha256, "start": start, "end": end, "text": whole[start:end], "before": whole[first:start],
        "after": whole[end:last], "title": d.title, "outlet": d.outlet, "published": d.published, "language": d.language,
        "path": f"/documents/{d.sha256}#{start}-{end}",
    }  # fmt: skip
