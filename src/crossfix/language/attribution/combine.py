"""The trained model's readings and the rules' candidates made one list.

The model decides where it can: which words are a cue, who the source is, where the content ends. The rules name the construction (the
frame, which stance and chains are read from), and keep what the model does not do: labels, captions, silences, wishes. Where the two found
the same cue they are one candidate with the model's spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.extend import merge
from crossfix.language.attribution.model.confidence import Settings, evidence
from crossfix.language.attribution.model.network import Reading
from crossfix.language.attribution.quotes import Quotes
from crossfix.language.attribution.spans import trim
from crossfix.language.attribution.words import RELATIVE
from crossfix.language.parse import Parse, Token

OPEN = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN", "ADV"})


@dataclass(frozen=True, slots=True)
class Read:
    """A reading with what belongs to it: the cue's head, the source's head, the rules' candidates on the cue (best first), and how
    likely it is to be right."""

    reading: Reading
    head: Token
    holder: Token | None
    ruled: Sequence[Candidate]
    confidence: float


def looked_up(parse: Parse, readings: Iterable[Reading], found: Iterable[Candidate], settings: Settings) -> list[Read]:
    """Readings with their heads and their confidence. ``found`` are all of the rules' candidates, with their scores."""
    on = by_cue(found)
    out = []
    for r in readings:
        head = head_of([parse.tokens[i] for i in r.cue])
        source = [parse.tokens[i] for i in r.source]
        ruled = on.get(head.i) or sorted((c for i in r.cue for c in on.get(i, ())), key=lambda c: -c.score)
        best = max((c.score for i in r.cue for c in on.get(i, ())), default=None)
        sure = settings.confidence(evidence(r, [t.lower for t in source], best))
        out.append(Read(r, head, source_head(parse, source), ruled, sure))
    return out


def head_of(tokens: Sequence[Token]) -> Token:
    """The token that the others hang on: the first verb, noun or adjective whose governor is outside; for "has made it clear" the verb."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head not in inside or t.head == t.i]
    for wanted in ({"VERB"}, {"NOUN", "ADJ"}, OPEN):
        for t in tops:
            if t.pos in wanted and t.dep not in {"aux", "auxpass"}:
                return t
    verbs = [t for t in tokens if t.pos == "VERB"]
    return verbs[0] if verbs else tops[0] if tops else tokens[0]


def source_head(parse: Parse, tokens: Sequence[Token]) -> Token | None:
    """The source's head; for a relative pronoun what it stands for."""
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head not in inside or t.head == t.i]
    nominal = [t for t in tops if t.pos in {"NOUN", "PROPN", "PRON", "NUM"}] or tops or list(tokens)
    head = nominal[0]
    if head.lower in RELATIVE:
        for up in parse.ancestors(head):
            if up.dep in {"relcl", "acl"}:
                return parse.head(up)
    return head


def span_of(parse: Parse, tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of tokens as trimmed pieces of text; punctuation left out between two runs joins them."""
    runs: list[tuple[int, int]] = []
    last = -2
    for i in tokens:
        t = parse.tokens[i]
        between = parse.tokens[last + 1 : i] if last >= 0 else []
        if runs and all(not x.text[0].isalnum() for x in between) and len(between) <= 2:
            runs[-1] = (runs[-1][0], t.end)
        else:
            runs.append((t.start, t.end))
        last = i
    return [(a, b) for a, b in (trim(parse.text, *r) for r in merge(runs)) if a < b]


LONG_ASIDE = 21
"""Words set off by a comma that a source may carry after its head: a short apposition names the speaker, a long one tells a life."""


def with_asides(parse: Parse, tokens: Sequence[int]) -> list[int]:
    """Content tokens with the relative clause that a comma sets off right after them ("condemned the test, which violates ..."): it is
    said by the same mouth."""
    out = list(tokens)
    last = parse.tokens[out[-1]]
    if (
        last.i + 2 < len(parse.tokens)
        and parse.tokens[last.i + 1].text == ","
        and parse.tokens[last.i + 2].lower == "which"
    ):
        for up in (last, *parse.ancestors(last)):
            for c in parse.children(up, "relcl"):
                if c.left == last.i + 2 and c.sent == last.sent:
                    return out + list(range(last.i + 2, c.right + 1))
    return out


def source_span(parse: Parse, holder: Token, tokens: Sequence[int]) -> tuple[int, int]:
    """One stretch of text: the run that holds the head, or the longest; without a long apposition or relative clause set off by a comma."""
    for c in parse.children(holder, "appos", "relcl", "acl"):
        before = parse.tokens[c.left - 1].text if c.left > 0 else ""
        kept = [i for i in tokens if i < c.left]
        if (
            c.left > holder.i
            and before in {",", "–", "—", "("}
            and len(tokens) - len(kept) > LONG_ASIDE
            and holder.i in kept
        ):
            tokens = kept
    runs = span_of(parse, tokens)
    for a, b in runs:
        if a <= holder.start < b:
            return a, b
    return max(runs, key=lambda r: r[1] - r[0]) if runs else (holder.start, holder.end)


def candidate_of(parse: Parse, quotes: Quotes, read: Read) -> Candidate | None:
    """The reading as a candidate: the model's spans, the frame of the rules' best candidate on the cue. None where nothing is said."""
    r, head, ruled = read.reading, read.head, read.ruled
    pieces = span_of(parse, with_asides(parse, r.content)) if r.content else []
    if not pieces:
        return None
    cue = trim_cue(parse, r.cue)
    holder, source = read.holder, None
    if holder is not None:
        source = source_span(parse, holder, r.source)
    context = "q" if quotes.inside(*cue) else ""
    if holder is not None and holder.lower in {"i", "we", "our", "my", "us", "me"}:
        context += "1"
    base = ruled[0] if ruled else None
    negated = any(c.dep == "neg" for c in parse.children(head)) or (base is not None and base.negated)
    return Candidate(
        base.frame if base is not None else frame_of(parse, head, r),
        base.lemma if base is not None else head.lemma.lower(),
        base.verb if base is not None else head,
        cue,
        source,
        holder,
        pieces,
        context,
        negated,
        read.confidence,
        base.agentive if base is not None else False,
        base.nobody if base is not None else False,
        read=True,
    )


def trim_cue(parse: Parse, tokens: Sequence[int]) -> tuple[int, int]:
    """The cue's stretch of text; marks stay where it is nothing but marks."""
    start, end = parse.tokens[tokens[0]].start, parse.tokens[tokens[-1]].end
    a, b = trim(parse.text, start, end)
    return (a, b) if a < b else (start, end)


def frame_of(parse: Parse, head: Token, r: Reading) -> str:
    """The construction, where no rule knew it: by the cue's part of speech and the branch most of the content is on."""
    if head.pos == "NOUN":
        return "noun_that"
    if head.pos == "ADJ":
        return "adj_that"
    if head.lower == "according":
        return "according"
    content = set(r.content)
    best, most = "", 0
    for c in parse.children(head):
        held = sum(t.i in content for t in parse.subtree(c))
        if held > most:
            best, most = c.dep, held
    return {
        "ccomp": "ccomp",
        "xcomp": "xcomp",
        "dobj": "dobj",
        "prep": "prep_of",
        "advcl": "ccomp",
        "nsubjpass": "agent",
    }.get(best, "quote" if not best else "model")


def by_cue(candidates: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Candidates by their verb's token, best first."""
    out: dict[int, list[Candidate]] = {}
    for c in candidates:
        out.setdefault(c.verb.i, []).append(c)
    for group in out.values():
        group.sort(key=lambda c: -c.score)
    return out
