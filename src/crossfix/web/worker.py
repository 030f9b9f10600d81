"""Reading uploads, linking and checking in a process of its own, so that pages stay quick and a crash in a library costs no server.

Started by ``jobs`` as ``python -m crossfix.web.worker``: one JSON object on standard input says what to do, each line of standard
output says how far it is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossfix.errors import CrossfixError

if TYPE_CHECKING:
    from crossfix.pipeline import Outcome
    from crossfix.record.store import Record

Tell = Callable[[Mapping[str, Any]], None]
TURN_SECONDS = 120.0
"""How long a document waits while another command writes: nobody stands before the screen for it."""


def main() -> int:
    """Do what standard input says."""

    def tell(line: Mapping[str, Any]) -> None:
        sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
        sys.stdout.flush()

    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(5)  # pages come first
    try:
        run(json.load(sys.stdin), tell)
    except CrossfixError as error:
        tell({"step": "failed", "message": str(error)})
        return 1
    return 0


def run(job: Mapping[str, Any], tell: Tell) -> None:
    """Read the job's files into its record, link what is new, and run the checks where the job asks for it. Raises CrossfixError."""
    from crossfix.record.store import Record

    with Record.open(job["record"], create=False, write=True, turn_seconds=TURN_SECONDS) as record:
        new = 0
        if job["files"]:
            for line in _read(record, job):
                new += line["result"] == "new"
                tell(line)
            tell({"step": "linking"})
            tell({"step": "linked", **_link(record)})
        if job["check"] and (new or not job["files"]):
            tell({"step": "checked", **_check(record, tell)})
        tell({"step": "done"})


def _read(record: Record, job: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    from crossfix.pipeline import extract_files

    names: dict[str, str] = dict(job["files"])
    given = {k: job.get(k) for k in ("published", "outlet", "language")}
    paths = list(names)
    for n, outcome in enumerate(extract_files(paths, skip=record.has, fast=job["fast"], **given), 1):
        base, mark, address = outcome.file.partition("#")  # a record of a web archive is told by its address
        name = names.get(base, Path(base).name) + mark + address
        yield {
            "step": "reading",
            "done": n,
            "total": max(n, len(paths)),
            "file": name,
            **_kept(record, outcome, base, name),
        }


def _kept(record: Record, outcome: Outcome, path: str, name: str) -> dict[str, Any]:
    """Keep one document under the name that its person gave it."""
    if outcome.error is not None:
        told = "; ".join(x for x in (outcome.error.what, outcome.error.advice) if x)
        return {"result": "failed", "message": told.replace(path, name)}
    extraction = outcome.extraction
    if extraction is None:
        return {"result": "known", "document": outcome.sha256}
    extraction = replace(extraction, document=replace(extraction.document, file=name))
    added = record.add(extraction, outcome.original)
    if not added.new:
        return {"result": "known", "document": added.document}
    notes = [] if extraction.extracted else [extraction.reason or ""]
    return {
        "result": "new", "document": added.document, "claims": added.claims, "events": added.events,
        "transfers": added.transfers, "message": "; ".join([*notes, *extraction.document.notes]),
    }  # fmt: skip


def _link(record: Record) -> dict[str, int]:
    from crossfix.linking import link

    made = link(record)
    return {k: getattr(made, f"new_{k}") for k in ("origins", "reprints", "events", "transfers", "agents")}


def _check(record: Record, tell: Tell) -> dict[str, Any]:
    from crossfix.checking.run import check

    last = -1

    def step(title: str, done: int, total: int) -> None:
        nonlocal last
        if total and 50 * done // total != last:
            last = 50 * done // total
            tell({"step": "checking", "title": title, "done": done, "total": total})

    made = check(record, progress=step)
    return {
        "verdicts": dict(made.verdicts), "new": made.new, "changed": made.changed, "withdrawn": made.withdrawn,
        "failures": [str(f) for f in made.failures[:20]],
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
