"""What a search finds: passages of documents, and by their words events, agents, findings and rows of public data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, column, func, literal_column, select, table, text
from sqlalchemy.sql.elements import ColumnElement

from crossfix.record import schema
from crossfix.record.sqlite import match, query_words
from crossfix.web.marking import Bit, marked

if TYPE_CHECKING:
    from crossfix.record.store import Record
    from crossfix.reference.provenance import Entry

SEARCH = table("search", column("rowid"))
MATCHING = text("search MATCH :q")
PLAIN_ROWID: ColumnElement[Any] = literal_column("+search.rowid")
"""The plus keeps the database from asking the index anew for every row."""
RANKED_MOST = 2000
"""So many passages, those that came in last, are put in order by how well they match; of a word that nearly every document holds the rest
would only take time."""
PASSAGES = 20
FEW = 6
PASSAGE_READ = 6000
"""So many characters of one passage are read."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked. ``words`` are its words and phrases; empty where nothing can be looked for. The rest narrows passages down."""

    q: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    outlet: str = ""

    @property
    def words(self) -> list[str]:
        """The words and "quoted phrases" to look for."""
        return query_words(self.q)

    @property
    def narrowed(self) -> bool:
        """True where only passages of some documents are wanted."""
        return bool(self.language or self.since or self.until or self.outlet)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: where it stands, its words with those looked for marked, and its document."""

    document: str
    start: int
    end: int
    bits: tuple[Bit, ...]
    title: str
    outlet: str
    day: str
    language: str


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of passages. ``total`` counts all that were put in order; ``all_of_them`` is false where there are more than that."""

    items: list[Hit]
    number: int
    total: int
    all_of_them: bool

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PASSAGES))


def passages(connection: Connection, query: Query, number: int, ranked: Sequence[int], complete: bool) -> Hits:
    """The page of this number of the passages in ``ranked``."""
    pages = max(1, -(-len(ranked) // PASSAGES))
    number = min(max(1, number), pages)
    rows = ranked[(number - 1) * PASSAGES : number * PASSAGES]
    return Hits(_hits(connection, rows, query.words), number, len(ranked), complete)


def ranked(connection: Connection, query: Query) -> tuple[list[int], bool]:
    """The passages that hold all the words, best first, by their rows; and whether they are all."""
    if not query.words:
        return [], True
    asked = match(query.words)
    where = _documents(query)
    found = select(SEARCH.c.rowid).where(MATCHING)
    if where:
        d, p = schema.now_documents, schema.passages
        chosen = select(p.c.row).join(d, d.c.id == p.c.document).where(*where)
        found = found.where(PLAIN_ROWID.in_(chosen))
    # the newest first, which stops as soon as there are enough; then the best of them
    newest = found.order_by(SEARCH.c.rowid.desc()).limit(RANKED_MOST + 1)
    rows = [int(r) for r in connection.execute(newest, {"q": asked}).scalars()]
    complete = len(rows) <= RANKED_MOST
    rows = rows[:RANKED_MOST]
    if len(rows) < 2:
        return rows, complete
    these = select(func.json_each(json.dumps(rows)).table_valued("value").c.value)
    best = (
        select(SEARCH.c.rowid)
        .where(MATCHING, SEARCH.c.rowid >= rows[-1], PLAIN_ROWID.in_(these))
        .order_by(literal_column("rank"), SEARCH.c.rowid.desc())
    )
    return [int(r) for r in connection.execute(best, {"q": asked}).scalars()], complete


def _documents(query: Query) -> list[ColumnElement[bool]]:
    from crossfix.record.matching import days_of

    d = schema.now_documents
    out: list[ColumnElement[bool]] = []
    if query.language:
        out.append(d.c.language == query.language)
    if query.outlet:
        out.append(func.coalesce(d.c.outlet, d.c.agency) == query.outlet)
    if query.since:
        out.append(d.c.day >= days_of(query.since, "since").first.isoformat())
    if query.until:
        out.append(and_(d.c.day <= days_of(query.until, "until").last.isoformat(), d.c.day > ""))
    return out


def _hits(connection: Connection, rows: Sequence[int], words: Sequence[str]) -> list[Hit]:
    """The passages of these rows, their words cut out of the texts by the database: no text is read whole."""
    p, t, d = schema.passages, schema.texts, schema.now_documents
    length = func.min(p.c.end - p.c.start, PASSAGE_READ)
    cut = func.substr(t.c.text, p.c.start + 1, length)
    found = {
        int(r[0]): r
        for r in connection.execute(
            select(
                p.c.row, p.c.document, p.c.start, p.c.end, cut, d.c.title, d.c.outlet, d.c.agency, d.c.day, d.c.language
            )
            .join(t, and_(t.c.id == p.c.document, t.c.version == 1))
            .join(d, d.c.id == p.c.document)
            .where(p.c.row.in_(rows))
        )
    }
    out = []
    for row in rows:
        if row not in found:
            continue
        _, document, start, end, body, title, outlet, agency, day, language = found[row]
        shown = marked(body, words)
        first, last = (start + shown.start, start + shown.end) if shown.end else (start, end)
        out.append(Hit(document, first, last, shown.bits, title or "", outlet or agency or "", day, language))
    return out


# ------------------------------------------------------------------ what is not a passage


@dataclass(frozen=True, slots=True)
class Line:
    """An event, agent or finding in a line: its words with those looked for marked, where it leads, and a few words beside it."""

    path: str
    bits: tuple[Bit, ...]
    beside: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """The first few of a kind, and how many there are."""

    items: list[Line]
    total: int


def _like(column: ColumnElement[Any], words: Sequence[str]) -> list[ColumnElement[bool]]:
    return [column.icontains(w, autoescape=True) for w in words]


def events(record: Record, connection: Connection, words: Sequence[str]) -> Lines:
    """Events whose parties or place hold all the words, or that a passage with all of them tells; most origins first."""
    from crossfix.web.reads_events import heading_of, told_with

    if not words:
        return Lines([], 0)
    e = schema.now_events
    where = told_with(connection, words)
    total = int(connection.execute(select(func.count()).select_from(e).where(where)).scalar_one())
    ids = connection.execute(select(e.c.id).where(where).order_by(e.c.origins.desc(), e.c.row).limit(FEW))
    found = heading_of(record, [str(i) for i in ids.scalars()])
    return Lines([Line(f"/events/{i}", marked(head, words, None).bits, beside) for i, head, beside in found], total)


def agents(connection: Connection, words: Sequence[str]) -> Lines:
    """Agents by a name they go by; those known beyond one document first, shorter names first."""
    if not words:
        return Lines([], 0)
    n, a = schema.now_names, schema.now_agents
    named = (
        select(n.c.agent, func.min(n.c.name).label("told"))
        .where(*_like(n.c.name, words))
        .group_by(n.c.agent)
        .subquery()
    )
    total = int(connection.execute(select(func.count()).select_from(named)).scalar_one())
    rows = connection.execute(
        select(a.c.id, a.c.name, a.c.kind, a.c.document, named.c.told)
        .join(named, named.c.agent == a.c.id)
        .order_by(a.c.document != "", func.length(a.c.name), a.c.name, a.c.id)
        .limit(FEW)
    )
    out = []
    for id_, name, kind, document, told in rows:
        beside = kind + (f", also {told}" if told != name else "") + (", in one document only" if document else "")
        out.append(Line(f"/agents/{id_}", marked(name, words, None).bits, beside))
    return Lines(out, total)


def findings(connection: Connection, words: Sequence[str]) -> Lines:
    """Findings whose sentence holds all the words, worst first."""
    if not words:
        return Lines([], 0)
    s, f = schema.now_summaries, schema.now_findings
    where = _like(s.c.summary, words)
    total = int(connection.execute(select(func.count()).select_from(s).where(*where)).scalar_one())
    rows = connection.execute(
        select(f.c.id, f.c.check, f.c.verdict, s.c.summary)
        .join(s, s.c.finding == f.c.id)
        .where(*where)
        .order_by(f.c.rank, f.c.row.desc())
        .limit(FEW)
    )
    return Lines(
        [Line(f"/checks/{i}", marked(told, words, None).bits, check, verdict) for i, check, verdict, told in rows],
        total,
    )


def data(q: str) -> tuple[list[Entry], int]:
    """Rows of public data that hold all the words."""
    from crossfix.web.reads_data import found_anywhere

    return found_anywhere(q, FEW)
