"""Whether a place name stands for a government ("Pyongyang denied", "Moscow's position") and not for a spot.

By syntax alone: the subject of a verb that governments do, its coordinated subjects, the owner of a stance or an act, one side of
talks or ties, the target of words or sanctions. After "in", "at", "near", "to" with a verb of motion it is a spot.
"""

from __future__ import annotations

from crossfix.language.parse import Parse, Token

_SAYS = frozenset(
    "say deny claim want announce condemn accuse warn reject demand insist respond call urge seek tell agree refuse offer pledge vow "
    "threaten describe believe argue criticize criticise request declare release state admit acknowledge confirm dismiss propose promise "
    "support suspect report provide supply launch test fire deliver receive send view look need turn become continue make help feel decide "
    "plan hope try impose lift sanction recognize recognise negotiate retaliate react oppose back approve veto vote sign ratify withdraw "
    "suspend resume deploy dispatch order ban blame protest boycott ally consider think know see hold maintain fear worry expect wish "
    "intend aim attempt press push pressure break breach violate pursue develop cooperate conduct stage carry ask order allow accept "
    "abandon join leave export import buy sell arm equip host invite expel summon recall notify inform signal hint stress reiterate "
    "repeat counter rebuff rebuke denounce deplore welcome praise thank apologize apologise regret".split()
)
# What is done to a government by words or measures.
_TARGET = frozenset(
    "accuse urge warn blame tell ask press criticize criticise condemn sanction pressure push persuade convince invite call suspect "
    "denounce rebuke engage deter punish penalize help assist supply arm arms support back credit thank expect allow require force "
    "oblige order inform notify".split()
)
_STATIVE = frozenset("lie border span cover contain stretch surround sit locate".split())
_STANCE = frozenset(
    "position demand denial claim statement decision government leader leadership stance view policy response reaction reply refusal "
    "request proposal offer plan intention intent interest concern threat warning accusation allegation support opposition objection "
    "rejection condemnation approval consent agreement commitment pledge promise ally partner partnership relation relationship tie "
    "cooperation pursuit ambition effort attempt insistence call announcement confirmation explanation version account argument "
    "behavior behaviour conduct action provocation violation breach launch test program programme strategy diplomacy envoy "
    "ambassador delegation ministry minister spokesman spokeswoman spokesperson foreign nuclear desire wish willingness readiness".split()
)
_DEALINGS = frozenset(
    "talk talks negotiation relation relations relationship tie ties dispute agreement deal treaty pact accord cooperation partnership "
    "alliance dialogue dialog contact rift tension standoff stand-off row war trade link exchange rapprochement summit meeting "
    "consultation communication understanding conflict deal transfer rivalry coordination".split()
)
_AT = frozenset(
    "pressure sanction sanctions embargo warning message appeal call threat measure leverage charge accusation action".split()
)
_DEAL = frozenset(
    "negotiate talk cooperate ally side align consult clash deal trade work coordinate agree break share".split()
)
_FEELS = frozenset(
    "angry ready willing unwilling concerned silent cautious eager reluctant adamant determined keen wary furious unhappy open prepared "
    "afraid able unable responsible guilty right wrong likely unlikely".split()
)


def agentive(parse: Parse, first: int, stop: int, *, country: bool) -> bool:
    """True where the name at tokens [first, stop) acts. ``country`` is true for a state's own name, false for a capital's."""
    head = next(
        (t for t in parse.tokens[first:stop] if not first <= t.head < stop or t.head == t.i), parse.tokens[stop - 1]
    )
    after = parse.tokens[stop] if stop < len(parse.tokens) else None
    if first == parse.bounds[head.sent][0] and after is not None and after.text in (",", "(", "-", "--", "–", "—"):
        return False  # a dateline
    seen = 0
    while head.dep == "conj" and head.head != head.i and seen < 8:
        up = parse.head(head)
        if up.pos not in ("PROPN", "NOUN"):
            break
        head, seen = up, seen + 1
    up = parse.head(head)
    if head.dep == "nsubj":
        return _does(parse, up, country=country)
    if head.dep == "nsubjpass":
        return up.lemma in _TARGET
    if head.dep in ("dobj", "dative"):
        return up.lemma in _TARGET
    if head.dep == "poss":
        return up.lemma.lower() in _STANCE
    if head.dep == "pobj":
        return _under(parse, up, country=country)
    return False


def _does(parse: Parse, verb: Token, *, country: bool) -> bool:
    if verb.pos not in ("VERB", "AUX") or verb.lemma in _STATIVE:
        return False
    if verb.lemma == "be":
        return any(k.lemma.lower() in _FEELS for k in parse.children(verb, "acomp"))
    return country or verb.lemma in _SAYS


def _under(parse: Parse, prep: Token, *, country: bool) -> bool:
    up = parse.head(prep)
    if prep.dep == "agent" or (prep.lower == "by" and up.tag == "VBN"):
        return country or up.lemma in _SAYS
    noun, word = up.lemma.lower(), prep.lower
    if word in ("between", "among"):
        return noun in _DEALINGS or noun in _DEAL
    if word == "with":
        return (up.pos in ("NOUN", "PROPN") and noun in _DEALINGS) or (up.pos == "VERB" and noun in _DEAL)
    if word in ("on", "against", "to", "at"):
        return up.pos == "NOUN" and noun in _AT
    if word == "for":
        return up.pos == "NOUN" and noun == "support"
    return False
