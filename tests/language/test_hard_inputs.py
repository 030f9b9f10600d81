"""Hard inputs through the whole pipeline, with the trained model: lost and mixed quotation marks, odd characters, great lengths."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import long_document
from crossfix.model import Claim, Document, Extraction, Voice
from crossfix.pipeline import extract

PARAGRAPHS = (
    "PORT MARRAN (Wire) - The harbour authority said on Tuesday that two freighters had left before dawn.",
    "“We counted eleven trucks at the gate,” the foreman, Ilya Brandt, told reporters. “None of them carried papers.”",
    "Brandt added that his crew had asked the police to stop the convoy.",
    "A spokeswoman for the ministry, Dora Quill, denied that any soldiers were on board.",
    "According to the shipping register, both vessels belong to a company in Velna.",
    "The company did not answer questions. Its lawyer called the report “a fairy tale” and said it would sue.",
    "Analysts believe the cargo was meant for the northern depots, the institute wrote in a note on Monday.",
)
TEXT = "\n\n".join(PARAGRAPHS)
STARTS = [TEXT.index(p) for p in PARAGRAPHS]
NAMES = ("PORT MARRAN", "Ilya Brandt", "Dora Quill")
SURE = 0.6

Place = tuple[int, int]
Said = tuple[tuple[Place, ...] | None, tuple[Place, ...] | None, tuple[Place, ...], str | None]


def read(text: str, fast: bool = False) -> Extraction:
    """A text through the pipeline; every span of a claim is checked against the text."""
    got = extract(Document("x.txt", "0" * 64, "text/plain", text, language="en"), fast)
    for c in got.claims:
        for s in (c.source, c.cue, c.content, c.quote, *c.firmness_words):
            assert s is None or text[s.start : s.end] == s.text
            assert s is None or all(0 <= a < b <= len(text) for a, b in s.ranges)
    for m in (*got.names, *got.times, *got.places):
        assert text[m.span.start : m.span.end] == m.span.text
    return got


def said(text: str, fast: bool = False) -> list[tuple[str | None, str, Voice]]:
    """Who said what, the outlet's own statements left out."""
    return [(c.source_name, c.content.text, c.voice) for c in read(text, fast).claims if c.voice != "outlet"]


def elsewhere(claims: tuple[Claim, ...], k: int, at: int, more: int, least: float = 0.0) -> set[Said]:
    """The attributions of all paragraphs but k, in the offsets of the text without the mark that was put in at ``at``."""
    a, b = STARTS[k], STARTS[k] + len(PARAGRAPHS[k]) + more

    def places(c: Claim) -> Said:
        def back(x: int) -> int:
            return x - more if x > at else x

        runs = [s and tuple((back(i), back(j)) for i, j in s.ranges) for s in (c.source, c.cue, c.content)]
        assert runs[2] is not None
        return runs[0], runs[1], runs[2], c.source_name

    return {places(c) for c in claims if not a <= c.content.start < b and (c.confidence or 1) >= least}


def in_a_name(at: int) -> bool:
    """True where a mark at this offset would touch the name by which later paragraphs know the speaker."""
    return any(TEXT.index(n) <= at < TEXT.index(n) + len(n) for n in NAMES)


def word_starts(k: int) -> list[int]:
    """The offsets in paragraph k at which a word begins after a blank, names left out."""
    a, p = STARTS[k], PARAGRAPHS[k]
    return [a + i for i in range(len(p)) if p[i].isalpha() and (i == 0 or p[i - 1] == " ") and not in_a_name(a + i)]


BASE: dict[bool, tuple[Claim, ...]] = {}


def base(fast: bool) -> tuple[Claim, ...]:
    """The text's claims without any lost mark, read once."""
    if fast not in BASE:
        BASE[fast] = read(TEXT, fast).claims
    return BASE[fast]


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_unclosed_mark_costs_its_own_paragraph_only(data: st.DataObject) -> None:
    """By rule, nothing at all changes elsewhere."""
    k = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    at = data.draw(st.sampled_from(word_starts(k)))
    mark = data.draw(st.sampled_from('“"„«»「『‟'))
    found = elsewhere(read(TEXT[:at] + mark + TEXT[at:], fast=True).claims, k, at, 1)
    assert found == elsewhere(base(True), k, at, 0)
    assert len(found) >= 5


@pytest.mark.parametrize("mark", ["“", '"', "«"])
@pytest.mark.parametrize("k", range(len(PARAGRAPHS)))
def test_with_the_model_no_sure_attribution_elsewhere_changes(k: int, mark: str) -> None:
    """The model reads neighbouring paragraphs in one window, so a doubtful reading may move by a hair; none that is sure does."""
    at = word_starts(k)[len(word_starts(k)) // 2]
    without, among = base(False), read(TEXT[:at] + mark + TEXT[at:]).claims
    sure, kept = elsewhere(without, k, at, 0, SURE), elsewhere(among, k, at, 1)
    assert len(sure) >= 4
    assert sure <= kept
    assert elsewhere(among, k, at, 1, SURE) <= elsewhere(without, k, at, 0)


def test_a_lost_closing_mark_costs_its_own_paragraph_only() -> None:
    for fast in (True, False):
        at = TEXT.index("papers.”") + len("papers.")
        lost = elsewhere(read(TEXT[:at] + TEXT[at + 1 :], fast).claims, 1, at, -1, SURE)
        assert elsewhere(base(fast), 1, at, 0, SURE) <= lost


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“He told me, ‘The guard called it “a drill” twice,’ and left,” Brandt said.", "Brandt", "a drill"),
        ('“They wrote "no comment" on the form,” the clerk said on Monday.', "clerk", "no comment"),
        ("«The cargo was “empty”, of course», the captain told the court.", "captain", "The cargo was “empty”"),
        ("The captain told the court: « The cargo was “empty”, of course. »", "captain", "The cargo was “empty”"),
        ("„We saw ‚nothing at all‘ that night“, the pilot said.", "pilot", "We saw ‚nothing at all‘ that night"),
        ("The pilot said: „We saw ‚nothing at all‘ that night.“", "pilot", "We saw ‚nothing at all‘ that night"),
        ("»We saw nothing that night«, the pilot said.", "pilot", "We saw nothing that night"),
        ("「The launch failed」, the ministry said on Friday.", "ministry", "The launch failed"),
        ("The ministry said: 『The launch 「failed」 at once』.", "ministry", "The launch 「failed」 at once"),
    ],
)
def test_nested_mixed_and_foreign_marks(text: str, speaker: str, words: str) -> None:
    (one,) = said(text)
    assert one[0] is not None
    assert one[0].endswith(speaker)
    assert words in one[1]
    assert one[2] == "direct"


def test_straight_single_marks_are_apostrophes() -> None:
    found = said("The captain's crew said they didn't see the ship's lights, and the owners' lawyer said nobody asked.")
    assert [(who, voice) for who, _, voice in found] == [
        ("captain's crew", "indirect"),
        ("owners' lawyer", "indirect"),
    ]
    assert found[0][1].endswith("they didn't see the ship's lights")


def test_a_quotation_over_several_paragraphs_is_one_speaker_s() -> None:
    text = (
        "“We saw the train leave,” the guard, Ilya Brandt, said. “It was night.\n\n“It came back two days later with its doors open.\n\n"
        "“Nobody asked us about it.”\n\nThe ministry denied the report."
    )
    found = said(text)
    assert [who for who, _, _ in found] == ["Ilya Brandt"] * 3 + ["ministry"]
    assert "Nobody asked us about it" in found[2][1]


@pytest.mark.parametrize("mark", list("“”\"«»„‟「」『』'"))
def test_a_mark_at_the_very_end(mark: str) -> None:
    for text in ("The gate was shut, Brandt said." + mark, "“The gate was shut,” Brandt said. " + mark):
        (one,) = said(text)
        assert one[0] == "Brandt"
        assert "The gate was shut" in one[1]


@pytest.mark.parametrize("text", ["", " ", "  \n\n \n", '“”"\'«»„‟「」『』“““"""', '“\n\n"\n\n»', "''''", "」「"])
def test_nothing_but_marks_or_blanks_says_nothing(text: str) -> None:
    assert said(text) == []


def test_a_paragraph_of_3000_words_in_one_sentence() -> None:
    text = (
        "Brandt said that "
        + " and ".join(f"the truck number {n} left the yard" for n in range(375))
        + ".\n\nQuill denied it."
    )
    assert 3000 < len(text.split()) < 3200
    found = said(text)
    assert found[0][0] == "Brandt"
    assert found[-1][:2] == ("Quill", "it")


def test_a_token_of_20000_characters() -> None:
    found = said("Brandt said " + "x" * 20_000 + ".\n\nThe gate was shut, Quill said.")
    assert found[-1][:2] == ("Quill", "The gate was shut")


@pytest.mark.parametrize(
    "text",
    [
        "Brandt said 👩‍👩‍👧‍👦 that the 🚆 left. “Good 👍🏽,” Quill said.",
        "Brandt sa\u0301id that the tra\u0308in le\u0301ft. “Go\u0301od,” Quill said.",
        "\u200fBrandt said that \u202bשלום\u202c was written on the car. “مرحبا,” Quill said.",
        "Brandt said\x00 that the train\x07 left. \x1b“Gone,”\x7f Quill said.",
        "Brandt said that the mi\u00adnis\u00adter had left. “Gone for\u00ad good,” Quill said.",
        "\ufeffBrandt said that\u2060 the train left.\u200b “Gone,” Quill said.",
    ],
    ids=["emoji", "combining", "right-to-left", "controls", "soft-hyphens", "zero-width"],
)
def test_odd_characters_keep_offsets_and_speakers(text: str) -> None:
    found = said(text)
    assert len(found) == 2
    assert (found[0][0] or "").strip("\u200f\ufeff") == "Brandt"
    assert found[1][0] == "Quill"


ODD = st.text(alphabet="“”\"«»„‘’'「」 .,\n\x00\x1b\u00ad\u0301\u200d\u202b\u202c\ud7ff👍שabé", max_size=40)


@given(ODD, ODD)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_offsets_hold_whatever_stands_around_a_statement(before: str, after: str) -> None:
    read(f"{before} Brandt said that the train left. {after}")


def seconds(work: Callable[[], object]) -> float:
    """The processor's time, so that a busy machine counts less."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_time_grows_with_the_length_alone(tmp_path: Path) -> None:
    """A small pair; the benchmark "long" measures 50,000 and 200,000 words."""
    read(long_document.document(300))  # what is loaded once
    short, long = long_document.document(3_000), long_document.document(12_000)
    a = min(seconds(lambda: read(short)) for _ in range(2)) / len(short.split())
    b = seconds(lambda: read(long)) / len(long.split())
    assert b / a < 1.6
    peak = long_document.measured((sys.executable, "-m", "crossfix"), 12_000, tmp_path)["peak_bytes"]
    assert peak is None or peak < 0.9e9
