"""Origins over a record: the documents that a new one may descend from are looked up, never all, and only the origins that it
touches are made anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crossfix.linking import origins
from crossfix.linking.credits import outlet_key
from crossfix.linking.decided import Decided
from crossfix.linking.names import short_id
from crossfix.linking.origin_report import Report, report_of
from crossfix.linking.origins import CREDIT_DAYS, Place, Tie
from crossfix.linking.sharing import Profile
from crossfix.model import Interval
from crossfix.record import results, schema, values
from crossfix.record.rows import Descent, OriginRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

KEPT_PRINTS = 2
"""One fingerprint in so many goes into the index (by its value, so the same ones for every document)."""
MOST_CANDIDATES = 80
"""Documents that one document is held against for its words, those that share most first."""

MOST_REPORTS = 1500
"""Documents that are kept in memory from one portion to the next: a report of 600 words takes some 80 KB."""
LEAD = 12
"""Names, figures and long words with which a report begins, of which two on one story have one in common."""


class Reports:
    """Documents as origins see them, made when first asked for."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.made: dict[str, Report] = {}

    def get(self, documents: Iterable[str]) -> list[Report]:
        """The reports of documents, in order of their ids."""
        wanted = sorted(set(documents))
        missing = [d for d in wanted if d not in self.made]
        for d in wanted:
            if d in self.made:
                self.made[d] = self.made.pop(d)  # used last
        rows = results.document_rows(self.record, missing)
        texts = self.record.texts(missing)
        for d in missing:
            r = rows[d]
            furniture = [(a, b) for a, b, kind in r["value"]["furniture"] if kind not in ("dateline", "byline")]
            self.made[d] = report_of(
                d, texts[d], r["outlet"], r["published"] or r["written"], r["agency"],
                author=r["author"], url=r["url"], furniture=furniture,
            )  # fmt: skip
        return [self.made[d] for d in wanted]

    def forget(self) -> None:
        """Keep those used last alone."""
        for d in list(self.made)[: max(0, len(self.made) - MOST_REPORTS)]:
            del self.made[d]


def _prints(p: Profile) -> set[int]:
    return {h for h in p.all if h % KEPT_PRINTS == 0}


def _keys(r: Report, days: int) -> set[str]:
    """Where a report meets those that it credits, those that credit it, and those that credit the same paper: an outlet and a
    day, so many days around. Those that carry one agency meet on one day by what they begin with: agencies send much in a day."""
    try:
        day = Interval.parse(r.published or "").first.toordinal()
    except ValueError:
        return set()
    own = {f"outlet {k}" for k in {outlet_key(r.outlet)} - {""}}
    other = {f"credits {k}" for k in (r.credits | r.wires) - {""}}
    press = {f"press {k}" for k in r.press_told}
    wire = {f"wire {k} {fact} {day}" for k in r.wires for fact in r.profile.facts[:LEAD]}
    return wire | {f"{k} {d}" for k in own | other | press for d in range(day - days, day + days + 1)}


def _turned(key: str) -> str:
    kind, rest = key.split(" ", 1)
    return f"{_MEETS[kind]} {rest}"


_MEETS = {"outlet": "credits", "credits": "outlet", "press": "press", "wire": "wire"}


def index_origins(record: Record, reports: list[Report]) -> None:
    """Put documents where others will look for them."""
    results.put_sketches(record, {r.id: _prints(r.profile) for r in reports})
    results.put_blocks(record, ((key, r.id) for r in reports for key in _keys(r, 0)))


def _near(record: Record, fresh: list[Report], *, again: bool) -> dict[str, list[str]]:
    """By report, the documents that it is held against: those that share runs of words, and those that a credit leads to."""
    if not again:
        index_origins(record, fresh)
    sharing = results.documents_sharing(record, {r.id: _prints(r.profile) for r in fresh})
    asked = {r.id: {_turned(key) for key in _keys(r, CREDIT_DAYS)} for r in fresh}
    blocks = results.mentions_by_block(record, {key for keys in asked.values() for key in keys})
    near: dict[str, list[str]] = {}
    for r in fresh:
        counts = sharing[r.id]
        counts.pop(r.id, None)
        near[r.id] = sorted(counts, key=lambda d: (-counts[d], d))[:MOST_CANDIDATES]
        credited = {d for key in asked[r.id] for d in blocks.get(key, ())}
        near[r.id] += sorted(credited - {r.id, *near[r.id]})
    return near


def link_origins(
    record: Record, reports: Reports, new: list[str], *, again: bool = False
) -> tuple[list[Descent], list[OriginRow]]:
    """The origins that the new documents belong to or make, whole. ``again`` where they are not new but to be looked at anew."""
    decided = Decided(record, "origin")
    fresh = reports.get(new)
    near = _near(record, fresh, again=again)
    taken = set(new) if again else set()
    of = results.descents_of(record, {d for ds in near.values() for d in ds} - taken)
    ties: list[tuple[str, str]] = []
    quoted: dict[tuple[str, str], Tie] = {}
    held = origins.Groups()
    for d, origin in of.items():
        held.join(d, origin)
    for r in fresh:
        for d in near[r.id]:
            # what is of one origin already, through others, need not be held against each other
            if held.root(r.id) == held.root(d):
                continue
            (other,) = reports.get([d])
            t = origins.tie(r, other)
            if t is None:
                continue
            if t.relation == "shared_quotes":
                quoted[min(r.id, d), max(r.id, d)] = t
            else:
                ties.append((r.id, d))
                held.join(r.id, d)
    found = {d for pair in (*ties, *quoted) for d in pair} | set(new)
    members: set[str] = set()
    while True:
        grown = results.members_of(record, results.descents_of(record, decided.reach(found | members)).values())
        if grown == members or not decided.all:
            members = grown
            break
        members = grown
    of = results.descents_of(record, members)
    # what an origin held together stays together: each member is tied to any other of it
    first: dict[str, str] = {}
    for d in sorted(of.keys() - taken):
        ties.append((first.setdefault(of[d], d), d))
    sources = _sources(record, reports, members, quoted)
    before = {} if again else _places(record, set(of.values()))
    descents: list[Descent] = []
    rows: list[OriginRow] = []
    for ids in decided.regroup(origins.components(set(new) | members, ties)):
        group = reports.get(ids)
        places = origins.arrange(group, sources, before)
        agency = origins.agency_of(group)
        origin = short_id("O", places[0].document)
        row = OriginRow(origin, tuple(p.document for p in places), agency, origins.reason(places, agency))
        rows.append(decided.explained(row, ids))
        descents += [Descent(p.document, origin, p.derived_from, p.relation, p.why) for p in places]
    return descents, rows


def _places(record: Record, ids: set[str]) -> dict[str, tuple[Place, frozenset[str]]]:
    """Where the documents of some origins stood in them so far, and among which documents each one's parent was looked for."""
    rows = record.current_of(schema.origins, ids)
    lines = [values.origin_row_in(i, r["value"]).documents for i, r in rows.items()]
    descents = record.current_of(schema.descents, (d for line in lines for d in line))
    out = {}
    for line in lines:
        for n, d in enumerate(line):
            r = descents[d]
            # the others have quotations from elsewhere or nothing, and that may have changed
            if r["relation"] not in (None, "shared_quotes"):
                out[d] = Place(d, r["derived_from"], r["relation"], r["why"]), origins.among(line, n)
    return out


def _sources(
    record: Record, reports: Reports, members: set[str], quoted: dict[tuple[str, str], Tie]
) -> dict[str, list[origins.Quoted]]:
    """By document that shares quotations with others: with whom, and how."""
    out: dict[str, list[origins.Quoted]] = {}
    # what stood before counts among the rest, so that it does not matter which came first
    for d, parent in results.quoting(record, members).items():
        out[d] = [(None, None)]
        if parent is not None:
            taker, source = (reports.get([x])[0] for x in (d, parent))
            t = origins.tie(taker, source)
            if t is not None and t.relation == "shared_quotes":
                quoted[min(d, parent), max(d, parent)] = t
    for (a, b), t in sorted(quoted.items()):
        for one, other in ((a, b), (b, a)):
            out.setdefault(one, []).append((reports.get([other])[0], t))
    return out
