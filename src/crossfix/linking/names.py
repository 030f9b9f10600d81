"""When two names mean one party, and which names name nobody."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from crossfix.reference.tables import items, rows

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ARTICLES = frozenset(("the", "a", "an"))
_TITLES = _words(
    "advisor adviser admiral coordinator "
    "mr mrs ms miss dr prof sir president minister premier chairman chairwoman leader general ambassador senator "
    "spokesman spokeswoman spokesperson secretary foreign defence defense prime deputy vice"
)
# bodies whose abbreviation reports use as the name; states come from the table
_BODIES = {"un": "united nations", "eu": "european union", "kremlin": "russia"}


@lru_cache(maxsize=1)
def _state_of() -> dict[str, str]:
    """A state's names, adjectives, people and capitals, as ``party_key`` writes them, to the state: from reference/states.tsv."""
    out = dict(_BODIES)
    for row in rows("crossfix.reference", "states.tsv"):
        forms = [row["name"], *(x for column in ("aliases", "adjectives", "capital") for x in items(row[column]))]
        for form in forms:
            out.setdefault(" ".join(plain_words(form)), row["name"].casefold())
    return out


_NOBODY = _words(
    "official officials source sources analyst analysts expert experts spokesperson spokesman spokeswoman report "
    "reports lawmaker lawmakers diplomat diplomats observer observers critic critics authority authorities he she they "
    "it who we people person man woman others some many someone aide aides adviser advisers insider insiders "
    "researcher researchers resident residents witness witnesses statement statements document documents media"
)


@lru_cache(maxsize=1 << 16)
def party_key(name: str | None) -> str:
    """One form for a party's name, "" for none: without case, accents, articles, titles; a state's adjective, capital
    or abbreviation as the state ("the DPRK", "North Korean" -> "north korea")."""
    if not name:
        return ""
    words = plain_words(name)
    state = _state_of().get(" ".join(words))
    if state is not None:
        return state
    kept = [w for w in words if w not in _TITLES] or words
    return unicodedata.normalize("NFC", " ".join(kept))


def plain_words(name: str) -> list[str]:
    """A name's words without case, accents, articles and full stops; hyphens part words."""
    return list(_plain_words(name))


@lru_cache(maxsize=1 << 16)
def _plain_words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = [w.replace(".", "") for w in _WORD.findall(plain.removesuffix("'s"))]
    return tuple(w for w in words if w not in _ARTICLES)


def same_party(a: str | None, b: str | None) -> bool:
    """True where both are named and mean one party: equal keys, or a person by the last of two or three names."""
    x, y = party_key(a), party_key(b)
    if not x or not y:
        return False
    if x == y:
        return True
    short, full = sorted((x.split(), y.split()), key=len)
    return len(short) == 1 and len(full) in (2, 3) and full[-1] == short[0] and " ".join(full) not in _state_of()


def is_anonymous(name: str) -> bool:
    """True where a name names nobody that another document's same words would surely mean too ("a senior official")."""
    if name.startswith("("):  # "(this article)": an outlet that is not known
        return True
    words = [w.strip("\"'“”‘’.,()").casefold() for w in name.split()]
    if not words:
        return True
    links = ("of", "from", "in")
    head = next((w for w, following in pairwise(words) if following in links), words[-1])
    return head in _NOBODY or words[-1] in _NOBODY


def short_id(letter: str, *parts: str) -> str:
    """A stable id: the letter and ten hex digits of the parts' hash."""
    return letter + hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=5).hexdigest()


_STOP = _words("a an the of and or to for from in on at by with its their his her some more than about other such new")


def content_words(text: str | None) -> frozenset[str]:
    """The words of a phrase that carry its meaning, plurals cut ("artillery shells" -> artillery, shell)."""
    out = set()
    for w in _WORD.findall((text or "").casefold()):
        if w not in _STOP:
            out.add(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w)
    return frozenset(out)
