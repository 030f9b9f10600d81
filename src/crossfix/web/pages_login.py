"""The way in, where the site asks for its token."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from crossfix.web import tokens
from crossfix.web.pages import page

router = APIRouter(include_in_schema=False)
PATIENCE = 1.0
"""Seconds that a wrong token costs."""


@router.get("/login", response_class=HTMLResponse)
async def ask(request: Request, next: str = "/") -> Response:
    """The form."""
    if request.app.state.settings.token is None:
        return RedirectResponse(request.app.state.settings.root + "/", 303)
    return page(request, None, "login.html", next=_ours(next), wrong=False)


@router.post("/login", response_class=HTMLResponse)
async def enter(
    request: Request,
    token: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Lets in whoever knows the token."""
    s = request.app.state.settings
    if s.token is None:
        return RedirectResponse(s.root + "/", 303)
    if not tokens.same(token.strip(), s.token):
        await asyncio.sleep(PATIENCE)
        return page(request, None, "login.html", status=403, next=_ours(next), wrong=True)
    answer = RedirectResponse(s.root + _ours(next), 303)
    answer.set_cookie(
        tokens.SESSION, tokens.new_session(s.secret, s.now()), max_age=tokens.HOURS * 3600, path=s.root or "/",
        secure=s.secure, httponly=True, samesite="lax",
    )  # fmt: skip
    return answer


@router.post("/logout", response_class=HTMLResponse)
async def leave(request: Request) -> Response:
    """Forgets the session in this browser."""
    s = request.app.state.settings
    answer = RedirectResponse(s.root + "/login", 303)
    answer.delete_cookie(tokens.SESSION, path=s.root or "/")
    return answer


def _ours(address: str) -> str:
    """A path of this site; the first page for anything else, so that a link cannot send a visitor elsewhere."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"
