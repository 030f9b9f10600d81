"""Routes as ordered stretches: "from Najin to Dunai by ship, then by rail to Tikhoretsk" is two legs, by sea and by rail.

A place belongs to the route by the preposition of its phrase: "from" begins, "to" and its like end, "via" lies between. The mode is that of
the nearest word of carriage in the stretch, by sea where the text speaks of a port; where none is told it is unknown, never guessed from
the places. The next sentence is
read on where it goes on ("from there", "were then moved").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from crossfix.coding import events_lexicon as lx
from crossfix.coding import items
from crossfix.coding.events_scene import Scene
from crossfix.coding.transfers_supply import Supply
from crossfix.language.parse import Token
from crossfix.model import Leg, Mode, Place, Span, Where

FROM = frozenset({"from", "leaving", "departing", "left"})
TO = frozenset("to into toward towards for in at reaching onto on near".split())
VIA = frozenset("via through across over".split())
MODES: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    ("sea", re.compile(
        r"\b(?:by\s+sea|ships?|vessels?|freighters?|tankers?|boats?|sea|sail(?:ed|ing)?|seaborne|aboard\s+the|cargo\s+ship|ferr(?:y|ied))\b",
        re.I)),
    ("rail", re.compile(r"\b(?:rail(?:way|road|cars?)?|trains?|wagons?)\b", re.I)),
    ("road", re.compile(r"\b(?:road|trucks?|lorr(?:y|ies)|convoys?|truckloads?|overland|drove|driven)\b", re.I)),
    ("air", re.compile(
        r"\b(?:(?:by|via)\s+air|(?:air)?planes?|aircraft|airlift\w*|cargo\s+jets?|flights?|flew|flown)\b(?!\s+(?:defen|missile))", re.I)),
)  # fmt: skip
PORT = re.compile(r"\b(?:sea)?ports?\b", re.I)
ON = re.compile(
    r"\b(?:then|from\s+there|there|onwards?|later|afterwards?|before\s+being|subsequently|next|finally|were\s+(?:then\s+)?(?:moved|taken|carried|"
    r"transported|transferred|unloaded|loaded))\b",
    re.I,
)
CARRIED = re.compile(
    r"\b(?:moved|taken|took|carried|transported|transferred|shipped|hauled|sent|travel+ed|went|sailed|delivered|unloaded|loaded|brought|arrived|"
    r"headed|flown|continued|crossed|reached|distributed|forwarded)\b",
    re.I,
)
LONGEST = 8
"""Stops of one route; a longer list of places is no route."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a route: ``role`` is "from", "via" or "to"; start and end are those of its passage, preposition and all."""

    where: Where
    role: str
    start: int
    end: int
    onward: bool
    country: str = ""
    wide: bool = False


def legs_of(scene: Scene, s: Supply) -> tuple[Leg, ...]:
    """The legs of a transfer's route in order, () where the text names countries alone, one of them, and no way of carriage."""
    k = s.head.sent
    low, high = _reach(scene, s)
    stops = _stops(scene, k, low, high)
    item = _item(scene, s)
    legs = _legs(scene, k, stops, low, item)
    if legs and k + 1 < len(scene.parse.sentences) and _goes_on(scene, k + 1):
        a, b = scene.parse.sentences[k + 1].start, scene.parse.sentences[k + 1].end
        more = [x for x in _stops(scene, k + 1, a, b) if x.role != "from" or x.where != legs[-1].end]
        last = legs[-1].end
        if last is not None and more and more[0].role != "from":
            more = [Stop(last, "from", more[0].start, more[0].start, False), *more]
        legs += _legs(scene, k + 1, more, a, item)
    told = any(x.mode != "unknown" for x in legs)
    whole = any(x.start is not None and x.end is not None for x in legs)
    spot = any(not x.wide for x in stops)  # "left the port of Najin"; a country alone is told by supplier and recipient
    return tuple(legs) if told or whole or spot else ()


def _item(scene: Scene, s: Supply) -> tuple[int, int]:
    """Where the item's own words stand: "tankers" and "aircraft" that are handed over carry nothing."""
    if s.item_head is None:
        return 0, 0
    core, _ = items.core_of(scene.parse, s.item_head)
    first, stop = items.phrase(scene.parse, core)
    return scene.parse.tokens[first].start, scene.parse.tokens[stop - 1].end


def _goes_on(scene: Scene, k: int) -> bool:
    s = scene.parse.sentences[k]
    text = scene.parse.text[s.start : s.end]
    return bool(ON.search(text[:160]) and CARRIED.search(text))


def _reach(scene: Scene, s: Supply) -> tuple[int, int]:
    """The stretch of the sentence that belongs to the supply: what stands under its verb or noun, and under what is moved."""
    p = scene.parse
    top = s.head
    if top.pos not in ("VERB", "AUX"):  # "shipments of shells ... went from X to Y": the noun's verb has the way
        up = scene.governor(top)
        top = up if up.pos == "VERB" and CARRIED.search(up.text) else top
    tokens = [top, *p.children(top)]
    low = min(min(t.left for t in tokens), s.item_head.left if s.item_head is not None else top.left)
    high = max(t.right for t in tokens)
    if s.item_head is not None:
        high = max(high, s.item_head.right)
    sentence = scene.parse.sentences[s.head.sent]
    return max(sentence.start, p.tokens[low].start), min(sentence.end, p.tokens[high].end)


def _stops(scene: Scene, k: int, low: int, high: int) -> list[Stop]:
    """The stops of a stretch in order of the way, not of the words: "to B from A" begins at A."""
    out: list[Stop] = []
    for place, top in scene.places[k]:
        if len(out) > 2 * LONGEST:
            break
        if not low <= place.span.start < high or scene.parties.named(top) in lx.BODIES:
            continue  # a force that has a town's name
        stop = _stop(scene, place, top)
        if stop is not None and all(o.where.name != stop.where.name for o in out):
            out.append(stop)
    spots = [
        o for o in out if not o.wide
    ]  # "to Russia ... to a depot in Tikhoretsk": the spot says where in the country
    return [o for o in out if not o.wide or all(x.country != o.country or x.role == "via" for x in spots)][:LONGEST]


def _stop(scene: Scene, place: Place, top: Token) -> Stop | None:
    p = scene.parse
    node = top
    for _ in range(5):
        up = p.head(node)
        if up.i == node.i:
            return None
        if node is top and _to_before(scene, top):  # "to Dunai", the name taken for a verb
            return _at(place, "to", p.tokens[top.left].start, False)
        if up.pos in ("ADP", "SCONJ") or up.dep == "prep":
            word = up.lower
            if word == "of" or (word in ("in", "at", "near", "on") and p.head(up).pos in ("NOUN", "PROPN")):
                # "the port of Najin", "a depot in Tikhoretsk": the phrase above tells
                node = p.head(up)
                continue
            if word == "to" and up.i and p.tokens[up.i - 1].lower == "from":
                return None
            role = "from" if word in FROM else "via" if word in VIA else "to" if word in TO else ""
            if not role or (word in ("in", "at", "near", "on") and not _arriving(p.head(up))):
                return None
            if word == "for" and p.head(up).lemma not in ("bind", "head", "leave", "depart", "destine", "bound"):
                return None
            before = p.text[p.sentences[top.sent].start : up.start]
            onward = bool(
                re.search(r"\b(?:then|there|onwards?|later|before|on|next)\W+(?:\w+\W+){0,4}$", before[-60:], re.I)
            )
            return _at(place, role, up.start, onward)
        if up.pos == "VERB":
            if node.dep == "dobj" and up.lemma in ("leave", "depart"):
                return _at(place, "from", up.start, False)
            if node.dep == "dobj" and up.lemma in ("reach", "enter"):
                return _at(place, "to", up.start, False)
            return None
        if node.dep in ("poss", "amod") and place.kind == "country" and up.pos in ("NOUN", "PROPN"):
            return None  # "North Korea's port of Najin": the port is the stop
        node = up
    return None


def _at(place: Place, role: str, start: int, onward: bool) -> Stop:
    wide = place.kind in ("country", "region", "continent", "sea", "ocean")
    return Stop(Where(place.name, place.lat, place.lon), role, start, place.span.end, onward, place.country or "", wide)


def _to_before(scene: Scene, top: Token) -> bool:
    """A name after "to" that the parser took for a verb."""
    before = scene.parse.tokens[top.i - 1] if top.i else top
    return before.lower == "to" and before.sent == top.sent and before.dep in ("aux", "mark") and top.text[0].isupper()


def _arriving(verb: Token) -> bool:
    return verb.lemma in ("arrive", "unload", "land", "dock", "deliver", "store", "receive", "call", "offload")


def _legs(scene: Scene, k: int, stops: list[Stop], low: int, item: tuple[int, int]) -> list[Leg]:
    way = _ordered(stops)
    if not way:
        return []
    pairs: list[tuple[Stop | None, Stop | None]] = []
    if len(way) == 1:
        if way[0].role == "via":
            return []
        pairs = [(way[0], None)] if way[0].role == "from" else [(None, way[0])]
    else:
        if way[0].role != "from":
            pairs.append((None, way[0]))
        pairs += [(a, b) for a, b in pairwise(way) if b.role != "from"]
    out = []
    sentence = scene.parse.sentences[k]
    for n, (a, b) in enumerate(pairs):
        marks = [x for x in (a, b) if x is not None]
        start, end = min(x.start for x in marks), max(x.end for x in marks)
        start, end = max(start, sentence.start), min(end, sentence.end)
        later = [x.start for x in stops if x.start >= end]
        mode, span = _mode(scene, k, start, end, min(later, default=sentence.end), low if n == 0 else start, item)
        out.append(Leg(a.where if a else None, b.where if b else None, mode, span))
    return out


def _ordered(stops: list[Stop]) -> list[Stop]:
    """The way: its start, what lies between, its ends, in the order of the text, except that a start told last comes first and a
    "via" told after the only end comes before it."""
    way = [s for s in stops if s.role == "from"][:1]
    rest = [s for s in stops if s not in way and not (s.role == "from" and len(way) == 1)]
    again = [s for s in stops if s.role == "from" and s not in way]
    out = list(way)
    for s in rest:
        if s.role == "via" and not s.onward and out and out[-1].role == "to":
            out.insert(len(out) - 1, s)
        else:
            out.append(s)
    for (
        s
    ) in again:  # "from A to B, and from B to C" repeats a stop, which is there already; another start is another route
        if s.where.name not in {o.where.name for o in out}:
            after = [o for o in out if o.start > s.start]
            out.insert(out.index(after[0]) if after else len(out), s)
    return out


def _mode(scene: Scene, k: int, start: int, end: int, until: int, low: int, item: tuple[int, int]) -> tuple[Mode, Span]:
    """The mode of a stretch and its passage with the words of the mode: inside it, right after it, or, for the first, before it."""
    text = scene.parse.text
    tail = re.split(r"[,;]|\bthen\b|\bbefore\b", text[end:until], maxsplit=1)[0] if end < until else ""
    for a, b in ((start, end), (end, end + len(tail)), (low, start)):
        found = [(m.start(), m.end(), mode) for mode, r in MODES for m in r.finditer(text, a, b)]
        found = [f for f in found if not _in_name(scene, k, f[0], f[1]) and not (item[0] <= f[0] and f[1] <= item[1])]
        if found:
            best = min(found, key=lambda f: abs(f[0] - (start if a != low else b)))
            return best[2], Span.of(text, min(start, best[0]), max(end, best[1]))
    return "sea" if PORT.search(text, start, end) else "unknown", Span.of(text, start, end)


def mode_of(text: str) -> Mode:
    """The first way of carriage that a text names; "unknown" where it names none."""
    found = [(m.start(), mode) for mode, r in MODES if (m := r.search(text))]
    return min(found)[1] if found else "unknown"


def _in_name(scene: Scene, k: int, start: int, end: int) -> bool:
    """A word of a place's own name ("Sea of Japan"), no way of carriage."""
    return any(p.span.start <= start and end <= p.span.end for p, _ in scene.places[k])
