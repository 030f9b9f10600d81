"""PDF and pictures by a headless Chromium that is on this machine. Nothing it is given has a script or asks for anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from crossfix.errors import CrossfixError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 180
FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-extensions",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--hide-scrollbars", "--mute-audio",
    "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


class NoBrowser(CrossfixError):
    """There is no Chromium to make a PDF with, or it failed."""


def browser() -> str | None:
    """The browser's path, None where there is none. CROSSFIX_CHROMIUM names one that stands elsewhere."""
    named = os.environ.get("CROSSFIX_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next((found for n in NAMES if (found := shutil.which(n))), None)


def to_pdf(page: str) -> bytes:
    """An HTML file as PDF. Raises NoBrowser."""
    return _run(
        page,
        "page.html",
        "out.pdf",
        ["--no-pdf-header-footer", "--generate-pdf-document-outline"],
        "--print-to-pdf=",
        "a PDF",
    )


def to_png(svg: str, width: int, height: int, scale: int = 2) -> bytes:
    """An SVG drawing as PNG. Raises NoBrowser."""
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><style>html,body{margin:0;background:#fff}svg{display:block}</style></head>"
        f"<body>{svg}</body></html>"
    )
    size = [f"--window-size={width},{height}", f"--force-device-scale-factor={scale}"]
    return _run(page, "page.html", "out.png", size, "--screenshot=", "a picture")


def _run(page: str, name: str, out: str, also: list[str], ask: str, what: str) -> bytes:
    found = browser()
    if found is None:
        raise NoBrowser(
            f"{what} needs Chromium, which is not on this machine",
            advice="install chromium, or write .html and print it from any browser",
        )
    with tempfile.TemporaryDirectory(prefix="crossfix-") as folder:
        place = Path(folder)
        (place / name).write_text(page, encoding="utf-8", errors="replace")
        sandbox = (
            ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        )  # Chromium refuses to sandbox root
        command = [
            found, *FLAGS, *sandbox, *also, f"--user-data-dir={place / 'profile'}", f"{ask}{place / out}", (place / name).as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=SECONDS, cwd=folder, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired as error:
            raise NoBrowser(
                f"Chromium did not finish within {SECONDS} seconds",
                advice="choose less, or leave out the documents' texts",
            ) from error
        except OSError as error:
            raise NoBrowser(
                f"Chromium cannot be started ({(error.strerror or str(error)).lower()})", where=found
            ) from error
        try:
            made = (place / out).read_bytes()
        except OSError:
            made = b""
        if done.returncode != 0 or not made:
            told = [x for x in done.stderr.decode("utf-8", "replace").splitlines() if x.strip()]
            raise NoBrowser(
                f"Chromium failed ({told[-1][:160] if told else f'status {done.returncode}'})",
                advice="write .html and print it from a browser",
            )
        return made
