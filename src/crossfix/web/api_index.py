"""The API: the record in a few numbers, and the history of whatever is in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from crossfix import __version__
from crossfix.record.decisions import decisions
from crossfix.record.export import decision_json
from crossfix.web import reads_overview
from crossfix.web.reading import Reading
from crossfix.web.shapes import PREFIX, Id, Listing, answers, api_router, paged
from crossfix.web.shapes_rows import DecisionShape, HistoryShape, IndexShape

router = api_router("record")
LISTS = (
    "documents", "claims", "events", "transfers", "agents", "places", "origins", "findings", "checks", "drifts", "decisions", "data",
    "search",
)  # fmt: skip


@router.get("", response_model=IndexShape, summary="The record in numbers")
def index(view: Reading) -> dict[str, Any]:
    """How much the record holds, and where its lists are. `revision` says whether anything changed."""
    counts = view.cached("overview counts", lambda: reads_overview.counts(view.connection))
    told = asdict(counts) | {"languages": dict(counts.languages)}
    lists = {name: f"{PREFIX}/{name}" for name in LISTS}
    return {"crossfix": __version__, "revision": view.revision, "counts": told, "lists": lists}


@router.get("/decisions", response_model=Listing[DecisionShape], summary="List decisions")
def decided(view: Reading) -> dict[str, Any]:
    """Merges and splits that people decided and that hold, in order."""
    items = [decision_json(d) for d in decisions(view.record)]
    return paged(items, None, len(items))


@router.get(
    "/history/{id}", response_model=Listing[HistoryShape], responses=answers(404), summary="The history of a row"
)
def history(view: Reading, id: Id) -> dict[str, Any]:
    """Every version of whatever has this id, the oldest first: when, who, what was done, and why."""
    items = [
        {"table": h.table, "version": h.version, "at": h.at, "by": h.by, "act": h.act, "why": h.why, "value": dict(h.value)}
        for h in view.record.history(id)
    ]  # fmt: skip
    return paged(items, None, len(items))
