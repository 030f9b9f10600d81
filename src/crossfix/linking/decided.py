"""A person's decisions in linking: what linking groups by itself is regrouped as decided, each time and in any order of adding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeVar

from crossfix.record import decisions
from crossfix.record.rows import Decision, EventRow, OriginRow

if TYPE_CHECKING:
    from crossfix.linking.events import Told
    from crossfix.record.rows import LinkSummary
    from crossfix.record.store import Record

Row = TypeVar("Row", EventRow, OriginRow)


class Decided:
    """The decisions in force about one kind of thing."""

    def __init__(self, record: Record, kind: Literal["event", "origin"]) -> None:
        self.all: list[Decision] = [d for d in decisions.decisions(record) if d.kind == kind]

    def reach(self, parts: Iterable[str]) -> set[str]:
        """The parts, and all that decisions tie to them or hold apart from them: these must be looked at together."""
        return decisions.touching(self.all, parts)

    def regroup(
        self, groups: Sequence[Sequence[str]], nearness: Callable[[str, Sequence[str]], tuple[int, ...]] | None = None
    ) -> list[list[str]]:
        """The groups as decided; those that no decision is about stay as they are."""
        named = {p for d in self.all for p in d.parts}
        free = [list(g) for g in groups if not named.intersection(g)]
        return free + decisions.regroup((g for g in groups if named.intersection(g)), self.all, nearness)

    def explained(self, row: Row, parts: Iterable[str]) -> Row:
        """The row with the decisions that made it what it is added to its reason."""
        inside = set(parts)
        said: list[str] = [words(d) for d in self.all if d.parts & inside]
        return replace(row, why="; ".join(x for x in (row.why, *said) if x)) if said else row


def words(d: Decision) -> str:
    """ "merged by NAME on 2023-08-24 (decision 3): WHY"."""
    done = "merged" if d.verb == "merge" else "split"
    return f"{done} by {d.by} on {d.at[:10]} (decision {d.number})" + (f": {d.why}" if d.why else "")


def event_nearness(known: dict[str, Told]) -> Callable[[str, Sequence[str]], tuple[int, ...]]:
    """How near a mention is to others: the same sentence, the same origin, the same date, counted in this order."""

    def near(part: str, others: Sequence[str]) -> tuple[int, ...]:
        a = known[part]
        bs = [known[o] for o in others]
        return (
            sum(bool(a.sentence) and a.sentence == b.sentence for b in bs),
            sum(bool(a.origin) and a.origin == b.origin for b in bs),
            sum(a.event.when is not None and a.event.when == b.event.when for b in bs),
        )

    return near


def apply(record: Record, decision: Decision) -> LinkSummary:
    """Link anew what a decision, just made or just undone, is about: for agents, the events that their documents tell, since two
    speakers that are one now are one voice."""
    from crossfix.linking.run import relink
    from crossfix.record import results, schema

    with record.transaction():
        if decision.kind == "origin":
            return relink(record, origins_of=decision.parts)
        if decision.kind == "agent":
            return relink(record, documents=_documents_of_agents(record, decision))
        documents = {r["document"] for r in record.current_of(schema.mentions, decision.parts).values()}
        # an undone merge must free what it held together through its event, not only what it names
        ids = results.joined_with(record, decision.parts)
        documents |= {r["document"] for r in record.current_of(schema.mentions, ids).values()}
        return relink(record, documents=documents)


def _documents_of_agents(record: Record, decision: Decision) -> set[str]:
    """The documents that name the agents of a decision, and those that tell an event with one of them. Their mentions are put in
    the blocks of the names that hold now, so that a document added later finds them."""
    from crossfix.linking.event_search import Around
    from crossfix.linking.events import block_keys
    from crossfix.record import results, schema
    from crossfix.record.telling import documents_naming

    # with the agents that other decisions tie to these: an undone merge may have held three together
    every = [d for d in decisions.decisions(record, undone=True) if d.kind == "agent"]
    ids = {decisions.agent_of_part(p) for p in decisions.touching(every, decision.parts)}
    rows = results.agents_by_id(record, ids).values()
    named = {a.document for a in rows if a.document}
    named |= documents_naming(record, (n for a in rows if not a.document for n in (a.name, *a.aliases)))
    mentions = record.event_mentions(documents=named)
    wanted: dict[str, set[str]] = {}
    for t in Around(record).told(mentions):
        for key in block_keys(t):
            wanted.setdefault(key, set()).add(t.event.id)
    results.put_blocks(
        record, ((k, m) for k, ms in wanted.items() for m in ms - results.mentions_in_blocks(record, [k]))
    )
    ids = results.joined_with(record, (m.event.id for m in mentions))
    return named | {r["document"] for r in record.current_of(schema.mentions, ids).values()}
