"""The benchmarks: they measure what they say, floors hold their ground, and the rules are over the floors."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from benchmarks import floors, long_document, processes, reliability, report, run, samples, scoring, speed
from benchmarks.floors import Floor
from benchmarks.metrics import BENCHMARKS, METRICS, picked

ROOT = Path(__file__).resolve().parent.parent
FAKE = (sys.executable, str(Path(__file__).parent / "fakes" / "fake_crossfix.py"))
DAY = dt.date(2024, 5, 6)

# What issues 2, 3 and 4 asked for. Later issues raise these; a floor under them needs a reason kept in floors.toml.
ASKED = {
    "claims_relaxed_f1": 65,
    "claims_lowest_f1": 45,
    "claims_stance": 85,
    "claims_speaker": 85,
    "claims_chain": 70,
    "events_core_f1": 50,
    "transfers_f1": 40,
    "polnear_relaxed_f1": 72.5,
    "polnear_strict_f1": 61,
    "faults": 0,
    "speed_ratio": 0.5,
    "fast_speed_ratio": 0.5,
    "times_value_margin": 3,
    "places_tagging_f1": 88,
    "places_near": 80,
    "events_date": 90,
    "events_place": 90,
    "when_where_ratio": 0.2,
    "gazetteer_seconds": 0.5,
    "gazetteer_mb": 150,
    "help_seconds": 0.3,
    "start_seconds": 4,
    "memory_gb": 1.5,
    "long_document_gb": 1.5,
}


@pytest.fixture
def setting(shared: Path, tmp_path: Path) -> scoring.Setting:
    """The fake on the shared development data."""
    return scoring.Setting(FAKE, shared / "eval", tmp_path, quick=True)


# ------------------------------------------------------------------ floors


def test_the_floors_asked_for_stand() -> None:
    kept = floors.read()
    for name, value in ASKED.items():
        assert floors.meets(name, kept[name].value, value) or kept[name].lowered, name


def test_a_floor_rises_freely_and_falls_only_with_a_reason() -> None:
    start = {"polnear_relaxed_f1": Floor(40.0), "memory_gb": Floor(1.5)}
    assert floors.changed(start, "polnear_relaxed_f1", 45, None, DAY)["polnear_relaxed_f1"] == Floor(45)
    assert floors.changed(start, "memory_gb", 1.2, None, DAY)["memory_gb"] == Floor(1.2)
    for name, value in (("polnear_relaxed_f1", 39.9), ("memory_gb", 1.6)):
        for reason in (None, "", "  "):
            with pytest.raises(floors.FloorError, match="--lower REASON"):
                floors.changed(start, name, value, reason, DAY)
    relaxed = floors.changed(start, "memory_gb", 2.0, 'a "larger"\nmodel', DAY)["memory_gb"]
    assert relaxed == Floor(2.0, (("2024-05-06", 1.5, 2.0, 'a "larger" model'),))


def test_floors_are_written_and_read_back(tmp_path: Path) -> None:
    kept = {"claims_relaxed_f1": Floor(50.5), "memory_gb": Floor(2.0, (("2024-05-06", 1.5, 2.0, 'a "big" \\ model'),))}
    floors.write(kept, tmp_path / "floors.toml")
    assert floors.read(tmp_path / "floors.toml") == kept


def test_the_committed_floors_are_as_the_program_writes_them(tmp_path: Path) -> None:
    floors.write(floors.read(), tmp_path / "floors.toml")
    assert (tmp_path / "floors.toml").read_text() == floors.PATH.read_text()


def test_a_floor_for_an_unknown_figure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text("[claims_relaxd_f1]\nvalue = 50\n")
    with pytest.raises(floors.FloorError, match="claims_relaxd_f1"):
        floors.read(tmp_path / "floors.toml")
    with pytest.raises(floors.FloorError, match="no metric"):
        floors.changed({}, "nonsense", 1, None, DAY)


def test_failures_name_the_figure_and_what_was_asked() -> None:
    asked = {"claims_relaxed_f1": Floor(50), "memory_gb": Floor(1.5), "speed_ratio": Floor(0.5), "faults": Floor(0)}
    figures = {"claims_relaxed_f1": 49.9, "memory_gb": 1.6, "speed_ratio": None}
    lines = floors.failures(figures, asked)
    assert [x.split(":")[0] for x in lines] == ["claims_relaxed_f1", "memory_gb", "speed_ratio"]
    assert "at least 50" in lines[0]
    assert "at most 1.5" in lines[1]
    assert "not measured" in lines[2]
    assert floors.failures({"claims_relaxed_f1": 50.0, "memory_gb": 1.5, "faults": 0.0}, asked) == []


def test_the_command_line_refuses_to_relax_without_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    before = floors.PATH.read_text()
    assert run.main(["--set", "polnear_relaxed_f1=1"]) == 2
    assert run.main(["--set", "polnear_relaxed_f1=high"]) == 2
    assert "--lower REASON" in capsys.readouterr().err
    assert floors.PATH.read_text() == before


# ------------------------------------------------------------------ the figures


def test_every_scored_figure_belongs_to_a_benchmark_that_is_run() -> None:
    assert set(BENCHMARKS) >= set(scoring.SPLITS) - {"articles"}
    assert all(
        (m.path != "") == (m.benchmark in {*scoring.SPLITS, "reprints"}) for m in METRICS.values() if m.name != "faults"
    )


def test_picked_takes_the_figures_by_their_path() -> None:
    scored = {"relaxed": {"f1": 41}, "strict": {"f1": None}, "cue_match": {"f1": 60.5}}
    assert picked("attribution", scored) == {
        "polnear_relaxed_f1": 41.0,
        "polnear_strict_f1": None,
        "polnear_cue_f1": 60.5,
    }
    with pytest.raises(KeyError):
        picked("attribution", {"relaxed": {}})


@pytest.mark.parametrize("benchmark", ["record", "attribution"])
def test_the_scorers_run_and_every_figure_is_found(setting: scoring.Setting, benchmark: str) -> None:
    figures, details, faults = scoring.score(setting, benchmark)
    assert set(figures) == {m.name for m in METRICS.values() if m.benchmark == benchmark}
    headline = {"record": "claims_relaxed_f1", "attribution": "polnear_relaxed_f1"}[benchmark]
    assert figures[headline] == 0.0  # the fake finds nothing
    assert faults == 0
    assert details["scored"]["documents"] == (7 if benchmark == "record" else 84)


def test_the_lowest_document_is_the_lowest(setting: scoring.Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    real = scoring.last_object

    def changed(output: str) -> dict[str, object]:
        out = real(output)
        for k, x in enumerate(out.get("per_document", {}).values()):
            x["claims"]["relaxed"]["f1"] = None if k == 3 else 50.0 + k
        return out

    monkeypatch.setattr(scoring, "last_object", changed)
    figures, details, _ = scoring.score(setting, "record")
    assert figures["claims_lowest_f1"] == 0.0
    assert sorted(scoring.by_document(details["scored"]).values()) == [0, 50, 51, 52, 54, 55, 56]


def test_the_rules_alone_stand_beside_the_model(setting: scoring.Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    real = scoring.run
    monkeypatch.setattr(scoring, "run", lambda c, **k: (ran.append(list(c)), real(c, **k))[1])
    names = [p.stem for p in (setting.data / "record" / "texts").iterdir()]
    full = {n: float(k) for k, n in enumerate(sorted(names))}
    figures, details = scoring.score_rules(setting, full)
    drivers = [c for c in ran if "--command" in c]
    assert len(drivers) == 2
    assert all(c[c.index("--command") + 1].endswith("extract --fast") for c in drivers)
    assert set(figures) == {m.name for m in METRICS.values() if m.benchmark == "rules"}
    assert figures["model_least_gain"] == 0.0
    assert {r["document"]: r["gain"] for r in details["documents"]} == full  # the fake finds nothing
    table = report.beside_the_rules(details["documents"])
    assert f"| {sorted(names)[6]} | 6.0 | 0.0 | +6.0 |" in table


def test_reprints_are_added_exported_and_scored(setting: scoring.Setting) -> None:
    figures, details, missing = scoring.score_reprints(setting)
    assert set(figures) == {"reprints_f1", "reprints_precision", "reprints_recall"}
    assert missing == 0
    assert details["scored"]["documents"] == 200


def test_faults_are_counted(setting: scoring.Setting) -> None:
    name = sorted((setting.data / "record" / "texts").iterdir())[0].name
    broken = scoring.Setting((*FAKE, "--break", name), setting.evaluation, setting.work, quick=True)
    assert scoring.extracted(broken, "record")[2] == 1


def test_one_run_writes_the_results_and_checks_the_floors(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bench"
    target.mkdir()
    original = report.write
    monkeypatch.setattr(report, "write", lambda *a: original(*a, folder=target))
    arguments = ["--only", "record", "--check", "--command", shlex.join(FAKE), "--eval", str(shared / "eval")]
    assert run.main(arguments) == 1
    err = capsys.readouterr().err
    for name in ("claims_relaxed_f1", "events_core_f1", "transfers_f1"):
        assert f"{name}: 0 %" in err
    (result,) = (target / "results").glob("*.json")
    assert json.loads(result.read_text())["figures"]["claims_relaxed_f1"] == 0.0
    least = floors.read()["claims_relaxed_f1"].value
    assert f"| claims, relaxed F1 | 0 % | at least {least:g} | **missed** |" in (target / "RESULTS.md").read_text()


def test_later_runs_stand_above_earlier_ones_and_one_day_is_one_section(tmp_path: Path) -> None:
    where = {"commit": "abc", "python": "3.11", "spacy": "3.8", "crossfix": "0", "cores": 2, "machine": "x"}
    for at, value in (("2024-05-06T10:00", 50.0), ("2024-05-07T10:00", 51.0), ("2024-05-07T12:00", 52.0)):
        report.write({**where, "at": at}, {"claims_relaxed_f1": value}, {"record": {}}, {}, tmp_path)
    report.write({**where, "at": "2024-05-07T13:00"}, {"help_seconds": 0.2}, {"help": {}}, {}, tmp_path)
    text = (tmp_path / "RESULTS.md").read_text()
    assert [x[3:13] for x in text.splitlines() if x.startswith("## ")] == ["2024-05-07", "2024-05-06"]
    assert "| 52 % |" in text
    assert "| 51 % |" not in text
    assert "| 0.2 s |" in text
    assert text.count("# Results\n") == 1


# ------------------------------------------------------------------ measuring


def test_memory_counts_the_children_too() -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("this system does not tell the memory of processes")
    hold = "import sys, time; block = bytearray(60_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    peak = processes.run([sys.executable, "-c", parent], watch=True).peak_bytes
    assert peak is not None
    assert 60e6 < peak < 160e6


def test_a_failing_command_is_named_with_what_it_said() -> None:
    with pytest.raises(processes.BenchmarkError, match=r"(?s)exit status 3.*went wrong"):
        processes.run([sys.executable, "-c", "import sys; print('went wrong', file=sys.stderr); sys.exit(3)"])
    with pytest.raises(processes.BenchmarkError, match="cannot start"):
        processes.run(["no-such-program-anywhere"])
    with pytest.raises(processes.BenchmarkError, match="not done after"):
        processes.run([sys.executable, "-c", "import time; time.sleep(30)"], timeout=0.3)


def test_start_up_is_left_out_of_the_speed(setting: scoring.Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    def timed(command: list[str], **_: object) -> processes.Ran:
        texts = sum(x.endswith(".txt") for x in command)
        start, each = (3.0, 0.1) if "benchmarks.bare_parser" in command else (5.0, 0.125)
        each = 0.16 if "--fast" in command else each  # slower, so that it is told from the others
        return processes.Ran(start + texts * each, "", 0)

    monkeypatch.setattr(speed, "run", timed)
    figures, _ = speed.speed(setting)
    assert figures["speed_ratio"] == pytest.approx(0.8)
    assert figures["fast_speed_ratio"] == pytest.approx(0.625)
    assert figures["extract_per_second"] == pytest.approx(8.0)
    assert figures["parser_per_second"] == pytest.approx(10.0)
    assert figures["speed_ratio_with_start"] == pytest.approx((3 + 4.2) / (5 + 5.25), abs=1e-3)


def test_start_up_is_the_best_of_three(setting: scoring.Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((3.0, 2.5, 9.0))
    monkeypatch.setattr(speed, "run", lambda *_: processes.Ran(next(times), "", 0))
    assert speed.start(setting)[0] == {"start_seconds": 2.5}


def test_the_reliability_is_the_training_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = scoring.Setting(FAKE, tmp_path, tmp_path)
    figures, details = reliability.reliability(setting)
    curve = details["curve"]
    count = sum(x["readings"] for x in curve)
    error = sum(x["readings"] * abs(x["confidence"] - x["right"]) for x in curve) / count
    assert figures["calibration_error"] == pytest.approx(error, abs=0.002)
    monkeypatch.setattr(reliability, "REPORT", tmp_path / "none.json")
    with pytest.raises(processes.BenchmarkError, match="no reliability"):
        reliability.reliability(setting)


def test_a_long_document_is_measured_by_the_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = long_document.document(3000)
    assert 3000 <= len(text.split()) < 3200
    assert "\n---\n" not in text
    took = iter(((10.0, 300e6), (60.0, 700e6)))
    monkeypatch.setattr(long_document, "SIZES", (1000, 4000))

    def ran(*_: object, **__: object) -> processes.Ran:
        seconds, peak = next(took)
        return processes.Ran(seconds, "", 0, int(peak))

    monkeypatch.setattr(long_document, "run", ran)
    figures, details = long_document.long_document(scoring.Setting(FAKE, tmp_path, tmp_path))
    words = [details[x]["words"] for x in ("short", "long")]
    assert figures["long_document_gb"] == 0.7
    assert figures["long_document_seconds_per_1000_words"] == pytest.approx(60_000 / words[1], abs=1e-3)
    assert figures["long_document_slowdown"] == pytest.approx(6 * words[0] / words[1], abs=1e-3)


def test_the_bare_parser_runs() -> None:
    text = ROOT / "samples" / "reports" / "10-missile-test.txt"
    ran = processes.run([sys.executable, "-m", "benchmarks.bare_parser", str(text)], cwd=ROOT)
    assert 250 < int(ran.stdout) < 450


# ------------------------------------------------------------------ the floors, held on the real thing


def test_development_scores_are_over_their_floors(shared: Path) -> None:
    """What `make floors` runs: the record's texts and PolNeAR's, two to three minutes."""
    command = [sys.executable, "benchmarks/run.py", "--quick", "--check", "--no-write", "--eval", str(shared / "eval")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for name in ("claims_lowest_f1", "events_core_f1", "transfers_f1", "polnear_relaxed_f1", "faults", "start_seconds"):
        assert f"| {METRICS[name].label} |" in ran.stdout


# ------------------------------------------------------------------ the samples as a check


def test_every_sample_is_asked_about() -> None:
    expected = tomllib.loads(samples.EXPECTED.read_text())
    assert set(expected) == {p.name for p in samples.REPORTS.iterdir()}


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2023-05-31", (True, True)),
        ("2023-05-01/2023-05-31", (True, False)),
        ("2023", (True, False)),
        ("2023-06-01", (True, False)),
        (None, (True, False)),
    ],
)
def test_an_event_is_found_only_with_its_date(when: str | None, found: tuple[bool, bool]) -> None:
    event = {"type": "satellite_launch", "modality": "actual", "when": when}
    assert samples.is_found("satellite_launch", "2023-05-31", [event]) == found
    assert samples.is_found("missile_test", "2023-05-31", [event]) == (False, False)
    assert samples.is_found("satellite_launch", "2023-05-31", [{**event, "modality": "negated"}]) == (False, False)
