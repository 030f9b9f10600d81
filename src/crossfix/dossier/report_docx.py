"""A planned dossier for a word processor: numbered paragraphs, real footnotes, tables, pictures as PNG where a browser can draw them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from crossfix.dossier import words
from crossfix.dossier.annex import Piece
from crossfix.dossier.docx_notes import Footnotes, fit
from crossfix.dossier.html import document_blocks
from crossfix.dossier.pdf import NoBrowser, to_png
from crossfix.dossier.report import AnnexDocument, AnnexFinding, Line, Note, Para, Picture, Report
from crossfix.dossier.report_html import READING_NOTE
from crossfix.dossier.view import Fact

FONT = "Liberation Serif"
SANS = "Liberation Sans"
SOFT = (0x50, 0x56, 0x5D)
INDENT_CM = 1.1


def report_docx(report: Report) -> bytes:
    """The whole file. Pictures need a browser; without one a line says where else they are."""
    return _Writer(report).made()


class _Writer:
    def __init__(self, report: Report) -> None:
        from docx import Document
        from docx.shared import Cm

        self.report = report
        self.file: Any = Document()
        self.notes = {n.number: n for n in report.notes}
        self._styles()
        self.footnotes = Footnotes(self.file)
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)

    def made(self) -> bytes:
        """The file's bytes."""
        r, f = self.report, self.file
        core = f.core_properties
        core.title, core.author = fit(r.title)[:255], fit(r.author)[:255]
        core.comments, core.language = f"Made with crossfix {r.version}", "en-GB"
        f.add_paragraph(fit(r.title), style="Title")
        if r.author:
            f.add_paragraph(fit(r.author), style="Author")
        f.add_paragraph(f"Made {r.made} with crossfix {r.version}", style="Remark")
        f.add_heading("What this rests on", 1)
        self._facts(r.facts)
        f.add_paragraph(READING_NOTE, style="Remark")
        for line in r.left_out:
            f.add_paragraph(fit(line), style="Remark")
        for n, p in enumerate(r.pictures, 1):
            self._picture(n, p)
        for s in r.sections:
            f.add_heading(fit(s.title or "What is reported"), 1)
            for paragraph in s.paragraphs:
                self._paragraph(paragraph)
        if r.documents and r.lists_documents:
            f.add_heading("Annex I. Documents", 1)
            self._overview(r.documents)
            for a in r.documents:
                self._document(a)
        if r.findings:
            f.add_heading(f"Annex {'II' if r.documents and r.lists_documents else 'I'}. Checks and their working", 1)
            f.add_paragraph(words.VERDICTS_NOTE, style="Remark")
            for x in r.findings:
                self._finding(x)
        self._page_numbers()
        out = io.BytesIO()
        f.save(out)
        return out.getvalue()

    # ---------------------------------------------------------------- styles

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        styles = self.file.styles

        def font(style: Any, name: str, size: float, *, soft: bool = False, bold: bool | None = None) -> Any:
            style.font.name, style.font.size = name, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:eastAsia", "w:hAnsi", "w:cs"):
                fonts.set(qn(kind), name)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                if fonts.get(qn(theme)) is not None:
                    del fonts.attrib[qn(theme)]
            style.font.color.rgb = RGBColor(*SOFT) if soft else RGBColor(0x17, 0x19, 0x1C)
            if bold is not None:
                style.font.bold = bold
            return style

        def new(name: str, base: str = "Normal") -> Any:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            return style

        normal = font(styles["Normal"], FONT, 10.5)
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.15
        font(styles["Title"], FONT, 22, bold=True)
        for n, size in ((1, 14), (2, 11.5)):
            heading = font(styles[f"Heading {n}"], FONT, size, bold=True)
            heading.paragraph_format.space_before, heading.paragraph_format.space_after = (
                Pt(16 if n == 1 else 11),
                Pt(5),
            )
            heading.paragraph_format.keep_with_next = True
        font(new("Author"), FONT, 12)
        font(new("Remark"), FONT, 9.5, soft=True)
        numbered = new("Numbered paragraph")
        numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = (
            Cm(INDENT_CM),
            Cm(-INDENT_CM),
        )
        numbered.paragraph_format.tab_stops.add_tab_stop(Cm(INDENT_CM))
        numbered.paragraph_format.space_before = Pt(7)
        label = font(new("Block label"), SANS, 8.5, soft=True, bold=True)
        label.paragraph_format.left_indent, label.paragraph_format.space_after = Cm(INDENT_CM), Pt(1)
        label.paragraph_format.keep_with_next = True
        line = new("Block line")
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(INDENT_CM + 0.5), Cm(-0.5)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(INDENT_CM + 0.5))
        line.paragraph_format.space_after = Pt(2)
        basis = font(new("Basis"), SANS, 8, soft=True)
        basis.paragraph_format.left_indent = Cm(INDENT_CM)
        text = font(new("Document text"), FONT, 9.5)
        text.paragraph_format.left_indent = Cm(0.6)
        font(new("Caption text"), FONT, 9, soft=True)

    # ---------------------------------------------------------------- parts

    def _line(self, paragraph: Any, line: Line) -> None:
        for r in line:
            if r.kind == "note":
                self.footnotes.add(paragraph, note_words(self.notes[r.number], self.report.lists_documents))
                continue
            run = paragraph.add_run(fit(r.text))
            if r.kind == "strong":
                run.bold = True
            elif r.kind == "warn":
                run.italic = True

    def _paragraph(self, p: Para) -> None:
        lead = self.file.add_paragraph(style="Numbered paragraph")
        lead.add_run(f"{p.number}.\t")
        self._line(lead, p.lead)
        for b in p.blocks:
            self.file.add_paragraph(fit(b.label), style="Block label")
            for line in b.lines:
                under = self.file.add_paragraph(style="Block line")
                under.add_run("–\t")
                self._line(under, line)
        if p.basis and p.kind != "text":
            basis = self.file.add_paragraph(style="Basis")
            basis.add_run("Evidentiary basis. ").bold = True
            basis.add_run(fit(" ".join(f"{f.label}: {f.value}." for f in p.basis)))
        elif p.basis:
            self.file.add_paragraph(fit(p.basis[0].value), style="Basis")

    def _picture(self, number: int, p: Picture) -> None:
        from docx.shared import Cm

        caption = self.file.add_paragraph(style="Caption text")
        caption.paragraph_format.keep_with_next = True
        caption.add_run(f"Figure {number}. {p.title}. ").bold = True
        try:
            image = to_png(p.svg, p.width, p.height)
        except NoBrowser as error:
            caption.add_run(f"Not drawn here: {error.what}. It stands in the HTML form of this dossier.")
            return
        caption.add_run(fit(p.caption))
        shape = self.file.add_picture(io.BytesIO(image), width=Cm(16.4))
        shape._inline.docPr.set("descr", f"{p.title}: {p.caption}")

    def _facts(self, facts: Iterable[Fact]) -> None:
        self._table([(f.label, f.value) for f in facts], (3.4, 13.0))

    def _table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, head: Sequence[str] = ()) -> None:
        from docx.shared import Cm, Pt

        every = [head, *rows] if head else list(rows)
        if not every:
            return
        table = self.file.add_table(rows=len(every), cols=len(widths))
        table.style = "Table Grid" if head else "Normal Table"
        table.autofit = False
        for n, row in enumerate(every):
            for cell, told, wide in zip(table.rows[n].cells, row, widths, strict=True):
                cell.width = Cm(wide)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                run = paragraph.add_run(fit(told))
                run.font.size = Pt(9)
                run.bold = (bool(head) and n == 0) or None
        self.file.add_paragraph().paragraph_format.space_after = Pt(2)

    def _overview(self, documents: Sequence[AnnexDocument]) -> None:
        rows = [
            (
                str(a.number),
                a.outlet,
                a.title,
                words.date_words(a.row.published) if a.row.published else "undated",
                ", ".join(map(str, a.notes[:12])),
            )
            for a in documents
        ]
        self._table(rows, (1.0, 3.6, 6.6, 3.0, 2.2), head=("No.", "Outlet", "Title", "Published", "Notes"))

    def _document(self, a: AnnexDocument) -> None:
        self.file.add_heading(fit(f"{a.number}. {a.title}"), 2)
        self._facts(a.facts)
        if a.part is None:
            return
        for block in document_blocks(a.part):
            pieces = _pieces(block.inside)
            if "".join(t for t, _ in pieces).strip():
                paragraph = self.file.add_paragraph(style="Document text")
                for told, cited in pieces:
                    run = paragraph.add_run(fit(told.replace("\r", " ").replace("\n", " ")))
                    run.underline = cited or None

    def _finding(self, x: AnnexFinding) -> None:
        f = x.line
        self.file.add_heading(fit(f"{f.check}: {words.VERDICT_WORDS[f.verdict]}"), 2)
        about = f"{f.summary} About {f.subject}; paragraph {', '.join(map(str, x.paragraphs))}."
        self.file.add_paragraph(fit(about))
        if f.caveat:
            self.file.add_paragraph(fit(f"Not shown by this: {f.caveat}"))
        if f.chance:
            self.file.add_paragraph(fit(f"By chance alone: {f.chance}"))
        self._table(list(f.working), (5.4, 11.0))
        for some, source in f.rows:
            self.file.add_paragraph(fit(f"{'; '.join(some)}, from {source}"), style="Remark")

    def _page_numbers(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        foot = self.file.sections[0].footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        foot._p.append(field)


def note_words(n: Note, documents: bool) -> str:
    """A note in words: who published what, when, and the passage."""
    parts: list[str] = []
    for i in n.items:
        where = f"document {i.document}"
        if i.see:
            parts.append(f"{'see' if parts else 'See'} note {i.see}" + (f" ({where})" if documents else ""))
        else:
            told = f", {where}" if documents else ""
            parts.append(f"{i.outlet}, “{i.title}”, {i.date}{told}: “{i.words}”")
    return "; ".join(parts) + (n.items[-1].stop if n.items else "")


def _pieces(inside: Sequence[Piece]) -> list[tuple[str, bool]]:
    """A paragraph's text in stretches, each with whether a passage cited holds it."""
    out: list[tuple[str, bool]] = []
    stack: list[tuple[Piece, bool]] = [(p, False) for p in reversed(inside)]
    while stack:
        piece, cited = stack.pop()
        if piece.kind == "text":
            out.append((piece.text, cited))
        else:
            stack.extend((p, cited or piece.kind == "passage") for p in reversed(piece.inside))
    return out
