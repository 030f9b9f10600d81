"""Drift: what is found in pairs of short texts of our own, against what was written into them.

    python -m benchmarks.drift             precision and recall, in all and by kind, and every error
    python -m benchmarks.drift --json      the same as one JSON object

Each pair of ``drift_pairs.json`` is a parent's text, a child's, and the kinds of drift between them, decided by us before any was
read; half of the pairs have none (a paraphrase, another order, an update). A kind found where it was written counts as right.
The texts are short and plain, so the figures say that the checks do what they are for, not how they fare on the news.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from crossfix import pipeline  # noqa: E402
from crossfix.linking.drift import KINDS, Telling, drifts  # noqa: E402
from crossfix.model import Document, Interval  # noqa: E402
from crossfix.record.rows import DriftRow  # noqa: E402

PAIRS = Path(__file__).with_name("drift_pairs.json")
PUBLISHED = ("2023-11-21", "2023-11-23")


@dataclass(frozen=True, slots=True)
class Case:
    """A pair: its texts, the kinds of drift written into it, and the rows found."""

    parent: str
    child: str
    wanted: frozenset[str]
    rows: tuple[DriftRow, ...]

    @property
    def found(self) -> frozenset[str]:
        """The kinds found."""
        return frozenset(r.kind for r in self.rows)


def telling(text: str, published: str, outlet: str) -> Telling:
    """A text of ours as drift sees it, read by the rules and the model as any document is."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document("text.txt", sha, "text/plain", text, outlet=outlet, published=published, language="en")
    e = pipeline.extract(document)
    spans = [(s.start, s.end) for s in e.sentences]
    return Telling(sha, text, spans, e.claims, e.times, outlet, None, Interval.parse(published))


def cases() -> list[Case]:
    """Every pair with what is found in it."""
    out = []
    for row in json.loads(PAIRS.read_text(encoding="utf-8")):
        parent = telling(row["parent"], PUBLISHED[0], "Harbour Post")
        child = telling(row["child"], PUBLISHED[1], "Inland Daily")
        out.append(Case(row["parent"], row["child"], frozenset(row["drift"]), tuple(drifts(parent, child))))
    return out


def score(found: list[Case]) -> dict[str, Any]:
    """Precision and recall in per cent over kinds in pairs, in all and by kind, with the counts they are from."""
    right = Counter(k for c in found for k in c.wanted & c.found)
    extra = Counter(k for c in found for k in c.found - c.wanted)
    missed = Counter(k for c in found for k in c.wanted - c.found)

    def line(a: int, b: int, c: int) -> dict[str, Any]:
        share = {"precision": 100.0 * a / (a + b) if a + b else None, "recall": 100.0 * a / (a + c) if a + c else None}
        return {"right": a, "wrong": b, "missed": c} | share

    return {
        "pairs": len(found),
        "without_drift": sum(not c.wanted for c in found),
        "all": line(right.total(), extra.total(), missed.total()),
        "by_kind": {k: line(right[k], extra[k], missed[k]) for k in KINDS},
    }


def figures() -> tuple[dict[str, float | None], dict[str, Any]]:
    """For ``benchmarks/run.py``. -> followed figures, all counts."""
    found = score(cases())
    return {"drift_precision": found["all"]["precision"], "drift_recall": found["all"]["recall"]}, found


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args(arguments)
    found = cases()
    scored = score(found)
    if given.json:
        print(json.dumps(scored, indent=1))
        return 0
    print(f"{scored['pairs']} pairs, {scored['without_drift']} of them without drift")
    for name, x in [("all", scored["all"]), *scored["by_kind"].items()]:
        shown = [f"{x[k]:.0f} %" if x[k] is not None else "-" for k in ("precision", "recall")]
        print(
            f"{name:<18} precision {shown[0]:>6}  recall {shown[1]:>6}  ({x['right']} right, {x['wrong']} wrong, {x['missed']} missed)"
        )
    for c in found:
        if c.found != c.wanted:
            print(f"\nwanted {sorted(c.wanted)}, found {sorted(c.found)}\n  {c.parent}\n  {c.child}")
            for r in c.rows:
                print(f"    {r.kind} {r.confidence}: {r.what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
