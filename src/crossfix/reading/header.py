"""What stands before a plain text: a YAML header between two ``---`` lines, or a leading ``date YYYY-MM-DD``."""

from __future__ import annotations

import json
import re
from typing import Any

from crossfix.reading.limits import HEADER_LIMIT

_LEADING_DATE = re.compile(r"[ \t\r\n]{0,20}date[ \t]+(\S{1,40})(?=\s|$)", re.I)
_ISO_LIKE = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?")
_LINE = re.compile(r"([A-Za-z][\w .-]{0,60}?)\s*:\s*(.*)")
_NULLS = frozenset(("", "null", "~", "none", "Null", "NULL", "None"))


def split(text: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """The header's fields, the canonical text behind it, and notes.

    The canonical text begins with the first character after the header's closing line. Keys are lower case, values are
    strings (lists joined by ", "), null values are left out. A header that is no YAML is read line by line, with a
    note.
    """
    for newline in ("\n", "\r\n"):
        fence = "---" + newline
        if text.startswith(fence):
            head, found, body = text.partition(newline + fence)
            if found:
                fields, notes = _fields(head[len(fence) :])
                return fields, body, notes
    return {}, text, ()


def leading_date(text: str) -> tuple[str, int, int] | None:
    """A date in front of the text ("date 2023-11-10 A report ..."): the value as written, and where "date ..." stands.

    Only a value that looks like an ISO date counts; whether it is a real day is for the caller to say.
    """
    m = _LEADING_DATE.match(text)
    if not m or not _ISO_LIKE.fullmatch(m[1]):
        return None
    return m[1], m.start() + (len(m[0]) - len(m[0].lstrip())), m.end()


def _fields(head: str) -> tuple[dict[str, str], tuple[str, ...]]:
    import yaml

    if len(head) > HEADER_LIMIT:
        return _by_lines(head[:HEADER_LIMIT]), ("the header is very long; only its beginning was read, line by line",)
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # all values stay strings: no date or number is guessed
    if head.count("[") + head.count("{") > 1000:  # the parser takes quadratic time, and its recursion the stack
        return _by_lines(head), ("the header is nested too deep; it was read line by line",)
    try:
        # aliases could unfold a few lines into gigabytes
        if any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(head, Loader=loader)):
            return _by_lines(head), ("the header has YAML aliases; it was read line by line",)
        found = yaml.load(head, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return _by_lines(head), ("the header is not valid YAML; it was read line by line",)
    if not isinstance(found, dict):
        return {}, ("the header between --- lines has no fields; ignored",) if head.strip() else ()
    values = {str(k).strip().lower(): _plain(v) for k, v in found.items()}
    return {k: v for k, v in values.items() if v not in _NULLS}, ()


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).strip()


def _by_lines(head: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for line in head.splitlines():
        m = _LINE.fullmatch(line.strip()[:2000])
        if m:
            value = m[2].strip().strip("\"'").strip()
            if value not in _NULLS:
                out.setdefault(m[1].strip().lower(), value)
    return out
