#!/usr/bin/env python3
"""How well the time of writing is inferred from a text alone, and how a wrong page date is met.

    python benchmarks/written.py                  all parts; the table, then the figures as one JSON object
    python benchmarks/written.py --part record    one of them (may be repeated)

Documents whose date is known are read under five page dates: none, the true one, and wrong ones (30 days later, a year later, a
year earlier), as in a reprint. An expression is *relative* where the page date moves it: read with the text's own evidence left out, it
means other days under the wrong date than under the true one. The reprints' headers are partly wrong: their figures only show
where to look.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.scoring import Setting  # noqa: E402
from crossfix.language import times as reader  # noqa: E402
from crossfix.language.parse import Parse, parse  # noqa: E402
from crossfix.language.times.context import Context, Reference  # noqa: E402
from crossfix.language.times.written import reference_of, years_of  # noqa: E402
from crossfix.model import Document, Interval, Time  # noqa: E402
from crossfix.reading import Source, read  # noqa: E402

PARTS = ("timebank", "aquaint", "polnear", "record", "articles", "reprints")
# The parts whose dates can be trusted: the figures that are followed are of these together.
SOUND = ("timebank", "aquaint", "polnear", "record", "articles")
# Known from what the text tells and from its original, where the gold says it in words only.
KNOWN = {"003_880399e598b9102c": "2023-12-18/2023-12-22"}
SHIFTS = ("30 days later", "a year later", "a year earlier")


@dataclass(frozen=True, slots=True)
class Case:
    """One document without any page date, the days on which it was written, and its parse."""

    part: str
    name: str
    document: Document
    true: Interval
    parse: Parse


@dataclass(slots=True)
class Wrong:
    """What happens under one kind of wrong page date: documents, those where it is noticed, relative expressions, those read right."""

    documents: int = 0
    noticed: int = 0
    relative: int = 0
    right: int = 0


@dataclass(slots=True)
class Tally:
    """The counts of one part. ``missed`` and ``overridden`` name the documents whose window leaves the true day out, and those
    whose true page date is set aside."""

    documents: int = 0
    widths: list[int] = field(default_factory=list)
    contained: int = 0
    missed: list[str] = field(default_factory=list)
    overridden: list[str] = field(default_factory=list)
    wrong: dict[str, Wrong] = field(default_factory=lambda: {s: Wrong() for s in SHIFTS})

    def add(self, other: Tally) -> None:
        """Take another part's counts in."""
        self.documents += other.documents
        self.widths += other.widths
        self.contained += other.contained
        self.missed += other.missed
        self.overridden += other.overridden
        for name, w in other.wrong.items():
            mine = self.wrong[name]
            mine.documents += w.documents
            mine.noticed += w.noticed
            mine.relative += w.relative
            mine.right += w.right

    def figures(self) -> dict[str, float | None]:
        """The shares in per cent, the median width in days; None where nothing was counted."""
        out: dict[str, float | None] = {
            "documents": float(self.documents),
            "with_window": _share(len(self.widths), self.documents),
            "window_right": _share(self.contained, len(self.widths)),
            "median_days": float(statistics.median(self.widths)) if self.widths else None,
            "true_date_set_aside": _share(len(self.overridden), self.documents),
        }
        for name, w in self.wrong.items():
            out[f"{name}: noticed"] = _share(w.noticed, w.documents)
            out[f"{name}: relative dates right"] = _share(w.right, w.relative)
        return out


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def shifted(day: dt.date, kind: str) -> dt.date:
    """A day moved as one of SHIFTS says; 29 February becomes 28 in a year without it."""
    if kind == SHIFTS[0]:
        return day + dt.timedelta(days=30)
    year = day.year + (1 if kind == SHIFTS[1] else -1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


# ------------------------------------------------------------------ the documents


def cases(data: Path, parts: Iterable[str] = PARTS) -> Iterator[Case]:
    """The documents of the parts asked for, read and parsed, their page dates taken away."""
    wanted = set(parts)
    if wanted & {"timebank", "aquaint"}:
        for row in _rows(data / "times" / "tbaq" / "gold.jsonl"):
            if row["part"] in wanted:
                yield _case(row["part"], data / "times" / "tbaq" / row["file"], row["published"])
    if "polnear" in wanted:
        for row in _rows(data / "polnear" / "dev" / "gold.jsonl"):
            yield _case("polnear", data / "polnear" / "dev" / row["file"], row["published"])
    for part in ("record", "reprints"):
        if part in wanted:
            for row in _rows(data / part / "gold.jsonl"):
                yield from _with_header(
                    part, data / part / row["file"], KNOWN.get(row["doc"]) or row.get("inferred_written")
                )
    if "articles" in wanted:
        for row in _rows(data / "articles" / "index.jsonl"):
            if row["language"] == "en":
                yield from _with_header("articles", data / "articles" / row["file"], None)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _read(path: Path) -> Document:
    return read(Source(str(path)))


def _case(part: str, path: Path, true: str) -> Case:
    document = replace(_read(path), published=None, published_basis=None)
    return Case(part, path.stem, document, Interval.parse(true), parse(document))


def _with_header(part: str, path: Path, true: str | None) -> Iterator[Case]:
    document = _read(path)
    true = true or document.published
    if true:
        bare = replace(document, published=None, published_basis=None)
        yield Case(part, path.stem, bare, Interval.parse(true), parse(bare))


# ------------------------------------------------------------------ the measuring


def tally(some: Iterable[Case]) -> dict[str, Tally]:
    """The counts by part."""
    out: dict[str, Tally] = {}
    for case in some:
        _count(case, out.setdefault(case.part, Tally()))
    return out


def _count(case: Case, t: Tally) -> None:
    t.documents += 1
    _, written = reader.times(case.parse, case.document)
    if written:
        t.widths.append((written.last - written.first).days + 1)
        if written.overlaps(case.true):
            t.contained += 1
        else:
            t.missed.append(f"{case.name}: {case.true} is not in {written}")
    true_day = case.true.last
    told, aside = under(case, true_day)
    if aside:
        t.overridden.append(f"{case.name}: {true_day} is set aside for {aside}")
    bare = _naive(case, true_day)
    for kind in SHIFTS:
        wrong_day = shifted(true_day, kind)
        got, aside = under(case, wrong_day)
        w = t.wrong[kind]
        w.documents += 1
        w.noticed += bool(aside)
        moved = _moved(bare, _naive(case, wrong_day))
        right = {(x.span.start, x.span.end): x.interval for x in got}
        for x in told:
            key = x.span.start, x.span.end
            if key in moved:
                w.relative += 1
                w.right += right.get(key) == x.interval


def _moved(one: tuple[Time, ...], other: tuple[Time, ...]) -> set[tuple[int, int]]:
    """Where two readings of one text give one expression other days."""
    days = {(x.span.start, x.span.end): x.interval for x in other}
    return {key for x in one if (key := (x.span.start, x.span.end)) in days and days[key] != x.interval}


def under(case: Case, day: dt.date) -> tuple[tuple[Time, ...], str | None]:
    """The times of a case under a page date, and the day or the words the page date is set aside for; None where it is kept."""
    document = replace(case.document, published=day.isoformat(), published_basis="header")
    reference = reference_of(case.parse, document)
    aside = None if reference.day == day else str(reference.day or reference.why)
    return reader.times(case.parse, document)[0], aside


def _naive(case: Case, day: dt.date) -> tuple[Time, ...]:
    """The times as the page date alone would have them."""
    return reader.read(
        case.parse, Context(case.parse, Reference(day, f"document date {day}"), years=years_of(case.parse))
    )


def together(tallies: dict[str, Tally], parts: Sequence[str]) -> Tally:
    """The counts of several parts as one."""
    out = Tally()
    for part in parts:
        if part in tallies:
            out.add(tallies[part])
    return out


def written(setting: Setting) -> tuple[dict[str, float | None], dict[str, Any]]:
    """The benchmark for `run.py`. -> followed figures (the sound parts together), everything by part. In quick runs only the record."""
    tallies = tally(cases(setting.data, ("record", "articles") if setting.quick else PARTS))
    whole = together(tallies, SOUND).figures()
    aside = whole["true_date_set_aside"]
    figures = {
        "written_window": whole["with_window"],
        "written_right": whole["window_right"],
        "written_kept": None if aside is None else round(100 - aside, 1),
        "written_noticed": whole["a year later: noticed"],
    }
    return figures, {"parts": {name: t.figures() for name, t in tallies.items()}, "sound": whole}


def table(tallies: dict[str, Tally]) -> str:
    """A Markdown table: a row a figure, a column a part."""
    columns = {**tallies, "sound parts": together(tallies, SOUND)}
    figures = {name: t.figures() for name, t in columns.items()}
    out = ["| | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for row in next(iter(figures.values())):
        cells = ("" if f[row] is None else f"{f[row]:g}" for f in figures.values())
        out.append(f"| {row.replace('_', ' ')} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line asks for. -> exit status: 0, or 2 where the data is missing."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--part", action="append", choices=PARTS, help="one part only (may be repeated)")
    ap.add_argument(
        "--eval", type=Path, default=ROOT.parent / "shared" / "eval", help="the folder of the scorers' data"
    )
    ap.add_argument("--failures", action="store_true", help="name the documents that fail (AQUAINT's are never named)")
    options = ap.parse_args(arguments)
    data = options.eval / "data"
    if not data.is_dir():
        print(f"{options.eval}: no data here; name its folder with --eval", file=sys.stderr)
        return 2
    tallies = tally(cases(data, options.part or PARTS))
    print(table(tallies))
    if options.failures:
        for part, t in tallies.items():
            for line in [*t.missed, *t.overridden] if part != "aquaint" else ():
                print(f"{part}: {line}")
    print(
        json.dumps({name: t.figures() for name, t in tallies.items()} | {"sound": together(tallies, SOUND).figures()})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
