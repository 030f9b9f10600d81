"""What the content's own main clause amounts to, where the cue is neutral ("said"): a denial, a demand, blame, backing, a plan, a
forecast, a guess, or a plain statement. The first that fits, in the order of the annotation guide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crossfix.coding.clauses import Clause, Line, lemma_of, main_clause, only_reports, speaks_of_itself
from crossfix.language.annotations import Annotations
from crossfix.language.attribution.cues import verbs
from crossfix.language.parse import Parse, Token
from crossfix.model import Attribution, Stance


@dataclass(frozen=True, slots=True)
class Content:
    """The content's stance, the words that show it, and whether it is a mere doubt ("no evidence that P")."""

    stance: Stance
    words: tuple[Token, ...] = ()
    doubt: bool = False


STRONG = re.compile(
    r"(?i)\b(?:violat\w+|breach\w*|contraven\w+|infring\w+|flout\w*|flagrant\w*|egregious|reckless\w*|provocati\w+|unacceptable|atroci\w+|"
    r"destabili[sz]\w+|illegal\w*|unlawful\w*|illicit|irresponsible|dangerous|outrageous|shameful|disgrace\w*|brutal\w*|aggression|"
    r"aggressive|serious (?:matter|threat|concern|violation|breach)|grave|threat|threats|threatens?|threatened|threatening|menac\w+|"
    r"(?:concerning|dangerous|serious|significant) (?:\w+ )*escalation|escalatory|"
    r"blatant\w*|defian\w+|defies|defy(?:ing)?|undermin\w+|abhorrent|horrific|heinous|barbar\w+|criminal|crimes?|terroris[tm]|genocid\w+|"
    r"murder\w*|deplorable|inexcusable|unjustifi\w+|intolerable|alarming|troubling|disturbing|hostile|hypocri\w+|absurd|ridiculous|"
    r"culprit|gangster\w*|warmonger\w*|betray\w*|mockery|wrong|cruel|cynical)\b"
)
_BACKS = re.compile(
    r"(?i)\b(?:commitment|committed to the (?:defen[cs]e|security)|ironclad|stand(?:s|ing)? (?:with|by|beside|behind|alongside)|"
    r"support(?:s|ing)? (?:(?:for )?(?:the (?:people|government|defen[cs]e|sovereignty)|our (?:all\w+|partners|friends)|its all\w+)|"
    r"(?-i:[A-Z])\w+)|solidarity|(?:provid(?:e|ing)|suppl(?:y|ying)|arm(?:ing)?|help(?:ing)?) (?-i:[A-Z])\w+ (?:with|to|defend))\b"
)
_FALSE = re.compile(
    r"(?i)\b(?:not true|untrue|false|baseless|groundless|unfounded|unsubstantiated|fabricat\w+|(?:a |an outright |pure )?lies?|rumou?rs?|fake|"
    r"nonsense|fiction|without foundation|no truth|disinformation|misinformation|slander\w*|smear\w*|incorrect|inaccurate|propaganda)\b"
)
_NO_GROUND = re.compile(
    r"(?i)\b(?:no (?:\w+ )?(?:evidence|indications?|signs?|proof|reason|information|intelligence|basis)|nothing|"
    r"(?:not|n't|never) (?:\w+ )?(?:any|evidence|seen|see) ?(?:evidence|indications?|signs?|proof|information)?)\b"
)
_UNLIKELY = re.compile(
    r"(?i)\b(?:(?:highly |very |extremely )?unlikely|doubtful|improbable|not (?:very |at all )?likely|implausible)\b"
)
_FUTURE = re.compile(
    r"(?i)\b(?:will|would|shall|wo n't|going to|about to|'ll|prepar(?:ing|es|ed) (?:to|for)|plan(?:s|ned|ning)? to|poised to|set to|due to (?=\w+ (?:in|on|at|next)))"
)
_WILL = re.compile(r"(?i)\b(?:will|would|shall|wo n't|going to|about to)\b|'ll\b")
_MAYBE = frozenset({"may", "might", "could"})
_LIKELY_TO = re.compile(r"(?i)\b(?:un)?likely to\b|\bexpected to\b|\bset to\b|\bbound to\b|\bpoised to\b")
_MUST = re.compile(r"(?i)\b(?:must|should|ought to|needs to|need to|needed to|have to|has to)\b")
_VITAL = re.compile(
    r"(?i)\b(?:critical|essential|imperative|vital|crucial|necessary|(?:high )?time|important|urgent|incumbent)\b"
)
_TIME_TO = re.compile(r"(?i)\btime (?:\w+ ){0,4}(?:to|for)\b.*")
_GUESS = re.compile(
    r"(?i)\b(?:(?:very |highly |most |quite )?likely|probabl[ey]|apparent(?:ly)?|appears?|appeared|appearing|seems?|seemed|possibl[ey]|perhaps|"
    r"presumably|reportedly|allegedly|supposedly|purportedly|(?:is|are|was|were|been) (?:\w+ly )?(?:believed|suspected|thought|rumou?red|feared|said|alleged|reported) to|"
    r"believed|suspected to|potentially|seemingly|almost certain(?:ly)?|(?:can|could)(?: not| n't|not) (?:\w+ )?(?:rule out|exclude|be ruled out|be excluded)|"
    r"must have|could be|(?-i:may|May (?:have|be))|might|possibility|indications? that|signs? that|estimated)\b"
)
_SIGNS = re.compile(r"(?i)\b(?:indications?|signs?|reasons? to believe)\b")
_SHOWS = frozenset({"suggest", "indicate", "hint", "imply", "point"})
_OWN_ACTS = frozenset(
    """
    share discuss shift give move boost designate expand bring increase use join make take impose announce launch
    provide continue raise work hold release send deploy build develop strengthen respond pursue conduct begin
    start support go prepare plan intend decide agree
    """.split()
)
_ACCUSABLE = frozenset(
    """
    supply sell ship send provide give deliver export transfer transport arm build buy purchase receive import
    acquire possess hold use fire launch attack target strike kill bomb shoot hack steal violate breach break cross
    help assist aid support back train deploy conduct test plan intend seek involve smuggle trade produce sign make
    """.split()
)
_EXAMINES = frozenset(
    """
    examine investigate study review publish release announce impose hold launch deploy deliver send convene take
    discuss raise inspect consider complete build repeat strengthen
    """.split()
)
_DEALINGS = frozenset("deal dealing trade transaction cooperation plan intention role part involvement connection link contact weapon".split())
_REFUSED = frozenset("accept tolerate condone allow permit ignore".split())
_READY = frozenset("ready willing prepared determined resolved set".split())
_STATIVE = frozenset(
    """
    be have know want need contain include reflect indicate suggest mean possess hold own depend lack explain seem
    appear belong consist exist originate relate involve represent stem constitute prove show
    """.split()
)
_REACH = frozenset(
    "reach carry hit strike travel fly deliver cover evade hold exceed penetrate lift orbit target".split()
)
_CRAFT = frozenset(
    "missile rocket weapon system drone satellite icbm warhead booster submarine torpedo projectile jet aircraft shell range vehicle engine launcher gun".split()
)
_EXPOSES = frozenset(
    "recognize recognise highlight underscore expose reflect demonstrate show constitute represent pose remain amount be become illustrate".split()
)
_IMPERATIVE_NOT = frozenset(
    "let look see remember consider note thank take say listen suppose imagine mind welcome bear be".split()
)


def read_content(ann: Annotations, a: Attribution) -> Content:
    """The stance of the content by itself."""
    clause = main_clause(ann, a)
    if clause is None:
        return Content("assert")
    frame = a.rule.partition(":")[0]
    if frame in {"obj_as", "small", "pass_as"}:
        whole = Line(ann.parse.tokens_in(a.content.start, a.content.end))
        named = [t for ts in whole.find_all(STRONG) for t in ts]
        if named:
            return Content("condemn", tuple(named))
    return _Reader(ann, a, clause).read()


class _Reader:
    def __init__(self, ann: Annotations, a: Attribution, clause: Clause) -> None:
        self.ann, self.a, self.p = ann, a, ann.parse
        self.outer = clause
        self.deep = clause.deepest
        self.line = clause.line
        self.own = speaks_of_itself(ann, a, clause)

    def read(self) -> Content:
        for step in (
            self._first_person,
            self._denies,
            self._asks,
            self._blames,
            self._backs,
            self._plans,
            self._foretells,
            self._guesses,
        ):
            found = step()
            if found is not None:
                return found
        return Content("assert")

    # -------------------------------------------------------------- each stance

    def _first_person(self) -> Content | None:
        """ "We condemn", "we do not believe", "said it opposes": the speaker's own verb is a cue in itself."""
        c = self.outer
        if c.subject is None or not self.own:
            return None
        verb = verbs().get(lemma_of(c.main))
        if (
            verb is None
            or verb.stance == "assert"
            or lemma_of(c.main) in {"see", "launch", "release", "attack", "feel", "question", "seek", "volunteer"}
        ):
            return None
        if c.negation is not None:
            return Content("deny", (c.negation, c.main)) if verb.stance == "suspect" else None
        if _WILL.search(self.line.text) and verb.stance in {"assert", "suspect"}:
            return None
        if verb.stance == "support" and _WILL.search(self.line.text):
            return Content("support", (c.main,))
        return Content(verb.stance, (c.main,))

    def _denies(self) -> Content | None:
        c, p = self.outer, self.p
        said = Line(predicate(p, c.main))
        wrong = said.find(_FALSE)
        if wrong and (c.negation is None or "not true" in said.text.casefold()) and lemma_of(c.main) == "be":
            return Content("deny", tuple(wrong))
        if (
            lemma_of(c.main) == "be"
            and c.negation is not None
            and any(x.lower in {"true", "so", "correct"} for x in p.children(c.main, "acomp", "advmod"))
        ):
            return Content("deny", (c.negation, *p.children(c.main, "acomp")))
        if c.inner is not None or lemma_of(c.main) in {"see", "have", "find", "be"}:
            bare = self.line.find(_NO_GROUND)
            if bare and (c.inner is not None or _has_ground(p, bare)):
                return Content("deny", tuple(bare), doubt=True)
        doubtful = self.line.find(_UNLIKELY)
        if doubtful and not _likely_to(self.line) and not self._future(self.deep):
            return Content("deny", tuple(doubtful), doubt=True)
        if self.own and c.negation is not None and not _WILL.search(self.line.text) and not self.a.outlet_voice:
            acts = {
                lemma_of(t)
                for t in c.tokens
                if t.pos in {"VERB", "AUX"} or (t.pos in {"ADJ", "NOUN"} and t.dep in {"acomp", "attr"})
            }
            if acts & _ACCUSABLE or any(t.lower in {"involved", "behind", "responsible", "party"} for t in c.tokens):
                return Content("deny", (c.negation, c.main))
            held = {x.lemma.lower() for x in p.children(c.main, "dobj")}
            if lemma_of(c.main) in {"recognize", "recognise"} or (lemma_of(c.main) == "have" and held & _DEALINGS):
                return Content("deny", (c.negation, c.main))
        return None

    def _asks(self) -> Content | None:
        c, p = self.outer, self.p
        if self.a.outlet_voice:
            return None
        must = self.line.find(_MUST)
        if must:
            past = any(x.lower == "have" and x.dep == "aux" for x in p.children(c.main)) and must[0].lower in {
                "must",
                "should",
            }
            if not past and (
                not self.own
                or (c.subject is not None and c.subject.lower == "we" and must[0].lower in {"must", "should"})
            ):
                if not (c.subject is not None and c.subject.lower == "i"):
                    return Content("request", tuple(must))
        vital = self.line.find(_VITAL)
        if (
            vital
            and c.subject is not None
            and c.subject.lower == "it"
            and lemma_of(c.main) == "be"
            and self._has_clause(c.main)
        ):
            return Content("request", tuple(vital))
        needs = lemma_of(c.main) == "need" and not self.own and c.negation is None
        if needs and any(x.lower == "to" for t in p.children(c.main, "xcomp", "advcl", "ccomp") for x in p.children(t, "aux")):
            return Content("request", (c.main,))
        when = self.line.find(_TIME_TO)
        if (
            lemma_of(c.main) in {"be", "have"}
            and c.subject is not None
            and (c.subject.lemma == "time" or c.subject.lower in {"it", "now"})
        ):
            whole = Line(p.tokens_in(self.a.content.start, self.a.content.end)).find(_TIME_TO)
            if (when or whole) and any(t.lower == "to" for t in (when or whole)):
                return Content("request", tuple((when or whole)[:1]))
        if c.main.tag == "VB" and c.subject is None and lemma_of(c.main) not in _IMPERATIVE_NOT:
            if not p.children(c.main, "aux", "auxpass") and c.main.i == c.tokens[0].i and c.main.dep in {"ROOT", "ccomp"}:
                return Content("request", (c.main,))
        return None

    def _blames(self) -> Content | None:
        c, p = self.outer, self.p
        if c.negation is not None:
            refused = self.own and not _WILL.search(self.line.text) and lemma_of(c.main) in _REFUSED
            return Content("condemn", (c.negation, c.main)) if refused else None
        if any(t.lower == "should" for t in p.children(c.main, "aux")) and any(
            t.lower == "have" for t in p.children(c.main, "aux")
        ):
            return None if self.own else Content("condemn", (c.main,))
        if lemma_of(c.main) == "threaten" and p.children(c.main, "xcomp"):
            return None
        if lemma_of(c.main) == "threaten" and self.own:
            return None
        said = predicate(p, c.main)
        if self.a.outlet_voice and lemma_of(c.main) not in {"be", "violate", "breach", "pose", "constitute", "contravene"}:
            return None
        strong = [t for ts in Line(said).find_all(STRONG) for t in ts]
        if strong and not (lemma_of(c.main) not in _EXPOSES and not _judges(strong, c.main)):
            if any(m.lower in {"no", "not"} for t in strong for m in p.children(t, "det", "neg")):
                return None
            would = [t for t in p.children(c.main, "aux") if t.lower in {"would", "will"}]
            return Content("condemn", tuple(sorted({t.i: t for t in [*would, *strong]}.values(), key=lambda t: t.i)))
        return None

    def _backs(self) -> Content | None:
        if self.a.outlet_voice:
            return None
        backing = self.line.find(_BACKS)
        if self.own and backing and self.outer.negation is None:
            return Content("support", tuple(backing))
        if lemma_of(self.outer.main) in {"be", "deserve"}:
            whole = Line(self.p.tokens_in(self.a.content.start, self.a.content.end))
            backing = whole.find(_BACKS)
            if backing and self._own_words(whole):
                return Content("support", tuple(backing))
        return None

    def _own_words(self, whole: Line) -> bool:
        """In a speaker's own text: "our", "this government", or a cue-less statement that recommends to go on helping."""
        return self.a.cue is None and bool(re.search(r"(?i)\b(?:we|our|this government|continue to)\b", whole.text))

    def _plans(self) -> Content | None:
        c = self.outer
        if self.a.outlet_voice:
            return None
        aux = self._aux(c)
        if (
            self.own
            and lemma_of(c.main) != "be"
            or (self.own and c.subject is not None and c.subject.lower == "we" and aux)
        ):
            if aux and c.main.tag == "VB":
                return Content("announce", tuple(aux))
            going = self.line.find(re.compile(r"(?i)\bgoing to\b|\bplan(?:s|ning)? to\b|\bintends? to\b"))
            if going and c.subject is not None:
                return Content("announce", tuple(going))
            if c.subject is not None and c.subject.lower == "we" and c.negation is None:
                acts = lemma_of(c.main) in _OWN_ACTS and not any(t.lower in {"still"} for t in c.tokens)
                if acts:
                    return Content("announce", (c.main,))
        if self.own and aux and c.main.tag == "VB" and any(x.tag == "VBG" for x in self.p.children(c.main)):
            return Content("announce", tuple(aux))
        if self.own and aux and c.main.tag == "VBG":
            return Content("announce", tuple(aux))
        passive = self.p.children(c.main, "auxpass")
        if (
            aux
            and passive
            and not self.p.children(c.main, "agent")
            and lemma_of(c.main) in _EXAMINES
            and self._acts_itself()
        ):
            return Content("announce", tuple(aux))
        return None

    def _acts_itself(self) -> bool:
        """The speaker is one who acts, no outlet, analyst or paper: "would be examined" is then a plan of their side."""
        if self.a.source is None or self.a.source_name is None:
            return False
        return not only_reports(self.ann, self.a)

    def _foretells(self) -> Content | None:
        for c in (self.deep, self.outer):
            words = self._future(c)
            if words:
                return Content("predict", tuple(words))
        return None

    def _future(self, c: Clause) -> list[Token]:
        """The words that put the clause into the future; none where they don't."""
        p, line = self.p, c.line
        aux = self._aux(c)
        have = any(x.lower == "have" and x.dep == "aux" for x in p.children(c.main))
        if aux and c.negation is not None and self.a.outlet_voice and aux[0].lower == "would":
            return []  # "would not say": a refusal, no forecast
        if aux and not (have and aux[0].lower == "would"):
            return aux
        likely = line.find(_LIKELY_TO)
        if likely and not any(t.lower == "have" for t in c.tokens if t.dep == "aux" and t.i > likely[-1].i):
            event = next((t for t in c.tokens if t.i > likely[-1].i and t.pos in {"VERB", "AUX"}), None)
            if event is not None and (lemma_of(event) not in _STATIVE or likely[0].lower == "expected"):
                return likely
        coming = [t for t in line.find(_FUTURE)]
        if coming:
            return coming
        if self.outer is not c and (going := self.outer.line.find(_LIKELY_TO)):
            return going
        perhaps = [t for t in p.children(c.main, "aux") if t.lower in _MAYBE]
        if perhaps and not have and c.main.tag == "VB" and c.negation is None:
            craft = c.subject is not None and (c.subject.lemma.lower() in _CRAFT or c.subject.ent == "PRODUCT")
            if lemma_of(c.main) in _STATIVE or (craft and lemma_of(c.main) in _REACH) or p.children(c.main, "auxpass"):
                return []
            return perhaps
        return []

    def _aux(self, c: Clause) -> list[Token]:
        return [
            t
            for t in self.p.children(c.main, "aux")
            if t.lower in {"will", "would", "shall", "'ll", "’ll", "wo", "'d", "’d"}
        ]

    def _guesses(self) -> Content | None:
        c = self.outer
        if (
            lemma_of(c.main) in _SHOWS
            and not self.own
            and c.subject is not None
            and c.subject.ent not in {"PERSON", "GPE", "ORG", "NORP"}
        ):
            return Content("suspect", (c.main,))
        signs = self.line.find(_SIGNS) if c.inner is not None else []
        if signs:
            return Content("suspect", tuple(signs))
        for line in (c.line, self.deep.line):
            hedge = line.find(_GUESS)
            if hedge and not _ability(c, hedge):
                return Content("suspect", tuple(hedge))
        return None

    def _has_clause(self, t: Token) -> bool:
        below = [t, *self.p.children(t, "acomp", "attr")]
        return any(self.p.children(x, "ccomp", "xcomp", "advcl", "acl") for x in below)


def _ability(c: Clause, hedge: list[Token]) -> bool:
    """ "The missile could reach the coast": what it is able to do, told as a fact."""
    return (
        hedge[0].lower in _MAYBE
        and lemma_of(c.main) in _REACH
        and c.subject is not None
        and c.subject.lemma.lower() in _CRAFT
    )


def _likely_to(line: Line) -> bool:
    return bool(_LIKELY_TO.search(line.text))


def _has_ground(p: Parse, words: list[Token]) -> bool:
    return any(
        t.lemma.lower() in {"evidence", "indication", "sign", "proof", "nothing", "reason", "basis"} for t in words
    )


def _judges(strong: list[Token], main: Token) -> bool:
    """The strong words hold for the clause: the verb itself, or its complement, not a mere object ("fired at hostile ships")."""
    return (
        any(t.i == main.i for t in strong)
        or lemma_of(main) in _EXPOSES
        or any(
            t.dep in {"acomp", "attr", "oprd"}
            or t.lemma.lower() in {"violation", "breach", "defiance", "contravention"}
            or t.dep in {"amod", "compound", "advmod", "pobj"}
            for t in strong
        )
    )


def predicate(p: Parse, main: Token) -> list[Token]:
    """The main verb with its complements' heads and their adjectives: what the clause says of its subject, nothing else."""
    out = {main.i: main}
    for c in p.children(main, "attr", "acomp", "dobj", "oprd", "prep", "advmod", "xcomp", "ccomp"):
        heads = [c]
        if c.dep in {"ccomp"}:
            # "the question is how grave a breach it is": only under "be"
            if lemma_of(main) != "be" or c.i < main.i:
                continue
            heads = [x for x in p.subtree(c) if x.pos in {"NOUN", "ADJ"} and x.dep not in {"relcl"}][:6]
        elif c.dep == "prep":
            if not (c.lower in {"of", "as", "in", "against"} and lemma_of(main) in {"be", "amount", "act", "fly"}):
                continue
            heads = [c, *p.children(c, "pobj")]
        for h in heads:
            for x in (h, *(m for m in p.children(h, "amod", "det", "compound", "advmod", "neg") if m.i < h.i)):
                out[x.i] = x
            of = [o for x in (h, *p.children(h, "conj")) for q in p.children(x, "prep") if q.lower == "of" for o in p.children(q, "pobj")]
            for x in (*p.children(h, "conj"), *(of if lemma_of(main) == "be" else [])):
                # "an act of aggression", "how much of a breach"
                for y in (x, *p.children(x, "amod")):
                    out[y.i] = y
    return [out[i] for i in sorted(out)]
