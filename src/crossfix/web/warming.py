"""What the first search, check or event would wait for, read in the background once the site is up."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger("crossfix.web")
AFTER_SECONDS = 1.5
"""The first page comes before this."""


class Warming:
    """A thread that reads the tables of public data and the templates soon after the start."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin, in a while."""
        threading.Thread(target=self._run, name="crossfix-warming", daemon=True).start()

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped.set()

    def _run(self) -> None:
        if self._stopped.wait(AFTER_SECONDS):
            return
        try:
            for step in (_templates, _tables):
                if self._stopped.is_set():
                    return
                step()
        except Exception:  # whoever asks for it first is told what is wrong with it
            log.debug("warming failed", exc_info=True)


def _tables() -> None:
    """The tables, the gazetteer, and the index of their words."""
    from crossfix.linking import drift  # noqa: F401 - its import is what takes time
    from crossfix.web.howto import known
    from crossfix.web.reads_data import found_anywhere

    known()
    found_anywhere("a", 1)


def _templates() -> None:
    from crossfix.web.pages import environment

    env = environment()
    for name in env.list_templates():
        env.get_template(name)
