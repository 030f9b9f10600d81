"""Which mentions, in different documents, are of one event; and what the documents together say of it.

The parts have modules of their own: the pair (``event_agree``), the groups (``event_groups``), where mentions meet
(``event_blocks``), how many independent origins stand behind them (``event_independence``), where they differ (``event_accounts``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from crossfix.coding.moments import ELSEWHERE
from crossfix.linking.event_accounts import accounts
from crossfix.linking.event_agree import agree, agree_recent, agree_slipped, within
from crossfix.linking.event_blocks import block_keys
from crossfix.linking.event_groups import Judge, Signature, group, signature
from crossfix.linking.event_independence import independence
from crossfix.linking.event_told import Told, sentence_print, span
from crossfix.linking.names import content_words, party_key, short_id
from crossfix.linking.typed import figures
from crossfix.model import Event, Interval, Moment, Ordinal, Outcome, Participant, Status, Where
from crossfix.record.rows import EventRow
from crossfix.record.values import mentions_of
from crossfix.reference.zones import duration

__all__ = ["Judge", "Told", "agree", "block_keys", "group", "joined", "sentence_print"]

# ------------------------------------------------------------------ one event


def joined(told: Sequence[Told]) -> EventRow:
    """What the documents together say of one event. Where they differ, each account is kept with its passages."""
    line = sorted(told, key=lambda t: (t.published or "9999", t.document, t.event.trigger.start, t.event.id))
    events = [t.event for t in line]
    # what was announced for a day and then happened is told by those who tell it as done
    done = [e for e in events if e.modality == "actual"] or events
    first = min(told, key=lambda t: t.order)
    when = _steps(line) or _when(done)
    counted = independence(line)
    return EventRow(
        id=short_id("E", first.event.id),
        type=next((e.type for e in events if e.type != "other"), "other"),
        when=when,
        where=_where(events),
        participants=_participants(events),
        outcome=_outcome(done),
        status=_status(done),
        modality=done[0].modality,
        ordinals=_ordinals(events),
        mentions=tuple(dict.fromkeys(e for t in line for e in mentions_of(t.document, t.event))),
        triggers=tuple(dict.fromkeys(e.trigger.text for e in events)),
        reports=tuple(dict.fromkeys(t.document for t in line)),
        independent_origins=len(counted.roots),
        accounts=accounts(line),
        claims=tuple(dict.fromkeys(e.claim for e in events if e.claim)),
        denied_by=tuple(dict.fromkeys(n for e in events for n in e.denied_by)),
        why=_why(line),
        moment=_moment(done, when),
        roots=counted.roots,
        speakers=counted.speakers,
        reporters=counted.reporters,
        figures=figures((t.document, t.event) for t in line),
    )


MOST_REASONS = 3
"""Reasons given for one event; a thousand reprints have one."""
MOST_FACES = 40
"""Mentions that differ in what they say, among which the reasons are looked for."""


def _why(line: Sequence[Told]) -> str:
    """How many documents, and the reasons why they were joined: the fields that agreed, and those that differ."""
    documents = len({t.document for t in line})
    if len(line) == 1:
        return "told in one document"
    # two mentions of each kind: the second is for what joins a reprint to the first
    faces: dict[Signature, list[Told]] = {}
    for t in line:
        kept = faces.setdefault(signature(t), [])
        if len(kept) < 2 and len(faces) <= MOST_FACES:
            kept.append(t)
    some = [t for ts in faces.values() for t in ts]
    reasons: Counter[str] = Counter()
    alone = 0
    for n, t in enumerate(some):
        found = [r for m in some[:n] if (r := _reason(m, t))]
        if found:
            reasons[min(found, key=lambda r: (r.startswith("the same"), -len(r), r))] += 1
    for t in some:
        alone += not any(_reason(m, t) for m in some if m is not t)
    line_ = sorted(reasons, key=lambda r: (r.startswith("the same"), -reasons[r], -len(r), r))[:MOST_REASONS]
    if alone:
        line_.append("no other of its kind is known for those days")
    head = f"{documents} documents" if documents > 1 else "told more than once in one document"
    return f"{head}: {'; '.join(line_)}"


def _reason(a: Told, b: Told) -> str | None:
    if a.document == b.document:
        return within(a, b)
    return agree(a, b) or agree_slipped(a, b) or agree_recent(a, b) or agree_recent(b, a)


def _steps(line: Sequence[Told]) -> str | None:
    """From the first to the last day where one document tells an event in steps with days of their own, the fullest such
    account; None where none does."""
    found: list[Interval] = []
    for document in {t.document for t in line}:
        days = [t.event.when for t in line if t.document == document and t.is_fine and t.event.when]
        if len(set(days)) > 1:
            found.append(Interval.days(min(d.first for d in days), max(d.last for d in days)))
    return str(min(found, key=lambda w: (-span(w), str(w)))) if found else None


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
    finest = min(span(w) for w, _ in dated)
    fine = [(w, elsewhere) for w, elsewhere in dated if span(w) == finest]
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
