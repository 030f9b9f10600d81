"""Putting one extraction into the record: every row of a document in one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from crossfix.errors import RecordError
from crossfix.model import Document, Extraction, Span
from crossfix.record import schema, sqlite, values
from crossfix.record.rows import Added

if TYPE_CHECKING:
    from crossfix.record.store import Record

_LONGEST_PASSAGE = 3000
_WORD = re.compile(r"\w+")


def add_extraction(record: Record, extraction: Extraction, packed: bytes | None) -> Added:
    """Keep an extraction; ``packed`` are the original bytes, zlib-compressed. See ``Record.add``."""
    document = extraction.document
    _check_spans(extraction, str(record.path))
    with record.transaction() as connection:
        if record.has(document.sha256):
            return _already(record, document.sha256)
        prefix = _prefix(record, document.sha256)
        why = "read from " + _clean(document.file)
        put = record.insert_first
        sha = document.sha256
        put(schema.documents, {sha: _document_columns(extraction)}, act="added", why=why)
        put(schema.texts, {sha: {"text": document.text}}, act="added", why=why)
        if packed is not None:
            put(schema.originals, {sha: {"data": packed}}, act="added", why=why)
        put(schema.marks, {sha: {"value": _annotations(extraction)}}, act="added", why=why)
        found = "found in the text"
        ours = {c.id: _qualified(prefix, c.id) for c in extraction.claims}
        ours |= {e.id: _qualified(prefix, e.id) for e in extraction.events}
        claims = {
            ours[c.id]: {
                "document": sha, "source_name": c.source_name, "value": values.claim_out(c),
                # a plain float: what a model computes may be a number type that the database does not know
                "confidence": None if c.confidence is None else float(c.confidence),
            }
            for c in extraction.claims
        }  # fmt: skip
        mentions = {}
        for e in extraction.events:
            value = values.event_out(e)
            value["claim"] = ours.get(e.claim, e.claim) if e.claim else None
            mentions[ours[e.id]] = {"document": sha, "type": e.type, "value": value}
        transfers = {}
        for t in extraction.transfers:
            value = values.transfer_out(t)
            value["event"] = ours.get(t.event, t.event) if t.event else None
            transfers[_qualified(prefix, t.id)] = {"document": sha, "value": value}
        places = {
            f"{prefix}-p{n}": {"document": sha, "value": values.place_out(p)}
            for n, p in enumerate(extraction.places, start=1)
        }
        _unique(extraction, claims, mentions, transfers, str(record.path))
        put(schema.claims, claims, act="added", why=found)
        put(schema.mentions, mentions, act="added", why=found)
        put(schema.transfer_mentions, transfers, act="added", why=found)
        put(schema.place_mentions, places, act="added", why=found)
        _index(connection, document)
        return Added(sha, True, len(claims), len(mentions), len(transfers))


def _already(record: Record, sha: str) -> Added:
    with record.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(t).where(t.c.document == sha)).scalar_one()
            for t in (schema.claims, schema.mentions, schema.transfer_mentions)
        ]
    return Added(sha, False, *counts)


def _prefix(record: Record, sha: str) -> str:
    """The shortest beginning of the hash, at least 8 digits, that no other document has."""
    t = schema.documents
    with record.reading() as connection:
        for length in range(8, len(sha) + 1, 4):
            same = select(t.c.row).where(t.c.id >= sha[:length], t.c.id < sha[:length] + "g").limit(1)
            if connection.execute(same).first() is None:
                return sha[:length]
    return sha


def _qualified(prefix: str, id_: str) -> str:
    """The id with the document's prefix in front, once."""
    return id_ if id_.startswith(prefix + "-") else f"{prefix}-{id_.rpartition('-')[2]}"


def _unique(extraction: Extraction, *rows_and_path: Any) -> None:
    *tables, path = rows_and_path
    for given, kept in zip((extraction.claims, extraction.events, extraction.transfers), tables, strict=True):
        if len(given) != len(kept):
            raise RecordError(f"{extraction.document.sha256[:12]} has two rows of one id", where=path)


def _clean(value: str) -> str:
    """File names may hold bytes that are no text; they are shown as the replacement character."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _document_columns(extraction: Extraction) -> dict[str, Any]:
    d = extraction.document
    return {
        "file": _clean(d.file), "media_type": d.media_type, "title": d.title, "outlet": d.outlet, "agency": d.agency,
        "author": d.author, "published": d.published, "published_basis": d.published_basis,
        "written": None if extraction.written is None else str(extraction.written), "language": d.language,
        "url": d.url, "words": len(_WORD.findall(d.text)), "extracted": extraction.extracted, "fast": extraction.fast,
        "value": {
            "furniture": values.furniture_out(d.furniture), "notes": [_clean(n) for n in d.notes],
            "header": dict(d.header), "reason": extraction.reason,
        },
    }  # fmt: skip


def _annotations(extraction: Extraction) -> dict[str, Any]:
    return {
        "sentences": [[s.start, s.end, s.paragraph] for s in extraction.sentences],
        "names": [values.name_out(n) for n in extraction.names],
        "times": [values.time_out(t) for t in extraction.times],
    }


def _check_spans(extraction: Extraction, path: str) -> None:
    """Every passage lies in the text and holds the words it says: nothing may enter the record that leads nowhere."""
    text = extraction.document.text
    for span in _spans(extraction):
        if not 0 <= span.start <= span.end <= len(text) or text[span.start : span.end] != span.text:
            raise RecordError(
                f"a passage [{span.start}, {span.end}) of {extraction.document.sha256[:12]} does not fit its text",
                where=path,
            )


def _spans(x: Extraction) -> Iterator[Span]:
    yield from (n.span for n in x.names)
    yield from (t.span for t in x.times)
    yield from (p.span for p in x.places)
    for c in x.claims:
        yield from (s for s in (c.source, c.cue, c.content, c.quote, *c.firmness_words) if s is not None)
    for e in x.events:
        yield from (s for s in (e.trigger, e.when_text, *e.mentions, *(o.span for o in e.ordinals)) if s is not None)
    yield from (t.evidence for t in x.transfers)


# ------------------------------------------------------------------ the search index


def passages_of(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text (parted by blank lines) as [start, end); long ones in parts, cut at a blank."""
    for m in re.finditer(r"(?:[^\n]|\n(?![ \t\r\f\v]*(?:\n|\Z)))+", text):
        start = m.end() - len(m[0].lstrip())
        end = m.start() + len(m[0].rstrip())
        while end - start > _LONGEST_PASSAGE:
            cut = max(text.rfind(c, start + 1, start + _LONGEST_PASSAGE) for c in "\n ")
            cut = cut if cut > start else start + _LONGEST_PASSAGE
            if text[start:cut].strip():
                yield start, cut
            start = cut
        if text[start:end].strip():
            yield start, end


def _index(connection: Any, document: Document) -> None:
    pieces = list(passages_of(document.text))
    first = (connection.execute(select(func.max(schema.passages.c.row))).scalar() or 0) + 1
    rows = [{"row": first + n, "document": document.sha256, "start": a, "end": b} for n, (a, b) in enumerate(pieces)]
    if rows:
        connection.execute(insert(schema.passages), rows)
        sqlite.index_passages(connection, [(first + n, document.text[a:b]) for n, (a, b) in enumerate(pieces)])


def rebuild_index(record: Record) -> int:
    """Throw the search index away and build it again from the kept texts; returns how many passages it holds."""
    with record.transaction() as connection:
        sqlite.clear_search(connection)
        connection.execute(schema.passages.delete())
        for row in record.current(schema.texts):
            document = Document("", row["id"], "", row["text"])
            _index(connection, document)
        return int(connection.execute(select(func.count()).select_from(schema.passages)).scalar_one())
