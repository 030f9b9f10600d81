"""The trained extractor at work: two ONNX graphs, run on one processor core, no torch.

The encoder reads a window of word pieces and tags cues; the reader is shown one paragraph and its possible cues and tags each cue's source
and content. A window is always run alone, so that what is found in it does not depend on what else is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from crossfix.errors import ModelError
from crossfix.language.attribution.model.confidence import Settings
from crossfix.language.attribution.model.decode import Floats, cue_spans, roles, softmax
from crossfix.language.attribution.model.features import Marks, Unit, Window, marks, relations, windows
from crossfix.language.attribution.model.wordpieces import WordPieces
from crossfix.language.attribution.quotes import Quotes
from crossfix.language.parse import Parse

FOLDER = Path(__file__).with_name("data")

MOST_CUES = 16
"""Cues shown to the reader at once: what bounds its memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One attribution as the network reads it, in tokens of the document. ``tagged`` is the tagger's probability for the cue, ``real`` the
    reader's, ``clear`` the probability of the roles as a whole; ``quoted``: the cue stands in a quotation."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    tagged: float
    real: float
    clear: float
    quoted: bool


class Extractor:
    """The loaded model."""

    def __init__(self, folder: Path = FOLDER) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # documents are spread over processes instead
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # an arena keeps the largest paragraph's memory for good

        def session(name: str) -> Any:
            return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

        self.settings = Settings.load(folder / "settings.json")
        self._pieces = WordPieces(folder / "vocabulary.txt")
        self._encoder, self._reader = session("encoder.onnx"), session("reader.onnx")

    def read(self, parse: Parse, quotes: Quotes, lowest: float | None = None) -> list[Reading]:
        """Every possible attribution of a document in order, the doubtful ones included, down to a cue probability of ``lowest``."""
        seen = marks(parse, quotes)
        out: list[Reading] = []
        for window in windows(parse, self._pieces):
            out += self._window(parse, seen, window, self.settings.lowest if lowest is None else lowest)
        return out

    def _window(self, parse: Parse, seen: Marks, window: Window, lowest: float) -> list[Reading]:
        columns = seen.columns[window.first : window.stop]
        of = window.piece_of
        marked = np.where(of[:, None] < 0, 0, columns[np.maximum(of, 0)])
        tokens, cue_scores = self._encoder.run(None, {"ids": window.pieces, "marks": marked, "heads": window.heads})
        probabilities = softmax(cue_scores)
        out: list[Reading] = []
        for unit in window.units:
            a, b = unit.first - window.first, unit.stop - window.first
            found = cue_spans(probabilities[a:b], lowest)
            for k in range(0, len(found), MOST_CUES):
                out += self._unit(parse, seen, unit, tokens[a:b], found[k : k + MOST_CUES])
        return out

    def _unit(
        self, parse: Parse, seen: Marks, unit: Unit, tokens: Floats, found: Sequence[tuple[int, int, float]]
    ) -> list[Reading]:
        n = unit.stop - unit.first
        cue = np.zeros((len(found), n), dtype=np.int64)
        related = np.zeros((len(found), n, 3), dtype=np.int64)
        for k, (i, j, _) in enumerate(found):
            cue[k, i:j] = 1
            related[k] = relations(parse, seen, unit, range(unit.first + i, unit.first + j))
        role_scores, step_scores, real_scores = self._reader.run(
            None, {"tokens": tokens, "relations": related, "cue": cue}
        )
        paths, clear = roles(role_scores, step_scores)
        out = []
        for k, (i, j, tagged) in enumerate(found):
            path = paths[k]
            out.append(
                Reading(
                    tuple(range(unit.first + i, unit.first + j)),
                    tuple(int(t) + unit.first for t in np.flatnonzero(path == 1)),
                    tuple(int(t) + unit.first for t in np.flatnonzero(path == 2)),
                    tagged,
                    float(1 / (1 + np.exp(-float(real_scores[k])))),
                    float(clear[k]),
                    bool(seen.quotation[unit.first + i] >= 0),
                )
            )
        return out


def available(folder: Path = FOLDER) -> bool:
    """True where the model's files are there."""
    return all((folder / name).exists() for name in ("encoder.onnx", "reader.onnx", "vocabulary.txt", "settings.json"))


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The model, loaded once a process. Raises ModelError where its files cannot be used."""
    try:
        return Extractor()
    except Exception as error:  # whatever onnxruntime, tokenizers or json make of a damaged file
        raise ModelError(
            f"the attribution model cannot be loaded ({str(error).splitlines()[0][:120] if str(error) else type(error).__name__})",
            where=FOLDER.name,
            advice="install crossfix again, or use --fast",
        ) from error
