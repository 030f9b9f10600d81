"""The history of a row: every version of it, with who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.record.rows import HistoryRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

_HEAD = ("row", "id", "version", "at", "by", "act", "why")
# bulky, and the same for ever
_LEFT_OUT = ("originals", "texts", "annotations")


def history(record: Record, id_: str) -> list[HistoryRow]:
    """See ``Record.history``. A document's beginning stands for it."""
    out: list[HistoryRow] = []
    with record.reading() as connection:
        for name, table in schema.KEPT.items():
            if name in _LEFT_OUT:
                continue
            for r in connection.execute(select(table).where(table.c.id == id_)).mappings():
                value = {k: v for k, v in r.items() if k not in _HEAD}
                out.append(HistoryRow(id_, r["version"], r["at"], r["by"], r["act"], r["why"], value, name))
        if not out:
            try:
                sha = record.document(id_).sha256
            except UnknownId:
                raise UnknownId(f"nothing in the record has the id {id_[:80]!r}") from None
            return history(record, sha)
    return sorted(out, key=lambda h: (h.at, h.table, h.version))
