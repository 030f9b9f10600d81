"""Phrases made of rows: who speaks, what was said, an event in one line. No claim is worded as a fact here."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from crossfix.dossier import words
from crossfix.dossier.view import Excerpt, Fact
from crossfix.model import Moment, Span
from crossfix.record.rows import ClaimRow, DocumentRow, EventRow, Filter, LeftOut, TransferRow
from crossfix.reference.zones import duration

QUOTE_MOST = 420  # characters of a document shown in a table cell; the link leads to the rest
FIRMNESS_WORD_MOST = 40  # characters of one word or phrase that sets the firmness
FIRMNESS_WORDS_MOST = 4
SHORT = dt.timedelta(days=4, hours=1)
CONTEXT_MOST = 260  # characters of its sentence on each side of a short passage


def speaker(c: ClaimRow) -> str:
    """The claim's original speaker: the resolved name, else the end of the chain, else the words of the source span."""
    if c.source_name:
        return c.source_name
    if c.voice == "outlet" and c.chain:
        return c.chain[-1]
    if c.source:
        return flat(c.source.text)
    return c.chain[-1] if c.chain else "source not named"


def links(c: ClaimRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The chain before the speaker, outermost first, and what follows after: who is behind a report that speaks."""
    name = speaker(c)
    if name not in c.chain:
        return c.chain, ()
    at = len(c.chain) - 1 - c.chain[::-1].index(name)
    return c.chain[:at], c.chain[at + 1 :]


def outlet(d: DocumentRow) -> str:
    """Who published a document; where that is not known, its title or its file's name in quotation marks."""
    return d.outlet or d.agency or f"“{shorten(d.title or file_name(d.file), 70)}”"


def transfer_standing(t: TransferRow) -> str:
    """Who alleges and who denies a transfer."""
    return words.status_words(t.status, t.alleged_by, t.denied_by, negated=t.modality == "negated")


def excerpt(text: str, cuts: Sequence[tuple[int, int]], start: int, end: int) -> Excerpt:
    """The passage [start, end); a short one within its sentence, so that it can be read. ``cuts`` are the sentences in
    order."""
    while (
        end - start > 1 and text[end - 1].isspace()
    ):  # white space at an end would be lost with the passage, and join two words
        end -= 1
    while end - start > 1 and text[start].isspace():
        start += 1
    passage = text[start:end]
    if len(passage) > QUOTE_MOST:
        return Excerpt("", shorten(passage, QUOTE_MOST), "")
    i = bisect_right(cuts, (start, len(text))) - 1
    if i < 0 or not (cuts[i][0] <= start and end <= cuts[i][1]):
        return Excerpt("", flat(passage), "")
    before, after = text[cuts[i][0] : start], text[end : cuts[i][1]]
    if len(before) > CONTEXT_MOST:
        before = "… " + before[-CONTEXT_MOST:].partition(" ")[2]
    if len(after) > CONTEXT_MOST:
        after = after[:CONTEXT_MOST].rpartition(" ")[0] + " …"
    return Excerpt(flat(before, left=True), flat(passage), flat(after, right=True))


def said_words(text: str, content: Span) -> str:
    """The words of the content; the runs of a discontinuous one joined by an ellipsis."""
    return flat(" … ".join(text[a:b].strip() for a, b in content.ranges))


def firmness_words(c: ClaimRow) -> tuple[str, ...]:
    """The words that set a claim's stance and firmness, as they stand in the text, each once."""
    said = (flat(" … ".join(s.text[a - s.start : b - s.start] for a, b in s.ranges)) for s in c.firmness_words)
    once = {w.casefold(): w for w in reversed([shorten(w, FIRMNESS_WORD_MOST) for w in said if w])}
    return tuple(reversed(once.values()))[:FIRMNESS_WORDS_MOST]


def left_out_words(left: LeftOut, sure: float) -> str:
    """How many claims a least confidence leaves out and why, as a sentence; "" for none."""
    if not left.total:
        return ""
    parts = [f"{left.lower:,} with a lower estimate than {words.least(sure)}"] if left.lower else []
    parts += [f"{left.own_voice:,} in the outlet’s own voice"] if left.own_voice else []
    parts += [f"{left.no_estimate:,} without an estimate"] if left.no_estimate else []
    return f"Left out: {words.plural(left.total, 'claim')} ({words.listed(parts)})."


def only_sure(sure: float, left: LeftOut, also: Sequence[str]) -> str:
    """What a dossier says where a least confidence was asked for; ``also`` counts the events and transfers left out."""
    line = f"Of what is said, only claims whose attribution is estimated at {words.least(sure)} or more are shown. "
    line += left_out_words(left, sure) or "No claim is left out by it."
    if also:
        line += f" Also left out, told in no such claim: {words.listed(also)}."
    return line + " The standing of an event or a transfer still counts all that is said of it."


def flat(text: str, *, left: bool = False, right: bool = False) -> str:
    """White space made single. ``left`` and ``right`` keep one space at the end that meets other words."""
    out = " ".join(text.split())
    if left and out and text[-1:].isspace():
        out += " "
    if right and out and text[:1].isspace():
        out = " " + out
    return out


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, cut at a word, with an ellipsis where something was left out."""
    text = flat(text)
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[:most]) + " …"


def file_name(file: str) -> str:
    """The last part of a path, with the address of an archive's record: a dossier does not show its maker's folders."""
    path, mark, address = file.partition("#")
    return (path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path) + mark + address


def place(e: EventRow) -> str:
    """The place as told, with its coordinates where known."""
    if e.where is None:
        return ""
    if e.where.lat is None or e.where.lon is None or (e.where.lat % 1 == 0 and e.where.lon % 1 == 0):
        return e.where.name  # whole degrees are the middle of a country, not where it was
    ns, ew = "N" if e.where.lat >= 0 else "S", "E" if e.where.lon >= 0 else "W"
    return f"{e.where.name} ({abs(e.where.lat):.2f}° {ns}, {abs(e.where.lon):.2f}° {ew})"


def event_date(e: EventRow) -> str:
    """The event's date, with the clock and UTC where the time of day is told."""
    return words.moment_words(e.moment) if e.moment and words.is_timed(e.moment) else words.date_words(e.when)


def moment_facts(e: EventRow) -> list[Fact]:
    """The event's moment, where it is a few days at most: of a month, the hours of its ends tell a reader nothing."""
    return [Fact("Local time and UTC", moment(e.moment))] if e.moment and duration(e.moment) <= SHORT else []


def moment(m: Moment) -> str:
    """A moment in its zone and in UTC, and where the zone is from."""
    return f"{words.moment_words(m)}; the zone is from {m.basis}"


def parties(e: EventRow, most: int | None = None) -> str:
    """Who takes part: "Norland → Vostland" where one supplies the other, else the names in order."""
    givers = [p.name for p in e.participants if p.role == "supplier"]
    takers = [p.name for p in e.participants if p.role == "recipient"]
    others = [p.name for p in e.participants if p.role not in ("supplier", "recipient")]
    if len(givers) > 1 and not takers:  # told of both at once: "denied the transfer of weapons between them"
        return "; ".join(x for x in (f"between {words.listed(givers)}", words.listed(others, most=most)) if x)
    pair = f"{words.listed(givers) or 'supplier not told'} → {words.listed(takers) or 'recipient not told'}"
    return "; ".join(x for x in (pair if givers or takers else "", words.listed(others, most=most)) if x)


def speaks_of(c: ClaimRow, e: EventRow) -> bool:
    """True for a claim that an event's mentions stand in, or whose content holds a mention."""
    return c.id in e.claims or any(
        m.document == c.document and a < m.end and m.start < b for m in e.mentions for a, b in c.content.ranges
    )


def pair(supplier: str | None, recipient: str | None) -> str:
    """ "Norland → Vostland", what is not told said so; "between Norland and Vostland" where both stand on both sides."""
    if supplier and supplier == recipient and " and " in supplier:
        return f"between {supplier}"
    return f"{supplier or 'supplier not told'} → {recipient or 'recipient not told'}"


def heading(e: EventRow) -> str:
    """ "Missile test: Norland, 18 December 2023", and a word where it is not told as having happened."""
    what = words.EVENT_WORDS.get(e.type, e.type)
    held = {"alleged": ", alleged", "denied": ", denied"}.get(e.status, "")
    told = {
        "future": " (expected)",
        "hypothetical": " (spoken of as possible)",
        "negated": " (said not to have happened)",
    }
    who = f": {parties(e, 3)}" if e.participants else ""
    return f"{what}{held}{told.get(e.modality, '')}{who}, {words.date_words(e.when) if e.when else 'undated'}"


def event_detail(e: EventRow, items: Sequence[str] = ()) -> str:
    """Who, what is moved, where, outcome and count in one line, each as told."""
    told = {
        "future": "expected or planned",
        "hypothetical": "spoken of as possible",
        "negated": "said not to have happened",
    }
    parts = [": ".join(x for x in (parties(e, 4), words.listed(list(dict.fromkeys(items)), most=3)) if x)]
    if e.where:
        parts.append(f"at {e.where.name}")
    if e.outcome != "unknown":
        parts.append(words.OUTCOME_WORDS[e.outcome])
    parts += [f"told as {words.ordinal_words(o.nth)} of {o.of}" for o in e.ordinals]
    if e.modality in told:
        parts.append(told[e.modality])
    return ", ".join(p for p in parts if p)


def support(e: EventRow) -> str:
    """How many independent origins in how many documents."""
    return f"{words.plural(e.independent_origins, 'independent origin')} in {words.plural(len(e.reports), 'document')}"


def account_value(field: str, value: str) -> str:
    """The value of an account in words."""
    if field in ("when", "date"):
        return words.date_words(value)
    return value.replace("_", " ") if field == "status" else value


def document_facts(d: DocumentRow, parent: DocumentRow | None) -> tuple[Fact, ...]:
    """Who published a document, when, what it derives from (``parent``, where that is in the record), and which file it is."""
    published = words.date_words(d.published) if d.published else "not known"
    if d.published and d.published_basis:
        published += f" ({words.BASIS_WORDS.get(d.published_basis, d.published_basis)})"
    facts = [Fact("Outlet", d.outlet or "not known")]
    if d.agency:
        facts.append(Fact("Agency credited", d.agency))
    if d.author:
        facts.append(Fact("Author", d.author))
    facts.append(Fact("Published", published))
    if d.written and d.written != d.published:
        facts.append(Fact("Written, from the text", words.date_words(d.written)))
    if d.derived_from:
        name = (parent.title or file_name(parent.file)) if parent else d.derived_from[:8]
        facts.append(Fact("Relation", f"{words.RELATION_WORDS.get(d.relation or '', 'derived from')} {name}"))
    if d.url:
        facts.append(Fact("Address", d.url))
    if d.fast:
        facts.append(Fact("Read", "by the rules alone, without the trained model"))
    facts += [Fact("Language", d.language), Fact("File", file_name(d.file)), Fact("SHA-256", d.sha256)]
    return tuple(facts)


def counted(names: Iterable[str]) -> str:
    """Names with how often each occurs, the most frequent first."""
    counts = Counter(names).most_common()
    shown = [f"{name} ({n})" if n > 1 else name for name, n in counts]
    return words.listed(shown, most=12)


def selection_words(f: Filter) -> str:
    """The filter in words, "" for none."""
    parts = [f"{name} {value}" for name in _FILTER_NAMES if (value := getattr(f, name)) is not None]
    if f.sure is not None:
        parts.append(f"attributions estimated at {words.least(f.sure)} or more")
    return "; ".join(parts)


_FILTER_NAMES = (
    "about", "since", "until", "type", "agent", "place", "stance", "firmness", "voice", "status", "outlet",
    "document", "limit",
)  # fmt: skip
