"""How likely a reading is to be right: a logistic regression fitted on annotated news that the network had not seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossfix.language.attribution.model.network import Reading

FEATURES = (
    "one", "tagged", "real", "clear", "no_rule", "rule", "no_source", "no_content", "speaks_of_itself", "content_length", "quoted",
    "cue_length",
)  # fmt: skip
"""What the confidence is made of, in the order of the weights: logits of the network's three probabilities and of the rules' estimate,
and what the attribution looks like."""

BY_RULE = (-0.174, 0.816)
"""Intercept and slope, on the logit of a rule's estimate, of how often an attribution found by the rules alone was right (1,598 of them on
PolNeAR's development part, ridge 1; within 0.06 of the truth in every tenth that holds more than fifty)."""

IN_TURN = 0.85
"""A sentence of a transcript that stands as its speaker's: 87 % of 52 were right in the development documents, on
which the rules were mended."""

CARRIED = 0.5
"""A quotation carried on from the paragraph before: too few are annotated to tell."""

SELF = frozenset({"i", "we", "you"})


def _logit(p: float, low: float) -> float:
    p = min(max(p, low), 1 - low)
    return log(p / (1 - p))


def evidence(reading: Reading, source_words: Sequence[str], rule: float | None) -> list[float]:
    """The features of a reading. ``source_words`` in lower case; ``rule`` is the rules' estimate for the same cue, None where they know no
    construction there."""
    return [
        1.0,
        _logit(reading.tagged, 1e-4),
        _logit(reading.real, 1e-4),
        _logit(reading.clear, 1e-4),
        float(rule is None),
        0.0 if rule is None else _logit(rule, 0.02),
        float(not reading.source),
        float(not reading.content),
        float(any(w in SELF for w in source_words)),
        log(1 + len(reading.content)),
        float(reading.quoted),
        float(len(reading.cue)),
    ]


def by_rule(estimate: float) -> float:
    """How likely an attribution is to stand that only the rules found, with their estimate."""
    return 1 / (1 + exp(-BY_RULE[0] - BY_RULE[1] * _logit(estimate, 0.02)))


@dataclass(frozen=True, slots=True)
class Settings:
    """What was fitted after training: the weights of the features, the confidence from which an attribution is kept, and the cue
    probability under which nothing is looked at."""

    weights: tuple[float, ...]
    threshold: float
    lowest: float

    @classmethod
    def load(cls, path: Path) -> Settings:
        """From the JSON beside the model."""
        values = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(values["weights"][name] for name in FEATURES), values["threshold"], values["lowest"])

    def confidence(self, features: Sequence[float]) -> float:
        """0 to 1."""
        return 1 / (1 + exp(-sum(w * x for w, x in zip(self.weights, features, strict=True))))
