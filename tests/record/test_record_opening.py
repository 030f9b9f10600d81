"""Opening: what is no record, what is too new, too old, damaged, locked or out of room; each one clear line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from crossfix.errors import DiskFull, NewerRecord, RecordBusy, RecordError
from crossfix.record import Record, schema, sqlite
from crossfix.record.opening import migrate
from record_builders import report


def one_line(error: RecordError, path: Path) -> bool:
    text = str(error)
    return "\n" not in text and str(path) in text and len(text) < 300


def fill(record: Record) -> None:
    for n in range(500):
        assert record.add(*report(f"Words of report {n}. " * 300)).new


def test_a_missing_record_is_made_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with pytest.raises(RecordError, match="no record here") as caught:
        Record.open(path, create=False)
    assert one_line(caught.value, path)
    assert not path.exists()
    Record.open(path).close()
    assert path.exists()
    Record.open(path, create=False).close()


def test_home_and_odd_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("~/plain", "~/a ? b # c %41.sqlite", "~/기록"):
        with Record.open(name, write=True) as record:
            record.add(*report("Words."))
        assert (tmp_path / name[2:]).is_file()


def test_a_missing_folder_and_a_folder_as_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no folder"):
        Record.open(tmp_path / "no" / "r.sqlite")
    with pytest.raises(RecordError, match="this is a folder"):
        Record.open(tmp_path)


def test_a_file_that_is_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("just some notes, more than enough of them to look like a file" * 20)
    before = path.read_bytes()
    with pytest.raises(RecordError, match="no crossfix record") as caught:
        Record.open(path, write=True)
    assert one_line(caught.value, path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE books (title)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="but no crossfix record"):
        Record.open(path, write=True)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.touch()
    with Record.open(path, write=True) as record:
        assert record.add(*report("Words.")).new


def test_a_newer_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    Record.open(path, write=True).close()
    later = sqlite3.connect(path)
    later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.commit()
    later.close()
    before = path.read_bytes()
    with pytest.raises(NewerRecord, match=r"written by a later crossfix.*update crossfix") as caught:
        Record.open(path, write=True)
    assert one_line(caught.value, path)
    assert path.read_bytes() == before


def test_a_damaged_record_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as record:
        for n in range(50):
            record.add(*report(f"Words {n}. " * 200))
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 2048] = os.urandom(2048)
    path.write_bytes(bytes(data))
    with pytest.raises(RecordError) as caught, Record.open(path) as record:
        record.export()
    assert one_line(caught.value, path)
    assert "damaged" in str(caught.value)


def test_a_cut_record_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as record:
        for n in range(50):
            record.add(*report(f"Words {n}. " * 200))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(RecordError) as caught, Record.open(path) as record:
        record.export()
    assert one_line(caught.value, path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_record_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = folder / "r.sqlite"
    with Record.open(path, write=True) as record:
        record.add(*report("Words."))
    path.chmod(stat.S_IREAD)
    folder.chmod(stat.S_IREAD | stat.S_IEXEC)
    try:
        with Record.open(path) as record:
            assert len(record.documents()) == 1
        with pytest.raises(RecordError, match="cannot be opened or written"), Record.open(path, write=True) as record:
            record.add(*report("Other words."))
    finally:
        folder.chmod(stat.S_IRWXU)


def test_reading_as_if_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as record:
        record.add(*report("Words."))
    monkeypatch.setattr("crossfix.record.opening._writable", lambda _: False)
    with Record.open(path) as record:
        assert len(record.search("words")) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.sqlite"]


def test_a_full_disk_is_one_clear_line_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as record:
        sqlite.limit_pages(record.engine, 140)
        with pytest.raises(DiskFull, match="no room left") as caught:
            fill(record)
        added = len(record.documents())
        assert one_line(caught.value, path)
        assert added > 2
        # the same record goes on once there is room
        sqlite.limit_pages(record.engine, 100_000)
        assert len(record.documents()) == added
        for n in range(added, added + 3):
            assert record.add(*report(f"Words of report {n}. " * 300)).new
        with record.reading() as connection:
            assert sqlite.sound(connection)
    with Record.open(path) as record:
        assert len(record.documents()) == added + 3


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs leave to mount a small disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        path = disk / "r.sqlite"
        with Record.open(path, write=True) as record:
            with pytest.raises(DiskFull):
                fill(record)
            added = len(record.documents())
            assert added > 0
        with Record.open(path) as record:
            assert len(record.documents()) == added
            assert all(record.text(d.sha256).startswith("Words") for d in record.documents())
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_writer_that_never_gets_its_turn_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    extraction, raw = report("Words.")
    with Record.open(path, write=True) as one, Record.open(path, write=True, turn_seconds=0.2) as two:
        with one.transaction(), pytest.raises(RecordBusy, match="another command is writing") as caught:
            two.add(extraction, raw)
        assert one_line(caught.value, path)
        assert two.add(extraction, raw).new


def test_reading_goes_on_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as one, Record.open(path, turn_seconds=0.2) as two:
        one.add(*report("First words."))
        with one.transaction():
            one.add(*report("Second words."))
            assert len(two.documents()) == 1
        assert len(two.documents()) == 2


def test_an_open_view_does_not_change_under_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as one, Record.open(path) as two:
        one.add(*report("First words."))
        with two.reading():
            assert len(two.documents()) == 1
            one.add(*report("Second words."))
            assert len(two.documents()) == 1
        assert len(two.documents()) == 2


def test_the_migrations_make_the_tables_that_the_code_expects() -> None:
    made, meant = sa.create_engine("sqlite://"), sa.create_engine("sqlite://")
    with made.connect() as a, meant.connect() as b:
        with a.begin():
            migrate(a)
        schema.metadata.create_all(b)
        x, y = sa.inspect(a), sa.inspect(b)
        for name in schema.metadata.tables:

            def shape(i: sa.Inspector, table: str = name) -> object:
                columns = [(c["name"], str(c["type"]), c["nullable"]) for c in i.get_columns(table)]
                indexes = sorted((str(n["name"]), tuple(n["column_names"])) for n in i.get_indexes(table))
                return columns, indexes, i.get_unique_constraints(table), i.get_pk_constraint(table)

            assert shape(x) == shape(y)
        assert a.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == schema.HEAD
    made.dispose()
    meant.dispose()


def test_a_record_at_its_newest_version_opens_without_alembic(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    Record.open(path).close()
    code = (
        "import sys; from crossfix.record import Record; Record.open(sys.argv[1]).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0


def test_the_face_of_the_room_is_cheap_to_import() -> None:
    code = "import sys, crossfix.record, crossfix.record.rows; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
