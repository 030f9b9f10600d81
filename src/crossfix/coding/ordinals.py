"""Counts that a text puts on an event: "its fifth ICBM test of the year" is nth 5 of "ICBM tests of the year (2023)"."""

from __future__ import annotations

import re

from crossfix.coding.counting import nth_of
from crossfix.coding.events_found import Found
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token
from crossfix.model import Interval, Ordinal, Span

_NOUN = {
    "missile_test": "missile tests",
    "satellite_launch": "satellite launches",
    "nuclear_test": "nuclear tests",
    "exercise": "exercises",
    "meeting": "meetings",
    "visit": "visits",
    "sanctions_act": "sanctions",
    "arms_transfer": "transfers",
}


def ordinals_of(scene: Scene, found: Found, when: Interval | None) -> tuple[Ordinal, ...]:
    """The ordinals on a trigger: on its noun, on its object, on "for the Nth time", on an apposition ("the fourth such")."""
    p = scene.parse
    out: list[Ordinal] = []
    heads = [found.head] + ([found.object] if found.object is not None and found.object.i != found.head.i else [])
    attempt = p.head(found.head)
    if found.head.dep == "acl" and attempt.lemma in ("attempt", "bid", "try"):
        heads.append(attempt)
    for noun in list(heads):
        heads += p.children(noun, "appos")
        heads += [c for c in p.children(noun, "conj") if not c.children or (c.dep == "conj" and c.pos == "ADJ")]
    for noun in heads:
        if noun.pos not in ("NOUN", "PROPN"):
            continue
        kids = p.children(noun, "amod", "nummod", "compound")
        for c in [*kids, *(x for k in kids if k.dep == "compound" for x in p.children(k, "amod"))]:
            nth = nth_of(c.text)
            if nth is not None and not _in_date(scene, c):
                out.append(Ordinal(nth, _scope(scene, found, noun, c, when), _span(scene, c)))
            if nth is not None:
                for x in p.children(c, "conj"):
                    more = nth_of(x.text)
                    if more is not None:
                        of = _scope(scene, found, noun, x, when)
                        out.append(Ordinal(more, of, _span(scene, x)))
    verb = found.light or found.head
    for c in [*p.children(verb, "prep"), *p.children(verb, "npadvmod", "advmod")]:
        for o in [*p.children(c, "pobj"), c]:
            if o.lemma == "time":
                for a in p.children(o, "amod"):
                    nth = nth_of(a.text)
                    if nth is not None:
                        of = _time_scope(found)
                        out.append(Ordinal(nth, of, _span(scene, a)))
    if verb.dep in ("relcl", "acl") and p.head(verb).lemma == "time":  # "it was the second time that X fired"
        for a in p.children(p.head(verb), "amod"):
            nth = nth_of(a.text)
            if nth is not None:
                out.append(Ordinal(nth, _time_scope(found), _span(scene, a)))
    out += _of_its_kind(scene, found)
    own = nth_of(found.head.text)
    if own is not None and found.object is not None:
        return (Ordinal(own, _scope(scene, found, found.object, found.head, when), _span(scene, found.head)),)
    if found.head.dep in ("nsubj", "nsubjpass"):
        for a in p.children(p.head(found.head), "attr", "acomp"):
            told = nth_of(a.text)
            if told is not None:
                out.append(Ordinal(told, _time_scope(found), _span(scene, a)))
    unique: dict[tuple[int, str], Ordinal] = {}
    for one in out:
        unique.setdefault((one.nth, one.of), one)
    return tuple(unique.values())


_OF_ITS_KIND = re.compile(
    r"(?:,|\bits?\b|\bwas\b|\bis\b)\s*(?:the\s+)?(\w+)\s+(?:\w+\s+)?of\s+(?:its|this|that|the)\s+"
    r"(?:kind|type|class)\b"
)


def _of_its_kind(scene: Scene, found: Found) -> list[Ordinal]:
    """ "a Hwasong-18, the third of its kind to be tested": counted are the tests of what was named before it."""
    if found.type not in ("missile_test", "satellite_launch", "nuclear_test"):
        return []
    s = scene.parse.sentences[found.head.sent]
    m = _OF_ITS_KIND.search(scene.parse.text, max(found.head.start, s.start), s.end)
    nth = nth_of(m[1]) if m else None
    if m is None or nth is None:
        return []
    named = [n for n in scene.ann.names if n.kind in ("weapon", "satellite") and s.start <= n.span.start < m.start()]
    of = f"{named[-1].name} {_NOUN[found.type].split()[-1]}" if named else _NOUN[found.type]
    return [Ordinal(nth, of, scene.ann.document.span(m.start(1), m.end(1)))]


def _span(scene: Scene, t: Token) -> Span:
    return scene.ann.document.span(t.start, t.end)


def _in_date(scene: Scene, t: Token) -> bool:
    return t.i in scene.timed and t.ent == "DATE"


def _time_scope(found: Found) -> str:
    text = _NOUN.get(found.type, "events")
    return f"{text} by {found.actors[0]}" if found.actors else text


def _scope(scene: Scene, found: Found, noun: Token, ordinal: Token, when: Interval | None) -> str:
    """What is counted: the noun in the plural with its modifiers, and "of the year" or "since" if the text says so."""
    p = scene.parse
    words = [
        t.text
        for t in p.tokens[noun.left : noun.i]
        if t.i != ordinal.i
        and t.start > ordinal.start
        and t.dep not in ("det", "poss", "case", "punct", "advmod", "cc", "nummod", "preconj")
        and t.lower not in ("such", "successful", "most", "recent", "powerful", "another", "latest")
        and nth_of(t.text) is None
        and not _in_date(scene, t)
    ]
    if noun.tag in ("NN", "NNP"):
        last = noun.text + ("es" if noun.text.endswith(("ch", "sh", "s", "x")) else "s")
    else:
        last = noun.text
    base = " ".join([*words, last])
    if noun.lemma in ("attempt", "bid", "try"):
        base = _NOUN.get(found.type, base)
    elif found.type in _NOUN and noun.lower not in (
        "test",
        "tests",
        "launch",
        "launches",
        "meeting",
        "summit",
        "visit",
        "talks",
    ):
        kind = _NOUN[found.type].split()[-1]
        if found.type in ("missile_test", "satellite_launch", "nuclear_test"):
            base = " ".join([*words, noun.text, kind])
        elif noun.lower == "iteration":
            of = [o for c in p.children(noun, "prep") if c.lower == "of" for o in p.children(c, "pobj")]
            base = (_flat(scene, of[0]) + " meetings") if of else "meetings"
    elif not words and noun is not found.head:
        base = _NOUN.get(found.type, base)
    elif not words and found.actors and found.type in _NOUN:
        base = f"{found.actors[0]} {base}"
    tail = ""
    for prep in p.children(noun, "prep"):
        low = prep.lower
        for o in p.children(prep, "pobj"):
            if low == "of" and o.lemma == "year":
                tail = f" of the year ({when.start[:4]})" if when else " of the year"
            elif low in ("since", "by", "this", "of", "between") and noun.lower != "iteration":
                tail = tail or f" {low} {_flat(scene, o)}"
    for c in p.children(noun, "npadvmod"):
        if c.lemma == "year":
            tail = tail or (f" of the year ({when.start[:4]})" if when else " of the year")
    return (base + tail)[:120]


def _flat(scene: Scene, t: Token) -> str:
    stop = min(t.right, t.i + 6)
    return re.sub(
        r"\s+", " ", scene.parse.text[scene.parse.tokens[max(t.left, t.i - 6)].start : scene.parse.tokens[stop].end]
    )
