"""The route of a joined transfer: what its tellings give together, and what stays open where they differ."""

from __future__ import annotations

import itertools

import pytest

from crossfix.linking.typed import legs
from crossfix.model import Leg, Mode, Span, Transfer, Where

Told = tuple[str | None, str | None, Mode]


def telling(at: int, *ways: Told) -> tuple[str, Transfer]:
    """A document that tells a transfer by these legs; its number places its passages."""
    span = Span(at * 10, at * 10 + 4, "sent")

    def where(name: str | None) -> Where | None:
        return Where(name, None, None) if name is not None else None

    way = tuple(Leg(where(a), where(b), mode, span) for a, b, mode in ways)
    transfer = Transfer(
        "t1", None, "North Korea", "Russia", "shells", None, None, None, "reported", "actual", (), (), span, legs=way
    )
    return f"{at:064d}", transfer


def route(*told: tuple[str, Transfer]) -> list[Told]:
    return [(x.start.name if x.start else None, x.end.name if x.end else None, x.mode) for x in legs(told)]


CASES: list[tuple[list[list[Told]], list[Told]]] = [
    # one end each
    ([[("Najin", None, "sea")], [("Najin", "Dunai", "unknown")]], [("Najin", "Dunai", "sea")]),
    # the way goes on in another telling, or began there
    ([[("Najin", "Dunai", "sea")], [("Dunai", "Tikhoretsk", "rail")]], [("Najin", "Dunai", "sea"), ("Dunai", "Tikhoretsk", "rail")]),
    # two answers: nothing is filled, nothing goes on
    ([[("Najin", None, "sea")], [("Najin", "Dunai", "sea")], [("Najin", "Vostochny", "sea")]], [("Najin", "Dunai", "sea")]),
    ([[("Najin", "Dunai", "sea")], [("Dunai", "Tikhoretsk", "rail")], [("Dunai", "Mozdok", "rail")]], [("Najin", "Dunai", "sea")]),
    # by sea and by rail are two ways
    ([[("Najin", "Russia", "sea")], [(None, "Russia", "rail")]], [("Najin", "Russia", "sea")]),
    # round in a circle
    ([[("Najin", "Dunai", "sea")], [("Dunai", "Najin", "sea")]], [("Najin", "Dunai", "sea")]),
    ([[]], []),
]  # fmt: skip


@pytest.mark.parametrize(("tellings", "expected"), CASES)
def test_route_of_all_tellings(tellings: list[list[Told]], expected: list[Told]) -> None:
    assert route(*(telling(n, *ways) for n, ways in enumerate(tellings, 1))) == expected


def test_each_leg_has_the_passages_that_tell_it() -> None:
    told = [
        telling(1, ("Najin", None, "sea")),
        telling(2, ("Najin", "Dunai", "unknown")),
        telling(3, ("Dunai", "Tikhoretsk", "rail")),
    ]
    rows = legs(told)
    assert [[e.start for e in x.evidence] for x in rows] == [[10, 20], [30]]


def test_order_of_tellings_changes_nothing() -> None:
    told = [
        telling(1, ("Najin", None, "sea")),
        telling(2, ("Najin", "Dunai", "unknown")),
        telling(3, ("Dunai", "Tikhoretsk", "rail")),
        telling(4, (None, "Dunai", "sea"), ("Dunai", "Tikhoretsk", "unknown")),
    ]
    first = route(*told)
    assert first == [("Najin", "Dunai", "sea"), ("Dunai", "Tikhoretsk", "rail")]
    assert all(route(*order) == first for order in itertools.permutations(told))
