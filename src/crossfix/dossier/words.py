"""Values put into words for readers: dates at their own precision, types, stances, firmness, status.

Wording is the place where a claim turns into a fact by accident, so it is kept in one module and tested.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crossfix.model import Interval, Moment
from crossfix.reference.zones import abbreviation, duration, local

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

EVENT_WORDS = {
    "missile_test": "Missile test",
    "satellite_launch": "Satellite launch",
    "nuclear_test": "Nuclear test",
    "arms_transfer": "Arms transfer",
    "visit": "Visit",
    "meeting": "Meeting",
    "statement": "Statement",
    "exercise": "Military exercise",
    "sanctions_act": "Sanctions act",
    "publication": "Publication",
    "other": "Other event",
}
STANCE_WORDS = {
    "assert": "says",
    "deny": "denies",
    "suspect": "suspects",
    "condemn": "condemns",
    "announce": "announces",
    "request": "asks for",
    "predict": "predicts",
    "support": "supports",
}
# A mark and a word together: the mark is for the quick eye, the word carries the meaning.
FIRMNESS_MARKS = {
    "certain": "●",
    "probable": "◕",
    "possible": "◑",
    "unlikely": "◔",
    "denied": "⊘",
    "unknown": "○",
}
FIRMNESS_WORDS = {
    "certain": "flatly",
    "probable": "as probable",
    "possible": "as possible",
    "unlikely": "as unlikely",
    "denied": "as untrue",
    "unknown": "not said how firmly",
}
STATUS_MARKS = {"reported": "▪", "alleged": "◇", "denied": "⊘", "confirmed_by_actor": "◆"}
VERDICT_MARKS = {"contradicted": "✕", "tension": "≠", "unknown": "?", "supported": "✓"}
VERDICT_WORDS = {
    "contradicted": "contradicted",
    "tension": "in tension",
    "unknown": "not decided",
    "supported": "supported",
}
VERDICTS_NOTE = (
    "What is told above and below, held against the calendar, arithmetic and public data. A verdict is about the figures and rows "
    "named with it, not about whether the report is true; each says what it does not show, and its working is enough to compute it again."
)
OUTCOME_WORDS = {"success": "reported as a success", "failure": "reported as a failure", "unknown": "not told"}
MODALITY_WORDS = {
    "actual": "told as having happened",
    "future": "expected or planned",
    "hypothetical": "spoken of as possible",
    "negated": "said not to have happened",
    "offered": "offered",
    "wanted": "wanted",
    "predicted": "predicted",
}
RELATION_WORDS = {
    "identical_reprint": "identical reprint of",
    "edited_reprint": "edited reprint of",
    "rewrite": "rewrite of",
    "shared_quotes": "shares quotations with",
}
BASIS_WORDS = {
    "given": "as given on the command line",
    "metadata": "from the page's metadata",
    "dateline": "from the dateline",
    "header": "from the document's header",
    "inferred": "inferred from the text",
}


CONFIDENCE_MEANS = "of attributions with this figure, so many proved right on news annotated by hand"
CONFIDENCE_NOTE = (
    "“Attribution 87 %” says how likely it is that the speaker and the words were read rightly: of attributions with "
    "that figure, so many proved right on news annotated by hand. It says nothing on whether the claim is true."
)


def percent(share: float) -> str:
    """ "87 %", rounded down, so that a figure never promises more than it holds: 0.879 is "87 %", and only 1 is "100 %"."""
    return f"{int(share * 100 + 1e-9)} %"


def least(share: float) -> str:
    """The same of a figure that a person asked for, as exactly as it was given: 0.855 is "85.5 %"."""
    return f"{round(share * 100, 6):g} %"


def plural(count: int, one: str, many: str | None = None) -> str:
    """ "1 document", "2 documents", "1,204 documents"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str], last: str = "and", most: int | None = None) -> str:
    """ "A", "A and B", "A, B and C"; with ``most``, the rest is counted: "A, B and 3 more"."""
    names = list(items)
    if most is not None and len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def _point(value: str) -> str:
    parts = value.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def date_words(value: str | None) -> str:
    """An interval at the precision it has: "21 November 2023", "November 2023", "13–19 November 2023", "Undated".

    A value that is no interval is shown as it stands, never mended.
    """
    if not value:
        return "Undated"
    try:
        when = Interval.parse(value)
    except ValueError:
        return value
    a, b = when.start.split("-"), when.end.split("-")
    if a == b:
        return _point(when.start)
    if len(a) == len(b) == 3 and a[:2] == b[:2]:
        return f"{int(a[2])}–{int(b[2])} {MONTHS[int(a[1]) - 1]} {a[0]}"
    if len(a) == len(b) > 1 and a[0] == b[0]:
        return f"{_point(when.start).rsplit(' ', 1)[0]} – {_point(when.end)}"
    return f"{_point(when.start)} – {_point(when.end)}"


def precision_words(value: str | None) -> str:
    """What the date names: "day", "month", "year", "range of days" ..., "" for none."""
    if not value:
        return ""
    try:
        when = Interval.parse(value)
    except ValueError:
        return ""
    if when.precision != "range":
        return when.precision
    return {4: "range of years", 7: "range of months", 10: "range of days"}[min(len(when.start), len(when.end))]


def is_timed(moment: Moment | None) -> bool:
    """True for a moment finer than a day."""
    return moment is not None and duration(moment) < dt.timedelta(hours=23)


def moment_words(moment: Moment) -> str:
    """A moment in its zone and in UTC: "18 December 2023, 08:24 KST (17 December 23:24 UTC)"; of days "18 December 2023 KST (17
    December 15:00 – 18 December 15:00 UTC)", the ends not included."""
    one = duration(moment) <= dt.timedelta(minutes=1)
    here, there = (_ends(moment, zone) for zone in (moment.zone, "UTC"))
    zone = abbreviation(here[0])
    if not is_timed(moment):
        days = Interval.days(here[0].date(), (here[1] - dt.timedelta(minutes=1)).date())
        return f"{date_words(str(days))} {zone} ({_day(there[0])} {there[0]:%H:%M} – {_day(there[1])} {there[1]:%H:%M} UTC)"
    told = f"{here[0]:%H:%M}" if one else f"{here[0]:%H:%M}–{_end(here)}"
    first = f"{date_words(here[0].date().isoformat())}, {told} {zone}"
    if zone == "UTC":
        return first
    apart = there[0].date() != there[1].date() and there[1].hour + there[1].minute > 0
    day = "" if there[0].date() == here[0].date() and not apart else f"{_day(there[0])} "
    if one:
        return f"{first} ({day}{there[0]:%H:%M} UTC)"
    last = f" – {_day(there[1])} {there[1]:%H:%M}" if apart else f"–{_end(there)}"
    return f"{first} ({day}{there[0]:%H:%M}{last} UTC)"


def _ends(moment: Moment, zone: str) -> tuple[dt.datetime, dt.datetime]:
    return local(moment.first, zone), local(moment.last, zone)


def _end(ends: tuple[dt.datetime, dt.datetime]) -> str:
    """The end of hours that may run to midnight."""
    return "24:00" if ends[1].date() != ends[0].date() and ends[1].hour + ends[1].minute == 0 else f"{ends[1]:%H:%M}"


def _day(at: dt.datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]}"


def date_key(value: str | None) -> tuple[int, str, str]:
    """Sorts by first day, a day before the month that begins with it; undated rows come last."""
    if not value:
        return (1, "", "")
    try:
        when = Interval.parse(value)
    except ValueError:
        return (1, value, "")
    return (0, when.first.isoformat(), when.last.isoformat())


def ordinal_words(nth: int) -> str:
    """1 -> "1st", 12 -> "12th", 23 -> "23rd"."""
    tail = "th" if nth % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(nth % 10, "th")
    return f"{nth}{tail}"


def status_words(
    status: str, alleged_by: Sequence[str] = (), denied_by: Sequence[str] = (), *, negated: bool = False
) -> str:
    """The standing of an event or a transfer, with who holds it: "alleged by the White House; denied by Russia".

    Where it is told as not having happened (``negated``), or nobody asserts it (status "denied"), those who speak of it
    deny it.
    """
    if (negated or status == "denied") and (alleged_by or denied_by):
        return f"denied by {listed(list(dict.fromkeys([*alleged_by, *denied_by])), most=4)}"
    if negated:
        return "said not to have happened"
    by = f" by {listed(alleged_by, most=4)}" if alleged_by else ""
    words = {
        "reported": "reported" + by,
        "alleged": "alleged" + (by or ", by whom is not named"),
        "confirmed_by_actor": "confirmed by the actor itself" + (f"; told{by}" if by else ""),
        "denied": "",
    }.get(status, status)
    if denied_by:
        denial = f"denied by {listed(denied_by, most=4)}"
    elif status == "denied":
        denial = "denied, by whom is not named"
    else:
        denial = ""
    return "; ".join(part for part in (words, denial) if part)
