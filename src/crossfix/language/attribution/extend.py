"""Contents that are quotations run as far as the quotation does: over sentence ends, and on after "he said"."""

from __future__ import annotations

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.quotes import Quote, Quotes
from crossfix.language.attribution.spans import trim
from crossfix.language.parse import Parse

SPEECH = frozenset({"ccomp", "quote", "dobj", "according", "small", "obj_as", "colon_before"})


def merge(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs in order, overlapping and touching ones joined."""
    out: list[tuple[int, int]] = []
    for a, b in sorted(pieces):
        if out and a <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def own_phrase(c: Candidate) -> tuple[int, int]:
    """The attribution's own words, source and cue together: what must not become part of its content."""
    a, b = c.cue
    if c.source is not None and c.holder is not None and c.holder.sent == c.verb.sent:
        lo, hi = min(a, c.source[0]), max(b, c.source[1])
        if hi - lo < 400:
            return lo, hi
    return a, b


def extend(parse: Parse, quotes: Quotes, c: Candidate, cue_sentences: set[int]) -> None:
    """Widen the candidate's pieces to the whole of each quotation that they touch, then to the quotations that follow the
    attribution in its paragraph with no speaker of their own. ``cue_sentences`` are the sentences that have a cue outside quotations."""
    text = parse.text
    mine = own_phrase(c)
    pieces = list(c.pieces)
    touched: list[Quote] = []
    for a, b in c.pieces:
        for q in quotes.within(max(a - 2, 0), min(b + 2, len(text))):
            if q.start < mine[1] and mine[0] < q.end:
                continue
            if q.start >= b and text[b : q.start].strip(" ,"):
                continue
            if q.end <= a and text[q.end : a].strip(" ,"):
                continue
            touched.append(q)
            pieces.append((q.start, q.end))
    if touched and c.frame in SPEECH and "q" not in c.context:
        pieces += following(parse, quotes, c, max(q.end for q in touched), cue_sentences)
    whole = [trim(text, a, b) for a, b in merge(pieces)]
    c.pieces = [
        p
        for p in whole
        if p[0] < p[1] and not (p[0] < mine[1] and mine[0] < p[1] and p[0] >= mine[0] and p[1] <= mine[1])
    ]


def following(parse: Parse, quotes: Quotes, c: Candidate, end: int, cue_sentences: set[int]) -> list[tuple[int, int]]:
    """Quotations after the attribution, in its paragraph, that nobody else speaks: "A," he said. "B." """
    paragraph = parse.paragraphs[parse.sentences[c.verb.sent].paragraph]
    at = max(end, parse.sentences[c.verb.sent].end)
    out = []
    while at < paragraph[1]:
        q = quotes.after(at)
        if q is None or q.start >= paragraph[1] or parse.text[at : q.start].strip():
            break
        k, last = parse.sentence_at(q.start), parse.sentence_at(max(q.end - 1, q.start))
        if any(x in cue_sentences for x in range(k, last + 1)):
            break
        out.append((q.start, q.end))
        rest = parse.text[q.end : parse.sentences[last].end].strip(" .,")
        if rest:
            break
        at = max(q.end, parse.sentences[last].end)
    return out
