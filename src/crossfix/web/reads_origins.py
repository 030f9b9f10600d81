"""Origins: documents that descend from one report, the root first, what was made from what, and why that is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, text

from crossfix.record import schema, values
from crossfix.record.decisions import origin_of
from crossfix.record.drift import drift_in
from crossfix.record.rows import Decision, OriginRow
from crossfix.web.paging import PAGE
from crossfix.web.reads_event import Change, Paper, decided_about, papers_of
from crossfix.web.reads_overview import outlets

if TYPE_CHECKING:
    from crossfix.record.store import Record
    from crossfix.web.reading import View

SHOWN_MOST = 200
DRIFTS_MOST = 20


@dataclass(frozen=True, slots=True)
class Made:
    """A document of an origin, what it was made from (None for the root), how, and why that is held. ``depth`` is how many steps it is from
    the root."""

    paper: Paper
    parent: Paper | None
    relation: str
    why: str
    depth: int


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a page shows of an origin."""

    id: str
    agency: str | None
    why: str
    made: list[Made]
    total: int
    outlets: int
    changes: list[Change]
    events: int
    decided: list[Decision]


def whole(record: Record, connection: Connection, id_: str) -> Whole:
    """The origin of this id. Raises UnknownId."""
    origin, documents = origin_of(record, id_)
    row = record.current_of(schema.origins, [origin]).get(origin)
    known = values.origin_row_in(origin, row["value"]) if row else OriginRow(origin, documents, None, "")
    descents = record.current_of(schema.descents, documents)
    papers = papers_of(connection, documents)
    parents = {d: r["derived_from"] for d, r in descents.items()}
    made = [
        Made(papers[d], papers.get(parents.get(d) or ""), descents[d]["relation"] or "", descents[d]["why"], depth)
        for d, depth in in_order(parents, papers)
        if d in papers and d in descents
    ]
    changes = _changes(record, connection, documents)
    t = schema.now_tellings
    told = 0
    if documents:
        told = int(
            connection.execute(
                select(func.count(t.c.event.distinct())).where(t.c.document.in_(documents[:900]))
            ).scalar_one()
        )
    return Whole(
        origin, known.agency, known.why, made[:SHOWN_MOST], len(documents), len({m.paper.outlet for m in made}), changes, told,
        decided_about(record, "origin", documents),
    )  # fmt: skip


def in_order(parents: dict[str, str | None], papers: dict[str, Paper]) -> Iterator[tuple[str, int]]:
    """The documents with how deep each stands: the root first, then what was made from it, the earliest first."""
    children: dict[str | None, list[str]] = {}
    for d, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(d)
    seen: set[str] = set()
    stack = [(d, 0) for d in _earliest(children.get(None, ()), papers)][::-1]
    while stack:
        d, depth = stack.pop()
        if d in seen:
            continue
        seen.add(d)
        yield d, depth
        stack += [(x, depth + 1) for x in _earliest(children.get(d, ()), papers)][::-1]
    for d in sorted(parents.keys() - seen):  # a ring, which linking does not make, would else be lost
        yield d, 0


def _earliest(documents: Iterable[str], papers: dict[str, Paper]) -> list[str]:
    return sorted(documents, key=lambda d: ((papers[d].day or "9999") if d in papers else "9999", d))


def _changes(record: Record, connection: Connection, documents: tuple[str, ...]) -> list[Change]:
    from crossfix.linking.drift import worst_first

    d = schema.now_drifts
    ids = connection.execute(select(d.c.id).where(d.c.document.in_(documents[:900])).limit(400)).scalars()
    rows = record.current_of(schema.drifts, [str(i) for i in ids])
    found = worst_first([drift_in(i, r["value"]) for i, r in rows.items()])[:DRIFTS_MOST]
    names = outlets(connection, {p.document for x in found for p in x.evidence})
    return [Change(x, names[x.parent.document], names[x.child.document]) for x in found]


@dataclass(frozen=True, slots=True)
class Listed:
    """An origin in the list, with its root."""

    id: str
    documents: int
    agency: str
    root: Paper | None
    why: str


def listed(view: View, number: int) -> tuple[list[Listed], int, int, int]:
    """A page of the origins with more than one document, the largest first; the page's number, how many pages, how many origins."""
    connection = view.connection
    ranked = view.cached("origins ranked", lambda: _ranked(connection))
    pages = max(1, -(-len(ranked) // PAGE))
    number = min(max(1, number), pages)
    some = ranked[(number - 1) * PAGE : number * PAGE]
    rows = view.record.current_of(schema.origins, [i for i, _, _ in some])
    papers = papers_of(connection, [root for _, _, root in some])
    items = []
    for i, n, root in some:
        v = rows[i]["value"] if i in rows else {}
        items.append(Listed(i, n, v.get("agency") or "", papers.get(root), v.get("why") or ""))
    return items, number, pages, len(ranked)


def _ranked(connection: Connection) -> list[tuple[str, int, str]]:
    rows = connection.execute(
        text(
            "SELECT r.origin, count(*), min(CASE WHEN r.derived_from IS NULL THEN r.id END) FROM descents r WHERE r.act <> 'withdrawn' "
            "AND NOT EXISTS (SELECT 1 FROM descents l WHERE l.id = r.id AND l.version > r.version) "
            "GROUP BY r.origin HAVING count(*) > 1 ORDER BY 2 DESC, 1"
        )
    )
    return [(str(o), int(n), str(root or "")) for o, n, root in rows]
