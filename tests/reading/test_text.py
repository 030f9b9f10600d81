"""Plain text: headers, encodings, and the canonical text that is never altered."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.errors import EmptyFile, NotText, TooLarge
from crossfix.model import Document
from crossfix.reading import Source, find, read
from crossfix.reading.header import split


def doc(data: bytes | str, name: str = "a.txt", **options: str) -> Document:
    return read(Source(name, data.encode() if isinstance(data, str) else data), **options)


pieces = st.sampled_from(
    ["A ship left. ", "🚀🇰🇵", "e\u0301", "\r\n", "\n\n", "\t", "\u2028", "x" * 3000, "”", "(AP)", "SEOUL (AP) — ", "ab\u00a0", " (ANI)\n"]
)  # fmt: skip
texts = st.one_of(st.lists(pieces, max_size=12).map("".join), st.text(st.characters(blacklist_categories=["Cs", "Cc"])))


@given(texts)
def test_the_canonical_text_is_the_files_text(text: str) -> None:
    if not text.strip() or text.startswith(("\ufeff", "%PDF-")) or text.encode()[:2] in (b"PK",):
        return
    document = doc(text)
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    last = 0
    for f in document.furniture:
        assert last <= f.start < f.end <= len(text)
        assert text[f.start : f.end].strip() == text[f.start : f.end]
        last = f.end


@given(texts)
def test_behind_a_header_offsets_count_from_its_closing_line(text: str) -> None:
    if not text.strip():
        return
    assert doc(f"---\noutlet: The Hill\npublished: 2024-02-03\n---\n{text}").text == text


def test_a_header() -> None:
    d = doc(
        '---\ntitle: "Talks: a first day"\noutlet: Daily NK\nauthors: ["A. Kim", "B. Lee"]\npublished: 2024-02-03\nlanguage: en-US\n'
        "url: https://www.dailynk.com/x\nwire: null\ntopics: [a, b]\n---\n\nThe ministry said so.\n"
    )
    assert (d.title, d.outlet, d.author, d.published, d.published_basis) == (
        "Talks: a first day", "Daily NK", "A. Kim, B. Lee", "2024-02-03", "header",
    )  # fmt: skip
    assert d.language == "en"
    assert d.header["topics"] == "a, b"
    assert "wire" not in d.header
    assert d.text == "\nThe ministry said so.\n"
    assert d.notes == ()


def test_a_header_with_windows_line_ends() -> None:
    d = doc("---\r\ntitle: Talks\r\n---\r\nThe ministry\r\nsaid so.")
    assert (d.title, d.text) == ("Talks", "The ministry\r\nsaid so.")


@pytest.mark.parametrize("value", ["soon", "2023-13-45", "2023-02-30", "2024", "03/04/2024"])
def test_a_date_header_that_is_no_date(value: str) -> None:
    d = doc(f"---\npublished: {value}\n---\nThe ministry said so.")
    assert d.published is None
    assert d.published_basis is None
    assert d.notes == (f"published '{value}' in the header is no date; ignored",)


def test_what_the_user_gave_wins() -> None:
    d = doc(
        "---\npublished: 2020-01-01\noutlet: A\nlanguage: fr\n---\nThe ministry said so.",
        published="2024-05-06",
        outlet="B",
        language="en",
    )
    assert (d.published, d.published_basis, d.outlet, d.language) == ("2024-05-06", "given", "B", "en")


def test_broken_yaml_is_read_line_by_line_with_a_note() -> None:
    d = doc("---\ntitle: Talks: [a\n  published: 2024-01-02\noutlet: 'X\n---\nThe ministry said so.")
    assert d.published == "2024-01-02"
    assert d.text == "The ministry said so."
    assert any("not valid YAML" in n for n in d.notes)


def test_a_header_cannot_unfold_into_gigabytes_or_exhaust_the_stack() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "aliases" in doc(f"---\n{bomb}---\nThe ministry said so.").notes[0]
    assert doc("---\na: " + "[" * 50_000 + "\n---\nThe ministry said so.").text == "The ministry said so."


def test_a_rule_of_dashes_without_a_second_is_text() -> None:
    text = "---\nThe ministry said so."
    assert doc(text).text == text
    assert split("No header\n---\n") == ({}, "No header\n---\n", ())


def test_a_leading_date_is_marked_and_stays_in_the_text() -> None:
    text = " date 2024-03-01 A report says that a ship left."
    d = doc(text)
    assert (d.text, d.published, d.published_basis) == (text, "2024-03-01", "header")
    assert [(text[f.start : f.end], f.kind) for f in d.furniture] == [("date 2024-03-01", "header")]
    odd = doc("date 2024-33-01 A report says so.")
    assert odd.published is None
    assert "no date" in odd.notes[0]
    assert doc("date palms grow in the region, the ministry said.").furniture == ()


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFile, "empty"),
        (b" \n\t\r\n", EmptyFile, "empty"),
        (b"---\ntitle: x\n---\n  \n", EmptyFile, "behind its header"),
        (b"\x00\x01\x02\x03 text", NotText, "binary"),
        (b"\x7fELF\x02\x01", NotText, "program"),
        (b"PK\x03\x04abc", NotText, "ZIP"),
        (b"<?xml version='1.0'?><rss><item/></rss>", NotText, "feed"),
        (b"\x89PNG\r\n\x1a\nabc", NotText, "tesseract"),
        (bytes(range(1, 32)) * 20, NotText, "control"),
    ],
)
def test_what_is_no_text(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        doc(data, "folder/odd.txt")
    assert str(caught.value).startswith("folder/odd.txt: ")
    assert "\n" not in str(caught.value)


def test_a_text_over_the_limit() -> None:
    with pytest.raises(TooLarge, match=r"a\.txt: a text of 6 MB, at most 5 MB are read; split it"):
        doc(b"The ministry said so. " * (6 * 1024 * 1024 // 22))


RUSSIAN = "Министерство сообщило о запуске ракеты с нового космодрома. " * 4
KOREAN = "통일부는 배가 항구를 떠났다고 밝혔다. " * 4
JAPANESE = "防衛省は船が港を出たと発表した。ひらがなの文もある。" * 4
CHINESE = "外交部发言人说,一艘船离开了港口。" * 5


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        ("The ministry said “no” — twice.", "cp1252", "en"),
        ("Le ministère a déclaré que le navire était à l’arrêt.", "cp1252", "fr"),
        (RUSSIAN, "cp1251", "ru"),
        (RUSSIAN, "koi8_r", "ru"),
        (KOREAN, "cp949", "ko"),
        (JAPANESE, "cp932", "ja"),
        (CHINESE, "gb18030", "zh"),
        ("The ministry said that it was late.", "utf-16", "en"),
        ("The ministry said that it was late.", "utf-16-le", "en"),
        ("The ministry said that it was late.", "utf-16-be", "en"),
        ("The ministry said that it was late.", "utf-8-sig", "en"),
    ],
)
def test_encodings(text: str, encoding: str, language: str) -> None:
    d = doc(text.encode(encoding))
    assert d.text == text
    assert d.language == language
    assert bool(d.notes) == (not encoding.startswith("utf"))


def test_mixed_encodings_are_noted() -> None:
    d = doc("The minister’s word — ".encode() + "“no”".encode("cp1252"))
    assert d.text == "The minister’s word — “no”"
    assert d.notes == ("mixed encodings: bytes that are not UTF-8 were read as Windows-1252",)


def test_the_shared_headers_give_the_text_the_scorers_count_in(shared: Path) -> None:
    seen = 0
    for source in find(
        [str(shared / "eval" / "data" / "articles" / "texts"), str(shared / "eval" / "data" / "record" / "texts")]
    ):
        assert isinstance(source, Source)
        text = Path(source.path).read_bytes().decode("utf-8")
        body = text.partition("\n---\n")[2] if text.startswith("---\n") else text
        d = read(source)
        assert d.text == body
        assert d.notes == ()
        assert d.published is not None or "003_" in source.path
        seen += 1
    assert seen >= 20


def test_the_seeds(shared: Path) -> None:
    first, second = [read(s) for s in find([str(shared / "seeds")]) if isinstance(s, Source)]
    assert (first.published, first.published_basis, first.outlet) == ("2023-11-10", "header", None)
    assert [f.kind for f in first.furniture] == ["header"]
    assert (second.outlet, second.agency, second.published, second.published_basis) == ("ANI", "ANI", None, None)
    assert second.title
    assert second.title.endswith(": Report")
    kinds = [f.kind for f in second.furniture]
    assert kinds[:3] == ["credit", "sign_off", "newsletter"]
    assert kinds[-1] == "about"
    left = sum(f.end - f.start for f in second.furniture)
    assert left < 0.04 * len(second.text)
