"""The history of a row: every version of it, with who, when and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.record.reviews_rows import KINDS
from crossfix.record.rows import HistoryRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

_HEAD = ("row", "id", "version", "at", "by", "act", "why")
# bulky, and the same for ever
_LEFT_OUT = ("originals", "texts", "annotations")


def history(record: Record, id_: str) -> list[HistoryRow]:
    """See ``Record.history``. A document's beginning stands for it. What people said of the row is in it, each act and each undoing under
    the act's own id."""
    out: list[HistoryRow] = []
    with record.reading() as connection:
        for name, table in schema.KEPT.items():
            if name in _LEFT_OUT:
                continue
            for r in connection.execute(select(table).where(table.c.id == id_)).mappings():
                value = {k: v for k, v in r.items() if k not in _HEAD}
                out.append(HistoryRow(id_, r["version"], r["at"], r["by"], r["act"], r["why"], value, name))
        out += _reviews(record, id_)
        if not out:
            try:
                sha = record.document(id_).sha256
            except UnknownId:
                raise UnknownId(f"nothing in the record has the id {id_[:80]!r}") from None
            return history(record, sha)
    return sorted(out, key=lambda h: (h.at, h.table, h.version))


def _reviews(record: Record, id_: str) -> list[HistoryRow]:
    """Acts about a row, by the id that it has now or had when they were made."""
    from crossfix.record.reviews import told
    from crossfix.record.reviews_overlay import overlay

    said = overlay(record)
    acts = {a.number: a for kind in KINDS for a in said.of(kind, id_)} | {
        a.number: a for a in said.acts if a.target == id_
    }
    out = []
    for _, a in sorted(acts.items()):
        value = {
            "verb": a.verb,
            "field": a.field,
            "value": a.value,
            "before": a.before,
            "told": told(replace(a, undone=False)),
        }
        out.append(HistoryRow(a.id, 1, a.at, a.by, a.verb, a.why, value, "reviews"))
        if a.undone:
            out.append(
                HistoryRow(a.id, 2, a.undone_at or "", a.undone_by or "", "withdrawn", a.undone_why, value, "reviews")
            )
    return out
