"""What stands around a trigger: its time and place by syntax, its modality, the claim it stands in, and so its status."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate

from crossfix.coding.events_lexicon import (
    EXERCISE_NOUNS,
    HEDGE_VERBS,
    HEDGES,
    MEETING_NOUNS,
    SAY_VERBS,
    TEST_NOUNS,
    TRANSFER_NOUNS,
    UNNAMED,
    VISIT_NOUNS,
)
from crossfix.coding.events_modality import OCCUR
from crossfix.coding.events_parties import Parties, country_of
from crossfix.coding.events_places import CLAUSE, Spots
from crossfix.language.annotations import Annotations
from crossfix.language.parse import Token
from crossfix.model import Claim, Interval, Span, Status, Time
from crossfix.reference.outlets import by_name

OFFICES = re.compile(
    r"\b(?:ministry|department|government|kremlin|white house|embassy|office|treasury|pentagon|mission|president)\b",
    re.I,
)
VOICED = frozenset("KP RU CN IR SY BY CU VN".split())
"""Where the state's media announce for the state; elsewhere public media report as others do."""
ARMS_TALK = re.compile(r"\b(?:arms|weapons|munitions?|ammunition|artillery|shells)\b", re.I)
FAILURES = frozenset({"failure", "failures", "attempt", "attempts"})
EVENT_NOUNS = FAILURES | TEST_NOUNS | MEETING_NOUNS | VISIT_NOUNS | EXERCISE_NOUNS | TRANSFER_NOUNS
DENY = frozenset("deny refute reject dismiss rebut".split())
SPOKEN = frozenset("threaten vow pledge promise agree announce decide warn propose offer".split())
"""Verbs of saying what one will do: a day before them is that of the saying."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The claim a trigger stands in, who speaks there, and the status that follows."""

    claim: Claim | None
    speaker: str | None
    status: Status
    denied_by: tuple[str, ...] = ()


class Scene(Spots):
    """One document's annotations with the look-ups that the event rules share."""

    def __init__(self, ann: Annotations, claims: tuple[Claim, ...]) -> None:
        self.ann = ann
        super().__init__(ann.parse)
        self.claims = claims
        self._told = sorted((c for c in claims if c.voice != "outlet"), key=lambda c: c.content.start)
        self._told_from = [c.content.start for c in self._told]
        self._told_to = list(accumulate((c.content.end for c in self._told), max))  # the farthest end so far
        self.parties = Parties(ann)
        self.parties.speakers = [
            (a, b, c.chain[-1] if c.chain else c.source_name or "")
            for c in claims
            if c.voice != "outlet" and c.voice != "indirect" and (c.chain or c.source_name)
            for a, b in c.content.ranges
        ]
        self.times: list[list[tuple[Time, Token, Token]]] = [[] for _ in self.parse.sentences]
        for t in self._ranges(ann.times):
            inside = self.parse.tokens_in(t.span.start, t.span.end)
            if inside:
                head = next(
                    (x for x in inside if not inside[0].i <= x.head <= inside[-1].i or x.head == x.i), inside[-1]
                )
                self.times[head.sent].append((t, head, self._anchor(inside, head)))
        self.of_arms = bool(ARMS_TALK.search(ann.parse.text))
        self.persons = {n.name for n in ann.names if n.kind == "person"}
        self.timed = {i for ts in self.times for t, _, _ in ts for i in self._ids(t)}
        self.places = [[] for _ in self.parse.sentences]
        for p in ann.places:
            inside = self.parse.tokens_in(p.span.start, p.span.end)
            if inside:
                head = next(
                    (x for x in inside if not inside[0].i <= x.head <= inside[-1].i or x.head == x.i), inside[-1]
                )
                self.places[head.sent].append((p, head))

    def _ranges(self, times: tuple[Time, ...]) -> list[Time]:
        """ "between May 3 and May 9", "from May 3 to May 9" as one time each; the others as they are."""
        out: list[Time] = []
        for whole in times:
            t = replace(whole, interval=whole.days, part=None)
            before = out[-1] if out else None
            if before is not None and before.interval is not None and t.interval is not None:
                link = self.parse.text[before.span.end : t.span.start].strip().lower()
                lead = self.parse.text[max(0, before.span.start - 9) : before.span.start].rstrip().lower()
                joined = (link == "and" and lead.endswith("between")) or (
                    link in ("to", "until", "till", "through") and lead.endswith("from")
                )
                if joined and before.interval.first <= t.interval.last:
                    span = self.ann.document.span(before.span.start, t.span.end)
                    days = Interval(before.interval.start, t.interval.end)
                    out[-1] = replace(t, span=span, interval=days, anchor="from one day to another")
                    continue
            out.append(t)
        return out

    def _ids(self, t: Time) -> list[int]:
        return [x.i for x in self.parse.tokens_in(t.span.start, t.span.end)]

    def _anchor(self, inside: list[Token], head: Token) -> Token:
        """The verb or noun that a time expression modifies."""
        lo, hi = inside[0].i, inside[-1].i
        node = head
        for _ in range(6):
            up = self.parse.head(node)
            if up.i == node.i:
                break
            if (
                lo <= up.i <= hi
                or up.pos == "ADP"
                or up.dep == "prep"
                or up.lower in ("end", "beginning", "start", "course", "early")
            ):
                node = up
                continue
            if node.dep in ("conj", "appos") and any(x.ent in ("DATE", "TIME") for x in (up,)):
                node = up
                continue
            return self._sayer(inside[0], self._left_of_comma(inside, up))
        return self.parse.head(node)

    def _left_of_comma(self, inside: list[Token], anchor: Token) -> Token:
        """ "failed Friday, officials said": a bare day before a comma goes with the verb before it, not with what follows."""
        first, last = inside[0], inside[-1]
        tokens = self.parse.tokens
        if anchor.i < last.i or last.i + 1 >= len(tokens) or tokens[last.i + 1].text != ",":
            return anchor
        before = tokens[first.i - 1] if first.i else first
        if before.sent != first.sent or before.pos in ("PUNCT", "ADP") or first.i == self.parse.bounds[first.sent][0]:
            return anchor
        low = self.parse.bounds[first.sent][0]
        verbs = [
            t for t in tokens[max(low, first.i - 12) : first.i] if t.pos == "VERB" and t.dep not in ("amod", "compound")
        ]
        return verbs[-1] if verbs else anchor

    def _sayer(self, first: Token, anchor: Token) -> Token:
        """ "said on Wednesday it had ...": the day of the saying, which the parser likes to give to the clause after it."""
        before = first.i - 1
        while before > 0 and self.parse.tokens[before].lower in ("on", "late", "early", "the", "in"):
            before -= 1
        verb = self.parse.tokens[before] if before >= 0 else anchor
        if verb.pos == "VERB" and verb.lemma in SAY_VERBS and anchor.i > first.i and anchor.dep == "ccomp":
            return verb
        return anchor

    # ------------------------------------------------------------------ time

    def times_for(self, head: Token, light: Token | None = None) -> list[Time]:
        """The times that belong to a trigger, nearest in syntax first. Several where they are coordinated."""
        scored: list[tuple[int, int, Time]] = []
        for t, top, anchor in self.times[head.sent]:
            if t.interval is None and t.type not in ("DATE", "TIME"):
                continue
            if t.type == "SET" or self.since(t) or self._counting(t):
                continue
            s = self._attached(head, light, top, anchor)
            if s is not None:
                scored.append((s, abs(top.i - head.i), t))
        scored.sort(key=lambda x: (x[2].interval is None, x[0], x[1]))
        return [t for _, _, t in scored]

    def repeated(self, head: Token, light: Token | None = None) -> bool:
        """True where a time of repetition ("every year", "annually") belongs to a trigger."""
        return any(
            t.type == "SET" and self._attached(head, light, top, anchor) is not None
            for t, top, anchor in self.times[head.sent]
        )

    def stretches_for(self, head: Token) -> list[Time]:
        """ "since September" of something that goes on: from then to the day of publication, where that is known."""
        out: list[Time] = []
        for t, top, anchor in self.times[head.sent]:
            if t.interval is not None and self.since(t) and self._attached(head, None, top, anchor) is not None:
                out.append(self.stretch(t))
        return out

    def stretch(self, t: Time) -> Time:
        """A "since" as the days from then to the publication; as it is where the day of publication is not known."""
        try:
            end = Interval.parse((self.ann.document.published or "")[:10])
        except ValueError:
            return t
        return replace(t, interval=Interval.days(t.interval.first, end.last)) if t.interval is not None else t

    def ongoing(self, head: Token) -> bool:
        """True where a "since" belongs to a trigger."""
        return any(
            self.since(t) and self._attached(head, None, top, anchor) is not None
            for t, top, anchor in self.times[head.sent]
        )

    def since(self, t: Time) -> bool:
        """ "since 2022": the start of a stretch, not the day of a happening."""
        return self.parse.text[max(0, t.span.start - 7) : t.span.start].lower().rstrip().endswith("since")

    def _counting(self, t: Time) -> bool:
        """ "The fifth test of the year": what is counted through, not when it happened."""
        lead = self.parse.text[max(0, t.span.start - 4) : t.span.start].lower()
        return lead == " of " and t.span.text.lower().split()[-1] in ("year", "month", "week", "decade")

    def _attached(self, head: Token, light: Token | None, top: Token, anchor: Token) -> int | None:
        if anchor.i == head.i:
            return 0
        if light is not None and anchor.i == light.i:
            return 1
        chain = {a.i: n for n, a in enumerate(self.parse.ancestors(anchor))}
        if head.i in chain and anchor.lower in EVENT_NOUNS and head.pos == "VERB" and self._beside(anchor, head):
            return 4
        if head.i in chain:  # below the trigger, with no other clause between
            between = [a for a in (anchor, *self.parse.ancestors(anchor)) if chain.get(a.i, -1) < chain[head.i]]
            if not any(
                b.i != head.i
                and (
                    (b.pos == "VERB" and b.dep in CLAUSE and b.lower != "carrying" and not self._what(b))
                    or b.lower in EVENT_NOUNS
                )
                for b in between
            ):
                return 2
        if light is not None and light.i in chain and light.lemma != "be":
            between = [a for a in (anchor, *self.parse.ancestors(anchor)) if chain.get(a.i, -1) < chain[light.i]]
            if not any(b.pos == "VERB" and b.dep in CLAUSE for b in between):
                return 3
        if head.pos in ("NOUN", "PROPN"):
            verb = light or self.governor(head)
            path = self.role(head)
            happens = verb.lemma in OCCUR or verb.lemma in ("be", "mark", "end", "start", "conclude", "open", "last")
            if anchor.i == verb.i and path in ("nsubj", "nsubjpass") and happens:
                return 3
            if anchor.i == verb.i and path in ("at", "during", "in", "attr", "dobj-light"):
                return 3
            if anchor.i == verb.i and path in ("after", "following", "since", "before") and top.i > head.i:
                return 5
        else:
            up, node = head, head
            for _ in range(3):  # a bare infinitive or gerund shares the time of what governs it
                if node.dep in ("xcomp", "acl", "pcomp", "advcl") and not any(
                    c.dep in ("nsubj", "nsubjpass") for c in self.parse.children(node)
                ):
                    up = self.parse.head(node)
                    if node.dep == "pcomp" and up.lower == "for":
                        break  # "was sanctioned in May for sending arms": the day of the sanction
                    if node.dep == "acl" and up.lemma in ("attempt", "bid", "effort", "try"):
                        up = self.governor(up)  # "its attempt to launch failed on Friday"
                    up = self.parse.head(up) if up.pos == "ADP" else up
                    if anchor.i == up.i:  # "last month X threatened to fire": the day of the threat
                        return None if up.lemma in SPOKEN and top.i < head.i else 4
                    node = up
                elif node.dep == "ccomp" and self.parse.head(node).lemma in ("show", "see"):
                    return None
                elif node.dep == "conj" and self.parse.head(node).pos == "VERB":
                    up = self.parse.head(node)
                    if anchor.i == up.i and top.i < up.i:  # a time before the first verb holds for the second too
                        return 4
                    node = up
                else:
                    break
        low, high = sorted((head.i, top.i))
        between = self.parse.tokens[low + 1 : high]
        if (
            top.i > head.i
            and len(between) <= 12
            and not any(x.pos in ("VERB", "AUX") or x.text in (";", ":") or x.lower in EVENT_NOUNS for x in between)
        ):
            return 6 if anchor.pos != "VERB" or anchor.i in (head.i, self.clause(head).i) else None
        return None

    def _beside(self, noun: Token, verb: Token) -> bool:
        """ "met on the sidelines of a summit on Monday": the day of the gathering is that of the verb."""
        node = noun
        for _ in range(4):
            up = self.parse.head(node)
            if up.i == verb.i:
                return node.lower in ("at", "during") or (node.lower == "on" and noun.dep == "pobj")
            if up.lower not in ("of", "at", "during", "on", "sidelines", "margins"):
                return False
            node = up
        return False

    # ------------------------------------------------------------------ standing

    def claim_at(self, start: int) -> Claim | None:
        """The innermost claim, the outlet's own voice aside, whose content holds an offset."""
        best: Claim | None = None
        size = 0
        k = bisect_right(self._told_from, start) - 1
        while k >= 0 and self._told_to[k] > start:
            c = self._told[k]
            k -= 1
            if not any(a <= start < b for a, b in c.content.ranges):
                continue
            length = sum(b - a for a, b in c.content.ranges)
            if best is None or length < size:
                best, size = c, length
        return best

    def standing(self, span: Span, head: Token, actors: list[str], *, interested: bool, said: bool = False) -> Standing:
        """Status of a trigger. ``actors`` are those who did it; ``interested`` marks matters in which an outside speaker
        accuses (transfers, combat use), ``said`` that the event is itself a saying."""
        claim = self.claim_at(span.start)
        if said:  # a saying is known by the report itself
            home = self._home()
            own = home is not None and any(
                (self.parties.state_of(a) or (home if self._is_person(a) else None)) == home for a in actors
            )
            return Standing(claim, self.ann.document.outlet, "confirmed_by_actor" if own else "reported")
        taken_for_granted = self._presupposed(head)
        hedged = self._hedged(head) and not taken_for_granted
        mine = {self.parties.state_of(a) or a for a in actors if a}
        home = self._home()
        if home is not None and any(self.parties.state_of(a) is None and self._is_person(a) for a in actors):
            mine.add(home)
        deniers = self.deniers(head)
        if deniers:
            return Standing(claim, deniers[0], "denied", tuple(deniers))
        if claim is None:
            speaker = self.ann.document.outlet
            own = self._same(speaker, mine, actors) or self._first_person(head)
            status: Status = "alleged" if hedged else "confirmed_by_actor" if own else "reported"
            return Standing(None, speaker, status)
        speaker = claim.chain[-1] if claim.chain else claim.source_name
        if claim.stance == "deny":
            return Standing(claim, speaker, "denied", (speaker,) if speaker else ())
        surely = claim.firmness not in ("probable", "possible", "unlikely")
        if (self._same(speaker, mine, actors) or self._first_person(head)) and surely and not self._hinting(claim):
            return Standing(claim, speaker, "confirmed_by_actor")
        unsure = claim.firmness in ("probable", "possible", "unlikely") or claim.stance == "suspect"
        unsure = unsure and not taken_for_granted
        if interested or hedged or unsure or self._accusing(claim):
            return Standing(claim, speaker, "alleged")
        return Standing(claim, speaker, "reported")

    def _presupposed(self, head: Token) -> bool:
        """ "after X's visit", "where he met Y": told as known, so a doubt in the main clause does not reach it."""
        if head.pos in ("NOUN", "PROPN"):
            return self.role(head) in ("after", "following", "during", "at", "since", "before")
        return head.dep == "relcl" and self.parse.head(head).pos in ("NOUN", "PROPN")

    def deniers(self, head: Token) -> list[str]:
        """Who denies it, where the trigger is the complement of a verb of denying."""
        node = head
        for _ in range(4):
            up = self.parse.head(node)
            if up.i == node.i:
                return []
            if up.lemma in DENY and node.dep in ("dobj", "ccomp", "xcomp", "pobj") and up.pos == "VERB":
                if any(c.dep == "neg" for c in self.parse.children(up)):
                    return []
                s = self.subject(up)
                return self.parties.all(s) if s is not None else []
            if node.dep not in ("xcomp", "pcomp", "pobj", "prep", "conj", "dobj"):
                return []
            node = up
        return []

    def _same(self, speaker: str | None, states: set[str], actors: list[str]) -> bool:
        if not speaker:
            return False
        if speaker in actors:
            return True
        official = self._is_person(speaker) or (speaker[:1].isupper() and not UNNAMED.search(speaker))
        state = self.parties.state_of(speaker) or (self._home() if official else None)
        return state is not None and state in states

    def _home(self) -> str | None:
        """The state whose government issued the document: its unlabelled officials are that state's."""
        name = self.ann.document.outlet
        if not name:
            return None
        known = by_name(name)
        if known is None:
            official = bool(OFFICES.search(name))
        else:
            official = known.kind == "government" or (known.kind == "state_media" and known.country in VOICED)
        return country_of(name) if official else None

    def _is_person(self, name: str) -> bool:
        return name in self.persons

    def _hinting(self, claim: Claim) -> bool:
        return bool(re.search(r"suggest|hint|appear|seem|impl", (claim.cue.text if claim.cue else "").lower()))

    def _accusing(self, claim: Claim) -> bool:
        cue = (claim.cue.text if claim.cue else "").lower()
        if re.search(r"accus|alleg|suspect|believ|fear|suggest|appear|seem|purport", cue):
            return True
        if claim.source is None and claim.source_name is None:
            return True
        name = claim.source_name or (claim.source.text if claim.source else "")
        return bool(UNNAMED.search(name)) and country_of(name) is None and not name[:1].isupper()

    def _first_person(self, head: Token) -> bool:
        s = self.subject(head if head.pos == "VERB" else self.governor(head))
        return s is not None and s.lower in ("we", "i")

    def _what(self, verb: Token) -> bool:
        """The verb of "what appears to be a missile", or one below it."""
        node = verb if verb.dep == "ccomp" else self.parse.head(verb)
        return node.dep == "ccomp" and any(x.lower == "what" for x in self.parse.tokens[node.left : node.i])

    def _hedged(self, head: Token) -> bool:
        for c in self.parse.children(head, "ccomp"):
            if self._what(c) and c.lemma in ("appear", "seem", "believe", "suspect", "think", "say"):
                return True
        verb = self.clause(head)
        for t in (head, verb):
            for c in self.parse.children(t, "advmod", "amod"):
                if c.lower in HEDGES:
                    return True
        aux = {c.lower for v in (verb,) for c in self.parse.children(v, "aux")}
        if aux & {"may", "might", "could"} and "have" in aux:
            return True
        if verb.dep == "xcomp" and verb.head != verb.i:
            up = self.parse.head(verb)
            return up.lemma in HEDGE_VERBS or (up.lower in ("likely", "believed", "suspected", "thought"))
        return False


def later(interval: Interval | None, published: str | None) -> bool:
    """True where an interval lies wholly after the day of publication."""
    if interval is None or not published:
        return False
    try:
        return interval.first > Interval.parse(published[:10]).last
    except ValueError:
        return False
