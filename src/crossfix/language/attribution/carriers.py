"""Who carries what somebody said: "told Reuters", "in an interview with X", "in a statement carried by KCNA", "as quoted by X"."""

from __future__ import annotations

import re
from functools import lru_cache

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.spans import noun_phrase
from crossfix.language.lexicon import lexicon
from crossfix.language.parse import Parse, Token
from crossfix.model import Relay, Span

_TO = frozenset({"tell", "inform", "assure", "brief", "warn", "write"})
_TALKS = frozenset({"interview", "conversation", "appearance", "chat", "q&a", "call"})
_SPEAKING = frozenset({"speak", "talk"})
_WORKS = frozenset(
    """
    statement remark comment interview commentary article speech report editorial dispatch message letter quote quotation story
    op-ed essay column communique communiqué transcript footage video address release account testimony post photo picture image
    """.split()
)
_CARRIES = frozenset(
    """
    carry publish broadcast air report quote cite release run print post distribute relay translate obtain disseminate
    """.split()
)
_PRESS = frozenset(
    """
    news times post radio tv television herald tribune gazette journal daily weekly newspaper magazine press network ilbo shimbun
    zeitung broadcaster channel wire
    """.split()
)
"""Last words of names that are an outlet's, though no table holds them."""

_KIND_OF_PRESS = re.compile(
    r"(?i)(?:reporters?|journalists?|media|press|newspapers?|outlets?|broadcasters?|news agency|briefing|conference)$"
)


def quoted_one(parse: Parse, holder: Token) -> Token:
    """ "Tass quoted Peskov as saying P", "Peskov was quoted by Tass as saying P": Peskov speaks, whichever of the two was taken for
    the source. Another holder is given back as it is."""
    v = parse.head(holder)
    if holder.dep == "pobj" and v.dep == "agent":
        v = parse.head(v)
    if v.lemma not in {"quote", "cite"} or holder.dep not in {"nsubj", "pobj"}:
        return holder
    says = any(x.lower == "as" and parse.children(x, "pcomp") for x in parse.children(v, "prep"))
    if not says and not any(x.tag == "VBG" and x.lemma == "say" for x in parse.children(v)):
        return holder  # "cited the audit as the reason" quotes nobody
    for c in parse.children(v, "dobj", "nsubjpass"):
        if c.i != holder.i and c.pos in {"PROPN", "NOUN", "PRON"}:
            return c
    return holder


@lru_cache(maxsize=4096)
def is_outlet(words: str) -> bool:
    """True for words that name an outlet: one of the table's, or a name that ends as outlets' names do."""
    bare = re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)
    kind = _KIND_OF_PRESS.search(bare)
    before = bare[: kind.start()].strip() if kind is not None else ""
    if kind is not None and (_is_nationality(before) or all(w[0].islower() for w in before.split())):
        return False  # "a South Korean newspaper", "reporters": the kind, not one outlet
    entry = lexicon().get(bare)
    if entry is not None:
        return entry.kind == "outlet"
    parts = bare.split()
    if len(parts) > 1 and parts[-1].casefold() in _PRESS | {"agency"} and parts[-1][:1].isupper():
        return parts[-1] != "Agency" or "News" in parts
    if len(parts) > 1 and re.search(
        r"[A-Z]\S* (?:newspaper|news agency|magazine|daily|weekly|broadcaster|website|channel|network)$", bare
    ):
        return True
    # "South Korea's Yonhap news agency": the outlet's own name stands inside
    for k in range(1, len(parts)):
        for piece in (" ".join(parts[k:]), " ".join(parts[:-k])):
            entry = lexicon().get(piece)
            if entry is not None and entry.kind == "outlet":
                rest = parts[:k] if piece == " ".join(parts[k:]) else parts[-k:]
                return k <= 3 and all(_may_stand_beside(w) for w in rest)
    return False


def _is_nationality(words: str) -> bool:
    known = lexicon().get(words.removesuffix("'s").removesuffix("’s"))
    return known is not None and known.kind == "state"


def _may_stand_beside(word: str) -> bool:
    bare = word.removesuffix("'s").removesuffix("’s")
    return bare.casefold() in {
        "news", "agency", "newspaper", "daily", "service", "network", "broadcaster", "channel", "magazine", "state", "state-run",
        "official", "radio", "television", "tv", "media", "business", "public", "website",
    } or lexicon().get(bare) is not None  # fmt: skip


def carriers(parse: Parse, c: Candidate) -> list[Relay]:
    """The outlets that the sentence of an attribution says carried it, each once, in order of the text. Only what hangs together with
    the cue counts: another's interview in the same sentence is no link."""
    out: list[Relay] = []
    v = c.verb
    up = {v.i, *(x.i for x in parse.ancestors(v))}
    # "told Reuters", "told Reuters that"
    if v.lemma in _TO:
        for o in parse.children(v, "dobj", "dative", "iobj"):
            _take(parse, out, o, v)
    for t in parse.sentence_tokens(v.sent):
        if t.lemma in _TALKS and _together(parse, t, v, up):
            for prep in parse.children(t, "prep"):
                if prep.lower in {"with", "to", "on", "for", "by"}:
                    _objects(parse, out, prep, t)
        elif t.lemma in _SPEAKING and (t.i == v.i or (t.tag in {"VBG", "VBN"} and _together(parse, t, v, up))):
            for prep in parse.children(t, "prep"):
                if prep.lower in {"with", "to", "on"}:
                    _objects(parse, out, prep, t)
        elif t.tag in {"VBN", "VBD"} and t.lemma in _CARRIES and _is_passive(parse, t):
            noun = parse.head(t)
            work = noun.lemma.lower() in _WORKS and (_together(parse, noun, v, up) or noun is c.holder)
            if work or (t.lemma in {"quote", "cite", "report"} and _as_quoted(parse, t, v, up)):
                for prep in parse.children(t, "agent", "prep"):
                    if prep.lower in {"by", "in", "on"}:
                        _objects(parse, out, prep, t)
        elif t.lemma in _WORKS and t.dep == "pobj" and parse.head(t).lower in {"in", "according"}:
            for prep in parse.children(t, "prep"):
                if prep.lower in {"to", "on"} and _together(parse, t, v, up):
                    _objects(parse, out, prep, t)
    return list({r.source.start: r for r in out}.values())


def _is_passive(parse: Parse, t: Token) -> bool:
    return t.dep in {"acl", "advcl", "relcl", "amod", "ccomp"} or bool(parse.children(t, "auxpass"))


def _as_quoted(parse: Parse, t: Token, v: Token, up: set[int]) -> bool:
    """ "as quoted by Tass", "quoted in the Journal" beside the words of saying."""
    if t.i == v.i:
        return False
    return (t.head in up or t.head == v.head or parse.head(t).i == v.i) and t.dep in {"advcl", "acl"}


def _together(parse: Parse, t: Token, v: Token, up: set[int]) -> bool:
    """True where t hangs on the cue, or on the clause the cue hangs on without another speaker between."""
    if t.i in up:
        return True
    for a in parse.ancestors(t):
        if a.i == v.i:
            return True
        if a.i in up:
            return a.pos not in {"VERB", "AUX"} or not parse.children(a, "nsubj") or a.lemma in {"be", "have"}
        if a.dep in {"ccomp", "relcl"}:
            return False
    return False


def _objects(parse: Parse, out: list[Relay], prep: Token, cue: Token) -> None:
    for o in parse.children(prep, "pobj"):
        _take(parse, out, o, cue)


def _take(parse: Parse, out: list[Relay], o: Token, cue: Token) -> None:
    a, b = noun_phrase(parse, o)
    words = parse.text[a:b]
    if not is_outlet(" ".join(words.split())):
        return
    out.append(Relay(Span.of(parse.text, a, b), Span.of(parse.text, cue.start, cue.end), bare(words)))


def bare(words: str) -> str:
    """Words on one line, without the article before them."""
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
