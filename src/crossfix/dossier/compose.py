"""Plan and record to report: paragraphs numbered, passages cited in notes, annexes of what was cited."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from crossfix import __version__
from crossfix.dossier import basis_lines, phrases, statements, words
from crossfix.dossier.desk import Desk
from crossfix.dossier.findings import line as finding_line
from crossfix.dossier.pictures import pictures
from crossfix.dossier.plan import CHOSEN, PARTS, Item, Plan
from crossfix.dossier.report import (
    AnnexDocument,
    AnnexFinding,
    Line,
    Note,
    NoteItem,
    Para,
    Report,
    Run,
    Section,
    Statement,
    Told,
)
from crossfix.dossier.view import DocumentPart, Fact, Passage
from crossfix.errors import RecordError, UnknownId
from crossfix.record import schema
from crossfix.record.findings import FindingRow, digest, finding
from crossfix.record.rows import ClaimRow, EventRow, Evidence, TransferRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

_CITATION = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_PASSAGE = re.compile(r"([0-9a-fA-F]{6,64})#([0-9]{1,9})-([0-9]{1,9})")
_BLANK = re.compile(r"\n\s*\n")
NOTE_WORDS_MOST = 360
KIND_WORDS = {"event": "event", "transfer": "transfer", "claim": "statement", "finding": "check"}


def compose(
    record: Record, plan: Plan, *, made: dt.datetime | None = None, sure: float | None = None, drawn: bool = True
) -> Report:
    """The report of a plan; of its statements those alone whose attribution is estimated at ``sure`` or more, where that is given.

    ``drawn`` is false where nobody will look at its pictures. What is no longer in the record, and citations that lead nowhere,
    are named in ``problems`` and left out; they never stop the rest. Raises RecordError where the record cannot be read.
    """
    made = made or dt.datetime.now(dt.UTC)
    with record.reading():
        return _Composer(record, plan, sure).report(made, drawn)


class _Composer:
    """One pass over a plan. Notes are numbered as the reader meets them, so the order of the steps matters."""

    def __init__(self, record: Record, plan: Plan, sure: float | None) -> None:
        self.record = record
        self.plan = plan
        self.sure = sure
        self.desk = Desk(record)
        self.notes: list[Note] = []
        self.passages: dict[Evidence, int] = {}
        self.first_note: dict[Evidence, int] = {}
        self.numbers: dict[str, int] = {}
        self.cited: dict[str, list[int]] = defaultdict(list)
        self.met: list[str] = []
        self.problems: list[str] = []
        self.told: list[Told] = []
        self.said: list[Statement] = []
        self.findings: dict[str, tuple[FindingRow, list[int]]] = {}
        self.paragraph = 0
        self.left_documents = frozenset(plan.without.documents)
        self.left_claims = frozenset(plan.without.claims)
        self.refs: dict[str, int] = {}

    # ---------------------------------------------------------------- what paragraphs ask for

    def note(self, passages: Iterable[Evidence]) -> Line:
        """See ``statements.Citing``."""
        kept = [p for p in dict.fromkeys(passages) if self.keeps(p)]
        if not kept:
            return ()
        number = len(self.notes) + 1
        items = [self._item(p, number) for p in kept]
        # two passages of one sentence read the same; the first stands for both
        alike = {(i.document, i.see, "" if i.see else i.words): i for i in reversed(items)}
        self.notes.append(Note(number, self.paragraph, tuple(i for i in items if i in alike.values())))
        return (Run(str(number), "note", number),)

    def _item(self, at: Evidence, note: int) -> NoteItem:
        d = self.desk.document(at.document)
        if d.sha256 not in self.numbers:
            self.numbers[d.sha256] = len(self.numbers) + 1
            self.met.append(d.sha256)
        if note not in self.cited[d.sha256]:
            self.cited[d.sha256].append(note)
        passage = self.passages.setdefault(at, len(self.passages) + 1)
        first = self.first_note.setdefault(at, note)
        day = d.published or d.written
        return NoteItem(
            document=self.numbers[d.sha256], passage=passage, sha256=d.sha256, start=at.start, end=at.end,
            outlet=d.outlet or d.agency or "outlet not known", title=d.title or phrases.file_name(d.file),
            date=words.date_words(day) if day else "undated",
            words=phrases.shorten(self.desk.excerpt(at).whole.strip(), NOTE_WORDS_MOST), see=0 if first == note else first,
        )  # fmt: skip

    def keeps(self, at: Evidence) -> bool:
        """True for a passage of a document that is not left out."""
        return at.document not in self.left_documents

    def keeps_claim(self, c: ClaimRow) -> bool:
        """True for a claim that is not left out: itself, with its document, or for want of confidence."""
        if self.sure is not None and (c.confidence is None or c.confidence < self.sure):
            return False
        return c.id not in self.left_claims and c.document not in self.left_documents

    def shows(self, part: str) -> bool:
        """True for a part that is not left out."""
        return part not in self.plan.without.parts

    def found(self, findings: Sequence[FindingRow]) -> None:
        """Findings go into their annex, with the paragraphs that refer to them."""
        for f in findings:
            held = self.findings.setdefault(f.id, (f, []))[1]
            if self.paragraph not in held:
                held.append(self.paragraph)

    # ---------------------------------------------------------------- paragraphs

    def report(self, made: dt.datetime, drawn: bool) -> Report:
        self._foresee()
        sections: list[Section] = []
        title, body = "", list[Para]()
        for item in self.plan.items:
            if item.kind == "heading":
                if body or title:
                    sections.append(Section(title, tuple(body)))
                title, body = item.text, []
            else:
                body += self._paragraphs(item)
        if body or title:
            sections.append(Section(title, tuple(body)))
        self.desk.count_families(self.met)
        self.desk.load(p for s in self.met if (p := self.desk.document(s).derived_from))
        findings = self._annex_findings()
        documents = tuple(self._annex_document(s) for s in self.met)
        return Report(
            title=self.plan.title,
            author=self.plan.author,
            made=made.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
            version=__version__,
            facts=self._facts(),
            sections=tuple(sections),
            notes=tuple(self.notes),
            documents=documents,
            findings=findings,
            pictures=pictures(self.told, [p for p in ("timeline", "map") if drawn and self.shows(p)]),
            left_out=self._left_out(),
            problems=tuple(dict.fromkeys(self.problems)),
            told=tuple(self.told),
            statements=tuple(self.said),
            verdicts=self._verdicts(),
            lists_documents=self.shows("documents"),
        )

    def _foresee(self) -> None:
        """Which paragraph each choice will be, so that one's own words can refer forward. An id that leads nowhere makes no paragraph."""
        number = 0
        self.blocks: dict[str, list[str]] = {}
        self.known = {
            (kind, i): row
            for kind in ("event", "transfer", "claim")
            for i, row in self.desk.rows(kind, [x.ref for x in self.plan.items if x.kind == kind]).items()
        }
        self.rows: dict[str, EventRow | TransferRow | ClaimRow | FindingRow] = {}
        for item in self.plan.items:
            if item.kind == "text":
                self.blocks[item.key] = [b.strip() for b in _BLANK.split(item.text) if b.strip()]
                number += len(self.blocks[item.key])
            elif item.kind in CHOSEN:
                row = self._row(item)
                if row is not None:
                    number += 1
                    self.rows[item.key] = row
                    self.refs.setdefault(item.ref, number)
        self.desk.prepare(self.rows.values())

    def _row(self, item: Item) -> EventRow | TransferRow | ClaimRow | FindingRow | None:
        """What an item names; None, and a problem, where it is gone, rejected or left out."""
        row: EventRow | TransferRow | ClaimRow | FindingRow
        try:
            known = self.known.get((item.kind, item.ref))
            if known is not None:
                row = known
            elif item.kind == "event":
                row = self.record.event(item.ref)
            elif item.kind == "transfer":
                row = self.record.transfer(item.ref)
            elif item.kind == "claim":
                row = self.record.claim(item.ref)
            else:
                return finding(self.record, item.ref)
        except UnknownId as error:
            self.problems.append(f"A chosen {item.kind} is no longer in the record: {error.what}.")
            return None
        if row.reviewed.rejected:
            self.problems.append(
                f"{row.reviewed.by} rejected the {KIND_WORDS[item.kind]} {row.id}, which is chosen here; it is left out."
            )
            return None
        if isinstance(row, ClaimRow) and not self.keeps_claim(row):
            self.problems.append(f"Statement {row.id} is chosen and left out at once; it is left out.")
            return None
        return row

    def _paragraphs(self, item: Item) -> list[Para]:
        if item.kind == "text":
            return [self._own(item, block) for block in self.blocks[item.key]]
        row = self.rows.get(item.key)
        if row is None:
            return []
        self.paragraph += 1
        n = self.paragraph
        if isinstance(row, EventRow):
            self._all_left_out(n, row.mentions)
            para, told = statements.event(self.desk, self, n, item.key, row)
            self.told.append(Told(n, event=row))
            self._state(n, phrases.heading(row), told)
        elif isinstance(row, TransferRow):
            self._all_left_out(n, row.evidence)
            para, told = statements.transfer(self.desk, self, n, item.key, row)
            self.told.append(Told(n, transfer=row))
            self._state(n, f"{phrases.pair(row.supplier, row.recipient)}: {row.item}", told)
        elif isinstance(row, ClaimRow):
            para = statements.claim(self.desk, self, n, item.key, row)
            self._state(n, "", [(row, True)])
        else:
            para = statements.finding(self.desk, self, n, item.key, row, self._about(row))
        return [para]

    def _all_left_out(self, number: int, passages: Sequence[Evidence]) -> None:
        if passages and not any(self.keeps(p) for p in passages):
            self.problems.append(
                f"Paragraph {number}: every document that tells it is left out, so nothing in it is cited."
            )

    def _state(self, number: int, subject: str, told: Iterable[tuple[ClaimRow, bool]]) -> None:
        for c, shown in told:
            verdicts = (
                tuple(f.verdict for f in self.desk.findings_about("claim", c.id))
                if shown and self.shows("checks")
                else ()
            )
            self.said.append(
                Statement(
                    number, subject, c, self.desk.speaker(c), phrases.said_words(self.desk.text(c.document), c.content),
                    self.desk.document(c.document).origin or c.document, self.desk.grade(c), verdicts, shown,
                )
            )  # fmt: skip

    def _about(self, f: FindingRow) -> str:
        try:
            if f.subject_kind == "event":
                return phrases.heading(self.record.event(f.subject))
            if f.subject_kind == "transfer":
                t = self.record.transfer(f.subject)
                return f"{phrases.pair(t.supplier, t.recipient)}: {t.item}"
            if f.subject_kind == "claim":
                return f"what {self.desk.speaker(self.record.claim(f.subject))} says"
            return self.desk.outlet(f.subject)
        except UnknownId:
            return f"{f.subject_kind} {f.subject[:16]}"

    # ---------------------------------------------------------------- one's own words

    def _own(self, item: Item, block: str) -> Para:
        self.paragraph += 1
        line: list[Run] = []
        at = 0
        block = " ".join(block.split())
        for m in _CITATION.finditer(block):
            before = block[at : m.start()]
            cited = self._citation(m[1].strip())
            if cited and cited[0].kind == "note":
                before = before.rstrip()
            line += [Run(before)] if before else []
            line += cited
            at = m.end()
        line += [Run(block[at:])] if block[at:] else []
        basis = (Fact("Author", "The author’s own words."),)
        return Para(self.paragraph, "text", item.key, "", tuple(line), (), basis if self.shows("basis") else ())

    def _citation(self, given: str) -> Line:
        """What stands for ``[[given]]``: a note to a claim's passage or to a stretch of a document, or a paragraph's number."""
        if given in self.refs and not self._is_claim(given):
            return (Run(f"paragraph {self.refs[given]}", "to", self.refs[given]),)
        found = self._evidence(given)
        if found is None:
            self.problems.append(f"Paragraph {self.paragraph}: the citation [[{given}]] leads nowhere.")
            return (Run(f"[citation not found: {given}]", "warn"),)
        note = self.note([found])
        if not note:
            self.problems.append(
                f"Paragraph {self.paragraph}: the citation [[{given}]] is of a document that is left out."
            )
        return note

    def _is_claim(self, given: str) -> bool:
        return any(i.kind == "claim" and i.ref == given for i in self.plan.items)

    def _evidence(self, given: str) -> Evidence | None:
        passage = _PASSAGE.fullmatch(given)
        try:
            if passage:
                at = Evidence(self.desk.document(passage[1].lower()).sha256, int(passage[2]), int(passage[3]))
                return at if self.desk.holds(at) else None
            return self.record.claim(given).evidence[0]
        except (UnknownId, RecordError):
            return None

    # ---------------------------------------------------------------- the whole, and the annexes

    def _facts(self) -> tuple[Fact, ...]:
        rows = [self.desk.document(s) for s in self.met]
        dates = sorted(d.published for d in rows if d.published)
        span = words.date_words(dates[0]) if dates else "no date known"
        if dates and dates[0] != dates[-1]:
            span = f"{words.date_words(dates[0])} to {words.date_words(dates[-1])}"
        kinds = Counter[str](i.kind for i in self.plan.items if i.key in self.rows)
        told = [
            words.plural(kinds[k], one)
            for k, one in (("event", "event"), ("transfer", "transfer"), ("claim", "statement"), ("finding", "finding"))
            if kinds[k]
        ]
        facts = [
            Fact("Paragraphs", f"{self.paragraph}" + (f"; {words.listed(told)} chosen from the record" if told else "")),
            Fact("Documents cited", f"{len(rows)}, from {words.plural(len({d.origin or d.sha256 for d in rows}), 'independent origin')}"),
            Fact("Published", span),
            Fact("Outlets", phrases.counted(d.outlet or d.agency or "outlet not known" for d in rows) or "none"),
            Fact("Graded", self._graded(rows_count=len(rows))),
            Fact("Checked", self._checked()),
        ]  # fmt: skip
        return tuple(facts)

    def _graded(self, rows_count: int) -> str:
        graded = sum(bool(self.desk.document_grade(s)) for s in self.met)
        said = sum(bool(s.grade) for s in self.said)
        if not graded and not said:
            return "no; nobody has graded a source or a report here"
        return (
            f"{graded} of {words.plural(rows_count, 'document')}; {said} of {words.plural(len(self.said), 'statement')}"
        )

    def _checked(self) -> str:
        if not self.desk.runs:
            return "no; no check was run over this record"
        told = f"by {words.plural(len(self.desk.runs), 'check')}"
        with self.record.reading() as connection:
            name = digest(connection.execute(select(schema.now_documents.c.id)).scalars())
        if any(r.digest != name for r in self.desk.runs):
            told += ", before the last documents came in"
        return told

    def _left_out(self) -> tuple[str, ...]:
        w = self.plan.without
        out = []
        if self.sure is not None:
            out.append(f"Only statements whose attribution is estimated at {words.least(self.sure)} or more are told.")
        if w.claims:
            out.append(f"{words.plural(len(w.claims), 'statement')} left out by the author.")
        if w.documents:
            known = []
            for sha in w.documents:
                try:
                    known.append(self.desk.outlet(sha))
                except RecordError:
                    known.append(sha[:12])
            out.append(
                f"{words.plural(len(w.documents), 'document')} not cited by the author’s choice: {words.listed(known, most=8)}. "
                "Counts of origins still include them."
            )
        if w.parts:
            out.append(f"Also left out: {words.listed([PARTS[p] for p in w.parts])}.")
        return tuple(out)

    def _verdicts(self) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for f, _ in self.findings.values():
            out[f.subject] = (*out.get(f.subject, ()), f"{f.check}: {f.verdict}")
        return out

    def _annex_findings(self) -> tuple[AnnexFinding, ...]:
        out = []
        for f, paragraphs in self.findings.values():
            line = finding_line(
                f, full=True, title=self.desk.checks.get(f.check, f.check), subject=(self._about(f), ""), label="",
                outlet=self.desk.outlet, excerpt=self.desk.excerpt, cite=lambda e, label: (), together=self.desk.by_sentence,  # noqa: ARG005
            )  # fmt: skip
            out.append(AnnexFinding(line, tuple(paragraphs)))
        return tuple(out)

    def _annex_document(self, sha: str) -> AnnexDocument:
        d = self.desk.document(sha)
        parent = None
        if d.derived_from:
            try:
                parent = self.desk.document(d.derived_from)
            except RecordError:
                parent = None
        facts = list(phrases.document_facts(d, parent))
        chain = self._descent(sha)
        if len(chain) > 1:
            facts.insert(-3, Fact("Descends", " ← ".join(chain)))
        family = self.desk.family(sha)
        if family > 1:
            facts.insert(-3, Fact("Origin", f"shared with {words.plural(family - 1, 'other document')} of the record"))
        facts.insert(-3, Fact("Grade", self.desk.document_grade(sha) or basis_lines.NOT_GRADED))
        here = sorted((e, n) for e, n in self.passages.items() if e.document == sha)
        text = self.desk.text(sha)
        part = DocumentPart(
            number=self.numbers[sha], sha256=sha, title=d.title or phrases.file_name(d.file), meta=tuple(facts), text=text,
            furniture=d.furniture, sentences=tuple(self.desk.cuts(sha)),
            passages=tuple(Passage(n, e.start, e.end, text[e.start : e.end], ()) for e, n in here),
            notes=d.notes, extracted=d.extracted, reason=d.reason or "",
        ) if self.shows("texts") else None  # fmt: skip
        return AnnexDocument(
            self.numbers[sha], d, d.title or phrases.file_name(d.file), d.outlet or d.agency or "outlet not known",
            tuple(facts), tuple(self.cited[sha]), part,
        )  # fmt: skip

    def _descent(self, sha: str) -> list[str]:
        """The outlets from a document back to what it was made from."""
        out: list[str] = []
        seen: set[str] = set()
        here: str | None = sha
        while here and here not in seen and len(out) < 8:
            seen.add(here)
            try:
                d = self.desk.document(here)
            except RecordError:
                break
            out.append(phrases.outlet(d))
            here = d.derived_from
        return out
