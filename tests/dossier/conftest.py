# ruff: noqa: E501 - the sample reports have long lines, as reports do
"""A shelf of rows made by hand, with the face of a record: what the dossier shows is tested without extraction."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace

import pytest

from crossfix.model import Ordinal, Participant, Span, Where
from crossfix.record.findings import CheckRun, FindingRow
from crossfix.record.rows import (
    Account,
    ClaimRow,
    DocumentRow,
    DriftRow,
    EventRow,
    Evidence,
    Filter,
    OriginRow,
    SourceRow,
    TransferRow,
)


@dataclass
class Shelf:
    """Holds rows; filters only by ``about``, ``type`` and ``sure``, which is enough here."""

    rows: list[DocumentRow] = field(default_factory=list)
    said: list[ClaimRow] = field(default_factory=list)
    happened: list[EventRow] = field(default_factory=list)
    moved: list[TransferRow] = field(default_factory=list)
    roots: list[OriginRow] = field(default_factory=list)
    changed: list[DriftRow] = field(default_factory=list)
    found: list[FindingRow] = field(default_factory=list)
    ran: list[CheckRun] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def documents(self, f: Filter = Filter()) -> list[DocumentRow]:  # noqa: B008
        return [d for d in self.rows if not f.about or f.about.lower() in self.texts[d.sha256].lower()]

    def claims(self, f: Filter = Filter()) -> list[ClaimRow]:  # noqa: B008
        return [
            c
            for c in self.said
            if (not f.about or f.about.lower() in c.quote.text.lower())
            and (f.sure is None or (c.confidence is not None and c.confidence >= f.sure))
        ]

    def events(self, f: Filter = Filter()) -> list[EventRow]:  # noqa: B008
        sure = {c.id for c in self.claims(Filter(sure=f.sure))}
        return [
            e
            for e in self.happened
            if (not f.type or e.type == f.type)
            and self._about(e.mentions, f)
            and (f.sure is None or sure.intersection(e.claims))
        ]

    def transfers(self, f: Filter = Filter()) -> list[TransferRow]:  # noqa: B008
        spots = [e for c in self.claims(Filter(sure=f.sure)) for e in c.evidence]
        return [
            t
            for t in self.moved
            if self._about(t.evidence, f)
            and (
                f.sure is None
                or any(
                    s.document == e.document and s.start < e.end and e.start < s.end for s in spots for e in t.evidence
                )
            )
        ]

    def _about(self, evidence: tuple[Evidence, ...], f: Filter) -> bool:
        return not f.about or any(f.about.lower() in self.texts[e.document].lower() for e in evidence)

    def sources(self, f: Filter = Filter()) -> list[SourceRow]:  # noqa: B008
        rows = []
        for name in dict.fromkeys(c.source_name or c.chain[-1] for c in self.claims(f)):
            own = [c for c in self.claims(f) if (c.source_name or c.chain[-1]) == name]
            through = tuple(dict.fromkeys(x for c in own for x in c.chain[:-1]))
            evidence = tuple(e for c in own for e in c.evidence)
            stances = Counter(c.stance for c in own)
            rows.append(
                SourceRow(f"a-{name}", name, "", len(own), len({c.document for c in own}), stances, through, evidence)
            )
        return rows

    def origins(self) -> list[OriginRow]:
        return self.roots

    def drifts(self) -> list[DriftRow]:
        return self.changed

    def findings(self) -> list[FindingRow]:
        return self.found

    def check_runs(self) -> list[CheckRun]:
        return self.ran

    def text(self, sha256: str) -> str:
        return self.texts[sha256]

    def sentences(self, sha256: str) -> list[tuple[int, int]]:
        return [m.span() for m in re.finditer(r"[^\s][^.!?\n]*[.!?”]*", self.texts[sha256])]

    # ------------------------------------------------------------ making

    def put(self, text: str, **given: object) -> str:
        """A document; its id."""
        sha = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        row = DocumentRow(
            sha256=sha,
            file="report.txt",
            media_type="text/plain",
            title="A report",
            outlet="Harbour Times",
            agency=None,
            author=None,
            published="2023-11-20",
            published_basis="header",
            written=None,
            language="en",
            url=None,
            words=len(text.split()),
            furniture=(),
            notes=(),
            extracted=True,
            reason=None,
            origin=f"O-{sha[:6]}",
            derived_from=None,
            relation=None,
            added="2023-11-21T00:00:00Z",
        )
        self.rows.append(replace(row, **given))  # type: ignore[arg-type]
        self.texts[sha] = text
        return sha

    def span(self, sha: str, words: str) -> Span:
        start = self.texts[sha].index(words)
        return Span.of(self.texts[sha], start, start + len(words))

    def at(self, sha: str, words: str) -> Evidence:
        found = self.span(sha, words)
        return Evidence(sha, found.start, found.end)

    def claim(self, sha: str, quote: str, content: str, *chain: str, **given: object) -> str:
        """A claim; its id."""
        row = ClaimRow(
            id=f"{sha[:8]}-c{len(self.said)}",
            document=sha,
            source=None,
            cue=None,
            content=self.span(sha, content),
            quote=self.span(sha, quote),
            source_name=chain[-1],
            chain=chain,
            stance="assert",
            firmness="certain",
            voice="indirect",
            added="2023-11-21T00:00:00Z",
        )
        self.said.append(replace(row, **given))  # type: ignore[arg-type]
        return row.id

    def event(self, mentions: list[tuple[str, str]], **given: object) -> str:
        """An event; its id."""
        evidence = tuple(self.at(*m) for m in mentions)
        row = EventRow(
            id=f"E{len(self.happened) + 1:04d}",
            type="other",
            when=None,
            where=None,
            participants=(),
            outcome="unknown",
            status="reported",
            modality="actual",
            ordinals=(),
            mentions=evidence,
            triggers=tuple(w for _, w in mentions),
            reports=tuple(dict.fromkeys(e.document for e in evidence)),
            independent_origins=1,
            accounts=(),
            claims=(),
            denied_by=(),
            why="",
        )
        self.happened.append(replace(row, **given))  # type: ignore[arg-type]
        return row.id

    def transfer(self, sha: str, words: str, **given: object) -> str:
        """A transfer; its id."""
        row = TransferRow(
            id=f"T{len(self.moved) + 1:04d}",
            event=None,
            supplier=None,
            recipient=None,
            item="goods",
            quantity=None,
            when=None,
            route=None,
            status="alleged",
            modality="actual",
            alleged_by=(),
            denied_by=(),
            evidence=(self.at(sha, words),),
        )
        self.moved.append(replace(row, **given))  # type: ignore[arg-type]
        return row.id


WIRE = """Norland tested rocket for second time this year, ministry says

PORT SELBY (Coast News) - Norland fired a long-range rocket on Tuesday, its second test of the year, Estmark's defence ministry said. The rocket flew 1,010 km and reached an apogee of 6,518 km, the ministry said.
"We condemn this launch," said Mira Holt, the foreign minister of Estmark. She added that the launch "breaks every promise made".
Norland's state agency said the test succeeded. Two officials briefed by Estmark's intelligence service said the engine may have come from Vostland, Coast News reported. Vostland denied any such transfer.
In October, the Estmark government released pictures that it said showed a train carrying shells from Norland to Vostland.

Photo: Coast News / A. Example
Subscribe to our newsletter"""

RETOLD = """Norland tests rocket; engine from Vostland, officials say

Norland tested a long-range rocket on 22 November, according to Estmark's defence ministry, Coast News reported. An earlier launch in May failed.
The engine came from Vostland, officials said. <script>alert("crossfix")</script> <b>Bold</b> & [link](javascript:alert(1)) *stars* http://example.com/a_b
A meeting of the two leaders is expected next year. (Coast News)
Southmark has not condemned the launch, Coast News said."""


@pytest.fixture
def shelf() -> Shelf:
    """Three documents: a wire report, a rewrite with script in its text, and one in a language not handled."""
    s = Shelf()
    photo = WIRE.index("Photo:")
    a = s.put(
        WIRE,
        title="Norland tested rocket for second time this year",
        outlet="Coast News",
        agency="Coast News",
        published="2023-11-22",
        published_basis="dateline",
        origin="O1",
        furniture=((photo, len(WIRE), "credit"),),
    )
    b = s.put(
        RETOLD,
        title="Norland tests rocket <i>again</i>",
        outlet="Inland Daily",
        agency="Coast News",
        origin="O1",
        derived_from=a,
        relation="rewrite",
        published="2023-11-23",
        url="https://example.com/<x>",
        file="inland.txt",
        notes=("the date header is no date: 31 February",),
    )
    s.put(
        "노를란드가 로켓을 시험했다",
        title="노를란드 로켓",
        outlet=None,
        published=None,
        published_basis=None,
        language="ko",
        extracted=False,
        reason="language 'ko' is not handled yet",
        origin="O2",
        file="ko.txt",
    )
    s.roots += [OriginRow("O1", (a, b), "Coast News", "the second credits the first's agency and shares its sentences")]
    said = s.claim(
        a,
        "Norland fired a long-range rocket on Tuesday, its second test of the year, Estmark's defence ministry said.",
        "Norland fired a long-range rocket on Tuesday, its second test of the year",
        "Coast News",
        "Estmark's defence ministry",
    )
    s.claim(
        a,
        '"We condemn this launch," said Mira Holt, the foreign minister of Estmark.',
        "We condemn this launch",
        "Coast News",
        "Mira Holt",
        stance="condemn",
        voice="direct",
    )
    worked = s.claim(
        a,
        "Norland's state agency said the test succeeded.",
        "the test succeeded",
        "Coast News",
        "Norland's state agency",
        stance="announce",
    )
    engine = s.claim(
        a,
        "Two officials briefed by Estmark's intelligence service said the engine may have come from Vostland, Coast News "
        "reported.",
        "the engine may have come from Vostland",
        "Coast News",
        "two officials",
        "Estmark's intelligence service",
        firmness="possible",
        stance="suspect",
    )
    denial = s.claim(
        a,
        "Vostland denied any such transfer.",
        "any such transfer",
        "Coast News",
        "Vostland",
        stance="deny",
        firmness="denied",
    )
    s.claim(
        b,
        "Southmark has not condemned the launch, Coast News said.",
        "Southmark has not condemned the launch",
        "Inland Daily",
        "Coast News",
    )
    s.claim(b, "An earlier launch in May failed.", "An earlier launch in May failed", "Inland Daily", voice="outlet")
    again = s.claim(
        b,
        "Norland tested a long-range rocket on 22 November, according to Estmark's defence ministry, Coast "
        "News reported.",
        "Norland tested a long-range rocket on 22 November",
        "Inland Daily",
        "Coast News",
        "Estmark's defence ministry",
    )
    s.claim(
        b,
        'The engine came from Vostland, officials said. <script>alert("crossfix")</script>',
        "The engine came from Vostland",
        "Inland Daily",
        "officials",
    )
    s.event(
        [(a, "fired"), (a, "second test of the year"), (b, "tested a long-range rocket")],
        type="missile_test",
        when="2023-11-21",
        where=Where("Port Selby", 41.5, 129.25),
        participants=(Participant("Norland", "actor"),),
        outcome="success",
        status="confirmed_by_actor",
        claims=(said, worked, again),
        independent_origins=1,
        ordinals=(Ordinal(2, "tests of the year (2023)", s.span(a, "second test of the year")),),
        accounts=(
            Account("when", "2023-11-21", (s.at(a, "Tuesday"),)),
            Account("when", "2023-11-22", (s.at(b, "22 November"),)),
        ),
        why="same type and actor, dates one day apart, one origin",
    )
    s.event(
        [(b, "An earlier launch in May failed")],
        type="missile_test",
        when="2023-05",
        outcome="failure",
        participants=(Participant("Norland", "actor"),),
    )
    s.event([(b, "meeting of the two leaders")], type="meeting", modality="future")
    s.event(
        [(a, "the engine may have come from Vostland")],
        type="arms_transfer",
        status="alleged",
        claims=(engine, denial),
        participants=(Participant("Vostland", "supplier"), Participant("Norland", "recipient")),
    )
    s.transfer(
        a,
        "a train carrying shells from Norland to Vostland",
        supplier="Norland",
        recipient="Vostland",
        item="shells",
        when="2023-10",
        route="by train",
        alleged_by=("Estmark government",),
    )
    s.transfer(
        a,
        "the engine may have come from Vostland",
        supplier="Vostland",
        recipient="Norland",
        item="rocket engine",
        alleged_by=("two officials",),
        denied_by=("Vostland",),
        event="E0004",
    )
    return s
