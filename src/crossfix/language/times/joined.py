"""What an expression says with the one beside it, and what is left open.

"85 days after the August 24 failure" counts from a date, "the 12 months to June 2023" ends on one, "the night of 21 November" is one
expression. Vague ones ("recently", "in the coming weeks") keep their TIMEX3 value and get the end that can be said as bounds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from crossfix.language.times.context import Context, Raw, shift, unit_value
from crossfix.language.times.days import DAY, span_of_value

_COUNTED = re.compile(r"P(\d+)([DWMY])")
_AFTER = re.compile(r" (?:after|following|from|since)(?: (?:the|its|that|their|his|this))? ?", re.IGNORECASE)
_BEFORE = re.compile(r" (?:before|prior to|ahead of)(?: (?:the|its|that|their|his|this))? ?", re.IGNORECASE)
_UP_TO = re.compile(r" (?:to|through|ended|ending|up to|until|that ended|that ends)(?: on| in)? ?", re.IGNORECASE)
_OF = re.compile(r"(?: hours)? (?:of|on) (?:the )?", re.IGNORECASE)
_RECENT = re.compile(r"\b(?:recent|past|last|previous|preceding)\b", re.IGNORECASE)
_COMING = re.compile(r"\b(?:coming|next|following|ahead|to come)\b", re.IGNORECASE)
# TIMEX3 modifiers of amounts and dates (TimeML 1.2.1), by the words that say them.
_MODS = (
    ("EQUAL_OR_LESS", re.compile(r"(?:at most|up to|no more than|not more than)\b", re.IGNORECASE)),
    ("EQUAL_OR_MORE", re.compile(r"(?:at least|no less than|no fewer than)\b", re.IGNORECASE)),
    ("LESS_THAN", re.compile(r"(?:less than|fewer than|just under|under)\b", re.IGNORECASE)),
    ("MORE_THAN", re.compile(r"(?:more than|well over|just over|over)\b", re.IGNORECASE)),
    ("APPROX", re.compile(r"(?:nearly|almost|about|around|approximately|roughly|an estimated|some)\b", re.IGNORECASE)),
)
_APPROX_BEFORE = re.compile(r"\b(?:about|around|circa|approximately|roughly|in or about|in or around)$", re.IGNORECASE)


def joined(c: Context, found: Iterable[Raw]) -> list[Raw]:
    """The expressions of one paragraph, in order, with what their neighbours and their own words add."""
    out: list[Raw] = []
    for raw in found:
        before = out[-1] if out else None
        if before is not None:
            pair = _pair(c.text[before.end : raw.start], before, raw)
            if pair is not None:
                out[-1:] = pair
                continue
        out.append(raw)
    _one_moment(c.text, out)
    return [_marked(c, _bounded(c, r)) for r in out]


_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(Z?)")
# Clocks on earth are from twelve hours behind Greenwich to fourteen before it, in quarters of an hour.
_LEAST, _MOST, _STEP = -12 * 60, 14 * 60, 15


def _one_moment(text: str, found: list[Raw]) -> None:
    """ "8:24 a.m. (2324 GMT) on 18 December": one moment on two clocks. The difference gives the local zone, and Greenwich's day, which
    can be the one before. Changes the list."""
    for i in range(len(found) - 1):
        a, b = found[i], found[i + 1]
        x, y = _CLOCK.fullmatch(a.value), _CLOCK.fullmatch(b.value)
        if (
            not x
            or not y
            or (x[4] == "Z") == (y[4] == "Z")
            or not re.fullmatch(r" ?[(\[]|, or ", text[a.end : b.start])
        ):
            continue
        here, there = (i + 1, i) if x[4] else (i, i + 1)
        local, utc = (y, x) if x[4] else (x, y)
        minutes = (int(local[2]) - int(utc[2])) * 60 + int(local[3]) - int(utc[3])
        days = -1 if minutes < _LEAST else 1 if minutes > _MOST else 0
        offset = minutes - days * 24 * 60
        if offset % _STEP or not _LEAST <= offset <= _MOST or found[here].span is None:
            continue
        zone = f"UTC{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
        try:
            day = dt.date.fromisoformat(local[1]) + days * DAY
        except OverflowError:
            continue
        found[here] = found[here]._replace(
            zone=found[here].zone or zone, anchor=f"{found[here].anchor}; {zone} by the clocks told"
        )
        value = f"{day}T{utc[2]}:{utc[3]}Z"
        found[there] = found[there]._replace(value=value, span=(day, day), anchor=f"the moment of {local[0]}, {zone}")
        after = found[i + 2] if i + 2 < len(found) else None
        if after and after.type == "DATE" and after.span == found[here].span and len(text[b.end : after.start]) <= 8:
            found[i + 2] = after._replace(zone=zone)


def _pair(between: str, a: Raw, b: Raw) -> list[Raw] | None:
    """Two neighbours read together; None where they say nothing of each other."""
    if len(between) > 16:
        return None
    if a.type == "TIME" and re.fullmatch(r".*T[A-Z]{2}", a.value) and b.type == "DATE" and _OF.fullmatch(between):
        if b.span is None or b.span[0] != b.span[1]:
            return None
        value = b.span[0].isoformat() + a.value[a.value.index("T") :]
        return [b._replace(start=a.start, type="TIME", value=value, mod=a.mod or b.mod)]
    if a.type == "DATE" and b.type == "TIME" and between.lower() in (" at ", ", at ") and a.span == b.span:
        return [b._replace(start=a.start, anchor=a.anchor)]
    if a.type != "DURATION" or b.span is None or b.type not in ("DATE", "TIME"):
        return None
    if _UP_TO.fullmatch(between) and a.span is None and (m := _COUNTED.fullmatch(a.value)):
        first = _counted(b.span[1] + DAY, -int(m[1]), m[2])
        return [a._replace(span=(first, b.span[1]), anchor=f"up to {b.span[1]}"), b] if first else None
    way = 1 if _AFTER.fullmatch(between) else -1 if _BEFORE.fullmatch(between) else 0
    if not way:
        return None
    word = "after" if way > 0 else "before"
    if (m := _COUNTED.fullmatch(a.value)) is None:
        bounds = f"{b.span[1]}/.." if way > 0 else f"../{b.span[0]}"
        return [a._replace(bounds=bounds, anchor=f"{a.anchor}; {word} {b.span[0]}"), b]
    exact = b.span[0] == b.span[1]
    day = _counted(b.span[1] if way > 0 else b.span[0], way * int(m[1]), m[2])
    if day is None:
        return None
    if m[2] == "D" and not exact:
        return None
    part = span_of_value(unit_value(day, m[2])[0])
    return [a._replace(part=part, anchor=f"{m[1]} {_UNITS[m[2]]} {word} {b.span[0]}"), b]


_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}


def _counted(day: dt.date, amount: int, unit: str) -> dt.date | None:
    try:
        return shift(day, amount, unit)
    except OverflowError:
        return None


def _bounded(c: Context, raw: Raw) -> Raw:
    """The end that a vague expression leaves: the time of writing."""
    day = c.reference.day or c.reference.latest
    if raw.span is not None or raw.bounds is not None or day is None:
        return raw
    text = c.text[raw.start : raw.end]
    vague = raw.type == "DURATION" and raw.value.startswith(("PX", "PTX"))
    if raw.value == "PAST_REF" or (vague and _RECENT.search(text)):
        return raw._replace(bounds=f"../{day}", anchor=f"{raw.anchor}; up to {c.reference.why or day}")
    if raw.value == "FUTURE_REF" or (vague and _COMING.search(text)):
        return raw._replace(bounds=f"{day}/..", anchor=f"{raw.anchor}; from {c.reference.why or day} on")
    return raw


def _marked(c: Context, raw: Raw) -> Raw:
    """The TIMEX3 modifier that an expression's first words say."""
    if raw.mod:
        return raw
    text = c.text[raw.start : raw.end]
    for mod, pattern in _MODS:
        if pattern.match(text):
            return raw._replace(mod=mod)
    if raw.type == "DATE" and _APPROX_BEFORE.search(c.text[max(0, raw.start - 20) : raw.start].rstrip()):
        return raw._replace(mod="APPROX")
    return raw
