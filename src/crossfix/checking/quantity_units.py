# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Units of measure, and numbers that a text tells in two of them ("2,700 km (1,680 miles)")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# unit -> the unit it is counted in here, and how many of those it is. Exact by definition (international yard and pound, 1959; nautical mile).
_COMMON: dict[str, tuple[str, float]] = {
    "km": ("km", 1.0), "m": ("km", 0.001), "miles": ("km", 1.609344), "nautical miles": ("km", 1.852), "feet": ("km", 0.0003048),
    "s": ("s", 1.0), "min": ("s", 60.0), "minutes": ("s", 60.0), "seconds": ("s", 1.0), "hours": ("s", 3600.0),
    "tonnes": ("tonnes", 1.0), "metric tons": ("tonnes", 1.0), "kilograms": ("tonnes", 0.001), "kg": ("tonnes", 0.001), "pounds": ("tonnes", 0.00045359237),
    "km/s": ("km/s", 1.0), "degrees": ("degrees", 1.0),
    "shells": ("rounds", 1.0), "rounds": ("rounds", 1.0), "artillery shells": ("rounds", 1.0), "artillery rounds": ("rounds", 1.0),
}  # fmt: skip


def to_common(unit: str) -> tuple[str, float]:
    """The unit in which numbers of this one are compared, and the factor to it; itself and 1 for a counted thing ("containers"). Tons
    stay tons: which are meant is not said."""
    return _COMMON.get(unit.casefold(), (unit.casefold(), 1.0))


@dataclass(frozen=True, slots=True)
class Conversion:
    """A number and the same in another unit, at [start, end). ``factors`` are the ways in which the first unit can be turned into the
    second (US and imperial gallons)."""

    start: int
    end: int
    first: float
    first_unit: str
    second: float
    second_unit: str
    factors: tuple[float, ...]


_UNITS: tuple[tuple[str, str], ...] = (
    ("km", r"kilomet(?:er|re)s?|kms?|k\.m\."), ("miles", r"miles?|mi\b"), ("nautical miles", r"nautical[ -]miles?|nm\b|nmi\b"),
    ("metres", r"met(?:er|re)s?|m"), ("feet", r"feet|foot|ft\b\.?"), ("yards", r"yards?|yds?"), ("inches", r"inch(?:es)?"),
    ("centimetres", r"centimet(?:er|re)s?|cm"), ("kg", r"kilograms?|kilos?|kgs?"), ("pounds", r"pounds?|lbs?\.?"),
    ("hectares", r"hectares?"), ("acres", r"acres?"), ("litres", r"lit(?:er|re)s?"), ("gallons", r"gallons?"),
    ("square km", r"(?:square|sq\.?) (?:kilomet(?:er|re)s?|km)|km2"), ("square miles", r"(?:square|sq\.?) (?:miles?|mi\b)"),
    ("km/h", r"(?:kilomet(?:er|re)s?|km|kms) (?:per|an) hour|km/h|kph|kmh|km/hr"), ("mph", r"(?:miles?) (?:per|an) hour|mph"),
    ("knots", r"knots?|kts?"),
)  # fmt: skip
# how many of the second one of the first is
_FACTORS: dict[tuple[str, str], tuple[float, ...]] = {
    ("km", "miles"): (1 / 1.609344,), ("km", "nautical miles"): (1 / 1.852,), ("nautical miles", "miles"): (1.852 / 1.609344,),
    ("metres", "feet"): (1 / 0.3048,), ("metres", "yards"): (1 / 0.9144,), ("centimetres", "inches"): (1 / 2.54,),
    ("km", "feet"): (1000 / 0.3048,), ("miles", "metres"): (1609.344,), ("metres", "miles"): (1 / 1609.344,),
    ("kg", "pounds"): (1 / 0.45359237,), ("hectares", "acres"): (1 / 0.40468564224,),
    ("litres", "gallons"): (1 / 3.785411784, 1 / 4.54609), ("square km", "square miles"): (1 / 2.589988110336,),
    ("km/h", "mph"): (1 / 1.609344,), ("knots", "km/h"): (1.852,), ("knots", "mph"): (1.852 / 1.609344,), ("metres", "inches"): (1 / 0.0254,),
}  # fmt: skip
_NAMES = "|".join(
    f"(?P<u{{0}}{n}>{pattern})" for n, (_, pattern) in sorted(enumerate(_UNITS), key=lambda x: -len(x[1][1]))
)
_NUMBER = r"(?P<n{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_PAIR = re.compile(
    rf"(?<![\w.,$£€/:-]){_NUMBER.format(1)}[ -]?(?:{_NAMES.format('a')})(?![\w/])(?: (?:away|long|wide|high|tall|deep|above|range))? ?\((?:about |around |roughly |nearly |some |approximately |or |over |more than |up to |almost |~ ?)?"
    rf"{_NUMBER.format(2)}[ -]?(?:{_NAMES.format('b')})\)",
    re.IGNORECASE,
)


def conversions(text: str) -> Iterator[Conversion]:
    """The numbers that are told again in another unit in the brackets right behind them, in reading order. Ranges, per-units and units that
    do not measure the same are left out. Linear in the text's length."""
    for m in _PAIR.finditer(text):
        one = next(name for n, (name, _) in enumerate(_UNITS) if m[f"ua{n}"])
        two = next(name for n, (name, _) in enumerate(_UNITS) if m[f"ub{n}"])
        factors = _FACTORS.get((one, two)) or tuple(1 / f for f in _FACTORS.get((two, one), ()))
        before = text[max(0, m.start() - 12) : m.start()]
        if not factors or _RANGE.search(before):
            continue
        first, second = (float(m[f"n{n}"].replace(",", "")) for n in (1, 2))
        yield Conversion(m.start(), m.end(), first, one, second, two, factors)


_RANGE = re.compile(r"(?:\d ?(?:to|and|or|by|x|×|-|–) ?|\d [a-z]+ (?:to|and) |(?:feet|foot|ft\.?),? )$", re.IGNORECASE)
