"""Satellites, element sets, published orbits and passes: every row readable, and bad element sets refused with one clear error."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.errors import CrossfixError
from crossfix.reference import satellites as table
from crossfix.reference.satellites import ElementsError, checksum, read_elements

MALLIGYONG = "58400"
ONE = table.elements()[MALLIGYONG][0]


def test_every_table_reads_and_leads_to_a_satellite() -> None:
    known = set(table.satellites())
    assert known >= {"39026", "41332", MALLIGYONG}
    for rows in (table.elements(), table.published_orbits(), table.published_passes()):
        assert rows
        assert set(rows) <= known
    names = [n for s in table.satellites().values() for n in (s.name, *s.aliases)]
    assert len(names) == len(set(names))


def test_every_row_has_a_source() -> None:
    rows = [
        *table.satellites().values(),
        *(e for sets in table.elements().values() for e in sets),
        *(o for orbits in table.published_orbits().values() for o in orbits),
        *(p for passes in table.published_passes().values() for p in passes),
        *table.buildings().values(),
    ]
    assert all(r.origin.source and r.origin.licence for r in rows)


def test_the_element_sets_are_those_of_the_source(shared: Path) -> None:
    given_sets = json.loads((shared / "data" / "tle" / "malligyong1.json").read_text())["tles"]
    ours = {(e.line1, e.line2) for e in table.elements()[MALLIGYONG]}
    assert ours == {(t["l1"], t["l2"]) for t in given_sets}
    assert len(ours) == 7


def test_announced_times_are_korean_time_less_nine_hours(shared: Path) -> None:
    told = json.loads((shared / "data" / "tle" / "malligyong1.json").read_text())["kcna_claimed_image_times"]["items"]
    ours = {p.first for p in table.published_passes()[MALLIGYONG] if p.announcer == "KCNA" and p.first == p.last}
    korea = dt.timezone(dt.timedelta(hours=9))
    assert ours == {dt.datetime.strptime(t, "%Y-%m-%d %H:%M:%S KST").replace(tzinfo=korea) for _, t in told}


def test_a_satellite_is_in_orbit_from_launch_to_decay() -> None:
    old = table.satellites()["41332"]
    assert old.ended is not None
    day = dt.timedelta(days=1)
    assert old.in_orbit(old.launched - day, old.launched)
    assert old.in_orbit(old.ended, old.ended + day)
    assert not old.in_orbit(old.ended + day, old.ended + 2 * day)
    assert not old.in_orbit(old.launched - 2 * day, old.launched - day)


def test_buildings_are_found_by_every_name() -> None:
    assert table.buildings()[table.bare_name("The White House")].country == "US"
    assert table.buildings()[table.bare_name("Levi’s Stadium")] is table.buildings()[table.bare_name("Levi's Stadium")]


# ------------------------------------------------------------------ element sets


def test_what_an_element_set_says() -> None:
    assert ONE.epoch == dt.datetime(2024, 6, 6, 4, 41, 45, 620160, tzinfo=dt.UTC)
    assert (ONE.inclination_deg, ONE.node_deg, ONE.eccentricity) == (97.4052, 45.2326, 0.0002221)
    assert ONE.mean_motion_rev_day == 15.21704003
    assert ONE.bstar == pytest.approx(0.41535e-4)


@given(st.sampled_from([1, 2]), st.integers(0, 67), st.sampled_from("0123456789"))
def test_any_one_wrong_digit_is_refused(which: int, at: int, digit: str) -> None:
    lines = [ONE.line1, ONE.line2]
    line = lines[which - 1]
    if not line[at].isdigit() or line[at] == digit:
        return
    lines[which - 1] = line[:at] + digit + line[at + 1 :]
    with pytest.raises(ElementsError):
        read_elements(*lines)


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_given_it_reads_or_says_one_error(line1: str, line2: str) -> None:
    with pytest.raises(ElementsError):
        read_elements(line1, line2)


def _signed(line: str) -> str:
    return line[:68] + str(checksum(line))


@pytest.mark.parametrize(
    ("line1", "line2", "why"),
    [
        (ONE.line1[:-1] + "0", ONE.line2, "line 1 has checksum 0, its figures give 9"),
        (ONE.line1, ONE.line2[:60], "line 2 is no element line of 69 columns"),
        (ONE.line2, ONE.line1, "line 1 is no element line"),
        (ONE.line1, _signed(ONE.line2.replace("58400", "58401")), "of two objects"),
        (_signed(ONE.line1.replace("24158.19566690", "24XXX.19566690")), ONE.line2, "cannot be read"),
        (ONE.line1, _signed(ONE.line2.replace(" 97.4052", "297.4052")), "of no orbit"),
    ],
)
def test_what_is_wrong_is_said(line1: str, line2: str, why: str) -> None:
    with pytest.raises(ElementsError, match=why) as caught:
        read_elements(line1, line2, id="x-1")
    assert str(caught.value).startswith("element set x-1: ")
    assert isinstance(caught.value, CrossfixError)


@given(st.text(alphabet="0123456789-+. AU", min_size=68, max_size=68))
def test_a_checksum_is_the_sum_of_digits_and_minus_signs(body: str) -> None:
    assert checksum(body) == (sum(int(c) for c in body if c.isdigit()) + body.count("-")) % 10
