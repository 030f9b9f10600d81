"""`merge`, `split`, `undo`, `decisions`: what a person decides about events, agents and origins. Each is a row in the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from crossfix.cli.common import State, as_json, note, plain, print_json
from crossfix.cli.linking import many, paragraph
from crossfix.errors import RecordError, UnknownId, UsageError

if TYPE_CHECKING:
    from crossfix.record.rows import Decision, LinkSummary
    from crossfix.record.store import Record

_why = click.option("--why", metavar="TEXT", default="", help="The reason, kept with the decision.")
_by = click.option("--by", metavar="NAME", envvar="CROSSFIX_BY", help="Who decides; your login name where left out.")


def _kind_of(record: Record, id_: str) -> Literal["event", "origin", "agent"]:
    """What an id is of. Raises UnknownId."""
    from crossfix.record import decisions

    tries: tuple[tuple[Literal["event", "origin", "agent"], Any], ...] = (
        ("event", record.event), ("origin", lambda x: decisions.origin_of(record, x)),
        ("agent", lambda x: decisions.agent_of(record, x)),
    )  # fmt: skip
    first = {"E": 0, "O": 1, "A": 2}.get(id_[:1], 0)
    for kind, look in (tries[first], *(t for n, t in enumerate(tries) if n != first)):
        try:
            look(id_)
        except UnknownId as error:
            if "several" in error.what:
                raise
        else:
            return kind
    raise UnknownId(
        f"no event, origin or agent has the id {id_[:80]!r}", advice="see ids with: crossfix events, origins or agents"
    )


def _decider(by: str | None) -> str:
    """Who decides: the name given, or that of the login."""
    from crossfix.record.decisions import person

    return _flat(by or "") or person()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _finish(state: State, d: Decision, summary: LinkSummary, now: Sequence[str], json_: bool, done: str) -> None:
    if json_:
        print_json(
            plain(d) | {"id": d.id, "now": list(now), "changed": summary.changed, "withdrawn": summary.withdrawn}
        )
        return
    paragraph(
        f"{done} (decision {d.number}, by {d.by}): now {', '.join(now)}" if now else f"{done} (decision {d.number})",
        0,
        2,
    )
    if not d.undone:
        note(state, f"To take it back: crossfix undo {d.number}")


def _now(record: Record, d: Decision) -> list[str]:
    """The ids that the parts of a decision stand under now."""
    from crossfix.record import results
    from crossfix.record.decisions import agents_with

    if d.kind == "event":
        return sorted(set(results.targets_of(record, d.parts).values()))
    if d.kind == "origin":
        return sorted(set(results.descents_of(record, d.parts).values()))
    return agents_with(record, d.parts)


@click.command(short_help="Say that events, agents or origins are one.")
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@_why
@_by
@as_json
@click.pass_obj
def merge(state: State, /, ids: tuple[str, ...], why: str, by: str | None, json_: bool) -> None:
    """Say that two or more events, agents or origins are one. It holds through all later linking, and can be undone."""
    from crossfix.linking import decided
    from crossfix.record import decisions

    given = [i.strip() for i in ids]
    if len(given) < 2:
        raise UsageError("one id is not enough", where="merge", advice="name two or more")
    with state.open(write=True) as record, record.transaction():
        kinds = {i: _kind_of(record, i) for i in given}
        if len(set(kinds.values())) > 1:
            told = ", ".join(f"{i} is an {k}" for i, k in kinds.items())
            raise UsageError(f"{told}; only like can be merged with like", where="merge")
        kind = next(iter(kinds.values()))
        groups = list(dict.fromkeys(decisions.parts_of(record, kind, i) for i in given))
        if len(groups) < 2:
            raise UsageError(f"{' and '.join(given)} are one {kind} already", where="merge")
        d = decisions.decide(record, "merge", kind, groups, given=given, by=_decider(by), why=_flat(why))
        summary = decided.apply(record, d)
        now = _now(record, d)
    _finish(state, d, summary, now, json_, f"Merged {len(groups)} {kind}s")


@click.command(short_help="Say that parts of an event, agent or origin are not one.")
@click.argument("id_", metavar="ID")
@click.argument("parts", nargs=-1, metavar="[PART...]")
@_why
@_by
@as_json
@click.pass_obj
def split(state: State, /, id_: str, parts: tuple[str, ...], why: str, by: str | None, json_: bool) -> None:
    """Take parts out of an event, agent or origin, to stand by themselves; without PART, all its parts go asunder.

    The parts of an event are its documents (or mentions), those of an origin its documents, those of an agent its
    names.
    """
    from crossfix.linking import decided
    from crossfix.record import decisions

    with state.open(write=True) as record, record.transaction():
        kind = _kind_of(record, id_.strip())
        whole = decisions.parts_of(record, kind, id_.strip())
        groups = _asunder(record, kind, whole) if not parts else _taken(record, kind, id_, whole, parts)
        d = decisions.decide(record, "split", kind, groups, given=[id_, *parts], by=_decider(by), why=_flat(why))
        summary = decided.apply(record, d)
        now = _now(record, d)
    _finish(state, d, summary, now, json_, f"Split one {kind} into {len(groups)}")


def _documents_of(record: Record, mentions: Iterable[str]) -> dict[str, str]:
    from crossfix.record import schema

    return {m: r["document"] for m, r in record.current_of(schema.mentions, mentions).items()}


def _asunder(record: Record, kind: str, whole: Sequence[str]) -> list[list[str]]:
    if kind == "event":
        by_document: dict[str, list[str]] = {}
        for m, d in _documents_of(record, whole).items():
            by_document.setdefault(d, []).append(m)
        groups = list(by_document.values())
    else:
        groups = [[p] for p in whole]
    if len(groups) < 2:
        raise UsageError(f"this {kind} has one part; there is nothing to split", where="split")
    return groups


def _taken(record: Record, kind: str, id_: str, whole: Sequence[str], parts: Sequence[str]) -> list[list[str]]:
    from crossfix.record.decisions import name_of_part

    documents = _documents_of(record, whole) if kind == "event" else {}
    out: set[str] = set()
    for part in (p.strip() for p in parts):
        hit = {p for p in whole if p == part or (kind == "agent" and name_of_part(p).casefold() == part.casefold())}
        if not hit and kind != "agent":
            try:
                sha = record.document(part).sha256
            except UnknownId:
                sha = ""
            hit = {m for m, d in documents.items() if d == sha} or ({sha} & set(whole))
        if not hit:
            what = "name" if kind == "agent" else "document"
            known = ", ".join(
                sorted({documents.get(p, p)[:12] if kind != "agent" else name_of_part(p) for p in whole})[:6]
            )
            raise UnknownId(f"{id_} has no {what} {part[:80]!r}", advice=f"it has {known}")
        out |= hit
    rest = [p for p in whole if p not in out]
    if not rest:
        raise UsageError("these are all its parts; there is nothing to split off", where="split")
    return [sorted(out), rest]


@click.command(short_help="Take back a merge or a split.")
@click.argument("which", metavar="N|ID")
@_why
@_by
@as_json
@click.pass_obj
def undo(state: State, /, which: str, why: str, by: str | None, json_: bool) -> None:
    """Take back decision N, or the newest one about an event, agent or origin. The decision stays in the history. An act of
    review is taken back by its own id (act-3)."""
    from crossfix.linking import decided
    from crossfix.record import decisions

    if which.strip().lower().startswith("act-"):
        from crossfix.cli.reviewing import take_back

        take_back(state, which.strip(), by=_decider(by), why=_flat(why), json_=json_)
        return
    with state.open(write=True) as record, record.transaction():
        found = _decision_for(record, which.strip())
        d = decisions.undo(record, found, by=_decider(by), why=_flat(why))
        summary = decided.apply(record, d)
        now = _now(record, d)
    _finish(state, d, summary, now, json_, f"Undid the {d.verb} of {' and '.join(d.given)}")


def _decision_for(record: Record, which: str) -> Decision:
    from crossfix.record import decisions

    if which.isdigit() or which.lower().startswith("decision"):
        return decisions.decision(record, which)
    kind = _kind_of(record, which)
    parts = set(decisions.parts_of(record, kind, which))
    about = [d for d in decisions.decisions(record) if d.kind == kind and d.parts & parts]
    if not about:
        raise RecordError(f"no decision in force is about {which}", advice="list them with: crossfix decisions")
    return about[-1]


@click.command(name="decisions", short_help="Merges and splits that were decided, by whom and why.")
@click.option("--all", "all_", is_flag=True, help="Those undone as well.")
@as_json
@click.pass_obj
def decisions_(state: State, /, all_: bool, json_: bool) -> None:
    """Merges and splits that a person decided: what, who, when, why."""
    from crossfix.record import decisions

    with state.open() as record:
        rows = decisions.decisions(record, undone=all_)
        taken_back = {d.number: record.history(d.id)[-1] for d in rows if d.undone}
    if json_:
        undone = {n: {"at": h.at, "by": h.by, "why": h.why} for n, h in taken_back.items()}
        print_json([plain(d) | {"id": d.id, "undoing": undone.get(d.number)} for d in rows])
        return
    for d in rows:
        line = f"{d.number:>3}  {d.at[:10]}  {d.by}: {d.verb} {d.kind} {' '.join(d.given)}"
        paragraph(line + (f": {d.why}" if d.why else ""), 0, 5)
        if d.undone:
            h = taken_back[d.number]
            paragraph(f"undone {h.at[:10]} by {h.by}" + (f": {h.why}" if h.why else ""), 5, 2)
    note(state, f"{many(len(rows), 'decision')}" if rows else "No decision was made.")
