"""Who a noun phrase stands for: names, country adjectives, bodies named by a common noun, pronouns, "the two countries"."""

from __future__ import annotations

import re
from functools import lru_cache

from crossfix.coding.events_lexicon import ALIAS, BODIES, COUNTRIES, LEADERS
from crossfix.language.annotations import Annotations
from crossfix.language.parse import Parse, Token
from crossfix.model import Name

ACTORS = frozenset({"person", "state", "organisation", "office", "outlet", "group"})
FIRST_PERSON = frozenset("we i us our my me ours".split())
PERSON_PRONOUNS = frozenset("he she him her his hers himself herself".split())
THING_PRONOUNS = frozenset("it its itself they them their theirs themselves".split())
PRONOUNS = {True: frozenset({"he", "she"}), False: frozenset({"it"})}
THINGS = frozenset({"state", "organisation", "group", "office", "place", "outlet"})
RELATIVE = frozenset("which that who whom whose".split())
BOTH = re.compile(r"\b(?:two|both) (?:countries|nations|states|sides|neighbou?rs|governments|leaders|allies)\b", re.I)
STATE_NOUNS = frozenset("country nation regime state government".split())
PARTY_NOUNS = frozenset(
    "force forces troop troops military army navy government regime official officials authority authorities delegation ministry "
    "leader president minister envoy spokesman spokeswoman spokesperson counterpart counterparts company companies firm firms train "
    "railcars railcar ship ships vessel vessels tanker tankers unit units officer officers agency intelligence lawmakers soldiers "
    "administration side leadership scientists engineers workers capital dictator ruler premier chief embassy ambassador "
    "parliament party state-media media broadcaster technicians experts diplomats diplomat general aircraft jets plane planes".split()
)


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """The state, or armed body, that a name belongs to: "KCNA" -> North Korea, "US Department of Commerce" -> United States.

    None where nothing in the name says so.
    """
    low = re.sub(r"^(?:the|mr\.?|ms\.?|mrs\.?)\s+", "", name.strip().lower())
    if low in ALIAS:
        return ALIAS[low]
    if low in LEADERS:
        return LEADERS[low]
    words = re.findall(r"[\w.'’-]+", low)
    for size in (4, 3, 2, 1):
        for k in range(len(words) - size + 1):
            part = " ".join(words[k : k + size]).removesuffix("'s").removesuffix("’s")
            if part in ALIAS and part not in ("us", "general"):
                return ALIAS[part]
            if size >= 2 and part in LEADERS:
                return LEADERS[part]
    return None


def is_state(name: str) -> bool:
    """True for a state or an armed body by its canonical name."""
    return name in COUNTRIES or name in BODIES


class Parties:
    """Resolves tokens of one document to the parties they name. Reading order decides what a pronoun means."""

    def __init__(self, ann: Annotations) -> None:
        self.parse: Parse = ann.parse
        self.outlet = ann.document.outlet
        self.names: dict[int, Name] = {}
        self.affiliation: dict[str, str] = {}
        for n in ann.names:
            for t in self.parse.tokens_in(n.span.start, n.span.end):
                self.names.setdefault(t.i, n)
        self.speakers: list[tuple[int, int, str]] = []
        self._learn(ann.names)

    def _learn(self, names: tuple[Name, ...]) -> None:
        """Whose official a person is, from "Russian President X", "X of Japan"."""
        for n in names:
            if n.kind not in ("person", "organisation", "office") or n.name in self.affiliation or country_of(n.name):
                continue
            inside = self.parse.tokens_in(n.span.start, n.span.end)
            if not inside:
                continue
            low, high = inside[0].i, inside[-1].i
            head = next((t for t in inside if not low <= t.head <= high or t.head == t.i), inside[-1])
            left = [t for t in self.parse.tokens[self.parse.tokens[head.left].i : inside[0].i] if t.sent == head.sent]
            country = country_of(" ".join(t.text for t in left[-6:])) if left else None
            if country is None:
                for p in self.parse.children(head, "prep"):
                    if p.lower == "of":
                        country = next((c for o in self.parse.children(p, "pobj") if (c := self._direct(o))), None)
            if country is not None:
                self.affiliation[n.name] = country

    def state_of(self, name: str | None) -> str | None:
        """The state (or armed body) a party acts for: "Vladimir Putin" -> Russia; None where it is not known."""
        if name is None:
            return None
        return self.affiliation.get(name) or country_of(name)

    def _direct(self, t: Token) -> str | None:
        """The party named by this very token."""
        n = self.names.get(t.i)
        if n is not None and (n.kind in ACTORS or n.name in ALIAS.values()):
            return n.name
        if n is not None and n.kind == "place":
            known = ALIAS.get(n.name.lower()) or ALIAS.get(n.span.text.lower())
            if known is not None:
                return known
        low = t.lower
        if low == "us" and t.text == "us":
            return None
        if (
            low in ("north", "south")
            and t.text[0].isupper()
            and (t.i == 0 or self.parse.tokens[t.i - 1].lower == "the")
        ):
            return "North Korea" if low == "north" else "South Korea"
        if low in ALIAS and t.text[0].isupper():
            return ALIAS[low]
        if n is None and low in LEADERS and t.pos == "PROPN" and t.dep != "compound":
            return t.text
        if t.i > 0 and low in ("korea", "korean", "states", "kingdom", "emirates", "arabia", "nations"):
            return ALIAS.get(self.parse.tokens[t.i - 1].lower + " " + low)
        return None

    def named(self, t: Token) -> str | None:
        """The party that this very token names, without looking around it."""
        return self._direct(t)

    def one(self, t: Token, depth: int = 0) -> str | None:
        """The party that a noun phrase with this head stands for; None where it names none."""
        if depth > 3:
            return None
        low = t.lower
        if t.pos == "PRON" or t.tag in ("PRP", "PRP$", "WP", "WDT", "WP$"):
            return self._pronoun(t)
        direct = self._direct(t)
        if direct is not None:
            return direct
        if low in STATE_NOUNS and any(c.lower in ("the", "this", "that") for c in self.parse.children(t, "det")):
            found = self._modifier(t)
            return found or self.last_state(t)
        if low in PARTY_NOUNS or t.lemma.lower() in PARTY_NOUNS or t.pos == "PROPN":
            found = self._modifier(t)
            if found:
                return found
            for p in self.parse.children(t, "prep"):
                if p.lower in ("of", "from"):
                    for o in self.parse.children(p, "pobj"):
                        found = self.one(o, depth + 1)
                        if found:
                            return found
        return None

    def _modifier(self, t: Token) -> str | None:
        for c in self.parse.children(t, "poss", "amod", "compound", "nmod"):
            found = self._direct(c) or (self._pronoun(c) if c.tag == "PRP$" else None)
            if found:
                return found
            for d in self.parse.children(c, "compound", "amod"):
                if self._direct(d):
                    return self._direct(d)
        for c in self.parse.children(t, "appos"):
            if self._direct(c):
                return self._direct(c)
        return None

    def all(self, t: Token) -> list[str]:
        """The parties of a coordinated phrase, in order, without repeats."""
        out: list[str] = []
        phrase = (
            self.parse.text[self.parse.tokens[t.left].start : self.parse.tokens[t.right].end]
            if t.right >= t.left
            else ""
        )
        if t.lemma in (
            "country",
            "nation",
            "state",
            "side",
            "neighbor",
            "neighbour",
            "government",
            "ally",
            "leader",
            "leader",
        ) and BOTH.search(phrase):
            return self.pair_before(t)
        if t.lower in ("them", "they", "their") and t.dep == "pobj" and self.parse.head(t).lower == "between":
            return self.pair_before(t)
        todo = [t]
        for c in self.parse.children(t, "nmod"):  # "X and President Y", X taken for a part of Y's name
            name = self._direct(c)
            if c.i < t.i and name is not None and any(d.dep == "cc" for d in self.parse.children(c)):
                out.append(name)
        while todo:
            x = todo.pop(0)
            found = self.one(x)
            if found and found not in out:
                out.append(found)
            if found and self._direct(x) is None and x.pos == "NOUN":  # "leaders of X and Y"
                for p in self.parse.children(x, "prep"):
                    if p.lower in ("of", "from"):
                        more = [n for o in self.parse.children(p, "pobj") for n in self.all(o)]
                        out += [n for n in more if n not in out and found in more]
            todo += self.parse.children(x, "conj")
        return out

    def states(self, t: Token) -> list[str]:
        """As `all`, with persons and bodies as their states."""
        out: list[str] = []
        for name in self.all(t):
            state = self.state_of(name) or name
            if state not in out:
                out.append(state)
        return out

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, t: Token, depth: int = 0) -> str | None:
        low = t.lower
        if low in FIRST_PERSON:
            return self.speaker_at(t.start)
        if low in RELATIVE:
            clause = self.parse.head(t)
            for _ in range(4):
                if clause.dep == "relcl":
                    return self.one(self.parse.head(clause), 1) if self.parse.head(clause).pos != "PRON" else None
                if clause.head == clause.i:
                    return None
                clause = self.parse.head(clause)
            return None
        if low in PERSON_PRONOUNS or low in THING_PRONOUNS:
            owner = self._owner(t)
            kinds = {"person"} if low in PERSON_PRONOUNS else THINGS
            return owner or (self._before(t, kinds, depth) if depth < 6 else None)
        return None

    def _owner(self, t: Token) -> str | None:
        """ "X's claim that it ...": the owner of the noun whose content the clause is."""
        clause = self.parse.head(t)
        if t.dep not in ("nsubj", "nsubjpass") or clause.dep not in ("acl", "ccomp", "relcl"):
            return None
        noun = self.parse.head(clause)
        if noun.pos != "NOUN":
            return None
        return next((n for c in self.parse.children(noun, "poss") if (n := self._direct(c))), None)

    def _before(self, t: Token, kinds: frozenset[str] | set[str], depth: int) -> str | None:
        """The last fitting subject before a pronoun, in its sentence or the one or two before, else the last fitting name."""
        for back in range(3):
            s = t.sent - back
            if s < 0:
                break
            a, b = self.parse.bounds[s]
            stop = t.i if back == 0 else b
            near: str | None = None
            order = range(a, stop) if back else range(stop - 1, a - 1, -1)
            for i in order:
                x = self.parse.tokens[i]
                n = self.names.get(i)
                if (
                    x.pos == "PRON"
                    and back
                    and x.dep in ("nsubj", "nsubjpass")
                    and x.lower in PRONOUNS[kinds == {"person"}]
                ):
                    said = self._pronoun(x, depth + 1)
                    if said is not None:
                        return said
                if n is not None and n.kind == "person" and "state" in kinds and x.dep in ("nsubj", "poss"):
                    home = self.state_of(n.name)  # "Kim's overtures ... its programme"
                    if home is not None:
                        return home
                if x.pos == "PRON" or x.dep == "compound" or (n is not None and n.kind not in kinds):
                    continue
                found = self._direct(x)
                if found is None and x.dep in ("nsubj", "nsubjpass") and "person" not in kinds:
                    found = self.one(x, 2)
                if found is None or ("person" in kinds and n is None):
                    continue
                if x.dep == "pobj" and self.parse.head(x).lower in ("in", "at", "near", "on"):
                    continue  # a place, not an actor
                if x.dep in ("nsubj", "nsubjpass") or (x.dep == "poss" and not back):
                    return found
                near = near or found
            if near is not None:
                return near
        return None

    def last_state(self, t: Token) -> str | None:
        """What "the country" and "the regime" stand for: the last subject before it in its sentence, else the state named last before it,
        not far back."""
        for i in range(t.i - 1, self.parse.bounds[t.sent][0] - 1, -1):
            x = self.parse.tokens[i]
            if x.dep in ("nsubj", "nsubjpass") and (found := self._direct(x)) in COUNTRIES:
                return found
        for i in range(t.i - 1, max(-1, t.i - 120), -1):
            found = self._direct(self.parse.tokens[i])
            if found in COUNTRIES:
                return found
        return None

    def pair_before(self, t: Token) -> list[str]:
        """The two states last named before a token: what "the two countries" and "between them" mean."""
        out: list[str] = []
        for i in range(t.i - 1, max(-1, t.i - 200), -1):
            found = self._direct(self.parse.tokens[i])
            state = self.state_of(found)
            if state in COUNTRIES and state not in out:
                out.append(state)
                if len(out) == 2:
                    break
        return out[::-1] if len(out) == 2 else []

    def speaker_at(self, offset: int) -> str | None:
        """Who says "we" here: the speaker of the innermost claim, else the outlet."""
        inside = [(e - s, name) for s, e, name in self.speakers if s <= offset < e]
        return min(inside)[1] if inside else self.outlet
