"""The tables of places: countries, areas, sites and ports, each row with its source and licence, and lookup by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from crossfix.reference.gazetteer import fold
from crossfix.reference.tables import items, rows

_PACKAGE = "crossfix.reference"
# Shorter names are looked up as written: "US" is a country, "us" and "Us" are not.
SHORT = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the tables. WGS84 degrees; ``country`` is ISO 3166 alpha-2, "" where none or several. ``source`` and
    ``licence`` are the row's. ``radius_km`` is that of a circle about as large as an area, 0 for what is one spot."""

    name: str
    lat: float
    lon: float
    country: str
    kind: str
    source: str
    licence: str
    population: int = 0
    radius_km: float = 0.0
    geonames_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables by folded name, by exact short name, and what the ranking needs of countries."""

    by_name: dict[str, tuple[Known, ...]]
    by_short: dict[str, tuple[Known, ...]]
    longest: dict[str, int]
    countries: dict[str, Known]
    capitals: dict[str, str]
    neighbours: dict[str, frozenset[str]]
    demonyms: dict[str, str]
    ports: dict[str, tuple[Known, ...]]
    postal: dict[str, tuple[Known, ...]]

    def find(self, text: str) -> tuple[Known, ...]:
        """All places of the tables of that name; short names must be written alike. ``postal`` codes
        ("TX") are found too: whoever reads a text must see that one stands after a town's name."""
        bare = text.replace(".", "")
        if len(bare) <= SHORT:
            return self.by_short.get(text) or self.postal.get(text, ())
        return self.by_name.get(fold(text), ())


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, read once a process. Raises CrossfixError where one is broken."""
    by_name: dict[str, list[Known]] = {}
    by_short: dict[str, list[Known]] = {}
    postal: dict[str, tuple[Known, ...]] = {}

    def put(name: str, place: Known) -> None:
        if name.startswith("postal:"):
            postal[name[7:]] = (place,)
            return
        short = len(name.replace(".", "")) <= SHORT
        bucket = by_short.setdefault(name, []) if short else by_name.setdefault(fold(name), [])
        if place not in bucket:
            bucket.append(place)

    countries: dict[str, Known] = {}
    capitals: dict[str, str] = {}
    neighbours: dict[str, frozenset[str]] = {}
    demonyms: dict[str, str] = {}
    for r in rows(_PACKAGE, "countries.tsv"):
        place = Known(
            r["name"],
            float(r["lat"]),
            float(r["lon"]),
            r["iso"],
            "country",
            r["source"],
            r["licence"],
            int(r["population"] or 0),
            float(r["radius_km"] or 0),
            int(r["geonames_id"]) if r["geonames_id"] else None,
        )
        countries[r["iso"]] = place
        neighbours[r["iso"]] = frozenset(items(r["neighbours"]))
        if r["capital"]:
            capitals[fold(r["capital"])] = r["iso"]
        demonym = r["demonym"]
        # "Chinese" is China's, not Macao's: of countries with one demonym it is that of the one with most people
        if demonym and (demonym not in demonyms or countries[demonyms[demonym]].population < place.population):
            demonyms[demonym] = r["iso"]
        for name in (r["name"], *items(r["aliases"])):
            put(name, place)
    for table in ("areas.tsv", "sites.tsv"):
        for r in rows(_PACKAGE, table):
            place = Known(
                r["name"], float(r["lat"]), float(r["lon"]), r["country"], r["kind"], r["source"], r["licence"],
                radius_km=float(r.get("radius_km") or 0), geonames_id=int(r["geonames_id"]) if r.get("geonames_id") else None,
            )  # fmt: skip
            for name in (r["name"], *items(r["aliases"])):
                put(name, place)
    ports: dict[str, list[Known]] = {}
    for r in rows(_PACKAGE, "ports.tsv"):
        place = Known(r["name"], float(r["lat"]), float(r["lon"]), r["country"], "port", r["source"], r["licence"])
        ports.setdefault(fold(r["name"]), []).append(place)
    longest: dict[str, int] = {}
    for name in by_name:
        words = name.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Tables(
        {k: tuple(v) for k, v in by_name.items()}, {k: tuple(v) for k, v in by_short.items()}, longest, countries, capitals,
        neighbours, demonyms, {k: tuple(v) for k, v in ports.items()}, postal,
    )  # fmt: skip
