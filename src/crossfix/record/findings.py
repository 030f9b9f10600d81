"""Findings in the record: kept by version, withdrawn where they no longer arise, read again with the subject they have now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from crossfix.errors import UnknownId
from crossfix.record.rows import Evidence

if TYPE_CHECKING:
    from crossfix.record.store import Record

Json = dict[str, Any]

Verdict = Literal["supported", "contradicted", "tension", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("contradicted", "tension", "unknown", "supported")
"""Worst first, as findings are shown."""

SubjectKind = Literal["claim", "event", "transfer", "document"]


@dataclass(frozen=True, slots=True)
class Row:
    """A reference row that a finding rests on: ``table`` (its file's name without ending, "launches"), ``key`` (the row's own id in
    it), ``note`` what was read there, in a few words with units."""

    table: str
    key: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.table}:{self.key}" + (f" ({self.note})" if self.note else "")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as kept. ``subject`` is the id of a claim, event, transfer or document (its SHA-256), of ``subject_kind``; an event that
    was joined with another since is named by the id it has now. ``working`` holds the numbers by name, units in the names; ``sources``
    the reference rows used; ``chance`` (0 to 1) how likely chance alone would have supported the claim, ``chance_of`` chance of what.
    ``at`` is when this version was written, UTC, ISO 8601."""

    id: str
    check: str
    kind: str
    subject_kind: SubjectKind
    subject: str
    about: str
    verdict: Verdict
    summary: str
    working: Mapping[str, Any]
    sources: tuple[Row, ...]
    caveat: str | None
    chance: float | None
    chance_of: str | None
    evidence: tuple[Evidence, ...]
    at: str = ""

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents it has passages in, in the order of the passages."""
        return tuple(dict.fromkeys(e.document for e in self.evidence))


@dataclass(frozen=True, slots=True)
class CheckRun:
    """Over which documents a check was last run: how many, and a digest of their ids. ``order`` is its place among the checks, ``whole``
    is false where questions failed."""

    check: str
    title: str
    order: int
    documents: int
    digest: str
    whole: bool
    at: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping did: how many findings are new, got a new version, are as they were, no longer stand."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0


# ------------------------------------------------------------------ values


def finding_out(f: FindingRow) -> Json:
    """A finding without its id, check and subject, which have columns of their own."""
    return {
        "kind": f.kind, "subject_kind": f.subject_kind, "about": f.about, "verdict": f.verdict, "summary": f.summary,
        "working": dict(f.working), "sources": [[r.table, r.key, r.note] for r in f.sources], "caveat": f.caveat,
        "chance": f.chance, "chance_of": f.chance_of, "evidence": [[e.document, e.start, e.end] for e in f.evidence],
    }  # fmt: skip


def finding_in(id_: str, check: str, subject: str, v: Mapping[str, Any], at: str) -> FindingRow:
    """The finding again."""
    return FindingRow(
        id_, check, v["kind"], v["subject_kind"], subject, v["about"], v["verdict"], v["summary"], v["working"],
        tuple(Row(*r) for r in v["sources"]), v["caveat"], v["chance"], v["chance_of"],
        tuple(Evidence(*e) for e in v["evidence"]), at,
    )  # fmt: skip


def _run_out(r: CheckRun) -> Json:
    return {"title": r.title, "order": r.order, "documents": r.documents, "digest": r.digest, "whole": r.whole}


def digest(documents: Iterable[str]) -> str:
    """A short name for a set of documents."""
    import hashlib

    return hashlib.sha256(" ".join(sorted(set(documents))).encode()).hexdigest()[:16]


# ------------------------------------------------------------------ keeping


def put_findings(
    record: Record,
    found: Sequence[FindingRow],
    *,
    checks: Collection[str],
    complete: bool = True,
    spared: Collection[str] = (),
    within: Collection[str] | None = None,
    runs: Sequence[CheckRun] = (),
) -> Kept:
    """Keep what was found, a new version only where something changed, and withdraw what no longer arises.

    Only findings of the checks named are withdrawn, none where they broke off (``complete`` is false), never one whose id is in ``spared``
    (its question failed, so nothing is known of it) and, where the run was over some documents (``within``) only, none that rests on a
    passage in another; such a one is not changed either, since the run did not see all that it rests on.
    """
    from crossfix.record import schema

    t = schema.findings
    here = None if within is None else set(within)
    with record.transaction():
        standing = {r["id"]: r for r in record.current(t, t.c.check.in_(sorted(checks)))}
        beyond = {
            i for i, r in standing.items() if here is not None and any(e[0] not in here for e in r["value"]["evidence"])
        }
        rows = {
            f.id: {"check": f.check, "subject": f.subject, "value": finding_out(f)} for f in found if f.id not in beyond
        }
        made, changed = record.append(t, rows, act="found", why={f.id: f.summary for f in found})
        gone = set(standing) - set(rows) - beyond - set(spared) if complete else set()
        current = {e.id for e in record.events()} if gone else set()
        why = {
            i: "it no longer arises"
            if standing[i]["value"]["subject_kind"] != "event" or standing[i]["subject"] in current
            else "the event it is about is told under another id now"
            for i in gone
        }
        withdrawn = record.withdraw(t, why)
        record.append(schema.check_runs, {r.check: {"value": _run_out(r)} for r in runs}, act="run", why="")
    return Kept(made, changed, len(rows) - made - changed, withdrawn)


# ------------------------------------------------------------------ reading


def findings(record: Record) -> list[FindingRow]:
    """The findings that stand, worst first, then in the order of the checks. One about an event that was joined with another since is
    given under the id that stands for it now."""
    from crossfix.record import schema

    with record.reading():
        found = [
            finding_in(r["id"], r["check"], r["subject"], r["value"], r["at"]) for r in record.current(schema.findings)
        ]
        found = _under_present_ids(record, found)
        order = {r.check: r.order for r in check_runs(record)}
        dates = {d.sha256: n for n, d in enumerate(record.documents())} if found else {}

    def place(f: FindingRow) -> tuple[Any, ...]:
        first = f.evidence[0]
        at = (dates[first.document], first.start, first.end)
        return VERDICTS.index(f.verdict), order.get(f.check, len(order)), f.check, f.kind, at, f.about, f.id

    return sorted(found, key=place)


def findings_of(record: Record, ids: Iterable[str]) -> list[FindingRow]:
    """The findings of these ids that stand, in the order given, under the ids that their subjects have now. Reads no other row, so that a
    page of a large record may show some of them."""
    from crossfix.record import schema

    wanted = list(dict.fromkeys(ids))
    with record.reading():
        rows = record.current_of(schema.findings, wanted)
        found = [
            finding_in(r["id"], r["check"], r["subject"], r["value"], r["at"])
            for r in (rows[i] for i in wanted if i in rows)
        ]
        return _under_present_ids(record, found)


def finding(record: Record, id_: str) -> FindingRow:
    """The finding of this id. Raises UnknownId, saying so where it was withdrawn."""
    from crossfix.record import schema

    with record.reading() as connection:
        found = record.current_of(schema.findings, [id_])
        if id_ in found:
            r = found[id_]
            return _under_present_ids(record, [finding_in(r["id"], r["check"], r["subject"], r["value"], r["at"])])[0]
        t = schema.findings
        was = (
            connection.execute(t.select().where(t.c.id == id_).order_by(t.c.version.desc()).limit(1)).mappings().first()
        )
    if was is not None:
        raise UnknownId(
            f"finding {id_} was withdrawn on {was['at'][:10]}: {was['why']}", advice="list with: crossfix check"
        )
    raise UnknownId(f"no finding has the id {id_[:80]!r}", advice="list them with: crossfix check")


def check_runs(record: Record) -> list[CheckRun]:
    """Over which documents each check was last run, in the order of the checks; none where no check was ever run."""
    from crossfix.record import schema

    rows = record.current(schema.check_runs)
    runs = [CheckRun(r["id"], at=r["at"], **r["value"]) for r in rows]
    return sorted(runs, key=lambda r: (r.order, r.check))


def _under_present_ids(record: Record, found: list[FindingRow]) -> list[FindingRow]:
    """Findings with the ids that their events and transfers have now. What was joined under one id may have been taken apart since; the
    part that the finding's passages stand in is then meant."""
    from crossfix.record import schema

    out = list(found)
    tables: tuple[tuple[SubjectKind, Any], ...] = (("event", schema.events), ("transfer", schema.transfers))
    for kind, table in tables:
        about = {n: f for n, f in enumerate(found) if f.subject_kind == kind}
        now = {
            i: _documents_of(r["value"])
            for i, r in record.current_of(table, {f.subject for f in about.values()}).items()
        }
        astray = {n: f for n, f in about.items() if not now.get(f.subject, set()).intersection(f.documents)}
        heirs = _heirs(record, {f.subject for f in astray.values()}) if astray else {}
        for n, f in astray.items():
            parts = heirs.get(f.subject, [])
            holding = [target for target, documents in parts if documents.intersection(f.documents)]
            if holding or (parts and f.subject not in now):
                out[n] = replace(f, subject=holding[0] if holding else parts[0][0])
    return out


def _documents_of(value: Mapping[str, Any]) -> set[str]:
    return set(value["reports"]) if "reports" in value else {e[0] for e in value["evidence"]}


def _heirs(record: Record, gone: Collection[str]) -> dict[str, list[tuple[str, set[str]]]]:
    """For ids, those that now stand for the mentions that were joined under them, with the mentions' documents."""
    from sqlalchemy import select

    from crossfix.record import schema

    j = schema.joins
    with record.reading() as connection:
        rows: list[tuple[str, str]] = []
        wanted = sorted(gone)
        for i in range(0, len(wanted), 400):
            some = wanted[i : i + 400]
            rows += [
                (r.id, r.target) for r in connection.execute(select(j.c.id, j.c.target).where(j.c.target.in_(some)))
            ]
            rows += [(i, i) for i in some]
        now = record.current_of(j, {mention for mention, _ in rows})
        mentions = {m: now[m]["target"] for m, _ in rows if m in now}
        documents: dict[str, str] = {}
        for table in (schema.mentions, schema.transfer_mentions):
            documents |= {k: r["document"] for k, r in record.current_of(table, mentions).items()}
    out: dict[str, dict[str, set[str]]] = {}
    for mention, old in rows:
        if mention in mentions:
            told = out.setdefault(old, {}).setdefault(mentions[mention], set())
            if mention in documents:
                told.add(documents[mention])
    return {old: sorted(parts.items()) for old, parts in out.items()}
