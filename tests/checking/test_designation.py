"""Names against the list: what is the same name, what may be, and what a careful reader would not ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking import designation, designation_claims
from crossfix.checking.case import Case
from crossfix.checking.designation import Told, check, judge
from crossfix.checking.designation_context import Context, agreement, korean_names, state_words, vessel_names
from crossfix.checking.designation_match import index
from crossfix.checking.designation_names import (
    Weights,
    body_words,
    folded,
    is_acronym,
    jaro_winkler,
    korean,
    part_score,
    sorted_ratio,
    tokens,
)
from crossfix.checking.result import Result
from crossfix.record import Record
from crossfix.record.rows import AgentRow, OfficeHeld
from crossfix.reference.un_list import listed
from record_builders import report


def context(sentence: str, name: str, text: str = "", day: dt.date | None = dt.date(2024, 3, 1)) -> Context:
    at = sentence.index(name)
    return Context(
        "a" * 64, at, at + len(name), sentence, sentence[:at], sentence[at + len(name) :], text or sentence, day
    )


def ask(name: str, sentence: str, kind: str = "person", agent: AgentRow | None = None, text: str = "") -> Result | None:
    matches = index().match(name, kind)  # type: ignore[arg-type]
    if not matches:
        return None
    told = Told(name, kind, (context(sentence, name, text),), agent)  # type: ignore[arg-type]
    return designation._best(told)


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("MARTHA", "MARHTA", 0.961),
        ("DIXON", "DICKSONX", 0.813),
        ("DWAYNE", "DUANE", 0.84),
        ("same", "same", 1.0),
        ("ab", "cd", 0.0),
    ],
)
def test_jaro_winkler_by_the_published_examples(one: str, other: str, like: float) -> None:
    assert jaro_winkler(one, other) == pytest.approx(like, abs=0.001)


@given(st.text("abcdefgh", max_size=9), st.text("abcdefgh", max_size=9))
def test_likeness_is_between_0_and_1_and_even(one: str, other: str) -> None:
    assert 0 <= jaro_winkler(one, other) <= 1 + 1e-9
    assert sorted_ratio(one, other) == pytest.approx(sorted_ratio(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Sik", "Kim Cho’ng-sik"),
        ("Kim Jong-sik", "GIM JUNG SIK"),
        ("Ri Pyong Chol", "Lee Byung-chul"),
        ("Jang Chang Ha", "Chang Chang-ha"),
        ("Paek Se Bong", "Baek Se-pong"),
        ("Choe Hwi", "Choi Hwi"),
    ],
)
def test_korean_spellings_of_one_name(one: str, other: str) -> None:
    a, b = korean(one, True), korean(other, True)
    assert (a[0].family, a[0].given) == (b[0].family, b[0].given)


def test_korean_names_that_differ_and_names_that_are_none() -> None:
    assert korean("Kim Jong Un", True)[0].given != korean("Kim Jong Sik", True)[0].given
    assert korean("Jong-sik Kim")[-1].family == "kim"
    assert korean("Vladimir Putin") == ()
    assert korean("Kim") == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Qadhafi", "Gaddafi"), ("Mohammed", "Muhammad"), ("Yevgeny", "Evgeni"), ("Qaeda", "Qaida")]
)
def test_one_word_in_two_romanisations(one: str, other: str) -> None:
    a, b = folded(one.lower()), folded(other.lower())
    assert a == b or jaro_winkler(a, b) >= 0.75


def test_rare_parts_weigh_more_than_common_ones() -> None:
    weights = Weights.of(["Muhammad Ali", "Muhammad Hasan", "Muhammad Zubaydi", "Ali Omar"])
    same_rare = part_score(tokens("Muhammad Zubaydi"), tokens("Ahmad Zubaydi"), weights)
    same_common = part_score(tokens("Muhammad Zubaydi"), tokens("Muhammad Kasim"), weights)
    assert same_rare > same_common
    assert part_score(tokens("Ali Omar"), tokens("Omar Ali"), weights) == pytest.approx(1.0)
    assert part_score((), tokens("Omar"), weights) == 0.0


def test_legal_forms_and_spelling_of_bodies_do_not_count() -> None:
    assert body_words("Ministry of Defence") == body_words("The Ministry of Defense")
    assert body_words("Kumsan Trading Co., Ltd.") == body_words("KUMSAN TRADING CORPORATION")
    assert body_words("Islamic Jihad") != body_words("Islamic Jihad Group")
    assert is_acronym("KOMID")
    assert not is_acronym("Komid")


def test_a_bare_family_name_matches_nobody() -> None:
    for name in ("Kim", "Ri", "Muhammad", "Qadhafi"):
        assert index().match(name, "person") == []


def test_chance_is_smaller_for_longer_and_rarer_names() -> None:
    assert 0 < index().by_chance("Kim Jong Sik") < 0.01
    assert index().by_chance("Abu Mohammed al-Adnani") < index().by_chance("Muhammad Ali")


# ------------------------------------------------------------------ persons


def test_a_listed_official_with_his_office_is_supported() -> None:
    found = ask(
        "Ri Pyong Chol", "North Korea's Ri Pyong Chol, vice chairman of the Central Military Commission, watched."
    )
    assert found is not None
    assert found.verdict == "supported"
    assert [r.key for r in found.sources] == ["KPi.076"]
    assert found.chance is not None
    assert found.chance < 0.001


def test_the_leader_is_not_on_the_list() -> None:
    assert ask("Kim Jong Un", "North Korean leader Kim Jong Un watched the launch.") is None


@pytest.mark.parametrize(
    ("name", "sentence", "entry"),
    [
        ("Kim Yong Chol", "North Korean general Kim Yong Chol led the delegation.", "KPi.024"),
        ("Ri Su Yong", "North Korean foreign minister Ri Su Yong spoke in New York.", "KPi.052"),
    ],
)
def test_a_namesake_may_be_and_what_is_against_it_is_said(name: str, sentence: str, entry: str) -> None:
    found = ask(name, sentence)
    assert found is not None
    assert found.verdict == "unknown"
    assert found.sources[0].key == entry
    assert "is not told" in found.summary
    assert "score 1.00" in found.summary


def test_a_south_korean_of_that_name_is_not_asked_about() -> None:
    assert ask("Kim Yong-chol", "South Korean trader Kim Yong-chol met North Korean officials.") is None
    agent = AgentRow("a1", "Kim Yong-chol", "person", (), (), offices=(OfficeHeld("minister", "South Korea"),))
    assert ask("Kim Yong-chol", "North Korea was on the mind of Kim Yong-chol.", agent=agent) is None


def test_a_spelling_of_the_south_needs_the_north_beside_it() -> None:
    sentence, text = "The analyst Lee Jae-il agreed.", "North Korea fired a missile. The analyst Lee Jae-il agreed."
    assert ask("Lee Jae-il", sentence, text=text) is None
    north = ask(
        "Ri Jae Il",
        "The official Ri Jae Il agreed.",
        text="North Korea fired a missile. The official Ri Jae Il agreed.",
    )
    assert north is not None
    assert north.verdict == "unknown"


def test_a_name_in_another_context_is_not_asked_about() -> None:
    assert ask("Kim Yong-chol", "The pianist Kim Yong-chol played in Vienna.") is None
    assert ask("Tariq Aziz", "The cricketer Tariq Aziz took two wickets.") is None


def test_a_common_name_is_not_asked_about() -> None:
    assert ask("Muhammad Ali", "The boxer Muhammad Ali fought in Congo against militants of the ring.") is None


def test_a_rare_name_in_its_country_is_supported_and_a_typing_error_unknown() -> None:
    right = ask("Moammar Gadhafi", "Libya's late leader Moammar Gadhafi gave up the programme.")
    assert right is not None
    assert right.verdict == "supported"
    typo = ask("Abu Bakr al-Baghadi", "The ISIS leader Abu Bakr al-Baghadi was killed.")
    assert typo is not None
    assert typo.verdict == "unknown"


def test_an_age_that_cannot_be_his_ends_it() -> None:
    match = index().match("Abdul Latif Mansur", "person")[0]
    years = match.entry.birth_years
    assert years
    young = context(
        f"The Taliban released Abdul Latif Mansur, {2024 - years[0] - 30}, on Monday.", "Abdul Latif Mansur"
    )
    told = Told("Abdul Latif Mansur", "person", (young,))
    assert judge(told, match) is None
    fits = context(f"The Taliban minister Abdul Latif Mansur, {2024 - years[0]}, spoke.", "Abdul Latif Mansur")
    _, con, _ = agreement((fits,), None, match)
    assert not any("age" in c for c in con)


def test_listed_after_the_text_is_said() -> None:
    name = "Jo Yong Won"
    sentence = "North Korea's Jo Yong Won, of the Organization and Guidance Department, was there."
    told = Told(name, "person", (context(sentence, name, day=dt.date(2016, 5, 1)),))
    found = judge(told, index().match(name, "person")[0])
    assert found is not None
    assert "after the latest text" in found.summary


# ------------------------------------------------------------------ bodies and vessels


@pytest.mark.parametrize(
    ("name", "sentence", "entry"),
    [
        ("KOMID", "The school KOMID in Lagos wrote to North Korea.", None),
        ("KOMID", "North Korea's KOMID sold rockets.", "KPe.001"),
        ("Reconnaissance General Bureau", "The Reconnaissance General Bureau of Pyongyang ran it.", "KPe.031"),
        ("Ministry of Defense", "The Ministry of Defense in Seoul said North Korea fired.", None),
        ("Ministry of Defense", "North Korea's Ministry of Defense said so.", "KPe.054"),
        (
            "Korea Mining Development Trading Corporation",
            "North Korea sells by Korea Mining Development Trading Corporation.",
            "KPe.001",
        ),
        ("Islamic Jihad", "Islamic Jihad fired rockets from Gaza, the militant group said.", None),
        ("al-Qaeda", "The militants of al-Qaeda fled.", "QDe.004"),
    ],
)
def test_bodies(name: str, sentence: str, entry: str | None) -> None:
    found = ask(name, sentence, "entity")
    assert (found.sources[0].key if found else None) == entry
    assert found is None or found.verdict == "supported"


def test_a_long_name_of_its_own_needs_no_state_beside_it() -> None:
    found = ask("Korea Ryonbong General Corporation", "Washington named Korea Ryonbong General Corporation.", "entity")
    assert found is not None
    assert found.verdict == "supported"
    short = ask("Koryo Bank", "An advert for Koryo Bank hung there.", "entity")
    assert short is None or short.verdict == "unknown"


def test_a_body_whose_name_is_near_may_be_it() -> None:
    found = ask("Korea Kumryong Trading House", "North Korea used Korea Kumryong Trading House.", "entity")
    assert found is None or found.verdict == "unknown"


def test_korean_names_are_seen_though_not_marked_in_texts_on_the_country() -> None:
    text = "Ri Pyong Chol, of North Korea's Central Military Commission, spoke to Kim Jong Un and Lee Young-mi."
    assert korean_names(text) == {"Ri Pyong Chol"}
    assert korean_names("Ri Pyong Chol opened a shop in Lagos.") == set()


def test_vessels_are_found_where_ships_are_spoken_of() -> None:
    assert vessel_names("The tanker New Regent met a North Korean ship.") == {"New Regent"}
    assert vessel_names("The New Regent theatre opened." + " It was full." * 30 + " A North Korean ship sank.") == set()
    found = ask("Rung Ra 2", "The North Korean ship Rung Ra 2 docked.", "vessel")
    assert found is not None
    assert found.verdict == "supported"
    assert "9020534" in found.summary
    assert "may be listed too" in str(found.caveat)


# ------------------------------------------------------------------ claims of being listed


def test_a_claim_of_listing_on_each_side() -> None:
    near, far = dt.date(2024, 9, 20), dt.date(2019, 1, 1)
    assert designation_claims.judge("Kim Jong Sik", "person", near).verdict == "supported"
    assert designation_claims.judge("Harald Nymoen", "person", near).verdict == "contradicted"
    assert designation_claims.judge("Harald Nymoen", "person", far).verdict == "unknown"
    assert designation_claims.judge("Harald Nymoen", "person", None).verdict == "unknown"
    assert designation_claims.judge("Kim Jong Sik", "person", dt.date(2015, 1, 1)).verdict == "unknown"


def test_state_words_are_whole_words() -> None:
    assert state_words("North Korea").search("the DPRK's envoy")
    assert not state_words("Oman").search("a woman")
    assert state_words("Nowhere Land").search("from Nowhere Land")


# ------------------------------------------------------------------ over a record


def _record(path: Path, text: str, names: list[tuple[str, str]], **more: object) -> list[tuple[str, str, Result]]:
    with Record.open(path, write=True) as record:
        record.add(*report(text, names=names, **more))  # type: ignore[arg-type]
        return [(q.kind, q.subject, r) for q in check.questions(Case(record)) if (r := q.ask()) is not None]


def test_a_record_is_asked_about_its_names(tmp_path: Path) -> None:
    text = (
        "North Korea's Kim Jong Sik of the Munitions Industry Department spoke with Lena Brandt. "
        "The trader Jon Alder has been sanctioned by the United Nations. The tanker Shang Yuan Bao left for North Korea."
    )
    found = _record(
        tmp_path / "a.sqlite", text, [("Kim Jong Sik", "person"), ("Lena Brandt", "person"), ("Jon Alder", "person")]
    )
    by = {kind: r for kind, _, r in found}
    assert by["designation.person"].verdict in ("supported", "unknown")
    assert by["designation.person"].sources[0].key == "KPi.066"
    assert by["designation.claim"].verdict == "unknown"
    assert by["designation.vessel"].verdict == "supported"
    assert len(found) == 3


def test_a_name_that_the_reader_did_not_mark_is_found_once(tmp_path: Path) -> None:
    text = "North Korea's Ri Pyong Chol, vice chairman of the Central Military Commission, spoke. Ri Pyong Chol left."
    for n, names in enumerate(([], [("Ri Pyong Chol", "person")])):
        found = _record(tmp_path / f"{n}.sqlite", text, names)
        assert [(k, r.verdict) for k, _, r in found] == [("designation.person", "supported")]


@pytest.mark.parametrize(
    "text",
    [
        "Jon Alder was not sanctioned by the United Nations.",
        "Was Jon Alder sanctioned by the United Nations?",
        "The envoy urged that Jon Alder be sanctioned by the United Nations.",
        "Jon Alder met a trader who sells goods of people sanctioned by the United Nations.",
    ],
)
def test_no_claim_where_none_is_made(tmp_path: Path, text: str) -> None:
    assert _record(tmp_path / "a.sqlite", text, [("Jon Alder", "person")]) == []


def test_listed_names_find_themselves() -> None:
    for e in list(listed().values())[::4]:
        if e.kind == "person" and len(tokens(" ".join(e.parts))) > 1:
            best = index().match(" ".join(e.parts), "person")
            assert e.id in {m.entry.id for m in best if m.score == best[0].score}, e.id
