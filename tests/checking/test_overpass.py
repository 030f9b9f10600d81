"""The overpass check's verdicts, each from both sides, and what issue 6 sets for November 2023."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import statistics

import pytest

from crossfix.checking.overpass import Sight, announced_pass, overpass, track
from crossfix.checking.overpass_carry import Known, NotKnown, height_of, motion_of, node_rate, orbit_at, spread_s
from crossfix.checking.overpass_orbit import culminations, nearest_culmination
from crossfix.checking.result import Result
from crossfix.errors import UsageError
from crossfix.reference.satellites import PublishedPass, elements, published_passes, satellites

MALLIGYONG, KMS4 = "58400", "41332"
PASSES = {p.id.partition("-")[2]: p for p in published_passes()[MALLIGYONG]}
ROME = (41.8919, 12.5113)


def utc(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


def announced(one: PublishedPass) -> Result:
    return overpass(
        Sight(
            one.satellite, one.place, one.lat, one.lon, one.first, one.last, one.what == "image_time", "announced", one
        )
    )


# ------------------------------------------------------------------ November 2023


@pytest.mark.parametrize("name", ["norfolk", "newport-news", "white-house", "pentagon"])
def test_the_announced_pictures_of_america_fall_on_sunlit_passes(name: str) -> None:
    found = announced(PASSES[name])
    w = found.working
    assert found.verdict == "supported"
    assert abs(w["culmination_minus_told_s"]) <= 10
    assert 57 <= w["culmination_elevation_deg"] <= 75
    assert 57 <= w["elevation_in_draws_lowest_deg"] <= w["elevation_in_draws_highest_deg"] <= 77
    assert w["sun_height_deg"] == pytest.approx(24, abs=2.5)
    assert w["sunlit"] is True
    assert w["photograph_taken"] == "unknown"
    assert "whether it took a photograph is not known" in found.summary
    assert "not shown that a photograph was taken" in (found.caveat or "")
    assert w["orbit_fitted_to"] == ["58400-pyongyang", "58400-rome"]  # Rome alone of what was announced
    assert w["orbit_mean_height_used_km"] == pytest.approx(w["orbit_mean_height_published_km"], abs=1)
    assert found.chance is not None
    assert 0 < found.chance < 0.01


@pytest.mark.parametrize("name", ["hawaii", "korea", "guam", "san-diego", "kadena", "suez"])
def test_the_other_announced_times_fall_on_sunlit_passes_too(name: str) -> None:
    one = PASSES[name]
    found = announced(one)
    assert found.verdict == "supported"
    culmination = dt.datetime.fromisoformat(found.working["culmination_utc"])
    room = dt.timedelta(seconds=10)
    assert one.first - room <= culmination <= one.last + room


def test_a_pass_is_never_proved_by_itself() -> None:
    found = announced(PASSES["rome"])
    assert found.verdict == "supported"
    assert "58400-rome" not in found.working["orbit_fitted_to"]
    assert abs(found.working["culmination_minus_told_s"]) < 10
    assert "fitted without this pass" in (found.caveat or "")


def test_the_uncertainty_comes_with_the_verdict() -> None:
    w = announced(PASSES["white-house"]).working
    assert 0.1 < w["orbit_node_sd_deg"] < 0.5
    there, here = node_rate(502, 97.43), node_rate(height_of(15.21704003), 97.4052)
    assert w["orbit_node_rate_deg_per_day"] == pytest.approx((there + here) / 2, abs=1e-5)
    assert 1 < w["culmination_sd_s"] < 15
    assert 1 < w["elevation_sd_deg"] < 5
    assert w["share_of_draws_fair_look"] == 1
    assert (w["orbit_draws"], w["orbit_seed"]) == (100, 20231127)


def test_the_draws_miss_the_fitted_passes_by_what_is_allowed() -> None:
    known = orbit_at(MALLIGYONG, PASSES["norfolk"].first, PASSES["norfolk"].last)
    assert isinstance(known, Known)
    for name, seconds in (("pyongyang", 1.5), ("rome", 3.0)):
        one = PASSES[name]
        t = one.first.timestamp()
        assert nearest_culmination(known.best, one.lat, one.lon, t) == pytest.approx(t, abs=0.02)
        misses = [(nearest_culmination(d, one.lat, one.lon, t) or 0) - t for d in known.draws]
        assert statistics.pstdev(misses) == pytest.approx(seconds, rel=0.25)


def test_the_same_question_gets_the_same_answer() -> None:
    from crossfix.checking import overpass_carry

    first = announced(PASSES["norfolk"])
    overpass_carry._carried.cache_clear()
    assert announced(PASSES["norfolk"]) == first
    json.dumps(dict(first.working))  # what JSON can hold


def test_the_working_is_enough_to_find_the_pass_again() -> None:
    """By hand: a round orbit through the node, inclination and height of the working, over the place at that instant."""
    import math

    w = announced(PASSES["norfolk"]).working
    at = dt.datetime.fromisoformat(w["culmination_utc"])
    epoch = dt.datetime.fromisoformat(w["orbit_node_epoch_utc"])
    node = w["orbit_node_then_deg"] + w["orbit_node_rate_deg_per_day"] * (at - epoch).total_seconds() / 86400
    # Greenwich sidereal time to a hundredth of a degree: 280.4606 + 360.9856473 a day since 2000-01-01 12:00
    turn = 280.4606 + 360.9856473 * (at - utc(2000, 1, 1, 12)).total_seconds() / 86400
    right_ascension = math.radians(turn + w["place_lon_deg"] - node)
    lat, tilt = math.radians(w["place_lat_deg"]), math.radians(w["orbit_inclination_deg"])
    off_plane = math.asin(math.sin(lat) * math.cos(tilt) - math.cos(lat) * math.sin(tilt) * math.sin(right_ascension))
    ground = abs(off_plane) * 6371
    height = math.degrees(math.atan2(w["satellite_height_km"], ground)) - math.degrees(abs(off_plane)) / 2
    assert height == pytest.approx(w["culmination_elevation_deg"], abs=2)


# ------------------------------------------------------------------ verdicts, both sides


def test_half_a_revolution_off_is_contradicted_and_the_pass_itself_supported() -> None:
    one = PASSES["white-house"]
    off = dt.timedelta(minutes=47)
    moved = dataclasses.replace(one, first=one.first + off, last=one.last + off)
    told = Sight(MALLIGYONG, one.place, one.lat, one.lon, moved.first, moved.last)
    found = overpass(told)
    assert found.verdict == "contradicted"
    assert "not above the horizon of White House in daylight" in found.summary
    assert found.working["share_of_draws_above_horizon"] == 0
    assert overpass(dataclasses.replace(told, first=one.first, last=one.last)).verdict == "supported"


def test_a_picture_by_night_is_contradicted_a_pass_by_night_is_not() -> None:
    known = orbit_at(MALLIGYONG, utc(2023, 11, 26), utc(2023, 11, 27))
    assert isinstance(known, Known)
    start = utc(2023, 11, 26).timestamp()
    p = culminations(known.best, [ROME[0]], [ROME[1]], [start], [start + 86400], lowest=40.0)
    night = [t for t, sun in zip(p.t, p.sun, strict=True) if sun < -10]
    assert night
    at = dt.datetime.fromtimestamp(round(night[0]), dt.UTC)
    picture = Sight(MALLIGYONG, "Rome", *ROME, at, at)
    found = overpass(picture)
    assert found.verdict == "contradicted"
    assert found.working["elevation_at_any_light_deg"] > 35
    assert found.working["sun_height_then_deg"] < -10
    seen = overpass(dataclasses.replace(picture, needs_light=False))
    assert seen.verdict == "supported"
    assert "photograph" not in seen.summary


def test_a_look_at_a_long_slant_is_a_tension() -> None:
    first, last = utc(2026, 6, 17, 15), utc(2026, 6, 18, 15)
    found = overpass(Sight(MALLIGYONG, "Tokyo", 35.6895, 139.6917, first, last))
    assert found.verdict == "tension"
    assert 0 < found.working["best_elevation_deg"] < 30
    longer = overpass(Sight(MALLIGYONG, "Tokyo", 35.6895, 139.6917, first, last + dt.timedelta(days=4)))
    assert longer.verdict == "supported"
    assert longer.working["passes_in_stretch_fair_look"] >= 1


def test_an_old_element_set_cannot_tell_an_instant_apart_but_can_tell_a_day() -> None:
    start = elements()[MALLIGYONG][-1].epoch + dt.timedelta(days=28)
    known = orbit_at(MALLIGYONG, start, start)
    assert isinstance(known, Known)
    p = culminations(known.best, [0.0], [100.0], [start.timestamp()], [start.timestamp() + 5 * 86400], lowest=60.0)
    lit = [t for t, s in zip(p.t, p.sun, strict=True) if s > 10]
    assert lit
    # the rim of the pass, where a lead or lag of a minute decides
    at = dt.datetime.fromtimestamp(lit[0] + 75, dt.UTC)
    rim = overpass(Sight(MALLIGYONG, "a spot", 0.0, 100.0, at, at))
    assert rim.verdict == "unknown"
    assert "not known well enough" in rim.summary
    assert 0.05 < rim.working["share_of_draws_fair_look"] < 0.95
    day = overpass(Sight(MALLIGYONG, "a spot", 0.0, 100.0, at - dt.timedelta(hours=6), at + dt.timedelta(hours=6)))
    assert day.verdict == "supported"


def test_draws_that_disagree_about_horizon_or_slant_leave_it_unknown() -> None:
    """Every verdict needs nearly all draws: at the rims of a pass an old element set decides nothing."""
    start = elements()[MALLIGYONG][-1].epoch + dt.timedelta(days=28)
    known = orbit_at(MALLIGYONG, start, start)
    assert isinstance(known, Known)
    p = culminations(known.best, [0.0], [100.0], [start.timestamp()], [start.timestamp() + 5 * 86400], lowest=60.0)
    top = next(t for t, s in zip(p.t, p.sun, strict=True) if s > 10)
    slants = horizons = 0
    for off in (75, 105, 330, 360, 390, 440):
        at = dt.datetime.fromtimestamp(top + off, dt.UTC)
        found = overpass(Sight(MALLIGYONG, "a spot", 0.0, 100.0, at, at))
        w = found.working
        fair, seen = w["share_of_draws_fair_look"], w["share_of_draws_above_horizon"]
        if w.get("best_elevation_deg", -1) < 30 and fair > 0.06:
            slants += 1
            assert found.verdict == "unknown"
        if w.get("best_elevation_deg", -1) <= 0 and seen > 0.06:
            horizons += 1
            assert found.verdict == "unknown"
        if seen < 0.04:
            assert found.verdict == "contradicted"
    assert slants
    assert horizons


@pytest.mark.parametrize(
    ("satellite", "first", "why"),
    [
        (MALLIGYONG, utc(2025, 3, 18), "nearest element set is 2"),
        (MALLIGYONG, utc(2023, 12, 7), "more than 10 days from the published passes"),
        (KMS4, utc(2019, 1, 1), "no orbit of that time is published"),
    ],
)
def test_where_data_do_not_reach_it_is_unknown(satellite: str, first: dt.datetime, why: str) -> None:
    found = overpass(Sight(satellite, "Rome", *ROME, first, first + dt.timedelta(hours=1)))
    assert found.verdict == "unknown"
    assert why in found.summary
    assert found.sources


def test_a_satellite_that_was_not_in_orbit_saw_nothing() -> None:
    before = utc(2023, 11, 20)
    found = overpass(Sight(MALLIGYONG, "Rome", *ROME, before, before))
    assert found.verdict == "contradicted"
    assert found.summary == "Malligyong-1 was not in orbit then: it was launched on 21 November 2023."
    after = overpass(Sight(KMS4, "Rome", *ROME, utc(2023, 7, 2), utc(2023, 7, 3)))
    assert after.verdict == "contradicted"
    assert "left its orbit on 30 June 2023" in after.summary


def test_questions_that_mean_nothing_are_refused() -> None:
    at = utc(2023, 11, 25)
    for wrong in (
        Sight("1", "x", 0, 0, at, at),
        Sight(MALLIGYONG, "x", 91, 0, at, at),
        Sight(MALLIGYONG, "x", 0, 0, at, utc(2023, 11, 24)),
        Sight(MALLIGYONG, "x", 0, 0, at.replace(tzinfo=None), at.replace(tzinfo=None)),
    ):
        with pytest.raises(UsageError):
            overpass(wrong)


# ------------------------------------------------------------------ another satellite, other people's figures


def test_the_pass_over_the_stadium_of_february_2016() -> None:
    # McDowell: 8:27 p.m. Pacific, 480 km up, 35 miles to the west; Williams: 8:26 p.m., nearly overhead
    (one,) = published_passes()[KMS4]
    found = overpass(Sight(KMS4, one.place, one.lat, one.lon, one.first, one.last, needs_light=False))
    w = found.working
    assert found.verdict == "supported"
    assert one.first <= dt.datetime.fromisoformat(w["culmination_utc"]) <= one.last
    assert w["satellite_height_km"] == pytest.approx(480, abs=2)
    assert (w["culmination_range_km"] ** 2 - w["satellite_height_km"] ** 2) ** 0.5 == pytest.approx(35 * 1.609, rel=0.1)
    assert not w["sunlit"]


# ------------------------------------------------------------------ how an orbit is known


def test_an_element_set_errs_the_more_the_older_it_is() -> None:
    assert spread_s(0) == 1
    sets = [e for e in elements()[MALLIGYONG] if e.id != "58400-20240606"]  # that one is of the day of a manoeuvre
    from crossfix.checking.overpass_carry import _lag
    from crossfix.checking.overpass_orbit import orbit_of

    pairs = [(a, b) for a in sets for b in sets if a is not b and abs((b.epoch - a.epoch).days) < 31]
    assert len(pairs) >= 6
    for a, b in pairs:
        days = abs((b.epoch - a.epoch).total_seconds()) / 86400
        assert abs(_lag(orbit_of(a), orbit_of(b), b.epoch.timestamp())) < 2 * spread_s(days)


def test_a_manoeuvre_between_two_sets_widens_what_is_said() -> None:
    at = utc(2024, 6, 7, 12)
    known = orbit_at(MALLIGYONG, at, at)
    assert isinstance(known, Known)
    assert known.how == "near"
    assert known.working["along_orbit_sd_s"] > 5
    assert len(known.rows) == 2


def test_a_stretch_beyond_what_is_known_has_no_orbit() -> None:
    assert isinstance(orbit_at(MALLIGYONG, utc(2025, 3, 1), utc(2025, 3, 2)), NotKnown)
    assert isinstance(orbit_at("39026", utc(2012, 12, 12), utc(2012, 12, 20)), Known)


def test_height_and_motion_are_each_other_s_inverse() -> None:
    assert height_of(motion_of(502.0)) == pytest.approx(502.0, abs=1e-9)
    assert motion_of(502.0) == pytest.approx(15.2127, abs=1e-4)  # a period of 5,679.5 s


def test_the_node_drifts_with_the_sun() -> None:
    # a sun-synchronous orbit's node turns once a year; a polar one's stands still
    assert node_rate(502.0, 97.43) == pytest.approx(360 / 365.2422, abs=0.01)
    assert node_rate(502.0, 90.0) == pytest.approx(0.0, abs=1e-6)


# ------------------------------------------------------------------ announced times, tracks


def test_announced_times_are_found_by_place_and_stretch() -> None:
    first, last = utc(2023, 11, 21), utc(2023, 11, 29)
    assert announced_pass(MALLIGYONG, 36.95, -76.33, first, last) is PASSES["norfolk"]
    assert announced_pass(MALLIGYONG, 36.99, -76.44, first, last) is PASSES["newport-news"]
    assert announced_pass(MALLIGYONG, 36.95, -76.33, first, utc(2023, 11, 27)) is None
    assert announced_pass(MALLIGYONG, 40.7, -74.0, first, last) is None
    assert announced_pass(KMS4, 37.403, -121.97, utc(2016, 2, 1), utc(2016, 3, 1)) is None  # no picture was announced


def test_a_track_is_empty_where_the_orbit_is_not_known() -> None:
    minute = dt.timedelta(minutes=1)
    points = track(MALLIGYONG, utc(2023, 11, 27, 14, 30), utc(2023, 11, 27, 14, 40), minute)
    assert len(points) == 11
    assert min(abs(p.lat - 38.9) + abs(p.lon + 77.0) for p in points) < 5
    assert track(MALLIGYONG, utc(2025, 1, 1), utc(2025, 1, 2), minute) == []
    with pytest.raises(UsageError):
        track("1", utc(2025, 1, 1), utc(2025, 1, 2), minute)


def test_every_satellite_says_when_it_was_launched() -> None:
    assert all(s.launched.year >= 1957 and (s.ended is None or s.ended > s.launched) for s in satellites().values())
