"""What the record hands out: rows as frozen values with the passages they rest on, and the filter that picks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from crossfix.model import (
    Basis,
    Bound,
    Event,
    EventType,
    FigureKind,
    Firmness,
    ItemKind,
    Modality,
    Mode,
    Moment,
    Ordinal,
    Outcome,
    Participant,
    Span,
    Stance,
    Status,
    Transfer,
    TransferModality,
    Voice,
    Where,
)
from crossfix.record.reviews_rows import UNREVIEWED, Reviewed


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows: every field given must hold. Dates are days, both included; ``since`` and ``until`` may be "YYYY",
    "YYYY-MM" or "YYYY-MM-DD" and hold against an event's or a transfer's date, or a document's and a claim's
    publication date (its ``written`` where it has none). ``sure`` is the least confidence (0 to 1) of a claim; claims
    without an estimate, such as the outlet's own statements, are then left out. ``about`` is free text: all its words stand in the row's
    passage, names or, for a document, its text. ``agent`` and ``place`` match names and aliases. An undated row is
    left out by a date filter."""

    since: str | None = None
    until: str | None = None
    type: EventType | None = None
    agent: str | None = None
    place: str | None = None
    about: str | None = None
    stance: Stance | None = None
    firmness: Firmness | None = None
    voice: Voice | None = None
    status: Status | None = None
    outlet: str | None = None
    document: str | None = None  # a SHA-256 or a prefix of one, at least 6 characters
    sure: float | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A passage: a document's SHA-256 and half-open code-point offsets into its canonical text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one document did. ``new`` is false where the same bytes were there already."""

    document: str
    new: bool
    claims: int
    events: int
    transfers: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as kept. ``added`` is UTC, ISO 8601. ``relation`` is identical_reprint, edited_reprint, rewrite or
    shared_quotes, of ``derived_from``. ``words`` counts the canonical text's. ``fast`` is true where it was read by the
    rules alone, without the trained model; None for a document read before there was one."""

    sha256: str
    file: str
    media_type: str
    title: str | None
    outlet: str | None
    agency: str | None
    author: str | None
    published: str | None
    published_basis: Basis | None
    written: str | None
    language: str
    url: str | None
    words: int
    furniture: tuple[tuple[int, int, str], ...]
    notes: tuple[str, ...]
    extracted: bool
    reason: str | None
    origin: str | None
    derived_from: str | None
    relation: str | None
    added: str
    fast: bool | None = None
    reviewed: Reviewed = UNREVIEWED


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as kept; spans are into the text of ``document``. ``confidence`` (0 to 1) says how likely the attribution is
    to stand, None where nothing was estimated; ``firmness_words`` are those that set stance and firmness."""

    id: str
    document: str
    source: Span | None
    cue: Span | None
    content: Span
    quote: Span
    source_name: str | None
    chain: tuple[str, ...]
    stance: Stance
    firmness: Firmness
    voice: Voice
    added: str
    confidence: float | None = None
    firmness_words: tuple[Span, ...] = ()
    reviewed: Reviewed = UNREVIEWED

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passage it rests on."""
        return (Evidence(self.document, self.quote.start, self.quote.end),)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many claims a least confidence leaves out, and why: the estimate is lower, the outlet says it in its own voice, or
    nothing was estimated."""

    lower: int = 0
    own_voice: int = 0
    no_estimate: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.lower + self.own_voice + self.no_estimate

    @classmethod
    def of(cls, claims: Iterable[ClaimRow], sure: float) -> LeftOut:
        """What ``sure`` leaves out of these claims."""
        lower = own_voice = no_estimate = 0
        for c in claims:
            if c.confidence is not None:
                lower += c.confidence < sure
            elif c.voice == "outlet":
                own_voice += 1
            else:
                no_estimate += 1
        return cls(lower, own_voice, no_estimate)


@dataclass(frozen=True, slots=True)
class Account:
    """What one or more documents say of an event's or a transfer's field, where documents differ. ``by`` says for each passage of
    ``evidence`` who says it there, outlet first and original speaker last ("ANI > Voice of America > White House")."""

    field: str
    value: str
    evidence: tuple[Evidence, ...]
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Root:
    """One independent origin of an event's reports: whom it goes back to, the documents, and why they count as one."""

    name: str
    documents: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A flight figure as one announcer gives it (see ``model.Figure``), with every passage that tells it so."""

    kind: FigureKind
    low: float | None
    high: float | None
    bound: Bound
    unit: str
    told_unit: str
    announcer: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A typed quantity of a transfer (see ``model.Quantity``), with every passage that tells it so."""

    low: float | None
    high: float | None
    bound: Bound
    unit: str
    strict: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LegRow:
    """A stretch of a transfer's route (see ``model.Leg``), with every passage that tells it so."""

    start: Where | None
    end: Where | None
    mode: Mode
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One happening, with every mention of it. ``claims`` are the ids of the claims that its mentions stand in;
    ``reports`` the documents; ``independent_origins`` counts origins, not documents. ``why`` says why mentions were
    joined. ``moment`` is ``when`` in UTC, None where no zone is known. ``roots`` are the independent origins one by one,
    ``speakers`` the named original speakers, and ``reporters`` counts those who tell it in words of their own: a press
    conference that ten quote is one speaker with ten reporters. Rows kept before there were such have none (0)."""

    id: str
    type: EventType
    when: str | None
    where: Where | None
    participants: tuple[Participant, ...]
    outcome: Outcome
    status: Status
    modality: Modality
    ordinals: tuple[Ordinal, ...]
    mentions: tuple[Evidence, ...]
    triggers: tuple[str, ...]
    reports: tuple[str, ...]
    independent_origins: int
    accounts: tuple[Account, ...]
    claims: tuple[str, ...]
    denied_by: tuple[str, ...]
    why: str
    moment: Moment | None = None
    roots: tuple[Root, ...] = ()
    speakers: tuple[str, ...] = ()
    reporters: int = 0
    figures: tuple[FigureRow, ...] = ()
    reviewed: Reviewed = UNREVIEWED

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages it rests on."""
        return self.mentions


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer, joined over documents where supplier, recipient, item and date agree. ``accounts`` are the fields in which
    documents differ; ``why`` says why it was joined."""

    id: str
    event: str | None
    supplier: str | None
    recipient: str | None
    item: str
    quantity: str | None
    when: str | None
    route: str | None
    status: Status
    modality: TransferModality
    alleged_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    accounts: tuple[Account, ...] = ()
    why: str = ""
    kind: ItemKind = "other"
    kinds: tuple[ItemKind, ...] = ()
    kind_word: str = ""
    amounts: tuple[AmountRow, ...] = ()
    legs: tuple[LegRow, ...] = ()
    reviewed: Reviewed = UNREVIEWED


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A speaker: how many claims in how many documents, by stance, and through which middle links they came."""

    id: str
    name: str
    kind: str
    claims: int
    documents: int
    stances: Mapping[str, int]
    through: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, order=True)
class AliasGround:
    """Why a name means this agent: the name as a document tells it, the reason in words, and the passage. ``local`` is true where the
    name means the agent in some documents only ("Kim", "the president")."""

    alias: str
    why: str
    evidence: Evidence
    local: bool = False


@dataclass(frozen=True, slots=True, order=True)
class OfficeHeld:
    """An office that a person held. ``of`` is the state or body, None where no source says. ``first`` and ``last`` are days of a
    term by the table of holders, ``seen`` the months ("2016-03" or "2016-03/2023-09") of documents that give the person the
    office as a present one, ``past`` those that call it past ("former", "then"). ``evidence`` is one passage for a document's word,
    ``source`` the table's source."""

    title: str
    of: str | None
    first: str | None = None
    last: str | None = None
    seen: str | None = None
    past: str | None = None
    evidence: Evidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class AgentRow:
    """A person, office, organisation or state that speaks or acts; ``aliases`` are the other names it goes by in the
    documents. ``document`` is set for an agent that only its document knows: a source without a name, a family name alone.
    ``grounds`` say why each name means it; ``of_state`` is the state that a body belongs to; ``members`` are the ids of the agents
    that a text names as part of a group."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    documents: tuple[str, ...]
    document: str | None = None
    grounds: tuple[AliasGround, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    of_state: str | None = None
    members: tuple[str, ...] = ()
    reviewed: Reviewed = UNREVIEWED


@dataclass(frozen=True, slots=True)
class OriginRow:
    """Documents that descend from one report, and why they are held to."""

    id: str
    documents: tuple[str, ...]
    agency: str | None
    why: str


@dataclass(frozen=True, slots=True)
class DriftRow:
    """What changed between two tellings of one thing: ``parent`` is the passage in the document that was there before, ``child``
    that in the one that came of it. ``kind`` is attribution_lost, firmness_raised, qualifier_dropped, number_moved,
    number_changed, speaker_changed or meaning_changed; ``what`` says it in one sentence; ``confidence`` (0 to 1) is an estimate
    of how likely a reader would agree. A claim's id is None where the passage stands in none."""

    id: str
    kind: str
    parent: Evidence
    child: Evidence
    parent_claim: str | None
    child_claim: str | None
    what: str
    confidence: float

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Both passages, the earlier first."""
        return (self.parent, self.child)


@dataclass(frozen=True, slots=True)
class Decision:
    """A merge or split that a person decided. ``groups`` hold the parts it is about: of an event the ids of its mentions, of
    an origin its documents, of an agent its names. Those of a merge belong together; those of a split apart. ``given`` are the
    ids as they were typed. ``undone`` is true where a later row takes it back."""

    number: int
    verb: Literal["merge", "split"]
    kind: Literal["event", "agent", "origin"]
    groups: tuple[tuple[str, ...], ...]
    given: tuple[str, ...]
    at: str
    by: str
    why: str
    undone: bool = False

    @property
    def id(self) -> str:
        """Its id in the record."""
        return f"decision-{self.number}"

    @property
    def parts(self) -> frozenset[str]:
        """All that it is about."""
        return frozenset(p for g in self.groups for p in g)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place named in the documents; coordinates are WGS84 degrees."""

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    kind: str
    geonames_id: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry in a row's history: when (UTC, ISO 8601), who, what was done, why, and the row as it then stood."""

    id: str
    version: int
    at: str
    by: str
    act: str
    why: str
    value: Mapping[str, object] = field(default_factory=dict)
    table: str = ""


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What one run of linking did: the documents it took in, and how many origins, reprints, events, transfers and
    agents it made anew. ``changed`` counts results that got a new version, ``withdrawn`` those that another now stands
    for."""

    documents: int = 0
    new_origins: int = 0
    new_reprints: int = 0
    new_events: int = 0
    new_transfers: int = 0
    new_agents: int = 0
    changed: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Descent:
    """Which origin a document belongs to, and what it was likeliest made from."""

    document: str
    origin: str
    derived_from: str | None
    relation: str | None
    why: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event as one document tells it; ``event.id`` is its id in the record."""

    document: str
    event: Event


@dataclass(frozen=True, slots=True)
class TransferMention:
    """A transfer as one document tells it; ``transfer.id`` is its id in the record."""

    document: str
    transfer: Transfer
