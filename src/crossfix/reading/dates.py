"""Publication dates as outlets write them, to a day. What is ambiguous or no date is None: no date is invented.

The day is the one printed, in the outlet's own zone: "2023-12-17T23:30:00-05:00" is 17 December.
"""

from __future__ import annotations

import datetime as dt
import re

from crossfix.reference.outlets import words

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_MONTHS = words("jan feb mar apr may jun jul aug sep oct nov dec")
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:\d{6})?(?:$|[^\d])")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_MDY = re.compile(rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_DMY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?({MONTH}),?[\s-]+(\d{{4}})\b", re.I)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_URL = re.compile(
    r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_.-]|$)|(?<=/)(\d{4})(\d\d)(\d\d)(?=[/_.-])"
    r"|(?<=[a-z_-])(\d{4})(\d\d)(\d\d)\d{6}(?=/?$|[/?.])",
    re.I,
)


def day_of(text: str) -> str | None:
    """The first date in the text as "YYYY-MM-DD", None where there is none or it can be read in two ways
    (03/04/2023).
    """
    text = text.strip()[:200]
    if m := _ISO.search(text):
        return _day(m[1], m[3], m[4])
    if m := _COMPACT.match(text):
        return _day(m[1], m[2], m[3])
    if m := _CJK.search(text):
        return _day(m[1], m[2], m[3])
    if m := _MDY.search(text):
        return _day(m[3], m[1], m[2])
    if m := _DMY.search(text):
        return _day(m[3], m[2], m[1])
    if m := _NUMERIC.search(text):
        a, b = int(m[1]), int(m[3])
        if m[2] == "." or a > 12:
            return _day(m[4], m[3], m[1])
        return _day(m[4], m[1], m[3]) if b > 12 or a == b else None
    return None


def day_in_url(url: str) -> str | None:
    """The day in an address such as ".../2023/12/19/..." or ".../20231219...", None where there is none."""
    for m in _URL.finditer(url):
        year, month, day = (g for g in m.groups() if g)
        found = _day(year, month, day)
        if found:
            return found
    return None


def _day(year: str, month: str, day: str) -> str | None:
    number = (
        int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else 0
    )
    try:
        found = dt.date(int(year), number, int(day))
    except ValueError:
        return None
    return found.isoformat() if 1800 <= found.year <= 2200 else None
