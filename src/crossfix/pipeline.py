"""From files to extractions: the one way through reading, language and coding.

Extraction is a pure function of a document's bytes and the options given with it, so it spreads over processes. Nothing
here stores anything.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossfix.errors import CrossfixError, Damaged
from crossfix.model import Document, Extraction

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from crossfix.language.annotations import Annotations
    from crossfix.reading import Source

HANDLED = frozenset({"en", "und"})
"""Languages that are read for claims and events; documents in others are kept and searchable, and say so."""

FEW = 6
"""Up to so many files are read in this process: starting others costs more than they save."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said of all files of a call: publication date (YYYY-MM-DD), outlet, language (ISO 639-1), and whether
    the rules alone are to read them (``fast``)."""

    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    fast: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: an extraction with the original bytes, or an error, or neither where it was skipped."""

    file: str
    sha256: str | None = None
    extraction: Extraction | None = None
    error: CrossfixError | None = None
    original: bytes | None = None
    skipped: bool = False


def annotate(document: Document, fast: bool = False) -> Annotations:
    """All that language marks in a document: parse, names, times, places, attributions; ``fast``: without the trained
    model."""
    from crossfix.language import annotate as run

    return run(document, fast)


def extract(document: Document, fast: bool = False) -> Extraction:
    """Claims, events and transfers of one document. A language not handled gives an extraction that says so. ``fast``: by
    the rules alone, without the trained model; so it is, and is said, too where the model's files are missing."""
    if document.language not in HANDLED:
        return Extraction(
            document,
            extracted=False,
            reason=f"language '{document.language}' is not handled yet; kept and searchable, not extracted",
            fast=fast,
        )
    from crossfix.coding import code
    from crossfix.language.attribution import load

    fast = fast or not load()
    ann = annotate(document, fast)
    claims, events, transfers = code(ann)
    return Extraction(
        document, ann.written, tuple(ann.parse.sentences), ann.names, ann.times, ann.places, claims, events, transfers,
        fast=fast,
    )  # fmt: skip


def _extract_one(path: str, data: bytes, options: Options) -> Outcome:
    """Runs in a worker. Never raises for a bad document: the outcome carries the error."""
    from crossfix.reading import Source, read

    sha = hashlib.sha256(data).hexdigest()
    try:
        document = read(
            Source(path, data), published=options.published, outlet=options.outlet, language=options.language
        )
        return Outcome(path, sha, extract(document, options.fast))
    except CrossfixError as error:
        return Outcome(path, sha, error=error)
    except (RecursionError, MemoryError) as error:
        wrong = Damaged(
            f"too large or too deeply nested to read ({type(error).__name__})",
            where=path,
            advice="split it, or save it as plain text",
        )
        return Outcome(path, sha, error=wrong)
    except Exception as error:  # a fault of ours in one document must not stop the rest; it is shown, with its type
        fault = Damaged(
            f"crossfix failed on this document ({type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''})",
            where=path,
            advice="please report it with the file",
        )
        return Outcome(path, sha, error=fault)


def _start_worker() -> None:
    """One thread a process: the workers are the parallelism, and BLAS threads only get in each other's way."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from crossfix.language.attribution import load
    from crossfix.language.parse import parser

    parser()
    with suppress(CrossfixError):  # each document that needs it will say so
        load()


def _single_threaded() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def extract_files(
    paths: Sequence[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
    workers: int | None = None,
    skip: Callable[[str], bool] | None = None,
    fast: bool = False,
) -> Iterator[Outcome]:
    """Read and extract files, folders, archives and "-" (standard input), in the order given.

    ``skip`` is asked with the SHA-256 of a file's bytes before it is read further; what it accepts comes back as an outcome
    with ``skipped`` true. ``workers`` is the number of processes, by default one a core, or this one for a few files.
    ``fast`` reads by the rules alone, without the trained model. A bad file is an outcome with an error; nothing is raised
    for it.
    """
    _single_threaded()
    options = Options(published, outlet, language, fast)
    jobs = _jobs(paths, skip)
    if workers is None:
        head: list[Outcome | tuple[str, bytes]] = []
        for job in jobs:
            head.append(job)
            if len(head) > FEW:
                break
        jobs = _chain(head, jobs)
        workers = (
            1
            if len(head) <= FEW
            else len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count() or 1
        )
    if workers <= 1:
        for job in jobs:
            yield job if isinstance(job, Outcome) else _with_original(_extract_one(*job, options), job[1])
        return
    yield from _in_processes(jobs, options, workers)


def _chain(
    head: list[Outcome | tuple[str, bytes]], rest: Iterator[Outcome | tuple[str, bytes]]
) -> Iterator[Outcome | tuple[str, bytes]]:
    yield from head
    yield from rest


def _with_original(outcome: Outcome, data: bytes) -> Outcome:
    return Outcome(outcome.file, outcome.sha256, outcome.extraction, outcome.error, data)


def _jobs(paths: Sequence[str], skip: Callable[[str], bool] | None) -> Iterator[Outcome | tuple[str, bytes]]:
    """The work to do, in order: (path, bytes), or an outcome for what needs none."""
    from crossfix.reading import find

    for found in find(paths):
        if isinstance(found, CrossfixError):
            yield Outcome(found.where or "?", error=found)
            continue
        data = _bytes(found)
        if isinstance(data, CrossfixError):
            yield Outcome(found.path, error=data)
        elif skip is not None and skip(sha := hashlib.sha256(data).hexdigest()):
            yield Outcome(found.path, sha, skipped=True)
        else:
            yield found.path, data


def _bytes(source: Source) -> bytes | CrossfixError:
    from crossfix.reading import original

    try:
        return original(source)
    except CrossfixError as error:
        return error


def _in_processes(jobs: Iterator[Outcome | tuple[str, bytes]], options: Options, workers: int) -> Iterator[Outcome]:
    """Spread the work over processes, a bounded window ahead, results in order. A worker that dies (out of memory, a crash
    in a library) costs only the document it was on."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(workers)
    window: deque[Outcome | tuple[tuple[str, bytes], Future[Outcome]]] = deque()
    try:
        for job in jobs:
            if isinstance(job, Outcome):
                window.append(job)
            else:
                try:
                    window.append((job, pool.submit(_extract_one, *job, options)))
                except BrokenProcessPool:
                    yield from _one_by_one(window, options)
                    pool = _pool(workers)
                    window.append((job, pool.submit(_extract_one, *job, options)))
            while len(window) >= 4 * workers:
                try:
                    yield _take(window[0])
                    window.popleft()
                except BrokenProcessPool:
                    yield from _one_by_one(window, options)
                    pool = _pool(workers)
        while window:
            try:
                yield _take(window[0])
                window.popleft()
            except BrokenProcessPool:
                yield from _one_by_one(window, options)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # spawn, not fork: the progress display runs a thread
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker)


def _take(item: Outcome | tuple[tuple[str, bytes], Future[Outcome]]) -> Outcome:
    if isinstance(item, Outcome):
        return item
    (_, data), future = item
    return _with_original(future.result(), data)


def _one_by_one(
    window: deque[Outcome | tuple[tuple[str, bytes], Future[Outcome]]], options: Options
) -> Iterator[Outcome]:
    """After a worker died: do what was in flight one at a time, so that the document at fault is known by name."""
    from concurrent.futures.process import BrokenProcessPool

    while window:
        item = window.popleft()
        if isinstance(item, Outcome):
            yield item
            continue
        (path, data), future = item
        if future.done() and not future.cancelled() and future.exception() is None:
            yield _with_original(future.result(), data)
            continue
        with _pool(1) as alone:
            try:
                yield _with_original(alone.submit(_extract_one, path, data, options).result(), data)
            except BrokenProcessPool:
                wrong = Damaged(
                    "the process that read it died (out of memory, or a crash in a library)",
                    where=path,
                    advice="split it, or save it as plain text",
                )
                yield Outcome(path, hashlib.sha256(data).hexdigest(), error=wrong, original=data)
