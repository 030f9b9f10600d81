"""Plan and record to report: numbers, notes, what a paragraph rests on, what is left out, what leads nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from planned import FIRST, plan_for, record_at, report_for

from crossfix.dossier.compose import compose
from crossfix.dossier.plan import Plan, added, without
from crossfix.dossier.report import Report, plain
from crossfix.record import Record, reviews


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_for(tmp_path_factory.mktemp("r") / "r.sqlite")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return record_at(tmp_path / "r.sqlite")


def basis(report: Report, number: int) -> dict[str, str]:
    return {f.label: f.value for f in report.paragraphs[number - 1].basis}


def test_paragraphs_and_notes_are_numbered_in_the_order_of_reading(report: Report) -> None:
    assert [p.number for p in report.paragraphs] == list(range(1, len(report.paragraphs) + 1))
    assert [n.number for n in report.notes] == list(range(1, len(report.notes) + 1))
    met = [
        r.number
        for p in report.paragraphs
        for line in (p.lead, *(x for b in p.blocks for x in b.lines))
        for r in line
        if r.kind == "note"
    ]
    assert met == [n.number for n in report.notes]
    assert [n.paragraph for n in report.notes] == sorted(n.paragraph for n in report.notes)


def test_every_note_leads_to_its_passage(report: Report, record: Record) -> None:
    numbers = {a.number: a for a in report.documents}
    for n in report.notes:
        for i in n.items:
            a = numbers[i.document]
            assert (a.row.sha256, n.number in a.notes) == (i.sha256, True)
            assert a.part is not None
            assert any((p.number, p.start, p.end) == (i.passage, i.start, i.end) for p in a.part.passages)
            assert record.text(i.sha256)[i.start : i.end] in record.text(i.sha256)
            assert i.see < n.number


def test_an_event_says_who_and_rests_on_origins_grades_and_checks(report: Report) -> None:
    first = report.paragraphs[0]
    assert plain(first.lead).startswith(
        "Missile test: Norland, 3 May 2023. As told: at Cape Ostrava (59.31° N, 18.52° E)."
    )
    said = next(b for b in first.blocks if b.label == "Who says what")
    assert any(
        plain(line).startswith("Colonel Ida Brandt (through Harbour Times) says: “Norland fired") for line in said.lines
    )
    assert basis(report, 1)["Origins"].startswith("2 independent origins in 2 documents")
    assert basis(report, 1)["Grades"] == "not graded"
    assert basis(report, 1)["Checks"] == "not checked"
    assert basis(report, 1)["Review"] == "not reviewed by a person"


def test_a_denial_stands_as_a_denial(report: Report) -> None:
    claim = next(p for p in report.paragraphs if p.kind == "claim")
    assert plain(claim.lead).startswith("Vostland")
    assert " denies: “any delivery”" in plain(claim.lead)


def test_ones_own_words_cite_and_refer(report: Report) -> None:
    own = [p for p in report.paragraphs if p.kind == "text"]
    assert len(own) == 2
    assert [r.kind for r in own[0].lead] == ["text", "note"]
    assert plain(own[1].lead) == "It is compared in paragraph 1; [citation not found: nothing] is not."
    assert report.problems == (f"Paragraph {own[1].number}: the citation [[nothing]] leads nowhere.",)


def test_a_passage_cited_again_points_to_its_first_note(report: Report) -> None:
    again = [(n.number, i.see) for n in report.notes for i in n.items if i.see]
    assert again
    assert all(see < number for number, see in again)


def test_what_is_left_out_is_not_told_and_said_so(record: Record) -> None:
    plan = plan_for(record)
    claim = record.claims()[0]
    second = next(d for d in record.documents() if d.outlet == "Inland Daily")
    short = without(without(plan, "claims", claim.id), "documents", second.sha256)
    for part in ("map", "timeline", "basis", "texts"):
        short = without(short, "parts", part)
    report = compose(record, short)
    assert "Ida Brandt" not in " ".join(plain(x) for p in report.paragraphs for b in p.blocks for x in b.lines)
    assert [a.outlet for a in report.documents] == ["Harbour Times"]
    assert all(a.part is None for a in report.documents)
    assert report.pictures == ()
    assert {p.basis for p in report.paragraphs} == {()}
    told = " ".join(report.left_out)
    assert "1 statement left out by the author." in told
    assert "Inland Daily" in told
    assert "the map" in told


def test_grades_and_corrections_of_the_review_are_in_it(record: Record) -> None:
    claim = record.claims()[0]
    reviews.review(record, "grade", "document", claim.document, field="grade_source", value="B", by="Ann")
    reviews.review(record, "grade", "claim", claim.id, field="grade_report", value="2", by="Ann")
    reviews.review(record, "accept", "event", record.events()[0].id, by="Ben")
    report = compose(record, plan_for(record))
    assert basis(report, 1)["Grades"].startswith("B2")
    assert basis(report, 1)["Review"].startswith("accepted by Ben")
    assert next(s for s in report.statements if s.claim.id == claim.id).grade == "B2"


def test_what_was_rejected_or_is_gone_is_left_out_and_named(record: Record) -> None:
    claim, event = record.claims()[1], record.events()[0]
    plan = added(plan_for(record), "finding", ref="F-none")
    reviews.review(record, "reject", "claim", claim.id, by="Ann", why="misread")
    reviews.review(record, "reject", "event", event.id, by="Ann")
    report = compose(record, plan)
    assert [p.kind for p in report.paragraphs if p.ref in (claim.id, event.id, "F-none")] == []
    told = " ".join(report.problems)
    assert f"Ann rejected the statement {claim.id}" in told
    assert f"Ann rejected the event {event.id}" in told
    assert "A chosen finding is no longer in the record" in told


def test_least_confidence_is_kept_to(record: Record) -> None:
    report = compose(record, plan_for(record), sure=0.5)
    assert {s.claim.confidence for s in report.statements} == {0.87}
    assert "estimated at 50 % or more" in report.left_out[0]


def test_an_empty_plan_is_a_report_too(record: Record) -> None:
    report = compose(record, Plan())
    assert (report.paragraphs, report.notes, report.documents, report.pictures) == ((), (), (), ())


def test_a_citation_by_offsets_must_lie_in_its_text(record: Record) -> None:
    sha = next(d.sha256 for d in record.documents() if d.outlet == "Harbour Times")
    text = f"Good [[{sha[:8]}#0-14]], past the end [[{sha}#5-99999]], empty [[{sha}#9-9]], of nothing [[ffffff#1-2]]."
    report = compose(record, added(Plan(), "text", text=text))
    assert [i.words for n in report.notes for i in n.items] == [FIRST.split("\n")[0]]
    assert len(report.problems) == 3
    assert compose(record, replace(added(Plan(), "text", text="[[" * 400))).problems == ()
