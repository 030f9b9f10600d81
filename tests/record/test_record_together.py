"""Two at once, and killed at any moment: the record stays sound and the next run goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crossfix.linking import link
from crossfix.record import Record, sqlite

WRITER = """
import sys, time
sys.path.insert(0, sys.argv[3])
from record_builders import report
from crossfix.linking import link
from crossfix.record import Record
first, last = map(int, sys.argv[2].split("-"))
with Record.open(sys.argv[1], write=True) as record:
    print("open", flush=True)
    for n in range(first, last):
        record.add(*report(f"The ministry said that train {n} left. " * 40, published=None,
                           events=[{"trigger": "left", "type": "other", "when": "2023-08-24"}]))
        if n % 7 == 6:
            link(record)
    link(record)
"""
HERE = str(Path(__file__).resolve().parent.parent)


def writer(path: Path, numbers: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), numbers, HERE], stdout=subprocess.PIPE)


def whole(record: Record) -> int:
    """How many documents there are, each of them checked to be all there."""
    with record.reading() as connection:
        assert sqlite.sound(connection)
    rows = record.documents()
    for d in rows:
        assert record.text(d.sha256).count("The ministry") == 40
        assert record.original(d.sha256).startswith(b"The ministry")
        assert len(record.event_mentions(documents=[d.sha256])) == 1
        assert len(record.sentences(d.sha256)) == 40
    return len(rows)


def test_two_writers_take_turns_and_both_finish(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"  # made by whichever comes first
    both = [writer(path, "0-40"), writer(path, "30-70")]
    assert [p.wait(60) for p in both] == [0, 0]
    for p in both:
        assert p.stdout is not None
        p.stdout.close()
    with Record.open(path) as record:
        assert whole(record) == 70
        assert record.unlinked() == []
        assert sorted(d for o in record.origins() for d in o.documents) == [d.sha256 for d in sorted_rows(record)]


def sorted_rows(record: Record) -> list[object]:
    return sorted(record.documents(), key=lambda d: d.sha256)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "r.sqlite"
    rng = random.Random(seed)
    for _ in range(3):
        p = writer(path, "0-200")
        assert p.stdout is not None
        p.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.35))
        p.send_signal(signal.SIGKILL)
        p.wait(30)
        p.stdout.close()
        with Record.open(path) as record:
            whole(record)
    with Record.open(path, write=True) as record:
        from record_builders import report

        for n in range(20):
            record.add(
                *report(
                    f"The ministry said that train {n} left. " * 40,
                    published=None,
                    events=[{"trigger": "left", "type": "other", "when": "2023-08-24"}],
                )
            )
        link(record)
        assert whole(record) >= 20
        assert record.unlinked() == []


def test_killed_while_the_record_is_made(tmp_path: Path) -> None:
    for n in range(3):
        path = tmp_path / f"{n}.sqlite"
        p = writer(path, "0-3")
        time.sleep(0.3 + 0.12 * n)
        p.send_signal(signal.SIGKILL)
        p.wait(30)
        assert p.stdout is not None
        p.stdout.close()
        with Record.open(path, write=True) as record:
            assert whole(record) <= 3
