"""Lists page by page: where one page ends and the next begins, in a cursor that stays right while rows come in."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, and_, or_
from sqlalchemy.sql.elements import ColumnElement

from crossfix.errors import UsageError

T = TypeVar("T")
PAGE = 50
PAGE_MOST = 500


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list: its rows, the cursor of the next page (None on the last), and how many rows there are in all (None where
    counting them would take too long)."""

    items: list[T]
    next: str | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a list: columns, the last of them unique, all in one direction."""

    columns: tuple[ColumnElement[Any], ...]
    down: bool = False

    def applied(self, select: Select[Any]) -> Select[Any]:
        """The select in this order."""
        return select.order_by(*(c.desc() if self.down else c.asc() for c in self.columns))

    def after(self, cursor: str | None) -> list[ColumnElement[bool]]:
        """The condition that rows of the next page meet; none for the first page. Raises UsageError where the cursor is none of this
        order."""
        if cursor is None:
            return []
        values = decode(cursor)
        if len(values) != len(self.columns):
            raise UsageError("this is no page of this list", advice="begin with the first page")
        steps = []
        for n, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            past = column < value if self.down else column > value
            steps.append(and_(*(c == v for c, v in zip(self.columns[:n], values, strict=False)), past))
        return [or_(*steps)]


def encode(values: Sequence[Any]) -> str:
    """The values at which a page ends, as one word for an address."""
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> list[Any]:
    """The values again. Raises UsageError for what is no cursor."""
    try:
        found = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        found = None
    plain = isinstance(found, list) and all(
        isinstance(v, (str, float)) or (isinstance(v, int) and abs(v) < 2**63) for v in found
    )
    if not plain or not isinstance(found, list):
        raise UsageError("this is no page of this list", advice="begin with the first page")
    return found


def sorting(given: str | None, orders: Mapping[str, Sequence[ColumnElement[Any]]], standard: str) -> tuple[str, Order]:
    """The order that ``given`` names ("title", "-published" downwards), or the standard one where it names none of ``orders``."""
    for name in (given or "", standard):
        if name.removeprefix("-") in orders:
            return name, Order(tuple(orders[name.removeprefix("-")]), name.startswith("-"))
    raise KeyError(standard)
