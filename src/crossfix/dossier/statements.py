"""Paragraphs of a planned dossier: what is told of an event or a transfer, what somebody said, what a check found.

Nothing is worded as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from crossfix.dossier import basis_lines, phrases, words
from crossfix.dossier.desk import Desk
from crossfix.dossier.report import Block, Line, Para, Run
from crossfix.dossier.view import Excerpt, Fact
from crossfix.record.findings import FindingRow
from crossfix.record.reviews_rows import Reviewed
from crossfix.record.rows import Account, ClaimRow, DriftRow, EventRow, Evidence, TransferRow

SAYS_MOST = 8
DRIFTS_MOST = 3
ACCOUNT_VALUES_MOST = 12
CITED_MOST = 4
STANCE_THAT = {
    "assert": "says", "deny": "denies", "suspect": "suspects", "condemn": "condemns", "announce": "announces",
    "request": "asks for", "predict": "predicts", "support": "supports",
}  # fmt: skip


class Citing(Protocol):
    """What a paragraph needs to cite: a note to passages, or nothing where all are left out; which rows are left out; and where a
    finding's paragraph or annex is."""

    def note(self, passages: Iterable[Evidence]) -> Line: ...
    def keeps(self, at: Evidence) -> bool: ...
    def keeps_claim(self, c: ClaimRow) -> bool: ...
    def shows(self, part: str) -> bool: ...
    def found(self, findings: Sequence[FindingRow]) -> None: ...


def text(words_: str) -> Run:
    """Plain words."""
    return Run(words_)


def strong(words_: str) -> Run:
    """Words that lead a line."""
    return Run(words_, "strong")


def sentence(words_: str) -> str:
    """With a capital and a full stop."""
    words_ = words_.strip()
    return words_[:1].upper() + words_[1:] + ("" if words_.endswith((".", "?", "!", "…")) else ".") if words_ else ""


def quoted(e: Excerpt) -> tuple[Run, ...]:
    """An excerpt in its quotation marks."""
    left, right = e.marks
    return (Run(left), Run(e.whole, "quote"), Run(right))


# ------------------------------------------------------------------ an event


def event(desk: Desk, citing: Citing, number: int, key: str, e: EventRow) -> tuple[Para, list[tuple[ClaimRow, bool]]]:
    """The paragraph of an event, and the claims it rests on, each with whether it is shown."""
    told = [c for c in desk.claims_about(e) if not c.reviewed.rejected and citing.keeps_claim(c)]
    found = desk.findings_about("event", e.id) if citing.shows("checks") else []
    lead = (
        strong(phrases.heading(e) + "."),
        *([text(" " + more)] if (more := _event_more(e)) else []),
        text(" " + _standing(desk, e, told)),
        *citing.note(_one_a_document([m for m in e.mentions if citing.keeps(m)])),
    )
    shown = _chosen(told)
    blocks = [_says(desk, citing, shown, len(told) - len(shown))] if shown else []
    if citing.shows("accounts") and e.accounts:
        blocks.append(_accounts(desk, citing, e.accounts))
    if citing.shows("drift"):
        changed = sorted(desk.drifts_of(e, told), key=lambda d: -d.confidence)
        blocks += _drifts(citing, changed)
    if citing.shows("checks") and found:
        blocks.append(_found(citing, found))
    basis = basis_lines.of_event(desk, e, told, found) if citing.shows("basis") else ()
    ids = {c.id for c in shown}
    return Para(number, "event", key, e.id, lead, tuple(blocks), basis), [(c, c.id in ids) for c in told]


def _event_more(e: EventRow) -> str:
    """Time of day, place, outcome, count and figures, as told."""
    parts = []
    if e.moment and words.is_timed(e.moment):
        parts.append(words.moment_words(e.moment))
    if e.where:
        parts.append(f"at {phrases.place(e)}" if e.type != "publication" else phrases.place(e))
    if e.outcome != "unknown":
        parts.append(words.OUTCOME_WORDS[e.outcome])
    parts += [f"counted as the {words.ordinal_words(o.nth)} of {o.of}" for o in e.ordinals[:3]]
    if e.when and words.precision_words(e.when) in ("month", "year"):
        parts.append(f"the date is known to the {words.precision_words(e.when)}")
    return sentence(f"As told: {'; '.join(parts)}") if parts else ""


def _standing(desk: Desk, e: EventRow, told: Sequence[ClaimRow]) -> str:
    holding = [c for c in told if c.stance != "deny" and c.voice != "outlet"]
    speakers = list(dict.fromkeys(desk.speaker(c) for c in holding)) or list(e.speakers)
    denied = list(dict.fromkeys([*e.denied_by, *(desk.speaker(c) for c in told if c.stance == "deny")]))
    if speakers:
        return sentence(words.status_words(e.status, speakers, denied, negated=e.modality == "negated"))
    outlets = list(dict.fromkeys(desk.outlet(d) for d in e.reports))
    own = (
        f", in the outlet’s own voice, by {words.listed(outlets, most=3)}" if e.status == "reported" and outlets else ""
    )
    return sentence(
        words.status_words(e.status, (), denied, negated=e.modality == "negated").replace(
            "reported", f"reported{own}", 1
        )
    )


def _one_a_document(passages: Sequence[Evidence]) -> list[Evidence]:
    """A passage of each document, a few at most: the rest stands under who says what."""
    first: dict[str, Evidence] = {}
    for p in passages:
        first.setdefault(p.document, p)
    return list(first.values())[:CITED_MOST]


def _chosen(told: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The claims to show: each speaker's first with each stance before anybody's second, in the order of time; words that recur once."""
    seen: set[tuple[str, ...]] = set()
    fresh: list[ClaimRow] = []
    for c in told:
        mark = (phrases.speaker(c), c.stance, " ".join(c.content.text.casefold().split()))
        if mark not in seen:
            seen.add(mark)
            fresh.append(c)
    firsts: dict[tuple[str, str], ClaimRow] = {}
    for c in fresh:
        firsts.setdefault((phrases.speaker(c), c.stance), c)
    order = [*firsts.values(), *(c for c in fresh if c not in firsts.values())][:SAYS_MOST]
    ids = {c.id for c in order}
    return [c for c in told if c.id in ids]


def _says(desk: Desk, citing: Citing, shown: Sequence[ClaimRow], more: int) -> Block:
    lines = [said(desk, c) + citing.note(c.evidence) for c in shown]
    if more:
        lines.append(
            (text(f"{words.plural(more, 'further statement')} on this {'is' if more == 1 else 'are'} in the record."),)
        )
    return Block("Who says what", tuple(lines))


def said(desk: Desk, c: ClaimRow) -> Line:
    """Who says what, through whom, how firmly, in whose words."""
    through, behind = phrases.links(c)
    name = desk.speaker(c)
    out = [strong(name)]
    if behind:
        out.append(text(f" (by {words.listed(behind)})"))
    chain = [desk.outlet(c.document) if x.startswith("(") else x for x in through if x != name]
    if c.voice == "outlet":
        out.append(text(", in its own voice,"))
    elif chain:
        out.append(text(f" (through {' › '.join(chain)})"))
    firm = (
        f", {words.FIRMNESS_WORDS.get(c.firmness, c.firmness)}"
        if c.firmness not in ("certain", "denied", "unknown")
        else ""
    )
    held = phrases.firmness_words(c)
    if held and firm:
        firm += f" (“{'”, “'.join(held)}”)"
    out.append(text(f" {STANCE_THAT.get(c.stance, c.stance)}{firm}: "))
    flat = phrases.shorten(phrases.said_words(desk.text(c.document), c.content), phrases.QUOTE_MOST)
    return (*out, *quoted(Excerpt("", flat, "")))


def _accounts(desk: Desk, citing: Citing, accounts: Sequence[Account]) -> Block:
    lines: list[Line] = []
    for name in dict.fromkeys(a.field for a in accounts):
        values = [a for a in accounts if a.field == name]
        line: list[Run] = [text(f"On the {name.replace('_', ' ')}: ")]
        for n, a in enumerate(values[:ACCOUNT_VALUES_MOST]):
            kept = [(at, a.by[i] if i < len(a.by) else "") for i, at in enumerate(a.evidence) if citing.keeps(at)]
            if not kept:
                continue
            who = list(dict.fromkeys((by or desk.outlet(at.document)).replace(" > ", " › ") for at, by in kept))
            line += [text("; " if n else ""), strong(phrases.account_value(a.field, a.value))]
            line += [text(f" ({words.listed(who, most=3)})"), *citing.note(_one_a_document([at for at, _ in kept]))]
        if len(values) > ACCOUNT_VALUES_MOST:
            line.append(text(f"; and {len(values) - ACCOUNT_VALUES_MOST} more"))
        if len(line) > 1:
            lines.append((*line, text(".")))
    return Block("Where accounts differ", tuple(lines))


def _drifts(citing: Citing, changed: Sequence[DriftRow]) -> list[Block]:
    lines: list[Line] = []
    for d in changed:
        if all(citing.keeps(e) for e in d.evidence) and len(lines) < DRIFTS_MOST:
            lines.append(
                (text(f"{sentence(d.what)} (estimated at {words.percent(d.confidence)}.)"), *citing.note(d.evidence))
            )
    return [Block("What changed from one report to the next", tuple(lines))] if lines else []


def _found(citing: Citing, found: Sequence[FindingRow]) -> Block:
    citing.found(found)
    lines = tuple(
        (
            strong(f"{words.VERDICT_WORDS[f.verdict].capitalize()}: "),
            text(sentence(f.summary)),
            *citing.note(f.evidence[:CITED_MOST]),
        )
        for f in found
    )
    return Block("What could be checked", lines)


# ------------------------------------------------------------------ a transfer, a statement, a finding


def transfer(
    desk: Desk, citing: Citing, number: int, key: str, t: TransferRow
) -> tuple[Para, list[tuple[ClaimRow, bool]]]:
    """The paragraph of a transfer."""
    told = [c for c in desk.claims_at(t.evidence) if not c.reviewed.rejected and citing.keeps_claim(c)]
    found = desk.findings_about("transfer", t.id) if citing.shows("checks") else []
    more = [f"quantity: {t.quantity}"] if t.quantity and t.quantity not in t.item else []
    more += [f"route: {t.route}"] if t.route else []
    if t.modality in ("offered", "wanted", "predicted"):
        more.append(f"told as {t.modality}")
    date = words.date_words(t.when) if t.when else "undated"
    passages = [e for e in t.evidence if citing.keeps(e)]
    lead = (
        strong(f"Transfer: {phrases.pair(t.supplier, t.recipient)}: {t.item}, {date}."),
        *([text(" " + sentence(f"As told: {'; '.join(more)}"))] if more else []),
        text(" " + sentence(phrases.transfer_standing(t))),
        *citing.note(_one_a_document(passages)),
    )
    shown = _chosen(told)
    blocks = [_says(desk, citing, shown, len(told) - len(shown))] if shown else []
    if citing.shows("accounts") and t.accounts:
        blocks.append(_accounts(desk, citing, t.accounts))
    if found:
        blocks.append(_found(citing, found))
    documents = [e.document for e in t.evidence]
    basis = basis_lines.of_passages(desk, documents, told, found, t.reviewed) if citing.shows("basis") else ()
    ids = {c.id for c in shown}
    return Para(number, "transfer", key, t.id, lead, tuple(blocks), basis), [(c, c.id in ids) for c in told]


def claim(desk: Desk, citing: Citing, number: int, key: str, c: ClaimRow) -> Para:
    """The paragraph of a statement."""
    found = desk.findings_about("claim", c.id) if citing.shows("checks") else []
    day = desk.day(c.document)
    told = (
        f" ({desk.outlet(c.document)}, {words.date_words(day)})." if day else f" ({desk.outlet(c.document)}, undated)."
    )
    lead = (*said(desk, c), text(told), *citing.note(c.evidence))
    blocks = (_found(citing, found),) if found else ()
    basis = basis_lines.of_claim(desk, c, found) if citing.shows("basis") else ()
    return Para(number, "claim", key, c.id, lead, blocks, basis)


def finding(desk: Desk, citing: Citing, number: int, key: str, f: FindingRow, about: str) -> Para:
    """The paragraph of a finding."""
    citing.found([f])
    lead = (
        strong(f"Check: {desk.checks.get(f.check, f.check)}: {words.VERDICT_WORDS[f.verdict]}."),
        text(" " + sentence(f.summary)),
        *citing.note(f.evidence[:CITED_MOST]),
        text(f" About: {about}."),
    )
    lines: list[Line] = [(text(sentence(f.caveat)),)] if f.caveat else []
    blocks = (Block("Not shown by this", tuple(lines)),) if lines else ()
    rows = words.listed([str(r) for r in f.sources], most=6)
    basis = basis_lines.of_passages(desk, f.documents, (), [f], Reviewed()) if citing.shows("basis") else ()
    facts = tuple(x for x in basis if x.label == "Origins")
    if rows and citing.shows("basis"):
        facts = (*facts, Fact("Public data", rows))
    return Para(number, "finding", key, f.id, lead, blocks, facts)
