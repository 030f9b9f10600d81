"""What a finding, a note or a correction is about, in a line that leads there: claims, events, transfers and documents by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossfix.dossier import phrases, words
from crossfix.record import schema, values
from crossfix.record.reviews_overlay import overlay

if TYPE_CHECKING:
    from crossfix.record.store import Record

LABEL_MOST = 110


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the record in a line. ``path`` leads to its page, None where it is no longer in the record."""

    kind: str
    id: str
    label: str
    path: str | None


def subjects(record: Record, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
    """The subjects of these (kind, id); a few queries for all of them together."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, id_ in wanted:
        by_kind[kind].add(id_)
    out = {
        (k, i): Subject(k, i, f"{k} {i[:16]} (no longer in the record)", None)
        for k, ids in by_kind.items()
        for i in ids
    }
    said = overlay(record)
    for i, r in record.current_of(schema.events, by_kind["event"]).items():
        e = said.event(values.event_row_in(i, r["value"]))
        out["event", i] = Subject("event", i, phrases.heading(e), f"/events/{i}")
    for i, r in record.current_of(schema.transfers, by_kind["transfer"]).items():
        t = said.transfer(values.transfer_row_in(i, r["value"]))
        label = f"{phrases.pair(t.supplier, t.recipient)}: {phrases.shorten(t.item, LABEL_MOST)}"
        out["transfer", i] = Subject("transfer", i, label, f"/transfers/{i}")
    for i, r in record.current_of(schema.documents, by_kind["document"]).items():
        label = phrases.shorten(r["title"] or phrases.file_name(r["file"]), LABEL_MOST)
        out["document", i] = Subject("document", i, label, f"/documents/{i}")
    claims = {r["id"]: r for r in said.claim_rows(record.current_of(schema.claims, by_kind["claim"]).values())}
    texts = record.texts({r["document"] for r in claims.values()})
    for i, r in claims.items():
        c = values.claim_in(i, r["value"], texts[r["document"]], r["confidence"])
        content = phrases.shorten(phrases.said_words(texts[r["document"]], c.content), LABEL_MOST)
        who = c.source_name or (c.chain[-1] if c.chain else "source not named")
        path = f"/documents/{r['document']}#{c.quote.start}-{c.quote.end}"
        out["claim", i] = Subject("claim", i, f"{who} {words.STANCE_WORDS.get(c.stance, c.stance)}: {content}", path)
    return out


def passage(evidence: object) -> str:
    """The address of a passage in the reader."""
    from crossfix.record.rows import Evidence

    assert isinstance(evidence, Evidence)
    return f"/documents/{evidence.document}#{evidence.start}-{evidence.end}"
