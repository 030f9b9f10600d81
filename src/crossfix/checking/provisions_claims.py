"""Passages that call an act a violation of Security Council resolutions: which act they mean, and what the table says of it.

The act is read from the sentence itself (the state, the thing, the direction); a sentence that points back ("this launch") borrows the
thing from the two before it. Where the act is not clear, or a breach is denied, asked about or feared, nothing is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from crossfix.checking.case import Case, Paper
from crossfix.checking.provisions import Act, judge
from crossfix.checking.provisions_acts import MAJOR, Nature, Way, is_ballistic, is_cruise, is_space
from crossfix.checking.result import Question
from crossfix.model import Interval
from crossfix.reference.provisions import STATE, Regime

_AT_ONCE = 200

_BREACH = (
    r"(?:violat(?:e|es|ed|ing|ions?)|breach(?:es|ed|ing)?|contraven(?:e|es|ed|ing|tions?)|flout(?:s|ed|ing)?"
    r"|def(?:y|ies|ied|ying|iance))"
)
_RULE = (
    r"(?:\[?U\.?\s?N\.?\]?|United\s+Nations)\s+(?:Security\s+Council\s+)?(?:\(UNSC\)\s+)?(?:resolutions?|sanctions|arms\s+embargo(?:es)?)"
    r"|(?:UN)?Security\s+Council\s+(?:\(UNSC\)\s+)?(?:resolutions?|sanctions)|UNSC(?:R|\s+resolutions?|\s+sanctions)|UNSCRs?"
    r"|resolutions?\s+(?:1695|1718|1874|2087|2094|2270|2321|2356|2371|2375|2397|2231)"
)
_CHARGE = re.compile(rf"\b{_BREACH}\b(?:\s+\w+){{0,3}}?\s+(?:of\s+|with\s+)?(?:\w+\s+){{0,4}}?(?:{_RULE})", re.I)
_BARE = re.compile(rf"\b{_BREACH}\s+(?:of\s+)?(?:international\s+)?sanctions\b", re.I)
_OTHER_RULES = re.compile(
    r"\b(?:U\.?S\.?|American|EU|European|Western|Treasury|unilateral|domestic)\s+(?:\w+\s+)?sanctions", re.I
)
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|den(?:y|ies|ied|ying)|without|whether|if|could|would|might|may|reject\w*|avoid\w*|prevent\w*|refut\w*|baseless|alleged\s+breach)\b[^.;]{0,60}$",
    re.I,
)
_BRACKETS = str.maketrans("()[]", "    ")
_COMPLAINT = re.compile(
    r"(?:North\s+Korea|DPRK|Pyongyang|Iran|Tehran)(?:[’']s)?(?:\s+\w+){0,3}?\s+"
    r"(?:said|says|accus\w+|condemn\w+|denounc\w+|complain\w+|protest\w+|call(?:s|ed)|claim(?:s|ed)|blam\w+|slam\w+|warn\w+)\b",
    re.I,
)
"""The state itself speaks: what it calls a violation is somebody else's act."""
_BACK = re.compile(r"\b(?:this|that|these|those|the|it|such|its|they|which)\b", re.I)
_NAMED_BACK = re.compile(
    r"\b(?:this|that|these|those|the|such)\s+(?:\w+\s+)?(?:launch(?:es)?|tests?|firings?|transfers?|shipments?)\b", re.I
)
_AHEAD = re.compile(
    r"\b(?:prepar\w+|plan\w*|will|going to|intend\w*|threat\w*|about to|ready|vow\w*)\b[^.;]{0,80}$", re.I
)
_KOREA = re.compile(
    r"North Korea|\bDPRK|Democratic People[’']s\s+Republic\s+of\s+Korea|Pyongyang|\bKim Jong[ -]Un", re.I
)
_IRAN = re.compile(r"\bIran(?:ian|[’']s)?\b|Tehran|Islamic Republic|\b2231\b", re.I)
_OTHERS = re.compile(r"\b(Russia|Moscow|China|Beijing|Syria|Damascus|Myanmar|Iran|Tehran|Yemen|Houthis?)\b", re.I)
_NAMES = {"moscow": "Russia", "russia": "Russia", "china": "China", "beijing": "China", "syria": "Syria", "damascus": "Syria",
          "myanmar": "Myanmar", "iran": "Iran", "tehran": "Iran"}  # fmt: skip
_LAUNCH = re.compile(r"\b(?:launch(?:es|ed|ing)?|test(?:s|ed|ing)?|fir(?:e|es|ed|ing)|test-fir\w+)\b", re.I)
_BY_MISSILE = re.compile(r"\b(?:launch(?:es|ed|ing)?|fir(?:ed|ing))\b", re.I)
_NUCLEAR_TEST = re.compile(r"nuclear\s+(?:weapons?\s+)?(?:tests?|device|explosion|detonation)|hydrogen\s+bomb", re.I)
_TRADE = re.compile(
    r"\b(?:arms|weapons?|munitions?|ammunition|shells?|military\s+equipment)\s+(?:and\s+[\w\s]{0,30}?)?(?:transfers?|deals?|dealings|trade|trading|sales?|shipments?|supplies|supply|deliver\w+|exports?|purchases?|procurement|embargo)"
    r"|\b(?:procur\w+|suppl\w+|deliver\w+|transfer\w*|provid\w+|sale|selling|sold|purchas\w+|acqui\w+|ship\w+|send\w*|sent|export\w*|import\w*|buy\w*)\b[^.;]{0,60}?\b(?:arms|weapons?|munitions?|ammunition|missiles?|rockets|shells|drones?|UAVs?|unmanned)",
    re.I,
)
_HELP = re.compile(
    r"\b(?:support|help|assist\w*|aid|cooperat\w+|technolog\w+)\b[^.;]{0,60}\b(missile|satellite|space|nuclear|weapons)",
    re.I,
)
_LABOUR = re.compile(r"\b(?:workers?|labou?r(?:ers)?)\b", re.I)
_OIL = re.compile(r"\b(?:refined\s+petroleum|crude\s+oil|oil|fuel)\b", re.I)
_COAL = re.compile(r"\bcoal\b", re.I)
_DRONES = re.compile(r"\b(?:drones?|UAVs?|unmanned\s+aerial)", re.I)
_MISSILES = re.compile(r"\bmissiles?\b", re.I)


@dataclass(frozen=True, slots=True)
class Charge:
    """A passage that calls something a violation: the sentence [start, end), the words of the charge [at, until), the act meant."""

    start: int
    end: int
    at: int
    until: int
    act: Act


def find(text: str, sentences: list[tuple[int, int]], title: str, reported: dt.date | None) -> list[Charge]:
    """The charges of a text whose act is clear. ``sentences`` in order; ``title`` helps to tell which state is meant."""
    out: list[Charge] = []
    for i, (a, b) in enumerate(sentences):
        told = text[a:b].translate(_BRACKETS)
        m = _CHARGE.search(told)
        if m is None:
            m = _BARE.search(told)
            if m is None or _OTHER_RULES.search(told) or not _KOREA.search(told):
                continue
        if _DENIED.search(told[: m.start()]) or _COMPLAINT.search(told[: m.start()]) or told.rstrip().endswith("?"):
            continue
        before = [text[x:y] for x, y in sentences[max(0, i - 2) : i]]
        act = _act(told, m.start(), before, title, reported)
        if act is not None:
            out.append(Charge(a, b, a + m.start(), a + m.end(), act))
    return out


def _regime(told: str, before: str, title: str) -> Regime | None:
    """Whose rules: a number decides, then the one state of the sentence, of those before, of the title."""
    if re.search(r"\b2231\b", told):
        return "Iran"
    if re.search(r"\b(?:1695|1718|1874|2087|2094|2270|2321|2356|2371|2375|2397)\b", told):
        return "DPRK"
    for words in (told, before, title):
        korea, iran = bool(_KOREA.search(words)), bool(_IRAN.search(words))
        if korea != iran:
            return "DPRK" if korea else "Iran"
        if korea:
            return None
    return None


def _act(told: str, at: int, before: list[str], title: str, reported: dt.date | None) -> Act | None:
    regime = _regime(told, " ".join(before), title)
    if regime is None:
        return None
    found = _thing(told, regime)
    if found is None and _NAMED_BACK.search(told[:at]):  # "this launch": what launch is told nearby, or in the title
        found = _thing(" ".join((title, *before)), regime)
    elif found is None and before and _BACK.search(told[:at]):
        found = _thing(before[-1], regime)
    if found is None:
        return None
    what, way, subjects, disputed = found
    others = {n for m in _OTHERS.finditer(told) if (n := _NAMES.get(m[1].lower())) and n != STATE[regime]}
    return Act(
        what=what,
        regime=regime,
        way=way,
        nature=Nature(subjects, disputed=disputed),
        other=others.pop() if len(others) == 1 and way != "by" else None,
        when=None,
        reported=reported,
        done=not _AHEAD.search(told[:at]),
        words=told.lower(),
        charged=True,
    )


_Thing = tuple[str, Way, frozenset[str], frozenset[str]]


def _thing(words: str, regime: Regime) -> _Thing | None:
    """What the words speak of: (noun phrase, direction, subjects, disputed subjects); None where that is not clear."""
    state, none = STATE[regime], frozenset[str]()
    bomb, launch = _NUCLEAR_TEST.search(words), _BY_MISSILE.search(words)
    if bomb and not _TRADE.search(words) and (launch is None or bomb.start() < launch.start()):
        return f"a nuclear test by {state}", "by", frozenset({"nuclear_test"}), none
    if _TRADE.search(words):
        return _trade(words, regime)
    if _LAUNCH.search(words):
        if is_cruise(words) and not is_ballistic(words):
            return f"a cruise missile launch by {state}", "by", none, none
        if is_space(words) and not re.search(r"\bICBM|intercontinental", words):
            return (
                f"a launch by {state} that uses ballistic missile technology",
                "by",
                frozenset({"space_launch"}),
                none,
            )
        if is_ballistic(words):
            return f"a ballistic missile launch by {state}", "by", frozenset({"missile_launch"}), none
        return None
    if re.search(r"\buse\s+of\s+ballistic\s+missiles?\b", words, re.I):
        return f"a ballistic missile launch by {state}", "by", frozenset({"missile_launch"}), none
    if m := _HELP.search(words):
        subject = {"missile": "technical_help:missile_items", "satellite": "space_cooperation", "space": "space_cooperation",
                   "nuclear": "technical_help:nuclear_items", "weapons": "technical_help:arms"}[m[1].lower()]  # fmt: skip
        field = {
            "missile": "missiles",
            "satellite": "satellites",
            "space": "space launches",
            "nuclear": "nuclear matters",
            "weapons": "arms",
        }
        return f"help for {state} with {field[m[1].lower()]}", "to", frozenset({subject}), none
    if regime == "DPRK" and _LABOUR.search(words):
        return "the employment of workers from North Korea abroad", "from", frozenset({"labour"}), none
    if regime == "DPRK" and _COAL.search(words):
        return "the sale of coal by North Korea", "from", frozenset({"coal"}), none
    if regime == "DPRK" and re.search(r"ship-to-ship", words, re.I):
        return "ship-to-ship transfers with North Korean vessels", "both", frozenset({"ship_to_ship"}), none
    if regime == "DPRK" and _OIL.search(words):
        return "the supply of oil to North Korea", "to", frozenset({"refined_petroleum", "crude"}), none
    return None


def _trade(words: str, regime: Regime) -> _Thing | None:
    state = STATE[regime]
    way = _way(words, regime)
    side = {"to": f"to {state}", "from": f"from {state}", "both": f"to or from {state}", "by": f"by {state}"}[way]
    if regime == "Iran" and _DRONES.search(words):
        return (
            f"the supply of drones {side}",
            way,
            frozenset({"arms", "long_range_drones"}),
            frozenset({"long_range_drones"}),
        )
    if _MISSILES.search(words) and (regime == "Iran" or is_ballistic(words)):
        subjects = MAJOR | ({"missile_items"} if is_ballistic(words) else frozenset())
        thing = "ballistic missiles" if is_ballistic(words) else "missiles"
        return f"the supply of {thing} {side}", way, subjects, frozenset()
    return f"the supply of arms {side}", way, frozenset({"arms"}), frozenset()


_STATE_WORDS = {
    "DPRK": r"(?:North\s+Korea\w*|(?:the\s+)?DPRK|Pyongyang|(?:the\s+)?Democratic\s+People[’']s\s+Republic\s+of\s+Korea)",
    "Iran": r"(?:Iran\w*|Tehran)",
}
_HANDED = (
    r"(?:arms|weapons?|exports?|sales|supplies|suppl(?:y|ied|ying)|shipments?|transfers?|transferred|deliver\w*|sent|sending|provid\w+"
    r"|missiles?|drones?|munitions?)"
)


def _way(words: str, regime: Regime) -> Way:
    """The direction that the words tell, "both" where they tell none."""
    name = _STATE_WORDS[regime]
    out = re.search(rf"\bfrom\s+(?:\w+\s+)?{name}|{name}(?:[’']s)?\s+(?:\w+\s+){{0,3}}?{_HANDED}", words, re.I)
    into = re.search(rf"\bto\s+{name}", words, re.I)
    if bool(out) == bool(into):
        return "both"
    return "from" if out else "to"


def charges(case: Case) -> Iterator[Question]:
    """One question for each passage that calls an act a violation; its subject is the claim it stands in, else the document."""
    documents = [d for d in case.documents if d.language == "en" and d.extracted]
    hits: list[str] = []
    for i in range(0, len(documents), _AT_ONCE):
        shas = [d.sha256 for d in documents[i : i + _AT_ONCE]]
        for sha, text in case.record.texts(shas).items():
            if (_KOREA.search(text) or _IRAN.search(text)) and (_CHARGE.search(text) or _BARE.search(text)):
                hits.append(sha)
    for paper in Case(case.record, hits).papers() if hits else ():
        yield from _of_paper(paper)


def _when(paper: Paper, charge: Charge, dated: Interval | None) -> Interval | None:
    """The one date that the sentence tells, where it can be the act's: not before the rules, not after the text, no open end."""
    found = {
        t.interval
        for t in paper.times
        if charge.start <= t.span.start < charge.end and t.type == "DATE" and t.interval is not None
    }
    if len(found) != 1 or re.search(r"\bsince\b", paper.text[charge.start : charge.end], re.I):
        return None
    one = found.pop()
    late = dated is not None and one.last > dated.last + dt.timedelta(days=1)
    return None if late or one.first < dt.date(2006, 7, 15) else one


def _of_paper(paper: Paper) -> Iterator[Question]:
    days: Interval | None = paper.dated
    seen: set[tuple[str, str]] = set()
    for c in find(paper.text, sorted(paper.sentences), paper.document.title or "", paper.day):
        if paper.is_furniture(c.start):
            continue
        claim = paper.claim_at(c.at, c.until)
        subject = claim.id if claim else paper.sha256
        act = replace(c.act, when=_when(paper, c, days))
        if (subject, c.act.what) in seen:
            continue
        seen.add((subject, c.act.what))
        yield Question(
            subject,
            "provisions.charge",
            (paper.evidence(c.start, c.end),),
            partial(judge, act),
            c.act.what,
        )
