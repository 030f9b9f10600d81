"""Entities of a list, held against the agents: which of them may be one, and the names the list would add. Offered, never applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crossfix.linking.agent_names import party
from crossfix.record.rows import AgentRow
from crossfix.reference.ftm import Entity


@dataclass(frozen=True, slots=True)
class Offer:
    """An entity that may be an agent: the name by which they meet, the names that the list has beyond the agent's, and its source.
    ``alone`` is false where several entities meet the agent: a person must choose."""

    agent: str
    entity: str
    by: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    source: str
    alone: bool = True

    @property
    def why(self) -> str:
        """The reason in words."""
        return f"{self.entity} of {self.source} has the name {self.by!r} too"


_FITS = {
    "person": ("person", "unknown"), "organisation": ("organisation", "outlet", "unknown"), "vessel": ("vessel", "unknown"),
}  # fmt: skip


def offers(agents: Iterable[AgentRow], entities: Iterable[Entity]) -> list[Offer]:
    """What a list offers to the agents, in order of agent and entity. An agent and an entity meet in a name of the same key
    (``agent_names.party``), of fitting kinds, not by a weak alias, and a person not by one word; agents that only their document
    knows are left out."""
    by_key: dict[str, list[tuple[AgentRow, str]]] = {}
    for a in agents:
        if a.document is None:
            local = {g.alias for g in a.grounds if g.local}
            for name in (a.name, *a.aliases):
                if name not in local or name == a.name:
                    by_key.setdefault(party(name).key, []).append((a, name))
    found: dict[tuple[str, str], Offer] = {}
    for e in entities:
        for name in (e.name, *e.aliases):
            if name in e.weak or (e.kind == "person" and len(name.split()) < 2):
                continue
            for a, by in by_key.get(party(name).key, ()):
                if a.kind in _FITS[e.kind] and (a.id, e.id) not in found:
                    more = tuple(sorted({e.name, *e.aliases} - {a.name, *a.aliases}))
                    found[a.id, e.id] = Offer(a.id, e.id, by, more, e.countries, e.source)
    times: dict[str, int] = {}
    for agent, _ in found:
        times[agent] = times.get(agent, 0) + 1
    return [
        Offer(o.agent, o.entity, o.by, o.names, o.countries, o.source, times[o.agent] == 1)
        for _, o in sorted(found.items())
    ]
