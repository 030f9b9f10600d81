"""From the network's scores to spans."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

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


LIKELY = 0.4
"""Where the likeliest path gives nobody a role, tokens with at least this marginal probability of it have it."""


def roles(scores: Floats, steps: Floats) -> tuple[Ints, Floats]:
    """The likeliest roles of a paragraph's tokens for each of its cues, and the probability of the path as a whole.

    ``scores`` [cues, tokens, 3] (0 none, 1 source, 2 content); ``steps`` [cues, tokens, 9]: what it costs to come from each role before to
    each role here. Viterbi over the row; a source or a content that its path lacks altogether is filled in from the marginals
    (forward-backward): one word is easily outvoted by the price of two changes of role. Returns [cues, tokens], [cues].
    """
    c, n, _ = scores.shape
    emit = scores.astype(np.float64)
    walk = steps.astype(np.float64).reshape(c, n, 3, 3)
    best = emit[:, 0].copy()
    forward = np.zeros((c, n, 3))
    forward[:, 0] = emit[:, 0]
    back = np.zeros((c, n, 3), dtype=np.int64)
    for t in range(1, n):
        step = best[:, :, None] + walk[:, t]
        back[:, t] = step.argmax(1)
        best = step.max(1) + emit[:, t]
        forward[:, t] = _total(forward[:, t - 1, :, None] + walk[:, t], 1) + emit[:, t]
    backward = np.zeros((c, n, 3))
    for t in range(n - 2, -1, -1):
        backward[:, t] = _total(walk[:, t + 1] + (emit[:, t + 1] + backward[:, t + 1])[:, None, :], 2)
    everything = _total(forward[:, -1], 1)
    path = np.zeros((c, n), dtype=np.int64)
    path[:, -1] = best.argmax(1)
    for t in range(n - 1, 0, -1):
        path[:, t - 1] = back[np.arange(c), t, path[:, t]]
    marginal = np.exp(forward + backward - everything[:, None, None])
    for role in (1, 2):
        lacking = ~(path == role).any(1)
        path[lacking[:, None] & (path == 0) & (marginal[:, :, role] > LIKELY)] = role
    return path, np.exp(best.max(1) - everything).astype(np.float32)


def _total(x: npt.NDArray[np.float64], axis: int) -> npt.NDArray[np.float64]:
    """log of the sum of exponentials."""
    high = x.max(axis, keepdims=True)
    return np.asarray((high + np.log(np.exp(x - high).sum(axis, keepdims=True))).squeeze(axis))
