"""How alike two names are: folded spellings, Korean names by their syllables, others by their parts weighted by how rare they are.

Folding makes one form of what romanisations write in several ways: Kim/Gim, Ri/Lee/Rhee, Jong/Jung/Chong, Chol/Chul/Cheol in Korean;
Qadhafi/Gaddafi, Muhammad/Mohamed, Yevgeny/Evgenii in Arabic and Russian. It is coarse on purpose: it says "may be the same spelling of a
name", never "is the same person".
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

KOREAN_FAMILY = {
    "kim": "kim gim", "ri": "ri lee rhee yi li", "pak": "pak park bak", "choe": "choe choi chwe",
    "jong": "jong jung chong chung jeong cheong",
    "kang": "kang gang", "jang": "jang chang", "jo": "jo cho", "jon": "jon chon jeon jun", "ryu": "ryu yu yoo you", "ro": "ro no noh roh",
    "rim": "rim im lim yim", "ryang": "ryang yang", "paek": "paek baek baik paik", "pae": "pae bae", "ko": "ko go koh", "ku": "ku gu koo",
    "kwon": "kwon gwon", "son": "son sohn", "hwang": "hwang whang", "yun": "yun yoon youn", "mun": "mun moon", "an": "an ahn", "o": "oh",
    "u": "u woo", "ju": "ju chu joo", "han": "han hahn", "so": "so seo suh", "sin": "sin shin", "song": "song", "hong": "hong",
    "ho": "ho hur heo",
    "nam": "nam", "ha": "ha hah", "min": "min", "hyon": "hyon hyun", "ra": "ra na nah", "won": "won", "kwak": "kwak gwak",
    "yon": "yon yeon",
    "om": "om eom uhm", "chae": "chae", "chon": "cheon", "pang": "pang bang", "to": "to do",
}  # fmt: skip
"""Korean family names, North Korea's spelling first, then others'."""

_FAMILY = {v: k for k, vs in KOREAN_FAMILY.items() for v in vs.split()}
_ONE_VOWEL = {
    "jung": "jong", "chung": "jong", "chul": "chol", "sung": "song", "kyung": "kyong", "gyung": "kyong", "hyun": "hyon", "byung": "pyong",
    "pyung": "pyong", "myung": "myong", "hyuk": "hyok", "suk": "sok", "yung": "yong", "duk": "tok", "dug": "tok", "yul": "yol",
}  # fmt: skip
"""Given-name syllables in which u is often written for what North Korea writes o."""

_PARTICLES = frozenset(
    "al el ul as ad ash an ar az at bin ibn ben bint ould van von de la du da di haji hajji mullah maulavi sheikh shaykh".split()
)
LEAST_PART = 0.92
"""The least likeness of two parts of a name that may be one part in two spellings."""
_LEGAL = frozenset(
    "company co corporation corp limited ltd inc incorporated llc jv joint venture pte of the and for general plc".split()
)


def words_of(name: str) -> list[str]:
    """The words of a name: lower case, without marks and apostrophes; hyphens part words."""
    flat = unicodedata.normalize("NFKD", name.lower())
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    flat = re.sub(r"['’‘ʼ`´\"“”.]", "", flat)
    return re.findall(r"[^\W_]+", flat)


# ------------------------------------------------------------------ Korean


def _syllable_fold(given: str) -> str:
    """One form of a Korean given name, its syllables written together."""
    s = given
    for a, b in (
        ("yeo", "yo"),
        ("eo", "o"),
        ("eu", "u"),
        ("ou", "o"),
        ("oo", "u"),
        ("ee", "i"),
        ("weo", "wo"),
        ("wu", "u"),
    ):
        s = s.replace(a, b)
    for a, b in _ONE_VOWEL.items():
        s = s.replace(a, b)
    for a, b in (("sh", "s"), ("ph", "p"), ("ch", "j"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l")):
        s = s.replace(a, b)
    return re.sub(r"(.)\1", r"\1", s)


@dataclass(frozen=True, slots=True)
class Korean:
    """A Korean name: the family name in one spelling, the given name folded, and the given syllables as they were parted."""

    family: str
    given: str
    syllables: tuple[str, ...]


@lru_cache(maxsize=65536)
def korean(name: str, family_first: bool | None = None) -> tuple[Korean, ...]:
    """The ways to read a name as a Korean one: family name first ("Kim Jong Sik", "Choe Sok-min") or, for a name of two words or with a
    joined given name, last ("Jong-sik Kim"). Nothing where no word is a Korean family name, or the given name is not two or three
    syllables long by its letters."""
    words = words_of(name)
    if not 2 <= len(words) <= 4:
        return ()
    out: list[Korean] = []
    if family_first is not False and words[0] in _FAMILY:
        out.append(_korean(words[0], words[1:]))
    if (
        family_first is not True
        and words[-1] in _FAMILY
        and ("-" in name.strip().split()[0] or words[0] not in _FAMILY)
    ):
        out.append(_korean(words[-1], words[:-1]))
    return tuple(k for k in out if 2 <= len(k.given) <= 14)


def _korean(family: str, given: Iterable[str]) -> Korean:
    parts = tuple(given)
    return Korean(_FAMILY[family], _syllable_fold("".join(parts)), tuple(_syllable_fold(p) for p in parts))


# ------------------------------------------------------------------ others


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """One form of a word as Arabic, Persian, Pashto and Russian names are romanised: few vowels, few consonants."""
    s = word
    for a, b in (
        ("ph", "f"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("zh", "z"),
        ("q", "k"),
        ("ck", "k"),
        ("g", "k"),
        ("w", "v"),
    ):
        s = s.replace(a, b)
    for a, b in (
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ae", "ai"),
        ("ei", "i"),
        ("ey", "i"),
        ("y", "i"),
        ("ie", "i"),
        ("o", "u"),
        ("e", "i"),
    ):
        s = s.replace(a, b)
    s = re.sub(r"(.)\1+", r"\1", s)
    return s[:-1] if len(s) > 4 and s.endswith("h") else s


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a folded word tells: the log of how many names there are to one with it, counted over many names."""

    counts: Mapping[str, int] = field(default_factory=dict)
    names: int = 1

    @classmethod
    def of(cls, names: Iterable[str]) -> Weights:
        """Counted over some names."""
        told = [set(tokens(n)) for n in names]
        return cls(Counter(t for ts in told for t in ts), max(1, len(told)))

    def weight(self, word: str) -> float:
        """The weight of a folded word, at least 0.1."""
        return max(0.1, math.log((self.names + 1) / (self.counts.get(word, 0) + 1)))


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name, particles and titles left out, "abdul" and such joined to what they stand before."""
    words = words_of(name)
    out: list[str] = []
    join = ""
    for w in words:
        if w in ("abd", "abdul", "abdel", "abdal"):
            join = "abdul"
            continue
        if w in _PARTICLES:
            continue
        out.append(folded(join + w))
        join = ""
    return tuple(out)


@lru_cache(maxsize=65536)
def jaro_winkler(a: str, b: str) -> float:
    """The likeness of two words, 0 to 1, by Winkler (1990): shared letters within half the longer word, less for those out of order, more
    for up to four first letters alike."""
    if a == b:
        return 1.0
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    taken = [False] * len(b)
    mine: list[str] = []
    for i, c in enumerate(a):
        for j in range(max(0, i - reach), min(len(b), i + reach + 1)):
            if not taken[j] and b[j] == c:
                taken[j] = True
                mine.append(c)
                break
    if not mine:
        return 0.0
    theirs = [c for c, t in zip(b, taken, strict=True) if t]
    swapped = sum(x != y for x, y in zip(mine, theirs, strict=True)) // 2
    m = len(mine)
    jaro = (m / len(a) + m / len(b) + (m - swapped) / m) / 3
    head = 0
    for x, y in zip(a[:4], b[:4], strict=False):
        if x != y:
            break
        head += 1
    return jaro + head * 0.1 * (1 - jaro)


def sorted_ratio(one: str, other: str) -> float:
    """The likeness of two names with their words in order of the alphabet: twice the longest common subsequence over both lengths."""
    a, b = " ".join(sorted(words_of(one))), " ".join(sorted(words_of(other)))
    row = [0] * (len(b) + 1)
    for c in a:
        last = 0
        for j, d in enumerate(b, 1):
            last, row[j] = row[j], last + 1 if c == d else max(row[j], row[j - 1])
    return 2 * row[-1] / (len(a) + len(b)) if a and b else 0.0


def part_score(one: tuple[str, ...], other: tuple[str, ...], weights: Weights) -> float:
    """0 to 1: how much of the weight of two names' parts is shared, a part counting as shared by the Jaro-Winkler likeness of the
    best partner, none under ``LEAST_PART``. The measure is the soft TF-IDF of Cohen, Ravikumar and Fienberg (2003)."""
    if not one or not other:
        return 0.0
    mine, theirs = [weights.weight(t) for t in one], [weights.weight(t) for t in other]
    shared, free = 0.0, set(range(len(other)))
    for i, a in sorted(enumerate(one), key=lambda p: -mine[p[0]]):
        best, at = 0.0, -1
        for j in free:
            b = other[j]
            like = 1.0 if a == b else jaro_winkler(a, b) if a[:1] == b[:1] and abs(len(a) - len(b)) <= 3 else 0.0
            if like > best:
                best, at = like, j
        if best >= LEAST_PART and min(len(a), len(other[at])) >= 0.7 * max(len(a), len(other[at])):
            free.discard(at)
            shared += best * mine[i] * theirs[at]
    size = math.sqrt(sum(w * w for w in mine)) * math.sqrt(sum(w * w for w in theirs))
    return min(1.0, shared / size)


def body_words(name: str) -> tuple[str, ...]:
    """The folded words of a body's name without legal forms and what stands in brackets; British and American spelling alike."""
    plain = re.sub(r"\([^)]*\)", " ", name)
    words = [w.replace("defence", "defense").replace("organisation", "organization") for w in words_of(plain)]
    kept = [w for w in words if w not in _LEGAL]
    return tuple(folded(w) for w in (kept or words) if w not in ("al", "el"))


def is_acronym(name: str) -> bool:
    """True for a name of one word in capitals, eight letters at most."""
    return bool(re.fullmatch(r"[A-Z][A-Z0-9-]{1,7}", name.strip().strip('"“”')))
