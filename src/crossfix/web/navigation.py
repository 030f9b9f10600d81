"""The site's pages, in the order in which they are offered, with the key that leads to each after "g"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation. ``key`` is pressed after "g"; ``changes`` marks what a site for reading only does not have."""

    path: str
    label: str
    key: str
    changes: bool = False


PLACES: tuple[Place, ...] = (
    Place("/", "Overview", "o"),
    Place("/timeline", "Timeline", "t"),
    Place("/map", "Map", "m"),
    Place("/sources", "Sources", "s"),
    Place("/events", "Events", "e"),
    Place("/documents", "Documents", "d"),
    Place("/checks", "Checks", "c"),
    Place("/review", "Review", "r"),
    Place("/dossier", "Dossier", "p"),
    Place("/data", "Data", "l"),
    Place("/add", "Add", "a", changes=True),
)
"""Search has its field on every page, and the key "/"."""


def offered(served: frozenset[str], *, read_only: bool) -> tuple[Place, ...]:
    """The places that this site serves."""
    return tuple(p for p in PLACES if p.path in served and not (p.changes and read_only))


def here(path: str, places: tuple[Place, ...]) -> str | None:
    """The path of the place that a page belongs to."""
    found = [p.path for p in places if path == p.path or (p.path != "/" and path.startswith(p.path + "/"))]
    return found[0] if found else None
