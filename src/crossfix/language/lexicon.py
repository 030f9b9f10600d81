"""Names that are known beforehand: states with their adjectives and capitals, bodies, persons, weapons, vessels, satellites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from crossfix.model import NameKind
from crossfix.reference.tables import items, rows

Form = Literal["name", "adjective", "capital", "metonym"]

_WORD = re.compile(r"\w+(?:[.\-–']\w+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a known name: the kind, the name used in the record, and what sort of form this is."""

    kind: NameKind
    name: str
    form: Form
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All known forms. ``forms`` maps a form's text (apostrophes plain) to its entry; ``starts`` maps a form's first word to the
    lengths, in words, of the forms that begin with it, longest first."""

    forms: dict[str, Entry]
    starts: dict[str, tuple[int, ...]]
    adjectives: dict[str, str]
    capitals: dict[str, str]

    def get(self, form: str) -> Entry | None:
        """The entry of a form as it stands in a text, apostrophes of either kind."""
        return self.forms.get(plain(form))


def plain(text: str) -> str:
    """A form's words with plain apostrophes, other punctuation dropped: the key it is looked up by."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """A form's words as the look-up counts them."""
    return [w for w, _, _ in word_spans(text)]


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """Words with their offsets, apostrophes plain; a possessive ending is not part of a word."""
    out = []
    for m in _WORD.finditer(text.replace("’", "'").replace("‘", "'")):
        word, end = m.group(), m.end()
        if word.endswith(("'s", "'S")):
            word, end = word[:-2], end - 2
        out.append((word, m.start(), end))
    return out


def _entries() -> Iterator[tuple[str, Entry]]:
    for row in rows("crossfix.reference", "states.tsv"):
        name = row["name"]
        for x in [name, *items(row["aliases"])]:
            yield x, Entry("state", name, "name", row["iso"])
        for x in items(row["adjectives"]):
            yield x, Entry("state", name, "adjective", row["iso"])
        for x in items(row["capital"]):
            yield x, Entry("state", name, "capital", row["iso"])
        for x in items(row["metonyms"]):
            yield x, Entry("state", name, "metonym", row["iso"])
    for row in rows("crossfix.language", "lexicons/agents.tsv"):
        kinds: dict[str, NameKind] = {
            "organisation": "organisation", "person": "person", "vessel": "vessel", "satellite": "satellite",
        }  # fmt: skip
        for x in dict.fromkeys([row["name"], *items(row["aliases"])]):
            yield x, Entry(kinds[row["kind"]], row["name"], "name")
    for row in rows("crossfix.language", "lexicons/weapons.tsv"):
        for x in dict.fromkeys([row["name"], *items(row["aliases"])]):
            yield x, Entry("weapon", row["name"], "name", row["class"])
    from crossfix.reference.outlets import load

    for outlet in load():
        for x in dict.fromkeys([outlet.name, *outlet.aliases]):
            if x[:1].isupper() or x[:1].isdigit():
                yield x, Entry("outlet", outlet.name, "name", outlet.kind)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, built once a process. Where two tables hold one form, the first stands (states, then bodies, ...)."""
    forms: dict[str, Entry] = {}
    starts: dict[str, set[int]] = {}
    adjectives: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for form, entry in _entries():
        key = plain(form)
        if key in forms:
            continue
        if key.startswith(("The ", "the ")) and key[4:] in forms:
            entry = forms[key[4:]]  # "The White House", the outlet, is the White House
        forms[key] = entry
        split = words(key)
        starts.setdefault(split[0], set()).add(len(split))
        if entry.form == "adjective":
            adjectives[key] = entry.name
        elif entry.form == "capital":
            capitals[key] = entry.name
    return Lexicon(forms, {k: tuple(sorted(v, reverse=True)) for k, v in starts.items()}, adjectives, capitals)
