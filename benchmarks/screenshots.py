"""Pictures of every page of the site, light and dark, 1280 and 800 pixels wide: to be looked at before an editor does.

    python -m benchmarks.screenshots --record demo-out/record.sqlite screenshots/
    python -m benchmarks.screenshots --record demo-out/record.sqlite --only timeline --theme dark screenshots/

The site is served over a copy of the record, in which a dossier is begun where there is none, so that nothing of the record changes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

THEMES = ("light", "dark")
WIDTHS = (1280, 800)
HEIGHTS = {1280: 900, 800: 1000}
SETTLE_MS = 700
"""Timeline, map and graph move into place for so long."""


def browser() -> str:
    """The browser of this machine. Exits where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CROSSFIX_CHROMIUM") or next((p for n in names if (p := shutil.which(n))), None)
    if found is None:
        sys.exit("Chromium is needed for pictures: install the package chromium (scripts/system-packages)")
    return found


def prepared(record: Path, folder: Path) -> Path:
    """A copy of the record with a dossier and a few acts in it."""
    from crossfix.dossier import kept, plan
    from crossfix.record.reviews import review
    from crossfix.record.store import Record

    copy = folder / "record.sqlite"
    with sqlite3.connect(record) as a, sqlite3.connect(copy) as b:
        a.backup(b)
    a.close()
    b.close()
    with Record.open(copy, write=True) as r:
        events = sorted(r.events(), key=lambda e: (-e.independent_origins, e.id))[:5]
        if not kept.dossiers(r) and events:
            made = plan.named(plan.Plan(), "What was reported, and by whom", "The desk")
            made = plan.added(made, "heading", text="What is reported")
            made = plan.added(
                made,
                "text",
                text="This paper sets beside each other what independent reports tell of the same happenings.",
            )
            for e in events:
                made = plan.added(made, "event", ref=e.id)
            kept.begin(r, made, by="Editor", why="first draft")
        if events:
            review(r, "note", "event", events[0].id, value="Compare with the earlier statement.", by="Editor")
            review(r, "accept", "event", events[0].id, by="Editor", why="two independent origins")
    return copy


def pages(record: Path) -> dict[str, str]:
    """By the name of its picture, the address of every page; of those about one row, a row that has much to show."""
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as c:

        def one(sql: str) -> str | None:
            row = c.execute(sql).fetchone()
            return None if row is None else str(row[0])

        event = one("SELECT id FROM now_events ORDER BY origins DESC, reports DESC, id LIMIT 1")
        found = {
            "documents/{}": one("SELECT document FROM now_claims GROUP BY document ORDER BY count(*) DESC, document LIMIT 1"),
            "events/{}": event,
            "agents/{}": one(
                "SELECT a.id FROM now_agents a JOIN now_claims c ON c.source_name = a.name WHERE a.document = '' "
                "GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT 1"
            ),
            "origins/{}": one(
                "SELECT origin FROM descents WHERE act <> 'withdrawn' GROUP BY origin ORDER BY count(*) DESC, origin LIMIT 1"
            ),
            "checks/{}": one('SELECT id FROM now_findings ORDER BY rank, "check" DESC, row LIMIT 1'),
            "transfers/{}": one("SELECT id FROM now_transfers ORDER BY first DESC, id LIMIT 1"),
            "dossier/{}": one("SELECT id FROM dossiers WHERE act <> 'withdrawn' ORDER BY row LIMIT 1"),
        }  # fmt: skip
    c.close()
    out = {
        "overview": "/", "timeline": "/timeline", "map": "/map", "sources": "/sources",
        "events": "/events", "documents": "/documents", "agents": "/agents", "origins": "/origins", "checks": "/checks",
        "check-how": "/checks/how/ordinal", "review": "/review", "acts": "/history", "transfers": "/transfers",
        "dossiers": "/dossier", "data": "/data",
        "data-table": "/data/states", "data-row": "/data/states/KP", "search": "/search?q=missile", "search-none": "/search?q=zyzzyva",
        "add": "/add", "api": "/api", "not-found": "/no-such-page", "documents-none": "/documents?q=zyzzyva",
    }  # fmt: skip
    out |= {p.replace("/{}", "-one"): f"/{p.replace('{}', i)}" for p, i in found.items() if i is not None}
    if found["dossier/{}"]:
        out["dossier-preview"] = f"/dossier/{found['dossier/{}']}/preview"
        out["dossier-history"] = f"/dossier/{found['dossier/{}']}/history"
    return out


def _taken(page: Page, address: str, target: Path, whole: bool) -> int:
    """One picture. -> the page's status."""
    answer = page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=str(target), full_page=whole)
    return answer.status if answer is not None else 0


def take(record: Path, out: Path, only: str, themes: tuple[str, ...], widths: tuple[int, ...], whole: bool) -> int:
    """Take the pictures. -> how many pages complained or asked for something outside."""
    from playwright.sync_api import sync_playwright

    from crossfix.record.store import Record
    from crossfix.web.running import served
    from crossfix.web.settings import Settings

    out.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="crossfix-shots-") as folder, sync_playwright() as playwright:
        copy = prepared(record, Path(folder))
        fresh = Path(folder) / "fresh.sqlite"
        Record.open(fresh, write=True).close()
        chrome = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
        with served(copy, Settings(port=0, fast=True)) as full, served(fresh, Settings(port=0, fast=True)) as empty:
            chosen = {n: full.rstrip("/") + p for n, p in pages(copy).items()}
            chosen |= {f"empty-{n}": empty.rstrip("/") + chosen[n].removeprefix(full.rstrip("/")) for n in _EMPTY}
            for theme in themes:
                for width in widths:
                    context = chrome.new_context(
                        viewport={"width": width, "height": HEIGHTS.get(width, 900)}, color_scheme=theme,  # type: ignore[arg-type]
                        reduced_motion="reduce", locale="en-GB",
                    )  # fmt: skip
                    page = context.new_page()
                    page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}") if m.type == "error" else None)  # noqa: B023
                    page.on("pageerror", lambda e: wrong.append(f"{page.url}: {e}"))  # noqa: B023
                    for name, address in chosen.items():
                        if re.search(only, name):
                            target = out / f"{name}-{theme}-{width}.png"
                            status = _taken(page, address, target, whole)
                            if status >= 400 and name != "not-found":
                                wrong.append(f"{name}: {status}")
                                target.unlink()
                            wide = page.evaluate(
                                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
                            )
                            if wide:
                                wrong.append(f"{name} at {width}: wider than the window")
                    context.close()
        chrome.close()
    told = [w for w in dict.fromkeys(wrong) if "/no-such-page" not in w]
    for line in told:
        print(line, file=sys.stderr)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}", file=sys.stderr)
    return len(told)


_EMPTY = ("overview", "timeline", "map", "sources", "events", "documents", "checks", "review", "dossiers", "search")
"""Pages that a fresh record shows too."""


def main(arguments: list[str] | None = None) -> int:
    """The command line; the exit status is 1 where a page complained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--record", type=Path, required=True, metavar="PATH")
    parser.add_argument("--only", default="", metavar="REGEX", help="pictures whose name has this")
    parser.add_argument("--theme", choices=THEMES, action="append", help="one of them (both)")
    parser.add_argument("--width", type=int, action="append", metavar="PIXELS", help="one width (1280 and 800)")
    parser.add_argument("--whole", action="store_true", help="the whole page, not the window alone")
    options: Any = parser.parse_args(arguments)
    themes, widths = tuple(options.theme or THEMES), tuple(options.width or WIDTHS)
    return 1 if take(options.record, options.out, options.only, themes, widths, options.whole) else 0


if __name__ == "__main__":
    raise SystemExit(main())
