"""From supply statements to transfers: the party a sentence leaves out, repeats joined, who alleges and who denies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from crossfix.coding import denials, items
from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_scene import Scene, Standing
from crossfix.coding.item_kinds import kinds_of
from crossfix.coding.transfers_supply import Supply, lx_party, pictured
from crossfix.model import Interval, ItemKind, Span, Status, Time, Transfer, TransferModality
from crossfix.reference.outlets import by_name

LOOK_BACK = 120
DEALINGS = re.compile(
    r"\b(?:arms|weapons|military|missile) (?:deals?|dealings|trade|transfers?|cooperation|ties|partnership|shipments)\b",
    re.I,
)


@dataclass(slots=True)
class Draft:
    """A transfer in the making; ``passages`` are the trigger's first, then those of repeats."""

    supply: Supply
    span: Span
    suppliers: list[str]
    recipients: list[str]
    standing: Standing
    time: Time | None
    generic: bool
    words: frozenset[str]
    status: Status
    denied_by: list[str] = field(default_factory=list)
    alleged_by: list[str] = field(default_factory=list)
    passages: list[Span] = field(default_factory=list)
    supplier_inferred: bool = False
    recipient_inferred: bool = False
    lasting: Interval | None = None
    """From the day it began to that of the report, for what is told by its beginning."""
    not_done: list[Draft] = field(default_factory=list)
    """Statements that it has not happened, joined to the wish or offer they qualify; each is an event denied."""

    @property
    def when(self) -> Interval | None:
        """The days it is said to have happened, where that can be said."""
        return self.time.interval if self.time is not None else None

    @property
    def modality(self) -> TransferModality:
        """Actual, offered, wanted, predicted or negated."""
        return self.supply.modality

    @property
    def at(self) -> int:
        """Where it stands in the text."""
        return self.span.start

    @property
    def parties(self) -> frozenset[str]:
        """Suppliers and recipients together."""
        return frozenset((*self.suppliers, *self.recipients))

    @property
    def pair(self) -> tuple[frozenset[str], frozenset[str]]:
        """Suppliers and recipients."""
        return frozenset(self.suppliers), frozenset(self.recipients)


def drafts(scene: Scene, found: list[Supply]) -> list[Draft]:
    """Transfers of a document, in order, each with both parties where the text or its dealings give them."""
    dealings = _dealings(scene, found)
    out: list[Draft] = []
    for s in found:
        d = _draft(scene, s, dealings)
        if d is None:
            continue
        same = next((o for o in reversed(out[-LOOK_BACK:]) if _repeats(d, o)), None)
        if same is not None:
            _join(same, d)
        else:
            out.append(d)
    settled = _settle(out)
    denials.apply(scene.claims, settled)
    return settled


# ------------------------------------------------------------------ parties


def _dealings(scene: Scene, found: list[Supply]) -> list[tuple[int, str, str]]:
    """(token, supplier or "", other party): every pair of the document that is said to deal in arms, in order."""
    out = [
        (s.head.i, a, b)
        for s in found
        for a in s.suppliers
        for b in s.recipients
        if a != b and lx_party(a) and lx_party(b)
    ]
    for t in scene.parse.tokens:
        if t.lower == "between" and t.dep == "prep":
            head = scene.parse.head(t)
            left = scene.parse.tokens[head.left].start
            if DEALINGS.search(scene.parse.text[left : head.end]):
                for o in scene.parse.children(t, "pobj"):
                    names = scene.parties.states(o)
                    if len(names) >= 2:
                        out.append((t.i, names[0], names[1]))
    return sorted(out, key=lambda x: x[0])


def _other(dealings: list[tuple[int, str, str]], at: int, known: list[str], *, supplier: bool) -> list[str]:
    """The other party of the document's dealings: nearest before, same direction first, else after."""
    ranked: list[tuple[int, int, str]] = []
    for i, a, b in dealings[-2000:]:
        distance = at - i if i <= at else 10_000 + i - at
        if supplier and a in known:
            ranked.append((distance, 0, b))
        elif not supplier and b in known:
            ranked.append((distance, 0, a))
        elif a in known:
            ranked.append((distance + 300, 1, b))
        elif b in known:
            ranked.append((distance + 300, 1, a))
    ranked = [r for r in ranked if r[2] not in known]
    return [min(ranked)[2]] if ranked else []


def _draft(scene: Scene, s: Supply, dealings: list[tuple[int, str, str]]) -> Draft | None:
    suppliers, recipients = [x for x in s.suppliers if _can_deal(x)], [x for x in s.recipients if _can_deal(x)]
    generic = items.is_generic(s.item)
    d_sup = d_rec = False
    if not s.mutual:
        suppliers = [x for x in suppliers if x not in recipients] or suppliers
        recipients = [x for x in recipients if x not in suppliers]
    open_source = any(
        c.lower == "from" for x in (s.head, s.item_head) if x is not None for c in scene.parse.children(x, "prep")
    )
    if suppliers and not recipients and s.head.lower == "package":
        recipients = _last_other(scene, s, suppliers)
    if suppliers and not recipients:
        recipients = _near(scene, s, suppliers) or _other(dealings, s.head.i, suppliers, supplier=True)
        d_rec = bool(recipients)
    elif recipients and not suppliers:
        if open_source and s.modality == "wanted":
            return None if generic else _make(scene, s, suppliers, recipients, generic)
        suppliers = _other(dealings, s.head.i, recipients, supplier=False)
        d_sup = bool(suppliers)
    elif not suppliers and not recipients:
        before = [x for x in dealings if x[0] <= s.head.i]
        if not before:
            return None
        suppliers, recipients, d_sup, d_rec = [before[-1][1]], [before[-1][2]], True, True
    if not suppliers and (generic or s.nominal or s.modality != "actual"):
        return None
    if not recipients and ((generic and not s.quantity) or s.nominal):
        return None
    if s.habit or _between_persons(s, suppliers, recipients):
        return None
    made = _make(scene, s, suppliers, recipients, generic)
    made.supplier_inferred, made.recipient_inferred = d_sup, d_rec
    return made


OF_ONE_HAND = frozenset("gun rifle pistol handgun shotgun revolver firearm bullet grenade".split())


def _between_persons(s: Supply, suppliers: list[str], recipients: list[str]) -> bool:
    """One gun that a man sells or police send to a laboratory, guns handed on in a family: no transfer of arms unless states deal in it,
    two in a single one."""
    if s.item_head is None or s.item_head.lemma.lower() not in OF_ONE_HAND:
        return False
    states = [lx_party(x) for x in (*suppliers, *recipients)]
    if s.item_head.tag in ("NN", "NNP"):
        return not (suppliers and recipients and all(states))
    return not any(states)


def _can_deal(name: str) -> bool:
    """False for outlets and institutes, which report on dealings and have none."""
    known = by_name(name)
    return known is None or known.kind == "government"


def _near(scene: Scene, s: Supply, known: list[str]) -> list[str]:
    """For help and assistance without a named receiver: the other state of the sentence, the speaker's own aside."""
    if s.head.lower not in lx.ASSIST_NOUNS and s.head.lemma not in lx.HELP_VERBS:
        return []
    claim = scene.claim_at(s.head.start)
    speaker = scene.parties.state_of(claim.chain[-1] if claim and claim.chain else claim.source_name if claim else None)
    a, b = scene.parse.bounds[s.head.sent]
    near: list[tuple[int, str]] = []
    for i in range(a, b):
        t = scene.parse.tokens[i]
        if claim is not None and not any(x <= t.start < y for x, y in claim.content.ranges):
            continue
        name = scene.parties.state_of(scene.parties.named(t))
        if name in lx.COUNTRIES and name not in known and name != speaker:
            near.append((abs(i - s.head.i), name))
    return [min(near)[1]] if near else []


def _last_other(scene: Scene, s: Supply, known: list[str]) -> list[str]:
    """For a package whose receiver is not named: the state named last before it, within three sentences."""
    first = scene.parse.bounds[max(0, s.head.sent - 3)][0]
    for i in range(s.head.i, first, -1):
        t = scene.parse.tokens[i]
        if t.dep == "pobj" and scene.parse.head(t).lower in ("in", "at", "near", "on"):
            continue  # where, not who
        name = scene.parties.state_of(scene.parties.named(scene.parse.tokens[i]))
        if name in lx.COUNTRIES and name not in known:
            return [name]
    return []


def _make(scene: Scene, s: Supply, suppliers: list[str], recipients: list[str], generic: bool) -> Draft:
    doc = scene.ann.document
    for name in [*suppliers, *recipients]:  # "North Korean shells" from North Korea are shells
        for form in lx.COUNTRIES.get(name, ()):
            if s.item.lower().startswith(form + " "):
                s.item = s.item[len(form) + 1 :]
    item = s.item_head or s.head
    first, last = min(s.head.i, item.i), max(s.head.i, item.i)
    if last - first > 14:
        first = last = s.head.i
    span = doc.span(scene.parse.tokens[first].start, scene.parse.tokens[last].end)
    times = (
        list(s.times) or scene.times_for(s.head) or (scene.times_for(s.item_head) if s.item_head is not None else [])
    )
    times = times or scene.stretches_for(s.head) or pictured(scene, s.head)
    if not times and s.head.lower == "package" and s.happening:
        times = [t for t, _, _ in scene.times[s.head.sent] if t.interval is not None]
    actors = [*suppliers, *recipients] if s.mutual else (suppliers or recipients)
    place = doc.span(s.head.start, s.head.end)
    standing = scene.standing(place, s.head, actors, interested=True)
    status = standing.status
    speaker = standing.speaker if standing.claim is not None else None
    alleged = [speaker] if speaker and status == "alleged" else []
    denied_by = list(standing.denied_by)
    if s.modality == "negated" and speaker and status != "denied":
        status, alleged, denied_by = "denied", [], [speaker]
    if status == "confirmed_by_actor" and s.modality not in ("actual", "offered"):
        status = "reported"
    lasting = scene.stretch(times[0]).interval if s.begun and times else None
    return Draft(
        s, span, suppliers, recipients, standing, times[0] if times else None, generic, items.words_of(s.item), status,
        denied_by, alleged, [span, *s.also], lasting=lasting,
    )  # fmt: skip


# ------------------------------------------------------------------ repeats


def _repeats(d: Draft, o: Draft) -> bool:
    """True where a statement says again, or less exactly, what an earlier one of the document said."""
    if (d.pair != o.pair and not _within(d, o)) or (o.supply.mutual and not d.supply.mutual):
        return False
    if d.supply.traffic != o.supply.traffic or d.supply.ends != o.supply.ends:
        return False
    if d.standing.status == "denied" and o.standing.status != "denied" and d.supply.modality == "actual":
        return d.generic or bool(_core(d) & _core(o))
    if d.modality != o.modality:
        return (
            d.modality == "negated" and o.modality in ("wanted", "offered", "predicted") and bool(_core(d) & _core(o))
        )
    if d.supply.quantity and d.supply.quantity != o.supply.quantity:
        return False
    if d.when is not None and (o.when is None or not d.when.overlaps(o.when)):
        return False
    if d.supply.route and d.supply.route != o.supply.route and not d.supply.nominal:
        return False
    if _core(d) and _core(o) and (_core(d) <= _core(o) or (_core(o) <= _core(d) and d.time is None)):
        return True
    return d.generic and (d.supply.nominal or _tech(d) == _tech(o))


def _within(d: Draft, o: Draft) -> bool:
    """The same dealing with a side left out or both sides named at once."""
    (a, b), (x, y) = d.pair, o.pair
    if d.supply.mutual:
        return (x | y) <= (a | b) and d.generic and d.standing.status != "denied"
    return (bool(a) and bool(b) and a <= x and (b <= y or y <= b)) or (not a and b == y) or (not b and a == x)


def _core(d: Draft) -> frozenset[str]:
    """The words that tell the kind of arms."""
    dull = {"system", "equipment", "material", "technology", "military", "range", "close", "medium", "long", "short", "advanced", "help",
            "assistance", "support", "develop", "enhance", "improve", "other", "including", "technical", "technological"}  # fmt: skip
    return frozenset(w for w in d.words if w not in dull)


def _tech(d: Draft) -> bool:
    return bool(
        d.words & {"technology", "technological", "technical", "help", "assistance", "cooperation", "expertise"}
    )


def _join(o: Draft, d: Draft) -> None:
    if d.standing.status == "denied":
        o.denied_by += [x for x in d.denied_by if x not in o.denied_by]
    else:
        o.alleged_by += [x for x in d.alleged_by if x not in o.alleged_by]
    if o.time is None and d.time is not None:
        o.time = d.time
    if o.words < d.words and _core(o) < _core(d) and d.modality == o.modality:
        o.supply.item, o.words, o.generic = d.supply.item, d.words, d.generic  # the more exact wording
    if o.generic and d.generic and len(d.words) > len(o.words) and d.modality == o.modality and _tech(d) == _tech(o):
        o.supply.item, o.words = d.supply.item, d.words
    o.supply.quantity = o.supply.quantity or d.supply.quantity
    o.supply.route = o.supply.route or d.supply.route
    if d.modality == o.modality:
        o.supply.amounts += tuple(q for q in d.supply.amounts if q not in o.supply.amounts)
        o.supply.legs = max(
            o.supply.legs, d.supply.legs, key=len
        )  # the fuller telling of the way; the first of two alike
    if d.modality == "negated" and o.modality != "negated":
        o.not_done.append(d)
    else:
        o.passages.append(d.span)


def _settle(out: list[Draft]) -> list[Draft]:
    """Denials reach the transfers they deny; a general statement yields to the exact one it repeats, in either order."""
    kept: list[Draft] = []
    for n, d in enumerate(out):
        rest = out[max(0, n - LOOK_BACK) : n] + out[n + 1 : n + 1 + LOOK_BACK]
        if d.standing.status == "denied":
            for o in rest:
                if (
                    (o.pair[0] | o.pair[1]) <= (d.pair[0] | d.pair[1])
                    and o.modality == "actual"
                    and o.standing.status != "denied"
                ):
                    if (d.generic and not _tech(o)) or _core(d) & _core(o):
                        o.denied_by += [x for x in d.denied_by if x not in o.denied_by]
        if d.supply.mutual and d.generic and d.standing.status != "denied":
            either = d.pair[0] | d.pair[1]
            if any((o.pair[0] | o.pair[1]) <= either for o in rest):
                continue
        if d.supply.background and any(o.pair == d.pair and o.modality in ("actual", "offered") for o in rest):
            continue
        vague = d.generic and d.when is None and not d.supply.quantity and not d.supply.route
        exact = [
            o
            for o in rest
            if o.modality == d.modality
            and (o.pair == d.pair or _within(d, o))
            and (not o.generic or bool(o.supply.quantity) or o.when is not None)
            and _tech(o) == _tech(d)
        ]
        if vague and exact and not d.supply.mutual and d.modality == "actual":
            _join(exact[0], d)
            continue
        kept.append(d)
    return kept


def transfer_of(d: Draft, number: int, event: str | None) -> Transfer:
    """The finished transfer."""
    status = d.status
    if (status == "denied" and d.alleged_by) or (status == "reported" and d.denied_by):
        status = "alleged"
    told = kinds_of(d.supply.item)
    return Transfer(
        f"t{number}", event, _joined(d.suppliers), _joined(d.recipients), d.supply.item, d.supply.quantity or None,
        d.lasting or d.when,
        d.supply.route, status, d.modality, tuple(d.alleged_by), tuple(d.denied_by), d.span,
        told.kind, told.kinds, told.word, d.supply.amounts, d.supply.legs,
    )  # fmt: skip


MISSILES: frozenset[ItemKind] = frozenset(("ballistic_missiles", "cruise_missiles", "air_defence"))


def kinds_by_context(transfers: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
    """The transfers, those of bare "missiles" with the kind that the document gives the missiles of the same two sides, where it gives
    one alone."""
    told: dict[tuple[str, str], set[ItemKind]] = {}
    for t in transfers:
        if t.supplier and t.recipient and "missile" in items.words_of(t.item):
            told.setdefault((t.supplier, t.recipient), set()).update(MISSILES.intersection(t.kinds))
    out = []
    for t in transfers:
        known = told.get((t.supplier or "", t.recipient or ""), set())
        if t.kind == "other" and t.kind_word in ("missile", "missiles") and len(known) == 1:
            (kind,) = known
            t = replace(t, kind=kind, kinds=(kind,))
        out.append(t)
    return tuple(out)


def _joined(names: list[str]) -> str | None:
    return " and ".join(names) if names else None
