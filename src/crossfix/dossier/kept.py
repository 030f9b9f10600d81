"""Plans kept in the record: every act on a dossier is a version with who, when and why. Nothing is overwritten; undo is a version too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, insert, select

from crossfix.dossier.plan import Plan, plan_json, plan_of
from crossfix.errors import Conflict, UnknownId, UsageError
from crossfix.record import schema

if TYPE_CHECKING:
    from crossfix.record.store import Record

PREFIX = "dossier-"
BY_MOST = 120
WHY_MOST = 2000


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """A dossier at one of its versions: what was done last (``act``, ``told`` says it in words), by whom, when, why. ``back`` is the
    version that undoing the act leads to, None for the first; ``gone`` is true where it was put away."""

    id: str
    version: int
    at: str
    by: str
    act: str
    told: str
    why: str
    plan: Plan
    back: int | None
    gone: bool = False


def dossiers(record: Record, *, gone: bool = False) -> list[KeptDossier]:
    """The dossiers kept, the one changed last first; with ``gone`` also those put away."""
    t = schema.dossiers
    last: dict[str, RowMapping] = {}
    with record.reading() as connection:
        for r in connection.execute(select(t).order_by(t.c.row)).mappings():
            last[r["id"]] = r
    found = [_kept(r) for r in sorted(last.values(), key=lambda r: -int(r["row"]))]
    return [k for k in found if gone or not k.gone]


def dossier(record: Record, id_: str, version: int | None = None) -> KeptDossier:
    """A dossier as it stands, or stood at a version. Raises UnknownId."""
    t = schema.dossiers
    asked = select(t).where(t.c.id == id_)
    asked = asked.where(t.c.version == version) if version is not None else asked.order_by(t.c.version.desc()).limit(1)
    with record.reading() as connection:
        found = connection.execute(asked).mappings().first()
    if found is None:
        what = f"no dossier has the id {id_[:80]!r}" if version is None else f"{id_[:80]} has no version {version}"
        raise UnknownId(what, advice="choose it from the list of dossiers")
    return _kept(found)


def versions(record: Record, id_: str) -> list[KeptDossier]:
    """Every version, the newest first. Raises UnknownId."""
    t = schema.dossiers
    with record.reading() as connection:
        found = connection.execute(select(t).where(t.c.id == id_).order_by(t.c.version.desc())).mappings().all()
    if not found:
        raise UnknownId(f"no dossier has the id {id_[:80]!r}", advice="choose it from the list of dossiers")
    return [_kept(r) for r in found]


def begin(record: Record, plan: Plan, *, by: str, why: str = "") -> KeptDossier:
    """Keep a new dossier."""
    t = schema.dossiers
    with record.transaction() as connection:
        number = len(set(connection.execute(select(t.c.id)).scalars())) + 1
        id_ = f"{PREFIX}{number}"
        _write(record, id_, 1, plan, act="begun", told=f"began “{plan.title}”", by=by, why=why, back=None)
        return dossier(record, id_)


def change(
    record: Record,
    id_: str,
    make: Callable[[Plan], Plan],
    *,
    act: str,
    told: str,
    by: str,
    why: str = "",
    seen: int | None = None,
) -> KeptDossier:
    """Keep what ``make`` makes of the plan as a new version; a plan that stays as it is makes none. ``seen`` is the version that the
    author of the change looked at; None changes whatever stands. Raises Conflict where another was faster, UnknownId, UsageError."""
    with record.transaction():
        now = dossier(record, id_)
        _unseen(now, seen)
        if now.gone:
            raise UsageError(f"{id_} was put away by {now.by}", advice="bring it back from its history")
        plan = make(now.plan)
        if plan == now.plan:
            return now
        _write(record, id_, now.version + 1, plan, act=act, told=told, by=by, why=why, back=now.version)
        return dossier(record, id_)


def undo(record: Record, id_: str, *, by: str, why: str = "", seen: int | None = None) -> KeptDossier:
    """Take the last act back; again, the one before it. Raises UsageError where there is none, Conflict, UnknownId."""
    with record.transaction():
        now = dossier(record, id_)
        _unseen(now, seen)
        if now.back is None:
            raise UsageError("there is nothing to undo", where=id_)
        old = dossier(record, id_, now.back)
        _write(
            record,
            id_,
            now.version + 1,
            old.plan,
            act="undone",
            told=f"took back: {now.told}",
            by=by,
            why=why,
            back=old.back,
        )
        return dossier(record, id_)


def restore(record: Record, id_: str, version: int, *, by: str, why: str = "", seen: int | None = None) -> KeptDossier:
    """Bring an earlier version back as the newest, whatever came after it. Raises UnknownId, Conflict."""
    with record.transaction():
        now, old = dossier(record, id_), dossier(record, id_, version)
        _unseen(now, seen)
        told = f"brought back version {version}"
        _write(record, id_, now.version + 1, old.plan, act="restored", told=told, by=by, why=why, back=now.version)
        return dossier(record, id_)


def put_away(record: Record, id_: str, *, by: str, why: str = "", seen: int | None = None) -> KeptDossier:
    """Take a dossier off the list. It can be brought back. Raises UnknownId, Conflict."""
    with record.transaction():
        now = dossier(record, id_)
        _unseen(now, seen)
        if not now.gone:
            _write(
                record,
                id_,
                now.version + 1,
                now.plan,
                act="withdrawn",
                told="put it away",
                by=by,
                why=why,
                back=now.version,
            )
        return dossier(record, id_)


def _unseen(now: KeptDossier, seen: int | None) -> None:
    if seen is not None and seen != now.version:
        raise Conflict(
            f"{now.by} changed this dossier meanwhile: {now.told}",
            current={"id": now.id, "version": now.version, "by": now.by, "at": now.at, "plan": plan_json(now.plan)},
            advice="look at it as it stands now, then do it again; nothing of yours was written over theirs",
        )


def _write(
    record: Record, id_: str, version: int, plan: Plan, *, act: str, told: str, by: str, why: str, back: int | None
) -> None:
    from crossfix.record.store import now

    name, reason = " ".join(by.split()), why.strip()
    if not name or len(name) > BY_MOST:
        raise UsageError("an act needs the name of who does it", where="by", advice=f"at most {BY_MOST} characters")
    if len(reason) > WHY_MOST:
        raise UsageError(f"a reason of over {WHY_MOST:,} characters", advice="make it shorter")
    value: dict[str, Any] = {"plan": plan_json(plan), "told": told, "back": back}
    head = {"id": id_, "version": version, "at": now(), "by": name, "act": act, "why": reason}
    with record.transaction() as connection:
        connection.execute(insert(schema.dossiers), [{**head, "value": value}])


def _kept(r: RowMapping) -> KeptDossier:
    v: Any = r["value"]
    return KeptDossier(
        r["id"], r["version"], r["at"], r["by"], r["act"], v["told"], r["why"], plan_of(v["plan"]), v["back"],
        r["act"] == "withdrawn",
    )  # fmt: skip
