# ruff: noqa: E501  (word lists)
"""Which words of a text name a place.

The parser's entities are joined with the tables of ``reference.geography`` and, where the words around show a place, with the
gazetteer. A name taken for a place once is one wherever the document repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossfix.language.parse import Parse
from crossfix.reference.gazetteer import Entry, fold, gazetteer
from crossfix.reference.geography import SHORT, Known, Tables, tables

_LABELS = ("GPE", "LOC", "FAC")
_LEADING = {"the", "a", "an", "'s", "’s"}
DIRECTIONS = {
    "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeastern", "northwestern", "southeastern",
    "southwestern", "northeast", "northwest", "southeast", "southwest", "mainland", "upper", "lower", "downtown", "greater", "inner", "outer",
}  # fmt: skip
KIND_WORDS = {
    "province": "region", "region": "region", "oblast": "region", "state": "region", "krai": "region", "governorate": "region", "prefecture": "region",
    "county": "county", "district": "county", "city": "city", "town": "city", "village": "city", "port": "port", "island": "island", "islands": "island",
    "sea": "sea", "river": "river", "peninsula": "area", "airport": "airport", "airbase": "air_base",
}  # fmt: skip
_IN = {
    "in",
    "at",
    "near",
    "from",
    "of",
    "to",
    "outside",
    "around",
    "across",
    "into",
    "via",
    "towards",
    "toward",
    "over",
    "through",
    "between",
    "and",
}
_PUBLIC = {
    "department", "centers", "centre", "center", "army", "navy", "embassy", "federal", "food", "national", "environmental", "geological", "senate",
    "congress", "house", "state", "treasury", "air", "supreme", "government", "ministry", "parliament", "president", "court", "district", "fish",
    "health", "public", "police", "coast", "forces", "military", "defense", "defence", "foreign", "environment", "forest", "marine", "secretary",
}  # fmt: skip
# Words that name a place somewhere, but not in a report.
_NEVER = {
    "Earth",
    "Moon",
    "Sun",
    "Mars",
    "Peninsula",
    "Island",
    "Province",
    "County",
    "City",
    "State",
    "River",
    "Sea",
    "Ocean",
    "Bay",
    "Village",
    "Port",
    "Capitol",
    "Union",
    "West",
    "East",
    "North",
    "South",
    "Coast",
}
_AILMENTS = {
    "virus",
    "viruses",
    "fever",
    "disease",
    "ebolavirus",
    "hemorrhagic",
    "haemorrhagic",
    "flu",
    "strain",
    "influenza",
    "encephalitis",
    "syndrome",
}
CLASS_SUFFIX = re.compile(
    r"(?i)^(?:the )?(?:city of |town of |village of |port of |province of |state of |republic of |county of |district of |island of |gulf of |lake |mount )?"
    r"(.+?)(?: (?:province|state|county|city|region|district|oblast|krai|governorate|prefecture|islands?|peninsula|river|town|village|port|"
    r"(?:international )?airport|valley|area|municipality|township|harbou?r|territory|naval base|air ?base|territories|coast))?$"
)


@dataclass(slots=True)
class Mention:
    """A stretch of text taken for a place name, as token indices [first, stop)."""

    start: int
    end: int
    first: int
    stop: int
    text: str
    sure: bool
    label: str
    hint: str = ""
    within: str = ""
    chosen: Known | Entry | None = None


# -------------------------------------------------------------------- recognition


def mentions_of(parse: Parse, known: Tables) -> list[Mention]:
    """Table matches first (longest), then the parser's entities, then gazetteer names where the words around show a place."""
    taken: dict[int, Mention] = {}
    ailing = _ailing(parse)
    for m in (*_from_tables(parse, known), *_from_entities(parse), *_from_context(parse)):
        if m.text in ailing:
            continue
        inside = [taken[i] for i in range(m.first, m.stop) if i in taken]
        if inside:
            # a longer entity round a table match wins where the gazetteer knows it as a whole ("Queen Anne's County", "Mexico City")
            old = inside[0]
            if (
                m.stop - m.first > old.stop - old.first
                and m.first <= old.first
                and old.stop <= m.stop
                and _whole(m.text)
            ):
                for i in range(old.first, old.stop):
                    taken.pop(i, None)
                if any(i in taken for i in range(m.first, m.stop)):
                    continue
            else:
                continue
        for i in range(m.first, m.stop):
            taken[i] = m
    _repeat(parse, taken)
    out: list[Mention] = []
    for i in sorted(taken):
        if not out or out[-1] is not taken[i]:
            out.append(taken[i])
    return out


def _ailing(parse: Parse) -> set[str]:
    """Names that the document gives to a disease ("Marburg virus", "West Nile fever"): no places there."""
    out = set()
    for t, nxt in zip(parse.tokens, parse.tokens[1:], strict=False):
        if nxt.lower in _AILMENTS and t.text[:1].isupper() and t.sent == nxt.sent and t.pos == "PROPN":
            out.add(t.text)
    return out


def _shouting(parse: Parse, m: Mention) -> bool:
    """True in a headline or dateline written in capitals."""
    words = [t.text for t in parse.sentence_tokens(parse.tokens[m.first].sent) if t.text.isalpha()]
    opens = m.first == parse.bounds[parse.tokens[m.first].sent][0]
    dateline = opens and m.stop < len(parse.tokens) and parse.tokens[m.stop].text in ("(", ",", "-", "--", "–", "—")
    return dateline or sum(x.isupper() for x in words) > 0.6 * len(words)


def _repeat(parse: Parse, taken: dict[int, Mention]) -> None:
    """A name taken for a place once is one wherever the document repeats it, save inside a person's or body's longer name."""
    tokens = parse.tokens
    names: dict[str, set[tuple[str, ...]]] = {}
    for m in {id(m): m for m in taken.values()}.values():
        words = tuple(t.text for t in tokens[m.first : m.stop])
        if (m.sure or m.label == "context") and len(m.text) > SHORT:
            names.setdefault(words[0], set()).add(words)
    for i, t in enumerate(tokens):
        for words in names.get(t.text, ()):
            stop = i + len(words)
            if any(k in taken for k in range(i, stop)) or tuple(x.text for x in tokens[i:stop]) != words:
                continue
            if t.ent in ("PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "NORP"):
                alone = t.ent_start and (stop >= len(tokens) or tokens[stop].ent != t.ent or tokens[stop].ent_start)
                if not alone:
                    continue
            if stop < len(tokens) and tokens[stop].lower in _AILMENTS:
                continue
            again = _mention(parse, i, stop, sure=False, label="repeat")
            for k in range(i, stop):
                taken[k] = again


def _whole(text: str) -> bool:
    return bool(gazetteer().find(text))


def _mention(parse: Parse, first: int, stop: int, *, sure: bool, label: str) -> Mention:
    start, end = parse.tokens[first].start, parse.tokens[stop - 1].end
    return Mention(start, end, first, stop, parse.text[start:end], sure, label)


def _entity_bounds(parse: Parse) -> Iterator[tuple[int, int, str]]:
    tokens, i = parse.tokens, 0
    while i < len(tokens):
        if not tokens[i].ent:
            i += 1
            continue
        j = i + 1
        while (
            j < len(tokens)
            and tokens[j].ent == tokens[i].ent
            and not tokens[j].ent_start
            and tokens[j].sent == tokens[i].sent
        ):
            j += 1
        yield i, j, tokens[i].ent
        i = j


def _from_tables(parse: Parse, known: Tables) -> list[Mention]:
    out: list[Mention] = []
    tokens = parse.tokens
    around: dict[int, tuple[int, int, str]] = {}
    for a, b, label in _entity_bounds(parse):
        for i in range(a, b):
            around[i] = (a, b, label)
    i = 0
    while i < len(tokens):
        t = tokens[i]
        stop = 0
        if t.text[:1].isupper():
            most = known.longest.get(fold(t.text), 0)
            stop = _longest(parse, i, most, known) if most else 0
            if not stop and len(t.text.replace(".", "")) <= SHORT and known.by_short.get(t.text):
                stop = i + 1
        if stop and _stands(parse, i, stop, around, known):
            out.append(_mention(parse, i, stop, sure=True, label=around.get(i, (0, 0, ""))[2]))
            i = stop
        else:
            i += 1
    return out


def _longest(parse: Parse, i: int, most: int, known: Tables) -> int:
    """The end of the longest table name that begins at token i, 0 for none. Hyphens and points are tokens, so two a word."""
    tokens = parse.tokens
    last = min(len(tokens), i + 2 * most + 1)
    for stop in range(last, i, -1):
        end = tokens[stop - 1]
        if end.sent != tokens[i].sent or not any(x.isalnum() for x in end.text) or end.lower in ("'s", "’s"):
            continue
        if known.find(parse.text[tokens[i].start : end.end]):
            return stop
    return 0


def _stands(parse: Parse, first: int, stop: int, around: dict[int, tuple[int, int, str]], known: Tables) -> bool:  # noqa: ARG001
    """False where a table name is only part of a person's, body's or product's name ("Bank of China", "Paris Hilton")."""
    tokens = parse.tokens
    box = around.get(first)
    text = parse.text[tokens[first].start : tokens[stop - 1].end]
    if (
        text.isupper()
        and len(text) > SHORT
        and all(t.text.isupper() for t in parse.sentence_tokens(tokens[first].sent)[:6] if t.text.isalpha())
    ):
        return True
    if box:
        a, b, label = box
        if (a, b) == (first, stop) or label in _LABELS or (label == "NORP" and stop - first == b - a):
            return label != "NORP"
        if label == "PERSON":
            return b - a == stop - first
        if label in ("ORG", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"):
            inner = [t for t in tokens[a:b] if t.lower not in _LEADING]
            if len(inner) > stop - first and inner[0].i == first and stop < b:
                # "the U.S. Department of State" names the country, "China Daily" does not
                return label == "ORG" and tokens[stop].lower in _PUBLIC
            return len(inner) <= stop - first
    if (
        stop < len(tokens)
        and tokens[stop].tag == "NNP"
        and tokens[stop].sent == tokens[first].sent
        and tokens[stop].ent in ("PERSON",)
        and not tokens[stop].ent_start
    ):
        return False
    return tokens[first].pos in ("PROPN", "NOUN", "ADJ", "X", "INTJ", "VERB", "ADV")


def _from_entities(parse: Parse) -> list[Mention]:
    out: list[Mention] = []
    tokens, demonyms = parse.tokens, tables().demonyms
    for a, b, label in _entity_bounds(parse):
        if label not in _LABELS:
            continue
        while a < b and (
            tokens[a].lower in _LEADING
            or not tokens[a].text[0].isalnum()
            or (tokens[a].text.islower() and tokens[a].lower in DIRECTIONS)
        ):
            a += 1
        while b > a and (
            tokens[b - 1].lower in ("'s", "’s", "'", "’", "-")
            or not (tokens[b - 1].text[-1].isalnum() or tokens[b - 1].text[-1] == ".")
        ):
            b -= 1
        if b == a + 1 and tokens[a].lower in DIRECTIONS:
            continue
        while b > a + 1 and tokens[b - 1].lower in KIND_WORDS and tokens[b - 1].text.islower():
            b -= 1
        if a < b and tokens[a].text[0].isupper() and not any(x.isdigit() for t in tokens[a:b] for x in t.text):
            m = _mention(parse, a, b, sure=label == "GPE", label=label)
            if m.text not in demonyms and m.text not in _NEVER and _believable(parse, m):
                out.append(m)
    return out


def _believable(parse: Parse, m: Mention) -> bool:
    """False for the parser's entities that name a disease, or that nothing but the parser takes for a place."""
    tokens = parse.tokens
    after = tokens[m.stop] if m.stop < len(tokens) and tokens[m.stop].sent == tokens[m.first].sent else None
    if after and after.lower in _AILMENTS:
        return False
    if tables().find(m.text):
        return True
    if gazetteer().find(m.text):
        # an acronym is a body's name before it is a village's
        return not (m.text.isupper() and len(m.text) <= 5 and not _shouting(parse, m))
    if m.label == "FAC":
        return False
    before = tokens[m.first - 1].lower if m.first and tokens[m.first - 1].sent == tokens[m.first].sent else ""
    if before in _LEADING and m.first > 1:
        before = tokens[m.first - 2].lower
    return before in _IN or (after is not None and after.text == "," and before == ",")


def _from_context(parse: Parse) -> list[Mention]:
    """Capitalised words the parser took for nothing, a person or a body, after "in" and before or after a known place."""
    out: list[Mention] = []
    tokens = parse.tokens
    index = gazetteer()
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if not (
            t.text[:1].isupper()
            and not (t.text.isupper() and len(t.text) <= 5)
            and t.tag in ("NNP", "NNPS")
            and t.ent in ("", "PERSON", "ORG")
            and (not t.ent or t.ent_start)
        ):
            i += 1
            continue
        j = i + 1
        while (
            j < len(tokens)
            and j - i < 4
            and tokens[j].tag in ("NNP", "NNPS")
            and tokens[j].text[:1].isupper()
            and tokens[j].sent == t.sent
        ):
            j += 1
        before = tokens[i - 1].lower if i and tokens[i - 1].sent == t.sent else ""
        followed = j + 1 < len(tokens) and tokens[j].text == "," and tokens[j + 1].ent == "GPE"
        kind_of = before == "of" and i > 1 and tokens[i - 2].lower in KIND_WORDS
        if before in ("in", "near", "outside", "at") or kind_of or (followed and before in _IN):
            found = [
                e
                for e in index.find(parse.text[t.start : tokens[j - 1].end])
                if e.population >= (500 if followed or kind_of else 3000 if not t.ent else 20000)
            ]
            if found and (followed or t.ent != "ORG"):
                out.append(_mention(parse, i, j, sure=False, label="context"))
        i = j
    return out
