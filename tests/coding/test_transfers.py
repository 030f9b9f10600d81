"""Transfers by frame: who gives whom what, how much, by which way; offered, wanted, predicted, denied. Sentences are ours."""

from __future__ import annotations

import pytest
from coding_types import Code

from crossfix.coding.items import is_generic, words_of
from crossfix.model import Transfer

FRAMES = [
    ("Iran delivered 300 drones to Russia.", "Iran", "Russia", "drones", "actual"),
    ("Belarus supplied Syria with radar systems.", "Belarus", "Syria", "radar systems", "actual"),
    ("China provided the Wagner Group with rifles.", "China", "Wagner", "rifles", "actual"),
    ("Germany has sent Ukraine 14 Leopard tanks.", "Germany", "Ukraine", "Leopard tanks", "actual"),
    ("Moscow received artillery shells from Pyongyang.", "North Korea", "Russia", "artillery shells", "actual"),
    ("Egypt secretly bought grenades from North Korea in 2016.", "North Korea", "Egypt", "grenades", "actual"),
    ("Rockets were shipped to Russia by North Korea.", "North Korea", "Russia", "Rockets", "actual"),
    ("Iran's shipments of drones to Russia go on.", "Iran", "Russia", "drones", "actual"),
    ("Russia's procurement of shells from North Korea breaks the embargo.", "North Korea", "Russia", "shells", "actual"),
    ("China has helped Russia develop a military satellite.", "China", "Russia", "help to develop military satellite", "actual"),
    ("North Korea launched the probe with technical assistance from Russia.", "Russia", "North Korea", "technical assistance", "actual"),
    ("Ukraine said Russia had fired missiles supplied by North Korea.", "North Korea", "Russia", "missiles", "actual"),
    ("Russia agreed to transfer submarine technology to North Korea.", "Russia", "North Korea", "submarine technology", "offered"),
    ("Iran is seeking fighter jets from Russia.", "Russia", "Iran", "fighter jets", "wanted"),
    ("Moscow has turned to Iran for help in filling its stock of missiles.", "Iran", "Russia", "missiles", "wanted"),
    ("Kim asked Putin for fighter jets.", "Russia", "North Korea", "fighter jets", "wanted"),
    ("Iran is seeking help from Russia to build nuclear submarines.", "Russia", "Iran", "help to build nuclear submarines", "wanted"),
    ("Belarus could send tanks to Russia.", "Belarus", "Russia", "tanks", "predicted"),
    ("Russia will supply Iran with jets next year.", "Russia", "Iran", "jets", "predicted"),
    ("Seoul has not provided lethal weapons to Ukraine.", "South Korea", "Ukraine", "lethal weapons", "negated"),
    ("Trains loaded with munitions crossed from North Korea into Russia.", "North Korea", "Russia", "munitions", "actual"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "supplier", "recipient", "item", "modality"), FRAMES)
def test_frame(code: Code, text: str, supplier: str, recipient: str, item: str, modality: str) -> None:
    _, transfers = code(text)
    assert [(t.supplier, t.recipient, t.item, t.modality) for t in transfers] == [(supplier, recipient, item, modality)]


FRAMES += [
    ("Wagner took delivery of an arms shipment from North Korea.", "North Korea", "Wagner", "arms", "actual"),
    ("Syria paid Iran for rockets.", "Iran", "Syria", "rockets", "actual"),
    ("Iran did not rule out selling rockets to Syria.", "Iran", "Syria", "rockets", "predicted"),
    ("North Korea supplied Russia with KN-23 missiles.", "North Korea", "Russia", "KN-23 missiles", "actual"),
    ("Iran sent Syria dozens of drones and 40 crates of shells.", "Iran", "Syria", "drones and shells", "actual"),
]

FRAMES += [
    ("The train carried arms from North Korea to Wagner.", "North Korea", "Wagner", "arms", "actual"),
    (
        "Two Russian ships have carried North Korean munitions to Russia.",
        "North Korea",
        "Russia",
        "munitions",
        "actual",
    ),
    ("Poland delivered 50,000 shells under its ammunition plan to Ukraine.", "Poland", "Ukraine", "shells", "actual"),
    ("Iran's Ministry of Defense has supplied Russia with drones.", "Iran", "Russia", "drones", "actual"),
]

NONE = [
    "Germany delivered speeches to Ukraine.",
    "The minister delivered a speech to the army.",
    "Japan bought cars from South Korea.",
    "North Korea produces shells and missiles.",
    "If Iran delivered missiles to Russia, Europe would answer.",
    "Russia fired North Korean missiles.",
    "The two armies shared a meal.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_transfer(code: Code, text: str) -> None:
    assert code(text)[1] == ()


def test_quantity_and_route(code: Code) -> None:
    (_, (t,)) = code("Iran shipped more than 300 containers of ammunition to Russia by sea in August 2023.")
    assert (t.quantity, t.route, str(t.when), t.item) == ("more than 300 containers", "by sea", "2023-08", "ammunition")
    (_, (t,)) = code("North Korea sent shells to Russia via railcars.")
    assert t.route == "via railcars"
    (_, (t,)) = code("Iran sold Russia several dozen ballistic missiles.")
    assert t.quantity == "several dozen"


def test_since_is_a_stretch_up_to_the_report(code: Code) -> None:
    (_, (t,)) = code("North Korea has shipped shells to Russia since August 2023.", published="2024-03-15")
    assert str(t.when) == "2023-08-01/2024-03-15"


def test_only_what_happened_or_is_denied_is_an_event(code: Code) -> None:
    events, (wanted,) = code("Iran wants fighter jets from Russia.")
    assert (events, wanted.event) == ((), None)
    (event,), (actual,) = code("Iran delivered drones to Russia.")
    assert (event.type, actual.event) == ("arms_transfer", event.id)
    assert {(p.name, p.role) for p in event.participants} == {("Iran", "supplier"), ("Russia", "recipient")}


def test_who_alleges(code: Code) -> None:
    (_, (t,)) = code("The United States accused Iran of supplying Russia with drones.")
    assert (t.status, t.alleged_by, t.supplier) == ("alleged", ("United States",), "Iran")


def test_denial_by_both_sides(code: Code) -> None:
    _, (t,) = code("Iran and Russia deny a transfer of drones between them.")
    assert (t.supplier, t.recipient, t.status) == ("Iran and Russia", "Iran and Russia", "denied")
    assert set(t.denied_by) == {"Iran", "Russia"}
    _, (t,) = code("Moscow and Tehran deny any arms transfers.")
    assert (t.supplier, t.recipient, t.status) == ("Russia and Iran", "Russia and Iran", "denied")


def test_a_denial_reaches_the_transfer_it_denies(code: Code) -> None:
    _, transfers = code(
        "Washington accused Iran of sending drones to Russia. Iran has denied sending drones to Russia."
    )
    (t,) = transfers
    assert (t.status, t.alleged_by, t.denied_by) == ("alleged", ("United States",), ("Iran",))


def test_the_left_out_side_comes_from_the_dealings(code: Code) -> None:
    text = (
        "North Korea delivered shells to Russia in 2022. "
        "Images showed 200 containers of ammunition leaving from North Korea's port of Najin."
    )
    _, transfers = code(text)
    assert [(t.recipient, t.item) for t in transfers] == [("Russia", "shells"), ("Russia", "ammunition")]


def test_nothing_is_invented_without_dealings(code: Code) -> None:
    _, transfers = code("Images showed 200 containers of ammunition leaving from North Korea's port of Najin.")
    assert [t.recipient for t in transfers] == [None]


def test_a_vague_repeat_is_no_second_transfer(code: Code) -> None:
    text = (
        "North Korea delivered artillery shells to Russia in October 2023. "
        "Iran condemned the arms transfers from North Korea to Russia."
    )
    events, transfers = code(text)
    assert [t.item for t in transfers] == ["artillery shells"]
    assert len(next(e for e in events if e.type == "arms_transfer").mentions) == 2


def test_two_dates_are_two_transfers(code: Code) -> None:
    _, transfers = code("Iran sent drones to Russia in August 2022. Iran sent drones to Russia in May 2023.")
    assert [str(t.when) for t in transfers] == ["2022-08", "2023-05"]


def test_a_standing_practice_is_no_transfer(code: Code) -> None:
    assert code("The United States continues to provide Ukraine with weapons.")[1] == ()


def test_not_done_but_wanted(code: Code) -> None:
    text = "Russia is seeking ballistic missiles from Iran. We do not believe that Iran has delivered ballistic missiles to Russia."
    events, transfers = code(text)
    assert [t.modality for t in transfers] == ["wanted"]
    assert [(e.type, e.modality, e.status) for e in events] == [("arms_transfer", "negated", "denied")]


def test_pronouns(code: Code) -> None:
    _, transfers = code("Iran has factories of its own. It sold Russia drones in August 2022.")
    assert [(t.supplier, t.recipient) for t in transfers] == [("Iran", "Russia")]


def test_package(code: Code) -> None:
    text = "The United States announced a new package of military aid for Ukraine that includes artillery rounds."
    t: Transfer = code(text)[1][0]
    assert (t.supplier, t.recipient, t.item, t.modality) == ("United States", "Ukraine", "artillery rounds", "offered")


def test_cargo_of_untold_content(code: Code) -> None:
    text = (
        "North Korea delivered shells to Russia in 2022. "
        "A set of containers was loaded onto the ship at the North Korean port of Najin on October 1, 2023."
    )
    t = code(text, published="2023-12-01")[1][-1]
    assert (t.supplier, t.recipient, t.item, str(t.when)) == ("North Korea", "Russia", "containers", "2023-10-01")


def test_a_holder_who_says_it_has_not_happened(code: Code) -> None:
    _, (t,) = code("A Syrian official said Iran had never sold rockets to Syria.")
    assert (t.modality, t.status, len(t.denied_by)) == ("negated", "denied", 1)


def test_institutes_do_not_deal(code: Code) -> None:
    _, transfers = code("RUSI delivered rockets to Syria.")
    assert all(t.supplier is None for t in transfers)


def test_words_of_items() -> None:
    assert words_of("Ballistic missiles and the shells") == {"ballistic", "missile", "shell"}
    assert is_generic("arms")
    assert is_generic("military equipment")
    assert not is_generic("artillery shells")


def test_a_denial_that_names_nothing_reaches_the_accusation_before_it(code: Code) -> None:
    text = "Washington accused Pyongyang of sending shells to Russia. Pyongyang denied it."
    _, (transfer,) = code(text)
    assert transfer.denied_by == ("North Korea",)
    text = "Washington accused Pyongyang of sending shells to Russia. Seoul rejected that account."
    _, (transfer,) = code(text)
    assert transfer.denied_by == ()


def test_a_calibre_is_not_torn_from_its_number(code: Code) -> None:
    _, (transfer,) = code("North Korea supplied Russia with 300 rounds of 152 mm ammunition.")
    assert transfer.item == "ammunition"


def test_who_is_blamed_gave_it(code: Code) -> None:
    _, (t,) = code("Protesters criticised the Israeli government for selling drones to Azerbaijan.")
    assert (t.supplier, t.recipient) == ("Israel", "Azerbaijan")
    text = "The United States imposed sanctions on Iran in May 2023 for providing missiles to Syria."
    _, (t,) = code(text)
    # the day is that of the sanctions
    assert (t.supplier, t.recipient, t.when) == ("Iran", "Syria", None)


@pytest.mark.parametrize(
    "text",
    [
        "Germany's refusal to send missiles to Ukraine angered Kyiv.",
        "Mr Smith sold a gun to a friend.",
        "The Miller family has handed guns to each other.",
        "Police sent the rifle to Washington.",
    ],
)
def test_no_dealing_of_states(code: Code, text: str) -> None:
    assert code(text)[1] == ()


def test_what_is_opposed_has_not_happened(code: Code) -> None:
    events, _ = code("Japan is opposed to exporting missiles to Ukraine.")
    assert events == ()
    events, _ = code("Congress wants to restrict selling rifles to Mexico.")
    assert events == ()


def test_what_planes_carry(code: Code) -> None:
    (event,), (t,) = code("Two planes carrying 120 drones flew from Tehran to Moscow on 20 August 2022.")
    assert (event.type, str(event.when)) == ("arms_transfer", "2022-08-20")
    assert (t.supplier, t.recipient, t.item, t.quantity, t.route) == ("Iran", "Russia", "drones", "120", "planes")


def test_a_maker_is_no_recipient(code: Code) -> None:
    _, (t,) = code("Turkey's Baykar sold Bayraktar drones to Ukraine.")
    assert (t.supplier, t.recipient, t.item) == ("Turkey", "Ukraine", "Bayraktar drones")


def test_systems_named_by_a_number(code: Code) -> None:
    _, (t,) = code("The Dutch government delivered 18 F-16s to Ukraine in 2024.", published="2024-12-01")
    assert (t.supplier, t.item, t.quantity, t.kind) == ("Netherlands", "F-16s", "18", "aircraft")


def test_missiles_are_of_the_kind_the_document_tells(code: Code) -> None:
    text = "Iran sold ballistic missiles to Russia in August 2024. Iran sent Russia missiles in May 2023."
    _, transfers = code(text, published="2024-12-01")
    assert [(t.item, t.kind) for t in transfers] == [
        ("ballistic missiles", "ballistic_missiles"),
        ("missiles", "ballistic_missiles"),
    ]
    both = "Iran sold Russia cruise missiles in 2022. " + text
    assert [t.kind for t in code(both, published="2024-12-01")[1]][-1] == "other"
    _, (alone,) = code("Iran sent Russia missiles in May 2023.")
    assert alone.kind == "other"
