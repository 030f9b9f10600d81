"""The page that tells of the API: every address is on it, and the commands that it shows run."""

from __future__ import annotations

import json
import shlex
import urllib.request
from typing import TYPE_CHECKING

from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def test_its_commands_run(shared_site: str, page: Page) -> None:
    page.goto(shared_site + "/api")
    commands = page.locator("pre").all_inner_texts()
    assert len(commands) >= 6
    for command in commands:
        program, *options, address = shlex.split(command)
        assert (program, options) == ("curl", ["-s"])
        answer = urllib.request.urlopen(address, timeout=20)
        assert json.loads(answer.read())
        assert answer.headers["etag"]


def test_it_is_plain_to_everybody(shared_site: str, page: Page) -> None:
    page.goto(shared_site + "/")
    page.get_by_role("link", name="For programs").click()
    assert page.title().startswith("API")
    for more in page.locator("main summary").all()[:5]:
        more.click()
    assert axe(page) == []


def test_every_address_is_on_it(client: TestClient) -> None:
    text = client.get("/api").text
    told = client.get("/api/v1/openapi.json").json()["paths"]
    assert [p for p in told if p not in text] == []
    for methods in told.values():
        for method in methods.values():
            assert method["summary"]
            assert {"200", "422"} & set(method["responses"])
