"""Offices: a description such as "the North Korean leader", and what a text says of who holds or held which office."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from crossfix.linking.agent_names import party, states
from crossfix.linking.names import plain_words
from crossfix.reference.holders import Tenure, held_by, holder_of, offices_of

_FORMER = frozenset(("former", "then", "ex", "late", "onetime", "longtime", "retired", "erstwhile", "past"))
_SAME = dict(
    pair.split(":")
    for pair in """
    defence:defense advisor:adviser chairwoman:chairman chairperson:chairman sen:senator rep:representative gov:governor
    gen:general adm:admiral spokeswoman:spokesman spokesperson:spokesman amb:ambassador congressman:representative
    congresswoman:representative premier:prime_minister pm:prime_minister strongman:leader supremo:leader dictator:leader
    ruler:leader boss:chief
    """.split()
)
HEADS = frozenset(
    """
    president minister secretary leader chairman director chief ambassador spokesman adviser coordinator envoy senator
    representative governor general admiral chancellor commissioner commander marshal mayor premier king queen prince
    secretary-general delegate nominee candidate
    """.split()
)
"""The last word of an office's title."""
_BEFORE = frozenset(
    """
    vice deputy prime foreign defense interior finance trade unification economy energy information press chief general
    national security supreme attorney state first assistant under senior special permanent acting army navy air force
    strategic communications executive managing homeland minority majority presidential
    """.split()
)
"""Words of a title before its last."""
_PERSONAL = frozenset(
    ("spokesman", "adviser", "envoy", "representative", "senator", "delegate", "general", "admiral", "director")
)
"""Offices that several hold at once: a description by them is no one person, and no one office."""

Pair = tuple[str, str]
"""An office as (title, state or body)."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title (lower case), the state or body it is of (None where the words name none), and whether it is past."""

    title: str
    of: str | None
    former: bool = False

    @property
    def personal(self) -> bool:
        """True for an office that several hold at once: a spokesman's, a senator's."""
        return self.title.split()[-1] in _PERSONAL

    @property
    def one_holder(self) -> bool:
        """True where one person at a time holds it, and it is said of which state or body."""
        words = self.title.split()
        lower = words[0] in ("deputy", "assistant", "under", "vice") and words[1:] != ["president"]
        return self.of is not None and not self.former and not self.personal and not lower


_BODY_WORDS = frozenset(
    "office secretariat department ministry agency council committee cabinet bureau staff command".split()
)
SOUGHT = frozenset(("nominee", "candidate"))
"""Titles of those who seek an office: they tell who is meant, and are no office."""
_GLUED = re.compile(r"(?i)\b(then|ex|former)-(?=\w)")


def office_in(phrase: str) -> Office | None:
    """The office that a phrase is, whole: "the North Korean leader", "then-CIA director", "Japan's prime minister",
    "minister of defense of Poland", "U.S. Secretary of State". None where it is anything more or else."""
    words = [_SAME.get(w, w).replace("_", " ") for w in plain_words(_GLUED.sub(r"\1 ", phrase)) if w != "s"]
    words = " ".join(words).replace("secretary general", "secretary-general").split()
    former = False
    while words and words[0] in _FORMER:
        former = former or words[0] != "longtime"
        words = words[1:]
    if not words:
        return None
    at = next(
        (n for n, w in enumerate(words) if w in HEADS and not (n + 1 < len(words) and words[n + 1] in HEADS)), None
    )
    if at is None:
        return None
    start = at
    while start and words[start - 1] in _BEFORE:
        start -= 1
    title, before, after = words[start : at + 1], words[:start], words[at + 1 :]
    if after[:1] and after[0] in ("of", "for", "to", "at"):
        of_words = after[1:]
        # "secretary of state", "minister of foreign affairs": what follows is part of the title
        if of_words[:1] and of_words[0] in ("state", "defense", "treasury", "energy", "homeland"):
            title, of_words = [*title, "of", of_words[0]], of_words[1:]
        elif of_words[:2] == ["foreign", "affairs"]:
            title, of_words = ["foreign", *title], of_words[2:]
        elif of_words[:2] == ["national", "defense"]:
            title, of_words = ["defense", *title], of_words[2:]
        of_words = of_words[1:] if of_words[:1] in (["of"], ["for"]) else of_words
        # "US ambassador to Russia", "White House coordinator for arms control": whose it is stands before
        before = before or of_words
    elif after:
        return None
    if HEADS.intersection(before) or (after and not before):
        return None
    joined = " ".join(title)
    joined = {"minister of defense": "defense minister", "secretary of defense": "defense secretary"}.get(
        joined, joined
    )
    return Office(joined, _of(before), former) if len(before) <= 5 else None


def _of(words: list[str]) -> str | None:
    if not words:
        return None
    name = " ".join(words)
    if len(words) == 1 and words[0] in _BODY_WORDS:
        return None
    if name in states():
        return states()[name]
    found = party(name.title())  # the tables' bodies are known by a capital
    return found.name or name.title()


def day_of(value: str | None) -> dt.date | None:
    """The day of a document's date (the last of an interval); None where it has none."""
    from crossfix.model import Interval

    if not value:
        return None
    try:
        return Interval.parse(value).last
    except ValueError:
        return None


_OF_US = frozenset(("secretary of state", "defense secretary", "vice president", "national security adviser"))


def holder(office: Office, day: dt.date | None) -> Tenure | None:
    """Who held the office on the day, by the table. A title that only one country has needs no country."""
    if day is None or office.former:
        return None
    of = office.of or (
        "United States" if office.title in _OF_US - {"vice president", "national security adviser"} else None
    )
    return holder_of(of, office.title, day) if of else None


def titled(title: str, family: str, day: dt.date | None) -> Tenure | None:
    """The holder of that title and family name on the day: "President Putin" in 2023. Also "Chairman Kim", who is the leader."""
    return held_by(title, family, day) if day is not None else None


def terms_of(name: str) -> tuple[Tenure, ...]:
    """All terms of a person whose name the table has."""
    return offices_of(name)


_LOWER = (
    "of|the|for|and|to|then|former|ex|foreign|defen[cs]e|prime|minister|president|secretary|director|chief|leader|spokes\\w+|advis[eo]r|"
    "press|security|national|vice|deputy|general|ambassador|envoy|chairman|chairwoman|coordinator|supreme|commander"
)
_CAPS = rf"(?:[A-Z][\w.'’&-]*|then-\w+|ex-\w+|{_LOWER})"
_LEFT = re.compile(rf"(?:(?<=[\s(“\"—-])|^)((?:{_CAPS}[ \n]+){{1,9}})$")
_BREAK = re.compile(r"(?<=[a-z\d)\"”])[.?!;:)]\s|\n\n|, ")
_RIGHT = re.compile(
    r",\s+(?:who\s+(?:is|was|served\s+as|serves\s+as)\s+)?"
    r"(?P<phrase>(?:(?:the|a|an|then|former|then-|his|her)\s+)*[\w.'’&-]+(?:[ \n]+[\w.'’&-]+){0,9}?)"
    r"(?=[,;.)]|\s+(?:who|said|told|and)\b)"
)


def told_offices(text: str, start: int, end: int) -> list[tuple[Office, int, int]]:
    """The offices that the words round a person's name at [start, end) give that person: before it ("then-Defense Secretary Ash
    Carter") and after it ("Carter, the U.S. defense secretary,"), with the passage each rests on. Looks at 90 characters
    to the left and 110 to the right."""
    out = []
    left = text[max(0, start - 90) : start]
    cut = max((x.end() for x in _BREAK.finditer(left)), default=0)
    m = _LEFT.search(left[cut:])
    if m:
        at = start - len(left) + cut + m.start(1)
        words = [(x.group(), at + x.start()) for x in re.finditer(r"\S+", m[1])]
        found = [
            (office_in(" ".join(w for w, _ in words[n:])), words[n][1], [w for w, _ in words[n:]])
            for n in range(len(words))
        ]
        named = [
            (o, a)
            for o, a, w in found
            if o and (o.of is None or _known(o.of) or (w[0][0].isupper() and len(w) <= 4 and _may_be(o.of)))
        ]
        # the longest phrase that names a known state or body, else the shortest that names one, else the bare title
        best = next((x for x in named if x[0].of and _known(x[0].of)), None)
        best = best or next((x for x in reversed(named) if x[0].of), None) or next(iter(named), None)
        if best:
            out.append((best[0], best[1], end))
    m = _RIGHT.match(text, end, min(len(text), end + 110))
    if m:
        office = office_in(m["phrase"])
        if office and (office.of is None or _known(office.of)):
            out.append((office, start, m.end("phrase")))
    return out


_STRAY = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december then former and the to for with by his her
    """.split()
)


def _may_be(of: str) -> bool:
    """False where what stands for the state or body holds a stray word."""
    return not _STRAY.intersection(of.casefold().split())


def _known(of: str) -> bool:
    """True for a state or a body that the tables name."""
    found = party(of)
    return found.kind in ("state", "organisation")
