"""A small real record, made from extractions written by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crossfix.cli import cli
from crossfix.linking import link
from crossfix.model import (
    Claim,
    Document,
    Event,
    Extraction,
    Interval,
    Ordinal,
    Participant,
    Sentence,
    Span,
    Transfer,
    Where,
)
from crossfix.record.store import Record

FIRST = (
    "Norland fired a rocket from Port Selby on Tuesday, Estmark's defence ministry said.\n"
    "Estmark accused Norland of sending 40 crates of shells to Vostland by rail in October. Vostland denied it."
)
SECOND = "The launch was a success, Norland's state agency said.\x1b[31m"


def extraction(text: str, outlet: str, published: str, *, other: bool = False) -> Extraction:
    """What reading and coding would make of it."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        f"{outlet}.txt",
        sha,
        "text/plain",
        text,
        title=f"{outlet} report",
        outlet=outlet,
        published=published,
        published_basis="header",
        language="ko" if other else "en",
    )
    if other:
        return Extraction(document, extracted=False, reason="language 'ko' is not handled yet")

    def at(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    ends = [i + 1 for i, c in enumerate(text) if c == "."]
    sentences = tuple(Sentence(a, b, 0) for a, b in zip([0, *ends], ends, strict=False))
    if "fired" not in text:
        said = Claim(
            "c1",
            at("Norland's state agency"),
            at("said"),
            at("The launch was a success"),
            "Norland's state agency",
            (outlet, "Norland's state agency"),
            "announce",
            "certain",
            "indirect",
            at(text.split("\x1b")[0]),
        )
        return Extraction(document, sentences=sentences, claims=(said,))
    claims = (
        Claim(
            "c1",
            at("Estmark's defence ministry"),
            at("said"),
            at("Norland fired a rocket from Port Selby on Tuesday"),
            "Estmark's defence ministry",
            (outlet, "Estmark's defence ministry"),
            "assert",
            "certain",
            "indirect",
            at("Norland fired a rocket from Port Selby on Tuesday, Estmark's defence ministry said."),
        ),
        Claim(
            "c2",
            at("Vostland denied"),
            at("denied"),
            at("it."),
            "Vostland",
            (outlet, "Vostland"),
            "deny",
            "denied",
            "indirect",
            at("Vostland denied it."),
        ),
    )
    events = (
        Event(
            "e1",
            "missile_test",
            at("fired"),
            Interval.parse("2023-11-21"),
            at("Tuesday"),
            Where("Port Selby", 41.5, 129.2),
            (Participant("Norland", "actor"),),
            "unknown",
            "reported",
            "actual",
            (Ordinal(2, "tests of the year (2023)", at("rocket")),),
            claim="c1",
            mentions=(at("fired"),),
        ),
    )
    transfers = (
        Transfer(
            "t1",
            None,
            "Norland",
            "Vostland",
            "shells",
            "40 crates",
            Interval.parse("2023-10"),
            "by rail",
            "alleged",
            "actual",
            ("Estmark",),
            ("Vostland",),
            at("sending 40 crates of shells to Vostland by rail in October"),
        ),
    )
    return Extraction(document, sentences=sentences, claims=claims, events=events, transfers=transfers)


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with three documents, to be read only."""
    path = tmp_path_factory.mktemp("record") / "r.sqlite"
    with Record.open(path, write=True) as record:
        record.add(extraction(FIRST, "Coast News", "2023-11-22"), FIRST.encode())
        record.add(extraction(SECOND, "Inland Daily", "2023-11-23"), SECOND.encode())
        record.add(extraction("노를란드가 로켓을 시험했다.", "Far Post", "2023-11-24", other=True), None)
        link(record)
    return path


@pytest.fixture
def crossfix(record_path: Path) -> Callable[..., Result]:
    """Runs a command on that record."""

    def run(*args: str) -> Result:
        return CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["--record", str(record_path), *args])

    return run
