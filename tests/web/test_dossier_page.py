"""Dossiers on the site: begun, filled, ordered, written, previewed, taken away in every form; undone; two people at once."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crossfix.dossier import kept
from crossfix.dossier.formats import FORMS
from crossfix.dossier.pdf import browser as chromium
from crossfix.dossier.plan import Plan, added, named
from crossfix.record.store import Record
from crossfix.web.settings import Settings
from site_tools import axe, csrf

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

TITLE = "Shells by rail"


@pytest.fixture
def filled(record: Path) -> Path:
    """A record with a dossier of two events, a statement and a paragraph of one's own."""
    with Record.open(record, write=True) as opened:
        events = sorted(opened.events(), key=lambda e: (-len(e.reports), e.id))[:2]
        claim = opened.claims()[3]
        plan = added(named(Plan(), TITLE, "A. Analyst"), "heading", text="What is reported")
        for e in events:
            plan = added(plan, "event", ref=e.id)
        plan = added(plan, "claim", ref=claim.id)
        plan = added(plan, "text", text=f"We read it so.[[{claim.id}]]\n\nSee [[{events[0].id}]].")
        kept.begin(opened, plan, by="Ann")
    return record


def test_a_dossier_is_made_in_the_browser(page: Page, site: str) -> None:
    """The main act, by mouse and keys, each step kept."""
    from playwright.sync_api import expect

    page.goto(f"{site}/dossier")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Author").fill("A. Analyst")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/dossier/dossier-1")
    for n in (1, 2):
        page.locator("[data-choices] button").first.click()
        expect(page.locator(".item")).to_have_count(n)
    page.get_by_label("A heading").fill("What is reported")
    page.get_by_role("button", name="Add the heading").click()
    expect(page.locator(".item")).to_have_count(3)
    expect(page.locator("#item-i3")).to_be_focused()
    page.keyboard.press("[")
    expect(page.locator(".item").nth(1)).to_have_attribute("data-key", "i3")
    expect(page.locator("#item-i3")).to_be_focused()
    page.keyboard.press("[")
    expect(page.locator(".item").nth(0)).to_have_attribute("data-key", "i3")
    page.get_by_label("Your own paragraphs").fill("First.\n\nSecond, with <b>signs</b>.")
    page.get_by_role("button", name="Add the paragraphs").click()
    expect(page.locator(".item")).to_have_count(4)
    assert page.locator(".item-number").all_inner_texts() == ["", "1.", "2.", "3–4."]
    page.get_by_role("button", name=re.compile("^Leave out: the map")).click()
    page.get_by_role("button", name=re.compile("^Take back in: the map")).wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name=re.compile("^Leave out: the map")).wait_for()
    page.get_by_role("link", name="Preview").click()
    page.locator("article.report h1", has_text=TITLE).wait_for()
    assert page.locator(".report .para").count() == 4
    assert "<b>signs</b>" in page.locator(".report").inner_text()
    note = page.locator(".report a.fn").first
    note.click()
    assert page.evaluate("document.querySelector(':target').id").startswith("n")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/dossier", "/dossier/dossier-1", "/dossier/dossier-1/preview", "/dossier/dossier-1/history"]
)
def test_no_page_has_a_serious_fault_for_those_who_use_other_means(
    page: Page, serve: Callable[..., str], filled: Path, path: str, theme: str
) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(f"{serve(filled)}{path}")
    assert axe(page) == []


def test_every_form_is_handed_out(filled: Path, client_of: Callable[[Path], TestClient]) -> None:
    client = client_of(filled)
    for form in FORMS:
        if form.ending == "pdf" and chromium() is None:
            continue
        answer = client.get(f"/dossier/dossier-1/file.{form.ending}")
        assert answer.status_code == 200, form.ending
        assert answer.headers["content-disposition"] == f'attachment; filename="shells-by-rail.{form.ending}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"].split(";")[0] == form.media_type.split(";")[0]
        assert len(answer.content) > 100
        again = client.get(f"/dossier/dossier-1/file.{form.ending}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
    assert zipfile.ZipFile(io.BytesIO(client.get("/dossier/dossier-1/file.csv.zip").content)).testzip() is None
    assert json.loads(client.get("/dossier/dossier-1/plan.json").text)["title"] == TITLE
    assert client.get("/dossier/dossier-1/file.exe").status_code == 400
    assert client.get("/dossier/dossier-9").status_code == 404


@pytest.fixture
def client_of() -> Callable[[Path], TestClient]:
    """A client of the app over a record."""
    from starlette.testclient import TestClient

    from crossfix.web.app import create_app

    return lambda path: TestClient(create_app(path, Settings(fast=True)), base_url="http://localhost:8723")


def test_adding_from_elsewhere_goes_to_the_last_dossier_or_a_new_one(
    record: Path, client_of: Callable[[Path], TestClient]
) -> None:
    client = client_of(record)
    with Record.open(record) as opened:
        event, claim = opened.events()[0].id, opened.claims()[0].id
    token = csrf(client)
    sent = {"csrf": token, "kind": "event", "id": event, "next": "/documents"}
    assert client.post("/dossier/add", data={**sent, "csrf": "0" * 64}, follow_redirects=False).status_code == 403
    answer = client.post("/dossier/add", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents")
    away = client.post("/dossier/add", data={**sent, "next": "//elsewhere.example"}, follow_redirects=False)
    assert away.headers["location"] == "/dossier/dossier-1#item-i1"
    told = client.post(
        "/dossier/add", data={"csrf": token, "kind": "claim", "id": claim}, headers={"Accept": "application/json"}
    ).json()
    assert told == {"dossier": "dossier-1", "title": "Untitled dossier", "version": 3, "items": 2}
    assert client.post("/dossier/add", data={**sent, "id": "nothing"}).status_code == 404
    assert client.post("/dossier/add", data={**sent, "kind": "poem"}).status_code == 422


def test_the_slower_of_two_sees_a_conflict_and_may_go_on(filled: Path, client_of: Callable[[Path], TestClient]) -> None:
    client = client_of(filled)
    act = {"csrf": csrf(client), "act": "drop", "key": "i2", "seen": "1"}
    assert client.post("/dossier/dossier-1/change", data=act, follow_redirects=False).status_code == 303
    write = {**act, "act": "write", "key": "i5", "text": "Mine & <i>mine</i>"}
    refused = client.post("/dossier/dossier-1/change", data=write)
    assert refused.status_code == 409
    assert "Nothing of yours was written yet" in refused.text
    assert "Mine &amp; &lt;i&gt;mine&lt;/i&gt;" in refused.text
    seen = re.search(r'name="seen" value="(\d+)"', refused.text)
    assert seen
    assert client.post("/dossier/dossier-1/change", data={**write, "seen": seen[1]}).status_code == 200
    as_json = client.post("/dossier/dossier-1/change", data=write, headers={"Accept": "application/json"})
    assert as_json.status_code == 409
    assert as_json.json()["error"]["current"]["version"] == 3
    with Record.open(filled) as opened:
        assert [i.key for i in kept.dossier(opened, "dossier-1").plan.items] == ["i1", "i3", "i4", "i5"]
    for undone in ("i5", "i2"):
        client.post("/dossier/dossier-1/undo", data={"csrf": act["csrf"]})
        assert undone
    with Record.open(filled) as opened:
        now = kept.dossier(opened, "dossier-1")
        assert [i.key for i in now.plan.items] == ["i1", "i2", "i3", "i4", "i5"]
        assert now.version == 5


def test_a_site_for_reading_only_changes_nothing(filled: Path) -> None:
    from starlette.testclient import TestClient

    from crossfix.web.app import create_app

    client = TestClient(create_app(filled, Settings(fast=True, read_only=True)), base_url="http://localhost:8723")
    shown = client.get("/dossier/dossier-1")
    assert shown.status_code == 200
    assert "<form" not in re.sub(r'<form class="(?:find|filters)"', "", shown.text)
    assert client.post("/dossier", data={"csrf": csrf(client), "title": "x"}).status_code == 403


def test_a_row_is_added_from_its_own_page(page: Page, site: str, record: Path) -> None:
    with Record.open(record) as opened:
        event = opened.events()[0].id
    page.goto(f"{site}/events/{event}")
    page.get_by_role("button", name=re.compile("^Add to the dossier")).first.click()
    page.wait_for_url("**/dossier/dossier-1#item-i1")
    assert page.locator(".item").count() == 1


@pytest.mark.parametrize("kind", ["event", "transfer", "claim", "finding"])
def test_what_can_be_chosen_goes_page_by_page(filled: Path, client_of: Callable[[Path], TestClient], kind: str) -> None:
    client = client_of(filled)
    seen: list[str] = []
    path: str | None = f"/dossier/dossier-1?kind={kind}"
    for _ in range(6):
        assert path is not None
        text = client.get(path).text
        chooser = text[text.index("data-choices") : text.index('class="pager"')]
        seen += re.findall(r'name="ref" value="([^"]+)"', chooser)
        following = re.search(r'href="([^"]+)" rel="next"', text)
        path = following[1].replace("&amp;", "&") if following else None
        if path is None:
            break
    assert seen
    assert len(seen) == len(set(seen))
