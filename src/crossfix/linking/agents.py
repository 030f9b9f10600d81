"""Who speaks or acts: the names in the documents, gathered under one agent where they mean one party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crossfix.linking.names import is_anonymous, party_key, short_id
from crossfix.record.rows import AgentRow

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
    "weapon",
    "site",
    "place",
)


def agents_of(
    told: Mapping[str, Iterable[str]], kinds: Mapping[str, Mapping[str, str]], outlets: Mapping[str, str | None]
) -> list[AgentRow]:
    """The agents of some documents: by document, the names told in claims, events and transfers; the kinds of proper
    names; the outlet. A source without a name ("a senior official") is one agent a document."""
    found: dict[str, AgentRow] = {}
    for document, names in told.items():
        by_key = {party_key(n): k for n, k in kinds.get(document, {}).items()}
        for name in sorted(set(names) | ({outlets[document] or ""} if outlets.get(document) else set())):
            key = party_key(name)
            if not key:
                continue
            kind = by_key.get(key, "unknown")
            if kind == "unknown" and name == outlets.get(document):
                kind = "outlet"
            nameless = is_anonymous(name) and kind in ("unknown", "group")
            where = document if nameless else None
            id_ = short_id("A", key, document if nameless else "")
            row = AgentRow(id_, name, "unnamed" if nameless else kind, (), (), where)
            found[id_] = merged(found[id_], row) if id_ in found else row
    return [found[i] for i in sorted(found)]


def merged(a: AgentRow, b: AgentRow) -> AgentRow:
    """Two rows of one agent as one; the same whichever comes first."""
    names = {a.name, *a.aliases, b.name, *b.aliases}
    name = min(names, key=_shown)
    kind = min((a.kind, b.kind), key=lambda k: _KINDS.index(k) if k in _KINDS else len(_KINDS))
    return AgentRow(a.id, name, kind, tuple(sorted(names - {name})), (), a.document)


def _shown(name: str) -> tuple[bool, bool, int, str]:
    """The best name to show: its own key if it is one ("North Korea"), no article, the longer, then by the alphabet."""
    return name.casefold() != party_key(name), name.casefold().startswith(("the ", "a ", "an ")), -len(name), name
