"""A dossier's rows as tables: one of statements for a spreadsheet, or all of them in an archive. No cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from crossfix.dossier import phrases, words
from crossfix.dossier.report import Report, plain

_FORMULA = re.compile(r"^[\s\x00-\x1f\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
STATEMENTS = (
    "paragraph",
    "about",
    "speaker",
    "chain",
    "stance",
    "firmness",
    "firmness_words",
    "voice",
    "words",
    "confidence",
    "grade",
    "verdicts",
    "shown",
    "outlet",
    "title",
    "published",
    "origin",
    "claim",
    "document",
    "start",
    "end",
)


def cell(value: object) -> str:
    """A value as a cell: a spreadsheet shows it and never computes it. What would begin a formula gets an apostrophe in front, as
    spreadsheets themselves do; a plain number stays one."""
    if value is None:
        return ""
    text = _UNFIT.sub("\ufffd", str(value))
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV as RFC 4180 has it, in UTF-8, with a first line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([cell(v) for v in row] for row in rows)
    return out.getvalue()


def statements_csv(report: Report) -> str:
    """One line for each claim that the dossier tells or rests on. Opens in a spreadsheet: a mark at its head says that it is UTF-8."""
    return "\ufeff" + table(STATEMENTS, _statements(report))


def _statements(report: Report) -> Iterable[Sequence[object]]:
    rows = {a.row.sha256: a for a in report.documents}
    for s in report.statements:
        c, a = s.claim, rows.get(s.claim.document)
        yield (
            s.paragraph,
            s.subject,
            s.speaker,
            " > ".join(c.chain),
            c.stance,
            c.firmness,
            "; ".join(phrases.firmness_words(c)),
            c.voice,
            s.said,
            "" if c.confidence is None else f"{c.confidence:.3f}",
            s.grade or "not graded",
            "; ".join(s.verdicts),
            "yes" if s.shown else "no",
            a.outlet if a else "",
            a.title if a else "",
            a.row.published if a else "",
            s.origin,
            c.id,
            c.document,
            c.quote.start,
            c.quote.end,
        )


def tables(report: Report) -> dict[str, str]:
    """Every table, by its file's name."""
    events = [(t.paragraph, t.event) for t in report.told if t.event]
    transfers = [(t.paragraph, t.transfer) for t in report.told if t.transfer]
    return {
        "paragraphs.csv": table(
            ("paragraph", "section", "kind", "id", "text", "basis"),
            (
                (p.number, s.title, p.kind, p.ref, plain(p.lead), "; ".join(f"{f.label}: {f.value}" for f in p.basis))
                for s in report.sections
                for p in s.paragraphs
            ),
        ),
        "events.csv": table(
            (
                "paragraph",
                "id",
                "type",
                "when",
                "place",
                "latitude",
                "longitude",
                "status",
                "modality",
                "outcome",
                "participants",
                "denied_by",
                "independent_origins",
                "documents",
                "verdicts",
            ),
            (
                (
                    n,
                    e.id,
                    e.type,
                    e.when,
                    e.where.name if e.where else "",
                    e.where.lat if e.where else "",
                    e.where.lon if e.where else "",
                    e.status,
                    e.modality,
                    e.outcome,
                    "; ".join(f"{p.name} ({p.role})" for p in e.participants),
                    "; ".join(e.denied_by),
                    e.independent_origins,
                    len(e.reports),
                    "; ".join(report.verdicts.get(e.id, ())),
                )
                for n, e in events
            ),
        ),
        "transfers.csv": table(
            (
                "paragraph",
                "id",
                "supplier",
                "recipient",
                "item",
                "quantity",
                "when",
                "route",
                "status",
                "modality",
                "alleged_by",
                "denied_by",
                "verdicts",
            ),
            (
                (
                    n,
                    t.id,
                    t.supplier,
                    t.recipient,
                    t.item,
                    t.quantity,
                    t.when,
                    t.route,
                    t.status,
                    t.modality,
                    "; ".join(t.alleged_by),
                    "; ".join(t.denied_by),
                    "; ".join(report.verdicts.get(t.id, ())),
                )
                for n, t in transfers
            ),
        ),
        "statements.csv": table(STATEMENTS, _statements(report)),
        "checks.csv": table(
            ("id", "check", "verdict", "about", "summary", "caveat", "paragraphs", "working", "public_data"),
            (
                (
                    x.line.id,
                    x.line.check,
                    x.line.verdict,
                    x.line.subject,
                    x.line.summary,
                    x.line.caveat,
                    ", ".join(map(str, x.paragraphs)),
                    "; ".join(f"{k} = {v}" for k, v in x.line.working),
                    "; ".join(f"{'; '.join(some)} from {source}" for some, source in x.line.rows),
                )
                for x in report.findings
            ),
        ),
        "notes.csv": table(
            ("note", "paragraph", "document", "outlet", "title", "date", "words", "sha256", "start", "end"),
            (
                (n.number, n.paragraph, i.document, i.outlet, i.title, i.date, i.words, i.sha256, i.start, i.end)
                for n in report.notes
                for i in n.items
            ),
        ),
        "documents.csv": table(
            (
                "document",
                "sha256",
                "outlet",
                "agency",
                "title",
                "author",
                "published",
                "language",
                "url",
                "derived_from",
                "relation",
                "origin",
            ),
            (
                (
                    a.number,
                    a.row.sha256,
                    a.row.outlet,
                    a.row.agency,
                    a.title,
                    a.row.author,
                    a.row.published,
                    a.row.language,
                    a.row.url,
                    a.row.derived_from,
                    words.RELATION_WORDS.get(a.row.relation or "", ""),
                    a.row.origin,
                )
                for a in report.documents
            ),
        ),
    }


def tables_zip(report: Report) -> bytes:
    """All tables in one archive; the same report gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables(report).items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, ("\ufeff" + text).encode("utf-8", "replace"))
    return out.getvalue()
