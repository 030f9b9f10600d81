"""The API: findings, and the checks that made them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from sqlalchemy import func, select

from crossfix.record import export, schema
from crossfix.record.findings import VERDICTS, check_runs, finding
from crossfix.web import reads_rows as reads
from crossfix.web.paging import PAGE, sorting
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Id, Limit, Listing, Name, answers, api_router, paged
from crossfix.web.shapes_rows import CheckShape, FindingShape

router = api_router("findings")
F = schema.now_findings


@router.get("/findings", response_model=Listing[FindingShape], summary="List findings")
def findings(
    view: Reading,
    check: Annotated[Name, Query(max_length=200, description="The check's name")] = None,
    kind: Name = None,
    verdict: Literal["contradicted", "tension", "unknown", "supported"] | None = None,
    subject: Annotated[Name, Query(max_length=200, description="Id of what it is about")] = None,
    subject_kind: Literal["claim", "event", "transfer", "document"] | None = None,
    table: Annotated[Name, Query(max_length=200, description="It rests on a row of this table of public data")] = None,
    key: Annotated[Name, Query(max_length=200, description="It rests on the row of this key, in any table")] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """What the checks found, worst first."""
    given = {
        F.c.check: check,
        F.c.kind: kind,
        F.c.verdict: verdict,
        F.c.subject: subject,
        F.c.subject_kind: subject_kind,
    }
    where = [column == value for column, value in given.items() if value is not None]
    u = schema.now_uses
    rests = [column == value for column, value in {u.c.table: table, u.c.key: key}.items() if value is not None]
    if rests:
        where.append(F.c.id.in_(select(u.c.finding).where(*rests)))
    _, order = sorting(None, reads.ORDERS["findings"], "rank")
    ids, next_ = reads.page(view.connection, F, where, order, after, limit)
    return paged(reads.findings_json(view.record, ids), next_, reads.counted(view, F, where))


@router.get("/findings/{id}", response_model=FindingShape, responses=answers(404), summary="One finding")
def one(view: Reading, id: Id) -> dict[str, Any]:
    """A finding with its working."""
    return export.finding_json(finding(view.record, id))


@router.get("/checks", response_model=Listing[CheckShape], summary="List checks")
def checks(view: Reading) -> dict[str, Any]:
    """The checks that were run over the record, in their order."""
    counts: dict[str, dict[str, int]] = {}
    counted = select(F.c.check, F.c.verdict, func.count()).group_by(F.c.check, F.c.verdict)
    for name, verdict, n in view.connection.execute(counted):
        counts.setdefault(str(name), {})[str(verdict)] = int(n)
    items = [
        {
            "check": r.check, "title": r.title, "documents": r.documents, "whole": r.whole, "at": r.at,
            "verdicts": {v: counts[r.check][v] for v in VERDICTS if v in counts.get(r.check, {})},
        }
        for r in check_runs(view.record)
    ]  # fmt: skip
    return paged(items, None, len(items))
