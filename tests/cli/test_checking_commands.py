"""`check`, `show` of a finding, and `data`, on a small real record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checking_builders import make, toy
from crossfix.checking import registry
from crossfix.checking.result import Result as Found
from crossfix.checking.result import Row
from crossfix.cli import cli

Run = Callable[..., Result]


def answer(word: str) -> Found:
    if word == "fired":
        return Found(
            "contradicted",
            "The rocket was fired on a day that the table does not have, and this sentence is long enough to be folded twice over.",
            {"day": "2023-08-22", "days_off": 84, "parts": [{"a": 1, "b": None}], "group": {"ok": True}},
            (Row("states", "KP", "name North Korea"), Row("states", "gone")),
            "That nothing was fired.",
            0.031,
            "a random day",
        )
    return Found("supported", "It was launched\x1b[31m.")


def broken(_: str) -> Found:
    raise ValueError("boo\x1b[31m")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a record with one check, "toy", and one that fails where ``fail`` is given."""
    path = make(tmp_path / "r.sqlite")

    def invoke(*args: str, fail: bool = False) -> Result:
        found = (toy(answer), toy(broken, "broken")) if fail else (toy(answer),)
        monkeypatch.setattr(registry, "load", lambda: (found, ()))
        monkeypatch.setattr("crossfix.checking.run.load", lambda: (found, ()))
        return CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["--record", str(path), *args])

    return invoke


def test_check_prints_findings_worst_first_within_80_columns(run: Run) -> None:
    said = run("check")
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert lines[0].startswith("CONTRADICTED: The rocket was fired")
    assert max(map(len, lines)) <= 80
    assert said.stdout.index("CONTRADICTED") < said.stdout.index("SUPPORTED")
    assert "Harbour Post, 2023-08-24, " in said.stdout
    assert "caveat    That nothing was fired." in said.stdout
    assert "by chance 3 %: a random day" in said.stdout
    assert "\x1b" not in said.stdout
    assert "days_off" not in said.stdout
    assert "2 findings: 1 contradicted, 1 supported" in said.stderr
    assert "1 check, 2 questions over 2 documents: 2 new" in said.stderr
    again = run("check")
    assert again.stdout == said.stdout
    assert "2 documents: nothing changed" in again.stderr


def test_working_shows_numbers_and_the_rows_with_their_sources(run: Run) -> None:
    said = run("check", "--working", "--verdict", "contradicted").stdout
    assert "number    days_off = 84" in said
    assert "number    parts[1] = a 1, b not known" in said
    assert "number    group.ok = yes" in said
    assert "row       states:KP (name North Korea)" in said
    assert "CIA World Factbook (public" in said
    assert "states:gone" in said
    assert "no such row any more" in said
    assert "SUPPORTED" not in said


def test_filters_pick_what_is_shown(run: Run) -> None:
    assert "No check was run over this record yet" in run("check", "--kept").stderr
    run("check")
    harbour = json.loads(run("documents", "--outlet", "Harbour Post", "--json").stdout)[0]["sha256"]

    def shown(*args: str) -> list[str]:
        return sorted(f["verdict"] for f in json.loads(run("check", "--kept", "--json", *args).stdout))

    assert shown() == ["contradicted", "supported"]
    assert shown("--document", harbour[:8]) == ["contradicted"]
    assert shown("--outlet", "Inland Daily") == ["supported"]
    assert shown("--about", "folded twice") == ["contradicted"]
    assert shown("--about", "ministry rocket") == ["contradicted"]  # of the passage's sentence
    assert shown("--about", "helped") == []
    assert shown("--type", "missile_test") == ["contradicted", "supported"]
    assert shown("--type", "visit") == []
    assert shown("--since", "2023-08-23") == []
    assert shown("--verdict", "supported", "--verdict", "unknown") == ["supported"]
    assert shown("--limit", "1") == ["contradicted"]
    assert shown("--only", "toy") == ["contradicted", "supported"]
    assert "No finding to show." in run("check", "--kept", "--type", "visit").stderr


def test_a_failing_check_is_one_line_and_status_1(run: Run) -> None:
    said = run("check", fail=True)
    assert said.exit_code == 1
    assert said.stdout.count("CONTRADICTED") == 1
    failures = [x for x in said.stderr.splitlines() if x.startswith("crossfix: ")]
    assert len(failures) == 2
    assert all(x.startswith("crossfix: the check 'broken' failed at toy.event of E") for x in failures)
    assert all(x.endswith("ValueError: boo\ufffd[31m") for x in failures)
    assert run("check", "--only", "nothing").exit_code == 2


def test_list_names_the_checks(run: Run) -> None:
    said = run("check", "--list", fail=True)
    assert said.stdout.splitlines() == ["toy: events held against toys", "broken: events held against brokens"]
    assert json.loads(run("check", "--list", "--json").stdout) == [{"name": "toy", "title": "events held against toys"}]


def test_show_opens_a_finding_with_its_history(run: Run) -> None:
    run("check")
    (f,) = json.loads(run("check", "--kept", "--json", "--verdict", "contradicted").stdout)
    assert f["passages"][0]["text"] == "fired"
    said = run("show", f["id"], "--history")
    assert said.exit_code == 0
    assert "number    days_off = 84" in said.stdout
    assert "version 1: found, " in said.stdout
    told = json.loads(run("show", f["id"], "--json", "--history").stdout)
    assert (told["kind"], told["finding_kind"], told["id"]) == ("finding", "toy.event", f["id"])
    assert told["history"][0]["act"] == "found"
    missing = run("show", "F0123456789")
    assert missing.exit_code == 1
    assert "no finding has the id 'F0123456789'" in missing.stderr


def test_an_event_shows_what_was_found_about_it(run: Run) -> None:
    run("check")
    (event,) = json.loads(run("events", "--json").stdout)
    said = run("event", event["id"]).stdout
    assert "What could be checked:" in said
    assert "- contradicted: The rocket was fired" in said
    told = json.loads(run("event", event["id"], "--json").stdout)
    assert sorted(f["verdict"] for f in told["findings"]) == ["contradicted", "supported"]


# ------------------------------------------------------------------ data


def test_data_lists_tables_rows_and_one_row_with_its_source(run: Run) -> None:
    listed = run("data")
    assert listed.exit_code == 0
    assert "states" in listed.stdout
    assert max(map(len, listed.stdout.splitlines())) <= 80
    assert "a row goes by its iso, since the table has no id" in run("data", "states", "--limit", "2").stderr
    assert len(run("data", "states", "--limit", "2").stdout.splitlines()) <= 4
    one = run("data", "states:kp").stdout
    assert one.startswith("states:KP (of reference/states.tsv, line ")
    assert "name: North Korea" in one
    assert "licence: public domain facts" in one
    told = json.loads(run("data", "states:KP", "--json").stdout)
    assert (told["key"], told["values"]["name"]) == ("KP", "North Korea")
    tables = json.loads(run("data", "--json").stdout)
    assert {"name", "file", "holds", "rows", "source", "licence", "key"} <= set(tables[0])


def test_data_of_the_gazetteer(run: Run) -> None:
    assert "rows are too many to list" in run("data", "gazetteer").stderr
    assert "2042645: Rajin" in run("data", "gazetteer", "--about", "Rajin").stdout
    assert "source: GeoNames" in run("data", "gazetteer:2042645").stdout
    for missing in ("gazetteer:0", "gazetteer:x", "gazetteer:999999999"):
        assert "the gazetteer has no row" in run("data", missing).stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("data", "statess"), "there is no table 'statess'; near it: states"),
        (("data", "states:XX"), "the table 'states' has no row 'XX'"),
        (("data", "--about", "x"), "name a table whose rows to look in"),
    ],
)
def test_data_that_is_not_there(run: Run, args: tuple[str, ...], says: str) -> None:
    said = run(*args)
    assert said.exit_code in (1, 2)
    assert says in said.stderr
    assert said.stdout == ""
