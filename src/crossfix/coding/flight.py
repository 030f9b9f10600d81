"""Flight figures of missile tests and launches as their announcers gave them: apogee, ground range, flight time, bearing, speed.

A measured value becomes a figure where words of flying stand by it. Left out are what a missile could do ("a range of 15,000 km"),
where it came down ("250 km west of"), the same value again in other units in brackets, and orbits. Nothing is reckoned from the figures
here but their unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_scene import Scene
from crossfix.coding.quantities import Count, counts, flat, number_of
from crossfix.model import Bound, Event, Figure, FigureKind, Span, Time

FLIGHTS = ("missile_test", "satellite_launch")
NEAR_BEFORE, NEAR_AFTER = 6, 2
"""Sentences between a figure and the telling of its flight."""

_UNITS: dict[str, tuple[str, float]] = {
    "km": ("km", 1.0), "kilometer": ("km", 1.0), "kilometre": ("km", 1.0), "nautical mile": ("km", 1.852), "mile": ("km", 1.609344),
    "meter": ("km", 0.001), "metre": ("km", 0.001), "m": ("km", 0.001), "feet": ("km", 0.0003048), "foot": ("km", 0.0003048),
    "ft": ("km", 0.0003048), "s": ("s", 1.0), "sec": ("s", 1.0), "second": ("s", 1.0), "minute": ("s", 60.0), "min": ("s", 60.0),
    "hour": ("s", 3600.0), "degree": ("degrees", 1.0), "°": ("degrees", 1.0), "deg": ("degrees", 1.0), "km/s": ("km/s", 1.0),
    "km/h": ("km/s", 1 / 3600), "kph": ("km/s", 1 / 3600), "mph": ("km/s", 0.00044704), "m/s": ("km/s", 0.001),
    "times the speed of sound": ("Mach", 1.0),
}  # fmt: skip
_UNIT = re.compile(
    r"[ -]?(?P<unit>kilomet(?:er|re)s?(?:[ ]?(?:per|an?|/)[ ]?(?:second|hour|sec|s|h)\b)?|km/s|km/h|kph|mph|miles?[ ](?:per|an)[ ]hour|"
    r"m/s|met(?:er|re)s?[ ](?:per|a)[ ]second|kms?[ ](?:per|an?)[ ](?:second|hour)|kms?\b|"
    r"(?:nautical|horizontal)[ ]miles?|miles?|met(?:er|re)s?|"
    r"feet|foot|ft|m|seconds?|secs?|s|minutes?|mins?|hours?|degrees?|deg|°|times[ ]the[ ]speed[ ]of[ ]sound)(?!\w)",
    re.IGNORECASE,
)
_MACH = re.compile(r"\bMach[ -](\d+(?:\.\d+)?)", re.IGNORECASE)

_HIGH = r"altitudes?|apogees?|heights?|peak(?:ed|s|ing)?|rose|risen|climb(?:ed|ing)|soar(?:ed|ing)|ascend(?:ed|ing)|upwards?"
_FAR = (
    r"distances?|ground[ ]range|ranges?|downrange|flew|flown|flying|fl(?:ies|y)|travel+(?:ed|ing)|cover(?:ed|ing)|went|horizontal(?:ly)?|"
    r"flights?"
)
_CUE = re.compile(rf"\b(?:(?P<high>{_HIGH})|(?P<far>{_FAR}))\b", re.IGNORECASE)
_HIGH_AFTER = re.compile(
    r"^(?:[ -](?:in[ ]|of[ ])?(?:altitude|apogee|height|high|up\b|above)|[ ]into[ ](?:space|the[ ]sky))", re.I
)
_FAR_AFTER = re.compile(r"^[ -](?:in[ ]|of[ ])?(?:distance|range|flight|downrange)", re.I)
_CAN = re.compile(
    r"\b(?:can|cannot|could(?!\s+have)|would|capable|able|capability|potential(?:ly)?|enough|designed|estimated\s+range|maximum\s+range|"
    r"(?:has|have|having|had|with)\s+an?\s+(?:\w+\s+){0,2}range|ranges?\s+of\s+(?:up\s+to|more\s+than|over|at\s+least)|within\s+(?:\w+\s+)?range|"
    r"if\s+(?:it|fired|launched|flown)|normal\s+trajectory|standard\s+trajectory|must|need(?:s|ed)?|orbit\w*|perigee|inclination|target\s+range)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^(?:[ -]+|[ ]\([^)]{0,40}\)[ ])?(?:to[ ]the[ ])?(?:(?:north|south|east|west)\S*[ ](?:of|off|from)|off[ ]|from[ ]|away|outside|"
    r"inside|short[ ]of|apart|(?:in[ ])?(?:diameter|long|wide|tall)\b|distant)",
    re.I,
)
_NOT_FLOWN = re.compile(
    r"^[ -](?:later|after|before|earlier|ago|apart|prior|into[ ]|old|past|warning|notice|interval)", re.I
)
_TIME_CUE = re.compile(
    r"\b(?:flew|flown|fl(?:ying|ies)|flights?|travel+(?:ed|ing)|cover(?:ed|ing)|aloft|airborne|in[ ]the[ ]air|lasted|lasting)\b",
    re.I,
)
_TIME_AFTER = re.compile(r"^(?:[ -]flight|[ ](?:in[ ]flight|of[ ]flight|aloft|in[ ]the[ ]air|flight))", re.I)
_BEARING = re.compile(r"\b(?:azimuth|bearing|heading)\b", re.I)
_SPEED = re.compile(r"\b(?:speed|velocity|flew|flying|travel+(?:ed|ing)|reach(?:ed|ing)|Mach)\b", re.I)
_OTHER_TIME = re.compile(
    r"\b(?:compar\w+|whereas|versus|previous\w*|last[ ]time|earlier|than[ ](?:the|in)|record)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit: values in ``unit``, and where the passage stands."""

    start: int
    end: int
    low: float | None
    high: float | None
    bound: Bound
    unit: str
    told_unit: str
    vague: bool = False
    """ "several hundred kilometres": no figure that anyone announced."""


def measures(text: str, start: int = 0, end: int | None = None) -> list[Measure]:
    """The measured lengths, times, angles and speeds of text[start:end], in order; "1 hour and 14 minutes" is one."""
    stop = len(text) if end is None else end
    plain = flat(text[start:stop])
    out: list[Measure] = []
    for c in counts(text, start, stop):
        m = _UNIT.match(plain, c.end - start)
        if m is None or c.money:
            continue
        vague = not any(ch.isdigit() for ch in text[c.start : c.end]) and c.bound == "at_least" and c.high is None
        made = _measure(c, re.sub(r"\s+", " ", m["unit"]), start + m.end(), vague)
        before = out[-1] if out else None
        if before is not None and _adds(before, made, plain[before.end - start : c.start - start]):
            out[-1] = replace(before, end=made.end, low=_sum(before.low, made.low), high=_sum(before.high, made.high))
        else:
            out.append(made)
    for m in _MACH.finditer(plain):
        value = number_of(m[1])
        out.append(Measure(start + m.start(), start + m.end(), value, value, "exact", "Mach", "Mach"))
    return sorted(out, key=lambda x: x.start)


def _measure(c: Count, told: str, end: int, vague: bool) -> Measure:
    low = told.lower().rstrip(".")
    per = re.sub(r"\s*(?:per|an|a|/)\s*(second|hour|sec|s|h)$", lambda m: "/" + m[1][0], low)
    base = (
        per.replace("kilometers", "km")
        .replace("kilometres", "km")
        .replace("kilometer", "km")
        .replace("kilometre", "km")
    )
    base = (
        base.replace("kms", "km")
        .replace("meters/s", "m/s")
        .replace("metres/s", "m/s")
        .replace("miles/h", "mph")
        .replace("mile/h", "mph")
    )
    base = base.removeprefix("horizontal ")
    name = base if base in _UNITS else base.rstrip("s")
    unit, factor = _UNITS.get(name, _UNITS.get(base, ("", 1.0)))
    return Measure(c.start, end, _times(c.low, factor), _times(c.high, factor), c.bound, unit, told, vague)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 6)


def _sum(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a + b


def _adds(a: Measure, b: Measure, between: str) -> bool:
    """ "1 hour" and then "14 minutes"."""
    if a.unit != "s" or b.unit != "s" or a.low is None or b.low is None:
        return False
    hours = a.told_unit.lower().startswith("h")
    smaller = a.told_unit.lower()[:1] != b.told_unit.lower()[:1] and b.low < (3600 if hours else 60)
    return smaller and between.strip(" ,") in ("", "and")


# ------------------------------------------------------------------ what a measure is


def flight_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[FigureKind, Measure]]:
    """The measures of a sentence, text[start:end], that are figures of a flight, with their kind. Linear."""
    stop = len(text) if end is None else end
    plain = flat(text[start:stop])
    found = measures(text, start, stop)
    told = 0
    kinds: list[FigureKind] = []
    last: tuple[FigureKind, Measure] | None = None
    for n, m in enumerate(found):
        a, b = m.start - start, m.end - start
        if n and _again(plain, found[n - 1].end - start, a) and found[n - 1].unit == m.unit:
            continue
        # a height belongs to the words since the last one; "flew 1,002 km for 4,415 s" shares its verb
        lead = plain[max(told if m.unit == "km" else 0, a - 110) : a]
        after = re.sub(r"^[ ]?\([^)]{0,40}\)", "", plain[b : b + 90])[:48]  # "3,700 km (2,300 miles) high"
        kind = _kind(m, lead, after)
        if kind is None and last is not None and _OTHER_TIME.search(lead) and last[1].unit == m.unit:
            kind = last[0]  # "1,002.3 km, compared with 1,001.2 km in July"
        elif kind is None and m.unit == "km" and len(kinds) == 2 and re.fullmatch(r"[ ]?(?:and|,)[ ]?", plain[told:a]):
            kind = kinds.pop(1)  # "an apogee and range of 6,000 km and 1,000 km"
        else:
            cues = [("apogee" if c["high"] else "range") for c in _CUE.finditer(lead)][-2:]
            pair = re.search(
                rf"\b(?:{_HIGH})\s+and\s+(?:a\s+|ground\s+)*(?:{_FAR})|\b(?:{_FAR})\s+and\s+(?:an?\s+|maximum\s+)*(?:{_HIGH})",
                lead,
                re.I,
            )
            if kind is not None and m.unit == "km" and pair and len(cues) == 2 and pair.end() > len(lead) - 28:
                kinds = ["apogee", "range"] if cues[0] == "apogee" else ["range", "apogee"]
                kind = kinds[0]
        if kind is not None:
            yield kind, m
            told, last = b, (kind, m)
        elif m.unit == "km":
            told = b


def _again(plain: str, end: int, start: int) -> bool:
    """The same value in other units: "(621 miles)", ", or 621 miles"."""
    between = plain[end:start]
    return bool(re.fullmatch(r"[ ]?(?:\(|\[|/|,?[ ]or[ ]|[ ]?=|—|–)[ ]?", between)) and len(between) < 8


def _kind(m: Measure, lead: str, after: str) -> FigureKind | None:
    if _CAN.search(lead[-72:]) or m.vague:
        return None
    if m.unit == "degrees":
        return "bearing" if _BEARING.search(lead) and m.low is not None and m.low <= 360 else None
    if m.unit in ("km/s", "Mach"):
        return "speed" if _SPEED.search(lead) or m.unit == "Mach" else None
    if m.unit == "s":
        if _NOT_FLOWN.match(after) and not re.match(
            r"^ before (?:\w+ly )?(?:land|splash|fall|com|hit|plung|crash|touch)", after, re.I
        ):
            return None
        return "flight_time" if _TIME_CUE.search(lead) or _TIME_AFTER.match(after) else None
    if _HIGH_AFTER.match(after):
        return "apogee"
    if _ELSEWHERE.match(after):
        return None
    if _FAR_AFTER.match(after):
        return "range"
    cues = list(_CUE.finditer(lead))
    if not cues or re.search(
        r"\b(?:fell|falling|land(?:ed|ing)|splash\w*|com\w+ down|away|hit|target\w*|diameter|long)\b",
        lead[cues[-1].end() :],
    ):
        return None
    return "apogee" if cues[-1]["high"] else "range"


# ------------------------------------------------------------------ whose flight


def with_figures(scene: Scene, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events with the figures that the document gives of them, each with its announcer. Where it cannot be said which flight a
    figure belongs to, it is left out."""
    flights = [e for e in events if e.type in FLIGHTS and e.modality == "actual"]
    if not flights:
        return events
    told: dict[int, list[tuple[int, int]]] = {}  # by sentence: (offset, flight), in order
    for n, e in enumerate(flights):
        for span in dict.fromkeys((e.trigger, *e.mentions)):
            told.setdefault(scene.parse.sentence_at(span.start), []).append((span.start, n))
    for mentions in told.values():
        mentions.sort()
    found: dict[str, list[Figure]] = {}
    for k, s in enumerate(scene.parse.sentences):
        if not any(ch.isdigit() for ch in scene.parse.text[s.start : s.end]) and not _TIME_CUE.search(
            scene.parse.text, s.start, s.end
        ):
            continue
        for kind, m in flight_figures(scene.parse.text, s.start, s.end):
            event = _flight_of(scene, k, m, flights, told)
            if event is not None:
                found.setdefault(event.id, []).append(_figure(scene, kind, m))
    return tuple(replace(e, figures=tuple(dict.fromkeys(found[e.id]))) if e.id in found else e for e in events)


def _figure(scene: Scene, kind: FigureKind, m: Measure) -> Figure:
    claim = scene.claim_at(m.start)
    announcer = scene.ann.document.outlet
    if claim is not None:
        announcer = (claim.chain[-1] if claim.chain else claim.source_name) or (
            claim.source.text if claim.source else announcer
        )
    return Figure(
        kind, m.low, m.high, m.bound, m.unit, m.told_unit, announcer, claim.id if claim is not None else None,
        Span.of(scene.parse.text, m.start, m.end),
    )  # fmt: skip


def _flight_of(
    scene: Scene, k: int, m: Measure, flights: list[Event], told: dict[int, list[tuple[int, int]]]
) -> Event | None:
    here = told.get(k, [])
    since = max([at for at, _ in here if at < m.start], default=scene.parse.sentences[k].start)
    times = _days_of(scene, k)
    if _OTHER_TIME.search(
        flat(scene.parse.text[max(since, m.start - 80) : m.start])
    ):  # "compared with 6,648.4 km in July"
        after = [t for t in times if 0 <= t.span.start - m.end < 60]
        return _on(flights, after[0]) if after else None
    if here:
        if len({n for _, n in here}) > 1 and times:
            near = min(times, key=lambda t: min(abs(t.span.start - m.end), abs(m.start - t.span.end)))
            dated = _on([flights[n] for n in dict.fromkeys(n for _, n in here)], near)
            if dated is not None:
                return dated
        return flights[min(here, key=lambda x: (x[0] > m.start, abs(x[0] - m.start)))[1]]
    if times:
        return _on(flights, min(times, key=lambda t: abs(t.span.start - m.start)))
    before = next((told[s][-1] for s in range(k - 1, k - 1 - NEAR_BEFORE, -1) if s in told), None)
    if before is not None:
        return flights[before[1]]
    behind = next((told[s][0] for s in range(k + 1, k + 1 + NEAR_AFTER) if s in told), None)
    if behind is not None:
        return flights[behind[1]]
    return flights[0] if len(flights) == 1 else None


def _days_of(scene: Scene, k: int) -> list[Time]:
    """The days a sentence names, those of saying aside."""
    return [
        t
        for t, _, anchor in scene.times[k]
        if t.interval is not None
        and t.type == "DATE"
        and t.interval.precision in ("day", "month")
        and anchor.lemma not in lx.SAY_VERBS
    ]


def _on(flights: list[Event], time: Time) -> Event | None:
    """The one flight of a day; of several told, the first."""
    days = time.interval
    return next((e for e in flights if e.when is not None and days is not None and e.when.overlaps(days)), None)
