"""The documents that a dossier cites, for reference managers: BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from crossfix.dossier import phrases, words
from crossfix.dossier.report import AnnexDocument

_BIBTEX = {
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}", '"': r"{''}",
}  # fmt: skip
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def keys(documents: Sequence[AnnexDocument]) -> dict[int, str]:
    """A citation key for each document, by its number: "harbourtimes2023report", told apart by a letter where two are alike."""
    out: dict[int, str] = {}
    taken: set[str] = set()
    for a in documents:
        year = (a.row.published or a.row.written or "nd")[:4]
        first = next((w for w in map(_plain, a.title.split()) if len(w) > 3), "")
        base = f"{_plain(a.outlet)[:24] or 'document'}{_plain(year)}{first[:16]}"
        key, n = base, 0
        while key in taken:
            n += 1
            key = f"{base}-{n + 1}"
        taken.add(key)
        out[a.number] = key
    return out


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", flat.lower())


def bibtex(documents: Sequence[AnnexDocument]) -> str:
    """The documents as BibTeX entries (@misc, which every style knows), in UTF-8."""
    named = keys(documents)
    out = []
    for a in documents:
        d = a.row
        fields: list[tuple[str, str]] = [("title", f"{{{_tex(a.title)}}}")]
        if d.author:
            fields.insert(0, ("author", f"{{{_tex(d.author)}}}"))
        fields.append(("howpublished", _tex(d.outlet or d.agency or "outlet not known")))
        day = (d.published or d.written or "").split("/")[0].split("-")
        if day[0]:
            fields.append(("year", day[0]))
        if len(day) > 1:
            fields.append(("month", f"#{int(day[1])}"))
        if len(day) > 2:
            fields.append(("day", str(int(day[2]))))
        if d.url:
            fields.append(("url", _url(d.url)))
        fields += [("language", _tex(d.language)), ("note", f"document {a.number}; SHA-256 {d.sha256}")]
        body = ",\n".join(f"  {k} = {MONTHS[int(v[1:]) - 1] if k == 'month' else '{' + v + '}'}" for k, v in fields)
        out.append(f"@misc{{{named[a.number]},\n{body}\n}}\n")
    return "\n".join(out)


def _tex(text: str) -> str:
    flat = " ".join(_CONTROLS.sub(" ", text).split())
    return "".join(_BIBTEX.get(c, c) for c in flat)


def _url(text: str) -> str:
    """An address in which nothing can end the field: braces, backslashes and blanks as a browser would send them."""
    flat = _CONTROLS.sub("", text)
    return "".join(f"%{ord(c):02X}" if c in '{}\\"^`<> %' and not _escape(flat, n) else c for n, c in enumerate(flat))


def _escape(text: str, n: int) -> bool:
    return text[n] == "%" and re.fullmatch(r"[0-9A-Fa-f]{2}", text[n + 1 : n + 3]) is not None


def csl(documents: Sequence[AnnexDocument]) -> list[dict[str, Any]]:
    """The documents as CSL-JSON items."""
    named = keys(documents)
    out = []
    for a in documents:
        d = a.row
        item: dict[str, Any] = {
            "id": named[a.number], "type": "article-newspaper" if d.outlet or d.agency else "document", "title": _clean(a.title),
            "container-title": _clean(d.outlet or d.agency or ""), "language": d.language,
            "note": f"document {a.number}; SHA-256 {d.sha256}",
        }  # fmt: skip
        if not item["container-title"]:
            del item["container-title"]
        if d.author:
            item["author"] = [{"literal": _clean(d.author)}]
        dates = [[int(x) for x in day.split("-")] for day in (d.published or d.written or "").split("/") if day]
        if dates:
            item["issued"] = {"date-parts": dates}
        if d.url:
            item["URL"] = _clean(d.url)
        out.append(item)
    return out


def csl_text(documents: Sequence[AnnexDocument]) -> str:
    """The same as a file."""
    return json.dumps(csl(documents), ensure_ascii=False, indent=2) + "\n"


def _clean(text: str) -> str:
    """Words without controls. CSL's readers know some markup in titles (<i>, <sup>); what would be that begins with ‹ instead."""
    flat = " ".join(_CONTROLS.sub(" ", text).split())
    return re.sub(r"<(?=/?(?:i|b|sup|sub|span|sc|nc)\b)", "‹", flat, flags=re.IGNORECASE)


def source_words(a: AnnexDocument) -> str:
    """A document in a line: "Harbour Times, “A report”, 3 May 2023"."""
    day = a.row.published or a.row.written
    return f"{phrases.outlet(a.row)}, “{a.title}”, {words.date_words(day) if day else 'undated'}"
