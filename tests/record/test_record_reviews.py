"""What people say of rows: laid over what was read wherever it is read, never lost by linking, undone without a trace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.dossier.gather import gather
from crossfix.dossier.markdown import to_markdown
from crossfix.errors import Conflict, CrossfixError, UnknownId, UsageError
from crossfix.linking import decided, link
from crossfix.record import Record, schema
from crossfix.record.decisions import decide, parts_of
from crossfix.record.decisions import undo as undo_decision
from crossfix.record.reviews import act, acts_on, every, kind_of, review, seen_of, undo
from crossfix.record.rows import Filter
from record_builders import report

FIRST = "Norland fired a rocket on 24 August 2023 at Selby, Holt said. Vostland denied it."
SECOND = "Norland fired a rocket in August 2023, a ministry said. Trains carried shells from Norland to Vostland."


def fill(path: Path) -> Record:
    """Two reports of one test, each with a claim; the second tells of a transfer too."""
    record = Record.open(path, write=True)
    for text, who, day in ((FIRST, "Holt", "2023-08-24"), (SECOND, "a ministry", "2023-08-25")):
        event = {
            "trigger": "fired a rocket", "when": "2023-08-24" if who == "Holt" else "2023-08", "claim": "c1",
            "participants": [("Norland", "actor")], "where": ("Selby", 40.0, 120.0),
        }  # fmt: skip
        dealt = [] if who == "Holt" else [{"item": "shells", "supplier": "Norland", "recipient": "Vostland"}]
        extraction, raw = report(
            text, outlet=f"{who} Post", published=day, claims=[(who, "said", "fired a rocket")], events=[event], transfers=dealt,
        )  # fmt: skip
        record.add(extraction, raw)
    link(record)
    return record


def shown(record: Record) -> str:
    """The export without its list of acts, byte for byte."""
    out = record.export()
    out.pop("reviews")
    return json.dumps(out, sort_keys=True, ensure_ascii=False)


def lean(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """All that the lean tables hold."""
    with record.reading() as c:
        return {n: sorted(map(repr, c.execute(t.select()))) for n, t in schema.NOW.items()}  # type: ignore[misc]


def dossier(record: Record) -> str:
    """The dossier without the time of its making."""
    from dataclasses import replace

    return to_markdown(replace(gather(record, Filter()), made=""))


def claim_of(record: Record, speaker: str) -> Any:
    """The claim of a speaker."""
    return next(c for c in record.claims() if c.source_name == speaker)


def test_a_corrected_claim_is_corrected_wherever_it_is_read_and_undoing_restores_all(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        before = shown(record), dossier(record), lean(record)
        c = claim_of(record, "Holt")
        made = [
            review(
                record, "set", "claim", c.id, field="speaker", value="Anna Holt", by="Ada", why="named in the caption"
            ),
            review(record, "set", "claim", c.id, field="stance", value="suspect", by="Ada"),
            review(record, "set", "claim", c.id, field="firmness", value="possible", by="Ada"),
            review(record, "set", "claim", c.id, field="words", value="0-22", by="Ada"),
        ]
        now = record.claim(c.id)
        assert (now.source_name, now.stance, now.firmness, now.content.text) == (
            "Anna Holt",
            "suspect",
            "possible",
            FIRST[:22],
        )
        assert now.chain[-1] == "Anna Holt"
        assert now.quote.start == 0
        assert (now.reviewed.state, now.reviewed.by) == ("corrected", "Ada")
        assert [(x.field, x.before) for x in now.reviewed.corrections][-1] == ("stance", "assert")
        assert [x.id for x in record.claims(Filter(stance="suspect"))] == [c.id]
        assert [x.id for x in record.claims(Filter(agent="Anna Holt"))] == [c.id]
        told = next(x for x in record.export()["claims"] if x["id"] == c.id)
        assert told["source_name"] == "Anna Holt"
        assert told["reviewed"]["state"] == "corrected"
        assert "Anna Holt" in dossier(record)
        assert [h.id for h in record.history(c.id) if h.table == "reviews"] == [a.id for a in made]
        assert "Anna Holt" in str(lean(record)["now_claims"])
        for a in made:
            undo(record, a.id, by="Bo", why="the caption is of another day")
        assert (shown(record), dossier(record), lean(record)) == before
        assert record.claim(c.id) == c
        assert [a.undone_by for a in every(record)] == ["Bo"] * 4


def test_a_rejected_claim_stays_readable_and_is_left_out_of_the_dossier(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        before = dossier(record)
        c = claim_of(record, "Holt")
        assert "| Holt | Holt Post |" in before
        a = review(record, "reject", "claim", c.id, by="Ada", why="no such words")
        assert record.claim(c.id).reviewed.rejected
        assert c.id in {x["id"] for x in record.export()["claims"] if x["reviewed"]["state"] == "rejected"}
        assert "| Holt | Holt Post |" not in dossier(record)
        assert "Holt" not in {s.name for s in record.sources()}
        review(record, "accept", "claim", c.id, by="Bo")
        assert record.claim(c.id).reviewed.state == "accepted"
        undo(record, 2, by="Bo")
        assert record.claim(c.id).reviewed.rejected
        undo(record, a.id, by="Ada")
        assert dossier(record) == before


def test_a_corrected_date_and_place_stand_beside_those_told(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        (event,) = record.events()
        assert len(event.reports) == 2
        review(record, "set", "event", event.id, field="date", value="2023-08-25", by="Ada")
        review(record, "set", "event", event.id, field="place", value="East Quay (41.5, 121)", by="Ada")
        now = record.event(event.id)
        assert now.when == "2023-08-25"
        assert now.where is not None
        assert (now.where.name, now.where.lat, now.where.lon) == ("East Quay", 41.5, 121.0)
        told = {(a.field, a.value): a.by for a in now.accounts}
        assert told["date", "2023-08-25"] == ("corrected by Ada",)
        assert ("date", event.when) in told
        assert told["place", "East Quay"] == ("corrected by Ada",)
        assert ("place", "Selby") in told
        assert [e.id for e in record.events(Filter(since="2023-08-25", until="2023-08-25"))] == [event.id]
        assert "East Quay" in dossier(record)
        with record.reading() as c:
            t = schema.now_events
            assert c.execute(t.select()).mappings().one()["first"] == "2023-08-25"


def test_linking_and_merges_never_take_a_correction_away(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        extraction, raw = report(
            "Another rocket was fired on 3 May 2021.", outlet="Late Post", published="2021-05-03",
            events=[{"trigger": "fired", "when": "2021-05-03"}],
        )  # fmt: skip
        record.add(extraction, raw)
        link(record)
        one, two = sorted(record.events(), key=lambda e: len(e.reports))
        review(record, "set", "event", one.id, field="outcome", value="failure", by="Ada")
        groups = [parts_of(record, "event", i) for i in (one.id, two.id)]
        d = decide(record, "merge", "event", groups, given=[one.id, two.id], by="Bo", why="")
        decided.apply(record, d)
        (merged,) = record.events()
        assert merged.outcome == "failure"
        decided.apply(record, undo_decision(record, d, by="Bo", why=""))
        assert {len(e.reports): e.outcome for e in record.events()} == {1: "failure", 2: "unknown"}
        extraction, raw = report(
            "It failed, they said: the rocket fired on 3 May 2021.", outlet="Third Post", published="2021-05-04",
            events=[{"trigger": "fired", "when": "2021-05-03", "outcome": "success"}],
        )  # fmt: skip
        record.add(extraction, raw)
        link(record)
        assert record.event(one.id).outcome == "failure"
        with record.reading() as c:
            t = schema.now_events
            assert "failure" in {r["outcome"] for r in c.execute(t.select()).mappings()}


def test_a_new_extraction_never_overrides_a_person(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        c = claim_of(record, "Holt")
        review(record, "set", "claim", c.id, field="stance", value="deny", by="Ada")
        row = record.current_of(schema.claims, [c.id])[c.id]
        columns = {k: row[k] for k in ("document", "source_name", "confidence")}
        record.append(
            schema.claims, {c.id: columns | {"value": {**row["value"], "stance": "announce"}}}, act="read again", why=""
        )
        assert record.claim(c.id).stance == "deny"


def test_the_second_of_two_people_sees_a_conflict_and_nothing_is_lost(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        c = claim_of(record, "Holt")
        seen = seen_of(record, "claim", c.id)
        assert seen == 0
        first = review(record, "set", "claim", c.id, field="speaker", value="Anna Holt", seen=seen, by="Ada")
        with pytest.raises(Conflict, match="Ada said something of this claim that you had not seen") as caught:
            review(record, "set", "claim", c.id, field="speaker", value="Ben Holt", seen=seen, by="Bo")
        current: Any = caught.value.current
        assert (current["value"], current["now"], current["yours"]["value"]) == ("Anna Holt", "Anna Holt", "Ben Holt")
        assert record.claim(c.id).source_name == "Anna Holt"
        review(record, "set", "claim", c.id, field="speaker", value="Ben Holt", seen=current["seen"], by="Bo")
        assert [(a.before, a.value) for a in acts_on(record, "claim", c.id)] == [
            ("Holt", "Anna Holt"),
            ("Anna Holt", "Ben Holt"),
        ]
        with pytest.raises(Conflict):
            undo(record, first.id, seen=first.mark, by="Ada")
        assert undo(record, 2, seen=seen_of(record, "claim", c.id), by="Ada").undone
        assert record.claim(c.id).source_name == "Anna Holt"


def test_grades_are_two_and_notes_stand_side_by_side(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        d = record.documents()[0]
        review(record, "grade", "document", d.sha256[:10], field="grade_source", value="b", by="Ada")
        review(record, "grade", "document", d.sha256, field="grade_report", value="3", by="Ada")
        review(record, "note", "document", d.sha256, value="Ask the desk <b>today</b>.", by="Ada")
        review(record, "note", "document", d.sha256, value="They rang back.", by="Bo")
        got = record.document(d.sha256).reviewed
        assert (got.grade_source, got.grade_report, got.state) == ("B", "3", "unreviewed")
        assert [n.text for n in got.notes] == ["Ask the desk <b>today</b>.", "They rang back."]
        a = record.agents()[0]
        review(record, "grade", "agent", a.id, field="grade_source", value="F", by="Ada")
        assert next(x for x in record.agents() if x.id == a.id).reviewed.grade_source == "F"
        assert kind_of(record, a.id) == "agent"


def test_what_means_nothing_is_refused(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        c, d = claim_of(record, "Holt"), record.documents()[0].sha256
        wrong: list[tuple[Any, ...]] = [
            ("set", "claim", c.id, "stance", "perhaps", "no stance"), ("set", "claim", c.id, "when", "2023", "has no 'when'"),
            ("set", "claim", c.id, "words", "9000-9010", "no words at"), ("set", "claim", c.id, "words", "x", "no passage"),
            ("set", "claim", c.id, "stance", "assert", "is that already"), ("accept", "document", d, "", "", "not accepted"),
            ("grade", "claim", c.id, "grade_source", "A", "has no 'grade_source'"), ("note", "claim", c.id, "", " ", "empty note"),
            ("set", "event", record.events()[0].id, "when", "2023-13", "date"),
            ("set", "event", record.events()[0].id, "where", "X (99, 0)", "no place at"),
        ]  # fmt: skip
        for verb, kind, id_, field, value, says in wrong:
            with pytest.raises(UsageError, match=says):
                review(record, verb, kind, id_, field=field, value=value, by="Ada")
        with pytest.raises(UsageError, match="name of who"):
            review(record, "accept", "claim", c.id, by="  ")
        with pytest.raises(UnknownId):
            review(record, "accept", "claim", "nothing", by="Ada")
        with pytest.raises(UnknownId):
            act(record, 1)
        assert every(record) == []


VALUES = {
    "stance": ["deny", "suspect", "assert"], "firmness": ["possible", "certain"], "source_name": ["Anna", "Ben Or", ""],
    "content": ["0-9", "3-12,20-30"], "when": ["2023-08-25", "2023", ""], "where": ["East Quay", "Selby (1, 2)", ""],
    "status": ["denied", "reported"], "outcome": ["failure", "success"], "participants": ["Vostland; Norland (target)", ""],
    "supplier": ["Vostland", ""], "item": ["crates"], "quantity": ["about ten"], "route": ["by rail"], "recipient": [""],
}  # fmt: skip


@settings(max_examples=15)
@given(st.data())
def test_any_acts_undone_leave_no_trace(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    with fill(tmp_path_factory.mktemp("any") / "r.sqlite") as record:
        before = shown(record), dossier(record), lean(record)
        rows = [("claim", c.id) for c in record.claims()] + [("event", e.id) for e in record.events()]
        rows += [("transfer", t.id) for t in record.transfers()] + [("document", d.sha256) for d in record.documents()]
        made = []
        for _ in range(data.draw(st.integers(1, 6))):
            kind, id_ = data.draw(st.sampled_from(rows))
            verb = data.draw(st.sampled_from(("accept", "reject", "set", "set", "note", "grade")))
            field = data.draw(st.sampled_from(("grade_source", "grade_report") if verb == "grade" else sorted(VALUES)))
            value = (
                data.draw(st.sampled_from(["A", "2"] if verb == "grade" else VALUES[field]))
                if verb != "note"
                else "a note"
            )
            try:
                made.append(review(record, verb, kind, id_, field=field, value=value, by="Ada"))
            except CrossfixError:
                continue
        assert [a["id"] for a in record.export()["reviews"]] == [a.id for a in made]
        for a in data.draw(st.permutations(made)):
            undo(record, a.id, by="Bo")
        assert (shown(record), dossier(record), lean(record)) == before


def test_what_is_rolled_back_was_never_said(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite") as record:
        c = claim_of(record, "Holt")

        def fail() -> None:
            with record.transaction():
                review(record, "set", "claim", c.id, field="stance", value="deny", by="Ada")
                assert record.claim(c.id).stance == "deny"
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert record.claim(c.id).stance == "assert"
        review(record, "set", "claim", c.id, field="stance", value="predict", by="Ada")
        assert record.claim(c.id).stance == "predict"
