"""How smoothly the site's timeline pans: frames a second in a real browser, over a record with many events.

    python -m benchmarks.timeline_frames [RECORD] [--events 5000]

Made-up events are put into a copy of RECORD (a fresh record where none is given), the site is served from it, and the timeline is
dragged to and fro by the mouse while requestAnimationFrame counts. Told are the frames a second, the share of frames that took longer
than a 30th of a second, and how many elements the timeline held.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TYPES = ("missile_test", "satellite_launch", "arms_transfer", "meeting", "visit", "statement", "exercise")
NAMES = ("Norland", "Vostland", "Sudland", "Ostmark", "Westmark", "the Coast Ministry", "the Harbour Board")
PLACES = (
    ("Port Alpha", 42.23, 130.3),
    ("Port Beta", 42.88, 132.35),
    ("Depot Gamma", 45.86, 40.12),
    ("Norland", 40.0, 127.0),
)
DRAG = """
() => new Promise((done) => {
  const times = [];
  let last = performance.now();
  window.stopCounting = () => { window.counting = false; };
  window.counting = true;
  const step = (now) => {
    times.push(now - last);
    last = now;
    if (window.counting) requestAnimationFrame(step); else window.counted = times;
  };
  requestAnimationFrame(step);
  done();
})
"""


def crowd(path: Path, events: int, *, transfers: int = 0, seed: int = 1) -> None:
    """Put made-up events, and transfers with routes, into a record; its triggers keep the lean tables."""
    rng = random.Random(seed)
    begin = dt.date(2021, 1, 1)
    with sqlite3.connect(path) as c:
        value: dict[str, Any]
        for n in range(events):
            day = (begin + dt.timedelta(days=int(rng.triangular(0, 1400, 900)))).isoformat()
            value = {
                "type": rng.choice(TYPES), "when": rng.choices([day, day[:7], day[:4]], [8, 3, 1])[0],
                "where": rng.choice([None, *PLACES]), "participants": [[x, "party"] for x in rng.sample(NAMES, 2)],
                "outcome": "unknown", "status": rng.choice(["reported", "alleged", "denied"]),
                "modality": rng.choice(["actual", "actual", "future"]), "ordinals": [], "mentions": [], "triggers": ["met"], "reports": [],
                "independent_origins": rng.randint(1, 5), "accounts": [], "claims": [], "denied_by": [], "why": "made up",
            }  # fmt: skip
            _keep(c, "events", f"Emadeup{n:05}", value, type=value["type"])
        for n in range(transfers):
            value = {
                "event": None, "supplier": "Norland", "recipient": "Vostland", "item": f"{n} crates of shells", "quantity": None,
                "when": (begin + dt.timedelta(days=rng.randint(0, 1400))).isoformat(), "route": None, "status": "alleged",
                "modality": "actual", "alleged_by": ["Sudland"], "denied_by": [], "evidence": [], "accounts": [], "why": "made up",
                "kind": "shells", "kinds": ["shells"], "kind_word": "shells", "amounts": [],
                "legs": [[PLACES[0], PLACES[1], "sea", []], [PLACES[1], PLACES[2], "rail", []]],
            }  # fmt: skip
            _keep(c, "transfers", f"Tmadeup{n:05}", value)
    c.close()


def _keep(c: sqlite3.Connection, table: str, id_: str, value: dict[str, Any], **more: Any) -> None:
    row = {
        "id": id_, "version": 1, "at": "2024-01-01T00:00:00Z", "by": "benchmark", "act": "linked", "why": "made up",
        "value": json.dumps(value), **more,
    }  # fmt: skip
    c.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def frames(page: Page, seconds: float = 6.0) -> list[float]:
    """How long each frame took (ms) while the timeline is dragged to and fro."""
    box = page.locator(".vis-center").bounding_box()
    assert box
    middle, y = box["x"] + box["width"] / 2, box["y"] + 40
    page.evaluate(DRAG)
    until = dt.datetime.now() + dt.timedelta(seconds=seconds)
    while dt.datetime.now() < until:
        for way in (-1, 1):
            page.mouse.move(middle - way * 300, y)
            page.mouse.down()
            for step in range(30):
                page.mouse.move(middle - way * (300 - 20 * step), y)
            page.mouse.up()
    page.evaluate("window.stopCounting()")
    page.wait_for_timeout(
        300
    )  # one more frame: the site's policy forbids the evaluation that waiting for it would need
    counted: list[float] = page.evaluate("window.counted")
    return counted[1:]


def main() -> None:
    """Measure and tell."""
    from playwright.sync_api import sync_playwright

    from crossfix.record.store import Record
    from crossfix.web.running import served
    from crossfix.web.settings import Settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", nargs="?", type=Path)
    parser.add_argument("--events", type=int, default=5000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "record.sqlite"
        if given.record:
            shutil.copy(given.record, path)
        Record.open(path, write=True).close()
        crowd(path, given.events, transfers=given.events // 10)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with served(path, Settings(port=0)) as address:
            for name, window in (
                ("as it opens", ""),
                ("a year", "#2023-01-01/2023-12-31"),
                ("a month", "#2023-06-01/2023-07-01"),
            ):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(f"{address.rstrip('/')}/timeline{window}")
                page.wait_for_selector("[data-ready]")
                page.wait_for_timeout(600)
                held = page.locator(".vis-item").count()
                found = sorted(frames(page))
                slow = sum(t > 1000 / 30 + 1 for t in found) / len(found)
                print(
                    f"{name}: {1000 * len(found) / sum(found):.0f} frames a second; median {found[len(found) // 2]:.1f} ms, "
                    f"95 % within {found[int(len(found) * 0.95)]:.1f} ms, {100 * slow:.0f} % slower than a 30th; {held} elements"
                )
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
