"""Places of events that no phrase of the trigger gives: a test's site, a shipment's receiver."""

from __future__ import annotations

from crossfix.coding.events_lexicon import COUNTRIES, COUNTRY_CODES
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token
from crossfix.model import Where

_SITES = {"nuclear_test": ("nuclear_test_site",), "satellite_launch": ("launch_site", "sea_launch_area")}


def site_for(scene: Scene, kind: str, sent: int) -> Where | None:
    """The site that a test or launch takes where its own words name none: one of its kind, named in the sentence or within two of it,
    and the only one of that kind in the document."""
    wanted = _SITES.get(kind, ())
    named = {p.name: p for row in scene.places for p, _ in row if p.kind in wanted}
    near = {p.name for row in scene.places[max(0, sent - 2) : sent + 3] for p, _ in row if p.kind in wanted}
    if len(named) != 1 or not near:
        return None
    (site,) = named.values()
    return Where(site.name, site.lat, site.lon)


def abroad(scene: Scene, where: Where, sent: int, actors: list[str]) -> bool:
    """True for a town in another state than those that act: "a news report about X's launch in B" is read in B, nothing was launched
    there."""
    homes = {scene.parties.state_of(a) for a in actors} & COUNTRIES.keys()
    place = next(
        (p for p, _ in scene.places[sent] if (p.name, p.lat, p.lon) == (where.name, where.lat, where.lon)), None
    )
    if not homes or place is None or place.kind not in ("city", "capital", "town", "village"):
        return False
    state = COUNTRY_CODES.get(place.country)
    return state is not None and state not in homes


def receiver(scene: Scene, verb: Token) -> Where | None:
    """Where things go in "provided Russia with launchers": the country that is the verb's object."""
    for place, top in scene.places[verb.sent]:
        if place.kind == "country" and top.head == verb.i and top.dep in ("dobj", "dative"):
            return Where(place.name, place.lat, place.lon)
    return None
