"""What the timeline asks of the record: a window of it, clustered where it is dense, and the plain list.

Each lane is first counted by day, once for a filter and a state of the record; bins with more than a few items become one cluster. So a
window never holds more than a few hundred items, however many the record has.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import String, func, literal, select, union_all

from crossfix.dossier import phrases, words
from crossfix.record import schema, values
from crossfix.web.paging import Order, Page, encode
from crossfix.web.reads_happenings import (
    EVENT_COLUMNS,
    TRANSFER_COLUMNS,
    Asked,
    C,
    E,
    Item,
    T,
    claims_where,
    event_item,
    events_where,
    transfer_item,
    transfers_where,
)
from crossfix.web.reads_subjects import passage, subjects

if TYPE_CHECKING:
    from crossfix.record.rows import Evidence
    from crossfix.web.reading import View

Bin = Literal["day", "week", "month", "quarter", "year", "decade"]
Lane = Literal["events", "transfers", "claims", "denials"]
LANES: tuple[Lane, ...] = ("events", "transfers", "claims", "denials")
FEW = 3
"""So many items of one bin are shown one by one; more are a cluster."""
FEW_OF_A_DAY = 8
REACHING_MOST = 12
"""Items that begin before a window and reach into it: the longest of them are shown."""
LIST = 60
D = schema.now_documents


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several items of one bin: its days, and how many begin in it."""

    start: str
    end: str
    count: int


@dataclass(frozen=True, slots=True)
class LaneShown:
    """A lane of a window. ``total`` counts all its dated items, in or outside of the window."""

    lane: Lane
    total: int
    items: list[Item]
    clusters: list[Cluster]


@dataclass(frozen=True, slots=True)
class Extent:
    """From when to when the dated items reach, and the part of it in which nearly all of them lie."""

    first: str
    last: str
    main_first: str
    main_last: str


def counted(view: View, lane: Lane, a: Asked) -> list[tuple[str, int]]:
    """How many items of a lane begin on each day, the days in order."""
    return view.cached(("timeline days", lane, a), lambda: _counted(view, lane, a))


def _counted(view: View, lane: Lane, a: Asked) -> list[tuple[str, int]]:
    if lane == "events":
        statement = select(E.c.first, func.count()).where(E.c.first > "", *events_where(view, a)).group_by(E.c.first)
    elif lane == "transfers":
        statement = select(T.c.first, func.count()).where(T.c.first > "", *transfers_where(view, a)).group_by(T.c.first)
    else:
        both = view.cached(("timeline claims", a), lambda: _said(view, a))
        return both[lane == "denials"]
    return sorted((str(d), int(n)) for d, n in view.connection.execute(statement))


def _said(view: View, a: Asked) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Claims by the day their document was published, those that do not deny and those that do."""
    # by document first, from an index alone; then the documents' days
    by = (
        select(C.c.document, func.count().label("n"), func.count().filter(C.c.stance == "deny").label("no"))
        .where(*claims_where(view, a))
        .group_by(C.c.document)
        .subquery()
    )
    rows = view.connection.execute(
        select(D.c.day, func.sum(by.c.n), func.sum(by.c.no))
        .join(by, by.c.document == D.c.id)
        .where(*_published(a))
        .group_by(D.c.day)
    )
    days = sorted((str(d), int(n), int(no)) for d, n, no in rows)
    return [(d, n - no) for d, n, no in days if n > no], [(d, no) for d, _, no in days if no]


def _published(a: Asked) -> list[Any]:
    out: list[Any] = [D.c.day > ""]
    if a.since:
        out.append(D.c.day >= a.first)
    if a.until:
        out.append(D.c.day <= a.last)
    return out


def extent(view: View, a: Asked) -> Extent | None:
    """From when to when the events and transfers reach; the claims where there are none. None where nothing is dated."""
    days = [*counted(view, "events", a), *counted(view, "transfers", a)]
    days = sorted(days or [*counted(view, "claims", a), *counted(view, "denials", a)])
    if not days:
        return None
    total = sum(n for _, n in days)
    low = high = days[0][0]
    seen = 0
    for day, n in days:
        if seen <= 0.04 * total:
            low = day
        if seen < 0.98 * total:
            high = day
        seen += n
    return Extent(days[0][0], days[-1][0], low, high)


def undated(view: View, a: Asked) -> int:
    """How many events and transfers have no date."""
    if a.since or a.until:
        return 0
    return view.cached(
        ("undated", a),
        lambda: sum(
            int(view.connection.execute(select(func.count()).where(t.c.first == "", *where)).scalar_one())
            for t, where in ((E, events_where(view, a)), (T, transfers_where(view, a)))
        ),
    )


# ------------------------------------------------------------------ a window


def window(view: View, a: Asked, lane: Lane, first: dt.date, last: dt.date, by: Bin) -> LaneShown:
    """What a lane holds between two days, both included."""
    days = counted(view, lane, a)
    a_day, z_day = bin_of(first, by)[0].isoformat(), bin_of(last, by)[1].isoformat()
    bins: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for day, n in days:
        if a_day <= day <= z_day:
            found = bin_of(_day(day), by)
            bins[found[0].isoformat(), found[1].isoformat()].append((day, n))
    few = FEW_OF_A_DAY if by == "day" else FEW
    clusters, single = [], []
    for (start, end), inside in bins.items():
        n = sum(x for _, x in inside)
        if n > few:
            clusters.append(Cluster(start, end, n))
        else:
            single += [d for d, _ in inside]
    return LaneShown(lane, sum(n for _, n in days), _items(view, a, lane, single, a_day), clusters)


def _day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return dt.date.min  # a date kept as it was found, though it is none: it stands before all others


def bin_of(day: dt.date, by: Bin) -> tuple[dt.date, dt.date]:
    """The first and last day of the bin that a day is in."""
    if by == "day":
        return day, day
    if by == "week":
        first = day - dt.timedelta(days=min(day.weekday(), day.toordinal() - 1))
        return first, min(first, dt.date.max - dt.timedelta(days=6)) + dt.timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[by]
    n = (day.year * 12 + day.month - 1) // months * months
    first = dt.date(max(1, n // 12), n % 12 + 1, 1)
    m = n + months
    return first, (dt.date(m // 12, m % 12 + 1, 1) - dt.timedelta(days=1)) if m // 12 < dt.MAXYEAR else dt.date.max


def _items(view: View, a: Asked, lane: Lane, days: Sequence[str], begin: str) -> list[Item]:
    c = view.connection
    if lane in ("claims", "denials"):
        return _claims(view, a, lane, days)
    t: Any = E if lane == "events" else T
    columns: Any = EVENT_COLUMNS if lane == "events" else TRANSFER_COLUMNS
    where = events_where(view, a) if lane == "events" else transfers_where(view, a)
    reaching = (
        select(*columns)
        .where(t.c.first < begin, t.c.first > "", t.c.last >= begin, *where)
        .order_by(t.c.first.desc(), t.c.id)
        .limit(REACHING_MOST)
    )
    rows = list(c.execute(select(*columns).where(t.c.first.in_(days), *where).order_by(t.c.first, t.c.id)).mappings())
    rows += c.execute(reaching).mappings()
    return [(event_item if lane == "events" else transfer_item)(r) for r in rows]


def _claims(view: View, a: Asked, lane: Lane, days: Sequence[str]) -> list[Item]:
    side = C.c.stance == "deny" if lane == "denials" else C.c.stance != "deny"
    rows = view.connection.execute(
        select(C.c.id, C.c.stance, C.c.firmness, D.c.day)
        .select_from(D.join(C, C.c.document == D.c.id))
        .where(D.c.day.in_(days), side, *claims_where(view, a))
        .order_by(D.c.day, C.c.id)
    ).all()
    found = subjects(view.record, (("claim", str(r[0])) for r in rows))
    return [
        Item(
            "denial" if lane == "denials" else "claim", str(i), found["claim", str(i)].label, "", day, day, words.date_words(day), "day",
            str(stance), "denied" if stance == "deny" else "reported", "actual", 0, 1, 0, found["claim", str(i)].path,
        )
        for i, stance, _, day in rows
    ]  # fmt: skip


# ------------------------------------------------------------------ the plain list


def listed(view: View, a: Asked, after: str | None, *, undated_only: bool = False) -> Page[Item]:
    """Events and transfers together by their first day, page by page; those without a date alone with ``undated_only``. Raises UsageError
    where ``after`` is no page of it."""
    parts = []
    for kind, t, where in (("event", E, events_where(view, a)), ("transfer", T, transfers_where(view, a))):
        dated = t.c.first == "" if undated_only else t.c.first > ""
        parts.append(select(t.c.first, t.c.id, literal(kind, String).label("kind")).where(dated, *where))
    both = union_all(*parts).subquery()
    order = Order((both.c.first, both.c.id))
    rows = list(view.connection.execute(order.applied(select(both).where(*order.after(after))).limit(LIST + 1)))
    more = len(rows) > LIST
    rows = rows[:LIST]
    found = items(view, [(str(k), str(i)) for _, i, k in rows])
    total = (
        undated(view, a) if undated_only else sum(n for x in ("events", "transfers") for _, n in counted(view, x, a))
    )
    return Page(found, encode(list(rows[-1][:2])) if more else None, total)


def items(view: View, wanted: Sequence[tuple[str, str]]) -> list[Item]:
    """These events and transfers, in this order; those no longer in the record are left out."""
    known: dict[tuple[str, str], Item] = {}
    for kind, t, columns, made in (
        ("event", E, EVENT_COLUMNS, event_item),
        ("transfer", T, TRANSFER_COLUMNS, transfer_item),
    ):
        ids = [i for k, i in wanted if k == kind]
        chosen = select(*columns).where(t.c.id.in_(ids))
        known |= {(kind, r["id"]): made(r) for r in view.connection.execute(chosen).mappings()}
    return [known[x] for x in wanted if x in known]


# ------------------------------------------------------------------ one item


@dataclass(frozen=True, slots=True)
class Told:
    """What one or more documents say of a field in which they differ, and who says it."""

    field: str
    value: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to open: whose it is, its words in their sentence, and its address."""

    outlet: str
    published: str
    before: str
    words: str
    after: str
    path: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """An event, transfer or claim as the panel shows it. ``origins`` are the independent origins by name; ``more`` counts the passages
    that are not shown."""

    kind: str
    id: str
    title: str
    when: str
    precision: str
    standing: str
    told: str
    support: str
    origins: tuple[str, ...]
    accounts: tuple[Told, ...]
    passages: tuple[Passage, ...]
    more: int
    path: str
    path_label: str


PASSAGES = 3
ACCOUNTS = 8


def event_chosen(view: View, id_: str) -> Chosen:
    """An event for the panel. Raises UnknownId."""
    e = view.record.event(id_)
    return Chosen(
        "event", e.id, phrases.heading(e), words.date_words(e.when), words.precision_words(e.when),
        words.status_words(e.status, denied_by=e.denied_by, negated=e.modality == "negated"),
        words.MODALITY_WORDS.get(e.modality, e.modality), phrases.support(e), tuple(r.name for r in e.roots),
        tuple(Told(x.field, phrases.account_value(x.field, x.value), x.by) for x in e.accounts[:ACCOUNTS]),
        passages(view, e.mentions[:PASSAGES]), max(0, len(e.mentions) - PASSAGES), f"/events/{e.id}", "Open the event",
    )  # fmt: skip


def transfer_chosen(view: View, id_: str) -> Chosen:
    """A transfer for the panel. Raises UnknownId."""
    t = view.record.transfer(id_)
    documents = len({e.document for e in t.evidence})
    many = f"{t.quantity}: " if t.quantity else ""
    return Chosen(
        "transfer", t.id, f"{phrases.pair(t.supplier, t.recipient)}: {many}{t.item}", words.date_words(t.when),
        words.precision_words(t.when), phrases.transfer_standing(t), words.MODALITY_WORDS.get(t.modality, t.modality),
        words.plural(documents, "document"), t.alleged_by,
        tuple(Told(x.field, phrases.account_value(x.field, x.value), x.by) for x in t.accounts[:ACCOUNTS]),
        passages(view, t.evidence[:PASSAGES]), max(0, len(t.evidence) - PASSAGES),
        f"/events/{t.event}" if t.event else passage(t.evidence[0]), "Open the event" if t.event else "Open the passage",
    )  # fmt: skip


def claim_chosen(view: View, id_: str) -> Chosen:
    """A claim for the panel. Raises UnknownId."""
    from crossfix.web.reads_overview import outlets

    c = view.record.claim(id_)
    text = view.record.text(c.document)
    d = view.record.document(c.document)
    before, after = phrases.links(c)
    said = phrases.said_words(text, c.content)
    through = " > ".join((*before, phrases.speaker(c), *after)) or outlets(view.connection, {c.document})[c.document]
    return Chosen(
        "denial" if c.stance == "deny" else "claim", c.id,
        f"{phrases.speaker(c)} {words.STANCE_WORDS.get(c.stance, c.stance)}: {phrases.shorten(said, 240)}",
        words.date_words(d.published or d.written), "published", f"put {words.FIRMNESS_WORDS.get(c.firmness, c.firmness)}", "",
        f"through {through}", (), (), passages(view, c.evidence), 0, passage(c.evidence[0]), "Open the passage",
    )  # fmt: skip


def passages(view: View, evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """Passages with their sentences and outlets."""
    from crossfix.web.reads_overview import outlets

    documents = {e.document for e in evidence}
    names, texts = outlets(view.connection, documents), view.record.texts(documents)
    found = view.connection.execute(select(D.c.id, D.c.day).where(D.c.id.in_(sorted(documents))))
    days = {str(i): str(day) for i, day in found}
    out = []
    for e in evidence:
        x = phrases.excerpt(texts[e.document], view.record.sentences(e.document), e.start, e.end)
        day = words.date_words(days.get(e.document) or None)
        out.append(Passage(names[e.document], day, x.before, x.words, x.after, passage(e)))
    return tuple(out)


def agents(view: View) -> list[str]:
    """The names that take part most often, to choose from."""
    p = schema.now_parties
    rows = view.connection.execute(
        select(p.c.name).group_by(p.c.name).order_by(func.count().desc(), p.c.name).limit(80)
    )
    return [str(n) for n in rows.scalars()]


def one_transfer(view: View, id_: str) -> str:
    """Where a transfer is told: its event's page, else its passage. Raises UnknownId."""
    found = view.record.current_of(schema.transfers, [id_])
    if id_ not in found:
        view.record.transfer(id_)  # raises with advice
    t = values.transfer_row_in(id_, found[id_]["value"])
    return f"/events/{t.event}" if t.event else passage(t.evidence[0])
