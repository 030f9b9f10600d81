"""One row with its passages and history, and search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]


def _first(crossfix: Run, command: str) -> str:
    row = json.loads(crossfix(command, "--json").stdout)[0]
    return str(row.get("id") or row["sha256"])


@pytest.mark.parametrize(
    ("command", "kind", "words"),
    [
        ("claims", "Claim", "Norland fired a rocket from Port Selby on Tuesday"),
        ("events", "Event", "fired"),
        ("transfers", "Transfer", "sending 40 crates of shells"),
        ("documents", "Document", "Norland fired a rocket"),
    ],
)
def test_show_prints_the_row_and_its_passages(crossfix: Run, command: str, kind: str, words: str) -> None:
    key = _first(crossfix, command)
    result = crossfix("show", key)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{kind} {key}")
    assert words in " ".join(result.stdout.split())
    whole = json.loads(crossfix("show", key, "--json").stdout)
    assert whole["kind"] == kind.lower()
    for passage in whole["passages"]:
        assert passage["text"]
        assert len(passage["text"]) == passage["end"] - passage["start"]


def test_show_history_says_when_by_whom_and_what(crossfix: Run) -> None:
    key = _first(crossfix, "claims")
    assert "version 1: " in crossfix("show", key, "--history").stdout
    entries = json.loads(crossfix("show", key, "--history", "--json").stdout)["history"]
    assert entries[0]["by"].startswith("crossfix ")
    assert "version 1: " not in crossfix("show", key).stdout


def test_a_document_is_found_by_the_first_characters_of_its_hash(crossfix: Run) -> None:
    sha = _first(crossfix, "documents")
    assert crossfix("show", sha[:10]).stdout.startswith(f"Document {sha}")


@pytest.mark.parametrize("wrong", ["E9999", "abcdef99", "zzz", "  x  "])
def test_an_unknown_id_is_one_line(crossfix: Run, wrong: str) -> None:
    result = crossfix("show", wrong)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("crossfix: ")
    assert result.stderr.count("\n") == 1


def test_search_finds_passages_in_any_document(crossfix: Run) -> None:
    assert "40 crates of shells" in " ".join(crossfix("search", "crates", "shells").stdout.split())
    assert "로켓" in crossfix("search", "로켓").stdout
    hits = json.loads(crossfix("search", "rocket", "--json").stdout)
    assert all("rocket" in h["text"] for h in hits)
    assert hits
    none = crossfix("search", "xylophone")
    assert (none.stdout, none.stderr, none.exit_code) == ("", "No passage matches.\n", 0)


def test_control_characters_of_a_document_never_reach_the_terminal(crossfix: Run) -> None:
    sha = next(d["sha256"] for d in json.loads(crossfix("documents", "--json").stdout) if d["outlet"] == "Inland Daily")
    for args in (("show", sha), ("search", "success"), ("claims",)):
        assert "\x1b" not in crossfix(*args).output


def test_show_of_an_event_says_who_says_what_of_it(crossfix: Run) -> None:
    event = json.loads(crossfix("events", "--json").stdout)[0]
    shown = crossfix("show", event["id"]).stdout
    assert "Who says what of it:" in shown
    assert re.search(r"\n {4}\S.*: (assert|deny|suspect|announce), ", shown)
