"""The overview: the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_it_opens_in_a_browser(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    assert page.locator("h1").inner_text() == "Overview"
    assert axe(page) == []


def test_the_list_of_keys_opens_and_closes(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("dialog.keys").is_visible()


def test_the_theme_is_kept(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    page.keyboard.press("T")
    page.keyboard.press("T")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert axe(page) == []
