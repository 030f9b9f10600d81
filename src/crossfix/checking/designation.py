"""Designation: are the people, bodies and vessels that the texts name on the Security Council's list.

Names are compared, not persons. A match counts as the listed one only where the text agrees in state and in office or trade, or the name
is so rare that chance is out of the question; else it "may be" the listed one, with what speaks for and against it. A name that is common,
or one that the text gives to somebody of another state, asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from crossfix.checking.case import Case, Paper
from crossfix.checking.designation_context import AGE, Context, agreement, context_of, korean_names, vessel_names
from crossfix.checking.designation_match import STRONG, Kind, Match, index, is_plain_word
from crossfix.checking.designation_names import body_words, is_acronym, tokens, words_of
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result, Row, Verdict
from crossfix.record.rows import AgentRow, Evidence
from crossfix.reference.un_list import COMMITTEES

_KINDS: Mapping[str, Kind] = {"person": "person", "organisation": "entity", "group": "entity", "vessel": "vessel"}
_UNMARKED = "unmarked"
"""The kind of words written like a listed Korean name that the reader did not mark as one."""
_AT_ONCE = 200
_PASSAGES = 20
_RARE = 5e-4
"""A name less likely than this to come about by chance is telling by itself (benchmarks/designation.py)."""
CHANCE_OF = "a name put together at random from the parts of the listed names being written like this one"


@dataclass(frozen=True, slots=True)
class Told:
    """A name as the texts tell it, with what they say around it."""

    name: str
    kind: Kind
    contexts: tuple[Context, ...]
    agent: AgentRow | None = None


def judge(told: Told, match: Match) -> Result | None:
    """Whether the named one is the listed one; None where a careful reader would not ask."""
    if match.entry.kind == "vessel":
        return _vessel(told, match)
    pro, con, level = agreement(told.contexts, told.agent, match)
    if match.entry.kind == "entity":
        verdict = _body_verdict(told, match, level)
    else:
        verdict = _person_verdict(told, match, level, any(c.startswith(AGE) for c in con))
    return None if verdict is None else _result(verdict, told, match, pro, con)


def _person_verdict(told: Told, match: Match, level: str, age: bool) -> Verdict | None:
    """``level``: "other" (of another state), "none", "document" (the state is named in the text), "sentence" (beside the name), "office"
    (office or trade agrees too). ``age`` is true where a told age is not the listed one's."""
    if level in ("other", "none") or age:
        return None
    korean = match.how == "Korean syllables"
    rare = index().by_chance(told.name) < _RARE
    if match.score >= STRONG or (korean and match.score >= 0.95):
        if level == "office" or (rare and not korean and (level == "sentence" or len(tokens(told.name)) > 2)):
            return "supported"
        return "unknown" if level == "sentence" or (korean and rare and match.score == 1.0) else None
    if match.whole and rare and level in ("sentence", "office"):
        return "supported"  # the list's name has further parts, as Arabic names do
    return "unknown" if rare and level in ("sentence", "office") else None


def _body_verdict(told: Told, match: Match, level: str) -> Verdict | None:
    if level == "other":
        return None
    close = level in ("beside", "office")
    if is_acronym(told.name) or is_plain_word(told.name) or len("".join(words_of(told.name))) < 6:
        return "supported" if close and match.score == 1.0 else None
    if match.score == 1.0:
        return "supported" if level != "none" or len(words_of(told.name)) > 3 else "unknown"
    return "unknown" if level != "none" else None


def _result(verdict: Verdict, told: Told, match: Match, pro: Sequence[str], con: Sequence[str]) -> Result:
    e = match.entry
    who = f"{e.name}, {e.id}" + (f" ({e.office[0]})" if e.office else "")
    where = f"{COMMITTEES[e.list]}, listed on {e.listed.isoformat()}"
    if verdict == "supported":
        summary = f"{told.name} is on the Security Council's list: {who}, list {where}."
        late = [c.dated for c in told.contexts if c.dated is not None]
        if late and max(late) < e.listed:
            summary = summary[:-1] + ", which is after the latest text that names it."
    else:
        summary = f"{told.name} may be the listed {who}, list {where}, score {match.score:.2f}"
        summary += f"; for it: {', '.join(pro)}" + (f"; against it: {', '.join(con)}." if con else ".")
    working: dict[str, object] = {
        "told_name": told.name,
        "listed_spelling": match.spelling,
        "spelling_quality": match.quality,
        "score_0_to_1": match.score,
        "compared_by": match.how,
        "for": list(pro),
        "against": list(con),
        "listed_on": e.listed.isoformat(),
        "list_as_of": e.read,
        "texts": len({c.document for c in told.contexts}),
    }
    if e.born:
        working["listed_birth"] = list(e.born)
    if e.states:
        working["listed_states"] = list(e.states)
    chance = index().by_chance(told.name) if e.kind == "person" else None
    return Result(
        verdict=verdict,
        summary=summary,
        working=working,
        sources=(Row(e.table, e.id, f"{match.quality}: {match.spelling}"),),
        caveat=f"Names were compared, with the list as of {e.read}; being listed says nothing of what is told of them here.",
        chance=chance,
        chance_of=CHANCE_OF if chance is not None else None,
    )


def _vessel(told: Told, match: Match) -> Result:
    e = match.entry
    return Result(
        verdict="supported",
        summary=f"A vessel named {told.name} was listed by the 1718 Committee on {e.listed.isoformat()} ({e.note}).",
        working={
            "told_name": told.name,
            "listed_name": e.name,
            "imo": e.note,
            "listed_on": e.listed.isoformat(),
            "score_0_to_1": match.score,
        },
        sources=(Row(e.table, e.id, e.note),),
        caveat="Ships change names, and several bear one name: only the IMO number tells. The table holds only the listed vessels that "
        "public reports name, so a ship that is not in it may be listed too.",
    )


# ------------------------------------------------------------------ questions


def questions(case: Case) -> Iterator[Question]:
    """One question for each told name that is like a listed one, over all texts; and one for each passage that says somebody is under
    United Nations sanctions."""
    from crossfix.checking.designation_claims import claims_of_listing

    hits = _named(case)
    agents = {a.name: a for a in case.agents} if hits else {}
    events: dict[str, str] = {}
    for row in case.events:
        for p in row.participants:
            events.setdefault(p.name, row.id)
    told_as: dict[tuple[Kind, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for kind, name in sorted(hits):
        best = index().match(name, kind)[0]
        told_as[kind, best.entry.id, body_words(name) if kind != "person" else tokens(name)].append(name)
    for (kind, _, _), names in sorted(told_as.items()):
        name = max(names, key=lambda n: (len(hits[kind, n]), n))
        places = [c for n in names for c in hits[kind, n]]
        places.sort(key=lambda c: (c.dated.isoformat() if c.dated else "9", c.document, c.start))
        told = Told(name, kind, tuple(places), next((agents[n] for n in names if n in agents), None))
        evidence = _one_each(places)
        subject = next((events[n] for n in names if n in events), evidence[0].document)
        yield Question(subject, f"designation.{kind}", evidence, partial(_best, told), name)
    yield from claims_of_listing(case)


def _best(told: Told) -> Result | None:
    """The first answer of the best matches; a listed one before one that may be."""
    results = [r for m in index().match(told.name, told.kind)[:5] if (r := judge(told, m)) is not None]
    return next((r for r in results if r.verdict == "supported"), results[0] if results else None)


def _one_each(places: Iterable[Context]) -> tuple[Evidence, ...]:
    """The first passage of each document, some of them."""
    first: dict[str, Context] = {}
    for c in places:
        first.setdefault(c.document, c)
    return tuple(Evidence(c.document, c.start, c.end) for c in list(first.values())[:_PASSAGES])


def _named(case: Case) -> dict[tuple[Kind, str], list[Context]]:
    """Where names that could match stand, furniture left out."""
    from crossfix.record import schema

    known: dict[tuple[str, str], bool] = {}
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    ids = [d.sha256 for d in case.documents]
    for i in range(0, len(ids), _AT_ONCE):
        shas = ids[i : i + _AT_ONCE]
        for sha, row in case.record.current_of(schema.marks, shas).items():
            for _, kind, name in row["value"]["names"]:
                if kind in _KINDS:
                    key = (kind, name)
                    if key not in known:
                        known[key] = index().knows(name, _KINDS[kind]) and bool(index().match(name, _KINDS[kind]))
                    if known[key]:
                        wanted[sha].add(key)
        for sha, text in case.record.texts(shas).items():
            wanted[sha] |= {("vessel", n) for n in vessel_names(text)} | {(_UNMARKED, n) for n in korean_names(text)}
    out: dict[tuple[Kind, str], list[Context]] = defaultdict(list)
    wanted = {sha: names for sha, names in wanted.items() if names}
    for paper in Case(case.record, sorted(wanted)).papers() if wanted else ():
        for kind, name, context in _contexts(paper, wanted[paper.sha256]):
            out[kind, name].append(context)
    return out


def _contexts(paper: Paper, wanted: set[tuple[str, str]]) -> Iterator[tuple[Kind, str, Context]]:
    for n in paper.names:
        if (n.kind, n.name) in wanted and not paper.is_furniture(n.span.start):
            yield _KINDS[n.kind], n.name, context_of(paper, n.span.start, n.span.end)
    told = {(n.span.start, n.span.end) for n in paper.names if (n.kind, n.name) in wanted}
    for kind, name in sorted(wanted):
        if kind not in ("vessel", _UNMARKED):
            continue
        for at in _all(paper.text, name):
            end = at + len(name)
            if not paper.is_furniture(at) and not any(a < end and at < b for a, b in told):
                yield ("vessel" if kind == "vessel" else "person"), name, context_of(paper, at, end)


def _all(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


check = Simple("designation", "names against the Security Council's list", questions)
