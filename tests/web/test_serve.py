"""`crossfix serve`: what it says, how soon the first page is there, where it refuses."""

from __future__ import annotations

import os
import resource
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crossfix.cli.serving import PORT
from crossfix.record import schema
from crossfix.record.store import Record
from crossfix.web import settings
from crossfix.web.reading import Memo, Readers, etag, viewed
from tests.site_tools import copy_of

CROSSFIX = [sys.executable, "-m", "crossfix"]


@contextmanager
def started(record: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command at work, and the address that it prints."""
    command = [*CROSSFIX, "--record", str(record), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def refused(record: Path, *options: str) -> tuple[int, str]:
    """The exit status and the line that says why."""
    said = subprocess.run(
        [*CROSSFIX, "--record", str(record), "serve", *options], capture_output=True, text=True, timeout=60
    )
    assert said.stdout == ""
    assert len(said.stderr.splitlines()) == 1
    return said.returncode, said.stderr


def test_a_fresh_record_shows_its_first_page_in_under_two_seconds(tmp_path: Path) -> None:
    """By the clock where the machine has nothing else to do; by the processor's time always, which a busy machine does not stretch."""
    path = tmp_path / "fresh.sqlite"
    Record.open(path, write=True).close()
    clock, worked = [], []
    for _ in range(4):
        begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        with started(path) as (address, _):
            page = urllib.request.urlopen(address, timeout=30).read().decode()
            clock.append(time.monotonic() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert "No document is in this record yet" in page
        if clock[-1] < 2:
            break
    assert min(worked) < 2, worked
    if os.getloadavg()[0] < (os.cpu_count() or 1):
        assert min(clock) < 2, clock


def test_it_stops_by_the_keyboard_without_a_trace_of_python(record: Path) -> None:
    with started(record) as (address, process):
        assert address.startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert "Traceback" not in out + err
    assert process.returncode in (0, 130)
    assert err.splitlines()[0].endswith("(Ctrl-C stops)")


@pytest.mark.parametrize(
    ("options", "status", "why"),
    [
        (["--host", "0.0.0.0"], 2, "needs a token"),
        (["--token-file", "no-such-file"], 2, "cannot be read"),
        (["--behind-proxy", "https://tools.example"], 2, "needs a token"),
        (["--host", "no.such.host.invalid"], 2, "needs a token"),
        (["--cert", "x.pem"], 2, "certificate needs its key"),
    ],
)
def test_it_refuses_in_one_line(record: Path, options: list[str], status: int, why: str) -> None:
    code, said = refused(record, *options)
    assert code == status
    assert why in said


def test_a_record_that_is_missing_or_none_is_told_at_once(tmp_path: Path) -> None:
    assert "there is no record here" in refused(tmp_path / "none.sqlite")[1]
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_text("no record at all, but long enough to be looked at as one\n" * 20)
    assert "no crossfix record" in refused(wrong)[1]


def test_a_port_in_use_is_told_with_advice(record: Path) -> None:
    with started(record) as (address, _):
        port = address.rstrip("/").rsplit(":", 1)[1]
        code, said = refused(record, "--port", port)
    assert code == 2
    assert "another program may use it" in said


def test_over_tls_with_a_token(record: Path, tmp_path: Path) -> None:
    key, cert, token = tmp_path / "key.pem", tmp_path / "cert.pem", tmp_path / "token"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost"],
        capture_output=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not here to make a certificate")
    token.write_text("0123456789abcdef0123\n")
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with started(record, "--host", "0.0.0.0", "--token-file", str(token), "--cert", str(cert), "--key", str(key)) as (
        address,
        _,
    ):
        assert address.startswith("https://0.0.0.0:")
        here = address.replace("0.0.0.0", "127.0.0.1")
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(
                urllib.request.Request(here, headers={"Accept": "application/json"}), context=trusting
            )
        with error.value:
            assert error.value.code == 401
        asked = urllib.request.Request(here, headers={"Authorization": "Bearer 0123456789abcdef0123"})
        with urllib.request.urlopen(asked, context=trusting) as answer:
            assert answer.status == 200
            assert "Secure" in answer.headers["set-cookie"]


def test_the_port_is_told_once() -> None:
    assert PORT == settings.PORT


# ------------------------------------------------------------------ reading


def test_a_record_made_anew_under_the_same_name_is_seen(made_record: Path, tmp_path: Path) -> None:
    path, memo, options = copy_of(made_record, tmp_path / "r.sqlite"), Memo(), settings.Settings()
    readers = Readers(path)
    with viewed(readers, options, memo) as view:
        before, tag = view.revision, etag(view, "/")
        assert view.cached("n", lambda: 1) == 1
        assert view.cached("n", lambda: 2) == 1
    with viewed(readers, options, memo) as view:
        assert (view.revision, etag(view, "/")) == (before, tag)
        assert etag(view, "/other") != tag
    with Record.open(path, write=True) as record:
        record.withdraw(schema.claims, {record.claims()[0].id: "misread"})
    with viewed(readers, options, memo) as view:
        assert view.revision != before
        assert view.cached("n", lambda: 2) == 2
        changed = view.revision
    new = tmp_path / "new.sqlite"
    Record.open(new, write=True).close()
    for leftover in tmp_path.glob("r.sqlite-*"):
        leftover.unlink()
    os.replace(new, path)
    with viewed(readers, options, memo) as view:
        assert view.revision not in (before, changed)
        assert view.record.documents() == []
    readers.close()
