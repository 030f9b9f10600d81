"""Asking every check over a record, and keeping what they answer."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from crossfix.checking.case import Case, Paper
from crossfix.checking.registry import Check, load
from crossfix.checking.result import VERDICTS, Question, Result
from crossfix.errors import CrossfixError, UsageError
from crossfix.record.findings import CheckRun, FindingRow, Kept, SubjectKind, digest, put_findings

if TYPE_CHECKING:
    from crossfix.record.store import Record

Progress = Callable[[str, int, int], None]
"""Told the title of the check at work, how many steps are done, and how many there are (a step is one document read by one check)."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that could not be asked, a check that broke off (``subject`` is "") or could not be used at all (``check`` is "" too).
    What was found before stands."""

    check: str
    kind: str
    subject: str
    error: str

    def __str__(self) -> str:
        """One line that names the check and what it was asked about."""
        if not self.check:
            return self.error
        at = f" at {self.kind} of {self.subject[:16]}" if self.subject else ""
        return f"the check {self.check!r} failed{at}: {self.error}"


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """What a run did: the checks by name, how many documents and questions, how many findings of each verdict (worst first), how many of
    them are new, changed or as they were, how many older ones were withdrawn, and what failed."""

    checks: tuple[str, ...]
    documents: int
    questions: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    failures: tuple[Failure, ...] = ()

    @property
    def findings(self) -> int:
        """How many findings this run made."""
        return self.new + self.changed + self.same


def finding_id(check: str, kind: str, subject: str, about: str) -> str:
    """The id of the answer to one question: the same in every run, whatever the answer is."""
    whole = "\x1f".join((check, kind, subject, about))
    return "F" + hashlib.sha256(whole.encode()).hexdigest()[:10]


def check(
    record: Record, only: Iterable[str] = (), documents: Iterable[str] | None = None, progress: Progress | None = None
) -> CheckSummary:
    """Ask the checks named in ``only`` (all where it names none) over the record, or over the documents (SHA-256) given, and keep every
    answer. A second run over the same record changes nothing.

    An error in one question or one check is told in the summary and stops nothing else; what that question was answered before
    stands. Each check's findings are kept when it is through. Raises UsageError where ``only`` names no check, and what keeping may raise.
    """
    chosen, broken = _chosen(only)
    case = _Watched(record, None if documents is None else sorted(set(documents)))
    total = Counter[str]()
    kept, asked = Kept(), 0
    failures = [Failure("", "", "", str(e)) for e in broken]
    steps = max(1, len(case.documents))
    for n, (order, one) in enumerate(chosen):
        case.watch(one.title, n * steps, steps * len(chosen), progress)
        with record.reading():
            answers = _ask(one, case)
        done = _keep(record, one, order, answers, case, whole=documents is None)
        asked += answers.asked
        failures += answers.failures
        total.update(f.verdict for f in answers.found)
        kept = Kept(*(getattr(kept, k) + getattr(done, k) for k in ("new", "changed", "same", "withdrawn")))
    if progress is not None:
        progress("", steps * len(chosen), steps * len(chosen))
    return CheckSummary(
        tuple(c.name for _, c in chosen), len(case.documents), asked, {v: total[v] for v in VERDICTS if total[v]},
        kept.new, kept.changed, kept.same, kept.withdrawn, tuple(failures),
    )  # fmt: skip


def _chosen(only: Iterable[str]) -> tuple[list[tuple[int, Check]], Sequence[CrossfixError]]:
    """The checks named, or all, each with its place among all; and, where all are asked, why others cannot be used."""
    (known, broken), wanted = load(), set(only)
    missing = sorted(wanted - {c.name for c in known})
    if missing:
        raise UsageError(
            f"there is no check {missing[0]!r}", where="--only", advice="see them with: crossfix check --list"
        )
    return [(n, c) for n, c in enumerate(known) if not wanted or c.name in wanted], () if wanted else broken


class _Watched(Case):
    """A case that tells how many documents the check at work has read."""

    _tell: Callable[[int], None] = staticmethod(lambda _: None)

    def watch(self, title: str, before: int, total: int, progress: Progress | None) -> None:
        """From now on ``title`` is at work; ``before`` steps of ``total`` are done."""
        if progress is not None:
            self._tell = lambda n: progress(title, before + n, total)
        self._tell(0)

    def papers(self) -> Iterator[Paper]:
        """As in ``Case``."""
        for n, paper in enumerate(super().papers(), 1):
            yield paper
            self._tell(n)


# ------------------------------------------------------------------ one check


@dataclass(slots=True)
class _Answers:
    """What one check answered. ``broken`` is true where it broke off, so that what it did not come to is not known."""

    asked: int = 0
    found: list[FindingRow] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    broken: bool = False


def _ask(one: Check, case: Case) -> _Answers:
    out = _Answers()
    found: dict[str, FindingRow] = {}
    questions: Iterator[Question] | None = None
    while True:
        try:
            questions = iter(one.questions(case)) if questions is None else questions
            q = next(questions, None)
        except Exception as error:  # a check may be anybody's; whatever it raises, the others go on
            out.broken = True
            out.failures.append(Failure(one.name, "", "", _one_line(error)))
            break
        if q is None:
            break
        out.asked += 1
        id_ = finding_id(one.name, q.kind, q.subject, q.about)
        try:
            result = q.ask()
            row = None if result is None else _row(id_, one.name, q, result)
            if row is not None:
                found[id_] = _joined(found.get(id_), row)
        except Exception as error:
            out.failed.add(id_)
            out.failures.append(Failure(one.name, q.kind, q.subject, _one_line(error)))
    out.found = _fitting(case, found, out)
    return out


def _one_line(error: Exception) -> str:
    told = str(error) if isinstance(error, CrossfixError) else f"{type(error).__name__}: {error}"
    return " ".join(told.split())


def _row(id_: str, name: str, q: Question, result: Result) -> FindingRow:
    """The answer as a row. Raises CrossfixError where it is no finding that can be kept and shown."""
    if result.verdict not in VERDICTS:
        raise CrossfixError(f"{result.verdict!r} is no verdict")
    if not result.summary.strip():
        raise CrossfixError("a finding needs a sentence")
    if not q.evidence:
        raise CrossfixError("a finding needs a passage")
    if result.chance is not None and not 0 <= result.chance <= 1:
        raise CrossfixError(f"{result.chance} is no chance from 0 to 1")
    # as JSON reads it again, so that a tuple kept as a list is no change the next time
    working: dict[str, Any] = json.loads(json.dumps(dict(result.working), allow_nan=False))
    evidence = tuple(sorted(set(q.evidence), key=q.evidence.index))
    return FindingRow(
        id_, name, q.kind, "document", q.subject, q.about, result.verdict, result.summary, working, tuple(result.sources),
        result.caveat, result.chance, result.chance_of, evidence,
    )  # fmt: skip


def _joined(old: FindingRow | None, new: FindingRow) -> FindingRow:
    """One question asked twice with one answer is one finding with the passages of both. Raises CrossfixError for two answers."""
    if old is None:
        return new
    if replace(old, evidence=()) != replace(new, evidence=()):
        raise CrossfixError(f"two answers to one question; {new.about!r} should say in what they differ")
    return replace(old, evidence=tuple(dict.fromkeys((*old.evidence, *new.evidence))))


def _fitting(case: Case, found: Mapping[str, FindingRow], out: _Answers) -> list[FindingRow]:
    """The findings with the kind of their subject; those about nothing in the record, or of passages that are none, become failures."""
    kinds = _kinds(case.record, {f.subject for f in found.values()})
    lengths = {
        k: len(t) for k, t in case.record.texts({e.document for f in found.values() for e in f.evidence}).items()
    }
    rows = []
    for f in found.values():
        bad = [e for e in f.evidence if not 0 <= e.start < e.end <= lengths.get(e.document, 0)]
        if f.subject in kinds and not bad:
            rows.append(replace(f, subject_kind=kinds[f.subject]))
            continue
        what = (
            f"no passage {bad[0].start}-{bad[0].end} in {bad[0].document[:8]}"
            if bad
            else "its subject is not in the record"
        )
        out.failed.add(f.id)
        out.failures.append(Failure(f.check, f.kind, f.subject, what))
    return rows


def _kinds(record: Record, subjects: set[str]) -> dict[str, SubjectKind]:
    from crossfix.record import schema

    tables: tuple[tuple[SubjectKind, Any], ...] = (
        ("claim", schema.claims), ("event", schema.events), ("transfer", schema.transfers), ("document", schema.documents),
    )  # fmt: skip
    return {i: kind for kind, table in tables for i in record.current_of(table, subjects)}


def _keep(record: Record, one: Check, order: int, answers: _Answers, case: Case, *, whole: bool) -> Kept:
    shas: Sequence[str] = [d.sha256 for d in case.documents]
    run = CheckRun(one.name, one.title, order, len(shas), digest(shas), not answers.failures)
    return put_findings(
        record,
        answers.found,
        checks=(one.name,),
        complete=not answers.broken,
        spared=answers.failed,
        within=None if whole else shas,
        runs=(run,) if whole else (),
    )
