"""The trained extractor with the rules beside it, on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from crossfix.errors import ModelError
from crossfix.language import attribution
from crossfix.language.attribution.model import network
from crossfix.model import Attribution

Attribute = Callable[..., Sequence[Attribution]]


def rows(found: Sequence[Attribution]) -> list[tuple[str | None, str | None, str]]:
    return [(a.source.text if a.source else None, a.cue.text if a.cue else None, a.content.text) for a in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The harbour master told reporters that two crates were missing.", ("The harbour master", "told", "that two crates were missing")),
        ("Two crates were missing, the harbour master conceded.", ("the harbour master", "conceded", "Two crates were missing")),
        ("In Oslo, critics took aim at the ministry over the delay.", ("critics", "took aim at", "the ministry over the delay")),
        ("Many in the port worry that the crane will fall again.", ("Many in the port", "worry", "that the crane will fall again")),
    ],
)  # fmt: skip
def test_cues_that_no_rule_knows_and_news_conventions(
    attribute: Attribute, sentence: str, expected: tuple[str, str, str]
) -> None:
    assert expected in rows(attribute(sentence))


def test_every_attribution_has_a_confidence(attribute: Attribute) -> None:
    text = (
        "MS. ORTEGA: The barge left on Monday with rockets aboard. The crew told us that it was late.\n\nQ Where did it go?\n\n"
        "MS. ORTEGA: We believe it went north."
    )
    for fast in (False, True):
        found = attribute(text, fast=fast)
        assert found
        assert all(a.confidence is not None and 0 < a.confidence < 1 for a in found)


def test_a_plain_report_is_surer_than_a_marginal_one(attribute: Attribute) -> None:
    (plain,) = attribute("“We counted nine wagons,” the captain said on Monday.")
    marginal = [a for a in attribute("The deal looked to many like a retreat.") if a.confidence]
    assert plain.confidence is not None
    assert plain.confidence > 0.9
    assert all(a.confidence is not None and a.confidence < 0.9 for a in marginal)


def test_without_the_model_the_rules_work_alone(attribute: Attribute, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The ministry said the ship had left port."
    monkeypatch.setattr(attribution, "available", lambda: False)
    assert rows(attribute(text)) == [("The ministry", "said", "the ship had left port")]
    assert attribution.load() is False


def test_the_same_text_gives_the_same_reading_whatever_stands_after_it(attribute: Attribute) -> None:
    first = "The captain said the crane had fallen at dawn, and the port denied it."
    filler = "\n\n".join(f"Wagon {n} stood on the bridge, empty and unlit, until noon." for n in range(60))
    alone = rows(attribute(first))
    assert alone
    assert rows(attribute(f"{first}\n\n{filler}"))[: len(alone)] == alone


def test_a_quotation_signed_with_a_name(attribute: Attribute) -> None:
    text = "Voices from the port.\n\n“We heard the crane fall at dawn.” — Marta Olsen\n\n“Nobody told us.” ― Peter Novak, dock worker"
    for fast in (False, True):
        found = attribute(text, fast=fast)
        assert [(a.source_name, a.content.text) for a in found] == [
            ("Marta Olsen", "We heard the crane fall at dawn"),
            ("Peter Novak", "Nobody told us"),
        ]


def test_an_interview_of_two_answers_is_a_transcript(attribute: Attribute) -> None:
    text = (
        "Interviewer: What did you see?\n\nAna Ruiz: We saw nine wagons on the bridge. The guards said they held shells.\n\n"
        "Interviewer: Who told you?\n\nAna Ruiz: The guards told us so at dawn."
    )
    found = attribute(text)
    assert {a.source_name for a in found} <= {"Ana Ruiz", "guards"}
    assert any(a.source_name == "guards" and [r.name for r in a.relays] == ["Ana Ruiz"] for a in found)


def test_a_long_aside_is_no_part_of_the_source_and_a_short_one_is(attribute: Attribute) -> None:
    short = "Henrik Dahl, a former inspector, said the seals were broken."
    assert rows(attribute(short))[0][0] == "Henrik Dahl, a former inspector"
    aside = "who led the inspection of the northern ports for nine years and later wrote three books on how cargo is hidden there"
    (a,) = attribute(f"Henrik Dahl, {aside}, said the seals were broken.")
    assert (a.source.text if a.source else None, a.source_name) == ("Henrik Dahl", "Henrik Dahl")


def test_a_damaged_model_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("encoder.onnx", "reader.onnx", "vocabulary.txt", "settings.json"):
        (tmp_path / name).write_bytes((network.FOLDER / name).read_bytes()[:200_000])
    whole = network.Extractor
    monkeypatch.setattr(network, "Extractor", lambda: whole(tmp_path))
    network.extractor.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"cannot be loaded.*--fast") as told:
            network.extractor()
        assert "\n" not in str(told.value)
    finally:
        network.extractor.cache_clear()


def test_the_model_is_there() -> None:
    assert network.available()
    assert attribution.load() is True
