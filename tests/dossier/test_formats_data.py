"""The forms that programs read: CSV, GeoJSON, BibTeX, CSL-JSON; and the pictures. Round trips, and hostile words in each."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from planned import EVIL, FORMULAS, record_at, report_for

from crossfix.dossier import basemap
from crossfix.dossier.citations import bibtex, csl
from crossfix.dossier.formats import FORMS, form, form_of, plan_of_filter
from crossfix.dossier.geojson import geojson
from crossfix.dossier.picture_map import _window, draw_map
from crossfix.dossier.report import Report
from crossfix.dossier.tables import cell, statements_csv
from crossfix.errors import UsageError
from crossfix.record.rows import Filter


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_for(tmp_path_factory.mktemp("r") / "r.sqlite")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_for(tmp_path_factory.mktemp("h") / "h.sqlite", evil=EVIL)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", "pdf"),
        ("x/a.csl.json", "csl.json"),
        ("a.json", "csl.json"),
        ("a.csv.zip", "csv.zip"),
        ("a.v2.htm", "html"),
        ("a.markdown", "md"),
    ],
)
def test_the_ending_says_the_form(name: str, ending: str) -> None:
    assert form_of(name).ending == ending


@pytest.mark.parametrize("name", ["dossier", "a.exe", "a.", ".pdfx"])
def test_another_ending_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="ends in its form") as error:
        form_of(name)
    assert all("." + f.ending in str(error.value) for f in FORMS)


# ------------------------------------------------------------------ tables


@pytest.mark.parametrize("value", FORMULAS)
def test_no_cell_is_a_formula(value: str) -> None:
    assert cell(value).startswith("'")
    assert cell(value)[1:] == value


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [cell(x) for x in (-3.5, "-3.5", 12, None, "a=b", "Norland – Vostland")] == [
        "-3.5", "-3.5", "12", "", "a=b", "Norland – Vostland",
    ]  # fmt: skip


def test_each_statement_is_a_row_that_leads_to_its_passage(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(statements_csv(report).removeprefix("\ufeff"))))
    assert len(rows) == len(report.statements) > 3
    texts = {a.row.sha256: a.part.text for a in report.documents if a.part}
    for r in rows:
        assert r["words"].removeprefix("that ") in texts[r["document"]][int(r["start"]) : int(r["end"])]
    assert {r["stance"] for r in rows} >= {"assert", "deny"}


def test_the_archive_holds_every_table_and_no_formula(hostile: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(form("csv.zip").make(hostile))) as archive:
        names = archive.namelist()
        assert names == [
            "paragraphs.csv", "events.csv", "transfers.csv", "statements.csv", "checks.csv", "notes.csv", "documents.csv",
        ]  # fmt: skip
        for name in names:
            rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            assert len({len(r) for r in rows}) == 1, name
            cells = [c for r in rows[1:] for c in r]
            assert [c for c in cells if re.match(r"[\s\x00-\x1f]*[=+@＝]", c)] == [], name
            assert [c for c in cells if "\x00" in c] == []


# ------------------------------------------------------------------ GeoJSON


def _checked(value: Any) -> None:
    """The shape that RFC 7946 asks for."""
    assert value["type"] == "FeatureCollection"
    ids = [f["id"] for f in value["features"]]
    assert len(ids) == len(set(ids))
    for f in value["features"]:
        assert f["type"] == "Feature"
        assert isinstance(f["properties"], dict)
        g = f["geometry"]
        if g is None:
            continue
        assert g["type"] in ("Point", "LineString")
        points = [g["coordinates"]] if g["type"] == "Point" else g["coordinates"]
        assert len(points) == (1 if g["type"] == "Point" else 2)
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)


def test_events_sites_and_legs_are_features_with_citations(report: Report) -> None:
    value = json.loads(form("geojson").make(report))
    _checked(value)
    by_kind: dict[str, list[Any]] = {}
    for f in value["features"]:
        by_kind.setdefault(f["properties"]["kind"], []).append(f)
    (event,) = by_kind["event"]
    assert event["geometry"] == {"type": "Point", "coordinates": [18.52, 59.31]}
    assert event["properties"]["paragraph"] == 1
    assert event["properties"]["independent_origins"] == 2
    assert {c["note"] for c in event["properties"]["citations"]} - {None}
    (leg,) = by_kind["leg"]
    assert leg["geometry"] == {"type": "LineString", "coordinates": [[21.44, 57.12], [26.73, 55.91]]}
    assert leg["properties"]["mode"] == "rail"
    assert {s["properties"]["name"] for s in by_kind["site"]} == {"Port Alder", "Kestrel Junction"}


def test_hostile_words_are_values_in_geojson(hostile: Report) -> None:
    _checked(json.loads(form("geojson").make(hostile)))
    assert geojson(hostile)["name"] == hostile.title


# ------------------------------------------------------------------ citations


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """A plain reader: entries of @misc{key, name = {value} or word, ...} with braces counted."""
    out: dict[str, dict[str, str]] = {}
    at = 0
    while (start := text.find("@misc{", at)) >= 0:
        assert text[at:start].strip() == ""
        comma = text.index(",", start)
        key, fields, at = text[start + 6 : comma], {}, comma + 1
        while text[at:].lstrip()[0] != "}":
            name, _, _rest = text[at:].partition("=")
            at += len(name) + 1
            while text[at] == " ":
                at += 1
            if text[at] == "{":
                depth, begin = 0, at
                while True:
                    c = text[at]
                    if c == "\\" and text[at + 1] in "{}":
                        at += 2
                        continue
                    depth += (c == "{") - (c == "}")
                    at += 1
                    if depth == 0:
                        break
                value = text[begin + 1 : at - 1]
            else:
                value = re.match(r"\w+", text[at:])[0]  # type: ignore[index]
                at += len(value)
            fields[name.strip()] = value
            if text[at] == ",":
                at += 1
        at = text.index("}", at) + 1
        out[key] = fields
    assert text[at:].strip() == ""
    return out


def test_bibtex_is_read_again(report: Report) -> None:
    entries = read_bibtex(bibtex(report.documents))
    assert list(entries) == ["harbourtimes2023launch", "inlanddaily2023same"]
    first = entries["harbourtimes2023launch"]
    assert first["title"] == "{A launch and a denial}"
    assert (first["year"], first["month"], first["day"]) == ("2023", "may", "4")
    assert report.documents[0].row.sha256 in first["note"]


def test_hostile_words_cannot_leave_a_field_of_bibtex(hostile: Report) -> None:
    entries = read_bibtex(bibtex(hostile.documents))
    assert len(entries) == len(hostile.documents)
    for fields in entries.values():
        for name, value in fields.items():
            assert re.search(r"(?<!\\)[$%&#_]", value) is None, (name, value)
            assert set(re.findall(r"\\([A-Za-z]+)", value)) <= {"textbackslash", "textasciicircum", "textasciitilde"}


def test_csl_has_the_shape_that_its_readers_ask_for(hostile: Report) -> None:
    items = json.loads(form("csl.json").make(hostile))
    assert len({i["id"] for i in items}) == len(items) == len(hostile.documents)
    for i in items:
        assert i["type"] in ("article-newspaper", "document")
        assert i.keys() <= {"id", "type", "title", "container-title", "language", "note", "author", "issued", "URL"}
        assert all(1 <= len(p) <= 3 and all(isinstance(x, int) for x in p) for p in i["issued"]["date-parts"])
        assert re.search(r"<(?:i|b|span|sup|sub)\b", i["title"]) is None
    assert csl(hostile.documents) == items


# ------------------------------------------------------------------ pictures


def test_pictures_are_plain_svg(hostile: Report) -> None:
    assert [p.name for p in hostile.pictures] == ["timeline", "map"]
    for p in hostile.pictures:
        root = etree.fromstring(p.svg.encode())
        assert {etree.QName(e).localname for e in root.iter()} <= {
            "svg", "rect", "line", "path", "polygon", "circle", "text",
        }  # fmt: skip
        names = {etree.QName(a).localname for e in root.iter() for a in e.attrib}
        assert not {a for a in names if a.startswith("on") or a in ("href", "style", "class")}
        assert "url(" not in p.svg
        assert root.get("aria-label")
        assert (int(root.get("width")), int(root.get("height"))) == (p.width, p.height)


def test_the_map_names_its_places_and_has_a_scale(report: Report) -> None:
    picture = next(p for p in report.pictures if p.name == "map")
    told = " ".join(etree.fromstring(picture.svg.encode()).itertext())
    words = re.findall(r">([^<]+)</text>", picture.svg)
    assert "Cape Ostrava: 1" in words
    assert {"Port Alder", "Kestrel Junction"} <= set(words)
    assert any(re.fullmatch(r"[\d,]+ km", w) for w in words)
    assert "Leg by rail" in words
    assert told is not None


def test_a_map_over_the_180th_meridian_is_not_torn() -> None:
    window = _window([(175.0, 52.0), (190.0, 55.0)])
    assert window.west < 175 < 190 < window.east < 360
    seen = basemap.outlines(window)
    assert seen.lines
    for run in seen.lines:
        assert all(abs(a[0] - b[0]) < 20 for a, b in pairwise(run))


def test_the_whole_earth_has_no_bands() -> None:
    """Land that crosses the seam, and the one round the pole, fill no strip of the sea."""
    seen = basemap.outlines(basemap.Window(-180, -85, 180, 85))
    for ring in seen.land:
        for a, b in pairwise(ring):
            if abs(a[0] - b[0]) > 60:
                assert min(a[1], b[1]) <= -84.9, (a, b)


def test_nothing_placed_is_no_map() -> None:
    assert draw_map([]) is None


# ------------------------------------------------------------------ without a plan


def test_a_selection_is_a_plan_too(tmp_path: Path) -> None:
    with record_at(tmp_path / "r.sqlite") as record:
        plan = plan_of_filter(record, Filter())
        assert [i.kind for i in plan.items] == ["heading", "event", "heading", "transfer"]
        said = plan_of_filter(record, Filter(about="denied"), "Mine")
        assert said.title == "Mine"
        assert plan_of_filter(record, Filter(about="nothing of the kind")).items == ()
