"""Attributions that hang on no verb: "according to X", "Name: ..." in a headline, and a quotation signed with a name."""

from __future__ import annotations

from collections.abc import Iterator

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.quotes import Quotes
from crossfix.language.attribution.spans import noun_phrase, trim
from crossfix.language.parse import Parse, Token


def according(parse: Parse, quotes: Quotes, sentence: list[Token]) -> Iterator[Candidate]:
    for n, t in enumerate(sentence):
        if t.lower not in {"according", "per"} or n + 1 >= len(sentence):
            continue
        if t.lower == "according" and sentence[n + 1].lower != "to":
            continue
        first = sentence[n + 1] if t.lower == "according" else t
        heads = parse.children(first, "pobj") or parse.children(t, "pobj")
        if not heads or (t.lower == "per" and heads[0].pos != "PROPN"):
            continue
        holder = heads[0]
        a, b = noun_phrase(parse, holder)
        stop = max(b, parse.tokens[min(holder.right, sentence[-1].i)].end)
        cue = (t.start, first.end)
        c = Candidate("according", t.lower, t, cue, (a, b), holder, _outside(parse, t, stop, sentence))
        c.context = "q" if quotes.at(t.start) else ""
        yield c


def _outside(parse: Parse, t: Token, stop: int, sentence: list[Token]) -> list[tuple[int, int]]:
    """What an "according to" phrase covers: the sentence before it, or after it where it opens the sentence; in the
    middle, both sides of the clause it interrupts."""
    start, end = sentence[0].start, sentence[-1].end
    before, after = (start, t.start), (stop, end)
    lead = trim(parse.text, *before)
    tail = trim(parse.text, *after)
    if lead[1] - lead[0] < 12:
        return [tail] if tail[0] < tail[1] else []
    if tail[1] - tail[0] < 3:
        return [lead]
    head = parse.head(t)
    covers_both = head.i > t.i or (
        parse.text[stop : stop + 1] == "," and head.right > t.i and parse.tokens[head.right].start >= stop
    )
    return [lead, tail] if covers_both and parse.text[stop : stop + 1] == "," else [lead]


def colon(parse: Parse, sentence: list[Token]) -> Iterator[Candidate]:
    """Headlines: "Name: P" and "P: Report"."""
    start, end = sentence[0].start, sentence[-1].end
    paragraph = parse.paragraphs[parse.sentences[sentence[0].sent].paragraph]
    if end - start > 260 or paragraph[0] != start:
        return
    at = parse.text.find(":", start, end)
    if at < 0 or parse.text[at + 1 : at + 2] not in {" ", "\xa0"} or end - at < 3:
        return
    lead, tail = trim(parse.text, start, at), trim(parse.text, at + 1, end)
    before = [t for t in sentence if t.end <= at]
    after = [t for t in sentence if t.start > at]
    colon = next((t for t in sentence if t.start <= at < t.end), None)
    if not before or not after or colon is None:
        return
    last = after[-1] if after[-1].pos != "PUNCT" or len(after) == 1 else after[-2]
    if len(after) <= 3 and last.pos in {"NOUN", "PROPN"}:
        frame, source, content, holder = "colon_after", tail, lead, last
    elif (
        len(before) <= 4
        and before[-1].pos in {"NOUN", "PROPN", "X"}
        and not any(t.pos in {"VERB", "AUX"} for t in before)
    ):
        frame, source, content, holder = "colon_before", lead, tail, before[-1]
    else:
        return
    kind = (
        "person" if holder.ent == "PERSON" else "org" if holder.ent in {"ORG", "GPE", "NORP"} else holder.lemma.lower()
    )
    yield Candidate(frame, kind, colon, (colon.start, colon.end), source, holder, [content])


_DASHES = frozenset("—–―-")


def signed(parse: Parse, quotes: Quotes, sentence: list[Token]) -> Iterator[Candidate]:
    """A paragraph that is a quotation and, after a dash, who said it: "“We heard it fall.” — Marta Olsen, crane driver"."""
    start, end = parse.paragraphs[parse.sentences[sentence[0].sent].paragraph]
    q = quotes.at(start)
    if q is None or not q.closed or not 2 <= end - q.end <= 120:
        return
    at = q.end + len(parse.text[q.end : end]) - len(parse.text[q.end : end].lstrip())
    dash = next((t for t in sentence if t.start <= at < t.end), None)
    if dash is None or dash.text.strip("-—–―") or parse.text[at] not in _DASHES:
        return
    after = [t for t in parse.tokens_in(dash.end, end) if t.text[0].isalnum() or t.text == ","]
    if not after or not after[0].text[0].isupper() or any(t.pos == "VERB" and t.tag in {"VBD", "VBZ"} for t in after):
        return
    name = []
    for t in after:
        if t.text == "," or t.start >= end:
            break
        name.append(t)
    holder = next((t for t in reversed(name) if t.pos in {"PROPN", "NOUN"}), name[-1])
    source = trim(parse.text, name[0].start, name[-1].end)
    yield Candidate("signed", "dash", dash, (dash.start, dash.end), source, holder, [trim(parse.text, q.start, q.end)])
