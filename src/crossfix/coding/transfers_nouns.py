"""Nouns that tell of a supply: shipments, transfers, purchases, technical assistance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.coding import events_lexicon as lx
from crossfix.coding import items
from crossfix.coding.events_phrases import object_of
from crossfix.coding.events_scene import Scene
from crossfix.coding.transfers_supply import (
    GRANT_VERBS,
    Supply,
    actors_of,
    givers,
    is_technology,
    listed,
    made_by,
    noun_modality,
    phrase_of,
    place_states,
    prep_parties,
)
from crossfix.language.parse import Token
from crossfix.model import TransferModality


def from_noun(scene: Scene, t: Token) -> Iterator[Supply]:
    low = t.lower
    p = scene.parse
    if t.dep in ("compound", "amod", "nmod"):
        return
    if low in lx.TRANSFER_NOUNS or low in lx.GET_NOUNS or low in lx.DEAL_NOUNS:
        yield from _shipment(scene, t, low)
    elif low in lx.ASSIST_NOUNS and is_technology(scene, t) and low not in ("technology", "technologies"):
        yield from _assistance(scene, t)
    elif low == "package":
        yield from _listed_package(scene, t)
    elif low == "negotiations" or low == "talks":
        for c in p.children(t, "acl"):
            if c.lemma in lx.GET_VERBS:
                obj = object_of(scene, c) or next(iter(p.children(c, "dobj")), None)
                who = [n for x in p.children(t, "amod", "poss", "compound") for n in scene.parties.states(x)]
                if obj is not None and items.is_arms(p, obj) and who:
                    yield Supply(
                        c, obj, prep_parties(scene, c, ("from",)) or givers(scene, obj), who, "wanted", happening=False
                    )


GRANTED = frozenset("approve authorize authorise announce pledge promise unveil".split())


def _listed_package(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "announced a package of aid for X, including 200 armoured vehicles"."""
    verb = scene.governor(t)
    if verb.lemma not in GRANT_VERBS or verb.pos != "VERB":
        return
    things = listed(scene, verb, t)
    by = actors_of(scene, verb)
    to = [n for x in (t, *items.of_objects(scene.parse, t), verb) for n in prep_parties(scene, x, ("for", "to"))]
    if things is not None and by and items.is_arms(scene.parse, things):
        yield Supply(t, things, by[:1], [n for n in dict.fromkeys(to) if n not in by][:1], "offered", nominal=True)


def _shipment(scene: Scene, t: Token, low: str) -> Iterator[Supply]:
    p = scene.parse
    of = items.of_objects(p, t)
    thing = next((o for o in of if items.is_arms(p, o)), None)
    item = ""
    if thing is None:  # "supplies by X of arms", the "of" phrase hung elsewhere
        below = [o for o in p.subtree(t)[:25] if o.dep == "pobj" and p.head(o).lower == "of" and o.i > t.i]
        thing = next((o for o in below if items.is_arms(p, o)), None)
    if thing is None:
        mods = [
            c for c in p.children(t, "compound", "amod", "nmod") if c.lower in items.ARMS or c.lower in ("weaponry",)
        ]
        if not mods:
            return
        thing, item = mods[-1], _compound_item(scene, t)
    if any(c.lower in ("any", "no") for c in p.children(t, "det")) and not scene.deniers(t):
        return  # "any transfer of arms would break the rules"
    mutual: list[str] = []
    for c in p.children(t, "prep"):
        if c.lower == "between":
            for o in p.children(c, "pobj"):
                mutual = mutual or scene.parties.states(o)
    modality: TransferModality = noun_modality(scene, t)
    if low in lx.DEAL_NOUNS:
        return
    if len(mutual) >= 2:
        yield Supply(t, thing, mutual[:2], mutual[:2], modality, item, mutual=True, nominal=True)
        return
    owner = [n for c in p.children(t, "poss") for n in scene.parties.states(c)]
    adjective = [n for c in p.children(t, "amod") for n in scene.parties.states(c)]
    source = prep_parties(scene, t, ("from", "by"))
    target = prep_parties(scene, t, ("to", "into", "for"))
    if low in lx.GET_NOUNS:
        suppliers, recipients = prep_parties(scene, t, ("from",)) or givers(scene, thing), owner or adjective
    elif source:
        suppliers, recipients = source, target or owner or adjective
    elif low in ("supply", "supplies", "import", "imports") and owner and not target and not made_by(scene, thing):
        return
    else:
        suppliers, recipients = owner or adjective or made_by(scene, thing), target
    verb = scene.governor(t)
    if t.dep in ("nsubj", "nsubjpass") and verb.lemma in lx.MOVE_VERBS | {"reach", "go", "come", "cross", "deliver"}:
        target = (
            target
            or prep_parties(scene, verb, ("to", "in", "into"))
            or place_states(scene, verb, ("to", "in", "at", "into"))
        )
        recipients = recipients or [n for n in target if n not in suppliers]
    if not target and t.dep == "dobj":  # "making deliveries of shells to X"
        recipients = recipients or prep_parties(scene, scene.governor(t), ("to",))
    if (
        not suppliers
        and t.dep == "dobj"
        and scene.governor(t).lemma in {"send", "make", "begin", "start", "resume", "increase", "complete"} | GRANTED
    ):
        suppliers = actors_of(scene, scene.governor(t))
        if scene.governor(t).lemma in GRANTED and modality == "actual":
            modality = "offered"
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
        if (
            x.dep in ("compound", "amod", "nmod", "punct", "conj")
            and (x.lower in items.ARMS | items.MODIFIERS or x.text == "-")
        )
        or (x.lower in ("and", "or") and x.i > t.left and scene.parse.tokens[x.i - 1].lower in items.ARMS)
    ]
    return re.sub(r"\s*-\s*", "-", " ".join(words)).strip("- ")


def _assistance(scene: Scene, t: Token) -> Iterator[Supply]:
    """ "technological assistance from X", "X's technical cooperation with Y"."""
    p = scene.parse
    low = t.lower
    if scene.governor(t).lemma in lx.SEEK_VERBS | lx.GET_VERBS | lx.GIVE_VERBS and t.dep == "dobj":
        return
    source = prep_parties(scene, t, ("from", "by"))
    owner = [n for c in p.children(t, "poss", "amod") for n in scene.parties.states(c)]
    target = prep_parties(scene, t, ("to", "for"))
    if low == "cooperation":
        if re.search(r"\bmilitary\b", phrase_of(scene, t), re.I) and not re.search(
            r"technical|technolog|missile|nuclear", phrase_of(scene, t), re.I
        ):
            return
        source = source or prep_parties(scene, t, ("with",))
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
        noun_modality(scene, t),
        nominal=True,
    )
    for c in p.children(t, "prep"):
        if c.lower == "in":
            for x in p.children(c, "pcomp"):
                for o in p.children(x, "dobj"):
                    s.recipients = s.recipients or [n for y in p.children(o, "poss") for n in scene.parties.states(y)]
    s.quantity = ""
    yield s
