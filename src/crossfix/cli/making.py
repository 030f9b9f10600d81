"""`dossier` and `export`: what leaves the record for other people and other programs."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import click

from crossfix.cli.common import State, filters, make_filter, note, print_json, sure, write_line
from crossfix.errors import CrossfixError, DiskFull, UsageError


@click.command(short_help="One file to hand on; every line cites its passage.")
@filters
@sure
@click.option(
    "--output",
    "-o",
    default="dossier.html",
    show_default=True,
    metavar="FILE",
    help="A .html or .md file, or - for Markdown on standard output.",
)
@click.option("--title", metavar="TEXT", help="Its title.")
@click.pass_obj
def dossier(state: State, /, output: str, title: str | None, **given: Any) -> None:
    """One file to hand on: timeline, transfers, who says what, sources; every line cites its passage."""
    form = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}.get(
        Path(output).suffix.lower()
    )
    if output == "-":
        form = "markdown"
    if form is None:
        raise UsageError(
            "a dossier is written as .html or .md", where=output, advice="for a PDF, print the .html from a browser"
        )
    chosen = make_filter(given)
    from crossfix.dossier import gather, to_html, to_markdown

    with state.open() as record, record.reading():  # one view of it, whatever others add meanwhile
        view = gather(record, chosen, title=title)
    page = to_html(view) if form == "html" else to_markdown(view)
    if not view.documents:
        note(state, "Nothing in the record matches; the dossier is empty.")
    if output == "-":
        write_line(page.rstrip("\n"))
        return
    _write(Path(output).expanduser(), page)
    passages = sum(len(d.passages) for d in view.documents)
    note(
        state,
        f"{len(view.documents)} documents, {len(view.events)} events, {len(view.transfers)} transfers, "
        f"{passages} passages cited",
    )
    click.echo(output)


def _write(path: Path, page: str) -> None:
    """Writes beside the old file and then takes its place, so that a full disk never leaves half a dossier."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            errors="replace",
            newline="\n",
            dir=path.parent,
            prefix=f".{path.name}.",
            delete=False,
        ) as file:
            temporary = Path(file.name)
            file.write(page)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull("no room to write it", where=str(path), advice="free some space and run it again") from error
        raise CrossfixError(
            f"cannot be written ({(error.strerror or str(error)).lower()})",
            where=str(path),
            advice="name another file with -o",
        ) from error


@click.command(short_help="The whole record as one JSON object.")
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True, help="The format.")
@click.pass_obj
def export(state: State, form: str) -> None:  # noqa: ARG001 - one format so far, named so that scripts say it
    """The whole record as one JSON object, for other programs."""
    with state.open() as record:
        whole = record.export()
    print_json(whole, indent=1)
