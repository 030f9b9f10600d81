"""`dossier` and `export`: what leaves the record for other people and other programs."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, filters, make_filter, note, print_json, sure, write_line
from crossfix.errors import CrossfixError, DiskFull, MissingFile, UsageError

if TYPE_CHECKING:
    from crossfix.dossier.plan import Plan
    from crossfix.record.rows import Filter
    from crossfix.record.store import Record

PLAN_BYTES = 20_000_000


@click.command(short_help="One file to hand on; every line cites its passage.")
@filters
@sure
@click.option(
    "--output",
    "-o",
    default="dossier.html",
    show_default=True,
    metavar="FILE",
    help="The file; its ending says the form: html, pdf, docx, md, csv, csv.zip, geojson, bib, csl.json, or plan.json for a plan "
    "to edit. - is Markdown on standard output.",
)
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option(
    "--plan",
    metavar="FILE",
    help="Set as this plan says: a .json file, or the id of a dossier made on the site (dossier-1).",
)
@click.pass_obj
def dossier(state: State, /, output: str, title: str | None, plan: str | None, **given: Any) -> None:
    """One file to hand on: timeline, transfers, who says what, sources; every line cites its passage.

    With a plan, and in every form but .html and .md, it is set as a report: numbered paragraphs, notes, annexes.
    """
    chosen = make_filter(given)
    wanted = _form(output)
    if plan is not None and any(v is not None for v in given.values()):
        raise UsageError("a plan says itself what is chosen", where="--plan", advice="leave the filters out")
    if plan is None and wanted in ("html", "md"):
        _whole(state, output, title, chosen, wanted)
        return
    from dataclasses import replace

    from crossfix.dossier.compose import compose
    from crossfix.dossier.formats import form, plan_of_filter
    from crossfix.dossier.plan import plan_text

    with state.open() as record, record.reading():
        made = plan_of_filter(record, chosen, title) if plan is None else _plan(record, plan)
        if plan is not None and title:
            made = replace(made, title=" ".join(title.split()))
        report = None if wanted == "plan.json" else compose(record, made, sure=chosen.sure if plan is None else None)
    if report is None:
        _write(Path(output).expanduser(), plan_text(made).encode("utf-8", "replace"))
        note(state, f"{len(made.items)} items; edit it, then: crossfix dossier --plan {output} -o FILE")
        click.echo(output)
        return
    data = form(wanted).make(report)
    for problem in report.problems:
        note(state, problem)
    if output == "-":
        write_line(data.decode().rstrip("\n"))
        return
    _write(Path(output).expanduser(), data)
    note(
        state,
        f"{len(report.paragraphs)} paragraphs, {len(report.notes)} notes, {len(report.documents)} documents, "
        f"{len(report.statements)} statements",
    )
    click.echo(output)


def _form(output: str) -> str:
    """The ending of the form that a file's name asks for."""
    if output == "-":
        return "md"
    if output.lower().endswith(".plan.json"):
        return "plan.json"
    from crossfix.dossier.formats import form_of

    return form_of(output).ending


def _plan(record: Record, given: str) -> Plan:
    """The plan in a file, or of a dossier kept in the record. Raises UsageError, UnknownId, MissingFile."""
    from crossfix.dossier.kept import dossier as kept_dossier
    from crossfix.dossier.plan import read_plan

    path = Path(given).expanduser()
    if re.fullmatch(r"dossier-[0-9]+", given) and not path.exists():
        return kept_dossier(record, given).plan
    try:
        data = path.read_bytes()
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        raise MissingFile(f"the plan cannot be read ({told})", where=given, advice="name a .json file") from error
    if len(data) > PLAN_BYTES:
        raise UsageError(f"a plan of over {PLAN_BYTES // 1_000_000} MB", where=given)
    try:
        return read_plan(data.decode("utf-8-sig"), given)
    except UnicodeDecodeError as error:
        raise UsageError("this is no text in UTF-8", where=given) from error


def _whole(state: State, output: str, title: str | None, chosen: Filter, wanted: str) -> None:
    """The whole selection for reading, in HTML or Markdown."""
    from crossfix.dossier import gather, to_html, to_markdown

    with state.open() as record, record.reading():  # one view of it, whatever others add meanwhile
        view = gather(record, chosen, title=title)
    page = to_html(view) if wanted == "html" else to_markdown(view)
    if not view.documents:
        note(state, "Nothing in the record matches; the dossier is empty.")
    if output == "-":
        write_line(page.rstrip("\n"))
        return
    _write(Path(output).expanduser(), page.encode("utf-8", "replace"))
    passages = sum(len(d.passages) for d in view.documents)
    note(
        state,
        f"{len(view.documents)} documents, {len(view.events)} events, {len(view.transfers)} transfers, "
        f"{passages} passages cited",
    )
    click.echo(output)


def _write(path: Path, data: bytes) -> None:
    """Writes beside the old file and then takes its place, so that a full disk never leaves half a dossier."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
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
