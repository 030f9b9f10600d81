"""Dated public occasions, told by the words by which reports speak of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from crossfix.errors import CrossfixError


@dataclass(frozen=True, slots=True)
class Occasion:
    """A happening whose day is known: ``pattern`` is tried on one sentence. Days are local, both included. ``planned`` marks those that are
    announced beforehand (summits, elections): only they can be told as to come."""

    name: str
    first: dt.date
    last: dt.date
    pattern: re.Pattern[str]
    source: str
    planned: bool = False


@lru_cache(maxsize=1)
def occasions() -> tuple[Occasion, ...]:
    """The table, read once a process. Raises CrossfixError where a row is broken."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("crossfix.reference").joinpath("occasions.yaml").read_text(encoding="utf-8")
    out = []
    for row in yaml.load(text, Loader=loader):
        try:
            first, _, last = str(row["when"]).partition("/")
            a = dt.date.fromisoformat(first)
            b = dt.date.fromisoformat(last) if last else a
            out.append(Occasion(row["name"], a, b, re.compile(row["pattern"]), row["source"], bool(row.get("planned"))))
        except (KeyError, ValueError, re.error) as e:
            raise CrossfixError(f"a row that cannot be read ({e})", where="occasions.yaml") from e
    return tuple(out)


# Words of which every pattern needs one: sentences without any are passed over.
QUICK = re.compile(
    r"summit|invasion|invaded|war\b|Ukraine|nuclear|satellite|attack|ICBM|intercontinental|Hwasong|Wagner|mutiny|Camp David|Vostochny|"
    r"Vilnius|Hiroshima|NATO|election|inauguration|Panmunjom|Hanoi|armistice|liberation|founding|Soviet|Soleimani|Malligyong|Putin|9/11",
    re.IGNORECASE,
)
