"""Errors as visitors see them: a status, a page for people, one JSON shape for programs."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from crossfix.errors import (
    Conflict,
    CrossfixError,
    DiskFull,
    NewerRecord,
    RecordBusy,
    RecordError,
    UnknownId,
    UsageError,
)

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

log = logging.getLogger("crossfix.web")


class Refused(CrossfixError):
    """A request that is not answered, for safety's sake."""

    status = 403


class WrongHost(Refused):
    """The request names a host that is not ours."""

    status = 421


class NeedsToken(Refused):
    """The site asks for its token first."""

    status = 401


class TooLargeRequest(Refused):
    """The request's body is over the limit."""

    status = 413


class Unchanged(Exception):
    """Raised to answer 304: what the visitor has is what there is. ``etag`` is its tag."""

    def __init__(self, etag: str) -> None:
        self.etag = etag
        super().__init__(etag)


STATUS: tuple[tuple[type[CrossfixError], int], ...] = (
    (UnknownId, 404), (UsageError, 400), (Conflict, 409), (RecordBusy, 503), (DiskFull, 507), (NewerRecord, 500),
    (RecordError, 500),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as shown: HTTP status, the error's type, one sentence, and what to do."""

    status: int
    type: str
    message: str
    advice: str | None = None

    @property
    def title(self) -> str:
        """The status in words."""
        return TITLES.get(self.status) or HTTPStatus(self.status).phrase

    def as_json(self) -> dict[str, dict[str, str | None]]:
        """The API's one error shape."""
        return {"error": {"type": self.type, "message": self.message, "advice": self.advice}}


TITLES = {
    400: "This cannot be asked so", 401: "The site asks for its token", 403: "Refused", 404: "Not found",
    405: "This page takes no such request", 409: "Somebody else changed this meanwhile", 413: "Too large",
    421: "Not served under this name", 422: "This cannot be asked so", 429: "Too many attempts",
    500: "Something went wrong here", 503: "The record is busy", 507: "No room left on the disk",
}  # fmt: skip


def fault_of(error: CrossfixError) -> Fault:
    """An error of ours as shown."""
    status = getattr(error, "status", None) or next((s for kind, s in STATUS if isinstance(error, kind)), 400)
    told = error.what if isinstance(error, (RecordError, Refused)) else str(error)
    return Fault(int(status), type(error).__name__, sentence(told), sentence(error.advice) if error.advice else None)


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


CRASHED = Fault(
    500, "Crash", "Crossfix failed on this request; nothing in the record was changed by it.",
    "What failed stands where crossfix serve was started. Please report it with what you did.",
)  # fmt: skip


def wants_json(path: str, accept: str) -> bool:
    """True for the API's paths, and for a script that asks for JSON."""
    return path.startswith("/api/") or ("application/json" in accept and "text/html" not in accept)


def shown(request: Request, fault: Fault) -> Response:
    """A fault as a page or as JSON."""
    from starlette.responses import JSONResponse

    headers = {"Retry-After": "5"} if fault.status == 503 else {}
    if wants_json(request.scope.get("path", ""), request.headers.get("accept", "")):
        return JSONResponse(fault.as_json(), fault.status, headers)
    from crossfix.web.pages import error_page

    return error_page(request, fault, headers)


def install(app: FastAPI) -> None:
    """Give the app its answers to errors."""
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException
    from starlette.responses import JSONResponse, Response

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, CrossfixError)
        fault = fault_of(error)
        if fault.status >= 500:
            log.error("%s %s: %s", request.method, request.url.path, error)
        if isinstance(error, Conflict) and wants_json(request.url.path, request.headers.get("accept", "")):
            return JSONResponse({"error": fault.as_json()["error"] | {"current": error.current}}, fault.status)
        return shown(request, fault)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        what = "There is no page at this address." if error.status_code == 404 else sentence(str(error.detail))
        advice = "Check the address, or look for it with the search." if error.status_code == 404 else None
        answer = shown(
            request, Fault(error.status_code, HTTPStatus(error.status_code).phrase.replace(" ", ""), what, advice)
        )
        for name, value in (error.headers or {}).items():
            answer.headers[name] = value
        return answer

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        parts = [f"{'.'.join(str(x) for x in e['loc'][1:]) or e['loc'][0]}: {e['msg']}" for e in error.errors()[:5]]
        return shown(request, Fault(422, "InvalidRequest", sentence("; ".join(parts)), None))

    async def unchanged(_: Request, error: Exception) -> Response:
        assert isinstance(error, Unchanged)
        return Response(status_code=304, headers={"ETag": error.etag})

    app.add_exception_handler(CrossfixError, ours)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Unchanged, unchanged)


def plain_answer(fault: Fault, *, as_json: bool) -> tuple[bytes, bytes]:
    """A fault where no page can be rendered: its content type and body."""
    if as_json:
        return b"application/json", json.dumps(fault.as_json()).encode()
    lines = [fault.title, fault.message, fault.advice or ""]
    return b"text/plain; charset=utf-8", "\n".join(x for x in lines if x).encode() + b"\n"
