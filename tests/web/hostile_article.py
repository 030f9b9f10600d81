"""A record in which every word that a document, an extraction or a person may bring is hostile: markup, handlers, addresses that run,
styles, templates, controls, endless words. The story and all payloads are ours.

Whatever runs sets ``window.crossfixRan`` or asks for a file of nowhere.invalid, which a test can see.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from crossfix.errors import UsageError

RUN = "window.crossfixRan=1"
AWAY = "http://nowhere.invalid"
MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}//",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s><foreignObject><iframe srcdoc='<script>parent.{RUN[7:]}</script>'>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f'<a href="javascript:{RUN}">the statement</a>',
    f"<a href='data:text/html,<script>{RUN}</script>'>the annex</a>",
    f"<iframe src=javascript:{RUN}></iframe><object data='{AWAY}/o.swf'></object><embed src='{AWAY}/e'>",
    f"<link rel=stylesheet href='{AWAY}/s.css'><style>@import url({AWAY}/i.css);body{{background:url({AWAY}/b.png);display:none}}</style>",
    f"<meta http-equiv=refresh content='0;url={AWAY}/m'><base href='{AWAY}/'>",
    f"<input autofocus onfocus={RUN}><video src=x onerror={RUN}></video><body onload={RUN}>",
    f"--><!--><script>{RUN}</script>-->]]><![CDATA[<script>{RUN}</script>]]>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;script&#62;{RUN}&#60;/script&#62; \\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
)
MARKDOWN = (
    f"[the report](javascript:{RUN})",
    f'![a map]({AWAY}/pixel.png "x" onerror="{RUN}")',
    f"[ref]: javascript:{RUN}\n[click][ref] <javascript:{RUN}>",
    f"`` ` `` ~~~\n<script>{RUN}</script>\n~~~ | a | b |\n|---|---|",
    f"\n---\n# Heading\n<details open ontoggle={RUN}>",
    f"[^1]: <img src=x onerror={RUN}> [^1]",
)
TEMPLATES = (
    "{{ 7*7 }}{{ request.app.state.settings.token }}{% include '/etc/passwd' %}",
    "${7*7} #{7*7} <%= 7*7 %> {{constructor.constructor('" + RUN + "')()}}",
    "%s %n %x {0.__class__.__mro__}",
)
CONTROLS = (
    "null\x00byte", "bell\x07 escape\x1b[31m\x1b]8;;http://nowhere.invalid\x07", "right to left \u202egnp.exe\u202c, \u2066isolated\u2069",
    "zero\u200bwidth \ufeff line\u2028paragraph\u2029", "e" + "\u0301" * 60, "\U000e0041 \ufffe \uffff \x85",
)  # fmt: skip
LONG = "Donaudampfschiff" * 60
FORMULA = ('=HYPERLINK("http://nowhere.invalid","x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1")
EVERYTHING = (*MARKUP, *MARKDOWN, *TEMPLATES, *CONTROLS, *FORMULA, LONG)
ADDRESSES = (
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f'{AWAY}/x" onmouseover="{RUN}',
)
PROBE = '"><script>window.crossfixRan=1</script>'
"""What goes into addresses and fields of the site itself."""


def article(number: int) -> str:
    """A report, paragraph by paragraph; every second sentence is one that the reader takes claims and events from."""
    out = [f"Sudland fires a rocket from Port Merin, {MARKUP[number % len(MARKUP)]}"]
    for n, bad in enumerate(EVERYTHING):
        speaker = ("Marshal Otto Brand", "the Sudland defence ministry", "Foreign Minister Ada Quill", "Norland")[n % 4]
        out.append(
            f"Sudland fired a long-range missile from Port Merin on 1{n % 9} March 2023, {speaker} said. {bad} "
            f'"We have {bad} seen {n + 2} launches," {speaker} said. Norland denied that it shipped {bad} shells to Sudland.'
        )
    return "\n\n".join(out).replace("\x00", "\ufffd" if number % 2 else "\x00")


def page(number: int) -> str:
    """The same as a web page, its markup live in part."""
    live = "\n".join(
        f"<p>The ministry said on 12 March 2023 that Norland shipped shells. {bad}</p>" for bad in EVERYTHING
    )
    return (
        f"<!doctype html><html><head><title>{MARKUP[0]} {TEMPLATES[0]}</title><meta property='og:site_name' content='{MARKDOWN[0]}'>"
        f"<meta name=author content='&lt;img src=x onerror={RUN}&gt;'><meta property='article:published_time' content='2023-03-14'>"
        f"<link rel=canonical href='javascript:{RUN}'><script>{RUN}</script></head><body onload='{RUN}'><article><h1>Report {number}</h1>"
        f"{live}</article></body></html>"
    )


def extraction(number: int) -> Any:
    """An extraction whose every free word is hostile, over a text that holds them."""
    from crossfix import model as m

    text = article(number)
    bad = EVERYTHING

    def b(n: int) -> str:
        return bad[(n + number) % len(bad)].replace("\x00", " ")[:300]

    starts = [i for i in range(len(text)) if text.startswith("Sudland fired", i)]
    ends = [text.find("shells to Sudland.", i) + 18 for i in starts]
    document = m.Document(
        f"{b(0)[:60].replace('/', '_')}.html", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), "text/html", text, title=b(1),
        outlet=b(2), agency=b(3), author=b(4), published=f"2023-03-{14 + number:02d}", published_basis="metadata", language="en",
        url=ADDRESSES[number % len(ADDRESSES)], furniture=(m.Furniture(0, 12, "menu"),), header={b(5)[:40]: b(6)}, notes=(b(7), b(8)),
    )  # fmt: skip
    sentences, claims, events, places, times, transfers, names = [], [], [], [], [], [], []
    for n, (i, z) in enumerate(zip(starts, ends, strict=True)):
        whole, fired = m.Span.of(text, i, z), m.Span.of(text, i + 8, i + 13)
        quote = text.find('"We have', i)
        sentences.append(m.Sentence(i, z, n))
        names.append(m.Name(m.Span.of(text, i, i + 7), "state", b(n)))
        day = m.Interval.parse(f"2023-03-{10 + n % 9}")
        claims.append(
            m.Claim(
                f"c{n + 1}", m.Span.of(text, i, i + 7), fired, m.Span.of(text, quote, z), b(n), (b(2), b(n + 1), b(n)),
                ("assert", "deny", "suspect")[n % 3], ("certain", "possible", "denied")[n % 3], "direct", whole, b(n), 0.5, (fired,),  # type: ignore[arg-type]
            )
        )  # fmt: skip
        if n % 3 == 0:
            where = m.Where(b(n + 2), 40.0 + n, 130.0 - n)
            events.append(
                m.Event(
                    f"e{n + 1}", "missile_test", fired, day, fired, where, (m.Participant(b(n), "actor"), m.Participant(b(3), "target")),
                    "unknown", "reported", "actual", (m.Ordinal(3, b(n + 5), fired),), f"c{n + 1}", (fired,), (b(n + 6),), None,
                    (m.Figure("range", 100.0, 200.0, "about", "km", "km", b(n + 7), f"c{n + 1}", fired),),
                )
            )  # fmt: skip
            places.append(m.Place(m.Span.of(text, i, i + 7), b(n + 2), 40.0 + n, 130.0 - n, "KP", b(n + 3), None))
            times.append(m.Time(fired, "DATE", b(n + 1), day, b(n + 2), "", None, "", None))
            transfers.append(
                m.Transfer(
                    f"t{n + 1}", f"e{n + 1}", b(n), b(n + 1), b(n + 2), b(n + 3), day, b(n + 4), "alleged", "actual", (b(n + 5),), (b(0),),
                    fired, "shells", ("shells",), b(n + 7), (m.Quantity(1, 2, "about", b(n + 8), fired, False),),
                    (m.Leg(where, m.Where(b(n + 3), 50.0, 100.0), "sea", fired),),
                )
            )  # fmt: skip
    return m.Extraction(
        document, None, tuple(sentences), tuple(names), tuple(times), tuple(places), tuple(claims), tuple(events), tuple(transfers),
        True, b(9),
    )  # fmt: skip


def record_of(path: Path, folder: Path) -> None:
    """Make the record: read, linked, with findings, drifts, decisions, acts and a dossier, all of them hostile."""
    from crossfix.dossier import kept, plan
    from crossfix.linking import link
    from crossfix.pipeline import extract_files
    from crossfix.record.drift import put_drifts
    from crossfix.record.findings import FindingRow, Row, put_findings
    from crossfix.record.reviews import review
    from crossfix.record.rows import DriftRow
    from crossfix.record.store import Record

    files = []
    for n in range(2):
        files.append(folder / f"report-{n}.txt")
        files[-1].write_text(
            f"---\ntitle: '{MARKUP[2]}'\noutlet: \"<b onclick={RUN}>Coast News\"\n---\n{article(n)}", encoding="utf-8"
        )
        files.append(folder / f"page <img src=x onerror={RUN}> {n}.html")
        files[-1].write_text(page(n), encoding="utf-8")
    with Record.open(path, write=True) as record:
        for outcome in extract_files([str(f) for f in files], workers=1, fast=True):
            if outcome.extraction is not None:
                record.add(outcome.extraction, outcome.original)
        for n in range(2):
            x = extraction(n)
            record.add(x, x.document.text.encode("utf-8", "replace"))
        link(record)
        events, claims, documents = record.events(), record.claims(), record.documents()
        found = [
            FindingRow(
                f"hostile{n}", "clock", "told", kind, subject, bad[:200], ("contradicted", "tension", "unknown")[n % 3], bad,  # type: ignore[arg-type]
                {bad[:40]: bad, "days_apart": 3, "at": [1, bad]}, (Row("states", "KP", bad), Row(bad[:20], bad[:20], bad)), bad, 0.2, bad,
                claims[0].evidence,
            )
            for n, bad in enumerate(EVERYTHING)
            for kind, subject in [(("event", events[n % len(events)].id), ("claim", claims[n % len(claims)].id))[n % 2]]
        ]  # fmt: skip
        put_findings(record, found, checks=["clock"])
        a, b = claims[0], claims[-1]
        put_drifts(
            record,
            [
                DriftRow(f"drift{n}", "meaning_changed", a.evidence[0], b.evidence[0], a.id, b.id, bad, 0.9)
                for n, bad in enumerate(EVERYTHING)
            ],
        )
        for n, bad in enumerate(EVERYTHING[:12]):
            named = {"by": bad[:60].replace("\x00", ""), "why": bad[:400]}
            review(record, "note", "claim", claims[n].id, value=bad, **named)
            with suppress(UsageError):  # it may be that already
                review(record, "set", "claim", claims[n].id, field="source_name", value=bad[:90], **named)
            review(record, "note", "event", events[n % len(events)].id, value=bad, **named)
            review(record, "note", "document", documents[n % len(documents)].sha256, value=bad, **named)
        whole = plan.named(plan.Plan(), PROBE, MARKUP[2])
        for bad in EVERYTHING:
            whole = plan.added(whole, "heading", text=bad.replace("\x00", " ")[:200])
            whole = plan.added(whole, "text", text=bad.replace("\x00", " "))
        for e in events[:20]:
            whole = plan.added(whole, "event", ref=e.id)
        for c in claims[:10]:
            whole = plan.added(whole, "claim", ref=c.id)
        for f in found[:10]:
            whole = plan.added(whole, "finding", ref=f.id)
        for t in record.transfers()[:10]:
            whole = plan.added(whole, "transfer", ref=t.id)
        kept.begin(record, whole, by=MARKUP[2][:60], why=MARKUP[3])
