"""`review` at the command line: said, listed, seen in `show`, and taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from crossfix.cli import cli
from crossfix.linking import link
from crossfix.record import Record
from record_builders import report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of one report with a claim and an event."""
    where = tmp_path / "r.sqlite"
    with Record.open(where, write=True) as record:
        extraction, raw = report(
            "Norland fired a rocket on 24 August 2023, Holt said.", claims=[("Holt", "said", "fired a rocket")],
            events=[{"trigger": "fired a rocket", "when": "2023-08-24"}],
        )  # fmt: skip
        record.add(extraction, raw)
        link(record)
    return where


def run(path: Path, *arguments: str, status: int = 0) -> str:
    said = CliRunner().invoke(cli, ["--record", str(path), *arguments])
    told = said.output if said.exception is None else said.output + str(said.exception)
    assert (said.exit_code == 0) == (status == 0), told
    return told


def test_a_correction_is_said_listed_shown_and_taken_back(path: Path) -> None:
    claim = json.loads(run(path, "claims", "--json"))[0]["id"]
    before = run(path, "--quiet", "show", claim)
    assert "reviewed" not in before
    said = run(
        path,
        "review",
        claim,
        "--set",
        "speaker=Anna Holt",
        "--set",
        "stance=suspect",
        "--why",
        "the caption",
        "--by",
        "Ada",
    )
    assert "act-1" in said
    assert "set the speaker to Anna Holt (was Holt) (the caption)" in " ".join(said.split())
    shown = " ".join(run(path, "show", claim, "--history").split())
    assert "corrected by Ada" in shown
    assert "act-2: set the stance to suspect (was assert)" in shown
    assert "2 acts" in run(path, "review", claim)
    assert json.loads(run(path, "--quiet", "review", claim, "--json"))["seen"] == 2
    assert "newer" in run(path, "review", "--help")
    assert "had not seen" in run(path, "review", claim, "--accept", "--seen", "1", "--by", "Bo", status=1)
    run(path, "review", "--undo", "act-2", "--by", "Bo")
    assert "taken back" in run(path, "undo", "act-1", "--by", "Bo")
    assert run(path, "--quiet", "show", claim) == before
    assert run(path, "--quiet", "review") == ""
    assert len(re.findall(r"act-\d", run(path, "--quiet", "review", "--all"))) == 2


def test_what_cannot_be_said_is_refused_in_one_line(path: Path) -> None:
    event = json.loads(run(path, "events", "--json"))[0]["id"]
    assert "give FIELD=VALUE" in run(path, "review", event, "--set", "date", status=2)
    assert "not both" in run(path, "review", event, "--accept", "--reject", status=2)
    assert "an id is missing" in run(path, "review", "--accept", status=2)
    assert "no claim, event" in run(path, "review", "nothing", "--accept", status=1)
    run(path, "review", event, "--set", "date=2023-08-25", "--set", "outcome=maybe", "--by", "Ada", status=2)
    assert json.loads(run(path, "--quiet", "review", event, "--json"))["acts"] == []  # all or nothing
