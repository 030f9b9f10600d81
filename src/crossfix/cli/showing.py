"""`show` and `search`: one row with its passages and history; passages that hold given words."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.agents import show_linked
from crossfix.cli.checking import show_finding
from crossfix.cli.common import State, as_json, console, note, plain, print_json, safe
from crossfix.errors import UnknownId, UsageError

if TYPE_CHECKING:
    from crossfix.record.rows import ClaimRow, Evidence, HistoryRow
    from crossfix.record.store import Record

_LEFT_OUT = {"evidence", "mentions", "furniture", "content", "quote", "source", "cue", "confidence", "firmness_words"}
AROUND = 90  # characters on each side of a hit


def _find(record: Record, given: str) -> tuple[str, Any]:
    """The row of an id and its kind. Raises UnknownId with what is near."""
    if re.fullmatch(r"[0-9a-fA-F]{6,64}", given):
        order = ("document", "event", "transfer", "claim")
    else:
        order = ("claim", "event", "transfer", "document")
    missing: UnknownId | None = None
    for kind in order:
        try:
            return kind, getattr(record, kind)(given)
        except UnknownId as error:
            # the message of the kind that the id looks like names the near matches
            missing = missing or error
    raise missing or UnknownId("no such row", where=given)


@click.command(short_help="One row with its passages and its history.")
@click.argument("id_", metavar="ID")
@click.option("--history", is_flag=True, help="Also when it was put in or changed, by whom and why.")
@as_json
@click.pass_obj
def show(state: State, /, id_: str, history: bool, json_: bool) -> None:
    """A document, claim, event, transfer, finding, agent, origin, drift or decision, with its passages."""
    from crossfix.dossier.phrases import excerpt

    if re.fullmatch("F[0-9a-f]{10}", id_.strip()):
        show_finding(state, id_.strip(), history=history, json_=json_)
        return
    if show_linked(state, id_.strip(), history=history, json_=json_):
        return
    with state.open() as record:
        kind, row = _find(record, id_.strip())
        key = row.sha256 if kind == "document" else row.id
        evidence = [] if kind == "document" else list(row.evidence)
        passages = [(e, record.passage(e)) for e in evidence]
        around = {e: excerpt(record.text(e.document), record.sentences(e.document), e.start, e.end) for e in evidence}
        titles = {e.document: _name(record, e.document) for e in evidence}
        told = [_told(record, c) for c in _claims_of(record, kind, row)]
        entries: list[HistoryRow] = record.history(key) if history else []
        text = record.text(key) if kind == "document" else None
    if json_:
        told = plain(row)
        if "kind" in told:  # "kind" says what the row is; a transfer's own kind, of its item, stands beside it
            told[f"{kind}_kind"] = told.pop("kind")
        out = {"kind": kind} | told
        out["passages"] = [plain(e) | {"text": t} for e, t in passages]
        if text is not None:
            out["text"] = text
        if history:
            out["history"] = plain(entries)
        print_json(out)
        return
    click.echo(f"{kind.capitalize()} {key}\n")
    for name, value in plain(row).items():
        words = _words(value)
        if name == "fast":
            name, words = "read", "by the rules alone, without the trained model" if value else ""
        if name not in _LEFT_OUT and words and value != key:
            click.echo(_line(name.replace("_", " "), words))
        if name == "firmness" and kind == "claim":
            for line in _how_sure(row):
                click.echo(line)
    for e, _ in passages:
        shown = around[e]
        words = f"{shown.before}[{shown.words}]{shown.after}" if shown.before or shown.after else shown.words
        click.echo(f"\n{titles[e.document]}, characters {e.start}-{e.end} of {e.document[:8]}:")
        click.echo(textwrap.indent(textwrap.fill(safe(words), 76), "    "))
    if told:
        click.echo("\nWho says what of it:")
        for line in told:
            click.echo(textwrap.indent(textwrap.fill(safe(line), 76, subsequent_indent="  "), "    "))
    if text is not None:
        click.echo("")
        for line in text.splitlines():
            click.echo(textwrap.fill(safe(line), 80) if line.strip() else "")
    for h in entries:
        what = f"{h.id}: {_act_words(h)}" if h.table == "reviews" else f"version {h.version}: {h.act}"
        click.echo(safe(f"\n{what}, {h.at}, by {h.by}" + (f": {h.why}" if h.why else "")))


def _act_words(h: HistoryRow) -> str:
    """What a person's act says."""
    told = str(h.value["told"])
    return f"took back: {told}" if h.act == "withdrawn" else told


def _reviewed(value: dict[str, Any]) -> str:
    """What people said of a row in one line; "" where nobody did."""
    parts = [] if value["state"] == "unreviewed" else [f"{value['state']} by {value['by']}"]
    parts += [f"{c['field'].replace('_', ' ')} was {c['before'] or 'not told'}" for c in value["corrections"]]
    grades = (("source", value["grade_source"]), ("report", value["grade_report"]))
    parts += [f"{name} graded {grade}" for name, grade in grades if grade]
    return safe("; ".join(parts + [f"{n['by']} notes: {n['text']}" for n in value["notes"]]))


def _line(name: str, words: str) -> str:
    return textwrap.fill(f"{name + ':':<18} {words}", 80, subsequent_indent=" " * 19)


def _how_sure(c: ClaimRow) -> list[str]:
    """The words that set the firmness, and the confidence with what the figure means."""
    from crossfix.dossier.phrases import firmness_words
    from crossfix.dossier.words import CONFIDENCE_MEANS, percent

    quoted = firmness_words(c)
    lines = [_line("by the words", safe(", ".join(f"“{w}”" for w in quoted)))] if quoted else []
    if c.confidence is not None:
        lines.append(_line("confidence", f"{percent(c.confidence)}: {CONFIDENCE_MEANS}"))
    elif c.voice != "outlet":
        lines.append(_line("confidence", "not estimated"))
    return lines


def _claims_of(record: Record, kind: str, row: Any) -> list[ClaimRow]:
    """The claims that speak of an event (or of a transfer's event): those it stands in, and those whose content holds a mention."""
    from crossfix.dossier.phrases import speaks_of
    from crossfix.record.rows import Filter

    event = row if kind == "event" else record.event(row.event) if kind == "transfer" and row.event else None
    if event is None:
        return []
    return [c for sha in event.reports for c in record.claims(Filter(document=sha)) if speaks_of(c, event)]


def _told(record: Record, c: ClaimRow) -> str:
    """A claim in a line: who, through whom, stance and firmness, the words, its id."""
    from crossfix.dossier.phrases import links, said_words, speaker

    through = [x for x in links(c)[0] if not x.startswith("(")]
    who = f"{speaker(c)} (via {' > '.join(through)})" if through and c.voice != "outlet" else speaker(c)
    return f"{who}: {c.stance}, {c.firmness}: {said_words(record.text(c.document), c.content)} [{c.id}]"


def _name(record: Record, sha256: str) -> str:
    d = record.document(sha256)
    return safe(", ".join(x for x in (d.outlet, d.published, d.title or d.file) if x))


def _words(value: Any) -> str:
    """A value of a row as one line; "" for what is empty."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, dict):
        if "corrections" in value:
            return _reviewed(value)
        if "name" in value and "role" in value:
            return safe(f"{value['name']} ({value['role']})")
        if "lat" in value and value["lat"] is not None:
            return safe(f"{value['name']} ({value['lat']:.2f}, {value['lon']:.2f})")
        if "nth" in value:
            return safe(f"no. {value['nth']} of {value['of']}")
        if "zone" in value and "basis" in value:
            from crossfix.dossier.phrases import moment
            from crossfix.model import Moment

            return safe(moment(Moment(**value)))
        if "field" in value:
            return safe(f"{value['field']} = {value['value']}")
        return safe(", ".join(f"{k} {v}" for k, v in value.items() if v is not None))
    if isinstance(value, list):
        return "; ".join(_words(v) for v in value)
    if isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value):
        return value[:12]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe(str(value))


@click.command(short_help="Passages with given words, in any document.")
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most so many."
)
@as_json
@click.pass_obj
def search(state: State, /, text: tuple[str, ...], limit: int, json_: bool) -> None:
    """Passages with these words, in any document, extracted or not."""
    wanted = " ".join(text).strip()
    if not wanted:
        raise UsageError("nothing to look for", where="search", advice="give a word or more")
    with state.open() as record:
        hits: list[Evidence] = record.search(wanted, limit)
        rows = []
        for hit in hits:
            whole = record.text(hit.document)
            rows.append((hit, _name(record, hit.document), whole[hit.start : hit.end], _around(whole, hit)))
    if json_:
        print_json([plain(h) | {"title": name, "text": passage} for h, name, passage, _ in rows])
        return
    if not rows:
        note(state, "No passage matches.")
        return
    out = console()
    for hit, name, _, around in rows:
        out.print(f"{hit.document[:8]}  {name}  [{hit.start}-{hit.end}]", style="bold", markup=False)
        out.print(textwrap.indent(textwrap.fill(around, out.width - 4), "    "), markup=False)
    note(state, f"{len(rows)} passage{'s' if len(rows) != 1 else ''}")


def _around(text: str, hit: Evidence) -> str:
    a, b = max(0, hit.start - AROUND), min(len(text), max(hit.end, hit.start + 1) + AROUND)
    if hit.end - hit.start > 2 * AROUND:
        a, b = hit.start, min(hit.end, hit.start + 4 * AROUND)
    return ("… " if a else "") + safe(text[a:b]) + (" …" if b < len(text) else "")
