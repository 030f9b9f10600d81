"""Ordinal words as numbers."""

from __future__ import annotations

import re

from crossfix.coding.events_lexicon import ORDINAL_WORDS

_NUMBER = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.I)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}


def nth_of(word: str) -> int | None:
    """The number of an ordinal word: "fifth" -> 5, "19th" -> 19, "twenty-first" -> 21; None for other words."""
    low = word.lower().removesuffix("-ever").removesuffix("-largest")
    if low in ORDINAL_WORDS:
        return ORDINAL_WORDS[low]
    m = _NUMBER.fullmatch(low)
    if m:
        return int(m[1])
    tens, _, unit = low.partition("-")
    if tens in _TENS and unit in ORDINAL_WORDS and ORDINAL_WORDS[unit] < 10:
        return _TENS[tens] + ORDINAL_WORDS[unit]
    return None
