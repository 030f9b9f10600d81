"""Places: which words name one, and where it is.

Recognition (``placenames``, ``placecontext``) joins the parser's entities with the tables of ``reference.geography`` (countries, areas,
sites) and, where the words around show a place, the gazetteer. Resolution (``placerank``) ranks all places of a name on what the
document itself says. ``placeagents`` tells the names that stand for a government. A name that is not known is kept with no coordinates
and kind "unknown".
"""

from __future__ import annotations

import re

from crossfix.language.parse import Parse
from crossfix.language.placeagents import agentive
from crossfix.language.placenames import mentions_of
from crossfix.language.placerank import resolve
from crossfix.language.placetypes import Mention
from crossfix.model import Document, Place, Span
from crossfix.reference.gazetteer import fold
from crossfix.reference.geography import Known, Tables, tables

_WORDS = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*")


def places(parse: Parse, document: Document) -> tuple[Place, ...]:
    """The place names of a document in order of position, none overlapping another.

    Coordinates are WGS84 degrees, None where the place is not known (kind "unknown"). ``agentive`` marks a name that stands for
    a government ("Pyongyang denied").
    """
    known = tables()
    home = _home(document, known)
    mentions = mentions_of(parse, known, {k.country for name in home for k in known.find(name) if k.country})
    if not mentions:
        return ()
    resolve(parse, mentions, known, home)
    return tuple(_place(parse, m, known) for m in mentions)


def _home(document: Document, known: Tables) -> tuple[str, ...]:
    """Names of the tables that the outlet's own name holds: "Texas" of "The Texas Tribune"."""
    out = []
    for run in _WORDS.findall(document.outlet or ""):
        words = run.split()
        for i in range(len(words)):
            for j in range(len(words), i, -1):
                if known.find(" ".join(words[i:j])):
                    out.append(" ".join(words[i:j]))
                    break
    return tuple(out)


def _place(parse: Parse, m: Mention, known: Tables) -> Place:
    span = Span.of(parse.text, m.start, m.end)
    c = m.chosen
    if c is None:
        return Place(span, m.text, None, None, None, "unknown")
    capital = c.kind in ("city", "capital") and known.capitals.get(fold(c.name)) == c.country
    acts = (c.kind == "country" or capital) and agentive(parse, m.first, m.stop, country=c.kind == "country")
    if isinstance(c, Known):
        name = c.name.split(" (")[0]
        return Place(span, name, c.lat, c.lon, c.country or None, c.kind, c.geonames_id, acts, c.radius_km or None)
    kind = "capital" if capital else c.kind
    return Place(span, c.name, c.lat, c.lon, c.country, kind, c.geonames_id, acts, c.radius_km or None)
