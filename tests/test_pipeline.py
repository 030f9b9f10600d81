"""From files to extractions: order, isolation, languages, invariants on any text."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix import pipeline
from crossfix.contract import claim_json, error_json, extraction_json
from crossfix.model import EVENT_TYPES, STANCES, Attribution, Claim, Document, Extraction, Interval, Span

STORY = (
    "SEOUL, Dec. 18 (Yonhap) -- North Korea fired a ballistic missile toward the East Sea on Monday, the Joint Chiefs of Staff said.\n\n"
    "“It flew for more than an hour,” said Colonel Lee Min-ho. He added that Japan had tracked it as well.\n\n"
    "The White House accused Pyongyang of sending shells to Russia by rail in November 2022. Pyongyang denied it.\n"
)


def spans_of(e: Extraction) -> list[Span]:
    out = [s for c in e.claims for s in (c.source, c.cue, c.content, c.quote, *c.firmness_words) if s is not None]
    out += [n.span for n in e.names] + [t.span for t in e.times] + [p.span for p in e.places]
    for event in e.events:
        out += [event.trigger, *event.mentions, *(o.span for o in event.ordinals)]
        out += [event.when_text] if event.when_text else []
    return out + [t.evidence for t in e.transfers]


def check_invariants(e: Extraction) -> None:
    text = e.document.text
    for s in spans_of(e):
        assert text[s.start : s.end] == s.text
        assert all(s.start <= a < b <= s.end for a, b in s.ranges)
    ids = {c.id for c in e.claims}
    assert len(ids) == len(e.claims)
    assert all(c.stance in STANCES and c.chain for c in e.claims)
    assert all(c.source is None and c.cue is None for c in e.claims if c.voice == "outlet")
    assert len({x.id for x in e.events}) == len(e.events)
    for event in e.events:
        assert event.type in EVENT_TYPES
        assert event.claim is None or event.claim in ids
        assert event.when is None or event.when.first <= event.when.last
    assert all(t.event is None or t.event in {x.id for x in e.events} for t in e.transfers)
    assert all(a.start < a.end for a in e.sentences)
    furniture = e.document.furniture
    for c in e.claims:
        assert not any(f.start <= c.content.start and c.content.end <= f.end for f in furniture)


def test_a_wire_story() -> None:
    e = pipeline.extract(
        Document(
            "s.txt", "0" * 64, "text/plain", STORY, published="2023-12-18", language="en", outlet="Yonhap News Agency"
        )
    )
    check_invariants(e)
    assert any(x.type == "missile_test" and str(x.when) == "2023-12-18" for x in e.events)
    assert {"Lee Min-ho", "White House", "North Korea"} <= {c.source_name for c in e.claims}
    (transfer,) = [t for t in e.transfers if t.supplier == "North Korea"]
    assert (transfer.recipient, transfer.status, str(transfer.when)) == ("Russia", "alleged", "2022-11")
    assert "North Korea" in transfer.denied_by


@settings(max_examples=40)
@given(
    st.text(max_size=400)
    | st.lists(
        st.sampled_from(
            ["“", "”", '"', "The White House said ", "fired a missile ", "on Monday", "\r\n", "\t", "🚀", "e\u0301", ". ", "—",
             "Pyongyang denied ", "a" * 300, "MR. KIRBY: ", "in May and August ", "\u202e", "third test of the year ",
             "to Russia ", "(ANI)", "\n\n"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_any_text_keeps_the_invariants(text: str) -> None:
    document = Document("x.txt", "0" * 64, "text/plain", text, published="2023-12-18", language="en")
    e = pipeline.extract(document)
    check_invariants(e)
    assert pipeline.extract(document) == e


def test_language_not_handled_is_kept_and_says_so() -> None:
    e = pipeline.extract(Document("k.txt", "0" * 64, "text/plain", "발사는 실패했다.", language="ko"))
    assert not e.extracted
    assert "'ko'" in (e.reason or "")
    assert e.claims == ()


def test_files_come_in_order_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("The port was closed on 3 May 2023, the ministry said.")
    paths = [str(tmp_path / n) for n in ("a.txt", "b.txt", "missing.txt", "c.txt")]
    got = list(pipeline.extract_files(paths))
    assert [o.file for o in got] == paths
    assert [o.error is None for o in got] == [True, False, False, True]
    assert got[0].original == STORY.encode()


def test_processes_give_what_one_process_gives(tmp_path: Path) -> None:
    for n in range(9):
        (tmp_path / f"{n}.txt").write_text(STORY.replace("an hour", f"{n + 60} minutes"))
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2" * 100)
    one = list(pipeline.extract_files([str(tmp_path)], workers=1))
    two = list(pipeline.extract_files([str(tmp_path)], workers=2))
    assert [(o.file, o.extraction) for o in one] == [(o.file, o.extraction) for o in two]
    assert [str(o.error) for o in one] == [str(o.error) for o in two]


def test_known_documents_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (outcome,) = pipeline.extract_files([str(tmp_path)], skip=lambda sha: len(sha) == 64)
    assert outcome.skipped
    assert outcome.extraction is None


def die_on_marked(path: str, data: bytes, options: pipeline.Options) -> pipeline.Outcome:
    """Stands for a library that crashes on one document."""
    assert options == pipeline.Options()
    if b"CRASH" in data:
        os._exit(9)
    return pipeline.Outcome(path, "0" * 64)


def test_a_worker_that_dies_costs_only_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_extract_one", die_on_marked)
    for n in range(12):
        (tmp_path / f"{n:02}.txt").write_text("CRASH" if n == 5 else f"document {n}")
    got = list(pipeline.extract_files([str(tmp_path)], workers=2))
    assert [o.error is not None for o in got] == [n == 5 for n in range(12)]
    assert "died" in str(got[5].error)


def say_how(path: str, data: bytes, options: pipeline.Options) -> pipeline.Outcome:
    """Stands for the reading of one document, in whichever process: the hash says whether it was to be fast."""
    assert data
    return pipeline.Outcome(path, str(options.fast))


@pytest.mark.parametrize("workers", [1, 2])
def test_fast_reaches_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(pipeline, "_extract_one", say_how)
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"document {n}")
    for fast in (False, True):
        got = list(pipeline.extract_files([str(tmp_path)], workers=workers, fast=fast))
        assert [o.sha256 for o in got] == [str(fast)] * 3


def test_fast_asks_for_the_rules_alone_and_confidence_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    import crossfix.language.attribution as room

    real, asked = room.attributions, []

    def estimated(parse: Any, document: Document, names: Any, fast: bool = False) -> tuple[Attribution, ...]:
        asked.append(fast)
        found = real(parse, document, names, True)
        return tuple(replace(a, confidence=None if fast else 1 / 3) for a in found)

    monkeypatch.setattr(room, "attributions", estimated)
    document = Document("s.txt", "0" * 64, "text/plain", STORY, published="2023-12-18", language="en")
    slow, fast = pipeline.extract(document), pipeline.extract(document, fast=True)
    assert asked == [False, True]
    assert (slow.fast, fast.fast) == (False, True)
    assert {c.confidence for c in slow.claims if c.voice != "outlet"} == {1 / 3}
    assert all(c.confidence is None for c in (*fast.claims, *(c for c in slow.claims if c.voice == "outlet")))
    assert replace(slow, claims=(), fast=True) == replace(fast, claims=())
    made = extraction_json(slow, "s.txt")
    assert {a["confidence"] for a in made["attributions"] if a["voice"] != "outlet"} == {0.333}
    assert (made["fast"], extraction_json(fast, "s.txt")["fast"]) == (False, True)


def test_a_claims_json_has_its_confidence_and_the_words_that_set_its_firmness() -> None:
    text = "Norland may have fired a rocket, the ministry said."
    may = Span.of(text, 8, 16)
    claim = Claim(
        "c1", None, None, Span.of(text, 0, 31), None, ("Post",), "assert", "possible", "outlet", Span.of(text, 0, 31)
    )
    assert claim_json(claim)["confidence"] is None
    assert claim_json(claim)["firmness_words"] == []
    made = claim_json(
        replace(claim, confidence=0.98765, firmness_words=(may, Span.of_pieces(text, [(0, 7), (17, 22)])))
    )
    assert made["confidence"] == 0.988
    assert made["firmness_words"] == [
        {"start": 8, "end": 16, "text": "may have"},
        {"start": 0, "end": 22, "text": text[:22], "spans": [[0, 7], [17, 22]]},
    ]


def test_json_is_the_contracts() -> None:
    e = pipeline.extract(Document("s.txt", "a" * 64, "text/plain", STORY, published="2023-12-18", language="en"))
    made = extraction_json(e, "s.txt")
    assert {"file", "document", "text", "sentences", "attributions", "times", "places", "events", "transfers"} <= set(
        made
    )
    assert {"title", "outlet", "published", "published_basis", "written", "language", "sha256"} <= set(made["document"])
    for a in made["attributions"]:
        assert {"id", "source", "cue", "content", "source_name", "chain", "stance", "firmness", "voice"} <= set(a)
        assert {"confidence", "firmness_words"} <= set(a)
    for x in made["events"]:
        keys = {
            "id",
            "type",
            "trigger",
            "when",
            "when_text",
            "where",
            "participants",
            "outcome",
            "status",
            "modality",
            "ordinals",
            "attribution",
        }
        assert keys <= set(x)
    for t in made["transfers"]:
        assert {
            "event",
            "supplier",
            "recipient",
            "item",
            "quantity",
            "when",
            "route",
            "status",
            "modality",
            "alleged_by",
            "denied_by",
        } <= set(t)
    from crossfix.errors import EmptyFile

    error = error_json("x", EmptyFile("there is no text in it", where="x", advice="check the download"))
    assert error == {
        "file": "x",
        "error": {"type": "EmptyFile", "message": "x: there is no text in it; check the download"},
    }


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_intervals_round_trip(a: dt.date, b: dt.date) -> None:
    first, last = sorted((a, b))
    made = Interval.days(first, last)
    assert Interval.parse(str(made)) == made
    assert (made.first, made.last) == (first, last)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=6))
def test_spans_of_pieces(text: str, pairs: list[tuple[int, int]]) -> None:
    pieces = [(min(p) % (len(text) + 1), max(p) % (len(text) + 1)) for p in pairs]
    good = [p for p in pieces if p[0] < p[1]]
    if not good:
        with pytest.raises(ValueError, match="at least one run"):
            Span.of_pieces(text, pieces)
        return
    s = Span.of_pieces(text, pieces)
    assert text[s.start : s.end] == s.text
    assert {i for a, b in s.ranges for i in range(a, b)} == {i for a, b in good for i in range(a, b)}


def test_seeds(shared: Path) -> None:
    got = list(pipeline.extract_files([str(shared / "seeds")]))
    assert [o.error for o in got] == [None, None]
    for o in got:
        assert o.extraction is not None
        check_invariants(o.extraction)
