"""One document of 200,000 words: the memory it takes, and whether its time grows with its length alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.processes import run
from benchmarks.samples import REPORTS
from benchmarks.scoring import Setting

SIZES = (50_000, 200_000)


def document(words: int) -> str:
    """A text of about so many words: the paragraphs of our own text samples, over and over."""
    paragraphs: list[str] = []
    for path in sorted(REPORTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if text.startswith("---\n"):
            text = text.split("\n---\n", 1)[1]
        paragraphs += [p for p in text.split("\n\n") if p.strip()]
    out: list[str] = []
    have = 0
    for p in cycle(paragraphs):
        if have >= words:
            return "\n\n".join(out) + "\n"
        out.append(p)
        have += len(p.split())
    raise AssertionError("a cycle ends only where there are no samples")


def measured(crossfix: Sequence[str], words: int, folder: Path) -> dict[str, float | None]:
    """`extract` on one such document. -> words, seconds, the most bytes in memory (None where the system does not tell)."""
    path = folder / f"words-{words}.txt"
    text = document(words)
    path.write_text(text, encoding="utf-8")
    ran = run([*crossfix, "extract", str(path)], watch=True)
    peak = None if ran.peak_bytes is None else float(ran.peak_bytes)
    return {"words": float(len(text.split())), "seconds": ran.seconds, "peak_bytes": peak}


def long_document(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """A quarter of the length, then the whole. -> followed figures, both measurements."""
    short, long = (measured(setting.crossfix, n, setting.work) for n in SIZES)
    a, b = ((x["seconds"] or 0.0) / (x["words"] or 1.0) for x in (short, long))
    peak = long["peak_bytes"]
    figures: dict[str, float | None] = {
        "long_document_gb": None if peak is None else round(peak / 1e9, 3),
        "long_document_seconds_per_1000_words": round(1000 * b, 3),
        "long_document_slowdown": round(b / a, 3),
    }
    return figures, {"short": short, "long": long}
