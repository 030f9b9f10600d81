"""Candidates: every construction in a sentence by which somebody may be said to say, think, want or show something.

Each candidate names its frame (the construction) and its cue's lemma. Which pairs of frame and lemma are attributions is a
matter of the lexicon (``cues``), learnt from annotated news; this module only finds the constructions.

Frames
    ccomp       "X said (that) P", "P, X said": a finite clause under the verb
    quote       a verb with a quotation beside it and no clause that the parser could see
    obj_xcomp   "X urged Y to do Z", "X accused Y of Z", "X described Y as Z"
    xcomp       "X vowed to do Z"
    dobj        "X denied Z"
    prep_P      "X warned of Z", "X called for Z"
    agent       "Z was condemned by X"; pass_ccomp "it is believed that P"; pass_xcomp "X is said to do Z"
    showing     "X released imagery showing P": the releaser speaks, the artefact is the evidence
    noun_P      "X's claim that P", "requests from X", "concerns that P"
    according   "according to X, P"
    colon       "Name: P" in a headline; "P: Report"
    signed      a quotation that is a paragraph, a dash and a name
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.language.attribution.candidate import Candidate
from crossfix.language.attribution.phrases import according, colon, signed
from crossfix.language.attribution.quotes import Quotes
from crossfix.language.attribution.spans import noun_phrase, pieces_of, trim
from crossfix.language.attribution.words import (
    ADDS,
    ADJECTIVES,
    ARTEFACTS,
    BREAKS,
    FINITE,
    MESSAGES,
    RELATIVE,
    RELEASES,
    SHOWS,
    SUBJECTS,
)
from crossfix.language.parse import Parse, Token


class Finder:
    """Finds the candidates of one document."""

    def __init__(self, parse: Parse, quotes: Quotes) -> None:
        self.parse = parse
        self.quotes = quotes
        self.text = parse.text

    def sentence(self, k: int) -> Iterator[Candidate]:
        """The candidates of sentence k, in order of their cues."""
        tokens = self.parse.sentence_tokens(k)
        for t in tokens:
            if t.pos == "ADJ" or (t.dep == "acomp" and t.lower in ADJECTIVES):
                yield from self._adjective(t, tokens)
            elif t.pos in {"VERB", "AUX"} or (t.pos == "NOUN" and t.tag in {"VBG", "VBD"}):
                yield from self._verb(t, tokens)
            elif t.pos == "NOUN":
                yield from self._noun(t, tokens)
        yield from according(self.parse, self.quotes, tokens)
        yield from colon(self.parse, tokens)
        yield from signed(self.parse, self.quotes, tokens)

    # -------------------------------------------------------------- verbs

    def _verb(self, v: Token, sentence: list[Token]) -> Iterator[Candidate]:
        p = self.parse
        kids = p.children(v)
        by: dict[str, list[Token]] = {}
        for c in kids:
            by.setdefault(c.dep, []).append(c)
        passive = "auxpass" in by or "nsubjpass" in by
        subject = self._subject(v)
        found = False
        complements = [c for c in by.get("ccomp", []) if self._is_clause(c)]
        if passive:
            agents = [o for a in by.get("agent", []) for o in p.children(a, "pobj")]
            if complements and subject is not None and subject.lower not in {"it", "that"} and not agents:
                # "officials were told that P": who was told is no source
                found = v.lemma in {"tell", "inform", "brief", "notify", "remind"}
            if complements and not found:
                yield self._make("pass_ccomp", v, agents[0] if agents else None, p.subtree(complements[0]), sentence)
                found = True
            elif by.get("xcomp"):
                yield self._make(
                    "pass_xcomp", v, agents[0] if agents else None, self._with(by["xcomp"][0], subject), sentence
                )
                found = True
            elif agents and subject is not None:
                yield self._make(
                    "agent", v, agents[0], self._with(None, subject) + self._rest(v, ("prep", "oprd")), sentence
                )
                found = True
            elif subject is not None and v.dep not in {"amod", "acl"}:
                for prep in by.get("prep", []):
                    if prep.lower == "as":
                        yield self._make("pass_as", v, None, self._with(None, subject) + p.subtree(prep), sentence)
            if agents and not found and (v.dep == "acl" or v.dep == "amod"):
                yield self._make("agent", v, agents[0], self._np_tokens(p.head(v)), sentence)
            return
        objects = [c for c in [*by.get("dobj", [])] if c.lower not in {"itself", "himself", "herself", "themselves"}]
        shown = self._showing(v, sentence)
        if shown is not None:
            yield shown
        if complements:
            c = complements[0]
            inner = p.children(c, "nsubj")
            giver = self._learnt_from(v)
            if v.lemma in {"call", "name", "dub", "label", "make", "brand"} and c.pos not in {"VERB", "AUX"} and inner:
                yield self._make("small", v, subject, p.subtree(c), sentence)
            else:
                yield self._make("ccomp", v, giver or subject, self._clause(v, c), sentence)
            found = True
        elif (parent := self._parenthetical(v)) is not None:
            yield self._make("ccomp", v, subject, self._around(v, parent, sentence), sentence)
            found = True
        called = self._called_on(v, by)
        if called:
            yield self._make("obj_xcomp", v, subject, called, sentence)
            found = True
        elif objects and by.get("xcomp"):
            yield self._make("obj_xcomp", v, subject, p.subtree(objects[0]) + p.subtree(by["xcomp"][0]), sentence)
            found = True
        elif by.get("xcomp") and not found:
            yield self._make("xcomp", v, subject, p.subtree(by["xcomp"][0]), sentence)
            found = True
        if objects and not found:
            o = objects[0]
            tail = [
                x for x in by.get("prep", []) + by.get("oprd", []) if x.i > o.i and x.lower in {"of", "as", "for", "to"}
            ]
            special = [x for x in tail if x.lower in {"of", "as"}]
            if special:
                yield self._make("obj_" + special[0].lower, v, subject, p.subtree(o) + p.subtree(special[0]), sentence)
            elif any(x.dep == "oprd" for x in tail) or by.get("oprd"):
                yield self._make("small", v, subject, p.subtree(o) + p.subtree((by.get("oprd") or tail)[0]), sentence)
            else:
                more = [x for y in tail if y.lower == "for" for x in p.subtree(y)]
                made = self._make("dobj", v, subject, p.subtree(o) + more, sentence)
                made.agentive = (
                    o.pos == "PROPN"
                    or o.ent in {"PERSON", "ORG"}
                    or o.tag == "NNS"
                    or o.lemma.lower()
                    in {"office", "official", "source", "police", "report", "agency", "ministry", "statement"}
                )
                yield made
            found = True
        elif not found:
            for prep in by.get("prep", []) + by.get("prt", []):
                inner_prep = [prep] if prep.dep == "prep" else [x for x in by.get("prep", []) if x.i > prep.i][:1]
                for q in inner_prep:
                    body = [x for o in p.children(q, "pobj", "pcomp") for x in p.subtree(o)]
                    if body and q.i - v.i <= 4:
                        yield self._make(
                            "prep_" + q.lower, v, subject, body, sentence, cue_end=q.end if q.i == v.i + 1 else v.end
                        )
                        found = True
                        break
                if found:
                    break
        quoted = self._beside_quote(v, sentence)
        if quoted and not complements:
            spoken = self._make("quote", v, subject, [], sentence)
            spoken.pieces = quoted
            yield spoken

    def _called_on(self, v: Token, by: dict[str, list[Token]]) -> list[Token]:
        """ "called on X to do Z": X and what it is to do."""
        if v.lemma not in {"call", "appeal", "press", "push", "plead", "wait"}:
            return []
        for prep in by.get("prep", []):
            if prep.lower in {"on", "upon", "to", "for"}:
                for o in self.parse.children(prep, "pobj"):
                    rest = by.get("xcomp", []) + by.get("advcl", []) + self.parse.children(o, "acl", "relcl")
                    wish = [
                        x for x in rest if x.i > o.i and any(a.lower == "to" for a in self.parse.children(x, "aux"))
                    ]
                    if wish:
                        return self.parse.subtree(o) + self.parse.subtree(wish[0])
        return []

    def _learnt_from(self, v: Token) -> Token | None:
        """ "It has learned from officials that P": the officials speak."""
        if v.lemma not in {"learn", "hear", "gather"}:
            return None
        for prep in self.parse.children(v, "prep"):
            if prep.lower == "from":
                for o in self.parse.children(prep, "pobj"):
                    return o
        return None

    def _is_clause(self, c: Token) -> bool:
        return c.pos in {"VERB", "AUX", "NOUN", "ADJ", "PROPN", "PRON", "NUM", "ADV", "INTJ", "ADP"}

    def _subject(self, v: Token, depth: int = 0) -> Token | None:
        """Who does the verb: its own subject, or that of the verb it hangs on."""
        p = self.parse
        for c in p.children(v, *SUBJECTS):
            if c.dep == "csubj":
                continue
            if c.lower in RELATIVE and v.dep in {"relcl", "acl"}:
                return p.head(v)
            return c
        if depth > 5 or v.head == v.i:
            return None
        h = p.head(v)
        if v.dep in {"conj", "xcomp", "advcl", "dep", "ccomp"} and h.pos in {"VERB", "AUX"}:
            if v.dep == "advcl" and v.tag not in {"VBG", "VBN", "VB"}:
                return None
            if v.dep == "ccomp" and v.tag not in {"VBG", "VB"}:
                return None
            if v.dep == "conj" and v.tag in FINITE and h.tag in {"VB", "VBG"}:
                # "opposed any attempt to change it, and underscored ...": a finite verb goes with a finite verb
                for up in p.ancestors(h):
                    if up.tag in FINITE and up.pos in {"VERB", "AUX"}:
                        return self._subject(up, depth + 1)
            if v.dep == "xcomp":
                for o in p.children(h, "dobj"):
                    return o
            if v.dep == "advcl" and v.tag == "VBG" and v.lemma in ADDS and p.tokens[max(v.left - 1, 0)].text == ",":
                # "He said the engine failed, adding that ...": the one who adds is the one who says
                for up in p.ancestors(v):
                    if up.i != h.i and up.lemma in {"say", "tell", "state", "report", "add", "note"} and up.i < v.i:
                        return self._subject(up, depth + 1)
            return self._subject(h, depth + 1)
        if v.dep == "acl" and h.pos in {"NOUN", "PROPN", "PRON"}:
            up = p.head(h)
            if h.lemma.lower() in MESSAGES and h.dep == "dobj" and up.pos == "VERB":
                return self._subject(up, depth + 1) or h  # "issued a statement saying P": the issuer speaks
            return h
        if v.dep == "pcomp" and h.dep == "prep":
            up = p.head(h)
            return self._subject(up, depth + 1) if up.pos in {"VERB", "AUX"} else None
        return None

    def _parenthetical(self, v: Token) -> Token | None:
        """The clause that "X said" interrupts or follows, where the parser made the verb its dependent."""
        if v.dep in {"parataxis"} or (v.dep == "ccomp" and v.tag in {"VBD", "VBZ", "VBP"} and self._has_subject(v)):
            h = self.parse.head(v)
            if h.pos in {"VERB", "AUX", "NOUN", "ADJ"} and not self.parse.children(v, "dobj", "xcomp", "mark"):
                before = self.text[self.parse.tokens[v.left].start - 2 : self.parse.tokens[v.left].start]
                if v.dep == "parataxis" or "," in before:
                    return h
        return None

    def _has_subject(self, v: Token) -> bool:
        return bool(self.parse.children(v, "nsubj"))

    def _clause(self, v: Token, c: Token) -> list[Token]:
        """The clause's tokens; where it stands before its verb, with all that comes before it in the sentence."""
        p = self.parse
        own = {t.i for t in p.subtree(c)}
        if c.i < v.i:
            first = p.bounds[v.sent][0]
            lead = [
                t for t in p.children(v) if t.i < c.i and t.dep not in {"nsubj", "nsubjpass", "aux", "auxpass", "neg"}
            ]
            for t in lead:
                if t.right < c.left and t.i >= first:
                    own |= {x.i for x in p.subtree(t)}
        return [p.tokens[i] for i in sorted(own)]

    def _around(self, v: Token, h: Token, sentence: list[Token]) -> list[Token]:
        out = {t.i for t in self.parse.subtree(v)}
        root = h
        for a in self.parse.ancestors(h):
            if a.pos in {"VERB", "AUX"} and a.sent == h.sent:
                root = a
        return [t for t in self.parse.subtree(root) if t.i not in out and t.sent == sentence[0].sent]

    def _rest(self, v: Token, deps: tuple[str, ...]) -> list[Token]:
        return [
            x for c in self.parse.children(v, *deps) if c.i > v.i and c.lower != "by" for x in self.parse.subtree(c)
        ]

    def _with(self, body: Token | None, subject: Token | None) -> list[Token]:
        p = self.parse
        out = p.subtree(body) if body is not None else []
        return (p.subtree(subject) if subject is not None else []) + out

    def _np_tokens(self, head: Token) -> list[Token]:
        a, b = noun_phrase(self.parse, head)
        return self.parse.tokens_in(a, b)

    def _showing(self, v: Token, sentence: list[Token]) -> Candidate | None:
        """ "X released imagery showing P"; the participle may hang on the object or on the verb."""
        p = self.parse
        if v.lemma in SHOWS and v.dep == "relcl" and p.head(v).lemma.lower() in ARTEFACTS:
            # "published images which show P"
            artefact = p.head(v)
            told = p.head(artefact)
            who = self._subject(told) if artefact.dep == "dobj" and told.lemma in RELEASES else None
            body = [x for c in p.children(v) if c.i > v.i and c.dep not in {"punct"} for x in p.subtree(c)]
            if who is not None and body:
                return self._make("showing", v, who, body, sentence)
        elif (
            v.lemma in SHOWS and v.tag == "VBG" and v.dep in {"acl", "advcl", "xcomp", "ccomp", "relcl", "dep", "pcomp"}
        ):
            release = next((a for a in p.ancestors(v) if a.lemma in RELEASES and a.sent == v.sent), None)
            if release is not None:
                who = self._subject(release)
                if who is not None and self._is_artefact_between(release, v):
                    body = [x for c in p.children(v) if c.i > v.i and c.dep not in {"punct"} for x in p.subtree(c)]
                    if body:
                        return self._make("showing", v, who, body, sentence)
        return None

    def _is_artefact_between(self, release: Token, v: Token) -> bool:
        a, b = sorted((release.i, v.i))
        return any(t.lemma in ARTEFACTS for t in self.parse.tokens[a:b])

    def _beside_quote(self, v: Token, sentence: list[Token]) -> list[tuple[int, int]]:
        """Quotations that stand beside the verb group: "...," said X; X said: "..."."""
        p = self.parse
        if self.quotes.at(v.start) is not None:
            return []
        left = min([v.start] + [p.tokens[c.left].start for c in p.children(v, "nsubj") if c.i < v.i])
        right = max([v.end] + [p.tokens[c.right].end for c in p.children(v, "nsubj", "dative") if c.i > v.i])
        out: list[tuple[int, int]] = []
        for q in self.quotes.within(max(sentence[0].start - 400, 0), sentence[-1].end):
            if (
                q.end <= left and self.text[q.end : left].strip(" ,—–-\n") in {"", "but", "and", "as"} and q.end <= left
            ) or (
                q.start >= right
                and self.text[right : q.start].strip(" ,:—–-\n")
                in {
                    "",
                    "that",
                    "that:",
                    "this",
                    "of",
                    "the following",
                }
            ):
                out.append((q.start, q.end))
        return out

    def _adjective(self, adj: Token, sentence: list[Token]) -> Iterator[Candidate]:
        """ "X is concerned that P", "X is confident of P"."""
        if adj.lower not in ADJECTIVES or adj.dep not in {"acomp", "ROOT", "conj", "oprd"}:
            return
        p = self.parse
        be = p.head(adj) if adj.dep == "acomp" else adj
        subject = self._subject(be)
        clauses = [c for c in p.children(adj, "ccomp", "xcomp") if c.i > adj.i] or (
            [c for c in p.children(be, "ccomp") if c.i > adj.i] if be.i != adj.i else []
        )
        if subject is None or subject.lower in {"it", "that", "this"} or not clauses:
            return
        yield self._make("adj_that", adj, subject, p.subtree(clauses[0]), sentence)

    # -------------------------------------------------------------- nouns

    def _noun(self, n: Token, sentence: list[Token]) -> Iterator[Candidate]:
        """ "X's claim that P", "claims by X that P", "X's denial of P", "requests from X to P", "concerns that P"."""
        p = self.parse
        holder: Token | None = None
        for c in p.children(n, "poss"):
            holder = c
        for c in p.children(n, "prep"):
            if c.lower in {"from", "by", "among"} and c.i > n.i and holder is None:
                for o in p.children(c, "pobj"):
                    holder = o
        if (
            holder is None
            and n.dep == "dobj"
            and p.head(n).lemma
            in {
                "make",
                "express",
                "voice",
                "raise",
                "issue",
                "repeat",
                "have",
                "reiterate",
                "offer",
                "give",
                "reject",
                "deny",
                "dismiss",
                "draw",
                "reach",
                "share",
                "hold",
                "convey",
                "deliver",
            }
        ):
            v = p.head(n)
            holder = self._subject(v)
            light = True
        else:
            light = False
        clauses = [
            c for c in p.children(n) if c.i > n.i and c.dep in {"acl", "ccomp", "relcl"} and self._that_clause(c)
        ]
        if not clauses and light:
            clauses = [c for c in p.children(p.head(n), "ccomp") if c.i > n.i]
        cue = (p.head(n).start, n.end) if light and p.head(n).i < n.i and n.i - p.head(n).i <= 4 else (n.start, n.end)
        if clauses:
            yield self._make("noun_that", n, holder, p.subtree(clauses[0]), sentence, cue=cue)
            return
        infinitive = [
            c for c in p.children(n, "acl") if c.i > n.i and any(a.lower == "to" for a in p.children(c, "aux"))
        ]
        if infinitive and holder is not None:
            yield self._make("noun_to", n, holder, p.subtree(infinitive[0]), sentence, cue=cue)
            return
        if holder is not None:
            for c in p.children(n, "prep"):
                if c.i > n.i and c.lower in {"of", "about", "over", "for", "on", "against", "to", "in"}:
                    body = [x for o in p.children(c, "pobj", "pcomp") for x in p.subtree(o)]
                    if body:
                        yield self._make(("light_" if light else "noun_") + c.lower, n, holder, body, sentence, cue=cue)
                        return

    def _that_clause(self, c: Token) -> bool:
        return any(m.lower in {"that", "whether", "if"} for m in self.parse.children(c, "mark"))

    # -------------------------------------------------------------- making

    def _make(
        self, frame: str, cue_token: Token, holder: Token | None, body: list[Token], sentence: list[Token], *,
        cue: tuple[int, int] | None = None, cue_end: int | None = None,
    ) -> Candidate:  # fmt: skip
        p = self.parse
        kept = [t for t in body if t.sent == cue_token.sent]
        verb_phrase = {cue_token.i}
        if cue_token.pos != "NOUN":
            verb_phrase |= {x.i for c in p.children(cue_token, "aux", "auxpass", "neg", "prt") for x in [c]}
        if holder is not None:
            a, b = noun_phrase(p, holder)
            verb_phrase |= (
                {x.i for x in p.tokens_in(a, b)} if frame not in {"ccomp"} or holder.head == cue_token.i else set()
            )
        kept = [t for t in kept if t.i not in verb_phrase]
        if (
            kept
            and kept[0].lower in {"that", "to"}
            and kept[0].dep in {"mark", "aux"}
            and frame in {"ccomp", "noun_that", "pass_ccomp", "adj_that"}
        ):
            kept = kept[1:]
        runs = [trim(self.text, a, b) for a, b in pieces_of(kept, sentence)]
        if frame == "ccomp" and len(runs) == 1 and runs[0][0] > cue_token.start:
            runs = [self._to_the_end(runs[0], sentence)]
        source = noun_phrase(p, holder) if holder is not None else None
        start = cue[0] if cue else cue_token.start
        end = cue[1] if cue else cue_end or cue_token.end
        if not cue:
            for prt in p.children(cue_token, "prt"):
                end = max(end, prt.end) if prt.i == cue_token.i + 1 else end
        context = "q" if self.quotes.inside(cue_token.start, cue_token.end) else ""
        if holder is not None and holder.lower in {"i", "we", "our", "my", "us", "me"}:
            context += "1"
        negated = any(c.dep == "neg" for c in p.children(cue_token)) or (
            cue_token.dep in {"xcomp", "conj"}
            and cue_token.pos == "VERB"
            and any(c.dep == "neg" for c in p.children(p.head(cue_token)))
        )
        made = Candidate(
            frame,
            cue_token.lower if frame == "adj_that" else cue_token.lemma.lower(),
            cue_token,
            (start, end),
            source,
            holder,
            [r for r in runs if r[0] < r[1]],
            context,
            negated,
        )
        if holder is not None and any(
            c.lower in {"no", "neither", "nobody"} for c in p.children(holder, "det", "preconj")
        ):
            made.nobody = True
        made.nobody |= holder is not None and holder.lower in {"nobody", "none", "neither", "nothing"}
        return made

    def _to_the_end(self, run: tuple[int, int], sentence: list[Token]) -> tuple[int, int]:
        """The clause after "X said" runs on to the next comma, dash or bracket, or the sentence's end, unless a conjunction breaks it
        off: the parser often hangs its tail on the verb of saying ("believes it flew only because of the parts")."""
        rest = self.text[run[1] : sentence[-1].end]
        stop = _BREAK.search(rest)
        tail = rest[: stop.start()] if stop else rest
        words = tail.split()
        if not words or words[0].casefold() in BREAKS:
            return run
        return trim(self.text, run[0], run[1] + len(tail))


_BREAK = re.compile(r"[,;:()“”\"—–]|\s-+\s")
