"""What leaves a dossier's pages: the preview, and the file in every form."""

from __future__ import annotations

import re
import threading
import unicodedata
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.responses import Response

from crossfix.dossier import kept
from crossfix.dossier.formats import FORMS, form
from crossfix.dossier.pdf import browser
from crossfix.dossier.plan import plan_text
from crossfix.dossier.report_html import report_body, report_css
from crossfix.web.pages import page
from crossfix.web.pages_dossier import report_of
from crossfix.web.reading import Reading, etag, unchanged_since

router = APIRouter(include_in_schema=False)
_DRAWING = threading.BoundedSemaphore(2)
"""Browsers at work at once: each takes a processor for seconds."""


@router.get("/dossier-sheet.css")
def sheet() -> Response:
    """The style sheet of a dossier, for the preview."""
    return Response(report_css(), media_type="text/css", headers={"Cache-Control": "no-cache"})


@router.get("/dossier/{id}/preview", response_class=HTMLResponse)
def preview(
    request: Request, view: Reading, id: str, version: Annotated[int | None, Query(ge=1, lt=2**31)] = None
) -> Response:
    """The dossier as it will be set."""
    found = kept.dossier(view.record, id, version)
    report = report_of(view, found)
    body = Markup(report_body(report))  # escaped by its template
    return page(
        request,
        view,
        "dossier_preview.html",
        found=found,
        report=report,
        body=body,
        forms=FORMS,
        has_browser=browser() is not None,
    )


@router.get("/dossier/{id}/plan.json")
def plan(view: Reading, id: str) -> Response:
    """The plan as a file, for the command line."""
    found = kept.dossier(view.record, id)
    return _file(plan_text(found.plan).encode("utf-8", "replace"), "application/json", found.plan.title, "plan.json")


@router.get("/dossier/{id}/file.{ending}")
def file(request: Request, view: Reading, id: str, ending: str) -> Response:
    """The dossier in one of its forms. Raises UsageError, NoBrowser."""
    found = kept.dossier(view.record, id)
    wanted = form(ending)
    tag = etag(view, id, found.version, ending)
    unchanged_since(request, tag)
    report = report_of(view, found)
    if ending in ("pdf", "docx"):
        with _DRAWING:
            data = wanted.make(report)
    else:
        data = wanted.make(report)
    answer = _file(data, wanted.media_type, found.plan.title, ending)
    answer.headers["ETag"] = tag
    return answer


def _file(data: bytes, media_type: str, title: str, ending: str) -> Response:
    """A download under a name that any file system takes."""
    flat = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", flat.lower()).strip("-")[:60] or "dossier"
    return Response(
        data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    )
