"""Findings, worst first: filters, the working as a table, the rows they rest on, how a check works, and running them again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crossfix.record.findings import VERDICTS
from crossfix.record.store import Record
from crossfix.web import howto, working
from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient


def test_findings_stand_worst_first_and_open_to_their_working(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        every = record.findings()
    page.goto(f"{shared_site}/checks")
    chips = page.locator(".finding .chip").all_inner_texts()
    order = [
        next(
            n
            for n, v in enumerate(VERDICTS)
            if c.endswith({"tension": "in tension", "unknown": "not decided"}.get(v, v))
        )
        for c in chips
    ]
    assert order == sorted(order)
    assert f"of {len(every)} findings" in page.locator(".pager").inner_text()
    assert axe(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    opened = page.locator(".finding[open]")
    assert opened.count() == 1
    assert opened.locator("table.working tbody tr").count() > 0
    assert axe(page) == []
    page.keyboard.press("e")
    assert page.locator(".finding:not([open])").count() == 0
    assert axe(page) == []


def test_filters_pick_by_check_verdict_document_words_and_row(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        every = record.findings()
    some = every[0]

    def shown(**query: str) -> set[str]:
        return set(re.findall(r'class="finding" id="(F[0-9a-f]+)"', client.get("/checks", params=query).text))

    for check in {f.check for f in every}:
        wanted = {f.id for f in every if f.check == check}
        assert shown(check=check) <= wanted
        assert len(shown(check=check)) == min(25, len(wanted))
    assert shown(verdict="tension") == {f.id for f in every if f.verdict == "tension"}
    assert some.id in shown(document=some.evidence[0].document[:12], check=some.check, verdict=some.verdict)
    word = max(re.findall(r"\w+", some.summary), key=len)
    assert some.id in shown(q=word, verdict=some.verdict, check=some.check)
    with_row = next(f for f in every if f.sources)
    row = with_row.sources[0]
    told = shown(row=f"{row.table}:{row.key}")
    assert told <= {f.id for f in every if any((s.table, s.key) == (row.table, row.key) for s in f.sources)}
    assert told
    assert "No finding is like this" in client.get("/checks?q=zzzunheard").text
    assert client.get("/checks?verdict=nonsense").status_code == 422


def test_a_finding_leads_to_its_rows_and_they_lead_back(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        finding = next(f for f in record.findings() if f.sources and "/" not in f.sources[0].key)
    page.goto(f"{shared_site}/checks/{finding.id}")
    assert finding.summary in page.locator("h1").inner_text()
    if finding.caveat:
        assert finding.caveat in page.locator("main").inner_text()
    assert axe(page) == []
    row = finding.sources[0]
    page.locator(f"a[href='/data/{row.table}/{row.key}']").first.click()
    page.wait_for_url("**/data/**")
    assert axe(page) == []
    assert finding.summary in page.locator("main").inner_text() or page.locator("a", has_text="All ").count()


def test_every_check_of_ours_says_how_it_works(page: Page, shared_site: str) -> None:
    from crossfix.checking.registry import OWN

    assert set(OWN) <= howto.known()
    page.goto(f"{shared_site}/checks/how/freeflight")
    assert page.locator(".how h1").count() == 1
    assert page.locator(".how table").count() >= 1
    assert axe(page) == []
    for check in OWN:
        assert page.request.get(f"{shared_site}/checks/how/{check}").status == 200


def test_what_is_no_finding_or_page_is_not_found(client: TestClient) -> None:
    assert client.get("/checks/F0000000000").status_code == 404
    assert client.get("/checks/how/README").status_code == 404
    assert client.get("/checks/how/..%2F..%2Fdecisions").status_code == 404


def test_the_checks_are_run_again_by_a_button(page: Page, site: str) -> None:
    page.goto(f"{site}/checks")
    page.get_by_role("button", name="Run the checks again").click()
    page.wait_for_url("**/add")
    assert page.locator(".job").count() == 1


def test_a_site_for_reading_offers_no_run(made_record: Path) -> None:
    from starlette.testclient import TestClient as Client

    from crossfix.web.app import create_app
    from crossfix.web.settings import Settings

    with Client(create_app(made_record, Settings(read_only=True)), base_url="http://localhost") as own:
        assert "Run the checks" not in own.get("/checks").text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("culmination_range_km", ("Culmination range", "km")),
        ("off_nadir_deg", ("Off nadir", "°")),
        ("node_rate_deg_per_day", ("Node rate", "° a day")),
        ("speed_limit_km_per_h", ("Speed limit", "km/h")),
        ("days_allowed", ("Days allowed", "")),
        ("asked_from_utc", ("Asked from", "UTC")),
        ("elevation_sd_deg", ("Elevation standard deviation", "°")),
        ("told", ("Told", "")),
    ],
)
def test_names_of_numbers_in_words_with_units(name: str, told: tuple[str, str]) -> None:
    assert working.named(name) == told


def test_groups_and_rows_of_a_working() -> None:
    (whole, log) = working.groups(
        {
            "claimed": 4,
            "agrees": True,
            "missing": None,
            "log": {"rows": ["a", "b"]},
            "pairs": [{"a_km": 1}, {"a_km": 2, "b": "x"}],
        }
    )
    assert [(n.label, n.value, n.numeric) for n in whole.numbers] == [
        ("Claimed", "4", True), ("Agrees", "yes", False), ("Missing", "not known", False),
    ]  # fmt: skip
    (grid,) = whole.grids
    assert grid.columns == (("A", "km"), ("B", ""))
    assert grid.rows == (("1", "not known"), ("2", "x"))
    assert (log.label, log.numbers[0].value) == ("Log", "a; b")


def test_our_own_markdown_becomes_blocks() -> None:
    text = (
        "# Head `code`\n\nA *soft* and **strong** [link](clock.md), [away](https://example.org).\n\n- one\n  more\n- two\n\n"
        "| a | b |\n| --- | ---: |\n| 1 | x \\| y |\n\n    k = 1\n"
    )
    made = list(howto.blocks(text))
    assert [b.kind for b in made] == ["heading", "paragraph", "list", "table", "code"]
    assert [(r.kind, r.to) for r in made[1].lines[0][0] if r.kind == "link"] == [("link", "clock"), ("link", "")]
    assert made[2].lines[0][0][0].text == "one more"
    assert made[3].lines[1][1][0].text == "x | y"
    assert made[4].code == "k = 1"
