"""A large record for the site's speed: 20,000 generated documents with 400,000 claims, linked, with findings.

    python -m benchmarks.site_record --documents 2000 PATH      make one

The documents are those of ``benchmarks.scale`` (random words, the mix of news, reprints among them), each with some twenty claims of
four hundred speakers, of whom few speak often and most seldom; some with places, transfers and confidences. No text of anybody's. One
that was made is kept in a cache folder, under a name of its size, its seed and the code that made it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import scale

DOCUMENTS = 20_000
CLAIMS_EACH = 20
SPEAKERS = 400
BATCH = 500
FINDINGS = 0.5
"""Findings an event."""
CHECKS = ("calendar", "clock", "ordinal", "overpass", "quantity", "provisions", "designation")
SITES = (
    ("Sohae", 39.66, 124.705, "KP"), ("Najin", 42.2, 130.3, "KP"), ("Dunay", 42.87, 132.33, "RU"), ("Tikhoretsk", 45.85, 40.12, "RU"),
    ("Tanegashima", 30.37, 130.96, "JP"), ("Semnan", 35.23, 53.92, "IR"), ("Jiuquan", 40.96, 100.28, "CN"), ("Kyiv", 50.45, 30.52, "UA"),
    ("Sinpo", 40.03, 128.18, "KP"), ("Plesetsk", 62.93, 40.57, "RU"), ("Kourou", 5.17, -52.65, "GF"), ("Wonsan", 39.15, 127.44, "KP"),
)  # fmt: skip
_STANCES = ("assert", "announce", "deny", "suspect", "condemn", "request", "predict", "support")
_STANCE_WEIGHTS = (60, 12, 6, 6, 5, 4, 4, 3)
_FIRMNESS = ("certain", "probable", "possible", "unlikely", "unknown")
_FIRMNESS_WEIGHTS = (62, 14, 12, 4, 8)
_VOICES = ("indirect", "direct", "mixed", "outlet")
_VOICE_WEIGHTS = (55, 25, 8, 12)
_SENTENCE = re.compile(r"[^.\n]+\.")


def speakers(seed: int) -> list[str]:
    """So many made-up names, those that speak most first."""
    chance = random.Random(seed)

    def part(most: int) -> str:
        return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, most)))

    return [f"{part(2).capitalize()} {part(4).capitalize()}" for _ in range(SPEAKERS)]


def extractions(count: int, seed: int = scale.SEED) -> Iterator[Any]:
    """So many extractions, in order of publication. The same for the same seed."""
    chance = random.Random(seed + 7)
    names = speakers(seed)
    weights = [1 / (n + 3) for n in range(SPEAKERS)]
    for x in scale.documents(count, seed):
        yield _fuller(x, chance, names, weights)


def _fuller(x: Any, chance: random.Random, names: list[str], weights: list[float]) -> Any:
    """The extraction with a title, claims in all its sentences, here and there a place and a transfer."""
    from crossfix.model import Claim, Place, Sentence, Span, Transfer, Where

    d = x.document
    found = [(m.start() + len(m[0]) - len(m[0].lstrip()), m.end()) for m in _SENTENCE.finditer(d.text)]
    spans = [s for a, b in found for s in _halves(d.text, a, b)]
    chance.shuffle(spans)
    who = chance.choices(names, weights, k=4)
    claims = list(x.claims)
    for n, (a, b) in enumerate(sorted(spans[: CLAIMS_EACH - len(claims)]), start=2):
        first = d.text.find(" ", a, b)
        content = Span.of(d.text, first + 1 if first > 0 else a, b)
        voice = chance.choices(_VOICES, _VOICE_WEIGHTS)[0]
        name = chance.choice(who)
        cue = Span.of(d.text, a, first) if first > 0 else None
        own = voice == "outlet"
        claims.append(
            Claim(
                f"c{n}", None, None if own else cue, content, d.outlet if own else name, (d.outlet,) if own else (d.outlet, name),
                chance.choices(_STANCES, _STANCE_WEIGHTS)[0], chance.choices(_FIRMNESS, _FIRMNESS_WEIGHTS)[0], voice,  # type: ignore[arg-type]
                Span.of(d.text, a, b), confidence=None if own else round(chance.betavariate(5, 2), 3),
            )
        )  # fmt: skip
    places: list[Any] = []
    events, transfers = list(x.events), list(x.transfers)
    if events:
        e = events[0]
        if int.from_bytes(hashlib.sha256(f"{e.when}{e.participants}".encode()).digest()[:2], "big") % 3:
            name, lat, lon, country = SITES[sum(map(ord, f"{e.when}{e.type}")) % len(SITES)]
            events[0] = replace(e, where=Where(name, lat, lon))
            places.append(Place(e.trigger, name, lat, lon, country, "site"))
        if e.type == "arms_transfer":
            a, b = (p.name for p in e.participants[:2])
            transfers.append(
                Transfer("t1", "e1", a, b, "shells and rockets", None, e.when, None, "alleged", "actual", (b,), (), e.trigger, "shells")
            )  # fmt: skip
    title = d.text[: d.text.find(".")][:90] if d.text else None
    return replace(
        x, document=replace(d, title=title), sentences=tuple(Sentence(a, b, n // 3) for n, (a, b) in enumerate(found)),
        claims=tuple(claims), events=tuple(events), places=tuple(places), transfers=tuple(transfers),
    )  # fmt: skip


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence as two claims where it is long enough."""
    cut = text.find(" ", (start + end) // 2, end)
    return [(start, cut), (cut + 1, end)] if cut > 0 and end - start > 40 else [(start, end)]


def make(path: Path, count: int = DOCUMENTS, seed: int = scale.SEED) -> None:
    """Make the record: added, linked batch by batch, with findings."""
    from crossfix.linking import link
    from crossfix.record import Record

    coming, done = extractions(count, seed), 0
    with Record.open(path, write=True) as record:
        while some := list(islice(coming, BATCH)):
            with record.transaction():
                for x in some:
                    record.add(x, _original(x.document))
            link(record)
            done += len(some)
            print(f"\r{done:,} of {count:,} documents", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        chance = random.Random(seed + 11)
        _find(record, chance)
        _drift(record, chance)


def _original(document: Any) -> bytes:
    """The bytes that its SHA-256 is of (see ``scale.documents``)."""
    return f"{Path(document.file).stem} {document.text}".encode()


def _find(record: Any, chance: random.Random) -> None:
    """Findings of every kind and verdict about events, claims and documents."""
    from crossfix.record.findings import CheckRun, FindingRow, Row, digest, put_findings

    events = record.events()
    documents = [d.sha256 for d in record.documents()]
    found = []
    for e in events:
        if chance.random() > FINDINGS:
            continue
        check = chance.choice(CHECKS)
        kind, subject = "event", e.id
        if e.claims and chance.random() < 0.4:
            kind, subject = "claim", chance.choice(e.claims)
        elif chance.random() < 0.1:
            kind, subject = "document", e.reports[0]
        verdict = chance.choices(("supported", "unknown", "tension", "contradicted"), (40, 35, 15, 10))[0]
        id_ = hashlib.sha256(f"{check} {subject}".encode()).hexdigest()[:16]
        found.append(
            FindingRow(
                id_, check, f"{check}_told", kind, subject, f"{e.type} of {e.when}", verdict,  # type: ignore[arg-type]
                f"What is told of the {e.type.replace('_', ' ')} of {e.when} was held against the tables.",
                {"days_apart": chance.randint(0, 40), "distance_km": round(chance.uniform(1, 900), 1)},
                (Row("sites", "sohae", "coordinates"),), None, None, None, e.mentions[:3],
            )
        )  # fmt: skip
    whole = digest(documents)
    runs = [CheckRun(c, c.capitalize(), n, len(documents), whole, True) for n, c in enumerate(CHECKS)]
    unique = list({f.id: f for f in found}.values())
    put_findings(record, unique, checks=CHECKS, runs=runs)


def _drift(record: Any, chance: random.Random) -> None:
    """Drifts between documents and those that came of them, between claims that stand at the same place of the two."""
    from crossfix.record.drift import put_drifts
    from crossfix.record.queries import claims_in
    from crossfix.record.rows import DriftRow

    made = [
        (d.derived_from, d.sha256) for d in record.documents() if d.derived_from is not None and chance.random() < 0.3
    ]
    found = []
    for n in range(0, len(made), BATCH):
        some = made[n : n + BATCH]
        told = claims_in(record, {sha for pair in some for sha in pair})
        for parent, child in some:
            a, b = chance.choice(told[parent]), chance.choice(told[child])
            kind = chance.choice(("attribution_lost", "firmness_raised", "qualifier_dropped", "number_changed"))
            found.append(
                DriftRow(
                    hashlib.sha256(f"{kind} {parent} {child}".encode()).hexdigest()[:16], kind, a.evidence[0], b.evidence[0], a.id, b.id,
                    f"The later report tells it otherwise: {kind.replace('_', ' ')}.", round(chance.uniform(0.5, 1), 2),
                )
            )  # fmt: skip
    put_drifts(record, found)


# ------------------------------------------------------------------ the cache


def cache_folder() -> Path:
    """Where records that were made are kept: CROSSFIX_BENCH_CACHE, else the user's cache."""
    given = os.environ.get("CROSSFIX_BENCH_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(given).expanduser() if given else Path(base).expanduser() / "crossfix" / "bench"


def cached(count: int = DOCUMENTS, seed: int = scale.SEED) -> Path:
    """The record of this size and seed, made where it is not there yet (some ten minutes at 20,000)."""
    code = hashlib.sha256(b"".join(Path(str(m)).read_bytes() for m in (__file__, scale.__file__))).hexdigest()[:10]
    path = cache_folder() / f"site-{count}-{seed}-{code}.sqlite"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            make(part, count, seed)
            part.rename(path)
        finally:
            for left in path.parent.glob(part.name + "*"):
                left.unlink()
    return path


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?", help="where to make it (the cache)")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, metavar="N")
    parser.add_argument("--seed", type=int, default=scale.SEED, metavar="N")
    options = parser.parse_args(arguments)
    if options.path is None:
        print(cached(options.documents, options.seed))
    else:
        make(options.path, options.documents, options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
