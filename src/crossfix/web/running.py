"""The site as a running server: one process on one record."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossfix.errors import UsageError
from crossfix.web.settings import Settings

if TYPE_CHECKING:
    import uvicorn


def listening(settings: Settings) -> socket.socket:
    """A socket at the host and port of the settings. Raises UsageError where that cannot be had."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(f"there is no host {settings.host!r} here", where="--host") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError as error:
        made.close()
        raise UsageError(
            f"port {settings.port} at {settings.host} cannot be had ({(error.strerror or str(error)).lower()})",
            where="--port",
            advice="another program may use it; name another port, or 0 for any",
        ) from error
    return made


def address_of(settings: Settings, sock: socket.socket) -> str:
    """Where to open the site."""
    if settings.behind_proxy:
        return settings.behind_proxy.rstrip("/") + "/"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.tls else 'http'}://{host}:{sock.getsockname()[1]}/"


def server(record: Path, settings: Settings) -> uvicorn.Server:
    """A server, not yet running."""
    import uvicorn

    from crossfix.web.app import create_app

    given: dict[str, Any] = {}
    if settings.tls:
        given = {"ssl_certfile": str(settings.cert), "ssl_keyfile": str(settings.key)}
    config = uvicorn.Config(
        create_app(record, settings), http="h11", ws="none", lifespan="on", log_config=None, access_log=False,
        server_header=False, proxy_headers=False, timeout_keep_alive=15, timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=64 * 1024, limit_concurrency=200, **given,
    )  # fmt: skip
    return uvicorn.Server(config)


def serve(record: Path, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until the keyboard or a signal stops it. ``ready`` is told the address once the socket takes visitors."""
    sock = listening(settings)
    try:
        running = server(record, settings)
        ready(address_of(settings, sock))
        running.run(sockets=[sock])
    finally:
        sock.close()


@contextmanager
def served(record: Path, settings: Settings) -> Iterator[str]:
    """The site in a thread of this process, at the address that is handed out. For tests and for the command that takes pictures."""
    sock = listening(settings)
    running = server(record, settings)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    try:
        yield address_of(settings, sock)
    finally:
        running.should_exit = True
        thread.join(10)
        sock.close()
