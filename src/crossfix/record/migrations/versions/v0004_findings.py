"""What the checks found, and which documents each check was last run over.

Both tables are kept as all others are: guarded against overwriting, every row with who, when and why.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables, their guards and indexes. No row of an older table changes."""
    for name, own in {"findings": ("check", "subject"), "check_runs": ()}.items():
        op.create_table(
            name,
            sa.Column("row", sa.Integer, primary_key=True),
            sa.Column("id", sa.Text, nullable=False),
            sa.Column("version", sa.Integer, nullable=False),
            *(sa.Column(c, sa.Text, nullable=False) for c in ("at", "by", "act", "why", *own)),
            sa.Column("value", sa.JSON, nullable=False),
            sa.UniqueConstraint("id", "version", name=f"uq_{name}_id_version"),
        )
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER no_{verb.lower()}_{name} BEFORE {verb} ON {name} "
                    "BEGIN SELECT RAISE(ABORT, 'nothing in a record is overwritten'); END"
                )
    op.create_index("ix_findings_check", "findings", ["check"])
    op.create_index("ix_findings_subject", "findings", ["subject"])
