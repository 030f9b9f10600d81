"""The reader: a document as it was read, with what was found in it marked, and beside it whatever is chosen, to be reviewed."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.dossier import phrases
from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.record.reviews_rows import FIELD_WORDS, REPORT_GRADES, SOURCE_GRADES
from crossfix.record.reviews_values import CHOICES, given
from crossfix.record.rows import EventRow
from crossfix.web import reads_reader as reads
from crossfix.web.pages import page
from crossfix.web.reader_text import render
from crossfix.web.reading import Reading, View
from crossfix.web.reviewing import reviewer

router = APIRouter(include_in_schema=False)
ClaimId = Annotated[str, Query(max_length=100)]
LISTED_MOST = 300
"""Claims named in the list beside a document; the others are reached from the text."""


@router.get("/documents/{sha}", response_class=HTMLResponse)
def reader(request: Request, view: Reading, sha: str, claim: ClaimId = "") -> Response:
    """A document, and beside it a claim of it or what is known of it as a whole. An address ends in #START-END to light a passage."""
    p = reads.paper(view.record, view.connection, sha)
    marks = reads.marks(p)
    chosen = claim if claim in p.claim else None
    lit = {
        "sha": p.document.sha256,
        "claims": [{"id": c.id, "start": c.quote.start, "end": c.quote.end} for c in p.claims],
        "findings": p.spots,
        "marks": [{"kind": m.kind, "lines": m.lines, "claim": m.claim, "length": m.length} for m in marks],
        "chosen": chosen,
    }
    return page(
        request,
        view,
        "reader.html",
        **_beside(request, p, chosen),
        body=render(p.text, marks, p.document.furniture, claim=chosen),
        layers=[(k, label) for k, label in reads.LAYERS if any(m.kind == k for m in marks)],
        lit=lit,
        has_original=_has_original(view, p.document.sha256),
    )


@router.get("/documents/{sha}/panel", response_class=HTMLResponse)
def panel(request: Request, view: Reading, sha: str, claim: ClaimId = "") -> Response:
    """What stands beside the text, for the reader's script: a claim, or the document as a whole."""
    p = reads.paper(view.record, view.connection, sha)
    if claim and claim not in p.claim:
        raise UnknownId(f"this document has no claim {claim[:80]!r}")
    return page(request, view, "reader_panel.html", **_beside(request, p, claim or None))


@router.get("/documents/{sha}/original")
def original(view: Reading, sha: str) -> Response:
    """The document's original bytes, to be saved: a browser never shows them, whatever they are."""
    d = view.record.document(sha)
    if not _has_original(view, d.sha256):
        raise UnknownId(f"the original of {d.sha256[:12]} was not kept")
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", phrases.file_name(d.file)).strip("._")[-100:] or "document"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(view.record.original(d.sha256), media_type="application/octet-stream", headers=headers)


def _has_original(view: View, sha: str) -> bool:
    t = schema.originals
    return (
        view.connection.execute(t.select().with_only_columns(t.c.row).where(t.c.id == sha).limit(1)).first() is not None
    )


def _beside(request: Request, p: reads.Paper, claim: str | None) -> dict[str, Any]:
    """What the panel shows."""
    c = p.claim[claim] if claim else None
    return review_context(request) | {
        "p": p,
        "d": p.document,
        "title": p.document.title or phrases.file_name(p.document.file),
        "c": c,
        "speaker": phrases.speaker(c) if c else "",
        "said": phrases.said_words(p.text, c.content) if c else "",
        "events": p.events_of(c) if c else [],
        "transfers": p.transfers_of(c) if c else [],
        "listed_claims": [
            (x, phrases.speaker(x), phrases.shorten(phrases.said_words(p.text, x.content), 90))
            for x in p.claims[:LISTED_MOST]
        ],
        "heading": phrases.heading,
        "participants": _participants,
        "pair": phrases.pair,
    }


def review_context(request: Request) -> dict[str, Any]:
    """What the review forms need (``review_parts.html``)."""
    return {
        "reviewer": reviewer(request),
        "choices": CHOICES,
        "field_words": FIELD_WORDS,
        "source_grades": SOURCE_GRADES,
        "report_grades": REPORT_GRADES,
        "as_typed": given,
        "told": _told,
    }


def _told(act: Any, text: str = "") -> str:
    from dataclasses import replace

    from crossfix.record.reviews import told

    return told(replace(act, undone=False), text)


def _participants(e: EventRow) -> list[list[str]]:
    return [[x.name, x.role] for x in e.participants]
