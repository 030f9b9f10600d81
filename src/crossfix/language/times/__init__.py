"""Times: what days the text speaks of, and when it was written.

A normaliser of our own. Expressions are found by a grammar (``grammar``), read in reading order against a reference day and
the dates told before (``context``), and given as TIMEX3 values (TimeML, TempEval-3) with the days they span. What cannot be
resolved keeps an open value ("XXXX-11-28", "PAST_REF") and no interval; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Callable

from crossfix.language.parse import Parse
from crossfix.language.times import absolute, grammar, lengths, relative, units, yearparts
from crossfix.language.times.context import Context, Raw, as_interval
from crossfix.language.times.grammar import Found
from crossfix.language.times.joined import joined
from crossfix.language.times.written import reference_of, written_of, years_of
from crossfix.language.times.zones import with_zones
from crossfix.model import Document, Interval, Span, Time

Reader = Callable[[Context, Found], list[Raw]]

_READERS: dict[str, Reader] = {
    "iso": absolute.iso, "numeric": absolute.numeric, "month_day": absolute.month_day, "day_month": absolute.month_day,
    "month_day_range": absolute.month_day_range, "day_month_range": absolute.month_day_range,
    "month_day_span": absolute.month_day_span, "month_day_list": absolute.day_list, "day_month_list": absolute.day_list,
    "month": absolute.month, "month_range": absolute.month_range,
    "day_before": relative.day_before, "month_of_year": absolute.month_of_year, "month_last_year": absolute.month_last_year,
    "year": absolute.year, "year_part": yearparts.quarter, "year_slash": absolute.year_slash, "fiscal": absolute.fiscal,
    "spoken_year": absolute.spoken_year, "spoken_month": absolute.spoken_year, "decade": absolute.decade,
    "century": absolute.century, "quarter": yearparts.quarter, "quarter_code": yearparts.quarter_code, "half": yearparts.half,
    "season": yearparts.season, "holiday": yearparts.holiday, "anniversary": yearparts.anniversary,
    "clock": absolute.clock, "week_of": absolute.unlisted,
    "weekday": relative.weekday, "weekday_week": relative.weekday_week, "deictic": relative.deictic,
    "day_part_deictic": relative.deictic, "this_part": relative.this_part, "overnight": relative.overnight,
    "unit": units.unit, "same_unit": units.same_unit,
    "the_unit": units.the_unit, "unit_end": units.unit_end, "the_weekend": units.the_weekend,
    "the_period": units.the_period, "then": relative.then, "nth_day": units.nth_day,
    "quarters_of": yearparts.quarters_of,
    "ago": relative.ago,
    "bare_day": relative.bare_day, "ago_bare": relative.ago_bare, "long_ago": relative.long_ago, "quarter_rel": units.quarter_rel,
    "present": relative.present, "past": relative.past, "future": relative.future, "duration": lengths.duration,
    "duration_range": lengths.duration_range, "duration_hyphen": lengths.duration_hyphen, "half_unit": lengths.half_unit,
    "unit_long": lengths.unit_long, "bare_units": lengths.bare_units, "while": lengths.a_while, "span_of": lengths.span_of,
    "ahead": lengths.ahead, "past_unit": lengths.past_unit, "first_months": lengths.months, "months_through": lengths.months,
    "every": lengths.every, "adverb_set": lengths.adverb_set, "times_a": lengths.times_a,
    "plural_weekday": lengths.plural_weekday,
}  # fmt: skip

_ODD = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2028\x85\x0c\x0b\u2009\u202f", " "))


def times(parse: Parse, document: Document) -> tuple[tuple[Time, ...], Interval | None]:
    """The time expressions of a document in order of position, and the interval in which its text was written.

    Relative expressions are read from the text's own time where the text shows it, else from ``document.published``. The second
    value is None where neither the content nor the document says when it was written.
    """
    reference = reference_of(parse, document)
    found = read(parse, Context(parse, reference, years=years_of(parse)))
    return with_zones(parse, found), written_of(parse, document, reference, found)


def read(parse: Parse, context: Context) -> tuple[Time, ...]:
    """All expressions, read in order against the context's reference. Linear in the text's length."""
    out: list[Time] = []
    for start, end in parse.paragraphs:
        context.text, context.offset = parse.text[start:end].translate(_ODD), start
        for raw in joined(context, _paragraph(context)):
            a, b = start + raw.start, start + raw.end
            if a < b:
                span, days, part = Span.of(parse.text, a, b), as_interval(raw.span), as_interval(raw.part)
                out.append(
                    Time(span, raw.type, raw.value, days, raw.anchor, raw.mod, part, raw.zone, raw.bounds or None)
                )
    return tuple(out)


def _paragraph(context: Context) -> list[Raw]:
    out: list[Raw] = []
    done = 0
    for position in grammar.starts(context.text):
        if position < done:
            continue
        for found in grammar.matches_at(context.text, position):
            kept = len(context.anchors)
            try:
                got = _READERS[found.rule](context, found)
            except OverflowError:
                got = []  # a count that leads outside the calendar names no day
            if got:
                out += got
                done = max(found.end if len(got) > 1 else got[-1].end, position + 1)
                break
            del context.anchors[kept:]
    return out
