"""Finding passages by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crossfix.errors import UsageError
from crossfix.record import schema, sqlite
from crossfix.record.matching import holds_all
from crossfix.record.rows import Evidence

if TYPE_CHECKING:
    from crossfix.record.store import Record


def search(record: Record, query: str, limit: int) -> list[Evidence]:
    """See ``Record.search``. Raises UsageError for a query without a word."""
    words = sqlite.query_words(query)
    if not words:
        raise UsageError("nothing to search for", advice="give at least one word")
    if limit < 1:
        raise UsageError("limit must be at least 1")
    with record.reading():
        found = _passages(record, words, limit)
        return [_narrowed(record, e, words) for e in found]


def _passages(record: Record, words: list[str], limit: int | None) -> list[Evidence]:
    t = schema.passages
    with record.reading() as connection:
        rows = sqlite.matching_passages(connection, words, limit)
        by_row: dict[int, Evidence] = {}
        for i in range(0, len(rows), 400):
            for r in connection.execute(select(t).where(t.c.row.in_(rows[i : i + 400]))).mappings():
                by_row[r["row"]] = Evidence(r["document"], r["start"], r["end"])
    return [by_row[n] for n in rows if n in by_row]


def _narrowed(record: Record, e: Evidence, words: list[str]) -> Evidence:
    """The sentence of the paragraph that holds most of the words, the first where several do."""
    text = record.text(e.document)
    inside = [(a, b) for a, b in record.sentences(e.document) if e.start <= a and b <= e.end]
    if not inside:
        return e
    best = max(inside, key=lambda s: (sum(holds_all([w], text[s[0] : s[1]]) for w in words), -s[0]))
    return Evidence(e.document, *best)


def documents_with(record: Record, word: str) -> set[str]:
    """The documents whose text holds the word or phrase."""
    words = sqlite.query_words(word)
    return {e.document for e in _passages(record, words, None)} if words else set()
