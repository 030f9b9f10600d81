"""Dossiers: the list, the editor, and every act on one. What leaves the site is in ``pages_dossier_out``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import JSONResponse, RedirectResponse, Response

from crossfix.dossier import kept
from crossfix.dossier import plan as plans
from crossfix.dossier.compose import compose
from crossfix.dossier.formats import FORMS
from crossfix.dossier.pdf import browser
from crossfix.dossier.plan import Plan
from crossfix.dossier.report import Report
from crossfix.errors import Conflict, UsageError
from crossfix.web import reads_dossier as reads
from crossfix.web import reads_happenings as happenings
from crossfix.web.errors import wants_json
from crossfix.web.pages import page
from crossfix.web.reading import Reading, View, Writing
from crossfix.web.reviewing import ours, reviewer

router = APIRouter(include_in_schema=False)
Id = Annotated[str, Form(max_length=200)]
Line = Annotated[str, Form(max_length=300)]
Words = Annotated[str, Form(max_length=40_000)]
Seen = Annotated[int | None, Form(ge=1, lt=2**31)]
Act = Literal["add", "move", "drop", "write", "name", "leave", "take"]


def report_of(view: View, found: kept.KeptDossier, *, drawn: bool = True) -> Report:
    """The report of a dossier's version, kept until the record changes. ``drawn`` is false for one without its pictures."""
    return view.cached(
        ("report", found.id, found.version, drawn), lambda: compose(view.record, found.plan, drawn=drawn)
    )


# ------------------------------------------------------------------ looking


@router.get("/dossier", response_class=HTMLResponse)
def dossiers(request: Request, view: Reading) -> Response:
    """The dossiers of this record."""
    every = kept.dossiers(view.record, gone=True)
    return page(
        request,
        view,
        "dossiers.html",
        found=[k for k in every if not k.gone],
        gone=[k for k in every if k.gone],
        name=reviewer(request),
    )


@router.get("/dossier/{id}", response_class=HTMLResponse)
def editor(
    request: Request,
    view: Reading,
    id: str,
    asked: Annotated[happenings.Asked, Depends(happenings.asked)],
    kind: Literal["event", "transfer", "claim", "finding"] = "event",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """One dossier: what is in it, in order, and what there is to choose from."""
    found = kept.dossier(view.record, id)
    report = report_of(view, found, drawn=False)
    return page(
        request,
        view,
        "dossier.html",
        found=found,
        plan=found.plan,
        report=report,
        items=reads.items(view, found.plan, report),
        left_out=reads.left_out(view, found.plan),
        choices=reads.choices(view, found.plan, kind, asked, after),
        kind=kind,
        kinds=reads.KIND_WORDS,
        asked=asked,
        after=after,
        parts_known=plans.PARTS,
        forms=FORMS,
        has_browser=browser() is not None,
        name=reviewer(request),
        desk=f"/dossier/{id}",
        returns=f"/dossier/{id}" + (f"?{request.url.query}" if request.url.query else ""),
    )


@router.get("/dossier/{id}/history", response_class=HTMLResponse)
def history(request: Request, view: Reading, id: str) -> Response:
    """Every version of a dossier: who did what, when and why; each can be brought back."""
    every = kept.versions(view.record, id)
    return page(request, view, "dossier_history.html", found=every[0], versions=every, name=reviewer(request))


# ------------------------------------------------------------------ acts


@router.post("/dossier", response_class=HTMLResponse)
def begin(request: Request, record: Writing, title: Line = "", author: Line = "") -> Response:
    """Begin a dossier."""
    made = kept.begin(record, plans.named(Plan(), title, author), by=reviewer(request))
    return _to(request, f"/dossier/{made.id}")


@router.post("/dossier/add", response_class=HTMLResponse)
def add(
    request: Request,
    record: Writing,
    kind: Annotated[Literal["event", "transfer", "claim", "finding"], Form()],
    id: Id,
    dossier: Id = "",
    back: Annotated[str, Form(max_length=2000, alias="next")] = "",
) -> Response:
    """Put a row into a dossier: the one named, else the one changed last, else a new one. From any page of the site."""
    _exists(record, kind, id)
    by = reviewer(request)
    with record.transaction():
        every = kept.dossiers(record)
        target = dossier or (every[0].id if every else kept.begin(record, Plan(), by=by).id)
        made = kept.change(
            record, target, lambda p: plans.added(p, kind, ref=id), act="add", told=f"added {_one(kind)} {id}", by=by
        )
    if wants_json(request.url.path, request.headers.get("accept", "")):
        return JSONResponse(
            {"dossier": made.id, "title": made.plan.title, "version": made.version, "items": len(made.plan.items)}
        )
    at = next((i.key for i in made.plan.items if (i.kind, i.ref) == (kind, id)), "")
    return _to(request, ours(back, f"/dossier/{made.id}#item-{at}"))


@router.post("/dossier/{id}/change", response_class=HTMLResponse)
def change(
    request: Request,
    record: Writing,
    id: str,
    act: Annotated[Act, Form()],
    seen: Seen = None,
    key: Annotated[str, Form(max_length=20)] = "",
    kind: Annotated[str, Form(max_length=20)] = "",
    ref: Id = "",
    text: Words = "",
    to: Annotated[int, Form(ge=-1, le=10_000)] = 0,
    what: Annotated[str, Form(max_length=20)] = "",
    which: Id = "",
    title: Line = "",
    author: Line = "",
    why: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Do one act on a dossier. A 409 says who was faster and what they did."""
    given = {
        "act": act, "key": key, "kind": kind, "ref": ref, "text": text, "to": str(to), "what": what, "which": which, "title": title,
        "author": author, "why": why, "next": next,
    }  # fmt: skip
    make, told = _making(record, act, given)
    try:
        made = kept.change(record, id, make, act=act, told=told, by=reviewer(request), why=why, seen=seen)
    except Conflict as error:
        return _conflict(request, error, id, f"/dossier/{id}/change", given, told)
    if wants_json(request.url.path, request.headers.get("accept", "")):
        return JSONResponse({"dossier": made.id, "version": made.version})
    at = f"#item-{key}" if key and act in ("move", "write") else ""
    if act == "add" and not next:
        at = f"#item-{made.plan.items[-1].key}"
    return _to(request, ours(next, f"/dossier/{id}") + at)


@router.post("/dossier/{id}/undo", response_class=HTMLResponse)
def undo(request: Request, record: Writing, id: str, seen: Seen = None) -> Response:
    """Take the last act back."""
    try:
        kept.undo(record, id, by=reviewer(request), seen=seen)
    except Conflict as error:
        return _conflict(request, error, id, f"/dossier/{id}/undo", {}, "take the last act back")
    return _to(request, f"/dossier/{id}")


@router.post("/dossier/{id}/restore", response_class=HTMLResponse)
def restore(
    request: Request, record: Writing, id: str, version: Annotated[int, Form(ge=1, lt=2**31)], seen: Seen = None
) -> Response:
    """Bring an earlier version back."""
    try:
        kept.restore(record, id, version, by=reviewer(request), seen=seen)
    except Conflict as error:
        return _conflict(
            request, error, id, f"/dossier/{id}/restore", {"version": str(version)}, f"bring back version {version}"
        )
    return _to(request, f"/dossier/{id}")


@router.post("/dossier/{id}/away", response_class=HTMLResponse)
def away(request: Request, record: Writing, id: str, seen: Seen = None) -> Response:
    """Take a dossier off the list."""
    try:
        kept.put_away(record, id, by=reviewer(request), seen=seen)
    except Conflict as error:
        return _conflict(request, error, id, f"/dossier/{id}/away", {}, "put it away")
    return _to(request, "/dossier")


def _to(request: Request, path: str) -> Response:
    return RedirectResponse(request.app.state.settings.root + path, 303)


def _one(kind: str) -> str:
    return {"event": "event", "transfer": "transfer", "claim": "statement", "finding": "check"}.get(kind, kind)


def _exists(record: Any, kind: str, id_: str) -> None:
    """Raises UnknownId where there is no such row."""
    if kind == "event":
        record.event(id_)
    elif kind == "transfer":
        record.transfer(id_)
    elif kind == "claim":
        record.claim(id_)
    else:
        from crossfix.record.findings import finding

        finding(record, id_)


def _making(record: Any, act: Act, g: dict[str, str]) -> tuple[Callable[[Plan], Plan], str]:
    """What an act makes of a plan, and what it is in words. Raises UsageError, UnknownId."""
    kind, key = g["kind"], g["key"]
    if act == "add":
        if kind not in plans.KINDS:
            raise UsageError(f"{kind[:20]!r} is no kind of item")
        if kind in plans.CHOSEN:
            _exists(record, kind, g["ref"])
        elif not g["text"].strip():
            raise UsageError("there are no words in it", advice="write some first")
        chosen: plans.Kind = kind
        told = (
            f"added {_one(kind)} {g['ref']}"
            if kind in plans.CHOSEN
            else f"added a {'heading' if kind == 'heading' else 'paragraph'}"
        )
        return lambda p: plans.added(p, chosen, ref=g["ref"], text=g["text"]), told
    if act == "move":
        return lambda p: plans.moved(
            p, key, int(g["to"]) if g["to"] != "-1" else 0
        ), f"moved {key} to place {int(g['to']) + 1}"
    if act == "drop":
        return lambda p: plans.dropped(p, key), f"took out {key}"
    if act == "write":
        return lambda p: plans.written(p, key, g["text"]), f"rewrote {key}"
    if act == "name":
        return lambda p: plans.named(p, g["title"], g["author"]), f"named it “{' '.join(g['title'].split())}”"
    if g["what"] not in ("claims", "documents", "parts"):
        raise UsageError(f"{g['what'][:20]!r} cannot be left out")
    what = cast(Literal["claims", "documents", "parts"], g["what"])
    out = act == "leave"
    name = {"claims": "statement", "documents": "document", "parts": "part"}[what]
    told = f"{'left out' if out else 'took back in'} {name} {g['which'][:24]}"
    return lambda p: plans.without(p, what, g["which"], out=out), told


def _conflict(request: Request, error: Conflict, id_: str, path: str, given: dict[str, str], told: str) -> Response:
    """Who was faster and what they did, beside what was to be done. Nothing was written."""
    if wants_json(request.url.path, request.headers.get("accept", "")):
        raise error
    return page(
        request,
        None,
        "dossier_conflict.html",
        status=409,
        message=str(error.what),
        current=error.current,
        path=path,
        given=given,
        told=told,
        back=f"/dossier/{id_}",
    )
