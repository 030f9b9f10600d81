"""Reading the package's small tables: tab-separated, "#" lines for source and licence, a header line."""

from __future__ import annotations

from importlib.resources import files

from crossfix.errors import CrossfixError


def rows(package: str, name: str) -> list[dict[str, str]]:
    """The rows of a table as column -> text. Raises CrossfixError where a row has not the header's columns: a table of
    ours that is broken must fail loudly, not lose a row."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    lines = [(n, x) for n, x in enumerate(text.split("\n"), 1) if x and not x.startswith("#")]
    header = lines[0][1].split("\t")
    out = []
    for n, line in lines[1:]:
        values = line.split("\t")
        if len(values) != len(header):
            raise CrossfixError(f"{len(values)} columns, not {len(header)}", where=f"{name}, line {n}")
        out.append(dict(zip(header, values, strict=True)))
    return out


def items(cell: str) -> list[str]:
    """The entries of a cell, separated by "|"."""
    return [x.strip() for x in cell.split("|") if x.strip()]
