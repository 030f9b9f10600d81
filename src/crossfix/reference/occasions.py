"""Dated public occasions, told by the words by which reports speak of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from crossfix.errors import CrossfixError


@dataclass(frozen=True, slots=True)
class Occasion:
    """A happening whose day is known, and the words that tell it in one sentence.

    Days are local, both included. ``key`` are literal words in lower case of which one must stand in the sentence, ``words`` regular
    expressions that must all be found, ``pattern`` one more without open gaps ("" for none). ``planned`` marks those that are announced
    beforehand (summits, elections): only they can be told as to come. ``common`` marks words that fit other occasions too. ``place`` is a
    name with the country's ISO 3166 code, "" where there is none. ``id`` is the row's own, ``read`` the day on which its source was opened,
    "" where the row was typed from common knowledge and the source only names where it can be looked up.
    """

    name: str
    first: dt.date
    last: dt.date
    key: tuple[str, ...]
    words: tuple[str, ...]
    pattern: str
    place: str
    source: str
    planned: bool = False
    common: bool = False
    id: str = ""
    licence: str = ""
    read: str = ""

    def search(self, text: str, known: dict[str, tuple[int, int] | None] | None = None) -> tuple[int, int] | None:
        """Where a sentence tells of it: from the first to the last of its words; None where it does not. Linear in the sentence.
        ``known`` keeps what was looked for in that sentence before."""
        known = {} if known is None else known
        low = text.lower()
        at = next(((i, i + len(k)) for k in self.key if (i := low.find(k)) >= 0), None)
        if at is None:
            return None
        spans = [at]
        for source in (*self.words, *((self.pattern,) if self.pattern else ())):
            if source not in known:
                hit = _compiled(source).search(text)
                known[source] = hit.span() if hit else None
            found = known[source]
            if found is None:
                return None
            spans.append(found)
        return spans[-1] if self.pattern else (min(a for a, _ in spans), max(b for _, b in spans))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """One of the table's regular expressions, bound to whole words; compiled when it is first needed."""
    return re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def occasions() -> tuple[Occasion, ...]:
    """The table, read once a process. Raises CrossfixError where a row is broken."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("crossfix.reference").joinpath("occasions.yaml").read_text(encoding="utf-8")
    out = []
    for row in yaml.load(text, Loader=loader):
        try:
            first, _, last = str(row["when"]).partition("/")
            a = dt.date.fromisoformat(first)
            b = dt.date.fromisoformat(last) if last else a
            if b < a or not row["key"]:
                raise ValueError(f"{row['name']}: days out of order, or no key")
            out.append(
                Occasion(
                    row["name"], a, b, tuple(row["key"]), tuple(row.get("words", ())), row.get("pattern", ""),
                    row.get("place", ""), row["source"], bool(row.get("planned")), bool(row.get("common")),
                    str(row["id"]), str(row["licence"]), str(row["read"] or ""),
                )
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as e:
            raise CrossfixError(f"a row that cannot be read ({e})", where="occasions.yaml") from e
    return tuple(out)


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def _starts() -> dict[str, tuple[Occasion, ...]]:
    """The occasions by the first four letters of their keys' first words, so that most sentences are passed over at once."""
    out: dict[str, dict[int, Occasion]] = {}
    for o in occasions():
        for key in o.key:
            m = _WORD.search(key)
            if m:
                out.setdefault(m[0][:4], {})[id(o)] = o
    return {start: tuple(found.values()) for start, found in out.items()}


def told_in(sentence: str) -> list[tuple[Occasion, tuple[int, int]]]:
    """The occasions a sentence tells of, in the table's order, each with where its words stand. Linear in the sentence's length."""
    starts = _starts()
    near = {id(o): o for m in _WORD.finditer(sentence.lower()) for o in starts.get(m[0][:4], ())}
    known: dict[str, tuple[int, int] | None] = {}
    found = [(o, at) for o in near.values() if (at := o.search(sentence, known))]
    return sorted(found, key=lambda x: (x[0].first, x[0].name))
