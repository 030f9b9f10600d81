"""What the checks found, beside the event, claim, transfer or document that it concerns, and all of it worst first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from crossfix.dossier import words
from crossfix.dossier.view import Checked, Cite, Excerpt, Fact, FindingLine
from crossfix.errors import UnknownId
from crossfix.record.findings import CheckRun, FindingRow, Row, digest
from crossfix.record.rows import Evidence

PASSAGES_MOST = 4


class Findings:
    """The findings of a dossier's rows, by what they are about, in the order in which they are kept: worst first."""

    def __init__(self, rows: Sequence[FindingRow], runs: Sequence[CheckRun]) -> None:
        self.rows = rows
        self.runs = runs
        self.of: dict[str, list[FindingRow]] = defaultdict(list)
        for f in rows:
            self.of[f.subject].append(f)
        self.titles = {r.check: r.title for r in runs}

    def about(self, subjects: Collection[str]) -> list[FindingRow]:
        """Those about one of these claims, events, transfers or documents."""
        return [f for f in self.rows if f.subject in subjects]

    def checked(self, subject: str) -> tuple[Checked, ...]:
        """Verdict and sentence of what was found about a row, each leading to the finding."""
        return tuple(Checked(f.verdict, f.summary, f"f-{f.id}") for f in self.of.get(subject, ()))

    def fact(self, documents: Iterable[str]) -> Fact:
        """Whether the documents of the record were checked, for what a dossier rests on: no finding must not look like a clean record."""
        if not self.runs:
            return Fact("Checked", "no; no check was run over this record")
        name, told = digest(documents), f"by {words.plural(len(self.runs), 'check')}"
        if any(r.digest != name for r in self.runs):
            told += ", before the last documents came in; what is told in those is not checked"
        if not all(r.whole for r in self.runs):
            broken = [r.check for r in self.runs if not r.whole]
            told += f"; {words.listed(broken)} could not answer every question"
        return Fact("Checked", told)


def line(
    f: FindingRow,
    *,
    full: bool,
    title: str,
    subject: tuple[str, str],
    label: str,
    outlet: Callable[[str], str],
    excerpt: Callable[[Evidence], Excerpt],
    cite: Callable[[Iterable[Evidence], str], tuple[Cite, ...]],
    together: Callable[[Iterable[Evidence]], list[list[Evidence]]],
) -> FindingLine:
    """A finding as the dossier shows it. ``full`` is true where its working stands; elsewhere a link leads there. ``subject`` is what it
    is about, in words, and the anchor of that. ``together`` puts passages of one sentence side by side."""
    sentences = together(f.evidence)
    return FindingLine(
        id=f.id,
        full=full,
        verdict=f.verdict,
        check=title,
        summary=f.summary,
        subject=subject[0],
        target=subject[1],
        passages=tuple(
            (outlet(es[0].document), excerpt(es[0]), cite(es, label)) for es in sentences[:PASSAGES_MOST] if full
        ),
        cites=() if full else cite(f.evidence, label),
        more=max(0, len(sentences) - PASSAGES_MOST),
        caveat=f.caveat or "",
        chance=chance_words(f.chance, f.chance_of),
        working=tuple(lines_of(f.working)),
        rows=tuple(by_source(f.sources)),
    )


def chance_words(chance: float | None, of: str | None) -> str:
    """How likely chance alone would have given as much, "" where that was not said. 0.034 is "3 %", 0.002 "less than 1 %"."""
    if chance is None:
        return ""
    told = "less than 1 %" if 0 < chance < 0.01 else f"{100 * chance:.0f} %"
    return f"{told}: {of}" if of else told


def lines_of(working: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The numbers of a finding, one a line: "a.b" for a number within a group, lists of plain values in one line."""
    for name, value in working.items():
        if isinstance(value, Mapping):
            yield from lines_of(value, f"{prefix}{name}.")
        elif isinstance(value, list) and any(isinstance(x, (Mapping, list)) for x in value):
            for n, x in enumerate(value, 1):
                told = ", ".join(f"{k} {v}" for k, v in lines_of(x)) if isinstance(x, Mapping) else _value(x)
                yield f"{prefix}{name}[{n}]", told
        else:
            yield prefix + name, (", ".join(map(_value, value)) or "none") if isinstance(value, list) else _value(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "not known" if value is None else str(value)


def by_source(rows: Iterable[Row]) -> list[tuple[tuple[str, ...], str]]:
    """Rows that follow each other and are from one source side by side, with that source."""
    told = [(str(r), row_source(r)) for r in rows]
    return [(tuple(row for row, _ in some), source) for source, some in groupby(told, key=lambda x: x[1])]


def row_source(row: Row) -> str:
    """Where a reference row is from, under which licence, and when it was read, in a line."""
    from crossfix.reference.provenance import entry

    try:
        e = entry(row.table, row.key)
    except UnknownId:
        return "the tables here have no such row any more"
    parts = [e.source, e.licence, f"read {e.read}" if e.read else ""]
    return "; ".join(p for p in parts if p) or "its source is not noted"
