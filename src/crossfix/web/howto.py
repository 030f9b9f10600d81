"""The pages of ``docs/checks`` for the site: Markdown as our own docs use it, put into blocks that a template writes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

FOLDER = Path("docs") / "checks"
FENCE = "`" * 3
_INLINE = re.compile(r"(`[^`]+`)|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind; ``to`` is the check whose page a link leads to, "" for none."""

    kind: Literal["text", "code", "strong", "emphasis", "link"]
    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list, table or code. ``lines`` are its items or rows, each of cells; a paragraph has one line of one cell."""

    kind: Literal["heading", "paragraph", "list", "numbers", "table", "code"]
    lines: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    level: int = 2
    code: str = ""


def _folder() -> Path | None:
    """Where the pages are: in the package as it is installed, or beside it in a checkout."""
    package = Path(str(files("crossfix")))
    return next((p for p in (package / FOLDER, package.parent.parent / FOLDER) if p.is_dir()), None)


@cache
def known() -> frozenset[str]:
    """The checks that have a page."""
    folder = _folder()
    return frozenset(p.stem for p in folder.glob("*.md") if p.stem != "README") if folder else frozenset()


@cache
def page_of(check: str) -> tuple[Block, ...] | None:
    """A check's page, None where it has none."""
    folder = _folder()
    if folder is None or check not in known():
        return None
    return tuple(blocks((folder / f"{check}.md").read_text(encoding="utf-8")))


def blocks(text: str) -> Iterator[Block]:
    """Markdown as blocks."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith(FENCE):
            end = _until(lines, at + 1, lambda x: x.startswith(FENCE))
            yield Block("code", code="\n".join(lines[at + 1 : end]))
            at = end + 1
        elif line.startswith("    "):
            end = _until(lines, at, lambda x: bool(x.strip()) and not x.startswith("    "))
            yield Block("code", code="\n".join(x[4:] for x in lines[at:end]).rstrip())
            at = end
        elif head := re.match(r"(#{1,4}) +(.+)", line):
            yield Block("heading", ((runs(head[2]),),), level=len(head[1]))
            at += 1
        elif line.startswith("|"):
            end = _until(lines, at, lambda x: not x.startswith("|"))
            cells = [[c.strip() for c in re.split(r"(?<!\\)\|", x.strip().strip("|"))] for x in lines[at:end]]
            kept = [r for r in cells if not all(re.fullmatch(r":?-+:?", c) for c in r)]
            yield Block("table", tuple(tuple(runs(c.replace("\\|", "|")) for c in r) for r in kept))
            at = end
        elif re.match(r"([-*]|\d+\.) ", line):
            end, items = _items(lines, at)
            yield Block("numbers" if line[0].isdigit() else "list", tuple((runs(i),) for i in items))
            at = end
        else:
            end = max(at + 1, _until(lines, at, lambda x: not x.strip() or x.startswith(("#", "|", FENCE))))
            yield Block("paragraph", ((runs(" ".join(x.strip() for x in lines[at:end])),),))
            at = end


def _until(lines: list[str], at: int, ends: object) -> int:
    assert callable(ends)
    return next((n for n in range(at, len(lines)) if ends(lines[n])), len(lines))


def _items(lines: list[str], at: int) -> tuple[int, list[str]]:
    items: list[str] = []
    while at < len(lines) and lines[at].strip() and not lines[at].startswith(("#", "|", FENCE)):
        begun = re.match(r"(?:[-*]|\d+\.) +(.*)", lines[at])
        if begun:
            items.append(begun[1])
        else:
            items[-1] += " " + lines[at].strip()
        at += 1
    return at, items


def runs(text: str) -> tuple[Run, ...]:
    """A line's words; a link leads to another check's page or is words alone."""
    out: list[Run] = []
    at = 0
    for m in _INLINE.finditer(text):
        if m.start() > at:
            out.append(Run("text", text[at : m.start()]))
        code, strong, emphasis, link, target = m.groups()
        if code:
            out.append(Run("code", code.strip("`")))
        elif strong:
            out.append(Run("strong", strong))
        elif emphasis:
            out.append(Run("emphasis", emphasis))
        else:
            name = re.fullmatch(r"([a-z]+)\.md", target)
            out.append(Run("link", link, name[1] if name and name[1] in known() else ""))
        at = m.end()
    if at < len(text):
        out.append(Run("text", text[at:]))
    return tuple(out)
