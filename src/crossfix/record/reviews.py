"""What people say of rows: accept, reject, set, note, grade, and take back. Each act is a row with who, when, why, the value that its
author saw and the new one; what it is about is not touched (see ``reviews_overlay``).

Nobody's act is lost or overrides another's unseen: an act may say up to which act its author had seen what was said of the row
(``seen``), and is refused with a Conflict that holds both values where a newer one is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import RowMapping, insert, select

from crossfix.errors import Conflict, UnknownId, UsageError
from crossfix.record import reviews_values as values
from crossfix.record import schema
from crossfix.record.decisions import agent_of, agent_parts
from crossfix.record.reviews_overlay import overlay
from crossfix.record.reviews_rows import FIELD_WORDS, JUDGED, KINDS, VERBS, Act, ReviewKind, Verb

if TYPE_CHECKING:
    from crossfix.record.store import Record

PREFIX = "act-"
BY_MOST = 120
WHY_MOST = 2000


# ------------------------------------------------------------------ writing


def review(
    record: Record,
    verb: Verb,
    kind: ReviewKind,
    id_: str,
    *,
    field: str = "",
    value: str = "",
    seen: int | None = None,
    by: str,
    why: str = "",
) -> Act:
    """Keep an act about a row. ``field`` and ``value`` are what is set or graded, ``value`` alone a note's text; ``seen`` is the mark of
    the newest act on the row that the author saw (``seen_of``), None to act on whatever stands.

    Raises UnknownId where there is no such row, UsageError for a value that means nothing, Conflict where somebody was faster.
    """
    if kind not in KINDS or verb not in VERBS:
        raise UsageError(f"nobody can {verb} a {kind}")
    if verb in ("accept", "reject") and kind not in JUDGED:
        raise UsageError(f"a {kind} is not accepted or rejected", advice="grade it, or write a note")
    with record.transaction() as connection:
        target, parts, document = _target(record, kind, id_)
        name = values.field_of(kind, field, verb) if verb in ("set", "grade") else "note" if verb == "note" else ""
        new: Any = None
        if verb == "note":
            new = values.note_text(value)
        elif name:
            new = values.parse(record, name, value, document)
        before = value_of(record, kind, target, name) if name and verb != "note" else None
        _unseen(record, kind, target, seen, name, new, verb)
        if verb in ("set", "grade") and new == before:
            raise UsageError(f"the {FIELD_WORDS[name]} is that already")
        t = schema.reviews
        last = connection.execute(select(t.c.id).order_by(t.c.row.desc()).where(t.c.version == 1).limit(1)).scalar()
        number = int(str(last).removeprefix(PREFIX)) + 1 if last else 1
        kept = {"verb": verb, "parts": list(parts), "field": name, "new": new, "before": before}
        head = {"id": f"{PREFIX}{number}", "version": 1, "at": _now(), "by": _name(by), "act": verb, "why": _why(why)}
        connection.execute(insert(t), [{**head, "kind": kind, "target": target, "value": kept}])
        _refresh(record, kind, [target])
        return act(record, number)


def undo(record: Record, which: str | int, *, seen: int | None = None, by: str, why: str = "") -> Act:
    """Take an act back: a new row says so, the old one stays readable. Raises UnknownId, UsageError where it is undone already, and
    Conflict where something was said of its row that the author had not seen."""
    with record.transaction() as connection:
        found = act(record, which)
        if found.undone:
            raise UsageError(
                f"{found.id} was undone by {found.undone_by} on {(found.undone_at or '')[:10]}", where="undo"
            )
        target = home_of(record, found)
        _unseen(record, found.kind, target, seen, found.field, found.before, "undo")
        t = schema.reviews
        last = connection.execute(select(t).where(t.c.row == found.mark)).mappings().one()
        columns = {k: v for k, v in last.items() if k != "row"}
        stamp = {"version": last["version"] + 1, "at": _now(), "by": _name(by), "act": "withdrawn", "why": _why(why)}
        connection.execute(insert(t), [{**columns, **stamp}])
        _refresh(record, found.kind, [target])
        return act(record, found.number)


def _unseen(record: Record, kind: ReviewKind, target: str, seen: int | None, field: str, new: Any, verb: str) -> None:
    """Raises Conflict where the newest act on the row is one that its author had not seen."""
    said = overlay(record)
    newest = said.seen(kind, target)
    if seen is None or seen == newest:
        return
    other = max(said.of(kind, target), key=lambda a: a.mark, default=None)
    if other is None:
        raise UsageError(f"nothing was said of {target[:24]} yet", where="seen", advice="load it again")
    now = value_of(record, kind, target, field) if field and field != "note" else None
    current = {
        "act": other.id, "verb": "undo" if other.undone else other.verb, "by": other.undone_by or other.by,
        "at": other.undone_at or other.at, "why": other.undone_why or other.why, "field": other.field, "value": other.value,
        "seen": newest, "now": now, "yours": {"verb": verb, "field": field, "value": new},
    }  # fmt: skip
    raise Conflict(
        f"{current['by']} said something of this {kind} that you had not seen: {told(other)}",
        current=current,
        advice="look at both, then say it again",
    )


def _target(record: Record, kind: ReviewKind, id_: str) -> tuple[str, tuple[str, ...], str | None]:
    """The row's own id, the parts by which it is found again, and the document that a claim stands in."""
    if kind == "claim":
        c = record.claim(id_)
        return c.id, (f"{c.document}:{c.quote.start}-{c.quote.end}",), c.document
    if kind == "document":
        return record.document(id_).sha256, (), None
    if kind == "agent":
        a = agent_of(record, id_)
        return a.id, agent_parts(a), None
    found = (record.event(id_) if kind == "event" else record.transfer(id_)).id
    t = schema.joins
    return found, tuple(sorted(r["id"] for r in record.current(t, t.c.target == found))), None


def _name(by: str) -> str:
    name = " ".join(by.split())
    if not name or len(name) > BY_MOST:
        raise UsageError("an act needs the name of who does it", where="by", advice=f"at most {BY_MOST} characters")
    return name


def _why(why: str) -> str:
    text = why.strip()
    if len(text) > WHY_MOST:
        raise UsageError(f"a reason of over {WHY_MOST:,} characters", advice="make it shorter, or write a note")
    return text


def _now() -> str:
    from crossfix.record.store import now

    return now()


def _refresh(record: Record, kind: ReviewKind, ids: list[str]) -> None:
    from crossfix.record.reviews_standing import refresh

    refresh(record, kind, ids)


# ------------------------------------------------------------------ reading


def every(record: Record) -> list[Act]:
    """All acts, oldest first, undone ones too."""
    t = schema.reviews
    first: dict[str, RowMapping] = {}
    last: dict[str, RowMapping] = {}
    with record.reading() as connection:
        for r in connection.execute(select(t).order_by(t.c.row)).mappings():
            first.setdefault(r["id"], r)
            last[r["id"]] = r
    return [_act(r, last[i]) for i, r in first.items()]


def act(record: Record, which: str | int) -> Act:
    """The act of this number or id ("3", "act-3"), undone or not. Raises UnknownId."""
    wanted = str(which).strip().lower().removeprefix(PREFIX)
    t = schema.reviews
    with record.reading() as connection:
        rows = list(connection.execute(select(t).where(t.c.id == PREFIX + wanted).order_by(t.c.version)).mappings())
    if not rows:
        raise UnknownId(f"there is no act {str(which)[:40]!r}", advice="list them with: crossfix review --all")
    return _act(rows[0], rows[-1])


def _act(first: RowMapping, last: RowMapping) -> Act:
    v = cast(Any, first["value"])
    undone = last["act"] == "withdrawn"
    return Act(
        int(first["id"].removeprefix(PREFIX)), v["verb"], first["kind"], first["target"], tuple(v["parts"]), v["field"], v["new"],
        v["before"], first["at"], first["by"], first["why"], int(last["row"]), undone, last["at"] if undone else None,
        last["by"] if undone else None, last["why"] if undone else "",
    )  # fmt: skip


def acts_on(record: Record, kind: ReviewKind, id_: str) -> list[Act]:
    """All acts about a row as it stands, oldest first, undone ones too."""
    return overlay(record).of(kind, id_)


def seen_of(record: Record, kind: ReviewKind, id_: str) -> int:
    """The mark of the newest act on a row, to be sent along with the next one; 0 for none."""
    return overlay(record).seen(kind, id_)


def home_of(record: Record, a: Act) -> str:
    """The id of the row that an act is about now."""
    said = overlay(record)
    return next((said.home(x) for x in said.acts if x.number == a.number), a.target)


def kind_of(record: Record, id_: str) -> ReviewKind:
    """What an id is of: a claim, event, transfer, document or agent. Raises UnknownId."""
    wanted = id_.strip()
    tries: dict[ReviewKind, Any] = {
        "claim": record.claim, "event": record.event, "transfer": record.transfer, "document": record.document,
        "agent": lambda x: agent_of(record, x),
    }  # fmt: skip
    for kind, look in tries.items():
        try:
            look(wanted)
        except UnknownId:
            continue
        return kind
    raise UnknownId(
        f"no claim, event, transfer, document or agent has the id {wanted[:80]!r}",
        advice="see ids with: crossfix claims, events, transfers, documents or agents --json",
    )


def value_of(record: Record, kind: ReviewKind, id_: str, field: str) -> Any:
    """A field's present value as JSON holds it."""
    if field.startswith("grade_"):
        said = overlay(record).reviewed(kind, id_)
        return said.grade_source if field == "grade_source" else said.grade_report
    row: Any = {"claim": record.claim, "event": record.event, "transfer": record.transfer}[kind](id_)
    found = getattr(row, field)
    if field == "content":
        return [list(p) for p in found.ranges]
    if field == "where":
        return None if found is None else [found.name, found.lat, found.lon]
    if field == "participants":
        return [[p.name, p.role] for p in found]
    return found


def told(a: Act, text: str = "") -> str:
    """What an act says, in words: "set the date to 2023-12-18 (was 2023-12)"; ``text`` is the claim's document."""
    words = {"accept": "accepted it", "reject": "rejected it", "note": f"wrote: {a.value}"}.get(a.verb)
    if words is None:
        new = values.words(a.field, a.value, text) or "not told"
        was = values.words(a.field, a.before, text) or ("none" if a.verb == "grade" else "not told")
        words = f"{'set' if a.verb == 'set' else 'gave'} the {FIELD_WORDS[a.field]} {'to ' if a.verb == 'set' else ''}{new} (was {was})"
    return f"took back: {words}" if a.undone else words
