"""Quantities as typed values: "more than 1,000 containers" is a floor of 1,000, left out, of containers, with its passage.

One grammar reads counts and measured figures: words of bound, a number (digits, words, a vague count such as "dozens"), perhaps a
second number for a range, a unit. Vague counts become floors: "dozens" is at least 24, "hundreds" at least 200, "several" at least 3.
Reading is linear in the text and never raises on odd text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crossfix.model import Bound, Quantity, Span

_SMALL = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALE = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_VAGUE = {"several": 3, "a few": 3, "few": 3, "multiple": 2, "various": 2, "numerous": 3, "many": 3, "some": 2}
"""The least that a vague count can mean."""

LARGEST = 1e15
"""Nothing that is counted here is as many: a longer run of digits is no count."""

_WORDS = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_SCALES = "|".join(_SCALE)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = rf"(?:{_WORDS})(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)|(?<=million))[ ]and[ ])(?:{_WORDS}|{_SCALES}))*"
_NUMBER = (
    rf"(?:(?:{_DIGITS})(?:[ -](?:{_SCALES}|mn|bn|m\b(?=[ ])))?"
    rf"|half[ ]an?[ ](?:{_SCALES})|an?[ ](?:{_SCALES})(?:[ ](?:{_SCALES}))?(?:[ ]and[ ]a[ ]half)?|{_SPELT})"
)
_PLURAL = r"(?:dozens|scores|tens|hundreds|thousands|millions|billions)(?:[ ]of[ ](?:thousands|millions|billions))?"
# an editor's "several [dozen]" too
_FEW = rf"(?:several|a[ ]few|a[ ]couple(?:[ ]of)?|multiple|numerous)(?:[ ]\\?\[?(?:{_SCALES}|{_PLURAL})(?:\\?\])?)?"

_FLOOR = (
    r"more[ ]than|over|at[ ]least|no[ ](?:fewer|less)[ ]than|not[ ](?:fewer|less)[ ]than|in[ ]excess[ ]of|a[ ]minimum[ ]of|"
    r"upwards[ ]of|above|exceeding|well[ ]over|beyond"
)
_CEILING = (
    r"up[ ]to|at[ ]most|no[ ]more[ ]than|not[ ]more[ ]than|fewer[ ]than|less[ ]than|under|below|"
    r"as[ ](?:many|much|high|far|long)[ ]as|a[ ]maximum[ ]of"
)
_ABOUT = (
    r"about|around|approximately|roughly|some|nearly|almost|close[ ]to|an[ ]estimated|estimated|circa|approx\.?|"
    r"in[ ]the[ ]region[ ]of|just[ ]over|just[ ]under|a[ ]little[ ]over|near"
)
_STRICT = frozenset(
    {"more than", "over", "in excess of", "fewer than", "less than", "under", "below", "above", "exceeding", "well over",
     "upwards of", "beyond"}
)  # fmt: skip

GRAMMAR = re.compile(
    rf"(?<![\w.,:-])(?:(?P<floor>{_FLOOR})[ ](?:an?[ ](?:total|estimated)[ ](?:of[ ])?|about[ ])?"
    rf"|(?P<ceiling>{_CEILING})[ ](?:an?[ ]estimated[ ])?|(?P<about>{_ABOUT})[ ]|(?P<between>between|from)[ ])?"
    rf"(?P<money>(?:US|A|C)?\$|€|£|₩)?"
    rf"(?:(?P<few>{_FEW})|(?P<plural>{_PLURAL})|(?P<one>{_NUMBER}))"
    rf"(?:(?:[ ]?(?:-|–|—|to)[ ]?|[ ](?P<and>and|or)[ ])(?:(?:US|A|C)?\$|€|£|₩)?(?P<two>{_NUMBER}))?"
    rf"(?P<tail>[ ](?:or[ ]more|or[ ]so|or[ ]fewer|or[ ]less))?(?:(?!\w)|(?=(?:kms?|m|s|ft)\b))",
    re.IGNORECASE,
)
"""A count without its unit. A blank stands for one blank of any kind: the text is flattened first, one character for one."""

_BLANKS = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2028\x85\x0c\x0b\u2009\u202f", " ") | {"‑": "-", "−": "-"})
_MONEY = {"$": "USD", "us$": "USD", "a$": "AUD", "c$": "CAD", "€": "EUR", "£": "GBP", "₩": "KRW"}
_MONTH = re.compile(
    r"[ ](?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_AFTER_MONTH = re.compile(
    r"\b(?:Jan|January|Feb|February|March|April|May|June|July|Aug|August|Sept?|September|Oct|October|Nov|November|Dec|December)\.?[ ]$"
)
_NAME = re.compile(r"[A-Z]\w*[- ]?$")


@dataclass(frozen=True, slots=True)
class Count:
    """A number as told: ``start`` and ``end`` into the text it was read in. ``low`` or ``high`` is None on an open side."""

    start: int
    end: int
    low: float | None
    high: float | None
    bound: Bound
    strict: bool = False
    money: str = ""


def flat(text: str) -> str:
    """The text with every odd blank as a space and odd hyphens plain, one character for one."""
    return text.translate(_BLANKS)


def number_of(text: str) -> float | None:
    """The number that digits or words name: "1,000" 1000, "2.5 million", "twenty-five", "half a million"; None for other words."""
    low = flat(text).lower().strip()
    if low.startswith("half a"):
        scale = _SCALE.get(low.split()[-1])
        return None if scale is None else scale / 2
    half = low.endswith(" and a half")
    low = low.removesuffix(" and a half")
    total, group, scale_of_group, seen = 0.0, 0.0, 1.0, False
    for word in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", low):
        if word[0].isdigit():
            group, seen = float(word.replace(",", "")), True
        elif word in _SMALL or word in _TENS:
            group, seen = group + _SMALL.get(word, _TENS.get(word, 0)), True
        elif word in ("a", "an"):
            group, seen = 1.0, True
        elif word in _SCALE or word in ("mn", "bn", "m"):
            scale_of_group = {"mn": 1e6, "m": 1e6, "bn": 1e9}.get(word) or _SCALE[word]
            if not seen:
                return None
            group *= scale_of_group
            if scale_of_group >= 1000:
                total, group = total + group, 0.0
        elif word != "and":
            return None
    if not seen:
        return None
    total += group + (scale_of_group / 2 if half else 0.0)
    return total if total < LARGEST else None


def _vague(words: str) -> float:
    """The least that "dozens", "tens of thousands", "several hundred" can mean."""
    low = words.lower()
    least = 1.0
    m = re.match(r"several|a few|a couple(?: of)?|multiple|numerous", low)
    if m:
        least = float(_VAGUE.get(m[0], 2))
        low = low[m.end() :].strip("[]\\ ")
        if low.endswith("s"):
            low, least = low.removesuffix("s"), max(least, 2.0)
        return least * _SCALE.get(low, 1)
    for part in re.findall(r"[a-z]+", low):
        if part == "tens":
            least *= 20
        elif part != "of":
            least *= _SCALE.get(part.removesuffix("s"), 1) * (2 if least == 1.0 else 1)
    return least


def counts(
    text: str, start: int = 0, end: int | None = None, named: Callable[[int], bool] | None = None
) -> Iterator[Count]:
    """The counts in text[start:end], in order, dates and numbers inside names left out. Offsets are into the text.

    A bare number after a capitalised word is taken for a part of a name ("Hwasong 18"), unless ``named`` says of its offset that
    it is none.
    """
    stop = len(text) if end is None else end
    part = flat(text[start:stop])
    for m in GRAMMAR.finditer(part):
        found = _count(part, m, named is not None and bool(m["one"]) and named(start + m.start("one")))
        if found is not None:
            low, high, bound, strict, money, a, b = found
            yield Count(start + a, start + b, low, high, bound, strict, money)


def _count(
    part: str, m: re.Match[str], after_state: bool
) -> tuple[float | None, float | None, Bound, bool, str, int, int] | None:
    one = m["few"] or m["plural"] or m["one"]
    first = m.start("few") if m["few"] else m.start("plural") if m["plural"] else m.start("one")
    if m["one"] and _is_date(part, m, first, after_state):
        return None
    if m["few"] or m["plural"]:
        least = _vague(one)
        return (
            least,
            None,
            "at_least",
            False,
            _MONEY.get((m["money"] or "").lower(), ""),
            m.start(),
            m.end("few" if m["few"] else "plural"),
        )
    low = number_of(one)
    if low is None:
        return None
    start, end = m.start(), m.end()
    high = number_of(m["two"]) if m["two"] else None
    money = _MONEY.get((m["money"] or "").lower(), "")
    if m["two"]:
        scale = re.search(rf"(?:{_SCALES})$", m["two"].lower())
        if scale and high is not None and not re.search(rf"(?:{_SCALES})$", one.lower()) and low < 1000:
            low *= _SCALE[scale[0]]  # "2 to 3 million"
        joined = m["and"] is None or m["and"].lower() == "or" or (m["between"] or "").lower() == "between"
        if not joined or high is None or high < low or ((m["and"] or "").lower() == "or" and high > 2 * low + 1):
            end, high = m.end("one"), None  # "fired 2 and 3 ...": two counts, the first here
            if m["between"] and m["between"].lower() == "between":
                start = first
    if high is not None:
        return low, high, "between", False, money, start, end
    if m["between"]:
        start = m.start("money") if m["money"] else first
    tail = (m["tail"] or "").strip().lower()
    floor, ceiling, about = (re.sub(r"\s+", " ", (m[k] or "").lower()) for k in ("floor", "ceiling", "about"))
    if floor or tail == "or more":
        return low, None, "at_least", floor in _STRICT, money, start, end
    if ceiling or tail in ("or fewer", "or less"):
        return None, low, "at_most", ceiling in _STRICT, money, start, end
    if about or tail == "or so":
        return low, low, "about", False, money, start, end
    return low, low, "exact", False, money, start, end


def _is_date(part: str, m: re.Match[str], first: int, after_state: bool) -> bool:
    """A number that is part of a date, a clock time, a calibre or a name ("July 12", "2023", "152-mm", "Hwasong 18", "COVID-19")."""
    number, after = m["one"], part[m.end("one") : m.end("one") + 12]
    bare = number.isdigit()
    if bare and (_AFTER_MONTH.search(part[max(0, first - 12) : first]) or _MONTH.match(after)):
        return True
    if bare and len(number) == 4 and 1900 <= int(number) <= 2100 and not re.match(r"[ ][a-z]{3,}s\b", after):
        return True
    if bare and re.match(
        r":\d\d|(?:st|nd|rd|th)\b|[ ]?(?:a\.?m|p\.?m)\b|%|[ ](?:percent|per cent)\b|[ -]?(?:mm|millimet|caliber|calibre)",
        after,
        re.I,
    ):
        return True
    before = part[max(0, first - 14) : first]
    named = re.search(r"(?:^|[^.!?][ ])([A-Z][\w-]*)[ -]$", before)
    return bool(
        not after_state
        and named
        and bare
        and m.start() == first
        and named[1] not in ("The", "A", "An", "Some", "About", "Its")
    )


_METRIC = {
    "metric tons": "tonnes", "metric ton": "tonnes", "tonne": "tonnes", "ton": "tons", "kg": "kilograms", "dollars": "USD",
    "euros": "EUR",
}  # fmt: skip
_IRREGULAR = {"aircraft": "aircraft", "personnel": "personnel", "people": "people", "men": "men", "troops": "troops"}


def unit_of(word: str) -> str:
    """A counted noun as a unit: lower case, plural, "metric tons" as tonnes: "container" -> "containers"."""
    low = re.sub(r"\s+", " ", word.lower()).strip(" .,;:-")
    if not low:
        return ""
    if low in _METRIC:
        return _METRIC[low]
    if low in _IRREGULAR or low.endswith("s"):
        return low
    if low.endswith(("sh", "ch", "x")):
        return low + "es"
    return low[:-1] + "ies" if low.endswith("y") and low[-2:-1] not in tuple("aeiou") else low + "s"


def typed(text: str, count: Count, unit: str, end: int) -> Quantity:
    """The quantity of a count and its unit; its passage runs from the count to ``end``, at least to the count's own end."""
    return Quantity(
        count.low, count.high, count.bound, count.money or unit_of(unit), Span.of(text, count.start, max(end, count.end)), count.strict
    )  # fmt: skip


def words_of(q: Quantity) -> str:
    """The quantity in words that read back to the same values: "more than 1,000 containers", "between 5 and 10 tonnes"."""
    low, high = (None if v is None else _figure(v) for v in (q.low, q.high))
    if q.bound == "between":
        number = f"between {low} and {high}"
    elif q.bound == "at_least":
        number = f"{'more than' if q.strict else 'at least'} {low}"
    elif q.bound == "at_most":
        number = f"{'fewer than' if q.strict else 'at most'} {high}"
    else:
        number = f"{'about ' if q.bound == 'about' else ''}{low}"
    return f"{number} {q.unit}".strip()


def _figure(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,.6f}".rstrip("0").rstrip(".")
