"""What the content's own main clause amounts to, where the cue is neutral ("said"): a denial, a demand, blame, backing, a plan, a
forecast, a guess, or a plain statement. The first that fits, in the order of the annotation guide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crossfix.coding import content_words as w
from crossfix.coding.clauses import Clause, Line, lemma_of, only_reports, speaks_of_itself, state_of
from crossfix.language.annotations import Annotations
from crossfix.language.attribution.cues import verbs
from crossfix.language.parse import Parse, Token
from crossfix.model import STANCES, Attribution, Stance


@dataclass(frozen=True, slots=True)
class Content:
    """The content's stance, the words that show it, and whether it is a mere doubt ("no evidence that P")."""

    stance: Stance
    words: tuple[Token, ...] = ()
    doubt: bool = False


_FIRST_THAT_FITS: tuple[Stance, ...] = (
    "deny", "request", "condemn", "support", "announce", "predict", "suspect", "assert",
)  # fmt: skip
STANCE_ORDER: dict[Stance, int] = {s: n for n, s in enumerate(_FIRST_THAT_FITS)}
assert set(STANCE_ORDER) == set(STANCES)


def read_content(ann: Annotations, a: Attribution, clause: Clause | None) -> Content:
    """The stance of the content by itself, by its main clause."""
    if clause is None:
        return Content("assert")
    frame = a.rule.partition(":")[0]
    if frame in {"obj_as", "small", "pass_as"}:
        whole = Line(ann.parse.tokens_in(a.content.start, a.content.end))
        named = [t for ts in whole.find_all(w.STRONG) for t in ts]
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
        if verb is None or verb.stance == "assert" or lemma_of(c.main) in w.NO_CUES:
            return None
        if c.negation is not None:
            return Content("deny", (c.negation, c.main)) if verb.stance == "suspect" else None
        if w.WILL.search(self.line.text) and verb.stance in {"assert", "suspect"}:
            return None
        if verb.stance == "support" and w.WILL.search(self.line.text):
            return Content("support", (c.main,))
        if verb.stance == "suspect" and c.inner is not None:
            # "we believe this violates the ban": what is believed may fit a stance before belief
            inner = _Reader(self.ann, self.a, c.inner).read()
            if STANCE_ORDER[inner.stance] < STANCE_ORDER["suspect"]:
                return Content(inner.stance, (c.main, *inner.words), inner.doubt)
        return Content(verb.stance, (c.main,), doubt=verb.firmness == "unlikely")

    def _denies(self) -> Content | None:
        c, p = self.outer, self.p
        said = Line(predicate(p, c.main))
        wrong = said.find(w.FALSE)
        if wrong and (c.negation is None or "not true" in said.text.casefold()) and self._says_of_it(c.main):
            return Content("deny", tuple(wrong))
        if (
            lemma_of(c.main) == "be"
            and c.negation is not None
            and any(x.lower in {"true", "so", "correct"} for x in p.children(c.main, "acomp", "advmod"))
        ):
            return Content("deny", (c.negation, *p.children(c.main, "acomp")))
        if c.inner is not None or lemma_of(c.main) in {"see", "have", "find", "be"}:
            bare = self.line.find(w.NO_GROUND)
            if bare and (c.inner is not None or _has_ground(bare)):
                return Content("deny", tuple(bare), doubt=True)
        doubtful = self.line.find(w.UNLIKELY)
        if doubtful and not _likely_to(self.line) and not self._future(self.deep):
            return Content("deny", tuple(doubtful), doubt=True)
        answers = self.own or self._answers_for_a_state()
        if answers and c.negation is not None and not w.WILL.search(self.line.text) and not self.a.outlet_voice:
            acts = {
                lemma_of(t)
                for t in c.tokens
                if t.pos in {"VERB", "AUX"} or (t.pos in {"ADJ", "NOUN"} and t.dep in {"acomp", "attr"})
            }
            if acts & w.ACCUSABLE or any(t.lower in w.INVOLVED for t in c.tokens):
                return Content("deny", (c.negation, c.main))
            held = {x.lemma.lower() for x in p.children(c.main, "dobj")}
            if lemma_of(c.main) in {"recognize", "recognise"} or (lemma_of(c.main) == "have" and held & w.DEALINGS):
                return Content("deny", (c.negation, c.main))
        return None

    def _says_of_it(self, main: Token) -> bool:
        return lemma_of(main) == "be" or (self.own and lemma_of(main) in w.NAMING)

    def _answers_for_a_state(self) -> bool:
        """A ministry or embassy that the text gives no state, speaking of a state: most likely its own."""
        s = self.outer.subject
        if self.a.source is None or s is None or s.ent not in {"GPE", "NORP"}:
            return False
        return (
            w.OFFICES.search(self.a.source.text) is not None
            and state_of(self.a.source_name or self.a.source.text) is None
        )

    def _asks(self) -> Content | None:
        c, p = self.outer, self.p
        if self.a.outlet_voice:
            return None
        must = self.line.find(w.MUST)
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
        vital = self.line.find(w.VITAL)
        if (
            vital
            and c.subject is not None
            and c.subject.lower == "it"
            and lemma_of(c.main) == "be"
            and self._has_clause(c.main)
        ):
            return Content("request", tuple(vital))
        needs = lemma_of(c.main) == "need" and not self.own and c.negation is None
        if needs and any(
            x.lower == "to" for t in p.children(c.main, "xcomp", "advcl", "ccomp") for x in p.children(t, "aux")
        ):
            return Content("request", (c.main,))
        when = self.line.find(w.TIME_TO)
        if (
            lemma_of(c.main) in {"be", "have"}
            and c.subject is not None
            and (c.subject.lemma == "time" or c.subject.lower in {"it", "now"})
        ):
            whole = Line(p.tokens_in(self.a.content.start, self.a.content.end)).find(w.TIME_TO)
            if (when or whole) and any(t.lower == "to" for t in (when or whole)):
                return Content("request", tuple((when or whole)[:1]))
        if c.main.tag == "VB" and c.subject is None and lemma_of(c.main) not in w.NO_IMPERATIVE:
            if (
                not p.children(c.main, "aux", "auxpass")
                and c.main.i == c.tokens[0].i
                and c.main.dep in {"ROOT", "ccomp"}
            ):
                return Content("request", (c.main,))
        return None

    def _blames(self) -> Content | None:
        c, p = self.outer, self.p
        if c.negation is not None:
            barred = self.own or any(t.lower in {"can", "ca", "must"} for t in p.children(c.main, "aux"))
            refused = barred and not w.WILL.search(self.line.text) and lemma_of(c.main) in w.REFUSED
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
        if self.a.outlet_voice and lemma_of(c.main) not in {
            "be",
            "violate",
            "breach",
            "pose",
            "constitute",
            "contravene",
        }:
            return None
        strong = [t for ts in Line(said).find_all(w.STRONG) for t in ts]
        if strong and not (lemma_of(c.main) not in w.EXPOSES and not _judges(strong, c.main)):
            if any(m.lower in {"no", "not"} for t in strong for m in p.children(t, "det", "neg")):
                return None
            would = [t for t in p.children(c.main, "aux") if t.lower in {"would", "will"}]
            return Content("condemn", tuple(sorted({t.i: t for t in [*would, *strong]}.values(), key=lambda t: t.i)))
        return None

    def _backs(self) -> Content | None:
        if self.a.outlet_voice:
            return None
        backing = self.line.find(w.BACKS)
        if self.own and backing and self.outer.negation is None:
            return Content("support", tuple(backing))
        if lemma_of(self.outer.main) in {"be", "deserve"}:
            whole = Line(self.p.tokens_in(self.a.content.start, self.a.content.end))
            backing = whole.find(w.BACKS)
            if backing and self._own_words(whole):
                return Content("support", tuple(backing))
        return None

    def _own_words(self, whole: Line) -> bool:
        """In a speaker's own text: "our", "this government", or a cue-less statement that recommends to go on helping."""
        return self.a.cue is None and bool(re.search(r"(?i)\b(?:we|our|this government|continue to)\b", whole.text))

    def _plans(self) -> Content | None:
        c = self.outer
        aux = self._aux(c)
        ready = [t for t in self.p.children(c.main, "acomp") if t.lower in w.READY]
        ready = ready or self.line.find(w.READY_TO)
        if self.own and ready and c.negation is None:
            return Content("announce", tuple(ready))
        if (self.own and lemma_of(c.main) != "be") or (
            self.own and c.subject is not None and c.subject.lower == "we" and aux
        ):
            if aux and c.main.tag == "VB":
                return Content("announce", tuple(aux))
            going = self.line.find(w.PLANS_TO)
            if going and c.subject is not None:
                return Content("announce", tuple(going))
            if c.subject is not None and c.subject.lower == "we" and c.negation is None:
                acts = lemma_of(c.main) in w.OWN_ACTS and not any(t.lower in {"still"} for t in c.tokens)
                if acts:
                    return Content("announce", (c.main,))
        if self.own and aux and c.main.tag == "VB" and any(x.tag == "VBG" for x in self.p.children(c.main)):
            return Content("announce", tuple(aux))
        if self.own and aux and c.main.tag == "VBG":
            return Content("announce", tuple(aux))
        if (
            self.own
            and c.negation is None
            and lemma_of(c.main) in w.DECISIONS
            and not self.p.children(c.main, "auxpass")
        ):
            return Content("announce", (c.main,))
        passive = self.p.children(c.main, "auxpass")
        if (
            aux
            and passive
            and not self.p.children(c.main, "agent")
            and lemma_of(c.main) in w.EXAMINES
            and self._acts_itself()
        ):
            return Content("announce", tuple(aux))
        return None

    def _acts_itself(self) -> bool:
        """The speaker is one who acts, no outlet, analyst or paper: "would be examined" is then a plan of their side."""
        if self.a.source is None or self.a.source_name is None:
            return False
        return not only_reports(self.a)

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
        likely = line.find(w.LIKELY_TO)
        if likely and not any(t.lower == "have" for t in c.tokens if t.dep == "aux" and t.i > likely[-1].i):
            event = next((t for t in c.tokens if t.i > likely[-1].i and t.pos in {"VERB", "AUX"}), None)
            if event is not None and (lemma_of(event) not in w.STATIVE or likely[0].lower == "expected"):
                return likely
        coming = [] if have else line.find(w.COMING)
        if not coming and lemma_of(c.main) == "prepare" and c.main.tag == "VBG" and p.children(c.main, "dobj"):
            coming = [c.main]
        if coming:
            return coming
        if self.outer is not c and (going := self.outer.line.find(w.LIKELY_TO)):
            return going
        perhaps = [t for t in p.children(c.main, "aux") if t.lower in w.MAYBE]
        if perhaps and not have and c.main.tag == "VB" and c.negation is None:
            craft = c.subject is not None and (c.subject.lemma.lower() in w.CRAFT or c.subject.ent == "PRODUCT")
            if (
                lemma_of(c.main) in w.STATIVE
                or (craft and lemma_of(c.main) in w.REACH)
                or p.children(c.main, "auxpass")
            ):
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
            lemma_of(c.main) in w.SHOWS
            and not self.own
            and c.subject is not None
            and c.subject.ent not in {"PERSON", "GPE", "ORG", "NORP"}
        ):
            return Content("suspect", (c.main,))
        signs = self.line.find(w.SIGNS) if c.inner is not None else []
        if signs:
            return Content("suspect", tuple(signs))
        for line in (c.line, self.deep.line):
            hedge = line.find(w.GUESS)
            if hedge and all(t.dep in {"amod", "compound", "quantmod", "nummod"} for t in hedge):
                continue  # "an estimated 40 tons", "the suspected dealer": no guess of the clause
            if hedge and not _ability(c, hedge):
                return Content("suspect", tuple(hedge))
        return None

    def _has_clause(self, t: Token) -> bool:
        below = [t, *self.p.children(t, "acomp", "attr")]
        return any(self.p.children(x, "ccomp", "xcomp", "advcl", "acl") for x in below)


def _ability(c: Clause, hedge: list[Token]) -> bool:
    """ "The missile could reach the coast": what it is able to do, told as a fact."""
    return (
        hedge[0].lower in w.MAYBE
        and lemma_of(c.main) in w.REACH
        and c.subject is not None
        and c.subject.lemma.lower() in w.CRAFT
    )


def _likely_to(line: Line) -> bool:
    return bool(w.LIKELY_TO.search(line.text))


def _has_ground(words: list[Token]) -> bool:
    return any(t.lemma.lower() in w.GROUNDS for t in words)


def _judges(strong: list[Token], main: Token) -> bool:
    """The strong words hold for the clause: the verb itself, or its complement, not a mere object ("fired at hostile ships")."""
    return (
        any(t.i == main.i for t in strong)
        or lemma_of(main) in w.EXPOSES
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
            if not (
                c.lower in {"of", "as", "in", "against"}
                and (
                    lemma_of(main) in {"be", "amount", "act", "fly"} or (c.lower == "as" and lemma_of(main) in w.NAMING)
                )
            ):
                continue
            heads = [c, *p.children(c, "pobj")]
        for h in heads:
            for x in (h, *(m for m in p.children(h, "amod", "det", "compound", "advmod", "neg") if m.i < h.i)):
                out[x.i] = x
            of = [
                o
                for x in (h, *p.children(h, "conj"))
                for q in p.children(x, "prep")
                if q.lower == "of"
                for o in p.children(q, "pobj")
            ]
            for x in (*p.children(h, "conj"), *(of if lemma_of(main) == "be" else [])):
                # "an act of aggression", "how much of a breach"
                for y in (x, *p.children(x, "amod")):
                    out[y.i] = y
    return [out[i] for i in sorted(out)]
