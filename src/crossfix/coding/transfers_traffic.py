"""Traffic between places of two states, its goods told around it: "64 journeys by four ships between A and B".

Such wording names the way, and neither the goods nor the side that gives. Both are taken from near by, and only where they leave no
doubt: which side gives from the document's own dealings in arms between the two states where they go one way, else from the maker of
arms named in the paragraph ("North Korean shells"); the goods from the sentence or the paragraph, else from those dealings where the
paragraph speaks of arms. Where that fails nothing is coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossfix.coding import events_lexicon as lx
from crossfix.coding import items
from crossfix.coding.amounts import amounts_of
from crossfix.coding.events_scene import Scene
from crossfix.coding.item_kinds import kinds_of
from crossfix.coding.routes import mode_of
from crossfix.coding.transfers_supply import Supply, made_by, modality_of, noun_modality
from crossfix.language.parse import Token
from crossfix.model import Leg, Place, Span, Time, Where

SHIPPED = frozenset("shipment shipments delivery deliveries traffic".split())
"""Nouns that mean goods moving by themselves."""
JOURNEYS = frozenset("journey journeys voyage voyages trip trips sailing sailings crossing crossings run runs".split())
"""Nouns that mean it of a ship or train alone."""
GOING = frozenset("travel sail shuttle ply steam move run".split())
CARRIERS = frozenset(
    "ship ships vessel vessels freighter freighters tanker tankers barge barges train trains railcars convoy convoys boat boats".split()
)
BRINGING = frozenset("deliver carry move transport bring ship transfer haul ferry".split())
BOXES = frozenset("container containers crate crates box boxes wagon wagons".split())
WAY = re.compile(
    r"\b(?:shipments?|deliver(?:y|ies)|traffic|journeys?|voyages?|trips?|sailings?|crossings?|runs?|ran|"
    r"travel+(?:ed|ing|s)?|sail(?:ed|s)?|shuttl(?:ed?|es|ing)|pl(?:y|ied|ies|ying)|steam(?:ed|ing)|mov(?:ed|ing))\b",
    re.I,
)
TALK = re.compile(r"\b(?:arms|weapons|munitions?|ammunition|artillery|shells|rounds|rockets|missiles)\b", re.I)
MADE = frozenset(
    "make take occur begin start run go count record track observe detect complete conduct see monitor identify continue resume".split()
)
"""Verbs that may stand between the noun and its way: "voyages were made between"."""
WIDE = frozenset({"country", "region", "continent", "sea", "ocean"})
STEADY = frozenset("regular continuing continued frequent repeated steady ongoing".split())
BEGUN = frozenset("start beginning resumption begin resume continue".split())
FAR = 14
"""Tokens between a head and the preposition of its way."""
NEAR = 2
"""Sentences after a traffic in which "these journeys delivered ..." sums it up."""


@dataclass(frozen=True, slots=True)
class Way:
    """The two ends: states with their spots. ``directed`` where the words tell which is which ("from A to B")."""

    states: tuple[str, str]
    spots: dict[str, list[Place]]
    start: int
    end: int
    directed: bool

    @property
    def names(self) -> frozenset[str]:
        """The spots of both ends."""
        return frozenset(p.name for ps in self.spots.values() for p in ps)


def traffic(scene: Scene, found: list[Supply]) -> list[Supply]:
    """The statements of traffic of a document, in order; ``found`` are its other supply statements, which tell who gives what."""
    if not TALK.search(scene.parse.text):
        return []
    told = {s.head.i for s in found} | {s.item_head.i for s in found if s.item_head is not None}
    out: list[Supply] = []
    for k, sentence in enumerate(scene.parse.sentences):
        if not WAY.search(scene.parse.text, sentence.start, sentence.end):
            continue
        if out and 0 < k - out[-1].head.sent <= NEAR:
            _sum_up(scene, k, out[-1])
        for t in scene.parse.sentence_tokens(k):
            made = (_of(scene, t, found) or (_counted(scene, t, out[0]) if out else None)) if t.i not in told else None
            if made is not None:
                out.append(made)
                break
    return out


def _of(scene: Scene, t: Token, found: list[Supply]) -> Supply | None:
    p = scene.parse
    if t.pos == "NOUN" and t.dep not in ("compound", "amod", "nmod") and t.lower in SHIPPED | JOURNEYS:
        if t.lower in JOURNEYS and not _by_ship(scene, t):
            return None
        modality = noun_modality(scene, t)
    elif t.pos == "VERB" and t.lemma in GOING and t.dep not in ("amod", "compound"):
        carrier = p.head(t) if t.dep == "acl" else scene.subject(t)
        if carrier is None or carrier.lower not in CARRIERS:
            return None
        modality = modality_of(scene, t)
    else:
        return None
    if modality != "actual":
        return None
    way = _way(scene, t)
    if way is None:
        return None
    known = [s for s in found if _deals(s, way) and s.modality in ("actual", "offered")]
    sides = {(s.suppliers[0], s.recipients[0]) for s in known}
    marked = _marked(scene, t, way)
    if len(sides) > 1 or (not sides and len({maker for maker, _ in marked}) != 1):
        return None
    giver = next(iter(sides))[0] if sides else marked[0][0]
    if way.directed and giver != way.states[0]:
        return None  # the empty ship's way out, or goods of another kind
    taker = next(s for s in way.states if s != giver)
    item = _item(scene, t, [head for maker, head in marked if maker == giver], known)
    if not item:
        return None
    counted = items.quantity_of(p, t) if t.pos == "NOUN" else None
    quantity = f"{counted} {t.lower}" if counted and not counted.lower().endswith(t.lower) else counted
    up = p.head(p.head(t)) if t.dep == "pobj" else p.head(t)
    times = _times(scene, t, way)
    begun = up.lemma in BEGUN or (t.dep == "nsubj" and p.head(t).lemma in BEGUN)
    steady = begun or any(c.lower in STEADY for c in p.children(t, "amod"))
    start = next(iter(way.spots.get(giver, ())), None)
    return Supply(
        t, None, [giver], [taker], "actual", item, quantity, _words(scene, way), nominal=True,
        amounts=amounts_of(p, t) if t.pos == "NOUN" else (), legs=_legs(scene, way, giver, taker),
        ends=way.names, place=_where(start) if start is not None else None,
        ongoing=steady or any(scene.since(x) for x in times), begun=begun, times=times, traffic=True,
    )  # fmt: skip


def _counted(scene: Scene, t: Token, first: Supply) -> Supply | None:
    """ "Four shipments were observed in May", of a traffic told before: so many, with a time of their own and no other parties."""
    p = scene.parse
    number = next((c for c in p.children(t, "nummod") if c.tag == "CD" and c.i < t.i), None)
    if t.lower not in SHIPPED | JOURNEYS or number is None or t.dep in ("compound", "nmod"):
        return None
    if noun_modality(scene, t) != "actual" or scene.modality(scene.governor(t)) != "actual":
        return None
    times = [x for x in scene.times_for(t) if x.interval is not None]
    if not times or times[0].interval is None:
        times = _seen_in(scene, t)
    under = p.tokens[t.left : t.right + 1]
    if (
        not times
        or any(x.lower in ("per", "a", "each") and x.i > t.i for x in under)
        or any(scene.parties.named(x) for x in under)
    ):
        return None
    return Supply(
        t, None, list(first.suppliers), list(first.recipients), "actual", first.item, f"{number.text} {t.lower}", nominal=True,
        amounts=amounts_of(p, t), times=(times[0],), traffic=True,
    )  # fmt: skip


def _seen_in(scene: Scene, t: Token) -> list[Time]:
    """The time of "were observed in May", which is the verb's."""
    verb = scene.governor(t)
    if t.dep != "nsubjpass" or verb.lemma not in MADE:
        return []
    return [x for x in scene.times_for(verb) if x.interval is not None]


# ------------------------------------------------------------------ the way


def _way(scene: Scene, t: Token) -> Way | None:
    """The two ends told after a noun or verb; None where they are not of two states, or no spot is named."""
    p = scene.parse
    _, stop = p.bounds[t.sent]
    prep: Token | None = None
    for x in p.tokens[t.i + 1 : min(stop, t.i + FAR)]:
        if x.lower in ("between", "from") and x.pos in ("ADP", "SCONJ"):
            prep = x
            break
        if x.text in (";", ":") or (x.pos == "VERB" and x.tag not in ("VBN", "VBG") and x.lemma not in MADE):
            return None
    if prep is None:
        return None
    end = next((x.i for x in p.tokens[prep.i + 1 : stop] if _breaks(x)), stop)
    near = [(pl, top) for pl, top in scene.places[t.sent] if prep.i < top.i < end and not pl.agentive]
    turn: int | None = None
    if prep.lower == "from":
        turn = next((x.i for x in p.tokens[prep.i + 1 : end] if x.lower in ("to", "into", "toward", "towards")), None)
        if turn is None:
            return None
    spots: dict[str, list[Place]] = {}
    sides: list[tuple[str, bool]] = []
    for place, top in near:
        state = lx.COUNTRY_CODES.get(place.country) if place.country else None
        if state is None:
            if place.kind in ("sea", "ocean"):
                continue
            return None
        sides.append((state, turn is not None and top.i > turn))
        spots.setdefault(state, [])
        if place.kind not in WIDE and all(o.name != place.name for o in spots[state]):
            spots[state].append(place)
    states = tuple(spots)
    if len(states) != 2 or not any(spots.values()):
        return None
    if turn is not None and any((state == states[0]) == after for state, after in sides):
        return None
    last = max(pl.span.end for pl, _ in near)
    tail = re.match(r"\s+(?:sea)?ports?\b", p.text[last : last + 12])
    return Way((states[0], states[1]), spots, prep.start, last + (tail.end() if tail else 0), turn is not None)


def _breaks(x: Token) -> bool:
    """The end of a phrase of places: a finite verb, a new clause, a time."""
    return (
        x.text in (";", ":", "(", "—")
        or (x.pos in ("VERB", "AUX") and x.tag in ("VBD", "VBZ", "VBP", "MD"))
        or x.lower
        in ("since", "which", "who", "that", "while", "when", "as", "before", "after", "during", "via", "through")
    )


def _times(scene: Scene, t: Token, way: Way) -> tuple[Time, ...]:
    """The time right after the places ("between A and B since May"), else those that syntax gives."""
    lead = ((x, scene.parse.text[way.end : x.span.start]) for x, _, _ in scene.times[t.sent])
    after = [
        x
        for x, words in lead
        if x.interval is not None and re.fullmatch(r"\W*\b(?:since|in|on|from|during|for)\W*|\W+", words)
    ]
    up = scene.parse.head(scene.parse.head(t)) if t.dep == "pobj" else t
    began = scene.times_for(up) if up.pos == "NOUN" and up.lemma in BEGUN else []
    found = after[:1] or scene.times_for(t)[:1] or scene.stretches_for(t)[:1] or began[:1]
    return tuple(scene.stretch(x) if scene.since(x) and x in after else x for x in found)


def _words(scene: Scene, way: Way) -> str:
    text = re.sub(r"\s+", " ", scene.parse.text[way.start : way.end]).strip(" ,")
    return f"by sea, {text}" if any(p.kind == "port" for ps in way.spots.values() for p in ps) else text


def _where(place: Place) -> Where:
    return Where(place.name, place.lat, place.lon)


def _legs(scene: Scene, way: Way, giver: str, taker: str) -> tuple[Leg, ...]:
    """One leg from each of the giver's spots to each of the taker's; an end told as a state alone is left open."""
    sentence = scene.parse.sentences[scene.parse.sentence_at(way.start)]
    mode = mode_of(scene.parse.text[sentence.start : way.end])
    if mode == "unknown" and any(p.kind == "port" for ps in way.spots.values() for p in ps):
        mode = "sea"
    span = Span.of(scene.parse.text, way.start, way.end)
    starts: list[Where | None] = [*map(_where, way.spots.get(giver, ()))] or [None]
    ends: list[Where | None] = [*map(_where, way.spots.get(taker, ()))] or [None]
    return tuple(Leg(a, b, mode, span) for a in starts[:2] for b in ends[:3])


def _by_ship(scene: Scene, t: Token) -> bool:
    """True where a journey is that of a ship or train: one is named in the sentence, or told in the next where a name has made it
    ("the Angara made eleven trips")."""
    p = scene.parse
    if any(x.lower in CARRIERS for x in p.sentence_tokens(t.sent)):
        return True
    doer = scene.subject(scene.governor(t))
    if doer is None or doer.pos != "PROPN" or scene.parties.one(doer) is not None:
        return False
    return any(
        x.lower in CARRIERS for k in _paragraph(scene, t.sent) if abs(k - t.sent) == 1 for x in p.sentence_tokens(k)
    )


# ------------------------------------------------------------------ who gives what


def _deals(s: Supply, way: Way) -> bool:
    """A supply of arms between the two states."""
    if s.goods or s.mutual or len(s.suppliers) != 1 or len(s.recipients) != 1 or items.TECH_NOUNS & {s.head.lower}:
        return False
    if {s.suppliers[0], s.recipients[0]} != set(way.states):
        return False
    return kinds_of(s.item).kind not in ("technology", "satellites", "food_aid", "money", "training", "fuel")


def _paragraph(scene: Scene, k: int) -> Iterator[int]:
    """The sentences of a sentence's paragraph, nearest first, those before it before those after."""
    at = scene.parse.sentences[k].paragraph
    near = [
        n
        for n in range(max(0, k - 6), min(len(scene.parse.sentences), k + 7))
        if scene.parse.sentences[n].paragraph == at
    ]
    yield from sorted(near, key=lambda n: (abs(n - k), n > k))


def _marked(scene: Scene, t: Token, way: Way) -> list[tuple[str, Token]]:
    """Arms that the paragraph calls one of the two states' own ("North Korean shells"): (state, head), nearest first."""
    out: list[tuple[str, Token]] = []
    for k in _paragraph(scene, t.sent):
        for x in scene.parse.sentence_tokens(k):
            if x.pos != "NOUN" or x.dep in ("compound", "amod", "nmod") or not items.is_arms(scene.parse, x):
                continue
            core, measure = items.core_of(scene.parse, x)
            if measure is not None and core.i != x.i:
                continue  # the thing itself comes by its own word
            maker = next((m for m in made_by(scene, x) if m in way.states), None)
            if maker is not None and x.lower in items.ARMS:
                out.append((maker, x))
    return out


def _item(scene: Scene, t: Token, marked: list[Token], known: list[Supply]) -> str:
    """The goods: those of the sentence, the giver's own named in the paragraph, else those of the nearest dealing where the paragraph
    speaks of arms; "" where none is told."""
    p = scene.parse
    named = [x for x in p.sentence_tokens(t.sent) if x.pos == "NOUN" and x.lower in items.ARMS - items.WEAK]
    own = [x for x in named if x.dep in ("pobj", "dobj", "conj")]
    if own:
        head = min(own, key=lambda x: abs(x.i - t.i))
        return items.item_text(p, head)
    if marked:
        return _without_maker(items.item_text(p, marked[0]))
    spoken = any(TALK.search(p.text, p.sentences[k].start, p.sentences[k].end) for k in _paragraph(scene, t.sent))
    if not spoken or not known:
        return ""
    near = min(known, key=lambda s: (s.head.i > t.i, abs(s.head.i - t.i)))
    return _without_maker(near.item)


def _without_maker(item: str) -> str:
    """ "North Korean artillery ammunition": the maker is told as supplier."""
    for forms in lx.COUNTRIES.values():
        for form in forms:
            if item.lower().startswith(form + " "):
                return item[len(form) + 1 :]
    return item


def _sum_up(scene: Scene, k: int, s: Supply) -> None:
    """ "These journeys delivered 15,800 containers": what the traffic told before came to."""
    p = scene.parse
    for t in p.sentence_tokens(k):
        if t.pos != "VERB" or t.lemma not in BRINGING or modality_of(scene, t) != "actual":
            continue
        subject = scene.subject(t)
        if subject is None or not _points_back(scene, subject, s):
            continue
        for obj in p.children(t, "dobj"):
            counted = amounts_of(p, obj)
            if counted and (items.core_of(p, obj)[0].lower in BOXES or items.is_arms(p, obj)):
                s.quantity = re.sub(r"\s+", " ", counted[0].span.text)
                s.amounts += counted
                s.also.append(scene.ann.document.span(subject.start, max(t.end, counted[-1].span.end)))
                return


def _points_back(scene: Scene, subject: Token, s: Supply) -> bool:
    if subject.lower in ("they", "these", "those"):
        return s.head.pos == "NOUN" and subject.sent == s.head.sent + 1
    back = any(c.lower in ("these", "those", "the", "such") for c in scene.parse.children(subject, "det"))
    return back and subject.lower in SHIPPED | JOURNEYS | CARRIERS
