"""Checks made for tests, and a record for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from crossfix.checking.case import Case
from crossfix.checking.registry import Simple
from crossfix.checking.result import Question, Result
from crossfix.linking import link
from crossfix.record import Record
from record_builders import report

FIRST = "Norland fired a rocket from Port Selby on Tuesday, the ministry said. The rocket fell into the sea."
SECOND = "Norland launched a rocket from Port Selby on Tuesday. Vostland denied that it had helped."


def make(path: Path) -> Path:
    """A record of two documents with one event each."""
    with Record.open(path, write=True) as record:
        for text, outlet, trigger in ((FIRST, "Harbour Post", "fired"), (SECOND, "Inland Daily", "launched")):
            event = {"trigger": trigger, "when": "2023-08-22", "participants": [("Norland", "actor")]}
            claims = [("the ministry", "said", "Norland fired a rocket")] if trigger == "fired" else []
            day = "2023-08-24" if trigger == "fired" else "2023-08-25"
            extraction, raw = report(
                text, outlet=outlet, published=day, file=f"{outlet}.txt", claims=claims, events=[event]
            )
            record.add(extraction, raw)
        link(record)
    return path


def of_events(result: Callable[[str], Result | None]) -> Callable[[Case], Iterable[Question]]:
    """Questions about every event of every document, answered by ``result`` of the trigger's word."""

    def questions(case: Case) -> Iterator[Question]:
        for p in case.papers():
            for e in p.events:
                passage = p.evidence(e.trigger.start, e.trigger.end)
                word = e.trigger.text
                yield Question(case.event_of(e.id), "toy.event", (passage,), partial(result, word), about=word)

    return questions


def toy(result: Callable[[str], Result | None], name: str = "toy") -> Simple:
    """A check over all events."""
    return Simple(name, f"events held against {name}s", of_events(result))
