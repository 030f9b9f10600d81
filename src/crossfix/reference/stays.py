"""Where heads of state were when, and whom they met there: the table stays.tsv."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Literal

from crossfix.errors import CrossfixError
from crossfix.reference.tables import items, rows

COMPLETE = (dt.date(2012, 1, 1), dt.date(2025, 12, 31))
"""From when to when the table is complete for those it calls complete."""
_TRAVELLERS = frozenset(("Kim Jong Un",))
_PAIRS = frozenset(
    frozenset(("Kim Jong Un", x)) for x in ("Vladimir Putin", "Xi Jinping", "Donald Trump", "Moon Jae-in")
)


@dataclass(frozen=True, slots=True)
class Stay:
    """A stop or a trip of one person. Days are local, both included; coordinates WGS84 degrees. ``met`` are the persons met there."""

    id: str
    who: str
    met: tuple[str, ...]
    first: dt.date
    last: dt.date
    scope: Literal["stop", "trip"]
    place: str
    lat: float
    lon: float
    country: str
    source: str
    licence: str
    read: str

    @property
    def persons(self) -> frozenset[str]:
        """All who were there."""
        return frozenset((self.who, *self.met))


@cache
def stays() -> tuple[Stay, ...]:
    """The table, earliest first. Raises CrossfixError where a row is broken."""
    out = []
    for r in rows("crossfix.reference", "stays.tsv"):
        try:
            first, last = dt.date.fromisoformat(r["first"]), dt.date.fromisoformat(r["last"])
            if last < first or r["scope"] not in ("stop", "trip"):
                raise ValueError("days out of order, or no such scope")
            out.append(
                Stay(
                    r["id"], r["who"], tuple(items(r["met"])), first, last, "trip" if r["scope"] == "trip" else "stop", r["place"],
                    float(r["lat"]), float(r["lon"]), r["country"], r["source"], r["licence"], r["read"],
                )
            )  # fmt: skip
        except ValueError as e:
            raise CrossfixError(f"the row {r['id']} cannot be read ({e})", where="stays.tsv") from e
    return tuple(sorted(out, key=lambda s: (s.first, s.id)))


def all_abroad(who: str) -> bool:
    """True where the table has all of a person's trips abroad."""
    return who in _TRAVELLERS


def all_meetings(a: str, b: str) -> bool:
    """True where the table has all meetings of two persons."""
    return frozenset((a, b)) in _PAIRS
