"""Record to view: which rows a dossier shows, in which order, in which words, and which passage each line rests on."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from crossfix import __version__
from crossfix.dossier import phrases, words
from crossfix.dossier.basis import basis
from crossfix.dossier.drift import Drifts, line
from crossfix.dossier.findings import Findings
from crossfix.dossier.findings import line as finding
from crossfix.dossier.standing import account_lines, root_lines, support_facts
from crossfix.dossier.view import (
    Citations,
    Cite,
    DocumentPart,
    Dossier,
    DriftLine,
    EventPart,
    Excerpt,
    Fact,
    FindingLine,
    Passage,
    SayLine,
    SourceLine,
    SpeakerPart,
    TimelineLine,
    TransferLine,
)  # fmt: skip
from crossfix.record.findings import CheckRun, FindingRow
from crossfix.record.rows import (
    ClaimRow,
    DocumentRow,
    DriftRow,
    EventRow,
    Evidence,
    Filter,
    OriginRow,
    SourceRow,
    TransferRow,
)  # fmt: skip

MENTIONS_MOST = 6
SOURCE_CITES_MOST = 8
DASH = "—"
PLACES_MATTER = ("missile_test", "satellite_launch", "nuclear_test", "visit", "meeting", "exercise")
OUTCOMES_MATTER = ("missile_test", "satellite_launch", "nuclear_test")


class Shelf(Protocol):
    """What a dossier needs of a record."""

    def documents(self, f: Filter = ...) -> list[DocumentRow]: ...
    def claims(self, f: Filter = ...) -> list[ClaimRow]: ...
    def events(self, f: Filter = ...) -> list[EventRow]: ...
    def transfers(self, f: Filter = ...) -> list[TransferRow]: ...
    def sources(self, f: Filter = ...) -> list[SourceRow]: ...
    def origins(self) -> list[OriginRow]: ...
    def drifts(self) -> list[DriftRow]: ...
    def findings(self) -> list[FindingRow]: ...
    def check_runs(self) -> list[CheckRun]: ...
    def text(self, sha256: str) -> str: ...
    def sentences(self, sha256: str) -> list[tuple[int, int]]: ...


def gather(
    shelf: Shelf, f: Filter | None = None, *, title: str | None = None, made: dt.datetime | None = None
) -> Dossier:
    """The view of all rows that the filter lets through, with every document they cite.

    Claims that stand in a shown event are shown with it even where they alone would not pass the filter. ``made`` is
    the time of making (UTC now by default). Raises RecordError from the shelf.
    """
    f = f or Filter()
    made = made or dt.datetime.now(dt.UTC)
    return Gatherer(shelf, f).dossier(title or _title(f), made)


def _title(f: Filter) -> str:
    subject = f.about or f.agent or f.place
    return f"{subject}: who says what" if subject else "Who says what, through whom, how firmly"


class Gatherer:
    """One pass over a record. Citations are numbered as the reader meets them, so the order of the steps matters."""

    def __init__(self, shelf: Shelf, f: Filter) -> None:
        self.shelf = shelf
        self.filter = f
        self.citations = Citations()
        self.texts: dict[str, str] = {}
        self.cuts: dict[str, list[tuple[int, int]]] = {}
        # what a person rejected is not handed on; it stays in the record, and in the export marked as rejected
        events = (e for e in shelf.events(f) if not e.reviewed.rejected)
        transfers = (t for t in shelf.transfers(f) if not t.reviewed.rejected)
        self.events = sorted(events, key=lambda e: (words.date_key(e.when), e.id))
        self.transfers = sorted(transfers, key=lambda t: (words.date_key(t.when), t.id))
        self.sources = shelf.sources(f)
        self.rows = {d.sha256: d for d in shelf.documents(Filter())}
        self.claims = self.in_order(shelf.claims(f))
        every = self.claims if f == Filter() else self.in_order(shelf.claims(Filter()))
        self.claim = {c.id: c for c in every}
        self.in_document: dict[str, list[ClaimRow]] = defaultdict(list)
        for c in every:
            self.in_document[c.document].append(c)
        self.about = {e.id: self.claims_about(e) for e in self.events}
        self.shown: set[str] = set()
        self.drifts = Drifts(shelf.drifts())
        self.findings = Findings(shelf.findings(), shelf.check_runs())

    def claims_about(self, e: EventRow) -> list[ClaimRow]:
        """The claims that the event's mentions stand in, and those whose content holds a mention: all that is said of it."""
        documents = dict.fromkeys(
            [*(m.document for m in e.mentions), *(c.document for i in e.claims if (c := self.claim.get(i)))]
        )
        return self.in_order(c for d in documents for c in self.in_document[d] if phrases.speaks_of(c, e))

    def in_order(self, claims: Iterable[ClaimRow]) -> list[ClaimRow]:
        """The oldest document first, then by place in the text. Claims that a person rejected are left out."""
        dates = {sha: words.date_key(d.published or d.written) for sha, d in self.rows.items()}
        last = (2, "", "")
        return sorted(
            (c for c in claims if not c.reviewed.rejected),
            key=lambda c: (dates.get(c.document, last), c.document, c.quote.start, c.content.start, c.id),
        )

    # ---------------------------------------------------------------- passages

    def text(self, sha256: str) -> str:
        if sha256 not in self.texts:
            self.texts[sha256] = self.shelf.text(sha256)
            self.cuts[sha256] = sorted(self.shelf.sentences(sha256))
        return self.texts[sha256]

    def excerpt(self, evidence: Evidence) -> Excerpt:
        """The passage; a short one within its sentence, so that it can be read."""
        text = self.text(evidence.document)
        return phrases.excerpt(text, self.cuts[evidence.document], evidence.start, evidence.end)

    def by_sentence(self, mentions: Iterable[Evidence]) -> list[list[Evidence]]:
        """Mentions in the same sentence side by side, in the order given."""
        groups: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
        for m in mentions:
            self.text(m.document)
            i = bisect_right(self.cuts[m.document], (m.start, 1 << 62))
            groups[(m.document, i)].append(m)
        return list(groups.values())

    def cite(self, evidence: Iterable[Evidence], label: str, most: int = 4) -> tuple[Cite, ...]:
        return tuple(self.citations.cite(e, label) for e in list(evidence)[:most])

    def documents_words(self, shas: Iterable[str]) -> str:
        names = dict.fromkeys(self.outlet(s) for s in shas)
        return words.listed(list(names), most=4)

    def speaker(self, c: ClaimRow) -> str:
        """The claim's speaker; the document itself where it speaks for an outlet that is not known."""
        name = phrases.speaker(c)
        return self.outlet(c.document) if c.voice == "outlet" and name.startswith("(") else name

    def outlet(self, sha256: str) -> str:
        row = self.rows.get(sha256)
        return phrases.outlet(row) if row else sha256[:8]

    # ---------------------------------------------------------------- parts

    def dossier(self, title: str, made: dt.datetime) -> Dossier:
        findings = self.finding_lines()
        timeline = self.timeline()
        transfers = tuple(self.transfer_line(t) for t in self.transfers)
        events = tuple(self.event_part(e) for e in self.events)
        speakers = self.speaker_parts()
        changed = self.drift_lines(self.drifts.others(self.claims))
        sources = tuple(self.source_line(s) for s in self.sources)
        shown = self.shown_documents()
        return Dossier(
            title=title,
            selection=phrases.selection_words(self.filter),
            made=made.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
            version=__version__,
            basis=basis(self, shown),
            timeline=tuple(line for line in timeline if line.iso),
            undated=tuple(line for line in timeline if not line.iso),
            transfers=transfers,
            events=events,
            speakers=speakers,
            drifts=changed,
            findings=findings,
            sources=sources,
            documents=tuple(self.document_part(i, d) for i, d in enumerate(shown, 1)),
        )

    def shown_documents(self) -> list[DocumentRow]:
        """The cited documents and those that pass the filter themselves, oldest first, undated last."""
        cited = {e.document for e in self.citations.numbers}
        passing = set() if self.of_rows_only() else {d.sha256 for d in self.shelf.documents(self.filter)}
        rows = [d for sha, d in self.rows.items() if sha in cited or sha in passing]
        return sorted(rows, key=lambda d: (words.date_key(d.published or d.written), d.file, d.sha256))

    def of_rows_only(self) -> bool:
        """True where the filter asks for what only claims and events have: a document is then shown for those alone."""
        f = self.filter
        return any(x is not None for x in (f.type, f.stance, f.firmness, f.sure))

    def timeline(self) -> list[TimelineLine]:
        lines = [self.event_timeline(e) for e in self.events]
        shown = {e.id for e in self.events}
        lines += [self.transfer_timeline(t) for t in self.transfers if not t.event or t.event not in shown]
        return self.recited(sorted(lines, key=lambda line: (words.date_key(line.iso), line.id)))

    def recited(self, lines: list[TimelineLine]) -> list[TimelineLine]:
        """Numbers the citations in reading order, after sorting."""
        evidence = {e.id: e.evidence for e in self.events} | {t.id: t.evidence for t in self.transfers}
        return [replace(line, cites=self.cite(evidence[line.id], f"Timeline, {line.date}", 3)) for line in lines]

    def event_timeline(self, e: EventRow) -> TimelineLine:
        return TimelineLine(
            id=e.id,
            target=f"e-{e.id}",
            date=phrases.event_date(e),
            iso=e.when,
            precision=words.precision_words(e.when),
            what=words.EVENT_WORDS.get(e.type, e.type),
            detail=phrases.event_detail(e, [t.item for t in self.transfers if t.event == e.id]),
            standing=self.event_standing(e),
            status=e.status,
            support=phrases.support(e),
            excerpt=self.excerpt(e.evidence[0]) if e.evidence else Excerpt("", "", ""),
            cites=(),
        )

    def transfer_timeline(self, t: TransferRow) -> TimelineLine:
        return TimelineLine(
            id=t.id,
            target=f"t-{t.id}",
            date=words.date_words(t.when),
            iso=t.when,
            precision=words.precision_words(t.when),
            what="Transfer",
            detail=f"{t.item}: {phrases.pair(t.supplier, t.recipient)}",
            standing=phrases.transfer_standing(t),
            status=t.status,
            support=words.plural(len({e.document for e in t.evidence}), "document"),
            excerpt=self.excerpt(t.evidence[0]) if t.evidence else Excerpt("", "", ""),
            cites=(),
        )

    def event_standing(self, e: EventRow) -> str:
        held = [c for i in e.claims if (c := self.claim.get(i)) and c.stance != "deny"]
        speakers = list(dict.fromkeys(phrases.speaker(c) for c in held if c.voice != "outlet"))
        outlets = list(dict.fromkeys(self.speaker(c) for c in self.about[e.id] if c.voice == "outlet"))
        if not speakers:
            outlets = outlets or list(dict.fromkeys(self.outlet(d) for d in e.reports))
            own = f"in the outlet's own voice: {words.listed(outlets, most=3)}" if outlets else ""
            standing = words.status_words(e.status, (), self.deniers(e))
            if not own or e.status == "denied":
                return standing
            return f"{standing}, {own}" if e.status == "reported" else f"{standing} ({own})"
        return words.status_words(e.status, speakers, self.deniers(e), negated=e.modality == "negated")

    def deniers(self, e: EventRow) -> tuple[str, ...]:
        """Who denies it, each once: "Russia and North Korea" adds nothing to Russia, North Korea."""
        claims = (self.claim.get(i) for i in e.claims)
        names = dict.fromkeys([*e.denied_by, *(phrases.speaker(c) for c in claims if c and c.stance == "deny")])
        return tuple(n for n in names if " and " not in n or not set(re.split(r", | and ", n)) <= names.keys())

    def transfer_line(self, t: TransferRow) -> TransferLine:
        return TransferLine(
            id=t.id,
            supplier=t.supplier or "not told",
            recipient=t.recipient or "not told",
            item=t.item,
            quantity=t.quantity or DASH,
            route=t.route or DASH,
            date=words.date_words(t.when),
            iso=t.when,
            standing=phrases.transfer_standing(t),
            status=t.status,
            modality=f"told as {t.modality}" if t.modality in ("offered", "wanted", "predicted") else "",
            excerpt=self.excerpt(t.evidence[0]) if t.evidence else Excerpt("", "", ""),
            cites=self.cite(t.evidence, f"Transfers, {t.id}"),
            checked=self.findings.checked(t.id),
        )

    def event_part(self, e: EventRow) -> EventPart:
        label = f"Event {e.id}"
        together = self.by_sentence(e.mentions)
        mentions = tuple(
            (self.excerpt(ms[0]), self.outlet(ms[0].document), self.cite(ms, label)) for ms in together[:MENTIONS_MOST]
        )
        return EventPart(
            id=e.id,
            heading=phrases.heading(e),
            facts=self.event_facts(e),
            status=e.status,
            mentions=mentions,
            more_mentions=self.cite([m for ms in together[MENTIONS_MOST:] for m in ms], label, most=40),
            says=tuple(self.say_line(c, label) for c in self.about[e.id] if self.sure_enough(c)),
            denied_by=self.deniers(e),
            roots=root_lines(e, self.outlet, self.cite),
            accounts=account_lines(e, self.outlet, self.cite),
            why=e.why if len(e.reports) > 1 else "",
            drifts=self.drift_lines(self.drifts.of_event(e, self.about[e.id])),
            findings=tuple(self.finding_line(f, label, full=True) for f in self.findings.of.get(e.id, ())),
        )

    def drift_lines(self, rows: Iterable[DriftRow]) -> tuple[DriftLine, ...]:
        return tuple(line(d, self.outlet, self.excerpt, self.cite) for d in rows)

    def event_facts(self, e: EventRow) -> tuple[Fact, ...]:
        precision = words.precision_words(e.when)
        date = words.date_words(e.when) + (f" (known to the {precision})" if precision in ("month", "year") else "")
        roles = defaultdict(list)
        for p in e.participants:
            roles[p.role].append(p.name)
        facts = [
            Fact("Date, as told", date if e.when else "not told"),
            *phrases.moment_facts(e),
            *([Fact("Place, as told", phrases.place(e))] if e.where else []),
            *(Fact(role.replace("_", " ").capitalize(), words.listed(names)) for role, names in roles.items()),
            *([Fact("Outcome", words.OUTCOME_WORDS[e.outcome])] if e.outcome != "unknown" else []),
            Fact("Standing", self.event_standing(e)),
        ]
        if e.modality != "actual":
            facts.append(Fact("Told as", words.MODALITY_WORDS.get(e.modality, e.modality)))
        if e.ordinals:
            facts.append(
                Fact("Count, as told", words.listed([f"{words.ordinal_words(o.nth)} of {o.of}" for o in e.ordinals]))
            )
        missing = ["place"] if e.where is None and e.type in PLACES_MATTER else []
        missing += ["outcome"] if e.outcome == "unknown" and e.type in OUTCOMES_MATTER else []
        if missing:
            facts.append(Fact("Not told", words.listed(missing)))
        return (*facts, *support_facts(e))

    def say_line(self, c: ClaimRow, label: str) -> SayLine:
        own = c.voice == "outlet"
        name = self.speaker(c)
        through, behind = phrases.links(c)
        first = c.id not in self.shown
        self.shown.add(c.id)
        return SayLine(
            id=c.id,
            first=first,
            speaker=name,
            own_voice=own,
            behind=behind,
            through=tuple(self.outlet(c.document) if link.startswith("(") else link for link in through),
            stance=c.stance,
            stance_words=words.STANCE_WORDS.get(c.stance, c.stance),
            firmness=c.firmness,
            firmness_words=phrases.firmness_words(c),
            confidence="" if c.confidence is None else words.percent(c.confidence),
            voice=c.voice,
            excerpt=Excerpt(
                "", phrases.shorten(phrases.said_words(self.text(c.document), c.content), phrases.QUOTE_MOST), ""
            ),
            cites=self.cite(c.evidence, f"{label}, {name}"),
            drifts=tuple(self.drifts.of_claim.get(c.id, ())),
            checked=self.findings.checked(c.id) if first else (),
        )

    def sure_enough(self, c: ClaimRow) -> bool:
        """True for a claim that the least confidence asked for lets through."""
        return self.filter.sure is None or (c.confidence is not None and c.confidence >= self.filter.sure)

    def speaker_parts(self) -> tuple[SpeakerPart, ...]:
        """Claims outside the shown events, by speaker: those who said most first, outlets' own voice last."""
        told = {c.id for claims in self.about.values() for c in claims}
        groups: dict[tuple[bool, str], list[ClaimRow]] = defaultdict(list)
        for c in self.claims:
            if c.id not in told:
                groups[(c.voice == "outlet", self.speaker(c))].append(c)
        ordered = sorted(groups.items(), key=lambda g: (g[0][0], -len(g[1]), g[0][1].casefold(), g[0][1]))
        return tuple(
            SpeakerPart(name, own, tuple(self.say_line(c, "What each source says") for c in claims))
            for (own, name), claims in ordered
        )

    def source_line(self, s: SourceRow) -> SourceLine:
        stances = [
            f"{words.STANCE_WORDS.get(k, k)} {n}"
            for k, n in sorted(s.stances.items(), key=lambda kv: (-kv[1], kv[0]))
            if n
        ]
        name = s.name if not s.name.startswith("(") else self.documents_words(e.document for e in s.evidence)
        return SourceLine(
            name=name,
            kind=s.kind,
            claims=s.claims,
            documents=s.documents,
            stances=", ".join(stances),
            through=words.listed(s.through, most=5) or DASH,
            cites=self.cite(s.evidence, f"Sources, {name}", SOURCE_CITES_MOST),
            more=max(0, len(s.evidence) - SOURCE_CITES_MOST),
        )

    # ---------------------------------------------------------------- findings, and the annex

    def finding_lines(self) -> tuple[FindingLine, ...]:
        """All findings about what is shown, worst first; the working of one about an event shown stands beside that."""
        subjects = set() if self.of_rows_only() else {d.sha256 for d in self.shelf.documents(self.filter)}
        rows: list[EventRow | TransferRow | ClaimRow] = [*self.events, *self.transfers, *self.claims]
        rows += [c for told in self.about.values() for c in told]
        subjects |= {r.id for r in rows} | {e.document for r in rows for e in r.evidence}
        return tuple(
            self.finding_line(f, "Findings", full=f.subject not in self.about) for f in self.findings.about(subjects)
        )

    def finding_line(self, f: FindingRow, label: str, *, full: bool) -> FindingLine:
        title = self.findings.titles.get(f.check, f.check)
        about = self.subject_words(f)
        return finding(
            f, full=full, title=title, subject=about, label=label, outlet=self.outlet, excerpt=self.excerpt, cite=self.cite,
            together=self.by_sentence,
        )  # fmt: skip

    def subject_words(self, f: FindingRow) -> tuple[str, str]:
        """What a finding is about, and the anchor of that, "" where it is not shown in a place of its own."""
        if f.subject_kind == "event" and f.subject in self.about:
            return phrases.heading(next(e for e in self.events if e.id == f.subject)), f"e-{f.subject}"
        if f.subject_kind == "transfer":
            for t in self.transfers:
                if t.id == f.subject:
                    return f"{t.item}: {phrases.pair(t.supplier, t.recipient)}", f"t-{t.id}"
        if f.subject_kind in ("event", "transfer"):
            return f"{f.subject_kind} {f.subject}", ""
        if f.subject_kind == "claim" and f.subject in self.claim:
            c = self.claim[f.subject]
            return f"what {self.speaker(c)} says", f"c-{c.id}" if self.sure_enough(c) else ""
        return self.outlet(f.subject), ""

    def document_part(self, number: int, d: DocumentRow) -> DocumentPart:
        text = self.text(d.sha256)
        if not hasattr(self, "_cited"):
            self._cited: Mapping[str, list[tuple[Evidence, int]]] = defaultdict(list)
            for evidence, n in self.citations.numbers.items():
                self._cited[evidence.document].append((evidence, n))
        passages = [
            Passage(n, e.start, e.end, text[e.start : e.end], tuple(self.citations.backs[n]))
            for e, n in self._cited.get(d.sha256, [])
        ]
        return DocumentPart(
            number=number,
            sha256=d.sha256,
            title=d.title or phrases.file_name(d.file),
            meta=phrases.document_facts(d, self.rows.get(d.derived_from or "")),
            text=text,
            furniture=d.furniture,
            sentences=tuple(self.cuts[d.sha256]),
            passages=tuple(sorted(passages, key=lambda p: (p.start, -p.end))),
            notes=d.notes,
            extracted=d.extracted,
            reason=d.reason or "",
            checked=self.findings.checked(d.sha256),
        )
