"""What a planned dossier reads of the record: only the rows that it names and what stands beside them, each once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from crossfix.dossier import phrases, words
from crossfix.dossier.view import Excerpt
from crossfix.errors import UnknownId
from crossfix.record import schema, values
from crossfix.record.findings import CheckRun, FindingRow, check_runs, findings_of
from crossfix.record.queries import claims_in, documents_of
from crossfix.record.reviews_overlay import overlay
from crossfix.record.rows import ClaimRow, DocumentRow, DriftRow, EventRow, Evidence, TransferRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

VERDICTS = ("contradicted", "tension", "unknown", "supported")
_PORTION = 400


class Desk:
    """A record as one dossier needs it. Rows are kept once read; use it within one view of the record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._documents: dict[str, DocumentRow] = {}
        self._claims: dict[str, list[ClaimRow]] = {}
        self._cuts: dict[str, list[tuple[int, int]]] = {}
        self._families: dict[str, int] = {}
        self._source_grades: dict[str, str] | None = None
        self._findings: dict[tuple[str, str], list[FindingRow]] = {}
        self._drifts: list[DriftRow] | None = None
        self.said = overlay(record)
        self.runs: list[CheckRun] = check_runs(record)
        self.checks = {r.check: r.title for r in self.runs}

    # ---------------------------------------------------------------- rows, many at once

    def rows(self, kind: str, ids: Iterable[str]) -> dict[str, EventRow | TransferRow | ClaimRow]:
        """Events, transfers or claims by the ids they have now, as corrected. What has another id since is looked up by itself."""
        if kind == "event":
            found = self.record.current_of(schema.events, ids)
            return {i: self.said.event(values.event_row_in(i, r["value"])) for i, r in found.items()}
        if kind == "transfer":
            found = self.record.current_of(schema.transfers, ids)
            return {i: self.said.transfer(values.transfer_row_in(i, r["value"])) for i, r in found.items()}
        held = {str(r["document"]) for r in self.record.current_of(schema.claims, ids).values()}
        self._load_claims(held)
        wanted = set(ids)
        return {c.id: c for d in held for c in self._claims[d] if c.id in wanted}

    def prepare(self, chosen: Iterable[EventRow | TransferRow | ClaimRow | FindingRow]) -> None:
        """Read what the paragraphs of these rows will ask for, in a few queries for all of them: a dossier of a hundred events would
        else ask thousands."""
        rows = list(chosen)
        documents = {e.document for r in rows for e in r.evidence}
        self.load(documents)
        self._load_claims({e.document for r in rows if isinstance(r, (EventRow, TransferRow)) for e in r.evidence})
        spots = {d for r in rows if isinstance(r, EventRow) for d in r.reports}
        self._drifts = self.record.drifts(spots) if spots else []
        wanted: dict[str, set[str]] = defaultdict(set)
        for r in rows:
            if isinstance(r, EventRow):
                wanted["event"].add(r.id)
                wanted["claim"] |= {c.id for c in self.claims_about(r)}
            elif isinstance(r, TransferRow):
                wanted["transfer"].add(r.id)
                wanted["claim"] |= {c.id for c in self.claims_at(r.evidence)}
            elif isinstance(r, ClaimRow):
                wanted["claim"].add(r.id)
        self._load_findings(wanted)

    def load(self, documents: Iterable[str]) -> None:
        """Documents with their texts and sentences."""
        missing = [d for d in set(documents) if d not in self._documents]
        self._documents |= documents_of(self.record, missing)
        self.record.texts(missing)
        for d, r in self.record.current_of(schema.marks, missing).items():
            self._cuts[d] = sorted((x[0], x[1]) for x in r["value"]["sentences"])
        for d in missing:
            self._cuts.setdefault(d, [])

    def _load_claims(self, documents: Iterable[str]) -> None:
        missing = [d for d in set(documents) if d not in self._claims]
        if missing:
            self._claims |= claims_in(self.record, missing)

    def _load_findings(self, wanted: dict[str, set[str]]) -> None:
        """What checks found about rows, also while an event's or a transfer's mentions stood under another id."""
        t, j = schema.findings, schema.joins
        subjects = set().union(*wanted.values())
        joined = sorted(wanted["event"] | wanted["transfer"])
        ids: list[str] = []
        with self.record.reading() as connection:
            for some in _portions(joined):
                parts = list(connection.execute(select(j.c.id).where(j.c.target.in_(some)).distinct()).scalars())
                subjects |= set(parts)
                for few in _portions(parts):
                    subjects |= set(connection.execute(select(j.c.target).where(j.c.id.in_(few)).distinct()).scalars())
            for some in _portions(sorted(subjects)):
                ids += [r["id"] for r in self.record.current(t, t.c.subject.in_(some))]
        for kind, rows in wanted.items():
            for i in rows:
                self._findings.setdefault((kind, i), [])
        for f in findings_of(self.record, sorted(ids)):
            if (f.subject_kind, f.subject) in self._findings:
                self._findings[f.subject_kind, f.subject].append(f)
        for found in self._findings.values():
            found.sort(key=lambda f: (VERDICTS.index(f.verdict), f.check, f.id))

    # ---------------------------------------------------------------- documents and passages

    def document(self, sha256: str) -> DocumentRow:
        """The document. Raises UnknownId."""
        if sha256 not in self._documents:
            row = self.record.document(sha256)
            self._documents[sha256] = self._documents[row.sha256] = row
        return self._documents[sha256]

    def outlet(self, sha256: str) -> str:
        """Who published it, in words."""
        return phrases.outlet(self.document(sha256))

    def text(self, sha256: str) -> str:
        """Its canonical text."""
        return self.record.text(sha256)

    def cuts(self, sha256: str) -> list[tuple[int, int]]:
        """Its sentences, in order."""
        if sha256 not in self._cuts:
            self._cuts[sha256] = sorted(self.record.sentences(sha256))
        return self._cuts[sha256]

    def excerpt(self, at: Evidence) -> Excerpt:
        """The passage, a short one within its sentence."""
        return phrases.excerpt(self.text(at.document), self.cuts(at.document), at.start, at.end)

    def by_sentence(self, passages: Iterable[Evidence]) -> list[list[Evidence]]:
        """Passages of one sentence side by side, in the order given."""
        groups: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
        for m in passages:
            i = bisect_right(self.cuts(m.document), (m.start, 1 << 62))
            groups[m.document, i].append(m)
        return list(groups.values())

    def holds(self, at: Evidence) -> bool:
        """True where the document is here and the passage lies in its text."""
        try:
            return 0 <= at.start < at.end <= len(self.text(at.document))
        except UnknownId:
            return False

    def family(self, sha256: str) -> int:
        """How many documents descend from the same origin, this one among them."""
        origin = self.document(sha256).origin
        if origin is None:
            return 1
        if origin not in self._families:
            self.count_families([sha256])
        return self._families[origin]

    def count_families(self, documents: Iterable[str]) -> None:
        """The families of documents, in a few queries for all of them."""
        origins = {o for d in documents if (o := self.document(d).origin) and o not in self._families}
        t = schema.descents
        self._families |= dict.fromkeys(origins, 0)
        for some in _portions(sorted(origins)):
            for r in self.record.current(t, t.c.origin.in_(some)):
                self._families[r["origin"]] += 1
        for o in origins:
            self._families[o] = max(1, self._families[o])

    # ---------------------------------------------------------------- claims

    def claims_of(self, documents: Iterable[str]) -> list[ClaimRow]:
        """The claims of documents, the oldest document first, then in order of the text."""
        wanted = list(dict.fromkeys(documents))
        self._load_claims(wanted)
        ordered = sorted(wanted, key=lambda s: (words.date_key(self.day(s)), s))
        return [c for d in ordered for c in self._claims[d]]

    def day(self, sha256: str) -> str | None:
        """When it was published, or written."""
        d = self.document(sha256)
        return d.published or d.written

    def claims_about(self, e: EventRow) -> list[ClaimRow]:
        """All that is said of an event: claims that its mentions stand in, or whose content holds one."""
        return [c for c in self.claims_of(m.document for m in e.mentions) if phrases.speaks_of(c, e)]

    def claims_at(self, passages: Iterable[Evidence]) -> list[ClaimRow]:
        """The claims that passages stand in."""
        spots = list(passages)
        return [
            c
            for c in self.claims_of(s.document for s in spots)
            if any(s.document == c.document and a < s.end and s.start < b for s in spots for a, b in c.content.ranges)
        ]

    def speaker(self, c: ClaimRow) -> str:
        """Who says it; the document itself where it speaks for an outlet that is not known."""
        name = phrases.speaker(c)
        return self.outlet(c.document) if c.voice == "outlet" and name.startswith("(") else name

    # ---------------------------------------------------------------- findings and drift

    def findings_about(self, kind: str, id_: str) -> list[FindingRow]:
        """What checks found about a row, worst first."""
        if (kind, id_) not in self._findings:
            self._load_findings(defaultdict(set, {kind: {id_}}))
        return self._findings[kind, id_]

    def drifts_of(self, e: EventRow, told: Iterable[ClaimRow]) -> list[DriftRow]:
        """What changed between tellings of an event."""
        ids = {c.id for c in told}
        spots: dict[str, list[Evidence]] = defaultdict(list)
        for m in e.mentions:
            spots[m.document].append(m)
        rows = self.record.drifts(spots) if self._drifts is None else self._drifts
        return [
            d
            for d in rows
            if ids & {d.parent_claim, d.child_claim}
            or any(m.start < p.end and p.start < m.end for p in d.evidence for m in spots.get(p.document, ()))
        ]

    # ---------------------------------------------------------------- grades

    def source_grade(self, speaker: str) -> str:
        """The reliability (A to F) that a person gave the speaker, "" for none."""
        if self._source_grades is None:
            from crossfix.record.decisions import name_of_part

            self._source_grades = {}
            for act in self.said.acts:
                if act.kind == "agent" and act.verb == "grade" and act.field == "grade_source" and not act.undone:
                    self._source_grades |= {name_of_part(p): str(act.value) for p in act.parts}
        return self._source_grades.get(speaker, "")

    def grade(self, c: ClaimRow) -> str:
        """The Admiralty grades of a claim, source then report ("B2", "B, report not graded"), "" where nobody graded it."""
        d = self.document(c.document)
        source = self.source_grade(self.speaker(c)) or d.reviewed.grade_source or ""
        report = c.reviewed.grade_report or d.reviewed.grade_report or ""
        return grade_words(source, report)

    def document_grade(self, sha256: str) -> str:
        """The grades of a document, "" where nobody graded it."""
        r = self.document(sha256).reviewed
        return grade_words(r.grade_source or "", r.grade_report or "")


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for i in range(0, len(ids), _PORTION):
        yield ids[i : i + _PORTION]


def grade_words(source: str, report: str) -> str:
    """Two grades in words, "" for none."""
    if source and report:
        return source + report
    if source:
        return f"{source}, report not graded"
    return f"source not graded, {report}" if report else ""
