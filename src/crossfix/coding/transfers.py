"""Who is said to supply whom with what: frames of giving, getting, wanting, helping and of shipments, one sentence at a time.

A frame yields a `Supply`; `transfers_context` fills the side that the sentence leaves out and joins repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crossfix.coding import events_lexicon as lx
from crossfix.coding import items
from crossfix.coding.events_scene import Scene
from crossfix.coding.events_triggers import object_of
from crossfix.language.parse import Token
from crossfix.model import TransferModality

CARRY_VERBS = frozenset("move carry transport ship deliver haul ferry".split())
GRANT_VERBS = frozenset(
    "announce approve authorize authorise send unveil pledge provide offer prepare give grant".split()
)
MODE = re.compile(
    r"\b(rail(?:way|road|cars?)?|trains?|sea|ships?|vessels?|air|planes?|aircraft|cargo flights?|trucks?|road|land|port|tankers?|"
    r"freighters?)\b",
    re.I,
)


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


def supplies(scene: Scene, k: int) -> list[Supply]:
    """The supply statements of sentence k, in order of position."""
    out: list[Supply] = []
    used: set[int] = set()
    for t in scene.parse.sentence_tokens(k):
        wanting = t.dep in ("relcl", "ccomp", "ROOT") and t.lower in (
            "wants",
            "seeks",
            "needs",
        )  # often taken for nouns
        if wanting or (t.tag.startswith("VB") and t.dep not in ("amod", "compound")):
            made = [s for s in _verb(scene, t) if s.item_head is None or s.item_head.i not in used]
        elif t.pos == "NOUN":
            made = [
                s
                for s in _noun(scene, t)
                if s.head.i not in used and (s.item_head is None or s.item_head.i not in used)
            ]
        else:
            continue
        for s in made:
            if s.item_head is not None:
                used.add(s.item_head.i)
                core, measure = items.core_of(scene.parse, s.item_head)
                used |= {core.i} | ({measure.i} if measure else set())
                s.item = s.item or items.item_text(scene.parse, s.item_head)
                s.quantity = s.quantity or items.quantity_of(scene.parse, s.item_head)
            s.route = s.route or _route(scene, s)
            if s.item:
                out.append(s)
    return out


# ------------------------------------------------------------------ verbs


def _verb(scene: Scene, t: Token) -> Iterator[Supply]:
    lemma = t.lemma.lower() if t.tag.startswith("VB") else t.lower.removesuffix("s")
    if lemma in lx.MOVE_VERBS and object_of(scene, t) is None:
        yield from _move(scene, t)
    elif lemma in lx.GIVE_VERBS or lemma in CARRY_VERBS:
        yield from _give(scene, t, lemma)
    elif lemma in lx.GET_VERBS:
        yield from _get(scene, t)
    elif lemma in ("ask", "press", "beg", "petition") and _prep_object(scene, t, "for") is not None:
        yield from _ask(scene, t)
    elif lemma in lx.SEEK_VERBS or (lemma in ("look", "hope", "wait") and _prep_object(scene, t, "for") is not None):
        yield from _seek(scene, t)
    elif lemma in ("turn", "look"):
        yield from _turn(scene, t)
    elif lemma in lx.HELP_VERBS:
        yield from _help(scene, t)
    elif lemma == "load":
        yield from _load(scene, t)
    elif lemma in lx.MOVE_VERBS or (lemma == "carry" and t.dep == "acl"):
        yield from _move(scene, t)
    elif lemma in ("include", "contain", "comprise"):
        yield from _package(scene, t)


def _give(scene: Scene, t: Token, lemma: str) -> Iterator[Supply]:
    p = scene.parse
    obj = object_of(scene, t)
    if obj is None:
        return
    if scene.conditional(t):
        return
    thing: Token | None = None
    recipients: list[str] = []
    with_ = _prep_object(scene, t, "with")
    if lemma in lx.WITH_VERBS and with_ is not None and items.is_arms(p, with_):
        thing, recipients = with_, scene.parties.states(obj)
    elif lemma == "arm" and scene.parties.one(obj):
        return
    elif (items.is_arms(p, obj) and lemma not in ("arm", "equip")) or (lemma in CARRY_VERBS and _boxes(scene, obj)):
        thing = obj
    elif scene.parties.one(obj) and any(
        c.dep == "dobj" and c.i != obj.i and items.is_arms(p, c) for c in p.children(t)
    ):
        thing = next(c for c in p.children(t, "dobj") if c.i != obj.i and items.is_arms(p, c))
        recipients = scene.parties.states(obj)
    if lemma == "share" and not (thing is None and _technology(scene, obj)):
        return
    if thing is None and _technology(scene, obj):
        thing = obj
    if thing is None:
        return
    given_to = _dative(scene, t, thing)
    if given_to is not None:
        recipients = scene.parties.states(given_to)
    suppliers = _actors(scene, t)
    carrier = scene.subject(t)
    by_vehicle = carrier is not None and (MODE.fullmatch(carrier.lower) or carrier.lower in ("ship", "ships", "trains"))
    origin, goal = _place_states(scene, t, ("from",)), _place_states(scene, t, ("to", "into", "in", "at"))
    if (by_vehicle or not suppliers) and origin:
        suppliers = origin
    recipients = recipients or _to(scene, t, thing) or [n for n in goal if n not in suppliers]
    if t.dep == "acl" and not recipients:
        user = scene.governor(obj)
        if user.lemma in ("use", "fire", "launch", "receive", "operate", "deploy"):
            recipients = [n for n in _actors(scene, user) if n not in suppliers]
    if lemma in CARRY_VERBS and lemma not in lx.GIVE_VERBS and not (suppliers and recipients):
        return
    for d in p.children(t, "dative"):
        if d.pos in ("NOUN", "PROPN", "PRON") and not recipients:
            recipients = scene.parties.states(d)
    if lemma in ("send", "ship", "deliver", "transport") and not (recipients or suppliers):
        return
    source = _prep_parties(scene, t, ("from",))
    passive = any(c.dep in ("nsubjpass", "auxpass") for c in p.children(t)) or (t.dep == "acl" and t.tag == "VBN")
    if passive and not suppliers:
        suppliers = source
    relative = t.dep == "relcl" and any(
        c.lower in ("has", "have", "had", "already") for c in p.children(t, "aux", "advmod")
    )
    yield Supply(
        t,
        thing,
        suppliers,
        recipients,
        _modality(scene, t),
        habit=_habit(scene, t),
        background=relative and not passive,
    )


def _dative(scene: Scene, verb: Token, thing: Token) -> Token | None:
    """ "sent Ukraine 14 tanks", where the parser takes the state for a part of the thing's name."""
    if verb.lemma not in ("send", "give", "sell", "lend", "gift", "offer", "grant"):
        return None
    for c in scene.parse.children(thing, "nmod", "compound"):
        name = scene.parties.named(c)
        if c.left == verb.i + 1 and c.pos == "PROPN" and name is not None and name.lower().endswith(c.lower):
            return c
    return None


def _get(scene: Scene, t: Token) -> Iterator[Supply]:
    obj = object_of(scene, t)
    if obj is None or not (items.is_arms(scene.parse, obj) or _technology(scene, obj)):
        return
    suppliers = _prep_parties(scene, t, ("from",)) or _from(scene, obj) or _made_by(scene, obj)
    recipients = _actors(scene, t)
    if not suppliers or not recipients:
        return
    yield Supply(t, obj, suppliers, recipients, _modality(scene, t), habit=_habit(scene, t))


def _seek(scene: Scene, t: Token) -> Iterator[Supply]:
    p = scene.parse
    obj = object_of(scene, t) or _prep_object(scene, t, "for")
    who = _actors(scene, t)
    if obj is None or not who or _modality(scene, t) == "negated":
        return
    if t.dep == "relcl" and obj.lower in ("weapon", "weapons", "arms", "systems", "technologies"):
        up = p.head(obj)
        if obj.dep == "attr" and up.lemma == "be":  # "fighters are the weapons that X wants"
            named = next(iter(p.children(up, "nsubj")), None)
            if named is not None and items.is_arms(p, named):
                obj = named
        elif obj.dep in ("dobj", "pobj"):
            return
    aim = _aim(scene, t, obj) if obj.lower in items.TECH_NOUNS else None
    if aim is None and not (items.is_arms(p, obj) or _technology(scene, obj)):
        return
    suppliers = _prep_parties(scene, t, ("from",)) or _from(scene, obj)
    listed = _including(scene, t, obj)
    s = Supply(t, obj, suppliers, who, "wanted", happening=False)
    if listed is not None:
        s.item = items.item_text(p, listed)
    elif aim is not None:
        s.item = aim
    yield s


def _aim(scene: Scene, verb: Token, noun: Token) -> str | None:
    """ "help to build submarines": what the help is for, where that is arms."""
    p = scene.parse
    inner = [*p.children(noun, "acl"), *p.children(verb, "advcl", "xcomp")]
    inner += [x for c in p.children(noun, "prep") if c.lower in ("in", "with") for x in p.children(c, "pcomp")]
    for c in inner:
        if c.lemma in lx.IMPROVE_VERBS:
            for o in p.children(c, "dobj"):
                if items.is_arms(p, o) or _technology(scene, o):
                    return f"{noun.lower} to {c.lemma} {items.item_text(p, o)}"
    return None


def _ask(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "asked X for fighter jets"."""
    asked = [n for c in scene.parse.children(t, "dobj") for n in scene.parties.states(c)]
    thing = _prep_object(scene, t, "for")
    who = _actors(scene, t)
    if asked and who and thing is not None and (items.is_arms(scene.parse, thing) or _technology(scene, thing)):
        yield Supply(t, thing, asked, who, "wanted", happening=False)


def _turn(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "turned to X for help in replenishing its arms"."""
    p = scene.parse
    suppliers = _prep_parties(scene, t, ("to",))
    who = _actors(scene, t)
    if not suppliers or not who:
        return
    aim = _prep_object(scene, t, "for")
    if aim is None:
        return
    below = [aim, *(x for x in p.subtree(aim) if x.pos in ("NOUN", "PROPN"))]
    thing = next((x for x in below if items.is_arms(p, x)), None)
    if thing is not None:
        yield Supply(t, thing, suppliers, who, "wanted", happening=False)


def _help(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "help X enhance its missiles": technology handed over, or to be."""
    p = scene.parse
    inner = next(
        (c for c in p.children(t, "ccomp", "xcomp", "dobj") if c.lemma in lx.IMPROVE_VERBS and c.tag.startswith("VB")),
        None,
    )
    recipients = [n for c in p.children(t, "dobj") if c is not inner for n in scene.parties.states(c)]
    if inner is None:
        for c in p.children(t, "prep"):
            if c.lower in ("in", "with"):
                inner = next((x for x in p.children(c, "pcomp") if x.lemma in lx.IMPROVE_VERBS), inner)
        if inner is None:
            return
    obj = next(iter(p.children(inner, "dobj")), None)
    if obj is None or not (
        items.is_arms(p, obj) or _technology(scene, obj) or items.TECH.search(items.item_text(p, obj))
    ):
        return
    for c in p.children(inner, "nsubj"):
        recipients = recipients or scene.parties.states(c)
    suppliers = _actors(scene, t)
    if not suppliers:
        return
    modality = _modality(scene, t)
    s = Supply(t, obj, suppliers, recipients, modality, happening=modality == "actual")
    s.item = f"help to {inner.lemma} {items.item_text(p, obj)}"
    listed = _including(scene, inner, obj)
    if listed is not None:
        s.item += ", including " + items.item_text(p, listed)
    s.quantity = ""
    if not recipients:  # "weapons that Pyongyang wants"
        for c in p.children(obj, "relcl"):
            if c.lemma in ("want", "seek", "need", "desire"):
                s.recipients = _actors(scene, c)
    yield s


def _load(scene: Scene, t: Token) -> Iterator[Supply]:
    p = scene.parse
    things = [o for c in p.children(t, "prep") if c.lower == "with" for o in p.children(c, "pobj")]
    deeper = [o for x in things for c in p.children(x, "prep") if c.lower == "with" for o in p.children(c, "pobj")]
    vehicle = object_of(scene, t)
    who = _actors(scene, t)
    if t.dep == "acl" and vehicle is not None:  # "trains loaded with shells crossed from X into Y"
        onward = scene.governor(vehicle)
        source = _prep_parties(scene, onward, ("from",)) or _place_states(scene, onward, ("from",))
        target = _prep_parties(scene, onward, ("to", "into", "in")) or _place_states(
            scene, onward, ("to", "into", "in")
        )
        for x in things:
            if items.is_arms(p, x) and (source or target):
                yield Supply(
                    onward,
                    x,
                    source,
                    [n for n in target if n not in source],
                    _modality(scene, onward),
                    route=vehicle.text,
                )
                return
        return
    for x in [*deeper, *things]:
        if who and (items.is_arms(p, x) or re.search(r"container|cargo|crate|ammunition", x.lower)):
            s = Supply(t, x, who, [], _modality(scene, t))
            if vehicle is not None and MODE.search(vehicle.text):
                s.route = vehicle.text
            yield s
            return


def _move(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "containers of ammunition leaving the port of Najin"."""
    p = scene.parse
    thing = scene.subject(t) if t.dep not in ("acl", "relcl") else p.head(t)
    if thing is None:
        return
    boxed = _boxes(scene, thing) or any(_boxes(scene, o) for o in items.of_objects(p, thing))
    if not items.is_arms(p, thing) and not boxed:
        return
    over = p.head(p.head(thing))
    if (
        thing.dep == "pobj"
        and p.head(thing).lower == "of"
        and items.is_arms(p, over)
        and items.core_of(p, over)[1] is not None
    ):
        thing = over
    bound = _prep_parties(scene, t, ("for",)) if t.lemma in ("bind", "head", "destine") else []
    both = _prep_parties(scene, t, ("from",)) and _prep_parties(scene, t, ("to", "into"))
    if items.core_of(p, thing)[1] is None and not bound and not both:
        return
    if boxed and not (_place_states(scene, t, ("from",)) and _place_states(scene, t, ("to", "into"))):
        return
    suppliers = _from_place(scene, t) or _from(scene, thing) or (_made_by(scene, thing) if bound else [])
    recipients = bound or [n for n in _to(scene, t, None) if n not in suppliers]
    recipients = recipients or [n for n in _place_states(scene, t, ("to", "in", "at", "into")) if n not in suppliers]
    if not (suppliers or recipients):
        return
    yield Supply(t, thing, suppliers, recipients, _modality(scene, t))


def _package(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "a package of security assistance, which included 500 armoured vehicles"."""
    p = scene.parse
    subject = scene.subject(t)
    holder = p.head(t) if t.dep == "relcl" else subject
    text = scene.parse.text[scene.parse.sentences[t.sent].start : t.start]
    if holder is None or not re.search(r"\bpackage\b", text, re.I):
        return
    for obj in p.children(t, "dobj"):
        listed = _including(scene, t, obj)
        if items.is_arms(p, obj) or (listed is not None and items.is_arms(p, listed)):
            told = next((x for x in p.sentence_tokens(t.sent) if x.lower == "package" and x.i < t.i), t)
            giver = scene.governor(told)
            aided = [told, *items.of_objects(p, told)]
            to = [n for x in aided for n in _prep_parties(scene, x, ("for", "to"))] or _prep_parties(
                scene, giver, ("for", "to")
            )
            by = _actors(scene, giver) if giver.lemma in GRANT_VERBS else []
            s = Supply(
                told,
                obj,
                by,
                [n for n in to if n not in by],
                "offered",
                nominal=True,
                happening=_announced(scene, told),
            )
            if listed is not None and not items.quantity_of(p, obj):
                s.item = items.item_text(p, listed)
            yield s
            return


def _announced(scene: Scene, package: Token) -> bool:
    """ "today's new package": brought in here with a day, rather than spoken of again."""
    back = {c.lower for c in scene.parse.children(package, "det")} & {"this", "that", "these"}
    return not back and bool(scene.times[package.sent])


# ------------------------------------------------------------------ nouns


def _noun(scene: Scene, t: Token) -> Iterator[Supply]:
    low = t.lower
    p = scene.parse
    if t.dep in ("compound", "amod", "nmod"):
        return
    if low in lx.TRANSFER_NOUNS or low in lx.GET_NOUNS or low in lx.DEAL_NOUNS:
        yield from _shipment(scene, t, low)
    elif low in lx.ASSIST_NOUNS and _technology(scene, t) and low not in ("technology", "technologies"):
        yield from _assistance(scene, t)
    elif low == "negotiations" or low == "talks":
        for c in p.children(t, "acl"):
            if c.lemma in lx.GET_VERBS:
                obj = object_of(scene, c) or next(iter(p.children(c, "dobj")), None)
                who = [n for x in p.children(t, "amod", "poss", "compound") for n in scene.parties.states(x)]
                if obj is not None and items.is_arms(p, obj) and who:
                    yield Supply(
                        c, obj, _prep_parties(scene, c, ("from",)) or _from(scene, obj), who, "wanted", happening=False
                    )


def _shipment(scene: Scene, t: Token, low: str) -> Iterator[Supply]:
    p = scene.parse
    of = items.of_objects(p, t)
    thing = next((o for o in of if items.is_arms(p, o)), None)
    item = ""
    if thing is None:
        mods = [
            c for c in p.children(t, "compound", "amod", "nmod") if c.lower in items.ARMS or c.lower in ("weaponry",)
        ]
        if not mods:
            return
        thing, item = mods[-1], _compound_item(scene, t)
    mutual: list[str] = []
    for c in p.children(t, "prep"):
        if c.lower == "between":
            for o in p.children(c, "pobj"):
                mutual = mutual or scene.parties.states(o)
    modality: TransferModality = _noun_modality(scene, t)
    if low in lx.DEAL_NOUNS:
        return
    if len(mutual) >= 2:
        yield Supply(t, thing, mutual[:2], mutual[:2], modality, item, mutual=True, nominal=True)
        return
    owner = [n for c in p.children(t, "poss") for n in scene.parties.states(c)]
    adjective = [n for c in p.children(t, "amod") for n in scene.parties.states(c)]
    source = _prep_parties(scene, t, ("from", "by"))
    target = _prep_parties(scene, t, ("to", "into", "for"))
    if low in lx.GET_NOUNS:
        suppliers, recipients = _prep_parties(scene, t, ("from",)) or _from(scene, thing), owner or adjective
    elif source:
        suppliers, recipients = source, target or owner or adjective
    elif low in ("supply", "supplies", "import", "imports") and owner and not target and not _made_by(scene, thing):
        return
    else:
        suppliers, recipients = owner or adjective or _made_by(scene, thing), target
    verb = scene.governor(t)
    if t.dep in ("nsubj", "nsubjpass") and verb.lemma in lx.MOVE_VERBS | {"reach", "go", "come", "cross", "deliver"}:
        target = (
            target
            or _prep_parties(scene, verb, ("to", "in", "into"))
            or _place_states(scene, verb, ("to", "in", "at", "into"))
        )
        recipients = recipients or [n for n in target if n not in suppliers]
    if not target and t.dep == "dobj":  # "making deliveries of shells to X"
        recipients = recipients or _prep_parties(scene, scene.governor(t), ("to",))
    if (
        not suppliers
        and t.dep == "dobj"
        and scene.governor(t).lemma in ("send", "make", "begin", "start", "resume", "increase", "complete")
    ):
        suppliers = _actors(scene, scene.governor(t))
    deniers = [scene.parties.state_of(n) or n for n in scene.deniers(t)]
    if not suppliers and not recipients and len(deniers) > 1:  # "X and Y deny any arms transfers"
        yield Supply(t, thing, deniers[:2], deniers[:2], "actual", item, mutual=True, nominal=True)
        return
    if not suppliers and not recipients:
        return
    yield Supply(t, thing, suppliers, recipients, modality, item, nominal=True)


def _compound_item(scene: Scene, t: Token) -> str:
    words = [
        x.text
        for x in scene.parse.tokens[t.left : t.i]
        if x.dep in ("compound", "amod", "nmod", "punct")
        and (x.lower in items.ARMS or x.lower in items.MODIFIERS or x.text == "-")
    ]
    return re.sub(r"\s*-\s*", "-", " ".join(words)).strip("- ")


def _assistance(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "technological assistance from X", "X's technical cooperation with Y"."""
    p = scene.parse
    low = t.lower
    if scene.governor(t).lemma in lx.SEEK_VERBS | lx.GET_VERBS | lx.GIVE_VERBS and t.dep == "dobj":
        return
    source = _prep_parties(scene, t, ("from", "by"))
    owner = [n for c in p.children(t, "poss", "amod") for n in scene.parties.states(c)]
    target = _prep_parties(scene, t, ("to", "for"))
    if low == "cooperation":
        if re.search(r"\bmilitary\b", _phrase(scene, t), re.I) and not re.search(
            r"technical|technolog|missile|nuclear", _phrase(scene, t), re.I
        ):
            return
        source = source or _prep_parties(scene, t, ("with",))
        if not source:
            return
    suppliers = source or owner
    if not suppliers:
        return
    s = Supply(
        t,
        t,
        suppliers,
        target or ([n for n in owner if n not in suppliers] if source else []),
        _noun_modality(scene, t),
        nominal=True,
    )
    for c in p.children(t, "prep"):
        if c.lower == "in":
            for x in p.children(c, "pcomp"):
                for o in p.children(x, "dobj"):
                    s.recipients = s.recipients or [n for y in p.children(o, "poss") for n in scene.parties.states(y)]
    s.quantity = ""
    yield s


# ------------------------------------------------------------------ parties and places


def _actors(scene: Scene, verb: Token) -> list[str]:
    s = scene.subject(verb)
    return scene.parties.states(s) if s is not None else []


def _prep_object(scene: Scene, t: Token, prep: str) -> Token | None:
    for c in scene.parse.children(t, "prep", "dative"):
        if c.lower == prep:
            for o in scene.parse.children(c, "pobj"):
                return o
    return None


def _prep_parties(scene: Scene, t: Token, preps: tuple[str, ...]) -> list[str]:
    """States named in the prepositional phrases of a word, "for use by X" before "into Y"."""
    out: list[str] = []
    for c in scene.parse.children(t, "prep", "dative", "agent"):
        if c.lower in preps:
            for o in scene.parse.children(c, "pobj"):
                if o.lemma == "use":
                    by = _prep_parties(scene, o, ("by",))
                    out = by + [n for n in out if n not in by]
                elif c.lower != "for" or o.lemma not in ("war", "invasion", "use", "fight"):
                    out += [n for n in scene.parties.states(o) if n not in out]
    return out


def _to(scene: Scene, verb: Token, thing: Token | None) -> list[str]:
    use = _prep_parties(scene, verb, ("for",))
    found = _prep_parties(scene, verb, ("to", "into", "toward", "towards"))
    if thing is not None:
        found = found or _prep_parties(scene, thing, ("to", "into"))
        for c in scene.parse.children(thing, "conj"):
            found = found or _prep_parties(scene, c, ("to", "into", "for"))
        use = use or [n for c in scene.parse.children(thing, "conj") for n in _prep_parties(scene, c, ("for",))]
    armed = [n for n in use if n in lx.BODIES]
    return (armed or found or use)[:2]


def _from(scene: Scene, thing: Token) -> list[str]:
    for x in (thing, *scene.parse.children(thing, "conj"), *items.of_objects(scene.parse, thing)):
        found = _prep_parties(scene, x, ("from",))
        if found:
            return found
    return []


def _made_by(scene: Scene, thing: Token) -> list[str]:
    """The maker in "North Korean missiles", "Iranian-made drones"."""
    core, _ = items.core_of(scene.parse, thing)
    for c in scene.parse.children(core, "amod", "compound", "nmod"):
        name = scene.parties.one(c)
        if name is None:
            name = next((n for d in scene.parse.children(c) if (n := scene.parties.one(d))), None)
        if name:
            return [name]
    return []


def _from_place(scene: Scene, verb: Token) -> list[str]:
    """Whose port or place a cargo leaves."""
    spots = [
        o for c in scene.parse.children(verb, "prep") if c.lower == "from" for o in scene.parse.children(c, "pobj")
    ]
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


def _place_states(scene: Scene, verb: Token, preps: tuple[str, ...]) -> list[str]:
    """The states in which the places of a verb's phrases lie: "from Rajin to Dunai"."""
    for c in scene.parse.children(verb, "prep", "dative"):
        if c.lower not in preps:
            continue
        low, high = c.i, c.right
        for place, top in scene.places[verb.sent]:
            if low < top.i <= high and place.country in lx.COUNTRY_CODES:
                return [lx.COUNTRY_CODES[place.country]]
    return []


def _boxes(scene: Scene, obj: Token) -> bool:
    """Containers of untold content, in a document that speaks of arms."""
    return (
        obj.lower in ("containers", "container", "cargo", "crates")
        and not items.of_objects(scene.parse, obj)
        and scene.of_arms
    )


def _including(scene: Scene, verb: Token, obj: Token) -> Token | None:
    """The list after "including" under an object or its verb, where it is of arms."""
    for x in (obj, *items.of_objects(scene.parse, obj), verb):
        for c in scene.parse.children(x, "prep"):
            if c.lower == "including" and c.i > obj.i:
                for o in scene.parse.children(c, "pobj"):
                    if items.is_arms(scene.parse, o) or items.TECH.search(_phrase(scene, o)):
                        return o
    return None


def _technology(scene: Scene, noun: Token) -> bool:
    """Weapon or space technology, or military help: "technical assistance", "missile technology"."""
    if noun.lower not in items.TECH_NOUNS:
        return False
    return bool(items.TECH.search(_phrase(scene, noun).lower().removesuffix(noun.lower)))


def _phrase(scene: Scene, t: Token) -> str:
    return scene.parse.text[scene.parse.tokens[max(t.left, t.i - 8)].start : t.end]


def _route(scene: Scene, s: Supply) -> str | None:
    """The way it went, as the text says it: "via railcars", "by sea", "from the port of X"."""
    p = scene.parse
    parts: list[str] = []
    heads = [s.head] + ([s.item_head] if s.item_head is not None else [])
    for h in heads:
        for c in p.children(h, "prep"):
            if c.lower not in ("via", "by", "aboard", "through", "from", "across", "on", "over", "in"):
                continue
            for o in p.children(c, "pobj"):
                text = re.sub(r"\s+", " ", p.text[c.start : p.tokens[min(o.right, o.i + 5)].end])
                port = re.search(r"\bport\b|\bstation\b|\bcrossing\b|\bborder\b", text, re.I)
                if (MODE.search(text) and c.lower != "in") or (c.lower in ("from", "through", "via") and port):
                    parts.append(text)
                    if port and "port" in port[0].lower():
                        parts.insert(0, "by sea")
    return ", ".join(dict.fromkeys(parts)) or None


# ------------------------------------------------------------------ modality


def _modality(scene: Scene, verb: Token) -> TransferModality:
    """Of a verb of giving or getting: actual, or offered, wanted, predicted, negated by what governs it."""
    base = scene.modality(verb)
    if base == "negated":
        return "negated"
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
                    return "wanted"
        if finite and base == "actual":
            break
        up = over
    if base in ("future", "hypothetical"):
        return "predicted"
    return "actual"


def _noun_modality(scene: Scene, noun: Token) -> TransferModality:
    base = scene.modality(noun)
    if base == "negated":
        return "negated"
    kids = {c.lower for c in scene.parse.children(noun)}
    if kids & {"possible", "potential", "future", "planned", "prospective"}:
        return "predicted"
    return "predicted" if base in ("future", "hypothetical") else "actual"


def _habit(scene: Scene, verb: Token) -> bool:
    """ "continues to provide", "is continuing to receive": a standing practice."""
    up = scene.parse.head(verb)
    return verb.dep == "xcomp" and up.lemma in ("continue", "keep") and up.i != verb.i
