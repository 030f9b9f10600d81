"""When a text was written, and the day its relative dates count from.

The evidence is the text's own: dates it tells as past or to come (``written_evidence``), and public occasions, anniversaries and holders
of offices (``written_occasions``). It bounds a window [low, high] of days. Pieces that cannot all be true are weighed: the weaker is
dropped, and said to be. The document's date is kept where it agrees with the text; where enough speaks against it, the text is taken
at its word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crossfix.language.parse import Parse
from crossfix.language.times import words as w
from crossfix.language.times.context import Reference
from crossfix.language.times.days import DAY
from crossfix.language.times.written_evidence import Evidence, Kind, dated_evidence
from crossfix.language.times.written_occasions import holder_evidence, occasion_evidence, told, weekday_evidence
from crossfix.model import Document, Interval, Span, Time

_YEAR = re.compile(rf"(?<![\d$£€.,-]){w.YEAR}(?![%\w-])")
_ODD = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2028\x85\x0c\x0b\u2009\u202f", " "))
# A window of more days than this is too wide to count "last week" from.
_NARROW = 31
# A wider one than this says nothing.
_WIDEST = 3653
# A document's date is not set aside for one occasion further off than this: the wording may mean another one.
_TRUST = dt.timedelta(days=400)
# Fiscal and school years begin so long before the year they are named by.
_FISCAL = dt.timedelta(days=185)
# What is at hand is not further off than this.
_AT_HAND_DAYS = 30
# A dateline's day is taken for the one that follows the newest thing told as past, where it is no later than this.
_SOON = 60
# A day without its year is told within so many days.
_SAME_YEAR = 300
# What a kind of evidence counts against a document's date, which is set aside at 1. By how often each was wrong on TimeBank and
# PolNeAR's training part (docs/method.md): kinds wrong in more than one text of fifty count half.
_WEIGHT: dict[Kind, float] = {
    "month_ahead": 0.5, "year_ahead": 0.5, "day_past": 0.5, "copyright": 0.5, "holder": 0.5,
}  # fmt: skip
# Kinds that stand near the time of writing: relative dates may count from them where the other end is open.
_NEAR_KINDS: frozenset[Kind] = frozenset(("wire", "today", "as_of", "occasion_weekday", "day_past", "day_weekday"))
# Evidence of one kind and one end is looked at up to so many different days, so that time stays linear.
_MOST = 60


@dataclass(slots=True)
class Window:
    """The days on which a text may have been written, and why; None where nothing bounds them.

    ``kept`` is the evidence that agrees, ``dropped`` what was left out, each with the reason.
    """

    low: dt.date | None = None
    high: dt.date | None = None
    low_by: Evidence | None = None
    high_by: Evidence | None = None
    occasions: dict[int, tuple[dt.date, str]] = field(default_factory=dict)
    kept: list[Evidence] = field(default_factory=list)
    dropped: list[tuple[Evidence, str]] = field(default_factory=list)

    @property
    def days(self) -> int | None:
        """How many days it holds; None where an end is open."""
        return (self.high - self.low).days + 1 if self.low and self.high else None

    @property
    def why(self) -> str:
        """Its ends' reasons, in a few words."""
        return "; ".join(dict.fromkeys(e.why for e in (self.low_by, self.high_by) if e))


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
    """The day from which a document's relative dates count, why, and the days on which it may have been written."""
    published = dt.date.fromisoformat(document.published) if document.published else None
    window = window_of(parse, document)
    if published:
        against = _against(window.kept, published)
        needed = 0.5 if document.published_basis == "inferred" else 1.0
        if sum(x for _, x in against) < needed:
            span = (window.low, window.high) if window.low and window.high and (window.days or 99) <= 10 else None
            if span and not span[0] <= published <= span[1]:
                span = None
            return Reference(published, f"document date {published}", span, window.occasions)
        window = _beside(window, published)
    _at_hand(window)
    low, high = window.low, window.high
    if low is None and high is None:
        return Reference(None, "", None, window.occasions)
    span = (low, high) if low and high and (window.days or 0) <= _WIDEST else None
    if low and (window.days or _NARROW + 1) <= _NARROW:
        return Reference(low, f"the text's own time, {low} ({window.why})", span, window.occasions, high)
    if low and published and window.low_by and window.low_by.kind in _NEAR_KINDS:
        return Reference(low, f"the text's own time, {low} ({window.low_by.why})", span, window.occasions, high)
    # too wide to count days from: months and days find their year by it, "last week" stays open
    return Reference(None, f"the text's own time ({window.why})", span, window.occasions, high)


def written_of(parse: Parse, document: Document, reference: Reference, found: tuple[Time, ...]) -> Interval | None:  # noqa: ARG001
    """The days on which the text was written, as its content tells, wide though they may be (up to ten years); the document's date
    where the content does not speak against it. None where neither says anything."""
    if reference.window:
        return Interval.days(*reference.window)
    if reference.day and document.published and reference.day.isoformat() == document.published:
        return Interval.days(reference.day, reference.day)
    return None


# -------------------------------------------------------------------- putting the evidence together


def window_of(parse: Parse, document: Document) -> Window:
    """All evidence of a text on its own time, weighed. Linear in the text's length."""
    texts = [parse.text[s.start : s.end].translate(_ODD) for s in parse.sentences]
    found = told(texts)
    evidence = [*dated_evidence(parse, document), *occasion_evidence(parse, texts, found), *_dateline(document)]
    evidence += holder_evidence(parse, texts)
    window = _joined(evidence)
    more, occasions = weekday_evidence(parse, texts, found, window.low, window.high)
    if more:
        window = _joined([*evidence, *more])
    window.occasions = occasions
    if window.low and window.high is None and window.low_by and window.low_by.kind not in ("year_past", "month_past"):
        _dated_by_line(window, window.low)
    if window.low and window.high and (window.days or 0) <= _WIDEST:
        _narrowed(window, window.low, window.high)
    return window


def _weight(e: Evidence) -> float:
    return _WEIGHT.get(e.kind, 1.0)


def _distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """One of each, the first told: saying a thing twice does not prove it."""
    return list({e.key: e for e in reversed(list(evidence))}.values())[::-1]


def _joined(evidence: Sequence[Evidence]) -> Window:
    """The window that the evidence with days and years leaves. Of two pieces that exclude each other, the one that more speaks
    against is dropped; on a tie what seemed to be to come."""
    window = Window(kept=_distinct(evidence))
    lows = sorted((e for e in window.kept if e.low), key=lambda e: e.low or dt.date.min)[-_MOST:]
    highs = sorted((e for e in window.kept if e.high), key=lambda e: e.high or dt.date.max)[:_MOST]
    while lows and highs:
        a, b = lows[-1], highs[0]
        if not (a.low and b.high) or a.low <= b.high:
            break
        against_b = sum(_weight(e) for e in lows if e.low and e.low > b.high) - _weight(b)
        against_a = sum(_weight(e) for e in highs if e.high and e.high < a.low) - _weight(a)
        gone, other = (a, b) if against_a > against_b else (b, a)
        window.dropped.append((gone, f"{gone.why}, but {other.why}"))
        window.kept.remove(gone)
        lows, highs = [e for e in lows if e is not gone], [e for e in highs if e is not gone]
    if lows:
        window.low_by, window.low = lows[-1], lows[-1].low
    if highs:
        window.high_by, window.high = highs[0], highs[0].high
    return window


def _arcs(e: Evidence, first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The days from first to last that a day without a year leaves, as runs in order."""
    assert e.day
    out: list[tuple[dt.date, dt.date]] = []
    before = {"past": 0, "at": 0}.get(e.side, _SAME_YEAR)
    after = {"ahead": 0, "at": 1}.get(e.side, _SAME_YEAR)
    for year in range(first.year - 1, last.year + 2):
        try:
            day = dt.date(year, *e.day)
        except ValueError:
            continue  # 29 February
        if e.weekday is not None and day.weekday() != e.weekday:
            continue
        a, b = max(day - before * DAY, first), min(day + after * DAY, last)
        if a > b:
            continue
        if out and a <= out[-1][1] + DAY:
            out[-1] = out[-1][0], max(b, out[-1][1])
        else:
            out.append((a, b))
    return out


def _runs(evidence: Sequence[Evidence], first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date, float]]:
    """The days from first to last in runs, each with the weight of the days without a year that speak against it."""
    steps: dict[dt.date, float] = {first: 0.0, last + DAY: 0.0}
    total = 0.0
    for e in evidence:
        total += _weight(e)
        for a, b in _arcs(e, first, last):
            steps[a] = steps.get(a, 0.0) - _weight(e)
            steps[b + DAY] = steps.get(b + DAY, 0.0) + _weight(e)
    days, out, cost = sorted(steps), [], total
    for day, after in pairwise(days):
        cost += steps[day]
        out.append((day, after - DAY, round(cost, 3)))
    return out


def _narrowed(window: Window, low: dt.date, high: dt.date) -> None:
    """Narrow a window by the days without a year that are told: the days left are those that most of them allow."""
    loose = [e for e in window.kept if e.day][:_MOST]
    if not loose:
        return
    runs = _runs(loose, low, high)
    least = min(cost for _, _, cost in runs)
    best = [(a, b) for a, b, cost in runs if cost == least]
    first, last = best[0][0], best[-1][1]
    for e in loose:
        if not any(a <= last and b >= first for a, b in _arcs(e, low, high)):
            window.dropped.append((e, f"{e.why}, but no such day fits {low} to {high}"))
            window.kept.remove(e)
    if first > low:
        window.low, window.low_by = first, _edge(loose, first, 0) or window.low_by
    if last < high:
        window.high, window.high_by = last, _edge(loose, last, 1) or window.high_by


def _dated_by_line(window: Window, low: dt.date) -> None:
    """A dateline's day with the first year that is not before the newest thing told as past, where that is soon after it."""
    for e in window.kept:
        if e.kind == "wire" and e.day:
            days = [a for a, _ in _arcs(e, low - DAY, low + _SOON * DAY) if (a.month, a.day) == e.day]
            if days:
                window.low, window.high, window.low_by, window.high_by = days[0], days[0] + DAY, e, e
                return


def _edge(evidence: Sequence[Evidence], day: dt.date, end: int) -> Evidence | None:
    """The piece whose allowed days begin (end 0) or end (1) on a day."""
    for e in evidence:
        if any(arc[end] == day for arc in _arcs(e, day - 400 * DAY, day + 400 * DAY)):
            return e
    return None


# -------------------------------------------------------------------- against the document's date


def _against(evidence: Sequence[Evidence], day: dt.date) -> list[tuple[Evidence, float]]:
    """The pieces that speak against a document's date, with their weights. A date may run two days ahead of what it tells and
    one behind: zones, and papers dated the day after."""
    out = []
    day = min(max(day, dt.date(1000, 1, 1)), dt.date(3000, 1, 1))  # far from the calendar's ends
    for e in evidence:
        if e.low and day < e.low - 2 * DAY:
            far = e.kind.startswith(("occasion", "anniversary")) and day <= e.low - _TRUST
            far = far or (e.kind == "year_past" and day >= e.low - _FISCAL)  # "levels rose in 2016", said in 2015
            out.append((e, _weight(e) / 2 if far else _weight(e)))
        elif (e.high and day > e.high + DAY) or (e.near and day < e.near - _AT_HAND_DAYS * DAY):
            out.append((e, _weight(e)))
        elif e.day and not _arcs(e, day - DAY, day + 2 * DAY):
            out.append((e, _pair_weight(e, day) if e.weekday is not None else _weight(e)))
    return out


def _pair_weight(e: Evidence, day: dt.date) -> float:
    """A weekday that does not fit the document's year: full where one or two years before fit (a reprint), else half: it may be a slip."""
    assert e.day
    for year in (day.year - 1, day.year - 2):
        try:
            if dt.date(year, *e.day).weekday() == e.weekday:
                return 1.0
        except ValueError:
            continue
    return 0.5


def _beside(window: Window, published: dt.date) -> Window:
    """The window of a text whose document's date is set aside: the days without a year are looked for near that date, rather before
    it (a reprint is younger than its text) than after."""
    loose = [e for e in window.kept if e.day][:_MOST]
    published = min(max(published, dt.date(1000, 1, 1)), dt.date(3000, 1, 1))
    if not loose or ((window.days or _NARROW + 1) <= _NARROW):
        return window
    first = max(window.low or dt.date.min, published - 5 * 365 * DAY)
    last = min(window.high or dt.date.max, published + 2 * 365 * DAY)
    if first > last:
        return window
    runs = _runs(loose, first, last)
    least = min(cost for _, _, cost in runs)

    def away(run: tuple[dt.date, dt.date]) -> int:
        a, b = run
        return (published - b).days if b < published else 2 * (a - published).days if a > published else 0

    a, b = min(((a, b) for a, b, cost in runs if cost == least), key=away)
    if a > first or first == window.low:
        if a > first:
            window.low_by = _edge(loose, a, 0) or window.low_by
        window.low = a
    if b < last or last == window.high:
        if b < last:
            window.high_by = _edge(loose, b, 1) or window.high_by
        window.high = b
    return window


def _at_hand(window: Window) -> None:
    """What is to come and told as at hand (a "current summit") is a day off at most."""
    e = window.high_by
    if e and e.near and window.high and e.near <= window.high and (window.low is None or window.low < e.near):
        window.low, window.low_by = e.near, e


def _dateline(document: Document) -> list[Evidence]:
    """The day of the document's dateline, without a year ("--12-18" in the header)."""
    m = re.fullmatch(r"--(\d\d)-(\d\d)", document.header.get("dateline_day", ""))
    if not m or not (1 <= int(m[1]) <= 12 and 1 <= int(m[2]) <= 31):
        return []
    here = next((f for f in document.furniture if f.kind == "dateline"), None)
    span = Span.of(document.text, here.start, here.end) if here else Span.of(document.text, 0, 0)
    return [Evidence("wire", span, "the dateline's day", None, None, (int(m[1]), int(m[2])), None, "at")]
