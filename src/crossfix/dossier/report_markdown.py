"""A planned dossier as Markdown with notes ([^1], as GitHub and Pandoc know them). Documents' words are escaped as in ``markdown``."""

from __future__ import annotations

from collections.abc import Iterable

from crossfix.dossier import words
from crossfix.dossier.html import document_blocks
from crossfix.dossier.markdown import _block, esc
from crossfix.dossier.report import AnnexDocument, AnnexFinding, Line, Note, Para, Report
from crossfix.dossier.report_html import READING_NOTE
from crossfix.dossier.view import Fact


def report_markdown(report: Report) -> str:
    """The whole file."""
    out = [f"# {esc(report.title)}", ""]
    if report.author:
        out += [esc(report.author), ""]
    out += [
        f"Made {report.made} with crossfix {report.version}",
        "",
        "## What this rests on",
        "",
        *_facts(report.facts),
        "",
    ]
    out += [READING_NOTE, ""]
    out += [x for line in report.left_out for x in (esc(line), "")]
    if report.pictures:
        names = words.listed([p.name for p in report.pictures])
        out += [
            f"The pictures ({names}) are in the dossier’s HTML, PDF and Word forms; Markdown has none of its own.",
            "",
        ]
    for s in report.sections:
        out += [f"## {esc(s.title or 'What is reported')}", ""]
        for p in s.paragraphs:
            out += _paragraph(p)
    if report.documents and report.lists_documents:
        out += ["## Annex I. Documents", ""]
        for a in report.documents:
            out += _document(a)
    if report.findings:
        out += [
            f"## Annex {'II' if report.documents and report.lists_documents else 'I'}. Checks and their working",
            "",
            words.VERDICTS_NOTE,
            "",
        ]
        for f in report.findings:
            out += _finding(f)
    if report.notes:
        out += ["## Notes", ""]
        out += [x for n in report.notes for x in (f"[^{n.number}]: {note_words(n, report.lists_documents)}", "")]
    return "\n".join(out).rstrip() + "\n"


def _line(line: Line) -> str:
    out = []
    for r in line:
        if r.kind == "note":
            out.append(f"[^{r.number}]")
        elif r.kind == "strong" and r.text.strip() and r.text[0].isalnum() and r.text.rstrip(".")[-1:].isalnum():
            out.append(f"**{esc(r.text, begins=False)}**")
        elif r.kind == "to":
            out.append(f"[{esc(r.text, begins=False)}](#para-{r.number})")
        else:
            out.append(_spaced(r.text))
    return "".join(out).strip()


def _spaced(text: str) -> str:
    return f"{' ' * text[:1].isspace()}{esc(text, begins=False)}{' ' * (text[-1:].isspace() and bool(text.strip()))}"


def _paragraph(p: Para) -> list[str]:
    # the number is escaped: a list of Markdown's own would be renumbered by whoever edits it, and the notes name these numbers
    out = [f'<a id="para-{p.number}"></a>{p.number}\\. {_line(p.lead)}', ""]
    for b in p.blocks:
        out += [f"*{esc(b.label)}*", "", *(f"- {_begin(_line(line))}" for line in b.lines), ""]
    if p.basis and p.kind != "text":
        out += [
            "> Evidentiary basis. " + " ".join(f"{esc(f.label)}: {esc(f.value, begins=False)}." for f in p.basis),
            "",
        ]
    elif p.basis:
        out += [f"> {esc(p.basis[0].value)}", ""]
    return out


def _begin(text: str) -> str:
    """A line that cannot begin another list inside its item."""
    return f"\\{text}" if text[:1] in ("-", "+", "=") else text


def note_words(n: Note, documents: bool) -> str:
    """A note in words: who published what, when, and the passage."""
    parts: list[str] = []
    for i in n.items:
        where = f"document {i.document}"
        if i.see:
            parts.append(f"{'see' if parts else 'See'} note {i.see}" + (f" ({where})" if documents else ""))
        else:
            parts.append(
                f"{esc(i.outlet)}, “{esc(i.title, begins=False)}”, {i.date}"
                + (f", {where}" if documents else "")
                + f": “{esc(i.words, begins=False)}”"
            )
    return "; ".join(parts) + (n.items[-1].stop if n.items else "")


def _facts(facts: Iterable[Fact]) -> list[str]:
    return [f"- **{esc(f.label)}:** {esc(f.value, begins=False)}" for f in facts]


def _document(a: AnnexDocument) -> list[str]:
    cited = ", ".join(map(str, a.notes))
    out = [
        f'### <a id="d{a.number}"></a>{a.number}. {esc(a.title)}',
        "",
        *_facts(a.facts),
        f"- **Cited in:** notes {cited}",
        "",
    ]
    if a.part is not None:
        for block in document_blocks(a.part):
            line = _block(block.inside)
            out += [f"> {line}", ""] if line.strip() else []
    return out


def _finding(x: AnnexFinding) -> list[str]:
    f = x.line
    numbers = ", ".join(map(str, x.paragraphs))
    out = [
        f"### {esc(f.check)}: {words.VERDICT_WORDS[f.verdict]}",
        "",
        f"{esc(f.summary)} (About {esc(f.subject, begins=False)}; paragraph {numbers}.)",
        "",
    ]
    out += [f"- Not shown by this: {esc(f.caveat, begins=False)}"] if f.caveat else []
    out += [f"- By chance alone: {esc(f.chance, begins=False)}"] if f.chance else []
    out += [f"- {esc(k, begins=False)} = {esc(v, begins=False)}" for k, v in f.working]
    out += [f"- Rows {esc('; '.join(some), begins=False)}, from {esc(source, begins=False)}" for some, source in f.rows]
    return [*out, ""]
