"""What linking reads from the record and writes back: descents, origins, agents, joined events and transfers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, Table, select

from crossfix.record import schema, sqlite, values
from crossfix.record.rows import (
    AgentRow,
    Descent,
    EventMention,
    EventRow,
    LinkSummary,
    OriginRow,
    TransferMention,
    TransferRow,
)

if TYPE_CHECKING:
    from crossfix.record.store import Record


def unlinked(record: Record) -> list[str]:
    """Documents without a descent, by SHA-256, in order of adding.

    Linking takes them in that order, so they are those that came after the last one with a descent."""
    d, s = schema.documents, schema.descents
    linked = select(s.c.row).where(s.c.id == d.c.id).exists()
    with record.reading() as connection:
        last = select(d.c.row).where(d.c.version == 1, linked).order_by(d.c.row.desc()).limit(1)
        after = connection.execute(last).scalar() or 0
        new = select(d.c.id).where(d.c.row > after, d.c.version == 1).order_by(d.c.row)
        return list(connection.execute(new).scalars())


def linked(record: Record) -> list[str]:
    """Documents with a descent, in order of adding."""
    d, s = schema.documents, schema.descents
    known = select(s.c.row).where(s.c.id == d.c.id).exists()
    with record.reading() as connection:
        return list(connection.execute(select(d.c.id).where(known, d.c.version == 1).order_by(d.c.row)).scalars())


def indexed(record: Record) -> bool:
    """True where the indexes of linking hold anything, or nothing was linked yet."""
    with record.reading() as connection:
        some = (
            connection.execute(select(t).limit(1)).first()
            for t in (schema.sketches, schema.fresh_sketches, schema.blocks)
        )
        return (
            any(r is not None for r in some)
            or connection.execute(select(schema.descents.c.row).limit(1)).first() is None
        )


def standing(record: Record) -> dict[str, int]:
    """How many origins, agents, events and transfers stand. Looks at all of them."""
    tables = (schema.origins, schema.agents, schema.events, schema.transfers)
    return {t.name: len(record.current(t)) for t in tables}


def put_links(
    record: Record,
    descents: Sequence[Descent],
    origins: Sequence[OriginRow],
    agents: Sequence[AgentRow],
    events: Sequence[tuple[EventRow, Sequence[str]]],
    transfers: Sequence[tuple[TransferRow, Sequence[str]]],
) -> LinkSummary:
    """See ``Record.put_links``."""
    from crossfix.record.reviews_standing import refresh_linked

    with record.transaction():
        before = record.current_of(schema.descents, [d.document for d in descents])
        record.append(
            schema.descents,
            {
                d.document: {"origin": d.origin, "derived_from": d.derived_from, "relation": d.relation}
                for d in descents
            },
            act="linked",
            why={d.document: d.why for d in descents},
        )
        reprints = sum(
            d.derived_from is not None
            and d.relation != "shared_quotes"
            and (d.document not in before or before[d.document]["derived_from"] is None)
            for d in descents
        )
        new_origins, changed = record.append(
            schema.origins,
            {o.id: {"value": values.origin_row_out(o)} for o in origins},
            act="linked",
            why={o.id: o.why for o in origins},
        )
        withdrawn = _withdraw_empty(
            record, schema.origins, schema.descents, "origin",
            {before[d.document]["origin"]: d.origin for d in descents if d.document in before},
        )  # fmt: skip
        new_agents, more = record.append(
            schema.agents,
            {a.id: {"value": values.agent_row_out(a)} for a in agents},
            act="linked",
            why="speaks or acts in the documents",
        )
        changed += more
        new_events, more, gone = _put_joined(
            record,
            schema.events,
            {e.id: ({"type": e.type, "value": values.event_row_out(e)}, ids, e.why) for e, ids in events},
        )
        changed, withdrawn = changed + more, withdrawn + gone
        new_transfers, more, gone = _put_joined(
            record,
            schema.transfers,
            {t.id: ({"value": values.transfer_row_out(t)}, ids, t.why) for t, ids in transfers},
        )  # fmt: skip
        changed, withdrawn = changed + more, withdrawn + gone
        refresh_linked(record, (e.id for e, _ in events), (t.id for t, _ in transfers))
    return LinkSummary(
        len({d.document for d in descents} - before.keys()), new_origins, reprints, new_events, new_transfers,
        new_agents, changed, withdrawn,
    )  # fmt: skip


def _put_joined(
    record: Record, table: Table, rows: Mapping[str, tuple[dict[str, Any], Sequence[str], str]]
) -> tuple[int, int, int]:
    targets = {mention: id_ for id_, (_, mentions, _) in rows.items() for mention in mentions}
    before = record.current_of(schema.joins, targets)
    made, changed = record.append(
        table, {i: c for i, (c, _, _) in rows.items()}, act="linked", why={i: w for i, (_, _, w) in rows.items()}
    )
    record.append(
        schema.joins,
        {m: {"target": t} for m, t in targets.items()},
        act="linked",
        why={m: rows[t][2] for m, t in targets.items()},
    )
    moved = {r["target"]: targets[m] for m, r in before.items() if r["target"] != targets[m]}
    return made, changed, _withdraw_empty(record, table, schema.joins, "target", moved)


def _withdraw_empty(record: Record, table: Table, members: Table, column: str, moved: Mapping[str, str]) -> int:
    """Withdraw those results that lost their last member; ``moved`` says where (one of) their members went."""
    gone = {
        old: f"now part of {new}"
        for old, new in moved.items()
        if old != new and not record.current(members, members.c[column] == old)
    }
    return record.withdraw(table, gone)


# ------------------------------------------------------------------ what linking reads


def _rows(record: Record, table: Table, documents: Iterable[str], ids: Iterable[str]) -> list[Any]:
    rows = list(record.current_of(table, ids).values())
    shas = sorted(set(documents))
    for i in range(0, len(shas), 400):
        rows += record.current(table, table.c.document.in_(shas[i : i + 400]))
    return sorted({r["row"]: r for r in rows}.values(), key=lambda r: int(r["row"]))


def event_mentions(record: Record, documents: Iterable[str], ids: Iterable[str]) -> list[EventMention]:
    """See ``Record.event_mentions``."""
    with record.reading():
        rows = _rows(record, schema.mentions, documents, ids)
        texts = record.texts(r["document"] for r in rows)
    return [EventMention(r["document"], values.event_in(r["id"], r["value"], texts[r["document"]])) for r in rows]


def transfer_mentions(record: Record, documents: Iterable[str], ids: Iterable[str]) -> list[TransferMention]:
    """See ``Record.transfer_mentions``."""
    with record.reading():
        rows = _rows(record, schema.transfer_mentions, documents, ids)
        texts = record.texts(r["document"] for r in rows)
    return [TransferMention(r["document"], values.transfer_in(r["id"], r["value"], texts[r["document"]])) for r in rows]


MOST_OF_A_PRINT = 100
"""Documents under which one fingerprint is indexed, the first that come: whoever finds these finds the rest through their origin, and
a form that ten thousand statements fill costs no more than one that a hundred do."""


def put_sketches(record: Record, hashes: Mapping[str, Iterable[int]]) -> None:
    """Index documents by the fingerprints of their runs of words (derived: it may be built again)."""
    number = {d: r["row"] for d, r in record.current_of(schema.documents, hashes).items()}
    # in order of the fingerprints: the index is a tree of them, and far apart places cost most
    rows = sorted({(h, number[d]) for d, hs in hashes.items() for h in hs})
    if rows:
        with record.transaction() as connection:
            sqlite.index_prints(connection, rows, MOST_OF_A_PRINT)


def documents_sharing(record: Record, hashes: Mapping[str, Iterable[int]]) -> dict[str, dict[str, int]]:
    """How many of the fingerprints of each (by any name) each indexed document has."""
    d = schema.documents
    out: dict[str, dict[str, int]] = {}
    with record.reading() as connection:
        found = {name: sqlite.sharing(connection, hs) for name, hs in hashes.items()}
        ids: dict[int, str] = {}
        rows = sorted({row for counts in found.values() for row in counts})
        for i in range(0, len(rows), 400):
            named = connection.execute(select(d.c.row, d.c.id).where(d.c.row.in_(rows[i : i + 400])))
            ids |= {int(row): str(id_) for row, id_ in named}
    for name, counts in found.items():
        out[name] = {ids[row]: n for row, n in counts.items()}
    return out


def put_blocks(record: Record, keys: Iterable[tuple[str, str]]) -> None:
    """Index mentions by the block they stand in: (key, mention id) pairs (derived: it may be built again)."""
    rows = sorted(set(keys))
    if rows:
        with record.transaction() as connection:
            sqlite.index_blocks(connection, rows)


def mentions_in_blocks(record: Record, keys: Iterable[str]) -> set[str]:
    """The ids of the mentions in any of the blocks."""
    return {m for found in mentions_by_block(record, keys).values() for m in found}


def mentions_by_block(record: Record, keys: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the mentions in each of the blocks that holds any."""
    with record.reading() as connection:
        return sqlite.in_blocks(connection, keys)


def names_in(record: Record, documents: Iterable[str]) -> dict[str, dict[str, str]]:
    """The proper names of each document with their kinds, by the form they are known by."""
    found = record.current_of(schema.marks, documents)
    return {d: {n[2]: n[1] for n in r["value"]["names"]} for d, r in found.items()}


def descents_of(record: Record, documents: Iterable[str]) -> dict[str, str]:
    """The origin of each document that has one."""
    return {d: r["origin"] for d, r in record.current_of(schema.descents, documents).items()}


def quoting(record: Record, documents: Iterable[str]) -> dict[str, str | None]:
    """Of documents, those that only share quotations with another, and with whose they do where they say so."""
    found = record.current_of(schema.descents, documents)
    return {d: r["derived_from"] for d, r in found.items() if r["relation"] == "shared_quotes"}


def members_of(record: Record, origins: Iterable[str]) -> set[str]:
    """The documents of the origins."""
    wanted = sorted(set(origins))
    t = schema.descents
    return {r["id"] for i in range(0, len(wanted), 400) for r in record.current(t, t.c.origin.in_(wanted[i : i + 400]))}


def document_rows(record: Record, documents: Iterable[str]) -> dict[str, RowMapping]:
    """The kept columns of documents, by SHA-256."""
    return record.current_of(schema.documents, documents)


def sentences_of(record: Record, documents: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """The sentences of documents as [start, end)."""
    found = record.current_of(schema.marks, documents)
    return {d: [(s[0], s[1]) for s in r["value"]["sentences"]] for d, r in found.items()}


def speakers_of(record: Record, claims: Iterable[str]) -> dict[str, str]:
    """The original speaker of each claim that names one: the last link of its chain, else its source."""
    out: dict[str, str] = {}
    for id_, r in record.current_of(schema.claims, claims).items():
        chain = r["value"]["chain"]
        name = chain[-1] if chain else r["source_name"]
        if name:
            out[id_] = name
    return out


def chains_of(record: Record, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The chain of each claim, outlet first and original speaker last; its source alone where it has no chain."""
    out: dict[str, tuple[str, ...]] = {}
    for id_, r in record.current_of(schema.claims, claims).items():
        chain = tuple(r["value"]["chain"]) or ((r["source_name"],) if r["source_name"] else ())
        if chain:
            out[id_] = chain
    return out


def chains_in(record: Record, documents: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """By document, the chains of its claims that name a speaker."""
    shas = sorted(set(documents))
    out: dict[str, list[tuple[str, ...]]] = {}
    for i in range(0, len(shas), 400):
        for r in record.current(schema.claims, schema.claims.c.document.in_(shas[i : i + 400])):
            if r["value"]["chain"] and r["source_name"]:
                out.setdefault(r["document"], []).append(tuple(r["value"]["chain"]))
    return out


def targets_of(record: Record, mentions: Iterable[str]) -> dict[str, str]:
    """The joined event or transfer that each mention belongs to."""
    return {m: r["target"] for m, r in record.current_of(schema.joins, mentions).items()}


def joined_with(record: Record, mentions: Iterable[str]) -> set[str]:
    """All mentions of the joined events or transfers that these belong to."""
    wanted = sorted(set(targets_of(record, mentions).values()))
    t = schema.joins
    return {r["id"] for i in range(0, len(wanted), 400) for r in record.current(t, t.c.target.in_(wanted[i : i + 400]))}


def names_told(record: Record, documents: Iterable[str]) -> dict[str, set[str]]:
    """By document, every name that speaks or acts in its claims, events and transfers."""
    shas = sorted(set(documents))
    out: dict[str, set[str]] = {d: set() for d in shas}
    for i in range(0, len(shas), 400):
        some = shas[i : i + 400]
        for r in record.current(schema.claims, schema.claims.c.document.in_(some)):
            out[r["document"]] |= {r["source_name"], *r["value"]["chain"]}
        for r in record.current(schema.mentions, schema.mentions.c.document.in_(some)):
            out[r["document"]] |= {p[0] for p in r["value"]["participants"]} | set(r["value"]["denied_by"])
        for r in record.current(schema.transfer_mentions, schema.transfer_mentions.c.document.in_(some)):
            v = r["value"]
            out[r["document"]] |= {v["supplier"], v["recipient"], *v["alleged_by"], *v["denied_by"]}
    return {d: {n for n in names if n} for d, names in out.items()}


def agents_by_id(record: Record, ids: Iterable[str]) -> dict[str, AgentRow]:
    """Agents as they stand, by id."""
    return {i: values.agent_row_in(i, r["value"]) for i, r in record.current_of(schema.agents, ids).items()}
