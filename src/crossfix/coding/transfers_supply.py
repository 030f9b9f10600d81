"""A supply statement, and the questions that its frames share: who, to whom, from where, by which way, how real."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crossfix.coding import events_lexicon as lx
from crossfix.coding import items
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token
from crossfix.model import Leg, Quantity, Span, Time, TransferModality, Where


@dataclass(slots=True)
class Supply:
    """One statement of a transfer. ``head`` is its verb or noun, ``item_head`` the noun of what is handed over."""

    head: Token
    item_head: Token | None
    suppliers: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    modality: TransferModality = "actual"
    item: str = ""
    quantity: str | None = None
    route: str | None = None
    mutual: bool = False
    nominal: bool = False
    happening: bool = True
    """True where the wording tells of something that can be an event of its own."""
    habit: bool = False
    """A standing practice ("continues to provide"): gives context, no transfer."""
    background: bool = False
    """Told in passing in a relative clause ("the rockets that X has provided")."""
    goods: bool = False
    """No arms: fuel, food, cash, troops."""
    amounts: tuple[Quantity, ...] = ()
    legs: tuple[Leg, ...] = ()
    traffic: bool = False
    """Told as traffic (`transfers_traffic`), its goods or parties taken from near by."""
    ends: frozenset[str] = frozenset()
    """For traffic between places: the spots at both ends."""
    place: Where | None = None
    """Where it left from, for traffic."""
    ongoing: bool = False
    """Traffic that goes on ("regular shipments", "since September"), so that a later sum of it is the same."""
    begun: bool = False
    """Told by its beginning ("the start of regular shipments"): it is that which has the date, and the goods move from then on."""
    times: tuple[Time, ...] = ()
    """Its time, where the frame found it; else it is looked for by syntax."""
    also: list[Span] = field(default_factory=list)
    """Further passages that tell it."""


MODE = re.compile(
    r"\b(rail(?:way|road|cars?)?|trains?|sea|ships?|vessels?|air|planes?|aircraft|cargo flights?|trucks?|road|land|port|tankers?|"
    r"freighters?)\b",
    re.I,
)


GRANT_VERBS = frozenset(
    "announce approve authorize authorise send unveil pledge provide offer prepare give grant".split()
)


CARRY_VERBS = frozenset("move carry transport ship deliver haul ferry fly airlift truck".split())


def actors_of(scene: Scene, verb: Token) -> list[str]:
    s = scene.subject(verb)
    return scene.parties.states(s) if s is not None else []


def prep_object(scene: Scene, t: Token, prep: str) -> Token | None:
    for c in scene.parse.children(t, "prep", "dative"):
        if c.lower == prep:
            for o in scene.parse.children(c, "pobj"):
                return o
    return None


def prep_parties(scene: Scene, t: Token, preps: tuple[str, ...]) -> list[str]:
    """States named in the prepositional phrases of a word, "for use by X" before "into Y"."""
    out: list[str] = []
    for c in scene.parse.children(t, "prep", "dative", "agent"):
        if c.lower in preps:
            for o in scene.parse.children(c, "pobj"):
                if o.lemma == "use":
                    by = prep_parties(scene, o, ("by",))
                    out = by + [n for n in out if n not in by]
                elif c.lower != "for" or o.lemma not in ("war", "invasion", "use", "fight"):
                    out += [n for n in side_of(scene, o) if n not in out]
    return out


def side_of(scene: Scene, noun: Token) -> list[str]:
    """The states of a phrase; a town or depot stands for the state it lies in."""
    named = scene.parties.states(noun)
    spot = next((p for p, top in scene.places[noun.sent] if top.i == noun.i and p.kind != "country"), None)
    if any(lx_party(n) for n in named):
        return named
    if spot is not None and not spot.agentive and spot.country in lx.COUNTRY_CODES:
        return [lx.COUNTRY_CODES[spot.country]]
    return named


def lx_party(name: str) -> bool:
    """True for states and armed bodies, the parties that a left-out side may be."""
    return name in lx.COUNTRIES or name in lx.BODIES


def receivers(scene: Scene, verb: Token, thing: Token | None) -> list[str]:
    use = prep_parties(scene, verb, ("for",))
    found = prep_parties(scene, verb, ("to", "into", "toward", "towards"))
    if thing is not None:
        found = found or prep_parties(scene, thing, ("to", "into"))
        for c in scene.parse.children(thing, "conj"):
            found = found or prep_parties(scene, c, ("to", "into", "for"))
        use = use or [n for c in scene.parse.children(thing, "conj") for n in prep_parties(scene, c, ("for",))]
    armed = [n for n in use if n in lx.BODIES]
    return (armed or found or use)[:2]


def givers(scene: Scene, thing: Token) -> list[str]:
    for x in (thing, *scene.parse.children(thing, "conj"), *items.of_objects(scene.parse, thing)):
        found = prep_parties(scene, x, ("from",))
        if found:
            return found
    return []


def made_by(scene: Scene, thing: Token) -> list[str]:
    """The maker in "North Korean missiles", "Iranian-made drones"."""
    core, _ = items.core_of(scene.parse, thing)
    for c in scene.parse.children(core, "amod", "compound", "nmod"):
        name = scene.parties.one(c)
        if name is None:
            name = next((n for d in scene.parse.children(c) if (n := scene.parties.one(d))), None)
        if name:
            return [name]
    return []


def owner_of_origin(scene: Scene, verb: Token, preps: tuple[str, ...] = ("from",)) -> list[str]:
    """Whose port or place a cargo leaves."""
    spots = [o for c in scene.parse.children(verb, "prep") if c.lower in preps for o in scene.parse.children(c, "pobj")]
    spots += scene.parse.children(verb, "dobj")
    for o in spots:
        states = scene.parties.states(o) or [
            n for c in scene.parse.children(o, "poss", "amod", "compound") for n in scene.parties.states(c)
        ]
        if states:
            return states[:1]
        for place, top in scene.places[verb.sent]:
            if scene.parse.tokens[o.left].i <= top.i <= o.right:
                return [lx.COUNTRY_CODES[place.country]] if place.country in lx.COUNTRY_CODES else []
    return []


def place_states(scene: Scene, verb: Token, preps: tuple[str, ...]) -> list[str]:
    """The states in which the places of a verb's phrases lie: "from Rajin to Dunai"."""
    for c in scene.parse.children(verb, "prep", "dative"):
        if c.lower not in preps:
            continue
        low, high = c.i, c.right
        for place, top in scene.places[verb.sent]:
            if low < top.i <= high and place.country in lx.COUNTRY_CODES:
                return [lx.COUNTRY_CODES[place.country]]
    return []


def are_boxes(scene: Scene, obj: Token) -> bool:
    """Containers of untold content, in a document that speaks of arms."""
    return (
        obj.lower in ("containers", "container", "cargo", "crates")
        and not items.of_objects(scene.parse, obj)
        and scene.of_arms
    )


def is_cargo_of_arms(scene: Scene, thing: Token) -> bool:
    """Arms, or containers of untold content where the document speaks of arms."""
    inside = (thing, *items.of_objects(scene.parse, thing))
    return items.is_arms(scene.parse, thing) or any(are_boxes(scene, x) for x in inside)


def listed(scene: Scene, verb: Token, obj: Token) -> Token | None:
    """The list after "including" under an object or its verb, where it is of arms."""
    for x in (obj, *items.of_objects(scene.parse, obj), verb):
        for c in scene.parse.children(x, "prep"):
            if c.lower == "including" and c.i > obj.i:
                for o in scene.parse.children(c, "pobj"):
                    if items.is_arms(scene.parse, o) or items.TECH.search(phrase_of(scene, o)):
                        return o
    return None


def is_technology(scene: Scene, noun: Token) -> bool:
    """Weapon or space technology, or military help: "technical assistance", "missile technology"."""
    if noun.lower not in items.TECH_NOUNS:
        return False
    return bool(items.TECH.search(phrase_of(scene, noun).lower().removesuffix(noun.lower)))


def phrase_of(scene: Scene, t: Token) -> str:
    return scene.parse.text[scene.parse.tokens[max(t.left, t.i - 8)].start : t.end]


def route_of(scene: Scene, s: Supply) -> str | None:
    """The way it went, as the text says it: "via railcars", "by sea", "from the port of X"."""
    p = scene.parse
    parts: list[str] = []
    heads = [s.head] + ([s.item_head] if s.item_head is not None else [])
    for h in heads:
        for c in p.children(h, "prep"):
            if c.lower not in ("via", "by", "aboard", "through", "from", "across", "on", "over", "in"):
                continue
            for o in p.children(c, "pobj"):
                end = p.tokens[min(o.right, o.i + 5)].end
                end = min([end, *(t.span.start for t, _, _ in scene.times[c.sent] if o.end <= t.span.start < end)])
                text = re.sub(r"\s+", " ", p.text[c.start : end]).strip(" ,")
                port = re.search(r"\bport\b|\bstation\b|\bcrossing\b|\bborder\b", text, re.I)
                if (MODE.search(text) and c.lower != "in") or (c.lower in ("from", "through", "via") and port):
                    parts.append(text)
                    if port and "port" in port[0].lower():
                        parts.insert(0, "by sea")
    return ", ".join(dict.fromkeys(parts)) or None


def modality_of(scene: Scene, verb: Token) -> TransferModality:
    """Of a verb of giving or getting: actual, or offered, wanted, predicted, negated by what governs it."""
    base = scene.modality(verb)
    if base == "negated" or (scene.parse.head(verb).lemma in ("refuse", "decline") and verb.dep == "xcomp"):
        return "negated"
    giving = verb.lemma in lx.GIVE_VERBS
    up = verb
    for _ in range(5):
        over = scene.parse.head(up)
        if over.i == up.i:
            break
        finite = any(c.dep in ("nsubj", "nsubjpass") for c in scene.parse.children(up))
        lemma = over.lemma.lower()
        if up.dep == "pcomp" and over.lower in ("by", "through", "after", "since", "despite", "without", "while"):
            break
        if lemma in lx.OFFER_WORDS and (not finite or base in ("future", "hypothetical")):
            return "offered"
        if not finite or up.dep == "ccomp":
            if lemma in lx.SEEK_VERBS or lemma in (
                "intend",
                "look",
                "hope",
                "plan",
                "try",
                "urge",
                "ask",
                "negotiate",
                "aim",
                "interested",
            ):
                if base != "actual" or not finite:
                    own = giving and lemma in ("plan", "intend", "aim", "hope", "try", "look")
                    return "predicted" if own else "wanted"  # the giver's plan, the receiver's wish
            if lemma in ("consider", "weigh", "mull", "explore") and verb.lemma in lx.GET_VERBS:
                return "wanted"
        if finite and base == "actual":
            break
        up = over
    if base in ("future", "hypothetical"):
        return "predicted"
    return "actual"


def noun_modality(scene: Scene, noun: Token) -> TransferModality:
    base = scene.modality(noun)
    if base == "negated":
        return "negated"
    kids = {c.lower for c in scene.parse.children(noun)}
    if kids & {"possible", "potential", "future", "planned", "prospective"}:
        return "predicted"
    return "predicted" if base in ("future", "hypothetical") else "actual"


def pictured(scene: Scene, head: Token) -> list[Time]:
    """The day of the pictures that show it: "images from 5 May show containers leaving". A day on which pictures were released is none."""
    p = scene.parse
    node = head
    for _ in range(8):
        up = p.head(node)
        if up.i == node.i:
            return []
        if up.lemma in SHOWING and node.dep in ("dobj", "ccomp", "acl", "xcomp", "pobj", "dep"):
            seen = scene.subject(up)
            if seen is None or seen.lemma not in PICTURES or seen.i > up.i:
                return []
            lead = (
                (t, p.text[seen.end : t.span.start]) for t, top, _ in scene.times[head.sent] if seen.i < top.i < up.i
            )
            return [t for t, words in lead if t.interval is not None and TAKEN.search(words)][:1]
        node = up
    return []


SHOWING = frozenset("show reveal capture depict".split())
PICTURES = frozenset("imagery image picture photo photograph".split())
TAKEN = re.compile(
    r"\b(?:from|dated|of|taken(?: (?:on|in))?|captured(?: (?:on|in))?)\s+(?:(?:early|late|the|mid)\s+)*$", re.I
)


def is_habit(scene: Scene, verb: Token) -> bool:
    """ "continues to provide", "is continuing to receive": a standing practice."""
    up = scene.parse.head(verb)
    return verb.dep == "xcomp" and up.lemma in ("continue", "keep") and up.i != verb.i
