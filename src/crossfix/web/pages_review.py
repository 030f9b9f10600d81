"""Review: the queue of what matters most, the list of all acts, and the forms that act and undo."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from crossfix.errors import Conflict
from crossfix.record import reviews
from crossfix.record.reviews_rows import Act, ReviewKind, Verb
from crossfix.record.reviews_values import words as value_words
from crossfix.web import reads_review as reads
from crossfix.web.errors import wants_json
from crossfix.web.pages import page
from crossfix.web.pages_reader import review_context
from crossfix.web.reading import Reading, Writing
from crossfix.web.reviewing import ours, remember, reviewer

router = APIRouter(include_in_schema=False)
After = Annotated[str | None, Query(max_length=2000)]
Short = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=6000)]
Seen = Annotated[int, Form(ge=0, lt=2**62)]


@router.get("/review", response_class=HTMLResponse)
def queue(request: Request, view: Reading, after: After = None) -> Response:
    """What nobody reviewed yet, what matters most first."""
    record, connection = view.record, view.connection
    found = view.cached(("review queue", after), lambda: reads.queue(record, connection, after))
    counts = view.cached("review counts", lambda: reads.counts(record, connection))
    return page(
        request,
        view,
        "review.html",
        found=found,
        counts=counts,
        after=after,
        at_next=_here(after),
        **review_context(request),
    )


@router.get("/history", response_class=HTMLResponse)
def history(request: Request, view: Reading, after: After = None) -> Response:
    """Every act of every person, the newest first."""
    found = reads.history(view.record, after)
    return page(request, view, "history.html", found=found, after=after, **review_context(request))


@router.post("/review/act", response_class=HTMLResponse)
def act(
    request: Request,
    record: Writing,
    kind: Annotated[ReviewKind, Form()],
    target: Short,
    verb: Annotated[Verb, Form()],
    field: Annotated[str, Form(max_length=40)] = "",
    value: Long = "",
    seen: Seen = 0,
    why: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/review",
) -> Response:
    """Keep an act, and go back to where it was said. A 409 shows both values where somebody was faster."""
    by = reviewer(request)
    try:
        reviews.review(record, verb, kind, target, field=field, value=value, seen=seen, by=by, why=why)
    except Conflict as error:
        given = {"kind": kind, "target": target, "verb": verb, "field": field, "value": value, "why": why}
        return _conflict(request, record, error, given, next)
    return _back(request, next)


@router.post("/review/undo", response_class=HTMLResponse)
def undo(
    request: Request,
    record: Writing,
    act: Short,
    seen: Seen = 0,
    why: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/history",
) -> Response:
    """Take an act back."""
    try:
        reviews.undo(record, act, seen=seen, by=reviewer(request), why=why)
    except Conflict as error:
        found = reviews.act(record, act)
        given = {
            "kind": found.kind,
            "target": found.target,
            "verb": "undo",
            "field": found.field,
            "value": "",
            "act": act,
        }
        return _conflict(request, record, error, given, next)
    return _back(request, next)


@router.post("/review/name", response_class=HTMLResponse)
def name(
    request: Request,
    name: Annotated[str, Form(max_length=120)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/review",
) -> Response:
    """Remember the name that this browser reviews as."""
    answer = _back(request, next)
    remember(request, answer, name)
    return answer


def _here(after: str | None) -> str:
    return "/review" + (f"?after={after}" if after else "")


def _back(request: Request, next: str) -> Response:
    return RedirectResponse(request.app.state.settings.root + ours(next), 303)


def _conflict(request: Request, record: Any, error: Conflict, given: dict[str, str], next: str) -> Response:
    """Both values side by side, and the way to say it again. Nothing was written."""
    if wants_json(request.url.path, request.headers.get("accept", "")):
        raise error
    kind: Any = given["kind"]
    current: Any = error.current
    given = given | {"field": current["yours"]["field"]}  # "date" is "when"; to accept and reject there is none
    text = record.text(record.claim(given["target"]).document) if kind == "claim" else ""
    theirs: Act = reviews.act(record, current["act"])
    mine = given["value"] if given["field"] != "content" else value_words("content", current["yours"]["value"], text)
    return page(
        request,
        None,
        "review_conflict.html",
        status=409,
        theirs=theirs,
        theirs_words=reviews.told(theirs, text),
        now=value_words(given["field"], current["now"], text) if given["field"] else "",
        mine=mine,
        given=given,
        seen=current["seen"],
        next=ours(next),
        message=str(error.what),
        **review_context(request),
    )
