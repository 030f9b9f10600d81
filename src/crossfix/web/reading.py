"""A record for each request: opened readers are kept and lent to one request at a time, each in one consistent view."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection

from crossfix import __version__
from crossfix.record.store import Record
from crossfix.web.errors import Refused, Unchanged

if TYPE_CHECKING:
    from crossfix.web.settings import Settings

T = TypeVar("T")
KEPT_READERS = 4
KEPT_ANSWERS = 512
TURN_SECONDS = 10.0
"""How long a change waits while another command writes, before the visitor is told that the record is busy."""


class Memo:
    """Answers that hold as long as the record stays as it is. Safe in several threads; two may compute the same at once."""

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The answer kept under the key, else a new one."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        made = compute()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def forget(self, revision: str) -> None:
        """Forget what was kept for a revision of the record, as any change does; what is kept for longer stays."""
        with self._lock:
            for key in [k for k in self._kept if isinstance(k, tuple) and k[:1] == (revision,)]:
                del self._kept[key]


@dataclass(frozen=True)
class View:
    """What a request reads: a record within one transaction, its connection for ``reads_*`` functions, and its revision."""

    record: Record
    connection: Connection
    revision: str
    settings: Settings
    memo: Memo

    def cached(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What ``compute`` gives, kept until the record changes. ``key`` names the question with all it depends on."""
        return self.memo.get((self.revision, key), compute)


class Readers:
    """Opened records, lent to one request at a time. Opening one costs some milliseconds and SQLAlchemy's compiled statements."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[tuple[Record, tuple[int, int]]] = []
        self._lock = threading.Lock()

    def _identity(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_dev, found.st_ino)

    @contextmanager
    def lent(self) -> Iterator[Record]:
        """A record for reading. A file that another took the place of is opened anew. Raises RecordError."""
        here = self._identity()
        with self._lock:
            stale = [r for r, identity in self._idle if identity != here]
            self._idle = [x for x in self._idle if x[1] == here]
            record = self._idle.pop()[0] if self._idle else None
        for old in stale:
            old.close()
        if record is None:
            record = Record.open(self.path, create=False)
        try:
            yield record
        except BaseException:
            record.close()  # whatever state an error left it in, nobody gets it again
            raise
        with self._lock:
            if len(self._idle) < KEPT_READERS:
                self._idle.append((record, here))
                return
        record.close()

    def close(self) -> None:
        """Close what is idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for record, _ in idle:
            record.close()


@contextmanager
def viewed(readers: Readers, settings: Settings, memo: Memo) -> Iterator[View]:
    """A view outside of a request's dependencies, for tests and background work."""
    with readers.lent() as record, record.reading() as connection:
        yield View(record, connection, revision(connection, readers.path), settings, memo)


def _view(request: Request) -> Iterator[View]:
    state = request.app.state
    with viewed(state.readers, state.settings, state.memo) as view:
        yield view


def _writable(request: Request) -> Iterator[Record]:
    state = request.app.state
    if state.settings.read_only:
        raise Refused("the site was started for reading only", advice="start crossfix serve without --read-only")
    with Record.open(state.readers.path, create=False, write=True, turn_seconds=TURN_SECONDS) as record:
        yield record


Reading = Annotated[View, Depends(_view, scope="function")]
"""A page asks for this to read. The route must be a plain ``def``: it then runs in a thread of its own."""
Writing = Annotated[Record, Depends(_writable, scope="function")]
"""A POST route asks for this to change the record (a ``Record`` opened for writing; use ``record.transaction()``). Refused where the site
is for reading only."""


def revision(connection: Connection, path: Path) -> str:
    """A short name for the state of the record: kept tables only grow, so their last rows say it all."""
    from crossfix.record import schema

    last = " UNION ALL ".join(f'SELECT max("row") FROM "{name}"' for name in schema.KEPT)
    rows = [str(r[0] or 0) for r in connection.exec_driver_sql(last)]
    return hashlib.blake2b(f"{path}\0{'.'.join(rows)}".encode(), digest_size=8).hexdigest()


def etag(view: View, *also: object) -> str:
    """A tag for an answer that depends on the record and on ``also`` (the query, who asks). Weak: the same content, not the same
    bytes."""
    whole = "\0".join(str(x) for x in (__version__, view.revision, *also))
    return f'W/"{hashlib.blake2b(whole.encode(), digest_size=9).hexdigest()}"'


def unchanged_since(request: Request, tag: str) -> None:
    """Raises Unchanged, which is answered with 304, where the visitor has this already."""
    given = request.headers.get("if-none-match", "")
    if tag in (x.strip() for x in given.split(",")) or given.strip() == "*":
        raise Unchanged(tag)
