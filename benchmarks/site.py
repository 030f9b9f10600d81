"""How fast the site answers on a large record: every page's first view, on one core, and the time to the first page of a fresh record.

    python -m benchmarks.site                          20,000 documents, 400,000 claims (made once, some minutes)
    python -m benchmarks.site --documents 1000         a smaller record
    python -m benchmarks.site --only '^/search'        some pages alone, --slow 50 with the statements over 50 ms

Each page is asked for some thirty times with other parameters, straight through the application as a server would call it; what the
application keeps until the record changes is thrown away before each, so that every request is a first view after a change (the paths of
sources are kept until claims come in; the column "cold" has the very first answer of the process, which makes them). The process is held to
one core. Seconds on the clock; where the processor was lent to others, seconds of the processor, which the table also
shows, are the smaller figure.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.site_record import DOCUMENTS, SITES, cached

REQUESTS = 30
MARK_MS = 300.0
START_MARK = 2.0
WORDS = (
    "launched",
    "declared",
    "shipped",
    "visited",
    "North Korea",
    "Russia",
    "drilled said",
    '"on 08 January 2015"',
    "Yemen met",
)


# ------------------------------------------------------------------ what is asked


@dataclass
class Sample:
    """Ids and names out of the record, to ask with."""

    documents: list[str]
    claims: list[str]
    events: list[str]
    transfers: list[str]
    agents: list[str]
    findings: list[str]
    drifts: list[str]
    origins: list[str]
    speakers: list[str]
    words: list[str]
    chance: random.Random

    def one(self, name: str) -> str:
        """One of them."""
        return str(self.chance.choice(getattr(self, name)))

    def query(self) -> str:
        """Something to look for: a word that is everywhere, or one of few documents."""
        return self.chance.choice(WORDS) if self.chance.random() < 0.5 else self.one("words")

    def year(self) -> int:
        """A year of the record."""
        return 2015 + self.chance.randrange(2)


def sample(record: Path, seed: int = 1) -> Sample:
    """Some of everything; the events that most tell among them."""
    import sqlite3

    chance = random.Random(seed)
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as c:

        def some(sql: str) -> list[str]:
            rows = [str(r[0]) for r in c.execute(sql)]
            return chance.sample(rows, min(200, len(rows)))

        found = Sample(
            some("SELECT id FROM now_documents"), some("SELECT id FROM now_claims WHERE row % 50 = 1"),
            some("SELECT id FROM now_events") + [r[0] for r in c.execute("SELECT id FROM now_events ORDER BY reports DESC LIMIT 20")],
            some("SELECT id FROM now_transfers"), some("SELECT id FROM now_agents"), some("SELECT id FROM now_findings"),
            some("SELECT id FROM now_drifts"), some("SELECT id FROM origins"),
            some("SELECT DISTINCT source_name FROM now_claims WHERE row % 50 = 1"), [], chance,
        )  # fmt: skip
        for (text,) in c.execute("SELECT text FROM texts WHERE row % 97 = 1 LIMIT 100"):
            found.words.append(str(chance.choice(text.split())).strip(".,()"))
    c.close()
    return found


Ask = Callable[[Sample], str]


def _with(path: str, **query: Callable[[Sample], object]) -> Ask:
    """An address whose query is now empty, now has one or two of these parts."""

    def ask(s: Sample) -> str:
        if s.chance.random() < 0.3 or not query:
            return path
        parts = s.chance.sample(sorted(query), min(len(query), s.chance.randint(1, 2)))
        return f"{path}?{urlencode({k: query[k](s) for k in parts})}"

    return ask


def _of(path: str, name: str) -> Ask:
    """The page of one thing."""
    return lambda s: path.replace("{}", quote(s.one(name), safe=""))


def _type(s: Sample) -> str:
    return s.chance.choice(("missile_test", "satellite_launch", "arms_transfer", "visit", "meeting"))


def _verdict(s: Sample) -> str:
    return s.chance.choice(("contradicted", "tension", "unknown", "supported"))


def _window(s: Sample) -> str:
    """What the timeline asks for after a zoom: some 44 bins across the screen, and one and a half screens to either side."""
    bin_, days = s.chance.choice((("day", 176), ("week", 1232), ("month", 5200), ("year", 30_000)))
    start = dt.date(s.year(), s.chance.randint(1, 12), 1)
    query = {"from": start.isoformat(), "to": (start + dt.timedelta(days=days)).isoformat(), "bin": bin_}
    return f"/api/v1/timeline?{urlencode(query)}"


def _spot(s: Sample) -> str:
    _, lat, lon, _ = s.chance.choice(SITES)
    return f"/api/v1/map/place?{urlencode({'lat': lat, 'lon': lon})}"


def _merge(s: Sample) -> str:
    a, b = s.chance.sample(sorted(set(s.events)), 2)
    return f"/decide/merge?{urlencode({'kind': 'event', 'id': a, 'other': b})}"


_FILTER: dict[str, Callable[[Sample], object]] = {
    "type": _type, "verdict": _verdict, "since": Sample.year, "until": Sample.year, "q": Sample.query,
    "agent": lambda s: s.chance.choice(("Russia", "North Korea", "Japan")),
}  # fmt: skip
_LIST: dict[str, Callable[[Sample], object]] = {
    "q": lambda s: s.one("words"), "verdict": _verdict, "since": Sample.year, "outlet": lambda s: f"Outlet {s.chance.randrange(60)}",
    "sort": lambda s: s.chance.choice(("-day", "title", "-words")),
}  # fmt: skip
NOT_ASKED = frozenset(
    {
        "/decide/split",
        "/decide/undo",
        "/dossier/{}",
        "/dossier/{}/history",
        "/dossier/{}/preview",
        "/dossier/{}/plan.json",
    }
    | {"/dossier/{}/file.{}", "/dossier-sheet.css", "/api/v1/sources/{}"}
)
"""Pages of what a person made, which a generated record has none of."""
PAGES: dict[str, Ask] = {
    "/": _with("/"),
    "/since": _with("/since", documents=lambda s: s.chance.randrange(20_000), events=lambda s: s.chance.randrange(9_000)),
    "/documents": _with("/documents", **_LIST),
    "/documents/{}": _of("/documents/{}", "documents"),
    "/documents/{}/panel": _of("/documents/{}/panel", "documents"),
    "/documents/{}/original": _of("/documents/{}/original", "documents"),
    "/events": _with("/events", **_FILTER),
    "/events/{}": _of("/events/{}", "events"),
    "/timeline": _with("/timeline", **_FILTER),
    "/timeline/transfers/{}": _of("/timeline/transfers/{}", "transfers"),
    "/map": _with("/map", **_FILTER),
    "/sources": _with("/sources", q=lambda s: s.one("speakers")),
    "/agents": _with("/agents", q=lambda s: s.one("speakers")),
    "/agents/{}": _of("/agents/{}", "agents"),
    "/checks": _with("/checks", verdict=_verdict, check=lambda s: s.chance.choice(("clock", "overpass", "quantity"))),
    "/checks/{}": _of("/checks/{}", "findings"),
    "/checks/how/{}": lambda s: f"/checks/how/{s.chance.choice(('calendar', 'clock', 'overpass', 'quantity'))}",
    "/data": _with("/data", q=Sample.query),
    "/data/{}": lambda s: f"/data/{s.chance.choice(('states', 'launches_gcat', 'un_list', 'satellites', 'gazetteer'))}",
    "/data/{}/{}": lambda s: f"/data/states/{s.chance.choice(('KP', 'RU', 'JP', 'IR'))}",
    "/search": lambda s: f"/search?{urlencode({'q': s.query()})}",
    "/review": _with("/review", state=lambda s: s.chance.choice(("unreviewed", "accepted"))),
    "/history": _with("/history"),
    "/transfers": _with("/transfers", **_FILTER),
    "/transfers/{}": _of("/transfers/{}", "transfers"),
    "/origins": _with("/origins"),
    "/origins/{}": _of("/origins/{}", "origins"),
    "/decide": _with("/decide"),
    "/decide/merge": _merge,
    "/dossier": _with("/dossier", q=Sample.query),
    "/add": _with("/add"),
    "/add/jobs": _with("/add/jobs"),
    "/login": _with("/login"),
    "/api": _with("/api"),
    "/api/v1": _with("/api/v1"),
    "/api/v1/documents": _with("/api/v1/documents", **_LIST),
    "/api/v1/documents/{}": _of("/api/v1/documents/{}", "documents"),
    "/api/v1/documents/{}/claims": _of("/api/v1/documents/{}/claims", "documents"),
    "/api/v1/documents/{}/text": _of("/api/v1/documents/{}/text", "documents"),
    "/api/v1/documents/{}/passage": _of("/api/v1/documents/{}/passage?start=0&end=20", "documents"),
    "/api/v1/claims": _with(
        "/api/v1/claims", source=lambda s: s.one("speakers"), stance=lambda s: s.chance.choice(("deny", "assert")), verdict=_verdict,
        since=Sample.year, sort=lambda s: s.chance.choice(("document", "-confidence")),
    ),
    "/api/v1/claims/{}": _of("/api/v1/claims/{}", "claims"),
    "/api/v1/events": _with("/api/v1/events", document=lambda s: s.one("documents"), **_FILTER),
    "/api/v1/events/{}": _of("/api/v1/events/{}", "events"),
    "/api/v1/transfers": _with("/api/v1/transfers", **_FILTER),
    "/api/v1/transfers/{}": _of("/api/v1/transfers/{}", "transfers"),
    "/api/v1/agents": _with("/api/v1/agents", q=lambda s: s.one("speakers")),
    "/api/v1/agents/{}": _of("/api/v1/agents/{}", "agents"),
    "/api/v1/places": _with("/api/v1/places", document=lambda s: s.one("documents")),
    "/api/v1/origins": _with("/api/v1/origins", document=lambda s: s.one("documents")),
    "/api/v1/origins/{}": _of("/api/v1/origins/{}", "origins"),
    "/api/v1/findings": _with("/api/v1/findings", verdict=_verdict, check=lambda s: s.chance.choice(("clock", "overpass"))),
    "/api/v1/findings/{}": _of("/api/v1/findings/{}", "findings"),
    "/api/v1/checks": _with("/api/v1/checks"),
    "/api/v1/drifts": _with("/api/v1/drifts", kind=lambda _: "firmness_raised"),
    "/api/v1/drifts/{}": _of("/api/v1/drifts/{}", "drifts"),
    "/api/v1/decisions": _with("/api/v1/decisions"),
    "/api/v1/history/{}": _of("/api/v1/history/{}", "claims"),
    "/api/v1/search": lambda s: f"/api/v1/search?{urlencode({'q': s.query()})}",
    "/api/v1/data": _with("/api/v1/data"),
    "/api/v1/data/{}": lambda s: f"/api/v1/data/{s.chance.choice(('states', 'launches_gcat', 'un_list'))}",
    "/api/v1/data/{}/{}": lambda s: f"/api/v1/data/states/{s.chance.choice(('KP', 'RU', 'JP', 'IR'))}",
    "/api/v1/timeline": _window,
    "/api/v1/timeline/{}/{}": _of("/api/v1/timeline/event/{}", "events"),
    "/api/v1/sources": _with("/api/v1/sources", stance=lambda s: s.chance.choice(("deny", "assert")), q=lambda s: s.one("speakers")),
    "/api/v1/sources/claims": lambda s: (
        f"/api/v1/sources/claims?{urlencode({'left': f'Outlet {s.chance.randrange(60)}', 'speaker': s.one('speakers')})}"
    ),
    "/api/v1/map": _with("/api/v1/map", **_FILTER),
    "/api/v1/map/place": _spot,
    "/api/v1/map/around": _with("/api/v1/map/around"),
    "/api/v1/map/towns": lambda _: "/api/v1/map/towns?south=30&west=120&north=45&east=135",
}  # fmt: skip
"""What is asked of each address, by its path with {} for what changes."""


def shape_of(path: str) -> str:
    """A route's path as ``PAGES`` names it."""
    return re.sub(r"\{[^}]*\}", "{}", path)


# ------------------------------------------------------------------ asking


@dataclass
class Timed:
    """One page's answers: milliseconds on the clock and of the processor, bytes, and what was refused. ``cold`` is the very first answer of
    the process, which loads templates, tables and what is kept over changes."""

    page: str
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0
    cold: float = 0.0
    slowest: str = ""
    failed: list[str] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """Of the milliseconds on the clock, or of the processor where others took it away."""
        return min(_p95(self.clock), _p95(self.processor) * 1.1)


def _p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] if ordered else 0.0


class Statements:
    """Watches what the database is asked, and remembers what took longest."""

    def __init__(self) -> None:
        self.slow: dict[str, tuple[float, Any]] = {}
        self._begun = 0.0

    def watch(self) -> None:
        """Begin; every engine of this process is watched from now on."""
        from sqlalchemy import Engine, event

        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)

    def _before(self, *_: Any) -> None:
        self._begun = time.perf_counter()

    def _after(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        took = 1000 * (time.perf_counter() - self._begun)
        if took > self.slow.get(statement, (0.0, None))[0]:
            self.slow[statement] = (took, parameters)


async def _ask(app: Any, path: str) -> tuple[int, int]:
    """One request straight through the application. -> status, bytes."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": _unquoted(where),
        "raw_path": where.encode(), "query_string": query.encode(), "root_path": "", "headers": [(b"host", b"127.0.0.1:8723")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8723), "state": {},
    }  # fmt: skip
    status, size = 0, 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, size
        if message["type"] == "http.response.start":
            status = message["status"]
        size += len(message.get("body", b""))

    await app(scope, receive, send)
    return status, size


def _unquoted(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path)


def measured(
    record: Path, only: str = "", requests: int = REQUESTS, statements: Statements | None = None
) -> list[Timed]:
    """Ask every page that the site serves, each so many times."""
    from crossfix.web.app import create_app
    from crossfix.web.reading import viewed

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    app = create_app(record)
    served = served_pages()
    with viewed(app.state.readers, app.state.settings, app.state.memo) as view:
        revision = view.revision
    for missing in sorted(served - set(PAGES) - NOT_ASKED):
        print(f"not asked: {missing}", file=sys.stderr)
    if statements is not None:
        statements.watch()

    async def every() -> list[Timed]:
        out = []
        async with app.router.lifespan_context(app):
            for name in (n for n in PAGES if n in served and re.search(only, n)):
                s, timed = sample(record, len(name)), Timed(name)
                begun = time.perf_counter()
                await _ask(app, PAGES[name](s))
                timed.cold = 1000 * (time.perf_counter() - begun)
                for _ in range(requests):
                    path = PAGES[name](s)
                    app.state.memo.forget(revision)
                    begun, spent = time.perf_counter(), time.process_time()
                    status, timed.size = await _ask(app, path)
                    timed.processor.append(1000 * (time.process_time() - spent))
                    timed.clock.append(1000 * (time.perf_counter() - begun))
                    if timed.clock[-1] == max(timed.clock):
                        timed.slowest = path
                    if status >= 400:
                        timed.failed.append(f"{status} {path}")
                out.append(timed)
        return out

    return asyncio.run(every())


def served_pages() -> set[str]:
    """The addresses that the site answers with a page, as ``PAGES`` names them."""
    from crossfix.web.app import routers

    return {
        shape_of(str(getattr(route, "path", "")))
        for router in routers()
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    }


def first_page_seconds(rounds: int = 5) -> list[float]:
    """From the command to its first page, on a fresh record; so many times."""
    from crossfix.record.store import Record

    took = []
    with tempfile.TemporaryDirectory(prefix="crossfix-site-") as folder:
        path = Path(folder) / "fresh.sqlite"
        Record.open(path, write=True).close()
        command = [sys.executable, "-m", "crossfix", "--record", str(path), "serve", "--port", "0"]
        for _ in range(rounds):
            begun = time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
                try:
                    assert process.stdout is not None
                    urllib.request.urlopen(process.stdout.readline().strip(), timeout=30).read()
                    took.append(time.perf_counter() - begun)
                finally:
                    process.kill()
    return took


# ------------------------------------------------------------------ telling


def figures(count: int = DOCUMENTS) -> tuple[dict[str, float | None], dict[str, Any]]:
    """For ``benchmarks/run.py``, in a process of its own. -> followed figures, every page's."""
    import json

    command = [sys.executable, "-m", "benchmarks.site", "--documents", str(count), "--json"]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=Path(__file__).resolve().parent.parent
    )
    told = json.loads(done.stdout.splitlines()[-1])
    found: dict[str, float | None] = {"site_p95_ms": told["p95_ms"], "site_start_seconds": told["start_seconds"]}
    return found, told


def table(rows: Sequence[Timed]) -> str:
    """The pages, slowest first."""
    out = [f"{'page':34} {'p95 ms':>8} {'median':>8} {'clock':>8} {'cpu':>8} {'cold':>8} {'kB':>7}  slowest"]
    for r in rows:
        line = f"{r.page:34} {r.p95:8.1f} {statistics.median(r.clock):8.1f} {_p95(r.clock):8.1f} {_p95(r.processor):8.1f} {r.cold:8.0f}"
        out.append(f"{line} {r.size / 1000:7.1f}  {r.slowest[:70]}")
        out += [f"    {x[:110]}" for x in r.failed[:3]]
    return "\n".join(out)


def explained(record: Path, statements: Statements, slow: float) -> str:
    """The statements that took longer than so many milliseconds, with how the database goes about them."""
    import sqlite3

    out = []
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as c:
        for statement, (took, parameters) in sorted(statements.slow.items(), key=lambda x: -x[1][0]):
            if took < slow:
                break
            out.append(f"\n{took:.0f} ms  {' '.join(statement.split())[:1500]}\n    with {str(parameters)[:200]}")
            try:
                out += [f"    {r[3]}" for r in c.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            except sqlite3.Error as error:
                out.append(f"    ({error})")
    c.close()
    return "\n".join(out)


def main(arguments: list[str] | None = None) -> int:
    """The command line; the exit status is 1 where a page misses the mark or answers otherwise than with itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--documents", type=int, default=DOCUMENTS, metavar="N", help=f"size of the record ({DOCUMENTS:,})"
    )
    parser.add_argument("--record", type=Path, metavar="PATH", help="a record that is there already")
    parser.add_argument("--requests", type=int, default=REQUESTS, metavar="N", help=f"of each page ({REQUESTS})")
    parser.add_argument("--only", default="", metavar="REGEX", help="pages whose path has this")
    parser.add_argument("--slow", type=float, metavar="MS", help="show statements that take longer")
    parser.add_argument("--json", action="store_true", help="one line of JSON at the end")
    options = parser.parse_args(arguments)
    record = options.record or cached(options.documents)
    from crossfix.record.store import Record

    Record.open(record, write=True).close()  # brought up to date where a later crossfix has more tables
    statements = Statements() if options.slow is not None else None
    starts = [] if options.only else first_page_seconds()
    rows = sorted(measured(record, options.only, options.requests, statements), key=lambda r: -r.p95)
    print(table(rows))
    if statements is not None:
        print(explained(record, statements, options.slow))
    worst = max((r.p95 for r in rows), default=0.0)
    start = round(statistics.median(starts), 2) if starts else None
    print(
        f"worst p95 {worst:.0f} ms (mark {MARK_MS:.0f} ms)"
        + (f"; first page of a fresh record {start} s" if start else "")
    )
    if options.json:
        import json

        pages = {r.page: {"p95_ms": round(r.p95, 1), "median_ms": round(statistics.median(r.clock), 1)} for r in rows}
        print(json.dumps({"p95_ms": round(worst, 1), "start_seconds": start, "pages": pages, "starts": starts}))
    failed = any(r.failed for r in rows)
    return 1 if failed or worst > MARK_MS or (start is not None and start > START_MARK) else 0


if __name__ == "__main__":
    raise SystemExit(main())
