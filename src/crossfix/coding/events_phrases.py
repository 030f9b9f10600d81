"""Small questions about phrases that the trigger rules share: objects, owners, company, targets, words of a noun phrase."""

from __future__ import annotations

import re

from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token


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


def doers_of(scene: Scene, verb: Token) -> list[str]:
    if verb.dep == "amod" and verb.tag == "VBD":
        before = [c for c in scene.parse.children(scene.parse.head(verb), "compound", "nmod", "poss") if c.i < verb.i]
        return [n for c in before if (n := scene.parties.named(c))]
    s = scene.subject(verb)
    return scene.parties.all(s) if s is not None else []


def owners_of(scene: Scene, noun: Token) -> list[str]:
    return [n for c in scene.parse.children(noun, "poss") for n in scene.parties.all(c)]


def modifier_parties(scene: Scene, noun: Token) -> list[str]:
    out: list[str] = []
    for c in scene.parse.children(noun, "amod", "compound", "nmod"):
        name = scene.parties.one(c)
        if name and name not in out:
            out.append(name)
    return out


def company_of(scene: Scene, t: Token, role: str) -> list[tuple[str, str]]:
    return [
        (name, role)
        for p in preps_of(scene, t)
        if p.lower in ("with", "between", "among", "of") and (p.lower != "of" or t.pos in ("NOUN", "PROPN"))
        for o in scene.parse.children(p, "pobj")
        for name in scene.parties.all(o)
    ]


def subject_parties(scene: Scene, t: Token) -> list[str]:
    verb = scene.governor(t)
    s = scene.subject(verb) if verb.pos == "VERB" else None
    return scene.parties.all(s) if s is not None and s.i != t.i else []


def with_role(scene: Scene, t: Token, role: str) -> list[tuple[str, str]]:
    return [(n, role) for n in scene.parties.all(t)]


def preps_of(scene: Scene, t: Token) -> list[Token]:
    return scene.parse.children(t, "prep", "dative", "agent")


def below_of(scene: Scene, t: Token) -> list[Token]:
    return [o for p in preps_of(scene, t) if p.lower == "of" for o in scene.parse.children(p, "pobj")]


def words_around(scene: Scene, noun: Token) -> set[str]:
    """Lower-case words of a noun with its modifiers, "of" objects, apposition and coordinated nouns."""
    out: set[str] = set()
    todo, steps = [noun], 0
    while todo and steps < 40:
        t = todo.pop()
        steps += 1
        out |= {t.lower, t.lemma.lower()} | set(re.split(r"[-‑–]", t.lower))
        todo += scene.parse.children(t, "amod", "compound", "nmod", "conj", "appos", "npadvmod")
        todo += below_of(scene, t)
        if t is noun:
            for c in scene.parse.children(t, "acl"):
                if c.lower == "carrying":
                    todo += scene.parse.children(c, "dobj")
    return out


def has_word(scene: Scene, noun: Token, words: frozenset[str]) -> bool:
    return bool(words_around(scene, noun) & words)


def phrase_text(scene: Scene, t: Token) -> str:
    return scene.parse.text[scene.parse.tokens[t.left].start : scene.parse.tokens[min(t.right, t.i + 8)].end]


def clause_text(scene: Scene, t: Token) -> str:
    s = scene.parse.sentences[t.sent]
    return scene.parse.text[s.start : s.end]


def is_definite(scene: Scene, t: Token) -> bool:
    return any(c.lower in ("the", "this", "that", "these", "those") for c in scene.parse.children(t, "det"))


def is_plural(t: Token) -> bool:
    return t.tag in ("NNS", "NNPS")


def is_pronoun(t: Token) -> bool:
    return t.pos == "PRON" or t.tag in ("PRP", "WDT", "WP")


def are_people(scene: Scene, t: Token | None) -> bool:
    """True where a noun names persons: by name, or by office."""
    if t is None:
        return False
    n = scene.parties.names.get(t.i)
    return (
        (n is not None and n.kind == "person") or t.lemma.lower() in lx.PERSON_NOUNS or t.lower in ("he", "she", "they")
    )


def has_owner(scene: Scene, t: Token) -> bool:
    return any(c.dep == "poss" for c in scene.parse.children(t))


def is_torn(scene: Scene, t: Token) -> bool:
    """A fragment that the parser cut off: its determiner or owner stands at the end of the sentence before."""
    if t.sent == 0 or t.head != t.i or any(c.dep == "det" for c in scene.parse.children(t)):
        return False
    before, here = scene.parse.sentences[t.sent - 1], scene.parse.sentences[t.sent]
    tail = scene.parse.text[before.start : before.end].rstrip()
    return before.paragraph == here.paragraph and not tail.endswith((".", "!", "?", ":", '"', "”"))


def targets_of(scene: Scene, verb: Token, obj: Token) -> list[tuple[str, str]]:
    """States that something is fired at; firing towards a sea or over a country is no attack."""
    out: list[tuple[str, str]] = []
    for p in (
        preps_of(scene, verb) + preps_of(scene, obj) + [q for o in below_of(scene, obj) for q in preps_of(scene, o)]
    ):
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
            own = {scene.parties.state_of(n) for n in doers_of(scene, verb)} if verb.pos == "VERB" else set()
            out += [(name, "target") for name in named[:2] if name not in own]
    return out
