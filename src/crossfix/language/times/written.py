# ruff: noqa: E501  (regular expressions are easier to check whole)
"""When a text was written, and the day its relative dates count from.

The evidence is the text's own: full dates it tells as past, public occasions (``reference.occasions``) it tells as past or as to
come, anniversaries, weekdays told with an occasion, a dateline's day. It bounds a window [low, high] of days. The document's
date is kept where it lies in the window; where it does not, the text is taken at its word and the window is used.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from crossfix.language.parse import Parse, Token
from crossfix.language.times import words as w
from crossfix.language.times.context import Context, Reference, Tense
from crossfix.language.times.days import DAY, add_months
from crossfix.language.times.grammar import Found
from crossfix.model import Document, Interval, Time
from crossfix.reference.occasions import QUICK, Occasion, occasions

_YEAR = re.compile(rf"(?<![\d$£€.,-]){w.YEAR}(?![%\w-])")
_FULL = re.compile(
    rf"(?P<m>{w.MONTH}) (?P<d>{w.DAYNUM}),? (?P<y>{w.YEAR})|(?P<d2>{w.DAYNUM})(?: of)? (?P<m2>{w.MONTH}),? (?P<y2>{w.YEAR})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?:on |the |since |,) ?(?:{w.WEEKDAY_FULL},? )?(?:(?P<m>{w.MONTH}) (?P<d>{w.DAYNUM})|(?P<d2>{w.DAYNUM}) (?P<m2>{w.MONTH}))(?!,? (?:{w.YEAR}))",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?<!last )(?<!next )({w.WEEKDAY_FULL})\b", re.IGNORECASE)
_ORDINAL = "|".join(w.ORDINALS) + r"|\d{1,3}(?:st|nd|rd|th)"
_ANNIVERSARY = re.compile(rf"\b(?P<n>{_ORDINAL})[- ](?:year )?anniversary", re.IGNORECASE)
_NEARS = re.compile(
    r"\b(?:approach\w*|near(?:s|ing|ed)|ahead of|on the eve of|before|upcoming|coming up on|prepar\w+ for|close to)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"{w.MONTH} {w.DAYNUM}|{w.DAYNUM} {w.MONTH}|(?<![\d$]){w.YEAR}", re.IGNORECASE)
_MARKS = re.compile(r"\b(?:mark(?:s|ed|ing)?|commemorat\w+|celebrat\w+|observ\w+)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:upcoming|forthcoming|ahead of|planned|scheduled|next|coming|will|to be held|expected to|plans? to|is set to|are set to)\b",
    re.IGNORECASE,
)
_AT_HAND = re.compile(r"\b(?:recent|current|ongoing|this week['’]s|today['’]s)\b", re.IGNORECASE)
_ODD = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2028\x85\x0c\x0b\u2009\u202f", " "))
# How long before an anniversary a text says that it approaches.
_APPROACH_MONTHS = 3
# A window of more days than this is too wide to count "last week" from.
_NARROW = 31
# A document's date is not set aside for an occasion further off than this: the wording may mean another one.
_TRUST = dt.timedelta(days=400)


@dataclass(slots=True)
class Window:
    """The days on which a text may have been written, and why; None where nothing bounds them."""

    low: dt.date | None = None
    high: dt.date | None = None
    low_why: str = ""
    high_why: str = ""
    near: dt.date | None = None
    occasions: dict[int, tuple[dt.date, str]] = field(default_factory=dict)

    def after(self, day: dt.date, why: str) -> None:
        """The text was written on that day or later."""
        if self.low is None or day > self.low:
            self.low, self.low_why = day, why

    def until(self, day: dt.date, why: str) -> None:
        """The text was written on that day or before."""
        if self.high is None or day < self.high:
            self.high, self.high_why = day, why


def years_of(parse: Parse) -> list[tuple[int, int]]:
    """The years named in the text in reading order, as (offset, year): for months without one."""
    out = []
    for start, end in parse.paragraphs:
        for m in _YEAR.finditer(parse.text, start, end):
            year = int(m[0])
            if 1900 <= year <= 2050:
                out.append((m.start(), year))
    return out


def reference_of(parse: Parse, document: Document) -> Reference:
    """The day from which a document's relative dates count, and the days on which it may have been written."""
    window = window_of(parse, document)
    published = dt.date.fromisoformat(document.published) if document.published else None
    if published:
        early = window.low is not None and window.low - _TRUST < published < window.low - 2 * DAY
        late = window.high is not None and published > window.high + DAY
        if not early and not late:
            span = None
            if window.low and window.high and (window.high - window.low).days <= 10:
                span = window.low, window.high
            return Reference(published, f"document date {published}", span, window.occasions)
    if window.near and window.high and window.near <= window.high and (window.low is None or window.low < window.near):
        window.after(window.near, "an occasion to come is told as at hand")
    if window.low is None and window.high is None:
        return Reference(None, "", None, window.occasions)
    low, high = window.low, window.high
    span = (low, high) if low and high else None
    if low and (published or (high and (high - low).days <= _NARROW)):
        return Reference(low, f"the text's own time, {low} ({window.low_why})", span, window.occasions, high)
    if high and published:
        return Reference(high, f"the text's own time, {high} ({window.high_why})", span, window.occasions, high)
    # too wide to count days from: months and days find their year by it, "last week" stays open
    return Reference(None, f"the text's own time ({window.high_why or window.low_why})", span, window.occasions, high)


def written_of(parse: Parse, document: Document, reference: Reference, found: tuple[Time, ...]) -> Interval | None:  # noqa: ARG001
    """The days on which the text was written, as its content tells; the document's date where the content does not speak
    against it. None where neither says anything."""
    if reference.window:
        return Interval.days(*reference.window)
    if reference.day and document.published and reference.day.isoformat() == document.published:
        return Interval.days(reference.day, reference.day)
    return None


# -------------------------------------------------------------------- the evidence


def window_of(parse: Parse, document: Document) -> Window:
    """All evidence of a text on its own time, in reading order."""
    window = Window()
    context = Context(parse, Reference(None, ""))
    texts = [parse.text[s.start : s.end].translate(_ODD) for s in parse.sentences]
    told: list[tuple[int, Occasion, re.Match[str]]] = []
    for k, text in enumerate(texts):
        for m in _FULL.finditer(text):
            day = _full_date(m)
            if day and _tense(context, parse, k, m.start(), m.end()) == "past":
                window.after(day, f"newest full date told as past, {m[0]!r}")
        if not QUICK.search(text):
            continue
        for o in occasions():
            hit = o.pattern.search(text)
            if hit:
                told.append((k, o, hit))
    _anniversaries(window, texts, told)
    _tell(window, context, parse, texts, told)
    if window.low and window.high and window.low > window.high:
        # the newest thing told as past is firmer than what seemed to be to come
        window.high, window.high_why = None, ""
    _month_days(window, context, parse, texts)
    _weekdays(window, context, parse, texts, told)
    _dateline(window, document)
    if window.low and window.high and window.low > window.high:
        window.high, window.high_why = None, ""
    return window


def _full_date(m: re.Match[str]) -> dt.date | None:
    try:
        month = w.month_of(m["m"] or m["m2"])
        return dt.date(int(m["y"] or m["y2"]), month, int(re.sub(r"\D", "", m["d"] or m["d2"])))
    except ValueError:
        return None


def _tense(context: Context, parse: Parse, sentence: int, start: int, end: int) -> Tense:
    """The tense of the verb that governs a stretch of a sentence."""
    base = parse.sentences[sentence].start
    context.text, context.offset = parse.text[base : parse.sentences[sentence].end], base
    blank = re.compile("").match("")
    assert blank is not None
    return context.tense(Found("", blank, start, end))


def _anniversaries(window: Window, texts: list[str], told: list[tuple[int, Occasion, re.Match[str]]]) -> None:
    """ "As the war in Ukraine approaches its second anniversary": the months before that day."""
    for k, text in enumerate(texts):
        if "anniversar" not in text:
            continue
        for m in _ANNIVERSARY.finditer(text):
            word = m["n"].lower()
            n = w.ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
            bases = [o for i, o, _ in told if i == k]
            if not n or not bases:
                continue
            try:
                day = add_months(bases[0].first, 12 * n)
            except OverflowError:
                continue
            name = f"{m['n']} anniversary of {bases[0].name}"
            if _NEARS.search(text[max(0, m.start() - 60) : m.start()]):
                window.after(add_months(day, -_APPROACH_MONTHS), f"{name} approaches")
                window.until(day - DAY, f"{name} approaches")
            elif _MARKS.search(text):
                window.after(day - 3 * DAY, f"{name} is marked")


def _tell(
    window: Window, context: Context, parse: Parse, texts: list[str], told: list[tuple[int, Occasion, re.Match[str]]]
) -> None:
    """Occasions told as past bound the time from below, occasions to come from above; one at hand does both."""
    for k, o, hit in told:
        if sum(
            1 for i, other, _ in told if i == k and other.name != o.name and other.pattern.pattern == o.pattern.pattern
        ):
            continue  # one wording, several years: no evidence by itself
        tense = _tense(context, parse, k, hit.start(), hit.end())
        ahead = tense == "future" or bool(_AHEAD.search(texts[k]))
        follows = _plan_follows(parse, k)
        if "anniversar" in texts[k]:
            window.after(o.last, f"{o.name} is told as past")
        elif (ahead or follows) and tense != "past" and o.planned:
            window.until(o.first, f"{o.name} is told as to come")
            if _AT_HAND.search(texts[k]):
                window.near = o.first - DAY
        elif tense == "past" or re.search(r"\b(?:after|following|since|last|when)\b", texts[k], re.IGNORECASE):
            window.after(o.last, f"{o.name} is told as past")


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


def _month_days(window: Window, context: Context, parse: Parse, texts: list[str]) -> None:
    """Days without a year told as past, where the window already says which year: the newest bounds the time from below."""
    if window.high is None and window.low is None:
        return
    for k, text in enumerate(texts):
        for m in _MONTH_DAY.finditer(text):
            if _tense(context, parse, k, m.start(), m.end()) != "past":
                continue
            month, day = w.month_of(m["m"] or m["m2"]), int(re.sub(r"\D", "", m["d"] or m["d2"]))
            if window.high is None or window.low is None:
                continue
            for year in (window.high.year, window.high.year - 1):
                try:
                    date = dt.date(year, month, day)
                except ValueError:
                    continue
                if date <= window.high:
                    if (window.high - date).days < 300 and date > window.low:
                        window.after(date, f"newest day told as past, {m[0].strip()!r}")
                    break


def _weekdays(
    window: Window, context: Context, parse: Parse, texts: list[str], told: list[tuple[int, Occasion, re.Match[str]]]
) -> None:
    """ "On Monday ... its fifth ICBM test of the year": the occasion that fell on that weekday, told within the week, unless
    the sentence is dated otherwise."""
    for k, text in enumerate(texts):
        m = _WEEKDAY.search(text)
        if not m or not m[0][0].isupper() or _DATED.search(text):
            continue
        number = w.weekday_of(m[1])
        near = [o for i, o, hit in told if i == k and _dates(parse, k, m, hit)]
        fits = {
            o.first: o for o in near if o.first == o.last and o.first.weekday() == number and _within(window, o.first)
        }
        if len(fits) != 1:
            continue
        day, o = next(iter(fits.items()))
        tense = _tense(context, parse, k, m.start(), m.end())
        window.occasions[k] = day, f"{o.name}, {day}"
        if tense == "past":
            window.after(day, f"{o.name} on {m[1]}")
            window.until(day + 6 * DAY, f"{o.name} on {m[1]}")
        elif tense == "future":
            window.until(day, f"{o.name} on {m[1]}")


def _dates(parse: Parse, k: int, weekday: re.Match[str], hit: re.Match[str]) -> bool:
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
    last = parse.tokens_in(base + max(hit.end() - 1, 0), base + hit.end())
    return bool(last) and verb.left <= last[-1].i <= verb.right


def _within(window: Window, day: dt.date) -> bool:
    return (window.low is None or day >= window.low - 7 * DAY) and (window.high is None or day <= window.high)


def _dateline(window: Window, document: Document) -> None:
    """A dateline's day without a year ("--12-18"): the year that the window or the document's date allows."""
    m = re.fullmatch(r"--(\d\d)-(\d\d)", document.header.get("dateline_day", ""))
    if not m:
        return
    base = window.high or window.low or (dt.date.fromisoformat(document.published) if document.published else None)
    if base is None:
        return
    days = []
    for year in (base.year - 1, base.year, base.year + 1):
        try:
            days.append(dt.date(year, int(m[1]), int(m[2])))
        except ValueError:
            continue
    fits = [d for d in days if (window.low is None or d >= window.low) and (window.high is None or d <= window.high)]
    if not fits:
        return
    day = min(fits, key=lambda d: abs((d - base).days))
    if abs((day - base).days) <= 200:
        window.after(day, "the dateline's day")
        window.until(day + DAY, "the dateline's day")
