"""The type of the `code` fixture."""

from __future__ import annotations

from collections.abc import Callable

from crossfix.model import Event, Transfer

Coded = tuple[tuple[Event, ...], tuple[Transfer, ...]]
Code = Callable[..., Coded]
