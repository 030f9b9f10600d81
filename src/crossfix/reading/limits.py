"""How much is read at most. Documents are hostile until shown otherwise: every size is bounded."""

from __future__ import annotations

MB = 1024 * 1024

FILE_LIMIT = 200 * MB  # a file read whole (a WARC is streamed and may be larger)
TEXT_LIMIT = 5 * MB  # the text of one document: some 1,500 pages; the parse of more would not fit in memory
HTML_LIMIT = 20 * MB  # a page
UNPACKED_LIMIT = 50 * MB  # what one compressed file or one WARC record may grow to
RATIO_LIMIT = 200  # unpacked over packed bytes, above RATIO_FROM: text does not pack so well, a bomb does
RATIO_FROM = 4 * MB
PDF_PAGES = 3000
HEADER_LIMIT = 64 * 1024  # a YAML header, in characters
HTML_DEPTH = 200  # elements inside each other; libxml2 refuses at 256, and extraction recurses
HTML_TAGS = 40_000  # likewise: extraction walks the tree many times
HTML_FULL = 3 * MB  # a page larger than this, without scripts and styles, is read without boilerplate removal


def size(n: int) -> str:
    """A number of bytes for a person: "50 MB"."""
    return f"{n / MB:.0f} MB" if n >= MB else f"{n // 1024} KB" if n >= 1024 else f"{n} bytes"
