"""Nouns that tell of an event by themselves: "its launch of a missile", "the summit in Seoul", "a fourth nuclear test"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.coding import events_lexicon as lx
from crossfix.coding.counting import nth_of
from crossfix.coding.events_found import Found
from crossfix.coding.events_kinds import by_words, noun_type
from crossfix.coding.events_phrases import (
    are_people,
    below_of,
    company_of,
    has_owner,
    is_plural,
    is_torn,
    modifier_parties,
    owners_of,
    preps_of,
    subject_parties,
    targets_of,
)
from crossfix.coding.events_scene import EVENT_NOUNS, Scene
from crossfix.language.parse import Token


def nouns(scene: Scene, t: Token) -> Iterator[Found]:
    low = t.lower
    if t.dep in ("compound", "amod", "nmod") and scene.parse.head(t).pos in ("NOUN", "PROPN"):
        return
    if t.dep == "appos" and scene.parse.head(t).lower in EVENT_NOUNS:
        return
    if low in ("failure", "success", "accident"):
        kind = next((by_words(scene, o, o) for o in below_of(scene, t)), None)
        if kind is not None and below_of(scene, t)[0].lower not in lx.TEST_NOUNS:
            yield Found(
                kind,
                t,
                t.i,
                below_of(scene, t)[0].i,
                None,
                owners_of(scene, t),
                object=below_of(scene, t)[0],
                weak=True,
            )
        return
    kind = noun_type(scene, t)
    if kind is None:
        if low in ("report", "analysis", "study") and any(
            c.lower in ("recent", "new") for c in scene.parse.children(t, "amod")
        ):
            if t.dep in ("nsubj", "nsubjpass"):
                yield Found("publication", t, t.i, t.i, None, owners_of(scene, t), anaphoric=True)
        return
    found = Found(kind, t, t.i, t.i, None, blamed(scene, t) or owners_of(scene, t))
    found.bare = low in lx.TEST_NOUNS and by_words(scene, t, t) is None
    light = scene.governor(t)
    if t.dep in ("nsubj", "nsubjpass") and light.lemma in (
        "take",
        "occur",
        "be",
        "come",
        "fail",
        "happen",
        "follow",
        "begin",
    ):
        found.light = light
    if kind in ("meeting", "visit", "exercise"):
        found.others = company_of(scene, t, "party") + [(n, "party") for n in modifier_parties(scene, t)]
        if kind == "exercise":  # "a drill by X and Y"
            found.others += [x for x in _by(scene, t) if x not in found.others]
        if kind == "meeting":
            found.others += [x for x in _guests(scene, t, found.others) if x not in found.others]
        if kind == "meeting" and not found.actors:
            found.actors = subject_parties(scene, t)
            found.guessed = not found.others
    elif not found.actors:
        found.actors = [
            n
            for p in preps_of(scene, t)
            if p.lower == "by"
            for o in scene.parse.children(p, "pobj")
            for n in scene.parties.all(o)
        ] or modifier_parties(scene, t)[:1]
    if kind == "missile_test":
        targets = targets_of(scene, scene.governor(t) if t.dep == "dobj" else t, t)
        if targets:
            found.type, found.others, found.interested = "other", targets, True
    if not found.actors and kind in ("missile_test", "nuclear_test", "satellite_launch"):
        if is_torn(scene, t):
            found.actors = [n for n in [scene.parties.last_state(t)] if n]
    first = min([c.left for c in scene.parse.children(t, "compound", "amod", "nmod") if c.i < t.i] + [t.i])
    found.first = first
    noun_marks(scene, found)
    yield found
    yield from counted_on(scene, found)


HOSTED = frozenset("host welcome receive invite join greet".split())
TOLD = frozenset("tell assure inform brief thank urge ask".split())


def _by(scene: Scene, t: Token) -> list[tuple[str, str]]:
    bodies = [o for p in preps_of(scene, t) if p.lower == "by" for o in scene.parse.children(p, "pobj")]
    return [(name, "party") for o in bodies for name in scene.parties.all(o)]


def _guests(scene: Scene, t: Token, others: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """ "hosted X and Y for a summit", "told X at their meeting": the object of the verb takes part."""
    verb = scene.governor(t)
    role = scene.role(t)
    hosted = verb.lemma in HOSTED and role in ("for", "to", "at", "in")
    told = verb.lemma in TOLD and role in ("during", "at", "in") and not others
    if not (hosted or told):
        return []
    guests = [
        name
        for c in scene.parse.children(verb, "dobj", "dative")
        if are_people(scene, c) or not told
        for name in scene.parties.all(c)
    ]
    return [(name, "party") for name in guests]


def counted_on(scene: Scene, f: Found) -> Iterator[Found]:
    """ "its first test in 2006 and its sixth in 2017": an ordinal that stands for a further event of the kind."""
    near = scene.parse.children(f.head, "conj") + (scene.parse.children(f.light, "conj") if f.light is not None else [])
    for c in near:
        if nth_of(c.text) is not None and any(a.i == c.i for _, _, a in scene.times[c.sent]):
            yield Found(f.type, c, c.i, c.i, None, list(f.actors), object=f.head)


BLAME = frozenset("condemn criticize criticise denounce blame rebuke punish".split())


def blamed(scene: Scene, t: Token) -> list[str]:
    """ "condemns X for its launch": the object of blame did it."""
    if t.dep == "pobj" and scene.parse.head(t).lower == "for":
        prep = scene.parse.head(t)
        first, _ = scene.parse.bounds[t.sent]
        verbs = [v for v in scene.parse.tokens[first : prep.i] if v.pos == "VERB"]
        if not verbs or verbs[-1].lemma not in BLAME:
            return []
        verb = verbs[-1]
        for o in scene.parse.children(verb, "dobj"):
            return scene.parties.all(o)
    return []


def noun_marks(scene: Scene, f: Found) -> None:
    t = f.head
    kids = scene.parse.children(t)
    dets = {c.lower for c in kids if c.dep == "det"}
    adjectives = {c.lower for c in kids if c.dep in ("amod", "nmod")}
    own = has_owner(scene, t)
    f.plural = is_plural(t)
    own = own or (f.first > 0 and scene.parse.tokens[f.first - 1].dep == "case")
    f.fresh = bool(dets & {"a", "an", "another"}) or bool(adjectives & {"another", "new", "second", "separate"})
    f.another = "another" in dets or bool(adjectives & {"second", "separate", "further", "more"})
    back = bool(adjectives & {"recent", "latest"})
    f.anaphoric = ((bool(dets & {"the", "this", "that", "these", "those"}) or own) and not f.fresh) or back
    special = bool(adjectives & {"recent", "latest", "successful", "failed", "unsuccessful"}) or (
        t.lower in ("summit", "meeting") and bool(adjectives & {"trilateral", "historic"})
    )
    ordinal = any(c.lower in lx.ORDINAL_WORDS or re.fullmatch(r"\d+(?:st|nd|rd|th)", c.lower) for c in kids)
    single = not f.plural and (bool(dets & {"the", "this"}) or own or special or is_torn(scene, t))
    if f.type in ("missile_test", "satellite_launch", "nuclear_test"):
        f.weak = not (ordinal or single)
    elif f.light is None or f.light.i > t.i:
        f.weak = not ((ordinal or (single and (special or own or bool(f.others) or t.pos == "PROPN"))) and not f.plural)
