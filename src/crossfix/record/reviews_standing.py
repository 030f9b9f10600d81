"""The lean tables (``now_*``) with people's corrections in them, so that the site's lists, timeline and map show and sort what holds.

Triggers fill those tables from kept rows; what a person set is put over them here, after each act and after each linking.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, update

from crossfix.model import Interval
from crossfix.record import schema, values
from crossfix.record.reviews_overlay import overlay

if TYPE_CHECKING:
    from crossfix.record.store import Record


def refresh(record: Record, kind: str, ids: Iterable[str]) -> None:
    """Put into the lean tables what holds now for these rows, corrected or not."""
    with record.transaction() as connection:
        if kind == "claim":
            for r in overlay(record).claim_rows(record.current_of(schema.claims, ids).values()):
                v = r["value"]
                told = {
                    "start": v["quote"][0],
                    "source_name": r["source_name"],
                    "stance": v["stance"],
                    "firmness": v["firmness"],
                }
                connection.execute(update(schema.now_claims).where(schema.now_claims.c.id == r["id"]).values(told))
        elif kind == "event":
            for i, r in record.current_of(schema.events, ids).items():
                _event(record, connection, i, r["value"])
        elif kind == "transfer":
            for i, r in record.current_of(schema.transfers, ids).items():
                t = overlay(record).transfer(values.transfer_row_in(i, r["value"]))
                told = {
                    "supplier": t.supplier,
                    "recipient": t.recipient,
                    "item": t.item,
                    "status": t.status,
                    **_days(t.when),
                }
                connection.execute(update(schema.now_transfers).where(schema.now_transfers.c.id == i).values(told))


def refresh_linked(record: Record, events: Iterable[str], transfers: Iterable[str]) -> None:
    """After linking wrote these events and transfers: put people's corrections over them again. Costs nothing where there are none."""
    said = overlay(record)
    for kind, ids in (("event", set(events)), ("transfer", set(transfers))):
        mine = sorted(i for i in ids if said.sets(kind, i))
        if mine:
            refresh(record, kind, mine)


def _event(record: Record, connection: Connection, id_: str, value: Any) -> None:
    e = overlay(record).event(values.event_row_in(id_, value))
    people = [[p.name, p.role] for p in e.participants]
    told = {
        "status": e.status, "outcome": e.outcome, "place": e.where.name if e.where else None, "lat": e.where.lat if e.where else None,
        "lon": e.where.lon if e.where else None, "participants": json.dumps(people, separators=(",", ":")),
        **_days(e.when),
    }  # fmt: skip
    connection.execute(update(schema.now_events).where(schema.now_events.c.id == id_).values(told))
    p = schema.now_parties
    connection.execute(delete(p).where(p.c.event == id_))
    parties = sorted({(name, role) for name, role in people if name is not None})
    if parties:
        connection.execute(insert(p), [{"event": id_, "name": n, "role": r} for n, r in parties])


def _days(when: str | None) -> dict[str, str]:
    if when is None:
        return {"first": "", "last": ""}
    days = Interval.parse(when)
    return {"first": days.first.isoformat(), "last": days.last.isoformat()}
