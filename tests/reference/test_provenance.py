"""Every row of public data says where it is from; the page of tables is made from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crossfix.errors import CrossfixError, UnknownId
from crossfix.reference import provenance
from crossfix.reference.provenance import entry, page, table, tables

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "crossfix"


def test_the_page_of_tables_is_up_to_date() -> None:
    assert (ROOT / "docs" / "data.md").read_text() == page(), "out of date: run make data-page"


def test_every_table_of_the_package_is_listed() -> None:
    files = {str(p.relative_to(PACKAGE)) for p in PACKAGE.rglob("*") if p.suffix in (".tsv", ".yaml", ".npz")}
    assert files == {t.file for t in tables() if not t.package}


@pytest.mark.parametrize("one", tables(), ids=lambda t: t.name)
def test_every_row_has_a_source_and_a_licence_and_can_be_asked_for(one: provenance.Table) -> None:
    assert one.holds
    assert one.rows >= 1
    keys = [e.key for e in one.entries]
    assert len(set(keys)) == len(keys)
    for e in one.entries:
        assert e.source, f"{e} has no source"
        assert e.licence, f"{e} has no licence"
        assert e.read is None or re.fullmatch(r"\d{4}-\d\d-\d\d", e.read), f"{e} was read on {e.read!r}"
    for e in one.entries[:3] + one.entries[-3:]:
        assert entry(one.name, e.key) == e


def test_the_line_is_where_the_row_stands() -> None:
    for name, words in (("states", "North Korea"), ("outlets", "Reuters")):
        t = table(name)
        e = next(e for e in t.entries if e.values["name"] == words)
        assert words in (PACKAGE / t.file).read_text().splitlines()[e.line - 1]


def test_the_gazetteer_is_counted_and_asked_by_its_number() -> None:
    from crossfix.reference.gazetteer import gazetteer

    assert table("gazetteer").rows == len(gazetteer())
    e = entry("gazetteer", "2042645")
    assert (e.values["name"], e.values["country"], e.licence) == ("Rajin", "KP", "CC BY 4.0, geonames.org")


def test_a_row_in_other_letters_is_found_only_where_one_is_meant() -> None:
    assert entry("states", "kp").key == "KP"
    with pytest.raises(UnknownId, match="has no row 'nowhere'"):
        entry("states", "nowhere")
    with pytest.raises(UnknownId, match="there is no table 'x'"):
        table("x")


@pytest.mark.parametrize(
    ("told", "holds", "source", "licence"),
    [
        (
            "# Ports: names. Source: A. Holt, Harbours (2001). Licence: facts.\n",
            "Ports: names",
            "A. Holt, Harbours (2001)",
            "facts",
        ),
        ("# Ports by B. Levin; v1.0.0 of it. Columns: a, b.\n", "Ports by B. Levin; v1.0.0 of it", "", ""),
        ("# What is. Columns of a row:\n#   a   b\n# Licence: CC BY 4.0\n", "What is", "", "CC BY 4.0"),
    ],
)
def test_what_the_first_lines_say(tmp_path: Path, told: str, holds: str, source: str, licence: str) -> None:
    file = tmp_path / "ports.tsv"
    file.write_text(told + "id\tname\tsource\nx\tSelby\tthe row's own\ny\tHolt\t\n")
    made = provenance._table(file, "ports.tsv")
    assert (made.holds, made.source, made.licence, made.key) == (holds, source, licence, "id")
    assert [e.source for e in made.entries] == ["the row's own", source]


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    for name, text, says in (
        ("a.tsv", "id\tname\nx\n", "a.tsv, line 2: 1 columns, not 2"),
        ("b.tsv", "# nothing\n", "b.tsv: a table without a header"),
        ("c.tsv", "id\tname\n", "c.tsv: a table without rows"),
        ("d.yaml", "a: 1\n", "d.yaml: no list of rows"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(CrossfixError, match=re.escape(says)):
            provenance._table(tmp_path / name, name)


def test_rows_without_a_name_of_their_own_go_by_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("# A.\nname\tlat\nx\t1\nx\t2\n")
    made = provenance._table(tmp_path / "a.tsv", "a.tsv")
    assert (made.key, [e.key for e in made.entries]) == ("line", ["3", "4"])
    assert "since no column names every row" in made.keyed_by
