"""Who speaks or acts: the roster of agents as people decided on merges and splits, and one agent with its documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select, union

from crossfix.record import schema, values
from crossfix.record.decisions import agent_of_part, agents_as_decided, decisions
from crossfix.record.matching import folded
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import AgentRow

if TYPE_CHECKING:
    from crossfix.record.store import Record
    from crossfix.web.reading import View

A, N = schema.now_agents, schema.now_names


@dataclass(frozen=True, slots=True)
class Entry:
    """An agent in the roster. ``document`` is "" for one that is known beyond one document."""

    id: str
    name: str
    kind: str
    document: str
    names: tuple[str, ...]


def roster(view: View) -> list[Entry]:
    """All agents by name, kept until the record changes."""
    return view.cached("roster", lambda: _roster(view.record, view.connection))


def _roster(record: Record, connection: Connection) -> list[Entry]:
    touched = decided(record)
    gone = touched.keys() | {i for a in touched.values() for i in a[1]}
    names: dict[str, list[str]] = {}
    for id_, name in connection.execute(select(N.c.agent, N.c.name)):
        names.setdefault(id_, []).append(name)
    rows = [
        Entry(id_, name, kind, document or "", tuple(names.get(id_, (name,))))
        for id_, name, kind, document in connection.execute(select(A.c.id, A.c.name, A.c.kind, A.c.document))
        if id_ not in gone
    ]
    rows += [Entry(a.id, a.name, a.kind, a.document or "", (a.name, *a.aliases)) for a, _ in touched.values()]
    return sorted(rows, key=lambda e: (e.name.casefold(), e.id))


def decided(record: Record) -> dict[str, tuple[AgentRow, frozenset[str]]]:
    """The agents that a person's merges and splits touch, as they now stand, by id, with the ids of all that went into them."""
    made = decisions(record)
    ids = {agent_of_part(p) for d in made if d.kind == "agent" for p in d.parts}
    if not ids:
        return {}
    rows = [values.agent_row_in(i, r["value"]) for i, r in record.current_of(schema.agents, ids).items()]
    return {a.id: (a, frozenset(ids)) for a in agents_as_decided(rows, made)}


def picked(entries: list[Entry], q: str, kind: str) -> list[Entry]:
    """Those with all the words in one of their names, of a kind."""
    words = folded(q).split()
    return [
        e
        for e in entries
        if (not kind or e.kind == kind) and (not words or any(all(w in folded(n) for w in words) for n in e.names))
    ]


def claim_counts(connection: Connection, entries: list[Entry]) -> dict[str, int]:
    """By agent, the claims whose source has one of its names; in its own document alone where only that knows it."""
    c = schema.now_claims
    names = sorted({n for e in entries for n in e.names})
    wide: dict[str, int] = {}
    for i in range(0, len(names), 400):
        rows = connection.execute(
            select(c.c.source_name, func.count())
            .where(c.c.source_name.in_(names[i : i + 400]))
            .group_by(c.c.source_name)
        )
        wide |= {str(k): int(n) for k, n in rows}
    out = {}
    for e in entries:
        if e.document:
            here = select(func.count()).where(c.c.document == e.document, c.c.source_name.in_(e.names[:400]))
            out[e.id] = int(connection.execute(here).scalar_one())
        else:
            out[e.id] = sum(wide.get(n, 0) for n in e.names)
    return out


def agent(record: Record, connection: Connection, id_: str) -> AgentRow | None:
    """The agent of this id as it stands, with the documents that name it as a claim's source or an event's participant; None for none."""
    touched = decided(record)
    if id_ in touched:
        found = touched[id_][0]
    else:
        rows = {} if any(id_ in ids for _, ids in touched.values()) else record.current_of(schema.agents, [id_])
        if id_ not in rows:
            return None
        found = values.agent_row_in(id_, rows[id_]["value"])
    return overlay(record).agents([replace(found, documents=_documents(connection, found))])[0]


def _documents(connection: Connection, a: AgentRow) -> tuple[str, ...]:
    if a.document:
        return (a.document,)
    c, p, t = schema.now_claims, schema.now_parties, schema.now_tellings
    local = {g.alias for g in a.grounds if g.local} - {g.alias for g in a.grounds if not g.local}
    names = [n for n in (a.name, *a.aliases) if n not in local]
    out: set[Any] = {g.evidence.document for g in a.grounds if g.alias in local}
    for i in range(0, len(names), 400):
        some = names[i : i + 400]
        told = select(t.c.document).join(p, p.c.event == t.c.event).where(p.c.name.in_(some))
        out |= set(connection.execute(union(select(c.c.document).where(c.c.source_name.in_(some)), told)).scalars())
    return tuple(sorted(out))
