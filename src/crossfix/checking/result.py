"""What a check finds: a verdict, one sentence, the numbers behind it, the rows used, and what it does not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crossfix.record.findings import VERDICTS as VERDICTS
from crossfix.record.findings import Row as Row
from crossfix.record.findings import Verdict as Verdict
from crossfix.record.rows import Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """A check's answer. ``summary`` is one plain sentence. ``working`` holds the numbers by name, units in the names
    ("off_nadir_deg", "apogee_km"); its values are what JSON can hold, and enough to recompute the verdict by hand. ``caveat`` says what the
    finding does not show. ``chance`` is how likely (0 to 1) chance alone would have supported the claim, None where that cannot be said;
    ``chance_of`` says chance of what."""

    verdict: Verdict
    summary: str
    working: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Row, ...] = ()
    caveat: str | None = None
    chance: float | None = None
    chance_of: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something in the record that a check can be asked about. ``subject`` is the id of a claim, an event, a transfer or a document
    (its SHA-256); ``kind`` names the sort of question ("calendar.weekday"), and two questions of one kind about one subject differ in
    ``about`` ("2023-12-18, Rome"). ``ask`` gives the answer, None where on a closer look there is nothing to ask."""

    subject: str
    kind: str
    evidence: tuple[Evidence, ...]
    ask: Callable[[], Result | None]
    about: str = ""
