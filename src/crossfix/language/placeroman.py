"""Spellings of one name: Korean and Russian names as different romanisations write them.

Used only where the name as written is in no table, and only among places of the two Koreas or of lands written in Cyrillic that the
document speaks of: "Chongjin" and "Cheongjin", "Komsomolsk-na-Amure" and "Komsomolsk-on-Amur". A key is made of a name in which all
spellings of one sound fall together; places with the same key are the same place.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from crossfix.reference.gazetteer import Entry, fold, gazetteer

KOREAN = frozenset(("KP", "KR"))
CYRILLIC = frozenset(("RU", "UA", "BY", "KZ", "KG", "TJ", "MN", "BG", "UZ", "TM"))

_ADMIN = re.compile(r"[ -](?:ri|dong|gun|kun|si|up|eup|myon|myeon|ku|gu|do|rodongjagu)$")
# McCune-Reischauer, Revised and the North's own spelling, in this order: longer groups first.
_KOREAN_SOUNDS = tuple(
    tuple(x.split(">"))
    for x in (
        "wae>we yeo>yo eo>o eu>u ui>u oe>o ae>e we>o woo>u oo>u ee>i tch>j ch>j ts>j kk>k tt>t pp>p ss>s jj>j gg>k dd>t bb>p ph>p kh>k "
        "th>t sh>s g>k d>t b>p nkn>nn nkr>nn lr>ll rl>ll nr>ll nl>ll l>r rr>r nn>n mm>m"
    ).split()
)
_RUSSIAN_SOUNDS = tuple(
    tuple(x.split(">"))
    for x in (
        "shch>q sch>q tsch>4 tch>4 ch>4 kh>h zh>7 ts>c tz>c sh>6 ks>x iya>ia yo>e ye>e io>e ie>e yy>i iy>i ij>i ii>i yi>i ya>ia ja>ia "
        "yu>iu ju>iu y>i j>i w>v ii>i ss>s nn>n ll>l"
    ).split()
)


def korean_key(name: str) -> str:
    """The sounds of a Korean name: "Ch'ongjin", "Chŏngjin" and "Cheongjin" have one key. The first r, l and n fall "
    "together."""
    text = _ADMIN.sub("", fold(name).replace("-", " "))
    text = text.replace(" ", "")
    for a, b in _KOREAN_SOUNDS:
        text = text.replace(a, b)
    if text[:1] == "r" or text[:2] == "ni":
        text = "n" + text[1:]
    if text[:2] in ("ni", "ny"):
        text = text[1:]
    return text


def russian_key(name: str) -> str:
    """The sounds of a Russian, Ukrainian or Belarusian name: "Dunay", "Dunai" and "Dunaj" have one key; river "
    "parts are joined."""
    text = fold(name)
    text = re.sub(r" (?:on|na|upon) (?:the )?", " na ", text)
    words = text.split()
    if "na" in words[1:]:
        k = words.index("na")
        words = [*words[: k + 1], *(w[:3] for w in words[k + 1 :])]
    text = "".join(words).replace("'", "")
    for a, b in _RUSSIAN_SOUNDS:
        text = text.replace(a, b)
    return text.rstrip("i")


@lru_cache(maxsize=2)
def _index(korean: bool) -> dict[str, tuple[int, ...]]:
    """Rows of the gazetteer by key, for one of the two families; made on first use."""
    index = gazetteer()
    lands, key = (KOREAN, korean_key) if korean else (CYRILLIC, russian_key)
    out: dict[str, tuple[int, ...]] = {}
    for row in index.rows_of(lands):
        name = index.name(row)
        for k in {key(name)}:
            if len(k) >= 4:
                out[k] = (*out.get(k, ()), row)
    return out


def variants(name: str, countries: Container[str]) -> list[Entry]:
    """Places of the countries (ISO 3166 alpha-2) whose name is another romanisation of this one; [] where there is "
    "none."""
    out: list[Entry] = []
    if len(name) < 4 or not name[0].isupper():
        return out
    index = gazetteer()
    for lands, key, korean in ((KOREAN, korean_key, True), (CYRILLIC, russian_key, False)):
        if any(c in countries for c in lands):
            k = key(name)
            if len(k) >= 4:
                out += [e for e in (index.entry(row) for row in _index(korean).get(k, ())) if e.country in countries]
    return out
