"""People's acts laid over rows wherever rows are read: what was read stays as it is kept, what a person set stands in its place.

Linking reads what documents tell, never this, so that no correction can be mistaken for a telling; and no later extraction or linking
can take a correction away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import func, select

from crossfix.model import Participant, Where
from crossfix.record import schema
from crossfix.record.decisions import name_of_part
from crossfix.record.reviews_rows import UNREVIEWED, Act, Correction, Note, Reviewed
from crossfix.record.reviews_values import words
from crossfix.record.rows import Account, AgentRow, DocumentRow, EventRow, TransferRow

if TYPE_CHECKING:
    from crossfix.record.store import Record

ACCOUNT_FIELDS = {
    "when": "date", "where": "place", "outcome": "outcome", "status": "status", "participants": "participants",
    "supplier": "supplier", "recipient": "recipient", "item": "item", "quantity": "quantity", "route": "route",
}  # fmt: skip
"""How accounts name the fields."""
Row = TypeVar("Row", EventRow, TransferRow)
_JOINED = {"event": schema.events, "transfer": schema.transfers}


class Overlay:
    """All acts, by the row that each is about now."""

    def __init__(self, record: Record, acts: Sequence[Act]) -> None:
        self.acts = tuple(acts)
        self._of: dict[tuple[str, str], list[Act]] = defaultdict(list)
        self._home = homes = self._homes(record)
        for a in self.acts:
            self._of[a.kind, homes.get(a.number, a.target)].append(a)
        self._agents = [a for a in self.acts if a.kind == "agent"]
        self._reviewed: dict[tuple[str, str], Reviewed] = {}

    def _homes(self, record: Record) -> dict[int, str]:
        """By act, the event or transfer that it is about now: the one with most of the mentions that it was made about."""
        joined = [a for a in self.acts if a.kind in _JOINED]
        if not joined:
            return {}
        now = {
            m: str(r["target"])
            for m, r in record.current_of(schema.joins, {p for a in joined for p in a.parts}).items()
        }
        out = {}
        for a in joined:
            homes = Counter(now[p] for p in a.parts if p in now)
            if homes:
                most = max(homes.values())
                out[a.number] = next(now[p] for p in sorted(a.parts) if p in now and homes[now[p]] == most)
        return out

    # ------------------------------------------------------------------ what is said of a row

    def of(self, kind: str, id_: str) -> list[Act]:
        """All acts about a row, oldest first, undone ones too."""
        return list(self._of.get((kind, id_), ()))

    def home(self, act: Act) -> str:
        """The id of the row that an act is about now."""
        return self._home.get(act.number, act.target)

    def targets(self, kind: str) -> set[str]:
        """The rows of a kind that a person accepted, rejected or corrected, by the ids they have now; documents that a person graded or
        wrote a note on."""
        if kind == "document":
            return {i for (k, i) in self._of if k == kind and self.standing(k, i)}
        return {i for (k, i) in self._of if k == kind and self.reviewed(k, i).state != "unreviewed"}

    def seen(self, kind: str, id_: str) -> int:
        """The mark of the newest act, or undoing, about a row; 0 for none."""
        return max((a.mark for a in self._of.get((kind, id_), ())), default=0)

    def standing(self, kind: str, id_: str) -> list[Act]:
        """The acts that were not undone."""
        return [a for a in self._of.get((kind, id_), ()) if not a.undone]

    def sets(self, kind: str, id_: str) -> dict[str, Act]:
        """By field, the newest act that sets it."""
        return {a.field: a for a in self.standing(kind, id_) if a.verb == "set"}

    def reviewed(self, kind: str, id_: str) -> Reviewed:
        """What the acts about a row come to."""
        if (kind, id_) not in self._of:
            return UNREVIEWED
        if (kind, id_) not in self._reviewed:
            self._reviewed[kind, id_] = _reviewed(self.standing(kind, id_))
        return self._reviewed[kind, id_]

    # ------------------------------------------------------------------ rows

    def claim_rows(self, rows: Iterable[Any]) -> list[Any]:
        """Kept rows of claims, those that a person corrected with what was set in the place of what was read."""
        if not self._of:
            return list(rows)
        return [self._claim_row(r) for r in rows]

    def _claim_row(self, r: Any) -> Any:
        sets = self.sets("claim", r["id"])
        if not sets:
            return r
        v = dict(r["value"])
        out = dict(r)
        for name in ("stance", "firmness"):
            if name in sets:
                v[name] = sets[name].value
        if "stance" in sets or "firmness" in sets:
            v["firmness_words"] = []  # they explain what was read, not what a person set
        if "source_name" in sets:
            name = sets["source_name"].value
            v["chain"] = _chain(v["chain"], v["source_name"], name)
            v["source_name"] = out["source_name"] = name
        if "content" in sets:
            ranges = [list(x) for x in sets["content"].value]
            whole = [ranges[0][0], ranges[-1][1]]
            v["content"] = whole if len(ranges) == 1 else [*whole, *(x for r_ in ranges for x in r_)]
            ends = [s[:2] for s in (v["source"], v["cue"], v["content"]) if s is not None]
            v["quote"] = [min(s[0] for s in ends), max(s[1] for s in ends)]
        out["value"] = v
        return out

    def event(self, e: EventRow) -> EventRow:
        """The event with what people set, the earlier values among its accounts."""
        acts = self._of.get(("event", e.id))
        if not acts:
            return e
        for name, act in self.sets("event", e.id).items():
            e = _with_account(e, act, words(name, act.value), _told_of_event(e, name))
            if name == "when" and act.value != e.when:
                e = replace(e, when=act.value, moment=None)
            elif name == "where":
                e = replace(e, where=None if act.value is None else Where(*act.value))
            elif name == "participants":
                e = replace(e, participants=tuple(Participant(*p) for p in act.value))
            elif name in ("status", "outcome"):
                e = replace(e, **{name: act.value})
        return replace(e, reviewed=self.reviewed("event", e.id))

    def transfer(self, t: TransferRow) -> TransferRow:
        """The transfer with what people set, the earlier values among its accounts."""
        acts = self._of.get(("transfer", t.id))
        if not acts:
            return t
        for name, act in self.sets("transfer", t.id).items():
            t = _with_account(t, act, words(name, act.value), getattr(t, name) or "")
            t = replace(t, **{name: act.value})
        return replace(t, reviewed=self.reviewed("transfer", t.id))

    def document(self, d: DocumentRow) -> DocumentRow:
        """The document with its grades and notes."""
        return replace(d, reviewed=self.reviewed("document", d.sha256)) if ("document", d.sha256) in self._of else d

    def agents(self, rows: Sequence[AgentRow]) -> list[AgentRow]:
        """The agents with their grades and notes. One that was put together with another since has those of both; one that a new linking
        gave another id is found by its name."""
        if not self._agents:
            return list(rows)
        by_id = {a.id: a for a in rows}
        by_name: dict[str, str] = {}
        for a in rows:
            for n in (a.name, *a.aliases):
                by_name.setdefault(n, a.id)
        found: dict[str, list[Act]] = defaultdict(list)
        for act in self._agents:
            names = [name_of_part(p) for p in act.parts]
            home = act.target if act.target in by_id else next((by_name[n] for n in names if n in by_name), None)
            if home is not None:
                found[home].append(act)
        return [
            replace(a, reviewed=_reviewed([x for x in found[a.id] if not x.undone])) if a.id in found else a
            for a in rows
        ]


def overlay(record: Record) -> Overlay:
    """The acts of a record as they lie over its rows, kept until an act or a linking changes something."""
    from crossfix.record.reviews import every

    with record.reading() as connection:
        last = connection.execute(select(func.max(schema.reviews.c.row))).scalar() or 0
        joined = (connection.execute(select(func.max(schema.joins.c.row))).scalar() or 0) if last else 0
        kept: tuple[tuple[int, int], Overlay] | None = record.laid_over
        if kept is None or kept[0] != (last, joined):
            kept = record.laid_over = ((last, joined), Overlay(record, every(record) if last else ()))
        return kept[1]


def _chain(chain: Sequence[str], old: str | None, new: str | None) -> list[str]:
    """The chain with another speaker at the old one's place, else at its end."""
    out = list(chain)
    if old is not None and old in out:
        at = len(out) - 1 - out[::-1].index(old)
        out[at : at + 1] = [new] if new else []
    elif new and (not out or out[-1] != new):
        out.append(new)
    return out


def _told_of_event(e: EventRow, name: str) -> str:
    """The value that an event has, as accounts tell it; "" for none."""
    if name == "where":
        return e.where.name if e.where else ""
    if name == "participants":
        return "; ".join(sorted({p.name for p in e.participants}))
    if name == "outcome":
        return "" if e.outcome == "unknown" else e.outcome
    return str(getattr(e, name) or "")


def _with_account(row: Row, act: Act, told: str, earlier: str) -> Row:
    """The row with the person's value among its accounts, and beside it the one that it takes the place of."""
    field = ACCOUNT_FIELDS[act.field]
    if field == "place" and act.value is not None:
        told = act.value[0]
    if field == "participants":
        told = "; ".join(sorted({p[0] for p in act.value or ()}))
    accounts = list(row.accounts)
    if earlier and not any(a.field == field for a in accounts):
        accounts.append(Account(field, earlier, row.evidence))
    at = max((n for n, a in enumerate(accounts) if a.field == field), default=len(accounts) - 1) + 1
    accounts.insert(at, Account(field, told or "not told", row.evidence[:1], (f"corrected by {act.by}",)))
    return replace(row, accounts=tuple(accounts))


def _reviewed(acts: Sequence[Act]) -> Reviewed:
    """What acts that stand, oldest first, come to."""
    sets: Mapping[str, Act] = {a.field: a for a in acts if a.verb == "set"}
    verdict = next((a for a in reversed(acts) if a.verb in ("accept", "reject")), None)
    grades = {a.field: str(a.value) for a in acts if a.verb == "grade"}
    last = next((a for a in reversed(acts) if a.verb in ("accept", "reject", "set")), None)
    state = UNREVIEWED.state
    if verdict is not None and verdict.verb == "reject":
        state, last = "rejected", verdict
    elif sets:
        state = "corrected"
    elif verdict is not None:
        state = "accepted"
    return Reviewed(
        state,
        last.by if last else None,
        last.at if last else None,
        tuple(
            Correction(f, words(f, a.value), words(f, a.before), a.id, a.by, a.at, a.why)
            for f, a in sorted(sets.items())
        ),
        tuple(Note(str(a.value), a.id, a.by, a.at) for a in acts if a.verb == "note"),
        grades.get("grade_source"),
        grades.get("grade_report"),
    )
