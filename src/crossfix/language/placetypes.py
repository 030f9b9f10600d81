"""What recognition hands to resolution: a stretch of text taken for a place name."""

from __future__ import annotations

from dataclasses import dataclass

from crossfix.language.parse import Parse
from crossfix.reference.gazetteer import Entry
from crossfix.reference.geography import Known

Candidate = Known | Entry
# Words that name a place somewhere, but not in a report.
NEVER = (
    frozenset(
        "Earth Moon Sun Mars Peninsula Island Province County City State River Sea Ocean Bay Village Port Capitol Union "
        "West East North South Coast Northeast Northwest Southeast Southwest Western Eastern Northern Southern Central "
        "Congress Senate House Parliament Federal Supreme Court Government Republic Republican Democrat Democratic "
        "Battleground Internet Web Christmas God Satan Heaven Hell Ebola Chikungunya Meningitis Syphilis Salmonella "
        "Listeria Malaria Chagas Zika Covid EU Facebook Twitter Google Bible Constitution".split()
    )
    | {"White House", "E.U.", "Supreme Court", "Wall Street Journal", "Air Force", "European Union"}
    | frozenset("Arab Balkan Pope Industry Ford".split())
)


@dataclass(slots=True, eq=False)
class Mention:
    """A stretch of text taken for a place name, as token indices [first, stop). ``sure`` is true where the parser or a table took
    it for one; ``hint`` is the kind that a word beside it names; ``within`` is the name of the place it is said to lie in, and
    ``container`` that place's mention."""

    start: int
    end: int
    first: int
    stop: int
    text: str
    sure: bool
    label: str
    hint: str = ""
    within: str = ""
    container: Mention | None = None
    chosen: Candidate | None = None


def mention(parse: Parse, first: int, stop: int, *, sure: bool, label: str) -> Mention:
    """The mention made of tokens [first, stop)."""
    start, end = parse.tokens[first].start, parse.tokens[stop - 1].end
    return Mention(start, end, first, stop, parse.text[start:end], sure, label)
