"""Attributions by rule over the parse: who says what, by which words.

``frames`` finds every construction that could be one, ``cues`` says which are, ``extend`` follows quotations to their end,
``speakers`` says who a source is, ``transcripts`` who has the floor. What a document says in nobody's name is its own voice and is
not marked here.
"""

from __future__ import annotations

from collections.abc import Sequence

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.chains import CLAUSES, relays, through_the_floor
from crossfix.language.attribution.combine import Read, candidate_of, looked_up
from crossfix.language.attribution.cues import SCHEMES, THRESHOLD, verbs
from crossfix.language.attribution.extend import extend
from crossfix.language.attribution.frames import Finder
from crossfix.language.attribution.model.confidence import by_rule
from crossfix.language.attribution.model.network import Reading, available, extractor
from crossfix.language.attribution.quotes import Quotes, quotations
from crossfix.language.attribution.ruled import EVIDENCE, rule_score
from crossfix.language.attribution.spans import Cover
from crossfix.language.attribution.speakers import FIRST, Speaker, Speakers
from crossfix.language.attribution.transcripts import Turn, turns
from crossfix.language.attribution.uncued import carried, turn_claims
from crossfix.language.attribution.words import RELEASES
from crossfix.language.parse import Parse, Token
from crossfix.model import Attribution, Document, Name, Span

__all__ = ["attributions", "quotations"]

TALK = 0.8
"""The confidence from which a reading stands within a turn of talk."""

RETELLING = frozenset({"report", "quote", "publish", "carry"})
"""Verbs under which an outlet passes on what others said."""

PLANS = frozenset("plan aim begin try seek intend continue start go prepare look attempt move work".split())

DEEDS = frozenset(
    "impose levy sign hold vote use identify test fire ship deliver launch designate list select appoint elect produce establish".split()
)
"""What is done to an object and not said, in reports of this field."""

SURER_THAN_NOT, PASSIVE = 0.5, 0.6

_ISSUERS = frozenset({"government", "state_media", "institute", "organisation", "international", "company", "military"})


def load() -> bool:
    """Load the trained model, so that the first document does not wait for it. False where its files are missing: the rules then work
    alone."""
    return available() and extractor() is not None


def attributions(
    parse: Parse, document: Document, names: Sequence[Name], fast: bool = False
) -> tuple[Attribution, ...]:
    """All attributions of a document, in order of position. ``fast``: by the rules alone, without the trained model."""
    quotes = Quotes(quotations(parse.text, parse.paragraphs))
    spoken = turns(parse, document)
    floor = _floor(spoken)
    readings = None if fast or not available() else extractor().read(parse, quotes)
    taken = _accepted(parse, document, quotes, floor, readings)
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
    chained += carried(parse, quotes, chained, floor)
    chained += turn_claims(parse, spoken, chained)
    return tuple(sorted(chained, key=lambda a: (min(_starts(a)), a.content.start, a.content.end)))


def _speakers_evidence(parse: Parse, holder: Token) -> bool:
    """ "Our information indicates", "this imagery shows": evidence that the one who has the floor puts forward."""
    if holder.lemma.lower() not in EVIDENCE:
        return False
    return any(c.lower in {"our", "this", "these", "my", "the", "a"} for c in parse.children(holder, "poss", "det"))


def _starts(a: Attribution) -> list[int]:
    return [s.start for s in (a.source, a.cue, a.content) if s is not None]


# ------------------------------------------------------------------ which candidates


def _accepted(
    parse: Parse, document: Document, quotes: Quotes, floor: dict[int, Turn], readings: Sequence[Reading] | None
) -> list[Candidate]:
    finder = Finder(parse, quotes)
    issuer = _issuer(document) is not None
    found: list[Candidate] = []
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
            c.score = rule_score(parse, c)
            found.append(c)
            if (
                c.score >= THRESHOLD
                and c.context == ""
                and c.frame in {"ccomp", "quote", "according", "small", "obj_as"}
            ):
                cue_sentences.add(k)
    if readings is None:
        return _ruled(parse, quotes, found, cue_sentences, frozenset())
    read = looked_up(parse, readings, found, extractor().settings)
    out = _read(parse, quotes, floor, read, found)
    taken = frozenset(i for r, _ in out for i in r.reading.cue)
    spoken = {k for k, s in enumerate(parse.sentences) if issuer or s.paragraph in floor}
    told = Cover(piece for r, c in out if r.head.lemma in RETELLING for piece in c.pieces)
    more = [c for c in found if c.verb.sent in spoken or _kept(c, told)]
    return sorted([*(c for _, c in out), *_ruled(parse, quotes, more, cue_sentences, taken)], key=lambda c: c.cue)


def _ruled(
    parse: Parse, quotes: Quotes, found: Sequence[Candidate], cue_sentences: set[int], taken: frozenset[int]
) -> list[Candidate]:
    """The rules' attributions, one a cue, but for cues that are taken."""
    best: dict[int, Candidate] = {}
    for c in found:
        if c.score < THRESHOLD or c.verb.i in taken:
            continue
        extend(parse, quotes, c, cue_sentences)
        if not c.pieces:
            continue
        old = best.get(c.verb.i)
        if old is None or c.score > old.score:
            best[c.verb.i] = c
    return sorted(best.values(), key=lambda c: c.cue)


def _read(
    parse: Parse, quotes: Quotes, floor: dict[int, Turn], read: Sequence[Read], found: Sequence[Candidate]
) -> list[tuple[Read, Candidate]]:
    """The model's attributions that stand, as candidates."""
    shown = {
        c.verb.sent for c in found if c.frame == "showing"
    }  # there the releaser's evidence speaks, not the release
    threshold = extractor().settings.threshold
    out = []
    for r in read:
        in_talk = parse.sentences[r.head.sent].paragraph in floor
        if r.confidence < (TALK if in_talk else threshold):
            continue
        if _only_told(r) or (r.head.lemma in RELEASES and r.head.sent in shown):
            continue
        c = candidate_of(parse, quotes, r)
        if c is not None and not c.nobody:
            out.append((r, c))
    return out


def _only_told(r: Read) -> bool:
    """ "The three countries plan to announce a pact", "imposed new sanctions": intentions and acts that the outlet tells of, which
    nobody is said to have voiced. The model's training texts count many such; here they stand only where it is surer than not."""
    frame = r.ruled[0].frame if r.ruled else "model"
    if r.holder is not None and r.head.lemma in PLANS and frame in {"xcomp", "pass_xcomp"}:
        return r.holder.pos == "NOUN" or r.holder.ent in {"ORG", "GPE", "NORP"} or r.holder.lower in {"they", "it"}
    if r.head.lower == "according" and r.holder is not None and r.holder.lemma.lower() in SCHEMES:
        return True  # "according to the schedule"
    if r.holder is not None and r.holder.dep == "nsubjpass" and r.holder.head == r.head.i and r.confidence < PASSIVE:
        return True  # "Dahl was asked": who is asked says nothing
    if r.head.lemma in DEEDS and r.head.pos == "VERB" and frame in {"dobj", "agent", "model", "obj_as"}:
        return True
    unknown = r.head.pos == "VERB" and r.head.lemma not in verbs()
    return unknown and frame in {"dobj", "model", "prep_of", "prep_for"} and r.confidence < SURER_THAN_NOT


def _kept(c: Candidate, told: Cover) -> bool:
    """Whether a rule's attribution stands in an article though the model would not make it: a headline's "P: Report", a
    signed quotation, what imagery shows,
    speech within what an outlet passes on."""
    return c.frame in {"colon_after", "showing", "signed"} or (c.frame in CLAUSES and told.overlap(*c.cue) > 0)


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
    sure = c.score if c.read else by_rule(c.score)
    if c.source is not None and c.holder is not None:
        own = turn is not None and "q" not in c.context and _speakers_evidence(parse, c.holder)
        if own and first is not None:
            return Attribution(
                Span.of(text, *first.span),
                Span.of(text, *c.cue),
                Span.of_pieces(text, c.pieces),
                first.name,
                rule=f"{c.frame}:{c.lemma}",
                confidence=sure,
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
        source, Span.of(text, start, end), Span.of_pieces(text, c.pieces), name, behind=behind, rule=f"{c.frame}:{c.lemma}",
        confidence=sure,
    )  # fmt: skip
