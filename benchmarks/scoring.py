"""Running the scorers of the shared data folder over what `crossfix` extracts from its development texts."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.metrics import picked
from benchmarks.processes import BenchmarkError, run

SPLITS = {
    "record": "record",
    "attribution": "polnear/dev",
    "times": "times/tbaq",
    "places": "places/geovirus",
    "articles": "articles",
}
"""The development data of each benchmark, under eval/data; "articles" has no gold and only counts faults."""

DISPUTED = Path(__file__).with_name("disputed_dates.tsv")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is run on what: the command for `crossfix`, the folder of the scorers, a folder for predictions.
    ``options`` go with every `extract` of a split."""

    crossfix: tuple[str, ...]
    evaluation: Path
    work: Path
    quick: bool = False
    jobs: int = 2
    options: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        """The folder of the splits."""
        return self.evaluation / "data"


def last_object(output: str) -> dict[str, Any]:
    """The JSON object on a scorer's last line. Raises BenchmarkError where there is none."""
    lines = output.strip().splitlines()
    try:
        value = json.loads(lines[-1])
    except (IndexError, ValueError) as error:
        raise BenchmarkError(f"no JSON on the last line of: {output[-300:]!r}") from error
    if not isinstance(value, dict):
        raise BenchmarkError(f"no JSON object on the last line of: {output[-300:]!r}")
    return value


def extracted(setting: Setting, benchmark: str) -> tuple[Path, dict[str, Any], int]:
    """Extract a split with its own driver. -> predictions, the driver's report, the number of faults in it."""
    target = setting.work / f"{benchmark}.jsonl"
    command = [
        sys.executable, str(setting.evaluation / "run_extract.py"), str(setting.data / SPLITS[benchmark]),
        "--out", str(target), "--command", shlex.join((*setting.crossfix, "extract", *setting.options)),
    ]  # fmt: skip
    if benchmark == "times":  # a call for each date, most of one file: let two run at a time
        command += ["--jobs", str(setting.jobs)]
    report = last_object(run(command, statuses=(0, 1)).stdout)
    faults = report["errors"] + report["without_line"] + report["malformed_lines"] + sum(report["faults"].values())
    report.pop("run", None)  # the command line: a path of this machine
    return target, report, int(faults)


def score(setting: Setting, benchmark: str) -> tuple[dict[str, float | None], dict[str, Any], int]:
    """Extract and score one benchmark. -> followed figures, the scorer's whole output with the driver's, faults."""
    predictions, report, faults = extracted(setting, benchmark)
    gold = setting.data / SPLITS[benchmark]
    command = [sys.executable, str(setting.evaluation / f"score_{benchmark}.py"), str(gold), str(predictions)]
    scored = last_object(run(command).stdout)
    if benchmark == "record":
        scored["lowest"] = {"claims": min(by_document(scored).values())}
    if benchmark == "times":
        scored["parts"] = parts(setting, predictions)
    return picked(benchmark, scored), {"scored": scored, "run": report}, faults


def parts(setting: Setting, predictions: Path) -> dict[str, dict[str, Any]]:
    """The times scorer's output for each part of its corpus (gold field "part": TimeBank, tuned on, and AQUAINT, unseen), and as
    "timebank_sound" for TimeBank without the dates that a reader found to be the corpus' own slips."""
    gold = setting.data / SPLITS["times"]
    rows: dict[str, list[str]] = {}
    wrong = slips()
    for line in (gold / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        if line:
            row = {**(read := json.loads(line)), "file": str(gold / read["file"])}
            rows.setdefault(row["part"], []).append(json.dumps(row) + "\n")
            if row["part"] == "timebank":
                row["times"] = [t for t in row["times"] if (row["doc"], t["start"], t["end"]) not in wrong]
                rows.setdefault("timebank_sound", []).append(json.dumps(row) + "\n")
    out = {}
    for part, lines in rows.items():
        folder = setting.work / f"times-{part}"
        folder.mkdir(exist_ok=True)
        (folder / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, str(setting.evaluation / "score_times.py"), str(folder), str(predictions)]
        out[part] = last_object(run(command).stdout)
    return out


def slips() -> set[tuple[str, int, int]]:
    """(document, start, end) of the dates in disputed_dates.tsv whose verdict is "slip": the corpus contradicts its text or calendar."""
    out = set()
    for line in DISPUTED.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if not line.startswith("#") and fields[4:5] == ["slip"]:
            out.add((fields[0], int(fields[1]), int(fields[2])))
    return out


def by_document(scored: dict[str, Any]) -> dict[str, float]:
    """Relaxed F1 of the claims of each document, out of the record's scores; 0 where nothing was found."""
    return {name: float(x["claims"]["relaxed"]["f1"] or 0) for name, x in scored["per_document"].items()}


def score_rules(
    setting: Setting, full: dict[str, float] | None = None
) -> tuple[dict[str, float | None], dict[str, Any]]:
    """The same two benchmarks by the rules alone (`extract --fast`), beside what the model does (``full``, by document; measured here
    where it is not given). -> followed figures, both by document and all scores."""
    alone = replace(setting, options=("--fast",), work=setting.work / "rules")
    alone.work.mkdir(exist_ok=True)
    claims, record, _ = score(alone, "record")
    polnear, attribution, _ = score(alone, "attribution")
    if full is None:
        full = by_document(score(setting, "record")[1]["scored"])
    rules = by_document(record["scored"])
    rows = [{"document": n, "full": full[n], "rules": rules[n], "gain": round(full[n] - rules[n], 2)} for n in rules]
    figures = {f"rules_{n}": claims[n] for n in ("claims_relaxed_f1", "claims_lowest_f1")}
    figures |= {f"rules_{n}": polnear[n] for n in ("polnear_relaxed_f1", "polnear_strict_f1")}
    figures["model_least_gain"] = min(round(full[n] - rules[n], 2) for n in rules)
    return figures, {"documents": rows, "record": record, "attribution": attribution}


def score_reprints(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any], int]:
    """Take the reprint corpus into a record, export it, score the origins. -> as score."""
    texts = setting.data / "reprints" / "texts"
    record = setting.work / "reprints.sqlite"
    for old in setting.work.glob("reprints.sqlite*"):
        old.unlink()
    base = [*setting.crossfix, "--record", str(record)]
    added = run([*base, "add", str(texts)], statuses=(0, 1))
    export = setting.work / "reprints.json"
    export.write_text(run([*base, "export", "--format", "json"]).stdout, encoding="utf-8")
    gold = setting.data / "reprints"
    scored = last_object(
        run([sys.executable, str(setting.evaluation / "score_reprints.py"), str(gold), str(export)]).stdout
    )
    report = {"seconds": round(added.seconds, 2), "documents": scored["documents"]}
    return picked("reprints", scored), {"scored": scored, "run": report}, int(scored["not_in_export"])
