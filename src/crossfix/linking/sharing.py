"""What two texts share: runs of eight words, those of quotations and of page furniture counted apart.

Two reports that quote one statement share its words without either coming from the other, and two reports of one
agency share its copyright notice. Only the reporter's own words show that one text descends from another.
"""

from __future__ import annotations

import bisect
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crossfix.language.parse import paragraphs_of

RUN = 8
"""Words in a run. At eight, chance and set phrases hardly ever agree; a rewrite still keeps some."""
SHORT_RUN = 4
"""Runs of four words, for the degree to which a rewrite follows its model."""

LONG_WORD = 7
"""Letters from which a word says something by itself."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(
    r"“[^“”]{0,3000}(?:”|\Z)|\"[^\"]{0,3000}(?:\"|\Z)|「[^」]{0,3000}」|«[^»]{0,3000}»"
    # single quotation marks: an apostrophe inside a word ends nothing, and a mark that no other answers opens nothing
    r"|(?<!\w)['‘](?=[\w“\"])(?:[^'‘’\n]|(?<=\w)['’](?=\w)){10,1500}['’](?!\w)"
)
# what stands on many pages of one publisher whatever the story; reading marks more, by the page's own structure
_NOTICE = re.compile(
    r"©|\bcopyright\b|\ball rights reserved\b|\bmay not be (?:published|reproduced)|\bterms of use\b|\bsubscribe\b"
    r"|\bprivacy policy\b|\bsign up\b|\bnewsletter|\btranscripts? (?:is|are) (?:created|provided)|\bfollow us on\b"
    r"|\bauthoritative record of\b|\bverify you(?:'|’)re not a robot\b|\binvalid email\b|\bre-enter\b|\bfile photo\b"
    r"|^\W*file\s*[-–—:]|\((?:photo|image)\b|/(?:associated press|ap|reuters|afp|getty images)\)"
    r"|\(reporting by\b|\bediting by\b|^\W*editor(?:'|’)s note\b",
    re.I,
)
# looked for first, since plain words are found much faster; each alternative above holds one of them
_NOTICE_WORDS = (
    "©", "right", "may not be", "terms of use", "subscribe", "privacy", "sign up", "newsletter", "transcript", "follow us",
    "authoritative", "verify", "email", "re-enter", "file", "(photo", "(image", "/associated press", "/ap)", "/reuters",
    "/afp", "/getty", "reporting by", "editing by", "s note",
)  # fmt: skip
# a post quoted whole: "- Name (@handle) February 5, 2018"
_POST = re.compile(r"\(@\w+\)|\bpic\.twitter\.com/")

_MODULUS = (1 << 61) - 1
_BASE = 1_000_003


@dataclass(frozen=True, slots=True)
class Profile:
    """One text's runs of words as fingerprints: ``own`` in the reporter's words, ``short`` likewise in runs of four,
    ``quoted`` inside quotations. ``words`` counts the reporter's own. ``digest`` is one number for all the words, whatever
    their lines and paragraphs: two texts with the same digest say the same. ``facts`` are the names, figures and long words of
    the reporter's own, each once, in the order in which the text brings them; ``line`` has the runs of eight so."""

    own: frozenset[int]
    short: frozenset[int]
    quoted: frozenset[int]
    words: int
    digest: int = 0
    facts: tuple[int, ...] = ()
    line: tuple[int, ...] = ()

    @property
    def all(self) -> frozenset[int]:
        """Own and quoted."""
        return self.own | self.quoted


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share. ``shared`` counts runs of eight in the reporters' own words; ``share`` is that over the
    shorter's runs and ``jaccard`` over both's; ``short_share`` is that of runs of four."""

    shared: int
    share: float
    jaccard: float
    short_shared: int
    short_share: float
    quoted: int


def profile(text: str, furniture: Iterable[tuple[int, int]] = ()) -> Profile:
    """The fingerprints of a text; ``furniture`` are stretches to leave out, as [start, end)."""
    own: dict[int, None] = {}
    short: set[int] = set()
    quoted: set[int] = set()
    words = digest = 0
    facts: dict[int, None] = {}
    outs = sorted(furniture)
    for start, end in paragraphs_of(text):
        piece = text[start:end]
        if any(a < end and start < b for a, b in outs) or _is_notice(piece):
            continue
        digest += sum(map(_mixed, _WORD.findall(piece)))
        if _POST.search(piece):
            quoted.update(runs(piece, RUN))
            continue
        at = 0
        for q in _QUOTED.finditer(piece):
            # a word or two in quotation marks is the reporter's own choice, not a quotation
            if len(q[0].split()) < 4:
                continue
            quoted.update(runs(q[0], RUN))
            words += _take(piece[at : q.start()], own, short, facts)
            at = q.end()
        words += _take(piece[at:], own, short, facts)
    return Profile(
        frozenset(own), frozenset(short), frozenset(quoted), words, digest % _MODULUS, tuple(facts), tuple(own)
    )


def _is_notice(piece: str) -> bool:
    low = piece.casefold()
    return any(w in low for w in _NOTICE_WORDS) and _NOTICE.search(piece) is not None


@lru_cache(maxsize=1 << 17)
def _mixed(word: str) -> int:
    """A word's share in the digest: a sum does not see order, so that lines folded elsewhere change nothing."""
    return pow(_code(word) + 1, 3, _MODULUS)


def _take(piece: str, own: dict[int, None], short: set[int], facts: dict[int, None]) -> int:
    found = _WORD.findall(piece)
    codes = [_code(w) for w in found]
    own.update(_runs(codes, RUN))
    short.update(_runs(codes, SHORT_RUN))
    for n, (word, code) in enumerate(zip(found, codes, strict=True)):
        if len(word) >= LONG_WORD or word[0].isdigit() or (n and word[0].isupper() and len(word) > 2):
            facts.setdefault(code, None)
    return len(found)


@lru_cache(maxsize=1 << 17)  # a text, and a day's texts, have few words and use them often
def _code(word: str) -> int:
    return zlib.crc32(word.casefold().replace("’", "'").encode("utf-8", "replace"))


def runs(text: str, length: int) -> dict[int, None]:
    """The fingerprints of all runs of so many words, each once, in their order."""
    return _runs([_code(w) for w in _WORD.findall(text)], length)


def _runs(codes: list[int], length: int) -> dict[int, None]:
    # a polynomial over the words' codes, rolled on by one word at a time
    if len(codes) < length:
        return {}
    top, seed = pow(_BASE, length - 1, _MODULUS), length * pow(_BASE, length, _MODULUS)
    value = 0
    for code in codes[:length]:
        value = (value * _BASE + code) % _MODULUS
    out = {(value + seed) % _MODULUS: None}
    for first, code in zip(codes, codes[length:], strict=False):
        value = ((value - first * top) * _BASE + code) % _MODULUS
        out[(value + seed) % _MODULUS] = None
    return out


def overlap(a: Profile, b: Profile) -> Overlap:
    """What two texts share; the same whichever comes first."""
    shared = len(a.own & b.own)
    either = len(a.own | b.own)
    short = len(a.short & b.short)
    return Overlap(
        shared,
        shared / max(1, min(len(a.own), len(b.own))),
        shared / max(1, either),
        short,
        short / max(1, min(len(a.short), len(b.short))),
        len(a.quoted & b.quoted),
    )


def order(a: Profile, b: Profile) -> tuple[int, int]:
    """How many names, figures and long words two texts share, and how many of them at most stand in the same order in both."""
    place = {fact: n for n, fact in enumerate(b.facts)}
    line = [place[fact] for fact in a.facts if fact in place]
    ends: list[int] = []  # patience sorting: the lowest end of a rising row of each length
    for at in line:
        n = bisect.bisect_left(ends, at)
        ends[n : n + 1] = [at]
    return len(line), len(ends)


def shared_from(a: Profile, b: Profile) -> float:
    """How far down the first run stands that both texts have, as a share of the text (0 to 1), in the one where it stands higher;
    1 where they share none."""
    if not a.own & b.own:
        return 1.0
    return min(next(n for n, run in enumerate(x.line) if run in y.own) / len(x.line) for x, y in ((a, b), (b, a)))
