"""Which type of event a noun of event means, by its own words, its modifiers and the text before it."""

from __future__ import annotations

import re

from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_phrases import below_of, clause_text, has_owner, phrase_text, preps_of, words_around
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token
from crossfix.model import EventType


def noun_type(scene: Scene, t: Token) -> EventType | None:
    """The event type of a noun of event by itself and its modifiers; None where it is none."""
    low = t.lower
    if low in lx.TEST_NOUNS or test_fire(scene, t):
        if low in ("testing", "launching", "blast") and not any(
            c.dep == "det" or c.dep == "poss" for c in scene.parse.children(t)
        ):
            return None
        return by_words(scene, t, t) or by_context(scene, t)
    words = phrase_text(scene, t)
    if low in lx.EXERCISE_NOUNS:
        mods = words_around(scene, t)
        if mods & {"launch", "launching", "firing", "launches"} and by_words(scene, t, t) == "missile_test":
            return "missile_test"
        if low.startswith("drill"):
            words = clause_text(scene, t)
        return "exercise" if lx.EXERCISE_WORDS.search(words) and "exercise of" not in words.lower() else None
    if low in lx.VISIT_NOUNS:
        return None if low in ("trip", "trips") and _of_carrier(scene, t) else "visit"
    if low in lx.MEETING_NOUNS:
        if low in ("call", "calls", "conversation", "session", "sessions", "dialogue", "consultation", "consultations", "negotiation",
                   "negotiations", "briefing", "conference", "congress"):  # fmt: skip
            if re.search(r"\b(?:press|news) (?:conference|briefing)", words, re.I):
                return None
            if low in ("call", "calls") and not (
                re.search(r"phone|telephone|video", words, re.I)
                or any(p.lower in ("with", "between") for p in preps_of(scene, t))
            ):
                return None
            if low == "congress" and t.pos == "PROPN":
                return None
        if low == "talk" and not (
            has_owner(scene, t) or any(p.lower in ("with", "between") for p in preps_of(scene, t))
        ):
            return None
        if low == "iteration" and not re.search(r"meeting|summit|talks|dialogue|group|forum", words, re.I):
            return None
        return "meeting"
    return None


CARRIERS = frozenset("ship vessel freighter tanker barge boat ferry train truck convoy plane aircraft".split())


def _of_carrier(scene: Scene, t: Token) -> bool:
    """ "Ferries made 12 trips", "a ship's second trip": a way gone, and nobody visited."""
    p = scene.parse
    doers = [
        *p.children(t, "poss"),
        *(o for c in p.children(t, "prep") if c.lower == "by" for o in p.children(c, "pobj")),
    ]
    subject = scene.subject(scene.governor(t)) if t.dep == "dobj" else None
    return any(x.lemma.lower() in CARRIERS for x in (*doers, *([subject] if subject is not None else [])))


def by_context(scene: Scene, t: Token) -> EventType | None:
    """ "the launch", "this test" without further words: what the document speaks of, by its title and its text so far."""
    if any(c.dep == "compound" and c.lower not in ("repeat", "latest") for c in scene.parse.children(t)):
        return None
    if any(o.pos != "PRON" for o in below_of(scene, t)):
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


def by_words(scene: Scene, noun: Token, trigger: Token) -> EventType | None:
    """Missile, satellite or nuclear, by the words of a noun phrase."""
    words = words_around(scene, noun)
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
        if words & {"launcher", "artillery", "multiple"}:
            return "missile_test"
        stop = sentence.end + (300 if trigger.sent < 2 else 0)
        near = scene.parse.text[max(0, sentence.start - 600) : stop] + (scene.ann.document.title or "")
        if lx.SPACE_WORDS.search(near):
            return "satellite_launch"
        if "long-range" in near.lower() or "ballistic" in near.lower():
            return "missile_test"
    return None


def event_noun_below(scene: Scene, obj: Token) -> Token | None:
    for n in (obj, *below_of(scene, obj)):
        if test_fire(scene, n) or n.lower in lx.TEST_NOUNS | lx.EXERCISE_NOUNS | lx.MEETING_NOUNS | lx.VISIT_NOUNS:
            return n
    return None


def test_fire(scene: Scene, n: Token) -> bool:
    """ "a test-fire", which the parser takes apart."""
    return n.lower == "fire" and n.i > 1 and scene.parse.tokens[n.i - 2].lower == "test" and n.pos == "NOUN"


CARGO = frozenset("ship vessel tanker cargo shipment weapon arms ammunition missile part freighter boat dhow".split())


def is_cargo(scene: Scene, obj: Token) -> bool:
    return bool(words_around(scene, obj) & CARGO)


def is_sanction(scene: Scene, obj: Token) -> bool:
    nouns = [obj, *below_of(scene, obj), *scene.parse.children(obj, "conj")]
    for n in nouns:
        if n.lower in ("sanction", "sanctions", "embargo", "blacklist"):
            return True
        if n.lower in ("resolution", "resolutions") and re.search(
            r"council|u\.?n\.?\b|sanction", clause_text(scene, obj), re.I
        ):
            return True
        if n.lower in ("curbs", "controls", "ban", "bans") and re.search(
            r"export|trade|import|arms", clause_text(scene, obj)
        ):
            return True
        if n.lower in ("restrictions", "measures", "designations") and re.search(
            r"sanction|export control", clause_text(scene, obj), re.I
        ):
            return True
    return False


def on_a_list(scene: Scene, t: Token) -> bool:
    """ "added X to its sanctions list"."""
    return any(
        re.search(r"sanctions? list|blacklist|entity list|list of sanctioned", phrase_text(scene, o), re.I)
        for p in preps_of(scene, t)
        if p.lower in ("to", "on", "onto")
        for o in scene.parse.children(p, "pobj")
    )
