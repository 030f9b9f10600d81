"""Which mentions, in different documents, are of one event; and what the documents together say of it.

Mentions are judged in pairs and joined only where every pair of a group agrees, in order of date, so that neither the
order of adding nor one loose match decides. A date to the day joins; a date to the month joins only where nothing
rivals it. Two mentions that one document keeps apart stay apart.
"""

from __future__ import annotations

import datetime as dt
import math
import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from crossfix.coding.moments import ELSEWHERE
from crossfix.linking.credits import outlet_key
from crossfix.linking.names import content_words, is_anonymous, party_key, same_party, short_id
from crossfix.linking.origins import components
from crossfix.model import Event, Interval, Moment, Ordinal, Outcome, Participant, Status, Where
from crossfix.record.rows import Account, EventRow, Evidence
from crossfix.record.values import mentions_of
from crossfix.reference.zones import duration, label

FINE_DAYS = 4
"""A date that spans no more days than this is taken as one happening's own."""
COARSE_DAYS = 62
"""A date that spans more than this joins nothing."""
NEWS_DAYS = 4
"""An event told without a date is news of the days before the report; of these many, no more is assumed."""
FAR_KM = 300.0
"""Places further apart than this are two places, for what happens at one."""

# so rare that on one day one party does it once
_RARE = frozenset(("missile_test", "satellite_launch", "nuclear_test"))
# of which one party may have several on a day: more must agree
_FREQUENT = frozenset(("statement", "publication", "other", "meeting", "visit", "sanctions_act", "exercise"))
_AT_ONE_PLACE = frozenset(("visit", "meeting", "nuclear_test", "exercise"))


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with what linking needs around it: the document's publication date, origin, outlet and agency, the
    fingerprint of the sentence it stands in, and the original speaker of the claim it stands in."""

    document: str
    event: Event
    published: str | None = None
    origin: str = ""
    outlet: str | None = None
    agency: str | None = None
    sentence: int = 0
    speaker: str | None = None

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
        if e.when is not None or e.type not in _RARE or e.modality != "actual" or self.published is None:
            return e.when
        try:
            last = Interval.parse(self.published).last
        except ValueError:
            return None
        return Interval.days(last - dt.timedelta(days=NEWS_DAYS), last)


def sentence_print(text: str) -> int:
    """A fingerprint of a sentence's words, for finding the same sentence in a reprint."""
    return zlib.crc32(" ".join(sorted(content_words(text))).encode("utf-8", "replace"))


def block_keys(told: Told) -> list[str]:
    """Where a mention meets those that may be the same: its type and month (and a day's neighbours), its sentence."""
    keys = [f"{told.event.type} sentence {told.sentence}"] if told.sentence else []
    when = told.about
    if when is not None and _span(when) <= COARSE_DAYS:
        first, last = when.first.toordinal() - 1, when.last.toordinal() + 1
        months = {_month(d) for d in (*range(first, last, 20), last)}
        keys += [f"{told.event.type} {m}" for m in sorted(months)]
    else:
        # these join nothing but the same event in a reprint
        keys.append(f"{told.event.type} {told.event.when or ''} {_trigger_words(told.event)}")
    return keys


def _trigger_words(event: Event) -> str:
    return " ".join(sorted(content_words(event.trigger.text)))


def _month(ordinal: int) -> str:
    return dt.date.fromordinal(max(1, min(ordinal, dt.date.max.toordinal()))).isoformat()[:7]


@lru_cache(maxsize=4096)
def _ends(when: Interval) -> tuple[int, int]:
    """First and last day as ordinals. Pairs are many and dates few, so they are worked out once."""
    return when.first.toordinal(), when.last.toordinal()


def _span(when: Interval) -> int:
    first, last = _ends(when)
    return last - first + 1


# ------------------------------------------------------------------ pairs


def agree(a: Told, b: Told) -> str | None:
    """Why two mentions may be one event, None where they may not; the same whichever comes first."""
    x, y = a.event, b.event
    if a.document == b.document or x.type != y.type or x.modality != y.modality or _ordinals_clash(x, y):
        return None
    dates = _dates_agree(a, b)
    if a.origin and a.origin == b.origin and a.sentence and a.sentence == b.sentence and dates is not False:
        return "the same sentence in a reprint"
    if a.origin and a.origin == b.origin and x.when == y.when and _trigger_words(x) == _trigger_words(y):
        if not (x.participants or y.participants) or _shared_parties(x, y):
            return "the same words in a reprint"
    if not dates or _places_clash(x, y):
        return None
    parties = _shared_parties(x, y)
    if x.type == "arms_transfer" and not _roles_agree(x, y):
        return None
    place = bool(x.where and y.where and (same_party(x.where.name, y.where.name) or _near(x.where, y.where, 50.0)))
    ordinal = bool(_shared_ordinals(x, y))
    if x.type in _FREQUENT:
        enough = len(parties) + place + ordinal >= 2
    elif x.type in _RARE and not (x.participants and y.participants):
        enough = True
    else:
        enough = bool(parties) or ordinal
    if not enough:
        return None
    shared = sorted(parties) + (["the place"] if place else []) + (["the ordinal"] if ordinal else [])
    dated = (_zones_apart(a, b) or _common(x, y)) + (
        ", told undated in a report of those days" if x.when is None or y.when is None else ""
    )
    return f"same type, {dated}" + (f"; shared: {', '.join(shared)}" if shared else "")


def _dates_agree(x: Told, y: Told) -> bool | None:
    """True where the dates share a day (or lie a day apart, with a shared ordinal or as one moment told in two zones), None
    where one has none. Two events without a date of their own do not agree by their reports' dates alone."""
    one, other = x.about, y.about
    if one is None or other is None or (x.event.when is None and y.event.when is None):
        return None
    if max(_span(one), _span(other)) > COARSE_DAYS:
        return None if one == other else False
    (a, b), (c, d) = _ends(one), _ends(other)
    gap = max(c - b, a - d)
    return gap <= 0 or (gap == 1 and (bool(_shared_ordinals(x.event, y.event)) or _one_moment(x.event, y.event)))


def _one_moment(x: Event, y: Event) -> bool:
    """True where two happenings lie within an hour or day that both share, told in different zones: "early Monday Korea time"
    and "Sunday in Washington". Dates to the day only: two months share an hour by their zones and mean nothing by it."""
    if x.moment is None or y.moment is None or x.moment.zone == y.moment.zone:
        return False
    fine = all(e.when is not None and _span(e.when) == 1 for e in (x, y))
    return fine and x.moment.overlaps(y.moment)


def _zones_apart(a: Told, b: Told) -> str | None:
    """ "Monday 18 December in Korea is Sunday 17 December in Washington", for two dates that are one moment."""
    x, y = sorted((a.event, b.event), key=lambda e: str(e.when), reverse=True)
    if x.when is None or y.when is None or x.moment is None or y.moment is None:
        return None
    if _ends(x.when)[0] <= _ends(y.when)[1] or not _one_moment(x, y):
        return None
    one, other = (f"{e.when.first:%A} {e.when} in {label(e.moment.zone)}" for e in (x, y) if e.when and e.moment)
    return f"{one} is {other}"


def _common(x: Event, y: Event) -> str:
    both = sorted((w for w in (x.when, y.when) if w is not None), key=lambda w: (_span(w), str(w)))
    return str(both[0]) if both else "no date"


def _shared_parties(x: Event, y: Event) -> set[str]:
    return {p.name for p in x.participants if any(same_party(p.name, q.name) for q in y.participants)}


def _roles_agree(x: Event, y: Event) -> bool:
    """True where no supplier or recipient of one is another than the other's."""
    for role in ("supplier", "recipient"):
        left = [p.name for p in x.participants if p.role == role]
        right = [p.name for p in y.participants if p.role == role]
        if left and right and not any(same_party(p, q) for p in left for q in right):
            return False
    return True


def _same_series(o: Ordinal, p: Ordinal) -> bool:
    a, b = content_words(o.of), content_words(p.of)
    return bool(a and b) and len(a & b) >= 0.6 * len(a | b)


def _ordinals_clash(x: Event, y: Event) -> bool:
    return any(_same_series(o, p) and o.nth != p.nth for o in x.ordinals for p in y.ordinals)


def _shared_ordinals(x: Event, y: Event) -> list[Ordinal]:
    return [o for o in x.ordinals if any(_same_series(o, p) and o.nth == p.nth for p in y.ordinals)]


def _places_clash(x: Event, y: Event) -> bool:
    if x.type not in _AT_ONE_PLACE or x.where is None or y.where is None:
        return False
    located = None not in (x.where.lat, x.where.lon, y.where.lat, y.where.lon)
    return located and not _near(x.where, y.where, FAR_KM) and not same_party(x.where.name, y.where.name)


def _near(a: Where, b: Where, km: float) -> bool:
    """True where two places lie within so many kilometres (great circle, sphere of 6,371 km)."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h))) <= km


# ------------------------------------------------------------------ groups


def is_fine(told: Told) -> bool:
    """True where the mention's date is to the day, or nearly."""
    return told.event.when is not None and _span(told.event.when) <= FINE_DAYS


def group(mentions: Iterable[Told]) -> list[list[Told]]:
    """The mentions joined into events, each in order of the mentions.

    Those dated to the day first: each goes to the group that it agrees with throughout and shares most with. Then the
    rest: each goes to the one group that it agrees with, and stays alone where two rival for it.
    """
    line = sorted(mentions, key=lambda t: t.order)
    groups: list[list[Told]] = []
    met: dict[str, set[int]] = {}  # the groups with a member in each block: no others can agree

    def open_to(told: Told) -> list[int]:
        near: set[int] = set().union(*(met.get(k, ()) for k in block_keys(told)))
        return [n for n in sorted(near) if all(agree(told, m) for m in groups[n])]

    def put(told: Told, home: int | None) -> None:
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(told)
        for k in block_keys(told):
            met.setdefault(k, set()).add(home)

    for told in (t for t in line if is_fine(t)):
        homes = open_to(told)
        # of those that share as much, the earliest
        put(told, max(homes, key=lambda n: _closeness(told, groups[n])) if homes else None)
    for told in (t for t in line if not is_fine(t)):
        homes = open_to(told)
        echoes = [n for n in homes if any(m.sentence and m.sentence == told.sentence for m in groups[n])]
        put(told, echoes[0] if len(echoes) == 1 else homes[0] if len(homes) == 1 else None)
    return groups


def _closeness(told: Told, group_: Sequence[Told]) -> tuple[int, int]:
    same = sum(m.sentence == told.sentence and bool(told.sentence) for m in group_)
    shared = sum(len(_shared_parties(told.event, m.event)) + len(_shared_ordinals(told.event, m.event)) for m in group_)
    return same, shared


# ------------------------------------------------------------------ one event


def joined(told: Sequence[Told]) -> EventRow:
    """What the documents together say of one event. Where they differ, each account is kept with its passages."""
    line = sorted(told, key=lambda t: (t.published or "9999", t.document, t.event.trigger.start, t.event.id))
    events = [t.event for t in line]
    first = min(told, key=lambda t: t.order)
    reports = tuple(dict.fromkeys(t.document for t in line))
    when = _when(events)
    return EventRow(
        id=short_id("E", first.event.id),
        type=events[0].type,
        when=when,
        where=_where(events),
        participants=_participants(events),
        outcome=_outcome(events),
        status=_status(events),
        modality=events[0].modality,
        ordinals=_ordinals(events),
        mentions=tuple(dict.fromkeys(e for t in line for e in mentions_of(t.document, t.event))),
        triggers=tuple(dict.fromkeys(e.trigger.text for e in events)),
        reports=reports,
        independent_origins=independent_origins(line),
        accounts=accounts(line),
        claims=tuple(dict.fromkeys(e.claim for e in events if e.claim)),
        denied_by=tuple(dict.fromkeys(n for e in events for n in e.denied_by)),
        why=_why(line),
        moment=_moment(events, when),
    )


def _why(line: Sequence[Told]) -> str:
    if len(line) == 1:
        return "told in one document"
    reasons = {agree(a, b) for a in line for b in line if a.document < b.document} - {None}
    best = min((r for r in reasons if r), key=lambda r: (r.startswith("the same"), -len(r), r), default="")
    return f"{len(line)} documents: {best}"


_T = TypeVar("_T", bound=Hashable)


def _most(values: Iterable[_T], key: Callable[[_T], object]) -> _T | None:
    """The value told most often; the least by ``key`` where several are."""
    counts = Counter(values)
    if not counts:
        return None
    top = max(counts.values())
    return min((v for v, n in counts.items() if n == top), key=key)  # type: ignore[arg-type]


def _when(events: Sequence[Event]) -> str | None:
    """The finest date, of those the one told most often; the day of another place only where no local day is told as finely."""
    dated = [(e.when, e.moment is not None and e.moment.basis == ELSEWHERE) for e in events if e.when is not None]
    if not dated:
        return None
    finest = min(_span(w) for w, _ in dated)
    fine = [(w, elsewhere) for w, elsewhere in dated if _span(w) == finest]
    here = [w for w, elsewhere in fine if not elsewhere]
    return str(_most(here or [w for w, _ in fine], str))


def _moment(events: Sequence[Event], when: str | None) -> Moment | None:
    """The shortest moment told for the date chosen; of several as short, the one told most often."""
    told = [e.moment for e in events if e.moment is not None and e.when is not None and str(e.when) == when]
    if not told:
        return None
    shortest = min(duration(m) for m in told)
    return _most([m for m in told if duration(m) == shortest], lambda m: (m.first, m.zone, m.basis))


def _where(events: Sequence[Event]) -> Where | None:
    places = [e.where for e in events if e.where is not None]
    located = [w for w in places if w.lat is not None]
    return _most(located or places, lambda w: (-len(w.name), w.name, w.lat or 0.0, w.lon or 0.0))


def _participants(events: Sequence[Event]) -> tuple[Participant, ...]:
    """Everyone who takes part, once, under the fullest name and the role told most often; most often named first."""
    told: dict[str, list[Participant]] = {}
    for p in (p for e in events for p in e.participants):
        told.setdefault(party_key(p.name) or p.name, []).append(p)
    out = []
    for key, ps in told.items():
        name = _most([p.name for p in ps], lambda n: (-len(n), n)) or ps[0].name
        role = _most([p.role for p in ps], str) or ps[0].role
        out.append((-len(ps), key, Participant(name, role)))
    return tuple(p for *_, p in sorted(out, key=lambda x: x[:2]))


def _outcome(events: Sequence[Event]) -> Outcome:
    """The outcome told most often; "unknown" where success and failure are told as often."""
    known: list[Outcome] = [e.outcome for e in events if e.outcome != "unknown"]
    wins, losses = known.count("success"), known.count("failure")
    return "unknown" if wins == losses else ("success" if wins > losses else "failure")


def _status(events: Sequence[Event]) -> Status:
    """A party's own confirmation stands. Else what is told most often, the more careful where it is even."""
    told: list[Status] = [e.status for e in events]
    if "confirmed_by_actor" in told:
        return "confirmed_by_actor"
    careful: tuple[Status, ...] = ("alleged", "reported", "denied")
    return max(careful, key=lambda s: (told.count(s), -careful.index(s)))


def _ordinals(events: Sequence[Event]) -> tuple[Ordinal, ...]:
    out: dict[tuple[int, frozenset[str]], Ordinal] = {}
    for o in (o for e in events for o in e.ordinals):
        out.setdefault((o.nth, content_words(o.of)), o)
    return tuple(sorted(out.values(), key=lambda o: (o.of, o.nth)))


def accounts(line: Sequence[Told]) -> tuple[Account, ...]:
    """The fields in which documents differ, each value with the passages that give it. What a document leaves out is no
    difference."""
    readers: Mapping[str, Callable[[Event], str | None]] = {
        "date": lambda e: str(e.when) if e.when else None,
        "place": lambda e: e.where.name if e.where else None,
        "outcome": lambda e: None if e.outcome == "unknown" else e.outcome,
        "status": lambda e: e.status,
        "participants": lambda e: "; ".join(sorted({p.name for p in e.participants})) or None,
    }
    out: list[Account] = []
    for name, read in readers.items():
        told: dict[str, list[Evidence]] = {}
        for t in line:
            value = read(t.event)
            if value is not None:
                trigger = t.event.trigger
                told.setdefault(value, []).append(Evidence(t.document, trigger.start, trigger.end))
        if name == "date" and _within_each_other(told):
            continue
        kinds = {_folded(name, v) for v in told}
        if len(kinds) > 1 and not (name == "participants" and _nested(kinds)):
            out += [Account(name, v, tuple(sorted(e))) for v, e in sorted(told.items())]
    return tuple(out)


def _within_each_other(dates: Iterable[str]) -> bool:
    """True where every date lies in the next wider one: "in July" does not differ from "on 12 July"."""
    ends = sorted((_ends(Interval.parse(d)) for d in dates), key=lambda e: (e[1] - e[0], e))
    return all(c <= a and b <= d for (a, b), (c, d) in pairwise(ends))


def _folded(name: str, value: str) -> frozenset[str]:
    parts = value.split("; ") if name == "participants" else [value]
    return frozenset(party_key(p) or p for p in parts) if name in ("place", "participants") else frozenset(parts)


def _nested(kinds: Iterable[frozenset[str]]) -> bool:
    """True where each set of participants holds the next smaller one: some documents only name fewer."""
    line = sorted(kinds, key=len)
    return all(a <= b for a, b in pairwise(line))


def independent_origins(line: Sequence[Told]) -> int:
    """How many independent roots stand behind the reports.

    Documents of one origin count once, as do those that credit one agency (or are its own), and those that have it from one
    and the same named speaker alone: there is one voice behind them, whoever printed it.
    """
    reports = {t.document: t for t in line}
    roots: dict[str, list[str]] = {}
    for t in reports.values():
        if t.origin:
            roots.setdefault("origin " + t.origin, []).append(t.document)
        for agency in {outlet_key(t.agency), outlet_key(t.outlet)} - {""}:
            roots.setdefault("agency " + agency, []).append(t.document)
    speakers: dict[str, set[str]] = {}
    for t in line:
        named = t.speaker if t.speaker and not is_anonymous(t.speaker) else ""
        speakers.setdefault(t.document, set()).add(party_key(named))
    for document, keys in speakers.items():
        if len(keys) == 1 and "" not in keys:
            roots.setdefault("speaker " + next(iter(keys)), []).append(document)
    credited = {"agency " + outlet_key(t.agency) for t in reports.values() if t.agency}
    ties = [
        (ds[0], d)
        for key, ds in sorted(roots.items())
        if not key.startswith("agency ") or key in credited
        for d in ds[1:]
    ]
    return len(components(reports, ties))
