"""The list of documents: what it picks, its orders, its pages."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, select

from crossfix.errors import UsageError
from crossfix.record.store import Record
from crossfix.web import reads_documents as reads
from crossfix.web.paging import Order, decode, encode, sorting
from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def shas(page: str) -> list[str]:
    """The documents of a page, in its order."""
    return re.findall(r'href="/documents/([0-9a-f]{64})" data-open', page)


def walked(client: TestClient, query: str) -> list[str]:
    """The documents of all pages."""
    out, address = [], f"/documents?{query}"
    while True:
        page = client.get(address)
        assert page.status_code == 200
        out += shas(page.text)
        following = re.search(r'href="([^"]+)" rel="next"', page.text)
        if following is None:
            return out
        address = html.unescape(following[1])


def test_every_document_is_listed_once_in_every_order(
    client: TestClient, made_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "PAGE", 4)
    with Record.open(made_record) as record:
        every = {d.sha256: d for d in record.documents()}
    keys = {
        "day": lambda d: d.published or d.written or "",
        "title": lambda d: d.title or "",
        "outlet": lambda d: d.outlet or "",
        "words": lambda d: d.words,
        "added": lambda d: d.added,
    }
    for name, key in keys.items():
        for sign in ("", "-"):
            found = walked(client, f"sort={sign}{name}")
            assert set(found) == set(every)
            assert len(found) == len(every)
            if name != "day":
                values = [key(every[s]) for s in found]
                assert values == sorted(values, reverse=bool(sign))


def test_what_it_picks(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        every, findings = record.documents(), record.findings()
        one = next(d for d in every if d.outlet and d.published)
        told = {e.id: e.reports for e in record.events()}
        said = {c.id: c.document for c in record.claims()}
    assert set(walked(client, f"outlet={one.outlet}")) >= {d.sha256 for d in every if d.outlet == one.outlet}
    assert set(walked(client, "language=zh")) == {d.sha256 for d in every if d.language == "zh"}
    assert walked(client, f"q={one.sha256[:12]}") == [one.sha256]
    year = (one.published or "")[:4]
    assert set(walked(client, f"since={year}&until={year}")) >= {
        d.sha256 for d in every if (d.published or "").startswith(year)
    }
    for verdict in ("contradicted", "tension", "supported"):
        wanted = set()
        for f in findings:
            if f.verdict == verdict:
                wanted |= (
                    {f.subject}
                    if f.subject_kind == "document"
                    else set(told.get(f.subject, ())) or {said.get(f.subject, "")}
                )
        assert set(walked(client, f"verdict={verdict}")) == wanted - {""}


def test_nothing_found_and_nothing_meant(client: TestClient) -> None:
    assert "No document is like this" in client.get("/documents?q=zzzzzz").text
    assert "give a date as YYYY" in html.unescape(client.get("/documents?since=May").text).replace("Give", "give")
    for query in ("after=%00", "after=W10", "after=zzz", "after=" + encode(["x"]), "after=" + encode([None, "x"])):
        assert client.get(f"/documents?{query}").status_code == 400
    for query in ("verdict=maybe", "unread=perhaps", "q=" + "x" * 300):
        assert client.get(f"/documents?{query}").status_code == 422
    for query in ("sort=nothing", "q=%25%5F%27%22%3Cscript%3E", "outlet=%00", "language=%C3%A9"):
        assert client.get(f"/documents?{query}").status_code == 200


def test_keys_walk_the_rows(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/documents")
    assert axe(page) == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("tbody tr").first
    assert first.get_attribute("aria-current") == "true"
    assert page.evaluate("document.activeElement.matches('tbody tr:first-child [data-open]')")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url(f"{shared_site}/")
    page.goto(f"{shared_site}/documents?sort=title")
    page.locator("thead a.sort").nth(1).click()
    page.wait_for_url("**/documents?sort=-title")
    assert page.locator("thead th").nth(1).get_attribute("aria-sort") == "descending"


# ------------------------------------------------------------------ pages


@given(st.lists(st.tuples(st.integers(0, 4), st.text("ab", max_size=2))), st.booleans(), st.integers(1, 4))
def test_pages_hold_every_row_once_and_in_order(rows: list[tuple[int, str]], down: bool, size: int) -> None:
    table = Table("t", MetaData(), Column("n", Integer), Column("s", Text), Column("id", Integer, primary_key=True))
    engine = create_engine("sqlite://")
    with engine.begin() as c:
        table.create(c)
        for i, (n, s) in enumerate(rows):
            c.execute(table.insert().values(n=n, s=s, id=i))
        order = Order((table.c.n, table.c.s, table.c.id), down)
        got: list[tuple[int, str, int]] = []
        cursor = None
        while True:
            some = [tuple(r) for r in c.execute(order.applied(select(table).where(*order.after(cursor))).limit(size))]
            if not some:
                break
            got += some
            cursor = encode(some[-1])
    engine.dispose()
    assert got == sorted([(n, s, i) for i, (n, s) in enumerate(rows)], reverse=down)


@given(st.text(max_size=40))
def test_a_made_up_cursor_is_refused_or_plain_values(text: str) -> None:
    try:
        values = decode(text)
    except UsageError:
        return
    assert all(isinstance(v, (str, int, float)) for v in values)


def test_an_order_that_is_none_gives_the_standard_one() -> None:
    assert sorting("nonsense", reads.ORDERS, "-day")[0] == "-day"
    assert sorting("--day", reads.ORDERS, "-day")[0] == "-day"
    assert sorting("title", reads.ORDERS, "-day")[0] == "title"
