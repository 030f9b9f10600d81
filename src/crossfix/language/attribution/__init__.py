"""Attributions by rule over the parse: who says what, by which words.

``frames`` finds every construction that could be one, ``cues`` says which are, ``extend`` follows quotations to their end,
``speakers`` says who a source is, ``transcripts`` who has the floor. What a document says in nobody's name is its own voice and is
not marked here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.chains import relays, through_the_floor
from crossfix.language.attribution.cues import SCHEMES, THRESHOLD, rate, verbs
from crossfix.language.attribution.extend import extend
from crossfix.language.attribution.frames import Finder
from crossfix.language.attribution.quotes import Quotes, quotations
from crossfix.language.attribution.spans import Cover, trim
from crossfix.language.attribution.speakers import FIRST, Speaker, Speakers
from crossfix.language.attribution.transcripts import Turn, turns
from crossfix.language.attribution.words import ARTEFACTS, SHOWS
from crossfix.language.parse import Parse, Token
from crossfix.model import Attribution, Document, Name, Span

__all__ = ["attributions", "quotations"]

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
EVIDENCE = ARTEFACTS | {"information", "intelligence", "assessment", "indication"}
"""What can be said to show something."""

_ISSUERS = frozenset({"government", "state_media", "institute", "organisation", "international", "company", "military"})


def attributions(
    parse: Parse, document: Document, names: Sequence[Name], fast: bool = False
) -> tuple[Attribution, ...]:
    """All attributions of a document, in order of position. ``fast``: by the rules alone, without the trained model."""
    quotes = Quotes(quotations(parse.text, parse.paragraphs))
    spoken = turns(parse, document)
    floor = _floor(spoken)
    taken = _accepted(parse, document, quotes, floor)
    speakers = Speakers(parse, names)
    issuer = _issuer(document)
    out: list[tuple[Candidate, Attribution]] = []
    done: list[tuple[int, int]] = []
    for c in taken:
        turn = floor.get(parse.sentences[c.verb.sent].paragraph)
        first = _first_person(c, turn, out, issuer)
        made = _resolve(parse, c, speakers, first, turn)
        out.append((c, made))
        done += [(made.content.start, made.content.end)]
    chained = [through_the_floor(parse, a, floor) for a in relays(parse, out)]
    chained += _carried(parse, quotes, chained, floor)
    chained += _turn_claims(parse, spoken, chained)
    return tuple(sorted(chained, key=lambda a: (min(_starts(a)), a.content.start, a.content.end)))


def _speakers_evidence(parse: Parse, holder: Token) -> bool:
    """ "Our information indicates", "this imagery shows": evidence that the one who has the floor puts forward."""
    if holder.lemma.lower() not in EVIDENCE:
        return False
    return any(c.lower in {"our", "this", "these", "my", "the", "a"} for c in parse.children(holder, "poss", "det"))


def _starts(a: Attribution) -> list[int]:
    return [s.start for s in (a.source, a.cue, a.content) if s is not None]


# ------------------------------------------------------------------ which candidates


def _accepted(parse: Parse, document: Document, quotes: Quotes, floor: dict[int, Turn]) -> list[Candidate]:
    finder = Finder(parse, quotes)
    issuer = _issuer(document) is not None
    pool: list[Candidate] = []
    cue_sentences: set[int] = set()
    for k in range(len(parse.sentences)):
        turn = floor.get(parse.sentences[k].paragraph)
        if turn is not None and turn.asks:
            continue
        for c in finder.sentence(k):
            if turn is not None and c.frame.startswith("colon"):
                continue
            if c.context == "1" and (turn is not None or issuer):
                c.context = ""  # the speaker's own "we assess": in a transcript or a statement the issuer speaks
            c.score = 0.0 if _only_wished(parse, c) else _score(parse, c)
            if c.score >= THRESHOLD:
                pool.append(c)
                if c.context == "" and c.frame in {"ccomp", "quote", "according", "small", "obj_as"}:
                    cue_sentences.add(k)
    best: dict[int, Candidate] = {}
    for c in pool:
        extend(parse, quotes, c, cue_sentences)
        if not c.pieces:
            continue
        old = best.get(c.verb.i)
        if old is None or c.score > old.score:
            best[c.verb.i] = c
    return sorted(best.values(), key=lambda c: c.cue)


def _only_wished(parse: Parse, c: Candidate) -> bool:
    """ "urged all states to condemn the launch": nobody has condemned anything yet. Nor is a bare "what" a content."""
    v = c.verb
    if v.tag == "VB" and c.frame != "according":
        chain = [v, *parse.ancestors(v)]
        for low, up in pairwise(chain):
            if low.dep in {"xcomp", "ccomp", "advcl", "acl"} and low.tag == "VB" and up.i < low.i:
                known = verbs().get(up.lemma)
                if up.lemma in {"call", "appeal"} or (known is not None and known.stance == "request"):
                    return True
            if low.dep not in {"conj", "xcomp", "ccomp", "advcl", "acl"} or low.tag != "VB":
                break
    words = {parse.text[a:b].casefold() for a, b in c.pieces}
    return bool(words) and words <= {
        "what",
        "that",
        "which",
        "who",
        "whom",
        "so",
        "this",
        "them",
        "him",
        "her",
        "us",
        "you",
        "me",
    }


def _holds_a_verb(parse: Parse, c: Candidate) -> bool:
    return any(
        t.pos in {"VERB", "AUX"} and t.dep in {"relcl", "acl"} for a, b in c.pieces for t in parse.tokens_in(a, b)
    )


def _score(parse: Parse, c: Candidate) -> float:
    known = verbs().get(c.lemma)
    if c.nobody:
        return 0.0  # "no group claimed responsibility": nobody did
    if c.negated and not (known is not None and known.stance == "suspect"):
        return 0.0  # "has not condemned", "did not say": a silence, told by the outlet
    if c.source is None and c.frame not in {"pass_ccomp", "pass_xcomp", "pass_as", "noun_that"}:
        return 0.0
    if c.frame == "according":
        return 0.0 if c.holder is not None and c.holder.lemma.lower() in SCHEMES else 0.9
    if c.frame == "adj_that":
        return 0.0 if c.context else 0.5
    if (
        c.frame == "dobj"
        and c.lemma in SHOWS
        and c.holder is not None
        and c.holder.lemma.lower() in EVIDENCE
        and not c.context
    ):
        return 0.5  # "satellite imagery shows five railcars"
    if c.frame == "dobj" and c.lemma in {"cite", "quote"} and c.verb.tag == "VBG" and c.agentive:
        return 0.0  # "citing lawmakers": a link of the chain, not a claim
    if c.frame == "dobj" and c.lemma in {"say", "add", "state", "note"} and not c.context and _holds_a_verb(parse, c):
        return 0.5  # a clause that the parser took for a noun with a relative clause
    if c.frame == "colon_after":
        return (
            0.6
            if c.lemma
            in {
                "report",
                "reports",
                "study",
                "official",
                "officials",
                "source",
                "sources",
                "expert",
                "experts",
                "analyst",
                "analysts",
                "minister",
                "police",
                "survey",
                "poll",
                "person",
                "org",
            }
            else 0.0
        )
    if c.frame == "colon_before":
        return 0.6 if c.lemma in {"person", "org", "poll", "report", "study", "survey"} else 0.0
    return rate(c)


# ------------------------------------------------------------------ who speaks


def _issuer(document: Document) -> Speaker | None:
    """Whose "we" stands in a document that is itself a statement: a government's, a ministry's, state media's."""
    if document.outlet is None:
        return None
    from crossfix.reference.outlets import by_name

    outlet = by_name(document.outlet)
    if outlet is None or outlet.kind not in _ISSUERS:
        return None
    return Speaker(document.outlet, "outlet", (0, 0))


def _floor(spoken: Sequence[Turn]) -> dict[int, Turn]:
    """Paragraph -> the turn it belongs to."""
    return {n: t for t in spoken for n in range(t.first, t.stop)}


def _first_person(c: Candidate, turn: Turn | None, out: Sequence[tuple[Candidate, Attribution]], issuer: Speaker | None
) -> Speaker | None:  # fmt: skip
    """Who "I" and "we" are at this cue: the quotation's speaker, the one who has the floor, or the issuer."""
    if "q" in c.context:
        for _, a in reversed(out[-60:]):
            if a.content.covers(*c.cue) and a.source_name:
                return Speaker(a.source_name, "person", c.cue)
        return None
    if turn is not None:
        return Speaker(turn.name, "person", turn.label)
    return issuer


def _resolve(parse: Parse, c: Candidate, speakers: Speakers, first: Speaker | None, turn: Turn | None) -> Attribution:
    text = parse.text
    source = name = behind = None
    if c.source is not None and c.holder is not None:
        own = turn is not None and "q" not in c.context and _speakers_evidence(parse, c.holder)
        if own and first is not None:
            return Attribution(
                Span.of(text, *first.span),
                Span.of(text, *c.cue),
                Span.of_pieces(text, c.pieces),
                first.name,
                rule=f"{c.frame}:{c.lemma}",
            )
        who = speakers.resolve(c.holder, c.source, first)
        name, behind = who.name, who.behind
        where = c.source
        if turn is not None and c.holder.lower in FIRST and "q" not in c.context:
            where = turn.label
        source = Span.of(text, *where)
    start, end = c.cue
    if c.negated:
        start = min([start] + [t.start for t in parse.children(c.verb, "neg", "aux") if t.i < c.verb.i])
    return Attribution(
        source, Span.of(text, start, end), Span.of_pieces(text, c.pieces), name, behind=behind, rule=f"{c.frame}:{c.lemma}"
    )  # fmt: skip


# ------------------------------------------------------------------ speech without a cue


def _carried(parse: Parse, quotes: Quotes, made: Sequence[Attribution], floor: dict[int, Turn]) -> list[Attribution]:
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
        )
        out.append(made_now)
        by_paragraph[n] = made_now
    return out


def _speaks_direct(quotes: Quotes, a: Attribution) -> bool:
    return any(quotes.within(x, y) for x, y in a.content.ranges) or a.rule == "carried"


def _turn_claims(parse: Parse, spoken: Sequence[Turn], made: Sequence[Attribution]) -> list[Attribution]:
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
                out.append(Attribution(label, None, Span.of(parse.text, a, b), t.name, rule="turn"))
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
