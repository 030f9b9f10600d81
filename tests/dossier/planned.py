"""A small record of our own and a plan over it, plain or hostile, for the tests of every form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crossfix.dossier.plan import Plan, added, named
from crossfix.linking import link
from crossfix.model import Leg, Span, Where
from crossfix.record import Record
from record_builders import report

if TYPE_CHECKING:
    from crossfix.dossier.report import Report

FIRST = (
    "Norland fired a missile from Cape Ostrava on 3 May 2023, Colonel Ida Brandt said.\n"
    "The ministry of Vostland denied any delivery. Shells went by train from Port Alder to Kestrel Junction, the harbour office said.\n"
    "Nothing more was made public that week."
)
SECOND = "A missile test by Norland near Cape Ostrava took place on 3 May 2023, Vostland confirmed.\nNo other source was named."
OSTRAVA, ALDER, KESTREL = (
    Where("Cape Ostrava", 59.31, 18.52),
    Where("Port Alder", 57.12, 21.44),
    Where("Kestrel Junction", 55.91, 26.73),
)
EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) [a](javascript:alert(1)) ![b](http://nowhere.invalid/x) "
    "=HYPERLINK(1) {{7*7}} %s @misc{x, } \\write18{ls} $\\input{y}$ ]]> </w:t></w:r> \x00\x08\ud800 \u202eevil | `c` **d** [^1]: e"
)
FORMULAS = ('=HYPERLINK("http://nowhere.invalid")', "+1+1", "-1+1", "@SUM(1)", "\t=1", "＝1+1", " =1+1")


def record_at(path: Path, *, evil: str = "") -> Record:
    """The record, open for writing. ``evil`` stands in the texts, titles, outlets, places and items of one document."""
    record = Record.open(path, write=True)
    legs_text = "Shells went by train from Port Alder to Kestrel Junction"
    first, raw = report(
        FIRST, title="A launch and a denial", outlet="Harbour Times", published="2023-05-04",
        claims=[
            ("Colonel Ida Brandt", "said", "Norland fired a missile from Cape Ostrava on 3 May 2023"),
            ("The ministry of Vostland", "denied", "any delivery"),
            ("the harbour office", "said", legs_text),
        ],
        events=[{"trigger": "fired", "when": "2023-05-03", "where": ("Cape Ostrava", 59.31, 18.52), "claim": "c1",
                 "participants": [("Norland", "actor")]}],
        transfers=[{"item": "Shells", "supplier": "Norland", "recipient": "Vostland", "when": "2023-05", "evidence": legs_text}],
    )  # fmt: skip
    at = FIRST.index("train")
    leg = Leg(ALDER, KESTREL, "rail", Span.of(FIRST, at, at + 5))
    denied = replace(first.claims[1], stance="deny", firmness="denied", source_name="Vostland")
    held = replace(first.claims[0], confidence=0.87)
    first = replace(
        first,
        claims=(held, denied, first.claims[2]),
        transfers=(replace(first.transfers[0], legs=(leg,), route="by train"),),
    )
    record.add(first, raw)
    second, raw = report(
        SECOND, title="The same launch", outlet="Inland Daily", published="2023-05-05",
        claims=[("Vostland", "confirmed", "A missile test by Norland near Cape Ostrava took place on 3 May 2023")],
        events=[{"trigger": "test", "when": "2023-05-03", "where": ("Cape Ostrava", 59.31, 18.52), "claim": "c1",
                 "participants": [("Norland", "actor")]}],
    )  # fmt: skip
    record.add(second, raw)
    if evil:
        fit = evil.replace("\ud800", "?")
        text = f"{fit} was fired, {fit} said.\nA second line of it."
        third, raw = report(
            text, title=fit, outlet=fit, published="2023-05-06", file=f"{fit[:20]}.txt".replace("\x00", ""),
            claims=[(fit, "said", "was fired")],
            events=[{"trigger": "fired", "when": "2023-05-06", "where": (fit, 10.5, 20.5), "claim": "c1",
                     "participants": [(fit, "actor")]}],
            transfers=[{"item": "line", "supplier": fit, "recipient": fit, "quantity": fit, "evidence": "second line"}],
        )  # fmt: skip
        record.add(third, raw)
    link(record)
    return record


def plan_for(record: Record, *, evil: str = "") -> Plan:
    """All events, transfers and one claim, under headings, with a paragraph of one's own that cites."""
    claims = record.claims()
    plan = added(
        named(Plan(), f"The launch of May {evil}"[:290], f"A. Analyst {evil}"[:290]),
        "heading",
        text=f"What is reported {evil}"[:290],
    )
    for e in record.events():
        plan = added(plan, "event", ref=e.id)
    for t in record.transfers():
        plan = added(plan, "transfer", ref=t.id)
    plan = added(plan, "claim", ref=claims[1].id)
    plan = added(plan, "heading", text="Assessment")
    event = record.events()[0].id
    own = f"Our reading rests on one telling.[[{claims[0].id}]] {evil}\n\nIt is compared in [[{event}]]; [[nothing]] is not."
    return added(plan, "text", text=own)


def report_for(path: Path, *, evil: str = "") -> Report:
    """The report of it all."""
    import datetime as dt

    from crossfix.dossier.compose import compose

    with record_at(path, evil=evil) as record:
        return compose(record, plan_for(record, evil=evil), made=dt.datetime(2023, 12, 1, tzinfo=dt.UTC))
