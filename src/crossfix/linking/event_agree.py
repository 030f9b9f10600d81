"""Whether two mentions may be one event: what speaks for it, what against it, in words.

A pair is judged *for* (a reason), *against*, or *open*: nothing speaks against it, but not enough for it. The judgement is the
same whichever of the two comes first.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from functools import lru_cache

from crossfix.coding.events_parties import country_of, is_state
from crossfix.linking.event_told import COARSE_DAYS, FREQUENT, RARE, RECENT_DAYS, Told, ends, gap, span, trigger_words
from crossfix.linking.names import content_words, party_key, same_party
from crossfix.model import Event, EventType, Interval, Ordinal, Where
from crossfix.reference.zones import label

FAR_KM = 300.0
"""Places further apart than this are two places, for what happens at one."""
NEAR_KM = 50.0
"""Places nearer than this are one place, whatever they are called."""
SLIP_DAYS = 2
"""Dates so far apart can still be two accounts of one event, where all else agrees and nothing else of the kind is near."""

_AT_ONE_PLACE: frozenset[EventType] = frozenset(("visit", "meeting", "nuclear_test", "exercise"))
_SLIPPING: frozenset[EventType] = frozenset(("visit", "meeting", "arms_transfer", "exercise"))
_ANNOUNCED: frozenset[EventType] = frozenset(("visit", "meeting", "exercise"))
# nouns that name a kind of meeting, so that two mentions with it more likely mean one
_OCCASION = frozenset(("summit", "conference", "congress", "parade", "forum", "ceremony", "plenary"))
_CARRIERS = frozenset(
    "railcar train wagon ship vessel freighter tanker convoy truck aircraft plane container barge".split()
)
# those that fight under a state's flag without being its army: a report may name either as the one supplied
_FIGHTS_FOR = {"Wagner": "Russia"}
_STEP = 500
"""Characters between two tellings of one document that can be steps of one account."""


def against(a: Told, b: Told) -> str | None:
    """Why two mentions cannot be one event, None where nothing forbids it."""
    x, y = a.event, b.event
    if a.document == b.document:
        return None if within(a, b) else "one document keeps them apart"
    if x.type != y.type:
        return None if _leg(x, y) and _dates_agree(a, b) else "two types"
    if _ordinals_clash(x, y):
        return "two ordinals of one series"
    if not _modalities(x, y):
        return "planned or denied in one"
    if _echo(a, b):
        return None
    if _dates_agree(a, b) is False:
        return "two dates"
    if _places_clash(x, y):
        return "two places"
    return "other parties" if _parties_clash(x, y) else None


def agree(a: Told, b: Told) -> str | None:
    """Why two mentions are likely one event: which fields agree and which differ. None where too little says so."""
    if against(a, b) is not None:
        return None
    if a.document == b.document:
        return within(a, b)
    x, y = a.event, b.event
    if x.type != y.type:
        return None
    echo = _echo(a, b)
    if echo:
        return echo
    if not _dates_agree(a, b):
        return None
    # a plan and what came of it: of the same day, or at the same place
    if x.modality != y.modality and not (shared_place(x, y) or _exact(x, y)):
        return None
    return _enough(a, b, _zones_apart(a, b) or _common(x, y))


def agree_recent(undated: Told, other: Told) -> str | None:
    """As ``agree``, for an undated "the launch" or "the recent summit" against what happened in the months before: much must
    be shared. Whether it is the only one of its kind is for the group to say."""
    x, y = undated.event, other.event
    wide, days = undated.recent, other.about
    if x.type != y.type or wide is None or days is None or span(days) > COARSE_DAYS or gap(wide, days) > 0:
        return None
    if {x.outcome, y.outcome} == {"success", "failure"} or y.modality != "actual" or _ordinals_clash(x, y):
        return None
    parties = shared_parties(x, y)
    if x.type == "meeting" and not (shared_place(x, y) and (parties or _same_occasion(x, y))):
        return None
    if x.type == "arms_transfer" and not (shared_place(x, y) and _same_supplier(x, y) and len(parties) > 1):
        return None
    if not parties and x.type != "meeting":
        return None
    return (
        f"same type, the only one known of its kind in the {RECENT_DAYS} days before; shared: {_listed(x, y, parties)}"
    )


def agree_slipped(a: Told, b: Told) -> str | None:
    """As ``agree``, for dates up to two days apart: type, place and all parties of one among those of the other must agree. That
    nothing else of the kind is near is for the groups to say."""
    x, y = a.event, b.event
    if a.document == b.document or x.type != y.type or x.type not in _SLIPPING or x.modality != y.modality:
        return None
    if x.when is None or y.when is None or max(span(x.when), span(y.when)) > SLIP_DAYS + 1:
        return None
    days = gap(x.when, y.when)
    if not 0 < days <= SLIP_DAYS or _ordinals_clash(x, y) or not shared_place(x, y) or not roles_agree(x, y):
        return None
    parties = shared_parties(x, y)
    fewer = min(len(x.participants), len(y.participants))
    if not parties or len(parties) < fewer:
        return None
    return f"same type; shared: {_listed(x, y, parties)}; differ on the date: {' and '.join(sorted((str(x.when), str(y.when))))}"


def within(a: Told, b: Told) -> str | None:
    """Why two mentions that one document tells apart are still one event: two steps of one shipment, an account told first
    broadly and then in detail, "the summit" of a text that is about one. None where they stay apart."""
    x, y = sorted((a.event, b.event), key=lambda e: (e.trigger.start, e.id))
    if a.document != b.document or x.id == y.id or x.modality != y.modality or x.modality != "actual":
        return None
    near = y.trigger.start - x.trigger.end <= _STEP
    if {x.type, y.type} <= {"arms_transfer", "other"} and x.when and y.when and near:
        if _carried(x, y) and gap(x.when, y.when) <= SLIP_DAYS and max(span(x.when), span(y.when)) <= SLIP_DAYS + 1:
            return "two steps of one shipment"
        wide, fine = sorted((x.when, y.when), key=span, reverse=True)
        broad = COARSE_DAYS >= span(wide) > span(fine) and gap(wide, fine) <= 0 and span(fine) <= SLIP_DAYS + 1
        if x.type == y.type == "arms_transfer" and broad and _same_supplier(x, y):
            return "told broadly, then in detail"
    if x.type == y.type == "meeting" and _same_occasion(x, y) and (x.when is None or y.when is None):
        if _places_clash(x, y) or _ordinals_clash(x, y) or (x.where and y.where and not shared_place(x, y)):
            return None
        bare = any(len(content_words(e.trigger.text)) == 1 and not e.participants for e in (x, y))
        if bare or shared_parties(x, y):
            return "the same occasion in one document"
    return None


def steps_clash(x: Event, y: Event) -> bool:
    """True where two mentions of one document cannot even be steps of one account that a third holds together."""
    if x.when is not None and y.when is not None and gap(x.when, y.when) > SLIP_DAYS:
        return True
    return x.modality != y.modality or _ordinals_clash(x, y) or _places_clash(x, y)


# ------------------------------------------------------------------ what is compared


def _modalities(x: Event, y: Event) -> bool:
    """True where they are equal, or one announces what the other tells as done: a plan for a day, and that day's happening."""
    if x.modality == y.modality:
        return True
    return x.type in _ANNOUNCED and {x.modality, y.modality} == {"actual", "future"}


def _echo(a: Told, b: Told) -> str | None:
    x, y = a.event, b.event
    if not a.origin or a.origin != b.origin or x.modality != y.modality or x.type != y.type:
        return None
    if a.sentence and a.sentence == b.sentence and _dates_agree(a, b) is not False:
        return "the same sentence in a reprint"
    if x.when == y.when and trigger_words(x) == trigger_words(y):
        if not (x.participants or y.participants) or shared_parties(x, y):
            return "the same words in a reprint"
    return None


def _enough(a: Told, b: Told, dated: str) -> str | None:
    x, y = a.event, b.event
    parties = shared_parties(x, y)
    place, ordinal = shared_place(x, y), bool(shared_ordinals(x, y))
    if x.type in FREQUENT:
        occasion = _same_occasion(x, y) and (place or _exact(x, y))
        spot = place and x.type == "meeting" and not _other_spot(x, y)
        enough = len(parties) + place + ordinal + occasion >= 2 and bool(parties or ordinal or (occasion and spot))
    elif x.type in RARE and not (x.participants and y.participants):
        enough = True
    else:
        enough = bool(parties) or ordinal
    if not enough:
        return None
    undated = ", told undated in a report of those days" if x.when is None or y.when is None else ""
    shared = _listed(x, y, parties)
    differ = _differing(x, y)
    return (
        f"same type, {dated}{undated}"
        + (f"; shared: {shared}" if shared else "")
        + (f"; differ on {', '.join(differ)}" if differ else "")
    )


def _listed(x: Event, y: Event, parties: Iterable[str]) -> str:
    shared = sorted(parties) + (["the place"] if shared_place(x, y) else [])
    return ", ".join(shared + (["the ordinal"] if shared_ordinals(x, y) else []))


def _differing(x: Event, y: Event) -> list[str]:
    out = []
    if x.when and y.when and gap(x.when, y.when) > 0:
        out.append("the date")
    if x.where and y.where and not shared_place(x, y):
        out.append("the place")
    if {x.outcome, y.outcome} == {"success", "failure"}:
        out.append("the outcome")
    return out


def _dates_agree(x: Told, y: Told) -> bool | None:
    """True where the dates share a day (or lie a day apart, with a shared ordinal or as one moment told in two zones), None
    where one has none. Two events without a date of their own do not agree by their reports' dates alone."""
    one, other = x.about, y.about
    if one is None or other is None or (x.event.when is None and y.event.when is None):
        return None
    if max(span(one), span(other)) > COARSE_DAYS:
        return None if one == other else False
    days = gap(one, other)
    if days <= 0 or (days == 1 and (bool(shared_ordinals(x.event, y.event)) or _one_moment(x.event, y.event))):
        return True
    return days == 1 and (_still_that_day(x, y) or _still_that_day(y, x))


def _still_that_day(undated: Told, dated: Told) -> bool:
    """True where a report told news without a date on a day that had not ended everywhere when the event began: Sunday evening in
    Washington is Monday in Korea."""
    day, moment = undated.day, dated.event.moment
    when = dated.event.when
    if undated.event.when is not None or day is None or moment is None or when is None or when.first <= day:
        return False
    # twelve hours behind UTC is the last place where a day ends
    return moment.first < f"{day + dt.timedelta(days=1)}T12:00Z"


def _one_moment(x: Event, y: Event) -> bool:
    """True where two happenings lie within an hour or day that both share, told in different zones: "early Monday Korea time"
    and "Sunday in Washington". Dates to the day only: two months share an hour by their zones and mean nothing by it."""
    if x.moment is None or y.moment is None or x.moment.zone == y.moment.zone:
        return False
    return _fine(x) and _fine(y) and x.moment.overlaps(y.moment)


def _fine(e: Event) -> bool:
    return e.when is not None and span(e.when) == 1


def _exact(x: Event, y: Event) -> bool:
    return _fine(x) and x.when == y.when


def _zones_apart(a: Told, b: Told) -> str | None:
    """ "Monday 18 December in Korea is Sunday 17 December in Washington", for two dates that are one moment."""
    x, y = sorted((a.event, b.event), key=lambda e: str(e.when), reverse=True)
    if x.when is None or y.when is None or x.moment is None or y.moment is None:
        return None
    if ends(x.when)[0] <= ends(y.when)[1] or not _one_moment(x, y):
        return None
    one, other = (f"{e.when.first:%A} {e.when} in {label(e.moment.zone)}" for e in (x, y) if e.when and e.moment)
    return f"{one} is {other}"


def _common(x: Event, y: Event) -> str:
    both: list[Interval] = sorted((w for w in (x.when, y.when) if w is not None), key=lambda w: (span(w), str(w)))
    return str(both[0]) if both else "no date"


# ------------------------------------------------------------------ parties


@lru_cache(maxsize=8192)
def same_actor(a: str, b: str) -> bool:
    """True where two names mean one party, or one names the state that the other acts for ("Kim Jong Un" and "North Korea")."""
    if same_party(a, b):
        return True
    x, y = country_of(a), country_of(b)
    return (
        x is not None
        and x == y
        and (is_state(a) or is_state(b) or party_key(a) == x.casefold() or party_key(b) == x.casefold())
    )


def shared_parties(x: Event, y: Event) -> set[str]:
    """The participants that both have, by one name each: the same whichever event comes first."""
    out = set()
    for p in x.participants:
        for q in y.participants:
            if same_actor(p.name, q.name):
                out.add(min(p.name, q.name, key=lambda n: (-len(n), n)))
    # one state for two people of the other counts once for each side at most
    return set(sorted(out)[: min(len(x.participants), len(y.participants))])


def _names(e: Event, role: str) -> list[str]:
    return [p.name for p in e.participants if p.role == role]


def _one_side(p: str, q: str) -> bool:
    return same_actor(p, q) or same_actor(_FIGHTS_FOR.get(p, p), _FIGHTS_FOR.get(q, q))


def roles_agree(x: Event, y: Event) -> bool:
    """True where no supplier or recipient of one is another than the other's."""
    for role in ("supplier", "recipient"):
        left, right = _names(x, role), _names(y, role)
        if left and right and not any(_one_side(p, q) for p in left for q in right):
            return False
    return True


def _same_supplier(x: Event, y: Event) -> bool:
    return bool(_names(x, "supplier") and _names(y, "supplier")) and roles_agree(x, y)


def _parties_clash(x: Event, y: Event) -> bool:
    """True where both name parties that cannot be of one event."""
    if x.type == "arms_transfer":
        return not roles_agree(x, y)
    if not x.participants or not y.participants:
        return False
    shared = len(shared_parties(x, y))
    if x.type == "meeting":
        fewer = min(len(x.participants), len(y.participants))
        if shared == 0:
            return fewer >= 2 and not shared_place(x, y)
        # "A met B" and "A met C"; at a summit there may be more of them
        return fewer >= 2 and shared < 2 and not _same_occasion(x, y)
    return shared == 0


# ------------------------------------------------------------------ ordinals, places, words


def _same_series(o: Ordinal, p: Ordinal) -> bool:
    a, b = content_words(o.of), content_words(p.of)
    return bool(a and b) and len(a & b) >= 0.6 * len(a | b)


def _ordinals_clash(x: Event, y: Event) -> bool:
    return any(_same_series(o, p) and o.nth != p.nth for o in x.ordinals for p in y.ordinals)


def shared_ordinals(x: Event, y: Event) -> list[Ordinal]:
    """The ordinals of ``x`` that ``y`` has too."""
    return [o for o in x.ordinals if any(_same_series(o, p) and o.nth == p.nth for p in y.ordinals)]


def shared_place(x: Event, y: Event) -> bool:
    """True where both are told to have been at one place, by name or by distance."""
    if x.where is None or y.where is None:
        return False
    return same_party(x.where.name, y.where.name) or near(x.where, y.where, NEAR_KM)


def _other_spot(x: Event, y: Event) -> bool:
    return x.where is None or y.where is None or country_of(x.where.name) == x.where.name


def _places_clash(x: Event, y: Event) -> bool:
    if x.type not in _AT_ONE_PLACE or x.where is None or y.where is None:
        return False
    located = None not in (x.where.lat, x.where.lon, y.where.lat, y.where.lon)
    return located and not near(x.where, y.where, FAR_KM) and not same_party(x.where.name, y.where.name)


def near(a: Where, b: Where, km: float) -> bool:
    """True where two places lie within so many kilometres (great circle, sphere of 6,371 km)."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h))) <= km


def _same_occasion(x: Event, y: Event) -> bool:
    return bool(occasions(x) & occasions(y))


def occasions(e: Event) -> frozenset[str]:
    """The kinds of occasion that a mention's words name ("summit")."""
    return content_words(e.trigger.text) & _OCCASION


def _carried(x: Event, y: Event) -> bool:
    """True where both tell the way of one carrier: a train that goes and is loaded."""
    return {x.type, y.type} == {"arms_transfer", "other"} and bool(_carriers(x) & _carriers(y))


def _leg(x: Event, y: Event) -> bool:
    """True for a transfer and the way of a carrier between its parties."""
    way, transfer = (x, y) if x.type == "other" else (y, x)
    if (way.type, transfer.type) != ("other", "arms_transfer") or not _carriers(way):
        return False
    return any(_one_side(p.name, q.name) for p in x.participants for q in y.participants)


def _carriers(e: Event) -> frozenset[str]:
    return content_words(e.trigger.text) & _CARRIERS
