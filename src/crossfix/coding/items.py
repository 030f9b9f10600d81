"""What is handed over: which noun phrases are arms, weapon parts or weapon technology, and how they are written down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.coding.item_kinds import kinds_of
from crossfix.language.parse import Parse, Token

ARMS = frozenset(
    "arm arms weapon weapons weaponry munition munitions ammunition ammo shell shells round rounds missile missiles rocket rockets "
    "artillery gun guns rifle rifles howitzer howitzers mortar mortars launcher launchers mlrs himars drone drones uav uavs tank tanks "
    "bomb bombs torpedo torpedoes mine mines grenade grenades bullet bullets warhead warheads icbm icbms slbm slbms jet jets "
    "fighter fighters warplane warplanes helicopter helicopters aircraft submarine submarines warship warships frigate frigates "
    "armor armour bradleys abrams patriot patriots s-300 s-400 s-500 javelin javelins stinger stingers shahed shaheds manpads "
    "interceptor interceptors explosives propellant centrifuge centrifuges uranium plutonium hardware materiel matériel armament "
    "armaments vehicles mraps humvees gunpowder projectile projectiles torpedo engines".split()
)
"""Nouns that are arms by themselves ("vehicles", "aircraft", "engines", "hardware" only with a military modifier, see below)."""

WEAK = frozenset(
    "vehicles aircraft engines hardware jets jet fighters fighter mines mine rounds round shells guns propellant".split()
)
"""Also said of other things: they count with a military word beside them or in an arms context given by the verb's frame."""

CARRIERS = frozenset(
    "equipment system systems technology technologies material materials component components part parts capability "
    "capabilities assistance aid package supplies goods item items kit gear hardware arsenal batteries battery "
    "production stockpile stockpiles vehicle vehicles aircraft engines jets".split()
)
"""Nouns that are arms with a military modifier ("military equipment", "air defense systems", "missile parts")."""

MODIFIERS = frozenset(
    "military weapon weapons arms missile missiles ballistic artillery defense defence air-defense anti-aircraft anti-tank nuclear "
    "armored armoured combat fighter rocket satellite lethal infantry drone surface-to-air munitions ammunition war tank radar "
    "security dual-use strategic naval submarine space spy reconnaissance icbm".split()
)
MEASURES = frozenset(
    "container containers shipment shipments shipload shiploads cargo cargoes batch batches ton tons tonne tonnes tonnage load loads "
    "number numbers dozen dozens hundred hundreds thousand thousands million millions quantity quantities amount amounts round rounds "
    "trainload wagon wagons truckload stock stocks stockpile stockpiles set sets unit units piece pieces some one two three several "
    "delivery deliveries supply supplies lot lots kind kinds variety range amount type types railcar railcars consignment "
    "consignments barrel barrels crate crates volume volumes minimum maximum total average majority bulk part rest half".split()
)
GENERIC = frozenset(
    "arm arms weapon weapons weaponry munition munitions ammunition equipment military aid assistance support system systems materiel "
    "technology technologies help cooperation package supplies hardware".split()
)
TECH = re.compile(
    r"\b(?:missile|satellite|rocket|nuclear|weapons?|space|technical|technological|technology|scientific|icbm|submarine|military|"
    r"launch|reconnaissance|air defen[cs]e|munitions?|arms)\b",
    re.I,
)
TECH_NOUNS = frozenset("technology technologies assistance cooperation help expertise know-how support aid".split())
SKIP_MODIFIERS = frozenset("nummod quantmod det predet poss advmod case neg punct preconj cc".split())


def is_arms(parse: Parse, head: Token) -> bool:
    """True where the noun phrase of a head is arms, their parts or their technology, itself or by its "of" phrase."""
    low = head.lower
    if low in ("us", "it", "they"):
        return False
    modifiers = {t.lower for t in _modifiers(parse, head)}
    if low in ARMS or head.lemma.lower() in ARMS:
        if low not in WEAK or modifiers & MODIFIERS or low in ("shells", "rounds", "jets", "fighters", "guns"):
            return True
    if low in CARRIERS and modifiers & (MODIFIERS | ARMS):
        return True
    if low in MEASURES or head.lemma.lower() in MEASURES:
        if modifiers & ARMS - WEAK:
            return True  # "an arms shipment"
        return any(is_arms(parse, o) for o in of_objects(parse, head))
    if head.pos == "PROPN" and re.fullmatch(
        r"(?:[A-Z]{1,3}-?\d+\w*|Hwasong\S*|Fat(?:e)?h\S*|KN-\d+|HIMARS|ATACMS|ICBMs?)", head.text
    ):
        return True
    if head.pos == "NOUN" and re.search(r"\d", head.text) and kinds_of(head.text).kind in SYSTEMS:
        return True  # "18 F-16s"
    return any(is_arms(parse, c) for c in parse.children(head, "conj")[:3])


SYSTEMS = frozenset(
    "ballistic_missiles cruise_missiles launchers aircraft drones air_defence armoured_vehicles ships".split()
)
"""Kinds whose things go by a name with a number."""


GOODS = frozenset(
    "oil petroleum crude coal fuel diesel gasoline kerosene grain rice wheat flour food medicine medicines vaccine vaccines fertilizer "
    "fertiliser cash troops soldiers".split()
)
"""Things handed over that are no arms: told as transfers where both sides are named, their happening is of type "other"."""


def is_goods(parse: Parse, head: Token) -> bool:
    """True where a noun phrase is fuel, food, medicine, cash or troops, itself or by its "of" phrase."""
    core, _ = core_of(parse, head)
    return any(t.lower in GOODS for t in (head, core, *parse.children(core, "conj")[:3]))


def of_objects(parse: Parse, head: Token) -> list[Token]:
    """The nouns in "of X" under a head."""
    return [o for p in parse.children(head, "prep") if p.lower == "of" for o in parse.children(p, "pobj")]


def _modifiers(parse: Parse, head: Token) -> Iterator[Token]:
    todo = list(parse.children(head, "amod", "compound", "nmod", "npadvmod"))
    while todo:
        t = todo.pop()
        yield t
        todo += parse.children(t, "amod", "compound", "nmod", "npadvmod", "prep", "pobj")


def core_of(parse: Parse, head: Token) -> tuple[Token, Token | None]:
    """The thing itself and the measure it comes in: "containers of ammunition" -> (ammunition, containers)."""
    measure: Token | None = None
    for _ in range(3):
        if head.lower in MEASURES or head.lemma.lower() in MEASURES or head.pos == "NUM":
            below = of_objects(parse, head)
            below += [
                c for o in below for c in parse.children(o, "conj") if o.lower in ("mm", "millimeter", "millimetre")
            ]
            if below:
                kinds = [o for o in below if o.lower in ARMS or o.lower in CARRIERS]
                measure, head = measure or head, (kinds or below)[0]
                continue
        break
    return head, measure


def phrase(parse: Parse, head: Token) -> tuple[int, int]:
    """Token bounds [first, stop) of a noun phrase without determiner, number, clauses and prepositional tails, its
    coordinated nouns included."""
    first, last = _own(parse, head)
    todo = parse.children(head, "conj")
    while todo:
        c = todo.pop(0)
        if c.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or c.i < head.i or c.ent in ("GPE", "PERSON"):
            continue
        last = max(last, _own(parse, c)[1], c.i)
        todo += parse.children(c, "conj")
    return first, last + 1


def _own(parse: Parse, head: Token) -> tuple[int, int]:
    """First and last token of a head with the modifiers that stand before it."""
    first = head.i
    for c in parse.children(head):
        if (
            c.i < head.i
            and (c.dep not in SKIP_MODIFIERS or _is_model(c))
            and c.dep not in ("relcl", "acl", "appos", "advcl", "prep")
        ):
            first = min(first, c.left)
    while first < head.i:
        t = parse.tokens[first]
        if not _is_model(t) and (
            t.dep in SKIP_MODIFIERS
            or t.tag in ("CD", "DT", "PDT", "PRP$", "WP$", "HYPH", "POS")
            or t.lower in EMPTY
            or t.pos == "PUNCT"
        ):
            first += 1
        else:
            break
    while first > parse.bounds[head.sent][0] and MODEL.match(parse.tokens[first - 1].text):
        first -= 1  # "sold X Fath-360 ballistic missiles", the name left outside by the parser
    return first, head.i


MODEL = re.compile(r"[A-Za-z]+[-‑]\d")
EMPTY = frozenset(
    "more less several many few multiple additional other such new dozens hundreds thousands some various numerous any same "
    "certain different significant further extra possible alleged suspected as up enough initial own first second third last".split()
)


def item_text(parse: Parse, head: Token) -> str:
    """The item as it is written down: "ballistic missile launchers and ballistic missiles". One line, no determiner."""
    core, measure = core_of(parse, head)
    if core.lower in MEASURES and core.lower not in ARMS:  # "an arms shipment" is arms
        kinds = [t.text for t in _modifiers(parse, core) if t.lower in ARMS or t.lower in MODIFIERS]
        if kinds:
            return " ".join(reversed(kinds))
    more = _further(parse, measure)
    if more:
        return " and ".join([item_text(parse, core), *(item_text(parse, c) for c in more)])
    first, stop = phrase(parse, core)
    words: list[str] = []
    at, gap = -1, False
    for t in parse.tokens[first:stop]:
        if _drop(t) and t.i != core.i:
            gap = True
            continue
        if words and (gap or at != t.start):
            words.append(" ")
        gap = False
        words.append(t.text)
        at = t.end
    text = re.sub(r"\s+", " ", re.sub(r"\[\W*|\W*\]", "", "".join(words))).strip(" ,;-—–")
    text = re.sub(r"^(?:as )?well as |,? (?:and |or )?(?:as )?well as ", lambda m: " and " if m.start() else "", text)
    return re.sub(
        r"^(?:mm|cm|km|kg|tons?|tonnes?)\s+", "", text
    )  # a calibre's unit, its number dropped with the counts


def _further(parse: Parse, measure: Token | None) -> list[Token]:
    """The things of coordinated measures: "dozens of missiles and 300 containers of shells"."""
    if measure is None:
        return []
    beside = [c for c in parse.children(measure, "conj") if c.i > measure.i]
    return [core for c in beside for core, m in [core_of(parse, c)] if m is not None and core.i != c.i]


def _drop(t: Token) -> bool:
    return not _is_model(t) and (
        t.dep in ("nummod", "quantmod", "det", "predet", "poss", "case")
        or t.tag in ("DT", "PRP$")
        or (t.lower in EMPTY and t.dep in ("amod", "advmod", "nmod"))
        or "[" in t.text
        or "\\" in t.text
    )


def quantity_of(parse: Parse, head: Token) -> str | None:
    """How much: "more than 1,000 containers", "several dozen", "300 rounds"; None where the text gives no number."""
    core, measure = core_of(parse, head)
    for noun in (measure, core):
        if noun is None:
            continue
        parts = [c for c in parse.children(noun, "nummod", "quantmod") if not _is_model(c)]
        if noun.pos == "NUM" or noun.lower in ("dozens", "hundreds", "thousands", "millions"):
            parts = [*parts, noun]
        if parts:
            first = min(p.left for p in parts)
            last = max(max(p.right for p in parts if p.i != noun.i) if len(parts) > (noun in parts) else noun.i, 0)
            last = noun.i if noun is measure or noun.pos == "NUM" else last
            first = _widen(parse, first)
            return _clean(parse.text[parse.tokens[first].start : parse.tokens[max(first, last)].end])
    vague = [
        c
        for c in parse.children(core, "amod", "nmod")
        if re.search(r"several|dozen|hundreds|thousands|scores", c.lower)
    ]
    if vague:
        words = [t.text for t in vague]
        return _clean(" ".join(words))
    for c in parse.children(core, "conj"):
        below = quantity_of(parse, c)
        if below:
            return below
    return None


def _widen(parse: Parse, first: int) -> int:
    """Take in "more than", "up to", "as many as", "at least", "about" before a number."""
    before = {"than", "more", "least", "at", "up", "to", "as", "many", "much", "about", "over", "nearly", "almost", "some", "around",
              "approximately", "under", "fewer", "less", "roughly", "estimated"}  # fmt: skip
    steps = 0
    sent = parse.tokens[first].sent
    while first > 0 and steps < 4 and parse.tokens[first - 1].lower in before and parse.tokens[first - 1].sent == sent:
        if parse.tokens[first - 1].lower == "to" and (first < 2 or parse.tokens[first - 2].lower != "up"):
            break
        first -= 1
        steps += 1
    return first


def _is_model(t: Token) -> bool:
    """ "KN-23" before "missiles" is a name, no number."""
    return bool((t.dep == "nummod" and re.match(r"[A-Za-z]+[-‑]?\d", t.text)) or MODEL.match(t.text))


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\\\[\]]", "", text)).strip()


def words_of(item: str) -> frozenset[str]:
    """The content words of an item, singular, for comparing two mentions of it."""
    out = set()
    for w in re.findall(r"[a-z0-9][\w-]*", item.lower()):
        if w in ("and", "or", "of", "the", "for", "to", "a", "an", "its", "their"):
            continue
        out.add(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w)
    return frozenset(out)


def is_generic(item: str) -> bool:
    """True for "arms", "military equipment", "technical cooperation": no kind of weapon named."""
    rest = {w for w in words_of(item) if w not in GENERIC and w + "s" not in GENERIC}
    return rest <= {"technical", "technological", "technology", "lethal", "security", "and", "further", "shipment"}
