"""What a time expression is read against: the reference day, what was said before, and the tense of its clause."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from crossfix.language.parse import Parse, Token
from crossfix.language.times.days import DAY, LAST_YEAR, add_months, month_span, part_of, span_of_value, week_value
from crossfix.language.times.grammar import Found
from crossfix.model import Interval, TimeType

Tense = Literal["past", "present", "future", "none"]
Grain = Literal["D", "W", "M", "Q", "Y", "X"]

_FUTURE_MODALS = {"will", "shall", "'ll", "’ll", "wo", "may", "might", "should", "can", "must", "would", "ca"}
_PLANS = {
    "plan", "expect", "schedule", "intend", "aim", "hope", "agree", "decide", "due", "set", "prepare", "slate", "want", "propose", "vow",
    "promise", "pledge", "seek", "likely", "ready", "mature", "continue", "begin", "consider", "go",
}  # fmt: skip
# Verbs that set a limit.
_LIMITS = {
    "extend", "postpone", "delay", "suspend", "give", "set", "schedule", "ask", "order", "agree", "expect", "allow",
    "tell", "demand", "want", "close", "ban", "adjourn", "grant", "lend", "book", "urge", "call", "require", "hope",
    "plan", "promise", "vow", "pledge", "warn", "say",
}  # fmt: skip
# Dates looked back over: a text without sentences must not cost more the longer it gets.
_LOOKED_BACK = 60
# Nouns of what has been said or written by the time that a report tells of it.
_SAID = {
    "warning", "statement", "remark", "comment", "report", "article", "announcement", "claim", "accusation", "denial",
    "editorial", "letter", "interview", "briefing", "order", "decree", "attack", "raid", "strike", "bombing",
    "shooting", "crash", "arrest", "death", "accident",
}  # fmt: skip
# Verbs whose present tense speaks of a day to come ("the talks begin Monday").
_SCHEDULED = {
    "begin", "start", "open", "resume", "meet", "arrive", "leave", "depart", "end", "expire", "vote", "go", "come", "take", "return",
    "travel", "host", "visit", "head", "close", "run", "be", "plan", "expect", "intend", "want", "hope", "face", "hold",
    "kick", "conclude", "celebrate", "mark", "become", "play", "air", "turn", "set", "reopen",
}  # fmt: skip


class Raw(NamedTuple):
    """A resolved expression with offsets into the paragraph. ``span`` is what the value names, ``part`` what a modifier leaves of it.

    ``bounds`` is None where nobody has asked yet, "" where no end can be said.
    """

    start: int
    end: int
    type: TimeType
    value: str
    span: tuple[dt.date, dt.date] | None
    anchor: str
    mod: str = ""
    part: tuple[dt.date, dt.date] | None = None
    zone: str = ""
    bounds: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date told earlier in the text, to which "the next day" and the like refer."""

    sentence: int
    first: dt.date
    last: dt.date
    grain: Grain
    text: str
    explicit: bool
    governor: int = -1
    since: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """When the text speaks: the day relative dates count from, why, and the days on which it may have been written.

    ``latest`` is the last day on which it may have been written, where that is known. ``occasions`` holds dates of known
    public occasions by sentence number, for weekdays told with them.
    """

    day: dt.date | None
    why: str
    window: tuple[dt.date, dt.date] | None = None
    occasions: dict[int, tuple[dt.date, str]] = field(default_factory=dict)
    latest: dt.date | None = None


@dataclass(slots=True)
class Context:
    """The state of one reading of a document, in reading order."""

    parse: Parse
    reference: Reference
    text: str = ""
    offset: int = 0
    anchors: list[Anchor] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)

    # ---------------------------------------------------------------- the words around

    def before(self, f: Found) -> str:
        """The word before an expression, in lower case."""
        m = re.search(r"([\w$£€#%.-]+)[^\w$£€#%.-]*$", self.text[max(0, f.start - 30) : f.start])
        return m[1].lower() if m else ""

    def after(self, f: Found) -> str:
        """The word after an expression, in lower case."""
        m = re.match(r"[^\w%]*([\w%-]+)", self.text[f.end : f.end + 30])
        return m[1].lower() if m else ""

    def tokens(self, f: Found) -> list[Token]:
        """The tokens of an expression."""
        return self.parse.tokens_in(self.offset + f.start, self.offset + f.end)

    def sentence(self, f: Found) -> int:
        """The number of its sentence."""
        return self.parse.sentence_at(self.offset + f.start)

    # ---------------------------------------------------------------- tense

    def tense(self, f: Found) -> Tense:
        """The tense of the verb that governs an expression; "none" where there is no verb.

        "present" stays so only for verbs of what is scheduled ("the talks begin Monday"); of other verbs it says nothing
        about the day ("the index falls").
        """
        found = self._governor(f)
        if found is None:
            return "none"
        verb, tense = found
        if tense == "present" and (verb.lemma not in _SCHEDULED or self._headline(verb)):
            return "past" if self._headline(verb) else "none"
        return tense

    def before_the_past(self, f: Found) -> bool:
        """True where the verb stands before another past ("had filed by Wednesday", "had been due to expire Friday")."""
        found = self._governor(f)
        if found is None:
            return False
        chain = [found[0], *self.parse.ancestors(found[0])][:4]
        return any(k.lower in ("had", "'d", "’d") for t in chain for k in self.parse.children(t) if k.dep == "aux")

    def moves_a_limit(self, f: Found) -> bool:
        """True where the verb sets a limit that may lie ahead, though it is told in the past ("extended the offer until Friday")."""
        found = self._governor(f)
        return found is None or found[1] != "past" or bool({found[0].lemma, self.parse.head(found[0]).lemma} & _LIMITS)

    def on_a_verb(self, f: Found) -> bool:
        """True where the expression hangs on a verb, by itself or by its preposition; "a cut in September" hangs on a noun."""
        head = self._above(f)
        if head is not None and head.pos == "ADP":
            head = self.parse.head(head)
        return head is not None and head.pos in ("VERB", "AUX")

    def on_what_was_said(self, f: Found) -> bool:
        """True where the expression hangs on a name or on words that were said ("warnings from Moscow on Thursday that strikes could")."""
        head = self._above(f)
        if head is not None and head.pos == "ADP":
            head = self.parse.head(head)
        return head is not None and (head.pos in ("PROPN", "ADJ") or (head.pos == "NOUN" and head.lemma in _SAID))

    def _above(self, f: Found) -> Token | None:
        """The governor of the whole expression; None for a root."""
        for t in reversed(self.tokens(f)):
            head = self.parse.head(t)
            if head.i != t.i and not f.start <= head.start - self.offset < f.end:
                return head
        return None

    def _headline(self, verb: Token) -> bool:
        """True in a line without a full stop that opens the text: its present tense tells of what has happened."""
        s = self.parse.sentences[verb.sent]
        return s.paragraph == 0 and not self.parse.text[s.start : s.end].rstrip().endswith((".", "!", "?", '"', "”"))

    def _governor(self, f: Found) -> tuple[Token, Tense] | None:
        """The verb that governs an expression, and its tense."""
        tokens = self.tokens(f)
        if not tokens:
            return None
        token = next(
            (t for t in reversed(tokens) if not f.start <= self.parse.head(t).start - self.offset < f.end), tokens[-1]
        )
        if token.dep in ("compound", "nmod", "amod") and self.parse.head(token).pos in ("NOUN", "PROPN"):
            before = {k.lower for k in self.parse.children(self.parse.head(token))}
            if before & {"upcoming", "planned", "scheduled", "next"}:
                return token, "future"
            # "a June agreement": only a past verb says which June
            verb = next((t for t in self.parse.ancestors(token) if t.pos in ("VERB", "AUX")), None)
            return (verb, "past") if verb is not None and self._tense_of(verb) == "past" else None
        for t in (token, *self.parse.ancestors(token)):
            if t.pos in ("VERB", "AUX") or t.tag in ("VBD", "VBZ", "VBP", "VBN", "VB"):
                tense = self._tense_of(t)
                if tense != "none":
                    return t, tense
            elif t.lower in ("due", "scheduled", "upcoming", "planned", "expected", "payable", "set"):
                return t, "future"
        return None

    def _tense_of(self, verb: Token) -> Tense:
        helpers = [k for k in self.parse.children(verb) if k.dep in ("aux", "auxpass")]
        words = {k.lower for k in helpers}
        if words & {"had", "was", "were", "did"} or (verb.tag == "VB" and words & {"have"}):
            return "past"
        if words & _FUTURE_MODALS:
            return "past" if "have" in words else "future"
        if verb.tag == "VBD":
            return "past"
        if verb.tag == "VBN" and {"to", "be"} <= words:
            return "future"
        if verb.tag == "VBN":
            if words & {"is", "are", "'s", "’s", "be"} and not words & {"been"}:
                return "future" if verb.lemma in _PLANS else "past"
            if verb.lemma == "set":
                nxt = self.parse.tokens[verb.i + 1].lower if verb.i + 1 < len(self.parse.tokens) else ""
                return "future" if nxt in ("to", "for") and not words else "past"
            return "future" if verb.lemma in ("schedule", "plan", "expect", "slate", "due") and not words else "past"
        if verb.tag == "VBG":
            return "future" if words & {"is", "are", "am", "'re", "’re", "'s", "’s"} else "none"
        if verb.tag == "VB":
            head = self.parse.head(verb)
            if head.lemma == "be" and any(k.lower == "to" for k in helpers):
                return "future"  # "were to win in November"
            return "future" if head.lemma in _PLANS or head is verb else "none"
        if verb.tag in ("VBZ", "VBP"):
            return "present"
        return "none"

    # ---------------------------------------------------------------- anchors

    def remember(self, f: Found, first: dt.date, last: dt.date, grain: Grain, explicit: bool = False) -> None:
        """Keep a date as anchor for what follows."""
        found = self._governor(f)
        governor = found[0].i if found else -1
        since = self.before(f) in ("since", "until", "before")
        text = self.text[f.start : f.end]
        self.anchors.append(Anchor(self.sentence(f), first, last, grain, text, explicit, governor, since))

    def narrative(self, f: Found, grains: str = "DWMQYX", within: int = 3) -> Anchor | None:
        """The last date told, of one of the grains, at most ``within`` sentences back."""
        here = self.sentence(f)
        for a in reversed(self.anchors[-_LOOKED_BACK:]):
            if here - a.sentence > within:
                return None
            if a.grain in grains:
                return a
        return None

    def quarter(self, f: Found, within: int = 8) -> Anchor | None:
        """The last quarter told that has ended, or else the last one told."""
        here, day = self.sentence(f), self.reference.day
        last: Anchor | None = None
        for a in reversed(self.anchors[-_LOOKED_BACK:]):
            if here - a.sentence > within:
                break
            if a.grain == "Q":
                if day is None or a.last <= day:
                    return a
                last = last or a
        return last

    def year_said(self, f: Found) -> int | None:
        """A year said in this sentence, with a verb that governs this expression too: its months are meant."""
        a = self.narrative(f, within=0)
        if a and a.explicit and a.grain != "X" and a.first.year == a.last.year:
            found = self._governor(f)
            if found and a.governor >= 0:
                above = {found[0].i, *(t.i for t in self.parse.ancestors(found[0]))}
                if a.governor not in above:
                    return None
            return a.first.year
        return None


# -------------------------------------------------------------------- making results


def dated(
    c: Context,
    f: Found,
    value: str,
    grain: Grain,
    anchor: str,
    *,
    part: str | None = None,
    kind: TimeType = "DATE",
    explicit: bool = False,
) -> list[Raw]:
    """A result for a value that names days, remembered as anchor. ``part`` is the qualifier's text ("early", "end of")."""  # fmt: skip
    span = span_of_value(value)
    if span is None:
        return [Raw(f.start, f.end, kind, value, None, anchor)]
    c.remember(f, *span, grain, explicit)
    left = narrowed(c, span, part)
    return [Raw(f.start, f.end, kind, value, span, anchor, mod_of(part), left if left != span else None)]


def mod_of(part: str | None) -> str:
    """The TIMEX3 modifier of a qualifier's text: START, MID or END, "" for none."""
    word = (part or "").lower().strip(" -")
    if re.search(r"\b(first half|beginning|start|opening|first|early)\b", word):
        return "START"
    if re.search(r"\b(second half|latter|last|end|close|final|tail|late)\b", word):
        return "END"
    return "MID" if "mid" in word else ""


def narrowed(c: Context, span: tuple[dt.date, dt.date], part: str | None) -> tuple[dt.date, dt.date]:
    """The days that a qualifier leaves of a span: "early May" is 1-10, "earlier this year" ends at the reference day."""
    if not part:
        return span
    first, last = span
    word = part.lower().strip(" -")
    day = c.reference.day
    if word.startswith(("earlier", "later")) and day:
        if first <= day <= last:
            return (first, day) if word.startswith("earlier") else (day, last)
        return span
    if first == last or word.startswith(("sometime", "earlier", "later")):
        return span
    whole_year = (last - first).days > 360
    if m := re.search(r"\b(first|early|opening|last|final)\W+(days|weeks?)\b", word):
        length = (7 if m[2] == "week" else 10 if m[2] == "days" else 21) - 1
        ends = m[1] in ("last", "final")
        return (max(first, last - length * DAY), last) if ends else (first, min(last, first + length * DAY))
    if re.search(r"first half", word):
        return part_of(first, last, "H1")
    if re.search(r"(second|latter|last) half|latter part", word):
        return part_of(first, last, "H2")
    if re.search(r"\b(beginning|start|opening|first|early days)\b", word):
        return month_span(first.year, 1, 2) if whole_year else part_of(first, last, "START")
    if re.search(r"\b(end|close|last|final|tail)\b", word):
        return month_span(first.year, 11, 2) if whole_year else part_of(first, last, "END")
    if "mid" in word:
        return part_of(first, last, "MID")
    if "early" in word:
        return part_of(first, last, "START")
    return part_of(first, last, "END") if "late" in word else span


def as_interval(span: tuple[dt.date, dt.date] | None) -> Interval | None:
    """A span of days as the model's interval."""
    return Interval.days(*span) if span else None


def nearest(
    c: Context, f: Found, candidates: Callable[[int], dt.date | None], *, whole: Literal["day", "month"]
) -> tuple[dt.date, str] | None:
    """The candidate (one a year) that the reference day and the tense point to, and why; None without any reference."""
    said = c.year_said(f)
    day = c.reference.day or c.reference.latest
    if said is not None and (day is None or said != day.year):
        got = candidates(said)
        if got and (day is None or got <= day + 31 * DAY or said > day.year):
            return got, f"year of {c.anchors[-1].text!r} before it"
    if day is None:
        if c.years:
            here = c.offset + f.start
            before = [y for at, y in c.years if at <= here] or [c.years[0][1]]
            got = candidates(before[-1])
            return (got, "year last named in the text") if got else None
        return None
    tense = c.tense(f)
    follows = _follows(c, f, candidates, day) if tense == "past" else None
    if follows:
        return follows
    if tense == "past" and c.before(f) in ("by", "until", "till", "through", "effective", "to"):
        tense = "none"  # a limit may lie ahead of a verb in the past tense
    options = [d for d in (candidates(y) for y in range(max(day.year - 4, 2), min(day.year + 5, LAST_YEAR))) if d]
    if not options:
        return None
    start = day.replace(day=1) if whole == "month" else day
    if tense == "past":
        # a day or so ahead is the same moment in another zone, or a page that carries an early date
        told = [d for d in options if d <= day + (3 * DAY if whole == "day" else 0 * DAY)] or options
        soon = [d for d in options if day < d <= day + 60 * DAY and d.year == day.year]
        if soon and (whole == "day" or not c.on_a_verb(f)) and (day - told[-1]).days > 300:
            return soon[0], f"nearest to {c.reference.why}"  # a day of the year before would be told with its year
        return told[-1], f"last before {c.reference.why}"
    if tense == "future":
        ahead = [d for d in options if d >= start] or options
        gone = [d for d in options if day - 14 * DAY <= d < day]
        if gone and (ahead[0] - day).days > 300:
            return gone[-1], f"nearest to {c.reference.why}"  # a limit just gone by, not one of the next year
        options = ahead
        return options[0], f"next after {c.reference.why}"
    middle = 15 * DAY if whole == "month" else 0 * DAY
    best = min(options, key=lambda d: abs((d + middle - day).days))
    return best, f"nearest to {c.reference.why}"


def _follows(
    c: Context, f: Found, candidates: Callable[[int], dt.date | None], day: dt.date
) -> tuple[dt.date, str] | None:
    """The first candidate from a date on that was told with its year, of an earlier year, up to two sentences before: an
    account in order of time ("In September 2021 ... In October ...")."""
    a = c.narrative(f, "DM", within=2)
    opening = c.offset + f.start - c.parse.sentences[c.sentence(f)].start
    if a is None or not a.explicit or a.since or a.first.year >= day.year or opening > 16:
        return None  # only an account told in steps, each sentence opening with its date
    start = a.first.replace(day=1)
    got = next((d for d in (candidates(a.first.year), candidates(a.first.year + 1)) if d and d >= start), None)
    if got is None or got > day or (got - a.first).days > 240:
        return None
    return got, f"follows {a.text!r}"


def shift(day: dt.date, amount: int, unit: str) -> dt.date:
    """A day moved by days (D), weeks (W, F), months (M, Q) or years (Y, DE, CE). Raises OverflowError."""
    if unit in ("D", "W", "F", "WE"):
        return day + amount * {"D": 1, "W": 7, "F": 14, "WE": 7}[unit] * DAY
    return add_months(day, amount * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit])


def unit_value(day: dt.date, code: str) -> tuple[str, Grain]:
    """The TIMEX3 value of the unit that holds a day."""
    if code == "D":
        return day.isoformat(), "D"
    if code in ("W", "F"):
        return week_value(day), "W"
    if code == "WE":
        return week_value(day) + "-WE", "W"
    if code == "M":
        return f"{day:%Y-%m}", "M"
    if code == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}", "Q"
    if code == "Y":
        return f"{day.year:04d}", "Y"
    return (f"{day.year // 10:03d}", "X") if code == "DE" else (f"{day.year // 100:02d}", "X")
