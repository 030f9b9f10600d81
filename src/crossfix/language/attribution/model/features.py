"""What the trained extractor is shown: windows of word pieces, and how each token stands to a cue.

The same code builds the input for training and for reading, so that the two cannot differ. Tokens are the parser's; the encoder sees
their word pieces, and everything after it works on one vector a token (that of its first piece).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from crossfix.language.attribution.model.wordpieces import WordPieces
from crossfix.language.attribution.quotes import Quotes
from crossfix.language.parse import Parse

Ints = npt.NDArray[np.int64]

LONGEST = 256
"""Word pieces in one window, the two end marks included."""

TAGS = tuple(
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM "
    "TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``".split()
)
"""Penn tags, in the order of their numbers (from 1; 0 is any other)."""

DEPS = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det dobj "
    "expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct "
    "quantmod relcl xcomp".split()
)
"""Dependency labels (ClearNLP), numbered likewise."""

SHAPES = 5
QUOTE_STATES = 4
SIDES = 6
N_TAGS = len(TAGS) + 1
N_DEPS = len(DEPS) + 1

BRANCHES = 3 * N_DEPS + 6
"""How a token hangs from a cue: see ``relations``."""
_CUE, _ABOVE, _FAR, _BEFORE, _AFTER, _ALOOF = range(3 * N_DEPS, 3 * N_DEPS + 6)

DISTANCES = 61
"""Steps from the cue, cut at 60 and told apart by side elsewhere."""

QUOTE_RELATIONS = 5

_TAG = {t: i + 1 for i, t in enumerate(TAGS)}
_DEP = {d: i + 1 for i, d in enumerate(DEPS)}


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or as much of one as a window holds: tokens [first, stop)."""

    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring units read together. ``pieces`` are word-piece numbers with the end marks; ``heads`` is where each token's first
    piece stands, for tokens [first, stop); ``piece_of`` gives each piece's token (counted from ``first``, -1 for a mark)."""

    units: tuple[Unit, ...]
    pieces: Ints
    piece_of: Ints
    heads: Ints

    @property
    def first(self) -> int:
        """The first token."""
        return self.units[0].first

    @property
    def stop(self) -> int:
        """Past the last token."""
        return self.units[-1].stop


@dataclass(frozen=True, slots=True)
class Marks:
    """A document's tokens as numbers, one row a token: shape of the letters, quotation state, tag, label; and the number of the
    quotation a token stands in (-1 for none)."""

    columns: Ints  # [tokens, 4]: shape, quotation state, tag, label
    quotation: Ints  # [tokens]


def shape_of(word: str) -> int:
    """Letters: 0 none, 1 lower, 2 a capital first, 3 all capitals, 4 anything else. The encoder itself reads lower case only."""
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 4


def marks(parse: Parse, quotes: Quotes) -> Marks:
    """The token features of a whole document."""
    n = len(parse.tokens)
    columns = np.zeros((n, 4), dtype=np.int64)
    quotation = np.full(n, -1, dtype=np.int64)
    for i, t in enumerate(parse.tokens):
        columns[i, 0] = shape_of(t.text)
        columns[i, 2] = _TAG.get(t.tag, 0)
        columns[i, 3] = _DEP.get(t.dep, 0)
    i = 0
    for k, q in enumerate(quotes.all):
        while i < n and parse.tokens[i].end <= q.start:
            i += 1
        j = i
        while j < n and parse.tokens[j].start < q.end:
            t = parse.tokens[j]
            opens, closes = t.start == q.start, q.closed and t.end == q.end
            columns[j, 1] = 2 if opens and len(t.text) <= 2 else 3 if closes and len(t.text) <= 2 else 1
            quotation[j] = k
            j += 1
    return Marks(columns, quotation)


def units(parse: Parse, lengths: Sequence[int], longest: int = LONGEST) -> Iterator[Unit]:
    """The document's paragraphs in order; one too long for a window is cut between sentences, or anywhere if need be. ``lengths``
    holds each token's number of word pieces."""
    room = longest - 2
    spans = [
        (paragraph, parse.bounds[k])
        for k, paragraph in enumerate(s.paragraph for s in parse.sentences)
        if parse.bounds[k][0] < parse.bounds[k][1]
    ]
    for _, group in groupby(spans, key=lambda x: x[0]):
        first = stop = -1
        held = 0
        for _, (a, b) in group:
            size = sum(lengths[a:b])
            if first >= 0 and held + size > room:
                yield Unit(first, stop)
                first = -1
            if first < 0:
                first, held = a, 0
            while size > room:  # one sentence longer than a window
                k, got = first, 0
                while got + lengths[k] <= room:
                    got += lengths[k]
                    k += 1
                k = max(k, first + 1)
                yield Unit(first, k)
                first, size = k, sum(lengths[k:b])
            held += size
            stop = b
        if 0 <= first < stop:
            yield Unit(first, stop)


def windows(parse: Parse, pieces: WordPieces, longest: int = LONGEST) -> list[Window]:
    """Units packed in reading order, as many as fit a window."""
    split = pieces.split([t.text for t in parse.tokens])
    lengths = [len(p) for p in split]
    out: list[Window] = []
    held: list[Unit] = []
    size = 2
    for u in units(parse, lengths, longest):
        more = sum(lengths[u.first : u.stop]) + 1
        if held and size + more > longest + 1:
            out.append(_window(held, split, pieces))
            held, size = [], 2
        held.append(u)
        size += more
    if held:
        out.append(_window(held, split, pieces))
    return out


def _window(held: Sequence[Unit], split: Sequence[Sequence[int]], pieces: WordPieces) -> Window:
    ids, of, heads = [pieces.start], [-1], []
    begin = held[0].first
    for u in held:
        for i in range(u.first, u.stop):
            heads.append(len(ids))
            ids += split[i]
            of += [i - begin] * len(split[i])
        ids.append(pieces.end)
        of.append(-1)
    return Window(tuple(held), np.array(ids), np.array(of), np.array(heads))


def relations(parse: Parse, seen: Marks, unit: Unit, cue: Sequence[int]) -> Ints:
    """How each token of the unit stands to a cue: [tokens, 3], the branch of the parse, the distance and the quotation.

    Branch: below the cue, the label of the branch the token is on; in a branch of the cue's governor, or higher up, that branch's label
    in a second and a third set; then the cue itself, its governors, another sentence before or after. Distance: tokens from the nearer
    edge of the cue, negative to the left, cut at 30. Quotation: 0 none, 1 the cue's own, 2 the nearest before it, 3 the nearest
    after it, 4 another.
    """
    n = unit.stop - unit.first
    out = np.zeros((n, 3), dtype=np.int64)
    inside = set(cue)
    left, right = min(cue), max(cue)
    out[:, 0] = _branches(parse, unit, inside, left)
    where = np.arange(unit.first, unit.stop)
    step = np.where(where < left, where - left, np.where(where > right, where - right, 0))
    out[:, 1] = np.clip(step, -30, 30) + 30
    own = seen.quotation[left]
    quotation = seen.quotation[unit.first : unit.stop]
    column = np.where(quotation < 0, 0, 4)
    before, after = quotation[(where < left) & (quotation >= 0)], quotation[(where > right) & (quotation >= 0)]
    before, after = before[before != own], after[after != own]
    if before.size:
        column[quotation == before[-1]] = 2
    if after.size:
        column[quotation == after[0]] = 3
    if own >= 0:
        column[quotation == own] = 1
    out[:, 2] = column
    return out


def _branches(parse: Parse, unit: Unit, inside: set[int], left: int) -> list[int]:
    tokens = parse.tokens
    sentence = tokens[left].sent
    first, stop = parse.bounds[sentence]
    # the cue's highest token: the one whose governor is not in the cue, the nearest to the root
    top = left
    for i in sorted(inside):
        if tokens[i].head not in inside or tokens[i].head == i:
            top = i
            if tokens[i].pos in {"VERB", "NOUN", "ADJ"}:
                break
    climb: dict[int, int] = {}
    i, k = top, 0
    while tokens[i].head != i:
        i, k = tokens[i].head, k + 1
        climb[i] = min(k, 2)
    known: dict[int, int] = dict.fromkeys(inside, _CUE)
    out = []
    for j in range(unit.first, unit.stop):
        if not first <= j < stop:
            out.append(_BEFORE if j < first else _AFTER)
            continue
        path: list[int] = []
        here = j
        while here not in known:
            if here in climb and here not in inside:
                known[here] = _ABOVE
                break
            path.append(here)
            up = tokens[here].head
            if up == here:
                known[here] = _FAR
                path.pop()
                break
            if up in inside or up in climb:
                level = 0 if up in inside else climb[up]
                known[here] = level * N_DEPS + _DEP.get(tokens[here].dep, 0)
                path.pop()
                break
            here = up
        label = known[here]
        for p in path:
            known[p] = label
        out.append(known[j])
    return out
