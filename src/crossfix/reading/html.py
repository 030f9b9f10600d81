"""HTML: the report's text without the page around it, and what the page says of itself.

The canonical text is what trafilatura extracts, paragraphs on lines of their own. Pages that are nested too deep or
are too large for it are read block by block instead: nothing recurses on a hostile page, and time grows with its
length.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crossfix.errors import EmptyFile, TooLarge
from crossfix.model import Basis
from crossfix.reading.dates import day_in_url, day_of
from crossfix.reading.decode import decode
from crossfix.reading.limits import HTML_DEPTH, HTML_FULL, HTML_LIMIT, HTML_TAGS, TEXT_LIMIT, size
from crossfix.reference.outlets import by_name, words


@dataclass(slots=True)
class Page:
    """A page's text and what it says of itself; ``basis`` is "metadata" for a date it states, "inferred" for a
    guess.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    basis: Basis | None = None
    language: str | None = None
    url: str | None = None
    notes: list[str] = field(default_factory=list)


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.-]{2,40})", re.I)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.I)
_RAW = re.compile(r"<(script|style|svg|noscript|template|iframe|textarea|canvas)\b[^<>]*>?", re.I)
_JSON_LD = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>", re.I)
_VOID = frozenset(
    words("area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th thead tbody")
)
_BLOCK = frozenset(
    words(
        "address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2"
        " h3 h4 h5 h6 header hr li"
        " main nav ol p pre section table tbody td tfoot th thead title tr ul body html"
    )
)
_DATE_KEYS = words(
    "article:published_time og:published_time datepublished publishdate publish-date publish_date pubdate dc.date.issued"
    " dc.date dcterms.created dcterms.date sailthru.date parsely-pub-date article.published"
    " cxenseparse:recs:publishtime date originalpublicationdate"
)
_ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "Report",
    "WebPage",
    "AnalysisNewsArticle",
)


def looks_like_html(data: bytes) -> bool:
    """By its first bytes: a doctype, or one of the tags a page begins with."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").replace(b"\0", b"").lower()
    while head.startswith((b"<!--", b"<?xml")):
        head = head.partition(b">")[2].lstrip()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def read_html(data: bytes, where: str, *, url: str | None = None, content_type: str | None = None) -> Page:
    """The page's report. Raises TooLarge over the limit, EmptyFile where no text is left without scripts and menus."""
    if len(data) > HTML_LIMIT:
        raise TooLarge(
            f"a page of {size(len(data))}, at most {size(HTML_LIMIT)} are read",
            where=where,
            advice="save the report's text alone",
        )
    declared = _HEADER_CHARSET.search(content_type or "")
    meta = _XML.search(data[:200]) or _CHARSET.search(data[:8192])
    source, notes = decode(data, declared[1] if declared else meta[1].decode("ascii") if meta else None)
    source = source.replace("\0", "")
    head = _Head(source)
    lean = _without_raw(source)
    depth, tags = _depth(lean)
    page = Page("", notes=list(notes))
    found: Any = None
    if depth > HTML_DEPTH:
        page.notes.append(f"elements nested {depth} deep; the page was read block by block, menus included")
    elif len(lean) > HTML_FULL or tags > HTML_TAGS:
        page.notes.append(f"a page of {size(len(lean))} and {tags} tags; it was read block by block, menus included")
    else:
        found = _trafilatura(lean, page)
    page.text = (found.text or "").strip() if found is not None else ""
    if not page.text:
        page.text = "\n".join(_blocks(lean))
    if len(page.text) > TEXT_LIMIT:
        raise TooLarge(
            f"its text is longer than {size(TEXT_LIMIT)}", where=where, advice="save the report's text alone"
        )
    if not page.text.strip():
        raise EmptyFile(
            "no text on this page, only scripts or markup",
            where=where,
            advice="open it in a browser, then save the text it shows",
        )
    page.url = head.canonical or url
    page.title = head.title or (found.title if found is not None else None)
    page.outlet = head.site or None
    page.language = head.language
    page.author = head.author or _author(found.author if found is not None else None)
    page.published = head.published or _stamped(lean)
    page.basis = "metadata" if page.published else None
    if not page.published and (day := day_in_url(page.url or "")):
        page.published, page.basis = day, "metadata"
    if not page.published and found is not None:
        page.published = _htmldate(lean)
        page.basis = "inferred" if page.published else None
    return page


def _trafilatura(source: str, page: Page) -> Any:
    """trafilatura's document, None where it finds nothing or fails on the page (noted)."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        # its date is not used: it does not say where it found one
        return trafilatura.bare_extraction(
            source,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError) as error:
        page.notes.append(
            f"the page's structure could not be read ({type(error).__name__}); it was read block by block"
        )
        return None


def _htmldate(source: str) -> str | None:
    import logging

    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(source, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None
    return day_of(found) if found else None


# ------------------------------------------------------------------ what the page says of itself


class _Head:
    """Metadata from JSON-LD, ``meta`` and ``time`` elements, found by linear search, so that depth does not matter."""

    def __init__(self, source: str) -> None:
        meta = _metas(source)
        linked = _json_ld(source)

        def first(*keys: str) -> str | None:
            return next((meta[k] for k in keys if meta.get(k)), None)

        self.published = _ld_day(linked) or _first_day(meta, *_DATE_KEYS) or _time_element(source)
        self.site = first("og:site_name", "application-name", "publisher", "article:publisher_name") or _ld_name(
            linked, "publisher"
        )
        if self.site and self.site.startswith("http"):
            self.site = None
        title = re.search(r"<title\b[^>]*>(.{1,500}?)</title", source[:200_000], re.I | re.S)
        self.title = _tidy(
            first("og:title", "twitter:title", "dc.title")
            or _ld_text(linked, "headline")
            or (_plain(title[1]) if title else None)
        )
        self.author = _author(
            _ld_name(linked, "author") or first("author", "article:author", "byl", "parsely-author", "dc.creator")
        )
        language = re.search(r"<html\b[^<>]*?\blang\s*=\s*[\"']?([A-Za-z_-]{2,12})", source[:20_000], re.I)
        self.language = (language[1] if language else None) or first("og:locale", "content-language", "language")
        link = re.search(r"<link\b[^<>]*\brel\s*=\s*[\"']?canonical[^<>]*>", source[:400_000], re.I)
        href = re.search(r"href\s*=\s*[\"']?(https?://[^\"'\s>]{4,800})", link[0], re.I) if link else None
        self.canonical = entities.unescape(href[1]) if href else first("og:url")


def _metas(source: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for m in re.finditer(r"<meta\b([^<>]{1,4000})>", source[:600_000], re.I):
        attributes = {
            k.lower(): a or b or c
            for k, a, b, c in re.findall(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", m[1])
        }
        key = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        if key and attributes.get("content"):
            out.setdefault(key.lower(), entities.unescape(attributes["content"]).strip()[:1000])
    return out


def _json_ld(source: str) -> list[dict[str, Any]]:
    """The objects that describe an article, first ones first."""
    out: list[dict[str, Any]] = []
    for n, m in enumerate(_JSON_LD.finditer(source)):
        end = source.find("</", m.end(), m.end() + 500_000)
        if n > 20 or end < 0:
            break
        while end > 0 and source[end : end + 8].lower() != "</script":
            end = source.find("</", end + 2, m.end() + 500_000)
        try:
            found = json.loads(source[m.end() : end], strict=False) if end > 0 else None
        except (ValueError, RecursionError):
            continue
        todo = [found]
        while todo and len(out) < 100:
            item = todo.pop(0)
            if isinstance(item, list):
                todo += item[:50]
            elif isinstance(item, dict):
                kinds = item.get("@type")
                if any(k in _ARTICLE_TYPES for k in (kinds if isinstance(kinds, list) else [kinds])):
                    out.append(item)
                todo.append(item.get("@graph"))
                todo.append(item.get("mainEntity"))
    return sorted(out, key=lambda x: x.get("@type") == "WebPage")


def _ld_day(items: list[dict[str, Any]]) -> str | None:
    for item in items:
        for key in ("datePublished", "dateCreated"):
            if isinstance(item.get(key), str) and (day := day_of(item[key])):
                return day
    return None


def _ld_text(items: list[dict[str, Any]], key: str) -> str | None:
    return next((x[key] for x in items if isinstance(x.get(key), str)), None)


def _ld_name(items: list[dict[str, Any]], key: str) -> str | None:
    for item in items:
        value = item.get(key)
        names = [v.get("name") if isinstance(v, dict) else v for v in (value if isinstance(value, list) else [value])]
        known = [_plain(n) for n in names if isinstance(n, str) and n.strip()]
        if known:
            return ", ".join(known[:8])
    return None


def _first_day(meta: dict[str, str], *keys: str) -> str | None:
    return next((day for k in keys if (value := meta.get(k)) and (day := day_of(value))), None)


def _time_element(source: str) -> str | None:
    """The only ``time`` element's day, or that of one marked as publication."""
    days: list[str] = []
    for m in re.finditer(r"<time\b([^<>]{1,600})>", source[:1_000_000], re.I):
        value = re.search(r"datetime\s*=\s*[\"']?([^\"'>]{8,40})", m[1], re.I)
        day = day_of(value[1]) if value else None
        if day and re.search(r"pubdate|published", m[1], re.I):
            return day
        if day:
            days.append(day)
    return days[0] if len(set(days)) == 1 else None


_STAMPS = (
    re.compile(r">([^<>]{0,40}?\b(?:Published|Posted|First published|Publication date|Issued)\b[^<>]{0,80})<", re.I),
    re.compile(r">([^<>]{0,40}?\b(?:Updated|Last updated|Modified)\b[^<>]{0,80})<", re.I),
)


def _stamped(source: str) -> str | None:
    """The day in a line beside the report ("ANI | Updated: Mar 05, 2024"), which extraction drops; the first such line."""
    for pattern in _STAMPS:
        for m in pattern.finditer(source[:1_000_000]):
            if day := day_of(entities.unescape(m[1])):
                return day
    return None


def _tidy(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _plain(text: str) -> str:
    return _tidy(entities.unescape(re.sub(r"<[^>]*>", " ", text))) or ""


_NO_AUTHOR = re.compile(
    r"https?:|@|\d|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bupdated\b|\bpublished\b|\(|—|--", re.I
)


def _author(text: str | None) -> str | None:
    """A name or names; None for what is a dateline, an address, a date or one word that was taken for one."""
    text = _tidy(re.sub(r"^by\s+", "", text.strip(), flags=re.I).replace(";", ",")) if text else None
    if (
        not text
        or len(text) > 120
        or _NO_AUTHOR.search(text)
        or (text.isupper() and "," in text)
        or (text.isascii() and " " not in text and by_name(text) is None)
    ):
        return None
    return text


# ------------------------------------------------------------------ linear reading


def _without_raw(source: str) -> str:
    """The page without scripts, styles, drawings and comments: they hold no report, and most of a large page's
    bytes.
    """
    out: list[str] = []
    at = 0
    source = _drop(source, "<!--", "-->")
    unclosed: set[str] = set()
    while m := _RAW.search(source, at):
        name = m[1].lower()
        out.append(source[at : m.start()])
        at = m.end()
        if name in unclosed or (name == "svg" and m[0].endswith("/>")):
            continue
        close = re.compile(rf"</{name}\s*>", re.I).search(source, at)
        if close:
            at = close.end()
        elif name in ("script", "style"):  # never closed: a browser takes the rest as script
            return "".join(out)
        else:
            unclosed.add(name)
    out.append(source[at:])
    return re.sub(r"(src|href|srcset)=([\"'])data:[^\"']*\2", r"\1=\2\2", "".join(out))


def _drop(source: str, start: str, end: str) -> str:
    out, at = [], 0
    while (a := source.find(start, at)) >= 0:
        b = source.find(end, a + len(start))
        out.append(source[at:a])
        if b < 0:
            return "".join(out)
        at = b + len(end)
    out.append(source[at:])
    return "".join(out)


def _depth(source: str) -> tuple[int, int]:
    """How deep elements nest at most, elements that close by themselves left out, and how many tags there are;
    linear.
    """
    deepest = depth = tags = 0
    for m in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", source):
        tags += 1
        if m[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if m[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest, tags


def _blocks(source: str) -> Iterator[str]:
    """The text between tags of the body, a line for each block element."""
    body = re.search(r"<body\b[^<>]*>|</head\s*>", source, re.I)
    at = body.end() if body else 0
    line: list[str] = []
    # a "<" before another "<" opens no tag: each character is looked at once
    for m in re.finditer(r"</?([a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?][^<>]*>|\Z", source):
        if m.start() < at:
            continue
        line.append(source[at : m.start()])
        at = m.end()
        if m[1] is None or m[1].lower() in _BLOCK:
            text = _tidy(entities.unescape("".join(line)))
            line = []
            if text:
                yield text
