"""The reader: the text as it was read, marks that say how they resolve, passages lit by their address, keys, hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.dossier.html import escape
from crossfix.errors import UsageError
from crossfix.linking import link
from crossfix.record import Record
from crossfix.web.reader_text import render
from crossfix.web.reads_reader import LAYERS, Mark
from record_builders import report
from tests.site_tools import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

HOSTILE = (
    "<script>document.title='taken'</script> <img src=x onerror=\"document.title='taken'\"> said </script> "
    '<svg onload=alert(1)>𝔸 rocket</svg> [click](javascript:alert(1)) <a href="javascript:alert(1)">here</a> <!-- -->'
    " ${7*7} {{ 7*7 }} \u202eevil\u202c"
)


def made(path: Path) -> str:
    """A record of one hostile report; the document's SHA-256."""
    text = f"A first line.\n\nHolt said {HOSTILE} was fired on 24 August 2023.\n\nA last line, 𝔸𝔹."
    with Record.open(path, write=True) as record:
        extraction, raw = report(
            text, file='<b>x</b>"onload=.html', title="<script>document.title='taken'</script>", outlet="<i>Post</i>",
            claims=[("Holt", "said", HOSTILE)], events=[{"trigger": "fired", "when": "2023-08-24"}],
        )  # fmt: skip
        record.add(extraction, raw)
        link(record)
        return record.documents()[0].sha256


def read(record: Path) -> tuple[str, list[Any]]:
    """The document with most claims in the record, and its claims in order."""
    with Record.open(record, write=True) as r:
        by: dict[str, list[Any]] = {}
        for c in r.claims():
            by.setdefault(c.document, []).append(c)
    return max(by.items(), key=lambda x: (len(x[1]), x[0]))


# ------------------------------------------------------------------ the text as markup


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark], list[tuple[int, int, str]]]:
    text = draw(st.text(alphabet=st.sampled_from("ab <>&\"'\n\n\t𝔸é"), min_size=1, max_size=80))

    def ranges() -> tuple[tuple[int, int], ...]:
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        return ((a, b),)

    kinds = st.sampled_from([k for k, _ in LAYERS])
    marks = [Mark(draw(kinds), ranges(), ("x",)) for _ in range(draw(st.integers(0, 6)))]
    return text, [m for m in marks if m.length], [(*ranges()[0], "menu") for _ in range(draw(st.integers(0, 2)))]


@given(marked())
def test_every_run_stands_where_it_says_under_its_own_marks(
    given_: tuple[str, list[Mark], list[tuple[int, int, str]]],
) -> None:
    text, marks, furniture = given_
    shown = set()
    for run in re.finditer(
        r'<span class="(t[^"]*)" data-s="(\d+)"([^>]*)>(?:<span class="k-\w+">)*([^<]*)<',
        str(render(text, marks, furniture)),
    ):
        start = int(run[2])
        length = next(n for n in range(1, len(text) + 1) if escape(text[start : start + n]) == run[4])
        here = {int(n) for n in (re.findall(r'data-m="([^"]*)"', run[3]) or [""])[0].split()}
        for at in range(start, start + length):
            assert here == {n for n, m in enumerate(marks) for a, b in m.ranges if a <= at < b}
            assert ("dim" in run[1]) == any(a <= at < b for a, b, _ in furniture)
        assert not shown & set(range(start, start + length))
        shown |= set(range(start, start + length))
    assert {n for n, c in enumerate(text) if not c.isspace()} <= shown


# ------------------------------------------------------------------ without a browser


def test_a_page_of_every_document(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        documents = record.documents()
    for d in documents[:12]:
        answer = client.get(f"/documents/{d.sha256}")
        assert answer.status_code == 200
        assert "data-text" in answer.text
    assert client.get(f"/documents/{documents[0].sha256[:12]}").status_code == 200
    assert client.get("/documents/0123456789").status_code == 404
    assert client.get(f"/documents/{documents[0].sha256}/panel?claim=nothing").status_code == 404


def test_the_original_is_saved_and_never_shown(client: TestClient, made_record: Path) -> None:
    with Record.open(made_record) as record:
        d = record.documents()[0]
        wanted = record.original(d.sha256)
    answer = client.get(f"/documents/{d.sha256}/original")
    assert answer.content == wanted
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


# ------------------------------------------------------------------ in a browser


def test_an_address_lights_its_passage_and_keys_walk_claims(page: Page, shared_site: str, made_record: Path) -> None:
    sha, claims = read(made_record)
    c = claims[3]
    page.goto(f"{shared_site}/documents/{sha}#{c.content.start}-{c.content.end}")
    assert lit(page) == squeezed(c.content.text)
    assert page.locator(".hit").first.is_visible()
    page.keyboard.press("j")
    panel = page.locator("#beside")
    panel.get_by_text(claims[0].id).wait_for()
    assert lit(page) == squeezed(claims[0].quote.text)
    page.keyboard.press("j")
    panel.get_by_text(claims[1].id, exact=True).wait_for()
    page.keyboard.press("k")
    panel.get_by_text(claims[0].id, exact=True).wait_for()
    assert f"claim={claims[0].id}#" in page.url
    page.reload()
    panel.get_by_text(claims[0].id, exact=True).wait_for()
    assert page.locator(".t.on").count() > 0
    assert axe(page) == []


def test_marks_say_how_they_resolve_and_the_legend_hides_them(page: Page, shared_site: str, made_record: Path) -> None:
    sha, _ = read(made_record)
    page.goto(f"{shared_site}/documents/{sha}")
    place = page.locator(".t:has(.k-place)").first
    place.hover()
    tip = page.locator("#tip")
    assert tip.get_by_text("Place").is_visible()
    assert "°" in tip.inner_text() or "not known" in tip.inner_text()
    page.locator(".t[tabindex]:has(.k-content)").first.focus()
    assert "Claim" in tip.inner_text()
    box = page.get_by_label("places")
    box.uncheck()
    assert page.locator(".k-place").nth(1).evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    page.reload()
    assert not page.get_by_label("places").is_checked()
    page.get_by_label("places").check()


def test_findings_are_walked(page: Page, shared_site: str, made_record: Path) -> None:
    with Record.open(made_record) as record:
        f = next(f for f in record.findings() if f.subject_kind == "claim")
    page.goto(f"{shared_site}/documents/{f.evidence[0].document}")
    page.keyboard.press("n")
    page.locator("#beside [aria-current]").wait_for()
    assert page.locator(".hit").count() > 0
    page.keyboard.press("p")
    assert page.locator("#beside .chip").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_used_by_all_in_light_and_dark_wide_and_narrow(
    page: Page, shared_site: str, made_record: Path, scheme: Any
) -> None:
    sha, claims = read(made_record)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{shared_site}/documents/{sha}?claim={claims[2].id}")
    for summary in page.locator("#beside summary").all():
        summary.click()
    assert axe(page) == []
    page.set_viewport_size({"width": 800, "height": 900})
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_is_text(page: Page, serve: Callable[..., str], tmp_path: Path) -> None:
    sha = made(tmp_path / "h.sqlite")
    site = serve(tmp_path / "h.sqlite")
    for path in (f"/documents/{sha}", "/review", "/history", "/documents"):
        page.goto(site + path)
        assert "taken" not in page.title().replace("<script>document.title='taken'</script>", "")
        assert (
            page.locator(
                "main a[href^='javascript'], main img, main svg, main script:not([type='application/json'])"
            ).count()
            == 0
        )
    page.goto(f"{site}/documents/{sha}")
    shown = page.locator("[data-text]").inner_text()
    assert "<script>document.title='taken'</script>" in shown
    assert "{{ 7*7 }}" in shown
    page.keyboard.press("j")
    page.locator("#beside .said-words").wait_for()
    assert "onerror" in page.locator("#beside .said-words").inner_text()
    page.keyboard.press("a")
    page.locator("#beside").get_by_text("accepted").first.wait_for()
    page.goto(f"{site}/history")
    assert page.locator("main li").count() == 1
    # offsets past characters outside of the basic plane
    with Record.open(tmp_path / "h.sqlite") as record:
        text = record.text(sha)
    at = text.index("𝔸𝔹")
    page.goto(f"{site}/documents/{sha}#{at}-{at + 2}")
    assert lit(page) == "𝔸𝔹"


def lit(page: Page) -> str:
    """The words that are lit."""
    return squeezed("".join(page.locator(".hit").all_text_contents()))


def squeezed(text: str) -> str:
    """Without white space, which a page lays out in its own way."""
    return "".join(text.split())


def test_a_wrong_place_in_a_list_is_said_so(client: TestClient) -> None:
    assert client.get("/review?after=xx").status_code == 400
    assert client.get("/history?after=xx").status_code == 400
    assert UsageError("x").exit_status == 2
