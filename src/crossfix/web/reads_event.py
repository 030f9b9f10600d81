"""One event or transfer with all that is said of it: accounts side by side, who says what, origins, findings, drift, figures, routes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, union

from crossfix.dossier import phrases, words
from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.record.decisions import Kind, decisions
from crossfix.record.drift import drift_in
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import Account, Decision, DriftRow, EventRow, Evidence, FigureRow, TransferRow
from crossfix.web import reads_checks, reads_claims
from crossfix.web.reads_claims import Said, Speaker
from crossfix.web.reads_events import events_of, heading_of, transfers_of
from crossfix.web.reads_overview import outlets

if TYPE_CHECKING:
    from crossfix.record.store import Record

FINDINGS_MOST = 40
DRIFTS_MOST = 12
DOCUMENTS_MOST = 40
NEAR_DAYS = 40
NEAR_MOST = 6
FIELD_WORDS = {
    "date": "Date", "when": "Date", "place": "Place", "participants": "Participants", "outcome": "Outcome", "status": "Standing",
    "supplier": "Supplier", "recipient": "Recipient", "item": "Item", "quantity": "Quantity", "route": "Route", "type": "Type",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in a line. ``origin`` is the cluster it descends from, "" for none."""

    sha256: str
    title: str
    outlet: str
    day: str
    origin: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a value, through whom, and where. ``chain`` is outermost first; the outlet alone where the document says it itself."""

    chain: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, with everybody who gives it. ``origins`` counts the origins that it goes back to."""

    value: str
    voices: tuple[Voice, ...]
    documents: int
    origins: int
    person: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field in which accounts differ, the value with most origins first."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent origin: whom it goes back to, why its documents count as one, and they, each with a mention."""

    name: str
    why: tuple[str, ...]
    papers: tuple[tuple[Paper, tuple[Evidence, ...]], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Announced:
    """The figures of one announcer."""

    announcer: str
    figures: tuple[tuple[str, str, FigureRow], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A drift between two documents."""

    drift: DriftRow
    parent: str
    child: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a page shows of an event."""

    event: EventRow
    heading: str
    standing: str
    support: str
    fields: list[Field]
    said: list[Said]
    said_total: int
    matrix: list[Speaker]
    origins: list[Origin]
    papers: dict[str, Paper]
    findings: list[reads_checks.Shown]
    findings_total: int
    changes: list[Change]
    changes_total: int
    transfers: list[TransferRow]
    figures: list[Announced]
    decided: list[Decision]
    agents: dict[str, str]
    earlier: list[str]
    seen: int
    near: list[tuple[str, str, str]]


def standing_id(record: Record, table_name: str, id_: str) -> str:
    """The id that stands for this one now: itself, or what its mentions were joined to since. Raises UnknownId."""
    table, j = schema.KEPT[table_name], schema.joins
    if record.current_of(table, [id_]):
        return id_
    with record.reading() as connection:
        asked = union(select(j.c.id).where(j.c.target == id_), select(j.c.id).where(j.c.id == id_))
        was = [str(i) for i in connection.execute(asked).scalars()]
    targets = sorted({str(r["target"]) for r in record.current_of(j, was).values()})
    found = list(record.current_of(table, targets))
    if not found:
        one = table_name.removesuffix("s")
        raise UnknownId(f"no {one} has the id {id_[:80]!r}", advice=f"look for it in the list of {table_name}")
    return found[0]


def whole(record: Record, connection: Connection, id_: str) -> Whole:
    """The event of this id. Raises UnknownId."""
    e = events_of(record, [id_]).get(id_)
    if e is None:
        raise UnknownId(f"no event has the id {id_[:80]!r}", advice="look for it in the list of events")
    parts = [str(i) for i in _parts(connection, id_)]
    earlier = _earlier(connection, parts, id_)
    claim_ids, said_total = reads_claims.ids_about(connection, e)
    claims = [c for c in reads_claims.claims_of(record, claim_ids) if phrases.speaks_of(c, e)]
    said = reads_claims.said(record, connection, claims)
    moved = transfers_of(record, _transfers(connection, id_))
    papers = papers_of(connection, [*e.reports, *(c.document for c in claims)])
    found, total = reads_checks.of_subjects(
        record, connection, [id_, *earlier, *(c.id for c in claims), *moved], FINDINGS_MOST
    )
    here = {id_, *moved, *(c.id for c in claims)}
    found = [f for f in found if f.subject in here]
    changes, changes_total = _changes(record, connection, e, {c.id for c in claims})
    names = {p.name for p in e.participants} | set(e.denied_by) | set(e.speakers)
    known = reads_claims.agents_named(connection, names, e.reports)
    return Whole(
        event=e,
        heading=phrases.heading(e),
        standing=_standing(e, said),
        support=phrases.support(e),
        fields=fields(connection, e.accounts, papers),
        said=said,
        said_total=max(len(said), said_total),
        matrix=reads_claims.matrix(said, e.denied_by),
        origins=_origins(e, papers),
        papers=papers,
        findings=reads_checks.shown(record, connection, found),
        findings_total=max(total, len(found)),
        changes=changes,
        changes_total=changes_total,
        transfers=list(moved.values()),
        figures=figures(e.figures),
        decided=decided_about(record, "event", parts),
        agents={name: id_ for (_, name), id_ in known.items()},
        earlier=earlier,
        seen=overlay(record).seen("event", id_),
        near=heading_of(record, near(connection, e)),
    )


def _standing(e: EventRow, said: Sequence[Said]) -> str:
    """How it stands, with who holds it: those who are quoted, else whom linking found to be the original speakers."""
    quoted = [s for s in said if s.claim.voice != "outlet"]
    holding = list(dict.fromkeys(s.speaker for s in quoted if s.side in ("asserts", "suspects"))) or list(e.speakers)
    denied = list(dict.fromkeys([*e.denied_by, *(s.speaker for s in quoted if s.side == "denies")]))
    return words.status_words(e.status, holding, denied, negated=e.modality == "negated")


def near(connection: Connection, e: EventRow) -> list[str]:
    """Events of the same type in the weeks before and after, the nearest first: what a person may want to put together with it."""
    t = schema.now_events
    own = connection.execute(select(t.c.first).where(t.c.id == e.id)).scalar()
    if not own:
        return []
    apart = func.abs(func.julianday(t.c.first) - func.julianday(own))
    rows = connection.execute(
        select(t.c.id)
        .where(
            t.c.type == e.type, t.c.id != e.id, t.c.first >= func.date(own, f"-{NEAR_DAYS} days"),
            t.c.first <= func.date(own, f"+{NEAR_DAYS} days"), t.c.first > "",
        )
        .order_by(apart, t.c.origins.desc(), t.c.id)
        .limit(NEAR_MOST)
    )  # fmt: skip
    return [str(i) for i in rows.scalars()]


def _parts(connection: Connection, id_: str) -> list[str]:
    """The mentions that are joined under this id now."""
    j = schema.joins
    later = j.alias("later")
    newest = ~select(later.c.id).where(later.c.id == j.c.id, later.c.version > j.c.version).exists()
    rows = connection.execute(select(j.c.id).where(j.c.target == id_, newest, j.c.act != "withdrawn"))
    return [str(i) for i in rows.scalars()]


def _earlier(connection: Connection, parts: Sequence[str], id_: str) -> list[str]:
    """The ids under which these mentions stood before."""
    j = schema.joins
    out: dict[str, None] = {}
    for i in range(0, len(parts), 400):
        rows = connection.execute(
            select(j.c.target).distinct().where(j.c.id.in_(parts[i : i + 400]), j.c.target != id_)
        )
        out |= dict.fromkeys(str(x) for x in rows.scalars())
    return list(out)[:200]


def _transfers(connection: Connection, event: str) -> list[str]:
    t = schema.now_transfers
    rows = connection.execute(select(t.c.id).where(t.c.event == event).order_by(t.c.first, t.c.id).limit(40))
    return [str(i) for i in rows.scalars()]


def papers_of(connection: Connection, documents: Iterable[str]) -> dict[str, Paper]:
    """Documents in a line each."""
    d, o = schema.now_documents, schema.descents
    wanted = sorted(set(documents))
    out: dict[str, Paper] = {}
    later = o.alias("later")
    newest = ~select(later.c.id).where(later.c.id == o.c.id, later.c.version > o.c.version).exists()
    for i in range(0, len(wanted), 400):
        some = wanted[i : i + 400]
        origins = {
            str(k): str(v)
            for k, v in connection.execute(
                select(o.c.id, o.c.origin).where(o.c.id.in_(some), newest, o.c.act != "withdrawn")
            )
        }
        for r in connection.execute(select(d).where(d.c.id.in_(some))).mappings():
            title = r["title"] or "Untitled document"
            out[r["id"]] = Paper(
                r["id"], title, r["outlet"] or r["agency"] or "", r["day"] or "", origins.get(r["id"], "")
            )
    return out


# ------------------------------------------------------------------ accounts


def fields(connection: Connection, accounts: Sequence[Account], papers: dict[str, Paper]) -> list[Field]:
    """The accounts field by field, each value with who says it and where."""
    missing = {e.document for a in accounts for e in a.evidence} - papers.keys()
    papers = papers | papers_of(connection, missing)
    by: dict[str, list[Value]] = {}
    for a in accounts:
        by.setdefault(a.field, []).append(_value(a, papers))
    out = []
    for field, values in by.items():
        ordered = sorted(values, key=lambda v: (-v.origins, -v.documents, v.value))
        out.append(Field(FIELD_WORDS.get(field, field.replace("_", " ").capitalize()), tuple(ordered)))
    return out


def _value(a: Account, papers: dict[str, Paper]) -> Value:
    voices: dict[tuple[str, ...], list[Evidence]] = {}
    for n, at in enumerate(a.evidence):
        told = a.by[n] if n < len(a.by) else ""
        paper = papers.get(at.document)
        chain = tuple(told.split(" > ")) if told else ((paper.outlet or paper.title) if paper else "outlet not known",)
        voices.setdefault(chain, []).append(at)
    documents = {e.document for e in a.evidence}
    origins = {papers[d].origin or d for d in documents if d in papers}
    person = next((b for b in a.by if not a.evidence), "")
    shown = tuple(Voice(k, tuple(v)) for k, v in voices.items())
    return Value(phrases.account_value(a.field, a.value), shown, len(documents), len(origins), person)


# ------------------------------------------------------------------ origins


def _origins(e: EventRow, papers: dict[str, Paper]) -> list[Origin]:
    mentions: dict[str, list[Evidence]] = {}
    for m in e.mentions:
        mentions.setdefault(m.document, []).append(m)
    out = []
    for root in e.roots:
        told = [(papers[d], tuple(mentions.get(d, ())[:3])) for d in root.documents if d in papers]
        why = tuple(w for w in root.why.split("; ") if w)
        out.append(Origin(root.name, why, tuple(told[:DOCUMENTS_MOST]), max(0, len(told) - DOCUMENTS_MOST)))
    return out


# ------------------------------------------------------------------ drift


def _changes(record: Record, connection: Connection, e: EventRow, claims: set[str]) -> tuple[list[Change], int]:
    """The drifts whose passage holds a mention of the event or one of its claims, the worst first."""
    from crossfix.linking.drift import worst_first

    d = schema.now_drifts
    ids: list[str] = []
    for i in range(0, len(e.reports), 400):
        ids += [
            str(x) for x in connection.execute(select(d.c.id).where(d.c.document.in_(e.reports[i : i + 400]))).scalars()
        ]
    spots: dict[str, list[Evidence]] = {}
    for m in e.mentions:
        spots.setdefault(m.document, []).append(m)
    rows = record.current_of(schema.drifts, ids[:2000])
    found = [x for x in (drift_in(i, r["value"]) for i, r in rows.items()) if concerns(x, claims, spots)]
    shown = worst_first(found)[:DRIFTS_MOST]
    names = outlets(connection, {p.document for x in shown for p in x.evidence})
    return [Change(x, names[x.parent.document], names[x.child.document]) for x in shown], len(found)


def concerns(d: DriftRow, claims: set[str], spots: dict[str, list[Evidence]]) -> bool:
    """True for a drift in one of the claims, or whose passages hold one of the spots."""
    return bool(claims & {d.parent_claim, d.child_claim}) or any(
        m.start < p.end and p.start < m.end for p in d.evidence for m in spots.get(p.document, ())
    )


# ------------------------------------------------------------------ figures, amounts, legs

FIGURES = {"apogee": "Height", "range": "Range", "flight_time": "Flight time", "bearing": "Bearing", "speed": "Speed"}
MODES = {"sea": "by sea", "rail": "by rail", "road": "by road", "air": "by air", "unknown": "how is not told"}
BOUNDS = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about ", "between": ""}


def figures(rows: Sequence[FigureRow]) -> list[Announced]:
    """Flight figures by who announces them."""
    by: dict[str, list[tuple[str, str, FigureRow]]] = {}
    for f in rows:
        told = amount(f.low, f.high, f.bound, f.unit)
        by.setdefault(f.announcer or "announcer not named", []).append((FIGURES.get(f.kind, f.kind), told, f))
    return [Announced(k, tuple(v)) for k, v in by.items()]


def amount(low: float | None, high: float | None, bound: str, unit: str, *, strict: bool = False) -> str:
    """ "1,000 km", "more than 1,000 containers", "at most 12 s", "18–20 km"."""
    if low is not None and high is not None:
        told = _number(low) if low == high else f"{_number(low)}–{_number(high)}"
        return f"{BOUNDS.get(bound, '') if low == high else ''}{told} {unit}".strip()
    if low is not None:
        return f"{'more than' if strict else 'at least'} {_number(low)} {unit}".strip()
    if high is not None:
        return f"{'fewer than' if strict else 'at most'} {_number(high)} {unit}".strip()
    return f"{unit}, how much is not told".strip(", ")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 1000 else f"{value:g}"


@dataclass(frozen=True, slots=True)
class Moved:
    """All that a page shows of a transfer."""

    transfer: TransferRow
    heading: str
    standing: str
    fields: list[Field]
    amounts: list[tuple[str, tuple[Evidence, ...]]]
    findings: list[reads_checks.Shown]
    event: tuple[str, str] | None
    papers: dict[str, Paper]
    agents: dict[str, str]


def transfer(record: Record, connection: Connection, id_: str) -> Moved:
    """The transfer of this id. Raises UnknownId."""
    t = transfers_of(record, [id_]).get(id_)
    if t is None:
        raise UnknownId(f"no transfer has the id {id_[:80]!r}", advice="look for it in the list of transfers")
    earlier = _earlier(connection, _parts(connection, id_), id_)
    found, _ = reads_checks.of_subjects(record, connection, [id_, *earlier], FINDINGS_MOST)
    papers = papers_of(connection, {e.document for e in t.evidence})
    event = events_of(record, [t.event]).get(t.event) if t.event else None
    names = {x for x in (t.supplier, t.recipient, *t.alleged_by, *t.denied_by) if x}
    known = reads_claims.agents_named(connection, names, papers)
    return Moved(
        transfer=t,
        heading=f"{phrases.pair(t.supplier, t.recipient)}: {t.item}",
        standing=phrases.transfer_standing(t),
        fields=fields(connection, t.accounts, papers),
        amounts=amounts(t),
        findings=reads_checks.shown(record, connection, [f for f in found if f.subject == id_]),
        event=(event.id, phrases.heading(event)) if event else None,
        papers=papers,
        agents={name: i for (_, name), i in known.items()},
    )


def amounts(t: TransferRow) -> list[tuple[str, tuple[Evidence, ...]]]:
    """How much is told to be moved, with the passages."""
    return [(amount(a.low, a.high, a.bound, a.unit, strict=a.strict), a.evidence) for a in t.amounts]


# ------------------------------------------------------------------ decisions


def decided_about(record: Record, kind: Kind, parts: Iterable[str]) -> list[Decision]:
    """The merges and splits in force that touch these parts, the latest first."""
    inside = set(parts)
    return [d for d in reversed(decisions(record)) if d.kind == kind and d.parts & inside]
