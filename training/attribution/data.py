"""PolNeAR as the network sees it: windows, token marks, cues with their roles."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from crossfix.language.attribution.model.features import Ints, Marks, Unit, Window, marks, relations, windows
from crossfix.language.attribution.model.wordpieces import WordPieces
from crossfix.language.attribution.quotes import Quotes, quotations
from crossfix.language.parse import Parse, parse
from crossfix.model import Document

Gold = dict[str, Any]


@dataclass(slots=True)
class Relation:
    """A gold attribution in tokens (of the document)."""

    cue: tuple[int, ...]
    source: frozenset[int]
    content: frozenset[int]


@dataclass(slots=True)
class Text:
    """A parsed document with its gold."""

    gold: Gold
    parse: Parse
    quotes: Quotes
    seen: Marks
    windows: list[Window]
    relations: list[Relation] = field(default_factory=list)


def gold_lines(split: Path) -> list[Gold]:
    """The split's gold records, each with its text."""
    path = split / "gold.jsonl"
    opened = open(path, encoding="utf-8") if path.exists() else gzip.open(f"{path}.gz", "rt", encoding="utf-8")  # noqa: SIM115
    with opened as f:
        out = [json.loads(line) for line in f if line.strip()]
    for d in out:
        with open(split / d["file"], encoding="utf-8", newline="") as f:
            d["text"] = f.read()
    return out


def digest(split: Path) -> str:
    """SHA-256 over the split's gold and texts, in order."""
    h = hashlib.sha256()
    for d in gold_lines(split):
        h.update(json.dumps(d, sort_keys=True).encode())
    return h.hexdigest()


def _parsed(d: Gold) -> Parse:
    return parse(Document(d["file"], d["sha256"], "text/plain", d["text"], language="en", outlet=d.get("outlet")))


def read(split: Path, pieces: WordPieces, processes: int = 2, few: int = 0) -> list[Text]:
    """Parse a split and lay its gold over the tokens. ``few`` > 0 takes only the first documents."""
    lines = gold_lines(split)[: few or None]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        parses = list(pool.map(_parsed, lines, chunksize=8))
    return [text_of(d, p, pieces) for d, p in zip(lines, parses, strict=True)]


def text_of(d: Gold, p: Parse, pieces: WordPieces) -> Text:
    """One document with its gold in tokens."""
    quotes = Quotes(quotations(p.text, p.paragraphs))
    out = Text(d, p, quotes, marks(p, quotes), windows(p, pieces))
    for a in d["attributions"]:
        spans = {r: (a.get(r) or {}).get("spans") or [] for r in ("source", "cue", "content")}
        cue = tuple(sorted(_tokens(p, spans["cue"])))
        if cue:
            out.relations.append(
                Relation(cue, frozenset(_tokens(p, spans["source"])), frozenset(_tokens(p, spans["content"])))
            )
    return out


def _tokens(p: Parse, spans: Sequence[Sequence[int]]) -> set[int]:
    return {t.i for a, b in spans for t in p.tokens_in(a, b)}


@dataclass(slots=True)
class Example:
    """A window with its gold: cue labels for its tokens, and for each cue its unit and roles."""

    text: Text
    window: Window
    labels: Ints  # [tokens]: 0 outside, 1 begin, 2 inside
    cues: list[tuple[Unit, Relation]]

    def roles(self, unit: Unit, relation: Relation) -> Ints:
        """[tokens of the unit]: 0 none, 1 source, 2 content."""
        out = np.zeros(unit.stop - unit.first, dtype=np.int64)
        for i in range(unit.first, unit.stop):
            if i in relation.content:
                out[i - unit.first] = 2
            if i in relation.source:
                out[i - unit.first] = 1
        return out

    def relation_marks(self, unit: Unit, cue: Sequence[int]) -> Ints:
        """How the unit's tokens stand to the cue."""
        return relations(self.text.parse, self.text.seen, unit, cue)


def examples(texts: Sequence[Text]) -> Iterator[Example]:
    """All windows of the texts."""
    for text in texts:
        for w in text.windows:
            labels = np.zeros(w.stop - w.first, dtype=np.int64)
            cues = []
            for r in text.relations:
                unit = next((u for u in w.units if u.first <= r.cue[0] < u.stop), None)
                if unit is None:
                    continue
                inside = [i for i in r.cue if unit.first <= i < unit.stop]
                for n, i in enumerate(inside):
                    labels[i - w.first] = 2 if n and inside[n - 1] == i - 1 else 1
                cues.append((unit, Relation(tuple(inside), r.source, r.content)))
            yield Example(text, w, labels, cues)
