"""What a paragraph of a planned dossier rests on: independent origins, grades, checks, and people's review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from crossfix.dossier import phrases, words
from crossfix.dossier.desk import Desk
from crossfix.dossier.view import Fact
from crossfix.record.findings import FindingRow
from crossfix.record.reviews_rows import Reviewed
from crossfix.record.rows import ClaimRow, EventRow

NAMED_MOST = 5
NOT_GRADED = "not graded"


def of_event(desk: Desk, e: EventRow, told: Sequence[ClaimRow], found: Sequence[FindingRow]) -> tuple[Fact, ...]:
    """The basis of an event's paragraph."""
    support = phrases.support(e)
    if e.roots:
        support += f" ({words.listed([r.name for r in e.roots], most=NAMED_MOST)})"
    if e.reporters > e.independent_origins:
        support += f"; {words.plural(e.reporters, 'reporter')} in words of their own"
    return _facts(support, grades(desk, told, e.reports), desk, found, e.reviewed)


def of_passages(
    desk: Desk, documents: Iterable[str], told: Sequence[ClaimRow], found: Sequence[FindingRow], reviewed: Reviewed
) -> tuple[Fact, ...]:
    """The basis of what some documents tell: their origins are counted, a report and its reprints as one."""
    shas = list(dict.fromkeys(documents))
    origins = {desk.document(s).origin or s for s in shas}
    names = list(dict.fromkeys(desk.outlet(s) for s in shas))
    support = f"{words.plural(len(origins), 'independent origin')} in {words.plural(len(shas), 'document')}"
    support += f" ({words.listed(names, most=NAMED_MOST)})"
    return _facts(support, grades(desk, told, shas), desk, found, reviewed)


def of_claim(desk: Desk, c: ClaimRow, found: Sequence[FindingRow]) -> tuple[Fact, ...]:
    """The basis of a statement: one origin, however many documents repeat it."""
    family = desk.family(c.document)
    support = f"1 origin, told by {desk.outlet(c.document)}"
    if family > 1:
        support += f"; {words.plural(family, 'document')} in the record descend from it"
    if c.confidence is not None:
        support += f"; attribution {words.percent(c.confidence)}"
    return _facts(support, desk.grade(c) or NOT_GRADED, desk, found, c.reviewed)


def grades(desk: Desk, told: Iterable[ClaimRow], documents: Iterable[str]) -> str:
    """Which grades people gave the statements, else the documents: "B2 (3), C3; 4 not graded"."""
    given = [desk.grade(c) for c in told] or [desk.document_grade(d) for d in documents]
    counts = Counter(g for g in given if g)
    if not counts:
        return NOT_GRADED
    shown = [f"{g} ({n})" if n > 1 else g for g, n in sorted(counts.items())]
    left = len(given) - sum(counts.values())
    return "; ".join([words.listed(shown), *([f"{left} not graded"] if left else [])])


def checks(desk: Desk, found: Sequence[FindingRow]) -> str:
    """The verdicts, each with the name of its check; where nothing was found, whether anything was checked at all."""
    if found:
        counts = Counter((f.verdict, desk.checks.get(f.check, f.check)) for f in found)
        return "; ".join(
            f"{title}: {words.VERDICT_WORDS[verdict]}{f' ({n})' if n > 1 else ''}"
            for (verdict, title), n in counts.items()
        )
    return "none of the checks found anything to say" if desk.runs else "not checked"


def _facts(support: str, graded: str, desk: Desk, found: Sequence[FindingRow], reviewed: Reviewed) -> tuple[Fact, ...]:
    facts = [Fact("Origins", support), Fact("Grades", graded), Fact("Checks", checks(desk, found))]
    return (*facts, *review_facts(reviewed))


def review_facts(r: Reviewed) -> tuple[Fact, ...]:
    """What people decided about the row: accepted, rejected or corrected, by whom."""
    if r.state == "unreviewed":
        return (Fact("Review", "not reviewed by a person"),)
    day = words.date_words((r.at or "")[:10]) if r.at else ""
    told = f"{r.state} by {r.by}{f', {day}' if day else ''}"
    if r.corrections:
        told += _corrected(r)
    return (Fact("Review", told),)


def _corrected(r: Reviewed) -> str:
    from crossfix.record.reviews_rows import FIELD_WORDS

    return (
        " ("
        + words.listed(
            [f"{FIELD_WORDS.get(c.field, c.field)}: read as “{c.before or 'not told'}”" for c in r.corrections]
        )
        + ")"
    )
