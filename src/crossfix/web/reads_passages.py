"""Passages of documents cut out by the database, each within its surroundings, with who published it and when: no text is read whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from crossfix.dossier.phrases import flat
from crossfix.record.rows import Evidence
from crossfix.web.reads_overview import outlets

AROUND = 220
LONGEST = 420
_STOPS = (". ", "! ", "? ", ".” ", '." ', "\n\n", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage within its sentence. ``day`` is the document's, "" for none."""

    evidence: Evidence
    before: str
    words: str
    after: str
    outlet: str
    day: str


def cuts(connection: Connection, evidence: Iterable[Evidence]) -> dict[Evidence, Cut]:
    """The passages with their surroundings."""
    wanted = list(dict.fromkeys(evidence))
    if not wanted:
        return {}
    given = json.dumps([[e.document, e.start, e.end] for e in wanted])
    rows = connection.execute(
        text(
            "SELECT j.key, substr(t.text, max(0, j.value ->> 1 - :around) + 1, min(j.value ->> 1, :around)), "
            "substr(t.text, (j.value ->> 1) + 1, min((j.value ->> 2) - (j.value ->> 1), :longest)), "
            "substr(t.text, (j.value ->> 2) + 1, :around) "
            "FROM json_each(:given) j JOIN texts t ON t.id = j.value ->> 0 AND t.version = 1"
        ),
        {"given": given, "around": AROUND, "longest": LONGEST + 1},
    )
    names, days = outlets(connection, {e.document for e in wanted}), _days(connection, wanted)
    out = {}
    for n, before, words, after in rows:
        e = wanted[int(n)]
        out[e] = Cut(
            e, _head(before or ""), _whole(words or ""), _tail(after or ""), names[e.document], days.get(e.document, "")
        )
    return out


def _days(connection: Connection, evidence: Iterable[Evidence]) -> dict[str, str]:
    from crossfix.web.reads_claims import days_of

    return days_of(connection, {e.document for e in evidence})


def _whole(words: str) -> str:
    told = flat(words)
    return f"{told[:LONGEST].rpartition(' ')[0] or told[:LONGEST]} …" if len(words) > LONGEST else told


def _head(before: str) -> str:
    """What stands before a passage in its sentence."""
    at = max((before.rfind(s) + len(s) for s in _STOPS if s in before), default=-1)
    told = flat(before[at:] if at >= 0 else before, right=False)
    if not told:
        return ""
    cut = "… " + told.partition(" ")[2] if at < 0 and len(before) >= AROUND else told
    return cut + (" " if before[-1:].isspace() else "")


def _tail(after: str) -> str:
    """What stands after a passage in its sentence."""
    ends = [after.find(s) + len(s.rstrip()) for s in _STOPS if s in after]
    told = flat(after[: min(ends)] if ends else after)
    if not told:
        return ""
    cut = f"{told.rpartition(' ')[0] or told} …" if not ends and len(after) >= AROUND else told
    return (" " if after[:1].isspace() else "") + cut
