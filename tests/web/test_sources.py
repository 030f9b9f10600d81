"""The graph of sources: who speaks through whom, folded by origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crossfix.web.reads_sources import Asked, Known, Way, _paths, path_of
from tests.site_tools import axe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#so-graph[data-ready]")


# ------------------------------------------------------------------ in the browser


def test_a_box_leads_to_its_claims_with_passages(page: Page, shared_site: str) -> None:
    opened(page, f"{shared_site}/sources")
    box = page.locator("#so-graph").bounding_box()
    assert box
    nodes = page.request.get(f"{shared_site}/api/v1/sources").json()["nodes"]
    first = min((n for n in nodes if n["column"] == 0), key=lambda n: n["row"])
    page.mouse.click(box["x"] + 100, box["y"] + 20 + first["row"] * 40)
    page.locator("#so-chosen .cite").first.wait_for()
    assert page.locator("#so-chosen h2").inner_text() == first["label"]
    assert axe(page) == []
    page.locator("#so-chosen .cite").first.click()
    page.wait_for_url(re.compile(r"/documents/[0-9a-f]{64}#\d+-\d+$"))


def test_the_table_leads_to_the_claims_by_keys(page: Page, shared_site: str) -> None:
    opened(page, f"{shared_site}/sources")
    page.keyboard.press("j")
    assert page.locator("tr[aria-current]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**#claims")
    assert page.locator("#claims").is_visible()
    assert page.locator(".rows .cite").count() >= 1
    assert axe(page) == []


def test_it_has_no_serious_fault_in_the_dark(page: Page, shared_site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 800, "height": 900})
    opened(page, f"{shared_site}/sources")
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_timeout(200)
    assert axe(page) == []


def test_an_empty_record_says_so(page: Page, tmp_path: Path, serve: Callable[..., str]) -> None:
    from crossfix.record.store import Record

    Record.open(tmp_path / "empty.sqlite", write=True).close()
    page.goto(f"{serve(tmp_path / 'empty.sqlite')}/sources")
    assert "No claim of a source is in this record yet" in page.locator("main").inner_text()
    assert axe(page) == []


# ------------------------------------------------------------------ without a browser


def test_the_table_holds_the_paths(client: TestClient) -> None:
    page = client.get("/sources", params={"limit": 320}).text
    paths = client.get("/api/v1/sources", params={"limit": 320}).json()["paths"]
    assert page.count("data-open") == len(paths)
    assert "John Kirby" in page


def test_the_claims_of_a_path_are_as_many_as_it_counts(client: TestClient) -> None:
    found = client.get("/api/v1/sources", params={"open": "all", "limit": 320}).json()
    for p in found["paths"][:6] + found["paths"][-3:]:
        query = {"left": p["left"], "between": p["between"], "speaker": p["speaker"], "open": "all"}
        seen, after = [], None
        while True:
            page = client.get("/api/v1/sources/claims", params=query | ({"after": after} if after else {})).json()
            seen += [c["id"] for c in page["items"]]
            after = page["next"]
            if not after:
                break
        assert len(seen) == len(set(seen))
        assert len(seen) >= p["claims"]


def test_show_more_and_filters(client: TestClient) -> None:
    few = client.get("/api/v1/sources", params={"limit": 5}).json()
    assert len(few["paths"]) == 5 < few["total"]
    assert "limit=10" in client.get("/sources", params={"limit": 5}).text
    denials = client.get("/api/v1/sources", params={"stance": "deny"}).json()
    assert 0 < denials["claims"] < few["claims"]
    kirby = client.get("/api/v1/sources", params={"q": "kirby"}).json()["paths"]
    assert kirby
    assert all("kirby" in f"{p['label']} {p['between']} {p['speaker']}".casefold() for p in kirby)
    assert "No path is like this" in client.get("/sources", params={"q": "nobody at all"}).text


@pytest.mark.parametrize(
    ("query", "status"),
    [({"limit": 0}, 422), ({"stance": "shout"}, 422), ({"left": "outlet:x", "speaker": "y", "after": "!"}, 400)],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, query: dict[str, object], status: int) -> None:
    path = "/api/v1/sources/claims" if "left" in query else "/api/v1/sources"
    answer = client.get(path, params=query)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"type", "message", "advice"}


@pytest.mark.parametrize(
    ("chain", "name", "path"),
    [
        (["Coast News"], None, ("", "source not named")),
        (["Coast News", "A. Speaker"], "A. Speaker", ("", "A. Speaker")),
        (["Coast News", "Harbour Agency", "A. Speaker"], "A. Speaker", ("Harbour Agency", "A. Speaker")),
        (["Coast News", "X", "Y", "A. Speaker"], "A. Speaker", ("X > Y", "A. Speaker")),
        (["(this article)", "a report", "B. Expert"], "a report", ("", "a report")),
        (["Coast News", "Harbour Agency"], None, ("", "Harbour Agency")),
    ],
)
def test_paths_of_chains(chain: list[str], name: str | None, path: tuple[str, str]) -> None:
    assert path_of(chain, name) == path


def test_documents_of_one_origin_fold_and_count_once() -> None:
    known = {"d1": Known("Coast News", "o1"), "d2": Known("Hill Post", "o1"), "d3": Known("Coast News", "d3")}
    ways = [Way("d1", "Agency", "Speaker", 4), Way("d2", "Agency", "Speaker", 3), Way("d3", "Agency", "Speaker", 2)]
    folded = _paths(known, ways, Asked())
    assert [(p.left, p.label, p.claims, p.documents, p.origins) for p in folded] == [
        ("origin:o1", "Coast News and 1 more", 4, 2, 1),
        ("outlet:Coast News", "Coast News", 2, 1, 1),
    ]
    for opened_ in (("all",), ("o1",)):
        apart = _paths(known, ways, Asked(opened=opened_))
        assert [(p.left, p.claims, p.documents) for p in apart] == [
            ("outlet:Coast News", 6, 2),
            ("outlet:Hill Post", 3, 1),
        ]
