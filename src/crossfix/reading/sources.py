"""From what the user names (files, folders, "-", archives) to sources: one for each document, read when asked for."""

from __future__ import annotations

import gzip
import os
import stat
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossfix.errors import Damaged, EmptyFile, Locked, MissingFile, ReadingError, TooLarge
from crossfix.reading.limits import FILE_LIMIT, RATIO_FROM, RATIO_LIMIT, UNPACKED_LIMIT, size
from crossfix.reference.outlets import words

# Left out when a folder is walked; a file that is named itself is always tried.
NOT_REPORTS = frozenset(
    words(
        ".7z .aac .avi .avif .bak .bin .bmp .bz2 .c .cfg .class .conf .css .csv .db .dll .doc .docx .eot .epub"
        " .exe .flac .geojson"
        " .gif .gitignore .h .heic .ico .ini .ipynb .iso .jar .jpeg .jpg .js .json .jsonl .kml .kmz .lock .log"
        " .map .mkv .mov .mp3"
        " .mp4 .mpeg .o .odt .ods .ogg .otf .parquet .pickle .pkl .png .ppt .pptx .py .pyc .rar .so .sql"
        " .sqlite .sqlite-shm"
        " .sqlite-wal .svg .tar .tgz .tif .tiff .toml .ts .tsv .ttf .wav .webm .webp .woff .woff2 .xls .xlsx"
        " .xml .xsd .xz .yaml .yml"
        " .zip .zst"
    )
)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One document to be read. ``path`` is what the user is shown: the path as given, "-" for standard input, or
    "archive.warc.gz#https://..." for a record of a web archive.

    ``data`` is None while the bytes are still on disk. ``url``, ``date`` (ISO 8601, UTC, when the record was fetched)
    and ``content_type`` are what an archive says of its record. Plain values only: sources travel between processes.
    """

    path: str
    data: bytes | None = None
    url: str | None = None
    date: str | None = None
    content_type: str | None = None

    @property
    def name(self) -> str:
        """The name whose suffix tells the format: the path, or the record's address."""
        return (self.url or self.path).lower()

    def read_bytes(self) -> bytes:
        """The original bytes. Raises ReadingError (MissingFile, Locked, TooLarge, Damaged)."""
        return self.data if self.data is not None else _read_file(self.path)


def original(source: Source) -> bytes:
    """The document's original bytes, as they are hashed and kept. Raises ReadingError."""
    return source.read_bytes()


def find(paths: Sequence[str]) -> Iterator[Source | ReadingError]:
    """All documents under the paths, in order; folders are walked in sorted order, archives record by record.

    What cannot be opened is yielded as an error in its place, never raised, so that one bad file never stops the rest.
    Hidden files, and in folders files that are no reports (pictures, tables, programs), are left out.
    """
    for path in paths:
        yield from _stdin() if path == "-" else _under(path)


def _stdin() -> Iterator[Source | ReadingError]:
    data = sys.stdin.buffer.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        yield TooLarge(f"more than {size(FILE_LIMIT)}", where="-", advice="split it into files")
    elif not data:
        yield EmptyFile("nothing came on standard input", where="-", advice="pipe a document in, or name a file")
    elif _is_warc(data[:4096], "-"):
        import io

        from crossfix.reading.warc import records

        yield from records("-", io.BytesIO(data))
    else:
        yield Source("-", data)


def _under(path: str) -> Iterator[Source | ReadingError]:
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield _os_error(error, path)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield from _file(path)
    else:
        yield MissingFile("this is no regular file", where=path, advice="save its content to a file first")


def _folder(path: str) -> Iterator[Source | ReadingError]:
    try:
        with os.scandir(path) as entries:
            listed = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
    except OSError as error:
        yield _os_error(error, path)
        return
    names = {n for n, _ in listed}
    for name, is_folder in listed:
        if name.startswith("."):
            continue
        below = os.path.join(path, name)
        if is_folder:
            stem = name.removesuffix("_files")  # a browser saves page.html with its pictures in page_files/
            if stem != name and names & {stem + ".html", stem + ".htm"}:
                continue
            yield from _folder(below)
        elif Path(name).suffix.lower() not in NOT_REPORTS and (not os.path.islink(below) or not os.path.isdir(below)):
            yield from _under(below)


def _file(path: str) -> Iterator[Source | ReadingError]:
    try:
        with open(path, "rb") as stream:
            head = stream.read(4096)
        if not _is_warc(head, path):
            yield Source(path)
            return
        from crossfix.reading.warc import records

        with open(path, "rb") as stream:
            yield from records(path, stream)
    except OSError as error:
        yield _os_error(error, path)


def _is_warc(head: bytes, path: str) -> bool:
    """By its first bytes, compressed or not; by its name where those cannot be unpacked."""
    if head[:5] == b"WARC/":
        return True
    named = path.lower().endswith((".warc", ".warc.gz"))
    if head[:2] != b"\x1f\x8b":
        return named
    try:
        return zlib.decompressobj(31).decompress(head, 16)[:5] == b"WARC/"
    except zlib.error:
        return named


def _read_file(path: str) -> bytes:
    try:
        length = os.stat(path).st_size
        if length > FILE_LIMIT:
            raise TooLarge(
                f"{size(length)}, and at most {size(FILE_LIMIT)} are read",
                where=path,
                advice="split it, or take out the report",
            )
        with open(path, "rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise _os_error(error, path) from error
    if len(data) > FILE_LIMIT:  # it grew, or is a device that names no size
        raise TooLarge(f"more than {size(FILE_LIMIT)}", where=path, advice="split it, or take out the report")
    return data


def unpack(data: bytes, where: str) -> bytes:
    """Gzip unpacked in a bounded way. Raises TooLarge for a bomb, Damaged for a stream that is cut or broken."""
    import io

    out, total = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                check_growth(total, len(data), where)
                out.append(chunk)
    except (EOFError, zlib.error, OSError) as error:
        raise Damaged("the compressed data is cut short or broken", where=where, advice="get the file again") from error
    return b"".join(out)


def check_growth(unpacked: int, packed: int, where: str) -> None:
    """Raises TooLarge where unpacked data passes the limit, in all or for each packed byte."""
    if unpacked > UNPACKED_LIMIT:
        what = f"it unpacks to more than {size(UNPACKED_LIMIT)}"
    elif unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * max(packed, 1):
        what = f"it unpacks to more than {RATIO_LIMIT} times its size"
    else:
        return
    raise TooLarge(what, where=where, advice="it may be a decompression bomb; unpack it by hand if you trust it")


def _os_error(error: OSError | ValueError, path: str) -> ReadingError:
    if isinstance(error, PermissionError):
        return Locked("no permission to read it", where=path, advice="change its permissions or copy it")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingFile("no such file or folder", where=path, advice="check the spelling")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return MissingFile(f"it cannot be opened ({reason})", where=path, advice="check the path and the disk")
