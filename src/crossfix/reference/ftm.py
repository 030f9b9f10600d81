"""Entities in the FollowTheMoney form, from JSON lines: persons, bodies and vessels with their other names.

Only the standard library is used. The form is that of followthemoney.tech: one JSON object a line with "id", "schema" and
"properties", whose values are lists of texts. What is read here offers names for agents (``linking.agent_entities``); nothing
of it is taken for a fact about the world.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from crossfix.errors import CrossfixError

SCHEMAS = {
    "Person": "person", "Organization": "organisation", "Company": "organisation", "PublicBody": "organisation", "Vessel": "vessel",
    "LegalEntity": "organisation",
}  # fmt: skip
"""The schemas that are read, and the kind of agent each is. Others (payments, addresses, sanctions) are passed over."""
MOST_BYTES = 1_000_000
"""A longer line is not read: no entity of a published list comes near it."""
MOST_NAMES = 200
_ALIASES = ("alias", "previousName", "weakAlias", "abbreviation")
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "flag")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity: its id and schema as given, the kind of agent, the name to show, all its other names, those of them that the list
    calls weak, its countries (ISO 3166 alpha-2, capitals), and where it is from (the data sets it names, else the file)."""

    id: str
    schema: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...]
    countries: tuple[str, ...]
    source: str


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def read(path: str | Path, complain: Callable[[str], None] = _say) -> Iterator[Entity]:
    """The entities of a file, line by line, in bounded memory. A line that cannot be read is told to ``complain`` in one line (file,
    number, reason) and passed over. Raises CrossfixError where the file itself cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            for number, line in _lines(file):
                try:
                    found = _entity(line, path.name)
                except ValueError as e:
                    complain(f"{path.name}, line {number}: {e}; passed over")
                    continue
                if found is not None:
                    yield found
    except OSError as e:
        raise CrossfixError(f"cannot be read ({e.strerror or e})", where=str(path)) from e


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of a line that is too long only the first part, which then fails."""
    number = 0
    while line := file.readline(MOST_BYTES + 1):
        number += 1
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MOST_BYTES + 1)
        if line.strip():
            yield number, line


def _entity(line: bytes, file: str) -> Entity | None:
    if len(line) > MOST_BYTES:
        raise ValueError(f"longer than {MOST_BYTES} bytes")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise ValueError(f"no JSON ({str(e)[:80]})") from e
    if not isinstance(value, dict):
        raise ValueError("no object")
    schema, id_, properties = value.get("schema"), value.get("id"), value.get("properties")
    if not isinstance(schema, str):
        raise ValueError('no "schema"')
    kind = SCHEMAS.get(schema)
    if kind is None:
        return None
    if not isinstance(id_, str) or not id_:
        raise ValueError('no "id"')
    if not isinstance(properties, dict):
        raise ValueError('no "properties"')
    names = _texts(properties, "name")
    caption = value.get("caption")
    shown = caption if isinstance(caption, str) and caption.strip() else (names[0] if names else "")
    if not shown:
        raise ValueError("no name")
    others = dict.fromkeys(n for key in ("name", *_ALIASES) for n in _texts(properties, key))
    others.pop(shown, None)
    countries = {c.upper() for key in _COUNTRIES for c in _texts(properties, key) if len(c) == 2}
    sets = value.get("datasets")
    source = ", ".join(sorted(x for x in sets if isinstance(x, str))) if isinstance(sets, list) else ""
    return Entity(
        id_, schema, kind, " ".join(shown.split()), tuple(others)[:MOST_NAMES], tuple(_texts(properties, "weakAlias"))[:MOST_NAMES],
        tuple(sorted(countries)), source or file,
    )  # fmt: skip


def _texts(properties: dict[str, Any], key: str) -> list[str]:
    value = properties.get(key, [])
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        raise ValueError(f'"{key}" is no list of texts')
    return [" ".join(x.split()) for x in value if x.strip()]
