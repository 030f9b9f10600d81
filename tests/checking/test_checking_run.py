"""Running checks and keeping what they find: versions, withdrawals, failures that stop nothing else, order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checking_builders import toy
from crossfix.checking.case import Case
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row
from crossfix.checking.run import CheckSummary, check, finding_id
from crossfix.errors import CrossfixError, UnknownId, UsageError
from crossfix.record import Record
from crossfix.record.findings import check_runs, digest, finding, findings

Use = Callable[..., None]


def found(word: str, verdict: str = "supported") -> Result:
    return Result(
        verdict,  # type: ignore[arg-type]
        f"The word is {word}.",
        {"letters": len(word), "pair": (1, 2)},
        (Row("states", "KP", "name North Korea"),),
        "Nothing else.",
        0.25,
        "a word of that length",
    )


def test_findings_are_kept_once_and_read_again_as_they_were_found(record: Record, use: Use) -> None:
    use(toy(found))
    first = check(record)
    assert (first.checks, first.documents, first.questions, first.new) == (("toy",), 2, 2, 2)
    assert first.verdicts == {"supported": 2}
    rows = findings(record)
    assert [f.about for f in rows] == ["fired", "launched"]
    f = rows[0]
    assert (f.verdict, f.summary, f.caveat) == ("supported", "The word is fired.", "Nothing else.")
    assert f.working == {"letters": 5, "pair": [1, 2]}
    assert [str(r) for r in f.sources] == ["states:KP (name North Korea)"]
    assert (f.chance, f.chance_of) == (0.25, "a word of that length")
    assert [record.passage(e) for e in f.evidence] == ["fired"]
    assert f.subject_kind == "event"
    assert f.subject == record.event(f.subject).id
    assert f.id == finding_id("toy", "toy.event", f.subject, "fired")
    assert finding(record, f.id) == f
    second = check(record)
    assert (second.new, second.changed, second.same, second.withdrawn) == (0, 0, 2, 0)
    assert [h.version for h in record.history(f.id)] == [1]


def test_a_changed_answer_is_a_new_version_and_a_lost_one_is_withdrawn(record: Record, use: Use) -> None:
    use(toy(found))
    check(record)
    fired, launched = findings(record)
    use(toy(lambda w: found(w, "tension") if w == "fired" else None))
    done = check(record)
    assert (done.new, done.changed, done.same, done.withdrawn) == (0, 1, 0, 1)
    (left,) = findings(record)
    assert (left.id, left.verdict) == (fired.id, "tension")
    assert [(h.version, h.act) for h in record.history(fired.id)] == [(1, "found"), (2, "changed")]
    assert [(h.version, h.act) for h in record.history(launched.id)] == [(1, "found"), (2, "withdrawn")]
    with pytest.raises(UnknownId, match=r"was withdrawn on .*: it no longer arises"):
        finding(record, launched.id)
    use(toy(found))
    assert check(record).changed == 2  # both again: the withdrawn one stands once more, under its id
    assert {f.id for f in findings(record)} == {fired.id, launched.id}


def test_only_the_checks_that_ran_withdraw(record: Record, use: Use) -> None:
    use(toy(found), toy(found, "other"))
    assert check(record).new == 4
    use(toy(lambda _: None), toy(lambda _: None, "other"))
    done = check(record, only=["other"])
    assert (done.checks, done.withdrawn) == (("other",), 2)
    assert {f.check for f in findings(record)} == {"toy"}
    with pytest.raises(UsageError, match="there is no check 'no-such'"):
        check(record, only=["no-such"])


def test_a_run_over_some_documents_leaves_what_rests_on_others(record: Record, use: Use) -> None:
    one, two = (d.sha256 for d in record.documents())

    def both(case: Case) -> Iterator[Question]:
        """One finding that rests on every document, and one for each."""
        papers = list(case.papers())
        yield Question(one, "toy.all", tuple(p.evidence(0, 4) for p in papers), lambda: found(f"all {len(papers)}"))
        for p in papers:
            yield Question(p.sha256, "toy.one", (p.evidence(0, 4),), lambda: found("one"))

    use(Simple("toy", "toys", both))
    check(record)
    before = {f.id: f for f in findings(record)}
    assert len(before) == 3
    assert check(record, documents=[one]).same == 1
    assert {f.id: f for f in findings(record)} == before
    use(Simple("toy", "toys", lambda _: ()))
    assert check(record, documents=[one]).withdrawn == 1
    assert sorted(f.kind for f in findings(record)) == ["toy.all", "toy.one"]
    assert check(record).withdrawn == 2
    assert two not in {f.subject for f in findings(record)}


def broken(word: str) -> Result:
    if word == "fired":
        raise ValueError("a number\nis missing")
    return found(word)


def test_a_question_that_fails_stops_nothing_and_keeps_what_was_known(record: Record, use: Use) -> None:
    use(toy(found))
    check(record)
    use(toy(broken), toy(found, "other"))
    done = check(record)
    assert (done.same, done.new, done.withdrawn) == (1, 2, 0)
    (failure,) = done.failures
    event = next(f.subject for f in findings(record) if f.about == "fired")
    assert str(failure) == f"the check 'toy' failed at toy.event of {event}: ValueError: a number is missing"
    assert len(findings(record)) == 4


def test_a_check_that_breaks_off_keeps_what_it_found_and_withdraws_nothing(record: Record, use: Use) -> None:
    use(toy(found))
    check(record)

    def half(case: Case) -> Iterator[Question]:
        yield from list(toy(lambda w: found(w, "tension")).questions(case))[:1]
        raise CrossfixError("the table is torn", where="t.tsv")

    use(Simple("toy", "toys", half), toy(found, "other"))
    done = check(record)
    assert (done.changed, done.new, done.withdrawn) == (1, 2, 0)
    assert [str(f) for f in done.failures] == ["the check 'toy' failed: t.tsv: the table is torn"]
    assert [r.whole for r in check_runs(record)] == [False, True]


def test_a_check_whose_questions_cannot_even_begin(record: Record, use: Use) -> None:
    def refuse(_: Case) -> Iterator[Question]:
        raise RuntimeError("no data")

    use(Simple("toy", "toys", refuse), toy(found, "other"))
    done = check(record)
    assert [str(f) for f in done.failures] == ["the check 'toy' failed: RuntimeError: no data"]
    assert done.new == 2


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (Result("perhaps", "A."), "'perhaps' is no verdict"),  # type: ignore[arg-type]
        (Result("unknown", "  "), "needs a sentence"),
        (Result("unknown", "A.", {"x": float("nan")}), "Out of range float"),
        (Result("unknown", "A.", {"x": object()}), "not JSON serializable"),
        (Result("unknown", "A.", chance=1.5), "1.5 is no chance"),
    ],
)
def test_an_answer_that_is_none_is_named(record: Record, use: Use, result: Result, says: str) -> None:
    use(toy(lambda _: result))
    done = check(record)
    assert len(done.failures) == 2
    assert says in str(done.failures[0])
    assert findings(record) == []


def test_a_subject_and_a_passage_must_be_in_the_record(record: Record, use: Use) -> None:
    sha = record.documents()[0].sha256

    def astray(case: Case) -> Iterator[Question]:
        p = next(iter(case.papers()))
        yield Question("E-none", "toy.a", (p.evidence(0, 4),), lambda: found("a"))
        yield Question(sha, "toy.b", (p.evidence(4, 4),), lambda: found("b"))
        yield Question(sha, "toy.c", (p.evidence(0, len(p.text) + 1),), lambda: found("c"))
        yield Question(sha, "toy.d", (), lambda: found("d"))
        yield Question(sha, "toy.e", (p.evidence(0, len(p.text)),), lambda: found("e"))
        yield Question(case.record.claims()[0].id, "toy.f", (p.evidence(0, 4),), lambda: found("f"))

    use(Simple("toy", "toys", astray))
    done = check(record)
    assert sorted(str(f).rsplit(": ", 1)[1] for f in done.failures) == [
        "a finding needs a passage",
        "its subject is not in the record",
        f"no passage 0-{len(record.text(sha)) + 1} in {sha[:8]}",
        f"no passage 4-4 in {sha[:8]}",
    ]
    assert {(f.kind, f.subject_kind) for f in findings(record)} == {("toy.e", "document"), ("toy.f", "claim")}


def test_one_question_asked_twice(record: Record, use: Use) -> None:
    sha = record.documents()[0].sha256
    answers = iter(["same", "same", "other"])

    def twice(case: Case) -> Iterator[Question]:
        p = next(iter(case.papers()))
        for n in range(3):
            yield Question(sha, "toy.a", (p.evidence(n, n + 3),), lambda: found(next(answers)))

    use(Simple("toy", "toys", twice))
    done = check(record)
    assert [f.error.partition(";")[0] for f in done.failures] == ["two answers to one question"]
    (kept,) = findings(record)
    assert kept.summary == "The word is same."
    assert [(e.start, e.end) for e in kept.evidence] == [(0, 3), (1, 4)]


def test_findings_come_worst_first_then_in_the_order_of_the_checks(record: Record, use: Use) -> None:
    use(
        toy(lambda w: found(w, "supported" if w == "fired" else "contradicted"), "zeta"),
        toy(lambda w: found(w, "unknown" if w == "fired" else "contradicted"), "alpha"),
        toy(lambda w: found(w, "tension"), "middle"),
    )
    told: list[tuple[str, int, int]] = []
    check(record, progress=lambda title, done, total: told.append((title, done, total)))
    shown = [(f.verdict, f.check) for f in findings(record)]
    assert shown == [
        ("contradicted", "zeta"), ("contradicted", "alpha"), ("tension", "middle"), ("tension", "middle"), ("unknown", "alpha"),
        ("supported", "zeta"),
    ]  # fmt: skip
    assert {total for _, _, total in told} == {6}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[0] == ("events held against zetas", 0, 6)
    assert told[-1] == ("", 6, 6)


def test_a_finding_about_an_event_goes_with_it_when_it_is_joined_to_another(record: Record, use: Use) -> None:
    from crossfix.linking.decided import apply
    from crossfix.record.decisions import decide

    use(toy(found))
    check(record)
    mentions = {
        m.event.trigger.text: m.event.id
        for m in record.event_mentions(documents=[d.sha256 for d in record.documents()])
    }
    before = {f.about: f for f in findings(record)}
    assert len(record.events()) == 1  # linking holds them to be one: taken apart first
    apart = decide(record, "split", "event", [[m] for m in mentions.values()], given=(), by="a test", why="apart")
    apply(record, apart)
    shown = {f.about: f.subject for f in findings(record)}
    assert sorted(shown.values()) == sorted(e.id for e in record.events())  # each with the event that has its passage
    check(record)
    before = {f.about: f for f in findings(record)}
    assert {k: f.subject for k, f in before.items()} == shown
    apply(record, decide(record, "merge", "event", [[m] for m in mentions.values()], given=(), by="a test", why="one"))
    (event,) = record.events()
    assert {f.subject for f in findings(record)} == {event.id}  # without a new run
    assert {f.id for f in findings(record)} == {f.id for f in before.values()}
    done = check(record)
    # it was found about this event before the split, so it stands again under its old id
    assert (done.new, done.changed, done.withdrawn, done.same) == (0, 1, 1, 1)
    assert {f.subject for f in findings(record)} == {event.id}
    gone = next(f for f in before.values() if f.subject != event.id)
    assert record.history(gone.id)[-1].why == "the event it is about is told under another id now"


def test_which_documents_a_check_saw_is_kept(record: Record, use: Use) -> None:
    assert check_runs(record) == []
    use(toy(found), toy(found, "other"))
    check(record, documents=[record.documents()[0].sha256])
    assert check_runs(record) == []  # a run over some documents leaves the rest unchecked
    check(record)
    runs = check_runs(record)
    shas = [d.sha256 for d in record.documents()]
    assert [(r.check, r.documents, r.digest, r.whole) for r in runs] == [
        ("toy", 2, digest(shas), True),
        ("other", 2, digest(shas), True),
    ]
    assert digest(reversed(shas)) == digest(shas) != digest(shas[:1])


def test_kept_findings_cannot_be_overwritten(record: Record, use: Use) -> None:
    use(toy(found))
    check(record)
    db = sqlite3.connect(record.path)
    for statement in ('UPDATE findings SET "check" = 1', "DELETE FROM findings", "DELETE FROM check_runs"):
        with pytest.raises(sqlite3.IntegrityError, match="nothing in a record is overwritten"):
            db.execute(statement)
    db.close()


def test_the_export_has_findings_in_the_words_of_the_contract(record: Record, use: Use) -> None:
    use(toy(found))
    check(record)
    told = record.export()["findings"]
    assert len(told) == 2
    for f in told:
        assert {"id", "check", "subject", "verdict", "summary", "working", "sources", "caveat", "evidence"} <= set(f)
        assert f["sources"] == ["states:KP (name North Korea)"]
        assert all(set(e) == {"document", "start", "end"} for e in f["evidence"])
    assert told == sorted(told, key=lambda f: f["id"])


def test_two_runs_over_one_record_are_alike(tmp_path: Path, use: Use) -> None:
    from checking_builders import make

    use(toy(found), toy(broken, "other"))
    seen: list[tuple[CheckSummary, object]] = []
    for name in ("a", "b"):
        with Record.open(make(tmp_path / f"{name}.sqlite"), write=True) as record:
            seen.append((check(record), record.export()["findings"]))
    assert seen[0] == seen[1]
