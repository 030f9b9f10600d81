"""Joining within one document: "the launch" after "launched a satellite" is the same event, told again.

Two tellings are one event where type, modality, parties, time and ordinals allow it and the wording points back or adds
nothing new; what the second adds (a date, an outcome, an ordinal) goes to the event.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from crossfix.coding.events_parties import country_of
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token
from crossfix.model import Event, EventType, Interval, Modality, Ordinal, Outcome, Participant, Span, Status, Where

TESTS = ("missile_test", "satellite_launch", "nuclear_test")
LOOK_BACK = 120
"""Events that a new telling is held against; documents that tell of more are lists, and a list repeats near by."""
BEGINNING = 31
"""Days between what is told as the beginning of a traffic and the day from which another telling counts it."""
RANK: dict[Status, int] = {"confirmed_by_actor": 3, "alleged": 2, "reported": 1, "denied": 0}


@dataclass(slots=True)
class Made:
    """An event in the making. The flags tell how it was worded (see `events_triggers.Found`)."""

    type: EventType
    trigger: Span
    head: Token
    when: Interval | None
    when_text: Span | None
    where: Where | None
    participants: list[Participant]
    outcome: Outcome
    status: Status
    modality: Modality
    ordinals: list[Ordinal]
    claim: str | None
    mentions: list[Span]
    denied_by: list[str] = field(default_factory=list)
    anaphoric: bool = False
    fresh: bool = False
    nominal: bool = False
    plural: bool = False
    weak: bool = False
    transfer: bool = False
    bare: bool = False
    guessed: bool = False
    another: bool = False
    recent: bool = False
    """Its date lies within two months of the report: news, not background."""
    past_plan: bool = False
    light: Token | None = None
    ends: frozenset[str] = frozenset()
    """The spots at both ends, for traffic between places."""
    ongoing: bool = False
    """Traffic that goes on."""
    parts: list[Made] = field(default_factory=list)
    """The tellings joined to it."""

    def event(self, ident: str) -> Event:
        """The finished event."""
        status = "alleged" if self.denied_by and self.status == "reported" else self.status
        mentions = tuple(dict.fromkeys(self.mentions))
        return Event(
            ident, self.type, self.trigger, self.when, self.when_text, self.where, tuple(self.participants), self.outcome, status,
            self.modality, tuple(self.ordinals), self.claim, mentions, tuple(self.denied_by),
        )  # fmt: skip


def without_summaries(made: list[Made]) -> list[Made]:
    """The events without those that only sum up: "two earlier launches this year failed", where the text then tells each with its
    day. The summing passage becomes a mention of each."""
    kept = []
    for m in made:
        parts = [
            o
            for o in made
            if o is not m and o.type == m.type and o.modality == m.modality and not (o.plural and o.when == m.when)
            and o.outcome in (m.outcome, "unknown") and o.when is not None and m.when is not None
            and o.when.precision == "day" and m.when.first <= o.when.first and o.when.last <= m.when.last
        ] if m.plural and m.when is not None and m.when.precision != "day" and not m.ordinals else []  # fmt: skip
        if len(parts) < 2:
            kept.append(m)
            continue
        for o in parts:
            o.mentions += [x for x in m.mentions if x not in o.mentions]
            o.outcome = m.outcome if o.outcome == "unknown" else o.outcome
    return kept


def join(scene: Scene, made: list[Made]) -> list[Made]:
    """The events of a document, in order of position, repeats joined to the first telling."""
    out: list[Made] = []
    for m in sorted(made, key=lambda m: (m.trigger.start, m.trigger.end, m.type)):
        same = None
        earlier = out[-LOOK_BACK:][::-1]
        if (
            not m.plural and m.when is None
        ):  # "the launch" after "earlier launches failed": rather the one the report is about
            earlier.sort(key=lambda o: o.plural)
        for o in earlier:
            if o.head.i == m.head.i and o.type == m.type and o.when != m.when:
                continue
            if _same(o, m) or _under(scene, o, m) or (m.bare and _bare(o, m)):
                same = o
                break
        if same is None and (m.when is None or m.anaphoric):
            same = _combat(out, m)
        if same is not None:
            _merge(same, m)
        elif not _loose(m):
            out.append(m)
    for o in out:
        if not o.participants and o.type in TESTS:
            before = [x for x in out if x.type == o.type and x.participants]
            if before:
                near = min(before, key=lambda x: abs(x.trigger.start - o.trigger.start))
                o.participants = list(near.participants[:1])
    _count_back(scene, out)
    return out


def _under(scene: Scene, o: Made, m: Made) -> bool:
    """ "met for the second meeting", "fired a missile in its third test": the noun below the verb is the same event."""
    if o.type == m.type and m.head.dep == "attr" and o.head.dep == "nsubj" and o.head.head == m.head.head:
        return True  # "today's summit is the fourth meeting"
    if o.type == m.type and m.head.dep == "attr" and 0 <= m.head.sent - o.head.sent <= 3 and m.when is None:
        said = scene.parse.children(scene.parse.head(m.head), "nsubj")
        if said and said[0].lower in ("it", "this", "that") and _parties_agree(o, m):
            return True  # "it was their first meeting since ..."
    if o.type == m.type and m.head.dep == "advcl" and m.head.head == (o.light or o.head).i:
        if any(c.lower == "when" for c in scene.parse.children(m.head, "advmod", "mark")):
            return True  # "last tested one in April, when it launched ..."
    if o.type != m.type or not m.nominal or o.nominal or m.head.dep not in ("pobj", "dobj"):
        return False
    up = scene.parse.head(m.head)
    if up.lower not in ("for", "at", "during", "in", "as"):
        return False
    return scene.parse.head(up).i in (o.head.i, o.light.i if o.light is not None else -1)


def _bare(o: Made, m: Made) -> bool:
    """ "the launch" after a launch of whatever kind."""
    if o.type not in TESTS or m.when is not None or m.fresh or m.plural:
        return False
    launch = m.head.lower.startswith(("launch", "lift", "fir"))
    return (
        o.type != ("nuclear_test" if launch else "satellite_launch") and _parties_agree(o, m) and o.modality == "actual"
    )


def _combat(out: list[Made], m: Made) -> Made | None:
    """ "the missiles that X launched" after an attack of X: the attack told again, no test."""
    if m.type != "missile_test" or any(o.type == "missile_test" and o.modality == m.modality for o in out):
        return None
    for o in reversed(out):
        if o.type == "other" and any(p.role == "target" for p in o.participants):
            own = not m.participants or bool(_states(o) & _states(m))
            if own and (m.when is None or o.when is None or m.when.overlaps(o.when)):
                return o
    return None


def _loose(m: Made) -> bool:
    """Points back to something the document never told as an event, without a date of its own: kept only if it is special."""
    return (
        m.weak
        and m.when is None
        and m.when_text is None
        and not m.ordinals
        and not (m.type == "meeting" and m.where is not None)
    )


def _same(o: Made, m: Made) -> bool:
    if o.type != m.type or o.transfer != m.transfer:
        return False
    if o.transfer:
        return o.trigger == m.trigger or _one_traffic(o, m)
    planned = (
        m.past_plan and o.modality == "actual" and o.type in TESTS and not (m.another or m.plural) and m.when is None
    )
    if o.modality != m.modality and not planned:
        return False
    if not _parties_agree(o, m) or _ordinals_clash(o, m):
        return False
    if planned or (m.modality in ("future", "hypothetical") and m.when is None and o.type in TESTS):
        return True
    if m.when is not None and o.when is not None:
        if not m.when.overlaps(o.when):
            return False
        equal = m.when == o.when
        if o.type in TESTS:
            if equal and o.plural == m.plural:
                return True
            return not o.plural and not m.plural and (m.anaphoric or m.nominal)
        if o.type == "visit" and equal and _place(o) is not None and _place(o) == _place(m):
            return bool(_states(o) & _states(m))
        if o.type == "visit" or o.type in ("sanctions_act", "other"):
            return equal and _place(o) == _place(m) and (m.anaphoric or o.type != "visit")
        return (equal or m.anaphoric) and (m.anaphoric or m.nominal or bool(_states(o) & _states(m)))
    if m.when is None and m.when_text is None:
        if (
            m.fresh
            and m.modality == "actual"
            and o.when is not None
            and m.trigger.start > o.trigger.end
            and not m.nominal
        ):
            return o.type in TESTS and not o.plural and not m.plural and not m.ordinals and not m.another
        if o.plural != m.plural and o.type in TESTS:
            return m.anaphoric and not m.plural
        if m.ordinals and m.nominal and o.type not in TESTS:
            return o.head.sent == m.head.sent and o.head.lemma == m.head.lemma and o.nominal and not o.ordinals
        if (
            o.type == "meeting"
            and not m.nominal
            and len(_states(o) & _states(m)) > 1
            and _place(m) in (None, _place(o))
        ):
            return True
        if o.type in ("visit", "meeting"):
            if m.nominal and m.anaphoric:
                if m.guessed:
                    return m.head.lemma == o.head.lemma or m.head.lemma in ("meeting", "talk")
                return o.type == "meeting" or not m.participants or bool(_states(o) & _states(m))
            return bool(_states(o) & _states(m)) and _place(o) in (None, _place(m), "") and o.when is None
        if o.type in ("statement", "publication", "sanctions_act", "exercise", "other"):
            return m.anaphoric and (m.nominal or o.trigger.text.lower() == m.trigger.text.lower())
        return True
    if o.when is None and o.when_text is None:  # the date comes with the second telling
        if o.type in TESTS:
            if m.plural or o.plural:
                return False
            return not m.fresh or _close(o, m) or (not m.another and m.recent)
        if None not in (_place(o), _place(m)) and _place(o) != _place(m):
            return False  # "the summit at A", "their meeting in B last year"
        if o.type == "meeting" and m.recent and len(_states(o) & _states(m)) > 1:
            return True
        if o.type not in ("meeting", "visit") or not m.anaphoric or not (_close(o, m) or o.nominal):
            return False
        return bool(_states(o) & _states(m)) or not m.participants
    return False


def _one_traffic(o: Made, m: Made) -> bool:
    """ "Regular shipments between A and B" and "64 journeys from B to A since September": one traffic, its beginning and its sum."""
    if len(o.ends & m.ends) < 2 or not (o.ongoing or m.ongoing) or o.modality != m.modality:
        return False
    if [(p.name, p.role) for p in o.participants] != [(p.name, p.role) for p in m.participants]:
        return False
    if o.when is None or m.when is None or o.when.overlaps(m.when):
        return True
    first, then = sorted((o.when, m.when), key=lambda w: w.first)
    return (then.first - first.last).days <= BEGINNING


def _close(o: Made, m: Made) -> bool:
    """Within a headline and its lead, or two neighbouring sentences."""
    return m.head.sent - o.head.sent <= 2


def _parties_agree(o: Made, m: Made) -> bool:
    a, b = _states(o), _states(m)
    if m.guessed and m.anaphoric:
        return True
    return not a or not b or bool(a & b)


def _states(m: Made) -> set[str]:
    people = [p for p in m.participants if p.role not in ("target",)]
    return {country_of(p.name) or p.name for p in people}


def _place(m: Made) -> str | None:
    return m.where.name if m.where is not None else None


def _ordinals_clash(o: Made, m: Made) -> bool:
    return any(a.nth != b.nth and a.of.lower() == b.of.lower() for a in o.ordinals for b in m.ordinals) or (
        bool(m.ordinals)
        and not m.anaphoric
        and m.when is None
        and m.modality == "actual"
        and o.when is not None
        and m.nominal
    )


def _merge(o: Made, m: Made) -> None:
    o.mentions += m.mentions
    o.parts += [m, *m.parts]
    finer = m.when is not None and (o.when is None or (m.when.last - m.when.first) < (o.when.last - o.when.first))
    if finer:
        o.when, o.when_text = m.when, m.when_text
    o.where = o.where or m.where
    if o.outcome == "unknown":
        o.outcome = m.outcome
    names = {p.name for p in o.participants}
    if o.type in ("meeting", "visit") or not o.participants:
        o.participants += [p for p in m.participants if p.name not in names]
    known = {(x.nth, x.of) for x in o.ordinals}
    o.ordinals += [x for x in m.ordinals if (x.nth, x.of) not in known]
    o.denied_by += [x for x in m.denied_by if x not in o.denied_by]
    if m.status != o.status and "denied" in (m.status, o.status):
        o.status = "alleged"
    elif RANK[m.status] > RANK[o.status] and m.status == "confirmed_by_actor":
        o.status = m.status


def _count_back(scene: Scene, out: list[Made]) -> None:
    """ "the third X tested after launches in April and July": the two earlier ones are the first and the second."""
    for o in out:
        for ordinal in o.ordinals:
            sentence = next((s for s in scene.parse.sentences if s.start <= ordinal.span.start < s.end), None)
            if sentence is None or ordinal.nth < 2 or ordinal.nth > 6:
                continue
            before = [
                x
                for x in out
                if x is not o and x.type == o.type and not x.ordinals and x.plural and x.when is not None
                and sentence.start <= x.trigger.start < sentence.end and x.trigger.start > ordinal.span.end
            ]  # fmt: skip
            if len(before) == ordinal.nth - 1:
                order = sorted(before, key=lambda x: x.when.first if x.when else x.trigger.start)
                for n, x in enumerate(order, 1):
                    x.ordinals.append(replace(ordinal, nth=n))
