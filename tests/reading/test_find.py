"""Finding documents: files, folders, standard input; what cannot be opened is an error in its place."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import sys
from pathlib import Path

import pytest

from crossfix.errors import EmptyFile, Locked, MissingFile, ReadingError, TooLarge
from crossfix.reading import Source, find, original, read
from crossfix.reading import sources as sources_module


def paths(items: list[Source | ReadingError]) -> list[str]:
    return [i.path if isinstance(i, Source) else type(i).__name__ for i in items]


def test_files_come_in_the_order_given_and_a_missing_one_stops_nothing(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("A ship left the port.")
    given = [str(tmp_path / "b.txt"), str(tmp_path / "none.txt"), str(tmp_path / "a.txt")]
    found = list(find(given))
    assert paths(found) == [given[0], "MissingFile", given[2]]
    assert isinstance(found[1], MissingFile)
    line = str(found[1])
    assert given[1] in line
    assert "no such file" in line
    assert "\n" not in line


def test_a_folder_is_walked_in_sorted_order_without_what_is_no_report(tmp_path: Path) -> None:
    for name in (
        "z.txt",
        "b/x.md",
        "b/picture.png",
        "a.html",
        "a_files/script.html",
        ".hidden.txt",
        ".git/c.txt",
        "t.csv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    found = [os.path.relpath(p, tmp_path) for p in paths(list(find([str(tmp_path)])))]
    assert found == ["a.html", os.path.join("b", "x.md"), "z.txt"]


def test_a_link_to_a_folder_above_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("text")
    (tmp_path / "up").symlink_to(tmp_path)
    assert len(list(find([str(tmp_path)]))) == 1


def test_an_unreadable_folder_is_one_line_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "x.txt").write_text("text")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(sources_module.os, "scandir", scandir)
    found = list(find([str(tmp_path)]))
    assert paths(found) == ["Locked", str(tmp_path / "x.txt")]
    assert isinstance(found[0], Locked)
    assert "permission" in str(found[0])


def test_a_device_is_no_report() -> None:
    (error,) = find(["/dev/null"])
    assert isinstance(error, MissingFile)
    assert "no regular file" in str(error)


def test_a_file_that_vanishes_between_finding_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    (source,) = find([str(path)])
    path.unlink()
    assert isinstance(source, Source)
    with pytest.raises(MissingFile, match=r"a\.txt"):
        read(source)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Ein Schiff — und ein Hafen.".encode())))
    (source,) = find(["-"])
    assert isinstance(source, Source)
    assert read(source).text == "Ein Schiff — und ein Hafen."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (error,) = find(["-"])
    assert isinstance(error, EmptyFile)


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources_module, "FILE_LIMIT", 1000)
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 1001)
    (source,) = find([str(path)])
    assert isinstance(source, Source)
    with pytest.raises(TooLarge, match=r"long\.txt"):
        read(source)


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"a" * 60_000_000, 9))
    (source,) = find([str(path)])
    assert isinstance(source, Source)
    with pytest.raises(TooLarge, match="bomb"):
        read(source)


def test_a_compressed_text_is_read_and_hashed_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "report.txt.gz"
    path.write_bytes(gzip.compress(b"The ministry said that a ship had left."))
    (source,) = find([str(path)])
    assert isinstance(source, Source)
    assert read(source).text == "The ministry said that a ship had left."
    assert original(source) == path.read_bytes()


def test_sources_travel_between_processes() -> None:
    source = Source("a.warc#https://example.org/", b"<p>x", "https://example.org/", "2024-01-01T00:00:00Z", "text/html")
    assert pickle.loads(pickle.dumps(source)) == source
