"""Events and transfers: the lists, and one of each with all that is said of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from crossfix.dossier import phrases
from crossfix.web import reads_event as one
from crossfix.web import reads_events as reads
from crossfix.web.pages import Links, page
from crossfix.web.paging import sorting
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=200)]
Word = Annotated[str, Query(max_length=40)]
Day = Annotated[str, Query(max_length=10)]
Sort = Annotated[str | None, Query(max_length=20)]
After = Annotated[str | None, Query(max_length=2000)]
STATUSES = (
    ("reported", "reported"),
    ("alleged", "alleged"),
    ("denied", "denied"),
    ("confirmed_by_actor", "confirmed by the actor"),
)


@router.get("/events", response_class=HTMLResponse)
def events(
    request: Request,
    view: Reading,
    q: Text = "",
    type: Word = "",
    agent: Text = "",
    status: Word = "",
    since: Day = "",
    until: Day = "",
    verdict: Word = "",
    origins: Annotated[int, Query(ge=0, le=1000)] = 0,
    sort: Sort = None,
    after: After = None,
) -> Response:
    """What is told to have happened, with who says so."""
    asked = reads.Asked(q.strip(), type, agent.strip(), status, since.strip(), until.strip(), verdict, origins)
    connection = view.connection
    return page(
        request, view, "events.html", asked=asked, sort=sorting(sort, reads.ORDERS, reads.STANDARD)[0], after=after,
        found=reads.listed(view.record, connection, asked, sort, after), statuses=STATUSES,
        types=view.cached("event types", lambda: reads.types(connection)),
        parties=view.cached("event parties", lambda: reads.parties(connection)),
    )  # fmt: skip


@router.get("/events/{id_}", response_class=HTMLResponse)
def event(request: Request, view: Reading, id_: str) -> Response:
    """One event."""
    now = one.standing_id(view.record, "events", id_)
    if now != id_:
        return RedirectResponse(Links(request).at(f"/events/{now}", was=id_), 303)
    whole = one.whole(view.record, view.connection, id_)
    return page(
        request, view, "event.html", w=whole, e=whole.event, phrases=phrases, modes=one.MODES, amounts=one.amounts,
        was=request.query_params.get("was", "")[:80], done=request.query_params.get("done", "")[:20],
    )  # fmt: skip


@router.get("/transfers", response_class=HTMLResponse)
def transfers(
    request: Request,
    view: Reading,
    q: Text = "",
    type: Word = "",
    agent: Text = "",
    status: Word = "",
    since: Day = "",
    until: Day = "",
    verdict: Word = "",
    sort: Sort = None,
    after: After = None,
) -> Response:
    """What is told to have been handed over."""
    asked = reads.Asked(q.strip(), type, agent.strip(), status, since.strip(), until.strip(), verdict)
    connection = view.connection
    return page(
        request, view, "transfers.html", asked=asked, sort=sorting(sort, reads.TRANSFER_ORDERS, reads.STANDARD)[0],
        after=after, found=reads.transfers(view.record, connection, asked, sort, after), statuses=STATUSES,
        kinds=view.cached("transfer kinds", lambda: reads.kinds(connection)), amounts=one.amounts,
        parties=view.cached("event parties", lambda: reads.parties(connection)),
    )  # fmt: skip


@router.get("/transfers/{id_}", response_class=HTMLResponse)
def transfer(request: Request, view: Reading, id_: str) -> Response:
    """One transfer: goods, amounts, the way leg by leg, who alleges and who denies."""
    now = one.standing_id(view.record, "transfers", id_)
    if now != id_:
        return RedirectResponse(Links(request).at(f"/transfers/{now}", was=id_), 303)
    moved = one.transfer(view.record, view.connection, id_)
    return page(
        request, view, "transfer.html", m=moved, t=moved.transfer, modes=one.MODES, phrases=phrases,
        was=request.query_params.get("was", "")[:80],
    )  # fmt: skip
