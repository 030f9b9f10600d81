"""The launch logs as typed rows: North Korea's missiles by CNS/NTI and by GCAT, space launches, nuclear tests. Two logs, never merged."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from crossfix.errors import CrossfixError
from crossfix.reference import tables

Log = Literal["cns", "gcat", "nuclear"]
Outcome = Literal["success", "failure", "unknown"]

ZONES = {"KP": "Asia/Pyongyang", "KR": "Asia/Seoul", "IR": "Asia/Tehran"}
"""Where the launch sites of a state are. Pyongyang kept UTC+08:30 from 15 August 2015 to 4 May 2018, else UTC+09:00."""
TABLE = {"cns": "launches_cns", "gcat": "launches_gcat", "nuclear": "nuclear_tests"}
TITLE = {"cns": "CNS/NTI", "gcat": "GCAT", "nuclear": "the list of nuclear tests"}


@dataclass(frozen=True, slots=True)
class Missile:
    """A missile or space launcher: its class ("ICBM", "space launcher"), propellant, names in reports, and the logs' words for it."""

    id: str
    name: str
    kind: str
    propellant: str
    aliases: tuple[str, ...]
    cns: tuple[str, ...]
    gcat: tuple[str, ...]
    first: int
    source: str

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Launch:
    """One row of a log. ``utc`` is None where the log gives a date alone; ``day`` is the date at the launch site, in the zone of
    ``state`` (the log's date where it gives no time), None where the log has no day. ``missile`` is a name of missiles.tsv, "" where the
    log does not say; ``kind`` its class. ``doubt`` is what the log doubts ("launch", "type", "date", ""), ``possible`` the classes and
    missiles it may have been. ``satellite`` is True for a launch to orbit, None where that is disputed. km."""

    id: str
    log: Log
    state: str
    utc: dt.datetime | None
    day: dt.date | None
    missile: str
    kind: str
    told: str
    satellite: bool | None
    outcome: Outcome
    doubt: str
    possible: tuple[str, ...]
    apogee_km: float | None
    range_km: float | None
    site: str

    @property
    def at(self) -> str:
        """The time at the site, "2023-12-18 08:24"; the date alone where no time is known."""
        if self.utc is None:
            return str(self.day or "")
        return self.utc.astimezone(ZoneInfo(ZONES[self.state])).strftime("%Y-%m-%d %H:%M")


@cache
def missiles() -> tuple[Missile, ...]:
    """The missiles and launchers, as in missiles.tsv."""
    return tuple(
        Missile(
            r["id"], r["name"], r["class"], r["propellant"], tuple(tables.items(r["aliases"])), tuple(tables.items(r["cns"])),
            tuple(tables.items(r["gcat"])), int(r["first"]), r["source"],
        )
        for r in tables.rows("crossfix.reference", "missiles.tsv")
    )  # fmt: skip


@cache
def missile(name: str) -> Missile | None:
    """The missile of that name or alias ("Hwasongpho-18" is the Hwasong-18), None where the table has none."""
    return _by_name().get(_plain(name))


@cache
def _by_name() -> dict[str, Missile]:
    return {_plain(n): m for m in reversed(missiles()) for n in reversed(m.names)}


def _plain(name: str) -> str:
    return re.sub(r"[\s\-‐-―]+", "", name).lower()


@cache
def log(name: Log) -> tuple[Launch, ...]:
    """The rows of a log in the order of time. Raises CrossfixError for a vehicle that missiles.tsv lacks: else it would
    silently not be counted."""
    return {"cns": _cns, "gcat": _gcat, "nuclear": _nuclear}[name]()


def _cns() -> tuple[Launch, ...]:
    by_key = {k: m for m in missiles() for k in m.cns}
    out = []
    for r in tables.rows("crossfix.reference", "launches_cns.tsv"):
        if r["missile"] not in by_key and r["missile"] != "unknown":
            raise CrossfixError(
                f"no missile is called {r['missile']!r} in missiles.tsv", where=f"launches_cns.tsv, {r['id']}"
            )
        what = by_key.get(r["missile"])
        utc = _utc(f"{r['date']} {r['utc_time']}") if r["utc_time"] else None
        to_orbit = {"satellite": True, "": False, "satellite?": None}[r["purpose"]]
        out.append(
            Launch(
                r["id"], "cns", "KP", utc, _day(r["date"], utc, "KP"), what.name if what else "",
                "space launcher" if to_orbit else what.kind if what else "", r["missile"], to_orbit,
                r["outcome"], r["doubt"], tuple(tables.items(r["possible"])), _km(r["apogee_km"]), _km(r["distance_km"]), r["facility"],  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return tuple(out)


def _gcat() -> tuple[Launch, ...]:
    by_key = {k: m for m in missiles() for k in m.gcat}
    out = []
    for r in tables.rows("crossfix.reference", "launches_gcat.tsv"):
        if r["vehicle"] not in by_key:
            raise CrossfixError(
                f"no missile is called {r['vehicle']!r} in missiles.tsv", where=f"launches_gcat.tsv, {r['id']}"
            )
        if r["code"][1] == "E":  # counted down, not launched
            continue
        what = by_key[r["vehicle"]]
        utc = _utc(f"{r['date']} {r['utc_time']}") if r["utc_time"] else None
        outcome: Outcome = {"S": "success", "F": "failure"}.get(r["code"][1], "unknown")  # type: ignore[assignment]
        out.append(
            Launch(
                r["id"], "gcat", r["state"], utc, _day(r["date"], utc, r["state"]), what.name, what.kind,
                r["vehicle"] + r["type_flag"], r["code"][0] == "O", outcome, "type" if r["type_flag"] else "", (),
                None if r["apogee_flag"] else _km(r["apogee_km"]), None if r["range_flag"] else _km(r["range_km"]), r["site"],
            )
        )  # fmt: skip
    return tuple(out)


def _nuclear() -> tuple[Launch, ...]:
    out = []
    for r in tables.rows("crossfix.reference", "nuclear_tests.tsv"):
        utc = _utc(f"{r['date']} {r['utc_time']}") if r["utc_time"] else None
        out.append(
            Launch(
                r["id"], "nuclear", r["state"], utc, dt.date.fromisoformat(r["date"]), "", "nuclear", "nuclear test", False,
                "unknown", "", (), None, None, "Punggye-ri",
            )
        )  # fmt: skip
    return tuple(out)


def _utc(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=dt.UTC)


def _day(date: str, utc: dt.datetime | None, state: str) -> dt.date | None:
    if utc is not None:
        return utc.astimezone(ZoneInfo(ZONES[state])).date()
    return dt.date.fromisoformat(date) if len(date) == 10 else None


def _km(text: str) -> float | None:
    return float(text) if text else None


@cache
def covered(name: Log, what: str, state: str) -> tuple[dt.date, dt.date] | None:
    """The days for which a log can be counted for ``what``: a class of missile, "satellite", "ballistic" or "nuclear"; None where it
    cannot. The GCAT extract lacks rows of shorter-range missiles, so that only its ICBMs and space launches can be counted, and all of
    2017, which was read whole."""
    first, last = dt.date(1984, 1, 1), dt.date(2026, 4, 18)
    if what == "nuclear":
        return (dt.date(2006, 1, 1), dt.date(2026, 11, 22)) if name == "nuclear" and state == "KP" else None
    if name == "nuclear":
        return None
    if name == "cns":
        return (first, last) if state == "KP" else None
    if what == "satellite":
        return (dt.date(1998, 1, 1), dt.date(2025, 6, 8)) if state in ZONES else None
    if state != "KP":
        return None
    return dt.date(2017, 1, 1), dt.date(2025, 11, 30) if what == "ICBM" else dt.date(2017, 12, 31)
