"""`data`: the tables of public data, their rows, and where each is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, console, note, plain, print_json, safe
from crossfix.cli.linking import paragraph
from crossfix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crossfix.reference.provenance import Entry, Table

CELLS_MOST = 160  # characters of a row in a list; TABLE:KEY has all of it


@click.command(short_help="Public data that checks rest on, and its sources.")
@click.argument("name", required=False, metavar="[TABLE[:KEY]]")
@click.option("--about", metavar="WORDS", help="Only rows in which all these words stand.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many rows.")
@as_json
@click.pass_obj
def data(state: State, /, name: str | None, about: str | None, limit: int | None, json_: bool) -> None:
    """The tables of public data; the rows of one table; or one row with its source, its licence and the day it was read."""
    from crossfix.reference import provenance

    if name is None:
        if about is not None:
            raise UsageError(
                "name a table whose rows to look in", where="--about", advice="see them with: crossfix data"
            )
        _tables(state, provenance.tables()[:limit], json_)
        return
    wanted, colon, key = name.strip().partition(":")
    if colon:
        entry = provenance.entry(wanted, key.strip())
        if json_:
            print_json(_entry_json(entry))
        else:
            print_entry(provenance.table(wanted), entry)
        return
    table = provenance.table(wanted)
    _rows(state, table, _matching(table, about)[:limit], json_)


def _tables(state: State, tables: Sequence[Table], json_: bool) -> None:
    from crossfix.cli.listing import FIXED, NUMBER, REST, table_of
    from crossfix.reference.provenance import days, licence, origin

    if json_:
        print_json([_table_json(t) for t in tables])
        return
    shown = table_of(table=FIXED, rows=NUMBER, what=REST)
    for t in tables:
        told = [t.holds, f"From: {origin(t)}", f"Licence: {licence(t)}"]
        told += [f"Read: {days(t)}"] if days(t) else []
        told += [f"Of the package {t.package}"] if t.package else []
        shown.add_row(t.name, f"{t.rows:,}", safe_lines(told))
    console().print(shown)
    note(state, f"{len(tables)} tables; the rows of one with crossfix data TABLE, one row with crossfix data TABLE:KEY")


def safe_lines(lines: Sequence[str]) -> str:
    """Lines fit for a terminal, and for a cell of a table."""
    return "\n".join(safe(x) for x in lines)


def _matching(table: Table, about: str | None) -> Sequence[Entry]:
    """The rows with all the words; the gazetteer's are looked up by name."""
    from crossfix.reference.provenance import GAZETTEER, gazetteer_rows

    if table.name == GAZETTEER:
        if about is None:
            raise UsageError(
                f"{table.rows:,} rows are too many to list",
                where=table.name,
                advice=f"name one, {table.name}:GEONAMESID, or look for a place with --about NAME",
            )
        return gazetteer_rows(about)
    words = (about or "").casefold().split()
    return [e for e in table.entries if all(w in " ".join((e.key, *e.values.values())).casefold() for w in words)]


def _rows(state: State, table: Table, rows: Sequence[Entry], json_: bool) -> None:
    from crossfix.dossier.phrases import shorten

    if json_:
        print_json([_entry_json(e) for e in rows])
        return
    for e in rows:
        told = ", ".join(v for k, v in e.values.items() if v and v != e.key and k not in ("source", "licence", "read"))
        paragraph(f"{e.key}: {shorten(told, CELLS_MOST)}", 0, 4)
    count = f"{len(rows):,} of {table.rows:,} rows" if len(rows) != table.rows else f"{len(rows):,} rows"
    note(
        state, f"{count}; a row goes by {table.keyed_by}: crossfix data {table.name}:KEY" if rows else "No row matches."
    )


def print_entry(table: Table, e: Entry) -> None:
    """One row whole: every column that has a value, then where it is from."""
    paragraph(f"{e} (of {table.file}" + (f", line {e.line})" if e.line else ")"), 0, 2)
    for name, value in e.values.items():
        if value and name not in ("source", "licence", "read"):
            paragraph(f"{name}: {value}", 2, 4)
    for line in provenance_lines(e):
        paragraph(line, 2, 4)


def provenance_lines(e: Entry) -> list[str]:
    """Source, licence and the day it was read, each in a line."""
    read = e.read or ("no page was opened for it" if "read" in e.values else "the day was not noted")
    return [f"source: {e.source or 'not noted'}", f"licence: {e.licence or 'not noted'}", f"read: {read}"]


def _table_json(t: Table) -> dict[str, Any]:
    from crossfix.reference.provenance import days, licence, origin

    return {
        "name": t.name, "file": t.file, "package": t.package or None, "holds": t.holds, "rows": t.rows, "key": t.key,
        "source": origin(t), "licence": licence(t), "read": days(t) or None,
    }  # fmt: skip


def _entry_json(e: Entry) -> dict[str, Any]:
    return {k: v for k, v in plain(e).items() if k != "line" or v}
