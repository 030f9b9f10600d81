"""One happening told twice in a document is one event; two happenings stay two. And ordinals."""

from __future__ import annotations

import pytest
from coding_types import Code

from crossfix.coding.counting import nth_of


def test_the_launch_told_again(code: Code) -> None:
    events, _ = code(
        "North Korea launched a spy satellite on November 21, 2023. Japan condemned the launch. The launch was a failure."
    )
    assert [(e.type, str(e.when), e.outcome) for e in events] == [("satellite_launch", "2023-11-21", "failure")]
    assert len(events[0].mentions) == 3


def test_headline_and_lead(code: Code) -> None:
    events, _ = code(
        "Iran launches rocket with satellite\n\nIran launched a rocket carrying a satellite on Saturday, state media said."
    )
    assert [(e.type, str(e.when)) for e in events] == [("satellite_launch", "2024-03-09")]


def test_another_test_is_another(code: Code) -> None:
    events, _ = code("North Korea fired a missile on January 14. It fired another missile on February 14.")
    assert [str(e.when) for e in events] == ["2024-01-14", "2024-02-14"]


def test_other_parties_stay_apart(code: Code) -> None:
    events, _ = code(
        "North Korea fired a ballistic missile on January 14. South Korea tested a ballistic missile on January 14."
    )
    assert len(events) == 2


def test_the_meeting_told_again_with_its_day(code: Code) -> None:
    text = (
        "Kim Jong Un met Vladimir Putin in the Russian far east in September 2023. "
        "Putin offered help during the September 13 meeting at the Vostochny Cosmodrome."
    )
    (meeting,) = [e for e in code(text)[0] if e.type == "meeting"]
    assert str(meeting.when) == "2023-09-13"


def test_met_for_a_meeting_is_one(code: Code) -> None:
    events, _ = code("The ministers of Japan and China met in Seoul on Monday for their third meeting.")
    assert [(e.type, [o.nth for o in e.ordinals]) for e in events] == [("meeting", [3])]


def test_it_was_their_first_meeting(code: Code) -> None:
    events, _ = code("Kim Jong Un met Xi Jinping in Beijing on March 5. It was their first meeting since 2019.")
    assert [(e.type, str(e.when), [o.nth for o in e.ordinals]) for e in events] == [("meeting", "2024-03-05", [1])]


def test_the_first_two_launches(code: Code) -> None:
    events, _ = code("The first two launches of the Hwasong-15 took place on January 13 and February 12.")
    assert [(str(e.when), [o.nth for o in e.ordinals]) for e in events] == [("2024-01-13", [1]), ("2024-02-12", [2])]


def test_a_plan_told_after_the_act(code: Code) -> None:
    events, _ = code(
        "North Korea launched a rocket with a satellite on Sunday. It had told shipping agencies that it planned to launch a rocket."
    )
    assert [(e.modality, len(e.mentions)) for e in events] == [("actual", 2)]


def test_copula_joins(code: Code) -> None:
    text = (
        "North Korea conducted its fourth missile test of the year on Monday. The missile was a Hwasong-15 ICBM. "
        "It was the second Hwasong-15 ICBM that Pyongyang has tested."
    )
    (event,) = code(text)[0]
    assert {(o.nth, o.of.split()[0]) for o in event.ordinals} == {(4, "missile"), (2, "Hwasong-15")}


def test_ordinals_are_counted_back(code: Code) -> None:
    text = (
        "North Korea tested a missile on Monday. It was the third Hwasong-15 ICBM that Pyongyang has tested after launches in "
        "January and February."
    )
    events, _ = code(text)
    assert [(str(e.when), [o.nth for o in e.ordinals]) for e in events] == [
        ("2024-03-11", [3]),
        ("2024-01", [1]),
        ("2024-02", [2]),
    ]


@pytest.mark.parametrize(
    ("text", "nth", "word"),
    [
        ("North Korea conducted its fifth ICBM test of the year on Monday.", 5, "year"),
        ("North Korea's fourth nuclear test took place in January 2016.", 4, "nuclear"),
        ("On Monday North Korea tested a nuclear device for the sixth time.", 6, "nuclear"),
        ("It was the 19th missile launch by North Korea on Monday.", 19, "missile"),
        ("North Korea failed in its second attempt to launch a satellite on Aug. 24, 2023.", 2, "satellite"),
    ],
)
def test_ordinals(code: Code, text: str, nth: int, word: str) -> None:
    events, _ = code(text)
    assert [(o.nth, word in o.of) for e in events for o in e.ordinals] == [(nth, True)]
    assert all(o.span.text in text for e in events for o in e.ordinals)


def test_first_as_an_opening_is_no_ordinal(code: Code) -> None:
    events, _ = code(
        "First, Japan will impose sanctions on North Korea. Second, Japan will release a report on Friday."
    )
    assert all(e.ordinals == () for e in events)


def test_an_ordinal_may_stand_for_an_event(code: Code) -> None:
    events, _ = code("The North conducted its first nuclear test in 2006 and its sixth in September 2017.")
    assert [(str(e.when), [o.nth for o in e.ordinals]) for e in events] == [("2006", [1]), ("2017-09", [6])]


@pytest.mark.parametrize(
    ("word", "nth"),
    [("fifth", 5), ("19th", 19), ("twenty-first", 21), ("first-ever", 1), ("fifty", None), ("Monday", None)],
)
def test_ordinal_words(word: str, nth: int | None) -> None:
    assert nth_of(word) == nth


def test_an_attack_told_again_is_no_test(code: Code) -> None:
    events, _ = code(
        "On January 2 Russia launched North Korean ballistic missiles into Ukraine. The missiles that were launched hit a field."
    )
    assert [e.type for e in events if e.type != "arms_transfer"] == ["other"]


def test_a_bare_launch_is_the_one_the_report_is_about_not_an_earlier_one(code: Code) -> None:
    text = (
        "Norland said a satellite it launched into orbit works well. Previous launch attempts failed in May and August. "
        "Japan called the satellite launch a threat."
    )
    events, _ = code(text)
    launches = [e for e in events if e.type == "satellite_launch"]
    told = {e.trigger.text: len(e.mentions) for e in launches if e.outcome != "failure"}
    assert sum(told.values()) == 2, launches
