"""`origins`, `event`, `drift`: what linking found; `merge`, `split`, `undo`, `decisions`: what a person decides about it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import click

from crossfix.cli.common import State, as_json, filters, make_filter, note, plain, print_json, safe
from crossfix.errors import RecordError, UnknownId, UsageError

if TYPE_CHECKING:
    from crossfix.record.rows import ClaimRow, Decision, DocumentRow, DriftRow, EventRow, Evidence, LinkSummary
    from crossfix.record.store import Record

WIDTH = 80
CLAIMS_MOST = 12  # of each kind in `event`; --json has all
PASSAGE_MOST = 400


def _out(text: str = "", indent: int = 0, hang: int = 0) -> None:
    """A paragraph within the width, made fit for a terminal."""
    first, rest = " " * indent, " " * (indent + hang)
    click.echo(textwrap.fill(safe(text), WIDTH, initial_indent=first, subsequent_indent=rest) if text else "")


def _name(rows: dict[str, DocumentRow], sha256: str) -> str:
    d = rows[sha256]
    return ", ".join(x for x in (d.outlet or "outlet not known", d.published or "no date", sha256[:8]) if x)


def _documents(record: Record) -> dict[str, DocumentRow]:
    return {d.sha256: d for d in record.documents()}


def _sentence(record: Record, e: Evidence) -> str:
    """The sentence a passage stands in, cut where it is long."""
    from crossfix.dossier.phrases import excerpt, shorten

    return shorten(excerpt(record.text(e.document), record.sentences(e.document), e.start, e.end).whole, PASSAGE_MOST)


def _many(n: int, name: str) -> str:
    return f"{n} {name}" if n == 1 else f"{n} {name}s"


# -------------------------------------------------------------------- origins


@click.command(short_help="Which documents come from one report, and why.")
@filters
@as_json
@click.pass_obj
def origins(state: State, /, json_: bool, **given: Any) -> None:
    """Which documents come from one report: the root first, what was made from what, and why."""
    chosen = make_filter(given)
    with state.open() as record, record.reading():
        rows = record.origins(chosen)
        documents = _documents(record)
        why = _why_of(record, {d for o in rows for d in o.documents})
    if json_:
        print_json(
            [
                plain(o)
                | {
                    "descents": [
                        {
                            "document": d,
                            "derived_from": documents[d].derived_from,
                            "relation": documents[d].relation,
                            "why": why.get(d, ""),
                        }
                        for d in o.documents
                    ]
                }
                for o in rows
            ]
        )
        return
    if not rows:
        note(state, "No origins match.")
        return
    several = [o for o in rows if len(o.documents) > 1]
    for o in several:
        _out(f"{o.id}  {_many(len(o.documents), 'document')}" + (f", credited to {o.agency}" if o.agency else ""))
        _out(o.why, 4)
        for sha in o.documents:
            d = documents[sha]
            line = f"{_name(documents, sha)}: {d.title or d.file}"
            if d.derived_from and d.relation:
                line += f" [{d.relation.replace('_', ' ')} of {d.derived_from[:8]}: {why.get(sha, '')}]"
            _out(line, 4, 2)
        click.echo()
    for o in (o for o in rows if len(o.documents) == 1):
        d = documents[o.documents[0]]
        _out(f"{o.id}  {_name(documents, d.sha256)}: {d.title or d.file}", 0, 4)
    note(state, f"{_many(len(rows), 'origin')}, {len(several)} with several documents")


def _why_of(record: Record, documents: Iterable[str]) -> dict[str, str]:
    from crossfix.record import schema

    return {d: r["why"] for d, r in record.current_of(schema.descents, documents).items()}


# -------------------------------------------------------------------- one event


def for_and_against(claims: Sequence[ClaimRow]) -> dict[str, list[ClaimRow]]:
    """The claims of an event: who asserts, denies or suspects it, and what else is said; doubt counts before assertion."""
    out: dict[str, list[ClaimRow]] = {"asserts": [], "denies": [], "suspects": [], "says otherwise": []}
    for c in claims:
        if c.stance == "deny" or c.firmness == "denied":
            out["denies"].append(c)
        elif c.stance == "suspect" or c.firmness in ("probable", "possible", "unlikely"):
            out["suspects"].append(c)
        elif c.stance in ("assert", "announce"):
            out["asserts"].append(c)
        else:
            out["says otherwise"].append(c)
    return out


@click.command(short_help="One event: accounts, origins, claims for and against, drift.")
@click.argument("id_", metavar="ID")
@as_json
@click.pass_obj
def event(state: State, /, id_: str, json_: bool) -> None:
    """One event: where accounts differ, how many independent origins, who asserts, denies or suspects it, and drift."""
    from crossfix.dossier import phrases
    from crossfix.record.rows import Filter

    with state.open() as record, record.reading():
        e = record.event(id_.strip())
        documents = _documents(record)
        claims = [
            c for sha in e.reports for c in record.claims(Filter(document=sha)) if phrases.speaks_of(c, e)
        ]  # fmt: skip
        sides = for_and_against(claims)
        found = drift_of_event(record, e, claims)
        origins_ = [o for o in record.origins() if set(o.documents) & set(e.reports)]
        if json_:
            print_json(
                plain(e)
                | {
                    "origins": [plain(replace(o, documents=_within(o.documents, e))) for o in origins_],
                    "claims_for_and_against": {k.replace(" ", "_"): [c.id for c in cs] for k, cs in sides.items()},
                    "drift": [_drift_json(record, d) for d in found],
                }
            )
            return
        _event_head(e)
        _event_origins(documents, e, [(o.id, _within(o.documents, e), o.agency) for o in origins_])
        _event_accounts(documents, e)
        _event_claims(record, sides)
        if found:
            click.echo("\nWhat changed on the way:")
            for d in found:
                _drift_lines(record, documents, d)


def _within(documents: Iterable[str], e: EventRow) -> tuple[str, ...]:
    return tuple(d for d in documents if d in e.reports)


def drift_of_event(record: Record, e: EventRow, claims: Sequence[ClaimRow]) -> list[DriftRow]:
    """The drifts, worst first, whose passage holds a mention of the event or one of its claims."""
    from crossfix.linking.drift import worst_first
    from crossfix.record.drift import drifts

    ids = {c.id for c in claims}
    spots: dict[str, list[Evidence]] = {}
    for m in e.mentions:
        spots.setdefault(m.document, []).append(m)
    return worst_first(
        [
            d
            for d in drifts(record, e.reports)
            if ids & {d.parent_claim, d.child_claim}
            or any(m.start < p.end and p.start < m.end for p in d.evidence for m in spots.get(p.document, ()))
        ]
    )


def _event_head(e: EventRow) -> None:
    from crossfix.dossier import phrases

    _out(f"Event {e.id}: {phrases.heading(e)}", 0, 2)
    standing = e.status.replace("_", " ") + ("" if e.modality == "actual" else f", told as {e.modality}")
    if e.outcome != "unknown":
        standing += f", outcome {e.outcome}"
    _out(f"standing: {standing}", 2, 4)
    if e.denied_by:
        _out(f"denied by: {', '.join(e.denied_by)}", 2, 4)
    if e.why:
        _out(f"why one event: {e.why}", 2, 4)


def _event_origins(
    documents: dict[str, DocumentRow], e: EventRow, found: Sequence[tuple[str, tuple[str, ...], str | None]]
) -> None:
    n = e.independent_origins
    click.echo(f"\n{_many(n, 'independent origin')}, {_many(len(e.reports), 'document')}:")
    if e.roots:
        for root in e.roots:
            _out(f"- {root.name}: {'; '.join(_name(documents, d) for d in root.documents if d in documents)}", 2, 2)
            if root.why:
                _out(root.why, 4, 2)
    else:
        for id_, shas, agency in found:
            credit = f" (credited to {agency})" if agency else ""
            _out(f"- {id_}{credit}: {'; '.join(_name(documents, d) for d in shas)}", 2, 2)
    if n < len(e.reports):
        _out("Reprints, retellings and one speaker quoted by many count once.", 2)


def _event_accounts(documents: dict[str, DocumentRow], e: EventRow) -> None:
    if not e.accounts:
        return
    click.echo("\nWhere accounts differ:")
    for a in e.accounts:
        from crossfix.dossier.phrases import account_value

        who = list(dict.fromkeys(a.by)) or list(dict.fromkeys(_name(documents, x.document) for x in a.evidence))
        _out(f"- {a.field.replace('_', ' ')}: {account_value(a.field, a.value)}: {'; '.join(who)}", 2, 2)


def _event_claims(record: Record, sides: dict[str, list[ClaimRow]]) -> None:
    from crossfix.dossier.phrases import links, said_words, shorten, speaker

    if not any(sides.values()):
        click.echo("\nNo claim speaks of it: it is told in the outlets' own voice.")
    for name, claims in sides.items():
        if not claims:
            continue
        click.echo(
            f"\nWho {name} it ({len(claims)}):" if name != "says otherwise" else f"\nWhat else is said ({len(claims)}):"
        )
        for c in claims[:CLAIMS_MOST]:
            through = [x for x in links(c)[0] if not x.startswith("(")]
            who = speaker(c) if not speaker(c).startswith("(") else "outlet not known"
            who += " (own voice)" if c.voice == "outlet" else f" (via {' > '.join(through)})" if through else ""
            said = shorten(said_words(record.text(c.document), c.content), PASSAGE_MOST)
            _out(f"- {who}: {c.stance}, {c.firmness}: {said} [{c.id}]", 2, 2)
        if len(claims) > CLAIMS_MOST:
            _out(f"and {len(claims) - CLAIMS_MOST} more; --json names all", 2)


# -------------------------------------------------------------------- drift


@click.command(short_help="What changed from one telling to the next, worst first.")
@filters
@click.option("--kind", metavar="KIND", help="Only this kind, such as attribution_lost.")
@as_json
@click.pass_obj
def drift(state: State, /, kind: str | None, json_: bool, **given: Any) -> None:
    """What changed on the way from one report to the next, worst first, with both passages.

    A speaker lost, a hedge or bound dropped, a figure changed or moved to other evidence, another speaker, the meaning
    turned round. Filters pick the later document.
    """
    from crossfix.linking.drift import KINDS, worst_first
    from crossfix.record.drift import drifts
    from crossfix.record.rows import Filter

    if kind is not None and kind not in KINDS:
        raise UsageError(f"'{kind}' is no kind of drift", where="--kind", advice=f"one of {', '.join(KINDS)}")
    chosen = make_filter(given)
    with state.open() as record, record.reading():
        rest = replace(chosen, limit=None)
        picked = None if rest == Filter() else {d.sha256 for d in record.documents(rest)}
        rows = worst_first([d for d in drifts(record, picked) if kind in (None, d.kind)])[: chosen.limit]
        if json_:
            print_json([_drift_json(record, d) for d in rows])
            return
        documents = _documents(record)
        for d in rows:
            _drift_lines(record, documents, d)
    if not rows:
        note(state, "No drift found.")
        return
    counts = Counter(d.kind.replace("_", " ") for d in rows)
    note(state, f"{len(rows)} found: {', '.join(f'{k} {n}' for k, n in counts.most_common())}")


def _drift_json(record: Record, d: DriftRow) -> dict[str, Any]:
    out: dict[str, Any] = plain(d)
    for side, e in (("parent", d.parent), ("child", d.child)):
        out[side] |= {"text": record.passage(e)}
    return out


def _drift_lines(record: Record, documents: dict[str, DocumentRow], d: DriftRow) -> None:
    click.echo()
    _out(f"{d.id}  {d.kind.replace('_', ' ')}, {100 * d.confidence:.0f} %: {d.what}", 0, 2)
    for word, e in (("before", d.parent), ("after", d.child)):
        _out(f"{word}: {_name(documents, e.document)} [{e.start}-{e.end}]", 2, 2)
        _out(_sentence(record, e), 6)


# -------------------------------------------------------------------- decisions

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
        f"no event, origin or agent has the id {id_[:80]!r}", advice="see ids with: crossfix events, origins or sources"
    )


def _line(text: str, by: str | None) -> str:
    from crossfix.record.decisions import person

    name = " ".join((by or "").split()) or person()
    return name if text == "by" else " ".join(text.split())


def _finish(state: State, d: Decision, summary: LinkSummary, now: Sequence[str], json_: bool, done: str) -> None:
    if json_:
        print_json(
            plain(d) | {"id": d.id, "now": list(now), "changed": summary.changed, "withdrawn": summary.withdrawn}
        )
        return
    _out(
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
        d = decisions.decide(record, "merge", kind, groups, given=given, by=_line("by", by), why=_line(why, None))
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
        d = decisions.decide(
            record, "split", kind, groups, given=[id_, *parts], by=_line("by", by), why=_line(why, None)
        )
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
    """Take back decision N, or the newest one about an event, agent or origin. The decision stays in the history."""
    from crossfix.linking import decided
    from crossfix.record import decisions

    with state.open(write=True) as record, record.transaction():
        found = _decision_for(record, which.strip())
        d = decisions.undo(record, found, by=_line("by", by), why=_line(why, None))
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
        _out(line + (f": {d.why}" if d.why else ""), 0, 5)
        if d.undone:
            h = taken_back[d.number]
            _out(f"undone {h.at[:10]} by {h.by}" + (f": {h.why}" if h.why else ""), 5, 2)
    note(state, f"{_many(len(rows), 'decision')}" if rows else "No decision was made.")
