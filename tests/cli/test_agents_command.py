"""`agents`, and what `show` prints of agents, origins, drifts and decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossfix.cli import agents, cli
from crossfix.cli.common import State
from crossfix.linking import link
from crossfix.model import Document
from crossfix.pipeline import extract
from crossfix.record.rows import AgentRow
from crossfix.record.store import Record
from record_builders import sha

FIRST = (
    "PARIS, Nov. 20 - North Korea likely test-fired a ballistic missile on 19 November 2023, French Foreign Minister Catherine "
    "Colonna said. Officials of the ministry, among them Ada Holm and Bo Lund, said no pictures of the launch would be shown.\n\n"
    "Harbour workers have loaded grain, timber and cement for eleven days, and the quay beside the old mill is closed to the public "
    "until the end of the month. Trains reach the quay by a single track that crosses the river on an iron bridge.\n"
)
SECOND = FIRST.replace("likely test-fired", "test-fired")
OTHER = "Colonna, the French minister, said on 3 May 2023 that a ship sank. “We wait,” Colonna said.\n"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a report, its reprint with a hedge less, and another by the same speaker."""
    out = tmp_path_factory.mktemp("agents") / "r.sqlite"
    with Record.open(out, write=True) as record:
        for text, outlet, day in (
            (FIRST, "Harbour Post", "2023-11-20"), (SECOND, "Inland Daily", "2023-11-21"), (OTHER, "Far Gazette", "2023-05-05"),
        ):  # fmt: skip
            raw = text.encode()
            document = Document("a.txt", sha(raw), "text/plain", text, outlet=outlet, published=day, language="en")
            record.add(extract(document), raw)
        link(record)
    return out


@pytest.fixture
def run(path: Path) -> Run:
    def go(*args: str) -> Result:
        return CliRunner(env={"COLUMNS": "80", "CROSSFIX_BY": "Ada"}).invoke(cli, ["--record", str(path), *args])

    return go


def of(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def words(result: Result) -> str:
    """The output on one line, once it is seen to fit."""
    assert result.exit_code == 0, result.output
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    return " ".join(result.stdout.split())


def test_agents_are_listed_with_kind_and_office(run: Run) -> None:
    shown = run("agents")
    told = words(shown)
    assert "Catherine Colonna (person)" in told
    assert "held foreign minister of France, 2022-05-20 to 2024-01-11" in told
    assert shown.stderr.strip().endswith("agents")
    rows = of(run("agents", "--json"))
    assert {"id", "name", "kind", "aliases", "grounds", "offices", "members"} <= set(rows[0])


def test_agents_are_picked_by_name_kind_and_count(run: Run) -> None:
    people = of(run("agents", "--kind", "person", "--json"))
    assert people
    assert {a["kind"] for a in people} == {"person"}
    assert len(of(run("agents", "--kind", "person", "--limit", "1", "--json"))) == 1
    assert "Colonna" in words(run("agents", "--agent", "Colonna"))
    none = run("agents", "--kind", "vessel")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "No agents match" in none.stderr


def test_show_opens_an_agent_with_its_passages(run: Run) -> None:
    (agent,) = of(run("agents", "--agent", "Catherine Colonna", "--json"))
    told = words(run("show", agent["id"]))
    assert told.startswith(f"{agent['id']} Catherine Colonna (person)")
    for g in agent["grounds"]:
        assert f"[{g['evidence']['start']}-{g['evidence']['end']}]" in told
    out = of(run("show", agent["id"], "--json", "--history"))
    assert (out["kind"], out["agent_kind"]) == ("agent", "person")
    assert out["history"]


def test_show_opens_an_origin_and_a_drift(run: Run) -> None:
    origin = next(o for o in of(run("origins", "--json")) if len(o["documents"]) == 2)
    assert "reprint of" in words(run("show", origin["id"]))
    shown = of(run("show", origin["id"], "--json"))
    assert shown["kind"] == "origin"
    assert shown["descents"] == origin["descents"]
    drift = of(run("drift", "--json"))[0]
    told = words(run("show", drift["id"]))
    assert told.index("before: Harbour Post") < told.index("after: Inland Daily")
    out = of(run("show", drift["id"], "--json"))
    assert (out["kind"], out["drift_kind"], out["parent"]["text"]) == ("drift", drift["kind"], drift["parent"]["text"])


def test_show_opens_a_decision_in_force_and_undone(run: Run) -> None:
    one, two = (of(run("agents", "--agent", n, "--json"))[0]["id"] for n in ("Colonna", "North Korea"))
    number = of(run("merge", one, two, "--why", "for the test", "--json"))["number"]
    told = words(run("show", f"decision-{number}"))
    assert "merge of agents by Ada" in told
    assert "why: for the test" in told
    assert "together: " in told
    of(run("undo", str(number), "--json"))
    assert "undone since" in words(run("show", f"Decision-{number}"))
    out = of(run("show", f"decision-{number}", "--json", "--history"))
    assert (out["kind"], out["decision_kind"], out["undone"], len(out["history"])) == ("decision", "agent", True, 2)


@pytest.mark.parametrize("id_", ["A0000000000", "O0000000000", "D0000000000", "decision-99"])
def test_what_is_not_there_gets_one_clear_line(run: Run, id_: str) -> None:
    result = run("show", id_)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_a_hash_that_looks_like_an_agents_id_still_opens_its_document(run: Run) -> None:
    sha256 = of(run("documents", "--json"))[0]["sha256"]
    assert words(run("show", sha256[:11])).startswith("Document ")


def test_agents_held_against_a_list_of_entities(run: Run, tmp_path: Path) -> None:
    people = tmp_path / "list.ftm.json"
    names = {"name": ["Catherine COLONNA"], "alias": ["C. Colonna of Tours"], "country": ["fr"]}
    people.write_text(
        json.dumps({"id": "q1", "schema": "Person", "properties": names, "datasets": ["harbour_list"]}) + "\nno line\n",
        encoding="utf-8",
    )
    shown = run("agents", "--kind", "person", "--entities", str(people))
    assert shown.exit_code == 0
    assert "Catherine Colonna: q1 of harbour_list has the name 'Catherine Colonna' too (FR)" in " ".join(
        shown.stdout.split()
    )
    assert "also C. Colonna of Tours" in shown.stdout
    assert "nothing was changed" in shown.stderr
    assert "line 2" in shown.stderr
    (offer,) = json.loads(run("agents", "--kind", "person", "--entities", str(people), "--json").stdout)
    assert (offer["entity"], offer["alone"]) == ("q1", True)
    gone = run("agents", "--entities", str(tmp_path / "no.json"))
    assert gone.exit_code == 1
    assert "no.json" in gone.stderr


def test_two_agents_that_meet_one_entity_are_named_with_the_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [AgentRow(i, n, "person", (), (), None) for i, n in (("A1", "Ada Holm"), ("A2", "Ada Brandt"))]
    names = {"name": ["Ada Holm"], "previousName": ["Ada Brandt"]}
    path = tmp_path / "l.json"
    path.write_text(json.dumps({"id": "q2", "schema": "Person", "properties": names}) + "\n", encoding="utf-8")
    agents._offered(State("r.sqlite", False), rows, str(path), json_=False)
    assert "q2 meets 2 agents; if they are one: crossfix merge A1 A2" in capsys.readouterr().out
