"""Provisions: which operative paragraphs of the Security Council's resolutions an act touches, for each party, if it happened as told.

The claim tested is "such an act falls under a ban". Supported: a paragraph in force that day speaks of it. Tension: a paragraph does, with
an exception or a dispute that may reach the act. Contradicted: a text says "violation" and no paragraph in force speaks of the act.
Unknown: the item or the date is not known well enough. Whether there was a breach is never said: that is for the Council and its committee.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from crossfix.checking.case import Case
from crossfix.checking.provisions_acts import FOES, Nature, Way, launch_nature, nature_of, regimes_of
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row, Verdict
from crossfix.model import Interval
from crossfix.record.rows import EventRow, Evidence, TransferRow
from crossfix.reference.provisions import STATE, Provision, Regime, provisions

CAVEAT = (
    "Whether there was a breach is for the Council and its committee; this says only which paragraphs speak of such an act, "
    "if it happened as told."
)
_OTHERS_RULES = re.compile(
    r"Houthi|Yemen|Hezbollah|Lebanon|Hamas|Gaza|Palestin|Sudan|Libya|Somali|Shabaab|Taliban|Syria|Iraq", re.I
)
"""Those on whom the Council has resolutions of their own, which the table has not: that nothing of 2231 was in force says little."""
_SHOWN = 4
_FORCE = {"decides": 0, "demands": 1, "requires": 1}


@dataclass(frozen=True, slots=True)
class Act:
    """An act in the table's terms. ``what`` is a noun phrase that names it ("the supply of shells by North Korea to Russia"). ``other`` is
    the other party, None for what the state does alone. ``when`` are the days it may have been on, None where that is not told;
    ``reported`` is the day by which it was told. ``done`` is false for what was offered, wanted, foretold or denied. ``words`` are the
    lower-case words around it, in which an exception may show."""

    what: str
    regime: Regime
    way: Way
    nature: Nature
    other: str | None
    when: Interval | None
    reported: dt.date | None
    done: bool = True
    words: str = ""
    charged: bool = False
    """True where a text itself calls the act a violation."""
    amount: str = ""
    """The amount told, in the text's words: what a ceiling is held against by the reader."""
    hedge: str = ""
    """What stands before the summary ("If it happened as alleged")."""


def touched(act: Act, day: dt.date) -> list[Provision]:
    """The paragraphs in force on a day that speak of the act, in the table's order."""
    return [
        p
        for p in provisions().values()
        if p.regime == act.regime
        and act.nature.subjects & set(p.subjects)
        and (p.direction in (act.way, "both") or (act.way == "both" and p.direction in ("to", "from")))
        and p.exception_kind != "pledge"
        and p.holds_on(day)
    ]


def _ever(act: Act) -> list[Provision]:
    """Those that speak of the act, whenever they were in force."""
    return [p for p in provisions().values() if p in touched(act, p.first)]


def _is_open(p: Provision, act: Act) -> bool:
    """True where an exception or a dispute may reach the act."""
    mine = act.nature.subjects & set(p.subjects)
    if p.standing == "contested" or p.exception_kind in ("limit", "disputed") or mine <= act.nature.disputed:
        return True
    if p.exception_kind == "small_arms":
        return "small_arms" in act.nature.subjects
    return p.exception_kind == "words" and any(w in act.words for w in p.exception_words)


def judge(act: Act) -> Result | None:
    """The verdict on one act; None where no paragraph ever spoke of such an act and nobody says that one does."""
    if act.nature.unsure:
        return _unsure(act)
    if not act.nature.subjects:
        return _none(act, []) if act.charged else None
    ever = _ever(act)
    if not ever:
        return _none(act, []) if act.charged else None
    first, last, told = _days(act)
    if first is None or last is None:
        return _result(
            "unknown", act, ever, f"The date of {act.what} is not known, so what was in force is not either", told
        )
    on_first, on_last = touched(act, first), touched(act, last)
    both = [p for p in on_first if p in on_last]
    gone = [p for p in ever if p.last is not None and p.last < last]
    if act.when is None and act.done and not both and gone:  # it may have been before the rules ended
        return _result(
            "unknown",
            act,
            ever,
            f"The date of {act.what} is not told, and {_ends(gone)}, so whether a paragraph was in force is open",
            told,
        )
    if not both and (on_first or on_last):
        return _result(
            "unknown",
            act,
            ever,
            f"The rules on {act.what} changed within {act.when}, so it is open whether a paragraph was in force",
            told,
        )
    if not both:
        return _none(act, ever, told)
    sure = [p for p in both if not _is_open(p, act)]
    if sure:
        return _result("supported", act, both, f"{_lead(act)} {_named(sure)}{_bound(sure, act)}", told)
    return _result("tension", act, both, f"{_lead(act)} {_named(both)}, but {_why_open(both, act)}", told)


def _days(act: Act) -> tuple[dt.date | None, dt.date | None, str]:
    if act.when is not None:
        return act.when.first, act.when.last, str(act.when)
    if act.reported is not None:
        return act.reported, act.reported, f"not told; told of by {act.reported.isoformat()}, and that day taken"
    return None, None, "not told"


def _lead(act: Act) -> str:
    return f"{_opened(act)} {'falls' if act.done else 'would fall'} under"


def _opened(act: Act) -> str:
    """The act at the head of a sentence, behind the hedge and, where the act's date is not told, the day whose rules are used."""
    rules = f"by the rules of {act.reported.isoformat()}" if act.when is None and act.reported is not None else ""
    head = ", ".join(x for x in (act.hedge, rules, act.what) if x)
    return head[0].upper() + head[1:]


def _named(found: Sequence[Provision]) -> str:
    """The paragraphs as a person cites them: what the Council decided before what it demanded, asked or repeated."""
    order = sorted(found, key=lambda p: _FORCE.get(p.force, 2))
    shown = [p.cited + _widening(p) for p in order[:_SHOWN]]
    rest = len(found) - len(shown)
    return "; ".join(shown) + (f"; and {rest} more" if rest > 0 else "")


def _widening(p: Provision) -> str:
    if not p.extends or len(p.extends) > 1:
        return ""
    return f" (widening {provisions()[p.extends[0]].cited})"


def _bound(found: Sequence[Provision], act: Act) -> str:
    """Who of the two parties is bound by some paragraphs: ", which binds both"."""
    state = STATE[act.regime]
    mine = any(act.regime in p.binds for p in found)
    others = any("Member States" in p.binds for p in found)
    if act.way == "by" or not (mine or others):
        return ""
    other = act.other or "other states"
    return f"; bound: {' and '.join(n for n, b in ((state, mine), (other, others)) if b)}"


def _ends(gone: Sequence[Provision]) -> str:
    last = max((p for p in gone if p.last), key=lambda p: (p.last or dt.date.min, p.id))
    assert last.last is not None
    return f"{last.cited} ended on {last.last.isoformat()}"


def _why_open(found: Sequence[Provision], act: Act) -> str:
    if all(p.standing == "contested" for p in found):
        return "Iran, Russia and China reject that these apply again since 28 September 2025"
    for p in reversed(found):  # the newest rule first
        if act.nature.subjects & set(p.subjects) <= act.nature.disputed:
            return f"whether the rule reaches it is argued over ({p.exception})"
        if p.exception_kind == "limit":
            return f"the rule is a ceiling and no stop: {p.exception}"
        if p.exception_kind == "words" and _is_open(p, act):
            return f"an exception may reach it: {p.exception}"
        if p.exception:
            return p.exception
    return "whether the rule reaches it is disputed"


def _none(act: Act, ever: Sequence[Provision], told: str = "") -> Result | None:
    """No paragraph in force: contradicts whoever says "violation", and is worth saying where one has ended."""
    gone = [p for p in ever if p.last]
    tail = f"; {_ends(gone)}" if gone else ""
    if not act.charged:
        if not gone or act.regime != "Iran" or _OTHERS_RULES.search(act.other or ""):
            return None
        return _result("unknown", act, ever, f"No paragraph in the table was in force for {act.what}{tail}", told)
    return _result("contradicted", act, ever, f"No paragraph in the table was in force against {act.what}{tail}", told)


def _unsure(act: Act) -> Result:
    return Result(
        verdict="unknown",
        summary=f"Whether {act.what} falls under a paragraph cannot be said: {act.nature.unsure}.",
        working={"act": act.what, "date": _days(act)[2]},
        caveat=CAVEAT,
    )


def _result(verdict: Verdict, act: Act, found: Sequence[Provision], summary: str, told: str) -> Result:
    state = STATE[act.regime]
    mine = [p.cited for p in found if act.regime in p.binds]
    others = [p.cited for p in found if "Member States" in p.binds]
    working: dict[str, object] = {
        "act": act.what,
        "date": told,
        "subjects": sorted(act.nature.subjects),
        "direction": {"to": f"to {state}", "from": f"from {state}", "both": f"to or from {state}", "by": f"by {state}"}[
            act.way
        ],
        f"binding_{state.replace(' ', '_')}": mine,
    }
    if act.other:
        working[f"binding_{act.other.replace(' ', '_')}"] = others
    elif others:
        working["binding_other_states"] = others
    if act.amount and any(p.exception_kind == "limit" for p in found):
        working["amount_told"] = act.amount
    widened = [f"{p.cited} widens {', '.join(provisions()[e].cited for e in p.extends)}" for p in found if p.extends]
    if widened:
        working["widened"] = widened
    exceptions = [f"{p.cited}: {p.exception}" for p in found if p.exception]
    if exceptions:
        working["exceptions"] = exceptions
    seen = sum(p.verified for p in found)
    caveat = f"{CAVEAT} Of {len(found)} paragraphs used, the own text of {seen} was seen; the table says which."
    if act.when is None and act.reported is not None:
        caveat += " The act's date is not told; the rules of the day of the report are used."
    return Result(
        verdict=verdict,
        summary=summary + ".",
        working=working,
        sources=tuple(Row("provisions", p.id, _note(p)) for p in found),
        caveat=caveat,
    )


def _note(p: Provision) -> str:
    span = f"from {p.first.isoformat()}" + (f" to {p.last.isoformat()}" if p.last else "")
    return f"{p.force}: {p.says}; {span}; {'text seen' if p.verified else 'text not seen'}"


# ------------------------------------------------------------------ questions


def questions(case: Case) -> Iterator[Question]:
    """One question for each transfer to or from North Korea or Iran, each test or launch of theirs, and each passage that speaks of a
    violation of the Council's resolutions."""
    from crossfix.checking.provisions_claims import charges

    states = _states(case)
    transfers: list[TransferRow] = [
        t for t in case.transfers if regimes_of(_state(t.supplier, states), _state(t.recipient, states))
    ]
    tests = [
        e for e in case.events if e.type in ("missile_test", "satellite_launch", "nuclear_test") and _actor(e, states)
    ]
    wanted = {x.document for t in transfers for x in t.evidence} | {x.document for e in tests for x in e.evidence}
    texts = _Texts(case, wanted)
    for t in transfers:
        yield from _transfer_questions(t, states, texts)
    for e in tests:
        yield from _test_questions(e, states, texts)
    yield from charges(case)


class _Texts:
    """Sentences and dates of the documents that are asked about, read once."""

    def __init__(self, case: Case, wanted: set[str]) -> None:
        self._papers = {p.sha256: p for p in Case(case.record, sorted(wanted)).papers()} if wanted else {}

    def sentence(self, e: Evidence) -> str:
        paper = self._papers[e.document]
        a, b = paper.sentence(e.start)[0], paper.sentence(max(e.start, e.end - 1))[1]
        return paper.text[a:b]

    def reported(self, evidence: Iterable[Evidence]) -> dt.date | None:
        days = [d for e in evidence if (d := self._papers[e.document].day) is not None]
        return min(days, default=None)


def _states(case: Case) -> Mapping[str, str]:
    """The state of each body that the record knows."""
    return {a.name: a.of_state for a in case.agents if a.of_state}


def _state(name: str | None, states: Mapping[str, str]) -> str | None:
    return states.get(name, name) if name else None


def _actor(e: EventRow, states: Mapping[str, str]) -> Regime | None:
    for p in e.participants:
        for regime, state in STATE.items():
            if p.role == "actor" and _state(p.name, states) == state:
                return regime  # type: ignore[return-value]
    return None


def _when(told: str | None, reported: dt.date | None, sentences: str) -> Interval | None:
    """The time of an act. Where no document's day is known, "on Monday" was counted from a guess, so only a year that is told counts."""
    if told is None:
        return None
    days = Interval.parse(told)
    return days if reported is not None or str(days.first.year) in sentences else None


def _transfer_questions(t: TransferRow, states: Mapping[str, str], texts: _Texts) -> Iterator[Question]:
    supplier, recipient = _state(t.supplier, states), _state(t.recipient, states)
    sentence = " ".join(texts.sentence(e) for e in t.evidence)
    for regime, way, other in regimes_of(supplier, recipient):
        if other in FOES[regime]:
            continue
        kinds = t.kinds or (t.kind,)
        words = " ".join((t.item, t.route or "", sentence)).lower()
        act = Act(
            what=_supply(t, sentence),
            regime=regime,
            way=way,
            nature=nature_of(kinds, t.item, sentence, way, regime),
            other=other,
            when=_when(t.when, texts.reported(t.evidence), sentence),
            reported=texts.reported(t.evidence),
            done=t.modality == "actual" and t.status != "denied",
            words=words,
            amount=t.quantity or "",
            hedge=_hedge(t),
        )
        about = f"{t.item}, {t.supplier} to {t.recipient}" + (f", {t.when}" if t.when else "")
        yield Question(t.event or t.id, f"provisions.{regime.lower()}_transfer", t.evidence, partial(judge, act), about)


def _supply(t: TransferRow, sentence: str) -> str:
    """The act as a noun phrase: "the supply of shells from North Korea to Russia"."""
    words = " ".join(t.item.split())
    if sentence.startswith(t.item) and words[1:2].islower():  # a capital for the sentence's sake
        words = words[0].lower() + words[1:]
    if len(words) > 90:
        words = words[:87].rsplit(" ", 1)[0] + " ..."
    head = "" if _HELP.match(words) else "the supply of "
    return f"{head}{words} from {t.supplier} to {t.recipient}"


_HELP = re.compile(
    r"(?:(?:technical|technological|scientific|military|security)\s+)?(?:help|assistance|cooperation|support|training|advice|expertise|aid)\b",
    re.I,
)


def _hedge(t: TransferRow) -> str:
    if t.modality == "actual":
        return {"alleged": "If it happened as alleged", "denied": "If it happened, which is denied"}.get(t.status, "")
    return "If it were done"


_TEST = {
    "missile_test": "ballistic missile launch",
    "satellite_launch": "satellite launch",
    "nuclear_test": "nuclear test",
}


def _off_the_log(kind: str, when: str | None) -> bool:
    """True where North Korea is told to have tested on a day on which the log of such tests has none, a day to either side allowed: the day
    (or that it was a ballistic missile) is then read wrongly or told wrongly, and nothing is to be built on it."""
    from crossfix.reference.launches import Log, covered, log

    if when is None or len(when) != 10:
        return False
    day = dt.date.fromisoformat(when)
    what = {"nuclear_test": "nuclear", "satellite_launch": "satellite"}.get(kind, "ballistic")
    name: Log = "nuclear" if what == "nuclear" else "cns"
    days = covered(name, what, "KP")
    if days is None or not days[0] <= day <= days[1]:
        return False
    near = (x for x in log(name) if x.state == "KP" and x.day is not None and abs((x.day - day).days) <= 1)
    return not any(what != "satellite" or x.satellite is not False for x in near)


def _test_questions(e: EventRow, states: Mapping[str, str], texts: _Texts) -> Iterator[Question]:
    regime = _actor(e, states)
    assert regime is not None
    told = [texts.sentence(m) for m in e.evidence]
    nature = launch_nature(e.type, (*told, *e.triggers, *(o.of for o in e.ordinals)))
    if nature.unsure:
        return  # a missile that no text calls ballistic: nothing to hold against the launch bans
    if regime == "DPRK" and e.modality == "actual" and _off_the_log(e.type, e.when):
        return
    act = Act(
        what=f"a {_TEST[e.type]} by {STATE[regime]}" + (f" on {e.when}" if e.when and len(e.when) == 10 else ""),
        regime=regime,
        way="by",
        nature=nature,
        other=None,
        when=_when(e.when, texts.reported(e.evidence), " ".join(told)),
        reported=texts.reported(e.evidence),
        done=e.modality == "actual" and e.status != "denied",
    )
    yield Question(e.id, f"provisions.{regime.lower()}_{e.type}", e.evidence, partial(judge, act), e.when or "")


check = Simple("provisions", "acts against the paragraphs of Security Council resolutions", questions)
