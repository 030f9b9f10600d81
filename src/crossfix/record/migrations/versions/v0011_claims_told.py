"""An index from which claims are counted by document, voice and stance without reading a row: the timeline's lanes count all of them."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index. No kept row changes."""
    op.create_index("ix_now_claims_told", "now_claims", ["document", "voice", "stance"])
