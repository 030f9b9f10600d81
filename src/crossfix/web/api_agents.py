"""The API: agents and places."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from crossfix.errors import UnknownId, UsageError
from crossfix.record.export import agent_json
from crossfix.web import reads_roster, reads_rows
from crossfix.web.paging import PAGE, decode, encode
from crossfix.web.reading import Reading
from crossfix.web.shapes import After, Id, Limit, Listing, Text, answers, api_router, paged
from crossfix.web.shapes_rows import AgentListed, AgentShape, PlaceListed

router = api_router("agents")


def start_of(after: str | None) -> int:
    """Where a page of a list begins that is numbered through. Raises UsageError."""
    if after is None:
        return 0
    values = decode(after)
    if len(values) != 1 or type(values[0]) is not int or not 0 <= values[0] < 2**31:
        raise UsageError("this is no page of this list", advice="begin with the first page")
    return int(values[0])


@router.get("/agents", response_model=Listing[AgentListed], summary="List agents")
def agents(
    view: Reading,
    q: Text = "",
    kind: Annotated[str, Query(max_length=40, description="person, office, organisation, state and so on")] = "",
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Who speaks or acts, by name. `q` are words of any of their names."""
    found = reads_roster.picked(reads_roster.roster(view), q, kind)
    first = start_of(after)
    shown = found[first : first + limit]
    claims = reads_roster.claim_counts(view.connection, shown)
    items = [
        {"id": e.id, "name": e.name, "kind": e.kind, "document": e.document or None, "names": len(e.names), "claims": claims[e.id]}
        for e in shown
    ]  # fmt: skip
    return paged(items, encode([first + limit]) if len(found) > first + limit else None, len(found))


@router.get("/agents/{id}", response_model=AgentShape, responses=answers(404), summary="One agent")
def agent(view: Reading, id: Id) -> dict[str, Any]:
    """An agent with why each name means it."""
    found = reads_roster.agent(view.record, view.connection, id)
    if found is None:
        raise UnknownId(f"no agent has the id {id[:80]!r}", advice="list them at /api/v1/agents")
    return agent_json(found)


@router.get("/places", response_model=Listing[PlaceListed], summary="List places")
def places(
    view: Reading,
    q: Text = "",
    document: Annotated[str | None, Query(max_length=64, description="SHA-256 of a document that names it")] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """Places that documents name, those with most mentions first."""
    first = start_of(after)
    every = view.cached(("places", document), lambda: reads_rows.places(view.record, document))
    found = reads_rows.named(every, q)
    shown = found[first : first + limit]
    return paged(shown, encode([first + limit]) if len(found) > first + limit else None, len(found))
