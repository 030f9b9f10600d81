"""Stands for `crossfix` where the benchmarks themselves are tested: reads text files and finds nothing in them.

    fake_crossfix.py [--help] [--record PATH] extract|add|export [OPTION VALUE] FILE...

`--break NAME` makes the named file fail, so that faults are seen to be counted.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def line(path: Path, broken: str | None) -> dict[str, Any]:
    """One output line of `extract`, with nothing found."""
    if path.name == broken:
        return {"file": str(path), "error": {"type": "Damaged", "message": "broken on purpose"}}
    data = path.read_bytes()
    text = data.decode("utf-8")
    if text.startswith("---\n") and "\n---\n" in text:
        text = text.split("\n---\n", 1)[1]
    empty: dict[str, Any] = {k: [] for k in ("attributions", "times", "places", "events", "transfers")}
    return {"file": str(path), "document": {"sha256": hashlib.sha256(data).hexdigest()}, "text": text, **empty}


def main(arguments: list[str]) -> int:
    """Run one of the three commands. -> exit status."""
    options: dict[str, str] = {}
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--help":
            print("usage: none")
            return 0
        if argument == "--fast":
            continue
        if argument.startswith("--"):
            options[argument] = next(rest)
        else:
            words.append(argument)
    command, files = words[0], [Path(w) for w in words[1:]]
    if command == "extract":
        lines = [line(f, options.get("--break")) for f in files]
        print("\n".join(json.dumps(x, ensure_ascii=False) for x in lines))
        return int(any("error" in x for x in lines))
    record = Path(options["--record"])
    if command == "add":
        found = sorted(p for f in files for p in f.iterdir())
        shas = [hashlib.sha256(p.read_bytes()).hexdigest() for p in found]
        record.write_text(json.dumps({"documents": [{"sha256": s, "origin": s} for s in shas]}), encoding="utf-8")
    else:
        print(record.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
