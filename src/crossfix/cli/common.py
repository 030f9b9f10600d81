"""What the commands share: the state of a call, the record, the filter options, JSON and safe printing."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from crossfix.errors import RecordError, UsageError
from crossfix.model import EVENT_TYPES, STANCES, Interval

if TYPE_CHECKING:
    from rich.console import Console

    from crossfix.record.rows import Filter
    from crossfix.record.store import Record

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
FIRMNESSES = ("certain", "probable", "possible", "unlikely", "denied", "unknown")
STATUSES = ("reported", "alleged", "denied", "confirmed_by_actor")

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class State:
    """What stands before the subcommand."""

    record: str
    quiet: bool

    def open(self, *, write: bool = False) -> Record:
        """The record. To read, it must be there. Raises RecordError."""
        from crossfix.record.store import Record

        path = Path(self.record).expanduser()
        if not write and not path.exists():
            raise RecordError(
                "there is no record here",
                where=self.record,
                advice="make one with crossfix add, or name it with --record",
            )
        return Record.open(path, create=write, write=write)


def note(state: State, line: str) -> None:
    """A message for the person at the keyboard."""
    if not state.quiet:
        click.echo(line, err=True)


# -------------------------------------------------------------------- filters

_FILTERS = (
    click.option("--since", metavar="DATE", help="From this date on: YYYY, YYYY-MM or YYYY-MM-DD."),
    click.option("--until", metavar="DATE", help="Up to and with this date."),
    click.option("--type", type=click.Choice(EVENT_TYPES), metavar="TYPE", help=f"One of {', '.join(EVENT_TYPES)}."),
    click.option("--agent", metavar="NAME", help="With this person, office, organisation or state."),
    click.option("--place", metavar="NAME", help="At this place."),
    click.option("--about", metavar="WORDS", help="All these words stand in the passage or its names."),
    click.option("--stance", type=click.Choice(STANCES), metavar="STANCE", help=f"One of {', '.join(STANCES)}."),
    click.option("--firmness", type=click.Choice(FIRMNESSES), metavar="WORD", help=f"One of {', '.join(FIRMNESSES)}."),
    click.option("--status", type=click.Choice(STATUSES), metavar="STATUS", help=f"One of {', '.join(STATUSES)}."),
    click.option("--outlet", metavar="NAME", help="Published by this outlet."),
    click.option("--document", metavar="ID", help="In this document: its SHA-256 or at least 6 characters of it."),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many rows."),
)  # fmt: skip


def filters(command: Command) -> Command:
    """Adds the filter options; the command gets them as keywords and hands them to ``make_filter``."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def _share(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """A number from 0 to 1; one clear line for anything else, "nan" too."""
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise click.BadParameter(f"'{value}' is no number from 0 to 1.")
    return number


sure = click.option(
    "--sure",
    callback=_share,
    metavar="P",
    help="Only claims whose attribution is estimated to be right with at least P, 0 to 1.",
)

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON for other programs.")


def make_filter(given: Mapping[str, Any]) -> Filter:
    """The filter of the given options. Raises UsageError on values that mean nothing."""
    from crossfix.record.rows import Filter

    values = dict(given)
    for name in ("since", "until"):
        if values.get(name) is not None:
            values[name] = date_value(values[name], f"--{name}")
    if values.get("since") and values.get("until"):
        if Interval.parse(values["since"]).first > Interval.parse(values["until"]).last:
            raise UsageError(
                f"{values['since']} is after --until {values['until']}", where="--since", advice="swap them"
            )
    for name in ("agent", "place", "about", "outlet"):
        if values.get(name) is not None and not values[name].strip():
            raise UsageError("nothing but spaces", where=f"--{name}", advice="name what to look for, or leave it out")
    document = values.get("document")
    if document is not None and not re.fullmatch(r"[0-9a-fA-F]{6,64}", document):
        raise UsageError(
            f"'{document}' is no document id", where="--document", advice="give 6 or more characters of its SHA-256"
        )
    if document:
        values["document"] = document.lower()
    return Filter(**values)


def date_value(value: str, where: str, *, whole_day: bool = False) -> str:
    """A date as given, checked. Raises UsageError."""
    try:
        interval = Interval.parse(value.strip())
    except ValueError:
        interval = None
    shape = "YYYY-MM-DD" if whole_day else "YYYY, YYYY-MM or YYYY-MM-DD"
    if interval is None or "/" in value or (whole_day and len(interval.start) != 10):
        raise UsageError(f"'{value}' is no date", where=where, advice=f"give {shape}")
    return str(interval)


# -------------------------------------------------------------------- output


def plain(value: Any) -> Any:
    """A row as JSON values: its fields by name, spans as {"start", "end", "text"}, passages under "evidence"."""
    from crossfix.contract import confidence_json, span_json
    from crossfix.model import Span

    if isinstance(value, Span):
        return span_json(value)
    if is_dataclass(value) and not isinstance(value, type):
        out = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        if "confidence" in out:
            out["confidence"] = confidence_json(out["confidence"])
        if "evidence" not in out and hasattr(value, "evidence"):
            out["evidence"] = plain(value.evidence)
        return out
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return value


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """JSON in UTF-8 on standard output, whatever the terminal's encoding, flushed with its line end."""
    write_line(json.dumps(value, ensure_ascii=False, indent=indent))


def write_line(line: str) -> None:
    """A line of JSON or Markdown as UTF-8. A lone surrogate (from a file's name) is written as JSON escapes it."""
    data = line.encode("utf-8", "backslashreplace") + b"\n"
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # a stand-in for standard output that takes text only
        sys.stdout.write(data.decode())
    else:
        sys.stdout.flush()
        stream.write(data)
    sys.stdout.flush()


# C0 and C1 controls could drive the terminal, bidi controls could reorder what stands beside them
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """A document's words made fit for a terminal: white space single, controls shown as a replacement mark."""
    return _UNSAFE.sub("\ufffd", " ".join(text.split())).encode("utf-8", "replace").decode()


def console() -> Console:
    """Where tables are printed: as wide as the terminal, 80 columns in a pipe, never more than 120."""
    from rich.console import Console

    wide = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    if wide.width > 120 or not wide.is_terminal:
        wide.width = min(wide.width, 120) if wide.is_terminal else 80
    return wide
