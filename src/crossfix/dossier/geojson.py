"""A dossier's events, places of routes and legs as GeoJSON (RFC 7946), each with who holds it and the passages it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from crossfix.dossier import phrases, words
from crossfix.dossier.picture_map import known
from crossfix.dossier.report import Report
from crossfix.model import Where
from crossfix.record.rows import EventRow, Evidence, TransferRow

PRECISION = 5


def geojson(report: Report) -> dict[str, Any]:
    """One collection. An event told without a place, or at a state alone, is a feature without a geometry: nothing is invented, and
    nothing is lost."""
    cited = {(i.sha256, i.start, i.end): n.number for n in reversed(report.notes) for i in n.items}
    numbers = {a.row.sha256: a.number for a in report.documents}
    features: list[dict[str, Any]] = []
    sites: dict[tuple[float, float], dict[str, Any]] = {}

    def citations(passages: Iterable[Evidence]) -> list[dict[str, Any]]:
        return [
            {"document": e.document, "start": e.start, "end": e.end, "note": cited.get((e.document, e.start, e.end))}
            for e in passages
            if e.document in numbers
        ]

    for t in report.told:
        if t.event:
            features.append(_event(t.paragraph, t.event, citations(t.event.mentions), report))
        if t.transfer:
            for n, leg in enumerate(t.transfer.legs, 1):
                ends = known(leg.start), known(leg.end)
                properties = _transfer(t.paragraph, t.transfer, report) | {
                    "kind": "leg", "leg": n, "mode": leg.mode, "from": leg.start.name if leg.start else None,
                    "to": leg.end.name if leg.end else None, "citations": citations(leg.evidence),
                }  # fmt: skip
                line = None
                if ends[0] and ends[1] and ends[0] != ends[1]:
                    line = {"type": "LineString", "coordinates": [_at(p) for p in ends if p]}
                features.append(_feature(f"{t.transfer.id}-leg-{n}", line, properties))
                for place in (leg.start, leg.end):
                    _site(sites, place, t.paragraph)
            if not t.transfer.legs:
                properties = _transfer(t.paragraph, t.transfer, report) | {
                    "kind": "transfer",
                    "citations": citations(t.transfer.evidence),
                }
                features.append(_feature(t.transfer.id, None, properties))
    features += [
        _feature(f"site-{n}", {"type": "Point", "coordinates": _at(at)}, {"kind": "site", **found})
        for n, (at, found) in enumerate(sites.items(), 1)
    ]
    documents = [
        {"number": a.number, "sha256": a.row.sha256, "outlet": a.outlet, "title": a.title, "published": a.row.published}
        for a in report.documents
    ]
    return {
        "type": "FeatureCollection", "name": report.title, "made": report.made, "features": features, "documents": documents,
        "note": "What documents report, with who holds it. Lines join the ends of a leg and are not the way taken.",
    }  # fmt: skip


def geojson_text(report: Report) -> str:
    """The same as a file."""
    return json.dumps(geojson(report), ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def _feature(id_: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


def _event(number: int, e: EventRow, cites: list[dict[str, Any]], report: Report) -> dict[str, Any]:
    at = known(e.where)
    geometry = {"type": "Point", "coordinates": _at(at)} if at else None
    return _feature(
        e.id,
        geometry,
        {
            "kind": "event", "paragraph": number, "title": phrases.heading(e), "type": e.type, "when": e.when,
            "when_told": words.date_words(e.when), "place": e.where.name if e.where else None, "status": e.status, "modality": e.modality,
            "outcome": e.outcome, "participants": [{"name": p.name, "role": p.role} for p in e.participants],
            "denied_by": list(e.denied_by), "independent_origins": e.independent_origins, "documents": len(e.reports),
            "checks": list(report.verdicts.get(e.id, ())), "citations": cites,
        },
    )  # fmt: skip


def _transfer(number: int, t: TransferRow, report: Report) -> dict[str, Any]:
    return {
        "paragraph": number, "transfer": t.id, "title": f"{phrases.pair(t.supplier, t.recipient)}: {t.item}", "supplier": t.supplier,
        "recipient": t.recipient, "item": t.item, "quantity": t.quantity, "when": t.when, "route": t.route, "status": t.status,
        "modality": t.modality, "alleged_by": list(t.alleged_by), "denied_by": list(t.denied_by),
        "checks": list(report.verdicts.get(t.id, ())),
    }  # fmt: skip


def _site(sites: dict[tuple[float, float], dict[str, Any]], place: Where | None, number: int) -> None:
    at = known(place)
    if at and place:
        held = sites.setdefault(at, {"name": place.name, "paragraphs": []})
        if number not in held["paragraphs"]:
            held["paragraphs"].append(number)


def _at(p: tuple[float, float]) -> list[float]:
    return [round(p[0], PRECISION), round(p[1], PRECISION)]
