"""Chains within a text: the middle links that its sentences name, between the outlet and the one who spoke."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.spans import noun_phrase
from crossfix.language.attribution.transcripts import Turn
from crossfix.language.parse import Parse, Token
from crossfix.model import Attribution, Relay, Span

CLAUSES = frozenset({"ccomp", "quote", "according", "colon_before", "colon_after", "showing", "adj_that", "noun_that"})
"""Frames whose content is told in full by the speaker, so that a speaker inside it came through this one."""

REACH = 30
"""How many sentences a content may run: the window in which an attribution is looked for inside another."""


def relays(parse: Parse, made: Sequence[tuple[Candidate, Attribution]]) -> list[Attribution]:
    """Give each attribution the middle links that its sentence names: the attributions whose content it stands in, "citing X",
    and "was quoted by X as saying". Where "VOA reported P, citing X" holds no speaker within P, P is X's."""
    out: list[Attribution] = []
    sentences = [c.verb.sent for c, _ in made]  # in order: the candidates stand in order of their cues
    for c, a in made:
        if a.cue is None:
            out.append(a)
            continue
        links: list[Relay] = []
        near = made[bisect_left(sentences, c.verb.sent - REACH) : bisect_right(sentences, c.verb.sent + REACH)]
        for d, b in near:
            if b is a or b.source is None or b.source_name is None or b.source_name == a.source_name:
                continue
            if d.frame not in CLAUSES:
                continue  # "expressed doubt over X's claim": X's claim did not come through them
            if any(x <= a.cue.start and a.cue.end <= y for x, y in b.content.ranges):
                links.append(Relay(b.source, b.cue, b.source_name))
                cited = _citing(parse, d)
                if cited is not None and cited.name != a.source_name:
                    links.append(cited)
        by = _quoted_by(parse, c)
        links = list(dict.fromkeys(links + ([by] if by else [])))
        out.append(replace(a, relays=tuple(links)))
    return out + _cited_claims(parse, made)


def _cited_claims(parse: Parse, made: Sequence[tuple[Candidate, Attribution]]) -> list[Attribution]:
    """ "VOA reported P, citing X", with no speaker named inside P: P is what X said, through VOA."""
    out = []
    sentences = [c.verb.sent for c, _ in made]
    for c, a in made:
        cited = _citing(parse, c)
        if cited is None or a.source is None or a.source_name is None:
            continue
        near = made[bisect_left(sentences, c.verb.sent - REACH) : bisect_right(sentences, c.verb.sent + REACH)]
        inner = [
            b
            for d, b in near
            if d is not c and d.cue is not None and any(x <= d.cue[0] and d.cue[1] <= y for x, y in c.pieces)
        ]
        if inner:
            continue
        relay = Relay(a.source, a.cue, a.source_name)
        out.append(
            Attribution(
                cited.source,
                cited.cue,
                a.content,
                cited.name,
                (*a.relays, relay),
                rule="citing:cite",
                confidence=a.confidence,
            )
        )
    return out


def _citing(parse: Parse, c: Candidate) -> Relay | None:
    """Whom an attribution's verb cites: "VOA reported ..., citing lawmakers who were briefed"."""
    if c.frame not in {"ccomp", "dobj", "quote", "according"}:
        return None
    for v in parse.sentence_tokens(c.verb.sent):
        if v.lemma not in {"cite", "quote"} or v.tag != "VBG" or c.verb.i not in {x.i for x in parse.ancestors(v)}:
            continue
        for o in parse.children(v, "dobj"):
            if _is_agentive(o):
                a, b = noun_phrase(parse, o)
                words = parse.text[a:b].split()
                name = " ".join(words[1:] if words[0].casefold() in {"the", "a", "an"} else words)
                return Relay(Span.of(parse.text, a, b), Span.of(parse.text, v.start, v.end), name)
    return None


_INFORMANTS = frozenset(
    """
    official lawmaker source expert analyst agency minister ministry spokesman spokeswoman spokesperson report
    media newspaper document statement diplomat investigator researcher outlet person people observer executive
    officer office court police prosecutor
    """.split()
)


def _is_agentive(t: Token) -> bool:
    return t.pos == "PROPN" or t.lemma.lower() in _INFORMANTS


def _quoted_by(parse: Parse, c: Candidate) -> Relay | None:
    """ "Kim was quoted by KCNA as saying P": KCNA stands between the outlet and Kim."""
    if c.verb.dep != "pcomp":
        return None
    prep = parse.head(c.verb)
    passive = parse.head(prep)
    if prep.lower != "as" or passive.lemma not in {"quote", "cite", "report", "describe", "show"}:
        return None
    for by in parse.children(passive, "agent"):
        for o in parse.children(by, "pobj"):
            a, e = noun_phrase(parse, o)
            return Relay(
                Span.of(parse.text, a, e),
                Span.of(parse.text, passive.start, passive.end),
                parse.text[a:e].removeprefix("the "),
            )
    return None


def through_the_floor(parse: Parse, a: Attribution, floor: dict[int, Turn]) -> Attribution:
    """In a transcript, what others say comes through the one who has the floor."""
    if a.cue is None:
        return a
    turn = floor.get(parse.sentences[parse.sentence_at(a.cue.start)].paragraph)
    if turn is None or turn.name == a.source_name or any(r.name == turn.name for r in a.relays):
        return a
    link = Relay(Span.of(parse.text, *turn.label), None, turn.name)
    return replace(a, relays=(link, *a.relays))
