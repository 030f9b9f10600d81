"""Origins by credit, by an agency's byline and by the order of facts; and the traps beside them."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from crossfix.linking import link
from crossfix.linking.credits import press_of
from crossfix.linking.origin_report import Report, came_out, report_of
from crossfix.linking.origins import arrange, tie
from crossfix.linking.sharing import _Line, order, profile, runs, shared_from
from crossfix.record import Record
from record_builders import report


def made(id_: str, text: str, outlet: str, published: str | None = "2023-05-01", **more: str) -> Report:
    return report_of(id_, " ".join(text.split()) if "\n\n" not in text else text, outlet, published, **more)  # type: ignore[arg-type]


def relation(a: Report, b: Report) -> str | None:
    found = tie(a, b)
    assert found == tie(b, a)
    return found.relation if found else None


# ------------------------------------------------------------------ a third that both have it from

RADIO = """A baker in Silden had a shock on Monday, the Silden Post-Herald reports: Marta Quill owed the waterworks of Norland 84 million
crowns. Her brother Anders called Silden and heard that a comma had moved. She paid 84 and kept the letter on the wall."""
PAPER = """The comma cost nothing in the end. As the Silden Post-Herald reported, waterworks clerks in Norland sent Marta Quill a demand for
84 million crowns, and it took her brother, Anders Quill, an afternoon on the telephone with Silden to have it put right."""


def test_two_that_have_it_from_one_paper_are_one_origin() -> None:
    found = tie(made("a", RADIO, "Echo"), made("b", PAPER, "Star", "2023-05-02"))
    assert found is not None
    assert found.relation == "rewrite"
    assert "sildenpostherald" in found.why
    assert "names and figures" in found.why


def test_two_that_follow_a_third_have_no_parent_until_it_is_there() -> None:
    a, b = made("a", RADIO, "Echo"), made("b", PAPER, "Star", "2023-05-02")
    assert [(p.document, p.derived_from, p.relation) for p in arrange([b, a])] == [
        ("a", None, None),
        ("b", None, "rewrite"),
    ]
    third = made(
        "c", PAPER.replace("As the Silden Post-Herald reported, w", "W") + " Nobody said sorry.", "Silden Post-Herald"
    )
    places = {p.document: p.derived_from for p in arrange([b, third, a])}
    assert places["b"] == "c"


def test_not_where_they_come_days_apart_or_name_different_papers() -> None:
    assert relation(made("a", RADIO, "Echo"), made("b", PAPER, "Star", "2023-05-09")) is None
    other = PAPER.replace("Silden Post-Herald", "Brakefjord Courier")
    assert relation(made("a", RADIO, "Echo"), made("b", other, "Star")) is None


def test_not_where_it_is_an_agency_or_an_office_that_all_have_their_news_from() -> None:
    for name in ("Reuters", "Norland Police", "Yonhap News Agency"):
        a, b = (t.replace("Silden Post-Herald", name) for t in (RADIO, PAPER))
        assert relation(made("a", a, "Echo"), made("b", b, "Star")) is None


def test_two_stories_on_one_person_who_told_a_station_something_are_two() -> None:
    a = """Senator Oda Brandt will not stand again, she told CNN on Sunday. In Silden the Union party of Norland has 30 days to find
    another name; Lars Holm of Brakefjord is spoken of, and so are Ada Winter of Gorse and the mayor, Per Lund."""
    b = """Norland must buy ferries before winter, Oda Brandt told CNN. The Union party wants 12 of them from Brakefjord, at a price that
    the treasury in Silden has not published, and Ivar Moen of Harwick called it too much for the Eskel isles, where Kari Nes fishes."""
    x, y = made("a", a, "Echo"), made("b", b, "Star")
    assert x.press_told == y.press_told == {"cnn"}
    assert len(x.names & y.names) >= 5
    assert relation(made("a", a, "Echo"), made("b", b, "Star")) is None


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("Trains left, the Hill Gazette reported.", {"hillgazette"}, {"hillgazette"}),
        ("She told the Hill Gazette that trains left.", set(), {"hillgazette"}),
        ("Trains left, reports BBC News.", {"bbc"}, {"bbc"}),
        ("Trains left, Reuters reported, and KCNA said why.", set(), set()),
        ("The Foreign Ministry reported a loss. John Doe said so.", set(), set()),
        ("The New York Times reports trains. She told the Times so.", {"newyorktimes"}, {"newyorktimes"}),
        ("Seen by The Verge, the train is blue.", {"verge"}, {"verge"}),
        ("word " * 250 + "as the Hill Gazette reported.", set(), set()),
        ("word " * 250 + "\nInformation from: Hill Gazette, http://hill.example", {"hillgazette"}, {"hillgazette"}),
    ],
)
def test_which_papers_a_report_has_its_news_from(text: str, found: set[str], told: set[str]) -> None:
    assert press_of(text)[0] == found
    assert press_of(text)[1] == told


def test_the_outlets_site_and_the_name_it_is_credited_by_are_one() -> None:
    a = made(
        "a",
        RADIO.replace(", the Silden Post-Herald reports", "").replace(
            "Her brother Anders", "Her brother, Anders Quill,"
        )
        + " It took an afternoon on the telephone with Silden to have it put right.",
        "www.nytimes.com",
    )
    b = made(
        "b", PAPER.replace("the Silden Post-Herald", "the New York Times") + " She kept the letter on the wall.", "Star"
    )
    c = made(
        "c", PAPER.replace("the Silden Post-Herald", "the Hill Times") + " She kept the letter on the wall.", "Star"
    )
    assert "newyorktimes" in b.credits
    assert "times" not in c.credits
    assert (relation(a, b), relation(a, c)) == ("rewrite", None)


# ------------------------------------------------------------------ agencies

FINAL = """The harbour team of Silden won the cup of Norland on Saturday night when Ole Brek scored in the last minute and beat Port
Brakefjord 4-3 before 12,500 people in the Holm Arena. Captain Jens Dahl wept. It is the first cup for Silden since a war."""
LONGER = """Nobody in Silden slept. The first cup for Silden since a war came in the last minute, with 12,500 people on their feet in the
Holm Arena and the bells of Norland ringing on Saturday night when Ole Brek scored; Port Brakefjord lost 4-3. Jens Dahl, who is forty
and had said before the match that he would go home whatever came of it, lifted the cup with his daughter beside him. Bakers gave
bread away, ferries blew their horns until four, and a schoolteacher of ninety danced on a table in the old customs house."""


def test_two_papers_that_carry_one_agency_on_one_day_are_one_origin() -> None:
    a = made("a", FINAL, "Echo", author="Ann Lee, Associated Press")
    b = made("b", LONGER, "Star", author="Associated Press, Bo Falk")
    assert a.wires == b.wires == {"ap"}
    found = tie(a, b)
    assert found is not None
    assert (found.relation, found.why[:13]) == ("rewrite", "both carry AP")
    assert relation(made("a", FINAL, "Echo", author="Ann Lee"), b) is None
    assert relation(made("a", FINAL, "Echo", "2023-04-29", author="Associated Press"), b) is None


def test_of_one_day_the_agencys_text_comes_before_a_longer_piece_made_with_it() -> None:
    carried, piece = (
        made("b", FINAL, "Echo", agency="AP"),
        made("a", LONGER, "Star", author="Associated Press, Bo Falk"),
    )
    assert [p.document for p in arrange([piece, carried])] == ["b", "a"]


BACKGROUND = "Norland reportedly sent a ship past the northern cape of Brakefjord and into the open sea on Friday."


def dispatch(place: str, text: str) -> str:
    return f"{place} (Xinhua) -- {BACKGROUND}\n\n{text}"


def test_two_dispatches_of_one_agency_from_two_places_are_two() -> None:
    texts = [
        "The first of two ministers spoke for an hour and took no questions, since there was, he said, nothing left to ask him about.",
        "A second minister, asked by nobody, came out on the steps and read from a card that wisdom is what was wanted in such a week.",
    ]
    a, b = (dispatch(p, t) for p, t in zip(("BEIJING, May 1", "MOSCOW, May 1"), texts, strict=True))
    x, y = made("a", a, "Echo", agency="Xinhua"), made("b", b, "Star", agency="Xinhua")
    assert (x.dateline, y.dateline) == ("beijing", "moscow")
    assert relation(x, y) is None
    assert relation(x, made("b", dispatch("BEIJING, May 1", texts[1]), "Star", agency="Xinhua")) is not None


NOTE = """This paper's publisher regularly asks what can be done for the harbour, has been a member of the ferry council and once owned a
share in the yard that builds them, which it sold at a loss in a bad year and has never bought again since."""


def test_a_note_at_the_foot_of_an_outlets_pages_joins_nothing() -> None:
    heads = (
        "The council met on Monday and again on Tuesday, with half of its seats empty both times. Not one of those who came had read "
        "the papers, and two asked for more time. Bridges will be closed to lorries for a week, and the school opens late. Who pays "
        "for the new pumps is to be settled at Easter.",
        "A painter died in the hills above the town where she was born and to which she never gave a picture. She was ninety and had "
        "worked until the week before, on a view of the bay in rain. Her letters go to the museum, which has no room for them this "
        "year and may ask the library.",
    )
    a, b = (made(n, f"{head}\n\n{NOTE}", "Echo") for n, head in zip("ab", heads, strict=True))
    assert shared_from(a.profile, b.profile) >= 0.4
    assert relation(a, b) is None
    # taken over by another outlet, a passage of this length is no note
    assert relation(a, made("b", f"{heads[1]}\n\n{NOTE}", "Star")) == "rewrite"


# ------------------------------------------------------------------ the order of facts


def test_the_same_facts_in_the_same_order_without_credit_are_a_rewrite() -> None:
    first, second = ("Ald", "Brom", "Cald", "Dun", "Esk", "Farn", "Gor"), ("ernholm", "vikstad", "erfield", "moreton")
    names = [f"{a}{b}" for a in first for b in second]
    how, who = (
        ("old", "cold", "tall", "grey", "pale", "wide", "mild"),
        ("men", "boys", "cats", "hens", "cows", "owls", "rats"),
    )
    ours = [
        f"it was past {n} that they dug up {how[k % 7]} soil by hand and had a {who[k % 7]} cart"
        for k, n in enumerate(names)
    ]
    their = [
        f"some {who[k % 5]} went past {n} that they sold for {how[k % 6]} wine some {how[(k + 2) % 7]} days on, and went {how[k % 4]} home"
        for k, n in enumerate(names)
    ]
    a, b = made("a", "So. " + ". ".join(ours), "Echo"), made("b", "So. " + ". ".join(their), "Star")
    mixed = made("c", "So. " + ". ".join(their[1::2] + their[::2][::-1]), "Star")
    shared, rising = order(a.profile, mixed.profile)
    assert order(a.profile, b.profile) == (shared, 28)
    assert rising < 20
    assert relation(a, mixed) is None
    found = tie(a, b)
    assert found is not None
    assert found.why == "28 of 28 shared names, figures and long words stand in the same order"


def test_order_counts_the_longest_rising_row() -> None:
    a = profile("we met Anna Berta Carlo Dagny Egon Frida there")
    b = profile("we met Berta Anna Carlo Egon Dagny Frida there")
    assert order(a, a) == (6, 6)
    assert order(a, b) == order(b, a) == (6, 4)


def test_rolled_fingerprints_are_those_of_the_words_alone() -> None:
    text = "one two three four five six seven eight nine ten"
    whole = runs(text, 4)
    assert len(whole) == 7
    for n in range(7):
        assert runs(" ".join(text.split()[n : n + 4]), 4) == [whole[n]]
    assert runs("one two", 4) == runs("", 4) == []


def test_no_run_goes_from_the_reporters_words_into_a_quotation() -> None:
    line = _Line()
    line.take("one two three four")
    line.take("five")
    line.take("six seven eight nine ten")
    assert line.runs(4) == runs("one two three four", 4) + runs("six seven eight nine ten", 4)
    assert line.runs(6) == []


# ------------------------------------------------------------------ days


@pytest.mark.parametrize(
    ("published", "url", "day"),
    [
        ("2017-04-07", "https://a.example/2016/11/03/cup-won/", "2016-11-03"),
        ("2016-11-03", "https://a.example/2017/04/07/cup-won/", "2016-11-03"),
        (None, "https://a.example/news/20161103-cup", "2016-11-03"),
        ("2017", "https://a.example/2017/may/07/cup", "2017-05-07"),
        ("2017-04-07", "https://a.example/item/2016110399", "2017-04-07"),
        ("2017-04-07", "https://a.example/2016/02/30/cup", "2017-04-07"),
        ("2017-04-07", None, "2017-04-07"),
    ],
)
def test_the_day_in_an_address_outlives_a_page_that_is_dated_anew(
    published: str | None, url: str | None, day: str
) -> None:
    assert came_out(published, url) == day


# ------------------------------------------------------------------ over a record

QUOTE = (
    "“We have looked at every wagon and every paper, and we found nothing that should not have been there, nothing at all, "
    "and we shall say so again to anybody who asks us”"
)
HARBOUR = "Customs men searched a train at the border. " * 2 + f"{QUOTE}, the minister told us. Rain fell."
COUNCIL = "The council sat late over the price of bread. " * 2 + f"{QUOTE}, the minister told the Valley Gazette."
THIRD = "Nobody knows what the winter brings to the isles. " * 2 + f"Asked again, the minister said: {QUOTE}."


def documents() -> list[tuple[object, bytes]]:
    return [
        report(HARBOUR, outlet="Valley Gazette", published="2023-05-01"),
        report(COUNCIL, outlet="Echo", published="2023-05-02"),
        report(THIRD, outlet="Star", published="2023-05-02"),
        report(HARBOUR + " More rain fell.", outlet="Hill Post", published="2023-05-03"),
        report(" ".join(RADIO.split()), outlet="Radio Nord", published="2023-05-01"),
        report(" ".join(PAPER.split()), outlet="Daily Fjord", published="2023-05-02"),
    ]


def test_who_has_a_quotation_from_whom_is_said_in_any_order_of_adding(tmp_path: Path) -> None:
    seen = set()
    for n, line in enumerate(itertools.islice(itertools.permutations(documents()), 0, 720, 37)):
        with Record.open(tmp_path / f"{n}.sqlite", write=True) as record:
            for at in range(0, 6, 1 + n % 3):
                for d in line[at : at + 1 + n % 3]:
                    record.add(*d)  # type: ignore[arg-type]
                link(record)
            rows = {d.outlet: d for d in record.documents()}
            name = {d.sha256: d.outlet for d in rows.values()}
            seen.add(
                tuple(
                    sorted((str(d.outlet), d.origin, name.get(d.derived_from or ""), d.relation) for d in rows.values())
                )
                + tuple(sorted((o.id, o.why) for o in record.origins()))
            )
            assert rows["Echo"].relation == rows["Star"].relation == "shared_quotes"
            assert name[rows["Echo"].derived_from or ""] == "Valley Gazette"
            assert rows["Star"].derived_from is None
            assert rows["Hill Post"].origin == rows["Valley Gazette"].origin
            assert rows["Hill Post"].relation == "edited_reprint"
            assert rows["Daily Fjord"].origin == rows["Radio Nord"].origin
            assert len({d.origin for d in rows.values()}) == 4
    assert len(seen) == 1


def test_a_short_text_of_many_blank_lines_is_read_at_once() -> None:
    text = "word\n\n\n" * 60
    started = time.process_time()
    assert press_of(text) == (frozenset(), frozenset())
    assert time.process_time() - started < 1.0  # it took for ever where blanks were tried as several
