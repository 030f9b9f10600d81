"""Which transfers, told in different documents, are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossfix.coding.item_kinds import kinds_of
from crossfix.linking.names import content_words, party_key, short_id
from crossfix.linking.typed import amounts, legs
from crossfix.model import Interval, Status, Transfer
from crossfix.record.rows import Evidence, TransferRow

_NUMBER = re.compile(r"\d[\d,.]*")
ITEM_SHARE = 0.6
"""The share of words (Dice) that two items must have in common."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """A transfer as one document tells it, with the document's publication date and origin."""

    document: str
    transfer: Transfer
    published: str | None = None
    origin: str = ""

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By date of the transfer, then of the document, then by id."""
        when = self.transfer.when
        return (when.first.isoformat() if when else "9999", self.published or "9999", self.document, self.transfer.id)


def block_key(dealt: Dealt) -> str | None:
    """Where a transfer meets those that may be the same: its two parties; None where neither is named."""
    t = dealt.transfer
    if not t.supplier and not t.recipient:
        return None
    return f"transfer {party_key(t.supplier)} > {party_key(t.recipient)}"


def agree(a: Dealt, b: Dealt) -> bool:
    """True where supplier, recipient, item and date agree; the same whichever comes first.

    A missing date agrees with any only between documents of one origin, or where both lack it and the items are the
    same.
    """
    x, y = a.transfer, b.transfer
    if a.document == b.document or x.modality != y.modality or not (x.supplier or x.recipient):
        return False
    if party_key(x.supplier) != party_key(y.supplier) or party_key(x.recipient) != party_key(y.recipient):
        return False
    if x.quantity and y.quantity and _numbers(x.quantity) != _numbers(y.quantity):
        return False
    items = _dice(x.item, y.item)
    if items < ITEM_SHARE:
        return False
    if x.when is not None and y.when is not None:
        return x.when == y.when or (x.when.overlaps(y.when) and max(_days(x.when), _days(y.when)) <= 62)
    return (bool(a.origin) and a.origin == b.origin) or (x.when is None and y.when is None and items == 1.0)


def _days(when: Interval) -> int:
    return (when.last - when.first).days + 1


def _numbers(text: str) -> frozenset[str]:
    return frozenset(n.replace(",", "").rstrip(".") for n in _NUMBER.findall(text))


def _dice(a: str, b: str) -> float:
    x, y = content_words(a), content_words(b)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def group(told: Iterable[Dealt]) -> list[list[Dealt]]:
    """The transfers joined, each with the first group that it agrees with throughout, in order of date."""
    groups: list[list[Dealt]] = []
    for d in sorted(told, key=lambda d: d.order):
        home = next((g for g in groups if all(agree(d, m) for m in g)), None)
        if home is None:
            groups.append([d])
        else:
            home.append(d)
    return groups


def joined(told: Sequence[Dealt], event: str | None) -> TransferRow:
    """What the documents together say of one transfer; ``event`` is the joined event it belongs to."""
    line = sorted(told, key=lambda d: (d.published or "9999", d.document, d.transfer.evidence.start, d.transfer.id))
    ts = [d.transfer for d in line]
    first = min(told, key=lambda d: d.order).transfer
    dated = sorted((t.when for t in ts if t.when is not None), key=lambda w: (_days(w), str(w)))
    told_by = [(d.document, d.transfer) for d in line]
    item = _fullest(t.item for t in ts) or ""
    kind = kinds_of(item)
    return TransferRow(
        id=short_id("T", first.id),
        event=event,
        supplier=_fullest(t.supplier for t in ts),
        recipient=_fullest(t.recipient for t in ts),
        item=item,
        quantity=_fullest(t.quantity for t in ts),
        when=str(dated[0]) if dated else None,
        route=_fullest(t.route for t in ts),
        status=_status(ts),
        modality=ts[0].modality,
        alleged_by=tuple(dict.fromkeys(n for t in ts for n in t.alleged_by)),
        denied_by=tuple(dict.fromkeys(n for t in ts for n in t.denied_by)),
        evidence=tuple(
            sorted({Evidence(d.document, d.transfer.evidence.start, d.transfer.evidence.end) for d in line})
        ),
        kind=kind.kind,
        kinds=kind.kinds,
        kind_word=kind.word,
        amounts=amounts(told_by),
        legs=legs(told_by),
    )


def _fullest(values: Iterable[str | None]) -> str | None:
    return min((v for v in values if v), key=lambda v: (-len(v), v), default=None)


def _status(ts: Sequence[Transfer]) -> Status:
    told: list[Status] = [t.status for t in ts]
    if "confirmed_by_actor" in told:
        return "confirmed_by_actor"
    careful: tuple[Status, ...] = ("alleged", "reported", "denied")
    return max(careful, key=lambda s: (told.count(s), -careful.index(s)))
