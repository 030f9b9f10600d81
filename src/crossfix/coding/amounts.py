"""The typed quantities of a handed-over item: which counts of the sentence count the item's own nouns."""

from __future__ import annotations

from crossfix.coding import items
from crossfix.coding.quantities import counts, typed
from crossfix.language.parse import Parse, Token
from crossfix.model import Quantity

JOINTS = frozenset(["-", "–", '"', "“", "”", "'s", "’s"])
BEFORE = frozenset("ADJ NUM DET PUNCT VERB ADV PRON SYM X".split())
"""Parts of speech that may stand between a count and its noun."""

REACH = 60
"""Characters before a noun phrase in which its words of bound may stand ("as many as", "an estimated total of")."""


def amounts_of(parse: Parse, head: Token) -> tuple[Quantity, ...]:
    """The quantities of an item by its head noun, in order: "dozens of missiles and 300 containers of shells" has two.

    A count belongs to the item where the noun it stands before is one of the item's: its head, the thing in its "of" phrase, those
    coordinated with them. Linear in the sentence.
    """
    nouns = _nouns(parse, head)
    first, stop = parse.bounds[head.sent]
    low = min(parse.tokens[max(first, min(t.left for t in nouns.values()))].start, head.start)
    start = max(parse.tokens[first].start, low - REACH)
    end = max(parse.tokens[min(stop - 1, t.i)].end for t in nouns.values())
    out: list[Quantity] = []
    for c in counts(parse.text, start, end, named=lambda at: _states_before(parse, at)):
        at = parse.token_at(c.end)
        unit = _counted(parse, at, stop)
        # "6,000 of them": the count stands for the noun; "$500 million in aid": money needs no noun
        if unit is not None and unit.i in nouns:
            word = unit.text
            before = parse.tokens[unit.i - 1]
            if before.lower == "metric":
                word = "metric " + word
            out.append(typed(parse.text, c, word, unit.end))
        elif c.money and at - 1 < stop and nouns:
            near = min(abs(n - at) for n in nouns)
            if near <= 3:
                out.append(typed(parse.text, c, "", c.end))
    return tuple(dict.fromkeys(out))


def _states_before(parse: Parse, at: int) -> bool:
    """ "sent Ukraine 14 tanks": the name before a number is a state's and the number no part of it."""
    i = parse.token_at(at)
    return i > 0 and parse.tokens[i - 1].ent == "GPE" and parse.tokens[i - 1].text.isalpha()


def _nouns(parse: Parse, head: Token) -> dict[int, Token]:
    """The nouns of an item by token: head, "of" objects, coordinated ones; clauses that hang on them left out."""
    out: dict[int, Token] = {}
    todo = [head]
    while todo and len(out) < 40:
        t = todo.pop()
        if t.i in out or t.sent != head.sent:
            continue
        out[t.i] = t
        todo += items.of_objects(parse, t)
        todo += [c for c in parse.children(t, "conj") if c.pos in ("NOUN", "PROPN", "NUM")]
        todo += [o for p in parse.children(t, "prep") if p.lower == "including" for o in parse.children(p, "pobj")]
        up = parse.head(t)
        if t.dep == "pobj" and up.lower == "of" and items.core_of(parse, parse.head(up))[0].i == t.i:
            todo.append(parse.head(up))  # the thing was taken as head, its measure stands above it
    return out


def _counted(parse: Parse, at: int, stop: int) -> Token | None:
    """The noun that a count before token ``at`` counts: the last of the run of nouns and adjectives that follows, "of" passed over."""
    i = at
    if i < stop and parse.tokens[i].lower == "of":
        i += 1
    last: Token | None = None
    for t in parse.tokens[i : min(stop, i + 12)]:
        if t.pos in ("NOUN", "PROPN"):
            last = t
        elif last is not None:
            if t.text not in JOINTS and t.pos != "NUM":  # "88 Leopard 1 tanks"
                break
        elif t.pos not in BEFORE or t.text in (",", ";", "(", ")") or t.dep in ("ROOT", "relcl", "acl"):
            break
    return last
