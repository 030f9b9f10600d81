"""View to one self-contained HTML file: no script, no request, nothing from a document but escaped text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crossfix.dossier import words
from crossfix.dossier.annex import Block, Piece, lay_out
from crossfix.dossier.view import DocumentPart, Dossier

_TEMPLATES = Path(__file__).parent / "templates"
# Characters that HTML cannot carry; each is shown as one replacement mark, so that offsets still count.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\r": "&#13;"})


def to_html(view: Dossier) -> str:
    """The dossier as one HTML page. Document text is escaped, the page forbids itself scripts and requests."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    env = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env.filters["fit"] = fit
    texts, scattered = {}, set()
    for document in view.documents:
        blocks = document_blocks(document)
        scattered |= _in_pieces(blocks)
        texts[document.number] = Markup(render_blocks(blocks))  # escaped leaf by leaf in render_blocks
    rules = "\n".join(
        f":root:has(#p{n}:target) .k{n}{{background:var(--hit);color:var(--hit-ink)}}" for n in sorted(scattered)
    )
    context: dict[str, Any] = {
        "d": view,
        "texts": texts,
        "style": Markup((_TEMPLATES / "dossier.css").read_text("utf-8") + rules),
        "firmness_marks": words.FIRMNESS_MARKS,
        "status_marks": words.STATUS_MARKS,
        "verdict_marks": words.VERDICT_MARKS,
        "verdicts_note": words.VERDICTS_NOTE,
        "precise": precise,
    }
    return env.get_template("dossier.html").render(context)


def fit(text: str) -> str:
    """The text with what HTML cannot carry replaced, one mark for one character."""
    return _UNFIT.sub("\ufffd", text)


def escape(text: str) -> str:
    """A document's text for an HTML text node, character for character."""
    return fit(text).translate(_ESCAPES)


def precise(value: str | None) -> str | None:
    """The value of a time element's attribute; None where the date is a stretch, which that element cannot say."""
    return None if not value or "/" in value else value


def document_blocks(document: DocumentPart) -> list[Block]:
    """The text of a document of the annex, laid out with its cited passages."""
    passages = [(p.start, p.end, p.number) for p in document.passages]
    return lay_out(document.text, passages, document.furniture, document.sentences)


def render_blocks(blocks: Sequence[Block]) -> str:
    """The blocks as paragraphs. The text content of the whole is the document's text, character for character."""
    out: list[str] = []
    for block in blocks:
        start = len(out)
        blank = True
        stack: list[Piece | str] = list(reversed(block.inside))
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                out.append(item)
                continue
            if item.kind == "text":
                blank = blank and not item.text.strip()
                out.append(escape(item.text))
                continue
            opening, closing = _tags(item)
            blank = blank and item.kind != "passage"
            out.append(opening)
            stack.append(closing)
            stack.extend(reversed(item.inside))
        if not blank:
            out.insert(start, '<p dir="auto">')
            out.append("</p>")
    return "".join(out)


def _tags(piece: Piece) -> tuple[str, str]:
    if piece.kind == "furniture":
        return '<span class="furniture">', "</span>"
    if piece.kind == "sentence":
        return '<span class="sentence">', "</span>"
    n = piece.number
    # the number is drawn by the style sheet, so that the passage's text stays exactly the passage
    back = (
        f'<a class="n" href="#b{n}" data-n="{n}" aria-label="Passage {n}: where it is cited"></a>' if piece.last else ""
    )
    if piece.first:
        return f'<mark id="p{n}" class="k{n}" tabindex="-1">', f"</mark>{back}"
    return f'<mark class="k{n}">', f"</mark>{back}"


def _in_pieces(blocks: Sequence[Block]) -> set[int]:
    """The passages that did not fit into one element."""
    found: set[int] = set()
    todo = [p for b in blocks for p in b.inside]
    while todo:
        piece = todo.pop()
        if piece.kind == "passage" and not (piece.first and piece.last):
            found.add(piece.number)
        todo.extend(piece.inside)
    return found
