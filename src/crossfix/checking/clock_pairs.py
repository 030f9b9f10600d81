# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Two clock times of one moment, side by side in a text: "8:24 a.m. KST (2324 GMT)", and what zones their words can mean.

Plain functions over plain text, no parser. Only a second time in brackets right behind the first counts: it is there to say the same moment
over again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossfix.reference.zones import clock, find_zone

DAY_MINUTES = 24 * 60
# What the letters say, whatever the season: papers write "EST" in July too, so the place's clock of that day is tried as well.
_LETTERS = {
    "UTC": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "HST": -600,
    "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "KST": 540, "JST": 540, "HKT": 480, "SGT": 480,
    "AEST": 600, "AEDT": 660,
}  # fmt: skip
_CLOCK = (
    r"(?:(?P<h{0}>[01]?\d|2[0-3])(?:[:.](?P<m{0}>[0-5]\d)(?::[0-5]\d)?)? ?(?P<ap{0}>[ap]\.?m(?:\.|\b))"
    r"|(?P<H{0}>[01]?\d|2[0-3]):(?P<M{0}>[0-5]\d)(?::[0-5]\d)?(?: ?(?:hours|hrs))?"
    r"|(?P<HH{0}>[01]\d|2[0-3])(?P<MM{0}>[0-5]\d)(?: ?(?:hours|hrs))?(?=[ ,]{{0,2}}(?:[A-Z]|local|hours|hrs|on |\())"
    r"|(?P<word{0}>noon|midnight))"
)
_TAIL = r"(?P<tail{0}>[^()\[\]\n;:/\d]{{0,44}}?(?:\d{{1,2}}(?!\d)[^()\[\]\n;:/\d]{{0,20}})?)"
_PAIR = re.compile(
    rf"(?<![\d$£€.:,-]){_CLOCK.format(1)}{_TAIL.format(1)} ?[(\[](?:at |or |about |around )?{_CLOCK.format(2)}{_TAIL.format(2)}"
    rf"(?: ?[/,;]|,? (?:and|or) )? ?(?:{_CLOCK.format(3)}{_TAIL.format(3)})?[)\]]",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|some|(?:just|shortly|soon|right|minutes) (?:before|after)|before|after|past|by)(?: at)? ?$",
    re.IGNORECASE,
)
_DAY_WORDS = re.compile(
    r"\b(?:(?:early |late )?(?:on |the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)?(?: (?:morning|afternoon|evening|night))?|(?:this|the|in the|yesterday|tomorrow|the same|the next|the previous|the following)? ?(?:morning|afternoon|evening|night|day)|today|tonight|yesterday|"
    r"(?:on )?(?:(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)(?:,? \d{4})?)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_WEEKDAYS = {"mon": 0, "tues": 1, "wednes": 2, "thurs": 3, "fri": 4, "satur": 5, "sun": 6}
_GLUE = re.compile(r"^(?:[\s,]|\b(?:on|at|in|the|of)\b)+|(?:[\s,]|\b(?:on|at|the)\b)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """One clock time as told: minutes after midnight, the words that follow it, the zone's words in them ("" for none), the weekday (0 is
    Monday) where one is told. ``loose`` is how many minutes the words leave open."""

    start: int
    end: int
    minutes: int
    zone_words: str
    weekday: int | None
    loose: int


@dataclass(frozen=True, slots=True)
class ClockPair:
    """Two tellings of one moment, side by side."""

    first: ClockTime
    second: ClockTime


def clock_pairs(text: str) -> Iterator[ClockPair]:
    """Two clock times of which the second stands in brackets with its zone, in reading order. Three ("/ 9:57pm GMT") make two pairs.
    Linear in the text's length."""
    for m in _PAIR.finditer(text):
        times = [t for n in (1, 2, 3) if (t := _time(text, m, n)) is not None]
        if len(times) < 2 or any(not t.zone_words or not offsets(t.zone_words, None) for t in times[1:]):
            continue
        if times[0].zone_words and not is_local(times[0].zone_words) and not offsets(times[0].zone_words, None):
            continue
        for other in times[1:]:
            yield ClockPair(times[0], other)


def _time(text: str, m: re.Match[str], n: int) -> ClockTime | None:
    if m[f"word{n}"]:
        minutes, exact = (720 if m[f"word{n}"].lower() == "noon" else 0), False
        start = m.start(f"word{n}")
    elif m[f"ap{n}"]:
        hour, start = int(m[f"h{n}"]), m.start(f"h{n}")
        if not 1 <= hour <= 12:
            return None
        minutes = hour % 12 * 60 + int(m[f"m{n}"] or 0) + (720 if m[f"ap{n}"][0] in "pP" else 0)
        exact = m[f"m{n}"] is not None
    elif m[f"H{n}"]:
        minutes, exact, start = int(m[f"H{n}"]) * 60 + int(m[f"M{n}"]), True, m.start(f"H{n}")
    elif m[f"HH{n}"]:
        minutes, exact, start = int(m[f"HH{n}"]) * 60 + int(m[f"MM{n}"]), True, m.start(f"HH{n}")
    else:
        return None
    tail = m[f"tail{n}"] or ""
    end = m.end(f"tail{n}") - (len(tail) - len(tail.rstrip(" ,")))
    day = _WEEKDAY.search(tail)
    about = bool(_ABOUT.search(text[max(0, start - 24) : start]))
    loose = (0 if exact else 29) + (15 if about else 0)
    return ClockTime(start, end, minutes, _zone_words(tail), _WEEKDAYS[day[1].lower()] if day else None, loose)


def _zone_words(tail: str) -> str:
    left = _DAY_WORDS.sub(" ", tail)
    before = None
    while before != left:
        before, left = left, _GLUE.sub("", left)
    return " ".join(left.split())


def is_local(words: str) -> bool:
    """True for "local time": the zone of the place spoken of."""
    return words.lower().removeprefix("the ") in ("local time", "local", "locally")


def offsets(words: str, day: dt.date | None) -> frozenset[int]:
    """The offsets from UTC in minutes that a zone's words can mean: what the letters say, and what the place's clock showed on that day
    (in January and July where no day is known). Empty where the words mean no zone, or "local time"."""
    bare = words.strip(" ,.")
    out = {_LETTERS[bare.upper()]} if bare.upper() in _LETTERS else set()
    found = find_zone(bare) if bare and not is_local(bare) else None
    if found is not None and found.zone is not None:
        out |= zone_offsets(found.zone, day)
    return frozenset(out)


def zone_offsets(zone: str, day: dt.date | None) -> set[int]:
    """The offsets from UTC in minutes that the clocks of a zone showed on a day; in January and July of this decade without one."""
    tz = clock(zone)
    if tz is None:
        return set()
    days = [day] if day else [dt.date(2023, 1, 15), dt.date(2023, 7, 15)]
    out = set()
    for one in days:
        for hour in (0, 12, 23):
            offset = dt.datetime(one.year, one.month, one.day, hour, tzinfo=tz).utcoffset()
            if offset is not None:
                out.add(int(offset.total_seconds() // 60))
    return out


def apart(first: int, first_offset: int, second: int, second_offset: int) -> tuple[int, int]:
    """How many minutes two clock times lie apart at most half a day, and the days by which the second's date is ahead of the first's (-1, 0
    or 1) when they are one moment. All in minutes; offsets are local minus UTC."""
    gap = (second - second_offset) - (first - first_offset)
    days = round(gap / DAY_MINUTES)
    return gap - days * DAY_MINUTES, -days
