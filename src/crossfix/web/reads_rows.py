"""Rows for the API: one page of a list at a time, each row in the words of the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from crossfix.errors import UnknownId
from crossfix.record import export, results, schema, values
from crossfix.record.drift import drift_in
from crossfix.record.findings import findings_of
from crossfix.record.matching import days_of, folded
from crossfix.record.reviews_overlay import overlay
from crossfix.web.paging import Order, encode
from crossfix.web.reads_claims import claims_of

if TYPE_CHECKING:
    from crossfix.record.store import Record
    from crossfix.web.reading import View

Json = dict[str, Any]
Where = Sequence[ColumnElement[bool]]
C, E, T, F, R = schema.now_claims, schema.now_events, schema.now_transfers, schema.now_findings, schema.now_drifts
ORDERS: dict[str, dict[str, tuple[ColumnElement[Any], ...]]] = {
    "claims": {
        "document": (C.c.document, C.c.start, C.c.id),
        "confidence": (C.c.confidence, C.c.id),
    },
    "events": {"first": (E.c.first, E.c.id), "origins": (E.c.origins, E.c.id), "reports": (E.c.reports, E.c.id)},
    "transfers": {"first": (T.c.first, T.c.id)},
    "findings": {"rank": (F.c.rank, F.c.check, F.c.id)},
    "drifts": {"confidence": (R.c.confidence, R.c.id)},
}


def page(
    connection: Connection, table: Table, where: Where, order: Order, after: str | None, limit: int
) -> tuple[list[str], str | None]:
    """The ids of a page, and the cursor of the next one. Raises UsageError where ``after`` is no page of this list."""
    keys = [c.label(f"key{n}") for n, c in enumerate(order.columns)]
    chosen = select(table.c.id, *keys).where(*where, *order.after(after))
    rows = list(connection.execute(order.applied(chosen).limit(limit + 1)))
    shown = rows[:limit]
    return [str(r[0]) for r in shown], encode(list(shown[-1][1:])) if len(rows) > limit else None


def counted(view: View, table: Table, where: Where) -> int:
    """How many rows a filter picks, counted once for a state of the record."""
    asked = select(func.count()).select_from(table).where(*where)
    compiled = asked.compile()
    key = ("count", str(compiled), repr(sorted(compiled.params.items())))
    return view.cached(key, lambda: int(view.connection.execute(asked).scalar_one()))


# ------------------------------------------------------------------ claims


@dataclass(frozen=True, slots=True)
class ClaimsAsked:
    """Which claims. ``source`` is a name, whole; ``sure`` the least confidence; days are those of their documents."""

    document: str | None = None
    source: str | None = None
    stance: str | None = None
    firmness: str | None = None
    voice: str | None = None
    sure: float | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    verdict: str | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The conditions on ``now_claims``. Raises UsageError for what is no date."""
        given = {
            C.c.document: self.document, C.c.source_name: self.source, C.c.stance: self.stance,
            C.c.firmness: self.firmness, C.c.voice: self.voice,
        }  # fmt: skip
        out: list[ColumnElement[bool]] = [column == value for column, value in given.items() if value is not None]
        if self.sure is not None:
            out.append(C.c.confidence >= self.sure)
        d = schema.now_documents
        told: list[ColumnElement[bool]] = []
        if self.since:
            told.append(d.c.day >= days_of(self.since, "since").first.isoformat())
        if self.until:
            told += [d.c.day <= days_of(self.until, "until").last.isoformat(), d.c.day > ""]
        if self.outlet:
            told.append(or_(d.c.outlet == self.outlet, d.c.agency == self.outlet))
        if told:
            out.append(C.c.document.in_(select(d.c.id).where(*told)))
        if self.verdict:
            out.append(C.c.id.in_(select(F.c.subject).where(F.c.verdict == self.verdict, F.c.subject_kind == "claim")))
        return out


def claims_json(record: Record, ids: Sequence[str]) -> list[Json]:
    """Claims in this order, as corrected."""
    found = {c.id: c for c in claims_of(record, ids)}
    told = _events_of(record, set(found), {c.document for c in found.values()})
    said = overlay(record)
    out = []
    for i in ids:
        if i in found:
            row = export.claim_json(found[i], sorted(told.get(i, ())))
            out.append(row | {"reviewed": export.reviewed_json(said.reviewed("claim", i))})
    return out


def _events_of(record: Record, claims: set[str], documents: set[str]) -> dict[str, set[str]]:
    """By claim, the events whose mentions stand in it."""
    m = schema.mentions
    rows = [r for r in record.current(m, m.c.document.in_(sorted(documents))) if r["value"]["claim"] in claims]
    home = results.targets_of(record, [r["id"] for r in rows])
    out: dict[str, set[str]] = {}
    for r in rows:
        if r["id"] in home:
            out.setdefault(r["value"]["claim"], set()).add(home[r["id"]])
    return out


# ------------------------------------------------------------------ the rest


def events_json(record: Record, ids: Sequence[str]) -> list[Json]:
    """Events in this order, as corrected."""
    found, said = record.current_of(schema.events, ids), overlay(record)
    return [export.event_json(said.event(values.event_row_in(i, found[i]["value"]))) for i in ids if i in found]


def transfers_json(record: Record, ids: Sequence[str]) -> list[Json]:
    """Transfers in this order, as corrected, each with the event that it belongs to now."""
    found, said = record.current_of(schema.transfers, ids), overlay(record)
    rows = [said.transfer(values.transfer_row_in(i, found[i]["value"])) for i in ids if i in found]
    joined = results.targets_of(record, [t.event for t in rows if t.event])
    return [export.transfer_json(t, joined) for t in rows]


def findings_json(record: Record, ids: Sequence[str]) -> list[Json]:
    """Findings in this order."""
    return [export.finding_json(f) for f in findings_of(record, ids)]


def drifts_json(record: Record, ids: Sequence[str]) -> list[Json]:
    """Drifts in this order."""
    found = record.current_of(schema.drifts, ids)
    return [export.drift_json(drift_in(i, found[i]["value"])) for i in ids if i in found]


def origin_ids(connection: Connection, after: str | None, limit: int) -> tuple[list[str], str | None]:
    """A page of origins, by id."""
    t = schema.origins
    later = t.alias("later")
    newest = ~select(later.c.row).where(later.c.id == t.c.id, later.c.version > t.c.version).exists()
    return page(connection, t, [t.c.act != "withdrawn", newest], Order((t.c.id,)), after, limit)


def origin_of(record: Record, document: str) -> list[Json]:
    """The origin of a document, as a list of one; of none where it was not linked."""
    return origins_json(record, sorted(results.descents_of(record, [document]).values()))


def origins_json(record: Record, ids: Sequence[str]) -> list[Json]:
    """Origins in this order."""
    found = record.current_of(schema.origins, ids)
    return [export.origin_json(values.origin_row_in(i, found[i]["value"])) for i in ids if i in found]


def one(rows: Sequence[Json], what: str, id_: str) -> Json:
    """The only row. Raises UnknownId where there is none."""
    if not rows:
        raise UnknownId(f"no {what} has the id {id_[:80]!r}", advice=f"list them at /api/v1/{what}s")
    return rows[0]


def places(record: Record, document: str | None) -> list[Json]:
    """Places that the documents, or one of them, name; those with most mentions first."""
    p = schema.place_mentions
    names = ("name", "lat", "lon", "country", "kind", "geonames_id")
    field = {n: func.json_extract(p.c.value, f"$.{n}") for n in names}
    later = p.alias("later")
    newest = ~select(later.c.row).where(later.c.id == p.c.id, later.c.version > p.c.version).exists()
    mentions = func.count().label("mentions")
    chosen = (
        select(*(field[k].label(k) for k in names), mentions, func.count(p.c.document.distinct()).label("documents"))
        .where(p.c.act != "withdrawn", newest, *([p.c.document == document] if document else []))
        .group_by(func.coalesce(field["geonames_id"], field["name"]), field["lat"], field["lon"])
        .order_by(mentions.desc(), field["name"], field["lat"], field["lon"])
    )
    with record.reading() as connection:
        return [dict(r) for r in connection.execute(chosen).mappings()]


def named(places_: list[Json], q: str) -> list[Json]:
    """Those in whose name all the words stand."""
    words = folded(q).split()
    return [p for p in places_ if all(w in folded(p["name"]) for w in words)] if words else places_
