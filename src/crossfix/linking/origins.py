"""Which documents descend from one report, and from which: origins.

Two documents are of one origin where one follows the other's own words far enough, or repeats its quotations and
credits it by name. Each pair is judged by itself, and an origin is what pairs hold together, so the order in which
documents come in makes no difference. Thresholds were set on the development pairs of the evaluation (docs/decisions.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crossfix.linking.credits import outlet_key
from crossfix.linking.origin_report import Report
from crossfix.linking.sharing import Overlap, order, overlap, shared_from
from crossfix.model import Interval

Relation = Literal["identical_reprint", "edited_reprint", "rewrite", "shared_quotes"]

SAME_OUTLET_DAYS = 1
"""Texts of one outlet that are dated further apart than this are separate statements, however alike: a ministry or a
White House office fills the same form for each launch."""
LONGEST_FORM = 120
"""Runs of eight words that such a form may fill; what shares more is the same text, taken up again."""
ANY_OUTLET_DAYS = 45
"""A text that comes out later than this after another is no mere rewrite of it."""
LONG_QUOTE = 8
"""Runs of eight words that a quotation of fifteen words has: shorter ones are in everybody's mouth."""
PHRASES = 10
"""Runs of four words in common, outside quotations, from which two tellings are more alike than their subject makes them."""
SLIP_PHRASES = 5
"""The same where both have one slip of the pen, which chance does not repeat."""
FOOT = 0.4
"""From where on in a text what two of one publisher share may be background or a standing note."""
IN_ORDER = 25
"""Names, figures and long words in one order that a retelling keeps at least."""
CHANCE = 2.2
"""How many times longer than by chance their row in one order must be: of n in any order, about 2 times the root of n are."""
MOST_PARENTS = 40
"""Documents, the first of an origin, among which a later one's parent is looked for: one report may have hundreds of reprints."""
CREDIT_DAYS = 3
"""A text that says it has its news from an outlet retells what that outlet had in the last few days."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two documents of one origin: how the later follows the earlier, and how much they share. ``siblings`` follow a third, and
    neither the other. ``credited`` is the one of two that the other has its quotations from."""

    relation: Relation
    overlap: Overlap
    why: str
    credited: str | None = None
    siblings: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in its origin: what it was likeliest made from, None for the root."""

    document: str
    derived_from: str | None
    relation: Relation | None
    why: str


# ------------------------------------------------------------------ pairs


def tie(a: Report, b: Report) -> Tie | None:
    """Whether two documents are of one origin, and how; the same whichever comes first. A tie ``shared_quotes`` joins nothing: it
    only says that one credits the other for what it quotes, or (``credited`` is None) that both quote the same."""
    o = overlap(a.profile, b.profile)
    apart = _days_apart(a.published, b.published)
    if o.jaccard < 0.9 and (_two_statements(a, b, o, apart) or _two_dispatches(a, b, o) or _only_a_foot(a, b, o)):
        return None
    return (
        _by_words(a, b, o, apart)
        or _by_credit(a, b, o, apart)
        or _by_order(a, b, o, apart)
        or _by_slips(a, b, o, apart)
        or _by_quotes(a, b, o)
    )


def _two_statements(a: Report, b: Report, o: Overlap, apart: int | None) -> bool:
    """Whether two alike texts come too far apart in time to be one."""
    if apart is None:
        return False
    same_outlet = bool(a.outlet) and outlet_key(a.outlet) == outlet_key(b.outlet)
    if same_outlet and apart > SAME_OUTLET_DAYS and not (o.shared >= LONGEST_FORM and apart <= ANY_OUTLET_DAYS):
        return True
    return apart > ANY_OUTLET_DAYS and o.share < 0.4


def _two_dispatches(a: Report, b: Report, o: Overlap) -> bool:
    """Whether one agency wrote the two from different places: they share its background, not their news."""
    elsewhere = a.dateline is not None and b.dateline is not None and a.dateline != b.dateline
    return elsewhere and bool(a.wires & b.wires) and o.share < 0.65 and o.shared < LONGEST_FORM


def _only_a_foot(a: Report, b: Report, o: Overlap) -> bool:
    """Whether one publisher's two texts share but what stands far down in both: its background, or a note on all its pages."""
    if not 0 < o.share < 0.65 or o.shared >= LONGEST_FORM:
        return False
    publisher = bool(a.outlet) and outlet_key(a.outlet) == outlet_key(b.outlet)
    return (publisher or bool(a.wires & b.wires)) and shared_from(a.profile, b.profile) >= FOOT


def _by_words(a: Report, b: Report, o: Overlap, apart: int | None) -> Tie | None:
    shortest = min(a.profile.words, b.profile.words)
    if a.profile.digest == b.profile.digest and shortest >= 8:
        # to the word: a reprint that lost its "likely" must not pass for identical
        return Tie("identical_reprint", o, "the words are the same throughout")
    if o.share >= 0.65 and o.jaccard >= 0.5 and o.shared >= 8:
        return Tie("edited_reprint", o, f"{_percent(o.share)} of the runs of eight words are the same")
    if o.share >= 0.4 and o.shared >= 8 and o.short_share >= 0.4:
        return Tie("edited_reprint", o, f"{_percent(o.share)} of the shorter one's runs of eight words are the same")
    if o.share >= 0.1 and o.shared >= 10 and o.short_share >= 0.2:
        return Tie("rewrite", o, f"{o.shared} runs of eight words are the same, outside quotations")
    if o.short_share >= 0.2 and o.short_shared >= 25:
        return Tie("rewrite", o, f"{_percent(o.short_share)} of the shorter one's runs of four words are the same")
    if shortest < 40 and o.short_share >= 0.3 and o.short_shared >= 5 and (apart is None or apart <= CREDIT_DAYS):
        return Tie("edited_reprint", o, "a short alert, and its words stand in the other")
    return None


def _by_credit(a: Report, b: Report, o: Overlap, apart: int | None) -> Tie | None:
    """One retells what it says the other had, or both say that they have it from the same third."""
    phrases = o.short_share >= 0.1 and o.short_shared >= PHRASES
    credit = _credit(a, b)
    if credit and (phrases or (o.quoted >= LONG_QUOTE and o.short_shared >= PHRASES)):
        return Tie("rewrite", o, f"credits {credit} and repeats {o.short_shared} runs of four of its words")
    if apart is None or apart > CREDIT_DAYS:
        return None
    names = len(a.names & b.names)
    alike = names / max(1, min(len(a.names), len(b.names)))
    if credit := _credit(a, b, strongly=True):
        some = (o.short_share >= 0.05 and o.short_shared >= 5) or o.short_shared >= PHRASES
        if some and ((alike >= 0.3 and o.short_shared >= 20) or (alike >= 0.4 and names >= 4)):
            return Tie("rewrite", o, f"says it has its news from {credit}, and shares {_percent(alike)} of its names")
    if apart == 0 and a.wires & b.wires and phrases and alike >= 0.5:
        (wire, *_) = sorted(a.wires & b.wires)
        return Tie(
            "rewrite",
            o,
            f"both carry {wire.upper()} on one day, and share {o.short_shared} runs of four words",
            siblings=True,
        )
    mine = {outlet_key(a.outlet), outlet_key(b.outlet)}
    # what a person "told" a paper is in many reports on that person; what a paper "reports" is its own
    for both, least in (((a.press & b.press) - mine, 0.4), ((a.press_told & b.press_told) - mine, 0.7)):
        if both and alike >= least and names >= 5:
            why = f"both say they have it from one source ({min(both)}), and share {names} names and figures"
            return Tie("rewrite", o, why, siblings=True)
    return None


def _by_order(a: Report, b: Report, o: Overlap, apart: int | None) -> Tie | None:
    """A retelling without credit and in other words keeps the facts and their order."""
    if o.short_shared < 2 * PHRASES or o.short_share < 0.05 or (apart is not None and apart > ANY_OUTLET_DAYS):
        return None
    shared, in_order = order(a.profile, b.profile)
    if in_order >= IN_ORDER and in_order >= 0.7 * shared and in_order >= CHANCE * 2 * math.sqrt(shared):
        return Tie("rewrite", o, f"{in_order} of {shared} shared names, figures and long words stand in the same order")
    return None


def _by_slips(a: Report, b: Report, o: Overlap, apart: int | None) -> Tie | None:
    """A slip of the pen that both have, and some of the words: little is left of the model but its fault."""
    if o.short_shared < SLIP_PHRASES or (apart is not None and apart > ANY_OUTLET_DAYS):
        return None
    shared = a.slips & b.slips
    if not shared:
        return None
    return Tie(
        "rewrite", o, f"both have the same slip ({min(shared)!r}), and share {o.short_shared} runs of four words"
    )


def _by_quotes(a: Report, b: Report, o: Overlap) -> Tie | None:
    if o.quoted < LONG_QUOTE:
        return None
    credited = _credited(a, b)
    if credited is None:
        return Tie("shared_quotes", o, "repeats quotations of other documents, and credits none of them")
    outlet = (a if a.id == credited else b).outlet
    return Tie("shared_quotes", o, f"credits {outlet} and repeats its quotations, but little else", credited)


def _credited(a: Report, b: Report) -> str | None:
    """The one of two that the other has its news from; None where neither says so, or both do."""
    found = [y.id for x, y in ((a, b), (b, a)) if (k := outlet_key(y.outlet)) and k in x.credits | x.wires]
    return found[0] if len(found) == 1 else None


def _credit(a: Report, b: Report, *, strongly: bool = False) -> str | None:
    """The outlet of one that the other names (``strongly``: as where its news is from) or gives as its agency."""
    for one, other in ((a, b), (b, a)):
        key = outlet_key(other.outlet)
        if (
            key
            and key != outlet_key(one.outlet)
            and ((len(key) >= 3 and key in (one.credits if strongly else one.named)) or key == outlet_key(one.agency))
        ):
            return other.outlet
    return None


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


@lru_cache(maxsize=1 << 15)
def _days_apart(a: str | None, b: str | None) -> int | None:
    if a is None or b is None:
        return None
    try:
        x, y = Interval.parse(a), Interval.parse(b)
    except ValueError:
        return None
    return max(0, (y.first - x.last).days, (x.first - y.last).days)


# ------------------------------------------------------------------ whole origins


def components(ids: Iterable[str], ties: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups that ties hold together, each sorted, in order of their first member."""
    held = Groups()
    everyone = sorted(ids)
    for a, b in ties:
        held.join(a, b)
    groups: dict[str, list[str]] = {}
    for i in everyone:
        groups.setdefault(held.root(i), []).append(i)
    return [groups[k] for k in sorted(groups)]


class Groups:
    """What is held together, found fast (union-find); a group's root is its least member."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, i: str) -> str:
        """The least member of the group."""
        parent = self._parent
        while (up := parent.get(i, i)) != i:
            parent[i] = parent.get(up, up)
            i = up
        return i

    def join(self, a: str, b: str) -> None:
        """Put the groups of two together."""
        ra, rb = self.root(a), self.root(b)
        if ra != rb:
            self._parent[max(ra, rb)] = min(ra, rb)


Quoted = tuple[Report | None, Tie | None]
"""Another document that one shares quotations with, and how; None where it only is known that there was such."""
Before = Mapping[str, tuple[Place, frozenset[str]]]
"""The place that each document had in its origin so far, and the documents among which its parent was looked for then."""


def arrange(
    reports: Sequence[Report], sources: Mapping[str, Sequence[Quoted]] | None = None, before: Before | None = None
) -> list[Place]:
    """The documents of one origin in the order in which they likely came about, each with what it was likeliest made
    from.

    First stands the credited agency's own text, else the earliest published; of one day, what another credits, then what
    carries an agency's text as it is, else the fuller. A document's parent is the earlier one that it shares most with; one
    that is tied to later documents alone has none. ``sources`` says of documents that share quotations with others from whom
    they have them; it counts where nothing else does. ``before`` spares the search where it would be the same again.
    """
    agencies = {outlet_key(r.agency) for r in reports if r.agency}
    credited = {k for r in reports for k in r.credits if k != outlet_key(r.outlet)}

    def rank(r: Report) -> tuple[bool, str, bool, bool, int, str]:
        key = outlet_key(r.outlet)
        return key not in agencies, r.published or "9999", key not in credited, not r.agency, -r.profile.words, r.id

    out: list[Place] = []
    line = sorted(reports, key=rank)
    inside = {r.id for r in line}
    for n, r in enumerate(line):
        earlier = line[: min(n, MOST_PARENTS)]
        if before and r.id in before and before[r.id][1] == among([x.id for x in line[:MOST_PARENTS]], n):
            out.append(before[r.id][0])
            continue
        ties = [(e, t) for e in earlier if (t := tie(e, r)) is not None]
        found = [(e, t) for e, t in ties if t.relation != "shared_quotes"]
        # of the origin's own documents, the earlier ones alone count; which of the others were compared is chance
        quoting: list[Quoted] = [(e, t) for e, t in ties if t.relation == "shared_quotes"]
        quoting += [(s, t) for s, t in (sources or {}).get(r.id, ()) if s is None or s.id not in inside]
        if not found and quoting:
            told = [(e, t) for e, t in quoting if e and t and t.credited == e.id]
            if told:
                # the most quoted; where two are quoted as much, always the same one
                source, best = max(told, key=lambda x: (x[1].overlap.quoted, x[0].id))
                out.append(Place(r.id, source.id, "shared_quotes", best.why))
            else:
                why = "repeats quotations of other documents, and credits none of them"
                out.append(Place(r.id, None, "shared_quotes", why))
            continue
        if not found:
            why = "no other document tells it before" if n == 0 else "follows a report that is not in the record"
            out.append(Place(r.id, None, None, why))
            continue
        # the most shared text wins; where several share as much, the earliest
        parent, best = max(found, key=lambda x: (not x[1].siblings, x[1].overlap.jaccard, x[1].overlap.short_share))
        out.append(Place(r.id, None if best.siblings else parent.id, best.relation, best.why))
    return out


def among(documents: Sequence[str], n: int) -> frozenset[str]:
    """Of an origin's documents in their order, those among which the parent of the one at ``n`` is looked for."""
    return frozenset(documents[: min(n, MOST_PARENTS)])


def agency_of(reports: Sequence[Report]) -> str | None:
    """The agency that most of an origin's documents credit, the first by name where several are credited as often."""
    names = sorted(r.agency for r in reports if r.agency)
    return max(names, key=lambda n: (names.count(n), -names.index(n))) if names else None


def reason(places: Sequence[Place], agency: str | None) -> str:
    """Why these documents are held to be of one origin, in one line."""
    if len(places) == 1:
        lone = places[0].why if places[0].relation else "shares no other document's text"
        return lone + (f"; credits {agency}" if agency else "")
    counts = {k: sum(p.relation == k for p in places) for k in ("identical_reprint", "edited_reprint", "rewrite")}
    kinds = ", ".join(f"{n} {k.replace('_', ' ')}{'s' if n > 1 else ''}" for k, n in counts.items() if n)
    first = next((p.why for p in places if p.relation in counts), "")
    credit = f"; credited to {agency}" if agency else ""
    return f"{len(places)} documents{': ' + kinds if kinds else ''}; {first}{credit}"
