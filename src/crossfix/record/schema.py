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

HEAD = "0005"
"""The newest migration. A record at any revision that is not in ``KNOWN`` was written by a later crossfix."""
KNOWN = ("0001", "0002", "0003", "0004", "0005")

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
findings = _kept("findings", Column("check", Text, nullable=False), Column("subject", Text, nullable=False), _value())
"""What the checks found. ``subject`` is the id that the claim, event, transfer or document had when the check was run."""
check_runs = _kept("check_runs", _value())
"""Over which documents each check (``id`` is its name) was last run, so that a record never looks checked where it is not."""

KEPT: dict[str, Table] = {
    t.name: t
    for t in (
        documents, texts, originals, marks, claims, mentions, transfer_mentions, place_mentions, descents,
        origins, agents, events, transfers, joins, drifts, decisions,
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
blocks = Table(
    "blocks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("mention", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Derived: where mentions that may be one event meet (a type and a month)."""

DERIVED: dict[str, Table] = {t.name: t for t in (passages, sketches, blocks)}

Index("ix_claims_document", claims.c.document)
Index("ix_mentions_document", mentions.c.document)
Index("ix_transfer_mentions_document", transfer_mentions.c.document)
Index("ix_place_mentions_document", place_mentions.c.document)
Index("ix_descents_origin", descents.c.origin)
Index("ix_joins_target", joins.c.target)
Index("ix_drifts_document", drifts.c.document)
Index("ix_drifts_parent", drifts.c.parent)
Index("ix_findings_check", findings.c.check)
Index("ix_findings_subject", findings.c.subject)
Index("ix_passages_document", passages.c.document)
