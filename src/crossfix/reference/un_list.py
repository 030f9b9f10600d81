"""The Security Council's consolidated list of persons and bodies, and those vessels of the 1718 Committee that public reports name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from crossfix.errors import CrossfixError
from crossfix.reference import tables

EntryKind = Literal["person", "entity", "vessel"]

COMMITTEES = {
    "DPRK": "1718 (North Korea)", "Al-Qaida": "1267 (ISIL and Al-Qaida)", "Taliban": "1988 (Taliban)", "Iraq": "1518 (Iraq)",
    "DRC": "1533 (DR Congo)", "Libya": "1970 (Libya)", "Somalia": "2713 (Al-Shabaab)", "CAR": "2745 (Central African Republic)",
    "GB": "2048 (Guinea-Bissau)", "Yemen": "2140 (Yemen)", "SouthSudan": "2206 (South Sudan)", "Haiti": "2653 (Haiti)",
    "Sudan": "1591 (Sudan)",
}  # fmt: skip
"""The committee of each list, by the list's own word."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a list. ``parts`` are the name's parts in the list's order; ``good``, ``low`` and ``former`` aliases by the list's own
    word on their quality. ``states`` are nationalities, for a body the countries of its addresses. ``born`` are days, years or
    "FROM/TO", "~" before what the list calls about. ``listed`` is the day, ``read`` the day of the list."""

    id: str
    kind: EntryKind
    list: str
    parts: tuple[str, ...]
    good: tuple[str, ...]
    low: tuple[str, ...]
    former: tuple[str, ...]
    states: tuple[str, ...]
    born: tuple[str, ...]
    office: tuple[str, ...]
    listed: dt.date
    read: str
    table: str = "un_list"
    note: str = ""

    @property
    def name(self) -> str:
        """The name in the list's order, in ordinary capitals ("Kim Jong Sik"); brackets and a short name of one word as they are."""
        whole = " ".join(self.parts).strip()
        if self.kind == "vessel" or re.fullmatch(r"[A-Z]{2,5}", whole):
            return whole
        return re.sub(r"\([^)]*\)|[^\W\d_]+(?:['’][^\W\d_]+)*", _capital, whole)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (" ".join(self.parts), *self.good, *self.low, *self.former)

    @property
    def birth_years(self) -> tuple[int, ...]:
        """Every birth year the list gives, ends of a range included."""
        return tuple(int(y) for b in self.born for y in re.findall(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", b))


def _capital(m: re.Match[str]) -> str:
    if m[0].startswith("(") or not m[0].isupper():
        return m[0]
    return m[0].lower() if m[0] in ("OF", "THE", "AND", "FOR", "IN") and m.start() else m[0].capitalize()


@cache
def listed() -> dict[str, Listed]:
    """Persons, bodies and vessels by id. Raises CrossfixError where a row is broken."""
    out: dict[str, Listed] = {}
    for row in tables.rows("crossfix.reference", "un_list.tsv"):
        one = _entry(row)
        if one.id in out:
            raise CrossfixError(f"two rows {one.id!r}", where="un_list.tsv")
        out[one.id] = one
    for row in tables.rows("crossfix.reference", "un_vessels.tsv"):
        one = _vessel(row)
        if one.id in out:
            raise CrossfixError(f"two rows {one.id!r}", where="un_vessels.tsv")
        out[one.id] = one
    return out


@cache
def as_of() -> dt.date:
    """The day of the consolidated list."""
    return dt.date.fromisoformat(max(e.read for e in listed().values() if e.kind != "vessel"))


def _day(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CrossfixError(f"{text!r} is no day", where=where) from error


def _entry(row: dict[str, str]) -> Listed:
    where = f"un_list.tsv, {row['id']}"
    if row["kind"] not in ("person", "entity") or not row["id"] or not row["parts"] or row["list"] not in COMMITTEES:
        raise CrossfixError("a row needs an id, a kind, a known list and a name", where=where)
    return Listed(
        id=row["id"],
        kind=cast(EntryKind, row["kind"]),
        list=row["list"],
        parts=tuple(tables.items(row["parts"])),
        good=tuple(tables.items(row["good"])),
        low=tuple(tables.items(row["low"])),
        former=tuple(tables.items(row["former"])),
        states=tuple(tables.items(row["nationality"])),
        born=tuple(tables.items(row["born"])),
        office=tuple(tables.items(row["office"])),
        listed=_day(row["listed"], where),
        read=row["read"],
    )


def _vessel(row: dict[str, str]) -> Listed:
    where = f"un_vessels.tsv, {row['id']}"
    if not row["name"] or not row["source"]:
        raise CrossfixError("a vessel needs a name and a source", where=where)
    return Listed(
        id=row["id"],
        kind="vessel",
        list="DPRK",
        parts=(row["name"],),
        good=(),
        low=(),
        former=(),
        states=(row["flag"],) if row["flag"] else (),
        born=(),
        office=(),
        listed=_day(row["listed"], where),
        read=row["read"],
        table="un_vessels",
        note=f"IMO {row['imo']}" if row["imo"] else "no IMO number in the source",
    )
