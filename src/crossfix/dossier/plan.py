"""The plan of a dossier: what a person chose, in which order, with which paragraphs of their own, and what they left out.

A plan is a value. Every act gives a new one; keeping them, with who and why, is ``kept``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast, get_args

from crossfix.errors import UsageError

Kind = Literal["heading", "text", "event", "transfer", "claim", "finding"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CHOSEN: tuple[Kind, ...] = ("event", "transfer", "claim", "finding")
"""What is chosen from the record, by its id; the rest is written."""
Part = Literal["timeline", "map", "accounts", "checks", "drift", "basis", "documents", "texts"]
PARTS: Mapping[Part, str] = {
    "timeline": "the picture of the timeline",
    "map": "the map",
    "accounts": "where accounts differ",
    "checks": "what checks found about an event or a statement",
    "drift": "what changed from one report to the next",
    "basis": "the line under each paragraph that says what it rests on",
    "documents": "the annex of documents",
    "texts": "the documents’ own text in that annex",
}
FORM = 1
ITEMS_MOST = 2000
TITLE_MOST = 300
TEXT_MOST = 20_000
LEFT_MOST = 20_000
TITLE = "Untitled dossier"
_KEY = re.compile(r"i[0-9]{1,9}")
_ID = re.compile(r"[^\s\x00-\x1f]{1,200}")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a plan. ``key`` names it within the plan; ``ref`` is the id of what was chosen, ``text`` what was written: a heading's
    words, or paragraphs parted by blank lines."""

    key: str
    kind: Kind
    ref: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """What is left out: claims by id, documents by SHA-256, parts of every paragraph and of the annexes."""

    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A dossier as planned."""

    title: str = TITLE
    author: str = ""
    items: tuple[Item, ...] = ()
    without: Without = field(default_factory=Without)

    def item(self, key: str) -> Item:
        """The item of this key. Raises UsageError."""
        return self.items[self.place(key)]

    def place(self, key: str) -> int:
        """Where the item stands, from 0. Raises UsageError."""
        for n, item in enumerate(self.items):
            if item.key == key:
                return n
        raise UsageError("this item is no longer in the dossier", advice="load the page again")

    def holds(self, kind: str, ref: str) -> bool:
        """True where this is chosen already."""
        return any(i.kind == kind and i.ref == ref for i in self.items)


# ------------------------------------------------------------------ acts


def added(plan: Plan, kind: Kind, *, ref: str = "", text: str = "", at: int | None = None) -> Plan:
    """With one more item, at the end or at a place. What is chosen already is not chosen twice. Raises UsageError."""
    if kind in CHOSEN and plan.holds(kind, ref):
        return plan
    last = max((int(i.key[1:]) for i in plan.items), default=0)
    item = _item({"key": f"i{last + 1}", "kind": kind, "id": ref, "text": text})
    if len(plan.items) >= ITEMS_MOST:
        raise UsageError(f"a dossier holds at most {ITEMS_MOST:,} items", advice="begin a second one")
    place = len(plan.items) if at is None else max(0, min(at, len(plan.items)))
    return replace(plan, items=(*plan.items[:place], item, *plan.items[place:]))


def moved(plan: Plan, key: str, to: int) -> Plan:
    """With an item at another place, counted from 0 once it is taken out; beyond the ends means at the end."""
    item = plan.item(key)
    rest = [i for i in plan.items if i.key != key]
    rest.insert(max(0, min(to, len(rest))), item)
    return replace(plan, items=tuple(rest))


def dropped(plan: Plan, key: str) -> Plan:
    """Without an item."""
    plan.place(key)
    return replace(plan, items=tuple(i for i in plan.items if i.key != key))


def written(plan: Plan, key: str, text: str) -> Plan:
    """With other words in a heading or paragraph."""
    old = plan.item(key)
    if old.kind in CHOSEN:
        raise UsageError("only one's own words can be written anew", advice="write a paragraph beside it")
    new = _item({"key": key, "kind": old.kind, "text": text})
    return replace(plan, items=tuple(new if i.key == key else i for i in plan.items))


def named(plan: Plan, title: str, author: str) -> Plan:
    """With another title and author."""
    return replace(plan, title=_line(title, "title") or TITLE, author=_line(author, "author"))


def without(plan: Plan, what: Literal["claims", "documents", "parts"], which: str, *, out: bool = True) -> Plan:
    """With a claim, a document or a part left out, or taken back in."""
    held = getattr(plan.without, what)
    new = tuple(x for x in held if x != which) + ((which,) if out else ())
    return replace(plan, without=_without({**_without_json(plan.without), what: list(new)}))


# ------------------------------------------------------------------ JSON


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON values, as a file of it holds them."""
    items = []
    for i in plan.items:
        given = {"key": i.key, "kind": i.kind} | ({"id": i.ref} if i.kind in CHOSEN else {"text": i.text})
        items.append(given)
    return {
        "crossfix_dossier": FORM, "title": plan.title, "author": plan.author, "items": items,
        "left_out": _without_json(plan.without),
    }  # fmt: skip


def plan_text(plan: Plan) -> str:
    """The plan as a file for people to edit."""
    return json.dumps(plan_json(plan), ensure_ascii=False, indent=2) + "\n"


def read_plan(text: str, where: str | None = None) -> Plan:
    """The plan in a file. Raises UsageError, saying what is wrong and where in the file."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is no JSON ({error})", where=where, advice="see docs/guide.md for the form") from error
    try:
        return plan_of(found)
    except UsageError as error:
        raise UsageError(error.what, where=where, advice=error.advice) from error


def plan_of(value: Any) -> Plan:
    """The plan in JSON values. Raises UsageError."""
    known = {"crossfix_dossier", "title", "author", "items", "left_out"}
    v = _object(value, "the plan", known)
    if v.get("crossfix_dossier", FORM) != FORM:
        raise UsageError(f"a plan of form {v['crossfix_dossier']!r}", advice=f"this crossfix reads form {FORM}")
    listed = v.get("items", [])
    if not isinstance(listed, list) or len(listed) > ITEMS_MOST:
        raise UsageError(f"items: a list of at most {ITEMS_MOST:,} is needed")
    items: list[Item] = []
    taken: set[str] = {str(x["key"]) for x in listed if isinstance(x, dict) and "key" in x}
    number = 0
    for n, x in enumerate(listed, 1):
        given = dict(_object(x, f"item {n}", {"key", "kind", "id", "text"}))
        while "key" not in given:
            number += 1
            if f"i{number}" not in taken:
                given["key"] = f"i{number}"
        try:
            items.append(_item(given))
        except UsageError as error:
            raise UsageError(f"item {n}: {error.what}", advice=error.advice) from error
    if len({i.key for i in items}) != len(items):
        raise UsageError("two items have the same key", advice="leave the keys out")
    title, author = (_line(v.get(name, ""), name) for name in ("title", "author"))
    return Plan(title or TITLE, author, tuple(items), _without(v.get("left_out", {})))


def _item(v: Mapping[str, Any]) -> Item:
    kind, key = v.get("kind"), v.get("key")
    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of item", advice=f"one of {', '.join(KINDS)}")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise UsageError(f"{key!r} is no key", advice="leave the keys out")
    if kind in CHOSEN:
        return Item(key, cast(Kind, kind), _id(v.get("id"), f"the id of a {kind}"))
    text = v.get("text", "")
    if not isinstance(text, str) or len(text) > TEXT_MOST:
        raise UsageError(f"text: at most {TEXT_MOST:,} characters are possible in one piece", advice="make it two")
    if kind == "heading":
        return Item(key, "heading", "", _line(text, "heading"))
    return Item(
        key,
        "text",
        "",
        "\n".join(x.rstrip() for x in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip(),
    )


def _without(value: Any) -> Without:
    v = _object(value, "left_out", {"claims", "documents", "parts"})
    out: dict[str, tuple[str, ...]] = {}
    for name in ("claims", "documents", "parts"):
        listed = v.get(name, [])
        if not isinstance(listed, list) or len(listed) > LEFT_MOST:
            raise UsageError(f"left_out.{name}: a list is needed")
        out[name] = tuple(dict.fromkeys(_id(x, f"left_out.{name}") for x in listed))
    wrong = [p for p in out["parts"] if p not in PARTS]
    if wrong:
        raise UsageError(f"left_out.parts: there is no part {wrong[0]!r}", advice=f"one of {', '.join(PARTS)}")
    return Without(out["claims"], out["documents"], cast(tuple[Part, ...], out["parts"]))


def _without_json(w: Without) -> dict[str, list[str]]:
    return {"claims": list(w.claims), "documents": list(w.documents), "parts": list(w.parts)}


def _object(value: Any, what: str, known: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{what}: an object is needed")
    strange = [k for k in value if k not in set(known)]
    if strange:
        raise UsageError(f"{what}: {strange[0][:40]!r} means nothing here", advice=f"known: {', '.join(sorted(known))}")
    return value


def _id(value: Any, what: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise UsageError(f"{what}: {str(value)[:60]!r} is no id")
    return value


def _line(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{what}: words are needed")
    line = " ".join(value.split())
    if len(line) > TITLE_MOST:
        raise UsageError(f"{what}: at most {TITLE_MOST} characters")
    return line
