"""After training: the threshold, and a confidence that means what it says.

``python -m training.attribution.fit --model FOLDER`` reads the development part with the exported model and fits, on it, a logistic
regression of "source and content are right" (Jaccard >= 0.5 each, the scorer's relaxed match) on what is known of a reading. Figures
and the reliability curve are from five-fold cross-validation over documents, so that no document is judged by weights that saw it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from crossfix.language.attribution.combine import Read, looked_up
from crossfix.language.attribution.frames import Finder
from crossfix.language.attribution.model.confidence import FEATURES, evidence
from crossfix.language.attribution.model.decode import LOWEST
from crossfix.language.attribution.model.network import Extractor
from crossfix.language.attribution.model.wordpieces import WordPieces
from crossfix.language.attribution.ruled import rule_score
from training.attribution.data import Text, read
from training.attribution.evaluate import figures, scorer, spans
from training.attribution.provenance import add_to_record, file_hashes

Column = npt.NDArray[np.float64]

THRESHOLDS = (0.3, 0.33, 0.36, 0.39, 0.42, 0.45, 0.5)


@dataclass(slots=True)
class Judged:
    """A reading with its text and whether it is right."""

    text: Text
    read: Read
    right: bool


def lines(items: Sequence[tuple[Text, Sequence[Read]]], threshold: float) -> dict[str, Any]:
    """Lines for the scorer."""
    out: dict[str, Any] = {}
    for text, readings in items:
        name = Path(text.gold["file"]).name
        kept = [r.reading for r in readings if r.confidence >= threshold]
        out[name] = {
            "file": name,
            "text": text.gold["text"],
            "attributions": [
                {"cue": spans(text, r.cue), "source": spans(text, r.source), "content": spans(text, r.content)}
                for r in kept
            ],
        }
    return out


def judge(module: ModuleType, items: Sequence[tuple[Text, Sequence[Read]]]) -> list[Judged]:
    """Which readings are right, by the scorer's own alignment of all of them with the gold."""
    out = []
    for text, readings in items:
        body = text.gold["text"]
        toks = [(m.start(), m.end(), m.group()) for m in module.TOKEN.finditer(body)]
        inside = module.quoted_positions(body)
        gold = [
            {r: module.ranges(a.get(r)) for r in module.ROLES}
            for a in text.gold["attributions"]
            if a.get("cue") or a.get("content")
        ]
        made = [{q: spans(text, getattr(r.reading, q)) for q in module.ROLES} for r in readings]
        pred = [{r: module.ranges(a[r]) for r in module.ROLES} for a in made]
        g, p = module.convert(body, toks, inside, gold), module.convert(body, toks, inside, pred)
        right = {
            j
            for i, j in module.align(g, p)
            if module.jaccard(g[i]["source"], p[j]["source"]) >= 0.5
            and module.jaccard(g[i]["content"], p[j]["content"]) >= 0.5
        }
        out += [Judged(text, r, j in right) for j, r in enumerate(readings)]
    return out


def read_all(model: Extractor, texts: Sequence[Text]) -> list[tuple[Text, list[Read]]]:
    """What the model reads in the texts, with the rules' candidates beside it, as ``attributions`` does it."""
    out = []
    for t in texts:
        finder = Finder(t.parse, t.quotes)
        found = [c for k in range(len(t.parse.sentences)) for c in finder.sentence(k)]
        for c in found:
            c.score = rule_score(t.parse, c)
        out.append((t, looked_up(t.parse, model.read(t.parse, t.quotes), found, model.settings)))
    return out


def features(judged: Sequence[Judged]) -> Column:
    """[n, features], see ``confidence.FEATURES``."""
    rows = []
    for j in judged:
        r = j.read.reading
        best = max((c.score for c in j.read.ruled), default=None)
        rows.append(evidence(r, [j.text.parse.tokens[i].lower for i in r.source], best))
    return np.array(rows)


def logistic(x: Column, y: Column, ridge: float = 1.0) -> Column:
    """Weights by Newton's method; the intercept is not shrunk."""
    w = np.zeros(x.shape[1])
    shrink = ridge * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + shrink, x.T @ (y - p) - shrink @ w)
        w += step
        if abs(step).max() < 1e-8:
            break
    return w


def reliability(p: Column, y: Column, bins: int = 10) -> list[dict[str, float]]:
    """Per tenth: how many, mean confidence, share right."""
    out = []
    for k in range(bins):
        held = (p >= k / bins) & ((p < (k + 1) / bins) | (k == bins - 1))
        if held.any():
            out.append(
                {
                    "from": k / bins,
                    "readings": int(held.sum()),
                    "confidence": round(float(p[held].mean()), 3),
                    "right": round(float(y[held].mean()), 3),
                }
            )
    return out


def main() -> int:
    """Fit, print, write settings.json and the report."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--report", type=Path)
    ap.add_argument("--run", type=Path, help="the training's run.json, to which the finished files' SHA-256 are added")
    ap.add_argument("--few", type=int, default=0, help="only the first documents, to try it out")
    a = ap.parse_args()
    module = scorer(a.eval)
    texts = read(a.eval / "data/polnear/dev", WordPieces(a.model / "vocabulary.txt"), few=a.few)
    (a.model / "settings.json").write_text(
        json.dumps({"weights": dict.fromkeys(FEATURES, 0.0), "threshold": 0.5, "lowest": LOWEST})
    )
    model = Extractor(a.model)
    began = time.time()
    items = read_all(model, texts)
    print(f"{len(texts)} documents read in {time.time() - began:.1f} s", flush=True)
    judged = judge(module, items)
    x, y = features(judged), np.array([j.right for j in judged], dtype=float)
    w = [round(float(v), 4) for v in logistic(x, y)]
    names = sorted({j.text.gold["file"] for j in judged})
    random.Random(1).shuffle(names)
    fold = np.array([names.index(j.text.gold["file"]) % 5 for j in judged])
    p = np.zeros(len(y))  # confidences from weights that did not see the document
    for k in range(5):
        p[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ logistic(x[fold != k], y[fold != k])))
    each = iter(p)
    found = [(t, [replace(r, confidence=float(next(each))) for r in rs]) for t, rs in items]
    tried = {t: figures(module, texts, lines(found, t)) for t in THRESHOLDS}
    for t, f in tried.items():
        print(f"threshold {t}: {f}")
    threshold = max(tried, key=lambda t: tried[t]["relaxed"])
    reached = tried[threshold]
    curve = reliability(p, y)
    error = sum(c["readings"] * abs(c["confidence"] - c["right"]) for c in curve) / len(y)
    settings_json = {"weights": dict(zip(FEATURES, w, strict=True)), "threshold": threshold, "lowest": LOWEST}
    (a.model / "settings.json").write_text(json.dumps(settings_json, indent=1) + "\n")
    report = {
        "figures": reached,
        "settings": settings_json,
        "expected_calibration_error": round(error, 4),
        "reliability": curve,
    }
    print(json.dumps(report, indent=1))
    if a.report:
        a.report.write_text(json.dumps(report, indent=1) + "\n")
    if a.run:
        add_to_record(a.run, "fit", sys.argv[1:], threshold=threshold, files=file_hashes(a.model))
    return 0


if __name__ == "__main__":
    sys.exit(main())
