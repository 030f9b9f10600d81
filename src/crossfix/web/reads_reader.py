"""What the reader asks of the record: one document with all that was read in it, and how each marked word resolves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, select

from crossfix.dossier import phrases, words
from crossfix.model import Event, Place, Span, Time
from crossfix.record import schema, values
from crossfix.record.drift import drift_in
from crossfix.record.findings import FindingRow, findings_of
from crossfix.record.queries import claims_in
from crossfix.record.results import targets_of
from crossfix.record.reviews_overlay import Overlay, overlay
from crossfix.record.reviews_rows import Act, ReviewKind
from crossfix.record.rows import ClaimRow, DocumentRow, DriftRow, EventRow, TransferRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

MarkKind = Literal["content", "source", "cue", "date", "place", "event"]
LAYERS: tuple[tuple[MarkKind, str], ...] = (
    ("content", "what is said"), ("source", "who says it"), ("cue", "the verb of saying"), ("date", "dates"), ("place", "places"),
    ("event", "events"),
)  # fmt: skip
"""The layers of marks, outermost first, with their names in the legend."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage marked in the text: which layer, the claim it belongs to, and how it resolves, in lines for a reader."""

    kind: MarkKind
    ranges: tuple[tuple[int, int], ...]
    lines: tuple[str, ...]
    claim: str | None = None

    @property
    def length(self) -> int:
        """Its characters."""
        return sum(b - a for a, b in self.ranges)


@dataclass(frozen=True, slots=True)
class Changed:
    """A drift with the names of both documents."""

    drift: DriftRow
    parent: str
    child: str


@dataclass(frozen=True)
class Paper:
    """A document as the reader shows it. ``events`` are those told in it as they stand now, each with its mentions here."""

    document: DocumentRow
    text: str
    claims: list[ClaimRow]
    times: list[Time]
    places: list[Place]
    mentions: list[tuple[Event, EventRow | None]]
    transfers: list[tuple[Span, TransferRow]]
    findings: list[FindingRow]
    drifts: list[Changed]
    said: Overlay = field(repr=False)
    parent: str | None = None

    @cached_property
    def claim(self) -> dict[str, ClaimRow]:
        """The claims by id."""
        return {c.id: c for c in self.claims}

    def acts(self, kind: ReviewKind, id_: str) -> list[Act]:
        """What was said of a row, the newest first."""
        return self.said.of(kind, id_)[::-1]

    def seen(self, kind: ReviewKind, id_: str) -> int:
        """The mark of the newest act on it."""
        return self.said.seen(kind, id_)

    def findings_of(self, id_: str) -> list[FindingRow]:
        """What the checks found about a row."""
        return [f for f in self.findings if f.subject == id_]

    def drifts_of(self, id_: str) -> list[Changed]:
        """What changed on the way to or from a claim."""
        return [d for d in self.drifts if id_ in (d.drift.parent_claim, d.drift.child_claim)]

    def events_of(self, c: ClaimRow) -> list[EventRow]:
        """The events that a claim speaks of."""
        ranges = (*c.content.ranges, (c.quote.start, c.quote.end)) if c.content.pieces else c.content.ranges
        found = {
            e.id: e
            for m, e in self.mentions
            if e is not None
            and (
                m.claim == c.id
                or any(s.start < b and a < s.end for s in (m.mentions or (m.trigger,)) for a, b in ranges)
            )
        }
        return list(found.values())

    def transfers_of(self, c: ClaimRow) -> list[TransferRow]:
        """The transfers that a claim's words tell."""
        found = {t.id: t for s, t in self.transfers if any(s.start < b and a < s.end for a, b in c.content.ranges)}
        return list(found.values())

    @cached_property
    def spots(self) -> list[dict[str, Any]]:
        """The findings' passages here in order of the text, for whoever goes from one to the next."""
        out = []
        for f in self.findings:
            at = next((e for e in f.evidence if e.document == self.document.sha256), None)
            if at is not None:
                claim = f.subject if f.subject in self.claim else None
                out.append({"id": f.id, "start": at.start, "end": at.end, "claim": claim})
        return sorted(out, key=lambda s: (s["start"], s["end"], s["id"]))


def paper(record: Record, connection: Connection, sha_or_prefix: str) -> Paper:
    """A document with all that was read in it. Raises UnknownId."""
    d = record.document(sha_or_prefix)
    sha, said = d.sha256, overlay(record)
    text = record.text(sha)
    claims = claims_in(record, [sha])[sha]
    told = [m.event for m in record.event_mentions(documents=[sha])]
    dealt = [t.transfer for t in record.transfer_mentions(documents=[sha])]
    target = targets_of(record, [m.id for m in told] + [t.id for t in dealt])
    events = {
        i: said.event(values.event_row_in(i, r["value"]))
        for i, r in record.current_of(schema.events, target.values()).items()
    }
    transfers = {
        i: said.transfer(values.transfer_row_in(i, r["value"]))
        for i, r in record.current_of(schema.transfers, target.values()).items()
    }
    marks = record.current_of(schema.marks, [sha]).get(sha)
    p = schema.place_mentions
    places = [values.place_in(r["value"], text) for r in record.current(p, p.c.document == sha)]
    parent = record.current_of(schema.documents, [d.derived_from]).get(d.derived_from) if d.derived_from else None
    return Paper(
        d,
        text,
        claims,
        [values.time_in(t, text) for t in marks["value"]["times"]] if marks else [],
        sorted(places, key=lambda x: x.span),
        sorted(((m, events.get(target.get(m.id, ""))) for m in told), key=lambda x: (x[0].trigger, x[0].id)),
        [(t.evidence, transfers[target[t.id]]) for t in dealt if target.get(t.id) in transfers],
        _findings(record, connection, sha, {c.id for c in claims} | set(events) | set(transfers)),
        _drifts(record, sha),
        said,
        (parent["outlet"] or parent["title"] or phrases.file_name(parent["file"])) if parent else None,
    )


def _findings(record: Record, connection: Connection, sha: str, subjects: set[str]) -> list[FindingRow]:
    """What was found about the document, its claims, and the events and transfers told in it, worst first."""
    f = schema.now_findings
    wanted, found = sorted(subjects | {sha}), []
    for i in range(0, len(wanted), 400):
        rows = connection.execute(
            select(f.c.rank, f.c.check, f.c.row, f.c.id).where(f.c.subject.in_(wanted[i : i + 400]))
        )
        found += [tuple(r) for r in rows]
    return findings_of(record, [r[3] for r in sorted(found)])


def _drifts(record: Record, sha: str) -> list[Changed]:
    t = schema.drifts
    rows = record.current(t, (t.c.document == sha) | (t.c.parent == sha))
    found = [drift_in(r["id"], r["value"]) for r in rows]
    named = record.current_of(schema.documents, {e.document for d in found for e in d.evidence})
    names = {i: r["outlet"] or r["title"] or phrases.file_name(r["file"]) for i, r in named.items()}
    out = [Changed(d, names.get(d.parent.document, ""), names.get(d.child.document, "")) for d in found]
    return sorted(out, key=lambda c: (c.drift.child, c.drift.id))


# ------------------------------------------------------------------ how marked words resolve


def marks(p: Paper) -> list[Mark]:
    """Every marked passage, in order of the layers."""
    out: list[Mark] = []
    for c in p.claims:
        out.append(Mark("content", c.content.ranges, _claim_lines(c), c.id))
        if c.source is not None:
            out.append(Mark("source", c.source.ranges, (f"Source: {phrases.speaker(c)}", *_chain(c)), c.id))
        if c.cue is not None:
            out.append(Mark("cue", c.cue.ranges, (_stance(c), *_because(c)), c.id))
    out += [Mark("date", t.span.ranges, _time_lines(t)) for t in p.times]
    out += [Mark("place", x.span.ranges, _place_lines(x)) for x in p.places]
    for m, e in p.mentions:
        lines = _event_lines(m, e)
        out += [Mark("event", s.ranges, lines) for s in dict.fromkeys((m.trigger, *m.mentions))]
    return [m for m in out if m.length]


def _chain(c: ClaimRow) -> tuple[str, ...]:
    return (f"Came by: {' › '.join(c.chain)}",) if len(c.chain) > 1 else ()


def _stance(c: ClaimRow) -> str:
    return f"{phrases.speaker(c)} {words.STANCE_WORDS.get(c.stance, c.stance)} it; firmness: {c.firmness}"


def _because(c: ClaimRow) -> tuple[str, ...]:
    said = phrases.firmness_words(c)
    return (f"By the words: {', '.join(f'“{w}”' for w in said)}",) if said else ()


def _claim_lines(c: ClaimRow) -> tuple[str, ...]:
    sure = () if c.confidence is None else (f"Attribution {words.percent(c.confidence)}",)
    state = () if c.reviewed.state == "unreviewed" else (f"{c.reviewed.state.capitalize()} by {c.reviewed.by}",)
    return (_stance(c), *_chain(c), *sure, *state)


def _time_lines(t: Time) -> tuple[str, ...]:
    if t.interval is None:
        return (
            f"“{phrases.flat(t.span.text)}” ({t.type.lower()})",
            f"Not resolved to a date: {t.anchor or 'nothing to hang it on'}",
        )
    told = words.date_words(str(t.interval))
    return (
        f"{told} ({t.interval})",
        *((f"Why: {t.anchor}",) if t.anchor else ()),
        *((f"Zone: {t.zone}",) if t.zone else ()),
    )


def _place_lines(x: Place) -> tuple[str, ...]:
    where = ", ".join(n for n in (x.name, x.country or "", x.kind.replace("_", " ")) if n)
    if x.lat is None or x.lon is None:
        return (where, "Coordinates not known")
    ns, ew = "N" if x.lat >= 0 else "S", "E" if x.lon >= 0 else "W"
    return (where, f"{abs(x.lat):.3f}° {ns}, {abs(x.lon):.3f}° {ew}")


def _event_lines(m: Event, e: EventRow | None) -> tuple[str, ...]:
    if e is None:
        return (f"{words.EVENT_WORDS.get(m.type, m.type)}, not joined with others yet",)
    lines = [phrases.heading(e), phrases.support(e).capitalize()]
    if e.where is not None:
        lines.append(f"At {phrases.place(e)}")
    if e.reviewed.state != "unreviewed":
        lines.append(f"{e.reviewed.state.capitalize()} by {e.reviewed.by}")
    return tuple(lines)
