"""`review`: what a person says of a claim, event, transfer, document or agent. Each act is a row in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, note, plain, print_json, safe
from crossfix.cli.linking import many, paragraph
from crossfix.errors import UsageError

if TYPE_CHECKING:
    from crossfix.record.reviews_rows import Act, ReviewKind
    from crossfix.record.store import Record


@click.command(short_help="Accept, reject, correct, grade or note what was read; or take that back.")
@click.argument("id_", metavar="[ID]", required=False, default="")
@click.option("--accept", is_flag=True, help="It stands as it was read.")
@click.option("--reject", is_flag=True, help="It was misread: it stays readable, and is left out of dossiers.")
@click.option(
    "--set",
    "set_",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Correct a field: speaker, stance, firmness, words of a claim; date, place, status, outcome, participants of an event.",
)
@click.option("--grade-source", metavar="A-F", help="How reliable the source is, on the Admiralty scale.")
@click.option("--grade-report", metavar="1-6", help="How credible the report is, on the Admiralty scale.")
@click.option("--note", "note_", metavar="TEXT", help="Write something beside it.")
@click.option("--undo", "undo_", metavar="ACT", help="Take back an act, say act-3.")
@click.option("--seen", type=click.IntRange(min=0), metavar="N", help="Refuse if anything newer was said of it.")
@click.option("--why", metavar="TEXT", default="", help="The reason, kept with the act.")
@click.option("--by", metavar="NAME", envvar="CROSSFIX_BY", help="Who says so; your login name where left out.")
@click.option("--all", "all_", is_flag=True, help="List every act in the record, undone ones too.")
@as_json
@click.pass_obj
def review(
    state: State,
    /,
    id_: str,
    accept: bool,
    reject: bool,
    set_: tuple[str, ...],
    grade_source: str | None,
    grade_report: str | None,
    note_: str | None,
    undo_: str | None,
    seen: int | None,
    why: str,
    by: str | None,
    all_: bool,
    json_: bool,
) -> None:
    """Say of a claim, event, transfer, document or agent that it stands, that it was misread, or what is right instead. What was read
    is kept beside it, every act can be taken back, and no later reading or linking overrides it.

    With an ID alone, lists what was said of it.
    """
    from crossfix.record.decisions import person

    wanted: list[tuple[Any, str, str]] = [("accept", "", "")] * accept + [("reject", "", "")] * reject
    wanted += [("set", *_pair(x)) for x in set_]
    grades = (("grade_source", grade_source), ("grade_report", grade_report))
    wanted += [("grade", name, value) for name, value in grades if value is not None]
    wanted += [("note", "", note_)] if note_ is not None else []
    if accept and reject:
        raise UsageError("it is accepted or rejected, not both", where="review")
    if undo_ is not None and (wanted or id_):
        raise UsageError(
            "an act is taken back by its own id, alone", where="--undo", advice="crossfix review --undo act-3"
        )
    if all_ or not (wanted or undo_):
        _list(state, id_.strip(), all_, json_)
        return
    who = " ".join((by or "").split()) or person()
    with state.open(write=True) as record, record.transaction():
        made = [_undo(record, undo_, seen, who, why)] if undo_ else _say(record, id_.strip(), wanted, seen, who, why)
        texts = _texts(record, made)
    if json_:
        print_json([plain(a) | {"id": a.id} for a in made])
        return
    for a in made:
        paragraph(_line(a, texts), 0, 2)
    if not undo_:
        note(state, f"To take it back: crossfix review --undo {made[-1].id}")


def take_back(state: State, which: str, *, by: str, why: str, json_: bool) -> None:
    """Take back an act and say so, for ``undo``."""
    with state.open(write=True) as record, record.transaction():
        made = _undo(record, which, None, by, why)
        texts = _texts(record, [made])
    if json_:
        print_json([plain(made) | {"id": made.id}])
    else:
        paragraph(_line(made, texts), 0, 2)


def _pair(given: str) -> tuple[str, str]:
    field, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"'{given[:40]}' sets nothing", where="--set", advice="give FIELD=VALUE, say date=2023-12-18")
    return field, value


def _say(
    record: Record, id_: str, wanted: list[tuple[Any, str, str]], seen: int | None, by: str, why: str
) -> list[Act]:
    from crossfix.record import reviews

    if not id_:
        raise UsageError("an id is missing", where="review", advice="see ids with: crossfix claims or events")
    kind: ReviewKind = reviews.kind_of(record, id_)
    out: list[Act] = []
    for verb, field, value in wanted:
        # of several in one call only the first is held against what was seen: the others follow one's own
        out.append(
            reviews.review(
                record, verb, kind, id_, field=field, value=value, seen=None if out else seen, by=by, why=why
            )
        )
    return out


def _undo(record: Record, which: str, seen: int | None, by: str, why: str) -> Act:
    from crossfix.record import reviews

    return reviews.undo(record, which, seen=seen, by=by, why=why)


def _texts(record: Record, acts: list[Act]) -> dict[str, str]:
    """By claim, its document's text, to show what words an act is about."""
    return {a.target: record.text(record.claim(a.target).document) for a in acts if a.field == "content"}


def _line(a: Act, texts: dict[str, str]) -> str:
    from dataclasses import replace

    from crossfix.record.reviews import told

    target = a.target[:12] if a.kind == "document" else a.target
    line = f"{a.id}  {a.at[:10]}  {a.by}: {a.kind} {target}: {told(replace(a, undone=False), texts.get(a.target, ''))}"
    line += f" ({a.why})" if a.why else ""
    if a.undone:
        line += f"; taken back {(a.undone_at or '')[:10]} by {a.undone_by}" + (
            f" ({a.undone_why})" if a.undone_why else ""
        )
    return safe(line)


def _list(state: State, id_: str, all_: bool, json_: bool) -> None:
    from crossfix.record import reviews

    with state.open() as record:
        kind = reviews.kind_of(record, id_) if id_ else None
        if kind is None:
            acts = [a for a in reviews.every(record) if all_ or not a.undone]
            seen = None
        else:
            own = {
                "claim": lambda: id_,
                "document": lambda: record.document(id_).sha256,
                "event": lambda: record.event(id_).id,
            }
            own |= {"transfer": lambda: record.transfer(id_).id, "agent": lambda: _agent(record, id_)}
            target = own[kind]()
            acts, seen = reviews.acts_on(record, kind, target), reviews.seen_of(record, kind, target)
        texts = _texts(record, acts)
    if json_:
        rows = [plain(a) | {"id": a.id} for a in acts]
        print_json(rows if kind is None else {"kind": kind, "seen": seen, "acts": rows})
        return
    for a in acts:
        paragraph(_line(a, texts), 0, 2)
    told = many(len(acts), "act") if acts else "Nobody said anything of it." if id_ else "Nobody reviewed anything yet."
    note(state, told + (f"; the newest has mark {seen}" if seen else ""))


def _agent(record: Record, id_: str) -> str:
    from crossfix.record.decisions import agent_of

    return agent_of(record, id_).id
