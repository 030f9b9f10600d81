"""The words that tell of an event: verbs with a fitting object, light verbs with a noun of event, and such nouns alone.

Each rule looks at one sentence. What a trigger means for the record (a new event, a second mention, nothing) is decided in
`events`; here only wording and syntax count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_failures import failures
from crossfix.coding.events_found import Found
from crossfix.coding.events_kinds import (
    by_context,
    by_words,
    event_noun_below,
    is_cargo,
    is_sanction,
    noun_type,
    on_a_list,
)
from crossfix.coding.events_nouns import counted_on, noun_marks, nouns
from crossfix.coding.events_phrases import (
    are_people,
    clause_text,
    company_of,
    doers_of,
    has_owner,
    has_word,
    is_definite,
    is_plural,
    is_pronoun,
    object_of,
    owners_of,
    preps_of,
    targets_of,
    with_role,
    words_around,
)
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token


def triggers(scene: Scene, k: int) -> list[Found]:
    """The triggers of sentence k, in order of position."""
    tokens = scene.parse.sentence_tokens(k)
    out: list[Found] = []
    taken: set[int] = set()
    for t in tokens:
        if t.pos not in ("VERB", "NOUN", "PROPN", "ADJ"):
            continue
        torn = t.tag == "VBD" and t.dep == "amod"  # "X test-fired two missiles", taken for a noun phrase
        if torn or (t.tag.startswith("VB") and t.dep not in ("amod", "compound")):
            for found in _verb(scene, t, taken):
                out.append(found)
                taken.add(found.head.i)
    for t in tokens:
        if t.i in taken:
            continue
        if t.pos in ("NOUN", "PROPN"):
            out += nouns(scene, t)
        elif t.lower == "visiting" and t.dep == "amod":
            host = scene.parse.head(t)
            who = scene.parties.all(host)
            if who and not is_pronoun(host):
                out.append(Found("visit", t, t.i, host.i, scene.governor(host), who, weak=True))
    return sorted(out, key=lambda f: f.head.i)


def _verb(scene: Scene, t: Token, taken: set[int]) -> Iterator[Found]:
    lemma = t.lemma.lower()
    obj = object_of(scene, t)
    broke = list(failures(scene, t))
    if broke:
        yield from broke
        return
    if any(c.lower == "down" for c in scene.parse.children(t, "prt")):
        return  # "shot down"
    if obj is not None and lemma in lx.LIGHT_VERBS:
        noun = event_noun_below(scene, obj)
        if noun is not None:
            kind = noun_type(scene, noun)
            if kind is not None:
                who = doers_of(scene, t)
                found = Found(kind, noun, min(t.i, noun.i), max(t.i, noun.i), t, who, object=obj)
                noun_marks(scene, found)
                found.anaphoric = found.anaphoric and not has_owner(scene, noun)
                if kind in ("meeting", "visit", "exercise"):
                    found.others = company_of(scene, noun, "party") + company_of(scene, t, "party")
                yield from counted_on(scene, found)
                found.weak = kind == "meeting" and not (
                    found.others or len(who) > 1 or noun.lower in ("summit", "meeting")
                )
                yield found
                return
    if (
        (lemma in lx.LAUNCH_VERBS and not (lemma == "explode" and obj is None))
        or (lemma in lx.NUCLEAR_VERBS and obj is not None)
        or t.lower in ("test-fired", "test-launched", "test-firing")
    ):
        found_launch = _launch(scene, t, obj)
        if found_launch is not None:
            yield found_launch
        return
    if lemma in ("put", "place", "send", "insert", "thrust", "deliver", "carry") and obj is not None:
        if re.search(r"\bin(?:to)? (?:\w+ ){0,2}(?:orbit|space)\b", clause_text(scene, t)) and has_word(
            scene, obj, lx.SPACE_NOUNS
        ):
            yield Found("satellite_launch", t, t.i, obj.i, None, doers_of(scene, t), object=obj, plural=is_plural(obj))
        return
    if lemma in lx.MEETING_VERBS:
        yield from _meet(scene, t, obj)
    elif lemma in lx.TALK_VERBS:
        others = company_of(scene, t, "party")
        phone = bool(re.search(r"\b(?:phone|telephone|call|video)\b", clause_text(scene, t)))
        s = scene.subject(t)
        two = (
            phone
            and s is not None
            and (is_plural(s) or bool(scene.parse.children(s, "conj")))
            and lemma in ("speak", "talk")
        )
        if (others and doers_of(scene, t)) or two:
            yield Found("meeting", t, t.i, t.i, None, doers_of(scene, t), others, weak=not phone)
    elif lemma == "brief" and obj is not None:
        yield Found("meeting", t, t.i, t.i, None, doers_of(scene, t), with_role(scene, obj, "party"), weak=True)
    elif lemma in lx.VISIT_VERBS and obj is not None and obj.pos in ("NOUN", "PROPN"):
        who = doers_of(scene, t)
        if who or are_people(scene, scene.subject(t)):
            late = t.sent > 5
            yield Found("visit", t, t.i, obj.i, None, who, object=obj, prefer=("in", "at"), weak=late)
    elif lemma in lx.TRAVEL_VERBS:
        yield from _travel(scene, t)
    elif lemma in lx.HOST_VERBS and obj is not None and (are_people(scene, obj) or scene.parties.one(obj)):
        if obj.i not in taken and not any(
            n.lower in lx.MEETING_NOUNS
            for p in scene.parse.children(t, "prep")
            for n in scene.parse.children(p, "pobj")
        ):
            if are_people(scene, obj) or any(n.kind == "person" for n in [scene.parties.names.get(obj.i)] if n):
                kind = "meeting" if lemma == "receive" else "visit"
                hosts = doers_of(scene, t)
                if hosts:
                    yield Found(kind, t, t.i, obj.i, None, hosts, with_role(scene, obj, "visitor"), obj)
    elif lemma in ("add", "put", "place") and obj is not None and on_a_list(scene, t):
        yield Found("sanctions_act", t, t.i, obj.i, None, doers_of(scene, t), with_role(scene, obj, "target"), obj)
    elif lemma in ("seize", "impound", "confiscate", "intercept") and obj is not None and is_cargo(scene, obj):
        yield Found("other", t, t.i, obj.i, None, doers_of(scene, t), object=obj, weak=True)
    elif lemma in lx.DESIGNATE_VERBS and obj is not None:
        told = t.dep != "acl" or bool(scene.times[t.sent])  # "hackers sanctioned by the state" are not under sanctions
        if doers_of(scene, t) or (scene.subject(t) is None and told):
            as_ = any(p.lower == "as" for p in scene.parse.children(t, "prep"))
            if lemma != "designate" or as_ or re.search(r"sanction|entit|terror|treasury", clause_text(scene, t), re.I):
                if scene.parties.one(obj) or obj.pos in ("NOUN", "PROPN"):
                    yield Found(
                        "sanctions_act", t, t.i, obj.i, None, doers_of(scene, t), with_role(scene, obj, "target"), obj
                    )
    elif lemma in lx.SANCTION_VERBS and obj is not None and is_sanction(scene, obj):
        target = [
            (name, "target")
            for x in (t, obj)
            for p in scene.parse.children(x, "prep")
            if p.lower in ("on", "against")
            for o in scene.parse.children(p, "pobj")
            for name in scene.parties.all(o)
        ]
        yield Found("sanctions_act", t, t.i, obj.i, None, doers_of(scene, t), target, obj, plural=False)
    elif lemma in lx.PUBLICATION_VERBS and obj is not None and has_word(scene, obj, lx.PUBLICATION_NOUNS):
        who = doers_of(scene, t)
        if who or t.dep != "acl":
            yield Found("publication", t, t.i, obj.i, None, who, object=obj)
    elif lemma == "make" and any(c.lower == "public" for c in scene.parse.subtree(t)[:12] if c.i - t.i == 1):
        noun = next((x for x in scene.parse.subtree(t) if 0 < x.i - t.i < 9 and x.lower in lx.PUBLICATION_NOUNS), None)
        if noun is not None:
            yield Found("publication", t, t.i, noun.i, None, doers_of(scene, t), object=noun)
    elif lemma in lx.DISPLAY_VERBS and obj is not None and has_word(scene, obj, lx.MISSILE_NOUNS):
        if doers_of(scene, t):
            yield Found("other", t, t.i, obj.i, None, doers_of(scene, t), object=obj, weak=True, interested=True)
    elif lemma in lx.SAY_VERBS and t.dep not in ("acl", "amod"):
        who = doers_of(scene, t)
        occasion = next(
            (o for p in preps_of(scene, t) if p.lower in OCCASION for o in _objects(scene, p) if _occasion(scene, o)),
            None,
        )
        if who and occasion is not None:
            yield Found("statement", t, t.i, t.i, occasion, who, weak=True)
        elif who and any(a.i == t.i for _, _, a in scene.times[t.sent]):
            outlet = next((n for n in [scene.parties.names.get(s.i) for s in [scene.subject(t)] if s] if n), None)
            kind = "publication" if outlet is not None and outlet.kind == "outlet" else "statement"
            yield Found(kind, t, t.i, t.i, None, who, weak=True)
    elif lemma in ("lift", "blast", "take") and any(c.lower == "off" for c in scene.parse.children(t, "prt", "advmod")):
        yield from _off(scene, t)
    elif lemma in ("fail", "crash", "explode", "succeed") and t.dep != "amod":
        yield from _failed(scene, t)


OCCASION = frozenset("at following after during".split())


def _objects(scene: Scene, prep: Token) -> list[Token]:
    return scene.parse.children(prep, "pobj", "dobj")


def _occasion(scene: Scene, noun: Token) -> bool:
    """A meeting with a day of its own, at or after which something is said."""
    return noun.lower in lx.MEETING_NOUNS | lx.VISIT_NOUNS and any(a.i == noun.i for _, _, a in scene.times[noun.sent])


def _off(scene: Scene, t: Token) -> Iterator[Found]:
    """ "the rocket lifted off"."""
    for s in scene.parse.children(t, "nsubj"):
        kind = by_words(scene, s, s)
        if kind in ("missile_test", "satellite_launch"):
            yield Found(kind, t, s.i, t.i, None, owners_of(scene, s), object=s, anaphoric=True, prefer=("from",))


def _failed(scene: Scene, t: Token) -> Iterator[Found]:
    """ "Previous launch attempts failed in May": the failing of something that is not an event noun taken elsewhere."""
    for s in scene.parse.children(t, "nsubj"):
        if s.lemma in ("attempt", "bid", "effort"):
            launch = next((c for c in scene.parse.children(s, "compound") if c.lower in lx.TEST_NOUNS), None)
            kind = by_words(scene, s, s) or (by_context(scene, launch) if launch is not None else None)
            if kind is not None:
                yield Found(kind, t, s.left, t.i, None, owners_of(scene, s), object=s, plural=is_plural(s), weak=True)
        elif s.lower in ("missile", "rocket", "missiles"):
            kind = by_words(scene, s, s)
            if kind is not None:
                yield Found(kind, t, s.i, t.i, None, owners_of(scene, s), object=s, anaphoric=True)


def _launch(scene: Scene, t: Token, obj: Token | None) -> Found | None:
    lemma = t.lemma.lower()
    if obj is None:
        return None
    noun = obj
    if noun.lower in lx.COMBAT_NOUNS and lemma == "launch":
        who = doers_of(scene, t)
        if who and any(p.lower in ("against", "on", "at") for x in (t, obj) for p in preps_of(scene, x)):
            if re.search(r"\b(?:missile|drone|aerial|air|rocket)", clause_text(scene, t), re.I):
                return Found("other", t, t.i, obj.i, None, who, targets_of(scene, t, obj), obj, weak=True)
        return None
    if lemma in ("detonate", "explode"):
        nuclear = bool(words_around(scene, noun) & lx.NUCLEAR_WORDS)
        return Found("nuclear_test", t, t.i, noun.i, None, doers_of(scene, t), object=noun) if nuclear else None
    kind = by_words(scene, noun, t)
    if kind is None or (kind == "nuclear_test" and lemma not in lx.NUCLEAR_VERBS):
        return None
    if lemma == "blast":
        return None
    anaphoric = is_definite(scene, noun) or is_pronoun(noun)
    if noun.dep == "attr" and scene.parse.head(noun).lemma == "be":  # "it was the third X that was tested"
        said = next(iter(scene.parse.children(scene.parse.head(noun), "nsubj")), None)
        anaphoric = anaphoric or (said is not None and (is_pronoun(said) or is_definite(scene, said)))
    found = Found(
        kind, t, min(t.i, noun.i), max(t.i, noun.i), None, doers_of(scene, t), object=noun, anaphoric=anaphoric
    )
    found.plural = is_plural(noun)
    found.fresh = any(c.lower in ("a", "an", "another") for c in scene.parse.children(noun, "det"))
    found.another = any(c.lower in ("another", "more", "further", "second") for c in scene.parse.children(noun))
    found.prefer = ("from", "at")
    if kind == "exercise" and not found.actors and not found.others:
        first_of, _ = scene.parse.bounds[t.sent]
        before = [
            n for x in scene.parse.tokens[first_of : t.i] if (n := scene.parties.state_of(scene.parties.named(x)))
        ]
        found.actors = list(dict.fromkeys(before))[:3]
    if kind == "missile_test":
        targets = targets_of(scene, t, noun)
        if targets and lemma != "test":
            found.type, found.others, found.interested, found.prefer = "other", targets, True, ("into", "at", "on")
    return found


def _meet(scene: Scene, t: Token, obj: Token | None) -> Iterator[Found]:
    who, others = doers_of(scene, t), company_of(scene, t, "party")
    if obj is not None and not others:
        if not (are_people(scene, obj) or scene.parties.one(obj)):
            return
        others = with_role(scene, obj, "party")
    s = scene.subject(t)
    body = s is not None and bool(re.search(r"council|committee|assembly|congress|cabinet|politburo|board", s.lower))
    if body:
        yield Found("meeting", t, t.i, t.i, None, who, others, obj, weak=True, prefer=("in", "at"))
        return
    if not others and not (len(who) > 1 or (s is not None and is_plural(s) and are_people(scene, s))):
        return
    if not who and not (s is not None and (are_people(scene, s) or is_pronoun(s))):
        return
    yield Found("meeting", t, t.i, obj.i if obj is not None else t.i, None, who, others, obj, prefer=("in", "at"))


def _travel(scene: Scene, t: Token) -> Iterator[Found]:
    s = scene.subject(t)
    if t.dep == "acl" and scene.parse.head(t).pos == "NOUN":
        s = scene.parse.head(t)  # "said five railcars travelled", taken for a participle
    if s is None:
        return
    to = [p for p in preps_of(scene, t) if p.lower in ("to", "in", "for", "at")]
    placed = any(top.i in {o.i for p in to for o in scene.parse.children(p, "pobj")} for _, top in scene.places[t.sent])
    if not placed:
        return
    if re.fullmatch(r"railcars?|trains?|ships?|vessels?|tankers?|freighters?|aircraft|planes?|convoys?", s.lower):
        yield Found("other", t, s.left, t.i, None, scene.parties.states(s), object=s, weak=True, interested=True)
    elif are_people(scene, s) or any(n.kind == "person" for n in [scene.parties.names.get(s.i)] if n) or is_pronoun(s):
        who = doers_of(scene, t)
        if who:
            yield Found("visit", t, t.i, t.i, None, who, weak=True, prefer=("to", "in"))
