"""Events and transfers of one document: triggers made into events, repeats joined, transfers given their event.

Recall rests on the wording rules of `events_triggers` and `transfers`; here it is decided what is new, what is said again,
and what is too vague to be one happening.
"""

from __future__ import annotations

from dataclasses import replace

from crossfix.coding import events_lexicon as lx
from crossfix.coding.events_found import Found
from crossfix.coding.events_join import Made, join, without_summaries
from crossfix.coding.events_parties import country_of
from crossfix.coding.events_scene import Scene, later
from crossfix.coding.events_sites import abroad, receiver, site_for
from crossfix.coding.events_triggers import triggers
from crossfix.coding.flight import with_figures
from crossfix.coding.moments import Moments
from crossfix.coding.ordinals import ordinals_of
from crossfix.coding.transfers import supplies
from crossfix.coding.transfers_context import Draft, drafts, kinds_by_context, transfer_of
from crossfix.coding.transfers_traffic import traffic
from crossfix.language.annotations import Annotations
from crossfix.language.parse import Token
from crossfix.model import Claim, Event, Interval, Modality, Outcome, Participant, Span, Time, Transfer, Where

TESTS = ("missile_test", "satellite_launch", "nuclear_test")


def code_events(ann: Annotations, claims: tuple[Claim, ...]) -> tuple[tuple[Event, ...], tuple[Transfer, ...]]:
    """The events and transfers that a document tells of, in order of position; ids "e1", "t1" and so on.

    A pure function of the annotations and the claims. Never raises on odd text.
    """
    scene = Scene(ann, claims)
    made: list[Made] = []
    found_supplies = []
    for k, sentence in enumerate(ann.parse.sentences):
        if not lx.TRIGGER.search(ann.parse.text, sentence.start, sentence.end):
            continue
        found_supplies += supplies(scene, k)
        for found in triggers(scene, k):
            made += _events(scene, found)
    ways = traffic(scene, found_supplies)
    moved = {s.head.i for s in ways}  # "the Angara made eleven trips": no visit
    made = [m for m in made if m.type != "visit" or not moved.intersection(_ids(scene, m))]
    moves = drafts(scene, sorted((*found_supplies, *ways), key=lambda s: s.head.i))
    of_move: dict[int, Draft] = {}
    for d in [x for m in moves for x in (m, *m.not_done)]:
        event = _transfer_event(scene, d)
        if event is not None:
            of_move[id(event)] = d
            made.append(event)
    dealt = {d.supply.head.i for d in of_move.values()}  # "planes carrying drones flew": told as a transfer
    made = [m for m in made if m.transfer or m.type != "other" or m.head.i not in dealt]
    joined = without_summaries(join(scene, made))
    moments = Moments(scene)
    events = tuple(moments.given(m, m.event(f"e{n}")) for n, m in enumerate(joined, 1))
    ids = {
        id(of_move[id(x)]): e.id for m, e in zip(joined, events, strict=True) for x in (m, *m.parts) if id(x) in of_move
    }
    events = with_figures(scene, events)
    transfers = tuple(transfer_of(d, n, ids.get(id(d))) for n, d in enumerate(moves, 1))
    return events, kinds_by_context(transfers)


def _ids(scene: Scene, m: Made) -> set[int]:
    return {t.i for t in scene.parse.tokens_in(m.trigger.start, m.trigger.end)}


# ------------------------------------------------------------------ one trigger


def _events(scene: Scene, f: Found) -> list[Made]:
    """The events of one trigger: none where it is too vague, several where dates are coordinated."""
    times = [t for t in scene.times_for(f.head, f.light) if not _inside(scene, t, f)]
    dated = [t for t in times if t.interval is not None]
    modality: Modality = scene.modality(f.head, f.light)
    nominal = f.head.pos in ("NOUN", "PROPN") and f.light is None and not f.anaphoric
    ahead = bool(dated) and later(dated[0].interval, scene.ann.document.published)
    if ahead and f.type in TESTS and f.head.pos != "VERB" and _tomorrow(scene, dated[0].interval):
        ahead = False  # a test of "Friday, local time", told on Thursday by a paper half a world away
    later_noun = f.head.pos in ("NOUN", "PROPN") and f.light is None and f.type not in TESTS
    if ahead and modality == "actual" and (nominal or later_noun):
        modality = "future"
    flight = f.type in ("missile_test", "satellite_launch")
    place = scene.place_for(f.head, f.light, f.prefer, flight=flight)
    if f.type == "visit" and f.object is not None:
        spot = next((p for p, top in scene.places[f.head.sent] if top.i == f.object.i and not p.agentive), None)
        place = Where(spot.name, spot.lat, spot.lon) if spot is not None else place
    if place is None and f.object is not None and f.object.i != f.head.i:
        place = scene.place_for(f.object, None, f.prefer, flight=flight)
    if place is not None and f.type == "missile_test" and abroad(scene, place, f.head.sent, f.actors):
        place = None
    place = place or site_for(scene, f.type, f.head.sent)
    counted = modality == "hypothetical" and f.type in TESTS and bool(ordinals_of(scene, f, None))
    if (modality == "hypothetical" and not ahead and not counted) or scene.repeated(f.head, f.light):
        return []
    if modality == "negated" and (not dated or f.type == "statement"):
        return []
    if modality == "future" and f.type in ("meeting", "visit") and not times and place is None:
        return []
    if f.weak and not dated and not (times and f.type not in ("statement", "publication")):
        if not (f.type in TESTS and f.anaphoric) and not (f.type == "meeting" and place is not None and not f.plural):
            return []
    if f.plural and not dated and f.type != "meeting" and modality == "actual":
        counted = (
            f.head.pos == "VERB"
            and f.object is not None
            and any(c.tag == "CD" for c in scene.parse.children(f.object, "nummod"))
        )
        if not (times or f.anaphoric or counted) or (f.head.pos == "NOUN" and f.light is None and f.type in TESTS):
            return []
    if f.type != "statement" and _habitual(scene, f) and not (dated and not f.plural):
        return []
    if not times and _performed_now(scene, f):
        times = [
            Time(scene.ann.document.span(f.head.start, f.head.end), "DATE", "", _today(scene), "said while doing it")
        ]
    groups = _groups(scene, f, dated)
    out: list[Made] = []
    for group in groups or [times[:1]]:
        m = _one(scene, f, group[0] if group else None, modality)
        m.where = place
        out.append(m)
    if f.type == "visit" and len(dated) > 1 and len(out) == 1 and f.head.pos == "VERB":
        second = _second_visit(scene, f, dated, modality)
        if second is not None:
            out.append(second)
    if len(out) > 1 and f.plural:
        out = out[:6]
        for n, m in enumerate(out):  # "the first two launches": one after the other
            m.ordinals = [replace(o, nth=o.nth + n) if o.nth == 1 else o for o in m.ordinals]
    return out


def _today(scene: Scene) -> Interval | None:
    try:
        return Interval.parse((scene.ann.document.published or "")[:10])
    except ValueError:
        return None


def _tomorrow(scene: Scene, when: Interval | None) -> bool:
    today = _today(scene)
    return when is not None and today is not None and (when.first - today.last).days == 1


def _performed_now(scene: Scene, f: Found) -> bool:
    """ "We are releasing a graphic": done as it is said, so on the day of the document."""
    aux = {c.lower for c in scene.parse.children(f.head, "aux")}
    subject = scene.subject(f.head) if f.head.pos == "VERB" else None
    first = subject is not None and subject.lower in ("we", "i")
    return f.type == "publication" and f.head.tag == "VBG" and first and bool(aux & {"are", "’re", "'re", "am"})


def _groups(scene: Scene, f: Found, dated: list[Time]) -> list[list[Time]]:
    """Dates that are coordinated with each other, where the trigger is plural: one event each."""
    if len(dated) < 2 or not (f.plural or (f.object is not None and f.object.tag in ("NNS", "NNPS"))):
        return []
    first = dated[0]
    group = [first]
    for t in sorted(dated[1:], key=lambda t: t.span.start):
        lo, hi = sorted((group[-1].span, t.span), key=lambda s: s.start)
        between = scene.parse.text[lo.end : hi.start].strip(" ,")
        if between in ("and", "", "and on", "and in", "and again in", "and again on") and len(between) < 14:
            group.append(t)
    return [[t] for t in sorted(group, key=lambda t: t.span.start)] if len(group) > 1 else []


def _second_visit(scene: Scene, f: Found, dated: list[Time], modality: Modality) -> Made | None:
    """ "visited A on Monday and B the next day"."""
    order = sorted(dated, key=lambda t: t.span.start)
    a, b = order[0], order[1]
    tokens = [t for t in scene.parse.tokens_in(a.span.end, b.span.start) if a.span.end <= t.start]
    if len(tokens) < 2 or tokens[0].lower not in ("and", ",") or not any(t.pos in ("NOUN", "PROPN") for t in tokens):
        return None
    body = [t for t in tokens if t.lower not in ("and", ",", "on", "in")]
    m = _one(scene, f, b, modality)
    last = next((t for t in body if t.pos == "ADP"), tokens[-1])
    m.trigger = scene.ann.document.span(
        body[0].start, max(body[0].end, scene.parse.tokens[max(last.i - 1, body[0].i)].end)
    )
    m.mentions = [m.trigger]
    for p, top in scene.places[f.head.sent]:
        if body[0].i <= top.i <= body[-1].i and not p.agentive:
            m.where = Where(p.name, p.lat, p.lon)
    return m


def _one(scene: Scene, f: Found, time: Time | None, modality: Modality) -> Made:
    doc, p = scene.ann.document, scene.parse
    last = f.last if f.last - f.first <= 14 else max(f.head.i, f.first)
    first = f.first if f.last - f.first <= 14 else f.head.i
    trigger = doc.span(p.tokens[min(first, last)].start, p.tokens[max(first, last)].end)
    anchor = doc.span(f.head.start, f.head.end)
    doers = [*f.actors, *(n for n, role in f.others if f.type in ("meeting", "visit", "exercise") and role != "target")]
    standing = scene.standing(
        anchor, f.head, doers, interested=f.interested, said=f.type in ("statement", "publication")
    )
    when = time.interval if time is not None else None
    return Made(
        type=f.type,
        trigger=trigger,
        head=f.head,
        when=when,
        when_text=time.span if time is not None and time.value else None,
        where=None,
        participants=_participants(f.actors, f.others, f.type),
        outcome=_outcome(scene, f, modality),
        status=standing.status,
        modality=modality,
        ordinals=list(ordinals_of(scene, f, when)),
        claim=standing.claim.id if standing.claim is not None else None,
        mentions=[trigger],
        denied_by=list(standing.denied_by),
        anaphoric=f.anaphoric,
        fresh=f.fresh,
        nominal=f.head.pos in ("NOUN", "PROPN") and f.light is None,
        plural=f.plural,
        weak=f.weak,
        bare=f.bare,
        guessed=f.guessed,
        another=f.another,
        recent=_recent(scene, when),
        past_plan=modality == "future" and _past_plan(scene, f),
        light=f.light,
    )


def _recent(scene: Scene, when: Interval | None) -> bool:
    today = _today(scene)
    return when is not None and (today is None or (today.first - when.last).days <= 62)


def _past_plan(scene: Scene, f: Found) -> bool:
    """ "had planned to launch": the plan of what is told elsewhere."""
    up = scene.parse.head(f.light or f.head)
    return up.tag in ("VBD", "VBN") and up.lemma in lx.FUTURE_VERBS


def _participants(actors: list[str], others: list[tuple[str, str]], kind: str) -> list[Participant]:
    role = {"meeting": "party", "visit": "visitor", "statement": "speaker", "publication": "publisher"}.get(
        kind, "actor"
    )
    out: list[Participant] = []
    roles = [(a, role) for a in actors]
    if kind == "visit" and any(r == "visitor" for _, r in others):
        roles = [(a, "host") for a in actors]
    for name, what in [*roles, *others]:
        if name not in {p.name for p in out}:
            out.append(Participant(name, what))
    return out


def _inside(scene: Scene, t: Time, f: Found) -> bool:
    """A time that is part of the trigger's own word ("the summit"), never its date."""
    return f.head.start >= t.span.start and f.head.end <= t.span.end and scene.parse is not None


def _habitual(scene: Scene, f: Found) -> bool:
    """A bare present outside a headline, a progressive, or "continues to": a habit or a state, not one happening."""
    verb = f.light or f.head
    if verb.pos != "VERB":
        return False
    aux = {c.lower for c in scene.parse.children(verb, "aux", "auxpass")}
    if verb.tag in ("VBZ", "VBP") and not aux:
        return not _headline(scene, verb)
    if verb.dep == "xcomp" and scene.parse.head(verb).lemma in ("continue", "keep"):
        return True
    if aux & {"has", "have", "’ve", "'ve"} and scene.ongoing(verb):
        return True
    if f.object is not None and f.object.lower in (
        "dozens",
        "hundreds",
        "scores",
        "series",
        "number",
        "string",
        "flurry",
    ):
        return True
    return bool(f.plural and aux & {"has", "have", "’ve", "'ve"})


def _headline(scene: Scene, t: Token) -> bool:
    s = scene.parse.sentences[t.sent]
    alone = (
        scene.parse.paragraphs[s.paragraph] == (s.start, s.end) if s.paragraph < len(scene.parse.paragraphs) else False
    )
    return (
        s.paragraph <= 1
        and alone
        and not scene.parse.text[s.start : s.end].rstrip().endswith((".", "!", "?", "”", '"'))
    )


def _outcome(scene: Scene, f: Found, modality: Modality) -> Outcome:
    """Success or failure only where the text says so."""
    if f.type not in TESTS or modality not in ("actual", "negated"):
        return "unknown"
    p = scene.parse
    if f.failed:
        return "failure"
    near: set[str] = set()
    for t in (f.head, f.light, f.object):
        if t is None:
            continue
        near |= {t.lower, t.lemma.lower()}
        near |= {c.lower for c in p.children(t, "amod", "advmod", "compound")}
    verb = f.light or (f.head if f.head.pos == "VERB" else scene.governor(f.head))
    if f.head.dep in ("nsubj", "nsubjpass") or (f.object is not None and f.object.dep == "nsubj"):
        near.add(verb.lemma.lower())
        near |= {c.lower for c in p.children(verb, "attr", "acomp")}
    up = p.head(verb)
    if verb.dep in ("xcomp", "pcomp"):
        up = p.head(up) if up.pos == "ADP" else up
        near |= {up.lemma.lower()}
    node = f.head
    for _ in range(4):  # "failed in its attempt to launch"
        if node.dep not in ("acl", "xcomp", "pcomp", "pobj", "prep", "advcl") or node.head == node.i:
            break
        node = p.head(node)
        near.add(node.lemma.lower() if node.lemma == "fail" else "")
    if node.dep == "nsubj" and p.head(node).lemma == "fail":
        near.add("fail")
    under = {t.lower for t in p.subtree(f.head)[:60]} if f.head.pos in ("NOUN", "PROPN") else set()
    if near & lx.FAIL_WORDS or (under & {"failure", "failed", "unsuccessful"} and not under & {"claims"}):
        return "failure"
    if "explode" in near and f.type != "nuclear_test":
        return "failure"
    if near & lx.SUCCESS_WORDS:
        return "success"
    if f.type == "satellite_launch" and f.head.pos == "VERB" and modality == "actual":
        text = p.text[f.head.start : p.sentences[f.head.sent].end][:120].lower()
        if ("into orbit" in text or "in orbit" in text) and not any(
            w in near for w in ("attempt", "try", "fail", "plan")
        ):
            if not {c.lower for c in p.children(f.head, "aux")} & {"to"} or f.head.dep != "advcl":
                return "success"
    return "unknown"


# ------------------------------------------------------------------ transfers


def _transfer_event(scene: Scene, d: Draft) -> Made | None:
    """The event of a transfer that is said to have happened, or is denied; sought and offered ones have none."""
    announced = d.modality == "offered" and d.supply.happening and d.supply.head.lower == "package"
    if not d.supply.happening or not (announced or d.modality in ("actual", "negated")):
        return None
    people = [Participant(n, "supplier") for n in d.suppliers]
    people += [Participant(n, "recipient") for n in d.recipients if n not in d.suppliers]
    place = d.supply.place or scene.place_for(d.supply.head, None, ("from", "at")) or receiver(scene, d.supply.head)
    place = place or _left(d)
    negated = d.modality == "negated"
    own = any(c.dep == "neg" for c in scene.parse.children(d.supply.head))  # else a holder does not believe it
    return Made(
        type="other" if d.supply.goods else "arms_transfer",
        trigger=d.span,
        head=d.supply.head,
        when=d.when,
        when_text=d.time.span if d.time is not None else None,
        where=place,
        participants=people,
        outcome="unknown",
        status="denied" if negated and (d.status == "alleged" or not own) else transfer_of(d, 0, None).status,
        modality="negated" if negated else "actual",
        ordinals=[],
        claim=d.standing.claim.id if d.standing.claim is not None else None,
        mentions=list(d.passages),
        denied_by=list(d.denied_by),
        transfer=True,
        ends=d.supply.ends,
        ongoing=d.supply.ongoing,
    )


def _left(d: Draft) -> Where | None:
    """The spot where the way of a transfer begins, as "leaving the port of A" tells it."""
    first = d.supply.legs[0] if d.supply.legs else None
    return (
        first.start if first is not None and first.start is not None and country_of(first.start.name) is None else None
    )


def spans_of(event: Event) -> tuple[Span, ...]:
    """Every passage of an event, for checks."""
    return (event.trigger, *event.mentions, *(o.span for o in event.ordinals))
