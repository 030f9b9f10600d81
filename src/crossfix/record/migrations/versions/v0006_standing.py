"""What stands now, in lean tables that the site's pages can sort, filter and count without reading a kept row.

Each holds the newest version of every row of its kept table that was not withdrawn, by the kept row's own number. Triggers keep them,
so that no writer can forget to: what is inserted into a kept table stands here at once. They are derived: ``fill`` makes them from
the kept rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[tuple[str, type], ...]] = {
    "documents": (
        ("day", sa.Text), ("published", sa.Text), ("outlet", sa.Text), ("agency", sa.Text), ("title", sa.Text),
        ("language", sa.Text), ("words", sa.Integer), ("extracted", sa.Boolean), ("added", sa.Text),
    ),
    "claims": (
        ("document", sa.Text), ("start", sa.Integer), ("source_name", sa.Text), ("stance", sa.Text),
        ("firmness", sa.Text), ("voice", sa.Text), ("confidence", sa.Double),
    ),
    "events": (
        ("type", sa.Text), ("first", sa.Text), ("last", sa.Text), ("status", sa.Text), ("modality", sa.Text),
        ("outcome", sa.Text), ("origins", sa.Integer), ("reporters", sa.Integer), ("reports", sa.Integer),
        ("denials", sa.Integer), ("place", sa.Text), ("lat", sa.Double), ("lon", sa.Double), ("participants", sa.Text),
    ),
    "transfers": (
        ("event", sa.Text), ("first", sa.Text), ("last", sa.Text), ("supplier", sa.Text), ("recipient", sa.Text),
        ("item", sa.Text), ("kind", sa.Text), ("status", sa.Text), ("modality", sa.Text), ("denials", sa.Integer),
    ),
    "findings": (
        ("check", sa.Text), ("kind", sa.Text), ("subject_kind", sa.Text), ("subject", sa.Text), ("verdict", sa.Text),
        ("rank", sa.Integer),
    ),
    "drifts": (("document", sa.Text), ("parent", sa.Text), ("kind", sa.Text), ("confidence", sa.Double)),
}  # fmt: skip
INDEXES = (
    ("documents", "day"), ("documents", "added"), ("documents", "outlet"), ("claims", "document", "start"), ("claims", "source_name"),
    ("events", "first"), ("events", "origins"), ("events", "type"), ("transfers", "first"), ("transfers", "event"),
    ("findings", "rank", "check"), ("findings", "subject"), ("drifts", "document"), ("drifts", "confidence"),
)  # fmt: skip


def _of(name: str) -> str:
    return f"json_extract(r.value, '$.{name}')"


def _first(when: str) -> str:
    """The first day of an interval, '' for none: "2023-11/2024" begins on 2023-11-01."""
    start = f"substr({when}, 1, CASE instr({when}, '/') WHEN 0 THEN 99 ELSE instr({when}, '/') - 1 END)"
    return f"coalesce({start} || CASE length({start}) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END, '')"


def _last(when: str) -> str:
    """The last day of an interval, '' for none: "2023-11/2024" ends on 2024-12-31."""
    end = f"substr({when}, instr({when}, '/') + 1)"
    month = f"date({end} || '-01', '+1 month', '-1 day')"
    return f"coalesce(CASE length({end}) WHEN 4 THEN {end} || '-12-31' WHEN 7 THEN {month} ELSE {end} END, '')"


VALUES = {
    "documents": (
        f"coalesce(r.published, {_first('r.written')})", "r.published", "r.outlet", "r.agency", "r.title", "r.language",
        "r.words", "r.extracted", "r.at",
    ),
    "claims": (
        "r.document", _of("quote[0]"), "r.source_name", _of("stance"), _of("firmness"), _of("voice"), "r.confidence",
    ),
    "events": (
        "r.type", _first(_of("when")), _last(_of("when")), _of("status"), _of("modality"), _of("outcome"),
        _of("independent_origins"), f"coalesce({_of('reporters')}, 0)", "json_array_length(r.value, '$.reports')",
        "json_array_length(r.value, '$.denied_by')", _of("where[0]"), _of("where[1]"), _of("where[2]"),
        _of("participants"),
    ),
    "transfers": (
        _of("event"), _first(_of("when")), _last(_of("when")), _of("supplier"), _of("recipient"), _of("item"),
        f"coalesce({_of('kind')}, 'other')", _of("status"), _of("modality"), "json_array_length(r.value, '$.denied_by')",
    ),
    "findings": (
        'r."check"', _of("kind"), _of("subject_kind"), "r.subject", _of("verdict"),
        f"CASE {_of('verdict')} WHEN 'contradicted' THEN 0 WHEN 'tension' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END",
    ),
    "drifts": ("r.document", "r.parent", _of("kind"), _of("confidence")),
}  # fmt: skip
"""What each column holds, as SQL over a kept row ``r``."""

LISTS = {
    "now_parties": "SELECT r.id, json_extract(p.value, '$[0]'), json_extract(p.value, '$[1]') FROM {r} r, "
    "json_each(r.value, '$.participants') p WHERE json_extract(p.value, '$[0]') IS NOT NULL",
    "now_tellings": "SELECT r.id, d.value FROM {r} r, json_each(r.value, '$.reports') d",
}
"""What events hold in lists: who takes part, and the documents that tell of it."""


def _insert(name: str, rows: str) -> str:
    columns = ", ".join(f'"{c}"' for c in ("row", "id", *(c for c, _ in COLUMNS[name])))
    return f"INSERT INTO now_{name} ({columns}) SELECT r.row, r.id, {', '.join(VALUES[name])} FROM {rows}"


def _new(name: str) -> str:
    """The row that a trigger sees, under the name that the expressions use."""
    return f"(SELECT * FROM {name} WHERE row = NEW.row) r WHERE r.act <> 'withdrawn'"


def _standing(name: str) -> str:
    later = f"SELECT 1 FROM {name} l WHERE l.id = r.id AND l.version > r.version"
    return f"{name} r WHERE r.act <> 'withdrawn' AND NOT EXISTS ({later})"


def fill() -> None:
    """Fill the empty tables from the kept rows."""
    for name in COLUMNS:
        op.execute(_insert(name, _standing(name)))
    for name, select in LISTS.items():
        op.execute(
            f"INSERT OR IGNORE INTO {name} {select.format(r='(SELECT e.* FROM events e JOIN now_events n ON n.row = e.row)')}"
        )


def upgrade() -> None:
    """Make the tables, their triggers and indexes, and fill them. No kept row changes."""
    for name, columns in COLUMNS.items():
        op.create_table(
            f"now_{name}",
            sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("id", sa.Text, nullable=False),
            *(sa.Column(c, t) for c, t in columns),
            sa.UniqueConstraint("id", name=f"uq_now_{name}_id"),
        )
    parts = {"now_parties": ("event", "name", "role"), "now_tellings": ("event", "document")}
    for name, own in parts.items():
        op.create_table(name, *(sa.Column(c, sa.Text, primary_key=True) for c in own), sqlite_with_rowid=False)
    op.create_index("ix_now_parties_name", "now_parties", ["name"])
    op.create_index("ix_now_tellings_document", "now_tellings", ["document"])
    for name, *keys in INDEXES:
        op.create_index(f"ix_now_{name}_{keys[0]}", f"now_{name}", keys)
    if op.get_bind().dialect.name != "sqlite":
        return
    fill()
    for name in COLUMNS:
        extra = also = ""
        if name == "events":
            extra = "".join(f"DELETE FROM {t} WHERE event = NEW.id; " for t in LISTS)
            one = "(SELECT * FROM events WHERE row = NEW.row AND act <> 'withdrawn')"
            also = "".join(f"INSERT OR IGNORE INTO {t} {select.format(r=one)}; " for t, select in LISTS.items())
        op.execute(
            f"CREATE TRIGGER now_{name}_kept AFTER INSERT ON {name} BEGIN "
            f"DELETE FROM now_{name} WHERE id = NEW.id; {extra}{_insert(name, _new(name))}; {also}END"
        )
