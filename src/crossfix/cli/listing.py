"""`documents`, `claims`, `events`, `transfers`, `sources`: tables for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, console, filters, make_filter, note, plain, print_json, safe, sure

if TYPE_CHECKING:
    from rich.table import Table

    from crossfix.model import Moment
    from crossfix.record.rows import ClaimRow, DocumentRow, EventRow, SourceRow, TransferRow

WORDS_MOST = 220  # characters of a passage in a table cell; `show` prints all

FIXED: dict[str, Any] = {"no_wrap": True}
NUMBER: dict[str, Any] = {"no_wrap": True, "justify": "right"}
REST: dict[str, Any] = {"ratio": 1}


def _upto(width: int) -> dict[str, Any]:
    return {"max_width": width}


def table_of(**columns: dict[str, Any]) -> Table:
    """A table for people, its columns by name with rich's options."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for name, options in columns.items():
        table.add_column(name.strip("_"), **({"overflow": "fold"} | options))
    return table


def _row(table: Table, *cells: str) -> None:
    from rich.text import Text

    table.add_row(*(Text("\n".join(safe(line) for line in cell.split("\n"))) for cell in cells))


def _print(state: State, table: Table, rows: Sequence[object], what: str) -> None:
    if not rows:
        note(state, f"No {what} match.")
        return
    console().print(table)
    note(state, f"{len(rows):,} {what if len(rows) != 1 else what.removesuffix('s')}")


def _short(text: str, most: int = WORDS_MOST) -> str:
    text = safe(text)
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most]) + " …"


def _date(value: str | None) -> str:
    return value.replace("/", " to\n") if value else "undated"


def _hours(moment: Moment | None) -> str:
    """The clock in the moment's zone and in UTC, below a date, where the time of day is told."""
    if moment is None:
        return ""
    from crossfix.dossier.words import is_timed
    from crossfix.reference.zones import abbreviation, local

    if not is_timed(moment):
        return ""
    here, there = local(moment.first, moment.zone), local(moment.first, "UTC")
    return f"\n{here:%H:%M} {abbreviation(here)}" + (f"\n{there:%m-%d %H:%M} UTC" if here.tzname() != "UTC" else "")


@click.command(short_help="What was read: outlet, date, origin, reprints.")
@filters
@as_json
@click.pass_obj
def documents(state: State, /, json_: bool, **given: Any) -> None:
    """What was read: outlet, date, origin, relation to other documents."""
    chosen = make_filter(given)
    with state.open() as record:
        rows: list[DocumentRow] = record.documents(chosen)
    if json_:
        print_json(plain(rows))
        return
    table = table_of(id=FIXED, published=FIXED, outlet=_upto(16), title=REST, origin=_upto(16))
    for d in rows:
        origin = d.origin or ""
        if d.derived_from and d.relation:
            origin += f"\n{d.relation.replace('_', ' ')} of {d.derived_from[:8]}"
        title = _short(d.title or d.file, 120)
        if not d.extracted:
            title += f"\nnot extracted: {_short(d.reason or '', 80)}"
        _row(table, d.sha256[:8], d.published or "unknown", d.outlet or "unknown", title, origin)
    _print(state, table, rows, "documents")


@click.command(short_help="Who says what, through whom, how firmly.")
@filters
@sure
@as_json
@click.pass_obj
def claims(state: State, /, json_: bool, **given: Any) -> None:
    """Who says what, through whom, how firmly, and how likely the attribution is to be right."""
    from crossfix.dossier.phrases import left_out_words, links, said_words, speaker
    from crossfix.dossier.words import percent
    from crossfix.record.rows import LeftOut

    chosen = make_filter(given)
    with state.open() as record:
        rows: list[ClaimRow] = record.claims(chosen)
        texts = {} if json_ else {s: record.text(s) for s in {c.document for c in rows}}
        every = [] if chosen.sure is None else record.claims(replace(chosen, sure=None, limit=None))
    if json_:
        print_json(plain(rows))
        return
    table = table_of(id=FIXED, who=_upto(22), how=_upto(10), what=REST)
    for c in rows:
        who = _named(speaker(c))
        through, behind = links(c)
        through = tuple(link for link in through if _named(link) == link)  # an outlet that is not known is no news
        who += f"\nby {', '.join(behind)}" if behind else ""
        if c.voice == "outlet":
            who += "\n(own voice)"
        elif through:
            who += f"\nvia {' > '.join(through)}"
        how = f"{c.stance}\n{c.firmness}" + ("" if c.confidence is None else f"\n{percent(c.confidence)}")
        _row(table, c.id, who, how, _short(said_words(texts[c.document], c.content)))
    _print(state, table, rows, "claims")
    if chosen.sure is not None:
        left = left_out_words(LeftOut.of(every, chosen.sure), chosen.sure)
        if left:
            note(state, left)


def _named(name: str) -> str:
    """A speaker's name, the placeholder of an unknown outlet in words."""
    return "outlet not known" if name.startswith("(") else name


@click.command(short_help="What happened, as told, each happening once.")
@filters
@as_json
@click.pass_obj
def events(state: State, /, json_: bool, **given: Any) -> None:
    """What happened, as told: each happening once, however many documents tell it."""
    from crossfix.dossier.phrases import parties

    chosen = make_filter(given)
    with state.open() as record:
        rows: list[EventRow] = record.events(chosen)
    if json_:
        print_json(plain(rows))
        return
    table = table_of(id=FIXED, date=FIXED, what=REST, standing=_upto(18), origins=NUMBER)
    for e in rows:
        parts = [parties(e), f"at {e.where.name}" if e.where else "", "" if e.outcome == "unknown" else e.outcome]
        parts += [f"no. {o.nth} of {o.of}" for o in e.ordinals]
        told = _short("; ".join(p for p in parts if p) or ", ".join(e.triggers), 160)
        standing = e.status.replace("_", " ") + ("" if e.modality == "actual" else f", {e.modality}")
        if e.denied_by:
            standing += f"\ndenied by {', '.join(e.denied_by)}"
        _row(
            table,
            e.id,
            _date(e.when) + _hours(e.moment),
            f"{e.type.replace('_', ' ')}: {told}",
            standing,
            str(e.independent_origins),
        )
    _print(state, table, rows, "events")


@click.command(short_help="Who supplied whom with what, and who says so.")
@filters
@as_json
@click.pass_obj
def transfers(state: State, /, json_: bool, **given: Any) -> None:
    """Who supplied whom with what: alleged, denied or confirmed, by whom."""
    from crossfix.dossier.phrases import pair

    chosen = make_filter(given)
    with state.open() as record:
        rows: list[TransferRow] = record.transfers(chosen)
    if json_:
        print_json(plain(rows))
        return
    table = table_of(id=FIXED, date=FIXED, what=REST, standing=_upto(22))
    for t in rows:
        what = t.item if not t.quantity or t.quantity in t.item else f"{t.quantity} {t.item}"
        what = f"{pair(t.supplier, t.recipient)}\n{_short(what, 120)}"
        what += f"\nroute: {_short(t.route, 80)}" if t.route else ""
        lines = [t.status.replace("_", " ") + (f" by {', '.join(t.alleged_by)}" if t.alleged_by else "")]
        if t.denied_by:
            lines.append(f"denied by {', '.join(t.denied_by)}")
        if t.modality != "actual":
            lines.append(t.modality)
        standing = "\n".join(_short(line, 120) for line in lines)
        _row(table, t.id, _date(t.when), what, standing)
    _print(state, table, rows, "transfers")


@click.command(short_help="Who speaks, how often, in which stance.")
@filters
@as_json
@click.pass_obj
def sources(state: State, /, json_: bool, **given: Any) -> None:
    """Who speaks, how often, in which stance, through whom."""
    chosen = make_filter(given)
    with state.open() as record:
        rows: list[SourceRow] = record.sources(chosen)
    if json_:
        print_json(plain(rows))
        return
    table = table_of(who={"ratio": 2}, claims=NUMBER, docs=NUMBER, stances={"ratio": 2}, through={"ratio": 2})
    for s in rows:
        stances = ", ".join(f"{k} {n}" for k, n in sorted(s.stances.items(), key=lambda kv: (-kv[1], kv[0])) if n)
        _row(
            table,
            _short(_named(s.name), 80),
            str(s.claims),
            str(s.documents),
            stances,
            _short(", ".join(s.through), 90),
        )
    _print(state, table, rows, "sources")
