"""Readers of calendar expressions: full dates, months, years, quarters, seasons, holidays, clock times."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.times import words as w
from crossfix.language.times.context import Context, Raw, dated, nearest
from crossfix.language.times.days import DAY, month_span, span_of_value
from crossfix.language.times.grammar import Found
from crossfix.model import TimeType

_YEAR_PREPOSITIONS = {
    "in", "since", "of", "from", "by", "until", "till", "to", "during", "before", "after", "late", "early",
    "year", "between", "and", "through",
    "circa", "around", "mid", "throughout", "for", "the", "fiscal", "calendar",
}  # fmt: skip
_NOT_YEAR_BEFORE = {
    "resolution", "resolutions", "flight", "no.", "number", "page", "room", "highway", "route", "boeing",
    "act", "act.", "windows", "article",
    "section", "ak", "unscr", "unscrs", "res", "res.", "$", "£", "€", "#", "model", "op", "about", "nearly",
    "some", "than", "approximately", "at",
    "over", "almost", "roughly",
}  # fmt: skip
_YEAR_SHIFT = {"last": -1, "this": 0, "next": 1, "that": 0, "the same": 0, "the following": 1, "the previous": -1}


def _day_number(text: str) -> int:
    return int(re.match(r"\d+", text)[0])  # type: ignore[index]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def relative_year(c: Context, f: Found, words: str) -> int | None:
    """The year that "last year", "that year" and the like name."""
    rel = re.sub(r" year$", "", words.lower().strip())
    base = c.reference.day
    if rel.startswith(("that", "the ")):
        a = c.narrative(f)
        if a:
            return a.first.year + _YEAR_SHIFT.get(rel, 0)
    return base.year + _YEAR_SHIFT.get(rel, 0) if base else None


def _cased(c: Context, f: Found, name: str) -> bool:
    """True where the word (a month, a weekday) is written as a name."""
    at = f.match.start(name)
    return c.text[at].isupper()


def _month_fits(c: Context, f: Found, alone: bool) -> bool:
    """False for "may" the modal, "march" the verb, "Sun" the star."""
    if not _cased(c, f, "m"):
        return False
    word = f.match["m"]
    if alone and word.lower() in ("may", "march", "mar", "jan", "dec", "sep", "august", "june", "april"):
        tokens = c.parse.tokens_in(c.offset + f.match.start("m"), c.offset + f.match.end("m"))
        if tokens and (tokens[0].tag in ("MD", "VB", "VBP", "VBD") or tokens[0].ent == "PERSON"):
            return False
    return True


def _one_day(
    c: Context, f: Found, month: int, day: int, *, start: int | None = None, end: int | None = None
) -> list[Raw]:
    """A month and day, with or without its year."""
    g = f.match.groupdict()
    part = g.get("part")
    here = f._replace(start=f.start if start is None else start, end=f.end if end is None else end)
    year_text = g.get("y") or g.get("yj")
    kind: TimeType = "DATE"
    tail = ""
    if g.get("dp"):
        kind, tail = "TIME", "T" + w.DAY_PARTS[g["dp"].lower()]
    weekday = w.weekday_of(g["wd"]) if g.get("wd") else None
    if year_text:
        date, why, explicit = _date(int(year_text), month, day), "full date", True
    elif g.get("yrel") and (year := relative_year(c, f, g["yrel"])):
        date, why, explicit = _date(year, month, day), f"{g['yrel']} of {c.reference.why}", False
    else:
        got = None
        if weekday is not None and c.reference.day:
            base = c.reference.day
            fits = [
                d for d in (_date(base.year + k, month, day) for k in (-2, -1, 0, 1)) if d and d.weekday() == weekday
            ]
            if fits:
                got = min(fits, key=lambda d: abs((d - base).days)), f"weekday fits, nearest to {c.reference.why}"
        got = got or nearest(c, here, lambda y: _date(y, month, day), whole="day")
        if got is None:
            if day <= 31:
                return [
                    Raw(here.start, here.end, kind, f"XXXX-{month:02d}-{day:02d}{tail}", None, "no year in the text")
                ]
            return []
        date, why, explicit = got[0], got[1], got[1].startswith("follows")
    if date is None:
        return []
    if weekday is not None and date.weekday() != weekday:
        why += "; weekday does not fit"
    return dated(c, here, date.isoformat() + tail, "D", why, part=part, kind=kind, explicit=explicit)


def iso(c: Context, f: Found) -> list[Raw]:
    """2023-11-28, 2023-11-28T08:24."""
    m = f.match
    date = _date(int(m["y"]), int(m["m"]), int(m["d"]))
    if not date:
        return []
    value = date.isoformat() + (f"T{m['t']}{m['z'] or ''}" if m["t"] else "")
    return dated(c, f, value, "D", "full date", kind="TIME" if m["t"] else "DATE", explicit=True)


def numeric(c: Context, f: Found) -> list[Raw]:
    """11/28/2023 (American order unless impossible), 28.11.2023 (day first)."""
    m = f.match
    a, b, year = int(m["a"]), int(m["b"]), w.full_year(m["y"])
    if m["sep"] in ".-" and len(m["y"]) == 2:
        return []
    month, day = (b, a) if (m["sep"] == "." or a > 12) else (a, b)
    date = _date(year, month, day)
    return dated(c, f, date.isoformat(), "D", "full date", explicit=True) if date else []


def month_day(c: Context, f: Found) -> list[Raw]:
    """November 28; Tuesday, Nov. 28, 2023; 28 November; the 30th of December 2023."""
    if not _month_fits(c, f, alone=False):
        return []
    return _one_day(c, f, w.month_of(f.match["m"]), _day_number(f.match["d"]))


def month_day_range(c: Context, f: Found) -> list[Raw]:
    """September 13-17, 13-17 September 2023: one expression, from the first day to the last."""
    if not _month_fits(c, f, alone=False):
        return []
    m = f.match
    month = w.month_of(m["m"])
    return _range(c, f, (month, _day_number(m["d"])), (month, _day_number(m["d2"])), m["y"])


def month_day_span(c: Context, f: Found) -> list[Raw]:
    """August 30 - September 2, 2023."""
    if not _month_fits(c, f, alone=False):
        return []
    m = f.match
    return _range(
        c, f, (w.month_of(m["m"]), _day_number(m["d"])), (w.month_of(m["m2"]), _day_number(m["d2"])), m["y2"] or m["y"]
    )


def _range(c: Context, f: Found, a: tuple[int, int], b: tuple[int, int], year: str | None) -> list[Raw]:
    if year:
        first, last, why = _date(int(year), *a), _date(int(year), *b), "full date"
    else:
        got = nearest(c, f, lambda y: _date(y, *a), whole="day")
        if not got:
            return [Raw(f.start, f.end, "DATE", f"XXXX-{a[0]:02d}-{a[1]:02d}", None, "no year in the text")]
        first, why = got
        last = _date(first.year, *b)
    if first and last and first > last and a[0] > b[0]:
        first = _date(first.year - 1, *a)
    if not first or not last or first > last:
        return []
    c.remember(f, first, last, "D", bool(year))
    return [Raw(f.start, f.end, "DATE", f"{first}/{last}", (first, last), f"range; {why}")]


def day_list(c: Context, f: Found) -> list[Raw]:
    """May 3 and 5; 3, 5 and 7 May 2023: one expression a day."""
    if not _month_fits(c, f, alone=False):
        return []
    m = f.match
    days = list(re.finditer(r"(\d{1,2})(?:st|nd|rd|th)?", m["ds"]))
    base = m.start("ds")
    month_first = m.start("m") < base
    out: list[Raw] = []
    for k, d in enumerate(days):
        start = m.start("m") if month_first and k == 0 else base + d.start()
        end = f.end if k == len(days) - 1 else base + d.end()
        out += _one_day(c, f, w.month_of(m["m"]), int(d[1]), start=start, end=end)
    return out


def month(c: Context, f: Found) -> list[Raw]:
    """November; early November 2023; last May; the previous November; that September; November of last year."""
    m = f.match
    number = w.month_of(m["m"])
    named = m["y"] or m["yrel"]
    if not _month_fits(c, f, alone=not named):
        return []
    word = m["m"].lower().rstrip(".")
    if word in ("may", "march", "mar", "august", "sun", "dec", "jan") and not named and not m["part"] and not m["rel"]:
        if f.start == 0 and word in ("may", "march"):
            return []
    part = m["part"]
    rel = (m["rel"] or "").lower()
    if m["y"]:
        return dated(c, f, f"{int(m['y']):04d}-{number:02d}", "M", "month and year", part=part, explicit=True)
    if m["yrel"]:
        year = relative_year(c, f, m["yrel"])
        why = f"{m['yrel']} of {c.reference.why}"
        return dated(c, f, f"{year:04d}-{number:02d}", "M", why, part=part) if year else _unknown_month(f, number)
    if rel:
        return _relative_month(c, f, rel, number)
    if shared := _year_after(c, f, number):
        return dated(
            c, f, f"{shared:04d}-{number:02d}", "M", "year of the month named with it", part=part, explicit=True
        )
    got = nearest(c, f, lambda y: _date(y, number, 1), whole="month")
    if not got:
        return _unknown_month(f, number)
    return dated(c, f, f"{got[0]:%Y-%m}", "M", got[1], part=part, explicit=got[1].startswith("follows"))


_JOINED = re.compile(
    rf",? ?(?:to|and|through|until|or|,|-|–|—) ?(?:(?:early|late|mid)[ -])?"
    rf"(?:{w.MONTH},? (?:to|and|through|or) )?(?P<m>{w.MONTH}),? (?P<y>{w.YEAR})",
    re.IGNORECASE,
)


def _year_after(c: Context, f: Found, number: int) -> int | None:
    """The year of "to June 2024" for the January before it; the year before where the month is a later one."""
    m = _JOINED.match(c.text, f.end)
    if not m:
        return None
    return int(m["y"]) - (number > w.month_of(m["m"]))


def month_range(c: Context, f: Found) -> list[Raw]:
    """August-September 2023: from the first month to the last."""
    if not _month_fits(c, f, alone=False):
        return []
    m = f.match
    a, b = w.month_of(m["m"]), w.month_of(m["m2"])
    if m["y"]:
        last, why = dt.date(int(m["y"]), b, 1), "months and year"
    else:
        got = nearest(c, f, lambda y: _date(y, b, 1), whole="month")
        if not got:
            return _unknown_month(f, a)
        last, why = got
    first = dt.date(last.year - (a > b), a, 1)
    span = first, month_span(last.year, b)[1]
    c.remember(f, *span, "X", bool(m["y"]))
    return [Raw(f.start, f.end, "DATE", f"{first:%Y-%m}/{last:%Y-%m}", span, f"range; {why}")]


def _unknown_month(f: Found, number: int) -> list[Raw]:
    return [Raw(f.start, f.end, "DATE", f"XXXX-{number:02d}", None, "no year in the text")]


def _relative_month(c: Context, f: Found, rel: str, number: int) -> list[Raw]:
    """The month before or after the narrative's date, or the reference day for "last", "this", "next"."""
    back = bool(re.search(r"last|past|previous|prior|preceding", rel))
    ahead = bool(re.search(r"next|following|coming|ensuing|upcoming", rel))
    base, why = c.reference.day, c.reference.why
    if rel.startswith("th") and rel not in ("this", "this past", "this coming"):
        a = c.narrative(f)
        if a:
            base, why = a.first, f"{a.text!r} before it"
    if base is None:
        a = c.narrative(f)
        if a is None:
            return _unknown_month(f, number)
        base, why = a.first, f"{a.text!r} before it"
    year = base.year
    if back:
        year -= number >= base.month
    elif ahead:
        year += number <= base.month
    elif rel == "this" or rel.startswith("that") or "same" in rel:
        pass
    word = "before" if back else "after" if ahead else "in the year of"
    return dated(c, f, f"{year:04d}-{number:02d}", "M", f"{word} {why}", part=f.match["part"])


def month_of_year(c: Context, f: Found) -> list[Raw]:
    """Last year's November."""
    base = c.reference.day
    number = w.month_of(f.match["m"])
    if base is None:
        return _unknown_month(f, number)
    year = base.year + _YEAR_SHIFT[f.match["rel"].lower()]
    return dated(c, f, f"{year:04d}-{number:02d}", "M", c.reference.why, part=f.match["part"])


def month_last_year(c: Context, f: Found) -> list[Raw]:
    """2022's November."""
    return dated(c, f, f"{int(f.match['y']):04d}-{w.month_of(f.match['m']):02d}", "M", "month and year", explicit=True)


def year(c: Context, f: Found) -> list[Raw]:
    """2022; early 2022. Not "2000 troops", "resolution 1718" or "$1999"."""
    m = f.match
    if m["s"]:
        return []
    number, before = int(m["y"]), c.before(f)
    at = m.start("y")
    if (at and (c.text[at - 1] in "$£€#/+@" or c.text[at - 1].isalnum())) or c.text[f.end : f.end + 1] in (
        "%",
        "/",
        "°",
    ):
        return []
    marked = bool(m["part"]) or "year" in m[0].lower()
    if not marked:
        if before in _NOT_YEAR_BEFORE or before.startswith(("$", "#")):
            return []
        if re.search(
            r"\bresolutions?\b[^.;(]{0,60}$", c.text[max(0, f.start - 80) : f.start], re.IGNORECASE
        ) and not before.startswith("("):
            if c.text[at - 1 : at] != "(" and before not in ("in", "since", "of"):
                return []
        if number < 1900 and before not in _YEAR_PREPOSITIONS:
            return []
        after = c.parse.tokens_in(c.offset + f.end + 1, c.offset + f.end + 2)
        if (
            after
            and before not in _YEAR_PREPOSITIONS
            and after[0].tag == "NNS"
            and after[0].start == c.offset + f.end + 1
        ):
            tokens = c.tokens(f)
            if tokens and tokens[-1].ent not in ("DATE", ""):
                return []
        if number > 2050:
            return []
    return dated(c, f, f"{number:04d}", "Y", "year", part=m["part"], explicit=True)


def year_slash(c: Context, f: Found) -> list[Raw]:
    """2018-21, 2018-2021, 2023/24: from the first year to the last."""
    first = int(f.match["y"])
    tail = f.match["y2"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if not first < last <= first + 60:
        return []
    span = dt.date(first, 1, 1), dt.date(last, 12, 31)
    c.remember(f, *span, "X", explicit=True)
    return [Raw(f.start, f.end, "DATE", f"{first:04d}/{last:04d}", span, f"range of years to {last}")]


def fiscal(c: Context, f: Found) -> list[Raw]:
    """Fiscal 1990, fiscal year 2022-23: the year or years as named; when it begins is not known."""
    m = f.match
    if m["y2"]:
        first = int(m["y"])
        last = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
        return (
            dated(c, f, f"{first:04d}/{last:04d}", "X", "fiscal year as named", explicit=True) if first < last else []
        )
    return dated(c, f, f"{w.full_year(m['y3']):04d}", "Y", "fiscal year as named", part=f.match["part"], explicit=True)


def spoken_year(c: Context, f: Found) -> list[Raw]:
    """Nineteen ninety-six; January nineteen ninety-seven."""
    number = w.spoken_year(re.sub(r"^the year ", "", f.match["words"], flags=re.IGNORECASE))
    if number is None:
        return []
    name = f.match.groupdict().get("m")
    if name:
        return dated(c, f, f"{number:04d}-{w.month_of(name):02d}", "M", "month and year", explicit=True)
    return dated(c, f, f"{number:04d}", "Y", "year", explicit=True)


def decade(c: Context, f: Found) -> list[Raw]:
    """The 1990s, the '80s, the nineties."""
    m = f.match
    if m["dec"]:
        value = m["dec"][:3]
    elif m["dec2"]:
        value = ("20" if m["dec2"] <= "20" else "19") + m["dec2"][0]
    else:
        if not re.match(r"the |early|late|mid", m[0], re.IGNORECASE):
            return []
        value = f"19{w.DECADE_WORDS[m['decw'].lower()]}"
    part = re.search(r"early|late|mid|first half|second half|latter half|last half", m[0], re.IGNORECASE)
    return dated(c, f, value, "X", "decade", part=part[0] if part else None)


def century(c: Context, f: Found) -> list[Raw]:
    """The 19th century."""
    word = f.match["c"]
    number = int(re.match(r"\d+", word)[0]) if word and word[0].isdigit() else None  # type: ignore[index]
    if number is None:
        name = re.search(r"(?:the )?(?:(?:early|late|mid)[ -])?([\w-]+?)[ -]century", f.match[0], re.IGNORECASE)
        number = w.ORDINALS.get(name[1].lower()) if name else None
    if not number or number > 21:
        return []
    part = re.search(r"early|late|mid", f.match[0], re.IGNORECASE)
    return dated(c, f, f"{number - 1:02d}", "X", "century", part=part[0] if part else None)


_DAY_AFTER = re.compile(
    rf"(?: \([^()]{{3,28}}\))?\)?,? (?:on )?(?:early |late )?(?:(?P<wd>{w.WEEKDAY_FULL})|(?P<m>{w.MONTH}) (?P<d>{w.DAYNUM})"
    rf"|(?P<d2>{w.DAYNUM}) (?P<m2>{w.MONTH}))(?:,? (?P<y>{w.YEAR}))?",
    re.IGNORECASE,
)


def clock(c: Context, f: Found) -> list[Raw]:
    """8:24 a.m., 0424 GMT, around 7:15 p.m. Thursday: the day is the one named, else that of the text before."""
    m = f.match
    hour_text, minute = m["h"] or m["h2"] or m["h3"], m["min"] or m["min2"] or m["min3"] or "00"
    zone = m["zone"] or m["zone2"]
    if m["hw"]:
        word = m["hw"].lower()
        number = w.number(re.sub(r" o.clock$", "", word)) if "clock" in word else None
        if "clock" not in word:
            hour = 0 if word == "midnight" else 12
        elif number is None or not 1 <= number <= 12:
            return []
        else:
            hour = int(number)
    else:
        hour = int(hour_text)
        if m["ap"]:
            if not 1 <= hour <= 12:
                return []
            hour = hour % 12 + (12 if m["ap"].lower().startswith("p") else 0)
        elif (
            m["h2"]
            and not zone
            and c.before(f)
            not in ("at", "around", "about", "from", "until", "by", "till", "before", "after", "since", "and")
        ):
            return []
    tail = f"T{hour:02d}:{minute}" + ("Z" if zone in ("GMT", "UTC", "Z") else "")
    date: dt.date | None = None
    why = ""
    if m["m"] or m["m2"]:
        named = w.month_of(m["m"] or m["m2"]), _day_number(m["d"] or m["d2"])
        year_text = m["y"] or m["y2"]
        if year_text and (full := _date(int(year_text), *named)):
            got = [Raw(f.start, f.end, "DATE", full.isoformat(), (full, full), "full date")]
        else:
            got = _one_day(c, f, *named)
        date, why = (got[0].span[0], got[0].anchor) if got and got[0].span else (None, "")
    elif m["wd"]:
        from crossfix.language.times.relative import weekday_date

        found = weekday_date(c, f, w.weekday_of(m["wd"]), "")
        date, why = found if found else (None, "")
    elif m["tw"] and c.reference.day:
        date = c.reference.day + {"yesterday": -1, "tomorrow": 1}.get(m["tw"].lower(), 0) * DAY
        why = c.reference.why
    else:
        a = c.narrative(f, "D", within=1)
        told = _DAY_AFTER.match(c.text, f.end)
        if told and (told["m"] or told["m2"]):
            number, first = w.month_of(told["m"] or told["m2"]), _day_number(told["d"] or told["d2"])
            if told["y"]:
                date, why = _date(int(told["y"]), number, first), "the day told after it"
            else:
                near = nearest(c, f, lambda y: _date(y, number, first), whole="day")
                date, why = near if near else (None, "")
        elif told:
            from crossfix.language.times.relative import weekday_date

            fallen = weekday_date(c, f, w.weekday_of(told["wd"]), "")
            date, why = fallen if fallen else (None, "")
        elif a and a.first == a.last:
            date, why = a.first, f"day of {a.text!r}"
        elif c.reference.day:
            date, why = c.reference.day, c.reference.why
    if zone:
        why = f"{why}; zone {zone}".lstrip("; ")
    if date is None:
        return [Raw(f.start, f.end, "TIME", f"XXXX-XX-XX{tail}", None, why or "no day in the text")]
    return dated(c, f, date.isoformat() + tail, "D", why, kind="TIME")


def unlisted(c: Context, f: Found) -> list[Raw]:
    """The week of March 6."""
    m = f.match
    got = _one_day(c, f, w.month_of(m["m"]), _day_number(m["d"]))
    if not got or got[0].span is None:
        return []
    iso_year, week, _ = got[0].span[0].isocalendar()
    value = f"{iso_year:04d}-W{week:02d}"
    span = span_of_value(value)
    return [Raw(f.start, f.end, "DATE", value, span, got[0].anchor)] if span else []
