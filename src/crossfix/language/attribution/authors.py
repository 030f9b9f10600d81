"""Who wrote or issued the reports of a text: "the report, authored by X", "a study by X", "X released a report"."""

from __future__ import annotations

from collections.abc import Sequence

from crossfix.language.attribution.roles import REPORTS
from crossfix.language.names import TITLES
from crossfix.language.parse import Parse
from crossfix.model import Name

_ISSUES = frozenset(
    {"author", "write", "publish", "compile", "prepare", "release", "issue", "conduct", "produce", "draft"}
)
_ISSUED = frozenset(
    """
    authored co-authored written published compiled prepared released issued conducted produced drafted
    """.split()
)


def find_authors(parse: Parse, names: Sequence[Name]) -> dict[str, list[tuple[int, str]]]:
    """Word for the report -> (offset, name of who wrote or issued it), in order of position."""
    out: dict[str, list[tuple[int, str]]] = {}
    for n in names:
        if n.kind not in {"person", "organisation", "outlet", "state"}:
            continue
        for lemma in {*_by(parse, n), *_issues(parse, n)}:
            out.setdefault(lemma, []).append((n.span.start, n.name))
    return out


def _by(parse: Parse, n: Name) -> set[str]:
    """The reports that are "by" or "from" this name."""
    words = [w.strip(",.").casefold() for w in parse.text[max(n.span.start - 70, 0) : n.span.start].split()]
    while words and (words[-1] in TITLES or words[-1] in {"the", "a"}):
        words.pop()
    if not words or words[-1] not in {"by", "from"}:
        return set()
    tail = words[-7:-1]
    return {x for x in REPORTS.intersection(tail) if tail[-1] == x or (words[-1] == "by" and tail[-1] in _ISSUED)}


def _issues(parse: Parse, n: Name) -> set[str]:
    """The reports that this name releases, as subject."""
    i = parse.token_at(n.span.start)
    if i >= len(parse.tokens):
        return set()
    head = parse.tokens[i]
    while head.dep in {"compound", "appos"} and head.head != head.i:
        head = parse.head(head)
    if head.dep != "nsubj" or parse.head(head).lemma not in _ISSUES:
        return set()
    return {o.lemma.lower() for o in parse.children(parse.head(head), "dobj") if o.i > head.i} & REPORTS


def before(found: Sequence[tuple[int, object]], offset: int) -> int:
    """How many of the entries, in order of offset, stand before the offset."""
    lo, hi = 0, len(found)
    while lo < hi:
        mid = (lo + hi) // 2
        if found[mid][0] < offset:
            lo = mid + 1
        else:
            hi = mid
    return lo
