"""Adding reports in the browser: read in the background as `crossfix add` does, under the names they came with."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crossfix.record.store import Record
from crossfix.web.jobs import Jobs, shown_name, suffix
from crossfix.web.settings import Settings
from tests.site_tools import axe, csrf

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPORT = """Norland fires a rocket

PORT SELBY, 24 August 2023 (Coast News) - Norland fired a rocket on Thursday, Estmark's defence ministry said.
Vostland denied that it had helped.
"""


def ended(ask: Callable[[], list[dict[str, object]]]) -> list[dict[str, object]]:
    """The jobs once all of them have ended."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        jobs = ask()
        if jobs and all(j["ended"] for j in jobs):
            return jobs
        time.sleep(0.3)
    raise AssertionError(jobs)


def test_files_are_read_linked_and_checked(page: Page, site: str, record: Path, tmp_path: Path) -> None:
    (tmp_path / "coast news.txt").write_text(REPORT)
    (tmp_path / "empty.txt").write_text("")
    page.goto(f"{site}/add")
    assert axe(page) == []
    page.set_input_files("#files", [tmp_path / "coast news.txt", tmp_path / "empty.txt"])
    page.fill("#f-outlet", "Coast News")
    page.get_by_role("button", name="Read them").click()
    page.wait_for_selector('.job[data-state="done"]', timeout=120_000)
    told = page.locator(".job").inner_text()
    assert "1 new, 1 not read" in told
    assert "coast news.txt read" in told
    assert "empty.txt not read: the file is empty" in told
    assert "crossfix-upload" not in told
    assert axe(page) == []
    with Record.open(record) as opened:
        (document,) = [d for d in opened.documents() if d.file == "coast news.txt"]
        assert document.outlet == "Coast News"
        assert document.origin


def test_it_works_without_scripts(record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    with Client(create_app(record, Settings(fast=True)), base_url="http://localhost") as own:
        fields = {"csrf": (None, csrf(own)), "outlet": (None, "Harbour Post"), "files": ("a.txt", REPORT, "text/plain")}
        answer = own.post("/add", files=fields, follow_redirects=False)
        assert answer.status_code == 303
        (job,) = ended(lambda: own.get("/add/jobs").json()["jobs"])
        assert (job["state"], job["new"]) == ("done", 1)
        again = own.post("/add", files=fields | {"csrf": (None, csrf(own))}, headers={"Accept": "application/json"})
        assert again.status_code == 202
        jobs = ended(lambda: own.get("/add/jobs").json()["jobs"])
        assert [j["known"] for j in jobs] == [1, 0]
    with Record.open(record) as opened:
        assert "Harbour Post" in {d.outlet for d in opened.documents()}


def test_the_checks_are_run_on_request(record: Path) -> None:
    jobs = Jobs(record)
    job = jobs.check("2023-01-01T00:00:00+00:00")
    (told,) = ended(lambda: [j.as_json() for j in jobs.every()])
    jobs.close()
    assert job.state == "done", told
    assert sum(told["checked"]["verdicts"].values()) > 0  # type: ignore[index]


def test_work_can_be_stopped_and_too_much_is_refused(record: Path) -> None:
    from crossfix.web.jobs import TooManyJobs

    jobs = Jobs(record)
    refused = 0
    for _ in range(7):
        try:
            jobs.check("2023-01-01T00:00:00+00:00")
        except TooManyJobs:
            refused += 1
    assert refused in (2, 3)  # four wait and one is at work, if it was taken up by then
    for job in jobs.every():
        jobs.stop(job.id)
    assert {j["state"] for j in ended(lambda: [j.as_json() for j in jobs.every()])} == {"stopped"}
    jobs.close()


@pytest.mark.parametrize(
    ("name", "kept", "ending"),
    [
        ("report.HTML", "report.HTML", ".html"),
        ("../../etc/passwd", "passwd", ""),
        ("C:\\Users\\x\\report.pdf", "report.pdf", ".pdf"),
        ("crawl.warc.gz", "crawl.warc.gz", ".warc.gz"),
        ("a.txt\n.exe/..", "..", ""),
        ("x" * 400 + ".txt", "x" * 196 + ".txt", ".txt"),
        ("a;rm -rf.t$t", "a;rm -rf.t$t", ""),
        ("", "upload", ""),
    ],
)
def test_names_of_uploads_are_shown_and_never_used_as_paths(name: str, kept: str, ending: str) -> None:
    assert (shown_name(name), suffix(name)) == (kept, ending)


def test_too_many_and_too_large_are_refused(made_record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    settings = Settings(upload_files=2, upload_bytes=4000)
    with Client(create_app(made_record, settings), base_url="http://localhost") as own:
        token = csrf(own)
        many = [("csrf", (None, token)), *(("files", (f"{n}.txt", "x", "text/plain")) for n in range(3))]
        answer = own.post("/add", files=many, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["error"]["message"]) == (
            400,
            "3 files at once; at most 2; send the rest after.",
        )
        large = [("csrf", (None, token)), ("files", ("a.txt", io.BytesIO(b"x" * 5000), "text/plain"))]
        assert own.post("/add", files=large).status_code == 413
        bad = [("csrf", (None, token)), ("published", (None, "May")), ("files", ("a.txt", "x", "text/plain"))]
        assert "is no day" in own.post("/add", files=bad).text
        assert own.get("/add/jobs").json() == {"jobs": []}


def test_a_site_for_reading_only_adds_nothing(made_record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    with Client(create_app(made_record, Settings(read_only=True)), base_url="http://localhost") as own:
        assert own.get("/add").status_code == 403
        assert "/add" not in own.get("/").text
        fields = {"csrf": (None, csrf(own)), "files": ("a.txt", REPORT, "text/plain")}
        assert own.post("/add", files=fields).status_code == 403
