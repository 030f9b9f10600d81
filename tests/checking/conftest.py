"""A record for the checks that tests make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checking_builders import make
from crossfix.checking import registry
from crossfix.checking.registry import Check
from crossfix.record import Record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of its own for one test."""
    return make(tmp_path / "r.sqlite")


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """The same, open to be written."""
    with Record.open(path, write=True) as found:
        yield found


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes these the only checks there are."""

    def only(*found: Check) -> None:
        monkeypatch.setattr(registry, "load", lambda: (found, ()))
        monkeypatch.setattr("crossfix.checking.run.load", lambda: (found, ()))

    return only
