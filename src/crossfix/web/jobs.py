"""Background work of the site: uploads being read, checks being run. One at a time, in a process of its own; the rest wait."""

from __future__ import annotations

import json
import logging
import re
import secrets
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from crossfix.errors import UnknownId
from crossfix.web.errors import Refused

log = logging.getLogger("crossfix.web")

State = Literal["waiting", "reading", "linking", "checking", "done", "failed", "stopped"]
ENDED: frozenset[str] = frozenset({"done", "failed", "stopped"})
WAITING_MOST = 4
KEPT = 20
LINES_KEPT = 500
_SUFFIX = re.compile(r"(?:\.warc)?\.[a-z0-9]{1,8}", re.IGNORECASE)


class TooManyJobs(Refused):
    """Enough work waits already."""

    status = 429


@dataclass
class Job:
    """A piece of background work. ``lines`` say what became of each file, the last of them last."""

    id: str
    what: Literal["add", "check"]
    files: int
    at: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    title: str = ""
    new: int = 0
    known: int = 0
    failed: int = 0
    claims: int = 0
    events: int = 0
    transfers: int = 0
    message: str = ""
    lines: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=LINES_KEPT))
    linked: dict[str, int] = field(default_factory=dict)
    checked: dict[str, Any] = field(default_factory=dict)

    def take(self, line: Mapping[str, Any]) -> None:
        """What the worker says."""
        step = line["step"]
        if step in ("reading", "linking", "checking", "done", "failed"):
            self.state = step
        if step == "reading":
            self.done, self.total = line["done"], line["total"]
            kind = line["result"]
            setattr(self, kind, getattr(self, kind) + 1)
            for name in ("claims", "events", "transfers"):
                setattr(self, name, getattr(self, name) + line.get(name, 0))
            self.lines.append({k: line.get(k) for k in ("file", "result", "document", "message")})
        elif step == "linking":
            self.done = self.total = 0
        elif step == "linked":
            self.linked = {k: v for k, v in line.items() if k != "step"}
        elif step == "checking":
            self.title, self.done, self.total = line["title"], line["done"], line["total"]
        elif step == "checked":
            self.checked = {k: v for k, v in line.items() if k != "step"}
        elif step == "failed":
            self.message = line["message"]

    def as_json(self, *, lines: bool = True) -> dict[str, Any]:
        """The job for a script."""
        plain = {k: v for k, v in vars(self).items() if k != "lines"}
        return plain | {"ended": self.state in ENDED} | ({"lines": list(self.lines)} if lines else {})


@dataclass
class _Work:
    job: Job
    spec: dict[str, Any]
    folder: tempfile.TemporaryDirectory[str] | None


class Jobs:
    """The queue of a site. Safe in several threads."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[_Work] = deque()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._running: _Work | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def every(self) -> list[Job]:
        """The jobs of this start of the server, the latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def job(self, id_: str) -> Job:
        """The job of this id. Raises UnknownId."""
        with self._lock:
            if id_ not in self._jobs:
                raise UnknownId("there is no such work in hand", advice="the server may have been started anew since")
            return self._jobs[id_]

    def add(self, files: Sequence[tuple[str, IO[bytes]]], at: str, **given: Any) -> Job:
        """Read uploads (name, stream). They are copied to a folder of ours under numbers: no name of theirs reaches the file system.
        Raises TooManyJobs."""
        import shutil

        self._room()
        folder = tempfile.TemporaryDirectory(prefix="crossfix-upload-")
        try:
            placed = []
            for n, (name, stream) in enumerate(files, 1):
                path = Path(folder.name) / f"{n:05d}{suffix(name)}"
                with path.open("wb") as target:
                    shutil.copyfileobj(stream, target)
                placed.append([str(path), shown_name(name)])
            return self._put(
                _Work(Job(secrets.token_hex(6), "add", len(placed), at), given | {"files": placed}, folder)
            )
        except BaseException:
            folder.cleanup()
            raise

    def check(self, at: str) -> Job:
        """Run the checks over the whole record. Raises TooManyJobs."""
        self._room()
        return self._put(
            _Work(Job(secrets.token_hex(6), "check", 0, at), {"files": [], "check": True, "fast": False}, None)
        )

    def stop(self, id_: str) -> Job:
        """End a job; what it kept until then is kept. Raises UnknownId."""
        job = self.job(id_)
        with self._lock:
            waiting = next((w for w in self._waiting if w.job is job), None)
            if waiting is not None:
                self._waiting.remove(waiting)
                job.state = "stopped"
            elif self._running is not None and self._running.job is job and job.state not in ENDED:
                job.state = "stopped"
                if self._process is not None:
                    self._process.terminate()
        if waiting is not None and waiting.folder is not None:
            waiting.folder.cleanup()
        return job

    def close(self) -> None:
        """End what runs and forget what waits."""
        with self._lock:
            self._closed = True
            left, self._waiting = list(self._waiting), deque()
            if self._process is not None:
                self._process.terminate()
            thread = self._thread
        for work in left:
            if work.folder is not None:
                work.folder.cleanup()
        if thread is not None:
            thread.join(10)

    def _room(self) -> None:
        with self._lock:
            if len(self._waiting) >= WAITING_MOST:
                raise TooManyJobs("enough work waits already", advice="try again when some of it is done")

    def _put(self, work: _Work) -> Job:
        with self._lock:
            self._jobs[work.job.id] = work.job
            while len(self._jobs) > KEPT:
                self._jobs.pop(next(iter(self._jobs)))
            self._waiting.append(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="crossfix-jobs", daemon=True)
                self._thread.start()
        return work.job

    def _run(self) -> None:
        while True:
            with self._lock:
                if self._closed or not self._waiting:
                    self._thread = None
                    return
                work = self._running = self._waiting.popleft()
            try:
                self._do(work)
            except Exception:  # whatever fails here, the jobs that wait are done
                log.exception("background work failed")
                work.job.state, work.job.message = "failed", "crossfix failed on this work; see where it was started"
            finally:
                if work.folder is not None:
                    work.folder.cleanup()
                with self._lock:
                    self._running = self._process = None

    def _do(self, work: _Work) -> None:
        job = work.job
        process = subprocess.Popen(
            [sys.executable, "-m", "crossfix.web.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        with self._lock:
            self._process = process
            if job.state == "stopped":  # by a person, while the process was being started
                process.terminate()
            else:
                job.state = "reading" if job.what == "add" else "checking"
                job.total = job.files
        assert process.stdin is not None
        assert process.stdout is not None
        with process, process.stdin as given:
            try:
                given.write(json.dumps({"record": str(self.record), **work.spec}))
                given.close()
                for line in process.stdout:
                    said = json.loads(line)
                    with self._lock:
                        if job.state not in ENDED:
                            job.take(said)
            except (BrokenPipeError, ValueError) as error:
                log.warning("background work broke off: %s", error)
        with self._lock:
            if job.state not in ENDED:
                job.state, job.message = "failed", "the process that did this work ended early; what it kept is kept"


def suffix(name: str) -> str:
    """The ending of an upload's name, by which its format is told; "" where it is none of letters and digits."""
    found = re.search(rf"{_SUFFIX.pattern}$", name, re.IGNORECASE)
    return found[0].lower() if found else ""


def shown_name(name: str) -> str:
    """The name of an upload as it is kept and shown: its last part, without control characters, not too long."""
    last = re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    return last[-200:] or "upload"
