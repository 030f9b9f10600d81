"""Names in a document: the parser's entities over a gazetteer, each with the form it is known by.

The gazetteer wins where it knows better (the parser takes missiles for places and agencies for persons), the parser where it
sees more (a longer name round a known word). Short names of persons are resolved within the document: "Samore" is the
Gary Samore named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crossfix.language.lexicon import Entry, lexicon, word_spans
from crossfix.language.parse import Parse
from crossfix.model import Name, NameKind, Span

_KINDS: dict[str, NameKind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "site", "NORP": "group", "PRODUCT": "weapon",
}  # fmt: skip

TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor president prime minister foreign defence defense secretary general ambassador
    senator sen rep gov governor spokesman spokeswoman spokesperson chairman chairwoman leader marshal comrade
    director chief deputy vice admiral adm colonel col lt lieutenant major maj captain capt gen sir lord lady king
    queen prince sheikh ayatollah pope judge justice attorney congressman congresswoman representative commissioner
    premier chancellor envoy advisor adviser coordinator spokesmen speaker delegate counsellor inspector
    """.split()
)
"""Words before a person's name that are not part of it."""

# Family names that stand first: a person later called by the first word of the name.
_FAMILY_FIRST = frozenset(
    """
    kim lee ri pak park choe choi cho jo kang han yoon yun moon shin sin song jang chang hwang ahn an oh o so ryu
    hua geng qin yan tang deng luo guo gao xie fu shen zeng peng pan cui tian dong feng cheng cao tsai nguyen tran pham
    yang hong nam no roh chung jong jon wang xi li zhang liu chen hu jiang wen zhao sun zhou wu xu ma zhu lin mao yi
    """.split()
)


def family_first(word: str) -> bool:
    """True for a family name that stands before the given name: Kim, Wang."""
    return word.casefold() in _FAMILY_FIRST


_CARDINAL = re.compile(r"(?i)^(?:north|south|east|west|northern|southern|eastern|western|central)$")
_STATE_LIKE = ("name", "capital", "metonym")


def names(parse: Parse) -> tuple[Name, ...]:
    """All names of a document in order of position, none overlapping another."""
    known = [*_known(parse), *_halves(parse)]
    seen = list(_entities(parse))
    taken = _choose(known, seen)
    return tuple(_resolve_persons(parse.text, taken))


def _known(parse: Parse) -> Iterable[tuple[int, int, Entry]]:
    """Gazetteer matches, longest first at each word."""
    lex = lexicon()
    for a, b in parse.paragraphs:
        spans = word_spans(parse.text[a:b])
        i = 0
        while i < len(spans):
            word = spans[i][0]
            step = 1
            if word[0].isupper() or word[0].isdigit():
                for n in lex.starts.get(word, ()):
                    if i + n > len(spans):
                        continue
                    key = " ".join(w for w, _, _ in spans[i : i + n])
                    entry = lex.forms.get(key)
                    if entry is None:
                        continue
                    start, end = a + spans[i][1], a + spans[i + n - 1][2]
                    if not _contiguous(parse.text[start:end]):
                        continue
                    if parse.text[end : end + 1] == "." and re.fullmatch(r"(?:\w\.)+\w", spans[i + n - 1][0]):
                        end += 1
                    yield start, end, entry
                    step = n
                    break
            i += step


_HALF = re.compile(r"\b[Tt]he\s+(North|South)\b(?![\s-]+(?:of\b|[A-Z]|\w*(?:east|west)))")


def _halves(parse: Parse) -> Iterable[tuple[int, int, Entry]]:
    """ "the North", where the text speaks of North Korea: the state, not the direction."""
    state = {"North": "North Korea", "South": "South Korea"}
    for m in _HALF.finditer(parse.text):
        name = state[m[1]]
        if name in parse.text or (m[1] == "North" and "DPRK" in parse.text):
            yield m.start(1), m.end(1), Entry("state", name, "metonym")


def _contiguous(text: str) -> bool:
    """False where a sentence end or a bracket runs through a match."""
    return not re.search(r"[;:!?()\[\]\"“”]|[a-z]\.\s", text)


def _entities(parse: Parse) -> Iterable[tuple[int, int, NameKind]]:
    """The parser's entities of the kinds that name someone or something, possessive endings and leading articles dropped."""
    tokens, i = parse.tokens, 0
    while i < len(tokens):
        t = tokens[i]
        if not t.ent:
            i += 1
            continue
        j = i + 1
        while j < len(tokens) and tokens[j].ent == t.ent and not tokens[j].ent_start and tokens[j].sent == t.sent:
            j += 1
        if t.ent in _KINDS:
            a, b = i, j
            while a < b and (tokens[a].lower in {"the", "a", "an"} or not tokens[a].text[0].isalnum()):
                a += 1
            while b > a and (tokens[b - 1].lower in {"'s", "’s", "'", "’"} or not tokens[b - 1].text[-1].isalnum()):
                b -= 1
            if t.ent == "PERSON":
                while a < b - 1 and tokens[a].lower.rstrip(".") in TITLES:
                    a += 1
            if a < b and any(x.text[0].isupper() for x in tokens[a:b]):
                yield tokens[a].start, tokens[b - 1].end, _KINDS[t.ent]
        i = j


def _choose(
    known: list[tuple[int, int, Entry]], seen: list[tuple[int, int, NameKind]]
) -> list[tuple[int, int, NameKind, str, bool]]:
    """One reading for each stretch: (start, end, kind, name, known)."""
    out: list[tuple[int, int, NameKind, str, bool]] = []
    marks: list[tuple[int, int, NameKind, str, bool]] = [(a, b, e.kind, e.name, True) for a, b, e in known]
    starts = {a: (b, e) for a, b, e in known}
    for a, b, kind in seen:
        inner = [(x, y, e) for x, (y, e) in starts.items() if a <= x and y <= b] if len(starts) < 64 else [
            (x, starts[x][0], starts[x][1]) for x in range(a, b) if x in starts and starts[x][0] <= b
        ]  # fmt: skip
        if kind == "person":
            # a person's name round a known word ("Robert Paris") stays a person; a known body or weapon stays what it is
            if any(e.kind in {"weapon", "organisation", "outlet"} and (x, y) == (a, b) for x, y, e in inner):
                continue
        elif inner and any((x, y) == (a, b) for x, y, e in inner):
            continue
        elif kind in {"organisation", "site"} and inner and b - a > max(y - x for x, y, _ in inner) + 2:
            pass  # a longer proper name round a known one: "South Korean Navy Academy"
        elif inner:
            continue
        marks.append((a, b, kind, "", False))
    end = -1
    for a, b, kind, name, is_known in sorted(marks, key=lambda m: (m[0], -(m[1] - m[0]), not m[4])):
        if a >= end:
            out.append((a, b, kind, name, is_known))
            end = b
    return out


def _resolve_persons(text: str, marks: list[tuple[int, int, NameKind, str, bool]]) -> Iterable[Name]:
    """Give every mark its name; a person's short form takes the full name that stands in the document (before it, else
    anywhere)."""
    full: dict[str, list[tuple[int, str]]] = {}
    for a, b, kind, name, is_known in marks:
        if kind == "person":
            form = name if is_known else " ".join(text[a:b].replace("’", "'").split())
            parts = form.split()
            if len(parts) > 1:
                keys = {parts[-1].casefold()}
                if family_first(parts[0]):
                    keys.add(parts[0].casefold())
                for key in keys:
                    full.setdefault(key, []).append((a, form))
    for a, b, kind, name, is_known in marks:
        form = name or " ".join(text[a:b].split())
        if form.isupper() and len(form) > 5 and kind == "person":
            form = form.title()
        if kind == "person" and not is_known:
            candidates = full.get(form.casefold(), []) if " " not in form else []
            before = [f for p, f in candidates if p < a]
            if before:
                form = before[-1]
            elif candidates:
                form = candidates[0][1]
        yield Name(Span.of(text, a, b), kind, form)
