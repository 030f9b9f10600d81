"""Which zone a time expression is told in, where the text says so: by its own words, words beside it, or a place right after it.

"08:24 KST", "early Monday Korea time", "Monday morning (local time)", "10 p.m. Sunday, Washington time", "Sunday in Washington". Values
and intervals stay as told: this only adds the zone. Where words could mean several zones none is given, and the anchor says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from crossfix.language.parse import Parse
from crossfix.model import Time
from crossfix.reference.geography import tables
from crossfix.reference.zones import Zoned, clock, find_zone, is_abbreviation, zone_named

# Abbreviations that need no clock before them; the others ("ET", "CAT") are words of their own elsewhere.
_PLAIN = frozenset("GMT UTC KST JST MSK EST EDT PST PDT CET CEST EET EEST BST IST HKT AEST AEDT".split())
_WORDS = r"(?:[A-Z][\w.’'-]*|US|U\.S\.)"
_ZONE = (
    rf"(?:(?:(?:{_WORDS} ){{0,2}}{_WORDS}|(?:the )?local|(?:US |U\.S\. )?(?:eastern|central|mountain|pacific)|universal)"
    r" (?:[Ss]tandard |[Dd]aylight |[Ss]ummer |[Ww]inter |[Ss]avings? |[Ll]ocal )*[Tt]ime(?!\w)"
    r"|(?:UTC|GMT) ?[+\-−–] ?\d{1,2}(?::?[0-5]\d)?(?!\d)|[A-Z]{2,5}(?![\w-])|Z(?!\w))"
)
_AFTER = re.compile(rf"[ ,]{{0,2}}[(\[]?(?:in )?(?P<zone>{_ZONE}|(?<=\d)[+-]\d\d:?\d\d(?!\d))")
_BEFORE = re.compile(rf"(?<![\w-])(?P<zone>{_ZONE})[)\]]?,?(?: on| at)? ?$")
_INSIDE = re.compile(rf"(?<![A-Za-z-])(?P<zone>{_ZONE})")
_PLACE = re.compile(rf",? in (?P<place>(?:the )?{_WORDS}(?:[ -](?:{_WORDS}|of|on)){{0,3}})")
_NAME = r"(?:(?:St|Ft|Mt)\. )?[A-Z][\w’'-]+"
_PLACE_BEFORE = re.compile(rf"(?<!\w)[Ii]n (?P<place>{_NAME}(?: {_NAME}){{0,2}}),?(?: late| early)?(?: on)? ?$")
_JOINED = re.compile(r"(?:\b(?:at|around|about|on|shortly|just|exactly|local time|after|before)\b|[ ,])*")
_CLOCK = re.compile(r"(?:\d|[ap]\.?m\.?|noon|midnight|clock|hours|hrs) ?$", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{4}-\d\d-\d\d|XXXX-WXX-\d|XXXX-XX-XX)(?:T.*)?")
_HOUR = re.compile(r"T\d\d")
_TOLD = re.compile(r"(?:^|; )zone [^;]*$")  # what the grammar noted of the words: the zone they mean says more
_WINDOW = 48
_TOWN = 50_000  # people: smaller towns count only where the parser takes the word for a place ("Friday in Church")


def with_zones(parse: Parse, times: tuple[Time, ...]) -> tuple[Time, ...]:
    """The same expressions, those of a day or finer with the zone that the text names for them. Linear in the text's length."""
    names = _Countries(parse)
    out = [_zoned(parse, t, names) if not t.zone and _DAY.fullmatch(t.value) else t for t in times]
    return tuple(_shared(parse.text, out))


def _zoned(parse: Parse, t: Time, countries: _Countries) -> Time:
    text = parse.text
    timed = bool(_HOUR.search(t.value))
    for words, clocked in _candidates(text, t):
        bare = words.isupper() and " " not in words and not any(c.isdigit() for c in words)
        if bare and (
            not is_abbreviation(words) or not (clocked or timed or words in _PLAIN) or (words == "Z" and not clocked)
        ):
            continue
        found, used = _longest(words, countries)
        if found.zone is not None:
            return replace(t, zone=found.zone, anchor=_and(t.anchor, f"zone {found.zone} ({used})"))
        if words.lower().removeprefix("the ").startswith("local "):
            return replace(t, anchor=_and(t.anchor, "the place's own time"))
        if " may be " in found.why:
            return replace(t, anchor=_and(t.anchor, f"zone not known: {found.why}"))
    if t.value.endswith("Z"):
        return replace(t, zone="UTC", anchor=_and(t.anchor, "zone UTC"))
    place = _PLACE.match(text, t.span.end, min(t.span.end + _WINDOW, len(text)))
    place = place or _PLACE_BEFORE.search(text, max(0, t.span.start - _WINDOW), t.span.start)
    if place is None or "\n" in place[0]:
        return t
    token = parse.token_at(place.start("place"))
    sure = token < len(parse.tokens) and parse.tokens[token].ent in ("GPE", "LOC", "FAC")
    name, zone = _place(place["place"], countries, 0 if sure else _TOWN)
    return replace(t, zone=zone, anchor=_and(t.anchor, f"zone {zone}, that of {name} beside it")) if zone else t


def _candidates(text: str, t: Time) -> Iterator[tuple[str, bool]]:
    """Words for a zone, in the expression, right after it, right before it; and whether a clock time stands before them."""
    found = [*_INSIDE.finditer(text, t.span.start, t.span.end)]
    found += [m for m in [_AFTER.match(text, t.span.end, min(t.span.end + _WINDOW, len(text)))] if m]
    found += [m for m in [_BEFORE.search(text, max(0, t.span.start - _WINDOW), t.span.start)] if m]
    for m in found:
        start = m.start("zone")
        yield m["zone"], bool(_CLOCK.search(text, max(0, start - 8), start))


def _longest(words: str, countries: _Countries) -> tuple[Zoned, str]:
    """The zone of the words, else of fewer of them ("Monday Korea time" is Korea's), and which; the last reason where none has."""
    parts = words.split(" ")
    found = Zoned(None, "")
    fewest = 1 if parts[-1].lower() == "time" else 0  # Time alone is a town in Norway
    while len(parts) > fewest:
        found = find_zone(" ".join(parts), countries)
        if found.zone is not None or " may be " in found.why or parts[0].lower() in ("local", "time"):
            break
        parts = parts[1:]
    return found, " ".join(parts)


def _place(words: str, countries: _Countries, least: int) -> tuple[str, str | None]:
    """The place that begins the words, as many of them as name one, and its zone."""
    parts = words.removeprefix("the ").rstrip(".,").split(" ")
    for stop in range(len(parts), 0, -1):
        name = " ".join(parts[:stop]).removesuffix("'s").removesuffix("’s")
        found = find_zone(name, countries) if name.startswith("Washington") else zone_named(name, countries, least)
        if found.zone is not None or " may be " in found.why or "several zones" in found.why:
            return name, found.zone
    return words, None


def _shared(text: str, times: list[Time]) -> Iterator[Time]:
    """ "on Monday at about 8:24 a.m. KST": the day is told in the clock's zone."""
    for n, t in enumerate(times):
        if t.zone or not _DAY.fullmatch(t.value) or t.type not in ("DATE", "TIME"):
            yield t
            continue
        for other in (*times[n + 1 : n + 2], *times[max(n - 1, 0) : n]):
            low, high = sorted((t.span, other.span), key=lambda s: s.start)
            between = text[low.end : high.start]
            near = len(between) < 30 and low.end <= high.start and _JOINED.fullmatch(between)
            if (
                near
                and other.zone
                and "beside it" not in other.anchor
                and other.value[:10] == t.value[:10]
                and clock(other.zone)
            ):
                yield replace(
                    t, zone=other.zone, anchor=_and(t.anchor, f"zone {other.zone}, that of {other.span.text!r}")
                )
                break
        else:
            yield t


def _and(anchor: str, more: str) -> str:
    anchor = _TOLD.sub("", anchor)
    return f"{anchor}; {more}" if anchor else more


class _Countries(Collection[str]):
    """The countries that a text names (ISO 3166 alpha-2), looked for when first asked for: they decide what "IST" means."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._found: frozenset[str] | None = None

    def _named(self) -> frozenset[str]:
        if self._found is None:
            known = tables()
            words = {t.text for t in self._parse.tokens if t.text[:1].isupper()}
            out = {known.demonyms[w] for w in words if w in known.demonyms}
            for w in words:
                out |= {k.country for k in known.find(w) if k.kind == "country"}
            self._found = frozenset(out)
        return self._found

    def __contains__(self, item: object) -> bool:
        return item in self._named()

    def __iter__(self) -> Iterator[str]:
        return iter(self._named())

    def __len__(self) -> int:
        return len(self._named())
