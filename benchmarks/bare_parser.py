"""The bare parser on text files, in two processes: what `crossfix extract` is held against.

    python -m benchmarks.bare_parser FILE...

It does what extraction cannot do without: split each text into paragraphs and parse them, one text at a time in each
of two processes. Nothing is looked up, coded or printed but the number of tokens.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor

PROCESSES = 2


def _start() -> None:
    from crossfix.language.parse import parser

    parser()


def tokens_in(path: str) -> int:
    """The number of tokens the parser finds in a text file, paragraph by paragraph."""
    from crossfix.language.parse import paragraphs_of, parser

    with open(path, encoding="utf-8", newline="") as f:
        text = f.read()
    pieces = [text[a:b] for a, b in paragraphs_of(text)]
    return sum(len(doc) for doc in parser().pipe(pieces, batch_size=64))


def main(paths: list[str]) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"), _start) as pool:
        print(sum(pool.map(tokens_in, paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
