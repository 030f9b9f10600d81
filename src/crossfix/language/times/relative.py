"""Readers of expressions that lean on another date: weekdays, yesterday, tonight, a week earlier, recently."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.times import words as w
from crossfix.language.times.context import Context, Raw, dated, shift, unit_value
from crossfix.language.times.days import DAY, add_months, span_of_value
from crossfix.language.times.grammar import Found
from crossfix.model import TimeType

BACK = re.compile(r"last|past|previous|prior|preceding")
AHEAD = re.compile(r"next|following|coming|ensuing|upcoming|later")
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
FROM_TEXT = re.compile(
    r"^(?:the (?:very )?(?:previous|following|same|next|prior|preceding|ensuing)|that)|^(?:the )?same|^previous|^following"
)


def weekday_date(c: Context, f: Found, weekday: int, rel: str) -> tuple[dt.date, str] | None:
    """The day a weekday name means, and why. A known occasion told in the same sentence decides; then "last" and "next";
    then the tense of its verb, from the reference day (the day itself included)."""
    occasion = c.reference.occasions.get(c.sentence(f))
    if occasion and occasion[0].weekday() == weekday and not AHEAD.search(rel):
        return occasion[0], f"occasion: {occasion[1]}"
    day, why = c.reference.day, c.reference.why
    if rel.startswith(("the ", "that")) and (a := c.narrative(f)):
        day, why = a.last, f"{a.text!r} before it"
        if "same" in rel or rel == "that":
            return a.last + ((weekday - a.last.weekday() + 3) % 7 - 3) * DAY, why
    if day is None:
        window = c.reference.window
        if window and (window[1] - window[0]).days <= 6 and not AHEAD.search(rel):
            day, why = window[1], "the days on which the text was written"
        else:
            return None
    forward = (weekday - day.weekday()) % 7
    backward = forward - 7 if forward else 0
    if BACK.search(rel):
        return day + (backward or -7) * DAY, f"last before {why}"
    if AHEAD.search(rel):
        return day + (forward or 7) * DAY, f"next after {why}"
    limit = c.before(f) in ("until", "till", "by", "through") and not c.before_the_past(f) and c.moves_a_limit(f)
    to_come = c.tense(f) in ("future", "present") and not (c.before_the_past(f) or c.on_what_was_said(f))
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
    tokens = c.tokens(f)
    if rel == "the" and tokens and tokens[-1].dep in ("compound", "nmod"):
        return []  # "the night sky"
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


def then(c: Context, f: Found) -> list[Raw]:
    """Until then, since then, by then: the date told before; none where there is none."""
    if c.before(f) not in ("until", "since", "by", "till"):
        return []
    a = c.narrative(f, within=2)
    if a is None:
        return []
    value = a.first.isoformat() if a.grain == "D" else unit_value(a.first, a.grain if a.grain in "WMQY" else "Y")[0]
    return [Raw(f.start, f.end, "DATE", value, span_of_value(value), f"{a.text!r} before it")]


def ago(c: Context, f: Found) -> list[Raw]:
    """Two weeks ago, a year earlier, 85 days later, three days from now."""
    m = f.match
    code, way = w.unit_of(m["u"]), m["dir"].lower()
    pointed = way.endswith((" that", " this", " then"))
    way = {"before": "earlier", "after": "later"}[way.split()[0]] if pointed else way
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
        r"\s*(?:[,.;:)\"”—–-]|$|and |but |in |at |on |with )"
        if way != "later"
        else r"\s*(?:[,.;:)\"”—–-]|$|and |but |he |she |they |it |in |at |on |with )",
        c.text[f.end : f.end + 6],
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
    if m["exact"] and grain_from == "D":
        return dated(c, f, day.isoformat(), "D", f"counted from {why}, to the day")
    exact = code == "D" or (code in ("W", "F") and (grain_from == "D" or bool(m["so"])))
    if exact and grain_from in ("M", "Q", "Y", "X"):
        return [Raw(f.start, f.end, "DATE", "XXXX-XX-XX", None, "the date before it is not told to the day")]
    value, grain = unit_value(day, "D" if exact else "Y" if code in ("DE", "CE") else code)
    return dated(c, f, value, grain, f"counted from {why}")


def bare_day(c: Context, f: Found) -> list[Raw]:
    """ "On the 24th": of the month told before it, else of the reference month; only where a preposition shows a day."""
    if c.before(f) not in (
        "on",
        "until",
        "till",
        "by",
        "of",
        "from",
        "since",
        "and",
        "to",
        "early",
        "late",
        "before",
        "after",
    ):
        return []
    if c.before(f) in ("of", "and", "to", "from", "before", "after") and c.narrative(f, "DM", within=1) is None:
        return []
    a = c.narrative(f, "DM", within=2)
    base = a.first if a else c.reference.day
    if base is None:
        return []
    number, past = int(f.match["d"]), c.tense(f) == "past"
    days = []
    for month in (add_months(base.replace(day=1), k) for k in (-1, 0, 1)):
        last = add_months(month, 1) - DAY
        if number <= last.day:
            days.append(month.replace(day=number))
    now = c.reference.day
    days = [d for d in days if now is None or not past or d <= now + DAY] or days
    if a is not None and a.grain == "M":
        days = [d for d in days if a.first <= d <= a.last] or days
    day = min(days, key=lambda d: abs((d - base).days))
    return dated(
        c, f, day.isoformat(), "D", f"nearest to {a.text!r} before it" if a else f"nearest to {c.reference.why}"
    )


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
