"""How far the trained model's confidence can be believed, as its training measured it on PolNeAR's development part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.processes import BenchmarkError
from benchmarks.scoring import Setting

REPORT = Path(__file__).resolve().parent.parent / "training" / "attribution" / "results" / "report.json"


def reliability(_: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """The expected calibration error in the training's report: nothing is measured anew. -> the figure, the curve. Raises BenchmarkError
    where the report is missing or of another kind."""
    try:
        report = json.loads(REPORT.read_text(encoding="utf-8"))
        error, curve = float(report["expected_calibration_error"]), report["reliability"]
    except (OSError, ValueError, KeyError) as wrong:
        raise BenchmarkError(f"{REPORT.name}: no reliability of the model ({wrong!r})") from wrong
    return {"calibration_error": error}, {"curve": curve}
