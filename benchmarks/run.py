#!/usr/bin/env python3
"""Measure crossfix on the development data of the shared evaluation folder.

    python benchmarks/run.py                      every benchmark, written to benchmarks/results/ and RESULTS.md
    python benchmarks/run.py --only record        one of them (may be repeated)
    python benchmarks/run.py --quick --check      the record's texts and PolNeAR's, held against floors.toml
    python benchmarks/run.py --set polnear_relaxed_f1=45            raise a floor
    python benchmarks/run.py --set memory_gb=2 --lower "new model"  relax one, with the reason kept

Exit status: 0, 1 where --check finds a figure under its floor or a benchmark could not be run, 2 on unusable input.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import (  # noqa: E402
    drift,
    hard_dates,
    heideltime,
    long_document,
    overpass,
    reliability,
    report,
    samples,
    scale,
    scoring,
    site,
    speed,
    when_where,
    written,
)
from benchmarks import floors as floor_file  # noqa: E402
from benchmarks.metrics import BENCHMARKS  # noqa: E402
from benchmarks.processes import BenchmarkError  # noqa: E402

QUICK = ("record", "attribution", "reliability", "drift", "samples", "faults", "help", "start")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument(
        "--only", action="append", choices=BENCHMARKS, metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}"
    )
    ap.add_argument(
        "--quick", action="store_true", help=f"by default only {', '.join(QUICK)}; speed and memory on fewer texts"
    )
    ap.add_argument("--check", action="store_true", help="exit with 1 where a figure misses its floor")
    ap.add_argument("--no-write", action="store_true", help="leave the results files as they are")
    ap.add_argument(
        "--eval",
        type=Path,
        default=ROOT.parent / "shared" / "eval",
        metavar="FOLDER",
        help="the scorers and their data",
    )
    ap.add_argument("--command", help="what to run for `crossfix` (default: this Python's crossfix module)")
    ap.add_argument("--set", metavar="NAME=VALUE", dest="change", help="change a floor; nothing is measured")
    ap.add_argument("--lower", metavar="REASON", help="with --set: why the floor may be relaxed")
    return ap


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for. -> exit status."""
    options = parser().parse_args(arguments)
    if options.change:
        return change(options.change, options.lower)
    if options.quick and not options.no_write:
        print("--quick measures on fewer texts, so it goes with --no-write", file=sys.stderr)
        return 2
    if not (options.eval / "run_extract.py").is_file():
        print(f"{options.eval}: no scorers here; name their folder with --eval", file=sys.stderr)
        return 2
    crossfix = tuple(shlex.split(options.command)) if options.command else (sys.executable, "-m", "crossfix")
    names = tuple(options.only or (QUICK if options.quick else BENCHMARKS))
    where = report.circumstances(dt.datetime.now(dt.UTC))
    with tempfile.TemporaryDirectory(prefix="crossfix-bench-") as work:
        setting = scoring.Setting(crossfix, options.eval.resolve(), Path(work), options.quick)
        figures, details, broken = measure(setting, names)
    wanted = floor_file.read()
    print(report.table(figures, wanted))
    if "rules" in details:
        print("\n" + report.beside_the_rules(details["rules"]["documents"]))
    if not options.no_write:
        print(f"\nwritten: {report.write(where, figures, details, wanted)} and RESULTS.md", file=sys.stderr)
    missed = floor_file.failures(figures, wanted) if options.check else []
    for line in (*broken, *missed):
        print(line, file=sys.stderr)
    return 1 if broken or missed else 0


def measure(
    setting: scoring.Setting, names: tuple[str, ...]
) -> tuple[dict[str, float | None], dict[str, Any], list[str]]:
    """Run the benchmarks named. -> figures, details by benchmark, a line for each that could not be run.

    "faults" counts what goes wrong in the texts that the others read, and reads the articles besides.
    """
    figures: dict[str, float | None] = {}
    details: dict[str, Any] = {}
    broken: list[str] = []
    faults: dict[str, int] = {}
    for name in [n for n in names if n != "faults"]:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            if name in scoring.SPLITS:
                got, details[name], faults[name] = scoring.score(setting, name)
            elif name == "rules":
                known = details.get("record")
                full = scoring.by_document(known["scored"]) if known else None
                got, details[name] = scoring.score_rules(setting, full)
            elif name == "heideltime":
                known = details.get("times")
                got, details[name] = heideltime.heideltime(setting, known["scored"] if known else None)
            elif name == "reprints":
                got, details[name], faults[name] = scoring.score_reprints(setting)
            else:
                measured = {
                    "samples": samples.score,
                    "drift": lambda _: drift.figures(),
                    "hard": hard_dates.hard_dates,
                    "overpass": lambda _: overpass.figures(),
                    "scale": lambda _: scale.scale(scale.ISSUE),
                    "site": lambda _: site.figures(),
                    "speed": speed.speed,
                    "when_where": when_where.when_where,
                    "help": speed.help_time,
                    "start": speed.start,
                    "memory": speed.memory,
                    "long": long_document.long_document,
                    "reliability": reliability.reliability,
                    "written": written.written,
                }[name]
                got, details[name] = measured(setting)
        except BenchmarkError as error:
            broken.append(f"{name}: {error}")
            continue
        figures |= got
    if "faults" in names:
        try:
            if not setting.quick:
                print("articles ...", file=sys.stderr, flush=True)
                _, _, faults["articles"] = scoring.extracted(setting, "articles")
            figures["faults"], details["faults"] = float(sum(faults.values())), {"by_benchmark": faults}
            for name in [n for n, count in faults.items() if count]:
                print(f"  {faults[name]} faults in {name}", file=sys.stderr, flush=True)
        except BenchmarkError as error:
            broken.append(f"faults: {error}")
    return figures, details, broken


def change(text: str, reason: str | None) -> int:
    """Set one floor from "NAME=VALUE". -> exit status."""
    name, _, value = text.partition("=")
    try:
        today = dt.datetime.now(dt.UTC).date()
        floor_file.write(floor_file.changed(floor_file.read(), name.strip(), float(value), reason, today))
    except ValueError as error:
        print(f"not changed: {error}", file=sys.stderr)
        return 2
    print(f"{name.strip()} is now {float(value):g} in {floor_file.PATH.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
