"""The tables of public data: every row, and where it is from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web import reads_data as reads
from crossfix.web.pages import page
from crossfix.web.reading import Reading
from crossfix.web.working import named

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=200)]
GROUPS = (
    ("reference/", "Public data that the checks rest on"),
    ("language/", "Words by which documents are read"),
    ("coding/", "Words by which documents are read"),
)


@router.get("/data", response_class=HTMLResponse)
def data(request: Request, view: Reading, q: Text = "") -> Response:
    """Every table, or the rows of all of them with the words asked for."""
    from crossfix.reference import provenance

    tables, broken = provenance.load()
    groups: dict[str, list[provenance.Table]] = {}
    for t in tables:
        title = f"Of the package {t.package}" if t.package else next(w for p, w in GROUPS if t.file.startswith(p))
        groups.setdefault(title, []).append(t)
    used = view.cached("data used", lambda: reads.used(view.connection))
    found = reads.found_anywhere(q, reads.FOUND_MOST) if q.strip() else None
    return page(
        request, view, "data.html", q=q.strip(), groups=groups, broken=[str(b) for b in broken], used=used, found=found,
        origin=provenance.origin, licence=provenance.licence, days=provenance.days, title=reads.title, beside=reads.beside,
    )  # fmt: skip


@router.get("/data/{table}", response_class=HTMLResponse)
def table(
    request: Request,
    view: Reading,
    table: str,
    q: Text = "",
    sort: Annotated[str, Query(max_length=60)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The rows of one table."""
    from crossfix.reference import provenance

    found = provenance.table(table)
    return page(
        request, view, "data_table.html", q=q.strip(), table=found, columns=reads.columns(found), sort=sort,
        rows=reads.rows(found, q, sort, number), named=named, origin=provenance.origin(found),
        licence=provenance.licence(found), days=provenance.days(found), gazetteer=found.name == provenance.GAZETTEER,
    )  # fmt: skip


@router.get("/data/{table}/{key:path}", response_class=HTMLResponse)
def row(request: Request, view: Reading, table: str, key: str) -> Response:
    """One row whole, where it is from, and the findings that rest on it."""
    from crossfix.reference import provenance

    found = provenance.table(table)
    entry = provenance.entry(table, key)
    uses, total = reads.uses(view.connection, entry.table, entry.key)
    return page(
        request, view, "data_row.html", table=found, entry=entry, uses=uses, uses_total=total, named=named,
        left_out=reads.ORIGIN, title=reads.title(entry),
    )  # fmt: skip
