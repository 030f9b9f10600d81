"""An article full of script tags, handlers, addresses that run, styles, templates and controls: on every page and in every form of a
dossier, opened in Chromium, nothing of it runs, asks for anything, or becomes markup."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Error

from crossfix.web.settings import Settings
from tests.web.hostile_article import PROBE, record_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WATCHED = """
window.seen = [];
addEventListener("securitypolicyviolation", (e) => seen.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
"""
MARKUP_THAT_RUNS = """() => {
  const bad = [];
  const ours = new Set(["DETAILS", "INPUT", "SCRIPT", "LINK", "A", "FORM", "BUTTON", "META", "IMG"]);
  for (const e of document.querySelectorAll("*")) {
    const say = (a) => bad.push(`${e.tagName} ${a.name}=${a.value.slice(0, 60)}`);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) bad.push(`${e.tagName} ${a.name}`);
      if (["href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "poster"].includes(a.name) &&
          /^[\\s\\u0000-\\u001f]*(javascript|vbscript|data:text)/i.test(a.value)) say(a);
      if (["src", "srcset", "data", "poster"].includes(a.name) && /nowhere/.test(a.value)) say(a);
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "VIDEO", "AUDIO", "MATH", "ANIMATE", "FOREIGNOBJECT"].includes(e.tagName.toUpperCase()) &&
        !e.matches("iframe[sandbox], iframe[data-ours]")) bad.push(e.outerHTML.slice(0, 120));
    if (e.tagName === "SCRIPT" && !e.src && e.type !== "application/json") bad.push(e.outerHTML.slice(0, 120));
  }
  return bad;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record, once for all."""
    folder = tmp_path_factory.mktemp("hostile")
    record_of(folder / "record.sqlite", folder)
    return folder / "record.sqlite"


@pytest.fixture(scope="module")
def address(hostile: Path) -> Iterator[str]:
    from crossfix.web.running import served

    with served(hostile, Settings(port=0, fast=True)) as found:
        yield found.rstrip("/")


@dataclass
class Eye:
    """A page that is looked at, and what it did that it must not."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def look(self, what: str, html: bool = True) -> None:
        """Say what is wrong with what is shown."""
        told = self.page.evaluate("() => ({ran: window.crossfixRan, seen: window.seen ?? []})")
        if told["ran"]:
            self.wrong.append(f"{what}: ran")
        self.wrong += [f"{what}: {x}" for x in told["seen"]]
        if html:
            self.wrong += [f"{what}: {x}" for x in self.page.evaluate(MARKUP_THAT_RUNS)]


@pytest.fixture
def eye(browser: Browser) -> Iterator[Eye]:
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCHED)
    page = context.new_page()
    made = Eye(page)
    page.on("dialog", lambda d: (made.wrong.append(f"dialog {d.message}"), d.dismiss()))
    page.on("pageerror", lambda e: made.wrong.append(f"{page.url}: {e}"))

    def route(way: Any) -> None:
        url = way.request.url
        if url.startswith(("http://127.0.0.1:", "http://localhost:", "data:image", "blob:", "about:", "file:")):
            way.continue_()
        else:
            made.wrong.append(f"{page.url} asked for {url[:120]}")
            way.abort()

    context.route("**/*", route)
    yield made
    context.close()


def _ids(record: Path) -> dict[str, list[str]]:
    from crossfix.dossier import kept
    from crossfix.record.store import Record

    with Record.open(record) as r:
        return {
            "sha": [d.sha256 for d in r.documents()], "events": [e.id for e in r.events()][:3], "agents": [a.id for a in r.agents()][:4],
            "checks": [f.id for f in r.findings()][:4], "transfers": [t.id for t in r.transfers()][:2],
            "origins": [o.id for o in r.origins()][:2], "dossier": [d.id for d in kept.dossiers(r)],
        }  # fmt: skip


def _addresses(record: Path) -> list[str]:
    """Every page, each that is about a row with some rows; then with what is hostile in its query and in the place of an id."""
    from crossfix.web.app import routers

    ids = _ids(record)
    out: list[str] = []
    for router in routers():
        for route in router.routes:
            path = str(getattr(route, "path", ""))
            if "GET" not in (getattr(route, "methods", None) or ()) or path.startswith("/api/") or path in FILES:
                continue
            if "{" not in path:
                out += [
                    path,
                    f"{path}?{urlencode({'q': PROBE, 'outlet': PROBE, 'agent': PROBE, 'sort': PROBE, 'next': PROBE})}",
                ]
                continue
            first = path.split("/")[1]
            known = {"documents": "sha", "timeline": "transfers", "history": "events"}.get(first, first)
            filled = [re.sub(r"\{[^}]*\}", quote(i, safe=""), path) for i in [*ids.get(known, []), PROBE]]
            out += filled if first != "dossier" or "file" not in path else []
    return [
        *out,
        f"/search?{urlencode({'q': '<script>'})}",
        f"/search?{urlencode({'q': 'rocket onerror'})}",
        f"/{quote(PROBE)}",
    ]


FILES = {"/dossier-sheet.css", "/add/jobs"}


def test_the_eye_sees_what_runs(eye: Eye, tmp_path: Path) -> None:
    """Were a page of ours to let something through, this would tell."""
    live = "<body><script>window.crossfixRan=1</script><img src='http://nowhere.invalid/x' onerror='1'><a href=' javascript:1'>x</a>"
    _open(eye, tmp_path, "live.html", live.encode())
    eye.look("live")
    assert len(eye.wrong) >= 5
    eye.wrong.clear()


def test_no_page_runs_anything(eye: Eye, address: str, hostile: Path) -> None:
    """Looked at once all that its scripts draw is there."""
    for path in _addresses(hostile):
        try:
            answer = eye.page.goto(address + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error):
                continue
            raise
        assert answer is None or answer.status < 500, path
        eye.page.wait_for_timeout(30)
        eye.look(path)
    assert eye.wrong == []


def test_what_scripts_draw_runs_nothing(eye: Eye, address: str) -> None:
    """Timeline, map and graph with all that opens on them."""
    for path in ("/timeline", "/map", "/sources"):
        answer = eye.page.goto(address + path, wait_until="networkidle")
        if answer is not None and answer.status == 404:
            continue
        eye.page.wait_for_timeout(1200)
        for mark in eye.page.locator("main .mark, .leaflet-marker-icon").all()[:6]:
            mark.click(timeout=3000, force=True)
            eye.page.wait_for_timeout(120)
        eye.look(path)
    assert eye.wrong == []


def test_marks_and_links_in_the_reader_are_dead(eye: Eye, address: str, hostile: Path) -> None:
    """Clicking everything in a document's text leads nowhere else and runs nothing."""
    for sha in _ids(hostile)["sha"]:
        eye.page.goto(f"{address}/documents/{sha}", wait_until="load")
        for mark in eye.page.locator("main mark, main [data-claim]").all()[:15]:
            if mark.is_visible():
                mark.click(timeout=3000, force=True)
        assert eye.page.url.startswith(address)
        eye.look(sha)
    assert eye.wrong == []


def test_the_api_says_it_as_json_alone(address: str, hostile: Path) -> None:
    """No answer can be taken for a page."""
    import requests

    for sha in _ids(hostile)["sha"]:
        for part in ("", "/text", "/claims"):
            answer = requests.get(f"{address}/api/v1/documents/{sha}{part}", timeout=20)
            assert answer.headers["content-type"].startswith(("application/json", "text/plain"))
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
        original = requests.get(f"{address}/documents/{sha}/original", timeout=20)
        assert "sandbox" in original.headers["content-security-policy"] or original.headers[
            "content-disposition"
        ].startswith("attachment")


# ------------------------------------------------------------------ dossiers


@pytest.fixture(scope="module")
def forms(hostile: Path) -> dict[str, bytes]:
    """The dossier in every form, and as the older commands write it."""
    from crossfix.dossier import gather, kept, to_html, to_markdown
    from crossfix.dossier.compose import compose
    from crossfix.dossier.formats import FORMS
    from crossfix.record.store import Record

    with Record.open(hostile) as record:
        report = compose(record, kept.dossiers(record)[0].plan)
        out = {f.ending: f.make(report) for f in FORMS}
        view = gather(record)
        return out | {"old.html": to_html(view).encode(), "old.md": to_markdown(view).encode()}


def _open(eye: Eye, folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.write_bytes(data)
    eye.page.goto(path.as_uri(), wait_until="load")
    eye.page.wait_for_timeout(200)


@pytest.mark.parametrize("ending", ["html", "old.html"])
def test_an_html_dossier_runs_nothing(eye: Eye, forms: dict[str, bytes], tmp_path: Path, ending: str) -> None:
    _open(eye, tmp_path, f"dossier.{ending}", forms[ending])
    eye.look(ending)
    assert eye.wrong == []


@pytest.mark.parametrize("ending", ["md", "old.md"])
@pytest.mark.parametrize("preset", ["commonmark", "js-default"])
def test_a_markdown_dossier_runs_nothing_however_it_is_rendered(
    eye: Eye, forms: dict[str, bytes], tmp_path: Path, ending: str, preset: str
) -> None:
    """By renderers that let HTML through."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt(preset, {"html": True, "linkify": False}).enable("table")
    page = f"<!doctype html><meta charset=utf-8><body>{markdown.render(forms[ending].decode())}</body>"
    _open(eye, tmp_path, "dossier.html", page.encode())
    eye.look(f"{ending} {preset}")
    assert eye.wrong == []


@pytest.mark.parametrize("ending", ["csv", "geojson", "bib", "csl.json"])
def test_other_forms_open_as_text(eye: Eye, forms: dict[str, bytes], tmp_path: Path, ending: str) -> None:
    """As a browser shows a file of text."""
    _open(eye, tmp_path, f"dossier.{ending}.txt", forms[ending])
    eye.look(ending)
    assert eye.wrong == []


def test_tables_hold_no_formula(forms: dict[str, bytes]) -> None:
    """No cell begins so that a spreadsheet would reckon with it."""
    tables = [forms["csv"].decode("utf-8-sig")]
    with zipfile.ZipFile(io.BytesIO(forms["csv.zip"])) as z:
        tables += [z.read(n).decode("utf-8-sig") for n in z.namelist() if n.endswith(".csv")]
    for table in tables:
        cells = [c for row in csv.reader(io.StringIO(table)) for c in row]
        assert cells
        assert [c[:60] for c in cells if re.match(r"[=+@\t\r]|-(?![\d.]+$)", c)] == []


def test_geojson_is_json(forms: dict[str, bytes]) -> None:
    assert json.loads(forms["geojson"])["type"] == "FeatureCollection"
    assert json.loads(forms["csl.json"])


def test_a_word_dossier_asks_for_nothing(forms: dict[str, bytes]) -> None:
    """No field, macro or outer relation but none that runs."""
    with zipfile.ZipFile(io.BytesIO(forms["docx"])) as z:
        for name in z.namelist():
            text = z.read(name).decode("utf-8", "replace")
            assert "vbaProject" not in name
            if name.endswith(".rels"):
                outer = re.findall(
                    r'Target="([^"]*)"[^>]*TargetMode="External"|TargetMode="External"[^>]*Target="([^"]*)"', text
                )
                assert [t for pair in outer for t in pair if t and not t.startswith(("http://", "https://"))] == []
            assert not re.search(r"<w:instrText[^>]*>\s*(DDE|INCLUDE|IMPORT)", text)


def test_a_pdf_dossier_has_no_action(forms: dict[str, bytes]) -> None:
    data = forms["pdf"]
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/SubmitForm", b"/EmbeddedFile", b"javascript:"):
        assert not re.search(re.escape(word) + rb"[\s(/<]", data), word
