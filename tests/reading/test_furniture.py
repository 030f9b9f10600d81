"""Furniture: what is marked, and above all what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.reading import Source, read
from crossfix.reading.furniture import find_furniture

BODY = "A cargo ship left the port on Monday, the ministry said.\n\nIts spokesman declined to name the owner of the vessel.\n"


def marks(text: str) -> list[tuple[str, str]]:
    return [(f.kind, text[f.start : f.end]) for f in find_furniture(text).furniture]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("newsletter", "Subscribe to our Newsletter"),
        ("newsletter", "Sign up for our daily newsletter and get the news in your inbox."),
        ("share", "Share this article on Facebook"),
        ("share", "Facebook | Twitter | WhatsApp | Email"),
        ("share", "Follow Jane Doe on Twitter @janedoe."),
        ("menu", "Advertisement"),
        ("menu", "READ MORE: What the port looks like from above"),
        ("menu", "Related stories"),
        ("menu", "ANI News Logo"),
        ("menu", "5 min read"),
        ("menu", "___"),
        (
            "legal",
            "Copyright 2024 The Associated Press. All rights reserved. This material may not be published or rewritten.",
        ),
        ("legal", "This article was originally published by The Diplomat."),
        ("credit", "Photo: Jane Doe/Reuters"),
        ("credit", "Jane Doe via Getty Images."),
        ("credit", "Getty Images"),
        ("byline", "Jane Doe in Seoul contributed to this report."),
        ("byline", "(Reporting by Jane Doe in Seoul; Editing by John Roe)"),
        ("sign_off", "###"),
        ("sign_off", "\\###"),
        ("sign_off", "ENDS"),
    ],
)
def test_whole_lines(kind: str, line: str) -> None:
    assert (kind, line) in marks(BODY + "\n" + line + "\n")
    assert [k for k, _ in marks(BODY)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers to the newsletter said that the ship had left.",
        "Share prices fell, the ministry said.",
        "Follow-up talks are planned for May.",
        "Related companies were named by the panel on Monday.",
        "About 40 containers were loaded.",
        "By Monday the ship had left the port.",
        "By contrast, Seoul said nothing.",
        "Photographs released by the White House show the ship.",
        "Copyright law was also discussed by the two sides.",
        "The ministry cited the Associated Press (AP)",
        "Reporting by the agency showed that the ship had left the port.",
        "The official said the launch would “contribute to this report” and to others.",
        "Home to 40,000 people, the port has two piers.",
        "Print media in the capital did not mention the ship.",
        "Watch towers stand on both sides of the river.",
        "Editing by hand, the analyst enlarged the picture.",
        "The end of the talks came at 10:15 p.m. on Monday.",
        "He told Reuters",
        "Image analysis by the institute shows forty containers.",
        "North Korea - which denies it - said nothing.",
        "U.S. officials — two of them — said so.",
        "Sign up or leave, he told them.",
        "Read the statement, he said, and you will see.",
        "Credit for the find goes to two analysts.",
        "Copyright talks in 2024 failed, the ministry said.",
        "North Korea contributed to this crisis, the panel said.",
        "The pictures came via Reuters.",
        "He worked for AP.",
        "Reporting from the port showed that the ship had left.",
    ],
)
def test_a_sentence_of_the_report_is_never_marked(sentence: str) -> None:
    for text in (f"{sentence}\n\n{BODY}", f"{BODY}\n{sentence}\n\n{BODY}", f"{BODY}\n{sentence}"):
        assert marks(text) == []


def test_only_the_credit_before_a_headline_is_marked() -> None:
    text = (
        "ANI Photo | Two ships seen at a northern port: Report\n\n"
        + BODY.strip()
        + " (ANI)\n\nAbout ANI\n\nANI is an agency.\n"
    )
    assert marks(text) == [
        ("credit", "ANI Photo |"), ("sign_off", "(ANI)"), ("about", "About ANI"), ("about", "ANI is an agency."),
    ]  # fmt: skip
    d = read(Source("a.txt", text.encode()))
    assert (d.title, d.outlet, d.agency) == ("Two ships seen at a northern port: Report", "ANI", "ANI")


def test_an_about_line_amid_the_report_is_no_box() -> None:
    assert marks("About ANI\n\n" + BODY * 3) == []


@pytest.mark.parametrize(
    ("line", "place", "day", "agency"),
    [
        ("SEOUL, Dec. 18 (Yonhap) -- ", "SEOUL", "--12-18", "Yonhap"),
        ("Pyongyang, May 28 (KCNA) -- ", "Pyongyang", "--05-28", "KCNA"),
        ("New Delhi [India], March 2 (ANI): ", "New Delhi", "--03-02", "ANI"),
        ("WASHINGTON (AP) — ", "WASHINGTON", None, "AP"),
        ("MOSCOW, December 19. /TASS/. ", "MOSCOW", "--12-19", "TASS"),
        ("SEOUL, South Korea — ", "SEOUL, South Korea", None, None),
    ],
)
def test_datelines(line: str, place: str, day: str | None, agency: str | None) -> None:
    text = line + BODY
    assert marks(text) == [("dateline", line.strip())]
    d = read(Source("a.txt", text.encode()))
    assert d.header.get("dateline_place") == place
    assert d.header.get("dateline_day") == day
    assert (d.agency, d.published) == (agency, None)


def test_a_dateline_with_its_year_dates_the_document() -> None:
    d = read(Source("a.txt", ("TOKYO, Jan. 5, 2024 (Kyodo) -- " + BODY).encode()))
    assert (d.published, d.published_basis) == ("2024-01-05", "dateline")


def test_a_stamp_dates_the_document_and_a_byline_names_its_author() -> None:
    text = "A ship leaves a northern port\nBy Jane Doe\nPublished: 5 January 2024 10:15 GMT\n\n" + BODY
    d = read(Source("a.txt", text.encode()))
    assert (d.published, d.published_basis, d.author) == ("2024-01-05", "header", "Jane Doe")
    assert [f.kind for f in d.furniture] == ["byline", "header"]


@pytest.mark.parametrize(
    ("header", "end", "agency"),
    [
        ("wire: AFP", "", "AFP"),
        ("wire: VOA, with AFP and Reuters", "", "VOA"),
        ("author: Associated Press", "", "AP"),
        ("url: https://www.dailymail.co.uk/wires/ap/article-1/x.html", "", "AP"),
        ("outlet: The Independent", "\n\nReuters", "Reuters"),
        ("outlet: The Hindu", " (PTI)", "PTI"),
        ("outlet: Daily Mail", "\n\n(Reporting by A. Lee; Editing by B. Ito)", "Reuters"),
        ("outlet: Fox News", "\n\nThe Associated Press contributed to this report.", "AP"),
        ("outlet: ABC News", "", None),
    ],
)
def test_the_agency_credited(header: str, end: str, agency: str | None) -> None:
    d = read(Source("a.txt", f"---\n{header}\n---\n{BODY.strip()}{end}\n".encode()))
    assert d.agency == agency


@given(st.text(alphabet=st.sampled_from("aA (.)\n:-|©—@#*_/0”’,"), max_size=4000))
def test_marks_are_in_order_and_inside(text: str) -> None:
    last = 0
    for f in find_furniture(text).furniture:
        assert last <= f.start < f.end <= len(text)
        last = f.end


@pytest.mark.parametrize(
    "unit", ["A", "a ", "(", "A. ", "A B, ", "By A ", "Photo: ", "SEOUL ", "a\n", "(AP", "Copyright ", "/"]
)
def test_long_lines_take_linear_time(unit: str) -> None:
    import time

    start = time.monotonic()
    find_furniture(unit * (600_000 // len(unit)))
    assert time.monotonic() - start < 40
