"""A small tree for the latest fingerprints beside the large one. Derived: nothing kept changes, and nothing has to be made again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    columns = [
        sa.Column(c, t, primary_key=True, autoincrement=False)
        for c, t in (("hash", sa.BigInteger), ("document", sa.Integer))
    ]
    op.create_table("fresh_sketches", *columns, sqlite_with_rowid=False)
