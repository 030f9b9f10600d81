"""The sample reports: ours, whole, sourced; and the demo from end to end."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "samples" / "reports"
NAMES = sorted(p.name for p in REPORTS.iterdir())


def crossfix(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in this Python."""
    return subprocess.run([sys.executable, "-m", "crossfix", *arguments], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="module")
def extracted() -> dict[str, dict]:
    """What `extract` prints for each sample, by file name."""
    ran = crossfix("extract", *(str(REPORTS / n) for n in NAMES))
    assert ran.returncode == 0, ran.stderr
    return {Path(x["file"]).name: x for x in map(json.loads, ran.stdout.splitlines())}


# ------------------------------------------------------------------ the texts themselves


def test_there_are_six_to_ten_in_several_formats() -> None:
    assert 6 <= len(NAMES) <= 10
    assert {Path(n).suffix for n in NAMES} >= {".txt", ".html", ".pdf"}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_listed_with_what_it_shows(name: str) -> None:
    assert f"| {name} |" in (ROOT / "samples" / "SOURCES.md").read_text()


def test_every_fact_has_a_source() -> None:
    page = (ROOT / "samples" / "SOURCES.md").read_text().split("## Facts and sources")[1]
    rows = [x.strip("|").split("|") for x in page.splitlines() if x.startswith("| ") and "---" not in x][1:]
    assert len(rows) > 20
    assert [r for r in rows if len(r) != 2 or not re.search(r"20\d\d|GCAT", r[1])] == []


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith(".txt")])
def test_texts_have_a_header_and_the_length_of_a_report(name: str) -> None:
    head, body = (REPORTS / name).read_text().removeprefix("---\n").split("\n---\n", 1)
    assert {"title", "outlet", "published", "language"} <= {x.partition(":")[0] for x in head.splitlines()}
    assert 150 <= len(body.split()) <= 350
    assert "http" not in body


def test_nobody_is_quoted() -> None:
    for name in NAMES:
        if name.endswith(".txt"):
            assert not re.search('["“”«»]', (REPORTS / name).read_text()), name


def test_the_pdf_is_what_its_script_makes() -> None:
    sys.path.insert(0, str(ROOT / "samples"))
    try:
        import make_pdf  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    assert (REPORTS / "09-security-council.pdf").read_bytes() == make_pdf.pdf()


def test_the_reprint_drops_the_likely_of_its_wire() -> None:
    wire, reprint = ((REPORTS / n).read_text() for n in ("05-sea-route-wire.txt", "06-sea-route-reprint.txt"))
    assert "have likely carried" in wire
    assert "likely" not in reprint
    assert "probably" not in reprint
    assert reprint.rstrip().endswith("(Meridian Wire)")


# ------------------------------------------------------------------ what crossfix makes of them


@pytest.mark.parametrize("name", NAMES)
def test_every_span_is_its_text(extracted: dict[str, dict], name: str) -> None:
    one = extracted[name]
    spans = [s for a in one["attributions"] for s in (a["source"], a["cue"], a["content"]) if s]
    spans += one["times"] + one["places"] + [e["trigger"] for e in one["events"]]
    assert spans
    assert [s for s in spans if one["text"][s["start"] : s["end"]] != s["text"]] == []


def test_outlets_and_dates_are_read(extracted: dict[str, dict]) -> None:
    known = {n: (x["document"]["outlet"], x["document"]["published"]) for n, x in extracted.items()}
    assert known["01-rail-shipment.txt"] == ("Meridian Wire", "2023-01-21")
    assert known["07-sea-route-rewrite.html"] == ("Northern Ledger", "2023-10-18")
    assert known["09-security-council.pdf"][1] == "2023-11-28"


def test_menus_and_newsletter_boxes_say_nothing(extracted: dict[str, dict]) -> None:
    page = extracted["07-sea-route-rewrite.html"]
    said = " ".join(a["content"]["text"] for a in page["attributions"])
    assert "newsletter" not in said
    assert "Port fees" not in said


def test_the_shipments_are_alleged_transfers(extracted: dict[str, dict]) -> None:
    for name in ("01-rail-shipment.txt", "04-sea-shipment.txt"):
        found = [t for t in extracted[name]["transfers"] if t["supplier"] == "North Korea"]
        assert found, name
        assert {t["status"] for t in found} & {"alleged"}, name


def test_the_denials_are_denials(extracted: dict[str, dict]) -> None:
    deniers = {a["source_name"] for a in extracted["02-denial.txt"]["attributions"] if a["stance"] == "deny"}
    assert any("North Korea" in (x or "") or "Kwon" in (x or "") for x in deniers), deniers


def test_two_failures_and_a_launch(extracted: dict[str, dict]) -> None:
    launches = [e for e in extracted["08-satellite.txt"]["events"] if e["type"] == "satellite_launch"]
    failed = {e["when"] for e in launches if e["outcome"] == "failure"}
    assert {"2023-05-31", "2023-08-24"} <= failed, [(e["when"], e["outcome"]) for e in launches]


def test_the_missile_test_has_its_ordinals(extracted: dict[str, dict]) -> None:
    tests = [e for e in extracted["10-missile-test.txt"]["events"] if e["type"] == "missile_test"]
    december = [e for e in tests if e["when"] == "2023-12-18"]
    assert december, [(e["when"], e["trigger"]["text"]) for e in tests]
    assert {o["nth"] for e in december for o in e["ordinals"]} >= {3, 5}


# ------------------------------------------------------------------ the demo


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """The record of all samples, as exported."""
    record = str(tmp_path_factory.mktemp("samples") / "record.sqlite")
    added = crossfix("--record", record, "add", str(REPORTS))
    assert added.returncode == 0, added.stderr
    return json.loads(crossfix("--record", record, "export", "--format", "json").stdout)


def test_wire_reprint_and_rewrite_are_one_origin(exported: dict) -> None:
    by_name = {Path(d["file"]).name: d for d in exported["documents"]}
    assert set(by_name) == set(NAMES)
    wire, reprint = by_name["05-sea-route-wire.txt"], by_name["06-sea-route-reprint.txt"]
    assert wire["origin"] == reprint["origin"]
    assert reprint["derived_from"] == wire["sha256"]
    assert reprint["relation"] == "edited_reprint"
    assert by_name["04-sea-shipment.txt"]["origin"] != wire["origin"]


def test_the_demo_runs_on_a_folder_with_spaces(tmp_path: Path) -> None:
    root = tmp_path / "a checkout"
    (root / ".venv" / "bin").mkdir(parents=True)
    script = root / ".venv" / "bin" / "crossfix"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m crossfix "$@"\n')
    script.chmod(0o755)
    docs = root / "my reports"
    docs.mkdir()
    for name in NAMES[:2]:
        shutil.copy(REPORTS / name, docs / name)
    (docs / "empty.txt").write_text("")
    demo = [str(ROOT / "scripts" / "demo")]
    for _ in range(2):  # the second run starts afresh and finds the same
        ran = subprocess.run(demo, cwd=root, env={**os.environ, "DOCS": str(docs)}, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        assert "demo-out/dossier.html" in ran.stdout
        assert "empty.txt" in ran.stderr
    page = (root / "demo-out" / "dossier.html").read_text()
    assert "Meridian Wire" in page
    assert "Harbour Post" in (root / "demo-out" / "dossier.md").read_text()


def test_the_demo_says_when_the_folder_is_not_there(tmp_path: Path) -> None:
    env = {**os.environ, "DOCS": "no such folder"}
    ran = subprocess.run([str(ROOT / "scripts" / "demo")], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "no such folder" in ran.stderr
    assert "DOCS=path" in ran.stderr
