"""The working of a finding and the columns of a table, put so that a reader sees what each number is and in what unit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

UNITS: tuple[tuple[str, str], ...] = (
    ("deg_per_day", "° a day"), ("km_per_h", "km/h"), ("km_per_s", "km/s"), ("per_earth_radius", "per Earth radius"), ("m_per_s2", "m/s²"),
    ("m_per_s", "m/s"), ("0_to_1", "from 0 to 1"), ("days", "days"), ("hours", "h"), ("minutes", "min"), ("deg", "°"), ("utc", "UTC"),
    ("km", "km"), ("m", "m"), ("kg", "kg"), ("t", "t"), ("s", "s"), ("h", "h"), ("min", "min"), ("pct", "%"), ("percent", "%"),
    ("ln", "natural logarithm"), ("mm", "mm"), ("cm", "cm"), ("kt", "kt"),
)  # fmt: skip
"""Endings of names, and the unit that each means; a longer one before the shorter that it ends in."""
SHORT = {
    "id": "ID", "iso": "ISO code", "lat": "latitude", "lon": "longitude", "sd": "standard deviation", "jd": "Julian day", "cns": "CNS",
    "gcat": "GCAT", "imo": "IMO number", "nth": "count", "cospar": "COSPAR number", "icbm": "ICBM", "un": "UN",
}  # fmt: skip
NESTED_MOST = 3


def named(name: str) -> tuple[str, str]:
    """What a name such as "culmination_range_km" is in words, and its unit: ("Culmination range", "km"); no unit is ""."""
    for ending, unit in UNITS:
        if name == ending and unit in ("UTC", "days", "h"):
            return (unit if unit == "UTC" else name.capitalize()), ""
        if name.endswith(f"_{ending}"):
            return _words(name[: -len(ending) - 1]), unit
    return _words(name), ""


def _words(name: str) -> str:
    parts = [SHORT.get(p, p) for p in re.split(r"[_\s]+", name) if p]
    told = " ".join(parts) or name
    return told[:1].upper() + told[1:]


@dataclass(frozen=True, slots=True)
class Number:
    """One number or word of a working: what it is, its value, its unit, and the name it is kept under."""

    label: str
    value: str
    unit: str
    name: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one shape: several combinations, several tests. ``columns`` are labels with their units."""

    label: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together; ``label`` is "" for those of the whole."""

    label: str
    numbers: tuple[Number, ...] = ()
    grids: tuple[Grid, ...] = field(default=())


def groups(working: Mapping[str, Any]) -> list[Group]:
    """A working as groups of numbers and grids of rows, in the order in which it was kept."""
    return [g for g in _groups("", working, NESTED_MOST) if g.numbers or g.grids]


def _groups(label: str, values: Mapping[str, Any], depth: int) -> Iterator[Group]:
    numbers: list[Number] = []
    grids: list[Grid] = []
    inside: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in values.items():
        told, unit = named(name)
        if isinstance(value, Mapping) and depth > 0:
            inside.append((f"{label}: {told}" if label else told, value))
        elif isinstance(value, list) and value and all(isinstance(x, Mapping) for x in value):
            grids.append(_grid(told, value))
        else:
            numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
            numbers.append(Number(told, shown(value), unit, name, numeric))
    yield Group(label, tuple(numbers), tuple(grids))
    for under, some in inside:
        yield from _groups(under, some, depth - 1)


def _grid(label: str, rows: list[Any]) -> Grid:
    names = list(dict.fromkeys(n for r in rows for n in r))
    return Grid(label, tuple(named(n) for n in names), tuple(tuple(shown(r.get(n)) for n in names) for r in rows))


def shown(value: Any) -> str:
    """A value in words; a list one after the other."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(shown(x) for x in value) or "none"
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
