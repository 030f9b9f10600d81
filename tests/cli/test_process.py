"""The program as a process: exit statuses, standard output and error, pipes, the keyboard, and the whole way end to end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GOOD = """---
title: Norland tests a missile
outlet: Coast News
published: 2023-11-22
---
Norland conducted its second missile test of the year on Tuesday, Estmark's defence ministry said in a statement.
"We condemn this launch," said Mira Holt, the foreign minister of Estmark. Norland denied that it sent shells to Vostland.
"""
OTHER = (
    GOOD.replace("second", "third")
    .replace("2023-11-22", "2023-12-20")
    .replace("Coast", "Harbour")
    .replace("Holt", "Brandt")
)


def crossfix(*args: str, cwd: Path, status: int = 0, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "crossfix", *args], cwd=cwd, input=stdin, capture_output=True, text=True, timeout=120,
        encoding="utf-8", check=False, env=os.environ | {"PYTHONWARNINGS": "default::ResourceWarning"},
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "reports" / "b.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


def test_help_is_quick_and_names_every_command(tmp_path: Path) -> None:
    """0.3 s is promised; the best of three is held against 1.5 s, for a machine that does other things too."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        shown = crossfix("--help", cwd=tmp_path).stdout
        times.append(time.perf_counter() - start)
    assert min(times) < 1.5, times
    for command in (
        "add", "documents", "claims", "events", "transfers", "sources", "show", "extract", "export", "dossier", "search",
    ):  # fmt: skip
        assert f"\n  {command} " in shown
    for command in ("add", "events", "dossier"):
        assert "Usage: crossfix" in crossfix(command, "--help", cwd=tmp_path).stdout


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = ("spacy", "sqlalchemy", "alembic", "numpy", "lxml", "rich", "jinja2", "trafilatura")
    code = f"import sys, crossfix.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_extract_prints_a_line_a_file_in_order_and_fails_only_for_the_bad(folder: Path) -> None:
    done = crossfix("extract", "reports/b.txt", "missing.txt", "empty.txt", "reports/a.txt", cwd=folder, status=1)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == ["reports/b.txt", "missing.txt", "empty.txt", "reports/a.txt"]
    assert ["error" in line for line in lines] == [False, True, True, False]
    assert lines[1]["error"]["type"] == "MissingFile"
    assert done.stderr.count("crossfix: ") == 2
    good = lines[3]
    assert good["document"]["published"] == "2023-11-22"
    assert good["attributions"]
    for span in (a["content"] for a in good["attributions"]):
        assert good["text"][span["start"] : span["end"]] == span["text"]
    assert not list(folder.glob("*.sqlite*"))


def test_extract_takes_what_the_user_knows_and_standard_input(folder: Path) -> None:
    given = ("--published", "2024-01-02", "--outlet", "Far Post", "--language", "en")
    done = crossfix(
        "extract", *given, "-", cwd=folder, stdin="Norland denied it, officials said. The test failed on Monday."
    )
    document = json.loads(done.stdout)["document"]
    assert (document["published"], document["outlet"], document["language"]) == ("2024-01-02", "Far Post", "en")
    assert document["published_basis"] == "given"


def test_from_files_to_a_dossier(folder: Path) -> None:
    done = crossfix("--record", "r.sqlite", "add", "reports", "empty.txt", "missing.txt", cwd=folder, status=1)
    assert "Documents: 2 new, 2 not read (named above)" in done.stdout
    assert "crossfix: missing.txt: " in done.stderr
    assert "crossfix: empty.txt: " in done.stderr
    before = crossfix("--record", "r.sqlite", "export", "--format", "json", cwd=folder).stdout
    again = crossfix("--record", "r.sqlite", "add", "--json", "reports", cwd=folder)
    assert {k: v for k, v in json.loads(again.stdout).items() if k in ("new", "known")} == {"new": 0, "known": 2}
    after = crossfix("--record", "r.sqlite", "export", "--format", "json", cwd=folder).stdout
    assert after == before
    whole = json.loads(after)
    assert {"documents", "claims", "events", "transfers", "agents", "places", "origins", "findings"} <= set(whole)
    assert len(whole["documents"]) == 2
    claims = json.loads(crossfix("--record", "r.sqlite", "claims", "--json", cwd=folder).stdout)
    assert {c["id"] for c in claims} == {c["id"] for c in whole["claims"]}
    shown = crossfix("--record", "r.sqlite", "show", claims[0]["id"], "--history", cwd=folder).stdout
    assert "version 1: " in shown
    assert crossfix("--record", "r.sqlite", "dossier", "-o", "d.html", cwd=folder).stdout == "d.html\n"
    page = (folder / "d.html").read_text(encoding="utf-8")
    assert "Mira Holt" in page
    assert str(folder) not in page
    text = crossfix("--record", "r.sqlite", "dossier", "--title", "A title", "-o", "-", cwd=folder).stdout
    assert text.startswith("# A title\n")
    assert not [p for p in folder.iterdir() if p.name.startswith(".d.html")]


def test_a_dossier_that_cannot_be_written(tmp_path: Path, record_path: Path) -> None:
    record = ("--record", str(record_path))
    done = crossfix(*record, "dossier", "-o", "nowhere/d.html", cwd=tmp_path, status=1)
    assert done.stderr.startswith("crossfix: nowhere/d.html: cannot be written")
    if Path("/dev/full").exists():
        with open("/dev/full", "wb") as nowhere:
            full = subprocess.run(
                [sys.executable, "-m", "crossfix", *record, "dossier", "-o", "-"], cwd=tmp_path, stdout=nowhere,
                stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert full.returncode == 1
        assert "no space left" in full.stderr
        assert "Traceback" not in full.stderr
        assert "Exception ignored" not in full.stderr


def test_a_reader_that_goes_away_is_no_error_worth_words(tmp_path: Path, record_path: Path) -> None:
    command = f"{sys.executable} -m crossfix --record {record_path} export | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_the_keyboard_stops_it_and_what_is_in_stays(folder: Path) -> None:
    reports = folder / "many"
    reports.mkdir()
    for n in range(1500):  # enough that a busy machine cannot be done before it is stopped
        (reports / f"{n:04}.txt").write_text(GOOD.replace("Mira Holt", f"Mira Holt{n}") * 4, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "crossfix", "add", "--workers", "1", "many"], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it from birth
    ) as process:  # fmt: skip
        limit = time.monotonic() + 60
        while time.monotonic() < limit and not _documents(folder):
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "what was done until then is kept" in err
    assert "Traceback" not in err
    kept = _documents(folder)
    assert 0 < kept < 1500
    assert f"{kept} new" in out


def _documents(folder: Path) -> int:
    """How many are in, asked by a reader of the file."""
    import sqlite3

    path = folder / "crossfix.sqlite"
    if not path.exists():
        return 0
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return int(db.execute("select count(*) from documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()
