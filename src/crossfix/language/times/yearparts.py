"""Readers of parts of years: quarters, halves, seasons, holidays."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.times import words as w
from crossfix.language.times.absolute import relative_year
from crossfix.language.times.context import Context, Raw, dated, nearest
from crossfix.language.times.days import DAY, add_months, easter, nth_weekday, span_of_value
from crossfix.language.times.grammar import Found

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def quarter(c: Context, f: Found) -> list[Raw]:
    """The third quarter (of 2023, of last year); this year's third quarter; third-quarter."""
    g = f.match.groupdict()
    number = _QUARTERS[g["q"].lower()]
    day, why = c.reference.day, c.reference.why
    if g.get("y"):
        return dated(c, f, f"{int(g['y']):04d}-Q{number}", "Q", "quarter and year", part=g.get("part"), explicit=True)
    words = g.get("yrel") or g.get("poss")
    if words:
        year = relative_year(c, f, words if words.endswith("year") else words + " year")
    elif day is None:
        year = c.years[-1][1] if c.years else None
    else:
        year = day.year
        if dt.date(year, 3 * number - 2, 1) > day and c.tense(f) == "past":
            year -= 1
    if year is None:
        return [Raw(f.start, f.end, "DATE", f"XXXX-Q{number}", None, "no year in the text")]
    year -= bool(re.search(r"year[- ](?:ago|earlier)", f.match[0], re.IGNORECASE))
    return dated(c, f, f"{year:04d}-Q{number}", "Q", why, part=g.get("part"))


def quarter_code(c: Context, f: Found) -> list[Raw]:
    """Q3 2023, 3Q23; Q3 alone is the one of the reference's year, or of the year before where that is still to come."""
    m = f.match
    code = m["q"][1] if m["q"] else m["q2"][0]
    if not (m["y"] or m["y2"]):
        day = c.reference.day
        if day is None or m["q"][0] != "Q":
            return []
        year = day.year - (dt.date(day.year, 3 * int(code) - 2, 1) > day and c.tense(f) == "past")
        return dated(c, f, f"{year:04d}-Q{code}", "Q", c.reference.why)
    return dated(c, f, f"{w.full_year(m['y'] or m['y2']):04d}-Q{code}", "Q", "quarter and year", explicit=True)


def half(c: Context, f: Found) -> list[Raw]:
    """The first half (of 2023, of last year)."""
    m = f.match
    number = 1 if m["half"].lower() == "first" else 2
    named = re.search(w.YEAR, m[0])
    words = re.search(r"(last|this|next|that) year", m[0], re.IGNORECASE)
    year = (
        int(named[0])
        if named
        else relative_year(c, f, words[0])
        if words
        else c.reference.day.year
        if c.reference.day
        else None
    )
    if year is None or not (named or words or re.match(r"the |this |last ", m[0], re.IGNORECASE)):
        return []
    if re.match(r"\W+of (?!the year)", c.text[f.end : f.end + 8]):
        return []
    return dated(c, f, f"{year:04d}-H{number}", "Q", "year" if named else c.reference.why, explicit=bool(named))


def quarters_of(c: Context, f: Found) -> list[Raw]:
    """The first two quarters of 1990: its first half."""
    code = "H1" if f.match["w"].lower() == "first" else "H2"
    return dated(c, f, f"{int(f.match['y']):04d}-{code}", "Q", "year", explicit=True)


def season(c: Context, f: Found) -> list[Raw]:
    """Last fall; summer 2022; the summer of 1999; spring."""
    m = f.match
    code = w.SEASON_WORDS[m["s"].lower()]
    rel, part = (m["rel"] or "").lower(), m["part"]
    if m["y"]:
        return dated(
            c, f, f"{w.full_year(m['y'].lstrip(w.APOS)):04d}-{code}", "M", "season and year", part=part, explicit=True
        )
    if m["ys"]:
        number = w.spoken_year(m["ys"])
        return dated(c, f, f"{number:04d}-{code}", "M", "season and year", explicit=True) if number else []
    if not rel and not m["yrel"] and not part:
        tokens = c.tokens(f)
        if c.before(f) not in ("in", "during", "since", "by", "until", "of") and not m[0].lower().startswith("the "):
            return []
        if not tokens or tokens[-1].pos not in ("NOUN", "PROPN") or (code == "FA" and tokens[-1].ent != "DATE"):
            return []
        if c.after(f) in ("of", "in") and not m["yrel"]:
            return []
    day = c.reference.day
    if day is None:
        return []
    if m["yrel"]:
        year = relative_year(c, f, m["yrel"])
        return dated(c, f, f"{year:04d}-{code}", "M", c.reference.why, part=part) if year else []
    options = [(span_of_value(f"{day.year + k:04d}-{code}"), day.year + k) for k in (-2, -1, 0, 1, 2)]
    spans = [(s[0], s[1], y) for s, y in options if s]
    if re.search(r"last|past|previous|prior", rel):
        got = [y for _, last, y in spans if last < day]
        year = got[-1] if got else None
    elif re.search(r"next|coming|following", rel):
        year = next((y for first, _, y in spans if first > day), None)
    elif rel == "this":
        tense = c.tense(f)
        near = [x for x in spans if (tense != "past" or x[0] <= day) and (tense != "future" or x[1] >= day)] or spans
        year = min(near, key=lambda x: abs((x[0] + 45 * DAY - day).days))[2]
    elif c.tense(f) == "future":
        year = next((y for _, last, y in spans if last >= day), None)
    else:
        year = [y for first, _, y in spans if first <= day][-1]
    return dated(c, f, f"{year:04d}-{code}", "M", c.reference.why, part=part) if year else []


def anniversary(c: Context, f: Found) -> list[Raw]:
    """ "Its second anniversary", "the 10th anniversary of the armistice": so many years after the day told before it, or after the
    public occasion that the sentence speaks of; none where neither is known."""
    word = f.match["n"].lower()
    n = w.ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    a = c.narrative(f, "D", within=1)
    if a is not None and a.explicit:
        base, name = a.first, repr(a.text)
    else:
        from crossfix.reference.occasions import told_in

        s = c.parse.sentences[c.sentence(f)]
        text = c.parse.text[s.start : s.end]
        near = [o for o, _ in told_in(text) if not o.planned and not o.common]
        if len({o.first for o in near}) != 1:
            return []
        base, name = near[0].first, near[0].name
    day = add_months(base, 12 * n)
    return dated(c, f, day.isoformat(), "D", f"{n} years after {name}, {base}")


# Lunar New Year's Day in East Asia (Seoul, Pyongyang, Beijing); source: Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Table.
_LUNAR = {
    2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16),
    2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
}  # fmt: skip


def _holiday_date(name: str, year: int) -> dt.date | None:
    key = re.sub(r"['’‘]", "", name.lower()).removeprefix("the ")
    if key.startswith(("lunar new year", "chinese new year", "seollal")):
        return dt.date(year, *_LUNAR[year]) if year in _LUNAR else None
    fixed = {
        "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new years day": (1, 1),
        "new years": (1, 1), "new year": (1, 1), "new year day": (1, 1), "new years eve": (12, 31),
        "independence day": (7, 4), "fourth of july": (7, 4), "halloween": (10, 31), "valentines day": (2, 14),
        "veterans day": (11, 11), "day of the sun": (4, 15), "day of the shining star": (2, 16),
        "bastille day": (7, 14), "defender of the fatherland day": (2, 23), "may day": (5, 1), "boxing day": (12, 26),
    }  # fmt: skip
    moving = {
        "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1),
        "columbus day": (10, 0, 2), "martin luther king day": (1, 0, 3), "presidents day": (2, 0, 3),
    }  # fmt: skip
    around = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7}
    if key in fixed:
        return dt.date(year, *fixed[key])
    if key in moving:
        return nth_weekday(year, *moving[key])
    return easter(year) + around[key] * DAY if key in around else None


def holiday(c: Context, f: Found) -> list[Raw]:
    """Christmas, New Year's Day, last Thanksgiving."""
    m = f.match
    name = m["day"]
    if name[0].islower() and not name.startswith("the"):
        return []
    if name.lower() == "new year":
        return []
    if m["y"]:
        date, why = _holiday_date(name, int(m["y"])), "holiday and year"
    elif m["rel"] and c.reference.day:
        base = c.reference.day
        options = [d for d in (_holiday_date(name, base.year + k) for k in (-1, 0, 1)) if d]
        rel = m["rel"].lower()
        pick = (
            [d for d in options if d < base][-1:]
            if rel in ("last", "this past")
            else [d for d in options if d >= base][:1]
        )
        if rel == "this":
            pick = [min(options, key=lambda d: abs((d - base).days))]
        date, why = (pick[0] if pick else None), c.reference.why
    else:
        got = nearest(c, f, lambda y: _holiday_date(name, y), whole="day")
        date, why = got if got else (None, "")
    return dated(c, f, date.isoformat(), "D", f"holiday; {why}") if date else []
