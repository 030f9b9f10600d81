"""What a person decided (merges and splits), and what changed along a chain of descent.

Both tables are kept as all others are: guarded against overwriting, every row with who, when and why.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables, their guards and indexes. No row of an older table changes."""
    columns = {"drifts": [sa.Column(c, sa.Text, nullable=False) for c in ("document", "parent")], "decisions": []}
    for name, own in columns.items():
        op.create_table(
            name,
            sa.Column("row", sa.Integer, primary_key=True),
            sa.Column("id", sa.Text, nullable=False),
            sa.Column("version", sa.Integer, nullable=False),
            *(sa.Column(c, sa.Text, nullable=False) for c in ("at", "by", "act", "why")),
            *own,
            sa.Column("value", sa.JSON, nullable=False),
            sa.UniqueConstraint("id", "version", name=f"uq_{name}_id_version"),
        )
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER no_{verb.lower()}_{name} BEFORE {verb} ON {name} "
                    "BEGIN SELECT RAISE(ABORT, 'nothing in a record is overwritten'); END"
                )
    op.create_index("ix_drifts_document", "drifts", ["document"])
    op.create_index("ix_drifts_parent", "drifts", ["parent"])
