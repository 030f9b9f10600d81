"""The record: opened, added to, asked. What it hands out are the rows of ``crossfix.record.rows``."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, RowMapping, Select, Table, insert, select
from sqlalchemy.sql.elements import ColumnElement

from crossfix import __version__
from crossfix.errors import RecordError
from crossfix.record import schema, sqlite
from crossfix.record.opening import open_engine
from crossfix.record.rows import (
    Added,
    AgentRow,
    ClaimRow,
    Descent,
    DocumentRow,
    DriftRow,
    EventMention,
    EventRow,
    Evidence,
    Filter,
    HistoryRow,
    LinkSummary,
    OriginRow,
    PlaceRow,
    SourceRow,
    TransferMention,
    TransferRow,
)

if TYPE_CHECKING:
    from crossfix.model import Extraction
    from crossfix.record.findings import CheckRun, FindingRow

BY = f"crossfix {__version__}"
"""Who writes, where no person does."""
_CHUNK = 400  # ids in one query; SQLite's own limit on parameters was 999 for long


class Record:
    """The store of documents and all that was read in them. Nothing in it is overwritten.

    Use it as a context manager, in one thread at a time. Every method may raise RecordError or one of its kinds
    (RecordBusy, DiskFull, UnknownId); what was in the record before is then unharmed.
    """

    def __init__(self, path: Path, engine: Any, *, writable: bool) -> None:
        self.path = path
        self.engine = engine
        self.writable = writable
        self._connection: Connection | None = None
        self._texts: dict[str, str] = {}
        self.laid_over: Any = None  # people's acts as last read; see reviews_overlay

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        write: bool = False,
        turn_seconds: float = sqlite.TURN_SECONDS,
    ) -> Record:
        """Open the record at ``path`` ("~" is the home folder), making it where it is missing and ``create`` is true.

        With ``write`` false, every attempt to add is refused. ``turn_seconds`` is how long a writer waits for another's
        document to be in. Raises RecordError, NewerRecord, RecordBusy, DiskFull.
        """
        place = Path(path).expanduser()
        engine = open_engine(place, create=create, write=write, turn_seconds=turn_seconds)
        return cls(place, engine, writable=write)

    def close(self) -> None:
        """Close the file. A closed record must not be used again."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # ------------------------------------------------------------------ transactions

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing: what is written inside is kept together at the end, or not at all. Waits for its turn."""
        if self._connection is not None:
            yield self._connection
            return
        if not self.writable:
            raise RecordError("the record was opened for reading only", where=str(self.path))
        with sqlite.errors_as_ours(self.path), self.engine.connect() as connection:
            connection = connection.execution_options(**{sqlite.WRITING: True})
            try:
                with connection.begin():
                    self._connection = connection
                    try:
                        yield connection
                    finally:
                        self._connection = None
            except BaseException:
                self.laid_over = None  # it may hold what is rolled back
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the record for everything read inside, whatever others write meanwhile."""
        if self._connection is not None:
            yield self._connection
            return
        with sqlite.errors_as_ours(self.path), self.engine.connect() as connection, connection.begin():
            self._connection = connection
            try:
                yield connection
            finally:
                self._connection = None

    # ------------------------------------------------------------------ kept rows

    def current(self, table: Table, *where: ColumnElement[bool]) -> list[RowMapping]:
        """The newest version of every row that meets the conditions and was not withdrawn, oldest row first."""
        with self.reading() as connection:
            return list(connection.execute(newest(table, *where).order_by(table.c.row)).mappings())

    def current_of(self, table: Table, ids: Iterable[str]) -> dict[str, RowMapping]:
        """The newest versions by id, withdrawn ones left out."""
        out: dict[str, RowMapping] = {}
        for some in _chunks(sorted(set(ids))):
            out |= {r["id"]: r for r in self.current(table, table.c.id.in_(some))}
        return out

    def append(
        self, table: Table, rows: Mapping[str, Mapping[str, Any]], *, act: str, why: str | Mapping[str, str]
    ) -> tuple[int, int]:
        """Write a new version of each row whose columns differ from its current one; returns how many ids were new and
        how many changed."""
        if not rows:
            return 0, 0
        with self.transaction() as connection:
            last: dict[str, int] = {}
            standing: dict[str, RowMapping] = {}
            for some in _chunks(sorted(rows)):
                for r in connection.execute(_last(table, table.c.id.in_(some))).mappings():
                    last[r["id"]] = r["version"]
                    standing[r["id"]] = r
            stamp = {"at": now(), "by": BY}
            fresh = []
            for id_, columns in rows.items():
                old = standing.get(id_)
                if old is not None and old["act"] != "withdrawn" and all(old[k] == v for k, v in columns.items()):
                    continue
                reason = why if isinstance(why, str) else why.get(id_, "")
                done = act if old is None else "changed"
                head = {"id": id_, "version": last.get(id_, 0) + 1, **stamp, "act": done, "why": reason}
                fresh.append({**head, **columns})
            if fresh:
                connection.execute(insert(table), fresh)
            made = sum(r["version"] == 1 for r in fresh)
            return made, len(fresh) - made

    def insert_first(self, table: Table, rows: Mapping[str, Mapping[str, Any]], *, act: str, why: str) -> None:
        """Write the first version of rows whose ids are new. Faster than ``append``, which looks for earlier ones."""
        if rows:
            head = {"version": 1, "at": now(), "by": BY, "act": act, "why": why}
            with self.transaction() as connection:
                connection.execute(insert(table), [{"id": i, **head, **columns} for i, columns in rows.items()])

    def withdraw(self, table: Table, ids: Mapping[str, str]) -> int:
        """Say of each id, with the reason, that it no longer stands. Its rows stay readable in its history."""
        if not ids:
            return 0
        with self.transaction() as connection:
            stamp = {"at": now(), "by": BY, "act": "withdrawn"}
            fresh = []
            for id_, old in self.current_of(table, ids).items():
                columns = {k: v for k, v in old.items() if k != "row"}
                fresh.append({**columns, **stamp, "version": old["version"] + 1, "why": ids[id_]})
            if fresh:
                connection.execute(insert(table), fresh)
            return len(fresh)

    # ------------------------------------------------------------------ adding

    def has(self, sha256: str) -> bool:
        """True where a document with these bytes is in the record."""
        table = schema.documents
        with self.reading() as connection:
            return connection.execute(select(table.c.row).where(table.c.id == sha256).limit(1)).first() is not None

    def add(self, extraction: Extraction, original: bytes | None) -> Added:
        """Keep one document, its original bytes and all that was read in it, together or not at all.

        The same bytes again change nothing. Ids of claims, events and transfers get the document's first eight hex
        digits in front where they lack them. Raises RecordError where a passage does not lie in the text.
        """
        from crossfix.record.adding import add_extraction

        packed = None if original is None else zlib.compress(original, 6)
        return add_extraction(self, extraction, packed)

    # ------------------------------------------------------------------ single things

    def text(self, sha256: str) -> str:
        """A document's canonical text. Raises UnknownId."""
        if sha256 not in self._texts:
            found = self.current_of(schema.texts, [sha256])
            if sha256 not in found:
                return self.text(self.document(sha256).sha256)
            self._remember(sha256, found[sha256]["text"])
        return self._texts[sha256]

    def texts(self, shas: Iterable[str]) -> dict[str, str]:
        """Several documents' canonical texts."""
        wanted = set(shas)
        missing = wanted - self._texts.keys()
        found = {k: str(r["text"]) for k, r in self.current_of(schema.texts, missing).items()}
        out = {k: self._texts[k] for k in wanted - missing} | found
        for k, v in found.items():
            self._remember(k, v)
        return out

    def _remember(self, sha256: str, text: str) -> None:
        # texts never change, so what was read once holds; bounded, since a record may be larger than memory
        if len(self._texts) >= 2000:
            self._texts.clear()
        self._texts[sha256] = text

    def original(self, sha256: str) -> bytes:
        """A document's original bytes. Raises UnknownId, or RecordError where they were not kept or do not fit their
        hash."""
        import hashlib

        sha = self.document(sha256).sha256
        found = self.current_of(schema.originals, [sha])
        if sha not in found:
            raise RecordError(f"the original of {sha[:12]} was not kept", where=str(self.path))
        with sqlite.errors_as_ours(self.path):
            data = zlib.decompress(found[sha]["data"])
        if hashlib.sha256(data).hexdigest() != sha:
            raise RecordError(f"the original of {sha[:12]} does not fit its SHA-256", where=str(self.path))
        return data

    def passage(self, evidence: Evidence) -> str:
        """The words of a passage. Raises UnknownId."""
        return self.text(evidence.document)[evidence.start : evidence.end]

    def sentences(self, sha256: str) -> list[tuple[int, int]]:
        """The sentences of a document as [start, end). Raises UnknownId."""
        sha = self.document(sha256).sha256
        found = self.current_of(schema.marks, [sha])
        return [(s[0], s[1]) for s in found[sha]["value"]["sentences"]] if sha in found else []

    def document(self, sha_or_prefix: str) -> DocumentRow:
        """The document of this SHA-256, or the only one whose SHA-256 begins so. Raises UnknownId."""
        from crossfix.record import queries

        return queries.document(self, sha_or_prefix)

    def claim(self, id_: str) -> ClaimRow:
        """The claim of this id. Raises UnknownId."""
        from crossfix.record import queries

        return queries.claim(self, id_)

    def event(self, id_: str) -> EventRow:
        """The event of this id, or the one that a withdrawn id or a mention's id leads to. Raises UnknownId."""
        from crossfix.record import queries

        return queries.event(self, id_)

    def transfer(self, id_: str) -> TransferRow:
        """The transfer of this id, or the one that a withdrawn id or a mention's id leads to. Raises UnknownId."""
        from crossfix.record import queries

        return queries.transfer(self, id_)

    # ------------------------------------------------------------------ lists

    def documents(self, f: Filter = Filter()) -> list[DocumentRow]:  # noqa: B008 - frozen, so shared safely
        """Documents, earliest published first."""
        from crossfix.record import queries

        return queries.documents(self, f)

    def claims(self, f: Filter = Filter()) -> list[ClaimRow]:  # noqa: B008
        """Claims, by document as in ``documents`` and then in order of the text."""
        from crossfix.record import queries

        return queries.claims(self, f)

    def events(self, f: Filter = Filter()) -> list[EventRow]:  # noqa: B008
        """Events, earliest first, those without a date last."""
        from crossfix.record import queries

        return queries.events(self, f)

    def transfers(self, f: Filter = Filter()) -> list[TransferRow]:  # noqa: B008
        """Transfers, earliest first, those without a date last."""
        from crossfix.record import queries

        return queries.transfers(self, f)

    def sources(self, f: Filter = Filter()) -> list[SourceRow]:  # noqa: B008
        """Who speaks in the claims that the filter picks, most claims first."""
        from crossfix.record import people

        return people.sources(self, f)

    def agents(self, f: Filter = Filter()) -> list[AgentRow]:  # noqa: B008
        """Who speaks or acts, by name."""
        from crossfix.record import people

        return people.agents(self, f)

    def places(self, f: Filter = Filter()) -> list[PlaceRow]:  # noqa: B008
        """Places named, those named most often first."""
        from crossfix.record import people

        return people.places(self, f)

    def origins(self, f: Filter = Filter()) -> list[OriginRow]:  # noqa: B008
        """Origins of the documents that the filter picks, those with most documents first."""
        from crossfix.record import queries

        return queries.origins(self, f)

    def drifts(self, documents: Iterable[str] | None = None) -> list[DriftRow]:
        """What changed from one telling to the next, by the later document and place; those alone whose later document is one of
        ``documents``, where given."""
        from crossfix.record import drift

        return drift.drifts(self, documents)

    def findings(self) -> list[FindingRow]:
        """What the checks found and still stands, worst first, then in the order of the checks."""
        from crossfix.record import findings

        return findings.findings(self)

    def check_runs(self) -> list[CheckRun]:
        """Over which documents each check was last run; none where no check was ever run."""
        from crossfix.record import findings

        return findings.check_runs(self)

    def search(self, text: str, limit: int = 20) -> list[Evidence]:
        """Passages that hold all words of the query ("quoted phrases" as they stand), best first. Each is the sentence
        with most of the words, or the paragraph where the document has no sentences."""
        from crossfix.record import searching

        return searching.search(self, text, limit)

    def history(self, id_: str) -> list[HistoryRow]:
        """Every version of whatever has this id, oldest first. Raises UnknownId."""
        from crossfix.record import history

        return history.history(self, id_)

    def export(self) -> dict[str, Any]:
        """The whole record as one JSON object, as the contract's ``export --format json``."""
        from crossfix.record.export import export

        return export(self)

    # ------------------------------------------------------------------ for linking

    def unlinked(self) -> list[str]:
        """The documents that linking has not seen yet, by SHA-256."""
        from crossfix.record import results

        return results.unlinked(self)

    def put_links(
        self,
        *,
        descents: Sequence[Descent] = (),
        origins: Sequence[OriginRow] = (),
        agents: Sequence[AgentRow] = (),
        events: Sequence[tuple[EventRow, Sequence[str]]] = (),
        transfers: Sequence[tuple[TransferRow, Sequence[str]]] = (),
    ) -> LinkSummary:
        """Append what linking found, new versions only where something changed. Events and transfers come with the ids
        of the mentions they stand for; a result that keeps no document or mention is withdrawn."""
        from crossfix.record import results

        return results.put_links(self, descents, origins, agents, events, transfers)

    def event_mentions(self, *, documents: Iterable[str] = (), ids: Iterable[str] = ()) -> list[EventMention]:
        """Events as single documents tell them, by document or by id."""
        from crossfix.record import results

        return results.event_mentions(self, documents, ids)

    def transfer_mentions(self, *, documents: Iterable[str] = (), ids: Iterable[str] = ()) -> list[TransferMention]:
        """Transfers as single documents tell them, by document or by id."""
        from crossfix.record import results

        return results.transfer_mentions(self, documents, ids)


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def newest(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    """The newest version of each id that meets the conditions and was not withdrawn."""
    return _last(table, *where).where(table.c.act != "withdrawn")


def _last(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    return _latest(table).where(*where)


@cache
def _latest(table: Table) -> Select[Any]:
    later = table.alias("later")
    superseded = select(later.c.row).where(later.c.id == table.c.id, later.c.version > table.c.version).exists()
    return select(table).where(~superseded)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for i in range(0, len(ids), _CHUNK):
        yield ids[i : i + _CHUNK]
