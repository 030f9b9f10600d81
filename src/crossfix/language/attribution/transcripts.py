"""Transcripts: who has the floor, paragraph by paragraph.

"MR. KIRBY: ..." or "Name Surname: ..." opens a turn, which lasts until the next label. A label counts only where the document
has at least two of them (or one in capitals), so that a stray colon in an article makes no transcript.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crossfix.language.parse import Parse
from crossfix.model import Document

_CAPITALS = re.compile(
    r"((?:(?:MR|MS|MRS|DR|GEN|SEC|AMB|ADM)\.?\s+)?[A-Z][A-Z.'’\-]+(?:\s+[A-Z][A-Z.'’\-]+){0,4}(?:\s*\([^)]{2,60}\))?):\s+(?=\S)"
)
_NAMED = re.compile(r"((?:[A-Z][\w.'’\-]+\s+){0,3}[A-Z][\w'’\-]+):\s+(?=[A-Z“\"])")
_QUESTION = re.compile(
    r"(Q|QUESTION|REPORTER)(?::|\s{1,3})\s*(?=[A-Z(“\"—-])"
    r"|((?:Question|Reporter|Interviewer|Journalist|Host|Moderator|Anchor|Presenter|MODERATOR|INTERVIEWER|HOST|Q)):\s*(?=\S)"
)
_NOT_NAMES = frozenset(
    """
    note update editor correction photo source watch read related video date time location where when summary
    """.split()
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of one speaker: paragraphs [first, stop), the label's offsets, where the words begin, and the name.
    ``asks`` is true for a reporter's question."""

    first: int
    stop: int
    label: tuple[int, int]
    words_from: int
    name: str
    asks: bool


def turns(parse: Parse, document: Document) -> list[Turn]:
    """The turns of a transcript in order; none where the document is no transcript."""
    found: list[tuple[int, tuple[int, int], int, str, bool]] = []
    for n, (a, b) in enumerate(parse.paragraphs):
        m = _QUESTION.match(parse.text, a, b)
        if m:
            group = 1 if m[1] else 2
            found.append((n, m.span(group), m.end(), m[group], True))
            continue
        m = _CAPITALS.match(parse.text, a, b) or _NAMED.match(parse.text, a, b)
        if m and b - m.end() > 1 and m[1].split()[0].casefold() not in _NOT_NAMES:
            found.append((n, m.span(1), m.end(), m[1], _asks(m[1], document)))
    capitals = [f for f in found if not f[4] and parse.text[f[1][0] : f[1][1]].isupper()]
    spoken = [f for f in found if not f[4]]
    names = [f[3] for f in spoken]
    repeated = len(names) - len(set(names)) > 0
    asked = len(found) - len(spoken)
    if not (capitals and (len(capitals) >= 2 or len(parse.paragraphs) >= 2)) and not (
        repeated and (len(spoken) >= 4 or asked >= 2)
    ):
        return []
    full = {f[3]: full_name(f[3], document) for f in spoken}
    initials = {"".join(w[0] for w in x.split()): x for x in full.values() if " " in x}
    out = []
    for k, (n, label, start, name, asks) in enumerate(found):
        stop = found[k + 1][0] if k + 1 < len(found) else len(parse.paragraphs)
        known = initials.get(name.replace(".", "").strip()) if name.isupper() else None
        out.append(Turn(n, stop, label, start, name if asks else known or full[name], asks))
    return out


def _asks(label: str, document: Document) -> bool:
    """True where a label is the outlet's own name: in an interview the outlet asks."""
    from crossfix.reference.outlets import by_code, by_name

    if document.outlet is None:
        return False
    if label.casefold().removeprefix("the ") == document.outlet.casefold().removeprefix("the "):
        return True
    named, own = by_name(label) or by_code(label), by_name(document.outlet)
    return named is not None and named == own and named.kind not in {"government", "institute"}


def full_name(label: str, document: Document) -> str:
    """A label's name in full: "MR. KIRBY" is the John Kirby of the title, or of the text."""
    from crossfix.language.lexicon import lexicon
    from crossfix.language.names import TITLES

    words = [
        w for w in re.sub(r"\([^)]*\)", "", label).split() if w.rstrip(".").casefold() not in TITLES | {"sec", "amb"}
    ]
    if not words or words == ["THE"] or words == ["The"]:
        return _office_holder(label, document)
    last = words[-1]
    name = " ".join(w.title() if w.isupper() else w for w in words)
    if len(words) > 1:
        return name
    pattern = re.compile(r"\b((?:[A-Z][\w’'\-]+\s+|[A-Z]\.\s+){1,3})" + re.escape(last) + r"\b", re.IGNORECASE)
    for where in (document.title or "", document.text[:4000]):
        for m in pattern.finditer(where):
            before = m[1].split()
            given: list[str] = []
            for w in reversed(before):
                if (
                    w.rstrip(".,").casefold() in TITLES | {"coordinator", "communications", "and", "by", "for", "of"}
                    or not w[0].isupper()
                ):
                    break
                given.insert(0, w)
            given = given[-2:] if len(given) > 2 else given
            if given and not all(w.isupper() and len(w) > 2 for w in given):
                return " ".join([*given, last.title() if last.isupper() else last])
    for entry in lexicon().forms.values():
        if entry.kind == "person" and entry.name.split()[-1].casefold() == last.casefold():
            return entry.name
    return name


def _office_holder(label: str, document: Document) -> str:
    """ "THE PRESIDENT" is the President N. N. of the title, or of the text's beginning."""
    office = label.removeprefix("THE ").removeprefix("The ").title()
    pattern = re.compile(re.escape(office) + r"\s+((?:[A-Z][\w’'\-]+\s+|[A-Z]\.\s+){0,2}[A-Z][\w’'\-]+)")
    from crossfix.language.lexicon import lexicon

    for where in (document.title or "", document.text[:4000]):
        m = pattern.search(where)
        if m:
            known = lexicon().get(m[1])
            return known.name if known is not None and known.kind == "person" else m[1]
    return office
