"""Which place of a name is meant: all places of the name are ranked on what the document says.

A candidate's score is its own weight (people, kind), what the text says beside the name (kind words, "Paris, Texas"), whether the
document speaks of its country and region, and how many of the document's other places lie near it. An area counts from its edge:
a town inside a region of the document is at distance 0 from it. A name means one place throughout a document, unless the words
beside it say another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container as AnyContainer
from dataclasses import dataclass, field

from crossfix.language.parse import Parse
from crossfix.language.placehints import is_state, rank_of, read_hints
from crossfix.language.placenames import CLASS_SUFFIX, DIRECTIONS, countries_of
from crossfix.language.placeroman import variants
from crossfix.language.placetypes import Candidate, Mention
from crossfix.reference.gazetteer import Entry, fold, gazetteer
from crossfix.reference.geography import Known, Tables

WIDE = frozenset("country region county area continent sea ocean strait river mountains desert lake line canal".split())
# How many candidates of a name are weighed against the other places, and how many of these.
_BEST, _ANCHORS = 12, 40
# Kilometres, and what a place that near adds.
_NEAR = ((60.0, 1.0), (160.0, 0.7), (400.0, 0.3))
_MOST = 4.0
_KM = 111.2
_WEIGHT = {
    "country": 9.0, "continent": 9.0, "ocean": 9.0, "sea": 9.0, "area": 9.0, "mountains": 9.0, "strait": 9.0, "desert": 9.0, "region": 7.2,
    "river": 8.0, "lake": 8.0,
}  # fmt: skip
# Where a place's other names are former or foreign ones.
_ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))


@dataclass(slots=True)
class Scene:
    """What the document says about where it is: countries and regions named, and how often; ``states`` counts a country's regions
    that are named, ``towns`` the towns chosen so far by country and folded region; ``home`` are regions in the outlet's name."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    towns: Counter[tuple[str, str]] = field(default_factory=Counter)
    home: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Container:
    """A place that another is said to lie in. ``region`` and ``name`` are folded, ``region`` "" for a country."""

    country: str
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    text: str
    lat: float
    lon: float
    radius: float
    weight: float


def resolve(parse: Parse, mentions: list[Mention], known: Tables, home: tuple[str, ...] = ()) -> None:
    """Set ``chosen`` on every mention that has a candidate. ``home`` are names of places the outlet's own name holds."""
    read_hints(parse, mentions)
    _Ranking(parse, mentions, known, home).run()


# -------------------------------------------------------------------- candidates


def candidates(text: str, known: Tables, hint: str, countries: AnyContainer[str]) -> list[Candidate]:
    """All places of a name: of the tables, the gazetteer, the ports; then with its class word or direction left out, and these only
    in the countries given (ISO 3166 alpha-2)."""
    out: list[Candidate] = [*known.find(text)]
    if hint == "county":
        out += [e for word in ("County", "Parish") for e in gazetteer().find(f"{text} {word}")]
    if hint == "port":
        out += known.ports.get(fold(text), ())
    if len(text.replace(".", "")) > 2:
        out += gazetteer().find(text)
    if not out:
        out += known.ports.get(fold(text), ())
    if not out:
        bare = CLASS_SUFFIX.match(text)
        if bare and bare[1] != text:
            out += [*known.find(bare[1]), *(e for e in gazetteer().find(bare[1]) if e.country in countries)]
        words = text.split()
        while not out and len(words) > 1 and words[0].lower() in DIRECTIONS:
            words = words[1:]
            rest = " ".join(words)
            out += [
                *known.find(rest),
                *(e for e in gazetteer().find(rest) if e.population >= 20_000 or e.kind != "city"),
            ]
    return out


class _Ranking:
    def __init__(self, parse: Parse, mentions: list[Mention], known: Tables, home: tuple[str, ...]) -> None:
        self.parse, self.mentions, self.known, self.home = parse, mentions, known, home
        self.pools: dict[tuple[str, str], list[Candidate]] = {}
        self.largest: dict[tuple[str, str], Entry | None] = {}
        self.held: dict[str, list[Container]] = {}
        self.shared = {m.text for m in mentions if len({k.country for k in known.find(m.text)}) > 1}
        self.scene = self._scene()
        self.anchors: list[_Anchor] = []
        self.votes: dict[str, Counter[str]] = {}

    def _scene(self) -> Scene:
        scene = Scene(countries_of(self.parse, self.mentions, self.known))
        for m in self.mentions:
            found = self.known.find(m.text)
            if len({k.country for k in found}) == 1 and found[0].kind == "region" and found[0].country:
                scene.regions[fold(found[0].name.split(" (")[0])] += 1
                scene.states[found[0].country] += 1
        for name in self.home:
            for k in self.known.find(name):
                if k.country:
                    scene.countries[k.country] += 1
                if k.kind == "region":
                    scene.home.add((k.country, fold(k.name.split(" (")[0])))
        return scene

    def run(self) -> None:
        said: dict[str, Candidate] = {}
        held = [m for m in self.mentions if m.within]
        # what is said to lie somewhere first: it tells which Georgia holds it, and what the bare name means later on
        for m in held:
            self._choose(m)
            self._vote(m)
        for m in held:
            if m.chosen is not None and self._inside(m.within):
                said.setdefault(m.text, m.chosen)
        loose = [m for m in self.mentions if not m.within]
        for m in loose:
            if m.text in said and not m.hint:
                m.chosen = said[m.text]
            else:
                self._choose(m)
        self._note()
        for _ in range(2):
            self._anchor()
            if len(self.anchors) < 2:
                break
            again: dict[tuple[str, str, str], Candidate | None] = {}
            for m in self.mentions:
                if m.chosen is None or (not m.within and not m.hint and m.text in said):
                    continue
                key = (m.text, m.hint, m.within)
                if key not in again:
                    self._choose(m)
                    again[key] = m.chosen
                m.chosen = again[key]

    def _choose(self, m: Mention) -> None:
        pool = self._pool(m)
        if not pool:
            return
        inside = self._inside(m.within) if m.within else []
        ranked = sorted(((self._score(c, m, inside), -k) for k, c in enumerate(pool)), reverse=True)
        if self.anchors and len(ranked) > 1:
            best = ranked[0][0]
            ranked = sorted(
                ((x + self._beside(pool[-k], m), k) for x, k in ranked[:_BEST] if x > best - _MOST - 1), reverse=True
            )
        m.chosen = pool[-ranked[0][1]]
        if inside and isinstance(m.chosen, Entry) and m.chosen.population < 500_000 and m.container is not None:
            # "Stroud, Ontario" is not the Stroud of another land
            direct = self.parse.text[m.end : m.container.start] in (", ", " in ") and (
                rank_of(m.within) == 2 or is_state(m.within)
            )
            if direct and not any(_fits(m.chosen, x) for x in inside):
                m.chosen = None

    def _pool(self, m: Mention) -> list[Candidate]:
        """The candidates; a small town's other names count only in countries that the document mentions."""
        key = (m.text, m.hint)
        if key not in self.pools:
            found = candidates(m.text, self.known, m.hint, self.scene.countries)
            if not found and m.label != "table":
                found = list(variants(m.text, self.scene.countries))
            self.pools[key] = found
        lands = self.scene.countries
        return [
            c
            for c in self.pools[key]
            if isinstance(c, Known)
            or c.primary
            or c.population >= 100_000
            or (c.country in lands and c.country not in _ENGLISH)
        ]

    def _largest(self, m: Mention) -> Entry | None:
        """The largest town of a name: of all the Washingtons, the capital is this."""
        key = (m.text, m.hint)
        if key not in self.largest:
            towns = [c for c in self._pool(m) if isinstance(c, Entry) and c.kind == "city"]
            self.largest[key] = max(towns, key=lambda c: c.population, default=None)
        return self.largest[key]

    def _vote(self, m: Mention) -> None:
        """The country of a town in "Atlanta, Georgia" tells which Georgia."""
        if m.chosen is None or m.container is None:
            return
        self.votes.setdefault(m.container.text, Counter())[m.chosen.country] += 1

    def _note(self) -> None:
        """What the first choices add to the scene."""
        seen: set[str] = set()
        for m in self.mentions:
            c = m.chosen
            if isinstance(c, Entry) and m.text not in seen:
                seen.add(m.text)
                if c.kind == "city":
                    self.scene.towns[c.country, fold(c.region)] += 1
                if m.within:
                    self.scene.countries[c.country] += 1
                if c.kind == "region":
                    self.scene.regions[fold(c.name)] += 1
                elif c.region and (m.within or c.population >= 200_000 or len(self._pool(m)) == 1):
                    # a guess must not support itself
                    self.scene.regions[fold(c.region)] += 1

    def _anchor(self) -> None:
        """The places of the document that the others are weighed against: each name once, the first ones."""
        self.anchors = []
        seen: set[str] = set()
        for m in self.mentions:
            c = m.chosen
            if (
                c is None
                or m.text in seen
                or c.kind in ("country", "continent", "ocean")
                or len(self.anchors) >= _ANCHORS
            ):
                continue
            seen.add(m.text)
            radius = c.radius_km
            if radius > 700:
                continue
            opens = m.first <= 6 and self.parse.tokens[m.first].sent == 0
            sure = bool(m.within) or len(self._pool(m)) == 1 or isinstance(c, Known)
            self.anchors.append(
                _Anchor(
                    m.text,
                    c.lat,
                    c.lon,
                    radius,
                    (0.35 if radius > 100 else 1.0 if sure else 0.6) * (1.5 if opens else 1.0),
                )
            )

    def _beside(self, c: Candidate, m: Mention) -> float:
        """What the document's other places add: the nearer, the more; an area is as near as its edge."""
        if c.kind in ("country", "continent", "ocean"):
            return 0.0
        squeeze = math.cos(math.radians(c.lat))
        total = 0.0
        for a in self.anchors:
            if a.text == m.text:
                continue
            dy = abs(c.lat - a.lat) * _KM
            if dy > 1200:
                continue
            away = math.hypot(dy, ((c.lon - a.lon + 180) % 360 - 180) * squeeze * _KM) - a.radius - c.radius_km
            for reach, worth in _NEAR:
                if away <= reach:
                    total += worth * a.weight
                    break
        return min(_MOST, total)

    def _inside(self, text: str) -> list[Container]:
        """The places of a name that another may lie in: countries and regions."""
        if text in self.held:
            return self.held[text]
        out: list[Container] = []
        for k in self.known.find(text):
            if k.kind == "country":
                out.append(Container(k.country, "", fold(text)))
            elif k.country:
                out.append(Container(k.country, fold(k.name.split(" (")[0]), fold(text)))
        for e in gazetteer().find(text):
            if e.kind == "region" and (e.population >= 20_000 or not out):
                out.append(Container(e.country, fold(e.name), fold(text)))
            elif e.kind == "county" and e.primary:
                out.append(Container(e.country, fold(e.region), fold(text)))
        self.held[text] = out
        return out

    def _score(self, c: Candidate, m: Mention, inside: list[Container]) -> float:
        """How likely a candidate is meant; a city of a million has 6 before context."""
        known, scene = self.known, self.scene
        context = 0.0
        if c.country and c.country in scene.countries:
            context = 1.5 + min(1.5, 0.3 * scene.countries[c.country])
        elif c.country and any(c.country in known.neighbours.get(x, ()) for x in scene.countries):
            context = 0.5
        votes = self.votes.get(m.text)
        if votes and c.kind in ("country", "region", "area"):
            context += min(6.0, 3.0 * votes[c.country])
        if isinstance(c, Known):
            return self._of_table(c, m, inside) + context
        score = math.log10(c.population + 10) + (0 if c.primary else -1.0)
        if c.kind == "county":
            score -= 1.0
        elif c.kind == "region":
            score += 0.2
        if m.hint == c.kind or (m.hint in ("region", "county") and c.kind in ("region", "county")):
            score += 2
        elif m.hint == "city" and c.kind != "city":
            score -= 2
        if c.region and fold(c.region) in scene.regions:
            context += 1.0 + min(1.0, 0.3 * scene.regions[fold(c.region)])
        if (c.country, fold(c.region)) in scene.home:
            context += 4.0
        if inside:
            score += max(_holds(c, x) for x in inside)
        elif (
            c.kind == "city"
            and c.primary
            and c.population >= 1_000_000
            and not m.hint
            and fold(c.region) == fold(c.name)
        ):
            score += 1  # the city before the state of the same name
        elif known.capitals.get(fold(m.text)) == c.country and c is self._largest(m) and m.hint in ("", "city"):
            # the capital of the country that the document is about is all but sure
            own = known.countries.get(c.country)
            if scene.countries and c.country == scene.countries.most_common(1)[0][0]:
                score += 4
            elif own is not None and own.population >= 3_000_000:
                score += 2
        return score + context

    def _of_table(self, c: Known, m: Mention, inside: list[Container]) -> float:
        base = _WEIGHT.get(c.kind, 7.0)
        if c.source.startswith("searoute"):
            base = 5.0  # a list of all ports: the better known place of the name is more likely
        if m.hint and (c.kind == m.hint or (m.hint in ("region", "county") and c.kind in ("region", "area"))):
            base += 2
        if m.hint == "city" and c.kind in ("country", "region"):
            base -= 4
        if inside and c.country and c.kind not in ("country", "continent"):
            base += 4 if any(c.country == x.country for x in inside) else -4
        if m.text in self.shared:
            # a name of a country and of a state: what else of each the document names
            if c.kind == "region":
                own = fold(c.name.split(" (")[0])
                base += 3.5 if self.scene.states[c.country] or self.scene.towns[c.country, own] else 0.0
            elif c.kind == "country":
                base += 2.5 if any(n for (land, _), n in self.scene.towns.items() if land == c.country) else 0.0
        return base


def _fits(c: Entry, x: Container) -> bool:
    """True where X may hold c: the same country and, where states are told as states, the same state."""
    if c.country != x.country:
        return False
    return not (c.country in ("US", "CA", "AU") and x.region and c.region and fold(c.region) not in (x.region, x.name))


def _holds(c: Entry, x: Container) -> float:
    """What "X, Y" adds to a place X where Y may hold it."""
    if c.country != x.country:
        return -3.0
    if x.region and fold(c.region) in (x.region, x.name):
        return 8.0
    if x.region and fold(c.name) == x.region:
        return 3.0
    return 4.0
