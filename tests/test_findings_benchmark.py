"""The list of all findings: what is on the page, how judgements are kept, and that no document's sentence gets onto it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import findings as benchmark
from checking_builders import make, toy
from crossfix.checking.result import Result, Row
from crossfix.checking.run import CheckSummary, check
from crossfix.record import Record

QUOTED = "Norland fired a rocket from Port Selby on Tuesday, the ministry said. The rocket fell"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A record with one finding that quotes its document at length, and one that does not."""

    def answer(word: str) -> Result:
        if word == "fired":
            return Result("tension", "The rocket* fell too soon.", {"told": QUOTED, "n_km": 3}, (Row("states", "KP"),))
        return Result("supported", "It fits.", {}, (Row("states", "gone"),))

    monkeypatch.setattr("crossfix.checking.run.load", lambda: ((toy(answer),), ()))
    return Record.open(make(tmp_path / "r.sqlite"), write=True)


def told(
    record: Record, judged: dict[str, tuple[str, str]] | None = None
) -> tuple[str, list[benchmark.Line], CheckSummary]:
    summary = check(record)
    lines = benchmark.listed(record, judged or {})
    return benchmark.page(record, lines, summary, "two texts"), lines, summary


def test_what_nobody_judged_comes_first_and_no_sentence_of_a_document_is_copied(record: Record) -> None:
    with record:
        page, lines, _ = told(record)
        assert "2 findings (2 not judged)" in page
        assert "| toy.event |  | 1 |  | 1 |  |  |  |" in page
        assert page.index("**tension** toy.event, Harbour Post.txt") < page.index(
            "**supported** toy.event, Inland Daily.txt"
        )
        assert "The rocket\\* fell too soon." in page
        assert "told = Norland fired a rocket from … (15 words of the document); n\\_km = 3; rows states:KP" in page
        assert QUOTED not in page
        key = next(x.key for x in lines if x.finding.verdict == "tension")
        judged, _, _ = told(record, {key: ("right", "read twice")})
        assert "2 findings (1 right, 1 not judged)" in judged
        assert judged.index("**supported**") < judged.index("## toy") < judged.index("**right**: read twice")


def test_a_judgement_holds_for_the_sentence_that_was_read(record: Record) -> None:
    with record:
        _, lines, _ = told(record)
        keys = {x.finding.verdict: x.key for x in lines}
        assert keys == {x.finding.verdict: benchmark.key_of(x.finding, x.files) for x in lines}
        assert len({*keys.values(), *(benchmark.key_of(x.finding, ("other.txt",)) for x in lines)}) == 4


def test_faults_are_named(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    with record:
        _, lines, _ = told(record)
        (missing,) = benchmark.faults(record, lines)
        assert missing.endswith("toy.event: no row states:gone")
        quoting = toy(lambda _: Result("unknown", QUOTED))
        monkeypatch.setattr("crossfix.checking.run.load", lambda: ((quoting,), ()))
        _, lines, _ = told(record)
        assert len(benchmark.faults(record, lines)) == 1  # it is the sentence of one document, and not of the other
        assert "its sentence is the document's own" in benchmark.faults(record, lines)[0]


def test_judgements_are_read_and_broken_rows_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.tsv"
    assert benchmark.judgements(file) == {}
    file.write_text("# How it was judged.\nkey\tjudged\tnote\nab\tright\t\ncd\tfalse\tanother summit\n")
    assert benchmark.judgements(file) == {"ab": ("right", ""), "cd": ("false", "another summit")}
    for row in ("ab\tright\t\n", "ef\tperhaps\t\n"):
        broken = tmp_path / "broken.tsv"
        broken.write_text(file.read_text() + row)
        with pytest.raises(ValueError, match="judged twice, or neither"):
            benchmark.judgements(broken)


def test_the_page_kept_here_has_no_false_finding_and_every_judgement_is_in_use() -> None:
    page, judged = benchmark.PAGE.read_text(), benchmark.judgements()
    keys = re.findall(r"^- `([0-9a-f]{10})` ", page, re.M)
    assert len(keys) == len(set(keys)) > 100
    assert [k for k, (verdict, _) in judged.items() if verdict == "false" and k in keys] == []
    for key, (verdict, _) in judged.items():
        if key in keys:
            assert re.search(rf"^- `{key}` .* — \*\*{verdict}\*\*", page, re.M), (
                f"{key} was judged after the page was made"
            )


def test_the_shared_texts_are_listed_once_with_their_dates(shared: Path) -> None:
    few = list(benchmark.texts(shared, few=True))
    assert 20 <= len(few) <= 40
    names = [Path(t.path).name for t in few]
    assert "000_8a43366d0cd8ca85.txt" in names
    assert len(set(names)) == len(names)
    every = list(benchmark.texts(shared, few=False))
    assert len(every) > 1500
    dated = {Path(t.path).name: t.published for t in every}
    assert dated["ABC19980108.1830.0711.txt"] == "1998-01-08"
