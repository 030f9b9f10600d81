"""From the network's scores to spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LOWEST = 0.1
"""Cue probability under which a token is not looked at again."""

SWITCH = 1.0
"""What it costs (in nats) to change role between neighbouring tokens: single tokens do not flicker."""


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


def roles(scores: Floats, cue: Sequence[int], switch: float = SWITCH) -> list[int]:
    """The likeliest role of each token (0 none, 1 source, 2 content) with a price on changing; the cue's own tokens have none."""
    logp = np.log(softmax(scores) + 1e-9).astype(np.float64)
    for i in cue:
        logp[i] = 0.0  # the cue parts what stands on its two sides: free to change there
    free = set(cue) | {i + 1 for i in cue}
    n = len(logp)
    best = logp[0].copy()
    back = np.zeros((n, 3), dtype=np.int64)
    price = switch * (1 - np.eye(3))
    for t in range(1, n):
        step = best[:, None] - (0.0 if t in free else price)
        back[t] = step.argmax(0)
        best = step.max(0) + logp[t]
    path = [int(best.argmax())]
    for t in range(n - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    path.reverse()
    inside = set(cue)
    return [0 if i in inside else r for i, r in enumerate(path)]
