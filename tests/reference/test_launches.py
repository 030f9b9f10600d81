"""The launch logs, the missiles' names, and the announced figures as tables."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from crossfix.reference import launches, tables
from crossfix.reference.figures import announcer, half_step, of_test
from crossfix.reference.launches import covered, log, missile, missiles

NAMES = ("launches_cns.tsv", "launches_gcat.tsv", "missiles.tsv", "figures.tsv", "nuclear_tests.tsv")


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_an_id_of_its_own_a_source_and_a_licence(name: str) -> None:
    rows = tables.rows("crossfix.reference", name)
    assert len({r["id"] for r in rows}) == len(rows) > 5
    assert all(r["source"] and r["licence"] and "read" in r for r in rows)


def test_the_cns_log_is_the_shared_file_row_by_row(shared: Path) -> None:
    told = json.loads((shared / "data/nk-missile-tests/test.en.json").read_text(encoding="utf-8"))
    rows = [r for part in told["timeBins"] for r in part["data"]]
    ours = tables.rows("crossfix.reference", "launches_cns.tsv")
    assert [(r["date"], r["missile"], r["facility"], r["outcome"]) for r in rows] == [
        (r["date"], r["missile"], r["facility"], r["outcome"]) for r in ours
    ]
    assert [str(r["apogee"]).replace("unknown", "").replace("na", "") for r in rows] == [r["apogee_km"] for r in ours]


def test_no_description_of_the_cns_log_is_in_the_table(shared: Path) -> None:
    table = (Path(launches.__file__).parent / "launches_cns.tsv").read_text(encoding="utf-8")
    told = json.loads((shared / "data/nk-missile-tests/test.en.json").read_text(encoding="utf-8"))
    for part in told["timeBins"]:
        for r in part["data"]:
            words = r["description"].split()
            for i in range(0, max(len(words) - 7, 0), 7):
                assert " ".join(words[i : i + 8]) not in table


def test_the_gcat_log_has_the_rows_of_the_extract_and_the_flags(shared: Path) -> None:
    with (shared / "data/gcat/gcat_launches_dprk_2020_2025.csv").open(encoding="utf-8", newline="") as f:
        told = {r["Launch_Tag"]: r for r in csv.DictReader(f)}
    ours = {r["id"]: r for r in tables.rows("crossfix.reference", "launches_gcat.tsv")}
    assert told.keys() <= ours.keys()
    for tag, row in told.items():
        assert (ours[tag]["type_flag"] == "?") == (row["Variant"] == "?")
        assert ours[tag]["apogee_km"] == row["Apogee"].strip().removesuffix(".0")
        assert ours[tag]["apogee_flag"] == row["Apoflag"].strip()
    assert (ours["2024-U05"]["vehicle"], ours["2024-U05"]["utc_time"]) == ("Hwasong-19", "22:11")


def test_julian_dates_agree_with_the_log_s_own_date() -> None:
    for r in tables.rows("crossfix.reference", "launches_gcat.tsv"):
        when = dt.datetime(2000, 1, 1, 12) + dt.timedelta(days=float(r["jd"]) - 2451545)
        assert abs((when.date() - dt.date.fromisoformat(r["date"])).days) <= 1
        if r["utc_time"]:  # a hundredth of a day is 14 minutes
            told = dt.datetime.strptime(f"{r['date']} {r['utc_time']}", "%Y-%m-%d %H:%M")
            assert abs(told - when) <= dt.timedelta(minutes=8)


@pytest.mark.parametrize(
    ("name", "row", "at"),
    [
        ("cns", "cns-2023-12-17-2", "2023-12-18 08:24"),
        ("cns", "cns-2023-11-22-1", "2023-11-22 23:05"),
        ("cns", "cns-2017-11-28-1", "2017-11-29 02:48"),  # Pyongyang kept UTC+08:30
        ("cns", "cns-2017-07-28-1", "2017-07-28 23:12"),
        ("gcat", "2023-F06", "2023-05-31 06:21"),
        ("gcat", "2013-003", "2013-01-30 15:57"),  # in Seoul's time
    ],
)
def test_days_are_those_of_the_launch_site(name: launches.Log, row: str, at: str) -> None:
    found = next(r for r in log(name) if r.id == row)
    assert found.at == at
    assert str(found.day) == at[:10]


def test_north_korea_s_launches_to_orbit_are_the_same_in_both_logs() -> None:
    days = {name: [r.day for r in log(name) if r.satellite and r.state == "KP"] for name in ("cns", "gcat")}
    # where CNS gives no time its date is the local one, as with April 2012
    assert days["cns"] == days["gcat"]
    assert [str(d) for d in days["cns"][-4:]] == ["2023-05-31", "2023-08-24", "2023-11-21", "2024-05-27"]


def test_the_logs_agree_on_the_missiles_of_2017_but_for_what_is_known_to_differ() -> None:
    """CNS has a fifth missile on 6 March, and the launch of 14 May a day late; its type of some differs."""
    days = {
        name: [r.day for r in log(name) if r.day and r.day.year == 2017 and r.state == "KP"] for name in ("cns", "gcat")
    }
    assert len(days["cns"]) == len(days["gcat"]) + 1 == 21
    assert set(days["cns"]) ^ set(days["gcat"]) == {dt.date(2017, 5, 14), dt.date(2017, 5, 15)}
    icbms = {
        name: [r.day for r in log(name) if r.day and r.day.year < 2020 and r.kind == "ICBM"] for name in ("cns", "gcat")
    }
    assert icbms["cns"] == icbms["gcat"] == [dt.date(2017, 7, 4), dt.date(2017, 7, 28), dt.date(2017, 11, 29)]


def test_a_count_down_that_ended_without_a_launch_is_none() -> None:
    assert any(r["id"] == "2019-E01" for r in tables.rows("crossfix.reference", "launches_gcat.tsv"))
    assert all(r.id != "2019-E01" for r in log("gcat"))


@pytest.mark.parametrize(
    ("name", "known"),
    [("Hwasongpho-18", "Hwasong-18"), ("hwasong 17", "Hwasong-17"), ("KN-22", "Hwasong-15"), ("Taepodong-2", "Unha")],
)  # fmt: skip
def test_other_names_mean_the_missile(name: str, known: str) -> None:
    found = missile(name)
    assert found is not None
    assert found.name == known


def test_a_name_of_no_missile_means_none() -> None:
    assert missile("Topol-M") is None


def test_a_name_means_one_missile() -> None:
    seen: dict[str, str] = {}
    for m in missiles():
        for n in m.names:
            assert seen.setdefault(n.lower(), m.id) == m.id


def test_what_a_log_can_be_counted_for() -> None:
    assert covered("cns", "SRBM", "KP")
    assert covered("gcat", "SRBM", "KP") == (
        dt.date(2017, 1, 1),
        dt.date(2017, 12, 31),
    )  # the extract lacks rows of them
    assert covered("gcat", "ICBM", "KP") == (dt.date(2017, 1, 1), dt.date(2025, 11, 30))
    assert covered("gcat", "ICBM", "IR") is None
    assert covered("gcat", "satellite", "IR")
    assert covered("cns", "satellite", "IR") is None
    assert covered("nuclear", "nuclear", "KP")


@pytest.mark.parametrize(
    ("digits", "half"), [("6,518.2", 0.05), ("989", 0.5), ("900", 50), ("5,770", 5), ("74", 0.5), ("1,000", 50)]
)
def test_half_of_the_last_place(digits: str, half: float) -> None:
    assert half_step(digits) == pytest.approx(half)


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("South Korean military", "South Korea"), ("Korean Central News Agency", "KCNA"), ("North Korea's state media", "KCNA"),
        ("Japan's defence ministry", "Japan"), ("North Korea", "KCNA"), ("Mr Brown", "Mr Brown"), (None, ""),
    ],
)  # fmt: skip
def test_whose_figure_it_is(told: str | None, known: str) -> None:
    assert announcer(told) == known


def test_minutes_become_seconds_with_their_rounding() -> None:
    japan = next(f for f in of_test(dt.date(2023, 2, 18)) if f.announcer == "Japan" and f.kind == "flight_time")
    assert (japan.value, japan.half) == (3960, 30)


def test_the_announced_figures_of_the_three_tests_of_2023(shared: Path) -> None:
    """Those that shared/data holds are in the table as they stand there."""
    for row in json.loads((shared / "data/misc/web_facts.json").read_text(encoding="utf-8"))["flight_figures"]:
        day = dt.date.fromisoformat(row["test"][:10])
        ours = {f.kind: f for f in of_test(day) if f.announcer == "KCNA"}
        for part in row["kcna"].split(" / "):
            number, unit = part.replace(",", "").split()
            kinds = ("flight_time",) if unit == "s" else ("range", "apogee")
            assert any(abs(ours[k].value - float(number)) <= 0.5 for k in kinds)
        minutes = float(row["japan"].split(" / ")[-1].split()[0])
        assert any(f.value == minutes * 60 for f in of_test(day) if f.announcer == "Japan")
