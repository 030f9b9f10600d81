"""Mentions into events: who goes with whom, so that neither the order of adding nor one loose match decides.

A mention goes to a group that nothing in it speaks against and something in it speaks for. First those dated to the day, in
order of date; then the rest, each only where one group alone is open to it; then whole groups: what is told without a date or
broadly goes to the one happening of its kind, and dates a day or two apart are joined where nothing else of the kind is near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from crossfix.linking import event_agree as pairs
from crossfix.linking.event_blocks import block_keys
from crossfix.linking.event_told import Told, span, trigger_words

Signature = tuple[object, ...]
"""All of a mention that a judgement rests on: mentions with one signature are judged once."""


def signature(t: Told) -> Signature:
    """What ``event_agree`` looks at, but for the document."""
    e = t.event
    return (
        e.type, e.modality, e.when, e.moment, e.where, e.participants, tuple((o.nth, o.of) for o in e.ordinals), e.outcome,
        trigger_words(e), None if e.when else (t.published, t.by), t.origin, t.sentence,
    )  # fmt: skip


class Judge:
    """Judges pairs of mentions, each pair of signatures once, and keeps what is asked of a mention many times. For one run: a
    mention is known by its document and id."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], str | None] = {}
        self._numbers: dict[Signature, int] = {}
        self._faces: dict[tuple[str, str], int] = {}
        self._keys: dict[tuple[str, str], list[str]] = {}

    def face(self, t: Told) -> int:
        """The number of a mention's signature."""
        found = self._faces.get((t.document, t.event.id))
        if found is None:
            found = self._faces[t.document, t.event.id] = self._numbers.setdefault(signature(t), len(self._numbers))
        return found

    def keys(self, t: Told) -> list[str]:
        """The mention's blocks."""
        found = self._keys.get((t.document, t.event.id))
        if found is None:
            found = self._keys[t.document, t.event.id] = block_keys(t)
        return found

    def _ask(self, kind: str, judge: Callable[[Told, Told], str | None], a: Told, b: Told) -> str | None:
        if a.document == b.document:
            return judge(a, b)
        x, y = self.face(a), self.face(b)
        key = (kind, x, y) if x <= y else (kind, y, x)
        try:
            return self._known[key]
        except KeyError:
            answer = self._known[key] = judge(a, b)
            return answer

    def against(self, a: Told, b: Told) -> str | None:
        """See ``event_agree.against``."""
        return self._ask("against", pairs.against, a, b)

    def agree(self, a: Told, b: Told) -> str | None:
        """See ``event_agree.agree``."""
        return self._ask("agree", pairs.agree, a, b)

    def slipped(self, a: Told, b: Told) -> str | None:
        """See ``event_agree.agree_slipped``."""
        return self._ask("slipped", pairs.agree_slipped, a, b)


@dataclass(slots=True)
class _Group:
    """Mentions held to be one event. ``faces`` has one mention for each signature, so that a thousand reprints are one."""

    members: list[Told] = field(default_factory=list)
    faces: dict[int, Told] = field(default_factory=dict)
    documents: dict[str, list[Told]] = field(default_factory=dict)

    def add(self, t: Told, judge: Judge) -> None:
        self.members.append(t)
        self.faces.setdefault(judge.face(t), t)
        self.documents.setdefault(t.document, []).append(t)

    def rejects(self, t: Told, judge: Judge) -> bool:
        return self.parted(t) or any(f.document != t.document and judge.against(t, f) for f in self.faces.values())

    def parted(self, t: Told) -> bool:
        """True where the document of ``t`` is in the group, and keeps ``t`` apart from what it tells there."""
        own = self.documents.get(t.document, ())
        if not own:
            return False
        return all(pairs.within(t, m) is None for m in own) or any(pairs.steps_clash(t.event, m.event) for m in own)

    def welcomes(self, t: Told, judge: Judge) -> bool:
        if t.document in self.documents:
            return True  # it is not rejected, so it is a step of what the document tells there
        return any(judge.agree(t, f) for f in self.faces.values())

    @property
    def fine(self) -> bool:
        return any(m.is_fine for m in self.members)

    def face(self) -> Told:
        """The group as one mention: the finest date, the place and the parties that its members tell together."""
        first = min(self.members, key=lambda m: m.order)
        dated = sorted((m.event.when for m in self.members if m.event.when), key=lambda w: (span(w), str(w)))
        places = Counter(m.event.where for m in self.members if m.event.where)
        event = replace(
            first.event,
            when=dated[0] if dated else None,
            where=max(places, key=lambda w: (places[w], w.lat is not None, w.name)) if places else None,
            participants=tuple(dict.fromkeys(p for m in self.members for p in m.event.participants)),
            ordinals=tuple(dict.fromkeys(o for m in self.members for o in m.event.ordinals)),
            modality="actual" if any(m.event.modality == "actual" for m in self.members) else first.event.modality,
            outcome=next((m.event.outcome for m in self.members if m.event.outcome != "unknown"), "unknown"),
        )
        return replace(first, document=f"{first.document} and others", event=event, sentence=0, origin="")


def group(mentions: Iterable[Told], judge: Judge | None = None) -> list[list[Told]]:
    """The mentions joined into events, each in order of the mentions. ``judge`` brings what was judged before."""
    judge = judge or Judge()
    line = sorted(mentions, key=lambda t: t.order)
    groups: list[_Group] = []
    met: dict[str, set[int]] = {}  # the groups with a member in each block: no others can agree

    def open_to(told: Told) -> list[int]:
        near: set[int] = set().union(*(met.get(k, ()) for k in keys_in_memory(told, judge)))
        return [n for n in sorted(near) if not groups[n].rejects(told, judge) and groups[n].welcomes(told, judge)]

    def put(told: Told, home: int | None) -> None:
        if home is None:
            home = len(groups)
            groups.append(_Group())
        groups[home].add(told, judge)
        for k in keys_in_memory(told, judge):
            met.setdefault(k, set()).add(home)

    for told in (t for t in line if t.is_fine):
        homes = open_to(told)
        # of those that share as much, the earliest
        put(told, max(homes, key=lambda n: _closeness(told, groups[n])) if homes else None)
    for told in (t for t in line if not t.is_fine):
        homes = open_to(told)
        echoes = [n for n in homes if any(m.sentence and m.sentence == told.sentence for m in groups[n].faces.values())]
        put(told, echoes[0] if len(echoes) == 1 else homes[0] if len(homes) == 1 else None)
    joined = _whole(groups, judge)
    return [sorted(g.members, key=lambda t: t.order) for g in joined]


def keys_in_memory(told: Told, judge: Judge) -> list[str]:
    """Its blocks, and two that the record need not keep: its origin and its document."""
    own = [f"document {told.document}"]
    return own + ([f"origin {told.origin} {told.event.type}"] if told.origin else []) + judge.keys(told)


def _closeness(told: Told, group_: _Group) -> tuple[int, int]:
    members = group_.faces.values()
    same = sum(m.sentence == told.sentence and bool(told.sentence) for m in members)
    shared = sum(
        len(pairs.shared_parties(told.event, m.event)) + len(pairs.shared_ordinals(told.event, m.event))
        for m in members
    )
    return same, shared


# ------------------------------------------------------------------ whole groups


def _whole(groups: Sequence[_Group], judge: Judge) -> list[_Group]:
    """The groups with those joined that only as wholes can be seen to be one."""
    now = list(groups)
    for joins in (_vague, _slipped):
        while True:
            found = joins(now, judge)
            if not found:
                break
            gone: set[int] = set()
            for home, other in found:
                for m in now[other].members:
                    now[home].add(m, judge)
                gone.add(other)
            now = [g for n, g in enumerate(now) if n not in gone]
    return now


def _neighbours(groups: Sequence[_Group], judge: Judge) -> dict[int, set[int]]:
    met: dict[str, set[int]] = {}
    keys = [sorted({k for f in g.faces.values() for k in judge.keys(f)}) for g in groups]
    for n, ks in enumerate(keys):
        for k in ks:
            met.setdefault(k, set()).add(n)
    return {n: set().union(*(met[k] for k in ks)) - {n} for n, ks in enumerate(keys) if ks}


def _apart(a: _Group, b: _Group, judge: Judge) -> bool:
    for document in a.documents.keys() & b.documents.keys():
        both = [(x, y) for x in a.documents[document] for y in b.documents[document]]
        if all(pairs.within(x, y) is None for x, y in both) or any(
            pairs.steps_clash(x.event, y.event) for x, y in both
        ):
            return True
    return any(judge.against(x, y) for x in a.faces.values() for y in b.faces.values() if x.document != y.document)


def _vague(groups: Sequence[_Group], judge: Judge) -> list[tuple[int, int]]:
    """(home, group) where a group without a date to the day fits one group with a date, and one alone."""
    near = _neighbours(groups, judge)
    faces = {n: groups[n].face() for n in near}
    wanted: dict[int, list[int]] = {}
    for n in near:
        if groups[n].fine:
            continue
        own = faces[n]
        homes = []
        for m in sorted(near[n]):
            other = faces[m]
            if not (groups[m].fine or (own.event.when is None and other.about is not None)):
                continue
            fits = pairs.agree_recent(own, other) if own.event.when is None else pairs.agree(own, other)
            if fits and not _apart(groups[n], groups[m], judge):
                homes.append(m)
        # what may itself be the same as the one dated to the day is no rival to it
        sure = [m for m in homes if groups[m].fine]
        if len(sure) == 1 and not any(_apart(groups[sure[0]], groups[m], judge) for m in homes if m != sure[0]):
            homes = sure
        if len(homes) == 1:
            wanted.setdefault(homes[0], []).append(n)
    out = []
    busy: set[int] = set()
    for home, others in sorted(wanted.items()):
        apart = any(_apart(groups[a], groups[b], judge) for a in others for b in others if a < b)
        if apart or home in busy or busy.intersection(others):
            continue
        out += [(home, n) for n in others]
        busy |= {home, *others}
    return out


def _slipped(groups: Sequence[_Group], judge: Judge) -> list[tuple[int, int]]:
    """(home, group) where dates a day or two apart are accounts of one happening: no third group is as near."""
    near = _neighbours(groups, judge)
    fits: dict[int, list[int]] = {}
    for n, others in near.items():
        for m in others:
            if _slip(groups[n], groups[m], judge):
                fits.setdefault(n, []).append(m)
    return [(n, ms[0]) for n, ms in sorted(fits.items()) if len(ms) == 1 and n < ms[0] and fits[ms[0]] == [n]]


def _slip(a: _Group, b: _Group, judge: Judge) -> bool:
    if a.documents.keys() & b.documents.keys():
        return False
    some = False
    for x in a.faces.values():
        for y in b.faces.values():
            if judge.slipped(x, y):
                some = True
            elif judge.against(x, y) not in (None, "two dates"):
                return False
    return some
