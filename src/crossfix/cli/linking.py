"""`origins`, `event`, `drift`: what linking found, and why."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crossfix.cli.common import State, as_json, filters, make_filter, note, plain, print_json, safe
from crossfix.errors import UsageError

if TYPE_CHECKING:
    from crossfix.record.rows import ClaimRow, DocumentRow, DriftRow, EventRow, Evidence, OriginRow
    from crossfix.record.store import Record

WIDTH = 80
CLAIMS_MOST = 12  # of each kind in `event`; --json has all
PASSAGE_MOST = 400


def paragraph(text: str = "", indent: int = 0, hang: int = 0) -> None:
    """A paragraph within the width, made fit for a terminal."""
    first, rest = " " * indent, " " * (indent + hang)
    click.echo(textwrap.fill(safe(text), WIDTH, initial_indent=first, subsequent_indent=rest) if text else "")


def named(rows: dict[str, DocumentRow], sha256: str) -> str:
    """A document in a few words: outlet, date, the beginning of its id."""
    d = rows[sha256]
    return ", ".join(x for x in (d.outlet or "outlet not known", d.published or "no date", sha256[:8]) if x)


def documents_by_id(record: Record) -> dict[str, DocumentRow]:
    """Every document by its SHA-256."""
    return {d.sha256: d for d in record.documents()}


def _sentence(record: Record, e: Evidence) -> str:
    """The sentence a passage stands in, cut where it is long."""
    from crossfix.dossier.phrases import excerpt, shorten

    return shorten(excerpt(record.text(e.document), record.sentences(e.document), e.start, e.end).whole, PASSAGE_MOST)


def many(n: int, name: str) -> str:
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
        documents = documents_by_id(record)
        why = _why_of(record, {d for o in rows for d in o.documents})
    if json_:
        print_json([plain(o) | {"descents": [_descent(documents[d], why) for d in o.documents]} for o in rows])
        return
    if not rows:
        note(state, "No origins match.")
        return
    several = [o for o in rows if len(o.documents) > 1]
    for o in several:
        _origin(documents, o, why)
        click.echo()
    for o in (o for o in rows if len(o.documents) == 1):
        d = documents[o.documents[0]]
        paragraph(f"{o.id}  {named(documents, d.sha256)}: {d.title or d.file}", 0, 4)
    note(state, f"{many(len(rows), 'origin')}, {len(several)} with several documents")


def _descent(d: DocumentRow, why: dict[str, str]) -> dict[str, Any]:
    return {"document": d.sha256, "derived_from": d.derived_from, "relation": d.relation, "why": why.get(d.sha256, "")}


def _origin(documents: dict[str, DocumentRow], o: OriginRow, why: dict[str, str]) -> None:
    paragraph(f"{o.id}  {many(len(o.documents), 'document')}" + (f", credited to {o.agency}" if o.agency else ""))
    paragraph(o.why, 4)
    for sha in o.documents:
        d = documents[sha]
        line = f"{named(documents, sha)}: {d.title or d.file}"
        if d.derived_from and d.relation:
            line += f" [{d.relation.replace('_', ' ')} of {d.derived_from[:8]}: {why.get(sha, '')}]"
        paragraph(line, 4, 2)


def origin_lines(record: Record, documents: dict[str, DocumentRow], o: OriginRow) -> None:
    """An origin in lines of 80 columns: its documents, the root first, what was made from what, and why."""
    _origin(documents, o, _why_of(record, o.documents))


def descents(record: Record, o: OriginRow) -> list[dict[str, Any]]:
    """What each document of an origin was made from, how, and why that is held, as JSON values."""
    why = _why_of(record, o.documents)
    return [_descent(record.document(d), why) for d in o.documents]


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
    """One event: where accounts differ, how many independent origins, who asserts, denies or suspects it, drift, and findings."""
    from crossfix.dossier import phrases
    from crossfix.record.export import finding_json
    from crossfix.record.rows import Filter

    with state.open() as record, record.reading():
        e = record.event(id_.strip())
        documents = documents_by_id(record)
        claims = [
            c for sha in e.reports for c in record.claims(Filter(document=sha)) if phrases.speaks_of(c, e)
        ]  # fmt: skip
        sides = for_and_against(claims)
        found = drift_of_event(record, e, claims)
        checked = [f for f in record.findings() if f.subject == e.id]
        origins_ = [o for o in record.origins() if set(o.documents) & set(e.reports)]
        if json_:
            print_json(
                plain(e)
                | {
                    "origins": [plain(replace(o, documents=_within(o.documents, e))) for o in origins_],
                    "claims_for_and_against": {k.replace(" ", "_"): [c.id for c in cs] for k, cs in sides.items()},
                    "drift": [drift_json(record, d) for d in found],
                    "findings": [finding_json(f) for f in checked],
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
                drift_lines(record, documents, d)
        if checked:
            click.echo("\nWhat could be checked:")
            for f in checked:
                paragraph(f"- {f.verdict}: {f.summary} [{f.id}]", 2, 2)


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

    paragraph(f"Event {e.id}: {phrases.heading(e)}", 0, 2)
    standing = e.status.replace("_", " ") + ("" if e.modality == "actual" else f", told as {e.modality}")
    if e.outcome != "unknown":
        standing += f", outcome {e.outcome}"
    paragraph(f"standing: {standing}", 2, 4)
    if e.denied_by:
        paragraph(f"denied by: {', '.join(e.denied_by)}", 2, 4)
    if e.why:
        paragraph(f"why one event: {e.why}", 2, 4)


def _event_origins(
    documents: dict[str, DocumentRow], e: EventRow, found: Sequence[tuple[str, tuple[str, ...], str | None]]
) -> None:
    n = e.independent_origins
    click.echo(f"\n{many(n, 'independent origin')}, {many(len(e.reports), 'document')}:")
    if e.roots:
        for root in e.roots:
            paragraph(
                f"- {root.name}: {'; '.join(named(documents, d) for d in root.documents if d in documents)}", 2, 2
            )
            if root.why:
                paragraph(root.why, 4, 2)
    else:
        for id_, shas, agency in found:
            credit = f" (credited to {agency})" if agency else ""
            paragraph(f"- {id_}{credit}: {'; '.join(named(documents, d) for d in shas)}", 2, 2)
    if n < len(e.reports):
        paragraph("Reprints, retellings and one speaker quoted by many count once.", 2)


def _event_accounts(documents: dict[str, DocumentRow], e: EventRow) -> None:
    if not e.accounts:
        return
    click.echo("\nWhere accounts differ:")
    for a in e.accounts:
        from crossfix.dossier.phrases import account_value

        who = list(dict.fromkeys(a.by)) or list(dict.fromkeys(named(documents, x.document) for x in a.evidence))
        paragraph(f"- {a.field.replace('_', ' ')}: {account_value(a.field, a.value)}: {'; '.join(who)}", 2, 2)


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
            paragraph(f"- {who}: {c.stance}, {c.firmness}: {said} [{c.id}]", 2, 2)
        if len(claims) > CLAIMS_MOST:
            paragraph(f"and {len(claims) - CLAIMS_MOST} more; --json names all", 2)


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
            print_json([drift_json(record, d) for d in rows])
            return
        documents = documents_by_id(record)
        for d in rows:
            drift_lines(record, documents, d)
    if not rows:
        note(state, "No drift found.")
        return
    counts = Counter(d.kind.replace("_", " ") for d in rows)
    note(state, f"{len(rows)} found: {', '.join(f'{k} {n}' for k, n in counts.most_common())}")


def drift_json(record: Record, d: DriftRow) -> dict[str, Any]:
    """A drift as JSON values, with the words of both passages."""
    out: dict[str, Any] = plain(d)
    for side, e in (("parent", d.parent), ("child", d.child)):
        out[side] |= {"text": record.passage(e)}
    return out


def drift_lines(record: Record, documents: dict[str, DocumentRow], d: DriftRow) -> None:
    """A drift in lines of 80 columns, both passages in their sentences."""
    click.echo()
    paragraph(f"{d.id}  {d.kind.replace('_', ' ')}, {100 * d.confidence:.0f} %: {d.what}", 0, 2)
    for word, e in (("before", d.parent), ("after", d.child)):
        paragraph(f"{word}: {named(documents, e.document)} [{e.start}-{e.end}]", 2, 2)
        paragraph(_sentence(record, e), 6)
