"""What a person decided: which events, origins or agents belong together or apart. Each decision, and each undoing, is a row.

A decision speaks of parts that no linking can change: an event's mentions, an origin's documents, an agent's names. So it
holds whatever linking makes of the rest later, and in whatever order documents come in. Decisions are applied in order of
their numbers: where two touch the same parts, the later has the last word.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import RowMapping, insert, select

from crossfix.errors import RecordError, UnknownId, UsageError
from crossfix.record import schema, values
from crossfix.record.rows import AgentRow, Decision

if TYPE_CHECKING:
    from crossfix.record.store import Record

Kind = Literal["event", "agent", "origin"]
_PREFIX = "decision-"


def person() -> str:
    """Who sits at the keyboard, by the name the system knows; "a person" where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "a person"


# ------------------------------------------------------------------ writing


def decide(
    record: Record,
    verb: Literal["merge", "split"],
    kind: Kind,
    groups: Sequence[Sequence[str]],
    *,
    given: Sequence[str],
    by: str,
    why: str,
) -> Decision:
    """Keep a decision; linking applies it (``crossfix.linking.decided.apply``). ``groups`` are two or more sets of parts.

    Raises UsageError where the groups are fewer than two, one is empty or two overlap.
    """
    parts = [tuple(sorted(set(g))) for g in groups]
    if len(parts) < 2 or not all(parts):
        raise UsageError(f"a {verb} needs two parts at least", where=verb)
    if len({p for g in parts for p in g}) != sum(map(len, parts)):
        raise UsageError("one part is named on both sides", where=verb)
    t = schema.decisions
    with record.transaction() as connection:
        number = len(set(connection.execute(select(t.c.id)).scalars())) + 1
        value = {"verb": verb, "kind": kind, "groups": [list(g) for g in sorted(parts)], "given": list(given)}
        head = {"id": f"{_PREFIX}{number}", "version": 1, "at": _now(), "by": by, "act": verb, "why": why}
        connection.execute(insert(t), [{**head, "value": value}])
        return decision(record, str(number))


def undo(record: Record, decision_: Decision, *, by: str, why: str) -> Decision:
    """Take a decision back: a new row says so, the old one stays readable. Raises UsageError where it is undone already."""
    with record.transaction() as connection:
        last = _rows(record)[decision_.id]
        if last["act"] == "withdrawn":
            raise UsageError(
                f"decision {decision_.number} was undone on {last['at'][:10]}", where="undo", advice="decide it again"
            )
        columns = {k: v for k, v in last.items() if k != "row"}
        stamp = {"version": last["version"] + 1, "at": _now(), "by": by, "act": "withdrawn", "why": why}
        connection.execute(insert(schema.decisions), [{**columns, **stamp}])
        return decision(record, decision_.id)


def _now() -> str:
    from crossfix.record.store import now

    return now()


# ------------------------------------------------------------------ reading


def _rows(record: Record) -> dict[str, RowMapping]:
    """The newest version of every decision, undone ones too."""
    t = schema.decisions
    with record.reading() as connection:
        out: dict[str, RowMapping] = {}
        for r in connection.execute(select(t).order_by(t.c.version)).mappings():
            out[r["id"]] = r
        return out


def _first(record: Record) -> dict[str, RowMapping]:
    t = schema.decisions
    with record.reading() as connection:
        return {r["id"]: r for r in connection.execute(select(t).where(t.c.version == 1)).mappings()}


def decisions(record: Record, *, undone: bool = False) -> list[Decision]:
    """The decisions in force, in order of their numbers; with ``undone`` those taken back as well. Who, when and why are those
    of the decision itself; the undoing's stand in its history."""
    last, first = _rows(record), _first(record)
    out = []
    for id_, r in last.items():
        v: Any = r["value"]
        made = first[id_]
        out.append(
            Decision(
                int(id_.removeprefix(_PREFIX)), v["verb"], v["kind"], tuple(tuple(g) for g in v["groups"]),
                tuple(v["given"]), made["at"], made["by"], made["why"], r["act"] == "withdrawn",
            )
        )  # fmt: skip
    return sorted((d for d in out if undone or not d.undone), key=lambda d: d.number)


def decision(record: Record, number_or_id: str) -> Decision:
    """The decision of this number or id ("3", "decision-3"), undone or not. Raises UnknownId."""
    wanted = number_or_id.strip().lower().removeprefix(_PREFIX)
    every = decisions(record, undone=True)
    found = next((d for d in every if str(d.number) == wanted), None)
    if found is None:
        many = f"there are {len(every)}" if len(every) > 1 else "there is one" if every else "none was made"
        raise UnknownId(f"no decision {number_or_id[:80]!r}; {many}", advice="list them with: crossfix decisions")
    return found


def parts_of(record: Record, kind: Kind, id_: str) -> tuple[str, ...]:
    """The parts of an event, origin or agent as it stands. Raises UnknownId, or RecordError for what has none."""
    with record.reading():
        if kind == "event":
            event = record.event(id_)
            found = record.current(schema.joins, schema.joins.c.target == event.id)
            out = tuple(sorted(r["id"] for r in found))
        elif kind == "origin":
            out = origin_of(record, id_)[1]
        else:
            wanted = agent_of(record, id_).id
            made = [values.agent_row_in(r["id"], r["value"]) for r in record.current(schema.agents)]
            out = next(tuple(sorted(ps)) for a, ps in _agents_and_parts(made, decisions(record)) if a.id == wanted)
    if not out:
        raise RecordError(f"{id_} has no parts")
    return out


def origin_of(record: Record, id_: str) -> tuple[str, tuple[str, ...]]:
    """An origin's id and its documents, by its id, a withdrawn one's, or a document's. Raises UnknownId."""
    t = schema.descents
    with record.reading() as connection:
        found = record.current(t, t.c.origin == id_)
        if not found:
            was = list(connection.execute(select(t.c.id).where(t.c.origin == id_)).scalars())
            if not was:
                try:
                    was = [record.document(id_).sha256]
                except UnknownId:
                    raise UnknownId(
                        f"no origin has the id {id_[:80]!r}", advice="list them with: crossfix origins"
                    ) from None
            origin = record.current_of(t, was[:1])
            if not origin:
                raise UnknownId(f"{id_[:80]!r} is in no origin yet", advice="link it with: crossfix add FILE")
            return origin_of(record, next(iter(origin.values()))["origin"])
        return found[0]["origin"], tuple(sorted(r["id"] for r in found))


def agents_with(record: Record, parts: Iterable[str]) -> list[str]:
    """The ids of the agents that hold any of the parts now."""
    wanted = set(parts)
    with record.reading():
        made = [values.agent_row_in(r["id"], r["value"]) for r in record.current(schema.agents)]
        return sorted(a.id for a, ps in _agents_and_parts(made, decisions(record)) if wanted.intersection(ps))


def agent_of(record: Record, id_: str) -> AgentRow:
    """An agent by its id or, whole, by a name it goes by; its documents are not looked up. Raises UnknownId."""
    with record.reading():
        made = [values.agent_row_in(r["id"], r["value"]) for r in record.current(schema.agents)]
        every = agents_as_decided(made, decisions(record))
    found = [a for a in every if a.id == id_]
    if not found:
        names = [a for a in every if id_.casefold() in {n.casefold() for n in (a.name, *a.aliases)}]
        found = [a for a in names if a.document is None] or names
    if len(found) > 1:
        several = ", ".join(a.id for a in found[:5])
        raise UnknownId(f"{id_[:80]!r} is the name of several agents: {several}", advice="give one of their ids")
    if not found:
        raise UnknownId(
            f"no agent has the id or name {id_[:80]!r}", advice="see their ids with: crossfix agents --json"
        )
    return found[0]


def agents_near(record: Record, ids: Iterable[str]) -> list[tuple[AgentRow, tuple[str, ...]]]:
    """The agents of these ids, and those that decisions touch, as decided, each with its parts. Reads no other agent, since a large record
    has very many."""
    every = decisions(record)
    tied = {agent_of_part(p) for d in every if d.kind == "agent" for p in d.parts}
    found = record.current_of(schema.agents, tied | set(ids))
    return _agents_and_parts((values.agent_row_in(i, r["value"]) for i, r in found.items()), every)


# ------------------------------------------------------------------ applying


def regroup(
    groups: Iterable[Iterable[str]],
    decided: Sequence[Decision],
    nearness: Callable[[str, Sequence[str]], tuple[int, ...]] | None = None,
) -> list[list[str]]:
    """Groups of parts as the decisions want them: those of a merge in one group, those of a split in several.

    A part that a split does not name goes with the side that it is nearer to (``nearness``), else it stays with the largest
    side that the split left. The outcome depends on the groups and the decisions alone, not on any order of either.
    """
    now = [sorted(set(g)) for g in groups]
    for d in sorted(decided, key=lambda d: d.number):
        if d.verb == "merge":
            touched = [g for g in now if d.parts.intersection(g)]
            if len(touched) > 1:
                now = [g for g in now if not d.parts.intersection(g)]
                now.append(sorted(p for g in touched for p in g))
            continue
        side = {p: n for n, g in enumerate(d.groups) for p in g}
        cut: list[list[str]] = []
        for g in now:
            sides = {n: [p for p in g if side.get(p) == n] for n in sorted({side[p] for p in g if p in side})}
            if len(sides) < 2:
                cut.append(g)
                continue
            stays = max(sides, key=lambda n: (len(d.groups[n]), -n))
            whole = {n: list(ps) for n, ps in sides.items()}
            for p in g:
                if p not in side:
                    near = {n: nearness(p, ps) for n, ps in sides.items()} if nearness else {}
                    best = max(near.values(), default=())
                    homes = [n for n, v in near.items() if v == best]
                    whole[homes[0] if len(homes) == 1 else stays].append(p)
            cut += [sorted(ps) for ps in whole.values()]
        now = cut
    return sorted(now)


def touching(decided: Iterable[Decision], parts: Iterable[str]) -> set[str]:
    """All parts that decisions hold together with, or apart from, any of these, directly or through one another."""
    out = set(parts)
    rest = list(decided)
    while True:
        near = [d for d in rest if d.parts & out]
        if not near:
            return out
        rest = [d for d in rest if not d.parts & out]
        out |= {p for d in near for p in d.parts}


def agents_as_decided(rows: Iterable[AgentRow], decided: Sequence[Decision]) -> list[AgentRow]:
    """The agents as decisions about their names want them. A merge keeps the id and name of the agent that comes first by id
    of those it gathers; what a split takes out gets an id of its own."""
    return [a for a, _ in _agents_and_parts(rows, decided)]


def agent_parts(a: AgentRow) -> tuple[str, ...]:
    """The parts of an agent as linking made it, its own name first: each name it goes by, with its id, since two agents may go by one
    name ("the ministry")."""
    return tuple(f"{n} [{a.id}]" for n in (a.name, *a.aliases))


def name_of_part(part: str) -> str:
    """The name in an agent's part."""
    return part.rpartition(" [")[0]


def agent_of_part(part: str) -> str:
    """The id of the agent, as linking made it, in an agent's part."""
    return part.rpartition(" [")[2].removesuffix("]")


def _agents_and_parts(rows: Iterable[AgentRow], decided: Sequence[Decision]) -> list[tuple[AgentRow, tuple[str, ...]]]:
    """The agents as decided, each with the parts that it is made of."""
    mine = [d for d in decided if d.kind == "agent"]
    made = sorted(rows, key=lambda a: a.id)
    named = {p for d in mine for p in d.parts}
    out = [(a, agent_parts(a)) for a in made if not named.intersection(agent_parts(a))]
    touched = [a for a in made if named.intersection(agent_parts(a))]
    owner = {p: a for a in touched for p in agent_parts(a)}
    became: dict[str, str] = {}
    for g in regroup((agent_parts(a) for a in touched), mine):
        # what holds an agent's own name keeps its id; the first by id where several agents are one now
        leads = sorted((owner[p] for p in g if agent_parts(owner[p])[0] == p), key=lambda a: a.id)
        owners = sorted({owner[p].id: owner[p] for p in g}.values(), key=lambda a: a.id)
        names = {name_of_part(p) for p in g}
        lead = leads[0] if leads else owners[0]
        name = lead.name if leads else max(names, key=lambda n: (len(n), n))
        id_ = lead.id if leads else "A" + hashlib.blake2b("\0".join(g).encode(), digest_size=5).hexdigest()
        became |= {a.id: id_ for a in leads}
        row = replace(
            lead,
            id=id_,
            name=name,
            aliases=tuple(sorted(names - {name})),
            documents=tuple(sorted({x for a in owners for x in a.documents})),
            document=lead.document if len({a.document for a in owners}) == 1 else None,
            grounds=tuple(dict.fromkeys(x for a in owners for x in a.grounds if x.alias in names)),
            offices=tuple(dict.fromkeys(x for a in owners for x in a.offices)),
            members=tuple(sorted({x for a in owners for x in a.members})),
        )
        out.append((row, tuple(g)))
    if all(k == v for k, v in became.items()):
        return out
    return [(replace(a, members=tuple(sorted({became.get(m, m) for m in a.members} - {a.id}))), ps) for a, ps in out]
