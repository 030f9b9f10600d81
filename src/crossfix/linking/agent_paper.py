"""The agents of one document: every name it tells, settled by what the document itself says, then by the tables at its date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crossfix.language.attribution.given_names import FEMALE_NAMES, MALE_NAMES
from crossfix.language.names import TITLES, family_first
from crossfix.linking import agent_sources as sources
from crossfix.linking.agent_names import Party, metonyms, party, person_key
from crossfix.linking.agent_offices import Office, day_of, holder, office_in, told_offices
from crossfix.linking.names import is_anonymous, plain_words
from crossfix.reference.holders import held_by


@dataclass(frozen=True, slots=True)
class Told:
    """A name that speaks or acts in a document, and a passage for it. ``own`` is true where the passage is the source's own words."""

    name: str
    start: int
    end: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A proper name in the text: its passage, kind and the form it is known by."""

    start: int
    end: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as the search for agents sees it. ``date`` is an interval's text, its publication or when it was written."""

    id: str
    text: str
    date: str | None
    outlet: str | None
    names: tuple[Marked, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a told name means: the agent's key, where that key holds ("" everywhere, a document's id, or a document and a
    passage), and why. ``local`` is true where the name means this agent in this document only."""

    key: str
    scope: str
    name: str
    kind: str
    why: str
    local: bool = False
    of_state: str | None = None
    members: tuple[Meaning, ...] = ()


@dataclass(slots=True)
class Read:
    """What came of a document: what each told name means, and the offices that the text gives to persons by their key."""

    meanings: list[tuple[Told, Meaning]] = field(default_factory=list)
    offices: dict[str, list[tuple[Office, int, int]]] = field(default_factory=dict)


_NAMED = ("person", "organisation", "outlet", "state", "vessel", "satellite", "group", "office")
_SMALL_WORDS = frozenset(("of", "the", "for", "and", "in", "on", "to"))
_NO_MARK = Marked(0, 0, "", "")
_COMMA = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,6}")


def read(paper: Paper) -> Read:
    """Every told name of a document with what it means there. A function of the document and the tables alone."""
    return _Reading(paper).run()


class _Reading:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.day: dt.date | None = day_of(paper.date)
        self.marks: dict[str, Marked] = {}
        self.families: dict[str, dict[str, str]] = {}
        self.offices: dict[str, list[tuple[Office, int, int]]] = {}
        self.full: dict[str, str] = {}
        for m in paper.names:
            self.marks.setdefault(" ".join(plain_words(m.name)), m)
            if m.kind == "person":
                self._person(m)

    def _person(self, m: Marked) -> None:
        words = plain_words(m.name)
        key = person_key(m.name)
        if len(words) > 1:
            self.full.setdefault(key, m.name)
            for family in {words[-1], words[0]} if family_first(words[0]) else {words[-1]}:
                self.families.setdefault(family, {}).setdefault(key, m.name)
        for found in told_offices(self.paper.text, m.start, m.end):
            self.offices.setdefault(key, []).append(found)

    def run(self) -> Read:
        """Names first, since what has none is settled by them."""
        out = Read(offices=self.offices)
        left: list[Told] = []
        for t in sorted(set(self.paper.told), key=lambda t: (t.start, t.end, t.name, not t.own)):
            found = self._named(t)
            if found is None:
                left.append(t)
            elif found.key:
                out.meanings.append((t, found))
        out.meanings += self._nameless(left)
        if self.paper.outlet:
            p = party(self.paper.outlet)
            kind = p.kind if p.kind != "unknown" else "outlet"
            whole = Told(self.paper.outlet, 0, 0)
            if p.key:
                name = p.name or self.paper.outlet
                out.meanings.append(
                    (whole, Meaning(p.key, "", name, kind, "the outlet of the document", False, p.of_state))
                )
        return out

    # -------------------------------------------------------------- names

    def _named(self, t: Told) -> Meaning | None:
        """What a told name means; None for a source without a name."""
        name = " ".join(t.name.split()).strip(" \"'“”‘’,;")
        if not name or name.startswith("("):
            return None
        if " " not in name and self.marks.get(name.casefold(), _NO_MARK).kind in ("", "weapon", "group"):
            if name[0].isupper() and party(name).kind == "unknown" and sources.common(name, self.paper.text):
                return None
        p = party(name)
        if not p.key or name.casefold() in sources.PRONOUNS:
            return Meaning("", "", "", "", "")
        if p.kind == "state":
            return self._body_in(t) or self._known(p, name)
        outlet = self._short_outlet(p)
        if outlet is not None:
            return outlet
        if p.kind != "unknown":
            return self._known(p, name)
        mark = self.marks.get(" ".join(plain_words(name)))
        if mark is not None and mark.kind == "person" and len(plain_words(name)) > 1 and not self._listed(name):
            return Meaning(p.key, "", name, "person", "the full name")
        office = office_in(name)
        if office is not None and (mark is None or mark.kind in ("organisation", "weapon")):
            return self._office(office, name)
        group = self._group(t, name)
        if group is not None:
            return group
        stripped, title = _untitled(name)
        if stripped and len(stripped.split()) == 1 and stripped[0].isupper():
            like = (
                mark is None
                or mark.kind in ("person", "place", "weapon")
                or " ".join(plain_words(stripped)) in self.families
            )
            if like and not _ACRONYM.fullmatch(stripped):
                if not is_anonymous(name):
                    return self._family(stripped, title or self._title_before(t))
        if sources.nameless(name):
            return None
        whole = self._spelt_out(name)
        if whole is not None:
            return whole
        kind = mark.kind if mark is not None and mark.kind in _NAMED else "unknown"
        if kind == "unknown" and _is_person(name):
            kind = "person"
        return Meaning(p.key, "", name, kind, "the same name", False, p.of_state)

    def _short_outlet(self, p: Party) -> Meaning | None:
        """ "the Times" in a text that names the Hill Times and no other of that last word."""
        if p.kind not in ("outlet", "unknown") or " " in p.key:
            return None
        found = {m.name for m in self.paper.names if m.kind == "outlet" and plain_words(m.name)[-1:] == [p.key]}
        found = {n for n in found if party(n).key != p.key}
        if len(found) != 1:
            return None
        (full,) = found
        whole = party(full)
        return Meaning(
            whole.key,
            "",
            whole.name or full,
            "outlet",
            f"short for {full}, which this document names",
            True,
            whole.of_state,
        )

    def _spelt_out(self, name: str) -> Meaning | None:
        """The body that an abbreviation stands for, where the document has one body with these first letters, and puts the one in
        brackets after the other: "the Harbour Works Board (HWB)"."""
        if not _ACRONYM.fullmatch(name):
            return None
        letters = name.replace(".", "").casefold()
        found = {
            m.name for m in self.paper.names
            if m.kind in ("organisation", "group", "outlet") and " " in m.name
            and "".join(w[0] for w in plain_words(m.name) if w not in _SMALL_WORDS) == letters
        }  # fmt: skip
        if len(found) != 1 or f"({name})" not in self.paper.text:
            return None
        (full,) = found
        p = party(full)
        return Meaning(
            p.key, "", p.name or full, "organisation", f"the abbreviation of {full} in this document", True, p.of_state
        )

    def _known(self, p: Party, name: str) -> Meaning:
        return Meaning(p.key, "", p.name or name, p.kind, p.why or "the name", False, p.of_state)

    def _body_in(self, t: Told) -> Meaning | None:
        """The body that the text names where the claim's source is kept as its state: "the Kremlin said"."""
        if not t.own:
            return None
        body = metonyms().get(" ".join(plain_words(self.paper.text[t.start : t.end])))
        if body is None:
            return None
        p = party(body)
        return Meaning(p.key, "", p.name or body, p.kind, "the text names the body", True, p.of_state)

    def _title_before(self, t: Told) -> str:
        """The title that the source's own words hold ("President Putin" kept as "Putin")."""
        return _untitled(" ".join(self.paper.text[t.start : t.end].split()))[1] if t.own else ""

    def _family(self, family: str, title: str) -> Meaning:
        """A name of one word: the one person of that name in the document, the holder of the title on its date, or nobody
        beyond this document."""
        key = " ".join(plain_words(family))
        found = self.families.get(key, {})
        titles = [title] if title else [o.title for o, _, _ in self.offices.get(key, ()) if not o.former]
        if len(found) > 1 and title:
            found = {
                k: n
                for k, n in found.items()
                if any(_same_title(o.title, title) for o, _, _ in self.offices.get(k, ()))
            } or found
        if len(found) == 1:
            (name,) = found.values()
            return self._person_by(name, f"the one person of that name in this document, {name}")
        for one in titles if not found and self.day is not None else ():
            tenure = held_by(_plain_title(one), key, self.day) if self.day else None
            if tenure:
                return self._person_by(tenure.name, f"{one} on {self.day} ({tenure.source})")
        why = "a name of one word holds in this document only"
        if found:
            why = f"several of that name in this document: {', '.join(sorted(found.values()))}"
        return Meaning(key, self.paper.id, family, "person", why, True)

    def _person_by(self, name: str, why: str) -> Meaning:
        p = party(name)
        return Meaning(p.key or person_key(name), "", p.name or name, "person", why, True)

    # -------------------------------------------------------------- offices

    def _office(self, office: Office, name: str) -> Meaning | None:
        """ "the North Korean leader": whom the text gives that office, else who held it on the document's date, else the office."""
        if not office.former:
            told = {
                key: (a, b)
                for key, found in self.offices.items()
                for o, a, b in found
                if not o.former and _same_title(o.title, office.title) and _may_be_of(office, o)
                and key in self.full
            }  # fmt: skip
            exact = {
                k
                for k in told
                if any(o.of == office.of for o, _, _ in self.offices[k] if _same_title(o.title, office.title))
            }
            chosen = exact if len(exact) == 1 else told.keys()
            if len(chosen) == 1:
                (key,) = chosen
                return self._person_by(self.full[key], f"the text gives {self.full[key]} that office")
            tenure = holder(office, self.day)
            if tenure and (not told or person_key(tenure.name) in told):
                return self._person_by(tenure.name, f"held the office on {self.day} ({tenure.source})")
        known = office.of is not None and party(office.of).kind in ("state", "organisation")
        if office.one_holder and known:
            of = party(office.of or "")
            state = of.name if of.kind == "state" else of.of_state
            return Meaning(f"{office.title} of {of.key}", "", name, "office", "the same office", False, state)
        return None

    # -------------------------------------------------------------- several

    def _listed(self, name: str) -> bool:
        return len([x for x in _COMMA.split(name) if x]) > 1

    def _group(self, t: Told, name: str) -> Meaning | None:
        """A list of names as a group with its members: one agent wherever the same are named together; kept to the document
        where some of them have no name."""
        parts = [x for x in _COMMA.split(name) if x.strip()]
        if len(parts) < 2 or len(parts) > 8 or re.search(r"\b(?:including|such as|of|for)\b", name):
            return None
        found: list[Meaning] = []
        for x in parts:
            if not any(w[0].isupper() for w in x.split()):
                continue
            one = self._named(Told(x, t.start, t.end))
            if (
                one is not None
                and one.key
                and not one.members
                and (one.kind not in ("unknown", "office") or _ACRONYM.fullmatch(x))
            ):
                found.append(one)
        if not found:
            return None
        found = sorted({m.key: m for m in found}.values(), key=lambda m: m.key)
        if len(found) == len(parts):
            if any(m.scope for m in found):
                return Meaning(
                    "group " + name.casefold(), self.paper.id, name, "group", "named together", True, None, tuple(found)
                )
            return Meaning(
                "group " + "; ".join(m.key for m in found),
                "",
                name,
                "group",
                "the same names together",
                False,
                None,
                tuple(found),
            )
        if any(x.split()[0][0].islower() for x in parts):
            return Meaning(
                "group " + name.casefold(), self.paper.id, name, "group", "some are named", True, None, tuple(found)
            )
        return None

    def _nameless(self, left: list[Told]) -> Iterator[tuple[Told, Meaning]]:
        """Sources without a name, kept apart by passage, with the members that the text names."""
        passages = [sources.Passage(t.name, t.start, t.end, t.own) for t in left]
        numbers = sources.apart(self.paper.text, passages)
        members: dict[int, tuple[Meaning, ...]] = {}
        for t, n in zip(left, numbers, strict=True):
            members[n] = members.get(n) or self._members(t)
        for t, n in zip(left, numbers, strict=True):
            first = left[n]
            why = "has no name: kept to its passage" if t is first else f"the text points back to {first.name!r}"
            yield t, Meaning(
                " ".join(plain_words(first.name)) or first.name, f"{self.paper.id} {first.start}", first.name, sources.kind_of(first.name),
                why, True, None, members[n],
            )  # fmt: skip

    def _members(self, t: Told) -> tuple[Meaning, ...]:
        stretch = sources.named_after(self.paper.text, t.start, t.end) if t.own else None
        if stretch is not None:
            inside = [m for m in self.paper.names if stretch[0] <= m.start and m.end <= stretch[1]]
            return self._all(m.name for m in inside if m.kind in _NAMED and m.kind != "group")
        holders = self._holders(t)
        if len(holders) > 1:
            return holders
        count = sources.counted(t.name)
        if count is not None:
            marks = [(m.start, m.end, m.name) for m in self.paper.names if m.kind == count[1]]
            listed = sources.coordinated(self.paper.text, marks, count[0], t.start)
            before = list(dict.fromkeys(m[2] for m in marks if m[1] <= t.start))
            return self._all(listed or (before if len(before) == count[0] else ()))
        return ()

    def _holders(self, t: Told) -> tuple[Meaning, ...]:
        """ "the foreign ministers": the persons to whom the text gives that office, where it has two or more."""
        words = plain_words(t.name)
        if not words or sources.singular(words[-1]) == words[-1]:
            return ()
        office = office_in(" ".join([*words[:-1], sources.singular(words[-1])]))
        if office is None or office.of is not None or office.former:
            return ()
        return self._all(
            self.full[key]
            for key, found in self.offices.items()
            if key in self.full and any(not o.former and _same_title(o.title, office.title) for o, _, _ in found)
        )

    def _all(self, names: Iterable[str]) -> tuple[Meaning, ...]:
        found = {}
        for name in names:
            one = self._named(Told(name, 0, 0))
            if one is not None and one.key:
                found[one.key] = one
        return tuple(found[k] for k in sorted(found))


def _untitled(name: str) -> tuple[str, str]:
    """A name without the titles before it, and those titles: "Chairman Kim" -> Kim, chairman."""
    words = name.split()
    n = 0
    while n < len(words) - 1 and words[n].casefold().strip(".,") in TITLES:
        n += 1
    return " ".join(words[n:]), " ".join(words[:n])


def _is_person(name: str) -> bool:
    """True where a name of two or three capitalised words begins with a common given name."""
    words = name.split()
    known = words[0].casefold() in MALE_NAMES | FEMALE_NAMES
    return known and len(words) in (2, 3) and all(w[0].isupper() for w in words)


def _may_be_of(office: Office, told: Office) -> bool:
    """True where the office a text gives can be the one a description means: of the same state or body, or not said of which; but
    "spokesman" alone is not "the spokesman for the ministry"."""
    if office.of == told.of or office.of is None:
        return True
    return told.of is None and not office.personal


def _plain_title(title: str) -> str:
    found = office_in(title)
    return found.title if found else title.casefold()


def _same_title(a: str, b: str) -> bool:
    return _plain_title(a) == _plain_title(b)
