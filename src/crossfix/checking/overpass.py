"""Could that satellite have seen that place then? Asked where a text says that a known satellite photographed, observed or passed over
named places. docs/checks/overpass.md has the reasoning.

What is answered is whether a pass happened: the satellite above the place's horizon, how high, by daylight or not. That a photograph was
taken is never shown by it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

from crossfix.checking import overpass_sky as sky
from crossfix.checking.case import Case
from crossfix.checking.overpass_carry import Known, NotKnown, orbit_at
from crossfix.checking.overpass_orbit import Orbit, OrbitError, Point, culminations, ground_track, nearest_culmination
from crossfix.checking.overpass_text import Told, told_sights
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row, Verdict
from crossfix.errors import UsageError
from crossfix.reference.satellites import ElementsError, PublishedPass, Satellite, published_passes, satellites

LEAST_DEG = 30.0
"""From this height above the horizon on a pass counts as a fair look at a place: at 500 km the camera is then turned by 53 degrees at
most, and few are turned by more than 45."""
_OVERHEAD_DEG = 60.0
SURE, HARDLY = 0.95, 0.05
NEAR_KM = 30.0
AROUND_DAYS = 5.0
_SHORT_S, _DAY = 600.0, 86400.0


@dataclass(frozen=True)
class Sight:
    """What is asked: did the satellite (catalogue number) stand over the place (WGS84 degrees) between first and last (aware, equal for one
    instant). ``needs_light`` is true where a picture by daylight is told. ``stretch`` says in a few words how the times are known;
    ``announced`` is the row of the published passes that they are from, if they are."""

    satellite: str
    place: str
    lat: float
    lon: float
    first: dt.datetime
    last: dt.datetime
    needs_light: bool = True
    stretch: str = "as told"
    announced: PublishedPass | None = None


class Look(NamedTuple):
    """The best look that an orbit gives in a stretch of time: instant (seconds since 1970) and heights in degrees then, and the culmination
    that it belongs to. ``good`` counts the passes that were a fair look."""

    t: float
    elevation: float
    sun: float
    culmination: float
    top: float
    good: int


_NONE = Look(math.nan, -90.0, -90.0, math.nan, -90.0, 0)


# ------------------------------------------------------------------ the answer


def overpass(sight: Sight) -> Result:
    """Whether the satellite could have seen the place then; see the module's text for what that does not mean. Raises UsageError
    where the satellite is not in the table, the times have no zone, the stretch ends before it begins or the coordinates are none."""
    craft = satellites().get(sight.satellite)
    if craft is None:
        raise UsageError(f"no satellite has the catalogue number {sight.satellite!r} in the table")
    if sight.first.tzinfo is None or sight.last.tzinfo is None:
        raise UsageError("the times of an overpass need their zone")
    if sight.last < sight.first or not (-90 <= sight.lat <= 90 and -180 <= sight.lon <= 180):
        raise UsageError("an overpass needs a place on the Earth and a stretch that ends after it begins")
    working = _asked(sight, craft)
    row = Row("satellites", craft.id, f"launched {craft.launched:%Y-%m-%d %H:%M} UTC")
    if not craft.in_orbit(sight.first, sight.last):
        if sight.last < craft.launched:
            why = f"it was launched on {craft.launched.day} {craft.launched:%B %Y}"
        else:
            why = f"it left its orbit on {craft.ended.day} {craft.ended:%B %Y}" if craft.ended else ""
        return Result("contradicted", f"{craft.name} was not in orbit then: {why}.", working, (row,), _CAVEAT_ORBIT)
    try:
        known = orbit_at(craft.id, sight.first, sight.last, sight.announced)
        if isinstance(known, NotKnown):
            return _unknown(sight, craft, known.why, working, (row,))
        return _judged(sight, craft, known, working, row)
    except (OrbitError, ElementsError) as error:
        return _unknown(sight, craft, error.what, working, (row,))


_CAVEAT_ORBIT = "Whether the date is read rightly from the text decides here."


def _asked(sight: Sight, craft: Satellite) -> dict[str, Any]:
    return {
        "satellite": craft.name, "catalogue_number": craft.id, "place": sight.place, "place_lat_deg": sight.lat,
        "place_lon_deg": sight.lon, "asked_from_utc": _iso(sight.first.timestamp()), "asked_to_utc": _iso(sight.last.timestamp()),
        "asked_from_what": sight.stretch, "needs_daylight": sight.needs_light, "fair_look_from_deg": LEAST_DEG,
        "photograph_taken": "unknown",
    }  # fmt: skip


def _unknown(sight: Sight, craft: Satellite, why: str, working: dict[str, Any], rows: tuple[Row, ...]) -> Result:
    text = f"Whether {craft.name} could have seen {sight.place} then cannot be said: {why}."
    return Result("unknown", text, working, rows, "Nothing is shown for or against a pass.")


def _judged(sight: Sight, craft: Satellite, known: Known, working: dict[str, Any], row: Row) -> Result:
    import numpy as np

    light = sight.needs_light and craft.sensor != "radar"
    best = look(known.best, sight, light)
    draws = [look(d, sight, light) for d in known.draws]
    seen = np.array([d.elevation for d in draws])
    share_good, share_seen = float((seen >= LEAST_DEG).mean()), float((seen > 0).mean())
    lags = np.array([d.culmination - best.culmination for d in draws])
    same = np.isfinite(lags) & (np.abs(lags) < known.best.period_s / 2)
    verdict: Verdict = "unknown"
    if share_good >= SURE and best.elevation >= LEAST_DEG:
        verdict = "supported"
    elif share_seen <= HARDLY and best.elevation <= 0:
        verdict = "contradicted"
    elif share_good <= HARDLY and share_seen >= SURE and 0 < best.elevation < LEAST_DEG:
        verdict = "tension"
    if light and best.elevation <= 0:
        dark = look(known.best, sight, light=False)
        working |= {
            "elevation_at_any_light_deg": round(max(dark.elevation, 0.0), 1),
            "sun_height_then_deg": round(dark.sun, 1),
        }
    working |= _found(sight, known.best, best)
    working |= {
        "share_of_draws_fair_look": round(share_good, 2), "share_of_draws_above_horizon": round(share_seen, 2),
        "elevation_in_draws_lowest_deg": round(max(0.0, float(seen.min())), 1),
        "elevation_in_draws_highest_deg": round(max(0.0, float(seen.max())), 1),
        "elevation_sd_deg": round(float(seen[same].std()), 1) if same.any() else None,
        "culmination_sd_s": round(float(lags[same].std()), 1) if same.any() else None,
    }  # fmt: skip
    working |= _chances(sight, known.best, light)
    working |= {f"orbit_{k}": v for k, v in known.working.items()}
    chance, span = _by_chance(sight, known.best, light)
    rows = (row, *known.rows)
    if sight.announced is not None:
        rows += (Row("passes", sight.announced.id, f"{sight.announced.told}, {sight.announced.announcer}"),)
    text = _sentence(
        sight, craft, verdict, best, (float(seen.min()), float(seen.max())), light, chance, working["culmination_sd_s"]
    )
    return Result(
        verdict, text, working, rows, _caveat(sight, craft, known, light, verdict), round(chance, 4),
        f"{'a sunlit' if light else 'a'} pass at {LEAST_DEG:.0f} degrees or higher over the place in a stretch of that length "
        f"begun at an arbitrary instant of the {span:.0f} days around",
    )  # fmt: skip


# ------------------------------------------------------------------ looking


def look(orbit: Orbit, sight: Sight, light: bool) -> Look:
    """The best look in the stretch: highest above the horizon, and with ``light`` only while the sun is above it. A culmination before or
    after the stretch counts with the height at the stretch's nearer end."""
    import numpy as np

    a, b = sight.first.timestamp(), sight.last.timestamp()
    if b - a <= _SHORT_S:  # half a revolution on either side has one pass at most: the nearest
        one = nearest_culmination(orbit, sight.lat, sight.lon, (a + b) / 2)
        tops = np.array([] if one is None else [one])
    else:
        half = 0.6 * orbit.period_s
        tops = culminations(orbit, [sight.lat], [sight.lon], [a - half], [b + half]).t
    if not len(tops):
        return _NONE
    place, up = sky.spot(np.array([sight.lat]), np.array([sight.lon]))
    t = np.clip(tops, a, b)
    height = sky.elevation(orbit.state(t)[0], place, up)
    sun = sky.sun_height(t, up)
    height = np.where((sun < 0) & light, -90.0, height)
    i = int(np.argmax(height))
    if height[i] <= -90:  # only by night
        return Look(float(t[i]), -90.0, float(sun[i]), math.nan, -90.0, 0)
    top = float(sky.elevation(orbit.state(tops[i : i + 1])[0], place, up)[0])
    return Look(float(t[i]), float(height[i]), float(sun[i]), float(tops[i]), top, int((height >= LEAST_DEG).sum()))


def _found(sight: Sight, orbit: Orbit, best: Look) -> dict[str, Any]:
    import numpy as np

    if best.elevation <= -90:
        return {"passes_in_stretch_fair_look": 0}
    place, up = sky.spot(np.array([sight.lat]), np.array([sight.lon]))
    t = np.array([best.culmination])
    ground = orbit.state(t)[0]
    out: dict[str, Any] = {
        "culmination_utc": _iso(best.culmination, 1), "culmination_elevation_deg": round(best.top, 2),
        "culmination_off_nadir_deg": round(float(sky.off_nadir(ground, place)[0]), 2),
        "culmination_range_km": round(float(np.linalg.norm(ground - place)), 1),
        "satellite_height_km": round(float(sky.below(ground)[2][0]), 1),
        "sun_height_deg": round(float(sky.sun_height(t, up)[0]), 2), "sunlit": bool(sky.sun_height(t, up)[0] > 0),
        "best_instant_utc": _iso(best.t, 1), "best_elevation_deg": round(best.elevation, 2),
        "passes_in_stretch_fair_look": best.good,
    }  # fmt: skip
    if sight.last - sight.first <= dt.timedelta(minutes=1):
        out["culmination_minus_told_s"] = round(best.culmination - sight.first.timestamp(), 1)
    return out


def _chances(sight: Sight, orbit: Orbit, light: bool) -> dict[str, Any]:
    """The fair looks next before and next after the stretch."""
    a, b = sight.first.timestamp(), sight.last.timestamp()
    room = 0.3 * orbit.period_s  # the pass asked about is neither
    out: dict[str, Any] = {}
    for name, first, last in (
        ("previous", a - AROUND_DAYS * _DAY, a - room),
        ("next", b + room, b + AROUND_DAYS * _DAY),
    ):
        p = culminations(orbit, [sight.lat], [sight.lon], [first], [last], lowest=LEAST_DEG)
        keep = [i for i in range(len(p.t)) if p.sun[i] >= 0 or not light]
        i = (keep[-1] if name == "previous" else keep[0]) if keep else None
        out[f"{name}_chance_utc"] = None if i is None else _iso(float(p.t[i]))
        out[f"{name}_chance_elevation_deg"] = None if i is None else round(float(p.elevation[i]), 1)
    return out


def _by_chance(sight: Sight, orbit: Orbit, light: bool) -> tuple[float, float]:
    """How often a stretch of that length would hold a fair look, begun at an arbitrary instant: a share, and over how many days."""
    import numpy as np

    length = (sight.last - sight.first).total_seconds()
    middle = (sight.first.timestamp() + sight.last.timestamp()) / 2
    days = max(2 * AROUND_DAYS, 3 * length / _DAY)
    a, b = middle - days / 2 * _DAY, middle + days / 2 * _DAY
    passes = culminations(orbit, [sight.lat], [sight.lon], [a - 600], [b + 600], lowest=LEAST_DEG)
    tops = passes.t[(passes.sun >= 0) | (not light)]
    if not len(tops):
        return 0.0, days
    place, up = sky.spot(np.array([sight.lat]), np.array([sight.lon]))
    steps = np.arange(-300.0, 300.1, 5.0)
    grid = (tops[:, None] + steps).ravel()
    good = (sky.elevation(orbit.state(grid)[0], place, up) >= LEAST_DEG).reshape(len(tops), -1)
    begins = tops + steps[np.argmax(good, axis=1)] - length
    ends = tops + steps[len(steps) - 1 - np.argmax(good[:, ::-1], axis=1)]
    total, reached = 0.0, a
    for x, y in zip(np.clip(begins, a, b - length), np.clip(ends, a, b - length), strict=True):
        total += max(0.0, y - max(x, reached))
        reached = max(reached, y)
    return min(1.0, total / (b - length - a)), days


# ------------------------------------------------------------------ words


def _sentence(
    sight: Sight,
    craft: Satellite,
    verdict: Verdict,
    best: Look,
    spread: tuple[float, float],
    light: bool,
    chance: float,
    give_or_take_s: float | None,
) -> str:
    who, place = craft.name, sight.place
    short = sight.last - sight.first <= dt.timedelta(minutes=1)
    when = f"at {_say(sight.first)}" if short else f"between {_say(sight.first)} and {_say(sight.last)}"
    photo = "; whether it took a photograph is not known" if sight.needs_light else ""
    if verdict == "supported":
        day = f" by daylight (sun {best.sun:.0f} degrees high)" if light else ""
        over = "over" if best.top >= _OVERHEAD_DEG else "in sight of"
        if short:
            beside = _beside(sight, best, "announced" if sight.announced else "told", give_or_take_s)
            return f"{who} passed {over} {place}{day} and stood highest, {best.top:.0f} degrees, {beside}{photo}."
        lit = (day if best.good == 1 else " by daylight") if light else ""
        usual = ", as in nearly every stretch of that length" if chance > SURE else ""
        times = "once" if best.good == 1 else "twice" if best.good == 2 else f"{best.good} times"
        return (
            f"{who} passed {LEAST_DEG:.0f} degrees or higher over {place}{lit} {times} "
            f"{when}, best at {_say_at(best.culmination)}, {best.top:.0f} degrees high{usual}{photo}."
        )
    if verdict == "contradicted":
        lit = "in daylight " if light else ""
        return f"{who} was not above the horizon of {place} {lit}{when}."
    if verdict == "tension":
        lit = " by daylight" if light else ""
        return (
            f"{who} stood no higher than {best.elevation:.0f} degrees above the horizon of {place}{lit} {when}: a look at a long slant, "
            f"if any{photo}."
        )
    low, high = (max(0.0, x) for x in spread)
    return (
        f"Whether {who} could have seen {place} {when} cannot be said: its orbit then is not known well enough (between {low:.1f} and "
        f"{high:.1f} degrees above the horizon; a fair look begins at {LEAST_DEG:.0f})."
    )


def _beside(sight: Sight, best: Look, told: str, give_or_take_s: float | None) -> str:
    """How the culmination lies to the time told: inside the minute, or so many seconds before or after it, give or take what the draws
    spread."""
    a, b = sight.first.timestamp(), sight.last.timestamp()
    if b > a and a <= best.culmination <= b:
        return f"within the {told} minute, {_say(sight.first)}"
    off = best.culmination - (a if best.culmination < a else b)
    spread = f" (give or take {give_or_take_s:.0f} s)" if give_or_take_s and give_or_take_s >= 1 else ""
    return f"{abs(off):.0f} s{spread} {'after' if off >= 0 else 'before'} the {told} time of {_say(sight.first)}"


def _caveat(sight: Sight, craft: Satellite, known: Known, light: bool, verdict: Verdict) -> str:
    parts = []
    if verdict in ("contradicted", "tension"):
        parts.append("Whether place, time and zone are read rightly from the text decides here.")
    elif sight.needs_light:
        parts.append("It is not shown that a photograph was taken, or what one would show: unknown.")
    if sight.announced is not None:
        parts.append("Whoever knows the orbit can name such a time without having a picture.")
        if sight.announced.use == "check" and known.how == "carried":
            same = [p.place for p in _fitted_to(known) if p.announcer == sight.announced.announcer]
            told = (
                f" to one over {', '.join(same)} that {sight.announced.announcer} announced too"
                if same
                else " to others"
            )
            parts.append(f"The orbit was not fitted to this pass, but{told}.")
        elif known.how == "carried":
            parts.append("The orbit was fitted without this pass.")
    if light and not craft.sensor:
        parts.append("What its camera needs is not published; daylight is assumed.")
    if not craft.swath_km:
        parts.append("How far the satellite can turn its camera is not published; clouds are not looked at.")
    if known.how == "near":
        parts.append("A manoeuvre since the element set would not be seen.")
    return " ".join(parts)


def _fitted_to(known: Known) -> list[PublishedPass]:
    return [p for row in published_passes().values() for p in row if p.id in known.working.get("fitted_to", ())]


def _iso(t: float, digits: int = 0) -> str:
    at = dt.datetime.fromtimestamp(round(t, digits), dt.UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}" + (f".{at.microsecond // 100000}" if digits else "") + "Z"


def _say(at: dt.datetime) -> str:
    at = at.astimezone(dt.UTC)
    return f"{at:%H:%M:%S} UTC on {at.day} {at:%B %Y}" if at.second else f"{at:%H:%M} UTC on {at.day} {at:%B %Y}"


def _say_at(t: float) -> str:
    return _say(dt.datetime.fromtimestamp(round(t), dt.UTC))


# ------------------------------------------------------------------ tracks


def track(satellite: str, start: dt.datetime, end: dt.datetime, step: dt.timedelta) -> list[Point]:
    """The ground track of a satellite (catalogue number) from start to end (aware times, both included): (utc, lat, lon, alt_km), WGS84.
    Empty where its orbit then is not known. Raises UsageError where the satellite is not in the table or the times have no zone."""
    if satellite not in satellites():
        raise UsageError(f"no satellite has the catalogue number {satellite!r} in the table")
    if start.tzinfo is None or end.tzinfo is None:
        raise UsageError("the times of a track need their zone")
    known = orbit_at(satellite, start, end)
    return [] if isinstance(known, NotKnown) else ground_track(known.best, start, end, step)


# ------------------------------------------------------------------ questions


def announced_pass(
    satellite: str, lat: float, lon: float, first: dt.datetime, last: dt.datetime
) -> PublishedPass | None:
    """The announced time of a picture of a place within 30 km in the stretch: the last, and of one instant the nearest. None where none was
    announced."""
    import numpy as np

    here = sky.spot(np.array(lat), np.array(lon))[0]
    near: list[tuple[dt.datetime, float, PublishedPass]] = []
    for p in published_passes().get(satellite, ()):
        away = float(np.linalg.norm(sky.spot(np.array(p.lat), np.array(p.lon))[0] - here))
        if p.what == "image_time" and first <= p.first and p.last <= last and away <= NEAR_KM:
            near.append((p.first, -away, p))
    return max(near, key=lambda n: n[:2])[2] if near else None


@lru_cache(maxsize=4096)
def _answer(sight: Sight) -> Result:
    return overpass(sight)


def _ask(told: Told) -> Result:
    """The answer to what a text tells: at the announced time of the picture where one is known and the text gives none itself."""
    sight = Sight(told.satellite, told.place, told.lat, told.lon, told.first, told.last, told.photo, told.stretch)
    if told.photo and told.last - told.first > dt.timedelta(minutes=1):
        one = announced_pass(told.satellite, told.lat, told.lon, told.first, told.last)
        if one is not None:
            stretch = f"announced time of the picture, {one.told}; the text: {told.stretch}"
            sight = Sight(told.satellite, told.place, told.lat, told.lon, one.first, one.last, True, stretch, one)
    return _answer(sight)


def questions(case: Case) -> Iterator[Question]:
    """One question for each place that a text says a known satellite photographed, observed or passed over."""
    for paper in case.papers():
        if not paper.document.extracted or "satellite" not in paper.text.casefold():
            continue
        for told in told_sights(paper):
            name = satellites()[told.satellite].name
            yield Question(
                told.subject,
                "overpass.sight",
                (paper.evidence(told.start, told.end),),
                partial(_ask, told),
                f"{name}, {told.place}",
            )


check = Simple("overpass", "satellites said to have seen a place, against their orbits", questions)
