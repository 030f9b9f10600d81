"""The tables of public data: their rows a page at a time, in an order, looked through by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from crossfix.dossier.phrases import shorten
from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.web.paging import PAGE

if TYPE_CHECKING:
    from crossfix.reference.provenance import Entry, Table

COLUMNS_MOST = 7
"""So many columns of a table stand in its list; a row's own page has all."""
ORIGIN = ("source", "licence", "read")
"""What says where a row is from; shown apart from what it holds."""
TITLES = ("name", "missile", "vehicle", "satellite", "met", "test", "place")
BESIDE_MOST = 120
FOUND_MOST = 200


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a table. ``total`` counts the rows that were asked for; ``pages`` how many pages they fill."""

    entries: Sequence[Entry]
    total: int
    number: int
    pages: int


def rows(table: Table, q: str, sort: str, number: int) -> Rows:
    """The page of this number (the first is 1) of the rows with all the words of ``q``, in the order of a column ("-name" downwards)."""
    from crossfix.reference.provenance import GAZETTEER

    if table.name == GAZETTEER and not q.strip():
        return _of_gazetteer(number)
    found = list(_looked_up(table, q))
    column = sort.removeprefix("-")
    if column in columns(table):
        found.sort(key=lambda e: _sorted_as(e.values.get(column, "")), reverse=sort.startswith("-"))
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    return Rows(found[(number - 1) * PAGE : number * PAGE], len(found), number, pages)


def _looked_up(table: Table, q: str) -> Iterator[Entry]:
    from crossfix.reference.provenance import GAZETTEER, gazetteer_rows

    if table.name == GAZETTEER:
        yield from gazetteer_rows(q.strip())
        return
    words = q.casefold().split()
    for text, e in _indexed(table.name):
        if all(w in text for w in words):
            yield e


def _of_gazetteer(number: int) -> Rows:
    from crossfix.reference.gazetteer import gazetteer
    from crossfix.reference.provenance import gazetteer_row

    places = gazetteer()
    pages = -(-len(places) // PAGE)
    number = min(max(1, number), pages)
    first = (number - 1) * PAGE
    entries = [gazetteer_row(n) for n in range(first, min(first + PAGE, len(places)))]
    return Rows(entries, len(places), number, pages)


def _sorted_as(value: str) -> tuple[int, float, str]:
    """Numbers by their size before words; what is empty last."""
    try:
        return (0, float(value), "")
    except ValueError:
        return (1 if value else 2, 0.0, value.casefold())


@cache
def _indexed(name: str) -> tuple[tuple[str, Entry], ...]:
    """Every row of a table with all it says in one folded line. The tables do not change while the site runs."""
    from crossfix.reference.provenance import table

    return tuple((" ".join((e.key, *e.values.values())).casefold(), e) for e in table(name).entries)


def columns(table: Table) -> tuple[str, ...]:
    """The columns that a list of the table shows: those that say something, without where the row is from."""
    names = list(dict.fromkeys(n for e in table.entries[:200] for n in e.values)) or [
        "name", "country", "region", "kind", "lat", "lon", "population",
    ]  # fmt: skip
    told = [n for n in names if n not in ORIGIN and n != table.key]
    if table.entries:
        told = [n for n in told if any(e.values.get(n) for e in table.entries)]
    return tuple(told[:COLUMNS_MOST])


def found_anywhere(q: str, most: int) -> tuple[list[Entry], int]:
    """Rows of the tables of public data in which all the words stand, and how many there are. Those whose key or name is what was asked
    for come first, then places of that name."""
    from crossfix.reference.provenance import gazetteer_rows, load

    words = q.casefold().split()
    if not words:
        return [], 0
    whole = " ".join(words)
    exact: list[Entry] = []
    rest: list[Entry] = []
    for t in load()[0]:
        if not t.file.startswith("reference/") and not t.package:
            continue
        for text, e in _indexed(t.name):
            if all(w in text for w in words):
                names = {e.key.casefold(), *(e.values.get(n, "").casefold() for n in ("name", "missile", "vehicle"))}
                (exact if whole in names else rest).append(e)
    places = list(gazetteer_rows(q.strip()))[:most]
    every = exact + places + rest
    return every[:most], len(every)


@dataclass(frozen=True, slots=True)
class Use:
    """A finding that rests on a row."""

    id: str
    verdict: str
    check: str
    summary: str


def title(e: Entry) -> str:
    """What a row is called: its name where it has one, else its key; of several spellings the first."""
    told = next((e.values[n] for n in TITLES if e.values.get(n)), e.key)
    return told.partition("|")[0].strip() or e.key


def beside(e: Entry, most: int = BESIDE_MOST) -> str:
    """A few of a row's values in a line, patterns and lists of spellings left out."""
    name = title(e)
    told = [
        v
        for k, v in e.values.items()
        if v and k not in ORIGIN and v not in (name, e.key) and not any(c in v for c in "|\\^{") and "(?" not in v
    ]
    return shorten(", ".join(told[:6]), most)


def uses(connection: Connection, table: str, key: str, most: int = 20) -> tuple[list[Use], int]:
    """The findings that rest on a row, worst first, and how many there are."""
    u, f, s = schema.now_uses, schema.now_findings, schema.now_summaries
    where = (u.c.table == table, u.c.key == key)
    total = int(connection.execute(select(func.count()).select_from(u).where(*where)).scalar_one())
    if not total:
        return [], 0
    rows_ = connection.execute(
        select(f.c.id, f.c.verdict, f.c.check, s.c.summary)
        .join(u, u.c.finding == f.c.id)
        .join(s, s.c.finding == f.c.id)
        .where(*where)
        .order_by(f.c.rank, f.c.row)
        .limit(most)
    )
    return [Use(*map(str, r)) for r in rows_], total


def used(connection: Connection) -> dict[str, int]:
    """By table, how many findings rest on a row of it."""
    u = schema.now_uses
    counted = connection.execute(select(u.c.table, func.count(u.c.finding.distinct())).group_by(u.c.table))
    return {str(k): int(n) for k, n in counted}


def known(table: str, key: str) -> bool:
    """True where the tables here have this row."""
    from crossfix.reference.provenance import GAZETTEER, entry

    if table != GAZETTEER:
        return key.casefold() in _keys(table)
    try:
        entry(table, key)
    except UnknownId:
        return False
    return True


@cache
def _keys(table_: str) -> frozenset[str]:
    from crossfix.reference.provenance import table

    try:
        return frozenset(e.key.casefold() for e in table(table_).entries)
    except UnknownId:
        return frozenset()
