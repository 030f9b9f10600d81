"""Secrets that a browser carries: the session after the token was given, and the token of every form. Pure functions."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets

VISIT = "crossfix_visit"
"""The cookie that names a browser, and from which its form token is made."""
SESSION = "crossfix_session"
"""The cookie of a browser that gave the site's token."""
FIELD = "csrf"
HEADER = "x-csrf-token"
HOURS = 12

_VISIT = re.compile(r"[A-Za-z0-9_-]{32,64}")


def new_visit() -> str:
    """A name for a browser."""
    return secrets.token_urlsafe(32)


def is_visit(value: str | None) -> bool:
    """True for a name such as we give."""
    return value is not None and _VISIT.fullmatch(value) is not None


def form_token(secret: bytes, visit: str) -> str:
    """What every form and script of this browser must send along; another site can make the browser send the cookie, but cannot
    know this."""
    return hmac.new(secret, b"form:" + visit.encode(), hashlib.sha256).hexdigest()


def same(a: str, b: str) -> bool:
    """Whether two secrets are one, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(hashlib.sha256(a.encode()).digest(), hashlib.sha256(b.encode()).digest())


def new_session(secret: bytes, now: dt.datetime) -> str:
    """A session that ends after some hours."""
    until = str(int(now.timestamp()) + HOURS * 3600)
    return f"{until}.{_sign(secret, until)}"


def session_holds(secret: bytes, value: str | None, now: dt.datetime) -> bool:
    """True for a session that we gave and that has not ended."""
    until, dot, signature = (value or "").partition(".")
    if not dot or not re.fullmatch(r"[0-9]{1,12}", until):
        return False
    return same(signature, _sign(secret, until)) and now.timestamp() < int(until)


def _sign(secret: bytes, until: str) -> str:
    return hmac.new(secret, b"session:" + until.encode(), hashlib.sha256).hexdigest()
