"""Whether what a trigger tells of happened: actual, future, hypothetical or negated, by the words around it."""

from __future__ import annotations

from crossfix.coding.events_lexicon import (
    ACTUAL_CONTROL,
    BELIEF_VERBS,
    FUTURE_ADJECTIVES,
    FUTURE_VERBS,
    POSSIBLE_ADJECTIVES,
    WISH_VERBS,
)
from crossfix.coding.events_syntax import Syntax
from crossfix.language.parse import Token
from crossfix.model import Modality

OCCUR = frozenset(
    "take occur happen follow begin come hold conduct plan schedule expect fail succeed cancel postpone".split()
)
BARRING = frozenset(
    "ban bar prohibit prevent stop deter refrain keep discourage forbid restrain desist warn abstain "
    "restrict limit regulate curb outlaw oppose avoid risk".split()
)

HELD_TRUE = frozenset(
    "think believe suspect know say report allege estimate presume understand claim assume rumour rumor".split()
)
"""Verbs under which a perfect infinitive tells of what is held to have happened."""


class Moods(Syntax):
    """Syntax with the modality of verbs and nouns."""

    def modality(self, head: Token, light: Token | None = None) -> Modality:
        """Whether it happened, by the words around it: auxiliaries, negation, governing verbs, adjectives."""
        if light is None and head.pos in ("NOUN", "PROPN"):
            return self._noun_modality(head)
        verb = light or head
        return self._verb_modality(verb, 0)

    def _verb_modality(self, verb: Token, depth: int) -> Modality:
        kids = self.parse.children(verb)
        negated = any(c.dep == "neg" or c.lower in ("never", "not") for c in kids)
        aux = {c.lower for c in kids if c.dep in ("aux", "auxpass")}
        if "will" in aux or "shall" in aux or "’ll" in aux or "'ll" in aux:
            return "negated" if negated else "future"
        if aux & {"would", "’d", "'d"} and "have" not in aux and verb.dep == "ccomp":
            over = self.parse.head(verb)
            if over.tag in ("VBD", "VBN"):
                return "negated" if negated else "future"
        if aux & {"may", "might", "could", "would", "can", "should", "must", "ca"}:
            if "have" not in aux:
                return "hypothetical"
        if self.conditional(verb):
            return "hypothetical"
        if negated:
            return "negated"
        if verb.head == verb.i or depth > 5:
            return "actual"
        up = self.parse.head(verb)
        if verb.dep in ("xcomp", "pcomp", "acl", "advcl", "conj", "ccomp", "acomp", "prep", "relcl"):
            return self._under(verb, up, depth)
        return "actual"

    def conditional(self, verb: Token) -> bool:
        """True under "if", "unless" or "whether"."""
        return any(c.dep == "mark" and c.lower in ("if", "unless", "whether") for c in self.parse.children(verb))

    def _under(self, verb: Token, up: Token, depth: int) -> Modality:
        finite = any(c.dep in ("nsubj", "nsubjpass") for c in self.parse.children(verb))
        lemma = up.lemma.lower()
        if verb.dep == "relcl":
            return "actual"
        if verb.dep == "ccomp" and finite:
            if lemma in BELIEF_VERBS and any(c.dep == "neg" for c in self.parse.children(up)):
                return "negated"
            return "actual"
        if verb.dep == "conj":
            own_tense = verb.tag in ("VBD", "VBZ", "VBP") or any(c.dep == "aux" for c in self.parse.children(verb))
            return "actual" if own_tense else self._verb_modality(up, depth + 1)
        to = any(c.lower == "to" and c.dep == "aux" for c in self.parse.children(verb))
        if up.pos == "ADP":
            up = self.parse.head(up)
            lemma = up.lemma.lower()
            if lemma in ("accuse", "suspect", "condemn"):
                return "actual"
            prep = self.parse.head(verb).lower
            if prep in ("from", "against") and lemma in BARRING:
                return "hypothetical"
            if lemma in ("oppose", "opposed", "object", "averse") and prep in ("to", "against"):
                return "hypothetical"
            if prep == "without":
                return "negated"
            if lemma in ("possibility", "prospect", "idea", "option", "chance", "risk", "threat", "hope"):
                return "hypothetical"
            if prep in ("toward", "towards") or (prep == "to" and lemma in ("look", "commit")):
                return "future"
            if prep in ("on", "of", "about") and lemma in ("discuss", "consider", "agree", "plan", "talk", "think"):
                return "future"
        perfect = any(c.lower in ("have", "having") and c.dep == "aux" for c in self.parse.children(verb))
        if to and perfect and lemma in HELD_TRUE:  # "is believed to have sent"
            return self._verb_modality(up, depth + 1)
        if lemma in WISH_VERBS and (to or verb.tag == "VBG"):
            return "hypothetical"
        if lemma in FUTURE_VERBS or lemma in ("about", "likely", "plan", "preparation", "intention"):
            if lemma == "go" and not to:
                return "actual"
            if to or up.pos == "NOUN":
                inner = self._verb_modality(up, depth + 1) if up.pos == "VERB" else "actual"
                return "negated" if inner == "negated" else "future"
        if lemma in ("attempt", "bid") and up.pos == "NOUN":
            return "actual"
        if lemma in ACTUAL_CONTROL or up.pos == "ADJ":
            return self._verb_modality(self.clause(up), depth + 1)
        if lemma in BARRING and verb.tag == "VBG" and verb.dep == "xcomp":
            return "hypothetical"
        if lemma in ("rule", "consider", "mull", "weigh", "ponder", "exclude", "contemplate") and verb.tag == "VBG":
            return "hypothetical"
        if verb.dep == "acl" and verb.tag == "VBG":
            return "actual"
        if verb.dep in ("advcl", "acl", "xcomp") and to:
            return "hypothetical"
        if verb.dep == "pcomp" and up.pos in ("VERB", "AUX"):
            return "actual"
        return "actual"

    def _noun_modality(self, noun: Token) -> Modality:
        kids = {c.lower for c in self.parse.children(noun)}
        if kids & FUTURE_ADJECTIVES and not kids & {"following"} and self.role(noun) not in ("during", "after"):
            return "future"
        if kids & POSSIBLE_ADJECTIVES:
            return "hypothetical"
        if kids & {"no"}:
            return "negated"
        verb = self.governor(noun)
        role = self.role(noun)
        if verb.i == noun.i:
            return "actual"
        lemma = verb.lemma.lower()
        if lemma == "call" and role != "for":
            return "actual"
        if noun.dep == "pobj" and self.parse.head(self.parse.head(noun)).lower == "ahead":
            return "future"
        if role == "nsubj" and any(c.lower == "will" for c in self.parse.children(verb, "aux")):
            if kids & {"a", "an", "another"}:
                return "future"
        if role == "nsubj" and kids & {"a", "an", "another", "any"}:
            if {c.lower for c in self.parse.children(verb, "aux")} & {"would", "could", "might", "may"}:
                return "hypothetical"
        if role in ("dobj", "for", "of", "against", "on", "about") and (lemma in FUTURE_VERBS or lemma in WISH_VERBS):
            return "future" if lemma in FUTURE_VERBS - {"announce"} else "hypothetical"
        if role == "dobj-light" or (role in ("nsubj", "nsubjpass") and lemma in OCCUR):
            return self._verb_modality(verb, 0)
        return "actual"
