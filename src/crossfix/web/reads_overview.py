"""What the overview asks of the record: a few small answers, whatever its size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select, text

from crossfix.dossier import phrases, words
from crossfix.record import schema, values
from crossfix.record.drift import drift_in
from crossfix.record.findings import VERDICTS, FindingRow, findings_of
from crossfix.record.rows import DriftRow, EventRow, Evidence
from crossfix.web.reads_subjects import Subject, subjects

if TYPE_CHECKING:
    from crossfix.record.store import Record

FIRST = 6
"""So many rows of each list stand on the overview; its heading leads to the rest."""
NEW_MOST = 12
MARKED = ("documents", "events", "transfers", "findings", "drifts")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the record holds. ``since`` and ``until`` are the first and last day of publication, "" where none is known."""

    documents: int
    claims: int
    events: int
    transfers: int
    origins: int
    outlets: int
    languages: tuple[tuple[str, int], ...]
    since: str
    until: str
    verdicts: Mapping[str, int]
    drifts: Mapping[str, int]
    checked: bool
    unchecked: int


def counts(connection: Connection) -> Counts:
    """How many of each stand now."""

    def one(statement: Any) -> int:
        return int(connection.execute(statement).scalar_one() or 0)

    d, f, w = schema.now_documents, schema.now_findings, schema.now_drifts
    documents, claims, events, transfers = (
        one(select(func.count()).select_from(t))
        for t in (d, schema.now_claims, schema.now_events, schema.now_transfers)
    )
    verdicts = {str(v): int(n) for v, n in connection.execute(select(f.c.verdict, func.count()).group_by(f.c.verdict))}
    kinds = connection.execute(
        select(w.c.kind, func.count()).group_by(w.c.kind).order_by(func.count().desc(), w.c.kind)
    )
    languages = connection.execute(
        select(d.c.language, func.count()).group_by(d.c.language).order_by(func.count().desc(), d.c.language)
    )
    days = connection.execute(select(func.min(d.c.day), func.max(d.c.day)).where(d.c.day > "")).one()
    runs = connection.execute(
        text("SELECT json_extract(value, '$.documents') FROM check_runs r WHERE act <> 'withdrawn' AND NOT EXISTS "
             "(SELECT 1 FROM check_runs l WHERE l.id = r.id AND l.version > r.version)")
    ).scalars().all()  # fmt: skip
    return Counts(
        documents=documents,
        claims=claims,
        events=events,
        transfers=transfers,
        origins=one(text("SELECT count(DISTINCT origin) FROM descents r WHERE act <> 'withdrawn' AND NOT EXISTS "
                         "(SELECT 1 FROM descents l WHERE l.id = r.id AND l.version > r.version)")),
        outlets=one(select(func.count(d.c.outlet.distinct()))),
        languages=tuple((str(k), int(n)) for k, n in languages),
        since=str(days[0] or ""),
        until=str(days[1] or ""),
        verdicts={v: verdicts[v] for v in VERDICTS if v in verdicts},
        drifts={str(k): int(n) for k, n in kinds},
        checked=bool(runs),
        unchecked=max((documents - int(n) for n in runs), default=0),
    )  # fmt: skip


# ------------------------------------------------------------------ findings


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with what it is about, and where its first passage stands."""

    finding: FindingRow
    subject: Subject
    at: Evidence
    outlet: str


def worst_findings(record: Record, connection: Connection, most: int = FIRST, *, after: int = 0) -> list[Found]:
    """The findings that deserve a look first: worst verdict first, of one verdict those that came in last. ``after`` leaves out those
    that were kept up to that row."""
    t = schema.now_findings
    chosen = connection.execute(
        select(t.c.id)
        .where(t.c.row > after, t.c.rank < len(VERDICTS) - 1)
        .order_by(t.c.rank, t.c.row.desc())
        .limit(most)
    )
    rows = findings_of(record, [str(i) for i in chosen.scalars()])
    about = subjects(record, ((f.subject_kind, f.subject) for f in rows))
    names = outlets(connection, {f.evidence[0].document for f in rows})
    return [Found(f, about[f.subject_kind, f.subject], f.evidence[0], names[f.evidence[0].document]) for f in rows]


def outlets(connection: Connection, documents: set[str]) -> dict[str, str]:
    """By document, who published it; where that is not known, its title or "outlet not known"."""
    t = schema.now_documents
    found = dict.fromkeys(documents, "outlet not known")
    rows = connection.execute(select(t.c.id, t.c.outlet, t.c.agency, t.c.title).where(t.c.id.in_(sorted(documents))))
    for id_, outlet, agency, title in rows:
        found[id_] = outlet or agency or (f"“{phrases.shorten(title, 60)}”" if title else found[id_])
    return found


# ------------------------------------------------------------------ events


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its words for a list: a heading, how it stands, on how much it rests, and the words that tell it."""

    event: EventRow
    heading: str
    standing: str
    support: str
    triggers: tuple[str, ...]


def told(e: EventRow) -> Told:
    """An event for a list."""
    who = phrases.parties(e, 3)
    where = f" at {e.where.name}" if e.where else ""
    standing = words.status_words(e.status, denied_by=e.denied_by, negated=e.modality == "negated")
    heading = f"{who}{where}" if who else words.EVENT_WORDS.get(e.type, e.type)
    return Told(e, heading, standing, phrases.support(e), tuple(phrases.shorten(t, 60) for t in e.triggers[:3]))


def most_told(record: Record, connection: Connection, most: int = FIRST) -> list[Told]:
    """The events with most independent origins, then with most who tell them in words of their own; only those with more than one."""
    t = schema.now_events
    rows = connection.execute(
        select(t.c.id)
        .where(t.c.origins > 1)
        .order_by(t.c.origins.desc(), t.c.reporters.desc(), t.c.reports.desc(), t.c.id)
        .limit(most)
    )
    return _events(record, [str(i) for i in rows.scalars()])


def _events(record: Record, ids: Sequence[str]) -> list[Told]:
    found = record.current_of(schema.events, ids)
    return [told(values.event_row_in(i, found[i]["value"])) for i in ids if i in found]


# ------------------------------------------------------------------ drift


@dataclass(frozen=True, slots=True)
class Changed:
    """A drift with the outlets it runs between."""

    drift: DriftRow
    parent: str
    child: str


def surest_drifts(record: Record, connection: Connection, most: int = FIRST, *, after: int = 0) -> list[Changed]:
    """The drifts that a reader would likeliest agree with, one of a kind and a pair of documents at most."""
    from crossfix.linking.drift import worst_first

    t = schema.now_drifts
    chosen = connection.execute(
        select(t.c.id).where(t.c.row > after).order_by(t.c.confidence.desc(), t.c.row.desc()).limit(8 * most)
    )
    rows = record.current_of(schema.drifts, [str(i) for i in chosen.scalars()])
    kept: dict[tuple[str, str, str], DriftRow] = {}
    for d in worst_first([drift_in(i, r["value"]) for i, r in rows.items()]):
        kept.setdefault((d.kind, d.parent.document, d.child.document), d)
    shown = list(kept.values())[:most]
    names = outlets(connection, {e.document for d in shown for e in d.evidence})
    return [Changed(d, names[d.parent.document], names[d.child.document]) for d in shown]


# ------------------------------------------------------------------ since the last visit


def marks(connection: Connection) -> dict[str, int]:
    """How far each kept table has grown: what a browser remembers of a visit."""
    return {t: _last(connection, schema.KEPT[t]) for t in MARKED}


def _last(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.max(table.c.row))).scalar() or 0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came in."""

    sha256: str
    title: str
    outlet: str
    published: str | None
    added: str


def newest(connection: Connection, most: int = NEW_MOST, *, after: int = 0) -> list[Arrival]:
    """The documents that came in last, those after the row ``after`` alone."""
    d = schema.now_documents
    rows = connection.execute(select(d).where(d.c.row > after).order_by(d.c.row.desc()).limit(most)).mappings()
    return [
        Arrival(r["id"], r["title"] or "", r["outlet"] or r["agency"] or "", r["published"], r["added"]) for r in rows
    ]


@dataclass(frozen=True, slots=True)
class Since:
    """What came in after the marks of a visit. ``changed`` counts events that were there before and got a new version."""

    documents: int
    events: int
    changed: int
    transfers: int
    findings: int
    drifts: int
    newest: list[Arrival]
    worst: list[Found]

    @property
    def nothing(self) -> bool:
        """True where the record is as it was."""
        return not any((self.documents, self.events, self.changed, self.transfers, self.findings, self.drifts))


def since(record: Record, connection: Connection, marks_: Mapping[str, int]) -> Since:
    """What came in after these marks."""

    def new(table: Table) -> int:
        at = marks_.get(table.name, 0)
        rows = select(func.count()).where(table.c.row > at, table.c.version == 1, table.c.act != "withdrawn")
        return int(connection.execute(rows).scalar_one())

    e = schema.events
    first = (
        select(e.c.id)
        .where(e.c.row > marks_.get("events", 0))
        .group_by(e.c.id)
        .having(func.min(e.c.version) > 1)
        .subquery()
    )
    still = first.join(schema.now_events, schema.now_events.c.id == first.c.id)
    changed = int(connection.execute(select(func.count()).select_from(still)).scalar_one())
    return Since(
        new(schema.documents), new(e), changed, new(schema.transfers), new(schema.findings), new(schema.drifts),
        newest(connection, after=marks_.get("documents", 0)),
        worst_findings(record, connection, after=marks_.get("findings", 0)),
    )  # fmt: skip
