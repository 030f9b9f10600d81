"""Resemblance: the distance, its place among pairs of the class, every verdict on each side, and which sentences are asked about."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking import resemblance
from crossfix.checking.case import Case
from crossfix.checking.resemblance import as_close, compare, distance, distances, questions
from crossfix.checking.resemblance_said import told
from crossfix.record import Record
from crossfix.reference import dimensions
from crossfix.reference.dimensions import Dimensions
from record_builders import report

lengths = st.floats(1, 50)
diameters = st.floats(0.2, 5)


def row(missile: str, length: float, diameter: float, publisher: str = "Somebody", kind: str = "ICBM") -> Dimensions:
    return Dimensions(
        f"{missile}-{publisher}", missile, kind, missile, length, diameter, None, publisher, "", "a page", "facts", "2026-11-22",
    )  # fmt: skip


sizes = st.builds(lambda n, x, y: row(f"Made-{n}", x, y), st.integers(0, 9), lengths, diameters)


# -------------------------------------------------------------------- the measure


@given(sizes, sizes)
def test_the_distance_is_the_same_in_either_order_and_nothing_for_the_same_figures(
    a: Dimensions, b: Dimensions
) -> None:
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, b) >= 0
    assert distance(a, a) == 0
    assert distance(a, replace(a, missile="Another", id="another")) == 0


@given(sizes, sizes, sizes)
def test_the_distance_obeys_the_triangle_and_is_free_of_the_unit(a: Dimensions, b: Dimensions, c: Dimensions) -> None:
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-9
    feet = [replace(d, length_m=d.length_m * 3.28, diameter_m=d.diameter_m * 3.28) for d in (a, b)]
    assert distance(*feet) == pytest.approx(distance(a, b), abs=1e-9)


def test_a_tenth_more_length_is_a_tenth_of_distance() -> None:
    assert distance(row("A", 22, 2), row("B", 20, 2)) == pytest.approx(math.log(1.1))


@given(st.floats(0, 3), st.floats(0, 3), st.lists(st.floats(0, 3)).map(sorted))
def test_the_share_never_falls_with_distance(x: float, y: float, others: list[float]) -> None:
    near, far = sorted((x, y))
    assert as_close(near, others) <= as_close(far, others) <= len(others)


@given(st.lists(st.floats(0, 3), min_size=1).map(sorted))
def test_every_pair_is_as_close_as_itself(others: list[float]) -> None:
    assert as_close(others[-1], others) == len(others)
    assert as_close(others[0], others) >= 1


def test_pairs_of_one_family_and_the_pair_in_question_are_left_out() -> None:
    some = dimensions.population(("ICBM",))
    every = distances(("ICBM",))
    assert len(every) == sum(a.family != b.family for n, a in enumerate(some) for b in some[n + 1 :])
    assert every == sorted(every)
    assert len(distances(("ICBM",), ("Topol-M", "Hwasong-18"))) == len(every) - 1
    assert len(distances(("ICBM",), ("Topol-M", "Topol"))) == len(every)  # one family: it is not among them anyway


# -------------------------------------------------------------------- verdicts


def of(name: str) -> tuple[Dimensions, ...]:
    return dimensions.of(name)


def test_sources_that_differ_are_a_tension_and_all_are_shown() -> None:
    found = compare(of("Hwasong-18"), of("Topol-M"))
    assert found.verdict == "tension"
    assert found.chance is None
    assert "23 by 2 m (KIDA)" in found.summary
    assert "27 by 2.4 m (GCAT)" in found.summary
    shares = {(c["first"], c["second"]): c["share_as_close"] for c in found.working["combinations"]}
    assert len(shares) == 9
    assert shares["Hwasong-18 (KIDA)", "Topol-M (Wikipedia)"] < 0.05
    assert shares["Hwasong-18 (GCAT)", "Topol-M (GCAT)"] > 0.3
    assert {s.key for s in found.sources} == {d.id for d in (*of("Hwasong-18"), *of("Topol-M"))}


def test_the_working_is_enough_to_compute_each_distance_again() -> None:
    for c in compare(of("Hwasong-18"), of("Topol-M")).working["combinations"]:
        x = math.log(c["first_length_m"] / c["second_length_m"])
        y = math.log(c["first_diameter_m"] / c["second_diameter_m"])
        assert math.sqrt(x * x + y * y) == pytest.approx(c["distance_ln"], abs=1e-4)
        assert c["pairs_as_close"] / 756 == pytest.approx(c["share_as_close"], abs=1e-4)


def test_close_by_every_source_is_supported_and_a_copied_row_does_not_count() -> None:
    found = compare(of("KN-23"), of("Iskander-M"))
    assert found.verdict == "supported"
    assert found.chance is not None
    assert 0 < found.chance < 0.02
    assert [(x["missile"], x["why"]) for x in found.working["left_out"]] == [("KN-23", "repeats Iskander")]
    assert all("KN-23 (GCAT)" not in (c["first"], c["second"]) for c in found.working["combinations"])
    assert "page not opened: Wikipedia on KN-23" in str(found.caveat)


def test_far_by_every_source_is_contradicted() -> None:
    found = compare(of("KN-25"), of("ATACMS"))
    assert found.verdict == "contradicted"
    assert found.chance is not None
    assert found.chance > 0.5


def test_closer_than_most_but_not_unusually_is_a_tension() -> None:
    found = compare(of("Hwasong-17"), of("Hwasong-15"))
    assert found.verdict == "tension"
    assert "not unusually close" in found.summary


def test_only_placeholders_are_unknown_and_said_to_be() -> None:
    found = compare(of("Hwasong-19"), of("Sarmat"))
    assert found.verdict == "unknown"
    assert "Hwasong-19 are placeholders (GCAT: repeats Hwasong-18)" in found.summary
    assert found.working["combinations"] == []


def test_too_few_pairs_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resemblance, "PAIRS_LEAST", 10_000)
    found = compare(of("Topol-M"), of("Hwasong-18"))
    assert found.verdict == "unknown"
    assert "too few" in found.summary


@pytest.mark.parametrize(
    ("share", "more", "verdict"),
    [(0.10, 0, "supported"), (0.10, 1, "tension"), (0.50, 0, "tension"), (0.50, 1, "contradicted")],
)
def test_the_verdict_turns_at_a_tenth_and_at_the_middle(share: float, more: int, verdict: str) -> None:
    # a pair made to lie just as far apart as so many of the ICBM pairs
    every = distances(("ICBM",))
    wanted = every[math.floor(share * len(every)) + more - 1]
    assert compare([row("Made-1", 20 * math.exp(wanted), 2)], [row("Made-2", 20, 2)]).verdict == verdict


def test_two_classes_are_measured_by_the_pairs_of_both() -> None:
    found = compare(of("Musudan"), of("R-27"))
    assert found.working["class"] == "SLBM and IRBM"
    assert found.working["pairs_of_the_class"] > len(distances(("IRBM",))) + len(distances(("SLBM",)))


def test_nothing_is_said_of_origin_or_performance() -> None:
    for pair in (("KN-23", "Iskander-M"), ("KN-25", "ATACMS"), ("Hwasong-18", "Topol-M")):
        found = compare(of(pair[0]), of(pair[1]))
        assert "nothing of origin" in str(found.caveat)
        assert not {"copy", "derived", "transfer", "origin"} & set(found.summary.lower().split())


# -------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("sentence", "pair"),
    [
        ("In length and girth the Hwasong-18 closely resembles Russia’s Topol-M, he wrote.", ("Hwasong-18", "Topol-M")),
        (
            "The dimensions of the Hwasong-18 missile closely resemble those of the Russian Topol-M.",
            ("Hwasong-18", "Topol-M"),
        ),
        ("The KN-23, also known as Hwasong-11A, looks like the Russian-made Iskander-M.", ("KN-23", "Iskander-M")),
        ("The KN-23 (Hwasong-11A) is visually similar to Russia's Iskander.", ("KN-23", "Iskander-M")),
        ("The KN-23 bears a striking resemblance to the 9K720 Iskander.", ("KN-23", "Iskander-M")),
        (
            "Its size and paint aside, the Hwasong\u201118 is nearly identical in appearance to the Yars.",
            ("Hwasong-18", "Yars"),
        ),
        ("The size of the Topol-M and North Korea's Hwasong-18 were nearly identical.", ("Topol-M", "Hwasong-18")),
        ("The KN-24 and ATACMS look alike.", ("KN-24", "ATACMS")),
        ("In its physical dimensions the KN-02 is a copy of the Tochka.", ("KN-02", "Tochka")),
        ("The Shahab-3 is about the same size as the Nodong.", ("Shahab-3", "Nodong")),
        ("The new KN-25s resembled ATACMS missiles, one of them said.", ("KN-25", "ATACMS")),
        ("The KN-23 missile resembles the Iskander system.", ("KN-23", "Iskander-M")),
        (
            "The Hwasong-18’s length and its flight path appear “nearly identical” to those of Russia’s Topol-M.",
            ("Hwasong-18", "Topol-M"),
        ),
        (
            "The size of the Russian Topol-M and of the newly tested Hwasong-18 is “nearly identical”.",
            ("Topol-M", "Hwasong-18"),
        ),
        ("The KN-23 resembles the Iskander in photographs of the parade.", ("KN-23", "Iskander-M")),
        ("The KN-23 and KN-24 resemble the Iskander.", ("KN-24", "Iskander-M")),
    ],
)
def test_what_is_said_is_found(sentence: str, pair: tuple[str, str]) -> None:
    (found,) = told(sentence)
    assert (found.first, found.second) == pair
    passage = sentence[found.start : found.end]
    assert found.words in " ".join(passage.lower().split())


@pytest.mark.parametrize(
    "sentence",
    [
        "The Hwasong-18 does not resemble the Topol-M.",
        "The Hwasong-18 hardly looks like a Topol-M.",
        "Unlike the KN-24, the KN-23 resembles nothing, and the Iskander is longer.",
        "Does the Hwasong-18 resemble the Topol-M?",
        "He denied that the KN-23 is identical to the Iskander.",
        "A later Hwasong-18 would resemble the Topol-M more closely.",
        "The launcher of the Hwasong-18 resembles that of the Topol-M.",
        "The Hwasong-18 rolled by on a truck that resembles a Topol-M launcher.",
        "The Hwasong-18's first stage resembles that of the Topol-M.",
        "The Hwasong-18 resembles the Topol-M's launcher.",
        "The launch of the Hwasong-18 resembled Topol-M tests.",
        "The KN-23 is similar to the Iskander by its operational characteristics.",
        "The KN-23 is similar in range to the Iskander.",
        "The flight of the KN-23 looked like that of an Iskander.",
        "The KN-02 is a copy of the Tochka.",  # whether made from it or like it is not told
        "The KN-23 resembles a cross between the Iskander and the Hyunmoo-1.",
        "The Hwasong-18 resembles the smaller Pukguksong, and the Topol-M was shown in Moscow.",
        "North Korea has the Hwasong-18; a parade that resembled those of Moscow, where Topol-M missiles roll by, was held.",
        "The Hwasong-18 more closely resembles the Yars than the Topol-M.",
        "The Hwasong-17 resembles an older Hwasong-17.",
        "Topol-M and Yars missiles were shown, and similar trucks.",
        "The tactics of the KN-23 and Iskander crews are similar.",
        "The ministry said the KN-23 and the KN-24 were fired and identical statements followed on the Iskander.",
        "The Hwasong-18 was tested. The Topol-M resembles it in name only.",
        "The KN-23 and KN-24 resemble the Iskander and the ATACMS.",
        "The KN-23 and KN-24 resemble the Iskander and ATACMS, respectively.",
        "The KN-23 vaguely resembles the Iskander.",
        "The KN-23 resembles an enlarged Tochka.",
        "The KN-23 resembles the Iskander in its use of vanes.",
        "The Hwasong-18 rolled past and a float resembled a Topol-M.",
        "The name Hwasong-18 looks like Topol-M in one catalogue.",
        "",
    ],
)
def test_what_is_not_said_of_two_missiles_is_not_found(sentence: str) -> None:
    assert list(told(sentence)) == []


@given(st.text(max_size=200))
def test_any_text_is_read_without_complaint(text: str) -> None:
    for found in told(text):
        assert 0 <= found.start < found.end <= len(text)


# -------------------------------------------------------------------- in a record

LIKE = "The KN-23 closely resembles Russia's Iskander-M in size"


def asked(
    path: Path, text: str, claims: list[tuple[str, str, str]], **fields: object
) -> list[tuple[str, str, list[str]]]:
    with Record.open(path, write=True) as record:
        record.add(*report(text, claims=claims, **fields))  # type: ignore[arg-type]
        return [(q.subject, q.about, [record.passage(e) for e in q.evidence]) for q in questions(Case(record))]


def test_the_claim_that_holds_the_words_is_asked_about_once(tmp_path: Path) -> None:
    text = f"{LIKE}, the ministry said. Rain fell. {LIKE}."
    found = asked(tmp_path / "r.sqlite", text, [("the ministry", "said", LIKE)])
    assert [f[1] for f in found] == ["Iskander-M, KN-23"] * 2
    by_claim, by_document = found
    assert by_claim[0].endswith("-c1")
    assert len(by_document[0]) == 64  # the same words once more, in no claim: the document is asked about
    assert by_claim[2] == by_document[2] == ["KN-23 closely resembles Russia's Iskander-M"]


def test_two_sentences_of_one_subject_are_one_question_with_both_passages(tmp_path: Path) -> None:
    (found,) = asked(tmp_path / "r.sqlite", f"{LIKE}. The Iskander-M looks like the KN-23.", [])
    assert len(found[2]) == 2


def test_nothing_is_asked_of_what_belongs_to_the_page(tmp_path: Path) -> None:
    from crossfix.model import Furniture

    extraction, raw = report(f"Rain fell. {LIKE}.")
    a = extraction.document.text.index("The KN-23")
    marked = replace(extraction.document, furniture=(Furniture(a, len(extraction.document.text), "related"),))
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(replace(extraction, document=marked), raw)
        assert list(questions(Case(record))) == []


def test_the_answer_comes_with_the_question(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(*report(f"{LIKE}."))
        (question,) = questions(Case(record))
        result = question.ask()
    assert result is not None
    assert result.verdict == "supported"
    assert question.kind == "resemblance.size"


def test_the_first_seed_is_in_tension(shared: Path, tmp_path: Path) -> None:
    from crossfix.pipeline import extract_files

    seed = next((shared / "seeds").glob("000_*.txt"))
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        for got in extract_files([str(seed)], fast=True):
            record.add(got.extraction, None)
        (question,) = questions(Case(record))
        claim = record.claim(question.subject)
        result = question.ask()
    assert claim.content.start <= question.evidence[0].start
    assert result is not None
    assert (question.about, result.verdict) == ("Hwasong-18, Topol-M", "tension")


def test_the_page_s_example_is_what_the_check_computes() -> None:
    page = (Path(__file__).parents[2] / "docs" / "checks" / "resemblance.md").read_text("utf-8")
    found = compare(of("Hwasong-18"), of("Topol-M"))
    for c in found.working["combinations"]:
        first, second = (
            f"{c[f'{side}_length_m']:g} × {c[f'{side}_diameter_m']:g} ({c[side].partition('(')[2]}"
            for side in ("first", "second")
        )
        line = f"| {c['distance_ln']:.4f} | {c['pairs_as_close']} | {100 * c['pairs_as_close'] / 756:.1f} % |"
        assert any(x.startswith(f"| {first} | {second} |") and x.endswith(line) for x in page.splitlines()), (
            first,
            second,
            line,
        )
    assert f"{len(dimensions.population(('ICBM',)))} missiles with figures of their own, 756 pairs" in page
