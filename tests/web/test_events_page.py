"""Events, transfers, agents and origins: one of each with all that is said of it; merging, splitting, undoing; the second of two people."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crossfix.record import schema
from crossfix.record.rows import EventRow
from crossfix.record.store import Record
from crossfix.web.settings import Settings
from tests.site_tools import axe, csrf

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def most_told(path: Path) -> EventRow:
    """The event with most documents, of those that accounts differ on."""
    with Record.open(path) as record:
        return max((e for e in record.events() if e.accounts), key=lambda e: (len(e.reports), e.id))


def two_alike(path: Path) -> tuple[str, str]:
    """Two events of one type that different documents tell."""
    with Record.open(path) as record:
        tests = [e for e in record.events() if e.type == "missile_test"]
    first = tests[0]
    return first.id, next(e.id for e in tests[1:] if not set(e.reports) & set(first.reports))


def now(path: Path, id_: str) -> EventRow:
    with Record.open(path) as record:
        return record.event(id_)


# ------------------------------------------------------------------ the lists


def test_the_list_is_filtered_sorted_and_paged(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        every = record.events()
    whole = client.get("/events").text
    assert f"of {len(every)} events" in whole
    launches = [e for e in every if e.type == "satellite_launch"]
    assert f"of {len(launches)} events" in client.get("/events?type=satellite_launch").text
    korean = client.get("/events?agent=North+Korea&since=2023&until=2023-12").text
    assert "North Korea" in korean
    assert "No event is like this" in client.get("/events?q=zzzunheard").text
    assert client.get("/events?since=May").status_code == 400
    following = re.search(r'href="(/events\?[^"]*after=[^"]*)"', whole)
    if len(every) > 50:
        assert following
        second = client.get(following[1].replace("&amp;", "&")).text
        assert "First page" in second
        shown = re.findall(r'/events/(E[0-9a-f]+)" data-open', whole + second)
        assert len(shown) == len(set(shown)) == min(len(every), 100)


def test_words_are_looked_for_in_the_passages_that_tell_it(client: TestClient, made_record: Path) -> None:
    e = most_told(made_record)
    with Record.open(made_record) as record:
        word = max(re.findall(r"[A-Za-z]{5,}", record.passage(e.mentions[0])), key=len)
    assert f"/events/{e.id}" in client.get("/events", params={"q": word}).text


def test_rows_are_walked_and_opened_by_keys(page: Page, shared_site: str) -> None:
    page.goto(f"{shared_site}/events")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("tr[aria-current]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/E*")
    assert page.locator("h1").inner_text()
    assert axe(page) == []


# ------------------------------------------------------------------ one event


def test_an_event_shows_accounts_voices_and_origins(page: Page, shared_site: str, made_record: Path) -> None:
    e = most_told(made_record)
    page.goto(f"{shared_site}/events/{e.id}")
    assert f"{e.independent_origins} independent origin" in page.locator(".headline").inner_text()
    for account in e.accounts:
        assert page.locator(".accounts .value").filter(has_text=account.by[0].split(" > ")[-1] or "").count()
    fields = {a.field for a in e.accounts}
    assert page.locator(".accounts tbody tr").count() == len(fields)
    assert page.locator(".roots > li").count() == e.independent_origins
    for n, root in enumerate(e.roots):
        assert root.name in page.locator(".roots > li").nth(n).inner_text()
    cited = page.locator(".accounts a.cite").first.get_attribute("href")
    assert cited
    assert re.fullmatch(r"/documents/[0-9a-f]{64}#\d+-\d+", cited)
    assert axe(page) == []


def test_the_matrix_leads_to_the_statements(page: Page, shared_site: str, made_record: Path) -> None:
    e = most_told(made_record)
    page.goto(f"{shared_site}/events/{e.id}")
    first = page.locator(".matrix td a").first
    target = first.get_attribute("href")
    first.click()
    assert target
    page.wait_for_selector(f'li[id="{target[1:]}"][aria-current]')
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".said li[aria-current]").count() == 1
    told = page.locator(".said > li[id]").count()
    cells = sum(1 for _ in page.locator(".matrix td a").all())
    assert cells == told


def test_its_findings_open_to_their_working(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        finding = next(f for f in record.findings() if f.subject_kind == "event" and f.working and f.sources)
    page.goto(f"{shared_site}/events/{finding.subject}#{finding.id}")
    page.wait_for_selector(f"#{finding.id}[open] table.working")
    assert page.locator(f"#{finding.id} a[href^='/data/']").count() >= 1
    assert axe(page) == []


def test_a_transfer_shows_goods_amount_way_and_sides(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        t = max(record.transfers(), key=lambda t: (len(t.legs), len(t.amounts)))
    page.goto(f"{shared_site}/transfers/{t.id}")
    told = page.locator("main").inner_text()
    assert t.item in told
    assert page.locator(".legs li").count() == len(t.legs)
    for name in (*t.alleged_by, *t.denied_by):
        assert name in told
    assert axe(page) == []
    page.goto(f"{shared_site}/transfers")
    assert page.locator("tbody tr").count() > 1
    assert axe(page) == []


def test_a_mention_and_an_unknown_id(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        mention = record.current(schema.mentions)[0]["id"]
        joined = record.current_of(schema.joins, [mention])[mention]["target"]
    answer = client.get(f"/events/{mention}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/events/{joined}?")
    missing = client.get("/events/E0000000000")
    assert missing.status_code == 404
    assert "No event has the id" in missing.text


# ------------------------------------------------------------------ agents and origins


def test_agents_with_why_their_names_mean_them(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        a = max((a for a in record.agents() if a.document is None and a.aliases), key=lambda a: len(a.grounds))
    page.goto(f"{shared_site}/agents?q={a.name.split()[0]}")
    assert axe(page) == []
    page.locator(f"a[href='/agents/{a.id}']").click()
    page.wait_for_url(f"**/agents/{a.id}")
    told = page.locator("main").inner_text()
    for name in (a.name, *a.aliases):
        assert name in told
    assert a.grounds[0].why in told
    for o in a.offices:
        assert o.title in told
    assert axe(page) == []


def test_an_origin_shows_the_root_first_and_why(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        o = max(record.origins(), key=lambda o: len(o.documents))
        made_from = {d.sha256: d.derived_from for d in record.documents() if d.sha256 in o.documents}
    page.goto(f"{shared_site}/origins")
    assert axe(page) == []
    page.locator(f"a[href='/origins/{o.id}']").click()
    page.wait_for_url(f"**/origins/{o.id}")
    rows = page.locator(".descent li a").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href').split('/').pop())"
    )
    assert sorted(rows) == sorted(o.documents)
    assert made_from[rows[0]] not in made_from
    for n, d in enumerate(rows):
        if made_from[d] in made_from:
            assert rows.index(made_from[d]) < n
    assert axe(page) == []


# ------------------------------------------------------------------ deciding


def test_events_are_put_together_and_taken_apart_again(page: Page, site: str, record: Path) -> None:
    one, other = two_alike(record)
    documents = {*now(record, one).reports, *now(record, other).reports}
    page.goto(f"{site}/events/{one}")
    page.fill("#with-event", f"{site}/events/{other}")
    page.get_by_role("button", name="See what would change").first.click()
    page.wait_for_url("**/decide/merge?*")
    assert page.locator(".compare thead th").count() == 2
    assert axe(page) == []
    page.fill("#why", "One launch, two reports.")
    page.get_by_role("button", name="Put together").click()
    page.wait_for_url("**/events/*done=*")
    assert set(now(record, one).reports) == documents == set(now(record, other).reports)
    assert "One launch, two reports." in page.locator("#decide").inner_text()
    page.locator(".done a").click()
    page.wait_for_url("**/decide/undo?*")
    assert axe(page) == []
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url("**/events/*")
    assert not set(now(record, one).reports) & set(now(record, other).reports)
    page.goto(f"{site}/decide")
    assert "taken back" in page.locator("tbody").inner_text()
    assert axe(page) == []


def test_a_report_is_taken_out_of_an_event(page: Page, site: str, record: Path) -> None:
    e = most_told(record)
    page.goto(f"{site}/events/{e.id}")
    page.locator(f".ticks input[value='{e.reports[-1]}']").check()
    page.locator("form[action='/decide/split'] button").click()
    page.wait_for_url("**/decide/split?*")
    assert "What is taken out" in page.locator("main").inner_text()
    assert axe(page) == []
    page.get_by_role("button", name="Take out").click()
    page.wait_for_url("**/events/*done=*")
    with Record.open(record) as opened:
        holding = [x for x in opened.events() if e.reports[-1] in x.reports and x.type == e.type and x.when == e.when]
        assert all(e.reports[0] not in x.reports for x in holding)


def test_origins_and_agents_are_decided_too(record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    with Record.open(record) as opened:
        o = max(opened.origins(), key=lambda o: len(o.documents))
        a, b = [x for x in opened.agents() if x.document is None and x.kind == "person"][:2]
    with Client(create_app(record, Settings(fast=True)), base_url="http://localhost") as own:
        fields = {"kind": "origin", "id": o.id, "part": o.documents[-1]}
        seen = seen_in(own, "/decide/split", fields)
        answer = own.post("/decide/split", data={**fields, "seen": seen, "csrf": csrf(own)}, follow_redirects=False)
        assert answer.status_code == 303
        assert "/origins/O" in answer.headers["location"]
        fields = {"kind": "agent", "id": a.id, "other": b.name}
        seen = seen_in(own, "/decide/merge", fields)
        answer = own.post("/decide/merge", data={**fields, "seen": seen, "csrf": csrf(own)}, follow_redirects=False)
        assert answer.status_code == 303
        page_ = own.get(answer.headers["location"]).text
        assert a.name in page_
        assert b.name in page_
        gone = own.get(f"/agents/{max(a.id, b.id)}", follow_redirects=False)
        assert gone.status_code == 303
    with Record.open(record) as opened:
        docs = {d.sha256: d.origin for d in opened.documents()}
        assert docs[o.documents[-1]] != docs[o.documents[0]]
        assert {a.name, b.name} <= {
            n for x in opened.agents() if x.name in (a.name, b.name) for n in (x.name, *x.aliases)
        }


def seen_in(client: TestClient, path: str, fields: dict[str, str]) -> str:
    """The mark of the state that a confirm page shows."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(path, params=fields).text)
    assert found
    return found[1]


def test_the_second_of_two_people_sees_a_conflict(record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    one, other = two_alike(record)
    e = most_told(record)
    with Client(create_app(record, Settings(fast=True)), base_url="http://localhost") as own:
        merge = {"kind": "event", "id": one, "other": other}
        seen = seen_in(own, "/decide/merge", merge)
        token = csrf(own)
        first = own.post("/decide/merge", data={**merge, "seen": seen, "csrf": token}, follow_redirects=False)
        assert first.status_code == 303
        second = own.post("/decide/merge", data={**merge, "seen": seen, "why": "mine too", "csrf": token})
        assert second.status_code == 409
        assert "Somebody was faster" in second.text
        assert "mine too" in second.text

        split = {"kind": "event", "id": e.id, "part": e.reports[-1]}
        stale = seen_in(own, "/decide/split", split)
        another = {"kind": "event", "id": e.id, "part": e.reports[0]}
        done = own.post(
            "/decide/split", data={**another, "seen": seen_in(own, "/decide/split", another), "csrf": token}, follow_redirects=False,
        )  # fmt: skip
        assert done.status_code == 303
        late = own.post("/decide/split", data={**split, "seen": stale, "why": "kept words", "csrf": token})
        assert late.status_code == 409
        assert "kept words" in late.text

        number = re.search(r"done=(\d+)", first.headers["location"])
        assert number
        undone = own.post("/decide/undo", data={"decision": number[1], "csrf": token}, follow_redirects=False)
        assert undone.status_code == 303
        again = own.post("/decide/undo", data={"decision": number[1], "csrf": token})
        assert again.status_code == 409
        assert "taken back already" in again.text


def test_nothing_is_decided_without_the_form_token_or_on_a_site_for_reading(made_record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app

    one, other = two_alike(made_record)
    fields = {"kind": "event", "id": one, "other": other, "seen": "x"}
    with Client(create_app(made_record, Settings(fast=True)), base_url="http://localhost") as own:
        own.get("/")
        assert own.post("/decide/merge", data=fields).status_code == 403
        assert own.get("/decide/merge", params=fields | {"other": one}).status_code == 400
        assert own.get("/decide/undo?decision=1%27").status_code == 404
    with Client(create_app(made_record, Settings(fast=True, read_only=True)), base_url="http://localhost") as own:
        assert own.post("/decide/merge", data=fields | {"csrf": csrf(own)}).status_code == 403
        assert "for reading only" in own.get(f"/events/{one}").text


@pytest.mark.parametrize("path", ["/events", "/transfers", "/agents", "/origins", "/decide"])
def test_nothing_is_wider_than_the_window(page: Page, shared_site: str, path: str) -> None:
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto(shared_site + path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
