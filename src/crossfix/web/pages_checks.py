"""What the checks found, worst first, each with its working; one finding; and how each check works."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.errors import UnknownId
from crossfix.web import howto
from crossfix.web import reads_checks as reads
from crossfix.web.pages import page
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=200)]


@router.get("/checks", response_class=HTMLResponse)
def checks(
    request: Request,
    view: Reading,
    check: Annotated[str, Query(max_length=60)] = "",
    verdict: Literal["", "contradicted", "tension", "unknown", "supported"] = "",
    document: Annotated[str, Query(max_length=64)] = "",
    q: Text = "",
    row: Text = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """The findings, worst first."""
    asked = reads.Asked(check, verdict, document.strip(), q.strip(), row.strip())
    record, connection = view.record, view.connection
    standing = view.cached("checks standing", lambda: reads.standing(record, connection))
    return page(
        request, view, "checks.html", asked=asked, after=after, standing=standing,
        found=reads.listed(record, connection, asked, after), about=howto.known(),
        names=[(s.name, s.name) for s in standing],
    )  # fmt: skip


@router.get("/checks/how/{check}", response_class=HTMLResponse)
def how(request: Request, view: Reading, check: str) -> Response:
    """How a check works: what it asks, the formula, the sources, the limits."""
    told = howto.page_of(check)
    if told is None:
        raise UnknownId(f"no page tells of a check {check[:60]!r}", advice="see the list of checks")
    return page(request, view, "check_how.html", check=check, blocks=told, others=howto.known())


@router.get("/checks/{id_}", response_class=HTMLResponse)
def finding(request: Request, view: Reading, id_: str) -> Response:
    """One finding whole, with its versions."""
    from crossfix.record.findings import finding as one

    found = one(view.record, id_)
    (shown,) = reads.shown(view.record, view.connection, [found], most=60)
    standing = view.cached("checks standing", lambda: reads.standing(view.record, view.connection))
    titles = {s.name: s.title for s in standing}
    return page(
        request, view, "check.html", f=shown, title=titles.get(found.check, ""), versions=view.record.history(id_),
        about=howto.known(),
    )  # fmt: skip
