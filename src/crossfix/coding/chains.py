"""Chains of whole documents: from the outlet, through whom it reprints, retells or gives the floor to, to the original speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from crossfix.language.annotations import Annotations
from crossfix.language.lexicon import lexicon
from crossfix.language.names import TITLES
from crossfix.model import Attribution, Document, Relay

UNKNOWN_OUTLET = "(this article)"
"""The first link of a chain where the outlet is not known."""

_RETELLS = frozenset(
    {"report", "say", "write", "publish", "tell", "quote", "according", "cite", "add", "note", "learn"}
)
_OWN = re.compile(
    r"(?i)^(?:this|our) (?:newspaper|paper|agency|magazine|website|outlet|channel|article|commentary|report(?:er)?|correspondent|"
    r"piece|essay|column|editorial|publication|story|post|blog)$"
)
_FAMILIAR = re.compile(r"(?i)^(?:the )?(\w+)$")
_CONTRIBUTED = re.compile(
    r"(?i)contributed|inputs? from|(?:additional|further) reporting|files? from|assistance (?:by|from)|(?:report|material)s? from|"
    r"with (?:agency|agencies)"
)
_STATEMENT = re.compile(
    r"(?:(?:Joint|Press|Full|Official|Special|Opening|Prepared)\s+)*(?:Statement|Remarks|Message|Letter|Address|Speech|Comments?)s?\s+"
    r"(?:[Bb]y|[Ff]rom|[Oo]f)\s+(?P<who>[^,;:|]+?)(?=\s+(?:[Oo]n|[Aa]t|[Tt]o|[Ii]n|[Aa]bout|[Rr]egarding|[Ff]ollowing|[Aa]fter|[Cc]oncerning|"
    r"[Bb]efore|[Ww]ith|[Aa]head|[Mm]arking|[Dd]uring|[Uu]pon|[Aa]gainst|[Cc]ondemning|[Ww]elcoming)\b|[,;:|]|\s*$)"
)
_FIRST = frozenset({"i", "we", "my", "our", "us", "me"})


def retold_outlet(ann: Annotations) -> str | None:
    """The outlet whose report the whole document retells, if it says so: credited ("VOA reported", "according to VOA") at least
    three times (in a short text twice, and no other with it), first near the top and again past the middle, so that it is more than
    one source among others."""
    counts: Counter[str] = Counter()
    early: set[str] = set()
    late: set[str] = set()
    middle = len(ann.document.text) // 2
    own = ann.document.outlet or ""
    kinds = {n.name: n.kind for n in ann.names}
    top = ann.parse.paragraphs[min(3, len(ann.parse.paragraphs) - 1)][1] if ann.parse.paragraphs else 0
    for a in ann.attributions:
        if a.source_name is None or a.cue is None or kinds.get(a.source_name) != "outlet" or same(a.source_name, own):
            continue
        if a.rule.partition(":")[2] not in _RETELLS:
            continue
        counts[a.source_name] += 1
        if a.cue.start <= top:
            early.add(a.source_name)
        if a.cue.start >= middle:
            late.add(a.source_name)
    if not counts:
        return None
    name, n = counts.most_common(1)[0]
    enough = n >= 3 or (n == 2 and len(counts) == 1 and len(ann.parse.sentences) <= 12)
    return name if enough and name in early & late else None


def chain_of(ann: Annotations, a: Attribution, retold: str | None) -> tuple[str, ...]:
    """The chain of an attribution: the outlet, the agency whose text it reprints, the outlet it retells, who issued the statement, the
    links that the text names, the speaker, and who stands behind a report. No link twice; the original speaker last."""
    document = ann.document
    name = speaker_of(ann, a)
    links = [*trunk(document, retold), *([by] if (by := issuer(document)) else [])]
    links += [_link(ann, r) for r in a.relays]
    links += [x for x in (name, a.behind) if x]
    out: list[str] = []
    for link in links:
        if not out or not (is_own(link, document) or any(same(link, x) for x in out)):
            out.append(link)
        elif name is not None and link == name and link in out[1:-1] and not a.behind:
            out.remove(link)
            out.append(link)
    return tuple(out)


def trunk(document: Document, retold: str | None) -> tuple[str, ...]:
    """How every chain of a document begins: the outlet, the agency it reprints, the outlet it retells."""
    links = [document.outlet or UNKNOWN_OUTLET]
    for link in (reprinted(document), retold):
        if link is not None and not any(same(link, x) for x in links):
            links.append(link)
    return tuple(links)


def speaker_of(ann: Annotations, a: Attribution) -> str | None:
    """An attribution's speaker: as resolved in the text; "we" in a statement is the one its title names."""
    if a.source is not None and a.source.text.casefold() in _FIRST and a.source_name == ann.document.outlet:
        return issuer(ann.document) or a.source_name
    return a.source_name


def reprinted(document: Document) -> str | None:
    """The agency whose text a document reprints: the one it credits, unless it only "contributed" or gave "inputs"."""
    if not document.agency:
        return None
    credits = " ".join(document.text[f.start : f.end] for f in document.furniture if f.kind == "credit")
    name = canonical(document.agency)
    if _CONTRIBUTED.search(credits):
        signed = [f for f in document.furniture if f.kind in {"dateline", "sign_off", "byline"}]
        if not any(document.agency.casefold() in document.text[f.start : f.end].casefold() for f in signed):
            return None
    return None if document.outlet is not None and same(name, document.outlet) else name


def issuer(document: Document) -> str | None:
    """Who a statement is by, as its title says: "Statement by NSC Spokesperson N. N. on ..."; None for other texts."""
    found = _STATEMENT.match(document.title.strip()) if document.title else None
    if found is None:
        return None
    words = found["who"].split()
    last_title = max((k for k, w in enumerate(words) if w.strip(".").casefold() in TITLES), default=-1)
    rest = words[last_title + 1 :]
    plural = rest and rest[-1].endswith("s") and len(rest) == 1
    if not rest or plural or rest[0].casefold() in {"of", "for", "the"}:
        return " ".join(w for k, w in enumerate(words) if k or w.casefold() not in {"the", "a", "an"}) or None
    name = " ".join(rest)
    known = lexicon().get(name)
    return known.name if known is not None else name


def canonical(name: str) -> str:
    """An outlet's name as the table of outlets has it ("AP" is the Associated Press), else the name itself."""
    from crossfix.reference.outlets import by_code, by_name

    found = by_name(name) or by_code(name)
    return found.name if found is not None else name


def same(a: str, b: str) -> bool:
    """True for two forms of one name: case, article, and what the table of outlets knows."""
    x, y = (n.casefold().removeprefix("the ") for n in (a, b))
    return x == y or canonical(a).casefold() == canonical(b).casefold()


def is_own(link: str, document: Document) -> bool:
    """True where a link is the outlet itself in other words: "this newspaper", "the Journal"."""
    if _OWN.match(link):
        return True
    familiar = _FAMILIAR.match(link)
    if familiar is None or not document.outlet:
        return False
    words = document.outlet.split()
    return (
        len(words) > 1 and words[-1][:1].isupper() and familiar[1] == words[-1] and lexicon().get(familiar[1]) is None
    )


def _link(ann: Annotations, r: Relay) -> str:
    """A middle link's name: that of the one outlet or body its words hold, else as the words stand."""
    known = canonical(r.name)
    if known != r.name:
        return known
    for n in _names_in(ann, r.source.start, r.source.end):
        if n[0] == "outlet":
            return n[1]
    return r.name


def _names_in(ann: Annotations, start: int, end: int) -> list[tuple[str, str]]:
    k = bisect_left(ann.names, start, key=lambda n: n.span.start)
    out: list[tuple[str, str]] = []
    while k < len(ann.names) and ann.names[k].span.start < end:
        out.append((ann.names[k].kind, ann.names[k].name))
        k += 1
    return out
