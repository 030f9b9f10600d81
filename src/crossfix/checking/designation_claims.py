"""Passages that say somebody is under United Nations sanctions, held against the list as of its day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial

from crossfix.checking.case import Case, Paper
from crossfix.checking.designation_match import STRONG, Kind, index
from crossfix.checking.designation_names import words_of
from crossfix.checking.result import Question, Result, Row
from crossfix.model import Name
from crossfix.reference.un_list import COMMITTEES, as_of

_AT_ONCE = 200
_UN = r"(?:the\s+)?(?:UN|U\.N\.|United\s+Nations)(?:\s+Security\s+Council)?"
_AFTER = re.compile(
    rf"\b(?:sanctioned|blacklisted|designated|put\s+under\s+sanctions)\s+by\s+{_UN}\b"
    rf"|\b(?:under|subject\s+to|facing)\s+(?:UN|U\.N\.|United\s+Nations)\s+sanctions"
    rf"|\bon\s+(?:a\s+|the\s+)?(?:UN|U\.N\.|United\s+Nations)(?:\s+Security\s+Council)?(?:[’']s)?\s+(?:sanctions?\s+)?(?:black)?list\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|removed|delisted|whether|if|could|may|might|should|urged?|propos\w+|ask\w+|call\w+\s+for)\b[^.;]{0,60}$",
    re.I,
)
_KINDS: dict[str, Kind] = {"person": "person", "organisation": "entity"}
_WINDOW_DAYS = 30
"""A text no further than this from the day of the list speaks of that list."""


def judge(name: str, kind: Kind, dated: dt.date | None) -> Result:
    """Whether the list bears out that the named one is under United Nations sanctions."""
    day = as_of()
    working = {
        "told_name": name,
        "text_dated": dated.isoformat() if dated else "not known",
        "list_as_of": day.isoformat(),
    }
    caveat = (
        "The list shows who was on it on its day; who came on or off at another time, and vessels, it does not show."
    )
    found = index().match(name, kind)
    best = found[0] if found else None
    if best is not None and best.score >= STRONG:
        e = best.entry
        working |= {"score_0_to_1": str(best.score), "listed_on": e.listed.isoformat()}
        if dated is not None and dated < e.listed:
            return Result(
                "unknown", f"The list has {e.name}, {e.id}, but since {e.listed.isoformat()} only, after the text.", working,
                (Row(e.table, e.id, best.spelling),), caveat,
            )  # fmt: skip
        return Result(
            "supported", f"The list has {e.name}, {e.id}, since {e.listed.isoformat()} (list {COMMITTEES[e.list]}).", working,
            (Row(e.table, e.id, best.spelling),), caveat,
        )  # fmt: skip
    if best is not None:
        working["nearest"] = f"{best.entry.id} {best.spelling}, score {best.score}"
    elif dated is not None and abs((dated - day).days) <= _WINDOW_DAYS and len(words_of(name)) > 1:
        return Result(
            "contradicted",
            f"The list as of {day.isoformat()} has no name like {name}, though the text says it is under United Nations sanctions.",
            working, (), caveat,
        )  # fmt: skip
    return Result(
        "unknown",
        f"No name that is surely {name} is in the list as of {day.isoformat()}, which need not be that of the text's day.",
        working,
        (),
        caveat,
    )


def claims_of_listing(case: Case) -> Iterator[Question]:
    """One question for each passage that says of a named person or body that the United Nations have listed it."""
    hits: list[str] = []
    documents = [d.sha256 for d in case.documents if d.language == "en" and d.extracted]
    for i in range(0, len(documents), _AT_ONCE):
        hits += [s for s, t in case.record.texts(documents[i : i + _AT_ONCE]).items() if _AFTER.search(t)]
    for paper in Case(case.record, hits).papers() if hits else ():
        yield from _of_paper(paper)


def _of_paper(paper: Paper) -> Iterator[Question]:
    days = paper.dated
    seen: set[str] = set()
    for m in _AFTER.finditer(paper.text):
        if paper.is_furniture(m.start()):
            continue
        a, b = paper.sentence(m.start())
        if _DENIED.search(paper.text[a : m.start()]) or paper.text[a:b].rstrip().endswith("?"):
            continue
        name = _subject(paper, a, m.start())
        if name is None or name.name in seen:
            continue
        seen.add(name.name)
        claim = paper.claim_at(m.start(), m.end())
        yield Question(
            claim.id if claim else paper.sha256,
            "designation.claim",
            (paper.evidence(a, b),),
            partial(judge, name.name, _KINDS[name.kind], days.last if days else None),
            name.name,
        )


def _subject(paper: Paper, start: int, at: int) -> Name | None:
    """The one person or body of which it is said: the last name before the words, with no more than a few words between."""
    before = [n for n in paper.names if start <= n.span.start and n.span.end <= at and n.kind != "place"]
    if not before:
        return None
    last = before[-1]
    gap = paper.text[last.span.end : at]
    if last.kind not in _KINDS or len(gap.split()) > 6 or (len(words_of(last.name)) < 2 and last.kind == "person"):
        return None
    return last if re.fullmatch(r"[\s,()\w’'-]*", gap) else None
