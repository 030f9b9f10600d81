"""A document as origins see it: its runs of words, whom it credits, what it names, and when it came out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crossfix.language.parse import paragraphs_of
from crossfix.linking.credits import credited_in, credits_of, named, outlet_key, press_of, telling_names
from crossfix.linking.sharing import Profile, profile
from crossfix.linking.slips import slips

_URL_DAY = re.compile(r"(?<!\d)(20\d\d)[/_-]?(0[1-9]|1[0-2]|[a-z]{3})[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEAD = 6
"""Paragraphs among which a dateline is looked for: a headline and a line of the outlet's own may stand before it."""


@dataclass(frozen=True)
class Report:
    """What linking needs to know of a document; ``named``, ``credits``, ``press`` and ``names`` are what
    ``crossfix.linking.credits`` finds in its ``text`` (``press_told`` with those that somebody
    told something); the first and the last are looked for when a pair is compared, which many documents never are.
    ``wires`` are the keys of the agencies in its byline or sign-off, ``dateline`` is the place it was written from, as it stands
    there."""

    id: str
    outlet: str | None
    agency: str | None
    published: str | None
    text: str = field(repr=False)
    credits: frozenset[str]
    profile: Profile
    press: frozenset[str] = frozenset()
    press_told: frozenset[str] = frozenset()
    wires: frozenset[str] = frozenset()
    dateline: str | None = None

    @cached_property
    def named(self) -> frozenset[str]:
        """What the text names, as an outlet's key would be."""
        return named(self.text)

    @cached_property
    def slips(self) -> frozenset[str]:
        """The slips of the pen in the reporter's own words."""
        return slips(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names and figures by which two tellings of one story can be known."""
        return telling_names(self.text)


def report_of(
    document: str,
    text: str,
    outlet: str | None = None,
    published: str | None = None,
    agency: str | None = None,
    *,
    author: str | None = None,
    url: str | None = None,
    furniture: Iterable[tuple[int, int]] = (),
) -> Report:
    """A document's report. ``furniture`` are stretches of the text to leave out, as [start, end)."""
    credited = credited_in(text)
    press, told = press_of(text, credited)
    paragraphs = paragraphs_of(text)
    return Report(
        document, outlet, agency, came_out(published, url), text, credits_of(text, credited),
        profile(text, furniture, paragraphs), press, told, _wires(agency, author), _dateline(text, paragraphs),
    )  # fmt: skip


def came_out(published: str | None, url: str | None) -> str | None:
    """The day a page came out: the earlier of the date it gives and the day in its address. Pages that are saved again later are
    often dated anew; their address is not."""
    m = _URL_DAY.search(url or "")
    if m is None:
        return published
    month = m[2].lower()
    if not month.isdigit() and month not in _MONTHS:
        return published
    try:
        day = dt.date(int(m[1]), int(month) if month.isdigit() else _MONTHS.index(month) + 1, int(m[3])).isoformat()
    except ValueError:
        return published
    # of a date that is less exact ("2017") the address gives the day
    return day if published is None or day < published or published == day[: len(published)] else published


def _wires(agency: str | None, author: str | None) -> frozenset[str]:
    from crossfix.reference import outlets  # the table takes a while to read

    found = {outlet_key(agency)} if agency else set()
    for name in re.split(r"\s*(?:[,;/|&]|\band\b|\bfor\b|\bwith\b)\s*", author or ""):
        if name and (o := outlets.by_name(name)) and o.is_wire:
            found.add(outlet_key(o.short))
    return frozenset(found)


def _dateline(text: str, paragraphs: Sequence[tuple[int, int]]) -> str | None:
    from crossfix.reference import outlets

    for start, end in paragraphs[:_HEAD]:
        found = outlets.dateline(text[start : min(end, start + 200)])
        if found and found.place:
            return found.place.partition(",")[0].casefold()
    return None
