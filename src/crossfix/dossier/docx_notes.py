"""Footnotes in a Word file: the part, its separators and styles, which python-docx does not make itself; and text that XML can carry."""

from __future__ import annotations

import re
from typing import Any

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_EMPTY = (
    f'<w:footnotes xmlns:w="{_W}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def fit(text: str) -> str:
    """The text with what XML cannot carry replaced, one mark for one character."""
    return _UNFIT.sub("\ufffd", text)


class Footnotes:
    """The footnotes of a document, numbered by the word processor in the order of the text."""

    def __init__(self, file: Any) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml

        self._root: Any = parse_xml(_EMPTY)
        part = XmlPart(PackURI("/word/footnotes.xml"), _TYPE, self._root, file.part.package)
        file.part.relate_to(part, _RELATION)
        self._count = 0
        self._styles(file)
        self._settings(file)

    def add(self, paragraph: Any, words: str) -> int:
        """A footnote of these words at the end of a paragraph as it is so far; its number."""
        self._count += 1
        run = paragraph.add_run()
        run.style = self._reference
        run._r.append(_element("w:footnoteReference", {"w:id": str(self._count)}))
        note = _element("w:footnote", {"w:id": str(self._count)})
        body = _element("w:p")
        style = _element("w:pPr")
        style.append(_element("w:pStyle", {"w:val": "FootnoteText"}))
        body.append(style)
        mark = _element("w:r")
        of_mark = _element("w:rPr")
        of_mark.append(_element("w:rStyle", {"w:val": "FootnoteReference"}))
        mark.append(of_mark)
        mark.append(_element("w:footnoteRef"))
        body.append(mark)
        told = _element("w:r")
        text = _element("w:t", {"xml:space": "preserve"})
        text.text = " " + fit(words)
        told.append(text)
        body.append(told)
        note.append(body)
        self._root.append(note)
        return self._count

    def _styles(self, file: Any) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        text = file.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = file.styles["Normal"]
        text.font.size = Pt(8.5)
        text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(2), 1.0
        reference = file.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.font.superscript = True
        text.element.set(_qn("w:styleId"), "FootnoteText")
        reference.element.set(_qn("w:styleId"), "FootnoteReference")
        self._reference = reference

    def _settings(self, file: Any) -> None:
        found = file.settings.element
        of_notes = _element("w:footnotePr")
        for n in ("-1", "0"):
            of_notes.append(_element("w:footnote", {"w:id": n}))
        after = found.find(_qn("w:compat"))
        if after is None:
            found.append(of_notes)
        else:
            after.addprevious(of_notes)


def _element(tag: str, given: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in (given or {}).items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else _qn(name), value)
    return made


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
