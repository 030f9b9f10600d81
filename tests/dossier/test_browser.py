"""In a real browser: a citation's target is the marked passage, and nothing on the page is asked from outside."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crossfix.dossier import gather, to_html

MADE = dt.datetime(2023, 12, 1, tzinfo=dt.UTC)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1000,700",
]  # fmt: skip


def _chromium(folder: Path, *args: str) -> bytes:
    if CHROMIUM is None:
        if os.environ.get("CI") and os.environ.get("CROSSFIX_BROWSER"):
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is not installed")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", *args]
    return subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=folder).stdout


@pytest.fixture
def page(shelf: Any, tmp_path: Path) -> Path:
    path = tmp_path / "dossier.html"
    path.write_text(to_html(gather(shelf, made=MADE)), encoding="utf-8")
    return path


PROBE = """<script>
addEventListener("load", () => {
  const seen = [];
  for (const link of document.querySelectorAll("a.cite")) {
    const plain = getComputedStyle(document.querySelector(link.getAttribute("href"))).backgroundColor;
    link.click();
    const target = document.querySelector(":target");
    const box = target.getBoundingClientRect();
    seen.push({
      href: link.getAttribute("href"), target: "#" + target.id, text: target.textContent,
      lit: getComputedStyle(target).backgroundColor !== plain, inside: box.top >= 0 && box.bottom <= innerHeight,
    });
    document.querySelector("#b" + target.id.slice(1) + " a:not(.to)").click();
    seen.at(-1).back = document.querySelector(":target").matches("a.cite");
  }
  document.body.innerHTML = "<pre id=seen></pre>";
  document.getElementById("seen").textContent = JSON.stringify(seen);
});
</script>"""


def test_clicking_a_citation_goes_to_its_passage_lights_it_and_leads_back(page: Path, shelf: Any) -> None:
    """Every citation is clicked by a script; the page itself has none and forbids it, so the copy clicked lacks its policy."""
    text = page.read_text(encoding="utf-8")
    (policy,) = re.findall(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", text)
    page.write_text(text.replace(policy, "").replace("</head>", PROBE + "</head>"), encoding="utf-8")
    dom = html.fromstring(_chromium(page.parent, "--dump-dom", page.as_uri()).decode())
    seen = json.loads(dom.get_element_by_id("seen").text_content())
    view = gather(shelf, made=MADE)
    passages = {f"#p{p.number}": p.text for d in view.documents for p in d.passages}
    assert {s["href"] for s in seen} == set(passages)
    for s in seen:
        assert s == {"href": s["href"], "target": s["href"], "text": passages[s["href"]]} | dict.fromkeys(
            ("lit", "inside", "back"), True
        )


def test_script_in_a_document_does_not_run(page: Path) -> None:
    """Were the text's script run, or the page's own rule broken, the title would be another."""
    hostile = page.read_text(encoding="utf-8").replace("</main>", "<script>document.title = 'run'</script></main>")
    page.write_text(hostile, encoding="utf-8")
    dom = _chromium(page.parent, "--dump-dom", page.as_uri()).decode()
    assert "<title>run</title>" not in dom
    assert "<title>Who says what" in dom


def test_it_prints(page: Path) -> None:
    target = page.parent / "dossier.pdf"
    _chromium(page.parent, "--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri())
    import pypdfium2

    document = pypdfium2.PdfDocument(target)
    texts = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    document.close()
    starts = [n for n, text in enumerate(texts) if "Annex: the documents" in text]
    assert starts
    assert texts[starts[0]].lstrip().startswith("Annex: the documents")
    assert "[1]" in texts[0] + texts[1]
