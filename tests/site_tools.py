"""What tests of the site share: a copy of a record, the form token of a client, and what axe-core says of a page."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

AXE = Path(__file__).parent / "web" / "vendor" / "axe-core-4.14.1" / "axe.min.js"


def copy_of(record: Path, target: Path) -> Path:
    """A record with what is in its write-ahead log."""
    with sqlite3.connect(record) as a, sqlite3.connect(target) as b:
        a.backup(b)
    a.close()
    b.close()
    return target


def csrf(client: TestClient, path: str = "/") -> str:
    """The form token of this client's browser, from a page."""
    found = re.search(r'name="csrf-token" content="([0-9a-f]{64})"', client.get(path).text)
    assert found
    return found[1]


SERIOUS = ("serious", "critical")


def axe(page: Page, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds of serious and critical weight, as lines; none where all is well."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "; void 0")
    told = page.evaluate(
        "async (without) => JSON.stringify((await axe.run({exclude: without}, {resultTypes: ['violations']})).violations)",
        [[x] for x in leave_out],
    )
    return [
        f"{v['id']} ({v['impact']}): {n['html'][:160]}"
        for v in json.loads(told)
        if v["impact"] in SERIOUS
        for n in v["nodes"]
    ]
