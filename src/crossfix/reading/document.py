"""One source to one document: the format by its bytes, then title, outlet, agency, date and language with their
basis.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from crossfix.errors import EmptyFile, NotText, TooLarge
from crossfix.model import Basis, Document, Furniture
from crossfix.reading import header as headers
from crossfix.reading.dates import day_in_url, day_of
from crossfix.reading.decode import check_is_text, decode
from crossfix.reading.furniture import Found, find_furniture
from crossfix.reading.language import code_of, detect
from crossfix.reading.limits import TEXT_LIMIT, size
from crossfix.reading.sources import Source, unpack
from crossfix.reference.outlets import Outlet, by_domain, by_name, host_of

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml", ".shtml")


@dataclass(slots=True)
class _Draft:
    """What a format's reader gives, before outlet, date and language are settled."""

    media_type: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    basis: Basis | None = None
    language: str | None = None
    url: str | None = None
    furniture: tuple[Furniture, ...] = ()
    header: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(
    source: Source, *, published: str | None = None, outlet: str | None = None, language: str | None = None
) -> Document:
    """Read one document. ``published`` ("YYYY-MM-DD"), ``outlet`` and ``language`` are what the user gave; they win.

    Raises ReadingError: MissingFile, Locked, EmptyFile, NotText, TooLarge, Damaged. Reading the same bytes gives the
    same document.
    """
    data = source.read_bytes()
    draft = _draft(source, data)
    draft.url = draft.url or source.url
    found = find_furniture(draft.text, draft.furniture)
    _date(draft, found, published)
    who, agency = _outlet(draft, found, outlet)
    code = language or draft.header.get("language") or draft.header.get("lang") or ""
    return Document(
        file=source.path,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=draft.media_type,
        text=draft.text,
        title=draft.title or _first_line(draft.text, found.furniture),
        outlet=who,
        agency=agency,
        author=draft.author or found.author,
        published=draft.published,
        published_basis=draft.basis,
        language=code_of(code) or detect(_report(draft.text, found.furniture)),
        url=draft.url,
        furniture=found.furniture,
        header=draft.header,
        notes=tuple(draft.notes),
    )


# ------------------------------------------------------------------ formats


def _draft(source: Source, data: bytes) -> _Draft:
    where, name = source.path, source.name
    if not data.strip():
        raise EmptyFile("the file is empty", where=where, advice="check how it was saved")
    if data[:2] == b"\x1f\x8b":
        data = unpack(data, where)
        name = name.removesuffix(".gz")
    stated = (source.content_type or "").lower()
    if b"%PDF-" in data[:1024] or name.endswith(".pdf") or stated.startswith("application/pdf"):
        return _pdf(data, where)
    from crossfix.reading.html import looks_like_html

    if looks_like_html(data) or name.endswith(_HTML) or stated.startswith(("text/html", "application/xhtml")):
        return _html(data, where, source)
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise NotText("this is XML (a feed or data), not a report", where=where, advice="save the page itself, as HTML")
    return _text(data, where, name, stated)


def _text(data: bytes, where: str, name: str, stated: str) -> _Draft:
    if len(data) > TEXT_LIMIT:
        raise TooLarge(
            f"a text of {size(len(data))}, at most {size(TEXT_LIMIT)} are read", where=where, advice="split it"
        )
    check_is_text(data, where)
    charset = re.search(r"charset=([\w.-]+)", stated)
    whole, notes = decode(data, charset[1] if charset else None)
    fields, text, header_notes = headers.split(whole)
    if not text.strip():
        raise EmptyFile(
            "there is no text behind its header" if fields else "there is no text in it",
            where=where,
            advice="check how it was saved",
        )
    draft = _Draft(
        "text/markdown" if name.endswith(_MARKDOWN) else "text/plain",
        text,
        header=fields,
        notes=[*notes, *header_notes],
    )
    draft.title = fields.get("title")
    draft.author = fields.get("author") or fields.get("authors") or fields.get("byline")
    draft.url = fields.get("url") or fields.get("link")
    draft.outlet = fields.get("outlet") or fields.get("publisher") or fields.get("sitename")
    stamp = next((fields[k] for k in ("published", "date", "published_at", "datetime") if k in fields), None)
    if stamp is not None:
        _take_day(draft, stamp, "in the header")
    leading = headers.leading_date(text)
    if leading:
        draft.furniture = (Furniture(leading[1], leading[2], "header"),)
        if not draft.published:
            _take_day(draft, leading[0], "at the beginning")
    return draft


def _take_day(draft: _Draft, value: str, place: str) -> None:
    day = day_of(value)
    if day:
        draft.published, draft.basis = day, "header"
    else:
        draft.notes.append(f"published '{value[:60]}' {place} is no date; ignored")


def _html(data: bytes, where: str, source: Source) -> _Draft:
    check_is_text(data, where)
    from crossfix.reading.html import read_html

    page = read_html(data, where, url=source.url, content_type=source.content_type)
    return _Draft(
        "text/html", page.text, page.title, page.outlet, page.author, page.published, page.basis,
        url=page.url, notes=page.notes, header={"page_language": page.language} if page.language else {},
    )  # fmt: skip


def _pdf(data: bytes, where: str) -> _Draft:
    from crossfix.reading.pdf import read_pdf

    pdf = read_pdf(data, where)
    return _Draft(
        "application/pdf", pdf.text, pdf.title, None, pdf.author, pdf.published, "metadata" if pdf.published else None,
        furniture=pdf.furniture, notes=list(pdf.notes),
    )  # fmt: skip


# ------------------------------------------------------------------ when


def _date(draft: _Draft, found: Found, given: str | None) -> None:
    """Settle the day: given, then header or metadata, then a dateline with its year, then a stamp ("Updated: ..."),
    then the address. A dateline's day without a year is kept as ``dateline_day`` in the header and dates nothing."""
    line = found.dateline
    if line and line.day and not line.date:
        draft.header.setdefault("dateline_day", line.day)
    if line and line.place:
        draft.header.setdefault("dateline_place", line.place)
    if given:
        draft.published, draft.basis = given, "given"
    elif draft.published and draft.basis != "inferred":
        return
    elif line and line.date:
        draft.published, draft.basis = line.date, "dateline"
    elif found.stamp:
        draft.published, draft.basis = found.stamp, "header"
    elif not draft.published and draft.url and (day := day_in_url(draft.url)):
        draft.published, draft.basis = day, "metadata"


# ------------------------------------------------------------------ who


def _outlet(draft: _Draft, found: Found, given: str | None) -> tuple[str | None, str | None]:
    """The outlet's name and the agency it credits.

    Outlet: as given; as header or metadata name it (a bare host is looked up); the address's known publisher, else its
    host; an agency that signs or brands the page as its own. Agency: the header's ``wire``, then a dateline, sign-off,
    byline or copyright line, then an author or address that names one.
    """
    url = draft.url or ""
    at = by_domain(url) if url else None
    name = given or draft.outlet
    if name and not given and host_of(name) and " " not in name:
        known = by_domain(name)
        name = known.name if known else host_of(name)
    if draft.title:
        draft.title, named = _title_outlet(draft.title)
        name = name or named
    if not name and url:
        name = at.name if at else host_of(url)
    if not name:
        own = found.own or found.signed
        name = own.name if own else None
    agency = _wire(draft.header.get("wire") or draft.header.get("agency") or "") or found.agency
    if agency is None and draft.author and (writer := by_name(draft.author)) and writer.is_wire:
        agency, draft.author = writer, None
    if agency is None and url:
        agency = _wire_in_url(url)
    return name, agency.short if agency else None


def _title_outlet(title: str) -> tuple[str, str | None]:
    """A page's title ends with its outlet's name: "Headline | BBC News"."""
    m = re.fullmatch(r"(.{10,}?)\s+[|–—-]\s+([^|–—]{2,40})", title)
    outlet = by_name(m[2]) if m else None
    return (m[1], outlet.name) if m and outlet else (title, None)


def _wire(value: str) -> Outlet | None:
    """The agency a header names; of several the first that is one."""
    if not value:
        return None
    whole = by_name(value)
    if whole:
        return whole
    for part in re.split(r"[,;/]|\bwith\b|\band\b|\bafter\b", value):
        outlet = by_name(part) if part.strip() else None
        if outlet and outlet.is_wire:
            return outlet
    return None


def _wire_in_url(url: str) -> Outlet | None:
    """ ".../wires/ap/...", ".../aponline/...", ".../reuters/2017/...": how papers file what agencies send."""
    m = re.search(
        r"/wires?/(ap|afp|reuters|pa|upi|aap|xinhua|ani|pti|ians)(?=/)|/(reuters|afp|aponline|ap)/(?=\d{4}/)",
        url.lower(),
    )
    code = (m[1] or m[2]).removesuffix("online") if m else None
    return by_name(code) if code else None


# ------------------------------------------------------------------ title and language


def _report(text: str, furniture: tuple[Furniture, ...]) -> str:
    """The first part of the text without its furniture."""
    out, at, length = [], 0, 0
    for f in furniture:
        out.append(text[at : f.start])
        length += f.start - at
        at = f.end
        if length > 5000:
            break
    out.append(text[at : at + 5000])
    return "".join(out)


def _first_line(text: str, furniture: tuple[Furniture, ...]) -> str | None:
    """A plain text's headline: its first line, short, and either without a full stop or in capitals, before a longer
    one.
    """
    lines = [x.strip() for x in _report(text, furniture).splitlines() if x.strip()][:3]
    if len(lines) < 2 or not 12 <= len(lines[0]) <= 180 or lines[0].endswith(("?”", ".”", ",", ";", ":")):
        return None
    head, after = lines[0], max(len(x) for x in lines[1:])
    words = [w for w in head.split() if w[0].isalpha()]
    capital = sum(w[0].isupper() for w in words)
    if head.endswith((".", "!", "?", "。")) and capital < 0.65 * max(len(words), 1):
        return None
    return head.rstrip(".") if after > len(head) and len(words) >= 2 else None
