"""`serve`: the record as a local site."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crossfix.cli.common import State, note
from crossfix.errors import UsageError

if TYPE_CHECKING:
    from crossfix.web.settings import Settings

PORT = 8723


@click.command(short_help="Look at the record in a browser.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N", help="0 for any.")
@click.option("--token-file", metavar="PATH", help="A file with the token that visitors must give.")
@click.option("--cert", metavar="PATH", help="The certificate for TLS, with --key.")
@click.option("--key", metavar="PATH", help="The certificate's key.")
@click.option("--behind-proxy", metavar="URL", help="The https address under which a proxy shows the site.")
@click.option("--read-only", is_flag=True, help="Refuse every change: no corrections, no uploads.")
@click.option("--fast", is_flag=True, help="Read uploads by the rules alone, without the trained model.")
@click.option("--open", "open_", is_flag=True, help="Open the site in the browser.")
@click.pass_obj
def serve(
    state: State,
    /,
    host: str,
    port: int,
    token_file: str | None,
    cert: str | None,
    key: str | None,
    behind_proxy: str | None,
    read_only: bool,
    fast: bool,
    open_: bool,
) -> int:
    """Serve the record as a site: timeline, map, sources, reader, review, and a JSON API, from one process, without the internet.

    It listens on this machine alone. To be reached from elsewhere it needs a token, and TLS or a proxy that has it.
    """
    from crossfix.web.settings import Settings

    settings = Settings(
        host,
        port,
        None if token_file is None else _token(token_file),
        _path(cert),
        _path(key),
        behind_proxy,
        read_only,
        fast,
    )
    with state.open():
        pass  # what is wrong with the record is said now, not on the first page
    return _run(state, settings, open_)


def _run(state: State, settings: Settings, open_: bool) -> int:
    from crossfix.web.running import serve as run

    logging.basicConfig(format="crossfix: %(message)s", level=logging.WARNING)

    def ready(address: str) -> None:
        note(state, f"{state.record} is shown at {address} (Ctrl-C stops)")
        click.echo(address)
        if open_:
            click.launch(address)

    run(Path(state.record).expanduser(), settings, ready)
    return 0


def _path(given: str | None) -> Path | None:
    return None if given is None else Path(given).expanduser()


def _token(path: str) -> str:
    try:
        text = Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is not text"
        raise UsageError(f"{path} cannot be read ({why.lower()})", where="--token-file") from error
    return text.strip()
