"""Where a text says that a known satellite photographed, observed or passed over named places, and when.

Few patterns, each of which names satellite, act and place in one sentence: a mere mention of a satellite, satellite images that somebody
released, and what is planned, denied or wished give nothing. "A satellite it launched" is the one satellite that the speaking state
had in orbit then; where it had two, nothing is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crossfix.checking.case import Paper
from crossfix.model import Interval, Place, Time
from crossfix.record.rows import ClaimRow
from crossfix.reference import zones
from crossfix.reference.gazetteer import gazetteer
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
_FARTHEST = 80  # characters between satellite and act
_ANY = re.compile(
    rf"\b(?P<det>[Aa]n?|[Ii]ts|[Tt]heir|[Tt]he|[Tt]hat|[Tt]his|{_OWNER}) {_KIND}satellite\b(?![ -](?:{_BESIDE}))"
)
_OTHER = re.compile(rf"\bsatellite\b(?![ -](?:{_BESIDE}))")
_PICTURE = r"(?:photos|photographs|photo|photograph|pictures|picture|images|image|imagery|shots)"
_TAKEN = r"(?:took|taken|takes|snapped|captured|acquired|collected|obtained|transmitted|beamed back|sent back|relayed|sent|gathered)"
_PHOTO = rf"(?:{_TAKEN} (?:[\w-]+ ){{0,3}}{_PICTURE} (?:of|over|showing)|photographed|imaged|filmed)"
_NEARLY = r"(?:(?:almost|nearly|right|directly|straight|just|close to) )*"
_OVER = rf"(?:passed|flew|flown) {_NEARLY}(?:over|above)"
_ACT = re.compile(rf"\b(?:(?P<photo>{_PHOTO})|(?P<over>{_OVER}))(?=\W)")
# what may not stand between the satellite and the act: another's act, or what makes it unreal
_UNREAL = re.compile(
    r"\b(?:will|would|could|can|cannot|may|might|should|must|never|not|unable|able|capable|fail(?:ed|s)?|plan(?:s|ned)?|aim(?:s|ed)?"
    r"|if|whether|hopes?|expected|intended|designed|supposed|yet|no|doubt\w*|unlikely|unless|den(?:y|ied|ies))\b|n['’]t\b",
    re.IGNORECASE,
)
# before the mention, what makes the act unreal or another thing's: "the rocket carrying the satellite flew over"
_BEFORE = re.compile(
    r"\b(?:if|whether|unless|doubt\w*|den(?:y|ies|ied)|denials?|refut\w+|dismiss\w*|question\w*|unlikely|unclear"
    r"|no (?:evidence|proof|sign|indication))\b[^.;]*$"
    r"|\b(?:carr(?:ying|ied)|launch(?:ed|ing)?(?: of)?|bearing|lofted|lofting|deploy(?:ed|ing)|of|with|as|like) (?:[\w’']+ ){0,7}$",
    re.IGNORECASE,
)
# where the list of what was seen ends
_STOP = re.compile(
    r"[;:—]|\. |, (?:which|who|where|but|while|after|before|when|as|and (?:said|that|also|it|he|she|they))\b"
    r"|(?<!such) (?:while|but|when|after|before|as|because|said|says|claimed|reported|according|taken|using|from|prior|amid|despite|without"
    r"|though|although|during|near|north|south|east|west|off)\b"
)
_PASSIVE = re.compile(
    rf"\b{_PICTURE}\b[^.;:]{{0,40}}? of (?P<what>[^.;:]{{3,200}}?),? (?:were |had been |was )?"
    r"(?:taken|captured|shot|snapped|acquired|collected) (?:by|from|with) (?P<sat>[^.;:]{3,80})"
)


# what happens again and again has no time of its own
_HABIT = re.compile(
    r"\b(?:every|each|daily|regularly|often|usually|always|(?:times|once|twice) (?:a|per) (?:day|week))\b",
    re.IGNORECASE,
)
# "photos taken by its satellite of the base"
_PASSIVE_FIRST = re.compile(
    rf"\b{_PICTURE} (?:that were |which were |allegedly |reportedly )?(?:taken|captured|shot|snapped|acquired|collected) (?:by|from|with) "
    r"(?P<sat>[^.;:,]{3,60}?) (?:of|showing) (?P<what>[^.;:]{3,200})"
)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    names = sorted({n for s in satellites().values() for n in (s.name, *s.aliases)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w]|-\d)")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A satellite in a sentence: its catalogue number where it is named, else the word before it in lower case where that is an article or
    "its", and as it stands where it names an owner; ``start`` and ``end`` are offsets into the sentence."""

    number: str | None
    before: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Act:
    """What the satellite is said to have done, as offsets into the sentence: the verb, and the stretch in which what it saw is named."""

    mention: _Mention
    at: int
    first: int
    last: int
    photo: bool


def told_sights(paper: Paper) -> Iterator[Told]:
    """What the document tells of satellites seeing places, a place and a claim once."""
    seen: set[tuple[str, str, str]] = set()
    owners: set[str] = set()  # whose satellites the text has spoken of so far; "" where that is not known
    for a, b in paper.sentences:
        words = paper.text[a:b]
        mentions = _mentions(words)
        if (not mentions and not _OTHER.search(words)) or paper.is_furniture(a):
            continue
        if not words.rstrip().endswith("?") and not _HABIT.search(words):
            for told in _sentence(paper, a, b, mentions, owners):
                mark = (told.subject, told.satellite, told.place)
                if mark not in seen:
                    seen.add(mark)
                    yield told
        for m in mentions:
            if m.number is not None:
                owners.add(satellites()[m.number].state)
            elif m.before not in ("a", "an", "the", "that", "this"):
                owners.add(_owner(paper, a, m, None, owners) or "")
        if any(not any(m.start - 14 <= x.start() <= m.end + 12 for m in mentions) for x in _OTHER.finditer(words)):
            owners.add("")  # "the Kondor satellite": one that is not of the table


def _sentence(paper: Paper, a: int, b: int, mentions: Sequence[_Mention], owners: set[str]) -> Iterator[Told]:
    for act in _acts(paper.text[a:b], mentions):
        claim = paper.claim_at(a + act.at, a + act.first)
        if claim is not None and (
            claim.stance in ("deny", "predict", "request") or claim.firmness in ("denied", "unlikely")
        ):
            continue
        spots = list(_spots(paper, a + act.first, a + act.last))
        when = _when(paper, a, b, claim) if spots else None
        if when is None:
            continue
        owner = _owner(paper, a, act.mention, claim, owners)
        for name, lat, lon, country in spots:
            window = when.window(_clocks(claim, owner, lat, lon, country))
            one = _one(act.mention, owner, *window)
            if one is None:
                continue
            first, why = max(window[0], one.launched), when.why
            if one.launched >= window[0]:
                why += ", not before the launch"
            last = min(window[1], one.ended) if one.ended else window[1]
            if first <= last and last - first <= LONGEST:
                subject = claim.id if claim is not None else paper.sha256
                yield Told(one.id, name, lat, lon, first, last, why, act.photo, subject, a, b)


def _mentions(words: str) -> list[_Mention]:
    """The satellites of a sentence, those named first."""
    out = [_Mention(_number(m[0]), "", m[0], m.start(), m.end()) for m in _named().finditer(words)]
    named = [(m.start, m.end) for m in out]
    for m in _ANY.finditer(words):
        # "its spy satellite Malligyong-1" and "the Malligyong-1 satellite" are one satellite, by its name
        if not any(m.start() - 3 <= x <= m.end() + 12 or x <= m.start() <= y + 3 for x, y in named):
            det = m["det"]
            out.append(_Mention(None, det.lower() if det.lower() in _ARTICLES else det, m[0], m.start(), m.end()))
    return out


def _acts(words: str, mentions: Sequence[_Mention]) -> Iterator[_Act]:
    for m in mentions:
        act = None if _BEFORE.search(words[: m.start]) else _ACT.search(words, m.end)
        if act and act.start() - m.end <= _FARTHEST and not _cut(words[m.end : act.start()]):
            stop = _STOP.search(words, act.end())
            yield _Act(m, act.start(), act.end(), stop.start() if stop else len(words), bool(act["photo"]))
            continue
        for p in (*_PASSIVE.finditer(words), *_PASSIVE_FIRST.finditer(words)):
            before = words[max(0, p.start() - 30) : p.start()]
            if p.start("sat") <= m.start < p.end("sat") and not _UNREAL.search(before):
                first, last = p.span("what")
                stop = _STOP.search(words, first, last)
                yield _Act(m, first, first, stop.start() if stop else last, True)
                break


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


def _owner(paper: Paper, a: int, m: _Mention, claim: ClaimRow | None, owners: set[str]) -> str | None:
    """The state (ISO code) whose satellite a mention is: by its name, the words before it, the state that speaks or that stands before
    "its", or the only one whose satellite the text spoke of (``owners``). None where that cannot be said."""
    if m.number is not None:
        return satellites()[m.number].state
    at = a + m.start
    speaker = _code(claim.source_name) if claim is not None else None
    if m.before not in _ARTICLES:
        inside = [n for n in paper.names if n.kind == "state" and n.span.start < at + len(m.before) and at < n.span.end]
        return _code(inside[-1].name) if inside else _code(re.sub(r"(?:['’]s|s['’])$", "", m.before))
    if m.before == "the" or m.before.endswith("s"):
        own = m.before in ("its", "country's", "nation's", "regime's", "country’s", "nation’s", "regime’s")
        if not own:
            if len(owners) > 1 or "" in owners:
                return None
            return next(iter(owners), None) or speaker or _launcher(paper)
    elif not _LAUNCHED.match(paper.text[a + m.end : a + m.end + 40]):
        return None  # "a satellite" is anybody's, but for "a satellite it launched"
    states = [n for n in paper.names if n.kind == "state" and a <= n.span.start < at]
    return _code(states[-1].name) if states else speaker or _launcher(paper)


def _launcher(paper: Paper) -> str | None:
    """The one state whose satellite launch the text tells of, None where there is none or several."""
    launched = {
        _code(p.name) for e in paper.events if e.type == "satellite_launch" for p in e.participants if p.role == "actor"
    }
    return launched.pop() if len(launched) == 1 else None


_LAUNCHED = re.compile(
    r" (?:(?:that|which) )?(?:it|the country|the North|Pyongyang) (?:had |has )?(?:launched|put|placed|sent)\b"
)
_ARTICLES = frozenset(
    "a an its their the that this country's nation's regime's country’s nation’s regime’s".split(),
)
_SPEAKERS = {"KCNA": "KP", "Korean Central News Agency": "KP", "Kim Jong Un": "KP", "Rodong Sinmun": "KP"}


def _code(name: str | None) -> str | None:
    if not name:
        return None
    if name in _SPEAKERS:
        return _SPEAKERS[name]
    found = {k.country for k in tables().find(name) if k.kind == "country"}
    return next(iter(found)) if len(found) == 1 else None


def _one(m: _Mention, owner: str | None, first: dt.datetime, last: dt.datetime) -> Satellite | None:
    """The satellite meant: the one named, or the one that the owner had in orbit in that stretch ("new" takes the older ones out)."""
    if m.number is not None:
        one = satellites()[m.number]
        return one if one.in_orbit(first, last) else None
    mine = [s for s in satellites().values() if s.state == owner and s.in_orbit(first, last)]
    if re.search(r"\b(?:new|newest|latest|newly launched)\b", m.words):
        mine = [s for s in mine if last - s.launched <= LONGEST]
    return mine[0] if len(mine) == 1 else None


# ------------------------------------------------------------------ what was seen


def _spots(paper: Paper, start: int, end: int) -> Iterator[tuple[str, float, float, str | None]]:
    """The single places named in [start, end) with their coordinates and country: longest names first, then in the text's order; areas and
    countries left out."""
    text = paper.text[start:end]
    found: list[tuple[int, int, str, float, float, str | None]] = []
    for p in paper.places:
        if start <= p.span.start and p.span.end <= end and _spot(p) and not _ambiguous(paper, p):
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


def _ambiguous(paper: Paper, p: Place) -> bool:
    """True where another place of the name could be meant: one of a fifth of the people or more, in the same country, or in another
    while nothing else in the text is of that country. Places of the tables of sites stand for one place."""
    known = gazetteer().find(p.span.text)
    here = [e for e in known if abs(e.lat - (p.lat or 0)) < 0.3 and abs(e.lon - (p.lon or 0)) < 0.3]
    if not here:
        return False
    most, own = max(h.population for h in here), any(h.primary for h in here)
    others = [e for e in known if e not in here and e.population * 5 >= most and (e.primary or not own)]
    if any(e.country == p.country and not e.radius_km for e in others):
        return True
    return bool(others) and all(q.country != p.country for q in paper.places if q.span.text != p.span.text)


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


_SAID = re.compile(
    r"\b(?:said|says|claimed|claims|reported|reports|announced|told \w+|added|confirmed)(?: \w+)? (?:on )?$"
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
        held = held and not _SAID.search(paper.text[a : t.span.start])
        (inside if held else outside).append(t)
    if inside:
        if len({str(t.days) for t in inside}) > 1:
            return None
        t = inside[0]
        assert t.days is not None
        clock = next((x for x in inside if x.type == "TIME" and x.zone), None)
        minute = _minute(clock) if clock else None
        what = f"the time told, {clock.value} {clock.zone}" if minute and clock else f"the day told, {t.days}"
        return _When(t.days, True, what, minute)
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


def _clocks(claim: ClaimRow | None, owner: str | None, lat: float, lon: float, country: str | None) -> list[str]:
    """The zones by which a day of the text may be counted: the place's, and the speaker's and the owner's state's."""
    states = [
        zones.zone_of_country(_code(claim.source_name)) if claim is not None else None,
        zones.zone_of_country(owner),
    ]
    return [z for z in (zones.zone_at(lat, lon, country), *states) if z]
