"""Alembic's entry. It is only ever run by ``crossfix.record``, which hands over an open connection in a transaction."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
# the caller's transaction holds all of it, so that a run killed half way leaves nothing of a new version behind
context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()
