"""A planned dossier as one HTML file without script or request; its body also stands in the site's preview."""

from __future__ import annotations

import re
from typing import Any

from crossfix.dossier import words
from crossfix.dossier.html import _TEMPLATES, document_blocks, fit, render_blocks
from crossfix.dossier.report import Report

READING_NOTE = (
    "Everything below is what documents say, with who said it, or what the author wrote; nothing is a finding of fact. Under "
    "each paragraph stands what it rests on. Origins count independent reports: reprints, rewrites and retellings of one report "
    "count once. Grades are those of the Admiralty scale that a person gave: a letter from A to F for the source, a figure from "
    "1 to 6 for the report. A check’s verdict is about the figures and rows named with it, not about whether a report is true."
)
"""How to read a planned dossier; stands in every format for people."""


def report_html(report: Report) -> str:
    """The whole file."""
    from markupsafe import Markup

    style = (_TEMPLATES / "report.css").read_text("utf-8") + _running(report)
    return str(_environment().get_template("report.html").render(_context(report) | {"style": Markup(style)}))


def report_body(report: Report) -> str:
    """The body alone, for a page that brings the style sheet of its own."""
    return str(_environment().get_template("report_body.html").render(_context(report)))


def report_css() -> str:
    """The style sheet."""
    return (_TEMPLATES / "report.css").read_text("utf-8")


def _context(report: Report) -> dict[str, Any]:
    from markupsafe import Markup

    texts = {
        a.number: Markup(render_blocks(document_blocks(a.part)))  # escaped leaf by leaf in render_blocks
        for a in report.documents
        if a.part is not None and report.lists_documents
    }
    return {
        "d": report,
        "texts": texts,
        "pictures": {p.name: Markup(p.svg) for p in report.pictures},  # made by us, words escaped in `pictures`
        "reading_note": READING_NOTE,
        "verdicts_note": words.VERDICTS_NOTE,
        "verdict_words": words.VERDICT_WORDS,
    }


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.filters["fit"] = lambda text: fit(str(text))
    return env


def _running(report: Report) -> str:
    """Page numbers, and the title at the head of every page but the first."""
    title = css_string(report.title if len(report.title) < 90 else report.title[:88] + "…")
    font = 'font: 8pt "Liberation Sans", Helvetica, Arial, sans-serif; color: #50565d'
    return (
        f"\n@page {{ @bottom-right {{ content: counter(page); {font} }} @top-left {{ content: {title}; {font} }} }}"
        "\n@page :first { @top-left { content: none } }\n"
    )


def css_string(text: str) -> str:
    """Words as a string of CSS in which nothing can end the string or the style element."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda m: f"\\{ord(m[0]):x} ", fit(text)) + '"'
