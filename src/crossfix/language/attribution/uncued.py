"""Speech without a cue: quotations that go on in a paragraph of their own, and what is said by the one who has the floor."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from crossfix.language.attribution.model.confidence import CARRIED, IN_TURN
from crossfix.language.attribution.quotes import Quotes
from crossfix.language.attribution.spans import Cover, trim
from crossfix.language.attribution.transcripts import Turn
from crossfix.language.parse import Parse
from crossfix.model import Attribution, Span

# Words that open a turn of talk and assert nothing.
_HOUSEKEEPING = re.compile(
    r"(?i)\b(?:take (?:some |your |a few )?questions|room is yours|floor is yours|turn it over|see you in|get (?:right )?(?:to|into) it|"
    r"come back (?:and|to)|thank(?:s| you)|good (?:morning|afternoon|evening)|bottom line|sorry about that|next question|go ahead)\b"
)
_PHATIC = frozenset(
    """
    thank thanks hello hi good okay ok yes no yeah sure right well sorry hey welcome
    """.split()
)


def carried(parse: Parse, quotes: Quotes, made: Sequence[Attribution], floor: dict[int, Turn]) -> list[Attribution]:
    """A paragraph that is one quotation with no cue of its own belongs to the speaker of the paragraph before, where that ended in
    speech too."""
    out: list[Attribution] = []
    covered = Cover(piece for m in made for piece in m.content.ranges)
    by_paragraph: dict[int, Attribution] = {}
    for m in made:
        if m.cue is not None and m.source is not None:
            by_paragraph[parse.sentences[parse.sentence_at(m.cue.start)].paragraph] = m
    for q in quotes.all:
        n = q.paragraph
        a, b = parse.paragraphs[n]
        if n in floor or n == 0 or q.start != a or parse.text[q.end : b].strip(" .") or q.end - q.start < 20:
            continue
        if covered.overlap(q.start, q.end):
            continue
        before = by_paragraph.get(n - 1)
        if before is None or not _speaks_direct(quotes, before):
            continue
        start, end = trim(parse.text, q.start, q.end)
        if start >= end:
            continue
        made_now = Attribution(
            before.source,
            None,
            Span.of(parse.text, start, end),
            before.source_name,
            before.relays,
            before.behind,
            rule="carried",
            confidence=CARRIED,
        )
        out.append(made_now)
        by_paragraph[n] = made_now
    return out


def _speaks_direct(quotes: Quotes, a: Attribution) -> bool:
    return any(quotes.within(x, y) for x, y in a.content.ranges) or a.rule == "carried"


def turn_claims(parse: Parse, spoken: Sequence[Turn], made: Sequence[Attribution]) -> list[Attribution]:
    """In a transcript every statement is the speaker's: sentences that no attribution accounts for become the speaker's own, and what
    others are said to say came through the speaker."""
    out: list[Attribution] = []
    covered = Cover(
        piece for m in made for piece in [*m.content.ranges, *([(m.cue.start, m.cue.end)] if m.cue else [])]
    )
    starts = [x.paragraph for x in parse.sentences]
    for t in spoken:
        if t.asks:
            continue
        label = Span.of(parse.text, *t.label)
        for s in parse.sentences[bisect_left(starts, t.first) : bisect_left(starts, t.stop)]:
            start = max(s.start, t.words_from)
            if start >= s.end or not _asserts(parse.text[start : s.end]):
                continue
            mine = covered.overlap(start, s.end)
            if mine >= 0.45 * (s.end - start):
                continue
            a, b = trim(parse.text, *_without_opening(parse.text, start, s.end))
            if a < b:
                out.append(Attribution(label, None, Span.of(parse.text, a, b), t.name, rule="turn", confidence=IN_TURN))
    return out


def _without_opening(text: str, start: int, end: int) -> tuple[int, int]:
    for word in ("And ", "But ", "So, ", "So ", "Now, ", "Well, ", "Look, ", "Again, ", "In fact, "):
        if text.startswith(word, start):
            return start + len(word), end
    return start, end


def _asserts(sentence: str) -> bool:
    words = sentence.split()
    if len(words) < 5 or sentence.rstrip(' ”"').endswith("?"):
        return False
    return words[0].strip(",.!").casefold() not in _PHATIC and not _HOUSEKEEPING.search(sentence)
