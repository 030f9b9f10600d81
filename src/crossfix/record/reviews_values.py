"""The values that a person sets: read from words, checked, and told in words again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args

from crossfix.errors import UsageError
from crossfix.model import STANCES, Firmness, Interval, Outcome, Status
from crossfix.record import schema
from crossfix.record.reviews_rows import FIELD_WORDS, FIELDS, GRADES, REPORT_GRADES, SOURCE_GRADES, ReviewKind

if TYPE_CHECKING:
    from crossfix.record.store import Record

NAME_MOST = 300
NOTE_MOST = 5000
ROLES = ("actor", "target", "supplier", "recipient", "host", "visitor", "party")
CHOICES: dict[str, tuple[str, ...]] = {
    "stance": STANCES,
    "firmness": get_args(Firmness),
    "status": get_args(Status),
    "outcome": get_args(Outcome),
    "grade_source": tuple(SOURCE_GRADES),
    "grade_report": tuple(REPORT_GRADES),
}
"""What may be chosen, for the fields that have a choice."""
_ALSO = {
    "date": "when",
    "place": "where",
    "speaker": "source_name",
    "source": "source_name",
    "words": "content",
    "span": "content",
}
_ABOUT = re.compile(r"(.*?)\s*\(\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*\)", re.DOTALL)
_ROLE = re.compile(r"(.*?)\s*(?:\(([a-z ]+)\))?", re.DOTALL)


def field_of(kind: ReviewKind, given: str, verb: str) -> str:
    """The field's own name: "date" is "when", "place" "where", "speaker" "source_name". Raises UsageError where the kind of row has none
    such to set or grade."""
    name = given.strip().lower().replace("-", "_")
    name = _ALSO.get(name, name)
    known = (FIELDS if verb == "set" else GRADES).get(kind, ())
    if name not in known:
        words = ", ".join(FIELD_WORDS[k] for k in known)
        raise UsageError(
            f"a {kind} has no {given[:40]!r} to {verb}",
            advice=f"it has: {words}" if words else f"nothing of a {kind} is {verb}",
        )
    return name


def parse(record: Record, field: str, given: str, document: str | None = None) -> Any:
    """The value as the record keeps it. "" says that it is not told. ``document`` is the one a claim stands in. Raises UsageError."""
    text = given.strip()
    if field in CHOICES:
        wanted = text.upper() if field == "grade_source" else text.lower().replace(" ", "_")
        if wanted not in CHOICES[field]:
            raise UsageError(f"{given[:40]!r} is no {FIELD_WORDS[field]}", advice=f"one of {', '.join(CHOICES[field])}")
        return wanted
    if field == "content":
        return _ranges(record, text, document or "")
    if field == "when":
        return _interval(text)
    if field == "where":
        return _where(record, text) if text else None
    if field == "participants":
        return _participants(text)
    if len(text) > NAME_MOST:
        raise UsageError(f"a {FIELD_WORDS[field]} of over {NAME_MOST} characters", advice="give a name or a few words")
    if not text and field == "item":
        raise UsageError("a transfer needs an item")
    return " ".join(text.split()) or None


def note_text(given: str) -> str:
    """A note's text. Raises UsageError for an empty or endless one."""
    text = given.strip()
    if not text:
        raise UsageError("an empty note", advice="write something, or leave it")
    if len(text) > NOTE_MOST:
        raise UsageError(f"a note of over {NOTE_MOST:,} characters", advice="make it shorter")
    return text


def _ranges(record: Record, text: str, document: str) -> list[list[int]]:
    whole = record.text(document)
    out: list[list[int]] = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{1,9})\s*-\s*(\d{1,9})\s*", part)
        if found is None:
            raise UsageError(
                f"{text[:40]!r} is no passage", advice="give START-END, in characters of the document's text"
            )
        a, b = int(found[1]), int(found[2])
        if not 0 <= a < b <= len(whole) or not whole[a:b].strip():
            raise UsageError(f"there are no words at {a}-{b}", advice=f"the text has {len(whole):,} characters")
        out.append([a, b])
    out.sort()
    if any(x[1] > y[0] for x, y in pairwise(out)):
        raise UsageError("the passages overlap")
    return out


def _interval(text: str) -> str | None:
    if not text:
        return None
    try:
        return str(Interval.parse(text))
    except ValueError as error:
        raise UsageError(
            f"date: {error}", advice="give YYYY, YYYY-MM, YYYY-MM-DD, or FROM/TO with both ends included"
        ) from None


def _where(record: Record, text: str) -> list[Any]:
    """[name, latitude, longitude]. A name alone has the coordinates that it has elsewhere in the record, where it has any."""
    if len(text) > NAME_MOST + 60:
        raise UsageError(f"a place of over {NAME_MOST} characters", advice="give NAME, or NAME (LATITUDE, LONGITUDE)")
    placed = _ABOUT.fullmatch(text)
    name = " ".join((placed[1] if placed else text).split())
    if not name or len(name) > NAME_MOST:
        raise UsageError("a place needs a name", advice="give NAME, or NAME (LATITUDE, LONGITUDE)")
    if placed:
        lat, lon = float(placed[2]), float(placed[3])
        if abs(lat) > 90 or abs(lon) > 180:
            raise UsageError(f"there is no place at {lat}, {lon}", advice="latitude first, both in degrees")
        return [name, lat, lon]
    t = schema.place_mentions
    known = {
        (r["value"]["lat"], r["value"]["lon"])
        for r in record.current(t, t.c.value["name"].as_string() == name)
        if r["value"]["lat"] is not None
    }
    lat_lon = known.pop() if len(known) == 1 else (None, None)  # two places of one name: which is meant is not known
    return [name, *lat_lon]


def _participants(text: str) -> list[list[str]]:
    out = []
    for part in (p.strip() for p in text.split(";")):
        if not part:
            continue
        if len(part) > NAME_MOST + 20:
            raise UsageError("a participant's name is too long")
        found = _ROLE.fullmatch(part)
        name, role = (found[1].strip(), found[2] or "actor") if found else (part, "actor")
        if role not in ROLES:  # brackets that belong to the name
            name, role = part, "actor"
        out.append([" ".join(name.split()), role])
    return out


def words(field: str, value: Any, text: str = "") -> str:
    """A value in words, as ``parse`` reads it again; ``text`` is the claim's document, to show a span's words."""
    if value is None or value == []:
        return ""
    if field == "content":
        ranges = [(int(a), int(b)) for a, b in value]
        return " … ".join(text[a:b].strip() for a, b in ranges) if text else given(field, value)
    return given(field, value)


def given(field: str, value: Any) -> str:
    """A value as a person would type it."""
    if value is None or value == []:
        return ""
    if field == "content":
        return ",".join(f"{a}-{b}" for a, b in value)
    if field == "where":
        name, lat, lon = value
        return str(name) if lat is None or lon is None else f"{name} ({lat:g}, {lon:g})"
    if field == "participants":
        return "; ".join(f"{name} ({role})" for name, role in value)
    return str(value)
