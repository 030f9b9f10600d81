"""Counting in the launch logs: which rows of a log are of a sort, surely or possibly, and at which places of the count a day stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crossfix.reference import launches
from crossfix.reference.launches import Launch, Log

How = Literal["all", "success", "failure"]
Stand = Literal["supported", "excluded", "absent", "not covered"]

_SURE_ICBM_KM = 3000
"""Above this apogee no shorter-range missile has flown: a row whose type is in doubt is an ICBM all the same."""
LOGS: tuple[Log, ...] = ("cns", "gcat", "nuclear")


@dataclass(frozen=True, slots=True)
class Sort:
    """What is counted. ``what`` is "ICBM", "IRBM", "SLBM", "ballistic", "satellite", "spy satellite" or "nuclear", or a missile's name
    with ``kind`` its class. ``how`` counts all launches, only successes ("first successful launch") or only failures."""

    what: str
    state: str = "KP"
    kind: str = ""
    how: How = "all"

    @property
    def words(self) -> str:
        """What is counted, in words, in the singular."""
        noun = {
            "nuclear": "nuclear test",
            "ballistic": "ballistic missile launch",
            "satellite": "satellite launch attempt",
            "spy satellite": "reconnaissance satellite launch attempt",
        }.get(self.what, f"{self.what} launch")
        if self.how == "success":
            return f"successful {noun.removesuffix(' attempt')}"
        return noun if self.how == "all" else f"failed {noun}"

    @property
    def field(self) -> str:
        """The class by which a log's coverage is told."""
        return {"spy satellite": "satellite"}.get(self.what, self.kind or self.what)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a log that is of the sort: ``sure``, or possibly, and why it is in doubt."""

    launch: Launch
    day: dt.date
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day stands in one log's count. ``tests`` and ``missiles`` are the lowest and highest number that the day can have,
    counting days with a launch and counting vehicles; None where the log has no row on that day."""

    log: Log
    stand: Stand
    days: tuple[dt.date, ...]
    tests: tuple[int, int] | None
    missiles: tuple[int, int] | None
    rows: tuple[Row, ...]
    why: str = ""

    def working(self) -> dict[str, Any]:
        """The counted rows by the date at the site, and the ranges."""
        out: dict[str, Any] = {
            "stand": self.stand,
            "counted_rows": [
                f"{r.launch.at} {r.launch.missile or r.launch.told} [{r.launch.id}]" + ("" if r.sure else f" ?{r.why}")
                for r in self.rows
            ],
        }
        if self.tests:
            out["place_counting_test_days"] = _span(self.tests)
        if self.missiles:
            out["place_counting_missiles"] = _span(self.missiles)
        if self.why:
            out["why"] = self.why
        return out


def _span(ends: tuple[int, int]) -> str:
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def member(launch: Launch, sort: Sort) -> tuple[bool, str] | None:
    """Whether a row is of the sort: (True, "") surely, (False, why) possibly, None not. A missile that failed is possibly counted: some
    counts of tests leave failed launches out."""
    if launch.state != sort.state or launch.day is None:
        return None
    if sort.what == "nuclear":
        return (True, "") if launch.kind == "nuclear" else None
    if launch.kind == "nuclear":
        return None
    doubts: list[str] = []
    if sort.field == "satellite":
        if launch.satellite is False or (sort.what == "spy satellite" and launch.day.year < 2023):
            return None
        if launch.satellite is None:
            doubts.append("not announced as a satellite launch")
        if sort.how != "all" and launch.outcome != sort.how:
            return None
    elif launch.satellite:
        return None
    elif sort.what == "ballistic":
        pass
    else:
        own = sort.what in (launch.kind, launch.missile)
        other = "any" in launch.possible or any(sort.what in (p, _kind(p)) for p in launch.possible)
        if not own and not other:
            return None
        if not own:
            doubts.append("type not known to the log")
        elif launch.doubt == "type" and not _same_class(launch, sort):
            doubts.append("the log marks the type as uncertain")
    if launch.doubt == "launch":
        doubts.append("the log doubts the launch")
    if sort.field != "satellite":
        if sort.how != "all" and launch.outcome != sort.how:
            return None
        if sort.how == "all" and launch.outcome == "failure":
            doubts.append("failed")
    return (not doubts, "; ".join(doubts))


def _same_class(launch: Launch, sort: Sort) -> bool:
    """True where a doubt about the type leaves the class as it is."""
    if sort.what != launch.kind:
        return False
    if launch.kind == "ICBM" and launch.apogee_km is not None and launch.apogee_km >= _SURE_ICBM_KM:
        return True
    return bool(launch.possible) and all(_kind(p) == sort.what for p in launch.possible)


def _kind(name: str) -> str:
    known = launches.missile(name)
    return known.kind if known else name


def counted(log: Log, sort: Sort, first: dt.date, last: dt.date) -> tuple[Row, ...]:
    """The rows of the sort from the first day to the last, both included, in order of time."""
    out = []
    for launch in launches.log(log):
        if launch.day is None or not first <= launch.day <= last:
            continue
        found = member(launch, sort)
        if found:
            out.append(Row(launch, launch.day, *found))
    return tuple(sorted(out, key=lambda r: (r.day, r.launch.at, r.launch.id)))


def place(log: Log, sort: Sort, nth: int, start: dt.date | None, window: tuple[dt.date, dt.date]) -> Place:
    """Where the launches in ``window`` stand in a log's count from ``start`` (None: from the first ever). A salvo on one day is one
    test and several missiles; both are counted, and the number may fit either."""
    reach = launches.covered(log, sort.field, sort.state)
    begin = start or _first(sort)
    if reach is None or not reach[0] <= begin or not window[1] <= reach[1]:
        return Place(
            log,
            "not covered",
            (),
            None,
            None,
            (),
            "the log does not reach so far" if reach else "the log has none of these",
        )
    rows = counted(log, sort, begin, window[1])
    at = sorted({r.day for r in rows if r.day >= window[0]})
    if not at:
        return Place(log, "absent", (), None, None, rows, "the log has none on that day")
    tests, missiles = _ranks(rows, at)
    fits = tests[0] <= nth <= tests[1] or missiles[0] <= nth <= missiles[1]
    return Place(log, "supported" if fits else "excluded", tuple(at), tests, missiles, rows)


def _ranks(rows: Sequence[Row], at: Iterable[dt.date]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The lowest and highest place of the days ``at``, counting days and counting missiles."""
    tests: list[int] = []
    missiles: list[int] = []
    for day in at:
        before = [r for r in rows if r.day < day]
        sure_days = {r.day for r in before if r.sure}
        all_days = {r.day for r in before}
        tests += [len(sure_days) + 1, len(all_days) + 1]
        missiles += [sum(r.sure for r in before) + 1, len(before) + sum(r.day == day for r in rows)]
    return (min(tests), max(tests)), (min(missiles), max(missiles))


def _first(sort: Sort) -> dt.date:
    """From when "ever" is counted: the year of the missile's first flight, else of the class's."""
    known = launches.missile(sort.what)
    if known and known.kind == sort.kind:
        return dt.date(known.first, 1, 1)
    years = {"nuclear": 2006, "ICBM": 2017, "satellite": 1998, "spy satellite": 2023}
    return dt.date(years.get(sort.what, 1984), 1, 1)
