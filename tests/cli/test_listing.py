"""Tables for people, JSON for programs, and values on the command line that mean nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crossfix.cli import cli

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("documents", ["Coast News report", "2023-11-22", "not extracted", "3 documents"]),
        ("claims", ["Estmark's defence", "via Coast News", "deny", "announce", "3 claims"]),
        ("events", ["2023-11-21", "missile", "Norland", "at Port Selby", "no. 2 of tests", "1 event"]),
        (
            "transfers",
            ["2023-10", "Vostland", "40 crates shells", "route: by rail", "alleged by Estmark", "denied by Vostland"],
        ),
        ("sources", ["Norland's state agency", "announce 1", "deny 1"]),
    ],
)
def test_tables_fit_80_columns_and_say_what_matters(crossfix: Run, command: str, expected: list[str]) -> None:
    result = crossfix(command)
    assert result.exit_code == 0, result.output
    flat = " ".join(result.output.split())
    for words in expected:
        assert words in flat or all(w in flat for w in words.split()), (words, result.output)
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert "\x1b" not in result.output


def test_the_count_goes_to_standard_error_and_quiet_drops_it(crossfix: Run, record_path: Path) -> None:
    assert crossfix("claims").stderr == "3 claims\n"
    quiet = CliRunner().invoke(cli, ["--quiet", "--record", str(record_path), "claims"])
    assert quiet.stderr == ""
    assert quiet.stdout


@pytest.mark.parametrize("command", ["documents", "claims", "events", "transfers", "sources"])
def test_json_is_one_array_with_ids_and_evidence(crossfix: Run, command: str) -> None:
    result = crossfix(command, "--json")
    rows = json.loads(result.stdout)
    assert isinstance(rows, list)
    assert rows
    for row in rows:
        assert row.get("id") or len(row["sha256"]) == 64
        if command != "documents":
            assert row["evidence"]
            assert set(row["evidence"][0]) == {"document", "start", "end"}
    assert json.loads(crossfix(command, "--json", "--about", "nowhere-to-be-found").stdout) == []


def test_filters_narrow(crossfix: Run) -> None:
    def ids(*args: str) -> list[str]:
        return [r.get("id") or r["sha256"] for r in json.loads(crossfix(*args, "--json").stdout)]

    assert len(ids("claims")) == 3
    assert len(ids("claims", "--stance", "deny")) == 1
    assert len(ids("claims", "--limit", "2")) == 2
    assert len(ids("documents", "--outlet", "Inland Daily")) == 1
    assert len(ids("documents", "--since", "2023-11-23", "--until", "2023-11-23")) == 1
    assert ids("events", "--type", "visit") == []
    assert len(ids("transfers", "--agent", "Vostland")) == 1
    assert ids("transfers", "--since", "2023-11") == []
    sha = ids("documents", "--outlet", "Inland Daily")[0]
    assert len(ids("claims", "--document", sha[:8])) == 1


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (["claims", "--since", "yesterdayish"], "--since: 'yesterdayish' is no date; give YYYY, YYYY-MM or YYYY-MM-DD"),
        (["events", "--until", "2023-02-30"], "--until: '2023-02-30' is no date"),
        (["events", "--since", "2023-01/2023-02"], "--since: '2023-01/2023-02' is no date"),
        (["events", "--since", "2024", "--until", "2023"], "--since: 2024 is after --until 2023; swap them"),
        (["claims", "--stance", "shout"], "'shout' is not one of"),
        (["events", "--type", "party"], "'party' is not one of"),
        (["claims", "--limit", "0"], "--limit"),
        (["claims", "--limit", "many"], "--limit"),
        (["claims", "--about", "  "], "--about: nothing but spaces"),
        (["claims", "--document", "xyz"], "--document: 'xyz' is no document id"),
        (["dossier", "-o", "x.exe"], "x.exe: the name of a dossier's file ends in its form"),
        (["dossier", "--plan", "p.json", "--about", "x"], "--plan: a plan says itself what is chosen"),
        (["export", "--format", "xml"], "'xml' is not"),
        (["nonsense"], "No such command"),
        (["claims", "--nonsense"], "No such option"),
        (["add"], "Missing argument"),
        (["add", "--published", "2023-11", "x.txt"], "--published: '2023-11' is no date; give YYYY-MM-DD"),
        (["extract", "--language", "english", "x.txt"], "--language: 'english' is no language code"),
    ],
)
def test_nonsense_is_one_line_and_status_2(crossfix: Run, args: list[str], part: str) -> None:
    result = crossfix(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("crossfix: ")
    assert result.stderr.count("\n") == 1
    assert part in result.stderr


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--record", str(tmp_path / "none.sqlite"), "claims"])
    assert result.exit_code == 1
    assert "there is no record here; make one with crossfix add" in result.stderr
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_record(tmp_path: Path) -> None:
    wrong = tmp_path / "r.sqlite"
    wrong.write_text("this is a letter, not a record\n" * 50)
    result = CliRunner().invoke(cli, ["--record", str(wrong), "claims"])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("create table letters (x)")
    db.close()
    assert CliRunner().invoke(cli, ["--record", str(other), "claims"]).exit_code == 1


def test_the_record_may_come_from_the_environment(record_path: Path) -> None:
    result = CliRunner().invoke(cli, ["documents"], env={"CROSSFIX_RECORD": str(record_path)})
    assert "Coast News" in result.stdout
