"""What changed on the way from one telling to the next, beside the event and the claim that it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from crossfix.dossier import words
from crossfix.dossier.view import Cite, DriftLine, Excerpt
from crossfix.linking.drift import worst_first
from crossfix.record.rows import ClaimRow, DriftRow, EventRow, Evidence


class Drifts:
    """The drifts of a dossier's rows: which concern an event, which a claim, and which neither of those shown."""

    def __init__(self, rows: Iterable[DriftRow]) -> None:
        self.rows = worst_first(list(rows))
        self.of_claim: dict[str, list[str]] = defaultdict(list)
        for d in self.rows:
            for claim in {d.parent_claim, d.child_claim} - {None}:
                self.of_claim[str(claim)].append(d.id)
        self.placed: set[str] = set()

    def of_event(self, e: EventRow, claims: Sequence[ClaimRow]) -> list[DriftRow]:
        """Those whose passages hold a mention of the event or one of its claims, the worst first. Each stands beside one event only;
        the claims it concerns lead to it from wherever they are shown."""
        ids = {c.id for c in claims}
        spots: dict[str, list[Evidence]] = defaultdict(list)
        for m in e.mentions:
            spots[m.document].append(m)
        rest = (d for d in self.rows if d.id not in self.placed)
        found = [d for d in rest if ids & {d.parent_claim, d.child_claim} or _holds(d, spots)]
        self.placed |= {d.id for d in found}
        return found

    def others(self, claims: Iterable[ClaimRow]) -> list[DriftRow]:
        """Those that stand beside no event shown but concern one of the claims, or a document of theirs in no claim at all."""
        shown = list(claims)
        ids = {c.id for c in shown}
        documents = {c.document for c in shown}
        return [
            d
            for d in self.rows
            if d.id not in self.placed
            and (ids & {d.parent_claim, d.child_claim} or (not d.child_claim and d.child.document in documents))
        ]


def _holds(d: DriftRow, spots: dict[str, list[Evidence]]) -> bool:
    return any(m.start < p.end and p.start < m.end for p in d.evidence for m in spots.get(p.document, ()))


def line(
    d: DriftRow,
    outlet: Callable[[str], str],
    excerpt: Callable[[Evidence], Excerpt],
    cite: Callable[[Iterable[Evidence], str], tuple[Cite, ...]],
) -> DriftLine:
    """A drift as the dossier shows it, both passages cited."""
    before, after = (
        (outlet(e.document), excerpt(e), cite([e], f"Change {d.id}, {word}"))
        for word, e in (("before", d.parent), ("after", d.child))
    )
    return DriftLine(d.id, d.kind.replace("_", " "), d.what, words.percent(d.confidence), before, after)
