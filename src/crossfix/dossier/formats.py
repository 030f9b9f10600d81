"""The forms in which a dossier leaves: chosen by a file's ending, each made of one report; and the plan of a selection without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from crossfix.dossier.plan import ITEMS_MOST, Plan, added, named
from crossfix.dossier.report import Report
from crossfix.errors import UsageError
from crossfix.record.rows import Filter

if TYPE_CHECKING:
    from crossfix.record.store import Record


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the ending that names it, its media type, what it is called, and whether it is for people to read."""

    ending: str
    media_type: str
    title: str
    told: str
    make: Callable[[Report], bytes]


def _html(r: Report) -> bytes:
    from crossfix.dossier.report_html import report_html

    return report_html(r).encode("utf-8", "replace")


def _pdf(r: Report) -> bytes:
    from crossfix.dossier.pdf import to_pdf
    from crossfix.dossier.report_html import report_html

    return to_pdf(report_html(r))


def _markdown(r: Report) -> bytes:
    from crossfix.dossier.report_markdown import report_markdown

    return report_markdown(r).encode("utf-8", "replace")


def _docx(r: Report) -> bytes:
    from crossfix.dossier.report_docx import report_docx

    return report_docx(r)


def _csv(r: Report) -> bytes:
    from crossfix.dossier.tables import statements_csv

    return statements_csv(r).encode("utf-8", "replace")


def _zip(r: Report) -> bytes:
    from crossfix.dossier.tables import tables_zip

    return tables_zip(r)


def _geojson(r: Report) -> bytes:
    from crossfix.dossier.geojson import geojson_text

    return geojson_text(r).encode()


def _bibtex(r: Report) -> bytes:
    from crossfix.dossier.citations import bibtex

    return bibtex(r.documents).encode("utf-8", "replace")


def _csl(r: Report) -> bytes:
    from crossfix.dossier.citations import csl_text

    return csl_text(r.documents).encode("utf-8", "replace")


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: tuple[Form, ...] = (
    Form("html", "text/html; charset=utf-8", "HTML", "one page, with links from every note to its passage", _html),
    Form("pdf", "application/pdf", "PDF", "set for print, with page numbers and bookmarks", _pdf),
    Form("docx", WORD, "Word", "with real footnotes, to go on writing in", _docx),
    Form("md", "text/markdown; charset=utf-8", "Markdown", "plain text with notes", _markdown),
    Form("csv", "text/csv; charset=utf-8", "CSV", "one table: every statement it tells or rests on", _csv),
    Form(
        "csv.zip",
        "application/zip",
        "CSV tables",
        "paragraphs, events, transfers, statements, checks, notes, documents",
        _zip,
    ),
    Form("geojson", "application/geo+json", "GeoJSON", "events, sites and legs of routes, with citations", _geojson),
    Form("bib", "application/x-bibtex; charset=utf-8", "BibTeX", "the documents cited", _bibtex),
    Form(
        "csl.json",
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON",
        "the documents cited, for reference managers",
        _csl,
    ),
)
_ALSO = {"htm": "html", "markdown": "md", "json": "csl.json", "bibtex": "bib", "zip": "csv.zip"}


def form(ending: str) -> Form:
    """The form of this ending ("pdf"). Raises UsageError."""
    for f in FORMS:
        if f.ending == ending:
            return f
    raise UsageError(
        f"a dossier is not written as .{ending}", advice=f"one of {', '.join('.' + f.ending for f in FORMS)}"
    )


def form_of(path: str) -> Form:
    """The form that a file's name asks for. Raises UsageError."""
    name = PurePath(path).name.lower()
    for f in sorted(FORMS, key=lambda f: -len(f.ending)):
        if name.endswith("." + f.ending):
            return f
    last = name.rpartition(".")[2] if "." in name else ""
    if last in _ALSO:
        return form(_ALSO[last])
    listed = ", ".join("." + f.ending for f in FORMS)
    raise UsageError("the name of a dossier's file ends in its form", where=path, advice=f"one of {listed}")


def plan_of_filter(record: Record, f: Filter, title: str | None = None) -> Plan:
    """A plan of all that a filter lets through: events by date, transfers told in no event of these, and statements where there is
    neither. More than a plan holds is counted in the title's line, never cut unsaid: raises UsageError."""
    with record.reading():
        events = [e for e in record.events(f) if not e.reviewed.rejected]
        shown = {e.id for e in events}
        transfers = [
            t for t in record.transfers(f) if not t.reviewed.rejected and (not t.event or t.event not in shown)
        ]
        claims = [] if events or transfers else [c for c in record.claims(f) if not c.reviewed.rejected]
    whole = len(events) + len(transfers) + len(claims)
    if whole > ITEMS_MOST - 3:
        raise UsageError(
            f"{whole:,} rows are too many for one report", advice="narrow it with --about, --since, --type or --limit"
        )
    subject = f.about or f.agent or f.place
    plan = named(
        Plan(), title or (f"{subject}: who says what" if subject else "Who says what, through whom, how firmly"), ""
    )
    for heading, kind, ids in (
        ("What is reported", "event", [e.id for e in events]),
        ("Transfers", "transfer", [t.id for t in transfers]),
        ("What is said", "claim", [c.id for c in claims]),
    ):
        if ids:
            plan = added(plan, "heading", text=heading)
        for id_ in ids:
            plan = added(plan, kind, ref=id_)  # type: ignore[arg-type]
    return plan
