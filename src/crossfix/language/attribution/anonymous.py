"""Sources without a name keep what is said of them: "lawmakers who were briefed by the agency"."""

from __future__ import annotations

import re

from crossfix.language.attribution.cues import verbs
from crossfix.language.attribution.roles import PEOPLE
from crossfix.language.attribution.spans import noun_phrase
from crossfix.language.parse import Parse, Token

LONGEST = 14
"""How many words a description may have; a longer one is cut."""

_UNNAMED = re.compile(
    r"(?i)anonymity|anonymous|not (?:to be|be) (?:named|identified)|declined to be|not authori[sz]ed|unauthori[sz]ed|"
    r"asked not to|requested (?:not|that)|without being named|wish(?:ed|es)? (?:not )?to remain"
)
_CLAUSES = frozenset({"relcl", "acl"})
_LINKS = frozenset({"with", "close", "familiar", "in", "at", "from", "near", "inside", "within", "for", "on"})


def described(parse: Parse, holder: Token, span: tuple[int, int]) -> tuple[int, int]:
    """The stretch that names a source without a name: its noun phrase, and what tells it from others: a relative clause that
    follows without a comma, a participle, "with knowledge of", "familiar with"; after a comma only why the source is not named. Never
    past the words of saying. Offsets [start, end)."""
    start, end = noun_phrase(parse, holder)
    if not span[0] <= holder.start < span[1]:
        start, end = span
    else:
        start = max(min(start, span[0]), start) if start >= span[0] else start
    if holder.lemma.lower() not in PEOPLE:
        return start, max(end, span[1]) if _plain(parse.text[end : span[1]]) else end
    stop = parse.head(holder)
    limit = stop.start if stop.start > holder.start and stop.pos in {"VERB", "AUX"} else len(parse.text)
    for child in sorted(parse.children(holder), key=lambda t: t.i):
        if child.i <= holder.i or parse.tokens[child.left].start < end:
            continue
        gap = parse.text[end : parse.tokens[child.left].start]
        last = parse.tokens[child.right].end
        if last > limit:
            last = limit
        words = parse.text[parse.tokens[child.left].start : last]
        if child.dep == "acl" and child.tag not in {"VBN", "VBG", "VB"}:
            break  # a main verb that the parser hung on the noun
        if child.dep in _CLAUSES and _says(parse, child) and not _UNNAMED.search(words):
            break  # "officials who say": the clause is the saying
        clause = child.dep in _CLAUSES and (not gap.strip() or (gap.strip() == "," and _UNNAMED.search(words)))
        link = child.dep in {"prep", "amod", "acomp"} and not gap.strip() and child.lower in _LINKS
        if clause or link:
            end = _cut(parse, start, child.left, last)
    return start, end


def _says(parse: Parse, verb: Token) -> bool:
    passive = bool(parse.children(verb, "auxpass")) or verb.tag == "VBN"
    return not passive and (verb.lemma in verbs() or bool(parse.children(verb, "ccomp")))


def _plain(rest: str) -> bool:
    """True for the rest of a noun phrase, with no comma or clause in it."""
    return len(rest.split()) <= 8 and not re.search(r"[,;:()]|\b(?:who|which|that)\b", rest)


def _cut(parse: Parse, start: int, left: int, last: int) -> int:
    """The end of a description that begins at token ``left``: at the first comma or dash, at the last word allowed."""
    end, words = parse.tokens[left].start, len(parse.text[start : parse.tokens[left].start].split())
    i = left
    while i < len(parse.tokens) and parse.tokens[i].start < last:
        t = parse.tokens[i]
        if t.text in {",", ";", "—", "–", "(", ")", "“", "”", '"'} or words >= LONGEST:
            break
        words += t.text[0].isalnum()
        end = t.end
        i += 1
    while i > left and parse.tokens[i - 1].pos in {"ADP", "DET", "CCONJ", "PART"} and end == parse.tokens[i - 1].end:
        i -= 1
        end = parse.tokens[i - 1].end
    return end
