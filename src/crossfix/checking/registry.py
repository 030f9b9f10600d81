"""The checks there are: our own, and those that installed packages register under the entry point group "crossfix.checks".

A check is any object with ``name``, ``title`` and ``questions(case)``. Another package names it in its pyproject.toml:

    [project.entry-points."crossfix.checks"]
    embargo = "my_package.embargo:check"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from crossfix.checking.case import Case
from crossfix.checking.result import Question
from crossfix.errors import CrossfixError

GROUP = "crossfix.checks"
OWN: tuple[str, ...] = (
    "calendar",
    "clock",
    "itinerary",
    "quantity",
    "ordinal",
    "freeflight",
    "provisions",
    "designation",
    "overpass",
    "resemblance",
)
"""The modules of this room that hold a check, in the order in which findings of one verdict are shown. Each has a ``check``."""


@runtime_checkable
class Check(Protocol):
    """What a check must have. ``title`` says in a few words what is held against what."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    def questions(self, case: Case) -> Iterable[Question]: ...


@dataclass(frozen=True, slots=True)
class Simple:
    """A check made of a name, a title and a function that finds the questions."""

    name: str
    title: str
    find: Callable[[Case], Iterable[Question]]

    def questions(self, case: Case) -> Iterable[Question]:
        """What in this record the check can be asked about."""
        return self.find(case)


def load() -> tuple[tuple[Check, ...], tuple[CrossfixError, ...]]:
    """Every check that can be used, ours first, then those of other packages by name; and why each other one cannot: it cannot be loaded,
    is no check, or takes a name that is in use. Whoever runs them has to say so: a check left out unsaid would look like a clean record."""
    found: list[Check] = [import_module(f"crossfix.checking.{m}").check for m in OWN]
    broken = []
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        try:
            one = entry.load()
        except Exception as error:  # whatever a foreign package raises, it is said which one
            broken.append(
                CrossfixError(
                    f"the check {entry.name!r} of {entry.value} cannot be loaded: {error}",
                    advice="mend or remove the package that registers it",
                )
            )
            continue
        if not isinstance(one, Check):
            broken.append(CrossfixError(f"{entry.value} is no check: it needs name, title and questions(case)"))
        elif one.name in {c.name for c in found}:
            broken.append(
                CrossfixError(f"{entry.value} is a second check of the name {one.name!r}", advice="rename it")
            )
        else:
            found.append(one)
    return tuple(found), tuple(broken)


def checks() -> tuple[Check, ...]:
    """Every check. Raises CrossfixError where a registered one cannot be used."""
    found, broken = load()
    if broken:
        raise broken[0]
    return found
