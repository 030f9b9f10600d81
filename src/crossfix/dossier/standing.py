"""What an event stands on: its independent origins one by one, its speakers and reporters, and who says what where accounts differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from crossfix.dossier import phrases, words
from crossfix.dossier.view import AccountLine, Cite, Fact, RootLine
from crossfix.record.rows import Account, EventRow, Evidence, Root

DOCUMENTS_MOST = 12
"""Documents named for one origin or one value; the rest is counted."""

Citing = Callable[[Iterable[Evidence], str], tuple[Cite, ...]]
"""Gives passages their numbers, some four of them at most, called by a label."""


def support_facts(e: EventRow) -> tuple[Fact, ...]:
    """The named original speakers, and how many independent origins, reporters and documents tell it."""
    facts = [Fact("Original speakers", words.listed(e.speakers))] if e.speakers else []
    told = phrases.support(e)
    if e.reporters > e.independent_origins:
        told += f"; {words.plural(e.reporters, 'reporter')} in words of their own, but a speaker quoted by several counts once"
    return (*facts, Fact("Support", told))


def root_lines(e: EventRow, outlet: Callable[[str], str], cite: Citing) -> tuple[RootLine, ...]:
    """The independent origins, each with its documents, a mention in each, and why they count as one. None for an event that
    one document tells: there is nothing to count."""
    if len(e.reports) < 2:
        return ()
    mentions: dict[str, list[Evidence]] = defaultdict(list)
    for m in e.mentions:
        mentions[m.document].append(m)
    label = f"Event {e.id}, origins"
    out = []
    for root in e.roots:
        by: dict[str, list[Evidence]] = defaultdict(list)
        for d in root.documents[:DOCUMENTS_MOST]:
            by[outlet(d)] += mentions[d][:1]
        named = tuple((who, cite(at, label)) for who, at in by.items())
        out.append(RootLine(root.name, named, max(0, len(root.documents) - DOCUMENTS_MOST), _why(root)))
    return tuple(out)


def _why(root: Root) -> str:
    """The reason, without what the name of a single report's origin says already ("Reuters: by Reuters")."""
    if len(root.documents) > 1:
        return root.why
    return "; ".join(x for x in root.why.split("; ") if x not in (f"by {root.name}", f"{root.name} itself"))


def account_lines(e: EventRow, outlet: Callable[[str], str], cite: Citing) -> tuple[AccountLine, ...]:
    """Every value of a field in which documents differ, with who says it and where, outlet first and original speaker last."""
    return tuple(_account(a, f"Event {e.id}, accounts", outlet, cite) for a in e.accounts)


def _account(a: Account, label: str, outlet: Callable[[str], str], cite: Citing) -> AccountLine:
    by: dict[str, list[Evidence]] = defaultdict(list)
    for n, at in enumerate(a.evidence):
        chain = a.by[n].replace(" > ", " › ") if n < len(a.by) else ""
        by[chain or outlet(at.document)].append(at)
    some = list(by.items())[:DOCUMENTS_MOST]
    return AccountLine(
        a.field,
        phrases.account_value(a.field, a.value),
        tuple((who, cite(at, label)) for who, at in some),
        len(by) - len(some),
    )
