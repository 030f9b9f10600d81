"""Entities of a list held against agents: offered with their source, never by a weak name."""

from __future__ import annotations

from crossfix.linking.agent_entities import offers
from crossfix.record.rows import AgentRow, AliasGround, Evidence
from crossfix.reference.ftm import Entity


def agent(id_: str, name: str, kind: str = "person", *aliases: str, document: str | None = None) -> AgentRow:
    return AgentRow(id_, name, kind, aliases, (), document)


def entity(id_: str, name: str, *aliases: str, kind: str = "person", weak: tuple[str, ...] = ()) -> Entity:
    return Entity(id_, kind.title(), kind, name, aliases, weak, ("NO",), "harbour_list")


def test_a_name_in_another_spelling_meets_and_offers_the_rest() -> None:
    (offer,) = offers([agent("A1", "Sergei Orlov")], [entity("e1", "Sergey Orlov", "S. Orlov the Elder")])
    assert (offer.agent, offer.entity, offer.by, offer.alone) == ("A1", "e1", "Sergei Orlov", True)
    assert offer.names == ("S. Orlov the Elder", "Sergey Orlov")
    assert offer.why == "e1 of harbour_list has the name 'Sergei Orlov' too"


def test_what_does_not_meet() -> None:
    voss = entity("e1", "Lena Voss", "Voss", "Heron Lady", weak=("Heron Lady",))
    assert offers([agent("A1", "Voss")], [voss]) == []  # one word
    assert offers([agent("A1", "Heron Lady")], [voss]) == []  # a weak alias
    assert offers([agent("A1", "Lena Voss", "organisation")], [voss]) == []  # another kind
    assert offers([agent("A1", "Lena Voss", document="d1")], [voss]) == []  # known to one document only
    known_there = AgentRow(
        "A1",
        "Mara Holt",
        "person",
        ("Lena Voss",),
        (),
        None,
        (AliasGround("Lena Voss", "x", Evidence("d", 0, 1), True),),
    )
    assert offers([known_there], [voss]) == []  # a name that means the agent in one document only


def test_two_that_meet_are_left_to_a_person_in_any_order() -> None:
    agents = [agent("A1", "Lena Voss"), agent("A2", "Grey Heron", "vessel")]
    listed = [entity("e2", "Lena Voss"), entity("e1", "Lena Voss"), entity("e3", "Grey Heron", kind="vessel")]
    found = offers(agents, listed)
    assert [(o.agent, o.entity, o.alone) for o in found] == [
        ("A1", "e1", False),
        ("A1", "e2", False),
        ("A2", "e3", True),
    ]
    assert offers(agents[::-1], listed[::-1]) == found
