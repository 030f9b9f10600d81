"""Chains within a text: the middle links that its sentences name, between the outlet and the one who spoke."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from crossfix.language.attribution.anonymous import described
from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.carriers import bare, carriers, is_outlet, quoted_one
from crossfix.language.attribution.roles import INFORMANTS
from crossfix.language.attribution.spans import noun_phrase
from crossfix.language.attribution.transcripts import Turn
from crossfix.language.lexicon import lexicon
from crossfix.language.parse import Parse, Token
from crossfix.model import Attribution, Relay, Span

CLAUSES = frozenset({"ccomp", "quote", "according", "colon_before", "colon_after", "showing", "adj_that", "noun_that"})
"""Frames whose content is told in full by the speaker, so that a speaker inside it came through this one."""

REACH = 30
"""How many sentences a content may run: the window in which an attribution is looked for inside another."""

CARRIES_ON = 4
"""How many sentences after "told VOA" the same speaker still speaks to VOA."""


def relays(parse: Parse, made: Sequence[tuple[Candidate, Attribution]]) -> list[Attribution]:
    """Give each attribution the middle links that the text names, outermost first: the attributions whose content it stands in,
    "citing X", "told X" and whatever else carried it, "was quoted by X as saying"; and the carrier of what the same speaker said a
    few sentences before. Where "VOA reported P, citing X" holds no speaker within P, P is X's."""
    out: list[Attribution] = []
    sentences = [c.verb.sent for c, _ in made]  # in order: the candidates stand in order of their cues
    for c, a in made:
        if a.cue is None:
            out.append(a)
            continue
        links: list[tuple[int, Relay]] = []
        near = made[bisect_left(sentences, c.verb.sent - REACH) : bisect_right(sentences, c.verb.sent + REACH)]
        for d, b in near:
            if b is a or b.source is None or b.source_name is None or b.source_name == a.source_name:
                continue
            if d.frame not in CLAUSES or _pronoun(b.source_name):
                continue  # "expressed doubt over X's claim": X's claim did not come through them
            if any(x <= a.cue.start and a.cue.end <= y for x, y in b.content.ranges) and not _within(a, b, c, d):
                width = b.content.end - b.content.start
                links += [(-width, r) for r in carriers(parse, d)]
                links.append((-width, Relay(b.source, b.cue, b.source_name)))
                cited = _citing(parse, d)
                if cited is not None and cited.name != a.source_name:
                    links.append((-width, cited))
        links.sort(key=lambda x: x[0])  # what holds more stands further out
        own = [r for _, r in links] + carriers(parse, c)
        by = _quoted_by(parse, c)
        if by is not None:
            own.append(by)
        out.append(replace(a, relays=tuple({r.name: r for r in own if r.name != a.source_name}.values())))
    return _carried_on(out, made) + _cited_claims(parse, made)


def _speaks_for_himself(name: str) -> bool:
    """False for a state or body: "Pyongyang said, KCNA reported" tells nothing of the next thing that Pyongyang does."""
    known = lexicon().get(name)
    return known is None or known.kind == "person"


def _pronoun(name: str) -> bool:
    return name.casefold() in {"he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "this"}


def _within(a: Attribution, b: Attribution, c: Candidate, d: Candidate) -> bool:
    """ "Suga said P, according to Reuters": each stands in the other's content, and Reuters is the one further out."""
    if b.cue is None or not any(x <= b.cue.start and b.cue.end <= y for x, y in a.content.ranges):
        return False
    if "according" in {c.frame, d.frame} and c.frame != d.frame:
        return c.frame == "according"
    return a.content.end - a.content.start >= b.content.end - b.content.start


def _carried_on(out: Sequence[Attribution], made: Sequence[tuple[Candidate, Attribution]]) -> list[Attribution]:
    """ "He added", after "Yoo told VOA": still told to VOA. Holds for the same speaker with no link of his own, within ``CARRIES_ON``
    sentences of the last that had one; a link of another kind than an outlet is not carried on."""
    last: dict[str, tuple[int, tuple[Relay, ...]]] = {}
    done: list[Attribution] = []
    for (c, _), a in zip(made, out, strict=True):
        name = a.source_name
        if name is None or a.cue is None or name in {"sources", "officials", "analysts", "experts", "observers"}:
            done.append(a)
            continue
        carried = tuple(r for r in a.relays if is_outlet(r.name))
        if carried:
            last[name] = (c.verb.sent, carried)
        elif (
            not a.relays
            and name in last
            and c.verb.sent - last[name][0] <= CARRIES_ON
            and (_speaks_for_himself(name) or (c.holder is not None and c.holder.pos == "PRON"))
        ):
            a = replace(a, relays=last[name][1])
            last[name] = (c.verb.sent, last[name][1])
        elif a.relays:
            last.pop(name, None)
        done.append(a)
    return done


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
                a, b = described(parse, o, noun_phrase(parse, o))
                return Relay(Span.of(parse.text, a, b), Span.of(parse.text, v.start, v.end), bare(parse.text[a:b]))
    return None


def _is_agentive(t: Token) -> bool:
    return t.pos == "PROPN" or t.lemma.lower() in INFORMANTS


def _quoted_by(parse: Parse, c: Candidate) -> Relay | None:
    """ "Kim was quoted by KCNA as saying P", "KCNA quoted Kim as saying P": KCNA stands between the outlet and Kim."""
    verb = c.verb
    if verb.dep == "pcomp" and parse.head(verb).lower == "as":
        verb = parse.head(parse.head(verb))
    elif c.holder is None or quoted_one(parse, c.holder) is c.holder:
        return None
    if verb.lemma not in {"quote", "cite", "report", "describe", "show"}:
        return None
    tellers = [o for by in parse.children(verb, "agent") for o in parse.children(by, "pobj")]
    if parse.children(verb, "dobj") and verb.lemma in {"quote", "cite"}:
        tellers += parse.children(verb, "nsubj")
    for o in tellers:
        a, e = noun_phrase(parse, o)
        return Relay(Span.of(parse.text, a, e), Span.of(parse.text, verb.start, verb.end), bare(parse.text[a:e]))
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
