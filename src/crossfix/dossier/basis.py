"""What a dossier rests on: documents, origins, outlets, dates, checks, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crossfix.dossier import phrases, words
from crossfix.dossier.view import Basis, Fact, OriginLine
from crossfix.record.rows import DocumentRow, LeftOut

if TYPE_CHECKING:
    from crossfix.dossier.gather import Gatherer


def basis(g: Gatherer, shown: Sequence[DocumentRow]) -> Basis:
    """The facts of what was read, by the documents that the dossier shows."""
    number = {d.sha256: i for i, d in enumerate(shown, 1)}
    origins = [o for o in g.shelf.origins() if any(s in number for s in o.documents)]
    reprints = Counter(d.relation for d in shown if d.derived_from and d.relation)
    dates = sorted(d.published for d in shown if d.published)
    facts = [
        Fact("Documents", f"{len(shown):,}"),
        Fact(
            "Origins",
            f"{len({d.origin or d.sha256 for d in shown}):,} (retellings of one report count once)",
        ),
    ]
    if reprints:
        told = [f"{n} {str(k).replace('_', ' ')}{'s' if n > 1 else ''}" for k, n in sorted(reprints.items())]
        facts.append(Fact("Retellings", words.listed(told)))
    undated = len(shown) - len(dates)
    span = words.date_words(dates[0]) if dates else "no date known"
    if dates and dates[0] != dates[-1]:
        span = f"{words.date_words(dates[0])} to {words.date_words(dates[-1])}"
    if dates and undated:
        span += f"; {words.plural(undated, 'document')} without a known date"
    facts.append(Fact("Published", span))
    facts.append(Fact("Outlets", phrases.counted(d.outlet or "outlet not known" for d in shown)))
    if any(d.agency for d in shown):
        facts.append(Fact("Agencies credited", phrases.counted(d.agency for d in shown if d.agency)))
    facts.append(
        Fact(
            "Found",
            words.listed(
                [
                    words.plural(len(g.shown), "claim"),
                    words.plural(len(g.events), "event"),
                    words.plural(len(g.transfers), "transfer"),
                    words.plural(len(g.sources), "source"),
                ]
            ),
        )
    )
    facts.append(g.findings.fact(g.rows))
    return Basis(
        facts=tuple(facts),
        not_extracted=tuple(
            (number[d.sha256], d.title or phrases.file_name(d.file), d.reason or "no reason kept")
            for d in shown
            if not d.extracted
        ),
        origins=tuple(
            OriginLine(
                o.id,
                tuple((number[s], g.outlet(s)) for s in o.documents if s in number),
                o.agency or "",
                o.why,
            )
            for o in origins
            if len(o.documents) > 1
        ),
        left_out=_left_out(g),
        confidence=words.CONFIDENCE_NOTE if any(g.claim[i].confidence is not None for i in g.shown) else "",
    )


def _left_out(g: Gatherer) -> str:
    """Which claims are not shown for want of confidence, "" where none was asked for."""
    sure = g.filter.sure
    if sure is None:
        return ""
    whole = replace(g.filter, sure=None, limit=None)
    chosen = g.shelf.claims(whole)
    every = {c.id: c for c in (*chosen, *(c for told in g.about.values() for c in told))}
    left = LeftOut.of(every.values(), sure)
    unsure = (
        words.plural(len({x.id for x in g.shelf.events(whole)} - {e.id for e in g.events}), "event"),
        words.plural(len({x.id for x in g.shelf.transfers(whole)} - {t.id for t in g.transfers}), "transfer"),
    )
    return phrases.only_sure(sure, left, [x for x in unsure if not x.startswith("0 ")])
