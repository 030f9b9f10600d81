"""Whom a report credits: outlets as one key each, the names a text holds, and the outlets that it says it has its news from."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?:[/:].*)?", re.I)
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "go", "or", "ne"))
_WORDS = re.compile(r"\w+")
_STARTS = frozenset('.!?:\n“"')

_NAME = r"([A-Z][\w’'&-]*\.?(?:\s+(?:of\s+)?[A-Z][\w’'&-]*){0,4})"
_BEFORE = re.compile(
    r"\b(?i:according to|citing|told|(?:quoted|first reported|reported|published|seen|obtained|reviewed) (?:by|in)"
    r"|reports? (?:by|in|from)|interview with|spoke to|statement to|writ(?:es|ing) in)\s+"
    r"(?:the\s+)?(?:[a-z]+\s+){0,2}?(?:the\s+)?" + _NAME
)
_AFTER = re.compile(
    _NAME + r"(?:['’]s)?\s+(?:(?:has|had|first|also)\s+)?"
    r"(?:report(?:ed|s)|writes|wrote|quoted|cited|revealed|note[ds]|said|says)\b"
)
_TELLING = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]{2,}|\b\d[\d,.]*\d\b")


def outlet_key(name: str | None) -> str:
    """One form for an outlet's name and its site: "The Guardian", "www.theguardian.com" -> "guardian"."""
    if not name:
        return ""
    m = _HOST.fullmatch(name.strip())
    if m:
        labels = m[1].split(".")[:-1]
        while len(labels) > 1 and labels[-1].lower() in _SECOND_LEVEL:
            labels.pop()
        name = labels[-1]
    key = "".join(_WORDS.findall(name.casefold()))
    return key.removeprefix("the") if len(key) > 6 else key


def named(text: str) -> frozenset[str]:
    """What a text names, as an outlet's key would be: its capitalised words, and runs of two or three words that begin with
    one, each run together. A word at the head of a sentence does not count by itself unless in capitals ("One", "AFP")."""
    found = [(m.start(), m[0]) for m in _WORDS.finditer(text)]
    words = [w for _, w in found]
    out: set[str] = set()
    for n, (at, word) in enumerate(found):
        if not word[0].isupper():
            continue
        # nothing before it: the head of the text
        before = text[max(0, at - 20) : at].rstrip(" \t")[-1:]
        if (before and before not in _STARTS) or (word.isupper() and len(word) > 1):
            out.add(word.casefold())
        out.add("".join(words[n : n + 2]).casefold() if n + 1 < len(words) else "")
        out.add("".join(words[n : n + 3]).casefold() if n + 2 < len(words) else "")
    return frozenset(out - {""})


def credits_of(text: str) -> frozenset[str]:
    """The keys of whomever a text says it has its news from ("Meridian Wire reported", "told the Post"): every run of words of
    such a name, since where a name begins cannot be told from its letters. Most are no outlets; that does no harm."""
    out: set[str] = set()
    for pattern in (_BEFORE, _AFTER):
        for m in pattern.finditer(text):
            words = _WORDS.findall(m[1].casefold())
            out |= {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    return frozenset(k for k in out if len(k) >= 3)


def telling_names(text: str) -> frozenset[str]:
    """The names and figures of a text, by which two tellings of one story can be known: capitalised words inside sentences and
    numbers of two digits or more."""
    return frozenset(w.casefold() for w in _TELLING.findall(text))
