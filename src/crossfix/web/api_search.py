"""The API: passages that hold words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from crossfix.errors import UsageError
from crossfix.web import reads_search as reads
from crossfix.web.paging import decode, encode
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Date, Listing, Text, api_router, paged
from crossfix.web.shapes_rows import HitShape

router = api_router("search")


@router.get("/search", response_model=Listing[HitShape], summary="Search passages")
def search(
    view: Reading,
    q: Annotated[str, Query(min_length=1, max_length=200, description='Words and "quoted phrases", all of them')],
    language: Annotated[str, Query(max_length=20)] = "",
    outlet: Text = "",
    since: Date = None,
    until: Date = None,
    after: After = None,
) -> dict[str, Any]:
    """Passages in all languages, best first, twenty at a time. `total` is null where more than 2,000 passages hold the words."""
    query = reads.Query(q.strip(), language, since or "", until or "", outlet)
    if not query.words:
        raise UsageError("nothing to search for", advice="give at least one word")
    values = [1] if after is None else decode(after)
    if len(values) != 1 or type(values[0]) is not int or not 0 < values[0] < 2**31:
        raise UsageError("this is no page of this list", advice="begin with the first page")
    ranked, complete = view.cached(("search", query), lambda: reads.ranked(view.connection, query))
    hits = reads.passages(view.connection, query, values[0], ranked, complete)
    items = [
        {
            "document": h.document, "start": h.start, "end": h.end, "title": h.title or None, "outlet": h.outlet or None,
            "day": h.day, "language": h.language, "bits": [{"text": b.text, "hit": b.hit} for b in h.bits],
            "path": f"/documents/{h.document}#{h.start}-{h.end}",
        }
        for h in hits.items
    ]  # fmt: skip
    more = hits.number < hits.pages and bool(items)
    return paged(items, encode([hits.number + 1]) if more else None, hits.total if complete else None)
