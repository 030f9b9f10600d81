"""Readers of expressions that lean on another date: weekdays, yesterday, last week, the next day, a week earlier."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.times import words as w
from crossfix.language.times.context import Context, Grain, Raw, dated, shift
from crossfix.language.times.days import DAY, span_of_value, week_value
from crossfix.language.times.grammar import Found
from crossfix.model import TimeType

_BACK = re.compile(r"last|past|previous|prior|preceding")
_AHEAD = re.compile(r"next|following|coming|ensuing|upcoming|later")
# A report dated by a clock in America or Europe tells of East Asia's tomorrow in the past tense: "fired a missile on Friday", dated
# Thursday. Nobody calls the Friday of last week "Friday" without a "last" on the eve of the next.
_EAST = re.compile(
    r"\b(?:Korea|Pyongyang|Seoul|DPRK|Japan|Tokyo|Hokkaido|China|Beijing|Taiwan|Vladivostok|Australia|New Zealand)\b"
)
_ACT = re.compile(r"(?i)\b(?:fired?|launch\w*|tested|missiles?|rocket|satellite|earthquake|detonat\w+|nuclear test)\b")
_OF_A_DAY = re.compile(
    rf"(?: hours)? (?:of|on) (?:the )?(?:{w.MONTH} {w.DAYNUM}|{w.DAYNUM} (?:of )?{w.MONTH}|{w.WEEKDAY_FULL})",
    re.IGNORECASE,
)
_FROM_TEXT = re.compile(
    r"^(?:the (?:very )?(?:previous|following|same|next|prior|preceding|ensuing)|that)|^(?:the )?same|^previous|^following"
)


def weekday_date(c: Context, f: Found, weekday: int, rel: str) -> tuple[dt.date, str] | None:
    """The day a weekday name means, and why. A known occasion told in the same sentence decides; then "last" and "next";
    then the tense of its verb, from the reference day (the day itself included)."""
    occasion = c.reference.occasions.get(c.sentence(f))
    if occasion and occasion[0].weekday() == weekday and not _AHEAD.search(rel):
        return occasion[0], f"occasion: {occasion[1]}"
    day, why = c.reference.day, c.reference.why
    if rel.startswith(("the ", "that")) and (a := c.narrative(f)):
        day, why = a.last, f"{a.text!r} before it"
        if "same" in rel or rel == "that":
            return a.last + ((weekday - a.last.weekday() + 3) % 7 - 3) * DAY, why
    if day is None:
        window = c.reference.window
        if window and (window[1] - window[0]).days <= 6 and not _AHEAD.search(rel):
            day, why = window[1], "the days on which the text was written"
        else:
            return None
    forward = (weekday - day.weekday()) % 7
    backward = forward - 7 if forward else 0
    if _BACK.search(rel):
        return day + (backward or -7) * DAY, f"last before {why}"
    if _AHEAD.search(rel):
        return day + (forward or 7) * DAY, f"next after {why}"
    limit = c.before(f) in ("until", "till", "by", "through") and not c.before_the_past(f)
    to_come = c.tense(f) in ("future", "present") and not c.before_the_past(f)
    ahead = (limit or to_come) and not c.text[f.end : f.end + 2].startswith(("'s", "’s"))
    if ahead:
        return day + forward * DAY, f"next from {why}"
    if backward == -6 and not rel and day == c.reference.day and _in_the_east(c, f):
        return day + DAY, f"the day after {why}: in East Asia it was that day already"
    return day + backward * DAY, f"last up to {why}"


def _in_the_east(c: Context, f: Found) -> bool:
    """True where the expression's own sentence tells of an act of arms in East Asia: such news is told within hours."""
    s = c.parse.sentences[c.sentence(f)]
    return bool(_EAST.search(c.parse.text, s.start, s.end) and _ACT.search(c.parse.text, s.start, s.end))


def weekday(c: Context, f: Found) -> list[Raw]:
    """Monday; last Friday; Friday morning; early Monday Korea time; the following Friday."""
    m = f.match
    name = m["wd"]
    if not name[0].isupper() or (
        name.rstrip(".").lower() in ("sun", "sat", "mon", "wed") and not (name.endswith(".") or m["dp"])
    ):
        return []
    number = w.weekday_of(name)
    rel = (m["rel"] or "").lower()
    tail, kind = _day_part(m["dp"])
    if m["week"] and c.reference.day:
        base = c.reference.day
        monday = base - base.weekday() * DAY
        offset = {"last week": -1, "next week": 1, "this week": 0}.get(m["week"].lower(), -1)
        date, why = monday + (7 * offset + number) * DAY, f"{m['week']} from {c.reference.why}"
    else:
        found = weekday_date(c, f, number, rel)
        if found is None:
            return [Raw(f.start, f.end, kind, f"XXXX-WXX-{number + 1}{tail}", None, "no date to count from")]
        date, why = found
    if m["zone"]:
        why += f"; zone {m['zone']}"
    return dated(c, f, date.isoformat() + tail, "D", why, kind=kind)


def weekday_week(c: Context, f: Found) -> list[Raw]:
    """Last week's Monday."""
    base = c.reference.day
    if base is None:
        return []
    offset = {"last": -1, "next": 1, "this": 0}[f.match["rel"].lower()]
    date = base - base.weekday() * DAY + (7 * offset + w.weekday_of(f.match["wd"])) * DAY
    return dated(c, f, date.isoformat(), "D", c.reference.why)


def _day_part(name: str | None) -> tuple[str, TimeType]:
    return ("T" + w.DAY_PARTS[name.lower()], "TIME") if name else ("", "DATE")


def deictic(c: Context, f: Found) -> list[Raw]:
    """Today, yesterday, tomorrow, tonight; late yesterday; yesterday morning; afternoon yesterday."""
    g = f.match.groupdict()
    word = g["word"].lower()
    base = c.reference.day
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if word == "today" and f.match["word"][0].isupper() and f.start and c.text[f.start - 2 : f.start - 1].isalpha():
        return []  # a programme's name
    if word.startswith("the day"):
        step = -2 if "before" in word else 2
    part_name = g.get("dp")
    if g.get("pre"):
        part_name = re.sub(r"^(?:mid|late|early)[- ]", "", g["pre"].lower())
    tail, kind = _day_part(part_name)
    if word == "tonight":
        tail, kind = "TNI", "TIME"
    if base is None:
        return [
            Raw(
                f.start, f.end, kind, "PRESENT_REF" if step == 0 else f"XXXX-XX-XX{tail}", None, "no date to count from"
            )
        ]
    return dated(c, f, (base + step * DAY).isoformat() + tail, "D", f"counted from {c.reference.why}", kind=kind)


def this_part(c: Context, f: Found) -> list[Raw]:
    """This morning, last night, that evening, the next morning."""
    m = f.match
    rel = m["rel"].lower()
    tail, kind = _day_part(m["dp"])
    a = c.narrative(f, "D", within=2)
    if rel in ("this", "last", "tomorrow", "yesterday"):
        base, why = c.reference.day, c.reference.why
        step = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(rel, 0)
    elif a:
        base, why = a.last, f"{a.text!r} before it"
        step = {"the next": 1, "the following": 1, "the previous": -1}.get(rel, 0)
    else:
        if rel == "the":
            if not _OF_A_DAY.match(c.text, f.end):
                return []
            return [Raw(f.start, f.end, kind, f"XXXX-XX-XX{tail}", None, "the day is told with it")]
        base, why, step = (
            c.reference.day,
            c.reference.why,
            {"the next": 1, "the following": 1, "the previous": -1}.get(rel, 0),
        )
    if base is None:
        return [Raw(f.start, f.end, kind, f"XXXX-XX-XX{tail}", None, "no date to count from")]
    return dated(c, f, (base + step * DAY).isoformat() + tail, "D", why, kind=kind)


def overnight(c: Context, f: Found) -> list[Raw]:
    """Overnight, mid-morning."""
    word = re.sub(r"^mid[- ]", "", f.match[0].lower())
    tail, kind = _day_part(word)
    a = c.narrative(f, "D", within=1)
    base = a.last if a else c.reference.day
    return dated(c, f, base.isoformat() + tail, "D", a.text if a else c.reference.why, kind=kind) if base else []


def unit(c: Context, f: Found) -> list[Raw]:
    """Last week, this month, the next day, the following month, that year, late last year, the previous quarter."""
    m = f.match
    rel, name, part = m["rel"].lower(), m["u"].lower(), m["part"]
    if m["adj"] and m["adj"].lower() in ("crucial", "critical"):
        return []
    code = w.unit_of(name)
    step = -1 if _BACK.search(rel) else 1 if _AHEAD.search(rel) else 0
    base, why = c.reference.day, c.reference.why
    told = False
    if _FROM_TEXT.search(rel):
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


def unit_value(day: dt.date, code: str) -> tuple[str, Grain]:
    """The TIMEX3 value of the unit that holds a day."""
    if code == "D":
        return day.isoformat(), "D"
    if code in ("W", "F"):
        return week_value(day), "W"
    if code == "WE":
        return week_value(day) + "-WE", "W"
    if code == "M":
        return f"{day:%Y-%m}", "M"
    if code == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}", "Q"
    if code == "Y":
        return f"{day.year:04d}", "Y"
    return (f"{day.year // 10:03d}", "X") if code == "DE" else (f"{day.year // 100:02d}", "X")


def the_unit(c: Context, f: Found) -> list[Raw]:
    """The end of the year, the beginning of the month, late in the week."""
    code = w.unit_of(f.match["u"])
    if c.reference.day is None:
        return []
    value, grain = unit_value(c.reference.day, code)
    return dated(c, f, value, grain, f"of {c.reference.why}", part=f.match["part"])


def unit_end(c: Context, f: Found) -> list[Raw]:
    """Year-end, the month's end."""
    m = f.match
    code = w.unit_of(m["u"])
    if m["y"]:
        return dated(c, f, f"{int(m['y']):04d}-12-31", "D", "year's end", explicit=True) if code == "Y" else []
    if c.reference.day is None:
        return []
    span = span_of_value(unit_value(c.reference.day, code)[0])
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
            middle = last - 45 * DAY
            value = f"{middle.year:04d}-Q{(middle.month + 2) // 3}"
            c.remember(f, *(span_of_value(value) or (last, last)), "Q")
            return [Raw(f.start, f.end, "DATE", value, span_of_value(value), f"the quarter most of which ends {last}")]
        return [Raw(f.start, f.end, "DURATION", w.duration_value(1, code), span, f"the {m['u']} up to {last}")]
    possessive = c.text[f.end : f.end + 2] in ("'s", "’s")
    if base is None or m[0].lower().startswith("a ") or code == "Q":
        return []
    whole = (m["adj"] or "").lower() in ("full", "whole", "entire", "fiscal")
    if not (whole or possessive or before in ("for", "throughout", "of", "far")):
        return []
    tokens = c.tokens(f)
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


def then(c: Context, f: Found) -> list[Raw]:
    """Until then, since then, by then: the date told before; none where there is none."""
    if c.before(f) not in ("until", "since", "by", "till"):
        return []
    a = c.narrative(f, within=2)
    if a is None:
        return []
    value = a.first.isoformat() if a.grain == "D" else unit_value(a.first, a.grain if a.grain in "WMQY" else "Y")[0]
    return [Raw(f.start, f.end, "DATE", value, span_of_value(value), f"{a.text!r} before it")]


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


def ago(c: Context, f: Found) -> list[Raw]:
    """Two weeks ago, a year earlier, 85 days later, three days from now."""
    m = f.match
    code, way = w.unit_of(m["u"]), m["dir"].lower()
    n = w.number(m["n"]) if m["n"] else None
    if m["n2"] and m["n"]:
        more = w.number(m["n2"])
        n = (n or 0) + 0.5 if more is not None and "and a" in m[0] else n
    if m["vague"] and "couple" in m["vague"]:
        n = 2
    back = way in ("ago", "earlier", "before", "previously", "prior")
    length = w.duration_value(n, code)
    if c.after(f) == "than":
        return [Raw(f.start, f.end, "DURATION", length, None, "length of time")]  # "85 days earlier than planned"
    if n is None and way in ("later", "after", "afterwards", "thereafter") and c.tense(f) != "future":
        return _some_time_later(c, f)
    if way in ("before", "after", "prior", "previously", "later") and not re.match(
        r"\s*(?:[,.;:)\"”—–-]|$|and |but |he |she |they |it |in |at |on |with )", c.text[f.end : f.end + 6]
    ):
        if way in ("before", "after", "prior"):
            end = f.start + len(re.sub(rf"\s+{way}$", "", c.text[f.start : f.end], flags=re.IGNORECASE))
            return [Raw(f.start, end, "DURATION", length, None, "length of time")]
    if n is None or code.startswith("T"):
        if n is not None and (c.reference.day or c.narrative(f, "D")):
            return [Raw(f.start, f.end, "DURATION", length, None, "length of time")]
        return [Raw(f.start, f.end, "DATE", "PAST_REF" if back else "FUTURE_REF", None, "amount is vague")]
    base, why, grain_from = c.reference.day, c.reference.why, ""
    quarter_before = c.quarter(f, within=10) if code == "Y" and n == 1 and way in ("ago", "earlier", "before") else None
    if quarter_before:
        q = quarter_before
        value = f"{q.first.year - 1:04d}-Q{(q.first.month + 2) // 3}"
        if (q.last - q.first).days < 95:
            return [Raw(f.start, f.end, "DATE", value, span_of_value(value), f"a year before {q.text!r}")]
    if way not in ("ago", "from now", "hence"):
        a = c.narrative(f, within=3)
        if a:
            base, why, grain_from = (a.first if back else a.last), f"{a.text!r} before it", a.grain
        elif not back and c.tense(f) != "future":
            return [Raw(f.start, f.end, "DURATION", length, None, "no date before it to count from")]
    if base is None:
        return [Raw(f.start, f.end, "DATE", "PAST_REF" if back else "FUTURE_REF", None, "no date to count from")]
    amount = int(n * 12) if code == "Y" and n % 1 else int(n)
    if n > 5000:
        return [Raw(f.start, f.end, "DURATION", length, None, "length of time")]
    day = shift(base, -amount if back else amount, "M" if code == "Y" and n % 1 else code)
    if m["wd"]:
        number = w.weekday_of(m["wd"].split()[-1])
        day += (number - day.weekday()) * DAY
        return dated(c, f, day.isoformat(), "D", f"counted from {why}")
    exact = code == "D" or (code in ("W", "F") and (grain_from == "D" or bool(m["so"])))
    if exact and grain_from in ("M", "Q", "Y", "X"):
        return [Raw(f.start, f.end, "DATE", "XXXX-XX-XX", None, "the date before it is not told to the day")]
    value, grain = unit_value(day, "D" if exact else "Y" if code in ("DE", "CE") else code)
    return dated(c, f, value, grain, f"counted from {why}")


def day_before(c: Context, f: Found) -> list[Raw]:
    """The week before, the year earlier, the day after: counted from the date told before; none where there is none."""
    m = f.match
    a = c.narrative(f, within=3)
    code = w.unit_of(m["u"])
    if a is None or (code in ("D", "W", "WE") and a.grain not in ("D", "W")):
        return []
    step = -1 if m["dir"].lower() in ("before", "earlier") else 1
    value, grain = unit_value(shift(a.first if step < 0 else a.last, step, code), code)
    return dated(c, f, value, grain, f"counted from {a.text!r} before it")


def _some_time_later(c: Context, f: Found) -> list[Raw]:
    """ "Weeks later" in an account of the past: a length of time, after the date told before it."""
    a = c.narrative(f, within=3)
    why = f"amount is vague; after {a.text!r} before it" if a else "amount is vague; no date before it to count from"
    text = c.text[f.start : f.end]
    end = f.start + len(re.sub(r"\s+\S+$", "", text))
    code = w.unit_of(f.match["u"])
    bounds = f"{a.first}/.." if a else ""
    return [Raw(f.start, end, "DURATION", w.duration_value(None, code), None, why, bounds=bounds)]


def ago_bare(c: Context, f: Found) -> list[Raw]:
    """Months ago, years later: vague."""
    back = f.match["dir"].lower() != "later"
    if not back and c.tense(f) != "future":
        return _some_time_later(c, f)
    return [Raw(f.start, f.end, "DATE", "PAST_REF" if back else "FUTURE_REF", None, "amount is vague")]


def long_ago(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Long ago, some time ago."""
    if f.match[0].lower() == "once":
        return []
    return [Raw(f.start, f.end, "DATE", "PAST_REF", None, "vague")]


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


def present(c: Context, f: Found) -> list[Raw]:
    """Now, currently, at present."""
    if f.match[0].lower() == "now" and c.after(f) in ("famous", "defunct"):
        return []
    day = c.reference.day
    why = f"time of writing, {c.reference.why}" if day else "time of writing"
    start = f.start + (f.match[0].lower().find("now") if f.match[0].lower().startswith(("until ", "by ")) else 0)
    return [Raw(start, f.end, "DATE", "PRESENT_REF", None, why)]


def past(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Recently, previously, the past: no days can be said."""
    return [Raw(f.start, f.end, "DATE", "PAST_REF", None, "vague: before the time of writing")]


def future(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Soon, the near future: no days can be said."""
    return [Raw(f.start, f.end, "DATE", "FUTURE_REF", None, "vague: after the time of writing")]
