# ruff: noqa: E501  (regular expressions are easier to check whole)
"""The words of time expressions: months, weekdays, numbers, units, and the regular expressions built of them."""

from __future__ import annotations

import re

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: n
    for n, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
SEASON_WORDS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
ONES = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
ORDINALS = {
    w: n
    for n, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {"twenty-first": 21, "thirtieth": 30, "hundredth": 100}
DECADE_WORDS = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9
}  # fmt: skip
# unit word -> TIMEX3 designator; T stands before the small ones
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "WE", "fortnight": "F",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centuries": "CE",
}  # fmt: skip
# parts of the day -> TIMEX3
DAY_PARTS = {
    "morning": "MO", "dawn": "MO", "noon": "MI", "midday": "MI", "afternoon": "AF", "evening": "EV", "dusk": "EV",
    "night": "NI", "midnight": "NI", "overnight": "NI", "daytime": "DT",
}  # fmt: skip

MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thu|thurs?|fri|sat|sun)\b\.?)"
WEEKDAY_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d.]?\d)"
DAYNUM = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d.,]?\d)"
_ONE = "(?:" + "|".join(sorted(ONES, key=len, reverse=True)) + ")"
_TEN = "(?:" + "|".join(TENS) + ")"
NUMBER_WORDS = (
    rf"(?:(?:{_TEN}(?:[- ]{_ONE})?|{_ONE}|a|an)(?: (?:hundred|thousand)(?: and)?(?: {_TEN}(?:[- ]{_ONE})?| {_ONE})?)?)"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{NUMBER_WORDS})"
VAGUE = r"(?:several|(?:quite )?a few|few|many|a number of|dozens of|some|a couple(?: of)?|a couple|couple of|hundreds of|thousands of|countless)"
UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
SMALL_UNIT = r"(?:seconds?|minutes?|hours?)"
APPROX = (
    r"(?:(?:nearly|almost|about|around|approximately|roughly|over|more than|less than|fewer than|at least|at most|up to|just|only|"
    r"just over|just under|no more than|not more than|no less than|as (?:much|many|little|few) as|another|an additional|exactly|"
    r"an estimated|well over) )"
)
SEASON = r"(?:spring|summer|autumn|fall|winter)"
DAY_PART = r"(?:morning|afternoon|evening|night|dawn|noon|midday|midnight)"
QUARTER = r"(?:first|second|third|fourth|final|1st|2nd|3rd|4th)"
APOS = r"['’‘]"


def number(text: str) -> float | None:
    """The number that digits or words say ("twenty-four", "1,200", "a"); None where they say none."""
    text = text.lower().replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII):
        return float(text)
    total = part = 0.0
    seen = False
    for word in re.split(r"[-\s]+", text):
        if word in ("a", "an"):
            part += 1
        elif word in ONES:
            part += ONES[word]
        elif word in TENS:
            part += TENS[word]
        elif word in ("hundred", "thousand"):
            factor = 100 if word == "hundred" else 1000
            total += max(part, 1) * factor
            part = 0
        elif word == "dozen":
            part = max(part, 1) * 12
        elif word == "and":
            continue
        else:
            return None
        seen = True
    return total + part if seen else None


def spoken_year(text: str) -> int | None:
    """ "nineteen ninety-six" -> 1996, "two thousand (and) five" -> 2005; None where it is no year."""
    words = [w for w in re.split(r"[-\s]+", text.lower()) if w != "and"]
    if len(words) >= 2 and words[:2] == ["two", "thousand"]:
        rest = number(" ".join(words[2:])) if words[2:] else 0
        return 2000 + int(rest) if rest is not None and rest < 100 else None
    if len(words) >= 2 and words[0] in ("eighteen", "nineteen", "twenty"):
        rest = number(" ".join(words[1:]))
        if rest is not None and 10 <= rest < 100:
            return {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[words[0]] + int(rest)
    return None


def unit_of(word: str) -> str:
    """The designator of a unit word in singular or plural."""
    word = word.lower()
    return UNITS.get(word) or UNITS[word.removesuffix("s")]


def month_of(word: str) -> int:
    """1 to 12 for a month's name or abbreviation."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_of(word: str) -> int:
    """0 (Monday) to 6 for a weekday's name or abbreviation."""
    return WEEKDAYS[word.lower().rstrip(".")]


def full_year(text: str) -> int:
    """A year of two or four digits; two digits up to 40 are of this century."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year <= 40 else 1900)


def duration_value(amount: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; None for an amount that is vague ("several years" -> PXY)."""
    if unit in ("DE", "CE"):
        factor = 10 if unit == "DE" else 100
        return f"P{amount * factor:g}Y" if amount is not None else ("PXY" if unit == "DE" else "PXC")
    if unit == "F":
        return f"P{amount * 2:g}W" if amount is not None else "PXW"
    if unit == "WE":
        return "P2D" if amount == 1 else f"P{amount:g}WE" if amount is not None else "PXWE"
    if unit == "TH" and amount == 24:
        return "P1D"
    head, letter = ("PT", unit[1]) if unit[0] == "T" else ("P", unit)
    return f"{head}{amount:.10g}{letter}" if amount is not None else f"{head}X{letter}"
