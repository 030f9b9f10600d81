"""Dossiers that people put together: what stands in each, in which order, in whose words. No row of an older table changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and its guards."""
    op.create_table(
        "dossiers",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(c, sa.Text, nullable=False) for c in ("at", "by", "act", "why")),
        sa.Column("value", sa.JSON, nullable=False),
        sa.UniqueConstraint("id", "version", name="uq_dossiers_id_version"),
    )
    if op.get_bind().dialect.name != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER no_{verb.lower()}_dossiers BEFORE {verb} ON dossiers "
            "BEGIN SELECT RAISE(ABORT, 'nothing in a record is overwritten'); END"
        )
