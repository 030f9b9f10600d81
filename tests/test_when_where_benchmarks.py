"""The benchmarks of times and places: what they cost, the two parts of the times corpus, HeidelTime beside ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import heideltime, processes, scoring, when_where
from benchmarks.heideltime import Timex

FAKE = (sys.executable, str(Path(__file__).parent / "fakes" / "fake_crossfix.py"))


@pytest.fixture
def setting(shared: Path, tmp_path: Path) -> scoring.Setting:
    """The fake on the shared development data."""
    return scoring.Setting(FAKE, shared / "eval", tmp_path, quick=True)


def gold_of(setting: scoring.Setting) -> list[dict[str, object]]:
    lines = (setting.data / "times" / "tbaq" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_cost_is_a_ratio_of_processor_time(setting: scoring.Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = iter([0.3, 0.9, 0.4])

    def measured(command: list[str], **_: object) -> processes.Ran:
        texts = command[3:]
        out = {"load": {"seconds": 0.0 if texts else next(loads), "bytes": 44_000_000.0}}
        cost = {"cost": {"parser": 10.0, "times": 1.0, "places": 0.5}} if texts else {}
        return processes.Ran(1.0, json.dumps({**out, **cost}), 0)

    monkeypatch.setattr(when_where, "run", measured)
    figures, details = when_where.when_where(setting)
    assert figures == {"when_where_ratio": 0.15, "gazetteer_seconds": 0.4, "gazetteer_mb": 44.0}
    assert details["texts"] == 24


def test_the_load_and_the_cost_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ship left Najin on 12 September 2023, an official in Seoul said.\n")
    command = [sys.executable, "-m", "benchmarks.when_where", str(path)]
    out = scoring.last_object(processes.run(command, cwd=when_where.ROOT).stdout)
    assert 0.01 < out["load"]["seconds"] < 30
    assert out["load"]["bytes"] is None or 1e6 < out["load"]["bytes"] < 1e9
    assert set(out["cost"]) == {"parser", "times", "places"}
    assert all(seconds > 0 for seconds in out["cost"].values())


def test_the_parts_of_the_times_corpus_are_scored_apart(setting: scoring.Setting, tmp_path: Path) -> None:
    gold = gold_of(setting)
    right = tmp_path / "right.jsonl"  # the gold of one part as prediction: all right there, nothing found elsewhere
    with right.open("w", encoding="utf-8") as out:
        for row in gold:
            if row["part"] == "timebank":
                out.write(json.dumps({"file": Path(str(row["file"])).name, "times": row["times"]}) + "\n")
    scored = scoring.parts(setting, right)
    assert set(scored) == {"timebank", "timebank_sound", "aquaint"}
    sound = scored.pop("timebank_sound")
    listed = scoring.slips()
    assert listed
    assert sound["gold"] == scored["timebank"]["gold"] - len(listed)  # every slip listed is a date of the corpus
    assert sound["calendar"]["all"]["gold"] == scored["timebank"]["calendar"]["all"]["gold"] - len(listed)
    assert scored["timebank"]["value"]["f1"] == 100
    assert scored["aquaint"]["value"]["f1"] == 0
    assert sum(x["documents"] for x in scored.values()) == len(gold)
    assert sum(x["gold"] for x in scored.values()) == sum(len(r["times"]) for r in gold)  # type: ignore[arg-type]


def test_heideltime_is_scored_on_the_same_files(setting: scoring.Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = gold_of(setting)
    asked: list[tuple[str, str]] = []

    def annotate(texts: list[tuple[str, str]], _: object) -> list[list[Timex]]:
        asked.extend(texts)
        return [[Timex(t["start"], t["end"], t["type"], t["value"]) for t in r["times"]] for r in gold]  # type: ignore[attr-defined]

    monkeypatch.setattr(heideltime, "installed", lambda: heideltime.Installed("java", Path("x"), "1.0.6"))
    monkeypatch.setattr(heideltime, "annotate", annotate)
    figures, details = heideltime.heideltime(
        setting, {"value": {"f1": 81.5}, "parts": {"aquaint": {"value": {"f1": 75.25}}}}
    )
    assert figures["times_heideltime"] == 100
    assert figures["times_value_margin"] == -18.5
    assert figures["times_aquaint_margin"] == -24.75
    assert figures["times_heideltime_calendar"] == 100  # its days are made from its values
    assert [day for _, day in asked] == [r["published"] for r in gold]
    assert details["scored"]["text_differs"] == 0


def test_heideltime_that_finds_nothing_at_all_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "config_props_template").write_text("treeTaggerHome = {path}\n")

    def silent(command: list[str], **_: object) -> processes.Ran:
        config, listed, out = (Path(x) for x in command[-3:])
        assert "TreeTaggerLinux" in config.read_text()
        Path(out).write_text("".join(f"F\t{line}\n" for line in listed.read_text().splitlines()))
        return processes.Ran(0.1, "", 0)

    monkeypatch.setattr(heideltime, "run", silent)
    with pytest.raises(processes.BenchmarkError, match="does TreeTagger run"):
        heideltime.annotate([("On Monday.", "2023-12-18")], heideltime.Installed("java", tmp_path, "1.0.6"))


def test_heideltime_s_lines_are_read_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "config_props_template").write_text("")

    def found(command: list[str], **_: object) -> processes.Ran:
        Path(command[-1]).write_text("F\ta\n6\t12\tDATE\t2023-12-18\tSTART\nF\tb\n", encoding="utf-8")
        return processes.Ran(0.1, "", 0)

    monkeypatch.setattr(heideltime, "run", found)
    got = heideltime.annotate(
        [("\U0001f680 On Monday.", "2023-12-18"), ("No.", "2023-12-18")], heideltime.Installed("java", tmp_path, "1")
    )
    assert got == [[Timex(5, 11, "DATE", "2023-12-18", "START")], []]
