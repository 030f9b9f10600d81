"""Who reviews, and where a review leads back to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from crossfix.record.decisions import person
from crossfix.record.reviews import BY_MOST

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

NAME = "crossfix_name"
"""The cookie with the name under which this browser's acts are kept. It proves nothing: whoever may open the site may give any name."""


def reviewer(request: Request) -> str:
    """The name that this browser's acts are kept under; that of the login that serves the site where none was given."""
    given = " ".join(unquote(request.cookies.get(NAME, "")).split())
    return given[:BY_MOST] if given.isprintable() and given else person()


def remember(request: Request, answer: Response, name: str) -> None:
    """Keep a name in this browser."""
    s = request.app.state.settings
    answer.set_cookie(
        NAME, quote(" ".join(name.split())[:BY_MOST], safe=""), max_age=365 * 86400, path=s.root or "/", secure=s.secure, httponly=True,
        samesite="strict",
    )  # fmt: skip


def ours(address: str, otherwise: str = "/review") -> str:
    """A path of this site; ``otherwise`` for anything else, so that a form cannot send a visitor elsewhere."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain and address.isascii() else otherwise
