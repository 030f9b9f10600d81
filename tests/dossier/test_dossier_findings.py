"""What the checks found, in the dossier: beside what it concerns and worst first, with its working, escaped, each once in full."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from crossfix.dossier import gather, to_html, to_markdown
from crossfix.dossier.findings import chance_words, lines_of
from crossfix.record.findings import CheckRun, FindingRow, Row, digest
from crossfix.record.rows import Filter

TEXT = (
    "Norland fired a rocket from Port Selby, the ministry said. Estmark sent shells to Vostland. The quay was closed."
)


@pytest.fixture
def filled(shelf: Any) -> Any:
    """A shelf with one document, one event, one transfer, one claim, and a finding about each."""
    shelf = type(shelf)()
    a = shelf.put(TEXT)
    claim = shelf.claim(
        a, "Norland fired a rocket from Port Selby, the ministry said", "Norland fired a rocket", "the ministry"
    )
    event = shelf.event([(a, "fired")], claims=(claim,))
    transfer = shelf.transfer(a, "sent shells", supplier="Estmark", recipient="Vostland")
    base = FindingRow(
        "F1", "toy", "toy.a", "event", event, "x", "supported", "The <i>event</i> fits.",
        {"gap_s": 176.0, "rows": [{"day": "2023-08-22", "n": None}], "group": {"fits": True}, "days": [1, 2]},
        (Row("states", "KP", "name <b>North Korea</b>"), Row("states", "gone")), "That it was <seen>.", 0.002, "a random day",
        (shelf.at(a, "fired"), shelf.at(a, "a rocket")),
    )  # fmt: skip
    shelf.found = [
        replace(
            base,
            id="F4",
            subject_kind="document",
            subject=a,
            verdict="contradicted",
            summary="The date is wrong.",
            sources=(),
        ),
        replace(
            base, id="F3", subject_kind="transfer", subject=transfer, verdict="tension", summary="The cargo is odd."
        ),
        replace(
            base,
            id="F2",
            subject_kind="claim",
            subject=claim,
            verdict="unknown",
            summary="Nobody knows.",
            caveat=None,
            chance=None,
        ),
        base,
    ]
    shelf.ran = [CheckRun("toy", "events held against toys", 0, 1, digest([a]), True)]
    return shelf


def test_each_finding_stands_in_full_once_and_in_short_elsewhere(filled: Any) -> None:
    view = gather(filled)
    assert [f.verdict for f in view.findings] == ["contradicted", "tension", "unknown", "supported"]
    assert [f.full for f in view.findings] == [True, True, True, False]
    (event,) = view.events
    (beside,) = event.findings
    assert (beside.id, beside.full, beside.check) == ("F1", True, "events held against toys")
    assert beside.working == (
        ("gap_s", "176.0"),
        ("rows[1]", "day 2023-08-22, n not known"),
        ("group.fits", "yes"),
        ("days", "1, 2"),
    )
    assert beside.chance == "less than 1 %: a random day"
    ((outlet, excerpt, cites),) = beside.passages  # two passages of one sentence side by side
    assert (outlet, excerpt.words, len(cites)) == ("Harbour Times", "fired", 2)
    assert [rows for rows, _ in beside.rows] == [("states:KP (name <b>North Korea</b>)",), ("states:gone",)]
    assert "CIA World Factbook" in beside.rows[0][1]
    assert beside.rows[1][1] == "the tables here have no such row any more"
    assert [c.target for c in view.transfers[0].checked] == ["f-F3"]
    assert [c.target for s in event.says for c in s.checked] == ["f-F2"]
    assert [c.target for c in view.documents[0].checked] == ["f-F4"]
    assert [f.target for f in view.findings] == ["", "t-T0001", f"c-{filled.said[0].id}", "e-E0001"]


def test_the_page_is_whole_escaped_and_needs_no_mouse(filled: Any) -> None:
    page = to_html(gather(filled))
    tree = html.fromstring(page)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"f-F1", "f-F2", "f-F3", "f-F4", "findings"} <= set(ids)
    assert {h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")} <= set(ids)
    assert not tree.xpath("//i | //seen")
    assert not tree.xpath("//*[@onclick or self::script]")
    assert [d.getparent().get("id") or "" for d in tree.xpath("//details")].count("f-F1") == 1
    assert all(d[0].tag == "summary" for d in tree.xpath("//details"))  # opened by the keyboard without script
    text = " ".join(tree.text_content().split())
    assert "✕ contradicted" in text
    assert "Not shown by this: That it was <seen>." in text
    assert "By chance alone: less than 1 %: a random day" in text
    assert "Working: 4 numbers, 2 rows of public data" in text
    assert "by 1 check" in text
    assert "::details-content" in page  # print shows the working without a click


def test_the_markdown_has_the_same(filled: Any) -> None:
    text = to_markdown(gather(filled))
    for n in range(1, 5):
        assert text.count(f'<a id="f-F{n}"></a>') == 1
    assert text.index("**contradicted**: The date is wrong.") < text.index("**tension**: The cargo is odd.")
    assert "gap\\_s = 176.0; rows\\[1\\] = day 2023-08-22, n not known; group.fits = yes; days = 1, 2" in text
    assert "Checked: **unknown**: Nobody knows. ([working](#f-F2))" in text
    assert "<i>" not in text
    assert "Rows states:KP (name \\<b\\>North Korea\\</b\\>), from " in text


def test_a_selection_shows_what_concerns_it(filled: Any) -> None:
    other = filled.put("Southmark held a fair. Nothing was sold.")
    filled.found.insert(0, replace(filled.found[0], id="F9", subject=other, evidence=(filled.at(other, "a fair"),)))
    assert [f.id for f in gather(filled).findings] == ["F9", "F4", "F3", "F2", "F1"]
    assert [f.id for f in gather(filled, Filter(about="rocket")).findings] == ["F4", "F3", "F2", "F1"]
    assert [f.id for f in gather(filled, Filter(about="fair")).findings] == ["F9"]


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        ([], "no; no check was run over this record"),
        (
            [CheckRun("toy", "toys", 0, 1, "", False)],
            "before the last documents came in; what is told in those is not checked; toy could not",
        ),
    ],
)
def test_no_finding_never_looks_like_a_clean_record(filled: Any, runs: list[CheckRun], says: str) -> None:
    filled.found, filled.ran = [], runs
    view = gather(filled)
    facts = {f.label: f.value for f in view.basis.facts}
    assert says in facts["Checked"]
    page = to_html(view)
    assert "What could be checked" not in page
    assert "What could be checked" not in to_markdown(view)
    assert not re.search(r'href="#f-', page)


def test_numbers_are_told_plainly() -> None:
    assert list(lines_of({"a": [[1, 2], [3]], "b": [], "c": None, "d": False})) == [
        ("a[1]", "[1, 2]"), ("a[2]", "[3]"), ("b", "none"), ("c", "not known"), ("d", "no"),
    ]  # fmt: skip
    assert [chance_words(c, None) for c in (None, 0.0, 0.004, 0.034, 1.0)] == [
        "",
        "0 %",
        "less than 1 %",
        "3 %",
        "100 %",
    ]
