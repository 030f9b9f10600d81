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
from typing import Any

from crossfix.language.parse import paragraphs_of

RUN = 8
"""Words in a run. At eight, chance and set phrases hardly ever agree; a rewrite still keeps some."""
SHORT_RUN = 4
"""Runs of four words, for the degree to which a rewrite follows its model."""

LONG_WORD = 7
"""Letters from which a word says something by itself."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff_]+(?:['’][^\W\d_]+)?")
QUOTED = re.compile(
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

_BASE = 0x9E3779B97F4A7C15
"""Odd, so that multiplying by it loses nothing modulo 2 to the 64."""
_MANY = 1 << 18
"""Words whose codes are kept: a day's texts have few words and use them often."""


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


def profile(
    text: str, furniture: Iterable[tuple[int, int]] = (), paragraphs: Iterable[tuple[int, int]] | None = None
) -> Profile:
    """The fingerprints of a text; ``furniture`` are stretches to leave out, as [start, end). ``paragraphs`` are the text's, where they
    are known already."""
    own, quoted = _Line(), _Line()
    facts: dict[int, None] = {}
    outs = sorted(furniture)
    # looked for in the whole text first, since most texts have few of these
    low = text.casefold()
    notices = [w for w in _NOTICE_WORDS if w in low]
    posts = "(@" in text or "pic.twitter.com/" in text
    for start, end in paragraphs_of(text) if paragraphs is None else paragraphs:
        piece = text[start:end]
        if any(a < end and start < b for a, b in outs) or (notices and _is_notice(piece, notices)):
            continue
        if posts and _POST.search(piece):
            quoted.take(piece)
            continue
        at = 0
        for q in QUOTED.finditer(piece):
            # a word or two in quotation marks is the reporter's own choice, not a quotation
            if len(q[0].split()) < 4:
                continue
            quoted.take(q[0])
            own.take(piece[at : q.start()], facts)
            at = q.end()
        own.take(piece[at:], facts)
    line = dict.fromkeys(own.runs(RUN))
    return Profile(
        frozenset(line), frozenset(own.runs(SHORT_RUN)), frozenset(quoted.runs(RUN)), len(own.codes),
        _digest(own.codes + quoted.codes), tuple(facts), tuple(line),
    )  # fmt: skip


def _is_notice(piece: str, words: list[str]) -> bool:
    low = piece.casefold()
    return any(w in low for w in words) and _NOTICE.search(piece) is not None


class _Words(dict[str, tuple[int, int]]):
    """A word's code, and what it tells by itself: 2 something, 1 something unless it is the first, 0 nothing."""

    def __missing__(self, word: str) -> tuple[int, int]:
        if len(self) >= _MANY:
            self.clear()
        code = zlib.crc32(word.casefold().replace("’", "'").encode("utf-8", "replace"))
        tells = 2 if len(word) >= LONG_WORD or word[0].isdigit() else int(word[0].isupper() and len(word) > 2)
        self[word] = code, tells
        return code, tells


_words = _Words()


class _Line:
    """The words of several stretches of a text, one after the other; no run goes from one stretch into the next."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.ends: list[int] = []

    def take(self, stretch: str, facts: dict[int, None] | None = None) -> None:
        """Put a stretch at the end, and its names, figures and long words with the ``facts``."""
        found = list(map(_words.__getitem__, _WORD.findall(stretch)))
        if not found:
            return
        self.codes += [code for code, _ in found]
        self.ends.append(len(self.codes))
        if facts is not None:
            if found[0][1] == 2:
                facts[found[0][0]] = None
            facts.update([(code, None) for code, tells in found[1:] if tells])

    def runs(self, length: int) -> list[int]:
        """The fingerprints of all runs of so many words, in their order: a polynomial over the words' codes modulo 2 to the 64,
        then mixed so that every bit depends on all of it; as signed numbers, which databases have."""
        import numpy as np

        count = len(self.codes) - length + 1
        if count < 1:
            return []
        codes = np.array(self.codes, dtype=np.uint64) + np.uint64(1)
        value = np.full(count, length, dtype=np.uint64)
        inside = np.ones(count, dtype=bool)
        for n in range(length):
            value = value * np.uint64(_BASE) + codes[n : n + count]
        for end in self.ends:
            inside[max(0, end - length + 1) : end] = False
        found: list[int] = _mixed(value[inside]).view(np.int64).tolist()
        return found


def runs(text: str, length: int) -> list[int]:
    """The fingerprints of all runs of so many words of a text, in their order."""
    line = _Line()
    line.take(text)
    return line.runs(length)


def _mixed(value: Any) -> Any:
    """The finalizer of SplitMix64 (Steele, Lea, Flood 2014)."""
    import numpy as np

    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _digest(codes: list[int]) -> int:
    """One number for the words: a sum does not see order, so that lines folded elsewhere change nothing."""
    import numpy as np

    return int(_mixed(np.array(codes, dtype=np.uint64) + np.uint64(1)).sum()) if codes else 0


def overlap(a: Profile, b: Profile) -> Overlap:
    """What two texts share; the same whichever comes first."""
    shared = len(a.own & b.own)
    either = len(a.own) + len(b.own) - shared
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
