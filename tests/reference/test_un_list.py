"""The consolidated list as a table of our own, and the script that makes it from a hostile file or a good one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from crossfix.errors import CrossfixError
from crossfix.reference import tables, un_list
from crossfix.reference.un_list import as_of, listed
from crossfix.reference.un_list_build import build, entries

ONE = """<?xml version='1.0' encoding='UTF-8'?>
{head}<CONSOLIDATED_LIST dateGenerated='2024-01-02T00:00:00Z'><INDIVIDUALS>
<INDIVIDUAL><FIRST_NAME>HAN</FIRST_NAME><SECOND_NAME>SOL  RI{name}</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
<REFERENCE_NUMBER>{ref}</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON><COMMENTS1>A long remark that stays out.</COMMENTS1>
<DESIGNATION><VALUE>Head of the Harbour Office, which does things</VALUE></DESIGNATION>
<NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Han Sol-ri; Hahn Sol Ri</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Mr | H</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1961</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES>
<ENTITY><FIRST_NAME>HARBOUR TRADE (HT)</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.901</REFERENCE_NUMBER>
<LISTED_ON>2017-08-05</LISTED_ON><ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Harbour</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><COUNTRY>Democratic People's Republic of Korea</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>
"""


def _write(path: Path, head: str = "", name: str = "", ref: str = "KPi.900") -> Path:
    path.write_text(ONE.format(head=head, name=name, ref=ref), encoding="utf-8")
    return path


def test_a_file_becomes_rows_of_facts(tmp_path: Path) -> None:
    assert build(_write(tmp_path / "a.xml"), tmp_path / "a.tsv") == 2
    text = (tmp_path / "a.tsv").read_text(encoding="utf-8")
    lines = [x for x in text.splitlines() if not x.startswith("#")]
    head, body, person = (x.split("\t") for x in lines)
    row = dict(zip(head, person, strict=True))
    assert row["parts"] == "HAN|SOL RI"
    assert row["good"] == "Han Sol-ri|Hahn Sol Ri"
    assert row["low"] == "Mr / H"
    assert (row["nationality"], row["born"], row["office"]) == ("North Korea", "~1961", "Head of the Harbour Office")
    assert row["read"] == "2024-01-02"
    assert dict(zip(head, body, strict=True))["former"] == "Old Harbour"
    assert "remark" not in text


def test_entities_of_a_file_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY b "&e;&e;">]>'
    with pytest.raises(CrossfixError, match="document type"):
        list(entries(_write(tmp_path / "a.xml", head=head, name="&e;")))


@pytest.mark.parametrize("cut", [200, 700])
def test_a_file_that_breaks_off_is_said(tmp_path: Path, cut: int) -> None:
    path = _write(tmp_path / "a.xml")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(CrossfixError, match="not a list in XML"):
        build(path, tmp_path / "a.tsv")


def test_a_number_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CrossfixError, match=r"KPe\.901.* stands twice"):
        build(_write(tmp_path / "a.xml", ref="KPe.901"), tmp_path / "a.tsv")


def test_another_file_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<list/>")
    with pytest.raises(CrossfixError, match="no dated list"):
        build(tmp_path / "a.xml", tmp_path / "a.tsv")


def test_the_table_is_what_the_script_makes(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "un_sanctions" / "un_consolidated_2024-09-26.xml"
    assert build(source, tmp_path / "a.tsv") == 875
    assert (tmp_path / "a.tsv").read_text(encoding="utf-8") == Path(un_list.__file__).with_name(
        "un_list.tsv"
    ).read_text(encoding="utf-8")


def test_the_list_as_read() -> None:
    kinds = Counter((e.kind, e.list) for e in listed().values())
    assert (kinds["person", "DPRK"], kinds["entity", "DPRK"]) == (80, 75)
    assert sum(n for (k, _), n in kinds.items() if k == "person") == 682
    assert as_of() == dt.date(2024, 9, 26)
    one = listed()["KPi.066"]
    assert (one.name, one.states, one.birth_years) == ("Kim Jong Sik", ("North Korea",), (1967, 1969))
    assert one.listed == dt.date(2017, 12, 22)
    assert listed()["KPe.029"].name == "National Aerospace Technology Administration"
    assert listed()["CDe.001"].name == "ADF"
    assert not any("kim jong un" in n.lower() for e in listed().values() for n in e.names)


def test_no_office_is_a_sentence() -> None:
    for e in listed().values():
        assert all(len(o.split()) <= 9 for o in e.office), e.id


def test_vessels_have_a_day_and_say_whether_a_number_is_known() -> None:
    ships = [e for e in listed().values() if e.kind == "vessel"]
    assert len(ships) == 22
    assert listed()["v-rung-ra-2"].note == "IMO 9020534"
    assert all(e.note for e in ships)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [("list", "Moon", "known list"), ("listed", "soon", "is no day"), ("parts", "", "a name")],
)
def test_a_broken_row_is_named(monkeypatch: pytest.MonkeyPatch, column: str, value: str, says: str) -> None:
    rows = tables.rows("crossfix.reference", "un_list.tsv")
    listed.cache_clear()
    monkeypatch.setattr(un_list.tables, "rows", lambda *_: [rows[0] | {column: value}])
    try:
        with pytest.raises(CrossfixError, match=says):
            listed()
    finally:
        listed.cache_clear()
