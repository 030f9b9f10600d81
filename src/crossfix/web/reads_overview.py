"""What the overview asks of the record."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the record holds."""

    documents: int
    claims: int
    events: int
    transfers: int
    findings: int


def counts(connection: Connection) -> Counts:
    """How many of each stand now. An id counts once, and not where its newest version withdraws it."""

    def standing(table: str) -> int:
        gone = (
            f"SELECT count(*) FROM \"{table}\" t WHERE t.act = 'withdrawn' AND NOT EXISTS "
            f'(SELECT 1 FROM "{table}" l WHERE l.id = t.id AND l.version > t.version)'
        )
        found = connection.execute(text(f'SELECT (SELECT count(*) FROM "{table}" WHERE version = 1) - ({gone})'))
        return int(found.scalar_one())

    return Counts(*(standing(t) for t in ("documents", "claims", "events", "transfers", "findings")))
