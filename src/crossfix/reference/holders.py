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
            titles, word, first, last, source = line.split("\t")
            terms = Terms(dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else None, source)
        except ValueError as e:
            raise CrossfixError(f"a row that cannot be read ({e})", where="holders.tsv") from e
        for title in titles.split("|"):
            old = out.get((title, word))
            if old:
                end = max(old.last, terms.last) if old.last and terms.last else None
                terms = Terms(min(old.first, terms.first), end, source)
            out[title, word] = terms
    return out


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
