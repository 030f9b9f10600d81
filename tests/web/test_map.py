"""The map: places, routes, ground tracks, and the list beside it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.site_tools import axe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from starlette.testclient import TestClient

PORT, DUNAY, DEPOT = ["Najin", 42.2333, 130.3], ["Dunay", 42.88, 132.35], ["Tikhoretsk", 45.855, 40.126]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#map[data-ready]")


def with_route(record: Path) -> None:
    """A made-up transfer by sea and rail, in a record."""
    value: dict[str, Any] = {
        "event": None, "supplier": "Norland", "recipient": "Vostland", "item": "crates", "quantity": None, "when": "2023-09-12",
        "route": "by ship, then by rail", "status": "alleged", "modality": "actual", "alleged_by": [], "denied_by": [], "evidence": [],
        "accounts": [], "why": "made up", "kind": "other", "kinds": ["other"], "kind_word": "crates", "amounts": [],
        "legs": [[PORT, DUNAY, "sea", []], [DUNAY, DEPOT, "rail", []]],
    }  # fmt: skip
    with sqlite3.connect(record) as c:
        c.execute(
            "INSERT INTO transfers (id, version, at, by, act, why, value) VALUES (?, 1, ?, 'test', 'linked', 'made up', ?)",
            ("Tmadeup", "2024-01-01T00:00:00Z", json.dumps(value)),
        )
    c.close()


# ------------------------------------------------------------------ in the browser


def test_a_place_is_found_in_the_list_and_on_the_map(page: Page, shared_site: str) -> None:
    opened(page, f"{shared_site}/map")
    assert page.locator(".mp-mark").count() >= 5
    page.keyboard.press("j")
    place = page.locator("#mp-list details[open]")
    assert place.count() == 1
    assert page.locator(".mp-mark.chosen").count() == 1
    assert place.locator("a").first.get_attribute("href").startswith("/events/")  # type: ignore[union-attr]
    page.keyboard.press("j")
    assert page.locator("#mp-list details[open]").count() == 1
    assert axe(page) == []
    page.locator("#mp-list details[open] a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")


def test_a_mark_opens_its_place_in_the_list(page: Page, shared_site: str) -> None:
    opened(page, f"{shared_site}/map")
    mark = page.locator(".mp-mark[title^='Russia:']")
    mark.focus()
    page.keyboard.press("Enter")
    row = page.locator("#mp-list details[open]")
    row.wait_for()
    assert "Russia" in row.locator("summary").inner_text()
    assert "may lie anywhere within" in row.inner_text()


def test_routes_are_drawn_leg_by_leg(page: Page, record: Path, serve: Callable[..., str]) -> None:
    with_route(record)
    opened(page, f"{serve(record)}/map?q=crates")
    routes = page.locator("#mp-list .mp-routes li")
    assert routes.count() == 1
    assert "Najin – Dunay, by sea" in routes.inner_text()
    assert "Dunay – Tikhoretsk, by rail" in routes.inner_text()
    dashes = page.locator(".leaflet-lines-pane path").evaluate_all(
        "all => all.map(p => p.getAttribute('stroke-dasharray'))"
    )
    assert "12 7" in dashes
    assert "6 6" in dashes
    page.get_by_role("button", name="Show on the map: Norland").click()
    assert axe(page) == []


def test_ground_tracks_are_drawn(page: Page, shared_site: str) -> None:
    opened(page, f"{shared_site}/map?q=Norfolk")
    assert "Malligyong-1 over Norfolk Naval Station" in page.locator("#mp-list").inner_text()
    tracks = page.locator(".leaflet-lines-pane path[stroke-dasharray='2 4']")
    assert tracks.count() == 1


def test_the_slider_narrows_the_time(page: Page, shared_site: str) -> None:
    opened(page, f"{shared_site}/map")
    before = page.locator("#mp-sum").inner_text()
    page.locator("#mp-from").focus()
    page.keyboard.press("End")
    for _ in range(100):
        if page.locator("#mp-sum").inner_text() != before:
            break
        page.wait_for_timeout(50)
    assert page.locator("#mp-sum").inner_text() != before
    assert "since=" in page.evaluate("location.search")
    assert page.locator("#f-since").input_value() in page.evaluate("location.search")


def test_it_has_no_serious_fault_in_the_dark(page: Page, shared_site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 800, "height": 900})
    opened(page, f"{shared_site}/map")
    assert axe(page) == []


def test_an_empty_record_says_so(page: Page, tmp_path: Path, serve: Callable[..., str]) -> None:
    from crossfix.record.store import Record

    Record.open(tmp_path / "empty.sqlite", write=True).close()
    page.goto(f"{serve(tmp_path / 'empty.sqlite')}/map")
    assert "Nothing in this record has a place yet" in page.locator("main").inner_text()
    assert axe(page) == []


# ------------------------------------------------------------------ without a browser


def test_the_list_works_without_scripts(client: TestClient) -> None:
    page = client.get("/map").text
    assert "<strong><bdi>Camp David</bdi></strong>" in page
    assert "from Najin, by sea; whereto is not told" in page
    assert "Malligyong-1 over Norfolk Naval Station" in page


def test_a_country_has_its_radius_and_a_site_has_none(client: TestClient) -> None:
    places = {p["name"]: p for p in client.get("/api/v1/map").json()["places"]}
    assert places["Russia"]["radius_km"] > 1000
    assert places["Russia"]["kind"] == "country"
    assert places["Sohae Satellite Launching Station"]["radius_km"] == 0


def test_events_are_placed_or_counted_as_without_a_place(client: TestClient) -> None:
    shown = client.get("/api/v1/map").json()
    assert sum(p["count"] for p in shown["places"]) == shown["events"]
    assert shown["unplaced"] > 0
    spot = shown["places"][0]
    at = client.get("/api/v1/map/place", params={"lat": spot["lat"], "lon": spot["lon"]}).json()
    assert at["total"] == spot["count"] == len(at["items"])


def test_a_track_passes_its_culmination(client: TestClient) -> None:
    tracks = client.get("/api/v1/map").json()["tracks"]
    assert tracks
    for t in tracks:
        nearest = min(t["points"], key=lambda p: abs(p[2]))
        assert tuple(nearest[:2]) == tuple(t["below"])
        assert abs(t["below"][0] - t["lat"]) < 5  # it stood within some hundred kilometres
        assert len(t["points"]) > 40


def test_filters_pick(client: TestClient) -> None:
    for query, there, gone in (
        ({"type": "satellite_launch"}, "Sohae Satellite Launching Station", "Camp David"),
        ({"since": "2023-08", "until": "2023-08"}, "Camp David", "Washington, D.C."),
        ({"agent": "shoigu"}, "Iran", "Camp David"),
    ):
        names = {p["name"] for p in client.get("/api/v1/map", params=query).json()["places"]}
        assert there in names
        assert gone not in names


def test_towns_and_sites_for_orientation(client: TestClient) -> None:
    box = {"south": 42, "west": 129, "north": 44, "east": 133}
    assert "Vladivostok" in {x[0] for x in client.get("/api/v1/map/towns", params=box).json()["items"]}
    around = client.get("/api/v1/map/around").json()
    assert len(around["sites"]) > 400
    assert len(around["countries"]) > 150


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("towns", {"south": 44, "west": 129, "north": 42, "east": 133}, 400),
        ("towns", {"south": "nan", "west": 129, "north": 42, "east": 133}, 422),
        ("place", {"lat": 91, "lon": 0}, 422),
        ("", {"until": "2023-13"}, 400),
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, path: str, query: dict[str, object], status: int) -> None:
    answer = client.get(f"/api/v1/map/{path}".rstrip("/"), params=query)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"type", "message", "advice"}


def test_names_are_text_and_nothing_else(page: Page, record: Path, serve: Callable[..., str]) -> None:
    bad = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    value: dict[str, Any] = {
        "type": "meeting", "when": "2023-09-12", "where": [bad, 42.5, 130.5], "participants": [[bad, "party"]], "outcome": "unknown",
        "status": "reported", "modality": "actual", "ordinals": [], "mentions": [], "triggers": [bad], "reports": [],
        "independent_origins": 9, "accounts": [], "claims": [], "denied_by": [bad], "why": bad,
    }  # fmt: skip
    with sqlite3.connect(record) as c:
        c.execute(
            "INSERT INTO events (id, version, at, by, act, why, type, value) VALUES (?, 1, ?, 'test', 'linked', 'made up', 'meeting', ?)",
            ("Ebad", "2024-01-01T00:00:00Z", json.dumps(value)),
        )
    c.close()
    site = serve(record)
    opened(page, f"{site}/map?q=onerror")
    page.keyboard.press("j")
    page.locator(".mp-mark").first.hover()
    assert "<img" in page.locator("#mp-list").inner_text()
    page.goto(f"{site}/timeline?q=onerror#2023-09-01/2023-09-30")
    page.wait_for_selector("#tl-picture[data-ready]")
    page.keyboard.press("j")
    page.wait_for_selector("#tl-chosen .button")
    assert "<img" in page.locator("#tl-chosen").inner_text()
    assert page.locator("main img").count() == 0
    assert "hit" not in page.title()
