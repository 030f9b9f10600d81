# ruff: noqa: E501  (regular expressions are easier to check whole)
"""What the public occasions that a text tells of say of its own time: summits to come, wars so many months old, anniversaries, the
weekday of a test whose day is known, and who held which office."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.parse import Parse, Token
from crossfix.language.times import words as w
from crossfix.language.times.context import Context, Reference, Tense
from crossfix.language.times.days import DAY, add_months
from crossfix.language.times.grammar import Found
from crossfix.language.times.written_evidence import Evidence
from crossfix.model import Span
from crossfix.reference.holders import held_in
from crossfix.reference.occasions import Occasion, told_in

# A sentence's number, the occasion it tells of, and where its words stand in the sentence.
Told = tuple[int, Occasion, tuple[int, int]]

_WEEKDAY = re.compile(rf"\b(?<!last )(?<!next )({w.WEEKDAY_FULL})\b", re.IGNORECASE)
_ORDINAL = "|".join(w.ORDINALS) + r"|\d{1,3}(?:st|nd|rd|th)"
_ANNIVERSARY = re.compile(rf"\b(?P<n>{_ORDINAL})[- ](?:year )?anniversary", re.IGNORECASE)
_NEARS = re.compile(
    r"\b(?:approach\w*|near(?:s|ing|ed)|ahead of|on the eve of|before|upcoming|coming up on|prepar\w+ for|close to)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"{w.MONTH} {w.DAYNUM}|{w.DAYNUM} {w.MONTH}|(?<![\d$]){w.YEAR}", re.IGNORECASE)
_OTHER_TIME = re.compile(
    rf"(?<![\d$]){w.YEAR}|\b(?:decades?|years) ago|\bthe (?:19|20)?[5-9]0s\b|['’][5-9]0s\b", re.IGNORECASE
)
_MARKS = re.compile(r"\b(?:mark(?:s|ed|ing)?|commemorat\w+|celebrat\w+|observ\w+)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:upcoming|forthcoming|ahead of|planned|scheduled|next|coming|will|to be held|expected to|plans? to|is set to|are set to)\b",
    re.IGNORECASE,
)
_AT_HAND = re.compile(r"\b(?:recent|current|ongoing|this week['’]s|today['’]s)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|following|since|last|when)\b", re.IGNORECASE)
# How long a war has gone on: "the 21-month-old war", "entering its third year", "day 658 of the war", "nearly two years into the war".
_N = rf"(?P<n>\d{{1,4}}|{w.NUMBER_WORDS})"
_OLD = re.compile(
    rf"\b(?P<h>nearly |almost |more than |over )?{_N}[- ](?P<u>day|week|month|year)(?:s)?[- ](?:old|long)\b",
    re.IGNORECASE,
)
_INTO = re.compile(
    rf"\b(?P<h>nearly |almost |more than |over |just over )?{_N} (?P<u>days|weeks|months|years|year|month) (?:into|on from|of (?:the |its |full-scale )*(?:war|fighting))\b",
    re.IGNORECASE,
)
_NTH_YEAR = re.compile(
    rf"\b(?:enter(?:s|ed|ing)?|in|into|now in|is in) (?:its|the|his|their) (?P<n>{_ORDINAL}) year\b", re.IGNORECASE
)
_DAY_OF = re.compile(r"\bday (?P<n>\d{1,4}) of (?:the |its |Russia['’]s )*(?:war|invasion)\b", re.IGNORECASE)
_SAYING = {"say", "tell", "add", "warn", "announce", "vow", "reiterate"}
_UNIT_DAYS = {"day": 1, "week": 7}
# How long before an anniversary a text says that it approaches.
_APPROACH_MONTHS = 3


def tense_at(context: Context, parse: Parse, sentence: int, start: int, end: int) -> Tense:
    """The tense of the verb that governs a stretch of a sentence."""
    base = parse.sentences[sentence].start
    context.text, context.offset = parse.text[base : parse.sentences[sentence].end], base
    blank = re.compile("").match("")
    assert blank is not None
    return context.tense(Found("", blank, start, end))


def told(texts: list[str]) -> list[Told]:
    """All occasions the sentences tell of, in reading order."""
    return [(k, o, at) for k, text in enumerate(texts) for o, at in told_in(text)]


def occasion_evidence(parse: Parse, texts: list[str], found: list[Told]) -> list[Evidence]:
    """Occasions told as past bound the time from below, occasions to come from above; one at hand does both. Wars have an age."""
    context = Context(parse, Reference(None, ""))
    out: list[Evidence] = []
    for k, o, at in found:
        if not o.common:
            out += _age(parse, texts, k, o)
            out += _told_evidence(context, parse, texts, k, o, at)
    return out


def holder_evidence(parse: Parse, texts: list[str]) -> list[Evidence]:
    """Offices: "President Smith" was written in his time, but for sentences that tell of another time by its date."""
    out = []
    for k, text in enumerate(texts):
        if _OTHER_TIME.search(text):
            continue
        for terms, words, start, end in held_in(text):
            span = _passage(parse, k, start, end)
            # titles outlive offices: only who speaks or acts within the week was still in office
            now = terms.last is not None and _acts_now(parse, span)
            last = terms.last - DAY if terms.last and now else None
            out.append(Evidence("holder", span, f"{words!r} is in office", terms.first, last))
    return out


def _acts_now(parse: Parse, span: Span) -> bool:
    """True where a name is the subject of a verb of saying, in the present, perfect or future, or with a weekday or "today"."""
    found = parse.tokens_in(span.start, span.end)
    if not found:
        return False
    top = next((t for t in found if not span.start <= parse.head(t).start < span.end), found[-1])
    verb = parse.head(top)
    if top.dep not in ("nsubj", "nsubjpass") or verb.pos not in ("VERB", "AUX"):
        return False
    helpers = {t.lower for t in parse.children(verb, "aux", "auxpass")}
    if verb.tag in ("VBZ", "VBP") or helpers & {"has", "have", "is", "are", "will"}:
        return True
    return verb.lemma in _SAYING or any(
        t.lower in w.WEEKDAYS or t.lower in ("today", "yesterday", "tonight") for t in parse.subtree(verb)
    )


def _passage(parse: Parse, k: int, start: int, end: int) -> Span:
    base = parse.sentences[k].start
    return Span.of(parse.text, base + start, min(base + max(end, start + 1), parse.sentences[k].end))


def _told_evidence(
    context: Context, parse: Parse, texts: list[str], k: int, o: Occasion, at: tuple[int, int]
) -> list[Evidence]:
    text = texts[k]
    span = _passage(parse, k, *at)
    if "anniversar" in text:
        return [*_anniversary(parse, text, k, o), Evidence("occasion_past", span, f"{o.name} is told as past", o.last)]
    tense = tense_at(context, parse, k, *at)
    ahead = tense == "future" or bool(_AHEAD.search(text))
    if (ahead or _plan_follows(parse, k)) and tense != "past" and o.planned:
        near = o.first - DAY if _AT_HAND.search(text) else None
        return [Evidence("occasion_ahead", span, f"{o.name} is told as to come", None, o.first, near=near)]
    if tense == "past" or _AFTER.search(text):
        return [Evidence("occasion_past", span, f"{o.name} is told as past", o.last)]
    return []


def _anniversary(parse: Parse, text: str, k: int, o: Occasion) -> list[Evidence]:
    """ "As the war in Ukraine approaches its second anniversary": the months before that day."""
    out = []
    for m in _ANNIVERSARY.finditer(text):
        word = m["n"].lower()
        n = w.ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
        try:
            day = add_months(o.first, 12 * n)
        except OverflowError:
            continue
        name, span = f"{m['n']} anniversary of {o.name}", _passage(parse, k, *m.span())
        if _NEARS.search(text[max(0, m.start() - 60) : m.start()]):
            first = add_months(day, -_APPROACH_MONTHS)
            out.append(Evidence("anniversary", span, f"{name} approaches", first, day - DAY))
        elif _MARKS.search(text):
            out.append(Evidence("anniversary", span, f"{name} is marked", day - 3 * DAY))
    return out


def _age(parse: Parse, texts: list[str], k: int, o: Occasion) -> list[Evidence]:
    """ "The 21-month-old war", "entering its third year": counted from the day the war began."""
    text = texts[k]
    if o.name != "Russian invasion of Ukraine" or _DATED.search(text):
        return []
    out = []
    for m in _NTH_YEAR.finditer(text):
        word = m["n"].lower()
        n = w.ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
        if 1 <= n <= 30:
            low, high = add_months(o.first, 12 * n - 12), add_months(o.first, 12 * n)
            why = f"{o.name} is in its {word} year"
            enters = m[0].lower().startswith("enter")
            out.append(Evidence("age", _passage(parse, k, *m.span()), why, add_months(low, -2 if enters else 0), high))
    for m in _DAY_OF.finditer(text):
        day = o.first + (int(m["n"]) - 1) * DAY
        out.append(Evidence("age", _passage(parse, k, *m.span()), f"{m[0]}", day - DAY, day + DAY))
    present = any(t.tag in ("VBZ", "VBP") for t in parse.sentence_tokens(k))
    for m in (*_OLD.finditer(text), *(_INTO.finditer(text) if present else ())):
        number = w.number(m["n"])
        if number is None or not 0 < number <= 4000:
            continue
        low_high = _counted(o.first, int(number), m["u"].lower().rstrip("s"), (m["h"] or "").strip().lower())
        out.append(Evidence("age", _passage(parse, k, *m.span()), f"{o.name} is {m[0]!r}", *low_high))
    return out


def _counted(first: dt.date, n: int, unit: str, hedge: str) -> tuple[dt.date, dt.date]:
    """The days on which something that began on ``first`` is n units old, a unit's half to either side; less or more by a hedge."""
    if unit in _UNIT_DAYS:
        size = _UNIT_DAYS[unit]
        slack = max(n * size // 20, 1 if size == 1 else 4)
        day = first + n * size * DAY
        low, high = day - slack * DAY, day + slack * DAY
    else:
        months = n * (12 if unit == "year" else 1)
        slack = max(months // 6, 1) if unit == "month" else 5
        day, low, high = add_months(first, months), add_months(first, months - slack), add_months(first, months + slack)
    if hedge in ("nearly", "almost"):
        return low, day
    if hedge in ("more than", "over", "just over"):
        return day, high if unit != "year" else add_months(day, 12)
    return low, high


def _plan_follows(parse: Parse, k: int) -> bool:
    """True where the next sentence of the paragraph has a plan in the present tense as its main verb ("plan to announce")."""
    if k + 1 >= len(parse.sentences) or parse.sentences[k + 1].paragraph != parse.sentences[k].paragraph:
        return False
    root: Token | None = next((t for t in parse.sentence_tokens(k + 1) if t.head == t.i), None)
    if root is None:
        return False
    helpers = {c.lower for c in parse.children(root, "aux")}
    plans = root.lemma in ("plan", "intend", "expect", "aim", "hope", "schedule", "prepare", "set") and root.tag in (
        "VBP",
        "VBZ",
        "VBG",
    )
    return plans or (bool(helpers & {"will", "'ll", "’ll"}) and "have" not in helpers)


def weekday_evidence(
    parse: Parse, texts: list[str], found: list[Told], low: dt.date | None, high: dt.date | None
) -> tuple[list[Evidence], dict[int, tuple[dt.date, str]]]:
    """ "On Monday ... its fifth ICBM test of the year": the one occasion that fell on that weekday, told within the week, unless the
    sentence is dated otherwise. Words that fit many occasions need a window of at most a year. -> the evidence, and the occasions'
    days by sentence."""
    context = Context(parse, Reference(None, ""))
    out: list[Evidence] = []
    days: dict[int, tuple[dt.date, str]] = {}
    by_sentence: dict[int, list[tuple[Occasion, tuple[int, int]]]] = {}
    for k, o, at in found:
        by_sentence.setdefault(k, []).append((o, at))
    for k, here in by_sentence.items():
        m = _WEEKDAY.search(texts[k])
        if not m or not m[0][0].isupper() or _DATED.search(texts[k]):
            continue
        number = w.weekday_of(m[1])
        fits: dict[dt.date, Occasion] = {}
        for common in (False, True):
            bounded = low is not None and high is not None and (high - low).days <= 366
            if fits or (common and not bounded):
                continue
            fits = {
                o.first: o
                for o, at in here
                if o.common == common and o.first == o.last and o.first.weekday() == number
                and (low is None or o.first >= low - 7 * DAY) and (high is None or o.first <= high) and _dates(parse, k, m, at)
            }  # fmt: skip
        if len(fits) != 1:
            continue
        day, o = next(iter(fits.items()))
        days[k] = day, f"{o.name}, {day}"
        tense = tense_at(context, parse, k, m.start(), m.end())
        span, why = _passage(parse, k, *m.span()), f"{o.name} on {m[1]}"
        if tense == "past":
            out.append(Evidence("occasion_weekday", span, why, day, day + 6 * DAY))
        elif tense == "future":
            out.append(Evidence("occasion_weekday", span, why, None, day))
    return out, days


def _dates(parse: Parse, k: int, weekday: re.Match[str], at: tuple[int, int]) -> bool:
    """True where the weekday is the time of the verb that tells of the occasion: "on Monday conducted its fifth test", not
    "Sunday's election comes after the sixth test"."""
    base = parse.sentences[k].start
    found = parse.tokens_in(base + weekday.start(), base + weekday.end())
    if not found:
        return False
    verb = parse.head(found[0])
    if verb.pos == "ADP":
        verb = parse.head(verb)
    if verb.pos not in ("VERB", "AUX") or any(c.tag == "POS" for c in parse.children(found[0])):
        return False
    last = parse.tokens_in(base + max(at[1] - 1, 0), base + at[1])
    return bool(last) and verb.left <= last[-1].i <= verb.right
