"""What the review pages ask of the record: the queue of what nobody reviewed yet, and the list of all acts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from crossfix.errors import UsageError
from crossfix.record import schema
from crossfix.record.drift import drift_in
from crossfix.record.findings import FindingRow, findings_of
from crossfix.record.reviews_overlay import overlay
from crossfix.record.reviews_rows import Act, ReviewKind
from crossfix.record.rows import DriftRow, Evidence
from crossfix.web.paging import PAGE, Page, decode, encode
from crossfix.web.reads_subjects import Subject, passage, subjects

if TYPE_CHECKING:
    from crossfix.record.store import Record

Why = Literal["contradicted", "tension", "unknown", "drift", "unsure"]
TIERS: tuple[Why, ...] = ("contradicted", "tension", "unknown", "drift", "unsure")
"""Why something is in the queue, the first first."""
KINDS = ("claim", "event", "transfer", "document")
"""What may stand in the queue."""
UNSURE = 0.6
"""A claim whose attribution is estimated lower than this is looked at before others."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to review: a claim, event, transfer or document, why it is in the queue, and what stands against it. ``path`` leads to
    the passage in the reader; ``seen`` is the mark of the newest act on it."""

    kind: ReviewKind
    id: str
    why: Why
    subject: Subject
    path: str | None
    seen: int
    finding: FindingRow | None = None
    drift: DriftRow | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An act in the list, with the row that it is about and the mark of the newest act on that."""

    act: Act
    subject: Subject
    seen: int
    text: str


def queue(record: Record, connection: Connection, after: str | None) -> Page[Item]:
    """A page of the queue: what carries findings that contradict, then tensions, then those not decided; then what changed on the way,
    the surest change first; then claims of low confidence, the least sure first. Raises UsageError where ``after`` is no page of it."""
    tier, key, last = _place(after)
    done = {k: overlay(record).targets(k) for k in KINDS}
    rows: list[tuple[int, float, int, str, str]] = []  # tier, key, row, kind, id
    listed = set[tuple[str, str]]()
    while len(rows) <= PAGE and tier < len(TIERS):
        for row in _tier(connection, tier, key, last, done, PAGE + 1 - len(rows)):
            if row[3:] not in listed:
                listed.add(row[3:])
                rows.append(row)
        if len(rows) <= PAGE:
            tier, key, last = tier + 1, None, 0
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(_items(record, rows), encode(rows[-1][:3]) if more else None, None)


def _place(after: str | None) -> tuple[int, float | None, int]:
    if after is None:
        return 0, None, 0
    found = decode(after)
    if len(found) != 3 or not isinstance(found[0], int) or not 0 <= found[0] < len(TIERS) or isinstance(found[1], str):
        raise UsageError("this is no page of this list", advice="begin with the first page")
    return found[0], float(found[1]), int(found[2]) if not isinstance(found[2], str) else 0


def _tier(
    connection: Connection, tier: int, key: float | None, last: int, done: Mapping[str, set[str]], most: int
) -> Iterable[tuple[int, float, int, str, str]]:
    """The next rows of a tier, in its order."""
    if TIERS[tier] == "drift":
        d, kept = schema.now_drifts, schema.drifts
        claim = func.json_extract(kept.c.value, "$.child_claim")
        steps = [] if key is None else [or_(d.c.confidence < key, and_(d.c.confidence == key, d.c.row > last))]
        found = (
            select(d.c.confidence, d.c.row, claim)
            .join(kept, kept.c.row == d.c.row)
            .where(claim.is_not(None), ~_among(claim, done["claim"]), *steps)
            .order_by(d.c.confidence.desc(), d.c.row)
        )
        rows = connection.execute(found.limit(most))
        return [(tier, float(c or 0), int(r), "claim", str(i)) for c, r, i in rows]
    if TIERS[tier] == "unsure":
        c = schema.now_claims
        steps = [] if key is None else [or_(c.c.confidence > key, and_(c.c.confidence == key, c.c.row > last))]
        unsure = (
            select(c.c.confidence, c.c.row, c.c.id)
            .where(c.c.confidence < UNSURE, ~_among(c.c.id, done["claim"]), *steps)
            .order_by(c.c.confidence, c.c.row)
        )
        return [(tier, float(k), int(r), "claim", str(i)) for k, r, i in connection.execute(unsure.limit(most))]
    f = schema.now_findings
    worse = f.alias("worse")
    # a row with several findings stands where the worst of them, and of these the first, puts it
    before = select(worse.c.row).where(
        worse.c.subject == f.c.subject,
        or_(worse.c.rank < f.c.rank, and_(worse.c.rank == f.c.rank, worse.c.row < f.c.row)),
    )
    open_ = [and_(f.c.subject_kind == k, ~_among(f.c.subject, ids)) for k, ids in done.items()]
    steps = [] if key is None else [f.c.row > last]
    found_rows = (
        select(f.c.row, f.c.subject_kind, f.c.subject)
        .where(f.c.rank == tier, or_(*open_), ~before.exists(), *steps)
        .order_by(f.c.row)
    )
    return [(tier, 0.0, int(r), str(k), str(i)) for r, k, i in connection.execute(found_rows.limit(most))]


def _among(column: ColumnElement[Any], ids: set[str]) -> ColumnElement[bool]:
    return column.in_(select(func.json_each(json.dumps(sorted(ids))).table_valued("value").c.value))


def _items(record: Record, rows: list[tuple[int, float, int, str, str]]) -> list[Item]:
    said = overlay(record)
    named = subjects(record, ((k, i) for *_, k, i in rows))
    wanted = {row: n for n, (tier, _, row, _, _) in enumerate(rows) if tier < 3}
    found = _by_row(record, schema.findings, wanted)
    findings = {f.id: f for f in findings_of(record, [r["id"] for r in found.values()])}
    drifts = _by_row(record, schema.drifts, [row for tier, _, row, _, _ in rows if TIERS[tier] == "drift"])
    out = []
    for tier, key, row, kind, id_ in rows:
        f = findings.get(found[row]["id"]) if row in found and tier < 3 else None
        d = drift_in(drifts[row]["id"], drifts[row]["value"]) if TIERS[tier] == "drift" else None
        subject = named[kind, id_]
        out.append(
            Item(
                kind, id_, TIERS[tier], subject, _path(kind, id_, subject, f), said.seen(kind, id_), f, d,  # type: ignore[arg-type]
                key if TIERS[tier] == "unsure" else None,
            )
        )  # fmt: skip
    return out


def _by_row(record: Record, table: Any, rows: Iterable[int]) -> dict[int, Any]:
    wanted = sorted(set(rows))
    with record.reading() as connection:
        return {r["row"]: r for r in connection.execute(select(table).where(table.c.row.in_(wanted))).mappings()}


def _path(kind: str, id_: str, subject: Subject, finding: FindingRow | None) -> str | None:
    """Where the passage is read, with the claim chosen beside it."""
    if kind == "claim" and subject.path:
        address, _, at = subject.path.partition("#")
        return f"{address}?claim={id_}#{at}"
    at_: Evidence | None = finding.evidence[0] if finding and finding.evidence else None
    return passage(at_) if at_ is not None else subject.path


def counts(record: Record, connection: Connection) -> dict[str, int]:
    """How much there is to review, and how much was."""
    said = overlay(record)
    f, c, d = schema.now_findings, schema.now_claims, schema.now_drifts
    done = {k: said.targets(k) for k in KINDS}

    def one(statement: Any) -> int:
        return int(connection.execute(statement).scalar_one() or 0)

    open_ = or_(*(and_(f.c.subject_kind == k, ~_among(f.c.subject, ids)) for k, ids in done.items()))
    return {
        "findings": one(select(func.count(f.c.subject.distinct())).where(f.c.rank < 3, open_)),
        "drifts": one(select(func.count()).select_from(d)),
        "unsure": one(select(func.count()).where(c.c.confidence < UNSURE, ~_among(c.c.id, done["claim"]))),
        "reviewed": sum(len(ids) for ids in done.values()),
    }


def history(record: Record, after: str | None) -> Page[Said]:
    """A page of all acts, the newest first, undone ones too. Raises UsageError where ``after`` is no page of it."""
    said = overlay(record)
    last = decode(after)[0] if after else None
    if last is not None and not isinstance(last, int):
        raise UsageError("this is no page of this list", advice="begin with the first page")
    acts = [a for a in reversed(said.acts) if last is None or a.number < last]
    some = acts[:PAGE]
    home = {a.number: said.home(a) for a in some}
    named = subjects(record, ((a.kind, home[a.number]) for a in some if a.kind != "agent"))
    claims = record.current_of(schema.claims, {a.target for a in some if a.field == "content"})
    texts = record.texts({r["document"] for r in claims.values()})
    out = []
    for a in some:
        there = named.get((a.kind, home[a.number])) or _agent(a)
        text = texts[claims[a.target]["document"]] if a.target in claims else ""
        out.append(Said(a, there, said.seen(a.kind, home[a.number]), text))
    return Page(out, encode([some[-1].number]) if len(acts) > PAGE else None, len(said.acts))


def _agent(a: Act) -> Subject:
    from crossfix.record.decisions import name_of_part

    return Subject("agent", a.target, name_of_part(a.parts[0]) if a.parts else a.target, f"/agents/{a.target}")
