"""Events and transfers as the timeline and the map pick them: one filter for both, and an item in a line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Query
from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from crossfix.dossier import phrases, words
from crossfix.record import schema
from crossfix.record.matching import days_of
from crossfix.record.sqlite import matching_passages, query_words

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

    from crossfix.web.reading import View

E, T, C = schema.now_events, schema.now_transfers, schema.now_claims
WORDS_MOST = 12
PASSAGES_MOST = 20_000
TITLE_MOST = 90
Type = Literal[
    "", "missile_test", "satellite_launch", "nuclear_test", "arms_transfer", "visit", "meeting", "statement", "exercise",
    "sanctions_act", "publication", "other",
]  # fmt: skip
Standing = Literal["", "reported", "alleged", "denied", "confirmed_by_actor"]
Told = Literal["", "actual", "future", "hypothetical", "negated", "offered", "wanted", "predicted"]
Verdict = Literal["", "contradicted", "tension", "unknown", "supported"]
STATUSES = (
    ("reported", "reported"),
    ("alleged", "alleged"),
    ("denied", "denied"),
    ("confirmed_by_actor", "confirmed by the actor"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which happenings: of this type, standing and modality; with this agent; with a finding of this verdict; with these words in their
    names or in the paragraph that tells them; sharing a day with [since, until]."""

    type: str = ""
    agent: str = ""
    status: str = ""
    modality: str = ""
    verdict: str = ""
    q: str = ""
    since: str = ""
    until: str = ""

    @property
    def anything(self) -> bool:
        """True where it leaves something out."""
        return self != Asked()

    @property
    def ever(self) -> Asked:
        """The same of any time."""
        return replace(self, since="", until="")

    @property
    def first(self) -> str:
        """The first day asked for, "" for none. Raises UsageError."""
        return days_of(self.since, "since").first.isoformat() if self.since else ""

    @property
    def last(self) -> str:
        """The last day asked for, "" for none. Raises UsageError."""
        return days_of(self.until, "until").last.isoformat() if self.until else ""

    def query(self) -> dict[str, str]:
        """What is asked, as the parts of an address."""
        parts = ("type", "agent", "status", "modality", "verdict", "q", "since", "until")
        return {k: str(getattr(self, k)) for k in parts if getattr(self, k)}


def asked(
    type: Annotated[Type, Query(description="Type of event; transfers are arms_transfer")] = "",
    agent: Annotated[str, Query(max_length=200, description="Words of a name that takes part or speaks")] = "",
    status: Annotated[Standing, Query(description="How it stands")] = "",
    modality: Annotated[Told, Query(description="Told as having happened, expected, offered and so on")] = "",
    verdict: Annotated[Verdict, Query(description="With a finding of this verdict")] = "",
    q: Annotated[str, Query(max_length=200, description="Words in its names or in the paragraph that tells it")] = "",
    since: Annotated[str, Query(max_length=10, description="YYYY, YYYY-MM or YYYY-MM-DD")] = "",
    until: Annotated[str, Query(max_length=10, description="YYYY, YYYY-MM or YYYY-MM-DD")] = "",
) -> Asked:
    """The filter of a request."""
    return Asked(type, agent.strip(), status, modality, verdict, q.strip(), since.strip(), until.strip())


def events_where(view: View, a: Asked) -> list[ColumnElement[bool]]:
    """The conditions on ``now_events``."""
    out = _within(E, a)
    if a.type:
        out.append(E.c.type == a.type)
    if a.status:
        out.append(E.c.status == a.status)
    if a.modality:
        out.append(E.c.modality == a.modality)
    if a.agent:
        named = schema.now_parties
        whole = and_(*(named.c.name.icontains(w, autoescape=True) for w in a.agent.split()[:WORDS_MOST]))
        out.append(E.c.id.in_(select(named.c.event).where(whole)))
    if a.verdict:
        out.append(E.c.id.in_(_found(a.verdict, "event")))
    if a.q:
        plain = _in_names(a.q, E.c.participants, E.c.place)
        out.append(or_(plain, _among(E.c.id, "events", view.cached(("told", a.q), lambda: _telling(view, a.q)))))
    return out


def transfers_where(view: View, a: Asked) -> list[ColumnElement[bool]]:
    """The conditions on ``now_transfers``."""
    out = _within(T, a)
    if a.type and a.type != "arms_transfer":
        out.append(text("0"))  # type: ignore[arg-type]
    if a.status:
        out.append(T.c.status == a.status)
    if a.modality:
        out.append(T.c.modality == a.modality)
    for word in a.agent.split()[:WORDS_MOST]:
        out.append(or_(*(c.icontains(word, autoescape=True) for c in (T.c.supplier, T.c.recipient))))
    if a.verdict:
        out.append(T.c.id.in_(_found(a.verdict, "transfer")))
    if a.q:
        plain = _in_names(a.q, T.c.supplier, T.c.recipient, T.c.item)
        out.append(or_(plain, _among(T.c.event, "told", view.cached(("told", a.q), lambda: _telling(view, a.q)))))
    return out


def claims_where(view: View, a: Asked) -> list[ColumnElement[bool]]:
    """The conditions on ``now_claims``; days are those of their documents and not held here. Type, standing and modality pick the claims
    in which such events are told."""
    out: list[ColumnElement[bool]] = [C.c.voice != "outlet"]
    for word in a.agent.split()[:WORDS_MOST]:
        out.append(C.c.source_name.icontains(word, autoescape=True))
    if a.verdict:
        out.append(C.c.id.in_(_found(a.verdict, "claim")))
    if a.type or a.status or a.modality:
        only = Asked(type=a.type, status=a.status, modality=a.modality)
        found = view.cached(("claims of", only), lambda: _claims_of(view, only))
        out.append(_among(C.c.id, "claims", found))
    if a.q:
        rows = _passages(view.connection, a.q)
        inside = select(C.c.id).select_from(_holding(rows)).where(C.c.voice != "outlet")
        out.append(C.c.id.in_(inside))
    return out


def _within(table: Any, a: Asked) -> list[ColumnElement[bool]]:
    out: list[ColumnElement[bool]] = []
    if a.since:
        out += [table.c.last >= a.first, table.c.first > ""]
    if a.until:
        out += [table.c.first <= a.last, table.c.first > ""]
    return out


def _found(verdict: str, kind: str) -> Any:
    f = schema.now_findings
    return select(f.c.subject).where(f.c.verdict == verdict, f.c.subject_kind == kind)


def _in_names(q: str, *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(*(or_(*(c.icontains(w, autoescape=True) for c in columns)) for w in q.split()[:WORDS_MOST]))


def _among(column: ColumnElement[Any], name: str, ids: list[str]) -> ColumnElement[bool]:
    """The column is one of these; they go as one value, since SQLite takes only so many."""
    values = text(f"SELECT value FROM json_each(:among_{name})").bindparams(**{f"among_{name}": json.dumps(ids)})
    return column.in_(values)


def _passages(connection: Connection, q: str) -> list[int]:
    found = query_words(q)[:WORDS_MOST]
    return matching_passages(connection, found, PASSAGES_MOST) if found else []


def _holding(rows: list[int]) -> Any:
    p = schema.passages
    listed = p.c.row.in_(
        text("SELECT value FROM json_each(:among_passages)").bindparams(among_passages=json.dumps(rows))
    )
    inside = and_(C.c.document == p.c.document, C.c.start >= p.c.start, C.c.start < p.c.end, listed)
    return p.join(C, inside)


def _telling(view: View, q: str) -> list[str]:
    """The events with a mention in a paragraph that holds the words."""
    rows = _passages(view.connection, q)
    if not rows:
        return []
    found = view.connection.execute(
        text(
            "SELECT DISTINCT n.id FROM json_each(:rows) w JOIN passages p ON p.row = w.value "
            "JOIN now_tellings t ON t.document = p.document JOIN now_events n ON n.id = t.event "
            "JOIN events e ON e.row = n.row, json_each(e.value, '$.mentions') m "
            "WHERE json_extract(m.value, '$[0]') = p.document "
            "AND json_extract(m.value, '$[1]') >= p.start AND json_extract(m.value, '$[1]') < p.\"end\""
        ),
        {"rows": json.dumps(rows)},
    )
    return [str(i) for i in found.scalars()]


def _claims_of(view: View, a: Asked) -> list[str]:
    """The claims in which such events are told."""
    rows = select(E.c.row).where(*events_where(view, a))
    kept = schema.events
    each = func.json_each(kept.c.value, "$.claims").table_valued("value", joins_implicitly=True)
    found = view.connection.execute(select(each.c.value).distinct().where(kept.c.row.in_(rows)))
    return [str(i) for i in found.scalars()]


# ------------------------------------------------------------------ lines


@dataclass(frozen=True, slots=True)
class Item:
    """A happening in a line. ``start`` and ``end`` are its first and last day, "" where undated; ``when`` says them in words at the
    precision they are told with; ``path`` leads to it."""

    kind: str
    id: str
    title: str
    place: str
    start: str
    end: str
    when: str
    precision: str
    type: str
    status: str
    modality: str
    origins: int
    reports: int
    denials: int
    path: str | None


EVENT_COLUMNS = (
    E.c.id, E.c.type, E.c.first, E.c.last, E.c.status, E.c.modality, E.c.origins, E.c.reports, E.c.denials, E.c.place,
    E.c.participants,
)  # fmt: skip
TRANSFER_COLUMNS = (
    T.c.id, T.c.event, T.c.first, T.c.last, T.c.supplier, T.c.recipient, T.c.item, T.c.kind, T.c.status, T.c.modality, T.c.denials,
)  # fmt: skip


def event_item(r: RowMapping) -> Item:
    """An item from the columns of ``EVENT_COLUMNS``."""
    when, precision = told_days(r["first"], r["last"])
    return Item(
        "event", r["id"], event_title(r["type"], r["participants"]), r["place"] or "", r["first"], r["last"], when, precision,
        r["type"], r["status"], r["modality"], r["origins"] or 0, r["reports"] or 0, r["denials"] or 0, f"/events/{r['id']}",
    )  # fmt: skip


def transfer_item(r: RowMapping) -> Item:
    """An item from the columns of ``TRANSFER_COLUMNS``."""
    when, precision = told_days(r["first"], r["last"])
    title = f"{phrases.pair(r['supplier'], r['recipient'])}: {phrases.shorten(r['item'] or '', TITLE_MOST)}"
    path = f"/events/{r['event']}" if r["event"] else f"/timeline/transfers/{r['id']}"
    return Item(
        "transfer", r["id"], title, "", r["first"], r["last"], when, precision, r["kind"], r["status"], r["modality"], 0, 0,
        r["denials"] or 0, path,
    )  # fmt: skip


def event_title(type_: str, participants: str | None) -> str:
    """ "Arms transfer: Norland → Vostland" from the lean table."""
    people: list[list[str]] = json.loads(participants or "[]")
    givers = [n for n, role in people if role == "supplier" and n]
    takers = [n for n, role in people if role == "recipient" and n]
    others = [n for n, role in people if role not in ("supplier", "recipient") and n]
    if len(givers) > 1 and not takers:
        who = f"between {words.listed(givers)}"
    elif givers or takers:
        who = f"{words.listed(givers) or 'supplier not told'} → {words.listed(takers) or 'recipient not told'}"
    else:
        who = words.listed(others, most=3)
    what = words.EVENT_WORDS.get(type_, type_)
    return phrases.shorten(f"{what}: {who}" if who else what, TITLE_MOST)


def told_days(first: str, last: str) -> tuple[str, str]:
    """Days in words at the precision that they stand for: a whole month is the month, a whole year the year."""
    value = interval(first, last)
    return (words.date_words(value), words.precision_words(value)) if value else ("undated", "")


def interval(first: str, last: str) -> str:
    """First and last day as an interval, coarser where they are a whole month's or year's: "2023-11"."""
    if not first or not last or first == last:
        return first
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[:4]}"
    if first.endswith("-01") and _ends_month(last):
        return first[:7] if first[:7] == last[:7] else f"{first[:7]}/{last[:7]}"
    return f"{first}/{last}"


def _ends_month(day: str) -> bool:
    from calendar import monthrange

    try:
        return int(day[8:10]) == monthrange(int(day[:4]), int(day[5:7]))[1]
    except ValueError:
        return False
