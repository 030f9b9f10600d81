"""Sentences that say of two named missiles that they are alike in size or looks. Precision first: where a sentence may mean something
else (a launcher, an engine, a flight, what they can do), nothing is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from crossfix.reference import dimensions

BETWEEN_MOST = 110  # characters between the first missile and the words of likeness
JOINED_MOST = 70  # characters between two missiles joined by "and"

_DIMENSION = re.compile(
    r"\b(?:dimensions?|sizes?|sized|shapes?|shaped|length|long|diameter|width|wide|measurements?|appearances?|looks?|visual(?:ly)?|"
    r"physical(?:ly)?|external(?:ly)?|outward(?:ly)?|exterior|silhouettes?|profile|airframe)\b"
)
_LOOKS_LIKE = re.compile(r"\blooks? (?:\w+ ){0,2}(?:like|alike|similar|identical)\b")
_OTHERWISE = re.compile(
    r"\b(?:operational\w*|performances?|performs?|trajector\w+|flight|flights|flew|fl(?:y|ies|ying)|manoeuv\w+|maneuv\w+|ranges?|capabilit\w+|"
    r"technolog\w+|guidance|guided|payloads?|accura\w+|propellants?|fuels?|fuel\w+|doctrine|role|purpose|concept|characteristics|"
    r"capable|status|name|names|program(?:me)?s?)\b"
)
# what belongs to a missile and is not its body: likeness of these says nothing of the missile's size
_PARTS = re.compile(
    r"\b(?:launchers?|launch\w*|tels?|transporters?|erectors?|vehicles?|trucks?|chassis|canisters?|tubes?|silos?|trains?|engines?|motors?|"
    r"stages?|nose\w*|fins?|wings?|warheads?|re-?entry|payloads?|shrouds?|nozzles?|boosters?|tests?|tested|firings?|fired|fires|crews?|"
    r"units?|brigades?|systems?|complex(?:es)?|debris|parts?|components?|cross|between|than|neither|either|variants?)\b"
)
# adjectives before the second missile, not something that is done
_SHOWN = re.compile(r"\b(?:recently|newly|just) (?:test-)?(?:fired|tested|launched|unveiled)\b")
# likeness with a difference in size, or of another thing than looks
_OTHER_SIZE = re.compile(
    r"\b(?:enlarged|scaled\w*|smaller|larger|bigger|shorter|longer|stretched|shortened|miniature|mini|half|twice|giant|baby|version|older|improved|"
    r"upgraded|modified)\b"
)
_FAINTLY = re.compile(
    r"\b(?:vaguely|slightly|superficially|partly|partially|distantly|remotely|somewhat|faintly|in name only)\b"
)
_IN_WHAT = re.compile(
    r"^(?: missiles?| icbms?)? in (?!(?:\w+ ){0,4}"
    r"(?:sizes?|shape|appearance|dimensions?|length|looks|diameter|photo\w*|images?|pictures?|footage)\b)"
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|none|nothing|hardly|neither|nor|unlike|little|without|den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|rather|"
    r"would|will|should|if|whether)\b|n['’]t\b"
)
_WEAKLY = (
    r"(?:(?:very|closely|nearly|almost|virtually|visually|physically|outwardly|externally|strikingly|remarkably|broadly|strongly|"
    r"quite|so|near)[ -]){0,2}"
)
_IN_SIZE = (
    r"(?: in (?:(?:overall|general|physical|external|outward|visual) )?"
    r"(?:size|sizes|appearance|shape|dimensions|looks|length and diameter|size and shape|shape and size))?"
)
_QUOTE = r"[\"“”‘’']?"
_BE = r"(?:is|are|was|were|be|been|being|appears?|appeared|seems?|seemed|looks?|looked)(?: to be)? "
_CUE = re.compile(
    rf"\b(?:{_WEAKLY}resembl(?:es?|ed|ing)|(?:bears?|bore|bearing|has|have|had|shows?|showed) (?:a |an )?(?:\w+ ){{0,2}}resemblance to|"
    rf"looks?(?:ed)? {_WEAKLY}(?:like|alike to)|{_BE}{_QUOTE}{_WEAKLY}(?:similar|identical){_QUOTE}{_IN_SIZE} to|"
    rf"{_BE}(?:(?:of|about|roughly|nearly|almost) )*the same (?:size|dimensions|shape) as|(?:a |the )?look-?alike of)(?=\s)"
)
_WEAK_CUE = re.compile(
    rf"\b{_BE}(?:a |an )?(?:(?:near|exact|close|visual|physical) )?(?:copy|clone|replica|derivative|analogue|analog) of(?=\s)"
)
_BOTH = re.compile(
    rf"^(?: missiles?| icbms?)? (?:{_BE}(?:both )?{_QUOTE}{_WEAKLY}(?:identical|similar|alike)(?! to)|"
    rf"look(?:ed)? (?:very |much |so )?alike){_IN_SIZE}(?=\s*(?:[.,;!)\"”]|$))"
)
_AND = re.compile(r"^(?:[’']s)?[^;:.()]*\band\b[^;:.()]*$")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|will|would|resembl\w+)\b")
_OF = re.compile(r"\bof (?:the |a |an )?(?:[\w'’.-]+ ){0,4}$")
_THOSE = re.compile(r"\b(?:that|those) (?:at )?of\b")
_NEXT = re.compile(r"^(?:[’']s?)?[ \u00a0](?:[\w-]+ )?")
_OWNER = re.compile(r"^[’']s?\b")


@dataclass(frozen=True, slots=True)
class Said:
    """Two missiles, by the names of the dimensions table, said to be alike: the passage from the first name to the end of what is
    said, as offsets into the text that was given; ``words`` are those of the likeness."""

    first: str
    second: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Named:
    missile: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    known = sorted(dimensions.names(), key=lambda n: (-len(n), n))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(n) for n in known)})(?=s?(?![\w-]))")


def _plain(text: str) -> str:
    """The text in lower case with plain hyphens and spaces, character for character; "" where that cannot be done."""
    out = re.sub("[\u2010-\u2013\u2212]", "-", re.sub(r"\s", " ", text)).lower()
    return out if len(out) == len(text) else ""


def _missiles(text: str) -> list[_Named]:
    """The missiles named in a plain sentence; two names of one missile side by side ("KN-23 (Hwasong-11A)") are one."""
    known = dimensions.names()
    out: list[_Named] = []
    for m in _pattern().finditer(text):
        missile = known[m[0]]
        end = m.end() + (text[m.end() : m.end() + 1] == "s")
        if (
            out
            and out[-1].missile == missile
            and text[out[-1].end : m.start()].strip(" (,/-") in ("", "or", "also known as")
        ):
            closing = text[end : end + 1] == ")" and "(" in text[out[-1].end : m.start()]
            out[-1] = _Named(missile, out[-1].start, end + closing)
        else:
            out.append(_Named(missile, m.start(), end))
    return out


def told(sentence: str) -> Iterator[Said]:
    """What a sentence says of missiles being alike."""
    text = _plain(sentence) if _HINT.search(sentence) else ""
    if not text or text.rstrip(" \"”'’").endswith("?"):
        return
    named = _missiles(text)
    if len({n.missile for n in named}) < 2 or (_OTHERWISE.search(text) and not _of_size(text)):
        return
    if "respectively" in text:
        return
    for n, (a, b) in enumerate(pairwise(named)):
        if a.missile == b.missile or (
            _beside(text, named[max(0, n - 1) : n + 1]) and _beside(text, named[n + 1 : n + 3])
        ):
            continue  # "A and B resemble C and D": which resembles which is not told
        found = _directed(text, a, b) or _joined(text, a, b)
        if found:
            yield Said(a.missile, b.missile, a.start, *found)


_HINT = re.compile(
    r"resembl|similar|identical|look|alike|same (?:size|dimension|shape)|copy|clone|replica|derivative|analog"
)


def _beside(text: str, two: list[_Named]) -> bool:
    """True for two missiles named side by side: "the A and the B"."""
    return len(two) == 2 and bool(re.fullmatch(r"\s*(?:,|and|or|, and)\s+(?:the )?", text[two[0].end : two[1].start]))


def _of_size(text: str) -> bool:
    """True where a sentence speaks of size or looks; "looks like" alone does not."""
    return bool(_DIMENSION.search(_LOOKS_LIKE.sub(" ", text)))


def _directed(text: str, a: _Named, b: _Named) -> tuple[int, str] | None:
    """ "A resembles B": where it ends, and the words of likeness."""
    between = text[a.end : b.start]
    cue = _CUE.search(between)
    if cue is None:
        cue = _WEAK_CUE.search(between) if _of_size(text) else None
    if cue is None or cue.start() > BETWEEN_MOST:
        return None
    lead, gap = between[: cue.start()], between[cue.end() :]
    if re.search("[;:—]", lead) or re.search("[;:,.()—]", gap) or len(gap.split()) > 6:
        return None
    if _PARTS.search(lead) or _PARTS.search(_SHOWN.sub("", gap)) or _OTHER_SIZE.search(gap):
        return None
    if _NEGATED.search(text[max(0, a.start - 40) : a.end + cue.end()]) or _FAINTLY.search(text):
        return None
    if re.search(r"\bmore\b", between) or _other_subject(lead) or _IN_WHAT.match(text[b.end :]):
        return None
    before = text[: a.start]
    if (_THOSE.search(gap) or _OF.search(before) or _OWNER.search(lead)) and not _DIMENSION.search(
        before[-110:] + lead
    ):
        return None
    return (b.end, cue[0]) if _stands_alone(text, b) else None


def _other_subject(lead: str) -> bool:
    """True where the words before the likeness begin a clause with a subject of its own: "the X, whose range experts say resembles"."""
    if re.search(r"\b(?:but|while|whose|because|as|though|although|when|where)\b", lead):
        return True
    # "the X's length and its diameter resemble ...": still the missile's own
    return bool(re.search(r"\band\b", lead)) and (bool(_VERB.search(lead)) or not _DIMENSION.search(lead))


def _stands_alone(text: str, b: _Named) -> bool:
    """False where the second name only says whose launcher, test or flight is meant."""
    rest = text[b.end :]
    if _OWNER.match(rest):
        following = re.match(r"^[’']s? (\S+)", rest)
        return following is None or bool(_DIMENSION.match(following[1]))
    following = re.match(
        r"^(?: (?:missiles?|icbms?|srbms?|slbms?|ballistic|tactical|short-range|intercontinental))* ([\w-]+)", rest
    )
    return following is None or not _PARTS.match(following[1]) or following[1] in ("system", "systems", "complex")


def _joined(text: str, a: _Named, b: _Named) -> tuple[int, str] | None:
    """ "A and B are identical in size": where it ends, and the words of likeness."""
    between, rest = text[a.end : b.start], text[b.end :]
    found = _BOTH.match(rest)
    if found is None or len(between) > JOINED_MOST or not _AND.match(between) or _VERB.search(between):
        return None
    if _PARTS.search(_SHOWN.sub("", between)) or _NEGATED.search(text[max(0, a.start - 40) : b.end + found.end()]):
        return None
    before = text[: a.start]
    if (_OF.search(before) or _OWNER.match(between)) and not _DIMENSION.search(before[-110:]):
        return None
    return b.end + found.end(), found[0].strip()
