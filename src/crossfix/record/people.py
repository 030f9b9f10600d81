"""Agents, sources and places out of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crossfix.record import schema, values
from crossfix.record.decisions import agents_as_decided, decisions
from crossfix.record.matching import any_matches, name_matches
from crossfix.record.queries import check, claims, documents
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import AgentRow, ClaimRow, Evidence, Filter, PlaceRow, SourceRow
from crossfix.record.telling import Meant, tellings

if TYPE_CHECKING:
    from crossfix.record.store import Record


def agents(record: Record, f: Filter) -> list[AgentRow]:
    """See ``Record.agents``. ``agent`` and ``about`` pick by name or alias, ``document`` those named there."""
    check(f)
    with record.reading():
        rows = [values.agent_row_in(r["id"], r["value"]) for r in record.current(schema.agents)]
        rows = overlay(record).agents(agents_as_decided(_with_documents(record, rows), decisions(record)))
        rest = replace(f, agent=None, about=None, limit=None)
        if rest != Filter():
            told = {d.sha256 for d in documents(record, rest)}
            rows = [a for a in rows if told.intersection(a.documents)]
    for wanted in (f.agent, f.about):
        if wanted is not None:
            rows = [a for a in rows if any_matches(wanted, (a.name, *a.aliases))]
    rows.sort(key=lambda a: (a.name.casefold(), a.id))
    return rows[: f.limit]


def _with_documents(record: Record, rows: Sequence[AgentRow]) -> list[AgentRow]:
    """The agents with the documents that tell them, themselves or in a group."""
    meant = Meant(record, rows)
    telling: dict[str, set[str]] = {a.id: {a.document} if a.document else set() for a in rows}
    for d, told in tellings(record, [r["id"] for r in record.current(schema.documents)]).items():
        for t in told:
            agent = meant.agent(d, t.name, t.start)
            if agent is not None:
                telling[agent.id].add(d)
    for a in rows:
        for member in telling.keys() & set(a.members):
            telling[member] |= telling[a.id]
    return [replace(a, documents=tuple(sorted(telling[a.id]))) for a in rows]


def sources(record: Record, f: Filter) -> list[SourceRow]:
    """See ``Record.sources``. Claims are counted for the last link of their chain; ``through`` are the links before it,
    without the outlet, most frequent first. A claim in the outlet's own voice counts for the outlet; one that a person rejected
    counts for nobody."""
    check(f)
    with record.reading():
        found = [c for c in claims(record, replace(f, limit=None)) if not c.reviewed.rejected]
        made = [values.agent_row_in(r["id"], r["value"]) for r in record.current(schema.agents)]
        meant = Meant(record, made, agents_as_decided(made, decisions(record)))
    groups: dict[str, tuple[str, str, list[ClaimRow]]] = {}
    for c in found:
        name = speaker(c)
        if not name:
            continue
        agent = meant.agent(c.document, name, (c.source or c.quote).start)
        id_, shown, kind = (agent.id, agent.name, agent.kind) if agent else (name.casefold(), name, "unknown")
        groups.setdefault(id_, (shown, kind, []))[2].append(c)
    rows = [_source(id_, *group) for id_, group in groups.items()]
    rows.sort(key=lambda s: (-s.claims, -s.documents, s.name.casefold(), s.id))
    return rows[: f.limit]


def speaker(c: ClaimRow) -> str | None:
    """Who said it in the first place: the chain's last link (a report's author, where one stands behind it), else the source."""
    return c.chain[-1] if c.chain else c.source_name


def _source(id_: str, name: str, kind: str, told: list[ClaimRow]) -> SourceRow:
    links = Counter(link for c in told for link in c.chain[1:-1])
    through = tuple(n for n, _ in sorted(links.items(), key=lambda x: (-x[1], x[0])))
    stances = Counter(c.stance for c in told)
    return SourceRow(
        id_, name, kind, len(told), len({c.document for c in told}), dict(sorted(stances.items())), through,
        tuple(c.evidence[0] for c in told),
    )  # fmt: skip


def places(record: Record, f: Filter) -> list[PlaceRow]:
    """See ``Record.places``. ``place`` and ``about`` pick by name; the rest of the filter picks the documents."""
    check(f)
    with record.reading():
        rest = replace(f, place=None, about=None, limit=None)
        told = None if rest == Filter() else {d.sha256 for d in documents(record, rest)}
        groups: dict[tuple[object, ...], list[Evidence]] = {}
        rows: dict[tuple[object, ...], PlaceRow] = {}
        for r in record.current(schema.place_mentions):
            if told is not None and r["document"] not in told:
                continue
            v = values.as_json(r["value"])
            key = (v["geonames_id"],) if v["geonames_id"] is not None else (v["name"], v["lat"], v["lon"])
            groups.setdefault(key, []).append(Evidence(r["document"], v["span"][0], v["span"][1]))
            row = PlaceRow(v["name"], v["lat"], v["lon"], v["country"], v["kind"], v["geonames_id"], ())
            # the first in order of its values, so that the order of adding makes no difference
            rows[key] = min(rows.get(key, row), row, key=lambda p: (p.name, p.kind))
    out = [replace(rows[k], evidence=tuple(sorted(e))) for k, e in groups.items()]
    for wanted in (f.place, f.about):
        if wanted is not None:
            out = [p for p in out if name_matches(wanted, p.name)]
    out.sort(key=lambda p: (-len(p.evidence), p.name, p.geonames_id or 0, p.lat or 0.0, p.lon or 0.0))
    return out[: f.limit]
