"""What stands before every request: hosts, origins, the token, form tokens, limits of size, and the headers of every answer.

A pure ASGI middleware, so that it holds for every route, static files and errors too. It buffers no more of a body than the
first part of a form.
"""

from __future__ import annotations

import logging
import re
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

from crossfix.web import tokens
from crossfix.web.errors import (
    CRASHED,
    Fault,
    NeedsToken,
    Refused,
    TooLargeRequest,
    WrongHost,
    fault_of,
    plain_answer,
    shown,
    wants_json,
)
from crossfix.web.settings import MEGABYTE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from crossfix.web.settings import Settings

log = logging.getLogger("crossfix.web")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/static/", "/login")
"""What is answered without the site's token: the way in, and the files that it is drawn with."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FIRST_PART = 4096
"""In a form with files, the form token comes first, within so many bytes."""


def route_path(scope: Scope) -> str:
    """The path without that of a proxy."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    if root and (path == root or path.startswith(root + "/")):
        return path[len(root) :] or "/"
    return path


def headers_of(scope: Scope) -> dict[str, str]:
    """The request's headers, names in lower case; of those given twice the last."""
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}


def cookies_of(headers: dict[str, str]) -> dict[str, str]:
    """The cookies; none where they cannot be read."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {k: m.value for k, m in jar.items()}


class Safety:
    """Wraps an app. What is refused never reaches it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["root_path"] = self.settings.root
        head = scope["method"] == "HEAD"
        if head:
            scope["method"] = "GET"  # answered as a GET is, without the body
        headers = headers_of(scope)
        cookies = cookies_of(headers)
        visit = cookies.get(tokens.VISIT)
        known = tokens.is_visit(visit)
        visit = visit if visit is not None and known else tokens.new_visit()
        scope.setdefault("state", {})["csrf"] = tokens.form_token(self.settings.secret, visit)
        answering = _Answering(
            send, self.settings, None if known else self._visit_cookie(visit), route_path(scope), head=head
        )
        try:
            guarded = await self._let_in(scope, receive, headers, cookies, visit)
            answering.body = guarded if isinstance(guarded, _Bounded) else None
            await self.app(scope, guarded, answering)
        except _SendTo as way:
            await answering.redirect(way.address)
        except Refused as error:
            log.warning("refused %s %s: %s", scope["method"], scope["path"], error)
            if not answering.started:
                await self._tell(scope, receive, answering, fault_of(error))
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if answering.started:
                raise
            await self._tell(scope, receive, answering, CRASHED)

    def _visit_cookie(self, visit: str) -> bytes:
        secure = "; Secure" if self.settings.secure else ""
        return f"{tokens.VISIT}={visit}; Path={self.settings.root or '/'}; HttpOnly; SameSite=Strict{secure}".encode()

    async def _tell(self, scope: Scope, receive: Receive, answering: _Answering, fault: Fault) -> None:
        """A page or JSON that says what went wrong; bare text under a foreign name, or where the page cannot be made either."""
        from starlette.requests import Request

        if fault.status != WrongHost.status:
            try:
                answer = shown(Request(scope), fault)
            except Exception:
                log.exception("the page that tells of an error failed")
            else:
                await answer(scope, receive, answering)
                return
        await answering.plain(fault, as_json=_for_program(scope, headers_of(scope)))

    async def _let_in(
        self, scope: Scope, receive: Receive, headers: dict[str, str], cookies: dict[str, str], visit: str
    ) -> Receive:
        """The body's messages, guarded. Raises Refused or one of its kinds."""
        s, host = self.settings, headers.get("host", "")
        if not s.knows_host(host):
            raise WrongHost(
                f"this site is not served as {host[:100]!r}",
                advice="open it under the address that crossfix serve printed",
            )
        path, changes = route_path(scope), scope["method"] not in SAFE
        if changes:
            self._from_here(headers, host)
        bearer = self._bearer(headers)
        scope["state"]["inside"] = self._knows(cookies, bearer)
        if not scope["state"]["inside"] and not path.startswith(OPEN_PATHS[0]) and path != OPEN_PATHS[1]:
            if scope["method"] == "GET" and not _for_program(scope, headers):
                raise _SendTo(f"{s.root}/login?next={quote(path, safe='/')}")
            raise NeedsToken(
                "the site's token is needed",
                advice="send it as 'Authorization: Bearer TOKEN', or open the site's login page",
            )
        if not changes:
            return receive
        limit = s.upload_bytes if path == UPLOADS else s.form_bytes
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            raise TooLargeRequest(f"the request is over {limit / MEGABYTE:g} MB", advice="send less at once")
        body = _Bounded(receive, limit, _for_program(scope, headers))
        if bearer and s.token is not None:
            return body  # a program that knows the token; no browser sends this header by itself
        given = headers.get(tokens.HEADER) or await body.form_token(headers.get("content-type", ""))
        if not tokens.same(given, tokens.form_token(s.secret, visit)):
            raise Refused(
                "this form is not from a page of this site as it runs now",
                advice="load the page again and send it once more",
            )
        return body

    def _from_here(self, headers: dict[str, str], host: str) -> None:
        """Raises Refused where a browser says that another site's page sends this."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if (origin is not None and not self.settings.knows_origin(origin, host)) or (
            site is not None and site not in ("same-origin", "none")
        ):
            raise Refused("a page of another site cannot change anything here")

    def _bearer(self, headers: dict[str, str]) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        return (
            self.settings.token is not None
            and kind.lower() == "bearer"
            and tokens.same(given.strip(), self.settings.token)
        )

    def _knows(self, cookies: dict[str, str], bearer: bool) -> bool:
        """True where the visitor may see the record."""
        s = self.settings
        return s.token is None or bearer or tokens.session_holds(s.secret, cookies.get(tokens.SESSION), s.now())


UPLOADS = "/add"
"""The one path that takes files."""


class _SendTo(Exception):
    """The visitor is sent to another page of ours."""

    def __init__(self, address: str) -> None:
        self.address = address


def _for_program(scope: Scope, headers: dict[str, str]) -> bool:
    return wants_json(route_path(scope), headers.get("accept", ""))


class _Bounded:
    """A body's messages. More bytes than allowed raise TooLargeRequest."""

    def __init__(self, receive: Receive, limit: int, as_json: bool) -> None:
        self._receive = receive
        self._left = limit
        self._limit = limit
        self._held: list[Message] = []
        self.as_json = as_json

    @property
    def over(self) -> TooLargeRequest | None:
        """The error where more came than allowed."""
        if self._left >= 0:
            return None
        return TooLargeRequest(f"the request is over {self._limit / MEGABYTE:g} MB", advice="send less at once")

    async def __call__(self) -> Message:
        return self._held.pop(0) if self._held else await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.over is not None:
            raise self.over
        return message

    async def form_token(self, content_type: str) -> str:
        """The form token in the body, "" where there is none; what was read for it is handed on."""
        kind, _, rest = content_type.partition(";")
        kind = kind.strip().lower()
        if kind == "application/x-www-form-urlencoded":
            try:
                found = parse_qs((await self._read(None)).decode("utf-8"), max_num_fields=5000).get(tokens.FIELD, [""])
            except (UnicodeDecodeError, ValueError):
                return ""
            return found[0]
        boundary = re.search(r'boundary="?([^";]{1,70})"?', rest)
        if kind != "multipart/form-data" or boundary is None:
            return ""
        start = rf'--{re.escape(boundary[1])}\r\nContent-Disposition: form-data; name="{tokens.FIELD}"\r\n\r\n([0-9a-f]{{64}})\r\n'
        first = re.match(start, (await self._read(FIRST_PART)).decode("latin-1"), re.IGNORECASE)
        return first[1] if first else ""

    async def _read(self, most: int | None) -> bytes:
        got = b""
        while most is None or len(got) < most:
            message = await self._next()
            self._held.append(message)
            got += message.get("body", b"")
            if message["type"] != "http.request" or not message.get("more_body"):
                break
        return got


class _Answering:
    """Sends an answer, with the headers that every one has."""

    def __init__(self, send: Send, settings: Settings, cookie: bytes | None, path: str, *, head: bool) -> None:
        self._send = send
        self._settings = settings
        self._cookie = cookie
        self._static = path.startswith(OPEN_PATHS[0])
        self.started = False
        self.body: _Bounded | None = None
        self._replaced = False
        self._head = head

    async def __call__(self, message: Message) -> None:
        if self._replaced:
            return
        if message["type"] == "http.response.start" and not self.started and self.body and self.body.over:
            # whatever the app makes of a body that broke off, the visitor is told why it did
            error, as_json, self.body = self.body.over, self.body.as_json, None
            await self.plain(fault_of(error), as_json=as_json)
            self._replaced = True
            return
        if message["type"] == "http.response.start":
            self.started = True
            headers: list[tuple[bytes, bytes]] = [(k.lower(), v) for k, v in message.get("headers", ())]
            given = {k for k, _ in headers}
            # a second policy of the answer's own can only take away from ours; the browser holds to both
            headers += [(k, v) for k, v in HEADERS.items() if k not in given or k == b"content-security-policy"]
            if b"cache-control" not in given:
                keep = b"no-store" if self._settings.token is not None else b"private, no-cache"
                headers.append((b"cache-control", keep))
            if self._cookie is not None and not self._static:
                headers.append((b"set-cookie", self._cookie))
            message = {**message, "headers": headers}
        elif self._head:
            message = {**message, "body": b""}
        await self._send(message)

    async def plain(self, fault: Fault, *, as_json: bool) -> None:
        """An answer that needs no page."""
        kind, body = plain_answer(fault, as_json=as_json)
        await self._whole(fault.status, [(b"content-type", kind)], body)

    async def redirect(self, address: str) -> None:
        """Send the visitor on."""
        await self._whole(303, [(b"location", address.encode("latin-1", "replace"))], b"")

    async def _whole(self, status: int, headers: list[Any], body: bytes) -> None:
        headers.append((b"content-length", str(len(body)).encode()))
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": body})
