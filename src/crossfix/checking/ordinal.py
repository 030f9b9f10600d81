"""Counts in reports ("its fifth ICBM test of the year", "the third Hwasong-18") held against the launch logs, in the time of the place.

The method and its limits are in docs/checks/ordinal.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crossfix.checking.case import Case, Paper
from crossfix.checking.ordinal_count import LOGS, Place, counted, place
from crossfix.checking.ordinal_phrase import Phrase, read
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row
from crossfix.coding.counting import nth_of
from crossfix.model import Event, Ordinal
from crossfix.record.rows import Evidence
from crossfix.reference.launches import TABLE, TITLE, ZONES, Log, covered

_WORDS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_LONGEST_DAYS = 62
"""An event dated more loosely than this is not held against a count."""
_MOST_ROWS = 40
_STATES = {
    "KP": r"\bNorth Korea|\bDPRK\b|\bPyongyang|\bthe North\b(?! Korea| Atlantic| Pacific)|\bKim Jong",
    "KR": r"\bSouth Korea|\bSeoul\b|\bthe South\b",
    "IR": r"\bIran|\bTehran",
}
_OWNER = re.compile(
    r"(?:(?P<KP>North Korea|DPRK|Pyongyang|the North|Kim Jong[- ]un)|(?P<KR>South Korea|Seoul)|(?P<IR>Iran|Tehran)|(?P<other>\w+))"
    r"['’]s?\s*$",
    re.I,
)
_THIS_YEARS = re.compile(r"\b(?:this|the) year['’]s\s*$", re.I)
_ITSELF = ("country", "nation", "regime", "state", "north")
"""Owners that stand for the state whose test it is."""
_LOGS_CAVEAT = {
    "cns": "CNS/NTI counts ballistic missiles that can carry 500 kg over 300 km, and space launchers, one row a missile",
    "gcat": "GCAT counts every vehicle, one row each, and gives times to about seven minutes",
    "nuclear": "the list holds the tests that North Korea announced and seismic stations recorded",
}


def nth_word(nth: int) -> str:
    """ "fifth" for 5, "19th" for 19."""
    if nth < len(_WORDS):
        return _WORDS[nth]
    tail = "th" if nth // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(nth % 10, "th")
    return f"{nth}{tail}"


# -------------------------------------------------------------------- pure functions


def ordinal_result(phrase: Phrase, nth: int, window: tuple[dt.date, dt.date], *, sure: bool = True) -> Result | None:
    """Whether the launch in ``window`` (days at the site, both included) is the nth of its sort. ``sure`` is False where the words or
    the date may have been misread: then a count that does not fit says nothing, and None comes back."""
    start = _start(phrase, window)
    places = [place(log, phrase.sort, nth, start, window) for log in LOGS]
    places = [p for p in places if covered(p.log, phrase.sort.field, phrase.sort.state)]
    if not places or all(p.stand == "absent" for p in places):
        return None
    reach = [p for p in places if p.stand in ("supported", "excluded")]
    year = phrase.year or window[0].year
    claim = f"{nth_word(nth)} {phrase.words}".replace("of the year", f"of {year}")
    working: dict[str, object] = {
        "claimed_number": nth,
        "counted": claim.partition(" ")[2],
        "counted_from": str(start) if start else "the first on record",
        "event_days_at_site": [str(window[0]), str(window[1])],
        "zone": ZONES[phrase.sort.state],
        **{f"log_{p.log}": p.working() for p in places},
    }
    sources = tuple(Row(TABLE[r.launch.log], r.launch.id, r.launch.at) for p in reach for r in p.rows[-_MOST_ROWS:])
    if not reach:
        if not sure or any(p.stand == "absent" for p in places):
            return None
        return Result(
            "unknown", f"No log reaches far enough to count to the {claim}, told of {_day(window[1])}.", working
        )
    fits = [p for p in reach if p.stand == "supported"]
    day = window[0] == window[1] and phrase.sure
    if len(fits) < len(reach) and not (day and (sure or fits)):
        return None
    caveat = _caveat(reach)
    zone = " by the date in Korea" if phrase.sort.state in ("KP", "KR") else ""
    when = _when(fits or reach)
    nuclear = phrase.sort.what == "nuclear"
    if len(fits) == len(reach):
        told = (
            f"The {claim} on the list is that of {when}{zone}."
            if nuclear
            else f"{_who(fits)} the {claim} on {when}{zone}: {_told(fits)}."
        )
        return Result("supported", told, working, sources, caveat)
    if fits:
        against = [p for p in reach if p.stand == "excluded"]
        told = f"The logs differ on whether the {claim} was on {when}{zone}: {_told(fits)}, but {_told(against)}."
        return Result("tension", told, working, sources, caveat)
    # one log that leaves rows out for reasons of its own is no ground to call a count wrong
    alone = len(reach) == 1 and not nuclear
    told = f"The {'test' if nuclear else 'launch'} of {when}{zone} was not the {claim}: {_told(reach)}."
    return Result("tension" if alone else "contradicted", told, working, sources, caveat)


def _who(places: list[Place]) -> str:
    return "Both logs have" if len(places) == 2 else f"{_title(places[0].log)} has"


def next_result(phrase: Phrase, nth: int, told: dt.date) -> Result | None:
    """Whether a nuclear test that a report of ``told`` speaks of as to come would be the nth. None where it would not: such words are often
    about another test."""
    rows = counted("nuclear", phrase.sort, dt.date(2006, 1, 1), told)
    if phrase.sort.what != "nuclear" or phrase.period != "ever" or len(rows) + 1 != nth:
        return None
    last = rows[-1]
    return Result(
        "supported",
        f"A test after {_day(told)} would have been the {nth_word(nth)}: {len(rows)} nuclear tests are listed up to then.",
        {"claimed_number": nth, "tests_up_to_report": len(rows), "report_date": str(told), "last_test_before": str(last.day)},
        tuple(Row("nuclear_tests", r.launch.id, r.launch.at) for r in rows),
        "That a test was being prepared is not shown.",
    )  # fmt: skip


def known_result(phrase: Phrase, nth: int, told: dt.date) -> Result | None:
    """Whether the nth nuclear test, which a report tells without a date, had taken place by the day of the report. None where it had
    not."""
    rows = counted("nuclear", phrase.sort, dt.date(2006, 1, 1), told)
    if phrase.sort.what != "nuclear" or phrase.period != "ever" or not 1 <= nth <= len(rows):
        return None
    that = rows[nth - 1]
    return Result(
        "supported",
        f"The {nth_word(nth)} nuclear test on the list is that of {_day(that.day)}, before the report of {_day(told)}.",
        {"claimed_number": nth, "test_date": str(that.day), "tests_up_to_report": len(rows), "report_date": str(told)},
        (Row("nuclear_tests", that.launch.id, that.launch.at),),
        "The report gives no date; that it means this test follows from its number alone.",
    )  # fmt: skip


def _start(phrase: Phrase, window: tuple[dt.date, dt.date]) -> dt.date | None:
    if phrase.period == "year":
        return dt.date(phrase.year or window[0].year, 1, 1)
    return phrase.start if phrase.period == "since" else None


def _title(log: Log) -> str:
    return TITLE[log][0].upper() + TITLE[log][1:]


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _when(places: list[Place]) -> str:
    days = sorted({d for p in places for d in p.days})
    return _day(days[0]) if len(days) == 1 else " or ".join(_day(d) for d in days[:3])


def _told(places: list[Place]) -> str:
    out = []
    for p in places:
        low, high = p.tests or (0, 0)
        text = f"{TITLE[p.log]} counts {low}"
        if high > low:
            text += f", or {'up to ' if high > low + 1 else ''}{high} with uncertain or failed ones"
        if p.missiles and p.missiles != p.tests:
            a, b = p.missiles
            text += f" (by missiles {a if a == b else f'{a} to {b}'})"
        out.append(text)
    return "; ".join(out)


def _caveat(places: list[Place]) -> str:
    parts = [_LOGS_CAVEAT[p.log] for p in places]
    for p in places:
        doubted = [r for r in p.rows if not r.sure]
        if doubted:
            listed = ", ".join(f"{_day(r.day)} ({r.why})" for r in doubted[:4])
            more = f" and {len(doubted) - 4} more" if len(doubted) > 4 else ""
            parts.append(f"{TITLE[p.log]}'s rows that make its count a range: {listed}{more}")
    text = "; ".join(parts)
    return text[0].upper() + text[1:] + "."


# -------------------------------------------------------------------- in a record


@dataclass(frozen=True, slots=True)
class _Found:
    phrase: Phrase
    nth: int
    window: tuple[dt.date, dt.date] | None
    told: dt.date | None
    modality: str
    sure: bool


def questions(case: Case) -> Iterator[Question]:
    """Every count of missile, satellite and nuclear tests in the record that is understood to the last word; one question a count
    and event."""
    asked: dict[tuple[str, str], tuple[_Found, list[Evidence]]] = {}
    for paper in case.papers():
        for event in paper.events:
            if event.type not in ("missile_test", "satellite_launch", "nuclear_test"):
                continue
            for one in event.ordinals:
                found = _found(paper, event, one)
                if found is None:
                    continue
                dated = event
                if found.window is None and found.modality == "actual":
                    dated, found = _dated(paper, event, one, found)
                about = f"{nth_word(found.nth)} {found.phrase.words}"
                old = asked.get((case.event_of(dated.id), about))
                evidence = paper.evidence(*_passage(paper, one))
                if old is None:
                    asked[case.event_of(dated.id), about] = (found, [evidence])
                else:
                    kept = found if _rank(found) > _rank(old[0]) else old[0]
                    asked[case.event_of(dated.id), about] = (kept, [*old[1], evidence])
    for (subject, about), (found, passages) in asked.items():
        yield Question(subject, "ordinal.count", tuple(dict.fromkeys(passages)), lambda f=found: _ask(f), about)  # type: ignore[misc]


def _ask(found: _Found) -> Result | None:
    if found.window is not None and found.modality == "actual":
        return ordinal_result(found.phrase, found.nth, found.window, sure=found.sure)
    if found.told is None:
        return None
    if found.modality == "actual":
        return known_result(found.phrase, found.nth, found.told)
    return next_result(found.phrase, found.nth, found.told) if found.modality in ("future", "hypothetical") else None


def _rank(found: _Found) -> tuple[bool, bool, int]:
    """The better of two readings of one count: dated, sure, to the day."""
    return found.window is not None, found.sure, -(found.window[1] - found.window[0]).days if found.window else 0


def _passage(paper: Paper, one: Ordinal) -> tuple[int, int]:
    return paper.sentence(one.span.start)


def _found(paper: Paper, event: Event, one: Ordinal) -> _Found | None:
    if nth_of(one.span.text) != one.nth or paper.is_furniture(one.span.start):
        return None
    start, end = paper.sentence(one.span.start)
    phrase = read(paper.text, one.span.end, end, event.type)
    if phrase is None:
        return None
    if _THIS_YEARS.search(paper.text[start : one.span.start]):  # "this year's fifth test"
        if phrase.period != "ever":
            return None
        phrase = replace(phrase, period="year")
    state, named = _state(paper.text[start:end], paper.text[start : one.span.start], event, phrase)
    if state is None:
        return None
    phrase = replace(phrase, sort=replace(phrase.sort, state=state))
    window, near = _window(event, state)
    told = paper.dated
    close = event.when_text is None or paper.sentence(event.when_text.start) == (start, end)
    dates = [
        t
        for t in paper.times
        if t.type == "DATE" and start <= t.span.start < end and t.interval and t.interval.precision == "day"
    ]
    sure = named and near and close and len(dates) <= 1 and start <= event.trigger.start < end
    if phrase.period == "year" and phrase.year is None and window and window[0].year != window[1].year:
        return None
    dated = told.last if told and (told.last - told.first).days <= _LONGEST_DAYS else None
    return _Found(phrase, one.nth, window, dated, event.modality, sure)


def _dated(paper: Paper, event: Event, one: Ordinal, found: _Found) -> tuple[Event, _Found]:
    """The event of the sentence before that the count speaks of, where its own has no day ("It was the second this year"), with its
    days. Such a count can be borne out, never called wrong."""
    here = paper.sentence(one.span.start)
    best = None
    for other in paper.events:
        there = paper.sentence(other.trigger.start)
        if (
            other.type == event.type
            and other.modality == "actual"
            and other.id != event.id
            and there < here
            and here[0] - there[1] <= 3
        ):
            state = next(
                (
                    k
                    for p in other.participants
                    if p.role == "actor"
                    for k, pat in _STATES.items()
                    if re.search(pat, p.name)
                ),
                None,
            )
            window, _ = _window(other, found.phrase.sort.state)
            if state == found.phrase.sort.state and window and (window[1] - window[0]).days <= 1:
                best = (other, replace(found, window=window, sure=False))
    return best or (event, found)


def _state(sentence: str, before: str, event: Event, phrase: Phrase) -> tuple[str | None, bool]:
    """Whose launch it is, and whether the words say so beyond doubt."""
    actors = {
        k for p in event.participants if p.role == "actor" for k, pat in _STATES.items() if re.search(pat, p.name)
    }
    owner = None if _THIS_YEARS.search(before) else _OWNER.search(before)
    if owner and (owner["other"] or "").lower() not in _ITSELF:
        told = next((k for k in _STATES if owner[k]), None)
        if told is None:
            return None, False
    else:
        told = phrase.owner or None
    if phrase.sort.kind and told not in (None, "KP"):  # a missile of North Korea's by its name
        return None, False
    if told:
        return (told, True) if not actors or told in actors else (None, False)
    foreign = [
        p.name
        for p in event.participants
        if p.role == "actor" and not any(re.search(x, p.name) for x in _STATES.values())
    ]
    if len(actors) == 1 and not foreign:
        return next(iter(actors)), True
    named = [k for k, pat in _STATES.items() if re.search(pat, sentence)]
    return ("KP", False) if named == ["KP"] and not actors - {"KP"} else (None, False)


def _window(event: Event, state: str) -> tuple[tuple[dt.date, dt.date] | None, bool]:
    """The days at the site on which the event was, and whether they are as sure as the text's own date: a day told in another zone is
    two days there."""
    if event.when is None or (event.when.last - event.when.first).days > _LONGEST_DAYS:
        return None, False
    if event.moment is None:
        return (event.when.first, event.when.last), False
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(ZONES[state])
    first = dt.datetime.fromisoformat(event.moment.first).astimezone(zone).date()
    last = (dt.datetime.fromisoformat(event.moment.last) - dt.timedelta(seconds=1)).astimezone(zone).date()
    return (first, last), True


check = Simple("ordinal", "counts of tests and launches against the launch logs", questions)
