"""Claims for pages: a few rows with their words, sorted by who says what of an event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, func, select

from crossfix.dossier import phrases
from crossfix.record import schema, values
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import ClaimRow, EventRow, Evidence

if TYPE_CHECKING:
    from crossfix.record.store import Record

Side = Literal["asserts", "denies", "suspects", "says otherwise"]
SIDES: tuple[Side, ...] = ("asserts", "denies", "suspects", "says otherwise")
CLAIMS_MOST = 120
"""So many claims are shown with one event."""
WORDS_MOST = 420


def claims_of(record: Record, ids: Iterable[str]) -> list[ClaimRow]:
    """The claims of these ids as corrected, by document and place; those that no longer stand are left out."""
    kept = record.current_of(schema.claims, ids).values()
    rows = overlay(record).claim_rows(kept)
    texts = record.texts({r["document"] for r in rows})
    out = []
    for r in rows:
        c = values.claim_in(r["id"], values.as_json(r["value"]), texts[r["document"]], r["confidence"])
        out.append(
            ClaimRow(
                c.id, r["document"], c.source, c.cue, c.content, c.quote, c.source_name, c.chain, c.stance, c.firmness,
                c.voice, r["at"], c.confidence, c.firmness_words,
            )
        )  # fmt: skip
    return sorted(out, key=lambda c: (c.document, c.quote.start, c.quote.end, c.id))


def side(c: ClaimRow) -> Side:
    """Whether a claim asserts, denies or suspects what it speaks of; doubt counts before assertion."""
    if c.stance == "deny" or c.firmness == "denied":
        return "denies"
    if c.stance == "suspect" or c.firmness in ("probable", "possible", "unlikely"):
        return "suspects"
    return "asserts" if c.stance in ("assert", "announce") else "says otherwise"


def ids_about(connection: Connection, e: EventRow, most: int = CLAIMS_MOST) -> tuple[list[str], int]:
    """The claims that the event's mentions stand in or whose content holds a mention, those that it is counted by first; and how many
    there are."""
    n, c = schema.now_claims, schema.claims
    spots = [[m.document, m.start, m.end] for m in e.mentions[:400]]
    at = func.json_each(json.dumps(spots)).table_valued("value").alias("spot")
    place = (func.json_extract(at.c.value, f"$[{i}]") for i in range(3))
    document, start, end = place
    held = (
        select(n.c.id)
        .distinct()
        .select_from(at)
        .join(n, (n.c.document == document) & (n.c.start < end))
        .join(c, c.c["row"] == n.c["row"])
        .where(
            func.json_extract(c.c.value, "$.content[0]") < end,
            func.json_extract(c.c.value, "$.content[1]") > start,
        )
    )
    standing = connection.execute(select(n.c.id).where(n.c.id.in_(e.claims[:900]))).scalars()
    found = dict.fromkeys(str(i) for i in (*standing, *connection.execute(held).scalars()))
    return list(found)[:most], len(found)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim for a page. ``number`` is its place in the list; ``speaker`` the original speaker, ``through`` the links before, outermost
    first; ``words`` what was said; ``by`` the id of the speaker's agent, "" where none is known."""

    number: int
    claim: ClaimRow
    side: Side
    speaker: str
    through: tuple[str, ...]
    words: str
    firmness_words: tuple[str, ...]
    agent: str
    outlet: str
    day: str

    @property
    def evidence(self) -> Evidence:
        """The passage."""
        return self.claim.evidence[0]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A row of the matrix: who, and the claims by side."""

    name: str
    agent: str
    cells: tuple[tuple[Side, tuple[Said, ...]], ...]
    also_denies: bool = False

    @property
    def count(self) -> int:
        """How many claims."""
        return sum(len(said) for _, said in self.cells)


def said(record: Record, connection: Connection, claims: Sequence[ClaimRow]) -> list[Said]:
    """The claims for a page, by side, each with its speaker's agent."""
    from crossfix.web.reads_overview import outlets

    documents = {c.document for c in claims}
    names = outlets(connection, documents)
    days = days_of(connection, documents)
    agents = agents_named(connection, {phrases.speaker(c) for c in claims}, documents)
    texts = record.texts(documents)
    order = {s: n for n, s in enumerate(SIDES)}
    placed = sorted(claims, key=lambda c: (order[side(c)], days[c.document] or "9999", c.document, c.quote.start, c.id))
    out = []
    for n, c in enumerate(placed, 1):
        who = phrases.speaker(c)
        through = tuple(x for x in phrases.links(c)[0] if not x.startswith("("))
        told = phrases.shorten(phrases.said_words(texts[c.document], c.content), WORDS_MOST)
        shown = names[c.document] if c.voice == "outlet" and who.startswith("(") else who
        agent = agents.get((c.document, who)) or agents.get(("", who), "")
        out.append(
            Said(
                n,
                c,
                side(c),
                shown,
                through,
                told,
                phrases.firmness_words(c),
                agent,
                names[c.document],
                days[c.document],
            )
        )
    return out


def matrix(told: Sequence[Said], denied_by: Sequence[str] = ()) -> list[Speaker]:
    """Who says what: a row for each speaker, most claims first. ``denied_by`` are those whom the event's mentions name as denying."""
    by: dict[tuple[str, str], list[Said]] = {}
    for s in told:
        by.setdefault((s.agent or s.speaker.casefold(), ""), []).append(s)
    denying = {n.casefold() for n in denied_by}
    rows = []
    for claims in by.values():
        cells = tuple((side_, tuple(c for c in claims if c.side == side_)) for side_ in SIDES)
        name = claims[0].speaker
        known = {c.speaker.casefold() for c in claims}
        rows.append(Speaker(name, claims[0].agent, cells, bool(known & denying) and not cells[1][1]))
        denying -= known
    empty = tuple((side_, ()) for side_ in SIDES)
    rows += [Speaker(n, "", empty, True) for n in denied_by if n.casefold() in denying]
    return sorted(rows, key=lambda r: (-r.count, r.name.casefold()))


def days_of(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """By document, its day, "" for none."""
    d = schema.now_documents
    found = connection.execute(select(d.c.id, d.c.day).where(d.c.id.in_(sorted(set(documents)))))
    return {str(k): str(v or "") for k, v in found}


def agents_named(connection: Connection, names: Iterable[str], documents: Iterable[str]) -> dict[tuple[str, str], str]:
    """The agents of names: by (document, name) those that only a document knows, by ("", name) those known beyond; a name of several is
    left out."""
    n, a = schema.now_names, schema.now_agents
    here = sorted(set(documents))
    out: dict[tuple[str, str], set[str]] = {}
    wanted = sorted(set(names))
    for i in range(0, len(wanted), 400):
        rows = connection.execute(
            select(n.c.name, n.c.local, a.c.id, a.c.document)
            .join(a, a.c.id == n.c.agent)
            .where(n.c.name.in_(wanted[i : i + 400]), a.c.document.in_(["", *here]))
        )
        for name, local, id_, document in rows:
            if document or not local:
                out.setdefault((str(document), str(name)), set()).add(str(id_))
    return {k: next(iter(v)) for k, v in out.items() if len(v) == 1}
