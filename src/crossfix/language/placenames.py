# ruff: noqa: E501  (word lists)
"""Which words of a text name a place.

The parser's entities are joined with the tables of ``reference.geography`` and, where the words around show a place, with the
gazetteer. A name taken for a place once is one wherever the document repeats it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from crossfix.language.parse import Parse, Token
from crossfix.language.placecontext import grow, persons, speakers
from crossfix.language.placetypes import NEVER, Mention, mention
from crossfix.reference.gazetteer import fold, gazetteer
from crossfix.reference.geography import SHORT, Tables, tables

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
_INTO = frozenset("in at near outside around across into via towards toward through".split())
_KIN = frozenset(
    "wife husband son daughter brother sister mother father named friend girlfriend boyfriend mr mrs ms".split()
)
_SIDES = frozenset("north south west east new".split())
_OFFICES = {
    "ministry",
    "embassy",
    "government",
    "hospital",
    "parliament",
    "municipality",
    "city",
    "county",
    "department",
    "army",
    "province",
}
_PUBLIC = {
    "department", "centers", "centre", "center", "army", "navy", "embassy", "federal", "food", "national", "environmental", "geological", "senate",
    "congress", "house", "state", "treasury", "air", "supreme", "government", "ministry", "parliament", "president", "court", "district", "fish",
    "health", "public", "police", "coast", "forces", "military", "defense", "defence", "foreign", "environment", "forest", "marine", "secretary",
}  # fmt: skip
_CLASSES = frozenset(
    "Province County District Region Oblast Krai Prefecture Governorate Parish Peninsula Island Islands River Valley Bay State City".split()
)
# Natural and built things named by a last or first word of kind: places even where no table has them.
_NATURAL = frozenset(
    "Bay Island Islands Lake River Creek Valley Mountain Mountains Peak Canyon Gulf Beach Fort Mount Cape Point Peninsula Desert Falls "
    "Airport Harbor Harbour Strait Reef Atoll Bridge Dam Glacier Hills Ridge Forest Square County Parish Province".split()
)
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
    r"(?i)^(?:the )?(?:city of |town of |village of |port of |province of |state of |republic of |county of |district of |island of )?"
    r"(.+?)(?: (?:province|state|county|city|region|district|oblast|krai|governorate|prefecture|town|village|port|(?:international )?airport|"
    r"area|municipality|township|harbou?r|territory|naval base|air ?base|territories))?$"
)


# -------------------------------------------------------------------- recognition


def mentions_of(parse: Parse, known: Tables, home: Iterable[str] = ()) -> list[Mention]:
    """Table matches first (longest), then the parser's entities, then gazetteer names where the words around show a place.

    ``home`` are countries the document is about from the start (its outlet's), as ISO 3166 alpha-2.
    """
    taken: dict[int, Mention] = {}
    ailing = _ailing(parse)
    people = persons(parse)
    said = speakers(parse)
    for m in (*_from_tables(parse, known), *_from_entities(parse, people, said)):
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
                and (_whole(m.text) or _part_of(m.text, old.text))
            ):
                for i in range(old.first, old.stop):
                    taken.pop(i, None)
                if any(i in taken for i in range(m.first, m.stop)):
                    continue
            else:
                continue
        for i in range(m.first, m.stop):
            taken[i] = m
    grow(parse, taken, frozenset(countries_of(parse, _in_order(taken), known)) | frozenset(home), known, people)
    _repeat(parse, taken, people)
    return _in_order(taken)


def _in_order(taken: dict[int, Mention]) -> list[Mention]:
    out: list[Mention] = []
    for i in sorted(taken):
        if not out or out[-1] is not taken[i]:
            out.append(taken[i])
    return out


def countries_of(parse: Parse, mentions: Iterable[Mention], known: Tables) -> Counter[str]:
    """How often the document names each country: by name, by a region of it, by a large city's name or by its people's."""
    out: Counter[str] = Counter()
    seen: dict[str, str] = {}
    for m in mentions:
        found = known.find(m.text)
        if found:
            if len({k.country for k in found}) == 1 and found[0].kind in ("country", "region") and found[0].country:
                out[found[0].country] += 1
            continue
        if m.text not in seen:
            big = max((e for e in gazetteer().find(m.text) if e.primary), key=lambda e: e.population, default=None)
            seen[m.text] = big.country if big is not None and big.population >= 200_000 else ""
        if seen[m.text]:
            out[seen[m.text]] += 1
    for t in parse.tokens:
        if t.ent == "NORP" and t.ent_start and t.text in known.demonyms:
            out[known.demonyms[t.text]] += 1
    return out


def _part_of(whole: str, name: str) -> bool:
    """True for "Western Kasai" beside "Kasai": a capitalised direction and a name, and for a name with its class ("Bas Congo Province")."""
    words = whole.split()
    if whole.endswith(name):
        return all(w.lower() in DIRECTIONS and w[0].isupper() for w in words[: len(words) - len(name.split())])
    return whole.startswith(name) and len(words) == len(name.split()) + 1 and words[-1] in _CLASSES


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


def _repeat(parse: Parse, taken: dict[int, Mention], people: frozenset[str]) -> None:
    """A name taken for a place once is one wherever the document repeats it, save inside a person's or body's longer name."""
    tokens = parse.tokens
    names: dict[str, set[tuple[str, ...]]] = {}
    for m in {id(m): m for m in taken.values()}.values():
        words = tuple(t.text for t in tokens[m.first : m.stop])
        if (m.sure or m.label == "context") and len(m.text) > SHORT and not (len(words) == 1 and m.text in people):
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
            if i and tokens[i - 1].lower in ("v.", "vs.", "v", "vs"):
                continue
            again = mention(parse, i, stop, sure=False, label="repeat")
            for k in range(i, stop):
                taken[k] = again


def _whole_or_known(text: str, known: Tables) -> bool:
    return bool(known.find(text)) or _whole(text)


def _whole(text: str) -> bool:
    return bool(gazetteer().find(text))


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
        small = (
            t.text in _SIDES and i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper()
        )  # "north Carolina" in a transcript
        if t.text[:1].isupper() or small:
            most = known.longest.get(fold(t.text), 0)
            if i + 1 < len(tokens) and tokens[i + 1].lower in ("'s", "’s"):
                most = max(most, known.longest.get(fold(t.text) + "s", 0))
            stop = _longest(parse, i, most, known) if most else 0
            if not stop and len(t.text.replace(".", "")) <= SHORT and known.by_short.get(t.text):
                stop = i + 1
            point = i + 1 < len(tokens) and tokens[i + 1].text == "." and tokens[i + 1].start == t.end
            if not stop and point and i and tokens[i - 1].text == "," and known.by_short.get(t.text + "."):
                stop = i + 2  # "Burlington, Vt." at a sentence's end
            if (
                not stop
                and t.text in known.postal
                and i > 1
                and tokens[i - 1].text == ","
                and tokens[i - 2].text[:1].isupper()
            ):
                out.append(mention(parse, i, i + 1, sure=True, label="GPE"))
                i += 1
                continue
        while (
            stop > i + 1
            and tokens[stop - 1].text in KIND_WORDS
            and _whole_or_known(parse.text[t.start : tokens[stop - 2].end], known)
        ):
            stop -= 1
        if stop and _stands(parse, i, stop, around, known):
            out.append(mention(parse, i, stop, sure=True, label=around.get(i, (0, 0, ""))[2]))
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


def _stands(parse: Parse, first: int, stop: int, around: dict[int, tuple[int, int, str]], known: Tables) -> bool:
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
            return label != "NORP" or text not in known.demonyms
        if label == "PERSON":
            return b - a == stop - first
        if label in ("ORG", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"):
            inner = [t for t in tokens[a:b] if t.lower not in _LEADING]
            if len(inner) > stop - first and inner[0].i == first and stop < b:
                # "the U.S. Department of State" names the country, "China Daily" does not
                return label == "ORG" and tokens[stop].lower in _PUBLIC
            if label == "ORG" and stop == b and tokens[a].lower not in known.demonyms:
                # "the Health Ministry of Uganda" lies there, "Bank of China" is a name
                link = tokens[first - 1].lower if tokens[first - 1].lower != "the" else tokens[first - 2].lower
                return link in ("of", ",") and any(t.lower in _OFFICES for t in tokens[a:first])
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


def _from_entities(parse: Parse, people: frozenset[str], said: frozenset[str]) -> list[Mention]:
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
        a, b = _widened(parse, a, b)
        if a < b and tokens[a].text[0].isupper() and not any(x.isdigit() for t in tokens[a:b] for x in t.text):
            m = mention(parse, a, b, sure=label == "GPE", label=label)
            if m.text not in demonyms and m.text not in NEVER and _believable(parse, m, people, said):
                out.append(m)
    return out


def _widened(parse: Parse, a: int, b: int) -> tuple[int, int]:
    """An entity that the parser cut short, to the name that the gazetteer has: "Rio Grande" do Sul, Goz "Beida"."""
    tokens = parse.tokens
    if not a < b:
        return a, b
    if (
        b - a > 2
        and tokens[a].text in ("City", "Town", "Village", "Port", "Province", "State")
        and tokens[a + 1].lower == "of"
    ):
        a += 2
    if b - a > 2 and not _whole(parse.text[tokens[a].start : tokens[b - 1].end]):
        # "Orange County Sanitation District" begins with a place
        for stop in range(b - 1, a + 1, -1):
            if tokens[stop - 1].text in ("County", "Parish", "City") and _primary(
                parse.text[tokens[a].start : tokens[stop - 1].end]
            ):
                return a, stop
    for stop in range(min(len(tokens), b + 3), b, -1):
        last = tokens[stop - 1]
        if (
            last.sent == tokens[a].sent
            and last.text[:1].isupper()
            and last.tag.startswith("NNP")
            and _between(tokens[b:stop])
        ):
            if _primary(parse.text[tokens[a].start : last.end]):
                return a, stop
    before = tokens[a - 1] if a else None
    if (
        before is not None
        and before.sent == tokens[a].sent
        and before.tag == "NNP"
        and before.text[:1].isupper()
        and before.text.isalpha()
    ):
        if not before.ent and _primary(parse.text[before.start : tokens[b - 1].end]):
            return a - 1, b
    return a, b


def _area_at(parse: Parse, i: int) -> bool:
    """True where a country or state is named at token i."""
    if i >= len(parse.tokens):
        return False
    most = tables().longest.get(fold(parse.tokens[i].text), 0)
    return bool(most and _longest(parse, i, most, tables())) or bool(tables().by_short.get(parse.tokens[i].text))


def _between(tokens: list[Token]) -> bool:
    return all(
        t.text[:1].isupper() or t.lower in ("do", "de", "da", "del", "di", "la", "upon", "on", "sur", "-")
        for t in tokens
    )


def _primary(text: str) -> bool:
    return any(e.primary for e in gazetteer().find(text))


def _believable(parse: Parse, m: Mention, people: frozenset[str], said: frozenset[str]) -> bool:
    """False for the parser's entities that name a disease or a person, or that nothing but the parser takes for a place."""
    tokens = parse.tokens
    after = tokens[m.stop] if m.stop < len(tokens) and tokens[m.stop].sent == tokens[m.first].sent else None
    if after and after.lower in _AILMENTS:
        return False
    if tables().find(m.text):
        return True
    before = tokens[m.first - 1].lower if m.first and tokens[m.first - 1].sent == tokens[m.first].sent else ""
    if before in _LEADING and m.first > 1:
        before = tokens[m.first - 2].lower
    placed = before in ("in", "near", "at", "outside", "around") or (after is not None and after.text == ",")
    if gazetteer().find(m.text):
        if m.text in people and not placed:
            return False
        # an acronym is a body's name before it is a village's
        return not (m.text.isupper() and len(m.text) <= 5 and not _shouting(parse, m))
    if m.text in said or m.text in people or before in _KIN or (m.text.endswith(".") and len(m.text) < 5):
        return False
    if m.first and tokens[m.first - 1].lower in ("a", "an"):
        return False
    words = m.text.split()
    if (
        len(words) > 1
        and words[0] not in ("International", "National")
        and (words[-1] in _NATURAL or words[0] in ("Lake", "Mount", "Fort", "Cape", "Camp"))
    ):
        return True
    if words[0].lower() in DIRECTIONS and words[0][0].isupper() and _whole_or_known(" ".join(words[1:]), tables()):
        return True
    if m.label == "FAC":
        return False
    if after is not None and (after.text in KIND_WORDS or (after.text == "," and _area_at(parse, m.stop + 1))):
        return True
    return before in _INTO or (after is not None and after.text == "," and before == ",")
