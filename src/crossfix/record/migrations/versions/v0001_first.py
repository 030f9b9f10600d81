"""The first version: documents, what was read in them, what linking made of it, and the search index."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x63667831  # "cfx1", so that `file` and other programs can tell a record from other databases


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _value() -> sa.Column[Any]:
    return sa.Column("value", sa.JSON, nullable=False)


def _kept() -> dict[str, list[sa.Column[Any]]]:
    return {
        "documents": [
            _text("file"), _text("media_type"), _text("title", True), _text("outlet", True), _text("agency", True),
            _text("author", True), _text("published", True), _text("published_basis", True), _text("written", True),
            _text("language"), _text("url", True), sa.Column("words", sa.Integer, nullable=False),
            sa.Column("extracted", sa.Boolean, nullable=False), _value(),
        ],
        "texts": [_text("text")],
        "originals": [sa.Column("data", sa.LargeBinary, nullable=False)],
        "annotations": [_value()],
        "claims": [_text("document"), _text("source_name", True), _value()],
        "mentions": [_text("document"), _text("type"), _value()],
        "transfer_mentions": [_text("document"), _value()],
        "place_mentions": [_text("document"), _value()],
        "descents": [_text("origin"), _text("derived_from", True), _text("relation", True)],
        "origins": [_value()],
        "agents": [_value()],
        "events": [_text("type"), _value()],
        "transfers": [_value()],
        "joins": [_text("target")],
    }  # fmt: skip


def upgrade() -> None:
    """Make the tables, their guards against overwriting, and the search index."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, columns in _kept().items():
        op.create_table(
            name,
            sa.Column("row", sa.Integer, primary_key=True),
            _text("id"),
            sa.Column("version", sa.Integer, nullable=False),
            *(_text(c) for c in ("at", "by", "act", "why")),
            *columns,
            sa.UniqueConstraint("id", "version", name=f"uq_{name}_id_version"),
        )
        if sqlite:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER no_{verb.lower()}_{name} BEFORE {verb} ON {name} "
                    "BEGIN SELECT RAISE(ABORT, 'nothing in a record is overwritten'); END"
                )
    op.create_table(
        "passages",
        sa.Column("row", sa.Integer, primary_key=True),
        _text("document"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "sketches",
        sa.Column("hash", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Integer, nullable=False),
    )
    op.create_table("blocks", _text("key"), _text("mention"))
    for table, column in (
        ("claims", "document"), ("mentions", "document"), ("transfer_mentions", "document"),
        ("place_mentions", "document"), ("descents", "origin"), ("joins", "target"), ("passages", "document"),
        ("sketches", "hash"), ("blocks", "key"),
    ):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])
    if sqlite:
        op.execute("CREATE VIRTUAL TABLE search USING fts5(body, content='', tokenize='unicode61 remove_diacritics 2')")
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
