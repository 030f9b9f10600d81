"""Who a source is: pronouns, short names, offices, collectives, reports, unnamed sources, transcripts. All sentences are our own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from crossfix.language.attribution import attributions
from crossfix.language.attribution.speakers import Speakers
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Attribution, Document

Attribute = Callable[..., Sequence[Attribution]]


def said(text: str, **fields: str) -> list[str | None]:
    """The resolved names of all cues of a text, in order."""
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en", **fields)  # type: ignore[arg-type]
    tree = parse(document)
    found = attributions(tree, document, names(tree), fast=True)
    return [a.source_name for a in sorted(found, key=lambda a: a.cue.start if a.cue else a.content.start)]


def who(text: str, phrase: str) -> str:
    """Who a longer span, as a trained extractor draws it, is resolved to; its head is found by the parse."""
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en")
    tree = parse(document)
    start = text.index(phrase)
    span = (start, start + len(phrase))
    inside = tree.tokens_in(*span)
    heads = [t for t in inside if not span[0] <= tree.head(t).start < span[1] or tree.head(t).i == t.i]
    return Speakers(tree, names(tree)).resolve(heads[0], span, None).name


CASES = {
    "she after a woman and a man": (
        "Maria Kovacs said the ship was empty. Peter Novak said the crew had left. She added that the port was closed.",
        ["Maria Kovacs", "Peter Novak", "Maria Kovacs"],
    ),
    "he is not the one in what is said": (
        "Henrik Dahl said the seals were broken. Viktor Orlov had closed the port, he said.",
        ["Henrik Dahl", "Henrik Dahl"],
    ),
    "he over a quotation": (
        "Henrik Dahl said the seals were broken. “Peter Novak knew it. Peter Novak did nothing.” He said the port was shut.",
        ["Henrik Dahl", "Henrik Dahl"],
    ),
    "he is the subject, not the object": (
        "Henrik Dahl met Viktor Orlov in Oslo. He said the talks went well.",
        ["Henrik Dahl"],
    ),
    "gender told by a pronoun beside the name": (
        "Robin Sutter said she had seen the barge. Peter Novak said it was empty. She said it was full.",
        ["Robin Sutter", "Peter Novak", "Robin Sutter"],
    ),
    "it is the ministry": (
        "The defence ministry said two ships had sailed. It added that they were empty.",
        ["defence ministry", "defence ministry"],
    ),
    "it is the subject of its own sentence": (
        "Tehran informed the agency of what it called a satellite.",
        None,
    ),
    "they are the residents": (
        "Two residents told a reporter that they believed the plant had closed.",
        ["Two residents", "Two residents"],
    ),
    "they are the two states": (
        "Seoul and Tokyo condemned the launch. They urged talks.",
        ["South Korea and Japan", "South Korea and Japan"],
    ),
    "they are a group with a title": (
        "The Joint Envoys met in Oslo. The Joint Envoys condemned the launch. They urged talks.",
        ["Joint Envoys", "Joint Envoys"],
    ),
    "short name": (
        "Koichi Nakamori, a teacher in Oslo, said the law was old. Nakamori said it would fall.",
        ["Koichi Nakamori", "Koichi Nakamori"],
    ),
    "two of one family": (
        "Anna Berg said the dam held. Karl Berg said the dam broke. Ms. Berg said it held for a year.",
        ["Anna Berg", "Karl Berg", "Anna Berg"],
    ),
    "the one of the family who spoke": (
        "Karl Berg and his wife Anna Berg live by the dam. Karl Berg said the dam broke. Berg said nobody came.",
        ["Karl Berg", "Karl Berg"],
    ),
    "the minister": (
        "Foreign Minister Anton Lund met Defence Minister Peter Holm. The foreign minister said the talks went well. "
        "The defence minister said they did not.",
        ["Anton Lund", "Peter Holm"],
    ),
    "the leader of a state": (
        "North Korean leader Kim Jong Un met the Norwegian leader, Anton Lund. The North Korean leader said the talks went well.",
        ["Kim Jong Un"],
    ),
    "the spokeswoman": (
        "Ida Falk, a spokeswoman for the port, said the crane fell. The spokesperson said nobody was hurt.",
        ["Ida Falk", "Ida Falk"],
    ),
    "both ministers": (
        "Minister Anton Lund met Minister Peter Holm in Oslo. Both ministers said the talks went well.",
        ["Anton Lund and Peter Holm"],
    ),
    "the three lawmakers": (
        "Three lawmakers said the agency had found a tunnel. The lawmakers said it was long.",
        ["Three lawmakers", "Three lawmakers"],
    ),
    "several analysts": ("Several analysts said the tunnel was long.", ["Several analysts"]),
    "apposition before the name": (
        "Russia's foreign minister, Sergei Lavrov, said the talks failed.",
        ["Sergei Lavrov"],
    ),
    "apposition after the name": (
        "Lee Chul-woo, a lawmaker who sits on the panel, said the talks failed.",
        ["Lee Chul-woo"],
    ),
    "a long title before the name": (
        "Head of the Harbour and Customs Committee Leonid Slavin said the talks failed. He said they would resume.",
        ["Leonid Slavin", "Leonid Slavin"],
    ),
    "a spokesman for somebody is not that one": (
        "A spokesman for Sergei Lavrov said the talks failed.",
        ["spokesman for Sergei Lavrov"],
    ),
    "an abbreviation in brackets": (
        "The Alliance for Open Ports (AOP) said the crane fell. AOP said nobody was hurt.",
        ["Alliance for Open Ports", "Alliance for Open Ports"],
    ),
    "the agency, whatever its name": (
        "The Coastal Survey Board said the crane fell. The agency said nobody was hurt.",
        ["Coastal Survey Board", "Coastal Survey Board"],
    ),
    "the paper": (
        "The New York Times reported that the crane fell. The paper said nobody was hurt.",
        ["The New York Times", "The New York Times"],
    ),
    "her office": (
        "Ida Falk said the crane fell. Her office said nobody was hurt.",
        ["Ida Falk", "Ida Falk's office"],
    ),
    "the people of a state are not the state": (
        "Many Palestinians said the road was closed.",
        ["Many Palestinians"],
    ),
    "described": (
        "Lawmakers who were briefed by the agency said the tunnel was long.",
        ["Lawmakers who were briefed by the agency"],
    ),
    "on condition of anonymity": (
        "A senior official, who spoke on condition of anonymity, said the tunnel was long. The official said it was old.",
        ["senior official, who spoke on condition of anonymity", "senior official, who spoke on condition of anonymity"],
    ),
    "sources are sources": ("Sources said the tunnel was long.", ["Sources"]),
    "two unnamed sources stay apart": (
        "An official familiar with the plan said the tunnel was long. Another official said it was short.",
        ["official familiar with the plan", "Another official"],
    ),
    "the broadcaster that is named": (
        "There was no damage, according to the Japanese broadcaster NHK.",
        ["NHK"],
    ),
    "the expert who has just spoken": (
        "Karl Berg of Oslo said the dam held. The tunnel is old, the expert concluded.",
        ["Karl Berg", "Karl Berg"],
    ),
    "a part of a body's name": (
        "The Harbour Board of Trustees said the crane fell. The Harbour Board said nobody was hurt.",
        ["Harbour Board of Trustees", "Harbour Board of Trustees"],
    ),
    "the candidate of another party": (
        "Democratic candidate Ida Falk met Karl Berg in Oslo. Karl Berg said the dam held. "
        "The Democratic candidate said it broke.",
        ["Karl Berg", "Ida Falk"],
    ),
    "an office that the parser takes for a body": (
        "U.S. Ambassador to the United Nations Ida Falk said the talks failed.",
        ["Ida Falk"],
    ),
    "the two leaders are others": (
        "World leaders condemned the launch. The two leaders said they would meet.",
        ["World leaders", "two leaders"],
    ),
    "an agency with its kind": ("The North's KCNA news agency said the talks failed.", ["KCNA"]),
    "a sentence about another in between": (
        "Karl Berg said the dam held. Peter Novak was mayor then. He said nobody came.",
        ["Karl Berg", "Peter Novak"],
    ),
    "a group of members of a body": (
        "A group of people on the Harbour Committee said the crane fell.",
        ["group of people"],
    ),
    "officials who say": (
        "There are officials who say the tunnel is long.",
        ["officials"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_speaker(name: str) -> None:
    text, expected = CASES[name]
    found = said(text)
    if expected is None:
        assert found[-1] == "Iran"
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        (
            "Kim Dong-yup, a former navy officer who teaches at a university in Oslo, said the test failed.",
            "Kim Dong-yup, a former navy officer who teaches at a university in Oslo",
            "Kim Dong-yup",
        ),
        (
            "Russia's foreign minister, Sergei Lavrov, who was in Oslo, said the test failed.",
            "Russia's foreign minister, Sergei Lavrov, who was in Oslo",
            "Sergei Lavrov",
        ),
        (
            "A diplomat in Oslo who was briefed on the talks said the test failed.",
            "A diplomat in Oslo who was briefed on the talks",
            "diplomat in Oslo who was briefed on the talks",
        ),
        (
            "The institute, which has followed the site for years, said the test failed.",
            "The institute, which has followed the site for years",
            "institute",
        ),
        (
            "Ida Falk and Peter Holm, both of the port, said the test failed.",
            "Ida Falk and Peter Holm, both of the port",
            "Ida Falk and Peter Holm",
        ),
    ],
)
def test_longer_spans_resolve_to_the_name(text: str, phrase: str, expected: str) -> None:
    assert who(text, phrase) == expected


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("A study by Karen Aldous says the pier is new. The study says it is long.", "Karen Aldous"),
        ("The Harwick Institute published a report in May. The report says the pier is new.", "Harwick Institute"),
        ("The Harwick Institute's report says the pier is new.", "Harwick Institute"),
        ("A statement issued by the Harwick Institute said the pier was new.", "Harwick Institute"),
    ],
)
def test_who_stands_behind_a_report(text: str, behind: str) -> None:
    document = Document("x.txt", "0" * 64, "text/plain", text, language="en")
    tree = parse(document)
    found = attributions(tree, document, names(tree), fast=True)
    assert {
        a.behind for a in found if a.source_name and a.source_name.split()[-1] in {"study", "report", "statement"}
    } == {behind}


INTERVIEW = """Harbour Post: Did the barge carry rockets?

Joan Harlan: We believe that the barge carried rockets. It sailed twice in October.

Harbour Post: Who loaded it?

Joan Harlan: The crew did. I think the port knew of it.

Question: And what follows?

JH: The port will be closed for a month."""


def test_interview_with_the_outlet_as_the_one_who_asks() -> None:
    found = said(INTERVIEW, outlet="Harbour Post")
    assert len(found) >= 4
    assert set(found) == {"Joan Harlan"}


def test_the_president_has_the_floor_by_his_office() -> None:
    text = "THE PRESIDENT: The barge carried rockets in May.\n\nQ Who loaded it?\n\nTHE PRESIDENT: The crew loaded it at night."
    assert set(said(text, title="Remarks by President Anton Lund at a Port")) == {"Anton Lund"}


def test_speakers_cost_time_in_proportion_to_the_text() -> None:
    part = (
        "Minister Anton Lund met Ida Falk in Oslo. He said the barge was empty. The minister said the port was shut. "
        "She denied it. The agency said nothing of it, the official said.\n\n"
    )

    def seconds(times: int) -> float:
        document = Document("x.txt", "0" * 64, "text/plain", part * times, language="en")
        tree = parse(document)
        found = names(tree)
        start = time.perf_counter()
        speakers = Speakers(tree, found)
        for t in tree.tokens:
            if t.dep == "nsubj":
                speakers.resolve(t, (t.start, t.end), None)
        return time.perf_counter() - start

    seconds(5)
    small, large = seconds(40), seconds(160)
    assert large < 10 * small + 0.2
