"""The overview: the first page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from crossfix.record import schema
from crossfix.record.store import Record
from crossfix.web import reads_overview as reads
from crossfix.web.reading import Memo, Readers, viewed
from crossfix.web.settings import Settings
from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

AN_HOUR_AGO = """key => {
  const visit = JSON.parse(localStorage.getItem(key));
  visit.latest.at -= 3600 * 1000;
  localStorage.setItem(key, JSON.stringify(visit));
}"""


def test_it_opens_in_light_and_dark(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    assert page.locator("h1").inner_text() == "Overview"
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
    page.set_viewport_size({"width": 800, "height": 900})
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_list_of_keys_opens_and_closes(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("dialog.keys").is_visible()
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/documents")


def test_the_first_key_leads_past_the_navigation(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_theme_is_kept(page: Page, shared_site: str) -> None:
    page.goto(shared_site)
    page.keyboard.press("T")
    page.keyboard.press("T")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 29)"
    assert axe(page) == []


def test_it_reads_without_scripts(page: Page, shared_site: str) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    bare = context.new_page()
    bare.goto(shared_site)
    assert bare.get_by_role("heading", name="Findings, worst first").is_visible()
    assert not bare.get_by_role("button", name="Keys").is_visible()
    context.close()


def test_what_came_in_since_the_last_visit(page: Page, site: str, record: Path) -> None:
    page.goto(site)
    assert not page.locator("#since").is_visible()
    page.reload()
    assert not page.locator("#since").is_visible()
    key = page.evaluate("Object.keys(localStorage).find((k) => k.startsWith('crossfix-visit-'))")
    with Record.open(record, write=True) as opened:
        (event, *_) = opened.current(schema.events)
        (document, *_) = opened.current(schema.documents)
        value = {**event["value"], "why": "told anew"}
        opened.append(schema.events, {event["id"]: {"type": event["type"], "value": value}}, act="changed", why="x")
        opened.append(schema.events, {"E-new": {"type": event["type"], "value": value}}, act="linked", why="x")
        columns = {k: document[k] for k in document if k not in ("row", "id", "version", "at", "by", "act", "why")}
        opened.append(schema.documents, {"f" * 64: columns | {"title": "A <b>new</b> report"}}, act="added", why="x")
    page.reload()  # the visit goes on, and nothing is new to it yet
    assert not page.locator("#since").is_visible()
    page.evaluate("key => localStorage.removeItem(key)", key)
    page.goto(site)
    page.evaluate(
        """([key, marks]) => localStorage.setItem(key, JSON.stringify({base: null, latest: {marks, at: Date.now() - 3600e3}}))""",
        [key, {"documents": 1, "events": 1, "transfers": 0, "findings": 0, "drifts": 0}],
    )
    page.reload()
    page.wait_for_selector("#since .columns")
    told = page.locator("#since").inner_text()
    assert "Since your last visit" in told
    assert "1 event told anew" in told
    assert "A <b>new</b> report" in told
    assert axe(page) == []
    page.reload()  # until the visit ends it stays
    page.wait_for_selector("#since .columns")
    page.evaluate(AN_HOUR_AGO, key)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not page.locator("#since").is_visible()


def test_its_figures_are_those_of_the_record(made_record: Path) -> None:
    with Record.open(made_record) as record:
        documents, findings, drifts, events = record.documents(), record.findings(), record.drifts(), record.events()
        origins, claims, transfers = record.origins(), record.claims(), record.transfers()
    readers = Readers(made_record)
    with viewed(readers, Settings(), Memo()) as view:
        counts = reads.counts(view.connection)
        worst = reads.worst_findings(view.record, view.connection, 1000)
        told = reads.most_told(view.record, view.connection, 1000)
        changed = reads.surest_drifts(view.record, view.connection, 1000)
    readers.close()
    assert (counts.documents, counts.claims, counts.events, counts.transfers) == (
        len(documents), len(claims), len(events), len(transfers),
    )  # fmt: skip
    assert counts.origins == len(origins)
    assert counts.verdicts == Counter(f.verdict for f in findings)
    assert counts.drifts == Counter(d.kind for d in drifts)
    assert counts.checked
    assert counts.unchecked == 0
    rank = ["contradicted", "tension", "unknown"]
    assert [rank.index(f.finding.verdict) for f in worst] == sorted(
        rank.index(f.verdict) for f in findings if f.verdict in rank
    )
    assert {f.finding.id for f in worst} == {f.id for f in findings if f.verdict in rank}
    assert [t.event.independent_origins for t in told] == sorted(
        (e.independent_origins for e in events if e.independent_origins > 1), reverse=True
    )
    assert {c.drift.kind for c in changed} == {d.kind for d in drifts}


def test_every_link_on_it_leads_somewhere_or_to_a_page_to_come(client: TestClient) -> None:
    page = client.get("/").text
    found = set(re.findall(r'href="(/[^"#?]*)', page))
    assert found
    for path in found:
        if not path.startswith(("/documents/", "/events/")):
            assert client.get(path).status_code == 200, path


def test_an_unchecked_record_says_so(record: Path, serve: Callable[..., str], page: Page) -> None:
    with Record.open(record, write=True) as opened:
        runs = opened.current(schema.check_runs)
        opened.withdraw(schema.check_runs, {r["id"]: "x" for r in runs})
        opened.withdraw(schema.findings, {r["id"]: "x" for r in opened.current(schema.findings)})
    page.goto(serve(record))
    assert page.get_by_text("Nothing was checked yet").is_visible()


def test_documents_that_came_in_after_the_checks_are_counted(record: Path, client: TestClient) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    assert "came in after the last run" not in client.get("/").text
    with Record.open(record, write=True) as opened:
        (document, *_) = opened.current(schema.documents)
        columns = {k: document[k] for k in document if k not in ("row", "id", "version", "at", "by", "act", "why")}
        opened.append(schema.documents, {"f" * 64: columns}, act="added", why="x")
    with Client(create_app(record, Settings()), base_url="http://localhost") as own:
        assert "1 document came in after the last run of the checks" in own.get("/").text
