"""The site's own files: read from a table made at the start, so that no request reaches the file system by a path of its own."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    "": "text/plain; charset=utf-8",
}
FOREVER = "public, max-age=31536000, immutable"
ASK = "public, no-cache"


@dataclass(frozen=True)
class File:
    """A file of the site."""

    data: bytes
    type: str

    @cached_property
    def packed(self) -> bytes | None:
        """The same compressed, None where that gains nothing."""
        if self.type.startswith("image/png"):
            return None
        made = gzip.compress(self.data, 6, mtime=0)
        return made if len(made) < 0.9 * len(self.data) else None


class Files:
    """All files below a folder by their path, and one digest of them all. The digest stands in their addresses, so that a browser may
    keep them for good: /static/DIGEST/js/site.js. It stands before the path, so that modules that import one another by relative
    addresses stay within one version."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files: dict[str, File] = {}
        whole = hashlib.sha256()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            kind = TYPES.get(path.suffix if path.suffix in TYPES else "" if path.name.startswith("LICENSE") else "?")
            if kind is None:
                continue
            name = path.relative_to(folder).as_posix()
            data = path.read_bytes()
            self._files[name] = File(data, kind)
            whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
        self.digest = whole.hexdigest()[:12]

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def names(self) -> list[str]:
        """Every path there is."""
        return list(self._files)

    def find(self, path: str) -> tuple[File, str] | None:
        """The file of a path, with or without the digest before it, and how long a browser may keep it; None where there is none. An
        old digest finds the present file, which is then not kept."""
        if path in self._files:
            return self._files[path], ASK
        digest, _, name = path.partition("/")
        if name in self._files:
            return self._files[name], FOREVER if digest == self.digest else ASK
        return None
