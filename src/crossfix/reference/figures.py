"""Figures of missile flights as announced: apogee, ground range and flight time by test and announcer."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from crossfix.model import FigureKind
from crossfix.reference import tables

STEP = {"min": 60.0, "s": 1.0, "km": 1.0}
"""What one unit is in seconds or km."""


@dataclass(frozen=True, slots=True)
class Announced:
    """One announced figure: ``value`` in km or s, ``half`` half of the last place it was given in (30 s for whole minutes), ``bound``
    exact, about or at_least. ``test`` is the date in Korea."""

    id: str
    test: dt.date
    missile: str
    kind: FigureKind
    value: float
    half: float
    told: str
    bound: str
    announcer: str
    source: str


@cache
def figures() -> tuple[Announced, ...]:
    """All of figures.tsv."""
    return tuple(
        Announced(
            r["id"], dt.date.fromisoformat(r["test"]), r["missile"], r["kind"], float(r["value"]) * STEP[r["unit"]],  # type: ignore[arg-type]
            half_step(r["value"]) * STEP[r["unit"]], f"{r['value']} {r['unit']}", r["bound"], r["announcer"], r["source"],
        )
        for r in tables.rows("crossfix.reference", "figures.tsv")
    )  # fmt: skip


def half_step(digits: str) -> float:
    """Half of the last place of a number as written: 0.05 for "6,518.2", 0.5 for "989", 50 for "900". Never more than 50: nobody
    means "1,000 km" to the nearest thousand."""
    plain = digits.replace(",", "")
    whole, _, part = plain.partition(".")
    if part:
        return float(0.5 * 10.0 ** -len(part))
    zeros = min(len(whole) - len(whole.rstrip("0")), 2)
    return float(0.5 * 10.0**zeros)


def of_test(day: dt.date) -> tuple[Announced, ...]:
    """The announced figures of the test on that day in Korea."""
    return tuple(f for f in figures() if f.test == day)


_ANNOUNCERS = (
    ("South Korea", r"south korea|\bseoul\b|joint chiefs|\bjcs\b|yonhap|\brok\b"),
    ("Japan", r"japan|tokyo|\bnhk\b|matsuno|hamada|suga\b|hayashi"),
    ("United States", r"united states|u\.s\.|pacific command|pentagon|norad"),
    (
        "KCNA",
        r"\bkcna\b|korean central (?:news|t)|rodong sinmun|north korea(?!n)|\bdprk\b|pyongyang|"
        r"state (?:news|media|television|tv|broadcaster)",
    ),
)
"""Whom the words mean, the first that fits: "South Korea" stands before "North Korea's neighbour, South Korea"."""


def announcer(name: str | None) -> str:
    """Whose figure it is, as the table names announcers ("KCNA" for all of North Korea's state media); the name itself for others, "" for
    none."""
    low = (name or "").lower()
    for known, pattern in _ANNOUNCERS:
        if re.search(pattern, low):
            return known
    return name or ""
