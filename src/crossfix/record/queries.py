"""Documents, claims, events, transfers and origins out of the record, filtered and in order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import RowMapping, Table, select

from crossfix.errors import RecordError, UnknownId, UsageError
from crossfix.record import schema, values
from crossfix.record.decisions import agents_as_decided, decisions
from crossfix.record.matching import any_matches, days_of, holds_all, name_matches, within
from crossfix.record.reviews_overlay import Overlay, overlay
from crossfix.record.rows import ClaimRow, DocumentRow, EventRow, Filter, OriginRow, TransferRow
from crossfix.record.sqlite import query_words

if TYPE_CHECKING:
    from crossfix.record.store import Record

_SHORTEST_PREFIX = 4
_COMPARED = 5000
"""In a record with more rows of a kind, an unknown id is not compared with theirs."""


def check(f: Filter) -> None:
    """Raises UsageError where a filter's date, limit or least confidence means nothing."""
    for value, what in ((f.since, "since"), (f.until, "until")):
        if value is not None:
            days_of(value, what)
    if f.limit is not None and f.limit < 1:
        raise UsageError("limit must be at least 1")
    if f.sure is not None and not 0 <= f.sure <= 1:
        raise UsageError(f"sure: {f.sure} is no number from 0 to 1")


# ------------------------------------------------------------------ documents


def _document_row(r: RowMapping, descent: RowMapping | None) -> DocumentRow:
    v = values.as_json(r["value"])
    return DocumentRow(
        r["id"], r["file"], r["media_type"], r["title"], r["outlet"], r["agency"], r["author"], r["published"],
        r["published_basis"], r["written"], r["language"], r["url"], r["words"],
        tuple((a, b, k) for a, b, k in v["furniture"]), tuple(v["notes"]), r["extracted"], v["reason"],
        descent["origin"] if descent else None, descent["derived_from"] if descent else None,
        descent["relation"] if descent else None, r["at"], r["fast"],
    )  # fmt: skip


def documents(record: Record, f: Filter) -> list[DocumentRow]:
    """See ``Record.documents``. What holds of claims, events or places picks the documents that have one such."""
    check(f)
    with record.reading():
        found = record.current(schema.documents)
        descents = {r["id"]: r for r in record.current(schema.descents)}
        said = overlay(record)
        rows = [said.document(_document_row(r, descents.get(r["id"]))) for r in found]
        rows.sort(key=lambda d: (d.published or d.written or "9999", d.sha256))
        if f.document is not None:
            only = document(record, f.document).sha256
            rows = [d for d in rows if d.sha256 == only]
        rows = [
            d
            for d in rows
            if within(d.published or d.written, f.since, f.until)
            and (f.outlet is None or any_matches(f.outlet, (d.outlet, d.agency)))
        ]
        if f.about is not None:
            chosen = _about(record, f.about, rows)
            rows = [d for d in rows if d.sha256 in chosen]
        allowed = _holding(record, f)
        if allowed is not None:
            rows = [d for d in rows if d.sha256 in allowed]
    return rows[: f.limit]


def documents_of(record: Record, shas: Iterable[str]) -> dict[str, DocumentRow]:
    """Some documents by SHA-256, in a few queries for all of them; those that are not here are left out."""
    wanted = sorted(set(shas))
    with record.reading():
        found = record.current_of(schema.documents, wanted)
        descents = record.current_of(schema.descents, wanted)
        said = overlay(record)
    return {i: said.document(_document_row(r, descents.get(i))) for i, r in found.items()}


def _about(record: Record, about: str, rows: Iterable[DocumentRow]) -> set[str]:
    from crossfix.record.searching import documents_with

    chosen = {d.sha256 for d in rows}
    titles = {d.sha256: d.title for d in rows}
    for word in query_words(about):
        holding = documents_with(record, word)
        chosen = {s for s in chosen if s in holding or holds_all([word], titles[s])}
    return chosen


def _of_claims(f: Filter) -> Filter | None:
    """The part of a filter that only claims can meet, None where it asks for nothing of the kind."""
    part = Filter(stance=f.stance, firmness=f.firmness, voice=f.voice, sure=f.sure)
    return None if part == Filter() else part


def _holding(record: Record, f: Filter) -> set[str] | None:
    """The documents with a claim or event as the filter asks, None where it asks for none."""
    sets: list[set[str]] = []
    said = _of_claims(f)
    if said is not None:
        sets.append({c.document for c in claims(record, said)})
    if f.type or f.status:
        sets.append({d for e in events(record, Filter(type=f.type, status=f.status)) for d in e.reports})
    if f.agent:
        speaking = {c.document for c in claims(record, Filter(agent=f.agent))}
        sets.append(speaking | {d for e in events(record, Filter(agent=f.agent)) for d in e.reports})
    if f.place:
        there = {
            r["document"] for r in record.current(schema.place_mentions) if name_matches(f.place, r["value"]["name"])
        }
        sets.append(there | {d for e in events(record, Filter(place=f.place)) for d in e.reports})
    return set.intersection(*sets) if sets else None


def document(record: Record, sha_or_prefix: str) -> DocumentRow:
    """See ``Record.document``."""
    wanted = sha_or_prefix.strip().lower()
    t = schema.documents
    with record.reading() as connection:
        if len(wanted) >= _SHORTEST_PREFIX and all(c in "0123456789abcdef" for c in wanted):
            between = (t.c.id >= wanted, t.c.id < wanted + "g")
            ids = list(
                connection.execute(select(t.c.id).where(*between).distinct().order_by(t.c.id).limit(6)).scalars()
            )
        else:
            ids = []
        if len(ids) == 1:
            row = record.current(t, t.c.id == ids[0])[0]
            descent = record.current(schema.descents, schema.descents.c.id == ids[0])
            return overlay(record).document(_document_row(row, descent[0] if descent else None))
        if ids:
            several = ", ".join(i[:12] for i in ids[:5])
            raise UnknownId(f"{sha_or_prefix!r} begins several documents: {several}", advice="give more digits")
        raise _unknown(record, t, "document", sha_or_prefix)


def _unknown(record: Record, table: Table, what: str, id_: str) -> RecordError:
    with record.reading() as connection:
        ids = select(table.c.id).distinct().limit(_COMPARED + 1)
        known = list(connection.execute(ids).scalars())
    if (
        len(known) > _COMPARED
    ):  # holding the id against all of a large record would take longer than the question is worth
        return UnknownId(f"no {what} has the id {id_[:80]!r}", advice="list or search them to see their ids")
    short = {i[:12] if table is schema.documents else i: i for i in known}
    near = difflib.get_close_matches(id_[:64], list(short), n=3, cutoff=0.5)
    advice = (
        f"near it: {', '.join(near)}" if near else f"the record holds {len(known)} of them; list them to see their ids"
    )
    return UnknownId(f"no {what} has the id {id_[:80]!r}", advice=advice)


# ------------------------------------------------------------------ claims


def _claim_row(r: RowMapping, text: str, said: Overlay) -> ClaimRow:
    c = values.claim_in(r["id"], values.as_json(r["value"]), text, r["confidence"])
    return ClaimRow(
        c.id, r["document"], c.source, c.cue, c.content, c.quote, c.source_name, c.chain, c.stance, c.firmness, c.voice,
        r["at"], c.confidence, c.firmness_words, said.reviewed("claim", c.id),
    )  # fmt: skip


def claims(record: Record, f: Filter) -> list[ClaimRow]:
    """See ``Record.claims``. A type or status picks claims that an event of that kind stands in; a place
    those whose passage names it."""
    check(f)
    with record.reading():
        docs = documents(record, Filter(since=f.since, until=f.until, outlet=f.outlet, document=f.document))
        order = {d.sha256: n for n, d in enumerate(docs)}
        t = schema.claims
        narrow = [t.c.document == docs[0].sha256] if f.document is not None and docs else []
        narrow += [t.c.confidence >= f.sure] if f.sure is not None else []
        said = overlay(record)
        rows = [r for r in said.claim_rows(record.current(t, *narrow)) if r["document"] in order]
        for name in ("stance", "firmness", "voice"):
            wanted = getattr(f, name)
            if wanted is not None:
                rows = [r for r in rows if r["value"][name] == wanted]
        if f.agent is not None:
            known = _names_of(record, f.agent)
            rows = [r for r in rows if _speaks(f.agent, known, (r["source_name"], *r["value"]["chain"]))]
        if f.type is not None or f.status is not None:
            held = _claims_of_events(record, f)
            rows = [r for r in rows if r["id"] in held]
        if f.place is not None:
            rows = _naming(record, f.place, rows)
        texts = record.texts(r["document"] for r in rows)
        out = [_claim_row(r, texts[r["document"]], said) for r in rows]
        if f.about is not None:
            words = query_words(f.about)
            out = [c for c in out if holds_all(words, c.quote.text, c.content.text, c.source_name, *c.chain)]
        out.sort(key=lambda c: (order[c.document], c.quote.start, c.quote.end, c.id))
    return out[: f.limit]


def claims_in(record: Record, documents_: Iterable[str]) -> dict[str, list[ClaimRow]]:
    """The claims of some documents (SHA-256), each document's in order of the text. Without the look at all documents that a filter
    costs, so that a long run may ask portion by portion."""
    t = schema.claims
    with record.reading():
        wanted = sorted(set(documents_))
        rows = [r for i in range(0, len(wanted), 400) for r in record.current(t, t.c.document.in_(wanted[i : i + 400]))]
        texts = record.texts({r["document"] for r in rows})
        said = overlay(record)
    out: dict[str, list[ClaimRow]] = {sha: [] for sha in wanted}
    for r in said.claim_rows(rows):
        out[r["document"]].append(_claim_row(r, texts[r["document"]], said))
    for found in out.values():
        found.sort(key=lambda c: (c.quote.start, c.quote.end, c.id))
    return out


def _claims_of_events(record: Record, f: Filter) -> set[str]:
    out = set()
    for r in record.current(schema.mentions):
        v = r["value"]
        if v["claim"] and f.type in (None, r["type"]) and f.status in (None, v["status"]):
            out.add(v["claim"])
    return out


def _naming(record: Record, place: str, rows: list[RowMapping]) -> list[RowMapping]:
    spots: dict[str, list[list[int]]] = {}
    for r in record.current(schema.place_mentions):
        if name_matches(place, r["value"]["name"]):
            spots.setdefault(r["document"], []).append(r["value"]["span"])
    return [
        r
        for r in rows
        if any(r["value"]["quote"][0] <= s[0] < r["value"]["quote"][1] for s in spots.get(r["document"], ()))
    ]


def claim(record: Record, id_: str) -> ClaimRow:
    """See ``Record.claim``."""
    with record.reading():
        found = record.current(schema.claims, schema.claims.c.id == id_)
        if not found:
            raise _unknown(record, schema.claims, "claim", id_)
        said = overlay(record)
        return _claim_row(said.claim_rows(found)[0], record.text(found[0]["document"]), said)


def _names_of(record: Record, agent: str) -> set[str]:
    """Every name that goes with the agents whose name or alias, whole, is the one asked for."""
    out: set[str] = set()
    rows = (values.agent_row_in(r["id"], r["value"]) for r in record.current(schema.agents))
    for a in agents_as_decided(rows, decisions(record)):
        names = {a.name, *a.aliases}
        if any(n.casefold() == agent.casefold() for n in names):
            out |= names
    return out


def _speaks(agent: str, known: set[str], names: Iterable[str | None]) -> bool:
    given = [n for n in names if n]
    return any_matches(agent, given) or any(n in known for n in given)


# ------------------------------------------------------------------ events and transfers


def events(record: Record, f: Filter) -> list[EventRow]:
    """See ``Record.events``. A document, outlet, stance, firmness, voice or least confidence picks events told
    there or in such a claim."""
    check(f)
    t = schema.events
    with record.reading():
        narrow = [t.c.type == f.type] if f.type is not None else []
        said = overlay(record)
        rows = [said.event(values.event_row_in(r["id"], r["value"])) for r in record.current(t, *narrow)]
        rows = [e for e in rows if within(e.when, f.since, f.until) and f.status in (None, e.status)]
        if f.agent is not None:
            known = _names_of(record, f.agent)
            rows = [e for e in rows if _speaks(f.agent, known, (*(p.name for p in e.participants), *e.denied_by))]
        if f.place is not None:
            rows = [e for e in rows if e.where is not None and name_matches(f.place, e.where.name)]
        if f.document is not None or f.outlet is not None:
            told = {d.sha256 for d in documents(record, Filter(document=f.document, outlet=f.outlet))}
            rows = [e for e in rows if told.intersection(e.reports)]
        told_in = _of_claims(f)
        if told_in is not None:
            ids = {c.id for c in claims(record, told_in)}
            rows = [e for e in rows if ids.intersection(e.claims)]
        if f.about is not None:
            words = query_words(f.about)
            rows = [e for e in rows if holds_all(words, *_event_words(record, e))]
        rows.sort(key=lambda e: (e.when or "9999", e.id))
    return rows[: f.limit]


def _event_words(record: Record, e: EventRow) -> list[str]:
    names = [p.name for p in e.participants] + [o.of for o in e.ordinals] + [e.where.name if e.where else ""]
    return names + [_sentences_around(record, m.document, m.start, m.end) for m in e.mentions]


def _sentences_around(record: Record, document_: str, start: int, end: int) -> str:
    text = record.text(document_)
    a = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stops = [i for i in (text.find("\n", end), text.find(". ", end)) if i >= 0]
    return text[a : min(stops, default=len(text))]


def event(record: Record, id_: str) -> EventRow:
    """See ``Record.event``."""
    with record.reading():
        r = _one(record, schema.events, "event", id_)
        return overlay(record).event(values.event_row_in(r["id"], r["value"]))


def transfers(record: Record, f: Filter) -> list[TransferRow]:
    """See ``Record.transfers``. A place is looked for in the route."""
    check(f)
    with record.reading():
        said = overlay(record)
        rows = [said.transfer(values.transfer_row_in(r["id"], r["value"])) for r in record.current(schema.transfers)]
        rows = [t for t in rows if within(t.when, f.since, f.until) and f.status in (None, t.status)]
        if f.type is not None and f.type != "arms_transfer":
            rows = []
        if f.agent is not None:
            known = _names_of(record, f.agent)
            rows = [t for t in rows if _speaks(f.agent, known, (t.supplier, t.recipient, *t.alleged_by, *t.denied_by))]
        if f.place is not None:
            rows = [t for t in rows if name_matches(f.place, t.route)]
        if f.document is not None or f.outlet is not None:
            told = {d.sha256 for d in documents(record, Filter(document=f.document, outlet=f.outlet))}
            rows = [t for t in rows if any(e.document in told for e in t.evidence)]
        told_in = _of_claims(f)
        if told_in is not None:
            spots = [c.evidence[0] for c in claims(record, told_in)]
            rows = [
                t
                for t in rows
                if any(
                    s.document == e.document and s.start < e.end and e.start < s.end for s in spots for e in t.evidence
                )
            ]
        if f.about is not None:
            words = query_words(f.about)
            rows = [t for t in rows if holds_all(words, *_transfer_words(record, t))]
        rows.sort(key=lambda t: (t.when or "9999", t.id))
    return rows[: f.limit]


def _transfer_words(record: Record, t: TransferRow) -> list[str]:
    names = [x for x in (t.supplier, t.recipient, t.item, t.quantity, t.route) if x]
    return names + [*t.alleged_by, *t.denied_by] + [record.passage(e) for e in t.evidence]


def transfer(record: Record, id_: str) -> TransferRow:
    """See ``Record.transfer``."""
    with record.reading():
        r = _one(record, schema.transfers, "transfer", id_)
        return overlay(record).transfer(values.transfer_row_in(r["id"], r["value"]))


def _one(record: Record, table: Table, what: str, id_: str) -> RowMapping:
    """The current row of an id; a withdrawn id and a mention's id lead to what now stands for them."""
    with record.reading() as connection:
        found = record.current(table, table.c.id == id_)
        if found:
            return found[0]
        j = schema.joins
        was = list(connection.execute(select(j.c.id).where((j.c.target == id_) | (j.c.id == id_))).scalars())
        for r in record.current_of(j, was).values():
            found = record.current(table, table.c.id == r["target"])
            if found:
                return found[0]
        raise _unknown(record, table, what, id_)


# ------------------------------------------------------------------ origins


def origins(record: Record, f: Filter) -> list[OriginRow]:
    """See ``Record.origins``."""
    with record.reading():
        rows = [values.origin_row_in(r["id"], r["value"]) for r in record.current(schema.origins)]
        if f != Filter(limit=f.limit):
            from dataclasses import replace

            chosen = {d.sha256 for d in documents(record, replace(f, limit=None))}
            rows = [o for o in rows if chosen.intersection(o.documents)]
        check(f)
    rows.sort(key=lambda o: (-len(o.documents), o.id))
    return rows[: f.limit]
