"""The words that tell of an event: verbs with a fitting object, light verbs with a noun of event, and such nouns alone.

Each rule looks at one sentence. What a trigger means for the record (a new event, a second mention, nothing) is decided in
`events`; here only wording and syntax count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_scene import EVENT_NOUNS, Scene
from crossfix.coding.numbers import nth_of
from crossfix.language.parse import Token
from crossfix.model import EventType


@dataclass(slots=True)
class Found:
    """A trigger. ``head`` is the token that means the event, ``light`` a verb that only carries it ("conducted a test").

    ``actors`` did it, ``others`` took part otherwise (name, role). ``anaphoric`` marks wording that points back ("the
    launch"), ``fresh`` wording that brings in something new ("a test", "another test"). ``weak`` triggers are only kept where
    the text gives a time.
    """

    type: EventType
    head: Token
    first: int
    last: int
    light: Token | None = None
    actors: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    object: Token | None = None
    anaphoric: bool = False
    fresh: bool = False
    another: bool = False
    plural: bool = False
    weak: bool = False
    interested: bool = False
    guessed: bool = False
    """The actors are those of the sentence, not of the noun's own phrase."""
    bare: bool = False
    """ "the launch" and nothing more: what is launched follows from the text before."""
    prefer: tuple[str, ...] = ()


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
            out += _noun(scene, t)
        elif t.lower == "visiting" and t.dep == "amod":
            host = scene.parse.head(t)
            who = scene.parties.all(host)
            if who and not _is_pronoun(host):
                out.append(Found("visit", t, t.i, host.i, scene.governor(host), who, weak=True))
    return sorted(out, key=lambda f: f.head.i)


# ------------------------------------------------------------------ verbs


def _verb(scene: Scene, t: Token, taken: set[int]) -> Iterator[Found]:
    lemma = t.lemma.lower()
    obj = object_of(scene, t)
    if any(c.lower == "down" for c in scene.parse.children(t, "prt")):
        return  # "shot down"
    if obj is not None and lemma in lx.LIGHT_VERBS:
        noun = _event_noun_below(scene, obj)
        if noun is not None:
            kind = noun_type(scene, noun)
            if kind is not None:
                who = _who(scene, t)
                found = Found(kind, noun, min(t.i, noun.i), max(t.i, noun.i), t, who, object=obj)
                _noun_marks(scene, found)
                found.anaphoric = found.anaphoric and not _own(scene, noun)
                if kind in ("meeting", "visit", "exercise"):
                    found.others = _company(scene, noun, "party") + _company(scene, t, "party")
                yield from _counted_on(scene, found)
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
        if re.search(r"\bin(?:to)? (?:\w+ ){0,2}(?:orbit|space)\b", _clause_text(scene, t)) and _has(
            scene, obj, lx.SPACE_NOUNS
        ):
            yield Found("satellite_launch", t, t.i, obj.i, None, _who(scene, t), object=obj, plural=_plural(obj))
        return
    if lemma in lx.MEETING_VERBS:
        yield from _meet(scene, t, obj)
    elif lemma in lx.TALK_VERBS:
        others = _company(scene, t, "party")
        phone = bool(re.search(r"\b(?:phone|telephone|call|video)\b", _clause_text(scene, t)))
        s = scene.subject(t)
        two = (
            phone
            and s is not None
            and (_plural(s) or bool(scene.parse.children(s, "conj")))
            and lemma in ("speak", "talk")
        )
        if (others and _who(scene, t)) or two:
            yield Found("meeting", t, t.i, t.i, None, _who(scene, t), others, weak=not phone)
    elif lemma == "brief" and obj is not None:
        yield Found("meeting", t, t.i, t.i, None, _who(scene, t), _roles(scene, obj, "party"), weak=True)
    elif lemma in lx.VISIT_VERBS and obj is not None and obj.pos in ("NOUN", "PROPN"):
        who = _who(scene, t)
        if who or _people(scene, scene.subject(t)):
            late = t.sent > 5
            yield Found("visit", t, t.i, obj.i, None, who, object=obj, prefer=("in", "at"), weak=late)
    elif lemma in lx.TRAVEL_VERBS:
        yield from _travel(scene, t)
    elif lemma in lx.HOST_VERBS and obj is not None and (_people(scene, obj) or scene.parties.one(obj)):
        if obj.i not in taken and not any(
            n.lower in lx.MEETING_NOUNS
            for p in scene.parse.children(t, "prep")
            for n in scene.parse.children(p, "pobj")
        ):
            if _people(scene, obj) or any(n.kind == "person" for n in [scene.parties.names.get(obj.i)] if n):
                kind = "meeting" if lemma == "receive" else "visit"
                hosts = _who(scene, t)
                if hosts:
                    yield Found(kind, t, t.i, obj.i, None, hosts, _roles(scene, obj, "visitor"), obj)
    elif lemma in ("add", "put", "place") and obj is not None and _listed(scene, t):
        yield Found("sanctions_act", t, t.i, obj.i, None, _who(scene, t), _roles(scene, obj, "target"), obj)
    elif lemma in ("seize", "impound", "confiscate", "intercept") and obj is not None and _cargo(scene, obj):
        yield Found("other", t, t.i, obj.i, None, _who(scene, t), object=obj, weak=True)
    elif lemma in lx.DESIGNATE_VERBS and obj is not None:
        if _who(scene, t) or scene.subject(t) is None:
            as_ = any(p.lower == "as" for p in scene.parse.children(t, "prep"))
            if (
                lemma != "designate"
                or as_
                or re.search(r"sanction|entit|terror|treasury", _clause_text(scene, t), re.I)
            ):
                if scene.parties.one(obj) or obj.pos in ("NOUN", "PROPN"):
                    yield Found("sanctions_act", t, t.i, obj.i, None, _who(scene, t), _roles(scene, obj, "target"), obj)
    elif lemma in lx.SANCTION_VERBS and obj is not None and _sanction(scene, obj):
        target = [
            (name, "target")
            for x in (t, obj)
            for p in scene.parse.children(x, "prep")
            if p.lower in ("on", "against")
            for o in scene.parse.children(p, "pobj")
            for name in scene.parties.all(o)
        ]
        yield Found("sanctions_act", t, t.i, obj.i, None, _who(scene, t), target, obj, plural=False)
    elif lemma in lx.PUBLICATION_VERBS and obj is not None and _has(scene, obj, lx.PUBLICATION_NOUNS):
        who = _who(scene, t)
        if who or t.dep != "acl":
            yield Found("publication", t, t.i, obj.i, None, who, object=obj)
    elif lemma == "make" and any(c.lower == "public" for c in scene.parse.subtree(t)[:12] if c.i - t.i == 1):
        noun = next((x for x in scene.parse.subtree(t) if 0 < x.i - t.i < 9 and x.lower in lx.PUBLICATION_NOUNS), None)
        if noun is not None:
            yield Found("publication", t, t.i, noun.i, None, _who(scene, t), object=noun)
    elif lemma in lx.DISPLAY_VERBS and obj is not None and _has(scene, obj, lx.MISSILE_NOUNS):
        if _who(scene, t):
            yield Found("other", t, t.i, obj.i, None, _who(scene, t), object=obj, weak=True, interested=True)
    elif lemma in lx.SAY_VERBS and t.dep not in ("acl", "amod"):
        who = _who(scene, t)
        occasion = next(
            (o for p in _preps(scene, t) if p.lower in OCCASION for o in _objects(scene, p) if _occasion(scene, o)),
            None,
        )
        if who and occasion is not None:
            yield Found("statement", t, t.i, t.i, occasion, who, weak=True)
        elif who and any(a.i == t.i for _, _, a in scene.times[t.sent]):
            outlet = next((n for n in [scene.parties.names.get(s.i) for s in [scene.subject(t)] if s] if n), None)
            kind = "publication" if outlet is not None and outlet.kind == "outlet" else "statement"
            yield Found(kind, t, t.i, t.i, None, who, weak=True)
    elif lemma in ("fail", "crash", "explode", "succeed") and t.dep != "amod":
        yield from _failed(scene, t)


BLAME = frozenset("condemn criticize criticise denounce blame rebuke punish".split())
CARGO = frozenset("ship vessel tanker cargo shipment weapon arms ammunition missile part freighter boat dhow".split())
OCCASION = frozenset("at following after during".split())


def _objects(scene: Scene, prep: Token) -> list[Token]:
    return scene.parse.children(prep, "pobj", "dobj")


def _occasion(scene: Scene, noun: Token) -> bool:
    """A meeting with a day of its own, at or after which something is said."""
    return noun.lower in lx.MEETING_NOUNS | lx.VISIT_NOUNS and any(a.i == noun.i for _, _, a in scene.times[noun.sent])


def _listed(scene: Scene, t: Token) -> bool:
    """ "added X to its sanctions list"."""
    return any(
        re.search(r"sanctions? list|blacklist|entity list|list of sanctioned", _phrase_text(scene, o), re.I)
        for p in _preps(scene, t)
        if p.lower in ("to", "on", "onto")
        for o in scene.parse.children(p, "pobj")
    )


def _cargo(scene: Scene, obj: Token) -> bool:
    return bool(_words(scene, obj) & CARGO)


def _failed(scene: Scene, t: Token) -> Iterator[Found]:
    """ "Previous launch attempts failed in May": the failing of something that is not an event noun taken elsewhere."""
    for s in scene.parse.children(t, "nsubj"):
        if s.lemma in ("attempt", "bid", "effort"):
            launch = next((c for c in scene.parse.children(s, "compound") if c.lower in lx.TEST_NOUNS), None)
            kind = _by_words(scene, s, s) or (_bare(scene, launch) if launch is not None else None)
            if kind is not None:
                yield Found(kind, t, s.left, t.i, None, _poss(scene, s), object=s, plural=_plural(s), weak=True)
        elif s.lower in ("missile", "rocket", "missiles"):
            kind = _by_words(scene, s, s)
            if kind is not None:
                yield Found(kind, t, s.i, t.i, None, _poss(scene, s), object=s, anaphoric=True)


def _launch(scene: Scene, t: Token, obj: Token | None) -> Found | None:
    lemma = t.lemma.lower()
    if obj is None:
        return None
    noun = obj
    if noun.lower in lx.COMBAT_NOUNS and lemma == "launch":
        who = _who(scene, t)
        if who and any(p.lower in ("against", "on", "at") for x in (t, obj) for p in _preps(scene, x)):
            if re.search(r"\b(?:missile|drone|aerial|air|rocket)", _clause_text(scene, t), re.I):
                return Found("other", t, t.i, obj.i, None, who, _targets(scene, t, obj), obj, weak=True)
        return None
    if lemma in ("detonate", "explode"):
        nuclear = bool(_words(scene, noun) & lx.NUCLEAR_WORDS)
        return Found("nuclear_test", t, t.i, noun.i, None, _who(scene, t), object=noun) if nuclear else None
    kind = _by_words(scene, noun, t)
    if kind is None or (kind == "nuclear_test" and lemma not in lx.NUCLEAR_VERBS):
        return None
    if lemma == "blast":
        return None
    anaphoric = _definite(scene, noun) or _is_pronoun(noun)
    if noun.dep == "attr" and scene.parse.head(noun).lemma == "be":  # "it was the third X that was tested"
        said = next(iter(scene.parse.children(scene.parse.head(noun), "nsubj")), None)
        anaphoric = anaphoric or (said is not None and (_is_pronoun(said) or _definite(scene, said)))
    found = Found(kind, t, min(t.i, noun.i), max(t.i, noun.i), None, _who(scene, t), object=noun, anaphoric=anaphoric)
    found.plural = _plural(noun)
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
        targets = _targets(scene, t, noun)
        if targets and lemma != "test":
            found.type, found.others, found.interested, found.prefer = "other", targets, True, ("into", "at", "on")
    return found


def _targets(scene: Scene, verb: Token, obj: Token) -> list[tuple[str, str]]:
    """States that something is fired at; firing towards a sea or over a country is no attack."""
    out: list[tuple[str, str]] = []
    for p in _preps(scene, verb) + _preps(scene, obj) + [q for o in _below_of(scene, obj) for q in _preps(scene, o)]:
        if p.lower not in ("into", "at", "against", "on"):
            continue
        for o in scene.parse.children(p, "pobj"):
            if lx.SEA.search(scene.parse.text[scene.parse.tokens[o.left].start : scene.parse.tokens[o.right].end]):
                continue
            if o.i in scene.timed or o.ent in ("DATE", "TIME"):
                continue
            named = scene.parties.states(o)
            if not named and p.lower != "on":
                spots = [pl for pl, top in scene.places[o.sent] if scene.parse.tokens[o.left].i <= top.i <= o.right]
                named = [lx.COUNTRY_CODES[pl.country] for pl in spots if pl.country in lx.COUNTRY_CODES]
            own = {scene.parties.state_of(n) for n in _who(scene, verb)} if verb.pos == "VERB" else set()
            out += [(name, "target") for name in named[:2] if name not in own]
    return out


def _meet(scene: Scene, t: Token, obj: Token | None) -> Iterator[Found]:
    who, others = _who(scene, t), _company(scene, t, "party")
    if obj is not None and not others:
        if not (_people(scene, obj) or scene.parties.one(obj)):
            return
        others = _roles(scene, obj, "party")
    s = scene.subject(t)
    body = s is not None and bool(re.search(r"council|committee|assembly|congress|cabinet|politburo|board", s.lower))
    if body:
        yield Found("meeting", t, t.i, t.i, None, who, others, obj, weak=True, prefer=("in", "at"))
        return
    if not others and not (len(who) > 1 or (s is not None and _plural(s) and _people(scene, s))):
        return
    if not who and not (s is not None and (_people(scene, s) or _is_pronoun(s))):
        return
    yield Found("meeting", t, t.i, obj.i if obj is not None else t.i, None, who, others, obj, prefer=("in", "at"))


def _travel(scene: Scene, t: Token) -> Iterator[Found]:
    s = scene.subject(t)
    if s is None:
        return
    to = [p for p in _preps(scene, t) if p.lower in ("to", "in", "for", "at")]
    placed = any(top.i in {o.i for p in to for o in scene.parse.children(p, "pobj")} for _, top in scene.places[t.sent])
    if not placed:
        return
    if re.fullmatch(r"railcars?|trains?|ships?|vessels?|tankers?|freighters?|aircraft|planes?|convoys?", s.lower):
        yield Found("other", t, s.left, t.i, None, scene.parties.states(s), object=s, weak=True, interested=True)
    elif _people(scene, s) or any(n.kind == "person" for n in [scene.parties.names.get(s.i)] if n) or _is_pronoun(s):
        who = _who(scene, t)
        if who:
            yield Found("visit", t, t.i, t.i, None, who, weak=True, prefer=("to", "in"))


# ------------------------------------------------------------------ nouns


def _noun(scene: Scene, t: Token) -> Iterator[Found]:
    low = t.lower
    if t.dep in ("compound", "amod", "nmod") and scene.parse.head(t).pos in ("NOUN", "PROPN"):
        return
    if t.dep == "appos" and scene.parse.head(t).lower in EVENT_NOUNS:
        return
    if low in ("failure", "success", "accident"):
        kind = next((_by_words(scene, o, o) for o in _below_of(scene, t)), None)
        if kind is not None and _below_of(scene, t)[0].lower not in lx.TEST_NOUNS:
            yield Found(
                kind, t, t.i, _below_of(scene, t)[0].i, None, _poss(scene, t), object=_below_of(scene, t)[0], weak=True
            )
        return
    kind = noun_type(scene, t)
    if kind is None:
        if low in ("report", "analysis", "study") and any(
            c.lower in ("recent", "new") for c in scene.parse.children(t, "amod")
        ):
            if t.dep in ("nsubj", "nsubjpass"):
                yield Found("publication", t, t.i, t.i, None, _poss(scene, t), anaphoric=True)
        return
    found = Found(kind, t, t.i, t.i, None, _blamed(scene, t) or _poss(scene, t))
    found.bare = low in lx.TEST_NOUNS and _by_words(scene, t, t) is None
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
        found.others = _company(scene, t, "party") + [(n, "party") for n in _modifier_parties(scene, t)]
        if kind == "meeting" and not found.actors:
            found.actors = _subject_parties(scene, t)
            found.guessed = not found.others
    elif not found.actors:
        found.actors = [
            n
            for p in _preps(scene, t)
            if p.lower == "by"
            for o in scene.parse.children(p, "pobj")
            for n in scene.parties.all(o)
        ] or _modifier_parties(scene, t)[:1]
    if kind == "missile_test":
        targets = _targets(scene, scene.governor(t) if t.dep == "dobj" else t, t)
        if targets:
            found.type, found.others, found.interested = "other", targets, True
    if not found.actors and kind in ("missile_test", "nuclear_test", "satellite_launch"):
        if _torn(scene, t):
            found.actors = [n for n in [scene.parties.last_state(t)] if n]
    first = min([c.left for c in scene.parse.children(t, "compound", "amod", "nmod") if c.i < t.i] + [t.i])
    found.first = first
    _noun_marks(scene, found)
    yield found
    yield from _counted_on(scene, found)


def _counted_on(scene: Scene, f: Found) -> Iterator[Found]:
    """ "its first test in 2006 and its sixth in 2017": an ordinal that stands for a further event of the kind."""
    near = scene.parse.children(f.head, "conj") + (scene.parse.children(f.light, "conj") if f.light is not None else [])
    for c in near:
        if nth_of(c.text) is not None and any(a.i == c.i for _, _, a in scene.times[c.sent]):
            yield Found(f.type, c, c.i, c.i, None, list(f.actors), object=f.head)


def _blamed(scene: Scene, t: Token) -> list[str]:
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


def _noun_marks(scene: Scene, f: Found) -> None:
    t = f.head
    kids = scene.parse.children(t)
    dets = {c.lower for c in kids if c.dep == "det"}
    adjectives = {c.lower for c in kids if c.dep in ("amod", "nmod")}
    own = _own(scene, t)
    f.plural = _plural(t)
    own = own or (f.first > 0 and scene.parse.tokens[f.first - 1].dep == "case")
    f.fresh = bool(dets & {"a", "an", "another"}) or bool(adjectives & {"another", "new", "second", "separate"})
    f.another = "another" in dets or bool(adjectives & {"second", "separate", "further", "more"})
    back = bool(adjectives & {"recent", "latest"})
    f.anaphoric = ((bool(dets & {"the", "this", "that", "these", "those"}) or own) and not f.fresh) or back
    special = bool(adjectives & {"recent", "latest", "successful", "failed", "unsuccessful"}) or (
        t.lower in ("summit", "meeting") and bool(adjectives & {"trilateral", "historic"})
    )
    ordinal = any(c.lower in lx.ORDINAL_WORDS or re.fullmatch(r"\d+(?:st|nd|rd|th)", c.lower) for c in kids)
    single = not f.plural and (bool(dets & {"the", "this"}) or own or special or _torn(scene, t))
    if f.type in ("missile_test", "satellite_launch", "nuclear_test"):
        f.weak = not (ordinal or single)
    elif f.light is None or f.light.i > t.i:
        f.weak = not ((ordinal or (single and (special or own or bool(f.others) or t.pos == "PROPN"))) and not f.plural)


def _torn(scene: Scene, t: Token) -> bool:
    """A fragment that the parser cut off: its determiner or owner stands at the end of the sentence before."""
    if t.sent == 0 or t.head != t.i or any(c.dep == "det" for c in scene.parse.children(t)):
        return False
    before, here = scene.parse.sentences[t.sent - 1], scene.parse.sentences[t.sent]
    tail = scene.parse.text[before.start : before.end].rstrip()
    return before.paragraph == here.paragraph and not tail.endswith((".", "!", "?", ":", '"', "”"))


def _own(scene: Scene, t: Token) -> bool:
    return any(c.dep == "poss" for c in scene.parse.children(t))


def noun_type(scene: Scene, t: Token) -> EventType | None:
    """The event type of a noun of event by itself and its modifiers; None where it is none."""
    low = t.lower
    if low in lx.TEST_NOUNS or _test_fire(scene, t):
        if low in ("testing", "launching", "blast") and not any(
            c.dep == "det" or c.dep == "poss" for c in scene.parse.children(t)
        ):
            return None
        return _by_words(scene, t, t) or _bare(scene, t)
    words = _phrase_text(scene, t)
    if low in lx.EXERCISE_NOUNS:
        mods = _words(scene, t)
        if mods & {"launch", "launching", "firing", "launches"} and _by_words(scene, t, t) == "missile_test":
            return "missile_test"
        return "exercise" if lx.EXERCISE_WORDS.search(words) and "exercise of" not in words.lower() else None
    if low in lx.VISIT_NOUNS:
        return "visit"
    if low in lx.MEETING_NOUNS:
        if low in ("call", "calls", "conversation", "session", "sessions", "dialogue", "consultation", "consultations", "negotiation",
                   "negotiations", "briefing", "conference", "congress"):  # fmt: skip
            if re.search(r"\b(?:press|news) (?:conference|briefing)", words, re.I):
                return None
            if low in ("call", "calls") and not (
                re.search(r"phone|telephone|video", words, re.I)
                or any(p.lower in ("with", "between") for p in _preps(scene, t))
            ):
                return None
            if low == "congress" and t.pos == "PROPN":
                return None
        if low == "talk" and not (_own(scene, t) or any(p.lower in ("with", "between") for p in _preps(scene, t))):
            return None
        if low == "iteration" and not re.search(r"meeting|summit|talks|dialogue|group|forum", words, re.I):
            return None
        return "meeting"
    return None


def _bare(scene: Scene, t: Token) -> EventType | None:
    """ "the launch", "this test" without further words: what the document speaks of, by its title and its text so far."""
    if any(c.dep == "compound" and c.lower not in ("repeat", "latest") for c in scene.parse.children(t)):
        return None
    if any(o.pos != "PRON" for o in _below_of(scene, t)):
        return None  # "the launch of a programme"
    title = scene.ann.document.title or ""
    before = scene.parse.text[max(0, t.start - 1500) : t.start]
    after = scene.parse.text[t.end : t.end + 500]
    for text in (before, title, after):
        hits = [
            (m.start(), kind)
            for kind, pattern in (
                ("satellite_launch", r"satellite launch|space launch|launch\w* (?:\w+ ){0,4}satellite|satellite\b"),
                ("nuclear_test", r"nuclear test|nuclear device|hydrogen bomb"),
                (
                    "missile_test",
                    r"missile (?:test|launch)|(?:launch|fir|test)\w* (?:\S+ ){0,5}missile\b(?! techn)|ICBM\b(?! prog)",
                ),
            )
            for m in re.finditer(pattern, text, re.I)
        ]
        if hits:
            kind = max(hits)[1]
            if kind == "nuclear_test" and t.lower.startswith(("launch", "fir", "lift")):
                continue
            if kind == "satellite_launch" and t.lower.startswith("test"):
                continue
            return kind  # type: ignore[return-value]
    return None


def _by_words(scene: Scene, noun: Token, trigger: Token) -> EventType | None:
    """Missile, satellite or nuclear, by the words of a noun phrase."""
    words = _words(scene, noun)
    if words & lx.NUCLEAR_WORDS and (words & lx.NUCLEAR_OBJECTS) and not words & {"missile", "missiles", "icbm"}:
        return "nuclear_test"
    if words & lx.SPACE_NOUNS or ("space" in words and words & {"launch", "vehicle", "launches", "rocket"}):
        if "satellite" not in words or not words & {"imagery", "images", "image", "technology"}:
            return "satellite_launch"
    if words & lx.MISSILE_NOUNS or any(
        lx.MISSILE_NAME.fullmatch(w) and re.search(r"\d|hwasong|musudan|[is]", w) and len(w) > 3 for w in words
    ):
        if (
            not words & {"technology", "program", "programme", "defense", "defence", "site"}
            or noun.lower in lx.TEST_NOUNS
        ):
            return "missile_test"
    if words & lx.ROCKET_NOUNS or words & {"vehicle", "carrier"}:
        sentence = scene.parse.sentences[trigger.sent]
        near = scene.parse.text[max(0, sentence.start - 600) : sentence.end + 300] + (scene.ann.document.title or "")
        if lx.SPACE_WORDS.search(near):
            return "satellite_launch"
        if "long-range" in near.lower() or "ballistic" in near.lower():
            return "missile_test"
    return None


# ------------------------------------------------------------------ small helpers


def object_of(scene: Scene, t: Token) -> Token | None:
    """What a verb acts on: object, subject of a passive, the noun that a relative or participle clause modifies."""
    p = scene.parse
    for c in p.children(t, "ccomp"):  # "launched what appears to be a missile"
        if any(x.lower == "what" for x in p.tokens[c.left : c.i]):
            said = next((x for x in p.subtree(c) if x.dep in ("attr", "oprd") and x.pos in ("NOUN", "PROPN")), None)
            if said is not None:
                return said
    for c in p.children(t, "dobj", "nsubjpass"):
        if c.lower == "that" and c.dep == "dobj" and c.i < t.i and c.i and p.tokens[c.i - 1].pos in ("NOUN", "PROPN"):
            return p.tokens[c.i - 1]
        if c.tag in ("WDT", "WP") or (c.lower == "that" and c.pos == "PRON"):
            continue
        return c
    if t.dep == "relcl" and not any(c.dep == "dobj" and c.tag not in ("WDT", "WP") for c in p.children(t)):
        passive = any(c.dep == "nsubjpass" for c in p.children(t))
        subject = next((c for c in p.children(t, "nsubj")), None)
        if passive or (subject is not None and subject.tag not in ("WDT", "WP") and subject.lower != "that"):
            return p.head(t)
        return None
    if (t.dep == "acl" and t.tag == "VBN") or (t.dep == "amod" and t.tag == "VBD"):
        return p.head(t)
    if (
        t.dep == "conj"
        and p.head(t).pos == "VERB"
        and t.tag == "VBN"
        and any(c.dep == "nsubjpass" for c in p.children(p.head(t)))
    ):
        return next(iter(p.children(p.head(t), "nsubjpass")), None)
    return None


def _event_noun_below(scene: Scene, obj: Token) -> Token | None:
    for n in (obj, *_below_of(scene, obj)):
        if _test_fire(scene, n) or n.lower in lx.TEST_NOUNS | lx.EXERCISE_NOUNS | lx.MEETING_NOUNS | lx.VISIT_NOUNS:
            return n
    return None


def _test_fire(scene: Scene, n: Token) -> bool:
    """ "a test-fire", which the parser takes apart."""
    return n.lower == "fire" and n.i > 1 and scene.parse.tokens[n.i - 2].lower == "test" and n.pos == "NOUN"


def _sanction(scene: Scene, obj: Token) -> bool:
    nouns = [obj, *_below_of(scene, obj), *scene.parse.children(obj, "conj")]
    for n in nouns:
        if n.lower in ("sanction", "sanctions", "embargo", "blacklist"):
            return True
        if n.lower in ("resolution", "resolutions") and re.search(
            r"council|u\.?n\.?\b|sanction", _clause_text(scene, obj), re.I
        ):
            return True
        if n.lower in ("restrictions", "measures", "designations") and re.search(
            r"sanction|export control", _clause_text(scene, obj), re.I
        ):
            return True
    return False


def _who(scene: Scene, verb: Token) -> list[str]:
    if verb.dep == "amod" and verb.tag == "VBD":
        before = [c for c in scene.parse.children(scene.parse.head(verb), "compound", "nmod", "poss") if c.i < verb.i]
        return [n for c in before if (n := scene.parties.named(c))]
    s = scene.subject(verb)
    return scene.parties.all(s) if s is not None else []


def _poss(scene: Scene, noun: Token) -> list[str]:
    return [n for c in scene.parse.children(noun, "poss") for n in scene.parties.all(c)]


def _modifier_parties(scene: Scene, noun: Token) -> list[str]:
    out: list[str] = []
    for c in scene.parse.children(noun, "amod", "compound", "nmod"):
        name = scene.parties.one(c)
        if name and name not in out:
            out.append(name)
    return out


def _company(scene: Scene, t: Token, role: str) -> list[tuple[str, str]]:
    return [
        (name, role)
        for p in _preps(scene, t)
        if p.lower in ("with", "between", "among", "of") and (p.lower != "of" or t.pos in ("NOUN", "PROPN"))
        for o in scene.parse.children(p, "pobj")
        for name in scene.parties.all(o)
    ]


def _subject_parties(scene: Scene, t: Token) -> list[str]:
    verb = scene.governor(t)
    s = scene.subject(verb) if verb.pos == "VERB" else None
    return scene.parties.all(s) if s is not None and s.i != t.i else []


def _roles(scene: Scene, t: Token, role: str) -> list[tuple[str, str]]:
    return [(n, role) for n in scene.parties.all(t)]


def _preps(scene: Scene, t: Token) -> list[Token]:
    return scene.parse.children(t, "prep", "dative", "agent")


def _below_of(scene: Scene, t: Token) -> list[Token]:
    return [o for p in _preps(scene, t) if p.lower == "of" for o in scene.parse.children(p, "pobj")]


def _words(scene: Scene, noun: Token) -> set[str]:
    """Lower-case words of a noun with its modifiers, "of" objects, apposition and coordinated nouns."""
    out: set[str] = set()
    todo, steps = [noun], 0
    while todo and steps < 40:
        t = todo.pop()
        steps += 1
        out |= {t.lower, t.lemma.lower()} | set(re.split(r"[-‑–]", t.lower))
        todo += scene.parse.children(t, "amod", "compound", "nmod", "conj", "appos", "npadvmod")
        todo += _below_of(scene, t)
        if t is noun:
            for c in scene.parse.children(t, "acl"):
                if c.lower == "carrying":
                    todo += scene.parse.children(c, "dobj")
    return out


def _has(scene: Scene, noun: Token, words: frozenset[str]) -> bool:
    return bool(_words(scene, noun) & words)


def _phrase_text(scene: Scene, t: Token) -> str:
    return scene.parse.text[scene.parse.tokens[t.left].start : scene.parse.tokens[min(t.right, t.i + 8)].end]


def _clause_text(scene: Scene, t: Token) -> str:
    s = scene.parse.sentences[t.sent]
    return scene.parse.text[s.start : s.end]


def _definite(scene: Scene, t: Token) -> bool:
    return any(c.lower in ("the", "this", "that", "these", "those") for c in scene.parse.children(t, "det"))


def _plural(t: Token) -> bool:
    return t.tag in ("NNS", "NNPS")


def _is_pronoun(t: Token) -> bool:
    return t.pos == "PRON" or t.tag in ("PRP", "WDT", "WP")


def _people(scene: Scene, t: Token | None) -> bool:
    """True where a noun names persons: by name, or by office."""
    if t is None:
        return False
    n = scene.parties.names.get(t.i)
    return (
        (n is not None and n.kind == "person") or t.lemma.lower() in lx.PERSON_NOUNS or t.lower in ("he", "she", "they")
    )
