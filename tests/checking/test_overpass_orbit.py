"""Geometry, sun and passes: against published values, against skyfield, and against themselves."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import overpass as benchmark
from crossfix.checking import overpass_sky as sky
from crossfix.checking.overpass_many import answers
from crossfix.checking.overpass_orbit import Orbit, OrbitError, culminations, ground_track, mean_orbit, orbit_of
from crossfix.errors import CrossfixError, UsageError
from crossfix.reference.satellites import ElementsError, checksum, elements, read_elements

JUNE = elements()["58400"][0]
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


def seconds(*when: int) -> float:
    return dt.datetime(*when, tzinfo=dt.UTC).timestamp()  # type: ignore[misc, arg-type]


# ------------------------------------------------------------------ geometry


@given(LATS, LONS, st.floats(-1, 2000))
def test_a_point_above_the_ground_leads_back_to_itself(lat: float, lon: float, height: float) -> None:
    place, _ = sky.spot(np.array([lat]), np.array([lon]), height)
    a, b, h = (float(x[0]) for x in sky.below(place))
    assert a == pytest.approx(lat, abs=1e-8)
    assert h == pytest.approx(height, abs=1e-6)
    if abs(lat) < 89.999:
        assert (b - lon + 180) % 360 - 180 == pytest.approx(0, abs=1e-8)


@given(LATS, LONS, st.floats(100, 2000))
def test_what_is_straight_above_stands_at_ninety_degrees(lat: float, lon: float, height: float) -> None:
    place, up = sky.spot(np.array([lat]), np.array([lon]))
    above = place + height * up
    assert float(sky.elevation(above, place, up)[0]) == pytest.approx(90, abs=1e-4)
    assert float(sky.elevation(place - height * up, place, up)[0]) == pytest.approx(-90, abs=1e-4)
    # the Earth is no ball: straight down and to its middle differ by 0.2 degrees at most
    assert float(sky.off_nadir(above, place)[0]) < 0.2


def test_off_nadir_and_elevation_fit_one_triangle() -> None:
    # on the equator the vertical leads to the middle: the angles at satellite, place and middle add up to 180 degrees
    place, up = sky.spot(np.array([0.0]), np.array([10.0]))
    satellite, _ = sky.spot(np.array([0.0]), np.array([15.0]), 500.0)
    elevation = float(sky.elevation(satellite, place, up)[0])
    assert float(sky.off_nadir(satellite, place)[0]) + (elevation + 90) + 5 == pytest.approx(180, abs=1e-9)


@given(st.floats(-1e9, 2.5e9), st.floats(-7000, 7000), st.floats(-7000, 7000), st.floats(-7000, 7000))
def test_turning_with_the_earth_keeps_lengths_and_the_axis(t: float, x: float, y: float, z: float) -> None:
    one = np.array([[x, y, z]])
    turned = sky.to_ground(one, np.array([t]))
    assert np.linalg.norm(turned) == pytest.approx(np.linalg.norm(one), abs=1e-6)
    assert turned[0, 2] == z


def test_sidereal_time_of_the_astronomical_almanac() -> None:
    # Meeus, Astronomical Algorithms, example 12.a and 12.b: 10 April 1987, 0h and 19h21m UT
    for when, hours in (
        ((1987, 4, 10), 13 + 10 / 60 + 46.3668 / 3600),
        ((1987, 4, 10, 19, 21), 8 + 34 / 60 + 57.0896 / 3600),
    ):
        assert float(sky.sidereal(np.array([seconds(*when)]))[0]) * 12 / np.pi == pytest.approx(hours, abs=1e-7)


def test_the_sun_stands_where_the_seasons_put_it() -> None:
    # solstice of 21 June 2024, 20:51 UTC: over the tropic; equinox of 20 March 2024, 03:06 UTC: over the equator
    for when, lat in (((2024, 6, 21, 20, 51), 23.436), ((2024, 3, 20, 3, 6), 0.0)):
        direction = sky.sun(np.array([seconds(*when)]))[0]
        assert np.degrees(np.arcsin(direction[2])) == pytest.approx(lat, abs=0.02)
    # Greenwich, 3 November 2023, the sun crosses the meridian at 11:43:35 (equation of time +16 min 25 s)
    noon = sky.sun(np.array([seconds(2023, 11, 3, 11, 43, 35)]))[0]
    assert np.degrees(np.arctan2(noon[1], noon[0])) == pytest.approx(0, abs=0.03)


# ------------------------------------------------------------------ the published position


def test_the_published_position_of_june_2024() -> None:
    at = dt.datetime(2024, 6, 7, 5, 1, 7, tzinfo=dt.UTC)
    (point,) = ground_track(orbit_of(JUNE), at, at, dt.timedelta(seconds=1))
    assert point.utc == at
    assert point.lat == pytest.approx(31.4519, abs=5e-4)
    assert point.lon == pytest.approx(-100.6058, abs=5e-4)
    assert round(point.alt_km) == 506


def test_a_track_goes_on_by_its_step_and_ends_at_its_end() -> None:
    start = JUNE.epoch
    points = ground_track(orbit_of(JUNE), start, start + dt.timedelta(minutes=10), dt.timedelta(minutes=1))
    assert [p.utc - start for p in points] == [dt.timedelta(minutes=n) for n in range(11)]
    for a, b in itertools.pairwise(points):
        here, _ = sky.spot(np.array([a.lat, b.lat]), np.array([a.lon, b.lon]))
        assert 380 < np.linalg.norm(here[1] - here[0]) < 470  # about 7 km/s over the ground
    with pytest.raises(CrossfixError, match="step above nought"):
        ground_track(orbit_of(JUNE), start, start, dt.timedelta(0))


# ------------------------------------------------------------------ passes


def test_passes_are_those_of_skyfield() -> None:
    found = benchmark.agreement(60)
    assert found.passes >= 60
    assert found.missed == 0
    assert found.seconds <= benchmark.MOST_SECONDS
    assert found.degrees <= benchmark.MOST_DEGREES
    assert found.sun_degrees <= benchmark.MOST_SUN_DEGREES


@given(st.integers(0, 2**32), st.floats(-90, 90), st.floats(-180, 180))
def test_no_pass_is_missed_and_each_is_the_highest_point(seed: int, lat: float, lon: float) -> None:
    orbit, epoch = benchmark.random_orbit(np.random.default_rng(seed), "by chance")
    first, last = epoch, epoch + 0.5 * sky.DAY
    ours = culminations(orbit, [lat], [lon], [first], [last])
    t = np.arange(first, last, 15.0)
    place, up = sky.spot(np.array([lat]), np.array([lon]))
    height = sky.elevation(orbit.state(t)[0], place, up)
    tops = np.flatnonzero((height[1:-1] > height[:-2]) & (height[1:-1] >= height[2:]) & (height[1:-1] > 0.1)) + 1
    for i in tops:
        j = int(np.argmin(np.abs(ours.t - t[i])))
        assert abs(ours.t[j] - t[i]) <= 16
        assert ours.elevation[j] >= height[i] - 1e-6
    assert np.all(np.diff(ours.t) > orbit.period_s / 2)
    for x, e in zip(ours.t, ours.elevation, strict=True):
        beside = sky.elevation(orbit.state(np.array([x - 1, x + 1]))[0], place, up)
        assert np.all(beside <= e + 1e-7)


def test_many_places_at_once_give_what_each_gives_alone() -> None:
    orbit, t = orbit_of(JUNE), JUNE.epoch.timestamp()
    lats, lons = np.linspace(-85, 85, 12), np.linspace(-170, 170, 12)
    together = culminations(orbit, lats, lons, np.full(12, t), np.full(12, t + sky.DAY))
    for i in range(12):
        alone = culminations(orbit, lats[i : i + 1], lons[i : i + 1], [t], [t + sky.DAY])
        assert together.t[together.which == i] == pytest.approx(alone.t, abs=1e-3)
        assert together.elevation[together.which == i] == pytest.approx(alone.elevation, abs=1e-3)


def test_a_satellite_that_runs_late_culminates_late() -> None:
    orbit, t = orbit_of(JUNE), JUNE.epoch.timestamp()
    late = Orbit(orbit.satrec, orbit.name, 30.0)
    a, b = (culminations(o, [40.0], [20.0], [t], [t + sky.DAY], lowest=20.0) for o in (orbit, late))
    assert len(a.t) == len(b.t) > 0
    assert b.t - a.t == pytest.approx(30.0, abs=1.5)


# ------------------------------------------------------------------ many at once


def test_answers_say_what_the_passes_say() -> None:
    orbit, t = orbit_of(JUNE), JUNE.epoch.timestamp() + 3600.0
    told: list[tuple[int, int]] = []
    found = answers(
        [orbit, orbit],
        [0, 1, 0],
        [41.9, 36.9, -33.9],
        [12.5, -76.3, 151.2],
        [t] * 3,
        progress=lambda n, m: told.append((n, m)),
    )
    assert told == [(2, 3), (3, 3)]
    for i, (lat, lon) in enumerate(((41.9, 12.5), (36.9, -76.3), (-33.9, 151.2))):
        alone = culminations(orbit, [lat], [lon], [t - 5 * sky.DAY], [t + 5 * sky.DAY])
        nearest = int(np.argmin(np.abs(alone.t - t)))
        assert found.culmination[i] == pytest.approx(alone.t[nearest], abs=1e-2)
        fair = alone.t[(alone.elevation >= 30) & (alone.sun >= 0)]
        assert found.following[i] == pytest.approx(fair[fair > t + orbit.period_s / 3][0], abs=1e-2)
        assert found.previous[i] == pytest.approx(fair[fair < t - orbit.period_s / 3][-1], abs=1e-2)
        assert found.sunlit[i] == (found.sun[i] > 0)


def test_the_pass_asked_about_is_neither_the_next_chance_nor_the_one_before() -> None:
    orbit, t = orbit_of(JUNE), JUNE.epoch.timestamp()
    p = culminations(orbit, [41.9], [12.5], [t], [t + 5 * sky.DAY], lowest=30.0)
    fair = p.t[p.sun >= 0]
    found = answers([orbit], [0, 0], [41.9] * 2, [12.5] * 2, [fair[1] - 60, fair[1] + 60])
    assert found.culmination == pytest.approx([fair[1]] * 2, abs=1e-2)
    assert found.following == pytest.approx([fair[2]] * 2, abs=1e-2)
    assert found.previous == pytest.approx([fair[0]] * 2, abs=1e-2)


def test_questions_of_different_lengths_are_refused() -> None:
    with pytest.raises(UsageError):
        answers([orbit_of(JUNE)], [0, 0], [1.0], [2.0], [JUNE.epoch.timestamp()])


def test_a_thousand_questions_take_under_a_second() -> None:
    assert benchmark.speed(1000) < 10.0 / 10 * 3  # three times the mark: the machine may be busy


# ------------------------------------------------------------------ what cannot be followed


def test_an_orbit_that_came_down_says_so_once() -> None:
    orbit = mean_orbit(JUNE.epoch.timestamp(), 97.4, 0.0, 0.001, 0.0, 0.0, 16.4, 0.05, "a low one")
    with pytest.raises(OrbitError, match=r"a low one: no position at 20\d\d") as caught:
        orbit.state(JUNE.epoch.timestamp() + np.arange(0, 400, 5) * sky.DAY)
    assert "\n" not in str(caught.value)


def _with_motion(text: str, egg: str = "0002221") -> tuple[str, str]:
    line = JUNE.line2[:26] + egg + JUNE.line2[33:52] + text + JUNE.line2[63:]
    return JUNE.line1, line[:68] + str(checksum(line))


@pytest.mark.parametrize(("motion", "egg"), [(" 1.00270000", "0002221"), ("15.21704003", "4002221")])
def test_high_and_long_orbits_are_not_for_this_check(motion: str, egg: str) -> None:
    with pytest.raises(ElementsError, match=r"no low and nearly round orbit|SGP4 refuses"):
        orbit_of(read_elements(*_with_motion(motion, egg)))
