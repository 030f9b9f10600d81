"""`origins`, `event`, `drift`, `merge`, `split`, `undo`, `decisions`: what they print, refuse and leave behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossfix.cli import cli
from crossfix.linking import link
from crossfix.model import Document
from crossfix.pipeline import extract
from crossfix.record.store import Record
from record_builders import sha

FIRST = (
    "SELBY, Nov. 20 - Norland likely test-fired a ballistic missile from Port Selby on 19 November 2023, the Estmark defence "
    "ministry said. The ministry showed no pictures of the launch.\n\nHarbour workers in Selby have loaded grain, timber and cement "
    "for eleven days, and the quay beside the old mill is closed to the public until the end of the month. Trains reach the quay by "
    "a single track that crosses the river on an iron bridge.\n"
)
REPRINT = FIRST.replace("likely test-fired", "test-fired")
OTHER = "Vostland's coast guard said a ship sank off Harle on 3 May 2022. Norland launched a satellite on 4 June 2022, Vostland said.\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a record of three reports: one, its reprint with a hedge less, and one on other things."""
    path = tmp_path / "r.sqlite"
    with Record.open(path, write=True) as record:
        for text, outlet, day in (
            (FIRST, "Harbour Post", "2023-11-20"), (REPRINT, "Inland Daily", "2023-11-21"), (OTHER, "Far Gazette", "2022-06-05"),
        ):  # fmt: skip
            raw = text.encode()
            document = Document("a.txt", sha(raw), "text/plain", text, outlet=outlet, published=day, language="en")
            record.add(extract(document), raw)
        link(record)

    def go(*args: str) -> Result:
        return CliRunner(env={"COLUMNS": "80", "CROSSFIX_BY": "Ada"}).invoke(cli, ["--record", str(path), *args])

    return go


def of(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def fits(result: Result) -> bool:
    return result.exit_code == 0 and all(len(line) <= 80 for line in result.stdout.splitlines())


def test_origins_show_the_root_the_reprint_and_why(run: Run) -> None:
    shown = run("origins")
    assert fits(shown)
    assert "2 documents" in shown.stdout
    assert "edited reprint of" in " ".join(shown.stdout.split())
    (big, small) = of(run("origins", "--json"))
    assert [len(o["documents"]) for o in (big, small)] == [2, 1]
    child = next(d for d in big["descents"] if d["derived_from"])
    assert (child["relation"], bool(child["why"])) == ("edited_reprint", True)
    assert [o["id"] for o in of(run("origins", "--about", "satellite", "--json"))] == [small["id"]]


def test_drift_quotes_both_passages_worst_first(run: Run) -> None:
    shown = run("drift")
    assert fits(shown)
    words = " ".join(shown.stdout.split())
    assert "firmness raised" in words
    assert words.index("before: Harbour Post") < words.index("after: Inland Daily")
    assert "“likely” is gone" in words
    rows = of(run("drift", "--json"))
    assert [r["confidence"] for r in rows] == sorted((r["confidence"] for r in rows), reverse=True)
    row = next(r for r in rows if r["kind"] == "firmness_raised")
    assert FIRST[row["parent"]["start"] : row["parent"]["end"]] == row["parent"]["text"]
    assert REPRINT[row["child"]["start"] : row["child"]["end"]] == row["child"]["text"]
    assert of(run("drift", "--kind", "speaker_changed", "--json")) == []
    wrong = run("drift", "--kind", "nonsense")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (2, 1)


def test_an_event_shows_origins_claims_for_and_against_and_drift(run: Run) -> None:
    event = next(e for e in of(run("events", "--json")) if len(e["reports"]) == 2)
    shown = run("event", event["id"])
    assert fits(shown)
    words = " ".join(shown.stdout.split())
    assert "1 independent origin, 2 documents" in words
    assert "Who suspects it" in words
    assert "What changed on the way" in words
    out = of(run("event", event["id"], "--json"))
    assert set(out["claims_for_and_against"]) == {"asserts", "denies", "suspects", "says_otherwise"}
    assert out["claims_for_and_against"]["suspects"]
    assert {d["kind"] for d in out["drift"]} >= {"firmness_raised"}
    assert len(out["origins"]) == 1


def whole(run: Run) -> Any:
    return of(run("export"))


def test_a_merge_and_its_undoing_by_number(run: Run) -> None:
    before = whole(run)
    ids = sorted(e["id"] for e in of(run("events", "--json")))
    assert len(ids) >= 2
    done = run("merge", ids[0], ids[1], "--why", "the same day, wrongly dated")
    assert fits(done)
    assert "decision 1, by Ada" in done.stdout
    assert "crossfix undo 1" in done.stderr
    after = whole(run)
    assert len(after["events"]) == len(before["events"]) - 1
    (kept,) = after["decisions"]
    assert (kept["by"], kept["why"], kept["verb"]) == ("Ada", "the same day, wrongly dated", "merge")
    again = run("merge", *ids[:2])
    assert again.exit_code == 2
    assert "are one event already" in again.stderr
    assert fits(run("decisions"))
    assert fits(run("undo", "1", "--by", "Bo", "--why", "two after all"))
    assert whole(run) == before
    listed = " ".join(run("decisions", "--all").stdout.split())
    assert "undone" in listed
    assert "by Bo: two after all" in listed
    (told,) = of(run("decisions", "--all", "--json"))
    assert told["undoing"]["by"] == "Bo"
    assert run("undo", "1").exit_code == 2


def test_an_event_and_an_origin_are_split_by_document_and_put_back(run: Run) -> None:
    before = whole(run)
    event = next(e for e in before["events"] if len(e["reports"]) == 2)
    out = of(run("split", event["id"], event["reports"][1][:8], "--json"))
    assert len(out["now"]) == 2
    assert of(run("undo", event["id"], "--json"))["undone"] is True
    assert whole(run) == before
    origin = next(o for o in before["origins"] if len(o["documents"]) == 2)
    assert fits(run("split", origin["id"], "--why", "two reporters"))
    assert len(whole(run)["origins"]) == len(before["origins"]) + 1
    assert fits(run("undo", origin["id"]))
    assert whole(run) == before


def test_agents_are_merged_by_name_and_parted_by_name(run: Run) -> None:
    before = whole(run)
    names = [a["name"] for a in before["agents"]]
    assert {"Norland", "Vostland"} <= set(names)
    assert fits(run("merge", "Norland", "Vostland"))
    agents = whole(run)["agents"]
    assert len(agents) == len(names) - 1
    one = next(a for a in agents if "Vostland" in (a["name"], *a["aliases"]))
    assert "Norland" in (one["name"], *one["aliases"])
    assert fits(run("split", one["id"], "Vostland"))
    assert len(whole(run)["agents"]) == len(names)
    assert run("undo", "2").exit_code == 0
    assert run("undo", "1").exit_code == 0
    assert whole(run) == before


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["event", "Enothing"], 1, "no event has the id"),
        (["merge", "Enothing", "Eother"], 1, "no event, origin or agent has the id"),
        (["merge", "Norland"], 2, "one id is not enough"),
        (["split", "Enothing"], 1, "no event, origin or agent has the id"),
        (["undo", "9"], 1, "no decision '9'"),
        (["undo", "Norland"], 1, "no decision in force is about Norland"),
        (["split", "Norland", "Nobody"], 1, "has no name 'Nobody'"),
        (["undo"], 2, "Missing argument"),
    ],
)
def test_what_means_nothing_gets_one_clear_line_and_changes_nothing(
    run: Run, args: list[str], status: int, words: str
) -> None:
    before = whole(run)
    result = run(*args)
    assert result.exit_code == status
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert whole(run) == before


def test_unlike_things_are_not_merged(run: Run) -> None:
    out = whole(run)
    result = run("merge", out["events"][0]["id"], out["origins"][0]["id"])
    assert result.exit_code == 2
    assert "only like can be merged with like" in result.stderr


def test_a_terminal_is_safe_from_a_document(record_path: Path) -> None:
    for command in (["origins"], ["drift"], ["event", "Enothing\x1b[31m"]):
        shown = CliRunner().invoke(cli, ["--record", str(record_path), *command])
        assert "\x1b" not in shown.output
