"""The dossier: every line cites a passage that is marked exactly; nothing from a document acts on the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from crossfix import dossier
from crossfix.dossier import gather, to_html, to_markdown
from crossfix.record.rows import Filter

MADE = dt.datetime(2023, 12, 1, 9, 30, tzinfo=dt.UTC)


def _page(shelf: Any, f: Filter | None = None) -> Any:
    return html.fromstring(to_html(gather(shelf, f, made=MADE)))


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_every_line_cites_a_passage_that_is_marked_exactly(shelf: Any) -> None:
    view = gather(shelf, made=MADE)
    page = html.fromstring(to_html(view))
    lines = page.xpath("//*[contains(concat(' ', @class, ' '), ' line ')]")
    assert len(lines) >= 2 * len(shelf.happened) + len(shelf.moved) + len(shelf.said)
    for line in lines:
        assert line.xpath(".//a[@class='cite']"), html.tostring(line)
    passages = {p.number: (d, p) for d in view.documents for p in d.passages}
    for link in page.xpath("//a[@class='cite']"):
        (target,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        document, passage = passages[int(link.get("href")[2:])]
        assert target.tag == "mark"
        assert target.text_content() == passage.text == shelf.texts[document.sha256][passage.start : passage.end]
        assert link.text_content() == f"[{passage.number}]"
        # and the way back
        assert page.xpath(f"//li[@id='b{passage.number}']//a[@href='#{link.get('id')}']")


def test_each_row_leads_to_its_own_passage(shelf: Any) -> None:
    page = _page(shelf)
    for claim in shelf.said:
        (row,) = page.xpath(f"//tr[@id='c-{claim.id}']")
        marked = [page.get_element_by_id(a.get("href")[1:]).text_content() for a in row.xpath(".//a[@class='cite']")]
        assert marked == [claim.quote.text]
    for transfer in shelf.moved:
        (row,) = page.xpath(f"//tbody[@id='t-{transfer.id}']")
        marked = [page.get_element_by_id(a.get("href")[1:]).text_content() for a in row.xpath(".//a[@class='cite']")]
        assert marked == [shelf.texts[e.document][e.start : e.end] for e in transfer.evidence]
    for event in shelf.happened:
        (part,) = page.xpath(f"//article[@id='e-{event.id}']")
        marked = {page.get_element_by_id(a.get("href")[1:]).text_content() for a in part.xpath(".//a[@class='cite']")}
        assert {shelf.texts[m.document][m.start : m.end] for m in event.mentions} <= marked


def test_ids_are_unique_and_all_links_stay_inside(shelf: Any) -> None:
    page = _page(shelf)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    hrefs = page.xpath("//@href")
    assert hrefs
    assert all(h.startswith("#") and h[1:] in ids for h in hrefs)
    assert not page.xpath("//@src | //script | //link | //iframe | //form | //img | //@onclick")


def test_document_text_is_escaped_and_the_page_forbids_itself_scripts(shelf: Any) -> None:
    text = to_html(gather(shelf, made=MADE))
    assert "<script" not in text
    assert "&lt;script&gt;alert(" in text
    assert "<i>again" not in text
    (policy,) = html.fromstring(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    for document in gather(shelf, made=MADE).documents:
        (shown,) = html.fromstring(text).xpath(f"//*[@id='x{document.number}']")
        assert shown.text_content() == document.text


def test_a_claim_is_shown_as_said_not_as_fact(shelf: Any) -> None:
    page = _page(shelf)
    text = _flat(page.get_element_by_id("transfers").text_content())
    assert "alleged by Estmark government" in text
    assert "alleged by two officials; denied by Vostland" in text
    timeline = _flat(page.get_element_by_id("timeline").text_content())
    assert "May 2023 known to the month" in timeline
    assert "in the outlet's own voice: Inland Daily" in timeline
    event = _flat(page.get_element_by_id("e-E0004").text_content())
    assert "Arms transfer, alleged: Vostland → Norland, undated" in event
    assert "Denied by Vostland" in event
    chain = _flat(
        page.xpath("//tr[contains(., 'the engine may have come from Vostland')]/th[.//*[@class='chain']]")[
            0
        ].text_content()
    )
    assert chain == "Estmark's intelligence service through Coast News › two officials"
    silence = page.xpath("//tr[contains(., 'Southmark has not condemned the launch')]")[0]
    assert "says" in silence.text_content()
    (article,) = silence.xpath("ancestor::article")
    assert _flat(article.xpath("./h3")[0].text_content()) == "Coast News"


def test_a_report_that_speaks_names_who_is_behind_it(shelf: Any) -> None:
    first = shelf.said[0]
    shelf.said[0] = replace(first, source_name="a report", chain=("Coast News", "a report", "Ida Roth"))
    page = _page(shelf)
    (row,) = page.xpath(f"//tr[@id='c-{first.id}']")
    assert _flat(row.xpath("./th")[0].text_content()) == "a report by Ida Roth through Coast News"
    assert "| a report (by Ida Roth) | Coast News |" in to_markdown(gather(shelf, made=MADE))


def test_those_who_deny_are_named_once(shelf: Any) -> None:
    shelf.happened[3] = replace(
        shelf.happened[3], status="denied", denied_by=("Vostland", "Norland", "Vostland and Norland")
    )
    (event,) = [e for e in gather(shelf, made=MADE).events if e.id == "E0004"]
    assert event.denied_by == ("Vostland", "Norland")
    assert event.heading.startswith("Arms transfer, denied: ")


def test_undated_events_stand_at_the_end_under_undated(shelf: Any) -> None:
    view = gather(shelf, made=MADE)
    assert [line.iso for line in view.timeline] == ["2023-05", "2023-10", "2023-11-21"]
    assert [line.id for line in view.undated] == ["E0003", "E0004"]


def test_what_it_rests_on(shelf: Any) -> None:
    text = _flat(_page(shelf).get_element_by_id("basis").text_content())
    for words in (
        "Documents3", "Origins2", "1 rewrite", "22 November 2023 to 23 November 2023; 1 document without a known date",
        "language 'ko' is not handled yet", "the second credits the first's agency",
    ):  # fmt: skip
        assert words in text, words
    page = _page(shelf)
    assert "the date header is no date" in page.get_element_by_id("d2").text_content()
    furniture = page.xpath("//article[@id='d1']//*[@class='furniture']")
    assert "Subscribe to our newsletter" in "".join(f.text_content() for f in furniture)


def test_accounts_that_differ_are_both_kept(shelf: Any) -> None:
    (table,) = _page(shelf).xpath("//table[@class='accounts']")
    rows = [[re.sub(r" \[\d+\]", "", _flat(c.text_content())) for c in r] for r in table.xpath("./tbody/tr")]
    assert rows == [["when", "21 November 2023", "Coast News"], ["when", "22 November 2023", "Inland Daily"]]


def test_an_event_shows_every_claim_that_speaks_of_it(shelf: Any) -> None:
    """Also one that it does not stand in: its content holds the event's mention."""
    (event,) = [e for e in gather(shelf, made=MADE).events if e.id == "E0002"]
    assert [(s.speaker, s.own_voice) for s in event.says] == [("Inland Daily", True)]
    assert shelf.happened[1].claims == ()


def test_colours_meet_wcag_aa_in_light_and_dark() -> None:
    css = (Path(dossier.__file__).parent / "templates" / "dossier.css").read_text("utf-8")
    blocks = re.findall(r":root \{([^}]*)\}", css)
    assert len(blocks) == 3  # light, dark, print
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", blocks[0]))
    for block in blocks:
        colours = light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))
        for ink, paper in (
            ("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("deny", "paper"), ("ink", "mark"), ("soft", "mark"),
            ("accent", "mark"), ("hit-ink", "hit"),
        ):  # fmt: skip
            assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper, colours)


def _contrast(a: str, b: str) -> float:
    one, two = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (one + 0.05) / (two + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_filter_keeps_only_what_matches_with_its_documents(shelf: Any) -> None:
    view = gather(shelf, Filter(about="Southmark"), made=MADE)
    assert [d.title for d in view.documents][:1] != []
    assert all("Southmark" in d.text or d.passages for d in view.documents)
    assert "about Southmark" in to_html(view)
    only = gather(shelf, Filter(type="meeting"), made=MADE)
    assert [e.id for e in only.events] == ["E0003"]


def test_an_empty_record_makes_an_honest_empty_dossier(shelf: Any) -> None:
    empty = type(shelf)()
    page = _flat(html.fromstring(to_html(gather(empty, made=MADE))).text_content())
    assert "No event is told." in page
    assert "Documents0" in page
    assert "No transfer is told" in to_markdown(gather(empty, made=MADE))


def test_markdown_has_the_same_lines_and_its_links_lead_somewhere(shelf: Any) -> None:
    view = gather(shelf, made=MADE)
    text = to_markdown(view)
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', text))
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert links
    assert set(links) <= anchors
    assert {f"p{p.number}" for d in view.documents for p in d.passages} <= anchors
    for line in (*view.timeline, *view.undated):
        assert line.date in text
    for speaker in {s.name for s in view.sources}:
        assert speaker in text


def test_markdown_shows_markup_in_documents_as_text(shelf: Any) -> None:
    """Rendered by a Markdown reader, the document's words come back as they were and make nothing but text."""
    page = html.fromstring(
        MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(to_markdown(gather(shelf, made=MADE)))
    )
    assert not page.xpath("//script | //i | //img")
    assert all(h.startswith("#") for h in page.xpath("//@href"))
    text = _flat(re.sub(r"⟦\d+: | :\d+⟧", "", page.text_content()))
    for whole in shelf.texts.values():
        for line in whole.splitlines():
            assert _flat(line) in text


@pytest.mark.parametrize(
    "nasty", ["# no heading", "1. no list", "- no list", "> no quote", "=====", "| a | b |", "```", "    code"]
)
def test_markdown_line_starts_are_inert(shelf: Any, nasty: str) -> None:
    bare = type(shelf)()
    bare.put(f"Before.\n{nasty}\nAfter.")
    page = html.fromstring(MarkdownIt("gfm-like", {"linkify": False}).render(to_markdown(gather(bare, made=MADE))))
    quotes = page.xpath("//blockquote")
    assert [_flat(q.text_content()) for q in quotes] == ["Before.", _flat(nasty), "After."]
    assert not page.xpath("//blockquote//*[not(self::p)]")


def test_the_same_record_gives_the_same_dossier(shelf: Any) -> None:
    once = to_html(gather(shelf, made=MADE))
    shelf.happened.reverse()
    shelf.said.reverse()
    shelf.moved.reverse()
    again = gather(shelf, made=MADE)
    assert [e.id for e in again.events] == [e.id for e in gather(shelf, made=MADE).events]
    assert [line.id for line in again.timeline] == re.findall(r'<a href="#[et]-([^"]+)">', once)[: len(again.timeline)]


def test_a_large_record_is_fast_enough(shelf: Any) -> None:
    """300 documents and 5,000 claims in under 20 s on the slowest machine that runs this; here it takes about 2."""
    import time

    big = type(shelf)()
    for n in range(300):
        lines = [f"Speaker {k} of group {n} said that item {k} of lot {n} was moved on day {k}." for k in range(17)]
        sha = big.put("\n".join(lines), title=f"Report {n}", origin=f"O{n % 90}")
        ids = [
            big.claim(sha, line, f"item {k} of lot {n} was moved", "Harbour Times", f"Speaker {k % 7}")
            for k, line in enumerate(lines)
        ]
        big.event(
            [(sha, f"item 1 of lot {n}"), (sha, f"item 2 of lot {n}")],
            when=f"2023-{n % 12 + 1:02d}",
            claims=tuple(ids[:3]),
        )
        big.transfer(sha, f"item 4 of lot {n}", when="2023-10", event=f"E{n + 1:04d}")
    start = time.monotonic()
    page = to_html(gather(big, made=MADE))
    took = time.monotonic() - start
    assert took < 60  # seconds; about six here: this catches what grows with the square
    assert page.count('id="c-') == 5100
    assert len(page) < 20_000_000


def test_numbers_that_could_break_an_id_are_escaped(shelf: Any) -> None:
    shelf.happened[0] = replace(shelf.happened[0], id='E"><script>1</script>')
    assert "<script" not in to_html(gather(shelf, made=MADE))
