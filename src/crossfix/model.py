"""The values that pass from room to room: documents, spans, intervals, claims, events and transfers.

All are frozen. Offsets are Unicode code points into a document's canonical text, half open, so that
``document.text[span.start:span.end] == span.text`` always. Nothing here reads files, parses or stores.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Basis = Literal["given", "metadata", "dateline", "header", "inferred"]
Stance = Literal["assert", "deny", "suspect", "condemn", "announce", "request", "predict", "support"]
Firmness = Literal["certain", "probable", "possible", "unlikely", "denied", "unknown"]
Voice = Literal["direct", "mixed", "indirect", "outlet"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
EventType = Literal[
    "missile_test", "satellite_launch", "nuclear_test", "arms_transfer", "visit", "meeting", "statement",
    "exercise", "sanctions_act", "publication", "other",
]  # fmt: skip
Outcome = Literal["success", "failure", "unknown"]
Status = Literal["reported", "alleged", "denied", "confirmed_by_actor"]
Modality = Literal["actual", "future", "hypothetical", "negated"]
TransferModality = Literal["actual", "offered", "wanted", "predicted", "negated"]
Bound = Literal["exact", "at_least", "at_most", "about", "between"]
Mode = Literal["sea", "rail", "road", "air", "unknown"]
FigureKind = Literal["apogee", "range", "flight_time", "bearing", "speed"]
ItemKind = Literal[
    "shells", "rockets", "ballistic_missiles", "cruise_missiles", "launchers", "aircraft", "drones", "air_defence",
    "armoured_vehicles", "ships", "satellites", "nuclear", "fuel", "food_aid", "technology", "personnel", "small_arms",
    "components", "training", "money", "other",
]  # fmt: skip

STANCES: tuple[Stance, ...] = ("assert", "deny", "suspect", "condemn", "announce", "request", "predict", "support")
EVENT_TYPES: tuple[EventType, ...] = (
    "missile_test", "satellite_launch", "nuclear_test", "arms_transfer", "visit", "meeting", "statement",
    "exercise", "sanctions_act", "publication", "other",
)  # fmt: skip


# ------------------------------------------------------------------ spans


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage: half-open code-point offsets and the text between them.

    ``pieces`` is empty for one run of text, and holds the runs, in order, where the span is
    discontinuous; start and end are then those of the first and last run, and text is the whole
    stretch from start to end, so that the invariant holds for every span.
    """

    start: int
    end: int
    text: str
    pieces: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span [start, end) of a canonical text. Raises ValueError outside the text."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"no span [{start}, {end}) in a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    @classmethod
    def of_pieces(cls, text: str, pieces: Iterable[tuple[int, int]]) -> Span:
        """The span made of several runs, in any order; touching and overlapping runs are joined."""
        merged: list[tuple[int, int]] = []
        for a, b in sorted(p for p in pieces if p[0] < p[1]):
            if merged and a <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
            else:
                merged.append((a, b))
        if not merged:
            raise ValueError("a span needs at least one run of text")
        whole = cls.of(text, merged[0][0], merged[-1][1])
        return whole if len(merged) == 1 else cls(whole.start, whole.end, whole.text, tuple(merged))

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The runs of text, at least one."""
        return self.pieces or ((self.start, self.end),)

    def overlaps(self, other: Span) -> bool:
        """True where any run of this span shares a character with a run of the other."""
        return any(a < d and c < b for a, b in self.ranges for c, d in other.ranges)

    def covers(self, start: int, end: int) -> bool:
        """True where [start, end) lies inside one run."""
        return any(a <= start and end <= b for a, b in self.ranges)


# ------------------------------------------------------------------ intervals

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of whole days with the precision it was given in. Both ends are included.

    ``start`` and ``end`` are "YYYY", "YYYY-MM" or "YYYY-MM-DD"; a single value has both equal. No zone: the
    days are those of the place the text speaks of.
    """

    start: str
    end: str

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"interval {self} ends before it begins")

    @staticmethod
    @lru_cache(maxsize=1 << 15)
    def parse(text: str) -> Interval:
        """From "YYYY", "YYYY-MM", "YYYY-MM-DD" or "FROM/TO". Raises ValueError on anything else."""
        a, slash, b = text.partition("/")
        return Interval(a, b if slash else a)

    @classmethod
    def days(cls, first: dt.date, last: dt.date) -> Interval:
        """The interval from first to last, written as shortly as its ends allow: a whole month or year as such."""
        if first == last:
            return cls(first.isoformat(), first.isoformat())
        if first.day == 1 and (last + dt.timedelta(days=1)).day == 1:
            if first.year == last.year and first.month == 1 and last.month == 12:
                return Interval.parse(f"{first.year:04d}")
            if (first.year, first.month) == (last.year, last.month):
                return Interval.parse(f"{first.year:04d}-{first.month:02d}")
        return cls(first.isoformat(), last.isoformat())

    @property
    def first(self) -> dt.date:
        """The first day."""
        return _bounds(self.start)[0]

    @property
    def last(self) -> dt.date:
        """The last day, included."""
        return _bounds(self.end)[1]

    @property
    def precision(self) -> Literal["day", "month", "year", "range"]:
        """What one value of it names; "range" where the ends differ."""
        if self.start != self.end:
            return "range"
        names: dict[int, Literal["day", "month", "year"]] = {4: "year", 7: "month", 10: "day"}
        return names[len(self.start)]

    def overlaps(self, other: Interval) -> bool:
        """True where they share a day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return self.start if self.start == self.end else f"{self.start}/{self.end}"


@lru_cache(maxsize=1 << 15)
def _bounds(value: str) -> tuple[dt.date, dt.date]:
    m = _DATE.fullmatch(value)
    if not m:
        raise ValueError(f"{value!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(m[1]), int(m[2] or 0), int(m[3] or 0)
    if day:
        return (one := dt.date(year, month, day)), one
    if month:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


# ------------------------------------------------------------------ documents

FurnitureKind = Literal[
    "credit", "newsletter", "about", "menu", "sign_off", "dateline", "byline", "header", "share", "legal"
]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of the page that is not the report: marked, left out of extraction, never cut from the text."""

    start: int
    end: int
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Document:
    """One published item.

    ``text`` is the canonical text, never altered after reading. ``published`` is "YYYY-MM-DD" with
    ``published_basis`` saying how it is known. ``agency`` is the wire service the outlet credits ("ANI"), None where it
    credits none. ``language`` is an ISO 639-1 code, or "und". ``notes`` are one-line remarks from reading (a date header that is
    no date, a record cut short), shown to the user and kept.
    """

    file: str
    sha256: str
    media_type: str
    text: str
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: Basis | None = None
    language: str = "und"
    url: str | None = None
    furniture: tuple[Furniture, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The passage [start, end) of the canonical text."""
        return Span.of(self.text, start, end)


# ------------------------------------------------------------------ annotations

NameKind = Literal[
    "person", "state", "organisation", "office", "outlet", "place", "weapon", "vessel", "satellite", "site", "group"
]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the text, with the form it is known by ("Pyongyang" the actor -> "North Korea")."""

    span: Span
    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 type and value, the days it spans where that can be said, and what it is anchored on.

    ``interval`` is what ``value`` names and nothing else. ``mod`` is the TIMEX3 modifier (START, MID, END, APPROX, ...), "" where
    there is none, and ``part`` the days it leaves of the interval ("early May" is 1 to 10 May, its value and interval May).
    ``zone`` is the zone the text names, as an IANA name ("Asia/Seoul") or an offset ("UTC+09:00"), "" where it names none.
    ``bounds`` is set where no interval can be said but an end of it can: "../2023-12-18" (some time up to that day) or
    "2023-12-18/.." (from that day on), open ends as in ISO 8601-2.
    """

    span: Span
    type: TimeType
    value: str
    interval: Interval | None
    anchor: str
    mod: str = ""
    part: Interval | None = None
    zone: str = ""
    bounds: str | None = None

    @property
    def days(self) -> Interval | None:
        """The narrowest days that can be said: the part, or the interval."""
        return self.part or self.interval


@dataclass(frozen=True, slots=True)
class Moment:
    """The stretch of UTC in which a happening lies: ``first`` included, ``last`` not, as "2023-12-17T15:00Z".

    ``zone`` is the IANA name or offset by which the local date was turned into UTC, ``basis`` says where the zone is from ("the text",
    "the place, Pyongyang").
    """

    first: str
    last: str
    zone: str
    basis: str

    def overlaps(self, other: Moment) -> bool:
        """True where both hold one instant. The fixed form makes text order time order."""
        return self.first < other.last and other.first < self.last


@dataclass(frozen=True, slots=True)
class Place:
    """A place name and where it is. Coordinates are WGS84 degrees, None where the place is not known. ``country`` is ISO
    3166 alpha-2. ``agentive`` is true where the name stands for a government or body that acts ("Pyongyang denied").
    ``radius_km`` is set for areas (countries, regions, seas): about how far they reach from the point; None for one spot."""

    span: Span
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    kind: str
    geonames_id: int | None = None
    agentive: bool = False
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """A middle link of a chain: "VOA reported", "citing lawmakers"."""

    source: Span
    cue: Span | None
    name: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, by which words: spans of source, cue and content, and the source's resolved name.

    ``relays`` are the middle links the sentence itself names, outermost first. ``behind`` is who stands behind an artefact
    that speaks (a report's author). ``outlet_voice`` marks the outlet's own statement: no source, no cue. ``confidence`` is how likely
    (0 to 1) the attribution is to stand, with its source and its content; None where nothing was estimated.
    """

    source: Span | None
    cue: Span | None
    content: Span
    source_name: str | None
    relays: tuple[Relay, ...] = ()
    behind: str | None = None
    outlet_voice: bool = False
    rule: str = ""
    confidence: float | None = None


# ------------------------------------------------------------------ what is coded


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition put forward: an attribution with chain, stance, firmness and voice. ``confidence`` is the attribution's; None for
    the outlet's own statements. ``firmness_words`` are the words in the text that set stance and firmness, in order."""

    id: str
    source: Span | None
    cue: Span | None
    content: Span
    source_name: str | None
    chain: tuple[str, ...]
    stance: Stance
    firmness: Firmness
    voice: Voice
    quote: Span
    rule: str = ""
    confidence: float | None = None
    firmness_words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in an event and as what ("actor", "target", "supplier", "recipient", "host", "visitor", "party")."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Ordinal:
    """ "fifth ICBM test of the year" -> nth 5, of "ICBM tests of the year (2023)"."""

    nth: int
    of: str
    span: Span


@dataclass(frozen=True, slots=True)
class Where:
    """Where an event was: the name as told, and coordinates in WGS84 degrees where known."""

    name: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of what, as told: ``low`` and ``high`` are equal for one number; one is None where only a floor ("more than
    1,000") or a ceiling ("up to 10,000") is told. ``unit`` is the counted noun in the plural and lower case ("containers",
    "tonnes") or a currency ("USD"); ``strict`` is true for "more than" and "fewer than", whose number itself is left out."""

    low: float | None
    high: float | None
    bound: Bound
    unit: str
    span: Span
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a route, from ``start`` to ``end``; None where the text does not say. ``span`` is the passage."""

    start: Where | None
    end: Where | None
    mode: Mode
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A flight figure of a missile test or launch, as announced. ``low`` and ``high`` are in ``unit`` (km, s, degrees, km/s, Mach), equal
    for one number and None on an open side, ``told_unit`` as the text has it. ``announcer`` is who gives the figure: the speaker of the
    ``claim`` it stands in, the outlet where it stands in none."""

    kind: FigureKind
    low: float | None
    high: float | None
    bound: Bound
    unit: str
    told_unit: str
    announcer: str | None
    claim: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as one document tells it. ``mentions`` are all passages of this document that speak of it, the
    trigger's own first; ``claim`` is the id of the claim it stands in, None in the outlet's own voice. ``when`` is the local date,
    ``moment`` the same in UTC, None where no date or no zone is known. ``figures`` are a flight's announced figures, all announcers'."""

    id: str
    type: EventType
    trigger: Span
    when: Interval | None
    when_text: Span | None
    where: Where | None
    participants: tuple[Participant, ...]
    outcome: Outcome
    status: Status
    modality: Modality
    ordinals: tuple[Ordinal, ...] = ()
    claim: str | None = None
    mentions: tuple[Span, ...] = ()
    denied_by: tuple[str, ...] = ()
    moment: Moment | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Transfer:
    """Who supplied whom with what, as one document tells it; ``event`` is the arms_transfer event's id where there is one.

    ``quantity`` and ``route`` are the words of the text; ``amounts`` and ``legs`` the same as typed values, in order. ``kind`` is what the
    item is, ``kinds`` all kinds of an item of several, ``kind_word`` the word that decided, "" where no word of the table is in it
    (the kind is then "other" for want of knowledge)."""

    id: str
    event: str | None
    supplier: str | None
    recipient: str | None
    item: str
    quantity: str | None
    when: Interval | None
    route: str | None
    status: Status
    modality: TransferModality
    alleged_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    evidence: Span
    kind: ItemKind = "other"
    kinds: tuple[ItemKind, ...] = ()
    kind_word: str = ""
    amounts: tuple[Quantity, ...] = ()
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the canonical text; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was got from one document: what `crossfix extract` prints and `crossfix add` keeps.

    ``extracted`` is false for a document that is kept but not read further (a language not handled); ``reason`` says why.
    ``fast`` is true where it was read by the rules alone, without the trained model.
    """

    document: Document
    written: Interval | None = None
    sentences: tuple[Sentence, ...] = ()
    names: tuple[Name, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    extracted: bool = True
    reason: str | None = None
    fast: bool = False
