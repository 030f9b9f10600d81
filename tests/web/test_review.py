"""Review on the site: corrected where it is seen, found in export, dossier and history, undone in all three; two people at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from crossfix.cli import cli
from crossfix.record import Record
from tests.site_tools import axe, csrf

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

NAME = "Dr. Nobody Known-Before"


def claim_and_event(record: Path) -> tuple[Any, Any]:
    """A claim that speaks of one event, and that event."""
    with Record.open(record) as r:
        claims = {c.id: c for c in r.claims() if c.voice != "outlet" and c.source_name}
        for e in r.events():
            for i in e.claims:
                if i in claims and e.when and len(claims[i].content.text) > 40:
                    return claims[i], e
    raise AssertionError("no claim tells an event")


def told(record: Path) -> tuple[str, str]:
    """The export without the list of acts, and the dossier, by the commands."""
    run = CliRunner()
    out = json.loads(run.invoke(cli, ["--record", str(record), "export", "--format", "json"]).stdout)
    out.pop("reviews")
    page = record.parent / "d.md"
    said = run.invoke(cli, ["--record", str(record), "dossier", "-o", str(page)])
    assert said.exit_code == 0, said.output
    lines = [x for x in page.read_text(encoding="utf-8").splitlines() if " UTC" not in x]
    return json.dumps(out, sort_keys=True), "\n".join(lines)


def history_of(record: Path, id_: str) -> str:
    """The history of a row by the command."""
    said = CliRunner().invoke(cli, ["--record", str(record), "show", id_, "--history"])
    return " ".join(said.output.split())


def test_a_correction_is_in_export_dossier_and_history_and_undo_restores_all_three(
    page: Page, site: str, record: Path
) -> None:
    c, _ = claim_and_event(record)
    before = told(record)
    page.goto(f"{site}/documents/{c.document}?claim={c.id}")
    page.locator("#who").fill("Ada")
    with page.expect_navigation():
        page.get_by_label("Keep this name").click()
    page.keyboard.press("e")
    page.locator("[data-why]").fill("named in the caption")
    page.locator(".review").get_by_label("Speaker", exact=True).fill(NAME)
    page.locator(".review").get_by_label("Set the speaker").click()
    page.locator("#beside h2").get_by_text(NAME).wait_for()
    assert page.locator("#beside .chip", has_text="corrected").count() >= 1
    page.locator(".told summary", has_text="Correct the event").first.click()
    page.locator(".told").get_by_label("Date", exact=True).first.fill("2019-02-03")
    page.locator(".told").get_by_label("Set the date").first.click()
    page.locator(".told h3", has_text="3 February 2019").first.wait_for()
    now = told(record)
    assert NAME in now[0]
    assert NAME in now[1]
    assert "3 February 2019" in now[1]
    assert "corrected by Ada" in now[1]
    assert NAME in history_of(record, c.id)
    assert "by Ada: named in the caption" in history_of(record, c.id)
    # the claim may speak of several events; the panel's first is the one that was corrected
    with Record.open(record) as rows:
        (corrected,) = [x.id for x in rows.events() if x.reviewed.state == "corrected"]
    assert "set the date to 2019-02-03" in history_of(record, corrected)
    page.goto(f"{site}/history")
    assert page.locator("main li").count() == 2
    assert axe(page) == []
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.locator("li.undone").wait_for()
    page.goto(f"{site}/documents/{c.document}?claim={c.id}")
    page.keyboard.press("u")
    page.locator("#beside h2").get_by_text(NAME).wait_for(state="detached")
    assert told(record) == before
    assert "took back" in history_of(record, c.id)


def test_words_are_corrected_by_selecting_them(page: Page, site: str, record: Path) -> None:
    c, _ = claim_and_event(record)
    page.goto(f"{site}/documents/{c.document}?claim={c.id}")
    start, end = c.content.start, c.content.start + 20
    page.evaluate(
        """async ([a, b]) => {
            location.hash = `#${a}-${b}`;
            await new Promise((r) => setTimeout(r, 100));
            const hits = [...document.querySelectorAll('.hit')];
            const range = document.createRange();
            range.setStart(hits[0].firstChild, 0);
            range.setEnd(hits.at(-1).firstChild, hits.at(-1).firstChild.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [start, end],
    )
    page.keyboard.press("e")
    with Record.open(record) as r:
        words = r.text(c.document)[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words) - len(words.rstrip())
    assert page.locator("input[data-field=content]").input_value() == f"{start + left}-{end - right}"
    page.keyboard.press("Enter")
    page.locator("#beside .chip", has_text="corrected").first.wait_for()
    with Record.open(record) as r:
        assert r.claim(c.id).content.text == words.strip()


def test_the_second_of_two_tabs_sees_a_conflict_and_may_say_it_again(page: Page, site: str, record: Path) -> None:
    c, _ = claim_and_event(record)
    address = f"{site}/documents/{c.document}?claim={c.id}"
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(address)
        tab.locator(".review summary").first.click()
    page.locator(".review").get_by_label("Stance", exact=True).select_option("deny")
    page.locator(".review").get_by_label("Set the stance").click()
    page.locator("#beside .chip", has_text="corrected").first.wait_for()
    other.locator(".review").get_by_label("Stance", exact=True).select_option("predict")
    other.locator(".review").get_by_label("Set the stance").click()
    other.locator("[data-conflict]").wait_for()
    assert "deny" in other.locator("section", has_text="Theirs").inner_text()
    assert "predict" in other.locator("section", has_text="Yours").inner_text()
    assert axe(other) == []
    with Record.open(record) as r:
        assert r.claim(c.id).stance == "deny"
    other.get_by_text("Apply mine again").click()
    other.locator("#beside .chip", has_text="corrected").first.wait_for()
    with Record.open(record) as r:
        assert r.claim(c.id).stance == "predict"
        assert len(r.history(c.id)) == 3


def test_the_queue_is_walked_by_keys_and_what_was_reviewed_leaves_it(page: Page, site: str) -> None:
    page.goto(f"{site}/review")
    assert axe(page) == []
    items = page.locator("[data-rows] > li")
    first, many = items.first.get_attribute("id"), items.count()
    with_button = page.locator("[data-rows] > li:has([data-act=accept])").first.get_attribute("id")
    here = page.locator("[data-rows] > li[aria-current]")
    for _ in range(many):
        page.keyboard.press("j")
        if here.get_attribute("id") == with_button:
            break
    page.keyboard.press("a")
    page.wait_for_url("**/review#item-*")
    assert page.locator(f"[id='{with_button}']").count() == 0
    assert items.count() <= many
    page.goto(f"{site}/history")
    page.keyboard.press("u")
    page.locator("li.undone").wait_for()
    page.goto(f"{site}/review")
    assert page.locator(f"[id='{with_button}']").count() == 1
    assert items.first.get_attribute("id") == first


def test_a_document_is_graded_twice_over_and_noted(page: Page, site: str, record: Path) -> None:
    c, _ = claim_and_event(record)
    page.goto(f"{site}/documents/{c.document}")
    page.locator(".review summary").click()
    page.get_by_label("Its source (A to F)", exact=True).select_option("B")
    page.get_by_label("Grade: Its source (A to F)").click()
    page.get_by_text("B: usually reliable").first.wait_for()
    page.locator(".review summary").click()
    page.get_by_label("A note", exact=True).fill("Ask the <b>desk</b>.")
    page.get_by_text("Keep the note").click()
    page.locator(".note", has_text="Ask the <b>desk</b>.").wait_for()
    with Record.open(record) as r:
        got = r.document(c.document).reviewed
    assert (got.grade_source, got.grade_report, len(got.notes)) == ("B", None, 1)


# ------------------------------------------------------------------ without a browser


def test_forms_need_their_token_and_a_site_for_reading_has_none(client: TestClient, made_record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app
    from crossfix.web.settings import Settings

    form = {"kind": "claim", "target": "x", "verb": "accept"}
    assert client.post("/review/act", data=form).status_code == 403
    token = csrf(client)
    assert client.post("/review/act", data=form | {"csrf": token}).status_code == 404
    assert client.post("/review/act", data=form | {"csrf": token, "verb": "eat"}).status_code == 422
    assert client.post("/review/undo", data={"csrf": token, "act": "act-99"}).status_code == 404
    with Record.open(made_record) as r:
        claim = r.claims()[0].id
    odd = {
        "target": claim,
        "verb": "reject",
        "field": "nothing",
        "seen": "7",
    }  # nothing was said of it that could be seen
    assert client.post("/review/act", data=form | {"csrf": token} | odd).status_code == 400
    away = client.post(
        "/review/name", data={"csrf": token, "name": "Ada", "next": "//evil.example"}, follow_redirects=False
    )
    assert away.headers["location"] == "/review"
    with Client(create_app(made_record, Settings(read_only=True)), base_url="http://localhost:8723") as reading:
        assert "data-act" not in reading.get("/review").text
        answer = reading.post("/review/act", data=form | {"csrf": csrf(reading)})
        assert answer.status_code == 403


def test_a_source_is_graded_on_its_own_page(page: Page, site: str, record: Path) -> None:
    with Record.open(record) as r:
        a = max((x for x in r.agents() if x.document is None), key=lambda x: (len(x.documents), x.id))
    page.goto(f"{site}/agents/{a.id}")
    page.get_by_label("How reliable this source is (A to F)", exact=True).select_option("C")
    page.get_by_role("button", name="Grade: How reliable").click()
    page.get_by_text("source graded C").wait_for()
    assert axe(page) == []
    page.goto(f"{site}/history")
    page.locator("main li a", has_text=a.name).first.wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Undo act-1").click()
    with Record.open(record) as r:
        assert next(x for x in r.agents() if x.id == a.id).reviewed.grade_source is None
