"""The list of documents: filtered, in an order, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import CompoundSelect, Connection, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from crossfix.dossier import phrases
from crossfix.record import schema
from crossfix.web.paging import PAGE, Order, Page, encode, sorting

if TYPE_CHECKING:
    from crossfix.record.store import Record

D = schema.now_documents
ORDERS = {
    "day": (D.c.day, D.c.id),
    "added": (D.c.added, D.c.id),
    "title": (func.coalesce(D.c.title, ""), D.c.id),
    "outlet": (func.coalesce(D.c.outlet, ""), D.c.id),
    "words": (D.c.words, D.c.id),
}
STANDARD = "-day"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which documents: words in title, outlet, agency or file; outlet; language; days of publication; with a finding of this verdict;
    kept but not read for claims (``unread``)."""

    q: str = ""
    outlet: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    verdict: str = ""
    unread: bool = False

    @property
    def anything(self) -> bool:
        """True where it leaves something out."""
        return self != Asked()


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the list. ``relation`` and ``parent`` say what it was likeliest made from; ``findings`` counts by verdict."""

    sha256: str
    title: str
    file: str
    outlet: str | None
    agency: str | None
    published: str | None
    day: str
    language: str
    words: int
    extracted: bool
    reason: str | None
    added: str
    claims: int
    events: int
    origin: str | None
    family: int
    relation: str | None
    parent: str | None
    findings: tuple[tuple[str, int], ...]


def listed(
    record: Record,
    connection: Connection,
    asked: Asked,
    sort: str | None,
    after: str | None,
    total: int | None,
    most: int = PAGE,
) -> Page[Listed]:
    """A page of the list, ``total`` of which the caller knows. Raises UsageError where ``after`` is no page of it."""
    _, order = sorting(sort, ORDERS, STANDARD)
    where = _where(asked)
    rows = list(
        connection.execute(
            order.applied(select(D.c.id, *_keys(order)).where(*where, *order.after(after))).limit(most + 1)
        )
    )
    more = len(rows) > most
    rows = rows[:most]
    following = encode(list(rows[-1][1:])) if more else None
    return Page(_full(record, connection, [str(r[0]) for r in rows]), following, total)


def _keys(order: Order) -> list[ColumnElement[Any]]:
    return [c.label(f"key{n}") for n, c in enumerate(order.columns)]


def count(connection: Connection, asked: Asked) -> int:
    """How many documents the filter picks."""
    return int(connection.execute(select(func.count()).select_from(D).where(*_where(asked))).scalar_one())


def _where(asked: Asked) -> list[ColumnElement[bool]]:
    from crossfix.record.matching import days_of

    out: list[ColumnElement[bool]] = []
    if asked.q.strip():
        f = schema.documents
        for word in asked.q.split()[:12]:
            named = [D.c.title.icontains(word, autoescape=True), D.c.outlet.icontains(word, autoescape=True)]
            named += [D.c.agency.icontains(word, autoescape=True), D.c.id.startswith(word.lower(), autoescape=True)]
            in_file = select(f.c.row).where(f.c.file.icontains(word, autoescape=True))
            out.append(or_(*named, D.c.row.in_(in_file)))
    if asked.outlet:
        out.append(or_(D.c.outlet == asked.outlet, and_(D.c.outlet.is_(None), D.c.agency == asked.outlet)))
    if asked.language:
        out.append(D.c.language == asked.language)
    if asked.since:
        out.append(D.c.day >= days_of(asked.since, "since").first.isoformat())
    if asked.until:
        out += [D.c.day <= days_of(asked.until, "until").last.isoformat(), D.c.day > ""]
    if asked.verdict:
        out.append(D.c.id.in_(_with_verdict(asked.verdict)))
    if asked.unread:
        out.append(D.c.extracted.is_(False))
    return out


def _with_verdict(verdict: str) -> CompoundSelect[Any]:
    """The documents that a finding of this verdict is about: itself, a claim in it, or an event it tells of."""
    f, c, t = schema.now_findings, schema.now_claims, schema.now_tellings
    about = select(f.c.subject).where(f.c.verdict == verdict)
    return (
        about.where(f.c.subject_kind == "document")
        .union(
            select(c.c.document).where(c.c.id.in_(about.where(f.c.subject_kind == "claim"))),
            select(t.c.document).where(t.c.event.in_(about.where(f.c.subject_kind == "event"))),
        )
    )  # fmt: skip


def _full(record: Record, connection: Connection, ids: list[str]) -> list[Listed]:
    rows = record.current_of(schema.documents, ids)
    descents = record.current_of(schema.descents, ids)
    claims, events = (
        _per(connection, schema.now_claims.c.document, ids),
        _per(connection, schema.now_tellings.c.document, ids),
    )
    families = _families(connection, {r["origin"] for r in descents.values()})
    parents = record.current_of(schema.documents, {r["derived_from"] for r in descents.values()} - {None})
    found = _findings(connection, ids)
    out = []
    for i in ids:
        r, d = rows[i], descents.get(i)
        parent = parents.get(d["derived_from"]) if d and d["derived_from"] else None
        out.append(
            Listed(
                i, r["title"] or "", phrases.file_name(r["file"]), r["outlet"], r["agency"], r["published"],
                r["published"] or r["written"] or "", r["language"], r["words"], r["extracted"], r["value"]["reason"], r["at"],
                claims.get(i, 0), events.get(i, 0), d["origin"] if d else None, families.get(d["origin"], 1) if d else 1,
                d["relation"] if d else None,
                (parent["outlet"] or parent["title"] or phrases.file_name(parent["file"])) if parent else None,
                tuple(found.get(i, {}).items()),
            )
        )  # fmt: skip
    return out


def _per(connection: Connection, column: ColumnElement[Any], ids: list[str]) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).where(column.in_(ids)).group_by(column))
    return {str(k): int(n) for k, n in rows}


def _families(connection: Connection, origins: set[str]) -> dict[str, int]:
    """By origin, how many documents descend from it now."""
    t = schema.descents
    later = t.alias("later")
    standing = ~select(later.c.row).where(later.c.id == t.c.id, later.c.version > t.c.version).exists()
    rows = connection.execute(
        select(t.c.origin, func.count())
        .where(t.c.origin.in_(sorted(origins)), t.c.act != "withdrawn", standing)
        .group_by(t.c.origin)
    )
    return {str(k): int(n) for k, n in rows}


def _findings(connection: Connection, ids: list[str]) -> dict[str, dict[str, int]]:
    """By document and verdict, worst first, how many findings are about it, its claims or its events."""
    f, c, t = schema.now_findings, schema.now_claims, schema.now_tellings
    parts = [
        select(f.c.subject.label("document"), f.c.verdict, f.c.rank).where(f.c.subject.in_(ids)),
        select(c.c.document, f.c.verdict, f.c.rank).join(f, f.c.subject == c.c.id).where(c.c.document.in_(ids)),
        select(t.c.document, f.c.verdict, f.c.rank).join(f, f.c.subject == t.c.event).where(t.c.document.in_(ids)),
    ]
    every = parts[0].union_all(*parts[1:]).subquery()
    rows = connection.execute(
        select(every.c.document, every.c.verdict, func.count())
        .group_by(every.c.document, every.c.verdict, every.c.rank)
        .order_by(every.c.rank)
    )
    out: dict[str, dict[str, int]] = {}
    for document, verdict, n in rows:
        out.setdefault(str(document), {})[str(verdict)] = int(n)
    return out


def choices(connection: Connection) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The outlets with most documents, and all languages, each with how many documents."""
    outlet = func.coalesce(D.c.outlet, D.c.agency)
    outlets = connection.execute(
        select(outlet, func.count())
        .where(outlet.is_not(None))
        .group_by(outlet)
        .order_by(func.count().desc(), outlet)
        .limit(60)
    )
    languages = connection.execute(
        select(D.c.language, func.count()).group_by(D.c.language).order_by(func.count().desc(), D.c.language)
    )
    return [(str(k), int(n)) for k, n in outlets], [(str(k), int(n)) for k, n in languages]
