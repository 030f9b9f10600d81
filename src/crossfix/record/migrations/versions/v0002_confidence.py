"""How likely a claim's attribution is to stand, and whether a document was read by the rules alone.

The words that set a claim's firmness need no column: they stand in the claim's value. Rows that are there keep null in both: nothing
was estimated for them, and nothing is filled in afterwards.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns. Adding a column changes no row, so the guards against overwriting stay in place."""
    op.add_column("claims", sa.Column("confidence", sa.Double, nullable=True))
    op.add_column("documents", sa.Column("fast", sa.Boolean, nullable=True))
