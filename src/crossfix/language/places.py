"""Places: which words name one, and where it is.

Recognition joins the parser's entities with the tables of ``reference.geography`` (countries, areas, sites) and, where the words
around show a place, the gazetteer. Resolution ranks all places of a name on what the document itself says: the countries and
regions it mentions, "Paris, Texas", words of kind ("port of", "province"), population. A name that is not known is kept with no
coordinates and kind "unknown".
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from crossfix.language.parse import Parse, Token
from crossfix.language.placenames import CLASS_SUFFIX, DIRECTIONS, KIND_WORDS, Mention, mentions_of
from crossfix.model import Document, Place, Span
from crossfix.reference.gazetteer import Entry, fold, gazetteer
from crossfix.reference.geography import Known, Tables, tables

_AGENT_VERBS = {
    "say", "deny", "claim", "want", "announce", "condemn", "accuse", "warn", "reject", "demand", "insist",
    "respond", "call", "urge", "seek", "tell",
    "agree", "refuse", "offer", "pledge", "vow", "threaten", "describe", "believe", "argue", "criticize",
    "criticise", "request", "declare", "release",
    "state", "admit", "acknowledge", "confirm", "dismiss", "propose", "promise", "support", "suspect",
    "report", "provide", "supply", "launch", "test",
    "fire", "deliver", "receive", "send", "view", "look", "need", "turn", "become", "continue", "make",
    "help", "feel", "decide", "plan", "hope", "try",
}  # fmt: skip


Candidate = Known | Entry
# Kinds that are no single spot.
_WIDE = {
    "country",
    "region",
    "county",
    "area",
    "continent",
    "sea",
    "ocean",
    "strait",
    "river",
    "mountains",
    "desert",
    "lake",
    "line",
}
# Scores nearer than this are a close call.
_CLOSE = 2.0


@dataclass(slots=True)
class _Scene:
    """What the document says about where it is."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)


def places(parse: Parse, document: Document) -> tuple[Place, ...]:  # noqa: ARG001
    """The place names of a document in order of position, none overlapping another.

    Coordinates are WGS84 degrees, None where the place is not known (kind "unknown"). ``agentive`` marks a name that stands for
    a government ("Pyongyang denied").
    """
    known = tables()
    mentions = mentions_of(parse, known)
    if not mentions:
        return ()
    _resolve(parse, mentions, known)
    return tuple(_place(parse, m, known) for m in mentions)


# -------------------------------------------------------------------- resolution


def _hints(parse: Parse, mentions: list[Mention]) -> None:
    """Words of kind beside a name, and "Paris, Texas"."""
    tokens = parse.tokens
    by_first = {m.first: m for m in mentions}
    for m in mentions:
        after = tokens[m.stop].lower if m.stop < len(tokens) and tokens[m.stop].sent == tokens[m.first].sent else ""
        last = tokens[m.stop - 1].lower
        m.hint = KIND_WORDS.get(after, "") or (KIND_WORDS.get(last, "") if m.stop - m.first > 1 else "")
        if m.first >= 2 and tokens[m.first - 1].lower == "of" and tokens[m.first - 2].lower in KIND_WORDS:
            m.hint = KIND_WORDS[tokens[m.first - 2].lower]
        nxt = None
        if m.stop < len(tokens) and tokens[m.stop].text in (",", "("):
            nxt = by_first.get(m.stop + 1)
        elif (
            after == "in"
            or after == ","
            or (after in KIND_WORDS and m.stop + 1 < len(tokens) and tokens[m.stop + 1].lower in ("in", ",", "of"))
        ):
            step = 1 if after in ("in", ",") else 2
            nxt = by_first.get(m.stop + step) or (
                by_first.get(m.stop + step + 1)
                if m.stop + step < len(tokens) and tokens[m.stop + step].lower in ("the", *DIRECTIONS)
                else None
            )
        elif after in ("'s", "’s"):
            inner = by_first.get(m.stop + 1)
            if inner:
                inner.within = inner.within or m.text
        if nxt is not None:
            m.within = m.within or nxt.text


def _candidates(text: str, known: Tables, hint: str) -> list[Candidate]:
    out: list[Candidate] = [*known.find(text)]
    if hint == "port":
        out += known.ports.get(fold(text), ())
    if len(text.replace(".", "")) > 2:
        out += gazetteer().find(text)
    if not out:
        out += known.ports.get(fold(text), ())
    if not out:
        bare = CLASS_SUFFIX.match(text)
        if bare and bare[1] != text:
            out += [*known.find(bare[1]), *gazetteer().find(bare[1])]
        words = text.split()
        if not out and len(words) > 1 and words[0].lower() in DIRECTIONS:
            rest = " ".join(words[1:])
            out += known.find(rest)
    return out


def _resolve(parse: Parse, mentions: list[Mention], known: Tables) -> None:
    _hints(parse, mentions)
    scene = _Scene()
    for m in mentions:
        found = known.find(m.text)
        if len({k.country for k in found}) > 1:
            continue  # Georgia says nothing before it is known which
        for k in found:
            if k.kind == "country":
                scene.countries[k.country] += 1
            elif k.kind == "region" and k.country:
                scene.regions[fold(k.name)] += 1
                scene.countries[k.country] += 1
    for t in parse.tokens:
        if t.ent == "NORP" and t.ent_start:
            iso = known.demonyms.get(t.text)
            if iso:
                scene.countries[iso] += 1
    pools: dict[tuple[str, str], list[Candidate]] = {}
    said: dict[str, Candidate] = {}
    for later in (False, True):
        for m in mentions:
            if bool(m.within) == later:
                continue
            pool = _pool(m, pools, scene, known)
            if not pool:
                continue
            if later and m.text in said and not m.hint:
                m.chosen = said[m.text]
                continue
            inside = _inside(m.within, known) if m.within else None
            ranked = [(_score(c, m, scene, inside, known), -k, c) for k, c in enumerate(pool)]
            m.chosen = max(ranked, key=lambda r: r[:2])[2]
            said.setdefault(m.text, m.chosen)
            if isinstance(m.chosen, Entry):
                scene.countries[m.chosen.country] += 1 if inside else 0
                if m.chosen.region:
                    scene.regions[fold(m.chosen.region)] += 1
    _by_neighbours(mentions, pools, scene, known)


def _pool(m: Mention, pools: dict[tuple[str, str], list[Candidate]], scene: _Scene, known: Tables) -> list[Candidate]:
    """The candidates of a mention; a small town's other names count only in countries that the document mentions."""
    key = (m.text, m.hint)
    if key not in pools:
        pools[key] = _candidates(m.text, known, m.hint)
    return [
        c
        for c in pools[key]
        if isinstance(c, Known) or c.primary or c.population >= 5000 or c.country in scene.countries
    ]


def _by_neighbours(
    mentions: list[Mention], pools: dict[tuple[str, str], list[Candidate]], scene: _Scene, known: Tables
) -> None:
    """Decide close calls by the other places of the document: the port beside ports, not the cosmodrome."""
    spots: dict[str, tuple[float, float]] = {}
    for m in mentions:
        if m.chosen is not None and m.chosen.kind not in _WIDE:
            spots.setdefault(m.text, (m.chosen.lat, m.chosen.lon))
    again: dict[tuple[str, str, str], Candidate] = {}
    for m in mentions:
        if m.chosen is None or len(spots) < 2:
            continue
        key = (m.text, m.hint, m.within)
        if key not in again:
            inside = _inside(m.within, known) if m.within else None
            scored = [(_score(c, m, scene, inside, known), c) for c in _pool(m, pools, scene, known)]
            best = max(x for x, _ in scored)
            close = [(x, c) for x, c in scored if x > best - _CLOSE]
            others = [xy for text, xy in spots.items() if text != m.text]
            if len(close) > 1:
                ranked = [(x + min(1.5, 0.5 * _beside(c, others)), -k, c) for k, (x, c) in enumerate(close)]
                again[key] = max(ranked, key=lambda r: r[:2])[2]
            else:
                again[key] = m.chosen
        m.chosen = again[key]


def _beside(c: Candidate, spots: list[tuple[float, float]]) -> int:
    """How many places lie within some 300 km."""
    if c.kind in _WIDE:
        return 0
    squeeze = math.cos(math.radians(c.lat))
    return sum(abs(c.lat - y) < 2.7 and abs(c.lon - x) * squeeze < 2.7 for y, x in spots)


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


def _score(c: Candidate, m: Mention, scene: _Scene, inside: tuple[str, str, str] | None, known: Tables) -> float:
    """How likely a candidate is meant; a city of a million has 6 before context."""
    context = 0.0
    if c.country and c.country in scene.countries:
        context = 1.5 + min(1.5, 0.3 * scene.countries[c.country])
    elif c.country and any(c.country in known.neighbours.get(x, ()) for x in scene.countries):
        context = 0.5
    if isinstance(c, Known):
        base = {"country": 9.0, "region": 7.2, "continent": 9.0}.get(c.kind, 7.0)
        if c.source.startswith("searoute"):
            base = 5.0  # a list of all ports: the better known place of the name is more likely
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


def _place(parse: Parse, m: Mention, known: Tables) -> Place:
    span = Span.of(parse.text, m.start, m.end)
    c = m.chosen
    if c is None:
        return Place(span, m.text, None, None, None, "unknown")
    agentive = _agentive(parse, m, c, known)
    if isinstance(c, Known):
        name = c.name.split(" (")[0]
        return Place(span, name, c.lat, c.lon, c.country or None, c.kind, c.geonames_id, agentive, c.radius_km or None)
    kind = "capital" if c.kind == "city" and known.capitals.get(fold(c.name)) == c.country else c.kind
    return Place(span, c.name, c.lat, c.lon, c.country, kind, c.geonames_id, agentive, c.radius_km or None)


def _agentive(parse: Parse, m: Mention, c: Candidate, known: Tables) -> bool:
    """True where a country or capital is the subject of a verb that governments do."""
    if c.kind != "country" and known.capitals.get(fold(c.name)) != c.country:
        return False
    head: Token = parse.tokens[m.stop - 1]
    if head.dep not in ("nsubj", "nsubjpass", "agent"):
        return False
    verb = parse.head(head)
    return verb.pos in ("VERB", "AUX") and (c.kind == "country" or verb.lemma in _AGENT_VERBS)
