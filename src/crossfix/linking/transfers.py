"""Which transfers, told in different documents, are one; and where the documents differ on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crossfix.coding.item_kinds import Kinds, kinds_of
from crossfix.linking.event_accounts import account, chain_words
from crossfix.linking.event_told import COARSE_DAYS, span
from crossfix.linking.names import content_words, party_key, short_id
from crossfix.linking.typed import amounts, legs
from crossfix.model import Interval, Status, Transfer
from crossfix.record.rows import Account, Evidence, TransferRow

_NUMBER = re.compile(r"\d[\d,.]*")
ITEM_SHARE = 0.6
"""The share of words (Dice) that two items must have in common."""
# words for goods that say nothing of their kind
_ANY_ITEM = frozenset(
    "arm weapon weaponry munition ammunition shipment material equipment military container cargo".split()
)


@dataclass(frozen=True, slots=True)
class Dealt:
    """A transfer as one document tells it, with the document's publication date, origin and outlet, and the joined event
    that it is part of."""

    document: str
    transfer: Transfer
    published: str | None = None
    origin: str = ""
    outlet: str | None = None
    event: str | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By date of the transfer, then of the document, then by id."""
        when = self.transfer.when
        return (when.first.isoformat() if when else "9999", self.published or "9999", self.document, self.transfer.id)


def block_keys(dealt: Dealt) -> list[str]:
    """Where a transfer meets those that may be the same: its two parties and each month it may have been in, or what it is of
    where it has no date. None where neither party is named."""
    t = dealt.transfer
    if not t.supplier and not t.recipient:
        return []
    parties = f"transfer {party_key(t.supplier)} > {party_key(t.recipient)}"
    if t.when is None:
        return [f"{parties} {' '.join(sorted(content_words(t.item)))}"]
    if span(t.when) > COARSE_DAYS:
        return [f"{parties} {t.when}"]
    first, last = t.when.first, t.when.last
    months = {(d.year, d.month) for d in (first, last)}
    middle = first.year * 12 + first.month
    if (last.year * 12 + last.month) - middle == 2:
        months.add((middle // 12, middle % 12 + 1))
    return [f"{parties} {y:04d}-{m:02d}" for y, m in sorted(months)]


def agree(a: Dealt, b: Dealt) -> str | None:
    """Why two tellings are of one transfer, None where they may not be; the same whichever comes first.

    Supplier and recipient must agree. Two tellings of one joined event agree where their items may be one. Others agree where
    item, quantity and date do; a missing date agrees with any only between documents of one origin, or where both lack it and
    the items are the same.
    """
    x, y = a.transfer, b.transfer
    if a.document == b.document or x.modality != y.modality or not (x.supplier or x.recipient):
        return None
    if a.event is not None and a.event == b.event:
        items = _dice(x.item, y.item) >= ITEM_SHARE or _may_be_one_item(x, y)
        sides = all(not p or not q or party_key(p) == party_key(q) for p, q in _sides(x, y))
        return "supplier, recipient and item of one event agree" if items and sides else None
    if any(party_key(p) != party_key(q) for p, q in _sides(x, y)):
        return None
    if x.quantity and y.quantity and _numbers(x.quantity) != _numbers(y.quantity):
        return None
    items_share = _dice(x.item, y.item)
    if items_share < ITEM_SHARE:
        return None
    why = "supplier, recipient, item and date agree"
    if x.when is not None and y.when is not None:
        fine = max(span(x.when), span(y.when)) <= COARSE_DAYS
        return why if x.when == y.when or (x.when.overlaps(y.when) and fine) else None
    if a.origin and a.origin == b.origin:
        return "supplier, recipient and item agree in reports of one origin"
    return (
        "supplier, recipient and item agree, told undated"
        if x.when is None and y.when is None and items_share == 1.0
        else None
    )


def _sides(x: Transfer, y: Transfer) -> list[tuple[str | None, str | None]]:
    return [(x.supplier, y.supplier), (x.recipient, y.recipient)]


def _may_be_one_item(x: Transfer, y: Transfer) -> bool:
    """True where both are of one kind, or one says no more than "arms"."""
    if x.kind == y.kind and x.kind != "other":
        return True
    return any(content_words(t.item) <= _ANY_ITEM for t in (x, y))


def _numbers(text: str) -> frozenset[str]:
    return frozenset(n.replace(",", "").rstrip(".") for n in _NUMBER.findall(text))


def _dice(a: str, b: str) -> float:
    x, y = content_words(a), content_words(b)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


_Signature = tuple[object, ...]


def _signature(d: Dealt) -> _Signature:
    t = d.transfer
    return (t.supplier, t.recipient, t.item, t.kind, t.quantity, t.when, t.modality, d.origin, d.event)


@dataclass(slots=True)
class _Group:
    members: list[Dealt] = field(default_factory=list)
    faces: dict[_Signature, Dealt] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)

    def takes(self, d: Dealt) -> bool:
        return d.document not in self.documents and all(agree(d, f) for f in self.faces.values())


def group(told: Iterable[Dealt]) -> list[list[Dealt]]:
    """The transfers joined, each with the first group that it agrees with throughout, in order of date."""
    groups: list[_Group] = []
    met: dict[str, list[int]] = {}
    for d in sorted(told, key=lambda d: d.order):
        keys = [
            *block_keys(d),
            *([f"event {d.event}"] if d.event else []),
            *([f"origin {d.origin}"] if d.origin else []),
        ]
        near = sorted({n for k in keys for n in met.get(k, ())})
        home = next((n for n in near if groups[n].takes(d)), None)
        if home is None:
            home = len(groups)
            groups.append(_Group())
        groups[home].members.append(d)
        groups[home].faces.setdefault(_signature(d), d)
        groups[home].documents.add(d.document)
        for k in keys:
            at = met.setdefault(k, [])
            if home not in at[-1:]:
                at.append(home)
    return [g.members for g in groups]


def joined(told: Sequence[Dealt], event: str | None) -> TransferRow:
    """What the documents together say of one transfer; ``event`` is the joined event it belongs to."""
    line = sorted(told, key=lambda d: (d.published or "9999", d.document, d.transfer.evidence.start, d.transfer.id))
    ts = [d.transfer for d in line]
    first = min(told, key=lambda d: d.order).transfer
    dated = sorted((t.when for t in ts if t.when is not None), key=lambda w: (span(w), str(w)))
    told_by = [(d.document, d.transfer) for d in line]
    item = _fullest(t.item for t in ts) or ""
    kind = kinds_of(item)
    if kind.kind == "other":  # a document may tell the kind of its bare "missiles" elsewhere
        known = min((t for t in ts if t.kind != "other"), key=lambda t: (t.kind, t.kind_word), default=None)
        kind = Kinds(known.kind, known.kinds, known.kind_word) if known is not None else kind
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
        accounts=accounts(line),
        why=_why(line),
        kind=kind.kind,
        kinds=kind.kinds,
        kind_word=kind.word,
        amounts=amounts(told_by),
        legs=legs(told_by),
    )


def _why(line: Sequence[Dealt]) -> str:
    if len(line) == 1:
        return "told once"
    faces = list({_signature(d): d for d in line}.values())[:40]
    some = faces if len(faces) > 1 else line[:2]
    return min((r for n, a in enumerate(some) for b in some[:n] if (r := agree(a, b))), default="told once")


def accounts(line: Sequence[Dealt]) -> tuple[Account, ...]:
    """The fields in which documents differ, each value with its passages and who says it there."""
    readers: Mapping[str, tuple[Callable[[Transfer], str | None], Callable[[str], object]]] = {
        "supplier": (lambda t: t.supplier, party_key),
        "recipient": (lambda t: t.recipient, party_key),
        "item": (lambda t: t.item, content_words),
        "quantity": (lambda t: t.quantity, lambda q: _numbers(q) or q.casefold()),
        "date": (lambda t: str(t.when) if t.when else None, Interval.parse),
        "route": (lambda t: t.route, content_words),
        "status": (lambda t: t.status, str),
    }
    out: list[Account] = []
    for name, (read, fold) in readers.items():
        told: dict[str, dict[Evidence, str]] = {}
        for d in line:
            value = read(d.transfer)
            if value:
                at = Evidence(d.document, d.transfer.evidence.start, d.transfer.evidence.end)
                told.setdefault(value, {})[at] = chain_words(
                    (*([d.outlet] if d.outlet else []), *d.transfer.alleged_by), None
                )
        if len({fold(v) for v in told}) > 1:
            out += [account(name, v, by) for v, by in sorted(told.items())]
    return tuple(out)


def _fullest(values: Iterable[str | None]) -> str | None:
    return min((v for v in values if v), key=lambda v: (-len(v), v), default=None)


def _status(ts: Sequence[Transfer]) -> Status:
    told: list[Status] = [t.status for t in ts]
    if "confirmed_by_actor" in told:
        return "confirmed_by_actor"
    careful: tuple[Status, ...] = ("alleged", "reported", "denied")
    return max(careful, key=lambda s: (told.count(s), -careful.index(s)))
