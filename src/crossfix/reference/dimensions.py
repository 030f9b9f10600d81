"""Published overall dimensions of ballistic missiles, every publisher's figures as its own row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crossfix.reference.tables import items, rows

CLASSES = ("ICBM", "SLBM", "IRBM", "MRBM", "SRBM")
FIRST_PUBLISHER = "GCAT"
"""The one publisher with figures for most missiles: taken first where one set of figures a missile is wanted."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """One publisher's figures for one missile: ``length_m`` and ``diameter_m`` in metres, ``mass_t`` in tonnes (None: not given).
    ``placeholder`` says why the row is no figure of its own, "" for a published figure; ``read`` is "" where it was typed from
    knowledge."""

    id: str
    missile: str
    kind: str
    family: str
    length_m: float
    diameter_m: float
    mass_t: float | None
    publisher: str
    placeholder: str
    source: str
    licence: str
    read: str


@cache
def every() -> tuple[Dimensions, ...]:
    """All rows, in the table's order."""
    return tuple(
        Dimensions(
            r["id"], r["missile"], r["class"], r["family"], float(r["length_m"]), float(r["diameter_m"]),
            float(r["mass_t"]) if r["mass_t"] else None, r["publisher"], r["placeholder"], r["source"], r["licence"], r["read"],
        )
        for r in rows("crossfix.reference", "dimensions.tsv")
    )  # fmt: skip


@cache
def of(missile: str) -> tuple[Dimensions, ...]:
    """What publishers say of a missile, placeholders included; the name is the table's own."""
    return tuple(d for d in every() if d.missile == missile)


@cache
def names() -> dict[str, str]:
    """Each name that reports use, case folded, with plain hyphens, to the table's name; missiles that reports name unmistakably only."""
    out: dict[str, str] = {}
    for r in rows("crossfix.reference", "dimensions.tsv"):
        for name in (r["missile"], *items(r["aliases"])) if r["missile"] in _named() else ():
            out[folded(name)] = r["missile"]
    return out


@cache
def _named() -> frozenset[str]:
    """The missiles that the table gives other names for, and those whose own name cannot be taken for a plain word."""
    plain = {
        "Jupiter",
        "Thor",
        "Redstone",
        "Corporal",
        "Sergeant",
        "Lance",
        "Pioner",
        "Temp-S",
        "Hades",
        "Shaurya",
        "Dhanush",
        "Kuryer",
    }
    short = {d.missile for d in every() if len(d.missile) < 4}  # "M4", "S2", "R-1" are names of many things
    aliased = {r["missile"] for r in rows("crossfix.reference", "dimensions.tsv") if r["aliases"]}
    return frozenset({d.missile for d in every()} - plain - short | aliased)


def folded(name: str) -> str:
    """A name as ``names`` has it: case folded, one kind of hyphen, single spaces."""
    for dash in "\u2010\u2011\u2012\u2013\u2212":
        name = name.replace(dash, "-")
    return " ".join(name.casefold().split())


@cache
def population(kinds: tuple[str, ...]) -> tuple[Dimensions, ...]:
    """One published set of figures a missile of these classes: the first publisher's, else another's by the name of the publisher.
    Placeholders are left out."""
    out: dict[str, Dimensions] = {}
    for d in sorted(every(), key=lambda d: (d.missile, d.publisher != FIRST_PUBLISHER, d.publisher)):
        if d.kind in kinds and not d.placeholder:
            out.setdefault(d.missile, d)
    return tuple(out[m] for m in sorted(out))
