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
    were added. Nothing happens where no document is new. Many documents are taken in portions, each kept as a whole. Raises
    RecordBusy, DiskFull or RecordError; the record is then as after the last portion, and the rest is still new.
    """
    from crossfix.linking.run import link_all

    return link_all(record)
