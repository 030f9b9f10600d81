"""From the network's scores to spans."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LOWEST = 0.1
"""Cue probability under which a token is not looked at again."""

def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


def cue_spans(probabilities: Floats, lowest: float = LOWEST) -> list[tuple[int, int, float]]:
    """Runs of tokens [first, stop) that may be one cue, each with the highest probability in it. ``probabilities`` [tokens, 3]:
    outside, begin, inside. A token likelier to begin than to go on starts a new run; so does a drop to a much weaker token."""
    inside = 1.0 - probabilities[:, 0]
    out: list[tuple[int, int, float]] = []
    n, i = len(inside), 0
    while i < n:
        if inside[i] < lowest:
            i += 1
            continue
        j, best = i + 1, float(inside[i])
        while j < n and inside[j] >= lowest and not probabilities[j, 1] > probabilities[j, 2]:
            best = max(best, float(inside[j]))
            j += 1
        floor = min(0.5, best / 2)
        a, b = i, j
        while inside[a] < floor:
            a += 1
        while inside[b - 1] < floor:
            b -= 1
        out.append((a, b, best))
        i = j
    return out


def roles(scores: Floats, steps: Floats) -> tuple[list[int], float]:
    """The likeliest roles of a paragraph's tokens (0 none, 1 source, 2 content) by Viterbi, and their probability as a whole.

    ``scores`` [tokens, 3]; ``steps`` [tokens, 9]: what it costs to come from each role before to each role here.
    """
    n = len(scores)
    emit = scores.astype(np.float64)
    walk = steps.astype(np.float64).reshape(n, 3, 3)
    best = emit[0].copy()
    total = emit[0].copy()
    back = np.zeros((n, 3), dtype=np.int64)
    for t in range(1, n):
        step = best[:, None] + walk[t]
        back[t] = step.argmax(0)
        best = step.max(0) + emit[t]
        mass = total[:, None] + walk[t]
        high = mass.max(0)
        total = high + np.log(np.exp(mass - high).sum(0)) + emit[t]
    path = [int(best.argmax())]
    for t in range(n - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    path.reverse()
    high = float(total.max())
    mass_of_all = high + float(np.log(np.exp(total - high).sum()))
    return path, float(np.exp(float(best.max()) - mass_of_all))
