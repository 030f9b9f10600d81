"""Agents: what a name means in a document, one agent over documents, offices at a date, nameless sources, groups."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.linking.agent_names import party, person_key
from crossfix.linking.agent_offices import Office, office_in, told_offices
from crossfix.linking.agent_paper import Marked, Paper, Told
from crossfix.linking.agent_sources import nameless
from crossfix.linking.agents import agents_of, merged
from crossfix.record.rows import AgentRow
from crossfix.record.telling import told_id

PERSONS = (
    "Kim Jong Un", "Kim Jong-un", "KIM Jong Un", "Kim Yo Jong", "Kim Ju Ae", "Sergey Lavrov", "Sergei Lavrov", "Ash Carter", "Mara Holt",
    "Ivo Brandt",
    "Vladimir Putin", "John Kirby", "John Bolton", "Lena Voss",
)  # fmt: skip


def paper(text: str, *told: str, date: str | None = "2023-09-14", outlet: str | None = None, id_: str = "d1") -> Paper:
    """A document in which each told name is a source at its words; "name@words" is a name told by other words."""
    spots = sorted(
        {(text.index(n), n) for n in PERSONS if n in text}
        | {(text.index(s), s) for s in ("North Korea", "Russia", "Japan", "Norway") if s in text}
    )
    names = tuple(Marked(a, a + len(n), "person" if n in PERSONS else "state", n) for a, n in spots)
    sources = []
    at: dict[str, int] = {}
    for one in told:
        name, _, words = one.partition("@")
        start = text.index(words or name, at.get(words or name, 0))
        at[words or name] = start + 1
        sources.append(Told(name, start, start + len(words or name), True))
    return Paper(id_, text, date, outlet, names, tuple(sources))


def names(*papers: Paper) -> dict[str, tuple[str, ...]]:
    return {a.name: a.aliases for a in agents_of(papers).rows}


def means(p: Paper, name: str, start: int | None = None) -> AgentRow:
    found = agents_of([p])
    id_ = found.targets.get(told_id(p.id, name, start)) or found.targets.get(told_id(p.id, name))
    return found.agents[id_] if id_ else next(a for a in found.rows if name in (a.name, *a.aliases))


# ------------------------------------------------------------------ one person, and not another


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Jong Un", "Kim Jong-un"),
        ("KIM Jong Un", "Kim Jong-eun"),
        ("Kim Yo Jong", "Kim Yeo-jong"),
        ("Sergey Lavrov", "Sergei V. Lavrov"),
        ("Dmitriy Orlovsky", "Dmitri Orlovskiy"),
        ("Yevgeny Markov", "Evgeniy Markov"),
        ("Aleksandr Belov", "Alexander Belov"),
        ("Lena M. Voss", "Lena Voss"),
        ("President Vladimir Putin", "Vladimir Putin"),
        ("José Álvarez Ruiz", "Jose Alvarez Ruiz"),
    ],
)
def test_one_person_in_several_spellings(a: str, b: str) -> None:
    assert party(a).key == party(b).key


@pytest.mark.parametrize(
    ("a", "b"),
    list(itertools.combinations(
        (
            "Kim Yo Jong", "Kim Jong Un", "Kim Ju Ae", "Kim Jong Il", "Kim Il Sung", "Kim Song", "John Kirby", "John Bolton",
            "Lee Jong-sup", "Ri Jong Sok",
            "George W. Bush", "George H. W. Bush", "Sergei Lavrov", "Sergei Shoigu", "Maria Lavrova",
        ),
        2,
    )),
)  # fmt: skip
def test_two_persons_of_one_name_stay_two(a: str, b: str) -> None:
    assert person_key(a) != person_key(b)
    assert party(a).key != party(b).key


def test_kim_by_four_names_in_one_document() -> None:
    text = "Kim Jong Un rode north. Kim waved, Chairman Kim smiled, and the North Korean leader said it was good."
    found = agents_of([paper(text, "Kim Jong Un", "Kim", "Chairman Kim", "North Korean leader")])
    (kim,) = found.rows
    assert kim.name == "Kim Jong Un"
    assert kim.aliases == ("Chairman Kim", "Kim", "North Korean leader")
    assert {g.alias: g.local for g in kim.grounds} == {
        "Chairman Kim": True, "Kim": True, "Kim Jong Un": False, "North Korean leader": True,
    }  # fmt: skip
    assert all(g.evidence.document == "d1" and g.why for g in kim.grounds)


def test_the_leader_of_another_document_is_the_holder_on_its_date() -> None:
    one = paper("Kim Jong Un spoke.", "Kim Jong Un", id_="a")
    text = "The North Korean leader said no."
    late = paper(text, "North Korean leader", id_="b")
    early = paper(text, "North Korean leader", id_="c", date="2009-05-01")
    assert set(names(one, late, early)) == {"Kim Jong Un", "Kim Jong Il"}
    assert "2011" not in means(late, "North Korean leader").grounds[0].why


@pytest.mark.parametrize(
    ("date", "who"), [("2016-03-01", "Barack Obama"), ("2018", "Donald Trump"), ("2023-05", "Joe Biden")]
)
def test_the_us_president_by_date(date: str, who: str) -> None:
    assert set(names(paper("The U.S. president said so.", "U.S. president", date=date))) == {who}


def test_an_office_without_a_date_is_the_office() -> None:
    (office,) = agents_of([paper("The U.S. president said so.", "U.S. president", date=None)]).rows
    assert (office.kind, office.of_state) == ("office", "United States")


def test_the_text_goes_before_the_table() -> None:
    text = "Norwegian president Mara Holt came. The president said she was tired."
    assert means(paper(text, "Mara Holt", "president"), "president").name == "Mara Holt"
    told_otherwise = "North Korean leader Mara Holt came, in the play. The North Korean leader said hello."
    assert (
        means(paper(told_otherwise, "North Korean leader@The North Korean leader"), "North Korean leader").name
        == "Mara Holt"
    )


def test_a_former_holder_is_not_the_holder() -> None:
    text = "Former U.S. president Mara Holt came. The U.S. president said nothing."
    assert means(paper(text, "U.S. president@The U.S. president"), "U.S. president").name == "Joe Biden"


def test_a_family_name_alone_joins_inside_its_document_only() -> None:
    one = paper("Holt said so.", "Holt", id_="a")
    other = paper("Holt said not.", "Holt", id_="b")
    full = paper("Mara Holt was there. Holt said nothing.", "Mara Holt", "Holt@Holt said", id_="c")
    found = agents_of([one, other, full]).rows
    assert sorted((a.name, a.document) for a in found if a.document) == [("Holt", "a"), ("Holt", "b")]
    assert [a.aliases for a in found if a.document is None] == [("Holt",)]


def test_two_of_one_family_name_are_not_guessed_between() -> None:
    text = "Kim Jong Un came with Kim Yo Jong. Kim laughed."
    kim = means(paper(text, "Kim@Kim laughed"), "Kim")
    assert kim.name == "Kim"
    assert kim.document == "d1"
    assert "several of that name" in kim.grounds[0].why


def test_a_title_and_family_name_at_a_date() -> None:
    assert set(names(paper("President Yoon said so.", "President Yoon"))) == {"Yoon Suk Yeol"}
    assert set(names(paper("President Yoon said so.", "President Yoon", date="2030-01-01"))) == {"Yoon"}


# ------------------------------------------------------------------ states and bodies


def test_a_state_by_any_name_is_one_and_its_bodies_belong_to_it() -> None:
    text = (
        "Pyongyang, North Korea, the DPRK and the North Korean government spoke; the Kremlin and the Pentagon did too."
    )
    p = paper(
        text,
        "Pyongyang",
        "North Korea",
        "the DPRK",
        "North Korean government",
        "Kremlin",
        "Pentagon",
        "Russia@the Kremlin",
    )
    found = {a.name: a for a in agents_of([p]).rows}
    assert set(found) == {"North Korea", "Kremlin", "US Department of Defense"}
    assert found["Kremlin"].of_state == "Russia"
    assert found["US Department of Defense"].of_state == "United States"
    assert found["North Korea"].of_state is None


@pytest.mark.parametrize(
    ("a", "b", "state"),
    [
        ("Polish Ministry of Defence", "Poland's Defense Ministry", "Poland"),
        ("Foreign Ministry of Norway", "the Norwegian Foreign Ministry", "Norway"),
        ("U.S. Department of State", "the State Department", "United States"),
        ("South Korea's defense ministry", "South Korean Ministry of National Defense", "South Korea"),
    ],
)
def test_a_body_of_a_state_by_its_forms(a: str, b: str, state: str) -> None:
    assert party(a).key == party(b).key
    assert party(a).of_state == party(b).of_state == state


def test_bodies_of_two_states_are_two() -> None:
    assert party("Polish Defence Ministry").key != party("Czech Defence Ministry").key
    assert party("congress").kind == "unknown"  # a party's, for all the word says


# ------------------------------------------------------------------ offices


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("the North Korean leader", Office("leader", "North Korea")),
        ("then-CIA director", Office("director", "CIA", True)),
        ("U.S. Secretary of State", Office("secretary of state", "United States")),
        ("minister of defence of Poland", Office("defense minister", "Poland")),
        ("former South Korean president", Office("president", "South Korea", True)),
        ("secretary of the Security Council of Russia", Office("secretary", "Security Council of Russia")),
        ("White House coordinator for arms control", Office("coordinator", "White House")),
        ("senior fellow at an institute", None),
        ("three leaders", None),
        ("", None),
    ],
)
def test_an_office_by_its_words(words: str, office: Office | None) -> None:
    assert office_in(words) == office


def test_offices_round_a_name() -> None:
    text = "On Monday then-Defense Secretary Ash Carter met Mara Holt, the Norwegian foreign minister, in Oslo."

    def told(name: str) -> list[tuple[Office, str]]:
        at = text.index(name)
        return [(o, text[a:b]) for o, a, b in told_offices(text, at, at + len(name))]

    assert told("Ash Carter") == [(Office("defense secretary", None, True), "then-Defense Secretary Ash Carter")]
    assert told("Mara Holt") == [(Office("foreign minister", "Norway"), "Mara Holt, the Norwegian foreign minister")]


def test_one_person_in_two_offices_at_two_dates() -> None:
    early = paper("State Department spokesman John Kirby said so.", "John Kirby", date="2016-03-05", id_="a")
    late = paper("White House coordinator John Kirby said so.", "John Kirby", date="2023-10-13", id_="b")
    (kirby,) = agents_of([early, late]).rows
    seen = {(o.title, o.of): (o.seen, o.first, o.evidence and o.evidence.document) for o in kirby.offices if o.seen}
    assert seen == {
        ("spokesman", "US State Department"): ("2016-03", "2015-05-13", "a"),
        ("coordinator", "White House"): ("2023-10", None, "b"),
    }


def test_an_office_called_past_is_kept_as_past() -> None:
    (carter,) = agents_of([paper("Former Defense Secretary Ash Carter spoke.", "Ash Carter", date="2019-01-02")]).rows
    (office,) = carter.offices
    assert (office.of, office.first, office.last, office.seen, office.past) == (
        "United States", "2015-02-17", "2017-01-20", None, "2019-01",
    )  # fmt: skip


# ------------------------------------------------------------------ sources without a name


def test_two_senior_officials_are_two_unless_the_text_makes_them_one() -> None:
    text = "A senior official spoke. A senior official denied it. The official left. He was tired."
    p = paper(text, "senior official@A senior official spoke", "senior official@A senior official denied",
              "official@The official", "senior official@He was")  # fmt: skip
    found = agents_of([p]).rows
    assert len(found) == 2
    passages = sorted(sorted(g.evidence.start for g in a.grounds) for a in found)
    assert passages == [[0], [25, 54, 73]]
    other = paper("A senior official spoke.", "senior official@A senior official", id_="d2")
    assert len(agents_of([p, other]).rows) == 3


def test_analysts_named_in_the_text_are_members() -> None:
    text = "Several analysts, among them Mara Holt and Ivo Brandt, said so. Lena Voss did not."
    found = {a.name: a for a in agents_of([paper(text, "Several analysts")]).rows}
    assert set(found) == {"Several analysts", "Mara Holt", "Ivo Brandt"}
    assert set(found["Several analysts"].members) == {found["Mara Holt"].id, found["Ivo Brandt"].id}
    nobody = agents_of([paper("Several analysts said so. Mara Holt agreed.", "Several analysts")]).rows
    assert [a.members for a in nobody] == [()]


def test_officials_including_one() -> None:
    text = "Two officials including Lena Voss confirmed it."
    found = {a.name: a for a in agents_of([paper(text, "Two officials")]).rows}
    assert found["Two officials"].members == (found["Lena Voss"].id,)


def test_those_who_hold_an_office() -> None:
    text = "Foreign Minister Mara Holt met Foreign Minister Ivo Brandt and Lena Voss. The foreign ministers agreed."
    p = paper(text, "foreign ministers@The foreign ministers")
    found = {a.name: a for a in agents_of([p]).rows}
    assert {a.name for a in found.values() if not a.document} == {"Mara Holt", "Ivo Brandt"}
    other = paper("The Foreign Ministers agreed.", "Foreign Ministers", id_="d2")
    assert {a.document for a in agents_of([p, other]).rows if a.document} == {"d1", "d2"}


def test_a_spokesman_for_one_is_not_the_spokesman_of_another() -> None:
    text = "Spokeswoman Mara Holt spoke. A spokeswoman for Ivo Brandt did too."
    p = paper(text, "Mara Holt", "spokeswoman for Ivo Brandt@A spokeswoman for Ivo Brandt")
    assert {a.name for a in agents_of([p]).rows} == {"Mara Holt", "spokeswoman for Ivo Brandt"}


def test_a_count_of_what_was_listed() -> None:
    text = "North Korea, Russia and Japan met. The three countries said little."
    found = {a.name: a for a in agents_of([paper(text, "three countries@The three countries")]).rows}
    assert len(found["three countries"].members) == 3
    text = "North Korea and Russia met. The three countries said little."
    assert agents_of([paper(text, "three countries@The three countries")]).rows[0].members == ()


def test_a_list_of_names_is_a_group_of_them() -> None:
    p = paper("Russia and North Korea denied it.", "Russia and North Korea", id_="a")
    q = paper("North Korea and Russia denied it.", "North Korea and Russia", id_="b")
    groups = [a for a in agents_of([p, q]).rows if a.kind == "group"]
    assert len(groups) == 1
    assert len(groups[0].members) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Several analysts", True), ("National Security Advisors", True), ("Senator from Harrow", True), ("some Norwegians", True),
        ("North Korean officials", True), ("satellite imagery", True), ("Experts on trade and tariffs", True),
        ("Clinton campaign", False), ("Harbour Works Board", False), ("Mara Holt", False), ("38 North", False),
    ],
)  # fmt: skip
def test_what_has_no_name(name: str, expected: bool) -> None:
    assert nameless(name) is expected


def test_the_times_is_the_one_that_the_document_names() -> None:
    text = "The Hill Times met her. The Times said so."
    told = (Told("The Times", 24, 33, True),)
    one = Paper("d1", text, None, None, (Marked(4, 14, "outlet", "Hill Times"),), told)
    assert [a.name for a in agents_of([one]).rows] == ["Hill Times"]
    assert [a.name for a in agents_of([Paper("d2", text, None, None, (), told)]).rows] == ["The Times"]


def test_an_abbreviation_that_the_document_spells_out() -> None:
    text = "The Harbour Works Board (HWB) met. HWB said so."
    marks = (Marked(4, 23, "organisation", "Harbour Works Board"), Marked(25, 28, "organisation", "HWB"))
    board = Paper("d1", text, None, None, marks, (Told("HWB", 35, 38, True), Told("Harbour Works Board", 4, 23, True)))
    (one,) = agents_of([board]).rows
    assert (one.name, one.aliases) == ("Harbour Works Board", ("HWB",))
    other = Paper("d2", "HWB said so.", None, None, (), (Told("HWB", 0, 3, True),))
    assert len(agents_of([board, other]).rows) == 2


# ------------------------------------------------------------------ any order

_SENTENCES = (
    ("Kim Jong Un spoke.", "Kim Jong Un"), ("The North Korean leader spoke.", "North Korean leader"), ("Kim Yo Jong spoke.", "Kim Yo Jong"),
    ("Chairman Kim spoke.", "Chairman Kim"), ("Pyongyang spoke.", "Pyongyang"), ("Mara Holt spoke.", "Mara Holt"),
    ("Sergey Lavrov spoke.", "Sergey Lavrov"), ("Sergei Lavrov spoke.", "Sergei Lavrov"), ("A senior official spoke.", "senior official"),
    ("Several analysts, among them Mara Holt and Ivo Brandt, spoke.", "Several analysts"), ("Kim spoke.", "Kim"),
    ("Defense Secretary Ash Carter spoke.", "Ash Carter"), ("Former Defense Secretary Ash Carter spoke.", "Ash Carter"),
)  # fmt: skip
_DATES = st.sampled_from((None, "2009-05-01", "2016-02-07", "2017", "2023-09-14"))


@st.composite
def _papers(draw: st.DrawFn) -> list[Paper]:
    out = []
    for n in range(draw(st.integers(2, 4))):
        chosen = draw(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4, unique=True))
        text = "\n\n".join(s for s, _ in chosen)
        out.append(paper(text, *(name for _, name in chosen), date=draw(_DATES), outlet=f"Paper {n}", id_=f"d{n}"))
    return out


@given(_papers(), st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(papers: list[Paper], chance: object) -> None:
    whole = agents_of(papers)
    shuffled = list(papers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    standing: dict[str, AgentRow] = {}
    targets: dict[str, str] = {}
    for p in shuffled:
        found = agents_of([p])
        targets |= found.targets
        for a in found.rows:
            standing[a.id] = merged(standing[a.id], a) if a.id in standing else a
    assert standing == whole.agents
    assert targets == whole.targets


@given(_papers())
def test_every_alias_has_a_reason_and_a_passage(papers: list[Paper]) -> None:
    texts = {p.id: p.text for p in papers}
    for a in agents_of(papers).rows:
        assert {g.alias for g in a.grounds} | {a.name} == {a.name, *a.aliases}
        for g in a.grounds:
            assert g.why
            assert 0 <= g.evidence.start <= g.evidence.end <= len(texts[g.evidence.document])


def test_many_sources_take_linear_time() -> None:
    text = "A senior official spoke. The official left. " * 4000
    starts = [i * 45 for i in range(4000)]
    told = [Told("senior official", a, a + 17, True) for a in starts] + [
        Told("official", a + 26, a + 38, True) for a in starts
    ]
    links = [Told("senior official", a + 20, a + 24) for a in starts]
    began = time.process_time()
    agents_of([Paper("d1", text, "2023-09-14", None, (), (*told, *links))])
    assert time.process_time() - began < 5
