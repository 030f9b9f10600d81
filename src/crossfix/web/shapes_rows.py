"""The shapes of the record's rows, in the words of `crossfix export --format json`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from crossfix.web.shapes import EvidenceShape, ReviewedShape, Shape, SpanShape, WhereShape

Sha = Field(description="SHA-256 of the original bytes")
When = Field(description="YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO with both ends included")
Days = Field(description="YYYY-MM-DD; empty where no date is known")
Passages = Field(description="The passages it rests on")


class DocumentListed(Shape):
    """A document in a list."""

    sha256: str = Sha
    title: str
    file: str
    outlet: str | None
    agency: str | None
    published: str | None
    day: str = Field(description="The first day that it is placed at: published, else written")
    language: str
    words: int
    extracted: bool = Field(description="False where it is kept but was not read for claims")
    reason: str | None = Field(description="Why it was not read")
    added: str
    claims: int
    events: int
    origin: str | None
    family: int = Field(description="How many documents descend from the same origin")
    relation: str | None
    parent: str | None = Field(description="In words, what it was likeliest made from")
    findings: dict[str, int] = Field(description="By verdict, the findings about it, its claims and its events")


class Furniture(Shape):
    """Page furniture: menus, bylines, teasers; kept, but not read."""

    start: int
    end: int
    kind: str


class TimeShape(Shape):
    """A time expression as it resolves."""

    start: int
    end: int
    text: str
    type: str = Field(description="DATE, TIME, DURATION or SET")
    value: str = Field(description="TIMEX3 value")
    interval: str | None = When
    anchor: str = Field(description="Why it resolves so")
    mod: str | None
    part: str | None
    zone: str | None
    bounds: str | None


class DocumentShape(Shape):
    """A document with its text."""

    sha256: str = Sha
    file: str
    media_type: str
    title: str | None
    outlet: str | None
    agency: str | None
    author: str | None
    published: str | None
    published_basis: str | None = Field(description="given, metadata, dateline, header or inferred")
    written: str | None = When
    language: str
    url: str | None
    words: int
    extracted: bool
    reason: str | None
    notes: list[str]
    furniture: list[Furniture]
    origin: str | None
    derived_from: str | None
    relation: str | None = Field(description="identical_reprint, edited_reprint, rewrite or shared_quotes")
    added: str
    fast: bool | None
    text: str
    reviewed: ReviewedShape
    sentences: list[tuple[int, int]]
    times: list[TimeShape]


class ClaimShape(Shape):
    """Somebody's assertion, denial, suspicion; with who says it through whom, and how firmly."""

    id: str
    document: str = Sha
    source: SpanShape | None
    cue: SpanShape | None
    content: SpanShape
    source_name: str | None
    chain: list[str] = Field(description="The outlet first, the original speaker last")
    stance: str
    firmness: str
    voice: str
    confidence: float | None = Field(description="How likely the attribution is to stand, 0 to 1")
    firmness_words: list[SpanShape]
    events: list[str] = Field(description="Ids of the events that it tells of")
    evidence: list[EvidenceShape] = Passages
    reviewed: ReviewedShape


class ParticipantShape(Shape):
    """Who takes part, and as what."""

    name: str | None
    role: str


class OrdinalShape(Shape):
    """ "The third launch of this year"."""

    nth: int
    of: str


class RootShape(Shape):
    """An independent origin of an event's reports."""

    name: str
    documents: list[str]
    why: str


class AccountShape(Shape):
    """What documents say of a field in which they differ."""

    field: str
    value: str
    evidence: list[EvidenceShape] = Passages
    by: list[str] = Field(description="Who says it at each passage")


class FigureShape(Shape):
    """A flight figure as one announcer gives it."""

    kind: str
    low: float | None
    high: float | None
    bound: str
    unit: str
    told_unit: str
    announcer: str | None
    evidence: list[EvidenceShape] = Passages


class EventShape(Shape):
    """One happening, however many report it."""

    id: str
    type: str
    triggers: list[str]
    when: str | None = When
    utc: dict[str, Any] | None = Field(description="The moment in UTC, where a zone is known")
    where: WhereShape | None
    participants: list[ParticipantShape]
    outcome: str
    status: str
    modality: str
    ordinals: list[OrdinalShape]
    mentions: list[EvidenceShape]
    reports: list[str]
    independent_origins: int = Field(description="Origins, not documents: reprints of one report count once")
    roots: list[RootShape]
    speakers: list[str]
    reporters: int
    accounts: list[AccountShape]
    claims: list[str]
    denied_by: list[str]
    why: str = Field(description="Why its mentions were joined")
    evidence: list[EvidenceShape] = Passages
    figures: list[FigureShape]
    reviewed: ReviewedShape


class AmountShape(Shape):
    """A quantity of a transfer."""

    low: float | None
    high: float | None
    bound: str
    strict: bool
    unit: str
    evidence: list[EvidenceShape] = Passages


class LegShape(Shape):
    """A stretch of a transfer's route."""

    from_: WhereShape | None = Field(alias="from")
    to: WhereShape | None
    mode: str
    evidence: list[EvidenceShape] = Passages


class TransferShape(Shape):
    """Who supplied whom with what."""

    id: str
    event: str | None
    supplier: str | None
    recipient: str | None
    item: str
    quantity: str | None
    when: str | None = When
    route: str | None
    status: str
    modality: str
    alleged_by: list[str]
    denied_by: list[str]
    evidence: list[EvidenceShape] = Passages
    accounts: list[AccountShape]
    why: str
    kind: str
    kinds: list[str]
    kind_word: str | None
    amounts: list[AmountShape]
    legs: list[LegShape]
    reviewed: ReviewedShape


class AgentListed(Shape):
    """Who speaks or acts, in a list."""

    id: str
    name: str
    kind: str
    document: str | None = Field(description="Set for an agent that only its document knows")
    names: int = Field(description="How many names it goes by")
    claims: int = Field(description="Claims whose source has one of its names")


class GroundShape(Shape):
    """Why a name means this agent."""

    alias: str
    why: str
    local: bool
    evidence: list[EvidenceShape]


class OfficeShape(Shape):
    """An office that a person held."""

    title: str
    of: str | None
    first: str | None
    last: str | None
    seen: str | None
    past: str | None
    evidence: list[EvidenceShape]
    source: str | None


class AgentShape(Shape):
    """A person, office, organisation or state. ``documents`` are those that name it as a claim's source or an event's participant."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    documents: list[str]
    of_state: str | None
    members: list[str]
    grounds: list[GroundShape]
    offices: list[OfficeShape]
    reviewed: ReviewedShape


class PlaceListed(Shape):
    """A place that documents name."""

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    kind: str
    geonames_id: int | None
    mentions: int
    documents: int


class OriginShape(Shape):
    """Documents that descend from one report."""

    id: str
    documents: list[str]
    agency: str | None
    why: str


class FindingShape(Shape):
    """What a check found, with its working."""

    id: str
    check: str
    kind: str
    subject: str
    subject_kind: str = Field(description="claim, event, transfer or document")
    about: str
    verdict: str = Field(description="contradicted, tension, unknown or supported")
    summary: str
    working: dict[str, Any] = Field(description="The numbers, units in their names")
    sources: list[str] = Field(description="table:key (what was read there)")
    caveat: str | None
    chance: float | None
    chance_of: str | None
    evidence: list[EvidenceShape] = Passages


class CheckShape(Shape):
    """A check and how it stands in this record."""

    check: str
    title: str
    documents: int = Field(description="Over how many documents it was last run")
    whole: bool = Field(description="False where questions failed")
    at: str
    verdicts: dict[str, int] = Field(description="Its findings by verdict")


class DriftShape(Shape):
    """What changed between two tellings of one thing; the earlier passage first."""

    id: str
    kind: str
    what: str
    parent_claim: str | None
    child_claim: str | None
    confidence: float
    evidence: list[EvidenceShape] = Passages


class DecisionShape(Shape):
    """A merge or split that a person decided."""

    id: str
    verb: str
    kind: str
    groups: list[list[str]]
    at: str
    by: str
    why: str


class UndoneShape(Shape):
    """When an act was taken back."""

    at: str | None
    by: str | None
    why: str


class ActShape(Shape):
    """What a person said of a row."""

    id: str
    verb: str
    kind: str
    target: str
    parts: list[str]
    field: str | None
    value: Any
    before: Any
    at: str
    by: str
    why: str
    undone: UndoneShape | None


class HistoryShape(Shape):
    """One version of a row."""

    table: str
    version: int
    at: str
    by: str
    act: str
    why: str
    value: dict[str, Any] = Field(description="Its columns as they then stood")


class PassageShape(Shape):
    """A passage with its sentence and its document."""

    document: str = Sha
    start: int
    end: int
    text: str
    before: str = Field(description="What stands before it in its sentence")
    after: str = Field(description="What stands after it in its sentence")
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    path: str = Field(description="The address of the passage in the site")


class BitShape(Shape):
    """A run of a passage."""

    text: str
    hit: bool = Field(description="True for what was looked for")


class HitShape(Shape):
    """A passage that a search found."""

    document: str = Sha
    start: int
    end: int
    title: str | None
    outlet: str | None
    day: str = Days
    language: str
    bits: list[BitShape]
    path: str = Field(description="The address of the passage in the site")


class CountsShape(Shape):
    """How much the record holds."""

    documents: int
    claims: int
    events: int
    transfers: int
    origins: int
    outlets: int
    languages: dict[str, int]
    since: str
    until: str
    verdicts: dict[str, int]
    drifts: dict[str, int]
    checked: bool
    unchecked: int = Field(description="Documents that came in after the checks were last run")


class IndexShape(Shape):
    """The record in a few numbers. ``revision`` changes with every change of the record."""

    crossfix: str
    revision: str
    counts: CountsShape
    lists: dict[str, str] = Field(description="Addresses of the lists")


class TableShape(Shape):
    """A table of public data."""

    name: str
    file: str
    package: str | None
    holds: str
    rows: int
    key: str
    source: str
    licence: str
    read: str | None


class EntryShape(Shape):
    """A row of public data with where it is from."""

    table: str
    key: str
    values: dict[str, str]
    line: int | None = Field(description="Where it stands in its file")
    source: str
    licence: str
    read: str | None
