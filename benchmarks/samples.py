"""The share of the sample reports' events that are found with type and date.

The development texts are the ones the rules were written on; these ten are not, so this figure says more about a new
report. It is small (a report more or less is several points) and says nothing of what is found wrongly.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.processes import run
from benchmarks.scoring import Setting
from crossfix.model import Interval

REPORTS = Path(__file__).resolve().parent.parent / "samples" / "reports"
EXPECTED = Path(__file__).with_name("samples.toml")


def is_found(kind: str, days: str, events: Iterable[dict[str, Any]]) -> tuple[bool, bool]:
    """Whether an event of this type is there at all, and whether one is dated within the days given."""
    asked = Interval.parse(days)
    same = [e for e in events if e["type"] == kind and e["modality"] != "negated"]
    dated = [Interval.parse(e["when"]) for e in same if e["when"]]
    return bool(same), any(asked.first <= d.first and d.last <= asked.last for d in dated)


def score(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """Extract the samples and look for what is expected. -> followed figures, the list with what was found."""
    expected: dict[str, list[list[str]]] = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    output = run([*setting.crossfix, "extract", *(str(REPORTS / name) for name in expected)]).stdout
    events = {Path(x["file"]).name: x["events"] for x in map(json.loads, output.splitlines())}
    rows = [
        {"report": name, "type": kind, "days": days, "type_found": any_, "dated": dated}
        for name, wanted in expected.items()
        for kind, days in wanted
        for any_, dated in [is_found(kind, days, events.get(name, []))]
    ]
    figures: dict[str, float | None] = {
        "samples_dated": round(100 * sum(bool(r["dated"]) for r in rows) / len(rows), 1)
    }
    return figures, {"events": rows}
