"""Who a source is: pronouns, short names, offices and collectives resolved within the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crossfix.language.attribution.anonymous import described
from crossfix.language.attribution.authors import before, find_authors
from crossfix.language.attribution.carriers import quoted_one
from crossfix.language.attribution.mentions import Mention, Mentions
from crossfix.language.attribution.roles import (
    ANY_BODY,
    BODIES,
    FEMALE,
    GENERIC_BODY,
    MALE,
    OFFICES,
    PEOPLE,
    REPORTS,
)
from crossfix.language.attribution.spans import noun_phrase
from crossfix.language.lexicon import lexicon
from crossfix.language.names import TITLES
from crossfix.language.parse import Parse, Token
from crossfix.model import Name

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
FIRST = frozenset({"i", "we", "me", "us", "my", "our", "ourselves", "myself"})
PRONOUNS = HE | SHE | IT | THEY | FIRST

_SPEAKS = frozenset({"person", "organisation", "outlet", "state", "site", "place", "vessel"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_BOTH = frozenset({"both", "two"})
_NOT_MARKS = frozenset(
    """
    the this that these those both all two three four five six seven eight nine ten same senior top chief
    """.split()
)
_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_UNNAMED = frozenset({"unidentified", "unnamed", "anonymous", "same"})
_NEW = frozenset({"another", "other", "second", "third", "different", "separate"})
_ANYONE = frozenset(
    """
    expert analyst minister official diplomat lawmaker politician scholar researcher professor leader president spokesman
    spokeswoman spokesperson envoy scientist author candidate senator general ambassador
    """.split()
)
"""What a text may call one who has just spoken, though it never said so before."""

REACH = 8.0
"""How far back, in sentences of the outlet's own, a pronoun goes for one who is more than mentioned."""


@dataclass(slots=True)
class Speaker:
    """A resolved speaker: the name, what kind of thing speaks, the mention that names it, and who stands behind an artefact."""

    name: str
    kind: str
    span: tuple[int, int]
    behind: str | None = None


class Speakers:
    """Resolves the sources of one document, in reading order: call ``resolve`` from the first to the last."""

    def __init__(self, parse: Parse, names: Sequence[Name]) -> None:
        self.parse = parse
        self.mentions = Mentions(parse, names)
        self.name_at = self.mentions.name_at
        self.names_in = self.mentions.names_in
        self.last: Speaker | None = None
        self._spoke: dict[str, tuple[int, Speaker]] = {}
        self._recent: list[tuple[int, Speaker]] = []
        self._called: dict[str, tuple[int, Speaker]] = {}
        self._unnamed: dict[tuple[str, bool], tuple[int, Speaker]] = {}
        self._authors = find_authors(parse, self.mentions.names)

    def resolve(self, holder: Token, span: tuple[int, int], first_person: Speaker | None) -> Speaker:
        """Who the source with this head is. Remembers it for the pronouns that follow."""
        spoken = quoted_one(self.parse, holder)
        found = first_person if spoken.lower in FIRST else self._pronoun(spoken)
        if found is not None:
            out = Speaker(found.name, found.kind, span, found.behind)
        elif spoken.i != holder.i:
            found = self._named(spoken, noun_phrase(self.parse, spoken))
            out = Speaker(found.name, found.kind, span, found.behind)
        else:
            out = self._named(holder, span)
        holder = spoken
        self._remember(out, holder)
        return out

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, holder: Token) -> Speaker | None:
        low = holder.lower
        if low in HE | SHE:
            return self._look_back(holder, {"person"}, "f" if low in SHE else "m")
        if low in IT:
            return self._look_back(holder, {"body", "state", "document"})
        if low in THEY or (low in {"both", "neither"} and holder.dep != "det" and not self.parse.children(holder)):
            return self._look_back(holder, {"group", "body", "state"})
        return None

    def _look_back(self, holder: Token, kinds: set[str], gender: str | None = None) -> Speaker | None:
        """The most prominent mention before a pronoun that fits it, or the last speaker that fits."""
        mentions = self.mentions
        quote = mentions.quotes.at(holder.start)
        here = mentions.live[holder.sent] if mentions.live else 0
        opens = holder.i <= self.parse.bounds[holder.sent][0] + 1
        best: tuple[float, int] | None = None
        chosen: Mention | Speaker | None = None
        for m in mentions.before(holder.start):
            if m.kind not in kinds:
                continue
            score = m.weight - 1.0 * (here - mentions.live[m.sent]) + self._fits(m.name, m.token, gender)
            if m.kind != "group" and "group" in kinds:
                score -= 2.0  # "they" for a body, where there is no group
            if m.quoted and (quote is None or m.start < quote.start):
                score -= 3.0
            if m.sent == holder.sent:
                score += 0.3
                if self._inside_what_is_said(holder, m):
                    score -= 3.0
            if best is None or (score, m.start) > best:
                best, chosen = (score, m.start), m
        for at, s in self._recent:
            if self._class(s) not in kinds:
                continue
            # "..., he said" goes on with whoever spoke; a "He" that opens a sentence, with whoever the last one was about
            fades = 0.8 if s.kind == "person" and not opens else 1.0
            keeps = (4.0 if s.kind == "person" else 3.5) - fades * (here - at)
            score = keeps + self._fits(s.name, None, gender) - (4.0 if quote is not None else 0.0)
            if s.kind != "group" and "group" in kinds:
                score -= 2.0
            if best is None or (score, s.span[0]) > best:
                best, chosen = (score, s.span[0]), s
        if best is None or chosen is None or best[0] < -REACH:
            return None
        if isinstance(chosen, Speaker):
            return chosen
        return self._mentioned(chosen)

    def _class(self, s: Speaker) -> str:
        return "body" if s.kind in {"organisation", "outlet", "site", "place", "vessel"} else s.kind

    def _fits(self, name: str | None, token: int | None, gender: str | None) -> float:
        if gender is None:
            return 0.0
        told = self.mentions.gender.get(name or "")
        if told is None and token is not None:
            lemma = self.parse.tokens[token].lemma.lower()
            told = "f" if lemma in FEMALE else "m" if lemma in MALE else None
        if told is None:
            return -2.5 if gender == "f" else -0.3
        return 0.5 if told == gender else -50.0

    def _inside_what_is_said(self, pronoun: Token, m: Mention) -> bool:
        """ "Abe would win, he said": the one in what is said is seldom the one who says it."""
        p = self.parse
        v = p.head(pronoun)
        if pronoun.dep not in {"nsubj", "nsubjpass"}:
            return False
        for c in p.children(v, "ccomp", "parataxis"):
            if c.i < pronoun.i and c.left <= m.token <= c.right:
                return True
        if v.dep in {"ccomp", "parataxis"} and p.text[: p.tokens[v.left].start].rstrip()[-1:] in {",", "”", '"'}:
            return p.head(v).left <= m.token < pronoun.i
        return False

    def _mentioned(self, m: Mention) -> Speaker:
        token = self.parse.tokens[m.token]
        if m.name is not None and m.kind != "group":
            return Speaker(m.name, "organisation" if m.kind == "body" else m.kind, (m.start, token.end))
        return self._named(token, noun_phrase(self.parse, token))

    # -------------------------------------------------------------- names and phrases

    def _named(self, holder: Token, span: tuple[int, int]) -> Speaker:
        at_head = self.name_at(holder.start)
        together = self._together(holder, span, at_head)
        if together is not None:
            return together
        if at_head is not None and at_head.kind != "person" and self._one_person(holder):
            person = self._person_beside(holder, span)  # "U.S. Ambassador", taken for a body, and then the name
            if person is not None:
                return Speaker(person, "person", span)
        if at_head is not None and at_head.kind in _SPEAKS:
            known = lexicon().get(at_head.span.text)
            adjective = known is not None and known.form == "adjective"
            if not (adjective and (holder.pos != "PROPN" or holder.tag == "NNPS" or holder.text.endswith("ans"))):
                several = holder.tag == "NNPS" and known is None and at_head.kind == "organisation"
                return Speaker(self._full_form(at_head), "group" if several else at_head.kind, span)
        person = self._person_beside(holder, span)
        if person is None and at_head is None and holder.pos == "PROPN":
            person = self.mentions.full_before(holder)
        if person is not None:
            return Speaker(person, "person", span)
        return self._phrase(holder, span)

    def _together(self, holder: Token, span: tuple[int, int], at_head: Name | None) -> Speaker | None:
        """ "Seoul, Tokyo and Washington": one source with several names."""
        p = self.parse
        parts: list[Token] = []
        todo = [holder]
        while todo and len(parts) < 8:
            t = todo.pop(0)
            parts.append(t)
            todo += [c for c in p.children(t, "conj") if c.end <= span[1] and c.pos in {"NOUN", "PROPN", "PRON"}]
        persons = [n for n in self.names_in(*span) if n.kind == "person"]
        between = p.text[persons[0].span.end : persons[-1].span.start] if len(persons) > 1 else ""
        if len(persons) > 1 and len(parts) == 1 and holder.lemma.lower() in OFFICES and re.search(r"\band\b", between):
            return Speaker(_join([n.name for n in persons]), "group", span)
        if len(parts) < 2 or at_head is None or (parts[1].left > holder.i and _apposed(p, holder, parts[1])):
            return None
        if holder.pos != "PROPN" and at_head.kind == "person" and at_head.span.end < holder.start:
            return None
        names = []
        for t in sorted(parts, key=lambda x: x.i):
            n = self.name_at(t.start)
            names.append(n.name if n is not None else _words(p.text, *noun_phrase(p, t)))
        return Speaker(_join(names), "group", span)

    def _full_form(self, n: Name) -> str:
        """A person's full name for the short one: of two with one family name the one of the right gender, else who spoke last,
        else who was named last."""
        if n.kind != "person":
            return self.mentions.short_forms.get(n.span.text, n.name)
        own = n.span.text
        if " " in own.strip() or lexicon().get(own) is not None:
            return n.name
        could = self.mentions.full_names(own)
        if len(could) < 2:
            return n.name
        before = self.parse.text[max(n.span.start - 40, 0) : n.span.start].replace(".", " ").casefold().split()[-3:]
        told = "f" if set(before) & FEMALE else "m" if set(before) & MALE else None
        if told is not None:
            could = [x for x in could if self.mentions.gender.get(x, told) == told] or could
        for word in before:
            held = self.mentions.offices.get(word, ())
            holding = {h.name for h in held[:40]}
            if holding & set(could):
                could = [x for x in could if x in holding]
        if len(could) == 1:
            return could[0]
        spoke = [(self._spoke[x][0], x) for x in could if x in self._spoke]
        here = self.mentions.live[self.parse.sentence_at(n.span.start)]
        if spoke and here - max(spoke)[0] <= 12:
            return max(spoke)[1]
        return n.name if n.name in could else could[-1]

    def _person_beside(self, holder: Token, span: tuple[int, int]) -> str | None:
        """ "Russia's foreign minister, Sergei Lavrov", "Head of the committee Leonid Slutsky": an office with its holder's name."""
        p = self.parse
        for c in p.children(holder, "appos"):
            n = self.name_at(c.start)
            if n is not None and (n.kind == "person" or (self._one_person(holder) and n.span.text.istitle())):
                return self._full_form(n) if n.kind == "person" else n.name
        if not self._one_person(holder) and holder.ent != "PERSON":
            return None
        stop = p.head(holder)
        limit = stop.start if stop.start > holder.start and stop.pos in {"VERB", "AUX"} else span[1]
        inside = [n for n in self.names_in(holder.start, max(limit, span[1])) if n.kind == "person"]
        for n in inside:
            between = p.text[holder.end : n.span.start]
            if len(between) > 160 or re.search(r"[,;:()“”\"—–]|\b(?:who|which|that)\b", between):
                return None
            if n.span.end <= max(limit, span[1]) + 2:
                before = p.tokens[p.token_at(n.span.start) - 1]
                bare = before.pos in {"PROPN", "NOUN"} and before.lemma.lower() not in OFFICES | TITLES
                return n.name if before.i == holder.i or bare else None
        return None

    def _one_person(self, holder: Token) -> bool:
        lemma = holder.lemma.lower()
        return holder.tag in {"NN", "NNP"} and lemma in OFFICES | TITLES | FEMALE | MALE

    def _phrase(self, holder: Token, span: tuple[int, int]) -> Speaker:
        """A source called by a common noun: who it is, where the text told before, else its own words."""
        p, text = self.parse, self.parse.text
        lemma = holder.lemma.lower()
        pointing = p.tokens[p.token_at(span[0])].lower if p.tokens else ""
        inside = [n for n in self.names_in(*span) if n.kind in {"state", "organisation", "outlet", "person", "group"}]
        name = self._described(holder, span)
        if lemma in REPORTS and not (lemma == "paper" and pointing == "the" and self._body(lemma, holder)):
            return Speaker(name, "document", span, self._author(holder, lemma))
        bodies = [n for n in inside if n.kind in {"organisation", "outlet"}]
        if len(bodies) == 1 and lemma in GENERIC_BODY and _adjoins(text, bodies[0].span.end, holder.start):
            return Speaker(bodies[0].name, bodies[0].kind, span)
        beside = self.name_at(p.tokens[holder.i + 1].start) if holder.i + 1 < len(p.tokens) else None
        if (
            beside is not None
            and beside.kind in {"outlet", "organisation"}
            and lemma in BODIES | GENERIC_BODY | ANY_BODY
        ):
            if text[holder.end : beside.span.start].strip() == "":
                return Speaker(beside.name, beside.kind, span)  # "the Japanese broadcaster NHK"
        if pointing in _POINTING:
            known = None
            if lemma in BODIES | ANY_BODY | GENERIC_BODY and holder.tag == "NN" and not inside:
                known = self._body(lemma, holder)
            elif holder.tag == "NN" and (lemma in PEOPLE or lemma in OFFICES):
                known = self._office(holder, span, inside) or self._man(lemma, holder)
            elif holder.tag in {"NNS", "NNPS"}:
                known = self._again(holder, lemma, True, span)
            if known is not None:
                return Speaker(known.name, known.kind, span, known.behind)
        if pointing in _BOTH or (pointing == "the" and "two" in text[span[0] : span[1]].casefold().split()[:2]):
            pair = self._pair(holder, lemma)
            if pair is not None:
                return Speaker(pair, "group", span)
        if holder.tag in {"NNS", "NNPS"} or holder.ent == "NORP":
            kind = "group"
        elif lemma in OFFICES | PEOPLE or lemma in FEMALE | MALE:
            kind = "person"
        else:
            kind = "organisation" if lemma in BODIES | GENERIC_BODY else "unknown"
        return Speaker(name, kind, span)

    def _described(self, holder: Token, span: tuple[int, int]) -> str:
        """A phrase as a name, its own pronoun resolved: "her campaign" is Hillary Clinton's campaign."""
        start, end = described(self.parse, holder, span)
        words = _words(self.parse.text, start, end)
        for c in self.parse.children(holder, "poss"):
            if c.start == start and c.lower in HE | SHE | IT | THEY:
                owner = self._pronoun(c)
                if owner is not None and owner.kind != "document":
                    return f"{owner.name}'s {words.partition(' ')[2]}"
            elif c.lower in {"country", "nation"} and start <= c.start and words.casefold().startswith(c.lower):
                states = [m for m in self.mentions.before(start) if m.kind == "state" and m.name]
                if states:
                    return f"{states[-1].name}'s {words.partition(' ')[2]}"
        return words

    # -------------------------------------------------------------- called again

    def _body(self, lemma: str, holder: Token) -> Speaker | None:
        """Which body "the agency" is: the last speaker called so before, else the last name that holds the word, else, for a word that
        fits any, the body last spoken of."""
        offset = holder.start
        called = self._called.get(lemma)
        found: tuple[int, Speaker] | None = called
        known = self.mentions.bodies.get(lemma, [])
        k = before(known, offset)
        if found is None and k:
            at, n = known[k - 1]
            found = (at, Speaker(n.name, n.kind, (n.span.start, n.span.end)))
        if found is not None:
            return found[1]
        if lemma in ANY_BODY:
            back = self._look_back(holder, {"body"})
            if back is not None and back.kind in {"organisation", "outlet"} and back.name[:1].isupper():
                return back
        return None

    def _office(self, holder: Token, span: tuple[int, int], inside: list[Name]) -> Speaker | None:
        """Who "the minister" is: the person or the unnamed source called so last."""
        lemma = holder.lemma.lower()
        beside = frozenset(
            t.lemma.lower()
            for t in self.parse.children(holder, "compound", "amod", "nmod")
            if t.i < holder.i and t.lower not in _NOT_MARKS | _UNNAMED and self.name_at(t.start) is None
        )
        if any(n.kind not in {"state", "group"} for n in inside):
            return None
        beside |= {w.casefold() for n in inside if n.kind == "group" for w in n.span.text.split()}
        if beside & _NEW:
            return None
        states = frozenset(n.name for n in inside if n.kind == "state")
        unnamed = self._again(holder, lemma, False, span)
        holders = self.mentions.holder_of(lemma, holder.start, beside, states)
        if lemma in {"official", "source", "person", "member", "resident", "student", "reporter"} and not beside:
            holders = [x for x in holders if x in self._spoke]
        if not holders:
            if (
                unnamed is None
                and lemma in _ANYONE
                and not inside
                and not beside
                and not self.parse.children(holder, "prep")
            ):
                return self._just_spoke(holder)
            return unnamed
        here = self.mentions.live[holder.sent]
        spoke = [(self._spoke[x][0], x) for x in holders if x in self._spoke and here - self._spoke[x][0] <= 10]
        who = max(spoke)[1] if spoke else holders[0]
        if unnamed is not None and unnamed.name in self._spoke:
            if self._spoke[unnamed.name][0] >= max((at for at, _ in spoke), default=-1):
                return unnamed
        return Speaker(who, "person", span)

    def _just_spoke(self, holder: Token) -> Speaker | None:
        """ "The expert concluded", where nobody was called an expert: the person who has just spoken."""
        here = self.mentions.live[holder.sent]
        for at, s in reversed(self._recent):
            if s.kind == "person" and here - at <= 3:
                return s if s.name[:1].isupper() else None
        return None

    def _man(self, lemma: str, holder: Token) -> Speaker | None:
        if lemma in {"man", "woman"}:
            return self._look_back(holder, {"person"}, "f" if lemma == "woman" else "m")
        return None

    def _again(self, holder: Token, lemma: str, plural: bool, span: tuple[int, int]) -> Speaker | None:
        """An unnamed source called again: "the officials", where "officials briefed on the talks" spoke before."""
        before = self._unnamed.get((lemma, plural))
        if before is None:
            return None
        said = {w.casefold() for w in _words(self.parse.text, *span).split()} - _NOT_MARKS - _UNNAMED
        told = {w.casefold() for w in before[1].name.replace("’", "'").split()}
        counted = {w.casefold() for w in self.parse.text[span[0] : span[1]].split()} & _NUMBERS
        if not counted <= told:
            return None  # "the two leaders" are not the leaders named before
        return before[1] if said <= told | {holder.lower} else None

    def _pair(self, holder: Token, lemma: str) -> str | None:
        """ "Both ministers": the two who were last named with that office."""
        if holder.tag not in {"NNS", "NNPS"} or lemma not in OFFICES:
            return None
        named = self.mentions.holder_of(lemma, holder.start, frozenset(), frozenset())
        near = [x for x in named if x in {m.name for m in self.mentions.before(holder.start)}]
        return _join(near[::-1]) if len(near) == 2 else None

    def _remember(self, s: Speaker, holder: Token) -> None:
        self.last = s
        at = self.mentions.live[holder.sent] if self.mentions.live else 0
        self._spoke[s.name] = (at, s)
        self._recent = [*[(n, x) for n, x in self._recent if x.name != s.name][-5:], (at, s)]
        if holder.lower in PRONOUNS:
            return
        words = f"{self.parse.text[s.span[0] : s.span[1]]} {s.name}".casefold().split()
        for lemma in BODIES.intersection(words):
            if s.kind in {"organisation", "outlet"}:
                self._called[lemma] = (holder.start, s)
        if self.name_at(holder.start) is None and s.kind in {"person", "group"}:
            self._unnamed[(holder.lemma.lower(), holder.tag in {"NNS", "NNPS"})] = (holder.start, s)

    # -------------------------------------------------------------- authors

    def _author(self, holder: Token, lemma: str) -> str | None:
        p = self.parse
        for c in p.children(holder, "poss", "compound", "nmod"):
            n = self.name_at(c.start)
            if n is not None and n.kind in {"person", "organisation", "outlet", "state"} and c.i < holder.i:
                known = lexicon().get(n.span.text)
                if c.dep == "poss" or (n.kind != "state" and not (known is not None and known.form == "adjective")):
                    return n.name
        for c in p.children(holder, "poss"):
            if c.lower in HE | SHE | IT | THEY:
                owner = self._pronoun(c)
                return owner.name if owner is not None and owner.kind != "document" else None
            if c.pos == "NOUN":
                owner_words = self._named(c, noun_phrase(p, c))
                return owner_words.name
        found = self._authors.get(lemma, [])
        if not found:
            return None
        own = [x for at, x in found if holder.start < at < holder.start + 120 and self._same_clause(holder, at)]
        if own:
            return own[0]
        k = before(found, holder.start)
        return found[k - 1][1] if k else found[0][1]

    def _same_clause(self, holder: Token, offset: int) -> bool:
        return not re.search(r"[.;!?]\s", self.parse.text[holder.end : offset])


def _adjoins(text: str, end: int, start: int) -> bool:
    """True where a body's name stands right before its kind: "KCNA news agency"."""
    return end <= start and set(text[end:start].casefold().split()) <= {"news", "state", "wire", "press", "public"}


def _apposed(p: Parse, holder: Token, conj: Token) -> bool:
    return any(c.dep in {"appos", "relcl", "acl"} and holder.i < c.i < conj.i for c in p.children(holder))


def _join(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return ", ".join(unique[:-1]) + " and " + unique[-1] if len(unique) > 1 else unique[0]


def _words(text: str, start: int, end: int) -> str:
    """A source's own words as a name: one line, no leading article, no possessive ending."""
    words = text[start:end].split()
    while len(words) > 1 and words[0].casefold() in {"the", "a", "an", "this", "that", "these", "those"}:
        words.pop(0)
    return " ".join(words).removesuffix("'s").removesuffix("’s").strip(" ,;") or text[start:end]
