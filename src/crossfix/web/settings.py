"""How the site is served, and what it refuses to start with."""

from __future__ import annotations

import datetime as dt
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from crossfix.errors import UsageError

PORT = 8723
SHORTEST_TOKEN = 16
MEGABYTE = 1_000_000


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Settings:
    """Where and how the site is served. ``token`` is what a visitor must know; ``cert`` and ``key`` are the files for TLS;
    ``behind_proxy`` is the address under which a proxy shows the site. ``read_only`` refuses every change. ``fast`` reads uploads by
    the rules alone. ``secret`` signs forms and sessions, new with every start. Raises UsageError on what would not be safe."""

    host: str = "127.0.0.1"
    port: int = PORT
    token: str | None = field(default=None, repr=False)
    cert: Path | None = None
    key: Path | None = None
    behind_proxy: str | None = None
    read_only: bool = False
    fast: bool = False
    now: Callable[[], dt.datetime] = _now
    form_bytes: int = MEGABYTE
    upload_bytes: int = 100 * MEGABYTE
    upload_files: int = 200
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def __post_init__(self) -> None:
        if (self.cert is None) != (self.key is None):
            raise UsageError("a certificate needs its key and a key its certificate", where="--cert, --key")
        for name, file in (("--cert", self.cert), ("--key", self.key)):
            if file is not None and not file.is_file():
                raise UsageError(f"there is no file {file}", where=name)
        if self.tls and self.behind_proxy:
            raise UsageError("behind a proxy, the proxy has the certificate", where="--cert", advice="leave one out")
        if self.token is not None and (len(self.token) < SHORTEST_TOKEN or not self.token.isascii()):
            raise UsageError(
                f"a token needs at least {SHORTEST_TOKEN} characters, all of them ASCII",
                where="--token-file",
                advice="make one with: openssl rand -hex 24",
            )
        self._check_proxy()
        if is_loopback(self.host) and not self.behind_proxy:
            return
        if self.token is None:
            what = "behind a proxy" if self.behind_proxy else f"at {self.host}"
            raise UsageError(
                f"to be reached {what}, the site needs a token", where="--host", advice="give one with --token-file"
            )
        if not self.tls and not self.behind_proxy:
            raise UsageError(
                f"at {self.host} the site would send the token and the documents unencrypted",
                where="--host",
                advice="give --cert and --key, or --behind-proxy with the https address of a proxy",
            )

    def _check_proxy(self) -> None:
        if self.behind_proxy is None:
            return
        parts = urlsplit(self.behind_proxy)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
            raise UsageError(
                f"'{self.behind_proxy}' is no address of a proxy",
                where="--behind-proxy",
                advice="give https://NAME/PATH",
            )

    @property
    def tls(self) -> bool:
        """True where this process itself speaks TLS."""
        return self.cert is not None

    @property
    def secure(self) -> bool:
        """True where visitors come over TLS, ours or the proxy's."""
        return self.tls or self.behind_proxy is not None

    @property
    def root(self) -> str:
        """The path under which a proxy shows the site, "" where it has none."""
        return urlsplit(self.behind_proxy).path.rstrip("/") if self.behind_proxy else ""

    def knows_host(self, host: str) -> bool:
        """True where a request may name this host. A page of another site that makes its own name lead here (DNS rebinding) still says
        that name, so by loopback only loopback's names are answered. A port may be any: a tunnel has its own."""
        name = host_name(host)
        if self.behind_proxy:
            return name == urlsplit(self.behind_proxy).hostname or is_loopback(name)
        return is_loopback(name) or (self.token is not None and self.tls)

    def knows_origin(self, origin: str, host: str) -> bool:
        """True where a page at ``origin`` is one of ours, as seen by a request to ``host``."""
        if self.behind_proxy:
            parts = urlsplit(self.behind_proxy)
            if origin == f"{parts.scheme}://{parts.netloc}":
                return True
            return is_loopback(host_name(host)) and origin == f"http://{host}"
        return origin == f"{'https' if self.tls else 'http'}://{host}"


def host_name(host: str) -> str:
    """The name in a Host header, without its port; "" where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") if not set(host) & set("/?#@\\ ") else ""
    except ValueError:
        return ""


def is_loopback(name: str) -> bool:
    """True for "localhost", 127.0.0.0/8 and ::1."""
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
