"""The tables of public data on the site: every row, looked up and sorted, with where it is from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from crossfix.reference import provenance
from crossfix.web import reads_data
from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def test_a_row_is_found_from_the_list_of_tables(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/data")
    assert axe(page) == []
    assert page.locator("tbody tr").count() == len(provenance.tables())
    page.get_by_role("link", name="missiles", exact=True).click()
    page.wait_for_url("**/data/missiles")
    assert axe(page) == []
    page.fill("#f-q", "hwasong-18")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=hwasong-18*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/missiles/*")
    told = page.locator("main").inner_text()
    assert "Hwasong-18" in told
    assert "Source" in told
    assert "Licence" in told
    assert axe(page) == []


def test_rows_are_sorted_by_size_and_paged(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/data/launches_cns")
    page.get_by_role("link", name="Apogee, km").click()
    page.wait_for_url("**sort=apogee_km*")
    column = page.locator("thead th").all_inner_texts()
    at = next(n for n, t in enumerate(column) if t.startswith("Apogee"))
    shown = [
        t for t in page.locator(f"tbody tr > :nth-child({at + 1})").all_inner_texts() if re.fullmatch(r"[\d.]+", t)
    ]
    assert [float(t) for t in shown] == sorted(float(t) for t in shown)
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**page=2*")
    assert "page 2 of" in page.locator(".pager").inner_text()


@pytest.mark.parametrize("table", [t.name for t in provenance.tables()])
def test_every_table_and_its_first_and_last_row_open(client: TestClient, table: str) -> None:
    answer = client.get(f"/data/{table}")
    assert answer.status_code == 200
    entries = provenance.table(table).entries
    for e in (entries[0], entries[-1]) if entries else ():
        shown = client.get(f"/data/{table}/{quote(e.key, safe='')}")
        assert shown.status_code == 200
        assert (e.source or "not noted")[:20].replace("&", "&amp;").replace("'", "&#39;") in shown.text


def test_places_are_paged_by_their_number_and_found_by_name(client: TestClient) -> None:
    first, last = client.get("/data/gazetteer").text, client.get("/data/gazetteer?page=99999").text
    assert "254,157 rows" in first
    assert first != last
    assert (
        "Rason" in client.get("/data/gazetteer?q=Rason").text or "No row" in client.get("/data/gazetteer?q=Rason").text
    )
    key = provenance.gazetteer_rows("Pyongyang")[0].key
    assert "Pyongyang" in client.get(f"/data/gazetteer/{key}").text


def test_what_is_not_there_is_said_with_what_is_near(client: TestClient) -> None:
    assert client.get("/data/misiles").status_code == 404
    assert "missiles" in client.get("/data/misiles").text
    assert client.get("/data/missiles/nosuchrow").status_code == 404
    assert client.get("/data/..%2F..%2Fpyproject.toml").status_code == 404
    assert "No row of this table is like this" in client.get("/data/states?q=zzzunheard").text


def test_rows_of_any_table_are_found_by_words(client: TestClient) -> None:
    found, total = reads_data.found_anywhere("Tonghae satellite", 50)
    assert total >= len(found)
    entries, total = reads_data.found_anywhere("hwasong-18", 50)
    assert total >= 2
    assert {e.table for e in entries} & {"missiles", "dimensions"}
    assert reads_data.found_anywhere("  ", 5) == ([], 0)
    assert "missiles" in client.get("/data?q=hwasong-18").text
