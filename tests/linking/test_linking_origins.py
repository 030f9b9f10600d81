"""Origins: reprints are told from texts that only share a quotation, a form or a notice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crossfix.linking import link
from crossfix.linking.credits import credits_of, named, outlet_key
from crossfix.linking.origin_report import Report, report_of
from crossfix.linking.origins import arrange, components, tie
from crossfix.linking.sharing import overlap, profile
from crossfix.record import Record
from record_builders import report

STORY = """A freight train left the border station before dawn on Friday, port workers told this agency, and was seen again
two days later in a yard near the coast. The wagons were sealed and carried no company marks.
Customs records for the week list no cargo of that size, and the railway declined to say who had ordered the run.
Two neighbouring governments said they were looking into the matter and would speak when they knew more.
Satellite pictures taken on Sunday show twenty wagons beside a covered platform that was built in the spring."""
OTHER = """Fishermen along the northern shore have been told to stay in harbour until the end of the month, the regional
council decided on Tuesday, after three boats were lost in storms. The council will pay for half of the lost catch.
Owners say that is not enough, and plan to take their case to the capital with a petition signed by a thousand people.
The weather service expects no change before the holidays, when a front from the west should calm the sea at last."""
STORY, OTHER = (" ".join(t.split()).replace(". ", ".\n") for t in (STORY, OTHER))
QUOTE = (
    "“We have looked at every wagon and every paper, and we found nothing that should not have been there, nothing at all, "
    "and we shall say so again to anybody who asks us”"
)


def made(
    id_: str, text: str, outlet: str = "One", published: str | None = "2023-05-01", agency: str | None = None
) -> Report:
    return report_of(id_, text, outlet, published, agency)


def relation(a: Report, b: Report) -> str | None:
    found, back = tie(a, b), tie(b, a)
    assert (found is None) == (back is None)
    assert found is None or (back is not None and found == back)
    return found.relation if found else None


def one_origin(a: Report, b: Report) -> bool:
    return relation(a, b) not in (None, "shared_quotes")


def test_the_same_text_is_an_identical_reprint() -> None:
    assert relation(made("a", STORY), made("b", STORY, "Two", "2023-05-02")) == "identical_reprint"
    assert relation(made("a", STORY), made("b", STORY.replace("\n", " ").upper(), "Two")) == "identical_reprint"


def test_a_reprint_that_lost_its_likely_is_not_identical() -> None:
    hedged = STORY.replace(" was ", " was likely ", 1)
    assert hedged != STORY
    assert relation(made("a", hedged), made("b", STORY, "Two")) == "edited_reprint"


def test_a_shortened_text_is_an_edited_reprint() -> None:
    short = "\n".join(STORY.split("\n")[:2])
    assert (
        relation(made("a", STORY), made("b", short + " The ministry gave no comment to us.", "Two")) == "edited_reprint"
    )


def test_a_retelling_with_some_of_the_words_is_a_rewrite() -> None:
    retold = """Before dawn on Friday a freight train left the border station, an agency says. It was seen again two days later
    in a yard near the coast, and its wagons were sealed and carried no company marks. Nobody at the railway would tell who
    paid. Our reporter asked both capitals. Two neighbouring governments said they were looking into the matter; a third kept
    silent, as it often does when trains are concerned, and the harbour master went home early."""
    assert relation(made("a", STORY), made("b", " ".join(retold.split()), "Two")) == "rewrite"


def test_lines_folded_elsewhere_make_no_difference() -> None:
    folded = textwrap.fill(STORY.replace("\n", " "), 70)
    assert relation(made("a", STORY), made("b", folded, "Two")) == "identical_reprint"
    assert profile(folded).own == profile(textwrap.fill(folded.replace("\n", " "), 62)).own


def test_different_stories_are_apart() -> None:
    assert relation(made("a", STORY), made("b", OTHER, "Two")) is None


def test_a_shared_quotation_alone_does_not_make_one_origin() -> None:
    a = STORY + f"\n{QUOTE}, the minister said."
    b = OTHER + f"\nThe minister had this to say: {QUOTE}."
    assert overlap(profile(a), profile(b)).quoted > 10
    assert relation(made("a", a), made("b", b, "Two")) == "shared_quotes"
    assert tie(made("a", a), made("b", b, "Two")).credited is None  # type: ignore[union-attr]


def test_a_quotation_taken_over_with_credit_is_derived_but_no_origin() -> None:
    a = STORY + f"\n{QUOTE}, the minister told us."
    b = OTHER + f"\n{QUOTE}, the minister told the Valley Gazette."
    found = tie(made("a", a, "Valley Gazette"), made("b", b, "Two"))
    assert found is not None
    assert (found.relation, found.credited) == ("shared_quotes", "a")
    assert "Valley Gazette" in found.why
    found = tie(made("a", a, "Hill Gazette"), made("b", b, "Two"))
    assert found is not None
    assert (found.relation, found.credited) == ("shared_quotes", None)


def test_a_quotation_taken_over_with_credit_and_the_story_is_a_rewrite() -> None:
    a = STORY + f"\n{QUOTE}, the minister told us."
    told = (
        " ".join(OTHER.split()[:60])
        + " The wagons were sealed and carried no company marks, and the railway declined to say who."
    )
    b = told + f"\n{QUOTE}, the minister told the Valley Gazette."
    assert relation(made("a", a, "Valley Gazette"), made("b", b, "Two")) == "rewrite"


def test_single_quotation_marks_hold_quotations_too() -> None:
    inner = QUOTE.strip("“”").replace("nobody", "nobody").replace("who asks us", "who asks the ministers' men")
    a, b = (profile(f"{head}\n'{inner}', he said, and didn't smile.") for head in (STORY, OTHER))
    assert overlap(a, b).quoted > 10
    assert overlap(a, b).shared < 5


def test_a_shared_notice_or_form_is_left_out() -> None:
    notice = (
        "\nCopyright 2023 Meridian Wire. Nobody may print, show, change or hand on what stands here, in any form whatever, "
        "without the leave of those who own it."
    )
    a, b = "The council met on Monday and rose early." + notice, "A bridge was closed to lorries for a week." + notice
    assert relation(made("a", a), made("b", b, "Two")) is None


def test_one_offices_form_for_two_days_is_two_origins_but_a_corrected_text_is_one() -> None:
    form = (
        "The government strongly condemns the launch, which breaks several resolutions of the Council and raises tension in "
        "the region. The national security team is looking at the situation in close step with allies and partners. The door "
        "has not closed on talks, but the other side must stop at once and choose to speak instead."
    )
    may = made("a", form + " The launch was in May.", "The Palace", "2023-05-30")
    august = made("b", form + " The launch was in August, and it failed again.", "The Palace", "2023-08-23")
    same_day = made("c", form + " The launch was in May, at night.", "The Palace", "2023-05-30")
    assert relation(may, august) is None
    assert relation(may, same_day) is not None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Guardian", "guardian"),
        ("www.theguardian.com", "guardian"),
        ("https://www.theguardian.com/world/x", "guardian"),
        ("news.bbc.co.uk", "bbc"),
        ("europe.chinadaily.com.cn", "chinadaily"),
        ("China Daily", "chinadaily"),
        ("VOA", "voa"),
        (None, ""),
    ],
)
def test_an_outlet_and_its_site_have_one_key(name: str | None, key: str) -> None:
    assert outlet_key(name) == key


def test_the_credited_agencys_own_text_is_the_root_else_the_earliest() -> None:
    own = made("z", STORY, "Meridian", "2023-05-02")
    early = made("a", STORY + " More.", "Post", "2023-05-01", "Meridian")
    late = made("b", "\n".join(STORY.split("\n")[:2]), "Echo", "2023-05-04", "Meridian")
    places = arrange([late, early, own])
    assert [(p.document, p.derived_from) for p in places] == [("z", None), ("a", "z"), ("b", "z")]
    places = arrange([late, early])
    assert [(p.document, p.derived_from, p.relation) for p in places] == [
        ("a", None, None),
        ("b", "a", "edited_reprint"),
    ]


def test_a_word_that_is_also_an_outlets_name_is_no_credit() -> None:
    names = named(
        "Times are hard. One said so to the Times, and AFP heard it. The verge was wet, the New York Post wrote."
    )
    assert {"times", "afp", "newyorkpost"} <= names
    assert not {"one", "verge", "post wrote"} & names
    assert "one" not in named("Three left, one by one. One came back.")


RETOLD = """A train has the coast of Norland wondering. Twenty sealed wagons left Brakefjord for Silden on Friday, Valley
Gazette reported, and customs men in Brakefjord know nothing of all this. The railway of Norland would not say who had an
interest in these 20 wagons, nor would anybody else whom our reporter asked at the harbour over the weekend."""
TOLD = """Twenty sealed wagons left Brakefjord before dawn, workers there told this paper, and reached Silden in two days. The
railway of Norland would not say who had paid for all 20 wagons. Customs in Norland have no papers on them."""


def test_a_retelling_in_other_words_that_names_its_source_is_a_rewrite() -> None:
    own, retold = made("a", " ".join(TOLD.split()), "Valley Gazette"), made("b", " ".join(RETOLD.split()), "Echo")
    assert relation(own, retold) == "rewrite"
    assert relation(made("a", " ".join(TOLD.split()), "Hill Gazette"), retold) is None  # not the one it names
    late = made("b", " ".join(RETOLD.split()), "Echo", "2023-06-20")
    assert relation(own, late) is None


def test_a_retelling_is_found_whichever_comes_first(tmp_path: Path) -> None:
    documents = [
        report(" ".join(TOLD.split()), outlet="Valley Gazette", published="2023-05-01"),
        report(" ".join(RETOLD.split()), outlet="Echo", published="2023-05-02"),
    ]
    for n, order in enumerate((documents, documents[::-1])):
        with Record.open(tmp_path / f"{n}.sqlite", write=True) as record:
            for d in order:
                record.add(*d)
                link(record)
            (origin,) = record.origins()
            assert "Valley Gazette" in origin.why


def test_whom_a_text_credits() -> None:
    found = credits_of(
        "Trains left, Meridian Wire reported. According to the Hill Gazette they came back. She told the daily Northern Post."
    )
    assert {"meridianwire", "hillgazette", "northernpost"} <= found


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12), st.randoms())
def test_groups_do_not_depend_on_the_order_of_ties(pairs: list[tuple[int, int]], rng: random.Random) -> None:
    ids = [str(n) for n in range(9)]
    ties = [(str(a), str(b)) for a, b in pairs]
    shuffled = [t[::-1] if rng.random() < 0.5 else t for t in rng.sample(ties, len(ties))]
    groups = components(ids, ties)
    assert components(rng.sample(ids, 9), shuffled) == groups
    assert sorted(i for g in groups for i in g) == ids
    of = {i: n for n, g in enumerate(groups) for i in g}
    assert all(of[a] == of[b] for a, b in ties)


def test_an_origin_grows_and_two_origins_meet(tmp_path: Path) -> None:
    """A third text that follows two others joins their origins; the older origin's rows stay readable."""
    half = len(STORY) // 2
    front, back = STORY[:half], STORY[half:]
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        record.add(*report(front, outlet="One", published="2023-05-02"))
        record.add(*report(back, outlet="Two", published="2023-05-03"))
        assert link(record).new_origins == 2
        old = [o.id for o in record.origins()]
        record.add(*report(STORY, outlet="Three", published="2023-05-01"))
        summary = link(record)
        assert (summary.documents, summary.new_origins, summary.new_reprints, summary.withdrawn) == (1, 1, 2, 2)
        (origin,) = record.origins()
        rows = {d.outlet: d for d in record.documents()}
        assert rows["Three"].derived_from is None
        assert rows["One"].derived_from == rows["Two"].derived_from == rows["Three"].sha256
        assert origin.documents[0] == rows["Three"].sha256
        assert "3 documents" in origin.why
        for gone in old:
            assert [h.act for h in record.history(gone)] == ["linked", "withdrawn"]
        assert link(record).documents == 0


def test_development_pairs_hold_their_floor(shared: Path, tmp_path: Path) -> None:
    folder = shared / "eval" / "data" / "reprints"
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        for path in sorted((folder / "texts").iterdir()):
            head, _, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
            meta = yaml.safe_load(head)
            published = str(meta["published"]) if meta.get("published") else None
            extraction, _ = report(text, file=path.name, outlet=meta.get("outlet"), published=published)
            record.add(extraction, None)
        link(record)
        (tmp_path / "out.json").write_text(json.dumps(record.export()))
    scorer = shared / "eval" / "score_reprints.py"
    done = subprocess.run(
        [sys.executable, scorer, folder, tmp_path / "out.json", "--bootstrap", "0"],
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = json.loads(done.stdout.splitlines()[-1])["pairs"]
    assert pairs["precision"] >= 95
    assert pairs["recall"] >= 85
    assert pairs["f1"] >= 92
