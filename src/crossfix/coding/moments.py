"""When an event happened in UTC: its local date, the clock where one is told, and the zone of the text, the place or the actor.

A zone that the text names goes before that of the event's place, and that before the one zone of a state whose act it is (a
missile test is fired from the own soil). Where none is known there is no moment. An event's date is the local one: told in
another zone with hours that leave no doubt, it becomes the day at the event's place; a whole day told elsewhere stays as told.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from crossfix.coding.events_join import Made
from crossfix.coding.events_parties import country_of
from crossfix.coding.events_scene import Scene
from crossfix.model import Event, Interval, Moment, Time
from crossfix.reference import zones
from crossfix.reference.geography import tables

AT_HOME = frozenset(("missile_test", "satellite_launch", "nuclear_test", "exercise"))
"""Acts on the actor's own soil, where no place is told."""
ELSEWHERE = "the text, which tells the day of another place"
"""The basis where the date is that of another zone than the event's and the day at its place is not certain."""

# The hours of a part of the day, from and up to; a night that is told with a day is taken to end with it.
HOURS = {"MO": (0, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 24), "NI": (18, 24), "DT": (6, 18)}
_MODS = {"START": (0, 12), "END": (12, 24)}
_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?(?::\d\d)?Z?$")
_PART = re.compile(r"T([A-Z]{2})$")
_TO_THE_MINUTE = re.compile(r"\d[:.]\d\d|\b\d{4}\b")
_ABOUT = re.compile(r"\b(?:about|around|approximately|roughly|nearly|almost|some)\b", re.IGNORECASE)
_BESIDE = re.compile(r"(?:\b(?:at|around|about|on|or|local|time|shortly|just|exactly|after|before)\b|[ ,(\[])*\Z")
_NEAR = 40


class _Home(NamedTuple):
    """The zone of the event's own place, and how it is known."""

    zone: str
    basis: str


class _Stretch(NamedTuple):
    """A stretch of UTC, stamps as in ``Moment``; ``told`` is true where the text names the zone."""

    first: str
    last: str
    zone: str
    told: bool

    @property
    def length(self) -> dt.timedelta:
        return zones.local(self.last, "UTC") - zones.local(self.first, "UTC")


class Moments:
    """Gives the events of one document their moments."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._times = scene.ann.times
        self._starts = [t.span.start for t in self._times]
        self._places = {(p.name, p.lat, p.lon): p for p in reversed(scene.ann.places)}

    def given(self, made: Made, event: Event) -> Event:
        """The event with its moment, and with its date at its own place where the hours told make that certain."""
        if event.when is None:
            return event
        home = self._home(event)
        own, more = self._told(made, event)
        return _with_moment(event, event.when, home, own, more)

    def _told(self, made: Made, event: Event) -> tuple[Time | None, list[Time]]:
        """The expression that the event's date is from, and those with hours that belong to the event."""
        scene, times, text = self._scene, self._times, self._scene.parse.text
        at = event.when_text
        n = bisect_left(self._starts, at.start) if at is not None else len(times)
        own = times[n] if at is not None and n < len(times) and times[n].span.end <= at.end else None
        more = [t for t in (own,) if t is not None and _timed(t)]
        if own is not None:
            for step in (1, -1):  # "on Monday, at 8:24 a.m. (2324 GMT Sunday)"
                k, low = n + step, own
                while 0 <= k < len(times):
                    a, b = (low.span, times[k].span) if step > 0 else (times[k].span, low.span)
                    if b.start - a.end > _NEAR or not _BESIDE.match(text[a.end : b.start].rstrip("()[]")):
                        break
                    if _timed(times[k]):
                        more.append(times[k])
                    low, k = times[k], k + step
        for mention in made.mentions:
            inside = scene.parse.tokens_in(mention.start, mention.end)
            heads = [t for t in inside if not inside[0].i <= t.head <= inside[-1].i or t.head == t.i]
            for head in heads[:2]:
                more += [t for t in scene.times_for(head) if _timed(t) and t not in more]
        if made.head is not None:
            more += [t for t in scene.times_for(made.head, made.light) if _timed(t) and t not in more]
        return own, more

    def _home(self, event: Event) -> _Home | None:
        """The zone of the event's place; of an act on the own soil that of the state, where it has one."""
        for zone, basis in self._homes(event):
            if zone is not None and zones.clock(zone) is not None:
                return _Home(zone, basis)
        return None

    def _homes(self, event: Event) -> Iterator[tuple[str | None, str]]:
        where = event.where
        if where is not None:
            place = self._places.get((where.name, where.lat, where.lon))
            if place is not None and place.kind not in ("sea", "ocean", "continent"):  # waters keep no clock
                wide = place.kind == "country"
                yield zones.zone_at(None if wide else place.lat, place.lon, place.country), f"the place, {where.name}"
        if event.type in AT_HOME:
            for p in event.participants:
                state = country_of(p.name) if p.role == "actor" else None
                if state is not None:
                    isos = {k.country for k in tables().find(state) if k.kind == "country"}
                    yield zones.zone_of_country(isos.pop()) if len(isos) == 1 else None, f"the state that acts, {state}"
                    return


def _with_moment(event: Event, when: Interval, home: _Home | None, own: Time | None, more: list[Time]) -> Event:
    main = _day(when, own, home)
    finer = [s for t in more if (s := _hours(t, home)) is not None and _fits(s, main, when)]
    best = min([*([main] if main else []), *finer], key=lambda s: (s.length, not s.told), default=None)
    if best is None:
        return event
    if home is not None and best.zone.startswith("UTC") and best.zone != "UTC" and _one_clock(best, home.zone):
        best = best._replace(zone=home.zone, told=False)  # the offset told is that of the place: its name says more
    if home is None:
        return replace(event, moment=Moment(best.first, best.last, best.zone, "the text"))
    if not best.told:
        return replace(event, moment=Moment(best.first, best.last, best.zone, home.basis))
    here = _date_at(best, home.zone)
    if when.precision != "day" or here is None:
        basis = "the text" if when.precision != "day" else ELSEWHERE
        return replace(event, moment=Moment(best.first, best.last, best.zone, basis))
    if _date_at(best, best.zone) == here:
        basis, zone = "the text", best.zone
    else:
        basis, zone = f"the text, told for {zones.label(best.zone)}; the date by {home.basis}", home.zone
    day = here.isoformat()
    day_here = when if str(when) == day else Interval(day, day)
    return replace(event, when=day_here, moment=Moment(best.first, best.last, zone, basis))


def _one_clock(s: _Stretch, zone: str) -> bool:
    """True where the stretch's zone and another show the same hour."""
    return zones.local(s.first, s.zone).replace(tzinfo=None) == zones.local(s.first, zone).replace(tzinfo=None)


def _date_at(s: _Stretch, zone: str) -> dt.date | None:
    """The local day that holds all of the stretch, None where there is none."""
    first = zones.local(s.first, zone).date()
    last = zones.local(s.last, zone) - dt.timedelta(minutes=1)
    return first if first == last.date() else None


def _fits(s: _Stretch, main: _Stretch | None, when: Interval) -> bool:
    """True where hours told beside a date belong to it: they share time with it, or where no zone is known, its days."""
    if main is not None:
        return s.first < main.last and main.first < s.last
    first = zones.local(s.first, s.zone).date()
    return when.first - dt.timedelta(days=1) <= first <= when.last + dt.timedelta(days=1)


def _timed(t: Time) -> bool:
    return t.type == "TIME" and t.interval is not None and bool(_CLOCK.search(t.value) or _PART.search(t.value))


# ------------------------------------------------------------------ to UTC


def _zone_for(t: Time | None, home: _Home | None) -> tuple[str, bool] | None:
    if t is not None and t.zone:
        # "met in Vladivostok on 25 April": the place named beside the day is the event's own, and told as such
        return t.zone, not (home is not None and home.zone == t.zone and t.anchor.endswith("beside it"))
    return (home.zone, False) if home is not None else None


def _day(when: Interval, own: Time | None, home: _Home | None) -> _Stretch | None:
    """The event's date from its first day's beginning to its last day's end, with what hours its own expression tells."""
    if own is not None and own.days == when and when.first == when.last:
        timed = _hours(own, home)
        if timed is not None:
            return timed
    zone = _zone_for(own, home)
    try:
        after = when.last + dt.timedelta(days=1)
    except OverflowError:
        return None
    return _stretch(_midnight(when.first), _midnight(after), zone)


def _hours(t: Time, home: _Home | None) -> _Stretch | None:
    """The hours of an expression of one day; its whole day where it tells none."""
    if t.interval is None or t.interval.first != t.interval.last:
        return None
    zone = _zone_for(t, home)
    day = _midnight(t.interval.first)
    if m := _CLOCK.search(t.value):
        at = day.replace(hour=min(int(m[1]), 23), minute=min(int(m[2] or 0), 59))
        exact = m[2] is not None and (m[2] != "00" or bool(_TO_THE_MINUTE.search(t.span.text)))
        if exact:
            return _stretch(at, at + dt.timedelta(minutes=1), zone)
        before = dt.timedelta(minutes=30 if t.mod == "APPROX" or _ABOUT.search(t.span.text) else 0)
        try:
            return _stretch(at - before, at + dt.timedelta(hours=1) - before, zone)
        except OverflowError:
            return None
    part = _PART.search(t.value)
    low, high = (HOURS.get(part[1]) if part else _MODS.get(t.mod or _mod(t.span.text))) or (0, 24)
    try:
        return _stretch(day + dt.timedelta(hours=low), day + dt.timedelta(hours=high), zone)
    except OverflowError:
        return None


def _mod(words: str) -> str:
    """ "early Monday", "late on Sunday": a qualifier that changes no value."""
    m = re.match(r"(?:very )?(early|late)\b", words, re.IGNORECASE)
    return {"early": "START", "late": "END"}[m[1].lower()] if m else ""


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


def _stretch(first: dt.datetime, last: dt.datetime, zone: tuple[str, bool] | None) -> _Stretch | None:
    ends = zones.utc(first, last, zone[0]) if zone is not None else None
    return _Stretch(*ends, *zone) if ends is not None and zone is not None else None
