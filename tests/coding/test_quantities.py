"""Quantities as typed values, the kinds of items, routes as legs. Sentences are ours."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from coding_types import Code
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.coding.item_kinds import kinds_of
from crossfix.coding.quantities import Count, counts, number_of, typed, words_of
from crossfix.contract import event_json, transfer_json
from crossfix.model import Bound, Quantity, Span
from crossfix.record.values import event_in, event_out, transfer_in, transfer_out

WORDS = (
    "North Korea|Russia|sent|fired a missile|shells|dozens of|more than 1,000 containers|from Najin|to Dunai|by rail|then|and|flew|"
    "1,002.3 km|an altitude of|said|KCNA|, |it|was|loaded|on a ship|on Friday|planned to|of|for 4,415 seconds|$5 million|missiles|via"
).split("|")

COUNTS = [
    ("more than 1,000 containers", 1000, None, "at_least"),
    ("about 300 tanks", 300, 300, "about"),
    ("dozens of missiles", 24, None, "at_least"),
    ("up to 10,000 troops", None, 10000, "at_most"),
    ("as many as 50 launchers", None, 50, "at_most"),
    ("several ships", 3, None, "at_least"),
    ("several hundred rounds", 300, None, "at_least"),
    ("a million rounds", 1e6, 1e6, "exact"),
    ("half a million shells", 5e5, 5e5, "exact"),
    ("between 5 and 10 tonnes", 5, 10, "between"),
    ("2 to 3 million shells", 2e6, 3e6, "between"),
    ("tens of thousands of shells", 20000, None, "at_least"),
    ("twenty-five jets", 25, 25, "exact"),
    ("one hundred and fifty tanks", 150, 150, "exact"),
    ("no fewer than seven vessels", 7, None, "at_least"),
    ("fewer than 40 rockets", None, 40, "at_most"),
    ("five or six launchers", 5, 6, "between"),
    ("10 or more guns", 10, None, "at_least"),
    ("some 2,000 workers", 2000, 2000, "about"),
    ("at least 1.5 million shells", 1.5e6, None, "at_least"),
]


@pytest.mark.parametrize(("text", "low", "high", "bound"), COUNTS)
def test_counts(text: str, low: float | None, high: float | None, bound: Bound) -> None:
    assert [(c.low, c.high, c.bound) for c in counts(text)] == [(low, high, bound)]


NO_COUNT = [
    "on July 12, 2023",
    "12 July",
    "152-mm shells",
    "at 10:40",
    "Hwasong 18 missiles",
    "the 18th test",
    "30 percent",
    "in 2024",
    "1" * 400,
]


@pytest.mark.parametrize("text", NO_COUNT)
def test_dates_calibres_and_names_are_no_counts(text: str) -> None:
    assert list(counts(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,002.3", 1002.3), ("two dozen", 24), ("three million", 3e6), ("a hundred", 100), ("shells", None)],
)
def test_number_of(text: str, value: float | None) -> None:
    assert number_of(text) == value


amounts = st.floats(0.001, 1e9).map(lambda x: round(x, 3)) | st.integers(0, 10**9).map(float)


@given(amounts, amounts, st.sampled_from(["exact", "about", "at_least", "at_most", "between"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_written_and_read_back(a: float, b: float, bound: Bound, strict: bool) -> None:
    low, high = min(a, b), max(a, b)
    if bound == "between" and low == high:
        return
    q = {
        "exact": (low, low, False), "about": (low, low, False), "at_least": (low, None, strict), "at_most": (None, high, strict),
        "between": (low, high, False),
    }[bound]  # fmt: skip
    text = words_of(Quantity(q[0], q[1], bound, "containers", Span(0, 0, ""), q[2]))
    read = next(iter(counts(text)))
    assert (read.low, read.high, read.bound, read.strict) == (q[0], q[1], bound, q[2])
    again = typed(text, read, text[read.end :].strip(), len(text))
    assert again.span.text == text
    assert again.unit == "containers"


@given(st.text(max_size=200) | st.text(alphabet="0123456789,.- $andtofbewmilonhurxyst\n", max_size=300))
@settings(max_examples=200, deadline=None)
def test_passages_hold(text: str) -> None:
    found = list(counts(text))
    assert all(0 <= c.start < c.end <= len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(c.low is None or c.high is None or c.low <= c.high for c in found)
    assert kinds_of(text).kinds


def test_odd_counts_are_values() -> None:
    assert isinstance(next(counts("3 ships")), Count)


KINDS = [
    ("artillery shells", "shells"),
    ("152-mm artillery shells", "shells"),
    ("KN-23 missiles", "ballistic_missiles"),
    ("Hwasong-11 missiles", "ballistic_missiles"),
    ("Fath-360 close-range ballistic missiles", "ballistic_missiles"),
    ("Topol-M", "ballistic_missiles"),
    ("Kalibr missiles", "cruise_missiles"),
    ("rockets", "rockets"),
    ("mobile rocket launchers", "launchers"),
    ("HIMARS", "launchers"),
    ("Shahed-136 drones", "drones"),
    ("Su-35 fighter jets", "aircraft"),
    ("S-300 missiles", "air_defence"),
    ("air defense systems", "air_defence"),
    ("infantry fighting vehicles", "armoured_vehicles"),
    ("nuclear submarines", "ships"),
    ("satellite technology", "satellites"),
    ("nuclear technology", "nuclear"),
    ("submarine technology", "technology"),
    ("help to build nuclear submarines", "technology"),
    ("help to develop military satellite", "satellites"),
    ("refined petroleum", "fuel"),
    ("food assistance", "food_aid"),
    ("troops", "personnel"),
    ("Javelin anti-tank missiles", "small_arms"),
    ("spare parts for aircraft", "components"),
    ("training", "training"),
    ("ballistic missile defence systems", "air_defence"),
    ("missile fuel", "components"),
    ("ammonium perchlorate", "components"),
    ("guns", "small_arms"),
    ("170mm guns", "launchers"),
    ("body armour", "other"),
    ("satellite imagery", "other"),
    ("centrifuge parts", "nuclear"),
    ("missile parts", "components"),
    ("naval mines", "shells"),
    ("torpedoes", "shells"),
    ("artillery crews", "personnel"),
    ("Igla missiles", "air_defence"),
]


@pytest.mark.parametrize(("item", "kind"), KINDS)
def test_kinds(item: str, kind: str) -> None:
    told = kinds_of(item)
    assert told.kind == kind
    assert told.word in item.lower()


def test_unknown_items_say_so() -> None:
    assert (kinds_of("zorblax").kind, kinds_of("zorblax").word) == ("other", "")
    assert (kinds_of("arms").kind, kinds_of("arms").word) == ("other", "arms")


def test_an_item_of_several_kinds() -> None:
    assert kinds_of("ballistic missile launchers and ballistic missiles").kinds == ("launchers", "ballistic_missiles")


AMOUNTS = [
    ("Germany has sent Ukraine 14 Leopard tanks.", [(14, 14, "exact", "tanks")]),
    (
        "Iran sent Syria dozens of drones and 40 crates of shells.",
        [(24, None, "at_least", "drones"), (40, 40, "exact", "crates")],
    ),
    (
        "Poland gave Ukraine several jets and up to 100 tanks.",
        [(3, None, "at_least", "jets"), (None, 100, "at_most", "tanks")],
    ),
    (
        "North Korea has supplied Russia with between 1 and 2 million rounds of ammunition.",
        [(1e6, 2e6, "between", "rounds")],
    ),
    ("North Korea supplied Russia with KN-23 missiles.", []),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amounts_of_transfers(
    code: Code, text: str, expected: list[tuple[float | None, float | None, str, str]]
) -> None:
    _, (t,) = code(text)
    assert [(q.low, q.high, q.bound, q.unit) for q in t.amounts] == expected
    assert all(text[q.span.start : q.span.end] == q.span.text for q in t.amounts)


ROUTES = [
    (
        "North Korea shipped 500 containers of munitions from Najin to Dunai by ship, then by rail to Tikhoretsk.",
        [("Najin", "Dunai", "sea"), ("Dunai", "Tikhoretsk", "rail")],
    ),
    (
        "North Korea sent artillery shells to Russia from the port of Najin via Dunai to a depot in Tikhoretsk.",
        [("Najin", "Dunai", "sea"), ("Dunai", "Tikhoretsk", "unknown")],
    ),
    (
        "Containers of munitions were carried from Najin to Dunai aboard a ship. From there they were moved by train to Tikhoretsk.",
        [("Najin", "Dunai", "sea"), ("Dunai", "Tikhoretsk", "rail")],
    ),
    ("Iran delivered about 300 drones to Russia by air.", [(None, "Russia", "air")]),
    ("Iran delivered drones to Russia.", []),
    ("Russia gave Iran tankers and air defence missiles.", []),
    ("More than 300 containers of ammunition left the port of Rajin for Russia.", [("Najin", "Russia", "sea")]),
]


@pytest.mark.parametrize(("text", "legs"), ROUTES)
def test_routes(code: Code, text: str, legs: list[tuple[str | None, str | None, str]]) -> None:
    _, (t,) = code(text)
    found = [(x.start.name if x.start else None, x.end.name if x.end else None, x.mode) for x in t.legs]
    assert found == legs
    assert all(text[x.span.start : x.span.end] == x.span.text for x in t.legs)


def test_a_depot_is_no_recipient(code: Code) -> None:
    _, (t,) = code("North Korea shipped shells from Najin to Tikhoretsk.")
    assert (t.supplier, t.recipient) == ("North Korea", "Russia")


NO_TRANSFER = [
    "North Korea is arming itself with long-range missiles.",
    "Iran has missiles that can deliver warheads to Israel.",
    "North Korea sent a missile over Japan.",
]


@pytest.mark.parametrize("text", NO_TRANSFER)
def test_weapons_at_work_are_not_handed_over(code: Code, text: str) -> None:
    assert code(text)[1] == ()


MODALITIES = [
    ("Iran plans to supply Russia with drones next year.", "Iran", "Russia", "predicted"),
    ("Iran intends to buy fighter jets from Russia.", "Russia", "Iran", "wanted"),
    ("Japan is considering buying air defence systems from the United States.", "United States", "Japan", "wanted"),
    ("North Korea declined to sell shells to Russia.", "North Korea", "Russia", "negated"),
    ("South Korea is weighing whether to send artillery shells to Ukraine.", "South Korea", "Ukraine", "predicted"),
    ("Germany approved the delivery of 88 Leopard 1 tanks to Ukraine.", "Germany", "Ukraine", "offered"),
    (
        "The Pentagon announced a package for Ukraine, including 200 armoured vehicles.",
        "United States",
        "Ukraine",
        "offered",
    ),
    ("A plane flew munitions from Pyongyang to Moscow on 12 May.", "North Korea", "Russia", "actual"),
]


@pytest.mark.parametrize(("text", "supplier", "recipient", "modality"), MODALITIES)
def test_offered_wanted_predicted_negated(code: Code, text: str, supplier: str, recipient: str, modality: str) -> None:
    _, (t,) = code(text)
    assert (t.supplier, t.recipient, t.modality) == (supplier, recipient, modality)


GOODS = [
    ("Russia sent more than 1 million barrels of oil to North Korea.", "fuel", 1e6, "barrels"),
    ("Seoul estimated that Pyongyang had sent about 12,000 troops to Russia.", "personnel", 12000, "troops"),
]


@pytest.mark.parametrize(("text", "kind", "low", "unit"), GOODS)
def test_goods_that_are_no_arms(code: Code, text: str, kind: str, low: float, unit: str) -> None:
    events, (t,) = code(text)
    assert (t.kind, t.amounts[0].low, t.amounts[0].unit) == (kind, low, unit)
    assert [e.type for e in events] == ["other"]  # what happened is no arms transfer


def test_food_is_a_transfer_of_its_own_kind(code: Code) -> None:
    events, (t,) = code("Germany delivered food to Ukraine.")
    assert (t.kind, t.kind_word, [e.type for e in events]) == ("food_aid", "food", ["other"])


def test_prices_are_not_sent(code: Code) -> None:
    assert code("North Korea sent oil prices higher.")[1] == ()


def test_kept_and_read_back(code: Code) -> None:
    text = "North Korea shipped 500 containers of munitions from Najin to Dunai by ship on 3 March."
    _, (t,) = code(text)
    assert transfer_in(t.id, json.loads(json.dumps(transfer_out(t))), text) == t
    old = {k: v for k, v in transfer_out(t).items() if k not in ("kind", "kinds", "kind_word", "amounts", "legs")}
    assert transfer_in(t.id, old, text).kind == "other"  # kept before items had kinds
    assert transfer_json(t)["legs"][0]["mode"] == "sea"


def test_kept_figures_are_read_back(code: Code) -> None:
    text = "North Korea fired a missile on Friday. KCNA said it flew 1,002.3 km."
    e = next(e for e in code(text)[0] if e.figures)
    assert event_in(e.id, json.loads(json.dumps(event_out(e))), text) == e
    assert event_json(e)["figures"][0]["announcer"] == "KCNA"


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(max_examples=10, deadline=None)
def test_no_words_in_any_order_crash(code: Code, words: list[str]) -> None:
    text = " ".join(words) + "."
    events, transfers = code(text)
    spans = [f.span for e in events for f in e.figures] + [q.span for t in transfers for q in t.amounts]
    assert all(text[s.start : s.end] == s.text for s in [*spans, *(x.span for t in transfers for x in t.legs)])
