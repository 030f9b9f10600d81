"""Readers of lengths of time and of repeated times: durations and sets."""

from __future__ import annotations

import re

from crossfix.language.times import words as w
from crossfix.language.times.absolute import relative_year
from crossfix.language.times.context import Context, Raw, shift, unit_value
from crossfix.language.times.days import month_span, span_of_value
from crossfix.language.times.grammar import Found

_LENGTH = "length of time"
_LEADS = {
    "for", "in", "within", "after", "over", "took", "take", "takes", "last", "lasted", "spent", "lasts",
    "by", "into", "of", "through", "during", "than",
    "until", "decades", "several", "from", "taken",
}  # fmt: skip


def _amount(f: Found) -> float | None:
    g = f.match.groupdict()
    if g.get("vague"):
        return 2 if "couple" in g["vague"].lower() else None
    n = w.number(g["n"]) if g.get("n") else None
    if n is not None and g.get("n2") and "and a" in f.match[0]:
        n += 0.5
    return n


def duration(c: Context, f: Found) -> list[Raw]:
    """Three years, several months, an hour and a half, 24 hours; "$5 a day" is a set."""
    m = f.match
    g = m.groupdict()
    code, n = w.unit_of(m["u"]), _amount(f)
    first = (m["n"] or m["vague"] or "").lower()
    if m["old"]:
        return []  # an age is no time
    plural = m["u"].lower().endswith("s") or m["u"].lower() == "centuries"
    if first in ("a", "an") and m["u"].lower() in ("second", "quarter"):
        return []
    if (n is not None and n > 1 and not plural and code in ("TS", "Q")) or (code == "Q" and c.after(f) == "of"):
        return []
    if first == "some" and not plural:
        return []
    if n is None and not m["vague"]:
        return []
    if m[0].lower().startswith(("every ", "each ")):
        return [Raw(f.start, f.end, "SET", w.duration_value(n, code), None, "repeated")]
    if first in ("a", "an") and f.match[0].lower().split()[0] == first:
        before = c.parse.tokens_in(c.offset + max(0, f.start - 2), c.offset + f.start)
        if before and (
            before[-1].tag in ("NNS", "CD", "$")
            or before[-1].lower in ("%", "times", "once", "twice", "percent", "cents")
        ):
            return [Raw(f.start, f.end, "SET", w.duration_value(1, code), None, "repeated")]
    if g.get("hn") and n is not None:
        unit = {"TM": ("PT", "M", "30S"), "TH": ("PT", "H", "30M"), "D": ("P", "D", "T12H"), "Y": ("P", "Y", "6M")}.get(
            code
        )
        if unit and g["hn"].lower() == "half":
            return [Raw(f.start, f.end, "DURATION", f"{unit[0]}{n:g}{unit[1]}{unit[2]}", None, _LENGTH)]
        n += 0.5 if g["hn"].lower() == "half" else 0.25
    base = c.reference.day
    if base and n and n == int(n) and n < 1000 and c.before(f) == "in" and code in "DWMY" and c.tense(f) == "future":
        part = span_of_value(unit_value(shift(base, int(n), code), code)[0])
        why = f"{_LENGTH}; counted from {c.reference.why}"
        return [Raw(f.start, f.end, "DURATION", w.duration_value(n, code), None, why, part=part)]
    return [Raw(f.start, f.end, "DURATION", w.duration_value(n, code), None, _LENGTH)]


def duration_range(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Two hours and 30 minutes; 74 minutes 20 seconds."""
    m = f.match
    a, b = w.number(m["n"]), w.number(m["n2"])
    if a is None or b is None:
        return []
    return [
        Raw(f.start, f.end, "DURATION", f"PT{a:g}{w.unit_of(m['u'])[1]}{b:g}{w.unit_of(m['u2'])[1]}", None, _LENGTH)
    ]


def duration_hyphen(c: Context, f: Found) -> list[Raw]:
    """Two-year, 30-day, decade-long, three-year period."""
    m = f.match
    n = w.number(m["n"])
    if m["n"].lower() == "half" or (m["long"] or "").lower().endswith("old"):
        return []  # an age is no time
    if m["n"].lower() in ("a", "an") or (n is None and m["n"].lower() != "several" and m["n"].lower() != "multi"):
        return []
    if " " in m[0] and "-" not in m[0]:
        # "five year plan" yes, "one second" and "first quarter" no
        if w.unit_of(m["u"]) in ("TS", "Q") or (n is not None and n == 1):
            return []
        if c.before(f) in ("fiscal", "year"):
            return []
    return [Raw(f.start, f.end, "DURATION", w.duration_value(n, w.unit_of(m["u"])), None, _LENGTH)]


def half_unit(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Half an hour, half a century."""
    name = f.match["u"] or re.sub(r"^half[- ]", "", f.match["u2"].lower())
    value = {
        "second": "PT0.5S", "minute": "PT30S", "hour": "PT30M", "day": "PT12H", "week": "P0.5W",
        "month": "P0.5M", "year": "P6M", "decade": "P5Y",
        "century": "P50Y",
    }[name.lower()]  # fmt: skip
    return [Raw(f.start, f.end, "DURATION", value, None, _LENGTH)]


def unit_long(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Decades-long, day-long."""
    word = f.match["u"].lower()
    plural = word.endswith("s") and word != "centurys"
    return [Raw(f.start, f.end, "DURATION", w.duration_value(None if plural else 1, w.unit_of(word)), None, _LENGTH)]


def bare_units(c: Context, f: Found) -> list[Raw]:
    """Years, weeks or months: only where the words around say that time passes."""
    if c.before(f) not in _LEADS and c.after(f) not in ("before", "after"):
        return []
    if c.before(f) in ("in", "by", "of", "from", "than") and c.after(f) in ("to", "of"):
        return []
    return [Raw(f.start, f.end, "DURATION", w.duration_value(None, w.unit_of(f.match["u"])), None, "amount is vague")]


def a_while(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """A while, a long time."""
    return [Raw(f.start, f.end, "DURATION", "PXX", None, "amount is vague")]


def span_of(c: Context, f: Found) -> list[Raw]:
    """The past two months, the next few days, recent weeks, the first nine months."""
    m = f.match
    way, code = m["dir"].lower(), w.unit_of(m["u"])
    n = _amount(f)
    if m["n"] is None and m["vague"] is None and way in ("first", "final", "latest"):
        n = None
    if way in ("recent", "past") and code == "Y" and n is None and not m["vague"]:
        return [Raw(f.start, f.end, "DATE", "PAST_REF", None, "vague: years before the time of writing")]
    span = None
    why = _LENGTH
    base = c.reference.day
    if (
        base
        and n is not None
        and n == int(n)
        and n < 2000
        and not code.startswith("T")
        and way in ("past", "last", "next", "coming")
    ):
        back = way in ("past", "last")
        other = shift(base, int(-n if back else n), code)
        span = (other, base) if back else (base, other)
        why = f"up to {c.reference.why}" if back else f"from {c.reference.why}"
    return [Raw(f.start, f.end, "DURATION", w.duration_value(n, code), span, why)]


def ahead(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """The weeks ahead."""
    return [Raw(f.start, f.end, "DURATION", w.duration_value(None, w.unit_of(f.match["u"])), None, "amount is vague")]


def past_unit(c: Context, f: Found) -> list[Raw]:
    """The past year, the past week: the length up to the reference day."""
    code = w.unit_of(f.match["u"])
    base = c.reference.day
    if code == "Y" and base:
        value, _ = unit_value(shift(base, -1, "Y"), "Y")
        return [Raw(f.start, f.end, "DATE", value, span_of_value(value), f"counted from {c.reference.why}")]
    span = None
    if base and not code.startswith("T"):
        span = shift(base, -1, code), base
    return [Raw(f.start, f.end, "DURATION", w.duration_value(1, code), span, c.reference.why if span else _LENGTH)]


def months(c: Context, f: Found) -> list[Raw]:
    """The nine months, the first nine months (of 2023): the days are known where the year is."""
    g = f.match.groupdict()
    n = w.number(g["n"])
    code = w.unit_of(g["u"]) if g.get("u") else "M"
    value = w.duration_value(n, code)
    of = (g.get("of") or "").lower()
    year = int(of) if of.isdigit() else relative_year(c, f, of) if of and of != "year" else None
    if of == "year" and c.reference.day:
        year = c.reference.day.year
    if year and n and n == int(n) and code in ("M", "Q") and f.match[0].lower().startswith("the first"):
        count = int(n) * (3 if code == "Q" else 1)
        if count <= 12:
            return [Raw(f.start, f.end, "DURATION", value, month_span(year, 1, count), f"from the start of {year}")]
    return [Raw(f.start, f.end, "DURATION", value, None, _LENGTH)]


def every(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Every day, each year, every three months, every Monday."""
    m = f.match
    word = m["u"].lower()
    if word.removesuffix("s") in w.WEEKDAYS:
        return [Raw(f.start, f.end, "SET", f"XXXX-WXX-{w.WEEKDAYS[word.removesuffix('s')] + 1}", None, "repeated")]
    if word in w.MONTHS:
        return [Raw(f.start, f.end, "SET", f"XXXX-{w.MONTHS[word]:02d}", None, "repeated")]
    if word in w.SEASON_WORDS:
        return [Raw(f.start, f.end, "SET", f"XXXX-{w.SEASON_WORDS[word]}", None, "repeated")]
    if word in w.DAY_PARTS and word != "night":
        return [Raw(f.start, f.end, "SET", f"XXXX-XX-XXT{w.DAY_PARTS[word]}", None, "repeated")]
    n = w.number(m["n"]) if m["n"] else 2 if m["other"] else 1
    return [Raw(f.start, f.end, "SET", w.duration_value(n, w.unit_of(word)), None, "repeated")]


def adverb_set(c: Context, f: Found) -> list[Raw]:
    """Daily, weekly, annually."""
    value = {
        "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W", "monthly": "P1M", "bimonthly": "P2M",
        "quarterly": "P3M", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H", "biannually": "P6M", "semiannually": "P6M",
    }[f.match["word"].lower()]  # fmt: skip
    tokens = c.tokens(f)
    if (
        f.match["word"].lower() in ("daily", "weekly", "monthly", "nightly")
        and tokens
        and tokens[0].dep in ("amod", "compound", "nmod")
        and c.after(f) != "basis"
    ):
        return []  # "daily flights": a kind of flights
    if f.match["word"][0].isupper() and c.text[f.end : f.end + 2].strip()[:1].isupper():
        return []  # a newspaper's name
    return [Raw(f.start, f.end, "SET", value, None, "repeated")]


def times_a(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Twice a week."""
    return [Raw(f.start, f.end, "SET", w.duration_value(1, w.unit_of(f.match["u"])), None, "repeated")]


def plural_weekday(c: Context, f: Found) -> list[Raw]:  # noqa: ARG001
    """Fridays."""
    if not f.match["wd"][0].isupper():
        return []
    return [Raw(f.start, f.end, "SET", f"XXXX-WXX-{w.weekday_of(f.match['wd']) + 1}", None, "repeated")]
