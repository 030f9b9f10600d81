"""What people said of what was read: accepted, rejected, corrected, graded, noted. No row of an older table changes.

The index over confidence lets a queue begin with what is least sure.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, its guards and indexes."""
    op.create_table(
        "reviews",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(c, sa.Text, nullable=False) for c in ("at", "by", "act", "why", "kind", "target")),
        sa.Column("value", sa.JSON, nullable=False),
        sa.UniqueConstraint("id", "version", name="uq_reviews_id_version"),
    )
    op.create_index("ix_reviews_target", "reviews", ["target"])
    op.create_index("ix_now_claims_confidence", "now_claims", ["confidence", "id"])
    if op.get_bind().dialect.name != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER no_{verb.lower()}_reviews BEFORE {verb} ON reviews "
            "BEGIN SELECT RAISE(ABORT, 'nothing in a record is overwritten'); END"
        )
