"""A document's dates against the calendar: weekdays, days that do not exist, dates after the stated date, and public occasions told as past
or to come.

The method and its limits are in docs/checks/calendar.md. What the text's own content says of its time (``DocumentRow.written``) is
worked out while reading, with the parse; a finding against a stated date needs it to agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crossfix.checking.calendar_dates import WEEKDAY_NAMES, NamedDay, NoDay, exists, named_days, no_days
from crossfix.checking.calendar_told import Side, ToldDay, occasion_cue, past_days, plan_cue
from crossfix.checking.case import Case, Paper
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row
from crossfix.model import Interval
from crossfix.record.rows import Evidence
from crossfix.reference.occasions import told_in

SLACK_DAYS = 2
"""A stated date may lie so many days before what its text tells as past: pages keep the day they were begun, and zones differ."""
LATE_DAYS = 1
"""It may lie so many days after what the text tells as to come: papers are dated the day after."""
NEAR_DAYS = 14
"""A day without its year is held against the stated date's year where it is no further from it than this."""
CLOSE_DAYS = 60
"""An occasion no further from the stated date than this says something for it."""
_JDN_OF_ORDINAL = 1_721_425
_NO_DAY_CAVEAT = "Which day was meant is not known; the number or the month is a slip."
_STATED_BASES = frozenset(("given", "metadata", "header", "dateline"))
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


# -------------------------------------------------------------------- pure functions


def julian_day_number(day: dt.date) -> int:
    """The Julian day number of a Gregorian date at noon; its remainder by 7 is the weekday, 0 for Monday."""
    return day.toordinal() + _JDN_OF_ORDINAL


def weekday_result(day: dt.date, weekday: int, told: str, *, year_from: str = "the text") -> Result:
    """Whether a date falls on the weekday told beside it (0 is Monday). ``told`` are the words, ``year_from`` says where the year
    is from."""
    number = julian_day_number(day)
    real = number % 7
    name, right = WEEKDAY_NAMES[weekday], WEEKDAY_NAMES[real]
    working: dict[str, object] = {
        "date": day.isoformat(),
        "year_from": year_from,
        "weekday_told": name,
        "weekday_of_date": right,
        "julian_day_number": number,
        "remainder_by_7_where_0_is_monday": real,
    }
    if real == weekday:
        return Result(
            "supported", f"{_day(day)} was a {right}, as told.", working,
            caveat="That weekday and date agree does not show that anything happened on that day.",
            chance=round(1 / 7, 3), chance_of="a date and a weekday taken at random agree",
        )  # fmt: skip
    off = (weekday - real + 3) % 7 - 3
    working["nearest_such_weekday"] = (day + dt.timedelta(days=off)).isoformat()
    return Result(
        "contradicted", f"{_day(day)} was a {right}, not a {name}.", working,
        caveat=f"One of the two is a slip, or the words {told!r} join two days; which of them is wrong the calendar does not say.",
    )  # fmt: skip


def year_near(month: int, day: int, stated: dt.date, within: int = NEAR_DAYS) -> dt.date | None:
    """The day of that month nearest to the stated date, None where it is further off than ``within`` days."""
    found = [dt.date(y, month, day) for y in (stated.year - 1, stated.year, stated.year + 1) if exists(month, day, y)]
    return min(
        (d for d in found if abs((d - stated).days) <= within), key=lambda d: abs((d - stated).days), default=None
    )


def no_day_result(found: NoDay) -> Result:
    """A date that is in no calendar."""
    last = next(d for d in (30, 29, 28) if exists(found.month, d, found.year or 2024))
    month = _month(found.month)
    year = f" {found.year}" if found.year else ""
    return Result(
        "contradicted", f"There is no {found.day} {month}{year}: {month} has {last} days{' in that year' if found.year else ''}.",
        {"month": found.month, "day_told": found.day, "year_told": found.year, "days_in_month": last}, caveat=_NO_DAY_CAVEAT,
    )  # fmt: skip


def future_result(stated: dt.date, basis: str, told: dt.date, verb: str) -> Result | None:
    """The stated date against the latest day that the text tells as past with its year. None where that day is too long gone to
    say anything for the date."""
    after = (told - stated).days
    working: dict[str, object] = {
        "stated_date": stated.isoformat(), "basis": basis, "date_told_as_past": told.isoformat(), "verb": verb,
        "days_after_stated_date": after, "days_allowed": SLACK_DAYS,
    }  # fmt: skip
    if after > SLACK_DAYS:
        return Result(
            "contradicted", f"The text is dated {_day(stated)} but tells {_day(told)}, {_days(after)} later, as past.", working,
            caveat="The text may have been changed after its date, or the date told may be a slip.",
        )  # fmt: skip
    if after < -CLOSE_DAYS // 2:
        return None
    return Result(
        "supported", f"The latest day that the text tells as past, {_day(told)}, is not after its date, {_day(stated)}.", working,
        caveat="The text was written on that day or later; how much later this does not show.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An occasion as a text tells it: its days, the side ("past" or "ahead"), and the words that say so. ``own`` is false where only
    the next sentence has such words: too little to speak for a date."""

    id: str
    name: str
    first: dt.date
    last: dt.date
    side: Side
    words: str
    own: bool = True


def occasion_result(
    stated: dt.date, basis: str, told: Sequence[Told], written: tuple[dt.date, dt.date] | None
) -> Result | None:
    """The stated date against the occasions that the text tells as past or to come. ``written`` are the days on which the text was written
    as its whole content tells: against the stated date it must speak too, or nothing is found. None where nothing is said.

    What is told as past must be over by the stated date (two days are allowed), what is told as to come not over before it (one day)."""
    past = max((t for t in told if t.side == "past"), key=lambda t: t.last, default=None)
    ahead = min((t for t in told if t.side == "ahead"), key=lambda t: t.last, default=None)
    late = (stated - ahead.last).days if ahead else 0
    early = (past.last - stated).days if past else 0
    working: dict[str, object] = {"stated_date": stated.isoformat(), "basis": basis}
    if written:
        working |= {"written_first": written[0].isoformat(), "written_last": written[1].isoformat()}
    for t, side in ((past, "past"), (ahead, "ahead")):
        if t:
            working |= {
                f"told_as_{side}": t.name, f"told_as_{side}_first": t.first.isoformat(), f"told_as_{side}_last": t.last.isoformat(),
                f"told_as_{side}_words": t.words, f"days_from_{side}_to_stated_date": (stated - t.last).days,
            }  # fmt: skip
    caveat = "That the words mean this occasion and not a like one is read from the text; the date or the text may have been changed later."
    if ahead and late > LATE_DAYS:
        if written is None or written[1] >= stated - dt.timedelta(days=LATE_DAYS):
            return None
        return Result(
            "contradicted",
            f"The text is dated {_day(stated)} but tells the {ahead.name} as still to come, which had ended {_days(late)} before.",
            working, (_row(ahead),), caveat,
        )  # fmt: skip
    if past and early > SLACK_DAYS:
        if written is None or written[0] <= stated + dt.timedelta(days=SLACK_DAYS):
            return None
        return Result(
            "contradicted",
            f"The text is dated {_day(stated)} but tells the {past.name} as past, which ended {_days(early)} later.",
            working, (_row(past),), caveat,
        )  # fmt: skip
    near = [t for t in (past, ahead) if t and t.own and abs((stated - t.last).days) <= CLOSE_DAYS]
    if not near:
        return None
    said = " and ".join(
        f"tells the {t.name} ({_range(t.first, t.last)}) as {'past' if t is past else 'to come'}" for t in near
    )
    return Result(
        "supported", f"The text's date, {_day(stated)}, agrees with its content, which {said}.", working, tuple(_row(t) for t in near),
        f"Every {'date in between' if len(near) > 1 else 'later date' if near[0] is past else 'earlier date'} would agree as well.",
    )  # fmt: skip


def written_result(stated: dt.date, basis: str, written: Interval) -> Result | None:
    """The stated date against the days on which the text was written by its own content, where these begin after it. None where they agree,
    and where the content is the older: a reprint or a long quotation bears a later date rightly."""
    if stated >= written.first - dt.timedelta(days=SLACK_DAYS):
        return None
    off = (written.first - stated).days
    when = _range(written.first, written.last)
    return Result(
        "tension",
        f"The text is dated {_day(stated)}, {_days(off)} before the time at which its content says it was written ({when}).",
        {
            "stated_date": stated.isoformat(), "basis": basis, "written_first": written.first.isoformat(),
            "written_last": written.last.isoformat(), "days_from_stated_date_to_written": off,
        },
        caveat="The time of writing is an estimate from dates, occasions and offices that the text tells; it may have been changed later.",
    )  # fmt: skip


# -------------------------------------------------------------------- words


def _month(number: int) -> str:
    return dt.date(2000, number, 1).strftime("%B")


def _day(day: dt.date) -> str:
    return f"{day.day} {_month(day.month)} {day.year}"


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"


def _range(first: dt.date, last: dt.date) -> str:
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _row(t: Told) -> Row:
    return Row("occasions", t.id, f"{t.name}, {Interval.days(t.first, t.last)}")


# -------------------------------------------------------------------- the record's documents


def stated(paper: Paper) -> tuple[dt.date, str] | None:
    """The document's stated date and how it is known; None where there is none, or it was worked out from the text itself."""
    d = paper.document
    if not d.published or d.published_basis not in _STATED_BASES:
        return None
    return dt.date.fromisoformat(d.published), d.published_basis


def _given(result: Result | None) -> Callable[[], Result | None]:
    return lambda: result


def _weekdays(paper: Paper, date: tuple[dt.date, str] | None) -> Iterator[Question]:
    seen: set[tuple[dt.date, int]] = set()
    for found in named_days(paper.text):
        day, year_from = _dated(found, date)
        if day is None or (day, found.weekday) in seen or paper.is_furniture(found.start):
            continue
        seen.add((day, found.weekday))
        yield Question(
            paper.sha256, "calendar.weekday", (paper.evidence(found.start, found.end),),
            _given(weekday_result(day, found.weekday, " ".join(found.words.split()), year_from=year_from)),
            f"{day.isoformat()}, {WEEKDAY_NAMES[found.weekday]}",
        )  # fmt: skip


def _dated(found: NamedDay, date: tuple[dt.date, str] | None) -> tuple[dt.date | None, str]:
    if found.year:
        return dt.date(found.year, found.month, found.day), "the text"
    near = year_near(found.month, found.day, date[0]) if date else None
    return near, f"the document's date, {date[0]}" if date else ""


def _no_days(paper: Paper) -> Iterator[Question]:
    seen: set[tuple[int, int, int | None]] = set()
    for found in no_days(paper.text):
        key = (found.month, found.day, found.year)
        if key in seen or paper.is_furniture(found.start):
            continue
        seen.add(key)
        about = f"{found.day} {_month(found.month)}" + (f" {found.year}" if found.year else "")
        evidence = (paper.evidence(found.start, found.end),)
        yield Question(paper.sha256, "calendar.no_such_day", evidence, _given(no_day_result(found)), about)


def _future(paper: Paper, date: tuple[dt.date, str]) -> Iterator[Question]:
    latest: tuple[ToldDay, int] | None = None
    for a, b in paper.sentences:
        text = paper.text[a:b]
        if not _DIGIT.search(text) or paper.is_furniture(a):
            continue
        for told in past_days(text):
            if latest is None or told.day > latest[0].day:
                latest = told, a
    if latest is None:
        return
    told, base = latest
    result = future_result(*date, told.day, told.cue)
    if result is not None:
        evidence = (paper.evidence(base + told.start, base + told.end),)
        yield Question(paper.sha256, "calendar.future", evidence, _given(result))


def occasions_told(paper: Paper) -> list[tuple[Told, tuple[Evidence, ...]]]:
    """The occasions that the document tells as past or to come, each with its passages; furniture and doubtful words left out. A plan in
    the next sentence of the paragraph makes an occasion one to come where its own sentence says nothing."""
    out = []
    spans = [s for s in paper.sentences if not paper.is_furniture(s[0])]
    for n, (a, b) in enumerate(spans):
        for o, at in told_in(paper.text[a:b].replace("\n", " ")):
            if o.common:
                continue
            c, d = spans[n + 1] if n + 1 < len(spans) else (b, b)
            plan = plan_cue(paper.text[c:d]) if o.planned and "\n\n" not in paper.text[b:c] else None
            cue = occasion_cue(paper.text[a:b], at)
            places = [(a, cue)] if cue else []
            if plan and (cue is None or cue.side == "ahead"):
                places.append((c, plan))
            if not places or (places[0][1].side == "ahead" and not o.planned):
                continue
            passages = {paper.evidence(a + at[0], a + at[1])}
            passages |= {paper.evidence(base + x.start, base + x.end) for base, x in places}
            words = "; ".join(x.words for _, x in places)
            out.append(
                (
                    Told(o.id, o.name, o.first, o.last, places[0][1].side, words, cue is not None),
                    tuple(sorted(passages)),
                )
            )
    return out


def _occasions(paper: Paper, date: tuple[dt.date, str]) -> Iterator[Question]:
    written = Interval.parse(paper.document.written) if paper.document.written else None
    told = occasions_told(paper)
    result = occasion_result(*date, [t for t, _ in told], (written.first, written.last) if written else None)
    if result is not None:
        used = {r.key for r in result.sources}
        evidence = tuple(sorted({e for t, found in told if t.id in used for e in found}))
        yield Question(paper.sha256, "calendar.occasion", evidence, _given(result))
        if result.verdict == "contradicted":
            return
    off = written_result(*date, written) if written else None
    later = _later(paper, written) if off and written else ()
    if off is not None and later:
        yield Question(paper.sha256, "calendar.written", later, _given(off))


def _later(paper: Paper, written: Interval) -> tuple[Evidence, ...]:
    """The dates with their year that the text tells of the time at which it was written, at most three."""
    found = [
        paper.evidence(t.span.start, t.span.end)
        for t in paper.times
        if t.days and _YEAR.search(t.span.text) and t.days.first <= written.last and t.days.last >= written.first
        and t.days.precision in ("day", "month") and not paper.is_furniture(t.span.start)
    ]  # fmt: skip
    return tuple(found[:3])


def questions(case: Case) -> Iterator[Question]:
    """What the calendar can be asked about every English document that was read."""
    for paper in case.papers():
        if not paper.document.extracted:
            continue
        date = stated(paper)
        if _DIGIT.search(paper.text):
            yield from _weekdays(paper, date)
            yield from _no_days(paper)
        if date is not None:
            yield from _future(paper, date)
            yield from _occasions(paper, date)


check = Simple("calendar", "stated dates, weekdays and occasions against the calendar", questions)
