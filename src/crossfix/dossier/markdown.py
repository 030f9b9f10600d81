"""View to Markdown (CommonMark with tables): the same lines as the HTML, each with its passage, escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crossfix.dossier import words
from crossfix.dossier.annex import Piece
from crossfix.dossier.html import document_blocks
from crossfix.dossier.view import (
    Checked,
    Cite,
    DocumentPart,
    Dossier,
    DriftLine,
    EventPart,
    Excerpt,
    Fact,
    FindingLine,
    SayLine,
    TimelineLine,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$@!])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)")
_LINE_START = re.compile(r"^(\s*\d*)([-+=.)])")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def to_markdown(view: Dossier) -> str:
    """The dossier as Markdown. Links lead to anchors in the annex; addresses in documents are not linked."""
    out: list[str] = [f"# {esc(view.title)}", ""]
    if view.selection:
        out += [f"Selection: {esc(view.selection)}", ""]
    out += [f"Made {view.made} with crossfix {view.version}", ""]
    out += ["## What it rests on", "", *_facts(view.basis.facts), ""]
    out += [
        "Everything below is what documents say, with who said it. Nothing here is a finding of fact"
        f"{'; what a check computed is marked as such' if view.findings else ''}. "
        "A number in brackets leads to the passage in the annex, which stands there between ⟦12: and :12⟧.",
        "",
    ]
    out += [x for line in (view.basis.left_out, view.basis.confidence) if line for x in (esc(line), "")]
    if view.basis.not_extracted:
        out += ["### Kept but not read for claims", ""]
        out += [f"- [{esc(title)}](#d{n}): {esc(reason)}" for n, title, reason in view.basis.not_extracted] + [""]
    if view.basis.origins:
        out += ["### Reports that share an origin", ""]
        for o in view.basis.origins:
            names = ", ".join(f"[{esc(name)} (document {n})](#d{n})" for n, name in o.documents)
            out.append(f"- {names}{f'; agency {esc(o.agency)}' if o.agency else ''}: {esc(o.why)}")
        out.append("")
    if view.findings:
        out += ["## What could be checked", "", words.VERDICTS_NOTE, ""]
        out += [x for f in view.findings for x in _finding(f, about=True)] + [""]
    out += ["## Timeline", "", *_timeline(view.timeline)]
    if view.undated:
        out += ["### Undated", "", *_timeline(view.undated)]
    out += ["## Transfers", "", *_transfers(view)]
    out += ["## Events, and who says what", ""]
    for event in view.events:
        out += _event(event)
    if not view.events:
        out += ["None.", ""]
    out += ["## What each source says", "", "Claims that stand in none of the events above, by who makes them.", ""]
    for s in view.speakers:
        out += [f"### {esc(s.name)}{' (in the outlet’s own voice)' if s.own_voice else ''}", "", *_says(s.says), ""]
    if view.drifts:
        out += ["## What changed on the way", "", "From one report to the one that came of it, beside those above.", ""]
        out += _drifts(view.drifts)
    out += ["## Sources", "", *_sources(view), ""]
    out += ["## Annex: the documents", ""]
    for document in view.documents:
        out += _document(document)
    return "\n".join(out).rstrip() + "\n"


def esc(text: str, *, begins: bool = True) -> str:
    """A document's words as Markdown that shows them as they are: one line, no markup, no links, no controls.

    ``begins`` is false where other words stand before them on the line.
    """
    text = _UNSAFE.sub("\ufffd", " ".join(text.split()))
    text = _MARKUP.sub(r"\\\1", text)
    text = _ADDRESS.sub(lambda m: f"{m[1]}\\:" if m[1] else f"{m[3]}\\.", text)
    return _LINE_START.sub(r"\1\\\2", text) if begins else text  # "1." would begin a list


def _cites(cites: Iterable[Cite]) -> str:
    return "".join(f" [\\[{c.number}\\]](#p{c.number})" for c in cites)


def _facts(facts: Iterable[Fact]) -> list[str]:
    return [f"- **{esc(f.label)}:** {esc(f.value)}" for f in facts]


def _excerpt(e: Excerpt) -> str:
    if not e.before and not e.after:
        return esc(e.words)
    before, words_, after = (_spaced(x) for x in (e.before, e.words, e.after))
    # emphasis holds only between white space or punctuation on the outside and a letter or digit inside
    if words_[:1].isalnum() and words_[-1:].isalnum() and not (before[-1:].isalnum() or after[:1].isalnum()):
        words_ = f"**{words_}**"
    return before + words_ + after


def _spaced(text: str) -> str:
    """Escaped, with one space kept at an end that has one."""
    return f"{' ' * text[:1].isspace()}{esc(text, begins=False)}{' ' * (text[-1:].isspace() and bool(text.strip()))}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{'|'.join(' --- ' for _ in head)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]


def _timeline(lines: Sequence[TimelineLine]) -> list[str]:
    if not lines:
        return ["Nothing.", ""]
    rows = []
    for t in lines:
        date = esc(t.date) + (f" (known to the {t.precision})" if t.precision in ("month", "year") else "")
        what = f"[{esc(t.what)}](#{t.target}){': ' + esc(t.detail) if t.detail else ''}"
        rows.append((date, what, f"{esc(t.standing)}; {t.support}", _excerpt(t.excerpt) + _cites(t.cites)))
    return _table(("Date, as told", "What is told", "Standing", "Words, and passage"), rows)


def _transfers(view: Dossier) -> list[str]:
    if not view.transfers:
        return ["None in this selection." if view.selection else "No transfer is told.", ""]
    rows = []
    for t in view.transfers:
        what = esc(t.item) + (
            f"; quantity: {esc(t.quantity)}" if t.quantity != "—" and t.quantity not in t.item else ""
        )
        what += f"; {t.modality}" if t.modality else ""
        parties = f"between {esc(t.supplier)}" if t.mutual else f"{esc(t.supplier)} → {esc(t.recipient)}"
        pair = f'<a id="t-{t.id}"></a>{parties}'
        rows.append(
            (
                pair,
                what,
                esc(t.route),
                esc(t.date),
                esc(t.standing),
                _excerpt(t.excerpt) + _cites(t.cites) + _checked(t.checked),
            )
        )
    head = ("Supplier → recipient", "What", "Route", "Date, as told", "Who alleges, who denies", "Words, and passage")
    return _table(head, rows)


def _event(e: EventPart) -> list[str]:
    out = [f'### <a id="e-{e.id}"></a>{esc(e.heading)} ({e.id})', "", *_facts(e.facts)]
    if e.denied_by:
        out.append(f"- **Denied by:** {esc(words.listed(e.denied_by))}")
    out.append("")
    for excerpt, outlet, cites in e.mentions:
        out.append(f"- {esc(outlet)}: {_excerpt(excerpt)}{_cites(cites)}")
    if e.more_mentions:
        out.append(f"- Also told in{_cites(e.more_mentions)}")
    out += [""] if e.mentions else []
    if e.roots:
        out += ["What it stands on: its independent origins.", ""]
        for r in e.roots:
            why = f" ({esc(r.why, begins=False)})" if r.why else ""
            out.append(f"- {esc(r.name)}: {_named(r.documents, r.more)}{why}")
        out += [""]
    if e.says:
        out += ["Who says what of it, through whom, how firmly:", "", *_says(e.says)]
    if e.accounts:
        rows = ((esc(a.field.replace("_", " ")), esc(a.value), _named(a.by, a.more)) for a in e.accounts)
        out += ["Where the accounts differ:", "", *_table(("On", "Told as", "By"), rows)]
    if e.findings:
        out += ["What could be checked:", "", *(x for f in e.findings for x in _finding(f, about=False)), ""]
    if e.drifts:
        out += ["What changed on the way from one report to the next:", "", *_drifts(e.drifts)]
    if e.why:
        out += [f"Why one event: {esc(e.why)}", ""]
    return out


def _finding(f: FindingLine, *, about: bool) -> list[str]:
    """A finding as a list item, its passages, limit and working below it; in short, where its working stands elsewhere."""
    anchor = f'<a id="f-{f.id}"></a>' if f.full else ""
    out = [f"- {anchor}**{f.verdict}**: {esc(f.summary, begins=False)}{_cites(f.cites)}"]
    if about:
        subject = f"[{esc(f.subject)}](#{f.target})" if f.target else esc(f.subject, begins=False)
        out[0] += f" ({esc(f.check, begins=False)}; {subject}{'' if f.full else f'; [working](#f-{f.id})'})"
    if not f.full:
        return out
    out += [f"  - {esc(outlet)}: {_excerpt(e)}{_cites(cites)}" for outlet, e, cites in f.passages]
    out += [f"  - and {words.plural(f.more, 'more passage')}"] if f.more else []
    out += [f"  - Not shown by this: {esc(f.caveat, begins=False)}"] if f.caveat else []
    out += [f"  - By chance alone: {esc(f.chance, begins=False)}"] if f.chance else []
    if f.working:
        out.append(
            "  - Working: " + "; ".join(f"{esc(k, begins=False)} = {esc(v, begins=False)}" for k, v in f.working)
        )
    return out + [
        f"  - Rows {esc('; '.join(some), begins=False)}, from {esc(source, begins=False)}" for some, source in f.rows
    ]


def _checked(found: Iterable[Checked]) -> str:
    return "".join(f" Checked: **{c.verdict}**: {esc(c.summary, begins=False)} ([working](#{c.target}))" for c in found)


def _named(by: Sequence[tuple[str, tuple[Cite, ...]]], more: int) -> str:
    """Names, each with its passages, and how many more there are."""
    named = "; ".join(f"{esc(who, begins=False)}{_cites(cites)}" for who, cites in by)
    return f"{named}; and {more} more" if more else named


def _drifts(lines: Sequence[DriftLine]) -> list[str]:
    rows = []
    for d in lines:
        sides = (f"{word}, {esc(outlet)}: {_excerpt(e)}{_cites(cites)}" for word, outlet, e, cites in d.sides)
        rows.append((f'<a id="w-{d.id}"></a>{d.kind}, {d.confidence}', esc(d.what), *sides))
    return _table(("Kind", "What changed", "Before", "After"), rows)


def _says(lines: Sequence[SayLine]) -> list[str]:
    rows = []
    for s in lines:
        who = esc(s.speaker) + (" (in the outlet’s own voice)" if s.own_voice else "")
        who += f" (by {esc(words.listed(s.behind))})" if s.behind else ""
        through = " › ".join(esc(x) for x in s.through) or "—"
        how = f"{s.stance_words}, {words.FIRMNESS_MARKS.get(s.firmness, '○')} {s.firmness}"
        if s.firmness_words:
            how += f" ({', '.join(f'“{esc(w, begins=False)}”' for w in s.firmness_words)})"
        how += f"; attribution {s.confidence}" if s.confidence else ""
        rows.append(
            (
                who,
                through,
                how,
                s.excerpt.marks[0]
                + _excerpt(s.excerpt)
                + s.excerpt.marks[1]
                + _cites(s.cites)
                + _changed(s)
                + _checked(s.checked),
            )
        )
    return _table(("Who", "Through whom", "How", "Words, and passage"), rows)


def _changed(s: SayLine) -> str:
    return "".join(f" [changed on the way](#w-{d})" for d in s.drifts)


def _sources(view: Dossier) -> list[str]:
    rows = []
    for s in view.sources:
        more = f" and {s.more} more above" if s.more else ""
        rows.append(
            (
                esc(s.name),
                str(s.claims),
                str(s.documents),
                esc(s.stances),
                esc(s.through),
                _cites(s.cites).strip() + more,
            )
        )
    return _table(("Source", "Claims", "Documents", "How", "Through", "Passages"), rows) if rows else ["None."]


def _document(d: DocumentPart) -> list[str]:
    out = [f'### <a id="d{d.number}"></a>{d.number}. {esc(d.title)}', "", *_facts(d.meta), ""]
    if not d.extracted:
        out += [f"Kept, not read for claims: {esc(d.reason)}", ""]
    out += [line for note in d.notes for line in (esc(note), "")]
    out += [_checked(d.checked).strip(), ""] if d.checked else []
    for block in document_blocks(d):
        line = _block(block.inside)
        if line.strip():
            out += [f"> {line}", ""]
    if d.passages:
        rows = []
        for p in d.passages:
            backs = "; ".join(dict.fromkeys(esc(b.label) for b in p.backs))
            rows.append((f"[{p.number}](#p{p.number})", f"{p.start}–{p.end}", backs))
        out += ["Passages cited, and where:", "", *_table(("Passage", "Characters", "Cited in"), rows)]
    return out


def _block(inside: Sequence[Piece]) -> str:
    """A paragraph with an anchor and its number where a cited passage begins, and the number again where it ends."""
    out: list[str] = []
    stack: list[Piece | str] = list(reversed(inside))
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
        elif item.kind == "text":
            out.append(_spaced(item.text))
        else:
            if item.kind == "passage":
                if item.first:
                    out.append(f'<a id="p{item.number}"></a>⟦{item.number}: ')
                stack.append(f" :{item.number}⟧" if item.last else "")
            stack.extend(reversed(item.inside))
    line = re.sub(r" {2,}", " ", "".join(out)).strip()
    return _LINE_START.sub(r"\1\\\2", line)
