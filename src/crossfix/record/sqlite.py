"""All that is peculiar to SQLite: opening the file, turns among writers, its errors as ours, and its full-text index.

Another database needs a module with the same functions.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from crossfix.errors import DiskFull, RecordBusy, RecordError

TURN_SECONDS = 30.0
"""How long a writer waits for its turn before it gives up."""
WRITING = "crossfix_writing"
"""The execution option that marks a connection whose transactions write."""


def connect(path: Path, *, read_only: bool = False, turn_seconds: float = TURN_SECONDS) -> Engine:
    """An engine over one connection to the file. Reading never waits for a writer, writers take turns.

    The journal is a write-ahead log, synced when it is folded into the file: killed at any moment, or when power is lost,
    the record stays sound and each document is in it whole or not at all. Power lost may cost the last documents of a
    run, not those before; adding them again is cheap, and a sync for each would take longer than all the rest.
    ``read_only`` is for a file or folder without permission
    to write; the file is then taken as it stands.
    """
    # a path may hold any character; only these mean something in a URI
    escaped = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    address = f"file:{escaped}?mode=ro&immutable=1" if read_only else f"file:{escaped}?mode=rwc"

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=turn_seconds, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=open_file, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: sqlite3.Connection, _: object) -> None:
        dbapi.execute("PRAGMA synchronous = NORMAL")
        # REPLACE deletes without firing delete triggers unless this is on
        dbapi.execute("PRAGMA recursive_triggers = ON")
        # a cache is filled as pages are asked for: small records take little. Linking looks up thousands of places all over a tree
        dbapi.execute(f"PRAGMA cache_size = -{32_000 if read_only else 256_000}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # taking the write lock at once, instead of at the first write, is what lets the busy timeout do the queueing
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def use_write_ahead_log(engine: Engine, turn_seconds: float = TURN_SECONDS) -> None:
    """Switch a new file to the write-ahead log for good. SQLite does not queue for this, so it is tried again."""
    until = time.monotonic() + turn_seconds
    while True:
        raw = engine.raw_connection()
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not _is(error, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > until:
                raise
            time.sleep(0.05)
        finally:
            raw.close()


def limit_pages(engine: Engine, pages: int) -> None:
    """Hold the file to so many more-or-less 4 KB pages; past them a write is refused as on a full disk."""
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA max_page_count = {int(pages)}")


def sound(connection: Connection) -> bool:
    """True where SQLite's own check of the whole file finds nothing wrong."""
    return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def tables(connection: Connection) -> set[str]:
    """The names of the tables in the file."""
    return {str(r[0]) for r in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}


# ------------------------------------------------------------------ errors


_DAMAGED = "the record is damaged"
_RESTORE = "restore it from a copy, or add the documents to a new one"


@contextmanager
def errors_as_ours(path: Path | str) -> Iterator[None]:
    """Turn the database's errors into one clear line: busy, full, damaged, not to be written, or else its own words."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise _ours(cause, str(path)) from error
    except (json.JSONDecodeError, zlib.error) as error:
        raise RecordError(_DAMAGED, where=str(path), advice=_RESTORE) from error
    except UnicodeEncodeError as error:
        raise RecordError("a value holds half a character and cannot be kept", where=str(path)) from error


def _is(error: BaseException | None, *codes: int) -> bool:
    return (getattr(error, "sqlite_errorcode", -1) & 0xFF) in codes


def _ours(cause: BaseException | None, path: str) -> RecordError:
    if _is(cause, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return RecordBusy(
            "another command is writing to the record and has not finished", where=path, advice="try again when it has"
        )
    if _is(cause, sqlite3.SQLITE_FULL):
        return DiskFull(
            "no room left on the disk; what was in the record is unharmed",
            where=path,
            advice="make room and run it again",
        )
    if _is(cause, sqlite3.SQLITE_NOTADB):
        return RecordError("this file is no crossfix record", where=path, advice="name another with --record")
    if _is(cause, sqlite3.SQLITE_CORRUPT):
        return RecordError(_DAMAGED, where=path, advice=_RESTORE)
    if _is(cause, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return RecordError(
            "the record cannot be opened or written here", where=path, advice="check the path and its permissions"
        )
    if _is(cause, sqlite3.SQLITE_IOERR):
        return RecordError(
            "the disk refused to read or write", where=path, advice="check its room and health, then run it again"
        )
    return RecordError(f"the database refused: {str(cause).splitlines()[0] if str(cause) else cause!r}", where=path)


# ------------------------------------------------------------------ full-text search

# Han, Kana and Hangul: written without spaces between what a reader would look up, so they are indexed in pairs
_UNSPACED = r"\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUN = re.compile(f"[{_UNSPACED}]+")
_QUERY = re.compile(r'"([^"]+)"|(\S+)')


def indexed_form(body: str) -> str:
    """The text as it goes into the index: every run of Han, Kana or Hangul as overlapping pairs and its last character.

    >>> indexed_form("북한은 2발")
    '북한 한은 은   2 발 '
    """
    body = unicodedata.normalize("NFC", body).replace("\0", " ")
    return _RUN.sub(lambda m: _pairs(m[0], whole=True), body)


def _pairs(run: str, *, whole: bool) -> str:
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    if whole:
        pairs.append(run[-1])
    return (" " if whole and len(run) == 1 else "") + " ".join(pairs) + " "


def query_words(query: str) -> list[str]:
    """The words and "quoted phrases" of a query, those without a letter or digit left out."""
    words = (a or b for a, b in _QUERY.findall(unicodedata.normalize("NFC", query)))
    return [w for w in (w.strip('"') for w in words) if any(c.isalnum() for c in w)]


def _match(word: str) -> str:
    """One word of a query in the index's own language."""
    word = word.replace('"', " ").replace("\0", " ")
    last = ""
    parts: list[str] = []
    for piece in re.split(f"([{_UNSPACED}]+)", word):
        if not piece:
            continue
        if _RUN.fullmatch(piece):
            # a single character finds the pairs that begin with it, and itself at the end of a run
            parts.append(_pairs(piece, whole=False).strip() if len(piece) > 1 else piece)
            last = "*" if len(piece) == 1 else ""
        else:
            parts.append(piece)
            last = ""
    return f'"{" ".join(parts)}"{last}'


def index_passages(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Put passages into the search index under their row numbers."""
    if rows:
        connection.execute(
            text("INSERT INTO search (rowid, body) VALUES (:row, :body)"),
            [{"row": row, "body": indexed_form(body)} for row, body in rows],
        )


def match(words: Sequence[str]) -> str:
    """A query for all the words in the index's own language."""
    return " AND ".join(_match(w) for w in words)


def matching_passages(connection: Connection, words: Sequence[str], limit: int | None = None) -> list[int]:
    """The row numbers of the passages that hold all the words, the best match first."""
    if not words:
        return []
    query = match(words)
    sql = "SELECT rowid FROM search WHERE search MATCH :q ORDER BY rank, rowid" + (" LIMIT :n" if limit else "")
    return [int(r[0]) for r in connection.execute(text(sql), {"q": query, "n": limit} if limit else {"q": query})]


def clear_search(connection: Connection) -> None:
    """Empty the search index, to build it again."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('delete-all')")


# ------------------------------------------------------------------ what linking looks up


FRESH_MOST = 500_000
"""Fingerprints in the small tree before they are put over into the large one: those of some six thousand reports."""


def index_prints(connection: Connection, rows: Sequence[tuple[int, int]], most: int) -> None:
    """Put (fingerprint, document row) pairs into the sketches, each fingerprint under so many documents at most."""
    # each tree holds so many at most: the large one's places are looked up in order only, when the small one is put over
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO fresh_sketches (hash, document) SELECT ?, ? WHERE "
        "(SELECT count(*) FROM (SELECT 1 FROM fresh_sketches WHERE hash = ? LIMIT ?)) < ?",
        [(h, d, h, most, most) for h, d in rows],
    )
    fresh = connection.exec_driver_sql("SELECT count(*) FROM fresh_sketches").scalar() or 0
    if fresh > FRESH_MOST:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO sketches (hash, document) SELECT f.hash, f.document FROM "
            "(SELECT hash, document, row_number() OVER (PARTITION BY hash ORDER BY document) AS n FROM fresh_sketches) f "
            "WHERE f.n + (SELECT count(*) FROM (SELECT 1 FROM sketches s WHERE s.hash = f.hash LIMIT ?)) <= ? ORDER BY f.hash",
            (most, most),
        )
        connection.exec_driver_sql("DELETE FROM fresh_sketches")


def index_blocks(connection: Connection, rows: Sequence[tuple[str, str]]) -> None:
    """Put (key, mention) pairs into the blocks."""
    connection.exec_driver_sql("INSERT OR IGNORE INTO blocks (key, mention) VALUES (?, ?)", list(rows))


def sharing(connection: Connection, prints: Iterable[int]) -> dict[int, int]:
    """By document row, how many of the fingerprints it is indexed under."""
    asked = json.dumps(sorted(set(prints)))
    out: dict[int, int] = {}
    for table in ("sketches", "fresh_sketches"):
        found = connection.exec_driver_sql(
            f"SELECT s.document, count(*) FROM json_each(?) j CROSS JOIN {table} s ON s.hash = j.value GROUP BY s.document",
            (asked,),
        )
        for row, n in found:
            out[row] = out.get(row, 0) + n
    return out


def in_blocks(connection: Connection, keys: Iterable[str]) -> dict[str, list[str]]:
    """By block, the mentions in it, in order of their ids."""
    found = connection.exec_driver_sql(
        "SELECT b.key, b.mention FROM json_each(?) j CROSS JOIN blocks b ON b.key = j.value",
        (json.dumps(sorted(set(keys))),),
    )
    out: dict[str, list[str]] = {}
    for key, mention in found:
        out.setdefault(key, []).append(mention)
    return {k: sorted(v) for k, v in out.items()}
