"""Traffic between places of two states, its goods and its direction told around it. Sentences are ours."""

from __future__ import annotations

import pytest
from coding_types import Code

from crossfix.model import Event, Transfer

DEALING = "North Korea has supplied Russia with artillery shells."


def moved(code: Code, text: str, **fields: str) -> tuple[list[Event], list[Transfer]]:
    """The events of transfer and the transfers that go from or to a spot."""
    events, transfers = code(text, **fields)
    ways = [t for t in transfers if t.legs]
    return [e for e in events if e.id in {t.event for t in ways}], ways


def test_goods_and_direction_come_from_the_document(code: Code) -> None:
    text = f"{DEALING} Analysts counted 30 voyages by three cargo ships between Rajin and Vostochny since October 2023."
    (event,), (t,) = moved(code, text)
    assert (t.supplier, t.recipient, t.item, t.quantity) == ("North Korea", "Russia", "artillery shells", "30 voyages")
    assert (str(t.when), t.route) == ("2023-10-01/2024-03-15", "by sea, between Rajin and Vostochny")
    assert event.where is not None
    assert (event.type, event.where.name, event.modality) == ("arms_transfer", "Najin", "actual")
    ((start, end, mode),) = [(x.start, x.end, x.mode) for x in t.legs]
    assert start is not None
    assert end is not None
    assert (start.name, end.name, mode) == ("Najin", "Vostochny Port", "sea")


def test_direction_from_the_maker_where_no_dealing_tells_it(code: Code) -> None:
    text = (
        "Satellite photos from mid-September 2023 showed regular shipments between Rajin and Vostochny. "
        "The cargo was North Korean artillery ammunition, experts said."
    )
    (event,), (t,) = moved(code, text)
    assert (t.supplier, t.recipient, t.item) == ("North Korea", "Russia", "artillery ammunition")
    assert str(event.when) == "2023-09-11/2023-09-20"


def test_a_ship_told_by_name(code: Code) -> None:
    text = (
        "The Angara made eleven trips between Rajin and Dunai in August 2023, satellite images show. "
        "The ships carried containers that are believed to hold North Korean munitions."
    )
    events, transfers = code(text)
    assert [(e.type, str(e.when)) for e in events] == [("arms_transfer", "2023-08")]
    assert [(t.item, t.quantity) for t in transfers] == [("munitions", "eleven trips")]


def test_ships_that_sail(code: Code) -> None:
    text = f"{DEALING} Russian vessels shuttled between Rajin and Dunai last autumn."
    (event,), (t,) = moved(code, text)
    assert (event.trigger.text, str(t.when), t.supplier) == ("shuttled", "2023-09-01/2023-11-30", "North Korea")


def test_what_the_journeys_came_to(code: Code) -> None:
    text = (
        f"{DEALING} Analysts counted 30 voyages by three cargo ships between Rajin and Vostochny since October 2023. "
        "These voyages delivered at least 7,000 steel containers."
    )
    (event,), (t,) = moved(code, text)
    assert t.quantity == "at least 7,000 steel containers"
    assert [(q.bound, q.low, q.unit) for q in t.amounts] == [
        ("exact", 30.0, "voyages"),
        ("at_least", 7000.0, "containers"),
    ]
    assert [m.text for m in event.mentions] == ["voyages", "voyages delivered at least 7,000 steel containers"]


def test_the_beginning_of_a_traffic_and_its_sum_are_one_event(code: Code) -> None:
    text = (
        f"{DEALING} Images from mid-August 2023 showed the start of regular shipments between the Russian base at Dunai and Rajin.\n\n"
        "Researchers tracked 40 journeys by vessels between Rajin and Russia's port of Dunai since September 2023. "
        "Russian soldiers had run short of shells."
    )
    (event,), (first, total) = moved(code, text)
    assert str(event.when) == "2023-08-11/2023-08-20"
    assert [m.text for m in event.mentions] == ["shipments", "journeys"]
    # its beginning has the date; the goods move from then on
    assert (str(first.when), first.quantity) == ("2023-08-11/2024-03-15", None)
    assert (str(total.when), total.quantity, total.event) == ("2023-09-01/2024-03-15", "40 journeys", event.id)


def test_two_months_of_a_traffic_stay_apart(code: Code) -> None:
    text = (
        f"{DEALING} Ships made 7 voyages between Rajin and Dunai in October 2023. "
        "They carried shells. Ships made 4 voyages between Rajin and Dunai in January 2024."
    )
    events, _ = moved(code, text)
    assert [str(e.when) for e in events] == ["2023-10", "2024-01"]


def test_shipments_counted_later_are_of_the_traffic(code: Code) -> None:
    text = (
        f"{DEALING} Analysts counted 30 voyages by three ships between Rajin and Vostochny since October 2023. "
        "Three deliveries were recorded in January 2024. The ships average two deliveries per month."
    )
    events, transfers = code(text)
    last = transfers[-1]
    assert (last.supplier, last.recipient, last.quantity, str(last.when)) == (
        "North Korea",
        "Russia",
        "Three deliveries",
        "2024-01",
    )
    assert [str(e.when) for e in events if e.id == last.event] == ["2024-01"]


NOT_TOLD = [
    # people, not goods
    f"{DEALING} Diplomats made 12 trips between Vladivostok and Rason in 2023.",
    # nobody is said to give anything
    "Ships made 12 voyages between Rajin and Vostochny in 2023. Neither side sells weapons.",
    # one state
    f"{DEALING} Ships made 12 voyages between Vostochny and Dunai in 2023, carrying shells.",
    # one state gives and takes: which, cannot be said
    f"{DEALING} Russia delivered missiles to North Korea. Ships made 12 voyages between Rajin and Vostochny in 2023.",
    # the empty ship's way out
    f"{DEALING} Three ships sailed from Dunai to Rajin in August 2023. Shells are short.",
    # not yet
    f"{DEALING} Ships were due to sail from Rajin to Dunai with shells.",
    # other states than those that deal
    f"{DEALING} Ships made 40 voyages between Vostochny and Shanghai in 2023. The shells were not aboard.",
    # the paragraph has nothing of arms
    f"{DEALING}\n\nFishermen have reported calm weather.\n\nTourists filled the ships that sailed between Rajin and Vostochny in 2023.",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_nothing_is_guessed(code: Code, text: str) -> None:
    assert moved(code, text) == ([], [])


def test_a_ship_visits_nobody(code: Code) -> None:
    events, _ = code("Ferries made 12 trips between Sochi and Trabzon in May 2023.")
    assert events == ()
    events, _ = code("The minister made a trip to Sochi in May 2023.")
    assert [e.type for e in events] == ["visit"]


def test_the_day_of_the_pictures(code: Code) -> None:
    (event,), (t,) = moved(
        code, "Satellite images from 5 October 2023 show containers of munitions leaving the port of Rajin for Russia."
    )
    assert event.where is not None
    assert (str(t.when), event.where.name) == ("2023-10-05", "Najin")
    _, (t,) = moved(
        code,
        "Satellite images released on 5 October 2023 show containers of munitions leaving the port of Rajin for Russia.",
    )
    assert t.when is None


def test_what_is_held_to_have_happened(code: Code) -> None:
    (event,), (t,) = code("Iran is believed to have sent drones to Russia in May 2023.")
    assert (event.modality, event.status, t.modality) == ("actual", "alleged", "actual")
    (event,), (t,) = code("Iran is not believed to have sent drones to Russia in May 2023.")
    assert (event.modality, t.modality) == ("negated", "negated")
    events, (t,) = code("Iran is expected to have sent drones to Russia by May 2025.")
    assert (events, t.modality) == ((), "predicted")
