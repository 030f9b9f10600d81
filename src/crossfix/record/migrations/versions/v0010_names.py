"""Lean tables for the site: agents with the names they go by, what findings say in a sentence, and the rows of public data they rest on.

As those of migration 0006 they are derived, and triggers keep them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AGENT = "r.row, r.id, json_extract(r.value, '$.name'), json_extract(r.value, '$.kind'), coalesce(json_extract(r.value, '$.document'), '')"
"""The columns of ``now_agents`` as SQL over a kept row ``r``."""
_HELD = "SELECT 1 FROM json_each(r.value, '$.grounds') g WHERE json_extract(g.value, '$[0]') = n.value AND json_extract(g.value, '$[3]')"
NAMES = (
    f"SELECT n.value, r.id, EXISTS ({_HELD} = 1) AND NOT EXISTS ({_HELD} = 0) FROM {{r}} r, json_each("
    "json_insert(json_extract(r.value, '$.aliases'), '$[#]', json_extract(r.value, '$.name'))) n WHERE n.value IS NOT NULL"
)
"""The names of agents, with whether a name means the agent in some documents only."""
USES = (
    "SELECT r.id, json_extract(s.value, '$[0]'), json_extract(s.value, '$[1]') FROM {r} r, json_each(r.value, '$.sources') s "
    "WHERE json_extract(s.value, '$[0]') IS NOT NULL AND json_extract(s.value, '$[1]') IS NOT NULL"
)
SUMMARY = "SELECT r.id, json_extract(r.value, '$.summary') FROM {r} r"


def _standing(name: str) -> str:
    later = f"SELECT 1 FROM {name} l WHERE l.id = r.id AND l.version > r.version"
    return f"(SELECT * FROM {name} r WHERE r.act <> 'withdrawn' AND NOT EXISTS ({later}))"


def _one(name: str) -> str:
    """The row that a trigger sees, where it stands."""
    return f"(SELECT * FROM {name} WHERE row = NEW.row AND act <> 'withdrawn')"


def _agents(rows: str) -> tuple[str, ...]:
    return (
        f"INSERT INTO now_agents (row, id, name, kind, document) SELECT {AGENT} FROM {rows} r",
        f"INSERT OR IGNORE INTO now_names (name, agent, local) {NAMES.format(r=rows)}",
    )


def _findings(rows: str) -> tuple[str, ...]:
    return (
        f'INSERT OR IGNORE INTO now_uses (finding, "table", "key") {USES.format(r=rows)}',
        f"INSERT OR IGNORE INTO now_summaries (finding, summary) {SUMMARY.format(r=rows)}",
    )


def fill() -> None:
    """Fill the empty tables from the kept rows."""
    for statement in (*_agents(_standing("agents")), *_findings(_standing("findings"))):
        op.execute(statement)


def upgrade() -> None:
    """Make the tables, their triggers and indexes, and fill them. No kept row changes."""
    op.create_table(
        "now_agents",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        *(sa.Column(c, sa.Text) for c in ("name", "kind", "document")),
        sa.UniqueConstraint("id", name="uq_now_agents_id"),
    )
    op.create_index("ix_now_agents_name", "now_agents", ["document", "name"])
    for name, keys, rest in (
        ("now_names", ("agent", "name"), (sa.Column("local", sa.Integer),)),
        ("now_uses", ("finding", "table", "key"), ()),
        ("now_summaries", ("finding",), (sa.Column("summary", sa.Text),)),
    ):
        columns = [sa.Column(k, sa.Text, primary_key=True) for k in keys]
        op.create_table(name, *columns, *rest, sqlite_with_rowid=False)
    op.create_index("ix_now_names_name", "now_names", ["name"])
    op.create_index("ix_now_uses_table", "now_uses", ["table", "key"])
    if op.get_bind().dialect.name != "sqlite":
        return
    fill()
    agents = "; ".join(
        (
            "DELETE FROM now_agents WHERE id = NEW.id",
            "DELETE FROM now_names WHERE agent = NEW.id",
            *_agents(_one("agents")),
        )
    )
    gone = (f"DELETE FROM {t} WHERE finding = NEW.id" for t in ("now_uses", "now_summaries"))
    op.execute(f"CREATE TRIGGER now_agents_kept AFTER INSERT ON agents BEGIN {agents}; END")
    op.execute(
        f"CREATE TRIGGER now_findings_told AFTER INSERT ON findings BEGIN {'; '.join((*gone, *_findings(_one('findings'))))}; END"
    )
