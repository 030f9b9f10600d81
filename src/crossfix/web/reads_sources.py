"""What the graph of sources asks of the record: who speaks through whom in which outlet, documents of one origin folded together.

A path is one way that claims come: outlet, link between (an agency, another outlet), speaker. All paths are gathered once for a state
of the record; filters, folding and the order of the columns are worked out of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, select, text

from crossfix.dossier import phrases, words
from crossfix.record import schema, values
from crossfix.web.paging import Page, decode, encode

if TYPE_CHECKING:
    from crossfix.web.reading import View

Stance = Literal["", "assert", "deny", "suspect", "condemn", "announce", "request", "predict", "support"]
SHOWN = 40
"""So many paths are drawn at first; "show more" doubles them."""
SHOWN_MOST = 320
CLAIMS = 30
LATEST = 1000
"""In a larger record the paths of so many documents are counted, those published last, unless all are asked for: gathering the paths of
20,000 takes some seconds."""
SELF = "(this article)"
UNKNOWN = "outlet not known"
NOBODY = "source not named"
BETWEEN = " > "
C, D = schema.now_claims, schema.now_documents


@dataclass(frozen=True, slots=True)
class Asked:
    """Which paths: with these words in one of their names; claims of this stance; how many at most; which folded origins are opened, "all"
    for every one; in all documents or in those published last."""

    q: str = ""
    stance: str = ""
    limit: int = SHOWN
    opened: tuple[str, ...] = ()
    every: bool = False

    @property
    def anything(self) -> bool:
        """True where it leaves something out."""
        return bool(self.q or self.stance)


@dataclass(frozen=True, slots=True)
class Known:
    """A document as the graph needs it."""

    outlet: str
    origin: str


@dataclass(frozen=True, slots=True)
class Way:
    """One document's claims of one path. ``between`` is "" where the outlet has the speaker's words itself."""

    document: str
    between: str
    speaker: str
    claims: int


@dataclass(frozen=True, slots=True)
class Path:
    """A path with how many claims came by it. ``left`` is "outlet:NAME" or, folded, "origin:ID"; ``claims`` counts what documents of one
    origin repeat once; ``outlets`` are those that carry it."""

    left: str
    label: str
    between: str
    speaker: str
    claims: int
    documents: int
    origins: int
    outlets: tuple[str, ...]

    @property
    def folded(self) -> bool:
        """True where it stands for several documents of one origin."""
        return self.left.startswith("origin:")


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the graph. ``column`` is 0 for outlets, 1 for links between, 2 for speakers; ``row`` its place in the column."""

    id: str
    column: int
    row: float
    label: str
    claims: int
    documents: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of the graph."""

    source: str
    target: str
    claims: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph, with the paths it is made of. ``total`` counts all paths under the filter; ``own_voice`` the claims that outlets make
    themselves, which no path holds. ``read`` is how many documents were counted, ``documents`` how many there are."""

    nodes: list[Node]
    edges: list[Edge]
    paths: list[Path]
    total: int
    claims: int
    own_voice: int
    read: int
    documents: int


# ------------------------------------------------------------------ gathering


def known(view: View) -> dict[str, Known]:
    """All documents by id."""
    return view.memo.get(("sources documents", *_marks(view)), lambda: _known(view.connection))


def _marks(view: View) -> tuple[object, ...]:
    """How far the tables have grown that the paths are made of. Gathering them takes a while in a large record, so that they are kept over
    changes of anything else: notes, grades, findings."""
    grown = view.connection.execute(
        text("SELECT (SELECT max(row) FROM documents), (SELECT max(row) FROM descents), (SELECT max(row) FROM claims)")
    ).one()
    return (view.record.path, *grown)


def _known(connection: Connection) -> dict[str, Known]:
    descents = connection.execute(
        text(
            "SELECT id, origin FROM descents r WHERE act <> 'withdrawn' AND NOT EXISTS "
            "(SELECT 1 FROM descents l WHERE l.id = r.id AND l.version > r.version)"
        )
    )
    origins = {str(i): str(origin) for i, origin in descents}
    rows = connection.execute(select(D.c.id, D.c.outlet, D.c.agency))
    return {i: Known(outlet or agency or UNKNOWN, origins.get(i, i)) for i, outlet, agency in rows}


LAST = "(SELECT id FROM now_documents ORDER BY day DESC, id LIMIT :most)"
"""The documents that are counted, as SQL."""


def _most(every: bool) -> int:
    return -1 if every else LATEST


def ways(view: View, stance: str, every: bool) -> list[Way]:
    """The documents' claims by path."""
    key = ("sources ways", stance, every, *_marks(view))
    return view.memo.get(key, lambda: _ways(view.connection, stance, _most(every)))


def _ways(connection: Connection, stance: str, most: int) -> list[Way]:
    rows = connection.execute(
        text(
            f"SELECT n.document, json_extract(c.value, '$.chain'), n.source_name FROM {LAST} d "
            "JOIN now_claims n ON n.document = d.id JOIN claims c ON c.row = n.row "
            "WHERE n.voice <> 'outlet' AND (:stance = '' OR n.stance = :stance)"
        ),
        {"stance": stance, "most": most},
    )
    counted: dict[tuple[str, str, str], int] = defaultdict(int)
    paths: dict[tuple[str, str | None], tuple[str, str]] = {}
    for part in rows.partitions(5000):  # row by row, the driver would cost more than the query
        for document, chain, name in part:
            found = paths.get((chain, name))
            if found is None:
                found = paths[chain, name] = path_of(json.loads(chain), name)
            counted[document, found[0], found[1]] += 1
    return [Way(d, between, speaker, n) for (d, between, speaker), n in counted.items()]


def path_of(chain: Sequence[str], name: str | None) -> tuple[str, str]:
    """The links between and the speaker, of a chain that begins with the outlet."""
    inner = [x for x in chain[1:] if x != SELF]
    if name is None:
        return (BETWEEN.join(inner[:-1]), inner[-1]) if inner else ("", NOBODY)
    at = len(inner) - 1 - inner[::-1].index(name) if name in inner else len(inner)
    return BETWEEN.join(inner[:at]), name


def paths(view: View, a: Asked) -> list[Path]:
    """All paths under the filter, those with most claims first."""
    key = ("sources paths", a.q, a.stance, a.opened, a.every)
    return view.cached(key, lambda: _holding(_gathered(view, a), a.q))


def _gathered(view: View, a: Asked) -> list[Path]:
    """All paths, whatever the words, kept as long as what they are made of."""
    whole = replace(a, q="", limit=SHOWN)
    return view.memo.get(
        ("sources paths", whole, *_marks(view)), lambda: _paths(known(view), ways(view, a.stance, a.every), whole)
    )


def _holding(every: list[Path], q: str) -> list[Path]:
    """The paths in whose names all the words stand."""
    words_ = q.casefold().split()
    if not words_:
        return every
    named = ((p, f"{' '.join(p.outlets)} {p.between} {p.speaker}".casefold()) for p in every)
    return [p for p, names in named if all(w in names for w in words_)]


def _paths(documents: dict[str, Known], found: Iterable[Way], a: Asked) -> list[Path]:
    folds = _folds(documents, a.opened)
    grouped: dict[tuple[str, str, str], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for w in found:
        d = documents.get(w.document)
        if d is None:
            continue
        left = f"origin:{d.origin}" if d.origin in folds else f"outlet:{d.outlet}"
        grouped[left, w.between, w.speaker][d.origin][w.document] = w.claims
    out = []
    words_ = a.q.casefold().split()
    for (left, between, speaker), by_origin in grouped.items():
        outlets = folds[left[7:]] if left.startswith("origin:") else (left[7:],)
        if words_ and not all(w in f"{' '.join(outlets)} {between} {speaker}".casefold() for w in words_):
            continue
        # documents of one origin repeat one another: what the fullest of them has counts, not their sum
        claims = sum(max(x.values()) for x in by_origin.values())
        number = sum(len(x) for x in by_origin.values())
        label = folded_label(outlets) if left.startswith("origin:") else outlets[0]
        out.append(Path(left, label, between, speaker, claims, number, len(by_origin), outlets))
    return sorted(out, key=lambda p: (-p.claims, p.left, p.between, p.speaker))


def _folds(documents: dict[str, Known], opened: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The origins with several documents, and the outlets that carry them."""
    if "all" in opened:
        return {}
    members: dict[str, list[str]] = defaultdict(list)
    for d in documents.values():
        members[d.origin].append(d.outlet)
    return {
        o: tuple(dict.fromkeys(sorted(x, key=lambda n: (n == UNKNOWN, n))))
        for o, x in members.items()
        if len(x) > 1 and o not in opened
    }


def folded_label(outlets: Sequence[str]) -> str:
    """ "Coast News and 3 more": documents of one origin."""
    if len(outlets) == 1:
        return f"{outlets[0]}, one report"
    return f"{outlets[0]} and {len(outlets) - 1} more"


def own_voice(view: View, every: bool) -> int:
    """How many claims outlets make in their own voice."""
    counted = text(f"SELECT count(*) FROM {LAST} d JOIN now_claims n ON n.document = d.id WHERE n.voice = 'outlet'")
    most = {"most": _most(every)}
    return view.cached(("own voice", every), lambda: int(view.connection.execute(counted, most).scalar_one()))


# ------------------------------------------------------------------ the graph


def graph(view: View, a: Asked) -> Graph:
    """The graph of the paths with most claims."""
    return view.cached(("sources graph", a), lambda: _graph(view, a))


def _graph(view: View, a: Asked) -> Graph:
    every = paths(view, a)
    shown = every[: a.limit]
    counts: dict[tuple[int, str], list[int]] = {}
    labels: dict[tuple[int, str], tuple[str, tuple[str, ...]]] = {}
    lines: dict[tuple[tuple[int, str], tuple[int, str]], int] = defaultdict(int)
    for p in shown:
        stops = [(0, p.left), *([(1, p.between)] if p.between else []), (2, p.speaker)]
        for stop in stops:
            own = counts.setdefault(stop, [0, 0])
            own[0] += p.claims
            own[1] += p.documents
            label = p.label if stop[0] == 0 else stop[1]
            labels[stop] = (label, p.outlets if stop[0] == 0 else ())
        for x, y in pairwise(stops):
            lines[x, y] += p.claims
    rows = _ordered(list(counts), lines)
    nodes = [
        Node(f"{c}:{name}", c, rows[c, name], labels[c, name][0], counts[c, name][0], counts[c, name][1], labels[c, name][1])
        for c, name in counts
    ]  # fmt: skip
    documents = len(known(view))
    read = documents if a.every else min(documents, LATEST)
    edges = [Edge(f"{x[0]}:{x[1]}", f"{y[0]}:{y[1]}", n) for (x, y), n in lines.items()]
    return Graph(
        nodes, edges, shown, len(every), sum(p.claims for p in every), own_voice(view, a.every), read, documents
    )


Stop = tuple[int, str]


def _ordered(stops: Sequence[Stop], lines: dict[tuple[Stop, Stop], int]) -> dict[Stop, float]:
    """A place for every stop in its column, so that few lines cross: each moves to the middle of those it is joined to, back and forth."""
    weight: dict[Stop, int] = defaultdict(int)
    near: dict[Stop, list[tuple[Stop, int]]] = defaultdict(list)
    for (x, y), n in lines.items():
        weight[x] += n
        weight[y] += n
        near[x].append((y, n))
        near[y].append((x, n))
    columns = [sorted((s for s in stops if s[0] == c), key=lambda s: (-weight[s], s[1])) for c in range(3)]
    tallest = max((len(c) for c in columns), default=0)
    at: dict[Stop, float] = {}

    def place(column: list[Stop]) -> None:
        gap = tallest / max(1, len(column))
        for n, s in enumerate(column):
            at[s] = (n + 0.5) * gap

    for column in columns:
        place(column)
    for turn in range(8):
        for c in (2, 1, 0) if turn % 2 else (0, 1, 2):
            pull = {s: sum(at[x] * n for x, n in near[s]) / sum(n for _, n in near[s]) for s in columns[c] if near[s]}
            columns[c].sort(key=lambda s: (pull.get(s, at[s]), s[1]))
            place(columns[c])
    return at


# ------------------------------------------------------------------ the claims of a path


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with where it stands."""

    id: str
    stance: str
    firmness: str
    words: str
    document: str
    title: str
    outlet: str
    published: str
    origin: str
    path: str


def said(view: View, a: Asked, left: str, between: str, speaker: str, after: str | None) -> Page[Said]:
    """The claims of a path, document by document. Raises UsageError where ``after`` is no page of it."""
    documents = known(view)
    kind, _, name = left.partition(":")
    chosen = sorted(
        {
            w.document
            for w in ways(view, a.stance, a.every)
            if w.between == between and w.speaker == speaker and (d := documents.get(w.document)) is not None
            and name == (d.origin if kind == "origin" else d.outlet)
        }
    )  # fmt: skip
    folds = _folds(documents, a.opened) if kind == "outlet" else {}
    chosen = [d for d in chosen if documents[d].origin not in folds]
    begin = decode(after) if after else ["", 0]
    begin = begin if len(begin) == 2 and isinstance(begin[0], str) and isinstance(begin[1], int) else ["", 0]
    rows = view.connection.execute(
        text(
            "SELECT n.document, n.start, n.row, json_extract(c.value, '$.chain'), n.source_name FROM json_each(:documents) d "
            "JOIN now_claims n ON n.document = d.value JOIN claims c ON c.row = n.row "
            "WHERE n.voice <> 'outlet' AND (:stance = '' OR n.stance = :stance) AND (n.document, n.row) > (:document, :row) "
            "ORDER BY n.document, n.row"
        ),
        {"documents": json.dumps(chosen), "stance": a.stance, "document": begin[0], "row": begin[1]},
    )
    picked: list[tuple[str, int]] = []
    for document, _, row, chain, source in rows:
        if path_of(json.loads(chain), source) == (between, speaker):
            picked.append((document, int(row)))
            if len(picked) > CLAIMS:
                break
    rows.close()
    more = len(picked) > CLAIMS
    picked = picked[:CLAIMS]
    return Page(_said(view, [r for _, r in picked]), encode(list(picked[-1])) if more else None, None)


def _said(view: View, rows: Sequence[int]) -> list[Said]:
    found = {
        r["row"]: r
        for r in view.connection.execute(select(schema.claims).where(schema.claims.c.row.in_(rows))).mappings()
    }
    ids = sorted({r["document"] for r in found.values()})
    texts, documents = view.record.texts(ids), known(view)
    about = {
        i: (title, day)
        for i, title, day in view.connection.execute(select(D.c.id, D.c.title, D.c.day).where(D.c.id.in_(ids)))
    }
    out = []
    for row in rows:
        r = found[row]
        body = texts[r["document"]]
        c = values.claim_in(r["id"], r["value"], body, r["confidence"])
        title, day = about.get(r["document"], (None, ""))
        at = f"/documents/{r['document']}#{c.quote.start}-{c.quote.end}"
        out.append(
            Said(
                r["id"], c.stance, c.firmness, phrases.shorten(phrases.said_words(body, c.content), 320), r["document"],
                title or "", documents[r["document"]].outlet, words.date_words(day or None), documents[r["document"]].origin, at,
            )
        )  # fmt: skip
    return out
