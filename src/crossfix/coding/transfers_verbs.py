"""Verbs that tell of a supply: giving, getting, wanting, asking, helping, loading, moving, packages that contain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.coding import events_lexicon as lx
from crossfix.coding import items
from crossfix.coding.events_phrases import object_of
from crossfix.coding.events_scene import Scene
from crossfix.coding.transfers_supply import (
    CARRY_VERBS,
    GRANT_VERBS,
    MODE,
    Supply,
    actors_of,
    are_boxes,
    givers,
    is_cargo_of_arms,
    is_habit,
    is_technology,
    listed,
    lx_party,
    made_by,
    modality_of,
    owner_of_origin,
    place_states,
    prep_object,
    prep_parties,
    receivers,
    side_of,
)
from crossfix.language.parse import Token


def from_verb(scene: Scene, t: Token) -> Iterator[Supply]:
    lemma = t.lemma.lower() if t.tag.startswith("VB") else t.lower.removesuffix("s")
    if lemma in lx.MOVE_VERBS and object_of(scene, t) is None:
        yield from _move(scene, t)
    elif lemma in lx.GIVE_VERBS or lemma in CARRY_VERBS:
        yield from _give(scene, t, lemma)
    elif lemma in lx.GET_VERBS:
        yield from _get(scene, t)
    elif lemma in ("ask", "press", "beg", "petition", "pay") and prep_object(scene, t, "for") is not None:
        yield from _ask(scene, t)
    elif lemma in lx.SEEK_VERBS or (lemma in ("look", "hope", "wait") and prep_object(scene, t, "for") is not None):
        yield from _seek(scene, t)
    elif lemma == "take":
        yield from _take(scene, t)
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
    if t.dep == "acl" and p.head(t).lemma in UNWILLING:
        return
    if (scene.conditional(t) and not _weighed(scene, t)) or _fired(scene, t, obj) or obj.lower in REFLEXIVE:
        return  # "arming itself with missiles"; a missile sent over a country is fired
    thing: Token | None = None
    recipients: list[str] = []
    with_ = prep_object(scene, t, "with")
    if lemma in lx.WITH_VERBS and with_ is not None and items.is_arms(p, with_):
        thing, recipients = with_, scene.parties.states(obj)
    elif lemma == "arm" and scene.parties.one(obj):
        return
    elif (items.is_arms(p, obj) and lemma not in ("arm", "equip")) or (lemma in CARRY_VERBS and are_boxes(scene, obj)):
        thing = obj
    elif scene.parties.one(obj) and any(
        c.dep == "dobj" and c.i != obj.i and items.is_arms(p, c) for c in p.children(t)
    ):
        thing = next(c for c in p.children(t, "dobj") if c.i != obj.i and items.is_arms(p, c))
        recipients = scene.parties.states(obj)
    goods = None if thing is not None or lemma in CARRY_VERBS - lx.GIVE_VERBS else _goods(scene, t, obj, with_)
    if goods is not None:
        thing = goods
        recipients = scene.parties.states(obj) if goods.i != obj.i else []
    if lemma == "share" and not (thing is None and is_technology(scene, obj)):
        return
    if thing is None and is_technology(scene, obj):
        thing = obj
    if thing is None:
        return
    given_to = _dative(scene, t, thing)
    if given_to is not None:
        recipients = scene.parties.states(given_to)
    suppliers = actors_of(scene, t)
    carrier = scene.subject(t)
    by_vehicle = carrier is not None and (MODE.fullmatch(carrier.lower) or carrier.lower in ("ship", "ships", "trains"))
    onward = _onward(scene, t)  # "planes carrying drones flew from X to Y": the way is told of what carries
    origin, goal = place_states(scene, onward, ("from",)), place_states(scene, onward, ("to", "into", "in", "at"))
    if by_vehicle or not suppliers or lemma in CARRY_VERBS - {"deliver", "ship"}:
        suppliers = (
            prep_parties(scene, t, ("from",))
            or givers(scene, thing)
            or origin
            or made_by(scene, thing)
            or ([] if by_vehicle else suppliers)
        )
    recipients = recipients or receivers(scene, t, thing) or [n for n in goal if n not in suppliers]
    if not recipients:  # "delivered shells under its plan to X", the phrase hung elsewhere
        far = [c for c in p.subtree(t)[:40] if c.dep == "prep" and c.lower == "to" and c.i > thing.i]
        recipients = [n for c in far for o in p.children(c, "pobj") for n in side_of(scene, o) if n not in suppliers][
            :1
        ]
    if onward is not t:
        suppliers = prep_parties(scene, onward, ("from",)) or origin or suppliers
        recipients = [
            n for n in prep_parties(scene, onward, ("to", "into")) or goal if n not in suppliers
        ] or recipients
        yield from _carried(scene, t, onward, thing, suppliers, recipients)
        return
    if t.dep == "acl" and not recipients:
        user = scene.governor(obj)
        if user.lemma in ("use", "fire", "launch", "receive", "operate", "deploy"):
            recipients = [n for n in actors_of(scene, user) if n not in suppliers]
    if lemma in CARRY_VERBS and lemma not in lx.GIVE_VERBS and not (suppliers and recipients):
        return
    for d in p.children(t, "dative"):
        if d.pos in ("NOUN", "PROPN", "PRON") and not recipients:
            recipients = scene.parties.states(d)
    if lemma in ("send", "ship", "deliver", "transport") and not (recipients or suppliers):
        return
    source = prep_parties(scene, t, ("from",))
    passive = any(c.dep in ("nsubjpass", "auxpass") for c in p.children(t)) or (t.dep == "acl" and t.tag == "VBN")
    if passive and not suppliers:
        suppliers = source
    if goods is not None and not (suppliers and recipients):
        return
    relative = t.dep == "relcl" and any(
        c.lower in ("has", "have", "had", "already") for c in p.children(t, "aux", "advmod")
    )
    yield Supply(
        t,
        thing,
        suppliers,
        recipients,
        modality_of(scene, t),
        habit=is_habit(scene, t),
        background=relative and not passive,
        goods=goods is not None,
    )


def _onward(scene: Scene, t: Token) -> Token:
    """The verb that tells the way of a carrier "carrying" something; the verb itself where it is not told so."""
    p = scene.parse
    if t.lemma not in ("carry", "transport", "haul") or t.dep != "acl" or t.tag != "VBG":
        return t
    carrier = p.head(t)
    up = p.head(carrier)
    moving = carrier.dep == "nsubj" and up.pos == "VERB" and up.lemma in ONWARD
    return up if moving and MODE.search(carrier.text) else t


ONWARD = frozenset("fly sail travel leave depart arrive go cross steam move land dock head".split())


def _carried(
    scene: Scene, t: Token, onward: Token, thing: Token, suppliers: list[str], recipients: list[str]
) -> Iterator[Supply]:
    """ "Planes carrying drones flew from X to Y", both ends told."""
    if suppliers and recipients and items.is_arms(scene.parse, thing):
        yield Supply(onward, thing, suppliers, recipients, modality_of(scene, onward), route=scene.parse.head(t).text)


UNWILLING = frozenset("reluctance refusal unwillingness inability hesitation hesitancy failure".split())


def _weighed(scene: Scene, verb: Token) -> bool:
    """ "is weighing whether to send": a supply that may come."""
    whether = any(c.lower == "whether" for c in scene.parse.children(verb, "mark"))
    return whether and scene.parse.head(verb).lemma in (
        "weigh",
        "consider",
        "mull",
        "debate",
        "discuss",
        "ponder",
        "decide",
    )


def _goods(scene: Scene, verb: Token, obj: Token, with_: Token | None) -> Token | None:
    """What is handed over where it is no arms: "sent 500,000 tons of oil to X", "provided X with fuel"."""
    if verb.lemma in lx.WITH_VERBS and with_ is not None and items.is_goods(scene.parse, with_):
        return with_
    others = [c for c in scene.parse.children(verb, "dobj") if c.i != obj.i and scene.parties.one(obj)]
    return next((c for c in (obj, *others) if items.is_goods(scene.parse, c)), None)


REFLEXIVE = frozenset("itself themselves himself herself yourself ourselves".split())
FIRED = frozenset("missile missiles rocket rockets warhead warheads bomb bombs".split())


def _fired(scene: Scene, verb: Token, obj: Token) -> bool:
    """ "send its missile over a neighbour", "missiles that can deliver warheads to a city": weapons at work, not handed over."""
    if verb.lemma not in ("send", "deliver", "carry", "put") or not items.is_arms(scene.parse, obj):
        return False
    up = scene.parse.head(verb)
    if verb.lemma in ("deliver", "carry") and up.lower in (
        "ability",
        "capability",
        "capacity",
        "able",
        "capable",
        "means",
    ):
        return True
    carrier = scene.subject(verb)
    if carrier is not None and carrier.lower in ("that", "which") and verb.dep == "relcl":
        carrier = scene.parse.head(verb)
    if carrier is not None and carrier.lower in FIRED | {
        "weapon",
        "weapons",
        "icbm",
        "icbms",
        "bomber",
        "bombers",
        "submarine",
    }:
        return True
    if items.core_of(scene.parse, obj)[0].lower not in FIRED:
        return False
    preps = {c.lower for x in (verb, obj) for c in scene.parse.children(x, "prep")}
    return (
        bool(preps & {"over", "toward", "towards", "across", "into"})
        and not preps & {"to", "from"}
        and verb.lemma != "deliver"
    )


def _dative(scene: Scene, verb: Token, thing: Token) -> Token | None:
    """ "sent Ukraine 14 tanks", where the parser takes the state for a part of the thing's name."""
    if verb.lemma not in ("send", "give", "sell", "lend", "gift", "offer", "grant"):
        return None
    for c in scene.parse.children(thing, "nmod", "compound"):
        name = scene.parties.named(c)
        state = scene.parties.state_of(name) if name is not None else None
        if state is None or not lx_party(state):
            continue  # "sold Bayraktar drones"
        if c.left == verb.i + 1 and c.pos == "PROPN" and name is not None and name.lower().endswith(c.lower):
            return c
    return None


def _get(scene: Scene, t: Token) -> Iterator[Supply]:
    obj = object_of(scene, t)
    if obj is None or not (items.is_arms(scene.parse, obj) or is_technology(scene, obj)):
        return
    suppliers = prep_parties(scene, t, ("from",)) or givers(scene, obj) or made_by(scene, obj)
    recipients = actors_of(scene, t)
    if not suppliers or not recipients:
        return
    yield Supply(t, obj, suppliers, recipients, modality_of(scene, t), habit=is_habit(scene, t))


def _seek(scene: Scene, t: Token) -> Iterator[Supply]:
    p = scene.parse
    obj = object_of(scene, t) or prep_object(scene, t, "for")
    who = actors_of(scene, t)
    if obj is None or not who or modality_of(scene, t) == "negated":
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
    if aim is None and not (items.is_arms(p, obj) or is_technology(scene, obj)):
        return
    suppliers = prep_parties(scene, t, ("from",)) or givers(scene, obj)
    list_head = listed(scene, t, obj)
    s = Supply(t, obj, suppliers, who, "wanted", happening=False)
    if list_head is not None:
        s.item = items.item_text(p, list_head)
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
                if items.is_arms(p, o) or is_technology(scene, o):
                    return f"{noun.lower} to {c.lemma} {items.item_text(p, o)}"
    return None


def _ask(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "asked X for fighter jets"."""
    asked = [n for c in scene.parse.children(t, "dobj") for n in scene.parties.states(c)]
    thing = prep_object(scene, t, "for")
    who = actors_of(scene, t)
    if asked and who and thing is not None and (items.is_arms(scene.parse, thing) or is_technology(scene, thing)):
        paid = t.lemma == "pay"
        yield Supply(t, thing, asked, who, modality_of(scene, t) if paid else "wanted", happening=paid)


def _take(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "took delivery of an arms shipment from X"."""
    for c in scene.parse.children(t, "dobj"):
        if c.lower in ("delivery", "possession", "receipt"):
            for thing in items.of_objects(scene.parse, c):
                suppliers = (
                    givers(scene, thing) or prep_parties(scene, t, ("from",)) or prep_parties(scene, c, ("from",))
                )
                if items.is_arms(scene.parse, thing) and suppliers:
                    yield Supply(t, thing, suppliers, actors_of(scene, t), modality_of(scene, t))


def _turn(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "turned to X for help in replenishing its arms"."""
    p = scene.parse
    suppliers = prep_parties(scene, t, ("to",))
    who = actors_of(scene, t)
    if not suppliers or not who:
        return
    aim = prep_object(scene, t, "for")
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
        items.is_arms(p, obj) or is_technology(scene, obj) or items.TECH.search(items.item_text(p, obj))
    ):
        return
    for c in p.children(inner, "nsubj"):
        recipients = recipients or scene.parties.states(c)
    suppliers = actors_of(scene, t)
    if not suppliers:
        return
    modality = modality_of(scene, t)
    s = Supply(t, obj, suppliers, recipients, modality, happening=modality == "actual")
    s.item = f"help to {inner.lemma} {items.item_text(p, obj)}"
    list_head = listed(scene, inner, obj)
    if list_head is not None:
        s.item += ", including " + items.item_text(p, list_head)
    s.quantity = ""
    if not recipients:  # "weapons that Pyongyang wants"
        for c in p.children(obj, "relcl"):
            if c.lemma in ("want", "seek", "need", "desire"):
                s.recipients = actors_of(scene, c)
    yield s


def _load(scene: Scene, t: Token) -> Iterator[Supply]:
    p = scene.parse
    things = [o for c in p.children(t, "prep") if c.lower == "with" for o in p.children(c, "pobj")]
    deeper = [o for x in things for c in p.children(x, "prep") if c.lower == "with" for o in p.children(c, "pobj")]
    vehicle = object_of(scene, t)
    who = actors_of(scene, t)
    boxes = next(iter(p.children(t, "nsubjpass")), None)
    if boxes is not None:  # "containers were loaded onto a ship at a North Korean port"
        loaded = is_cargo_of_arms(scene, boxes)
        source = owner_of_origin(scene, t, ("at", "in", "from")) if loaded else []
        if source:
            yield Supply(t, boxes, source, [], modality_of(scene, t))
        return
    if t.dep == "acl" and vehicle is not None:  # "trains loaded with shells crossed from X into Y"
        onward = scene.governor(vehicle)
        source = prep_parties(scene, onward, ("from",)) or place_states(scene, onward, ("from",))
        target = prep_parties(scene, onward, ("to", "into", "in")) or place_states(scene, onward, ("to", "into", "in"))
        for x in things:
            if items.is_arms(p, x) and (source or target):
                yield Supply(
                    onward,
                    x,
                    source,
                    [n for n in target if n not in source],
                    modality_of(scene, onward),
                    route=vehicle.text,
                )
                return
        return
    for x in [*deeper, *things]:
        if who and (items.is_arms(p, x) or re.search(r"container|cargo|crate|ammunition", x.lower)):
            s = Supply(t, x, who, [], modality_of(scene, t))
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
    boxed = are_boxes(scene, thing) or any(are_boxes(scene, o) for o in items.of_objects(p, thing))
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
    bound = prep_parties(scene, t, ("for",)) if t.lemma in ("bind", "head", "destine") else []
    both = prep_parties(scene, t, ("from",)) and prep_parties(scene, t, ("to", "into"))
    if items.core_of(p, thing)[1] is None and not bound and not both:
        return
    if boxed and not (place_states(scene, t, ("from",)) and place_states(scene, t, ("to", "into"))):
        return
    suppliers = owner_of_origin(scene, t) or givers(scene, thing) or (made_by(scene, thing) if bound else [])
    recipients = bound or [n for n in receivers(scene, t, None) if n not in suppliers]
    recipients = recipients or [n for n in place_states(scene, t, ("to", "in", "at", "into")) if n not in suppliers]
    if not (suppliers or recipients):
        return
    yield Supply(t, thing, suppliers, recipients, modality_of(scene, t))


def _package(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "a package of security assistance, which included 500 armoured vehicles"."""
    p = scene.parse
    subject = scene.subject(t)
    holder = p.head(t) if t.dep == "relcl" else subject
    text = scene.parse.text[scene.parse.sentences[t.sent].start : t.start]
    if holder is None or not re.search(r"\bpackage\b", text, re.I):
        return
    for obj in p.children(t, "dobj"):
        list_head = listed(scene, t, obj)
        if items.is_arms(p, obj) or (list_head is not None and items.is_arms(p, list_head)):
            told = next((x for x in p.sentence_tokens(t.sent) if x.lower == "package" and x.i < t.i), t)
            giver = scene.governor(told)
            aided = [told, *items.of_objects(p, told)]
            to = [n for x in aided for n in prep_parties(scene, x, ("for", "to"))] or prep_parties(
                scene, giver, ("for", "to")
            )
            by = actors_of(scene, giver) if giver.lemma in GRANT_VERBS else []
            s = Supply(
                told,
                obj,
                by,
                [n for n in to if n not in by],
                "offered",
                nominal=True,
                happening=_announced(scene, told, bool(by)),
            )
            if list_head is not None and not items.quantity_of(p, obj):
                s.item = items.item_text(p, list_head)
            yield s
            return


def _announced(scene: Scene, package: Token, granted: bool) -> bool:
    """ "today's new package": brought in here with a day, rather than spoken of again."""
    back = {c.lower for c in scene.parse.children(package, "det")} & {"this", "that", "these"}
    return not back and (granted or bool(scene.times[package.sent]))
