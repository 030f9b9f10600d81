"""Linking as a record grows: generated documents, 40 % of them reprints, at a thousand, ten thousand and a hundred thousand.

    python -m benchmarks.scale                          1,000 and 10,000 documents (some minutes)
    python -m benchmarks.scale --sizes 1000 100000      what the issue asks for (an hour and more)

Only linking is timed, in processor seconds of one core, portion by portion as `crossfix add` calls it; putting the documents in is not,
nor is loading the modules. Each size runs in a process of its own, which tells its peak memory. Texts are made of random words, some 200
each: the mix is one of news (a few happenings told by many outlets, most by one or two; one report in some hundreds printed by a hundred
outlets within days), no text of anybody's.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crossfix.linking.run import PORTION

SIZES = (1_000, 10_000)
ISSUE = (1_000, 100_000)
"""The sizes that are followed (some 10 minutes)."""
BATCH = PORTION
REPRINTS = 0.4
SEED = 20261122
BIG = 250
"""One report in so many is carried by everybody for days."""
OF_BIG = 0.25
"""Of the reprints, the share that are of the latest such report."""

_TYPES = ("missile_test", "satellite_launch", "arms_transfer", "visit", "meeting", "statement", "exercise")
_STATES = (
    "North Korea", "South Korea", "Japan", "Russia", "China", "United States", "Iran", "India", "Pakistan", "Israel",
    "France", "Ukraine", "Turkey", "Syria", "Belarus", "Poland", "Germany", "Egypt", "Libya", "Yemen",
)  # fmt: skip
_VERBS = {
    "missile_test": "fired", "satellite_launch": "launched", "arms_transfer": "shipped", "visit": "visited",
    "meeting": "met", "statement": "declared", "exercise": "drilled",
}  # fmt: skip


def documents(count: int, seed: int = SEED) -> Iterator[Any]:
    """So many extractions, in order of publication. The same for the same seed."""
    from crossfix.model import Claim, Document, Event, Extraction, Interval, Participant, Sentence, Span

    chance = random.Random(seed)
    words = [
        "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
        for _ in range(20_000)
    ]
    first = dt.date(2015, 1, 1)
    happenings: list[tuple[str, str, str, dt.date]] = []
    told: list[tuple[str, int, str, str]] = []  # text, happening, outlet, day
    big: tuple[str, int, str, str] | None = None
    for n in range(count):
        day = first + dt.timedelta(days=n // 40)
        if told and chance.random() < REPRINTS:
            some = told[-1 - min(int(chance.expovariate(1 / 30)), len(told) - 1)]
            text, number, source, _ = big if big is not None and chance.random() < OF_BIG else some
            body = text.split("\n\n")
            if chance.random() < 0.5:  # an edited reprint: the head changed, the end cut
                body = [" ".join(chance.choices(words, k=8)).capitalize() + ".", *body[1 : max(2, len(body) - 1)]]
            text = "\n\n".join([*body, f"({source})"])
        else:
            recent = len(happenings) - 1 - int(chance.expovariate(1 / 12))
            if recent < 0 or chance.random() < 0.45:
                a, b = chance.sample(_STATES, 2)
                happenings.append((chance.choice(_TYPES), a, b, day))
                recent = len(happenings) - 1
            number = recent
            kind, actor, other, when = happenings[number]
            sentences = [" ".join(chance.choices(words, k=chance.randint(9, 18))).capitalize() + "." for _ in range(12)]
            lead = f"{actor} {_VERBS[kind]} on {when:%d %B %Y}, {other} said."
            text = "\n\n".join([lead, *(" ".join(sentences[i : i + 3]) for i in range(0, 12, 3))])
        outlet = f"Outlet {chance.randrange(60)}"
        told.append((text, number, outlet, str(day)))
        if n % BIG == BIG // 2:
            big = told[-1]
        if len(told) > 2_000:
            del told[:1_000]
        kind, actor, other, when = happenings[number]
        verb = _VERBS[kind]
        at = text.find(verb)
        sha = hashlib.sha256(f"{n} {text}".encode()).hexdigest()
        document = Document(
            f"{n}.txt",
            sha,
            "text/plain",
            text,
            outlet=outlet,
            published=str(day),
            published_basis="metadata",
            language="en",
        )
        if at < 0:
            yield Extraction(document)
            continue
        end = text.find(".", at) + 1 or len(text)
        span = Span.of(text, at, at + len(verb))
        start = max(text.rfind("\n", 0, at) + 1, 0)
        event = Event(
            "e1", kind, span, Interval.parse(str(when)), None, None,  # type: ignore[arg-type]
            (Participant(actor, "actor"), Participant(other, "target")), "unknown", "reported", "actual", claim="c1", mentions=(span,),
        )  # fmt: skip
        claim = Claim(
            "c1", None, None, Span.of(text, start, end), other, (outlet, other), "assert", "certain", "indirect",
            Span.of(text, start, end),
        )  # fmt: skip
        yield Extraction(document, sentences=(Sentence(start, end, 0),), claims=(claim,), events=(event,))


def measured(count: int, folder: Path) -> dict[str, float]:
    """Add and link so many documents here. -> documents, seconds of linking, milliseconds a document over the last tenth, peak GB."""
    from crossfix.linking import link
    from crossfix.record import Record

    spent: list[float] = []
    with Record.open(
        folder / "warm.sqlite", write=True
    ) as record:  # the modules are loaded, and the small size pays nothing for them
        for x in documents(20, SEED + 1):
            record.add(x, None)
        link(record)
    with Record.open(folder / "scale.sqlite", write=True) as record:
        waiting = 0
        for x in documents(count):
            record.add(x, None)
            waiting += 1
            if waiting == BATCH:
                spent.append(_linked(link, record))
                waiting = 0
        if waiting:
            spent.append(_linked(link, record))
    tail = spent[-max(1, len(spent) // 10) :]
    return {
        "documents": count,
        "seconds": round(sum(spent), 3),
        "ms_at_end": round(1000 * sum(tail) / (len(tail) * min(BATCH, count)), 3),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 3),
    }


def _linked(link: Any, record: Any) -> float:
    start = time.process_time()
    link(record)
    return time.process_time() - start


def scale(sizes: Sequence[int] = SIZES) -> tuple[dict[str, float | None], dict[str, Any]]:
    """Each size in a process of its own. -> followed figures, all measurements. ``growth`` is the time's growth over that of n log n."""
    runs = []
    for n in sizes:
        with tempfile.TemporaryDirectory(prefix="crossfix-scale-") as folder:
            command = [sys.executable, "-m", "benchmarks.scale", "--one", str(n), "--folder", folder]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            runs.append(json.loads(out.splitlines()[-1]))
    small, large = runs[0], runs[-1]
    ratio = large["documents"] * math.log(large["documents"]) / (small["documents"] * math.log(small["documents"]))
    figures: dict[str, float | None] = {
        "scale_ms": large["ms_at_end"],
        "scale_growth": round(large["seconds"] / small["seconds"] / ratio, 3) if len(runs) > 1 else None,
        "scale_gb": large["peak_gb"],
    }
    return figures, {"runs": runs}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    a = parser.parse_args(arguments)
    if a.one is not None:
        print(json.dumps(measured(a.one, a.folder)))
        return 0
    figures, details = scale(a.sizes)
    for r in details["runs"]:
        size, seconds = f"{r['documents']:>8} documents", f"{r['seconds']:8.1f} s linking"
        print(f"{size}  {seconds}  {r['ms_at_end']:7.2f} ms a document at the end  {r['peak_gb']:.2f} GB")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
