"""Who speaks or acts: the names in the documents, gathered under one agent where they mean one party.

What a name means is settled document by document (``agent_paper``), and an agent's id is made from what was settled; so the
agents of many documents are the union of those of each, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from crossfix.linking.agent_names import party, person_key
from crossfix.linking.agent_offices import SOUGHT, day_of, terms_of
from crossfix.linking.agent_paper import Meaning, Paper, Read, Told, read
from crossfix.linking.names import party_key, short_id
from crossfix.record.rows import AgentRow, AliasGround, Evidence, OfficeHeld
from crossfix.record.telling import told_id

# where documents hold a name for different kinds, the first of these stands
_KINDS = (
    "state",
    "organisation",
    "outlet",
    "office",
    "person",
    "group",
    "vessel",
    "satellite",
    "document",
)


@dataclass(slots=True)
class Gathered:
    """The agents of some documents, by id, and which agent each told name means where its words alone do not say: the id of the telling
    (``record.telling.told_id``) to the agent's."""

    agents: dict[str, AgentRow] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[AgentRow]:
        """The agents in order of their ids."""
        return [self.agents[i] for i in sorted(self.agents)]


def agents_of(papers: Iterable[Paper]) -> Gathered:
    """The agents of some documents. The union over any parts of them, put together with ``merged``, is the same."""
    out = Gathered()
    for paper in papers:
        _gather(out, paper, read(paper))
    return out


def _gather(out: Gathered, paper: Paper, found: Read) -> None:
    for told, meaning in found.meanings:
        id_ = _add(out, paper, found, told, meaning, told.name)
        if meaning.local:
            out.targets[told_id(paper.id, told.name, told.start)] = id_
            if not meaning.scope.startswith(paper.id + " "):
                out.targets.setdefault(told_id(paper.id, told.name), id_)


def _add(out: Gathered, paper: Paper, found: Read, told: Told, m: Meaning, alias: str, why: str = "") -> str:
    """Put in what one told name means, and its members with it; the agent's id."""
    members = tuple(sorted({_add(out, paper, found, told, x, x.name, f"named as one of {alias!r}") for x in m.members}))
    id_ = short_id("A", m.key, m.scope)
    ground = AliasGround(alias, why or m.why, Evidence(paper.id, told.start, told.end), m.local)
    offices = _offices(paper, m, found) if m.kind in ("person", "unknown") and not m.scope else ()
    row = AgentRow(
        id_, m.name, m.kind, tuple({alias} - {m.name}), (), paper.id if m.scope else None, (ground,), offices, m.of_state, members,
    )  # fmt: skip
    out.agents[id_] = merged(out.agents[id_], row) if id_ in out.agents else row
    return id_


def _offices(paper: Paper, m: Meaning, found: Read) -> tuple[OfficeHeld, ...]:
    """The person's terms by the table of holders, and what this document's words give them."""
    terms = terms_of(m.name)
    out = [
        OfficeHeld(
            _title(t.titles[0]), t.of, t.first.isoformat(), t.last.isoformat() if t.last else None, source=t.source
        )
        for t in terms
    ]
    day = day_of(paper.date)
    month = day.isoformat()[:7] if day else None
    for office, start, end in found.offices.get(person_key(m.name), ()):
        if office.title.split()[-1] in SOUGHT:
            continue
        of, first, last, source = office.of, None, None, None
        for held in out:
            # a bare "secretary of state" is the one that the table has the person in
            if held.source and held.title == office.title and of in (None, held.of):
                inside = day is not None and held.first is not None and held.first <= day.isoformat()
                if inside and (
                    office.former or held.last is None or (day is not None and day.isoformat() <= held.last)
                ):
                    of, first, last, source = held.of, held.first, held.last, held.source
        passage = Evidence(paper.id, start, end)
        seen, past = (None, month) if office.former else (month, None)
        out.append(OfficeHeld(office.title, of, first, last, seen, past, passage, source))
    whose = {o.title for o in out if o.of is not None and o.evidence is not None}
    return _one_each(o for o in out if o.of is not None or o.title not in whose)


def _title(title: str) -> str:
    return title.replace("defence", "defense").replace("advisor", "adviser").replace("spokesperson", "spokesman")


def _one_each(offices: Iterable[OfficeHeld]) -> tuple[OfficeHeld, ...]:
    """One entry for an office and a term: the months in which it was seen as one stretch, the first passage."""
    by: dict[tuple[str, str, str], OfficeHeld] = {}
    for o in offices:
        key = (o.title, o.of or "", o.first or "")
        by[key] = _both(by[key], o) if key in by else o
    return tuple(by[k] for k in sorted(by))


def _both(a: OfficeHeld, b: OfficeHeld) -> OfficeHeld:
    evidence = [e for e in (a.evidence, b.evidence) if e is not None]
    return OfficeHeld(
        a.title, a.of, a.first, a.last or b.last, _stretch(a.seen, b.seen), _stretch(a.past, b.past),
        min(evidence) if evidence else None, a.source or b.source,
    )  # fmt: skip


def _stretch(a: str | None, b: str | None) -> str | None:
    months = [m for x in (a, b) if x for m in x.split("/")]
    if not months:
        return None
    return min(months) if min(months) == max(months) else f"{min(months)}/{max(months)}"


def merged(a: AgentRow, b: AgentRow) -> AgentRow:
    """Two rows of one agent as one; the same whichever comes first, and whatever was merged before. Each name keeps one ground: the
    first by its passage, all of them where the agent is kept to one document."""
    name = min((a.name, b.name), key=_shown)
    kind = min((a.kind, b.kind), key=lambda k: (_KINDS.index(k) if k in _KINDS else len(_KINDS), k))
    names = {a.name, *a.aliases, b.name, *b.aliases}
    grounds: dict[tuple[object, ...], AliasGround] = {}
    for g in sorted({*a.grounds, *b.grounds}, key=lambda g: (g.evidence, g.alias, g.why)):
        grounds.setdefault((g.alias, g.local, g.evidence if a.document else None), g)
    return AgentRow(
        a.id, name, kind, tuple(sorted(names - {name})), (), a.document,
        tuple(sorted(grounds.values())), _one_each((*a.offices, *b.offices)),
        min((x for x in (a.of_state, b.of_state) if x), default=None), tuple(sorted({*a.members, *b.members})),
    )  # fmt: skip


@lru_cache(maxsize=65536)
def _shown(name: str) -> tuple[bool, bool, bool, int, str]:
    """The best name to show: the tables' own, its own key if it is one ("North Korea"), no article, the longer, then by the
    alphabet."""
    return (
        party(name).name != name,
        name.casefold() != party_key(name),
        name.casefold().startswith(("the ", "a ", "an ")),
        -len(name),
        name,
    )
