"""`check`: every check asked over the record, the findings worst first. `show_finding` is what `show` prints of one."""

from __future__ import annotations

import sys
import textwrap
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, filters, make_filter, note, plain, print_json, safe
from crossfix.cli.linking import many, paragraph
from crossfix.cli.reading import SAY_EVERY

if TYPE_CHECKING:
    from crossfix.checking.run import CheckSummary
    from crossfix.record.findings import FindingRow
    from crossfix.record.rows import DocumentRow, Evidence, Filter
    from crossfix.record.store import Record

VERDICTS = ("contradicted", "tension", "unknown", "supported")
PASSAGES_MOST = 3  # of one finding in the list; `show` has all
PASSAGE_MOST = 300
LABEL = 12


@click.command(short_help="Hold the record against calendar, arithmetic and data.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this check; may be given again.")
@click.option(
    "--verdict",
    multiple=True,
    type=click.Choice(VERDICTS),
    metavar="VERDICT",
    help=f"Show only these: {', '.join(VERDICTS)}; may be given again.",
)
@click.option("--kept", is_flag=True, help="Show what earlier runs found, without running anything.")
@click.option("--working", is_flag=True, help="Also the numbers, and the rows of public data with their sources.")
@click.option("--list", "list_", is_flag=True, help="Name the checks there are.")
@filters
@as_json
@click.pass_obj
def check(
    state: State,
    /,
    only: tuple[str, ...],
    verdict: tuple[str, ...],
    kept: bool,
    working: bool,
    list_: bool,
    json_: bool,
    **given: Any,
) -> int:
    """Hold what is reported against the calendar, arithmetic and public data, and keep what was found, worst first.

    Checks run over the whole record; the filters pick which findings are shown. A second run changes nothing where nothing new came in.
    """
    if list_:
        return _list(json_)
    chosen = make_filter(given)
    from crossfix.record.findings import check_runs, findings

    summary = None
    with state.open(write=not kept) as record:
        if not kept:
            summary = _run(state, record, only)
        with record.reading():
            rows = [f for f in findings(record) if not only or f.check in only]
            rows = [f for f in _picked(record, rows, chosen) if not verdict or f.verdict in verdict][: chosen.limit]
            documents = {d.sha256: d for d in record.documents()}
            ran = bool(check_runs(record))
            if json_:
                print_json([finding_json(record, f) for f in rows])
            else:
                for f in rows:
                    print_finding(record, documents, f, working=working)
    _say(state, rows, summary, ran=ran or summary is not None)
    for failure in summary.failures if summary else ():
        click.echo(f"crossfix: {safe(str(failure))}", err=True)
    return 1 if summary and summary.failures else 0


def _list(json_: bool) -> int:
    from crossfix.checking.registry import load

    found, broken = load()
    if json_:
        print_json([{"name": c.name, "title": c.title} for c in found])
    for c in () if json_ else found:
        paragraph(f"{c.name}: {c.title}", 0, 4)
    for error in broken:
        click.echo(f"crossfix: {safe(str(error))}", err=True)
    return 1 if broken else 0


def _run(state: State, record: Record, only: Sequence[str]) -> CheckSummary:
    from crossfix.checking.run import check as run

    with _progress(state) as step:
        return run(record, only, progress=step)


def _say(state: State, rows: Sequence[FindingRow], summary: CheckSummary | None, *, ran: bool) -> None:
    """The line of counts, and what the run changed."""
    if not ran:
        note(state, "No check was run over this record yet; run crossfix check")
    elif not rows:
        note(state, "No finding to show.")
    else:
        counts = Counter(str(f.verdict) for f in rows)
        told = ", ".join(f"{counts[v]} {v}" for v in VERDICTS if counts[v])
        note(state, f"{many(len(rows), 'finding')}: {told}")
    if summary is not None:
        changes = {"new": summary.new, "changed": summary.changed, "withdrawn": summary.withdrawn}
        told = ", ".join(f"{n} {k}" for k, n in changes.items() if n) or "nothing changed"
        note(
            state,
            f"{many(len(summary.checks), 'check')}, {many(summary.questions, 'question')} over "
            f"{many(summary.documents, 'document')}: {told}",
        )


# -------------------------------------------------------------------- which to show


def _picked(record: Record, rows: list[FindingRow], chosen: Filter) -> list[FindingRow]:
    """The findings about claims, events, transfers and documents that the filter picks. The words of --about stand in the finding's
    sentence or in those of its passages; a document or outlet must be that of a passage."""
    from crossfix.record.matching import holds_all
    from crossfix.record.rows import Filter
    from crossfix.record.sqlite import query_words

    rest = replace(chosen, limit=None, about=None)
    if rest != Filter():
        subjects = _subjects(record, rest)
        rows = [f for f in rows if f.subject in subjects]
    if chosen.document is not None or chosen.outlet is not None:
        there = {d.sha256 for d in record.documents(Filter(document=chosen.document, outlet=chosen.outlet))}
        rows = [f for f in rows if there.intersection(f.documents)]
    if chosen.about is not None:
        words = query_words(chosen.about)
        rows = [f for f in rows if holds_all(words, f.summary, f.about, *(_sentence(record, e) for e in f.evidence))]
    return rows


def _sentence(record: Record, e: Evidence) -> str:
    from crossfix.dossier.phrases import excerpt

    return excerpt(record.text(e.document), record.sentences(e.document), e.start, e.end).whole


def _subjects(record: Record, chosen: Filter) -> set[str]:
    out = {d.sha256 for d in record.documents(chosen)} | {c.id for c in record.claims(chosen)}
    return out | {e.id for e in record.events(chosen)} | {t.id for t in record.transfers(chosen)}


# -------------------------------------------------------------------- printing


def finding_json(record: Record, f: FindingRow) -> dict[str, Any]:
    """A finding as `export` has it, with the words of its passages."""
    from crossfix.record.export import finding_json as exported

    return exported(f) | {"at": f.at, "passages": [plain(e) | {"text": record.passage(e)} for e in f.evidence]}


def print_finding(
    record: Record, documents: Mapping[str, DocumentRow], f: FindingRow, *, working: bool, every: bool = False
) -> None:
    """A finding in lines of 80 columns: verdict and sentence, what it is about, passages, caveat, chance; with ``working`` the numbers and
    rows; with ``every`` all passages whole."""
    from crossfix.dossier.findings import by_source, chance_words, lines_of

    paragraph(f"{f.verdict.upper()}: {f.summary}", 0, 2)
    _labelled(f.subject_kind, _subject(record, documents, f))
    together = _by_sentence(record, f.evidence)
    for es in together if every else together[:PASSAGES_MOST]:
        _labelled("passage", f"{_cite(documents, es)}: {_marked(record, es, every)}")
    if len(together) > PASSAGES_MOST and not every:
        _labelled("", f"and {many(len(together) - PASSAGES_MOST, 'passage')} more")
    if f.caveat:
        _labelled("caveat", f.caveat)
    if f.chance is not None:
        _labelled("by chance", chance_words(f.chance, f.chance_of))
    if working:
        for name, told in lines_of(f.working):
            _labelled("number", f"{name} = {told}")
    for rows, source in by_source(f.sources) if working else ():
        for row in rows:
            _labelled("row", row)
        _labelled("", f"from {source}")
    _labelled("finding", f"{f.id}, {f.kind}" + (f", {f.about}" if f.about and working else ""))
    click.echo()


def _labelled(label: str, text: str) -> None:
    """A line under a finding, its label in a column of its own."""
    told = textwrap.fill(safe(text), 80, initial_indent=" " * LABEL, subsequent_indent=" " * LABEL)
    click.echo(f"  {label:<{LABEL - 2}}{told[LABEL:]}")


def _subject(record: Record, documents: Mapping[str, DocumentRow], f: FindingRow) -> str:
    """What a finding is about, in a line."""
    from crossfix.dossier import phrases
    from crossfix.errors import UnknownId

    if f.subject_kind == "document":
        d = documents[f.subject]
        return f"{d.sha256[:8]} {phrases.shorten(d.title or phrases.file_name(d.file), 120)}"
    try:
        if f.subject_kind == "event":
            return f"{f.subject} {phrases.heading(record.event(f.subject))}"
        if f.subject_kind == "claim":
            c = record.claim(f.subject)
            said = phrases.shorten(phrases.said_words(record.text(c.document), c.content), 120)
            return f"{f.subject} {phrases.speaker(c)}: {c.stance}, {c.firmness}: {said}"
        t = record.transfer(f.subject)
        return f"{f.subject} {t.supplier or 'supplier not named'} to {t.recipient or 'recipient not named'}: {t.item}"
    except UnknownId:
        return f"{f.subject} (no longer in the record)"


def _by_sentence(record: Record, evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Passages of one sentence side by side, in the order of the first of each."""
    groups: dict[tuple[str, int], list[Evidence]] = {}
    for e in evidence:
        cuts = record.sentences(e.document)
        groups.setdefault((e.document, bisect_right(cuts, (e.start, 1 << 62))), []).append(e)
    return list(groups.values())


def _cite(documents: Mapping[str, DocumentRow], es: Sequence[Evidence]) -> str:
    d = documents[es[0].document]
    places = ", ".join(f"{e.start}-{e.end}" for e in es)
    return f"{d.outlet or 'outlet not known'}, {d.published or 'no date'}, {d.sha256[:8]} [{places}]"


def _marked(record: Record, es: Sequence[Evidence], every: bool) -> str:
    """The sentence with its passages between brackets; cut where it is long, unless all of it is asked for."""
    from crossfix.dossier.phrases import excerpt, shorten

    text, cuts = record.text(es[0].document), record.sentences(es[0].document)
    start, end = min(e.start for e in es), max(e.end for e in es)
    shown = excerpt(text, cuts, start, end)
    inner, at = "", start
    for e in sorted(es):
        if e.start >= at:  # one that begins within another is marked by that
            inner += f"{text[at : e.start]}[{text[e.start : e.end].strip()}]{' ' * text[e.end - 1].isspace()}"
            at = e.end
    words = f"{shown.before}{inner}{shown.after}" if shown.before or shown.after or len(es) > 1 else shown.words
    return words if every else shorten(words, PASSAGE_MOST)


# -------------------------------------------------------------------- progress


@contextmanager
def _progress(state: State) -> Iterator[Callable[[str, int, int], None] | None]:
    """A function to call as documents are checked. A bar on a terminal, else a line now and then."""
    if state.quiet:
        yield None
        return
    if not sys.stderr.isatty():
        last = time.monotonic()

        def plainly(title: str, done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last > SAY_EVERY:
                last = time.monotonic()
                click.echo(f"{100 * done // max(1, total)} % checked ({title})", err=True)

        yield plainly
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    shown = Console(stderr=True, highlight=False, markup=False)
    columns = (
        TextColumn("Checking"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda title, done, total: bar.update(task, completed=done, total=total, description=safe(title)[:30])


# -------------------------------------------------------------------- one finding


def show_finding(state: State, id_: str, *, history: bool, json_: bool) -> None:
    """What `show` prints of a finding: all of it, with the rows' provenance. Raises UnknownId."""
    from crossfix.record.findings import finding

    with state.open() as record, record.reading():
        f = finding(record, id_)
        entries = record.history(id_) if history else []
        if json_:
            out = {"kind": "finding"} | {
                "finding_kind" if k == "kind" else k: v for k, v in finding_json(record, f).items()
            }
            print_json(out | ({"history": plain(entries)} if history else {}))
            return
        print_finding(record, {d.sha256: d for d in record.documents()}, f, working=True, every=True)
    for h in entries:
        paragraph(f"version {h.version}: {h.act}, {h.at}, by {h.by}: {h.why}", 0, 2)
