"""Run the network over a split and score what it finds with the official scorer."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from crossfix.language.attribution.model.decode import Floats, cue_spans, roles, softmax
from training.attribution.data import Example, Text

Run = Callable[[Sequence[Example]], list[tuple[Floats, Floats]]]


@dataclass(slots=True)
class Found:
    """One possible attribution with what the network says of it."""

    text: Text
    cue: list[int]
    first: int  # the unit's first token
    tagged: float
    real: float
    scores: Floats
    steps: Floats


def spans(text: Text, tokens: Sequence[int]) -> dict[str, Any] | None:
    """Tokens as a span of the contract."""
    if not tokens:
        return None
    parse = text.parse
    out: list[tuple[int, int, int]] = []
    for i in sorted(tokens):
        t = parse.tokens[i]
        if out and i == out[-1][2] + 1:
            out[-1] = (out[-1][0], t.end, i)
        else:
            out.append((t.start, t.end, i))
    return {"start": out[0][0], "end": out[-1][1], "spans": [[a, b] for a, b, _ in out]}


def predictions(found: Sequence[Found], threshold: float, mix: float = 1.0) -> dict[str, Any]:
    """Lines for the scorer, by file name."""
    out: dict[str, Any] = {}
    for f in found:
        name = Path(f.text.gold["file"]).name
        line = out.setdefault(name, {"file": name, "text": f.text.gold["text"], "attributions": []})
        if f.tagged ** (1 - mix) * f.real**mix < threshold:
            continue
        path = roles(f.scores[None], f.steps[None])[0][0]
        line["attributions"].append(
            {
                "cue": spans(f.text, f.cue),
                "source": spans(f.text, [f.first + k for k, r in enumerate(path) if r == 1]),
                "content": spans(f.text, [f.first + k for k, r in enumerate(path) if r == 2]),
            }
        )
    return out


def scorer(folder: Path) -> ModuleType:
    """The official scorer, from the evaluation folder."""
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(module: ModuleType, texts: Sequence[Text], lines: dict[str, Any]) -> dict[str, float]:
    """Relaxed, strict and cue F1."""
    r = module.score([t.gold for t in texts], lines, 0)
    return {k: r[k]["f1"] for k in ("relaxed", "strict", "cue_match")} | {
        "p": r["relaxed"]["precision"],
        "r": r["relaxed"]["recall"],
    }


def candidates(e: Example, cue_scores: Floats, lowest: float = 0.1) -> list[tuple[int, list[int], float]]:
    """Possible cues of a window: number of the unit, tokens, probability."""
    out = []
    probabilities = softmax(cue_scores)
    for n, u in enumerate(e.window.units):
        a, b = u.first - e.window.first, u.stop - e.window.first
        out += [(n, list(range(u.first + i, u.first + j)), p) for i, j, p in cue_spans(probabilities[a:b], lowest)]
    return out


def sigmoid(x: Any) -> Any:
    """Logistic function."""
    return 1 / (1 + np.exp(-x))
