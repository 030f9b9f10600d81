"""Opening a record: making a new one, bringing an old one up to date, refusing what is none or is too new."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from crossfix.errors import NewerRecord, RecordError
from crossfix.record import schema, sqlite


def open_engine(path: Path, *, create: bool, write: bool, turn_seconds: float) -> Engine:
    """An engine over a record at the newest version of its tables.

    Raises RecordError where there is none and ``create`` is false, where the file is something else or damaged, or
    where it may not be written and ``write`` is true; NewerRecord; RecordBusy; DiskFull.
    """
    where = str(path)
    with sqlite.errors_as_ours(where):
        size = _size(path)
        if size is None and not create:
            raise RecordError("there is no record here", where=where, advice="make one with: crossfix add FILE...")
        if size is None and not path.parent.is_dir():
            raise RecordError(
                f"there is no folder {path.parent}", where=where, advice="make it, or name another with --record"
            )
        read_only = not write and size is not None and not _writable(path)
        engine = sqlite.connect(path, read_only=read_only, turn_seconds=turn_seconds)
        try:
            revision = _revision(engine, where)
            if revision == schema.HEAD:
                return engine
            if revision is not None and revision not in schema.KNOWN:
                raise NewerRecord(
                    f"the record was written by a later crossfix (its tables are at version {revision}, "
                    f"this one knows {schema.HEAD})",
                    where=where,
                    advice="update crossfix",
                )
            if read_only:
                raise RecordError(
                    "the record is of an older version and may not be written here",
                    where=where,
                    advice="copy it to a place where you may write",
                )
            _bring_up_to_date(engine, turn_seconds)
            return engine
        except BaseException:
            engine.dispose()
            raise


def _size(path: Path) -> int | None:
    try:
        if path.is_dir():
            raise RecordError("this is a folder, not a record", where=str(path), advice="name a file with --record")
        return path.stat().st_size
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(
            f"the record cannot be opened ({error.strerror})", where=str(path), advice="check the path"
        ) from error


def _writable(path: Path) -> bool:
    import os

    # the write-ahead log lies beside the record, so reading it needs the folder as well
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _revision(engine: Engine, where: str) -> str | None:
    """The version of the tables, None for an empty file."""
    with engine.connect() as connection, connection.begin():
        names = sqlite.tables(connection)
        if not names:
            return None
        if not {"alembic_version", "documents"} <= names:
            raise RecordError(
                "this is a database, but no crossfix record", where=where, advice="name another file with --record"
            )
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        return str(found[0]) if found else None


def _bring_up_to_date(engine: Engine, turn_seconds: float) -> None:
    sqlite.use_write_ahead_log(engine, turn_seconds)
    with engine.connect().execution_options(**{sqlite.WRITING: True}) as connection, connection.begin():
        migrate(connection)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that the record lacks, up to ``revision``, within the connection's open transaction."""
    # Alembic costs a quarter of a second to import, so only a record that needs it pays
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
