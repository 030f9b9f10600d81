"""The forms that people read: HTML, PDF, Word, Markdown. Round trips, and hostile words in each."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from planned import EVIL, report_for

from crossfix.dossier.formats import form
from crossfix.dossier.pdf import NoBrowser, browser, to_pdf
from crossfix.dossier.report import Report
from crossfix.dossier.report_html import css_string, report_html
from crossfix.dossier.report_markdown import report_markdown

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_for(tmp_path_factory.mktemp("r") / "r.sqlite")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_for(tmp_path_factory.mktemp("h") / "h.sqlite", evil=EVIL)


# ------------------------------------------------------------------ HTML


def test_every_link_of_the_page_leads_somewhere_and_ids_are_unique(report: Report) -> None:
    page = html.fromstring(report_html(report))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//a/@href")
    assert links
    assert [x for x in links if not x.startswith("#") or x[1:] not in ids] == []


def test_the_page_has_numbered_paragraphs_notes_and_annexes(report: Report) -> None:
    page = html.fromstring(report_html(report))
    assert [x.text_content().strip() for x in page.xpath("//span[@class='pn']")] == [
        f"{p.number}." for p in report.paragraphs
    ]
    assert len(page.xpath("//ol[@class='notes']/li")) == len(report.notes)
    assert len(page.xpath("//article[@class='document']")) == len(report.documents)
    assert len(page.xpath("//figure")) == 2


def test_hostile_words_are_words_in_html(hostile: Report) -> None:
    text = report_html(hostile)
    page = html.fromstring(text)
    assert page.xpath("//script | //img | //iframe | //object | //form | //base") == []
    assert [a for e in page.iter() for a in e.attrib if str(a).lower().startswith("on")] == []
    assert [x for x in page.xpath("//@href") if not str(x).startswith("#")] == []
    assert "<script>alert(1)</script><img" in page.text_content()
    assert "default-src 'none'" in text
    assert "49" not in page.xpath("string(//h1)")


def test_a_title_cannot_leave_the_style_element() -> None:
    made = css_string('a"}</style><script>x</script>\n\\')
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*"', made)


# ------------------------------------------------------------------ PDF


@pytest.mark.skipif(browser() is None, reason="Chromium is not installed")
def test_the_pdf_holds_the_numbered_paragraphs_in_order(hostile: Report) -> None:
    import pypdfium2

    data = form("pdf").make(hostile)
    assert data.startswith(b"%PDF-")
    with pypdfium2.PdfDocument(data) as pdf:
        text = " ".join(" ".join(pdf[n].get_textpage().get_text_range().split()) for n in range(len(pdf)))
        assert [b for b in _annotations(data) if b"/URI" in b or b"/Launch" in b or b"/JavaScript" in b] == []
    at = 0
    for p in hostile.paragraphs:
        found = re.search(rf"(?<![0-9]){p.number}\. ", text[at:])
        assert found, p.number
        at += found.end()
    assert "Evidentiary basis." in text
    assert "Annex I. Documents" in text


def _annotations(data: bytes) -> list[bytes]:
    return re.findall(rb"/A\s*<<.*?>>", data, re.S)


def test_without_a_browser_a_pdf_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    monkeypatch.setenv("CROSSFIX_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(NoBrowser, match="a PDF needs Chromium, which is not on this machine") as error:
        to_pdf("<p>x</p>")
    assert "\n" not in str(error.value)
    word = form("docx").make(report)  # a Word file is still made, and says what it lacks
    told = "\n".join(p.text for p in _word(word).paragraphs)
    assert "Not drawn here: a picture needs Chromium" in told
    assert "It stands in the HTML form of this dossier" in told


# ------------------------------------------------------------------ Word


def _word(data: bytes) -> Any:
    import docx

    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def word(hostile: Report) -> bytes:
    return form("docx").make(hostile)


def test_the_word_file_has_headings_numbers_tables_and_real_footnotes(word: bytes, hostile: Report) -> None:
    file = _word(word)
    headings = [p.text for p in file.paragraphs if p.style.name.startswith("Heading 1")]
    assert headings[0] == "What this rests on"
    assert headings[-1] == "Annex I. Documents"
    numbered = [p.text.split("\t")[0] for p in file.paragraphs if p.style.name == "Numbered paragraph"]
    assert numbered == [f"{p.number}." for p in hostile.paragraphs]
    assert len(file.tables) >= 2
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert archive.testzip() is None
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        body = etree.fromstring(archive.read("word/document.xml"))
        assert "footnotes+xml" in archive.read("[Content_Types].xml").decode()
    ids = [int(x) for x in notes.xpath("w:footnote[not(@w:type)]/@w:id", namespaces=W)]
    assert ids == [n.number for n in hostile.notes]
    assert [int(x) for x in body.xpath("//w:footnoteReference/@w:id", namespaces=W)] == ids
    first = "".join(notes.xpath("w:footnote[@w:id='1']//w:t/text()", namespaces=W))
    assert hostile.notes[0].items[0].words[:20] in first


def test_hostile_words_are_words_in_word(word: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))  # well-formed, whatever the words
        relations = archive.read("word/_rels/document.xml.rels").decode()
        body = archive.read("word/document.xml").decode()
    assert 'TargetMode="External"' not in relations
    assert "<w:hyperlink" not in body
    assert set(re.findall(r'w:instr="([^"]*)"', body)) <= {"PAGE"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


# ------------------------------------------------------------------ Markdown


def test_markdown_numbers_and_notes_match(report: Report) -> None:
    text = report_markdown(report)
    assert re.findall(r'^<a id="para-(\d+)"></a>\1\\\. ', text, re.M) == [str(p.number) for p in report.paragraphs]
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.M) == [str(n.number) for n in report.notes]
    assert set(re.findall(r"(?<!^)\[\^(\d+)\](?!:)", text)) == {str(n.number) for n in report.notes}


def test_hostile_words_are_words_in_markdown(hostile: Report) -> None:
    from markdown_it import MarkdownIt

    rendered = html.fromstring(
        "<div>" + MarkdownIt("commonmark", {"html": True}).enable("table").render(report_markdown(hostile)) + "</div>"
    )
    assert rendered.xpath("//script | //img | //iframe | //svg") == []
    assert [a for e in rendered.iter() for a in e.attrib if str(a).lower().startswith("on")] == []
    assert [x for x in rendered.xpath("//@href") if not str(x).startswith("#")] == []
    notes = [line for line in report_markdown(hostile).splitlines() if line.startswith("[^")]
    assert len(notes) == len(hostile.notes)


def test_one_record_gives_one_file(tmp_path: Path) -> None:
    for ending in ("html", "md", "csv", "csv.zip", "geojson", "bib", "csl.json"):
        a, b = (form(ending).make(report_for(tmp_path / f"{n}{ending}.sqlite")) for n in (1, 2))
        assert a == b, ending
