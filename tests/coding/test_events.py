"""Events by wording: type, date, place, parties, outcome, status, modality, and what is no event. All sentences are ours."""

from __future__ import annotations

import pytest
from coding_types import Code
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.coding.events import code_events, spans_of
from crossfix.language.annotations import Annotations
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Document

KINDS = [
    ("North Korea test-fired two short-range missiles off its east coast on Thursday.", "missile_test", "2024-03-14"),
    ("Pyongyang conducted a test of a solid-fuel ICBM on February 3.", "missile_test", "2024-02-03"),
    ("The country fired at least four cruise missiles from Sinpo on January 24.", "missile_test", "2024-01-24"),
    ("Iran put a small satellite into orbit in January.", "satellite_launch", "2024-01"),
    (
        "North Korea launched a spy satellite aboard a new carrier rocket on Nov. 21, 2023.",
        "satellite_launch",
        "2023-11-21",
    ),
    ("India tested a nuclear device on 11 May 1998.", "nuclear_test", "1998-05-11"),
    ("Sergei Lavrov visited Pyongyang on 18 October 2023.", "visit", "2023-10-18"),
    ("Kim Jong Un met Vladimir Putin in Vladivostok on 25 April 2019.", "meeting", "2019-04-25"),
    ("Officials from Japan and South Korea held a video call on Thursday.", "meeting", "2024-03-14"),
    ("The United States and South Korea began the Freedom Shield exercise on March 4.", "exercise", "2024-03-04"),
    ("Japan imposed new sanctions on North Korea on Dec. 1, 2023.", "sanctions_act", "2023-12-01"),
    ("The European Union blacklisted five North Korean officers in May 2022.", "sanctions_act", "2022-05"),
    ("The State Department added six companies to its sanctions list on Friday.", "sanctions_act", None),
    ("The White House released satellite images on October 13, 2023.", "publication", "2023-10-13"),
    ("Tokyo condemned the flight on Tuesday.", "statement", "2024-03-12"),
    ("Russia launched an Iskander missile at Kharkiv on January 2.", "other", "2024-01-02"),
    ("South Korea seized a ship carrying missile parts in April 2021.", "other", "2021-04"),
]


@pytest.mark.parametrize(("text", "kind", "when"), KINDS)
def test_type_and_date(code: Code, text: str, kind: str, when: str | None) -> None:
    events, _ = code(text)
    assert [e.type for e in events] == [kind]
    if when is not None:
        assert str(events[0].when) == when
        assert events[0].when_text is not None


NOTHING = [
    "Iran continues to launch satellites.",
    "North Korea's missiles can reach the United States.",
    "The nuclear test site lies in the mountains.",
    "The missile programme is under sanctions.",
    "The new rule met with criticism in the press.",
    "In 2013 the rover was the talk of the town.",
    "The army did not try to shoot down the missile.",
    "If Pyongyang tests a nuclear device, Seoul will respond.",
    "Resolutions ban the country from launching a rocket.",
    "North Korea has never tested a missile at full range.",
    "The launch of a new bus line cheered the town.",
    "She took exercise every morning.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_event(code: Code, text: str) -> None:
    assert code(text)[0] == ()


def test_firing_over_a_sea_is_a_test_and_at_a_country_is_not(code: Code) -> None:
    assert code("On Monday North Korea fired a ballistic missile into the Sea of Japan.")[0][0].type == "missile_test"
    assert code("On Monday Russia fired a ballistic missile into Ukraine.")[0][0].type == "other"


def test_place_and_parties_of_a_meeting(code: Code) -> None:
    ((event,), _) = code("President Joe Biden met Chinese leader Xi Jinping in Bali on November 14, 2022.")
    assert {p.name for p in event.participants} >= {"Joe Biden", "Xi Jinping"}
    assert event.where is not None
    assert event.where.name == "Bali"


def test_place_of_war_is_not_the_place_of_delivery(code: Code) -> None:
    events, _ = code("Iran delivered drones to Russia for its war in Ukraine.")
    assert events[0].where is None or events[0].where.name != "Ukraine"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("North Korea failed to put a satellite into orbit on May 31, 2023.", "failure"),
        ("A rocket carrying a spy satellite exploded over the sea on May 27.", "failure"),
        ("Iran successfully launched a satellite on January 20.", "success"),
        ("The launch of the satellite on January 20 succeeded.", "success"),
        ("Iran fired a ballistic missile into the sea on January 20.", "unknown"),
    ],
)
def test_outcome(code: Code, text: str, outcome: str) -> None:
    assert code(text)[0][0].outcome == outcome


def test_failed_attempts_in_two_months_are_two_events(code: Code) -> None:
    events, _ = code(
        "North Korea put a spy satellite into orbit on November 21, 2023. Earlier launch attempts failed in May and August.",
        published="2023-12-01",
    )
    assert [(e.type, str(e.when), e.outcome) for e in events] == [
        ("satellite_launch", "2023-11-21", "success"),
        ("satellite_launch", "2023-05", "failure"),
        ("satellite_launch", "2023-08", "failure"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("North Korea fired a missile on Monday.", "reported"),
        ("Japan said North Korea fired a missile on Monday.", "reported"),
        ("North Korea said it had fired a missile on Monday.", "confirmed_by_actor"),
        ("North Korea reportedly fired a missile on Monday.", "alleged"),
        ("Analysts suspect that North Korea fired a missile on Monday.", "alleged"),
        ("Washington accused Iran of sending drones to Russia in August.", "alleged"),
        ("Iran has denied sending drones to Russia.", "denied"),
    ],
)
def test_status(code: Code, text: str, status: str) -> None:
    events, _ = code(text)
    assert [e.status for e in events if e.type != "statement"] == [status]


def test_an_issuing_government_confirms_its_own_acts(code: Code) -> None:
    text = "National Security Advisor Jake Sullivan met his Japanese counterpart in Tokyo on Monday."
    assert code(text, outlet="The White House")[0][0].status == "confirmed_by_actor"
    assert code(text, outlet="Harbour Post")[0][0].status == "reported"


def test_a_saying_is_known_by_the_report_itself(code: Code) -> None:
    (said,) = code("Iran denied the charge on Tuesday.")[0]
    assert (said.type, said.status) == ("statement", "reported")


def test_a_state_agency_speaks_for_its_state(code: Code) -> None:
    text = "The Missile Administration of the DPRK conducted a test-fire of a ballistic missile on January 14."
    assert code(text, outlet="KCNA")[0][0].status == "confirmed_by_actor"
    assert code(text, outlet="Voice of America")[0][0].status == "reported"


def test_what_appears_to_be_a_missile(code: Code) -> None:
    (event,) = code("North Korea launched what appears to be a ballistic missile on January 14.")[0]
    assert (event.type, str(event.when), event.status) == ("missile_test", "2024-01-14", "alleged")


def test_a_gathering_gives_its_day_to_the_meeting_beside_it(code: Code) -> None:
    events, _ = code(
        "The leaders of Japan and South Korea met on the sidelines of a summit in Vilnius on July 12, 2023."
    )
    assert str(events[0].when) == "2023-07-12"
    assert {p.name for p in events[0].participants} >= {"Japan", "South Korea"}


def test_what_is_taken_for_granted_is_not_in_doubt(code: Code) -> None:
    events, _ = code(
        "Trade seems to have grown after Kim Jong Un's visit to Russia in September 2023, an analyst said."
    )
    (visit,) = [e for e in events if e.type == "visit"]
    assert (visit.status, str(visit.when)) == ("reported", "2023-09")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Putin will travel to Beijing in May.", "future"),
        ("Pyongyang said it would launch three spy satellites in 2025.", "future"),
        ("North Korea is preparing to conduct a seventh nuclear test.", "future"),
        ("North Korea may conduct a seventh nuclear test.", "hypothetical"),
        ("Iran launched a satellite on January 20.", "actual"),
    ],
)
def test_modality(code: Code, text: str, modality: str) -> None:
    assert code(text)[0][0].modality == modality


def test_since_is_no_day_of_a_happening(code: Code) -> None:
    events, _ = code("The Security Council met in New York for its first session on the matter since February 2022.")
    assert all(e.when is None for e in events)


def test_the_day_of_saying_is_not_the_day_of_the_act(code: Code) -> None:
    events, _ = code("North Korea said on Wednesday it had tested a new cruise missile.")
    (test,) = [e for e in events if e.type == "missile_test"]
    assert test.when is None


def test_two_visits_in_one_sentence(code: Code) -> None:
    events, _ = code(
        "Kim Jong Un visited an aircraft plant in Komsomolsk on September 15 and a naval base in Vladivostok the next day."
    )
    assert [str(e.when) for e in events if e.type == "visit"] == ["2023-09-15", "2023-09-16"]


def test_a_bare_day_before_a_comma(code: Code) -> None:
    text = "North Korea's attempt to launch a ballistic missile failed Friday, South Korean and U.S. officials said."
    (event,) = code(text, published="2024-03-16")[0]
    assert (str(event.when), event.outcome) == ("2024-03-15", "failure")


def test_between_two_days(code: Code) -> None:
    (event,) = code("The army of North Korea held drills between March 3 and March 9.")[0]
    assert str(event.when) == "2024-03-03/2024-03-09"


def test_claim_of_an_event(code: Code) -> None:
    events, _ = code("South Korea's defence ministry said North Korea fired a missile on Monday.")
    assert events[0].claim is not None
    assert code("North Korea fired a missile on Monday.")[0][0].claim is None


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    document = Document("x", "0" * 64, "text/plain", text)
    tree = parse(document)
    events, transfers = code_events(Annotations(document, tree, names(tree), (), (), (), None), ())
    for event in events:
        assert all(text[s.start : s.end] == s.text for s in spans_of(event))
    assert all(text[t.evidence.start : t.evidence.end] == t.evidence.text for t in transfers)


PIECES = st.lists(
    st.sampled_from(
        "North Korea,Russia,Iran,it,they,launched,fired,delivered,to,from,with,a,the,its,missile,satellite,shells,of,in May,met,visited,"
        "on Monday,said,will,not,has,denied,summit,test,third,and,.,,,“,”,1,000,containers,via rail,Putin,that,which,helped,sanctions"
        .split(",")
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=25)
@given(PIECES)
def test_word_salad(code: Code, words: list[str]) -> None:
    text = " ".join(words)
    events, transfers = code(text)
    assert [e.id for e in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    assert [t.id for t in transfers] == [f"t{n}" for n in range(1, len(transfers) + 1)]
    assert all(text[s.start : s.end] == s.text for e in events for s in spans_of(e))
    assert {t.event for t in transfers} - {None} <= {e.id for e in events}
    assert code(text) == (events, transfers)


def test_a_flight_told_by_what_broke(code: Code) -> None:
    text = (
        "The agency put a satellite into orbit on March 14. Two earlier launches this year failed. On January 9 the second "
        "stage failed soon after ignition. On February 20 the engine exploded, the agency said."
    )
    events, _ = code(text)
    launches = [(str(e.when), e.outcome) for e in events if e.type == "satellite_launch"]
    assert launches == [("2024-03-14", "success"), ("2024-01-09", "failure"), ("2024-02-20", "failure")]


def test_what_broke_without_a_day_is_no_event_of_its_own(code: Code) -> None:
    events, _ = code("The engine failed because of a leak, engineers said of the satellite launcher.")
    assert [e for e in events if e.type == "satellite_launch"] == []


def test_the_third_of_its_kind(code: Code) -> None:
    events, _ = code("North Korea fired a missile on March 4, a Hwasong-18, the third of its kind.")
    (test,) = [e for e in events if e.type == "missile_test"]
    assert [(o.nth, o.of) for o in test.ordinals] == [(3, "Hwasong-18 tests")]
