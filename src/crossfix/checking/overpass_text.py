"""Where a text says that a known satellite photographed, observed or passed over named places, and when.

Few patterns, each of which names satellite, act and place in one sentence: a mere mention of a satellite, satellite images that somebody
released, and what is planned, denied or wished give nothing. "A satellite it launched" is the one satellite that the speaking state
had in orbit then; where it had two, nothing is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crossfix.checking.case import Paper
from crossfix.model import Interval, Place, Time
from crossfix.record.rows import ClaimRow
from crossfix.reference import zones
from crossfix.reference.geography import tables
from crossfix.reference.satellites import Satellite, bare_name, buildings, satellites

LONGEST = dt.timedelta(days=31)
"""Stretches longer than this are not asked about: a low satellite passes everywhere in a month."""
_LARGEST_KM = 40.0
_SPOTS = frozenset(
    "naval_base shipyard air_base building launch_site test_site test_range port plant residence base military_base airport".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells: the satellite's catalogue number, the place with coordinates (WGS84 degrees), the stretch of time that the text
    allows (UTC) and why it is that one, whether a picture is told (else a pass alone), the subject's id and the sentence."""

    satellite: str
    place: str
    lat: float
    lon: float
    first: dt.datetime
    last: dt.datetime
    stretch: str
    photo: bool
    subject: str
    start: int
    end: int


# ------------------------------------------------------------------ the sentence

_KIND = (
    r"(?:(?:new(?:est|ly launched)?|first|second|latest|own|homegrown|so-called|military|spy|reconnaissance|surveillance|observation"
    r"|imaging|earth)[ -])*"
)
_OWNER = r"[\w’']+(?:['’]s|s['’])|North Korean|South Korean|[A-Z]\w+(?:an|ese|ish|i)"
# "satellite images", "satellite launch": the word beside another is no satellite
_BESIDE = r"image|photo|picture|launch|data|program|technolog|dish|phone|television|TV|link|navigation|station|cent"
_ANY = re.compile(rf"\b(?P<det>a|an|its|their|the|that|this|{_OWNER}) {_KIND}satellite\b(?![ -](?:{_BESIDE}))")
_PICTURE = r"(?:photos|photographs|photo|photograph|pictures|picture|images|image|imagery|shots)"
_TAKEN = r"(?:took|taken|takes|snapped|captured|acquired|collected|obtained|transmitted|beamed back|sent back|relayed|sent|gathered)"
_PHOTO = rf"(?:{_TAKEN} (?:[\w-]+ ){{0,3}}{_PICTURE} (?:of|over|showing)|photographed|imaged|filmed)"
_NEARLY = r"(?:(?:almost|nearly|right|directly|straight|just|close to) )*"
_OVER = rf"(?:passed|flew|flown|passes|flies|passing|flying) {_NEARLY}(?:over|above)"
_ACT = re.compile(rf"\b(?:(?P<photo>{_PHOTO})|(?P<over>{_OVER}))(?=\W)")
# what may not stand between the satellite and the act: another's act, or what makes it unreal
_UNREAL = re.compile(
    r"\b(?:will|would|could|can|cannot|may|might|should|must|never|not|unable|able|capable|fail(?:ed|s)?|plan(?:s|ned)?|aim(?:s|ed)?"
    r"|if|whether|hopes?|expected|intended|designed|supposed|yet|no|doubt\w*|unlikely|unless|den(?:y|ied|ies))\b|n['’]t\b",
    re.IGNORECASE,
)
# where the list of what was seen ends
_STOP = re.compile(
    r"[;:—]|\. |, (?:which|who|where|but|while|after|before|when|as|and (?:said|that|also|it|he|she|they))\b"
    r"| (?:while|but|when|after|before|as|because|said|says|claimed|reported|according|taken|using|from|prior|amid|despite|without"
    r"|though|although|during|near|north|south|east|west|off)\b"
)
_PASSIVE = re.compile(
    rf"\b{_PICTURE}\b[^.;:]{{0,40}}? of (?P<what>[^.;:]{{3,200}}?),? (?:were |had been |was )?"
    r"(?:taken|captured|shot|snapped|acquired|collected) (?:by|from|with) (?P<sat>[^.;:]{3,80})"
)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    names = sorted({n for s in satellites().values() for n in (s.name, *s.aliases)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w]|-\d)")


def told_sights(paper: Paper) -> Iterator[Told]:
    """What the document tells of satellites seeing places, a place and a claim once."""
    seen: set[tuple[str, str, str]] = set()
    for a, b in paper.sentences:
        words = paper.text[a:b]
        low = words.casefold()
        if "satellite" not in low and not _named().search(words):
            continue
        if paper.is_furniture(a) or words.rstrip().endswith("?"):
            continue
        for told in _sentence(paper, a, b):
            mark = (told.subject, told.satellite, told.place)
            if mark not in seen:
                seen.add(mark)
                yield told


def _sentence(paper: Paper, a: int, b: int) -> Iterator[Told]:
    words = paper.text[a:b]
    for craft, start, end, act_start, act_end, photo, region_end in _acts(words):
        del end
        claim = paper.claim_at(a + act_start, a + act_end)
        if claim is not None and (
            claim.stance in ("deny", "predict", "request") or claim.firmness in ("denied", "unlikely")
        ):
            continue
        spots = list(_spots(paper, a + act_end, a + region_end))
        if not spots:
            continue
        owner = None if isinstance(craft, str) else _owner(paper, words, a, start, craft, claim)
        when = _when(paper, a, b, claim)
        if when is None:
            continue
        for spot in spots:
            window = when.window(_clocks(paper, claim, owner, spot))
            one = _one(craft, owner, *window)
            if one is None:
                continue
            first, why = max(window[0], one.launched), when.why
            if one.launched >= window[0]:
                why += ", not before the launch"
            last = min(window[1], one.ended) if one.ended else window[1]
            if first > last or last - first > LONGEST:
                continue
            subject = claim.id if claim is not None else paper.sha256
            name, lat, lon, _ = spot
            yield Told(one.id, name, lat, lon, first, last, why, photo, subject, a, b)


def _acts(words: str) -> Iterator[tuple[re.Match[str] | str, int, int, int, int, bool, int]]:
    """The satellite (its catalogue number, or the words that mean one), where it stands, the act, whether of a picture, and where what is
    seen ends; offsets into the sentence."""
    mentions: list[tuple[re.Match[str] | str, int, int]] = [
        (_number(m[0]), m.start(), m.end()) for m in _named().finditer(words)
    ]
    taken = [(x, y) for _, x, y in mentions]
    for m in _ANY.finditer(words):
        # "its spy satellite Malligyong-1": the name is the mention
        if not any(m.start() - 3 <= x <= m.end() + 12 or x <= m.start() <= y + 3 for x, y in taken):
            mentions.append((m, m.start(), m.end()))
    for craft, x, y in mentions:
        act = _ACT.search(words, y)
        if act and act.start() - y <= 80 and not _cut(words[y : act.start()]):
            stop = _STOP.search(words, act.end())
            yield craft, x, y, act.start(), act.end(), bool(act["photo"]), stop.start() if stop else len(words)
            continue
        for m in _PASSIVE.finditer(words):
            if m.start("sat") <= x < m.end("sat") and not _UNREAL.search(words[max(0, m.start() - 30) : m.start()]):
                yield craft, x, y, m.start("what"), m.start("what"), True, m.end("what")


def _cut(between: str) -> bool:
    """True where the words between satellite and act do not let the act be the satellite's, or make it unreal."""
    return bool(
        _UNREAL.search(between)
        or re.search(r"[.;:]|\b(?:and|who|Kim|he|she|they|analysts|officials|images?|photos?)\b", between)
        or between.count(",") > 2
    )


def _number(name: str) -> str:
    return next(s.id for s in satellites().values() if name in (s.name, *s.aliases))


# ------------------------------------------------------------------ whose satellite


def _owner(paper: Paper, words: str, a: int, start: int, mention: re.Match[str], claim: ClaimRow | None) -> str | None:
    """The state (ISO code) whose satellite a general mention is: by the words before it, or the state that speaks or stands before
    "its". None where that cannot be said."""
    det = mention["det"]
    states = [n for n in paper.names if n.kind == "state" and a <= n.span.start < a + start + len(det) + 1]
    if det[0].isupper() or re.search(r"['’]", det):
        inside = [n for n in states if n.span.end >= a + start]
        return _code(inside[-1].name) if inside else (_code_of_words(det))
    after = words[mention.end() : mention.end() + 40]
    if det in ("a", "an", "that", "this") and not re.match(
        r" (?:that )?(?:it|the country|the North|Pyongyang) (?:had |has )?(?:launched|put|placed|sent)", after
    ):
        return None
    if det in ("its", "their") or det in ("a", "an", "that", "this"):
        if states:
            return _code(states[-1].name)
        return _code(claim.source_name) if claim is not None and claim.source_name else None
    # "the satellite": of the state that speaks, or whose satellite the text named before
    named = {_number(m[0]) for m in _named().finditer(paper.text[: a + start])}
    if len(named) == 1:
        return satellites()[next(iter(named))].state
    return _code(claim.source_name) if claim is not None and claim.source_name else None


_SPEAKERS = {"KCNA": "KP", "Korean Central News Agency": "KP", "Kim Jong Un": "KP", "Rodong Sinmun": "KP"}


def _code(name: str | None) -> str | None:
    if not name:
        return None
    if name in _SPEAKERS:
        return _SPEAKERS[name]
    found = {k.country for k in tables().find(name) if k.kind == "country"}
    return next(iter(found)) if len(found) == 1 else None


def _code_of_words(det: str) -> str | None:
    bare = re.sub(r"(?:['’]s|s['’])$", "", det)
    return _code(bare) or {"North Korean": "KP", "South Korean": "KR"}.get(bare)


def _one(craft: re.Match[str] | str, owner: str | None, first: dt.datetime, last: dt.datetime) -> Satellite | None:
    if isinstance(craft, str):
        one = satellites()[craft]
        return one if one.in_orbit(first, last) else None
    mine = [s for s in satellites().values() if s.state == owner and s.in_orbit(first, last)]
    return mine[0] if len(mine) == 1 else None


# ------------------------------------------------------------------ what was seen


def _spots(paper: Paper, start: int, end: int) -> Iterator[tuple[str, float, float, str | None]]:
    """The single places named in [start, end) with their coordinates and country: longest names first, then in the text's order; areas and
    countries left out."""
    text = paper.text[start:end]
    found: list[tuple[int, int, str, float, float, str | None]] = []
    for p in paper.places:
        if start <= p.span.start and p.span.end <= end and _spot(p):
            found.append((p.span.start, p.span.end, p.span.text, p.lat or 0.0, p.lon or 0.0, p.country))
    for n in paper.names:
        if start <= n.span.start and n.span.end <= end and n.kind in ("organisation", "office", "site", "place"):
            known = [k for k in tables().find(re.sub(r"^[Tt]he ", "", n.span.text)) if k.kind in _SPOTS]
            if len(known) == 1:
                found.append(
                    (n.span.start, n.span.end, n.span.text, known[0].lat, known[0].lon, known[0].country or None)
                )
    for m in _building_names().finditer(text):
        one = buildings()[bare_name(m[0])]
        found.append((start + m.start(), start + m.end(), m[0], one.lat, one.lon, one.country))
    kept: list[tuple[int, int, str, float, float, str | None]] = []
    for one_found in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        x, y = one_found[:2]
        if all(y <= k[0] or k[1] <= x for k in kept) and not _speaks(paper.text, y) and not paper.is_furniture(x):
            kept.append(one_found)
    for _, _, name, lat, lon, country in sorted(kept):
        yield _title(name), lat, lon, country


def _title(name: str) -> str:
    bare = re.sub(r"^[Tt]he ", "", re.sub(r"\s+", " ", name))
    return f"the {bare}" if bare in ("White House", "Pentagon", "Kremlin", "Blue House", "Capitol") else bare


@lru_cache(maxsize=1)
def _building_names() -> re.Pattern[str]:
    names = {n for b in buildings().values() for n in (b.name, *b.aliases) if n[0].isupper()}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])")


def _spot(p: Place) -> bool:
    return (
        p.lat is not None
        and p.lon is not None
        and p.kind not in ("country", "continent", "sea", "ocean", "region", "state")
        and (p.radius_km or 0) <= _LARGEST_KM
    )


def _speaks(text: str, end: int) -> bool:
    """True where what follows makes the name one who speaks or owns: "Seoul said", "Washington's bases"."""
    return bool(
        re.match(
            r",? (?:has |have |had )?(?:said|says|say|claim|announc|report|condemn|warn|respon)|['’]s\b",
            text[end : end + 30],
        )
    )


# ------------------------------------------------------------------ when


@dataclass(frozen=True, slots=True)
class _When:
    """The days told, and whether the thing itself or only its telling is dated; ``minute`` is the minute (UTC) where a time of day with
    its zone is told."""

    days: Interval
    itself: bool
    why: str
    minute: tuple[dt.datetime, dt.datetime] | None = None

    def window(self, clocks: list[str]) -> tuple[dt.datetime, dt.datetime]:
        """The stretch of UTC that it allows, with days counted by each of the clocks."""
        if self.minute:
            return self.minute
        first, last = self.days.first, self.days.last
        # what is only dated by its telling lies since the launch; LONGEST and a day keep satellites of long ago out of the choice
        begins = dt.datetime.combine(first if self.itself else last - LONGEST - dt.timedelta(days=1), dt.time())
        ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time())
        zoned = [z for z in (zones.clock(c) for c in clocks) if z is not None] or [dt.UTC]
        return (
            min(begins.replace(tzinfo=z).astimezone(dt.UTC) for z in zoned),
            max(ends.replace(tzinfo=z).astimezone(dt.UTC) for z in zoned),
        )


def _when(paper: Paper, a: int, b: int, claim: ClaimRow | None) -> _When | None:
    inside: list[Time] = []
    outside: list[Time] = []
    for t in paper.times:
        if not (a <= t.span.start < b) or t.type not in ("DATE", "TIME") or t.days is None:
            continue
        if t.days.last - t.days.first > dt.timedelta(days=7):
            continue
        held = claim is None or claim.voice == "outlet" or claim.content.covers(t.span.start, t.span.end)
        (inside if held else outside).append(t)
    if inside:
        if len({str(t.days) for t in inside}) > 1:
            return None
        t = inside[0]
        assert t.days is not None
        clock = next((x for x in inside if x.type == "TIME" and x.zone), None)
        return _When(t.days, True, f"the day told, {t.days}", _minute(clock) if clock else None)
    if outside:
        days = max((t.days for t in outside if t.days), key=lambda d: d.last)
        return _When(days, False, f"up to the day on which it was said, {days}")
    if paper.dated is not None:
        return _When(paper.dated, False, f"up to the day of the report, {paper.dated}")
    return None


def _minute(t: Time) -> tuple[dt.datetime, dt.datetime] | None:
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?", t.value)
    zone = zones.clock(t.zone)
    if not m or zone is None:
        return None
    try:
        at = dt.datetime.fromisoformat(f"{m[1]}T{m[2]}:{m[3]}:{m[4] or '00'}").replace(tzinfo=zone).astimezone(dt.UTC)
    except ValueError:
        return None
    return at, at if m[4] else at + dt.timedelta(seconds=59)


def _clocks(
    paper: Paper, claim: ClaimRow | None, owner: str | None, spot: tuple[str, float, float, str | None]
) -> list[str]:
    """The zones by which a day of the text may be counted: the owner's and the speaker's state, and the place's."""
    out = [zones.zone_at(spot[1], spot[2], spot[3])]
    if claim is not None:
        out.append(zones.zone_of_country(_code(claim.source_name)))
    out.append(zones.zone_of_country(owner))
    del paper
    return [z for z in out if z]
