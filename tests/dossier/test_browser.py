"""In a real browser: a citation's target is the marked passage, and nothing on the page is asked from outside."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crossfix.dossier import gather, to_html

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
    path.write_text(to_html(gather(shelf, made=dt.datetime(2023, 12, 1, tzinfo=dt.UTC))), encoding="utf-8")
    return path


def test_opening_a_citation_shows_another_part_of_the_page(page: Path) -> None:
    """With the passage's address the browser stands at the passage: the picture differs from that of the page's top, and
    from that of a passage which is not there, by the highlight."""
    shots = {}
    for name in ("", "#p1", "#p99999"):
        picture = page.parent / "shot.png"
        _chromium(page.parent, f"--screenshot={picture}", page.as_uri() + name)
        shots[name] = picture.read_bytes()
        picture.unlink()
    assert shots[""] == shots["#p99999"]
    assert shots["#p1"] != shots[""]


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
