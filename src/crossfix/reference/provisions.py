"""Operative paragraphs of Security Council resolutions on North Korea and Iran: what they bar or require, of whom, and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from crossfix.errors import CrossfixError
from crossfix.reference import tables

Regime = Literal["DPRK", "Iran"]
Direction = Literal["to", "from", "both", "by"]
ExceptionKind = Literal["", "case", "limit", "words", "small_arms", "disputed", "pledge"]
Standing = Literal["in force", "ended", "contested"]

STATE = {"DPRK": "North Korea", "Iran": "Iran"}
"""The state that a regime is about, by the name it has in the record."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One operative paragraph. ``direction`` is seen from the state of the regime: goods and services "to" it, "from" it, "both"; "by" it
    for what it does itself, and for duties towards those listed. ``first`` and ``last`` are days, both included; ``last`` is None where no
    end is set. ``verified`` says whether the paragraph's own text was seen, ``seen`` what was seen."""

    id: str
    resolution: str
    adopted: dt.date
    paragraph: str
    regime: Regime
    subjects: tuple[str, ...]
    direction: Direction
    binds: tuple[str, ...]
    force: str
    says: str
    exception: str
    exception_kind: ExceptionKind
    exception_words: tuple[str, ...]
    first: dt.date
    last: dt.date | None
    standing: Standing
    extends: tuple[str, ...]
    verified: bool
    seen: str
    source: str
    licence: str
    read: str

    @property
    def cited(self) -> str:
        """As a person cites it: "1718 (2006), 8(b)"."""
        return f"{self.resolution} ({self.adopted.year}), {self.paragraph}"

    def holds_on(self, day: dt.date) -> bool:
        """True where the paragraph is in force that day, contested or not."""
        return self.first <= day and (self.last is None or day <= self.last)


@cache
def provisions() -> dict[str, Provision]:
    """The paragraphs by id, in the table's order. Raises CrossfixError where a row is broken."""
    out: dict[str, Provision] = {}
    for row in tables.rows("crossfix.reference", "provisions.tsv"):
        one = _provision(row)
        if one.id in out:
            raise CrossfixError(f"two rows {one.id!r}", where="provisions.tsv")
        out[one.id] = one
    for one in out.values():
        lost = [e for e in one.extends if e not in out]
        if lost:
            raise CrossfixError(f"{one.id} widens {lost[0]}, which is not there", where="provisions.tsv")
    return out


def _provision(row: dict[str, str]) -> Provision:
    where = f"provisions.tsv, {row['id']}"
    for column, known in (
        ("regime", get_args(Regime)),
        ("direction", get_args(Direction)),
        ("exception_kind", get_args(ExceptionKind)),
        ("standing", get_args(Standing)),
        ("verified", ("yes", "no")),
    ):
        if row[column] not in known:
            raise CrossfixError(f"{column} is {row[column]!r}, not one of {', '.join(known)}", where=where)
    if not row["source"] or not row["licence"] or not row["subjects"]:
        raise CrossfixError("a row needs subjects, a source and a licence", where=where)
    try:
        adopted, first = dt.date.fromisoformat(row["adopted"]), dt.date.fromisoformat(row["from"])
        last = dt.date.fromisoformat(row["until"]) if row["until"] else None
    except ValueError as error:
        raise CrossfixError(f"a date that is none: {error}", where=where) from error
    return Provision(
        id=row["id"],
        resolution=row["resolution"],
        adopted=adopted,
        paragraph=row["paragraph"],
        regime=cast(Regime, row["regime"]),
        subjects=tuple(tables.items(row["subjects"])),
        direction=cast(Direction, row["direction"]),
        binds=tuple(tables.items(row["binds"])),
        force=row["force"],
        says=row["says"],
        exception=row["exception"],
        exception_kind=cast(ExceptionKind, row["exception_kind"]),
        exception_words=tuple(tables.items(row["exception_words"])),
        first=first,
        last=last,
        standing=cast(Standing, row["standing"]),
        extends=tuple(tables.items(row["extends"])),
        verified=row["verified"] == "yes",
        seen=row["seen"],
        source=row["source"],
        licence=row["licence"],
        read=row["read"],
    )


@cache
def about(regime: Regime, subject: str) -> tuple[Provision, ...]:
    """The paragraphs of a regime that speak of a subject, in the table's order."""
    return tuple(p for p in provisions().values() if p.regime == regime and subject in p.subjects)


def dated_bounds(regime: Regime, subjects: frozenset[str]) -> list[dt.date]:
    """The days on which what is in force for some subjects changes: first days, and days after last days, in order."""
    days: set[dt.date] = set()
    for p in provisions().values():
        if p.regime == regime and subjects & set(p.subjects):
            days.add(p.first)
            if p.last is not None:
                days.add(p.last + dt.timedelta(days=1))
    return sorted(days)
