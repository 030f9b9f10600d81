"""Where mentions that may be one event meet, so that a new one is held against few: a type, a month, and what two must share.

Mentions of a frequent kind need two things in common (parties, place, ordinal, occasion): they meet under every pair of such
tokens, not in one block for all meetings of a month. A transfer meets under each party. A test or launch meets under its month.
"""

from __future__ import annotations

import datetime as dt
import math
from itertools import combinations

from crossfix.coding.events_parties import country_of
from crossfix.linking.event_agree import SLIP_DAYS, occasions
from crossfix.linking.event_told import COARSE_DAYS, FREQUENT, RARE, Told, ends, span
from crossfix.linking.names import party_key
from crossfix.model import Event, Interval, Where

MOST_PARTIES = 5
"""Parties of one mention that it can be found by, in order of their keys; lists of twenty heads of state add nothing."""


def block_keys(told: Told) -> list[str]:
    """The blocks a mention stands in and is looked up by; none where it can only be the same in a reprint."""
    e = told.event
    when = told.about or told.recent
    if when is None or (span(when) > COARSE_DAYS and told.about is not None):
        return []
    months = _months(when)
    if e.type in RARE:
        return [f"{e.type} {m}" for m in months]
    groups = _tokens(e)
    if e.type not in FREQUENT:
        tokens = sorted({t for g in groups for t in g})
    else:
        tokens = sorted({" & ".join(sorted((a, b))) for g, h in combinations(groups, 2) for a in g for b in h})
    return [f"{e.type} {m} {t}" for m in months for t in tokens]


def _tokens(e: Event) -> list[list[str]]:
    """What a mention may share with others, one list for each thing: a party goes by its last name and by its state."""
    groups = []
    for p in sorted(e.participants, key=lambda p: party_key(p.name))[:MOST_PARTIES]:
        key, state = party_key(p.name), country_of(p.name)
        own = {key.split()[-1]} if key else set()
        groups.append(sorted(own | ({state.casefold()} if state else set())))
    if e.where is not None:
        name = party_key(e.where.name)
        groups.append(([f"@{name.split()[-1]}"] if name else []) + _cells(e.where))
    groups += [[f"no {o.nth}"] for o in e.ordinals]
    if occasions(e):
        groups.append([f"an {o}" for o in sorted(occasions(e))])
    return [g for g in groups if g]


def _cells(where: Where) -> list[str]:
    """The squares of two degrees that a place lies in, in four grids a degree apart: what is nearer than a degree shares one."""
    if where.lat is None or where.lon is None:
        return []
    # the whole degree south-west of the place: the corners of the four squares are it and its neighbours
    south, west = math.floor(where.lat), math.floor(where.lon)
    return sorted(f"@{south - a},{west - b}" for a in (0, 1) for b in (0, 1))


def _months(when: Interval) -> list[str]:
    first, last = (d + s for d, s in zip(ends(when), (-SLIP_DAYS, SLIP_DAYS), strict=True))
    return sorted({_month(d) for d in (*range(first, last, 20), last)})


def _month(ordinal: int) -> str:
    return dt.date.fromordinal(max(1, min(ordinal, dt.date.max.toordinal()))).isoformat()[:7]
