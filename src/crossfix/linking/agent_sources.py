"""Sources without a name of their own: which passages of a document mean one of them, and whom the text names as its members."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossfix.language.names import TITLES
from crossfix.linking.names import is_anonymous

_LINKS = frozenset(
    "of from in who that which at for on with to familiar briefed close including such near by speaking among whose".split()
)
# bodies that go by a common noun after a name: "the Clinton campaign", "the Biden administration"
_COMMON_BODIES = frozenset(
    "campaign administration team family company university foundation group party press".split()
)
_DOCUMENTS = frozenset(
    """
    report statement document analysis estimate imagery commentary table poll letter study survey transcript tweet video
    post article editorial paper footage photograph photo image press-release release filing complaint memo cable bulletin
    data evidence assessment examination review media advertisement ad
    """.split()
)
_DEFINITE = frozenset(("the", "that", "this", "these", "those", "both", "such"))
_NEW = frozenset(("a", "an", "another", "one", "some", "several", "many", "two", "three", "other", "others", "few"))
_SOME = frozenset(("most", "all", "fellow", "various", "numerous", "dozens", "hundreds", "certain", "top", "leading"))
_LOOKED_BACK = 50
PRONOUNS = frozenset("he she it they who which his her their i we you us me him them".split())


def head_of(name: str) -> str:
    """The word that says what a nameless source is, in lower case and the singular: "senior U.S. officials in Seoul" -> official."""
    words = [w.strip("\"'“”‘’.,()") for w in name.split()]
    words = [w for w in words if w]
    if not words:
        return ""
    head = next((w for w, after in pairwise(words) if after.casefold() in _LINKS or name.find(w + ",") >= 0), words[-1])
    return singular(head.casefold())


def singular(word: str) -> str:
    """A noun without its plural ending."""
    if word in ("people", "men", "women"):
        return {"people": "person", "men": "man", "women": "woman"}[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "is", "us")) else word


def nameless(name: str) -> bool:
    """True for a source that its words describe but do not name ("Several analysts", "South Korean lawmakers who were briefed",
    "available evidence"). False for a proper name and for a body that goes by a name and a noun ("the Clinton campaign")."""
    if is_anonymous(name):
        return True
    words = [w.strip("\"'“”‘’.,()") for w in name.split()]
    words = [w for w in words if w]
    head = next((w for w, after in pairwise(words) if after.casefold() in _LINKS), words[-1] if words else "")
    one = singular(head.casefold())
    if one != head.casefold() and words[0].casefold() in _NEW | _SOME and len(words) > 1:
        return True  # "some Democrats"
    if not head or not head[0].islower():
        # "National Security Advisors", "three Leaders", "Senator from Texas": people by what they are
        several = one in _CLASSES["person"] and one != head.casefold()
        one_of = one in TITLES and head != words[-1]
        return several or one_of or not any(w[0].isupper() or not w[0].isascii() for w in words)
    names = [w for w in words if w[0].isupper() and w.casefold().removesuffix("'s").removesuffix("’s") not in TITLES]
    return not (names and head in _COMMON_BODIES)


def common(word: str, text: str) -> bool:
    """True for a capitalised word that is a common noun at the head of a sentence: a document's, a class of people, or one that the
    text writes small elsewhere."""
    small = word.casefold()
    one = singular(small)
    if one in _DOCUMENTS or any(one in nouns for nouns in _CLASSES.values()):
        return True
    if one != small and one.endswith(("er", "or", "ist", "ant", "ent")):
        return True  # "Demonstrators"
    return re.search(rf"(?<![\w'’-]){re.escape(small)}(?![\w'’-])", text) is not None and not word.isupper()


def kind_of(name: str) -> str:
    """ "document" for a report, a statement, imagery; "unnamed" for the rest."""
    return "document" if head_of(name) in _DOCUMENTS and not name.startswith("(") else "unnamed"


@dataclass(slots=True)
class Passage:
    """A nameless source at a passage: the name it is told by, and whether the passage is its own words or another place."""

    name: str
    start: int
    end: int
    own: bool


def apart(text: str, passages: Sequence[Passage]) -> list[int]:
    """For each passage, in order of position, the number of the source it means: a number is the index of the source's first passage.

    "a senior official" is new wherever it stands; "the official", "he" and "they" mean the last source of that name, or of that
    noun. A passage that is not the source's own words (a middle link, a party to an event) means the nearest of its name.
    """
    out = list(range(len(passages)))
    at: dict[tuple[int, str], int] = {}
    by_name: dict[str, list[int]] = {}
    by_head: dict[str, list[int]] = {}
    for n, p in enumerate(passages):
        name = p.name.casefold()
        if not p.own:
            continue
        known = at.get((p.start, name))
        if known is None and _points_back(text, p):
            same = by_name.get(name, [])[-1:]
            alike = same or [
                m for m in by_head.get(head_of(name), ())[-_LOOKED_BACK:] if _alike(passages[m].name, p.name)
            ]
            known = out[alike[-1]] if alike else None
        out[n] = n if known is None else known
        at[p.start, name] = out[n]
        by_name.setdefault(name, []).append(n)
        by_head.setdefault(head_of(name), []).append(n)
    first: dict[str, int] = {}
    for n, p in enumerate(passages):
        name = p.name.casefold()
        if p.own:
            continue
        own = by_name.get(name, [])
        if own:
            after = bisect.bisect_left(own, p.start, key=lambda m: passages[m].start)
            near = own[max(0, after - 1) : after + 1]
            out[n] = out[min(near, key=lambda m: (abs(passages[m].start - p.start), m))]
        else:
            out[n] = first.setdefault(name, n)
    return out


def _points_back(text: str, p: Passage) -> bool:
    words = text[p.start : p.end].casefold().split()
    if not words or words[0] in _NEW:
        return False
    first = words[0].strip("\"'“”‘’.,()")
    return first in _DEFINITE or first in PRONOUNS or first not in p.name.casefold()


def _alike(earlier: str, later: str) -> bool:
    """True where a later "the official" can mean an earlier "senior U.S. official": one noun, one number, nothing new but "new"."""
    if head_of(earlier) != head_of(later):
        return False
    one, two = (x.split()[-1].casefold().endswith("s") for x in (earlier, later))
    extra = {w.casefold() for w in later.split()} - {w.casefold() for w in earlier.split()}
    return (one == two and len(extra - {"new", "same", "unidentified", "unnamed", "first"}) == 0) or (
        one == two and len(later.split()) == 1
    )


_NAMING = re.compile(
    r"\s*[,(–—:-]*\s*(?:including|includ(?:es?|ed)|such as|among them|namely|notably|like)\b[^.;)\n]{0,200}"
)


def named_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch in which the text names members of the source at [start, end): "analysts, among them A and B", "officials
    including C". None where it names none."""
    inside = re.search(r"\b(?:including|such as|among them|namely|notably)\b", text[start:end])
    if inside:
        return start + inside.start(), end
    m = _NAMING.match(text, end)
    return (m.start(), m.end()) if m else None


_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_CLASSES = {
    "state": frozenset("country nation ally government state side capital power".split()),
    "person": frozenset(
        "leader president minister man woman analyst expert official advisor adviser diplomat senator lawmaker"
        " governor ambassador general envoy delegate".split()
    ),
}


def counted(name: str) -> tuple[int, str] | None:
    """How many, and of which kind, a source such as "three allied countries" or "both leaders" counts; None where it does not."""
    first = name.split()[0].casefold() if name.split() else ""
    head = head_of(name)
    for kind, nouns in _CLASSES.items():
        if head in nouns and first in _COUNTS:
            return _COUNTS[first], kind
    return None


_BETWEEN = re.compile(
    r"\s*(?:,|,?\s*and\b|,?\s*&)\s*(?:(?:the|president|prime|minister|foreign|defen[cs]e|secretary|leader|chairman|mr|ms|mrs|[A-Z][\w.]*)\b\.?\s*){0,5}"
)


def coordinated(text: str, marks: Sequence[tuple[int, int, str]], count: int, before: int) -> list[str] | None:
    """The last list of exactly ``count`` different names ("the United States, Japan and South Korea") that ends before a
    position; ``marks`` are (start, end, name) in order. None where there is none."""
    run: list[tuple[int, int, str]] = []
    best: list[str] | None = None
    for mark in [*[m for m in marks if m[1] <= before], (len(text), len(text), "")]:
        if run and _BETWEEN.fullmatch(text, run[-1][1], mark[0]) and mark[2]:
            run.append(mark)
            continue
        names = list(dict.fromkeys(m[2] for m in run))
        if len(names) == count:
            best = names
        run = [mark]
    return best
