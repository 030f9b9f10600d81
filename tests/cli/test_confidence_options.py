"""Confidence on the command line: shown, filtered by --sure, and --fast handed down to the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossfix.cli import cli
from crossfix.linking import link
from crossfix.model import Span
from crossfix.record.store import Record
from record_builders import report

TEXT = (
    "Norland may have fired a rocket, the ministry said. Vostland denied it. Envoys said talks go on. "
    "A hotline is planned."
)
Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Four claims: sure at 0.879 with words that set its firmness, less sure, without an estimate, in the outlet's own voice."""
    place = tmp_path / "sure.sqlite"
    extraction, raw = report(
        TEXT,
        claims=[
            ("the ministry", "said", "Norland may have fired a rocket"),
            ("Vostland", "denied", "it"),
            ("Envoys", "said", "talks go on"),
            ("A hotline", "is", "A hotline is planned."),
        ],
    )
    a, b, c, own = extraction.claims
    may = TEXT.index("may have")
    a = replace(a, confidence=0.8791, firmness="possible", firmness_words=(Span.of(TEXT, may, may + 8),))
    own = replace(own, source=None, cue=None, source_name=None, chain=("Harbour Post",), voice="outlet")
    with Record.open(place, write=True) as record:
        record.add(replace(extraction, claims=(a, replace(b, confidence=0.41), c, own), fast=True), raw)
        link(record)
    return place


@pytest.fixture
def crossfix(path: Path) -> Run:
    def run(*args: str) -> Result:
        return CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["--record", str(path), *args])

    return run


def ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return [c["id"].rpartition("-")[2] for c in json.loads(result.stdout)]


def test_the_table_shows_the_figure_within_80_columns(crossfix: Run) -> None:
    shown = crossfix("claims").stdout
    assert "87 %" in shown
    assert "41 %" in shown
    assert shown.count("%") == 2
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("least", "kept"),
    [
        ("0", ["c1", "c2"]),
        ("0.41", ["c1", "c2"]),
        ("0.5", ["c1"]),
        ("0.8791", ["c1"]),
        ("0.88", []),
        ("1", []),
    ],
)
def test_sure_keeps_those_at_least_as_likely(crossfix: Run, least: str, kept: list[str]) -> None:
    assert ids(crossfix("claims", "--sure", least, "--json")) == kept
    footer = " ".join(crossfix("claims", "--sure", least).stderr.split())
    assert f"Left out: {4 - len(kept)} claims" in footer
    assert "1 in the outlet’s own voice and 1 without an estimate" in footer
    assert ("with a lower estimate" in footer) == (len(kept) < 2)


def test_sure_counts_within_the_other_filters(crossfix: Run) -> None:
    result = crossfix("claims", "--sure", "0.5", "--about", "rocket")
    assert "1 claim\n" in result.stderr
    assert "Left out" not in result.stderr
    result = crossfix("claims", "--sure", "0.5", "--about", "talks")
    assert "No claims match." in result.stderr
    assert "Left out: 1 claim (1 without an estimate)." in result.stderr
    assert crossfix("--quiet", "claims", "--sure", "0.5").stderr == ""


@pytest.mark.parametrize("command", ["claims", "dossier"])
@pytest.mark.parametrize("wrong", ["1.2", "abc", "-0.1", "nan", "inf", "87%", ""])
def test_a_value_that_is_no_share_is_one_clear_line(crossfix: Run, command: str, wrong: str) -> None:
    result = crossfix(command, "--sure", wrong)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert f"--sure': '{wrong}' is no number from 0 to 1" in result.stderr


def test_json_has_three_decimals_and_the_words(crossfix: Run) -> None:
    first, second, third, own = json.loads(crossfix("claims", "--json").stdout)
    assert [c["confidence"] for c in (first, second, third, own)] == [0.879, 0.41, None, None]
    assert [w["text"] for w in first["firmness_words"]] == ["may have"]
    assert own["firmness_words"] == []
    assert json.loads(crossfix("show", first["id"], "--json").stdout)["confidence"] == 0.879


def test_show_gives_the_figure_its_meaning_and_the_words(crossfix: Run) -> None:
    sure, _, none, own = (
        " ".join(crossfix("show", c["id"]).stdout.split()) for c in json.loads(crossfix("claims", "--json").stdout)
    )
    assert "firmness: possible by the words: “may have” confidence: 87 %: of attributions with this figure" in sure
    assert "confidence: not estimated" in none
    assert "confidence" not in own


def test_a_document_says_how_it_was_read(crossfix: Run) -> None:
    (document,) = json.loads(crossfix("documents", "--json").stdout)
    assert document["fast"] is True
    shown = crossfix("show", document["sha256"][:8]).stdout
    assert "by the rules alone, without the trained model" in shown
    assert "Read:** by the rules alone" in crossfix("dossier", "-o", "-").stdout


# ------------------------------------------------------------------ --fast


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What ``attributions`` was asked for, call by call: with ``fast`` or without."""
    import crossfix.language.attribution as room

    seen: list[bool] = []
    real = room.attributions

    def spy(parse: Any, document: Any, names: Sequence[Any], fast: bool = False) -> Any:
        seen.append(fast)
        return real(parse, document, names, True)

    monkeypatch.setattr(room, "attributions", spy)
    return seen


def test_fast_reaches_the_attributions(asked: list[bool], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ministry said on Monday that the port of Rajin was closed.", encoding="utf-8")
    for args in (["--fast"], []):
        line = json.loads(CliRunner().invoke(cli, ["extract", *args, str(file)]).stdout)
        assert line["fast"] is bool(args)
        assert line["attributions"]
        assert all({"confidence", "firmness_words"} <= set(a) for a in line["attributions"])
    assert asked == [True, False]


def test_add_keeps_the_mode_and_says_what_stays_as_it_was(asked: list[bool], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ministry said on Monday that the port of Rajin was closed.", encoding="utf-8")

    def add(*args: str) -> str:
        result = CliRunner().invoke(cli, ["--record", str(tmp_path / "r.sqlite"), "add", *args, str(file)])
        assert result.exit_code == 0, result.stderr
        return result.stderr

    assert "rules alone" not in add("--fast")
    assert asked == [True]
    with Record.open(tmp_path / "r.sqlite") as record:
        assert [d.fast for d in record.documents()] == [True]
    assert "rules alone" not in add("--fast")
    said = add()
    assert "1 document already there was read by the rules alone and stays so" in said
    assert asked == [True]
    file.write_text("The ministry said on Tuesday that the port of Rajin was open.", encoding="utf-8")
    assert "rules alone" not in add()
    assert asked == [True, False]
    with Record.open(tmp_path / "r.sqlite") as record:
        assert sorted(str(d.fast) for d in record.documents()) == ["False", "True"]
    assert "rules alone" not in add()
