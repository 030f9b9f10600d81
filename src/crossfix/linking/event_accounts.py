"""Where documents differ on a field of one event: every value stays, with who says it and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from crossfix.linking.event_told import Told, ends
from crossfix.linking.names import party_key
from crossfix.model import Event, Interval
from crossfix.record.rows import Account, Evidence

_READERS: Mapping[str, Callable[[Event], Iterable[str]]] = {
    "date": lambda e: [str(e.when)] if e.when else [],
    "place": lambda e: [e.where.name] if e.where else [],
    "outcome": lambda e: [] if e.outcome == "unknown" else [e.outcome],
    "status": lambda e: [e.status],
    "participants": lambda e: ["; ".join(sorted({p.name for p in e.participants}))] if e.participants else [],
}


def accounts(line: Sequence[Told]) -> tuple[Account, ...]:
    """The fields in which documents differ, each value with the passages that give it. What a document leaves out is no
    difference, nor is a wider date or a shorter list of participants."""
    out: list[Account] = []
    for name, read in _READERS.items():
        told: dict[str, dict[Evidence, str]] = {}
        for t in line:
            at = t.event.when_text if name == "date" and t.event.when_text is not None else t.event.trigger
            for value in read(t.event):
                told.setdefault(value, {})[Evidence(t.document, at.start, at.end)] = said_by(t)
        if name == "date" and _within_each_other(told):
            continue
        kinds = {_folded(name, v) for v in told}
        if len(kinds) > 1 and not (name == "participants" and _nested(kinds)):
            out += [account(name, v, by) for v, by in sorted(told.items())]
    return (*out, *_figures(line))


def account(field: str, value: str, said: Mapping[Evidence, str]) -> Account:
    """One value with its passages in order and who says it at each."""
    at = sorted(said)
    return Account(field, value, tuple(at), tuple(said[e] for e in at))


def said_by(t: Told) -> str:
    """ "ANI > Voice of America > White House"; the outlet alone in its own voice, "" where it is not known."""
    return chain_words(t.chain, t.outlet)


def chain_words(chain: Sequence[str], outlet: str | None) -> str:
    """A chain in one line, outlet first."""
    links = [n for n in (chain or ((outlet,) if outlet else ())) if n and not n.startswith("(")]
    return " > ".join(dict.fromkeys(links))


def _figures(line: Sequence[Told]) -> list[Account]:
    """Flight figures of one kind that differ, each with its announcer."""
    told: dict[str, dict[str, dict[Evidence, str]]] = {}
    for t in line:
        for f in t.event.figures:
            if f.low is None and f.high is None:
                continue
            number = f"{f.low:g}" if f.low is not None else f"{f.high:g}"
            if f.low is not None and f.high is not None and f.low != f.high:
                number = f"{f.low:g} to {f.high:g}"
            bound = {"at_least": "at least ", "at_most": "at most ", "about": "about "}.get(f.bound, "")
            by = " > ".join(dict.fromkeys(n for n in (said_by(t), f.announcer) if n))
            at = Evidence(t.document, f.span.start, f.span.end)
            told.setdefault(f.kind.replace("_", " "), {}).setdefault(f"{bound}{number} {f.unit}", {})[at] = by
    return [account(k, v, by) for k, vs in sorted(told.items()) if len(vs) > 1 for v, by in sorted(vs.items())]


def _within_each_other(dates: Iterable[str]) -> bool:
    """True where every date lies in the next wider one: "in July" does not differ from "on 12 July"."""
    line = sorted((ends(Interval.parse(d)) for d in dates), key=lambda e: (e[1] - e[0], e))
    return all(c <= a and b <= d for (a, b), (c, d) in pairwise(line))


def _folded(name: str, value: str) -> frozenset[str]:
    parts = value.split("; ") if name == "participants" else [value]
    return frozenset(party_key(p) or p for p in parts) if name in ("place", "participants") else frozenset(parts)


def _nested(kinds: Iterable[frozenset[str]]) -> bool:
    """True where each set of participants holds the next smaller one: some documents only name fewer."""
    line = sorted(kinds, key=len)
    return all(a <= b for a, b in pairwise(line))
