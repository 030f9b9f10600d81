"""Who a source is: pronouns, short names, offices and collectives resolved within the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

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
REPORTS = frozenset(
    """
    report study paper analysis article survey assessment document statement book essay
    """.split()
)
OFFICES = frozenset(
    """
    minister president spokesman spokeswoman spokesperson ambassador leader official general admiral professor
    analyst expert director secretary senator representative chairman chairwoman envoy diplomat officer commander
    chief head author researcher lawmaker premier chancellor adviser advisor coordinator colonel judge governor
    mayor candidate executive founder scientist
    """.split()
)  # fmt: skip
FEMALE = frozenset(
    """
    mrs ms miss lady queen spokeswoman chairwoman congresswoman mother sister daughter wife woman actress princess
    """.split()
)
MALE = frozenset(
    """
    mr sir lord king spokesman chairman congressman father brother son husband man prince pope
    """.split()
)
BODIES = frozenset(
    """
    agency institute ministry council committee panel bureau department company commission organisation organization command
    administration office service newspaper broadcaster network group union foundation centre center university academy
    """.split()
)
_GENERIC_BODY = frozenset(
    """
    agency newspaper service broadcaster network channel daily outlet paper magazine website group institute
    """.split()
)


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
        self.names = list(names)
        self._starts = [n.span.start for n in self.names]
        self.last_person: Speaker | None = None
        self.last_group: Speaker | None = None
        self.last_body: Speaker | None = None
        self.last: Speaker | None = None
        self._bodies: dict[str, Speaker] = {}
        self._gender = self._genders()
        self._authors = self._find_authors()

    def name_at(self, offset: int) -> Name | None:
        """The name that covers the offset."""
        k = bisect_right(self._starts, offset) - 1
        return self.names[k] if k >= 0 and offset < self.names[k].span.end else None

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that lie in [start, end)."""
        k = bisect_right(self._starts, start - 1)
        out = []
        while k < len(self.names) and self.names[k].span.start < end:
            if self.names[k].span.end <= end + 2:
                out.append(self.names[k])
            k += 1
        return out

    def resolve(self, holder: Token, span: tuple[int, int], first_person: Speaker | None) -> Speaker:
        """Who the source with this head is. Remembers it for the pronouns that follow."""
        low = holder.lower
        found: Speaker | None = None
        if low in FIRST:
            found = first_person
        elif low in HE | SHE:
            found = self._person(low, holder.start)
        elif low in IT:
            found = self.last_body or self.last
        elif low in THEY or low in {"both", "some", "others", "many", "all", "who"}:
            found = self.last_group if low in THEY else None
        if found is not None:
            out = Speaker(found.name, found.kind, span, found.behind)
        else:
            out = self._named(holder, span)
        self._remember(out, low)
        return out

    def _named(self, holder: Token, span: tuple[int, int]) -> Speaker:
        text = self.parse.text
        at_head = self.name_at(holder.start)
        inside = [n for n in self.names_in(*span) if n.kind in {"state", "organisation", "outlet", "person", "group"}]
        coordinated = [c for c in self.parse.children(holder, "conj") if c.end <= span[1]]
        if coordinated and at_head is not None:
            parts = [at_head.name]
            for c in coordinated:
                other = self.name_at(c.start)
                parts.append(other.name if other is not None else _phrase(text, *noun_phrase(self.parse, c)))
            for c in list(coordinated):
                for d in self.parse.children(c, "conj"):
                    other = self.name_at(d.start)
                    if d.end <= span[1] and other is not None:
                        parts.append(other.name)
            unique = list(dict.fromkeys(parts))
            name = ", ".join(unique[:-1]) + " and " + unique[-1] if len(unique) > 1 else unique[0]
            return Speaker(name, "group", span)
        if at_head is not None and at_head.kind in {
            "person",
            "organisation",
            "outlet",
            "state",
            "site",
            "place",
            "vessel",
        }:
            adjective = lexicon().get(at_head.span.text)
            if not (adjective is not None and adjective.form == "adjective" and holder.pos != "PROPN"):
                return Speaker(at_head.name, at_head.kind, span)
        appositive = self._appositive_person(holder)
        if appositive is not None:
            return Speaker(appositive, "person", span)
        lemma = holder.lemma.lower()
        phrase = _phrase(text, *span)
        if lemma in REPORTS:
            return Speaker(phrase, "document", span, self._author(holder, lemma))
        bodies = [n for n in inside if n.kind in {"organisation", "outlet"}]
        if len(bodies) == 1 and lemma in _GENERIC_BODY and bodies[0].span.end >= holder.start - 1:
            return Speaker(bodies[0].name, bodies[0].kind, span)
        if lemma in BODIES and not inside and _definite(text, span):
            known_body = self._body(lemma, holder.start)
            if known_body is not None:
                return Speaker(known_body.name, known_body.kind, span)
        if lemma in OFFICES and holder.tag == "NN" and not inside and _definite(text, span):
            known = self._office(lemma, holder.start)
            if known is not None:
                return Speaker(known, "person", span)
        persons = [n for n in inside if n.kind == "person" and n.span.end <= span[1]]
        if persons and holder.ent == "PERSON":
            return Speaker(persons[-1].name, "person", span)
        kind = (
            "person"
            if lemma in OFFICES and holder.tag == "NN"
            else "group"
            if holder.tag in {"NNS", "NNPS"}
            else "unknown"
        )
        return Speaker(phrase, kind, span)

    def _appositive_person(self, holder: Token) -> str | None:
        for c in self.parse.children(holder, "appos"):
            n = self.name_at(c.start)
            if n is not None and n.kind == "person":
                return n.name
        return None

    def _person(self, low: str, offset: int) -> Speaker | None:
        want = "f" if low in SHE else "m"
        last = self.last_person
        if last is not None and self._gender.get(last.name, want) == want:
            return last
        for n in reversed(self.names[: bisect_right(self._starts, offset - 1)]):
            if n.kind == "person" and self._gender.get(n.name, want) == want:
                return Speaker(n.name, "person", (n.span.start, n.span.end))
        return last

    def _body(self, lemma: str, offset: int) -> Speaker | None:
        """Which body "the agency" is: the last speaker called so before, else the last name that holds the word."""
        if lemma in self._bodies:
            return self._bodies[lemma]
        for n in reversed(self.names[: bisect_right(self._starts, offset - 1)]):
            if n.kind in {"organisation", "outlet"} and lemma in f"{n.span.text} {n.name}".casefold().split():
                return Speaker(n.name, n.kind, (n.span.start, n.span.end))
        return None

    def _remember(self, s: Speaker, low: str) -> None:
        self.last = s
        words = f"{self.parse.text[s.span[0] : s.span[1]]} {s.name}".casefold().split()
        for lemma in BODIES.intersection(words):
            if len(s.name.split()) > 1 or s.kind in {"organisation", "outlet"}:
                self._bodies[lemma] = s
        if s.kind == "person":
            self.last_person = s
        elif s.kind == "group":
            self.last_group = s
        elif s.kind in {"organisation", "outlet", "state", "document"}:
            self.last_body = s
        if low in HE | SHE:
            self.last_person = Speaker(s.name, "person", s.span, s.behind)

    def _genders(self) -> dict[str, str]:
        """Persons whose title or pronoun nearby tells: "Ms.", "his wife", "the spokesman X"."""
        out: dict[str, str] = {}
        text = self.parse.text
        for n in self.names:
            if n.kind != "person":
                continue
            before = text[max(n.span.start - 40, 0) : n.span.start].replace(".", " ").casefold().split()[-3:]
            if set(before) & FEMALE:
                out[n.name] = "f"
            elif set(before) & MALE:
                out.setdefault(n.name, "m")
        return out

    def _find_authors(self) -> dict[str, str]:
        """Authors of reports named in the text: "the report, authored by X", "a study by X"."""
        out: dict[str, str] = {}
        for n in self.names:
            if n.kind != "person" and n.kind != "organisation":
                continue
            lead = self.parse.text[max(n.span.start - 70, 0) : n.span.start]
            words = [w.strip(",.").casefold() for w in lead.split()]
            while words and (words[-1] in TITLES or words[-1] in {"the", "a"}):
                words.pop()
            if not words or words[-1] != "by":
                continue
            verbs = {"authored", "written", "published", "compiled", "prepared", "released", "co-authored", "issued"}
            tail = words[-6:-1]
            for lemma in REPORTS:
                if lemma in tail and (tail[-1] == lemma or tail[-1] in verbs):
                    out.setdefault(lemma, n.name)
        return out

    def _author(self, holder: Token, lemma: str) -> str | None:
        owned = [c for c in self.parse.children(holder, "poss") for n in [self.name_at(c.start)] if n is not None]
        if owned:
            return None
        return self._authors.get(lemma)

    def _office(self, lemma: str, offset: int) -> str | None:
        """The last person named before who was given this office by a title or an apposition."""
        text = self.parse.text
        for n in reversed(self.names[: bisect_right(self._starts, offset - 1)]):
            if n.kind != "person":
                continue
            around = (
                text[max(n.span.start - 60, 0) : n.span.start].casefold()
                + " "
                + text[n.span.end : n.span.end + 90].casefold()
            )
            if lemma in around.replace(",", " ").split():
                return n.name
        return None


def _definite(text: str, span: tuple[int, int]) -> bool:
    return text[span[0] : span[0] + 4].casefold() == "the "


def _phrase(text: str, start: int, end: int) -> str:
    """A source's own words as a name: one line, no leading article, no possessive ending."""
    words = text[start:end].split()
    while words and words[0].casefold() in {"the", "a", "an"}:
        words.pop(0)
    return " ".join(words).removesuffix("'s").removesuffix("’s") or text[start:end]
