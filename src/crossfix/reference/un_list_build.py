"""Makes un_list.tsv from the Security Council's consolidated list in XML. Use: python un_list_build.py CONSOLIDATED.xml un_list.tsv

Facts only: names, aliases with the list's own word on their quality, nationality, birth, a short office, list, dates. Comments, addresses
in full and papers' numbers are left out. The file is read as a stream; entities are not resolved, a document type is refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crossfix.errors import CrossfixError

COLUMNS = ("id", "kind", "list", "parts", "good", "low", "former", "script", "nationality", "born", "office", "listed",
           "source", "licence", "read")  # fmt: skip
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_MOST = 1000
"""Characters of one field, at most: a list of names has no use for more."""

SOURCE = "main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
HEAD = """\
Persons and bodies on the Security Council's consolidated list as of {read}: facts in our own form, made by un_list_build.py.
Columns: id (permanent reference number), kind, list (of which committee), parts (the list's name parts in its order, "|" between),
good, low, former (aliases by the list's own word on them; a body's a.k.a. is good, its f.k.a. former), script (original script),
nationality (a body's: countries of its addresses), born (days, years, "FROM/TO"; "~" about), office (in short, as listed then),
listed (day). Left out: comments, addresses, papers. Vessels are not on this list: see un_vessels.tsv. Days are calendar days, New York.
"""

_STATES = {
    "Democratic People's Republic of Korea": "North Korea", "Iran (Islamic Republic of)": "Iran", "Russian Federation": "Russia",
    "Syrian Arab Republic": "Syria", "Libyan Arab Jamahiriya": "Libya", "United Republic of Tanzania": "Tanzania",
    "United Kingdom of Great Britain and Northern Ireland": "United Kingdom",
    "United States of America": "United States", "Republic of Korea": "South Korea", "Viet Nam": "Vietnam",
}  # fmt: skip


def entries(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """("date", {...}) first, then one row for each person or body. Raises CrossfixError where the file has a document type, is no
    such list, or breaks off."""
    from lxml import etree

    with path.open("rb") as file:
        events = etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
        )
        try:
            for event, element in events:
                if event == "start" and element.tag == "CONSOLIDATED_LIST":
                    if element.getroottree().docinfo.doctype:
                        raise CrossfixError("a list with a document type is not read", where=path.name)
                    yield "date", {"date": element.get("dateGenerated", "")[:10]}
                elif event == "end" and element.tag in ("INDIVIDUAL", "ENTITY"):
                    yield "row", _row(element)
                    element.clear()
        except etree.XMLSyntaxError as error:
            raise CrossfixError(f"not a list in XML: {error}", where=path.name) from error


def _clean(text: str | None) -> str:
    """One line, no bars, not longer than a name can be."""
    out = re.sub(r"\s+", " ", (text or "").replace("|", "/").replace("\u200b", "")).strip()[:_MOST]
    return out[:-1].rstrip() if out.endswith(")") and "(" not in out else out


def _all(element: Any, path: str) -> list[str]:
    out: list[str] = []
    for e in element.findall(path):
        value = _clean(e.text)
        if value and value not in out:
            out.append(value)
    return out


def _office(element: Any) -> str:
    """The offices in short: brackets left out, to the first comma or "which", nine words at most, no sentences."""
    out: list[str] = []
    for value in (v for whole in _all(element, "DESIGNATION/VALUE") for v in re.split(r"\. Serving as ", whole)):
        plain = re.sub(r"\s*\([^)]*\)", "", value)
        plain = re.sub(r"Worker[’']?s?[’']? Party of Korea(?:[’']s)?", "WPK", plain)
        plain = re.sub(r"^(?:[a-z]\)|\w+ \w+ \w+ is an?)\s*", "", plain)
        words = re.split(r",|;|\bwhich\b|\bthat\b|\bServing\b|\. ", plain)[0].split()[:9]
        if words and " ".join(words) not in out:
            out.append(" ".join(words))
    return "|".join(out[:4])


def _born(element: Any) -> str:
    """Birth as the list has it: days, years, or years from and to ("1962/1964"), "~" before what it calls about."""
    out: list[str] = []
    for e in element.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        about = "~" if _clean(e.findtext("TYPE_OF_DATE")).startswith("APPROX") else ""
        day, year = _clean(e.findtext("DATE"))[:10], _clean(e.findtext("YEAR"))
        first, last = _clean(e.findtext("FROM_YEAR")), _clean(e.findtext("TO_YEAR"))
        value = day or year or (f"{first}/{last}" if first and last else "")
        if value and about + value not in out:
            out.append(about + value)
    return "|".join(out)


def _row(element: Any) -> dict[str, str]:
    person = element.tag == "INDIVIDUAL"
    good: list[str] = []
    low: list[str] = []
    former: list[str] = []
    for alias in element.findall(f"{element.tag}_ALIAS"):
        quality = _clean(alias.findtext("QUALITY")).lower()
        names = [n.strip() for n in re.split(r";", _clean(alias.findtext("ALIAS_NAME"))) if n.strip()]
        into = low if quality == "low" else former if quality.startswith("f") else good
        into.extend(n for n in names if n not in into)
    where = _all(element, "NATIONALITY/VALUE") if person else _all(element, "ENTITY_ADDRESS/COUNTRY")
    parts = [_clean(element.findtext(p)) for p in _PARTS]
    return {
        "id": _clean(element.findtext("REFERENCE_NUMBER")),
        "kind": "person" if person else "entity",
        "list": _clean(element.findtext("UN_LIST_TYPE")),
        "parts": "|".join(p for p in parts if p),
        "good": "|".join(good),
        "low": "|".join(low),
        "former": "|".join(former),
        "script": _clean(element.findtext("NAME_ORIGINAL_SCRIPT")),
        "nationality": "|".join(dict.fromkeys(_STATES.get(w.replace("’", "'"), w) for w in where)),
        "born": _born(element) if person else "",
        "office": _office(element),
        "listed": _clean(element.findtext("LISTED_ON"))[:10],
    }


def build(source: Path, target: Path) -> int:
    """Writes the table; the number of rows. Raises CrossfixError where two rows have one reference number."""
    rows: dict[str, dict[str, str]] = {}
    read = ""
    for what, value in entries(source):
        if what == "date":
            read = value["date"]
            continue
        if not value["id"] or value["id"] in rows:
            raise CrossfixError(f"reference number {value['id']!r} is missing or stands twice", where=source.name)
        rows[value["id"]] = value
    if not read or not rows:
        raise CrossfixError("no dated list of names", where=source.name)
    lines = [f"# {line}\n" for line in HEAD.format(read=read).splitlines()]
    lines += ["\t".join(COLUMNS), "\n"]
    for key in sorted(rows):
        row = rows[key] | {
            "source": "main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
            "licence": "UN public list; facts",
            "read": read,
        }
        lines += ["\t".join(row[c] for c in COLUMNS), "\n"]
    target.write_text("".join(lines), encoding="utf-8")
    return len(rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("use: python un_list_build.py CONSOLIDATED.xml un_list.tsv")
    print(build(Path(sys.argv[1]), Path(sys.argv[2])), "rows")
