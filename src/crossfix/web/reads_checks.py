"""Findings: worst first, filtered, page by page, each with what it is about, its passages, its working and the rows it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from crossfix.dossier.findings import chance_words
from crossfix.record import schema
from crossfix.record.findings import CheckRun, FindingRow, digest, findings_of
from crossfix.record.sqlite import query_words
from crossfix.web import working
from crossfix.web.paging import Order, Page, encode
from crossfix.web.reads_data import known
from crossfix.web.reads_passages import Cut, cuts
from crossfix.web.reads_subjects import Subject, subjects

if TYPE_CHECKING:
    from crossfix.record.store import Record

F = schema.now_findings
FEW = 25
"""Findings on one page; each brings its working along."""
PASSAGES_MOST = 4
WORST_FIRST = Order((F.c.rank, F.c.check, F.c["row"]))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings: of a check, of a verdict, about a document or what it tells, with all the words in their sentence, resting on a row
    of public data ("launches:17")."""

    check: str = ""
    verdict: str = ""
    document: str = ""
    q: str = ""
    row: str = ""

    @property
    def anything(self) -> bool:
        """True where it leaves something out."""
        return self != Asked()


@dataclass(frozen=True, slots=True)
class Used:
    """A row that a finding rests on; ``known`` is false where the tables here have it no more."""

    table: str
    key: str
    note: str
    known: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding for a page. ``more`` counts the passages that are not shown."""

    finding: FindingRow
    subject: Subject
    passages: tuple[Cut, ...]
    more: int
    chance: str
    working: tuple[working.Group, ...]
    rows: tuple[Used, ...]


def listed(record: Record, connection: Connection, asked: Asked, after: str | None) -> Page[Shown]:
    """A page of the findings. Raises UsageError where ``after`` is no page of it."""
    where = _where(record, asked)
    keys = [c.label(f"key{n}") for n, c in enumerate(WORST_FIRST.columns)]
    query = WORST_FIRST.applied(select(F.c.id, *keys).where(*where, *WORST_FIRST.after(after))).limit(FEW + 1)
    rows = list(connection.execute(query))
    more = len(rows) > FEW
    rows = rows[:FEW]
    total = int(connection.execute(select(func.count()).select_from(F).where(*where)).scalar_one())
    found = findings_of(record, [str(r[0]) for r in rows])
    return Page(shown(record, connection, found), encode(list(rows[-1][1:])) if more else None, total)


def shown(
    record: Record, connection: Connection, found: Sequence[FindingRow], most: int = PASSAGES_MOST
) -> list[Shown]:
    """Findings for a page; a few queries for all of them together."""
    about = subjects(record, ((f.subject_kind, f.subject) for f in found))
    wanted = [e for f in found for e in f.evidence[:most]]
    told = cuts(connection, wanted)
    out = []
    for f in found:
        used = tuple(Used(r.table, r.key, r.note, known(r.table, r.key)) for r in f.sources)
        out.append(
            Shown(
                f, about[f.subject_kind, f.subject], tuple(told[e] for e in f.evidence[:most] if e in told), max(0, len(f.evidence) - most),
                chance_words(f.chance, f.chance_of), tuple(working.groups(f.working)), used,
            )
        )  # fmt: skip
    return out


def _where(record: Record, asked: Asked) -> list[ColumnElement[bool]]:
    out: list[ColumnElement[bool]] = []
    if asked.check:
        out.append(F.c.check == asked.check)
    if asked.verdict:
        out.append(F.c.verdict == asked.verdict)
    if asked.document.strip():
        sha = record.document(asked.document.strip()).sha256
        c, t = schema.now_claims, schema.now_tellings
        told = select(t.c.event).where(t.c.document == sha)
        held = (
            select(c.c.id).where(c.c.document == sha),
            told,
            select(schema.now_transfers.c.id).where(schema.now_transfers.c.event.in_(told)),
        )
        out.append(or_(F.c.subject == sha, *(F.c.subject.in_(s) for s in held)))
    words = query_words(asked.q)
    if words:
        s = schema.now_summaries
        out.append(F.c.id.in_(select(s.c.finding).where(*(s.c.summary.icontains(w, autoescape=True) for w in words))))
    if asked.row:
        table, _, key = asked.row.partition(":")
        u = schema.now_uses
        out.append(F.c.id.in_(select(u.c.finding).where(u.c.table == table, u.c.key == key)))
    return out


@dataclass(frozen=True, slots=True)
class Standing:
    """A check and what it last found: when it was run, how many findings of each verdict, whether every question was answered, and over
    how many documents that came in since it was not run."""

    name: str
    title: str
    at: str
    verdicts: tuple[tuple[str, int], ...]
    whole: bool
    behind: int


def standing(record: Record, connection: Connection) -> list[Standing]:
    """The checks that were run over this record, in their order."""
    runs = _runs(record)
    counts: dict[str, list[tuple[str, int]]] = {}
    rows = connection.execute(
        select(F.c.check, F.c.verdict, func.count()).group_by(F.c.check, F.c.verdict, F.c.rank).order_by(F.c.rank)
    )
    for check, verdict, n in rows:
        counts.setdefault(str(check), []).append((str(verdict), int(n)))
    documents = [str(i) for i in connection.execute(select(schema.now_documents.c.id)).scalars()]
    name = digest(documents)
    return [
        Standing(
            r.check, r.title, r.at, tuple(counts.get(r.check, ())), r.whole,
            0 if r.digest == name else max(1, len(documents) - r.documents),
        )
        for r in runs
    ]  # fmt: skip


def _runs(record: Record) -> list[CheckRun]:
    from crossfix.record.findings import check_runs

    return check_runs(record)


def of_subjects(
    record: Record, connection: Connection, ids: Sequence[str], most: int = 40
) -> tuple[list[FindingRow], int]:
    """The findings about these rows, worst first, and how many there are."""
    total, found = 0, []
    for i in range(0, len(ids), 400):
        where = F.c.subject.in_(ids[i : i + 400])
        total += int(connection.execute(select(func.count()).select_from(F).where(where)).scalar_one())
        found += list(
            connection.execute(
                select(F.c.rank, F.c["row"], F.c.id).where(where).order_by(F.c.rank, F.c["row"]).limit(most)
            )
        )
    return findings_of(record, [str(r[2]) for r in sorted(tuple(x) for x in found)[:most]]), total
