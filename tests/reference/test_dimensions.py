"""The table of published dimensions: its rows, its placeholders, and that it is what its script makes of the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossfix.reference import dimensions, dimensions_build
from crossfix.reference.dimensions_build import Vehicle, placeholders, vehicles

GCAT = """\
#LV_Name\tLV_Family\tLV_Manufacturer\tLV_Variant\tLV_Alias\tLV_Min_Stage\tLV_Max_Stage\tLength\tLFlag\tDiameter\tDFlag\tLaunch_Mass\tMFlag
# Updated some day
Alder\tAlder \tX\t-\t-\t1\t2\t 20.0 \t \t 2.00 \t \t 40.0 \t?
Birch\tAlder \tX\t-\t-\t1\t2\t 20.0 \t \t 2.00 \t \t 50.0 \t
Cedar\tAlder \tX\t-\t-\t1\t2\t 20.0 \t?\t 2.10 \t \t 50.0 \t
Nought\tAlder \tX\t-\t-\t1\t2\t  0.0 \t \t 0.00 \t \t  0.0 \t
"""


def test_every_row_is_sound() -> None:
    rows = dimensions.every()
    assert len({d.id for d in rows}) == len(rows) > 150
    for d in rows:
        assert d.kind in dimensions.CLASSES
        assert 3 <= d.length_m <= 40, d
        assert 0.3 <= d.diameter_m <= 3.5, d
        assert 4 < d.length_m / d.diameter_m < 23, d  # no missile is thicker or thinner
        assert d.source
        assert d.licence
    for missile in {d.missile for d in rows}:
        assert len({(d.kind, d.family) for d in dimensions.of(missile)}) == 1, missile


def test_the_source_s_question_mark_and_copied_rows_are_placeholders() -> None:
    made = list(vehicles(GCAT))
    assert made[0] == Vehicle("Alder", "-", "Alder", 20.0, 2.0, 40.0, True)
    assert [v.name for v in made] == ["Alder", "Birch", "Cedar"]  # no size, no row
    assert placeholders(made) == {("Birch", "-"): "repeats Alder", ("Cedar", "-"): "uncertain"}
    # the one that the family is named for is kept, wherever it stands
    assert placeholders(reversed(made)) == placeholders(made)


def test_known_placeholders_are_marked_and_known_figures_are_not() -> None:
    why = {d.id: d.placeholder for d in dimensions.every()}
    assert why["yars-gcat"].startswith("repeats Topol")
    assert why["kn-23-gcat"] == "repeats Iskander"
    assert why["hwasong-19-gcat"] == "repeats Hwasong-18"
    assert why["hwasong-17-gcat"] == why["df-41-gcat"] == "uncertain"
    assert why["hwasong-18-gcat"] == why["topol-m-gcat"] == why["hwasong-18-kida"] == why["iskander-m-gcat"] == ""


def test_publishers_stand_side_by_side() -> None:
    told = {d.publisher: (d.length_m, d.diameter_m) for d in dimensions.of("Hwasong-18")}
    assert told == {"GCAT": (27.0, 2.4), "KIDA": (23.0, 2.0), "Postol": (22.0, 2.2)}
    assert dimensions.of("No Such Missile") == ()


def test_one_set_of_figures_a_missile_makes_the_population() -> None:
    for kind in dimensions.CLASSES:
        some = dimensions.population((kind,))
        assert len({d.missile for d in some}) == len(some) >= 10
        assert not any(d.placeholder for d in some)
    both = dimensions.population(("SLBM", "IRBM"))
    assert len(both) == len(dimensions.population(("SLBM",))) + len(dimensions.population(("IRBM",)))
    by = {d.missile: d.publisher for d in dimensions.population(("ICBM",))}
    assert (by["Topol-M"], by["Hwasong-15"]) == ("GCAT", "Arirang")


def test_names_are_the_reports_own_and_mean_one_missile() -> None:
    names = dimensions.names()
    assert names[dimensions.folded("Hwasong\u201118")] == "Hwasong-18"
    assert names["kn-23"] == names["hwasong-11a"] == "KN-23"
    assert (names["ss-27"], names["ss-27 mod 2"]) == ("Topol-M", "Yars")
    # "Hwasong-11" is used of several missiles, "Thor" and "M4" of other things
    assert not {"hwasong-11", "thor", "m4", "lance", "r-1"} & names.keys()
    every = [n.casefold() for m, a in dimensions_build.ALIASES.items() for n in {m, *a.split("|")} if n]
    assert len(every) == len(set(every))


def test_the_table_is_what_the_script_makes_of_its_source(shared: Path) -> None:
    made = dimensions_build.table((shared / "data" / "gcat" / "lv.tsv").read_text("utf-8"))
    assert (Path(dimensions_build.__file__).parent / "dimensions.tsv").read_text("utf-8") == made


def test_a_missile_of_another_publisher_must_be_one_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = dimensions_build.Typed("Unheard-of", "ICBM", 20, 2, None, "Somebody", "a page")
    monkeypatch.setattr(dimensions_build, "TYPED", (odd,))
    with pytest.raises(KeyError, match="Unheard-of"):
        dimensions_build.table(GCAT)
