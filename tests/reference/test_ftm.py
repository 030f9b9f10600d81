"""FollowTheMoney entities: what is read, what is passed over, what is complained of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.errors import CrossfixError
from crossfix.reference import ftm

PERSON = {
    "id": "x-1", "schema": "Person", "caption": "Lena Voss", "datasets": ["harbour_list"],
    "properties": {"name": ["Lena  Voss", "VOSS, Lena"], "weakAlias": ["Lena"], "alias": ["Lena M. Voss"], "nationality": ["no"]},
}  # fmt: skip
VESSEL = {"id": "x-2", "schema": "Vessel", "properties": {"name": ["Grey Heron"], "flag": ["pa"]}}


def file(folder: Path, *lines: object) -> Path:
    path = folder / "entities.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return path


def test_what_is_read(tmp_path: Path) -> None:
    said: list[str] = []
    person, vessel = ftm.read(file(tmp_path, PERSON, "", VESSEL), said.append)
    assert person == ftm.Entity(
        "x-1",
        "Person",
        "person",
        "Lena Voss",
        ("VOSS, Lena", "Lena M. Voss", "Lena"),
        ("Lena",),
        ("NO",),
        "harbour_list",
    )
    assert (vessel.kind, vessel.countries, vessel.source) == ("vessel", ("PA",), "entities.jsonl")
    assert said == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"id": "a"}', 'no "schema"'),
        ('{"schema": "Person", "properties": {}}', 'no "id"'),
        ('{"schema": "Person", "id": "a", "properties": []}', 'no "properties"'),
        ('{"schema": "Person", "id": "a", "properties": {}}', "no name"),
        ('{"schema": "Person", "id": "a", "properties": {"name": [1]}}', '"name" is no list of texts'),
        ("[" * 100_000, "no JSON"),
        ('"' + "a" * ftm.MOST_BYTES + '"', "longer than"),
    ],
)
def test_a_bad_line_is_told_in_one_line_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    said: list[str] = []
    found = list(ftm.read(file(tmp_path, PERSON, line, VESSEL), said.append))
    assert [e.id for e in found] == ["x-1", "x-2"]
    (told,) = said
    assert told.startswith("entities.jsonl, line 2: ")
    assert reason in told
    assert "\n" not in told


def test_the_complaint_goes_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(ftm.read(file(tmp_path, "{"))) == []
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("entities.jsonl, line 1: no JSON")


def test_other_schemas_are_passed_over(tmp_path: Path) -> None:
    said: list[str] = []
    assert list(ftm.read(file(tmp_path, {"id": "p", "schema": "Payment", "properties": {}}), said.append)) == []
    assert said == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CrossfixError, match="cannot be read"):
        list(ftm.read(tmp_path / "none.jsonl"))


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("ftm") / "any.jsonl"
    path.write_bytes(b"\n".join([*lines, json.dumps(PERSON).encode()]))
    assert [e.id for e in ftm.read(path, lambda _: None)][-1:] == ["x-1"]
