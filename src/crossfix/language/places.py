"""Places: which words name one, and where it is.

Recognition joins the parser's entities with the tables of ``reference.geography`` (countries, areas, sites) and, where the words
around show a place, the gazetteer. Resolution ranks all places of a name on what the document itself says: the countries and
regions it mentions, "Paris, Texas", words of kind ("port of", "province"), population. A name that is not known is kept with no
coordinates and kind "unknown".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from crossfix.language.parse import Parse, Token
from crossfix.model import Document, Place, Span
from crossfix.reference.gazetteer import Entry, fold, gazetteer
from crossfix.reference.geography import SHORT, Known, Tables, tables

_LABELS = ("GPE", "LOC", "FAC")
_LEADING = {"the", "a", "an", "'s", "’s"}
_DIRECTIONS = {
    "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeastern", "northwestern", "southeastern",
    "southwestern", "northeast", "northwest", "southeast", "southwest", "mainland", "upper", "lower", "downtown", "greater", "inner", "outer",
}  # fmt: skip
_KIND_WORDS = {
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
_AGENT_VERBS = {
    "say", "deny", "claim", "want", "announce", "condemn", "accuse", "warn", "reject", "demand", "insist", "respond", "call", "urge", "seek", "tell",
    "agree", "refuse", "offer", "pledge", "vow", "threaten", "describe", "believe", "argue", "criticize", "criticise", "request", "declare", "release",
    "state", "admit", "acknowledge", "confirm", "dismiss", "propose", "promise", "support", "suspect", "report", "provide", "supply", "launch", "test",
    "fire", "deliver", "receive", "send", "view", "look", "need", "turn", "become", "continue", "make", "help", "feel", "decide", "plan", "hope", "try",
}  # fmt: skip
_PUBLIC = {
    "department", "centers", "centre", "center", "army", "navy", "embassy", "federal", "food", "national", "environmental", "geological", "senate",
    "congress", "house", "state", "treasury", "air", "supreme", "government", "ministry", "parliament", "president", "court", "district", "fish",
    "health", "public", "police", "coast", "forces", "military", "defense", "defence", "foreign", "environment", "forest", "marine", "secretary",
}  # fmt: skip
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
_CLASS_SUFFIX = re.compile(
    r"(?i)^(?:the )?(?:city of |town of |village of |port of |province of |state of |republic of |county of |district of |island of |gulf of |lake |mount )?"
    r"(.+?)(?: (?:province|state|county|city|region|district|oblast|krai|governorate|prefecture|islands?|peninsula|river|town|village|port|"
    r"(?:international )?airport|valley|area|municipality|township|harbou?r|territory|naval base|air ?base|territories|coast))?$"
)


@dataclass(slots=True)
class _Mention:
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


@dataclass(slots=True)
class _Scene:
    """What the document says about where it is."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    spots: list[tuple[float, float]] = field(default_factory=list)


def places(parse: Parse, document: Document) -> tuple[Place, ...]:  # noqa: ARG001
    """The place names of a document in order of position, none overlapping another.

    Coordinates are WGS84 degrees, None where the place is not known (kind "unknown"). ``agentive`` marks a name that stands for
    a government ("Pyongyang denied").
    """
    known = tables()
    mentions = _mentions(parse, known)
    if not mentions:
        return ()
    _resolve(parse, mentions, known)
    return tuple(_place(parse, m, known) for m in mentions)


# -------------------------------------------------------------------- recognition


def _mentions(parse: Parse, known: Tables) -> list[_Mention]:
    """Table matches first (longest), then the parser's entities, then gazetteer names where the words around show a place."""
    taken: dict[int, _Mention] = {}
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
    out: list[_Mention] = []
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


def _repeat(parse: Parse, taken: dict[int, _Mention]) -> None:
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


def _mention(parse: Parse, first: int, stop: int, *, sure: bool, label: str) -> _Mention:
    start, end = parse.tokens[first].start, parse.tokens[stop - 1].end
    return _Mention(start, end, first, stop, parse.text[start:end], sure, label)


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


def _from_tables(parse: Parse, known: Tables) -> list[_Mention]:
    out: list[_Mention] = []
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


def _from_entities(parse: Parse) -> list[_Mention]:
    out: list[_Mention] = []
    tokens, demonyms = parse.tokens, tables().demonyms
    for a, b, label in _entity_bounds(parse):
        if label not in _LABELS:
            continue
        while a < b and (
            tokens[a].lower in _LEADING
            or not tokens[a].text[0].isalnum()
            or (tokens[a].text.islower() and tokens[a].lower in _DIRECTIONS)
        ):
            a += 1
        while b > a and (
            tokens[b - 1].lower in ("'s", "’s", "'", "’", "-")
            or not (tokens[b - 1].text[-1].isalnum() or tokens[b - 1].text[-1] == ".")
        ):
            b -= 1
        if b == a + 1 and tokens[a].lower in _DIRECTIONS:
            continue
        while b > a + 1 and tokens[b - 1].lower in _KIND_WORDS and tokens[b - 1].text.islower():
            b -= 1
        if a < b and tokens[a].text[0].isupper() and not any(x.isdigit() for t in tokens[a:b] for x in t.text):
            m = _mention(parse, a, b, sure=label == "GPE", label=label)
            if m.text not in demonyms and _believable(parse, m):
                out.append(m)
    return out


def _believable(parse: Parse, m: _Mention) -> bool:
    """False for the parser's entities that name a disease, or that nothing but the parser takes for a place."""
    tokens = parse.tokens
    after = tokens[m.stop] if m.stop < len(tokens) and tokens[m.stop].sent == tokens[m.first].sent else None
    if after and after.lower in _AILMENTS:
        return False
    if tables().find(m.text) or gazetteer().find(m.text):
        return True
    if m.label == "FAC":
        return False
    before = tokens[m.first - 1].lower if m.first and tokens[m.first - 1].sent == tokens[m.first].sent else ""
    if before in _LEADING and m.first > 1:
        before = tokens[m.first - 2].lower
    return before in _IN or (after is not None and after.text == ",") or before == ","


def _from_context(parse: Parse) -> list[_Mention]:
    """Capitalised words the parser took for nothing, a person or a body, after "in" and before or after a known place."""
    out: list[_Mention] = []
    tokens = parse.tokens
    index = gazetteer()
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if not (
            t.text[:1].isupper()
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
        kind_of = before == "of" and i > 1 and tokens[i - 2].lower in _KIND_WORDS
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


# -------------------------------------------------------------------- resolution


def _hints(parse: Parse, mentions: list[_Mention]) -> None:
    """Words of kind beside a name, and "Paris, Texas"."""
    tokens = parse.tokens
    by_first = {m.first: m for m in mentions}
    for m in mentions:
        after = tokens[m.stop].lower if m.stop < len(tokens) and tokens[m.stop].sent == tokens[m.first].sent else ""
        last = tokens[m.stop - 1].lower
        m.hint = _KIND_WORDS.get(after, "") or (_KIND_WORDS.get(last, "") if m.stop - m.first > 1 else "")
        if m.first >= 2 and tokens[m.first - 1].lower == "of" and tokens[m.first - 2].lower in _KIND_WORDS:
            m.hint = _KIND_WORDS[tokens[m.first - 2].lower]
        nxt = None
        if m.stop < len(tokens) and tokens[m.stop].text in (",", "("):
            nxt = by_first.get(m.stop + 1)
        elif (
            after == "in"
            or after == ","
            or (after in _KIND_WORDS and m.stop + 1 < len(tokens) and tokens[m.stop + 1].lower in ("in", ",", "of"))
        ):
            step = 1 if after in ("in", ",") else 2
            nxt = by_first.get(m.stop + step) or (
                by_first.get(m.stop + step + 1)
                if m.stop + step < len(tokens) and tokens[m.stop + step].lower in ("the", *_DIRECTIONS)
                else None
            )
        elif after in ("'s", "’s"):
            inner = by_first.get(m.stop + 1)
            if inner:
                inner.within = inner.within or m.text
        if nxt is not None:
            m.within = m.within or nxt.text


def _candidates(text: str, known: Tables, hint: str) -> list[Known | Entry]:
    out: list[Known | Entry] = [*known.find(text)]
    if hint == "port":
        out += known.ports.get(fold(text), ())
    if len(text.replace(".", "")) > 2:
        out += gazetteer().find(text)
    if not out:
        out += known.ports.get(fold(text), ())
    if not out:
        bare = _CLASS_SUFFIX.match(text)
        if bare and bare[1] != text:
            out += [*known.find(bare[1]), *gazetteer().find(bare[1])]
        words = text.split()
        if not out and len(words) > 1 and words[0].lower() in _DIRECTIONS:
            rest = " ".join(words[1:])
            out += known.find(rest)
    return out


def _resolve(parse: Parse, mentions: list[_Mention], known: Tables) -> None:
    _hints(parse, mentions)
    scene = _Scene()
    for m in mentions:
        for k in known.find(m.text):
            if k.kind == "country" and k.name != "Georgia":
                scene.countries[k.country] += 1
            elif k.kind == "region" and k.country:
                scene.regions[fold(k.name)] += 1
                scene.countries[k.country] += 1
    for t in parse.tokens:
        if t.ent == "NORP" and t.ent_start:
            iso = known.demonyms.get(t.text)
            if iso:
                scene.countries[iso] += 1
    pools: dict[tuple[str, str], list[Known | Entry]] = {}
    said: dict[str, Known | Entry] = {}
    for later in (False, True):
        for m in mentions:
            if bool(m.within) == later:
                continue
            key = (m.text, m.hint)
            if key not in pools:
                pools[key] = _candidates(m.text, known, m.hint)
            pool = [
                c
                for c in pools[key]
                if isinstance(c, Known) or c.primary or c.population >= 5000 or c.country in scene.countries
            ]
            if not pool:
                continue
            if later and m.text in said and not m.hint:
                m.chosen = said[m.text]
                continue
            inside = _inside(m.within, known) if m.within else None
            m.chosen = max(pool, key=lambda c, m=m, inside=inside: _score(c, m, scene, inside, known))  # type: ignore[misc]
            said.setdefault(m.text, m.chosen)
            if isinstance(m.chosen, Entry):
                scene.countries[m.chosen.country] += 1 if inside else 0
                if m.chosen.region:
                    scene.regions[fold(m.chosen.region)] += 1


def _inside(text: str, known: Tables) -> tuple[str, str, str] | None:
    """(country, folded region, folded name) of the place that another lies in."""
    found = known.find(text)
    for k in found:
        if k.kind == "country":
            return k.country, "", fold(text)
    for k in found:
        if k.country:
            return k.country, fold(k.name.split(" (")[0]), fold(text)
    entries = [e for e in gazetteer().find(text) if e.kind != "city"]
    if entries:
        best = max(entries, key=lambda e: (e.kind == "region", e.population))
        return best.country, fold(best.name) if best.kind == "region" else fold(best.region), fold(text)
    return None


def _score(c: Known | Entry, m: _Mention, scene: _Scene, inside: tuple[str, str, str] | None, known: Tables) -> float:
    """How likely a candidate is meant; a city of a million has 6 before context."""
    context = 0.0
    if c.country and c.country in scene.countries:
        context = 1.5 + min(1.5, 0.3 * scene.countries[c.country])
    elif c.country and any(c.country in known.neighbours.get(x, ()) for x in scene.countries):
        context = 0.5
    if isinstance(c, Known):
        base = {"country": 9.0, "region": 7.2, "continent": 9.0, "port": 5.0}.get(
            c.kind, 7.0 if not c.source.startswith(("GCAT", "nk-")) else 6.8
        )
        if m.hint and (c.kind == m.hint or (m.hint in ("region", "county") and c.kind in ("region", "area"))):
            base += 2
        if m.hint == "city" and c.kind in ("country", "region"):
            base -= 4
        if inside and c.country and c.kind not in ("country", "continent"):
            base += 4 if c.country == inside[0] else -4
        if c.kind == "region" and c.name.startswith("Georgia"):
            context = (
                3.5 if any(n for r, n in scene.regions.items() if r != "georgia") else 0.0
            )  # a state beside other states
        return base + context
    score = math.log10(c.population + 10) + (0 if c.primary else -1.0)
    if c.kind == "county":
        score -= 1.0
    elif c.kind == "region":
        score += 0.2
    if m.hint == c.kind or (m.hint in ("region", "county") and c.kind in ("region", "county")):
        score += 2
    if c.region and fold(c.region) in scene.regions:
        context += 1.0 + min(1.0, 0.3 * scene.regions[fold(c.region)])
    if inside:
        country, region, name = inside
        if c.country == country:
            score += 4
            if region and fold(c.region) in (region, name):
                score += 4
            elif region and fold(c.name) == region:
                score -= 1
        else:
            score -= 3
    elif known.capitals.get(fold(m.text)) == c.country and c.kind == "city":
        score += 2
    return score + context


# -------------------------------------------------------------------- what comes out


def _place(parse: Parse, m: _Mention, known: Tables) -> Place:
    span = Span.of(parse.text, m.start, m.end)
    c = m.chosen
    if c is None:
        return Place(span, m.text, None, None, None, "unknown")
    agentive = _agentive(parse, m, c, known)
    if isinstance(c, Known):
        name = c.name.split(" (")[0]
        return Place(span, name, c.lat, c.lon, c.country or None, c.kind, None, agentive)
    kind = "capital" if c.kind == "city" and known.capitals.get(fold(c.name)) == c.country else c.kind
    return Place(span, c.name, c.lat, c.lon, c.country, kind, c.geonames_id, agentive)


def _agentive(parse: Parse, m: _Mention, c: Known | Entry, known: Tables) -> bool:
    """True where a country or capital is the subject of a verb that governments do."""
    if c.kind != "country" and known.capitals.get(fold(c.name)) != c.country:
        return False
    head: Token = parse.tokens[m.stop - 1]
    if head.dep not in ("nsubj", "nsubjpass", "agent"):
        return False
    verb = parse.head(head)
    return verb.pos in ("VERB", "AUX") and (c.kind == "country" or verb.lemma in _AGENT_VERBS)
