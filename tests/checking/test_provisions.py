"""Acts against the Council's paragraphs: every verdict on each side, and what a careful reader would not have asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Case
from crossfix.checking.provisions import Act, check, judge, touched
from crossfix.checking.provisions_acts import Nature, launch_nature, nature_of, regimes_of
from crossfix.checking.provisions_claims import find
from crossfix.checking.result import Result
from crossfix.model import Interval
from crossfix.record import Record
from record_builders import report, sentences_of


def act(**over: object) -> Act:
    usual: dict[str, object] = {
        "what": "the supply of shells from North Korea to Russia",
        "regime": "DPRK",
        "way": "from",
        "nature": Nature(frozenset({"arms"})),
        "other": "Russia",
        "when": Interval.parse("2023-10"),
        "reported": dt.date(2023, 11, 1),
    }
    return Act(**(usual | over))  # type: ignore[arg-type]


def answer(one: Act) -> Result:
    found = judge(one)
    assert found is not None
    return found


def ids(found: Result) -> set[str]:
    return {r.key for r in found.sources}


# ------------------------------------------------------------------ verdicts


def test_shells_from_north_korea_bind_both() -> None:
    found = answer(act())
    assert found.verdict == "supported"
    assert "1874/9" in ids(found)
    assert "1874/10" not in ids(found)  # that is on what goes to the country
    assert found.working["binding_North_Korea"] == found.working["binding_Russia"] == ["1874 (2009), 9"]
    assert "widening 1718 (2006), 8(b)" in found.summary
    assert found.caveat is not None
    assert "Committee" in found.caveat.title()


def test_before_the_ban_nothing_is_said() -> None:
    assert judge(act(when=Interval.parse("2005"))) is None


def test_a_month_in_which_the_ban_came_is_open() -> None:
    found = answer(act(when=Interval.parse("2009-06")))
    assert found.verdict == "unknown"
    assert "changed within 2009-06" in found.summary


def test_without_any_date_it_is_open() -> None:
    assert answer(act(when=None, reported=None)).verdict == "unknown"


def test_without_a_date_the_day_of_the_report_is_used_and_said() -> None:
    found = answer(act(when=None))
    assert found.verdict == "supported"
    assert "2023-11-01" in str(found.working["date"])
    assert "date is not told" in str(found.caveat)


def test_what_is_only_offered_would_fall_under_it() -> None:
    found = answer(act(done=False, hedge="If it were done"))
    assert "would fall under" in found.summary
    assert found.verdict == "supported"


def test_oil_is_a_ceiling_and_no_stop() -> None:
    nature = Nature(frozenset({"refined_petroleum"}))
    found = answer(
        act(way="to", nature=nature, what="the supply of diesel from Russia to North Korea", amount="a million barrels")
    )
    assert found.verdict == "tension"
    assert "ceiling" in found.summary
    assert found.working["amount_told"] == "a million barrels"


@pytest.mark.parametrize(
    ("words", "verdict"), [("russian coal through rajin", "tension"), ("coal from nampo", "supported")]
)
def test_coal_and_the_exception_of_rajin(words: str, verdict: str) -> None:
    found = answer(act(nature=Nature(frozenset({"coal"})), words=words, what="the sale of coal by North Korea"))
    assert found.verdict == verdict
    assert "2371/8" in ids(found)


@pytest.mark.parametrize(("when", "verdict"), [("2012-05", "tension"), ("2017-05", "supported")])
def test_small_arms_to_the_country_before_and_after_2016(when: str, verdict: str) -> None:
    nature = Nature(frozenset({"arms", "small_arms"}))
    found = answer(act(way="to", nature=nature, when=Interval.parse(when)))
    assert found.verdict == verdict


def iran(**over: object) -> Act:
    usual: dict[str, object] = {
        "what": "the supply of ballistic missiles from Iran to Russia",
        "regime": "Iran",
        "nature": Nature(frozenset({"arms", "major_arms", "missile_items"})),
    }
    return act(**(usual | over))


def test_iranian_missiles_while_the_annex_ran_and_after() -> None:
    assert answer(iran(when=Interval.parse("2022-11"))).verdict == "supported"
    after = answer(iran(when=Interval.parse("2024-09")))
    assert after.verdict == "unknown"
    assert "Annex B, 4 ended on 2023-10-18" in after.summary


def test_iranian_missiles_of_no_date_are_open() -> None:
    found = answer(iran(when=None, reported=dt.date(2024, 9, 12)))
    assert found.verdict == "unknown"
    assert "date of" in found.summary


def test_a_charge_after_the_annex_ended_is_contradicted() -> None:
    assert answer(iran(when=Interval.parse("2024-09"), charged=True)).verdict == "contradicted"
    assert answer(iran(when=Interval.parse("2022-12"), charged=True)).verdict == "supported"


def test_a_charge_about_an_act_of_no_date_may_mean_an_earlier_one() -> None:
    assert answer(iran(when=None, reported=dt.date(2024, 9, 12), charged=True)).verdict == "unknown"
    assert answer(iran(when=None, reported=dt.date(2022, 12, 1), charged=True)).verdict == "supported"


def test_drones_of_2022_are_argued_over() -> None:
    nature = Nature(frozenset({"arms", "long_range_drones"}), disputed=frozenset({"long_range_drones"}))
    found = answer(iran(nature=nature, when=Interval.parse("2022-09"), what="the supply of drones from Iran to Russia"))
    assert found.verdict == "tension"
    assert ids(found) == {"2231/B4"}


def test_what_came_back_in_2025_is_contested() -> None:
    found = answer(iran(when=Interval.parse("2025-11")))
    assert found.verdict == "tension"
    assert "reject" in found.summary


def test_a_launch_by_iran_was_called_upon_not_decided() -> None:
    one = iran(way="by", other=None, nature=Nature(frozenset({"missile_launch"})), when=Interval.parse("2020-01-01"))
    assert answer(one).verdict == "tension"


# ------------------------------------------------------------------ what an act is


@pytest.mark.parametrize(
    ("kinds", "item", "way", "subject"),
    [
        (("shells",), "artillery shells", "from", "arms"),
        (("aircraft",), "fighter jets", "to", "major_arms"),
        (("ships",), "submarines", "to", "major_arms"),
        (("launchers",), "ballistic missile launchers", "from", "missile_items"),
        (("fuel",), "jet fuel", "to", "aviation_fuel"),
        (("fuel",), "crude oil", "to", "crude"),
        (("fuel",), "coal", "from", "coal"),
        (("personnel",), "construction workers", "from", "labour"),
        (("technology",), "help with satellites", "to", "space_cooperation"),
        (("technology",), "missile technology", "to", "technical_help:missile_items"),
        (("training",), "training of pilots", "to", "military_training"),
        (("components",), "microchips", "to", "machinery"),
        (("other",), "weapons", "from", "arms"),
    ],
)
def test_an_item_has_its_subjects(kinds: tuple[str, ...], item: str, way: str, subject: str) -> None:
    assert subject in nature_of(kinds, item, "", way, "DPRK").subjects  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "item", "way"),
    [
        (("food_aid",), "rice", "to"),
        (("aircraft",), "passenger planes", "to"),
        (("fuel",), "crude oil", "from"),
        (("drones",), "drones", "from"),
        (("other",), "shipping containers", "from"),
        (("training",), "training of doctors", "to"),
        (("money",), "cash", "to"),
        (("ships",), "a cargo ship", "from"),
        (("aircraft",), "a military plane", "to"),
        (("personnel",), "the remains of soldiers", "from"),
    ],
)
def test_of_other_items_nothing_is_asked(kinds: tuple[str, ...], item: str, way: str) -> None:
    assert nature_of(kinds, item, "", way, "DPRK") == Nature(frozenset())  # type: ignore[arg-type]


def test_loose_words_and_soldiers_are_not_known() -> None:
    for kinds, item in ((("other",), "military aid"), (("personnel",), "troops"), (("technology",), "technical help")):
        nature = nature_of(kinds, item, "", "from" if item == "troops" else "to", "DPRK")  # type: ignore[arg-type]
        assert not nature.subjects
        assert nature.unsure
        assert answer(act(nature=nature)).verdict == "unknown"


def test_only_ballistic_launches_fall_under_the_launch_bans() -> None:
    assert launch_nature("missile_test", ["It fired an ICBM."]).subjects == {"missile_launch"}
    assert launch_nature("missile_test", ["It fired cruise missiles."]) == Nature(frozenset())
    assert launch_nature("missile_test", ["It fired a missile."]).unsure
    assert launch_nature("satellite_launch", []).subjects == {"space_launch"}


def test_arms_that_are_fired_at_a_foe_are_no_supply(tmp_path: Path) -> None:
    text = "North Korea sent ballistic missiles to Japan on Monday."
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(
            *report(text, transfers=[{"item": "ballistic missiles", "supplier": "North Korea", "recipient": "Japan"}])
        )
        from crossfix.linking import link

        link(record)
        assert list(check.questions(Case(record))) == []


def test_of_arms_for_those_with_resolutions_of_their_own_no_lack_is_told() -> None:
    assert judge(iran(other="Houthis", when=Interval.parse("2024-01"))) is None
    assert answer(iran(other="Houthis", when=Interval.parse("2019-01"))).verdict == "supported"


def test_the_regime_is_that_of_either_side() -> None:
    assert regimes_of("North Korea", "Russia") == [("DPRK", "from", "Russia")]
    assert regimes_of("Iran", "North Korea") == [("DPRK", "to", "Iran"), ("Iran", "from", "North Korea")]
    assert regimes_of("United States", "Ukraine") == []
    assert regimes_of(None, "Russia") == []
    assert regimes_of("North Korea", "North Korea") == []


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    st.sampled_from(["arms", "coal", "missile_launch", "labour", "crude"]),
)
def test_what_is_touched_is_in_force_and_speaks_of_it(day: dt.date, subject: str) -> None:
    for way in ("to", "from", "by"):
        for p in touched(act(way=way, nature=Nature(frozenset({subject}))), day):
            assert p.first <= day
            assert p.last is None or day <= p.last
            assert subject in p.subjects
            assert p.direction in (way, "both")


# ------------------------------------------------------------------ charges in texts


def charges(text: str, title: str = "", day: dt.date | None = dt.date(2023, 12, 20)) -> list[str]:
    return [c.act.what for c in find(text, [(s.start, s.end) for s in sentences_of(text)], title, day)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "The minister called the North Korean satellite launch a breach of Security Council resolutions.",
            "ballistic missile technology",
        ),
        ("Shipments of munitions from North Korea violate UN sanctions, she said.", "arms from North Korea"),
        (
            "North Korea fired an ICBM. The launch was a clear violation of several UN resolutions.",
            "ballistic missile launch",
        ),
        ("Selling coal for Pyongyang violates resolution 2371, the panel wrote.", "sale of coal"),
        (
            "North Korea's firing of a ballistic missile is a flagrant violation of (UN Security Council) resolutions.",
            "missile launch",
        ),
        ("Hiring North Korean workers violates UN sanctions.", "workers"),
        ("Iran sent attack drones to Moscow in violation of resolution 2231.", "drones from Iran"),
    ],
)
def test_a_charge_is_found_with_its_act(text: str, what: str) -> None:
    (found,) = charges(text)
    assert what in found


@pytest.mark.parametrize(
    "text",
    [
        "North Korea denied that the missile launch violated UN resolutions.",
        "It is not a violation of UN resolutions, said Pyongyang of its missile launch.",
        "Did the North Korean launch violate Security Council resolutions?",
        "The bank was fined for breaching U.S. sanctions on North Korea.",
        "Israel was accused of violating Security Council resolutions.",
        "These acts by Pyongyang's partners are in defiance of UN resolutions.",
        "Pyongyang said the launch of a satellite by its neighbour is a violation of UN resolutions.",
        "Iran accused Israel of firing ballistic missiles in violation of Security Council resolutions.",
        "Whether the North Korean shipment of arms breached UN sanctions is being looked at.",
    ],
)
def test_no_charge_where_none_is_made(text: str) -> None:
    assert charges(text) == []


def test_a_launch_after_a_nuclear_test_is_the_launch() -> None:
    (found,) = charges(
        "The satellite launch, weeks after North Korea's nuclear test, is a violation of UN resolutions."
    )
    assert found == "a launch by North Korea that uses ballistic missile technology"


def test_a_cruise_missile_is_no_ballistic_one() -> None:
    text = "The cruise missile launch by North Korea is a violation of Security Council resolutions."
    (one,) = find(text, [(0, len(text))], "", dt.date(2024, 1, 30))
    assert answer(one.act).verdict == "contradicted"


# ------------------------------------------------------------------ over a record


def test_a_record_is_asked_about_transfers_tests_and_charges(tmp_path: Path) -> None:
    text = (
        "North Korea shipped artillery shells to Russia in October 2023. North Korea test-fired a Hwasong-18 ICBM on Monday. "
        "The arms deliveries from North Korea are in violation of UN sanctions, the envoy said. France sold jets to Greece."
    )
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(
            *report(
                text,
                published="2023-12-20",
                claims=[("the envoy", "said", "The arms deliveries from North Korea are in violation of UN sanctions")],
                events=[
                    {
                        "trigger": "test-fired",
                        "type": "missile_test",
                        "when": "2023-12-18",
                        "participants": [("North Korea", "actor")],
                    }
                ],
                transfers=[
                    {"item": "artillery shells", "supplier": "North Korea", "recipient": "Russia", "when": "2023-10"},
                    {"item": "jets", "supplier": "France", "recipient": "Greece"},
                ],
            )
        )
        from crossfix.linking import link

        link(record)
        asked = list(check.questions(Case(record)))
        kinds = {q.kind for q in asked}
        assert {"provisions.dprk_missile_test", "provisions.charge"} <= kinds
        for q in asked:
            found = q.ask()
            assert found is not None
            assert q.evidence
            assert found.verdict in ("supported", "unknown")
            assert "jets" not in found.summary
        charge = next(q for q in asked if q.kind == "provisions.charge")
        assert charge.subject.endswith("-c1")


@pytest.mark.parametrize(
    ("kind", "when", "off"),
    [
        ("satellite_launch", "2016-02-07", False),
        ("satellite_launch", "2016-02-08", False),
        ("satellite_launch", "2016-02-16", True),
        ("satellite_launch", "2012-04-13", False),
        ("missile_test", "2017-08-29", False),
        ("missile_test", "2017-11-26", True),
        ("missile_test", "2017-11", False),
        ("missile_test", "2026-11-22", False),
        ("nuclear_test", "2017-09-03", False),
        ("nuclear_test", "2017-10-03", True),
        ("missile_test", None, False),
    ],
)
def test_a_day_that_the_log_does_not_have_is_not_built_on(kind: str, when: str | None, off: bool) -> None:
    from crossfix.checking.provisions import _off_the_log

    assert _off_the_log(kind, when) is off


def test_a_day_counted_from_a_guess_is_no_day() -> None:
    from crossfix.checking.provisions import _when

    day = dt.date(2016, 9, 10)
    assert str(_when("2016-09", day, "It fired three missiles on Monday.")) == "2016-09"
    assert _when("2017-01", None, "It fired three missiles on Monday.") is None
    assert str(_when("2016-09-05", None, "It fired three missiles on 5 September 2016.")) == "2016-09-05"
    assert _when(None, day, "") is None
