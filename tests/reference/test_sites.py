"""The table of sites: closed kinds, no row twice, and the same places as the public data it names."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest

from crossfix.reference.gazetteer import fold
from crossfix.reference.tables import items, rows

SITES = rows("crossfix.reference", "sites.tsv")
KINDS = frozenset(
    "air_base airfield airport base bridge building camp city crossing dam depot island laboratory launch_area launch_site missile_base "
    "mountain naval_base nuclear_plant nuclear_site nuclear_test_site oil_terminal plant port radar rail_crossing reef residence resort "
    "sea_launch_area shipyard square street test_range test_site training_ground".split()
)


def _km(a: float, b: float, c: float, d: float) -> float:
    h = (
        math.sin(math.radians(c - a) / 2) ** 2
        + math.cos(math.radians(a)) * math.cos(math.radians(c)) * math.sin(math.radians(d - b) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(h))


def test_kinds_are_from_a_closed_list() -> None:
    assert {r["kind"] for r in SITES} <= KINDS
    assert len(SITES) >= 450


def test_no_name_stands_for_two_sites_save_the_known_pairs() -> None:
    counts = Counter(n for r in SITES for n in {fold(x) for x in (r["name"], *items(r["aliases"]))})
    # a cosmodrome and a port; an air base and the launch area beside it: the document decides
    assert {n for n, k in counts.items() if k > 1} <= {"vostochny", "sondok"}


def test_no_two_rows_of_a_kind_are_one_spot() -> None:
    allowed = {"Sinuiju", "Ryokpo", "South Wonsan", "Samsok missile test site #3"}
    for i, a in enumerate(SITES):
        for b in SITES[i + 1 :]:
            if a["kind"] == b["kind"] and b["name"] not in allowed and a["name"] not in allowed:
                away = _km(float(a["lat"]), float(a["lon"]), float(b["lat"]), float(b["lon"]))
                assert away > 1, (a["name"], b["name"])


@pytest.mark.parametrize("country", "KP KR RU UA IR CN PK IN IL SY YE US JP FR GB".split())
def test_the_countries_that_matter_have_sites(country: str) -> None:
    assert sum(r["country"] == country for r in SITES) >= 6


def test_rows_agree_with_the_catalogue_of_launch_sites(shared: Path) -> None:
    catalogue = {}
    for line in (shared / "data/gcat/sites.tsv").read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.split("\t")]
        if len(cells) > 12 and not line.startswith("#"):
            catalogue[cells[0]] = cells
    checked = 0
    for r in SITES:
        if r["source"].startswith("GCAT sites.tsv "):
            cells = catalogue[r["source"].split()[2]]
            assert _km(float(r["lat"]), float(r["lon"]), float(cells[11]), float(cells[10])) < 5, r["name"]
            checked += 1
    assert checked >= 20


def test_rows_agree_with_the_list_of_missile_facilities(shared: Path) -> None:
    data = json.loads((shared / "data/nk-missile-tests/facility.en.json").read_text(encoding="utf-8"))["facilities"]
    checked = 0
    for r in SITES:
        if r["source"].startswith("nk-missile-tests facility.en.json "):
            place = data[r["source"].split()[2]]
            assert _km(float(r["lat"]), float(r["lon"]), place["lat"], place["lon"]) < 2, r["name"]
            checked += 1
    assert checked >= 40
