"""`add` and `extract`: from files to the record, and from files to JSON Lines."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, date_value, note, print_json, write_line
from crossfix.errors import CrossfixError, UsageError

if TYPE_CHECKING:
    from crossfix.record.rows import LinkSummary

SAY_EVERY = 10.0  # seconds between lines of progress where no bar can be drawn


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.argument("files", nargs=-1, required=True, metavar="FILE..."),
        click.option(
            "--workers", type=click.IntRange(1, 256), metavar="N", help="Processes to use; one a core by default."
        ),
        click.option(
            "--fast", is_flag=True, help="Rules alone, without the trained model: faster, finds fewer attributions."
        ),
        click.option("--language", metavar="CODE", help="Their language, where it is known: en, ko, ..."),
        click.option("--outlet", metavar="NAME", help="Who published them, where the files do not say."),
        click.option("--published", metavar="DATE", help="When they were published: YYYY-MM-DD."),
    ):
        command = option(command)
    return command


def _checked(published: str | None, language: str | None, outlet: str | None) -> dict[str, Any]:
    if published is not None:
        published = date_value(published, "--published", whole_day=True)
    if language is not None and not re.fullmatch(r"[A-Za-z]{2}", language):
        raise UsageError(f"'{language}' is no language code", where="--language", advice="give two letters, such as en")
    return {
        "published": published,
        "language": language.lower() if language else None,
        "outlet": outlet.strip() or None if outlet else None,
    }


@click.command(short_help="Read reports into the record, and link what is new.")
@_options
@as_json
@click.pass_obj
def add(
    state: State,
    /,
    files: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    language: str | None,
    workers: int | None,
    fast: bool,
    json_: bool,
) -> int:
    """Read files, folders, web archives or standard input (-) into the record, and link what is new.

    The same bytes again change nothing. A bad file is named and left out, the rest goes on.
    """
    from crossfix.linking import link
    from crossfix.pipeline import extract_files

    given = _checked(published, language, outlet)
    count = {"new": 0, "known": 0, "failed": 0, "kept": 0, "claims": 0, "events": 0, "transfers": 0}
    stopped, linked = False, None
    known: set[str] = set()
    with state.open(write=True) as record:
        try:
            with _progress(state, _count(files)) as step:
                for outcome in extract_files(files, workers=workers, skip=record.has, fast=fast, **given):
                    added = None
                    if outcome.error is not None:
                        count["failed"] += 1
                        step(outcome.file, f"crossfix: {outcome.error}")
                        continue
                    if outcome.extraction is not None:
                        added = record.add(outcome.extraction, outcome.original)
                    if added is None or not added.new:
                        count["known"] += 1
                        known.add(outcome.sha256 or "")
                        step(outcome.file, None)
                        continue
                    count["new"] += 1
                    for name in ("claims", "events", "transfers"):
                        count[name] += getattr(added, name)
                    extraction = outcome.extraction
                    lines = []
                    if extraction is not None and not extraction.extracted:
                        count["kept"] += 1
                        lines.append(f"{outcome.file}: {extraction.reason}")
                    if extraction is not None:
                        lines += [f"{outcome.file}: {n}" for n in extraction.document.notes]
                    step(outcome.file, None if state.quiet or not lines else "\n".join(f"crossfix: {x}" for x in lines))
        except KeyboardInterrupt:
            stopped = True
        if not stopped:
            note(state, "Linking what is new: reprints, origins, events")
            linked = link(record)
            if known and not fast:
                _say_by_rules(
                    state, sum(d.sha256 in known and d.extracted and d.fast is not False for d in record.documents())
                )
    more = {} if linked is None else _linked(linked)
    if json_:
        print_json(count | {"joined": more})
    else:
        click.echo(_summary(count))
        shown = ", ".join(_many(n, name) for name, n in more.items() if n)
        if shown:
            click.echo(f"After joining what is the same: {shown} more in the record")
    if stopped:
        raise KeyboardInterrupt
    return 1 if count["failed"] else 0


def _say_by_rules(state: State, count: int) -> None:
    """Documents are not read again: one that the rules alone read stays so, which must not pass in silence."""
    if count:
        note(
            state,
            f"{_many(count, 'documents')} already there {'was' if count == 1 else 'were'} read by the rules alone and "
            f"stay{'s' if count == 1 else ''} so; to read with the model, add to a new record (--record)",
        )


def _summary(count: dict[str, int]) -> str:
    parts = [f"{count['new']} new"]
    if count["known"]:
        parts.append(f"{count['known']} already there")
    if count["failed"]:
        parts.append(f"{count['failed']} not read (named above)")
    if count["kept"]:
        parts.append(f"{count['kept']} of the new kept but not extracted (named above)")
    found = ", ".join(_many(count[k], k) for k in ("claims", "events", "transfers"))
    return f"Documents: {', '.join(parts)}\nIn the new ones: {found}"


def _many(count: int, plural: str) -> str:
    return f"{count:,} {plural if count != 1 else plural.removesuffix('s')}"


def _linked(linked: LinkSummary) -> dict[str, int]:
    """What linking made anew, by name."""
    names = ("origins", "reprints", "events", "transfers", "agents")
    return {name: getattr(linked, f"new_{name}") for name in names}


@click.command(short_help="Print what is in reports as JSON Lines; keep nothing.")
@_options
@click.pass_obj
def extract(
    state: State,
    /,
    files: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    language: str | None,
    workers: int | None,
    fast: bool,
) -> int:
    """Read files and print what is in them, one JSON object a line. Nothing is kept."""
    from crossfix.contract import error_json, extraction_json
    from crossfix.pipeline import extract_files

    failed = 0
    given = _checked(published, language, outlet)
    for outcome in extract_files(files, workers=workers, fast=fast, **given):
        if outcome.extraction is not None:
            line = extraction_json(outcome.extraction, outcome.file)
        else:
            failed += 1
            error = outcome.error or CrossfixError("nothing came of it", where=outcome.file)
            line = error_json(outcome.file, error)
            if not state.quiet:
                click.echo(f"crossfix: {error}", err=True)
        write_line(json.dumps(line, ensure_ascii=False))
    return 1 if failed else 0


# -------------------------------------------------------------------- progress


def _count(paths: Sequence[str]) -> int:
    """How many files there are to read; an archive counts as one until it is open."""
    from crossfix.reading.sources import NOT_REPORTS

    total = 0
    for path in paths:
        if path != "-" and Path(path).is_dir():
            for _, folders, names in os.walk(path):
                folders[:] = [name for name in folders if not name.startswith(".")]
                total += sum(not n.startswith(".") and Path(n).suffix.lower() not in NOT_REPORTS for n in names)
        else:
            total += 1
    return total


@contextmanager
def _progress(state: State, total: int) -> Iterator[Callable[[str, str | None], None]]:
    """A function to call after each file, with its name and what to say of it.

    A bar on a terminal, else a line now and then.
    """
    if state.quiet or not sys.stderr.isatty():
        done, last = 0, time.monotonic()

        def plainly(_file: str, message: str | None) -> None:
            nonlocal done, last
            done += 1
            if message:
                click.echo(message, err=True)
            if not state.quiet and time.monotonic() - last > SAY_EVERY:
                last = time.monotonic()
                click.echo(f"{done} of {max(done, total)} files", err=True)

        yield plainly
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    shown = Console(stderr=True, highlight=False, markup=False)
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("", total=total)

        def drawn(_file: str, message: str | None) -> None:
            finished = bar.tasks[0].completed + 1
            bar.update(task, completed=finished, total=max(total, finished))
            if message:
                bar.console.print(message, style=None, soft_wrap=True)

        yield drawn
