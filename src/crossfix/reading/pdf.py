"""PDF: text page by page, joined by a blank line; running heads, running feet and page numbers are found for
marking.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from crossfix.errors import Damaged, EmptyFile, Locked, TooLarge
from crossfix.model import Furniture
from crossfix.reading.dates import day_of
from crossfix.reading.limits import PDF_PAGES, TEXT_LIMIT, size

BETWEEN_PAGES = "\n\n"
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|seite)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*", re.I)


@dataclass(frozen=True, slots=True)
class PdfText:
    """The canonical text of a PDF and what its properties say; ``published`` is the day of creation."""

    text: str
    title: str | None
    author: str | None
    published: str | None
    furniture: tuple[Furniture, ...]
    notes: tuple[str, ...]


def read_pdf(data: bytes, where: str) -> PdfText:
    """Raises Locked (a password), Damaged (cut short or broken), EmptyFile (pictures only), TooLarge."""
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise Damaged("named a PDF, but it is none", where=where, advice="check the file, or rename it")
    tail = data[-4096:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Damaged("the PDF is cut short: its end is missing", where=where, advice="get the file again")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Locked("the PDF is encrypted", where=where, advice="save a copy without a password") from error
        raise Damaged("the PDF is broken and cannot be opened", where=where, advice="get the file again") from error
    try:
        if len(pdf) > PDF_PAGES:
            raise TooLarge(f"{len(pdf)} pages, at most {PDF_PAGES} are read", where=where, advice="split it")
        pages, pictures, failed = _pages(pdf, where, pypdfium2)
        meta = pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()
    if not "".join(pages).strip():
        if failed == len(pages):
            raise Damaged("no page of the PDF can be read", where=where, advice="get the file again")
        if pictures:
            raise EmptyFile(
                "the PDF has pictures of pages and no text",
                where=where,
                advice="recognise its text first (for example with ocrmypdf)",
            )
        raise EmptyFile("there is no text in the PDF", where=where, advice="check how it was saved")
    title = _field(meta, "Title")
    return PdfText(
        BETWEEN_PAGES.join(pages),
        # programs put their file's name there
        None if title and re.search(r"\.\w{2,4}$|^Microsoft Word|^untitled", title, re.I) else title,
        _field(meta, "Author"),
        day_of(meta.get("CreationDate", "")),
        _running(pages),
        (f"{failed} of {len(pages)} pages could not be read",) if failed else (),
    )


def _field(meta: dict[str, str], key: str) -> str | None:
    return " ".join(meta.get(key, "").replace("\0", "").split()) or None


def _pages(pdf: Any, where: str, pdfium: Any) -> tuple[list[str], bool, int]:
    texts: list[str] = []
    pictures, failed, total = False, 0, 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            text = _clean(page.get_textpage().get_text_range())
            if not text.strip() and not pictures:
                pictures = any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
            page.close()
        except pdfium.PdfiumError:
            text, failed = "", failed + 1
        total += len(text)
        if total > TEXT_LIMIT:
            raise TooLarge(f"its text is longer than {size(TEXT_LIMIT)}", where=where, advice="split it")
        texts.append(text)
    return texts, pictures, failed


def _clean(text: str) -> str:
    """Line ends as \\n; the mark pdfium sets for a hyphen at a line's end (U+FFFE or U+0002) as a hyphen; no NULs."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\x02", "-").replace("\0", "")


def _key(line: str) -> str:
    """What makes a line the same on several pages: its figures do not count, unless it is a sentence."""
    return line if line.endswith((".", "!", "?", "”", '"')) else re.sub(r"\d+", "#", line)


def _running(pages: list[str]) -> tuple[Furniture, ...]:
    """First and last lines that stand on most pages (figures aside), and page numbers."""
    if len(pages) < 2:
        return ()
    edges: list[list[tuple[int, int, str]]] = []
    offset = 0
    for text in pages:
        lines = [(m.start(), m.end(), m[0].strip()) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
        near = lines[:2] + lines[max(2, len(lines) - 2) :]
        edges.append([(offset + a, offset + b, t) for a, b, t in near])
        offset += len(text) + len(BETWEEN_PAGES)
    counts = Counter(key for lines in edges for key in {_key(t) for _, _, t in lines})
    need = max(2, 0.5 * len(pages))
    return tuple(
        Furniture(a, b, "header")
        for lines in edges
        for a, b, t in lines
        if _PAGE_NUMBER.fullmatch(t) or (len(t) < 150 and counts[_key(t)] >= need and len(pages) > 2)
    )
