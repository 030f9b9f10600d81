"""Who held which office when: a text that gives a person the title was written in that time, or tells of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from crossfix.errors import CrossfixError


@dataclass(frozen=True, slots=True)
class Terms:
    """A holder's terms as one stretch, both days included; ``last`` is None where one goes on. ``source`` is a Wikipedia article."""

    first: dt.date
    last: dt.date | None
    source: str


@lru_cache(maxsize=1)
def holders() -> dict[tuple[str, str], Terms]:
    """The terms by title and a word of the name, both in lower case. Raises CrossfixError where a row is broken."""
    out: dict[tuple[str, str], Terms] = {}
    text = files("crossfix.reference").joinpath("holders.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        try:
            titles, word, first, last, source, _, _ = line.split("\t")
            terms = Terms(dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else None, source)
        except ValueError as e:
            raise CrossfixError(f"a row that cannot be read ({e})", where="holders.tsv") from e
        for title in titles.split("|") if word else ():
            old = out.get((title, word))
            if old:
                end = max(old.last, terms.last) if old.last and terms.last else None
                terms = Terms(min(old.first, terms.first), end, source)
            out[title, word] = terms
    return out


@dataclass(frozen=True, slots=True)
class Tenure:
    """One term of one person: the titles (lower case), the state or body, the full name, both days included."""

    titles: tuple[str, ...]
    of: str
    name: str
    first: dt.date
    last: dt.date | None
    source: str

    def holds(self, day: dt.date) -> bool:
        """True where the day lies in the term."""
        return self.first <= day and (self.last is None or day <= self.last)


@lru_cache(maxsize=1)
def tenures() -> tuple[Tenure, ...]:
    """Every row of the table as a term of a person with a full name, in the table's order."""
    out = []
    text = files("crossfix.reference").joinpath("holders.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            titles, _, first, last, source, of, name = line.split("\t")
            end = dt.date.fromisoformat(last) if last else None
            out.append(Tenure(tuple(titles.split("|")), of, name, dt.date.fromisoformat(first), end, source))
    return tuple(out)


# by whom "the leader" of a state is meant: the first of these offices that the table has for it on the day
_LEADERS = ("leader", "president", "prime minister", "chancellor")
_PREMIERS = frozenset(("Japan", "United Kingdom", "India", "Israel"))


def holder_of(of: str, title: str, day: dt.date) -> Tenure | None:
    """Who held an office (title in lower case) of a state or body on a day; None where the table knows none, or two."""
    wanted: tuple[str, ...] = (title,)
    if title == "leader":
        wanted = ("leader", "prime minister") if of in _PREMIERS else _LEADERS
    for one in wanted:
        found = {t.name: t for t in tenures() if t.of == of and one in t.titles and t.holds(day)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def offices_of(name: str) -> tuple[Tenure, ...]:
    """All terms of a person, by the full name as the table writes it, oldest first."""
    return tuple(sorted((t for t in tenures() if t.name == name), key=lambda t: (t.first, t.of)))


def held_by(title: str, family: str, day: dt.date) -> Tenure | None:
    """The one person of a family name (one word, any case) who held an office of that title, anywhere, on a day."""
    found = {
        t.name: t
        for t in tenures()
        if title in t.titles and t.holds(day) and family.casefold() in t.name.casefold().replace("-", " ").split()
    }
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    titles = sorted({title for title, _ in holders()}, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])(?P<title>{'|'.join(map(re.escape, titles))}),? (?-i:(?P<name>(?:[A-Z][\w.'’-]* ?){{1,4}}))",
        re.IGNORECASE,
    )


# "former", "then" or "late" before a title; an article too: "a President Smith" is supposed
_GONE = re.compile(
    r"\b(?:former|then|late|ex|past|a|an|by|under|deputy|vice|old|young|elect|outgoing)\W*$", re.IGNORECASE
)


def held_in(sentence: str) -> Iterator[tuple[Terms, str, int, int]]:
    """The holders of offices that a sentence names with their title: terms, the words, and where they stand. Linear."""
    table = holders()
    for m in _titled().finditer(sentence):
        title = m["title"].lower()
        if _GONE.search(sentence[max(0, m.start() - 12) : m.start()]):
            continue
        for word in re.findall(r"[\w’'-]+", m["name"]):
            if not word[0].isupper():
                break
            terms = table.get((title, re.sub(r"['’]s$", "", word.lower())))
            if terms:
                end = m.start("name") + m["name"].index(word) + len(word)
                yield terms, sentence[m.start("title") : end], m.start("title"), end
                break
