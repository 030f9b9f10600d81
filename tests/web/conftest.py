"""The site over a real record, served by a real server, looked at in a real browser.

The record is made once a session from documents of shared/eval: added by the rules alone, linked and checked. ``record`` is a copy
of it for one test, ``site`` its address; ``page`` is a browser page that fails the test where it asks for anything but this machine
or reports an error. ``client`` asks the app without a socket.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crossfix.web.settings import Settings
from tests.site_tools import copy_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from starlette.testclient import TestClient

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CLUSTER = ("nc-e70-0[1-8].txt", "nc-e14-0*.txt", "art-zh-*.txt", "art-ru-*.txt")


@pytest.fixture(scope="session")
def made_record(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the session. Take ``record``, a copy, to change anything."""
    from crossfix.checking.run import check
    from crossfix.linking import link
    from crossfix.pipeline import extract_files
    from crossfix.record.store import Record

    ready = os.environ.get("CROSSFIX_SITE_RECORD")
    if ready:  # a record made before, for whoever runs these tests over and over
        return copy_of(Path(ready), tmp_path_factory.mktemp("site") / "record.sqlite")
    data = shared / "eval" / "data"
    files = sorted((data / "record" / "texts").glob("*.txt"))
    files += sorted(p for pattern in CLUSTER for p in (data / "reprints" / "texts").glob(pattern))
    path = tmp_path_factory.mktemp("site") / "record.sqlite"
    with Record.open(path, write=True) as record:
        for outcome in extract_files([str(f) for f in files], workers=1, fast=True):
            assert outcome.extraction is not None, outcome.error
            record.add(outcome.extraction, outcome.original)
        link(record)
        check(record)
    return path


@pytest.fixture
def record(made_record: Path, tmp_path: Path) -> Path:
    """A copy of the session's record, for one test to change."""
    return copy_of(made_record, tmp_path / "record.sqlite")


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serves a record in a thread: ``serve(path, read_only=True)`` gives the address."""
    from contextlib import ExitStack

    from crossfix.web.running import served

    with ExitStack() as stack:
        yield lambda path, **given: stack.enter_context(served(path, Settings(port=0, fast=True, **given))).rstrip("/")


@pytest.fixture(scope="session")
def shared_site(made_record: Path) -> Iterator[str]:
    """The address of the session's record, for tests that change nothing."""
    from crossfix.web.running import served

    with served(made_record, Settings(port=0, fast=True, read_only=False)) as address:
        yield address.rstrip("/")


@pytest.fixture
def site(record: Path, serve: Callable[..., str]) -> str:
    """The address of ``record``, for tests that change it."""
    return serve(record)


@pytest.fixture
def client(made_record: Path) -> Iterator[TestClient]:
    """The app without a socket, over the session's record."""
    from starlette.testclient import TestClient

    from crossfix.web.app import create_app

    with TestClient(create_app(made_record, Settings(fast=True)), base_url="http://localhost:8723") as made:
        yield made


# ------------------------------------------------------------------ the browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine. Its absence is a failure in CI where a browser is promised, elsewhere a reason to skip."""
    if CHROMIUM is None:
        if os.environ.get("CI") and os.environ.get("CROSSFIX_BROWSER"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield made
        made.close()


@dataclass
class Watch:
    """What a page asked for and complained of."""

    asked: list[str]
    foreign: list[str]
    errors: list[str]


@pytest.fixture
def watch() -> Watch:
    """What ``page`` did; ``errors`` may be emptied by a test that provokes some."""
    return Watch([], [], [])


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page of 1280 by 800. What leaves this machine is stopped and fails the test, as do errors in scripts and breaches of the
    content security policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block", locale="en-GB")
    made = context.new_page()
    made.set_default_timeout(15_000)

    def route(way: Any) -> None:
        url = way.request.url
        watch.asked.append(url)
        if url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:")):
            way.continue_()
        else:
            watch.foreign.append(url)
            way.abort()

    context.route("**/*", route)
    made.on("pageerror", lambda e: watch.errors.append(str(e)))
    made.on("console", lambda m: watch.errors.append(m.text) if m.type == "error" else None)
    yield made
    context.close()
    assert watch.foreign == []
    assert watch.errors == []
