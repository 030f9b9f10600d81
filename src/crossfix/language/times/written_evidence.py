# ruff: noqa: E501  (regular expressions are easier to check whole)
"""What a text says of its own time: dates told as past or to come, datelines it quotes, "as of" and the like.

Each piece of evidence keeps its passage and says which days it leaves for the time of writing. Dates without a year leave the same
days of every year; the weekday beside one leaves only the years in which they fall together. How the pieces are put together is said
in ``written``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crossfix.language.parse import Parse, Token
from crossfix.language.times import words as w
from crossfix.language.times.days import DAY, month_span
from crossfix.model import Document, Span

Kind = Literal[
    "date_past", "date_ahead", "month_past", "month_ahead", "year_past", "year_ahead", "day_past", "day_ahead", "day_weekday",
    "wire", "as_of", "today", "copyright", "occasion_past", "occasion_ahead", "occasion_weekday", "anniversary", "age", "holder",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage that bounds the time of writing, and why.

    Either ``low`` and ``high`` bound it (days, both included, None for an open end), or ``day`` (month, day) does in every year,
    with its weekday (0 is Monday) where that is told: the text was written on that day or after it (``side`` "past"), before or on it
    ("ahead"), on it or the next day ("at"), or near it ("none"). ``near`` is the day from which something to come is at hand.
    """

    kind: Kind
    span: Span
    why: str
    low: dt.date | None = None
    high: dt.date | None = None
    day: tuple[int, int] | None = None
    weekday: int | None = None
    side: Literal["past", "ahead", "at", "none"] = "none"
    near: dt.date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two passages the same evidence."""
        return self.kind, self.low, self.high, self.day, self.weekday, self.side


_MD = rf"(?:(?P<m>{w.MONTH}) (?P<d>{w.DAYNUM})|(?P<d2>{w.DAYNUM})(?: of)? (?P<m2>{w.MONTH}))"
_DATE = re.compile(
    rf"(?:(?P<wd>{w.WEEKDAY_FULL}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.?),? ?\(?(?:the )?)?(?<![\w$£€.,/-]){_MD}(?:,? (?P<y>{w.YEAR})|(?![\w/]))",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w/-])(?P<y>20\d\d|19\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\w/-])")
_MONTH_YEAR = re.compile(rf"(?<![\w$£€.,-])(?P<m>{w.MONTH}),?(?: of)? (?P<y>{w.YEAR})", re.IGNORECASE)
_YEAR = re.compile(rf"(?<![\d$£€.,/'’-])(?<!\w)(?P<y>{w.YEAR})(?![%\w/]|-\w)")
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening))\b[,(]? (?:\w+day,? )?$", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:as of|updated(?: on)?:?|last updated(?: on)?:?|up to date (?:as of|to)|(?:current|correct) as of)\W{1,3}$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|from|beginning|starting)\W+(?:\w+day\W+)?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:by|until|till|through|to|before|effective|deadline of|due|at the end of|ending|end(?:s|ed)?)\W+(?:\w+day\W+)?$",
    re.IGNORECASE,
)
# "SEOUL, Dec. 18 (Reuters) -": a place in capitals or with a capital, a day, an agency in brackets.
_WIRE = re.compile(
    rf"(?:^|[\s(\"“])(?:[A-Z][\w.'’-]+[ ,/]+){{1,4}}(?i:{_MD})(?:,? (?P<y>{w.YEAR}))?,? ?(?P<by>\((?:[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+){{0,2}})\)|/[A-Z][A-Za-z]+/)? ?(?:[-–—]+(?!\d)|$)",
)
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|\bCopyright\b)\W{0,4}(?:\(?[cC]\)? ?|©\W?)?(?:by )?(?:(?:19|20)\d\d ?[-–] ?)?(?P<y>(?:19|20)\d\d)\b"
)
# A dateline in so many opening paragraphs is the text's own.
_OPENING = 3
_ODD = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2028\x85\x0c\x0b\u2009\u202f", " "))
# Days that are names of what happened or is kept on them.
_NAMES = {(9, 11), (7, 4), (1, 1), (12, 25), (1, 6), (10, 7), (5, 9), (2, 14), (12, 31), (11, 9), (4, 1)}


def dated_evidence(parse: Parse, document: Document) -> list[Evidence]:
    """The evidence of all dates told in the sentences, in reading order, then the furniture's. Linear in the text's length."""
    out: list[Evidence] = []
    lines: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(parse.paragraphs):
        for m in _WIRE.finditer(parse.text[start:end].translate(_ODD)):
            got = _wire(parse, start, m, opens=number < _OPENING)
            if got:
                lines.append((start + m.start(), start + m.end()))
                out.append(got)
    for s in parse.sentences:
        text = parse.text[s.start : s.end].translate(_ODD)
        if any(c.isdigit() for c in text):
            out += [e for e in _sentence(parse, s.start, text) if not _touches(lines, e.span.start, e.span.end)]
    out += _furniture(document)
    return out


def _sentence(parse: Parse, base: int, text: str) -> Iterator[Evidence]:
    taken: list[tuple[int, int]] = []
    for m in _DATE.finditer(text):
        if _touches(taken, m.start(), m.end()):
            continue
        month, number = w.month_of(m["m"] or m["m2"]), int(re.sub(r"\D", "", m["d"] or m["d2"]))
        taken.append(m.span())
        if m["y"]:
            yield from _full(parse, base, text, m.start(), m.end(), int(m["y"]), month, number)
        else:
            yield from _yearless(parse, base, m, month, number)
    for m in _ISO.finditer(text):
        taken.append(m.span())
        yield from _full(parse, base, text, m.start(), m.end(), int(m["y"]), int(m["m"]), int(m["d"]))
    for m in _MONTH_YEAR.finditer(text):
        if not _touches(taken, m.start(), m.end()):
            taken.append(m.span())
            first, last = month_span(int(m["y"]), w.month_of(m["m"]))
            yield from _coarse(parse, base, m, first, last, "month")
    for m in _YEAR.finditer(text):
        if not _touches(taken, m.start(), m.end()):
            first, last = month_span(int(m["y"]), 1, 12)
            yield from _coarse(parse, base, m, first, last, "year")


def _touches(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


_PARTS = frozenset("end half quarter part beginning start middle spring summer autumn fall winter rest".split())
_LIMITS = {"by", "until", "till", "before", "through", "into"}
_AHEAD_WORDS = {"will", "shall", "'ll", "’ll", "wo"}
_SUPPOSED = {"would", "could", "might", "may", "should", "must", "can", "'d", "’d"}
# Terms and years have ends that are told in the past before they come ("the quarter ended Oct. 31").
_ENDS = {"end", "close", "begin", "start", "expire", "mature"}
_TERMS = frozenset("quarter year term period month half season session contract mandate week which that".split())
_PLAN_WORDS = {"schedule", "expect", "plan", "slate", "set", "due", "intend", "aim", "hope", "prepare", "project"}


def side_of(parse: Parse, start: int, end: int) -> Literal["past", "ahead", "none"]:
    """Whether a date is told as past or to come: only where it hangs itself, or by "on", "in" or "during", on a finite verb
    that says so. Dates on nouns ("the June 7 primary"), infinitives and participles say nothing, limits ("until May") nothing
    of the past.

    ``start`` and ``end`` are offsets into the document.
    """
    sides = [
        _hung(parse, t) for t in parse.tokens_in(start, end) if t.head != t.i and not start <= parse.head(t).start < end
    ]
    return next((x for x in sides if x != "none"), "none")


def _hung(parse: Parse, top: Token) -> Literal["past", "ahead", "none"]:
    """What the governor of a date's topmost word says."""
    head, limit = parse.head(top), False
    if head.lower == "of" and parse.head(head).lower in _PARTS:  # "by the end of 1990"
        top = parse.head(head)
        head = parse.head(top)
    if head.pos == "ADP":
        limit = head.lower in _LIMITS
        if not (limit or head.lower in ("on", "in", "during")) or head.dep not in ("prep", "agent"):
            return "none"
        head = parse.head(head)
    elif top.dep not in ("npadvmod", "nmod", "advmod", "dep"):
        return "none"
    if head.pos not in ("VERB", "AUX"):
        return "none"
    side = verb_side(parse, head)
    return "none" if limit and side == "past" else side


def verb_side(parse: Parse, verb: Token) -> Literal["past", "ahead", "none"]:
    """Past or to come, as a finite verb has it; "would" and "could" say neither."""
    if verb.lemma in _ENDS and any(t.lemma.lower() in _TERMS for t in parse.children(verb, "nsubj", "nsubjpass")):
        return "none"
    helpers = {k.lower for k in parse.children(verb, "aux", "auxpass")}
    if helpers & _SUPPOSED:
        return "none"
    if helpers & _AHEAD_WORDS:
        return "none" if helpers & {"have"} else "ahead"
    told = verb.tag == "VBN" and not helpers and parse.children(verb, "nsubj")  # a past tense taken for a participle
    if told or verb.tag == "VBD" or helpers & {"was", "were", "did", "had"}:
        return "none" if verb.lemma in _PLAN_WORDS else "past"
    if verb.tag == "VBN" and helpers & {"has", "have", "'s", "’s", "'ve", "’ve"}:
        return "none" if verb.lemma in _PLAN_WORDS else "past"
    if verb.tag == "VB" and "to" in helpers and verb.dep in ("xcomp", "advcl", "ccomp"):
        over = parse.head(verb)
        words = {k.lower for k in parse.children(over, "aux", "auxpass")}
        planned = over.lemma in _PLAN_WORDS and (
            over.tag in ("VBZ", "VBP") or words & {"is", "are", "'s", "’s", "'re", "’re"}
        )
        return "ahead" if planned and not words & {"was", "were", "had", "been"} else "none"
    return "none"


def _side(parse: Parse, base: int, start: int, end: int) -> Literal["past", "ahead", "none"]:
    return side_of(parse, base + start, base + end)


def _full(
    parse: Parse, base: int, text: str, start: int, end: int, year: int, month: int, number: int
) -> Iterator[Evidence]:
    """A date with its year."""
    try:
        day = dt.date(year, month, number)
    except ValueError:
        return
    span, shown = Span.of(parse.text, base + start, base + end), text[start:end]
    if _AS_OF.search(text[max(0, start - 30) : start]):
        yield Evidence("as_of", span, f"the text stands as of {shown!r}", day)
        return
    if _TODAY.search(text[max(0, start - 40) : start]):
        yield Evidence("today", span, f"today is {shown!r}", day, day)
        return
    side = _side(parse, base, start, end)
    if side == "past":
        yield Evidence("date_past", span, f"{shown!r} is told as past", day)
    elif side == "ahead":
        yield Evidence("date_ahead", span, f"{shown!r} is told as to come", None, day)


def _yearless(parse: Parse, base: int, m: re.Match[str], month: int, number: int) -> Iterator[Evidence]:
    """A day without its year, with or without its weekday."""
    if number > 29 and (number > 30 or month == 2) and number > month_span(2024, month)[1].day:
        return
    span = Span.of(parse.text, base + m.start(), base + m.end())
    shown = m[0].strip()
    side = _side(parse, base, m.start(), m.end())
    weekday = w.weekday_of(m["wd"].rstrip(".")) if m["wd"] else None
    if weekday is not None:
        yield Evidence("day_weekday", span, f"{shown!r} fall together", None, None, (month, number), weekday, side)
    if (month, number) in _NAMES and weekday is None:
        return
    if side == "past":
        yield Evidence("day_past", span, f"{shown!r} is told as past", None, None, (month, number), None, "past")
    elif side == "ahead":
        yield Evidence("day_ahead", span, f"{shown!r} is told as to come", None, None, (month, number), None, "ahead")


def _coarse(
    parse: Parse, base: int, m: re.Match[str], first: dt.date, last: dt.date, grain: Literal["month", "year"]
) -> Iterator[Evidence]:
    """A month or a year: told as past it has begun, told as to come it is not over."""
    side = _side(parse, base, m.start(), m.end())
    span = Span.of(parse.text, base + m.start(), base + m.end())
    if side == "past":
        kind: Kind = "month_past" if grain == "month" else "year_past"
        yield Evidence(kind, span, f"{m[0]!r} is told as past", first)
    elif side == "ahead":
        kind = "month_ahead" if grain == "month" else "year_ahead"
        yield Evidence(kind, span, f"{m[0]!r} is told as to come", None, last)


def _wire(parse: Parse, base: int, m: re.Match[str], opens: bool) -> Evidence | None:
    """A wire's dateline: in the opening paragraphs it is the text's own day; further down, that of something older it quotes."""
    if not m["by"] and not (
        opens and m.start() == 0 and m["y"] and re.match(r"[A-Z]{3}", m[0]) and m[0].endswith(("-", "–", "—"))
    ):
        return None  # without an agency only a line that opens with a place in capitals and a full date
    month, number = w.month_of(m["m"] or m["m2"]), int(re.sub(r"\D", "", m["d"] or m["d2"]))
    span = Span.of(parse.text, base + m.start("m" if m["m"] else "d2"), base + m.end())
    why = f"dateline {' '.join(m[0].split())!r}"
    try:
        if m["y"]:
            day = dt.date(int(m["y"]), month, number)
            return Evidence("wire", span, why, day, day + DAY if opens else None)
        dt.date(2024, month, number)
    except ValueError:
        return None
    return Evidence("wire", span, why, None, None, (month, number), None, "at" if opens else "past")


def _furniture(document: Document) -> Iterator[Evidence]:
    """Copyright lines: the text is no younger than the year they name (a page may show the year of its fetching)."""
    for f in document.furniture:
        if f.kind != "legal":
            continue
        m = _COPYRIGHT.search(document.text[f.start : min(f.end, f.start + 200)])
        if m:
            year = int(m["y"])
            span = Span.of(document.text, f.start + m.start(), f.start + m.end())
            yield Evidence("copyright", span, f"copyright of {year}", None, dt.date(year, 12, 31))
