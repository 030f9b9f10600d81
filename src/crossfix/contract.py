"""Extractions as the JSON that other programs read: the evaluation contract's names and shapes."""

from __future__ import annotations

from typing import Any

from crossfix.errors import CrossfixError
from crossfix.model import (
    Claim,
    Document,
    Event,
    Extraction,
    Figure,
    Interval,
    Leg,
    Moment,
    Place,
    Quantity,
    Span,
    Time,
    Transfer,
    Where,
)


def span_json(span: Span | None) -> dict[str, Any] | None:
    """{"start", "end", "text"}, with "spans" where the span is discontinuous."""
    if span is None:
        return None
    out: dict[str, Any] = {"start": span.start, "end": span.end, "text": span.text}
    if span.pieces:
        out["spans"] = [list(p) for p in span.pieces]
    return out


def confidence_json(confidence: float | None) -> float | None:
    """How likely an attribution is to stand, 0 to 1, to three decimals; None where nothing was estimated."""
    return None if confidence is None else round(float(confidence), 3)


def interval_json(interval: Interval | None) -> str | None:
    """ "YYYY", "YYYY-MM", "YYYY-MM-DD" or "FROM/TO"."""
    return None if interval is None else str(interval)


def document_json(document: Document, written: Interval | None = None) -> dict[str, Any]:
    """The "document" object of the contract, with agency, author, address, furniture and notes beside it."""
    return {
        "title": document.title,
        "outlet": document.outlet,
        "agency": document.agency,
        "author": document.author,
        "published": document.published,
        "published_basis": document.published_basis,
        "written": interval_json(written),
        "language": document.language,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "url": document.url,
        "furniture": [{"start": f.start, "end": f.end, "kind": f.kind} for f in document.furniture],
        "notes": list(document.notes),
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """An entry of "attributions", with the passage to cite, the rule, the confidence and the words that set the firmness."""
    return {
        "id": claim.id,
        "source": span_json(claim.source),
        "cue": span_json(claim.cue),
        "content": span_json(claim.content),
        "source_name": claim.source_name,
        "chain": list(claim.chain),
        "stance": claim.stance,
        "firmness": claim.firmness,
        "voice": claim.voice,
        "quote": span_json(claim.quote),
        "rule": claim.rule,
        "confidence": confidence_json(claim.confidence),
        "firmness_words": [span_json(s) for s in claim.firmness_words],
    }


def time_json(time: Time) -> dict[str, Any]:
    """An entry of "times"."""
    return {
        "start": time.span.start,
        "end": time.span.end,
        "text": time.span.text,
        "type": time.type,
        "value": time.value,
        "interval": interval_json(time.interval),
        "anchor": time.anchor,
        "mod": time.mod or None,
        "part": interval_json(time.part),
        "zone": time.zone or None,
        "bounds": time.bounds,
    }


def place_json(place: Place) -> dict[str, Any]:
    """An entry of "places"."""
    return {
        "start": place.span.start,
        "end": place.span.end,
        "text": place.span.text,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "kind": place.kind,
        "geonames_id": place.geonames_id,
        "agentive": place.agentive,
        "radius_km": place.radius_km,
    }


def event_json(event: Event) -> dict[str, Any]:
    """An entry of "events"."""
    where = event.where
    return {
        "id": event.id,
        "type": event.type,
        "trigger": span_json(event.trigger),
        "when": interval_json(event.when),
        "when_text": span_json(event.when_text),
        "where": None if where is None else {"name": where.name, "lat": where.lat, "lon": where.lon},
        "participants": [{"name": p.name, "role": p.role} for p in event.participants],
        "outcome": event.outcome,
        "status": event.status,
        "modality": event.modality,
        "ordinals": [{"nth": o.nth, "of": o.of} for o in event.ordinals],
        "attribution": event.claim,
        "mentions": [span_json(m) for m in event.mentions],
        "denied_by": list(event.denied_by),
        "utc": moment_json(event.moment),
        "figures": [figure_json(f) for f in event.figures],
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A flight figure as announced: kind, value ("low" and "high" in "unit"), told unit, announcer, claim and passage."""
    return {
        "kind": figure.kind,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound,
        "unit": figure.unit,
        "told_unit": figure.told_unit,
        "announcer": figure.announcer,
        "claim": figure.claim,
        "span": span_json(figure.span),
    }


def moment_json(moment: Moment | None) -> dict[str, str] | None:
    """The stretch of UTC in which an event lies: from, to (not included), the zone it was reckoned by and where that is from."""
    if moment is None:
        return None
    return {"from": moment.first, "to": moment.last, "zone": moment.zone, "basis": moment.basis}


def transfer_json(transfer: Transfer) -> dict[str, Any]:
    """An entry of "transfers"."""
    return {
        "id": transfer.id,
        "event": transfer.event,
        "supplier": transfer.supplier,
        "recipient": transfer.recipient,
        "item": transfer.item,
        "quantity": transfer.quantity,
        "when": interval_json(transfer.when),
        "route": transfer.route,
        "status": transfer.status,
        "modality": transfer.modality,
        "alleged_by": list(transfer.alleged_by),
        "denied_by": list(transfer.denied_by),
        "evidence": span_json(transfer.evidence),
        "kind": transfer.kind,
        "kinds": list(transfer.kinds),
        "kind_word": transfer.kind_word or None,
        "amounts": [quantity_json(q) for q in transfer.amounts],
        "legs": [leg_json(x) for x in transfer.legs],
    }


def quantity_json(quantity: Quantity) -> dict[str, Any]:
    """A typed quantity: "low" and "high" (null on an open side), bound, unit and passage; "strict" for "more than"."""
    return {
        "low": quantity.low,
        "high": quantity.high,
        "bound": quantity.bound,
        "strict": quantity.strict,
        "unit": quantity.unit,
        "span": span_json(quantity.span),
    }


def leg_json(leg: Leg) -> dict[str, Any]:
    """One stretch of a route: from, to, mode and passage."""
    return {
        "from": _where_json(leg.start),
        "to": _where_json(leg.end),
        "mode": leg.mode,
        "span": span_json(leg.span),
    }


def _where_json(where: Where | None) -> dict[str, Any] | None:
    return None if where is None else {"name": where.name, "lat": where.lat, "lon": where.lon}


def extraction_json(extraction: Extraction, file: str) -> dict[str, Any]:
    """One line of `crossfix extract`."""
    return {
        "file": file,
        "document": document_json(extraction.document, extraction.written),
        "text": extraction.document.text,
        "extracted": extraction.extracted,
        "reason": extraction.reason,
        "fast": extraction.fast,
        "sentences": [[s.start, s.end] for s in extraction.sentences],
        "attributions": [claim_json(c) for c in extraction.claims],
        "names": [
            {"start": n.span.start, "end": n.span.end, "text": n.span.text, "kind": n.kind, "name": n.name}
            for n in extraction.names
        ],
        "times": [time_json(t) for t in extraction.times],
        "places": [place_json(p) for p in extraction.places],
        "events": [event_json(e) for e in extraction.events],
        "transfers": [transfer_json(t) for t in extraction.transfers],
    }


def error_json(file: str, error: CrossfixError) -> dict[str, Any]:
    """The line of a file that could not be read."""
    return {"file": file, "error": error.as_json()}
