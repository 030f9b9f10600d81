"""Putting events, agents and origins together and taking them apart, and taking either back. First a look, then the act."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from crossfix.errors import Conflict, UnknownId, UsageError
from crossfix.record import decisions
from crossfix.web import deciding
from crossfix.web.errors import wants_json
from crossfix.web.pages import Links, page
from crossfix.web.reading import Reading, Writing
from crossfix.web.reviewing import ours, reviewer

router = APIRouter(include_in_schema=False)
KindWord = Literal["event", "agent", "origin"]
Id = Annotated[str, Query(max_length=200)]
FormId = Annotated[str, Form(max_length=200)]
FormText = Annotated[str, Form(max_length=2000)]
Seen = Annotated[str, Form(max_length=64)]
PARTS_MOST = 2000


@router.get("/decide", response_class=HTMLResponse)
def every(request: Request, view: Reading) -> Response:
    """Every merge and split, the latest first, those taken back too."""
    made = list(reversed(decisions.decisions(view.record, undone=True)))
    return page(request, view, "decisions.html", made=made, paths=deciding.PATHS)


@router.get("/decide/merge", response_class=HTMLResponse)
def merge(request: Request, view: Reading, kind: KindWord, id: Id, other: Id) -> Response:
    """What putting two together would change."""
    plan = deciding.merging(view.record, view.connection, kind, [id, other])
    return _confirm(request, view, plan)


@router.get("/decide/split", response_class=HTMLResponse)
def split(
    request: Request,
    view: Reading,
    kind: KindWord,
    id: Id,
    part: Annotated[list[str] | None, Query(max_length=PARTS_MOST)] = None,
) -> Response:
    """What taking parts out would change."""
    plan = deciding.splitting(view.record, view.connection, kind, id, part or [])
    return _confirm(request, view, plan)


@router.post("/decide/merge", response_class=HTMLResponse)
def do_merge(
    request: Request,
    record: Writing,
    kind: Annotated[KindWord, Form()],
    id: FormId,
    other: FormId,
    seen: Seen,
    why: FormText = "",
) -> Response:
    """Put two together."""
    with record.transaction() as connection:
        try:
            plan = deciding.merging(record, connection, kind, [id, other])
        except UsageError as error:
            return _faster(request, None, str(error.what), why, kind, id, latest(record, kind, [id, other]))
        return _do(request, record, plan, seen, why)


@router.post("/decide/split", response_class=HTMLResponse)
def do_split(
    request: Request,
    record: Writing,
    kind: Annotated[KindWord, Form()],
    id: FormId,
    seen: Seen,
    part: Annotated[list[str], Form(max_length=PARTS_MOST)],
    why: FormText = "",
) -> Response:
    """Take parts out."""
    with record.transaction() as connection:
        try:
            plan = deciding.splitting(record, connection, kind, id, part)
        except UsageError as error:
            return _faster(request, None, str(error.what), why, kind, id, latest(record, kind, [id]))
        return _do(request, record, plan, seen, why)


@router.get("/decide/undo", response_class=HTMLResponse)
def undo(
    request: Request,
    view: Reading,
    decision: Annotated[str, Query(max_length=20)],
    next: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """What taking a decision back means."""
    d = deciding.decision(view.record, decision)
    return page(
        request,
        view,
        "decide_undo.html",
        d=d,
        next=ours(next, "/decide"),
        path=_where(view.record, d),
        undoing=_undoing(view.record, d),
    )


@router.post("/decide/undo", response_class=HTMLResponse)
def do_undo(
    request: Request,
    record: Writing,
    decision: Annotated[str, Form(max_length=20)],
    next: Annotated[str, Form(max_length=300)] = "",
    why: FormText = "",
) -> Response:
    """Take a decision back."""
    with record.transaction():
        d = deciding.decision(record, decision)
        if d.undone:
            return _faster(request, None, f"decision {d.number} was taken back already", why, d.kind, "", d)
        where = deciding.take_back(record, d, by=reviewer(request), why=flat(why))
    to = ours(next, "/decide")
    if to == "/decide" and where:
        to = deciding.PATHS[d.kind] + where[0]
    return _answer(request, to, d)


# ------------------------------------------------------------------ answers


def _confirm(
    request: Request, view: Any, plan: deciding.Plan, *, status: int = 200, why: str = "", faster: str = ""
) -> Response:
    parts = plan.given[1:] if plan.verb == "split" else ()
    return page(
        request, view, "decide.html", status=status, plan=plan, why=why, faster=faster, parts_given=parts,
        part_word=deciding.PARTS[plan.kind], who=reviewer(request),
    )  # fmt: skip


def _do(request: Request, record: Any, plan: deciding.Plan, seen: str, why: str) -> Response:
    if seen != plan.seen:
        last = plan.touching[-1] if plan.touching else None
        told = "somebody decided on one of these meanwhile" if last else "these are no longer as they were shown to you"
        if wants_json(request.url.path, request.headers.get("accept", "")):
            raise Conflict(told, current={"seen": plan.seen}, advice="look again at what would change")
        return _confirm(request, None, plan, status=409, why=why, faster=told)
    d, now = deciding.carry_out(record, plan, by=reviewer(request), why=flat(why))
    return _answer(request, deciding.PATHS[plan.kind] + now, d)


def _answer(request: Request, to: str, d: Any) -> Response:
    done = None if d.undone else str(d.number)
    return RedirectResponse(Links(request).at(to, done=done) if "?" not in to else Links(request).at(to), 303)


def _faster(request: Request, view: Any, told: str, why: str, kind: str, id_: str, last: Any) -> Response:
    """Somebody else did it, or undid it, already. What this visitor typed is shown, so that nothing is lost."""
    if wants_json(request.url.path, request.headers.get("accept", "")):
        raise Conflict(told, advice="look at how it stands now")
    to = deciding.PATHS[kind] + id_ if id_ else "/decide"
    return page(request, view, "decide_conflict.html", status=409, told=told, why=why, last=last, to=to)


def latest(record: Any, kind: KindWord, ids: list[str]) -> Any:
    """The newest decision about what these ids mean now, None where there is none."""
    found = []
    with record.reading() as connection:
        for i in ids:
            try:
                parts = set(deciding.thing(record, connection, kind, i).parts)
            except (UnknownId, UsageError):
                continue
            found += [d for d in decisions.decisions(record, undone=True) if d.kind == kind and d.parts & parts]
    return max(found, key=lambda d: d.number, default=None)


def _where(record: Any, d: Any) -> list[str]:
    return [
        deciding.PATHS[d.kind] + s for s in dict.fromkeys(deciding.stands(record, d.kind, g) for g in d.groups) if s
    ]


def _undoing(record: Any, d: Any) -> Any:
    return record.history(d.id)[-1] if d.undone else None


def flat(text: str) -> str:
    """A reason as it is kept: one line."""
    return " ".join(text.split())
