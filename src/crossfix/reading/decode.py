"""Bytes to text: encodings, and telling text from what is not."""

from __future__ import annotations

import codecs
import re

from crossfix.errors import EmptyFile, NotText
from crossfix.reference.outlets import words

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What is guessed among where nothing is declared; a longer list makes more wrong guesses, not more right ones.
_GUESSES = [
    "cp1251", "koi8_r", "cp949", "cp932", "euc_jp", "gb18030", "big5", "cp1256", "cp1255", "cp1250", "cp1252",
]  # fmt: skip
_NO_CHARSETS = frozenset(
    words("utf-7 idna punycode unicode-escape unicode_escape raw-unicode-escape raw_unicode_escape undefined")
)
_MAGIC = (
    (b"PK\x03\x04", "an office document or ZIP archive", "save the report as text, HTML or PDF"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save the report as text, HTML or PDF"),
    (b"\x89PNG", "a picture", "recognise its text first (for example with tesseract)"),
    (b"\xff\xd8\xff", "a picture", "recognise its text first (for example with tesseract)"),
    (b"GIF8", "a picture", "recognise its text first (for example with tesseract)"),
    (b"SQLite format 3", "a database", "give it with --record if it is a record of crossfix"),
    (b"\x7fELF", "a program", "give the report itself"),
    (b"{\\rtf", "a rich-text document", "save the report as text, HTML or PDF"),
)
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27} | {127})
_VALID_RUN = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})"
)


def check_is_text(data: bytes, where: str) -> None:
    """Raises EmptyFile for no bytes, NotText for known binary formats, NULs or mostly control characters."""
    if not data.strip():
        raise EmptyFile("the file is empty", where=where, advice="check how it was saved")
    for magic, what, advice in _MAGIC:
        if data.startswith(magic):
            raise NotText(f"this is {what}, not text", where=where, advice=advice)
    if any(data.startswith(bom) for bom, _ in _BOMS) or wide(data):
        return
    if b"\0" in data:
        raise NotText("this is a binary file, not text", where=where, advice="give a text, HTML, PDF or WARC file")
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls > len(data) * 0.03:
        raise NotText(
            "this is mostly control characters, not text", where=where, advice="give a text, HTML, PDF or WARC file"
        )


def wide(data: bytes) -> str | None:
    """ "utf-16-le" or "utf-16-be" for UTF-16 without a mark: every other byte of Latin text is NUL."""
    head = data[:4096]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.02 * half else None


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was read. Never fails: what no encoding explains becomes U+FFFD, and is noted.

    Order: a byte-order mark (dropped from the text), UTF-8, the declared encoding, UTF-8 with stray bytes of
    Windows-1252 (mixed encodings), a guess. UTF-8 comes before the declaration: text that is valid UTF-8 by chance is
    almost unknown, wrong declarations are not.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _loose(data[len(bom) :], name)
    if unmarked := wide(data):
        return _loose(data, unmarked)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    known = _codec(declared)
    if known and known != "utf-8":
        try:
            return data.decode(known), ()
        except (UnicodeDecodeError, LookupError):  # LookupError: a codec, but of bytes to bytes
            pass
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    valid = sum(len(m) for m in _VALID_RUN.findall(data))
    western = high < 0.15 * len(
        data
    )  # a few accents and quotation marks; Japanese in Shift_JIS has chance runs of UTF-8
    if valid and (western or valid >= 0.7 * high):
        return _mixed(data)
    if western:
        return _western(data)
    return _guess(data)


def _loose(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        return data.decode(name, "replace"), (f"some bytes are not valid {name.upper()} and are shown as \ufffd",)


def _codec(name: str | None) -> str | None:
    """The Python codec of a declared charset, None for an unknown one or one that is no text encoding."""
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # pages declare Latin-1, GB2312 and EUC-KR and mean their supersets (WHATWG Encoding Standard)
    wider = {
        "iso8859-1": "cp1252",
        "ascii": "cp1252",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "euc_kr": "cp949",
        "shift_jis": "cp932",
    }
    return None if info.name in _NO_CHARSETS else wider.get(info.name, info.name)


def _stray(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", "replace"), error.end


codecs.register_error("crossfix-cp1252", _stray)


def _mixed(data: bytes) -> tuple[str, tuple[str, ...]]:
    text = data.decode("utf-8", "crossfix-cp1252")
    return text, ("mixed encodings: bytes that are not UTF-8 were read as Windows-1252",)


def _western(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode("cp1252"), ("not UTF-8; read as Windows-1252",)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ("not UTF-8; read as Windows-1252, unknown bytes are shown as \ufffd",)


def _guess(data: bytes) -> tuple[str, tuple[str, ...]]:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[: 1 << 20], cp_isolation=_GUESSES, enable_fallback=False).best()
    if best is None:
        return data.decode("utf-8", "replace"), ("the encoding is not known; unreadable bytes are shown as \ufffd",)
    text = data.decode(best.encoding, "replace")
    return text, (f"not UTF-8; the encoding was guessed to be {best.encoding}",)
