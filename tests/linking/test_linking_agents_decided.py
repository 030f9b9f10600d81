"""What a person says of agents counts in events: speakers merged are one voice, parties merged are one, and undoing restores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from crossfix.linking import decided, link
from crossfix.model import Extraction
from crossfix.record import Record
from crossfix.record.decisions import decide, parts_of, undo
from crossfix.record.rows import Decision
from record_builders import report

SPEAKERS = ("Harbourmaster Ilda Brandt", "Master of the Port of Selby", "Coastguard Anders Voll")


PARTIES = ("Grey Fleet", "Ninth Flotilla", "Ninth Flotilla")
WAYS = (
    "By the word of {}, a rocket was fired from the pier while the town was asleep, and windows shook.",
    "{} told our correspondent over the telephone: something was fired at first light, and gulls rose in clouds.",
    "Asked on the quay, {} gave little away but agreed that it was fired that morning.",
    "Nobody was hurt, {} assured readers of this newspaper, when one more was fired into the empty bay.",
)


def paper(n: int, speaker: str, *, party: str = "Norland", **fields: object) -> tuple[Extraction, bytes]:
    text = WAYS[n].format(speaker)
    event: dict[str, object] = {
        "trigger": "fired", "when": "2023-08-03", "participants": [(party, "actor")], "claim": "c1",
        **fields,
    }  # fmt: skip
    told = [(speaker, text.split()[-1], text.rpartition(speaker)[2].strip(" :,."))]
    return report(text, outlet=f"Paper {n}", published="2023-08-04", events=[event], claims=told)


def fill(path: Path, papers: Sequence[tuple[Extraction, bytes]]) -> Record:
    record = Record.open(path, write=True)
    for p in papers:
        record.add(*p)
    link(record)
    return record


def shown(record: Record) -> dict[str, Any]:
    out = record.export()
    for d in out["documents"]:
        d.pop("added")
    return out


def merge(record: Record, *names: str) -> Decision:
    return _decide(record, "merge", [parts_of(record, "agent", n) for n in names], names)


def _decide(
    record: Record, verb: Literal["merge", "split"], groups: Sequence[Sequence[str]], given: Sequence[str]
) -> Decision:
    d = decide(record, verb, "agent", groups, given=given, by="Ada", why="one person")
    decided.apply(record, d)
    return d


def test_two_speakers_that_a_person_merged_are_one_voice_and_undoing_restores_all(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite", [paper(n, s) for n, s in enumerate(SPEAKERS)]) as record:
        before = shown(record)
        (event,) = record.events()
        assert event.independent_origins == 3
        d = merge(record, *SPEAKERS[:2])
        (event,) = record.events()
        assert event.independent_origins == 2
        assert event.reporters == 3  # ten who quote one speaker are ten reporters
        assert len(event.speakers) == 2
        (shared,) = [r for r in event.roots if len(r.documents) == 2]
        assert shared.name in SPEAKERS[:2]
        assert shared.why == f"has it from {shared.name} alone"
        decided.apply(record, undo(record, d, by="Ada", why=""))
        assert shown(record) == before


def test_a_split_after_a_merge_parts_the_voices_again(tmp_path: Path) -> None:
    with fill(tmp_path / "r.sqlite", [paper(n, s) for n, s in enumerate(SPEAKERS)]) as record:
        roots = record.events()[0].roots
        merge(record, *SPEAKERS[:2])
        _decide(record, "split", [[p] for p in parts_of(record, "agent", SPEAKERS[0])], [SPEAKERS[0]])
        (event,) = record.events()
        assert event.roots == roots


def test_an_agent_that_no_decision_speaks_of_keeps_its_name_beside_one_of_the_same_words(tmp_path: Path) -> None:
    papers = [paper(n, s) for n, s in enumerate((*SPEAKERS, SPEAKERS[2]))]
    with fill(tmp_path / "r.sqlite", papers) as record:
        before = record.events()[0]
        assert before.independent_origins == 3
        merge(record, *SPEAKERS[:2])
        after = record.events()[0]
        kept = [r for r in before.roots if r.name == SPEAKERS[2]]
        assert kept
        assert [r for r in after.roots if r.name == SPEAKERS[2]] == kept


def test_parties_that_a_person_merged_make_two_tellings_one_event(tmp_path: Path) -> None:
    # two launches of one day by parties that no table knows: only a person can say that they are one
    papers = [paper(n, s, party=p) for n, s, p in zip(range(2), SPEAKERS, PARTIES, strict=False)]
    with fill(tmp_path / "r.sqlite", papers) as record:
        assert len(record.events()) == 2
        before = shown(record)
        d = merge(record, "Grey Fleet", "Ninth Flotilla")
        (event,) = record.events()
        assert len(event.participants) == 1
        assert not [a for a in event.accounts if a.field == "participants"]
        decided.apply(record, undo(record, d, by="Ada", why=""))
        assert shown(record) == before


def test_a_document_added_after_the_merge_or_its_undoing_finds_its_event(tmp_path: Path) -> None:
    # exercises meet under two things that they share, so an event is found by its parties' names
    firing: dict[str, object] = {"type": "exercise", "where": ("Port Selby", 54.1, 10.2)}
    papers = [paper(n, s, party=p, **firing) for n, s, p in zip(range(3), SPEAKERS, PARTIES, strict=True)]
    with fill(tmp_path / "s.sqlite", papers[:2]) as record:
        d = merge(record, "Grey Fleet", "Ninth Flotilla")
        record.add(*papers[2])
        link(record)
        (event,) = record.events()
        assert len(event.reports) == 3
        decided.apply(record, undo(record, d, by="Ada", why=""))
        undone = shown(record)
        assert sorted(len(e["reports"]) for e in undone["events"]) == [1, 2]
        record.add(*paper(3, "Corporal Tann", party="Grey Fleet", **firing))
        link(record)
        assert sorted(len(e.reports) for e in record.events()) == [2, 2]
