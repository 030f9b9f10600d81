"""What times and places cost: beside the parser on the same texts, and what their gazetteer takes to load.

    python -m benchmarks.when_where FILE...     one JSON object: seconds of processor time, bytes of memory

It measures its own fresh process. First the gazetteer and the tables of places are loaded, with all modules that needs. Then each
text is parsed by the bare parser and by crossfix, and times and places are marked in it. Only the bare parser's time, times' and
places' are counted, in processor seconds of one thread, so that other work on the machine counts less; what is loaded
once is loaded on the first text, which is not counted.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.processes import BenchmarkError, run
from benchmarks.scoring import Setting, last_object
from benchmarks.speed import polnear_texts

ROOT = Path(__file__).resolve().parent.parent


def peak_bytes() -> int | None:
    """The most memory this process has held so far (Linux's VmHWM); None where the system does not tell."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


def load() -> dict[str, float | None]:
    """Load the gazetteer and the tables, modules and all. -> seconds on the wall clock, growth of the peak in bytes."""
    before, start = peak_bytes(), time.perf_counter()
    from crossfix.reference.gazetteer import gazetteer
    from crossfix.reference.geography import tables

    gazetteer()
    tables()
    seconds, after = time.perf_counter() - start, peak_bytes()
    return {"seconds": seconds, "bytes": None if before is None or after is None else float(after - before)}


def cost(paths: list[str]) -> dict[str, float]:
    """Processor seconds over all texts but the first: "parser", "times", "places"."""
    from crossfix.language.parse import paragraphs_of, parse, parser
    from crossfix.language.places import places
    from crossfix.language.times import times
    from crossfix.reading import Source, read

    total = dict.fromkeys(("parser", "times", "places"), 0.0)
    for number, path in enumerate([paths[0], *paths]):
        document = read(Source(path))
        pieces = [document.text[a:b] for a, b in paragraphs_of(document.text)]
        stops = [time.process_time()]
        for _ in parser().pipe(pieces, batch_size=64):
            pass
        stops.append(time.process_time())
        tree = parse(document)
        stops.append(time.process_time())
        times(tree, document)
        stops.append(time.process_time())
        places(tree, document)
        stops.append(time.process_time())
        if number:
            for name, k in (("parser", 0), ("times", 2), ("places", 3)):
                total[name] += stops[k + 1] - stops[k]
    return total


def when_where(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """Fresh processes: three for the load (the median counts), one for the cost. -> followed figures, all measurements."""
    texts = polnear_texts(setting, 24 if setting.quick else 84)
    if not texts:
        raise BenchmarkError("no texts to measure on")
    command = [sys.executable, "-m", "benchmarks.when_where"]
    loads = [last_object(run(command, cwd=ROOT).stdout)["load"] for _ in range(3)]
    seconds = last_object(run([*command, *texts], cwd=ROOT).stdout)["cost"]
    grown = [x["bytes"] for x in loads if x["bytes"] is not None]
    figures: dict[str, float | None] = {
        "when_where_ratio": round((seconds["times"] + seconds["places"]) / seconds["parser"], 3),
        "gazetteer_seconds": round(statistics.median(x["seconds"] for x in loads), 3),
        "gazetteer_mb": round(max(grown) / 1e6, 1) if grown else None,
    }
    return figures, {"texts": len(texts), "processor_seconds": seconds, "loads": loads}


def main(paths: list[str]) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    out: dict[str, Any] = {"load": load()}
    if paths:
        out["cost"] = cost(paths)
    print(json.dumps(out))


if __name__ == "__main__":
    main(sys.argv[1:])
