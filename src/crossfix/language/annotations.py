"""What the language room hands on: a document with its parse, names, times, places and attributions."""

from __future__ import annotations

from dataclasses import dataclass

from crossfix.language.parse import Parse
from crossfix.model import Attribution, Document, Interval, Name, Place, Time


@dataclass(frozen=True, slots=True)
class Annotations:
    """A document and all that was marked in its text. Lists are in order of position."""

    document: Document
    parse: Parse
    names: tuple[Name, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    attributions: tuple[Attribution, ...]
    written: Interval | None
