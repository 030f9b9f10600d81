"""Merges and splits from the browser: what one would change, whether somebody was faster, and doing it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection

from crossfix.dossier import phrases, words
from crossfix.errors import UnknownId, UsageError
from crossfix.record import decisions, results, schema
from crossfix.record.decisions import Kind
from crossfix.record.rows import Decision
from crossfix.web.reads_agents import near, resolve
from crossfix.web.reads_event import Paper, papers_of, standing_id
from crossfix.web.reads_events import events_of

if TYPE_CHECKING:
    from crossfix.record.store import Record

Verb = Literal["merge", "split"]
PATHS: dict[str, str] = {"event": "/events/", "agent": "/agents/", "origin": "/origins/"}
PARTS = {"event": "mention", "agent": "name", "origin": "document"}
SHOWN_MOST = 40


@dataclass(frozen=True, slots=True)
class Thing:
    """An event, agent or origin as it stands: a line, what is known of it field by field, its parts, and their names for people."""

    kind: Kind
    id: str
    label: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]
    holds: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return PATHS[self.kind] + self.id


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge or split would do. ``before`` are the things as they stand, ``after`` what each would hold; ``groups`` the parts by
    which it is decided; ``seen`` names this state of them, so that a form that was made from another is noticed."""

    verb: Verb
    kind: Kind
    before: tuple[Thing, ...]
    after: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, ...], ...]
    given: tuple[str, ...]
    seen: str
    touching: tuple[Decision, ...]


def thing(record: Record, connection: Connection, kind: Kind, given: str) -> Thing:
    """What an id, an address of its page or an agent's name means now. Raises UnknownId."""
    asked = given.strip()
    address = re.search(r"/(?:events|agents|origins)/([^/?#\s]+)", asked)
    id_ = address[1] if address else asked
    if not id_:
        raise UsageError("no id was given", advice="give the id or the address of the other one")
    if kind == "event":
        return _event(record, connection, standing_id(record, "events", id_))
    if kind == "origin":
        return _origin(record, connection, id_)
    return _agent(record, resolve(record, connection, id_))


def _event(record: Record, connection: Connection, id_: str) -> Thing:
    e = events_of(record, [id_])[id_]
    parts = decisions.parts_of(record, "event", id_)
    papers = papers_of(connection, e.reports[:SHOWN_MOST])
    facts = (
        ("Date", words.date_words(e.when) if e.when else "undated"),
        ("Place", e.where.name if e.where else "not told"),
        ("Who takes part", phrases.parties(e, 6) or "nobody named"),
        ("Standing", words.status_words(e.status, denied_by=e.denied_by, negated=e.modality == "negated")),
        ("Independent origins", str(e.independent_origins)),
        ("Documents", f"{len(e.reports):,}"),
        ("Told as", ", ".join(f"“{t}”" for t in e.triggers[:4])),
    )
    return Thing(
        "event", id_, phrases.heading(e), facts, parts, tuple(_paper(papers, d) for d in e.reports[:SHOWN_MOST])
    )


def _paper(papers: dict[str, Paper], d: str) -> str:
    p = papers.get(d)
    if p is None:
        return d[:12]
    return ", ".join(
        x for x in (p.outlet or "outlet not known", words.date_words(p.day) if p.day else "", p.title) if x
    )


def _origin(record: Record, connection: Connection, given: str) -> Thing:
    id_, documents = decisions.origin_of(record, given)
    papers = papers_of(connection, documents)
    names = tuple(_paper(papers, d) for d in documents[:SHOWN_MOST])
    outlets = sorted({p.outlet for p in papers.values() if p.outlet})
    facts = (("Documents", f"{len(documents):,}"), ("Outlets", words.listed(outlets, most=6) or "not known"))
    return Thing("origin", id_, names[0] if names else id_, facts, documents, names)


def _agent(record: Record, id_: str) -> Thing:
    a, parts = near(record, id_)
    facts = (
        ("Kind", a.kind),
        ("Names", str(len(parts))),
        ("Offices", words.listed([o.title for o in a.offices], most=4) or "none told"),
    )
    return Thing("agent", id_, a.name, facts, parts, tuple(decisions.name_of_part(p) for p in parts[:SHOWN_MOST]))


# ------------------------------------------------------------------ what would change


def merging(record: Record, connection: Connection, kind: Kind, ids: Sequence[str]) -> Plan:
    """What putting these together would do. Raises UsageError where they are one already."""
    things = list({t.id: t for t in (thing(record, connection, kind, i) for i in ids)}.values())
    if len(things) < 2:
        raise UsageError(f"these are one {kind} already", advice="name another one")
    holds = tuple(dict.fromkeys(h for t in things for h in t.holds))
    return _plan(record, "merge", kind, things, (holds,), [t.parts for t in things], ids)


def splitting(record: Record, connection: Connection, kind: Kind, id_: str, chosen: Sequence[str]) -> Plan:
    """What taking these parts (documents of an event or origin, names of an agent) out would do. Raises UsageError where none or all are
    chosen."""
    whole = thing(record, connection, kind, id_)
    out = _taken(record, whole, chosen)
    rest = tuple(p for p in whole.parts if p not in out)
    if not out or not rest:
        told = "nothing is ticked" if not out else "these are all its parts"
        raise UsageError(f"{told}: there is nothing to take out", advice="tick some, and leave some")
    taken = tuple(p for p in whole.parts if p in out)
    after = (_holds(record, connection, whole, taken), _holds(record, connection, whole, rest))
    return _plan(record, "split", kind, [whole], after, [taken, rest], [id_, *chosen])


def _taken(record: Record, whole: Thing, chosen: Sequence[str]) -> set[str]:
    """The parts that are meant; documents of an event stand for the mentions in them. Raises UsageError for one that is none of it."""
    wanted = set(chosen)
    if whole.kind != "event":
        strange = wanted - set(whole.parts)
        taken = wanted & set(whole.parts)
    else:
        of = {m: str(r["document"]) for m, r in record.current_of(schema.mentions, whole.parts).items()}
        taken = {m for m, d in of.items() if d in wanted or m in wanted}
        strange = wanted - set(of.values()) - set(of)
    if strange:
        raise UsageError(
            f"{len(strange)} of what is ticked {'is' if len(strange) == 1 else 'are'} no longer part of it",
            advice="load its page again and choose anew",
        )
    return taken


def _holds(record: Record, connection: Connection, whole: Thing, parts: Sequence[str]) -> tuple[str, ...]:
    if whole.kind == "agent":
        return tuple(decisions.name_of_part(p) for p in parts)
    documents = list(parts)
    if whole.kind == "event":
        found = record.current_of(schema.mentions, parts)
        documents = list(dict.fromkeys(str(found[p]["document"]) for p in parts if p in found))
    papers = papers_of(connection, documents[:SHOWN_MOST])
    return tuple(_paper(papers, d) for d in documents[:SHOWN_MOST])


def _plan(
    record: Record, verb: Verb, kind: Kind, things: Sequence[Thing], after: tuple[tuple[str, ...], ...],
    groups: Sequence[Sequence[str]], given: Sequence[str],
) -> Plan:  # fmt: skip
    inside = {p for t in things for p in t.parts}
    touching = tuple(d for d in decisions.decisions(record, undone=True) if d.kind == kind and d.parts & inside)
    mark = [sorted([t.id, *t.parts] for t in things), [(d.number, d.undone) for d in touching]]
    seen = hashlib.blake2b(json.dumps(mark).encode(), digest_size=12).hexdigest()
    told = tuple(t.id for t in things) if verb == "merge" else (things[0].id, *given[1:])
    return Plan(verb, kind, tuple(things), after, tuple(tuple(g) for g in groups), told, seen, touching)


# ------------------------------------------------------------------ doing it


def carry_out(record: Record, plan: Plan, *, by: str, why: str) -> tuple[Decision, str]:
    """Keep the decision and link anew what it is about; gives it and the id under which the first thing stands then."""
    from crossfix.linking import decided

    d = decisions.decide(record, plan.verb, plan.kind, plan.groups, given=plan.given, by=by, why=why)
    decided.apply(record, d)
    kept = plan.groups[-1] if plan.verb == "split" else plan.groups[0]
    return d, stands(record, plan.kind, kept) or plan.before[0].id


def take_back(record: Record, d: Decision, *, by: str, why: str) -> list[str]:
    """Undo a decision and link anew; gives the ids under which its parts stand then. Raises UsageError where it was undone already."""
    from crossfix.linking import decided

    decided.apply(record, decisions.undo(record, d, by=by, why=why))
    return [s for g in d.groups if (s := stands(record, d.kind, g))]


def stands(record: Record, kind: Kind, parts: Sequence[str]) -> str | None:
    """The id under which most of these parts stand now."""
    if kind == "event":
        homes = list(results.targets_of(record, parts).values())
    elif kind == "origin":
        homes = list(results.descents_of(record, parts).values())
    else:
        wanted = set(parts)
        held = decisions.agents_near(record, {decisions.agent_of_part(p) for p in parts})
        homes = [a.id for a, ps in held for p in ps if p in wanted]
    return max(sorted(set(homes)), key=homes.count) if homes else None


def decision(record: Record, number: str) -> Decision:
    """A decision by its number. Raises UnknownId."""
    if not re.fullmatch(r"(?:decision-)?[0-9]{1,9}", number.strip()):
        raise UnknownId(f"no decision {number[:40]!r}", advice="see the list of decisions")
    return decisions.decision(record, number)
