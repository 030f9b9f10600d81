# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Whether a text tells a date or an occasion as past or as still to come: by words that leave no doubt, without a parser.

What is doubtful is None: reported plans ("had planned to", "was to"), conditions, reprints, anniversaries. Used after reading, where the
parse of a document is no longer at hand; ``Document.written``, which has the parse, must agree before a finding speaks against a date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crossfix.checking.calendar_dates import dates_in, plain_of

Side = Literal["past", "ahead"]

_VERB = (
    r"(?:took place|took part|carried out|fell|shot|flew|flown|met|held|said|told|gave|given|spoke|spoken|signed|fired|launched|tested|died|born|"
    r"killed|killing|arrived|visited|announced|declared|adopted|voted|vetoed|unveiled|published|released|issued|imposed|sanctioned|"
    r"designated|conducted|happened|occurred|crashed|exploded|attacked|invaded|struck|hit|sent|received|delivered|detained|arrested|"
    r"seized|elected|sworn in|appointed|resigned|returned|left|landed|departed|docked|sailed|hosted|welcomed|called|warned|wrote|"
    r"reported|confirmed|denied|claimed|admitted|showed|displayed|inspected|attended|travelled|traveled|agreed|rejected|passed|won|lost|"
    r"came|went|was|were)"
)
# Words by which a thing is only planned, supposed, bounded or told from another time.
_BARS = (
    r"(?:will|would|shall|should|could|can|may|might|must|to|be|being|is|are|if|unless|until|till|by|before|after|since|due|plans?|planned|planning|"
    r"schedul\w+|expect\w*|slated|set|deadline|intend\w*|next|upcoming|coming|propos\w+|postponed|delayed|moved|extend\w+|expir\w+|"
    r"effective|ending|ended|begin\w*|starting|through|hop\w+|want\w*|aim\w*|vow\w*|promis\w+|ahead|likely|not|never|amended|updated|"
    r"corrected|accessed|retrieved|fiction\w*|novel|film|movie|imagin\w+|suppose\w*|hypothetical\w*|simulat\w+|scenario|ticket\w*|copyright|’ll|'ll)"
)
_WORD = r"[\w’'$€£.%-]+"
_HUNG = re.compile(
    rf"\b(?P<verb>{_VERB})(?P<rest>(?: {_WORD},?){{0,8}}?) (?:on|in the (?:morning|evening|afternoon) of|on the (?:morning|evening|night|afternoon) of) (?:\w+day,? )?$|\b(?P<verb2>{_VERB})(?P<rest2>(?: {_WORD}){{0,3}}?),? \w+day,? $"
)
_OPENS = re.compile(r"(?:^|[.;:—–“\"(] ?|, )(?:[Oo]n|[Ii]n the (?:morning|evening) of) (?:\w+day,? )?$")
_FOLLOWS = re.compile(rf"^,?(?P<rest>(?: {_WORD}){{1,7}}?) (?P<verb>{_VERB})\b")
_BARRED = re.compile(rf"(?<![\w-]){_BARS}(?![\w-])", re.IGNORECASE)
# A made-up world has dates of its own.
_FICTION = re.compile(
    r"\b(?:novels?|films?|movies?|fiction\w*|episodes?|video games?|plot|sequel|imagin\w+|hypothetical\w*|scenario|simulat\w+|prophe\w+|predict\w+)\b",
    re.IGNORECASE,
)
_MOST = 160


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A full date that a text tells as past, and by which word."""

    start: int
    end: int
    day: dt.date
    cue: str


def past_days(text: str) -> Iterator[ToldDay]:
    """The dates with their year that a sentence tells as past: "was fired on 18 December 2023", "On 18 December 2023, it fired". The text
    is one sentence. Linear in its length."""
    plain = plain_of(text)
    if _FICTION.search(plain):
        return
    for start, end, day in dates_in(plain):
        cue = _past_cue(plain[max(0, start - _MOST) : start], plain[end : end + _MOST])
        if cue:
            yield ToldDay(start, end, day, cue)


def _past_cue(before: str, after: str) -> str | None:
    m = _HUNG.search(before)
    if m:
        lead = " ".join(before[: m.start()].split()[-4:])
        rest = m["rest"] or m["rest2"] or ""
        if not _BARRED.search(lead) and not _BARRED.search(rest):
            return m["verb"] or m["verb2"]
        return None
    if _OPENS.search(before):
        m = _FOLLOWS.search(after)
        if m and not _BARRED.search(m["rest"]) and not _BARRED.match(after[m.end() :].lstrip(" ")):
            return m["verb"]
    return None


# -------------------------------------------------------------------- occasions

_AHEAD_BEFORE = re.compile(
    r"\b(?:upcoming|forthcoming|planned|scheduled|ahead of|in the run-up to|on the eve of|preparing for|prepares for|looking ahead to|"
    r"next (?:week|month|year)(?:['’]s)?|later this (?:week|month|year)(?:['’]s)?|will (?:\w+ ){0,2}(?:host|attend|hold|meet|travel|visit|take part|participate|welcome|join|convene|gather)\w*|"
    r"(?:is|are) (?:set|due|expected|scheduled|preparing|planning) (?:to|for)|(?<!the )(?<!a )plans? to (?:host|attend|hold|meet|travel|visit|join))\b(?:[\s,]+[\w’'.-]+){0,9}[\s,]*$|\bwill (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_AHEAD_AFTER = re.compile(
    r"^(?: (?!and\b|or\b|but\b|that\b|which\b)[\w’'-]+){0,3}? (?P<cue>will(?! have)|is to|are to|is set to|is due|is expected to|is scheduled|to be held|aims to|(?:later|next) (?:this )?(?:week|month|year))\b",
    re.IGNORECASE,
)
_PLAN_NEXT = re.compile(
    r"(?<![Tt]he )(?<![Aa] )(?<![Tt]heir )(?<![Ii]ts )(?<![Hh]is )(?<!had )(?<!have )(?<!has )\b(?P<cue>(?:plan|intend|expect|hope|aim|prepare)s? to|will(?! have))\b"
)
_PAST_BEFORE = re.compile(
    r"\b(?:(?:after|following|since|in the wake of) (?:the|their|his|its|last|this|a)\b(?:[\s,]+[\w’'.-]+){0,6}|last (?:week|month|year)['’]s(?: [\w’'.-]+){0,4}|(?:met|held|hosted|attended|signed|agreed|announced|visited) (?:[\w’'.-]+ ){0,8})[\s,]*$",
    re.IGNORECASE,
)
_PAST_AFTER = re.compile(
    r"^(?:[\s,]+(?!would|will|could|to\b|if\b)[\w’'.-]+){0,6}?[\s,]+(?P<cue>took place|was held|were held|last (?:week|month|year)|was|were|ended|concluded|agreed|announced|declared|killed|produced|led|showed)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:anniversar\w+|would|if|had (?:planned|hoped|been due|been scheduled|intended)|(?:was|were) (?:to|due|scheduled|expected|supposed)|cancel\w+|called off|postpon\w+|years? (?:ago|later)|"
    r"archive|reprint\w*|originally published|first published)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """How a sentence tells an occasion, and the words that say so; ``start`` and ``end`` are offsets into the sentence."""

    side: Side
    words: str
    start: int
    end: int


def occasion_cue(sentence: str, at: tuple[int, int]) -> Cue | None:
    """Whether a sentence tells the occasion whose words stand at ``at`` as past or to come; None where that is in doubt."""
    plain = plain_of(sentence).replace("\n", " ")
    if _DOUBT.search(plain):
        return None
    before, after = plain[: at[0]], plain[at[1] :]
    m = _AHEAD_BEFORE.search(before)
    if m:
        return _cue("ahead", m)
    m = _AHEAD_AFTER.search(after)
    if m:
        return Cue("ahead", m["cue"], at[1] + m.start("cue"), at[1] + m.end("cue"))
    m = _PAST_BEFORE.search(before)
    if m:
        return _cue("past", m)
    m = _PAST_AFTER.search(after)
    if m:
        return Cue("past", m["cue"], at[1] + m.start("cue"), at[1] + m.end("cue"))
    return None


def _cue(side: Side, m: re.Match[str]) -> Cue:
    words = m[0].strip(" ,")
    start = m.start() + m[0].index(words)
    return Cue(side, words, start, start + len(words))


def plan_cue(following: str) -> Cue | None:
    """A plan told in the present in the sentence after one that names an occasion ("the three countries plan to announce")."""
    plain = plain_of(following).replace("\n", " ")
    m = None if _DOUBT.search(plain) else _PLAN_NEXT.search(plain)
    return Cue("ahead", m["cue"], m.start("cue"), m.end("cue")) if m else None
