"""`agents`: who speaks or acts, by which names and why, in which offices. And what `show` prints of what linking or a person made:
agents, origins, drifts, decisions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, filters, make_filter, note, plain, print_json
from crossfix.cli.linking import (
    descents,
    documents_by_id,
    drift_json,
    drift_lines,
    many,
    named,
    origin_lines,
    paragraph,
)
from crossfix.errors import UnknownId

if TYPE_CHECKING:
    from crossfix.record.rows import AgentRow, Decision, DriftRow, OfficeHeld, OriginRow
    from crossfix.record.store import Record

NAMES_MOST = 5  # names of one agent in the list, and members; `show` has all
_LINKED = re.compile(r"(?i:decision-\d+)|[AOD][0-9a-f]{10}")


@click.command(short_help="Who speaks or acts: names and why, offices, members.")
@click.option("--kind", metavar="KIND", help="Only of this kind: person, office, organisation, state, outlet, ...")
@click.option(
    "--entities",
    type=click.Path(),
    metavar="FILE",
    help="Hold them against a list in the FollowTheMoney form (JSON lines) and show which may be one of its entities.",
)
@filters
@as_json
@click.pass_obj
def agents(state: State, /, kind: str | None, entities: str | None, json_: bool, **given: Any) -> None:
    """Who speaks or acts, as one agent under all its names: why each name means it, offices held, members of a group.

    Where two are one, or one is two, say so with crossfix merge and crossfix split. With --entities nothing is changed: what the list
    offers is shown, and two agents that meet one entity are named with the command that merges them.
    """
    from dataclasses import replace

    chosen = make_filter(given)
    with state.open() as record, record.reading():
        rows = record.agents(replace(chosen, limit=None))
        rows = [a for a in rows if kind is None or a.kind == kind.strip().lower()][: chosen.limit]
        wanted = {m for a in rows for m in a.members}
        members = {a.id: a.name for a in record.agents() if a.id in wanted} if wanted else {}
    if entities is not None:
        _offered(state, rows, entities, json_=json_)
        return
    if json_:
        print_json(plain(rows))
        return
    for a in rows:
        agent_lines(a, members)
        click.echo()
    note(state, many(len(rows), "agent") if rows else "No agents match.")


def _offered(state: State, rows: list[AgentRow], path: str, *, json_: bool) -> None:
    """Which agents may be entities of a list, agent by agent; then the agents that meet in one entity."""
    from crossfix.linking.agent_entities import offers
    from crossfix.reference.ftm import read

    found = offers(rows, read(path, lambda line: note(state, line)))
    if json_:
        print_json(plain(found))
        return
    names = {a.id: a.name for a in rows}
    for o in found:
        where = f" ({', '.join(o.countries)})" if o.countries else ""
        paragraph(f"{o.agent}  {names[o.agent]}: {o.why}{where}", 0, 4)
        if o.names:
            paragraph(f"also {'; '.join(o.names[:NAMES_MOST])}", 4, 2)
        if not o.alone:
            paragraph("several entities have its names: which one is for you to say", 4, 2)
    meet: dict[str, list[str]] = {}
    for o in found:
        meet.setdefault(o.entity, []).append(o.agent)
    for entity, ids in sorted(meet.items()):
        if len(ids) > 1:
            paragraph(f"{entity} meets {len(ids)} agents; if they are one: crossfix merge {' '.join(ids)}", 0, 4)
    note(state, f"{many(len(found), 'offer')} of {path}; nothing was changed")


def agent_lines(a: AgentRow, members: dict[str, str], *, every: bool = False) -> None:
    """An agent in lines of 80 columns: what it is, its other names each with the reason, its offices, its members."""
    of = f" of {a.of_state}" if a.of_state else ""
    where = "known in one document only" if a.document else many(len(a.documents), "document")
    paragraph(f"{a.id}  {a.name} ({a.kind}{of}), {where}", 0, 4)
    why: dict[str, list[str]] = {}
    for g in a.grounds:
        why.setdefault(g.alias, []).append(g.why + (", in some documents only" if g.local else ""))
    names = a.aliases if every else a.aliases[:NAMES_MOST]
    if every and a.name in why:
        paragraph(f"called so: {'; '.join(dict.fromkeys(why[a.name]))}", 4, 2)
    for n in names:
        reasons = "; ".join(dict.fromkeys(why.get(n, ())))
        paragraph(f"also {n}" + (f": {reasons}" if reasons else ""), 4, 2)
    if len(a.aliases) > len(names):
        paragraph(f"and {many(len(a.aliases) - len(names), 'name')} more; see crossfix show {a.id}", 4, 2)
    offices = a.offices if every else a.offices[:NAMES_MOST]
    for o in offices:
        paragraph(f"held {office_words(o)}", 4, 2)
    if len(a.offices) > len(offices):
        paragraph(f"and {many(len(a.offices) - len(offices), 'office')} more", 4, 2)
    if a.members:
        told = [members.get(m, m) for m in a.members]
        shown = told if every else told[:NAMES_MOST]
        more = f" and {len(told) - len(shown)} more" if len(told) > len(shown) else ""
        paragraph(f"members named: {', '.join(shown)}{more}", 4, 2)


def office_words(o: OfficeHeld) -> str:
    """ "foreign minister of France, 2022-05-20 to 2024-09-21 (term by SOURCE); seen 2023-11"."""
    of = f" of {o.of}" if o.of and o.of.casefold() not in o.title.casefold() else ""
    out = f"{o.title}{of}"
    if o.first or o.last:
        out += f", {o.first or 'start not known'} to {o.last or 'today, as far as known'}"
    if o.source:
        out += f" (term by {o.source})"
    for word, value in (("named so in a document of", o.seen), ("called former in one of", o.past)):
        if value:
            out += f"; {word} {value.replace('/', ' to ')}"
    return out


# -------------------------------------------------------------------- show


def show_linked(state: State, id_: str, *, history: bool, json_: bool) -> bool:
    """What `show` prints of an agent, origin, drift or decision. False where the id is of none of them."""
    if not _LINKED.fullmatch(id_):
        return False
    with state.open() as record, record.reading():
        try:
            kind, row = _linked(record, id_)
        except UnknownId:
            if re.fullmatch("[0-9a-fA-F]+", id_):
                return False  # it may be the beginning of a document's hash
            raise
        entries = record.history(row.id) if history and kind != "origin" else []
        if json_:
            out = {"kind": kind} | _json(record, kind, row)
            print_json(out | ({"history": plain(entries)} if history else {}))
            return True
        _SHOWN[kind](record, row)
    for h in entries:
        paragraph(f"version {h.version}: {h.act}, {h.at}, by {h.by}" + (f": {h.why}" if h.why else ""), 0, 2)
    return True


def _linked(record: Record, id_: str) -> tuple[str, Any]:
    """The row of an id and its kind. Raises UnknownId."""
    from crossfix.record import decisions

    if id_.casefold().startswith("decision"):
        return "decision", decisions.decision(record, id_)
    if id_[0] == "A":
        wanted = decisions.agent_of(record, id_).id
        return "agent", next(a for a in record.agents() if a.id == wanted)
    if id_[0] == "O":
        origin = decisions.origin_of(record, id_)[0]
        return "origin", next(o for o in record.origins() if o.id == origin)
    found = next((d for d in record.drifts() if d.id == id_), None)
    if found is None:
        raise UnknownId(f"no drift has the id {id_!r}", advice="list them with: crossfix drift")
    return "drift", found


def _json(record: Record, kind: str, row: Any) -> dict[str, Any]:
    if kind == "drift":
        out = drift_json(record, row)
    elif kind == "origin":
        out = plain(row) | {"descents": descents(record, row)}
    else:
        out = plain(row)
    if "kind" in out:  # "kind" says what the row is; an agent's or a drift's own kind stands beside it
        out[f"{kind}_kind"] = out.pop("kind")
    return out | ({"id": row.id} if kind == "decision" else {})


def _show_agent(record: Record, a: AgentRow) -> None:
    documents = documents_by_id(record)
    members = {x.id: x.name for x in record.agents() if x.id in a.members}
    agent_lines(a, members, every=True)
    for sha in a.documents:
        if sha in documents:
            paragraph(f"named in {named(documents, sha)}", 4, 2)
    shown: set[tuple[str, str]] = set()
    for g in a.grounds:
        if (g.alias, g.evidence.document) not in shown and g.evidence.document in documents:
            shown.add((g.alias, g.evidence.document))
            click.echo()
            paragraph(f"{g.alias}: {named(documents, g.evidence.document)} [{g.evidence.start}-{g.evidence.end}]", 2, 2)
            paragraph(_around(record, g.evidence), 6)


def _around(record: Record, e: Any) -> str:
    from crossfix.dossier.phrases import excerpt, shorten

    shown = excerpt(record.text(e.document), record.sentences(e.document), e.start, e.end)
    return shorten(f"{shown.before}[{shown.words}]{shown.after}", 400)


def _show_origin(record: Record, o: OriginRow) -> None:
    origin_lines(record, documents_by_id(record), o)


def _show_drift(record: Record, d: DriftRow) -> None:
    drift_lines(record, documents_by_id(record), d)
    for word, claim in (("earlier", d.parent_claim), ("later", d.child_claim)):
        if claim:
            paragraph(f"{word} claim: {claim}", 2, 2)


def _show_decision(_record: Record, d: Decision) -> None:
    from crossfix.record.decisions import name_of_part

    paragraph(f"{d.id}  {d.verb} of {d.kind}s by {d.by} on {d.at[:10]}" + (", undone since" if d.undone else ""), 0, 4)
    if d.why:
        paragraph(f"why: {d.why}", 4, 2)
    paragraph(f"given: {', '.join(d.given)}", 4, 2)
    for group in d.groups:
        told = [name_of_part(p) if d.kind == "agent" else p[:12] for p in group]
        paragraph(f"{'together' if d.verb == 'merge' else 'apart'}: {', '.join(told)}", 4, 2)


_SHOWN: dict[str, Callable[[Record, Any], None]] = {
    "agent": _show_agent,
    "origin": _show_origin,
    "drift": _show_drift,
    "decision": _show_decision,
}
