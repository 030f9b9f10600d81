"""Which agent a name means where it stands: the tellings of names in documents, and what the record keeps of their meaning."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Text, cast, or_, select

from crossfix.record import schema
from crossfix.record.rows import AgentRow

if TYPE_CHECKING:
    from crossfix.record.store import Record


@dataclass(frozen=True, slots=True)
class Telling:
    """A name that speaks or acts in a document, at a passage. ``own`` is true where the passage is the source's own words."""

    name: str
    start: int
    end: int
    own: bool = False


def told_id(document: str, name: str, start: int | None = None) -> str:
    """The id under which the record keeps which agent a name means in a document, or at a passage of it (in ``joins``)."""
    parts = "\0".join((document, name, "" if start is None else str(start)))
    return "N" + hashlib.blake2b(parts.encode("utf-8", "replace"), digest_size=8).hexdigest()


def tellings(record: Record, documents: Iterable[str]) -> dict[str, list[Telling]]:
    """By document, every name that speaks or acts in its claims, events and transfers, with a passage for each. A name without
    words of its own (a link of a chain, a party) stands at the claim's, the event's or the transfer's passage."""
    shas = sorted(set(documents))
    out: dict[str, set[Telling]] = {d: set() for d in shas}
    for i in range(0, len(shas), 400):
        some = shas[i : i + 400]
        for r in record.current(schema.claims, schema.claims.c.document.in_(some)):
            v, told = r["value"], out[r["document"]]
            at = v["source"] or v["quote"]
            if r["source_name"]:
                told.add(Telling(r["source_name"], at[0], at[1], v["source"] is not None))
            told |= {Telling(link, at[0], at[1]) for link in v["chain"] if link and link != r["source_name"]}
        for r in record.current(schema.mentions, schema.mentions.c.document.in_(some)):
            v = r["value"]
            names = {p[0] for p in v["participants"]} | set(v["denied_by"])
            out[r["document"]] |= {Telling(n, v["trigger"][0], v["trigger"][1]) for n in names if n}
        for r in record.current(schema.transfer_mentions, schema.transfer_mentions.c.document.in_(some)):
            v = r["value"]
            names = {v["supplier"], v["recipient"], *v["alleged_by"], *v["denied_by"]}
            out[r["document"]] |= {Telling(n, v["evidence"][0], v["evidence"][1]) for n in names if n}
    return {d: sorted(found, key=lambda t: (t.start, t.end, t.name, t.own)) for d, found in out.items()}


def documents_naming(record: Record, names: Iterable[str]) -> set[str]:
    """The documents whose claims, events or transfers hold any of the names, in any version and possibly in other words than as a name:
    all that can name an agent that goes by them, and few more. Looked for in the stored text, since reading every row of a large
    record takes minutes."""
    names = set(names)
    out: set[str] = set()
    wanted = sorted({json.dumps(n, ensure_ascii=ascii_) for n in names if n for ascii_ in (True, False)})
    with record.reading() as connection:
        for t in (schema.claims, schema.mentions, schema.transfer_mentions):
            told = cast(t.c.value, Text)
            for i in range(0, len(wanted), 50):
                held = or_(*(told.contains(w, autoescape=True) for w in wanted[i : i + 50]))
                out |= set(connection.execute(select(t.c.document).where(held).distinct()).scalars())
        plain = sorted({n for n in names if n})
        for i in range(0, len(plain), 400):
            named = schema.claims.c.source_name.in_(plain[i : i + 400])
            out |= set(connection.execute(select(schema.claims.c.document).where(named).distinct()).scalars())
    return out


def names_marked(record: Record, documents: Iterable[str]) -> dict[str, list[tuple[int, int, str, str]]]:
    """The proper names of each document in order: start, end, kind, and the form it is known by."""
    found = record.current_of(schema.marks, documents)
    return {d: [(n[0][0], n[0][1], n[1], n[2]) for n in r["value"]["names"]] for d, r in found.items()}


def put_told(record: Record, targets: Mapping[str, str]) -> None:
    """Keep which agent each telling means (by ``told_id``), where its words alone do not say."""
    record.append(
        schema.joins,
        {i: {"target": a} for i, a in sorted(targets.items())},
        act="linked",
        why="what the name means there",
    )


class Meant:
    """Which agent a name means in a document: by its passage, by the document, else by the name alone.

    ``rows`` are the agents as linking made them, ``decided`` the same after a person's merges and splits; ``targets`` what
    tellings mean by ``told_id``, all that the record keeps where they are not given.
    """

    def __init__(
        self,
        record: Record,
        rows: Iterable[AgentRow],
        decided: Iterable[AgentRow] | None = None,
        targets: Mapping[str, str] | None = None,
    ) -> None:
        self.made = {a.id: a for a in rows}
        self.rows = {a.id: a for a in decided} if decided is not None else self.made
        t = schema.joins
        if targets is None:
            targets = {r["id"]: r["target"] for r in record.current(t, t.c.id >= "N", t.c.id < "O")}
        self.targets = targets
        self.known: dict[str, str] = {}
        self.gone: dict[str, str] = {}
        for a in sorted(self.rows.values(), key=lambda a: a.id):
            here = {g.alias for g in a.grounds if g.local} - {g.alias for g in a.grounds if not g.local}
            for alias in {a.name, *a.aliases}:
                self.gone.setdefault(alias.casefold(), a.id)
                if a.document is None and alias not in here:
                    self.known.setdefault(alias.casefold(), a.id)

    def agent(self, document: str, name: str, start: int | None = None) -> AgentRow | None:
        """The agent, None where none was made."""
        found = self.targets.get(told_id(document, name, start)) if start is not None else None
        return self.agent_of(found or self.targets.get(told_id(document, name)), name)

    def agent_of(self, found: str | None, name: str) -> AgentRow | None:
        """The agent of a name whose telling is kept to mean the agent ``found``; None where nothing is kept of it."""
        if found in self.rows and (self.rows is self.made or self._goes_by(self.rows[found], name)):
            return self.rows[found]
        if found in self.made:  # a person put it with another, or took the name out
            found = self.gone.get(name.casefold()) or self.gone.get(self.made[found].name.casefold())
        else:
            found = self.known.get(name.casefold())
        return self.rows.get(found) if found else None

    @staticmethod
    def _goes_by(a: AgentRow, name: str) -> bool:
        return a.document is not None or name.casefold() in {x.casefold() for x in (a.name, *a.aliases)}
