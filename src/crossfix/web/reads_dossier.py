"""What the pages of dossiers ask of the record: rows to choose from, and what the items of a plan are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Table, case, func, select

from crossfix.dossier.plan import CHOSEN, Item, Plan
from crossfix.dossier.report import Report, Statement
from crossfix.record import schema
from crossfix.web import reads_happenings as happenings
from crossfix.web.paging import Order, Page, encode
from crossfix.web.reads_subjects import Subject, subjects

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from crossfix.web.reading import View

Kind = Literal["event", "transfer", "claim", "finding"]
KIND_WORDS: tuple[tuple[Kind, str], ...] = (
    ("event", "Events"),
    ("transfer", "Transfers"),
    ("claim", "Statements"),
    ("finding", "Checks"),
)
CHOICES = 20
STATEMENTS_MOST = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that can be chosen: its name in a line, where it leads, what else tells it apart, and whether the dossier has it."""

    kind: Kind
    id: str
    label: str
    path: str | None
    more: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of a plan as its editor shows it: its number among the paragraphs ("3", "4–6", "" for none), the statements it rests on,
    and how many of those more there are."""

    item: Item
    number: str
    label: str
    path: str | None
    statements: tuple[Statement, ...]
    more: int


def choices(view: View, plan: Plan, kind: Kind, asked: happenings.Asked, after: str | None) -> Page[Choice]:
    """A page of the rows of a kind that a filter picks, by date, those without one last. Raises UsageError."""
    held = {i.ref for i in plan.items if i.kind == kind}
    ids, cursor, total = _ids(view, kind, asked, after)
    found: list[tuple[str, str, str | None, str]]
    if kind == "finding":
        from crossfix.record.findings import findings_of

        found = [
            (f.id, f"{f.check}: {f.summary}", f"/checks/findings/{f.id}", f.verdict)
            for f in findings_of(view.record, ids)
        ]
    else:
        named = subjects(view.record, [(kind, i) for i in ids])
        days = _days(view, kind, ids)
        found = [(i, named[kind, i].label, named[kind, i].path, days.get(i, "")) for i in ids]
    return Page([Choice(kind, i, label, path, more, i in held) for i, label, path, more in found], cursor, total)


def _ids(
    view: View, kind: Kind, asked: happenings.Asked, after: str | None
) -> tuple[list[str], str | None, int | None]:
    table, where, columns = _asked(view, kind, asked)
    order = Order(columns)
    keys = [c.label(f"key{n}") for n, c in enumerate(columns)]
    wanted = select(table.c.id, *keys).where(*where, *order.after(after))
    rows = list(view.connection.execute(order.applied(wanted).limit(CHOICES + 1)))
    more = len(rows) > CHOICES
    rows = rows[:CHOICES]
    total = view.cached(
        ("dossier choices", kind, asked),
        lambda: int(view.connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()),
    )
    return [str(r[0]) for r in rows], encode(list(rows[-1][1:])) if more else None, total


def _asked(
    view: View, kind: Kind, asked: happenings.Asked
) -> tuple[Table, list[ColumnElement[bool]], tuple[ColumnElement[Any], ...]]:
    if kind == "event":
        t: Table = schema.now_events
        return t, happenings.events_where(view, asked), (_undated(t), t.c.first, t.c.id)
    if kind == "transfer":
        t = schema.now_transfers
        return t, happenings.transfers_where(view, asked), (_undated(t), t.c.first, t.c.id)
    if kind == "claim":
        t = schema.now_claims
        return t, happenings.claims_where(view, asked), (t.c.document, t.c.start, t.c.id)
    t = schema.now_findings
    where: list[ColumnElement[bool]] = [t.c.verdict == asked.verdict] if asked.verdict else []
    return t, where, (t.c.rank, t.c.check, t.c.id)


def _undated(t: Table) -> ColumnElement[int]:
    """1 for rows without a date, which come last."""
    return case((t.c.first == "", 1), else_=0)


def _days(view: View, kind: Kind, ids: Sequence[str]) -> dict[str, str]:
    """The outlet and day of publication of statements; other rows have their date in their name."""
    if kind != "claim":
        return {}
    c, d = schema.now_claims, schema.now_documents
    rows = view.connection.execute(
        select(c.c.id, d.c.outlet, d.c.published).join(d, d.c.id == c.c.document).where(c.c.id.in_(ids))
    )
    from crossfix.dossier.words import date_words

    return {r[0]: ", ".join(x for x in (r[1], date_words(r[2]) if r[2] else "") if x) for r in rows}


def items(view: View, plan: Plan, report: Report) -> list[Shown]:
    """The items of a plan in order, each with what it is and became."""
    named = subjects(view.record, [(i.kind, i.ref) for i in plan.items if i.kind in CHOSEN and i.kind != "finding"])
    named |= _findings(view, [i.ref for i in plan.items if i.kind == "finding"])
    numbers: dict[str, list[int]] = {}
    for p in report.paragraphs:
        numbers.setdefault(p.key, []).append(p.number)
    by_paragraph: dict[int, list[Statement]] = {}
    for s in report.statements:
        by_paragraph.setdefault(s.paragraph, []).append(s)
    out = []
    for i in plan.items:
        own = numbers.get(i.key, [])
        told = "" if not own else str(own[0]) if len(own) == 1 else f"{own[0]}–{own[-1]}"
        said = by_paragraph.get(own[0], []) if own and i.kind in ("event", "transfer") else []
        subject = named.get((i.kind, i.ref))
        label, path = (subject.label, subject.path) if subject else (i.text, None)
        out.append(Shown(i, told, label, path, tuple(said[:STATEMENTS_MOST]), max(0, len(said) - STATEMENTS_MOST)))
    return out


def _findings(view: View, ids: Sequence[str]) -> dict[tuple[str, str], Subject]:
    from crossfix.record.findings import findings_of

    out = {("finding", i): Subject("finding", i, f"finding {i[:16]} (no longer in the record)", None) for i in ids}
    for f in findings_of(view.record, ids):
        out["finding", f.id] = Subject("finding", f.id, f"{f.verdict}: {f.summary}", f"/checks/findings/{f.id}")
    return out


def left_out(view: View, plan: Plan) -> list[tuple[str, Subject]]:
    """The statements and documents that a plan leaves out, each with the name of its list in the plan."""
    wanted = [("claim", i) for i in plan.without.claims] + [("document", i) for i in plan.without.documents]
    named = subjects(view.record, wanted)
    return [("claims" if kind == "claim" else "documents", named[kind, i]) for kind, i in wanted]
