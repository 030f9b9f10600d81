"""Mentions with their names as a person's merges and splits of agents want them: two speakers that somebody said are one, are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crossfix.linking.event_told import Told
from crossfix.model import Event, Participant
from crossfix.record import decisions, results, schema
from crossfix.record.telling import Meant, told_id

if TYPE_CHECKING:
    from crossfix.record.rows import Decision
    from crossfix.record.store import Record


class DecidedNames:
    """What names stand for where decisions about agents are in force. Without such a decision nothing is looked up and nothing
    changes; with one, only the agents that decisions speak of are read."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.all: list[Decision] = [d for d in decisions.decisions(record) if d.kind == "agent"]
        self._meant: Meant | None = None

    @property
    def meant(self) -> Meant:
        """The agents that decisions speak of, before and after them."""
        if self._meant is None:
            ids = {decisions.agent_of_part(p) for d in self.all for p in d.parts}
            rows = results.agents_by_id(self.record, ids).values()
            self._meant = Meant(self.record, rows, decisions.agents_as_decided(rows, self.all), targets={})
        return self._meant

    def applied(self, mentions: Sequence[Told]) -> list[Told]:
        """The mentions with the speaker, the outlet, the agency and those who take part or deny under the one name that their agent
        has now. What an account says, and the chain it came by, stay as told."""
        if not self.all:
            return list(mentions)
        claims = self.record.current_of(schema.claims, {t.event.claim for t in mentions if t.event.claim})
        at = {id_: (r["value"]["source"] or r["value"]["quote"])[0] for id_, r in claims.items()}
        asked = {(t.document, n, s) for t in mentions for n, s in _names(t, at)}
        ids = {told_id(d, n, s) for d, n, s in asked} | {told_id(d, n) for d, n, _ in asked}
        targets = results.targets_of(self.record, ids)
        names = {a: self._name(targets, *a) for a in asked}

        def name(t: Told, told: str | None, start: int | None) -> str | None:
            return names[t.document, told, start] if told else told

        out = []
        for t in mentions:
            said = at.get(t.event.claim or "")
            speaker, outlet, agency = name(t, t.speaker, said), name(t, t.outlet, None), name(t, t.agency, None)
            event = self._event(t, names)
            same = (speaker, outlet, agency, event) == (t.speaker, t.outlet, t.agency, t.event)
            out.append(t if same else replace(t, speaker=speaker, outlet=outlet, agency=agency, event=event))
        return out

    def _event(self, t: Told, names: dict[tuple[str, str, int | None], str]) -> Event:
        e, start = t.event, t.event.trigger.start
        parties = dict.fromkeys(Participant(names[t.document, p.name, start], p.role) for p in e.participants)
        deniers = dict.fromkeys(names[t.document, n, start] for n in e.denied_by)
        if (tuple(parties), tuple(deniers)) == (e.participants, e.denied_by):
            return e
        return replace(e, participants=tuple(parties), denied_by=tuple(deniers))

    def _name(self, targets: dict[str, str], document: str, told: str, start: int | None) -> str:
        meant = self.meant
        target = targets.get(told_id(document, told, start)) if start is not None else None
        target = target or targets.get(told_id(document, told))
        if target is not None and target not in meant.made:
            return told  # it means an agent that no decision speaks of
        agent = meant.agent_of(target, told)
        return agent.name if agent is not None else told


def _names(t: Told, at: dict[str, int]) -> Iterable[tuple[str, int | None]]:
    """Every name of a mention, with the passage at which the record keeps what it means."""
    start = t.event.trigger.start
    yield from ((p.name, start) for p in t.event.participants)
    yield from ((n, start) for n in t.event.denied_by)
    if t.speaker:
        yield t.speaker, at.get(t.event.claim or "")
    yield from ((n, None) for n in (t.outlet, t.agency) if n)
