"""The overpass check's geometry against skyfield's own pass search, and its speed: two figures that issue 6 sets.

    python benchmarks/overpass.py                        1,000 passes, 10,000 questions
    python benchmarks/overpass.py --passes 100 --check    exit status 1 where a figure misses its mark

Passes: random low orbits (all inclinations, 450 to 1,400 km), random places, days within five of the epoch, 2018 to 2026. Questions: 100 of
those orbits, random places, instants within five days of the epoch; one core, everything that the check tells of an instant.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from crossfix.checking import overpass_sky as sky  # noqa: E402
from crossfix.checking.overpass_many import answers  # noqa: E402
from crossfix.checking.overpass_orbit import Orbit, OrbitError, culminations, mean_orbit  # noqa: E402

MOST_SECONDS, MOST_DEGREES, MOST_SUN_DEGREES, MOST_SPEED_SECONDS = 1.0, 0.05, 0.05, 10.0
DAY = 86400.0


@dataclass(frozen=True)
class Agreement:
    """The largest differences from skyfield over so many passes: of the instant and the elevation of culmination, of the elevation at
    skyfield's instant, and of the sun's height then. ``missed`` are passes that only one of the two found (those within a tenth of a
    degree of the horizon or two seconds of the window's ends left out)."""

    passes: int
    missed: int
    seconds: float
    degrees: float
    same_instant_degrees: float
    sun_degrees: float


def random_orbit(rng: Any, name: str) -> tuple[Orbit, float]:
    """A low orbit by chance, and its epoch in seconds since 1970."""
    epoch = dt.datetime(2018, 1, 1, tzinfo=dt.UTC).timestamp() + rng.uniform(0, 8.5 * 365.25) * DAY
    tilt = rng.uniform(20, 145)
    node, perigee, anomaly = (float(x) for x in rng.uniform(0, 360, 3))
    motion, drag = rng.uniform(12.6, 15.4), 10 ** rng.uniform(-5.5, -3.5)
    return mean_orbit(epoch, tilt, node, rng.uniform(0, 0.02), perigee, anomaly, motion, drag, name), epoch


def agreement(wanted: int, seed: int = 20231127, progress: Callable[[int, int], None] | None = None) -> Agreement:
    """Our culminations against skyfield's on random passes."""
    import numpy as np
    from skyfield.api import EarthSatellite, Loader, load, wgs84
    from skyfield_data import get_skyfield_data_path

    clock = load.timescale(builtin=True)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # of Earth-orientation data that has run out and is not used here
        planets = Loader(get_skyfield_data_path(), expire=False)("de421.bsp")
    rng = np.random.default_rng(seed)
    done = missed = 0
    seconds = degrees = same = sun_degrees = 0.0
    while done < wanted:
        orbit, epoch = random_orbit(rng, f"random orbit {done}")
        lat, lon, first = rng.uniform(-85, 85), rng.uniform(-180, 180), epoch + rng.uniform(-5, 4) * DAY
        theirs = EarthSatellite.from_satrec(orbit.satrec, clock)
        place = wgs84.latlon(lat, lon)
        ends = [clock.from_datetime(dt.datetime.fromtimestamp(first + x, dt.UTC)) for x in (0, DAY)]
        at, kinds = theirs.find_events(place, *ends, altitude_degrees=0.0)
        at = at[kinds == 1]
        t = np.array([x.timestamp() for x in at.utc_datetime()])
        height = (theirs - place).at(at).altaz()[0].degrees if len(t) else t
        ours = culminations(orbit, [lat], [lon], [first - 600], [first + DAY + 600], lowest=-1.0)
        firm = (ours.elevation > 0.1) & (ours.t > first + 2) & (ours.t < first + DAY - 2)
        missed += sum(not len(t) or float(np.abs(t - x).min()) > 60 for x in ours.t[firm])
        if not len(t):
            continue
        spot, up = sky.spot(np.array([lat]), np.array([lon]))
        sun = (planets["earth"] + place).at(at).observe(planets["sun"]).apparent().altaz()[0].degrees
        sun_degrees = max(sun_degrees, float(np.abs(sky.sun_height(t, up) - sun).max()))
        same = max(same, float(np.abs(sky.elevation(orbit.state(t)[0], spot, up) - height).max()))
        for x, h in zip(t, height, strict=True):
            i = int(np.argmin(np.abs(ours.t - x))) if len(ours.t) else -1
            if i < 0 or abs(ours.t[i] - x) > 60:
                missed += h > 0.1
                continue
            seconds, degrees = max(seconds, abs(float(ours.t[i] - x))), max(degrees, abs(float(ours.elevation[i] - h)))
            done += 1
        if progress is not None:
            progress(min(done, wanted), wanted)
    planets.close()
    return Agreement(done, missed, seconds, degrees, same, sun_degrees)


def speed(questions: int, seed: int = 1, progress: Callable[[int, int], None] | None = None) -> float:
    """Seconds of one core for so many questions over 100 satellites."""
    import numpy as np

    rng = np.random.default_rng(seed)
    orbits: list[Orbit] = []
    epochs: list[float] = []
    while len(orbits) < min(100, questions):
        orbit, epoch = random_orbit(rng, f"random orbit {len(orbits)}")
        try:  # one that comes down within ten days is no satellite to ask about
            orbit.state(epoch + np.arange(-11, 12) * DAY)
        except OrbitError:
            continue
        orbits.append(orbit)
        epochs.append(epoch)
    which = rng.integers(0, len(orbits), questions)
    t = np.array(epochs)[which] + rng.uniform(-5, 5, questions) * DAY
    lat, lon = np.degrees(np.arcsin(rng.uniform(-1, 1, questions))), rng.uniform(-180, 180, questions)
    start = time.process_time()
    answers(orbits, which, lat, lon, t, progress=progress)
    return time.process_time() - start


def figures() -> tuple[dict[str, float | None], dict[str, Any]]:
    """For ``benchmarks/run.py``: 1,000 passes, 10,000 questions. -> followed figures, all of them."""
    a = agreement(1000)
    took = speed(10_000)
    found: dict[str, float | None] = {
        "overpass_seconds": round(a.seconds, 4),
        "overpass_degrees": round(max(a.degrees, a.same_instant_degrees), 4),
        "overpass_10000_seconds": round(took, 2),
    }
    return found, {"passes": a.passes, "missed": a.missed, "sun_degrees": a.sun_degrees}


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints both; the exit status is 1 where ``--check`` is given and a mark is missed."""
    from rich.console import Console
    from rich.progress import Progress

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--passes", type=int, default=1000, metavar="N", help="passes to compare (1000)")
    parser.add_argument("--questions", type=int, default=10_000, metavar="N", help="questions to answer (10000)")
    parser.add_argument("--seed", type=int, default=20231127, metavar="N", help="of the random passes (20231127)")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a mark is missed")
    options = parser.parse_args(arguments)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        one = bar.add_task("passes", total=options.passes)
        two = bar.add_task("questions", total=options.questions)
        found = agreement(options.passes, options.seed, progress=lambda n, _: bar.update(one, completed=n))
        took = speed(options.questions, progress=lambda n, _: bar.update(two, completed=n))
    print(f"{found.passes} passes against skyfield: {found.missed} missed by one of the two")
    print(f"  instant of culmination  at most {found.seconds:.3f} s apart       (mark {MOST_SECONDS} s)")
    print(f"  elevation               at most {found.degrees:.4f} degrees apart (mark {MOST_DEGREES} degrees)")
    print(f"    at skyfield's instant at most {found.same_instant_degrees:.4f} degrees apart")
    print(f"  height of the sun       at most {found.sun_degrees:.4f} degrees apart (mark {MOST_SUN_DEGREES} degrees)")
    print(f"{options.questions} questions on one core: {took:.2f} s (mark {MOST_SPEED_SECONDS:.0f} s)")
    good = (
        not found.missed
        and found.seconds <= MOST_SECONDS
        and found.degrees <= MOST_DEGREES
        and found.sun_degrees <= MOST_SUN_DEGREES
        and took <= MOST_SPEED_SECONDS
    )
    return 1 if options.check and not good else 0


if __name__ == "__main__":
    raise SystemExit(main())
