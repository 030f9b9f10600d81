"""The kinds of drift, each a check over two sentences that tell the same. A check that is not sure says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crossfix.linking.drift_text import SHARED_LEAST, Pair, Quantity, Sides, Telling, Unit, all_stems, stems_of
from crossfix.linking.drift_words import (
    ADJECTIVES,
    CAUTION,
    DEFINITE,
    EVIDENCE,
    LOWER,
    PRESUPPOSED,
    SHOWS,
    SUPPLY_VERBS,
    TOKEN,
    UPDATES,
    UPPER,
)
from crossfix.linking.names import is_anonymous, party_key, same_party
from crossfix.model import Claim

Kind = Literal[
    "attribution_lost", "firmness_raised", "qualifier_dropped", "number_moved", "number_changed", "speaker_changed",
    "meaning_changed",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "meaning_changed", "number_moved", "firmness_raised", "attribution_lost", "number_changed", "speaker_changed",
    "qualifier_dropped",
)  # fmt: skip
"""The worst first."""
OLD_DAYS = 4
"""A date further from the report's own than this tells old matter; dropping it makes it look new."""
SURE_LEAST = 0.6
"""A claim's speaker counts as lost or changed only where the attribution is estimated at this or more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A change between two sentences, before it has an id. ``parent_at`` and ``child_at`` are where its words stand."""

    kind: Kind
    pair: Pair
    what: str
    confidence: float
    parent_at: int
    child_at: int


def checks(sides: Sides, best: Pair) -> Iterator[Found]:
    """All changes between a child's sentence and the parent's that it follows."""
    yield from meaning_changed(best)
    yield from firmness_raised(sides, best)
    yield from attribution_lost(sides, best)
    yield from number_changed(best)
    yield from speaker_changed(sides, best)
    yield from qualifier_dropped(sides, best)


def _quoted(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= most else flat[:most].rpartition(' ')[0] + ' …'}”"


def _who(c: Claim) -> str:
    return " ".join(
        (c.source_name or (c.chain[-1] if c.chain else "") or (c.source.text if c.source else "a speaker")).split()
    )


# ------------------------------------------------------------------ firmness


_NOUNS = frozenset(("speculation", "suspicion", "suspicions", "possibility", "potential"))


def firmness_raised(sides: Sides, best: Pair) -> Iterator[Found]:
    """ "likely carried" -> "carried"; "may have shipped" -> "the shipment"."""
    p, c = best.parent, best.child
    if c.words & CAUTION or "?" in c.text or not c.is_sentence:
        return
    if any(k.firmness not in ("certain", "unknown") or k.stance in ("suspect", "predict", "deny") for k in c.spoken):
        return
    for hedge in (h for h in p.hedges if h.word not in _NOUNS):
        governed = p.after(hedge, 4)
        # what the hedge governs must be what the child says, not another clause of the sentence
        kept = [s for s in governed[:3] if s in best.shared]
        if len(kept) < 2 or best.of_child < 0.45 or best.cosine < 0.45:
            continue
        if any(q.parent is not p and q.of_child >= 0.6 and not q.parent.words & CAUTION for q in sides.everywhere(c)):
            return
        what = f"{_quoted(_hedge_text(p, hedge.start))} is gone: what {_teller(p, hedge.start)} held to be uncertain is stated as fact"
        yield Found("firmness_raised", best, what, 0.55 + 0.4 * best.cosine, hedge.start, c.start)
        return
    yield from presupposed(sides, best)


def _hedge_text(u: Unit, at: int) -> str:
    return next(t.word for t in u.tokens if t.start == at)


def _teller(u: Unit, at: int) -> str:
    found = u.claim_at(at)
    return _who(found) if found is not None and found.voice != "outlet" else u.telling.outlet or "the earlier text"


def presupposed(sides: Sides, best: Pair) -> Iterator[Found]:
    """What the parent only held possible, the child takes for granted in a noun: "the shipment", "its delivery of"."""
    p, c = best.parent, best.child
    verbs = [t for h in p.hedges for t in p.tokens if h.start < t.start <= h.end + 30 and t.word in SUPPLY_VERBS]
    if not verbs or any(u.hedges and len(u.stems & best.shared) >= 3 for u in sides.child):
        return
    for n, t in enumerate(c.tokens):
        if t.word not in PRESUPPOSED or not n:
            continue
        before = [x.word for x in c.tokens[max(0, n - 3) : n]]
        if not any(w in DEFINITE or w.endswith("'s") for w in before):
            continue
        following = c.after(t, 3)
        if len(set(following) & p.stems) < 1 or len(best.shared) < 3:
            continue
        if any(x.word == t.word and not u.words & CAUTION for u in sides.parent for x in u.tokens):
            return  # the parent takes it for granted as well
        what = (
            f"{_quoted(sides.parent[0].telling.text[verbs[0].start : verbs[0].end])} was held to be uncertain; "
            f"{_quoted(c.telling.text[c.tokens[max(0, n - 1)].start : t.end])} takes it for granted"
        )
        yield Found("firmness_raised", best, what, 0.5 + 0.3 * best.cosine, verbs[0].start, t.start)
        return


# ------------------------------------------------------------------ who says it


_FIRST_PERSON = frozenset(("i", "i'm", "i've", "we", "we're", "we've", "my", "our", "me", "us"))


def attribution_lost(sides: Sides, best: Pair) -> Iterator[Found]:
    """What a speaker said in the parent stands in the child's own voice."""
    p, c = best.parent, best.child
    if not c.is_sentence or c.spoken or c.has_cue or best.of_child < 0.5 or best.cosine < 0.45 or len(best.shared) < 5:
        return
    if c.words & _FIRST_PERSON:
        return  # it stands in a quotation that runs on from before
    for claim in p.spoken:
        if claim.confidence is not None and claim.confidence < SURE_LEAST:
            continue
        inside = stems_of(" ".join(p.telling.text[a:b] for a, b in claim.content.ranges))
        kept = inside & c.stems
        if len(kept) < 4 or sides.weight(kept & best.shared) < 0.75 * sides.weight(best.shared):
            continue
        who = _who(claim)
        names = stems_of(who) - {""}
        if not names or names & c.stems or _is_itself(who, c.telling):
            continue
        # the outlet of the parent may say it elsewhere in its own voice; and running speech needs no cue in each sentence
        if any(q.of_child >= 0.5 and not q.parent.spoken and q.parent.is_sentence for q in sides.everywhere(c)):
            return
        around = [u for u in sides.child if u.number == c.number - 1]
        if any((u.spoken or u.has_cue) and (names & all_stems(u.text) or _pronoun(u)) for u in around):
            continue
        what = f"What {who} said stands in the outlet's own voice: no speaker is named"
        sure = claim.confidence if claim.confidence is not None else 0.7
        yield Found(
            "attribution_lost", best, what, (0.4 + 0.5 * best.cosine) * (0.5 + 0.5 * sure), claim.content.start, c.start
        )
        return


def _pronoun(u: Unit) -> bool:
    return any(c.source is not None and c.source.text.casefold() in ("he", "she", "they", "it") for c in u.spoken)


def _is_itself(who: str, telling: Telling) -> bool:
    return any(
        name and (same_party(who, name) or party_key(name) in party_key(who))
        for name in (telling.outlet, telling.agency)
    )


def speaker_changed(sides: Sides, best: Pair) -> Iterator[Found]:
    """The same words, another speaker."""
    p, c = best.parent, best.child
    # one speaker on each side: where several speak in a sentence, which says what is too easily mistaken
    if len({_who(k) for k in p.spoken}) != 1 or len({_who(k) for k in c.spoken}) != 1:
        return
    a, b = p.spoken[0], c.spoken[0]
    if any(k.confidence is not None and k.confidence < SURE_LEAST for k in (a, b)):
        return
    said, again = (stems_of(" ".join(u.span(x) for x in k.content.ranges)) for u, k in ((p, a), (c, b)))
    total = sides.weight(said | again)
    alike = sides.weight(said & again) / total if total else 0.0
    if alike < 0.6 or len(said & again) < SHARED_LEAST:
        return
    one, other = _who(a), _who(b)
    if (
        _anyone(one)
        or _anyone(other)
        or same_party(one, other)
        or _is_itself(one, c.telling)
        or _is_itself(other, p.telling)
    ):
        return
    x, y = stems_of(one), stems_of(other)
    named_in_parent, named_in_child = _sentences_naming(p.telling, one), _sentences_naming(c.telling, other)
    # a man and his office are one speaker, where either text puts them side by side
    side_by_side = any(y & all_stems(t) for t in named_in_parent) or any(x & all_stems(t) for t in named_in_child)
    chains = {party_key(n) for n in a.chain} & {party_key(n) for n in b.chain[1:]}
    if (x | y) & stems_of(" ".join(EVIDENCE)):
        return  # a figure moved to evidence is a kind of its own
    if not x or not y or x & y or side_by_side or chains - {""}:
        return
    what = f"{one} said it; now it is put in the mouth of {other}"
    yield Found("speaker_changed", best, what, 0.3 + 0.5 * alike, a.content.start, b.content.start)


def _anyone(name: str) -> bool:
    return is_anonymous(name) or name.casefold() in ("he", "she", "it", "they")


def _sentences_naming(telling: Telling, name: str) -> list[str]:
    wanted = stems_of(name)
    texts = (telling.text[a:b] for a, b in telling.sentences)
    return [t for t in texts if wanted & stems_of(t)]


# ------------------------------------------------------------------ figures


_TOLL = stems_of("killed dead died injured wounded hurt death toll casualties victims missing bodies arrested detained")


def number_changed(best: Pair) -> Iterator[Found]:
    """Another figure for the same thing, without a word that says it is new."""
    p, c = best.parent, best.child
    if best.cosine < 0.5 or c.words & UPDATES - p.words:
        return
    if (p.stems | c.stems) & _TOLL:
        return  # counts of victims are news from hour to hour
    mine, theirs = _by_unit(p.quantities), _by_unit(c.quantities)
    for unit in sorted(mine.keys() & theirs.keys() & best.shared):
        if len(mine[unit]) != 1 or len(theirs[unit]) != 1:
            continue
        a, b = mine[unit][0], theirs[unit][0]
        if a.value == b.value or _compatible(a, b) or any(q.value == b.value for q in p.quantities):
            continue
        if any(q.value == a.value for q in c.quantities) or not _same_noun(a, b):
            continue
        what = f"The figure is another: {_quoted(_figure(p, a))} became {_quoted(_figure(c, b))}"
        yield Found("number_changed", best, what, 0.4 + 0.5 * best.cosine, a.start, b.start)


def _by_unit(found: Sequence[Quantity]) -> dict[str, list[Quantity]]:
    out: dict[str, list[Quantity]] = {}
    for q in found:
        if q.unit:
            out.setdefault(q.unit, []).append(q)
    return out


def _same_noun(a: Quantity, b: Quantity) -> bool:
    """What stands behind the figures goes on alike, so far as it goes: "ballistic missiles" are no "cruise missiles"."""
    x, y = a.between.split()[:2], b.between.split()[:2]
    return all(s == t for s, t in zip(x, y, strict=False))


def _figure(u: Unit, q: Quantity) -> str:
    count = min(2, len(q.between.split()))
    behind = [q.end, *(t.end for t in u.tokens if t.start >= q.end and t.stem)][: count + 1][-1]
    start = q.start - len(q.bound_text) - 1 if q.bound_text else q.start
    return u.telling.text[max(u.start, start) : behind]


def _compatible(a: Quantity, b: Quantity) -> bool:
    """True where one is the other rounded, or a bound that the other meets."""
    big, small = max(a.value, b.value), min(a.value, b.value)
    if small > 0 and big / small <= 1.05 and (a.bound or b.bound or _round(a.value) or _round(b.value)):
        return True
    for x, y in ((a, b), (b, a)):
        if x.bound in LOWER and y.value >= x.value and big / max(small, 1e-9) <= 1.35:
            return True
        if x.bound in UPPER and y.value <= x.value and big / max(small, 1e-9) <= 1.35:
            return True
    return False


def _round(value: float) -> bool:
    return value >= 20 and value % 10 == 0


def number_moved(sides: Sides, c: Unit) -> Iterator[Found]:
    """A figure that a person or body gave is now what a photograph shows, or the reverse."""
    shows = _evidence_word(c)
    if not shows or c.words & {"said", "says", "according", "told", "estimated", "estimates"}:
        return
    evidence = stems_of(" ".join(EVIDENCE))
    for q in c.quantities:
        if q.value < 2 or not q.unit:
            continue
        told = [(u, x) for u in sides.parent for x in u.quantities if x.value == q.value and x.unit == q.unit]
        # the parent must give the figure to a speaker, nowhere to the evidence itself
        if not told or any(u.words & EVIDENCE for u, _ in told):
            continue
        u, x = told[0]
        by = [k for k in u.spoken if any(a <= x.start < b for a, b in k.content.ranges)]
        if not by or stems_of(_who(by[0])) & evidence:
            continue
        pair = sides.pair(u, c)
        if len(pair.shared) < 3:
            continue
        what = f"{_who(by[0])} gave the figure {_quoted(_figure(u, x))}; now it is given as what {shows} show"
        # where the parent has such evidence beside the figure, the two were run together; else it may be new evidence
        beside = any(v.words & EVIDENCE for v in sides.parent)
        yield Found("number_moved", pair, what, (0.8 if beside else 0.65) + 0.1 * pair.cosine, x.start, q.start)
        return


def _evidence_word(u: Unit) -> str:
    """The evidence that shows something in a sentence ("photographs show", "seen in satellite images"), "" for none."""
    words = [t.word for t in u.tokens]
    for n, w in enumerate(words):
        if w in EVIDENCE and any(x in SHOWS for x in words[n + 1 : n + 9]):
            return w
        if w in EVIDENCE and n >= 2 and any(x in SHOWS for x in words[max(0, n - 5) : n]):
            return w
    return ""


# ------------------------------------------------------------------ qualifiers and dates


def qualifier_dropped(sides: Sides, best: Pair) -> Iterator[Found]:
    """ "up to 300" -> "300"; "the alleged delivery" -> "the delivery"; a report of August loses its August."""
    p, c = best.parent, best.child
    if best.of_child < 0.45 or best.cosine < 0.4:
        return
    for b in c.quantities:
        if b.bound or not b.unit or b.unit not in best.shared:
            continue
        told = [(u, q) for u in sides.parent for q in u.quantities if q.value == b.value and q.unit == b.unit]
        mine = [q for u, q in told if u is p]
        if (
            not mine
            or not all(q.bound for _, q in told)
            or c.text[max(0, b.start - c.start - 2) : b.start - c.start] == "~ "
        ):
            continue
        again = any(q.bound and q.value == b.value and q.unit == b.unit for u in sides.child for q in u.quantities)
        if again:
            continue
        what = f"{_quoted(_figure(p, mine[0]))} became {_quoted(_figure(c, b))}: the bound is gone"
        yield Found("qualifier_dropped", best, what, 0.5 + 0.4 * best.cosine, mine[0].start, b.start)
        return
    yield from _adjective(sides, best)
    yield from _date(sides, best)


def _adjective(sides: Sides, best: Pair) -> Iterator[Found]:
    p, c = best.parent, best.child
    if c.words & CAUTION:
        return
    for n, t in enumerate(p.tokens[:-1]):
        if t.word not in ADJECTIVES:
            continue
        noun = p.tokens[n + 1]
        if not noun.stem or noun.stem not in best.shared:
            continue
        bare = any(
            x.stem == noun.stem and (i == 0 or u.tokens[i - 1].word not in ADJECTIVES)
            for u in sides.parent
            for i, x in enumerate(u.tokens)
        )
        if bare or any(u.words & ADJECTIVES and noun.stem in u.stems for u in sides.child):
            continue
        at = next(x.start for x in c.tokens if x.stem == noun.stem)
        what = f"{_quoted(p.telling.text[t.start : noun.end])} became plain {_quoted(c.telling.text[at : at + noun.end - noun.start])}"
        yield Found("qualifier_dropped", best, what, 0.5 + 0.4 * best.cosine, t.start, at)
        return


_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


def _date(sides: Sides, best: Pair) -> Iterator[Found]:
    p, c = best.parent, best.child
    published = p.telling.published
    if best.of_parent < 0.6 or best.cosine < 0.65 or len(best.shared) < 6 or published is None or not c.is_sentence:
        return
    around = [u for u in sides.child if abs(u.number - c.number) <= 1]
    if any(u.times for u in around):
        return
    for t in p.times:
        days = t.days
        if days is None or (published.first - days.last) < dt.timedelta(days=OLD_DAYS):
            continue
        if set(TOKEN.findall(t.span.text.casefold())) & _WEEKDAYS:
            continue  # a day of the week is left out as soon as the week is over
        # the date must belong to what the child tells
        before = [x.stem for x in p.tokens if x.end <= t.span.start and x.stem][-3:]
        behind = [x.stem for x in p.tokens if x.start >= t.span.end and x.stem][:3]
        if not set((before or behind)[-3:]) & best.shared:
            continue
        what = f"{_quoted(t.span.text)} is gone: nothing says any more that it was then"
        yield Found("qualifier_dropped", best, what, 0.3 + 0.45 * best.cosine, t.span.start, c.start)
        return


# ------------------------------------------------------------------ meaning


_UNTIL = frozenset(("since", "until", "before", "yet", "only", "if"))


def meaning_changed(best: Pair) -> Iterator[Found]:
    """A denial or a "not" that one has and the other lacks."""
    p, c = best.parent, best.child
    if best.cosine < 0.5 or min(best.of_child, best.of_parent) < 0.4:
        return
    if bool(p.negations) == bool(c.negations):
        return
    one = p if p.negations else c
    for t in one.negations:
        governed = one.after(t, 3)
        # what is negated must be told by both; "not won since 1908" is no denial of a win
        if sum(s in best.shared for s in governed) < 2 or governed[0] not in best.shared or one.words & _UNTIL:
            continue
        lost = one is p
        word = _quoted(one.telling.text[t.start : t.end])
        what = (
            f"{word} is gone: the sentence says the opposite"
            if lost
            else f"{word} came in: the sentence says the opposite"
        )
        yield Found(
            "meaning_changed",
            best,
            what,
            0.35 + 0.5 * best.cosine,
            (t.start if lost else p.start),
            (c.start if lost else t.start),
        )
        return
