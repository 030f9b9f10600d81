"""The floors: what each figure must reach, kept in floors.toml. A floor rises freely and falls only with a reason."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.metrics import METRICS

PATH = Path(__file__).with_name("floors.toml")
HEAD = """\
# What each figure must reach; `python benchmarks/run.py --check` exits with 1 and names what does not.
# Written by `python benchmarks/run.py --set NAME=VALUE`.
# A demand is relaxed only with --lower REASON, which is kept here.
# Where more is better the value is the least allowed, where less is better the most (see benchmarks/metrics.py).
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The demand on one figure, and each time it was relaxed: (day, from, to, reason)."""

    value: float
    lowered: tuple[tuple[str, float, float, str], ...] = ()


class FloorError(ValueError):
    """A change of a floor that is not allowed, or a file of floors that makes no sense."""


def read(path: Path = PATH) -> dict[str, Floor]:
    """The floors by the metric's name. Raises FloorError for a name that no metric has."""
    out = {}
    for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if name not in METRICS:
            raise FloorError(f"{path.name}: no metric is named {name!r}")
        lowered = tuple(
            (str(x["day"]), float(x["from"]), float(x["to"]), str(x["reason"])) for x in row.get("lowered", ())
        )
        out[name] = Floor(float(row["value"]), lowered)
    return out


def write(floors: Mapping[str, Floor], path: Path = PATH) -> None:
    """Write the floors, in the order of the metrics."""
    out = [HEAD]
    for name in METRICS:
        if name not in floors:
            continue
        out.append(f"[{name}]\nvalue = {floors[name].value:g}\n")
        for day, before, after, reason in floors[name].lowered:
            text = reason.replace("\\", "\\\\").replace('"', '\\"')
            out.append(f'[[{name}.lowered]]\nday = "{day}"\nfrom = {before:g}\nto = {after:g}\nreason = "{text}"\n')
    path.write_text("\n".join(out), encoding="utf-8")


def meets(name: str, value: float, demand: float) -> bool:
    """True where a figure reaches its floor (or stays under its ceiling)."""
    return value >= demand if METRICS[name].more_is_better else value <= demand


def changed(floors: Mapping[str, Floor], name: str, value: float, reason: str | None, day: dt.date) -> dict[str, Floor]:
    """The floors with one of them set. Raises FloorError where that relaxes it and no reason is given."""
    if name not in METRICS:
        raise FloorError(f"no metric is named {name!r}; there are {', '.join(METRICS)}")
    old = floors.get(name)
    if old is None:
        return {**floors, name: Floor(value)}
    if meets(name, value, old.value):
        return {**floors, name: replace(old, value=value)}
    if not reason or not reason.strip():
        raise FloorError(f"{name} would be relaxed from {old.value:g} to {value:g}; that needs --lower REASON")
    entry = (day.isoformat(), old.value, value, " ".join(reason.split()))
    return {**floors, name: Floor(value, (*old.lowered, entry))}


def failures(figures: Mapping[str, float | None], floors: Mapping[str, Floor]) -> list[str]:
    """One line for each figure that misses its floor, or that was to be measured and was not."""
    out = []
    for name, floor in floors.items():
        if name not in figures:
            continue
        value, metric = figures[name], METRICS[name]
        bound = "at least" if metric.more_is_better else "at most"
        if value is None:
            out.append(f"{name}: not measured ({bound} {floor.value:g} {metric.unit} is asked)")
        elif not meets(name, value, floor.value):
            out.append(f"{name}: {value:g} {metric.unit}; {bound} {floor.value:g} is asked ({metric.label})")
    return out
