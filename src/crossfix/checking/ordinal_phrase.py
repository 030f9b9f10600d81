# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Reading what an ordinal counts from the words around it, strictly: a word that narrows the count in a way no log can follow ("the first to
fly over Japan", "its third launch from Sunan") makes the phrase unreadable, and nothing is asked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from crossfix.checking.ordinal_count import How, Sort
from crossfix.reference import launches

Period = Literal["ever", "year", "since"]

_MONTHS = {
    m: n
    for n, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1,
    )
    for m in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted((m.title() for m in _MONTHS), key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_HEAD = r"(?:(?:flight[- ])?test(?:[- ](?:launch|fir(?:e|ing)|flight))?|launch(?:ing)?(?:[- ](?:test|attempt))?|firing|attempt|drill)(?:e?s)?"
_OWNER = r"(?:North Korea|the North|Pyongyang|the DPRK|DPRK|the country|the regime|the reclusive state|it)"
_HAS = rf"(?:that|which)?\s*{_OWNER}\s+(?:has\s+|had\s+)?(?:tested|test-fired|test-launched|launched|fired|conducted|carried out|staged)"
_TO_BE = r"(?:to (?:be|have been) (?:test(?:ed|-fired)|launched|fired|flown)|(?:it|the country) (?:has|had) (?:tested|launched|fired))"
_ADD = r"(?:,?\s+(?:and|but)\s+(?:(?:by far\s+)?(?:its\s+)?(?:most|more)\s+\w+|(?:its\s+)?(?:largest|biggest|strongest|latest|last|longest))(?:\s+yet|\s+ever|\s+to date)?,?)?"
_HOW = r"(?P<how>successful|failed|unsuccessful|abortive)?"
_LOOSE = r"(?:(?:known|suspected|confirmed|underground|apparent|declared|announced)\s+)*"
_BOUND = re.compile(
    r"\s*(?:$|[.,;:!?)\]\"“”’—–]|--|-\s)|\s+(?:on|after|following|but|and|as|despite|amid|when|while|last|early|earlier|late|later|yesterday|today|would|could|will|may|might|was|were|is|has|had|failed|ended|succeeded|came|comes|took|marks?|marked|"
    rf"this (?:month|week|morning)|just|only|before|at a time|despite|{_WEEKDAY}|{_MONTH}|(?:in|during) (?:early |late |mid-)?{_MONTH})\b"
)
_YEAR_OF = re.compile(
    r"\s*,?\s*(?:(?:so far )?(?:(?:of|in) the (?P<the>year)|this year|of this year|the year)(?: so far| to date| alone)?|"
    r"since the (?:start|beginning|turn) of the year|(?:since the )?year began)\b"
)
_OF_YEAR = re.compile(r"\s+(?:of|for)\s+(?P<y>(?:19|20)\d\d)\b")
_IN_YEAR = re.compile(r"\s+in\s+(?P<y>(?:19|20)\d\d)\b")
_SINCE = re.compile(
    rf"\s+since\s+(?:(?P<q>early|late|mid-?|the (?:start|end|beginning) of)\s*)?(?:(?P<m>{_MONTH})\s*(?:\d{{1,2}},?\s*)?)?(?P<y>(?:19|20)\d\d)?\b"
)
_EVER = re.compile(r"\s*,?\s*(?:ever|to date|in (?:its|the country's) history|yet|so far)\b")
_BY = re.compile(r"\s+by\s+(?:North Korea|the North|Pyongyang|the DPRK|DPRK|the country|the regime)\b")
_TIME = re.compile(r"\s+time\b", re.I)
_TESTED = re.compile(
    r"\b(?:test(?:ed|s)|detonat(?:ed|es)|explod(?:ed|es)|conducted|carried out)\s+(?:(?:an?|its|the)\s+)?(?:underground\s+)?(?:nuclear|atomic)\s+"
    r"(?:weapon|device|bomb|test)\s+for (?:the|a) \S+\Z"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What an ordinal counts. ``period`` "year" with ``year`` None is the year of the event; "since" counts from ``start``. ``sure`` is
    False where the words can be read in two ways; such a phrase may support a count, never contradict it. ``owner`` is the state that
    the words name as the one who tests ("by North Korea"), "" where they name none."""

    sort: Sort
    period: Period
    year: int | None = None
    start: dt.date | None = None
    sure: bool = True
    owner: str = ""

    @property
    def words(self) -> str:
        """What is counted, in words: "ICBM launch of the year"."""
        after = self.start - dt.timedelta(days=1) if self.start else None
        tail = {
            "ever": "",
            "year": f" of {self.year or 'the year'}",
            "since": f" after {after and f'{after.day} {after:%B %Y}'}",
        }[self.period]
        return self.sort.words + tail


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Patterns of what stands between the ordinal and the end of the counted noun, what they count, and whether a head noun must follow."""
    names = sorted(
        {n for m in launches.missiles() if m.kind not in ("space launcher",) for n in m.names if n},
        key=len,
        reverse=True,
    )
    named = "|".join(re.escape(n).replace(r"\-", "[- ]?").replace(r"\ ", "[- ]?") for n in names)
    icbm = r"(?:intercontinental(?:[- ]range)?[- ]ballistic[- ]missiles?(?:\s*\((?:ICBM|ICBMs)\))?|ICBMs?)"
    nuclear = (
        r"(?:nuclear|atomic)(?:[- ](?:weapons?|bombs?|device|warhead))?\s+"
        r"(?:test|detonation|explosion|blast|test explosion)(?:s|ing)?"
    )
    fuel = r"(?:(?:solid|liquid)[- ](?:fuel(?:l?ed)?|propellant)\s+)?"
    seen = (
        (nuclear, "nuclear", False),
        (rf"(?P<name>{named})(?:\s+{fuel}(?:{icbm}|(?:ballistic )?missile))?", "name", True),
        (icbm, "ICBM", True),
        (r"(?:(?:military\s+)?(?:spy|reconnaissance)|military)[- ]satellite", "spy satellite", True),
        (r"satellite", "satellite", True),
        (r"ballistic[- ]missiles?", "ballistic", True),
    )
    return tuple(
        (re.compile(rf"{_ADD}\s*{_HOW}\s*{_LOOSE}{pattern}", re.I), what, head) for pattern, what, head in seen
    )


_BARE = re.compile(rf"\s*{_HOW}\s*(?P<noun>(?:launch\s+)?attempt|failure|(?:satellite\s+)?failure)s?", re.I)
_OF_KIND = re.compile(
    r"\s*(?:flight[- ])?(?:test(?:[- ]?(?:launch|firing|flight))?|launch)\s+of\s+(?:(?:a|an|the|its)\s+)?", re.I
)
_TARGET = re.compile(
    r"\s+(?:to\s+(?:launch|put|place|send|orbit)\s+(?:(?:a|an|its|the)\s+)?(?P<spy>(?:military\s+)?(?:spy|reconnaissance)\s+)?satellite(?:\s+(?:in|into)\s+(?:orbit|space))?)",
    re.I,
)
_HEAD_RE = re.compile(rf"\s*-?\s*(?:missile\s+)?{_HEAD}\b", re.I)
_HAS_RE = re.compile(rf"\s+(?:missile\s+)?(?:{_HAS}|{_TO_BE})\b")


def read(text: str, at: int, end: int, event_type: str) -> Phrase | None:
    """What the ordinal that ends at ``at`` counts; ``end`` is where its sentence ends. None where the words are not understood to the
    last."""
    rest = text[at:end].replace("\n", " ")
    rest = re.sub(r"\s+", " ", rest)
    time = _TIME.match(rest) if event_type == "nuclear_test" else None
    if time and _TESTED.search(text, max(0, at - 90), at):
        return _period(rest, time.end(), Sort("nuclear"))
    of = _OF_KIND.match(rest)
    if of:  # "the third test of the Hwasong-18"
        rest, spare = " " + rest[of.end() :], True
    else:
        spare = False
    for pattern, what, head in _kinds():
        m = pattern.match(rest)
        if m:
            after = _after_noun(rest, m.end(), head and not spare)
            if after is None:
                return None
            name = launches.missile(m["name"]) if what == "name" else None
            sort = Sort(name.name, kind=name.kind, how=_how(m["how"])) if name else Sort(what, how=_how(m["how"]))
            if event_type not in _TYPES[sort.field if sort.field in _TYPES else "missile"]:
                return None
            return _period(rest, after, sort)
    m = _BARE.match(rest) if event_type == "satellite_launch" else None
    if m:
        how = "failure" if "failure" in m["noun"].lower() else _how(m["how"])
        period = _YEAR_OF.match(rest, m.end())
        target = _TARGET.match(rest, period.end() if period else m.end())
        what = "spy satellite" if target and target["spy"] else "satellite"
        if target:  # "third attempt this year to put a satellite into orbit": the period again after the aim
            rest = rest[: m.end()] + rest[target.end() :] if not period else rest[: period.end()] + rest[target.end() :]
        return _period(rest, m.end(), Sort(what, how=how))
    return None


_TYPES = {"nuclear": ("nuclear_test",), "satellite": ("satellite_launch",), "missile": ("missile_test",)}


def _how(word: str | None) -> How:
    return {"successful": "success", "failed": "failure", "unsuccessful": "failure", "abortive": "failure"}.get(
        (word or "").lower(), "all"
    )  # type: ignore[return-value]


def _after_noun(rest: str, at: int, head: bool) -> int | None:
    """Where the counted noun ends, with its head ("test", "launch") or the clause that stands for one ("that Pyongyang has tested")."""
    m = _HEAD_RE.match(rest, at)
    if m:
        clause = _HAS_RE.match(rest, m.end())
        return clause.end() if clause else m.end()
    m = _HAS_RE.match(rest, at)
    if m:
        return m.end()
    return None if head else at


def _period(rest: str, at: int, sort: Sort) -> Phrase | None:
    by = _BY.match(rest, at)
    at = by.end() if by else at
    period: Period = "ever"
    year, start, sure = None, None, True
    if m := _YEAR_OF.match(rest, at):
        period, at = "year", m.end()
    elif m := _OF_YEAR.match(rest, at):
        period, year, at = "year", int(m["y"]), m.end()
    elif m := _IN_YEAR.match(rest, at):  # "its third test in 2017": the third ever, or of the year
        period, year, at, sure = "year", int(m["y"]), m.end(), False
    elif m := _SINCE.match(rest, at):
        if not m["y"]:  # "since March": of which year is not said
            return None
        period, at = "since", m.end()
        month = _MONTHS[m["m"].lower().rstrip(".")] if m["m"] else 12
        start = dt.date(int(m["y"]) + month // 12, month % 12 + 1, 1)
        sure = not m["q"]
    elif m := _EVER.match(rest, at):
        at = m.end()
    if by is None and (m := _BY.match(rest, at)):
        at = m.end()
        if period == "ever" and (m := _YEAR_OF.match(rest, at)):
            period, at = "year", m.end()
    if not _BOUND.match(rest, at):
        return None
    if period == "ever" and re.search(
        r"\b(?:this year|of the year|so far|in as many|in (?:less|under|just)|in \w+ (?:days|weeks|months|years))\b",
        rest[at:],
    ):
        sure = False  # another measure stands in the sentence
    return Phrase(sort, period, year, start, sure, "KP" if by or _BY.search(rest, 0, at) else "")
