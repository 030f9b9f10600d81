"""When a text was written, and the day its relative dates count from."""

from __future__ import annotations

import datetime as dt
import re

from crossfix.language.parse import Parse
from crossfix.language.times.context import Reference
from crossfix.language.times.words import YEAR
from crossfix.model import Document, Interval, Time

_YEAR = re.compile(rf"(?<![\d$£€.,-]){YEAR}(?![%\w-])")


def years_of(parse: Parse) -> list[tuple[int, int]]:
    """The years named in the text in reading order, as (offset, year): for months without one."""
    out = []
    for m in _YEAR.finditer(parse.text):
        year = int(m[0])
        if 1900 <= year <= 2050:
            out.append((m.start(), year))
    return out


def reference_of(parse: Parse, document: Document) -> Reference:
    if document.published:
        day = dt.date.fromisoformat(document.published)
        return Reference(day, f"document date {document.published}")
    return Reference(None, "")


def written_of(parse: Parse, document: Document, reference: Reference, found: tuple[Time, ...]) -> Interval | None:
    if reference.day:
        return Interval.days(reference.day, reference.day)
    return None
