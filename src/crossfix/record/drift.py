"""Drifts in the record: kept, withdrawn where two documents are no longer parent and child, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossfix.errors import UnknownId
from crossfix.record import schema
from crossfix.record.rows import DriftRow, Evidence

if TYPE_CHECKING:
    from crossfix.record.store import Record

Json = dict[str, Any]


def drift_out(d: DriftRow) -> Json:
    """A drift without its id."""
    return {
        "kind": d.kind, "parent": [d.parent.document, d.parent.start, d.parent.end],
        "child": [d.child.document, d.child.start, d.child.end], "parent_claim": d.parent_claim,
        "child_claim": d.child_claim, "what": d.what, "confidence": d.confidence,
    }  # fmt: skip


def drift_in(id_: str, v: Mapping[str, Any]) -> DriftRow:
    """The drift again."""
    return DriftRow(
        id_, v["kind"], Evidence(*v["parent"]), Evidence(*v["child"]), v["parent_claim"], v["child_claim"], v["what"],
        v["confidence"],
    )  # fmt: skip


def put_drifts(record: Record, found: Sequence[DriftRow], left: Iterable[tuple[str, str]] = ()) -> None:
    """Keep what was found; withdraw what stands between documents (parent, child) that are no longer such."""
    t = schema.drifts
    with record.transaction():
        gone: dict[str, str] = {}
        pairs = sorted(set(left))
        for parent, child in pairs:
            for r in record.current(t, t.c.document == child, t.c.parent == parent):
                gone[r["id"]] = "the document is held to be made from another now"
        record.withdraw(t, gone)
        rows = {d.id: {"document": d.child.document, "parent": d.parent.document, "value": drift_out(d)} for d in found}
        record.append(t, rows, act="linked", why={d.id: d.what for d in found})


def drifts(record: Record, documents: Iterable[str] | None = None) -> list[DriftRow]:
    """The drifts that stand, by the child's document and place; those alone whose child is one of ``documents``, where given."""
    t = schema.drifts
    with record.reading():
        rows = []
        if documents is None:
            rows = record.current(t)
        else:
            wanted = sorted(set(documents))
            for i in range(0, len(wanted), 400):
                rows += record.current(t, t.c.document.in_(wanted[i : i + 400]))
    found = [drift_in(r["id"], r["value"]) for r in rows]
    return sorted(found, key=lambda d: (d.child, d.kind, d.id))


def drift(record: Record, id_: str) -> DriftRow:
    """The drift of this id. Raises UnknownId."""
    found = record.current_of(schema.drifts, [id_])
    if id_ not in found:
        raise UnknownId(f"no drift has the id {id_[:80]!r}", advice="list them with: crossfix drift")
    return drift_in(id_, found[id_]["value"])
