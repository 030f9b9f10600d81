"""The whole record as one JSON object, in the contract's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crossfix.contract import moment_json
from crossfix.model import Interval, Participant, Span, Where
from crossfix.record import schema, values
from crossfix.record.decisions import decisions
from crossfix.record.drift import drifts
from crossfix.record.findings import FindingRow, findings
from crossfix.record.reviews_overlay import overlay
from crossfix.record.reviews_rows import Act, Reviewed
from crossfix.record.rows import (
    Account,
    AgentRow,
    ClaimRow,
    Decision,
    DocumentRow,
    DriftRow,
    EventRow,
    Evidence,
    OriginRow,
    PlaceRow,
    TransferRow,
)

if TYPE_CHECKING:
    from crossfix.record.store import Record

Json = dict[str, Any]


def export(record: Record) -> Json:
    """Everything that stands, in one view of the record, in an order that does not depend on the order of adding."""
    with record.reading():
        documents = sorted(record.documents(), key=lambda d: d.sha256)
        annotations = {r["id"]: r["value"] for r in record.current(schema.marks)}
        transfer_ids = {r["id"]: r["target"] for r in record.current(schema.joins)}
        claims = sorted(record.claims(), key=lambda c: (c.document, c.quote.start, c.id))
        attributed = _events_by_claim(record)
        return {
            "documents": [document_json(d, record.text(d.sha256), annotations.get(d.sha256)) for d in documents],
            "claims": [claim_json(c, sorted(attributed.get(c.id, ()))) for c in claims],
            "events": [event_json(e) for e in sorted(record.events(), key=lambda e: e.id)],
            "transfers": [transfer_json(t, transfer_ids) for t in sorted(record.transfers(), key=lambda t: t.id)],
            "agents": [agent_json(a) for a in record.agents()],
            "places": [place_json(p) for p in record.places()],
            "origins": [origin_json(o) for o in sorted(record.origins(), key=lambda o: o.id)],
            "drifts": [drift_json(d) for d in drifts(record)],
            "decisions": [decision_json(d) for d in decisions(record)],
            "reviews": [review_json(a) for a in overlay(record).acts],
            "findings": [finding_json(f) for f in sorted(findings(record), key=lambda f: f.id)],
        }


def origin_json(o: OriginRow) -> Json:
    """An origin in the contract's words."""
    return {"id": o.id, "documents": list(o.documents), "agency": o.agency, "why": o.why}


def finding_json(f: FindingRow) -> Json:
    """A finding in the contract's words. ``sources`` are "table:key (what was read there)"."""
    return {
        "id": f.id, "check": f.check, "kind": f.kind, "subject": f.subject, "subject_kind": f.subject_kind, "about": f.about,
        "verdict": f.verdict, "summary": f.summary, "working": dict(f.working), "sources": [str(r) for r in f.sources],
        "caveat": f.caveat, "chance": f.chance, "chance_of": f.chance_of, "evidence": _evidence(f.evidence),
    }  # fmt: skip


def drift_json(d: DriftRow) -> Json:
    """A drift in the contract's words."""
    return {
        "id": d.id, "kind": d.kind, "what": d.what, "parent_claim": d.parent_claim, "child_claim": d.child_claim,
        "confidence": d.confidence, "evidence": _evidence(d.evidence),
    }  # fmt: skip


def decision_json(d: Decision) -> Json:
    """A merge or split that a person decided."""
    return {
        "id": d.id, "verb": d.verb, "kind": d.kind, "groups": [list(g) for g in d.groups], "at": d.at, "by": d.by, "why": d.why,
    }  # fmt: skip


def review_json(a: Act) -> Json:
    """What a person said of a row; "undone" where it was taken back."""
    back = {"at": a.undone_at, "by": a.undone_by, "why": a.undone_why} if a.undone else None
    return {
        "id": a.id, "verb": a.verb, "kind": a.kind, "target": a.target, "parts": list(a.parts), "field": a.field or None,
        "value": a.value, "before": a.before, "at": a.at, "by": a.by, "why": a.why, "undone": back,
    }  # fmt: skip


def reviewed_json(r: Reviewed) -> Json:
    """What people's acts come to on a row; a rejected one stays in the export, marked so."""
    return {
        "state": r.state, "by": r.by, "at": r.at, "grade_source": r.grade_source, "grade_report": r.grade_report,
        "corrected": [{"field": c.field, "value": c.value, "before": c.before, "act": c.act, "by": c.by} for c in r.corrections],
        "notes": [{"text": n.text, "by": n.by, "at": n.at} for n in r.notes],
    }  # fmt: skip


def _events_by_claim(record: Record) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for e in record.events():
        for claim in e.claims:
            out.setdefault(claim, set()).add(e.id)
    return out


def _span(span: Span | None) -> Json | None:
    if span is None:
        return None
    out: Json = {"start": span.start, "end": span.end, "text": span.text}
    if span.pieces:
        out["spans"] = [list(p) for p in span.pieces]
    return out


def _evidence(evidence: Iterable[Evidence]) -> list[Json]:
    return [{"document": e.document, "start": e.start, "end": e.end} for e in evidence]


def _where(where: Where | None) -> Json | None:
    return None if where is None else {"name": where.name, "lat": where.lat, "lon": where.lon}


def _participant(p: Participant) -> Json:
    return {"name": p.name, "role": p.role}


def document_json(d: DocumentRow, text: str, annotations: Json | None) -> Json:
    """A document with its text, its sentences and its times."""
    times = [values.time_in(t, text) for t in annotations["times"]] if annotations else []
    return {
        "sha256": d.sha256, "file": d.file, "media_type": d.media_type, "title": d.title, "outlet": d.outlet,
        "agency": d.agency, "author": d.author, "published": d.published, "published_basis": d.published_basis,
        "written": d.written, "language": d.language, "url": d.url, "words": d.words, "extracted": d.extracted,
        "reason": d.reason, "notes": list(d.notes),
        "furniture": [{"start": a, "end": b, "kind": k} for a, b, k in d.furniture],
        "origin": d.origin, "derived_from": d.derived_from, "relation": d.relation, "added": d.added, "fast": d.fast, "text": text,
        "reviewed": reviewed_json(d.reviewed),
        "sentences": [[s[0], s[1]] for s in annotations["sentences"]] if annotations else [],
        "times": [
            {
                "start": t.span.start, "end": t.span.end, "text": t.span.text, "type": t.type, "value": t.value,
                "interval": _interval(t.interval), "anchor": t.anchor, "mod": t.mod or None, "part": _interval(t.part),
                "zone": t.zone or None, "bounds": t.bounds,
            }
            for t in times
        ],
    }  # fmt: skip


def _interval(value: Interval | None) -> str | None:
    return None if value is None else str(value)


def claim_json(c: ClaimRow, events: list[str]) -> Json:
    """A claim, with the events that it tells of."""
    return {
        "id": c.id, "document": c.document, "source": _span(c.source), "cue": _span(c.cue), "content": _span(c.content),
        "source_name": c.source_name, "chain": list(c.chain), "stance": c.stance, "firmness": c.firmness,
        "voice": c.voice, "confidence": None if c.confidence is None else round(c.confidence, 3),
        "firmness_words": [_span(s) for s in c.firmness_words], "events": events, "evidence": _evidence(c.evidence),
        "reviewed": reviewed_json(c.reviewed),
    }  # fmt: skip


def event_json(e: EventRow) -> Json:
    """An event in the contract's words."""
    return {
        "id": e.id, "type": e.type, "triggers": list(e.triggers), "when": e.when, "utc": moment_json(e.moment), "where": _where(e.where),
        "participants": [_participant(p) for p in e.participants], "outcome": e.outcome, "status": e.status,
        "modality": e.modality, "ordinals": [{"nth": o.nth, "of": o.of} for o in e.ordinals],
        "mentions": _evidence(e.mentions), "reports": list(e.reports), "independent_origins": e.independent_origins,
        "roots": [{"name": r.name, "documents": list(r.documents), "why": r.why} for r in e.roots],
        "speakers": list(e.speakers), "reporters": e.reporters, "accounts": _accounts(e.accounts),
        "claims": list(e.claims), "denied_by": list(e.denied_by), "why": e.why, "evidence": _evidence(e.evidence),
        "figures": [
            {
                "kind": f.kind, "low": f.low, "high": f.high, "bound": f.bound, "unit": f.unit, "told_unit": f.told_unit,
                "announcer": f.announcer, "evidence": _evidence(f.evidence),
            }
            for f in e.figures
        ],
        "reviewed": reviewed_json(e.reviewed),
    }  # fmt: skip


def transfer_json(t: TransferRow, joined: dict[str, str]) -> Json:
    """A transfer; ``joined`` says which event each mention belongs to."""
    return {
        "id": t.id, "event": joined.get(t.event, t.event) if t.event else None, "supplier": t.supplier,
        "recipient": t.recipient, "item": t.item, "quantity": t.quantity, "when": t.when, "route": t.route,
        "status": t.status, "modality": t.modality, "alleged_by": list(t.alleged_by), "denied_by": list(t.denied_by),
        "evidence": _evidence(t.evidence), "accounts": _accounts(t.accounts), "why": t.why,
        "kind": t.kind, "kinds": list(t.kinds), "kind_word": t.kind_word or None,
        "amounts": [
            {
                "low": a.low, "high": a.high, "bound": a.bound, "strict": a.strict, "unit": a.unit,
                "evidence": _evidence(a.evidence),
            }
            for a in t.amounts
        ],
        "legs": [
            {"from": _where(x.start), "to": _where(x.end), "mode": x.mode, "evidence": _evidence(x.evidence)}
            for x in t.legs
        ],
        "reviewed": reviewed_json(t.reviewed),
    }  # fmt: skip


def _accounts(accounts: Iterable[Account]) -> list[Json]:
    """Each value with its passages, and who says it at each of them."""
    return [{"field": a.field, "value": a.value, "evidence": _evidence(a.evidence), "by": list(a.by)} for a in accounts]


def agent_json(a: AgentRow) -> Json:
    """An agent in the contract's words."""
    return {
        "id": a.id, "name": a.name, "kind": a.kind, "aliases": list(a.aliases), "documents": list(a.documents),
        "of_state": a.of_state, "members": list(a.members),
        "grounds": [
            {"alias": g.alias, "why": g.why, "local": g.local, "evidence": _evidence((g.evidence,))} for g in a.grounds
        ],
        "offices": [
            {
                "title": o.title, "of": o.of, "first": o.first, "last": o.last, "seen": o.seen, "past": o.past,
                "evidence": _evidence((o.evidence,) if o.evidence else ()), "source": o.source,
            }
            for o in a.offices
        ],
        "reviewed": reviewed_json(a.reviewed),
    }  # fmt: skip


def place_json(p: PlaceRow) -> Json:
    """A place in the contract's words."""
    return {
        "name": p.name, "lat": p.lat, "lon": p.lon, "country": p.country, "kind": p.kind, "geonames_id": p.geonames_id,
        "evidence": _evidence(p.evidence),
    }  # fmt: skip
