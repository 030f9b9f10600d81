"""The API: public data that checks rest on, row by row with where it is from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path

from crossfix.web import reads_data as reads
from crossfix.web.api_agents import start_of
from crossfix.web.paging import PAGE, encode
from crossfix.web.shapes import After, Listing, Text, answers, api_router, paged
from crossfix.web.shapes_rows import EntryShape, TableShape

if TYPE_CHECKING:
    from crossfix.reference.provenance import Entry

router = api_router("data")
Table = Annotated[str, Path(max_length=80, description="The table's name")]


@cache
def _tables() -> list[dict[str, Any]]:
    from crossfix.reference import provenance

    return [
        {
            "name": t.name, "file": t.file, "package": t.package or None, "holds": t.holds, "rows": t.rows, "key": t.key,
            "source": provenance.origin(t), "licence": provenance.licence(t), "read": provenance.days(t) or None,
        }
        for t in provenance.load()[0]
    ]  # fmt: skip


def _entry(e: Entry) -> dict[str, Any]:
    return {
        "table": e.table, "key": e.key, "values": dict(e.values), "line": e.line or None, "source": e.source,
        "licence": e.licence, "read": e.read,
    }  # fmt: skip


@router.get("/data", response_model=Listing[TableShape], summary="List tables")
def tables() -> dict[str, Any]:
    """Every table of public data, where its rows are from and under which licence."""
    return paged(_tables(), None, len(_tables()))


@router.get("/data/{table}", response_model=Listing[EntryShape], responses=answers(404), summary="List a table's rows")
def rows(table: Table, q: Text = "", after: After = None) -> dict[str, Any]:
    """The rows of a table, fifty at a time. `q` are words that stand in them; of the gazetteer, a place's name."""
    from crossfix.reference.provenance import table as of_name

    first = start_of(after)
    found = reads.rows(of_name(table), q, "", first // PAGE + 1)
    shown = found.entries if first < found.total or not first else []
    more = first // PAGE + 1 < found.pages
    return paged([_entry(e) for e in shown], encode([first + PAGE]) if more and shown else None, found.total)


@router.get(
    "/data/{table}/{key:path}", response_model=EntryShape, responses=answers(404), summary="One row of public data"
)
def row(
    table: Table, key: Annotated[str, Path(max_length=200, description="The row's key in its table")]
) -> dict[str, Any]:
    """A row with its source, its licence and the day that the source was read."""
    from crossfix.reference.provenance import entry

    return _entry(entry(table, key))
