"""One document's mention of an event with what linking needs around it, and the plain helpers for its days."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from functools import lru_cache

from crossfix.linking.names import content_words
from crossfix.model import Event, EventType, Interval

FINE_DAYS = 4
"""A date that spans no more days than this is taken as one happening's own."""
COARSE_DAYS = 62
"""A date that spans more than this joins nothing."""
NEWS_DAYS = 4
"""An event told without a date is news of the days before the report; of these many, no more is assumed."""
RECENT_DAYS = 120
"""How far back an undated "the launch", "the recent summit" may lie from the report, where one such happening is known."""

RARE: frozenset[EventType] = frozenset(("missile_test", "satellite_launch", "nuclear_test"))
"""So rare that on one day one party does it once."""
ONE_AT_A_TIME: frozenset[EventType] = frozenset(("satellite_launch", "nuclear_test"))
"""So rare that for months there may be one only."""
FREQUENT: frozenset[EventType] = frozenset(
    ("statement", "publication", "other", "meeting", "visit", "sanctions_act", "exercise")
)
"""Of which one party may have several on a day: more must agree."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with what linking needs around it: the document's publication date, origin, outlet and agency, the
    fingerprint of the sentence it stands in, the original speaker of the claim it stands in with the whole chain (outlet
    first), the outlet that the whole document retells, "" where it retells none, and for an event without a date the first day
    ("YYYY-MM-DD") on which the document has someone speak of it."""

    document: str
    event: Event
    published: str | None = None
    origin: str = ""
    outlet: str | None = None
    agency: str | None = None
    sentence: int = 0
    speaker: str | None = None
    chain: tuple[str, ...] = ()
    retells: str = ""
    by: str | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By the event's date, then the document's, then the ids: the order in which mentions are taken."""
        when = self.event.when
        return (when.first.isoformat() if when else "9999", self.published or "9999", self.document, self.event.id)

    @property
    def about(self) -> Interval | None:
        """The days on which the event may have been: its date; for a rare event told as news without one, the days up to
        the report. Only for finding what it may be the same as: no date is put on the event itself."""
        e = self.event
        if e.when is not None or e.type not in RARE or e.modality != "actual":
            return e.when
        last = self.day
        if last is None or self._background:
            return None
        return Interval.days(last - dt.timedelta(days=NEWS_DAYS), last)

    @property
    def recent(self) -> Interval | None:
        """For an undated actual happening told as background, a rare one, or a meeting or transfer at a place: the days among which the one
        happening of its kind is looked for, up to the day on which the document first has someone speak of it. None for all
        others: an undated test in a report that has no such day is its news."""
        e = self.event
        last = self.day
        if e.when is not None or e.modality != "actual" or last is None:
            return None
        placed = e.type in ("meeting", "arms_transfer") and e.where is not None
        if not placed and not (e.type in ONE_AT_A_TIME and self._background):
            return None
        if self.by is not None:
            last = min(last, dt.date.fromisoformat(self.by))
        return Interval.days(last - dt.timedelta(days=RECENT_DAYS), last)

    @property
    def _background(self) -> bool:
        last = self.day
        if self.by is None or last is None:
            return False
        return dt.date.fromisoformat(self.by) < last - dt.timedelta(days=NEWS_DAYS)

    @property
    def day(self) -> dt.date | None:
        """The last day on which the document can have been written, None where that is not known."""
        try:
            return Interval.parse(self.published or "").last
        except ValueError:
            return None

    @property
    def is_fine(self) -> bool:
        """True where the mention's date is to the day, or nearly."""
        return self.event.when is not None and span(self.event.when) <= FINE_DAYS


def sentence_print(text: str) -> int:
    """A fingerprint of a sentence's words, for finding the same sentence in a reprint."""
    return zlib.crc32(" ".join(sorted(content_words(text))).encode("utf-8", "replace"))


def trigger_words(event: Event) -> str:
    """The trigger's telling words, in one order."""
    return " ".join(sorted(content_words(event.trigger.text)))


@lru_cache(maxsize=4096)
def ends(when: Interval) -> tuple[int, int]:
    """First and last day as ordinals. Pairs are many and dates few, so they are worked out once."""
    return when.first.toordinal(), when.last.toordinal()


def span(when: Interval) -> int:
    """How many days an interval holds."""
    first, last = ends(when)
    return last - first + 1


def gap(a: Interval, b: Interval) -> int:
    """The days between two intervals: 1 for neighbouring days, 0 or less where they share one."""
    (p, q), (r, s) = ends(a), ends(b)
    return max(r - q, p - s)
