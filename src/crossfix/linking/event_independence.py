"""How many independent roots stand behind the reports of one event, each with its reason; how many speakers and reporters.

Documents are one root where they descend from one report (the record's origins), where they are of one newsroom or credit the
same agency, where one retells the other's outlet, or where they have it from one and the same named speaker alone: ten papers
that quote one press conference are ten reporters and one speaker, and one voice stands behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossfix.linking.credits import outlet_key
from crossfix.linking.event_told import Told
from crossfix.linking.names import is_anonymous, party_key
from crossfix.linking.origins import components
from crossfix.record.rows import Root
from crossfix.reference import outlets

_ALONE = "has it from "
_RETELLS = "retells "


@dataclass(frozen=True, slots=True)
class Independence:
    """``roots`` are the independent origins, ``reporters`` counts those who tell it in words of their own (origins, before one
    speaker makes several one), ``speakers`` the named original speakers."""

    roots: tuple[Root, ...]
    speakers: tuple[str, ...]
    reporters: int


def house(name: str | None) -> str:
    """One key for a newsroom or an institution that publishes: "VOA" and "Voice of America" are one; "" for none."""
    if not name or name.startswith("("):
        return ""
    known = outlets.by_name(name)
    return outlet_key(known.name if known is not None else name)


def independence(line: Sequence[Told]) -> Independence:
    """The roots of one event's reports, in order of their first report in ``line``."""
    by_document: dict[str, list[Told]] = {}
    for t in line:
        by_document.setdefault(t.document, []).append(t)
    ties: list[tuple[str, str, str]] = []  # document, key, words
    voices: list[tuple[str, str, str]] = []
    for document, told in by_document.items():
        ties += _ties(document, told)
        voices += _voices(document, told)
    reporters = len(_grouped(by_document, ties))
    roots = [_root(ids, by_document, ties + voices) for ids in _grouped(by_document, ties + voices)]
    at = {d: n for n, d in enumerate(by_document)}
    roots.sort(key=lambda r: min(at[d] for d in r.documents))
    named = {party_key(t.speaker): t.speaker for t in reversed(line) if t.speaker and not is_anonymous(t.speaker)}
    return Independence(tuple(roots), tuple(sorted(named.values())), reporters)


def _grouped(documents: Iterable[str], ties: Iterable[tuple[str, str, str]]) -> list[list[str]]:
    first: dict[str, str] = {}
    pairs = [(first.setdefault(key, d), d) for d, key, _ in ties]
    return components(documents, pairs)


def _ties(document: str, told: Sequence[Told]) -> list[tuple[str, str, str]]:
    """What makes a document one reporter with others: its origin, its agency, the outlet it retells, its own newsroom."""
    t = told[0]
    out = [(document, f"origin {t.origin}", "descend from one report")] if t.origin else []
    agency, own = house(t.agency), house(t.outlet)
    if agency and agency != own:
        out.append((document, f"house {agency}", f"credits {t.agency}"))
        return out
    if own:
        out.append((document, f"house {own}", f"by {t.outlet}"))
    through = _through(told)
    if through and house(through) != own:
        out.append((document, f"house {house(through)}", f"{_RETELLS}{through}"))
    return out


def _through(told: Sequence[Told]) -> str:
    """The outlet that every mention of the event came through: a middle link of each chain, or the outlet that the whole
    document retells where the mention stands in the outlet's own voice."""
    common: dict[str, str] | None = None
    for t in told:
        links = {house(n): n for n in (*t.chain[1:], t.retells) if outlets.by_name(n) is not None}
        common = links if common is None else {k: v for k, v in common.items() if k in links}
    return common[min(common)] if common else ""


def _voices(document: str, told: Sequence[Told]) -> list[tuple[str, str, str]]:
    """The one named speaker that a document has all of it from. An institution that publishes itself is a speaker too: what
    others have from the White House alone, and the White House's own page, are one voice."""
    own = told[0].outlet
    out = []
    if own and not is_anonymous(own):
        out.append((document, f"speaker {party_key(own)}", f"{own} itself"))
    keys = {party_key(t.speaker) if t.speaker and not is_anonymous(t.speaker) else "" for t in told}
    if len(keys) == 1 and "" not in keys:
        out.append((document, f"speaker {next(iter(keys))}", f"{_ALONE}{told[0].speaker} alone"))
    return out


def _root(ids: Sequence[str], by_document: dict[str, list[Told]], ties: Sequence[tuple[str, str, str]]) -> Root:
    inside = set(ids)
    own = [x for x in ties if x[0] in inside]
    ordered = tuple(d for d in by_document if d in inside)
    having: dict[str, set[str]] = {}
    for d, key, _ in own:
        having.setdefault(key, set()).add(d)
    held = {key for key, ds in having.items() if len(ds) > 1}
    first = by_document[ordered[0]][0]
    told_by = [
        words.removeprefix(_ALONE).removesuffix(" alone")
        for _, key, words in own
        if key in held and words.startswith(_ALONE)
    ]
    retold = [words.removeprefix(_RETELLS) for _, _, words in own if words.startswith(_RETELLS)]
    name = next(iter((*told_by, *retold)), None) or first.agency or first.outlet or "an outlet that is not known"
    if len(ordered) == 1:
        said = [words for _, key, words in own if not key.startswith("origin ") and not words.endswith(" itself")]
        why = "; ".join(dict.fromkeys(said)) or "in its own words"
    else:
        why = "; ".join(dict.fromkeys(words for _, key, words in own if key in held))
    return Root(name, ordered, why)
