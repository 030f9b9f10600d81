"""Small extractions made by hand or by chance, for the tests of the record and of linking."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from hypothesis import strategies as st

from crossfix.model import (
    EVENT_TYPES,
    STANCES,
    Claim,
    Document,
    Event,
    Extraction,
    Furniture,
    Interval,
    Moment,
    Name,
    Ordinal,
    Participant,
    Place,
    Sentence,
    Span,
    Time,
    Transfer,
    Where,
)


def sha(data: bytes) -> str:
    """The SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Sentences by full stops and line breaks: enough for texts of our own."""
    return tuple(Sentence(m.start(), m.end(), n) for n, m in enumerate(re.finditer(r"[^\s.][^.\n]*\.?", text)))


def report(
    text: str,
    *,
    file: str = "report.txt",
    title: str | None = None,
    outlet: str | None = "Harbour Post",
    agency: str | None = None,
    published: str | None = "2023-08-24",
    claims: Sequence[tuple[str, str, str]] = (),
    events: Sequence[dict[str, object]] = (),
    transfers: Sequence[dict[str, object]] = (),
    names: Sequence[tuple[str, str]] = (),
    salt: str = "",
) -> tuple[Extraction, bytes]:
    """An extraction and its original bytes. ``claims`` are (source, cue, content) by their words; ``events`` and ``transfers``
    give the fields that differ from the usual, spans by their words."""
    raw = (text + salt).encode()
    document = Document(
        file, sha(raw), "text/plain", text, title=title, outlet=outlet, agency=agency, published=published,
        published_basis="metadata" if published else None, language="en",
    )  # fmt: skip

    def find(words: object) -> Span:
        at = text.index(str(words))
        return Span.of(text, at, at + len(str(words)))

    made = tuple(
        Claim(
            f"c{n}", find(source), find(cue), find(content), source, (outlet or "", source), "assert", "certain",
            "indirect", Span.of(text, min(text.index(source), text.index(content)), find(content).end),
        )
        for n, (source, cue, content) in enumerate(claims, start=1)
    )  # fmt: skip
    told = []
    for n, e in enumerate(events, start=1):
        trigger = find(e["trigger"])
        told.append(
            Event(
                f"e{n}", e.get("type", "missile_test"), trigger,  # type: ignore[arg-type]
                Interval.parse(str(e["when"])) if e.get("when") else None, None,
                Where(*e["where"]) if e.get("where") else None,  # type: ignore[misc]
                tuple(Participant(*p) for p in e.get("participants", ())),  # type: ignore[attr-defined]
                e.get("outcome", "unknown"), e.get("status", "reported"), e.get("modality", "actual"),  # type: ignore[arg-type]
                tuple(Ordinal(nth, of, trigger) for nth, of in e.get("ordinals", ())),  # type: ignore[attr-defined]
                e.get("claim"), (trigger,), (), Moment(*e["moment"]) if e.get("moment") else None,  # type: ignore[arg-type, misc]
            )
        )  # fmt: skip
    dealt = tuple(
        Transfer(
            f"t{n}", t.get("event"), t.get("supplier"), t.get("recipient"), str(t["item"]), t.get("quantity"),  # type: ignore[arg-type]
            Interval.parse(str(t["when"])) if t.get("when") else None, None, "alleged", t.get("modality", "actual"),  # type: ignore[arg-type]
            (), (), find(t.get("evidence", t["item"])),
        )
        for n, t in enumerate(transfers, start=1)
    )  # fmt: skip
    known = tuple(Name(find(words), kind, words) for words, kind in names)  # type: ignore[arg-type]
    return (
        Extraction(
            document, sentences=sentences_of(text), claims=made, events=tuple(told), transfers=dealt, names=known
        ),
        raw,
    )


# ------------------------------------------------------------------ by chance

_letters = st.characters(exclude_categories=("Cs",))
_texts = st.lists(st.text(_letters, min_size=1, max_size=60), min_size=1, max_size=6).map("\n\n".join)
_short = st.text(_letters, min_size=1, max_size=12)
_days = st.dates().map(str) | st.integers(1900, 2100).map(str) | st.just("2023-05/2023-08-03")
_maybe_days = st.none() | _days


@st.composite
def extractions(draw: st.DrawFn) -> tuple[Extraction, bytes]:
    """Any extraction whose spans fit its text, with its original bytes."""
    text = draw(_texts)

    def span() -> Span:
        ends = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4).map(sorted))
        if len(ends) == 4 and ends[0] < ends[1] < ends[2] < ends[3]:
            return Span.of_pieces(text, [(ends[0], ends[1]), (ends[2], ends[3])])
        return Span.of(text, ends[0], ends[-1])

    def interval() -> Interval | None:
        value = draw(_maybe_days)
        return None if value is None else Interval.parse(value)

    def maybe_span() -> Span | None:
        return span() if draw(st.booleans()) else None

    claims = tuple(
        Claim(
            f"c{n}", maybe_span(), maybe_span(), span(), draw(st.none() | _short), tuple(draw(st.lists(_short, max_size=3))),
            draw(st.sampled_from(STANCES)), "probable", "indirect", span(), "rule",
            draw(st.none() | st.floats(0, 1)), tuple(span() for _ in range(draw(st.integers(0, 2)))),
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    events = tuple(
        Event(
            f"e{n}", draw(st.sampled_from(EVENT_TYPES)), span(), interval(), maybe_span(),
            Where(draw(_short), 40.0, 120.5) if draw(st.booleans()) else None,
            tuple(Participant(draw(_short), "actor") for _ in range(draw(st.integers(0, 2)))), "failure", "alleged",
            "actual", (Ordinal(3, "tests", span()),) if draw(st.booleans()) else (),
            claims[0].id if claims else None, (span(),), ("Office",),
            Moment("2023-12-17T15:00Z", "2023-12-18T15:00Z", "Asia/Seoul", draw(_short)) if draw(st.booleans()) else None,
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    transfers = tuple(
        Transfer(
            f"t{n}", events[0].id if events else None, draw(st.none() | _short), draw(st.none() | _short), draw(_short),
            None, interval(), None, "denied", "offered", ("One",), (), span(),
        )
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    raw = draw(st.binary(max_size=40)) + text.encode()
    document = Document(
        draw(_short), sha(raw), "text/plain", text, draw(st.none() | _short), draw(st.none() | _short),
        draw(st.none() | _short), None, draw(st.none() | st.dates().map(str)), None, "en", None,
        (Furniture(0, draw(st.integers(0, len(text))), "credit"),), {"key": draw(_short)}, (draw(_short),),
    )  # fmt: skip
    return (
        Extraction(
            document, interval(), (Sentence(0, len(text), 0),), (Name(span(), "person", draw(_short)),),
            (Time(span(), "DATE", "2023", interval(), "said so"),),
            (Place(span(), draw(_short), 1.5, None, "KP", "port", 7),), claims, events, transfers,
        ),
        raw,
    )  # fmt: skip
