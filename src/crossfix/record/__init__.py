"""Keeps documents, claims, events and transfers: append-only, searchable, with history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossfix.record.store import Record as Record

__all__ = ["Record"]


def __getattr__(name: str) -> object:
    # the database library takes a third of a second to import: only whoever opens a record pays for it
    if name == "Record":
        from crossfix.record.store import Record

        return Record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
