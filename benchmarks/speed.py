"""Speed against the bare parser, the time of --help and of one file, and memory.

Start-up is left out by reading a few texts and then many: the difference in seconds is the cost of the
texts between.
The programs are measured in the same way, in turn, on the same texts; medians are compared.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks.processes import run
from benchmarks.samples import REPORTS
from benchmarks.scoring import Setting

ROOT = Path(__file__).resolve().parent.parent
FEW = 12
"""Enough texts that `extract` starts its processes (it reads six or fewer in one)."""


def polnear_texts(setting: Setting, count: int) -> list[str]:
    """The first so many PolNeAR development texts, in the order of their names."""
    return [str(p) for p in sorted((setting.data / "polnear" / "dev" / "texts").glob("*.txt"))[:count]]


def speed(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """`extract`, and `extract --fast`, against the bare parser. -> followed figures, every time that was measured."""
    texts = polnear_texts(setting, 42 if setting.quick else 84)
    rounds = 2 if setting.quick else 5
    programs = {
        "parser": [sys.executable, "-m", "benchmarks.bare_parser"],
        "extract": [*setting.crossfix, "extract"],
        "fast": [*setting.crossfix, "extract", "--fast"],
    }
    seconds: dict[str, dict[str, list[float]]] = {name: {"few": [], "many": []} for name in programs}
    for _ in range(rounds):
        for size, files in (("few", texts[:FEW]), ("many", texts)):
            for name, command in programs.items():
                seconds[name][size].append(run([*command, *files], cwd=ROOT).seconds)
    between = len(texts) - FEW
    rate: dict[str, float] = {}
    whole: dict[str, float] = {}
    for name, measured in seconds.items():
        many, few = statistics.median(measured["many"]), statistics.median(measured["few"])
        rate[name] = between / max(many - few, 1e-6)
        whole[name] = len(texts) / many
    figures: dict[str, float | None] = {
        "speed_ratio": round(rate["extract"] / rate["parser"], 3),
        "fast_speed_ratio": round(rate["fast"] / rate["parser"], 3),
        "speed_ratio_with_start": round(whole["extract"] / whole["parser"], 3),
        "extract_per_second": round(rate["extract"], 2),
        "fast_per_second": round(rate["fast"], 2),
        "parser_per_second": round(rate["parser"], 2),
    }
    return figures, {"texts": len(texts), "few": FEW, "rounds": rounds, "seconds": seconds}


def help_time(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """`crossfix --help`, the console script where it is installed, else the module: the median of nine runs."""
    script = shutil.which("crossfix", path=str(Path(sys.executable).parent))
    own = setting.crossfix[:1] == (sys.executable,) and setting.crossfix[1:3] == ("-m", "crossfix")
    command = [script] if script and own else list(setting.crossfix)
    times = [run([*command, "--help"]).seconds for _ in range(9)]
    return {"help_seconds": round(statistics.median(times), 3)}, {"seconds": times}


def start(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """`extract` on one short file: the best of three runs, so that a busy machine counts less."""
    report = str(next(REPORTS.glob("01-*.txt")))
    times = [run([*setting.crossfix, "extract", report]).seconds for _ in range(3)]
    return {"start_seconds": round(min(times), 2)}, {"seconds": times}


def memory(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """The most memory that `extract` takes, all its processes together: on many texts, and on one very long one.

    The long text is all of them joined (some 400,000 characters): a book, not a report.
    """
    texts = polnear_texts(setting, 84)
    long = setting.work / "long.txt"
    long.write_text("\n\n".join(Path(p).read_text(encoding="utf-8") for p in texts), encoding="utf-8")
    some = texts[:24] if setting.quick else texts
    peaks = {
        "many": run([*setting.crossfix, "extract", *some], watch=True).peak_bytes,
        "long": None if setting.quick else run([*setting.crossfix, "extract", str(long)], watch=True).peak_bytes,
    }
    seen = [p for p in peaks.values() if p is not None]
    return {"memory_gb": round(max(seen) / 1e9, 3) if seen else None}, {"peak_bytes": peaks}
