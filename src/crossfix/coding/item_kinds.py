"""What kind of thing an item is: shells, rockets, drones, fuel, technology and so on, by the word table `reference/items.tsv`.

Named systems (KN-23, Shahed, S-300) come from the table and, by class, from the lexicon of weapons. The longest entry that reads the
item's words wins where entries overlap; of the rest, what stands nearest the head, the last word before "of", "for" or "to", decides.
An item with none of the table's words is "other" with no word to show for it: not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast, get_args

from crossfix.errors import CrossfixError
from crossfix.language.lexicon import lexicon
from crossfix.model import ItemKind
from crossfix.reference import tables

CLASSES: dict[str, ItemKind] = {
    "ICBM": "ballistic_missiles", "SRBM": "ballistic_missiles", "MRBM": "ballistic_missiles", "IRBM": "ballistic_missiles",
    "SLBM": "ballistic_missiles", "hypersonic": "ballistic_missiles", "cruise missile": "cruise_missiles", "launcher": "launchers",
    "air defence": "air_defence", "armour": "armoured_vehicles", "aircraft": "aircraft", "drone": "drones",
    "rocket artillery": "rockets", "artillery": "launchers",
}  # fmt: skip
"""Kinds by the weapons lexicon's classes; its torpedo has no kind here."""

HELP = frozenset("technology assistance help cooperation know-how expertise support design blueprint".split())
ARMS_KINDS = frozenset(get_args(ItemKind)) - {"food_aid", "money", "training", "technology", "fuel", "other"}
"""Kinds whose technology is technology, not the thing."""

_PARTS = re.compile(r"\s*(?:,|;|\band\b|\bor\b|\bincluding\b|\bas well as\b|\bplus\b)\s*", re.I)
_TAIL = re.compile(r"\b(?:for|to|from|with|on|in|against|by)\b", re.I)
_PURPOSE = re.compile(
    r"\b(?:help|assistance|support|cooperation|expertise|aid|know-how)\s+(?:to|in|with|for)\s+\w+", re.I
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kind of an item, all kinds of its parts in order, and the words that decided the first ("" where none is known)."""

    kind: ItemKind
    kinds: tuple[ItemKind, ...]
    word: str


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: ItemKind
    weight: int


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], _Entry]:
    """The table by the words of an entry, in the singular. Raises CrossfixError where a row is broken."""
    known = set(get_args(ItemKind))
    out: dict[tuple[str, ...], _Entry] = {}
    for row in tables.rows("crossfix.reference", "items.tsv"):
        if row["kind"] not in known or row["weight"] not in "012" or not row["source"]:
            raise CrossfixError(f"a row of kind {row['kind']!r} that cannot be read", where="items.tsv")
        for words in tables.items(row["words"]):
            out.setdefault(
                tuple(_singular(w) for w in _words(words)), _Entry(cast(ItemKind, row["kind"]), int(row["weight"]))
            )
    return out


@lru_cache(maxsize=1)
def _systems() -> dict[tuple[str, ...], ItemKind]:
    """Named systems of the weapons lexicon by the words of their names."""
    forms = lexicon().forms.items()
    return {tuple(_words(f)): CLASSES[e.detail] for f, e in forms if e.kind == "weapon" and e.detail in CLASSES}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text.lower().replace("‑", "-"))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@lru_cache(maxsize=4096)
def kinds_of(item: str) -> Kinds:
    """The kinds of an item as written ("artillery shells and KN-23 missiles": shells, ballistic_missiles). Never raises on odd text."""
    unknown: tuple[ItemKind, str] = ("other", "")
    found: list[tuple[ItemKind, str]] = []
    for part in _PARTS.split(item)[:24]:
        one = _kind_of(part)
        if one is not None and (one[0] not in {k for k, _ in found}):
            found.append(one)
    named = [f for f in found if f[0] != "other"]
    best = (named or found or [unknown])[0]
    return Kinds(best[0], tuple(k for k, _ in named) or ("other",), best[1])


def _kind_of(part: str) -> tuple[ItemKind, str] | None:
    words = _words(part)[:40]
    if _PURPOSE.match(part.strip()):  # "help to build nuclear submarines" is help, not submarines
        return _as_technology(_best(words[1:]), words[0])
    m = _TAIL.search(part)
    core = _words(part[: m.start()]) if m and m.start() else words
    best = _best(core)
    if core and _singular(core[-1]) in HELP and best is not None:
        return _as_technology(best, core[-1]) if best[0] in ARMS_KINDS else best
    return best or _best(words)


def _as_technology(best: tuple[ItemKind, str] | None, word: str) -> tuple[ItemKind, str]:
    """Help with satellites or nuclear matters is of their kind, help with other things technology."""
    return best if best is not None and best[0] in ("satellites", "nuclear") else ("technology", word)


def _best(words: list[str]) -> tuple[ItemKind, str] | None:
    """The entry that decides among some words: a heavier one first, then the head's, then the longer."""
    singles = [_singular(w) for w in words]
    hits: list[tuple[tuple[int, int, int], ItemKind, str]] = []
    stop = next((i for i, w in enumerate(words) if w == "of"), len(words))
    for size in (4, 3, 2, 1):
        for i in range(len(words) - size + 1):
            entry = _table().get(tuple(singles[i : i + size]))
            system = _systems().get(tuple(words[i : i + size])) if entry is None else None
            if entry is None and system is None:
                continue
            weight = entry.weight if entry is not None else 2
            kind = entry.kind if entry is not None else cast(ItemKind, system)
            end = i + size
            hits.append(((weight, end if end <= stop else 0, size), kind, " ".join(words[i:end])))
    if not hits:
        return None
    if max(hits, key=lambda h: h[0])[1] == "components":  # parts of a reactor are controlled with it
        hits = [h for h in hits if h[1] == "nuclear"] or hits
    _, kind, word = max(hits, key=lambda h: h[0])
    return kind, word
