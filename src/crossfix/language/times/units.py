"""Readers of calendar units that lean on another date: last week, this month, the year ended on a day, the latest quarter."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.times import words as w
from crossfix.language.times.context import Context, Raw, dated, shift, unit_value
from crossfix.language.times.days import DAY, span_of_value, week_value
from crossfix.language.times.grammar import Found
from crossfix.language.times.relative import AHEAD, BACK, FROM_TEXT


def unit(c: Context, f: Found) -> list[Raw]:
    """Last week, this month, the next day, the following month, that year, late last year, the previous quarter."""
    m = f.match
    rel, name, part = m["rel"].lower(), m["u"].lower(), m["part"]
    if m["adj"] and m["adj"].lower() in ("crucial", "critical"):
        return []
    code = w.unit_of(name)
    step = -1 if BACK.search(rel) else 1 if AHEAD.search(rel) else 0
    base, why = c.reference.day, c.reference.why
    told = False
    if FROM_TEXT.search(rel):
        a = c.narrative(f, within=3)
        if a is None and rel in ("that", "the same", "same", "that same") and name in ("day", "night") and base is None:
            return []
        if a:
            base, why, told = (a.last if step > 0 else a.first), f"{a.text!r} before it", True
            if code in ("D", "W") and a.grain in ("M", "Q", "Y", "X"):
                return _vague_unit(f, code)
    elif rel in ("the last", "the latest", "last", "latest") and (
        name == "quarter" or (m["adj"] or "").lower() == "fiscal"
    ):
        step = -1
    if base is None:
        return [
            Raw(
                f.start,
                f.end,
                "DATE",
                {0: "PRESENT_REF", 1: "FUTURE_REF", -1: "PAST_REF"}[step],
                None,
                "no date to count from",
            )
        ]
    if rel in ("the past", "past") and code == "DE":
        return [Raw(f.start, f.end, "DURATION", "P10Y", (shift(base, -1, "DE"), base), why)]
    if name == "night":
        return dated(c, f, (base + step * DAY).isoformat() + "TNI", "D", why, kind="TIME")
    if name == "day" and not told and rel in ("the last", "last", "the first", "this", "the current"):
        if rel != "this":
            return []
    value, grain = unit_value(shift(base, step, code) if step else base, code)
    return dated(c, f, value, grain, f"counted from {why}", part=part)


def _vague_unit(f: Found, code: str) -> list[Raw]:
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX"}[code]
    return [Raw(f.start, f.end, "DATE", value, None, "the date before it is not told to the day")]


def same_unit(c: Context, f: Found) -> list[Raw]:
    """ "The same month in 2024", "the same week last year": of the date told before it, else of the reference day."""
    m = f.match
    code = w.unit_of(m["u"])
    a = c.narrative(f, within=3)
    base, why = (a.first, repr(a.text)) if a else (c.reference.day, c.reference.why)
    year = int(m["y"]) if m["y"] else c.reference.day.year - 1 if c.reference.day else None
    if base is None or year is None or (a and code in ("D", "W") and a.grain not in ("D", "W")):
        return []
    value, grain = unit_value(shift(base, year - base.year, "Y"), code)
    return dated(c, f, value, grain, f"as in {why}, of {year}")


def the_unit(c: Context, f: Found) -> list[Raw]:
    """The end of the year, the beginning of the month, late in the week."""
    code = w.unit_of(f.match["u"])
    if c.reference.day is None:
        return []
    value, grain = unit_value(c.reference.day, code)
    return dated(c, f, value, grain, f"of {c.reference.why}", part=f.match["part"])


def unit_end(c: Context, f: Found) -> list[Raw]:
    """Year-end is a day; "year end" and "the month's end" are an end of it, as "the end of the year" is."""
    m = f.match
    code = w.unit_of(m["u"])
    if m["y"]:
        return dated(c, f, f"{int(m['y']):04d}-12-31", "D", "year's end", explicit=True) if code == "Y" else []
    if c.reference.day is None:
        return []
    back = -1 if c.before(f) == "since" else 0  # "since year-end": the one gone by
    value, grain = unit_value(shift(c.reference.day, back, code), code)
    if not m["e"].startswith("-"):
        return dated(c, f, value, grain, f"of {c.reference.why}", part="end of")
    span = span_of_value(value)
    return dated(c, f, span[1].isoformat(), "D", f"end of the {m['u'].lower()} of {c.reference.why}") if span else []


def the_period(c: Context, f: Found) -> list[Raw]:
    """ "For the year", "the full year": the one that holds the reference day; "the year ended Sept. 30": its length, up to that day."""
    m = f.match
    code, before = w.unit_of(m["u"]), c.before(f)
    base, why = c.reference.day, c.reference.why
    if m["way"]:
        last = _named_day(c, f)
        span = (shift(last, -1, code) + DAY, last) if last else None
        if code == "Q" and last:
            told = c.quarter(f)
            middle = (
                told.first if told else last - 45 * DAY
            )  # a company's own count of quarters goes before the calendar
            value = f"{middle.year:04d}-Q{(middle.month + 2) // 3}"
            c.remember(f, *(span_of_value(value) or (last, last)), "Q")
            return [
                Raw(
                    f.start,
                    f.end,
                    "DATE",
                    value,
                    span_of_value(value),
                    f"quarter of {told.text!r}" if told else f"most of its days, up to {last}",
                )
            ]
        return [Raw(f.start, f.end, "DURATION", w.duration_value(1, code), span, f"the {m['u']} up to {last}")]
    possessive = c.text[f.end : f.end + 2] in ("'s", "’s")
    if base is None or m[0].lower().startswith("a ") or code == "Q":
        return []
    whole = (m["adj"] or "").lower() in ("full", "whole", "entire", "fiscal")
    if not (whole or possessive or before in ("for", "throughout", "of", "far")):
        return []
    tokens = c.tokens(f)
    if m["u"][0].isupper() and f.start:
        return []  # "Coach of the Year"
    if tokens and tokens[-1].dep in ("compound", "nmod", "npadvmod"):
        return []
    if before == "of" and c.text[max(0, f.start - 9) : f.start - 4].lower().split()[-1:] in (
        ["time"],
        ["most"],
        ["day"],
    ):
        return []
    value, grain = unit_value(base, code)
    return dated(c, f, value, grain, f"the one of {why}")


def _named_day(c: Context, f: Found) -> dt.date | None:
    """The day named right after "ended" or "ending", without an anchor of its own: it is read again as itself."""
    m = f.match
    base = c.reference.day
    if m["tw"]:
        return base + {"today": 0, "tomorrow": 1, "yesterday": -1}[m["tw"].lower()] * DAY if base else None
    month, day = w.month_of(m["m"]), int(re.sub(r"\D", "", m["d"]))
    years = [int(m["y"])] if m["y"] else [base.year - 1, base.year, base.year + 1] if base else []
    days = []
    for year in years:
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not m["y"] and base:
        days = [d for d in days if (d <= base if m["way"] == "ended" else d >= base)]
        days = days[-1:] if m["way"] == "ended" else days[:1]
    return days[0] if days else None


def nth_day(c: Context, f: Found) -> list[Raw]:
    """ "Today is the eighth day of the siege": today. The second day of anything else is not known."""
    base, tokens = c.reference.day, c.tokens(f)
    verb = c.parse.head(tokens[-1]) if tokens else None
    if base is None or verb is None or verb.lower not in ("is", "'s", "’s"):
        return []
    if not any(k.dep == "nsubj" and k.lower in ("today", "it", "this") for k in c.parse.children(verb)):
        return []
    return dated(c, f, base.isoformat(), "D", c.reference.why)


def the_weekend(c: Context, f: Found) -> list[Raw]:
    """The weekend: the last one, or the one to come by tense."""
    base = c.reference.day
    if base is None:
        return []
    ahead = c.tense(f) == "future"
    saturday = base + ((5 - base.weekday()) % 7) * DAY
    if not ahead and base.weekday() < 5:
        saturday -= 7 * DAY
    if base.weekday() == 6:
        saturday = base - DAY
    return dated(c, f, week_value(saturday) + "-WE", "W", c.reference.why, part=f.match["part"])


def quarter_rel(c: Context, f: Found) -> list[Raw]:
    """The year-ago quarter, the latest quarter, the same period last year: of the quarter told before."""
    m = f.match
    a = c.quarter(f)
    base = c.reference.day
    back = bool(m["back"] or m["y"] or m["y2"])
    if m["mn"]:
        return [Raw(f.start, f.end, "DURATION", f"P{w.number(m['mn']):g}M", None, "length of time")]
    if m["yy"]:
        if a is None or (a.last - a.first).days > 95:
            return dated(c, f, f"{int(m['yy']):04d}", "Y", "year", explicit=True)
        value = f"{int(m['yy']):04d}-Q{(a.first.month + 2) // 3}"
        return [Raw(f.start, f.end, "DATE", value, span_of_value(value), f"quarter of {a.text!r}")]
    if m["q"]:
        number: int | None = w.ORDINALS[m["q"].lower()]
        year = a.first.year if a else base.year if base else None
    elif (m["now"] or "").lower() == "current" and base:
        number, year = (base.month + 2) // 3, base.year
    elif a and (a.last - a.first).days < 95:
        number, year = (a.first.month + 2) // 3, a.first.year
    elif base and not m["back"]:
        day = shift(base, -1, "Q")
        number, year = (day.month + 2) // 3, day.year
    elif base and m["back"]:
        return dated(c, f, f"{base.year - 1:04d}", "Y", f"a year before {c.reference.why}")
    else:
        return []
    if year is None:
        return []
    value = f"{year - back:04d}-Q{number}"
    return [
        Raw(f.start, f.end, "DATE", value, span_of_value(value), f"quarter of {a.text!r}" if a else c.reference.why)
    ]
