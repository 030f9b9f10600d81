"""Where a trigger's happening was: the places in the phrases under it."""

from __future__ import annotations

from crossfix.coding.events_lexicon import PLACE_NOUNS
from crossfix.coding.events_modality import Moods
from crossfix.language.parse import Token
from crossfix.model import Place, Where

CLAUSE = frozenset("ROOT ccomp advcl relcl conj xcomp acl pcomp parataxis".split())
PLACE_PREPS = frozenset(
    "in at from near off to toward towards into over on inside outside across around through by via".split()
)
NOT_THERE = frozenset("war invasion use fight fighting conflict battlefield offensive".split())
PASSED = frozenset("over above across past beyond through toward towards against".split())
"""Prepositions under which a place is flown over or aimed at."""
REACHED = frozenset("into onto to".split())
WATERS = frozenset({"sea", "ocean"})


class Spots(Moods):
    """Moods with the places of triggers."""

    places: list[list[tuple[Place, Token]]]
    """The places of each sentence with the head token of their passage."""

    def place_for(
        self, head: Token, light: Token | None = None, prefer: tuple[str, ...] = (), *, flight: bool = False
    ) -> Where | None:
        """The place of a trigger: one in a preposition's phrase under it, under its light verb or its arguments. Of a ``flight``, what
        it passes over or is aimed at is none."""
        scored: list[tuple[int, int, Place]] = []
        for place, top in self.places[head.sent]:
            if flight and self._passed(place, top, head, light):
                continue
            s = self._place_score(place, top, head, light, prefer)
            if s is not None:
                scored.append((s, abs(top.i - head.i), place))
        if not scored and head.pos in ("NOUN", "PROPN") and self.role(head) in ("at", "during"):
            scored = [
                (9, head.i - top.i, place)
                for place, top in self.places[head.sent]
                if not place.agentive and 0 < head.i - top.i <= 6 and self.parse.head(top).lower in ("in", "at")
            ]
        if not scored and head.pos == "VERB" and head.dep == "conj" and self.parse.head(head).pos == "VERB":
            return (
                self.place_for(self.parse.head(head), None, prefer, flight=flight) if head.i - head.head < 12 else None
            )
        if not scored:
            return None
        best = min(scored, key=lambda x: x[:2])[2]
        return Where(best.name, best.lat, best.lon)

    def _place_score(
        self, place: Place, top: Token, head: Token, light: Token | None, prefer: tuple[str, ...]
    ) -> int | None:
        if place.agentive:
            return None  # a government, not a spot
        node, prep, hops = top, "", 0
        while node.i not in (head.i, light.i if light else -1):
            up = self.parse.head(node)
            if up.i == node.i or hops > 7:
                return None
            if node.dep == "pobj" and up.pos in ("ADP", "SCONJ"):
                if not prep and up.lower == "of" and self.parse.head(up).lemma.lower() not in PLACE_NOUNS:
                    return None
                prep = prep if prep in PLACE_PREPS else up.lower
            if up.pos == "VERB" and up.i not in (head.i, light.i if light else -1) and up.dep in CLAUSE:
                return None
            if node.dep == "poss" and not prep:
                return None
            if node.dep in ("nsubj", "nsubjpass", "agent", "relcl") or node.lower in NOT_THERE:
                return None
            node, hops = up, hops + 1
        if not prep:
            return (
                1
                if top.dep in ("compound", "nmod") and head.pos in ("NOUN", "PROPN") and place.kind != "country"
                else None
            )
        if prep not in PLACE_PREPS or (prep == "by" and place.kind == "country"):
            return None
        if prep in prefer:
            return 0
        return 2 if prep in ("in", "at", "near", "inside", "on") else 4

    def _passed(self, place: Place, top: Token, head: Token, light: Token | None) -> bool:
        """ "Fired over A", "into the sea near B", "at the state of C": where it went, not where it was. Waters that it fell into stay."""
        if place.kind in WATERS:
            return False
        node = top
        for _ in range(8):
            if node.i in (head.i, light.i if light else -1):
                return False
            up = self.parse.head(node)
            if node.dep == "pobj" and (up.lower in PASSED | REACHED or (up.lower == "at" and place.kind == "country")):
                return True
            if up.i == node.i:
                return False
            node = up
        return False
