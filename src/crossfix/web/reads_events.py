"""The list of events and of transfers: filtered, in an order, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from crossfix.dossier import phrases
from crossfix.record import schema, values
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import EventRow, TransferRow
from crossfix.record.sqlite import match, query_words
from crossfix.web.paging import PAGE, Order, Page, encode, sorting
from crossfix.web.reads_overview import Told, told

if TYPE_CHECKING:
    from crossfix.record.store import Record

E = schema.now_events
T = schema.now_transfers
ORDERS = {
    "day": (E.c.first, E.c.id),
    "origins": (E.c.origins, E.c.reporters, E.c.id),
    "reports": (E.c.reports, E.c.id),
    "denials": (E.c.denials, E.c.id),
}
STANDARD = "-day"
TRANSFER_ORDERS = {"day": (T.c.first, T.c.id), "denials": (T.c.denials, T.c.id)}
NEAR = 1000
PASSAGES_MOST = 300
"""Events are looked for by their parties and place, and in so many passages, those that came in last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events or transfers: words in parties, place or the passages that tell it; a type (of a transfer a kind of goods); somebody who
    takes part; how it stands; days; with a finding of a verdict; with accounts that differ (``differ``)."""

    q: str = ""
    type: str = ""
    agent: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    verdict: str = ""
    origins: int = 0

    @property
    def anything(self) -> bool:
        """True where it leaves something out."""
        return self != Asked()


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event in the list, with the findings about it by verdict."""

    told: Told
    findings: tuple[tuple[str, int], ...]


def listed(
    record: Record, connection: Connection, asked: Asked, sort: str | None, after: str | None
) -> Page[ListedEvent]:
    """A page of the list. Raises UsageError where ``after`` is no page of it."""
    where = _where(connection, asked)
    ids, following = _ids(connection, E.c.id, where, sorting(sort, ORDERS, STANDARD)[1], after)
    rows = events_of(record, ids)
    found = findings_by(connection, ids)
    items = [ListedEvent(told(rows[i]), found.get(i, ())) for i in ids if i in rows]
    return Page(items, following, _count(connection, E, where))


def _ids(
    connection: Connection,
    id_: ColumnElement[Any],
    where: Sequence[ColumnElement[bool]],
    order: Order,
    after: str | None,
) -> tuple[list[str], str | None]:
    keys = [c.label(f"key{n}") for n, c in enumerate(order.columns)]
    query = order.applied(select(id_, *keys).where(*where, *order.after(after))).limit(PAGE + 1)
    rows = list(connection.execute(query))
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return [str(r[0]) for r in rows], encode(list(rows[-1][1:])) if more else None


def _count(connection: Connection, table: Any, where: Sequence[ColumnElement[bool]]) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def events_of(record: Record, ids: Sequence[str]) -> dict[str, EventRow]:
    """Events as corrected, by id."""
    said = overlay(record)
    found = record.current_of(schema.events, ids)
    return {i: said.event(values.event_row_in(i, r["value"])) for i, r in found.items()}


def transfers_of(record: Record, ids: Sequence[str]) -> dict[str, TransferRow]:
    """Transfers as corrected, by id."""
    said = overlay(record)
    found = record.current_of(schema.transfers, ids)
    return {i: said.transfer(values.transfer_row_in(i, r["value"])) for i, r in found.items()}


def findings_by(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """By subject, how many findings of each verdict, worst first."""
    f = schema.now_findings
    rows = connection.execute(
        select(f.c.subject, f.c.verdict, func.count())
        .where(f.c.subject.in_(ids))
        .group_by(f.c.subject, f.c.verdict, f.c.rank)
        .order_by(f.c.rank)
    )
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for subject, verdict, n in rows:
        out[str(subject)] = (*out.get(str(subject), ()), (str(verdict), int(n)))
    return out


# ------------------------------------------------------------------ which


def _where(connection: Connection, asked: Asked) -> list[ColumnElement[bool]]:
    out = [*_days(E, asked), *_with_finding(E, asked)]
    if asked.q.strip():
        out.append(told_with(connection, query_words(asked.q)))
    if asked.type:
        out.append(E.c.type == asked.type)
    if asked.status:
        out.append(E.c.status == asked.status)
    if asked.origins > 1:
        out.append(E.c.origins >= asked.origins)
    if asked.agent.strip():
        out.append(E.c.id.in_(_of_agent(connection, asked.agent)))
    return out


def _days(table: Any, asked: Asked) -> list[ColumnElement[bool]]:
    from crossfix.record.matching import days_of

    out: list[ColumnElement[bool]] = []
    if asked.since.strip():
        out.append(table.c.last >= days_of(asked.since.strip(), "since").first.isoformat())
    if asked.until.strip():
        out.append(table.c.first <= days_of(asked.until.strip(), "until").last.isoformat())
    if out:
        out.append(table.c.first > "")
    return out


def _with_finding(table: Any, asked: Asked) -> list[ColumnElement[bool]]:
    if not asked.verdict:
        return []
    f = schema.now_findings
    return [table.c.id.in_(select(f.c.subject).where(f.c.verdict == asked.verdict))]


def _of_agent(connection: Connection, agent: str) -> Any:
    """The events in which somebody takes part who goes by this name, whole, under any of its names; else whose name holds the words."""
    p = schema.now_parties
    names = names_of(connection, agent)
    if names:
        return select(p.c.event).where(p.c.name.in_(names))
    return select(p.c.event).where(*(p.c.name.icontains(w, autoescape=True) for w in agent.split()[:8]))


def names_of(connection: Connection, agent: str) -> list[str]:
    """Every name of the agents known beyond one document that go by this name or have this id; none where nobody does."""
    n, a = schema.now_names, schema.now_agents
    wanted = agent.strip()
    spellings = {wanted, wanted.title(), wanted.upper(), wanted.capitalize()}
    ids = connection.execute(
        select(a.c.id)
        .join(n, n.c.agent == a.c.id)
        .where(n.c.name.in_(sorted(spellings)), a.c.document == "", n.c.local == 0)
    )
    found = sorted({str(i) for i in ids.scalars()} | {wanted})[:40]
    names = connection.execute(select(n.c.name).distinct().where(n.c.agent.in_(found), n.c.local == 0))
    return [str(x) for x in names.scalars()]


def told_with(connection: Connection, words: Sequence[str]) -> ColumnElement[bool]:
    """Events whose parties and place hold all the words, or that a passage with all of them tells."""
    if not words:
        return E.c.id.is_(None)
    named = and_(
        *(or_(E.c.participants.icontains(w, autoescape=True), E.c.place.icontains(w, autoescape=True)) for w in words)
    )
    told_there = _told_in_passages(connection, words, "mentions", "trigger")
    return or_(named, E.c.id.in_(told_there)) if told_there else named


def _told_in_passages(connection: Connection, words: Sequence[str], table: str, span: str) -> list[str]:
    """The events or transfers that passages with all the words tell; in a long passage those with the words near them alone."""
    from crossfix.web.marking import hits

    rows = connection.execute(
        text(
            f'SELECT j.target, CASE WHEN p."end" - p.start > :near THEN (SELECT substr(t.text, max(p.start, json_extract(m.value, '
            f"'$.{span}[0]') - :near / 2) + 1, :near) FROM texts t WHERE t.id = p.document AND t.version = 1) END "
            "FROM (SELECT rowid AS row FROM search WHERE search MATCH :q ORDER BY rowid DESC LIMIT :n) s "
            f"JOIN passages p ON p.row = s.row JOIN {table} m ON m.document = p.document "
            f"AND json_extract(m.value, '$.{span}[0]') >= p.start AND json_extract(m.value, '$.{span}[0]') < p.\"end\" "
            "JOIN joins j ON j.id = m.id AND j.act <> 'withdrawn' "
            "AND NOT EXISTS (SELECT 1 FROM joins l WHERE l.id = j.id AND l.version > j.version)"
        ),
        {"q": match(words), "n": PASSAGES_MOST, "near": NEAR},
    )
    out: dict[str, None] = {}
    for target, around in rows:
        if target not in out and (around is None or all(hits(around, [w]) for w in words)):
            out[str(target)] = None
    return list(out)[:900]


# ------------------------------------------------------------------ in a line


def heading_of(record: Record, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """Events in a line each: id, heading, and on how much it rests."""
    rows = events_of(record, ids)
    return [(i, phrases.heading(rows[i]), phrases.support(rows[i])) for i in ids if i in rows]


def types(connection: Connection) -> list[tuple[str, int]]:
    """The types of events that there are, the commonest first."""
    rows = connection.execute(select(E.c.type, func.count()).group_by(E.c.type).order_by(func.count().desc(), E.c.type))
    return [(str(k), int(n)) for k, n in rows]


def parties(connection: Connection, most: int = 40) -> list[str]:
    """Who takes part in most events."""
    p = schema.now_parties
    rows = connection.execute(
        select(p.c.name).group_by(p.c.name).order_by(func.count(p.c.event.distinct()).desc(), p.c.name).limit(most)
    )
    return [str(x) for x in rows.scalars()]


# ------------------------------------------------------------------ transfers


@dataclass(frozen=True, slots=True)
class ListedTransfer:
    """A transfer in the list."""

    transfer: TransferRow
    pair: str
    standing: str
    findings: tuple[tuple[str, int], ...]


def transfers(
    record: Record, connection: Connection, asked: Asked, sort: str | None, after: str | None
) -> Page[ListedTransfer]:
    """A page of the transfers. Raises UsageError where ``after`` is no page of it."""
    where = [*_days(T, asked), *_with_finding(T, asked)]
    if asked.type:
        where.append(T.c.kind == asked.type)
    if asked.status:
        where.append(T.c.status == asked.status)
    if asked.agent.strip():
        names = names_of(connection, asked.agent)
        words = asked.agent.split()[:8]
        sides = [
            or_(T.c.supplier.in_(names), T.c.recipient.in_(names))
            if names
            else and_(
                *(
                    or_(T.c.supplier.icontains(w, autoescape=True), T.c.recipient.icontains(w, autoescape=True))
                    for w in words
                )
            )
        ]
        where += sides
    words = query_words(asked.q)
    if words:
        columns = (T.c.supplier, T.c.recipient, T.c.item)
        named = and_(*(or_(*(c.icontains(w, autoescape=True) for c in columns)) for w in words))
        told_there = _told_in_passages(connection, words, "transfer_mentions", "evidence")
        where.append(or_(named, T.c.id.in_(told_there)))
    ids, following = _ids(connection, T.c.id, where, sorting(sort, TRANSFER_ORDERS, STANDARD)[1], after)
    rows = transfers_of(record, ids)
    found = findings_by(connection, ids)
    items = [
        ListedTransfer(
            rows[i],
            phrases.pair(rows[i].supplier, rows[i].recipient),
            phrases.transfer_standing(rows[i]),
            found.get(i, ()),
        )
        for i in ids
        if i in rows
    ]
    return Page(items, following, _count(connection, T, where))


def kinds(connection: Connection) -> list[tuple[str, int]]:
    """The kinds of goods, the commonest first."""
    rows = connection.execute(select(T.c.kind, func.count()).group_by(T.c.kind).order_by(func.count().desc(), T.c.kind))
    return [(str(k), int(n)) for k, n in rows]
