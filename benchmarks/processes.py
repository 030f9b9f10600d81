"""Running commands and measuring them: seconds on the wall clock, and the memory of all their processes together."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class BenchmarkError(Exception):
    """A measurement that could not be made: says what, and what the command printed."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did. ``peak_bytes`` is the highest sum over its processes seen, None where it was not watched."""

    seconds: float
    stdout: str
    status: int
    peak_bytes: int | None = None


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    statuses: Sequence[int] = (0,),
    timeout: float = 3600,
    watch: bool = False,
) -> Ran:
    """Run a command to its end. Raises BenchmarkError where it cannot start, takes too long or fails."""
    start = time.perf_counter()
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
    except OSError as error:
        raise BenchmarkError(f"cannot start {command[0]}: {error}") from error
    watcher = _Watcher(process.pid) if watch else None
    try:
        stdout, stderr = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise BenchmarkError(f"{_short(command)}: not done after {timeout:.0f} s") from error
    finally:
        peak = watcher.stop() if watcher else None
    seconds = time.perf_counter() - start
    if process.returncode not in statuses:
        tail = "\n".join(stderr.strip().splitlines()[-8:])
        raise BenchmarkError(f"{_short(command)}: exit status {process.returncode}\n{tail}")
    return Ran(seconds, stdout, process.returncode, peak)


def _short(command: Sequence[str]) -> str:
    line = " ".join(command)
    return line if len(line) <= 160 else line[:157] + "..."


class _Watcher:
    """Samples the memory of a process and all below it, ten times a second (on Linux; elsewhere it sees nothing)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak: int | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            now = tree_bytes(self._pid)
            if now is not None:
                self._peak = max(self._peak or 0, now)

    def stop(self) -> int | None:
        self._done.set()
        self._thread.join()
        return self._peak


def tree_bytes(pid: int) -> int | None:
    """The proportional set size of a process and its descendants, in bytes: pages that several share count once.
    None where the system does not tell."""
    total, seen, todo = 0, False, [pid]
    while todo:
        one = todo.pop()
        folder = Path("/proc") / str(one)
        try:
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
                    seen = True
            for children in folder.glob("task/*/children"):
                todo += [int(child) for child in children.read_text().split()]
        except (OSError, ValueError):  # the process ended between two looks
            continue
    return total if seen else None
