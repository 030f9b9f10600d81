# ruff: noqa: E501 - the patterns are easier to check unbroken
"""Page furniture in a canonical text: credits, newsletter boxes, share lines, datelines, bylines, sign-offs, legal lines.

It is marked, never cut. The rules are narrow on purpose: a menu line that stays costs a little noise, a report's sentence
that is marked is lost to everything behind. Whole-line rules look at short lines only, so that every rule is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossfix.model import Furniture, FurnitureKind
from crossfix.reading.dates import MONTH, day_of
from crossfix.reference.outlets import Dateline, Outlet, by_code, by_name, dateline, sign_off, words

_LONGEST = 320  # a line longer than this is no furniture as a whole
_LINE = re.compile(r"[^\r\n\u2028\u2029\u0085\f]+")
_WIRES = r"(?:ANI|PTI|IANS|AP|AFP|Reuters|REUTERS|Getty|EPA|UPI|Xinhua|Yonhap|KCNA|TASS|PA|dpa|EFE|NASA|AAP|Kyodo|Sputnik|Bloomberg)"

_CAPITAL = r"[A-Z][\w.'’-]*"
# names and places of those who worked on a report, and the few small words between them: a sentence has others
_CREW_WORD = (
    r"(?:[A-Z][\w.'’/-]*|in|and|from|for|by|at|of|the|agencies|wires|staff|reporting|editing|writing|additional)"
)
_CREW = rf"{_CREW_WORD}(?:[,;]? {_CREW_WORD}){{0,40}}\.?"

_WHOLE: tuple[tuple[FurnitureKind, re.Pattern[str]], ...] = (
    ("header", re.compile(
        r"FOR IMMEDIATE RELEASE\W*|ABSTRACT\.?|FULL TEXT\.?|THE WHITE HOUSE|BRIEFING ROOM|STATEMENTS AND RELEASES"
        r"|(?:The White House)?\s*Office of the (?:Press|Vice|Spokes)\w*(?: Secretary| President| \w+)?"
        r"|(?:[A-Z][\w.]+ ){1,4}Press Briefing Room(?:\W.{0,40})?|(?:Via Teleconference|Aboard Air Force One\W.{0,60})")),
    ("sign_off", re.compile(r"\\?#\s?#\s?#|-\s?30\s?-|\(?END\)?|ENDS|\(?끝\)?|（完）|\(完\)")),
    ("menu", re.compile(
        r"[_*=~•·—–-]{3,}|(?:\*\s*){3,}|-\s*ADVERTISEMENT\s*-|(?:- )?(?:Advertisement|ADVERTISEMENT)(?: ?[-–] ?Continue Reading Below)?"
        r"|(?:Advertisement )?(?:Story continues|Article continues|Continue reading|Scroll down for)(?: (?:after|below|the main)\b.{0,40})?"
        r"|Read (?:more|on|also|next|the full (?:story|article|report|text))(?: (?:here|below))?\W*|Click here\W*"
        r"|(?:Read [Mm]ore|READ MORE|Read [Aa]lso|READ ALSO|ALSO READ|Also [Rr]ead|Also [Ww]atch|See [Aa]lso|SEE ALSO|Related|RELATED"
        r"|Related (?:stories|articles|news|coverage|topics|content)|RELATED (?:STORIES|ARTICLES)|More on this(?: story)?|WATCH|MORE"
        r"|Don't miss|DON'T MISS):\s?.{0,220}"
        r"|(?:Related (?:stories|articles|news|coverage|topics|content)|RELATED (?:STORIES|ARTICLES)|More on this story|Most (?:read|popular))"
        r"|(?:Skip to|Back to) (?:main )?(?:content|navigation|top|home)|Home|Menu|Search|Load more\W*|Loading\W*|Trending(?: now)?"
        r"|next/prev|Close|Photos? \d+ of \d+|\d+ Comments?|Comments? \(\d+\)|Leave a comment|Post a comment|View comments"
        r"|\d+\s?[- ]?min(?:ute)?s? read|(?:Play|Pause) (?:slideshow|video)|(?:Home|News) ?[>»/|] ?[\w &]{2,30}(?: ?[>»/|] ?.{2,80})?"
        r"|[A-Z][\w ]{0,25} (?:News )?Logo|Listen to this article\W.{0,20}|Play Video|Watch live|Enlarge this image(?: toggle caption)?.{0,60}")),
    ("newsletter", re.compile(
        r"[(\[]?(?:To |Please |For more[\w ,]*, )?(?:[Ss]ubscribe|SUBSCRIBE|[Ss]ign up|SIGN UP|Get|Join|Want (?:more|to)|Craving|Receive)\b"
        r"[^\"“”]{0,160}?(?:[Nn]ewsletters?|NEWSLETTERS?|in ?box|[Ee]-?mails?\b|EMAILS?|daily briefing|podcast|YouTube channel|Telegram"
        r"|WhatsApp channel|iTunes|push alerts|breaking news alerts|daily updates)[^\"“”]{0,120}"
        r"|Subscribe(?: now| today| here)?\W*|SUBSCRIBE(?: NOW)?\W*|(?:Enter )?[Yy]our e-?mail(?: address)?\W*|Sign up(?: here| now| today)?\W*"
        r"|.{0,60}(?:Please re-?enter\. )?You must select a newsletter.{0,260}|Thank you for subscribing\W*"
        r"|The \w[\w' ]{2,30} is a (?:new )?(?:daily|weekly) newsletter from .{0,160}")),
    ("share", re.compile(
        r"Read or [Ss]hare this story:.{0,120}|(?:Share|SHARE)(?: (?:this|on|via|to)\b.{0,60})?|\d* ?[Ss]hares?|Tweet|Copy link|Print(?: this)?"
        r"|(?:(?:Share|Tweet|Facebook|Twitter|X|WhatsApp|Telegram|E-?mail|Email|Print|Pinterest|LinkedIn|Reddit|Save|Copy [Ll]ink)[\s|,•·/+]*){2,12}"
        r"|Follow (?:us|@\w+|.{0,120}\bon (?:Twitter|Facebook|Instagram|Telegram|X|Google News|YouTube|Threads|WhatsApp)\b)[^\"“”]{0,120}"
        r"|Follow @\w+.{0,60}|(?:Craving even more\? )?Like us on Facebook.{0,80}|Follow along on .{0,60}")),
    ("legal", re.compile(
        r"(?:©|\([cC]\)|Copyright)\W{0,4}(?:\(?[cC]\)? ?)?(?:by )?\d{4}\b.{0,260}|(?:©|Copyright\b).{0,60}All [Rr]ights.{0,200}|(?:.{0,60}\W)?All [Rr]ights [Rr]eserved\W{0,3}(?:.{0,160})"
        r"|This material may not be (?:published|reproduced).{0,200}|(?:Terms (?:of|and|&) .{2,20}|Privacy (?:Policy|Notice)|Cookie Policy)(?:\W.{0,60})?"
        r"|This (?:article|story|report|post|piece) (?:was |is |has been )?(?:originally |first )?(?:published|appeared|republished)\b.{0,160}"
        r"|\(?(?:This|The) (?:story|article|report|copy)[^.]{0,60} (?:has not been|is|was) (?:edited|auto-generated|published|generated)\b.{0,40}"
        r"(?:feed|agency|staff).{0,120}|NPR transcripts are created on a rush deadline.{0,200}|Republished with permission.{0,100}"
        r"|DISCLAIMER:?.{0,200}|Disclaimer:.{0,280}|Reprinted (?:courtesy|with permission) .{0,160}|.{0,20}無断転載.{0,20}|.{0,40}무단\s?전재.{0,40}")),
    ("credit", re.compile(
        r"\(?(?:(?:AP|File|Handout|Courtesy)[ /])?(?:Photo|PHOTO|Photograph|Picture|Image|Video)s?(?: (?:by|credit|courtesy(?: of)?|source|provided by))?\s?[:/]"
        r"[^.!?]{2,80}\W?|(?:Photo|Photograph|Picture|Image)s? (?:by|courtesy of|credit) .{2,80}"
        rf"|{_CAPITAL}(?: {_CAPITAL}){{0,4}}(?: (?:via|for) |/)(?:Getty|{_WIRES})(?: Images| Photo| Newsroom)?\W*|(?:{_WIRES}|Getty Images|Shutterstock|iStock)(?: Photo| Images)?\W?"
        rf"|(?:{_WIRES}|AP Photo)/[A-Z][\w .'’-]{{2,40}}(?:/\w[\w ]{{1,20}})*\W*|©\s?.{{2,80}}|Image copyright .{{2,40}}|(?:Representative|Representational) [Ii]mage\W*"
        r"|FILE PHOTO\W*|ANI Photo\W*|Graphic:.{2,60}|Credit:? ?(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’/-]+")),
    ("byline", re.compile(
        r"\((?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [^()]{3,280}\)?\.?|(?:Additional )?[Rr]eporting (?:by|from) " + _CREW +
        r"|(?:Writing|Editing) by " + _CREW + r"|[—–-]+ ?[Ww]ith (?:assistance|reporting|files|inputs?) (?:by|from) .{3,160}|\(?[Ww]ith (?:agency )?inputs? from .{2,80}"
        r"|[^\"“”]{3,200}\bcontributed (?:to this (?:report|story|article|post|piece)|reporting)\b[^\"“”]{0,80}|[A-Z][^\"“”]{3,80} reported from .{3,120}\bcontributed\b.{0,60}"
        rf"|(?:{_WIRES})\s?\|\s?(?:Last )?[Uu]pdated:?.{{0,60}}|Produced by .{{3,100}}|.{{1,20}} 기자(?: \S+@\S+)?")),
)  # fmt: skip

_NAME = r"(?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|el|la)"
_BYLINE = re.compile(
    rf"(?:By|BY)\s+({_NAME}(?:\s+{_NAME}){{0,4}}(?:(?:,| and| AND| &|,? in)\s+{_NAME}(?:\s+{_NAME}){{0,4}}){{0,6}})(?:\s*[|,/].{{0,60}})?"
)
_NOT_NAMES = frozenset(
    words("monday tuesday wednesday thursday friday saturday sunday the contrast comparison then now law")
)
_STAMP = re.compile(
    rf"(?:(?:Last |First )?(?:[Uu]pdated|[Pp]ublished|[Mm]odified|[Pp]osted|[Ii]ssued|UPDATED|PUBLISHED|Date|DATE)(?: (?:on|at))?\s*:?\s*)?"
    rf"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{4}}[/.]\d\d?[/.]\d\d?|{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH},?\s+\d{{4}}|\d{{4}}[年년]\s*\d+[月월]\s*\d+[日일])"
    r"[\s,|T•·-]*(?:at\s+)?(?:\d{1,2}[:.]\d\d(?::\d\d)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:\(?[A-Z]{2,4}\)?)?\s*(?:GMT|UTC)?(?:[+-]\d{1,2}:?\d\d)?",
    re.I,
)
_CLOCK = re.compile(r"\d{1,2}:\d\d\s*[AaPp]\.?[Mm]\.?\s*(?:\([A-Z][\w ]+\)|[A-Z]{2,4})?(?:\s*\(Local\))?")
_CREDIT_PREFIX = re.compile(
    rf"(?:{_WIRES}|File|FILE|Representative|Representational)\s+(?:Photo|Image|File Photo|Picture|photo|image)s?\s*[|:]\s*"
    r"|FILE PHOTO:\s*|Image copyright (?:[A-Z][\w./-]*\s+){1,4}?Image caption\s+|Image caption\s+|(?:Photograph|Photo|Image):\s*(?:[A-Z][\w./-]*\s+){0,3}"
    r"(?:Getty Images|AP|AFP|Reuters|EPA)\b\W*"
)
_CREDIT_BRACKET = re.compile(
    r"[(\[](?:AP Photo|Photo|PHOTO|Image|Photograph|Photo by|Photo courtesy|File photo|Source|Credit|Pic)\b\s?[:/ ][^()\[\]\n]{2,100}[)\]]"
    rf"|\((?:[A-Z][\w.'’ -]{{2,30}}/)?(?:KCNA via KNS|{_WIRES})?/?(?:[\w ]{{2,20}}/)?Getty(?: Images)?(?:/[\w ]{{2,20}})?\.?\)"
    r"|\((?:AP|Reuters|REUTERS|AFP|EPA|KCNA)/[A-Z][\w.'’ -]{2,30}(?:/[\w ]{2,20})?\)|©\s?[A-Z][\w.'’ -]{2,40} ?\((?:AFP|AP|Reuters)\)"
)
_CREDIT_SUFFIX = re.compile(r"\b(?:Photograph|Photo|Picture|Image):\s[^:.\n]{2,70}$")
_REPORTING = re.compile(r"\((?:Additional )?Reporting by [^()]{3,400}\)\s*$")
_ABOUT = re.compile(r"(?:About|ABOUT) (?:[Uu]s|[Tt]he [Aa]uthors?|the writer|[A-Z][\w'’&.-]*(?: [\w'’&.-]+){0,5})\W?")
_CONTRIBUTED_AP = re.compile(
    r"\b(?:The )?(Associated Press|Reuters|Agence France-Presse|AFP|AP)\b.{0,60}\bcontributed\b"
)
_LEGAL_AP = re.compile(
    r"(?:©|Copyright)[^\n]{0,20}?\d{4}[,\s]+(?:by )?(?:The )?([A-Z][\w. -]{1,40}?)(?:\.|,| All rights|$)"
)


@dataclass(slots=True)
class Found:
    """What the furniture tells besides: agency credited, its own "ANI Photo" or "About ANI", datelines, stamps, author."""

    furniture: tuple[Furniture, ...] = ()
    agency: Outlet | None = None
    signed: Outlet | None = None
    own: Outlet | None = None
    dateline: Dateline | None = None
    stamp: str | None = None
    author: str | None = None


def find_furniture(text: str, already: tuple[Furniture, ...] = ()) -> Found:
    """Mark the furniture of a canonical text, in order, without overlaps; ``already`` holds marks made while reading."""
    found = Found()
    lines = [(a, b) for a, b in _lines(text)]
    marks: list[Furniture] = list(already)
    taken = {f.start for f in already}
    first_body = 0
    for n, (a, b) in enumerate(lines):
        if a in taken:
            continue
        line = text[a:b]
        early = n < 8
        kind = _whole(line, early, found) if len(line) <= _LONGEST else None
        if kind is None and n < 3 and _CLOCK.fullmatch(line):  # further down it heads an entry of a live report
            kind = "header"
        if kind:
            marks.append(Furniture(a, b, kind))
            continue
        first_body += 1
        marks += _inside(line, a, found)
        if first_body <= 4 and found.dateline is None and (d := dateline(line)):
            if not (marks and marks[-1].start >= a and marks[-1].start < a + d.end):
                found.dateline = d
                marks.append(Furniture(a + d.start, a + d.end, "dateline"))
                found.agency = found.agency or d.outlet
    _sign_offs(text, lines, marks, found)
    _about(text, lines, marks, found)
    found.furniture = _apart(marks)
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for m in _LINE.finditer(text):
        piece = m[0]
        stripped = piece.strip()
        if stripped:
            a = m.start() + len(piece) - len(piece.lstrip())
            yield a, a + len(stripped)


def _whole(line: str, early: bool, found: Found) -> FurnitureKind | None:
    for kind, pattern in _WHOLE:
        if pattern.fullmatch(line):
            _learn(kind, line, found)
            return kind
    if early and (stamp := _STAMP.fullmatch(line)):
        found.stamp = found.stamp or day_of(stamp[0])
        return "header"
    by = _BYLINE.fullmatch(line) if len(line) <= 140 else None
    if by and early and not {w.lower().strip(",.") for w in line.split()} & _NOT_NAMES:
        outlet = by_name(by[1])
        if outlet and outlet.is_wire:
            found.agency = found.agency or outlet
        else:
            found.author = found.author or by[1].strip()
        return "byline"
    return None


def _learn(kind: FurnitureKind, line: str, found: Found) -> None:
    outlet: Outlet | None = None
    if kind == "byline":
        if m := _CONTRIBUTED_AP.search(line):
            outlet = by_name(m[1])
        elif re.search(r"Reporting by", line) and re.search(r"Editing by", line, re.I):
            outlet = by_name("Reuters")  # its house form
        elif m := re.match(r"(\w+)\s?\|", line):
            outlet = by_code(m[1])
            found.stamp = found.stamp or day_of(line)
    elif kind == "legal" and (m := _LEGAL_AP.search(line)):
        outlet = by_name(m[1])
    elif kind in ("menu", "credit") and (m := re.match(r"(\w+) (?:News )?(?:Logo|Photo)\b", line)):
        found.own = found.own or by_code(m[1])
    if outlet and outlet.is_wire:
        found.agency = found.agency or outlet


def _inside(line: str, at: int, found: Found) -> list[Furniture]:
    out: list[Furniture] = []
    m = _CREDIT_PREFIX.match(line[:200])
    if m and m.end() < len(line):
        out.append(Furniture(at, at + len(m[0].rstrip()), "credit"))
        own = re.match(r"(\w+) Photo\s*\|", line)
        found.own = found.own or (by_code(own[1]) if own else None)
    out += [Furniture(at + b.start(), at + b.end(), "credit") for b in _CREDIT_BRACKET.finditer(line)]
    base = max(0, len(line) - 500)
    if m := _REPORTING.search(line[base:]):
        out.append(Furniture(at + base + m.start(), at + base + len(m[0].rstrip()) + m.start(), "byline"))
        if "diting by" in m[0]:
            found.agency = found.agency or by_name("Reuters")
    elif len(line) < 400 and (m := _CREDIT_SUFFIX.search(line)):
        out.append(Furniture(at + m.start(), at + m.end(), "credit"))
    return out


def _sign_offs(text: str, lines: list[tuple[int, int]], marks: list[Furniture], found: Found) -> None:
    """The sign-off at the end of the last line that is not furniture, or of one of the last that are marked as such."""
    whole = {(f.start, f.end): f.kind for f in marks}
    for a, b in reversed(lines[-14:]):
        kind = whole.get((a, b))
        signed = sign_off(text[a:b])
        if signed:
            found.signed = signed.outlet
            if signed.outlet.is_wire:
                found.agency = found.agency or signed.outlet
            if kind:
                marks[:] = [f for f in marks if (f.start, f.end) != (a, b)]
            marks.append(Furniture(a + signed.start, a + signed.end, "sign_off"))
            return
        if kind is None and not _ABOUT.fullmatch(text[a:b]) and not _boiler(text, a, b, lines):
            return


def _boiler(text: str, a: int, b: int, lines: list[tuple[int, int]]) -> bool:
    """True for a line that follows an "About X" heading near the end."""
    n = lines.index((a, b))
    return any(_ABOUT.fullmatch(text[c:d]) and d - c < 70 for c, d in lines[max(0, n - 6) : n])


def _about(text: str, lines: list[tuple[int, int]], marks: list[Furniture], found: Found) -> None:
    """An "About X" heading near the end and what follows it, to the end."""
    if len(lines) < 4:
        return
    for n in range(len(lines) - 1, max(len(lines) - 9, 2), -1):
        a, b = lines[n]
        heading = text[a:b]
        if b - a > 70 or not _ABOUT.fullmatch(heading):
            continue
        rest = len(text) - b
        if rest > 1800 or rest > 0.5 * a:
            return
        outlet = by_name(heading[6:].strip(" :."))
        found.own = found.own or outlet
        marks[:] = [f for f in marks if f.start < a]
        marks += [Furniture(c, d, "about") for c, d in lines[n:]]
        return


def _apart(marks: list[Furniture]) -> tuple[Furniture, ...]:
    """In order, without overlaps: the earlier and longer mark stays."""
    out: list[Furniture] = []
    for f in sorted(marks, key=lambda f: (f.start, -f.end)):
        if f.start < f.end and (not out or f.start >= out[-1].end):
            out.append(f)
    return tuple(out)
