"""Who is said to supply whom with what: frames of giving, getting, wanting, helping and of shipments, one sentence at a time.

A frame yields a `Supply`; `transfers_context` fills the side that the sentence leaves out and joins repeats.
"""

from __future__ import annotations

from crossfix.coding import items
from crossfix.coding.amounts import amounts_of
from crossfix.coding.events_scene import Scene
from crossfix.coding.routes import legs_of
from crossfix.coding.transfers_nouns import from_noun
from crossfix.coding.transfers_supply import Supply, route_of
from crossfix.coding.transfers_verbs import from_verb


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
            made = [s for s in from_verb(scene, t) if s.item_head is None or s.item_head.i not in used]
        elif t.pos == "NOUN":
            made = [
                s
                for s in from_noun(scene, t)
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
                s.amounts = s.amounts or (amounts_of(scene.parse, s.item_head) if s.quantity != "" else ())
                s.quantity = s.quantity or items.quantity_of(scene.parse, s.item_head)
            s.route = s.route or route_of(scene, s)
            if s.item:
                s.legs = legs_of(scene, s)
                out.append(s)
    return out
