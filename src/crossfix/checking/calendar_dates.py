# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Dates that a text names by month and day, with the weekday beside them, and days that no calendar has.

Plain functions over plain text. Only phrases that can be read in one way are found: a weekday and a date side by side ("Monday, December
18, 2023", "18 Dec. 2023 (Mon)", "on Monday night, December 18"), no ranges, no lists of weekdays, no newspapers called after a day.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from crossfix.language.times import words as w

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GREGORIAN_FROM = 1924
"""Before this year some state still counted by the Julian calendar (Greece until February 1923): such dates are not judged."""

_FULL = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
_ABBREVIATED = r"(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)(?:\.|(?![\w.]))"
_MONTH = rf"(?:{w.MONTH})"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d.,:]?\d)(?!\w)"
_YEAR = r"(?:,? ?(?P<{0}>(?:19|20)\d\d)(?![\d.,]?\d)(?!\w))"
# A day that is followed by another, or by a dash and a number, is the first of several: which of them the weekday means is not said.
_NO_RANGE = rf"(?! ?[-–—/&+] ?(?:\d|(?i:{_MONTH})|{_FULL})|,? (?:to|through|thru|until|till|and|or) (?:the )?(?:\d|(?i:{_MONTH}))|, \d{{1,2}}(?!\d))"
_DATE = (
    rf"(?:(?P<m1>(?i:{_MONTH})) (?:the )?(?P<d1>{_NUMBER}){_YEAR.format('y1')}?"
    rf"|(?P<d2>{_NUMBER})(?: of)? (?P<m2>(?i:{_MONTH}))(?!\w){_YEAR.format('y2')}?"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>0[1-9]|1[0-2])-(?P<d3>0[1-9]|[12]\d|3[01])(?![\w-]))"
)
_PART = r"(?: (?:early |late )?(?:morning|afternoon|evening|night))?"
_BEFORE = re.compile(
    rf"(?<![\w’'-])(?P<wd>{_FULL}|{_ABBREVIATED}){_PART},? (?P<open>\()?(?:the )?(?<![\w$£€./-]){_DATE}{_NO_RANGE}"
)
_AFTER = re.compile(
    rf"(?<![\w$£€./-]){_DATE}(?:,? \((?:a )?(?P<wd>{_FULL}|{_ABBREVIATED})\)|(?:,| [-–—]) (?:which was |it was )?a (?P<wd2>{_FULL})(?!\w))"
)
# "Monday through Friday", "Saturday or Sunday", "Mon-Fri": the date may be another day's
_LISTED = re.compile(rf"(?:{_FULL}|{_ABBREVIATED})s?{_PART}(?:,| ?[-–—/&]| (?:to|through|thru|and|or|until))*,? ?$")
# papers and programmes that bear a weekday's name
_TITLES = re.compile(
    r"(?:\b(?:Mail|Independent|Scotland|Wales|Ireland|Sport|Express|Mirror|People) on |\bRuby |\bThe |\bthe |[a-z]\W? Daily )$"
)
_MONTH_ONLY = re.compile(r"[a-z]{3,}s\b")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A date in a text with the weekday told beside it (0 is Monday). ``year`` is None where the phrase names none."""

    start: int
    end: int
    words: str
    weekday: int
    month: int
    day: int
    year: int | None


def named_days(text: str) -> Iterator[NamedDay]:
    """The dates that stand with a weekday, in reading order. Linear in the text's length.

    A bracket must hold the date alone: "late Sunday (Dec. 18 in Korea)" names two days of one moment and is left to ``clock``."""
    plain = plain_of(text)
    taken: list[tuple[int, int]] = []
    for m in _BEFORE.finditer(plain):
        before = plain[max(0, m.start() - 24) : m.start()]
        if _LISTED.search(before) or (_TITLES.search(before) and not before.endswith(("on the ", "On the "))):
            continue
        if m["open"] and plain[m.end() : m.end() + 1] != ")":
            continue
        if m["wd"].rstrip(".") in ("Sun", "Sat") and before and before[-1] not in "(\n[|":
            continue  # "The Sun, Dec. 18": a newspaper
        found = _named(m, m["wd"])
        if found is not None and not _people(plain, m):
            taken.append(m.span())
            yield found
    for m in _AFTER.finditer(plain):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        found = _named(m, m["wd"] or m["wd2"])
        if found is not None:
            yield found


def _named(m: re.Match[str], weekday: str) -> NamedDay | None:
    month, day, year = parts(m)
    if (year is not None and year < GREGORIAN_FROM) or not exists(month, day, year):
        return None
    return NamedDay(m.start(), m.end(), m[0], w.WEEKDAYS[weekday.rstrip(".").lower()], month, day, year)


def _people(text: str, m: re.Match[str]) -> bool:
    """ "On Tuesday, May 12 candidates": the number counts what follows."""
    return (
        not (m["y1"] or m["m2"] or m["y3"])
        and bool(_MONTH_ONLY.match(text, m.end() + 1))
        and text[m.end() : m.end() + 1] == " "
    )


def parts(m: re.Match[str]) -> tuple[int, int, int | None]:
    """Month, day and year of a match of the date's pattern."""
    if m["y3"]:
        return int(m["m3"]), int(m["d3"]), int(m["y3"])
    number = re.sub(r"\D", "", m["d1"] or m["d2"])
    year = m["y1"] or m["y2"]
    return w.month_of(m["m1"] or m["m2"]), int(number), int(year) if year else None


def exists(month: int, day: int, year: int | None = None) -> bool:
    """True where the calendar has such a day: in that year, or in any year where none is given (29 February then counts)."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


_ODD = str.maketrans(dict.fromkeys("\r\t\xa0\u2028\x85\x0c\x0b\u2009\u202f", " "))


def plain_of(text: str) -> str:
    """The text with odd blanks as plain ones, offsets unchanged; line breaks stay, so that a headline and a lead do not merge."""
    return text.translate(_ODD)


_ALONE = re.compile(rf"(?<![\w$£€./-]){_DATE}{_NO_RANGE}")


def dates_in(text: str) -> Iterator[tuple[int, int, dt.date]]:
    """The dates with their year, as (start, end, day), in reading order; those before 1924 and no real days left out."""
    for m in _ALONE.finditer(plain_of(text)):
        month, day, year = parts(m)
        if year is not None and year >= GREGORIAN_FROM and exists(month, day, year):
            yield m.start(), m.end(), dt.date(year, month, day)


@dataclass(frozen=True, slots=True)
class NoDay:
    """A date that no calendar has, as told; ``year`` where it is told."""

    start: int
    end: int
    words: str
    month: int
    day: int
    year: int | None


_LONG = re.compile(
    rf"(?<![\w$£€./-])(?:(?P<m1>(?i:{_MONTH})) (?:the )?(?P<d1>29|30|31)(?:st|nd|rd|th)?(?![\d.,:]?\d)(?!\w){_YEAR.format('y1')}?"
    rf"|(?P<d2>29|30|31)(?:st|nd|rd|th)?(?: of)? (?P<m2>(?i:{_MONTH}))(?!\w){_YEAR.format('y2')}?"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>0[1-9]|1[0-2])-(?P<d3>29|30|31)(?![\w-]))"
)
_LEADS = re.compile(
    r"(?:\b(?:[Oo]n|[Dd]ated|[Uu]ntil|[Bb]y|[Bb]efore|[Aa]fter|[Ss]ince|[Ff]rom)(?: the)?|[a-z]day,?|^|[(\n]) ?$"
)
_GOES_ON = re.compile(
    r" (?!(?:and|at|in|as|to|the|for|with|when|after|before|was|were|that|but|of|or|he|she|it|they)\b)[\w$£€]|-\w|%|['’]s?\b"
)


def no_days(text: str) -> Iterator[NoDay]:
    """Dates that do not exist ("31 September", "February 29, 2023"), where the words can mean nothing else: with their year, or after
    "on", "by", "since" and with no noun behind that the number might count ("in September 31 people")."""
    plain = plain_of(text)
    for m in _LONG.finditer(plain):
        month, day, year = parts(m)
        if exists(month, day, year):
            continue
        if year is None:
            follows = bool(_GOES_ON.match(plain, m.end())) and m["m1"] is not None
            if follows or not _LEADS.search(plain[max(0, m.start() - 16) : m.start()]):
                continue
        yield NoDay(m.start(), m.end(), m[0], month, day, year)
