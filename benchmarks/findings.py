"""Every finding of every check over the shared documents, listed to be read line by line, and how each was judged.

    python -m benchmarks.findings                 read both seeds and every shared text anew, check, write findings.md (about 15 minutes)
    python -m benchmarks.findings --few           the seeds and the texts of the record and the articles alone (under a minute); prints
    python -m benchmarks.findings --record FILE   over a record that is there already, as it is

A reader judges by a row in ``findings_judged.tsv``: the key that stands before the finding, "right", "false" or "unclear", and a note.
The key is made of the kind, the documents, the passage, the verdict and the sentence: a finding that says something else has to be
read again. What nobody has judged comes first on the page. Texts are given the publication date that their collection gives them.

Exit status: 0; 1 where a check failed, a finding quotes its document or names a row that is not there, or, with ``--strict``, where
one is judged false or not judged; 2 where there are no shared texts.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from crossfix import pipeline  # noqa: E402
from crossfix.checking.run import CheckSummary, check  # noqa: E402
from crossfix.dossier.findings import lines_of, row_source  # noqa: E402
from crossfix.linking import link  # noqa: E402
from crossfix.record import Record  # noqa: E402
from crossfix.record.findings import VERDICTS, FindingRow  # noqa: E402

PAGE = Path(__file__).with_name("findings.md")
JUDGED = Path(__file__).with_name("findings_judged.tsv")
JUDGEMENTS = ("right", "false", "unclear")
FEW = ("record", "articles")
LONGEST_RUN = 9
"""So many words may stand here as they stand in a document: a sentence of a shared text has no place in the repository."""
WORD = re.compile(r"[A-Za-z0-9'’-]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A shared text, with the date of publication that its collection gives it, None where the text itself says or nobody knows."""

    path: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as the page lists it. ``files`` are the names of its documents."""

    key: str
    finding: FindingRow
    files: tuple[str, ...]
    judged: str
    note: str


# ------------------------------------------------------------------ the record


def texts(shared: Path, few: bool) -> Iterator[Text]:
    """The seeds and the texts of shared/eval, those twice in it (a seed among the record's texts) once."""
    seen: set[str] = set()
    found = [Text(str(p)) for p in sorted((shared / "seeds").iterdir()) if p.is_file()]
    for index in sorted((shared / "eval" / "data").glob("**/*")):
        if index.name not in ("gold.jsonl", "gold.jsonl.gz", "index.jsonl"):
            continue
        if few and index.parent.name not in FEW:
            continue
        with (
            gzip.open(index, "rt", encoding="utf-8") if index.suffix == ".gz" else index.open(encoding="utf-8") as lines
        ):
            for row in map(json.loads, filter(str.strip, lines)):
                found.append(Text(str(index.parent / row["file"]), row.get("published")))
    for text in found:
        name = hashlib.sha256(Path(text.path).read_bytes()).hexdigest()
        if name not in seen:
            seen.add(name)
            yield text


def _read(text: Text) -> list[pipeline.Outcome]:
    return list(pipeline.extract_files([text.path], published=text.published, workers=1))


def make(record: Record, wanted: Sequence[Text]) -> list[str]:
    """Read the texts into the record and link them. -> what could not be read, one line each."""
    failed = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for n, outcomes in enumerate(pool.map(_read, wanted, chunksize=4), 1):
            for outcome in outcomes:
                if outcome.extraction is None:
                    failed.append(f"{Path(outcome.file).name}: {outcome.error}")
                else:
                    record.add(outcome.extraction, outcome.original)
            if n % 100 == 0:
                print(f"{n} of {len(wanted)} texts read", file=sys.stderr)
    link(record)
    return failed


# ------------------------------------------------------------------ the findings


def key_of(f: FindingRow, files: Iterable[str]) -> str:
    """What a judgement is kept under: the same for the same sentence about the same passage, whatever ids events have."""
    first = f.evidence[0]
    whole = "\x1f".join((f.kind, *sorted(files), f.verdict, f.summary, f.about, f"{first.document} {first.start}"))
    return hashlib.sha256(whole.encode()).hexdigest()[:10]


def judgements(path: Path = JUDGED) -> dict[str, tuple[str, str]]:
    """What was judged, and why, by key. Raises ValueError for a row that is none."""
    out: dict[str, tuple[str, str]] = {}
    rows = (
        [x for x in path.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
        if path.exists()
        else []
    )
    for row in rows[1:]:
        key, judged, note = row.split("\t")
        if judged not in JUDGEMENTS or key in out:
            raise ValueError(f"{path.name}: {row[:60]!r}: judged twice, or neither of {', '.join(JUDGEMENTS)}")
        out[key] = (judged, note)
    return out


def listed(record: Record, judged: Mapping[str, tuple[str, str]]) -> list[Line]:
    """The findings of a record, worst first, as the page lists them."""
    names = {d.sha256: Path(d.file).name for d in record.documents()}
    lines = []
    for f in record.findings():
        files = tuple(sorted(names[d] for d in f.documents))
        key = key_of(f, files)
        lines.append(Line(key, f, files, *judged.get(key, ("", ""))))
    return lines


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of more words than may stand here."""
    words = [w.lower() for w in WORD.findall(text)]
    return {tuple(words[i : i + LONGEST_RUN + 1]) for i in range(len(words) - LONGEST_RUN)}


def without_quotes(told: str, theirs: set[tuple[str, ...]]) -> str:
    """What a finding tells, without the sentences that are its document's."""
    if not runs(told) & theirs:
        return told
    words = told.split()
    return " ".join(words[:5]) + f" … ({len(words)} words of the document)"


def faults(record: Record, lines: Sequence[Line]) -> list[str]:
    """Sentences that are a document's own, and rows of public data that are not there."""
    out = []
    for line in lines:
        f = line.finding
        if runs(f.summary) and runs(f.summary) & _theirs(record, f):
            out.append(f"{line.key} {f.kind}: its sentence is the document's own")
        out += [f"{line.key} {f.kind}: no row {r.table}:{r.key}" for r in f.sources if "no such row" in row_source(r)]
    return sorted(set(out))


def _theirs(record: Record, f: FindingRow) -> set[tuple[str, ...]]:
    return {r for d in f.documents for r in runs(record.text(d))}


# ------------------------------------------------------------------ the page


def page(record: Record, lines: Sequence[Line], summary: CheckSummary, title: str) -> str:
    """The list of all findings as Markdown, those that nobody has judged first."""
    counts = Counter(x.judged or "not judged" for x in lines)
    told = ", ".join(f"{counts[k]} {k}" for k in (*JUDGEMENTS, "not judged") if counts[k])
    out = [
        "# Findings",
        "",
        f"Every finding of every check over {title}: {summary.documents:,} documents, {summary.questions:,} questions, "
        f"{len(lines):,} findings ({told or 'none'}). Made by `python -m benchmarks.findings`; "
        "the sentences are ours, no sentence of a document stands here. Judgements are kept in `findings_judged.tsv`.",
        "",
        *_counts(lines),
        "",
    ]
    new = [x for x in lines if not x.judged]
    if new:
        out += ["## Not judged yet", "", *_blocks(record, new)]
    for check_ in dict.fromkeys(x.finding.check for x in lines):
        part = [x for x in lines if x.judged and x.finding.check == check_]
        if part:
            out += [f"## {check_}", "", *_blocks(record, part)]
    return "\n".join(out).rstrip() + "\n"


def _counts(lines: Sequence[Line]) -> list[str]:
    kinds = sorted({x.finding.kind for x in lines})
    counts = Counter((x.finding.kind, x.finding.verdict) for x in lines)
    judged = Counter((x.finding.kind, x.judged) for x in lines)
    head = ("kind", *VERDICTS, *JUDGEMENTS)
    rows = [
        (k, *(str(counts[k, v] or "") for v in VERDICTS), *(str(judged[k, j] or "") for j in JUDGEMENTS)) for k in kinds
    ]
    return [f"| {' | '.join(row)} |" for row in (head, ("---", *["---:"] * (len(head) - 1)), *rows)]


def _blocks(record: Record, lines: Sequence[Line]) -> Iterator[str]:
    for x in sorted(
        lines, key=lambda x: (VERDICTS.index(x.finding.verdict), x.finding.kind, x.files, x.finding.summary, x.key)
    ):
        f, theirs = x.finding, _theirs(record, x.finding)
        judged = f" — **{x.judged}**{f': {x.note}' if x.note else ''}" if x.judged else ""
        yield f"- `{x.key}` **{f.verdict}** {f.kind}, {', '.join(x.files)}{judged}"
        yield f"  {_plain(without_quotes(f.summary, theirs))}"
        numbers = "; ".join(f"{k} = {without_quotes(v, theirs)}" for k, v in lines_of(f.working))
        rows = ", ".join(f"{r.table}:{r.key}" for r in f.sources)
        yield f"  <sub>{_plain(numbers)}{'; rows ' if rows and numbers else 'rows ' if rows else ''}{_plain(rows)}</sub>"
    yield ""


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", " ".join(text.split()))


# ------------------------------------------------------------------ the command


def parser() -> argparse.ArgumentParser:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument(
        "--few",
        action="store_true",
        help="the seeds and the texts of the record and the articles; prints, writes nothing",
    )
    ap.add_argument("--record", type=Path, metavar="FILE", help="a record of those texts; nothing is read anew")
    ap.add_argument("--keep", type=Path, metavar="FILE", help="keep the record that is made here")
    ap.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="ask this check only; prints, writes nothing"
    )
    ap.add_argument("--strict", action="store_true", help="exit with 1 where a finding is judged false or not judged")
    ap.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="FOLDER", help="the seeds and eval/")
    return ap


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for. -> exit status."""
    options = parser().parse_args(arguments)
    if options.record is None and not (options.shared / "eval" / "data").is_dir():
        print(f"{options.shared}: no shared texts here; name their folder with --shared", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or options.keep or Path(folder) / "findings.sqlite"
        with Record.open(path, write=True) as record:
            if options.record is None:
                wanted = list(texts(options.shared, options.few))
                for line in make(record, wanted):
                    print(f"not read: {line}", file=sys.stderr)
            begun = time.monotonic()
            summary = check(record, only=options.only)
            print(f"{summary.questions} questions in {time.monotonic() - begun:.1f} s", file=sys.stderr)
            lines = [x for x in listed(record, judgements()) if not options.only or x.finding.check in options.only]
            title = (
                "the seeds and the texts of the record and the articles"
                if options.few
                else "the seeds and all shared texts"
            )
            told = page(record, lines, summary, title)
            wrong = [*map(str, summary.failures), *faults(record, lines)]
    if options.few or options.only:
        print(told)
    else:
        PAGE.write_text(told, encoding="utf-8")
    for fault in wrong:
        print(fault, file=sys.stderr)
    counts = Counter(x.judged or "not judged" for x in lines)
    print(", ".join(f"{n} {k}" for k, n in counts.most_common()) or "no finding", file=sys.stderr)
    return 1 if wrong or (options.strict and counts.keys() - {"right", "unclear"}) else 0


if __name__ == "__main__":
    sys.exit(main())
