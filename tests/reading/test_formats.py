"""HTML, PDF and web archives, whole and broken."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import time

import pytest

from crossfix.errors import Damaged, EmptyFile, Locked, ReadingError, TooLarge
from crossfix.model import Document
from crossfix.reading import Source, find, read
from crossfix.reading.html import _author
from crossfix.reading.warc import records
from tests.reading.helpers import PAGE, pdf, warc

PARA = "<p>The ministry said on day %d that the ship had left and that another would follow in the autumn.</p>"


def page(data: str | bytes, name: str = "page.html") -> Document:
    return read(Source(name, data.encode() if isinstance(data, str) else data))


def test_a_saved_page() -> None:
    d = page(PAGE)
    assert d.media_type == "text/html"
    assert (d.title, d.outlet, d.author) == ("Cargo ship seen at northern port", "The Korea Herald", "Park Min-ji")
    assert (d.published, d.published_basis) == ("2024-03-05", "metadata")  # the day printed, in the outlet's zone
    assert (d.agency, d.language, d.url) == ("Yonhap", "en", "https://www.koreaherald.com/view.php?ud=1")
    assert "forty containers" in d.text
    assert "tracking" not in d.text
    assert "World" not in d.text
    assert [d.text[f.start : f.end] for f in d.furniture] == ["SEOUL, March 5 (Yonhap) --"]
    assert page(PAGE) == d


def test_dates_and_names_in_json_ld() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "A ship",
        "datePublished": "2024-02-29T23:59:00Z",
        "author": [{"name": "A. Lee"}, {"name": "B. Ito"}],
        "publisher": {"name": "NK News"},
    }
    ld = json.dumps({"@graph": [article]})
    d = page(
        f'<html><head><script type="application/ld+json">{ld}</script></head><body><article>{PARA % 1}{PARA % 2}</article>'
    )
    assert (d.published, d.author, d.outlet, d.title) == ("2024-02-29", "A. Lee, B. Ito", "NK News", "A ship")


def test_a_date_in_the_address_and_an_outlet_by_domain() -> None:
    d = read(
        Source(
            "w#u",
            (PARA % 1).encode(),
            url="https://edition.cnn.com/2024/01/31/asia/ship/index.html",
            content_type="text/html",
        )
    )
    assert (d.outlet, d.published, d.published_basis) == ("CNN", "2024-01-31", "metadata")


def test_a_stamp_beside_the_report() -> None:
    d = page(
        f"<html><body><h1>Ships</h1><div>ANI | Updated: Mar 05, 2024 10:15 IST</div><article>{PARA % 1}{PARA % 2}</article></body>"
    )
    assert (d.published, d.published_basis) == ("2024-03-05", "metadata")
    assert "Updated" not in d.text


def test_a_declared_charset() -> None:
    text = "Министерство сообщило, что судно ушло из порта и вернется осенью."
    d = page(f'<html><head><meta charset="windows-1251"></head><body><p>{text}</p></body></html>'.encode("cp1251"))
    assert text in d.text
    assert d.language == "ru"


@pytest.mark.parametrize(
    "wrong", ["SEOUL, March 5 (Yonhap)", "WASHINGTON", "Updated: 10:15", "March 5 2024", "https://x.org/a", "x" * 130]
)
def test_an_author_is_no_dateline(wrong: str) -> None:
    assert _author(wrong) is None
    assert [_author(a) for a in ("By Kim Min-ji", "Reuters", "김철수")] == ["Kim Min-ji", "Reuters", "김철수"]


def test_a_page_of_50_mb_is_one_line() -> None:
    with pytest.raises(TooLarge, match=r"page\.html: a page of 50 MB.*save the report's text") as caught:
        page(b"<html><body>" + b"<p>text</p>" * (50 * 1024 * 1024 // 11))
    assert "\n" not in str(caught.value)


def test_a_page_with_the_text_of_a_library_is_one_line() -> None:
    with pytest.raises(TooLarge, match="its text is longer than 5 MB"):
        page("<html><body>" + PARA % 1 * 60_000)


@pytest.mark.parametrize(
    "body", ["<div>" * 100_000 + PARA % 1 + "</div>" * 100_000, "<b>" * 100_000 + "The ministry said so.", "<table><tr><td>" * 60_000 + "x"]
)  # fmt: skip
def test_deep_nesting_neither_crashes_nor_takes_long(body: str) -> None:
    start = time.monotonic()
    d = page("<html><body>" + body)
    assert time.monotonic() - start < 40  # seconds of what would be hours
    assert "nested" in d.notes[0]
    assert "<" not in d.text


@pytest.mark.parametrize(
    "bad",
    ["<a" * 300_000, "<meta " * 300_000, "<p>" * 300_000, "<script>" * 300_000, '<link rel="canonical" ' * 100_000,
     "&#" * 300_000, "<" * 1_000_000, 'src="data:' * 100_000],
    ids=range(8),
)  # fmt: skip
def test_hostile_markup_takes_linear_time(bad: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(EmptyFile):
        page("<html><body>" + bad)
    assert time.monotonic() - start < 40  # seconds of what would be hours


def test_a_page_of_scripts_alone() -> None:
    with pytest.raises(EmptyFile, match="only scripts"):
        page(
            "<html><head><title>x</title><script>var a = 'The ministry said so.';</script></head><body><script>f()</script></body>"
        )


def test_a_page_named_txt_is_still_a_page() -> None:
    assert page(PAGE, "page.txt").media_type == "text/html"


# ------------------------------------------------------------------ PDF


def test_a_pdf() -> None:
    pages = [["Monthly digest", f"Page {n} says that ship number {n} left the port.", f"- {n} -"] for n in (1, 2, 3)]
    d = read(
        Source("r.pdf", pdf(pages, info="/Title (Panel report) /Author (A. Smith) /CreationDate (D:20240305120000Z)"))
    )
    assert (d.media_type, d.title, d.author) == ("application/pdf", "Panel report", "A. Smith")
    assert (d.published, d.published_basis) == ("2024-03-05", "metadata")
    assert "ship number 2 left" in d.text
    marked = [d.text[f.start : f.end] for f in d.furniture]
    assert marked == ["Monthly digest", "- 1 -", "Monthly digest", "- 2 -", "Monthly digest", "- 3 -"]


def test_a_pdf_of_one_page_keeps_all_its_lines() -> None:
    d = read(Source("r.pdf", pdf([["A ship left the port.", "A second one stayed."]])))
    assert d.furniture == ()
    assert d.text.split("\n") == ["A ship left the port.", "A second one stayed."]


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (pdf([["A ship left the port."] * 30] * 3)[:2000], Damaged, "cut short"),
        (pdf([["secret"]], encrypt=True), Locked, "encrypted.*without a password"),
        (pdf([["x"], ["y"]], image=True), EmptyFile, "pictures.*recognise its text"),
        (b"%PDF-1.4\nnothing\n%%EOF\n", Damaged, "broken"),
        (b"plain words", Damaged, "it is none"),
    ],
)
def test_pdfs_that_cannot_be_read(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read(Source("folder/r.pdf", data))
    assert str(caught.value).startswith("folder/r.pdf: ")
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------------ web archives

PAGES = [
    (f"https://www.yna.co.kr/view/{n}", PAGE.replace("forty", f"{n}").encode(), "text/html; charset=utf-8")
    for n in (1, 2, 3)
]


def taken(data: bytes) -> list[Source | ReadingError]:
    return list(records("a.warc.gz", io.BytesIO(data)))


@pytest.mark.parametrize("gz", [True, False])
def test_an_archive_from_disk(gz: bool, tmp_path: object) -> None:
    path = f"{tmp_path}/a.warc" + (".gz" if gz else "")
    other = [("https://x.org/p.png", b"\x89PNG", "image/png"), ("https://x.org/t", b"A ship left.", "text/plain")]
    with open(path, "wb") as f:
        f.write(warc([*PAGES, *other], gz=gz) + warc(PAGES[:1], gz=gz, status="404 Not Found"))
    found = [s for s in find([path]) if isinstance(s, Source)]
    assert [s.path for s in found] == [f"{path}#{u}" for u in [p[0] for p in PAGES] + ["https://x.org/t"]]
    assert found[0].date == "2024-03-06T01:02:03Z"
    assert found[0].data == PAGES[0][1]
    assert read(found[1]).outlet == "The Korea Herald"
    assert read(found[3]).text == "A ship left."


def test_an_archive_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for gz in (True, False):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(warc(PAGES, gz=gz))))
        assert [s.path for s in find(["-"]) if isinstance(s, Source)] == [f"-#{p[0]}" for p in PAGES]


def test_an_archive_compressed_whole() -> None:
    whole = gzip.compress(gzip.decompress(warc(PAGES)))
    assert [type(x).__name__ for x in taken(whole)] == ["Source"] * 3


@pytest.mark.parametrize("gz", [True, False])
def test_an_archive_cut_anywhere_gives_its_whole_records_and_one_error(gz: bool) -> None:
    data = warc(PAGES, gz=gz)
    sizes = [len(warc(PAGES[:n], gz=gz)) for n in range(4)]
    for cut in range(20, len(data), 61):
        found = taken(data[:cut])
        whole = sum(size <= cut for size in sizes[1:])
        if cut in sizes:
            continue
        assert [type(x).__name__ for x in found[:-1]] == ["Source"] * len(found[:-1])
        assert isinstance(found[-1], Damaged), cut
        assert whole <= len(found) - 1 <= whole + 1  # a record's last blank lines may be what is missing
        assert "near byte" in str(found[-1])


def test_a_bomb_in_an_archive_is_one_error_and_the_rest_goes_on() -> None:
    packed = warc(
        [("https://x.org/bomb", gzip.compress(b"<p>a</p>" * 8_000_000), "text/html")],
        extra=(("Content-Encoding", "gzip"),),
    )
    plain = warc([("https://x.org/bomb", b"<p>a</p>" * 8_000_000, "text/html")])
    for bomb in (packed, plain):
        found = taken(bomb + warc(PAGES[:1]))
        assert [type(x).__name__ for x in found] == ["TooLarge", "Source"]
        assert "https://x.org/bomb" in str(found[0])


def test_an_archive_streams() -> None:
    class Endless(io.RawIOBase):
        """An archive that never ends: what was yielded was yielded before the rest was read."""

        def __init__(self) -> None:
            self.one, self.ready, self.taken = warc(PAGES, gz=False), b"", 0

        def read(self, n: int = -1) -> bytes:
            assert n > 0
            while len(self.ready) < n:
                self.ready += self.one
            out, self.ready = self.ready[:n], self.ready[n:]
            self.taken += n
            return out

    stream = Endless()
    found = records("-", stream)
    for _ in range(1000):
        assert isinstance(next(found), Source)
    assert stream.taken < 1100 / 3 * len(stream.one)


def test_an_archive_without_pages() -> None:
    (error,) = taken(warc(PAGES, status="500 Error"))
    assert isinstance(error, EmptyFile)
