"""The timeline of a planned dossier: a lane for each type, a mark for a day, a bar for a month, a year or a stretch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossfix.dossier import words
from crossfix.dossier.pictures import (
    FAINT,
    INK,
    KINDS,
    LINE,
    SOFT,
    WIDTH,
    kind_of,
    kind_words,
    label,
    mark,
    svg,
    width_of,
)
from crossfix.dossier.report import Picture, Told
from crossfix.model import Interval

LEFT, RIGHT, TOP, ROW, GAP = 118, 16, 30, 15, 7
ROWS_MOST = 24
"""Rows of one lane; what would need more is drawn over the last of them and said in the caption."""
FULL_BAR_DAYS = 1.5


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    kind: str
    first: dt.date
    last: dt.date
    held: str


def draw_timeline(told: Sequence[Told]) -> Picture | None:
    """The picture, None where nothing has a date."""
    marks = [m for t in told if (m := _mark(t)) is not None]
    if not marks:
        return None
    undated = len(told) - len(marks)
    a, b = min(m.first for m in marks), max(m.last for m in marks)
    room = max((b - a).days * 0.03, 3.0)
    start, end = a.toordinal() - room, b.toordinal() + 1 + room

    def x(day: float) -> float:
        return LEFT + (day - start) / (end - start) * (WIDTH - LEFT - RIGHT)

    body: list[str] = []
    y = float(TOP)
    crowded = 0
    for number, kind in enumerate(k for k in KINDS if any(m.kind == k for m in marks)):
        lane, rows = _rows([m for m in marks if m.kind == kind], x)
        crowded += sum(r >= ROWS_MOST for r in lane.values())
        height = rows * ROW + GAP
        body.append(
            f'<rect x="0" y="{y:.1f}" width="{WIDTH}" height="{height}" fill="{FAINT if number % 2 == 0 else "#fff"}"/>'
        )
        body.append(mark(kind, 12, y + height / 2, 4.6))
        body.append(label(22, y + height / 2 + 3.5, kind_words(kind), size=10, weight=600))
        for m, row in lane.items():
            body.append(_drawn(m, x, y + GAP / 2 + (min(row, ROWS_MOST - 1) + 0.5) * ROW))
        y += height
    axis = []
    for day, name, strong in _ticks(start, end):
        at = x(day)
        axis.append(
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 4}" y2="{y:.1f}" stroke="{LINE}" stroke-width="{1 if strong else 0.6}"/>'
        )
        axis.append(
            label(
                at,
                TOP - 10,
                name,
                anchor="middle",
                fill=INK if strong else SOFT,
                size=9.5,
                weight=600 if strong else 400,
            )
        )
    height = int(y + 8)
    lanes, rest = [s for s in body if s.startswith('<rect x="0"')], [s for s in body if not s.startswith('<rect x="0"')]
    caption = "The numbers are those of the paragraphs. A mark is a day; a bar is as long as the time within which a report places it."
    if undated:
        caption += f" {words.plural(undated, 'row')} without a date {'is' if undated == 1 else 'are'} not drawn."
    if crowded:
        caption += f" {crowded} marks lie over others for want of room."
    shown = f"{words.plural(len(marks), 'mark')} from {words.date_words(a.isoformat())} to {words.date_words(b.isoformat())}"
    drawn = svg(WIDTH, height, "Timeline", shown, [*lanes, *axis, *rest])
    return Picture("timeline", "Timeline", drawn, WIDTH, height, caption)


def _mark(t: Told) -> _Mark | None:
    when = t.event.when if t.event else t.transfer.when if t.transfer else None
    try:
        days = Interval.parse(when) if when else None
    except ValueError:
        days = None
    if days is None:
        return None
    row = t.event or t.transfer
    assert row is not None
    held = "denied" if row.status == "denied" or row.modality == "negated" else row.status
    return _Mark(t.paragraph, kind_of(t), days.first, days.last, held)


def _rows(marks: Sequence[_Mark], x: object) -> tuple[dict[_Mark, int], int]:
    """Marks in rows such that none covers another or its number."""
    assert callable(x)
    ends: list[float] = []
    out: dict[_Mark, int] = {}
    for m in sorted(marks, key=lambda m: (m.first, m.last, m.number)):
        a = x(m.first.toordinal()) - 5
        b = max(x(m.last.toordinal() + 1), x(m.first.toordinal()) + 6) + width_of(str(m.number)) + 9
        row = next((n for n, end in enumerate(ends) if end <= a), len(ends))
        if row == len(ends):
            ends.append(b)
        ends[row] = b
        out[m] = row
    return out, min(len(ends), ROWS_MOST)


def _drawn(m: _Mark, x: object, y: float) -> str:
    assert callable(x)
    colour = KINDS.get(m.kind, KINDS["other"])[0]
    a, b = x(m.first.toordinal()), x(m.last.toordinal() + 1)
    if (m.last - m.first).days >= FULL_BAR_DAYS and b - a > 7:
        dashed = ' stroke-dasharray="3 2"' if m.held in ("alleged", "denied") else ""
        out = (
            f'<rect x="{a:.1f}" y="{y - 3.2:.1f}" width="{b - a:.1f}" height="6.4" rx="1.5" '
            f'fill="{colour}" fill-opacity="0.22" stroke="{colour}"{dashed}/>'
        )
        end = b
    else:
        out = mark(m.kind, (a + b) / 2, y)
        end = (a + b) / 2 + 4
    told = f"{m.number}" + (" denied" if m.held == "denied" else "")
    return out + label(end + 3, y + 3.4, told, size=9.5, halo=True)


def _ticks(start: float, end: float) -> Iterator[tuple[int, str, bool]]:
    """Days with a line, its name, and whether it is a greater one."""
    first, last = dt.date.fromordinal(max(1, int(start))), dt.date.fromordinal(int(end))
    years = (end - start) / 365.25
    if years > 2.2:
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if years / s <= 9)
        for year in range(first.year, last.year + 1):
            if year % step == 0 and start <= dt.date(year, 1, 1).toordinal() <= end:
                yield dt.date(year, 1, 1).toordinal(), str(year), True
        return
    months = years * 12
    if months > 1.6:
        step = next(s for s in (1, 2, 3, 6) if months / s <= 9)
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            day = dt.date(month // 12, month % 12 + 1, 1)
            if (day.month - 1) % step == 0 and start <= day.toordinal() <= end:
                told = f"{words.MONTHS[day.month - 1][:3]}" + (
                    f" {day.year}" if day.month <= step or month == first.year * 12 + first.month else ""
                )
                yield day.toordinal(), told, day.month == 1
        return
    step = max(1, round((end - start) / 8))
    for day_ in range(first.toordinal(), last.toordinal() + 1, step):
        day = dt.date.fromordinal(day_)
        if start <= day_ <= end:
            yield (
                day_,
                f"{day.day} {words.MONTHS[day.month - 1][:3]} {day.year}"
                if day_ == first.toordinal()
                else f"{day.day} {words.MONTHS[day.month - 1][:3]}",
                False,
            )
