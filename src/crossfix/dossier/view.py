"""What a dossier shows, as plain values: the HTML and the Markdown writer print the same view, line for line."""

from __future__ import annotations

from dataclasses import dataclass, field

from crossfix.record.rows import Evidence


@dataclass(frozen=True, slots=True)
class Cite:
    """A link to a passage: its number, and the id of the place that cites it, for the way back."""

    number: int
    ref: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a document: what stands before, the cited words, what stands after."""

    before: str
    words: str
    after: str

    @property
    def whole(self) -> str:
        """All of it as one string."""
        return self.before + self.words + self.after

    @property
    def marks(self) -> tuple[str, str]:
        """The quotation marks to set round it: none where it brings its own, so that none stand doubled."""
        return ("", "") if any(c in '“”"«»「」' for c in self.whole) else ("“", "”")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found about a row, in short: the verdict, the sentence, and the anchor of the whole finding."""

    verdict: str
    summary: str
    target: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What a check found. ``full`` is true where all of it stands: the passages, each with who published it (``more`` counts those not
    shown), caveat, chance, the numbers by name and the rows of public data, those of one source together with it. ``subject`` is what
    it is about, ``target`` the anchor of that, "" where it has no place of its own."""

    id: str
    full: bool
    verdict: str
    check: str
    summary: str
    subject: str
    target: str
    passages: tuple[tuple[str, Excerpt, tuple[Cite, ...]], ...]
    cites: tuple[Cite, ...]
    more: int
    caveat: str
    chance: str
    working: tuple[tuple[str, str], ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def row_count(self) -> int:
        """How many rows of public data it rests on."""
        return sum(len(some) for some, _ in self.rows)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One dated or undated happening. ``standing`` says who holds it and how; it is never left empty."""

    id: str
    target: str
    date: str
    iso: str | None
    precision: str
    what: str
    detail: str
    standing: str
    status: str
    support: str
    excerpt: Excerpt
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One transfer as told."""

    id: str
    supplier: str
    recipient: str
    item: str
    quantity: str
    route: str
    date: str
    iso: str | None
    standing: str
    status: str
    modality: str
    excerpt: Excerpt
    cites: tuple[Cite, ...]
    checked: tuple[Checked, ...] = ()

    @property
    def mutual(self) -> bool:
        """True for "the transfer of weapons between them": who gave to whom is not told."""
        return self.supplier == self.recipient and " and " in self.supplier


@dataclass(frozen=True, slots=True)
class SayLine:
    """Who says what, through whom, how firmly. ``through`` is the chain before the speaker, outermost first. ``behind`` is
    who stands behind a speaker that is a thing, such as a report. ``first`` is true where the claim is shown for the first
    time. ``firmness_words`` are quoted from the text; ``confidence`` is "87 %", or "" where nothing was estimated.
    ``drifts`` are the ids of what changed in it."""

    id: str
    first: bool
    speaker: str
    own_voice: bool
    behind: tuple[str, ...]
    through: tuple[str, ...]
    stance: str
    stance_words: str
    firmness: str
    firmness_words: tuple[str, ...]
    confidence: str
    voice: str
    excerpt: Excerpt
    cites: tuple[Cite, ...]
    drifts: tuple[str, ...] = ()
    checked: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What some documents say of a field where documents differ: who says so and where, outlet first and original speaker last
    ("ANI › Voice of America › White House"); ``more`` counts those not named."""

    field: str
    value: str
    by: tuple[tuple[str, tuple[Cite, ...]], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class RootLine:
    """One independent origin of an event: whom its reports go back to, the outlets with a mention in each (``more`` counts those
    not named), and why they count as one."""

    name: str
    documents: tuple[tuple[str, tuple[Cite, ...]], ...]
    more: int
    why: str


@dataclass(frozen=True, slots=True)
class DriftLine:
    """What changed between two tellings: the kind and the change in words, how sure, and the passages before and after, each with
    who published it."""

    id: str
    kind: str
    what: str
    confidence: str
    before: tuple[str, Excerpt, tuple[Cite, ...]]
    after: tuple[str, Excerpt, tuple[Cite, ...]]

    @property
    def sides(self) -> tuple[tuple[str, str, Excerpt, tuple[Cite, ...]], ...]:
        """Both, with the word that tells them apart."""
        return (("before", *self.before), ("after", *self.after))


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value of an event, as told."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class EventPart:
    """One event with everything said of it."""

    id: str
    heading: str
    facts: tuple[Fact, ...]
    status: str
    mentions: tuple[tuple[Excerpt, str, tuple[Cite, ...]], ...]
    more_mentions: tuple[Cite, ...]
    says: tuple[SayLine, ...]
    denied_by: tuple[str, ...]
    accounts: tuple[AccountLine, ...]
    why: str
    drifts: tuple[DriftLine, ...] = ()
    roots: tuple[RootLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerPart:
    """What one source says beside the events above."""

    name: str
    own_voice: bool
    says: tuple[SayLine, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One speaker in numbers."""

    name: str
    kind: str
    claims: int
    documents: int
    stances: str
    through: str
    cites: tuple[Cite, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OriginLine:
    """Documents that descend from one report."""

    id: str
    documents: tuple[tuple[int, str], ...]
    agency: str
    why: str


@dataclass(frozen=True, slots=True)
class Back:
    """Where a passage is cited from."""

    ref: str
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage with its number, its words and where it is cited."""

    number: int
    start: int
    end: int
    text: str
    backs: tuple[Back, ...]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A document of the annex: metadata, full text, the passages cited from it."""

    number: int
    sha256: str
    title: str
    meta: tuple[Fact, ...]
    text: str
    furniture: tuple[tuple[int, int, str], ...]
    sentences: tuple[tuple[int, int], ...]
    passages: tuple[Passage, ...]
    notes: tuple[str, ...]
    extracted: bool
    reason: str
    checked: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What the dossier rests on. ``left_out`` says which claims are not shown and why, ``confidence`` what the figures mean;
    both are "" where there is nothing to say."""

    facts: tuple[Fact, ...]
    not_extracted: tuple[tuple[int, str, str], ...]
    origins: tuple[OriginLine, ...]
    left_out: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole view."""

    title: str
    selection: str
    made: str
    version: str
    basis: Basis
    timeline: tuple[TimelineLine, ...]
    undated: tuple[TimelineLine, ...]
    transfers: tuple[TransferLine, ...]
    events: tuple[EventPart, ...]
    speakers: tuple[SpeakerPart, ...]
    sources: tuple[SourceLine, ...]
    documents: tuple[DocumentPart, ...]
    drifts: tuple[DriftLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()


@dataclass(slots=True)
class Citations:
    """Gives passages their numbers in the order in which they are first cited, and remembers from where."""

    numbers: dict[Evidence, int] = field(default_factory=dict)
    backs: dict[int, list[Back]] = field(default_factory=dict)

    def cite(self, evidence: Evidence, label: str) -> Cite:
        """A link to the passage from a line called ``label``."""
        number = self.numbers.setdefault(evidence, len(self.numbers) + 1)
        backs = self.backs.setdefault(number, [])
        ref = f"r{number}-{len(backs) + 1}"
        backs.append(Back(ref, label))
        return Cite(number, ref)
