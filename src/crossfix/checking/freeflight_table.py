"""What earlier and later announcements leave for the powered ascent, and what was announced and logged of one test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crossfix.checking.freeflight_arc import Figure, allowance_s, vertical_time_s
from crossfix.model import FigureKind
from crossfix.reference import launches
from crossfix.reference.figures import Announced, figures

MARGIN_S = 30.0
"""Added to both ends of what other announcements leave: they are few, and a flight time in whole minutes is good to 30 s."""
MODEL_S = 5.0
"""How far the model may be off for what is said to be impossible: the Earth's flattening, the height of the place and the rounding of
its radius come to less than 3 s in an hour."""
ENOUGH = 2
"""So many other tests of one class and propellant make a band of their own."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One test as one announcer gave it, with all three figures."""

    test: dt.date
    missile: str
    kind: str
    propellant: str
    announcer: str
    apogee: Figure
    ground: Figure
    time: Figure
    rows: tuple[str, ...]

    @property
    def allowance(self) -> tuple[float, float, float]:
        """Announced minus free-flight time in s: as given, least, most."""
        return allowance_s(self.apogee, self.ground, self.time)

    @property
    def impossible(self) -> bool:
        """True where the flight would take longer even straight up and down."""
        return too_short(self.apogee, self.time)

    def __str__(self) -> str:
        return f"{self.test} {self.missile}, {self.announcer}: {self.allowance[0]:+.0f} s"


def too_short(apogee: Figure, time: Figure) -> bool:
    """True where the time is less than free fall from that apogee, doubled, takes with no range at all."""
    return time.high < vertical_time_s(apogee.low) - MODEL_S


@cache
def samples() -> tuple[Sample, ...]:
    """The tests of figures.tsv of which one announcer gave apogee, range and time, none of them as a bound."""
    by: dict[tuple[dt.date, str], dict[str, Announced]] = {}
    for f in figures():
        if f.bound != "at_least":
            by.setdefault((f.test, f.announcer), {})[f.kind] = f
    out = []
    for (test, announcer), told in sorted(by.items()):
        if set(told) >= {"apogee", "range", "flight_time"}:
            known = launches.missile(told["apogee"].missile)
            if known is None:
                continue
            a, r, t = (Figure(told[k].value, told[k].half) for k in ("apogee", "range", "flight_time"))
            rows = tuple(told[k].id for k in ("apogee", "range", "flight_time"))
            out.append(Sample(test, known.name, known.kind, known.propellant, announcer, a, r, t, rows))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Band:
    """What other tests leave for the powered ascent, in s, with the margin; ``of`` says which tests."""

    low_s: float
    high_s: float
    of: str
    others: tuple[Sample, ...]


def band(test: dt.date, missile: str) -> Band | None:
    """The band that tests other than this one leave: those of its class and propellant where there are enough, else those of its
    class; None where there are not. Announcements that cannot be right teach nothing and are left out."""
    known = launches.missile(missile)
    kind = known.kind if known else ""
    rest = [s for s in samples() if s.test != test and not s.impossible and s.kind == kind]
    same = [s for s in rest if known and s.propellant == known.propellant]
    for found, of in ((same, f"{known.propellant if known else ''}-fuelled {kind}s"), (rest, f"{kind}s")):
        if len({s.test for s in found}) >= ENOUGH:
            low = min(s.allowance[1] for s in found) - MARGIN_S
            return Band(low, max(s.allowance[2] for s in found) + MARGIN_S, of, tuple(found))
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of one test as published or logged: km or s. ``by`` is the announcer, or "CNS/NTI" or "GCAT" for a log's row."""

    kind: FigureKind
    figure: Figure
    by: str
    table: str
    row: str
    bound: str = "exact"


@cache
def known_figures(day: dt.date) -> tuple[Known, ...]:
    """All figures that the tables hold of the launches on that day in Korea: announced ones first, then the logs'."""
    out = [
        Known(f.kind, Figure(f.value, f.half), f.announcer, "figures", f.id, f.bound)
        for f in figures()
        if f.test == day
    ]
    names: tuple[launches.Log, ...] = ("cns", "gcat")
    for name in names:
        for r in launches.log(name):
            if r.day == day and r.state == "KP" and not r.satellite:
                pairs: tuple[tuple[FigureKind, float | None], ...] = (("apogee", r.apogee_km), ("range", r.range_km))
                for kind, value in pairs:
                    if value:
                        out.append(Known(kind, Figure(value, 0.5), launches.TITLE[name], launches.TABLE[name], r.id))
    return tuple(out)


@cache
def missile_of(day: dt.date) -> str:
    """The longest-ranged missile that flew on that day by the announcements, else by the CNS log; "" where neither names one."""
    named = [f.missile for f in figures() if f.test == day]
    if named:
        return named[0]
    flown = [r for r in launches.log("cns") if r.day == day and r.missile and not r.satellite]
    return max(flown, key=lambda r: r.range_km or 0).missile if flown else ""


def tests_near(day: dt.date, days: int) -> Sequence[dt.date]:
    """The other days with a logged launch no more than ``days`` away."""
    found = {r.day for r in launches.log("cns") if r.day and 0 < abs((r.day - day).days) <= days}
    return sorted(found)
