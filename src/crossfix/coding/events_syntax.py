"""Syntax of one document that the event rules build on: clauses, governors, subjects, functions of nouns."""

from __future__ import annotations

from crossfix.coding.events_lexicon import LIGHT_VERBS
from crossfix.language.parse import Parse, Token

BLAMED = frozenset("accuse suspect condemn criticize criticise blame prevent stop see".split())
"""Verbs whose object does what a gerund under them tells of."""
BLAMED_FOR = frozenset(
    "protest sanction denounce rebuke punish fault penalise penalize thank praise attack slam blacklist".split()
)
"""The same with "for": "protested the government for selling arms"."""
IMPOSED = frozenset("impose slap levy place announce".split())


class Syntax:
    """Questions about the parse: whose clause, whose subject, what function."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse

    def clause(self, t: Token) -> Token:
        """The verb whose clause holds a token (itself where it is one)."""
        node = t
        for _ in range(40):
            if node.pos in ("VERB", "AUX") and node.dep not in ("aux", "auxpass", "amod", "compound"):
                return node
            up = self.parse.head(node)
            if up.i == node.i:
                return node
            node = up
        return node

    def governor(self, noun: Token) -> Token:
        """The verb above a noun, through prepositions and other nouns."""
        return self.clause(self.parse.head(noun)) if noun.head != noun.i else noun

    def subject(self, verb: Token, depth: int = 0) -> Token | None:
        """Who does it: subject, agent of a passive, or the controller of a bare infinitive or gerund."""
        for c in self.parse.children(verb, "agent"):
            for o in self.parse.children(c, "pobj"):
                return o
        passive = any(c.dep in ("auxpass", "nsubjpass") for c in self.parse.children(verb))
        for c in self.parse.children(verb, "nsubj"):
            return c
        if depth > 5 or verb.head == verb.i:
            return None
        up = self.parse.head(verb)
        if verb.dep == "conj" and not passive:
            return self.subject(up, depth + 1)
        if passive and verb.dep != "xcomp":
            return None
        if verb.dep in ("xcomp", "ccomp", "advcl") and up.pos in ("VERB", "AUX"):
            if verb.dep == "xcomp" and up.lemma in (
                "accuse",
                "urge",
                "ask",
                "order",
                "force",
                "allow",
                "help",
                "see",
                "prompt",
            ):
                for c in self.parse.children(up, "dobj"):
                    return c
            return self._surface(up, depth)
        if verb.dep == "pcomp":
            over = self.parse.head(up)
            if over.pos in ("VERB", "AUX"):
                if up.lower == "by":
                    for o in self.parse.children(over, "dobj"):
                        for c in self.parse.children(o, "poss"):
                            return c
                if up.lower == "for" and over.lemma in IMPOSED:  # "imposed sanctions on X for sending"
                    on = [c for v in (over, *self.parse.children(over, "dobj")) for c in self.parse.children(v, "prep")]
                    for o in (o for c in on if c.lower in ("on", "against") for o in self.parse.children(c, "pobj")):
                        return o
                if over.lemma in BLAMED or (up.lower == "for" and over.lemma in BLAMED_FOR):
                    for c in self.parse.children(over, "dobj", "nsubjpass"):
                        return c
                return self._surface(over, depth)
            if over.pos in ("NOUN", "PROPN"):
                for c in self.parse.children(over, "poss"):
                    return c
                return self.subject(self.clause(over), depth + 1)
        if verb.dep == "acl":
            if verb.tag == "VBG" and up.pos in ("NOUN", "PROPN"):
                return up
            for c in self.parse.children(up, "poss"):
                return c
            if verb.tag == "VBN":
                return None  # "sanctions imposed over X": done by whom is not said, certainly not by the sentence's subject
            return self.subject(self.governor(up), depth + 1)
        if verb.dep == "xcomp" and up.pos == "ADJ":
            return self.subject(self.clause(self.parse.head(up)), depth + 1)
        if verb.dep == "relcl":
            return None
        return None

    def _surface(self, verb: Token, depth: int) -> Token | None:
        for c in self.parse.children(verb, "nsubj", "nsubjpass"):
            return c
        return self.subject(verb, depth + 1)

    def role(self, noun: Token) -> str:
        """The function of a noun: its dependency, or the preposition it hangs on."""
        node = noun
        for _ in range(4):
            if node.dep == "pobj":
                return self.parse.head(node).lower
            if node.dep == "dobj" and self.parse.head(node).pos == "ADP":
                return self.parse.head(node).lower
            if node.dep == "dobj" and self.parse.head(node).lemma in LIGHT_VERBS:
                return "dobj-light"
            if node.dep in ("conj", "appos"):
                node = self.parse.head(node)
                continue
            break
        return node.dep
