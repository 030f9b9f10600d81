"""Search: passages in every language with the words marked, events, agents, findings and rows beside them; hostile text stays text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crossfix.record.store import Record
from crossfix.web.marking import hits, marked
from record_builders import report
from tests.site_tools import axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def test_the_slash_leads_to_the_field_and_a_search_to_passages(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/data")
    page.keyboard.press("/")
    page.keyboard.type("satellite launch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=satellite+launch")
    first = page.locator(".found-passages li").first
    assert {t.lower() for t in first.locator("mark").all_inner_texts()} == {"satellite", "launch"}
    assert axe(page) == []
    for section in ("events-h", "data-h"):
        assert page.locator(f"#{section}").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/documents/[0-9a-f]{64}#\d+-\d+$"))


def test_a_hit_lies_where_the_link_says(client: TestClient, made_record: Path) -> None:
    page = client.get("/search?q=satellite").text
    found = re.findall(r'href="/documents/([0-9a-f]{64})#(\d+)-(\d+)" data-open', page)
    assert found
    with Record.open(made_record) as record:
        for sha, start, end in found:
            assert "satellite" in record.text(sha)[int(start) : int(end)].lower()


@pytest.mark.parametrize("language", ["zh", "ru", "ko"])
def test_words_of_every_language_are_found_and_marked(client: TestClient, made_record: Path, language: str) -> None:
    with Record.open(made_record) as record:
        documents = [d for d in record.documents() if d.language == language]
        if not documents:
            pytest.skip(f"no document in {language} here")
        text = record.text(documents[0].sha256)
    word = re.search(r"[\u4e00-\u9fff]{2}|[\uac00-\ud7af]{2}|\b[а-яё]{5,}\b", text)
    assert word
    page = client.get("/search", params={"q": word[0], "language": language}).text
    assert re.search(f"<mark>[^<]*{word[0]}", page, re.IGNORECASE)


def test_it_is_narrowed_down_by_language_outlet_and_days(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        d = next(d for d in record.documents() if d.outlet and d.published and "Korea" in record.text(d.sha256))
    page = client.get(
        "/search", params={"q": "Korea", "outlet": d.outlet, "since": d.published, "until": d.published}
    ).text
    assert d.sha256 in page
    assert "No passage of these documents" in client.get("/search?q=Korea&since=1901&until=1902").text
    assert client.get("/search?q=Korea&since=x").status_code == 400


@pytest.mark.parametrize(
    "q", ['"', '""', "(", "a AND NOT b", "NEAR(", "*", "-", "col:x", "\x00", "'; DROP TABLE texts; --", "%", "日" * 200]
)
def test_no_query_breaks_it(client: TestClient, q: str) -> None:
    assert client.get("/search", params={"q": q}).status_code == 200
    for path in ("/events", "/transfers", "/agents", "/checks", "/data"):
        assert client.get(path, params={"q": q}).status_code == 200, path


def test_nothing_found_and_nothing_asked_are_said(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/search")
    assert axe(page) == []
    page.goto(f"{shared_site}/search?q=zzzunheard")
    assert "Nothing holds this word" in page.locator("main").inner_text()
    assert axe(page) == []


HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=1</script> [x](javascript:window.broken=1)'


def test_hostile_text_shows_as_text(page: Page, tmp_path: Path, serve: Callable[..., str]) -> None:
    from crossfix.linking import link

    text = f"Norland fired {HOSTILE} a rocket on 24 August 2023, {HOSTILE} said. Vostland denied it."
    path = tmp_path / "hostile.sqlite"
    with Record.open(path, write=True) as record:
        for salt in ("", " "):
            one, raw = report(
                text, title=HOSTILE, outlet=HOSTILE, claims=[(HOSTILE, "said", "a rocket on 24 August 2023")], salt=salt,
                events=[{"trigger": "fired", "type": "missile_test"}], transfers=[{"item": "rocket"}],
            )  # fmt: skip
            record.add(one, raw)
        link(record)
        event, agent = record.events()[0].id, record.agents()[0].id
        transfer, origin = record.transfers()[0].id, record.origins()[0].id
    site = serve(path)
    shown = 0
    for where in (
        "/search?q=rocket", "/search?q=broken", "/events", f"/events/{event}", "/transfers", f"/transfers/{transfer}",
        "/agents?everywhere=true", f"/agents/{agent}", "/origins", f"/origins/{origin}", "/checks", f"/search?q={HOSTILE}",
    ):  # fmt: skip
        page.goto(site + where)
        assert page.evaluate("window.broken") is None, where
        assert page.locator("main img, main script:not([type='application/json'])").count() == 0, where
        assert page.locator("a[href^='javascript:']").count() == 0, where
        shown += "onerror=" in page.locator("main").inner_text()
    assert shown >= 5


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Über Ünderground", ["uber"], ["Über"]),
        ("missiles and missile", ["missile"], ["missile"]),
        ("the flight  time of flight", ["flight time"], ["flight  time"]),
        ("북한은 위성을 쏘았다", ["위성"], ["위성"]),
        ("Straße", ["strasse"], ["Straße"]),
        ("ﬁred", ["fired"], ["ﬁred"]),
        ("A.B. said", ["a.b"], ["A.B"]),
    ],
)
def test_words_are_marked_as_the_index_finds_them(text: str, words: list[str], found: list[str]) -> None:
    assert [text[a:b] for a, b in hits(text, words)] == found


def test_a_long_passage_is_cut_where_the_words_stand() -> None:
    text = "filler " * 200 + "the rocket flew and the satellite fell " + "filler " * 200
    shown = marked(text, ["rocket", "satellite"])
    told = "".join(b.text for b in shown.bits)
    assert len(told) < 400
    assert [b.text for b in shown.bits if b.hit] == ["rocket", "satellite"]
    assert text[shown.start : shown.end] == "rocket flew and the satellite"
