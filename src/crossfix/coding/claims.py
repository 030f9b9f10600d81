"""Attributions to claims: the chain from the outlet to the original speaker, stance, firmness, voice, and the outlet's own voice."""

from __future__ import annotations

from dataclasses import replace

from crossfix.coding.chains import UNKNOWN_OUTLET as UNKNOWN_OUTLET
from crossfix.coding.chains import chain_of, retold_outlet, speaker_of, trunk
from crossfix.coding.stance import is_silence, judge
from crossfix.language.annotations import Annotations
from crossfix.language.attribution.quotes import Quotes, quotations
from crossfix.language.attribution.spans import Cover, trim
from crossfix.model import Attribution, Claim, Span, Voice


def code_claims(ann: Annotations) -> tuple[Claim, ...]:
    """All claims of a document: each attribution, and each sentence that the outlet says in its own name. In order of position;
    ids are "c1", "c2", ... within the document."""
    # a silence ("has not condemned", "declined to comment") is told by the outlet and no claim of the silent
    ann = replace(ann, attributions=tuple(a for a in ann.attributions if not is_silence(ann, a)))
    quotes = Quotes(quotations(ann.parse.text, ann.parse.paragraphs))
    retold = retold_outlet(ann)
    furniture = Cover((f.start, f.end) for f in ann.document.furniture)
    claims = [_claim(ann, a, quotes, retold) for a in ann.attributions]
    claims += _own_voice(ann, quotes, retold)
    claims = [c for c in claims if not furniture.overlap(c.content.start, c.content.end)]
    ordered = sorted(claims, key=lambda c: (c.quote.start, c.content.start, c.content.end, c.voice == "outlet"))
    return tuple(replace(c, id=f"c{n}") for n, c in enumerate(ordered, 1))


# ------------------------------------------------------------------ one claim


def _claim(ann: Annotations, a: Attribution, quotes: Quotes, retold: str | None) -> Claim:
    chain = chain_of(ann, a, retold)
    judged = judge(ann, a)
    name = speaker_of(ann, a)
    if (
        a.rule.startswith("colon")
        and retold is not None
        and name is not None
        and name.casefold() in {"report", "reports"}
    ):
        name = retold
        chain = trunk(ann.document, retold)
    return Claim(
        "",
        a.source,
        a.cue,
        a.content,
        name,
        chain,
        judged.stance,
        judged.firmness,
        _voice(ann, a, quotes),
        _quote(ann, a),
        a.rule,
        confidence=a.confidence,
        firmness_words=judged.words,
    )


def _voice(ann: Annotations, a: Attribution, quotes: Quotes) -> Voice:
    """direct where every word of the content stands in quotation marks, mixed where some do."""
    total = inside = 0
    for x, y in a.content.ranges:
        for t in ann.parse.tokens_in(x, y):
            if t.text[0].isalnum():
                total += 1
                inside += quotes.at(t.start) is not None
    return "indirect" if not inside else "direct" if inside >= total else "mixed"


def _quote(ann: Annotations, a: Attribution) -> Span:
    """The passage to cite: from the first of source, cue and content to the last, widened to whole sentences; a source that stands far
    off (a transcript's label) is left out."""
    spans = [a.content] + ([a.cue] if a.cue else [])
    if a.source is not None and abs(a.source.start - a.content.start) < 600:
        spans.append(a.source)
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    p = ann.parse
    if p.sentences:
        first, last = p.sentences[p.sentence_at(start)], p.sentences[p.sentence_at(max(end - 1, start))]
        if first.start <= start:
            start = first.start
        end = max(end, last.end)
    return Span.of(p.text, start, end)


# ------------------------------------------------------------------ the outlet's own voice


def _own_voice(ann: Annotations, quotes: Quotes, retold: str | None) -> list[Claim]:
    """Sentences, or the greater part of sentences, that no attribution accounts for."""
    chain = trunk(ann.document, retold)
    covered = Cover((s.start, s.end) for a in ann.attributions for s in _accounted(a))
    out = []
    for s in ann.parse.sentences:
        text = ann.document.text[s.start : s.end]
        if len(text.split()) < 4 or text.rstrip(" ”\"'").endswith("?"):
            continue
        mine = covered.overlap(s.start, s.end)
        if mine >= 0.45 * (s.end - s.start) or quotes.inside(s.start, s.end):
            continue
        start, end = trim(ann.document.text, s.start, s.end)
        if start >= end:
            continue
        own = Attribution(None, None, Span.of(ann.document.text, start, end), None, outlet_voice=True, rule="outlet")
        judged = judge(ann, own)
        out.append(
            Claim(
                "",
                None,
                None,
                own.content,
                None,
                chain,
                judged.stance,
                judged.firmness,
                "outlet",
                ann.document.span(s.start, s.end),
                "outlet",
                firmness_words=judged.words,
            )
        )
    return out


def _accounted(a: Attribution) -> list[Span]:
    pieces = [Span(x, y, "") for x, y in a.content.ranges]
    return pieces + [s for s in (a.source, a.cue) if s is not None]
