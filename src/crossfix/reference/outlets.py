"""Known outlets and agencies: by name, by web address, by the sign-off and the dateline they use.

The table is ``outlets.yaml``; every row names its source. Lookups are exact (case and blanks folded), never fuzzy: an
outlet that is not in the table is None.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlsplit

OutletKind = Literal["agency", "newspaper", "broadcaster", "state_media", "government", "institute"]


def words(text: str) -> tuple[str, ...]:
    """The words of a list kept as one string: long word lists read better so."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. ``codes`` stand between brackets in its sign-offs and datelines; ``country`` is ISO 3166 alpha-2 of
    its seat; ``source`` says where the row comes from."""

    name: str
    kind: OutletKind
    country: str
    languages: tuple[str, ...]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    codes: tuple[str, ...]
    source: str

    @property
    def short(self) -> str:
        """The form other outlets credit it by: its first code, else its name."""
        return self.codes[0] if self.codes else self.name

    @property
    def is_wire(self) -> bool:
        """True for those whose reports others carry: agencies, and state media that sign with a code."""
        return self.kind == "agency" or (self.kind == "state_media" and bool(self.codes))


@dataclass(frozen=True, slots=True)
class SignOff:
    """A sign-off such as "(ANI)" at [start, end) of the text that was searched."""

    outlet: Outlet
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at [start, end): place as written, agency where one is credited, and the day: month and day, with the
    year where it is written ("2023-12-18"), else "--12-18"; None where there is no day."""

    outlet: Outlet | None
    place: str | None
    day: str | None
    start: int
    end: int

    @property
    def date(self) -> str | None:
        """The day as "YYYY-MM-DD", None where the year is not written."""
        return self.day if self.day and not self.day.startswith("--") else None


@lru_cache(maxsize=1)
def load() -> tuple[Outlet, ...]:
    """The table, in the order of the file; read once a process."""
    from importlib import resources  # 20 ms, and not needed to list the commands

    import yaml

    text = resources.files("crossfix.reference").joinpath("outlets.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(
        Outlet(
            r["name"], r["kind"], r["country"], tuple(r["languages"]), tuple(r["aliases"]), tuple(r["domains"]),
            tuple(r["codes"]), r["source"],
        )
        for r in rows
    )  # fmt: skip


def _fold(name: str) -> str:
    return " ".join(name.casefold().split()).strip(" .")


@lru_cache(maxsize=1)
def _names() -> dict[str, Outlet]:
    out: dict[str, Outlet] = {}
    for o in load():  # full names first, so that no alias can take another outlet's name
        out.setdefault(_fold(o.name), o)
    for o in load():
        for alias in (*o.aliases, *o.codes):
            out.setdefault(_fold(alias), o)
    return out


@lru_cache(maxsize=1)
def _codes() -> dict[str, Outlet]:
    out: dict[str, Outlet] = {}
    for o in load():
        for code in o.codes:
            out.setdefault(code, o)
    for o in load():  # full names stand in brackets too: "(Yonhap News Agency)"
        if o.is_wire:
            out.setdefault(o.name, o)
            for alias in o.aliases:
                out.setdefault(alias, o)
    return out


@lru_cache(maxsize=1)
def _domains() -> dict[str, Outlet]:
    out: dict[str, Outlet] = {}
    for o in load():
        for d in o.domains:
            out.setdefault(d, o)
    return out


def by_name(name: str) -> Outlet | None:
    """The outlet with this name, alias or code; case, outer blanks and a leading "the" do not matter."""
    key = _fold(name)
    table = _names()
    return table.get(key) or table.get(key.removeprefix("the ")) or table.get("the " + key)


def by_domain(url: str) -> Outlet | None:
    """The outlet that publishes at a web address or host ("https://www.nytimes.com/...", "edition.cnn.com").

    Subdomains count as their parent unless the table has them on their own.
    """
    host = host_of(url)
    if not host:
        return None
    table = _domains()
    labels = host.split(".")
    for k in range(len(labels) - 1):
        found = table.get(".".join(labels[k:]))
        if found:
            return found
    return None


def host_of(url: str) -> str | None:
    """The host of an address, lower case, without "www."; None where there is none."""
    try:
        parts = urlsplit(url if "//" in url else "//" + url)
        host = parts.hostname or ""
    except ValueError:
        return None
    host = host.lower().removeprefix("www.")
    return host if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) else None


def by_code(code: str) -> Outlet | None:
    """The outlet that signs with this code; of several joined by "/" or "via" the first that is known. Case counts."""
    table = _codes()
    if code.strip() in table:
        return table[code.strip()]
    for part in re.split(r"\s*[/,;]\s*|\s+via\s+|\s+and\s+", code.strip()):
        if part in table:
            return table[part]
    return None


# ------------------------------------------------------------------ sign-offs

_LAST_BRACKET = re.compile(r"[(\[（]([^()\[\]（）\n]{2,40})[)\]）]\s*$")
_SENTENCE_END = (".", "!", "?", "”", '"', "’", "'", "…", "。", "」")


def sign_off(text: str) -> SignOff | None:
    """The agency that signs at the end of a text: "... he said. (ANI)", or a last line that is only "Reuters" or
    "-AFP".

    A code in brackets counts only behind a finished sentence, so that "the Associated Press (AP)" is none.
    """
    tail_at = max(0, len(text) - 120)
    tail = text[tail_at:]
    m = _LAST_BRACKET.search(tail)
    if m:
        before = tail[: m.start()].rstrip()
        outlet = by_code(m[1])
        if outlet and (not before or before.endswith(_SENTENCE_END)):
            return SignOff(outlet, tail_at + m.start(), tail_at + m.start() + len(m[0].rstrip()))
    line_at = max(tail.rstrip().rfind("\n"), tail.rstrip().rfind("\r")) + 1
    if tail_at and not line_at:
        return None
    line = tail[line_at:].strip()
    bare = re.fullmatch(r"(?:[-–—/]+\s*|©\s*)?(?:with )?([\w ./-]{2,30}?)[./]?", line)
    # every part must be a code: "AFP/Reuters" is a sign-off, "the pictures came via Reuters" a sentence
    parts = [_codes().get(c) for c in bare[1].split("/")] if bare else [None]
    outlet = parts[0] if all(parts) else None
    if outlet and outlet.is_wire:
        start = tail_at + line_at + (len(tail[line_at:]) - len(tail[line_at:].lstrip()))
        return SignOff(outlet, start, start + len(line))
    return None


# ------------------------------------------------------------------ datelines

_MONTHS = words("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?:(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH}))(?:,?\s+(?P<y>\d{{4}}))?"
)
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_CAPS_PLACE = rf"{_UPPER}[A-ZÀ-ÖØ-Þ.'’\-]{{2,}}(?:[ /]+{_UPPER}[A-ZÀ-ÖØ-Þ.'’\-]+){{0,3}}|[A-Z]\.[A-Z]\. ?[A-Z]+"
_REGION = r"(?:,\s+[^\W\d_][\w.'’\-]*(?:\s+[^\W\d_][\w.'’\-]*){0,3})?"
_DASH = r"[ \t]*(?:-{1,3}|[–—―_]{1,3})(?=\s|$)"

# "SEOUL, Dec. 18 (Yonhap) --", "New Delhi [India], December 20 (ANI):", "(Reuters) -"; the code must be a known one
_CODED = re.compile(
    rf"(?:(?P<place>[^\W\d_][^()\n:;!?\"“”\[\]]{{1,50}}?)\s*(?:\[[^\]\n]{{2,30}}\])?\s*(?:,\s*{_DAY})?\s*,?\s*)?"
    r"\((?P<code>[^()\n]{2,40})\)[ \t]*(?:-{1,3}|[–—―_]{1,3}|:)(?=\s|$|[^\W\d_])"
)
# "WASHINGTON —", "RAMALLAH, West Bank -", "SEOUL, South Korea, Aug. 3 —": capitals, no agency
_CAPS = re.compile(rf"(?P<place>(?:{_CAPS_PLACE}){_REGION})(?:,\s*{_DAY})?{_DASH}")
# "MOSCOW, December 19. /TASS/."
_TASS = re.compile(rf"(?P<place>(?:{_CAPS_PLACE}){_REGION}),\s*{_DAY}\.?\s*/(?P<code>[^/\n]{{2,20}})/\.?(?=\s|$)")
# "(서울=연합뉴스) 홍길동 기자 =", "【ソウル共同】", "新华社平壤1月14日电"
_KOREAN = re.compile(r"\((?P<place>[^()=\n]{1,20})=(?P<code>[^()=\n]{2,12})\)(?:[^=\n]{0,40}?기자\s*=)?")
_JAPANESE = re.compile(r"【(?P<place>[^】\n]{1,15}?)(?:[=＝・]\S{1,10})?(?P<code>共同|時事)】")
_CHINESE = re.compile(r"(?P<code>新华社|新華社|中新社|中央社)(?P<place>\w{2,8}?)(?P<cm>\d{1,2})月(?P<cd>\d{1,2})日电")

_FORMS = (
    (_CODED, "("), (_TASS, "/"), (_KOREAN, "("), (_JAPANESE, "【"), (_CHINESE, ("日电",)), (_CAPS, "-–—―_"),
)  # fmt: skip
"""The forms of datelines, each with what cannot be missing in it."""

_NO_PLACE = frozenset(
    words(
        "FILE UPDATE UPDATED BREAKING WATCH READ EXCLUSIVE OPINION ANALYSIS LIVE VIDEO PHOTO PHOTOS MORE NOTE"
        " CORRECTION EDITORIAL"
        " REPORT SUMMARY NEWS FACTBOX TIMELINE EXPLAINER UPDATE1 UPDATE2 ABSTRACT INTERVIEW TRANSCRIPT RELATED"
        " HEADLINE TITLE BY"
        " MR. MS. MRS. DR. AMBASSADOR SECRETARY PRESIDENT Q A THE"
    )
)


def dateline(text: str) -> Dateline | None:
    """The dateline at the very beginning of a paragraph (blanks before it are allowed), None where there is none.

    A title-case place counts only with a known agency's code; without one, or with an agency that is not in the table, the place
    must stand in capitals.
    """
    lead = len(text) - len(text.lstrip())
    head = text[lead : lead + 160]
    for pattern, marks in _FORMS:
        # most paragraphs begin with none, and a look for the marks is a hundred times faster than the pattern
        if not any(x in head for x in marks):
            continue
        m = pattern.match(head)
        if not m:
            continue
        groups = m.groupdict()
        place = (groups.get("place") or "").strip(" ,") or None
        outlet = by_code(groups["code"]) if groups.get("code") else None
        if groups.get("code") and outlet is None:
            named = place and _in_capitals(place) and _like_a_name(groups["code"])
            if not named or m[0].endswith(":"):  # "LEE (Republic of Korea):" is a speaker's label
                continue
        if place and not _may_be_place(place):
            continue
        return Dateline(outlet, place, _day(groups), lead, lead + m.end())
    return None


def _in_capitals(place: str) -> bool:
    return place.partition(",")[0].isupper()


def _like_a_name(code: str | None) -> bool:
    parts = (code or "").split()
    return 0 < len(parts) <= 4 and all(w[0].isupper() for w in parts)


_PARTICLES = frozenset(words("of the and de du des la le les el al del da do dos di am an der den upon sur"))


def _may_be_place(place: str) -> bool:
    parts = place.replace(",", " ").split()
    if not parts or len(parts) > 8 or parts[0].upper() in _NO_PLACE:
        return False
    region = place.partition(",")[2]
    if region.isupper() and len(region.split()) > 2:  # a headline in capitals, not "INDEPENDENCE, MO."
        return False
    return all(w[0].isupper() or not w[0].isascii() or w in _PARTICLES for w in parts)


def _day(g: dict[str, str | None]) -> str | None:
    month = g.get("m1") or g.get("m2")
    day = g.get("d1") or g.get("d2") or g.get("cd")
    number = _MONTHS.index(month[:3].lower()) + 1 if month else int(g.get("cm") or 0)
    if not day or not number:
        return None
    try:
        year = g.get("y")
        found = dt.date(int(year) if year else 2000, number, int(day))  # 2000: a leap year, so that 29 February stands
    except ValueError:
        return None
    return found.isoformat() if year else f"--{found:%m-%d}"
