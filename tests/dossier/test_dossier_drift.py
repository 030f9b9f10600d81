"""What changed on the way, in the dossier: beside its event, both passages one click away, nothing twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from crossfix.dossier import gather, to_html, to_markdown
from crossfix.record.rows import DriftRow, Evidence

FIRST = "Norland likely fired a rocket from Port Selby, the ministry said. The quay was <b>closed</b> up to 9 days."
SECOND = "Norland fired a rocket from Port Selby, the ministry said. The quay was closed 9 days."


@pytest.fixture
def filled(shelf: Any) -> tuple[Any, str, str]:
    """A shelf of its own with two reports, one made from the other, and two changes between them."""
    shelf = type(shelf)()
    a, b = shelf.put(FIRST, outlet="Harbour Post"), shelf.put(SECOND, outlet="Inland Daily")
    ids = [
        shelf.claim(s, "Norland", "fired a rocket", o, "the ministry")
        for s, o in ((a, "Harbour Post"), (b, "Inland Daily"))
    ]
    shelf.event([(a, "fired"), (b, "fired")], claims=tuple(ids))
    ends = (Evidence(a, 0, FIRST.index(". T") + 1), Evidence(b, 0, SECOND.index(". T") + 1))
    shelf.changed = [
        DriftRow("D1", "firmness_raised", *ends, ids[0], ids[1], "“likely” is gone", 0.9),
        DriftRow(
            "D2", "qualifier_dropped", Evidence(a, FIRST.index("The quay"), len(FIRST)), Evidence(b, SECOND.index("The quay"), len(SECOND)),
            None, None, "“up to 9 days” became <i>“9 days”</i>", 0.7,
        ),
    ]  # fmt: skip
    return shelf, a, b


def test_each_change_stands_once_with_both_passages_cited(filled: tuple[Any, str, str]) -> None:
    shelf, a, b = filled
    view = gather(shelf)
    (event,) = view.events
    assert [d.id for d in event.drifts] == ["D1"]
    assert [d.id for d in view.drifts] == ["D2"]
    for line in (*event.drifts, *view.drifts):
        assert [outlet for _, outlet, _, _ in line.sides] == ["Harbour Post", "Inland Daily"]
        assert all(len(links) == 1 for *_, links in line.sides)
    assert all(s.drifts == ("D1",) for s in event.says)
    texts = {d.sha256: d for d in view.documents}
    numbers = {c.number for line in (*event.drifts, *view.drifts) for *_, links in line.sides for c in links}
    assert {p.number for d in texts.values() for p in d.passages} >= numbers
    assert set(texts) == {a, b}


def test_the_page_links_to_both_and_escapes(filled: tuple[Any, str, str]) -> None:
    view = gather(filled[0])
    page = to_html(view)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"w-D1", "w-D2"} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "<i>" not in page
    assert "What changed on the way" in page
    text = to_markdown(view)
    assert text.count('<a id="w-D1"></a>') == 1
    assert "[changed on the way](#w-D1)" in text


def test_without_changes_nothing_of_it_is_shown(filled: tuple[Any, str, str]) -> None:
    shelf, _, _ = filled
    shelf.changed = []
    view = gather(shelf)
    assert "on the way" not in to_html(view)
    assert "on the way" not in to_markdown(view)
    assert replace(view, drifts=()) == view
