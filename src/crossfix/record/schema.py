"""The record's tables, as SQLAlchemy Core knows them. The migrations make them; a test holds the two equal.

A *kept* table is append-only: every row has an id, a version (1, 2, ...), when it was written (UTC, ISO 8601), by
whom, what was done ("added", "linked", "changed", "withdrawn") and why. The newest version of an id is the current
one. A *derived* table is an index over kept rows; it may be thrown away and built again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0011"
"""The newest migration. A record at any revision that is not in ``KNOWN`` was written by a later crossfix."""
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")

metadata = MetaData()


def _kept(name: str, *columns: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("row", Integer, primary_key=True),
        Column("id", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("act", Text, nullable=False),
        Column("why", Text, nullable=False),
        *columns,
        UniqueConstraint("id", "version", name=f"uq_{name}_id_version"),
    )


def _value() -> Column[Any]:
    return Column("value", JSON, nullable=False)


def _document() -> Column[Any]:
    return Column("document", Text, nullable=False)


documents = _kept(
    "documents",
    Column("file", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("agency", Text),
    Column("author", Text),
    Column("published", Text),
    Column("published_basis", Text),
    Column("written", Text),
    Column("language", Text, nullable=False),
    Column("url", Text),
    Column("words", Integer, nullable=False),
    Column("extracted", Boolean, nullable=False),
    _value(),
    Column("fast", Boolean),
)
texts = _kept("texts", Column("text", Text, nullable=False))
originals = _kept("originals", Column("data", LargeBinary, nullable=False))
marks = _kept("annotations", _value())
claims = _kept("claims", _document(), Column("source_name", Text), _value(), Column("confidence", Double))
mentions = _kept("mentions", _document(), Column("type", Text, nullable=False), _value())
transfer_mentions = _kept("transfer_mentions", _document(), _value())
place_mentions = _kept("place_mentions", _document(), _value())

descents = _kept(
    "descents", Column("origin", Text, nullable=False), Column("derived_from", Text), Column("relation", Text)
)
origins = _kept("origins", _value())
agents = _kept("agents", _value())
events = _kept("events", Column("type", Text, nullable=False), _value())
transfers = _kept("transfers", _value())
joins = _kept("joins", Column("target", Text, nullable=False))
"""Which event or transfer (``target``) a mention (``id``) belongs to."""

drifts = _kept("drifts", _document(), Column("parent", Text, nullable=False), _value())
"""What changed on the way from one document (``parent``) to one that came of it (``document``)."""
decisions = _kept("decisions", _value())
"""What a person decided: merges and splits. Undoing one is a new row, "withdrawn"."""
reviews = _kept("reviews", Column("kind", Text, nullable=False), Column("target", Text, nullable=False), _value())
"""What a person said of a claim, event, transfer, document or agent: accepted, rejected, corrected, graded, noted. Undoing is a new row,
"withdrawn"."""
dossiers = _kept("dossiers", _value())
"""Dossiers that people put together. Each act on one is a version that says what was done; undoing an act is a version too."""
findings = _kept("findings", Column("check", Text, nullable=False), Column("subject", Text, nullable=False), _value())
"""What the checks found. ``subject`` is the id that the claim, event, transfer or document had when the check was run."""
check_runs = _kept("check_runs", _value())
"""Over which documents each check (``id`` is its name) was last run, so that a record never looks checked where it is not."""

KEPT: dict[str, Table] = {
    t.name: t
    for t in (
        documents, texts, originals, marks, claims, mentions, transfer_mentions, place_mentions, descents,
        origins, agents, events, transfers, joins, drifts, decisions, reviews, dossiers,
        findings, check_runs,
    )
}  # fmt: skip
RESULTS: tuple[str, ...] = ("origins", "agents", "events", "transfers", "drifts")
"""What linking makes of the rest."""

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
"""Derived: the paragraphs that the search index holds, by the row they have in it."""
sketches = Table(
    "sketches",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Derived: fingerprints of runs of words, to find documents (by their row) that share text."""
fresh_sketches = Table(
    "fresh_sketches",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Derived: the latest of them. Fingerprints fall anywhere in the tree, so that a few hundred documents touch all its pages; they are
gathered here, and put over together."""
blocks = Table(
    "blocks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("mention", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Derived: where mentions that may be one event meet (a type and a month)."""


def _now(name: str, *columns: Column[Any]) -> Table:
    own = (Column("row", Integer, primary_key=True, autoincrement=False), Column("id", Text, nullable=False))
    return Table(f"now_{name}", metadata, *own, *columns, UniqueConstraint("id", name=f"uq_now_{name}_id"))


def _texts(*names: str) -> tuple[Column[Any], ...]:
    return tuple(Column(n, Text) for n in names)


now_documents = _now(
    "documents",
    *_texts("day", "published", "outlet", "agency", "title", "language"),
    Column("words", Integer),
    Column("extracted", Boolean),
    Column("added", Text),
)
"""Derived, as all that begin with ``now_``: the newest version of every kept row that was not withdrawn, by the kept row's number
(``row``). Triggers keep them (migration 0006). ``day``, ``first`` and ``last`` are days, "" for none."""
now_claims = _now(
    "claims",
    *_texts("document"),
    Column("start", Integer),
    *_texts("source_name", "stance", "firmness", "voice"),
    Column("confidence", Double),
)
now_events = _now(
    "events",
    *_texts("type", "first", "last", "status", "modality", "outcome"),
    *(Column(n, Integer) for n in ("origins", "reporters", "reports", "denials")),
    *_texts("place"),
    Column("lat", Double),
    Column("lon", Double),
    *_texts("participants"),
)
now_transfers = _now(
    "transfers",
    *_texts("event", "first", "last", "supplier", "recipient", "item", "kind", "status", "modality"),
    Column("denials", Integer),
)
now_findings = _now("findings", *_texts("check", "kind", "subject_kind", "subject", "verdict"), Column("rank", Integer))
"""``rank`` is 0 for contradicted, then tension, unknown, supported."""
now_drifts = _now("drifts", *_texts("document", "parent", "kind"), Column("confidence", Double))
now_parties = Table(
    "now_parties",
    metadata,
    *(Column(n, Text, primary_key=True) for n in ("event", "name", "role")),
    sqlite_with_rowid=False,
)
"""Who takes part in which event."""
now_tellings = Table(
    "now_tellings",
    metadata,
    *(Column(n, Text, primary_key=True) for n in ("event", "document")),
    sqlite_with_rowid=False,
)
"""Which document tells of which event."""
now_agents = _now("agents", *_texts("name", "kind", "document"))
"""As linking made them, before a person's merges and splits; ``document`` is "" for an agent that is known beyond one."""
now_names = Table(
    "now_names",
    metadata,
    *(Column(n, Text, primary_key=True) for n in ("agent", "name")),
    Column("local", Integer),
    sqlite_with_rowid=False,
)
"""Every name of every agent; ``local`` is 1 where it means the agent in some documents only."""
now_uses = Table(
    "now_uses",
    metadata,
    *(Column(n, Text, primary_key=True) for n in ("finding", "table", "key")),
    sqlite_with_rowid=False,
)
"""Which row of public data which finding rests on."""
now_summaries = Table(
    "now_summaries",
    metadata,
    Column("finding", Text, primary_key=True),
    Column("summary", Text),
    sqlite_with_rowid=False,
)
"""What each finding says in one sentence, to look for words in."""
NOW: dict[str, Table] = {
    t.name: t
    for t in (
        now_documents, now_claims, now_events, now_transfers, now_findings, now_drifts, now_parties, now_tellings,
        now_agents, now_names, now_uses, now_summaries,
    )
}  # fmt: skip

DERIVED: dict[str, Table] = {t.name: t for t in (passages, sketches, fresh_sketches, blocks, *NOW.values())}

Index("ix_claims_document", claims.c.document)
Index("ix_mentions_document", mentions.c.document)
Index("ix_transfer_mentions_document", transfer_mentions.c.document)
Index("ix_place_mentions_document", place_mentions.c.document)
Index("ix_descents_origin", descents.c.origin)
Index("ix_joins_target", joins.c.target)
Index("ix_drifts_document", drifts.c.document)
Index("ix_drifts_parent", drifts.c.parent)
Index("ix_reviews_target", reviews.c.target)
Index("ix_findings_check", findings.c.check)
Index("ix_findings_subject", findings.c.subject)
Index("ix_passages_document", passages.c.document)
Index("ix_now_documents_day", now_documents.c.day)
Index("ix_now_documents_added", now_documents.c.added)
Index("ix_now_documents_outlet", now_documents.c.outlet)
Index("ix_now_claims_document", now_claims.c.document, now_claims.c.start)
Index("ix_now_claims_source_name", now_claims.c.source_name)
Index("ix_now_claims_told", now_claims.c.document, now_claims.c.voice, now_claims.c.stance)
Index("ix_now_claims_confidence", now_claims.c.confidence, now_claims.c.id)
Index("ix_now_events_first", now_events.c.first)
Index("ix_now_events_origins", now_events.c.origins)
Index("ix_now_events_type", now_events.c.type)
Index("ix_now_transfers_first", now_transfers.c.first)
Index("ix_now_transfers_event", now_transfers.c.event)
Index("ix_now_findings_rank", now_findings.c.rank, now_findings.c.check)
Index("ix_now_findings_subject", now_findings.c.subject)
Index("ix_now_drifts_document", now_drifts.c.document)
Index("ix_now_drifts_confidence", now_drifts.c.confidence)
Index("ix_now_parties_name", now_parties.c.name)
Index("ix_now_tellings_document", now_tellings.c.document)
Index("ix_now_agents_name", now_agents.c.document, now_agents.c.name)
Index("ix_now_names_name", now_names.c.name)
Index("ix_now_uses_table", now_uses.c.table, now_uses.c.key)
