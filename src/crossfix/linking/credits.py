"""Whom a report credits: outlets as one key each, the names a text holds, and the outlets that it says it has its news from."""

from __future__ import annotations

import re
from functools import lru_cache

_HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?:[/:].*)?", re.I)
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "go", "or", "ne"))
_WORDS = re.compile(r"\w+")
# a word that may have a capital, and the two words behind it
_CAPITAL = re.compile(r"\b([^\W\d_a-z]\w*)(?=(?:\W+(\w+)(?:\W+(\w+))?)?)")
_STARTS = frozenset('.!?:\n“"')

_NAME = r"([A-Z][\w’'&-]*\.?(?:\s+(?:of\s+)?[A-Z][\w’'&-]*){0,4})"
_THE = r"\s+(?:the\s+)?(?:[a-z]+\s+){0,2}?(?:the\s+)?"
_BEFORE = re.compile(
    r"\b(?i:according to|citing|told|(?:quoted|first reported|reported|published|seen|obtained|reviewed) (?:by|in)"
    r"|reports? (?:by|in|from)|interview with|spoke to|statement to|writ(?:es|ing) in|information from:)" + _THE + _NAME
)
_BEHIND = re.compile(r"[,”\"] (?:reports|reported|writes|wrote) (?:the )?" + _NAME)
"""The outlet behind its verb: "..., reports BBC News"."""
_AFTER = re.compile(
    _NAME + r"(?:['’]s)?\s+(?:(?:has|had|first|also)\s+)?"
    r"(report(?:ed|s)|writes|wrote|quoted|cited|revealed|note[ds]|said|says)\b"
)
_SEEN = re.compile(r"\b(?i:seen|obtained|reviewed|first reported) by (?:the )?" + _NAME)
_TOLD = re.compile(r"(?:told|interview with|spoke to|statement to)\b", re.I)
_SOURCE_LINE = re.compile(r"^Information from: .{0,80}$", re.I | re.M)
OPENING = 200
"""Words within which a report says whose news it retells; who is named further down was asked for a part of it."""
_OPENING = re.compile(rf"(?:\S*+\s++){{{OPENING}}}")  # possessive: two blanks must not be tried as two ends of words
_TELLING = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]{2,}|\b\d[\d,.]*\d\b")

# names of papers and stations end in these; alone ("the Times") each is many papers' short name
_PRESS = frozenset(
    "times post news herald tribune journal gazette chronicle star telegraph mail mirror standard observer globe inquirer"
    " magazine radio tv television press daily today sun express independent mercury courier examiner dispatch review".split()
)
# who else "reports": offices, not outlets
_OFFICE = frozenset(
    "ministry department office police court house army navy force forces government council committee commission pentagon"
    " kremlin agency administration company bank university institute service bureau senate congress parliament staff command"
    " embassy organisation organization group inc corp company officials analysts he she it they we who i".split()
)


def outlet_key(name: str | None) -> str:
    """One form for an outlet's name and its site: "The Guardian", "www.theguardian.com" -> "guardian"; where the table of outlets
    has it, the form that others credit it by: "www.nytimes.com", "NYT" -> "newyorktimes"."""
    if not name:
        return ""
    return _outlet_key(name.strip())


@lru_cache(maxsize=4096)
def _outlet_key(name: str) -> str:
    from crossfix.reference import outlets  # the table takes a while to read

    known = outlets.by_name(name)
    m = _HOST.fullmatch(name)
    if m:
        known = known or outlets.by_domain(name)
        labels = m[1].split(".")[:-1]
        while len(labels) > 1 and labels[-1].lower() in _SECOND_LEVEL:
            labels.pop()
        name = labels[-1]
    return _plain(known.short if known else name)


def _plain(name: str) -> str:
    key = "".join(_WORDS.findall(name.casefold()))
    return key.removeprefix("the") if len(key) > 6 else key


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    """Every name in the table of outlets, run together, and its outlet's key."""
    from crossfix.reference import outlets

    out: dict[str, str] = {}
    for o in outlets.load():
        for alias in (o.name, *o.aliases, *o.codes):
            if (key := _plain(alias)) not in _PRESS:
                out.setdefault(key, _plain(o.short))
    return out


@lru_cache(maxsize=1)
def _papers() -> frozenset[str]:
    """The keys of newspapers and broadcasters that carry no others' news for pay: who credits one of them has a single report."""
    from crossfix.reference import outlets

    return frozenset(
        _plain(o.short) for o in outlets.load() if not o.is_wire and o.kind in ("newspaper", "broadcaster")
    )


@lru_cache(maxsize=1)
def _others() -> frozenset[str]:
    """The keys of wires, state media and offices: to have one's news from them is to have it from where all have it."""
    from crossfix.reference import outlets

    return frozenset(_plain(o.short) for o in outlets.load()) - _papers()


def named(text: str) -> frozenset[str]:
    """What a text names, as an outlet's key would be: its capitalised words, and runs of two or three words that begin with
    one, each run together. A word at the head of a sentence does not count by itself unless in capitals ("One", "AFP")."""
    out: set[str] = set()
    for m in _CAPITAL.finditer(text):
        word, second, third = m.groups("")
        if not word[0].isupper():
            continue
        # nothing before it: the head of the text
        at = m.start()
        before = text[max(0, at - 20) : at].rstrip(" \t")[-1:]
        if (before and before not in _STARTS) or (word.isupper() and len(word) > 1):
            out.add(word.casefold())
        if second:
            out.add((word + second).casefold())
            if third:
                out.add((word + second + third).casefold())
    known = _aliases()
    return frozenset((out | {known[k] for k in out & known.keys()}) - {""})


Credited = tuple[re.Pattern[str], re.Match[str], list[str]]


def credited_in(text: str) -> list[Credited]:
    """The names in the place of a source: by which pattern, where, and as words."""
    found = [(pattern, m, _words_of(m[1])) for pattern in (_BEFORE, _BEHIND, _AFTER) for m in pattern.finditer(text)]
    return [x for x in found if x[2]]


def credits_of(text: str, found: list[Credited] | None = None) -> frozenset[str]:
    """The keys of whomever a text says it has its news from ("Meridian Wire reported", "told the Post"): each name whole and in its
    shorter forms, since where it ends cannot be told from its letters. Most are no outlets; that does no harm. ``found`` is what
    ``credited_in`` gives, where that is known already."""
    out: set[str] = set()
    known = _aliases()
    for pattern, _, words in credited_in(text) if found is None else found:
        from_start = pattern is not _AFTER
        parts = [words[:n] if from_start else words[-n:] for n in range(1, len(words) + 1)]
        # "Times" is not the outlet where the name is "Hill Times"
        keys = {"".join(p) for p in parts if len(p) == len(words) or len(p) > 1 or p[0] not in _PRESS}
        out |= keys | {known[k] for k in keys & known.keys()}
    return _resolved(out)


def press_of(text: str, found: list[Credited] | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """Of those that a text says at its opening (or in an "Information from" line) that it has its news from, the papers, stations and
    sites, each by its whole name: not the wires, whose news all have, nor offices and persons. A name that no table has counts where
    it ends as papers' names do, or where it "reports". -> those, and the same with those to whom somebody "told" something."""
    out: set[str] = set()
    told: set[str] = set()
    known = _aliases()
    head = _OPENING.match(text)
    opening = head.end() if head else len(text)
    lines = [(m.start(), m.end()) for m in _SOURCE_LINE.finditer(text, opening)]
    told_there = [
        x
        for x in (credited_in(text) if found is None else found)
        if x[1].end() <= opening or any(a <= x[1].start() and x[1].end() <= b for a, b in lines)
    ]
    seen = [(_SEEN, m, _words_of(m[1])) for m in _SEEN.finditer(text, 0, opening)]
    for pattern, m, words in (*told_there, *(x for x in seen if x[2])):
        into = told if _TOLD.match(m[0]) else out
        first = pattern is not _AFTER
        parts = [words[:n] if first else words[-n:] for n in range(len(words), 0, -1)]
        # "the Hill Gazette" is not The Hill, but "CNN Abe" in "told CNN Abe was late" is CNN
        parts = parts[:1] if words[-1] in _PRESS else parts
        outlet = next((known[k] for p in parts if (k := "".join(p)) in known), None)
        if outlet is not None:
            into |= {outlet} & _papers()
        elif not _OFFICE & set(words) and (
            (words[-1] in _PRESS and (len(words) > 1 or m[1][-1] != "."))
            or pattern in (_BEHIND, _SEEN)
            or (pattern is _AFTER and m[2].startswith("report"))
        ):
            into.add("".join(words))
    return _resolved(out) - _others(), _resolved(out | told) - _others()


def _words_of(name: str) -> list[str]:
    words = _WORDS.findall(name.casefold().removesuffix("'s").removesuffix("’s"))
    return words[1:] if words[:1] == ["the"] else words


def _resolved(keys: set[str]) -> frozenset[str]:
    """ "The Times" is the Hill Times in a text that speaks of that before; by itself it stays what it is."""
    for short in keys & _PRESS:
        longer = {k for k in keys if k != short and k.endswith(short)}
        if longer:
            keys = keys - {short}
    return frozenset(k for k in keys if len(k) >= 3)


def telling_names(text: str) -> frozenset[str]:
    """The names and figures of a text, by which two tellings of one story can be known: capitalised words inside sentences and
    numbers of two digits or more."""
    return frozenset(w.casefold() for w in _TELLING.findall(text))
