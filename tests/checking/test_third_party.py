"""The example of docs/checks/README.md, built as a package of another author: its finding comes out of ``crossfix check``."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from crossfix.checking.registry import OWN, checks, load
from crossfix.cli import cli
from crossfix.errors import CrossfixError
from crossfix.linking import link
from crossfix.record import Record
from crossfix.reference import provenance
from record_builders import report

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "docs" / "checks" / "README.md"


def blocks() -> dict[str, str]:
    """The example's three files, by their language."""
    return dict(re.findall(r"^```(tsv|python|toml)\n(.*?)^```$", README.read_text(), re.M | re.S))


def entry_points_of(toml: str) -> str:
    """The registration as pip writes it into a package's entry_points.txt."""
    import tomllib

    groups = tomllib.loads(toml)["project"]["entry-points"]
    return "\n".join(f"[{g}]\n" + "\n".join(f"{k} = {v}" for k, v in one.items()) for g, one in groups.items()) + "\n"


def install(folder: Path, files: dict[str, str], entries: str, name: str = "harbour-check") -> None:
    """A package as pip leaves it: its files, and a dist-info with its entry points."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entries)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on Python's path into which packages may be installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    provenance.load.cache_clear()
    yield folder
    provenance.load.cache_clear()
    for name in [m for m in sys.modules if m.split(".")[0] == "harbour_check"]:
        del sys.modules[name]


def example(site: Path) -> None:
    found = blocks()
    files = {
        "harbour_check/__init__.py": "",
        "harbour_check/closures.py": found["python"],
        "harbour_check/closures.tsv": found["tsv"],
    }
    install(site, files, entry_points_of(found["toml"]))
    importlib.invalidate_caches()


def voyages(path: Path) -> None:
    """A record of four calls at the port of the example: closed, partly closed, open, and in a year of which nothing is published."""
    with Record.open(path, write=True) as record:
        for n, day in enumerate(("2024-02-03", "2024-02", "2024-05-06", "2022-02-03")):
            text = f"The ship docked at Port Selby on a day of {day}, the harbour master said."
            event = {"trigger": "docked", "type": "other", "when": day, "where": ("Port Selby", 41.5, 129.2)}
            extraction, raw = report(text, outlet=f"Post {n}", events=[event])
            record.add(extraction, raw)
        link(record)


def test_the_example_of_the_page_runs_as_a_package_of_its_own(site: Path, tmp_path: Path) -> None:
    example(site)
    assert [c.name for c in checks()][-1] == "closures"
    path = tmp_path / "r.sqlite"
    voyages(path)

    def run(*args: str) -> tuple[int, str]:
        said = CliRunner().invoke(cli, ["--record", str(path), *args])
        return said.exit_code, said.stdout

    status, told = run("check", "--only", "closures", "--json")
    assert status == 0
    found = {f["working"]["told"]: f for f in json.loads(told)}
    assert {k: f["verdict"] for k, f in found.items()} == {
        "2024-02-03": "tension",
        "2024-02": "unknown",
        "2024-05-06": "supported",
    }
    assert found["2024-02-03"]["summary"] == "Port Selby was closed on all of the days told, 2024-02-03."
    assert found["2024-02-03"]["sources"] == ["closures:selby-2024-ice (closed 2024-01-20/2024-02-11)"]
    assert found["2024-02-03"]["passages"][0]["text"] == "docked"
    status, told = run("check", "--kept", "--working", "--verdict", "tension")
    assert "Port Selby harbour office, notice 3 of 2024; facts; read 2024-03-01" in " ".join(told.split())
    status, told = run("data", "closures:selby-2024-ice")
    assert (status, told.splitlines()[0]) == (0, "closures:selby-2024-ice (of harbour-check/closures.tsv, line 3)")
    assert "closures" in run("data")[1]
    assert "closures" not in provenance.page()


def test_our_own_checks_come_first_and_have_a_page_each(site: Path) -> None:
    example(site)
    names = [c.name for c in checks()]
    assert len(names) == len(set(names))
    assert names[: len(OWN)] == [c.name for c in checks() if c.name != "closures"]
    page = README.read_text()
    for module in OWN:
        one = importlib.import_module(f"crossfix.checking.{module}").check
        assert (README.parent / f"{one.name}.md").exists(), f"docs/checks/{one.name}.md is missing"
        assert f"({one.name}.md)" in page, f"docs/checks/README.md does not lead to {one.name}.md"


@pytest.mark.parametrize(
    ("code", "entries", "says"),
    [
        ("check = 1", "[crossfix.checks]\nx = bad_check:check\n", "bad_check:check is no check"),
        ("raise OSError('no disk')", "[crossfix.checks]\nx = bad_check:check\n", "of bad_check:check cannot be loaded: no disk"),
        ("", "[crossfix.tables]\nx = bad_check:TABLE\n", "the table 'x' of bad_check:TABLE cannot be read"),
        (
            "from pathlib import Path\nTABLE = Path(__file__).with_name('states.tsv')",
            "[crossfix.tables]\nstates = bad_check:TABLE\n",
            "is a second table of the name 'states'",
        ),
        (
            "from pathlib import Path\nTABLE = Path(__file__).with_name('states.tsv')",
            "[crossfix.tables]\nother = bad_check:TABLE\n",
            "it lies in a file 'states.tsv'; name one other.tsv",
        ),
    ],
)  # fmt: skip
def test_a_package_that_cannot_be_used_is_named(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: str, entries: str, says: str
) -> None:
    install(site, {"bad_check.py": code + "\n", "states.tsv": "# S.\nid\nx\n"}, entries, "bad-check")
    importlib.invalidate_caches()
    monkeypatch.delitem(sys.modules, "bad_check", raising=False)
    with pytest.raises(CrossfixError, match=re.escape(says)):
        checks() if "checks" in entries else provenance.tables()
    assert [c.name for c in load()[0]]  # the others are there none the less
    assert provenance.entry("states", "KP").values["name"] == "North Korea"
    sys.modules.pop("bad_check", None)
    assert metadata.version("bad-check") == "1.0"


def test_a_package_that_cannot_be_used_stops_no_other_check(site: Path, tmp_path: Path) -> None:
    example(site)
    install(site, {"bad_check.py": "check = 1\n"}, "[crossfix.checks]\nx = bad_check:check\n", "bad-check")
    importlib.invalidate_caches()
    path = tmp_path / "r.sqlite"
    voyages(path)
    said = CliRunner().invoke(cli, ["--record", str(path), "check", "--json"])
    assert said.exit_code == 1
    assert "crossfix: bad_check:check is no check: it needs name, title and questions(case)" in said.stderr
    assert [f["check"] for f in json.loads(said.stdout)].count("closures") == 3
    listed = CliRunner().invoke(cli, ["check", "--list"])
    assert (listed.exit_code, "closures: calls at ports" in listed.stdout, "is no check" in listed.stderr) == (
        1,
        True,
        True,
    )
    sys.modules.pop("bad_check", None)
