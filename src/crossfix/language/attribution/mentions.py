"""Who is spoken of where: the mentions of persons, bodies and groups in a document, in reading order, with how prominent each is.

A pronoun goes back to the most prominent mention that fits it. Prominence is a subject's before an object's, a main clause's before
a side clause's, what the outlet says before what stands in a quotation, and falls with each sentence of the outlet's own that comes
between (the ranking is that of Lappin and Leass 1994, much shortened). Whoever spoke last keeps the floor. Each look-up sees a
bounded number of mentions, so that a document costs time in proportion to its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crossfix.language.attribution.given_names import gender_of
from crossfix.language.attribution.quotes import Quotes, quotations
from crossfix.language.attribution.roles import (
    BODIES,
    FEMALE,
    MALE,
    OFFICES,
    OUTLET_WORDS,
    PEOPLE,
    REPORTS,
    SAME_OFFICE,
)
from crossfix.language.lexicon import lexicon
from crossfix.language.names import TITLES, family_first
from crossfix.language.parse import Parse, Token
from crossfix.model import Name

MentionKind = Literal["person", "body", "state", "document", "group"]
WINDOW = 60
"""How many mentions before it a pronoun may go back."""

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_SIDE = frozenset({"ccomp", "relcl", "advcl", "acl", "xcomp", "pcomp"})
_AGE = re.compile(r",? \(?\d\d\)?[,.) ]")
_PARTICLES = frozenset(
    {"de", "van", "von", "del", "di", "da", "al", "el", "bin", "ben", "la", "le", "du", "ter", "dos"}
)
_PRONOUN_F = frozenset({"she", "her", "herself", "hers"})
_PRONOUN_M = frozenset({"he", "him", "his", "himself"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something spoken of. ``token`` is the head's place in the parse; ``name`` is None where a common noun must be
    resolved first. ``weight`` is its prominence in its own sentence."""

    start: int
    token: int
    sent: int
    kind: MentionKind
    name: str | None
    weight: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An office as a person was given it: by title, apposition or relative clause, with the words beside it and the states in it."""

    offset: int
    name: str
    words: frozenset[str]
    states: frozenset[str]


class Mentions:
    """The mentions of one document, its persons by their short names, and the offices they hold."""

    def __init__(self, parse: Parse, names: Sequence[Name]) -> None:
        self.parse = parse
        self.quotes = Quotes(quotations(parse.text, parse.paragraphs))
        self._full = self._full_names(names)
        self._distinct = {k: list(dict.fromkeys(name for _, name in v)) for k, v in self._full.items()}
        self.names = [self._read(n) for n in names]
        self._starts = [n.span.start for n in self.names]
        self.live = self._live()
        self.gender: dict[str, str] = {}
        self.offices: dict[str, list[Held]] = {}
        self.bodies: dict[str, list[tuple[int, Name]]] = {}
        self.short_forms: dict[str, str] = {}
        self.all: list[Mention] = []
        self._collect()
        self._at = [m.start for m in self.all]
        self._genders_by_pronoun()

    # -------------------------------------------------------------- names

    def name_at(self, offset: int) -> Name | None:
        """The name that covers the offset."""
        k = bisect_right(self._starts, offset) - 1
        return self.names[k] if k >= 0 and offset < self.names[k].span.end else None

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that lie in [start, end)."""
        k = bisect_left(self._starts, start)
        out = []
        while k < len(self.names) and self.names[k].span.start < end:
            if self.names[k].span.end <= end + 2:
                out.append(self.names[k])
            k += 1
        return out

    def full_names(self, word: str) -> list[str]:
        """The persons of the document who may be called by this one word, in order of first mention."""
        return self._distinct.get(word.casefold(), [])

    def _full_names(self, names: Sequence[Name]) -> dict[str, list[tuple[int, str]]]:
        """Last name (or family name that stands first) -> (offset, full name), in order."""
        out: dict[str, list[tuple[int, str]]] = {}
        for n in names:
            if n.kind != "person" and not self._is_person(n):
                continue
            own = " ".join(n.span.text.split())
            full = n.name if n.kind == "person" and lexicon().get(own) is not None else own
            parts = full.split()
            if len(parts) < 2 or (len(parts) == 2 and parts[0].casefold() in _PARTICLES):
                continue
            keys = {parts[-1].casefold().replace("’", "'")}
            if parts[-2].casefold() in _PARTICLES:
                keys.add(" ".join(parts[-2:]).casefold())
            for key in keys | ({parts[0].casefold()} if family_first(parts[0]) else set()):
                out.setdefault(key, []).append((n.span.start, full.title() if full.isupper() else full))
        return out

    def _is_person(self, n: Name) -> bool:
        """A name of two or three words that the parser took for a body or place, with an age or a calling beside it."""
        words = n.span.text.split()
        if n.kind not in {"organisation", "place", "site", "weapon"} or not 2 <= len(words) <= 3:
            return False
        if lexicon().get(n.span.text) is not None or not all(w[0].isupper() and w.isalpha() for w in words):
            return False
        if any(w.casefold() in BODIES | REPORTS or w.isupper() for w in words):
            return False
        text = self.parse.text
        if _AGE.match(text, n.span.end):
            return True
        i = self.parse.token_at(n.span.start)
        before = self.parse.tokens[i - 1] if i > 0 else None
        if before is not None and before.lemma.lower() in OFFICES | TITLES and before.sent == self.parse.tokens[i].sent:
            return True
        after = self.parse.tokens[self.parse.token_at(n.span.end) :][:7]
        if not after or after[0].text != ",":
            return False
        for t in after[1:]:
            if t.text in {",", "."} or t.pos in {"VERB", "AUX"}:
                return False
            if t.lemma.lower() in OFFICES:
                return True
        return False

    def _read(self, n: Name) -> Name:
        """The name with the parser's mistakes mended that its neighbours show: "Suga", taken for a company, is the Yoshihide Suga
        named in full."""
        own = " ".join(n.span.text.replace("’", "'").split())
        known = lexicon().get(n.span.text)
        if " " in own:
            word = own.split()[-1]
            bare = self._without_title(n, own) if known is None else None
            if bare is not None:
                return bare
            if n.kind == "person" and known is None and own.split()[0][0].isdigit():
                return self._short(n, word)  # "68-year-old Kawamura"
            if own.split()[0].casefold() in _PARTICLES and known is None:
                return self._short(n, own)  # "De Blasio"
            if self._is_person(n):
                return Name(n.span, "person", own)
            if n.kind != "person" and known is None and own.split()[0][:1].isdigit():
                return self._short(n, word)
            return n
        if known is not None:
            return n
        return self._short(n, own)

    def full_before(self, t: Token) -> str | None:
        """The person named in full, before or else after, whom a lone proper noun that is in no name may mean."""
        found = self._full.get(t.lower)
        if not found or not t.text[:1].isupper():
            return None
        return found[max(bisect_left(found, (t.start, "")) - 1, 0)][1]

    def _without_title(self, n: Name, own: str) -> Name | None:
        """ "Defence Itsunori Onodera", where "Minister of" stands before: a person with a piece of the title."""
        parts = own.split()
        cut = 0
        if parts[0].casefold() in {"defence", "defense", "state", "affairs", "foreign", "staff"}:
            cut = 1
        for k in range(1, len(parts) - 1):
            known = lexicon().get(" ".join(parts[:k]))
            if known is not None and known.kind in {"organisation", "state"}:
                cut = k
        if not cut or not 2 <= len(parts) - cut <= 3:
            return None
        i = self.parse.token_at(n.span.start)
        titled = i > 1 and {t.lower for t in self.parse.tokens[max(i - 4, 0) : i]} & (TITLES | OFFICES)
        return Name(n.span, "person", " ".join(parts[cut:])) if titled else None

    def _short(self, n: Name, word: str) -> Name:
        found = self._full.get(word.casefold())
        if not found:
            return n
        k = bisect_left(found, (n.span.start, "")) - 1
        return Name(n.span, "person", found[max(k, 0)][1])

    # -------------------------------------------------------------- what stands where

    def _live(self) -> list[int]:
        """For each sentence, how many sentences before it are the outlet's own, not wholly quoted."""
        out, count = [], 0
        for s in self.parse.sentences:
            out.append(count)
            count += not self.quotes.inside(s.start, s.end)
        return out

    def _head(self, n: Name) -> Token:
        """The token of a name that governs the others."""
        i = self.parse.token_at(n.span.start)
        t = self.parse.tokens[min(i, len(self.parse.tokens) - 1)]
        for _ in range(12):
            h = self.parse.head(t)
            if h.i == t.i or not (n.span.start <= h.start and h.end <= n.span.end + 2):
                return t
            t = h
        return t

    def _weight(self, t: Token) -> float:
        p = self.parse
        for _ in range(4):
            if t.dep in {"appos", "conj", "compound"} and t.head != t.i:
                t = p.head(t)
        if t.dep in _SUBJECT or (t.dep == "ROOT" and t.pos in {"NOUN", "PROPN"}):
            v = p.head(t)
            for _ in range(4):
                if v.dep == "conj":
                    v = p.head(v)
            return 3.0 if v.dep not in _SIDE else 2.0
        if t.dep == "pobj" and p.head(t).lower in {"by", "to"} and p.head(t).dep in {"agent", "prep"}:
            lead = p.head(t)
            return 2.0 if lead.dep == "agent" or p.head(lead).lower == "according" else 0.5
        return 0.8 if t.dep in {"poss", "dobj"} else 0.5

    def _collect(self) -> None:
        p = self.parse
        heads: set[int] = set()
        for n in self.names:
            if not p.tokens:
                break
            head = self._head(n)
            known = lexicon().get(n.span.text)
            heads.add(head.i)
            if n.kind == "person":
                self._person(n, head)
                self._add(n.span.start, head, "person", n.name)
            elif known is not None and known.form == "adjective":
                if head.tag in {"NNPS", "NNS"} or n.span.text.endswith("ans"):
                    self._add(n.span.start, head, "group", None)
            elif n.kind == "group" or (head.tag == "NNPS" and n.kind == "organisation" and known is None):
                self._add(n.span.start, head, "group", None)
            elif n.kind in {"state", "organisation", "outlet"}:
                self._add(n.span.start, head, "state" if n.kind == "state" else "body", n.name)
                if n.kind != "state":
                    self._body(n)
        for t in p.tokens:
            if t.pos == "PROPN" and t.i not in heads and t.lower in self._full and self.name_at(t.start) is None:
                name = self.full_before(t)
                if name is not None:
                    self._add(t.start, t, "person", name)
                continue
            if t.pos != "NOUN" or t.i in heads or t.dep not in _SUBJECT | {"pobj"}:
                continue
            lemma = t.lemma.lower()
            if t.dep == "pobj" and self._weight(t) < 2:
                continue
            if t.tag == "NNS" and lemma in PEOPLE:
                self._add(t.start, t, "group", None)
            elif t.tag == "NN" and lemma in REPORTS:
                self._add(t.start, t, "document", None)
            elif t.tag == "NN" and lemma in BODIES:
                self._add(t.start, t, "body", None)
            elif t.tag == "NN" and lemma in {"man", "woman", "boy", "girl"} | OFFICES and lemma not in BODIES:
                self._add(t.start, t, "person", None)
        self.all.sort(key=lambda m: m.start)

    def _add(self, start: int, t: Token, kind: MentionKind, name: str | None) -> None:
        quoted = self.quotes.at(t.start) is not None
        owned = name is None and any(c.pos == "PRON" for c in self.parse.children(t, "poss"))
        self.all.append(Mention(start, t.i, t.sent, kind, name, self._weight(t) - 1.5 * owned, quoted))

    def _body(self, n: Name) -> None:
        """The words by which a body may be called again, and its abbreviation where the text gives it in brackets."""
        words = set(re.findall(r"\w+", f"{n.span.text} {n.name}".casefold()))
        words = words & BODIES if len(words) > 1 else set()
        if n.kind == "outlet":
            from crossfix.reference.outlets import by_name

            outlet = by_name(n.name)
            words |= OUTLET_WORDS.get(outlet.kind, frozenset()) if outlet is not None else set()
        parts = n.name.split()
        if 3 <= len(parts) <= 7 and n.kind == "organisation":
            for a in range(len(parts) - 1):
                for b in range(a + 2, len(parts) + 1):
                    piece = " ".join(parts[a:b])
                    if b - a < len(parts) and parts[a][0].isupper() and parts[b - 1][0].isupper():
                        if lexicon().get(piece) is None:
                            self.short_forms.setdefault(piece, n.name)
        for w in words:
            self.bodies.setdefault(w, []).append((n.span.start, n))
        m = re.compile(r"\s?\(([A-Z][A-Za-z&]{1,7})\)").match(self.parse.text, n.span.end)
        if m and " " in n.name and lexicon().get(m[1]) is None:
            initials = "".join(w[0] for w in re.findall(r"\w+", n.name) if w[0].isupper())
            if m[1].upper()[0] == initials[:1]:
                self.short_forms.setdefault(m[1], n.name)

    # -------------------------------------------------------------- persons

    def _person(self, n: Name, head: Token) -> None:
        """A person's offices and gender, from what stands beside the name."""
        before = self._words_before(n, head)
        words = before + self._words_after(n, head)
        lemmas = [t.lemma.lower().rstrip(".") for t in words]
        if n.name not in self.gender:
            titles = {t.lower.rstrip(".") for t in before[-4:]}
            told = "f" if titles & FEMALE else "m" if titles & MALE else gender_of(n.name)
            if told:
                self.gender[n.name] = told
        states = frozenset(
            x.name for x in self.names_in(words[0].start, words[-1].end) if x.kind == "state"
        ) if words else frozenset()  # fmt: skip
        held = Held(n.span.start, n.name, frozenset(lemmas), states)
        for lemma in dict.fromkeys(lemmas):
            if lemma in OFFICES:
                self.offices.setdefault(lemma, []).append(held)

    def _words_before(self, n: Name, head: Token) -> list[Token]:
        """Title and calling before a name: "Russia's foreign minister, Sergei Lavrov"."""
        p = self.parse
        i = p.token_at(n.span.start)
        out: list[Token] = []
        k = i - 1
        comma = head.dep == "appos" and k >= 0 and p.tokens[k].text == ","
        if comma:
            k -= 1
        while k >= 0 and len(out) < 12 and p.tokens[k].sent == head.sent:
            t = p.tokens[k]
            if t.pos in {"VERB", "AUX", "PUNCT", "PRON", "SCONJ", "CCONJ"} and t.text not in {"-", "–", "'", "’"}:
                break
            if t.pos == "ADP" and t.lower not in {"of", "for", "at"}:
                break
            if t.lower in {"'s", "’s"} and (k == 0 or self.name_at(p.tokens[k - 1].start) is None):
                break  # "the candidate's response to X" says nothing of X
            out.append(t)
            k -= 1
        return out[::-1]

    def _words_after(self, n: Name, head: Token) -> list[Token]:
        """Apposition and "who is" after a name: "Kim Dong-yup, a former navy officer"."""
        p = self.parse
        i = p.token_at(n.span.end)
        if i >= len(p.tokens) or p.tokens[i].text not in {",", "(", "-", "–", "—"} or p.tokens[i].sent != head.sent:
            return []
        out: list[Token] = []
        for t in p.tokens[i + 1 : i + 14]:
            if t.sent != head.sent or t.text in {",", ")", ";", "—", "–"}:
                break
            if t.pos == "VERB" and (not out or out[0].lower != "who"):
                break
            out.append(t)
        if out and (
            out[0].lower in {"the", "a", "an", "who", "one"} or any(t.lemma.lower() in OFFICES for t in out[:6])
        ):
            return out
        return []

    def _genders_by_pronoun(self) -> None:
        """Where a sentence names one person alone and then says "she" or "his", that person's gender is told."""
        by_sentence: dict[int, list[Mention]] = {}
        for m in self.all:
            if m.kind == "person" and not m.quoted:
                by_sentence.setdefault(m.sent, []).append(m)
        votes: dict[str, list[int]] = {}
        for sent, ms in by_sentence.items():
            who = {m.name for m in ms}
            if len(who) != 1 or ms[0].name is None or ms[0].name in self.gender or ms[0].weight < 2:
                continue
            for t in self.parse.sentence_tokens(sent):
                if t.i > ms[0].token and t.pos == "PRON" and self.quotes.at(t.start) is None:
                    if t.lower in _PRONOUN_F | _PRONOUN_M:
                        votes.setdefault(ms[0].name, [0, 0])[t.lower in _PRONOUN_M] += 1
                        break
        for name, (she, he) in votes.items():
            if min(she, he) == 0:
                self.gender[name] = "f" if she else "m"

    # -------------------------------------------------------------- looking back

    def before(self, offset: int) -> list[Mention]:
        """The last mentions before the offset, at most ``WINDOW``."""
        k = bisect_left(self._at, offset)
        return self.all[max(k - WINDOW, 0) : k]

    def holder_of(self, lemma: str, offset: int, beside: frozenset[str], states: frozenset[str]) -> list[str]:
        """The persons named before the offset who hold this office, the last named first; ``beside`` are words that must stand with
        it ("foreign"), ``states`` the states it is of."""
        kin = next((g for g in SAME_OFFICE if lemma in g), frozenset({lemma}))
        out: list[tuple[int, int, str]] = []
        for word in kin:
            held = self.offices.get(word, [])
            k = bisect_left(held, offset, key=lambda h: h.offset)
            for h in held[max(k - 40, 0) : k]:
                if beside <= h.words and not (states and h.states and not states & h.states):
                    out.append((word == lemma, h.offset, h.name))
        out.sort(reverse=True)
        return list(dict.fromkeys(name for _, _, name in out))
