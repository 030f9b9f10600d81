"""Joins what several documents tell: reprints and origins, agents, events and transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossfix.record.rows import LinkSummary
    from crossfix.record.store import Record

__all__ = ["link"]


def link(record: Record) -> LinkSummary:
    """Take the record's new documents into its origins, agents, events and transfers.

    Appends rows only where a result is new or changed. What comes out does not depend on the order in which documents
    were added. Nothing happens where no document is new. Raises RecordBusy, DiskFull or RecordError; the record is
    then as before.
    """
    from crossfix.linking.run import link_new

    return link_new(record)
