"""The indexes of linking in a leaner form: one tree each, where there were a table and a tree.

Both are derived from kept rows, so they are made anew and empty; the next linking fills them (their fingerprints changed too).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two indexes anew. No kept row changes."""
    sketches = [
        sa.Column(c, t, primary_key=True, autoincrement=False)
        for c, t in (("hash", sa.BigInteger), ("document", sa.Integer))
    ]
    blocks = [sa.Column(c, sa.Text, primary_key=True) for c in ("key", "mention")]
    for name, columns in (("sketches", sketches), ("blocks", blocks)):
        op.drop_table(name)
        op.create_table(name, *columns, sqlite_with_rowid=False)
