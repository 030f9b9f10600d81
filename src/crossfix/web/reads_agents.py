"""Agents: the list, and one with its names and why they mean it, offices, members, what it says and what it takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from crossfix.dossier import phrases
from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.record.decisions import agents_near, name_of_part
from crossfix.record.matching import folded
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import AgentRow, AliasGround, Decision, OfficeHeld
from crossfix.web import reads_claims
from crossfix.web.paging import PAGE, Order, encode
from crossfix.web.reads_claims import Said
from crossfix.web.reads_event import decided_about
from crossfix.web.reads_events import heading_of
from crossfix.web.reads_roster import decided

if TYPE_CHECKING:
    from crossfix.record.store import Record
    from crossfix.web.reading import View

A, C, N, P = schema.now_agents, schema.now_claims, schema.now_names, schema.now_parties
CLAIMS = 20
EVENTS_MOST = 12
GROUNDS_MOST = 6
NEAR_WORD = 3
LATEST = Order((C.c["row"],), down=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which agents: words in one of their names, a kind, or also those that one document alone knows (``everywhere``)."""

    q: str = ""
    kind: str = ""
    everywhere: bool = False

    @property
    def anything(self) -> bool:
        """True where it leaves something out."""
        return bool(self.q or self.kind)


@dataclass(frozen=True, slots=True)
class Listed:
    """An agent in the list."""

    id: str
    name: str
    kind: str
    document: str
    aliases: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list."""

    items: list[Listed]
    number: int
    pages: int
    total: int


def listed(view: View, asked: Asked, number: int) -> Listing:
    """A page of the agents, those with most claims first."""
    connection = view.connection
    ranked = view.cached(("agents ranked", asked.everywhere), lambda: _ranked(connection, everywhere=asked.everywhere))
    touched = decided(view.record)
    gone = {i for _, ids in touched.values() for i in ids} - touched.keys()
    chosen = _chosen(connection, asked)
    order = [(i, n) for i, n in ranked if i not in gone and (chosen is None or i in chosen)]
    known = {i for i, _ in order}
    apart = [a for a, _ in touched.values() if a.id not in known and _fits(a, asked)]
    order += [(a.id, 0) for a in apart]
    pages = max(1, -(-len(order) // PAGE))
    number = min(max(1, number), pages)
    some = order[(number - 1) * PAGE : number * PAGE]
    names = _names(connection, [i for i, _ in some])
    heads = {
        str(r[0]): r
        for r in connection.execute(
            select(A.c.id, A.c.name, A.c.kind, A.c.document).where(A.c.id.in_([i for i, _ in some]))
        )
    }
    items = []
    for i, n in some:
        if i in touched:
            a = touched[i][0]
            items.append(Listed(i, a.name, a.kind, a.document or "", a.aliases, n))
        elif i in heads:
            _, name, kind, document = heads[i]
            aliases = tuple(x for x in names.get(i, ()) if x != name)
            items.append(Listed(i, name, kind, document or "", aliases, n))
    return Listing(items, number, pages, len(order))


def _ranked(connection: Connection, *, everywhere: bool) -> list[tuple[str, int]]:
    """Agents with how many claims have one of their names for a source, most first."""
    heard = select(C.c.source_name.label("name"), func.count().label("n")).group_by(C.c.source_name).subquery()
    total = func.coalesce(func.sum(heard.c.n), 0)
    wide = (
        select(A.c.id, total.label("n"), A.c.name)
        .join(N, and_(N.c.agent == A.c.id, N.c.local == 0))
        .join(heard, heard.c.name == N.c.name, isouter=True)
        .where(A.c.document == "")
        .group_by(A.c.id)
        .order_by(total.desc(), A.c.name, A.c.id)
    )
    out = [(str(i), int(n)) for i, n, _ in connection.execute(wide)]
    if everywhere:
        here = connection.execute(
            text(
                "SELECT a.id, (SELECT count(*) FROM now_claims c JOIN now_names n ON n.agent = a.id AND n.name = c.source_name "
                "WHERE c.document = a.document) FROM now_agents a WHERE a.document > '' ORDER BY 2 DESC, a.name, a.id"
            )
        )
        out += [(str(i), int(n)) for i, n in here]
    return out


def _chosen(connection: Connection, asked: Asked) -> set[str] | None:
    if not asked.anything:
        return None
    query = select(A.c.id)
    if asked.q:
        named = select(N.c.agent).where(*(N.c.name.icontains(w, autoescape=True) for w in asked.q.split()[:8]))
        query = query.where(A.c.id.in_(named))
    if asked.kind:
        query = query.where(A.c.kind == asked.kind)
    return {str(i) for i in connection.execute(query).scalars()}


def _fits(a: AgentRow, asked: Asked) -> bool:
    words = folded(asked.q).split()
    names = [folded(n) for n in (a.name, *a.aliases)]
    return (not asked.kind or a.kind == asked.kind) and (not words or any(all(w in n for w in words) for n in names))


def _names(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for i, name in connection.execute(
        select(N.c.agent, N.c.name).where(N.c.agent.in_(ids)).order_by(N.c.agent, N.c.name)
    ):
        out.setdefault(str(i), []).append(str(name))
    return out


def kinds(connection: Connection) -> list[tuple[str, int]]:
    """The kinds of agents known beyond one document, the commonest first."""
    rows = connection.execute(
        select(A.c.kind, func.count())
        .where(A.c.document == "")
        .group_by(A.c.kind)
        .order_by(func.count().desc(), A.c.kind)
    )
    return [(str(k), int(n)) for k, n in rows]


# ------------------------------------------------------------------ one agent


@dataclass(frozen=True, slots=True)
class Name:
    """A name with why it means the agent: reasons, each with passages. ``part`` is what a split takes it by."""

    name: str
    part: str
    own: bool
    local: bool
    grounds: tuple[tuple[str, tuple[AliasGround, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a page shows of an agent. ``next`` is the cursor of further claims."""

    agent: AgentRow
    names: list[Name]
    offices: tuple[OfficeHeld, ...]
    members: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    stances: list[tuple[str, int]]
    documents: int
    claims: list[Said]
    next: str | None
    events: list[tuple[str, str, str]]
    events_total: int
    decided: list[Decision]
    near: list[tuple[str, str, str]]


def resolve(record: Record, connection: Connection, given: str) -> str:
    """The id of an agent as it stands, by its id, one that was put with another since, or a name. Raises UnknownId."""
    near = agents_near(record, [given])
    if any(a.id == given for a, _ in near):
        return given
    holding = [a.id for a, parts in near if any(p.endswith(f" [{given}]") for p in parts)]
    if holding:
        return holding[0]
    rows = connection.execute(
        select(A.c.id)
        .distinct()
        .join(N, N.c.agent == A.c.id)
        .where(func.lower(N.c.name) == given.lower(), A.c.document == "")
        if given
        else select(A.c.id).where(A.c.id.is_(None))
    )
    named = [str(i) for i in rows.scalars()]
    if len(named) > 1:
        several = ", ".join(named[:5])
        raise UnknownId(f"{given[:80]!r} is the name of several agents: {several}", advice="give one of their ids")
    if not named:
        raise UnknownId(f"no agent has the id or name {given[:80]!r}", advice="look for it in the list of agents")
    return resolve(record, connection, named[0])


def near(record: Record, id_: str) -> tuple[AgentRow, tuple[str, ...]]:
    """An agent as decided, with its parts. Raises UnknownId."""
    found = next(((a, parts) for a, parts in agents_near(record, [id_]) if a.id == id_), None)
    if found is None:
        raise UnknownId(f"no agent has the id {id_[:80]!r}", advice="look for it in the list of agents")
    return overlay(record).agents([found[0]])[0], found[1]


def whole(record: Record, connection: Connection, id_: str, stance: str, after: str | None) -> Whole:
    """The agent of this id. Raises UnknownId, and UsageError where ``after`` is no page of its claims."""
    a, parts = near(record, id_)
    where = of_agent(a)
    counted = connection.execute(
        select(C.c.stance, func.count(), func.count(C.c.document.distinct())).where(where).group_by(C.c.stance)
    ).all()
    stances = sorted(((str(s), int(n)) for s, n, _ in counted), key=lambda x: (-x[1], x[0]))
    documents = int(connection.execute(select(func.count(C.c.document.distinct())).where(where)).scalar_one())
    chosen = [where, *LATEST.after(after)] + ([C.c.stance == stance] if stance else [])
    rows = list(connection.execute(LATEST.applied(select(C.c.id, C.c["row"]).where(*chosen)).limit(CLAIMS + 1)))
    claims = reads_claims.claims_of(record, [str(r[0]) for r in rows[:CLAIMS]])
    told = select(P.c.event).distinct().where(P.c.name.in_(wide_names(a))) if not a.document else None
    events: list[tuple[str, str, str]] = []
    events_total = 0
    if told is not None:
        e = schema.now_events
        ids = connection.execute(
            select(e.c.id).where(e.c.id.in_(told)).order_by(e.c.origins.desc(), e.c.first.desc()).limit(EVENTS_MOST)
        )
        events = heading_of(record, [str(i) for i in ids.scalars()])
        events_total = int(connection.execute(select(func.count()).select_from(told.subquery())).scalar_one())
    members = names_of_ids(connection, a.members)
    return Whole(
        agent=a,
        names=_grounded(a, parts),
        offices=a.offices,
        members=members,
        groups=_groups(connection, id_),
        stances=stances,
        documents=documents,
        claims=reads_claims.said(record, connection, claims),
        next=encode([rows[CLAIMS - 1][1]]) if len(rows) > CLAIMS else None,
        events=events,
        events_total=events_total,
        decided=decided_about(record, "agent", parts),
        near=_near(connection, a),
    )


def wide_names(a: AgentRow) -> list[str]:
    """The names that mean the agent wherever they stand."""
    local = {g.alias for g in a.grounds if g.local} - {g.alias for g in a.grounds if not g.local}
    return [n for n in dict.fromkeys((a.name, *a.aliases)) if n not in local][:400]


def of_agent(a: AgentRow) -> ColumnElement[bool]:
    """The claims whose source is this agent: by its names, by those that mean it in some documents only in these alone."""
    every = list(dict.fromkeys((a.name, *a.aliases)))[:400]
    if a.document:
        return and_(C.c.document == a.document, C.c.source_name.in_(every))
    wide = wide_names(a)
    parts: list[ColumnElement[bool]] = [C.c.source_name.in_(wide)]
    for name in (n for n in every if n not in wide):
        here = sorted({g.evidence.document for g in a.grounds if g.alias == name})
        parts.append(and_(C.c.source_name == name, C.c.document.in_(here[:400])))
    return or_(*parts)


def _grounded(a: AgentRow, parts: Sequence[str]) -> list[Name]:
    by: dict[str, dict[str, list[AliasGround]]] = {}
    for g in a.grounds:
        by.setdefault(g.alias, {}).setdefault(g.why, []).append(g)
    wide = set(wide_names(a))
    out = []
    for part in parts:
        name = name_of_part(part)
        reasons = [(why, tuple(gs[:GROUNDS_MOST]), len(gs)) for why, gs in by.get(name, {}).items()]
        out.append(Name(name, part, name == a.name, name not in wide and not a.document, tuple(reasons)))
    return sorted(out, key=lambda n: (not n.own, n.name.casefold(), n.part))


def names_of_ids(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Agents' ids with their names."""
    found = {str(i): str(n) for i, n in connection.execute(select(A.c.id, A.c.name).where(A.c.id.in_(list(ids)[:400])))}
    return [(i, found[i]) for i in ids if i in found]


def _groups(connection: Connection, id_: str) -> list[tuple[str, str]]:
    """The groups that count this agent among their members, looked for among agents of that kind alone."""
    g = schema.agents
    rows = connection.execute(
        select(A.c.id, A.c.name)
        .join(g, g.c["row"] == A.c["row"])
        .where(A.c.kind == "group", func.instr(g.c.value, f'"{id_}"') > 0)
        .limit(20)
    )
    return [(str(i), str(n)) for i, n in rows]


def _near(connection: Connection, a: AgentRow) -> list[tuple[str, str, str]]:
    """Agents known beyond one document that share the longest word of its name: what a person may want to put together with it."""
    word = max(a.name.split(), key=len, default="")
    if len(word) < NEAR_WORD:
        return []
    rows = connection.execute(
        select(A.c.id, A.c.name, A.c.kind)
        .where(A.c.document == "", A.c.id != a.id, A.c.name.icontains(word, autoescape=True))
        .order_by(A.c.kind != a.kind, func.length(A.c.name), A.c.name, A.c.id)
        .limit(6)
    )
    return [(str(i), phrases.shorten(name, 90), str(kind)) for i, name, kind in rows]
