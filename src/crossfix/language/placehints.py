"""What the words beside a place name say of it: its kind, and the place it lies in."""

from __future__ import annotations

from crossfix.language.parse import Parse
from crossfix.language.placenames import DIRECTIONS, KIND_WORDS
from crossfix.language.placetypes import Mention
from crossfix.reference.gazetteer import gazetteer
from crossfix.reference.geography import tables

_PLURALS = {
    "counties": "county",
    "parishes": "county",
    "provinces": "region",
    "states": "region",
    "regions": "region",
    "cities": "city",
}
_PARTS = frozenset("area areas part parts section neighborhood neighbourhood suburb corner".split())


def read_hints(parse: Parse, mentions: list[Mention]) -> None:
    """Words of kind beside a name, and "Paris, Texas"."""
    tokens = parse.tokens
    by_first = {m.first: m for m in mentions}
    for k, m in enumerate(mentions):
        sent = tokens[m.first].sent

        def word(i: int, sent: int = sent) -> str:
            return tokens[i].lower if 0 <= i < len(tokens) and tokens[i].sent == sent else ""

        after, last = word(m.stop), tokens[m.stop - 1].lower
        m.hint = (
            KIND_WORDS.get(after, "")
            or _plural(mentions, k, parse)
            or (KIND_WORDS.get(last, "") if m.stop - m.first > 1 else "")
        )
        if m.first >= 2 and word(m.first - 1) in ("of", "called") and word(m.first - 2) in KIND_WORDS:
            m.hint = KIND_WORDS[word(m.first - 2)]
        elif (
            not m.hint
            and word(m.first - 1) in ("city", "town", "village", "province", "island")
            and tokens[m.first - 1].text.islower()
        ):
            m.hint = KIND_WORDS[word(m.first - 1)]
        nxt = None
        if m.stop < len(tokens) and tokens[m.stop].text in (",", "("):
            nxt = by_first.get(m.stop + 1)
            if nxt is not None and tokens[m.stop].text == "," and _is_list(parse, m, nxt, by_first):
                nxt = None
        elif after in ("located", "based", "situated") and word(m.stop + 1) == "in":
            nxt = by_first.get(m.stop + 2)
        elif after == "in" or (after in KIND_WORDS and word(m.stop + 1) in ("in", ",", "of")):
            step = 1 if after == "in" else 2
            nxt = by_first.get(m.stop + step)
            if nxt is None and word(m.stop + step) in ("the", *DIRECTIONS):
                nxt = by_first.get(m.stop + step + 1)
        elif after in ("'s", "’s"):
            inner = by_first.get(m.stop + 1)
            if inner is not None and not inner.within:
                inner.within, inner.container = m.text, m
        elif after in _PARTS and word(m.stop + 1) in ("of", "in"):
            nxt = by_first.get(m.stop + 2)
        if nxt is not None and not m.within and tokens[nxt.first].sent == sent and nxt.text != m.text:
            m.within, m.container = nxt.text, nxt

    _states(parse, mentions)


def _plural(mentions: list[Mention], k: int, parse: Parse) -> str:
    """The kind that a plural after a list gives all its members: "Broward and St. Lucie counties"."""
    tokens, last = parse.tokens, mentions[k]
    for m in mentions[k + 1 : k + 7]:
        if m.first - last.stop > 2 or any(
            tokens[i].lower not in (",", "and", "or", "&") for i in range(last.stop, m.first)
        ):
            break
        last = m
    after = tokens[last.stop] if last.stop < len(tokens) else None
    return _PLURALS.get(after.lower, "") if after is not None and after.sent == tokens[last.first].sent else ""


def _states(parse: Parse, mentions: list[Mention]) -> None:
    """A name between names of states in a list is a state's too: "Utah, Washington and Wisconsin"."""
    tokens = parse.tokens
    for k, m in enumerate(mentions):
        if m.hint or rank_of(m.text) != 1:
            continue
        sides = []
        for other in (mentions[k - 1] if k else None, mentions[k + 1] if k + 1 < len(mentions) else None):
            if other is None or tokens[other.first].sent != tokens[m.first].sent:
                continue
            a, b = (other.stop, m.first) if other.first < m.first else (m.stop, other.first)
            if 0 < b - a <= 2 and all(tokens[i].lower in (",", "and", "or", "&") for i in range(a, b)):
                sides.append(is_state(other.text))
        if len(sides) == 2 and all(sides) and (m.container is None or is_state(m.within)):
            m.hint, m.within, m.container = "region", "", None


def is_state(text: str) -> bool:
    """True for a name that is a first-level region's before all."""
    return any(k.kind == "region" for k in tables().find(text)) or any(
        e.kind == "region" and e.population >= 500_000 for e in gazetteer().find(text)
    )


def _is_list(parse: Parse, m: Mention, nxt: Mention, by_first: dict[int, Mention]) -> bool:
    """True for "A, B and C", where B does not hold A: the same kind of name goes on after "and" or a comma."""
    tokens = parse.tokens
    third = None
    follows = tokens[nxt.stop] if nxt.stop + 1 < len(tokens) else None
    if follows is not None and follows.lower in ("and", "or", "&", ","):
        third = by_first.get(nxt.stop + 1)
        if third is None and follows.text == "," and tokens[nxt.stop + 1].lower in ("and", "or"):
            third = by_first.get(nxt.stop + 2)
    if third is None:
        return False
    if not is_state(nxt.text) and rank_of(nxt.text) < 2:
        return True  # towns in a row: "Dayton, Toledo and Lima"
    return (
        follows is not None and follows.text != "," and 1 <= rank_of(m.text) == rank_of(nxt.text) == rank_of(third.text)
    )


def rank_of(text: str) -> int:
    """2 for a name that is a country's, 1 for one that is a first-level region's, 0 for others."""
    kinds = {k.kind for k in tables().find(text)}
    if "country" in kinds:
        return 2
    if "region" in kinds or any(e.kind == "region" for e in gazetteer().find(text)):
        return 1
    return 0
