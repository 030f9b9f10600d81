"""Web archives (WARC, WARC.gz): one source for each stored page, streamed, however large the archive is."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import IO, Any

from crossfix.errors import Damaged, EmptyFile, ReadingError, TooLarge
from crossfix.reading.sources import Source, check_growth

_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/markdown")
_CHUNK = 1 << 18


def records(path: str, stream: IO[bytes]) -> Iterator[Source | ReadingError]:
    """The pages, texts and PDFs of an archive, in order; records of other kinds and failed requests are left out.

    A record cut short is an error at its offset; what came before it stays. A record that is too large, or grows too
    far when unpacked, is an error of its own, and the rest goes on.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    counted = _Counted(stream)
    found, broken = 0, False

    class Records(ArchiveIterator):  # type: ignore[misc]
        INC_RECORD = ""  # the library prints this to standard error; a cut archive is reported here

        def _next_record(self, next_line: bytes | None) -> Any:
            try:
                return super()._next_record(next_line)
            except EOFError:
                if next_line:  # a record had begun; the library would end in silence
                    raise _Cut from None
                raise

    try:
        for record in Records(_Unpacked(counted) if counted.is_gzip() else counted):
            item = _source(path, record, counted)
            if item is not None:
                found += 1
                yield item
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error, _Cut, AttributeError, TypeError, LookupError):
        # the last three are how the library itself fails on headers that are cut
        broken = True
    if broken or not counted.ended_well():
        yield Damaged(
            f"the archive is cut short or broken near byte {counted.read_so_far}",
            where=path,
            advice=f"the {found} documents before it were read; get the archive again",
        )
        return
    if not found:
        yield EmptyFile(
            "no page, text or PDF in this archive", where=path, advice="check that it is a WARC of responses"
        )


class _Cut(Exception):
    """A record ends before its declared length."""


class _Counted:
    """A stream that knows how many bytes were taken from it and how it ended."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.read_so_far = 0
        self.ahead = stream.read(2)
        self.gzip = self.ahead == b"\x1f\x8b"
        self.tail = b""

    def read(self, n: int = -1) -> bytes:
        data, self.ahead = self.ahead, b""
        if n < 0 or len(data) < n:
            data += self.stream.read(n - len(data) if n >= 0 else -1)
        self.read_so_far += len(data)
        self.tail = (self.tail + data)[-4:]
        return data

    def close(self) -> None:
        self.stream.close()

    def is_gzip(self) -> bool:
        return self.gzip

    def ended_well(self) -> bool:
        """False where an uncompressed archive does not end with the blank line that closes a record."""
        return self.gzip or self.tail.endswith((b"\n\n", b"\n\r\n"))


class _Unpacked:
    """Gzip, member after member, as one stream. warcio can do this itself, but takes a member cut short for the end, and
    refuses archives that were compressed whole."""

    def __init__(self, packed: _Counted) -> None:
        self.stream = gzip.GzipFile(fileobj=packed)  # type: ignore[call-overload]

    def read(self, n: int = -1) -> bytes:
        try:
            return bytes(self.stream.read1(n))
        except EOFError:
            raise _Cut from None

    def close(self) -> None:
        self.stream.close()


def _source(path: str, record: Any, counted: _Counted) -> Source | ReadingError | None:
    if record.rec_type not in ("response", "resource"):
        _drain(record.raw_stream)
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip().strip("<>")
    http = record.http_headers
    content_type = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    status = (http.get_statuscode() or "") if http else "200"
    if not status.startswith("2") or content_type.lower().split(";")[0].strip() not in _TYPES:
        _drain(record.raw_stream)
        return None
    where = f"{path}#{url}"
    parts: list[bytes] = []
    before, total = counted.read_so_far, 0
    body = record.content_stream()
    while chunk := body.read(_CHUNK):
        total += len(chunk)
        try:
            check_growth(total, max(counted.read_so_far - before, 1 << 14), where)
        except TooLarge as error:
            parts.clear()
            _drain(record.raw_stream)
            return error
        parts.append(chunk)
    if getattr(record.raw_stream, "limit", 0):
        raise _Cut
    return Source(
        where,
        b"".join(parts),
        url=url or None,
        date=record.rec_headers.get_header("WARC-Date"),
        content_type=content_type,
    )


def _drain(stream: Any) -> None:
    """Go to the record's end without keeping it, in bounded memory."""
    while stream.read(_CHUNK):
        pass
    if getattr(stream, "limit", 0):
        raise _Cut
