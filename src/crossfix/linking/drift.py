"""What changed on the way from one telling to the next: a speaker lost, a hedge dropped, a figure moved.

A document is held against the one it was made from, sentence by sentence: each changed sentence of the child goes to the parent's
sentence that it shares most with, rare words weighing more, and the two are compared. It costs the product of two texts' changed
sentences at most, and each document has one parent, so an origin's cost grows with its documents. Where a check is not
sure it says nothing: to accuse wrongly is worse than to miss.
"""

from __future__ import annotations

from crossfix.linking.drift_kinds import KINDS, Found, checks, number_moved
from crossfix.linking.drift_text import Sides, Telling, Unit
from crossfix.linking.names import short_id
from crossfix.record.rows import DriftRow, Evidence

__all__ = ["CONFIDENT", "KINDS", "Telling", "drifts", "worst_first"]

CONFIDENT = 0.6
"""What is less likely than this to be agreed with is not reported."""
_RANK: dict[str, int] = {k: n for n, k in enumerate(KINDS)}
MOST_SENTENCES = 400
"""Of longer texts the first so many sentences are compared."""


def drifts(parent: Telling, child: Telling) -> list[DriftRow]:
    """The changes from a parent's telling to a child's, in order of the child's text.

    One row a kind and child's sentence. The same two texts give the same rows and ids.
    """
    sides = Sides(_short(parent), _short(child))
    out: dict[str, DriftRow] = {}
    found = [f for best in sides.pairs() for f in checks(sides, best)]
    found += [f for c in sides.changed for f in number_moved(sides, c)]
    for row in map(_row, found):
        if row.confidence >= CONFIDENT:
            out.setdefault(row.id, row)
    return sorted(out.values(), key=lambda r: (r.child.start, _RANK[r.kind], r.id))


def worst_first(rows: list[DriftRow]) -> list[DriftRow]:
    """By confidence in steps of a tenth, then by kind, the worst kind first."""
    return sorted(rows, key=lambda r: (-round(r.confidence, 1), _RANK[r.kind], r.child, r.id))


def _short(t: Telling) -> Telling:
    if len(t.sentences) <= MOST_SENTENCES:
        return t
    from dataclasses import replace

    return replace(t, sentences=t.sentences[:MOST_SENTENCES])


def _row(found: Found) -> DriftRow:
    p, c = found.pair.parent, found.pair.child
    parent, child = _evidence(p), _evidence(c)
    a, b = p.claim_at(found.parent_at), c.claim_at(found.child_at)
    id_ = short_id("D", found.kind, parent.document, child.document, str(parent.start), str(child.start))
    confidence = round(min(0.99, found.confidence), 2)
    return DriftRow(id_, found.kind, parent, child, a.id if a else None, b.id if b else None, found.what, confidence)


def _evidence(u: Unit) -> Evidence:
    end = u.start + len(u.text.rstrip())
    return Evidence(u.telling.document, u.start, end)
