"""How values are kept: model values to plain JSON and back. Spans keep their offsets only; the text has the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from crossfix.model import (
    Claim,
    Event,
    Figure,
    Furniture,
    Interval,
    Leg,
    Moment,
    Name,
    Ordinal,
    Participant,
    Place,
    Quantity,
    Span,
    Time,
    Transfer,
    Where,
)
from crossfix.record.rows import (
    Account,
    AgentRow,
    AliasGround,
    AmountRow,
    EventRow,
    Evidence,
    FigureRow,
    LegRow,
    OfficeHeld,
    OriginRow,
    Root,
    TransferRow,
)

Json = dict[str, Any]


def span_out(span: Span | None) -> list[int] | None:
    """[start, end], or [start, end, a, b, c, d, ...] where it has pieces."""
    if span is None:
        return None
    return [span.start, span.end, *(x for piece in span.pieces for x in piece)]


def span_in(flat: list[int] | None, text: str) -> Span | None:
    """The span again, its words taken from the canonical text."""
    return None if flat is None else span_of(flat, text)


def span_of(flat: list[int], text: str) -> Span:
    """As ``span_in``, of a span that is there."""
    start, end, *rest = flat
    return Span(start, end, text[start:end], tuple(zip(rest[::2], rest[1::2], strict=True)))


def _interval(value: str | None) -> Interval | None:
    return None if value is None else Interval.parse(value)


def _str(value: object | None) -> str | None:
    return None if value is None else str(value)


def _where_out(where: Where | None) -> list[Any] | None:
    return None if where is None else [where.name, where.lat, where.lon]


def _where_in(value: list[Any] | None) -> Where | None:
    return None if value is None else Where(*value)


# ------------------------------------------------------------------ what one document tells


def furniture_out(furniture: Iterable[Furniture]) -> list[list[Any]]:
    """[[start, end, kind], ...]"""
    return [[f.start, f.end, f.kind] for f in furniture]


def name_out(name: Name) -> list[Any]:
    """[span, kind, name]"""
    return [span_out(name.span), name.kind, name.name]


def name_in(value: list[Any], text: str) -> Name:
    """The name again."""
    return Name(span_of(value[0], text), value[1], value[2])


def time_out(time: Time) -> list[Any]:
    """[span, type, value, interval, anchor, mod, part, zone, bounds]"""
    return [
        span_out(time.span), time.type, time.value, _str(time.interval), time.anchor, time.mod, _str(time.part), time.zone, time.bounds,
    ]  # fmt: skip


def time_in(value: list[Any], text: str) -> Time:
    """The time again. One kept before times had modifiers has none."""
    mod, part, zone, bounds = value[5:] or ("", None, "", None)
    return Time(
        span_of(value[0], text), value[1], value[2], _interval(value[3]), value[4], mod, _interval(part), zone, bounds
    )


def place_out(place: Place) -> Json:
    """A place as one document names it."""
    return {
        "span": span_out(place.span), "name": place.name, "lat": place.lat, "lon": place.lon, "country": place.country,
        "kind": place.kind, "geonames_id": place.geonames_id, "agentive": place.agentive,
        "radius_km": place.radius_km,
    }  # fmt: skip


def place_in(value: Mapping[str, Any], text: str) -> Place:
    """The place again."""
    return Place(**{**value, "span": span_of(value["span"], text)})


def claim_out(claim: Claim) -> Json:
    """A claim without its id and its confidence, which have columns of their own."""
    return {
        "source": span_out(claim.source), "cue": span_out(claim.cue), "content": span_out(claim.content),
        "source_name": claim.source_name, "chain": list(claim.chain), "stance": claim.stance,
        "firmness": claim.firmness, "voice": claim.voice, "quote": span_out(claim.quote), "rule": claim.rule,
        "firmness_words": [span_out(s) for s in claim.firmness_words],
    }  # fmt: skip


def claim_in(id_: str, v: Mapping[str, Any], text: str, confidence: float | None = None) -> Claim:
    """The claim again. One kept before firmness had words has none."""
    return Claim(
        id_, span_in(v["source"], text), span_in(v["cue"], text), span_of(v["content"], text), v["source_name"],
        tuple(v["chain"]), v["stance"], v["firmness"], v["voice"], span_of(v["quote"], text), v["rule"],
        confidence, tuple(span_of(s, text) for s in v.get("firmness_words", ())),
    )  # fmt: skip


def event_out(event: Event) -> Json:
    """An event as one document tells it, without its id."""
    return {
        "type": event.type, "trigger": span_out(event.trigger), "when": _str(event.when),
        "when_text": span_out(event.when_text), "where": _where_out(event.where),
        "participants": [[p.name, p.role] for p in event.participants], "outcome": event.outcome,
        "status": event.status, "modality": event.modality,
        "ordinals": [[o.nth, o.of, span_out(o.span)] for o in event.ordinals], "claim": event.claim,
        "mentions": [span_out(m) for m in event.mentions], "denied_by": list(event.denied_by),
        "moment": _moment_out(event.moment), "figures": [figure_out(f) for f in event.figures],
    }  # fmt: skip


def event_in(id_: str, v: Mapping[str, Any], text: str) -> Event:
    """The event again."""
    return Event(
        id_, v["type"], span_of(v["trigger"], text), _interval(v["when"]), span_in(v["when_text"], text),
        _where_in(v["where"]), tuple(Participant(*p) for p in v["participants"]), v["outcome"], v["status"],
        v["modality"], tuple(Ordinal(n, of, span_of(s, text)) for n, of, s in v["ordinals"]), v["claim"],
        tuple(span_of(m, text) for m in v["mentions"]), tuple(v["denied_by"]), _moment_in(v.get("moment")),
        tuple(figure_in(f, text) for f in v.get("figures", ())),
    )  # fmt: skip


def figure_out(f: Figure) -> Json:
    """A flight figure."""
    return {
        "kind": f.kind, "low": f.low, "high": f.high, "bound": f.bound, "unit": f.unit, "told_unit": f.told_unit,
        "announcer": f.announcer, "claim": f.claim, "span": span_out(f.span),
    }  # fmt: skip


def figure_in(v: Mapping[str, Any], text: str) -> Figure:
    """The figure again."""
    return Figure(**{**v, "span": span_of(v["span"], text)})


def _quantity_out(q: Quantity) -> Json:
    return {
        "low": q.low, "high": q.high, "bound": q.bound, "unit": q.unit, "span": span_out(q.span), "strict": q.strict,
    }  # fmt: skip


def _quantity_in(v: Mapping[str, Any], text: str) -> Quantity:
    return Quantity(**{**v, "span": span_of(v["span"], text)})


def _leg_out(leg: Leg) -> list[Any]:
    return [_where_out(leg.start), _where_out(leg.end), leg.mode, span_out(leg.span)]


def _leg_in(v: list[Any], text: str) -> Leg:
    return Leg(_where_in(v[0]), _where_in(v[1]), v[2], span_of(v[3], text))


def _moment_out(moment: Moment | None) -> list[str] | None:
    return None if moment is None else [moment.first, moment.last, moment.zone, moment.basis]


def _moment_in(value: list[str] | None) -> Moment | None:
    return None if value is None else Moment(*value)


def transfer_out(t: Transfer) -> Json:
    """A transfer as one document tells it, without its id."""
    return {
        "event": t.event, "supplier": t.supplier, "recipient": t.recipient, "item": t.item, "quantity": t.quantity,
        "when": _str(t.when), "route": t.route, "status": t.status, "modality": t.modality,
        "alleged_by": list(t.alleged_by), "denied_by": list(t.denied_by), "evidence": span_out(t.evidence),
        "kind": t.kind, "kinds": list(t.kinds), "kind_word": t.kind_word,
        "amounts": [_quantity_out(q) for q in t.amounts], "legs": [_leg_out(x) for x in t.legs],
    }  # fmt: skip


def transfer_in(id_: str, v: Mapping[str, Any], text: str) -> Transfer:
    """The transfer again. One kept before items had kinds is of none that is known."""
    return Transfer(
        id_, v["event"], v["supplier"], v["recipient"], v["item"], v["quantity"], _interval(v["when"]), v["route"],
        v["status"], v["modality"], tuple(v["alleged_by"]), tuple(v["denied_by"]), span_of(v["evidence"], text),
        v.get("kind", "other"), tuple(v.get("kinds", ())), v.get("kind_word", ""),
        tuple(_quantity_in(q, text) for q in v.get("amounts", ())), tuple(_leg_in(x, text) for x in v.get("legs", ())),
    )  # fmt: skip


# ------------------------------------------------------------------ what linking makes of it


def _evidence_out(evidence: Iterable[Evidence]) -> list[list[Any]]:
    return [[e.document, e.start, e.end] for e in evidence]


def _evidence_in(value: Iterable[list[Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(*e) for e in value)


def _ordinal_in(value: list[Any]) -> Ordinal:
    nth, of, start, end, text = value
    return Ordinal(nth, of, Span(start, end, text))


def _accounts_out(accounts: Iterable[Account]) -> list[list[Any]]:
    return [[a.field, a.value, _evidence_out(a.evidence), list(a.by)] for a in accounts]


def _accounts_in(value: Iterable[list[Any]]) -> tuple[Account, ...]:
    """Those kept before accounts said who tells them have no names."""
    return tuple(Account(f, told, _evidence_in(e), tuple(by[0]) if by else ()) for f, told, e, *by in value)


def event_row_out(row: EventRow) -> Json:
    """A joined event without its id. Ordinals keep their words, since they may stand in any of the documents."""
    return {
        "type": row.type, "when": row.when, "where": _where_out(row.where),
        "participants": [[p.name, p.role] for p in row.participants], "outcome": row.outcome, "status": row.status,
        "modality": row.modality,
        "ordinals": [[o.nth, o.of, o.span.start, o.span.end, o.span.text] for o in row.ordinals],
        "mentions": _evidence_out(row.mentions), "triggers": list(row.triggers), "reports": list(row.reports),
        "independent_origins": row.independent_origins,
        "accounts": _accounts_out(row.accounts), "claims": list(row.claims), "denied_by": list(row.denied_by),
        "why": row.why, "moment": _moment_out(row.moment),
        "roots": [[r.name, list(r.documents), r.why] for r in row.roots], "speakers": list(row.speakers),
        "reporters": row.reporters, "figures": [_figure_row_out(f) for f in row.figures],
    }  # fmt: skip


def event_row_in(id_: str, v: Mapping[str, Any]) -> EventRow:
    """The joined event again."""
    return EventRow(
        id_, v["type"], v["when"], _where_in(v["where"]), tuple(Participant(*p) for p in v["participants"]),
        v["outcome"], v["status"], v["modality"], tuple(_ordinal_in(o) for o in v["ordinals"]),
        _evidence_in(v["mentions"]), tuple(v["triggers"]), tuple(v["reports"]), v["independent_origins"],
        _accounts_in(v["accounts"]), tuple(v["claims"]), tuple(v["denied_by"]), v["why"], _moment_in(v.get("moment")),
        tuple(Root(name, tuple(ds), why) for name, ds, why in v.get("roots", ())), tuple(v.get("speakers", ())),
        v.get("reporters", 0), tuple(_figure_row_in(f) for f in v.get("figures", ())),
    )  # fmt: skip


def transfer_row_out(row: TransferRow) -> Json:
    """A joined transfer without its id."""
    return {
        "event": row.event, "supplier": row.supplier, "recipient": row.recipient, "item": row.item,
        "quantity": row.quantity, "when": row.when, "route": row.route, "status": row.status, "modality": row.modality,
        "alleged_by": list(row.alleged_by), "denied_by": list(row.denied_by), "evidence": _evidence_out(row.evidence),
        "accounts": _accounts_out(row.accounts), "why": row.why,
        "kind": row.kind, "kinds": list(row.kinds), "kind_word": row.kind_word,
        "amounts": [[a.low, a.high, a.bound, a.unit, a.strict, _evidence_out(a.evidence)] for a in row.amounts],
        "legs": [[_where_out(x.start), _where_out(x.end), x.mode, _evidence_out(x.evidence)] for x in row.legs],
    }  # fmt: skip


def _figure_row_out(f: FigureRow) -> list[Any]:
    return [f.kind, f.low, f.high, f.bound, f.unit, f.told_unit, f.announcer, _evidence_out(f.evidence)]


def _figure_row_in(value: list[Any]) -> FigureRow:
    kind, low, high, bound, unit, told_unit, announcer, evidence = value
    return FigureRow(kind, low, high, bound, unit, told_unit, announcer, _evidence_in(evidence))


def transfer_row_in(id_: str, v: Mapping[str, Any]) -> TransferRow:
    """The joined transfer again."""
    return TransferRow(
        id_, v["event"], v["supplier"], v["recipient"], v["item"], v["quantity"], v["when"], v["route"], v["status"],
        v["modality"], tuple(v["alleged_by"]), tuple(v["denied_by"]), _evidence_in(v["evidence"]),
        _accounts_in(v.get("accounts", ())), v.get("why", ""),
        v.get("kind", "other"), tuple(v.get("kinds", ())), v.get("kind_word", ""),
        tuple(AmountRow(a, b, c, u, strict, _evidence_in(e)) for a, b, c, u, strict, e in v.get("amounts", ())),
        tuple(LegRow(_where_in(a), _where_in(b), mode, _evidence_in(e)) for a, b, mode, e in v.get("legs", ())),
    )  # fmt: skip


def origin_row_out(row: OriginRow) -> Json:
    """An origin without its id."""
    return {"documents": list(row.documents), "agency": row.agency, "why": row.why}


def origin_row_in(id_: str, v: Mapping[str, Any]) -> OriginRow:
    """The origin again."""
    return OriginRow(id_, tuple(v["documents"]), v["agency"], v["why"])


def agent_row_out(row: AgentRow) -> Json:
    """An agent without its id."""
    # the documents are looked up when asked for: kept here, every document would make a new version of its agents
    return {
        "name": row.name, "kind": row.kind, "aliases": list(row.aliases), "document": row.document,
        "grounds": [[g.alias, g.why, *_evidence_out((g.evidence,)), g.local] for g in row.grounds],
        "offices": [
            [o.title, o.of, o.first, o.last, o.seen, o.past, _evidence_out((o.evidence,))[0] if o.evidence else None, o.source]
            for o in row.offices
        ],
        "of_state": row.of_state, "members": list(row.members),
    }  # fmt: skip


def agent_row_in(id_: str, v: Mapping[str, Any]) -> AgentRow:
    """The agent again, without its documents. One kept before agents had grounds and offices has none."""
    grounds = tuple(AliasGround(alias, why, Evidence(*e), local) for alias, why, e, local in v.get("grounds", ()))
    offices = tuple(
        OfficeHeld(title, of, first, last, seen, past, Evidence(*e) if e else None, source)
        for title, of, first, last, seen, past, e, source in v.get("offices", ())
    )
    return AgentRow(
        id_, v["name"], v["kind"], tuple(v["aliases"]), (), v["document"], grounds, offices, v.get("of_state"),
        tuple(v.get("members", ())),
    )  # fmt: skip


def mentions_of(document: str, event: Event) -> tuple[Evidence, ...]:
    """The passages of one document that speak of an event: its mentions, or the trigger alone."""
    spans = event.mentions or (event.trigger,)
    return tuple(Evidence(document, s.start, s.end) for s in spans)


def as_json(value: object) -> Json:
    """A value read from a JSON column. Raises TypeError where it is no object."""
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, found {type(value).__name__}")
    return cast(Json, value)
