"""Calendar arithmetic for times: months, weeks, quarters, seasons, and TIMEX3 values to the days they span.

TIMEX3 values follow TimeML 1.2.1 as used in TempEval-3 (Saurí et al. 2006; UzZaman et al. 2013). Weeks are ISO weeks.
"""

from __future__ import annotations

import datetime as dt
import re

from crossfix.model import Interval

DAY = dt.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1, 9998
# Meteorological seasons of the northern hemisphere, as first month; winter is named by the year it begins in.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
HALF_DAYS = ("MO", "MI", "AF", "EV", "NI", "DT")


def month_span(year: int, month: int, count: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of ``count`` months from a month on."""
    stop = year * 12 + month - 1 + count
    return dt.date(year, month, 1), dt.date(stop // 12, stop % 12 + 1, 1) - DAY


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of another month; the last day where that month is shorter. Raises OverflowError outside the calendar."""
    n = day.year * 12 + day.month - 1 + months
    year, month = n // 12, n % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OverflowError("outside the calendar")
    return dt.date(year, month, min(day.day, month_span(year, month)[1].day))


def week_value(day: dt.date) -> str:
    """ "2023-W47" for any day of that ISO week."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def span_of_value(value: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day a TIMEX3 value names; None for one that names no definite days."""
    first, slash, last = value.partition("/")
    if slash:
        ends = span_of_value(first), span_of_value(last)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] and ends[0][0] <= ends[1][1] else None
    try:
        if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", value):
            day = dt.date(int(m[1]), int(m[2]), int(m[3]))
            return day, day
        if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            day = dt.date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
            return day, day + (1 if m[3] else 6) * DAY
        if m := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
            size = 3 if m[2] == "Q" else 6
            return month_span(int(m[1]), (int(m[3]) - 1) * size + 1, size)
        if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
            return month_span(int(m[1]), SEASONS[m[2]], 3)
        if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
            return month_span(int(m[1]), int(m[2]))
        if re.fullmatch(r"\d{4}", value):
            return month_span(int(value), 1, 12)
        if re.fullmatch(r"\d{3}", value):
            return dt.date(int(value) * 10, 1, 1), dt.date(int(value) * 10 + 9, 12, 31)
        if re.fullmatch(r"\d{2}", value):
            return dt.date(int(value) * 100, 1, 1), dt.date(int(value) * 100 + 99, 12, 31)
    except (ValueError, OverflowError):
        return None
    return None


def interval_of_value(value: str) -> Interval | None:
    """The days of a TIMEX3 value as an interval; None for one that names no definite days."""
    span = span_of_value(value)
    return Interval.days(*span) if span else None


# The part of a span that "early", "mid-" and "late" name, in tenths; months use days 1-10, 11-20 and 21 to the end.
_PARTS = {"START": (0, 1 / 3), "MID": (1 / 3, 2 / 3), "END": (2 / 3, 1), "H1": (0, 1 / 2), "H2": (1 / 2, 1)}


def part_of(first: dt.date, last: dt.date, part: str) -> tuple[dt.date, dt.date]:
    """The part (START, MID, END, H1, H2) of a span of days. Thirds of a month are 1-10, 11-20, 21-end; of a year, four months."""
    whole_month = first.day == 1 and (last + DAY).day == 1 and (first.year, first.month) == (last.year, last.month)
    if whole_month and part in ("START", "MID", "END"):
        a, b = {"START": (1, 10), "MID": (11, 20), "END": (21, last.day)}[part]
        return first.replace(day=a), first.replace(day=b)
    if first.month == 1 and first.day == 1 and last == dt.date(first.year, 12, 31) and part in _PARTS:
        month, count = {"START": (1, 4), "MID": (5, 4), "END": (9, 4), "H1": (1, 6), "H2": (7, 6)}[part]
        return month_span(first.year, month, count)
    low, high = _PARTS[part]
    years = last.year - first.year + 1
    if first == dt.date(first.year, 1, 1) and last == dt.date(last.year, 12, 31) and years >= 10 and years % 10 == 0:
        # of a decade whole years: early is its first four, mid the next three; of a century tens of them
        a, b = {"START": (0, 4), "MID": (4, 7), "END": (7, 10), "H1": (0, 5), "H2": (5, 10)}[part]
        step = years // 10
        return dt.date(first.year + a * step, 1, 1), dt.date(first.year + b * step - 1, 12, 31)
    length = (last - first).days + 1
    return first + int(length * low) * DAY, first + max(int(length * high) - 1, int(length * low)) * DAY


def easter(year: int) -> dt.date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth weekday (0 is Monday) of a month, the last for nth -1."""
    first, last = month_span(year, month)
    if nth < 0:
        return last - ((last.weekday() - weekday) % 7) * DAY
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY
